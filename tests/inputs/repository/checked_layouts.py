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
    "options-put-into-a-call": Layout(
        files={
            "package.json": '{"dependencies": {"next": "15.3.4", "@anthropic-ai/sdk": "0.54.0"}}\n',
            "lib/researcher.ts": "import Anthropic from '@anthropic-ai/sdk';\ninterface Tool { name: string; description: string }\nconst tools: Tool[] = [{ name: 'web_search', description: 'Search.', input_schema: { type: 'object', properties: {} } }];\nexport async function research(messages: any[]) {\n  const params = { model: 'claude-opus-4-20250514', max_tokens: 8000, tools, messages };\n  const first = await new Anthropic().beta.messages.create({ ...params, betas: ['x'] } as any);\n  const again = { ...params, messages: [...messages, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: first }] }] };\n  const second = await new Anthropic().beta.messages.create({ ...again } as any);\n  return (await new Anthropic().beta.messages.create({ ...again, messages: [second] } as any)) as any;\n}\n",
            "app/api/follow-up/route.ts": "import Anthropic from '@anthropic-ai/sdk';\nexport async function POST(request: Request) {\n  const said = await new Anthropic().messages.create({ model: 'claude-3-haiku-20240307', max_tokens: 300, messages: [] });\n  return Response.json(said);\n}\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "claude-opus-4-20250514"),),
        asks=(
            "one more model of chats is named apart from claude-opus-4-20250514: does production ask it? claude-3-haiku-20240307 (",
        ),
        facts={"model.name": "claude-opus-4-20250514", "security.output_cap": "8,000 tok"},
        tools={"web_search": "reads"},
    ),
    "packages-of-go-that-nothing-takes-in": Layout(
        files={
            "backend/go.mod": "module github.com/shop/search\n\nrequire github.com/tmc/langchaingo v0.1.10\n",
            "backend/main.go": 'package main\n\nimport (\n\t"net/http"\n\n\t"github.com/shop/search/asks"\n\t"github.com/tmc/langchaingo/agents"\n\t"github.com/tmc/langchaingo/tools"\n)\n\nfunc main() {\n\t// trials.Run()\n\t_ = agents.NewExecutor(asks.Model("x"), []tools.Tool{asks.WebSearch{}})\n\t_ = http.ListenAndServe(":8080", nil)\n}\n',
            "backend/asks/model.go": 'package asks\n\nimport (\n\t"context"\n\n\t"github.com/tmc/langchaingo/llms/ollama"\n)\n\ntype WebSearch struct{}\n\nfunc (w WebSearch) Name() string { return "websearch" }\nfunc (w WebSearch) Description() string { return "Searches." }\nfunc (w WebSearch) Call(ctx context.Context, input string) (string, error) { return input, nil }\n\nfunc Model(name string) (*ollama.LLM, error) { return ollama.New(ollama.WithModel(name)) }\n',
            "backend/trials/weather.go": 'package trials\n\nimport "github.com/tmc/langchaingo/llms"\n\nvar functions = []llms.FunctionDefinition{{Name: "getCurrentWeather", Description: "Weather."}}\n\nfunc Run() { _ = functions }\n',
        },
        uses=("llm", "agent"),
        facts={"model.engine": "ollama", "model.hosting": "self", "model.kind": "llm"},
        tools={"websearch": "reads"},
        never=("getCurrentWeather",),
    ),
    "passages-that-are-kept-in-memory": Layout(
        files={
            "requirements.txt": "tensorflow_hub==0.13.0\nscikit-learn==1.2.2\nlitellm==1.0\nfastapi==0.115\n",
            "api.py": "import tensorflow_hub as hub\nfrom fastapi import FastAPI\nfrom litellm import completion\nfrom sklearn.neighbors import NearestNeighbors\n\napp = FastAPI()\n\n\nclass Search:\n    def __init__(self):\n        self.use = hub.load('https://tfhub.dev/google/universal-sentence-encoder/4')\n\n    def fit(self, texts):\n        self.embeddings = self.use(texts)\n        self.nn = NearestNeighbors(n_neighbors=5)\n        self.nn.fit(self.embeddings)\n\n\nsearch = Search()\n\n\n@app.post('/ask')\ndef ask(texts, question):\n    search.fit(texts)\n    return completion(model='gpt-4o-2024-08-06', messages=[question, search.nn.kneighbors(search.use([question]))])\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-2024-08-06"), ("embedding", "universal-sentence-encoder")),
        hosts=("tfhub.dev", "api.openai.com"),
    ),
    "a-search-engine-in-a-container-beside": Layout(
        files={
            "package.json": _NEXT,
            "src/lib/chat.ts": _CHAT,
            "searxng/settings.yml": "use_default_settings: true\nredis:\n  url: redis://redis:6379/0\n",
            "docker-compose.yaml": "services:\n  app:\n    build: .\n    environment:\n      - SEARXNG_DOMAIN=http://searxng:8080\n  redis:\n    image: redis:alpine\n  searxng:\n    image: searxng/searxng:latest\n    volumes:\n      - ./searxng:/etc/searxng:rw\n",
            "Dockerfile": 'FROM node:22\nCOPY . .\nCMD ["npm", "start"]\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("redis",),
    ),
    "a-graph-that-forks-at-its-start": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/langgraph": "0.2.10", "@langchain/anthropic": "0.3.1"}}\n',
            "langgraph.json": '{"node_version": "20", "graphs": {"writer": "./src/graph.ts:buildGraph"}}\n',
            "src/graph.ts": "import { END, START, StateGraph } from '@langchain/langgraph';\nimport { ChatAnthropic } from '@langchain/anthropic';\nconst write = async (state: any) => new ChatAnthropic({ model: 'claude-3-5-sonnet-20240620' }).invoke(state.messages);\nexport const buildGraph = () => new StateGraph({} as any)\n  .addNode('write', write)\n  .addNode('learn', write)\n  .addConditionalEdges(START, (state: any) => (state.accepted ? 'learn' : 'write'))\n  .addEdge('write', END)\n  .addEdge('learn', END)\n  .compile();\n",
        },
        uses=("llm",),
        models=(("chat", "claude-3-5-sonnet-20240620"),),
    ),
}
