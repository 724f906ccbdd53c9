"""Replicas of pilots whose tools, agents and runs stand where another file, a service of a cloud or a pipeline hands them over."""

from __future__ import annotations

from layouts import Layout

HANDED_LAYOUTS: dict[str, Layout] = {
    "tools-of-a-server-in-a-module-of-its-own": Layout(
        files={
            "pyproject.toml": '[project]\nname = "stock-mcp"\ndependencies = ["mcp[cli]==1.9", "redis==5.2", "click==8.1"]\n',
            "src/common/server.py": "import importlib\nimport pkgutil\n\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('stock')\n\n\ndef load():\n    import src.tools as found\n\n    for _, name, _ in pkgutil.iter_modules(found.__path__):\n        importlib.import_module(f'src.tools.{name}')\n",
            "src/tools/shelves.py": "import redis\n\nfrom src.common.server import mcp\n\n\n@mcp.tool()\nasync def count_pieces(shelf: str) -> int:\n    return redis.Redis(host='store').llen(shelf)\n\n\n@mcp.tool()\nasync def delete_shelf(shelf: str) -> None:\n    redis.Redis(host='store').delete(shelf)\n",
            "examples/ask.py": "from agents import Agent, Runner\n\nagent = Agent(name='x', model='gpt-4o')\nRunner.run_sync(agent, 'how many?')\n",
        },
        uses=("agent",),
        sources=("redis",),
        tools={"count_pieces": "reads", "delete_shelf": "irreversible"},
        never=("gpt-4o",),
    ),
    "functions-of-a-cloud-that-are-tools": Layout(
        files={
            "requirements.txt": "azure-functions==1.23\n",
            "function_app.py": "import azure.functions as func\n\napp = func.FunctionApp()\n\n\n@app.mcp_tool()\ndef find_order(number: str) -> str:\n    return load(number)\n",
        },
        uses=("agent",),
        tools={"find_order": "reads"},
    ),
    "tools-of-a-server-in-c-sharp": Layout(
        files={
            "src/Notes/Notes.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="ModelContextProtocol.AspNetCore" Version="0.4.0" /></ItemGroup></Project>\n',
            "src/Notes/Program.cs": "var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddMcpServer().WithHttpTransport().WithToolsFromAssembly();\n",
            "src/Notes/NoteTool.cs": 'using ModelContextProtocol.Server;\n\n[McpServerToolType]\npublic class NoteTool(INotes notes)\n{\n    [McpServerTool(Name = "add_note", Title = "Add a note")]\n    public Task<Note> AddNoteAsync(Note note) => notes.Add(note);\n}\n',
        },
        uses=("agent",),
        tools={"add_note": "writes"},
    ),
    "a-server-of-tools-in-a-page-of-next": Layout(
        files={
            "package.json": '{"dependencies": {"@vercel/mcp-adapter": "0.11.1", "next": "15.3.0", "zod": "3.25.0"}}\n',
            "src/app/mcp/[transport]/route.ts": 'import { createMcpHandler } from "@vercel/mcp-adapter";\n\nconst handler = createMcpHandler((server) => {\n  server.tool("add_numbers", "adds", {}, async ({ a, b }) => ({ content: [] }));\n});\n\nexport { handler as GET, handler as POST };\n',
        },
        uses=("agent",),
        tools={"add_numbers": "reads"},
    ),
    "a-project-of-a-cloud-that-only-answers": Layout(
        files={
            "src/requirements.txt": "azure-ai-projects==1.0.0\nazure-ai-inference==1.0.0b9\nfastapi==0.115\n",
            "src/main.py": "from azure.ai.inference.aio import ChatCompletionsClient\nfrom azure.ai.projects.aio import AIProjectClient\n\nproject = AIProjectClient(endpoint='x', credential=None)\nchat = ChatCompletionsClient(endpoint='y', credential=None)\n\n\nasync def answer(messages):\n    return await chat.complete(model='m', messages=messages)\n",
        },
        uses=("llm",),
        hosts=("*.services.ai.azure.com",),
    ),
    "a-project-of-a-cloud-with-an-agent": Layout(
        files={
            "src/requirements.txt": "azure-ai-projects==1.0.0\n",
            "src/main.py": "from azure.ai.projects.aio import AIProjectClient\n\nproject = AIProjectClient(endpoint='x', credential=None)\n\n\nasync def start():\n    return await project.agents.create_agent(model='gpt-4o', name='guide', instructions='x')\n",
        },
        uses=("llm", "agent"),
    ),
    "an-agent-service-that-infrastructure-makes": Layout(
        files={
            "infra/project.bicep": "resource host 'Microsoft.CognitiveServices/accounts/projects/capabilityHosts@2025-04-01-preview' = {\n  name: 'agents'\n  properties: {\n    capabilityHostKind: 'Agents'\n  }\n}\n\nresource answers 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {\n  name: 'chat'\n  properties: {\n    model: {\n      format: 'OpenAI'\n      name: 'gpt-4o'\n      version: '2024-11-20'\n    }\n  }\n}\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
    ),
    "what-a-library-makes-without-tools": Layout(
        files={
            "requirements.txt": "langgraph==0.4\nlangchain-anthropic==0.3\n",
            "src/graph.py": 'from langgraph.prebuilt import create_react_agent\n\ngraph = create_react_agent("anthropic:claude-3-5-haiku-latest", tools=[], prompt="Be brief.")\n',
        },
        uses=("llm",),
    ),
    "a-graph-that-is-a-pipe-and-is-called-an-agent": Layout(
        files={
            "pyproject.toml": '[project]\nname = "search-agent"\ndescription = "A starting point"\ndependencies = ["langgraph>=0.4", "langchain-openai>=0.3"]\n',
            "src/graph.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.graph import StateGraph\n\nmodel = ChatOpenAI(model='gpt-4o')\nbuilder = StateGraph(dict)\nbuilder.add_node('ask', model.invoke)\nbuilder.add_edge('__start__', 'ask')\ngraph = builder.compile()\n",
        },
        uses=("llm",),
    ),
    "a-router-that-passes-on-texts-to-embed": Layout(
        files={
            "requirements.txt": "fastapi==0.115\nvllm==0.8\n",
            "router/main.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.post('/v1/chat/completions')\nasync def chats(request):\n    return await pass_on(request, '/v1/chat/completions')\n\n\n@router.post('/v1/embeddings')\nasync def vectors(request):\n    return await pass_on(request, '/v1/embeddings')\n",
            "router/jobs.py": "KNOWN = ['/v1/chat/completions', '/v1/embeddings']\n",
        },
        uses=("llm",),
    ),
    "a-client-of-spring-that-is-handed-over": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-anthropic</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/x/App.java": "package x;\n\nimport org.springframework.ai.chat.client.ChatClient;\n\nclass App {\n    ChatClient chatClient(ChatClient.Builder builder) {\n        return builder.build();\n    }\n}\n",
            "tools/src/main/java/x/Weather.java": 'package x;\n\nimport org.springframework.ai.tool.annotation.Tool;\n\nclass Weather {\n    @Tool(description = "the weather")\n    String getWeather(String city) {\n        return city;\n    }\n}\n',
        },
        uses=("llm", "agent"),
        tools={"getWeather": "reads"},
    ),
    "a-step-that-scores-rows": Layout(
        files={
            "requirements.txt": "sagemaker==2.230\nxgboost==2.1\n",
            "pipelines/train.py": "import xgboost\n\nmodel = xgboost.train({}, xgboost.DMatrix('rows.csv'))\n",
            "pipelines/pipeline.py": "import os\n\nfrom sagemaker.workflow.steps import ProcessingStep\n\nstep = ProcessingStep(\n    name='ScoreModel',\n    code=os.path.join('pipelines', 'score.py'),\n)\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "a-notebook-with-a-command-over-several-lines": Layout(
        files={
            "notebooks/fraud.ipynb": (
                '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n    "!cd jobs && gcloud functions deploy update \\\\\\n",\n    "--entry-point main \\\\\\n",\n    "--timeout 540s"\n   ]\n  },\n'
                '  {\n   "cell_type": "code",\n   "source": [\n    "from sklearn.linear_model import LogisticRegression\\n",\n    "model = LogisticRegression()\\n",\n    "model.fit(rows, labels)"\n   ]\n  }\n ],\n "nbformat": 4\n}\n'
            ),
        },
        uses=("classic-ml", "training"),
    ),
    "a-notebook-that-trains-in-one-expression": Layout(
        files={
            "README.md": "# Cards\n\nServes a model that finds fraud. Run `cards.ipynb` to train it.\n",
            "bentofile.yaml": "service: 'service:svc'\n",
            "service.py": "import bentoml\n\nmodel = bentoml.xgboost.get('cards:latest')\nsvc = bentoml.Service('cards', runners=[model.to_runner()])\n",
            "cards.ipynb": '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n    "import xgboost as xgb\\n",\n    "def train(depth):\\n",\n    "    return xgb.XGBClassifier(max_depth=depth).fit(rows, labels)"\n   ]\n  }\n ],\n "nbformat": 4\n}\n',
        },
        uses=("classic-ml", "training"),
    ),
    "an-engine-is-what-its-image-is-called": Layout(
        files={
            "docker-compose.yml": "services:\n  ollama:\n    image: ollama/ollama:0.12\n  api:\n    build: .\n    environment: {OLLAMA_CHAT_MODEL: 'gemma3:4b'}\n",
        },
        uses=("llm",),
        facts={"model.engine": "ollama"},
    ),
}
