"""Replicas of servers of tools, of agents with tools of their own making, and of what only looks like a part of a pilot."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-4o', messages=messages)\n"
_SCHEMA = '"parameters": {"type": "object", "properties": {"of": {"type": "string"}}}'

ACTING_LAYOUTS: dict[str, Layout] = {
    "tools-of-a-shop-in-kotlin": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-mcp-server-webmvc</artifactId></dependency></dependencies></project>\n",
            "src/main/kotlin/shop/DeleteShelf.kt": 'import org.springframework.ai.mcp.annotation.McpTool\n\n@Service\nclass DeleteShelf {\n    @McpTool(\n        name = "delete_shelf",\n        description = "takes a shelf away (for good)",\n    )\n    fun deleteShelf(id: String): String = shop.delete(id)\n}\n',
            "src/main/kotlin/shop/ListShelves.kt": 'import org.springframework.ai.mcp.annotation.McpTool\n\nclass ListShelves {\n    @McpTool(description = "all shelves")\n    fun listShelves(): String = shop.all()\n}\n',
        },
        uses=("agent",),
        tools={"delete_shelf": "irreversible", "listShelves": "reads"},
    ),
    "tools-of-a-watch-in-go": Layout(
        files={
            "go.mod": "module watch\n\ngo 1.24\n\nrequire github.com/modelcontextprotocol/go-sdk v1.5.0\n",
            "tools.go": 'package main\n\nimport (\n\t"github.com/modelcontextprotocol/go-sdk/mcp"\n)\n\nconst dropRule = "add_drop_rule"\n\nfunc register(server *kit.Server) {\n\tkit.Register(server, &mcp.Tool{\n\t\tName:        "get_traces",\n\t\tDescription: "reads traces",\n\t}, traces)\n\tkit.Register(server, &mcp.Tool{Name: dropRule, Description: "drops logs"}, drop)\n}\n',
        },
        uses=("agent",),
        tools={"get_traces": "reads", "add_drop_rule": "writes"},
    ),
    "functions-that-go-describes-to-a-model": Layout(
        files={
            "go.mod": "module guard\n\ngo 1.24\n\nrequire (\n\tgorm.io/driver/sqlite v1.6.0\n\tgorm.io/gorm v1.31.1\n)\n",
            "internal/llm/client.go": 'package llm\n\nfunc (c *Client) Ask(body []byte) ([]byte, error) { return c.post(c.base + "/chat/completions", body) }\n\nfunc (c *Client) Vectors(body []byte) ([]byte, error) { return c.post(c.base + "/embeddings", body) }\n',
            "internal/tools/notes.go": 'package tools\n\nimport openai "guard/internal/llm"\n\nvar Save = openai.Tool{Type: openai.Function, Function: &openai.FunctionDefinition{Name: "save_case", Description: "keeps a case"}}\n',
            "internal/store/store.go": 'package store\n\nimport (\n\t"gorm.io/driver/sqlite"\n\t"gorm.io/gorm"\n)\n\nfunc Open(path string) (*gorm.DB, error) { return gorm.Open(sqlite.Open(path), &gorm.Config{}) }\n',
            "config.json": '{"chat": {"model": "deepseek-chat"}, "embedding": {"model": "text-embedding-v4"}, "asr": {"model": "qwen3-asr-flash"}}\n',
        },
        uses=("llm", "retrieval", "agent"),
        sources=("sqlite",),
        models=(("chat", "deepseek-chat"), ("embedding", "text-embedding-v4"), ("speech", "qwen3-asr-flash")),
        tools={"save_case": "writes"},
    ),
    "a-register-of-tools-of-its-own": Layout(
        files={
            "pyproject.toml": '[project]\nname = "net-tools"\ndependencies = ["mcp[cli]>=2"]\n',
            "src/net/registry.py": "def tool(**said):\n    def keep(function):\n        return function\n\n    return keep\n",
            "src/net/server.py": "from mcp.server import MCPServer\n\nserver = MCPServer('net')\n",
            "src/net/tools/routes.py": "from net.registry import tool\n\n\n@tool(action='read')\ndef net_list_routes(args):\n    return client.routes.list()\n\n\n@tool(action='delete')\ndef net_delete_route(args):\n    return client.routes.delete_route(args.id)\n",
            "integrations/cloud/try_it.py": "from strands import Agent\n\nagent = Agent(model='us.anthropic.claude-sonnet-4-5-20250929-v1:0', tools=[remote])\nagent('which routes are there?')\n",
        },
        uses=("agent",),
        models=(),
        tools={"net_list_routes": "reads", "net_delete_route": "irreversible"},
    ),
    "schemas-beside-the-functions-that-serve-them": Layout(
        files={
            "bank/tools.py": f'from bank.register import register_tool\n\nblock_schema = {{"name": "block_card", "description": "blocks a card", {_SCHEMA}}}\nfind_schema = {{"name": "get_card", "description": "shows a card", {_SCHEMA}}}\n\n\nasync def block_card(args):\n    return {{"ok": True, "card": (args.get("card") or "").strip()}}\n\n\nregister_tool("block_card", block_schema, block_card)\n',
            "bank/answer.py": "import json\nfrom openai import OpenAI\n\nclient = OpenAI()\nanswer = client.chat.completions.create(model='gpt-4o', messages=messages, tools=register.all())\nfor call in answer.choices[0].message.tool_calls:\n    messages.append({'role': 'tool', 'tool_call_id': call.id, 'content': run(call.function.name, json.loads(call.function.arguments))})\n",
            "requirements.txt": "openai==1.0.0\n",
        },
        uses=("llm", "agent"),
        tools={"block_card": "unknown", "get_card": "reads"},
    ),
    "a-voice-without-tools-that-asks-with-its-own-keys": Layout(
        files={
            "src/agent.py": "from livekit.agents import Agent, AgentSession\nfrom livekit.plugins import deepgram, elevenlabs, openai\n\nsession = AgentSession(stt=deepgram.STT(model='nova-3'), llm=openai.LLM(model='gpt-4.1-mini'), tts=elevenlabs.TTS(model='eleven_flash_v2_5'))\nagent = Agent(instructions='Be kind.')\n",
            "requirements.txt": "livekit-agents==1.5.7\nlivekit-plugins-openai==1.5.7\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"), ("speech", "nova-3")),
        hosts=("api.openai.com", "api.deepgram.com", "api.elevenlabs.io"),
    ),
    "a-database-that-only-the-sign-in-keeps": Layout(
        files={
            "deploy/docker-compose.yml": "services:\n  postgres:\n    image: postgres:16\n  keycloak:\n    image: quay.io/keycloak/keycloak:26.7\n    depends_on: [postgres]\n    environment:\n      KC_DB: postgres\n      KC_HOSTNAME: https://sign-in.firm.io\n  app:\n    build: ..\n    environment:\n      APP_URL: https://chat.firm.io\n      DOCS_API_URL: https://chat.firm.io/docs\n      RATES_API_URL: https://rates.bank.io/v1\n",
            "app/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\n",
        },
        uses=("llm",),
        sources=(),
        hosts=("rates.bank.io",),
        never=("chat.firm.io", "sign-in.firm.io"),
    ),
    "a-mailbox-over-microsoft-graph": Layout(
        files={
            "shared/graph.py": "import requests\n\n\nclass Mail:\n    def __init__(self, tenant):\n        self.authority = f'https://login.microsoftonline.com/{tenant}'\n        self.app = Application(authority=self.authority)\n        self.url = 'https://graph.microsoft.com/v1.0'\n\n    def unread(self, box):\n        return requests.get(f'{self.url}/users/{box}/messages')\n",
            "shared/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\nrequests==2.32\n",
        },
        uses=("llm",),
        sources=("mailbox",),
        hosts=("login.microsoftonline.com", "graph.microsoft.com"),
    ),
    "streams-that-rules-watch-and-no-model": Layout(
        files={
            "build.gradle": "dependencies {\n    implementation 'org.springframework.boot:spring-boot-starter-data-redis'\n    implementation 'org.springframework.kafka:spring-kafka'\n}\n",
            "src/main/java/watch/Window.java": "package watch;\n\nimport org.springframework.data.redis.core.StringRedisTemplate;\n\npublic class Window {\n    private final StringRedisTemplate redis;\n}\n",
            "src/main/java/watch/Reader.java": 'package watch;\n\nimport org.springframework.kafka.annotation.KafkaListener;\n\npublic class Reader {\n    @KafkaListener(topics = "payments")\n    public void read(String event) {}\n}\n',
        },
        uses=(),
        sources=("redis", "kafka"),
    ),
    "a-client-of-supabase-that-others-read-with": Layout(
        files={
            "src/store.py": "import os\n\nfrom supabase import create_client\n\nclient = create_client(os.environ['SUPABASE_URL'], os.environ['SUPABASE_KEY'])\n",
            "src/calls.py": "from src.store import client\n\nrows = client.table('calls').select('id, start').execute()\n",
            "src/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\nsupabase==2.1\n",
        },
        uses=("llm",),
        sources=("postgresql",),
    ),
    "buckets-of-objects-of-a-forecast": Layout(
        files={
            "forecast/store.py": "import obstore\n\nstore = obstore.store.S3Store.from_url(url)\n",
            "forecast/train.py": "import xgboost as xgb\n\nmodel = xgb.XGBRegressor()\nmodel.fit(rows, load)\n",
            "requirements.txt": "obstore==0.8\nxgboost==2.1\n",
        },
        uses=("classic-ml", "training"),
        sources=("s3",),
    ),
    "a-model-that-a-class-takes-by-default": Layout(
        files={
            "mood/analyzer.py": "import os\n\nimport requests\n\n\nclass Analyzer:\n    def __init__(self, model='llama3.2:3b', host=None):\n        self.model = model\n        self.host = host or os.getenv('OLLAMA_HOST', 'http://ollama:11434')\n\n    def classify(self, text):\n        return requests.post(f'{self.host}/api/generate', json={'model': self.model, 'prompt': text}).json()\n",
            ".env.example": "# OPENAI_API_KEY=your_key_here\n# GROQ_API_KEY=your_key_here\n",
            "requirements.txt": "requests==2.32\nopenai==1.0\ngroq==0.4\n",
        },
        uses=("llm",),
        models=(("chat", "llama3.2:3b"),),
        never=("api.openai.com", "api.groq.com"),
    ),
    "tools-that-a-generator-makes-from-a-description": Layout(
        files={
            "package.json": '{"name": "flags-mcp", "dependencies": {"@modelcontextprotocol/sdk": "^1.0.0"}}\n',
            "src/mcp-server/server.ts": "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\n\nexport const server = new McpServer({ name: 'flags', version: '1' });\n",
            "src/mcp-server/tools/flagsDelete.ts": '/*\n * Code generated. DO NOT EDIT.\n */\n\nimport { ToolDefinition } from "../tools.js";\n\nexport const tool$flagsDelete: ToolDefinition<typeof args> = {\n  name: "delete-flag",\n  description: `Removes a flag.`,\n  args,\n};\n',
        },
        uses=("agent",),
        tools={"delete-flag": "irreversible"},
    ),
    "tools-in-a-list-of-what-a-server-offers": Layout(
        files={
            "package.json": '{"name": "notes-mcp", "dependencies": {"@modelcontextprotocol/sdk": "^1.0.0"}}\n',
            "src/server.ts": "import { Server } from '@modelcontextprotocol/sdk/server/index.js';\nimport { ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';\n\nexport const specs = [\n  { name: 'find_notes', description: FIND, inputShape: FIND_INPUT },\n  { name: 'list_notes', description: LIST, annotations: { readOnlyHint: true } },\n  { name: 'delete_note', description: 'for good', inputSchema: { type: 'object' } },\n];\n\nexport const author = { name: 'someone', description: 'who wrote it' };\n",
        },
        uses=("agent",),
        tools={"find_notes": "reads", "list_notes": "reads", "delete_note": "irreversible"},
    ),
    "tools-whose-names-are-constants-and-tools-in-rust": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><artifactId>spring-ai-starter-mcp-server</artifactId></dependency></dependencies></project>\n",
            "src/main/java/desk/Issues.java": 'package desk;\n\nimport org.springframework.ai.mcp.annotation.McpTool;\n\npublic class Issues {\n    static final String DROP = "delete_issue";\n\n    @McpTool(name = DROP, description = "takes it away")\n    public String drop(String key) { return desk.remove(key); }\n}\n',
            "crates/desk/src/main.rs": 'use rmcp::{tool, tool_router};\n\nimpl Desk {\n    #[tool(description = "all issues")]\n    async fn list_issues(&self) -> String { self.all() }\n}\n',
        },
        uses=("agent",),
        tools={"delete_issue": "irreversible", "list_issues": "reads"},
    ),
    "a-register-of-tools-below-the-backend": Layout(
        files={
            "backend/app/tools/registry.py": "def tool(**said):\n    return lambda function: function\n",
            "backend/app/tools/balance.py": "from app.tools.registry import tool\n\n\n@tool(name='get_balance')\nasync def read_balance(args, repo):\n    return await repo.balance(args.account)\n",
            "backend/app/voice.py": _ASKS,
            "backend/requirements.txt": "openai==1.0.0\n",
        },
        uses=("llm", "agent"),
        tools={"get_balance": "reads"},
    ),
    "tools-in-a-list-that-is-wrapped-later": Layout(
        files={
            "package.json": '{"name": "desk", "dependencies": {"openai": "^4.0.0"}}\n',
            "config/tools-list.ts": 'export const toolsList = [\n  { name: "get_order", parameters: { id: { type: "string" } } },\n  { name: "cancel_order", parameters: { id: { type: "string" } } },\n];\n\nexport const colours = [{ name: "red", parameters: {} }];\n',
            "lib/tools.ts": 'import { toolsList } from "../config/tools-list";\n\nexport const tools = [{ type: "file_search", vector_store_ids: [STORE] }, ...toolsList.map(wrap)];\n',
            "lib/answer.ts": 'import OpenAI from "openai";\n\nconst openai = new OpenAI();\nexport const ask = async (items) => {\n  const answer = await openai.responses.create({ model: "gpt-4o", input: items, tools });\n  items.push({ type: "function_call_output", call_id: answer.id, output: run(JSON.parse(answer.arguments)) });\n};\n',
        },
        uses=("llm", "retrieval", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"get_order": "reads", "cancel_order": "irreversible"},
        never=("red",),
    ),
    "what-settings-of-dotnet-decide": Layout(
        files={
            "src/Desk.csproj": '<Project><ItemGroup><PackageReference Include="Azure.AI.OpenAI" Version="2.1" /></ItemGroup></Project>\n',
            "src/Program.cs": 'using Azure.AI.OpenAI;\n\nvar modelDeployment = builder.Configuration["Foundry:ModelDeployment"] ?? "gpt-4o";\nvar client = new AzureOpenAIClient(new Uri(endpoint), credential).GetChatClient(modelDeployment);\n',
            "src/appsettings.json": '{"Foundry": {"ModelDeployment": "gpt-5-mini"}}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-5-mini"),),
        never=("gpt-4o",),
    ),
    "scripts-at-the-top-and-who-made-it": Layout(
        files={
            "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI(title='Prices', contact={'name': 'Team', 'url': 'https://www.firm-pages.io/team', 'email': 'x@y.z'})\n",
            "app/answer.py": _ASKS,
            "check_prompt.py": "import httpx\n\nprint(httpx.get('https://calls.firm-pages.io/agents').json())\n",
            ".env.example": "QDRANT_URL=https://c4810ac7-cf72.eu-west-2-0.aws.cloud.qdrant.io\nAZURE_SEARCH_ENDPOINT=https://desk-dev01.search.windows.net\n",
            "requirements.txt": "openai==1.0.0\nfastapi==0.115\n",
        },
        uses=("llm",),
        hosts=("*.cloud.qdrant.io", "*.search.windows.net"),
        never=("firm-pages", "c4810ac7", "desk-dev01"),
    ),
    "shelves-of-objects-in-go": Layout(
        files={
            "go.mod": "module shelf\n\ngo 1.24\n\nrequire github.com/minio/minio-go/v7 v7.0.1\n",
            "store/reader.go": 'package store\n\nimport "github.com/minio/minio-go/v7"\n\nfunc Open(at string) (*minio.Client, error) { return minio.New(at, &minio.Options{}) }\n',
        },
        uses=(),
        sources=("s3",),
    ),
    "tools-that-a-property-names-and-lists-called-manifest": Layout(
        files={
            "package.json": '{"name": "desk", "dependencies": {"openai": "^4.0.0", "express": "^4.0.0"}}\n',
            "agent/answer.ts": 'import OpenAI from "openai";\n\nconst openai = new OpenAI();\nexport const ask = (messages) => openai.chat.completions.create({ model: "gpt-4o", messages, tools: manifest });\n',
            "agent/tools/manifest.ts": 'export const manifest: ToolDefinition[] = [\n  {\n    name: "getOrder",\n    description: "one order",\n    type: "function",\n    parameters: { type: "object", properties: {} },\n  },\n];\n',
            "voice/pyproject.toml": '[project]\nname = "voice"\ndependencies = ["openai>=1.58"]\n',
            "voice/tools/base.py": "from abc import ABC, abstractmethod\n\n\nclass BaseTool(ABC):\n    @property\n    @abstractmethod\n    def name(self) -> str: ...\n",
            "voice/src/rates.py": 'from voice.tools.base import BaseTool\n\n\nclass Rates(BaseTool):\n    @property\n    def name(self) -> str:\n        """The tool\'s name."""\n        return \'get_rates\'\n\n    def label(self):\n        return \'no tool\'\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"getOrder": "reads", "get_rates": "reads"},
        never=("no tool",),
    ),
    "features-that-a-setting-names-and-links-of-a-list": Layout(
        files={
            "package.json": '{"name": "museum", "dependencies": {"@elastic/elasticsearch": "^8.19.1", "next": "15"}}\n',
            "lib/kinds.ts": "export const KINDS = {\n  text: { key: 'text', name: 'Text', model: 'jina_v3', url: 'https://pages-of-jina.io/embeddings/', description: 'in words' },\n};\n",
            "flows/store.py": "from peewee import PostgresqlDatabase\n\n\ndef open_it(said):\n    return PostgresqlDatabase(said['name'], user=said['user'], host=said['host'])\n",
            "flows/requirements.txt": "peewee==3.17\nfeast==0.39.0\n",
            "configs/config.yaml": "feature_store:\n  provider: feast\n  path: features/\n",
        },
        uses=(),
        sources=("postgresql",),
        never=("pages-of-jina.io", "feast"),
    ),
    "a-notebook-of-training-beside-the-service": Layout(
        files={
            "requirements.txt": "fastapi==0.125\nlightgbm==4.6.0\n",
            "src/score.py": "import lightgbm as lgb\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = lgb.Booster(model_file='model.bst')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return {'score': float(model.predict([list(row.values())])[0])}\n",
            "scripts/training/fraud.ipynb": '{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["import lightgbm as lgb\\n", "booster = lgb.train(params, data)\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n',
        },
        uses=("classic-ml", "training"),
    ),
    "an-adapter-that-nothing-takes-in": Layout(
        files={
            "package.json": '{"name": "bot", "dependencies": {"@llamaindex/google": "1", "@llamaindex/openai": "1", "llamaindex": "1"}}\n',
            "src/di.ts": 'import { start } from "@/adapters/gemini";\n\nexport const answer = start(process.env.MODEL);\n',
            "src/adapters/gemini/index.ts": 'import { Gemini } from "@llamaindex/google";\n\nexport const start = (model) => new Gemini({ model });\n',
            "src/adapters/openai/index.ts": 'import { OpenAI } from "@llamaindex/openai";\n\nexport const start = (model) => new OpenAI({ model: model ?? "gpt-4o-mini" });\n',
        },
        uses=("llm",),
        never=("gpt-4o-mini", "api.openai.com"),
    ),
    "adapters-that-are-found-by-their-names": Layout(
        files={
            "package.json": '{"name": "bot", "dependencies": {"openai": "4"}}\n',
            "src/di.ts": 'import { log } from "./adapters/log";\n\nexport const answer = async (kind) => log((await import(`./adapters/${kind}`)).start());\n',
            "src/adapters/log.ts": "export const log = (said) => said;\n",
            "src/adapters/openai.ts": 'import OpenAI from "openai";\n\nexport const start = () => new OpenAI().chat.completions.create({ model: "gpt-4o-mini", messages: [] });\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
    ),
    "answers-and-vectors-that-are-fetched": Layout(
        files={
            "package.json": '{"name": "shop", "dependencies": {"@nestjs/core": "11", "@supabase/supabase-js": "2"}}\n',
            "src/ask.service.ts": "export class Ask {\n  private url = process.env.CHAT_URL!;\n\n  async chat(prompt: string) {\n    const res = await fetch(this.url, { method: 'POST', body: JSON.stringify({ messages: [{ role: 'user', content: prompt }] }) });\n    const data = await res.json();\n    return data?.choices?.[0]?.message?.content || '';\n  }\n\n  async embed(text: string) {\n    const res = await fetch(process.env.EMBED_URL!, { method: 'POST', body: JSON.stringify({ input: text }) });\n    return (await res.json())?.data?.[0]?.embedding;\n  }\n}\n",
            "src/vote.ts": "export const first = (poll) => poll.choices[0].message;\n",
        },
        uses=("llm", "retrieval"),
    ),
    "an-embedding-model-beside-a-search-of-the-web": Layout(
        files={
            "infra/main.bicepparam": "param deployments = [\n  {\n    name: 'text-embed'\n    modelName: 'text-embedding-3-large'\n  }\n]\n",
            "app/search.py": "from ddgs import DDGS\n\nARGS = {'max_results': 6}\n\n\ndef look(query):\n    with DDGS() as ddgs:\n        return list(ddgs.text(query, max_results=6))\n",
            "app/answer.py": _ASKS,
            "requirements.txt": "ddgs==9.0\nopenai==1.0\n",
        },
        uses=("llm",),
    ),
    "a-knowledge-base-that-cdk-makes": Layout(
        files={
            "stacks/rag.py": "import aws_cdk as cdk\nfrom aws_cdk import aws_bedrock as bedrock\n\n\nclass Rag(cdk.Stack):\n    def made(self):\n        return bedrock.CfnKnowledgeBase.VectorKnowledgeBaseConfigurationProperty(\n            embedding_model_arn=f'arn:aws:bedrock:{self.region}::foundation-model/amazon.titan-embed-text-v2:0',\n        )\n",
            "lambdas/answer.py": "import boto3\n\nclient = boto3.client('bedrock-agent-runtime')\n\n\ndef handler(event, context):\n    return client.retrieve(knowledgeBaseId='K', retrievalQuery={'text': event['query']})\n",
            "requirements.txt": "aws-cdk-lib>=2\nboto3\n",
        },
        uses=("retrieval",),
        sources=("bedrock-knowledge-base",),
        models=(("embedding", "amazon.titan-embed-text-v2:0"),),
    ),
}
