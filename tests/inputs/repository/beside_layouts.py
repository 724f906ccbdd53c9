"""Replicas of pilots beside which stores, gateways of a cloud and other ways to run stand, which say nothing of the pilot itself."""

from __future__ import annotations

from layouts import Layout

BESIDE_LAYOUTS: dict[str, Layout] = {
    "a-store-in-a-container-app-of-its-own": Layout(
        files={
            "infra/app.bicep": "resource redis 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'redis'\n  properties: {\n    template: {\n      scale: {\n        minReplicas: 1\n        maxReplicas: 1\n      }\n      containers: [\n        {\n          image: 'redis/redis-stack-server:7.4.0'\n          resources: {\n            memory: '1Gi'\n          }\n        }\n      ]\n    }\n  }\n}\n\nresource calls 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'calls'\n  properties: {\n    template: {\n      scale: {\n        minReplicas: 2\n      }\n      containers: [\n        {\n          image: 'ghcr.io/x/calls:1'\n          resources: {\n            memory: '2.5Gi'\n          }\n        }\n      ]\n    }\n  }\n}\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        facts={"target.replicas": "2", "target.memory_limit": "2.5 GiB"},
        never=("target.replicas_max",),
    ),
    "a-client-of-services-that-asks-an-account-of-openai": Layout(
        files={
            "requirements.txt": "azure-ai-inference==1.0.0b9\n",
            "infra/main.bicep": "resource ai 'Microsoft.CognitiveServices/accounts@2024-06-01-preview' = {\n  name: 'x'\n  kind: 'OpenAI'\n}\n",
            "app/main.py": "from azure.ai.inference.aio import ChatCompletionsClient\nfrom azure.ai.inference.models import ChatCompletionsToolDefinition, FunctionDefinition\n\nclient = ChatCompletionsClient(endpoint='x', credential=None)\n\n\ndef described(name):\n    return ChatCompletionsToolDefinition(function=FunctionDefinition(name=name))\n\n\nasync def ask(messages):\n    return await client.complete(messages=messages, model='gpt-4.1', tools=[described('end_call')])\n",
        },
        uses=("llm", "agent"),
        hosts=("*.openai.azure.com",),
        never=("*.services.ai.azure.com",),
    ),
    "answers-of-amazon-q": Layout(
        files={
            "package.json": '{"dependencies": {"@aws-sdk/client-qbusiness": "3.565.0"}}\n',
            "src/ask.ts": "import { ChatSyncCommand, QBusinessClient } from '@aws-sdk/client-qbusiness';\n\nconst client = new QBusinessClient({ region: 'us-east-1' });\nexport const ask = (userMessage: string) => client.send(new ChatSyncCommand({ applicationId: 'x', userMessage }));\n",
            "src/keep.ts": "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\n\nexport const kept = new DynamoDBClient({});\n",
            "bin/convert-template.js": "const { S3Client } = require('@aws-sdk/client-s3');\n\nconst client = new S3Client({});\n",
        },
        uses=("llm", "retrieval"),
        sources=("dynamodb",),
        hosts=("qbusiness.*.amazonaws.com",),
    ),
    "a-bean-that-a-setting-turns-on": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>com.azure</groupId><artifactId>azure-ai-openai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/x/SearchConfig.java": 'package x;\n\nimport com.azure.search.documents.SearchClientBuilder;\n\n@Configuration\n@ConditionalOnProperty(name = "vector-store.type", havingValue = "azure-search")\npublic class SearchConfig {\n    Object store = new SearchClientBuilder().buildClient();\n}\n',
            "src/main/java/x/Ask.java": 'package x;\n\nimport com.azure.ai.openai.OpenAIClientBuilder;\n\nclass Ask {\n    OpenAIClient client = new OpenAIClientBuilder().buildClient();\n\n    String ask() {\n        return client.getChatCompletions("x", null).toString();\n    }\n}\n',
        },
        uses=("llm", "retrieval"),
        sources=(),
        asks=("the code reaches azure-ai-search only where vector-store.type=azure-search is set",),
    ),
    "tools-that-lists-name-by-their-variables": Layout(
        files={
            "requirements.txt": "openai==1.97\nlangchain-milvus==0.3\n",
            "src/functions.py": 'add_to_cart_function = {\n    "type": "function",\n    "function": {\n        "name": "add_to_cart",\n        "description": "adds",\n        "parameters": {"type": "object", "properties": {"item": {"type": "string"}}},\n    },\n}\nlook_up_schema = {\n    "type": "function",\n    "function": {"name": "view_cart", "description": "looks"},\n}\n',
            "src/cart.py": 'from openai import OpenAI\n\nfrom .functions import add_to_cart_function, look_up_schema\n\n\ndef ask(messages):\n    tools = [add_to_cart_function, look_up_schema]\n    return OpenAI().chat.completions.create(model="gpt-4o", messages=messages, tools=tools, tool_choice="auto")\n',
            "config/rails.yml": "rails:\n  output:\n    streaming:\n      chunk_size: 200\n      context_size: 50\n",
            "config/chain.yaml": "top_k_retrieve: 4\nimage_model_name: nvidia/nvclip\n",
            "src/find.py": "from langchain_milvus import Milvus\n\nstore = Milvus(None)\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("milvus",),
        models=(("chat", "gpt-4o"), ("embedding", "nvidia/nvclip")),
        tools={"add_to_cart": "writes", "view_cart": "reads"},
        facts={"retrieval.top_k": "4"},
        never=("add_to_cart_function", "look_up_schema", "retrieval.chunk_size"),
    ),
    "a-store-that-a-workshop-sets-up": Layout(
        files={
            "setup/setup-s3.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: minio\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: minio\n          image: quay.io/minio/minio:latest\n          resources:\n            limits:\n              memory: 2Gi\n",
            "src/train.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        never=("target.replicas", "target.memory_limit", "operations.infrastructure_as_code"),
    ),
    "functions-of-vercel-with-their-memory": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.104.0"}}\n',
            "vercel.json": '{"functions": {"api/a.ts": {"maxDuration": 800, "memory": 1024}, "api/b.ts": {"maxDuration": 800, "memory": 1024}}}\n',
            "api/a.ts": "import OpenAI from 'openai';\n\nexport const ask = (input: string) => new OpenAI().responses.create({ model: 'gpt-5.2', input });\n",
        },
        uses=("llm",),
        facts={"target.memory_limit": "1 GiB", "operations.request_deadline": "13.3 min"},
    ),
    "a-package-of-a-template-that-no-page-takes-in": Layout(
        files={
            "requirements.txt": "fastapi==0.110\npsycopg2-binary==2.9\nscikit-learn==1.4\n",
            "src/main.py": "import joblib\nimport psycopg2\nfrom fastapi import FastAPI\n\nmodel = joblib.load('model.joblib')\nrows = psycopg2.connect('postgresql://db/x')\n",
            "board/package.json": '{"dependencies": {"@google/genai": "1.0.0", "react": "19.0.0"}}\n',
            "board/.env.example": "GEMINI_API_KEY=\n",
            "board/vite.config.ts": "import { defineConfig, loadEnv } from 'vite';\n\nexport default defineConfig(({ mode }) => {\n  const env = loadEnv(mode, '.', '');\n  return { define: { 'process.env.GEMINI_API_KEY': JSON.stringify(env.GEMINI_API_KEY) } };\n});\n",
            "board/src/App.tsx": "export default function App() {\n  return <p>rows</p>;\n}\n",
        },
        uses=("classic-ml",),
        sources=("postgresql",),
        never=("generativelanguage.googleapis.com", "hosted"),
    ),
    "pages-that-search-the-web-by-an-agent": Layout(
        files={
            "requirements.txt": "streamlit>=1.28\nlangchain>=0.0.217\nanthropic>=0.3\nduckduckgo-search\n",
            "Chatbot.py": "from langchain.agents import initialize_agent\nfrom langchain.chat_models import ChatOpenAI\nfrom langchain.tools import DuckDuckGoSearchRun\n\nllm = ChatOpenAI(model_name='gpt-3.5-turbo')\nsearch = DuckDuckGoSearchRun(name='Search')\nagent = initialize_agent([search], llm)\n",
            "pages/files.py": "import anthropic\n\nclient = anthropic.Client(api_key='x')\nclient.completions.create(prompt='x', model='claude-2', max_tokens_to_sample=100)\n",
        },
        uses=("llm", "agent"),
        asks=(
            "2 models of chats are named: which of them does production ask? gpt-3.5-turbo (",
            ", claude-2 (",
        ),
        tools={"Search": "reads"},
        hosts=("api.openai.com", "api.anthropic.com", "duckduckgo.com"),
    ),
    "a-model-that-is-spoken-with-at-its-address": Layout(
        files={
            "package.json": '{"dependencies": {"express": "4.21.2", "ws": "8.18.0"}}\n',
            "src/session.ts": 'import { WebSocket } from "ws";\n\nexport function open(key: string) {\n  const line = new WebSocket("wss://api.openai.com/v1/realtime?model=gpt-4o-realtime-preview-2024-12-17", { headers: { Authorization: `Bearer ${key}` } });\n  line.on("open", () => line.send(JSON.stringify({ type: "session.update", session: { input_audio_transcription: { model: "whisper-1" } } })));\n  return line;\n}\n',
            "src/functions.ts": 'export const functions = [];\nfunctions.push({\n  schema: { name: "get_tide", type: "function", description: "the tide", parameters: { type: "object", properties: {} } },\n  handler: async () => "high",\n});\n',
            "src/lib/tool-templates.ts": 'export const toolTemplates = [{ name: "ping_no_args", type: "function", description: "x", parameters: { type: "object", properties: {} } }];\n',
            "src/calls.ts": 'import { functions } from "./functions";\n\nexport async function call(item: { name: string; arguments: string }, line: any) {\n  const found: any = functions.find((one: any) => one.schema.name === item.name);\n  const output = await found.handler(JSON.parse(item.arguments));\n  line.send(JSON.stringify({ type: "conversation.item.create", item: { type: "function_call_output", output } }));\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-realtime-preview-2024-12-17"), ("speech", "whisper-1")),
        tools={"get_tide": "reads"},
        never=("ping_no_args",),
    ),
    "an-index-that-code-makes-with-its-length": Layout(
        files={
            "package.json": '{"dependencies": {"@pinecone-database/pinecone": "3.0.3", "@ai-sdk/openai": "1.0.0", "ai": "4.0.0"}}\n',
            "src/seed.ts": 'import { Pinecone } from "@pinecone-database/pinecone";\n\nexport async function seed(name: string) {\n  const pinecone = new Pinecone();\n  await pinecone.createIndex({ name, dimension: 1536, spec: { serverless: { cloud: "aws", region: "us-west-2" } } });\n  return pinecone.Index(name);\n}\n',
            "src/chat.ts": 'import { openai } from "@ai-sdk/openai";\nimport { streamText } from "ai";\n\nexport const answer = (messages: any) => streamText({ model: openai("gpt-4o"), messages });\n',
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o"),),
        sources=("pinecone",),
        facts={"retrieval.dims": "1,536"},
    ),
    "tools-of-memory-that-an-example-gives-to-a-model": Layout(
        files={
            "pyproject.toml": '[project]\nname = "memories"\nversion = "1.0"\ndependencies = ["mcp[cli]>=1.6", "mem0ai>=1.0", "pydantic-ai-slim[mcp]>=1.14"]\n',
            ".env": "MEM0_API_KEY=<your-api-key>\nOPENAI_API_KEY=<your-openai-api-key>\n",
            "src/memories/server.py": "import os\n\nfrom mcp.server.fastmcp import FastMCP\nfrom mem0 import MemoryClient\n\nserver = FastMCP('memories')\nclient = MemoryClient(api_key=os.getenv('MEM0_API_KEY'))\n\n\n@server.tool(description='finds')\ndef search_memories(query: str) -> str:\n    return client.search(query)\n",
            "example/ask.py": "import os\n\nfrom pydantic_ai import Agent\n\nMODEL = os.getenv('AGENT_MODEL', 'openai:gpt-5')\nagent = Agent(MODEL)\n",
        },
        uses=("agent",),
        sources=("mem0",),
        tools={"search_memories": "reads"},
        hosts=("api.mem0.ai",),
        never=("api.openai.com", "gpt-5"),
    ),
    "several-ways-to-deploy-one-beside-the-other": Layout(
        files={
            "server/package.json": '{"dependencies": {"@azure/ai-projects": "2.0.0", "express": "4.21.0"}}\n',
            "server/ask.ts": 'import { AIProjectClient } from "@azure/ai-projects";\nimport { DefaultAzureCredential } from "@azure/identity";\n\nconst project = new AIProjectClient(process.env.AI_PROJECT_ENDPOINT!, new DefaultAzureCredential());\n\nexport async function ask(input: string) {\n  const client = await project.getOpenAIClient();\n  return client.responses.create({ model: "gpt-4o-mini", input });\n}\n',
            "infra/modes/k8s/backend.yaml": 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: server\nspec:\n  replicas: ${REPLICAS}\n  template:\n    spec:\n      containers:\n        - name: server\n          image: "${REGISTRY}/server:${IMAGE_TAG}"\n          readinessProbe:\n            httpGet:\n              path: /health\n              port: 3001\n',
            "infra/modes/containerapp/deploy.sh": "az containerapp create --name server --image x/server:1 --cpu 0.5 --memory 1Gi --min-replicas 1 --max-replicas 3\n",
            "infra/modes/containerapp/watcher.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: watcher\nspec:\n  replicas: 4\n  template:\n    spec:\n      containers:\n        - name: watcher\n          image: mcr.microsoft.com/azurelinux/base/core:3.0\n          command: ['/bin/sh', '-c', 'sleep 1']\n",
        },
        uses=("llm",),
        never=("target.memory_limit", "target.replicas_max", "target.image_pinned", "target.replicas"),
    ),
    "notebooks-that-alone-learn-from-tables": Layout(
        files={
            "requirements.txt": "xgboost==2.0\n",
            "notebooks/train.ipynb": '{"cells": [{"cell_type": "code", "source": ["from xgboost import XGBClassifier\\n", "model = XGBClassifier()\\n", "model.fit(X, y)\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n',
        },
        uses=("classic-ml", "training"),
        facts={"model.kind": "tabular"},
    ),
    "tools-that-a-provider-has-built-in": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.87.2"}}\n',
            "lib/tools.ts": 'import OpenAI from "openai";\n\ninterface SearchTool {\n  type: "image_generation";\n}\n\nexport async function ask(input: string, store: string) {\n  const tools: any[] = [{ type: "web_search" }];\n  tools.push({ type: "file_search", vector_store_ids: [store] });\n  return new OpenAI().responses.create({ model: "gpt-5.4", input, tools });\n}\n',
            "lib/screen.py": "from openai import OpenAI\n\ntools = [{'type': 'computer'}]\nanswer = OpenAI().responses.create(model='gpt-5.4', input='x', tools=tools)\ncalls = [item for item in answer.output if item.type == 'computer_call']\n",
        },
        uses=("llm", "agent", "retrieval"),
        models=(("chat", "gpt-5.4"),),
        tools={"web_search": "reads", "file_search": "reads", "computer": "unknown"},
        never=("image_generation",),
    ),
    "functions-that-a-file-starts": Layout(
        files={
            "src/requirements.txt": "azure-functions\nazure-ai-textanalytics\nopenai==1.50\n",
            "src/function_app.py": "import azure.functions as func\nfrom azure.ai.textanalytics import TextAnalyticsClient\nfrom openai import OpenAI\n\napp = func.FunctionApp()\nhider = TextAnalyticsClient(endpoint='x', credential=None)\n\n\n@app.blob_trigger(arg_name='blob', path='in/{name}', connection='S')\n@app.blob_output(arg_name='out', path='out/{name}', connection='S')\ndef sum_up(blob: func.InputStream, out: func.Out[str]):\n    text = hider.recognize_pii_entities([blob.read().decode()])[0].redacted_text\n    out.set(OpenAI().responses.create(model='gpt-4o', input=text).output_text)\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        sources=("azure-blob-storage",),
        hosts=("api.openai.com", "*.cognitiveservices.azure.com"),
    ),
    "a-retriever-that-an-agent-is-given": Layout(
        files={
            "package.json": '{"dependencies": {"langchain": "0.1.5", "@langchain/openai": "0.0.10", "@upstash/vector": "0.1.0"}}\n',
            "src/store.js": 'import { VectorStore } from "@langchain/core/vectorstores";\nimport { Index } from "@upstash/vector";\n\nexport class Store extends VectorStore {\n  index = new Index();\n  async maxMarginalRelevanceSearch(query, options) {\n    return this.index.query({ vector: query, topK: options.fetchK ?? 20 });\n  }\n}\n',
            "src/route.ts": 'import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";\nimport { createRetrieverTool } from "langchain/tools/retriever";\nimport { AgentExecutor, createOpenAIFunctionsAgent } from "langchain/agents";\nimport { Store } from "./store";\n\nexport async function ask(input: string, prompt: any) {\n  const llm = new ChatOpenAI({ modelName: "gpt-3.5-turbo-1106" });\n  const retriever = new Store(new OpenAIEmbeddings()).asRetriever({ k: 6, searchType: "mmr" });\n  const tool = createRetrieverTool(retriever, { name: "search_latest_knowledge", description: "searches" });\n  const agent = await createOpenAIFunctionsAgent({ llm, tools: [tool], prompt });\n  return new AgentExecutor({ agent, tools: [tool] }).invoke({ input });\n}\n',
            "crawl/utils/crawler.yaml": "crawler:\n  start_urls:\n    - https://www.some.domain.com\nindex:\n  text_splitter:\n    chunk_size: 1000\n    chunk_overlap: 100\n",
        },
        uses=("llm", "agent", "retrieval"),
        models=(("chat", "gpt-3.5-turbo-1106"),),
        sources=("upstash-vector",),
        tools={"search_latest_knowledge": "reads"},
        facts={"retrieval.top_k": "6", "retrieval.chunk_size": "1,000", "retrieval.chunk_overlap": "100"},
        never=("www.some.domain.com",),
    ),
    "speech-beside-a-model-that-is-named-elsewhere": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "4.0.0", "@deepgram/sdk": "4.1.1"}}\n',
            "src/settings.tsx": 'import { createClient } from "@deepgram/sdk";\nimport type { Message } from "ai";\n\nexport const settings = (model: string) => ({ agent: { listen: { provider: { type: "deepgram", model: "nova-3" } }, think: { provider: { model } } } });\nexport const client = createClient(process.env.DEEPGRAM_API_KEY);\n',
        },
        uses=("llm",),
        models=(("speech", "nova-3"),),
        never=("other",),
    ),
}
