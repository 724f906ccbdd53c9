"""Replicas of pilots at the edge, in functions, in notebooks and beside trackers: weights in files, stores of tools, pages."""

from __future__ import annotations

from layouts import Layout

PILOT_LAYOUTS: dict[str, Layout] = {
    "weights-in-files-at-the-edge": Layout(
        files={
            "configs/assistant.json": (
                '{\n  "runtime": {\n    "model": {"path": "models/Qwen2.5-VL-3B-Instruct-Q4_K_M.gguf"},\n'
                '    "mmproj": {"path": "models/mmproj-Qwen2.5-VL-3B-Instruct-Q8_0.gguf"},\n    "context_tokens": 8192\n  }\n}\n'
            ),
            "configs/embedding.json": '{"embedding": {"model_path": "models/embedding/Qwen3-Embedding-0.6B-Q8_0.gguf", "dimension": 1024}, "retrieval": {"top_k": 3}}\n',
            "app/store.py": "import sqlite3\n\nMANUALS = sqlite3.connect('manuals.db')\n",
        },
        uses=("llm", "retrieval"),
        sources=("sqlite",),
        models=(("chat", "Qwen2.5-VL-3B-Instruct"), ("embedding", "Qwen3-Embedding-0.6B")),
        facts={"model.hosting": "self", "model.name": "Qwen2.5-VL-3B-Instruct", "model.safe_format": "True", "model.max_context": "8,192 tok", "model.engine": "llama.cpp"},
        never=("googleapis", "mmproj", ".gguf", "hosted"),
    ),
    "pictures-trained-and-watched": Layout(
        files={
            "requirements.txt": "ultralytics==8.3.40\napache-airflow==2.10.3\n",
            "src/train.py": "from ultralytics import YOLO\n\nmodel = YOLO('yolov8n.pt')\nmodel.train(data='d.yaml', epochs=5)\n",
            "src/api.py": "from fastapi import FastAPI\nfrom ultralytics import YOLO\n\napp = FastAPI()\nloaded = YOLO('yolov8n.pt')\n",
            "dags/monitoring.py": "from airflow.decorators import dag\n\n\n@dag(dag_id='watch', schedule='@daily')\ndef watch():\n    pass\n",
        },
        uses=("classic-ml", "training", "batch"),
        models=(("vision", "yolov8n"),),
        facts={"model.name": "yolov8n", "model.safe_format": "False", "model.kind": "vision"},
        never=("pipeline.refresh", ".pt"),
    ),
    "one-model-for-any-client": Layout(
        files={
            "app/llm.py": (
                "import os\nfrom langchain_anthropic import ChatAnthropic\nfrom langchain_deepseek import ChatDeepSeek\n\nDEFAULT_MODEL = 'claude-sonnet-4-20250514'\n\n\n"
                "def make(name: str = DEFAULT_MODEL):\n    if name.startswith('deepseek'):\n        return ChatDeepSeek(model=DEFAULT_MODEL)\n    return ChatAnthropic(model=DEFAULT_MODEL)\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-20250514"),),
        facts={"model.hosting": "hosted", "model.name": "claude-sonnet-4-20250514"},
    ),
    "a-function-of-the-serverless-framework": Layout(
        files={
            "serverless.yml": (
                'service: ranker\nprovider:\n  name: aws\n  region: ${opt:region, "eu-west-1"}\n  memorySize: 2048\n  timeout: 25\n'
                "functions:\n  rank:\n    image: {name: ranker}\n    memorySize: 4096\n    events:\n      - httpApi: {path: /, method: post}\n"
            ),
            "src/rank.py": "import xgboost as xgb\n\nbooster = xgb.Booster()\nbooster.load_model('model.json')\n",
        },
        uses=("classic-ml",),
        facts={"target.region": "eu-west-1", "operations.request_deadline": "25 s", "target.memory_limit": "4 GiB", "operations.infrastructure_as_code": "True"},
    ),
    "stores-of-trackers-are-no-sources": Layout(
        files={
            ".env.example": "MLFLOW_TRACKING_URI=sqlite:///runs/mlflow.db\nAIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql://a@b/c\n",
            "src/train.py": "import mlflow\nimport xgboost as xgb\n\nDEFAULT_TRACKING_URI = 'sqlite:///runs/mlflow.db'\nmlflow.set_tracking_uri(DEFAULT_TRACKING_URI)\nmodel = xgb.XGBClassifier()\nmodel.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        sources=(),
    ),
    "a-cloud-kit-in-python": Layout(
        files={
            "cdk.json": '{"app": "python3 app.py", "context": {"@aws-cdk/core:x": true, "prod": {"default_llm_model": "global.anthropic.claude-opus-4-6-v1", "embed_model_id": "amazon.titan-embed-text-v2:0"}}}\n',
            "infrastructure/store.py": "from aws_cdk import aws_bedrock as bedrock\nfrom aws_cdk import aws_opensearchserverless as oss\n\n\ndef make(self):\n    oss.CfnCollection(self, 'Vectors')\n    bedrock.CfnKnowledgeBase(self, 'Base')\n",
            "service/ask.py": "import boto3\n\nclient = boto3.client('bedrock-agent-runtime')\n",
        },
        uses=("llm", "retrieval"),
        sources=("opensearch", "bedrock-knowledge-base"),
        models=(("chat", "global.anthropic.claude-opus-4-6-v1"), ("embedding", "amazon.titan-embed-text-v2:0")),
        facts={"operations.infrastructure_as_code": "True", "model.hosting": "hosted"},
    ),
    "functions-at-the-edge-that-embed": Layout(
        files={
            "package.json": '{"dependencies": {"@supabase/supabase-js": "2.39.0"}}\n',
            "supabase/functions/embed/index.ts": "import { createClient } from '@supabase/supabase-js';\nconst model = new Supabase.ai.Session('gte-small');\nconst db = createClient(url, key);\nawait db.from('parts').select();\n",
            "supabase/functions/chat/index.ts": "import OpenAI from 'openai';\nconst openai = new OpenAI({ apiKey });\nawait openai.chat.completions.create({ model: 'gpt-4o-mini-2024-07-18', max_tokens: 512, messages });\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-mini-2024-07-18"), ("embedding", "gte-small")),
        facts={"security.output_cap": "512 tok"},
    ),
    "pages-that-a-loader-reads": Layout(
        files={
            "lesson.ipynb": (
                '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n    "from langchain_openai import ChatOpenAI\\n",\n    "from langchain_community.document_loaders import WebBaseLoader\\n",\n'
                '    "WebBaseLoader(web_paths=(\\"https://posts.example-pages.dev/agents/\\",))\\n",\n    "ChatOpenAI(model=\\"gpt-4o-2024-08-06\\")"\n   ]\n  }\n ]\n}\n'
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"security.egress[posts.example-pages.dev].name": "posts.example-pages.dev"},
    ),
    "tools-in-constants-of-another-file": Layout(
        files={
            "agent/build.py": (
                "from google.adk.agents import Agent\nfrom agent.tools import TOOLS, enact\n\nBY_ROLE_TOOLS = {'device': [enact]}\n\n"
                "root = Agent(name='r', model='gemini-2.5-flash', tools=TOOLS)\n"
            ),
            "agent/tools.py": (
                "from google.adk.tools import ToolContext\n\n\ndef submit_note(text: str, tool_context: ToolContext) -> dict:\n    tool_context.state['note'] = text.strip()\n    return {}\n\n\n"
                "def find_ring(hops: int) -> dict:\n    return store.find(hops)\n\n\nTOOLS = [\n    submit_note,\n    find_ring,\n]\n"
            ),
            "agent/store.py": "import aerospike\n\nclient = aerospike.client({}).connect()\n",
            "operator/main.go": 'package main\n\nimport "k8s.io/client-go/kubernetes"\n',
        },
        uses=("llm", "agent"),
        sources=("aerospike",),
        models=(("chat", "gemini-2.5-flash"),),
        tools={"submit_note": "reads", "find_ring": "reads"},
        never=("agent.high_impact_tools",),
    ),
    "a-language-model-where-pictures-or-speech-are-meant": Layout(
        files={
            "config/settings.yaml": "vision_model: meta-llama/Llama-3.1-8B-Instruct\nspeech_model: openai/whisper-small\nchat_model: meta-llama/Llama-3.1-8B-Instruct\n",
            "templates/token-check.yaml": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: token-check}\nspec: {schedule: '*/5 * * * *', jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: busybox}]}}}}}\n",
            "app/main.py": "from vllm import LLM\n\nLLM(model='meta-llama/Llama-3.1-8B-Instruct')\n",
        },
        uses=("llm",),
        models=(("chat", "meta-llama/Llama-3.1-8B-Instruct"), ("speech", "openai/whisper-small")),
        never=("pipeline.refresh",),
    ),
    "recommendation-api": Layout(
        files={
            "pyproject.toml": '[project]\nname = "recommendation-api"\ndependencies = ["scipy", "fastapi", "aioboto3"]\n',
            "app/rankers/algorithms.py": "from scipy.stats import beta\n\n\ndef sample(a: int, b: int) -> float:\n    return beta.rvs(a, b)\n",
            "app/features.py": "import aioboto3\n\nsession = aioboto3.Session()\n\n\nasync def load():\n    async with session.client('sagemaker-featurestore-runtime') as store:\n        return store\n",
            "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
            "deploy/package.json": '{"dependencies": {"cdktf": "0.20.0"}}\n',
        },
        uses=("classic-ml",),
        sources=("sagemaker-feature-store",),
        facts={"operations.infrastructure_as_code": "True"},
    ),
    "a-region-for-models-alone": Layout(
        files={
            "infra/main.parameters.json": '{"parameters": {"location": {"value": "${AZURE_LOCATION}"}, "openAiLocation": {"value": "${AZURE_OPENAI_LOCATION=eastus2}"}, "chatModelName": {"value": "${M=gpt-4o}"}}}\n',
            "infra/main.bicep": "param openAiLocation string\nparam chatModelName string\n",
            "src/index.ts": "import { AzureChatOpenAI } from '@langchain/openai';\nconst llm = new AzureChatOpenAI({});\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.region": "eastus2"},
    ),
    "a-table-of-prices-by-model": Layout(
        files={
            "app/usage.py": (
                "from openai import OpenAI\n\n# USD per 1M tokens\nMODEL_PRICING = {\n    'gpt-4o-2024-08-06': {'input': 2.5, 'output': 10.0, 'cached_input': 1.25},\n    'gpt-4o-mini': (0.15, 0.6),\n}\n"
                "COST_PER_1K = {'gpt-4o-2024-08-06': {'prompt': 0.0025, 'completion': 0.01}}\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"cost.in_token": "2.5 money/Mtok", "cost.out_token": "10 money/Mtok", "cost.currency": "USD"},
    ),
    "prices-of-an-unsaid-number-of-tokens": Layout(
        files={
            "app/usage.py": (
                "from openai import OpenAI\n\nPRICES = {'gpt-4o-2024-08-06': {'input': 2.5, 'output': 10.0}}\nLIMITS_COST = {'gpt-4o-2024-08-06': 3}\n"
                "OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("cost.in_token", "cost.out_token"),
    ),
    "modules-called-tools-and-packages-called-external": Layout(
        files={
            "tools/pom.xml": "<project><dependencies><dependency><artifactId>langchain4j-github-models</artifactId></dependency></dependencies></project>",
            "tools/src/main/java/a/Search.java": 'package a;\nimport dev.langchain4j.agent.tool.Tool;\nclass Search {\n  @Tool("searches")\n  public String searchDocs(String q) { return q; }\n}\n',
            "tools/src/main/java/a/Models.java": (
                'package a;\nimport dev.langchain4j.model.github.GitHubModelsChatModel;\nimport dev.langchain4j.service.AiServices;\nclass Models {\n  Object make() {\n'
                '    return AiServices.builder(A.class).chatModel(GitHubModelsChatModel.builder().modelName("gpt-4o-mini").build()).tools(new Search()).build();\n  }\n}\n'
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-mini"),),
        tools={"searchDocs": "reads"},
        facts={"security.egress[models.github.ai].name": "models.github.ai"},
    ),
    "networks-of-a-library-and-a-script-with-its-own-file": Layout(
        files={
            "app/model.py": "from torchvision import models\n\n\ndef make():\n    return models.resnet18(weights=None)\n",
            "app/external/pages.py": "import requests\n\nrequests.get('https://library.example-books.org/search.json')\n",
            "tools/profile.py": "import sqlite3\n\nsqlite3.connect('trace.db')\n",
        },
        uses=("classic-ml",),
        sources=(),
        models=(("vision", "resnet18"),),
        facts={"model.name": "resnet18", "model.hosting": "self", "security.egress[library.example-books.org].name": "library.example-books.org"},
    ),
    "a-model-that-is-not-named": Layout(
        files={
            "app/ask.py": "import os\nfrom openai import OpenAI\n\nMODEL = os.getenv('LLM_MODEL', 'unknown')\nOpenAI().chat.completions.create(model=MODEL, messages=[])\n",
        },
        uses=("llm",),
        never=("unknown",),
    ),
    "properties-that-name-a-model-of-each-provider": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><artifactId>langchain4j-ollama</artifactId></dependency></dependencies></project>",
            "src/main/resources/META-INF/microprofile-config.properties": "ollama.chat.model.id=llama3.2\nmistral.ai.chat.model.id=mistral-small-latest\n",
            "src/main/java/a/Make.java": "package a;\nimport dev.langchain4j.model.ollama.OllamaChatModel;\nclass Make { Object m() { return OllamaChatModel.builder().modelName(ID).build(); } }\n",
        },
        uses=("llm",),
        asks=("2 models of chats are named: which of them does production ask? llama3.2 (", ", mistral-small-latest ("),
        never=("model.hosting",),
    ),
    "an-arn-that-hides-the-model": Layout(
        files={
            "app/llm.py": "from langchain_aws import ChatBedrockConverse\n\nChatBedrockConverse(model='arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123')\n",
        },
        uses=("llm",),
        facts={"model.hosting": "hosted"},
        never=("model.alias_floating",),
    ),
}  # fmt: skip
