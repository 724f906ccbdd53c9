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
