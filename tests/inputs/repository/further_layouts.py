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

FURTHER_LAYOUTS = {
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
        models=(("chat", "gemini-2.0-flash"),),
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
