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
    "addresses-that-are-only-named-beside-one-that-is-asked": Layout(
        files={
            "requirements.txt": "openai==1.50\nrequests==2.32\n",
            "app/config.py": "import os\n\nRATES_URL = os.getenv('RATES_URL', 'https://rates.bank-of-sea.io')\nSIGN_IN_URL = 'https://accounts.sea-pages.io'\nNEWS_ENDPOINT = 'https://news.sea-pages.io/today'\n",
            "app/main.py": (
                "import openai\nimport requests\n\nfrom app.config import NEWS_ENDPOINT, RATES_URL, SIGN_IN_URL\n\n\ndef ask(day, open_page):\n    open_page(SIGN_IN_URL, NEWS_ENDPOINT)\n    rates = requests.get(f'{RATES_URL}/{day}').json()\n"
                "    return openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=rates)\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com", "rates.bank-of-sea.io"),
        asks=(
            "2 hosts are named, and nothing shows that the service asks them: does production? accounts.sea-pages.io",
        ),
        never=("accounts.sea-pages.io", "news.sea-pages.io"),
    ),
    "keys-that-open-another-service-than-their-name-says": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "app/search.py": "import os\n\nimport openai\n\nKEY = os.environ['GOOGLE_API_KEY']\nTOKEN = os.environ['GITHUB_TOKEN']\nopenai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[KEY, TOKEN])\n",
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        asks=("GOOGLE_API_KEY holds a key for google",),
        never=("generativelanguage.googleapis.com", "api.github.com"),
    ),
    "what-prepares-data-and-functions-of-ones-own": Layout(
        files={
            "requirements.txt": "openai==1.50\nrequests==2.32\n",
            "preprocessing/words.py": "import requests\n\nrequests.get('https://dumps.word-lists.io/all')\n",
            "app/main.py": "import openai\nimport requests\n\nrequests.post('https://ab12.lambda-url.us-east-2.on.aws/run')\nopenai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        never=("dumps.word-lists.io", "lambda-url"),
    ),
    "a-model-that-is-handed-a-client-of-azure": Layout(
        files={
            "requirements.txt": "openai==1.50\nagent-framework==1.0\n",
            "app/main.py": (
                "from agent_framework.openai import OpenAIChatClient\nfrom openai import AsyncAzureOpenAI\n\n\ndef make(endpoint, token):\n    client = AsyncAzureOpenAI(azure_endpoint=endpoint, azure_ad_token=token)\n    return OpenAIChatClient(model_id='gpt-4o', async_client=client)\n"
            ),
        },
        uses=("llm",),
        hosts=("*.openai.azure.com",),
        never=("api.openai.com",),
    ),
}
