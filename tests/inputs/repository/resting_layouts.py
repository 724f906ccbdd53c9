"""Replicas in which something is at hand and nothing works with it, and programs of one run that do what their names say."""

from __future__ import annotations

from layouts import Layout

_ASKS = "import Anthropic from '@anthropic-ai/sdk';\n\nconst client = new Anthropic();\nexport const ask = (text) => client.messages.create({ model: 'claude-sonnet-4-20250514', max_tokens: 500, messages: [{ role: 'user', content: text }] });\n"
_FINDS = "import { BedrockAgentRuntimeClient, RetrieveCommand } from '@aws-sdk/client-bedrock-agent-runtime';\n\nconst client = new BedrockAgentRuntimeClient({ region: 'eu-west-1' });\nexport const find = (text, base) => client.send(new RetrieveCommand({ knowledgeBaseId: base, retrievalQuery: { text } }));\n"
_PACKAGE = '{"name": "desk", "dependencies": {"@anthropic-ai/sdk": "0.30.0", "@aws-sdk/client-bedrock-agent-runtime": "3.700.0"}}'
_SERVES = "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.pkl')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return model.predict([row])\n"
_TRAINS = "import joblib\nfrom sklearn.linear_model import Ridge\n\nmodel = Ridge()\nmodel.fit(x, y)\njoblib.dump(model, 'model.pkl')\n"
_SCORES = "import argparse\n\nimport pandas as pd\n\nfrom desk.{0} import {0}\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n    rows = pd.read_csv(parser.parse_args().rows)\n    rows['worth'] = {0}(rows)\n    rows.to_csv('worth.csv')\n\n\nif __name__ == '__main__':\n    main()\n"
_MADE = "import {{ Stack }} from 'aws-cdk-lib';\nimport {{ CfnKnowledgeBase, CfnAgent }} from 'aws-cdk-lib/aws-bedrock';\n\nexport class {0}Stack extends Stack {{\n  build() {{\n    return new {1}(this, '{0}', {{ name: 'desk' }});\n  }}\n}}\n"
_STACKS = "import * as cdk from 'aws-cdk-lib';\n\nexport const make = (app: cdk.App, given: Given) => {\n  const search = given.searchEnabled ? new SearchStack(app, 'Search') : null;\n  if (given.helperEnabled) {\n    new HelperStack(app, 'Helper');\n  }\n};\n"
_ASKED = "import { BedrockAgentRuntimeClient, RetrieveAndGenerateCommand, InvokeAgentCommand } from '@aws-sdk/client-bedrock-agent-runtime';\n\nconst client = new BedrockAgentRuntimeClient({});\nexport const look = (text) =>\n  client.send(new RetrieveAndGenerateCommand({ input: { text } }));\nexport const help = (text) =>\n  client.send(new InvokeAgentCommand({ inputText: text }));\n"
_CDK = {
    "package.json": _PACKAGE.replace("}}", ', "aws-cdk-lib": "2.180.0"}}'),
    "lib/stacks.ts": _STACKS,
    "lib/search-stack.ts": _MADE.format("Search", "CfnKnowledgeBase"),
    "lib/helper-stack.ts": _MADE.format("Helper", "CfnAgent"),
    "lambda/ask.ts": _ASKS,
    "lambda/others.ts": _ASKED,
}
_CONTEXT = '{{\n  "app": "npx ts-node lib/stacks.ts",\n  "context": {{\n    "searchEnabled": {0},\n    "helperEnabled": {0}\n  }}\n}}\n'
_PAGE = "import { useState } from 'react';\n\nexport default function Page() {\n  const [chosenModel, setChosenModel] = useState<string>('claude-3-5-haiku-20241022');\n  const send = (text: string) => fetch('/api/ask', { method: 'POST', body: JSON.stringify({ text, model: chosenModel }) });\n  return <button onClick={() => send('hello')}>Ask</button>;\n}\n"
_ROUTE = "import Anthropic from '@anthropic-ai/sdk';\n\nconst client = new Anthropic();\n{0}export async function POST(request: Request) {{\n  const {{ text, model }} = await request.json();\n  return client.messages.create({{ {1}max_tokens: 500, {2}messages: [{{ role: 'user', content: text }}] }});\n}}\n"
_DRAWS = "const tools: Described[] = [\n  { name: 'draw_bars', description: 'draws bars', input_schema: { type: 'object', properties: {} } },\n];\n"
_OFFER = "export const offered = {{\n{}}};\n".format(
    "".join(
        f"  m{number}: {{ modelId: '{name}' }},\n"
        for number, name in enumerate(
            (
                "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                "us.anthropic.claude-opus-4-20250514-v1:0",
                "us.amazon.nova-pro-v1:0",
                "us.amazon.nova-lite-v1:0",
                "us.amazon.nova-micro-v1:0",
                "amazon.titan-embed-text-v2:0",
            )
        )
    )
)
_CONVERSES = "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';\nimport { offered } from './offered';\n\nconst client = new BedrockRuntimeClient({});\nexport const ask = (of: string, messages: any[]) => client.send(new ConverseCommand({ modelId: offered[of].modelId, messages }));\n"

