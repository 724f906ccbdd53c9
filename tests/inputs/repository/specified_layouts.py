"""Replicas of pilots whose tools are specified beside the code or run by a provider, and of what only looks like a model or a search."""

from __future__ import annotations

from layouts import Layout

_MODEL = "from openai import OpenAI\n\nclient = OpenAI()\n"
_PLUGIN = 'from tools.base import Tool\n\n\nclass {name}(Tool):\n    def get_actions_metadata(self):\n        return [{{"name": "{tool}", "description": "does it", "parameters": {{"type": "object", "properties": {{}}}}}}]\n'
_ANSWERS = "import json\n\n\ndef turn(messages, call, result):\n    args = json.loads(call.function.arguments)\n    messages.append({'role': 'tool', 'tool_call_id': call.id, 'content': result})\n    return client.chat.completions.create(model='gpt-4o', messages=messages), args\n"

SPECIFIED_LAYOUTS: dict[str, Layout] = {
    "functions-that-a-file-of-json-specifies": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "config/harbour_function_specs.json": '[\n  {"type": "function", "function": {"name": "find_berth", "module": "harbour.berths", "description": "Finds a berth", "parameters": {"type": "object", "properties": {}}}},\n  {"type": "function", "function": {"name": "cancel_berth", "module": "harbour.berths", "description": "Cancels one", "parameters": {"type": "object", "properties": {}}}}\n]\n',
            "config/function_errors.json": '[{"name": "berth_not_found", "description": "no such berth"}]\n',
            "harbour/chat.py": _MODEL + "from pathlib import Path\n" + _ANSWERS,
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"find_berth": "reads", "cancel_berth": "irreversible"},
        never=("berth_not_found",),
    ),
    "agents-that-another-agent-calls-and-tools-that-openai-runs": Layout(
        files={
            "requirements.txt": "openai-agents==0.3\n",
            "app/desk.py": "from agents import Agent, CodeInterpreterTool, ImageGenerationTool\n\nfrom app.tools import PICTURES, PROGRAMS\n\nfinder = Agent(name='Finder', model='gpt-4.1', instructions='find')\ndesk = Agent(\n    name='Desk',\n    model='gpt-4.1',\n    tools=[\n        finder.as_tool(tool_name='ask_the_finder', tool_description='finds events'),\n        ImageGenerationTool(tool_config=PICTURES),\n        CodeInterpreterTool(tool_config=PROGRAMS),\n    ],\n)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        tools={"ask_the_finder": "unknown", "image_generation": "reads", "code_interpreter": "reads"},
    ),
    "what-a-model-of-google-may-use-by-itself": Layout(
        files={
            "package.json": '{"dependencies": {"@google/genai": "1.0.0"}}\n',
            "src/ask.ts": 'import { GoogleGenAI } from "@google/genai";\n\nconst ai = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });\nconst tools = [\n  { googleSearch: {} },\n  { urlContext: {} },\n];\n\nexport const ask = (contents: string) => ai.models.generateContent({ model: "gemini-2.5-flash", contents, config: { tools } });\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gemini-2.5-flash"),),
        tools={"googleSearch": "reads", "urlContext": "unknown"},
    ),
    "classes-of-fields-that-langchain-marks-as-tools": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\nlanggraph==0.2\n",
            "src/tools.py": 'from langchain_core.tools import tool\nfrom pydantic import BaseModel\n\n\n@tool\nclass Finished(BaseModel):\n    """The letter is written."""\n\n    done: bool\n\n\n@tool\ndef find_address(name: str) -> str:\n    """Find an address."""\n    return open(\'book\').read()\n',
            "src/graph.py": "from langchain_openai import ChatOpenAI\n\nfrom src.tools import Finished, find_address\n\nllm = ChatOpenAI(model='gpt-4o').bind_tools([find_address, Finished])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"Finished": "unknown", "find_address": "reads"},
    ),
    "plug-ins-of-which-a-setting-lists-those-that-are-on": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "tools/base.py": "class Tool:\n    pass\n",
            "tools/manager.py": "import importlib\n\n\ndef load_tool(tool_name):\n    return importlib.import_module(f'tools.{tool_name}')\n",
            **{
                f"tools/{name}.py": _PLUGIN.format(name=name.title(), tool=f"{name}_look")
                for name in ("tides", "ships", "winds", "ports", "cargo", "crews")
            },
            "settings.py": "class Settings:\n    #     DEFAULT_CHAT_TOOLS = ['crews']\n    DEFAULT_CHAT_TOOLS: list = [\n        'tides',\n        'ships',\n    ]\n\n\nsettings = Settings()\n",
            "chat.py": _MODEL
            + "from settings import settings\nfrom tools.manager import load_tool\n\ntools = [load_tool(name) for name in settings.DEFAULT_CHAT_TOOLS]\n"
            + _ANSWERS,
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"tides_look": "reads", "ships_look": "reads"},
        asks=("loaded by a name given at run time",),
        never=("crews_look", "winds_look"),
    ),
    "a-graph-whose-steps-ask-no-model-yet": Layout(
        files={
            "pyproject.toml": "[project]\nname = 'agent'\ndescription = 'Starter for an agent with LangGraph'\ndependencies = ['langgraph>=1.0']\n",
            "langgraph.json": '{"dependencies": ["."], "graphs": {"agent": "./src/agent/graph.py:graph"}}\n',
            "src/agent/graph.py": "from langgraph.graph import StateGraph\n\n\nasync def call_model(state):\n    return {'changeme': 'a fixed text'}\n\n\ngraph = StateGraph(dict).add_node(call_model).add_edge('__start__', 'call_model').compile()\n",
        },
        uses=(),
        asks=("pilot.uses",),
    ),
    "a-graph-that-calls-itself-agentic-and-chooses-its-way": Layout(
        files={
            "README.md": "# Agentic search of sailing rules\n\nIt looks rules up and decides itself when to search the web.\n",
            "requirements.txt": "langgraph==0.2\nlangchain-openai==0.2\nlangchain-chroma==0.1\n",
            "app/graph.py": "from langchain_chroma import Chroma\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\nfrom langgraph.graph import StateGraph\n\nstore = Chroma(embedding_function=OpenAIEmbeddings(model='text-embedding-3-small'))\nllm = ChatOpenAI(model='gpt-4o')\n\n\ndef route(state):\n    return llm.invoke(state['question']).content\n\n\ngraph = StateGraph(dict)\ngraph.add_node('look', lambda state: store.similarity_search(state['question']))\ngraph.add_conditional_edges('look', route, {'again': 'look', 'end': '__end__'})\napp = graph.compile()\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("chroma",),
        models=(("chat", "gpt-4o"), ("embedding", "text-embedding-3-small")),
    ),
    "an-endpoint-that-writes-text-and-one-that-writes-down-what-is-said": Layout(
        files={
            "functions/write/app.py": "import json\n\nimport boto3\n\nruntime = boto3.client('runtime.sagemaker')\n\n\ndef lambda_handler(event, context):\n    answer = runtime.invoke_endpoint(EndpointName=event['endpoint'], ContentType='application/json', Body=json.dumps({'inputs': event['prompt']}))\n    return json.loads(answer['Body'].read())[0]['generated_text']\n",
            "functions/hear/app.py": "import boto3\n\nPROBABILITY_OF_SILENCE = 0.2\nruntime = boto3.client('sagemaker-runtime')\n\n\ndef lambda_handler(event, context):\n    return runtime.invoke_endpoint(EndpointName='whisper', ContentType='audio/x-audio', Body=event['sound'])\n",
        },
        uses=("llm",),
    ),
    "a-function-with-packages-unpacked-beside-it-that-scores-in-one-run": Layout(
        files={
            "source/score/index.py": "import boto3\nimport numpy as np\n\n\ndef lambda_handler(event, context):\n    boto3.client('sagemaker').create_transform_job(TransformJobName='a', ModelName=event['model'])\n    return np.zeros(1).tolist()\n",
            "source/score/numpy/__init__.py": "__version__ = '1.0'\n",
            "source/score/pandas/io/gcs.py": "import gcsfs\n\nfs = gcsfs.GCSFileSystem()\n",
        },
        uses=("classic-ml", "batch"),
        sources=(),
    ),
    "a-store-of-logs-and-a-client-that-could-embed": Layout(
        files={
            "requirements.txt": "openai==1.50\nelasticsearch==8.15\nfastapi==0.115\n",
            "app/settings.py": "import os\n\nfrom elasticsearch import Elasticsearch\n\nELASTIC_LOGS = Elasticsearch(os.environ['ELASTIC_URL'])\n",
            "app/client.py": "from openai import OpenAI\n\n\nclass Client:\n    def __init__(self):\n        self.asked = OpenAI()\n\n    @span('client.make_embedding')\n    def make_embedding(self, text):\n        return self.asked.embeddings.create(model='text-embedding-3-small', input=text)\n\n    def answer(self, text):\n        return self.asked.chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': text}])\n",
            "app/main.py": "from fastapi import FastAPI\n\nfrom app.client import Client\nfrom app.settings import ELASTIC_LOGS\n\napp = FastAPI()\nclient = Client()\n\n\n@app.post('/ask')\ndef ask(text: str):\n    answer = client.answer(text)\n    ELASTIC_LOGS.create(index='chats', document={'text': text})\n    return answer\n",
        },
        uses=("llm",),
        sources=("elasticsearch",),
        models=(("chat", "gpt-4o"),),
    ),
    "tools-that-openai-runs-in-typescript": Layout(
        files={
            "package.json": '{"dependencies": {"@openai/agents": "0.1.0"}}\n',
            "src/desk.ts": 'import { Agent, codeInterpreterTool, webSearchTool } from "@openai/agents";\n\nexport const desk = new Agent({ name: "Desk", model: "gpt-4.1", instructions: "help", tools: [webSearchTool(), codeInterpreterTool()] });\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        tools={"web_search": "reads", "code_interpreter": "reads"},
        never=("webSearchTool",),
    ),
    "tools-that-azure-runs-in-c-sharp": Layout(
        files={
            "Desk.csproj": '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Azure.AI.Agents.Persistent" Version="1.0.0" /></ItemGroup></Project>\n',
            "Desk.cs": 'using Azure.AI.Agents.Persistent;\nusing Azure.Identity;\n\nnamespace Desk;\n\npublic class Desk\n{\n    public PersistentAgent Make(string address)\n    {\n        var client = new PersistentAgentsClient(address, new DefaultAzureCredential());\n        return client.Administration.CreateAgent(model: "gpt-4o", name: "Desk", instructions: "help", tools: [new CodeInterpreterToolDefinition()]);\n    }\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"code_interpreter": "reads"},
    ),
}
