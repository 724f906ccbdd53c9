"""What schemas, lists, classes and helpers of tests say: settings with defaults, choices, tools, and what is none of the pilot's."""

from __future__ import annotations

from layouts import Layout

_NEXT = '{"dependencies": {"next": "16.0.7", "openai": "6.9.0", "zod": "4.1.12", "better-sqlite3": "11.9.1", "drizzle-orm": "0.40.1"}}\n'
_CHAT = "import OpenAI from 'openai';\nexport const answer = (messages: any) => new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages });\n"
_MEMBERS = "  schema: z.object({ queries: z.array(z.string()) }),\n  getDescription: () => 'Use it.',\n  execute: async (input: any) => input,\n};\n"

CHECKED_LAYOUTS = {
    "settings-that-a-schema-checks": Layout(
        files={
            "package.json": _NEXT,
            "src/env.ts": "import { z } from 'zod';\nexport const env = z.object({\n  CHAT_MODEL: z.string().default('gpt-4o-mini'),\n  SHOP_API_URL: z.string().url().describe('Where goods are.').default('https://goods.shop.com/v1'),\n}).parse(process.env);\n",
            "src/chat.ts": "import OpenAI from 'openai';\nimport { env } from './env';\nexport const answer = (messages: any) => new OpenAI().chat.completions.create({ model: env.CHAT_MODEL, messages, user: env.SHOP_API_URL });\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        hosts=("goods.shop.com", "api.openai.com"),
    ),
    "a-page-in-the-browser-asks-others": Layout(
        files={
            "package.json": _NEXT,
            "src/lib/chat.ts": _CHAT,
            "src/components/Weather.tsx": "'use client';\nimport { useEffect, useState } from 'react';\nexport const Weather = () => {\n  const [place, setPlace] = useState('');\n  useEffect(() => { fetch('https://whois.places.com/json').then(setPlace); }, []);\n  return place;\n};\n",
            "src/app/api/weather/route.ts": "export const POST = async () => Response.json(await fetch('https://api.weather-of-today.com/now'));\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("api.weather-of-today.com",),
        never=("whois.places.com",),
    ),
    "a-list-of-models-to-choose-from": Layout(
        files={
            "package.json": _NEXT,
            "src/lib/chat.ts": _CHAT,
            "src/lib/db.ts": "import Database from 'better-sqlite3';\nexport const kept = new Database('data/db.sqlite');\n",
            "src/lib/providers/openai/index.ts": "export const openai = 1;\n",
            "src/lib/providers/gemini/index.ts": "export const gemini = 1;\n",
            "src/lib/providers/groq/index.ts": "export const groq = 1;\n",
            "src/lib/providers/local/index.ts": "import { pipeline } from '@huggingface/transformers';\nexport const runs = pipeline;\nconst models = [{ name: 'all-MiniLM-L6-v2', key: 'Xenova/all-MiniLM-L6-v2' }, { name: 'nomic-embed-text-v1', key: 'Xenova/nomic-embed-text-v1' }];\nexport const list = () => models;\n",
        },
        uses=("llm",),
        sources=("sqlite",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("all-MiniLM-L6-v2",),
        never=("MiniLM", "nomic"),
    ),
    "actions-that-a-model-picks": Layout(
        files={
            "package.json": _NEXT,
            "README.md": "# Finder\n\nAn agent that looks things up.\n",
            "src/lib/chat.ts": _CHAT,
            "src/lib/actions/web.ts": f"import z from 'zod';\nexport const webSearch = {{\n  name: 'web_search',\n{_MEMBERS}",
            "src/lib/actions/files.ts": f"import z from 'zod';\nexport const fileSearch = {{\n  name: 'uploads_search',\n{_MEMBERS}",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={"web_search": "reads", "uploads_search": "reads"},
    ),
    "classes-of-a-server-of-tools": Layout(
        files={
            "package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "1.29.0", "zod": "4.4.2"}}\n',
            "packages/server/src/count.ts": "import { StoreToolBase } from './base.js';\nexport class CountTool extends StoreToolBase {\n  static toolName = 'count-rows';\n  async execute() { return 1; }\n}\n",
            "packages/server/src/drop.ts": "import { StoreToolBase } from './base.js';\nexport const DropToolName = 'drop-table';\nexport class DropTool extends StoreToolBase {\n  static toolName = DropToolName;\n  async execute() { return 1; }\n}\n",
            "packages/server/src/index.ts": "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nexport const server = new McpServer({ name: 'store', version: '1' });\n",
            "packages/server/src/testHelpers/mock.ts": "export const tools = [{ name: 'mock-tool', description: 'Mock.', inputSchema: { type: 'object' } }];\n",
            "packages/scripts/src/generate-release-notes.ts": "import { anthropic } from '@ai-sdk/anthropic';\nimport { generateText } from 'ai';\nawait generateText({ model: anthropic('claude-sonnet-4-6'), prompt: 'Write.' });\n",
        },
        uses=("agent",),
        tools={"count-rows": "reads", "drop-table": "irreversible"},
        never=("mock-tool", "claude", "anthropic"),
    ),
    "pages-that-llamacloud-takes-apart": Layout(
        files={
            "pyproject.toml": "[project]\nname = 'notes'\ndependencies = ['llama-cloud-services>=0.6.81', 'openai>=2.8.1', 'qdrant-client>=1.16.0']\n",
            "notes/take.py": "import os\nfrom llama_cloud_services.extract import LlamaExtract\n\nextract = LlamaExtract(api_key=os.getenv('LLAMA_CLOUD_API_KEY', ''))\n",
            "notes/find.py": "import os\nfrom openai import AsyncOpenAI\nfrom qdrant_client import AsyncQdrantClient\nfrom notes.take import extract\n\nstore = AsyncQdrantClient(host=os.getenv('QDRANT_HOST'))\n\n\nasync def find(text):\n    vector = await AsyncOpenAI().embeddings.create(input=[text], model='text-embedding-3-small', dimensions=768)\n    return await store.query_points('notes', query=vector, score_threshold=0.75), extract\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("embedding", "text-embedding-3-small"),),
        facts={"retrieval.dims": "768", "model.kind": "llm"},
        hosts=("api.cloud.llamaindex.ai", "api.openai.com"),
    ),
}
