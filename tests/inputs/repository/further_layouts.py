"""What only the next file or the next line shows: branches that a default does not take, modules called like an example, shapes without code."""

from __future__ import annotations

from layouts import Layout
from living_layouts import LIVING_LAYOUTS

_CHOICE = "import os\n\n\ndef model():\n    provider = os.getenv('LLM_PROVIDER', 'ollama').lower()\n    if provider == 'ollama':\n        from langchain_ollama import ChatOllama\n\n        return ChatOllama(model='qwen3:8b')\n    elif provider == 'gemini':\n        from langchain_google_genai import ChatGoogleGenerativeAI\n\n        return ChatGoogleGenerativeAI(model='gemini-2.0-flash')\n    raise ValueError(provider)\n"
_SHELVES = "from shop.disk import DiskShelf\nfrom shop.bucket import BucketShelf\n\n\ndef shelf(settings):\n    if settings['SHELF_BACKEND'] == 'disk':\n        return DiskShelf(settings['SHELF_ROOT'])\n    return BucketShelf(settings['SHELF_BUCKET'])\n"
_BUCKET = "import boto3\n\n\nclass BucketShelf:\n    def __init__(self, name):\n        self.client = boto3.client('s3')\n        self.name = name\n\n    def put(self, key, data):\n        self.client.put_object(Bucket=self.name, Key=key, Body=data)\n"
_DISK = "from pathlib import Path\n\n\nclass DiskShelf:\n    def __init__(self, root):\n        self.root = Path(root)\n"
_SETTINGS = "import os\n\n\ndef load():\n    backend = os.getenv('SHELF_BACKEND', 'disk').strip().lower()\n    return {'SHELF_BACKEND': backend, 'SHELF_BUCKET': os.getenv('SHELF_BUCKET')}\n"
_ASKS = "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"
_PROGRAM = LIVING_LAYOUTS["a-class-that-only-a-class-makes-that-nobody-makes"].files

_BOOKS = LIVING_LAYOUTS["tools-of-which-the-model-is-given-both"].files
_SHOWS = "from shop.words import write\n\n\ndef page(q):\n    return write(q)\n"
_WORDS = "from transformers import T5ForConditionalGeneration, T5Tokenizer\n\nMAX_NEW_TOKENS = 60\nNAME = 'google/flan-t5-small'\n\n\ndef write(q):\n    words = T5Tokenizer.from_pretrained(NAME)\n    model = T5ForConditionalGeneration.from_pretrained(NAME)\n    return model.generate(**words(q), max_new_tokens=MAX_NEW_TOKENS)\n"
_TRACED = "from langfuse.langchain import CallbackHandler\n\n\ndef callbacks(settings):\n    return [CallbackHandler()] if settings.ENABLE_LANGFUSE else []\n"

_TELLS = "import os\n\n\ndef set_up(app):\n    endpoint = os.getenv('OTEL_EXPORTER_OTLP_ENDPOINT')\n    if not endpoint:\n        print('no traces')\n        return\n    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor\n\n    FastAPIInstrumentor.instrument_app(app)\n"
_CLOCK = "from celery import Celery\nfrom celery.schedules import crontab\n\nqueue = Celery('shop')\nqueue.conf.update(\n    beat_schedule={'nightly': {'task': 'tasks.ranks.retrain_ranks', 'schedule': crontab(hour=3)}},\n)\n"
_RANKS = "import lightgbm\n\nfrom tasks.clock import queue\n\n\n@queue.task(name='tasks.ranks.retrain_ranks')\ndef retrain_ranks():\n    model = lightgbm.train({'objective': 'lambdarank'}, rows())\n    model.save_model('ranks.txt')\n"
_REQUEST = "import os\n\nimport httpx\n\nMODEL = 'gpt-4o-mini'\n\n\nasync def answer(q, max_tokens: int = 512, seconds: float = 8.0):\n    async with httpx.AsyncClient(timeout=seconds) as client:\n        found = await client.post(\n            'https://api.openai.com/v1/chat/completions',\n            headers={'Authorization': os.environ['OPENAI_API_KEY']},\n            json={'model': MODEL, 'max_tokens': max_tokens, 'messages': [{'role': 'user', 'content': q}]},\n        )\n    return found.json()\n"
_PAIR = "import os\n\nfrom google.adk.agents import Agent\n\nfrom shop import full, quick\nfrom shop.orders import count_orders\n\nagent = Agent(\n    model='gemini-2.0-flash',\n    name='clerk',\n    tools=[full.find_books if os.getenv('SEARCH') == 'FULL' else quick.find_books, count_orders],\n)\n"
_LOOP = "import torch\nfrom torch.utils.data import DataLoader\n\nBATCH_SIZE = 512\n\n\ndef learn(rows, model, optimizer, batch_size: int = BATCH_SIZE):\n    for given, wanted in DataLoader(rows, batch_size=batch_size, shuffle=True):\n        loss = torch.nn.functional.mse_loss(model(given), wanted)\n        loss.backward()\n        optimizer.step()\n    for given, wanted in DataLoader(rows, batch_size=64, shuffle=False):\n        print(model(given))\n"
_WEATHER = "import { OpenAI } from '@llamaindex/openai'\nimport { agent } from '@llamaindex/workflow'\nimport { Settings, tool } from 'llamaindex'\nimport { z } from 'zod'\n\nSettings.llm = new OpenAI({ model: 'gpt-4o-mini' })\n\nexport const shopAgent = agent({\n  tools: [\n    tool({\n      name: 'find_book',\n      description: 'Finds a book',\n      parameters: z.object({ title: z.string() }),\n      execute: ({ title }) => `${title} is on shelf 4`,\n    }),\n  ],\n})\n"
_CARD = "from openai import OpenAI\n\nPARTS = [\n    {'type': 'wiki', 'data': {'title': 'Acorn', 'summary': 'A nut', 'url': 'https://www.acorn-shop.com'}},\n]\n\n\ndef answer(q):\n    OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q])\n    return PARTS\n"

