"""Replicas of pilots of which scripts, modules and clients of stores say how they run."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nanswer = OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"

DEPLOYED_LAYOUTS: dict[str, Layout] = {
    "commands-that-deploy": Layout(
        files={
            "deploy.sh": (
                'gcloud run deploy answers \\\n  --image "$IMAGE" \\\n  --region europe-west4 \\\n  --memory 2Gi \\\n  --min-instances 1 --max-instances 5 \\\n  --timeout 120\n'
                "gcloud run deploy answers-frontend --memory 512Mi --region us-central1\n"
            ),
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "google-cloud-run", "target.region": "europe-west4", "target.memory_limit": "2 GiB", "target.replicas": "1", "target.replicas_max": "5", "operations.request_deadline": "2 min"},
    ),
    "deployments-by-commands": Layout(
        files={
            "scripts/setup.ps1": (
                'az cognitiveservices account deployment create --name $account `\n  --deployment-name chat --model-name gpt-4o-mini --model-version "2024-07-18" `\n  --model-format OpenAI --sku-capacity 30\n'
                "az cognitiveservices account deployment create --name $account --deployment-name vectors --model-name text-embedding-3-small --model-version 1 --sku-capacity 5\n"
            ),
            "app.py": "from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint='https://x.openai.azure.com')\nclient.chat.completions.create(model='chat', messages=[])\nclient.embeddings.create(model='vectors', input='t')\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-small")),
        facts={"model.name": "gpt-4o-mini", "model.version": "2024-07-18", "model.quota_tokens": "500 tok/s"},
    ),
    "a-function-beside-the-one-that-answers": Layout(
        files={
            "infra/budget.tf": 'resource "aws_lambda_function" "budget_killer" {\n  function_name = "killer"\n  timeout = 300\n  memory_size = 128\n}\n',
            "infra/api.tf": 'resource "aws_lambda_function" "chat_api" {\n  function_name = "chat"\n  timeout = 30\n  memory_size = 1024\n}\n',
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.memory_limit": "1 GiB", "operations.request_deadline": "30 s"},
        never=("128",),
    ),
    "parts-of-a-text-that-a-command-cuts": Layout(
        files={
            "app.py": _ASKS,
            "ingestion/chunk_docs.py": "import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--max-tokens', type=int, default=350)\n",
        },
        uses=("llm",),
        never=("350",),
    ),
    "sizes-that-callers-give": Layout(
        files={
            "infra/main.bicep": "module api 'app/api.bicep' = {\n  name: 'api'\n}\n",
            "infra/app/api.bicep": "module app '../shared/host/container-app.bicep' = {\n  name: 'a'\n  params: {\n    containerMemory: '2.0Gi'\n  }\n}\n",
            "infra/shared/host/container-app.bicep": (
                "param containerMemory string = '1.0Gi'\nparam containerMinReplicas int = 1\nresource app 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'a'\n  properties: {\n"
                "    template: {\n      containers: [\n        {\n          resources: {\n            memory: containerMemory\n          }\n        }\n      ]\n      scale: {\n        minReplicas: containerMinReplicas\n      }\n    }\n  }\n}\n"
            ),
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.memory_limit": "2 GiB", "target.replicas": "1", "target.service": "azure-container-apps"},
    ),
    "how-many-a-client-asks-for": Layout(
        files={
            "search.py": "from qdrant_client import QdrantClient\nfrom sentence_transformers import SentenceTransformer\n\nclient = QdrantClient(url=address)\nencoder = SentenceTransformer('all-MiniLM-L6-v2')\nfound = client.query_points('films', query=encoder.encode(text), limit=6)\n",
        },
        uses=("retrieval",),
        sources=("qdrant",),
        models=(("embedding", "all-MiniLM-L6-v2"),),
        facts={"retrieval.top_k": "6"},
    ),
    "how-many-a-query-returns": Layout(
        files={
            "search.py": _ASKS + "import psycopg\nfrom pgvector.psycopg import register_vector\n\nconnection = psycopg.connect('postgresql://db/x')\nregister_vector(connection)\nconnection.execute('SELECT text FROM parts ORDER BY embedding <=> %s LIMIT 8', (vector,))\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        facts={"retrieval.top_k": "8"},
    ),
    "services-that-a-client-of-java-asks": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>dev.langchain4j</groupId><artifactId>langchain4j-azure-open-ai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/a/Scan.java": "package a;\nimport com.azure.ai.documentintelligence.DocumentIntelligenceClientBuilder;\nclass Scan {\n  Object client() { return new DocumentIntelligenceClientBuilder().buildClient(); }\n}\n",
            "src/main/java/a/Chat.java": 'package a;\nimport dev.langchain4j.model.azure.AzureOpenAiChatModel;\nclass Chat {\n  Object model() { return AzureOpenAiChatModel.builder().deploymentName("gpt-4o").build(); }\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"security.egress[cognitiveservices.azure.com].name": "cognitiveservices.azure.com"},
    ),
    "modules-that-no-file-of-terraform-calls": Layout(
        files={
            "infra/main.tf": 'module "store" {\n  source = "./modules/store"\n}\nresource "azurerm_linux_virtual_machine" "host" {\n  size = "Standard_D4s_v3"\n}\n',
            "infra/modules/store/main.tf": 'resource "azurerm_postgresql_flexible_server" "main" {\n  name = "db"\n}\n',
            "infra/modules/apps/main.tf": 'resource "azurerm_container_app" "api" {\n  template {\n    container {\n      name = "api"\n      memory = "2Gi"\n    }\n    min_replicas = 1\n    max_replicas = 9\n  }\n}\nresource "azurerm_redis_cache" "main" {\n  name = "c"\n}\n',
            "app.py": _ASKS,
        },
        uses=("llm",),
        sources=("postgresql",),
        never=("azure-container-apps", "target.replicas_max"),
    ),
    "modules-that-another-tool-puts-together": Layout(
        files={
            "live/prod/terragrunt.hcl": 'terraform {\n  source = "../../modules/apps"\n}\n',
            "infra/main.tf": 'resource "azurerm_resource_group" "main" {\n  name = "g"\n}\n',
            "modules/apps/main.tf": 'resource "azurerm_container_app" "api" {\n  template {\n    min_replicas = 1\n    max_replicas = 9\n  }\n}\n',
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "azure-container-apps", "target.replicas_max": "9"},
    ),
}  # fmt: skip
