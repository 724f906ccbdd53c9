"""Replicas of pilots that platforms serve, and of what a library, a template or a condition decides."""

from __future__ import annotations

from layouts import Layout

SERVED_LAYOUTS: dict[str, Layout] = {
    "an-agent-on-workers": Layout(
        files={
            "package.json": '{"name": "a", "dependencies": {"agents": "0.1", "ai": "6", "workers-ai-provider": "3"}}',
            "wrangler.jsonc": '{"name": "a", "main": "src/server.ts", "ai": {"binding": "AI"}}\n',
            "src/server.ts": (
                "import { createWorkersAI } from 'workers-ai-provider'\nimport { streamText, tool, stepCountIs } from 'ai'\nconst workersai = createWorkersAI({ binding: env.AI })\n"
                "const result = streamText({ model: workersai('@cf/maker/some-model-7b'), tools: { readClock: tool({ description: 'c', needsApproval: true }) }, stopWhen: stepCountIs(7) })\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "@cf/maker/some-model-7b"),),
        tools={"readClock": "reads"},
        facts={"model.name": "@cf/maker/some-model-7b", "model.hosting": "hosted", "agent.max_steps": "7", "target.service": "cloudflare-workers"},
    ),
    "a-worker-that-asks-its-platform": Layout(
        files={
            "wrangler.toml": 'name = "b"\nmain = "src/index.ts"\n[ai]\nbinding = "AI"\n',
            "src/index.ts": "export default { async fetch(request, env) {\n  const found = await env.AI.run('@cf/baai/bge-base-en-v1.5', { text: ['q'] })\n  return env.AI.run('@cf/meta/llama-3.1-8b-instruct', { messages: [] })\n} }\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "@cf/meta/llama-3.1-8b-instruct"), ("embedding", "@cf/baai/bge-base-en-v1.5")),
        facts={"model.hosting": "hosted", "target.service": "cloudflare-workers"},
    ),
    "addresses-with-parts-to-put-in": Layout(
        files={
            "app/config.py": "from pathlib import Path\n\nROOT = Path(__file__).parent\nDATABASE_URL: str = f'sqlite:///{ROOT}/kept.db'\nNUM_RETRIEVALS: int = 3\nMODEL = 'llama-3.2:1b'\n",
            "app/store.py": "import os\n\nif os.environ['ENV'] == 'test':\n    CACHE_URL = 'redis://localhost/1'\nelse:\n    CACHE_URL = os.environ['CACHE_URL']\n",
            "app/answer.py": "from llama_cpp import Llama\nfrom chromadb import PersistentClient\nfrom sentence_transformers import SentenceTransformer\n\nllm = Llama(model_path=path)\nclient = PersistentClient('store')\n\n\ndef search(query, k=4):\n    return client.query(query, n_results=k)\n",
            "requirements.txt": "llama-cpp-python==0.3.0\nchromadb==1.0.0\nsentence-transformers==5.0.0\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma", "sqlite"),
        models=(("chat", "llama-3.2:1b"),),
        facts={"model.hosting": "self", "model.engine": "llama.cpp", "retrieval.top_k": "3"},
        never=("sources[redis]",),
    ),
    "what-a-library-takes-by-itself": Layout(
        files={
            "ingest.py": "from langchain.embeddings import OpenAIEmbeddings\nfrom langchain.vectorstores import Weaviate\n\nstore = Weaviate.from_documents(documents, OpenAIEmbeddings())\n",
            "answer.py": "from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(temperature=0)\nother = ChatOpenAI(**options)\n",
        },
        uses=("llm", "retrieval"),
        sources=("weaviate",),
        models=(("chat", "gpt-3.5-turbo"), ("embedding", "text-embedding-ada-002")),
        facts={"model.hosting": "hosted", "model.alias_floating": "True"},
    ),
    "a-recommender-with-features-and-a-registry": Layout(
        files={
            "core/towers.py": "import torch\nfrom transformers import CLIPModel\n\nclip = CLIPModel.from_pretrained('openai/clip-vit-base-patch32')\n\n\ndef train(loss):\n    loss.backward()\n",
            "backend/serve.py": "from fastapi import FastAPI\nfrom feast import FeatureStore\n\napp = FastAPI()\nstore = FeatureStore('repo')\n\n\ndef near(vector):\n    return store.retrieve_online_documents(query=vector, top_k=9, features=['item:id'])\n",
            "backend/requirements.txt": "feast==0.49.0\ntorch==2.6.0\ntransformers==4.52.0\nfastapi==0.110.0\n",
            "helm/recommender/Chart.yaml": "name: recommender\n",
            "helm/recommender/values.yaml": (
                "replicaCount: 2\nbackend:\n  resources:\n    limits: {memory: 2Gi}\nresources: {}\n"
                "modelRegistry:\n  database:\n    deployment:\n      image: mysql:8.3.0\n"
            ),
        },
        uses=("classic-ml", "training", "retrieval"),
        sources=("feast",),
        models=(("embedding", "openai/clip-vit-base-patch32"),),
        facts={"target.replicas": "2", "target.memory_limit": "2 GiB", "retrieval.top_k": "9"},
        never=("mysql", "model.name"),
    ),
    "a-database-that-is-one-of-several-indexes": Layout(
        files={
            "store.py": (
                "import psycopg\nfrom pgvector.psycopg import register_vector\nfrom qdrant_client import QdrantClient\nfrom pymongo import MongoClient\nimport oracledb\n\n"
                "register_vector(psycopg.connect('x'))\nQdrantClient('u')\nMongoClient('m')\noracledb.connect('o')\n"
            ),
            "compose.yaml": "services:\n  index: {image: 'qdrant/qdrant:v1.12'}\n  app: {build: ., depends_on: [index]}\n",
        },
        uses=("retrieval",),
        sources=("qdrant", "mongodb", "oracle"),
    ),
    "a-template-of-a-container-app": Layout(
        files={
            "azure.yaml": "name: a\nservices:\n  app:\n    project: ./src/Host\n    language: dotnet\n    host: containerapp\n",
            "src/Host/infra/web.tmpl.yaml": (
                "location: {{ .Env.AZURE_LOCATION }}\nproperties:\n  environmentId: {{ .Env.ENVIRONMENT }}\n  template:\n    containers:\n      - image: {{ .Image }}\n        name: web\n        resources:\n          cpu: 0.5\n          memory: 1.0Gi\n"
                "    scale:\n      minReplicas: 1\n      maxReplicas: 4\n"
            ),
            "src/Host/Program.cs": 'using Azure.AI.OpenAI;\nvar client = new AzureOpenAIClient(new Uri(address), credential);\nvar chat = client.GetChatClient("gpt-4o");\n',
            "src/Host/Host.csproj": '<Project><ItemGroup><PackageReference Include="Aspire.Hosting.Azure.CognitiveServices" Version="9.0.0" /><PackageReference Include="Azure.AI.OpenAI" Version="2.0.0" /></ItemGroup></Project>\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"target.replicas": "1", "target.replicas_max": "4", "target.memory_limit": "1 GiB", "target.service": "azure-container-apps"},
    ),
}  # fmt: skip
