"""What nothing calls, gives or starts: defaults that every call replaces, functions without a caller, clients that are only pinged."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef answer(q):\n    return client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"
_SEARCHES = "from qdrant_client import QdrantClient\n\nclient = QdrantClient(url=address)\n\n\nclass Shelf:\n    def find(self, vector, limit: int = 12, deep=None):\n        return client.query_points('shop', query=vector, limit=limit)\n"
_PACKAGES = "openai==1.55.0\nqdrant-client==1.12.0\n"
_AI_SDK = '{"dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0", "drizzle-orm": "0.40.0"}}\n'
_CHAT = "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nexport async function answer(q: string) {\n  return generateText({ model: openai('gpt-4o-mini'), prompt: q })\n}\n"

UNCALLED_LAYOUTS = {
    "a-default-that-every-call-replaces-by-its-own": Layout(
        files={
            "requirements.txt": _PACKAGES,
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES,
            "app/tools.py": "from app.shelf import Shelf\n\n\nasync def look_up(question, limit: int = 3):\n    return Shelf().find(embed(question), limit=limit)\n\n\nregister(look_up)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "3"},
    ),
    "a-default-that-every-call-replaces-by-what-it-computes": Layout(
        files={
            "requirements.txt": _PACKAGES,
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES,
            "app/tools.py": "from app.shelf import Shelf\n\n\ndef look_up(question):\n    return Shelf().find(embed(question), min(40, len(question)))\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("retrieval.top_k",),
    ),
    "a-default-that-every-call-replaces-by-a-setting": Layout(
        files={
            "requirements.txt": _PACKAGES + "pydantic-settings==2.7.0\n",
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES,
            "app/settings.py": "from pydantic import Field\nfrom pydantic_settings import BaseSettings\n\n\nclass Shop(BaseSettings):\n    found_at_once: int = Field(default=8, validation_alias='FOUND_AT_ONCE')\n",
            "app/tools.py": "from app.settings import Shop\nfrom app.shelf import Shelf\n\nshop = Shop()\n\n\ndef look_up(question):\n    return Shelf().find(embed(question), limit=shop.found_at_once)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "8"},
    ),
    "a-default-that-every-call-replaces-by-a-field-of-two-classes": Layout(
        files={
            "requirements.txt": _PACKAGES + "pydantic-settings==2.7.0\n",
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES,
            "app/settings.py": "from pydantic import BaseModel\nfrom pydantic_settings import BaseSettings\n\n\nclass Shop(BaseSettings):\n    found_at_once: int = 8\n\n\nclass Question(BaseModel):\n    found_at_once: int = 6\n",
            "app/tools.py": "from app.shelf import Shelf\n\n\ndef look_up(question):\n    return Shelf().find(embed(question.text), limit=question.found_at_once)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("retrieval.top_k",),
    ),
    "a-default-that-every-call-replaces-by-a-name-for-it": Layout(
        files={
            "requirements.txt": _PACKAGES,
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES,
            "app/tools.py": "from app.shelf import Shelf\n\n\ndef look_up(question):\n    most = 7\n    return Shelf().find(embed(question), most) or Shelf().find(embed(question), limit=7)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "7"},
    ),
    "a-default-that-every-call-says-again": Layout(
        files={
            "requirements.txt": _PACKAGES + "langchain-text-splitters==0.3\n",
            "app/main.py": _ASKS,
            "app/fill.py": "from qdrant_client import QdrantClient\n\nfrom app.text.split import parts_of\n\nstore = QdrantClient(url=address)\n\n\ndef fill(text):\n    store.upsert('shop', parts_of(text, most=256))\n\n\ndef look_up(question):\n    return store.query_points('shop', query=embed(question))\n",
            "app/text/split.py": "from langchain_text_splitters import RecursiveCharacterTextSplitter\n\n\ndef parts_of(text, most: int = 256):\n    return RecursiveCharacterTextSplitter(chunk_size=most, chunk_overlap=0).split_text(text)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.chunk_size": "256", "retrieval.chunk_overlap": "0"},
    ),
    "a-default-that-one-call-leaves": Layout(
        files={
            "requirements.txt": _PACKAGES,
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES,
            "app/tools.py": "from app.shelf import Shelf\n\n\ndef look_up(question):\n    return Shelf().find(embed(question)) or Shelf().find(embed(question), limit=40)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "12"},
    ),
    "a-default-of-what-others-call": Layout(
        files={
            "requirements.txt": _PACKAGES,
            "app/main.py": _ASKS,
            "app/shelf.py": _SEARCHES.replace("    def find", "    @server.route('/find')\n    def find"),
            "app/tools.py": "from app.shelf import Shelf\n\n\ndef look_up(question):\n    return Shelf().find(embed(question), limit=40)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "12"},
    ),
    "a-class-of-ones-own-around-a-model": Layout(
        files={
            "requirements.txt": "openai==1.55.0\ngoogle-generativeai==0.8.0\n",
            "app/main.py": _ASKS,
            "app/embed.py": "import google.generativeai as genai\n\n\nclass Embedder:\n    def __init__(self, model_name: str = 'models/embedding-001', size: int = 768):\n        self.model = model_name\n\n    def embed(self, text):\n        return genai.embed_content(model=self.model, content=text)\n",
            "app/index.py": "from app.embed import Embedder\n\nembedder = Embedder(model_name='models/text-embedding-004')\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("models/embedding-001",),
    ),
    "fields-that-every-construction-gives": Layout(
        files={
            "requirements.txt": "ollama==0.4.0\n",
            "app/llm.py": "from dataclasses import dataclass\n\nimport ollama\n\n\n@dataclass\nclass LLMConfig:\n    model_name: str\n    max_tokens: int = 2048\n\n\ndef make(settings) -> LLMConfig:\n    return LLMConfig(model_name=settings.name, max_tokens=min(2048, settings.most // 2))\n\n\ndef answer(q, settings):\n    return ollama.chat(model='llama3.1:8b', messages=[q])\n",
        },
        uses=("llm",),
        never=("security.output_cap",),
    ),
    "a-function-whose-only-call-is-commented-out": Layout(
        files={
            "package.json": _AI_SDK,
            "lib/chat.ts": _CHAT,
            "lib/screen.ts": "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nexport const isBad = async (text: string) => {\n  return generateText({ model: openai('gpt-4.1'), prompt: text })\n}\n",
            "app/page.tsx": "import { answer } from '../lib/chat'\nconst bad = false // await isBad(text)\nexport default answer\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        asks=("gpt-4.1", "asked by isBad alone, and nothing calls that"),
        facts={"model.name": "gpt-4o-mini"},
        never=("gpt-4.1",),
    ),
    "a-function-of-python-that-nothing-calls": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app/main.py": _ASKS + "\n\nprint(answer('hours?'))\n",
            "app/screen.py": "from openai import OpenAI\n\nLIMIT = 3\n\n\ndef is_bad(text):\n    return OpenAI().chat.completions.create(model='gpt-4.1-2025-04-14', messages=[text])\n\n\ndef is_long(text):\n    return len(text) > LIMIT\n",
            "app/page.py": "from app.screen import is_long\n\nprint(is_long('hours?'))\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("asked by is_bad alone, and nothing calls that",),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("gpt-4.1",),
    ),
    "a-limit-that-is-only-imported": Layout(
        files={
            "requirements.txt": "langgraph==0.2.0\nlangchain-openai==0.2.0\n",
            "app/settings.py": "AGENT_MAX_STEPS = 12\nMODEL = 'gpt-4o-2024-08-06'\n",
            "app/main.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\nfrom app.settings import AGENT_MAX_STEPS, MODEL\n\nagent = create_react_agent(ChatOpenAI(model=MODEL), tools=[find_shop])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("AGENT_MAX_STEPS is 12",),
        never=("agent.max_steps",),
    ),
    "plug-ins-that-their-loader-passes-over": Layout(
        files={
            "requirements.txt": "langgraph==0.2.0\nlangchain-openai==0.2.0\n",
            "app/main.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\nagent = create_react_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), tools=load())\n",
            "app/load.py": "from importlib.util import spec_from_file_location\n\n\ndef load():\n    return [spec_from_file_location(one.stem, one) for one in folder.rglob('*.py') if not one.stem.startswith('_')]\n",
            "tools/_template.py": "from langchain.tools import tool\n\n\n@tool\ndef tool_name(text: str) -> str:\n    '''Say what it does.'''\n    return text\n",
            "tools/hours.py": "from langchain.tools import tool\n\n\n@tool\ndef get_hours(shop: str) -> str:\n    '''Return the hours of a shop.'''\n    return shop\n",
        },
        uses=("llm", "agent"),
        tools={"get_hours": "reads"},
        never=("tool_name",),
    ),
    "a-store-whose-package-nobody-lists": Layout(
        files={
            "requirements.txt": "langgraph==0.2.0\nlangchain-openai==0.2.0\naiosqlite==0.20.0\n",
            "app/main.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\n\ndef make():\n    try:\n        # kept where it is there\n        from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver\n\n        saver = AsyncSqliteSaver.from_conn_string('sqlite:///runs.sqlite')\n    except Exception:\n        saver = MemorySaver()\n    return create_react_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), tools=[find_shop], checkpointer=saver)\n",
        },
        uses=("llm", "agent"),
        never=("sqlite",),
    ),
    "a-client-that-is-only-pinged": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nredis==5.0.0\n",
            "app/main.py": _ASKS
            + "\n\ndef health():\n    import redis\n\n    r = redis.Redis(host='localhost')\n    r.ping()\n    return True\n",
        },
        uses=("llm",),
        never=("redis",),
    ),
    "a-client-that-is-pinged-and-used": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nredis==5.0.0\n",
            "app/main.py": _ASKS
            + "\n\ndef recall(key):\n    import redis\n\n    r = redis.Redis(host='localhost')\n    r.ping()\n    return r.get(key)\n",
        },
        uses=("llm",),
        sources=("redis",),
    ),
    "limits-that-are-none": Layout(
        files={
            "package.json": _AI_SDK,
            "lib/chat.ts": _CHAT,
            "lib/search.ts": "import { cosineDistance, desc, eq } from 'drizzle-orm'\nexport const known = (id: string) => db.select().from(links).where(eq(links.id, id)).limit(1)\nexport const nearest = (v: number[], most: number) =>\n  db.select().from(passages).orderBy(desc(cosineDistance(passages.vector, v))).limit(most)\n",
            "lib/agent.ts": "import { ToolLoopAgent, stepCountIs } from 'ai'\nexport function make(route: any) {\n  let maxSteps = 15\n  maxSteps = route.steps * 2\n  return new ToolLoopAgent({ model, tools: { find }, stopWhen: stepCountIs(maxSteps) })\n}\n",
            "app/page.tsx": "import { answer } from '../lib/chat'\nimport { known, nearest } from '../lib/search'\nimport { make } from '../lib/agent'\n",
        },
        uses=("llm", "agent"),
        never=("retrieval.top_k", "agent.max_steps"),
    ),
}
