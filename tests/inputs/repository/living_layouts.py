"""What nothing that is started can reach: classes that only dead code makes, files that only those take in, values nobody asks for."""

from __future__ import annotations

from layouts import Layout

_MAIN = "from fastapi import FastAPI\n\nfrom shop.answer import answer\nfrom shop.baskets import add, clear, show, total\nfrom shop.notes import first, last, longest\n\napp = FastAPI()\n\n\n@app.post('/ask')\ndef ask(q: str):\n    add(q)\n    clear(q)\n    show(q)\n    total(q)\n    first(q)\n    last(q)\n    longest(q)\n    return answer(q)\n"
_ANSWER = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef answer(q):\n    return client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"
_BASKETS = "def add(q):\n    return q\n\n\ndef clear(q):\n    return q\n\n\ndef show(q):\n    return q\n\n\ndef total(q):\n    return q\n"
_NOTES = "def first(q):\n    return q\n\n\ndef last(q):\n    return q\n\n\ndef longest(q):\n    return q\n"
_SHELF = "from qdrant_client import QdrantClient\n\n\nclass Shelf:\n    def __init__(self):\n        self.client = QdrantClient(url=address)\n\n    def find(self, vector):\n        return self.client.query_points('shop', query=vector, limit=7)\n"
_RANKED = "from shop.shelf import Shelf\n\n\nclass RankedShelf:\n    def __init__(self):\n        self.shelf = Shelf()\n"
_PROGRAM = {
    "requirements.txt": "fastapi==0.115.0\nopenai==1.55.0\nqdrant-client==1.12.0\n",
    "Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\nCMD uvicorn shop.main:app\n",
    "shop/main.py": _MAIN,
    "shop/answer.py": _ANSWER,
    "shop/baskets.py": _BASKETS,
    "shop/notes.py": _NOTES,
    "shop/__init__.py": "",
}
_PAGES = {
    "package.json": '{"scripts": {"start": "tsx src/main.ts"}, "dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0", "zod": "3.24.0"}}\n',
    "src/main.ts": "import { answer } from './answer'\nimport { add, clear, show, total } from './baskets'\nimport { first, last, longest } from './notes'\n\nconst q = process.argv[2]\nadd(q)\nclear(q)\nshow(q)\ntotal(q)\nfirst(q)\nlast(q)\nlongest(q)\nanswer(q)\n",
    "src/answer.ts": "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nimport { findBook } from './tools'\n\nexport async function answer(q: string) {\n  return generateText({ model: openai('gpt-4o-mini'), prompt: q, tools: { findBook } })\n}\n",
    "src/baskets.ts": "export function add(q: string) {\n  return q\n}\n\nexport function clear(q: string) {\n  return q\n}\n\nexport function show(q: string) {\n  return q\n}\n\nexport function total(q: string) {\n  return q\n}\n",
    "src/notes.ts": "export function first(q: string) {\n  return q\n}\n\nexport function last(q: string) {\n  return q\n}\n\nexport function longest(q: string) {\n  return q\n}\n",
}
_TOOL = "import { tool } from 'ai'\nimport { z } from 'zod'\n\nexport const findBook = tool({\n  description: 'Finds a book',\n  inputSchema: z.object({ title: z.string() }),\n  execute: async ({ title }) => find(title),\n})\n"
_SELLS = "\nexport const sellBook = tool({\n  description: 'Sells a book',\n  inputSchema: z.object({ title: z.string() }),\n  execute: async ({ title }) => fetch('https://api.bookmarket.dev/sell', { method: 'POST', body: title }),\n})\n"

LIVING_LAYOUTS = {
    "a-class-that-only-a-class-makes-that-nobody-makes": Layout(
        files={
            **_PROGRAM,
            "shop/shelf.py": _SHELF,
            "shop/ranked.py": _RANKED,
            "shop/__init__.py": "from shop.ranked import RankedShelf\n\n__all__ = ['RankedShelf']\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("retrieval.top_k",),
    ),
    "a-class-that-a-class-makes-that-the-service-makes": Layout(
        files={
            **_PROGRAM,
            "shop/shelf.py": _SHELF,
            "shop/ranked.py": _RANKED,
            "shop/answer.py": _ANSWER.replace(
                "client = OpenAI()",
                "from shop.ranked import RankedShelf\n\nclient = OpenAI()\nshelf = RankedShelf()",
            ),
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "7"},
    ),
    "a-class-that-settings-name-by-its-path": Layout(
        files={
            **_PROGRAM,
            "shop/shelf.py": _SHELF,
            "shop/ranked.py": _RANKED,
            "settings.yaml": "shelf: shop.ranked.RankedShelf\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "7"},
    ),
    "a-file-that-a-folder-is-looked-through-for": Layout(
        files={
            **_PROGRAM,
            "shop/shelf.py": _SHELF,
            "shop/found.py": "import pkgutil\n\n\nfor one in pkgutil.iter_modules(['shop']):\n    load(one)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "7"},
    ),
    "tools-that-only-a-type-is-made-of": Layout(
        files={
            **_PAGES,
            "src/tools.ts": _TOOL,
            "src/sales.ts": "import { tool } from 'ai'\nimport { z } from 'zod'\n" + _SELLS,
            "src/types.ts": "import { sellBook } from './sales'\n\nexport type Sold = typeof sellBook\n",
        },
        uses=("llm", "agent"),
        tools={"findBook": "reads"},
        hosts=("api.openai.com",),
        never=("sellBook", "api.bookmarket.dev"),
    ),
    "tools-of-which-the-model-is-given-both": Layout(
        files={
            **_PAGES,
            "src/answer.ts": _PAGES["src/answer.ts"]
            .replace("import { findBook } from './tools'", "import { findBook, sellBook } from './tools'")
            .replace("{ findBook }", "{ findBook, sellBook }"),
            "src/tools.ts": _TOOL + _SELLS,
        },
        uses=("llm", "agent"),
        tools={"findBook": "reads", "sellBook": "irreversible"},
        hosts=("api.openai.com", "api.bookmarket.dev"),
    ),
}
