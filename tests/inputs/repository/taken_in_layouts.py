"""Replicas: charts that another chart takes in, sections that an entry beside them chooses, and files whose names say that nobody ships them."""

from __future__ import annotations

from layouts import Layout

_CHART = "apiVersion: v2\nname: {}\nversion: 0.1.0\n"
_VALUES = (
    "image:\n  repository: registry.example/desk\n  tag: '1.0'\nllm:\n  mode: {}\n  ollama:\n    chatModel: llama3.1:8b\n"
    "    embeddingModel: nomic-embed-text\n  external:\n    chatModel: gpt-4o-2024-08-06\n    embeddingModel: text-embedding-3-small\n"
)
_TAKES_IN = (
    _CHART.format("all")
    + "dependencies:\n  - name: desk\n    version: 0.1.0\n    repository: file://../charts/desk\n"
)
_ASKS = "from openai import OpenAI\n\n\ndef ask(question):\n    return OpenAI().chat.completions.create(model={!r}, messages=[{{'role': 'user', 'content': question}}])\n"
_WITH_A_TOOL = (
    "import OpenAI from 'openai';\nconst client = new OpenAI();\nconst tools = [{ type: 'function', function: "
    "{ name: 'get_weather', description: 'Weather', parameters: {} } }];\n"
    "await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [], tools });\n"
)

TAKEN_IN_LAYOUTS = {
    "a-chart-that-one-beside-it-takes-in": Layout(
        uses=("llm",),
        files={
            "charts/desk/Chart.yaml": _CHART.format("desk"),
            "charts/desk/values.yaml": _VALUES.format("external"),
            "all/Chart.yaml": _TAKES_IN,
            "all/values.yaml": "desk:\n  llm:\n    mode: ollama\n    ollama:\n      chatModel: qwen2.5:7b\n",
        },
        models=(("chat", "qwen2.5:7b"), ("embedding", "nomic-embed-text")),
        facts={"model.name": "qwen2.5:7b", "model.hosting": "self"},
        never=("gpt-4o", "llama3.1", "text-embedding-3-small"),
    ),
    "a-chart-beside-one-that-takes-in-another": Layout(
        uses=("llm",),
        files={
            "charts/desk/Chart.yaml": _CHART.format("desk"),
            "charts/desk/values.yaml": _VALUES.format("ollama"),
            "all/Chart.yaml": _TAKES_IN.replace("charts/desk", "charts/shop"),
            "all/values.yaml": "desk:\n  llm:\n    mode: external\n",
        },
        facts={"model.name": "llama3.1:8b"},
    ),
    "sections-of-settings-of-which-an-entry-chooses-one": Layout(
        uses=("llm",),
        files={
            "requirements.txt": "openai==1.68\n",
            "config.yaml": "reader:\n  mode: quick\n  quick:\n    model: gpt-4o-mini-2024-07-18\n  thorough:\n    model: gpt-4.1-2025-04-14\n",
            "app.py": "import yaml\nfrom openai import OpenAI\n\ncfg = yaml.safe_load(open('config.yaml'))['reader']\n\n\ndef ask(text):\n    return OpenAI().chat.completions.create(model=cfg[cfg['mode']]['model'], messages=[{'role': 'user', 'content': text}])\n",
        },
        facts={"model.name": "gpt-4o-mini-2024-07-18"},
        never=("gpt-4.1",),
    ),
    "sections-beside-a-mode-that-are-no-alternatives": Layout(
        uses=("llm",),
        files={
            "requirements.txt": "openai==1.68\n",
            "config.yaml": "mode: server\nserver:\n  port: 8000\nllm:\n  model: gpt-4.1-2025-04-14\n",
            "app.py": "import yaml\nfrom openai import OpenAI\n\ncfg = yaml.safe_load(open('config.yaml'))['llm']\n\n\ndef ask(text):\n    return OpenAI().chat.completions.create(model=cfg['model'], messages=[{'role': 'user', 'content': text}])\n",
        },
        facts={"model.name": "gpt-4.1-2025-04-14"},
    ),
    "a-second-copy-of-a-file": Layout(
        uses=("llm",),
        files={
            "requirements.txt": "openai==1.68\n",
            "agents/answers.py": _ASKS.format("gpt-4.1-2025-04-14"),
            "agents/answers copy.py": _ASKS.format("gpt-4o-2024-08-06"),
            "agents/answers copy 2.py": _ASKS.format("gpt-3.5-turbo"),
        },
        facts={"model.name": "gpt-4.1-2025-04-14"},
        never=("gpt-4o", "gpt-3.5"),
    ),
    "files-that-try-and-find-faults": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.0.0"}}',
            "src/index.js": "import OpenAI from 'openai';\nawait new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages: [] });\n",
            "debug-tools.js": _WITH_A_TOOL,
            "test-endpoint-with-tools.js": _WITH_A_TOOL,
        },
        uses=("llm",),
        never=("get_weather", "gpt-4o-mini"),
    ),
    "an-address-of-no-company-at-all": Layout(
        uses=("llm",),
        files={
            "requirements.txt": "openai==1.68\n",
            "app.py": _ASKS.format("gpt-4o-2024-08-06"),
            "config/production.yaml": "flows:\n  api_url: https://flows.company.com/api\n",
            "board.py": "import requests\n\nrequests.get('http://ec2-100-26-136-60.compute-1.amazonaws.com:5000/api')\n",
        },
        never=("company.com", "compute-1"),
    ),
    "a-pipeline-of-diffusers-that-makes-pictures": Layout(
        uses=("classic-ml",),
        files={
            "requirements.txt": "diffusers==0.32\ntorch==2.5\nfastapi==0.115\n",
            "draw.py": "from diffusers import SanaSprintPipeline\n\n\nclass Draws:\n    def __init__(self):\n        self.model_path = 'Efficient-Large-Model/Sana_Sprint_0.6B_1024px_diffusers'\n        self.pipeline = SanaSprintPipeline.from_pretrained(self.model_path)\n\n    def draw(self, words):\n        return self.pipeline(prompt=words).images[0]\n",
            "main.py": "from fastapi import FastAPI\nfrom draw import Draws\n\napp = FastAPI()\ndraws = Draws()\n\n\n@app.post('/draw')\ndef draw(words: str):\n    return draws.draw(words)\n",
        },
        models=(("image", "Efficient-Large-Model/Sana_Sprint_0.6B_1024px_diffusers"),),
    ),
    "an-agent-that-finds-faults": Layout(
        uses=("llm",),
        files={
            "requirements.txt": "openai==1.68\n",
            "agents/debug_agent.py": _ASKS.format("gpt-4.1-2025-04-14"),
        },
        facts={"model.name": "gpt-4.1-2025-04-14"},
    ),
}
