"""Replicas of pilots in which models are listed, defaults are replaced and providers stand by."""

from __future__ import annotations

from layouts import Layout

_NAMES = ("gpt-3.5-turbo", "gpt-4", "gpt-4-0613", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5", "o3")
_CONSTANTS = "".join(
    f'{name.upper().replace("-", "_").replace(".", "_")}_MODEL = "{name}"\n' for name in _NAMES
)

LISTED_LAYOUTS: dict[str, Layout] = {
    "constants-that-are-called-after-models": Layout(
        files={
            "requirements.txt": "openai\n",
            "app/names.py": f"{_CONSTANTS}\nLENGTHS = {{GPT_4O_MODEL: 128000, O3_MODEL: 200000, GPT_5_MODEL: 400000, GPT_4_MODEL: 8192, GPT_4_0613_MODEL: 8192, GPT_4O_MINI_MODEL: 128000, GPT_4_1_MODEL: 1000000, GPT_3_5_TURBO_MODEL: 4096}}\n",
            "app/env.py": 'import os\n\nDEFAULT_OPENAI_MODEL = "gpt-4o-mini"\nOPENAI_MODEL = os.environ.get("OPENAI_MODEL", DEFAULT_OPENAI_MODEL)\n',
            "app/ask.py": "from openai import OpenAI\nfrom openai.lib.azure import AzureOpenAI\n\nfrom app.env import OPENAI_MODEL\nfrom app.names import LENGTHS\n\n\ndef made(kind):\n    return AzureOpenAI() if kind == 'azure' else OpenAI()\n\n\ndef ask(kind):\n    return made(kind).chat.completions.create(model=OPENAI_MODEL, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        hosts=("api.openai.com",),
        never=("gpt-4.1", "gpt-4-0613", "gpt-5", "azure.com"),
    ),
    "what-a-row-holds-by-default": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-openai</artifactId></dependency><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-vector-store-pgvector</artifactId></dependency></dependencies></project>\n",
            "src/main/resources/application.properties": "spring.ai.openai.chat.options.model=gpt-4o\nspring.ai.openai.embedding.options.model=text-embedding-3-small\nspring.datasource.url=jdbc:postgresql://db:5432/a\n",
            "src/main/java/a/Agent.java": "package a;\n\n@Entity\npublic class Agent {\n    public static final int DEFAULT_MAX_TOKENS = 2048;\n    private int maxTokens = DEFAULT_MAX_TOKENS;\n}\n",
            "src/main/java/a/Constant.java": "package a;\n\npublic class Constant {\n    public static final int TOP_K = 5;\n}\n",
            "src/main/java/a/Ask.java": "package a;\n\nimport org.springframework.ai.chat.client.ChatClient;\nimport org.springframework.ai.vectorstore.VectorStore;\n\nclass Ask {\n    VectorStore store;\n    String ask(ChatClient client, String question) {\n        store.similaritySearch(SearchRequest.builder().query(question).topK(Constant.TOP_K).build());\n        return client.prompt().user(question).call().content();\n    }\n}\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        facts={"model.name": "gpt-4o", "retrieval.top_k": "5"},
        never=("2,048 tok",),
    ),
    "statements-that-only-read": Layout(
        files={
            "requirements.txt": "openai\nhttpx\n",
            "agent.py": (
                "from openai import OpenAI\n\nTOOLS = [{'type': 'function', 'function': {'name': 'execute_query', 'description': 'Runs SQL', 'parameters': {'type': 'object', 'properties': {'sql': {'type': 'string'}}}}}]\n\n\n"
                "def run(sql):\n    upper = sql.strip().upper()\n    if not (upper.startswith('SELECT') or upper.startswith('WITH')):\n        return 'Error: only SELECT queries are permitted.'\n    return sql\n\n\n"
                "def ask(messages):\n    for _ in range(10):\n        said = OpenAI().chat.completions.create(model='gpt-4o', messages=messages, tools=TOOLS).choices[0].message\n        if not said.tool_calls:\n            return said.content\n        for call in said.tool_calls:\n            messages.append({'role': 'tool', 'tool_call_id': call.id, 'content': run(call.function.arguments)})\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"execute_query": "reads"},
        never=("agent.high_impact_tools",),
    ),
    "a-provider-that-stands-by": Layout(
        files={
            ".env.example": "LLM_PROVIDER=local\nLLM_MAX_TOKENS=1024\nCHUNK_SIZE=256\nAZURE_OPENAI_API_KEY=\nAZURE_OPENAI_DEPLOYMENT=gpt-4o\n",
            "docker-compose.yml": "services:\n  rag:\n    build: ./rag\n    environment:\n      LLM_PROVIDER: ${LLM_PROVIDER:-local}\n      LLM_MAX_TOKENS: ${LLM_MAX_TOKENS:-400}\n      CHUNK_SIZE: ${CHUNK_SIZE:-256}\n      PROMPT_MAX_CHUNK_CHARS: ${PROMPT_MAX_CHUNK_CHARS:-800}\n      HF_HUB_OFFLINE: 1\n",
            "rag/Dockerfile": 'FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["supervisord"]\n',
            "rag/requirements.txt": "httpx\nqdrant-client\nhuggingface_hub\npydantic-settings\nsupervisor\n",
            "rag/supervisord.conf": '[program:model]\ncommand=bash -c \'MODEL_FILE="/models/Qwen3-8B-Q6_K.gguf"; exec llama-server --model "$MODEL_FILE" --port 8080 --ctx-size 8192\'\n',
            "rag/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    llm_provider: str = 'local'\n    llm_max_tokens: int = 1024\n    chunk_size: int = 256\n    prompt_max_chunk_chars: int = 800\n    azure_openai_api_key: str | None = None\n    azure_openai_deployment: str = 'gpt-4o'\n\n\nsettings = Settings()\n",
            "rag/main.py": "import httpx\nfrom huggingface_hub import snapshot_download\nfrom qdrant_client import QdrantClient\n\nfrom settings import settings\n\nsnapshot_download('BAAI/bge-m3')\nfound = QdrantClient(host='index').query_points(collection_name='notes', query=[0.0])\n\n\ndef ask(messages):\n    if settings.llm_provider == 'azure':\n        key = settings.azure_openai_api_key\n    return httpx.post('http://localhost:8080/v1/chat/completions', json={'messages': messages, 'max_tokens': settings.llm_max_tokens})\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "Qwen3-8B"),),
        facts={
            "model.name": "Qwen3-8B",
            "model.hosting": "self",
            "retrieval.chunk_size": "256",
            "security.output_cap": "1,024 tok",
        },
        never=("gpt-4o", "azure.com", "huggingface.co", "400 tok"),
    ),
    "tools-called-by-a-table-of-names": Layout(
        files={
            "package.json": '{"dependencies": {"axios": "1.10.0", "googleapis": "150.0.1", "twilio": "5.7.1", "openai": "4.52.1"}}\n',
            "src/names.ts": "import OpenAI from 'openai';\n\nconst TOOL_NAMES = {\n  order: 'get_order_status',\n  product: 'fetch_product_info',\n} as const;\n\nexport const tools = [\n  {\n    type: 'function',\n    function: { name: TOOL_NAMES.order, description: 'x', parameters: { type: 'object', properties: {} } },\n  },\n  {\n    type: 'function',\n    function: { name: TOOL_NAMES.product, description: 'x', parameters: { type: 'object', properties: {} } },\n  },\n];\nexport const ask = (messages) => new OpenAI().chat.completions.create({ model: 'gpt-4o-mini', messages, tools });\n",
            "src/calls.ts": "import twilio from 'twilio';\nimport { google } from 'googleapis';\n\nconst address = process.env.SERVER_URL || 'https://api.ownpages.nl';\nconst client = twilio(process.env.SID, process.env.AUTH);\nconst calendar = google.calendar({ version: 'v3', auth });\nawait calendar.events.insert({});\n",
        },
        uses=("llm", "agent"),
        sources=("google-calendar",),
        tools={"get_order_status": "reads", "fetch_product_info": "reads"},
        hosts=("api.openai.com", "api.twilio.com", "www.googleapis.com"),
        never=("api.ownpages.nl",),
    ),
    "two-trackers-that-are-off": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlangfuse==3.1\nlangsmith==0.3\npydantic-settings==2.7\n",
            "settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    LANGCHAIN_TRACING_V2: bool = False\n    LANGFUSE_TRACING: bool = False\n\n\nsettings = Settings()\n",
            "main.py": "from langchain_openai import ChatOpenAI\nfrom langfuse.langchain import CallbackHandler\nfrom langsmith import Client\n\nfrom settings import settings\n\nif settings.LANGFUSE_TRACING:\n    CallbackHandler()\nChatOpenAI(model='gpt-4o-2024-08-06').invoke('hello')\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("requests are traced only where",),
        never=("monitoring.trace_id",),
    ),
    "passages-beside-how-words-are-drawn": Layout(
        files={
            "requirements.txt": "openai==1.50\nlangchain-chroma==0.1\n",
            "main.py": "from langchain_chroma import Chroma\nfrom openai import OpenAI\n\n\ndef answer(request):\n    found = Chroma().similarity_search(request.q, k=request.k if request.k else 6)\n    params = dict(repetition_penalty=request.repetition_penalty or 1.03)\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[found], extra_body=params)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        facts={"retrieval.top_k": "6"},
    ),
    "a-model-that-only-evaluations-ask": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": "import os\nfrom openai import AzureOpenAI\n\nAzureOpenAI().chat.completions.create(model=os.environ['CHAT_DEPLOYMENT'], messages=[])\n",
            "infra/main.bicep": "param evalModelName string = ''\nparam chatModelName string = ''\n\nvar eval = {\n  modelName: !empty(evalModelName) ? evalModelName : 'gpt-4o'\n}\nvar chat = {\n  modelName: !empty(chatModelName) ? chatModelName : 'gpt-4o-mini'\n}\n\nresource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  kind: 'OpenAI'\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"), ("judge", "gpt-4o")),
    ),
    "a-chart-of-somebody-else's-sign-in": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
            "deploy/easyauth-proxy/Chart.yaml": "apiVersion: v2\nname: easyauth-proxy\nversion: 0.1.0\n",
            "deploy/easyauth-proxy/values.yaml": "image:\n  repository: ghcr.io/azure/easyauthfork8s/easy-auth-proxy\n  tag: v1.0.2\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("target.image_pinned",),
    ),
    "a-second-model-at-an-address-of-its-own": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": "import os\nfrom openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[os.environ['MODEL_API_URL'], os.environ['LOCAL_LLM_ENDPOINT']])\n",
            "docker-compose.yaml": "services:\n  app:\n    build: .\n    environment:\n      - MODEL_API_URL=http://pages:8003/convert\n      - LOCAL_LLM_ENDPOINT=http://weights/chat\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.hosting": "hosted"},
        hosts=("api.openai.com",),
    ),
    "an-encoder-with-a-layer-of-classes": Layout(
        files={
            "requirements.txt": "torch==2.3\ntransformers==4.44\nfastapi==0.115\n",
            "model.py": "import torch.nn as nn\nfrom transformers import AutoModel\n\n\nclass Sorter(nn.Module):\n    def __init__(self, name='google/bert_uncased_L-2_H-128_A-2'):\n        super().__init__()\n        self.bert = AutoModel.from_pretrained(name)\n        self.head = nn.Linear(self.bert.config.hidden_size, 2)\n",
            "app.py": "from fastapi import FastAPI\n\nfrom model import Sorter\n\napp = FastAPI()\nsorter = Sorter()\n",
        },
        uses=("classic-ml",),
        models=(("classifier", "google/bert_uncased_L-2_H-128_A-2"),),
    ),
    "a-store-that-a-setting-takes-where-nobody-gives-one": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.4", "@langchain/pinecone": "0.1", "@langchain/qdrant": "0.1"}}',
            "src/settings.ts": 'export function settings(given: any) {\n  return {\n    storeProvider: given.storeProvider || "qdrant",\n    model: "gpt-4o-2024-08-06",\n  };\n}\n',
            "src/stores.ts": 'import { ChatOpenAI } from "@langchain/openai";\nimport { PineconeStore } from "@langchain/pinecone";\nimport { QdrantVectorStore } from "@langchain/qdrant";\n\nexport function store(chosen: any, embeddings: any) {\n  switch (chosen.storeProvider) {\n    case "pinecone":\n      return new PineconeStore(embeddings, {}).asRetriever();\n    case "qdrant":\n      return new QdrantVectorStore(embeddings, {}).asRetriever();\n  }\n}\nexport const model = new ChatOpenAI({ model: "gpt-4o-2024-08-06" });\n',
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("pinecone",),
    ),
}
"""Name -> the files, and what an engineer would say about them."""
