"""What one part of a checkout says and another leaves aside: voices, backends, defaults and tools that nothing takes."""

from __future__ import annotations

from layouts import Layout

_PACKAGE = '{"dependencies": {"@langchain/openai": "0.6.7", "@langchain/core": "0.3.72", "zod": "4.1.5"}}\n'
_ANSWERS = "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"
_SPEAKS = "import os\nimport websockets\n\n\nclass Voice:\n    def __init__(self):\n        self.key = os.getenv('%s_API_KEY')\n\n    async def open(self, params):\n        url = f'wss://%s/v1/ws?{params}'\n        return await websockets.connect(url)\n"

TAKEN_LAYOUTS = {
    "voices-over-web-sockets": Layout(
        files={
            ".env.example": "OPENAI_API_KEY=\nASSEMBLYAI_API_KEY=\nCARTESIA_API_KEY=\n",
            "requirements.txt": "openai==1.55.0\nwebsockets==13.1\n",
            "shop/assemblyai_stt.py": _SPEAKS % ("ASSEMBLYAI", "streaming.assemblyai.com"),
            "shop/cartesia_tts.py": _SPEAKS % ("CARTESIA", "api.cartesia.ai"),
            "shop/elevenlabs_tts.py": _SPEAKS % ("ELEVENLABS", "api.elevenlabs.io"),
            "shop/main.py": f"from assemblyai_stt import Voice as Hears\nfrom cartesia_tts import Voice\n{_ANSWERS}",
        },
        uses=("llm",),
        hosts=("api.openai.com", "streaming.assemblyai.com", "api.cartesia.ai"),
        never=("api.assemblyai.com", "elevenlabs"),
    ),
    "folders-called-after-makers": Layout(
        files={
            "package.json": _PACKAGE,
            "src/cartesia/tts.ts": "export class CartesiaTTS {\n  modelId: string;\n  constructor(o: any) {\n    this.modelId = o.modelId ?? 'sonic-3';\n  }\n  open(params: string) {\n    const url = `wss://api.cartesia.ai/tts/websocket?${params}`;\n    return new WebSocket(url);\n  }\n}\n",
            "src/cartesia/index.ts": "export * from './tts';\n",
            "src/elevenlabs/tts.ts": "export class ElevenLabsTTS {\n  key = process.env.ELEVENLABS_API_KEY;\n  modelId: string;\n  constructor(o: any) {\n    this.modelId = o.modelId ?? 'eleven_multilingual_v2';\n  }\n}\n",
            "src/elevenlabs/index.ts": "export * from './tts';\n",
            "src/index.ts": "import { ChatOpenAI } from '@langchain/openai';\nimport { CartesiaTTS } from './cartesia';\nexport const voice = new CartesiaTTS({});\nexport const model = new ChatOpenAI({ model: 'gpt-4o-2024-08-06' });\n",
        },
        uses=("llm",),
        models=(("speech", "sonic-3"),),
        hosts=("api.cartesia.ai",),
        never=("elevenlabs", "eleven_multilingual"),
    ),
    "livekit-speaks-by-cartesia": Layout(
        files={
            "requirements.txt": "livekit-agents==1.2.0\n",
            "agent.py": "from livekit.agents import Agent, AgentSession, WorkerOptions, cli\nfrom livekit.plugins import cartesia, openai\n\n\nasync def entrypoint(ctx):\n    await AgentSession(tts=cartesia.TTS(), llm=openai.LLM(model='gpt-4o')).start(agent=Agent(instructions='Help.'))\n\n\ncli.run_app(WorkerOptions(entrypoint_fnc=entrypoint))\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        hosts=("api.cartesia.ai", "api.openai.com"),
    ),
    "a-script-that-fills-the-store": Layout(
        files={
            "package.json": _PACKAGE,
            "src/answer.ts": "import { ChatOpenAI } from '@langchain/openai';\nexport const model = new ChatOpenAI({ model: 'gpt-4o-2024-08-06' });\n",
            "seed-listings.js": "import OpenAI from 'openai';\nasync function fill(n) {\n  const url = `https://rows.listings.com/rows?offset=${n}`;\n  return (await fetch(url)).json();\n}\nfill(0);\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("rows.listings.com",),
    ),
    "a-backend-that-is-not-the-default": Layout(
        files={
            "compose.yaml": "services:\n  api:\n    build: .\n    environment:\n      - RERANKER_MODEL=${RERANKER_MODEL:-Qwen/Qwen3-Reranker-4B}\n      - EMBEDDING_MODEL=${EMBEDDING_MODEL:-acme-labs/finder-v1-0.6b}\n",
            "requirements.txt": "transformers==4.51.0\nrequests==2.32.0\n",
            "app/config.py": "import os\n\nLLM_BACKEND = os.getenv('LLM_BACKEND', 'ollama')\nOLLAMA_MODEL = os.getenv('OLLAMA_MODEL', 'qwen3:8b')\nWATSONX = {'url': os.getenv('WATSONX_URL', 'https://us-south.ml.cloud.ibm.com')}\nRERANKER_MODEL = os.getenv('RERANKER_MODEL', 'Qwen/Qwen3-Reranker-4B')\nEMBEDDING_MODEL = os.getenv('EMBEDDING_MODEL', 'acme-labs/finder-v1-0.6b')\n",
            "app/ranks.py": "from transformers import AutoModelForCausalLM\n\n\nclass Ranks:\n    def __init__(self, model_name: str = 'Qwen/Qwen3-Reranker-0.6B'):\n        self.model = AutoModelForCausalLM.from_pretrained(model_name).to('cpu').eval()\n",
            "app/server.py": "import requests\nfrom app.config import LLM_BACKEND, OLLAMA_MODEL, RERANKER_MODEL, WATSONX, EMBEDDING_MODEL\nfrom app.ranks import Ranks\n\nOLLAMA_TIMEOUT_SECONDS = 5\nranks = Ranks(model_name=RERANKER_MODEL)\n\n\ndef health(host):\n    return requests.get(f'{host}/api/tags', timeout=OLLAMA_TIMEOUT_SECONDS)\n\n\ndef answer(q, host):\n    body = {'model': OLLAMA_MODEL, 'prompt': q, 'about': (EMBEDDING_MODEL, WATSONX, LLM_BACKEND)}\n    return requests.post(f'{host}/api/generate', json=body)\n",
        },
        uses=("llm", "retrieval"),
        models=(
            ("reranker", "Qwen/Qwen3-Reranker-4B"),
            ("embedding", "acme-labs/finder-v1-0.6b"),
            ("chat", "qwen3:8b"),
        ),
        never=("ibm.com", "0.6B", "transformers", "model.call_timeout"),
    ),
    "a-tool-that-the-list-leaves-out": Layout(
        files={
            "package.json": _PACKAGE,
            "src/tools.ts": "import { tool } from '@langchain/core/tools';\nexport const findTableTool = tool(async () => '[]', { name: 'find_table', description: 'Find a table.' });\nexport const findNearbyTool = tool(async () => '[]', { name: 'find_nearby', description: 'Find what is near.' });\nexport const cancelTableTool = tool(async () => '', { name: 'cancel_table', description: 'Cancel a table.' });\nexport const tableTools = [findTableTool, cancelTableTool];\n",
            "src/agent.ts": "import { ChatOpenAI } from '@langchain/openai';\nimport { tableTools } from './tools';\nexport const model = new ChatOpenAI({ model: 'gpt-4o-2024-08-06' }).bindTools(tableTools);\n",
        },
        uses=("llm", "agent"),
        tools={"find_table": "reads", "cancel_table": "irreversible"},
        never=("find_nearby",),
    ),
    "widths-in-descriptions-of-indexes": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.8.2", "mongodb": "6.3.0"}}\n',
            "src/search.js": "import OpenAI from 'openai';\nimport { MongoClient } from 'mongodb';\nconst client = new MongoClient(process.env.MONGODB_URI);\nexport const INDEX = { name: 'rooms', definition: { fields: [{ type: 'vector', path: 'embedding', numDimensions: 1536, similarity: 'cosine' }] } };\nexport const embed = (input) => new OpenAI().embeddings.create({ model: 'text-embedding-3-small', input });\nexport const find = (queryVector) => client.db('shop').collection('rooms').aggregate([{ $vectorSearch: { index: 'rooms', path: 'embedding', queryVector, numCandidates: 100, limit: 5 } }]);\n",
        },
        uses=("retrieval",),
        sources=("mongodb",),
        facts={"retrieval.dims": "1,536"},
    ),
    "the-width-of-an-index-of-redis": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.8.2", "redis": "5.5.6"}}\n',
            "src/load.js": "import OpenAI from 'openai';\nimport { createClient, SCHEMA_FIELD_TYPE } from 'redis';\nconst client = await createClient({ url: process.env.REDIS_URL }).connect();\nexport const make = () => client.ft.create('rooms', { '$.v': { type: SCHEMA_FIELD_TYPE.VECTOR, ALGORITHM: 'HNSW', DISTANCE_METRIC: 'COSINE', DIM: 768, AS: 'v' } });\nexport const embed = (input) => new OpenAI().embeddings.create({ model: 'text-embedding-3-small', input });\n",
        },
        uses=("retrieval",),
        sources=("redis",),
        facts={"retrieval.dims": "768"},
    ),
    "classes-of-tools-that-are-given": Layout(
        files={
            "pyproject.toml": "[project]\nname = 'shelf'\ndescription = 'An agentic platform that searches a shop.'\ndependencies = ['openai>=1.55']\n",
            "shelf/tools.py": "from shelf.base import Tool\n\n\nclass Search(Tool):\n    def __init__(self, **kwargs):\n        super().__init__(name='search_goods', description='Search.', **kwargs)\n\n\nclass Joke(Tool):\n    def __init__(self):\n        super().__init__(name='tell_a_joke', description='Joke.')\n",
            "shelf/tree.py": "from openai import OpenAI\nfrom shelf.tools import Search\n\n\nclass Tree:\n    def begin(self):\n        self.add_tool(branch='base', tool=Search)\n        return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={"search_goods": "reads"},
        never=("tell_a_joke",),
    ),
    "an-index-that-llamacloud-keeps": Layout(
        files={
            "package.json": '{"dependencies": {"llamaindex": "0.10.3", "openai": "4.97.0"}}\n',
            "lib/index.ts": "import { ContextChatEngine, LlamaCloudIndex } from 'llamaindex';\nconst index = new LlamaCloudIndex({ name: 'bids', projectName: 'Default', apiKey: process.env.LLAMA_CLOUD_API_KEY });\nexport const engine = new ContextChatEngine({ retriever: index.asRetriever({ similarityTopK: 5 }) });\n",
            "lib/extract.ts": "import OpenAI from 'openai';\nexport const read = (q: any) => new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages: [q] });\n",
        },
        uses=("llm", "retrieval"),
        sources=("llamacloud",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"retrieval.top_k": "5"},
        hosts=("api.cloud.llamaindex.ai",),
    ),
}
