"""Replicas of pilots whose model, tools or schedule are set up elsewhere than in a client's call: on a provider's page, in SQL, by a switch."""

from __future__ import annotations

import json

from layouts import Layout

_CELLS = (
    "import psycopg2\ncur = psycopg2.connect(host='db', dbname='notes').cursor()\n",
    'cur.execute("CREATE TABLE notes (id INT, body TEXT, embedding VECTOR(768))")\n',
    "cur.execute(\"INSERT INTO notes (embedding) VALUES (ai.ollama_embed('nomic-embed-text', 'a'))\")\n",
    'cur.execute("SELECT body FROM notes ORDER BY embedding <=> %s LIMIT 4")\n',
    "cur.execute(\"SELECT ai.ollama_generate('llama3.1', %s)\")\n",
)
_NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": one.splitlines(keepends=True)} for one in _CELLS]}, indent=1
)
_TRAINS = json.dumps(
    {"cells": [{"cell_type": "code", "source": ['!curl -X POST "http://localhost:8000/train" -d @train.json\n', "import tritonclient.grpc as triton\n", "client = triton.InferenceServerClient(url='localhost:8001')\n", "out = client.infer('fraud', inputs)\n"]}]},
    indent=1,
)  # fmt: skip
_RULE = "Resources:\n  Train:\n    Type: AWS::SageMaker::Pipeline\n    Properties: {{PipelineName: train}}\n  Monthly:\n    Type: AWS::Events::Rule\n    Properties:\n      ScheduleExpression: cron(0 12 1 * ? *)\n      State: {0}\n"
_FITS = (
    "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit(x, y)\n"
)

ELSEWHERE_LAYOUTS: dict[str, Layout] = {
    "a-database-asks-and-embeds-in-a-notebook": Layout(
        files={"README.md": "# Notes\n\nA RAG application in PostgreSQL.\n", "notes.ipynb": _NOTEBOOK},
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "llama3.1"), ("embedding", "nomic-embed-text")),
        facts={
            "retrieval.dims": "768",
            "retrieval.top_k": "4",
            "model.name": "llama3.1",
            "model.hosting": "self",
        },
    ),
    "a-notebook-has-a-server-train": Layout(
        files={"fraud.ipynb": _TRAINS},
        uses=("classic-ml", "training"),
    ),
    "an-agent-of-a-page-of-openai": Layout(
        files={
            "package.json": '{"name": "club", "dependencies": {"@openai/chatkit-react": "1.1.1", "next": "15.0.0"}}',
            "app/api/session/route.ts": 'export async function POST() {\n  return fetch("https://api.openai.com/v1/chatkit/sessions", { method: "POST", body: JSON.stringify({ workflow: { id: "wf_1" } }) });\n}\n',
            "components/Panel.tsx": "import { useChatKit } from '@openai/chatkit-react';\nexport const Panel = () => {\n  const kit = useChatKit({\n    onClientTool: async (call) => {\n      if (call.name === 'switch_theme') return { success: true };\n      if (call.name === \"record_fact\") return { success: true };\n      if (error.name === 'AbortError') return {};\n      return { success: false };\n    },\n  });\n  return null;\n};\n",
        },
        uses=("llm", "agent"),
        tools={"switch_theme": "unknown", "record_fact": "writes"},
        hosts=("api.openai.com",),
    ),
    "tools-are-added-to-a-lasting-connection": Layout(
        files={
            "package.json": '{"name": "voice", "dependencies": {"@openai/realtime-api-beta": "github:openai/openai-realtime-api-beta"}}',
            "src/voice.ts": "import { RealtimeClient } from '@openai/realtime-api-beta';\nconst client = new RealtimeClient({ url: relay });\nclient.addTool(\n  { name: 'get_tides', description: 'Tides of a harbour', parameters: { type: 'object', properties: {} } },\n  async ({ harbour }) => look(harbour),\n);\nclient.show({ name: 'tide_table', description: 'Table', parameters: { type: 'object' } });\n",
        },
        uses=("llm", "agent"),
        tools={"get_tides": "reads"},
        never=("tide_table",),
    ),
    "functions-of-a-page-that-an-agent-calls": Layout(
        files={
            "package.json": '{"name": "guide", "dependencies": {"@elevenlabs/react": "0.5.0"}}',
            "src/guide.tsx": "import { useConversation } from '@elevenlabs/react';\nexport const Guide = () => {\n  const talk = useConversation({ clientTools: { showMap: async () => 'ok', book_table({ at }) { return at; } } });\n  talk.startSession({ agentId: 'agent_1', connectionType: 'webrtc' });\n  return null;\n};\n",
        },
        uses=("llm", "agent"),
        tools={"showMap": "reads", "book_table": "writes"},
    ),
    "functions-before-there-were-tools": Layout(
        files={
            "requirements.txt": "openai==0.28.1\n",
            "desk.py": "import openai\nfrom shelves import described\n\n\ndef pick(messages):\n    functions = [described(one) for one in shelves()]\n    answer = openai.ChatCompletion.create(model='gpt-4-0613', messages=messages, functions=functions)\n    call = answer.choices[0].message.get('function_call', {})\n    return run(call.get('name'), call.get('arguments'))\n",
        },
        uses=("llm", "agent"),
    ),
    "a-function-gives-an-answer-its-form": Layout(
        files={
            "requirements.txt": "openai==0.28.1\n",
            "sort.py": "import openai\n\n\ndef sort(text):\n    answer = openai.ChatCompletion.create(model='gpt-4-0613', messages=text, functions=FORMS, function_call={'name': 'label'})\n    return answer.choices[0].message['function_call']['name']\n",
        },
        uses=("llm",),
    ),
    "a-schedule-that-is-turned-off": Layout(
        files={"infra/pipeline.yml": _RULE.format("DISABLED"), "train.py": _FITS},
        uses=("classic-ml", "training"),
        never=("pipeline.refresh",),
    ),
    "a-schedule-that-is-turned-on": Layout(
        files={"infra/pipeline.yml": _RULE.format("ENABLED"), "train.py": _FITS},
        uses=("classic-ml", "training", "batch"),
    ),
    "flows-of-prefect-beside-a-service": Layout(
        files={
            "requirements.txt": "prefect==2.20\nscikit-learn==1.5\nfastapi==0.115\n",
            "src/flow.py": f"from prefect import flow\n{_FITS}\n\n@flow\ndef train():\n    return model\n\n\nif __name__ == '__main__':\n    train()\n",
            "src/api.py": "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/score')\ndef score():\n    return 1\n",
        },
        uses=("classic-ml", "training"),
    ),
    "flows-of-prefect-alone": Layout(
        files={
            "requirements.txt": "prefect==2.20\nscikit-learn==1.5\n",
            "src/flow.py": f"from prefect import flow\n{_FITS}\n\n@flow\ndef train():\n    return model\n\n\nif __name__ == '__main__':\n    train()\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
}
