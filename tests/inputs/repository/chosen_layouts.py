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
}
