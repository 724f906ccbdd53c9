"""Further replicas of layouts: templates of functions, objects in Bicep, agents in Go, embeddings alone, classic beside language."""

from __future__ import annotations

from layouts import Layout

LATER_LAYOUTS: dict[str, Layout] = {
    "functions-whose-parameters-name-models": Layout(
        files={
            "template.yaml": (
                "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Tracing: Active\n    Timeout: 12\n"
                "Parameters:\n  ModelId:\n    Type: String\n    Default: anthropic.claude-3-haiku-20240307-v1:0\n  Vectors:\n    Type: String\n    Default: amazon.titan-embed-text-v2:0\n"
                "Resources:\n  Answer:\n    Type: AWS::Serverless::Function\n    Properties:\n      MemorySize: 1024\n      Environment:\n        Variables:\n          MODEL_ID: !Ref ModelId\n"
                "          EMBEDDING_MODEL_ID: {Ref: Vectors}\n      Events:\n        Ask: {Type: Api, Properties: {Path: /, Method: POST}}\n"
                "  Fill:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 900\n      MemorySize: 3008\n      Environment:\n        Variables:\n          EMBEDDING_MODEL_ID: !Ref Vectors\n"
                "      Events:\n        Night: {Type: Schedule, Properties: {Schedule: rate(1 day)}}\n  Table:\n    Type: AWS::DynamoDB::Table\n"
            ),
            "src/answer.py": "import os\nimport boto3\nfrom langchain_aws import ChatBedrock, BedrockEmbeddings\nfrom langchain_community.vectorstores import FAISS\nChatBedrock(model_id=os.environ['MODEL_ID'])\nFAISS.load_local('/tmp', BedrockEmbeddings(model_id=os.environ['EMBEDDING_MODEL_ID']))\nboto3.resource('dynamodb')\n",
        },
        uses=("llm", "retrieval"),
        sources=("dynamodb", "faiss"),
        models=(
            ("chat", "anthropic.claude-3-haiku-20240307-v1:0"),
            ("embedding", "amazon.titan-embed-text-v2:0"),
        ),
        facts={"operations.request_deadline": "12 s", "target.memory_limit": "1 GiB", "monitoring.trace_id": "True", "pipeline.refresh": "1 d"},
        never=("ModelId", "Vectors", "15 min"),
    ),
    "objects-in-bicep": Layout(
        files={
            "infra/main.bicep": (
                "var settings = {\n  completionModelName: 'gpt-4o'\n  embeddingModelName: 'text-embedding-3-large'\n  productMaxResults: '7'\n  maxContextTokens: '500'\n}\n"
                "module ai 'app/ai.bicep' = {\n  name: 'ai'\n  params: {\n    completionModelName: settings.completionModelName\n  }\n}\n"
            ),
            "infra/app/ai.bicep": (
                "param completionModelName string\nparam embeddingsModelName string\n"
                "var deployments = [\n  {\n    name: 'chat'\n    skuCapacity: 30\n    modelName: completionModelName\n    modelVersion: '2024-05-13'\n  }\n"
                "  {\n    name: 'vectors'\n    skuCapacity: 5\n    modelName: embeddingsModelName\n    modelVersion: '1'\n  }\n]\n"
                "module account '../core/account.bicep' = {\n  name: 'account'\n  params: {\n    kind: 'OpenAI'\n  }\n}\n"
            ),
            "infra/core/deployment.bicep": "param skuCapacity int = 100\nresource d 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  name: 'd'\n}\n",
            "src/Service.cs": "using Microsoft.SemanticKernel;\nclass S {\n  void M(OpenAIClient client) {\n    var b = Kernel.CreateBuilder();\n    b.AddOpenAIChatCompletion(modelId: name, openAIClient: client);\n    b.AddOpenAITextEmbeddingGeneration(modelId: other, openAIClient: client);\n  }\n}\n",
            "src/Shop.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.24.1" /></ItemGroup></Project>',
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o"), ("embedding", "text-embedding-3-large")),
        facts={"model.version": "2024-05-13", "model.quota_tokens": "500 tok/s", "retrieval.top_k": "7"},
        never=("api.openai.com", "model.max_context", "1,667"),
    ),
    "an-agent-in-go": Layout(
        files={
            "go.mod": "module example.test/agent\n\nrequire google.golang.org/genai v1.2.0\nrequire k8s.io/client-go v0.30.0\n",
            "cmd/main.go": 'package main\n\ntype Options struct{ ModelID string }\n\nfunc (o *Options) InitDefaults() {\n\to.ModelID = "gemini-2.5-pro"\n\to.MaxIterations = 20 // of the agent\n}\n',
            "llm/gemini.go": 'package llm\n\nimport "google.golang.org/genai"\n\nfunc New() { genai.NewClient(ctx, nil) }\n',
            "llm/grok.go": 'package llm\n\nfunc Pick() string {\n\tmodel := "grok-3-beta"\n\treturn model\n}\n',
            "pkg/sandbox/cluster.go": 'package sandbox\n\nimport "k8s.io/client-go/kubernetes"\n\nfunc Make() { kubernetes.NewForConfig(nil) }\n',
            "pkg/tools/bash.go": 'package tools\n\ntype Bash struct{}\n\nfunc (t *Bash) Name() string { return "bash" }\n\nfunc (t *Bash) Description() string { return "runs" }\n\nfunc (t *Bash) Run(ctx context.Context) { exec.Command("bash") }\n',
            "pkg/ui/page.go": 'package ui\n\ntype Page struct{}\n\nfunc (p *Page) Name() string { return "page" }\n\nfunc (p *Page) Run() {}\n',
        },
        uses=("llm", "agent"),
        sources=("kubernetes",),
        models=(("chat", "gemini-2.5-pro"),),
        facts={"model.name": "gemini-2.5-pro", "agent.max_steps": "20"},
        tools={"bash": "irreversible"},
        never=("page",),
    ),
    "embeddings-alone": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\nlangchain-aws==0.2\n",
            "app/config.py": (
                "import os\nimport boto3\nfrom langchain_openai import OpenAIEmbeddings\nfrom langchain_postgres import PGVector\n\n"
                "CHUNK_SIZE = int(os.getenv('CHUNK_SIZE', '1500'))\nEMBEDDINGS_CHUNK_SIZE = int(os.getenv('EMBEDDINGS_CHUNK_SIZE', '200'))\n"
                "boto3.client('bedrock-runtime')\nstore = PGVector(OpenAIEmbeddings(model='text-embedding-3-small'))\n"
            ),
            "app/upload.py": "def save(file, document):\n    chunk_size = 65536\n    return file.read(chunk_size)\n",
        },
        uses=("retrieval",),
        sources=("postgresql",),
        models=(("embedding", "text-embedding-3-small"),),
        facts={"model.kind": "embedding", "model.hosting": "hosted", "retrieval.chunk_size": "1,500"},
    ),
    "a-classic-model-beside-a-language-model": Layout(
        files={
            "requirements.txt": "catboost==1.2\nlangchain-openai==0.1\nscikit-learn==1.5\n",
            "rank/train.py": "from catboost import CatBoostClassifier\nmodel = CatBoostClassifier(iterations=10)\nmodel.fit(x, y)\nchunk_size = 1000\n",
            "rank/words.py": "from langchain_openai import ChatOpenAI\nChatOpenAI(model='gpt-4o-mini')\n",
            "rank/other.py": "from langchain_openai import ChatOpenAI\nChatOpenAI(model='gpt-4o')\n",
        },
        uses=("llm", "classic-ml", "training"),
        asks=("2 models of chats are named: which of them does production ask? gpt-4o (", ", gpt-4o-mini ("),
        never=("model.kind", "model.hosting", "retrieval.chunk_size"),
    ),
    "spring-with-a-vector-store": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-openai-spring-boot-starter</artifactId><version>1.0.0</version></dependency></dependencies></project>",
            "src/main/resources/application.properties": "spring.ai.openai.chat.options.model=gpt-3.5-turbo\n",
            "src/main/java/com/example/Ask.java": "package com.example;\nimport org.springframework.ai.vectorstore.VectorStore;\nclass Ask {\n  void ask(VectorStore vectorStore) {\n    vectorStore.similaritySearch(SearchRequest.query(q).withTopK(2));\n  }\n}\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-3.5-turbo"),),
        facts={"retrieval.top_k": "2"},
    ),
    "schedules-in-python": Layout(
        files={
            "dags/train.py": "from datetime import timedelta\nfrom airflow import DAG\nimport xgboost as xgb\n\n\ndef train():\n    model = xgb.XGBClassifier()\n    model.fit(X, y)\n\n\nwith DAG('train', schedule=timedelta(days=7)) as dag:\n    pass\n",
        },
        uses=("classic-ml", "training", "batch"),
        facts={"pipeline.refresh": "7 d", "model.kind": "tabular"},
    ),
    "schedules-of-dagster": Layout(
        files={
            "app/defs.py": "from dagster import ScheduleDefinition, define_asset_job\nfrom sklearn.ensemble import RandomForestClassifier\nm = RandomForestClassifier()\nm.fit(X, y)\ndaily = ScheduleDefinition(job=define_asset_job('train'), cron_schedule='0 3 * * *')\n",
        },
        uses=("classic-ml", "training", "batch"),
        facts={"pipeline.refresh": "1 d"},
    ),
    "schedules-of-prefect": Layout(
        files={
            "flows/score.py": "from prefect import flow\nfrom sklearn.linear_model import LogisticRegression\n\n\n@flow\ndef score():\n    m = LogisticRegression()\n    m.fit(X, y)\n\n\nscore.serve(name='score', cron='0 6 * * 1')\n",
        },
        uses=("classic-ml", "training", "batch"),
        facts={"pipeline.refresh": "7 d"},
    ),
    "sections-of-dotnet": Layout(
        files={
            "src/appsettings.json": '{"AzureOpenAI": {"Endpoint": "https://shop-ai.openai.azure.com", "ChatDeployment": "gpt-4o", "EmbeddingDeployment": "text-embedding-3-small", "ApiKey": ""}}',
            "src/App.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.30.0" /></ItemGroup></Project>',
            "src/Program.cs": 'using Microsoft.SemanticKernel;\nbuilder.Services.AddKernel().AddAzureOpenAIChatCompletion(builder.Configuration["AzureOpenAI:ChatDeployment"], "x", credential);\n',
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o"), ("embedding", "text-embedding-3-small")),
        facts={"model.name": "gpt-4o", "model.hosting": "hosted"},
    ),
    "sections-of-spring": Layout(
        files={
            "src/main/resources/application.yml": "spring:\n  ai:\n    vertex: {ai: {gemini: {chat: {options: {model: gemini-1.5-pro}}}}}\n    vectorstore: {pgvector: {dimensions: 512}}\n  datasource: {url: 'jdbc:postgresql://db:5432/x'}\n",
            "pom.xml": "<project><dependencies><dependency><artifactId>spring-ai-starter-vector-store-pgvector</artifactId></dependency></dependencies></project>",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gemini-1.5-pro"),),
        facts={"retrieval.dims": "512", "model.hosting": "hosted"},
    ),
    "an-overlay-of-production": Layout(
        files={
            "deploy/base/llm.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - {name: llm, image: 'vllm/vllm-openai:v0.6.0', args: ['--model', 'Qwen/Qwen2.5-7B-Instruct']}\n",
            "deploy/base/kustomization.yaml": "resources: [llm.yaml]\n",
            "deploy/overlays/dev/kustomization.yaml": "resources: [../../base]\nreplicas:\n  - {name: llm, count: 9}\n",
            "deploy/overlays/prod/kustomization.yaml": "resources: [../../base]\nreplicas:\n  - {name: llm, count: 4}\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        facts={"target.replicas": "4", "model.engine": "vllm", "model.hosting": "self"},
    ),
    "options-of-the-command-line": Layout(
        files={
            "ask.py": "import argparse\nfrom langchain_aws import ChatBedrock\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--bedrock-model-id', type=str, default='anthropic.claude-3-haiku-20240307-v1:0')\nparser.add_argument('--top-k', type=int, default=3)\nargs = parser.parse_args()\nllm = ChatBedrock(model_id=args.bedrock_model_id)\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        facts={"model.name": "anthropic.claude-3-haiku-20240307-v1:0"},
    ),
    "a-graph-that-goes-its-own-way": Layout(
        files={
            "langgraph.json": '{"graphs": {"research": "./src/research/graph.py:graph"}}',
            "src/research/graph.py": "from langgraph.graph import StateGraph\nfrom langchain_openai import ChatOpenAI\nmodel = ChatOpenAI(model='gpt-4o')\ngraph = StateGraph(dict)\ngraph.add_conditional_edges('reflect', decide, ['search', 'answer'])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
    ),
    "a-graph-with-branches-in-a-service": Layout(
        files={
            "src/graph.py": "from langgraph.graph import StateGraph\nfrom langchain_openai import ChatOpenAI\nmodel = ChatOpenAI(model='gpt-4o')\ngraph = StateGraph(dict)\ngraph.add_conditional_edges('check', decide, ['retry', 'answer'])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
    ),
}  # fmt: skip
