"""Replicas of pilots of which a value is decided beside the place where it is written: by a provider, an option, a helper."""

from __future__ import annotations

from layouts import Layout

VALUED_LAYOUTS: dict[str, Layout] = {
    "a-section-of-settings-for-each-provider": Layout(
        files={
            "src/Api/appsettings.json": (
                '{"AI": {"Provider": "Ollama", "Ollama": {"ChatModel": "llama3.2", "EmbeddingModel": "nomic-embed-text", "EmbeddingDimension": 768},\n'
                '"AzureOpenAI": {"ChatDeployment": "gpt-4", "EmbeddingDimension": 1536}, "OpenAi": {"BaseUrl": "https://api.openai.com/v1", "ChatModel": "gpt-4o-mini", "EmbeddingDimension": 1536}},\n'
                '"Vision": {"Enabled": true, "Model": "gpt-4o-mini"}}\n'
            ),
            "src/Api/Configuration.cs": (
                'public class OllamaSettings\n{\n    public string ChatModel { get; set; } = "llama3.2";\n}\n\n'
                'public class OpenAiSettings\n{\n    public string ChatModel { get; set; } = "gpt-4o-mini";\n}\n\n'
                'public class VisionConfiguration\n{\n    public string Model { get; set; } = "gpt-4o-mini";\n}\n'
            ),
            "docker-compose.yml": "services:\n  ollama:\n    image: ollama/ollama:0.5\n  api:\n    build: .\n    environment:\n      - AI__Provider=Ollama\n      - AI__Ollama__ChatModel=llama3.2\n",
            "web/wwwroot/appsettings.json": '{"ApiBaseUrl": "https://my-api.calmsand-4a0.eastus.azurecontainerapps.io"}\n',
        },
        uses=("llm", "retrieval"),
        models=(("chat", "llama3.2"), ("embedding", "nomic-embed-text")),
        facts={"model.name": "llama3.2", "model.hosting": "self", "retrieval.dims": "768"},
        never=("gpt-4", "gpt-4o-mini", "api.openai.com", "azurecontainerapps.io"),
    ),
    "variables-that-helpers-look-up": Layout(
        files={
            "core/src/main/java/ai/AzureChat.java": (
                'package ai;\n\nimport com.azure.ai.openai.OpenAIClient;\nimport com.azure.ai.openai.OpenAIClientBuilder;\n\nclass AzureChat {\n    private static final String MAX_TOKENS = "1500";\n'
                "    private final OpenAIClient client = new OpenAIClientBuilder().buildClient();\n    private final int maxTokens = Env.getRequiredEnvAsInteger(LLM_MAX_TOKENS, MAX_TOKENS);\n"
                '    private final int top = Env.getRequiredEnvAsInteger("SEARCH_TOP_RESULTS_COUNT", "40");\n\n    String ask() {\n        return client.getChatCompletions("x", null).toString();\n    }\n}\n'
            ),
            "core/src/main/java/ai/Search.java": "package ai;\n\nimport com.azure.search.documents.SearchClientBuilder;\n\nclass Search {\n    Object client = new SearchClientBuilder().buildClient();\n}\n",
            "core/src/main/java/ai/Chunking.java": "package ai;\n\npublic record Chunking(int chunkSize, int chunkOverlap, String way) {\n    static Chunking usual() {\n        return new Chunking(4000, 500, null);\n    }\n}\n",
            "core/src/main/java/ai/Outcomes.java": "package ai;\n\nimport com.azure.data.tables.TableClientBuilder;\n\nclass Outcomes {\n    Object client = new TableClientBuilder().buildClient();\n}\n",
            "core/pom.xml": "<project><dependencies><dependency><groupId>com.azure</groupId><artifactId>azure-ai-openai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search", "azure-table-storage"),
        facts={
            "retrieval.top_k": "40",
            "retrieval.chunk_size": "4,000",
            "retrieval.chunk_overlap": "500",
            "security.output_cap": "1,500 tok",
        },
    ),
    "a-file-of-rows-scored-by-a-worker": Layout(
        files={
            "requirements.txt": "fastapi==0.115\nscikit-learn==1.6.1\npandas==2.2\n",
            "src/train.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit(None, None)\n",
            "src/services/batch.py": "import pandas as pd\n\n\ndef score_batch_file(path, model, out):\n    rows = pd.read_parquet(path)\n    rows['score'] = model.predict_proba(rows)\n    rows.to_parquet(out)\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "rows-scored-in-a-request": Layout(
        files={
            "requirements.txt": "fastapi==0.115\nscikit-learn==1.6.1\npandas==2.2\n",
            "src/train.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit(None, None)\n",
            "src/main.py": "import pandas as pd\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post('/batch')\ndef score_batch(file):\n    rows = pd.read_csv(file)\n    return rows.to_csv()\n",
        },
        uses=("classic-ml", "training"),
    ),
    "a-store-that-every-option-turns-off": Layout(
        files={
            "requirements.txt": "openai==1.59\nelasticsearch==8.16\nazure-storage-blob==12.19\n",
            "app/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    AZURE_BLOB_RAW_ENABLED: bool = False\n    AZURE_BLOB_EXPORT_ENABLED: bool = False\n\n\nsettings = Settings()\n",
            "app/store.py": "from azure.storage.blob import BlobServiceClient\nfrom elasticsearch import Elasticsearch\nfrom openai import OpenAI\n\nfrom app.config import settings\n\nindex = Elasticsearch('http://index:9200')\n\n\ndef keep(raw):\n    if settings.AZURE_BLOB_RAW_ENABLED or settings.AZURE_BLOB_EXPORT_ENABLED:\n        BlobServiceClient('x')\n    OpenAI().chat.completions.create(model='gpt-4o', messages=[])\n    index.search(index='docs')\n",
        },
        uses=("llm", "retrieval"),
        sources=("elasticsearch",),
        asks=("azure-blob-storage is reached only where azure_blob_raw_enabled is turned on",),
    ),
    "a-store-with-a-feature-that-is-off": Layout(
        files={
            "requirements.txt": "openai==1.59\nredis==5.0\n",
            "app/main.py": "import redis\nfrom openai import OpenAI\n\nREDIS_SSL_ENABLED = False\ncache = redis.Redis(host='cache', ssl=REDIS_SSL_ENABLED)\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        sources=("redis",),
    ),
    "a-runtime-beside-the-service-that-it-serves": Layout(
        files={
            "runtimes/cpu/kustomization.yaml": "resources:\n  - servingruntime.yaml\n",
            "runtimes/cpu/servingruntime.yaml": "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata:\n  name: cpu\nspec:\n  containers:\n    - name: kserve-container\n      image: ghcr.io/ggml-org/llama.cpp:server-b10481\n      args: [--model, /models/model.gguf, --ctx-size, '4096', --parallel, '2']\n",
            "platform/observability/prober.yaml": "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ttft-prober\nspec:\n  schedule: '* * * * *'\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: prober\n              image: curlimages/curl:8.21.0\n",
        },
        uses=("llm",),
        facts={"model.engine": "llama.cpp", "model.max_concurrency": "2"},
        never=("4,096 tok",),
    ),
    "a-template-of-a-gateway-and-a-client-that-asks-it": Layout(
        files={
            "litellm_config.yaml_template": "model_list:\n  - model_name: answers\n    litellm_params:\n      model: azure/gpt-4o\n      api_base: https://<instance>.openai.azure.com/\n  - model_name: vectors\n    litellm_params:\n      model: azure/text-embedding-3-large\n",
            "docker-compose.yml": "services:\n  gateway:\n    image: ghcr.io/berriai/litellm:v1.60\n    volumes: ['./litellm_config.yaml:/app/config.yaml']\n  chat:\n    build: .\n    environment:\n      - OPENAI_API_BASE_URL=http://gateway:4000\n      - OPENAI_API_KEY=${KEY}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"), ("embedding", "text-embedding-3-large")),
        never=("api.openai.com",),
    ),
    "a-graph-that-another-driver-reaches": Layout(
        files={
            "go.mod": "module example/graph\n\ngo 1.25\n\nrequire github.com/neo4j/neo4j-go-driver/v5 v5.28.4\n",
            "main.go": 'package main\n\nimport "github.com/neo4j/neo4j-go-driver/v5/neo4j"\n\nfunc main() {\n\tdriver, _ := neo4j.NewDriverWithContext("bolt://graph:7687", neo4j.NoAuth())\n\t_ = driver\n}\n',
            "docker-compose.yml": "services:\n  graph:\n    image: memgraph/memgraph-mage:3.1\n",
        },
        uses=(),
        sources=("memgraph",),
    ),
}
