"""Replicas of pilots of which a value is written where nothing reads it, or beside what answers: a question, or none."""

from __future__ import annotations

from layouts import Layout

WEIGHED_LAYOUTS: dict[str, Layout] = {
    "a-cap-that-infrastructure-sets-and-no-code-reads": Layout(
        files={
            "infra/main.bicep": "param location string\nvar settings = {\n  llm_max_tokens: '100'\n  top_k: '3'\n}\noutput LLM_MAX_TOKENS string = settings.llm_max_tokens\noutput TOP_K string = settings.top_k\n",
            "requirements.txt": "openai==1.59\nazure-search-documents==11.5\n",
            "app.py": "import os\nfrom azure.search.documents import SearchClient\nfrom openai import AzureOpenAI\n\nTOP = int(os.environ['TOP_K'])\nSearchClient('x', 'y', None).search('q', top=TOP)\nAzureOpenAI().chat.completions.create(model=os.environ['MODEL'], messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        facts={"retrieval.top_k": "3"},
        asks=("security.output_cap is not said: llm_max_tokens is 100 tok",),
        never=("security.output_cap",),
    ),
    "a-cap-behind-the-prefix-of-a-class-of-settings": Layout(
        files={
            ".env.example": "SEARCH_TOP_K=7\nCHAT_MAX_TOKENS=900\n",
            "requirements.txt": "openai==1.59\nqdrant-client==1.12\npydantic-settings==2.6\n",
            "settings.py": "from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\nclass Search(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='SEARCH_')\n    top_k: int\n\n\nclass Chat(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='CHAT_')\n    max_tokens: int\n",
            "app.py": "from openai import OpenAI\nfrom qdrant_client import QdrantClient\n\nfrom settings import Chat, Search\n\nQdrantClient('x').query_points('c', limit=Search().top_k)\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[], max_tokens=Chat().max_tokens)\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "7", "security.output_cap": "900 tok"},
    ),
    "an-example-for-developers-beside-what-is-deployed": Layout(
        files={
            ".env.example": "MODEL_PROVIDER=ollama\nMODEL=phi3:mini\nEMBEDDING_MODEL=nomic-embed-text\n",
            "infra/main.bicep": "resource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  kind: 'OpenAI'\n}\nresource chat 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  parent: account\n  name: 'chat'\n  properties: {\n    model: {\n      name: 'gpt-4o-mini'\n      version: '2024-07-18'\n    }\n  }\n}\nresource vectors 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  parent: account\n  name: 'vectors'\n  properties: {\n    model: {\n      name: 'text-embedding-3-large'\n      version: '1'\n    }\n  }\n}\nmodule app 'br/public:avm/res/app/container-app:0.8.0' = {\n  name: 'app'\n  params: {\n    scaleMinReplicas: 2\n    scaleMaxReplicas: 6\n  }\n}\n",
            "package.json": '{"dependencies": {"@llamaindex/openai": "0.1.52", "llamaindex": "0.9.1"}}\n',
            "app/api/chat/engine.ts": 'import { OpenAI, OpenAIEmbedding } from "@llamaindex/openai";\nimport { Settings, VectorStoreIndex } from "llamaindex";\n\nSettings.llm = new OpenAI({ model: process.env.MODEL });\nSettings.embedModel = new OpenAIEmbedding({ model: process.env.EMBEDDING_MODEL });\nexport const index = await VectorStoreIndex.init({});\nexport const engine = index.asQueryEngine();\n',
            "app/api/chat/route.ts": "import { Settings } from 'llamaindex';\n\nexport const maxDuration = 45;\nexport const POST = (request) => Settings.withCallbackManager(request, () => chat(request));\n",
            "app/api/sandbox/route.ts": "import { save } from '../chat/llamaindex/documents';\n\nexport const maxDuration = 60;\nexport const POST = (request) => save(run(request.code));\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-large")),
        facts={
            "target.replicas": "2",
            "target.replicas_max": "6",
            "operations.request_deadline": "45 s",
        },
        never=("nomic-embed-text",),
    ),
    "a-bot-beside-the-agent-that-runs-elsewhere": Layout(
        files={
            "pyproject.toml": '[project]\nname = "memory"\ndependencies = ["langgraph", "langchain-anthropic"]\n',
            "memory/graph.py": "from langchain_anthropic import ChatAnthropic\nfrom langchain_community.tools import DuckDuckGoSearchResults\n\nfrom langgraph.prebuilt import create_react_agent\n\nfinder = DuckDuckGoSearchResults(num_results=3)\ngraph = create_react_agent(ChatAnthropic(model='claude-3-5-sonnet-20240620'), tools=[finder])\n",
            "memory/tools.py": "from memory.graph import finder\n\ntools = [finder]\n",
            "bot/requirements.txt": "discord.py==2.3.2\n",
            "bot/Dockerfile": "FROM python:3.11-slim\nCOPY . .\nCMD python main.py\n",
            "bot/main.py": "import discord\n\nclient = discord.Client()\n",
            "bot/cloudbuild.yaml": "steps:\n  - name: gcr.io/google.com/cloudsdktool/cloud-sdk\n    args: [run, deploy, bot]\nsubstitutions:\n  _REGION: us-central1\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "claude-3-5-sonnet-20240620"),),
        tools={"duckduckgo_results_json": "reads"},
        never=("us-central1", "finder"),
    ),
    "limits-of-other-things-than-a-search": Layout(
        files={
            "requirements.txt": "openai==1.59\nqdrant-client==1.12\npsycopg==3.2\n",
            "config.py": "TOP_K = 4\nMAX_TOP_K = 50\n",
            "rows.py": "import psycopg\n\nCHUNK_SIZE = 500\n\n\ndef rows():\n    cursor = psycopg.connect('').cursor()\n    while part := cursor.fetchmany(CHUNK_SIZE):\n        yield part\n\n\ndef sentences(text):\n    return split_text(text)\n",
            "app.py": "from openai import OpenAI\nfrom qdrant_client import QdrantClient\n\nfrom config import MAX_TOP_K, TOP_K\n\nQdrantClient('x').query_points('c', limit=min(TOP_K, MAX_TOP_K))\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql", "qdrant"),
        facts={"retrieval.top_k": "4"},
        never=("retrieval.chunk_size",),
    ),
    "keys-of-providers-that-an-example-only-offers": Layout(
        files={
            ".env.example": "TAVILY_API_KEY=...\nSERPAPI_API_KEY=...\nANTHROPIC_API_KEY=...\nFIREWORKS_API_KEY=...\nOPENAI_API_KEY=...\nLANGCHAIN_API_KEY=...\n",
            "pyproject.toml": '[project]\nname = "agent"\ndependencies = ["langgraph>=0.2", "langchain>=0.3", "langchain-anthropic>=0.1", "tavily-python>=0.4"]\n',
            "src/agent/graph.py": "from langchain_community.tools.tavily_search import TavilySearchResults\nfrom langgraph.prebuilt import create_react_agent\n\ngraph = create_react_agent('anthropic:claude-3-5-haiku-latest', tools=[TavilySearchResults()])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "claude-3-5-haiku-latest"),),
        hosts=("api.anthropic.com", "api.tavily.com", "api.smith.langchain.com"),
        facts={"model.name": "claude-3-5-haiku-latest"},
        never=("api.fireworks.ai", "api.openai.com", "serpapi.com"),
    ),
    "machines-of-fly": Layout(
        files={
            "fly.toml": "app = 'helper'\nprimary_region = 'ams'\n\n[http_service]\n  min_machines_running = 1\n\n[[vm]]\n  memory = '1gb'\n",
            "requirements.txt": "openai==1.59\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        facts={"target.region": "ams", "target.replicas": "1", "target.memory_limit": "1 GiB"},
    ),
    "a-model-kept-under-a-label-and-a-tool-under-a-key": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/groq": "2.0.0"}}\n',
            "ai/providers.ts": 'import { groq } from "@ai-sdk/groq";\nimport { customProvider } from "ai";\n\nconst languageModels = {\n  "kimi-k2": groq("moonshotai/kimi-k2-instruct"),\n  "llama-3.1-8b-instant": groq("llama-3.1-8b-instant"),\n};\nexport const model = customProvider({ languageModels });\nexport const defaultModel = "kimi-k2";\n',
            "ai/tools.ts": 'import { tool } from "ai";\n\nexport const weatherTool = tool({ description: "x", inputSchema: y, execute: async () => ({}) });\n',
            "app/api/chat/route.ts": 'import { streamText } from "ai";\nimport { model } from "@/ai/providers";\nimport { weatherTool } from "@/ai/tools";\n\nexport const POST = (request) => streamText({ model: model.languageModel(request.model), tools: { getWeather: weatherTool } });\n',
        },
        uses=("llm", "agent"),
        asks=(
            "2 models of chats are named: which of them does production ask? moonshotai/kimi-k2-instruct (",
            ", llama-3.1-8b-instant (",
        ),
        facts={"agent.tools": "('getWeather',)"},
    ),
    "a-choice-in-bicep-of-which-both-branches-are-alike": Layout(
        files={
            "infra/main.bicep": "param host string\nparam modelName string = ''\nvar chat = {\n  modelName: !empty(modelName) ? modelName : startsWith(host, 'azure') ? 'gpt-4o' : 'gpt-4o'\n  version: '2024-08-06'\n  capacity: 40\n}\nmodule ai 'core/ai/openai.bicep' = {\n  name: 'ai'\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n        capacity: chat.capacity\n        model: {\n          name: chat.modelName\n          version: chat.version\n        }\n      }\n    ]\n  }\n}\n",
            "infra/core/ai/openai.bicep": "param deployments array = []\nresource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  kind: 'OpenAI'\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o", "model.version": "2024-08-06"},
    ),
    "a-chain-that-takes-the-model-of-its-library-beside-one-that-names-its-own": Layout(
        files={
            "requirements.txt": "langchain==0.2\nlangchain-openai==0.1\nlangchain-community==0.2\nPyGithub==2.3\n",
            "cypher.py": "from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model_name='gpt-4')\nprint(llm.invoke('x'))\n",
            "chain.py": "from langchain_community.vectorstores import Neo4jVector\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\n\nstore = Neo4jVector.from_existing_index(OpenAIEmbeddings())\nprint(ChatOpenAI(temperature=0).invoke(store.as_retriever().invoke('x')))\n",
            "deploy/start.py": "from github import Github\n\nGithub('x').get_repo('a/b').get_workflow('deploy.yml').create_dispatch('main')\n",
        },
        uses=("llm", "retrieval"),
        sources=("neo4j",),
        asks=("2 models of chats are named: which of them does production ask? gpt-4 (", ", gpt-3.5-turbo ("),
        never=("model.name",),
    ),
    "variables-that-a-cluster-keeps-and-addresses-that-java-asks": Layout(
        files={
            "k8s/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  AZURE_OPENAI_MODEL: gpt-35-turbo\n  other.conf: |\n    max_tokens=3\n",
            "k8s/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: app\n          image: own/app:v1\n          envFrom:\n            - configMapRef: {name: c}\n",
            "pom.xml": "<project><groupId>own</groupId><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-anthropic</artifactId><version>1.0.0</version></dependency></dependencies></project>",
            "src/main/resources/application.yml": "spring:\n  ai:\n    anthropic:\n      api-key: ${ANTHROPIC_API_KEY}\n",
            "src/main/java/Weather.java": 'import org.springframework.ai.chat.client.ChatClient;\nimport org.springframework.web.client.RestClient;\n\nclass Weather {\n  RestClient rest = RestClient.create();\n  Object ask(ChatClient client) {\n    rest.get().uri("https://api.open-meteo.com/v1/forecast?latitude={latitude}", 1).retrieve();\n    return client.prompt("x").call();\n  }\n}\n',
        },
        uses=("llm",),
        hosts=("api.open-meteo.com",),
        models=(("chat", "gpt-35-turbo"),),
    ),
    "clients-of-llamaindex-whose-packages-are-not-there": Layout(
        files={
            "requirements.txt": "llama-index-core==0.11\nllama-index-llms-azure-openai==0.2\n",
            "app.py": "import os\nfrom llama_index.core import Settings\n\n\ndef choose():\n    if os.environ['P'] == 'azure':\n        from llama_index.llms.azure_openai import AzureOpenAI\n\n        Settings.llm = AzureOpenAI(engine='gpt-4o')\n    else:\n        from llama_index.llms.anthropic import Anthropic\n\n        Settings.llm = Anthropic(model=os.environ['MODEL'])\n",
        },
        uses=("llm",),
        never=("security.egress[api.anthropic.com].name",),
    ),
    "what-a-deployment-is-called-beside-the-model-it-has": Layout(
        files={
            "infra/variables.tf": 'variable "model_name" {\n  default = "gpt-4o"\n}\n\nvariable "openai_judge_deployment_name" {\n  default = "gpt-4-eval"\n}\n\nvariable "openai_judge_model_name" {\n  default = "gpt-4"\n}\n',
            "requirements.txt": "openai==1.59\n",
            "app.py": "import os\nfrom openai import AzureOpenAI\n\nAzureOpenAI().chat.completions.create(model=os.environ['MODEL_NAME'], messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"), ("judge", "gpt-4")),
    ),
    "embeddings-of-a-provider-beside-weights-that-run-somewhere": Layout(
        files={
            "requirements.txt": "redisvl==0.4\nopenai==1.59\nsentence-transformers==3.0\n",
            "config.py": "import os\n\nSENTENCE_TRANSFORMER_MODEL = os.environ.get('SENTENCE_TRANSFORMER_MODEL', 'sentence-transformers/all-mpnet-base-v2')\nOPENAI_EMBEDDING_MODEL = os.environ.get('OPENAI_EMBEDDING_MODEL', 'text-embedding-ada-002')\n",
            "app.py": "import config\nfrom redisvl.index import SearchIndex\nfrom redisvl.query import VectorQuery\nfrom redisvl.utils.vectorize import HFTextVectorizer, OpenAITextVectorizer\n\nfirst = HFTextVectorizer(model=config.SENTENCE_TRANSFORMER_MODEL)\nsecond = OpenAITextVectorizer(model=config.OPENAI_EMBEDDING_MODEL)\nindex = SearchIndex.from_yaml('i.yaml')\nindex.query(VectorQuery(vector=first.embed('x'), vector_field_name='v', num_results=15))\n",
        },
        uses=("retrieval",),
        sources=("redis",),
        never=("model.hosting",),
    ),
}
