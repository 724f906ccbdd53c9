"""Replicas of pilots of which the destinations, limits and models are written beside a library, a gateway or a platform."""

from __future__ import annotations

from layouts import Layout

ASKED_LAYOUTS: dict[str, Layout] = {
    "a-voice-bot-of-livekit-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@livekit/agents": "1.5.0"}}\n',
            "src/main.ts": "import { inference, voice } from '@livekit/agents';\n\nexport const session = new voice.AgentSession({\n  stt: new inference.STT({ model: 'deepgram/nova-3', language: 'multi' }),\n  llm: new inference.LLM({ model: 'google/gemma-4-31b-it' }),\n  tts: new inference.TTS({ model: 'cartesia/sonic-3', voice: 'x' }),\n});\n",
        },
        uses=("llm",),
        models=(
            ("chat", "google/gemma-4-31b-it"),
            ("speech", "deepgram/nova-3"),
            ("speech", "cartesia/sonic-3"),
        ),
        hosts=("*.livekit.cloud",),
        facts={"model.hosting": "hosted"},
    ),
    "ears-of-deepgram": Layout(
        files={
            "package.json": '{"dependencies": {"@deepgram/sdk": "3.3.4", "openai": "4.20.1"}}\n',
            "services/hear.js": "const { createClient } = require('@deepgram/sdk');\n\nconst ears = createClient(process.env.DEEPGRAM_API_KEY).listen.live({ model: 'nova-2', endpointing: 200 });\n",
            "services/answer.js": "const OpenAI = require('openai');\n\nasync function ask(messages) {\n  return new OpenAI().chat.completions.create({ model: 'gpt-4o', messages });\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"), ("speech", "nova-2")),
        hosts=("api.openai.com", "api.deepgram.com"),
    ),
    "an-index-that-pages-fill-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.0.14", "@langchain/weaviate": "0.0.1", "langchain": "0.1.17", "pg": "8.11.3"}}\n',
            "src/fill.ts": "import { OpenAIEmbeddings } from '@langchain/openai';\nimport { PostgresRecordManager } from '@langchain/community/indexes/postgres';\nimport { SitemapLoader } from 'langchain/document_loaders/web/sitemap';\nimport { WeaviateStore } from '@langchain/weaviate';\n\nconst loader = new SitemapLoader('https://js.langchain.com/');\nconst kept = new PostgresRecordManager('x', {});\nconst store = new WeaviateStore(new OpenAIEmbeddings(), {});\n",
            "src/route.ts": "import { ChatFireworks } from '@langchain/community/chat_models/fireworks';\nimport { WeaviateStore } from '@langchain/weaviate';\n\nconst model = new ChatFireworks({ modelName: 'accounts/fireworks/models/mixtral-8x7b-instruct', temperature: 0 });\nexport const retriever = (store: WeaviateStore) => store.asRetriever({ k: 6 });\n",
        },
        uses=("llm", "retrieval"),
        sources=("weaviate", "postgresql"),
        models=(
            ("embedding", "text-embedding-ada-002"),
            ("chat", "accounts/fireworks/models/mixtral-8x7b-instruct"),
        ),
        hosts=("js.langchain.com", "api.fireworks.ai", "api.openai.com"),
        facts={"retrieval.top_k": "6"},
    ),
    "a-gateway-that-asks-the-providers": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "3.3.17"}}\n',
            ".env.template": "ANTHROPIC_API_KEY=\nOPENAI_API_KEY=\n",
            "lib/gateway.ts": "export async function ask(accountId: string, apiKeys: { openai: string; anthropic: string }, messages: unknown[]) {\n  const providers = [\n    { provider: 'openai', endpoint: 'chat/completions', query: { model: 'gpt-4o-mini', messages } },\n    { provider: 'anthropic', endpoint: 'v1/messages', query: { model: 'claude-3-haiku-20240307', messages } },\n  ];\n  const url = `https://gateway.ai.cloudflare.com/v1/${accountId}/answers/`;\n  return fetch(url, { method: 'POST', body: JSON.stringify(providers) });\n}\n",
        },
        uses=("llm",),
        asks=(
            "2 models of chats are named: which of them does production ask? gpt-4o-mini (",
            ", claude-3-haiku-20240307 (",
        ),
        hosts=("gateway.ai.cloudflare.com",),
        never=("api.anthropic.com", "api.openai.com"),
    ),
    "what-a-browser-asks-itself": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.104.0"}}\n',
            "lib/where.ts": "export const where = () => window.fetch('https://ipapi.example-where.co/json');\n",
            "lib/jokes.ts": "export async function GET() {\n  return await fetch('https://v2.jokes-for-all.dev/joke/Programming');\n}\n",
            "lib/answer.ts": "import OpenAI from 'openai';\n\nexport const ask = (input: string) => new OpenAI().responses.create({ model: 'gpt-5.2', input });\n",
        },
        uses=("llm",),
        hosts=("v2.jokes-for-all.dev",),
        never=("ipapi",),
    ),
    "an-audience-and-a-search-of-documents": Layout(
        files={
            "requirements.txt": "openai==1.59\nredis==5.2\n",
            "app/config.py": "import os\n\nSCOPES = os.getenv('REDIS_ENTRAID_SCOPES', 'https://redis.azure.com/.default')\nRESOURCE = os.getenv('REDIS_ENTRAID_RESOURCE', 'https://redis.azure.com/')\nDOCS_SEARCH_URL = os.getenv('DOCS_SEARCH_URL', 'https://shelf.io/api/docs/search')\nDOCS_URL = 'https://manual.shelf.io/guide'\n",
            "app/main.py": "import requests\nfrom openai import OpenAI\n\nfrom app.config import DOCS_SEARCH_URL, DOCS_URL, RESOURCE, SCOPES\n\nrequests.get(DOCS_SEARCH_URL)\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        hosts=("shelf.io",),
        never=("redis.azure.com", "manual.shelf.io"),
    ),
    "a-model-of-a-cloud-by-its-services-alone": Layout(
        files={
            "requirements.txt": "azure-ai-inference==1.0.0b9\n",
            "infra/main.bicep": "module ai 'core/ai.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n        model: {\n          format: 'OpenAI'\n          name: 'gpt-4o-mini'\n          version: '2024-07-18'\n        }\n      }\n    ]\n  }\n}\n",
            "app/main.py": "from azure.ai.inference import ChatCompletionsClient\n\nclient = ChatCompletionsClient(endpoint='x', credential=None)\nclient.complete(messages=[])\n",
            "app/gunicorn.conf.py": "max_requests = 1000\ntimeout = 120\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        hosts=("*.services.ai.azure.com",),
        facts={"operations.request_deadline": "2 min"},
        never=("*.openai.azure.com",),
    ),
    "how-long-a-function-of-vercel-may-take": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "4.1.46", "@ai-sdk/openai": "1.1.14"}}\n',
            "vercel.json": '{"functions": {"api/events.ts": {"maxDuration": 60}}}\n',
            "api/events.ts": 'import { openai } from "@ai-sdk/openai";\nimport { generateText } from "ai";\n\nexport const ask = (prompt: string) => generateText({ model: openai("gpt-4o"), prompt });\n',
        },
        uses=("llm",),
        facts={"operations.request_deadline": "1 min", "target.service": "vercel-functions"},
    ),
    "stores-of-ones-choice-called-by-two-words": Layout(
        files={
            "requirements.txt": "ollama==0.4\nboto3==1.35\nredis==5.2\ngoogle-api-python-client==2.1\n",
            "app/files/storage_strategies/aws_s3.py": "import boto3\n\nclient = boto3.client('s3')\n",
            "app/files/storage_strategies/google_drive.py": "from googleapiclient.discovery import build\n\nservice = build('drive', 'v3')\n",
            "app/files/storage_strategies/local_filesystem.py": "def save(path, text):\n    open(path, 'w').write(text)\n",
            "app/main.py": "import ollama\nimport redis\n\ncache = redis.Redis(host='cache')\nollama.generate('llama3.1', 'hello')\n",
            "docker-compose.yml": "services:\n  ollama:\n    image: ollama/ollama:0.5\n  api:\n    build: .\n",
        },
        uses=("llm",),
        sources=("redis",),
        asks=("the code can reach s3", "the code can reach google-drive"),
        never=("www.googleapis.com",),
        facts={"model.hosting": "self", "model.engine": "ollama"},
    ),
    "a-model-that-a-registry-hands-to-an-endpoint": Layout(
        files={
            "deploy/online.yml": "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: fares\nmodel: azureml:fares@latest\ninstance_type: Standard_DS2_v2\ninstance_count: 2\nrequest_settings:\n  request_timeout_ms: 90000\n",
            "src/train.py": "from sklearn.ensemble import RandomForestRegressor\n\nmodel = RandomForestRegressor()\nmodel.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        facts={
            "target.replicas": "2",
            "model.alias_floating": "True",
            "operations.request_deadline": "1.5 min",
        },
    ),
    "a-model-that-bentoml-keeps": Layout(
        files={
            "bentofile.yaml": "service: 'service:svc'\npython:\n  packages:\n  - numpy\n  - xgboost\n",
            "service.py": "import bentoml\n\nrunner = bentoml.xgboost.get('cards:latest').to_runner()\nsvc = bentoml.Service('cards', runners=[runner])\n",
        },
        uses=("classic-ml",),
        facts={"model.kind": "tabular", "model.hosting": "self", "security.dependencies_pinned": "False"},
    ),
}
