"""Replicas of pilots whose first look said something wrong, or left out what a newcomer looks for first."""

from __future__ import annotations

from layouts import Layout

_SERVER = "import json\nfrom mcp.server.lowlevel import Server\n\nserver = Server('books')\n\n\n@server.list_tools()\nasync def listed():\n    return load()\n"
_MODULE = 'source = "git::https://example.com/own/modules.git//modules/infrastructure/'

FIRST_LAYOUTS: dict[str, Layout] = {
    "a-second-region-of-terraform-for-public-images": Layout(
        files={
            "terraform/images.tf": 'provider "aws" {\n  alias  = "public"\n  region = "us-east-1"\n}\n',
            "requirements.txt": "openai==1.59\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("target.region",),
    ),
    "modules-of-another-repository-and-a-store-on-machines-of-developers": Layout(
        files={
            "terraform/main.tf": f'module "backend" {{\n  {_MODULE}ecs?ref=v5"\n}}\nmodule "vectors" {{\n  {_MODULE}ecs?ref=v5"\n}}\nmodule "files" {{\n  {_MODULE}s3?ref=v3"\n}}\n',
            "docker-compose.yaml": "services:\n  app:\n    build: .\n  minio:\n    image: minio/minio:RELEASE.2025-07-23\n",
            "requirements.txt": "openai==1.59\nboto3==1.40\n",
            "app.py": "import boto3\nfrom openai import OpenAI\n\nboto3.client('s3').upload_file('a', 'b', 'c')\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        sources=("s3",),
        facts={"target.service": "amazon-ecs"},
    ),
    "modules-of-the-registry": Layout(
        files={
            "main.tf": 'module "answers" {\n  source  = "terraform-aws-modules/lambda/aws"\n  version = "7.20.0"\n}\n',
            "requirements.txt": "openai==1.59\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        facts={"target.service": "aws-lambda"},
    ),
    "servers-that-an-interface-lists-and-a-key-that-callers-show": Layout(
        files={
            "pyproject.toml": '[project]\nname = "parts"\nversion = "1"\ndependencies = ["fastapi==0.118", "unstructured==0.18"]\n',
            "app.py": "import os\nfrom fastapi import FastAPI, Request\nfrom unstructured.partition.auto import partition\nfrom unstructured_inference.models.base import UnknownModelException\n\napp = FastAPI(servers=[{'url': 'https://api.example-parts.io', 'description': 'Hosted', 'x-id': 'prod'}])\n\n\n@app.post('/parts')\ndef parts(request: Request):\n    try:\n        return partition(file=request)\n    except UnknownModelException:\n        return None\n",
        },
        uses=("classic-ml",),
        never=("security.egress[api.example-parts.io].name",),
    ),
    "tavily-server": Layout(  # called after the maker of the key: its callers show it
        files={
            "requirements.txt": "fastapi==0.118\nopenai==1.59\n",
            "app.py": "import os\nfrom fastapi import FastAPI, HTTPException, Request\nfrom openai import OpenAI\n\napp = FastAPI()\n\n\n@app.post('/find')\ndef find(request: Request):\n    if request.headers.get('key') != os.environ['TAVILY_API_KEY']:\n        raise HTTPException(401)\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        never=("api.tavily.com",),
    ),
    "weights-for-words-beside-vectors-of-a-provider": Layout(
        files={
            "requirements.txt": "mcp==1.8\nqdrant-client[fastembed]==1.15\nopenai==1.59\n",
            "search.py": "import os\nfrom fastembed import SparseTextEmbedding\nfrom openai import AsyncAzureOpenAI\nfrom qdrant_client import QdrantClient\n\nwords = SparseTextEmbedding(model_name='Qdrant/bm25')\n\n\nasync def embed(text):\n    client = AsyncAzureOpenAI()\n    return await client.embeddings.create(model=os.environ['EMBEDDING_MODEL'], input=text)\n\n\ndef find(text):\n    return QdrantClient('x').query_points('c', query=embed(text), limit=5)\n",
            "server.py": "from mcp.server.fastmcp import FastMCP\n\nfrom books import register\n\nserver = FastMCP('books')\nregister(server)\n",
            "books.py": "import asyncio\n\nfrom calls import asked\n\n\nasync def find_books(title: str):\n    async with asyncio.TaskGroup() as tg:\n        found = tg.create_task(asked(title))\n    return found.result()\n\n\ndef register(server):\n    server.add_tool(find_books, 'search_books')\n",
            "calls.py": "from cached import cached_get\n\nBOOKS_BASE_URL = 'https://books-api.example-library.org'\n\n\nasync def asked(title):\n    return await cached_get(f'{BOOKS_BASE_URL}/books/{title}')\n",
        },
        uses=("retrieval", "agent"),
        sources=("qdrant",),
        tools={"search_books": "reads"},
        hosts=("books-api.example-library.org",),
        never=("model.hosting",),
    ),
    "a-server-of-tools-beside-a-part-that-asks-a-model": Layout(
        files={
            "model/Dockerfile": "FROM python:3.12\nCOPY . .\nCMD uvicorn main:app\n",
            "model/requirements.txt": "mcp==1.8\nqdrant-client==1.15\n",
            "model/main.py": _SERVER + "\n\ndef load():\n    return []\n",
            "model/search.py": "from qdrant_client import QdrantClient\n\nQdrantClient('x').query_points('c', limit=5)\n",
            "collector/requirements.txt": "openai==1.59\n",
            "collector/pages.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("qdrant",),
    ),
    "a-client-for-open-weights-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"together-ai": "0.9.0"}}\n',
            "app/api/read/route.ts": 'import { Together } from "together-ai";\n\nconst options: ConstructorParameters<typeof Together>[0] = {};\nconst together = new Together(options);\n\nexport async function POST() {\n  return together.chat.completions.create({ model: "meta-llama/Llama-3.2-90B-Vision-Instruct-Turbo", messages: [] });\n}\n',
        },
        uses=("llm",),
        models=(("chat", "meta-llama/Llama-3.2-90B-Vision-Instruct-Turbo"),),
        facts={"model.hosting": "hosted"},
        hosts=("api.together.xyz",),
    ),
    "tools-that-a-function-of-a-go-server-makes": Layout(
        files={
            "go.mod": "module own\n\nrequire github.com/mark3labs/mcp-go v0.40.0\n",
            "cmd/own/main.go": 'package main\n\nimport "github.com/mark3labs/mcp-go/server"\n\nfunc main() {\n\ts := server.NewMCPServer("own", "1")\n\tserver.ServeStdio(s)\n}\n',
            "tools/books.go": 'package tools\n\nimport "github.com/mark3labs/mcp-go/mcp"\n\nvar SearchBooks = own.MustTool(\n\t"search_books",\n\t"Finds books. "+more,\n\tsearchBooks,\n\tmcp.WithTitleAnnotation("Search"),\n)\n\nvar RunPanelQuery = own.MustTool("run_panel_query", `Asks what a panel shows`, func(ctx context.Context) (string, error) { return "", nil })\n',
            ".claude-plugin/install.mjs": "const found = await fetch('https://api.github.com/repos/own/own/releases/latest');\n",
        },
        uses=("agent",),
        tools={"search_books": "reads", "run_panel_query": "reads"},
        never=("api.github.com",),
    ),
    "an-index-in-memory-by-its-location": Layout(
        files={
            "requirements.txt": "qdrant-client==1.12\nopenai==1.59\n",
            "app.py": "from openai import OpenAI\nfrom qdrant_client import QdrantClient\n\nstore = QdrantClient(location=':memory:')\nstore.query_points('c', limit=5)\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=(":memory:",),
    ),
    "a-model-of-another-container-and-a-database-by-its-address": Layout(
        files={
            "go.mod": "module own\n\nrequire github.com/sashabaranov/go-openai v1.41.2\n",
            "main.go": 'package main\n\nimport (\n\t"os"\n\n\t"github.com/sashabaranov/go-openai"\n)\n\nfunc main() {\n\tconfig := openai.DefaultConfig(os.Getenv("LLM_API_KEY"))\n\tconfig.BaseURL = os.Getenv("LLM_API_URL")\n\tclient := openai.NewClientWithConfig(config)\n\tclient.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: model(os.Getenv("MODEL"), "gpt-4")})\n}\n',
            "docker-compose.yaml": "services:\n  weights:\n    image: example/weights:1.2\n  app:\n    build: .\n    environment:\n      - MODEL=gemma-3-4b-it-qat\n      - LLM_API_URL=http://weights:8080\n      - DATABASE_URL=postgresql://own:own@rows:5432/own\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gemma-3-4b-it-qat"),),
        facts={"model.name": "gemma-3-4b-it-qat", "model.hosting": "self"},
        never=("api.openai.com",),
    ),
    "pages-that-a-service-of-a-cloud-reads": Layout(
        files={
            "main.tf": 'resource "aws_lambda_function" "answer" {\n  runtime = "python3.12"\n}\n',
            "src/helper.py": "import boto3\n\n\nclass AwsHelper:\n    def getClient(self, name):\n        return boto3.client(name)\n",
            "src/pages.py": "import boto3\nfrom helper import AwsHelper\n\n\ndef handler(event, context):\n    client = AwsHelper().getClient('textract')\n    boto3.client('s3').head_object(Bucket='b', Key='k')\n    return client.start_document_text_detection(DocumentLocation=event)\n",
        },
        uses=("classic-ml",),
        sources=("s3",),
        facts={"model.hosting": "hosted", "target.service": "aws-lambda"},
        hosts=("textract.*.amazonaws.com",),
    ),
    "a-database-of-the-aws-cdk-by-its-engine-and-its-units": Layout(
        files={
            "cdk/package.json": '{"dependencies": {"aws-cdk-lib": "2.150.0"}}\n',
            "cdk/lib/database.ts": 'import * as rds from "aws-cdk-lib/aws-rds";\n\nexport class Database {\n  constructor(scope, props) {\n    new rds.DatabaseCluster(scope, "Rows", {\n      engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_1 }),\n      serverlessV2MinCapacity: props.minCapacity,\n    });\n  }\n}\n',
            "cdk/lib/stack.ts": 'import * as cdk from "aws-cdk-lib";\nimport { Database } from "./database";\n\nexport class Stack extends cdk.Stack {\n  constructor(scope) {\n    super(scope, "own");\n    new Database(this, { minCapacity: 1, maxCapacity: 2, autoPause: true });\n  }\n}\n',
            "requirements.txt": "openai==1.59\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        sources=("mysql",),
        never=("target.replicas",),
    ),
    "rows-of-jpa-and-one-driver": Layout(
        files={
            "build.gradle": "dependencies {\n    implementation 'org.springframework.ai:spring-ai-starter-model-openai:1.0.0'\n    implementation 'org.springframework.boot:spring-boot-starter-data-jpa:3.4.0'\n    implementation(\"org.postgresql:postgresql:42.7.7\")\n}\n",
            "src/main/java/own/Pages.java": "package own;\n\nimport org.springframework.data.jpa.repository.JpaRepository;\n\npublic interface Pages extends JpaRepository<Page, Long> {\n}\n",
            "src/main/java/own/Ask.java": 'package own;\n\nimport org.springframework.ai.chat.client.ChatClient;\n\nclass Ask {\n  String ask(ChatClient client) {\n    return client.prompt("x").call().content();\n  }\n}\n',
        },
        uses=("llm",),
        sources=("postgresql",),
    ),
    "questions-that-an-evaluation-makes-within-the-code": Layout(
        files={
            "app/requirements.txt": "litellm==1.55\n",
            "app/src/engine.py": "from litellm import completion\n\n\nclass Engine:\n    llm: str = 'gpt-4o'\n\n    def answer(self, text):\n        return completion(model=self.llm, messages=[{'role': 'user', 'content': text}])\n",
            "app/src/evaluation/qa_generation/generator.py": "from litellm import completion\n\n\ndef question(text, llm: str = 'gpt-4o-mini'):\n    return completion(model=llm, messages=[{'role': 'user', 'content': text}])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        never=("gpt-4o-mini",),
    ),
    "figures-that-a-tool-works-out-and-links-of-a-made-up-company": Layout(
        files={
            "requirements.txt": "semantic-kernel==1.30\n",
            "tools.py": "from semantic_kernel.functions import kernel_function\n\n\nclass Bills:\n    @kernel_function(name='calculate_item')\n    def calculate_item(self, expression: str) -> float:\n        return float(eval(expression, {'__builtins__': {}, 'abs': abs}))\n\n    @kernel_function(name='get_link')\n    def get_link(self, item: str) -> str:\n        base_url = 'https://contoso.com/demo'\n        return f'{base_url}/items/{item}'\n",
            "app.py": "from semantic_kernel import Kernel\nfrom semantic_kernel.agents import ChatCompletionAgent\nfrom semantic_kernel.connectors.ai.open_ai import AzureChatCompletion\n\nfrom tools import Bills\n\nagent = ChatCompletionAgent(service=AzureChatCompletion(deployment_name='chat'), plugins=[Bills()])\n",
        },
        uses=("llm", "agent"),
        tools={"calculate_item": "reads", "get_link": "reads"},
        never=("contoso.com", "agent.high_impact_tools"),
    ),
}
