"""Replicas of what is off by default: groups of tools, tools behind an option, constructs, parts and adapters that nothing chooses."""

from __future__ import annotations

from layouts import Layout

_GO_MAIN = (
    'package main\n\nimport (\n\t"flag"\n\n\t"github.com/mark3labs/mcp-go/server"\n\n\t"example.com/desk/tools"\n)\n\n'
    'func flags() *string {\n\treturn flag.String("enabled-tools", "orders,stock,mail", "Groups of tools that are on")\n}\n\n'
    "func entries() []entry {\n\treturn []entry{\n"
    '\t\t{tools.AddOrderTools, "orders"},\n\t\t{func(s *server.MCPServer) { tools.AddStockTools(s, true) }, "stock"},\n'
    '\t\t{tools.AddMailTools, "mail"},\n\t\t{tools.AddStaffTools, "staff"},\n\t}\n}\n\nfunc main() {\n\trun(server.NewMCPServer("desk", "1.0"), entries(), flags())\n}\n'
)


def _go_tools(group: str, variable: str, name: str, hint: str = "") -> str:
    return (
        'package tools\n\nimport (\n\t"github.com/mark3labs/mcp-go/mcp"\n\t"github.com/mark3labs/mcp-go/server"\n)\n\n'
        f'var {variable} = mcp.NewTool(\n\t"{name}",\n\tmcp.WithDescription("What it does (shortly)."),\n{hint})\n\n'
        f"func Add{group}Tools(s *server.MCPServer) {{\n\ts.AddTool({variable}, run{variable})\n}}\n"
    )


_PYTHON_SERVER = (
    "import os\nfrom fastmcp import FastMCP\nfrom fastmcp.prompts import Prompt\nfrom fastmcp.tools import Tool\nfrom desk.env import get_archive_config\n\n"
    "mcp = FastMCP('desk')\n\n\ndef search_archive(text: str):\n    return text\n\n\ndef list_orders():\n    return []\n\n\ndef how_to_ask():\n    return 'Ask so'\n\n\n"
    "def register_archive():\n    if not get_archive_config().enabled:\n        return\n    mcp.add_tool(Tool.from_function(search_archive, name='search_archive'))\n\n\n"
    "mcp.add_tool(Tool.from_function(list_orders))\nmcp.add_prompt(Prompt.from_function(how_to_ask, name='how_to_ask'))\nregister_archive()\n"
)
_PYTHON_ENV = (
    "import os\n\n\nclass ArchiveConfig:\n    @property\n    def enabled(self) -> bool:\n        return os.getenv('ARCHIVE_ENABLED', '{0}').lower() == 'true'\n\n\n"
    "def get_archive_config() -> ArchiveConfig:\n    return ArchiveConfig()\n"
)

