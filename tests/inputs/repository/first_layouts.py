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
}
