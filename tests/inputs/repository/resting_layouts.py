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
}
