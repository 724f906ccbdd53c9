"""What stands in the files and is none of what runs: settings nobody reads, stores that an option leaves off, samples beside the image."""

from __future__ import annotations

from layouts import Layout

_CHAT = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)

LEFT_LAYOUTS = {
    "a-model-in-infrastructure-that-no-code-reads": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\n",
            ".env.example": "ANTHROPIC_API_KEY=\nOPENAI_API_KEY=\n",
            "app/main.py": (
                "import os\n\nfrom langchain_openai import ChatOpenAI\n\n\ndef answer(name, messages):\n"
                "    llm = ChatOpenAI(model=name, base_url=os.environ['MODEL_PROXY_API_BASE'], api_key=os.environ['MODEL_PROXY_API_KEY'])\n    return llm.invoke(messages)\n"
            ),
            "infra/variables.tf": 'variable "azure_openai_model" {\n  type    = string\n  default = "gpt-3.5-turbo"\n}\n',
            "infra/main.tf": (
                'locals {\n  environment_variables = {\n    "AZURE_OPENAI_MODEL" : var.azure_openai_model,\n    "MODEL_PROXY_API_BASE" : "http://proxy"\n  }\n}\n'
            ),
        },
        uses=("llm",),
        never=("gpt-3.5-turbo", "openai.azure.com", "api.openai.com", "api.anthropic.com"),
    ),
    "a-constant-that-nothing-uses": Layout(
        files={
            "requirements.txt": "openai==1.0\n",
            "app/main.py": _CHAT,
            "app/uploads.py": "from app.main import answer\n\nCHUNK_SIZE = 1024\n\n\ndef upload(file):\n    return answer(file.read())\n",
            "app/routes/files.py": "from app.uploads import upload\n\nkeep = upload\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("retrieval.chunk_size",),
    ),
    "a-graph-that-an-option-leaves-off": Layout(
        files={
            "requirements.txt": "openai==1.0\nneo4j==5.0\n",
            ".env.example": "USE_KNOWLEDGE_GRAPH=false\n",
            "app/graph.py": "from neo4j import GraphDatabase\n\n\ndef driver(address):\n    return GraphDatabase.driver(address)\n",
            "app/main.py": "import os\n\nfrom app.graph import driver\n\nif os.getenv('USE_KNOWLEDGE_GRAPH', 'false') == 'true':\n    known = driver(os.environ['GRAPH'])\n\n"
            + _CHAT,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("neo4j is reached only where use_knowledge_graph is turned on",),
    ),
    "keys-that-only-who-has-them-hands-on": Layout(
        files={
            "requirements.txt": "litellm==1.50\nanthropic==0.40\n",
            "app/settings.toml": '[config]\nmodel = "gpt-4o-2024-08-06"\n',
            "app/keys.py": (
                "import os\n\nfrom app.config import get\n\n\ndef hand_on():\n    if get('deepseek.key'):\n        os.environ['DEEPSEEK_API_KEY'] = get('deepseek.key')\n"
                "    if get('openrouter.key'):\n        os.environ['OPENROUTER_API_KEY'] = get('openrouter.key')\n"
            ),
            "app/count.py": (
                "from anthropic import Anthropic\n\nfrom app.config import get\n\n\nclass Counter:\n    COUNTING_MODEL = 'claude-3-7-sonnet-20250219'\n\n    def count(self, text):\n"
                "        return Anthropic(api_key=get('anthropic.key')).messages.count_tokens(model=self.COUNTING_MODEL, messages=text)\n"
            ),
            "app/main.py": (
                "from litellm import completion\n\nfrom app.config import get\nfrom app.count import Counter\nfrom app.keys import hand_on\n\n\ndef answer(messages):\n    hand_on()\n    Counter().count(messages)\n"
                "    base_path = 'https://pages.shop-docs.com/tools'\n    print(f'- see [it]({base_path}/review) and [more]({base_path}/more)')\n    return completion(model=get('config.model'), messages=messages)\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("api.openai.com",),
        never=("api.deepseek.com", "openrouter.ai", "claude-3-7", "pages.shop-docs.com"),
    ),
    "names-of-an-example-that-nothing-reads": Layout(
        files={
            "requirements.txt": "ollama==0.4\n",
            ".env.example": "CHAT_MODEL=qwen3:4b\nANSWER_LANGUAGE=en\nUPLOAD_FOLDER=in\nREDIS_URL=redis://localhost:6379/0\nGEMINI_API_KEY=\n",
            "app/main.py": (
                "import os\n\nimport ollama\n\nfolder, language = os.environ['UPLOAD_FOLDER'], os.environ['ANSWER_LANGUAGE']\n"
                "ollama.chat(model=os.environ['CHAT_MODEL'], messages=[{'role': 'user', 'content': language + folder}])\n"
            ),
            "scripts/debug_embedding.py": "import ollama\n\nollama.embed(model='bge-m3', input='a')\n",
        },
        uses=("llm",),
        models=(("chat", "qwen3:4b"),),
        never=("redis", "generativelanguage", "bge-m3"),
    ),
    "a-served-name-beside-what-is-loaded": Layout(
        files={
            "compose.yaml": (
                "services:\n  embed:\n    build: .\n    environment:\n      MODEL_NAME: qwen3-4b\n      MODEL_PATH: Qwen/Qwen3-Embedding-0.6B\n      DTYPE: float16\n"
            ),
            "Dockerfile": 'FROM python:3.12\nCOPY app app\nCMD ["python", "app/main.py"]\n',
            "requirements.txt": "vllm==0.9.0\n",
            "app/main.py": "import os\n\nfrom vllm import LLM\n\nmodel = LLM(model=os.environ['MODEL_PATH'], task='embed')\nname = os.environ.get('MODEL_NAME', 'qwen3-4b')\n",
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "Qwen/Qwen3-Embedding-0.6B"),),
        never=("qwen3-4b",),
    ),
    "an-engine-that-only-trains": Layout(
        files={
            "training/finetune.py": (
                "from peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained('Qwen/Qwen2.5-0.5B-Instruct')\n"
                "trained = get_peft_model(model, LoraConfig(r=8))\n"
            ),
            "requirements.txt": "transformers==4.44\npeft==0.12\n",
        },
        uses=("llm", "training"),
        never=("model.engine",),
    ),
    "tracing-that-is-off-with-its-address": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\n",
            "run.py": (
                "import os\n\nfrom langchain_openai import ChatOpenAI\n\nos.environ['LANGCHAIN_TRACING_V2'] = 'false'\nos.environ['LANGCHAIN_ENDPOINT'] = 'https://api.smith.langchain.com'\n"
                "ChatOpenAI(model='gpt-4o-2024-08-06').invoke('hello')\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("smith.langchain",),
    ),
    "a-function-that-counts-tokens": Layout(
        files={
            "requirements.txt": "openai==1.50\ntiktoken==0.7\n",
            "app/batch.py": (
                "import os\n\nimport tiktoken\n\n\ndef count_tokens_of(text, model=None):\n    model = model or os.environ.get('MODEL_NAME', 'gpt-4o')\n"
                "    return len(tiktoken.encoding_for_model(model).encode(text))\n"
            ),
            "app/main.py": (
                "import os\n\nfrom openai import OpenAI\n\nfrom app.batch import count_tokens_of\n\n\ndef answer(messages, name):\n    count_tokens_of(str(messages))\n"
                "    return OpenAI(base_url=os.environ['GATEWAY'], api_key=os.environ['GATEWAY_KEY']).chat.completions.create(model=name, messages=messages)\n"
            ),
        },
        uses=("llm",),
        never=("gpt-4o",),
    ),
    "a-store-that-stands-in-on-a-developers-machine": Layout(
        files={
            "requirements.txt": "openai==1.50\nboto3==1.34\n",
            "compose.yaml": "services:\n  files:\n    image: minio/minio:RELEASE.2024-01-01\n  api:\n    build: .\n    environment:\n      MINIO_ENDPOINT: http://files:9000\n",
            "infra/main.tf": 'provider "aws" {\n  region = "eu-west-2"\n}\n\nresource "aws_ecs_cluster" "app" {\n  name = "app"\n}\n',
            "app/files.py": (
                "import boto3\n\nfrom app.settings import settings\n\n\ndef client():\n    if settings.ENVIRONMENT.upper() in ['LOCAL', 'TEST']:\n"
                "        return boto3.client('s3', endpoint_url=settings.MINIO_ADDRESS)\n    return boto3.client('s3')\n"
            ),
            "app/main.py": "from openai import OpenAI\n\nfrom app.files import client\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[client()])\n",
        },
        uses=("llm",),
        sources=("s3",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "an-option-of-where-a-store-runs": Layout(
        files={
            "requirements.txt": "openai==1.50\nqdrant-client==1.9\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    USE_QDRANT_CLOUD: bool = False\n    QDRANT_CLOUD_URL: str = 'str'\n\n\nsettings = Settings()\n",
            "app/store.py": (
                "from qdrant_client import QdrantClient\n\nfrom app.settings import settings\n\nstore = QdrantClient(url=settings.QDRANT_CLOUD_URL) if settings.USE_QDRANT_CLOUD else QdrantClient(host='localhost')\n"
            ),
            "app/main.py": "from openai import OpenAI\n\nfrom app.store import store\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[store])\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "parts-that-are-called-after-an-engine": Layout(
        files={
            "requirements.txt": "fastapi==0.115\nopenai==1.50\n",
            "deploy/app.yaml": (
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: vllm-tuner-backend\nspec:\n  template:\n    spec:\n      containers:\n        - name: backend\n"
                '          image: registry.example.org/shop/vllm-tuner-backend:1.0\n          args: ["--account=vllm-tuner"]\n'
            ),
            "app/main.py": "import os\n\nfrom openai import OpenAI\n\nOpenAI(base_url=os.environ['ENGINE_URL'], api_key='x').chat.completions.create(model=os.environ['ENGINE_MODEL'], messages=[])\n",
        },
        uses=("llm",),
        never=("vllm", "model.engine"),
    ),
    "rows-links-and-the-example-that-came-with-it": Layout(
        files={
            "requirements.txt": "langchain-community==0.3\nlangchain-openai==0.3\napache-airflow==2.9\n",
            "app/sql.py": (
                "from langchain_community.utilities import SQLDatabase\nfrom langchain_openai import ChatOpenAI\n\n\ndef create_sql_query(db: SQLDatabase, question):\n    top_k = 50\n"
                "    return db.run(ChatOpenAI(model='gpt-4o-2024-08-06').invoke(f'At most {top_k} rows: {question}').content)\n"
            ),
            "app/docs.py": "from app.sql import create_sql_query\n\nexternal = {'description': 'How it works', 'url': 'https://shop-labs.github.io/docs/', 'of': create_sql_query}\n",
            "app/pages.py": "from app.docs import external\n\nprint(external)\n",
            "dags/exampledag.py": "import requests\nfrom airflow.decorators import dag\n\n\n@dag(schedule='@daily')\ndef people():\n    return requests.get('http://api.people-in-space.org/now')\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("retrieval.top_k", "shop-labs", "people-in-space"),
    ),
    "an-embedding-of-a-maker-in-a-library-for-weights": Layout(
        files={
            "requirements.txt": "anthropic==0.40\nsentence-transformers==3.0\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    embedding_model: str = 'text-embedding-3-small'\n\n\nsettings = Settings()\n",
            "app/main.py": (
                "from anthropic import Anthropic\nfrom sentence_transformers import SentenceTransformer\n\nfrom app.settings import settings\n\n\ndef embed(texts):\n    return SentenceTransformer(settings.embedding_model).encode(texts)\n\n\n"
                "Anthropic().messages.create(model='claude-sonnet-4-20250514', max_tokens=100, messages=[])\n"
            ),
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "text-embedding-3-small"),),
        hosts=("api.openai.com",),
    ),
    "a-tracker-of-the-teams-own": Layout(
        files={
            "requirements.txt": "openai==1.50\nlangfuse==2.0\n",
            ".env.example": "LANGFUSE_SECRET_KEY=\nPUBLIC_LANGFUSE_URL=https://traces.shop-labs.org/\n",
            "app/main.py": "import os\n\nfrom langfuse import Langfuse\nfrom openai import OpenAI\n\nLangfuse(secret_key=os.environ['LANGFUSE_SECRET_KEY'], host=os.environ['PUBLIC_LANGFUSE_URL'])\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
            ".github/workflows/ci.yml": "on: [pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: python -m pytest evals/tests/ -v\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("traces.shop-labs.org",),
        never=("cloud.langfuse.com", "quality_gate"),
    ),
    "adapters-of-which-a-setting-chooses-one": Layout(
        files={
            "requirements.txt": "openai==1.50\nrequests==2.32\ngoogle-cloud-storage==2.18\n",
            "config.json": '{"channel_type": "web", "secret_provider": ""}\n',
            "app/const.py": 'FEISHU = "feishu"\n',
            "app/channels/factory.py": (
                "from app import const\n\n\ndef make(channel_type):\n    if channel_type == 'web':\n        from app.channels.web.web import Web\n        return Web()\n"
                "    elif channel_type == const.FEISHU:\n        from app.channels.feishu.feishu import Feishu\n        return Feishu()\n"
                "    elif channel_type in ('dingtalk', 'ding'):\n        from app.channels.dingtalk.dingtalk import Ding\n        return Ding()\n    raise ValueError\n"
            ),
            "app/channels/web/web.py": "import requests\n\n\nclass Web:\n    def send(self, text):\n        requests.post('https://push.shop-labs.org/v1', json=text)\n",
            "app/channels/feishu/feishu.py": "import requests\n\n\nclass Feishu:\n    def send(self, text):\n        requests.post('https://open.feishu.cn/open-apis', json=text)\n",
            "app/channels/dingtalk/dingtalk.py": "import requests\n\n\nclass Ding:\n    def send(self, text):\n        requests.post('https://api.dingtalk.com/v1', json=text)\n",
            "app/secrets/__init__.py": (
                "from app.secrets.gcs_secrets import OfGoogle\nfrom app.secrets.aws_secrets import OfAmazon\nfrom app.secrets.file_secrets import OfFiles\n\n"
                "_SECRET_PROVIDERS = {\n    'gcs': OfGoogle,\n    'aws': OfAmazon,\n    'file': OfFiles,\n}\n"
            ),
            "app/secrets/gcs_secrets.py": "from google.cloud import storage\n\n\nclass OfGoogle:\n    def __init__(self):\n        self.client = storage.Client()\n",
            "app/secrets/aws_secrets.py": "class OfAmazon:\n    pass\n",
            "app/secrets/file_secrets.py": "class OfFiles:\n    pass\n",
            "app/main.py": (
                "from openai import OpenAI\n\nfrom app.channels.factory import make\nfrom app.secrets import _SECRET_PROVIDERS\n\n"
                "OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[make(''), _SECRET_PROVIDERS])\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("push.shop-labs.org",),
        never=("feishu", "dingtalk"),
    ),
    "projects-that-users-are-handed": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "app/main.py": _CHAT,
            "app/tools/templates/shop-api/serverless.yml": "service: shop\nprovider:\n  name: aws\n  runtime: python3.12\nfunctions:\n  api:\n    handler: app.handler\n",
            "app/tools/templates/shop-api/app.py": "import boto3\n\ntable = boto3.client('dynamodb')\n\n\ndef handler(event, context):\n    return table.get_item(TableName='x', Key=event)\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("aws-lambda", "dynamodb", "infrastructure_as_code"),
    ),
    "parameters-of-a-function-that-counts-tokens": Layout(
        files={
            "requirements.txt": "openai==1.50\ntiktoken==0.7\n",
            "app/count.py": "import tiktoken\n\n\ndef num_tokens(text, model='gpt-3.5-turbo-0613'):\n    return len(tiktoken.encoding_for_model(model).encode(text))\n",
            "app/main.py": (
                "from openai import OpenAI\n\nfrom app.count import num_tokens\n\n\ndef answer(address, name, messages):\n    num_tokens(str(messages))\n"
                "    return OpenAI(base_url=address, api_key='x').chat.completions.create(model=name, messages=messages)\n"
            ),
        },
        uses=("llm",),
        never=("gpt-3.5-turbo-0613", "api.openai.com"),
    ),
    "an-encoder-beside-an-agent": Layout(
        files={
            "pyproject.toml": '[project]\nname = "shop-agents"\nversion = "1.0"\ndescription = "Agents of the shop"\ndependencies = ["openai-agents>=0.14", "redisvl>=0.5"]\n',
            "src/shop/route.py": (
                "from redisvl.extensions.cache.llm import SemanticCache\nfrom redisvl.utils.vectorize import HFTextVectorizer\n\n\n"
                "def route(vectorizer=None):\n    vectorizer = vectorizer or HFTextVectorizer(model='sentence-transformers/all-MiniLM-L6-v2')\n    return SemanticCache(vectorizer=vectorizer)\n"
            ),
        },
        uses=("llm", "agent", "retrieval"),
        sources=("redis",),
        models=(("embedding", "sentence-transformers/all-MiniLM-L6-v2"),),
        never=("model.name",),
    ),
    "a-database-of-developers": Layout(
        files={
            "requirements.txt": "openai==1.50\nsqlalchemy==2.0\npsycopg2-binary==2.9\n",
            "app/db.py": (
                "import os\n\nfrom sqlalchemy import create_engine\n\nif os.environ.get('ENVIRONMENT') == 'development':\n    engine = create_engine('sqlite:///shop.db')\n"
                "else:\n    engine = create_engine('postgresql://db/shop')\n"
            ),
            "app/main.py": "from openai import OpenAI\n\nfrom app.db import engine\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[engine])\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
}
