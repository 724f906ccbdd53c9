"""Repositories in the small: what somebody else wrote or has to load, and services of clouds that code reaches."""

from __future__ import annotations

from layouts import Layout

_CHAT = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef answer(question):\n    return client.chat.completions.create(model='gpt-4.1-mini', messages=[{'role': 'user', 'content': question}])\n"

COPIED_LAYOUTS: dict[str, Layout] = {
    "a-bundle-holds-a-copy-of-pandas": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "source/desk/main.py": _CHAT,
            "source/desk/pandas/io/gcs.py": "import gcsfs\n\n\ndef get_filepath(path):\n    return gcsfs.GCSFileSystem().open(path)\n",
            "source/desk/pandas/core/frame.py": "CHUNK_SIZE = 4096\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
    ),
    "a-folder-is-called-after-a-package-and-is-the-pilots-own": Layout(
        files={
            "requirements.txt": "openai==1.90\nredis==6.0\n",
            "app/main.py": _CHAT + "\n\nfrom app.requests.leaves import keep\n",
            "app/requests/leaves.py": "import redis\n\n\ndef keep(question):\n    redis.Redis(host='cache').set('last', question)\n",
        },
        uses=("llm",),
        sources=("redis",),
    ),
    "packs-are-loaded-by-their-path": Layout(
        files={
            "requirements.txt": "openai==1.90\nrequests==2.32\n",
            "desk/core.py": "import importlib.util\nimport os\n\n\nclass Desk:\n    def load_pack(self, pack: str):\n        path = os.path.join(os.path.dirname(__file__), 'packs', pack + '.py')\n        self._load(path, pack)\n\n    def _load(self, path, name):\n        spec = importlib.util.spec_from_file_location(name, path)\n        module = importlib.util.module_from_spec(spec)\n        spec.loader.exec_module(module)\n",
            "desk/main.py": "from desk.core import Desk\n\ndesk = Desk()\ndesk.load_pack('usual/chat')\n",
            "desk/packs/usual/chat.py": _CHAT,
            "desk/packs/drafts/split.py": "from langchain_text_splitters import RecursiveCharacterTextSplitter\n\nsplitter = RecursiveCharacterTextSplitter(chunk_size=77000)\n\n\n@desk.register\ndef split(text):\n    return splitter.split_text(text)\n",
            "desk/packs/plugins/notes.py": "from openai import OpenAI\n\n\n@desk.register\ndef note(text):\n    return OpenAI().chat.completions.create(model='gpt-3.5-turbo', messages=[{'role': 'user', 'content': text}])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        never=("77000", "gpt-3.5-turbo"),
    ),
    "addresses-of-connectors-are-asked-about": Layout(
        files={
            "requirements.txt": "openai==1.90\nrequests==2.32\n",
            "app/main.py": _CHAT + "\n\nfrom app.connectors import drive, pages, points\n",
            "app/connectors/pages.py": "import requests\n\nTOKEN_API_URL = 'https://auth.leafpages.com/oauth/token'\n\n\ndef sign_in(code):\n    return requests.post(TOKEN_API_URL, json={'code': code})\n",
            "app/connectors/drive.py": "def sign_in(code):\n    return code\n",
            "app/connectors/points.py": "def sign_in(code):\n    return code\n",
        },
        uses=("llm",),
        asks=("auth.leafpages.com",),
    ),
    "services-of-amazon-are-asked-in-python": Layout(
        files={
            "requirements.txt": "boto3==1.40\n",
            "app/main.py": "import boto3\n\nruntime = boto3.client('runtime.sagemaker')\nevents = boto3.client('personalize-events')\nagents = boto3.client('bedrock-agent-runtime')\nmodels = boto3.client('bedrock-runtime')\n\n\ndef answer(question):\n    events.put_events(trackingId='T', eventList=[])\n    score = runtime.invoke_endpoint(EndpointName='leaves', Body=question)\n    agents.invoke_agent(agentId='A', inputText=question)\n    return models.converse(modelId='amazon.nova-pro-v1:0', messages=[{'role': 'user', 'content': [{'text': str(score)}]}])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "amazon.nova-pro-v1:0"),),
        hosts=("runtime.sagemaker.*.amazonaws.com", "personalize-events.*.amazonaws.com", "bedrock-agent-runtime.*.amazonaws.com", "bedrock-runtime.*.amazonaws.com"),
    ),
    "an-index-is-read-from-a-file-and-rows-from-azure": Layout(
        files={
            "requirements.txt": "openai==1.90\nfaiss-cpu==1.11\npyodbc==5.2\ntorch==2.7\ngoogle-cloud-bigquery==3.34\n",
            "app/main.py": _CHAT + "\n\nfrom app.rows import find, rows\nfrom app.voice import model\n",
            "app/rows.py": "import faiss\nimport pyodbc\nfrom google.cloud import bigquery\n\nindex = faiss.read_index('leaves.index')\nDSN = 'DRIVER={driver};SERVER=tcp:{server}.database.windows.net,1433;DATABASE={database}'\n\n\ndef find(vector):\n    return index.search(vector, 4)\n\n\ndef rows(server):\n    bigquery.Client().query('select 1')\n    return pyodbc.connect(DSN.format(driver='ODBC', server=server, database='leaves'))\n",
            "app/voice.py": "import torch\n\nmodel, _ = torch.hub.load('snakers4/silero-vad', 'silero_vad')\n",
        },
        uses=("llm", "retrieval"),
        sources=("faiss", "sqlserver", "bigquery"),
        hosts=("*.database.windows.net", "bigquery.googleapis.com", "github.com"),
    ),
    "an-index-in-a-file-that-a-setting-chooses": Layout(
        files={
            "requirements.txt": "openai==1.90\nfaiss-cpu==1.11\npydantic-settings==2.9\n",
            "app/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    VECTOR_STORE: str = 'faiss'\n",
            "app/main.py": _CHAT + "\n\nfrom app.settings import Settings\n\nSTORE = Settings().VECTOR_STORE\n",
        },
        uses=("llm", "retrieval"),
        sources=("faiss",),
    ),
    "clients-of-services-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"exa-js": "2.0.11", "@mendable/firecrawl-js": "1.16.0", "openai": "5.0.0", "@aws-sdk/client-transcribe-streaming": "3.1.0", "@langchain/community": "0.3.1"}}',
            "src/main.ts": "import Exa from 'exa-js';\nimport FirecrawlApp from '@mendable/firecrawl-js';\nimport OpenAI from 'openai';\nimport { BraveSearch } from '@langchain/community/tools/brave_search';\nimport { TranscribeStreamingClient } from '@aws-sdk/client-transcribe-streaming';\n\nconst exa = new Exa(process.env.EXA_API_KEY);\nconst pages = new FirecrawlApp({ apiKey: process.env.FIRECRAWL_KEY });\nconst voice = new TranscribeStreamingClient({});\nconst client = new OpenAI();\n\nexport async function answer(question: string) {\n  const loader = new BraveSearch({ apiKey: process.env.BRAVE_KEY });\n  const found = await loader.call(question);\n  await exa.search(question);\n  await pages.search(question);\n  return client.chat.completions.create({ model: 'gpt-4.1-mini', messages: [{ role: 'user', content: found }] });\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        hosts=("api.exa.ai", "api.firecrawl.dev", "transcribestreaming.*.amazonaws.com", "api.search.brave.com"),
    ),
    "stores-in-ruby": Layout(
        files={
            "Gemfile": "source 'https://rubygems.org'\ngem 'rails'\ngem 'pg'\ngem 'sidekiq'\ngem 'bunny'\ngem 'google-cloud-bigquery'\ngem 'ruby-openai'\n",
            "db/schema.rb": 'ActiveRecord::Schema[8.0].define(version: 1) do\n  enable_extension "pg_catalog.plpgsql"\nend\n',
            "config/initializers/sidekiq.rb": "Sidekiq.configure_server do |config|\n  config.redis = { url: ENV['REDIS_URL'] }\nend\n",
            "app/services/answer.rb": "class Answer\n  def call(question)\n    rows = Google::Cloud::Bigquery.new.query('select 1')\n    Bunny.new.start\n    OpenAI::Client.new.chat(parameters: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: question }] })\n  end\nend\n",
        },
        uses=("llm",),
        sources=("postgresql", "redis", "bigquery", "rabbitmq"),
        models=(("chat", "gpt-4.1-mini"),),
    ),
}  # fmt: skip
