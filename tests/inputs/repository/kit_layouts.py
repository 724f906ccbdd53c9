"""Replicas of products and libraries that offer many providers, stores and tools, of which whoever uses them takes some."""

from __future__ import annotations

from layouts import Layout

_ASKS = "import requests\n\nURL = '{}'\n\n\ndef ask(text):\n    return requests.post(URL, json={{'text': text}})\n"
_OFFERED = {
    "desk/providers/groq.py": "import os\n\nfrom groq import Groq\n\nclient = Groq(api_key=os.environ['GROQ_API_KEY'])\n\n\ndef ask(model):\n    return client.chat.completions.create(model=model, messages=[])\n",
    "desk/providers/anthropic.py": "from anthropic import Anthropic\n\n\ndef ask(model):\n    return Anthropic().messages.create(model=model, max_tokens=9, messages=[])\n",
    "desk/providers/mistral.py": "from mistralai import Mistral\n\nclient = Mistral(api_key='')\n\n\ndef ask(model):\n    return client.chat.complete(model=model, messages=[])\n",
    "desk/providers/moonshot.py": _ASKS.format("https://sign-in.moonshot-login.io/v1/token"),
    "desk/main.py": "import importlib\nimport os\n\n\ndef answer(text):\n    return importlib.import_module('desk.providers.' + os.environ['WHO']).ask(text)\n\n\nanswer('hello')\n",
}
_CHAT = "from openai import OpenAI\n\n\ndef answer(text):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[text])\n\n\nif __name__ == '__main__':\n    print(answer('hello'))\n"
_RANKS = "import requests\n\n\ndef generic_rerank_api(url, model, texts, query):\n    return requests.post(url, json={'model': model, 'texts': texts, 'query': query})\n\n\nasync def cohere_rerank(query, texts, model: str = 'rerank-v3.5', base_url: str = 'https://api.cohere.com/v2/rerank'):\n    return generic_rerank_api(url=base_url, model=model, texts=texts, query=query)\n"
_MORE_RANKS = "\n\nasync def jina_rerank(query, texts, model: str = 'jina-reranker-v2-base-multilingual', base_url: str = 'https://api.jina.ai/v1/rerank'):\n    return generic_rerank_api(url=base_url, model=model, texts=texts, query=query)\n\n\nasync def ali_rerank(query, texts, model: str = 'gte-rerank-v2', base_url: str = 'https://dashscope.aliyuncs.com/rerank'):\n    return generic_rerank_api(url=base_url, model=model, texts=texts, query=query)\n"
_FORM = "{'name': 'plain_form', 'description': 'The answer in its form.', 'parameters': {'type': 'object', 'properties': {}}}"
_STORES = {
    "desk/stores/qdrant.py": "from qdrant_client import QdrantClient\n\nclient = QdrantClient('x')\n",
    "desk/stores/milvus.py": "from pymilvus import MilvusClient\n\nclient = MilvusClient('x')\n",
    "desk/stores/pinecone.py": "from pinecone import Pinecone\n\nclient = Pinecone('x')\n",
    "desk/stores/weaviate.py": "import weaviate\n\nclient = weaviate.connect_to_local()\n",
}
_KIT = "from kit.base import Tool\n\n\n" + "\n\n".join(
    f"class {name.title().replace('_', '')}Tool(Tool):\n    name = '{name}'\n    description = 'Does it.'\n\n    def run(self, text):\n        return text\n"
    for name in ("find_page", "save_page", "drop_page")
)
_PARTS = "".join(f"def part_{at}():\n    return {at}\n\n\n" for at in range(9))
_RUNS = f"{_PARTS}if __name__ == '__main__':\n    print({', '.join(f'part_{at}()' for at in range(9))})\n"
_CLAUDE = "from anthropic import Anthropic\n\n\nclass ClaudeService:\n    def ask(self, model, tools):\n        said = Anthropic().messages.create(model=model, max_tokens=9, tools=tools, messages=[])\n        while said.stop_reason == 'tool_use':\n            said = Anthropic().messages.create(model=model, max_tokens=9, tools=tools, messages=[said])\n        return said\n"
_FIELDS = "from dataclasses import dataclass, field\n\nfrom openai import OpenAI\n\n\n@dataclass\nclass Desk:\n    model_name: str = field(default='gpt-4o-mini')\n\n    def ask(self):\n        return OpenAI().chat.completions.create(model=self.model_name, messages=[])\n"
_READS = "import sys\nimport tomllib\n\nfrom litellm import completion\n\nheld = tomllib.loads(open(sys.argv[1]).read())\ncompletion(model=held['llm']['model'], messages=[])\n"

