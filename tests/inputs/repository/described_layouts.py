"""Replicas of pilots whose tools are described in lists and files beside the code, and whose limits hold where nobody asks for others."""

from __future__ import annotations

from layouts import Layout

_SHELVES = "import requests\n\n\ndef count_pieces(shelf):\n    return requests.get('https://counts.shelfservice.io/count').json()\n\n\ndef delete_shelf(shelf):\n    return requests.delete('https://waste.shelfservice.io/shelf').json()\n"
_TOOLS = "count_pieces:\n  description: Counts the pieces of a shelf.\n  callable_api: shelves.py:count_pieces\n  args_schema:\n    shelf:\n      type: str\n      description: the shelf\n"
_MORE = _TOOLS + "\ndelete_shelf:\n  description: Removes a shelf.\n  callable_api: shelves.py:delete_shelf\n"
_SERVED = "services:\n  engine:\n    image: vllm/vllm-openai:v0.10.1\n    command: --model Qwen/Qwen2.5-7B-Instruct\n  agent:\n    image: shelves/agent:1.0\n    environment:\n      tools: /home/user/tools/keeper_tools.yaml\n"
_GRAPH = 'import { ChatOpenAI } from "@langchain/openai";\nimport { StateGraph } from "@langchain/langgraph";\nimport { z } from "zod";\n\n'
_PACKAGES = (
    '{"dependencies": {"@langchain/openai": "0.5.0", "@langchain/langgraph": "0.2.0", "zod": "3.25.0"}}\n'
)
_ASKS = "from comps import ChatCompletionRequest, LLMParams, ServiceOrchestrator\n\n\nasync def answer(request):\n    data = ChatCompletionRequest.parse_obj(await request.json())\n    return LLMParams(\n        max_tokens=data.max_tokens if data.max_tokens else 1024,\n        top_p=data.top_p if data.top_p else 0.95,\n        temperature=data.temperature if data.temperature else 0.01,\n    )\n"
_PAGE = "import gradio as gr\n\n\ndef send(text):\n    data = {'messages': text, 'max_tokens': 256, 'chunk_size': 1500, 'chunk_overlap': 100}\n    return data\n"
_ENGINE = "services:\n  engine:\n    image: vllm/vllm-openai:v0.10.1\n    command: --model Qwen/Qwen2.5-7B-Instruct\n"

