"""Replicas of pilots with numbers that are those of something else than the answer, or stand where a library has them."""

from __future__ import annotations

from layouts import Layout

_ASKS = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)
_LESSON = '{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["from tensorflow import keras\\n", "model = keras.Sequential()\\n", "model.fit(x, y, epochs=2, batch_size=%s)\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
_STORE = "from langchain_chroma import Chroma\n\nstore = Chroma(collection_name='books')\n"

NUMBERED_LAYOUTS: dict[str, Layout] = {
    "passages-that-are-reckoned-from-how-many-stores-there-are": Layout(
        files={
            "app.py": f"{_ASKS}{_STORE}\n\ndef find(stores):\n    wanted = 6 * 2\n    return store.as_retriever(search_kwargs={{'k': wanted}})\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never=("retrieval.top_k",),
    ),
    "passages-of-a-parameter-beside-a-call-that-says-how-many": Layout(
        files={
            "shelf.py": f"{_STORE}\n\ndef parents(most: int = 3):\n    return store.as_retriever(search_kwargs={{'k': most}})\n\n\ndef get_retriever(kind, k):\n    return store\n",
            "app.py": f"from shelf import get_retriever\n{_ASKS}get_retriever('parents', k=7)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        asks=("retrieval.top_k has 2 values",),
        never=("retrieval.top_k",),
    ),
    "results-of-the-web-beside-an-index": Layout(
        files={
            "app.py": f"{_ASKS}{_STORE}\n\ndef look(web, question, k=5):\n    return web.web_search_manager.get_results(query=question, k=k)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never=("retrieval.top_k",),
    ),
    "settings-of-what-picks-tools": Layout(
        files={
            "config.py": "from pydantic import BaseModel, Field\n\n\nclass ToolFilteringConfig(BaseModel):\n    top_k: int = Field(default=10)\n",
            "app.py": f"import config\n{_ASKS}{_STORE}",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never=("retrieval.top_k",),
    ),
    "a-class-that-extends-a-store-of-a-library": Layout(
        files={
            "app.py": f"{_ASKS}{_STORE}\n\nclass Shelf(Chroma):\n    def similarity_search_with_score(self, query, k=5):\n        return self.similarity_search(query, k=k)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never=("retrieval.top_k",),
    ),
    "candidates-of-one-of-two-indexes": Layout(
        files={
            "app.py": _ASKS,
            "stores/elastic.py": "from elasticsearch import Elasticsearch\n\nclient = Elasticsearch('http://e:9200')\n\n\ndef find(vector, k):\n    return client.search(index='b', knn={'field': 'embedding', 'query_vector': vector, 'k': k, 'num_candidates': 90})\n",
            "stores/quadrant.py": "from qdrant_client import QdrantClient\n\nclient = QdrantClient('http://q:6333')\n\n\ndef find(vector, k):\n    return client.query_points('b', query=vector, limit=k)\n",
        },
        uses=("llm", "retrieval"),
        asks=("nothing chooses one",),
        never=("retrieval.candidates",),
    ),
    "passages-that-are-ranked-again": Layout(
        files={
            "app.py": f"from langchain_cohere import CohereRerank\n{_ASKS}{_STORE}\nfound = store.as_retriever(search_kwargs={{'k': 20}})\nranker = CohereRerank(model='rerank-english-v3.0', top_n=4)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        facts={"retrieval.candidates": "20", "retrieval.top_k": "4"},
    ),
    "passages-unless-a-request-says-otherwise": Layout(
        files={
            "app.py": f"from comps import RerankerParms, RetrieverParms\n{_ASKS}{_STORE}\n\ndef answer(asked):\n    found = RetrieverParms(k=asked.k if asked.k else 9)\n    return found, RerankerParms(top_n=asked.top_n if asked.top_n else 2)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        facts={"retrieval.candidates": "9", "retrieval.top_k": "2"},
    ),
    "prices-that-nobody-looked-up": Layout(
        files={
            "app.py": f"{_ASKS}# Rough numbers per 1K tokens, to be replaced.\nPRICE_USD_PER_1K_TOKENS = {{'gpt-4o-2024-08-06': {{'input': 0.005, 'output': 0.015}}}}\n",
        },
        uses=("llm",),
        never=("cost.in_token", "cost.out_token"),
    ),
    "a-time-that-only-one-way-to-ask-is-given": Layout(
        files={
            "local.py": "import requests\n\n\ndef ask(text):\n    return requests.post('http://models/v1/chat/completions', json={'model': 'gpt-4o-2024-08-06', 'messages': [text]}, timeout=45)\n",
            "app.py": "import local\nfrom litellm import completion\n\ncompletion(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        asks=("path.stages[model].timeout is 45 s",),
        never=("path.stages[model].timeout",),
    ),
    "one-of-several-notebooks-that-train": Layout(
        files={"labs/first.ipynb": _LESSON % "128", "labs/second.ipynb": _LESSON % "n"},
        uses=("training", "classic-ml"),
        never=("training.batch_size",),
    ),
    "the-one-notebook-that-trains": Layout(
        files={"labs/first.ipynb": _LESSON % "128"},
        uses=("training", "classic-ml"),
        facts={"training.batch_size": "128"},
    ),
    "what-one-run-of-an-agent-may-use": Layout(
        files={
            "requirements.txt": "pydantic-ai==1.0\n",
            "app.py": "from pydantic_ai import Agent\nfrom pydantic_ai.usage import UsageLimits\n\nagent = Agent('openai:gpt-4o-2024-08-06')\n\n\n@agent.tool_plain\ndef get_price(name: str) -> str:\n    return name\n\n\nagent.run_sync('x', usage_limits=UsageLimits(request_limit=15))\n",
        },
        uses=("llm", "agent"),
        facts={"agent.max_steps": "15"},
    ),
    "a-workflow-whose-agent-stops": Layout(
        files={
            "requirements.txt": "nvidia-nat==1.2\n",
            "config.yml": "llms:\n  nim:\n    _type: nim\n    model_name: meta/llama-3.1-70b-instruct\nfunctions:\n  find_books:\n    _type: book_retriever\nworkflow:\n  _type: tool_calling_agent\n  llm_name: nim\n  tool_names: [find_books]\n  max_iterations: 4\n",
        },
        uses=("llm", "agent"),
        facts={"agent.max_steps": "4"},
    ),
    "a-store-of-settings-that-is-asked-by-variables": Layout(
        files={
            "app.py": f"from own import store\n{_ASKS}{_STORE}\n\nclass Finder:\n    def __init__(self, cfg):\n        self.most = int(cfg.get('RETRIEVAL_TOP_K', 6))\n\n    def find(self, question):\n        return store.similarity_search(question, k=self.most)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        facts={"retrieval.top_k": "6"},
    ),
    "a-number-unless-a-text-holds-one": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.5.0"}}',
            "app.ts": "import { ChatOpenAI } from '@langchain/openai';\n\nconst most = process.env.MOST;\nexport const llm = new ChatOpenAI({ model: 'gpt-4o-2024-08-06', maxTokens: most ? parseInt(most, 10) : 700 });\nawait llm.invoke('x');\n",
        },
        uses=("llm",),
        facts={"security.output_cap": "700 tok"},
    ),
    "dimensions-beside-the-deployment-that-embeds": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.5.0", "@langchain/qdrant": "0.1.0"}}',
            "app.ts": "import { AzureOpenAIEmbeddings } from '@langchain/openai';\nimport { QdrantVectorStore } from '@langchain/qdrant';\n\nconst shared = { azureOpenAIApiEmbeddingsDeploymentName: 'text-embedding-3-small', dimensions: 768 };\nconst store = await QdrantVectorStore.fromExistingCollection(new AzureOpenAIEmbeddings({ ...shared }), { url: 'http://q:6333', collectionName: 'b' });\nawait store.similaritySearch('x');\n",
        },
        uses=("retrieval",),
        sources=("qdrant",),
        facts={"retrieval.dims": "768"},
    ),
    "a-variable-with-its-default-as-llama-stack-writes-it": Layout(
        files={
            "app.py": _ASKS,
            "config.yaml": "version: '2'\nproviders:\n  inference:\n    - provider_id: own\n      config:\n        max_tokens: ${env.MOST_TOKENS:=900}\n",
        },
        uses=("llm",),
        facts={"security.output_cap": "900 tok"},
    ),
}
