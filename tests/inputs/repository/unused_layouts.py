"""Values that nothing uses, that an option turns on, or that belong to one call alone: asked, and not said."""

from __future__ import annotations

from layouts import Layout

UNUSED_LAYOUTS = {
    "a-cap-that-no-code-uses": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.6.7"}}\n',
            "src/constants.ts": "export const MODELS = { CHAT: 'gpt-4o-mini' } as const\nexport const DEFAULTS = {\n  TEMPERATURE: 0.3,\n  ANSWER_MAX_TOKENS: 900,\n  TOP_K: 4,\n} as const\n",
            "src/llm.ts": "import { ChatOpenAI } from '@langchain/openai'\nimport { MODELS, DEFAULTS } from './constants'\nexport const model = new ChatOpenAI({ model: MODELS.CHAT, temperature: DEFAULTS.TEMPERATURE })\nexport const found = (index: any, vector: number[]) => index.query({ vector, topK: DEFAULTS.TOP_K })\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        asks=("ANSWER_MAX_TOKENS is 900 tok", "no code uses that constant"),
        never=("security.output_cap",),
    ),
    "a-setting-that-no-code-uses": Layout(
        files={
            "requirements.txt": "anthropic==0.40.0\npydantic-settings==2.6.0\n",
            "app/config.py": "import os\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    chat_model: str = 'claude-sonnet-4-20250514'\n    max_output_tokens: int = 700\n    max_input_tokens: int = 6000\n\n\nCHUNK_SIZE = int(os.getenv('CHUNK_SIZE', '450'))\nsettings = Settings()\n",
            "app/main.py": "from anthropic import Anthropic\nfrom app.config import settings\n\n\ndef answer(q):\n    return Anthropic().messages.create(model=settings.chat_model, max_tokens=settings.max_output_tokens, messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-20250514"),),
        facts={"security.output_cap": "700 tok"},
        asks=("max_input_tokens is 6,000 tok",),
        never=("security.input_cap", "retrieval.chunk_size"),
    ),
    "a-provider-that-is-not-chosen": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            ".env.example": "LLM_PROVIDER=ollama\nOLLAMA_MODEL=gemma\n# OPENAI_API_KEY=\n",
            "app/config.py": "import os\n\nPROVIDER = os.getenv('LLM_PROVIDER', 'ollama')\nOPENAI_MODEL = os.getenv('OPENAI_MODEL', 'gpt-4o-mini')\nOLLAMA_MODEL = os.getenv('OLLAMA_MODEL', 'gemma')\n",
            "app/llm.py": "from openai import OpenAI\nfrom app.config import OLLAMA_MODEL, OPENAI_MODEL, PROVIDER\n\n\ndef answer(q):\n    name = OLLAMA_MODEL if PROVIDER == 'ollama' else OPENAI_MODEL\n    return OpenAI().chat.completions.create(model=name, messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "gemma"),),
        facts={"model.name": "gemma", "model.hosting": "self"},
        never=("gpt-4o-mini",),
    ),
    "a-choice-without-its-model": Layout(
        files={
            "app/config.py": "import os\n\nLLM_PROVIDER = os.getenv('LLM_PROVIDER', 'anthropic')\nOPENAI_MODEL = os.getenv('OPENAI_MODEL', 'gpt-4o-mini')\n",
            "app/llm.py": "from openai import OpenAI\nfrom app.config import LLM_PROVIDER, OPENAI_MODEL\n\n\ndef answer(q):\n    assert LLM_PROVIDER\n    return OpenAI().chat.completions.create(model=OPENAI_MODEL, messages=[q])\n",
        },
        uses=("llm",),
        asks=("which chat model answers is not said: LLM_PROVIDER is anthropic",),
        never=("gpt-4o-mini",),
    ),
    "options-that-are-off": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nsentence-transformers==3.0.0\nopentelemetry-sdk==1.27.0\nchromadb==0.5.0\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    reranker_enabled: bool = False\n    enable_tracing: bool = False\n    guardrails_enabled: bool = False\n    retrieve: int = 6\n\n\nsettings = Settings()\n",
            "app/search/reranker.py": "from sentence_transformers import CrossEncoder\n\nranker = CrossEncoder('cross-encoder/ms-marco-MiniLM-L-6-v2')\n",
            "app/tracing.py": "from opentelemetry import trace\n\ntracer = trace.get_tracer('shop')\n",
            "app/main.py": "import chromadb\nfrom openai import OpenAI\nfrom app import tracing\nfrom app.search import reranker\nfrom app.settings import settings\n\nstore = chromadb.HttpClient().get_collection('shop')\n\n\ndef answer(q):\n    store.query(query_texts=[q], n_results=settings.retrieve)\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("only where reranker_enabled is turned on", "only where enable_tracing is turned on"),
        never=("ms-marco", "monitoring.trace_id"),
    ),
    "an-option-that-one-file-turns-on": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nopentelemetry-sdk==1.27.0\n",
            "docker-compose.yml": "services:\n  api:\n    build: .\n    environment:\n      ENABLE_TRACING: 'true'\n    deploy:\n      replicas: 2\n      resources:\n        limits:\n          memory: 3G\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    enable_tracing: bool = False\n",
            "app/main.py": "from openai import OpenAI\nfrom opentelemetry import trace\n\ntracer = trace.get_tracer('shop')\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"monitoring.trace_id": "True", "target.memory_limit": "3 GiB", "target.replicas": "2"},
    ),
    "a-column-with-a-default": Layout(
        files={
            "app/tables.py": "from sqlalchemy import Integer, String\nfrom sqlalchemy.orm import Mapped, mapped_column\n\n\nclass Tenant:\n    llm_model: Mapped[str] = mapped_column(String(100), default='gpt-4-turbo-preview')\n    max_tokens: Mapped[int] = mapped_column(Integer, default=100000)\n",
            "app/main.py": "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        never=("gpt-4-turbo-preview", "security.output_cap"),
    ),
    "a-cap-of-one-call": Layout(
        files={
            "app/answer.py": "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q])\n",
            "app/label.py": "from openai import OpenAI\n\n\ndef label(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q], max_tokens=500)\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        asks=("security.output_cap is 500 tok in app/label.py",),
        never=("security.output_cap",),
    ),
    "a-function-beside-the-containers": Layout(
        files={
            ".github/workflows/deploy.yml": "on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: aws ecs update-service --cluster shop --service shop --force-new-deployment\n",
            "infra/budget.tf": 'resource "aws_lambda_function" "stop_when_too_dear" {\n  function_name = "stop"\n  handler       = "stop.handler"\n  timeout       = 300\n  memory_size   = 128\n}\n',
            "app/main.py": "import boto3\n\nruntime = boto3.client('bedrock-runtime')\nruntime.converse(modelId='anthropic.claude-3-haiku-20240307-v1:0', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        facts={"target.service": "amazon-ecs"},
        never=("operations.request_deadline", "target.memory_limit"),
    ),
    "two-clouds-to-deploy-to": Layout(
        files={
            ".github/workflows/one.yml": "on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: aws ecs update-service --cluster shop --service shop\n",
            ".github/workflows/other.yml": "on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: az containerapp update --name shop --image shop:1\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        never=("target.service",),
    ),
    "a-file-that-nothing-imports": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nfastapi==0.115.0\n",
            "app/main.py": "from fastapi import FastAPI\nfrom app.services import answers, greetings, summaries\n\napp = FastAPI()\napp.post('/')(answers.answer)\napp.post('/sum')(summaries.summarise)\napp.post('/hi')(greetings.greet)\n",
            "app/services/answers.py": "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q], max_tokens=600)\n",
            "app/services/summaries.py": "from openai import OpenAI\n\n\ndef summarise(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q], max_tokens=600)\n",
            "app/services/greetings.py": "from openai import OpenAI\n\n\ndef greet(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q], max_tokens=600)\n",
            "app/services/older_voice.py": "from anthropic import Anthropic\nfrom qdrant_client import QdrantClient\n\n\nclass Voice:\n    def say(self, q):\n        QdrantClient().search(collection_name='c', query_vector=[], limit=9)\n        return Anthropic().messages.create(model='claude-3-opus-20240229', max_tokens=64, messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"security.output_cap": "600 tok"},
        never=("claude-3-opus", "qdrant", "api.anthropic.com"),
    ),
    "neighbours-that-are-all-kept": Layout(
        files={
            "app/search.py": "from azure.search.documents import SearchClient\nfrom azure.search.documents.models import VectorizedQuery\n\n\ndef find(vector, top_k=5):\n    query = VectorizedQuery(vector=vector, k_nearest_neighbors=top_k, fields='v')\n    return SearchClient('e', 'i', None).search(search_text=None, vector_queries=[query], top=top_k)\n",
        },
        uses=("retrieval",),
        sources=("azure-ai-search",),
        facts={"retrieval.top_k": "5"},
        never=("retrieval.candidates",),
    ),
    "a-pickle-beside-texts": Layout(
        files={
            "requirements.txt": "torch==2.8.0\ntransformers==4.56.2\nscikit-learn==1.7.2\nfastapi==0.115.0\n",
            "app/load.py": "import pickle\nfrom sklearn.ensemble import RandomForestClassifier\nfrom transformers import AutoModel\n\nwith open('m.pkl', 'rb') as handle:\n    model = pickle.load(handle)\n",
            "app/main.py": "from fastapi import FastAPI\nfrom app.load import model\n\napp = FastAPI()\n\n\n@app.post('/')\ndef sort(text: str):\n    return model.predict([text])\n",
        },
        uses=("classic-ml",),
        facts={"model.safe_format": "False", "model.hosting": "self"},
        never=("model.kind",),
    ),
    "a-window-of-a-document": Layout(
        files={
            "app/context.py": "from openai import OpenAI\n\n\nclass Context:\n    MAX_DOC_CONTEXT_LENGTH = 2000\n\n    def cut(self, text):\n        return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[text[: self.MAX_DOC_CONTEXT_LENGTH]])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        never=("model.max_context",),
    ),
    "what-a-description-shows": Layout(
        files={
            "app/main.py": "from fastapi import FastAPI\nfrom openai import OpenAI\n\napp = FastAPI()\napi_base_url = 'https://shop-production.up.railway.app'\n\n\n@app.post('/', responses={200: {'content': {'application/json': {'examples': {'ok': {'value': {'checkout_url': 'https://checkout.pay-by-card.com/c/1'}}}}}}})\ndef answer(q: str):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        never=("checkout.pay-by-card.com", "railway.app"),
    ),
}  # fmt: skip

UNUSED_LAYOUTS |= {
    "copies-of-other-projects": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "4.0.0", "@ai-sdk/google": "1.0.0"}}\n',
            "references/some-starter/package.json": '{"dependencies": {"mongodb": "6.0.0"}}\n',
            "references/some-starter/src/run.ts": "import { ChatOpenAI } from '@langchain/openai'\nimport { MongoClient } from 'mongodb'\nnew MongoClient(process.env.MONGODB_URI)\nnew ChatOpenAI({ model: 'gpt-3.5-turbo', maxTokens: 77 })\n",
            "src/rag.config.ts": "export const config = {\n  llmModel: process.env['GEMINI_MODEL'] ?? 'gemini-2.5-pro',\n  topK: 7,\n  enableReranking: false,\n  rerankTopK: 2,\n}\nexport const presets = { support: { enableReranking: true } }\n",
            "src/rerank.ts": "export const rank = () => fetch('https://api.cohere.ai/v1/rerank', { method: 'POST', body: JSON.stringify({ model: 'rerank-english-v3.0' }) })\n",
            "src/search.ts": "import { embed } from 'ai'\nimport { google } from '@ai-sdk/google'\nimport { generateText } from 'ai'\nimport { config } from './rag.config'\nconst bm25Options = { topK: 40 }\nexport const ask = () => generateText({ model: google(config.llmModel), prompt: '' })\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-2.5-pro"),),
        facts={"model.name": "gemini-2.5-pro"},
        asks=("only where enable_reranking is turned on",),
        never=("gpt-3.5-turbo", "mongodb", "rerank-english", "api.cohere", "security.output_cap"),
    ),
    "a-database-of-another-product": Layout(
        files={
            "docker-compose.yml": "services:\n  wiki:\n    image: lscr.io/linuxserver/bookstack:25.07\n    depends_on: [wiki_db]\n  wiki_db:\n    image: mariadb:11\n  bot:\n    build: .\n    depends_on: [wiki]\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        },
        uses=("llm",),
        sources=(),
        models=(("chat", "gpt-4o-mini"),),
    ),
    "profiles-of-models": Layout(
        files={
            "Api/appsettings.json": '{"LlmProfiles": [{"name": "answer", "provider": "anthropic", "baseUrl": "https://api.anthropic.com", "model": "claude-sonnet-4-6"}, {"name": "quick-rewrite", "provider": "anthropic", "baseUrl": "https://api.anthropic.com", "model": "claude-haiku-4-5"}]}\n',
            "Api/Answers.cs": 'var http = new HttpClient();\nvar found = await http.PostAsync("https://api.anthropic.com/v1/messages", null);\n',
            "Proxy/package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "1.0.0"}}\n',
            "Proxy/fly.toml": 'app = "proxy"\nprimary_region = "syd"\n',
            "Proxy/src/server.ts": "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'\nconst server = new McpServer({ name: 'x', version: '1' })\nserver.tool('find_notes', {}, async () => fetch(process.env.API))\n",
            "Api/Api.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "claude-sonnet-4-6"), ("rewrite", "claude-haiku-4-5")),
        facts={"model.name": "claude-sonnet-4-6"},
        never=("syd", "fly-machines"),
    ),
    "what-training-begins-with": Layout(
        files={
            "requirements.txt": "ultralytics==8.3.0\nfastapi==0.115.0\n",
            "app/schemas.py": "from enum import Enum\nfrom pydantic import BaseModel\n\n\nclass Size(str, Enum):\n    YOLOV8S = 'yolov8s'\n    YOLOV8X = 'yolov8x'\n\n\nclass TrainingRequest(BaseModel):\n    model_architecture: Size = Size.YOLOV8S\n",
            "app/main.py": "from fastapi import FastAPI\nfrom ultralytics import YOLO\nfrom app.schemas import TrainingRequest\n\napp = FastAPI()\nmodel = YOLO('yolov8n.pt')\n\n\n@app.post('/')\ndef look(picture: str):\n    return model.predict(picture)\n",
        },
        uses=("classic-ml",),
        models=(("vision", "yolov8n"),),
        never=("yolov8s",),
    ),
    "three-makers-and-a-choice": Layout(
        files={
            ".env.example": "RAG_PROVIDER=openai\n",
            "app/models.py": "import os\n\nRAG_PROVIDER = os.getenv('RAG_PROVIDER', 'openai')\n\n\ndef ask(q):\n    import anthropic\n    import openai\n    if RAG_PROVIDER == 'anthropic':\n        return anthropic.Anthropic().messages.create(model='claude-sonnet-4-20250514', max_tokens=900, messages=[q])\n    return openai.OpenAI().chat.completions.create(model='gpt-4o', max_tokens=900, messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        asks=("claude-sonnet-4-20250514, ", "RAG_PROVIDER has another value than openai"),
        never=("claude-sonnet-4-20250514",),
    ),
}  # fmt: skip

UNUSED_LAYOUTS |= {
    "passages-for-one-report": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nazure-search-documents==11.5.3\n",
            "store/search.py": "from azure.search.documents import SearchClient\n\n\ndef find(question, top_k: int = 8):\n    return SearchClient('e', 'i', None).search(search_text=question, top=top_k)\n",
            "report/figures.py": "import os\nfrom openai import AzureOpenAI\nfrom store import search\n\n\ndef figures():\n    search.find('revenue', top_k=20)\n    return AzureOpenAI().chat.completions.create(model=os.getenv('AZURE_OPENAI_CHAT_DEPLOYMENT', 'gpt-5-mini'), messages=[], max_tokens=4000)\n",
            "app.py": "import os\nfrom openai import AzureOpenAI\nfrom report import figures\nfrom store import search\n\n\ndef answer(q):\n    found = search.find(q)\n    return AzureOpenAI().chat.completions.create(model=os.getenv('AZURE_OPENAI_CHAT_DEPLOYMENT', 'gpt-5-mini'), messages=[found])\n",
            "infra/variables.tf": 'variable "location" {\n  default = "spaincentral"\n}\nvariable "aks_location" {\n  default = "polandcentral"\n}\n',
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        models=(("chat", "gpt-5-mini"),),
        facts={"model.name": "gpt-5-mini"},
        asks=("retrieval.top_k has 2 values", "asks a model without a cap", "target.region has 2 values"),
        never=("security.output_cap", "model.alias_floating", "api.openai.com"),
    ),
    "a-store-of-a-scheduler-in-code": Layout(
        files={
            "Api/Api.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="OllamaSharp" Version="5.4.12" /><PackageReference Include="Microsoft.EntityFrameworkCore.SqlServer" Version="9.0.0" /></ItemGroup></Project>\n',
            "Api/Program.cs": 'using OllamaSharp;\nbuilder.Services.AddQuartz(q => q.UsePersistentStore(s => {\n    s.UseSqlServer(builder.Configuration.GetConnectionString("Quartz")!);\n}));\nvar chatModelName = "gemma3:4b";\nIChatClient chat = new OllamaApiClient(new Uri("http://localhost:11434"), chatModelName);\n',
        },
        uses=("llm",),
        sources=(),
        models=(("chat", "gemma3:4b"),),
    ),
    "an-example-in-a-class": Layout(
        files={
            "app/hooks.py": "from pydantic import BaseModel\n\n\nclass Hook(BaseModel):\n    url: str\n\n    class Config:\n        json_schema_extra = {'example': {'url': 'https://hooks.slack.com/services/a/b/c', 'max_tokens': 64}}\n",
            ".env.example": "OPENAI_API_KEY=\nLANGSMITH_TRACING=false\nLANGSMITH_API_KEY=\n",
            "app/main.py": "from openai import OpenAI\nfrom app.hooks import Hook\n\n\ndef answer(hook: Hook):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[hook.url])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        never=("hooks.slack.com", "security.output_cap", "langchain"),
    ),
    "tasks-on-fargate": Layout(
        files={
            "modules/ecs/main.tf": 'resource "aws_ecs_task_definition" "this" {\n  requires_compatibilities = ["FARGATE"]\n  memory = var.task_memory\n}\nresource "aws_ecs_service" "this" {\n  launch_type   = "FARGATE"\n  desired_count = var.desired_count\n}\n',
            "modules/ecs/variables.tf": 'variable "task_memory" {\n  default = 512\n}\nvariable "desired_count" {\n  default = 2\n}\n',
            "app/app.py": "import boto3\n\nboto3.client('bedrock-runtime').converse(modelId='anthropic.claude-3-haiku-20240307-v1:0', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        facts={"target.service": "aws-fargate", "target.memory_limit": "512 MiB", "target.replicas": "2"},
    ),
}  # fmt: skip

UNUSED_LAYOUTS["keys-of-providers-that-are-not-chosen"] = Layout(
    files={
        "requirements.txt": "httpx==0.27.0\n",
        ".env.example": "LLM_PROVIDER=openai\nLLM_MODEL=gpt-4o-mini\nOPENAI_API_KEY=\nCOHERE_API_KEY=\nGOOGLE_API_KEY=\n",
        "app/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    llm_provider: str = 'openai'\n    llm_model: str = 'gpt-4o-mini'\n    openai_api_key: str\n    cohere_api_key: str\n    google_api_key: str\n\n\nsettings = Settings()\n",
        "app/ask.py": "import httpx\nfrom app.config import settings\n\n\ndef ask(q):\n    body = {'model': settings.llm_model, 'messages': [q], 'temperature': 0}\n    return httpx.post('https://api.openai.com/v1/chat/completions', json=body)\n",
    },
    uses=("llm",),
    models=(("chat", "gpt-4o-mini"),),
    facts={"model.name": "gpt-4o-mini"},
    never=("cohere", "generativelanguage"),
)

UNUSED_LAYOUTS |= {
    "limits-of-a-provider-that-is-not-chosen": Layout(
        files={
            "requirements.txt": "anthropic==0.40.0\npydantic-settings==2.6.0\n",
            "app/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    llm_provider: str = 'claude'\n    claude_model: str = 'claude-opus-4-1'\n    claude_max_tokens: int = 16000\n    ollama_timeout_s: float = 300.0\n    ollama_num_predict: int = 2048\n\n\nsettings = Settings()\n",
            "app/ask.py": "import httpx\nfrom anthropic import Anthropic\nfrom app.config import settings\n\n\ndef ask(q):\n    if settings.llm_provider == 'ollama':\n        return httpx.post('/api/chat', timeout=settings.ollama_timeout_s, json={'options': settings.ollama_num_predict})\n    return Anthropic().messages.create(model=settings.claude_model, max_tokens=settings.claude_max_tokens, messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "claude-opus-4-1"),),
        facts={"security.output_cap": "16,000 tok"},
        never=("model.call_timeout",),
    ),
    "pages-of-a-list": Layout(
        files={
            "app/vectors.py": "import boto3\n\nclient = boto3.client('bedrock-agent')\n\n\ndef count():\n    params = {'promptIdentifier': 'x', 'maxResults': 1000}\n    return client.list_prompts(**params)\n",
            "app/constants.py": "DEFAULT_CHUNK_SIZE = 1000\nMAX_CHUNK_SIZE = 8000\nCHUNK_OVERLAP = 200\n",
            "app/main.py": "import boto3\nfrom qdrant_client import QdrantClient\nfrom app.constants import CHUNK_OVERLAP, DEFAULT_CHUNK_SIZE, MAX_CHUNK_SIZE\n\nQdrantClient('q')\nlimits = (DEFAULT_CHUNK_SIZE, MAX_CHUNK_SIZE, CHUNK_OVERLAP)\nboto3.client('bedrock-runtime').converse(modelId='amazon.nova-lite-v1:0', messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "amazon.nova-lite-v1:0"),),
        asks=("retrieval.chunk_size has 2 values",),
        never=("retrieval.top_k", "retrieval.chunk_overlap"),
    ),
    "a-protocol-that-somebody-else-speaks": Layout(
        files={
            "backend/backend.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.60.0" /></ItemGroup></Project>\n',
            "backend/appsettings.json": '{"Groq": {"ModelName": "meta-llama/llama-4-scout-17b-16e-instruct", "Endpoint": "https://api.groq.com/openai/v1"}}\n',
            "backend/Ask.cs": "using Microsoft.SemanticKernel;\nvar builder = Kernel.CreateBuilder();\nbuilder.AddOpenAIChatCompletion(modelId: config.ModelName, endpoint: new Uri(config.Endpoint), apiKey: config.ApiKey);\n",
        },
        uses=("llm",),
        models=(("chat", "meta-llama/llama-4-scout-17b-16e-instruct"),),
        facts={"security.egress[api.groq.com].name": "api.groq.com"},
        never=("api.openai.com",),
    ),
}  # fmt: skip

UNUSED_LAYOUTS["schedules-that-only-look-for-work"] = Layout(
    files={
        "requirements.txt": "apache-airflow==2.10.0\nscikit-learn==1.5.0\n",
        "dags/watch.py": "from airflow import DAG\n\ndag = DAG('keep_alive', schedule='* * * * *')\n",
        "dags/tidy.py": "from airflow import DAG\n\ndag = DAG('purge_old_rows', schedule='0 3 * * *')\n",
        "dags/learn.py": "from airflow import DAG\nfrom sklearn.linear_model import LogisticRegression\n\ndag = DAG('learn', schedule='0 4 * * 0')\nmodel = LogisticRegression()\nmodel.fit([[0], [1]], [0, 1])\n",
    },
    uses=("classic-ml", "training", "batch"),
    facts={"pipeline.refresh": "7 d"},
)

UNUSED_LAYOUTS |= {
    "an-agent-of-a-cloud-behind-its-index": Layout(
        files={
            "variables.tf": 'variable "bedrock_model_id" {\n  type = string\n}\nvariable "embedding_model_id" {\n  default = "amazon.titan-embed-text-v2:0"\n}\nresource "aws_bedrockagent_knowledge_base" "this" {\n  name = "kb"\n}\n',
            "lambda/chat/app.py": "import boto3\n\nclient = boto3.client('bedrock-agent-runtime')\n\n\ndef handler(event, _):\n    found = client.retrieve(knowledgeBaseId='k', retrievalQuery={'text': event['q']})\n    return found, client.invoke_agent(agentId='a', agentAliasId='b', sessionId='c', inputText=event['q'])\n",
        },
        uses=("retrieval",),
        sources=("bedrock-knowledge-base",),
        models=(("embedding", "amazon.titan-embed-text-v2:0"),),
        never=("model.name", "model.kind"),
    ),
    "characters-of-a-passage": Layout(
        files={
            "package.json": '{"dependencies": {"@aws-sdk/client-bedrock-runtime": "3.700.0"}}\n',
            "lambda/config.js": "const defaultConfig = {\n  model: { modelId: 'anthropic.claude-3-5-sonnet-20240620-v1:0' },\n  retrieval: { maxContextLength: 1000 },\n  generation: { maxTokens: 800 },\n}\nmodule.exports = { defaultConfig }\n",
            "lambda/worker.js": "const { BedrockRuntimeClient } = require('@aws-sdk/client-bedrock-runtime')\nconst client = new BedrockRuntimeClient({})\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-5-sonnet-20240620-v1:0"),),
        facts={"security.output_cap": "800 tok"},
        never=("model.max_context",),
    ),
}  # fmt: skip

UNUSED_LAYOUTS["a-model-of-ollama-in-properties"] = Layout(
    files={
        "build.gradle": "dependencies {\n    implementation 'org.springframework.ai:spring-ai-ollama-spring-boot-starter:0.8.0'\n}\n",
        "src/main/resources/application.properties": "spring.ai.ollama.base-url=http://localhost:11434\nspring.ai.ollama.chat.options.model=stable-beluga:latest\n",
    },
    uses=("llm",),
    models=(("chat", "stable-beluga:latest"),),
    facts={"model.name": "stable-beluga:latest", "model.hosting": "self"},
)
