"""Layouts of which the question is what they use: what suffices, what confirms, and what explains evidence away."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef ask(text):\n    return client.chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': text}])\n"
_TRAINS = "import joblib\nfrom sklearn.linear_model import Ridge\n\nmodel = Ridge()\nmodel.fit(x, y)\njoblib.dump(model, 'model.pkl')\n"
_SERVES = "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.pkl')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return model.predict([row])\n"

USE_LAYOUTS: dict[str, Layout] = {
    "an-assistant-with-described-tools": Layout(
        files={
            "src/create.py": "from openai import AzureOpenAI\n\nclient = AzureOpenAI()\nspec = load('query.json')\nclient.beta.assistants.create(\n    model=deployment,\n    tools=[\n        {'type': 'code_interpreter'},\n        {'type': 'function', 'function': spec},\n    ],\n)\n",
            "src/run.py": "def answer(client, run, outputs):\n    client.beta.threads.runs.submit_tool_outputs(run_id=run.id, tool_outputs=outputs)\n",
        },
        uses=("llm", "agent"),
    ),
    "tools-by-their-schemas-over-a-socket": Layout(
        files={
            "infra/main.bicep": "module openAi 'core/ai/cognitiveservices.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'gpt-4o-realtime-preview'\n        model: {\n          format: 'OpenAI'\n          name: 'gpt-4o-realtime-preview'\n        }\n      }\n    ]\n  }\n}\n",
            "app/middle.py": "import json\n\n\nasync def on_call(self, ws, item):\n    result = await self.tools[item['name']].target(json.loads(item['arguments']))\n    await ws.send_json({'type': 'conversation.item.create', 'item': {'type': 'function_call_output', 'call_id': item['call_id'], 'output': result.to_text()}})\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-realtime-preview"),),
    ),
    "what-a-tool-gave-goes-back": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.0.0"}}',
            "app/api/chat/route.ts": "import OpenAI from 'openai'\n\nconst openai = new OpenAI()\nconst first = await openai.chat.completions.create({ model: 'gpt-4o', messages, tools: all.length > 0 ? all : undefined })\nfor (const call of first.choices[0].message.tool_calls) {\n  const args = JSON.parse(call.function.arguments)\n  messages.push({ tool_call_id: call.id, role: 'tool', content: await run(call.function.name, args) })\n}\n",
        },
        uses=("llm", "agent"),
    ),
    "a-tool-that-the-model-is-forced-to": Layout(
        files={
            "app/extract.py": "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(\n    model='gpt-4o',\n    messages=messages,\n    tools=[{'type': 'function', 'function': schema}],\n    tool_choice={'type': 'function', 'function': {'name': 'extract'}},\n)\n",
        },
        uses=("llm",),
    ),
    "a-server-of-tools": Layout(
        files={
            "pyproject.toml": '[project]\nname = "notes-server"\ndependencies = ["fastmcp==2.7.0"]\n',
            "src/server.py": "from fastmcp import FastMCP\n\n\nclass NotesServer(FastMCP):\n    def set_up(self):\n        self.tool(find, name='find-notes')\n",
        },
        uses=("agent",),
        asks=("pilot.uses leaves `llm` open: it offers tools (src/server.py:1:1)",),
    ),
    "a-server-of-tools-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "^1.8.0"}}',
            "src/proxy.ts": "import { Server } from '@modelcontextprotocol/sdk/server/index.js'\n\nconst server = new Server({ name: 'tickets' }, { capabilities: { tools: {} } })\n",
        },
        uses=("agent",),
        asks=("pilot.uses leaves `llm` open",),
    ),
    "a-server-of-tools-beside-a-model": Layout(
        files={
            "go.mod": "module example.org/doctor\n\nrequire (\n\tgithub.com/sashabaranov/go-openai v1.36.0\n\tgithub.com/mark3labs/mcp-go v0.32.0\n)\n",
            "pkg/ai/ask.go": 'package ai\n\nimport "github.com/sashabaranov/go-openai"\n\nfunc ask() { client := openai.NewClientWithConfig(config); client.CreateChatCompletion(ctx, request) }\n',
            "cmd/serve.go": 'package cmd\n\nimport "github.com/mark3labs/mcp-go/server"\n\nfunc serve() { s := server.NewMCPServer("doctor", "1.0") }\n',
        },
        uses=("llm",),
    ),
    "a-gateway-embeds-for-others": Layout(
        files={
            "README.md": "# Model Gateway\n\nRESTful interfaces of one kind for the models of a cloud, so that programs need not be changed.\n",
            "src/models.py": "import boto3\n\nclient = boto3.client('bedrock-runtime')\n\n\ndef translate(message):\n    return {'toolResult': {'toolUseId': message.tool_call_id, 'content': [{'text': message.content}]}}\n\n\ndef chat(request):\n    return client.converse(modelId=request.model, messages=request.messages)\n",
            "src/setting.py": "import os\n\nDEFAULT_EMBEDDING_MODEL = os.environ.get('DEFAULT_EMBEDDING_MODEL', 'cohere.embed-multilingual-v3')\n",
        },
        uses=("llm",),
    ),
    "vectors-as-features": Layout(
        files={
            "router/train.py": "import torch\nfrom torch import nn\n\nloss = nn.MSELoss()(net(x), y)\nloss.backward()\n",
            "router/serve.py": "from openai import OpenAI\n\nclient = OpenAI()\nvector = client.embeddings.create(model='text-embedding-3-small', input=text).data[0].embedding\nanswer = client.chat.completions.create(model=pick(vector), messages=messages)\n",
        },
        uses=("llm", "classic-ml", "training"),
        asks=("pilot.uses leaves `retrieval` open: texts are embedded (router/serve.py",),
    ),
    "vectors-to-compare-answers": Layout(
        files={
            "README.md": "# Measure\n\nMeasure is a package for the evaluation of LLM applications, with metrics for each step of them.\n",
            "measure/judge.py": _ASKS,
            "measure/near.py": "from sentence_transformers import CrossEncoder\n\nmodel = CrossEncoder('cross-encoder/stsb-roberta-base')\n",
        },
        uses=("llm",),
    ),
    "a-client-for-sounds-alone": Layout(
        files={
            "README.md": "# Speaker\n\nA server of text-to-speech that speaks as the interface of a well-known provider does.\n",
            "requirements.txt": "fastapi==0.110.0\nopenai==1.30.0\nTTS==0.22.0\n",
            "speech.py": "import uvicorn\nfrom fastapi import FastAPI\nfrom TTS.tts.models.xtts import Xtts\n\napp = FastAPI()\nmodel = Xtts.init_from_config(config)\n",
            "try_it.py": "import openai\n\nclient = openai.OpenAI(base_url='http://localhost:8000/v1')\nclient.audio.speech.create(model='tts-1', voice='a', input='hello')\n",
        },
        uses=("classic-ml",),
    ),
    "its-interface-in-rust": Layout(
        files={
            "Cargo.toml": '[package]\nname = "edge"\nversion = "0.1.0"\n',
            "src/mapper.rs": 'pub const PATH: &str = "/v1/chat/completions";\n',
        },
        uses=("llm",),
    ),
    "its-interface-in-svelte": Layout(
        files={
            "package.json": '{"dependencies": {"svelte": "^4.0.0"}}',
            "src/Chat.svelte": "<script>\n  const answer = await fetch(apiBase + '/v1/chat/completions', { method: 'POST', body })\n</script>\n",
        },
        uses=("llm",),
    ),
    "a-package-and-its-own-words": Layout(
        files={
            "README.md": "# Hooks\n\nHooks makes it easy to deploy and serve pipelines and agents of Haystack over one interface.\n",
            "pyproject.toml": '[project]\nname = "hooks"\ndependencies = ["haystack-ai==2.20.0", "fastapi==0.115.0"]\n',
            "hooks/app.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
        },
        uses=("llm",),
    ),
    "pictures-and-words-in-one-space": Layout(
        files={
            "service.py": "import bentoml\n\n\n@bentoml.service\nclass Clip:\n    def __init__(self):\n        from transformers import CLIPModel, CLIPProcessor\n\n        self.model = CLIPModel.from_pretrained(MODEL_ID)\n",
        },
        uses=("classic-ml",),
    ),
    "a-bot-of-intents": Layout(
        files={
            "config.yml": "language: en\npipeline:\n  - name: WhitespaceTokenizer\n  - name: DIETClassifier\n    epochs: 100\npolicies:\n  - name: TEDPolicy\n",
            "actions/actions.py": "from rasa_sdk import Action\n\n\nclass Pay(Action):\n    def name(self):\n        return 'pay'\n",
        },
        uses=("classic-ml", "training"),
    ),
    "a-job-scores-what-a-program-trained": Layout(
        files={"src/train.py": _TRAINS, "src/batch_score.py": "import joblib\n\nmodel = joblib.load('model.pkl')\n\n\ndef run(rows):\n    return model.predict(rows)\n"},
        uses=("classic-ml", "training", "batch"),
    ),
    "requests-gathered-in-batches": Layout(
        files={"server/app.py": _SERVES, "server/batch_inference.py": "def gather(requests):\n    return requests[:8]\n"},
        uses=("classic-ml",),
    ),
    "a-right-to-start-jobs": Layout(
        files={
            "app/main.py": _SERVES,
            "lib/stack.ts": "policy.addActions('sagemaker:CreateTransformJob', 'sagemaker:CreateTrainingJob')\n",
        },
        uses=("classic-ml",),
    ),
    "steps-in-a-row-beside-a-service": Layout(
        files={
            "api/main.py": _SERVES,
            "pipeline/train.py": _TRAINS,
            "pipeline/steps.py": "from kfp import dsl\n\n\n@dsl.pipeline\ndef train():\n    pass\n",
        },
        uses=("classic-ml", "training"),
    ),
    "steps-in-a-row-alone": Layout(
        files={"pipeline/train.py": _TRAINS, "pipeline/steps.py": "from kfp import dsl\n\n\n@dsl.pipeline\ndef train():\n    pass\n"},
        uses=("classic-ml", "training", "batch"),
    ),
    "a-scheduler-beside-a-service": Layout(
        files={
            "api/main.py": _SERVES,
            "dags/retrain.py": "from airflow.decorators import dag\n\n\n@dag(schedule=None)\ndef retrain():\n    pass\n",
            "dags/train.py": _TRAINS,
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "a-notebook-that-the-readme-names": Layout(
        files={
            "README.md": "# Food\n\nAn app that says which of ten foods is on a picture. The model comes from `model_training.ipynb`.\n",
            "food/app.py": "import streamlit as st\n\nst.title('Food')\n",
            "model_training.ipynb": '{"cells": [{"cell_type": "code", "source": ["history = model_1.fit(train_data, epochs=5)\\n"]}], "nbformat": 4}',
        },
        uses=("classic-ml", "training"),
    ),
    "a-notebook-that-nobody-names": Layout(
        files={
            "app/main.py": _SERVES,
            "notebook/tuning.ipynb": '{"cells": [{"cell_type": "code", "source": ["model.fit(x, y)\\n"]}], "nbformat": 4}',
        },
        uses=("classic-ml",),
    ),
    "a-tutorial-beside-a-notebook": Layout(
        files={
            "notebook.ipynb": '{"cells": [{"cell_type": "code", "source": ["from transformers import AutoModelForSeq2SeqLM\\n", "model = AutoModelForSeq2SeqLM.from_pretrained(\'google/flan-t5-small\')\\n", "from peft import LoraConfig\\n", "LoraConfig(r=16)\\n"]}], "nbformat": 4}',
            "tutorial/__init__.py": "from dagster import Definitions, ScheduleDefinition\n\nrefresh = ScheduleDefinition(job=job, cron_schedule='0 * * * *')\n",
        },
        uses=("llm", "training", "batch"),
    ),
    "stages-of-dvc": Layout(
        files={"dvc.yaml": "stages:\n  prepare:\n    cmd: python src/prepare.py\n  train:\n    cmd: python src/train.py\n"},
        uses=("classic-ml", "training"),
    ),
    "a-model-in-the-warehouse": Layout(
        files={"sql/churn.sql": "CREATE OR REPLACE MODEL `shop.churn`\nOPTIONS(model_type='boosted_tree_classifier') AS\nSELECT * FROM shop.history;\n"},
        uses=("classic-ml", "training"),
    ),
    "nothing-that-is-known": Layout(
        files={
            "README.md": "# Rooms\n\nUpload a photo of a room and see how it would look, made by a machine learning model elsewhere.\n",
            "app/route.ts": "const answer = await fetch('https://pictures.example.org/make', { method: 'POST' })\n",
        },
        uses=(),
        asks=("pilot.uses is not said: no code that was read runs, asks or trains a model; the README says machine learning",),
    ),
    "called-so-in-words-alone": Layout(
        files={
            "README.md": "# Desk\n\nAn agent for questions about the handbook of a company, made with a graph of fixed steps.\n",
            "src/graph.py": _ASKS + "\nfrom langgraph.graph import StateGraph\n\ngraph = StateGraph(State)\n",
            "requirements.txt": "langgraph==0.2.0\nopenai==1.30.0\n",
        },
        uses=("llm",),
        asks=("pilot.uses leaves `agent` open: the README says agent",),
    ),
    "functions-of-an-agent-by-its-words": Layout(
        files={
            "README.md": "# Swarm\n\nA library for systems of several agents that hand over to each other, built on a graph.\n",
            "swarm/handoff.py": "from langchain_core.tools import tool\nfrom langgraph.graph import StateGraph\n\n\n@tool\ndef hand_over(name: str) -> str:\n    return name\n\n\ngraph = StateGraph(State)\n",
        },
        uses=("llm", "agent"),
    ),
    "a-server-of-tools-that-embeds": Layout(
        files={
            "README.md": "# Memory Server\n\nTools for LLM apps, so that assistants remember what was said.\n",
            "pyproject.toml": '[project]\nname = "memory"\ndependencies = ["mcp==1.2.1", "cohere==5.14.2", "openai==1.70.0", "chromadb==1.0.13"]\n',
            "src/server.py": "import chromadb\nfrom mcp.server.fastmcp import FastMCP\n\nserver = FastMCP('memory')\nclient = chromadb.PersistentClient(path='x')\n\n\n@server.tool()\ndef find(text: str) -> str:\n    return client.get_collection('a').query(query_texts=[text])\n",
        },
        uses=("agent", "retrieval"),
        sources=("chroma",),
        asks=("pilot.uses leaves `llm` open",),
    ),
    "a-network-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@tensorflow/tfjs-node": "^4.0.0", "node-cron": "^3.0.0"}}',
            "src/trainer.ts": "import * as tf from '@tensorflow/tfjs-node'\n\nconst model = tf.sequential()\nawait model.fit(xs, ys, { epochs: 5 })\n",
            "src/schedule.ts": "import * as cron from 'node-cron'\n\ncron.schedule('0 2 * * *', () => retrain())\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "a-class-that-learns": Layout(
        files={
            "app/models.py": "class Naive:\n    def fit(self, y):\n        self.last = y[-1]\n\n    def predict(self, horizon):\n        return [self.last] * horizon\n",
            "app/ask.py": _ASKS,
        },
        uses=("llm", "classic-ml", "training"),
    ),
    "a-schedule-in-settings-of-a-program": Layout(
        files={
            "app/main.py": _SERVES + "\nretrain_cron = getattr(settings, 'forecast_model_scheduler_cron', '15 0 * * *')\n",
        },
        uses=("classic-ml", "batch"),
    ),
    "a-managed-airflow": Layout(
        files={
            "src/train.py": _TRAINS,
            "src/serve.py": _SERVES,
            "terraform/main.tf": 'resource "google_composer_environment" "runs" {\n  name = "runs"\n}\n',
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "a-model-by-its-weights": Layout(
        files={"forecast/zero_shot.py": "from chronos import Chronos2Pipeline\n\npipeline = Chronos2Pipeline.from_pretrained('amazon/chronos-2')\n"},
        uses=("classic-ml",),
    ),
    "a-sample-by-its-head": Layout(
        files={
            "README.md": "---\nname: Smart Load Balancing for OpenAI Endpoints\n---\n\n# Balance\n\nRequests go on to the next of several deployments when one is busy.\n",
            "src/try.py": _ASKS,
            "infra/main.bicep": "module openAi 'core/ai/cognitiveservices.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'vectors'\n        model: {\n          format: 'OpenAI'\n          name: 'text-embedding-ada-002'\n        }\n      }\n    ]\n  }\n}\n",
        },
        uses=("llm",),
    ),
    "another-projects-example-folder": Layout(
        files={
            "speak/engine.py": "from kokoro import KPipeline\n\npipe = KPipeline(lang_code='a')\n",
            "example_voices/train.py": "import torch\n\nloss.backward()\n",
        },
        uses=("classic-ml",),
    ),
}  # fmt: skip
