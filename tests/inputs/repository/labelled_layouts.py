"""Replicas of pilots in which names of models stand that no answer comes from: in catalogues, records, menus and tooling."""

from __future__ import annotations

from layouts import Layout

_ASK = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)
_RATED = ",".join(
    f'"{name}": {{"provider": "openai", "model_id": "{name}", "cost_per_1k_tokens": {{"input": 0.1}}, "quality_score": 0.9, "tier": "basic"}}'
    for name in ("gpt-4.1", "gpt-5", "gpt-4o-mini")
)

LABELLED_LAYOUTS: dict[str, Layout] = {
    "a-catalogue-of-models-with-prices": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": _ASK,
            "config/llm_candidates.json": f"{{{_RATED}}}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("gpt-4.1", "gpt-5", "gpt-4o-mini"),
    ),
    "one-model-with-what-it-costs": Layout(
        files={
            "requirements.txt": "openai==1.50\npyyaml\n",
            "main.py": "import yaml\nfrom openai import OpenAI\n\nsettings = yaml.safe_load(open('config.yaml'))\nOpenAI().chat.completions.create(model=settings['llm']['model'], messages=[])\n",
            "config.yaml": "llm:\n  model: gpt-4o-2024-08-06\n  cost_per_1k: 0.1\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
    ),
    "models-that-only-label-and-list": Layout(
        files={
            "requirements.txt": "openai==1.50\nscikit-learn\n",
            "main.py": _ASK,
            "stages.py": "def done(self, seconds):\n    self._record_stage_complete('answer', seconds, {'model': 'mistral-7b'})\n",
            "menu.py": "def _discover_anthropic_models(provider):\n    return [{'model_identifier': 'claude-3-opus-20240229', 'context_length': 200000}, {'model_identifier': 'claude-3-haiku-20240307', 'context_length': 200000}]\n",
            "routing.py": "DEFAULTS = {\n    'knn': {'n_neighbors': 5},\n    'mlp': {'hidden_dim': 128, 'lr': 0.01},\n    'svm': {'kernel': 'rbf'},\n    'causallm': {'model_name': 'gpt2', 'max_length': 512},\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("mistral-7b", "claude-3", "gpt2"),
    ),
    "a-model-of-evaluators-alone": Layout(
        files={
            "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["nvidia-nat[langchain]==1.3"]\n',
            "configs/answers.yml": (
                "llms:\n  nim_llm:\n    _type: nim\n    model_name: nvidia/nemotron-3-nano-30b-a3b\n  nim_eval_llm:\n    _type: nim\n    model_name: meta/llama-3.1-70b-instruct\n"
                "workflow:\n  _type: chat_completion\n  llm_name: nim_llm\neval:\n  evaluators:\n    accuracy:\n      _type: ragas\n      llm_name: nim_eval_llm\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "nvidia/nemotron-3-nano-30b-a3b"),),
        never=("llama-3.1-70b",),
    ),
    "a-body-of-transformers-that-is-asked": Layout(
        files={
            "requirements.txt": "transformers==4.40\nfastapi\n",
            "api.py": "from fastapi import FastAPI\nfrom transformers import AutoModel, AutoTokenizer\n\napp = FastAPI()\ntokenizer = AutoTokenizer.from_pretrained('THUDM/chatglm-6b')\nmodel = AutoModel.from_pretrained('THUDM/chatglm-6b').half().cuda()\n\n\n@app.post('/')\ndef answer(prompt: str):\n    return model.chat(tokenizer, prompt)\n",
        },
        uses=("llm",),
        models=(("chat", "THUDM/chatglm-6b"),),
        facts={"model.name": "THUDM/chatglm-6b", "model.kind": "llm", "model.hosting": "self"},
    ),
    "texts-and-pictures-in-one-space": Layout(
        files={
            "requirements.txt": "open_clip_torch==2.24\nqdrant-client\n",
            "docker-compose.yml": "services:\n  clip:\n    build: .\n    environment:\n      - MODEL_NAME=ViT-B-32:openai\n",
            "main.py": "import os\n\nfrom qdrant_client import QdrantClient\n\nMODEL_NAME = os.environ['MODEL_NAME']\n\n\ndef find(vector):\n    return QdrantClient(url='http://index:6333').query_points(collection_name='pictures', query=vector)\n",
        },
        uses=("retrieval",),
        sources=("qdrant",),
        models=(("embedding", "ViT-B-32:openai"),),
    ),
    "a-model-of-pictures-that-accepts-its-licence": Layout(
        files={
            "package.json": '{"name": "chat", "dependencies": {"hono": "4.6.1"}}\n',
            "wrangler.toml": 'name = "chat"\nmain = "src/index.js"\n\n[ai]\nbinding = "AI"\n',
            "src/models.js": "export const DEFAULT_VISION_MODEL = '@cf/meta/llama-3.2-11b-vision-instruct';\n",
            "src/index.js": "import { DEFAULT_VISION_MODEL } from './models.js';\n\nexport default {\n  async fetch(request, env) {\n    await env.AI.run('@cf/meta/llama-3.2-11b-vision-instruct', { prompt: 'agree' });\n    return Response.json(await env.AI.run('@cf/meta/llama-3.1-8b-instruct-fast', { messages: [] }));\n  },\n};\n",
        },
        uses=("llm",),
        models=(
            ("chat", "@cf/meta/llama-3.1-8b-instruct-fast"),
            ("vision", "@cf/meta/llama-3.2-11b-vision-instruct"),
        ),
        facts={"model.name": "@cf/meta/llama-3.1-8b-instruct-fast"},
    ),
    "skills-of-developers'-assistants": Layout(
        files={
            "package.json": '{"name": "chat", "dependencies": {"ai": "4.0.1", "@ai-sdk/openai": "1.0.1"}}\n',
            "lib/chat.ts": "import { streamText } from 'ai';\nimport { openai } from '@ai-sdk/openai';\n\nexport const ask = (messages) => streamText({ model: openai('gpt-4o-2024-08-06'), messages });\n",
            ".agent/skills/prompts/scripts/run.py": "config = {'model': 'gpt-4', 'temperature': 0}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("gpt-4 ",),
    ),
}
