"""Replicas of pilots whose limits stand in functions of their own, as what these take where nobody says otherwise."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\nfrom app.parts import cut\nimport faiss\n\nindex = faiss.IndexFlatL2(8)\nindex.add(cut(text))\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\nindex.search(question, k=3)\n"
_NEEDS = "openai==1.58.1\nfaiss-cpu==1.9.0\n"

DEFAULTED_LAYOUTS: dict[str, Layout] = {
    "a-splitter-of-its-own": Layout(
        files={
            "requirements.txt": _NEEDS,
            "app/main.py": _ASKS.replace("cut", "chunk_text"),
            "app/parts.py": "def chunk_text(text: str, max_chars: int = 820, overlap: int = 90) -> list[str]:\n    return [text[at : at + max_chars] for at in range(0, len(text), max_chars - overlap)]\n",
        },
        uses=("llm", "retrieval"),
        facts={"retrieval.chunk_size": "820", "retrieval.chunk_overlap": "90", "retrieval.top_k": "3"},
    ),
    "a-splitter-that-every-call-tells-otherwise": Layout(
        files={
            "requirements.txt": _NEEDS,
            "app/main.py": _ASKS.replace("cut(text)", "split_text(text, size=600, overlap=50)").replace("import cut", "import split_text"),
            "app/parts.py": "def split_text(text, size=820, overlap=90):\n    return [text[at : at + size] for at in range(0, len(text), size - overlap)]\n",
        },
        uses=("llm", "retrieval"),
        facts={"retrieval.chunk_size": "600", "retrieval.chunk_overlap": "50"},
        never=("820", "90"),
    ),
    "constants-of-a-splitter": Layout(
        files={
            "requirements.txt": _NEEDS,
            "app/main.py": _ASKS,
            "app/parts.py": "CHUNK_SIZE = 820\nOVERLAP = 90\n\n\ndef cut(text):\n    return [text[at : at + CHUNK_SIZE] for at in range(0, len(text), CHUNK_SIZE - OVERLAP)]\n",
        },
        uses=("llm", "retrieval"),
        facts={"retrieval.chunk_size": "820", "retrieval.chunk_overlap": "90"},
    ),
    "parts-of-a-sound": Layout(
        files={
            "requirements.txt": _NEEDS,
            "app/main.py": _ASKS,
            "app/parts.py": "OVERLAP = 90\n\n\ndef split_audio(wave, size=820, overlap=OVERLAP):\n    return [wave[at : at + size] for at in range(0, len(wave), size - overlap)]\n\n\ndef cut(text):\n    return split_audio(text)\n",
        },
        uses=("llm", "retrieval"),
        facts={"retrieval.top_k": "3"},
        never=("820", "90"),
    ),
    "a-search-of-its-own": Layout(
        files={
            "requirements.txt": "openai==1.58.1\nnumpy==2.2.0\n",
            "app/main.py": "from openai import OpenAI\nfrom app.store import retrieve\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[retrieve(question)])\n",
            "app/store.py": "import numpy as np\nfrom openai import OpenAI\n\n\ndef embed(text):\n    return OpenAI().embeddings.create(model='text-embedding-3-small', input=text)\n\n\ndef retrieve(question: str, top_k: int = 4):\n    scores = np.dot(vectors, embed(question))\n    return [texts[one] for one in np.argsort(scores)[::-1][:top_k]]\n",
        },
        uses=("llm", "retrieval"),
        facts={"retrieval.top_k": "4"},
    ),
    "a-search-of-its-own-for-the-web": Layout(
        files={
            "requirements.txt": "openai==1.58.1\nrequests\n",
            "app/main.py": "from openai import OpenAI\nfrom app.store import search_web\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[search_web(question)])\nOpenAI().embeddings.create(model='text-embedding-3-small', input=text)\n",
            "app/store.py": "import requests\n\n\ndef search_web(question: str, top_k: int = 4):\n    return requests.get('https://news.invalid/?q=embedding').json()[:top_k]\n",
        },
        uses=("llm", "retrieval"),
        never=("retrieval.top_k",),
    ),
    "a-limit-that-an-object-hands-on": Layout(
        files={
            "requirements.txt": "anthropic==0.42.0\n",
            "app/main.py": "from anthropic import Anthropic\n\n\nclass Teller:\n    def __init__(self, model='claude-sonnet-4-5', max_tokens=700, top_k=40):\n        self.model = model\n        self.max_tokens = max_tokens\n        self.client = Anthropic()\n\n    def tell(self, text):\n        return self.client.messages.create(model=self.model, max_tokens=self.max_tokens, messages=[text])\n\n\nprint(Teller().tell('x'))\n",
        },
        uses=("llm",),
        facts={"security.output_cap": "700 tok"},
    ),
    "a-splitter-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.77.0", "@qdrant/js-client-rest": "1.12.0"}}',
            "src/chunk.ts": "export function chunkText(text: string, options: Options = {}): string[] {\n  const chunkSize = options.chunkSize ?? 900;\n  const overlap = options.overlap ?? 120;\n  return [text.slice(0, chunkSize - overlap)];\n}\n",
            "src/index.ts": "import OpenAI from 'openai';\nimport { QdrantClient } from '@qdrant/js-client-rest';\nimport { chunkText } from './chunk';\n\nconst CANDIDATE_POOL = 30;\nconst model = new OpenAI();\nconst store = new QdrantClient({ url: process.env.QDRANT_URL });\nexport const answer = async (text) => {\n  const found = await store.search('texts', { vector: await embed(text), limit: Math.max(5, CANDIDATE_POOL) });\n  return model.chat.completions.create({ model: 'gpt-4o', messages: [found, chunkText(text)] });\n};\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.chunk_size": "900", "retrieval.chunk_overlap": "120", "retrieval.candidates": "30"},
    ),
    "files-that-openai-searches": Layout(
        files={
            "requirements.txt": "openai-agents==0.0.7\n",
            "app/main.py": "from agents import Agent, FileSearchTool, Runner\n\nfind = FileSearchTool(vector_store_ids=['texts'], max_num_results=3)\nRunner.run(Agent(name='Guide', tools=[find], model='gpt-4o'), question)\n",
        },
        uses=("llm", "retrieval", "agent"),
        facts={"retrieval.top_k": "3"},
        tools={"file_search": "reads"},
    ),
    "vectors-in-memorydb": Layout(
        files={
            "requirements.txt": "langchain-aws==0.2.10\n",
            "app/main.py": "import os\n\nfrom langchain_aws import BedrockEmbeddings, ChatBedrock\nfrom langchain_aws.vectorstores.inmemorydb import InMemoryVectorStore\n\nstore = InMemoryVectorStore(redis_url=os.environ['STORE_URL'], index_name='texts', embedding=BedrockEmbeddings(model_id='amazon.titan-embed-text-v2:0'))\nChatBedrock(model_id='anthropic.claude-3-sonnet-20240229-v1:0').invoke(store.as_retriever(search_kwargs={'k': 4}).invoke(question))\n",
        },
        uses=("llm", "retrieval"),
        sources=("redis",),
        facts={"retrieval.top_k": "4"},
    ),
    "an-endpoint-of-sagemaker": Layout(
        files={
            "requirements.txt": "boto3==1.35.0\nxgboost==2.1.0\n",
            "app/handler.py": "import boto3\n\nruntime = boto3.client('sagemaker-runtime')\n\n\ndef lambda_handler(event, context):\n    return runtime.invoke_endpoint(EndpointName='delays', Body=event['body'])\n",
            "train/train.py": "import xgboost\n\nxgboost.train({}, xgboost.DMatrix('rows.csv'))\n",
            "e2e-smoke/try.py": "import boto3\n\nboto3.client('textract').detect_document_text(Document={})\n",
        },
        uses=("classic-ml", "training"),
        hosts=("runtime.sagemaker.*.amazonaws.com",),
        never=("textract.*.amazonaws.com",),
    ),
    "limits-of-an-engine-in-properties": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-ollama-spring-boot-starter</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/resources/application.properties": "spring.ai.ollama.base-url=http://localhost:11434\nspring.ai.ollama.chat.model=${CHAT_MODEL:gemma3:4b}\nguide.llm.ollama.default-timeout-ms=${GUIDE_LLM_OLLAMA_DEFAULT_TIMEOUT_MS:45000}\nguide.max-concurrent-inference=2\n",
            "src/main/java/Guide.java": 'import org.springframework.ai.chat.client.ChatClient;\n\nclass Guide {\n    @Value("${guide.llm.ollama.default-timeout-ms}") long timeout;\n    @Value("${guide.max-concurrent-inference}") int most;\n    String ask(ChatClient client, String text) { return client.prompt().user(text).call().content(); }\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gemma3:4b"),),
        facts={"model.call_timeout": "45 s", "model.max_concurrency": "2"},
    ),
    "an-address-that-stands-for-one": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.77.0", "react": "18.3.1"}}',
            "src/state.ts": "export const start = { endpoint: 'https://some-search-end-point.co', name: 'guide' };\n",
            "src/index.ts": "import OpenAI from 'openai';\nimport { start } from './state';\n\nexport const answer = async () => { await fetch(start.endpoint); return new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [] }); };\n",
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        never=("some-search-end-point.co",),
    ),
    "ollama-over-http": Layout(
        files={
            "requirements.txt": "requests==2.32.3\n",
            "app/main.py": "import requests\n\nOLLAMA_URL = 'http://localhost:11434/api/generate'\nMODEL_NAME = 'mistral:7b'\n\n\ndef ask(text):\n    body = {'model': MODEL_NAME, 'prompt': text, 'stream': False}\n    return requests.post(OLLAMA_URL, json=body, timeout=(5, 60)).json()['response']\n\n\nask('x')\n",
        },
        uses=("llm",),
        models=(("chat", "mistral:7b"),),
        facts={"model.hosting": "self", "model.engine": "ollama", "path.stages[model].timeout": "1 min"},
    ),
    "ollama-by-an-object-of-its-own": Layout(
        files={
            "requirements.txt": "httpx==0.28.1\n",
            "app/main.py": "import httpx\n\n\nclass Ollama:\n    def __init__(self, address='http://localhost:11434', model='mistral:7b', timeout=120.0):\n        self.address = address\n        self.model = model\n        self.timeout = timeout\n\n    def ask(self, text):\n        body = {'model': self.model, 'messages': [text]}\n        return httpx.post(f'{self.address}/api/chat', json=body, timeout=self.timeout).json()\n\n\nprint(Ollama().ask('x'))\n",
        },
        uses=("llm",),
        models=(("chat", "mistral:7b"),),
        facts={"model.hosting": "self", "path.stages[model].timeout": "2 min"},
    ),
    "ollama-by-a-command": Layout(
        files={
            "requirements.txt": "fastapi==0.115.6\n",
            "app/main.py": "import subprocess\n\nfrom fastapi import FastAPI\n\napp = FastAPI()\nMODEL = 'llama3'\n\n\ndef ask(text: str, timeout: int = 40) -> str:\n    return subprocess.run(['ollama', 'run', MODEL, text], capture_output=True, text=True, timeout=timeout).stdout\n\n\n@app.post('/chat')\ndef chat(text: str):\n    subprocess.run(['ollama', 'list'], timeout=5)\n    return ask(text)\n",
        },
        uses=("llm",),
        models=(("chat", "llama3"),),
        facts={"model.hosting": "self", "model.engine": "ollama", "path.stages[model].timeout": "40 s"},
    ),
    "a-provider-over-http": Layout(
        files={
            "requirements.txt": "httpx==0.28.1\n",
            "app/main.py": "import httpx\n\n\nasync def ask(text):\n    async with httpx.AsyncClient(timeout=httpx.Timeout(45)) as client:\n        body = {'model': 'gpt-4o-mini', 'messages': [text], 'max_tokens': 300}\n        return (await client.post('https://api.openai.com/v1/chat/completions', json=body)).json()\n",
            "app/shop.py": "import httpx\n\n\nasync def orders():\n    async with httpx.AsyncClient(timeout=7) as client:\n        return await client.get('https://api.shop.invalid/orders')\n",
        },
        uses=("llm",),
        facts={"path.stages[model].timeout": "45 s", "security.output_cap": "300 tok"},
    ),
    "a-client-with-limits": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            "app/main.py": "from openai import OpenAI\n\nclient = OpenAI(timeout=20, max_retries=3)\nclient.chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        facts={"path.stages[model].timeout": "20 s", "path.stages[model].retries": "3"},
    ),
    "passages-counted-by-place": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2.14\nlangchain-community==0.3.13\nfaiss-cpu==1.9.0\n",
            "app/main.py": "from langchain_community.vectorstores import FAISS\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\n\nstore = FAISS.load_local('texts', OpenAIEmbeddings())\n\n\ndef ask(question):\n    return ChatOpenAI(model='gpt-4o').invoke(store.similarity_search(question, 5))\n",
        },
        uses=("llm", "retrieval"),
        sources=("faiss",),
        facts={"retrieval.top_k": "5"},
    ),
    "passages-of-chroma": Layout(
        files={
            "requirements.txt": "openai==1.58.1\nchromadb==0.5.23\n",
            "app/main.py": "import chromadb\nfrom openai import OpenAI\n\ntexts = chromadb.PersistentClient(path='texts').get_or_create_collection('texts')\n\n\ndef ask(question):\n    found = texts.query(query_texts=[question], n_results=6)\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=[found])\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        facts={"retrieval.top_k": "6"},
    ),
    "a-model-in-the-program": Layout(
        files={
            "requirements.txt": "transformers==4.47.1\n",
            "app/main.py": "from transformers import AutoModelForCausalLM, AutoTokenizer\n\nNAME = 'Qwen/Qwen2.5-0.5B-Instruct'\ntokens = AutoTokenizer.from_pretrained(NAME)\nmodel = AutoModelForCausalLM.from_pretrained(NAME)\nmodel.generate(**tokens('x'), max_new_tokens=256)\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-0.5B-Instruct"),),
        facts={"security.output_cap": "256 tok", "model.engine": "transformers"},
        hosts=("huggingface.co",),
    ),
    "a-model-that-lies-beside-the-program": Layout(
        files={
            "requirements.txt": "sentence-transformers==3.3.1\nopenai==1.58.1\n",
            "app/main.py": "from openai import OpenAI\nfrom sentence_transformers import SentenceTransformer, util\n\nmodel = SentenceTransformer('all-MiniLM-L6-v2', local_files_only=True)\nfound = util.semantic_search(model.encode(question), texts, top_k=6)\nOpenAI().chat.completions.create(model='gpt-4o', messages=[found])\n",
        },
        uses=("llm", "retrieval"),
        facts={"retrieval.top_k": "6"},
        never=("huggingface.co",),
    ),
    "limits-of-a-client-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.77.0"}}',
            "src/index.ts": "import OpenAI from 'openai';\n\nconst client = new OpenAI({ timeout: 20 * 1000, maxRetries: 2 });\nexport const answer = async (text) => client.chat.completions.create({ model: 'gpt-4o', messages: [text] });\n",
        },
        uses=("llm",),
        facts={"path.stages[model].timeout": "20 s", "path.stages[model].retries": "2"},
    ),
    "ollama-over-http-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"express": "4.21.2"}}',
            "src/index.ts": "const address = process.env.OLLAMA_URL || 'http://localhost:11434';\nexport const answer = async (text) => (await fetch(`${address}/api/chat`, { method: 'POST', body: JSON.stringify({ model: 'mistral:7b', stream: false, messages: [text] }) })).json();\n",
        },
        uses=("llm",),
        models=(("chat", "mistral:7b"),),
        facts={"model.hosting": "self", "model.engine": "ollama"},
    ),
    "a-splitter-with-parameters-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.77.0", "@qdrant/js-client-rest": "1.12.0"}}',
            "src/split.ts": "export function splitText(text: string, chunkSize: number = 900, overlap: number = 90): string[] {\n  return [text.slice(0, chunkSize - overlap)];\n}\nexport function pages(list: string[], size: number = 77): string[] {\n  return list.slice(0, size);\n}\n",
            "src/index.ts": "import OpenAI from 'openai';\nimport { QdrantClient } from '@qdrant/js-client-rest';\nimport { pages, splitText } from './split';\n\nconst store = new QdrantClient({ url: process.env.QDRANT_URL });\nexport const answer = async (text) => new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [await store.search('texts', { vector: await embed(text), limit: 5 }), splitText(text), pages([])] });\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.chunk_size": "900", "retrieval.chunk_overlap": "90"},
        never=("77",),
    ),
    "weights-of-others-at-groq": Layout(
        files={
            "requirements.txt": "groq==0.13.1\n",
            "app/main.py": "from groq import Groq\n\nclient = Groq()\nclient.chat.completions.create(model='llama-3.3-70b-versatile', max_tokens=1024, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "llama-3.3-70b-versatile"),),
        facts={"model.hosting": "hosted", "security.output_cap": "1,024 tok"},
        hosts=("api.groq.com",),
    ),
    "traces-that-are-handed-on-where-they-are-on": Layout(
        files={
            "requirements.txt": "anthropic==0.42.0\nlangsmith==0.2.4\npydantic-settings==2.7.0\n",
            ".env.example": "ANTHROPIC_API_KEY=\nLANGSMITH_API_KEY=\nLANGSMITH_TRACING=false\n",
            "app/settings.py": "import os\n\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    langsmith_api_key: str | None = None\n    langsmith_tracing: bool = False\n\n\ndef hand_on(settings: Settings) -> None:\n    if not (settings.langsmith_tracing and settings.langsmith_api_key):\n        return\n    os.environ.setdefault('LANGSMITH_TRACING', 'true')\n    os.environ.setdefault('LANGSMITH_API_KEY', settings.langsmith_api_key)\n\n\nhand_on(Settings())\n",
            "app/main.py": "from anthropic import Anthropic\nfrom langsmith import traceable\nfrom langsmith.wrappers import wrap_anthropic\n\nfrom app import settings\n\n\n@traceable\ndef tell(text):\n    return wrap_anthropic(Anthropic()).messages.create(model='claude-sonnet-4-5', max_tokens=300, messages=[text])\n\n\ntell('x')\n",
        },
        uses=("llm",),
        hosts=("api.anthropic.com",),
        asks=("requests are traced only where langsmith_tracing is turned on",),
        never=("api.smith.langchain.com", "monitoring.trace_id"),
    ),
    "an-address-that-no-code-looks-up": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            ".env.example": "CHAT_MODEL=gpt-4o\nTOP_K=4\nWAIT_S=3\nPAGES_URL=https://team.pages.invalid.io/guide/\nMANUALS_URL=https://manuals.acme-tools.io/guide/\nSHOP_URL=https://shop.acme-tools.io/api\n",
            "app/main.py": "import os\n\nimport requests\nfrom openai import OpenAI\n\nwait = os.environ['WAIT_S']\ntop = os.environ['TOP_K']\nrequests.get(os.environ['SHOP_URL'])\nOpenAI().chat.completions.create(model=os.environ['CHAT_MODEL'], messages=[])\n",
        },
        uses=("llm",),
        hosts=("shop.acme-tools.io",),
        never=("manuals.acme-tools.io", "team.pages.invalid.io"),
    ),
    "a-key-that-is-called-as-a-model": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-ollama-spring-boot-starter</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/resources/application.properties": "spring.ai.ollama.chat.model=${CHAT_MODEL:gemma3:4b}\n",
            "src/main/java/Keys.java": 'class Keys {\n    public static final String OLLAMA_MODEL = "string";\n    String of(java.util.Map<String, String> given) { return given.get(OLLAMA_MODEL); }\n}\n',
            "src/main/java/Guide.java": "import org.springframework.ai.chat.client.ChatClient;\n\nclass Guide {\n    String ask(ChatClient client, Keys keys, String text) { return client.prompt().user(text).call().content(); }\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gemma3:4b"),),
        never=("string",),
    ),
    "a-command-with-a-model-that-is-looked-for": Layout(
        files={
            "requirements.txt": "fastapi==0.115.6\n",
            "app/main.py": "import subprocess\n\nfrom fastapi import FastAPI\n\napp = FastAPI()\nOLLAMA_MODEL = first_of(subprocess.run(['ollama', 'list'], timeout=5))\nif not OLLAMA_MODEL:\n    OLLAMA_MODEL = 'llama3'\n\n\n@app.post('/chat')\ndef chat(text: str):\n    return subprocess.run(['ollama', 'run', OLLAMA_MODEL, text], timeout=40)\n",
        },
        uses=("llm",),
        models=(("chat", "llama3"),),
        facts={"model.hosting": "self", "model.engine": "ollama", "path.stages[model].timeout": "40 s"},
    ),
}  # fmt: skip
