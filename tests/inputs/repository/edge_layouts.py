"""What a platform binds to a worker, words that are searched, and limits that belong to something else than the answer."""

from __future__ import annotations

from layouts import Layout

_WORKER = "export default {\n  async fetch(request, env) {\n    const answer = await env.AI.run(env.AI_MODEL, { messages: [] })\n    return Response.json(answer)\n  },\n}\n"
_CHAT = "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"

EDGE_LAYOUTS = {
    "stores-that-are-bound-to-a-worker": Layout(
        files={
            "package.json": '{"dependencies": {"hono": "4.6.0"}}\n',
            "wrangler.toml": (
                'name = "intake"\nmain = "src/index.ts"\n\n[ai]\nbinding = "AI"\n\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "intake"\n\n'
                '[[kv_namespaces]]\nbinding = "SESSIONS"\nid = "0a1b"\n\n[[vectorize]]\nbinding = "INDEX"\nindex_name = "pages"\n\n'
                '[vars]\nAI_MODEL = "@cf/meta/llama-3.1-8b-instruct"\n\n'
                '[env.production.vars]\nAI_MODEL = "@cf/openai/gpt-oss-20b"\n'
            ),
            "src/index.ts": _WORKER,
        },
        uses=("llm", "retrieval"),
        sources=("cloudflare-d1", "cloudflare-kv", "cloudflare-vectorize"),
        models=(("chat", "@cf/openai/gpt-oss-20b"),),
        facts={"model.name": "@cf/openai/gpt-oss-20b", "target.service": "cloudflare-workers"},
        never=("llama-3.1-8b",),
    ),
    "a-worker-described-in-json-with-remarks": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.70.0"}}\n',
            "wrangler.jsonc": (
                '{\n  // the worker\n  "name": "files",\n  "r2_buckets": [{ "binding": "FILES", "bucket_name": "files" }],\n'
                '  "queues": { "producers": [{ "binding": "JOBS", "queue": "jobs" }] },\n'
                '  "hyperdrive": [{ "binding": "HD", "id": "1", "localConnectionString": "postgres://u@localhost/db" }],\n'
                '  /* by day */\n  "triggers": { "crons": ["0 3 * * *"] }\n}\n'
            ),
            "src/index.ts": "import OpenAI from 'openai'\nexport const ask = (q: string) => new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages: [] })\n",
        },
        uses=("llm", "batch"),
        sources=("cloudflare-r2", "cloudflare-queues", "postgresql"),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "bindings-that-production-does-not-inherit": Layout(
        files={
            "package.json": '{"dependencies": {"hono": "4.6.0"}}\n',
            "wrangler.toml": (
                'name = "desk"\nmain = "src/index.ts"\n[ai]\nbinding = "AI"\n[vars]\nAI_MODEL = "@cf/openai/gpt-oss-20b"\n[[d1_databases]]\nbinding = "DB"\n[[kv_namespaces]]\nbinding = "TRIAL"\n'
                '[[env.production.d1_databases]]\nbinding = "DB"\ndatabase_name = "desk"\n'
            ),
            "src/index.ts": _WORKER,
        },
        uses=("llm",),
        sources=("cloudflare-d1",),
        models=(("chat", "@cf/openai/gpt-oss-20b"),),
        never=("cloudflare-kv",),
    ),
    "a-model-of-pictures-beside-the-one-that-answers": Layout(
        files={
            "package.json": '{"dependencies": {"hono": "4.6.0"}}\n',
            "wrangler.toml": 'name = "desk"\n[ai]\nbinding = "AI"\n',
            "src/documents.ts": "export const describe = (env: any, image: any) => env.AI.run('@cf/llava-hf/llava-1.5-7b-hf', { image })\n",
            "src/agent.ts": "const DEFAULT_MODEL = '@cf/openai/gpt-oss-20b'\nexport const answer = (env: any, q: any) => env.AI.run(DEFAULT_MODEL, { input: q })\n",
        },
        uses=("llm",),
        models=(("chat", "@cf/openai/gpt-oss-20b"), ("vision", "@cf/llava-hf/llava-1.5-7b-hf")),
        facts={"model.name": "@cf/openai/gpt-oss-20b"},
    ),
    "passages-found-by-their-words": Layout(
        files={
            "README.md": "# wiki-rag-chat\n\nA RAG chatbot that answers from the pages of a wiki.\n",
            "requirements.txt": "openai==1.55.0\nfastapi==0.115.0\n",
            "chat/answer.py": _CHAT,
            "chat/pages.py": "import sqlite3\n\nSETUP = 'CREATE VIRTUAL TABLE pages USING fts5(title, body)'\n\n\ndef find(db, words):\n    return db.execute('SELECT body FROM pages WHERE pages MATCH ? LIMIT 3', (words,)).fetchall()\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "words-searched-by-people-alone": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nfastapi==0.115.0\npsycopg==3.2.3\n",
            "app/answer.py": _CHAT,
            "app/orders.py": "import psycopg\n\n\ndef find(conn, words):\n    return conn.execute('SELECT * FROM orders WHERE plainto_tsquery(%s) @@ note', (words,)).fetchall()\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "how-long-a-probe-waits": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app/answer.py": _CHAT,
            "infra/run.tf": 'resource "google_cloud_run_v2_service" "api" {\n  name = "api"\n  template {\n    containers {\n      image = "api"\n      startup_probe {\n        timeout_seconds = 5\n      }\n    }\n  }\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"target.service": "google-cloud-run"},
        never=("operations.request_deadline", "5 s"),
    ),
    "a-device-of-what-embeds-beside-a-hosted-model": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nboto3==1.35.0\n",
            "app/answer.py": _CHAT,
            "infra/variables.tf": 'variable "embedder_instance_type" {\n  type    = string\n  default = "ml.g6.xlarge"\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.hosting": "hosted"},
        never=("target.device", "l4"),
    ),
    "rounds-of-what-improves-a-prompt": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app/agent.py": _CHAT,
            "prompt_optimizer/__main__.py": "import argparse\n\n# looks for a better prompt of the agent\nparser = argparse.ArgumentParser()\nparser.add_argument('--max-iterations', type=int, default=20)\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("agent.max_steps",),
    ),
    "a-call-and-a-default-of-two-providers": Layout(
        files={
            "requirements.txt": "openai==1.55.0\ngoogle-genai==1.0.0\n",
            "app/studio.py": "from openai import OpenAI\n\nSTUDIO_MODEL = 'gpt-4.1-2025-04-14'\n\n\ndef plan(q):\n    return OpenAI().responses.create(model=STUDIO_MODEL, input=q)\n",
            "app/ai_settings.py": "DEFAULT_MODEL = 'gemini-2.5-flash'\n",
            "app/provider.py": "from google import genai\nfrom app.ai_settings import DEFAULT_MODEL\n\n\ndef answer(q, model=None):\n    return genai.Client().models.generate_content(model=model or DEFAULT_MODEL, contents=q)\n",
        },
        uses=("llm",),
        asks=(
            "2 models of chats are named: which of them does production ask? gemini-2.5-flash (",
            ", gpt-4.1-2025-04-14 (",
        ),
    ),
    "versions-of-two-deployments": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app/answer.py": "import os\nfrom openai import AzureOpenAI\n\n\ndef answer(q):\n    return AzureOpenAI().chat.completions.create(model=os.environ['AZURE_CHAT_DEPLOYMENT'], messages=[q])\n",
            "infra/main.bicep": (
                "param gptModelName string = 'gpt-4.1-mini'\nparam gptModelVersion string = '2025-04-14'\nparam gptCapacity int = 60\n\n"
                "var deployments = [\n  {\n    name: gptModelName\n    model: gptModelName\n    sku: {\n      name: 'GlobalStandard'\n      capacity: gptCapacity\n    }\n    version: gptModelVersion\n  }\n"
                "  {\n    name: 'gpt-realtime-mini'\n    model: 'gpt-realtime-mini'\n    sku: {\n      name: 'GlobalStandard'\n      capacity: 1\n    }\n    version: '2025-10-06'\n  }\n]\n"
                "output chat string = gptModelName\noutput AZURE_CHAT_DEPLOYMENT string = gptModelName\n"
            ),
        },
        uses=("llm",),
        asks=(
            "2 models of chats are named: which of them does production ask? gpt-4.1-mini (",
            ", gpt-realtime-mini (",
        ),
        never=("2025-10-06", "16.7 tok/s"),
    ),
    "parts-of-sound-and-of-tables": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nchromadb==0.5.0\npandas==2.2.3\n",
            "app/answer.py": _CHAT,
            "app/index.py": "import chromadb\n\nindex = chromadb.PersistentClient(path='db').get_collection('pages')\n\n\ndef find(q):\n    return index.query(query_texts=[q], n_results=4)\n",
            "config/appconfig.json": '{"tts-chunk-size": 1024, "threat_intel_osint_max_results": 9}\n',
            "app/media.py": "from pydantic import BaseModel\n\n\nclass Sound(BaseModel):\n    chunk_size: int = 2048\n",
            "app/candidates.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass Options:\n    # rows of the table that are scored at once, by their embeddings\n    chunk_size: int = 5000\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"retrieval.top_k": "4"},
        never=("retrieval.chunk_size",),
    ),
    "an-endpoint-of-sagemaker-that-scores-rows": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>software.amazon.awssdk</groupId><artifactId>sagemakerruntime</artifactId><version>2.29.0</version></dependency></dependencies></project>\n",
            "src/main/java/shop/FraudScore.java": 'package shop;\n\nimport software.amazon.awssdk.core.SdkBytes;\nimport software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;\nimport software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;\n\nclass FraudScore {\n  double of(SageMakerRuntimeClient client, String row) {\n    var asked = InvokeEndpointRequest.builder().endpointName("fraud").contentType("text/csv").body(SdkBytes.fromUtf8String(row)).build();\n    return Double.parseDouble(client.invokeEndpoint(asked).body().asUtf8String());\n  }\n}\n',
        },
        uses=("classic-ml",),
    ),
    "an-endpoint-of-sagemaker-that-writes-text": Layout(
        files={
            "requirements.txt": "boto3==1.35.0\n",
            "app/answer.py": "import json\nimport boto3\n\nclient = boto3.client('sagemaker-runtime')\n\n\ndef answer(q):\n    body = json.dumps({'inputs': q, 'parameters': {'max_new_tokens': 400}})\n    return client.invoke_endpoint(EndpointName='writer', Body=body)\n",
        },
        uses=("llm",),
    ),
    "a-sidecar-that-turns-logs-over": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nfastapi==0.115.0\n",
            "app/answer.py": _CHAT,
            "deploy/helm/chat/Chart.yaml": "apiVersion: v2\nname: chat\nversion: 0.1.0\n",
            "deploy/helm/chat/templates/deployment.yaml": 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include "c.fullname" . }}-api\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: {{ .Values.image }}\n          resources:\n            limits:\n              memory: 2Gi\n        - name: logrotate\n          image: {{ .Values.logrotate }}\n          resources:\n            limits:\n              memory: 64Mi\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"target.memory_limit": "2 GiB"},
        never=("64 MiB",),
    ),
}
