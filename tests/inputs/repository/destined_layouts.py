"""Replicas of pilots whose destinations follow from their stores, from weights that are fetched, and from addresses that code calls."""

from __future__ import annotations

from layouts import Layout

DESTINED_LAYOUTS: dict[str, Layout] = {
    "stores-of-azure-that-infrastructure-makes-and-code-reaches": Layout(
        files={
            "infra/main.bicep": (
                "resource search 'Microsoft.Search/searchServices@2023-11-01' = {\n  name: 'find'\n}\nresource kept 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {\n  name: 'kept'\n  kind: 'GlobalDocumentDB'\n}\n"
            ),
            "requirements.txt": "openai==1.50\nazure-storage-blob==12.23\nazure-cosmos==4.7\nazure-search-documents==11.5\n",
            "app/main.py": (
                "import os\n\nfrom azure.cosmos import CosmosClient\nfrom azure.search.documents import SearchClient\nfrom azure.storage.blob import BlobServiceClient\nfrom openai import AzureOpenAI\n\n"
                "files = BlobServiceClient(account_url=os.environ['FILES'], credential=None)\nfound = SearchClient(os.environ['SEARCH'], 'index', None)\nkept = CosmosClient(os.environ['KEPT'], None)\n"
                "AzureOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=list(found.search('x')))\n"
            ),
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search", "azure-blob-storage", "cosmosdb"),
        hosts=(
            "*.search.windows.net",
            "*.blob.core.windows.net",
            "*.documents.azure.com",
            "*.openai.azure.com",
        ),
    ),
    "cosmos-that-speaks-as-mongodb": Layout(
        files={
            "infra/main.bicep": "resource kept 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {\n  name: 'cosmos'\n  kind: 'MongoDB'\n}\n",
            "requirements.txt": "openai==1.50\npymongo==4.10\n",
            "app/main.py": "import os\n\nimport openai\nfrom pymongo import MongoClient\n\nrows = MongoClient(os.environ['KEPT']).db.rows\nopenai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=list(rows.find()))\n",
        },
        uses=("llm",),
        sources=("mongodb",),
        hosts=("*.mongo.cosmos.azure.com", "api.openai.com"),
    ),
    "weights-by-a-name-that-is-decided-elsewhere": Layout(
        files={
            "requirements.txt": "openai==1.50\nsentence-transformers==3.2\nqdrant-client==1.12\n",
            "app/main.py": (
                "import openai\nfrom sentence_transformers import SentenceTransformer\n\n\nclass Finder:\n    def __init__(self, name):\n        self._name = name\n        self._model = SentenceTransformer(self._name, device='cpu')\n\n\n"
                "def main(name):\n    Finder(name)\n    openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm", "retrieval"),
        hosts=("api.openai.com", "huggingface.co"),
    ),
    "weights-in-a-folder-beside-the-program": Layout(
        files={
            "requirements.txt": "openai==1.50\nsentence-transformers==3.2\n",
            "app/main.py": (
                "import openai\nfrom sentence_transformers import SentenceTransformer\nfrom transformers import AutoTokenizer\n\n\ndef main(model_location, model_path):\n    SentenceTransformer(model_location)\n    AutoTokenizer.from_pretrained(model_path)\n"
                "    openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm", "retrieval"),
        hosts=("api.openai.com",),
        never=("huggingface.co",),
    ),
    "an-engine-that-fetches-its-model-when-it-starts": Layout(
        files={
            "compose.yaml": "services:\n  engine:\n    image: vllm/vllm-openai:v0.8.5\n    command: [--model, Qwen/Qwen2.5-7B-Instruct]\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        hosts=("huggingface.co",),
    ),
    "a-class-of-ones-own-above-one-that-embeds": Layout(
        files={
            "requirements.txt": "openai==1.50\nlangchain-community==0.3\nsentence-transformers==3.2\n",
            "app/main.py": (
                "import openai\nfrom langchain_community.embeddings import HuggingFaceEmbeddings\n\n\nclass Encoder(HuggingFaceEmbeddings):\n    pass\n\n\nEncoder().embed_query('x')\nopenai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm", "retrieval"),
        hosts=("huggingface.co",),
    ),
    "agents-of-a-project-in-azure": Layout(
        files={
            "requirements.txt": "semantic-kernel==1.30\nazure-ai-projects==1.0\n",
            "infra/main.bicep": "resource answers 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {\n  name: 'answers'\n  properties: {\n    model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06' }\n  }\n}\n",
            "app/main.py": "from semantic_kernel.agents import AzureAIAgent\n\n\ndef ask(client, definition):\n    return AzureAIAgent(client=client, definition=definition).get_response('x')\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        hosts=("*.services.ai.azure.com",),
        never=("openai.azure.com",),
    ),
}
