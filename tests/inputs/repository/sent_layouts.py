"""Replicas of pilots that ask or tell somebody by a client, a list of feeds or a workspace, and of some that only could."""

from __future__ import annotations

from layouts import Layout

_CHAT = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)

SENT_LAYOUTS: dict[str, Layout] = {
    "feeds-that-a-list-names": Layout(
        files={
            "requirements.txt": "openai==1.50\nfeedparser==6.0\n",
            "app/main.py": (
                "import feedparser\n" + _CHAT + "\nPAPERS = [\n"
                + "".join(f"    {{'title': 'n{one}', 'address': 'https://paper{one}.press.org/rss/all'}},\n" for one in range(11))
                + "]\n\n\ndef read():\n    return [feedparser.parse(paper['address']) for paper in PAPERS]\n\n\nread()\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com", *(f"paper{one}.press.org" for one in range(11))),
    ),
    "a-feed-by-its-address": Layout(
        files={
            "requirements.txt": "openai==1.50\nfeedparser==6.0\n",
            "app/main.py": "import feedparser\n" + _CHAT + "\nHELP = 'https://help.press.org/feed'\nentries = feedparser.parse('https://news.press.org/latest').entries\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "news.press.org"),
        never=("help.press.org",),
    ),
    "runs-and-traces-that-are-sent-away": Layout(
        files={
            "requirements.txt": "openai==1.50\nagentops==0.3\nazure-monitor-opentelemetry==1.6\n",
            "app/main.py": "import agentops\nfrom azure.monitor.opentelemetry import configure_azure_monitor\n" + _CHAT + "\nagentops.init(tags=['x'])\nconfigure_azure_monitor()\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.agentops.ai", "*.in.applicationinsights.azure.com"),
    ),
    "messages-in-google-chat": Layout(
        files={
            "requirements.txt": "openai==1.50\ngoogle-api-python-client==2.150\n",
            "app/main.py": "from googleapiclient.discovery import build\n" + _CHAT + "\nspaces = build('chat', 'v1', credentials=None).spaces()\nspaces.messages().create(parent='x', body={}).execute()\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "chat.googleapis.com"),
    ),
    "a-gateway-of-tools-that-the-pilot-made-for-itself": Layout(
        files={
            "requirements.txt": "boto3==1.35\nrequests==2.32\n",
            "app/main.py": (
                "import boto3\nimport requests\n\nGATEWAY_URL = 'https://orders-k2j4h6.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp'\nrequests.post(GATEWAY_URL, json={})\n"
                "boto3.client('bedrock-runtime').converse(modelId='anthropic.claude-3-5-sonnet-20240620-v1:0', messages=[])\n"
            ),
        },
        uses=("llm",),
        hosts=("bedrock-runtime.*.amazonaws.com",),
        never=("orders-k2j4h6",),
    ),
    "a-web-hook-that-code-can-do-without": Layout(
        files={
            "requirements.txt": "openai==1.50\nrequests==2.32\n",
            "app/main.py": "import os\n\nimport requests\n" + _CHAT + "\n\ndef warn(text, to=None):\n    to = to or os.getenv('SLACK_WEBHOOK_URL')\n    if to:\n        requests.post(to, json={'text': text})\n\n\nwarn('x')\n",
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        asks=("hooks.slack.com (SLACK_WEBHOOK_URL holds a key",),
    ),
    "a-key-that-is-off-and-a-package-that-no-code-takes-in": Layout(
        files={
            "requirements.txt": "openai==1.50\npolygon-api-client==1.14\n",
            ".env.example": "OPENAI_API_KEY=\n# POLYGON_API_KEY=\n",
            "app/main.py": _CHAT,
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        never=("api.polygon.io",),
    ),
    "a-key-for-a-server-of-langgraph": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/langgraph-sdk": "1.8.0", "@langchain/core": "1.1.0", "next": "15.0.0"}}\n',
            ".env.example": "NEXT_PUBLIC_API_URL=http://localhost:2024\nLANGSMITH_API_KEY=\n",
            "src/app/api/route.ts": 'import { Client } from "@langchain/langgraph-sdk";\n\nexport const client = new Client({ apiKey: process.env.LANGSMITH_API_KEY, apiUrl: process.env.NEXT_PUBLIC_API_URL });\n',
        },
        uses=(),
        hosts=(),
        never=("api.smith.langchain.com",),
    ),
    "embeddings-of-voyage-and-a-client-of-bedrock-in-a-page": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "voyage-ai-provider": "2.0.0", "@ai-sdk/amazon-bedrock": "3.0.0"}}\n',
            "lib/models.ts": 'import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";\nimport { voyage } from "voyage-ai-provider";\n\nexport const bedrock = createAmazonBedrock({ region: process.env.AWS_REGION });\nexport const embedder = voyage.textEmbeddingModel("voyage-3");\n',
            "app/api/route.ts": 'import { embed, generateText } from "ai";\nimport { bedrock, embedder } from "@/lib/models";\n\nexport const POST = async () => {\n  await embed({ model: embedder, value: "x" });\n  return generateText({ model: bedrock("anthropic.claude-3-5-sonnet-20241022-v2:0"), prompt: "x" });\n};\n',
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "voyage-3"),),
        hosts=("api.voyageai.com", "bedrock-runtime.*.amazonaws.com"),
    ),
    "the-workspace-of-a-bundle": Layout(
        files={
            "databricks.yml": "bundle:\n  name: stock\ntargets:\n  dev:\n    default: true\n    workspace:\n      host: https://REPLACE_ME\n  prod:\n    workspace:\n      host: https://dbc-12ab34cd-56ef.cloud.databricks.com\n",
            "requirements.txt": "openai==1.50\n",
            "app/main.py": _CHAT,
        },
        uses=("llm",),
        hosts=("api.openai.com", "*.cloud.databricks.com"),
        never=("dbc-12ab34cd",),
    ),
    "stores-of-a-run-of-llama-stack": Layout(
        files={
            "shop-run.yaml": (
                "version: 2\nproviders:\n  vector_io:\n  - provider_id: pages\n    provider_type: inline::faiss\n    config: {}\n  - provider_id: ${env.MILVUS_URL:+milvus}\n    provider_type: remote::milvus\n"
                "    config: {}\nstorage:\n  backends:\n    kv_default:\n      type: kv_sqlite\n      db_path: /data/kv.db\n    sql_default:\n      type: sql_postgres\n      host: db\n"
            ),
            "requirements.txt": "llama-stack==0.3\nopenai==1.50\n",
            "app/main.py": _CHAT,
        },
        uses=("llm", "retrieval"),
        sources=("faiss", "sqlite", "postgresql"),
        never=("milvus",),
    ),
    "tables-of-a-catalogue": Layout(
        files={
            "requirements.txt": "boto3==1.35\nopenai==1.50\n",
            "app/main.py": "import boto3\n" + _CHAT + "\nglue = boto3.client('glue')\nprint(glue.get_tables(DatabaseName='shop'))\n",
        },
        uses=("llm",),
        sources=("glue",),
    ),
    "jobs-that-are-only-started": Layout(
        files={
            "requirements.txt": "boto3==1.35\nopenai==1.50\n",
            "app/main.py": "import boto3\n" + _CHAT + "\nboto3.client('glue').start_job_run(JobName='nightly')\n",
        },
        uses=("llm",),
        sources=(),
        never=("glue",),
    ),
    "an-index-that-langchain-loads-and-a-graph": Layout(
        files={
            "requirements.txt": "langchain==0.1\nopenai==1.50\nfaiss-cpu==1.8\nneo4j==5.20\n",
            "app/main.py": (
                "from langchain.graphs import Neo4jGraph\nfrom langchain.vectorstores import FAISS\n" + _CHAT + "\ngraph = Neo4jGraph(url='bolt://graph', username='x', password='x')\nindex = FAISS.load_local('index', None)\nprint(graph.query('x'), index.similarity_search('x'))\n"
            ),
        },
        uses=("llm", "retrieval"),
        sources=("faiss", "neo4j"),
    ),
    "a-family-with-its-size-in-a-section-of-training": Layout(
        files={
            "requirements.txt": "transformers==4.44\ntorch==2.4\n",
            "configs/config.yaml": "cerebras_13b:\n  learning_rate: 6e-6\n  model_name: cerebras/Cerebras-GPT-13B\n",
            "train.py": "import yaml\nfrom transformers import AutoModelForCausalLM, Trainer\n\nsettings = yaml.safe_load(open('configs/config.yaml'))['cerebras_13b']\nTrainer(model=AutoModelForCausalLM.from_pretrained(settings['model_name'])).train()\n",
        },
        uses=("llm", "training"),
        never=("api.cerebras.ai",),
    ),
    "a-crawler-that-settings-choose-among-others": Layout(
        files={
            "requirements.txt": "openai==1.50\nrequests==2.32\n",
            "config.yaml": 'crawler:\n  provider: "PlainCrawler"\n  config: {}\n',
            "app/crawlers/__init__.py": "from .far import FarCrawler\nfrom .plain import PlainCrawler\n\n__all__ = ['FarCrawler', 'PlainCrawler']\n",
            "app/crawlers/base.py": "class BaseCrawler:\n    def read(self, page):\n        raise NotImplementedError\n",
            "app/crawlers/far.py": "import requests\n\nfrom app.crawlers.base import BaseCrawler\n\n\nclass FarCrawler(BaseCrawler):\n    def read(self, page):\n        return requests.get(f'https://read.faraway.io/{page}').text\n",
            "app/crawlers/plain.py": "import requests\n\nfrom app.crawlers.base import BaseCrawler\n\n\nclass PlainCrawler(BaseCrawler):\n    def read(self, page):\n        return requests.get('https://pages.nearby.io/x').text\n",
            "app/main.py": "import yaml\n\nfrom app import crawlers\n" + _CHAT + "\nchosen = yaml.safe_load(open('config.yaml'))['crawler']['provider']\nprint(getattr(crawlers, chosen)().read('x'))\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "pages.nearby.io"),
        never=("read.faraway.io",),
    ),
    "a-module-of-a-template-that-its-entry-point-leaves-out": Layout(
        files={
            "azure.yaml": "name: shop\nservices:\n  api:\n    project: .\n    host: function\n",
            "infra/main.bicep": "param location string\nmodule api 'app/api.bicep' = {\n  name: 'api'\n}\n",
            "infra/app/api.bicep": "param location string = 'x'\nresource site 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'api'\n  kind: 'functionapp,linux'\n}\n",
            "infra/app/db.bicep": "module server '../core/database/server.bicep' = {\n  name: 'server'\n}\nresource kept 'Microsoft.Sql/servers@2023-08-01' = {\n  name: 'kept'\n}\n",
            "infra/core/database/server.bicep": "resource server 'Microsoft.Sql/servers@2023-08-01' = {\n  name: 'server'\n}\n",
            "requirements.txt": "openai==1.50\n",
            "app/main.py": _CHAT,
        },
        uses=("llm",),
        sources=(),
        never=("sqlserver",),
    ),
}  # fmt: skip
