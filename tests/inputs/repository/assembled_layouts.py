"""Replicas of pilots that are assembled from files of settings, prompts, tool boxes and schemas rather than from code alone."""

from __future__ import annotations

from layouts import Layout

ASSEMBLED_LAYOUTS: dict[str, Layout] = {
    "pipeline-of-components": Layout(
        files={
            "pipelines/query.yml": (
                "components:\n"
                "  finder:\n    type: haystack_integrations.components.retrievers.opensearch.embedding_retriever.OpenSearchEmbeddingRetriever\n"
                "    init_parameters:\n      top_k: 7\n      document_store:\n        type: haystack_integrations.document_stores.opensearch.document_store.OpenSearchDocumentStore\n"
                "        init_parameters: {embedding_dim: 768, hosts: 'https://localhost:9200'}\n"
                "  writer:\n    type: haystack.components.generators.openai.OpenAIGenerator\n    init_parameters: {model: gpt-4o-2024-08-06, generation_kwargs: {max_tokens: 300}}\n"
            ),
            "app.py": "import fastapi\n",
        },
        uses=("llm", "retrieval"),
        sources=("opensearch",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"retrieval.top_k": "7", "retrieval.dims": "768", "security.output_cap": "300 tok"},
    ),
    "prompt-files-and-deployments": Layout(
        files={
            "infra/ai.yaml": "deployments:\n  - name: chat\n    model: {name: gpt-4o-mini, format: OpenAI}\n    sku: {name: Standard, capacity: 30}\n  - name: graders\n    model: {name: gpt-4o, format: OpenAI}\n    sku: {capacity: 20}\n",
            "src/answer.prompty": "---\nname: Answer\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n    azure_deployment: gpt-4o-mini\n  parameters:\n    max_tokens: 128\n---\nsystem:\nAnswer.\n",
            "evaluators/fluency.prompty": "---\nname: Fluency\nmodel:\n  configuration: {type: azure_openai, azure_deployment: gpt-4o}\n  parameters: {max_tokens: 9}\n---\nGrade.\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini", "security.output_cap": "128 tok", "model.quota_tokens": "500 tok/s"},
    ),
    "tool-box-of-a-database": Layout(
        files={
            "tools.yaml": (
                "sources:\n  travel: {kind: alloydb-postgres, region: europe-west4, password: 'never-shown-4711'}\n"
                "tools:\n  list_flights: {kind: postgres-sql, source: travel, statement: 'SELECT * FROM flights'}\n"
                "  book_seat: {kind: postgres-sql, source: travel, statement: 'INSERT INTO tickets VALUES ($1)'}\n"
                "  drop_ticket: {kind: postgres-sql, source: travel, statement: 'DELETE FROM tickets WHERE id = $1'}\n"
            ),
            "agent.py": "from langgraph.graph import StateGraph\nfrom langchain_google_vertexai import ChatVertexAI\nmodel = ChatVertexAI(model_name='gemini-2.0-flash-001', max_output_tokens=512)\ngraph = StateGraph(dict).compile(interrupt_after=['check'])\n",
        },
        uses=("llm", "agent"),
        sources=("postgresql",),
        models=(("chat", "gemini-2.0-flash-001"),),
        tools={"list_flights": "reads", "book_seat": "writes", "drop_ticket": "irreversible"},
        asks=("agent.human_approval",),
        never=("never-shown-4711",),
    ),
    "served-by-import-path": Layout(
        files={
            "deploy/service.yaml": "ray_serve_config:\n  import_path: rag.serve:app\n  runtime_env:\n    env_vars: {EMBEDDING_MODEL: thenlper/gte-large, API_TOKEN: never-shown-4712}\n  deployments:\n    - name: a\n      num_replicas: 2\n      ray_actor_options: {num_gpus: 1}\n",
            "rag/serve.py": (
                "import os\nfrom ray import serve\nfrom langchain.embeddings import HuggingFaceEmbeddings\nimport psycopg\nfrom pgvector.psycopg import register_vector\n\n\n"
                "@serve.deployment(num_replicas=2)\nclass Answer:\n    def __init__(self, chunk_size, num_chunks, rerank_k, llm):\n        self.e = HuggingFaceEmbeddings(model_name=os.environ['EMBEDDING_MODEL'])\n        register_vector(psycopg.connect(os.environ['DB']))\n\n\n"
                "app = Answer.bind(chunk_size=700, num_chunks=30, lexical_search_k=1, rerank_k=13, llm='gpt-4')\n"
            ),
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4"), ("embedding", "thenlper/gte-large")),
        facts={"retrieval.chunk_size": "700", "retrieval.top_k": "13", "retrieval.candidates": "30", "target.replicas": "2", "target.count": "1"},
        never=("never-shown-4712",),
    ),
    "next-and-supabase": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"next": "13", "openai-edge": "1.1.0", "@supabase/supabase-js": "2.13.0"}}',
            "pages/api/search.ts": "import { Configuration, OpenAIApi } from 'openai-edge'\nimport { createClient } from '@supabase/supabase-js'\nconst ai = new OpenAIApi(new Configuration({ apiKey: process.env.OPENAI_KEY }))\nconst answer = await ai.createChatCompletion({ model: 'gpt-3.5-turbo', max_tokens: 512 })\nconst found = await db.rpc('match', { match_count: 10 })\n",
            "supabase/migrations/1_init.sql": "create extension if not exists vector with schema public;\ncreate table docs (\n  id bigserial,\n  embedding vector(1536)\n);\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-3.5-turbo"),),
        facts={"retrieval.dims": "1,536", "retrieval.top_k": "10", "security.output_cap": "512 tok"},
    ),
    "annotated-tools-in-java": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>dev.langchain4j</groupId><artifactId>langchain4j-open-ai</artifactId></dependency></dependencies></project>",
            "src/main/java/org/clinic/Tools.java": (
                'package org.clinic;\nimport dev.langchain4j.agent.tool.Tool;\nclass Tools {\n  @Tool("today")\n  String currentDate() { return "x"; }\n  @Tool("book")\n  Visit bookVisit(String owner) { return repository.save(owner); }\n  @Tool\n  void cancelVisit(int id) { repository.deleteById(id); }\n}\n'
            ),
            "src/main/java/org/clinic/Config.java": (
                "package org.clinic;\nimport dev.langchain4j.model.embedding.onnx.AllMiniLmL6V2EmbeddingModel;\nclass Config {\n  EmbeddingModel model() { return new AllMiniLmL6V2EmbeddingModel(); }\n  Splitter splitter() { return new DocumentByLineSplitter(1000, 200); }\n}\n"
            ),
            "src/main/resources/application.properties": "langchain4j.open-ai.chat-model.model-name=gpt-4o-mini\n",
            "src/main/resources/application-mysql.properties": "spring.datasource.url=${MYSQL_URL:jdbc:mysql://localhost/clinic}\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("mysql",),
        models=(("chat", "gpt-4o-mini"), ("embedding", "all-MiniLM-L6-v2")),
        tools={"currentDate": "reads", "bookVisit": "writes", "cancelVisit": "irreversible"},
        facts={"retrieval.chunk_size": "1,000", "retrieval.chunk_overlap": "200"},
    ),
    "settings-of-dotnet-with-remarks": Layout(
        files={
            "api/Api.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.0" /></ItemGroup></Project>',
            "api/appsettings.json": '//\n// Settings, see https://example.org/docs\n{\n  "Prompts": {\n    /* of the\n       answer */\n    "ResponseTokenLimit": 1024, // left after the prompt\n    "CompletionTokenLimit": 4096\n  },\n  "DocumentMemory": {"DocumentChunkMaxTokens": 512},\n  "Text": {"Deployment": "gpt-4o"}\n}\n',
            "api/Plugins/Graph.cs": 'using Microsoft.SemanticKernel;\nclass Graph {\n  [KernelFunction, Description("Read the calendar")]\n  public async Task<string> ReadCalendarAsync(string who) { return await client.GetAsync(who); }\n}\n',
            "api/Ask.cs": "using Microsoft.SemanticKernel;\nvar how = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"ReadCalendar": "reads"},
        facts={"security.output_cap": "1,024 tok", "model.max_context": "4,096 tok"},
    ),
    "chart-of-several-parts": Layout(
        files={
            "charts/Chart.yaml": "name: hra\nversion: 1.0.0\n",
            "charts/values.yaml": (
                "backend:\n  indexing:\n    replicas: 3\n    image: {imageName: hra-indexing, tag: latest}\n    resources: {limits: {memory: 2Gi}}\n  query:\n    replicas: 3\n    image: {imageName: hra-query, tag: latest}\n    resources: {limits: {memory: 2Gi}}\n"
                "frontend:\n  replicas: 1\n  image: {imageName: hra-frontend}\nsearch:\n  opensearch:\n    replicas: 1\n    image: {imageName: opensearch}\noperator:\n  enableOperator: false\n  replicaCount: 9\n  image: {repository: x/y}\n"
            ),
            "backend/main.py": "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"target.replicas": "3"},
    ),
    "assistant-with-mail-and-calendar": Layout(
        files={
            "assistant/mail.py": "from googleapiclient.discovery import build\n\nservice = build('gmail', 'v1', credentials=None)\ncalendar = build('calendar', 'v3', credentials=None)\n",
            "assistant/draft.py": (
                "from langchain_openai import ChatOpenAI\nfrom langgraph.types import interrupt\nfrom pydantic import BaseModel\n\n\nclass SendInvite(BaseModel):\n    to: str\n\n\nclass Ignore(BaseModel):\n    why: str\n\n\n"
                "def draft(messages):\n    tools = [SendInvite]\n    if messages:\n        tools.append(Ignore)\n    llm = ChatOpenAI(model='gpt-4o-2024-08-06').bind_tools(tools)\n    return interrupt(llm.invoke(messages))\n"
            ),
            "langgraph.json": '{"graphs": {"main": "./assistant/draft.py:graph"}, "store": {"index": {"embed": "openai:text-embedding-3-small", "dims": 1536}}}',
        },
        uses=("llm", "retrieval", "agent"),
        sources=("gmail", "google-calendar"),
        models=(("chat", "gpt-4o-2024-08-06"), ("embedding", "text-embedding-3-small")),
        tools={"SendInvite": "irreversible", "Ignore": "unknown"},
        facts={"retrieval.dims": "1,536"},
        asks=("agent.human_approval",),
    ),
    "tools-given-to-a-model": Layout(
        files={
            "package.json": '{"name": "c", "dependencies": {"ai": "6", "@ai-sdk/gateway": "3", "redis": "5", "@vercel/blob": "0.24", "@vercel/otel": "1"}}',
            ".env.example": "REDIS_URL=****\nPOSTGRES_URL=****\n",
            "instrumentation.ts": "import { registerOTel } from '@vercel/otel'\nexport function register() { registerOTel({ serviceName: 'c' }) }\n",
            "lib/models.ts": "export const DEFAULT_CHAT_MODEL = 'google/gemini-2.5-flash-lite'\n",
            "lib/tools.ts": "import { tool } from 'ai'\nexport const getWeather = tool({ description: 'w', needsApproval: true, execute: async () => {\n  await fetch(`https://api.open-meteo.com/v1/forecast?latitude=${x}`)\n} })\nexport const createDocument = ({ session }) => tool({ description: 'd' })\n",
            "app/api/chat/route.ts": (
                "import { streamText, stepCountIs } from 'ai'\nimport { gateway } from '@ai-sdk/gateway'\nimport { put } from '@vercel/blob'\nexport const maxDuration = 60\n"
                "const result = streamText({ model: gateway.languageModel('google/gemini-2.5-flash-lite'), stopWhen: stepCountIs(5), tools: { getWeather, deleteDocument: deleteDocument({ session }) } })\nawait put('a', b, {})\n"
            ),
        },
        uses=("llm", "agent"),
        sources=("redis", "vercel-blob"),
        models=(("chat", "google/gemini-2.5-flash-lite"),),
        tools={"getWeather": "reads", "createDocument": "writes", "deleteDocument": "irreversible"},
        facts={"agent.max_steps": "5", "operations.request_deadline": "1 min", "monitoring.trace_id": "True", "agent.human_approval": "('getWeather',)"},
    ),
    "stores-of-tools-around": Layout(
        files={
            "compose.yaml": "services:\n  db: {image: 'postgres:15'}\n  mlflow:\n    build: {context: ., dockerfile: Dockerfile.mlflow}\n    environment: {MLFLOW_BACKEND_STORE_URI: 'postgresql://u:p@db:5432/m'}\n    depends_on: [db]\n  api:\n    build: .\n    depends_on: [mlflow]\n",
            "prefect.yaml": "name: churn\ndeployments:\n  - name: retrain\n    schedules:\n      - cron: 0 3 * * *\n",
            "src/train.py": "import joblib\nfrom sklearn.ensemble import GradientBoostingClassifier\n\nmodel = GradientBoostingClassifier()\nmodel.fit(x, y)\njoblib.dump(model, 'model.joblib')\n",
        },
        uses=("classic-ml", "training", "batch"),
        facts={"pipeline.refresh": "1 d", "model.safe_format": "False", "model.kind": "tabular", "model.hosting": "self"},
    ),
    "who-somebody-is": Layout(
        files={
            "auth.py": "from supabase import create_client\n\nclient = create_client('u', 'k')\n\n\ndef user(token):\n    return client.auth.get_user(token)\n",
            "package.json": '{"name": "s", "dependencies": {"openai": "4"}}',
            "src/openai.ts": "import OpenAI from 'openai'\nconst client = new OpenAI({ ...common, baseURL: `${address}/openai/deployments/x` })\nconst SECTION_OVERLAP = 100\nawait client.chat.completions.create({ model: 'gpt-4o-2024-08-06', max_tokens: 64 })\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("postgresql",),
    ),
    "width-by-a-condition": Layout(
        files={
            "api/store.py": "from haystack_integrations.document_stores.opensearch import OpenSearchDocumentStore\nfrom config import settings\n\n\ndef make():\n    dim = 1536 if settings.hosted else 768\n    return OpenSearchDocumentStore(hosts=settings.host, embedding_dim=dim)\n",
            "api/answer.py": "from openai import OpenAI\n\n\ndef answer(text, context_length=4096):\n    half = int(0.5 * context_length)\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[], max_tokens=half)\n",
            "load-testing-fake-server/main.tf": 'resource "aws_ecs_service" "fake" {\n  desired_count = 3\n}\nresource "aws_ecs_task_definition" "fake" {\n  memory = "1024"\n}\n',
        },
        uses=("llm", "retrieval"),
        sources=("opensearch",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("retrieval.dims has 2 values",),
        never=("security.output_cap", "target.replicas"),
    ),
}  # fmt: skip
