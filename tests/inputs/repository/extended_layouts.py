"""What platforms, extensions and recipes ask, search or train on behalf of a pilot."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef ask(text):\n    return client.chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': text}])\n"
_NOTEBOOK = '{{"cells": [{{"cell_type": "code", "source": ["{0}\\n"]}}], "nbformat": 4}}'
_ENDPOINT = "from google.cloud import aiplatform\n\nclient = aiplatform.gapic.PredictionServiceClient()\nrows = client.predict(endpoint=place, instances={0})\n"

EXTENDED_LAYOUTS: dict[str, Layout] = {
    "the-older-interface-for-completions": Layout(
        files={
            "orders.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.Azure.Functions.Worker" Version="1.8.0" /></ItemGroup></Project>',
            "Ask.cs": 'using System.Net.Http;\n\nnamespace Orders {\n  public class Ask {\n    static Task<HttpResponseMessage> Complete(HttpClient client, HttpContent body) => client.PostAsync($"{BASE}/v1/completions", body);\n  }\n}\n',
        },
        uses=("llm",),
    ),
    "an-extension-of-functions-searches-and-answers": Layout(
        files={
            "host.json": '{"version": "2.0"}',
            "function_app.py": "import azure.functions as func\n\napp = func.FunctionApp()\n\n\n@app.route(route='ask')\n@app.semantic_search_input(arg_name='result', query='{question}', chat_model='%CHAT%')\n@app.text_completion_input(arg_name='answer', prompt='{question}', model='%CHAT%')\ndef ask(req, result, answer):\n    return answer\n",
        },
        uses=("llm", "retrieval"),
    ),
    "an-extension-of-functions-lets-a-model-pick-functions": Layout(
        files={
            "orders.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.Azure.Functions.Worker" Version="1.8.0" /></ItemGroup></Project>',
            "Skills.cs": 'namespace Orders {\n  public class Skills {\n    [Function("AddOrder")]\n    public Task AddOrder([AssistantSkillTrigger("Add an order")] string text) => Save(text);\n\n    [Function("Post")]\n    public string Post([AssistantPostInput("{id}", "{query.text}")] AssistantState state) => state.Last;\n  }\n}\n',
        },
        uses=("llm", "agent"),
    ),
    "what-open-webui-knows-is-searched": Layout(
        files={
            "pipe.py": _ASKS
            + "\nfrom open_webui.routers import retrieval\n\n\ndef look_up(request, user, ids, text):\n    form = retrieval.QueryCollectionsForm(collection_names=ids, query=text)\n    return retrieval.query_collection_handler(request=request, form_data=form, user=user)\n",
        },
        uses=("llm", "retrieval"),
    ),
    "a-memory-of-agentcore-is-searched": Layout(
        files={
            "requirements.txt": "openai==1.0.0\nboto3==1.40.0\n",
            "app.py": _ASKS
            + "\nimport boto3\n\nmemory = boto3.client('bedrock-agentcore')\n\n\ndef before(text):\n    return memory.retrieve_memory_records(memoryId=KEPT, namespace='/facts', searchCriteria={'searchQuery': text, 'topK': 3})\n",
        },
        uses=("llm", "retrieval", "agent"),
    ),
    "an-agent-of-snowflake-is-asked": Layout(
        files={
            "app.py": "import requests\n\n\ndef ask(text):\n    return requests.post(f'https://{HOST}/api/v2/databases/{DB}/schemas/{SCHEMA}/agents/{AGENT}:run', json={'messages': text})\n",
            "setup.sql": "CREATE OR REPLACE CORTEX SEARCH SERVICE orders_search ON notes WAREHOUSE = wh TARGET_LAG = '1 hour' AS (SELECT notes FROM orders);\n",
        },
        uses=("llm", "retrieval", "agent"),
    ),
    "only-the-right-to-make-a-search-service": Layout(
        files={
            "app.py": _ASKS,
            "setup.sql": "GRANT CREATE CORTEX SEARCH SERVICE ON SCHEMA orders.data TO ROLE orders_role;\n",
        },
        uses=("llm",),
    ),
    "document-ai-reads-and-an-endpoint-sorts": Layout(
        files={
            "read.py": "from google.cloud import documentai_v1 as documentai\n\nclient = documentai.DocumentProcessorServiceClient()\npages = client.process_document(request=request)\n",
            "sort.py": _ENDPOINT.format("[{'content': pixels}]"),
        },
        uses=("classic-ml",),
    ),
    "an-endpoint-of-vertex-that-a-prompt-is-sent-to": Layout(
        files={"ask.py": _ENDPOINT.format("[{'prompt': text}]")}, uses=()
    ),
    "llama-stack-with-an-index": Layout(
        files={
            "requirements.txt": "openai==1.0.0\n",
            "app.py": _ASKS,
            "run.yaml": "version: 2\nproviders:\n  tool_runtime:\n  - provider_id: rag-runtime\n    provider_type: inline::rag-runtime\nregistered_resources:\n  vector_stores:\n  - vector_store_id: orders\n    provider_id: faiss\n",
        },
        uses=("llm", "retrieval"),
    ),
    "llama-stack-as-it-comes": Layout(
        files={
            "requirements.txt": "openai==1.0.0\n",
            "app.py": _ASKS,
            "run.yaml": "version: 2\nproviders:\n  tool_runtime:\n  - provider_id: rag-runtime\n    provider_type: inline::rag-runtime\nvector_dbs: []\n",
        },
        uses=("llm",),
    ),
    "an-image-that-starts-an-engine": Layout(
        files={
            "Dockerfile": 'FROM nvcr.io/nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN pip install vllm\nENTRYPOINT ["python3", "-m", "vllm.entrypoints.openai.api_server"]\n',
        },
        uses=("llm",),
        facts={"model.engine": "vllm"},
    ),
    "a-service-of-compose-that-starts-an-engine-by-its-module": Layout(
        files={
            "compose.yaml": 'services:\n  answers:\n    image: orders/gpu:1.0\n    command: ["python", "-m", "sglang.launch_server", "--model-path", "Qwen/Qwen2.5-7B-Instruct"]\n',
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
        facts={"model.engine": "sglang"},
    ),
    "a-recipe-of-llama-factory": Layout(
        files={
            "sft.yaml": "model_name_or_path: Qwen/Qwen2.5-7B-Instruct\nstage: sft\ndo_train: true\nfinetuning_type: lora\n",
            "README.ipynb": _NOTEBOOK.format("processor = build_llm_processor(config)"),
        },
        uses=("llm", "training", "batch"),
    ),
    "a-recipe-of-llama-factory-that-only-answers": Layout(
        files={"app.py": _ASKS, "chat.yaml": "adapter_name_or_path: kept/orders\nfinetuning_type: lora\n"},
        uses=("llm",),
    ),
    "a-recipe-of-axolotl": Layout(
        files={
            "orders.yml": "base_model: mistralai/Mistral-7B-v0.3\ndatasets:\n  - path: orders.jsonl\nmicro_batch_size: 2\n"
        },
        uses=("llm", "training"),
    ),
    "a-notebook-that-tunes-a-language-model-beside-a-chat": Layout(
        files={
            "app.py": _ASKS,
            "src/finetuning.ipynb": _NOTEBOOK.format("trainer = SFTTrainer(model=model, train_dataset=rows)"),
        },
        uses=("llm", "training"),
    ),
    "a-notebook-that-tries-a-tuning-beside-a-chat": Layout(
        files={
            "app.py": _ASKS,
            "notebooks/scratch.ipynb": _NOTEBOOK.format("trainer = SFTTrainer(model=model)"),
        },
        uses=("llm",),
    ),
    "a-row-of-notebooks-that-the-readme-names": Layout(
        files={
            "README.md": "# Shop\n\nRun `1_rows.ipynb`, then `2_words.ipynb`, then `3_model.ipynb`.\n",
            "requirements.txt": "xgboost==3.0.0\nopenai==1.0.0\n",
            "src/words.py": _ASKS,
            "1_rows.ipynb": _NOTEBOOK.format("rows = load()"),
            "2_words.ipynb": _NOTEBOOK.format("words = ask(rows)"),
            "3_model.ipynb": _NOTEBOOK.format("clf.fit(rows, labels)"),
        },
        uses=("llm", "classic-ml", "training"),
    ),
    "notebooks-that-the-readme-names-beside-a-server": Layout(
        files={
            "README.md": "# Shop\n\nSee `1_rows.ipynb`, `2_words.ipynb` and `3_model.ipynb`.\n",
            "requirements.txt": "xgboost==3.0.0\nopenai==1.0.0\nfastapi==0.115.0\n",
            "src/words.py": _ASKS
            + "\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post('/ask')\ndef answer(text: str):\n    return ask(text)\n",
            "3_model.ipynb": _NOTEBOOK.format("clf.fit(rows, labels)"),
        },
        uses=("llm",),
    ),
}
