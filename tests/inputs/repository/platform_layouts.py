"""Replicas of pilots on platforms that bring models, tools and stores along: workers at the edge, gateways, warehouses, model hubs."""

from __future__ import annotations

from layouts import Layout

PLATFORM_LAYOUTS: dict[str, Layout] = {
    "tools-that-a-function-of-ones-own-makes": Layout(
        files={
            "package.json": '{"dependencies": {"@cloudflare/ai-chat": "0.1.8", "@modelcontextprotocol/sdk": "1.20.0", "agents": "0.7.6", "ai": "6.0.1", "workers-ai-provider": "3.1.2", "zod": "3.25.0"}}\n',
            "wrangler.jsonc": '{"name": "parcels", "main": "src/app.ts", "ai": {"binding": "AI"}}\n',
            "src/agent.ts": (
                'import { AIChatAgent } from "@cloudflare/ai-chat";\nimport { streamText, stepCountIs } from "ai";\nimport { createWorkersAI } from "workers-ai-provider";\nimport { z } from "zod";\n\n'
                "function asTool(def: { description: string; parameters: z.ZodType<any>; execute: (...args: any[]) => Promise<any> }) {\n  return { description: def.description, inputSchema: def.parameters, execute: def.execute };\n}\n\n"
                "function parcelTools(env: Env) {\n  return {\n    find_parcel: asTool({\n      description: 'finds it',\n      parameters: z.object({ id: z.string() }),\n      execute: async ({ id }) => load(env, id),\n    }),\n"
                "    discard_note: asTool({\n      description: 'deletes it',\n      parameters: z.object({ id: z.string() }),\n      execute: async ({ id }) => drop(env, id),\n    }),\n    size: measure({ width: 3, height: 4 }),\n  };\n}\n\n"
                "export class Desk extends AIChatAgent<any> {\n  async onChatMessage() {\n    const workersai = createWorkersAI({ binding: this.env.AI });\n    return streamText({ model: workersai('@cf/moonshotai/kimi-k2.5'), tools: parcelTools(this.env), stopWhen: stepCountIs(4) });\n  }\n}\n"
            ),
            "src/mcp.ts": 'import { McpAgent } from "agents/mcp";\nimport { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\nexport class Shelf extends McpAgent {\n  server = new McpServer({ name: "shelf", version: "1" });\n\n  async init() {\n    this.server.tool("list_shelves", "all of them", {}, async () => ({ content: [] }));\n  }\n}\n',
            "src/checks.ts": 'export async function isPromptInjection(ai: Ai, text: string) {\n  return ai.run("@cf/meta/llama-3.1-8b-instruct-fast", { messages: [{ role: "user", content: text }] });\n}\n',
        },
        uses=("llm", "agent"),
        models=(
            ("chat", "@cf/moonshotai/kimi-k2.5"),
            ("guardrail", "@cf/meta/llama-3.1-8b-instruct-fast"),
        ),
        facts={
            "model.name": "@cf/moonshotai/kimi-k2.5",
            "agent.tools": "('find_parcel', 'discard_note', 'list_shelves')",
        },
        tools={"find_parcel": "reads", "discard_note": "irreversible", "list_shelves": "reads"},
        never=("size",),
    ),
    "a-model-of-settings-and-no-package-of-its-maker": Layout(
        files={
            "package.json": '{"dependencies": {"@vercel/sandbox": "1.0.4", "ai": "6.0.1", "bash-tool": "1.3.0", "next": "16.0.0"}}\n',
            "lib/config.ts": "export const config = {\n  model: process.env.AI_MODEL || 'anthropic/claude-haiku-4-5',\n};\n",
            "lib/agent.ts": (
                "import { ToolLoopAgent } from 'ai';\nimport { Sandbox } from '@vercel/sandbox';\nimport { createBashTool } from 'bash-tool';\nimport { config } from './config';\n\n"
                "export async function summarise(files: Record<string, string>) {\n  const sandbox = await Sandbox.create({ timeout: 60000 });\n  const { tools } = await createBashTool({ sandbox, files });\n  const agent = new ToolLoopAgent({ model: config.model, tools });\n  return agent.generate({ prompt: 'what was agreed?' });\n}\n"
            ),
            "app/api/sum/route.ts": "import { summarise } from '../../../lib/agent';\n\nexport const POST = (request: Request) => request.json().then(summarise);\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "claude-haiku-4-5"),),
        tools={"bash": "irreversible", "readFile": "reads", "writeFile": "writes"},
        hosts=("ai-gateway.vercel.sh", "vercel.com"),
        never=("api.anthropic.com",),
    ),
    "a-model-of-settings-and-the-package-of-its-maker": Layout(
        files={
            "package.json": '{"dependencies": {"@ai-sdk/anthropic": "3.0.0", "ai": "6.0.1"}}\n',
            "lib/config.ts": "export const config = {\n  model: process.env.AI_MODEL || 'claude-haiku-4-5',\n};\n",
            "lib/ask.ts": "import { generateText } from 'ai';\nimport { anthropic } from '@ai-sdk/anthropic';\nimport { config } from './config';\n\nexport const ask = (prompt: string) => generateText({ model: anthropic(config.model), prompt });\n",
        },
        uses=("llm",),
        models=(("chat", "claude-haiku-4-5"),),
        hosts=("api.anthropic.com",),
        never=("ai-gateway.vercel.sh",),
    ),
    "a-hub-of-models-and-a-store-in-the-process": Layout(
        files={
            "package.json": '{"dependencies": {"@duckdb/node-api": "1.3.4", "@huggingface/inference": "4.11.1"}}\n',
            "src/rows.ts": "import { DuckDBInstance } from '@duckdb/node-api';\n\nexport const rows = await DuckDBInstance.create('rows.db');\n",
            "src/ask.ts": "import { chatCompletion } from '@huggingface/inference';\n\nconst MODEL = process.env.DEFAULT_MODEL ?? 'moonshotai/Kimi-K2-Instruct-0905';\n\nexport const ask = (messages: any[]) => chatCompletion({ model: MODEL, messages });\n",
        },
        uses=("llm",),
        sources=("duckdb",),
        models=(("chat", "moonshotai/Kimi-K2-Instruct-0905"),),
        hosts=("router.huggingface.co",),
        facts={"model.hosting": "hosted"},
    ),
    "a-part-of-a-chart-that-the-chart-above-sets": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            "app/graph.py": "from langgraph.graph import StateGraph\n\ngraph = StateGraph(dict).compile()\n",
            "configs/app.yml": "llms:\n  writes:\n    model_name: meta-llama/llama-3.3-70b-instruct\n    base_url: http://writer:8000/v1\n  plans:\n    model_name: nvidia/llama-3.3-nemotron-super-49b-v1.5\n    base_url: http://planner:8000/v1\n",
            "deploy/desk/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 0.1.0\n",
            "deploy/desk/values.yaml": "replicaCount: 1\nllm:\n  enabled: true\n  image:\n    repository: nvcr.io/nim/meta/llama-3.3-70b-instruct\n    tag: '1.13.1'\n  resources:\n    limits:\n      nvidia.com/gpu: 2\nfinder:\n  enabled: false\n",
            "deploy/desk/charts/llm/Chart.yaml": "apiVersion: v2\nname: llm\nversion: 1.0.0\n",
            "deploy/desk/charts/llm/values.yaml": "image:\n  repository: nvcr.io/nim/meta/llama3-8b-instruct\n  tag: '1.0.0'\nresources:\n  limits:\n    nvidia.com/gpu: 1\n",
            "deploy/desk/charts/llm/templates/deployment.yaml": 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: llm\nspec:\n  template:\n    spec:\n      containers:\n        - name: llm\n          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n',
            "deploy/desk/charts/finder/values.yaml": "image: semitechnologies/weaviate:1.24\nreplicaCount: 7\n",
        },
        uses=("llm",),
        asks=(
            "2 models of chats are named: which of them does production ask? meta-llama/llama-3.3-70b-instruct (",
            ", nvidia/llama-3.3-nemotron-super-49b-v1.5 (",
        ),
        facts={"target.count": "2", "target.replicas": "1", "model.engine": "nim", "model.hosting": "self"},
        never=("llama3-8b",),
    ),
    "what-measures-answers-within-the-package": Layout(
        files={
            "pyproject.toml": '[project]\nname = "desk"\nversion = "1"\ndependencies = ["anthropic==0.40", "openai==1.68"]\n',
            "desk/src/desk/answer.py": "from anthropic import Anthropic\n\n\ndef answer(question):\n    return Anthropic().messages.create(model='claude-sonnet-4-20250514', max_tokens=900, messages=[])\n",
            "desk/src/desk/eval/marks.py": "import requests\nfrom openai import AzureOpenAI\n\n\ndef mark(text):\n    requests.post('https://marks.example-lab.com/v1', json={'text': text})\n    return AzureOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-20250514"),),
        hosts=("api.anthropic.com",),
        never=("gpt-4o", "openai.azure.com", "example-lab"),
    ),
    "a-model-that-works-a-browser": Layout(
        files={
            "requirements.txt": "google-genai==2.7.0\nplaywright==1.55.0\n",
            "main.py": "import argparse\n\nfrom agent import Browser\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--query')\nBrowser().step()\n",
            "agent.py": (
                "from google import genai\nfrom google.genai import types\nfrom google.genai.types import GenerateContentConfig\n\nfrom computers.playwright.tabs import save_page\n\n\ndef add_numbers(a: float, b: float) -> dict:\n    return {'sum': a + b}\n\n\nclass Browser:\n    def __init__(self, model='gemini-3.5-flash'):\n        self.client = genai.Client()\n        self.model = model\n"
                "        own = [types.FunctionDeclaration.from_callable(client=self.client, callable=add_numbers), types.FunctionDeclaration(name='find_tab', description='finds one', parameters=None)]\n"
                "        self.config = GenerateContentConfig(\n            max_output_tokens=4096,\n            tools=[types.Tool(computer_use=types.ComputerUse()), types.Tool(function_declarations=own)],\n        )\n"
                + "\n" * 40
                + "    def step(self):\n        save_page()\n        return self.client.models.generate_content(model=self.model, contents=[], config=self.config)\n"
            ),
            "computers/playwright/tabs.py": "import boto3\n\n\ndef save_page():\n    boto3.client('s3').put_object(Bucket='pages', Key='x', Body=b'')\n",
        },
        uses=("llm", "agent"),
        sources=("s3",),
        facts={"security.output_cap": "4,096 tok"},
        tools={"add_numbers": "reads", "find_tab": "reads", "computer_use": "writes"},
    ),
    "a-service-in-a-warehouse-that-asks-its-model": Layout(
        files={
            "Dockerfile": "FROM python:3.12\nCOPY backend /app\nRUN pip install -r /app/requirements.txt\n",
            "env.list": "SNOWFLAKE_ACCOUNT=\nDESK_MODEL=llama3.1-8b\n",
            "backend/requirements.txt": "flask==3.0.0\nsnowflake-snowpark-python==1.20.0\n",
            "backend/app.py": "import os\n\nfrom snowflake.snowpark.session import Session\n\nDESK_MODEL = os.getenv(\"DESK_MODEL\")\nsession = Session.builder.configs({}).create()\n\n\ndef sum_up(text):\n    return session.sql(f\"select snowflake.cortex.complete('{DESK_MODEL}', '{text}') as answer\").collect()\n",
            "deploy/desk.yaml": "spec:\n  containers:\n  - name: desk\n    image: /desk_db/desk_schema/desk_repo/desk:latest\n    env:\n      DESK_MODEL: llama3.1-70b\n  endpoint:\n  - name: desk\n    port: 5000\n    public: true\n",
        },
        uses=("llm",),
        sources=("snowflake",),
        models=(("chat", "llama3.1-70b"),),
        facts={
            "model.name": "llama3.1-70b",
            "model.hosting": "hosted",
            "target.service": "snowpark-container-services",
            "target.image_pinned": "False",
        },
        hosts=("*.snowflakecomputing.com",),
    ),
    "a-model-that-plain-sql-names": Layout(
        files={
            "requirements.txt": "snowflake-snowpark-python==1.20.0\nstreamlit==1.40\n",
            "app.py": "from snowflake.snowpark.context import get_active_session\n\nsession = get_active_session()\nrows = session.sql(\"select SNOWFLAKE.CORTEX.COMPLETE('mistral-large2', 'hello')\").collect()\n",
        },
        uses=("llm",),
        models=(("chat", "mistral-large2"),),
        facts={"model.hosting": "hosted"},
        never=("api.mistral.ai",),
    ),
    "scripts-that-ask-other-models-than-the-service": Layout(
        files={
            "package.json": '{"dependencies": {"@ai-sdk/openai": "2.0.0", "ai": "6.0.1", "sequelize": "6.37.5"}}\n',
            "src/ask.ts": "import { generateText } from 'ai';\nimport { openai } from '@ai-sdk/openai';\nimport { Sequelize } from 'sequelize';\n\nexport const rows = new Sequelize({ storage: 'rows.db', dialect: 'sqlite' });\nexport const ask = (prompt: string) => generateText({ model: openai('gpt-4o-2024-08-06'), prompt });\n",
            "scripts/grow/with_vllm.py": "from vllm import LLM\n\nllm = LLM(model='meta-llama/Llama-3.1-8B-Instruct', gpu_memory_utilization=0.9)\n",
        },
        uses=("llm",),
        sources=("sqlite",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("meta-llama", "model.kv_utilisation", "vllm"),
    ),
    "traces-of-one-tracker-beside-another-that-is-off": Layout(
        files={
            "requirements.txt": "arize-phoenix-otel==0.13\nlangchain-openai==0.3\nscikit-learn==1.5\njoblib==1.4\n",
            ".env.example": "CHAT_MODEL=\nLANGSMITH_TRACING=false\nLANGSMITH_API_KEY=\n",
            "app/main.py": "import os\n\nfrom langchain_openai import ChatOpenAI\nfrom phoenix.otel import register\n\nregister(project_name='desk')\nmodel = ChatOpenAI(model=os.environ['CHAT_MODEL'], base_url=os.environ['CHAT_URL'])\n",
            "app/groups.py": "import joblib\nfrom sklearn.cluster import MeanShift\n\n\ndef group(rows):\n    shift = MeanShift()\n    labels = shift.fit_predict(rows)\n    joblib.dump(shift, 'groups.joblib')\n    return labels\n",
        },
        uses=("llm", "classic-ml", "training"),
        facts={"model.kind": "llm", "monitoring.trace_id": "True"},
        asks=("CHAT_MODEL",),
    ),
    "groups-that-are-found-and-not-kept": Layout(
        files={
            "requirements.txt": "anthropic==0.40\nscikit-learn==1.5\n",
            "app/main.py": "from anthropic import Anthropic\nfrom sklearn.cluster import MeanShift\n\n\ndef group(rows):\n    labels = MeanShift().fit_predict(rows)\n    return Anthropic().messages.create(model='claude-sonnet-4-20250514', max_tokens=900, messages=[str(labels)])\n",
        },
        uses=("llm", "classic-ml"),
    ),
    "a-server-that-looks-documents-up-for-the-service": Layout(
        files={
            "requirements.txt": "aiohttp==3.9\nlangchain-openai==0.3\n",
            "configs/app.yml": "functions:\n  write:\n    rag_url: ${RAG_SERVER_URL:-http://rag-server:8081/v1}\n",
            "app/main.py": "import aiohttp\nfrom langchain_openai import ChatOpenAI\n\nmodel = ChatOpenAI(model='gpt-4o-2024-08-06')\n\n\nasync def write(config, question):\n    async with aiohttp.ClientSession() as session:\n        found = await session.post(config['rag_url'] + '/generate', json={'query': question})\n    return model.invoke(await found.text())\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "tools-of-a-server-that-other-files-describe": Layout(
        files={
            "package.json": '{"dependencies": {"@modelcontextprotocol/server": "2.0.0", "zod": "4.1.0"}}\n',
            "src/search.ts": "import { z } from 'zod';\n\nexport const SEARCH_CONFIG = {\n  name: 'find_shelf',\n  description: 'finds a shelf',\n  schema: z.object({ query: z.string() }),\n  annotations: { title: 'Find', readOnlyHint: true, destructiveHint: false },\n} as const;\n",
            "src/server.ts": "import { McpServer } from '@modelcontextprotocol/server';\nimport { z } from 'zod';\nimport { SEARCH_CONFIG } from './search.js';\n\nexport function make() {\n  const server = new McpServer({ name: 'shelves', version: '1' });\n  server.registerTool('list_rooms', { description: 'all of them', inputSchema: z.object({}) }, () => ({ content: [] }));\n  server.registerTool(SEARCH_CONFIG.name, { description: SEARCH_CONFIG.description, inputSchema: SEARCH_CONFIG.schema }, () => ({ content: [] }));\n  return server;\n}\n",
        },
        uses=("agent",),
        facts={"agent.tools": "('find_shelf', 'list_rooms')"},
    ),
    "containers-of-which-the-settings-say-what-each-is-for": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nopenai==1.60\n",
            "docker-compose.yml": "services:\n  api:\n    build: .\n  nim-vlm:\n    image: nvcr.io/nim/nvidia/nemotron-3-nano-omni-30b-a3b-reasoning:1.7.0\n  nim-llm:\n    image: nvcr.io/nim/nvidia/nemotron-3-nano:1.7.0\n",
            "config/config.yaml": 'vlm:\n  url: "http://nim-vlm:8000/v1"\n  model: "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning"\nllm:\n  url: "http://nim-llm:8000/v1"\n  model: "nvidia/nemotron-3-nano"\n',
            "app/research.py": "from langchain_openai import ChatOpenAI\n\n\ndef research(config):\n    return ChatOpenAI(model=config['model'], base_url=config['url'], timeout=60, max_retries=1).invoke('what is it?')\n",
            "app/main.py": "from openai import OpenAI\n\n\ndef describe(config):\n    client = OpenAI(base_url=config['url'])\n    return client.chat.completions.create(model=config['model'], messages=[])\n",
        },
        uses=("llm",),
        models=(
            ("chat", "nvidia/nemotron-3-nano"),
            ("vision", "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning"),
        ),
        facts={"model.name": "nvidia/nemotron-3-nano", "model.engine": "nim"},
        asks=("makes a client without it",),
        never=("path.stages[model]",),
    ),
    "weights-in-an-image-that-are-served-under-another-name": Layout(
        files={
            "chart/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 0.1.0\n",
            "chart/templates/llm.yaml": "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata:\n  name: llm\nspec:\n  containers:\n    - args:\n        - '--model=/mnt/models'\n        - '--served-model-name=llama32'\n      image: 'quay.io/modh/vllm:rhoai-2.19-cuda'\n      name: kserve-container\n---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: llm\nspec:\n  predictor:\n    model:\n      runtime: llm\n      storageUri: 'oci://quay.io/desk/weights:llama-3.2-3b-instruct'\n",
            "chart/templates/chat.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: chat\nspec:\n  template:\n    spec:\n      containers:\n        - name: chat\n          image: quay.io/desk/chat:1.0\n          env:\n            - name: VLLM_MODEL\n              value: 'llama32'\n",
        },
        uses=("llm",),
        models=(("chat", "llama-3.2-3b-instruct"),),
        facts={"model.name": "llama-3.2-3b-instruct", "model.hosting": "self", "model.engine": "vllm"},
    ),
    "notebooks-of-a-workspace-with-endpoints": Layout(
        files={
            "01-prepare.py": "# Databricks notebook source\ndbutils.widgets.text('embedding_model_name', 'databricks-bge-large-en')\ndbutils.widgets.text('documents', 's3a://papers/2024/')\n\n# COMMAND ----------\n\ndbutils.fs.cp(dbutils.widgets.get('documents'), '/Volumes/desk/papers', True)\npages.write.format('delta').mode('overwrite').saveAsTable('desk.papers.raw')\n\n# COMMAND ----------\n\nfrom databricks.vector_search.client import VectorSearchClient\n\nindex = VectorSearchClient().get_index(endpoint_name='desk', index_name='desk.papers.index')\nfound = index.similarity_search(query_text='what is a lease?', columns=['text'], num_results=2)\n",
            "02-chain.py": "# Databricks notebook source\nfrom databricks_langchain import ChatDatabricks\n\ndbutils.widgets.text('llm_model', 'databricks-dbrx-instruct')\nllm = ChatDatabricks(endpoint=dbutils.widgets.get('llm_model'))\nllm.invoke('hello')\n",
            "[WIP] 03-serve-our-own.py": "# Databricks notebook source\nfrom transformers import pipeline\n\npipe = pipeline('text-generation', model='meta-llama/Meta-Llama-3-8B-Instruct')\n",
        },
        uses=("llm", "retrieval"),
        sources=("databricks-vector-search", "databricks", "s3"),
        models=(("chat", "databricks-dbrx-instruct"), ("embedding", "databricks-bge-large-en")),
        hosts=("*.databricks.com",),
        facts={"model.name": "databricks-dbrx-instruct", "model.hosting": "hosted", "model.kind": "llm"},
        never=("Meta-Llama-3", "retrieval.top_k"),
    ),
}
