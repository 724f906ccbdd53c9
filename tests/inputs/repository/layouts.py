"""Small replicas of layouts that real repositories have, each with what a reader must find in it and must not."""

from __future__ import annotations

from typing import NamedTuple


class Layout(NamedTuple):
    """One repository in the small."""

    files: dict[str, str]
    uses: tuple[str, ...]
    sources: tuple[str, ...] = ()
    models: tuple[tuple[str, str], ...] = ()
    facts: dict[str, str] = {}  # noqa: RUF012 - never changed
    """Fact -> its value as text."""
    tools: dict[str, str] = {}  # noqa: RUF012 - never changed
    asks: tuple[str, ...] = ()
    """Words that one of the questions must have."""
    never: tuple[str, ...] = ()
    """Texts that must not appear in any value."""
    never_asks: tuple[str, ...] = ()
    """Words that no question may have."""
    hosts: tuple[str, ...] = ()
    """Destinations that must be found."""


LAYOUTS: dict[str, Layout] = {
    "langchain-rag-with-compose": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\nlangchain-qdrant==0.2\nfastapi==0.115\n",
            "src/rag.py": (
                "from fastapi import FastAPI\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\nfrom langchain_qdrant import QdrantVectorStore\n"
                "store = QdrantVectorStore(client=None, embedding=OpenAIEmbeddings(model='text-embedding-3-small', dimensions=512))\n"
                "retriever = store.as_retriever(search_kwargs={'k': 6})\nllm = ChatOpenAI(model='gpt-4o-2024-08-06', timeout=20, max_retries=2)\n"
            ),
            "compose.yaml": "x-base: &base\n  restart: always\nservices:\n  qdrant:\n    <<: *base\n    image: qdrant/qdrant:v1.12\n  api:\n    <<: *base\n    build: .\n    depends_on: [qdrant]\n    restart: no\n    restart: on-failure\n",
            "examples/other.py": "from langchain_openai import ChatOpenAI\nChatOpenAI(model='gpt-3.5-turbo')\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "gpt-4o-2024-08-06"), ("embedding", "text-embedding-3-small")),
        facts={"retrieval.top_k": "6", "retrieval.dims": "512", "path.stages[model].timeout": "20 s", "path.stages[model].retries": "2", "model.alias_floating": "False"},
        never=("gpt-3.5-turbo",),
    ),
    "settings-class-and-environment": Layout(
        files={
            "app/config.py": "from pydantic_settings import BaseSettings\nfrom pydantic import Field\n\n\nclass Settings(BaseSettings):\n    llm_model: str = Field(default='claude-sonnet-4-20250514')\n    embedding_model: str\n    chunk_size: int = 800\n    top_k: int = 5\n    top_p: float = 0.9\n",
            "app/main.py": "from anthropic import Anthropic\nfrom app.config import settings\nfrom sentence_transformers import SentenceTransformer\n\nembedder = SentenceTransformer(settings.embedding_model)\nlimits = (settings.chunk_size, settings.top_k)\n\n\ndef answer(q):\n    return Anthropic().messages.create(model=settings.llm_model, max_tokens=1024, messages=[])\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "claude-sonnet-4-20250514"),),
        facts={"retrieval.chunk_size": "800", "security.output_cap": "1,024 tok", "model.hosting": "hosted"},
        asks=("EMBEDDING_MODEL",),
    ),
    "azure-developer-cli": Layout(
        files={
            "azure.yaml": "name: shop\nservices:\n  web: {project: src, language: py, host: containerapp}\n",
            "infra/main.parameters.json": '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"chatModelName": {"value": "${CHAT_MODEL=gpt-4o-mini}"}, "chatModelVersion": {"value": "2024-07-18"}, "chatDeploymentCapacity": {"value": "${CAP=60}"}, "embedModelName": {"value": "text-embedding-3-large"}}}',
            "infra/main.bicep": "param location string\nparam chatModelName string\nparam chatModelVersion string\nparam chatDeploymentCapacity int\nparam embedModelName string\nmodule search 'core/search/search-services.bicep' = {\n  name: 'search'\n}\nresource redis 'Microsoft.Cache/Redis@2023-08-01' = {\n  name: 'x'\n}\n",
            "src/app.py": "import os\nfrom openai import AzureOpenAI\nfrom azure.search.documents import SearchClient\nclient = AzureOpenAI(azure_endpoint=os.environ['AZURE_OPENAI_ENDPOINT'])\nsearch = SearchClient(endpoint='x', index_name='y', credential=None)\nclient.chat.completions.create(model=os.environ['CHAT_MODEL'], messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search", "redis"),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-large")),
        facts={"model.version": "2024-07-18", "model.quota_tokens": "1,000 tok/s", "operations.infrastructure_as_code": "True"},
    ),
    "terraform-on-aws": Layout(
        files={
            "infra/main.tf": 'provider "aws" {\n  region = "eu-central-1"\n}\nresource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\nresource "aws_s3_bucket" "terraform_state" {\n  bucket = "x"\n}\nresource "aws_ecs_service" "api" {\n  desired_count = 3\n}\nlocals {\n  note = <<EOT\nregion = "us-east-1"\nEOT\n}\n',
            "service/app.py": "import boto3\nbedrock = boto3.client('bedrock-runtime', region_name='eu-central-1')\nbedrock.converse(modelId='anthropic.claude-3-haiku-20240307-v1:0', messages=[])\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        facts={"target.region": "eu-central-1", "target.replicas": "3", "model.hosting": "hosted"},
        never=("us-east-1", "terraform_state"),
    ),
    "construct-library-and-functions": Layout(
        files={
            "cdk/cdk.json": '{"app": "npx ts-node bin/app.ts"}',
            "cdk/lib/stack.ts": "import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';\nconst t = new Table(this, 'Sessions', { partitionKey: { name: 'id', type: AttributeType.STRING } });\n",
            "backend/handler.py": "import boto3\ntable = boto3.resource('dynamodb')\nruntime = boto3.client('bedrock-runtime')\n",
        },
        uses=("llm",),
        sources=("dynamodb",),
        facts={"operations.infrastructure_as_code": "True"},
    ),
    "cloudformation-with-tags": Layout(
        files={
            "template.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: !Sub '${AWS::StackName}-t'\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      Environment:\n        Variables:\n          MODEL_ID: mistral.mistral-large-2407-v1:0\n          NAME: !Ref Table\n",
            "src/app.py": "import os, boto3\nboto3.client('bedrock-runtime').converse(modelId=os.environ['MODEL_ID'], messages=[])\n",
        },
        uses=("llm",),
        sources=("dynamodb",),
        models=(("chat", "mistral.mistral-large-2407-v1:0"),),
    ),
    "render-blueprint": Layout(
        files={
            "render.yaml": "databases:\n  - name: db\nservices:\n  - type: web\n    name: api\n    region: frankfurt\n    scaling: {minInstances: 2, maxInstances: 5}\n    envVars:\n      - {key: CHAT_MODEL, value: gpt-4.1-mini}\n  - type: cron\n    schedule: '0 5 31 2 *'\n",
            "api/main.py": "import os, openai\nopenai.OpenAI().responses.create(model=os.environ['CHAT_MODEL'], input='')\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gpt-4.1-mini"),),
        facts={"target.region": "frankfurt", "target.replicas": "2", "target.replicas_max": "5"},
    ),
    "chart-beside-vendored-charts": Layout(
        files={
            "charts/scoring-api/Chart.yaml": "name: scoring-api\n",
            "charts/scoring-api/values.yaml": "replicaCount: 4\nimage: {repository: ghcr.io/x/scoring-api, tag: v3}\nresources: {limits: {memory: 2Gi}}\n",
            "charts/loki/values.yaml": "replicaCount: 9\nmemcached: {image: {repository: memcached}}\n",
            "charts/k8s-monitoring/charts/alloy/docs/examples/output.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: 1, template: {spec: {containers: [{name: a, image: postgres:16}]}}}\n",
            "app/main.py": "import pickle\nfrom fastapi import FastAPI\napp = FastAPI()\nwith open('m.pkl', 'rb') as f:\n    model = pickle.load(f)\n",
        },
        uses=("classic-ml",),
        facts={"target.replicas": "4", "target.memory_limit": "2 GiB", "model.safe_format": "False", "model.kind": "tabular"},
    ),
    "vllm-on-kubernetes": Layout(
        files={
            "k8s/vllm.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: vllm\n          image: vllm/vllm-openai:v0.9.1\n          args: [--model, Qwen/Qwen3-8B, --max-model-len=16384, --tensor-parallel-size, '2', --enforce-eager, --speculative-config, '{\"method\": \"mtp\", \"num_speculative_tokens\": 2}']\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen3-8B"),),
        facts={"model.engine": "vllm", "model.max_context": "16,384 tok", "model.tensor_parallel": "2", "model.hosting": "self", "model.eager": "True", "model.guessed_tokens": "2"},
    ),
    "unrendered-template": Layout(
        files={
            "helm/templates/deploy.yaml": '{{- if .Values.on }}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  template:\n    spec:\n      containers:\n        - name: tgi\n          image: ghcr.io/huggingface/text-generation-inference:2.4\n          args: ["--model-id", "mistralai/Mistral-7B-Instruct-v0.3"]\n          {{- with .Values.x }}\n          env: {{ toYaml . }}\n          {{- end }}\n{{- end }}\n',
        },
        uses=("llm",),
        models=(("chat", "mistralai/Mistral-7B-Instruct-v0.3"),),
        facts={"model.engine": "tgi"},
    ),
    "haystack-pipeline": Layout(
        files={
            "backend/pipe.py": "from haystack.components.generators import OpenAIGenerator\nfrom haystack.components.embedders import SentenceTransformersTextEmbedder\nfrom haystack_integrations.document_stores.opensearch import OpenSearchDocumentStore\nstore = OpenSearchDocumentStore(hosts='x', embedding_dim=768)\ngen = OpenAIGenerator(model='gpt-4o')\nemb = SentenceTransformersTextEmbedder(model='intfloat/e5-base-v2')\n",
        },
        uses=("llm", "retrieval"),
        sources=("opensearch",),
        models=(("chat", "gpt-4o"), ("embedding", "intfloat/e5-base-v2")),
    ),
    "llamaindex-with-store-class": Layout(
        files={
            "app/store.py": "from llama_index.vector_stores.postgres import PGVectorStore\n\n\nclass Store(PGVectorStore):\n    pass\n",
            "app/engine.py": "from llama_index.core import VectorStoreIndex\nfrom llama_index.llms.openai import OpenAI\nfrom llama_index.embeddings.openai import OpenAIEmbedding, OpenAIEmbeddingModelType\nllm = OpenAI(model='gpt-4o-mini')\nembed = OpenAIEmbedding(model=OpenAIEmbeddingModelType.TEXT_EMBED_3_LARGE)\nengine = VectorStoreIndex([]).as_query_engine(similarity_top_k=8)\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-large")),
        facts={"retrieval.top_k": "8"},
    ),
}  # fmt: skip
