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
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.hosting": "hosted", "model.name": "gpt-4o-mini"},
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
}
