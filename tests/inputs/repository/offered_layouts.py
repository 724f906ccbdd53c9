"""Replicas of pilots with functions that no model may choose, stores that a setting chooses, and parts of charts."""

from __future__ import annotations

from layouts import Layout

_KERNEL = 'using Microsoft.SemanticKernel;\nclass Context {\n  [KernelFunction(name: "BuildContext")]\n  public string Build(string question) { return question; }\n}\n'
_CHAT = 'using Azure.AI.OpenAI;\nusing Microsoft.SemanticKernel;\nvar client = new AzureOpenAIClient(new Uri(address), credential);\nvar chat = client.GetChatClient("gpt-4o");\n'
_PROJECT = '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.15.0" /><PackageReference Include="Azure.AI.OpenAI" Version="2.0.0" /></ItemGroup></Project>\n'

OFFERED_LAYOUTS: dict[str, Layout] = {
    "functions-of-a-kernel-that-the-program-calls": Layout(
        files={"src/Context.cs": _KERNEL, "src/Program.cs": _CHAT, "src/App.csproj": _PROJECT},
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("BuildContext",),
    ),
    "functions-of-a-kernel-that-the-model-chooses": Layout(
        files={
            "src/Context.cs": _KERNEL,
            "src/Program.cs": _CHAT + "var how = new OpenAIPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };\n",
            "src/App.csproj": _PROJECT,
        },
        uses=("llm", "agent"),
        tools={"BuildContext": "unknown"},
    ),
    "steps-of-a-graph-in-the-form-of-tools": Layout(
        files={
            "steps.py": "from langchain_core.tools import tool\nfrom langgraph.graph import StateGraph\n\n\n@tool\ndef execute_sql(query: str) -> str:\n    return database.run(query)\n\n\ngraph = StateGraph(dict)\ngraph.add_node('run', lambda state: execute_sql.invoke(state['query']))\n",
            "answer.py": "from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model='gpt-4o-2024-08-06')\n",
            "requirements.txt": "langchain-core==0.3.0\nlanggraph==0.2.0\nlangchain-openai==0.2.0\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("agent.high_impact_tools",),
    ),
    "the-same-tools-given-to-a-model": Layout(
        files={
            "steps.py": "from langchain_core.tools import tool\nfrom langchain_openai import ChatOpenAI\n\n\n@tool\ndef execute_sql(query: str) -> str:\n    return database.run(query)\n\n\nllm = ChatOpenAI(model='gpt-4o-2024-08-06').bind_tools([execute_sql])\n",
        },
        uses=("llm", "agent"),
        tools={"execute_sql": "irreversible"},
    ),
    "stores-that-a-setting-chooses": Layout(
        files={
            "store/factory.py": "import os\n\nchosen = os.environ.get('DATASTORE')\n",
            "store/providers/redis_store.py": "import redis\n\nclient = redis.Redis(host=host)\n",
            "store/providers/postgres_store.py": "import psycopg2\nfrom pgvector.psycopg2 import register_vector\n\nregister_vector(psycopg2.connect('x'))\n",
            "store/providers/qdrant_store.py": "from qdrant_client import QdrantClient\n\nclient = QdrantClient(url)\n",
            "store/providers/milvus_store.py": "from pymilvus import MilvusClient\n\nclient = MilvusClient(uri)\n",
            "store/providers/weaviate_store.py": "import weaviate\n\nclient = weaviate.connect_to_local()\n",
            "store/providers/pinecone_store.py": "from pinecone import Pinecone\n\nindex = Pinecone().Index('x')\n",
            ".env.example": "DATASTORE=\nREDIS_HOST=localhost\nPG_HOST=localhost\nQDRANT_URL=http://localhost\nMILVUS_HOST=localhost\nWEAVIATE_URL=http://localhost\nPINECONE_INDEX=x\n",
            "vectors.py": "import openai\n\nopenai.OpenAI().embeddings.create(model='text-embedding-3-large', input='t')\n",
        },
        uses=("retrieval",),  # its client only embeds
        models=(("embedding", "text-embedding-3-large"),),
        asks=("store/providers can reach 6 stores",),
        never=("sources[redis]", "sources[postgresql]"),
    ),
    "an-index-that-no-code-reaches": Layout(
        files={
            "arm/azuredeploy.json": '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [{"type": "Microsoft.Search/searchServices", "name": "s"}]}\n',
            "infra/main.bicep": "module searchIdentity 'managed-identity/search-workload-identity.bicep' = {\n  name: 'i'\n}\n",
            "app.py": "from azure.cosmos import CosmosClient\nfrom openai import AzureOpenAI\n\nCosmosClient('x', 'y')\nAzureOpenAI(azure_endpoint='https://x.openai.azure.com').chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        sources=("cosmosdb",),
        asks=("azure-ai-search is deployed",),
    ),
    "an-assistant-that-searches-files": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.46.0", "next": "14.1.4"}}\n',
            "app/route.ts": (
                "import OpenAI from 'openai'\nconst openai = new OpenAI()\nconst assistant = await openai.beta.assistants.create({ model: 'gpt-4o', tools: [{ type: 'file_search' }, "
                "{ type: 'function', function: { name: 'get_weather', parameters: {} } }] })\n"
            ),
        },
        uses=("llm", "agent", "retrieval"),
        tools={"get_weather": "reads"},
    ),
    "a-prompt-that-is-given-tools": Layout(
        files={
            "agents/researcher.prompty": "---\nname: Researcher\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n    azure_deployment: gpt-35-turbo\n  parameters:\n    max_tokens: 1200\n    tools: ${file:functions.json}\n---\nsystem:\nYou are a researcher.\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-35-turbo"),),
        facts={"security.output_cap": "1,200 tok"},
    ),
    "a-chart-of-parts": Layout(
        files={
            "deploy/helm/assistant-service/Chart.yaml": "name: assistant-service\n",
            "deploy/helm/assistant-service/values.yaml": (
                "api:\n  image: {repository: assistant-api, tag: v1}\n  replicas: 2\n  resources:\n    limits: {memory: 1Gi}\n  env:\n    - {name: APP_LLM_MODELNAME, value: meta/llama-3.3-70b-instruct}\n"
                "smtp4dev:\n  image: {repository: mail-for-tests, tag: v3}\n  replicas: 1\n  resources:\n    limits: {memory: 128Mi}\n"
            ),
            "deploy/helm/assistant-service/charts/agent/Chart.yaml": "name: agent\n",
            "deploy/helm/assistant-service/charts/agent/values.yaml": "image: {repository: agent, tag: v1}\nenv:\n  APP_LLM_MODELNAME: meta/llama-3.1-70b-instruct\n  APP_TEXTSPLITTER_MODELNAME: Snowflake/snowflake-arctic-embed-l\n",
            "agent.py": "import os\nfrom langchain_nvidia_ai_endpoints import ChatNVIDIA\n\nllm = ChatNVIDIA(model=os.environ['APP_LLM_MODELNAME'])\n",
        },
        uses=("llm",),
        models=(("chat", "meta/llama-3.3-70b-instruct"),),
        facts={"model.name": "meta/llama-3.3-70b-instruct", "target.replicas": "2", "target.memory_limit": "1 GiB"},
        never=("llama-3.1", "arctic"),
    ),
    "an-index-with-pages-and-candidates": Layout(
        files={
            "search.py": (
                "from azure.search.documents import SearchClient\nfrom azure.search.documents.indexes.models import SplitSkill\nfrom azure.search.documents.models import VectorizableTextQuery\n\n"
                "skill = SplitSkill(text_split_mode='pages', maximum_page_length=2000, page_overlap_length=500)\nclient = SearchClient(endpoint, index, credential)\n"
                "found = client.search(search_text=question, top=5, vector_queries=[VectorizableTextQuery(text=question, k_nearest_neighbors=50)])\n"
            ),
            "answer.py": "from openai import AzureOpenAI\n\nAzureOpenAI(azure_endpoint='https://x.openai.azure.com').chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        facts={"retrieval.top_k": "5", "retrieval.candidates": "50", "retrieval.chunk_size": "2,000", "retrieval.chunk_overlap": "500"},
    ),
    "a-gateway-of-its-own-image": Layout(
        files={
            "Dockerfile": 'FROM ghcr.io/berriai/litellm:main-latest\nCOPY litellm_config.yaml .\nCMD ["--config", "litellm_config.yaml"]\n',
            "litellm_config.yaml": (
                "model_list:\n  - model_name: smart\n    litellm_params: {model: azure/gpt-4o-2024-08-06, api_base: 'https://acme.openai.azure.com/'}\n"
                "  - model_name: gpt-4.1\n    litellm_params: {model: anthropic/claude-3-5-sonnet-20241022}\n"
                "  - model_name: vectors\n    litellm_params: {model: openai/text-embedding-3-small}\n    model_info: {mode: embedding}\n"
            ),
        },
        uses=("llm",),
        models=(("embedding", "text-embedding-3-small"),),
        asks=("2 models of chats are named: which of them does production ask? gpt-4o-2024-08-06 (", ", claude-3-5-sonnet-20241022 ("),
        never=("gpt-4.1",),
    ),
    "an-engine-of-its-own-image": Layout(
        files={
            "Dockerfile": (
                'FROM alpine AS weights\nCMD ["true"]\nFROM --platform=linux/amd64 vllm/vllm-openai:v0.6.3\nENV HF_HOME=/models\n'
                'ENTRYPOINT ["python3", "-m", "vllm.entrypoints.openai.api_server", "--model", "Qwen/Qwen2.5-7B-Instruct", \\\n  "--max-model-len", "8192"]\n'
            )
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        facts={"model.hosting": "self", "model.engine": "vllm", "model.max_context": "8,192 tok"},
    ),
    "a-server-of-any-model": Layout(
        files={"compose.yaml": "services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.05-py3\n    command: tritonserver --model-repository=/models\n"},
        uses=("classic-ml",),
        never=("tensorrt-llm",),
    ),
}  # fmt: skip
