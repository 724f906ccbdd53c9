"""Replicas of pilots that hold addresses and makers of models that nobody asks, and of some that are asked from where few look."""

from __future__ import annotations

from layouts import Layout

UNASKED_LAYOUTS: dict[str, Layout] = {
    "a-model-of-a-list-that-is-off": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.0.0"}}\n',
            "src/models.js": 'export const MODELS = [\n  { id: "glm", apiBase: "https://open.bigmodel.cn/api/paas/v4", enabled: true },\n  { id: "qwen", apiBase: "https://dashscope.aliyuncs.com/compatible-mode/v1", enabled: false },\n];\n',
            "src/chat.js": 'import OpenAI from "openai";\nimport { MODELS } from "./models.js";\n\nconst chosen = MODELS.find((one) => one.enabled);\nconst client = new OpenAI({ baseURL: chosen.apiBase });\nawait client.chat.completions.create({ model: chosen.id, messages: [] });\n',
        },
        uses=("llm",),
        hosts=("open.bigmodel.cn",),
        never=("dashscope.aliyuncs.com",),
    ),
    "an-entry-in-python-that-is-off": Layout(
        files={
            "app/main.py": "import requests\nfrom openai import OpenAI\n\nFEEDS = {\n    'news': {'url': 'https://api.newsfeed.io/v1', 'enabled': True},\n    'old': {'url': 'https://api.oldfeed.io/v1', 'enabled': False},\n}\n\n\ndef fetch():\n    return [requests.get(one['url']) for one in FEEDS.values() if one['enabled']]\n\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=fetch())\n",
        },
        uses=("llm",),
        never=("api.oldfeed.io",),
    ),
    "addresses-that-are-told-and-not-asked": Layout(
        files={
            ".env.example": "S3_PUBLIC_ENDPOINT=http://staging.ourshop.io/storage\nSTORE_PUBLIC_HOST=https://files.ourshop.io\n",
            "app/answer.py": "from anthropic import Anthropic\n\nDEFAULT_SPEC_URL = 'https://ucp.dev/specs/overview'\nEXTENSION_URL = 'https://ucp.dev/2026-01-23/specification/reference/'\n\n\ndef answer(q):\n    said = Anthropic().messages.create(model='claude-3-5-haiku-latest', messages=[q])\n    return {'spec': DEFAULT_SPEC_URL, 'extension': EXTENSION_URL, 'said': said}\n",
        },
        uses=("llm",),
        hosts=("api.anthropic.com",),
        never=("ucp.dev", "ourshop.io"),
    ),
    "passages-that-a-search-found-once": Layout(
        files={
            "rag-results.json": '[{"id": "a", "resourceTitle": "Thinking", "resourceUrl": "https://react.dev/learn/thinking", "content": "Text"}, {"id": "b", "resourceTitle": "Patterns", "resourceUrl": "https://www.patterns.dev/react/", "content": "More"}]\n',
            "app/answer.py": "from anthropic import Anthropic\n\nAnthropic().messages.create(model='claude-3-5-haiku-latest', messages=[])\n",
        },
        uses=("llm",),
        never=("react.dev", "patterns.dev"),
    ),
    "a-table-of-makers-that-few-are-asked-of": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0", "@ai-sdk/anthropic": "2.0.0", "@ai-sdk/deepseek": "1.0.0", "@ai-sdk/google": "2.0.0"}}\n',
            "lib/providers.ts": 'import { anthropic } from "@ai-sdk/anthropic";\nimport { deepseek } from "@ai-sdk/deepseek";\nimport { google } from "@ai-sdk/google";\nimport { openai } from "@ai-sdk/openai";\n\nexport const providers =\n  process.env.STAGE === "test"\n    ? {}\n    : {\n        anthropic: (modelId: string) => anthropic(modelId),\n        deepseek: (modelId: string) => deepseek(modelId),\n        openai: (modelId: string) => openai(modelId),\n        embedding: () => google.embeddingModel("gemini-embedding-001"),\n      };\n',
            "lib/chat.ts": 'import { embed, generateText } from "ai";\nimport { providers } from "./providers";\n\nexport const answer = async (text: string) => {\n  await embed({ model: providers.embedding(), value: text });\n  return generateText({ model: providers.openai("gpt-4o-mini"), prompt: text });\n};\n',
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "gemini-embedding-001"),),
        hosts=("api.openai.com", "generativelanguage.googleapis.com"),
        never=("api.anthropic.com", "api.deepseek.com"),
    ),
    "a-table-of-makers-that-is-handed-on": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0", "@ai-sdk/anthropic": "2.0.0"}}\n',
            "lib/providers.ts": 'import { anthropic } from "@ai-sdk/anthropic";\nimport { openai } from "@ai-sdk/openai";\n\nexport const providers = {\n  anthropic: (modelId: string) => anthropic(modelId),\n  openai: (modelId: string) => openai(modelId),\n};\n',
            "lib/chat.ts": 'import { generateText } from "ai";\nimport { providers } from "./providers";\n\nexport const answer = (by: string, text: string) => generateText({ model: providers[by]("any"), prompt: text });\nexport const usual = (text: string) => generateText({ model: providers.openai("gpt-4o-mini"), prompt: text });\n',
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.anthropic.com"),
    ),
    "a-function-of-the-cloud-in-a-folder-of-tools": Layout(
        files={
            "agent/main.py": "from strands import Agent\nfrom strands.models import BedrockModel\n\nagent = Agent(model=BedrockModel(model_id='anthropic.claude-3-haiku-20240307-v1:0'))\nagent('x')\n",
            "tools/search/handler.py": "import json\nimport urllib.request\nfrom typing import Any\n\nimport boto3\n\nsecrets = boto3.client('secretsmanager')\nSEARCH_API_URL = 'https://api.tavily.com/search'\n\n\ndef lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:\n    asked = urllib.request.Request(SEARCH_API_URL, data=json.dumps(event).encode())\n    with urllib.request.urlopen(asked) as found:\n        return json.loads(found.read())\n",
            "tools/release.py": "import requests\n\nRELEASE_API_URL = 'https://api.releases.io/v1'\nrequests.get(RELEASE_API_URL)\n",
        },
        uses=("llm", "agent"),
        hosts=("api.tavily.com",),
        never=("api.releases.io",),
    ),
    "a-menu-of-providers": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0"}}\n',
            "src/templates.ts": 'export const TEMPLATES = {\n  openai: { label: "OpenAI", defaultEndpoint: "https://api.openai.com/v1/chat/completions" },\n  anthropic: { label: "Anthropic", defaultEndpoint: "https://api.anthropic.com/v1/messages" },\n  google: { label: "Google", defaultEndpoint: "https://generativelanguage.googleapis.com/v1beta" },\n};\n',
            "src/chat.ts": 'import { generateText } from "ai";\n\nexport const answer = (model: never, text: string) => generateText({ model, prompt: text });\n',
        },
        uses=("llm",),
        facts={"model.kind": "llm"},
        never=("model.hosting",),
    ),
    "fields-that-are-read-from-the-attribute-of-their-class": Layout(
        files={
            "config.py": "from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings\n\n\nclass EmbeddingConfig(BaseModel):\n    model_name: str = Field(default='intfloat/multilingual-e5-large-instruct')\n    device: str = Field(default='cpu')\n\n\nclass DeepSeekConfig(BaseModel):\n    model: str = Field(default='deepseek-chat')\n\n\nclass OldEmbeddingConfig(BaseModel):\n    model_name: str = Field(default='BAAI/bge-small-en')\n\n\nclass AppConfig(BaseSettings):\n    embedding: EmbeddingConfig = Field(default_factory=EmbeddingConfig)\n    deepseek: DeepSeekConfig = Field(default_factory=DeepSeekConfig)\n",
            "app.py": "from haystack.components.embedders import SentenceTransformersDocumentEmbedder\nfrom langchain_deepseek import ChatDeepSeek\nfrom config import AppConfig\n\nconfig = AppConfig()\n\n\ndef embedder(model_name):\n    return SentenceTransformersDocumentEmbedder(model=model_name)\n\n\nembedder(config.embedding.model_name)\nChatDeepSeek(model=config.deepseek.model).invoke('x')\n",
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "intfloat/multilingual-e5-large-instruct"), ("chat", "deepseek-chat")),
        never=("bge-small-en",),
    ),
    "a-package-that-is-called-as-notebooks-are": Layout(
        files={
            "main.py": "from research import Reporter\n\nReporter().run()\n",
            "research/__init__.py": "from .reporter import Reporter\n",
            "research/reporter.py": "from utils.config import Config\nfrom utils.models import ask\n\n\nclass Reporter:\n    def run(self):\n        ask(Config().BEDROCK.SECONDARY_MODEL_ID)\n",
            "utils/config.py": "from types import SimpleNamespace\n\nMODEL_TIMEOUT = 30\n\n\nclass Config:\n    def __init__(self):\n        self.BEDROCK = SimpleNamespace(**{\n            'PRIMARY_MODEL_ID': 'us.anthropic.claude-3-7-sonnet-20250219-v1:0',\n            'SECONDARY_MODEL_ID': 'us.deepseek.r1-v1:0',\n            'REPORTER': {'MAX_TOKENS': 8192, 'TEMPERATURE': 0.5},\n        })\n",
            "utils/models.py": "import boto3\nfrom utils.config import Config\n\nclient = boto3.client('bedrock-runtime')\n\n\ndef ask(model):\n    return client.converse(modelId=model or Config().BEDROCK.PRIMARY_MODEL_ID, messages=[])\n",
        },
        uses=("llm",),
        models=(
            ("chat", "us.anthropic.claude-3-7-sonnet-20250219-v1:0"),
            ("fallback", "us.deepseek.r1-v1:0"),
        ),
    ),
    "files-that-are-read-as-a-data-set": Layout(
        files={
            "requirements.txt": "transformers==4.44\ndatasets==2.20\npeft==0.12\n",
            "tune/train.py": "import os\n\nfrom datasets import load_dataset\nfrom transformers import AutoModelForCausalLM, Trainer\n\nkind = os.path.splitext(os.environ['ROWS'])[1].lstrip('.')\nrows = load_dataset(kind, data_files=os.environ['ROWS'], split='train')\nmodel = AutoModelForCausalLM.from_pretrained('Qwen/Qwen2.5-1.5B')\nTrainer(model=model, train_dataset=rows).train()\n",
        },
        uses=("llm", "training"),
    ),
    "a-store-that-another-type-than-the-default-chooses": Layout(
        files={
            "requirements.txt": "openai==1.50\nqdrant-client==1.12\nfaiss-cpu==1.9\nfastapi==0.115\n",
            "search/settings.py": "import os\n\nINDEX_DB_TYPE = os.getenv('INDEX_DB_TYPE', 'faiss')\n",
            "search/main.py": "from fastapi import FastAPI\nfrom openai import OpenAI\n\nfrom search.settings import INDEX_DB_TYPE\n\napp = FastAPI()\nif INDEX_DB_TYPE.lower() == 'faiss':\n    from search.on_disk import DiskIndex\n\n    index = DiskIndex()\nelif INDEX_DB_TYPE.lower() == 'qdrant':\n    from search.served import ServedIndex\n\n    index = ServedIndex()\n\n\n@app.get('/ask')\ndef ask(text: str):\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': str(index.near(text))}])\n",
            "search/on_disk.py": "import faiss\n\n\nclass DiskIndex:\n    def __init__(self):\n        self.index = faiss.read_index('rows.faiss')\n\n    def near(self, text):\n        return self.index.search(embed(text), 4)\n",
            "search/served.py": "from qdrant_client import QdrantClient\n\n\nclass ServedIndex:\n    def __init__(self):\n        self.client = QdrantClient(url='http://index:6333')\n\n    def near(self, text):\n        return self.client.query_points('rows', query=embed(text), limit=4)\n",
        },
        uses=("llm", "retrieval"),
        sources=("faiss",),
        models=(("chat", "gpt-4o"),),
        asks=("qdrant: it counts only where INDEX_DB_TYPE has another value than faiss",),
    ),
    "a-store-that-an-example-calls-optional-and-leaves-empty": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.0.0", "ioredis": "5.8.2", "@qdrant/js-client-rest": "1.12.0"}}\n',
            ".env.example": "# the rows\nQDRANT_URL=\n\n# (Optional) one memory for several servers\n# redis://localhost:6379\nREDIS_URL=\n",
            "src/memory.ts": "export const memory = () => {\n  const url = process.env.REDIS_URL\n  return url ? shared(url) : new Map()\n}\nexport const rows = process.env.QDRANT_URL\n",
            "src/ask.ts": "import OpenAI from 'openai';\nimport { memory } from './memory'\n\nexport const ask = (input: string) => new OpenAI().responses.create({ model: 'gpt-5.2', input: memory().get(input) });\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "gpt-5.2"),),
    ),
    "a-switch-over-a-setting-with-a-default": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.0.0", "@aws-sdk/client-s3": "3.600.0", "@vercel/blob": "0.27.0"}}\\n',
            "src/shelves/index.ts": "import { createBlobShelf } from './blob-shelf'\nimport { createS3Shelf } from './s3-shelf'\n\nconst kind = process.env.SHELF_STORAGE ?? 'blob'\n\nconst make = () => {\n  switch (kind) {\n    case 's3':\n      return createS3Shelf()\n    case 'blob':\n      return createBlobShelf()\n    default:\n      throw new Error(kind)\n  }\n}\n\nexport const shelf = make()\n",
            "src/shelves/s3-shelf.ts": "import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'\n\nexport const createS3Shelf = () => {\n  const client = new S3Client({})\n  return { put: (one: Buffer) => client.send(new PutObjectCommand({ Bucket: 'rows', Key: 'a', Body: one })) }\n}\n",
            "src/shelves/blob-shelf.ts": "import { put } from '@vercel/blob'\n\nexport const createBlobShelf = () => ({ put: (one: Buffer) => put('a', one, { access: 'public' }) })\n",
            "src/ask.ts": "import { shelf } from './shelves'\nimport OpenAI from 'openai'\n\nexport const ask = async (input: string) => shelf.put(await new OpenAI().responses.create({ model: 'gpt-5.2', input }))\n",
        },
        uses=("llm",),
        sources=("vercel-blob",),
        models=(("chat", "gpt-5.2"),),
        asks=("s3: it counts only where SHELF_STORAGE has another value than blob, its default",),
    ),
    "a-switch-over-what-a-function-takes-by-default": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.0.0", "@aws-sdk/client-s3": "3.600.0", "@vercel/blob": "0.27.0"}}\\n',
            "src/shelves/index.ts": "import { createBlobShelf } from './blob-shelf'\nimport { createS3Shelf } from './s3-shelf'\n\nconst chosen = (): Kind => {\n  const wanted = process.env.SHELF_STORAGE_TYPE?.trim()\n  if (wanted === 's3' || wanted === 'blob') {\n    return wanted\n  }\n  return 'blob'\n}\n\nconst kind = chosen()\n\nconst make = () => {\n  switch (kind) {\n    case 's3':\n      return createS3Shelf()\n    case 'blob':\n      return createBlobShelf()\n    default:\n      throw new Error(kind)\n  }\n}\n\nexport const shelf = make()\n",
            "src/shelves/s3-shelf.ts": "import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'\n\nexport const createS3Shelf = () => {\n  const client = new S3Client({})\n  return { put: (one: Buffer) => client.send(new PutObjectCommand({ Bucket: 'rows', Key: 'a', Body: one })) }\n}\n",
            "src/shelves/blob-shelf.ts": "import { put } from '@vercel/blob'\n\nexport const createBlobShelf = () => ({ put: (one: Buffer) => put('a', one, { access: 'public' }) })\n",
            "src/ask.ts": "import { shelf } from './shelves'\nimport OpenAI from 'openai'\n\nexport const ask = async (input: string) => shelf.put(await new OpenAI().responses.create({ model: 'gpt-5.2', input }))\n",
        },
        uses=("llm",),
        sources=("vercel-blob",),
        models=(("chat", "gpt-5.2"),),
        asks=("s3: it counts only where SHELF_STORAGE_TYPE has another value than blob, its default",),
    ),
}