_CONTEXT = '{{\n  "app": "npx ts-node bin/app.ts",\n  "context": {{\n    "searchEnabled": {0},\n    "toolsEnabled": {0}\n  }}\n}}\n'
_CDK = {
    "package.json": '{"name": "desk", "dependencies": {"aws-cdk-lib": "2.180.0", "@aws-sdk/client-bedrock-runtime": "3.7.0", "@aws-sdk/client-kendra": "3.7.0", "@aws-sdk/client-dynamodb": "3.7.0"}}\n',
    "lib/stacks.ts": (
        "import * as cdk from 'aws-cdk-lib';\nimport { ChatStack } from './chat-stack';\nimport { SearchStack } from './search-stack';\nimport { ToolServer } from './tool-server';\n\n"
        "export const makeStacks = (app: cdk.App, params: Params) => {\n  new ChatStack(app, 'Chat');\n"
        "  const search = params.searchEnabled && !params.indexId\n    ? new SearchStack(app, 'Search', { env: { region: params.region } })\n    : null;\n"
        "  if (params.toolsEnabled) {\n    new ToolServer(app, 'Tools');\n  }\n};\n"
    ),
    "lib/chat-stack.ts": "import { Stack } from 'aws-cdk-lib';\nimport { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';\n\nexport class ChatStack extends Stack {\n  build() {\n    new NodejsFunction(this, 'Chat', { entry: './lambda/chat.ts' });\n  }\n}\n",
    "lib/search-stack.ts": "import { Stack } from 'aws-cdk-lib';\nimport { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';\n\nexport class SearchStack extends Stack {\n  build() {\n    new NodejsFunction(this, 'Search', { entry: './lambda/search.ts' });\n  }\n}\n",
    "lib/tool-server.ts": "import { Construct } from 'constructs';\nimport { DockerImageCode } from 'aws-cdk-lib/aws-lambda';\n\nexport class ToolServer extends Construct {\n  build() {\n    return DockerImageCode.fromImageAsset('./tool-server');\n  }\n}\n",
    "lambda/chat.ts": (
        "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';\nimport { DynamoDBClient } from '@aws-sdk/client-dynamodb';\n"
        "const client = new BedrockRuntimeClient({});\nconst table = new DynamoDBClient({});\n"
        "export const handler = async (q: string) => client.send(new ConverseCommand({ modelId: 'amazon.nova-pro-v1:0', messages: [] }));\n"
    ),
    "lambda/search.ts": (
        "import { KendraClient, QueryCommand } from '@aws-sdk/client-kendra';\nconst client = new KendraClient({});\n"
        "export const handler = async (q: string) => client.send(new QueryCommand({ IndexId: process.env.INDEX, QueryText: q }));\n"
    ),
    "tool-server/app.py": "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('parcels')\n\n\n@mcp.tool()\ndef lookup_parcel(number: str) -> str:\n    return number\n",
    "tool-server/requirements.txt": "mcp==1.9.0\n",
}
_INSTALLED = {
    "core/install.sh": (
        '#!/bin/bash\nsource core/defaults.sh\nif [[ "$deploy_models" == "yes" ]]; then\n  kubectl apply -f core/models.yaml\nfi\n'
        'if [[ "$deploy_tuning" == "yes" ]]; then\n  ansible-playbook ../../blueprints/tuning/playbooks/deploy.yml\nfi\n'
    ),
    "core/app.py": "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
    "requirements.txt": "openai==1.40.0\n",
    "blueprints/tuning/playbooks/deploy.yml": "- hosts: all\n  tasks: []\n",
    "blueprints/tuning/src/store.py": "import psycopg\n\n\ndef load(name):\n    return psycopg.connect('host=db').execute('select 1')\n",
    "blueprints/tuning/src/main.py": "from fastapi import FastAPI\nfrom store import load\n\napp = FastAPI()\n\n\n@app.get('/')\ndef get(name: str):\n    return load(name)\n",
    "blueprints/tuning/src/requirements.txt": "psycopg==3.2\nfastapi==0.115\n",
}

_STORES = {
    "requirements.txt": "langchain-openai==0.2\nchromadb==0.5\npinecone==5.0\n",
    ".env.example": "VECTOR_STORE='app.stores.local.LocalStore'\nPINECONE_API_KEY=\n",
    "app/config.py": "import os\nfrom importlib import import_module\n\nSTORE = os.environ.get('VECTOR_STORE', 'app.stores.local.LocalStore')\n\n\ndef load():\n    module, _, name = STORE.rpartition('.')\n    return getattr(import_module(module), name)\n",
    "app/stores/base.py": "class Store:\n    def find(self, q):\n        raise NotImplementedError\n",
    "app/stores/local.py": "import chromadb\nfrom app.stores.base import Store\n\n\nclass LocalStore(Store):\n    def __init__(self):\n        self.client = chromadb.HttpClient(host='chroma')\n\n    def find(self, q):\n        return self.client.get_collection('notes').query(query_texts=[q])\n",
    "app/stores/pine.py": "import os\nfrom pinecone import Pinecone, ServerlessSpec\nfrom app.stores.base import Store\n\n\nclass PineStore(Store):\n    def __init__(self):\n        self.client = Pinecone(api_key=os.environ['PINECONE_API_KEY'])\n        self.client.create_index('notes', dimension=1536, metric='cosine', spec=ServerlessSpec(cloud='aws', region='us-east-1'))\n\n    def find(self, q):\n        return self.client.Index('notes').query(vector=q, top_k=4)\n",
    "app/main.py": "from langchain_openai import ChatOpenAI\nfrom app.config import load\n\nstore = load()()\nllm = ChatOpenAI(model='gpt-4o-2024-08-06')\n\n\ndef answer(q):\n    return llm.invoke([store.find(q), q])\n",
}

