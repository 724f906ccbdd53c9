"""What a memory or an index of a platform recalls, what a model answers with when it picks a tool, and clients of the server beside them."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\n\ndef ask(text):\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': text}])\n"
_CHATS = "import OpenAI from 'openai'\n\nexport const ask = (text: string) => new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: text }] })\n"
_TABLE = (
    "import json\n\nfrom openai import OpenAI\n\nfrom desk.acts import close_ticket, find_ticket\n\n{name} = {{'find': find_ticket, 'close': close_ticket}}\nhistory = []\n\n\n"
    "def step():\n    said = OpenAI().chat.completions.create(model='gpt-4o', messages=history).choices[0].message.content\n    picked = json.loads(said)\n"
    "    history.append({{'role': 'user', 'content': f\"Result: {{{name}[picked['name']](**picked['with'])}}\"}})\n"
)
_SERVES = (
    "from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM, AutoTokenizer\n\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained('Qwen/Qwen2.5-7B-Instruct')\n"
    "tokenizer = AutoTokenizer.from_pretrained('Qwen/Qwen2.5-7B-Instruct')\n\n\n@app.post('/v1/chat/completions')\ndef answer(asked: dict):\n    return model.generate(**tokenizer(asked['messages'], return_tensors='pt'))\n"
)
_TRIES = "import openai\n\nopenai.api_base = 'http://localhost:8000/v1'\nopenai.api_key = '{key}'\n\n\ndef vectors():\n    return openai.Embedding.create(model='text-embedding-ada-002', input=['rain'])\n\n\nif __name__ == '__main__':\n    print(vectors())\n"

RECALLED_LAYOUTS = {
    "an-index-of-llamacloud-is-searched": Layout(
        files={
            "desk/ask.py": _ASKS,
            "desk/find.py": "from llama_cloud import AsyncLlamaCloud\n\n\nasync def find(text, index):\n    return await AsyncLlamaCloud().pipelines.retrieve(pipeline_id=index, query=text)\n",
        },
        uses=("llm", "retrieval"),
    ),
    "an-index-of-llamacloud-is-searched-in-typescript": Layout(
        files={
            "src/ask.ts": _CHATS,
            "src/find.ts": "import { client } from './llamacloud'\n\nexport const find = (text: string, index: string) => client.beta.retrieval.retrieve({ query: text, index_id: index })\n",
        },
        uses=("llm", "retrieval"),
    ),
    "pipelines-of-another-service-are-no-index": Layout(
        files={
            "src/ask.ts": _CHATS,
            "src/runs.ts": "import { builds } from './builds'\n\nexport const last = (id: string) => builds.pipelines.retrieve(id)\n",
        },
        uses=("llm",),
    ),
    "a-server-of-memories-is-searched": Layout(
        files={
            "src/ask.ts": _CHATS,
            "src/memory.ts": "export async function recall(text: string) {\n  const found = await fetch(`${process.env.MEMORY_URL}/v1/long-term-memory/search`, { method: 'POST', body: JSON.stringify({ text, limit: 5 }) })\n  return found.json()\n}\n",
        },
        uses=("llm", "retrieval"),
    ),
    "what-mem0-remembers-is-searched": Layout(
        files={
            "desk/ask.py": _ASKS,
            "desk/memory.py": "from mem0 import Memory\n\nmemory = Memory()\n\n\ndef recall(text, who):\n    return memory.search(text, user_id=who)\n",
        },
        uses=("llm", "retrieval"),
    ),
    "a-memory-of-its-own-that-is-searched-by-a-pattern": Layout(
        files={
            "desk/ask.py": _ASKS,
            "desk/memory.py": "from desk.notes import memory\n\n\ndef recall(text, who):\n    return memory.search(text, user_id=who)\n",
        },
        uses=("llm",),
    ),
    "what-zep-remembers-is-searched": Layout(
        files={
            "src/ask.ts": _CHATS,
            "src/memory.ts": "import { ZepClient } from '@getzep/zep-cloud'\n\nconst zep = new ZepClient({ apiKey: process.env.ZEP_API_KEY })\nexport const recall = (thread: string) => zep.thread.getUserContext(thread)\n",
        },
        uses=("llm", "retrieval"),
    ),
    "what-langmem-remembers-is-searched-by-an-agent": Layout(
        files={
            "desk/agent.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\nfrom langmem import create_search_memory_tool\n\nagent = create_react_agent(ChatOpenAI(model='gpt-4o'), tools=[create_search_memory_tool(namespace=('notes',))])\n",
        },
        uses=("llm", "agent", "retrieval"),
    ),
    "a-bank-of-memories-of-vertex": Layout(
        files={
            "desk/ask.py": _ASKS,
            "desk/memory.py": "import vertexai\n\nclient = vertexai.Client()\n\n\ndef recall(bank, text):\n    return client.agent_engines.memories.retrieve(name=bank, similarity_search_params={'search_query': text})\n",
        },
        uses=("llm", "retrieval"),
    ),
    "questions-to-a-graph": Layout(
        files={
            "desk/ask.py": "from langchain_neo4j import GraphCypherQAChain, Neo4jGraph\nfrom langchain_openai import ChatOpenAI\n\nchain = GraphCypherQAChain.from_llm(ChatOpenAI(model='gpt-4o'), graph=Neo4jGraph())\n\n\ndef ask(text):\n    return chain.invoke({'query': text})\n",
        },
        uses=("llm", "retrieval"),
        sources=("neo4j",),
    ),
    "an-index-of-vectors-that-terraform-makes": Layout(
        files={
            "main.tf": 'resource "mongodbatlas_search_index" "near" {\n  name            = "near"\n  type            = "vectorSearch"\n  database        = "shop"\n  collection_name = "goods"\n}\n',
        },
        uses=("retrieval",),
    ),
    "an-index-of-words-that-terraform-makes": Layout(
        files={
            "desk/ask.py": _ASKS,
            "main.tf": 'resource "mongodbatlas_search_index" "words" {\n  name            = "words"\n  type            = "search"\n  database        = "shop"\n  collection_name = "goods"\n}\n',
        },
        uses=("llm",),
    ),
    "classes-that-stand-for-tools": Layout(
        files={
            "desk/pick.py": "from collections.abc import Iterable\n\nimport instructor\nfrom openai import OpenAI\n\nfrom desk.acts import CloseTicket, FindTicket\n\n\ndef pick(text):\n    client = instructor.from_openai(OpenAI(), mode=instructor.Mode.PARALLEL_TOOLS)\n    return client.chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': text}], response_model=Iterable[FindTicket | CloseTicket])\n",
        },
        uses=("llm", "agent"),
    ),
    "many-of-one-class-are-no-tools": Layout(
        files={
            "desk/pick.py": "from collections.abc import Iterable\n\nimport instructor\nfrom openai import OpenAI\n\nfrom desk.facts import Person\n\n\ndef pick(text):\n    client = instructor.from_openai(OpenAI(), mode=instructor.Mode.PARALLEL_TOOLS)\n    return client.chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': text}], response_model=Iterable[Person])\n",
        },
        uses=("llm",),
    ),
    "a-tool-out-of-a-table": Layout(
        files={"desk/loop.py": _TABLE.format(name="TOOLS")}, uses=("llm", "agent")
    ),
    "a-form-out-of-a-table-is-no-tool": Layout(
        files={"desk/loop.py": _TABLE.format(name="FORMS")}, uses=("llm",)
    ),
    "an-action-read-out-of-an-answer": Layout(
        files={
            "desk/ask.py": _ASKS,
            "desk/read.py": "import re\n\nfrom desk.acts import run\n\n_PICKED = re.compile(r'Action\\s*:\\s*(.*?)\\s*Action\\s*Input\\s*:\\s*(.*)', re.DOTALL)\n\n\ndef step(said):\n    picked = _PICKED.search(said)\n    return run(picked[1], picked[2]) if picked else said\n",
        },
        uses=("llm", "agent"),
    ),
    "a-heading-read-out-of-an-answer-is-no-action": Layout(
        files={
            "desk/ask.py": _ASKS,
            "desk/read.py": "import re\n\n_TITLE = re.compile(r'Action plan: (.*)')\n\n\ndef title(said):\n    return _TITLE.search(said)[1]\n",
        },
        uses=("llm",),
    ),
    "an-agent-in-a-flow-of-kestra": Layout(
        files={
            "flows/research.yaml": "id: research\nnamespace: desk\ntasks:\n  - id: look\n    type: io.kestra.plugin.ai.agent.AIAgent\n    prompt: Look it up\n    provider:\n      type: io.kestra.plugin.ai.provider.GoogleGemini\n",
        },
        uses=("llm", "agent"),
    ),
    "a-flow-of-kestra-that-searches": Layout(
        files={
            "flows/answer.yaml": "id: answer\nnamespace: desk\ntasks:\n  - id: say\n    type: io.kestra.plugin.ai.rag.ChatCompletion\n    prompt: What is new?\n",
        },
        uses=("llm", "retrieval"),
    ),
    "a-client-of-the-server-beside-it": Layout(
        files={"server/main.py": _SERVES, "client.py": _TRIES.format(key="test")},
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        never=("text-embedding-ada-002", "api.openai.com", "retrieval.dims"),
    ),
    "a-client-with-a-key": Layout(
        files={"server/main.py": _SERVES, "client.py": _TRIES.format(key="sk-prod-9f2c")},
        uses=("llm", "retrieval"),
    ),
    "a-client-that-the-server-takes-in": Layout(
        files={
            "main.py": "from client import vectors\n\n" + _SERVES,
            "client.py": _TRIES.format(key="test"),
        },
        uses=("llm", "retrieval"),
    ),
    "vectors-for-others-over-a-route-that-is-added": Layout(
        files={
            "server/main.py": "from falcon.asgi import App\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained('Qwen/Qwen2.5-7B-Instruct')\napp = App()\napp.add_route('/v1/chat/completions', chats)\napp.add_route('/v1/embeddings', vectors)\n",
        },
        uses=("llm",),
    ),
}