KIT_LAYOUTS: dict[str, Layout] = {
    "addresses-in-files-of-providers-that-nobody-chooses": Layout(
        files=_OFFERED,
        uses=("llm",),
        asks=("providers of models can be asked", "sign-in.moonshot-login.io"),
        never=("moonshot-login", "api.groq.com"),
    ),
    "an-address-in-the-file-of-the-only-provider": Layout(
        files={
            "desk/providers/moonshot.py": _OFFERED["desk/providers/moonshot.py"],
            "desk/main.py": "from desk.providers.moonshot import ask\n\n\n"
            + _CHAT.replace("[text]", "[ask(text)]"),
        },
        uses=("llm",),
        hosts=("sign-in.moonshot-login.io", "api.openai.com"),
    ),
    "stores-side-by-side-the-last-of-them-too": Layout(
        files={**_STORES, "desk/main.py": _CHAT},
        uses=("llm", "retrieval"),
        asks=("qdrant", "milvus", "pinecone", "weaviate"),
        never=("sources[",),
    ),
    "a-store-in-a-folder-of-stores-alone": Layout(
        files={
            "desk/stores/qdrant.py": _STORES["desk/stores/qdrant.py"],
            "desk/main.py": "from desk.stores.qdrant import client\n\n" + _CHAT,
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
    ),
    "rerankers-of-which-a-setting-takes-one": Layout(
        files={
            "desk/ranks.py": _RANKS + _MORE_RANKS,
            "desk/main.py": "from desk import ranks\n\nRANKS = {'a': ranks.cohere_rerank, 'b': ranks.jina_rerank, 'c': ranks.ali_rerank}\n\n\n"
            + _CHAT,
        },
        uses=("llm",),
        asks=("3 rerankers are named",),
        never=("rerank-v3.5", "jina-reranker", "gte-rerank"),
    ),
    "one-reranker": Layout(
        files={
            "desk/ranks.py": _RANKS,
            "desk/main.py": "from desk.ranks import cohere_rerank\n\n\n"
            + _CHAT.replace("[text]", "[cohere_rerank(text, [])]"),
        },
        uses=("llm",),
        models=(("reranker", "rerank-v3.5"), ("chat", "gpt-4o-2024-08-06")),
    ),
    "a-tool-that-only-gives-an-answer-its-form": Layout(
        files={
            "desk/main.py": f"from desk.client import build\n\nFORM = 'plain_form'\n\n\ndef form():\n    return {_FORM}\n\n\ndef answer(client, text):\n    asked = build(text, tools=[form()], force_tool_call=FORM)\n    return client.chat.completions.create(model='gpt-4o-2024-08-06', **asked)\n",
            "desk/start.py": _CHAT,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("plain_form",),
    ),
    "a-tool-that-is-described-and-may-be-called": Layout(
        files={
            "desk/main.py": f"from desk.client import build\n\n\ndef form():\n    return {_FORM}\n\n\ndef answer(client, text):\n    asked = build(text, tools=[form()], force_tool_call=None)\n    return client.chat.completions.create(model='gpt-4o-2024-08-06', **asked)\n",
            "desk/start.py": _CHAT,
            "desk/agent.py": "from langgraph.prebuilt import create_react_agent\n\n\ndef look_up(word: str) -> str:\n    return word\n\n\nagent = create_react_agent('openai:gpt-4o-2024-08-06', tools=[look_up])\n",
        },
        uses=("llm", "agent"),
        tools={"plain_form": "unknown", "look_up": "reads"},
    ),
    "descriptions-that-a-variable-holds": Layout(
        files={
            "desk/main.py": "from openai import OpenAI\n\nfrom desk.shapes import Tool\n\n\ndef answer(text, schemas):\n    tools = [Tool(type='function', function=one) for one in schemas]\n    more = [Tool(type='function', function=found.json_schema) for found in schemas]\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', tools=tools + more, messages=[text])\n",
        },
        uses=("llm", "agent"),
        never=("json_schema", "one"),
    ),
    "tools-of-a-kit-that-no-agent-is-given": Layout(
        files={
            "kit/tools/pages.py": _KIT,
            "kit/tools/__init__.py": "from .pages import DropPageTool, FindPageTool, SavePageTool\n\n__all__ = ['DropPageTool', 'FindPageTool', 'SavePageTool']\n",
            "kit/base.py": "class Tool:\n    pass\n",
            "kit/claude.py": _CLAUDE,
            "kit/main.py": _RUNS,
        },
        uses=("llm", "agent"),
        asks=("3 tools are offered, and nothing here gives them to an agent",),
        never=("find_page", "save_page", "agent.high_impact_tools"),
    ),
    "tools-of-a-kit-that-are-given": Layout(
        files={
            "kit/tools/pages.py": _KIT,
            "kit/base.py": "class Tool:\n    pass\n",
            "kit/claude.py": _CLAUDE,
            "kit/main.py": "from kit.tools.pages import DropPageTool, FindPageTool, SavePageTool\n\n\nTOOLS = [DropPageTool(), FindPageTool(), SavePageTool()]\n\n\n"
            + _RUNS,
        },
        uses=("llm", "agent"),
        tools={"find_page": "reads", "save_page": "writes"},
        never_asks=("tools are offered",),
    ),
    "a-field-that-every-call-fills": Layout(
        files={
            "desk/desk.py": _FIELDS,
            "desk/main.py": "from desk.desk import Desk\n\nDesk(model_name='gpt-4.1-2025-04-14').ask()\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-2025-04-14"),),
        never=("gpt-4o-mini",),
    ),
    "a-field-that-a-call-leaves": Layout(
        files={"desk/desk.py": _FIELDS, "desk/main.py": "from desk.desk import Desk\n\nDesk().ask()\n"},
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
    ),
    "settings-one-file-for-each-provider": Layout(
        files={
            "desk/main.py": _READS,
            "desk/configs/full_azure.toml": "[llm]\nmodel = 'azure/gpt-4.1-mini'\n",
            "desk/configs/full_lm_studio.toml": "[llm]\nmodel = 'lm_studio/llama-3.2-3b-instruct'\n",
            "desk/configs/full_ollama_with_test_limits.toml": "[llm]\nmodel = 'ollama/llama3.1'\n",
            "desk/configs/gemini.toml": "[llm]\nmodel = 'gemini/gemini-2.0-flash'\n",
        },
        uses=("llm",),
        asks=("the code can ask several providers for its chat model",),
        never=("gpt-4.1-mini", "llama-3.2-3b-instruct", "gemini-2.0-flash"),
    ),
    "settings-of-one-provider": Layout(
        files={
            "desk/main.py": _READS,
            "desk/configs/full_azure.toml": "[llm]\nmodel = 'azure/gpt-4.1-mini'\n",
            "desk/configs/limits.toml": "[limits]\nseconds = 9\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
    ),
}