_CASES = {
    "package.json": '{"name": "desk", "dependencies": {"@langchain/openai": "0.3.0", "@langchain/anthropic": "0.3.0", "@langchain/mistralai": "0.2.0", "js-yaml": "4.1.0"}}\n',
    "config.yaml": "llms:\n  class_name: OpenAI\n  model_name: gpt-4o-2024-08-06\n",
    "src/load.ts": (
        "import * as yaml from 'js-yaml';\nimport { OpenAiModel } from './models/openai-model';\nimport { ClaudeModel } from './models/claude-model';\nimport { MistralModel } from './models/mistral-model';\n\n"
        "export function load(text: string) {\n  const parsed = yaml.load(text);\n  switch (parsed.llms.class_name) {\n    case 'OpenAI':\n      return new OpenAiModel(parsed);\n"
        "    case 'Claude':\n      return new ClaudeModel(parsed);\n    case 'Mistral':\n      return new MistralModel(parsed);\n  }\n}\n"
    ),
    "src/models/openai-model.ts": "import { ChatOpenAI } from '@langchain/openai';\n\nexport class OpenAiModel {\n  model = new ChatOpenAI({ model: 'gpt-4o-2024-08-06' });\n}\n",
    "src/models/claude-model.ts": "import { ChatAnthropic } from '@langchain/anthropic';\n\nexport class ClaudeModel {\n  model = new ChatAnthropic({ model: 'claude-sonnet-4-20250514' });\n}\n",
    "src/models/mistral-model.ts": "import { ChatMistralAI } from '@langchain/mistralai';\n\nexport class MistralModel {\n  model = new ChatMistralAI({ model: 'mistral-large-2411' });\n}\n",
}
_AGENT = "from openai import OpenAI\n\nMAX_STEPS = {0}\n\n\nclass Agent:\n    def answer(self, q):\n        return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"
_SERVER = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('{0}')\n\n\n@mcp.tool()\ndef {1}(number: str) -> str:\n    return number\n\n\nmcp.run()\n"
_VARIANTS = {
    "requirements.txt": "openai==1.40.0\nmcp==1.9.0\n",
    ".env.sample": 'AGENT_MODULE="agents.your-agent"\n# AGENT_MODULE="agents.single.desk"\n# AGENT_MODULE="agents.routed.desk" # with vans\n',
    "app/main.py": "import os\nfrom importlib import import_module\n\nagent = import_module(os.getenv('AGENT_MODULE')).Agent()\nagent.answer('q')\n",
    "agents/single/desk.py": _AGENT.format("12"),
    "agents/routed/desk.py": _AGENT.format("15"),
    "agents/routed/vans.py": _SERVER.format("vans", "book_van"),
    "services/orders.py": _SERVER.format("orders", "list_orders"),
}
_UNSET = {
    "requirements.txt": "openai==1.40.0\npymongo==4.8\nfastapi==0.115\n",
    ".env.example": "OPENAI_API_KEY=\n",
    "setup.sh": 'read -r uri\nif [ -n "$uri" ]; then\n  echo "MONGODB_URI=$uri" >> .env\nfi\n',
    "app/records.py": "from pymongo import MongoClient\n\n\nclass Records:\n    def __init__(self, uri):\n        self.client = MongoClient(uri)\n\n    def add(self, q):\n        self.client['desk']['asked'].insert_one({'q': q})\n",
    "app/main.py": (
        "import os\nfrom fastapi import FastAPI\nfrom openai import OpenAI\nfrom app.records import Records\n\napp = FastAPI()\nrecords = None\nif uri := os.getenv('MONGODB_URI'):\n    records = Records(uri)\n\n\n"
        "@app.get('/')\ndef answer(q: str):\n    if records:\n        records.add(q)\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"
    ),
}

