"""Replicas of bots and services in which names, keys and addresses stand beside what is used, and are told apart from it."""

from __future__ import annotations

from layouts import Layout

TOLD_LAYOUTS: dict[str, Layout] = {
    "a-project-of-tests-in-dotnet": Layout(
        files={
            "Shop.API/Shop.API.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <PackageReference Include="Microsoft.SemanticKernel" Version="1.65.0" />\n  </ItemGroup>\n</Project>\n',
            "Shop.API/Program.cs": "using Microsoft.SemanticKernel;\n\nvar builder = Kernel.CreateBuilder();\nbuilder.AddOpenAIChatCompletion(\n    modelId: settings.ModelId,\n    apiKey: settings.ApiKey,\n    endpoint: new Uri(settings.Endpoint));\n",
            "Shop.Tests/AnswerCollection.cs": 'using OpenAI.Chat;\n\npublic class AnswerCollection\n{\n    private const string ModelId = "gemini-2.5-flash";\n    public async Task Ask(HttpClient client) => await client.PostAsync("https://openrouter.ai/api/v1/chat/completions", null);\n}\n',
            "Shop.Tests/testsettings.json": '{"Providers": {"Other": {"Endpoint": "https://api.nanogpt.com/v1"}}}\n',
        },
        uses=("llm",),
        never=("gemini-2.5-flash", "nanogpt", "openrouter.ai", "api.openai.com"),
    ),
    "a-client-in-csharp-whose-options-give-an-address": Layout(
        files={
            "Chat.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <PackageReference Include="OpenAI" Version="2.4.0" />\n  </ItemGroup>\n</Project>\n',
            "Extensions.cs": "using OpenAI;\nusing OpenAI.Chat;\n\npublic static class Extensions\n{\n    public static ChatClient Made(string model, string key, string address) =>\n        new ChatClient(model, new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(address) });\n}\n",
        },
        uses=("llm",),
        never=("api.openai.com",),
    ),
    "plugins-that-no-file-names": Layout(
        files={
            "requirements.txt": "openai==1.58.1\nrequests\n",
            "bot/main.py": "import os\n\nfrom openai import OpenAI\nfrom manager import Manager\n\nmodel = os.environ.get('OPENAI_MODEL', 'gpt-4o')\nmanager = Manager(os.environ.get('PLUGINS', '').split(','))\nOpenAI().chat.completions.create(model=model, messages=[])\n",
            "bot/manager.py": "from plugins.rates import Rates\nfrom plugins.skies import Skies\nfrom plugins.clock import Clock\n\n\nclass Manager:\n    def __init__(self, names):\n        known = {'rates': Rates, 'skies': Skies, 'clock': Clock}\n        self.plugins = [known[name]() for name in names if name in known]\n",
            "bot/plugins/rates.py": "import requests\n\n\nclass Rates:\n    def run(self, asset):\n        return requests.get(f'https://api.coincap.io/v2/rates/{asset}').json()\n",
            "bot/plugins/skies.py": "import requests\n\n\nclass Skies:\n    def run(self):\n        return requests.get('https://api.open-meteo.com/v1/forecast').json()\n",
            "bot/plugins/clock.py": "class Clock:\n    def run(self):\n        return 0\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        asks=("3 plugins are loaded only where PLUGINS names them",),
        hosts=("api.openai.com",),
        never=("api.coincap.io", "api.open-meteo.com"),
    ),
    "plugins-that-a-file-names": Layout(
        files={
            ".env.example": "OPENAI_API_KEY=\nPLUGINS=rates\n",
            "requirements.txt": "openai==1.58.1\nrequests\n",
            "bot/main.py": "import os\n\nfrom openai import OpenAI\nfrom plugins import clock, rates, skies\n\nnames = os.environ.get('PLUGINS', '').split(',')\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
            "bot/plugins/rates.py": "import requests\n\n\ndef run(asset):\n    return requests.get('https://api.coincap.io/v2/rates').json()\n",
            "bot/plugins/skies.py": "def run():\n    return 0\n",
            "bot/plugins/clock.py": "def run():\n    return 0\n",
        },
        uses=("llm",),
        hosts=("api.coincap.io", "api.openai.com"),
    ),
    "a-protocol-of-openai-inside": Layout(
        files={
            "docker-compose.yml": "services:\n  api:\n    image: ghcr.io/abetlen/llama-cpp-python:v0.2.90\n  ui:\n    build: ./ui\n    environment:\n      - 'OPENAI_API_KEY=sk-XXXXXXXX'\n      - 'OPENAI_API_HOST=http://api:8000'\n",
            "ui/package.json": '{"dependencies": {"next": "13.2.4", "openai": "^3.2.1"}}\n',
            "ui/utils/const.ts": "export const OPENAI_API_HOST = process.env.OPENAI_API_HOST || 'https://api.openai.com';\n",
            "ui/pages/api/chat.ts": "import { OPENAI_API_HOST } from '../../utils/const';\n\nexport const ask = async (messages) => fetch(`${OPENAI_API_HOST}/v1/chat/completions`, { method: 'POST', body: JSON.stringify({ messages, max_tokens: 1000 }) });\n",
        },
        uses=("llm",),
        never=("api.openai.com",),
    ),
    "a-name-that-another-function-takes-apart": Layout(
        files={
            "requirements.txt": "langchain\nlangchain-google-vertexai\nlanggraph\nqdrant-client\npydantic-settings\n",
            "src/config.py": (
                "from langchain.chat_models import init_chat_model\nfrom langchain_google_vertexai import VertexAIEmbeddings\nfrom pydantic import Field\nfrom pydantic_settings import BaseSettings\n\n\n"
                "class Models(BaseSettings):\n    model: str = Field(default='google_vertexai/gemini-2.5-flash')\n    embeddings_model: str = Field(default='google_vertexai/text-embedding-005')\n\n"
                "    def chat(self):\n        provider, model = self.model.split('/', maxsplit=1)\n        return init_chat_model(model, model_provider=provider)\n\n"
                "    def embeddings(self):\n        provider, model = self.embeddings_model.split('/', maxsplit=1)\n        return VertexAIEmbeddings(model)\n"
            ),
            "src/search.py": "from qdrant_client import QdrantClient\n\nfrom config import Models\n\nclient = QdrantClient(host='index')\nclient.query_points(collection_name='notes', query=Models().embeddings().embed_query('x'))\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "gemini-2.5-flash"), ("embedding", "text-embedding-005")),
        facts={"model.name": "gemini-2.5-flash"},
    ),
    "keys-that-a-class-of-settings-takes-and-nothing-reads": Layout(
        files={
            ".env.example": "GROQ_API_KEY=\nANTHROPIC_API_KEY=\n# TWILIO_AUTH_TOKEN=\n",
            "requirements.txt": "langchain==0.2.17\nlangchain-groq==0.1.10\nlangchain-anthropic==0.1.22\npydantic-settings\n",
            "src/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    llm_model_name: str = 'llama-3.3-70b-versatile'\n    groq_api_key: str | None = None\n    anthropic_api_key: str | None = None\n    twilio_auth_token: str | None = None\n",
            "src/brain.py": "from langchain_groq import ChatGroq\n\nfrom config import Settings\n\n_GROQ_FALLBACK_MODEL = 'llama-3.3-70b-versatile'\n\n\ndef made(settings: Settings):\n    return ChatGroq(model=settings.llm_model_name or _GROQ_FALLBACK_MODEL, api_key=settings.groq_api_key)\n",
            "src/rows.py": "class Bot:\n    anthropic_api_key: str\n    twilio_auth_token: str\n\n    def shown(self):\n        return {'anthropic_api_key': self.anthropic_api_key, 'twilio_auth_token': self.twilio_auth_token}\n",
        },
        uses=("llm",),
        models=(("chat", "llama-3.3-70b-versatile"),),
        hosts=("api.groq.com",),
        never=("api.anthropic.com", "api.twilio.com", "fallback"),
    ),
    "tools-of-an-agent-in-a-field": Layout(
        files={
            "package.json": '{"dependencies": {"langchain": "^0.0.156", "openai": "^4.52.1"}}\n',
            "src/agent.ts": 'import { OpenAI } from "langchain/llms/openai";\nimport { SerpAPI } from "langchain/tools";\nimport { initializeAgentExecutor } from "langchain/agents";\n\nexport default class Agent {\n\ttools = [\n\t\tnew SerpAPI()\n\t];\n\tmodel = new OpenAI({ temperature: 0 });\n\tasked = async (query) => {\n\t\tconst executor = await initializeAgentExecutor(this.tools, this.model, "zero-shot-react-description", true);\n\t\treturn executor.call({ input: query });\n\t};\n}\n',
        },
        uses=("llm", "agent"),
        tools={"SerpAPI": "reads"},
        hosts=("serpapi.com",),
    ),
    "functions-on-supabase": Layout(
        files={
            "package.json": '{"dependencies": {"@supabase/supabase-js": "2.45.4", "openai": "4.52.1"}}\n',
            "vercel.json": '{"outputDirectory": "dist", "rewrites": [{"source": "/:path*", "destination": "/index.html"}]}\n',
            "railway.json": '{"deploy": {"startCommand": "node server.js"}}\n',
            "supabase/functions/answer/index.ts": 'import { createClient } from "https://esm.sh/@supabase/supabase-js@2.45.4";\nimport OpenAI from "openai";\n\nconst maxChunkChars = Number(Deno.env.get("KNOWLEDGE_CHUNK_CHARS") || 1400);\nconst chunkOverlapChars = Number(Deno.env.get("KNOWLEDGE_CHUNK_OVERLAP_CHARS") || 200);\nconst client = createClient(Deno.env.get("SUPABASE_URL"), Deno.env.get("SUPABASE_KEY"));\nexport const matched = (query_embedding) => client.rpc("match_chunks", { query_embedding, match_count: 5 });\nexport const embedded = new OpenAI().embeddings.create({ model: "text-embedding-3-small", input: "" });\nexport const asked = new OpenAI().chat.completions.create({ model: "gpt-4o-mini", messages: [] });\n',
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        facts={
            "target.service": "railway",
            "retrieval.chunk_size": "1,400",
            "retrieval.chunk_overlap": "200",
        },
        hosts=("*.supabase.co", "api.openai.com"),
        never=("vercel-functions",),
    ),
    "clients-of-chats-and-films": Layout(
        files={
            "package.json": '{"dependencies": {"whatsapp-web.js": "1.25.0", "openai": "4.52.1", "resend": "4.0.0", "youtube-transcript": "1.2.1"}}\n',
            "src/index.ts": 'import { Client, LocalAuth } from "whatsapp-web.js";\nimport OpenAI from "openai";\nimport { Resend } from "resend";\nimport { YoutubeTranscript } from "youtube-transcript";\n\nconst client = new Client({ authStrategy: new LocalAuth() });\nconst mail = new Resend(process.env.RESEND_API_KEY);\nconst said = await YoutubeTranscript.fetchTranscript(link);\nclient.on("message", async (message) => new OpenAI().chat.completions.create({ model: "gpt-4o-mini", messages: [] }));\n',
        },
        uses=("llm",),
        sources=("youtube",),
        hosts=("web.whatsapp.com", "api.resend.com", "www.youtube.com", "api.openai.com"),
    ),
    "a-bot-in-python-that-searches": Layout(
        files={
            "requirements.txt": "aiogram\nlangchain-google-community\nyoutube-transcript-api\nopenai\n",
            "bot.py": "from aiogram import Bot\nfrom langchain_google_community import GoogleSearchAPIWrapper\nfrom openai import OpenAI\nfrom youtube_transcript_api import YouTubeTranscriptApi\n\nbot = Bot(token='')\nfound = GoogleSearchAPIWrapper().results('x', num_results=3)\nsaid = YouTubeTranscriptApi().fetch('x')\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        },
        uses=("llm",),
        sources=("youtube",),
        hosts=("api.telegram.org", "customsearch.googleapis.com", "www.youtube.com"),
    ),
    "google-services-of-two-kinds": Layout(
        files={
            "requirements.txt": "google-api-python-client\nopenai\n",
            "bot.py": "from googleapiclient.discovery import build\nfrom openai import OpenAI\n\nsongs = build('youtube', 'v3', developerKey=key).search().list(q='x', part='snippet').execute()\npages = build('customsearch', 'v1', developerKey=key).cse().list(q='x').execute()\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        },
        uses=("llm",),
        sources=("youtube",),
        hosts=("api.openai.com", "customsearch.googleapis.com", "youtube.googleapis.com"),
        never=("www.googleapis.com",),
    ),
    "files-and-tables-on-supabase": Layout(
        files={
            "package.json": '{"dependencies": {"@supabase/supabase-js": "2.45.4", "openai": "4.52.1"}}\n',
            "src/take.ts": 'import { createClient } from "@supabase/supabase-js";\nimport OpenAI from "openai";\n\nconst client = createClient(process.env.SUPABASE_URL, process.env.SUPABASE_KEY);\nconst kept = await client.storage\n  .from("files")\n  .upload("a", body);\nconst rows = await client.from("notes").select("*");\nawait new OpenAI().chat.completions.create({ model: "gpt-4o-mini", messages: rows });\n',
        },
        uses=("llm",),
        sources=("postgresql", "supabase-storage"),
        hosts=("*.supabase.co",),
    ),
    "a-supabase-of-ones-own": Layout(
        files={
            "docker-compose.yml": "services:\n  app:\n    build: .\n    environment:\n      SUPABASE_URL: http://kong:8000\n",
            "requirements.txt": "supabase\nopenai\n",
            "app.py": "import os\n\nfrom openai import OpenAI\nfrom supabase import create_client\n\nclient = create_client(os.environ['SUPABASE_URL'], os.environ['SUPABASE_KEY'])\nrows = client.table('notes').select('*').execute()\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=rows)\n",
        },
        uses=("llm",),
        sources=("postgresql",),
        never=("supabase.co",),
    ),
    "sizes-below-what-they-are-of": Layout(
        files={
            "requirements.txt": "openai\nqdrant-client\npyyaml\n",
            "rag/settings.yaml": "ingestion:\n  chunking:\n    max_tokens: 350\n    overlap_tokens: 50\nsearch_default_top_n: 3\n",
            "rag/answer.py": "import yaml\nfrom openai import OpenAI\nfrom qdrant_client import QdrantClient\n\nsettings = yaml.safe_load(open('rag/settings.yaml'))\nfound = QdrantClient(host='index').query_points(collection_name='notes', query=[0.0])\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=found)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.chunk_size": "350", "retrieval.chunk_overlap": "50", "retrieval.top_k": "3"},
    ),
}
"""Name -> the files, and what an engineer would say about them."""
