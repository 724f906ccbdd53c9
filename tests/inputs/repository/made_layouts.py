"""Whom tables of makers are asked for, tools that another server names, settings that pages begin with, and folders that answer nobody."""

from __future__ import annotations

from layouts import Layout

_FACTORY = "import instructor\nfrom anthropic import Anthropic\nfrom openai import OpenAI\n\n\nclass AnswerFactory:\n    def __init__(self, provider):\n        makers = {\n            'openai': lambda s: instructor.from_openai(OpenAI()),\n            'anthropic': lambda s: instructor.from_anthropic(\n                Anthropic()\n            ),\n        }\n        self.client = makers[provider](None)\n\n    def ask(self, q):\n        return self.client.chat.completions.create(model='gpt-4o', messages=[q])\n"
_ASKED = "from makers import AnswerFactory\n\n\ndef answer(q):\n    return AnswerFactory({0}).ask(q)\n"
_PACKAGES = "openai==1.55.0\nanthropic==0.40.0\ninstructor==1.6.0\n"
_STREAM = "import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';\nconst client = new BedrockRuntimeClient({});\nexport const handler = async ({ model, messages }) => {\n  const command = new ConverseStreamCommand({ modelId: model, messages, inferenceConfig: { maxTokens: 900, temperature: 0 } });\n  return client.send(command);\n};\n"
_LLAMA_STACK = "import os\nfrom llama_stack_client import LlamaStackClient\nimport streamlit as st\n\nclient = LlamaStackClient(base_url='http://stack:8321', provider_data={'fireworks_api_key': os.environ.get('FIREWORKS_API_KEY', ''), 'together_api_key': os.environ.get('TOGETHER_API_KEY', '')})\ntop_k = st.slider('Passages', 1, 50, 7, 1)\nrounds = {'model': st.selectbox('Model', ['a', 'b'])}\nmax_infer_iters = st.slider('Rounds', 1, 50, value=12)\nfound = client.vector_stores.search(vector_store_id='x', query='q', max_num_results=top_k)\nanswer = client.responses.create(model=rounds['model'], input='q', tools=[{'type': 'file_search', 'vector_store_ids': ['x']}, {'type': 'web_search'}])\n"

