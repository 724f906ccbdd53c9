"""Replicas in which a cloud runs the model in a region, an engine is installed, and a library takes a model by itself."""

from __future__ import annotations

from layouts import Layout

_GEMINI = "import vertexai\nfrom vertexai.generative_models import GenerativeModel\n"
_INDEX = "from llama_index.core import SimpleDirectoryReader, VectorStoreIndex\nfrom llama_index.llms.openai import OpenAI\n"

REGIONAL_LAYOUTS: dict[str, Layout] = {
    "a-region-that-vertex-ai-is-told": Layout(
        files={
            "main.py": f"{_GEMINI}vertexai.init(project='p', location='europe-west4')\nGenerativeModel('gemini-1.5-pro-002').generate_content('hello')\n",
            "requirements.txt": "google-cloud-aiplatform==1.70\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-1.5-pro-002"),),
        facts={"model.name": "gemini-1.5-pro-002", "model.region": "europe-west4", "model.hosting": "hosted"},
        never=("hello",),
    ),
    "a-region-in-a-file-of-settings": Layout(
        files={
            "config/default.py": "import os\nfrom dataclasses import dataclass\n\n\n@dataclass\nclass Config:\n    LOCATION = os.getenv('LOCATION', 'us-central1')\n",
            "main.py": f"{_GEMINI}from config.default import Config\n\ncfg = Config()\nvertexai.init(project='p', location=cfg.LOCATION)\nGenerativeModel('gemini-1.5-pro-002').generate_content('hello')\n",
            "requirements.txt": "google-cloud-aiplatform==1.70\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-1.5-pro-002"),),
        facts={"model.region": "us-central1"},
    ),
    "a-region-of-bedrock-in-settings": Layout(
        files={
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    BEDROCK_REGION: str = 'eu-central-1'\n\n\nsettings = Settings()\n",
            "app/main.py": "import boto3\nfrom app.settings import settings\n\nclient = boto3.client('bedrock-runtime', region_name=settings.BEDROCK_REGION)\nclient.converse(modelId='anthropic.claude-3-haiku-20240307-v1:0', messages=[])\n",
            "requirements.txt": "boto3==1.35\npydantic-settings==2.6\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        facts={"model.region": "eu-central-1"},
    ),
    "a-region-that-only-an-example-gives": Layout(
        files={
            ".env.example": "AWS_REGION=us-east-1\n",
            "app/main.py": "import os\nimport boto3\n\nclient = boto3.client('bedrock-runtime', region_name=os.environ['AWS_REGION'])\nclient.converse(modelId='anthropic.claude-3-haiku-20240307-v1:0', messages=[])\n",
            "requirements.txt": "boto3==1.35\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-haiku-20240307-v1:0"),),
        never=("model.region",),
    ),
    "an-engine-that-is-installed": Layout(
        files={
            "requirements.txt": "vllm==0.11.0\nbentoml==1.4\n",
            "service.py": "import subprocess\n\nimport bentoml\n\nMODEL_ID = 'meta-llama/Meta-Llama-3.1-8B-Instruct'\n\n\n@bentoml.service(resources={'gpu': 1})\nclass LLM:\n    def __init__(self):\n        self.served = subprocess.Popen(['vllm', 'serve', MODEL_ID])\n",
        },
        uses=("llm",),
        models=(("chat", "meta-llama/Meta-Llama-3.1-8B-Instruct"),),
        facts={"model.engine": "vllm", "model.hosting": "self"},
    ),
    "an-engine-installed-beside-a-provider": Layout(
        files={
            "requirements.txt": "vllm==0.11.0\nopenai==1.50\n",
            "main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.hosting": "hosted"},
        never=("vllm",),
    ),
    "alternatives-that-a-caller-can-ask": Layout(
        files={
            "main.py": (
                "from langchain_anthropic import ChatAnthropic\nfrom langchain_core.runnables import ConfigurableField\nfrom langchain_openai import ChatOpenAI\n\n"
                "llm = ChatOpenAI(model='gpt-4o').configurable_alternatives(\n    ConfigurableField(id='llm'),\n    default_key='openai',\n    anthropic=ChatAnthropic(model='claude-3-opus-20240229'),\n)\nllm.invoke('hello')\n"
            ),
            "requirements.txt": "langchain-openai==0.2\nlangchain-anthropic==0.2\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        asks=(
            "one more model of chats is named apart from gpt-4o: does production ask it? claude-3-opus-20240229 (",
        ),
        facts={"model.name": "gpt-4o"},
    ),
    "models-that-stand-in-when-one-fails": Layout(
        files={
            "main.py": "from langchain_anthropic import ChatAnthropic\nfrom langchain_openai import ChatOpenAI\n\nsecond = ChatAnthropic(\n    model='claude-3-opus-20240229',\n)\nllm = ChatOpenAI(model='gpt-4o').with_fallbacks([second])\nllm.invoke('hello')\n",
            "requirements.txt": "langchain-openai==0.2\nlangchain-anthropic==0.2\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"), ("fallback", "claude-3-opus-20240229")),
        facts={"model.name": "gpt-4o"},
    ),
    "an-index-that-is-given-no-model": Layout(
        files={
            "main.py": f"{_INDEX}\nindex = VectorStoreIndex.from_documents(SimpleDirectoryReader('data').load_data())\nindex.as_query_engine(llm=OpenAI(model='gpt-4o')).query('hello')\n",
            "requirements.txt": "llama-index==0.12\n",
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "text-embedding-ada-002"), ("chat", "gpt-4o")),
    ),
    "an-index-that-another-file-gives-a-model": Layout(
        files={
            "main.py": f"{_INDEX}import setup\n\nindex = VectorStoreIndex.from_documents(SimpleDirectoryReader('data').load_data())\nindex.as_query_engine(llm=OpenAI(model='gpt-4o')).query('hello')\n",
            "setup.py": "import os\nfrom llama_index.core import Settings\nfrom ours import made\n\nSettings.embed_model = made(os.environ['EMBEDS'])\n",
            "requirements.txt": "llama-index==0.12\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o"),),
        never=("text-embedding-ada-002",),
    ),
    "a-collection-of-chroma-that-embeds-by-itself": Layout(
        files={
            "main.py": "import chromadb\nfrom openai import OpenAI\n\nfound = chromadb.PersistentClient().get_or_create_collection('notes')\nfound.add(documents=['a'], ids=['1'])\npassages = found.query(query_texts=['q'], n_results=4)\nOpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': str(passages)}])\n",
            "requirements.txt": "chromadb==0.5\nopenai==1.50\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        models=(("embedding", "all-MiniLM-L6-v2"), ("chat", "gpt-4o")),
    ),
    "a-ranker-that-its-library-chooses": Layout(
        files={
            "main.py": "from flashrank import Ranker\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\nfrom langchain_qdrant import QdrantVectorStore\n\nstore = QdrantVectorStore(client=None, embedding=OpenAIEmbeddings(model='text-embedding-3-small'))\nranker = Ranker()\nChatOpenAI(model='gpt-4o').invoke(str(ranker.rerank(store.similarity_search('q'))))\n",
            "requirements.txt": "flashrank==0.2\nlangchain-openai==0.2\nlangchain-qdrant==0.2\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("reranker", "ms-marco-TinyBERT-L-2-v2"), ("chat", "gpt-4o")),
    ),
    "a-default-of-one-file-alone": Layout(
        files={
            "agent/options.py": "DEFAULT_MODEL_ID = 'openai:gpt-4o'\n",
            "agent/integrations/browser.py": "_DEFAULT_MODEL = 'anthropic/claude-sonnet-4-5'\n\n\ndef browse(made):\n    return made(_DEFAULT_MODEL)\n",
            "agent/server.py": "from langchain.chat_models import init_chat_model\nfrom agent.integrations.browser import browse\nfrom agent.options import DEFAULT_MODEL_ID\n\ninit_chat_model(DEFAULT_MODEL_ID).invoke(browse(str))\n",
            "requirements.txt": "langchain==0.3\nlangchain-openai==0.2\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o", "model.hosting": "hosted"},
    ),
    "a-tuned-model-that-sagemaker-serves": Layout(
        files={
            "deploy.py": "from sagemaker.huggingface import HuggingFaceModel, get_huggingface_llm_image_uri\n\nimage = get_huggingface_llm_image_uri('huggingface', version='2.2.0')\nHuggingFaceModel(image_uri=image, env={'HF_MODEL_ID': 'acme/SupportTwin-8B-DPO'}).deploy(initial_instance_count=1, instance_type='ml.g5.2xlarge')\n",
            "ask.py": "import boto3\n\nboto3.client('sagemaker-runtime').invoke_endpoint(EndpointName='twin', Body='{}')\n",
            "requirements.txt": "sagemaker==2.232\nboto3==1.35\n",
        },
        uses=("llm",),
        models=(("chat", "acme/SupportTwin-8B-DPO"),),
        facts={"model.engine": "tgi", "model.name": "acme/SupportTwin-8B-DPO"},
    ),
}
