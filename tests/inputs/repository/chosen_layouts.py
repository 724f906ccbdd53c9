"""Replicas of pilots that offer more than they use: providers, stores and settings of which another file chooses."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_LIBRARIES = "openai==1.0.0\nfastapi==0.100.0\npydantic==2.0.0\nhttpx==0.27.0\nuvicorn==0.30.0\n"

CHOSEN_LAYOUTS: dict[str, Layout] = {
    "a-client-for-each-provider": Layout(
        files={
            "app/llm_client/openai_client.py": "from openai import OpenAI\n\nDEFAULT_MODEL = 'gpt-4.1-mini'\n\n\ndef ask(q):\n    return OpenAI().chat.completions.create(model=DEFAULT_MODEL, messages=q, max_tokens=900)\n",
            "app/llm_client/groq_client.py": "from groq import Groq\n\nDEFAULT_MODEL = 'llama-3.1-70b-versatile'\n\n\ndef ask(q):\n    return Groq().chat.completions.create(model=DEFAULT_MODEL, messages=q, max_tokens=2048)\n",
            "app/llm_client/anthropic_client.py": "import anthropic\n\nDEFAULT_MODEL = 'claude-3-5-haiku-latest'\n\n\ndef ask(q):\n    return anthropic.Anthropic(timeout=20).messages.create(model=DEFAULT_MODEL, messages=q, max_tokens=8192)\n",
            "config/config.yaml": "llm:\n  provider: openai\n  model: gpt-4.1-mini\nembedder:\n  model: text-embedding-3-small\n  providers:\n    voyage:\n      model: voyage-3\n",
            "requirements.txt": "openai==1.0.0\ngroq==0.9.0\nanthropic==0.30.0\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4.1-mini"), ("embedding", "text-embedding-3-small")),
        facts={"model.name": "gpt-4.1-mini"},
        asks=("the code can ask several providers for its chat model",),
        never=("llama-3.1-70b-versatile", "claude-3-5-haiku-latest", "voyage-3", "2048", "8192"),
    ),
    "drivers-side-by-side": Layout(
        files={
            "core/driver/neo4j_driver.py": "from neo4j import GraphDatabase\n\ndriver = GraphDatabase.driver(uri)\n",
            "core/driver/kuzu_driver.py": "import kuzu\n\ndb = kuzu.Database('x')\n",
            "core/driver/redis_driver.py": "import redis\n\nclient = redis.Redis(host='x')\n",
            "core/ask.py": _ASKS,
            "docker-compose.yml": "services:\n  app:\n    build: .\n    environment:\n      NEO4J_URI: bolt://neo4j:7687\n  neo4j:\n    image: neo4j:5.26\n",
            "requirements.txt": f"{_LIBRARIES}neo4j==5.26.0\nredis==5.0.0\n",
        },
        uses=("llm",),
        sources=("neo4j",),
        asks=("the code can reach redis",),
    ),
    "a-loader-without-its-package": Layout(
        files={
            "app/ask.py": _ASKS,
            "app/loaders.py": "def load():\n    from azure.storage.blob import BlobServiceClient\n\n    return BlobServiceClient(account_url='x').list_containers()\n",
            "requirements.txt": _LIBRARIES,
        },
        uses=("llm",),
        asks=("its client is in no file of dependencies",),
    ),
    "a-database-that-the-parameters-leave-out": Layout(
        files={
            "infra/main.bicep": (
                "param databaseType string = 'PostgreSQL'\n"
                "module cosmos './modules/document-db/account.bicep' = if (databaseType == 'CosmosDB') {\n  name: 'c'\n}\n"
                "module postgres 'br/public:avm/res/db-for-postgre-sql/flexible-server:0.13.1' = if (databaseType == 'PostgreSQL') {\n  name: 'p'\n}\n"
            ),
            "infra/modules/document-db/account.bicep": "resource a 'Microsoft.DocumentDB/databaseAccounts@2023-04-15' = {\n  name: 'a'\n}\n",
            "app/history.py": "import asyncpg\nfrom azure.cosmos import CosmosClient\n\n\ndef cosmos():\n    return CosmosClient(url, key)\n\n\nasync def postgres():\n    return await asyncpg.connect(host='x')\n",
            "app/ask.py": _ASKS,
            "requirements.txt": f"{_LIBRARIES}azure-cosmos==4.5.0\nasyncpg==0.29.0\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        asks=("infrastructure makes it only when a switch is turned on",),
    ),
    "what-is-beside-the-answer": Layout(
        files={
            "app/cache.py": "import sqlite3\n\nkept = sqlite3.connect('answers.db')\n",
            "telemetry/telemetry.py": "import sqlite3\n\nused = sqlite3.connect('usage.db')\n",
            "app/speech/text_to_speech.py": "CHUNK_SIZE = 1024\nELEVEN_API_URL = 'https://api.elevenlabs.io/v1/text-to-speech'\n",
            "app/models.py": "from pydantic import BaseModel, Field\n\n\nclass Collection(BaseModel):\n    parser: dict = Field(title='Parser', example={'.pdf': {'parameters': {'max_chunk_size': 2000}}})\n",
            "app/ask.py": (
                "import os\n\nfrom openai import OpenAI\nfrom pgvector.psycopg import register_vector\n\nregister_vector(os.environ['DATABASE_URL'])\n"
                "OpenAI().chat.completions.create(model='gpt-4o', messages=[])\nTHUMBNAIL_URL = 'https://i.ytimg.example.de/'\nSAMPLE_URL = 'https://videos.somewhere.de/cat.mp4'\n"
                "RERANK_MODEL = 'mixedbread-ai/mxbai-rerank-xsmall-v1'\nIMAGE_MODEL = 'gemini-3-pro-image-preview'\n"
            ),
            "benchmark_data/docs/laptop_runbook.md": "# Laptops\n",
            "requirements.txt": f"{_LIBRARIES}pgvector==0.2.0\npsycopg==3.1.0\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(
            ("chat", "gpt-4o"),
            ("reranker", "mixedbread-ai/mxbai-rerank-xsmall-v1"),
            ("image", "gemini-3-pro-image-preview"),
        ),
        never=("sqlite", "1024", "2000", "ytimg", "somewhere.de", "laptop_runbook"),
    ),
    "a-provider-that-an-entry-chooses": Layout(
        files={
            "api/config/generator.json": '{"default_provider": "google", "providers": {"google": {"default_model": "gemini-2.5-flash"}, "openai": {"default_model": "gpt-5-nano"}}}\n',
            "api/config/embedder.json": '{"embedder": {"model_kwargs": {"model": "text-embedding-3-small", "dimensions": 256}}, "embedder_ollama": {"model_kwargs": {"model": "nomic-embed-text"}}}\n',
            "api/openai_client.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "api/bedrock_client.py": "import boto3\n\nboto3.client('bedrock-runtime').converse(modelId=model, inferenceConfig={'maxTokens': 4096})\n",
            "api/google_client.py": "from google import genai\n\ngenai.Client().models.generate_content(model=name, contents=[])\n",
            "api/dashscope_client.py": "import os\n\nKEY = os.environ['DASHSCOPE_API_KEY']\n",
            "requirements.txt": "openai==1.0.0\ngoogle-genai==1.0.0\nboto3==1.34.0\nfaiss-cpu==1.7.4\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gemini-2.5-flash"), ("embedding", "text-embedding-3-small")),
        facts={"model.name": "gemini-2.5-flash"},
        never=("gpt-4o", "gpt-5-nano", "nomic-embed-text", "4096"),
    ),
    "profiles-that-choose-a-store": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><artifactId>langchain4j-open-ai</artifactId><version>0.35.0</version></dependency></dependencies></project>\n",
            "src/main/resources/application.properties": "database=h2\nlangchain4j.open-ai.chat-model.model-name=gpt-4o\n",
            "src/main/resources/application-mysql.properties": "database=mysql\nspring.datasource.url=${MYSQL_URL:jdbc:mysql://localhost/petclinic}\n",
            "src/main/resources/application-postgres.properties": "database=postgres\nspring.datasource.url=${POSTGRES_URL:jdbc:postgresql://localhost/petclinic}\n",
            "docker-compose.yml": "services:\n  mysql:\n    image: mysql:8.4\n    profiles: [mysql]\n  postgres:\n    image: postgres:16\n    profiles: [postgres]\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("sources[mysql]", "sources[postgresql]"),
    ),
    "deployments-of-two-versions": Layout(
        files={
            "infra/modules/ai/openai.bicep": (
                "param modelMini string = 'gpt-5.4-mini'\nresource mini 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = if (mode == 'new') {\n  name: modelMini\n"
                "  properties: {\n    model: {\n      name: modelMini\n      version: '2026-03-17'\n    }\n  }\n  sku: {\n    capacity: 50\n  }\n}\n"
            ),
            "infra/main.bicep": "module ai './modules/ai/openai.bicep' = {\n  name: 'ai'\n}\n",
            "app/main.py": "from openai import AzureOpenAI\n\nAzureOpenAI().chat.completions.create(model=name, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-5.4-mini"),),
        facts={"model.version": "2026-03-17", "model.alias_floating": "False"},
    ),
    "supabase-that-only-says-who-somebody-is": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.0.0", "@supabase/supabase-js": "^2.0.0"}}\n',
            "lib/user.ts": "import { createClient } from '@supabase/supabase-js';\n\nexport const user = async (token) => (await createClient(url, key).auth.getUser(token)).data.user;\n",
            "lib/ask.ts": "import OpenAI from 'openai';\n\nexport const ask = (q) => new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: q });\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
    ),
    "functions-that-start-a-pipeline": Layout(
        files={
            "terraform/main.tf": 'resource "google_cloudfunctions_function" "trigger" {\n  name = "start"\n}\n',
            "pipelines/train.py": "import joblib\nfrom kfp import dsl\nfrom xgboost import XGBRegressor\n\nmodel = XGBRegressor()\nmodel.fit(x, y)\njoblib.dump(model, 'model.joblib')\n",
            "requirements.txt": "kfp==2.0.0\nxgboost==2.0.0\n",
        },
        uses=("classic-ml", "training", "batch"),
        never=("google-cloud-functions",),
    ),
    "a-store-that-is-off-and-leftovers-in-the-data": Layout(
        files={
            "infra/main.bicep": "param deployCosmos bool = false\nmodule cosmos 'modules/cosmos.bicep' = if (deployCosmos) {\n  name: 'c'\n}\n",
            "infra/modules/cosmos.bicep": "resource a 'Microsoft.DocumentDB/databaseAccounts@2023-04-15' = {\n  name: 'a'\n}\n",
            "app/history.py": "from azure.cosmos import CosmosClient\n\nhistory = CosmosClient(url, key)\n",
            "app/ask.py": _ASKS,
            "app/cost.py": "def cost(input_tokens, output_tokens, model):\n    return ((input_tokens * 4) / 1000) * 0.0000125 + ((output_tokens * 4) / 1000) * 0.000375\n",
            "data/config/agent_ids.json": '{"chat_agent_name": "TestAgent", "model": "gpt-5.1"}\n',
            "requirements.txt": f"{_LIBRARIES}azure-cosmos==4.5.0\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        asks=("infrastructure makes it only when a switch is turned on",),
        never=("gpt-5.1", "cosmosdb", "0.004"),
    ),
    "a-command-beside-many-providers": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.0.0", "@anthropic-ai/sdk": "^0.18.0"}}\n',
            "lib/models/llm/anthropic-llm-list.ts": "export const CLAUDE = { modelId: 'claude-2.1', modelName: 'Claude 2' };\n",
            "lib/models/llm/google-llm-list.ts": "export const GEMINI = { modelId: 'gemini-1.5-pro', modelName: 'Gemini' };\n",
            "lib/models/llm/openai-llm-list.ts": "export const GPT4 = { modelId: 'gpt-4-turbo-preview', modelName: 'GPT-4' };\n",
            "lib/models/llm/groq-llm-list.ts": "export const LLAMA = { modelId: 'llama3-70b-8192', modelName: 'Llama' };\n",
            "app/api/command/route.ts": "import OpenAI from 'openai';\n\nexport const POST = (q) => new OpenAI().chat.completions.create({ model: 'gpt-4-1106-preview', messages: q });\n",
        },
        uses=("llm",),
        asks=("the code can ask several providers for its chat model",),
        never=("model.name", "model.alias_floating"),
    ),
    "settings-of-developers": Layout(
        files={
            "src/App/appsettings.Development.json": '{"AIHost": "azureOpenAI", "GITHUB_MODEL_NAME": "Phi-3.5-mini-instruct", "LOCAL_MODEL_NAME": "phi3.5:3.8b"}\n',
            "src/App/App.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.22.0" /></ItemGroup></Project>\n',
            "infra/main.bicep": "param openAiModelName string\nmodule ai 'ai.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n        model: {\n          format: 'OpenAI'\n          name: openAiModelName\n        }\n      }\n    ]\n  }\n}\n",
            "infra/main.parameters.json": '{"parameters": {"openAiModelName": {"value": "${AZURE_OPENAI_MODEL=gpt-4o-mini}"}}}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        never=("Phi-3.5", "phi3.5"),
    ),
    "tools-under-other-names": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "^6.0.0", "@ai-sdk/openai": "^2.0.0", "@supabase/supabase-js": "^2.0.0"}}\n',
            "lib/tools/fetch.ts": "import { tool } from 'ai';\n\nexport const fetchTool = tool({ description: 'reads a page', execute: async () => (await fetch('https://r.jina.ai/x')).text() });\n",
            "lib/agent.ts": "import { ToolLoopAgent } from 'ai';\nimport { openai } from '@ai-sdk/openai';\nimport { fetchTool } from './tools/fetch';\n\nconst tools = { fetch: fetchTool, askQuestion: ask } as Tools;\nexport const agent = new ToolLoopAgent({ model: openai('gpt-4o'), tools });\n",
            "lib/files.ts": "import { createClient } from '@supabase/supabase-js';\n\nconst supabase = createClient(url, key);\nexport const keep = async (f) => supabase.storage.from('images').upload('x', f);\n",
            ".env.example": "OPENAI_API_KEY=\n# JINA_API_KEY=\n",
        },
        uses=("llm", "agent"),
        sources=("supabase-storage",),
        models=(("chat", "gpt-4o"),),
        tools={"fetch": "reads", "askQuestion": "reads"},
        never=("fetchTool", "api.jina.ai"),
    ),
    "a-service-in-a-folder-called-webapp": Layout(
        files={
            "webapp/main.py": (
                "import openai\nfrom fastapi import FastAPI\nfrom langchain.embeddings import OpenAIEmbeddings\nfrom langchain.vectorstores import AzureSearch\n\n"
                "openai.api_type = 'azure'\napp = FastAPI()\nfound = AzureSearch(embedding_function=OpenAIEmbeddings(deployment='demo-embedding').embed_query)\n"
                "openai.ChatCompletion.create(engine='demo-chat', messages=[])\n"
            ),
            "examples/setup.ipynb": '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n    "CHUNK_SIZE = 1000\\n",\n    "LLM_MODEL = \'gpt-4-32k\'\\n"\n   ]\n  }\n ]\n}\n',
            "requirements.txt": f"{_LIBRARIES}langchain==0.0.329\nazure-search-documents==11.4.0\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        asks=("demo-chat names a deployment", "demo-embedding names a deployment"),
        never=("gpt-4-32k", "1000", "model.name", "api.openai.com"),
    ),
    "settings-of-what-is-measured": Layout(
        files={
            "src/eval/data/sample/config.json": '{"splitter": {"chunk_size": 1000, "chunk_overlap": 200}, "embedding": {"model_name": "text-embedding-ada-002"}}\n',
            "src/api/constants.py": "class Defaults:\n    DEFAULT_AZURE_DEPLOYMENT = 'gpt-4o'\n",
            "src/api/ask.py": "from langchain_openai import AzureChatOpenAI\nfrom constants import Defaults\n\n\nclass ChatConfig:\n    azure_deployment: str = Defaults.DEFAULT_AZURE_DEPLOYMENT\n\n\ndef ask(config):\n    return AzureChatOpenAI(azure_deployment=config.azure_deployment)\n",
            "src/api/requirements.txt": _LIBRARIES,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        never=("chunk_size", "text-embedding-ada-002"),
    ),
    "an-embedder-by-its-first-name": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.20.1"}}\n',
            "convex/together.ts": "import OpenAI from 'openai';\n\nconst client = new OpenAI({ baseURL: 'https://api.together.xyz/v1' });\nexport const embed = (t) => client.embeddings.create({ input: [t], model: 'intfloat/multilingual-e5-large-instruct' });\n",
        },
        uses=("retrieval",),
        models=(("embedding", "intfloat/multilingual-e5-large-instruct"),),
    ),
    "a-host-of-several-that-a-setting-names": Layout(
        files={
            "infra/main.bicep": (
                "param chatModelHost string = 'azure'\nparam ollamaChatModel string = 'llama3.2'\nparam chatModelName string = 'gpt-4o-mini'\n"
                "var webAppEnv = {\n  CHAT_MODEL_HOST: chatModelHost\n  AZURE_OPENAI_CHAT_MODEL: chatModelName\n  OLLAMA_CHAT_MODEL: ollamaChatModel\n}\n"
                "resource mongoCluster 'Microsoft.DocumentDB/mongoClusters@2024-07-01' = {\n  name: 'm'\n}\n"
            ),
            ".env.example": 'CHAT_MODEL_HOST="azure"\nOLLAMA_CHAT_MODEL="llama3.2"\nGITHUB_TOKEN=""\nGITHUB_ENDPOINT="https://models.github.ai/inference"\n',
            "src/ask.py": "import os\n\nfrom openai import AzureOpenAI\nfrom pymongo import MongoClient\n\nfound = MongoClient(os.environ['CONNECTION'])\nAzureOpenAI().chat.completions.create(model=os.environ['AZURE_OPENAI_CHAT_MODEL'], messages=[])\n",
            "requirements.txt": f"{_LIBRARIES}pymongo==4.16.0\n",
        },
        uses=("llm",),
        sources=("mongodb",),
        models=(("chat", "gpt-4o-mini"),),
        never=("llama3.2", "api.github.com"),
    ),
    "a-client-behind-a-switch": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.0.0", "@supabase/supabase-js": "^2.50.0"}}\n',
            "lib/supabase.ts": "import { createClient } from '@supabase/supabase-js';\n\nexport const supabase = process.env.NEXT_PUBLIC_ENABLE_SUPABASE ? createClient(url, key) : undefined;\n",
            "lib/teams.ts": "import { supabase } from './supabase';\n\nexport const teams = () => supabase.from('teams').select('*');\n",
            "app/route.ts": "import OpenAI from 'openai';\n\nexport const POST = (q) => new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: q });\n",
        },
        uses=("llm",),
        asks=("only where NEXT_PUBLIC_ENABLE_SUPABASE is set",),
    ),
    "the-body-of-a-model-that-sorts": Layout(
        files={
            "week_0/model.py": "from transformers import AutoModel\n\nbody = AutoModel.from_pretrained('google/bert_uncased_L-2_H-128_A-2')\n",
            "week_1/model.py": "from transformers import AutoModelForSequenceClassification\n\nsorts = AutoModelForSequenceClassification.from_pretrained('google/bert_uncased_L-2_H-128_A-2', num_labels=2)\n",
        },
        uses=("classic-ml",),
        models=(("classifier", "google/bert_uncased_L-2_H-128_A-2"),),
    ),
    "a-plugin-for-an-editor-and-a-release": Layout(
        files={
            "src/interface/obsidian/src/view.ts": "export const place = () => fetch('https://ipapi.example.dev/json');\n",
            "src/app/ask.py": f"from opik.integrations.langchain import OpikTracer\n{_ASKS}",
            ".github/workflows/run_evals.yml": "name: eval\non:\n  push:\n    tags:\n      - '*'\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: python tests/evals/eval.py\n",
            "requirements.txt": _LIBRARIES,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"monitoring.trace_id": "True"},
        never=("operations.quality_gate", "ipapi"),
    ),
    "one-name-in-two-lists-of-models": Layout(
        files={
            "app/names.py": "from enum import StrEnum\n\n\nclass Direct(StrEnum):\n    SMALL = 'gpt-4o-mini-2024-07-18'\n    LARGE = 'gpt-4o-2024-11-20'\n\n\nclass Routed(StrEnum):\n    SMALL = 'claude-3-5-haiku-20241022'\n",
            "app/choice.py": "from app.names import Direct, Routed\n\n\nclass Choice:\n    default_model = None\n\n    def fill(self, provider):\n        if provider == 'direct':\n            self.default_model = Direct.SMALL\n        else:\n            self.default_model = Routed.SMALL\n",
            "app/ask.py": "from langchain.chat_models import init_chat_model\nfrom app.choice import Choice\n\nanswer = init_chat_model(Choice().default_model).invoke('x')\n",
            "requirements.txt": _LIBRARIES,
        },
        uses=("llm",),
        asks=(
            "2 models of chats are named: which of them does production ask? gpt-4o-mini-2024-07-18 (",
            ", claude-3-5-haiku-20241022 (",
        ),
        never=("gpt-4o-2024-11-20",),
    ),
    "seven-models-with-roles-of-their-own": Layout(
        files={
            "config/models.yaml": "judge:\n  model: gpt-4o-mini-2024-07-18\nguardrail:\n  model: meta-llama/Llama-Guard-3-8B\nfallback:\n  model: mistral-small-2501\nvision:\n  model: gpt-4-turbo\nembedding:\n  model: BAAI/bge-m3\nreranker:\n  model: BAAI/bge-reranker-v2-m3\n",
            "app/ask.py": _ASKS,
            "app/hear.py": "from openai import OpenAI\n\nOpenAI().audio.transcriptions.create(model='whisper-1', file=open('x', 'rb'))\n",
            "app/main.py": "import yaml\nfrom app import ask, hear\n\nsettings = yaml.safe_load(open('config/models.yaml'))\n",
            "requirements.txt": f"{_LIBRARIES}pyyaml==6.0\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        asks=("more models are named in code and settings",),
        never=("BAAI/bge-reranker-v2-m3", "mistral-small-2501"),
    ),
    "a-search-engine-with-more-replicas-than-the-service": Layout(
        files={
            "app/ask.py": _ASKS,
            "infra/modules/meilisearch/main.tf": 'resource "google_cloud_run_v2_service" "index" {\n  name     = "index"\n  location = "europe-west1"\n  template {\n    scaling {\n      min_instance_count = 1\n      max_instance_count = 7\n    }\n    containers {\n      image = "getmeili/meilisearch:v1.10"\n      resources {\n        limits = {\n          memory = "3Gi"\n        }\n      }\n    }\n  }\n}\n',
            "requirements.txt": _LIBRARIES,
        },
        uses=("llm", "retrieval"),
        sources=("meilisearch",),
        models=(("chat", "gpt-4o"),),
        never=("target.replicas_max = 7", "target.memory_limit = 3"),
    ),
}
