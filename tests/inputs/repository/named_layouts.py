"""Replicas of pilots where a name that is given at run time decides, and of statements that only give a model a name."""

from __future__ import annotations

from layouts import Layout

_KINDS = ("mail", "maps", "news", "notes", "shell", "weather")


def _plugin(kind: str) -> str:
    return (
        f"from app.tools.base import Tool\n\n\nclass {kind.title()}(Tool):\n    def actions(self):\n"
        f"        return [{{'name': 'ask_{kind}', 'description': 'Asks {kind}.', 'parameters': {{'type': 'object', 'properties': {{}}}}}}]\n"
    )


_MAIN = (
    "from openai import OpenAI\n\nfrom app.manager import load_tool\n\n\ndef answer(messages, chosen):\n"
    "    tools = [{'type': 'function', 'function': one} for name in chosen for one in load_tool(name, {}).actions()]\n"
    "    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=messages, tools=tools)\n"
)
_PLUGINS = {
    "requirements.txt": "openai==1.59\n",
    "app/tools/base.py": "class Tool:\n    pass\n",
    "app/main.py": _MAIN,
    **{f"app/tools/{kind}.py": _plugin(kind) for kind in _KINDS},
}

_SHOPS = (
    "brave.dev",
    "cards.dev",
    "exams.dev",
    "films.dev",
    "games.dev",
    "hotels.dev",
    "jobs.dev",
    "lists.dev",
    "maps.dev",
)


def _asks(hosts: tuple[str, ...]) -> str:
    """Return a program that asks a model and some hosts."""
    calls = "".join(
        f"    pages.append(requests.get('https://api.{host}/v1/search', params={{'q': question}}, timeout=9).text)\n"
        for host in hosts
    )
    return (
        "import requests\nfrom fastapi import FastAPI\nfrom openai import OpenAI\n\napp = FastAPI()\n\n\n@app.post('/ask')\ndef ask(question: str):\n    pages = []\n"
        + calls
        + "    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[{'role': 'user', 'content': str(pages)}])\n"
    )


