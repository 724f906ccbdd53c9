"""Replicas in which only a part of what is written counts: values of production, names that are plain, what code reads."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
_AGENT = "from langchain.agents import create_agent\nfrom langchain_openai import ChatOpenAI\n\n"

COUNTED_LAYOUTS: dict[str, Layout] = {
    "dimensions-of-an-example-that-no-code-reads": Layout(
        files={
            "requirements.txt": "openai\n",
            "sample.env": "SHOP_INDEX=books\nSHOP_EMBEDDING_DIMENSIONS=1536\nSHOP_KEY=\n",
            "app.py": "import os\n\n"
            + _ASKS
            + "index = os.environ['SHOP_INDEX']\nkey = os.environ['SHOP_KEY']\n",
        },
        uses=("llm",),
        never=("1536", "retrieval.dims"),
        asks=("SHOP_EMBEDDING_DIMENSIONS",),
    ),
    "tools-whose-names-the-program-works-out": Layout(
        files={
            "requirements.txt": "agent-framework\n",
            "app.py": (
                "from agent_framework import ChatAgent, ai_function\nfrom agent_framework.openai import OpenAIChatClient\n\n\n"
                "def handing(name: str, target: str):\n    @ai_function(name=name, description='Hands over.')\n    def hand(message: str = '') -> str:\n        return f'to {target}'\n\n    return hand\n\n\n"
                "@ai_function(name='find_book')\ndef find(title: str) -> str:\n    return title\n\n\n"
                "agent = ChatAgent(chat_client=OpenAIChatClient(model_id='gpt-4o-2024-08-06'), tools=[find, handing('to_sales', 'sales')])\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"find_book": "reads"},
        never=("['hand'", "'hand'"),
    ),
    "a-method-under-another-name-in-a-list-of-tools": Layout(
        files={
            "requirements.txt": "langchain\nlangchain-openai\n",
            "app.py": _AGENT
            + "from shelves import Shelves\n\nLOOK_UP = Shelves('main').find_books\n\n\ndef build():\n    tools = []\n    tools.append(LOOK_UP)\n    return create_agent(model=ChatOpenAI(model='gpt-4o-2024-08-06'), tools=tools)\n",
            "shelves.py": "class Shelves:\n    def __init__(self, name):\n        self.name = name\n\n    def find_books(self, title):\n        return title\n",
        },
        uses=("llm", "agent"),
        tools={"find_books": "reads"},
        never=("LOOK_UP",),
    ),
    "production-that-scales-a-chart-by-its-own-least": Layout(
        files={
            "requirements.txt": "openai\n",
            "app.py": _ASKS,
            "deploy/shop/Chart.yaml": "name: shop\nversion: 1.0.0\n",
            "deploy/shop/values.yaml": "replicaCount: 1\nautoscaling:\n  enabled: false\n  minReplicas: 2\n  maxReplicas: 5\n",
            "deploy/shop/values.prod.yaml": "replicaCount: 3\nautoscaling:\n  enabled: true\n  maxReplicas: 10\n",
        },
        uses=("llm",),
        facts={"target.replicas": "2", "target.replicas_max": "10"},
    ),
    "an-index-whose-client-an-extra-brings": Layout(
        files={
            "pyproject.toml": (
                "[project]\nname = 'shop'\ndependencies = ['openai', 'fastapi', 'pydantic', 'httpx', 'uvicorn', 'langchain']\n"
                "[project.optional-dependencies]\nrag = ['langchain-chroma>=0.1', 'chromadb>=0.5']\n"
            ),
            "app.py": _ASKS,
            "store.py": "from langchain_chroma import Chroma\n\n\ndef store(embeddings):\n    return Chroma(collection_name='books', embedding_function=embeddings, persist_directory='/data')\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never_asks=("in no file of dependencies",),
    ),
    "a-database-of-conversations-that-could-hold-vectors": Layout(
        files={
            "requirements.txt": "openai\nlangchain-chroma\nlangchain-postgres\nlanggraph-checkpoint-postgres\n",
            "app.py": _ASKS,
            "memory.py": "from langgraph.checkpoint.postgres import PostgresSaver\n\nsaver = PostgresSaver.from_conn_string(url)\n",
            "chroma_store.py": "from langchain_chroma import Chroma\n\n\ndef store(embeddings):\n    return Chroma(collection_name='books', embedding_function=embeddings)\n",
            "pg_store.py": "from langchain_postgres import PGVector\n\n\ndef store(embeddings, url):\n    return PGVector(embeddings=embeddings, connection=url, collection_name='books')\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        asks=("chroma",),
    ),
}
