"""Layouts with values that only show something: examples of requests, sizes of lists, settings and manifests that nothing takes."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_SCHEMA = "from openai import OpenAI\nfrom pydantic import BaseModel\n\n\nclass EmbedRequest(BaseModel):\n    %s\n    alias: str\n\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_SHOWN = "{'example': {'alias': 'shop', 'chunk_size': 1024, 'll_model': {'model': 'gpt-3.5-turbo', 'max_tokens': 77}}}"
_REQUEST = "from openai import OpenAI\nfrom pydantic import BaseModel, Field\n\n\nclass %s(BaseModel):\n    prompt: str\n    max_tokens: int = %s\n\n\ndef answer(body: %s):\n    return OpenAI().chat.completions.create(model='gpt-4o', max_tokens=body.max_tokens, messages=[])\n"
_BATCH = "import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';\nimport OpenAI from 'openai';\nconst client = new OpenAI();\nclient.chat.completions.create({ model: 'gpt-4o', messages: [] });\nexport const documentsOf = async (keys: string[]) => {\n  const chunkSize = 100;\n  const parts = [];\n  for (let i = 0; i < keys.length; i += chunkSize) parts.push(keys.slice(i, i + chunkSize));\n  return Promise.all(parts.map((Keys) => db.send(new BatchGetCommand({ RequestItems: { shop: { Keys } } }))));\n};\n"
_SPLIT = "import OpenAI from 'openai';\nimport { TokenTextSplitter } from 'langchain/text_splitter';\nconst client = new OpenAI();\nclient.chat.completions.create({ model: 'gpt-4o', messages: [] });\nexport const fill = async (page, store, summaryChain) => {\n  const splitter = new TokenTextSplitter({ chunkSize: 900, chunkOverlap: 50 });\n  const parts = await splitter.splitDocuments([page]);\n  %s\n};\n"
_SAMPLES = "import { ChatOpenAI } from '@langchain/openai';\nexport class Desk {\n  constructor(params?: { temperature?: number; topP?: number; topK?: number }) {\n    this.temperature = params?.temperature ?? 0.1;\n    this.topP = params?.topP ?? 0.9;\n    this.topK = params?.topK ?? 40;\n    this.model = new ChatOpenAI({ model: 'gpt-4o' });\n  }\n%s}\n"
_SEARCH = "from openai import OpenAI\nfrom pydantic import BaseModel\n\n\nclass SearchSettings(BaseModel):\n    search_type: str = %s\n    top_k: int = 8\n    fetch_k: int = 20\n\n\ndef found(store, given: SearchSettings):\n    return store.search(given.search_type, given.top_k, given.fetch_k)\n\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_LOOKS = "import os\nfrom openai import OpenAI\n\nCHUNK_SIZE = int(os.getenv('CHUNK_SIZE', 512))\n\n\ndef parts(text):\n    return [text[at : at + CHUNK_SIZE] for at in range(0, len(text), CHUNK_SIZE)]\n\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_LOADS = "services:\n  api:\n    build: .\n    env_file:\n      - .env\n"
_NEAREST = "import asyncpg\n\n\nasync def peek(pool, vector):\n    return await pool.fetch('SELECT id FROM pages ORDER BY embedding <=> $1 LIMIT 5', vector)\n"
_POOL = 'resource "google_container_node_pool" "%s" {\n  cluster = google_container_cluster.main.name\n  location = var.zone\n%s}\n'
_ENGINE = 'FROM vllm/vllm-openai:v0.8.0\n%s\nENTRYPOINT ["python3", "/src/main.py"]\n'
_OF_A_MODEL = "model: google/gemma-3-27b-it\ngpu-memory-utilization: 0.95\nmax-model-len: 8192\n"
_STARTS = "import subprocess\n\nsubprocess.run(['vllm', 'serve'])\n"
_RUNTIME = "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata:\n  name: desk\nspec:\n  containers:\n    - name: kserve-container\n      image: vllm/vllm-openai:v0.8.0\n      args: ['--model=/mnt/models'%s]\n"


def _terraform(text: str, **facts: str) -> dict[str, object]:
    return {
        "files": {"app.py": _ASKS, "infra/main.tf": text},
        "uses": ("llm",),
        "facts": {f"target.{name}": value for name, value in facts.items()},
    }


def _fields(inner: str) -> Layout:
    never = ("1,024", "retrieval.chunk_size", "security.output_cap", "gpt-3.5-turbo")
    return Layout(files={"app.py": _SCHEMA % inner}, uses=("llm",), models=(("chat", "gpt-4o"),), never=never)


SHOWN_LAYOUTS: dict[str, Layout] = {
    "an-example-of-a-schema-in-its-config": _fields(f"model_config = {{'json_schema_extra': {_SHOWN}}}"),
    "an-example-of-a-schema-in-a-class": _fields(f"class Config:\n        schema_extra = {_SHOWN}"),
    "a-setting-beside-an-example": Layout(
        files={"app.py": _SCHEMA % f"model_config = {{'json_schema_extra': {_SHOWN}}}", "config.py": "CHUNK_SIZE = 800\n", "use.py": "from config import CHUNK_SIZE\nprint(CHUNK_SIZE)\n"},
        uses=("llm",),
        facts={"retrieval.chunk_size": "800"},
    ),
    "a-sample-of-settings-that-a-function-makes": Layout(
        files={"app.py": _ASKS + "\n\ndef _sample_client_settings(chosen):\n    model_id = chosen.id if chosen else 'llama3.1:8b'\n    return {'id': model_id}\n"},
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("llama3.1",),
    ),
    "how-long-an-answer-is-where-the-caller-says-nothing": Layout(
        files={"app.py": _REQUEST % ("CompletionRequest", "16", "CompletionRequest")},
        uses=("llm",),
        never=("security.output_cap",),
    ),
    "how-long-an-answer-may-be-at-most-in-a-request": Layout(
        files={"app.py": _REQUEST % ("CompletionRequest", "Field(default=512, le=512)", "CompletionRequest")},
        uses=("llm",),
        facts={"security.output_cap": "512 tok"},
    ),
    "how-long-an-answer-is-by-what-words-are-drawn-with": Layout(
        files={"app.py": _REQUEST % ("SamplingParams", "512", "SamplingParams")},
        uses=("llm",),
        facts={"security.output_cap": "512 tok"},
    ),
    "how-long-an-answer-is-by-settings": Layout(
        files={"app.py": _REQUEST % ("ModelSettings", "512", "ModelSettings")},
        uses=("llm",),
        facts={"security.output_cap": "512 tok"},
    ),
    "keys-that-a-store-takes-many-at-a-time": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0"}}', "src/repository.ts": _BATCH},
        uses=("llm",),
        never=("retrieval.chunk_size",),
    ),
    "lines-that-a-page-draws-many-at-a-time": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.0.0"}}',
            "src/ask.ts": "import OpenAI from 'openai';\nnew OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [] });\n",
            "src/text.tsx": "export const Text = ({ content }) => {\n  const parts = document.all;\n  const chunkSize = 20;\n  const lines = content.split('\\n'); // parts do not overlap\n  return lines.slice(0, chunkSize);\n};\n",
        },
        uses=("llm",),
        never=("retrieval.chunk_size",),
    ),
    "parts-that-are-only-summed-up": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0"}}', "src/fill.ts": _SPLIT % "const summary = await summaryChain.run(parts);\n  await store.addDocuments([summary]);"},
        uses=("llm",),
        never=("retrieval.chunk_size", "retrieval.chunk_overlap"),
    ),
    "parts-that-are-summed-up-and-kept": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0"}}', "src/fill.ts": _SPLIT % "const summary = await summaryChain.run(parts);\n  await store.addDocuments(parts);"},
        uses=("llm",),
        facts={"retrieval.chunk_size": "900", "retrieval.chunk_overlap": "50"},
    ),
    "words-that-are-drawn-from-so-many": Layout(
        files={"package.json": '{"dependencies": {"@langchain/openai": "0.3.0"}}', "src/desk.ts": _SAMPLES % ""},
        uses=("llm",),
        never=("retrieval.top_k",),
    ),
    "passages-beside-what-is-drawn": Layout(
        files={"package.json": '{"dependencies": {"@langchain/openai": "0.3.0"}}', "src/desk.ts": _SAMPLES % "  find(store) {\n    return store.similaritySearch(this.question, this.topK);\n  }\n"},
        uses=("llm", "retrieval"),
        facts={"retrieval.top_k": "40"},
    ),
    "passages-that-a-search-by-similarity-never-fetches": Layout(
        files={"app.py": _SEARCH % "'Similarity'"},
        uses=("llm",),
        facts={"retrieval.top_k": "8"},
        never=("retrieval.candidates",),
    ),
    "passages-that-a-search-for-variety-fetches": Layout(
        files={"app.py": _SEARCH % "'mmr'"},
        uses=("llm",),
        facts={"retrieval.top_k": "8", "retrieval.candidates": "20"},
    ),
    "an-example-of-the-environment-that-compose-loads": Layout(
        files={"app.py": _LOOKS, ".env-example": "CHUNK_SIZE=1000\n", "compose.yaml": _LOADS},
        uses=("llm",),
        facts={"retrieval.chunk_size": "1,000"},
    ),
    "an-example-of-the-environment-that-nobody-loads": Layout(
        files={"app.py": _LOOKS, ".env-example": "CHUNK_SIZE=1000\n", "compose.yaml": "services:\n  api:\n    build: .\n"},
        uses=("llm",),
        facts={"retrieval.chunk_size": "512"},
    ),
    "an-example-that-what-is-deployed-stands-before": Layout(
        files={"app.py": _LOOKS, ".env-example": "CHUNK_SIZE=1000\n", "compose.yaml": _LOADS + "    environment:\n      CHUNK_SIZE: 700\n"},
        uses=("llm",),
        facts={"retrieval.chunk_size": "700"},
    ),
    "a-search-that-somebody-looks-into-a-store-with": Layout(
        files={"app.py": _ASKS, "db_inspect.py": _NEAREST},
        uses=("llm",),
        never=("retrieval.top_k",),
    ),
    "a-search-of-the-service": Layout(
        files={"app.py": _ASKS + "import store\n", "store.py": _NEAREST},
        uses=("llm", "retrieval"),
        facts={"retrieval.top_k": "5"},
    ),
    "two-pools-of-one-cluster": Layout(**_terraform(_POOL % ("small", "  node_count = 1\n") + _POOL % ("large", "  node_count = 2\n"), nodes="3")),  # type: ignore[arg-type]
    "two-pools-that-grow": Layout(**_terraform(_POOL % ("small", "  node_count = 1\n") + _POOL % ("large", "  autoscaling {\n    min_node_count = 2\n    max_node_count = 6\n  }\n"), nodes="3", nodes_max="7")),  # type: ignore[arg-type]
    "two-pools-of-which-one-says-nothing-plain": Layout(
        files={"app.py": _ASKS, "infra/main.tf": _POOL % ("small", "  node_count = 1\n") + _POOL % ("large", "  node_count = var.many\n")},
        uses=("llm",),
        asks=("the machines of 2 pools (small, large)",),
        never=("target.nodes",),
    ),
    "nodes-of-a-store-that-a-cloud-runs": Layout(
        files={"app.py": _ASKS, "infra/main.tf": 'resource "google_vertex_ai_feature_online_store" "desk" {\n  bigtable {\n    auto_scaling {\n      min_node_count = 1\n      max_node_count = 3\n    }\n  }\n}\n'},
        uses=("llm",),
        never=("target.nodes",),
    ),
    "nodes-that-a-module-counts-for-each-zone": Layout(
        files={
            "app.py": _ASKS,
            "infra/stage/main.tf": 'module "cluster" {\n  source = "../modules/gke"\n  min_node_count = 1\n  max_node_count = 10\n}\n',
            "infra/modules/gke/main.tf": 'module "gke" {\n  source = "terraform-google-modules/kubernetes-engine/google"\n  regional = true\n}\n',
            "infra/modules/gke/variables.tf": 'variable "min_node_count" {\n  default = 1\n}\n',
        },
        uses=("llm",),
        asks=("the machines of cluster are counted for each zone",),
        never=("target.nodes",),
    ),
    "nodes-that-a-module-counts-in-one-zone": Layout(
        files={
            "app.py": _ASKS,
            "infra/stage/main.tf": 'module "cluster" {\n  source = "../modules/gke"\n  min_node_count = 2\n}\n',
            "infra/modules/gke/main.tf": 'module "gke" {\n  source = "terraform-google-modules/kubernetes-engine/google"\n  regional = false\n}\n',
        },
        uses=("llm",),
        facts={"target.nodes": "2"},
    ),
    "settings-that-no-image-takes-along": Layout(
        files={"Dockerfile": _ENGINE % "COPY src /src", "src/main.py": _STARTS, "configs/gemma/large.yaml": _OF_A_MODEL, "scripts/serve_test.py": "CONFIG = 'configs/gemma/large.yaml'\n"},
        uses=("llm",),
        asks=("no image takes along the settings that name google/gemma-3-27b-it",),
        never=("gemma", "model.kv_utilisation", "model.max_context"),
    ),
    "settings-that-an-image-takes-along": Layout(
        files={"Dockerfile": _ENGINE % "COPY src /src\nCOPY configs /configs", "src/main.py": _STARTS, "configs/gemma/large.yaml": _OF_A_MODEL},
        uses=("llm",),
        models=(("chat", "google/gemma-3-27b-it"),),
        facts={"model.kv_utilisation": "0.95", "model.max_context": "8,192 tok"},
    ),
    "settings-that-a-script-hands-over": Layout(
        files={"Dockerfile": _ENGINE % "COPY src /src", "src/main.py": _STARTS, "configs/gemma/large.yaml": _OF_A_MODEL, "deploy.sh": "kubectl create configmap desk --from-file=configs/gemma/large.yaml\n"},
        uses=("llm",),
        models=(("chat", "google/gemma-3-27b-it"),),
        facts={"model.kv_utilisation": "0.95"},
    ),
    "a-manifest-that-nothing-applies": Layout(
        files={
            "deploy/desk/runtime.yaml": _RUNTIME % "",
            "deploy/desk/tried/runtime-grpc.yaml": _RUNTIME % ", '--max-num-seqs=64'",
            "README.md": "Run `kubectl apply -f deploy/desk/runtime.yaml`.\n",
        },
        uses=("llm",),
        asks=("model.max_concurrency is 64 in deploy/desk/tried/runtime-grpc.yaml",),
        never=("model.max_concurrency",),
    ),
    "a-manifest-that-a-document-names": Layout(
        files={
            "deploy/desk/runtime.yaml": _RUNTIME % "",
            "deploy/desk/tried/runtime-grpc.yaml": _RUNTIME % ", '--max-num-seqs=64'",
            "README.md": "Run `kubectl apply -f deploy/desk/runtime.yaml`, or the runtime-grpc.yaml.\n",
        },
        uses=("llm",),
        facts={"model.max_concurrency": "64"},
    ),
}  # fmt: skip

_STORE = "from langchain_qdrant import QdrantVectorStore\n\nstore = QdrantVectorStore(client=None, collection_name='pages')\n"  # fmt: skip


def _with_a_store(one: Layout) -> Layout:
    """Return a layout beside whose files passages are looked up, so that what is said of them counts."""
    if not any("retrieval." in name for name in (*one.facts, *one.never)):
        return one
    return one._replace(files={**one.files, "kept/pages.py": _STORE}, uses=("llm", "retrieval"), sources=("qdrant",))  # fmt: skip


SHOWN_LAYOUTS = {name: _with_a_store(one) for name, one in SHOWN_LAYOUTS.items()}
