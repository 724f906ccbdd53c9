"""Replicas of pilots in which a value beside the answer has a name of one that is the answer's: none is stated."""

from __future__ import annotations

from layouts import Layout

_ASKS = "import os\nfrom openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
SIDE_LAYOUTS: dict[str, Layout] = {
    "a-check-of-health-that-looks-at-the-model": Layout(
        files={
            "requirements.txt": "openai==1.59\npydantic-settings==2.6\n",
            "app/config.py": "from pydantic import Field\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    health_check_ai_model_timeout_ms: int = Field(default=2000)\n",
            "app/main.py": f"from app.config import Settings\n{_ASKS}",
        },
        uses=("llm",),
        never=("model.call_timeout",),
    ),
    "a-schedule-with-seconds": Layout(
        files={
            "requirements.txt": "xgboost==2.1\napache-airflow==2.10\n",
            "dags/score.py": "from airflow import DAG\nfrom airflow.operators.python import PythonOperator\nimport xgboost\n\nwith DAG('score', schedule_interval='*/10 * * * * *') as dag:\n    PythonOperator(task_id='score', python_callable=lambda: xgboost.Booster(model_file='m.json').predict(None))\n",
        },
        uses=("batch", "classic-ml"),
        never=("pipeline.refresh",),
    ),
    "a-timer-with-seconds-in-front": Layout(
        files={
            "requirements.txt": "azure-functions==1.21\nxgboost==2.1\n",
            "host.json": '{"version": "2.0"}\n',
            "function_app.py": "import azure.functions as func\nimport xgboost\n\napp = func.FunctionApp()\n\n\n@app.timer_trigger(schedule='0 30 4 * * *', arg_name='timer')\ndef score(timer: func.TimerRequest) -> None:\n    xgboost.Booster(model_file='m.json').predict(None)\n",
        },
        uses=("batch", "classic-ml"),
        facts={"pipeline.refresh": "1 d"},
    ),
    "pictures-of-a-bucket-that-are-listed": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "4.1", "@ai-sdk/openai": "1.1", "@google-cloud/storage": "7.15"}}\n',
            "src/answer.ts": "import { openai } from '@ai-sdk/openai';\nimport { generateText } from 'ai';\n\nexport const answer = (prompt: string) => generateText({ model: openai('gpt-4o-2024-08-06'), prompt });\n",
            "src/pictures.ts": "import { Storage } from '@google-cloud/storage';\n\nexport const first = async (prefix: string) => (await new Storage().bucket('pictures').getFiles({ prefix, maxResults: 3 }))[0];\n",
        },
        uses=("llm",),
        sources=("gcs",),
        never=("retrieval.top_k",),
    ),
    "a-small-model-on-the-own-machine-beside-the-one-that-answers": Layout(
        files={
            "requirements.txt": "google-genai==1.2\nllama-cpp-python==0.3\n",
            "app.py": "from google import genai\n\nMODEL = 'gemini-2.5-flash'\ngenai.Client().models.generate_content(model=MODEL, contents='x')\n",
            "words/local.py": "from llama_cpp import Llama\n\n_N_CTX = 4096\nllm = Llama(model_path='words.gguf', n_ctx=_N_CTX)\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-2.5-flash"),),
        never=("model.max_context",),
    ),
    "containers-of-a-workplace": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            ".devcontainer/docker-compose.yml": "services:\n  workspace:\n    image: python:3.12\n    deploy:\n      resources:\n        limits:\n          memory: 12g\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("target.memory_limit",),
    ),
    "a-model-that-works-a-computer": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.80", "@e2b/desktop": "1.6"}}\n',
            "lib/stream.ts": "import { Sandbox } from '@e2b/desktop';\nimport OpenAI from 'openai';\n\nconst client = new OpenAI();\nexport async function work(task: string, desk: Sandbox) {\n  let response = await client.responses.create({ model: 'gpt-5.4', tools: [{ type: 'computer' }], input: task });\n  for (const item of response.output) {\n    const shown = await desk.screenshot();\n    response = await client.responses.create({ model: 'gpt-5.4', input: [{ type: 'computer_call_output', call_id: item.id, output: shown }] });\n  }\n}\n",
        },
        uses=("agent", "llm"),
    ),
    "a-key-that-a-platform-asks-for": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "render.yaml": "services:\n  - type: web\n    name: answers\n    runtime: python\n    envVars:\n      - key: TAVILY_API_KEY\n        sync: false\n",
            "app.py": f"from tavily import TavilyClient\n{_ASKS}",
        },
        uses=("llm",),
        hosts=("api.tavily.com",),
    ),
    "pages-with-a-limit-beside-the-service": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "docker-compose.yml": "services:\n  gui:\n    build: ./gui\n    mem_limit: 1G\n  answers:\n    build: .\n",
            "gui/index.html": "<p>Ask</p>\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("target.memory_limit",),
    ),
    "more-passages-ranked-than-searched": Layout(
        files={
            "requirements.txt": "openai==1.59\nqdrant-client==1.12\n",
            "app.py": f"from qdrant_client import QdrantClient\n{_ASKS}RERANK_TOP_K = 20\nQdrantClient('x').query_points('claims', query=[0.1], limit=5)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "5"},
    ),
    "a-window-of-what-embeds-and-ranks": Layout(
        files={
            "requirements.txt": "openai==1.59\nonnxruntime==1.20\n",
            "rag/embed_local.py": "_MAX_TOKENS = 512\n\n\ndef cut(ids: list[int]) -> list[int]:\n    return ids[:_MAX_TOKENS]\n",
            "rag/rerank.py": "_MAX_TOKENS = 256\n\n\ndef cut(ids: list[int]) -> list[int]:\n    return ids[:_MAX_TOKENS]\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("security.output_cap",),
    ),
    "a-script-of-a-package-that-reads-a-channel": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.80", "mongodb": "6.12", "@slack/web-api": "7.8"}}\n',
            "packages/server/src/answer.ts": "import { MongoClient } from 'mongodb';\nimport OpenAI from 'openai';\n\nexport const store = new MongoClient(process.env.MONGODB_URI!);\nexport const answer = (text: string) => new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages: [{ role: 'user', content: text }] });\n",
            "packages/scripts/src/main/listMessages.ts": "import { WebClient } from '@slack/web-api';\n\nconst client = new WebClient(process.env.SLACK_TOKEN);\nexport const said = await client.conversations.history({ channel: 'C1', limit: 25 });\n",
        },
        uses=("llm",),
        sources=("mongodb",),
        asks=("only scripts reach slack",),
    ),
    "rows-that-are-written-many-at-a-time": Layout(
        files={
            "requirements.txt": "openai==1.59\npgvector==0.3\npsycopg==3.2\n",
            "app.py": f"import psycopg\nfrom pgvector.psycopg import register_vector\n{_ASKS}register_vector(psycopg.connect(''))\n",
            "load_rows.py": "CHUNK_SIZE = 1000\n\n\ndef batch_insert(cursor, sql, rows, chunk_size=CHUNK_SIZE):\n    for at in range(0, len(rows), chunk_size):\n        cursor.executemany(sql, rows[at : at + chunk_size])\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        never=("retrieval.chunk_size",),
    ),
    "letters-after-which-a-question-is-cut": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "app.py": f"{_ASKS}\n\ndef clean(text):\n    max_input_length = 10000\n    if len(text) > max_input_length:\n        text = text[:max_input_length]\n    return text\n",
        },
        uses=("llm",),
        never=("model.max_context",),
    ),
    "a-job-that-embeds-and-may-take-long": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "config/jobs.json": '{"embeddingGeneration": {"vcpus": 4, "timeoutSeconds": 7200}}\n',
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("model.call_timeout",),
    ),
    "a-time-limit-of-the-engine-that-stands-in": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "settings.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass Backend:\n    local_llm_timeout_seconds: int = 300\n",
            "app.py": f"from settings import Backend\n{_ASKS}print(Backend().local_llm_timeout_seconds)\n",
        },
        uses=("llm",),
        never=("model.call_timeout",),
    ),
    "a-chart-that-runs-a-tool": Layout(
        files={
            "requirements.txt": "xgboost==2.1\nfastapi==0.115\n",
            "app.py": "import xgboost\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = xgboost.Booster(model_file='m.json')\n",
            "k8s/model-registry/Chart.yaml": "name: mlflow\n",
            "k8s/model-registry/values.yaml": "replicaCount: 3\nimage:\n  repository: burakince/mlflow\n",
        },
        uses=("classic-ml",),
        never=("target.replicas",),
    ),
    "as-many-queries-as-one-is-chosen-of": Layout(
        files={
            "requirements.txt": "openai==1.59\nqdrant-client==1.12\n",
            "chat.py": "from pydantic import BaseModel\n\n\nclass Request(BaseModel):\n    question: str\n    num_candidates: int = 3\n",
            "app.py": f"from qdrant_client import QdrantClient\n{_ASKS}QdrantClient('x').query_points('claims', query=[0.1], limit=6)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "6"},
        never=("retrieval.candidates",),
    ),
    "a-schema-named-after-messages": Layout(
        files={
            "requirements.txt": "jsonschema==4.23\n",
            "check.py": "SCHEMA = 'docs/schemas/v1/messages.schema.json'\n",
        },
        uses=(),
    ),
    "a-function-without-a-name-of-its-own": Layout(
        files={
            "App.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Microsoft.Extensions.AI" Version="9.5.0" /></ItemGroup></Project>\n',
            "Triage.cs": 'using Microsoft.Extensions.AI;\n\npublic class Triage(IChatClient chat) {\n    public Task<ChatResponse> Ask(string text) {\n        var query = AIFunctionFactory.Create((string kql) => Task.FromResult(""), ToolName, "Runs a query.");\n        var find = AIFunctionFactory.Create(FindRunbooks);\n        return chat.GetResponseAsync(text, new ChatOptions { Tools = [query, find] });\n    }\n}\n',
        },
        uses=("agent", "llm"),
        tools={"FindRunbooks": "reads"},
        never=("FromResult",),
    ),
    "tokens-that-a-word-is-drawn-from": Layout(
        files={
            "requirements.txt": "openai==1.59\nqdrant-client==1.12\n",
            "config/models.json": '{"palm": {"model_params": {"temperature": 0.2, "max_tokens": 900, "top_p": 1.0, "top_k": 40}}}\n',
            "config/retrieval.yaml": "retrieval:\n  top_k: 7\n",
            "app.py": f"from qdrant_client import QdrantClient\n{_ASKS}QdrantClient('x')\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "7"},
    ),
    "infrastructure-that-is-kept-to-look-things-up": Layout(
        files={
            "azure.yaml": "name: research\nservices:\n  api:\n    project: .\n    host: containerapp\n    language: python\n",
            "requirements.txt": "openai==1.59\n",
            "infra/main.bicep": "module app 'modules/app.bicep' = {\n  name: 'app'\n}\n",
            "infra/modules/app.bicep": "resource app 'Microsoft.App/containerApps@2023-05-01' = {\n  name: 'app'\n}\n",
            "infra/avm-reference/app.bicep": "resource app 'Microsoft.App/containerApps@2023-05-01' = {\n  name: 'app'\n  properties: {\n    template: {\n      scale: {\n        minReplicas: 4\n        maxReplicas: 9\n      }\n    }\n  }\n}\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "azure-container-apps"},
        never=("target.replicas",),
    ),
    "rounds-of-a-rehearsal": Layout(
        files={
            "requirements.txt": "google-adk==1.2\n",
            "agent/agent.py": "from google.adk.agents import Agent\n\n\ndef find_claim(number: str) -> dict:\n    return {}\n\n\nroot_agent = Agent(name='claims', model='gemini-2.5-flash', tools=[find_claim])\n",
            "scripts/rehearse_agent.py": "ARGS = {'max_turns': 1}\n",
        },
        uses=("agent", "llm"),
        tools={"find_claim": "reads"},
        never=("agent.max_steps",),
    ),
    "a-decorator-of-ones-own-makes-tools": Layout(
        files={
            "requirements.txt": "langchain==0.3\nlangchain-openai==0.2\nlangchain-core==0.3\n",
            "tools.py": "from langchain_core.tools import tool\n\nKNOWN = {}\n\n\ndef agent_tool(*given):\n    def decorate(func):\n        made = tool(*given)(func)\n        KNOWN[func.__name__] = made\n        return made\n\n    return decorate\n",
            "app.py": "from langchain.agents import create_tool_calling_agent\nfrom langchain_openai import ChatOpenAI\n\nfrom tools import KNOWN\n\nagent = create_tool_calling_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), list(KNOWN.values()), None)\n",
        },
        uses=("agent", "llm"),
        never=("func",),
    ),
    "a-rule-that-looks-every-five-minutes": Layout(
        files={
            "requirements.txt": "boto3==1.35\n",
            "template.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Waits:\n    Type: AWS::Events::Rule\n    Properties:\n      ScheduleExpression: rate(5 minutes)\n",
            "app.py": "import boto3\n\nboto3.client('bedrock-runtime').converse(modelId='anthropic.claude-3-5-sonnet-20241022-v2:0', messages=[])\n",
        },
        uses=("batch", "llm"),
        never=("pipeline.refresh",),
    ),
    "neighbours-of-which-fewer-are-kept": Layout(
        files={
            "requirements.txt": "openai==1.59\nazure-search-documents==11.5\n",
            "app.py": f"from azure.search.documents import SearchClient\nfrom azure.search.documents.models import VectorizableTextQuery\n{_ASKS}\n\ndef find(text, top=5):\n    return SearchClient('x', 'y', None).search(search_text=text, vector_queries=[VectorizableTextQuery(text=text, k_nearest_neighbors=50, fields='v')], top=top)\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        facts={"retrieval.candidates": "50", "retrieval.top_k": "5"},
    ),
    "values-for-the-chart-of-somebody-else": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "k8s/base/boards/values.yaml": "services:\n  web:\n    replicas: 3\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("target.replicas",),
    ),
    "a-catalogue-of-pages": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "laws.py": "LAWS = [\n"
            + "".join(
                f"    {{'name': 'law {n}', 'page_url': 'https://www.ministry-{n}.gob.ec/laws/{n}'}},\n"
                for n in range(9)
            )
            + "    {'name': 'law', 'pdf_url': 'https://files.court.gob.ec/law.pdf'},\n]\n",
            "app.py": f"from laws import LAWS\nimport requests\n{_ASKS}requests.get('https://api.weather.gc.ca/now')\n",
        },
        uses=("llm",),
        hosts=("api.weather.gc.ca",),
        never=("ministry-3", "court.gob.ec"),
    ),
    "a-class-of-settings-made-of-the-environment": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\npinecone==5.0\n",
            "src/config.py": "import os\nfrom dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Config:\n    openai_chat_model: str\n    openai_embedding_model: str\n\n\ndef load() -> Config:\n    return Config(openai_chat_model=os.environ.get('OPENAI_CHAT_MODEL') or 'gpt-4o-mini', openai_embedding_model=os.environ.get('OPENAI_EMBEDDING_MODEL') or 'text-embedding-3-small')\n",
            "src/answer.py": "from langchain_openai import ChatOpenAI, OpenAIEmbeddings\nfrom pinecone import Pinecone\n\nfrom src.config import load\n\ncfg = load()\nindex = Pinecone().Index('claims')\nllm = ChatOpenAI(model=cfg.openai_chat_model)\nvectors = OpenAIEmbeddings(model=cfg.openai_embedding_model)\n",
            "src/evals/run.py": "K = 4\nTOP_K = 4\n",
        },
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-small")),
        facts={"model.name": "gpt-4o-mini"},
        never=("retrieval.top_k",),
    ),
    "documents-that-a-service-of-the-cloud-reads": Layout(
        files={
            "requirements.txt": "boto3==1.35\n",
            "app.py": "import boto3\n\nreader = boto3.client('bedrock-data-automation-runtime')\nreader.invoke_data_automation_async(inputConfiguration={}, outputConfiguration={}, dataAutomationProfileArn='x')\n",
        },
        uses=("llm",),
    ),
    "a-constant-that-is-called-the-default": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0", "@ai-sdk/gateway": "1.0"}}\n',
            "lib/ai/models.ts": "export const DEFAULT_CHAT_MODEL = 'google/gemini-2.5-flash-lite';\n",
            "lib/ai/providers.ts": "import { gateway } from '@ai-sdk/gateway';\n\nexport const languageModel = (id: string) => gateway.languageModel(id);\nexport const titleModel = () => gateway.languageModel('google/gemini-2.5-flash-lite');\nexport const artifactModel = () => gateway.languageModel('anthropic/claude-haiku-4.5');\n",
            "app/route.ts": "import { streamText } from 'ai';\nimport { DEFAULT_CHAT_MODEL } from '../lib/ai/models';\nimport { languageModel } from '../lib/ai/providers';\n\nexport const POST = (request) => streamText({ model: languageModel(request.model ?? DEFAULT_CHAT_MODEL), messages: request.messages });\n",
        },
        uses=("llm",),
        facts={"model.name": "google/gemini-2.5-flash-lite"},
    ),
}
