"""Replicas in which only a part of what is written counts: values of production, names that are plain, what code reads."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
_AGENT = "from langchain.agents import create_agent\nfrom langchain_openai import ChatOpenAI\n\n"
_STACK = (
    "from os import getcwd, path\n\nfrom aws_cdk import Duration, Stack\nfrom aws_cdk import aws_ecs as ecs\nfrom aws_cdk import aws_ecs_patterns as patterns\nfrom aws_cdk import aws_lambda as lambda_\n\n\n"
    "class ShopStack(Stack):\n    def function(self):\n        code = lambda_.EcrImageCode.from_asset_image(directory=path.join(getcwd(), 'shop', 'answers'))\n"
    "        return lambda_.Function(self, 'LambdaFunction', code=code, timeout=Duration.minutes(15), memory_size=2048)\n\n"
    "    def page(self, cluster):\n        image = ecs.ContainerImage.from_asset(path.join(getcwd(), 'shop', 'page'))\n"
    "        return patterns.ApplicationLoadBalancedFargateService(\n            self, 'Page', cluster=cluster, desired_count=1, memory_limit_mib=4096,\n"
    "            task_image_options=patterns.ApplicationLoadBalancedTaskImageOptions(image=image),\n        )\n"
)

COUNTED_LAYOUTS: dict[str, Layout] = {
    "dimensions-of-an-example-that-no-code-reads": Layout(
        files={
            "requirements.txt": "openai\n",
            "sample.env": "SHOP_INDEX=books\nSHOP_EMBEDDING_DIMENSIONS=1536\nSHOP_KEY=\n",
            "app.py": "import os\n\n"
            + _ASKS
            + "index = os.environ['SHOP_INDEX']\nkey = os.environ['SHOP_KEY']\n",
        },
        uses=("llm",),
        never=("1536", "retrieval.dims"),
        asks=("SHOP_EMBEDDING_DIMENSIONS",),
    ),
    "tools-whose-names-the-program-works-out": Layout(
        files={
            "requirements.txt": "agent-framework\n",
            "app.py": (
                "from agent_framework import ChatAgent, ai_function\nfrom agent_framework.openai import OpenAIChatClient\n\n\n"
                "def handing(name: str, target: str):\n    @ai_function(name=name, description='Hands over.')\n    def hand(message: str = '') -> str:\n        return f'to {target}'\n\n    return hand\n\n\n"
                "@ai_function(name='find_book')\ndef find(title: str) -> str:\n    return title\n\n\n"
                "agent = ChatAgent(chat_client=OpenAIChatClient(model_id='gpt-4o-2024-08-06'), tools=[find, handing('to_sales', 'sales')])\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"find_book": "reads"},
        never=("['hand'", "'hand'"),
    ),
    "a-method-under-another-name-in-a-list-of-tools": Layout(
        files={
            "requirements.txt": "langchain\nlangchain-openai\n",
            "app.py": _AGENT
            + "from shelves import Shelves\n\nLOOK_UP = Shelves('main').find_books\n\n\ndef build():\n    tools = []\n    tools.append(LOOK_UP)\n    return create_agent(model=ChatOpenAI(model='gpt-4o-2024-08-06'), tools=tools)\n",
            "shelves.py": "class Shelves:\n    def __init__(self, name):\n        self.name = name\n\n    def find_books(self, title):\n        return title\n",
        },
        uses=("llm", "agent"),
        tools={"find_books": "reads"},
        never=("LOOK_UP",),
    ),
    "production-that-scales-a-chart-by-its-own-least": Layout(
        files={
            "requirements.txt": "openai\n",
            "app.py": _ASKS,
            "deploy/shop/Chart.yaml": "name: shop\nversion: 1.0.0\n",
            "deploy/shop/values.yaml": "replicaCount: 1\nautoscaling:\n  enabled: false\n  minReplicas: 2\n  maxReplicas: 5\n",
            "deploy/shop/values.prod.yaml": "replicaCount: 3\nautoscaling:\n  enabled: true\n  maxReplicas: 10\n",
        },
        uses=("llm",),
        facts={"target.replicas": "2", "target.replicas_max": "10"},
    ),
    "an-index-whose-client-an-extra-brings": Layout(
        files={
            "pyproject.toml": (
                "[project]\nname = 'shop'\ndependencies = ['openai', 'fastapi', 'pydantic', 'httpx', 'uvicorn', 'langchain']\n"
                "[project.optional-dependencies]\nrag = ['langchain-chroma>=0.1', 'chromadb>=0.5']\n"
            ),
            "app.py": _ASKS,
            "store.py": "from langchain_chroma import Chroma\n\n\ndef store(embeddings):\n    return Chroma(collection_name='books', embedding_function=embeddings, persist_directory='/data')\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never_asks=("in no file of dependencies",),
    ),
    "a-database-of-conversations-that-could-hold-vectors": Layout(
        files={
            "requirements.txt": "openai\nlangchain-chroma\nlangchain-postgres\nlanggraph-checkpoint-postgres\n",
            "app.py": _ASKS,
            "memory.py": "from langgraph.checkpoint.postgres import PostgresSaver\n\nsaver = PostgresSaver.from_conn_string(url)\n",
            "chroma_store.py": "from langchain_chroma import Chroma\n\n\ndef store(embeddings):\n    return Chroma(collection_name='books', embedding_function=embeddings)\n",
            "pg_store.py": "from langchain_postgres import PGVector\n\n\ndef store(embeddings, url):\n    return PGVector(embeddings=embeddings, connection=url, collection_name='books')\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        asks=("chroma",),
    ),
    "sizes-of-the-part-that-asks-a-model": Layout(
        files={
            "requirements.txt": "aws-cdk-lib\n",
            "cdk.json": '{"app": "python app.py"}',
            "stacks/shop_stack.py": _STACK,
            "shop/page/Dockerfile": "FROM python:3.12-slim\n",
            "shop/page/app.py": "import streamlit as st\n\nst.write(st.chat_input())\n",
            "shop/answers/Dockerfile": "FROM python:3.12-slim\n",
            "shop/answers/index.py": "import boto3\n\nclient = boto3.client('bedrock-runtime')\n\n\ndef handler(event, context):\n    return client.converse(modelId='us.anthropic.claude-sonnet-4-20250514-v1:0', messages=[event])\n",
        },
        uses=("llm",),
        facts={
            "target.service": "aws-lambda",
            "operations.request_deadline": "15 min",
            "target.memory_limit": "2 GiB",
        },
        never=("aws-fargate", "target.replicas"),
    ),
    "functions-that-deploy-and-a-memory-that-is-off": Layout(
        files={
            "requirements.txt": "openai\nboto3\n",
            "app.py": _ASKS,
            "config.yaml": "use_long_term_memory: false\nltm_top_k: 10\nmodel: gpt-4o-2024-08-06\n",
            "infra/lambdas/prepare/index.py": "import boto3\nimport urllib.request\n\ns3 = boto3.client('s3')\n\n\ndef handler(event, context):\n    s3.put_object(Bucket='code', Key='app', Body=b'')\n    urllib.request.urlopen(event['ResponseURL'])\n",
            "infra/lambdas/pack/index.py": "import subprocess\nimport sys\nimport zipfile\n\nimport boto3\n\ns3 = boto3.client('s3')\n\n\ndef handler(event, context):\n    subprocess.run([sys.executable, '-m', 'pip', 'download', '-d', '/tmp/w', 'openai'], check=True)\n    with zipfile.ZipFile('/tmp/app.zip', 'w') as packed:\n        packed.write('/tmp/w')\n    s3.upload_file('/tmp/app.zip', 'code', 'app.zip')\n",
        },
        uses=("llm",),
        sources=(),
        never=("retrieval.top_k",),
    ),
}
