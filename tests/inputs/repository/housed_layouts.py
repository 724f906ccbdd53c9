"""Replicas of pilots whose own code says where they run, and of tools that come under another name."""

from __future__ import annotations

from layouts import Layout

HOUSED_LAYOUTS: dict[str, Layout] = {
    "the-agent-runs-in-a-runtime-beside-functions": Layout(
        files={
            "agent/requirements.txt": "strands-agents==1.2\nstrands-agents-tools==0.2\nbedrock-agentcore==0.1\n",
            "agent/main.py": (
                "from bedrock_agentcore import BedrockAgentCoreApp\nfrom strands import Agent\nfrom strands.models.bedrock import BedrockModel\n\napp = BedrockAgentCoreApp()\n\n\n"
                "def tools_of(member):\n    from strands import tool as as_tool\n    from strands_tools import file_write as _write\n    from strands_tools import http_request as _request\n\n    wrapped = []\n\n"
                "    @as_tool\n    def find_garden(name: str) -> str:\n        '''Find a garden.'''\n        return search(name, member)\n\n    wrapped.append(find_garden)\n    builtin_tools = []\n    builtin_tools.append(_request)\n    builtin_tools.append(_write)\n    return wrapped + builtin_tools\n\n\n"
                "@app.entrypoint\ndef answer(payload):\n    agent = Agent(model=BedrockModel(model_id='amazon.nova-pro-v1:0'), tools=tools_of(payload['member']))\n    return str(agent(payload['prompt']))\n\n\nif __name__ == '__main__':\n    app.run()\n"
            ),
            "cdk/package.json": '{"name": "c", "dependencies": {"aws-cdk-lib": "2.180.0"}}',
            "cdk/lib/stack.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda'\nimport * as apigw from 'aws-cdk-lib/aws-apigateway'\nimport * as cdk from 'aws-cdk-lib'\nconst find = new lambda.Function(this, 'Find', { handler: 'index.handler', timeout: cdk.Duration.seconds(30), memorySize: 256 })\nnew apigw.LambdaRestApi(this, 'Api', { handler: find })\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "amazon.nova-pro-v1:0"),),
        facts={"target.service": "amazon-bedrock-agentcore"},
        tools={"find_garden": "reads", "http_request": "writes", "file_write": "writes"},
        never=("aws-lambda", "operations.request_deadline", "target.memory_limit"),
    ),
    "an-agent-looks-up-a-corpus-of-the-cloud": Layout(
        files={
            "requirements.txt": "google-adk==1.0\ngoogle-cloud-aiplatform==1.93\n",
            "club/agent.py": (
                "import os\n\nfrom google.adk.agents import Agent\nfrom google.adk.tools.retrieval.vertex_ai_rag_retrieval import VertexAiRagRetrieval\nfrom vertexai.preview import rag\n\n"
                "look_up = VertexAiRagRetrieval(name='look_up_rules', description='Rules', rag_resources=[rag.RagResource(rag_corpus=os.environ.get('CORPUS'))], similarity_top_k=7)\n"
                "root_agent = Agent(model='gemini-2.0-flash-001', name='clerk', tools=[look_up])\n"
            ),
            "deployment/deploy.py": "from club.agent import root_agent\nfrom vertexai import agent_engines\nfrom vertexai.preview.reasoning_engines import AdkApp\n\nremote = agent_engines.create(AdkApp(agent=root_agent), requirements=['google-adk'])\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("vertex-rag-engine",),
        models=(("chat", "gemini-2.0-flash-001"),),
        facts={"target.service": "vertex-ai-agent-engine", "retrieval.top_k": "7"},
        tools={"look_up_rules": "reads"},
        never=("VertexAiRagRetrieval",),
    ),
    "a-name-with-a-variant-is-asked-of-openrouter": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"next": "15.0.0"}}',
            "lib/ask.ts": "const BASE_URL = process.env.OPENROUTER_BASE_URL || 'https://openrouter.ai/api/v1'\nconst MODEL = process.env.OPENROUTER_MODEL || 'deepseek/deepseek-r1-0528:free'\nconst OPENROUTER_MAX_TOKENS = parseInt(process.env.OPENROUTER_MAX_TOKENS || '4000', 10)\nexport const ask = (messages: unknown[]) => fetch(`${BASE_URL}/chat/completions`, { method: 'POST', body: JSON.stringify({ model: MODEL, max_tokens: OPENROUTER_MAX_TOKENS, messages }) })\n",
            "app/api/chat/route.ts": "import { ask } from '../../../lib/ask'\nexport async function POST(request: Request) {\n  return ask((await request.json()).messages)\n}\n",
        },
        uses=("llm",),
        models=(("chat", "deepseek/deepseek-r1-0528:free"),),
        facts={"security.output_cap": "4,000 tok", "model.hosting": "hosted"},
        hosts=("openrouter.ai",),
        never=("api.deepseek.com",),
    ),
    "a-model-that-a-setting-keeps-for-pictures-does-not-answer": Layout(
        files={
            "requirements.txt": "boto3==1.40\nstrands-agents==1.2\n",
            "desk/look.py": "import os\n\nimport boto3\n\nVISION_MODEL_ID = os.environ.get('VISION_MODEL_ID', 'us.anthropic.claude-haiku-4-5-20251001-v1:0')\n\n\ndef describe(pictures):\n    return boto3.client('bedrock-runtime').converse(modelId=VISION_MODEL_ID, messages=pictures)\n",
            "desk/main.py": "from strands import Agent, tool\nfrom strands.models.bedrock import BedrockModel\nfrom desk.guardrails.topics.check import is_about_plants\nfrom desk.look import describe\n\n\n@tool\ndef find_plant(name: str) -> str:\n    '''Find a plant.'''\n    return search(name)\n\n\ndef answer(question, pictures):\n    agent = Agent(model=BedrockModel(model_id='amazon.nova-pro-v1:0'), tools=[find_plant])\n    return agent([describe(pictures), question]) if is_about_plants(question) else ''\n",
            "desk/guardrails/topics/check.py": "from pydantic import BaseModel, Field\nfrom desk.ask import ask\n\n\nclass Topics(BaseModel):\n    model: str = Field(default='gpt-4.1-mini', description='Model of the check')\n\n\ndef is_about_plants(text: str) -> bool:\n    return ask(Topics().model, text)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "amazon.nova-pro-v1:0"), ("vision", "us.anthropic.claude-haiku-4-5-20251001-v1:0"), ("guardrail", "gpt-4.1-mini")),
        facts={"model.name": "amazon.nova-pro-v1:0"},
        tools={"find_plant": "reads"},
    ),
    "a-loop-scores-every-hour-beside-an-api": Layout(
        files={
            "api/requirements.txt": "fastapi==0.115\nmotor==3.6\n",
            "api/main.py": "from fastapi import FastAPI\nfrom motor.motor_asyncio import AsyncIOMotorClient\n\napp = FastAPI()\ndb = AsyncIOMotorClient('mongodb://mongo')['plants']\n\n\n@app.get('/growth')\nasync def growth():\n    return await db.growth.find_one()\n",
            "jobs/requirements.txt": "pyspark==3.5\nschedule==1.2\n",
            "jobs/learn.py": "from pyspark.ml.regression import GBTRegressor\n\nmodel = GBTRegressor(labelCol='growth').fit(rows())\nmodel.save('/models/growth')\n",
            "jobs/clock.py": "import subprocess\nimport time\n\nimport schedule\n\n\ndef run_training():\n    subprocess.run(['spark-submit', 'learn.py'])\n\n\ndef run_predictions():\n    subprocess.run(['spark-submit', 'score.py'])\n\n\nschedule.every().day.at('02:00').do(run_training)\nschedule.every().hour.do(run_predictions)\nwhile True:\n    schedule.run_pending()\n    time.sleep(60)\n",
        },
        uses=("classic-ml", "training", "batch"),
        sources=("mongodb",),
    ),
    "replicas-of-a-job-beside-the-service-are-not-its-own": Layout(
        files={
            "requirements.txt": "fastapi==0.115\nscikit-learn==1.6\njoblib==1.4\n",
            "Dockerfile": 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
            "compose.yaml": "services:\n  api:\n    build: {context: ., dockerfile: Dockerfile}\n    ports: ['8000:8000']\n  learner:\n    build: {context: ., dockerfile: Dockerfile}\n    command: python learn.py\n    deploy: {replicas: 3}\n",
            "main.py": "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.joblib')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return model.predict([list(row.values())])[0]\n",
            "learn.py": "import joblib\nfrom sklearn.ensemble import RandomForestClassifier\n\njoblib.dump(RandomForestClassifier().fit(rows, labels), 'model.joblib')\n",
        },
        uses=("classic-ml", "training"),
        facts={"model.kind": "tabular"},
        never=("target.replicas",),
    ),
    "what-an-option-of-the-program-turns-off-is-not-asked": Layout(
        files={
            "requirements.txt": "openai==1.99\nhttpx==0.28\npydantic-settings==2.6\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    enable_pager_alerts: bool = False\n    pager_api_base_url: str = 'https://api.pager-garden.com/v2'\n    places_provider: str = 'none'\n    weather_base_url: str = 'https://api.weather-garden.com/v1'\n\n\nsettings = Settings()\n",
            "app/places/lookups.py": "import httpx\n\n\nclass Place:\n    def __init__(self, base_url: str = 'https://api.place-garden.com'):\n        self.client = httpx.Client(base_url=base_url)\n",
            "app/main.py": "import httpx\nfrom openai import OpenAI\nfrom app.places.lookups import Place\nfrom app.settings import settings\n\n\ndef answer(question):\n    if settings.places_provider != 'none':\n        question += str(Place())\n    if settings.enable_pager_alerts:\n        httpx.Client(base_url=settings.pager_api_base_url).post('/alert')\n    question += httpx.Client(base_url=settings.weather_base_url).get('/now').text\n    return OpenAI().chat.completions.create(model='gpt-4.1-mini', messages=[{'role': 'user', 'content': question}])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        hosts=("api.weather-garden.com",),
        never=("pager-garden", "place-garden"),
    ),
    "a-part-whose-image-is-filled-in-later": Layout(
        files={
            "requirements.txt": "openai==1.99\n",
            "app/main.py": "from openai import OpenAI\n\n\ndef answer(question):\n    return OpenAI().chat.completions.create(model='gpt-4.1-mini', messages=[{'role': 'user', 'content': question}])\n",
            "deploy/charts/desk/Chart.yaml": "name: desk\nversion: 1.0.0\n",
            "deploy/charts/desk/values.yaml": 'api:\n  image: ""\n  replicaCount: 2\n  resources:\n    requests: {cpu: 250m, memory: 512Mi}\n    limits: {cpu: "1", memory: 1Gi}\nfrontend:\n  image: ""\n  replicaCount: 1\n  resources:\n    limits: {memory: 256Mi}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        facts={"target.memory_limit": "1 GiB", "target.replicas": "2"},
    ),
    "a-store-that-an-operator-runs": Layout(
        files={
            "requirements.txt": "openai==1.99\nasyncpg==0.30\n",
            "app/main.py": "from openai import OpenAI\n\n\ndef answer(question):\n    return OpenAI().chat.completions.create(model='gpt-4.1-mini', messages=[{'role': 'user', 'content': question}])\n",
            "deploy/manifests/store.yaml": "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: desk}\nspec: {instances: 1, storage: {size: 5Gi}}\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        models=(("chat", "gpt-4.1-mini"),),
    ),
    "each-cloud-has-another-store": Layout(
        files={
            "requirements.txt": "openai==1.99\nboto3==1.40\nazure-storage-blob==12.24\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    storage_provider: str = 'memory'\n\n\nsettings = Settings()\n",
            "app/storage/aws.py": "import boto3\n\n\ndef keep(name, data):\n    boto3.client('s3').put_object(Bucket='leaves', Key=name, Body=data)\n",
            "app/storage/azure.py": "from azure.storage.blob import BlobServiceClient\n\n\ndef keep(name, data):\n    BlobServiceClient('leaves').get_blob_client('leaves', name).upload_blob(data)\n",
            "app/main.py": "from openai import OpenAI\nfrom app.settings import settings\nfrom app.storage import aws, azure\n\n\ndef answer(question):\n    said = OpenAI().chat.completions.create(model='gpt-4.1-mini', messages=[{'role': 'user', 'content': question}])\n    (aws if settings.storage_provider == 's3' else azure).keep(question, said)\n    return said\n",
            "infra/aws/variables.tf": 'variable "storage_provider" {\n  type    = string\n  default = "s3"\n}\n',
            "infra/azure/variables.tf": 'variable "storage_provider" {\n  type    = string\n  default = "azure_blob"\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        asks=("another store for each cloud", "azure-blob-storage"),
    ),
    "a-provider-that-a-setting-takes-by-default-is-asked": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlangchain-cohere==0.4\nlangchain-mistralai==0.2\n",
            "desk/models.py": "import os\n\nLLM_TYPE = os.getenv('LLM_TYPE', 'openai')\n",
            "desk/kinds/open.py": "import os\n\nfrom langchain_openai import ChatOpenAI\n\n\ndef make():\n    return ChatOpenAI(model=os.getenv('CHAT_MODEL'))\n",
            "desk/kinds/coral.py": "import os\n\nfrom langchain_cohere import ChatCohere\n\n\ndef make():\n    return ChatCohere(model=os.getenv('CHAT_MODEL'))\n",
            "desk/kinds/mistral.py": "import os\n\nfrom langchain_mistralai import ChatMistralAI\n\n\ndef make():\n    return ChatMistralAI(model=os.getenv('CHAT_MODEL'))\n",
            "desk/main.py": "from desk.kinds import coral, mistral, open\nfrom desk.models import LLM_TYPE\n\nKINDS = {kind.__name__.rpartition('.')[2]: kind.make for kind in (open, coral, mistral)}\n\n\ndef answer(question):\n    return KINDS[LLM_TYPE]().invoke(question)\n",
        },
        uses=("llm",),
        hosts=("api.openai.com",),
    ),
    "a-knowledge-base-is-made-by-a-script": Layout(
        files={
            "requirements.txt": "boto3==1.40\n",
            "desk/main.py": "import boto3\n\n\ndef answer(question):\n    found = boto3.client('bedrock-agent-runtime').retrieve(knowledgeBaseId='K', retrievalQuery={'text': question})\n    return boto3.client('bedrock-runtime').converse(modelId='amazon.nova-pro-v1:0', messages=[{'role': 'user', 'content': [{'text': str(found)}]}])\n",
            "scripts/make_index.py": "import os\n\nimport boto3\n\nREGION = os.environ.get('REGION', 'eu-central-1')\n\n\ndef make():\n    embedding_model_arn = f'arn:aws:bedrock:{REGION}::foundation-model/cohere.embed-multilingual-v3'\n    boto3.client('bedrock-agent', region_name=REGION).create_knowledge_base(\n        name='leaves', knowledgeBaseConfiguration={'type': 'VECTOR', 'vectorKnowledgeBaseConfiguration': {'embeddingModelArn': embedding_model_arn}}\n    )\n\n\nmake()\n",
        },
        uses=("llm", "retrieval"),
        sources=("bedrock-knowledge-base",),
        models=(("chat", "amazon.nova-pro-v1:0"), ("embedding", "cohere.embed-multilingual-v3")),
        facts={"model.name": "amazon.nova-pro-v1:0"},
    ),
    "the-sparse-model-of-elasticsearch-embeds": Layout(
        files={
            "requirements.txt": "langchain-elasticsearch==0.3\nlangchain-openai==0.3\n",
            "app/main.py": "import os\n\nfrom elasticsearch import Elasticsearch\nfrom langchain_elasticsearch import ElasticsearchStore, SparseVectorStrategy\nfrom langchain_openai import ChatOpenAI\n\nELSER_MODEL = os.getenv('ELSER_MODEL', '.elser_model_2')\nstore = ElasticsearchStore(es_connection=Elasticsearch(), index_name='leaves', strategy=SparseVectorStrategy(model_id=ELSER_MODEL))\n\n\ndef answer(question):\n    return ChatOpenAI(model='gpt-4.1-mini').invoke(str(store.as_retriever().invoke(question)))\n",
        },
        uses=("llm", "retrieval"),
        sources=("elasticsearch",),
        models=(("chat", "gpt-4.1-mini"), ("embedding", ".elser_model_2")),
    ),
    "a-platform-serves-a-model-for-vectors-to-others": Layout(
        files={
            "README.md": "# Leaves\n\nServes language models on a cluster.\n",
            "deploy/manifests/chat.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: chat}\nspec:\n  template:\n    spec:\n      containers:\n        - name: serve\n          image: vllm/vllm-openai:v0.9\n          args: [--model=Qwen/Qwen2.5-7B-Instruct]\n",
            "deploy/manifests/vectors.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: vectors}\nspec:\n  template:\n    spec:\n      containers:\n        - name: serve\n          image: ghcr.io/huggingface/text-embeddings-inference:cpu-1.7\n          args: [--model-id=BAAI/bge-base-en-v1.5]\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"), ("embedding", "BAAI/bge-base-en-v1.5")),
        asks=("leaves `retrieval` open",),
    ),
}  # fmt: skip