DESCRIBED_LAYOUTS: dict[str, Layout] = {
    "tools-in-a-file-that-names-their-functions": Layout(
        files={
            "compose.yaml": _SERVED,
            "tools/shelves.py": _SHELVES,
            "tools/keeper_tools.yaml": _MORE,
        },
        uses=("llm", "agent"),
        tools={"count_pieces": "reads", "delete_shelf": "irreversible"},
        hosts=("counts.shelfservice.io", "waste.shelfservice.io"),
    ),
    "tools-in-a-file-that-no-container-loads": Layout(
        files={
            "compose.yaml": _SERVED,
            "compose.extra.yaml": "services:\n  agent:\n    environment:\n      tools: /home/user/tools/extra_tools.yaml\n",
            "tools/shelves.py": _SHELVES,
            "tools/keeper_tools.yaml": _TOOLS,
            "tools/extra_tools.yaml": _MORE,
        },
        uses=("llm", "agent"),
        tools={"count_pieces": "reads"},
        hosts=("counts.shelfservice.io",),
        never=("delete_shelf", "waste.shelfservice.io"),
    ),
    "a-file-of-tools-whose-functions-lie-elsewhere": Layout(
        files={
            "compose.yaml": _ENGINE,
            "tools/keeper_tools.yaml": _TOOLS,
        },
        uses=("llm",),
        never=("count_pieces",),
    ),
    "tools-in-a-list-that-a-model-is-bound-to": Layout(
        files={
            "package.json": _PACKAGES,
            "src/graph.ts": _GRAPH
            + 'const ask = z.object({ shelf: z.string() });\n\nconst SHELF_TOOLS = [\n  { name: "count-pieces", description: "counts", schema: ask },\n  { name: "buy-pieces", description: "buys", schema: ask },\n];\n\nconst llm = new ChatOpenAI({ model: "gpt-4o-mini" });\n\nexport async function choose(state) {\n  return llm.bindTools(SHELF_TOOLS).invoke(state.messages);\n}\n\nexport const graph = new StateGraph(State).addNode("choose", choose).addConditionalEdges("choose", next).compile();\n',
        },
        uses=("llm", "agent"),
        tools={"count-pieces": "reads", "buy-pieces": "irreversible"},
    ),
    "a-tool-in-the-call-that-binds-it": Layout(
        files={
            "package.json": _PACKAGES,
            "src/graph.ts": _GRAPH
            + 'const schema = z.object({ shelf: z.string() });\n\nexport async function choose(state) {\n  const model = new ChatOpenAI({ model: "gpt-4o-mini" }).bindTools([{ name: "write_note", description: "writes", schema }]);\n  const form = new ChatOpenAI({ model: "gpt-4o-mini" }).bindTools([{ name: "sort_out", description: "sorts", schema }], { tool_choice: "sort_out" });\n  return [await model.invoke(state.messages), await form.invoke(state.messages)];\n}\n\nexport const graph = new StateGraph(State).addNode("choose", choose).addConditionalEdges("choose", next).compile();\n',
        },
        uses=("llm", "agent"),
        tools={"write_note": "writes"},
        never=("sort_out",),
    ),
    "a-cap-that-holds-where-nobody-asks-for-another": Layout(
        files={
            "Dockerfile": 'FROM shelves/base:1.0\nCOPY answers.py .\nCMD ["python", "answers.py"]\n',
            "answers.py": _ASKS,
            "compose.yaml": _ENGINE,
        },
        uses=("llm",),
        facts={"security.output_cap": "1,024 tok"},
    ),
    "what-a-page-asks-of-the-backend-beside-it": Layout(
        files={
            "Dockerfile": 'FROM shelves/base:1.0\nCOPY answers.py .\nCMD ["python", "answers.py"]\n',
            "answers.py": "from comps import ServiceOrchestrator\n\n\ndef start():\n    return ServiceOrchestrator()\n",
            "ui/gradio/page.py": _PAGE,
            "compose.yaml": _ENGINE,
        },
        uses=("llm",),
        never=("security.output_cap", "retrieval.chunk_size"),
    ),
    "the-figures-of-a-service-under-a-name-of-data-sets": Layout(
        files={
            "requirements.txt": "openai==1.99.0\nrequests==2.32.0\n",
            "app/answers.py": "import requests\nfrom openai import OpenAI\n\nPRICE_DATASETS_BASE_URL = 'https://api.pricefigures.io/v1'\nTRAINING_DATASETS_URL = 'https://rowsforall.io/rows'\n\nclient = OpenAI()\n\n\ndef prices(piece):\n    return requests.get(f'{PRICE_DATASETS_BASE_URL}/prices/{piece}').json()\n\n\ndef rows():\n    return TRAINING_DATASETS_URL\n\n\ndef answer(text):\n    return client.chat.completions.create(model='gpt-4o-mini', messages=[text, prices(text), rows()])\n",
        },
        uses=("llm",),
        hosts=("api.pricefigures.io", "api.openai.com"),
        never=("rowsforall.io",),
    ),
    "figures-and-runs-of-services-that-a-library-asks": Layout(
        files={
            "requirements.txt": "finnhub-python==2.4\nwandb==0.21\nscikit-learn==1.7\n",
            "train.py": "import finnhub\nimport wandb\nfrom sklearn.linear_model import LinearRegression\n\nrun = wandb.init(project='prices')\nrows = finnhub.Client(api_key='k').stock_candles('x', 'D', 0, 1)\nmodel = LinearRegression().fit(rows['c'], rows['o'])\n",
        },
        uses=("classic-ml", "training"),
        hosts=("api.wandb.ai", "api.finnhub.io"),
    ),
    "sizes-that-a-summary-is-asked-with": Layout(
        files={
            "requirements.txt": "qdrant-client==1.15\nsentence-transformers==5.1\nopenai==1.99\n",
            "app/search.py": "from openai import OpenAI\nfrom qdrant_client import QdrantClient\nfrom sentence_transformers import SentenceTransformer\n\nmodel = SentenceTransformer('BAAI/bge-m3')\nstore = QdrantClient(url='http://store:6333')\n\n\ndef answer(text):\n    found = store.search('pieces', query_vector=model.encode(text), limit=5)\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[text, found])\n",
            "app/sums.py": "import requests\n\n\ndef sum_up(text):\n    data = {'messages': text, 'summary_type': 'auto', 'chunk_size': 2000}\n    return requests.post('http://sums:9000/v1/sums', json=data).json()\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("retrieval.chunk_size",),
    ),
    "numbers-that-a-script-beside-compose-hands-to-containers": Layout(
        files={
            "docker/compose.yaml": "services:\n  engine:\n    image: vllm/vllm-openai:v0.10.1\n    command: --model Qwen/Qwen2.5-72B-Instruct --tensor-parallel-size ${CARDS}\n  worker-agent:\n    image: shelves/agent:1.0\n    environment:\n      recursion_limit: ${STEPS_WORKER}\n      MAX_INPUT_TOKENS: ${MAX_INPUT_TOKENS:-512}\n  keeper:\n    image: shelves/agent:1.0\n    environment:\n      recursion_limit: ${STEPS_KEEPER}\n      max_new_tokens: ${MOST}\n      MAX_INPUT_TOKENS: ${INPUT_OF_SUMS}\n      tools: /home/user/tools/keeper_tools.yaml\n",
            "docker/set_env.sh": '#!/usr/bin/env bash\nexport CARDS=${CARDS:-4}\nexport STEPS_WORKER=12\nexport STEPS_KEEPER=10\nexport MOST="4096"\nexport INPUT_OF_SUMS=2048\n',
            "tools/shelves.py": _SHELVES,
            "tools/keeper_tools.yaml": _TOOLS,
        },
        uses=("llm", "agent"),
        facts={
            "agent.max_steps": "10",
            "security.output_cap": "4,096 tok",
            "model.tensor_parallel": "4",
        },
        never=("2,048",),
    ),
    "limits-that-an-engine-has-on-one-kind-of-machine": Layout(
        files={
            "deploy/gpu/compose.yaml": "services:\n  engine:\n    image: vllm/vllm-openai:v0.10.1\n    command: --model Qwen/Qwen2.5-7B-Instruct --max-num-seqs 256 --max-model-len 8192\n",
            "deploy/cpu/compose.yaml": "services:\n  engine:\n    image: vllm/vllm-openai:v0.10.1\n    command: --model Qwen/Qwen2.5-7B-Instruct --max-model-len 8192\n",
        },
        uses=("llm",),
        facts={"model.max_context": "8,192 tok"},
        asks=("model.max_concurrency is 256 on some machines only",),
        never=("model.max_concurrency",),
    ),
    "limits-that-an-engine-of-a-script-beside-it-has": Layout(
        files={
            "compose.yaml": "services:\n  engine:\n    image: ghcr.io/huggingface/text-generation-inference:3.0.0\n    command: --model-id Qwen/Qwen2.5-7B-Instruct\n    environment:\n      MAX_INPUT_TOKENS: ${MAX_INPUT_TOKENS:-2048}\n      MAX_TOTAL_TOKENS: ${MAX_TOTAL_TOKENS:-4096}\n",
            "set_env.sh": "export MAX_INPUT_TOKENS=4096\nexport MAX_TOTAL_TOKENS=8192\n",
        },
        uses=("llm",),
        facts={"security.input_cap": "4,096 tok", "model.max_context": "8,192 tok"},
    ),
    "rows-that-a-network-learns-from-at-once": Layout(
        files={
            "requirements.txt": "tensorflow==2.19\n",
            "train.py": "from tensorflow import keras\n\nmodel = keras.Sequential()\nmodel.compile(loss='mse')\nmodel.fit(x, y, epochs=20, batch_size=64)\nmodel.predict(x, batch_size=512)\n",
        },
        uses=("classic-ml", "training"),
        facts={"training.batch_size": "64"},
    ),
    "an-endpoint-that-a-flow-makes-of-what-it-trained": Layout(
        files={
            "requirements.txt": "metaflow==2.15\nsagemaker==2.240\ntensorflow==2.19\n",
            "flow.py": "from metaflow import FlowSpec, S3, step\nfrom sagemaker.tensorflow import TensorFlowModel\nfrom tensorflow import keras\n\n\nclass Shelves(FlowSpec):\n    @step\n    def start(self):\n        model = keras.Sequential()\n        model.fit(self.x, self.y, epochs=3)\n        with S3(run=self) as store:\n            path = store.put('model.tar.gz', b'')\n        kept = TensorFlowModel(model_data=path, role='r')\n        predictor = kept.deploy(initial_instance_count=1, instance_type='ml.m5.large')\n        print(predictor.predict({'instances': [[1]]}))\n\n\nif __name__ == '__main__':\n    Shelves()\n",
        },
        uses=("classic-ml", "training", "batch"),
        sources=("s3",),
        hosts=("runtime.sagemaker.*.amazonaws.com",),
        facts={"target.service": "amazon-sagemaker", "target.replicas": "1"},
    ),
    "an-endpoint-that-nothing-beside-it-asks": Layout(
        files={
            "requirements.txt": "sagemaker==2.240\nscikit-learn==1.7\n",
            "train.py": "from sagemaker.sklearn import SKLearnModel\nfrom sklearn.linear_model import LinearRegression\n\nmodel = LinearRegression().fit(x, y)\nprint(model.predict(x))\nmade = SKLearnModel(model_data='s3://shelves/m.tar.gz', role='r').deploy(initial_instance_count=2, instance_type='ml.m5.large')\n",
        },
        uses=("classic-ml", "training"),
        facts={"target.service": "amazon-sagemaker"},
        never=("runtime.sagemaker",),
    ),
}
