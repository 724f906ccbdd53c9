"""Further layouts: other languages, agents, classic models, batch, and what must not be taken for something it is not."""

from __future__ import annotations

from layouts import Layout

MORE_LAYOUTS: dict[str, Layout] = {
    "spring-service": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-openai</artifactId></dependency></dependencies></project>",
            "src/main/resources/application.yml": "spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: gpt-4o\n      api-key: ${OPENAI_API_KEY}\n",
            "src/main/java/com/acme/samples/Rag.java": "package com.acme.samples;\nimport org.springframework.ai.chat.client.ChatClient;\nimport org.springframework.ai.vectorstore.pgvector.PgVectorStore;\nclass Rag {\n  Rag() { PgVectorStore store = PgVectorStore.builder(null, null).build(); }\n}\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o"),),
    ),
    "semantic-kernel-service": Layout(
        files={
            "src/Api/Api.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.30" /><PackageReference Include="Npgsql" Version="8" /></ItemGroup></Project>',
            "src/Api/Program.cs": 'var builder = Kernel.CreateBuilder();\nbuilder.AddOpenAIChatCompletion("gpt-4o-mini", key);\nbuilder.Services.AddNpgsqlDataSource("x");\n',
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-mini"),),
    ),
    "go-service": Layout(
        files={
            "go.mod": "module x\n\nrequire (\n\tgithub.com/sashabaranov/go-openai v1.32.0\n\tgithub.com/jackc/pgx/v5 v5.6.0\n)\n",
            "main.go": 'package main\n\nimport (\n\t"os"\n\topenai "github.com/sashabaranov/go-openai"\n\t"github.com/jackc/pgx/v5"\n)\n\nfunc main() {\n\tc := openai.NewClient(os.Getenv("OPENAI_API_KEY"))\n\tconn, _ := pgx.Connect(nil, os.Getenv("DATABASE_URL"))\n\t_ = openai.ChatCompletionRequest{Model: "gpt-4o-mini"}\n\t_, _ = c, conn\n}\n',
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-mini"),),
    ),
    "web-app-with-tools": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "^4", "@ai-sdk/openai": "^1", "pg": "^8"}}',
            "app/api/chat/route.ts": "import { openai } from '@ai-sdk/openai';\nimport { streamText, tool } from 'ai';\nimport { Pool } from 'pg';\nconst pool = new Pool();\nexport const POST = () => streamText({ model: openai('gpt-4o'), tools: { cancelOrder: tool({ description: 'x' }) } });\n",
        },
        uses=("llm", "agent"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o"),),
        tools={"cancelOrder": "irreversible"},
    ),
    "agent-with-approval": Layout(
        files={
            "agent/graph.py": "import httpx\nfrom langchain_core.tools import tool\nfrom langgraph.prebuilt import create_react_agent\nfrom langgraph.types import interrupt\n\n\n@tool\ndef search_orders(q: str):\n    \"\"\"Search.\"\"\"\n    return httpx.post('https://search.partner.io/q')\n\n\n@tool\ndef handle(q: str):\n    \"\"\"Handle.\"\"\"\n    return httpx.delete('https://api.partner.io/o')\n\n\ngraph = create_react_agent(model='openai:gpt-4.1', tools=[search_orders, handle])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        facts={"agent.high_impact_tools": "('handle',)"},
        tools={"search_orders": "reads", "handle": "irreversible"},
    ),
    "agent-platform": Layout(
        files={
            "langgraph.json": '{"graphs": {"agent": "./src/agent.py:graph"}}',
            "src/agent.py": "from langgraph.graph import StateGraph\nfrom langchain.chat_models import init_chat_model\nMODELS = {'a': dict(), 'b': dict()}\nmodel = init_chat_model('google_genai:gemini-2.5-flash')\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-2.5-flash"),),
        facts={"model.hosting": "hosted"},
    ),
    "many-providers": Layout(
        files={
            "llms/a.py": "from langchain_openai import ChatOpenAI\nChatOpenAI(model='gpt-4o')\n",
            "llms/b.py": "from langchain_anthropic import ChatAnthropic\nChatAnthropic(model='claude-3-5-haiku-20241022')\n",
            "stores/x.py": "from qdrant_client import QdrantClient\nQdrantClient()\n",
            "stores/y.py": "from pymilvus import MilvusClient\nMilvusClient()\n",
        },
        uses=("llm", "retrieval"),
        asks=("2 models of chats are named: which of them does production ask? gpt-4o (", ", claude-3-5-haiku-20241022 (", "nothing chooses one"),
    ),
    "classifier-with-joblib": Layout(
        files={
            "service/main.py": "import joblib\nfrom fastapi import FastAPI\nclassifier = joblib.load('churn_model.joblib')\n",
            "train/train.py": "from sklearn.ensemble import RandomForestClassifier\nclf = RandomForestClassifier()\nclf.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        facts={"model.safe_format": "False", "model.hosting": "self"},
    ),
    "nightly-batch": Layout(
        files={
            "dags/score.py": "from airflow import DAG\nimport xgboost\nbooster = xgboost.Booster()\n",
            "k8s/cron.yaml": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: score}\nspec:\n  schedule: '0 3 * * *'\n  jobTemplate: {spec: {template: {spec: {containers: [{name: s, image: x/y:1}]}}}}\n",
        },
        uses=("classic-ml", "batch"),
        facts={"pipeline.refresh": "1 d"},
    ),
    "feature-store": Layout(
        files={
            "features/feature_store.yaml": "project: p\nprovider: aws\nonline_store:\n  type: dynamodb\n  region: us-west-2\noffline_store:\n  type: redshift\n  region: us-west-2\n",
            "score.py": "from feast import FeatureStore\nfrom sklearn.linear_model import LogisticRegression\nstore = FeatureStore('features')\nLogisticRegression()\n",
        },
        uses=("classic-ml",),
        sources=("feast", "dynamodb", "redshift"),
    ),
    "ray-serve": Layout(
        files={
            "serve_app.py": "from ray import serve\nfrom vllm import LLM\n\n\n@serve.deployment(num_replicas=3, ray_actor_options={'num_gpus': 1}, max_ongoing_requests=32)\nclass App:\n    def __init__(self):\n        self.llm = LLM(model='meta-llama/Llama-3.1-8B-Instruct', enforce_eager=True)\n",
        },
        uses=("llm",),
        models=(("chat", "meta-llama/Llama-3.1-8B-Instruct"),),
        facts={"target.replicas": "3", "target.count": "1", "model.max_concurrency": "32", "model.engine": "vllm", "model.hosting": "self", "model.eager": "True"},
    ),
    "functions-with-accelerators": Layout(
        files={
            "app.py": "import modal\nfrom vllm import LLM\napp = modal.App('x')\n\n\n@app.function(gpu='A10G', timeout=600, max_containers=4)\ndef serve():\n    LLM(model='Qwen/Qwen2.5-7B-Instruct')\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        facts={"target.device": "a10g", "target.replicas_max": "4", "operations.request_deadline": "10 min"},
    ),
    "vision-and-speech": Layout(
        files={
            "vision.py": "from ultralytics import YOLO\nmodel = YOLO('yolov8n.pt')\n",
            "speech.py": "from faster_whisper import WhisperModel\nWhisperModel('Systran/faster-whisper-large-v3')\n",
        },
        uses=("classic-ml",),
        models=(("vision", "yolov8n"), ("speech", "Systran/faster-whisper-large-v3")),
    ),
    "notebooks-alone": Layout(
        files={
            "notebooks/train.ipynb": '{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "source": [\n    "import nothing\\n"\n   ]\n  },\n  {\n   "cell_type": "code",\n   "source": [\n    "%pip install xgboost\\n",\n    "import xgboost as xgb\\n",\n    "m = xgb.XGBClassifier()\\n",\n    "m.fit([], [])\\n"\n   ]\n  }\n ]\n}\n',
        },
        uses=("classic-ml", "training"),
    ),
    "what-is-none": Layout(
        files={
            "openapi.yaml": "openapi: 3.0.0\ninfo: {title: Own, version: '1'}\npaths: {}\n",
            ".github/workflows/nightly-eval.yml": "on: schedule\njobs:\n  e:\n    steps:\n      - run: pip install -r evals/requirements.txt\n",
            "CODEOWNERS": "* @jane-doe\n",
            "requirements-dev.txt": "openai\npytest\n",
            "docs/guide.md": "Use gpt-4o with postgres.\n",
            "tests/test_x.py": "import psycopg2, openai\npsycopg2.connect('')\nopenai.OpenAI().chat.completions.create(model='gpt-4o')\n",
            "src/app.py": "def k(top_k=250, temperature=0.5):\n    return {'top_k': 250, 'temperature': 0.1, 'max_tokens': 3}\n",
        },
        uses=(),
        asks=("not which role runs the service",),
        never=("jane-doe", "gpt-4o", "250", "evaluation.report"),
    ),
    "newer-python-and-broken-files": Layout(
        files={
            "a.py": "import openai\ntype Names = list[str]\n\n\ndef first[T](x: list[T]) -> T:\n    return x[0]\n\n\nopenai.OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
            "b.py": "import openai\ndef broken(:\n  (((\n",
            "compose.yaml": "services: [\n",
            "package.json": "{,",
            "config.yaml": "a: &a [*a]\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
    ),
}  # fmt: skip
