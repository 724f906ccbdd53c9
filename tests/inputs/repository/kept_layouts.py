"""Replicas in which tools are kept in tables or marked by decorators of the program's own, and names of models label what another one answers."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_BOX = "from desk.base import Box, DeskTool\n\n\nclass {0}Box(Box):\n    def fill(self):\n        self.tools['{1}'] = DeskTool(name='{1}', description='Does it', handler=self.{1})\n"
_BICEP = "resource {0} 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {{\n  name: '{1}'\n  properties: {{\n    model: {{\n      name: '{1}'\n      format: 'OpenAI'\n      version: '{2}'\n    }}\n  }}\n}}\n"
_AZURE = "from autogen_ext.models.openai import AzureOpenAIChatCompletionClient\n\n\nclass Desk:\n    def __init__(self):\n        self.client = AzureOpenAIChatCompletionClient(model='gpt-4.1-2025-04-14', azure_deployment='gpt-4.1')\n        self.thinker = AzureOpenAIChatCompletionClient(\n            model='o4-mini-2025-04-16',\n            azure_deployment='o4-mini',\n        )\n\n    async def answer(self, q):\n        # return await self.thinker.create(q)\n        return await self.{0}.create(q)\n"

KEPT_LAYOUTS: dict[str, Layout] = {
    "tokenizers-and-labels-are-no-models": Layout(
        files={
            "requirements.txt": "openai==1.55.0\ntransformers==4.46.0\n",
            "desk/answer.py": "from openai import OpenAI\nfrom transformers import BertTokenizer\n\nWORDS = 'bert-base-cased'\ntokenizer = BertTokenizer.from_pretrained(WORDS)\n\n\ndef answer(q):\n    text = OpenAI().chat.completions.create(model='gpt-4o', messages=[q])\n    return {'text': text, 'model_used': 'claude-3-haiku-20240307'}\n",
            "desk/fetch.py": "from transformers import GPT2TokenizerFast\n\nWANTED = [{'given': {'cache_dir': 'hub', 'pretrained_model_name_or_path': 'gpt2'}, 'load': GPT2TokenizerFast.from_pretrained}]\n",
            "desk/key.py": "from langchain_openai import ChatOpenAI\n\n\ndef check_auth(key):\n    ChatOpenAI(model='gpt-3.5-turbo', api_key=key).invoke('Hello')\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("bert-base-cased", "gpt2", "claude-3-haiku-20240307", "gpt-3.5-turbo"),
    ),
    "weights-beside-a-tokenizer-are-a-model": Layout(
        files={
            "requirements.txt": "transformers==4.46.0\n",
            "desk/answer.py": "from transformers import AutoModelForCausalLM, AutoTokenizer\n\nNAME = 'Qwen/Qwen2.5-7B-Instruct'\ntokenizer = AutoTokenizer.from_pretrained(NAME)\nmodel = AutoModelForCausalLM.from_pretrained(NAME)\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen/Qwen2.5-7B-Instruct"),),
    ),
    "library-of-clients-beside-the-server": Layout(
        files={
            "libs/desk-server/requirements.txt": "openai==1.55.0\n",
            "libs/desk-server/answer.py": _ASKS,
            "libs/python-sdk/pyproject.toml": "[project]\nname = 'desk-client'\ndependencies = ['httpx']\n",
            "libs/python-sdk/desk_client/constants.py": "EMBEDDING_MODEL = 'bge-large-zh-v1.5'\nCHAT_MODEL = 'gpt-4o-mini'\n",
            "libs/python-sdk/desk_client/ask.py": "from desk_client.constants import CHAT_MODEL, EMBEDDING_MODEL\n\n\ndef ask(q, model=CHAT_MODEL, by=EMBEDDING_MODEL):\n    return q, model, by\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("bge-large-zh-v1.5", "gpt-4o-mini"),
    ),
    "library-alone-is-the-pilot": Layout(
        files={
            "python-sdk/requirements.txt": "openai==1.55.0\n",
            "python-sdk/desk/answer.py": _ASKS,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
    ),
    "deployments-that-code-does-not-ask": Layout(
        files={
            "requirements.txt": "autogen-ext==0.6.0\n",
            "backend/desk.py": _AZURE.format("client"),
            "infra/main.bicep": _BICEP.format("one", "gpt-4o", "2024-11-20")
            + _BICEP.format("two", "gpt-4.1", "2025-04-14"),
        },
        uses=("llm",),
        asks=(
            "one more model of chats is named apart from gpt-4.1: does production ask it? gpt-4.1-2025-04-14 (",
        ),
        never=("gpt-4o", "o4-mini-2025-04-16"),
    ),
    "field-that-is-read-holds-a-model": Layout(
        files={"requirements.txt": "autogen-ext==0.6.0\n", "backend/desk.py": _AZURE.format("thinker")},
        uses=("llm",),
        models=(("chat", "o4-mini-2025-04-16"),),
    ),
    "request-without-a-model-gets-one": Layout(
        files={
            "requirements.txt": "google-genai==1.20.0\n",
            "desk/shared.py": "from google import genai\n\n\ndef ask(request):\n    if not request.model:\n        request.model = 'gemini-2.0-flash'\n    return genai.Client().models.generate_content(model=request.model, contents=request.text)\n",
            "desk/answer.py": "from google import genai\n\n\ndef answer(q):\n    return genai.Client().models.generate_content(model='gemini-2.5-pro', contents=q)\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-2.5-pro"),),
        never=("gemini-2.0-flash",),
    ),
    "decorator-of-the-programs-own": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nlangchain==0.3.0\n",
            "desk/registry.py": "from langchain.agents import tool\n\nKEPT = {}\n\n\ndef regist_tool(*given, title=''):\n    def made(function):\n        KEPT[function.__name__] = tool(*given)(function)\n        return function\n    return made\n\n\ndef audit_tool(function):\n    return function\n",
            "desk/tools/letters.py": 'from desk.registry import audit_tool, regist_tool\n\n\n@regist_tool(title=\'Letters\')\ndef send_letter(to: str):\n    """Send a letter."""\n    return post(to)\n\n\n@audit_tool\ndef weigh(to: str):\n    return len(to)\n',
            "desk/tools/shelves.py": 'from ..registry import regist_tool\n\n\n@regist_tool(title=\'Shelves\')\ndef find_shelf(name: str):\n    """Find a shelf."""\n    return look(name)\n',
            "desk/answer.py": "from langchain.agents import create_tool_calling_agent\nfrom langchain_openai import ChatOpenAI\nfrom desk.registry import KEPT\nfrom desk.tools import letters, shelves\n\nagent = create_tool_calling_agent(ChatOpenAI(model='gpt-4o'), list(KEPT.values()))\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"send_letter": "irreversible", "find_shelf": "reads"},
        never=("weigh",),
    ),
    "tools-kept-in-tables": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nstrands-agents==1.0.0\nstrands-agents-tools==0.2.0\n",
            "desk/base.py": "class Box:\n    tools = {}\n\n\nclass DeskTool:\n    pass\n",
            "desk/letters.py": _BOX.format("Letter", "send_letter"),
            "desk/shelves.py": _BOX.format("Shelf", "find_shelf"),
            "desk/doors.py": _BOX.format("Door", "open_door"),
            "desk/library.py": "from strands_tools import file_read, shell\n\n\ndef get_tools():\n    tools = {'file_read': file_read}\n    tools |= {'shell': shell}\n    return tools\n",
            "desk/answer.py": "from strands import Agent\nfrom desk.letters import LetterBox\nfrom desk.library import get_tools\nfrom desk.shelves import ShelfBox\n\nboxes = [LetterBox(), ShelfBox()]\nagent = Agent(model='us.amazon.nova-lite-v1:0', tools=get_tools().values())\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "us.amazon.nova-lite-v1:0"),),
        tools={
            "send_letter": "irreversible",
            "find_shelf": "reads",
            "file_read": "reads",
            "shell": "irreversible",
        },
        never=("open_door",),
    ),
    "tool-counted-once": Layout(
        files={
            "requirements.txt": "crewai==0.80.0\nlangchain-openai==0.2\n",
            "desk/tools/films.py": "from crewai_tools import BaseTool\n\n\nclass FilmSearchTool(BaseTool):\n    name: str = 'Search films'\n    description: str = 'Films'\n\n    def _run(self, q):\n        return look(q)\n",
            "desk/agents.py": "from crewai import Agent\nfrom langchain_openai import ChatOpenAI\nfrom desk.tools.films import FilmSearchTool\n\n\nclass Desk:\n    def __init__(self):\n        self.filmTool = FilmSearchTool()\n\n    def agent(self):\n        return Agent(role='desk', llm=ChatOpenAI(model='gpt-4o'), tools=[self.filmTool])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"Search films": "reads"},
        never=("filmTool",),
    ),
    "tools-of-an-agent-in-sql-and-in-a-workflow": Layout(
        files={
            "requirements.txt": "nvidia-nat==1.2.0\n",
            "setup/agents.sql": 'CREATE OR REPLACE AGENT desk.main\n  FROM SPECIFICATION $$\n  models:\n    orchestration: claude-4-sonnet\n  tools:\n    - tool_spec:\n        type: "cortex_search"\n        name: "search_letters"\n        description: "Letters"\n  $$;\n',
            "configs/films.yml": "functions:\n  film_search:\n    _type: nat_retriever\n    retriever: films\n  spare:\n    _type: nat_retriever\nllms:\n  main:\n    _type: nim\n    model_name: meta/llama-3.1-70b-instruct\nworkflow:\n  _type: tool_calling_agent\n  llm_name: main\n  tool_names:\n    - film_search\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("snowflake",),
        tools={"search_letters": "reads", "film_search": "reads"},
        never=("spare",),
    ),
}
_WRAPPER = "import openai\n\n\nclass {0}:\n    def __init__(self, model_name: str = '{1}'):\n        self.model_name = model_name\n        self.client = openai.OpenAI()\n\n    def ask(self, q):\n        return self.client.chat.completions.create(model=self.model_name, messages=[q])\n"
KEPT_LAYOUTS |= {
    "page-and-table-of-classes-say-the-models": Layout(
        files={
            "requirements.txt": "streamlit==1.30.0\nlangchain==0.1.0\nopenai==1.6.0\n",
            "desk/page.py": "import streamlit as st\nfrom desk.ask import answer\n\nMODELS = ['gpt-3.5-turbo', 'gpt-4']\nmodel = st.selectbox('Model', options=MODELS)\nst.write(answer(model, st.text_input('Question')))\n",
            "desk/ask.py": "from langchain.chat_models import ChatOpenAI\n\n\ndef answer(model, q):\n    return ChatOpenAI(model=model).invoke(q)\n",
            "desk/index.py": "from langchain.embeddings import OpenAIEmbeddings\nfrom langchain.vectorstores.faiss import FAISS\nfrom desk.fakes import FakeEmbeddings\n\n\ndef index(kind, docs, **given):\n    known = {'openai': OpenAIEmbeddings, 'debug': FakeEmbeddings}\n    return FAISS.from_documents(docs, known[kind](**given)).similarity_search('q')\n",
            "desk/fakes.py": "class FakeEmbeddings:\n    pass\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "gpt-3.5-turbo"), ("embedding", "text-embedding-ada-002")),
    ),
    "class-that-is-made-says-its-default": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "desk/main.py": _WRAPPER.format("MainModel", "gpt-3.5-turbo"),
            "desk/spare.py": _WRAPPER.format("SpareModel", "gpt-4-turbo"),
            "desk/app.py": "from desk.main import MainModel\n\nanswer = MainModel().ask('Hello')\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-3.5-turbo"),),
        never=("gpt-4-turbo",),
    ),
    "model-under-the-name-of-its-deployment": Layout(
        files={
            "requirements.txt": "httpx==0.27.0\n",
            "desk/ask.py": "import os\nimport httpx\n\nLLM_MODEL = os.getenv('LLM_MODEL', 'nvcf:nvidia/llama-3.3-nemotron-super-49b-v1:dep-36lKV0I')\n\n\ndef ask(q):\n    return httpx.post('https://integrate.api.nvidia.com/v1/chat/completions', json={'model': LLM_MODEL, 'messages': [q]})\n",
        },
        uses=("llm",),
        models=(("chat", "nvidia/llama-3.3-nemotron-super-49b-v1"),),
    ),
    "agent-that-was-logged-is-no-classic-model": Layout(
        files={
            "requirements.txt": "mlflow==2.18.0\ndatabricks-langchain==0.1.0\n",
            "desk/agent.py": "from databricks_langchain import ChatDatabricks\n\nllm = ChatDatabricks(endpoint='databricks-meta-llama-3-3-70b-instruct')\nllm.invoke('Hello')\n",
            "desk/log.py": "import mlflow\nfrom mlflow.models.rag_signatures import ChatCompletionRequest\n\ninfo = mlflow.pyfunc.log_model(python_model='agent.py', artifact_path='agent', input_example=ChatCompletionRequest())\nmodel = mlflow.pyfunc.load_model(info.model_uri)\nmodel.predict({'q': 'Hello'})\n",
        },
        uses=("llm",),
    ),
    "program-of-one-run-writes-forecasts": Layout(
        files={
            "requirements.txt": "scikit-learn==1.5.0\njoblib==1.4.0\nsqlalchemy==2.0.0\npsycopg2==2.9.0\n",
            "desk/app.py": "import os\nimport joblib\nfrom sqlalchemy import create_engine\nfrom desk.rows import read_rows, write_predictions_to_table\n\n\ndef main():\n    engine = create_engine(os.environ['DB_URL'])\n    model = joblib.load('model.joblib')\n    write_predictions_to_table(engine, model.predict(read_rows(engine)))\n\n\nif __name__ == '__main__':\n    main()\n",
        },
        uses=("classic-ml", "batch"),
        sources=("postgresql",),
    ),
    "store-called-by-its-own-name": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nminio==7.2.0\n",
            "desk/files.py": "import os\nfrom minio import Minio\n\nstore = Minio(os.getenv('MINIO_ENDPOINT'), secure=False)\nstore.get_object('letters', 'one.txt')\n",
            "desk/answer.py": _ASKS,
        },
        uses=("llm",),
        sources=("minio",),
        models=(("chat", "gpt-4o"),),
    ),
    "databases-that-users-connect": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nsqlalchemy==2.0.0\npsycopg2==2.9.0\npymysql==1.1.0\nsnowflake-sqlalchemy==1.6.0\n",
            "desk/open.py": "from sqlalchemy import create_engine\n\n\ndef opened(address):\n    return create_engine(address)\n",
            "desk/answer.py": _ASKS,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        asks=("opens a SQL database whose address it is given",),
    ),
}
