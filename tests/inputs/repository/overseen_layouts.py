"""Replicas in which what is plainly there was passed over: files that nobody parsed, names in folders of Spring, stores asked over HTTP."""

from __future__ import annotations

from layouts import Layout

OVERSEEN_LAYOUTS: dict[str, Layout] = {
    "tools-of-a-server-that-another-file-makes": Layout(
        files={
            "requirements.txt": "mcp==1.9.0\n",
            "desk/server.py": "from mcp.server.fastmcp import FastMCP\n\nserver = FastMCP('desk')\nfrom desk.tools import rooms, lamps  # noqa\n\nif __name__ == '__main__':\n    server.run()\n",
            "desk/tools/__init__.py": "",
            "desk/tools/rooms.py": "from desk.server import server\n\n\n@server.tool()\ndef find_room(seats: int) -> str:\n    return lookup(seats)\n",
            "desk/tools/lamps.py": "from desk.server import server\n\n\n@server.tool\ndef list_lamps(room: str) -> str:\n    return lookup(room)\n",
        },
        uses=("agent",),
        tools={"find_room": "reads", "list_lamps": "reads"},
    ),
    "settings-of-spring-in-files-of-their-own": Layout(
        files={
            "pom.xml": "<project>\n  <artifactId>desk</artifactId>\n  <dependencies>\n    <dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-openai</artifactId></dependency>\n    <dependency><groupId>com.mysql</groupId><artifactId>mysql-connector-j</artifactId></dependency>\n  </dependencies>\n</project>\n",
            "src/main/resources/application.yml": "spring:\n  config:\n    import:\n      - classpath:tables.yml\n      - classpath:asks.yml\n      - classpath:parts.yml\n",
            "src/main/resources/tables.yml": "spring:\n  datasource:\n    hikari:\n      jdbc-url: jdbc:mysql://tables:3306/desk?useSSL=false\n",
            "src/main/resources/asks.yml": "spring:\n  ai:\n    openai:\n      chat:\n        model: mimo-v2.5-pro\n",
            "src/main/resources/parts.yml": "desk:\n  splitter:\n    chunk-size: 450\n    max-num-chunks: 900\n",
            "src/main/java/org/desk/Desk.java": 'package org.desk;\n\nimport org.springframework.ai.chat.client.ChatClient;\nimport org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;\nimport org.springframework.web.client.RestClient;\n\npublic class Desk {\n    private final RestClient skies = RestClient.create("https://api.open-meteo.com");\n    private final ChatClient client;\n\n    public Desk(ChatClient.Builder builder, VectorStore store) {\n        this.client = builder.defaultAdvisors(QuestionAnswerAdvisor.builder(store).build()).build();\n    }\n\n    TokenTextSplitter splitter(Parts parts) {\n        return TokenTextSplitter.builder().withChunkSize(parts.getChunkSize()).build();\n    }\n}\n',
        },
        uses=("llm", "retrieval"),
        models=(("chat", "mimo-v2.5-pro"),),
        sources=("mysql",),
        hosts=("api.open-meteo.com", "api.openai.com"),
        facts={"retrieval.chunk_size": "450"},
        never=("900",),
    ),
    "words-that-are-searched-over-http-beside-vectors": Layout(
        files={
            "requirements.txt": "fastapi==0.115.0\nhttpx==0.28.0\nqdrant-client==1.12.0\nopenai==1.58.1\nuvicorn==0.30.0\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    meili_base_url: str = ''\n    index_name: str = 'rooms'\n",
            "app/main.py": "import httpx\nfrom openai import OpenAI\nfrom qdrant_client import QdrantClient\nfrom app.settings import Settings\n\nvectors = QdrantClient(url='http://qdrant:6333')\n\n\ndef answer(question):\n    words = httpx.post(f'{Settings().meili_base_url}/indexes/rooms/search', json={'q': question}).json()\n    near = vectors.query_points('rooms', query=OpenAI().embeddings.create(model='text-embedding-3-small', input=question).data[0].embedding)\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': f'{words} {near}'}])\n",
            "deploy/desk.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: desk\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: desk\n          image: registry.example.org/desk:1.2\n          env:\n            - name: MEILI_BASE_URL\n              valueFrom:\n                configMapKeyRef:\n                  name: desk\n                  key: words\n",
        },
        uses=("llm", "retrieval"),
        sources=("meilisearch", "qdrant"),
    ),
    "a-service-whose-address-only-code-looks-up": Layout(
        files={
            "requirements.txt": "openai==1.58.1\nrequests==2.32.0\n",
            "app/main.py": "import os\n\nimport requests\nfrom openai import OpenAI\n\n\ndef answer(question):\n    tickets = requests.get(f\"{os.environ['SERVICENOW_INSTANCE_URL']}/api/now/table/incident\").json()\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': f'{question} {tickets}'}])\n",
        },
        uses=("llm",),
        asks=("the code looks up the address of servicenow",),
    ),
    "features-of-a-store-of-google": Layout(
        files={
            "requirements.txt": "google-cloud-aiplatform==1.70.0\nlightgbm==4.5.0\n",
            "app/main.py": "import lightgbm as lgb\nfrom google.cloud.aiplatform_v1 import FeatureOnlineStoreServiceClient\n\nmodel = lgb.Booster(model_file='rooms.txt')\nfeatures = FeatureOnlineStoreServiceClient()\n\n\ndef score(room):\n    return model.predict(features.fetch_feature_values(request={'feature_view': 'rooms', 'data_key': room}))\n",
        },
        uses=("classic-ml",),
        sources=("vertex-feature-store",),
    ),
    "an-environment-of-developers-beside-one-that-is-still-empty": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "infra/environments/prod/README.md": "Not yet.\n",
            "infra/environments/dev/main.tf": 'provider "google" {\n  region = var.region\n}\n\nvariable "region" {\n  default = "europe-west4"\n}\n',
        },
        uses=("llm",),
        facts={"target.region": "europe-west4"},
    ),
    "chunks-of-a-knowledge-base-in-terraform": Layout(
        files={
            "infra/main.tf": 'resource "aws_bedrockagent_knowledge_base" "desk" {\n  name = "desk"\n}\n\nresource "aws_bedrockagent_data_source" "papers" {\n  knowledge_base_id = aws_bedrockagent_knowledge_base.desk.id\n  data_source_configuration {\n    type = "S3"\n    s3_configuration {\n      bucket_arn = aws_s3_bucket.papers.arn\n    }\n  }\n  vector_ingestion_configuration {\n    chunking_configuration {\n      chunking_strategy = "FIXED_SIZE"\n      fixed_size_chunking_configuration {\n        max_tokens         = 320\n        overlap_percentage = 20\n      }\n    }\n  }\n}\n\nresource "aws_s3_bucket" "papers" {\n  bucket = "papers"\n}\n',
            "app/main.py": "import boto3\n\nruntime = boto3.client('bedrock-agent-runtime')\n\n\ndef answer(question):\n    return runtime.retrieve_and_generate(input={'text': question})\n",
            "requirements.txt": "boto3==1.35.0\n",
        },
        uses=("llm", "retrieval"),
        sources=("bedrock-knowledge-base", "s3"),
        facts={"retrieval.chunk_size": "320"},
    ),
    "a-name-for-an-embedder-where-none-is-set": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.70.0"}}\n',
            "src/embed.ts": 'import OpenAI from "openai";\n\nconst EMBEDDER_MODEL_FALLBACK = "voyage-multimodal-3";\n\nexport const embed = (text: string) => new OpenAI().embeddings.create({ model: process.env.EMBEDDER_MODEL ?? EMBEDDER_MODEL_FALLBACK, input: text });\n',
        },
        uses=("retrieval",),
        models=(("embedding", "voyage-multimodal-3"),),
    ),
    "addresses-that-files-with-nothing-else-ask": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.70.0", "axios": "^1.7.0"}}\n',
            "src/main.ts": 'import OpenAI from "openai";\nimport { rate } from "./rates";\n\nexport const answer = async () => new OpenAI().chat.completions.create({ model: "gpt-4o", messages: [{ role: "user", content: String(await rate()) }] });\n',
            "src/rates.ts": 'import axios from "axios";\n\nexport const rate = async () => axios.get("https://api.frankfurter.dev/v1/latest");\n',
        },
        uses=("llm",),
        hosts=("api.frankfurter.dev", "api.openai.com"),
    ),
    "results-of-an-index-under-any-name": Layout(
        files={
            "requirements.txt": "chromadb==0.5.0\nopenai==1.58.1\n",
            "app/rooms.py": "import chromadb\nfrom openai import OpenAI\n\nnear = 3\nrooms = chromadb.PersistentClient(path='kept').get_collection(name='rooms')\n\n\ndef answer(question):\n    found = rooms.query(query_texts=[question], n_results=near)\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': f'{question} {found}'}])\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        facts={"retrieval.top_k": "3"},
    ),
    "a-chart-whose-template-has-no-probes-and-no-limits": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "chart/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 0.1.0\n",
            "chart/values.yaml": "backend:\n  replicas: 2\n  image:\n    repository: registry.example.org/desk\n    tag: '1.4'\nfrontend:\n  image:\n    repository: registry.example.org/pages\n",
            "chart/templates/backend-deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-backend\nspec:\n  replicas: {{ .Values.backend.replicas }}\n  template:\n    spec:\n      containers:\n        - name: backend\n          image: '{{ .Values.backend.image.repository }}:{{ .Values.backend.image.tag }}'\n",
            "chart/templates/frontend-deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-frontend\nspec:\n  template:\n    spec:\n      containers:\n        - name: frontend\n          image: '{{ .Values.frontend.image.repository }}'\n          resources: {{ toYaml .Values.frontend.resources }}\n",
        },
        uses=("llm",),
        facts={
            "target.replicas": "2",
            "operations.readiness_probe": "False",
            "operations.resources_set": "False",
        },
    ),
    "a-chart-whose-template-says-when-it-is-ready": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "chart/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 0.1.0\n",
            "chart/values.yaml": "tag: '1.4'\n",
            "chart/templates/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: desk\nspec:\n  template:\n    spec:\n      containers:\n        - name: desk\n          image: registry.example.org/desk:{{ .Values.tag }}\n          readinessProbe:\n            httpGet:\n              path: /ready\n              port: 8080\n          resources:\n            {{- toYaml .Values.resources | nindent 12 }}\n",
        },
        uses=("llm",),
        facts={"operations.readiness_probe": "True"},
    ),
    "a-part-that-the-chart-leaves-out": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            "desk/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "guard-service/requirements.txt": "transformers==4.46.0\n",
            "guard-service/main.py": "import os\n\nfrom transformers import AutoModelForSequenceClassification\n\nguard = AutoModelForSequenceClassification.from_pretrained(os.getenv('GUARD_MODEL', 'meta-llama/Llama-Prompt-Guard-2-22M'))\n",
            "chart/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 0.1.0\n",
            "chart/values.yaml": "image:\n  registry: registry.example.org\n  desk: desk\n  guard: guard\nparts:\n  desk:\n    replicas: 3\n    resources: {}\n  letters:\n    replicas: 3\n    resources: {}\n  mockTickets:\n    replicas: 1\n    resources: {}\nguard:\n  enabled: false\n  replicas: 1\n  modelId: meta-llama/Llama-Prompt-Guard-2-22M\n",
            "chart/values-production.yaml": "parts:\n  desk:\n    timeout: 20\n",
            "chart/templates/guard-deployment.yaml": "{{- if .Values.guard.enabled }}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: guard\nspec:\n  template:\n    spec:\n      containers:\n        - name: guard\n          image: registry.example.org/guard:1.0\n          env:\n            - name: GUARD_MODEL\n              value: {{ .Values.guard.modelId }}\n{{- end }}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"target.replicas": "3"},
        asks=("the chart leaves that part out by default",),
        never=("Llama-Prompt-Guard-2-22M",),
    ),
    "a-program-for-training-that-is-still-empty": Layout(
        files={
            "requirements.txt": "scikit-learn==1.5.0\nfastapi==0.115.0\n",
            "src/training/train_model.py": "",
            "app/main.py": "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('rooms.joblib')\n\n\n@app.post('/price')\ndef price(row: list[float]) -> float:\n    return model.predict([row])[0]\n",
        },
        uses=("classic-ml",),
    ),
    "a-store-and-a-function-beside-a-cluster": Layout(
        files={
            "requirements.txt": "openai==1.58.1\n",
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "infra/cluster/main.tf": 'resource "google_container_cluster" "desk" {\n  name = "desk"\n}\n',
            "infra/words/variables.tf": 'variable "image" {\n  type    = string\n  default = "docker.io/getmeili/meilisearch:v1.11"\n}\n',
            "infra/words/main.tf": 'resource "google_cloud_run_v2_service" "words" {\n  name = "words"\n  template {\n    scaling {\n      min_instance_count = 1\n      max_instance_count = 2\n    }\n    containers {\n      image = var.image\n      resources {\n        limits = {\n          memory = "2Gi"\n        }\n      }\n    }\n  }\n}\n',
            "infra/starts/main.tf": 'resource "google_cloudfunctions2_function" "starts" {\n  name = "starts"\n  service_config {\n    available_memory = "256M"\n    timeout_seconds  = 60\n  }\n}\n',
            "infra/manifests/desk.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: desk\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n        - name: desk\n          image: registry.example.org/desk:1.2\n",
        },
        uses=("llm", "retrieval"),
        sources=("meilisearch",),
        facts={"target.service": "google-gke"},
        never=("256", "1 min", "2 GiB"),
    ),
}
