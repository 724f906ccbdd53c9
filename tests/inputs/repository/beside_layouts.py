"""Replicas of pilots beside which stores, gateways of a cloud and other ways to run stand, which say nothing of the pilot itself."""

from __future__ import annotations

from layouts import Layout

BESIDE_LAYOUTS: dict[str, Layout] = {
    "a-store-in-a-container-app-of-its-own": Layout(
        files={
            "infra/app.bicep": "resource redis 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'redis'\n  properties: {\n    template: {\n      scale: {\n        minReplicas: 1\n        maxReplicas: 1\n      }\n      containers: [\n        {\n          image: 'redis/redis-stack-server:7.4.0'\n          resources: {\n            memory: '1Gi'\n          }\n        }\n      ]\n    }\n  }\n}\n\nresource calls 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'calls'\n  properties: {\n    template: {\n      scale: {\n        minReplicas: 2\n      }\n      containers: [\n        {\n          image: 'ghcr.io/x/calls:1'\n          resources: {\n            memory: '2.5Gi'\n          }\n        }\n      ]\n    }\n  }\n}\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        facts={"target.replicas": "2", "target.memory_limit": "2.5 GiB"},
        never=("target.replicas_max",),
    ),
    "a-client-of-services-that-asks-an-account-of-openai": Layout(
        files={
            "requirements.txt": "azure-ai-inference==1.0.0b9\n",
            "infra/main.bicep": "resource ai 'Microsoft.CognitiveServices/accounts@2024-06-01-preview' = {\n  name: 'x'\n  kind: 'OpenAI'\n}\n",
            "app/main.py": "from azure.ai.inference.aio import ChatCompletionsClient\nfrom azure.ai.inference.models import ChatCompletionsToolDefinition, FunctionDefinition\n\nclient = ChatCompletionsClient(endpoint='x', credential=None)\n\n\ndef described(name):\n    return ChatCompletionsToolDefinition(function=FunctionDefinition(name=name))\n\n\nasync def ask(messages):\n    return await client.complete(messages=messages, model='gpt-4.1', tools=[described('end_call')])\n",
        },
        uses=("llm", "agent"),
        hosts=("*.openai.azure.com",),
        never=("*.services.ai.azure.com",),
    ),
    "answers-of-amazon-q": Layout(
        files={
            "package.json": '{"dependencies": {"@aws-sdk/client-qbusiness": "3.565.0"}}\n',
            "src/ask.ts": "import { ChatSyncCommand, QBusinessClient } from '@aws-sdk/client-qbusiness';\n\nconst client = new QBusinessClient({ region: 'us-east-1' });\nexport const ask = (userMessage: string) => client.send(new ChatSyncCommand({ applicationId: 'x', userMessage }));\n",
            "src/keep.ts": "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\n\nexport const kept = new DynamoDBClient({});\n",
            "bin/convert-template.js": "const { S3Client } = require('@aws-sdk/client-s3');\n\nconst client = new S3Client({});\n",
        },
        uses=("llm", "retrieval"),
        sources=("dynamodb",),
        hosts=("qbusiness.*.amazonaws.com",),
    ),
    "a-bean-that-a-setting-turns-on": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>com.azure</groupId><artifactId>azure-ai-openai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/x/SearchConfig.java": 'package x;\n\nimport com.azure.search.documents.SearchClientBuilder;\n\n@Configuration\n@ConditionalOnProperty(name = "vector-store.type", havingValue = "azure-search")\npublic class SearchConfig {\n    Object store = new SearchClientBuilder().buildClient();\n}\n',
            "src/main/java/x/Ask.java": 'package x;\n\nimport com.azure.ai.openai.OpenAIClientBuilder;\n\nclass Ask {\n    OpenAIClient client = new OpenAIClientBuilder().buildClient();\n\n    String ask() {\n        return client.getChatCompletions("x", null).toString();\n    }\n}\n',
        },
        uses=("llm", "retrieval"),
        sources=(),
        asks=("the code reaches azure-ai-search only where vector-store.type=azure-search is set",),
    ),
    "tools-that-lists-name-by-their-variables": Layout(
        files={
            "requirements.txt": "openai==1.97\nlangchain-milvus==0.3\n",
            "src/functions.py": 'add_to_cart_function = {\n    "type": "function",\n    "function": {\n        "name": "add_to_cart",\n        "description": "adds",\n        "parameters": {"type": "object", "properties": {"item": {"type": "string"}}},\n    },\n}\nlook_up_schema = {\n    "type": "function",\n    "function": {"name": "view_cart", "description": "looks"},\n}\n',
            "src/cart.py": 'from openai import OpenAI\n\nfrom .functions import add_to_cart_function, look_up_schema\n\n\ndef ask(messages):\n    tools = [add_to_cart_function, look_up_schema]\n    return OpenAI().chat.completions.create(model="gpt-4o", messages=messages, tools=tools, tool_choice="auto")\n',
            "config/rails.yml": "rails:\n  output:\n    streaming:\n      chunk_size: 200\n      context_size: 50\n",
            "config/chain.yaml": "top_k_retrieve: 4\nimage_model_name: nvidia/nvclip\n",
            "src/find.py": "from langchain_milvus import Milvus\n\nstore = Milvus(None)\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("milvus",),
        models=(("chat", "gpt-4o"), ("embedding", "nvidia/nvclip")),
        tools={"add_to_cart": "writes", "view_cart": "reads"},
        facts={"retrieval.top_k": "4"},
        never=("add_to_cart_function", "look_up_schema", "retrieval.chunk_size"),
    ),
    "a-store-that-a-workshop-sets-up": Layout(
        files={
            "setup/setup-s3.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: minio\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: minio\n          image: quay.io/minio/minio:latest\n          resources:\n            limits:\n              memory: 2Gi\n",
            "src/train.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit([], [])\n",
        },
        uses=("classic-ml", "training"),
        never=("target.replicas", "target.memory_limit", "operations.infrastructure_as_code"),
    ),
    "functions-of-vercel-with-their-memory": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.104.0"}}\n',
            "vercel.json": '{"functions": {"api/a.ts": {"maxDuration": 800, "memory": 1024}, "api/b.ts": {"maxDuration": 800, "memory": 1024}}}\n',
            "api/a.ts": "import OpenAI from 'openai';\n\nexport const ask = (input: string) => new OpenAI().responses.create({ model: 'gpt-5.2', input });\n",
        },
        uses=("llm",),
        facts={"target.memory_limit": "1 GiB", "operations.request_deadline": "13.3 min"},
    ),
    "a-package-of-a-template-that-no-page-takes-in": Layout(
        files={
            "requirements.txt": "fastapi==0.110\npsycopg2-binary==2.9\nscikit-learn==1.4\n",
            "src/main.py": "import joblib\nimport psycopg2\nfrom fastapi import FastAPI\n\nmodel = joblib.load('model.joblib')\nrows = psycopg2.connect('postgresql://db/x')\n",
            "board/package.json": '{"dependencies": {"@google/genai": "1.0.0", "react": "19.0.0"}}\n',
            "board/.env.example": "GEMINI_API_KEY=\n",
            "board/vite.config.ts": "import { defineConfig, loadEnv } from 'vite';\n\nexport default defineConfig(({ mode }) => {\n  const env = loadEnv(mode, '.', '');\n  return { define: { 'process.env.GEMINI_API_KEY': JSON.stringify(env.GEMINI_API_KEY) } };\n});\n",
            "board/src/App.tsx": "export default function App() {\n  return <p>rows</p>;\n}\n",
        },
        uses=("classic-ml",),
        sources=("postgresql",),
        never=("generativelanguage.googleapis.com", "hosted"),
    ),
    "pages-that-search-the-web-by-an-agent": Layout(
        files={
            "requirements.txt": "streamlit>=1.28\nlangchain>=0.0.217\nanthropic>=0.3\nduckduckgo-search\n",
            "Chatbot.py": "from langchain.agents import initialize_agent\nfrom langchain.chat_models import ChatOpenAI\nfrom langchain.tools import DuckDuckGoSearchRun\n\nllm = ChatOpenAI(model_name='gpt-3.5-turbo')\nsearch = DuckDuckGoSearchRun(name='Search')\nagent = initialize_agent([search], llm)\n",
            "pages/files.py": "import anthropic\n\nclient = anthropic.Client(api_key='x')\nclient.completions.create(prompt='x', model='claude-2', max_tokens_to_sample=100)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-3.5-turbo"), ("chat", "claude-2")),
        tools={"Search": "reads"},
        hosts=("api.openai.com", "api.anthropic.com", "duckduckgo.com"),
    ),
}
