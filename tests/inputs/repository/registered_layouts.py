"""Replicas of pilots whose tools stand in a register, and of choices that a switch has already made."""

from __future__ import annotations

from layouts import Layout

REGISTERED_LAYOUTS: dict[str, Layout] = {
    "an-enumeration-of-classes-that-are-tools": Layout(
        files={
            "requirements.txt": "openai-agents==0.1\nlangchain==0.3\nlangchain-community==0.3\n",
            "app/schemas.py": "from pydantic import BaseModel\n\n\nclass ToolDefinition(BaseModel):\n    name: str\n    description: str\n",
            "app/tools/__init__.py": 'from app.tools.names import Calendar\nfrom app.tools.search import WebSearch\nfrom app.tools.sums import Sums\nfrom app.tools.vectors import VectorStore\n\n__all__ = ["Calendar", "Sums", "VectorStore", "WebSearch"]\n',
            "app/tools/base.py": "class BaseTool:\n    pass\n",
            "app/tools/names.py": "from app.schemas import ToolDefinition\nfrom app.tools.base import BaseTool\n\nCALENDAR_ID = 'read_calendar'\n\n\nclass Calendar(BaseTool):\n    ID = CALENDAR_ID\n\n    @classmethod\n    def definition(cls):\n        return ToolDefinition(name=cls.ID, description='reads the calendar')\n",
            "app/tools/search.py": "from app.tools.base import BaseTool\n\n\nclass WebSearch(BaseTool):\n    ID = 'search_pages'\n",
            "app/tools/sums.py": "from app.tools.base import BaseTool\n\n\nclass Sums(BaseTool):\n    ID = 'add_up'\n",
            "app/tools/vectors.py": "from app.tools.base import BaseTool\nfrom langchain_community.vectorstores import Chroma\n\n\nclass VectorStore(BaseTool):\n    ID = 'vectors'\n\n    def call(self, pages, embedding):\n        return Chroma.from_documents(documents=pages, embedding=embedding)\n",
            "app/registry.py": "from enum import Enum\n\nfrom app.tools import Calendar, Sums, WebSearch\n\n\nclass Tool(Enum):\n    Calendar = Calendar\n    Sums = Sums\n    Search = WebSearch\n\n\ndef definitions():\n    return {one.value.ID: one.value.definition() for one in Tool}\n",
            "app/main.py": "from agents import Agent, Runner\n\nfrom app.registry import definitions\n\nagent = Agent(name='helper', model='gpt-4o-2024-08-06', tools=definitions())\nRunner.run_sync(agent, 'hello')\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={"read_calendar": "reads", "search_pages": "reads", "add_up": "writes"},
    ),
    "a-dictionary-of-classes-that-are-tools": Layout(
        files={
            "requirements.txt": "openai==1.59\nopenai-agents==0.1\n",
            "app/tools.py": "class Search:\n    enabled = True\n\n\nclass Weather:\n    enabled = True\n\n\nclass Pictures:\n    enabled = False\n\n\nTOOL_MAP = {\n    'Search': Search,\n    'Weather': Weather,\n    'Pictures': Pictures,\n}\n",
            "app/main.py": "from agents import Agent, Runner\n\nfrom app.tools import TOOL_MAP\n\nagent = Agent(name='helper', model='gpt-4o-2024-08-06', tools=[make(one) for one in TOOL_MAP.values()])\nRunner.run_sync(agent, 'hello')\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={"Search": "reads", "Weather": "reads", "Pictures": "unknown"},
    ),
    "a-tool-that-gives-an-answer-its-form": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.77.0"}}\n',
            "src/judge.ts": 'import OpenAI from "openai";\n\nconst moodTool = {\n  type: "function",\n  function: {\n    name: "comment_mood",\n    description: "Says what mood a comment shows",\n    parameters: schema,\n  },\n} satisfies OpenAI.ChatCompletionTool;\n\nexport const judge = (messages) =>\n  new OpenAI().chat.completions.create({\n    model: "gpt-4o-2024-08-06",\n    messages,\n    tools: [moodTool],\n    tool_choice: { function: { name: moodTool.function.name }, type: "function" },\n  });\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "a-size-in-the-arm-that-a-switch-does-not-take": Layout(
        files={
            "infra/variables.tf": 'variable "hosted_embeddings" {\n  type    = bool\n  default = true\n}\nvariable "embedding_vector_size" {\n  type    = string\n  default = "384"\n}\n',
            "infra/main.tf": 'resource "azurerm_linux_web_app" "app" {\n  app_settings = {\n    EMBEDDING_VECTOR_SIZE = var.hosted_embeddings ? 1536 : var.embedding_vector_size\n  }\n}\n',
            "scripts/variables.sh": "export TF_VAR_embedding_vector_size=$OPEN_VECTOR_SIZE\n",
            "requirements.txt": "openai==1.59\nazure-search-documents==11.5\n",
            "app.py": "import os\nfrom azure.search.documents import SearchClient\nfrom openai import AzureOpenAI\n\nSearchClient('x', 'y', None).search('q')\nSIZE = int(os.environ['EMBEDDING_VECTOR_SIZE'])\nAzureOpenAI().chat.completions.create(model=os.environ['MODEL'], messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        never=("retrieval.dims", "384"),
    ),
    "a-size-in-the-arm-that-a-switch-takes": Layout(
        files={
            "infra/variables.tf": 'variable "hosted_embeddings" {\n  type    = bool\n  default = false\n}\nvariable "embedding_vector_size" {\n  type    = string\n  default = "384"\n}\n',
            "infra/main.tf": 'resource "azurerm_linux_web_app" "app" {\n  app_settings = {\n    EMBEDDING_VECTOR_SIZE = var.hosted_embeddings ? 1536 : var.embedding_vector_size\n  }\n}\n',
            "requirements.txt": "openai==1.59\nazure-search-documents==11.5\n",
            "app.py": "import os\nfrom azure.search.documents import SearchClient\nfrom openai import AzureOpenAI\n\nSearchClient('x', 'y', None).search('q')\nSIZE = int(os.environ['EMBEDDING_VECTOR_SIZE'])\nAzureOpenAI().chat.completions.create(model=os.environ['MODEL'], messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        facts={"retrieval.dims": "384"},
    ),
    "programs-of-a-package-that-makes-data": Layout(
        files={
            "package.json": '{"workspaces": ["packages/*"]}\n',
            "packages/server/package.json": '{"name": "server", "dependencies": {"openai": "4.77.0", "express": "4.21.0"}}\n',
            "packages/server/src/index.ts": 'import express from "express";\nimport OpenAI from "openai";\n\nconst app = express();\napp.post("/chat", (request, response) =>\n  new OpenAI().chat.completions.create({ model: process.env.CHAT_MODEL, messages: request.body }),\n);\napp.listen(3000);\n',
            "packages/server/src/links.ts": 'export const pageOf = (path: string) => {\n  const siteBaseUrl = "https://registry.example.org/docs";\n  return siteBaseUrl + path;\n};\n',
            "packages/server/environments/production.yml": "service:\n  targetPort: 3000\nenv:\n  PORT: 3000\n  CHAT_MODEL: gpt-4.1-2025-04-14\nreplicaCount: 2\nresources:\n  limits:\n    memory: 2Gi\nautoscaling:\n  minReplicas: 1\n  maxReplicas: 5\n  metrics:\n    - type: Resource\nprobes:\n  enabled: true\n  readiness:\n    periodSeconds: 15\n",
            "packages/datasets/package.json": '{"name": "datasets", "dependencies": {"openai": "4.77.0"}}\n',
            "packages/datasets/src/answers.ts": 'import OpenAI from "openai";\n\nexport const answer = (messages) => new OpenAI().chat.completions.create({ model: "gpt-5-2025-08-07", messages });\n',
            "packages/checks/package.json": '{"name": "checks", "dependencies": {"openai": "4.77.0"}}\n',
            "packages/checks/src/bin/rewrite.ts": 'import OpenAI from "openai";\n\nnew OpenAI().chat.completions.create({ model: "gpt-4o-2024-08-06", messages: [] });\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-2025-04-14"),),
        facts={
            "model.name": "gpt-4.1-2025-04-14",
            "target.replicas": "2",
            "target.replicas_max": "5",
            "target.memory_limit": "2 GiB",
            "operations.readiness_probe": "True",
        },
        never=("gpt-5", "gpt-4o", "registry.example.org"),
    ),
    "an-environment-of-something-else-than-a-service": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
            "environments/production.yml": "name: production\nreplicas: 7\nenv:\n  region: north\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("target.replicas",),
    ),
    "a-probe-that-is-switched-off": Layout(
        files={
            "requirements.txt": "openai==1.59\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
            "environments/production.yml": "replicaCount: 3\nenv:\n  PORT: 3000\nprobes:\n  readiness:\n    enabled: false\n    path: /health\n",
        },
        uses=("llm",),
        facts={"target.replicas": "3"},
        never=("operations.readiness_probe",),
    ),
}