FURTHER_LAYOUTS = {
    "traces-behind-a-return-where-nobody-says-where-they-go": Layout(
        files={
            "requirements.txt": "fastapi==0.115.0\nopenai==1.55.0\n",
            ".env.example": "OTEL_EXPORTER_OTLP_ENDPOINT=\n",
            "app/traces.py": _TELLS,
            "app/main.py": f"from fastapi import FastAPI\n\nfrom app.traces import set_up\n{_ASKS}\n\napp = FastAPI()\nset_up(app)\n",
        },
        uses=("llm",),
        asks=("requests are traced only where OTEL_EXPORTER_OTLP_ENDPOINT is set",),
        never=("monitoring.trace_id",),
    ),
    "traces-behind-a-return-where-compose-says-where-they-go": Layout(
        files={
            "requirements.txt": "fastapi==0.115.0\nopenai==1.55.0\n",
            "compose.yaml": "services:\n  api:\n    build: .\n    environment:\n      OTEL_EXPORTER_OTLP_ENDPOINT: http://collector:4318\n",
            "app/traces.py": _TELLS,
            "app/main.py": f"from fastapi import FastAPI\n\nfrom app.traces import set_up\n{_ASKS}\n\napp = FastAPI()\nset_up(app)\n",
        },
        uses=("llm",),
        facts={"monitoring.trace_id": "True"},
        never_asks=("requests are traced only where",),
    ),
    "a-schedule-of-celery-that-trains": Layout(
        files={"requirements.txt": "celery==5.4.0\nlightgbm==4.5.0\nfastapi==0.115.0\n", "tasks/clock.py": _CLOCK, "tasks/ranks.py": _RANKS},
        uses=("classic-ml", "training", "batch"),
    ),
    "limits-of-a-request-to-a-model": Layout(
        files={"requirements.txt": "httpx==0.27.0\n", "app/answer.py": _REQUEST},
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"path.stages[model].timeout": "8 s", "security.output_cap": "512 tok"},
    ),
    "two-functions-of-one-name-of-which-an-agent-gets-one": Layout(
        files={
            "requirements.txt": "google-adk==1.0.0\n",
            "shop/__init__.py": "",
            "shop/agent.py": _PAIR,
            "shop/full.py": "def find_books(title: str):\n    return title\n",
            "shop/quick.py": "def find_books(title: str):\n    return title\n",
            "shop/orders.py": "def count_orders():\n    return 4\n",
        },
        uses=("llm", "agent"),
        tools={"find_books": "reads", "count_orders": "reads"},
    ),
    "rows-that-a-loop-of-torch-learns-from-at-once": Layout(
        files={"requirements.txt": "torch==2.4.0\n", "shop/learn.py": _LOOP},
        uses=("classic-ml", "training"),
        facts={"training.batch_size": "512"},
    ),
    "a-tool-within-what-a-variable-holds-an-agent-of": Layout(
        files={"package.json": '{"dependencies": {"llamaindex": "0.11.0", "@llamaindex/openai": "0.4.0", "@llamaindex/workflow": "1.1.0", "zod": "3.24.0"}}\n', "src/agent.ts": _WEATHER},
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-mini"),),
        tools={"find_book": "reads"},
        never=("shopAgent",),
    ),
    "a-page-that-an-answer-only-shows": Layout(
        files={"requirements.txt": "openai==1.55.0\n", "app/answer.py": _CARD},
        uses=("llm",),
        never=("www.acorn-shop.com",),
    ),
    "a-branch-for-a-provider-that-the-default-is-not": Layout(
        files={
            "requirements.txt": "langchain-ollama==0.3.0\nlangchain-google-genai==2.1.0\n",
            "app/model.py": _CHOICE,
            "app/main.py": "from app.model import model\n\nprint(model().invoke('q'))\n",
        },
        uses=("llm",),
        models=(("chat", "qwen3:8b"),),
        facts={"model.name": "qwen3:8b", "model.hosting": "self"},
        asks=("LLM_PROVIDER has another value than ollama",),
        never=("gemini-2.0-flash", "generativelanguage.googleapis.com"),
    ),
    "a-branch-for-a-provider-that-an-environment-chooses": Layout(
        files={
            "requirements.txt": "langchain-ollama==0.3.0\nlangchain-google-genai==2.1.0\n",
            ".env.example": "LLM_PROVIDER=gemini\n",
            "app/model.py": _CHOICE,
            "app/main.py": "from app.model import model\n\nprint(model().invoke('q'))\n",
        },
        uses=("llm",),
        asks=("2 models of chats are named: which of them does production ask? qwen3:8b (", ", gemini-2.0-flash ("),
        never_asks=("has another value",),
    ),
    "a-shelf-behind-the-one-that-the-default-takes": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nboto3==1.35.0\n",
            "compose.yaml": "services:\n  api:\n    build: .\n    environment:\n      SHELF_BACKEND: ${SHELF_BACKEND:-disk}\n",
            "shop/settings.py": _SETTINGS,
            "shop/shelves.py": _SHELVES,
            "shop/bucket.py": _BUCKET,
            "shop/disk.py": _DISK,
            "shop/main.py": f"from shop.settings import load\nfrom shop.shelves import shelf\n{_ASKS}\n\nprint(answer('q'), shelf(load()))\n",
        },
        uses=("llm",),
        asks=("s3: it counts only where SHELF_BACKEND has another value than disk",),
    ),
    "a-module-of-a-package-that-is-called-demo": Layout(
        files={
            **{path: text for path, text in _PROGRAM.items() if path != "shop/answer.py"},
            "requirements.txt": "fastapi==0.115.0\ntransformers==4.44.0\n",
            "shop/answer.py": "from shop.demo import page\n\n\ndef answer(q):\n    return page(q)\n",
            "shop/demo.py": _SHOWS,
            "shop/words.py": _WORDS,
            "shop/judged.py": "from openai import OpenAI\n\n\ndef judge(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n",
        },
        uses=("llm",),
        models=(("chat", "google/flan-t5-small"),),
        facts={"model.name": "google/flan-t5-small", "model.hosting": "self", "security.output_cap": "60 tok"},
        never=("gpt-4o-2024-08-06",),
    ),
    "a-file-of-shapes-beside-a-model-that-nothing-names": Layout(
        files={
            **{path: text for path, text in _BOOKS.items() if "tool" not in path},
            "src/answer.ts": "import { generateText } from 'ai'\nimport { small } from './models'\n\nexport async function answer(q: string) {\n  return generateText({ model: small, prompt: q })\n}\n",
            "src/models.ts": "import { openai } from '@ai-sdk/openai'\n\nexport const small = openai('gpt-4o-mini')\n\nexport const large = openai('gpt-4.1')\n",
            "src/types/worker.d.ts": "".join(f"interface Shape{number} {{\n  id: string\n}}\n\n" for number in range(40)),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        never=("gpt-4.1",),
    ),
    "traces-that-an-option-called-after-the-tracker-turns-on": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nlangfuse==3.0.0\n",
            ".env.example": "SHOP_ENABLE_LANGFUSE=False\nLANGFUSE_BASE_URL=https://cloud.langfuse.com\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    ENABLE_LANGFUSE: bool = False\n",
            "app/traces.py": _TRACED,
            "app/main.py": f"from app.settings import Settings\nfrom app.traces import callbacks\n{_ASKS}\n\nprint(answer('q'), callbacks(Settings()))\n",
        },
        uses=("llm",),
        asks=("requests are traced only where",),
        never=("monitoring.trace_id", "cloud.langfuse.com"),
    ),
}  # fmt: skip

