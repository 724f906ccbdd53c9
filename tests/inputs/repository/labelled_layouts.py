"""Replicas of pilots in which names of models stand that no answer comes from: in catalogues, records, menus and tooling."""

from __future__ import annotations

from layouts import Layout

_ASK = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)
_RATED = ",".join(
    f'"{name}": {{"provider": "openai", "model_id": "{name}", "cost_per_1k_tokens": {{"input": 0.1}}, "quality_score": 0.9, "tier": "basic"}}'
    for name in ("gpt-4.1", "gpt-5", "gpt-4o-mini")
)

LABELLED_LAYOUTS: dict[str, Layout] = {
    "a-catalogue-of-models-with-prices": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": _ASK,
            "config/llm_candidates.json": f"{{{_RATED}}}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("gpt-4.1", "gpt-5", "gpt-4o-mini"),
    ),
    "one-model-with-what-it-costs": Layout(
        files={
            "requirements.txt": "openai==1.50\npyyaml\n",
            "main.py": "import yaml\nfrom openai import OpenAI\n\nsettings = yaml.safe_load(open('config.yaml'))\nOpenAI().chat.completions.create(model=settings['llm']['model'], messages=[])\n",
            "config.yaml": "llm:\n  model: gpt-4o-2024-08-06\n  cost_per_1k: 0.1\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
    ),
    "models-that-only-label-and-list": Layout(
        files={
            "requirements.txt": "openai==1.50\nscikit-learn\n",
            "main.py": _ASK,
            "stages.py": "def done(self, seconds):\n    self._record_stage_complete('answer', seconds, {'model': 'mistral-7b'})\n",
            "menu.py": "def _discover_anthropic_models(provider):\n    return [{'model_identifier': 'claude-3-opus-20240229', 'context_length': 200000}, {'model_identifier': 'claude-3-haiku-20240307', 'context_length': 200000}]\n",
            "routing.py": "DEFAULTS = {\n    'knn': {'n_neighbors': 5},\n    'mlp': {'hidden_dim': 128, 'lr': 0.01},\n    'svm': {'kernel': 'rbf'},\n    'causallm': {'model_name': 'gpt2', 'max_length': 512},\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("mistral-7b", "claude-3", "gpt2"),
    ),
    "a-model-of-evaluators-alone": Layout(
        files={
            "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["nvidia-nat[langchain]==1.3"]\n',
            "configs/answers.yml": (
                "llms:\n  nim_llm:\n    _type: nim\n    model_name: nvidia/nemotron-3-nano-30b-a3b\n  nim_eval_llm:\n    _type: nim\n    model_name: meta/llama-3.1-70b-instruct\n"
                "workflow:\n  _type: chat_completion\n  llm_name: nim_llm\neval:\n  evaluators:\n    accuracy:\n      _type: ragas\n      llm_name: nim_eval_llm\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "nvidia/nemotron-3-nano-30b-a3b"),),
        never=("llama-3.1-70b",),
    ),
    "a-body-of-transformers-that-is-asked": Layout(
        files={
            "requirements.txt": "transformers==4.40\nfastapi\n",
            "api.py": "from fastapi import FastAPI\nfrom transformers import AutoModel, AutoTokenizer\n\napp = FastAPI()\ntokenizer = AutoTokenizer.from_pretrained('THUDM/chatglm-6b')\nmodel = AutoModel.from_pretrained('THUDM/chatglm-6b').half().cuda()\n\n\n@app.post('/')\ndef answer(prompt: str):\n    return model.chat(tokenizer, prompt)\n",
        },
        uses=("llm",),
        models=(("chat", "THUDM/chatglm-6b"),),
        facts={"model.name": "THUDM/chatglm-6b", "model.kind": "llm", "model.hosting": "self"},
    ),
    "texts-and-pictures-in-one-space": Layout(
        files={
            "requirements.txt": "open_clip_torch==2.24\nqdrant-client\n",
            "docker-compose.yml": "services:\n  clip:\n    build: .\n    environment:\n      - MODEL_NAME=ViT-B-32:openai\n",
            "main.py": "import os\n\nfrom qdrant_client import QdrantClient\n\nMODEL_NAME = os.environ['MODEL_NAME']\n\n\ndef find(vector):\n    return QdrantClient(url='http://index:6333').query_points(collection_name='pictures', query=vector)\n",
        },
        uses=("retrieval",),
        sources=("qdrant",),
        models=(("embedding", "ViT-B-32:openai"),),
    ),
    "a-model-of-pictures-that-accepts-its-licence": Layout(
        files={
            "package.json": '{"name": "chat", "dependencies": {"hono": "4.6.1"}}\n',
            "wrangler.toml": 'name = "chat"\nmain = "src/index.js"\n\n[ai]\nbinding = "AI"\n',
            "src/models.js": "export const DEFAULT_VISION_MODEL = '@cf/meta/llama-3.2-11b-vision-instruct';\n",
            "src/index.js": "import { DEFAULT_VISION_MODEL } from './models.js';\n\nexport default {\n  async fetch(request, env) {\n    await env.AI.run('@cf/meta/llama-3.2-11b-vision-instruct', { prompt: 'agree' });\n    return Response.json(await env.AI.run('@cf/meta/llama-3.1-8b-instruct-fast', { messages: [] }));\n  },\n};\n",
        },
        uses=("llm",),
        models=(
            ("chat", "@cf/meta/llama-3.1-8b-instruct-fast"),
            ("vision", "@cf/meta/llama-3.2-11b-vision-instruct"),
        ),
        facts={"model.name": "@cf/meta/llama-3.1-8b-instruct-fast"},
    ),
    "skills-of-developers'-assistants": Layout(
        files={
            "package.json": '{"name": "chat", "dependencies": {"ai": "4.0.1", "@ai-sdk/openai": "1.0.1"}}\n',
            "lib/chat.ts": "import { streamText } from 'ai';\nimport { openai } from '@ai-sdk/openai';\n\nexport const ask = (messages) => streamText({ model: openai('gpt-4o-2024-08-06'), messages });\n",
            ".agent/skills/prompts/scripts/run.py": "config = {'model': 'gpt-4', 'temperature': 0}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("gpt-4 ",),
    ),
    "an-environment-that-people-are-told-to-copy": Layout(
        files={
            "README.md": "# Agent\n\nAn agent that answers questions of the office by mail and in chats.\n\n## Start\n\n```\ncp .env.example .env\n```\n",
            "requirements.txt": "openai==1.50\npydantic-settings\n",
            ".env.example": "ROOT_AGENT_MODEL=gpt-4.1-mini\nOTHER_MODEL=your-model\n",
            "settings.py": "from pydantic import Field\nfrom pydantic_settings import BaseSettings\n\n\nclass Agent(BaseSettings):\n    root_model: str = Field(default='gpt-4o', alias='ROOT_AGENT_MODEL')\n\n\nagent = Agent()\n",
            "main.py": "from openai import OpenAI\n\nfrom settings import agent\n\nOpenAI().chat.completions.create(model=agent.root_model, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        facts={"model.name": "gpt-4.1-mini"},
        never=("gpt-4o",),
    ),
    "an-environment-that-compose-loads": Layout(
        files={
            "requirements.txt": "openai==1.50\nqdrant-client\n",
            ".env.example": 'EMBEDDER_MODEL="nomic-embed-text:latest"\nLLM_MODEL=your-model\n',
            "docker-compose.yml": "services:\n  bot:\n    build: .\n    env_file:\n      - .env\n",
            "main.py": "import os\n\nfrom openai import OpenAI\nfrom qdrant_client import QdrantClient\n\nEMBEDDER_MODEL = os.getenv('EMBEDDER_MODEL', 'text-embedding-3-small')\nLLM_MODEL = os.getenv('LLM_MODEL', 'gpt-4o-2024-08-06')\nvector = OpenAI().embeddings.create(model=EMBEDDER_MODEL, input='x')\nfound = QdrantClient(url='http://index:6333').query_points(collection_name='notes', query=vector)\nOpenAI().chat.completions.create(model=LLM_MODEL, messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("embedding", "nomic-embed-text:latest"), ("chat", "gpt-4o-2024-08-06")),
        never=("text-embedding-3-small", "your-model"),
    ),
    "settings-that-a-file-fills": Layout(
        files={
            "requirements.txt": "transformers==4.40\npydantic\npyyaml\n",
            "config-local.yaml": "rag_service:\n  llm_model_name: google/gemma-3-1b-it\n",
            "app/config.py": "import yaml\nfrom pydantic import BaseModel, Field\n\n\nclass Rag(BaseModel):\n    llm_model_name: str = Field('NousResearch/Llama-2-7b-chat-hf')\n\n\nclass Configuration(BaseModel):\n    rag_service: Rag = Rag()\n\n    @classmethod\n    def from_yaml(cls, path='config-local.yaml'):\n        with open(path) as f:\n            found = yaml.safe_load(f)\n        return cls(**found)\n",
            "app/main.py": "from transformers import AutoModelForCausalLM\n\nfrom app.config import Configuration\n\nconfig = Configuration.from_yaml()\nmodel = AutoModelForCausalLM.from_pretrained(config.rag_service.llm_model_name)\n",
        },
        uses=("llm",),
        models=(("chat", "google/gemma-3-1b-it"),),
        facts={"model.name": "google/gemma-3-1b-it"},
        never=("Llama-2",),
    ),
    "values-that-no-part-of-a-chart-takes": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": _ASK,
            "deploy/helm/rag/Chart.yaml": "apiVersion: v2\nname: rag\nversion: 0.1.0\ndependencies:\n  - name: llm-service\n    version: 0.5.8\n    repository: https://charts.acme.nl\n",
            "deploy/helm/rag/values.yaml": "llm-service:\n  replicas: 1\ningestion-pipeline:\n  embedding_model: all-MiniLM-L6-v2\n",
            "deploy/helm/server/Chart.yaml": "apiVersion: v2\nname: server\nversion: 0.1.0\n",
            "deploy/helm/server/values.yaml": "LLM_PREDICTOR: llama-3-1-8b-instruct-predictor\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("MiniLM", "predictor"),
    ),
    "settings-that-choose-nobody": Layout(
        files={
            "requirements.txt": "openai==1.50\nchromadb==0.5\npydantic-settings\n",
            ".env.example": "VECTOR_STORE_BACKEND=memory\nEMBEDDING_PROVIDER=none\n",
            "settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    vector_store_backend: str = 'memory'\n    embedding_provider: str = 'none'\n    embedding_model: str = 'text-embedding-3-small'\n    embedding_dimensions: int = 1536\n\n\nsettings = Settings()\n",
            "stores/chroma.py": "import chromadb\n\n\nclass ChromaVectorStore:\n    def __init__(self, embedding_model='all-MiniLM-L6-v2'):\n        self.found = chromadb.PersistentClient(path='x').get_collection('notes')\n",
            "main.py": f"{_ASK}from settings import settings\nfrom stores.chroma import ChromaVectorStore\n\nif settings.vector_store_backend == 'chroma':\n    store = ChromaVectorStore()\nif settings.embedding_provider != 'none':\n    OpenAI().embeddings.create(model=settings.embedding_model, input='x')\n",
        },
        uses=("llm", "retrieval"),
        facts={"model.name": "gpt-4o-2024-08-06"},
        asks=("chroma is reached only where", "embeds only where"),
        never=("text-embedding", "MiniLM", "retrieval.dims"),
    ),
    "defaults-as-shells-write-them": Layout(
        files={
            "requirements.txt": "openai==1.50\npyyaml\npgvector\n",
            "config/models.yaml": 'models:\n  llm:\n    model_name: "${LLM_MODEL:-gpt-4o-mini}"\n  embedding:\n    model_name: "${EMBEDDING_MODEL:-nomic-ai/nomic-embed-text-v1.5}"\n',
            "main.py": "import yaml\nfrom openai import OpenAI\n\nmodels = yaml.safe_load(open('config/models.yaml'))['models']\nOpenAI().chat.completions.create(model=models['llm']['model_name'], messages=[])\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-mini"), ("embedding", "nomic-ai/nomic-embed-text-v1.5")),
        facts={"model.name": "gpt-4o-mini"},
    ),
    "a-template-behind-two-switches": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "main.py": _ASK,
            "chart/Chart.yaml": "apiVersion: v2\nname: loans\nversion: 0.1.0\n",
            "chart/values.yaml": "guardrails:\n  enabled: false\n  deploy: true\n",
            "chart/templates/guard.yaml": "{{- if and .Values.guardrails.enabled .Values.guardrails.deploy }}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: guard\nspec:\n  template:\n    spec:\n      containers:\n        - name: guard\n          image: vllm/vllm-openai:v0.6.3\n          args: ['--model=/mnt/models', '--max-model-len=4096']\n{{- end }}\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("model.max_context", "vllm"),
    ),
    "an-example-beside-what-a-chart-says": Layout(
        files={
            "README.md": "# Loans\n\nAn assistant that answers questions of clerks about loans.\n\n## Start\n\n```\ncp .env.example .env\n```\n",
            "requirements.txt": "openai==1.50\n",
            ".env.example": "LLM_MODEL=qwen3-30b-a3b\n",
            "charts/loans/Chart.yaml": "apiVersion: v2\nname: loans\nversion: 0.1.0\n",
            "charts/loans/values.yaml": "env:\n  LLM_MODEL: gpt-4o-mini\n",
            "main.py": "import os\n\nfrom openai import OpenAI\n\nLLM_MODEL = os.getenv('LLM_MODEL', 'gpt-4o-mini')\nOpenAI().chat.completions.create(model=LLM_MODEL, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        never=("qwen3",),
    ),
}
