"""Replicas in which a model's name, its deployment or its route says which version it is, and which of several answers."""

from __future__ import annotations

from layouts import Layout

_DEPLOYMENT = (
    "resource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = {{\n  name: 'a'\n  kind: 'OpenAI'\n}}\n"
    "resource chat 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {{\n  parent: account\n  name: 'chat'\n"
    "  properties: {{\n    model: {{\n      format: 'OpenAI'\n      name: 'gpt-4o'\n      version: '2024-08-06'\n    }}\n{option}  }}\n}}\n"
)
_ASKS_AZURE = (
    "from openai import AzureOpenAI\n\nAzureOpenAI().chat.completions.create(model='chat', messages=[])\n"
)
_ROUTE = (
    "import OpenAI from 'openai';\n\nconst openai = new OpenAI();\n\nexport async function POST(req: Request) {{\n"
    "  const {{ messages }} = await req.json();\n  return openai.chat.completions.create({{ model: '{model}', messages }});\n}}\n"
)

VERSIONED_LAYOUTS: dict[str, Layout] = {
    "a-deployment-that-holds-its-version": Layout(
        files={"infra/main.bicep": _DEPLOYMENT.format(option=""), "app/main.py": _ASKS_AZURE},
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.version": "2024-08-06", "model.alias_floating": "False"},
    ),
    "a-deployment-that-follows-new-versions": Layout(
        files={
            "infra/main.bicep": _DEPLOYMENT.format(
                option="    versionUpgradeOption: 'OnceNewDefaultVersionAvailable'\n"
            ),
            "app/main.py": _ASKS_AZURE,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.version": "2024-08-06", "model.alias_floating": "True"},
    ),
    "a-deployment-in-terraform-that-follows-new-versions": Layout(
        files={
            "infra/main.tf": (
                'resource "azurerm_cognitive_deployment" "chat" {\n  name = "chat"\n  version_upgrade_option = "OnceNewDefaultVersionAvailable"\n'
                '  model {\n    format = "OpenAI"\n    name = "gpt-4o"\n    version = "2024-08-06"\n  }\n  sku {\n    name = "Standard"\n  }\n}\n'
            ),
            "app/main.py": _ASKS_AZURE,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.version": "2024-08-06", "model.alias_floating": "True"},
    ),
    "a-deployment-in-terraform-that-says-nothing-of-upgrades": Layout(
        files={
            "infra/main.tf": (
                'resource "azurerm_cognitive_deployment" "chat" {\n  name = "chat"\n'
                '  model {\n    format = "OpenAI"\n    name = "gpt-4o"\n    version = "2024-08-06"\n  }\n  sku {\n    name = "Standard"\n  }\n}\n'
            ),
            "app/main.py": _ASKS_AZURE,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.version": "2024-08-06"},
        never=("model.alias_floating",),
    ),
    "a-date-in-the-name": Layout(
        files={
            "app/main.py": "from anthropic import Anthropic\n\nAnthropic().messages.create(model='claude-sonnet-4-5-20250929', max_tokens=900, messages=[])\n",
            "requirements.txt": "anthropic==0.40\n",
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-5-20250929"),),
        facts={"model.version": "20250929", "model.alias_floating": "False"},
    ),
    "a-model-of-ones-own-on-the-hub": Layout(
        files={
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    HF_MODEL_ID: str = 'acme/SupportTwin-8B-DPO'\n    DATASET_ID: str = 'acme/tickets-8k'\n\n\nsettings = Settings()\n",
            "app/main.py": "from huggingface_hub import InferenceClient\nfrom app.settings import settings\n\nInferenceClient(model=settings.HF_MODEL_ID).chat_completion(messages=[])\n",
            "requirements.txt": "huggingface-hub==0.26\npydantic-settings==2.6\n",
        },
        uses=("llm",),
        models=(("chat", "acme/SupportTwin-8B-DPO"),),
        never=("acme/tickets-8k",),
    ),
    "a-route-that-chats-beside-one-that-completes": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.0.0", "next": "^14.0.0"}}\n',
            "app/api/chat/route.ts": _ROUTE.format(model="gpt-4o"),
            "app/api/suggest/route.ts": _ROUTE.format(model="gpt-3.5-turbo-16k"),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        asks=(
            "one more model of chats is named apart from gpt-4o: does production ask it? gpt-3.5-turbo-16k (",
        ),
        facts={"model.name": "gpt-4o", "model.alias_floating": "True"},
    ),
    "an-option-that-chooses-among-providers": Layout(
        files={
            "config.py": "import os\n\nLLM_OPTION = os.getenv('LLM_OPTION', 'openai')\nCHAT_CONFIG = {\n    'openai': {'openai_model': 'gpt-4o'},\n    'anthropic': {'anthropic_model': 'claude-3-opus-20240229'},\n    'dolly': {'dolly_model': 'databricks/dolly-v2-3b'},\n}\n",
            "main.py": "from langchain_openai import ChatOpenAI\nfrom langchain_anthropic import ChatAnthropic\nfrom config import CHAT_CONFIG, LLM_OPTION\n\nmade = ChatOpenAI if LLM_OPTION == 'openai' else ChatAnthropic\nmade(**CHAT_CONFIG[LLM_OPTION]).invoke('hello')\n",
            "requirements.txt": "langchain-openai==0.2\nlangchain-anthropic==0.2\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        never=("databricks.com",),
    ),
    "one-model-for-each-sense": Layout(
        files={
            "app/settings.py": (
                "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    TEXT_MODEL_NAME: str = 'llama-3.3-70b-versatile'\n    SMALL_TEXT_MODEL_NAME: str = 'gemma2-9b-it'\n"
                "    STT_MODEL_NAME: str = 'whisper-large-v3-turbo'\n    TTS_MODEL_NAME: str = 'eleven_flash_v2_5'\n    TTI_MODEL_NAME: str = 'black-forest-labs/FLUX.1-schnell'\n    ITT_MODEL_NAME: str = 'llama-3.2-90b-vision-preview'\n\n\nsettings = Settings()\n"
            ),
            "app/main.py": (
                "from groq import Groq\nfrom sentence_transformers import SentenceTransformer\nfrom app.settings import settings\n\nclient = Groq()\nencoder = SentenceTransformer('all-MiniLM-L6-v2')\n"
                "client.chat.completions.create(model=settings.TEXT_MODEL_NAME, messages=[])\nclient.chat.completions.create(model=settings.SMALL_TEXT_MODEL_NAME, messages=[])\n"
                "client.audio.transcriptions.create(model=settings.STT_MODEL_NAME, file=None)\nclient.chat.completions.create(model=settings.ITT_MODEL_NAME, messages=[])\n"
                "speak(settings.TTS_MODEL_NAME)\ndraw(settings.TTI_MODEL_NAME)\n"
            ),
            "requirements.txt": "groq==0.11\nsentence-transformers==3.2\n",
        },
        uses=("llm", "retrieval"),
        models=(
            ("speech", "whisper-large-v3-turbo"),
            ("speech", "eleven_flash_v2_5"),
            ("image", "black-forest-labs/FLUX.1-schnell"),
            ("vision", "llama-3.2-90b-vision-preview"),
            ("embedding", "all-MiniLM-L6-v2"),
        ),
        asks=(
            "one more model of chats is named apart from llama-3.3-70b-versatile: does production ask it? gemma2-9b-it (",
        ),
        never_asks=("more models are named in code and settings",),
    ),
    "retries-of-a-model-in-a-dictionary": Layout(
        files={
            "app/main.py": "from langchain_openai import ChatOpenAI\n\nkwargs = {'model': 'gpt-4o', 'temperature': 0.2, 'max_retries': 5, 'timeout': 40}\nChatOpenAI(**kwargs).invoke('hello')\n",
            "requirements.txt": "langchain-openai==0.2\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"path.stages[model].retries": "5", "path.stages[model].timeout": "40 s"},
    ),
    "retries-of-a-model-in-the-environment": Layout(
        files={
            "app/main.py": "import os\nfrom openai import OpenAI\n\nOPENAI_MAX_RETRIES = int(os.getenv('OPENAI_MAX_RETRIES', '4'))\nUPLOAD_MAX_RETRIES = 9\nOpenAI(max_retries=OPENAI_MAX_RETRIES).chat.completions.create(model='gpt-4o', messages=[])\n",
            "requirements.txt": "openai==1.50\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"path.stages[model].retries": "4"},
    ),
}