_SALES = "import boto3\nfrom strands import tool\n\n\n@tool\ndef count_sales(query: str):\n    return boto3.client('athena').start_query_execution(QueryString=query)\n"
_SHELF_TOOLS = "from strands import tool\n\n\n@tool\ndef find_book(title: str):\n    return title\n\n\n@tool\ndef find_author(name: str):\n    return name\n\n\n@tool\ndef find_shelf(number: int):\n    return number\n\n\n@tool\ndef find_cellar(number: int):\n    events.log_event('find_cellar', 1)\n    return number\n"
_CLERK = "from strands import Agent\nfrom strands.models import BedrockModel\n\nfrom shop.agents.analytics.sales import count_sales\nfrom shop.agents.tools.shelves import find_author, find_book, find_cellar, find_shelf\n\nFIRST = find_cellar(1)\nclerk = Agent(model=BedrockModel(model_id='anthropic.claude-sonnet-4-20250514-v1:0'), tools=[find_book, find_author, find_shelf, count_sales])\n"

FURTHER_LAYOUTS |= {
    "an-agent-of-analytics-and-a-tool-that-is-only-called": Layout(
        files={
            "requirements.txt": "strands-agents==1.0.0\nboto3==1.35.0\n",
            "shop/agents/clerk.py": _CLERK,
            "shop/agents/analytics/sales.py": _SALES,
            "shop/agents/tools/__init__.py": "from shop.agents.tools.shelves import find_book, find_cellar\n\n__all__ = ['find_book', 'find_cellar']\n",
            "shop/agents/tools/shelves.py": _SHELF_TOOLS,
            "scripts/publish.py": "import importlib\n\ntools = importlib.import_module('shop.publishing')\n",
        },
        uses=("llm", "agent"),
        sources=("athena",),
        tools={"find_book": "reads", "find_author": "reads", "find_shelf": "reads", "count_sales": "reads"},
        asks=("find_cellar",),
    ),
}  # fmt: skip

