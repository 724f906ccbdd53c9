"""Replicas of pilots in which limits, figures and stores belong to another part than the one that answers."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nanswer = OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
_EMBEDS = "from sentence_transformers import SentenceTransformer\n\nvectors = SentenceTransformer('all-MiniLM-L6-v2').encode(texts)\n"
_SEARCHES = f"from qdrant_client import QdrantClient\n{_EMBEDS}found = QdrantClient(path='index').query_points('notes', query=vectors[0], limit=4)\n"

APART_LAYOUTS: dict[str, Layout] = {
    "limits-of-what-fills-an-index": Layout(
        files={
            "app.py": _ASKS,
            "search.py": "from config import ChunkingConfig, EmbeddingConfig, GenerationConfig\n" + _SEARCHES,
            "config.py": (
                "from pydantic import BaseModel, Field\n\n\nclass ChunkingConfig(BaseModel):\n    max_tokens: int = Field(default=480, description='of one passage')\n\n\n"
                "class EmbeddingConfig(BaseModel):\n    max_seq_length: int = 512\n\n\nclass GenerationConfig(BaseModel):\n    max_tokens: int = 900\n    context_window: int = 16384\n"
            ),
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={
            "security.output_cap": "900 tok",
            "model.max_context": "16,384 tok",
            "sources[qdrant].interface": "file",
        },
        never=("512 tok", "480 tok"),
    ),
    "how-much-of-a-passage-a-model-is-shown": Layout(
        files={
            "app.py": _ASKS,
            "store.py": "from config import Settings\n" + _SEARCHES,
            "config.py": "class Settings:\n    max_chunks: int = 5\n    max_tokens_per_chunk: int = 410\n    max_context_tokens: int = 2500\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("410", "retrieval.chunk_size"),
    ),
    "parts-that-a-splitter-may-cut": Layout(
        files={
            "app.py": _ASKS,
            "store.py": "from chunker import cut\n" + _SEARCHES + "parts = cut(text)\n",
            "chunker.py": "MAX_TOKENS_PER_CHUNK = 410\n\n\ndef cut(words):\n    return [words[at : at + MAX_TOKENS_PER_CHUNK] for at in range(0, len(words), MAX_TOKENS_PER_CHUNK)]\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.chunk_size": "410"},
    ),
    "figures-without-traces": Layout(
        files={
            "main.py": "from fastapi import FastAPI\nfrom opentelemetry import metrics\nfrom opentelemetry.exporter.prometheus import PrometheusMetricReader\nfrom opentelemetry.metrics import set_meter_provider\nfrom opentelemetry.sdk.metrics import MeterProvider\nfrom opentelemetry.sdk.resources import SERVICE_NAME, Resource\n\nset_meter_provider(MeterProvider(metric_readers=[PrometheusMetricReader()]))\n"
            + _ASKS,
        },
        uses=("llm",),
        never=("monitoring.trace_id",),
    ),
    "traces-beside-figures": Layout(
        files={
            "main.py": "from opentelemetry import metrics, trace\n\nmetrics.get_meter('a')\ntracer = trace.get_tracer('a')\n" + _ASKS,
        },
        uses=("llm",),
        facts={"monitoring.trace_id": "True"},
    ),
    "an-index-inside-the-program": Layout(
        files={
            "store.py": "import chromadb\n" + _EMBEDS + "client = chromadb.PersistentClient(path=str(kept))\nfound = client.get_or_create_collection('a').query(query_embeddings=vectors, n_results=3)\n",
        },
        uses=("retrieval",),
        sources=("chroma",),
        facts={"sources[chroma].interface": "file"},
    ),
    "an-index-in-one-file": Layout(
        files={
            "store.py": "from pymilvus import MilvusClient\n" + _EMBEDS + "client = MilvusClient('./notes.db')\nfound = client.search('notes', data=vectors, limit=3)\n",
        },
        uses=("retrieval",),
        sources=("milvus",),
        facts={"sources[milvus].interface": "file"},
    ),
    "an-index-inside-the-program-or-behind-a-server": Layout(
        files={
            "store.py": "from qdrant_client import QdrantClient\n" + _EMBEDS + "client = QdrantClient(url=address) if address else QdrantClient(':memory:')\nfound = client.query_points('notes', query=vectors[0], limit=3)\n",
        },
        uses=("retrieval",),
        sources=("qdrant",),
        facts={"sources[qdrant].interface": "http"},
    ),
    "manifests-of-a-platform-that-the-pilot-runs-on": Layout(
        files={
            "app.py": _ASKS,
            "kubeflow/manifests/apps/katib/upstream/components/mysql/mysql.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: katib-mysql\nspec:\n  template:\n    spec:\n      containers:\n      - name: db\n        image: mysql:8.0\n",
            "platform/manifests/common/dex/base/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: dex\nspec:\n  replicas: 7\n  template:\n    spec:\n      containers:\n      - name: db\n        image: postgres:16\n",
            "kubeflow/manifests/apps/katib/upstream/installs/election/kustomization.yaml": "resources:\n- deployment.yaml\nreplicas:\n- name: katib-controller\n  count: 7\n",
            "manifests/apps/answers/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cache\nspec:\n  template:\n    spec:\n      containers:\n      - name: cache\n        image: redis:7\n",
        },
        uses=("llm",),
        sources=("redis",),
        never=("7",),
    ),
    "a-tool-for-infrastructure-without-a-template": Layout(
        files={"app.py": _ASKS, "azure.yaml": "name: a\ninfra:\n  provider: terraform\nservices:\n  api:\n    project: .\n    host: containerapp\n    language: python\n", "infra/.gitkeep": ""},
        uses=("llm",),
        facts={"target.service": "azure-container-apps"},
        never=("operations.infrastructure_as_code",),
    ),
    "a-tool-for-infrastructure-with-a-template": Layout(
        files={"app.py": _ASKS, "azure.yaml": "name: a\ninfra:\n  path: ./deploy/cloud\nservices:\n  api:\n    project: .\n    host: containerapp\n", "deploy/cloud/main.tf": 'resource "azurerm_resource_group" "main" {\n  name = "g"\n}\n'},
        uses=("llm",),
        facts={"operations.infrastructure_as_code": "True"},
    ),
    "a-region-that-the-client-of-a-store-of-ones-own-wants": Layout(
        files={
            "app.py": _ASKS + "import boto3\n\nfiles = boto3.client('s3', endpoint_url=address, region_name='us-east-1')\nfiles.upload_file('a', 'b', 'c')\n",
            "compose.yaml": "services:\n  api:\n    build: .\n    depends_on: [minio]\n  minio:\n    image: minio/minio:RELEASE.2024\n",
        },
        uses=("llm",),
        sources=("minio",),
        never=("us-east-1",),
    ),
    "code-that-somebody-put-aside": Layout(
        files={"app.py": _ASKS, "functions/_backup/store.py": "from pymongo import MongoClient\n\nMongoClient('mongodb://db/a')\n"},
        uses=("llm",),
    ),
    "machines-of-an-endpoint-beside-the-function-that-answers": Layout(
        files={
            "app.py": _ASKS,
            "infra/main.tf": 'resource "google_cloud_run_v2_service" "answers" {\n  name = "answers"\n}\n',
            "serving/deploy_endpoint.py": "from sagemaker.huggingface import HuggingFaceModel\n\nmodel = HuggingFaceModel(role=role, model_data=data)\nmodel.deploy(instance_type='ml.g4dn.xlarge', initial_instance_count=3)\n",
        },
        uses=("llm",),
        facts={"target.service": "google-cloud-run"},
        asks=("target.device is t4 for an endpoint", "target.replicas is 3 for an endpoint"),
        never=("t4", "target.replicas"),
    ),
    "a-limit-of-the-whole-request": Layout(
        files={
            ".env.example": "CHAT_REQUEST_TIMEOUT=60\n",
            "config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    chat_request_timeout: int = 60\n    llm_timeout: int = 20\n\n\nsettings = Settings()\n",
            "api.py": "import asyncio\n\nfrom fastapi import APIRouter\nfrom openai import AsyncOpenAI\n\nfrom config import settings\n\nrouter = APIRouter()\n\n\nasync def ask(text):\n    return await AsyncOpenAI(timeout=settings.llm_timeout).chat.completions.create(model='gpt-4o', messages=[])\n\n\n@router.post('/chat')\nasync def chat(text: str):\n    return await asyncio.wait_for(ask(text), timeout=settings.chat_request_timeout)\n",
        },
        uses=("llm",),
        facts={"operations.request_deadline": "1 min", "model.call_timeout": "20 s"},
    ),
    "a-store-of-traces-and-logs": Layout(
        files={
            "app.py": _ASKS,
            "deploy/helm/minio/templates/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: minio\nspec:\n  template:\n    spec:\n      containers:\n      - name: minio\n        image: quay.io/minio/minio:latest\n",
            "deploy/helm/tempo/templates/tempostack.yaml": "apiVersion: tempo.grafana.com/v1alpha1\nkind: TempoStack\nmetadata:\n  name: tempo\n",
        },
        uses=("llm",),
        asks=("minio is deployed",),
    ),
}  # fmt: skip