RESTING_LAYOUTS: dict[str, Layout] = {
    "a-folder-that-is-put-away": Layout(
        files={
            "package.json": _PACKAGE,
            "src/ask.ts": _ASKS,
            "app/__legacy/tools.py": "from langgraph.prebuilt import create_react_agent\nfrom langchain_openai import ChatOpenAI\n\nagent = create_react_agent(ChatOpenAI(model='gpt-3.5-turbo'), [])\n",
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-20250514"),),
        never=("gpt-3.5-turbo",),
    ),
    "a-knowledge-base-that-a-page-asks": Layout(
        files={"package.json": _PACKAGE, "src/ask.ts": _ASKS, "src/find.ts": _FINDS},
        uses=("llm", "retrieval"),
        sources=("bedrock-knowledge-base",),
        hosts=("bedrock-agent-runtime.*.amazonaws.com",),
    ),
    "a-database-that-is-ready-for-vectors-and-keeps-none": Layout(
        files={
            "package.json": _PACKAGE,
            "src/ask.ts": _ASKS,
            "db/0000_notes.sql": 'CREATE EXTENSION IF NOT EXISTS vector;\n\nCREATE TABLE "notes" (\n\t"id" varchar(40) PRIMARY KEY NOT NULL,\n\t"body" text NOT NULL\n);\n',
        },
        uses=("llm",),
        sources=("postgresql",),
    ),
    "a-later-change-adds-the-column-of-vectors": Layout(
        files={
            "package.json": _PACKAGE,
            "src/ask.ts": _ASKS,
            "db/0000_notes.sql": 'CREATE EXTENSION IF NOT EXISTS vector;\n\nCREATE TABLE "notes" (\n\t"id" varchar(40) PRIMARY KEY NOT NULL\n);\n',
            "db/0001_near.sql": 'ALTER TABLE "notes" ADD COLUMN\n\t"embedding" vector(768);\n',
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        facts={"retrieval.dims": "768"},
    ),
    "a-worker-that-only-joins-a-room": Layout(
        files={
            "README.md": "# How to deploy an agent\n\nTemplates for an agent.\n",
            "requirements.txt": "livekit-agents>=1.0\n",
            "worker.py": "from livekit.agents import JobContext, WorkerOptions, cli\n\n\nasync def join(ctx: JobContext):\n    await ctx.connect()\n\n\ncli.run_app(WorkerOptions(entrypoint_fnc=join))\n",
        },
        uses=(),
        asks=("pilot.uses is not said",),
    ),
    "rows-of-a-file-that-a-program-scores-at-once": Layout(
        files={
            "requirements.txt": "scikit-learn==1.5.0\nfastapi==0.115.0\npandas==2.2.0\n",
            "desk/serve.py": _SERVES,
            "desk/learn.py": _TRAINS,
            "scripts/fill_in.py": _SCORES.format("make_batch_predictions"),
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "rows-of-a-file-that-a-program-only-copies": Layout(
        files={
            "requirements.txt": "scikit-learn==1.5.0\nfastapi==0.115.0\npandas==2.2.0\n",
            "desk/serve.py": _SERVES,
            "desk/learn.py": _TRAINS,
            "scripts/fill_in.py": _SCORES.format("fill_gaps"),
        },
        uses=("classic-ml", "training"),
    ),
    "asked-of-an-agent-and-a-knowledge-base-that-are-off": Layout(
        files=_CDK | {"cdk.json": _CONTEXT.format("false")},
        uses=("llm",),
        asks=(
            "searchEnabled is off in the context of the CDK",
            "`agent` in pilot.uses",
            "bedrock-knowledge-base",
        ),
    ),
    "asked-of-an-agent-and-a-knowledge-base-that-are-on": Layout(
        files=_CDK | {"cdk.json": _CONTEXT.format("true")},
        uses=("llm", "retrieval", "agent"),
        sources=("bedrock-knowledge-base",),
    ),
    "a-model-with-which-a-page-begins": Layout(
        files={
            "package.json": _PACKAGE,
            "app/page.tsx": _PAGE,
            "app/api/ask/route.ts": _ROUTE.format("", "model, ", ""),
        },
        uses=("llm",),
        models=(("chat", "claude-3-5-haiku-20241022"),),
        facts={"model.name": "claude-3-5-haiku-20241022"},
    ),
    "a-model-with-which-a-page-begins-and-that-is-not-asked": Layout(
        files={
            "package.json": _PACKAGE,
            "app/page.tsx": _PAGE,
            "app/api/ask/route.ts": _ROUTE.format("", "model: 'claude-sonnet-4-20250514', ", ""),
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-20250514"),),
        never=("claude-3-5-haiku-20241022",),
    ),
    "tools-that-are-left-to-the-model": Layout(
        files={
            "package.json": _PACKAGE,
            "app/api/ask/route.ts": _ROUTE.format(
                _DRAWS, "model, ", "tools, tool_choice: { type: 'auto' }, "
            ),
        },
        uses=("llm", "agent"),
        tools={"draw_bars": "unknown"},
    ),
    "a-tool-that-gives-the-answer-its-form": Layout(
        files={
            "package.json": _PACKAGE,
            "app/api/ask/route.ts": _ROUTE.format(
                _DRAWS, "model, ", "tools, tool_choice: { type: 'tool', name: 'draw_bars' }, "
            ),
        },
        uses=("llm",),
    ),
    "a-model-for-vectors-in-a-table-of-what-there-is": Layout(
        files={
            "package.json": '{"name": "desk", "dependencies": {"@aws-sdk/client-bedrock-runtime": "3.700.0"}}',
            "src/offered.ts": _OFFER,
            "src/ask.ts": _CONVERSES,
        },
        uses=("llm",),
    ),
    "the-address-of-the-language-model-beside-the-model-of-chats": Layout(
        files={
            "requirements.txt": "openai==1.55.0\npydantic-settings==2.6.0\n",
            "desk/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    llm_base_url: str = 'http://localhost:11434/v1'\n    chat_model: str = 'qwen2.5:3b'\n",
            "desk/ask.py": "from openai import OpenAI\n\nfrom desk.settings import Settings\n\nkept = Settings()\nclient = OpenAI(base_url=kept.llm_base_url, api_key='none')\n\n\ndef ask(text):\n    return client.chat.completions.create(model=kept.chat_model, messages=[{'role': 'user', 'content': text}])\n",
        },
        uses=("llm",),
        models=(("chat", "qwen2.5:3b"),),
        facts={"model.hosting": "self"},
    ),
    "a-setting-that-is-of-a-provider-of-models-of-others": Layout(
        files={
            "requirements.txt": "httpx==0.27.0\npydantic-settings==2.6.0\n",
            "desk/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    OPENROUTER_API_KEY: str\n    OPENROUTER_MODEL: str = 'google/gemini-2.5-flash'\n",
            "desk/ask.py": "import httpx\n\nfrom desk.settings import Settings\n\nkept = Settings()\n\n\ndef ask(text):\n    return httpx.post('https://openrouter.ai/api/v1/chat/completions', json={'model': kept.OPENROUTER_MODEL, 'messages': [{'role': 'user', 'content': text}]}, timeout=30)\n",
        },
        uses=("llm",),
        models=(("chat", "google/gemini-2.5-flash"),),
        facts={"model.hosting": "hosted"},
        hosts=("openrouter.ai",),
    ),
}