NAMED_LAYOUTS: dict[str, Layout] = {
    "plug-ins-that-users-choose-by-name": Layout(
        files={
            **_PLUGINS,
            "app/manager.py": "import importlib\n\n\ndef load_tool(name, config):\n    module = importlib.import_module(f'app.tools.{name}')\n    return module.make(config)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("ask_mail", "by a name given at run time"),
    ),
    "plug-ins-that-are-all-loaded": Layout(
        files={
            **_PLUGINS,
            "app/manager.py": "from app.tools import mail, maps, news, notes, shell, weather\n\n\ndef load_tool(name, config):\n    return {'mail': mail, 'maps': maps, 'news': news, 'notes': notes, 'shell': shell, 'weather': weather}[name].make(config)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={f"ask_{kind}": "reads" for kind in _KINDS},
        never_asks=("by a name given at run time",),
    ),
    "a-model-of-vertex-that-the-warehouse-asks": Layout(
        files={
            "requirements.txt": "google-cloud-bigquery==3.25\ngoogle-cloud-aiplatform==1.60\n",
            "app/main.py": (
                "from google.cloud import bigquery\nfrom vertexai.generative_models import GenerativeModel\n\nclient = bigquery.Client()\n"
                "client.query_and_wait('''CREATE OR REPLACE MODEL `shop.embedding`\n  REMOTE WITH CONNECTION `eu.vertex`\n  OPTIONS (ENDPOINT = 'text-embedding-004');''')\n"
                "GenerativeModel('gemini-1.5-pro-001').generate_content('hello')\n"
            ),
        },
        uses=("llm",),
        sources=("bigquery",),
    ),
    "a-button-that-deploys": Layout(
        files={
            "README.md": "# Notes\n\nAsk your notes anything, answered by a language model.\n\n[![Deploy with Vercel](https://vercel.com/button)](https://vercel.com/new/clone?repository-url=x)\n",
            "package.json": '{"dependencies": {"openai": "4.77.0", "next": "14.2.0"}}\n',
            "app/api/chat/route.ts": 'import OpenAI from "openai";\n\nexport async function POST(req: Request) {\n  return new OpenAI().chat.completions.create({ model: "gpt-4o-2024-08-06", messages: await req.json() });\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"target.service": "vercel-functions"},
    ),
    "a-button-beside-an-image": Layout(
        files={
            "README.md": "# Notes\n\nAsk your notes anything, answered by a language model.\n\n[![Deploy](https://railway.com/button.svg)](https://railway.com/template/x)\n",
            "Dockerfile": 'FROM node:22.11.0\nCOPY . .\nCMD ["node", "server.js"]\n',
            "package.json": '{"dependencies": {"openai": "4.77.0"}}\n',
            "server.js": 'import OpenAI from "openai";\n\nawait new OpenAI().chat.completions.create({ model: "gpt-4o-2024-08-06", messages: [] });\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("railway",),
    ),
    "ten-destinations": Layout(
        files={
            "requirements.txt": "openai==1.59\nrequests==2.32\nfastapi==0.115\n",
            "app/main.py": _asks(_SHOPS),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("api.openai.com",),
        asks=("10 destinations are named",),
    ),
    "nine-destinations": Layout(
        files={
            "requirements.txt": "openai==1.59\nrequests==2.32\nfastapi==0.115\n",
            "app/main.py": _asks(_SHOPS[:8]),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("api.openai.com", "api.brave.dev", "api.lists.dev"),
        never_asks=("destinations are named",),
    ),
    "a-pickle-that-predicts": Layout(
        files={
            "environment.yml": "dependencies:\n  - scikit-learn=1.5\n",
            "predict.py": "import pickle\nimport sys\n\nimport pandas as pd\n\nwith open(sys.argv[1], 'rb') as f:\n    pipe = pickle.load(f)\npd.DataFrame(pipe.predict(pd.read_csv(sys.argv[2]))).to_csv(sys.argv[3])\n",
        },
        uses=("classic-ml",),
        facts={"model.safe_format": "False"},
    ),
    "functions-that-a-stream-calls": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "2.2.37", "openai": "4.77.0"}}\n',
            "app/api/chat/route.ts": 'import { OpenAIStream, StreamingTextResponse } from "ai";\nimport { OpenAI } from "openai";\nimport { functions, runFunction } from "./functions";\n\nconst openai = new OpenAI();\n\nexport async function POST(req: Request) {\n  const { messages } = await req.json();\n  const first = await openai.chat.completions.create({ model: "gpt-4o-2024-08-06", messages, stream: true, functions, function_call: "auto" });\n  const stream = OpenAIStream(first, {\n    experimental_onFunctionCall: async ({ name, arguments: args }, createFunctionCallMessages) => {\n      const more = createFunctionCallMessages(await runFunction(name, args));\n      return openai.chat.completions.create({ model: "gpt-4o-2024-08-06", stream: true, messages: [...messages, ...more] });\n    },\n  });\n  return new StreamingTextResponse(stream);\n}\n',
            "app/api/chat/functions.ts": 'export const functions = [{ name: "get_story", description: "Get a story", parameters: { type: "object", properties: {} } }];\n\nexport async function runFunction(name: string, args: any) {\n  return name === "get_story" ? { story: args.id } : null;\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "a-page-to-try-it-out": Layout(
        files={
            "requirements.txt": "openai==1.59\nfastapi==0.115\n",
            "api/server.py": "from fastapi import FastAPI\nfrom openai import OpenAI\n\napp = FastAPI()\n\n\n@app.post('/ask')\ndef ask(question: str):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[{'role': 'user', 'content': question}])\n",
            "streamlit-demo/requirements.txt": "streamlit\nlancedb\n",
            "streamlit-demo/app.py": "import lancedb\nimport streamlit as st\n\nst.write(lancedb.connect('/tmp/x').open_table('t').search(st.text_input('q')).limit(4).to_list())\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("lancedb",),
    ),
}
