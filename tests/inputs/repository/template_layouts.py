"""Replicas of starter kits: unused modules, names of deployments, tools with names of their own, data made by scripts."""

from __future__ import annotations

from layouts import Layout

TEMPLATE_LAYOUTS: dict[str, Layout] = {
    "modules-that-nothing-takes-in": Layout(
        files={
            "infra/main.bicep": "param location string = 'swedencentral'\nmodule openai 'core/ai/openai.bicep' = {\n  name: 'openai'\n}\nmodule search 'core/search/search.bicep' = {\n  name: 'search'\n}\n",
            "infra/core/ai/openai.bicep": (
                "resource chat 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  name: 'gpt-chat'\n  sku: {\n    capacity: 30\n    name: 'Standard'\n  }\n"
                "  properties: {\n    model: {\n      format: 'OpenAI'\n      name: 'gpt-4o'\n      version: '2024-08-06'\n    }\n  }\n}\n"
            ),
            "infra/core/search/search.bicep": "resource search 'Microsoft.Search/searchServices@2023-11-01' = {\n  name: 's'\n}\n",
            "infra/core/database/account.bicep": "module cosmos '../cosmos/account.bicep' = {\n  name: 'c'\n}\n",
            "infra/core/cosmos/account.bicep": "resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: 'v'\n}\n",
            "src/Api.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.31.0" /></ItemGroup></Project>',
            "src/Program.cs": "using Microsoft.SemanticKernel;\nbuilder.Services.AddAzureOpenAIChatCompletion(name);\n",
            "src/Plugins/Find.cs": 'using Microsoft.SemanticKernel;\nclass Find {\n  [KernelFunction("find_articles")]\n  public async Task<string> LookUp(string q) { return q; }\n}\n',
            "src/Ask.cs": "using Microsoft.SemanticKernel;\nvar how = new OpenAIPromptExecutionSettings { ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions };\n",
            "src/Search.cs": "using Azure.Search.Documents;\nvar c = new SearchClient(uri, name, who);\nvar o = new VectorizedQuery(v) { KNearestNeighborsCount = 4 };\n",
        },
        uses=("llm", "agent", "retrieval"),
        sources=("azure-ai-search",),
        models=(("chat", "gpt-4o"),),
        tools={"find_articles": "reads"},
        facts={"model.version": "2024-08-06", "model.quota_tokens": "500 tok/s", "retrieval.top_k": "4", "target.region": "swedencentral"},
        never=("cosmosdb", "LookUp"),
    ),
    "deployments-by-another-name": Layout(
        files={
            "infra/ai.yaml": "deployments:\n  - name: gpt-4\n    model: {format: OpenAI, name: gpt-4o}\n    sku: {name: Standard, capacity: 60}\n",
            ".github/workflows/evaluate.yml": "on: {push: {branches: [main]}}\njobs:\n  e:\n    runs-on: ubuntu-latest\n    steps:\n      - run: python -m evaluate.evaluate\n",
            "app/agent.py": "from azure.ai.projects import AIProjectClient\n\nclient = AIProjectClient.from_connection_string(conn_str='x')\nclient.agents.create_agent(model='gpt-4', name='helper')\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o", "operations.quality_gate": "True"},
    ),
    "a-provider-of-ones-own-in-the-kit": Layout(
        files={
            "package.json": '{"devDependencies": {"@sveltejs/kit": "2.16.0", "ai": "4.2.0", "@ai-sdk/xai": "1.2.1", "postgres": "3.4.5"}}\n',
            "src/lib/server/models.ts": "import { createXai } from '@ai-sdk/xai';\nimport { customProvider } from 'ai';\nconst xai = createXai({ apiKey: KEY });\nexport const own = customProvider({ languageModels: { 'chat-model': xai('grok-2-1212') } });\n",
            "src/routes/chat/+server.ts": "import { streamText } from 'ai';\nimport { own } from '$lib/server/models';\nstreamText({ model: own.languageModel('chat-model'), messages });\n",
        },
        uses=("llm",),
        models=(("chat", "grok-2-1212"),),
        facts={"model.name": "grok-2-1212"},
        never=("ai-gateway.vercel.sh",),
    ),
    "a-store-that-spring-connects": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><artifactId>spring-ai-openai-spring-boot-starter</artifactId></dependency><dependency>\n<artifactId>spring-ai-pinecone-store-spring-boot-starter</artifactId></dependency></dependencies></project>",
            "src/main/java/a/Ask.java": "package a;\nimport org.springframework.ai.vectorstore.SearchRequest;\nimport org.springframework.ai.vectorstore.VectorStore;\nclass Ask {\n  Object ask(VectorStore s) { return s.similaritySearch(SearchRequest.query(q).withTopK(5)); }\n}\n",
            "src/main/resources/application.yml": "spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: gpt-4o-mini\n",
        },
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"retrieval.top_k": "5"},
    ),
    "data-made-by-a-script": Layout(
        files={
            "scripts/create-support-dataset.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4-32k', messages=[])\n",
            "pipeline/assets/models.py": "from transformers import AutoModelForSeq2SeqLM\nfrom dagster import asset\n\n\n@asset\ndef base():\n    return AutoModelForSeq2SeqLM.from_pretrained('google/flan-t5-small')\n",
        },
        uses=("llm", "batch"),
        models=(("chat", "google/flan-t5-small"),),
        never=("gpt-4-32k",),
    ),
    "a-table-that-only-locks": Layout(
        files={
            "terraform/bootstrap/main.tf": 'resource "aws_dynamodb_table" "state" {\n  name     = "tf"\n  hash_key = "LockID"\n}\n',
            "terraform/modules/app/variables.tf": 'variable "desired_count" {\n  type    = number\n  default = 2\n}\n',
            "terraform/modules/files/main.tf": 'resource "aws_s3_bucket" "documents" {\n  bucket = "d"\n}\n',
            "compose.yaml": "services:\n  minio:\n    image: minio/minio:RELEASE.2025-04-08T15-41-24Z\n",
            "app/config.py": "import os\n\nCHAT_MODEL = os.getenv('CHAT_MODEL', 'claude-opus-4-8')\nMULTIMODAL_EMBED_MODEL = os.getenv('MULTIMODAL_EMBED_MODEL', 'voyage-multimodal-3')\n",
            "app/main.py": "import anthropic, boto3, voyageai\nfrom app.config import CHAT_MODEL, MULTIMODAL_EMBED_MODEL\n\nboto3.client('s3')\nanthropic.Anthropic().messages.create(model=CHAT_MODEL, max_tokens=1024, messages=[])\nvoyageai.Client().multimodal_embed([], model=MULTIMODAL_EMBED_MODEL)\n",
        },
        uses=("llm", "retrieval"),
        sources=("s3",),
        models=(("chat", "claude-opus-4-8"), ("embedding", "voyage-multimodal-3")),
        facts={"target.replicas": "2"},
    ),
    "an-agent-of-the-cloud-is-no-knowledge-base": Layout(
        files={
            "functions/ask.py": "import boto3\n\nclient = boto3.client('bedrock-agent-runtime')\nclient.invoke_agent(agentId='a', inputText='q')\n",
            "functions/chain.py": "import boto3\n\n\ndef invoke(claude_model_id: str = 'global.anthropic.claude-haiku-4-5-20251001-v1:0'):\n    boto3.client('bedrock-runtime').converse(modelId=claude_model_id)\n",
            "functions/look.py": "from strands import Agent, tool\nfrom strands.models import BedrockModel\n\n\n@tool\ndef find_page(input: str) -> str:\n    return input\n\n\nAgent(model=BedrockModel(model_id='us.amazon.nova-pro-v1:0', max_tokens=256), tools=[find_page])\n",
        },
        uses=("llm", "agent"),
        sources=(),
        asks=("2 models of chats are named: which of them does production ask? global.anthropic.claude-haiku-4-5-20251001-v1:0 (", ", us.amazon.nova-pro-v1:0 ("),
        never=("bedrock-knowledge-base",),
    ),
    "tools-that-a-server-is-given": Layout(
        files={
            "app/server.py": "from mcp.server.fastmcp import FastMCP\nfrom tools.addition import add\n\nmcp = FastMCP('m')\nmcp.tool()(add)\n",
            "app/agent.py": "from openai import OpenAI\nfrom semantic_kernel.connectors.ai.open_ai import OpenAIChatPromptExecutionSettings\n\nSETTINGS = OpenAIChatPromptExecutionSettings(max_tokens=2000)\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"add": "writes"},
        facts={"security.output_cap": "2,000 tok"},
    ),
    "a-bot-in-go-with-models-of-its-own": Layout(
        files={
            "go.mod": "module example.org/bot\n\nrequire github.com/jackc/pgx/v5 v5.7.1\n",
            "compose.yaml": "services:\n  postgres:\n    image: pgvector/pgvector:pg16\n  ollama:\n    image: ollama/ollama:0.5\n  bot:\n    build: .\n    environment: {OLLAMA_CHAT_MODEL: 'gemma3:4b', OLLAMA_EMBED_MODEL: nomic-embed-text}\n",
            "internal/store.go": 'package bot\n\nimport "github.com/jackc/pgx/v5/pgxpool"\n\nvar table = `CREATE TABLE IF NOT EXISTS chunks (\n    embedding   vector(768) NOT NULL\n)`\n\nfunc open() { pgxpool.New(ctx, dsn) }\n',
            "internal/ingest.go": "package bot\n\nfunc sync() {\n\tchunks := ChunkMarkdown(path, body, 1600, 200)\n\tsplit(a, 1, 2)\n}\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gemma3:4b"), ("embedding", "nomic-embed-text")),
        facts={"model.hosting": "self", "retrieval.dims": "768", "retrieval.chunk_size": "1,600", "retrieval.chunk_overlap": "200"},
    ),
    "columns-are-prepared-and-nothing-is-trained": Layout(
        files={
            "src/transform.py": "from sklearn.preprocessing import OneHotEncoder\n\nencoder = OneHotEncoder()\nencoder.fit([[1]])\n",
            "src/serve.py": "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.joblib')\n",
        },
        uses=("classic-ml",),
    ),
    "a-tool-that-is-described": Layout(
        files={
            "src/graph.py": "from langchain_anthropic import ChatAnthropic\n\ninfo_tool = {'name': 'Info', 'description': 'd', 'parameters': {}}\n\n\nasync def search(q):\n    return q\n\n\nChatAnthropic(model='claude-3-5-sonnet-20240620').bind_tools([search, info_tool])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "claude-3-5-sonnet-20240620"),),
        tools={"Info": "unknown", "search": "reads"},
        never=("info_tool",),
    ),
    "modules-of-the-registry": Layout(
        files={
            "infra/main.bicep": "param chatModelName string = 'gpt-4o-mini'\nmodule id 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.1' = {\n  name: 'i'\n}\nmodule app 'br/public:avm/res/web/site:0.13.0' = {\n  name: 'a'\n  params: {\n    functionAppConfig: {\n      scaleAndConcurrency: {\n        maximumInstanceCount: 40\n        instanceMemoryMB: 2048\n      }\n    }\n  }\n}\n",
            "web/package.json": '{"dependencies": {"@angular/core": "19.0.0"}}\n',
            "api/Chat.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.Extensions.AI" Version="9.5.0" /></ItemGroup></Project>',
            "api/Program.cs": 'using Microsoft.SemanticKernel;\nbuilder.Services.AddAzureOpenAIChatClient("client", "config");\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"target.replicas_max": "40", "target.memory_limit": "2 GiB", "model.hosting": "hosted"},
    ),
    "models-beside-their-addresses": Layout(
        files={
            "models.json": '{"reasoning": {"name": "nvidia/llama-3.3-nemotron-super-49b-v1.5", "api_base": "https://integrate.api.nvidia.com/v1"}}\n',
            "services/agent/main.py": "from langchain_nvidia_ai_endpoints import ChatNVIDIA\n\n\ndef make(config):\n    return ChatNVIDIA(model=config.name, base_url=config.api_base)\n",
            "services/TTS/main.py": "import os\n\nMAX_CONCURRENT_REQUESTS = int(os.getenv('MAX_CONCURRENT_REQUESTS', '5'))\nDEFAULT_MODEL = 'eleven_turbo_v2_5'\n\n\ndef speak(text, model=DEFAULT_MODEL):\n    return model, text\n",
            "workbench/docker-compose.yaml": "services:\n  nim:\n    image: nvcr.io/nim/meta/llama-3.1-8b-instruct:latest\n",
        },
        uses=("llm",),
        models=(("chat", "nvidia/llama-3.3-nemotron-super-49b-v1.5"), ("speech", "eleven_turbo_v2_5")),
        facts={"model.name": "nvidia/llama-3.3-nemotron-super-49b-v1.5"},
        never=("llama-3.1-8b", "model.max_concurrency"),
    ),
    "passages-that-a-query-returns": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "3.2.16", "@ai-sdk/openai": "0.0.34", "drizzle-orm": "0.31.2"}}\n',
            "lib/embedding.ts": "import { openai } from '@ai-sdk/openai';\nimport { embed } from 'ai';\nimport { cosineDistance, gt } from 'drizzle-orm';\nimport { drizzle } from 'drizzle-orm/postgres-js';\nconst model = openai.embedding('text-embedding-ada-002');\nconst found = db.select().where(gt(similarity, 0.3)).orderBy(cosineDistance(a, b)).limit(4);\nexport const db = drizzle(client);\n",
            "app/api/chat/route.ts": "import { openai } from '@ai-sdk/openai';\nimport { streamText } from 'ai';\nstreamText({ model: openai('gpt-4o'), messages });\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o"), ("embedding", "text-embedding-ada-002")),
        facts={"retrieval.top_k": "4"},
    ),
    "stores-of-a-scheduler": Layout(
        files={
            "airflow/docker-compose.yaml": (
                "x-common: &common\n  build: .\n  environment:\n    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: postgresql+psycopg2://a:b@postgres/airflow\n  depends_on: [redis, postgres]\n"
                "services:\n  postgres:\n    image: postgres:13\n  redis:\n    image: redis:7\n  airflow-webserver:\n    <<: *common\n  flower:\n    <<: *common\n"
            ),
            "pipeline/extract.py": "import requests\n\n\ndef from_api(url: str = 'https://api.energy-data.example-grid.dk/dataset/Hours'):\n    return requests.get(url)\n",
            "pipeline/models.py": "import lightgbm as lgb\n\nregressor = lgb.LGBMRegressor()\nregressor.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        sources=(),
        facts={"security.egress[api.energy-data.example-grid.dk].name": "api.energy-data.example-grid.dk"},
    ),
    "an-index-that-a-mapping-describes": Layout(
        files={
            "app/index.py": (
                "import boto3\nfrom opensearchpy import OpenSearch\n\nclient = OpenSearch(hosts=[])\nclient.indices.put_mapping(index='i', body={'properties': {'v': {'type': 'knn_vector', 'dimension': 1536}}})\n"
                "boto3.client('bedrock-runtime').invoke_model(modelId='amazon.titan-embed-text-v1')\n"
            ),
            "app/ask.py": "from langchain_aws import ChatBedrock\n\nChatBedrock(model_id='anthropic.claude-3-sonnet-20240229-v1:0')\n",
        },
        uses=("llm", "retrieval"),
        sources=("opensearch",),
        facts={"retrieval.dims": "1,536"},
    ),
    "tables-in-memory-and-a-card-of-a-space": Layout(
        files={
            "README.md": "---\ntitle: Churn\nsdk: docker\nlicense: mit\n---\n\n# Churn\n",
            "src/features.py": "import duckdb\n\n\nclass Features:\n    def __init__(self, db_path: str = ':memory:'):\n        self.conn = duckdb.connect(db_path)\n",
            "src/labels.py": "import duckdb\n\ncon = duckdb.connect()\n",
            "src/train.py": "import xgboost as xgb\n\nmodel = xgb.XGBClassifier()\nmodel.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        sources=(),
        never=("duckdb", "model.license"),
    ),
    "a-tool-that-is-a-class": Layout(
        files={
            ".env.example": "OPENAI_API_KEY=\nLANGSMITH_TRACING=true\n",
            "agent/tools.py": 'from langchain_core.tools import tool\nfrom pydantic import BaseModel\n\n\n@tool\nclass Question(BaseModel):\n    """Ask the user."""\n\n    content: str\n',
            "agent/graph.py": "from langchain.chat_models import init_chat_model\nfrom langgraph.graph import StateGraph\nfrom agent.tools import Question\n\nllm = init_chat_model('openai:gpt-4.1', temperature=0.0).bind_tools([Question])\ngraph = StateGraph(dict).compile()\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        tools={"Question": "unknown"},
        facts={"monitoring.trace_id": "True"},
    ),
    "memories-of-semantic-kernel": Layout(
        files={
            "src/Chat.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.3.0" /></ItemGroup></Project>',
            "src/Chat.cs": (
                "using Microsoft.SemanticKernel;\nusing Microsoft.SemanticKernel.Connectors.Qdrant;\nvar memory = new MemoryBuilder().WithMemoryStore(new QdrantMemoryStore(endpoint, 1536)).Build();\n"
                'var found = memory.SearchAsync("docs", question, limit: 3, minRelevanceScore: 0.77);\nvar k = builder.AddAzureOpenAIChatCompletion("gpt-4", endpoint, key);\n'
            ),
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "3"},
    ),
    "a-challenger-beside-counted-words": Layout(
        files={
            "ml/train.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit([], [])\nmax_tokens = 400\n",
            "ml/challenge.py": "from transformers import AutoModelForSequenceClassification, AutoTokenizer\n\nmax_seq_length = 192\nAutoModelForSequenceClassification.from_pretrained('distilbert-base-uncased')\n",
            "claudedocs/execution-prompt.md": "Do this.\n",
        },
        uses=("classic-ml", "training"),
        models=(("classifier", "distilbert-base-uncased"),),
        never=("model.name", "model.max_context", "security.output_cap", "prompts in files"),
    ),
    "a-tracker-with-its-own-database": Layout(
        files={
            ".env.example": "OPENAI_API_KEY=\nLANGFUSE_SECRET_KEY=\nLANGFUSE_HOST=http://localhost:3000\nDATABASE_URL=postgresql://langfuse:langfuse@localhost:5432/langfuse\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    database_url: str = 'postgresql://langfuse:langfuse@localhost:5432/langfuse'\n    max_retrieval_results: int = 5\n",
            "app/agent.py": "import faiss\nfrom langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model='gpt-4o-mini-2024-07-18')\nindex = faiss.IndexFlatIP(1536)\n",
        },
        uses=("llm", "retrieval"),
        sources=(),
        models=(("chat", "gpt-4o-mini-2024-07-18"),),
        facts={"retrieval.top_k": "5"},
        never=("cloud.langfuse.com",),
    ),
    "a-proxy-deployed-on-its-own": Layout(
        files={
            "azure.yaml": "name: pilot\nservices:\n  backend:\n    project: ./src\n    host: containerapp\n",
            "infra/main.bicep": (
                "param useFree bool = false\nparam chatModelName string = 'gpt-4o-mini'\nparam chatDeploymentCapacity int = useFree ? 1 : 15\nmodule openAi 'core/ai/cognitiveservices.bicep' = {\n  name: 'openai'\n  params: {\n"
                "    deployments: [\n      {\n        name: chatModelName\n        model: {\n          format: 'OpenAI'\n          name: chatModelName\n        }\n        sku: {\n          name: 'GlobalStandard'\n          capacity: chatDeploymentCapacity\n        }\n      }\n    ]\n  }\n}\n"
            ),
            "infra/core/ai/cognitiveservices.bicep": "param name string\n",
            "package.json": '{"dependencies": {"@langchain/openai": "0.3.7", "@langchain/qdrant": "0.1.0"}}\n',
            "src/chat.ts": "import { AzureChatOpenAI } from '@langchain/openai';\nimport { QdrantVectorStore } from '@langchain/qdrant';\nconst model = new AzureChatOpenAI({ maxTokens: 1024 });\nconst store = new QdrantVectorStore(embeddings, {});\nconst found = await store.similaritySearch(query, 3);\n",
            "trainer/azure.yaml": "name: proxy\nservices:\n  proxy:\n    project: .\n    host: containerapp\n",
            "trainer/infra/main.parameters.json": '{"parameters": {"openAiCapacity": {"value": "${AZURE_OPENAI_CAPACITY=5}"}, "chatGptModelName": {"value": "${M=gpt-4}"}}}\n',
            "trainer/src/config.ts": "import { AzureOpenAI } from 'openai';\nconst model = process.env.AZURE_OPENAI_CHATGPT_MODEL || 'gpt-35-turbo';\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.quota_tokens": "250 tok/s", "retrieval.top_k": "3"},
        never=("gpt-35-turbo",),
    ),
    "a-chart-of-others-and-a-way-to-train": Layout(
        files={
            "config/config.yaml": "nims:\n  - model_name: meta/llama-3.2-1b-instruct\ntraining_config:\n  training_type: sft\n  finetuning_type: lora\n  epochs: 2\n",
            "src/store.py": "from elasticsearch import Elasticsearch\nfrom elasticsearch.helpers import bulk\n\nclient = Elasticsearch(hosts=[])\nbulk(client, [], chunk_size=1000)\n",
            "src/judge.py": "from openai import OpenAI\n\nOpenAI(base_url='http://nim.test')\n",
            "deploy/helm/pilot/Chart.yaml": "name: pilot\nversion: 0.1.0\n",
            "deploy/helm/pilot/values.yaml": "replicaCount: 2\nnemo-microservices-helm-chart:\n  enabled: true\n  data-store:\n    postgresql:\n      image:\n        repository: bitnamilegacy/postgresql\n",
        },
        uses=("llm", "training", "retrieval"),
        sources=("elasticsearch",),
        models=(("chat", "meta/llama-3.2-1b-instruct"),),
        never=("retrieval.chunk_size",),
    ),
    "cluster-files-that-a-script-fills-in": Layout(
        files={
            "app/detect.py": "from psycopg import connect\nfrom sentence_transformers import SentenceTransformer\n\nconn = connect('host=x')\nSentenceTransformer('sentence-transformers/all-mpnet-base-v2').encode([])\nconn.execute('SELECT embedding <=> %s::vector FROM t')\n",
            "app/k8s/5-deployment.yml.tpl": (
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  namespace: {{SPF_NAME}}\n  name: detector\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n"
                "      - name: detector\n        image: {{SPF_URI}}:latest\n        resources:\n          limits:\n            cpu: 3\n            memory: 6Gi\n"
            ),
            "db/k8s/1-operator.yml.tpl": (
                "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: operator\nspec:\n  replicas: 3\n  template:\n    spec:\n"
                "      containers:\n      - name: o\n        image: {{SPF_URI}}-operator\n        resources:\n          limits:\n            memory: 128Mi\n"
            ),
        },
        uses=("retrieval",),
        sources=("postgresql",),
        models=(("embedding", "sentence-transformers/all-mpnet-base-v2"),),
        facts={"target.replicas": "1", "target.memory_limit": "6 GiB"},
    ),
}  # fmt: skip