FURTHER_LAYOUTS |= {
    "limits-of-a-client-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.6.0"}}\n',
            "src/model.ts": "import { ChatOpenAI } from '@langchain/openai'\n\nconst WAIT_MS = 25 * 1_000 // as long as the bot waits\n\nexport const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: WAIT_MS, maxRetries: 3 })\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"path.stages[model].timeout": "25 s", "path.stages[model].retries": "3"},
    ),
    "limits-of-openais-own-client-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.0.0"}}\n',
            "src/ask.ts": "import OpenAI from 'openai'\n\nconst client = new OpenAI({ timeout: 20_000 })\n\nexport const ask = (q: string) => client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: q }] })\n",
        },
        uses=("llm",),
        facts={"path.stages[model].timeout": "20 s"},
    ),
}  # fmt: skip

FURTHER_LAYOUTS |= {
    "a-cap-of-options-that-are-taken-apart": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "5.0.0"}}\n',
            "src/ask.js": "const OpenAI = require('openai')\n\nconst client = new OpenAI()\n\nasync function ask(messages, options = {}) {\n  const { max_tokens = 4096, temperature = 1 } = options\n  return client.chat.completions.create({ model: 'gpt-4o-mini', messages, max_tokens, temperature })\n}\n\nmodule.exports = { ask }\n",
        },
        uses=("llm",),
        facts={"security.output_cap": "4,096 tok"},
        never_asks=("without a cap",),
    ),
    "rows-that-are-only-counted-in-a-temporary-folder": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "shop/answer.py": _ASKS,
            "shop/doubles.py": "import sqlite3\nimport tempfile\nfrom pathlib import Path\n\n\ndef doubles(rows):\n    with tempfile.TemporaryDirectory(prefix='shop-') as folder:\n        database = Path(folder) / 'rows.sqlite3'\n        connection = sqlite3.connect(database)\n        connection.execute('CREATE TABLE rows (value TEXT PRIMARY KEY)')\n        return len(rows)\n",
            "shop/main.py": "from shop.answer import answer\nfrom shop.doubles import doubles\n\nprint(answer('q'), doubles([]))\n",
        },
        uses=("llm",),
    ),
}  # fmt: skip