MADE_LAYOUTS = {
    "a-table-of-makers-of-which-one-is-asked-for": Layout(
        files={"requirements.txt": _PACKAGES, "makers.py": _FACTORY, "main.py": _ASKED.format("'openai'")},
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        hosts=("api.openai.com",),
        never=("anthropic",),
    ),
    "a-table-of-makers-that-is-asked-for-any": Layout(
        files={
            "requirements.txt": _PACKAGES,
            "makers.py": _FACTORY,
            "main.py": _ASKED.format("'openai'"),
            "other.py": _ASKED.format("q.provider"),
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.anthropic.com"),
    ),
    "tools-of-a-server-by-their-own-names": Layout(
        files={
            "requirements.txt": "langchain-core==0.3.72\nlanggraph==0.6.2\nmcp==1.9.1\n",
            "agent.py": 'from langchain_core.tools import tool\nfrom langgraph.prebuilt import create_react_agent\nfrom mcp import ClientSession\n\n\ndef wrapped(remote, session: ClientSession):\n    @tool(remote.name, description=remote.description)\n    async def passed_on(**given):\n        return await session.call_tool(remote.name, arguments=given)\n\n    return passed_on\n\n\n@tool\ndef find_orders(number: str) -> str:\n    """Find an order."""\n    return number\n\n\ndef make(remotes, session):\n    return create_react_agent(model=\'openai:gpt-4o\', tools=[find_orders, *[wrapped(one, session) for one in remotes]])\n',
        },
        uses=("llm", "agent"),
        tools={"find_orders": "reads"},
        never=("passed_on",),
    ),
    "a-model-of-bedrock-that-users-choose": Layout(
        files={
            "package.json": '{"dependencies": {"@aws-sdk/client-bedrock-runtime": "3.624.0"}}\n',
            "index.mjs": _STREAM,
            "ingest.py": "import lancedb\nfrom langchain_aws import BedrockEmbeddings\n\nstore = lancedb.connect('s3://x')\nBedrockEmbeddings(model_id='amazon.titan-embed-text-v1')\n",
        },
        uses=("llm", "retrieval"),
        sources=("lancedb",),
        models=(("embedding", "amazon.titan-embed-text-v1"),),
        facts={"model.kind": "llm", "security.output_cap": "900 tok"},
        hosts=("bedrock-runtime.*.amazonaws.com",),
    ),
    "a-function-that-infers": Layout(
        files={
            "package.json": '{"dependencies": {"aws-cdk-lib": "2.142.1", "@aws-sdk/client-bedrock-runtime": "3.624.0"}}\n',
            "src/index.mjs": _STREAM,
            "lib/stack.ts": "import { Stack, Duration, aws_lambda as lambda } from 'aws-cdk-lib';\nexport class Shop extends Stack {\n  constructor(scope: any, id: string) {\n    super(scope, id);\n    new lambda.DockerImageFunction(this, 'InferenceFunction', { code: lambda.DockerImageCode.fromImageAsset('./src'), memorySize: 2048, timeout: Duration.seconds(300) });\n  }\n}\n",
        },
        uses=("llm",),
        facts={"target.service": "aws-lambda", "operations.request_deadline": "5 min"},
    ),
    "a-workflow-that-trains-holds-nothing-back": Layout(
        files={
            "requirements.txt": "scikit-learn==1.5.0\ndvc==3.50.0\n",
            "stages/train.py": "import joblib\nfrom sklearn.ensemble import RandomForestClassifier\n\nmodel = RandomForestClassifier().fit([[1]], [0])\njoblib.dump(model, 'model.bin')\n",
            ".github/workflows/train.yml": "name: train\non:\n  push:\n    paths: ['data/**']\njobs:\n  train:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          pip install -r requirements.txt\n          dvc repro\n          dvc metrics show --md >> report.md\n",
        },
        uses=("classic-ml", "training"),
        never=("operations.quality_gate",),
    ),
    "pages-in-python-beside-what-takes-documents-in": Layout(
        files={
            "frontend/pyproject.toml": '[project]\nname = "pages"\ndependencies = ["streamlit", "llama-stack-client==0.6.0"]\n',
            "frontend/pages/page/playground/chat.py": _LLAMA_STACK,
            "ingestion-service/requirements.txt": "llama-stack-client==0.2.22\n",
            "ingestion-service/ingest.py": "from llama_stack_client import LlamaStackClient\n\nLlamaStackClient(base_url='http://stack:8321').vector_stores.create(name='x')\n",
            "client-examples-python/chat.py": "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-3.5-turbo', messages=[])\n",
        },
        uses=("llm", "retrieval", "agent"),
        facts={"retrieval.top_k": "7", "agent.max_steps": "12"},
        never=("gpt-3.5-turbo", "api.fireworks.ai", "api.together.xyz", "api.openai.com"),
    ),
    "what-a-session-begins-with": Layout(
        files={
            "requirements.txt": "streamlit==1.39.0\nllama-index==0.11.0\n",
            "main.py": "import streamlit as st\nfrom llama_index.core import VectorStoreIndex\nfrom llama_index.llms.ollama import Ollama\n\nif 'top_k' not in st.session_state:\n    st.session_state['top_k'] = 4\nif 'chunk_size' not in st.session_state:\n    st.session_state['chunk_size'] = 1024\nllm = Ollama(model='llama3:8b')\nengine = VectorStoreIndex.from_documents([]).as_query_engine(llm=llm, similarity_top_k=st.session_state['top_k'])\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "llama3:8b"),),
        facts={"retrieval.top_k": "4", "retrieval.chunk_size": "1,024"},
    ),
    "kits-and-embedders-of-agno": Layout(
        files={
            "requirements.txt": "agno==1.4.6\nopenai==1.78.0\n",
            "agents/help.py": "from agno.agent import Agent\nfrom agno.embedder.openai import OpenAIEmbedder\nfrom agno.knowledge.url import UrlKnowledge\nfrom agno.models.openai import OpenAIChat\nfrom agno.tools.duckduckgo import DuckDuckGoTools\nfrom agno.tools.yfinance import YFinanceTools\nfrom agno.vectordb.pgvector import PgVector\n\nknowledge = UrlKnowledge(urls=['https://pages.shop.com/all.txt'], vector_db=PgVector(embedder=OpenAIEmbedder(id='text-embedding-3-small')))\nagent = Agent(model=OpenAIChat(id='gpt-4.1'), knowledge=knowledge, tools=[DuckDuckGoTools(), YFinanceTools(stock_price=True)])\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("postgresql",),
        models=(("chat", "gpt-4.1"), ("embedding", "text-embedding-3-small")),
        tools={"DuckDuckGoTools": "reads", "YFinanceTools": "reads"},
        hosts=("api.openai.com", "duckduckgo.com", "query1.finance.yahoo.com", "pages.shop.com"),
    ),
    "a-server-of-tools-in-c-sharp": Layout(
        files={
            "App/App.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="OpenAI" Version="2.1.0" /></ItemGroup></Project>\n',
            "App/Program.cs": 'using OpenAI;\nusing OpenAI.Responses;\nvar client = new OpenAIClient("key").GetOpenAIResponseClient("gpt-5-mini");\nvar options = new ResponseCreationOptions { Tools = { ResponseTool.CreateMcpTool(serverLabel: "Orders", serverUri: new Uri("http://orders:3000/mcp")) } };\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-5-mini"),),
    ),
    "a-chart-with-its-stores-and-a-probe": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app.py": "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "deploy/helm/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n  - name: pgvector\n    version: 0.5.5\n    condition: pgvector.enabled\n  - name: redis\n    version: 1.0.0\n    condition: redis.enabled\n  - name: milvus\n    version: 4.0.0\n  - name: minio\n    version: 1.0.0\n",
            "deploy/helm/shop/values.yaml": "replicaCount: 1\nimage:\n  repository: quay.io/shop/pages\n  tag: 0.2.45\nreadinessProbe:\n  httpGet: {path: /, port: http}\npgvector:\n  enabled: true\nredis:\n  enabled: false\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql", "milvus"),
        facts={"target.image_pinned": "True", "operations.readiness_probe": "True", "target.replicas": "1"},
    ),
    "a-chart-whose-tag-moves": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app.py": "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "deploy/helm/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
            "deploy/helm/shop/values.yaml": "replicaCount: 2\nimage:\n  repository: quay.io/shop/pages\n  tag: 0.0.0-latest\nreadinessProbe: {}\n",
        },
        uses=("llm",),
        facts={"target.image_pinned": "False"},
        never=("operations.readiness_probe",),
    ),
}
