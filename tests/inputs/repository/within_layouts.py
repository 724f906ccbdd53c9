"""Models that a page, a notebook or a server of models holds, and stores that a library or a setting stands before."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_CELLS = [
    'containers = !docker ps --filter \\"name=training\\" -q\\n',
    "if containers:\\n",
    "    !docker stop training\\n",
    "!docker run -d --name training \\\\\\n",
    "    -p 8002:8002 example.org/training:1.0 \\\\\\n",
    "    --data /data\\n",
    "from tritonclient.http import InferenceServerClient\\n",
    "client = InferenceServerClient(url='localhost:8000')\\n",
]
_NOTEBOOK = (
    '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n'
    + ",\n".join(f'    "{one}"' for one in _CELLS)
    + '\n   ]\n  }\n ],\n "nbformat": 4\n}\n'
)
_PAGE = "<script lang=\"ts\">\n  import { Wllama } from '@wllama/wllama';\n  import { files } from '$lib/files';\n\n  const wllama = new Wllama(files);\n  const answer = await wllama.createCompletion(question, { nPredict: 512 });\n</script>\n\n<p>it's {answer}</p>\n"
_CHAIN = "import { LLMChain } from 'langchain/chains';\nimport { OpenAI } from 'langchain';\n\nconst chain = new LLMChain({ prompt, llm: new OpenAI({ temperature: 0 }) });\nconst answer = await chain.call({ text });\n"
_MEMORY = "from mem0 import Memory\n\nconfig = {\n    'llm': {'provider': 'litellm', 'config': {'model': 'gpt-4o'}},\n    'vector_store': {'provider': 'qdrant', 'config': {'path': './data/qdrant'}},\n}\nmemory = Memory.from_config(config)\n"
_FILES = "import boto3\n\n\nclass Files:\n    def __init__(self, kind: str):\n        self.client = boto3.client(service_name=kind, endpoint_url=None)\n        self.client.list_buckets()\n"

WITHIN_LAYOUTS = {
    "a-server-of-models-that-sees": Layout(
        files={
            "app/llm.py": _ASKS,
            "app/runtime.py": "from ovmsclient import make_grpc_client\n\n\ndef detections(image):\n    client = make_grpc_client('models:9000')\n    return client.predict({'images': image}, 'helmets')\n",
        },
        uses=("llm", "classic-ml"),
    ),
    "commands-over-several-lines-in-a-notebook": Layout(
        files={"notebooks/usage.ipynb": _NOTEBOOK},
        uses=("classic-ml",),
    ),
    "a-language-model-in-a-page-of-svelte": Layout(
        files={
            "package.json": '{"dependencies": {"svelte": "5.0.0", "@wllama/wllama": "2.3.0"}}',
            "src/routes/chat/+page.svelte": _PAGE,
        },
        uses=("llm",),
    ),
    "a-language-model-in-a-page-of-vue": Layout(
        files={
            "package.json": '{"dependencies": {"vue": "3.5.0", "@mlc-ai/web-llm": "0.2.79"}}',
            "src/Chat.vue": "<template>\n  <p>{{ answer }}</p>\n</template>\n\n<script setup lang=\"ts\">\nimport { CreateMLCEngine } from '@mlc-ai/web-llm';\n\nconst engine = await CreateMLCEngine('Llama-3.2-1B-Instruct-q4f32_1-MLC');\n</script>\n",
        },
        uses=("llm",),
    ),
    "the-file-of-a-language-model-by-its-address": Layout(
        files={
            "package.json": '{"dependencies": {"some-runtime": "1.0.0"}}',
            "src/models.ts": "export const MODELS = [{ url: `${BASE}/models/google_gemma-3-1b-it-qat-Q4_0.gguf`, label: 'small' }];\n",
        },
        uses=("llm",),
    ),
    "the-file-of-a-model-for-searches-by-its-address": Layout(
        files={
            "package.json": '{"dependencies": {"some-runtime": "1.0.0"}}',
            "src/models.ts": "export const MODELS = [{ url: `${BASE}/models/qwen3-embedding-0.6b-q8_0.gguf`, label: 'small' }];\n",
        },
        uses=(),
    ),
    "chains-of-the-first-langchain-in-typescript": Layout(
        files={"package.json": '{"dependencies": {"langchain": "0.0.75"}}', "src/chat.ts": _CHAIN},
        uses=("llm",),
    ),
    "a-model-of-its-own-for-chains": Layout(
        files={
            "package.json": '{"dependencies": {"langchain": "0.0.75", "axios": "1.4.0"}}',
            "src/glm.ts": "import { BaseChatModel } from 'langchain/chat_models';\nimport axios from 'axios';\n\nexport class Glm extends BaseChatModel {\n  async _call(messages) {\n    return (await axios.post(this.url, { messages })).data;\n  }\n}\n",
        },
        uses=("llm",),
    ),
    "memories-that-an-agent-searches": Layout(
        files={
            "main.py": "from bedrock_agentcore.memory.integrations.strands.config import AgentCoreMemoryConfig, RetrievalConfig\nfrom strands import Agent\n\nmemory = AgentCoreMemoryConfig(memory_id='m', retrieval_config={'/facts/{actorId}': RetrievalConfig(top_k=10)})\nagent = Agent(model='global.anthropic.claude-sonnet-4-5-20250929-v1:0', tools=[look])\n",
        },
        uses=("llm", "agent", "retrieval"),
        facts={"retrieval.top_k": "10"},
    ),
    "an-index-that-only-a-script-empties": Layout(
        files={
            "package.json": '{"dependencies": {"@mastra/core": "0.10.0", "@upstash/vector": "1.2.0", "ioredis": "5.4.0"}}',
            "src/agent.ts": "import { Agent } from '@mastra/core/agent';\nimport { openai } from '@ai-sdk/openai';\n\nimport Redis from 'ioredis';\n\nconst seen = new Redis();\nexport const agent = new Agent({ name: 'desk', model: openai('gpt-4o'), tools: { look } });\n",
            "scripts/clear-databases.ts": "import { Index } from '@upstash/vector';\n\nconst index = new Index({ url: process.env.URL, token: process.env.TOKEN });\nawait index.reset();\n",
        },
        uses=("llm", "agent"),
        sources=("redis",),
        asks=("only scripts reach upstash-vector",),
    ),
    "stores-behind-libraries": Layout(
        files={
            "requirements.txt": "chainlit==2.0.0\nupstash-redis==1.4.0\nmem0ai==0.1.100\nazure-storage-blob==12.23.0\nopenai==1.55.0\nboto3==1.35.0\nfastapi==0.115.0\n",
            "app/main.py": "import chainlit as cl\nfrom chainlit.data.storage_clients.azure_blob import AzureBlobStorageClient\nfrom openai import OpenAI\nfrom upstash_redis.asyncio import Redis\n\nfrom app.files import Files\nfrom app.memory import memory\n\nstorage = AzureBlobStorageClient(container_name='chats', storage_account='x', storage_key='y')\ncache = Redis(url='u', token='t')\nOpenAI().chat.completions.create(model='gpt-4o', messages=memory.search('q'))\nfiles = Files('s3')\n",
            "app/memory.py": _MEMORY,
            "app/files.py": _FILES,
        },
        uses=("llm", "retrieval"),
        sources=("azure-blob-storage", "qdrant", "redis", "s3"),
    ),
    "a-server-that-is-only-asked-for-a-sign": Layout(
        files={
            "requirements.txt": "fastapi==0.115.0\nopenai==1.55.0\nredis==5.0.0\n",
            "app/main.py": "import redis\nfrom fastapi import FastAPI\nfrom openai import OpenAI\n\napp = FastAPI()\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n\n\n@app.get('/health')\ndef health():\n    r = redis.Redis(host='localhost', port=6379)\n    r.ping()\n    return {}\n",
        },
        uses=("llm",),
    ),
}
