"""Replicas of pilots in which something is at hand and not reached, or is reached in a language without a tree of its own."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-4o', messages=messages)\n"

REACHED_LAYOUTS: dict[str, Layout] = {
    "indexes-side-by-side-of-which-the-default-is-in-memory": Layout(
        files={
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    VECTOR_STORE: str = 'faiss'\n    POSTGRES_URI: str = 'postgresql://db/app'\n",
            "app/vectorstore/faiss.py": "import faiss\n\nindex = faiss.IndexFlatL2(768)\n",
            "app/vectorstore/qdrant.py": "from qdrant_client import QdrantClient\n\nclient = QdrantClient(url=url)\n",
            "app/vectorstore/milvus.py": "from pymilvus import MilvusClient\n\nclient = MilvusClient(uri)\n",
            "app/vectorstore/mongodb.py": "from pymongo import MongoClient\n\nclient = MongoClient(uri)\n",
            "app/db.py": "import psycopg\n\nconnection = psycopg.connect(uri)\n",
            "scripts/migrate.py": "from pymongo import MongoClient\n\nMONGO_URI = 'mongodb://old'\nclient = MongoClient(MONGO_URI)\n",
            "deploy/optional-mongo/mongo.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: mongodb\nspec:\n  template:\n    spec:\n      containers:\n        - name: mongodb\n          image: mongo:6\n",
            "requirements.txt": "openai==1.0.0\nqdrant-client==1.9\npymilvus==2.4\npymongo==4.7\nfaiss-cpu==1.8\npsycopg==3.1\n",
            "app/answer.py": _ASKS,
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        asks=("the code can reach mongodb",),
    ),
    "a-client-each-of-several-services": Layout(
        files={
            "app/utils_firestore.py": "from google.cloud import firestore\n\ndb = firestore.Client()\n",
            "app/utils_bigquery.py": "from google.cloud import bigquery\n\nclient = bigquery.Client()\n",
            "app/utils_text.py": "def plain(text):\n    return text.strip()\n",
            "app/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\ngoogle-cloud-firestore==2.1\ngoogle-cloud-bigquery==3.1\n",
        },
        uses=("llm",),
        sources=("firestore", "bigquery"),
    ),
    "a-database-of-documents-that-speaks-another-protocol": Layout(
        files={
            "infra/main.bicep": "module accounts 'br/public:avm/res/document-db/database-account:0.19.0' = {\n  params: {\n    mongodbDatabases: [\n      {\n        name: 'default'\n      }\n    ]\n    capabilitiesToAdd: [\n      'EnableMongo'\n    ]\n  }\n}\n",
            "app/store.py": "from pymongo import MongoClient\n\nclient = MongoClient(address)\n",
            "app/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\npymongo==4.7\n",
        },
        uses=("llm",),
        sources=("mongodb",),
        never=("sources[cosmosdb]",),
    ),
    "a-table-called-after-the-state-of-agents": Layout(
        files={
            "main.tf": 'variable "supervisor_model_id" {\n  default = "anthropic.claude-3-sonnet-20240229-v1:0"\n}\nresource "aws_bedrockagent_agent" "supervisor" {\n  foundation_model = var.supervisor_model_id\n}\nresource "aws_dynamodb_table" "agent_state" {\n  hash_key = "SessionId"\n}\nresource "aws_dynamodb_table" "terraform_lock" {\n  hash_key = "Id"\n}\n',
            "lambda/router/index.js": "const AWS = require('aws-sdk');\nconst table = new AWS.DynamoDB.DocumentClient();\nexports.handler = async (event) => table.put({ TableName: process.env.STATE_TABLE, Item: event }).promise();\n",
        },
        uses=("llm", "agent"),
        sources=("dynamodb",),
        models=(("chat", "anthropic.claude-3-sonnet-20240229-v1:0"),),
    ),
    "a-schedule-that-tidies-up-passwords": Layout(
        files={
            "core/app.py": "import joblib\nfrom flask import Flask\n\napp = Flask(__name__)\nmodel = joblib.load('faces.pkl')\n\n\n@app.route('/find')\ndef find():\n    return model.predict([[1]])\n",
            "admin/src/main/resources/application.yml": "forgot-password:\n  cleaner:\n    scheduler:\n      cron: '0 0 0 * * ?'\n",
            "requirements.txt": "flask==3.0\nscikit-learn==1.4\njoblib==1.4\n",
        },
        uses=("classic-ml",),
        never=("pipeline.refresh",),
    ),
    "vectors-that-only-infrastructure-deploys": Layout(
        files={
            "infra/main.bicep": "module ai 'core/ai/cognitiveservices.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n        model: {\n          format: 'OpenAI'\n          name: 'gpt-5-mini'\n        }\n      }\n      {\n        name: 'embedding'\n        model: {\n          format: 'OpenAI'\n          name: 'text-embedding-3-large'\n        }\n      }\n    ]\n  }\n}\n",
            "src/answer.py": "from openai import AzureOpenAI\n\nclient = AzureOpenAI()\nclient.chat.completions.create(model=deployment, messages=messages)\n",
        },
        uses=("llm",),
        asks=("pilot.uses leaves `retrieval` open: text-embedding-3-large is deployed (infra/main.bicep",),
    ),
    "models-of-a-developers-machine-beside-the-cloud": Layout(
        files={
            ".env.example": "LLM_PROVIDER=azure-openai\nAZURE_OPENAI_DEPLOYMENT=gpt-5\n",
            "src/providers/azure-openai.ts": "import { ChatOpenAI } from '@langchain/openai'\n\nexport const llm = () => new ChatOpenAI({ model: process.env.AZURE_OPENAI_DEPLOYMENT || 'gpt-5' })\n",
            "src/providers/docker-models.ts": "import { ChatOpenAI } from '@langchain/openai'\n\nexport const llm = () => new ChatOpenAI({ model: process.env.DOCKER_MODEL || 'gpt-3.5-turbo' })\n",
            "src/providers/foundry-local.ts": "const alias = process.env.AZURE_FOUNDRY_LOCAL_MODEL_ALIAS || 'phi-3.5-mini'\n",
            "src/providers/ollama-models.ts": "import { ChatOpenAI } from '@langchain/openai'\n\nexport const llm = () => new ChatOpenAI({ model: process.env.OLLAMA_MODEL || 'llama2' })\n",
            "src/config.py": "import os\n\nfoundry_local_model_alias = os.getenv('FOUNDRY_LOCAL_MODEL_ALIAS', 'phi-3.5-mini')\nollama_model = os.getenv('OLLAMA_MODEL', 'llama3.1')\n",
            "infra/main.bicep": "module ai 'core/ai/cognitiveservices.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'gpt-5'\n        model: {\n          format: 'OpenAI'\n          name: 'gpt-5'\n        }\n      }\n    ]\n  }\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-5"),),
        never=("phi-3.5-mini", "llama2", "llama3.1", "gpt-3.5-turbo"),
    ),
    "a-search-of-the-web-by-a-model": Layout(
        files={
            "src/research.py": "import requests\n\n\ndef search(query):\n    payload = {'model': 'sonar-pro', 'messages': [{'role': 'user', 'content': query}]}\n    return requests.post('https://api.perplexity.ai/chat/completions', json=payload)\n",
            "src/answer.py": _ASKS,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("sonar-pro",),
    ),
    "an-operator-of-clusters": Layout(
        files={
            "go.mod": "module example.org/serve\n\nrequire (\n\tk8s.io/client-go v0.31.0\n\tsigs.k8s.io/controller-runtime v0.19.0\n)\n",
            "internal/manager/run.go": 'package manager\n\nimport "k8s.io/client-go/kubernetes"\n\nfunc run() error {\n\tclientset := kubernetes.NewForConfigOrDie(config)\n\tif err := set(clientset); err != nil {\n\t\treturn fmt.Errorf("unable to create model controller: %w", err)\n\t}\n\treturn nil\n}\n',
            "internal/proxy/handler.go": 'package proxy\n\nfunc route(path string) bool { return path == "/v1/chat/completions" }\n',
        },
        uses=("llm",),
        never=("sources[kubernetes]", "training"),
    ),
    "a-statement-that-trains-in-a-warehouse": Layout(
        files={
            "sql/churn.sql": "CREATE OR REPLACE MODEL shop.churn\nOPTIONS (model_type = 'logistic_reg') AS\nSELECT * FROM shop.customers;\n",
            "src/run.py": "from google.cloud import bigquery\n\nclient = bigquery.Client()\n",
        },
        uses=("classic-ml", "training"),
        sources=("bigquery",),
    ),
    "a-stream-scored-on-the-jvm": Layout(
        files={
            "src/main/java/org/example/Score.java": "package org.example;\n\nimport hex.genmodel.easy.EasyPredictModelWrapper;\nimport org.apache.kafka.streams.KafkaStreams;\nimport org.apache.kafka.streams.StreamsBuilder;\n\npublic class Score {\n  public static void main(String[] args) {\n    EasyPredictModelWrapper model = new EasyPredictModelWrapper(raw);\n    StreamsBuilder builder = new StreamsBuilder();\n    KafkaStreams streams = new KafkaStreams(builder.build(), config);\n    streams.start();\n  }\n}\n",
        },
        uses=("classic-ml",),
        sources=("kafka",),
    ),
    "a-forest-in-r": Layout(
        files={
            "content/train.qmd": '```{r}\nlibrary(parsnip)\nlibrary(workflows)\ncon <- DBI::dbConnect(odbc::odbc(), Driver = "postgresql", Server = Sys.getenv("DB_SERVER"))\n# con <- mongolite::mongo("old")\nmodel_fit <- fit(model_workflow, data = train_data)\n```\n',
            "content/app.R": "library(shiny)\nlibrary(vetiver)\nendpoint <- vetiver_endpoint(url)\n",
        },
        uses=("classic-ml", "training"),
        sources=("postgresql",),
    ),
    "a-gateway-in-rust": Layout(
        files={
            "Cargo.toml": '[package]\nname = "gate"\ndescription = "A gateway for LLMs"\n\n[dependencies]\nreqwest = "0.12"\nredis = "0.27"\n',
            "src/main.rs": 'async fn ask(base: &str) -> Reply {\n    client.post(format!("{base}/chat/completions")).json(&body).send().await\n}\n',
            "src/cache.rs": 'fn open() -> redis::Client {\n    redis::Client::open("redis://cache").unwrap()\n}\n\n#[cfg(test)]\nmod tests {\n    use mongodb::Client;\n}\n',
        },
        uses=("llm",),
        sources=("redis",),
        never=("sources[mongodb]",),
    ),
    "a-backend-with-its-own-index": Layout(
        files={
            "package.json": '{"dependencies": {"convex": "^1.19.2", "openai": "^4.0.0", "@vercel/kv": "^1.0.0"}}',
            "convex/schema.ts": "import { defineSchema, defineTable } from 'convex/server'\n\nexport default defineSchema({ notes: defineTable({}) })\n",
            "convex/search.ts": "import { action } from './_generated/server'\nimport OpenAI from 'openai'\n\nexport const find = action(async (ctx, args) => {\n  const found = await ctx.vectorSearch('notes', 'by_embedding', { vector: args.vector, limit: 8 })\n  return new OpenAI().chat.completions.create({ model: 'gpt-4o-mini', messages: ask(found) })\n})\n",
            "app/limit.ts": "import { kv } from '@vercel/kv'\n\nexport const count = (who: string) => kv.incr(who)\n",
        },
        uses=("llm", "retrieval"),
        sources=("convex", "redis"),
        models=(("chat", "gpt-4o-mini"),),
    ),
    "training-in-a-notebook-that-the-guide-of-the-set-up-names": Layout(
        files={
            "README.md": "# Shop\n\nRecommendations for the shop of a retailer, refreshed every week by its team.\n",
            "resource-deployment/README.md": "Run `03_training.ipynb` in the workspace.\n",
            "analytics/notebooks/03_training.ipynb": '{"cells": [{"cell_type": "code", "source": ["rec = ALS(rank=25)\\n", "rec_model = rec.fit(train)\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
            "analytics/score.py": "from pyspark.ml.recommendation import ALSModel\n\nmodel = ALSModel.load('model')\n\n\ndef run(data):\n    return model.recommendForUserSubset(data, 5)\n",
        },
        uses=("classic-ml", "training"),
    ),
    "a-model-in-a-library-of-c++": Layout(
        files={
            "src/detect.cpp": '#include <onnxruntime_cxx_api.h>\n#include <opencv2/opencv.hpp>\n\nint main() {\n  Ort::Session session(env, "faces.onnx", options);\n  return 0;\n}\n',
        },
        uses=("classic-ml",),
    ),
    "indexes-of-which-the-environment-chooses-one": Layout(
        files={
            ".env.example": 'NEXT_PUBLIC_VECTORSTORE="chroma"\nPINECONE_INDEX_NAME=\nMONGODB_ATLAS_URI=\n',
            "prisma/schema.prisma": 'generator client {\n  provider = "prisma-client-js"\n}\n\ndatasource db {\n  provider = "postgresql"\n  url = env("POSTGRES_PRISMA_URL")\n}\n',
            "utils/prisma.ts": "import { PrismaClient } from '@prisma/client'\n\nexport const prisma = new PrismaClient()\n",
            "app/api/vector_store/index.ts": "export const chosen = process.env.NEXT_PUBLIC_VECTORSTORE ?? 'pinecone'\n",
            "app/api/vector_store/chroma.ts": "import { Chroma } from '@langchain/community/vectorstores/chroma'\n\nexport const store = new Chroma(embeddings, {})\n",
            "app/api/vector_store/pinecone.ts": "import { Pinecone } from '@pinecone-database/pinecone'\n\nexport const client = new Pinecone()\n",
            "app/api/vector_store/mongo.ts": "import { MongoClient } from 'mongodb'\n\nexport const client = new MongoClient(process.env.MONGODB_ATLAS_URI!)\n",
            "app/api/chat/route.ts": "import { ChatOpenAI } from '@langchain/openai'\n\nexport const model = new ChatOpenAI({ model: 'gpt-4o-mini' })\n",
            "package.json": '{"dependencies": {"@langchain/openai": "^0.3.0", "@pinecone-database/pinecone": "^3.0.0", "chromadb": "^1.8.0", "mongodb": "^6.0.0", "@prisma/client": "^5.0.0"}}',
        },
        uses=("llm", "retrieval"),
        sources=("chroma", "postgresql"),
        models=(("chat", "gpt-4o-mini"),),
        never=("sources[pinecone]", "sources[mongodb]"),
    ),
    "databases-that-a-tool-can-be-pointed-at": Layout(
        files={
            "server/agents/sql/MySQL.js": "const mysql = require('mysql2/promise')\n\nmodule.exports = () => mysql.createConnection(uri)\n",
            "server/agents/sql/Postgresql.js": "const { Pool } = require('pg')\n\nmodule.exports = () => new Pool(uri)\n",
            "server/agents/sql/MSSQL.js": "const mssql = require('mssql')\n\nmodule.exports = () => mssql.connect(uri)\n",
            "server/storage/local.py": "def keep(name, data):\n    open(name, 'wb').write(data)\n",
            "server/storage/s3.py": "import boto3\n\nclient = boto3.client('s3')\n",
            "server/cache.py": "import redis\n\ncache = redis.Redis(host='cache')\n",
            "server/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\nboto3==1.34\nredis==5.0\n",
        },
        uses=("llm",),
        sources=("redis",),
        asks=("the code can reach s3",),
    ),
    "adapters-that-are-served": Layout(
        files={
            "server/adapters.py": "from datasets import load_dataset\nfrom peft import LoraConfig\n\n\ndef read(folder):\n    return LoraConfig(**settings(folder))\n\n\ndef calibrate():\n    return load_dataset('wikitext', 'wikitext-2-raw-v1', split='train')\n",
            "router/src/server.rs": 'fn routes() -> Router {\n    Router::new().route("/v1/chat/completions", post(chat))\n}\n',
        },
        uses=("llm",),
        never=("sources[hugging-face-datasets]", "training"),
    ),
    "speech-with-a-translator-beside-it": Layout(
        files={
            "README.md": "# Captions\n\nSubtitles for videos by Whisper, which people correct in their browser.\n",
            "modules/hear.py": "from faster_whisper import WhisperModel\n\nmodel = WhisperModel('large-v2')\n",
            "modules/translate.py": "from transformers import AutoModelForSeq2SeqLM\n\nmodel = AutoModelForSeq2SeqLM.from_pretrained(path)\n",
        },
        uses=("classic-ml",),
    ),
    "an-index-in-a-file-of-tags": Layout(
        files={
            "templates/answers/app.yaml": "$llm: !pw.xpacks.llm.llms.OpenAIChat\n  model: 'gpt-4.1-mini'\n$store: !pw.xpacks.llm.document_store.DocumentStore\n  docs: $sources\nanswerer: !pw.xpacks.llm.question_answering.BaseRAGQuestionAnswerer\n  llm: $llm\n  indexer: $store\n",
            "templates/answers/app.py": "from pathway.xpacks.llm.question_answering import SummaryQuestionAnswerer\nfrom pathway.xpacks.llm.servers import QASummaryRestServer\n\nserver = QASummaryRestServer(host, port, answerer)\n",
        },
        uses=("llm", "retrieval"),
    ),
    "a-setting-that-says-multimodal": Layout(
        files={
            "config/default.py": "MODEL_GEMINI_MULTIMODAL = 'gemini-1.5-flash'\n",
            "main.py": "from vertexai.generative_models import GenerativeModel\n\nfrom config import default as cfg\n\nmodel = GenerativeModel(cfg.MODEL_GEMINI_MULTIMODAL)\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-1.5-flash"),),
    ),
    "a-function-in-a-text-of-the-stack": Layout(
        files={
            "README.md": "# Gate to chats\n\nPeople ask generative models from their channels, and get answers there.\n",
            "src/stack.ts": "import { PolicyStatement } from 'aws-cdk-lib/aws-iam'\n\nrole.addToPolicy(new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: ['*'] }))\n",
        },
        uses=("llm",),
    ),
    "a-workflow-that-tidies-a-page": Layout(
        files={
            ".github/workflows/refresh-site-counters.yml": "name: refresh site counters\non:\n  schedule:\n    - cron: '17 6 * * 1'\njobs:\n  count:\n    steps:\n      - run: make counters\n",
            "src/model.py": "import joblib\nfrom sklearn.linear_model import Ridge\n\nmodel = Ridge()\nmodel.fit(x, y)\njoblib.dump(model, 'model.pkl')\n",
        },
        uses=("classic-ml", "training"),
        never=("pipeline.refresh",),
    ),
}
