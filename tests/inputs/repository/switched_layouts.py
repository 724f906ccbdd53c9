"""Replicas of pilots with switches, gateways and examples: what is off, offered or beside the service is no part of it."""

from __future__ import annotations

from layouts import Layout

SWITCHED_LAYOUTS: dict[str, Layout] = {
    "databases-behind-switches-that-are-off": Layout(
        files={
            "infra/main.bicep": (
                "param useQueue bool = false\nparam useTable bool = false\nparam useBlobs bool = true\nparam cacheName string = ''\n"
                "module queue 'queue.bicep' = if (useQueue) {\n  name: 'q'\n}\n"
                "module table 'br/public:avm/res/document-db/database-account:0.1.0' = if (useTable || useQueue) {\n  name: 't'\n}\n"
                "module blobs 'br/public:avm/res/storage/storage-account:0.1.0' = if (useBlobs) {\n  name: 'documents'\n}\n"
                "module cache 'br/public:avm/res/cache/redis:0.1.0' = if (!empty(cacheName)) {\n  name: 'c'\n}\n"
            ),
            "infra/queue.bicep": "resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' = {\n  name: 'b'\n}\n",
            "app/main.py": (
                "from azure.storage.blob import BlobServiceClient\nfrom openai import AzureOpenAI\n\nblobs = BlobServiceClient('x')\n"
                "AzureOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
            ),
            "requirements.txt": "openai==1.0.0\nazure-storage-blob==12.0.0\nazure-cosmos==4.5.0\nredis==5.0.0\n",
        },
        uses=("llm",),
        sources=("azure-blob-storage",),
        models=(("chat", "gpt-4o"),),
        never=("cosmosdb", "service-bus", "sources[redis]"),
    ),
    "a-switch-that-the-parameters-turn-on": Layout(
        files={
            "infra/main.bicep": "param useTable bool = false\nmodule table 'br/public:avm/res/document-db/database-account:0.1.0' = if (useTable) {\n  name: 't'\n}\n",
            "infra/main.parameters.json": '{"parameters": {"useTable": {"value": "${USE_TABLE=true}"}}}\n',
            "app/main.py": "from openai import AzureOpenAI\n\nAzureOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        sources=("cosmosdb",),
        models=(("chat", "gpt-4o"),),
    ),
    "counts-of-terraform": Layout(
        files={
            "infra/main.tf": (
                'variable "with_cache" {\n  default = "false"\n}\nvariable "with_table" {\n  default = true\n}\n'
                'locals {\n  cached = var.with_cache == "true" ? true : false\n}\n'
                'resource "aws_elasticache_cluster" "cache" {\n  count  = local.cached ? 1 : 0\n  engine = "redis"\n}\n'
                'resource "aws_dynamodb_table" "sessions" {\n  count = var.with_table ? 1 : 0\n  name  = "sessions"\n}\n'
                'module "search" {\n  source = "./search"\n  count  = var.with_cache == "true" ? 1 : 0\n}\n'
            ),
            "infra/search/main.tf": 'resource "aws_opensearch_domain" "index" {\n  domain_name = "index"\n}\n',
            "app/main.py": "import boto3\n\ntable = boto3.resource('dynamodb').Table('sessions')\nmodel = boto3.client('bedrock-runtime', region_name='eu-west-1')\nmodel.converse(modelId='anthropic.claude-3-haiku-20240307-v1:0')\n",
        },
        uses=("llm",),
        sources=("dynamodb",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        never=("opensearch", "sources[redis]"),
    ),
    "a-gateway-that-is-given-texts": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "^6.0.0", "@vercel/postgres": "0.10.0", "next": "15.0.0"}}\n',
            ".env.example": "OPENAI_API_KEY=\nPOSTGRES_URL=\n",
            "app/actions.ts": (
                "import { generateText } from 'ai';\nimport { sql } from '@vercel/postgres';\n\n"
                "export async function ask(q: string) {\n  const { text } = await generateText({ model: 'openai/gpt-4o-mini', prompt: q });\n"
                "  return (await sql.query(text)).rows;\n}\n"
            ),
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "openai/gpt-4o-mini"),),
        facts={"model.hosting": "hosted", "model.name": "openai/gpt-4o-mini"},
        never=("api.openai.com",),
    ),
    "speech-of-a-size": Layout(
        files={
            "pyproject.toml": '[project]\nname = "hear"\ndependencies = ["openai-whisper", "fastapi"]\n',
            "app/config.py": "import os\n\n\nclass CONFIG:\n    MODEL_NAME = os.getenv('ASR_MODEL', 'small')\n    SITE = {'url': 'https://github.com/somebody/hear/blob/main/LICENCE'}\n",
            "app/engine.py": "import whisper\n\nfrom app.config import CONFIG\n\nmodel = whisper.load_model(name=CONFIG.MODEL_NAME)\n",
        },
        uses=("classic-ml",),
        models=(("speech", "whisper-small"),),
        facts={"model.name": "whisper-small", "model.hosting": "self", "model.kind": "other"},
        never=("github.com",),
    ),
    "keys-in-comments-and-scripts-for-other-stores": Layout(
        files={
            "pyproject.toml": '[project]\nname = "talk"\ndependencies = ["langchain-anthropic", "langgraph", "psycopg"]\n',
            ".env.example": "# ANTHROPIC_API_KEY=\n# FIREWORKS_API_KEY=\n# GROQ_API_KEY=\n",
            "src/graph.py": "import psycopg\nfrom langchain_anthropic import ChatAnthropic\n\nmodel = ChatAnthropic(model='claude-sonnet-4-5-20250929')\nrows = psycopg.connect('')\n",
            "scripts/load_into_mongo.py": "from pymongo import MongoClient\n\nclient = MongoClient('')\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "claude-sonnet-4-5-20250929"),),
        asks=("only scripts reach mongodb",),
        never=("fireworks", "groq", "sources[mongodb]"),
    ),
    "functions-given-as-tools-in-csharp": Layout(
        files={
            "src/Desk/Desk.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.Extensions.AI" Version="9.4.0" /></ItemGroup></Project>\n',
            "src/Desk/Chat.cs": (
                "using Microsoft.Extensions.AI;\n\npublic class Chat(IChatClient client) {\n  public async Task Ask() {\n"
                "    var tool = AIFunctionFactory.Create(new Manuals().SearchManual);\n    var options = new ChatOptions { Tools = [tool] };\n"
                "    client.GetStreamingResponseAsync(messages, options);\n  }\n}\n"
            ),
            "src/AppHost/appsettings.json": '{"OllamaModel": "llama3.1"}\n',
            "seeddata/DataGenerator/Program.cs": 'using Azure.AI.OpenAI;\nvar made = new AzureOpenAIClient(new Uri("x"));\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "llama3.1"),),
        facts={"model.hosting": "self"},
        tools={"SearchManual": "reads"},
        never=("azure.com",),
    ),
    "functions-in-a-set-and-pages-in-texts": Layout(
        files={
            "requirements.txt": "azure-ai-projects==1.0.0\nyfinance==0.2.52\nrequests==2.32.3\n",
            "app/main.py": (
                "import os\nfrom azure.ai.projects import AIProjectClient\nfrom azure.ai.projects.models import BingGroundingTool, FileSearchTool, FunctionTool\n"
                "from app.functions import desk_functions\n\nclient = AIProjectClient.from_connection_string(conn_str=os.environ['PROJECT'])\n"
                "tools = [BingGroundingTool(connection_id='x'), FileSearchTool(vector_store_ids=[])]\nown = FunctionTool(desk_functions)\n"
            ),
            "app/functions.py": (
                "import requests\nimport yfinance as yf\n\n\ndef fetch_weather(city: str) -> str:\n    url = f'https://api.openweathermap.org/data?q={city}'\n    return requests.get(url).text\n\n\n"
                "def fetch_price(name: str) -> str:\n    return str(yf.Ticker(name).history())\n\n\ndef delete_ticket(number: int) -> str:\n    return requests.delete(f'https://desk.example.com/{number}').text\n\n\n"
                "desk_functions = {fetch_weather, fetch_price, delete_ticket}\n"
            ),
        },
        uses=("llm", "agent", "retrieval"),
        tools={"fetch_weather": "reads", "fetch_price": "reads", "delete_ticket": "irreversible"},
        facts={"agent.high_impact_tools": "('delete_ticket',)"},
        never=("desk_functions",),
    ),
    "a-client-that-is-given-a-dictionary": Layout(
        files={
            "app/main.py": (
                "import os\nimport openai\n\nargs = {}\nif os.getenv('LOCAL_ENDPOINT'):\n    args['base_url'] = os.getenv('LOCAL_ENDPOINT')\n    client = openai.AsyncOpenAI(**args)\n"
                "else:\n    client = openai.AsyncAzureOpenAI(azure_endpoint='', **args)\nclient.chat.completions.create(model=os.getenv('AZURE_OPENAI_DEPLOYMENT', 'answers'), messages=[])\n"
            ),
            "infra/main.bicep": (
                "var deploymentName = 'answers'\nmodule openAi 'core/ai/cognitiveservices.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: deploymentName\n"
                "        model: {\n          format: 'OpenAI'\n          name: 'gpt-4o-mini'\n          version: '2024-07-18'\n        }\n        capacity: 30\n      }\n    ]\n  }\n}\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini", "model.version": "2024-07-18", "model.hosting": "hosted"},
        never=("api.openai.com", "answers"),
    ),
    "the-first-library-of-openai-asks-azure": Layout(
        files={
            "app/search.py": (
                "import openai\nfrom azure.search.documents import SearchClient\n\nopenai.api_type = 'azure_ad'\nopenai.api_base = 'https://x.openai.azure.com'\nindex = SearchClient('', '', None)\n\n\n"
                "async def embed(text: str):\n    return await openai.Embedding.acreate(input=text, engine='text-embedding-ada-002')\n"
            ),
        },
        uses=("retrieval",),
        sources=("azure-ai-search",),
        models=(("embedding", "text-embedding-ada-002"),),
        facts={"model.hosting": "hosted", "model.kind": "embedding"},
        never=("api.openai.com",),
    ),
    "a-crew-with-tools-of-its-own-base": Layout(
        files={
            "pyproject.toml": '[project]\nname = "mail"\ndependencies = ["crewai[tools]>=0.102.0"]\n',
            "src/mail/crew.py": "from crewai import Agent, LLM\nfrom crewai_tools import FileReadTool\n\nllm = LLM(model='openai/gpt-4o-mini')\nagent = Agent(tools=[FileReadTool()], llm=llm)\n",
            "src/mail/tools/mail_tools.py": (
                "import imaplib\nfrom crewai.tools import BaseTool\n\n\nclass MailToolBase(BaseTool):\n    def connect(self):\n        return imaplib.IMAP4_SSL('imap.gmail.com')\n\n\n"
                "class TrashTool(BaseTool):\n    name: str = 'empty_trash'\n\n    def _run(self):\n        return self.connect().expunge()\n\n\n"
                "class UnreadTool(MailToolBase):\n    name: str = 'get_unread'\n\n    def _run(self):\n        return self.connect().search(None, 'UNSEEN')\n"
            ),
            "src/mail/tools/custom_tool.py": "from crewai.tools import BaseTool\n\n\nclass MyCustomTool(BaseTool):\n    name: str = 'Name of my tool'\n",
        },
        uses=("llm", "agent"),
        sources=("mailbox",),
        models=(("chat", "gpt-4o-mini"),),
        tools={"FileReadTool": "reads", "empty_trash": "irreversible", "get_unread": "reads"},
        never=("Name of my tool",),
    ),
    "speech-served-with-limits": Layout(
        files={
            "service.py": (
                "import bentoml\n\nwith bentoml.importing():\n    import whisperx\n\n\n@bentoml.service(traffic={'timeout': 30, 'concurrency': 8}, resources={'gpu': 1, 'memory': '8Gi'})\n"
                "class Hears:\n    def __init__(self):\n        self.model = whisperx.load_model('large-v2', 'cuda')\n"
            ),
            "bentofile.yaml": "service: 'service.py:Hears'\nenvs:\n  - name: HF_TOKEN\n",
        },
        uses=("classic-ml",),
        models=(("speech", "whisper-large-v2"),),
        facts={
            "target.memory_limit": "8 GiB",
            "target.count": "1",
            "operations.request_deadline": "30 s",
            "model.max_concurrency": "8",
            "model.hosting": "self",
        },
    ),
    "tools-of-libraries-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "^1.0.0", "@langchain/tavily": "^1.0.0", "langchain": "^1.0.0"}}\n',
            "app/agent.ts": (
                "import { ChatOpenAI } from '@langchain/openai';\nimport { TavilySearch } from '@langchain/tavily';\nimport { createReactAgent } from '@langchain/langgraph/prebuilt';\n\n"
                "const EVENTS_API_URL = 'https://v02.api.js.example.org/classes/runnables.html#events';\nconst tools = [new TavilySearch({ maxResults: 1 })];\n"
                "export const agent = createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-4o-mini' }), tools });\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-mini"),),
        tools={"tavily_search": "reads"},
        never=("retrieval.top_k", "v02.api"),
    ),
    "pages-of-a-list-and-prompts-by-model": Layout(
        files={
            "package.json": '{"dependencies": {"@aws-sdk/client-service-quotas": "^3.0.0"}}\n',
            "lib/quotas.ts": "import { ServiceQuotasClient, ListServiceQuotasCommand } from '@aws-sdk/client-service-quotas';\n\nexport const all = new ServiceQuotasClient({}).send(new ListServiceQuotasCommand({ ServiceCode: 'x', MaxResults: 100 }));\n",
            "app/prompts.py": "from app.words import SINGLE, register_prompts\n\nregister_prompts(model_name='gemini-1.5-pro-001', prompts={'SINGLE': SINGLE})\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("retrieval.top_k", "gemini"),
    ),
    "notebooks-that-train-what-a-server-asks": Layout(
        files={
            "requirements.txt": "flask==3.0.0\nxgboost==2.0.0\n",
            "scripts/inference/main.py": "import os\n\nfrom flask import Flask\n\nfrom answers import ask\n\napp = Flask(__name__)\n\n\n@app.route('/', methods=['POST'])\ndef score():\n    return ask(os.environ['ENDPOINT_ID'])\n",
            "04_train.ipynb": (
                '{"cells": [\n {"cell_type": "code", "source": [\n  "import xgboost as xgb\\n",\n  "model = xgb.XGBClassifier(n_estimators=80)\\n",\n'
                '  "model.fit(x, y)\\n"\n ], "outputs": [], "metadata": {}}\n], "metadata": {}, "nbformat": 4}\n'
            ),
        },
        uses=("classic-ml", "training"),
    ),
    "stores-that-a-build-only-offers": Layout(
        files={
            "pom.xml": (
                "<project>\n<dependencyManagement><dependencies>\n<dependency><artifactId>spring-ai-starter-vector-store-neo4j</artifactId></dependency>\n"
                "</dependencies></dependencyManagement>\n<dependencies>\n<!-- <artifactId>spring-ai-starter-vector-store-milvus</artifactId> -->\n"
                "<dependency><artifactId>spring-ai-starter-model-openai</artifactId></dependency>\n<dependency><artifactId>spring-ai-starter-vector-store-pgvector</artifactId></dependency>\n"
                "<dependency>\n<artifactId>spring-ai-starter-vector-store-chroma</artifactId>\n<scope>test</scope></dependency>\n</dependencies>\n</project>\n"
            ),
            "src/main/resources/application.yml": "spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: gpt-4o-2024-08-06\n",
            "backups/2025/pom.xml": "<project><dependencies><dependency><artifactId>spring-ai-starter-vector-store-redis</artifactId></dependency></dependencies></project>\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("neo4j", "milvus", "chroma", "redis"),
    ),
    "parameters-that-take-the-environment": Layout(
        files={
            "infra/main.bicep": (
                "param chatVersion string = ''\nparam chatDeploymentVersion string = ''\nparam useCache bool = false\n"
                "module cache 'br/public:avm/res/cache/redis:0.1.0' = if (useCache) {\n  name: 'c'\n}\n"
                "module ai 'ai.bicep' = {\n  name: 'ai'\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n        model: {\n          format: 'OpenAI'\n"
                "          name: 'gpt-4o'\n          version: chatDeploymentVersion // that speaks to tools\n        }\n        sku: {\n          name: 'Standard'\n          capacity: 30\n        }\n      }\n    ]\n  }\n}\n"
            ),
            "infra/main.bicepparam": (
                "using './main.bicep'\n\nparam chatDeploymentVersion = readEnvironmentVariable('CHAT_DEPLOYMENT_VERSION', '2024-08-06')\n"
                "param useCache = bool(readEnvironmentVariable('USE_CACHE', 'false'))\nparam minReplicas = int(readEnvironmentVariable('MIN_REPLICAS', '2'))\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.version": "2024-08-06", "model.alias_floating": "False", "target.replicas": "2"},
        never=("redis",),
    ),
}