OFF_LAYOUTS: dict[str, Layout] = {
    "groups-of-tools-that-a-flag-leaves-out": Layout(
        files={
            "go.mod": "module example.com/desk\n\ngo 1.24\n\nrequire github.com/mark3labs/mcp-go v0.40.0\n",
            "cmd/desk/main.go": _GO_MAIN,
            "tools/orders.go": _go_tools("Order", "ListOrders", "list_orders"),
            "tools/stock.go": _go_tools(
                "Stock", "FindShelf", "find_shelf", "\tmcp.WithReadOnlyHintAnnotation(false),\n"
            ),
            "tools/mail.go": _go_tools(
                "Mail", "OpenBox", "open_box", "\tmcp.WithReadOnlyHintAnnotation(true),\n"
            ),
            "tools/staff.go": _go_tools("Staff", "DismissClerk", "dismiss_clerk"),
        },
        uses=("agent",),
        tools={"list_orders": "reads", "find_shelf": "writes", "open_box": "reads"},
        facts={"agent.tools": "('open_box', 'list_orders', 'find_shelf')"},
        never=("dismiss_clerk",),
    ),
    "groups-of-tools-that-a-flag-lists-all": Layout(
        files={
            "go.mod": "module example.com/desk\n\ngo 1.24\n\nrequire github.com/mark3labs/mcp-go v0.40.0\n",
            "cmd/desk/main.go": _GO_MAIN.replace("orders,stock,mail", "orders,stock,mail,staff"),
            "tools/orders.go": _go_tools("Order", "ListOrders", "list_orders"),
            "tools/stock.go": _go_tools("Stock", "FindShelf", "find_shelf"),
            "tools/mail.go": _go_tools("Mail", "OpenBox", "open_box"),
            "tools/staff.go": _go_tools("Staff", "ListClerks", "list_clerks"),
        },
        uses=("agent",),
        tools={"list_orders": "reads", "find_shelf": "reads", "list_clerks": "reads"},
    ),
    "a-tool-behind-a-setting-that-is-off": Layout(
        files={
            "requirements.txt": "fastmcp==2.12\n",
            "desk/env.py": _PYTHON_ENV.format("false"),
            "desk/server.py": _PYTHON_SERVER,
        },
        uses=("agent",),
        tools={"list_orders": "reads"},
        facts={"agent.tools": "('list_orders',)"},
        asks=("search_archive counts only where archive_enabled is turned on",),
        never=("how_to_ask", "search_archive"),
    ),
    "a-tool-behind-a-setting-that-is-on": Layout(
        files={
            "requirements.txt": "fastmcp==2.12\n",
            "desk/env.py": _PYTHON_ENV.format("true"),
            "desk/server.py": _PYTHON_SERVER,
        },
        uses=("agent",),
        tools={"list_orders": "reads", "search_archive": "reads"},
        never=("how_to_ask",),
        never_asks=("archive_enabled",),
    ),
    "constructs-that-the-context-leaves-off": Layout(
        files=_CDK | {"cdk.json": _CONTEXT.format("false")},
        uses=("llm",),
        sources=("dynamodb",),
        never=("lookup_parcel",),
    ),
    "constructs-that-the-context-turns-on": Layout(
        files=_CDK | {"cdk.json": _CONTEXT.format("true")},
        uses=("llm", "retrieval", "agent"),
        sources=("kendra", "dynamodb"),
        tools={"lookup_parcel": "reads"},
    ),
    "parts-that-an-installer-leaves-off": Layout(
        files=_INSTALLED | {"core/defaults.sh": 'deploy_models="yes"\ndeploy_tuning=""\n'},
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "parts-that-an-installer-takes": Layout(
        files=_INSTALLED | {"core/defaults.sh": 'deploy_models="yes"\ndeploy_tuning="yes"\n'},
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "stores-beside-the-one-that-a-path-chooses": Layout(
        files=_STORES,
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never=("pinecone", "1,536"),
    ),
    "stores-beside-one-that-code-names": Layout(
        files=_STORES
        | {"app/jobs.py": "from app.stores.pine import PineStore\n\n\ndef copy():\n    return PineStore()\n"},
        uses=("llm", "retrieval"),
        facts={"retrieval.dims": "1,536"},
    ),
    "records-that-are-off": Layout(
        files={
            "config.json": (
                '{\n  "embedding-model": {\n    "models": [\n      { "name": "bge-small-en-v1.5", "deploy": true },\n      { "name": "bge-large-en-v1.5", "deploy": false }\n    ]\n  }\n}\n'
            ),
            "requirements.txt": "openai==1.40.0\nhttpx==0.27\n",
            "app/settings.py": (
                "class ToolSettings:\n    maps: dict = {\n        'use': False,\n        'api_key': '',\n    }\n    weather: dict = {\n        'use': False,\n        'url': 'https://api.rainfall.io/v1',\n    }\n"
                "    music: dict = {\n        'use': False,\n    }\n    mail: dict = {\n        'use': True,\n        'url': 'https://api.postbox.io/v1',\n    }\n"
            ),
            "app/maps.py": "import httpx\nfrom app.registry import get_tool_config\n\n\ndef find(q):\n    key = get_tool_config('maps')\n    return httpx.get('https://api.cityplan.io/v1', params={'q': q, 'key': key})\n",
            "app/post.py": "import httpx\nfrom app.registry import get_tool_config\n\n\ndef send(q):\n    key = get_tool_config('mail')\n    return httpx.post('https://api.letterbox.io/v1', json={'q': q, 'key': key})\n",
            "app/registry.py": "from app.settings import ToolSettings\n\n\ndef get_tool_config(name):\n    return getattr(ToolSettings, name)\n",
            "app/main.py": "from openai import OpenAI\nfrom app import maps, post\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[maps.find(q), post.send(q)])\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-2024-08-06"), ("embedding", "bge-small-en-v1.5")),
        hosts=("api.letterbox.io",),
        never=("bge-large-en-v1.5", "api.cityplan.io", "api.rainfall.io"),
    ),
    "classes-that-a-switch-over-a-setting-leaves": Layout(
        files=_CASES,
        uses=("llm",),
        hosts=("api.openai.com",),
        never=("api.anthropic.com",),
    ),
    "classes-that-a-switch-over-a-setting-takes": Layout(
        files=_CASES
        | {"config.yaml": "llms:\n  class_name: Claude\n  model_name: claude-sonnet-4-20250514\n"},
        uses=("llm",),
        hosts=("api.anthropic.com",),
    ),
    "variants-of-which-none-is-chosen": Layout(
        files=_VARIANTS,
        uses=("llm", "agent"),
        asks=("AGENT_MODULE",),
        tools={"list_orders": "reads"},
        never=("book_van", "agent.max_steps"),
    ),
    "variants-of-which-one-is-chosen": Layout(
        files=_VARIANTS
        | {
            ".env.sample": 'AGENT_MODULE="agents.routed.desk"\n# AGENT_MODULE="agents.single.desk"\n# AGENT_MODULE="agents.routed.desk"\n'
        },
        uses=("llm", "agent"),
        tools={"list_orders": "reads", "book_van": "reads"},
        never_asks=("AGENT_MODULE",),
    ),
    "a-store-behind-an-address-that-is-not-set": Layout(
        files=_UNSET,
        uses=("llm",),
        asks=("mongodb", "MONGODB_URI is set"),
    ),
    "a-store-behind-an-address-that-is-set": Layout(
        files=_UNSET | {".env.example": "MONGODB_URI=mongodb://db:27017\n"},
        uses=("llm",),
        sources=("mongodb",),
        never_asks=("MONGODB_URI is set",),
    ),
}
