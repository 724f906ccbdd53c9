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
}
