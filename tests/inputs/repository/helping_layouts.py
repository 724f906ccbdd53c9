"""Replicas of pilots with several models, of which one answers and others help, and of weights that are fetched from a hub."""

from __future__ import annotations

from layouts import Layout

_GRAPH = (
    "import { initChatModel } from 'langchain/chat_models/universal';\nimport { ensureConfiguration } from './configuration.js';\n\n"
    "export async function respond(state, config) {\n  const configuration = ensureConfiguration(config);\n  const router = await initChatModel(configuration.queryModel);\n"
    "  const model = await initChatModel(configuration.responseModel);\n  return (await model.invoke(state.messages)) ?? router;\n}\n"
)
_APP = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/')\ndef answer(q: str):\n"
_COMMIT = "9e16800aed25dbd1a96dfa6949c68c4d81d5dded"

HELPING_LAYOUTS: dict[str, Layout] = {
    "a-model-for-the-response-beside-one-for-queries": Layout(
        files={
            "package.json": '{"name": "helper", "dependencies": {"langchain": "0.3.0", "@langchain/anthropic": "0.3.0"}}',
            "src/graph.ts": _GRAPH,
            "src/configuration.ts": (
                "export function ensureConfiguration(config) {\n  const configurable = config?.configurable || {};\n  return {\n"
                '    queryModel: configurable.queryModel || "anthropic/claude-3-haiku-20240307",\n    responseModel:\n'
                '      configurable.responseModel || "anthropic/claude-3-5-sonnet-20240620",\n  };\n}\n'
            ),
        },
        uses=("llm",),
        facts={"model.name": "claude-3-5-sonnet-20240620", "model.alias_floating": "False"},
        never_asks=("could be the one that answers",),
    ),
    "a-model-that-sums-up-beside-the-one-that-writes": Layout(
        files={
            "requirements.txt": "langchain==0.3\nlangchain-openai==0.2\nfastapi==0.115\n",
            "app/main.py": (
                "from langchain.chat_models import init_chat_model\nfrom app.notes import shorten\n"
                f"{_APP}    writer_model = init_chat_model(model='openai:gpt-4.1')\n    return writer_model.invoke(shorten(q))\n"
            ),
            "app/notes.py": (
                "from langchain.chat_models import init_chat_model\n\ncompress_model = init_chat_model(model='anthropic:claude-sonnet-4-6')\n"
                "summarization_model = init_chat_model(\n    model='openai:gpt-4.1-mini',\n    temperature=0,\n)\n\n\n"
                "def shorten(q):\n    return summarization_model.invoke(compress_model.invoke(q).content).content\n"
            ),
        },
        uses=("llm",),
        facts={"model.name": "gpt-4.1", "model.alias_floating": "True"},
    ),
    "a-route-that-answers-beside-one-for-similar-questions": Layout(
        files={
            "package.json": '{"name": "search", "dependencies": {"together-ai": "0.9.0", "next": "15.0.0"}}',
            "app/api/getAnswer/route.ts": (
                "import Together from 'together-ai';\nconst together = new Together();\nexport async function POST(req) {\n  return together.chat.completions.create({\n"
                "    model: 'openai/gpt-oss-20b',\n    messages: [],\n  });\n}\n"
            ),
            "app/api/getSimilarQuestions/route.ts": (
                "import Together from 'together-ai';\nconst together = new Together();\nexport async function POST(req) {\n  return together.chat.completions.create({\n"
                "    model: 'meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo',\n    messages: [],\n  });\n}\n"
            ),
        },
        uses=("llm",),
        facts={"model.name": "openai/gpt-oss-20b", "model.hosting": "hosted", "model.alias_floating": "True"},
    ),
    "two-models-of-one-maker-of-which-nothing-says-which-answers": Layout(
        files={
            "requirements.txt": "openai==1.59\nfastapi==0.115\n",
            "app/main.py": (
                f"from openai import OpenAI\nfrom app.other import tell\n{_APP}"
                "    return tell(OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': q}]))\n"
            ),
            "app/other.py": "from openai import OpenAI\n\n\ndef tell(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[{'role': 'user', 'content': q}])\n",
        },
        uses=("llm",),
        facts={"model.alias_floating": "True"},
        asks=("2 models of chats are named: which of them does production ask? gpt-4o (", ", gpt-4o-mini ("),
    ),
    "weights-that-a-script-clones-at-one-commit-into-a-folder": Layout(
        files={
            "requirements.txt": "transformers==4.46\nfastapi==0.115\n",
            "app/main.py": (
                "from transformers import AutoModelForCausalLM, AutoTokenizer\n\nmodel = AutoModelForCausalLM.from_pretrained('models/llm-model', local_files_only=True)\n"
                f"tokenizer = AutoTokenizer.from_pretrained('models/llm-model', local_files_only=True)\n{_APP}    return tokenizer.decode(model.generate(**tokenizer(q))[0])\n"
            ),
            "download_models.sh": (
                f'LLM_REPO="https://huggingface.co/h2oai/h2ogpt-oig-oasst1-512-6.9b"\nLLM_COMMIT="{_COMMIT}"\nmkdir models\ncd models\n'
                "GIT_LFS_SKIP_SMUDGE=1 git clone ${LLM_REPO} --branch main llm-model\ncd llm-model\ngit checkout ${LLM_COMMIT}\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "h2oai/h2ogpt-oig-oasst1-512-6.9b"),),
        facts={"model.version": _COMMIT, "model.alias_floating": "False", "model.hosting": "self"},
        never=("models/llm-model",),
    ),
    "weights-of-an-index-that-an-image-fetches-and-a-data-set": Layout(
        files={
            "requirements.txt": "vllm==0.6\nfastapi==0.115\n",
            "Dockerfile": "FROM python:3.12\nARG MODEL=Qwen/Qwen2.5-7B-Instruct\nRUN huggingface-cli download $MODEL --local-dir /weights\nRUN hf download acme/questions-7b-set --repo-type dataset\nCOPY app app\n",
            "app/main.py": f"from vllm import LLM\n\nllm = LLM(model='/weights')\n{_APP}    return llm.generate(q)[0].outputs[0].text\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        facts={"model.hosting": "self", "model.alias_floating": "True"},
        never=("acme/questions-7b-set",),
    ),
    "weights-that-bentoml-fetches": Layout(
        files={
            "requirements.txt": "bentoml==1.4\nsentence-transformers==3.3\n",
            "service.py": (
                "import bentoml\nfrom bentoml.models import HuggingFaceModel\n\nMODEL_ID = 'sentence-transformers/all-MiniLM-L6-v2'\n\n\n@bentoml.service\nclass Embedder:\n"
                "    path = HuggingFaceModel(MODEL_ID)\n\n    def __init__(self):\n        from sentence_transformers import SentenceTransformer\n        self.model = SentenceTransformer(self.path)\n\n"
                "    @bentoml.api\n    def encode(self, texts: list[str]) -> list[list[float]]:\n        return self.model.encode(texts)\n"
            ),
        },
        uses=("retrieval",),
        facts={"model.hosting": "self", "model.kind": "embedding", "model.alias_floating": "True"},
    ),
    "sections-of-providers-of-which-a-setting-selects-one": Layout(
        files={
            "appsettings.json": (
                '{"Memory": {"TextGeneratorType": "AzureOpenAIText", "Services": {"Anthropic": {"TextModelName": "claude-3-haiku-20240307"},'
                ' "AzureOpenAIText": {"Deployment": "gpt-4o-2024-08-06"}, "OpenAI": {"TextModel": "gpt-3.5-turbo-16k"}, "Ollama": {"TextModel": "phi3:medium"}}}}'
            ),
            "Program.cs": 'using Azure.AI.OpenAI;\nvar client = new AzureOpenAIClient(new Uri(endpoint), key);\nvar chat = client.GetChatClient(configuration["Memory:Services:AzureOpenAIText:Deployment"]);\nvar text = await chat.CompleteChatAsync(messages);\n',
            "App.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Azure.AI.OpenAI" Version="2.1.0" /></ItemGroup></Project>',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("claude-3-haiku-20240307", "gpt-3.5-turbo-16k", "phi3:medium"),
    ),
    "a-model-of-a-closed-maker-that-a-gateway-serves": Layout(
        files={
            "requirements.txt": "openai==1.59\nfastapi==0.115\n",
            "app/main.py": (
                "import os\nfrom openai import OpenAI\nfrom app.stream import stream\n"
                f"{_APP}    return stream(OpenAI(api_key=os.environ['KEY'], base_url=os.environ['GATEWAY']), q)\n"
            ),
            "app/stream.py": "def stream(client, q):\n    return client.chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': q}])\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o", "model.hosting": "hosted"},
    ),
    "a-model-that-the-gateway-of-an-sdk-is-asked-for": Layout(
        files={
            "package.json": '{"name": "lead", "dependencies": {"ai": "5.0.0", "next": "15.0.0"}}',
            "app/api/chat/route.ts": "import { streamText } from 'ai';\n\nexport async function POST(req) {\n  return streamText({ model: 'openai/gpt-5', messages: [] }).toUIMessageStreamResponse();\n}\n",
        },
        uses=("llm",),
        facts={"model.name": "openai/gpt-5", "model.hosting": "hosted", "model.alias_floating": "True"},
    ),
    "drafts-beside-the-functions-that-are-loaded": Layout(
        files={
            "requirements.txt": "litellm==1.50\nfastapi==0.115\n",
            "app/main.py": f"from litellm import completion\n{_APP}    return completion(model='gpt-4-turbo', messages=[{{'role': 'user', 'content': q}}])\n",
            "app/packs/drafts/choose.py": "from litellm import completion\n\n\ndef choose(q):\n    return completion(model='gpt-4o-mini', messages=[{'role': 'user', 'content': q}])\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-4-turbo"},
        never=("gpt-4o-mini",),
    ),
}
