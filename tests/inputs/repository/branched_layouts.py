"""Replicas of pilots whose settings, charts and conditions say what is off, and which of two clouds is asked."""

from __future__ import annotations

from layouts import Layout

BRANCHED_LAYOUTS: dict[str, Layout] = {
    "gemini-over-vertex-by-a-setting": Layout(
        files={
            "requirements.txt": "google-adk==1.2\npydantic-settings==2.3\n",
            "desk/config.py": (
                "from pydantic import Field\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n"
                "    google_genai_use_vertexai: bool = Field(default=True, alias='GOOGLE_GENAI_USE_VERTEXAI')\n"
                "    desk_model: str = Field(default='gemini-2.5-flash', alias='DESK_MODEL')\n"
                "    registry_enabled: bool = Field(default=False, alias='REGISTRY_ENABLED')\n"
            ),
            "desk/agent.py": (
                "from google.adk.agents import Agent\nfrom desk.config import Settings\nfrom desk.tools import generate_cloud_run_page, list_pages, look_up_registry\n\nsettings = Settings()\n"
                "agent_tools = [generate_cloud_run_page, list_pages]\n\nif settings.registry_enabled:\n    agent_tools.extend([look_up_registry])\n\n"
                "root_agent = Agent(name='desk', model=settings.desk_model, tools=[*agent_tools])\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gemini-2.5-flash"),),
        tools={"generate_cloud_run_page": "unknown", "list_pages": "reads"},
        hosts=("*-aiplatform.googleapis.com",),
        asks=("look_up_registry counts only where registry_enabled is turned on",),
        never=("generativelanguage", "high_impact_tools"),
    ),
    "gemini-over-vertex-by-the-program": Layout(
        files={
            "requirements.txt": "google-adk==1.2\ngoogle-genai==1.20\n",
            "app/start.py": (
                "import os\nfrom google.genai import Client\n\n\ndef make(project):\n    if project:\n        os.environ['GOOGLE_GENAI_USE_VERTEXAI'] = 'true'\n"
                "        return Client(vertexai=True, project=project, location='europe-west4')\n    return Client(api_key=os.environ['SOME_KEY'])\n"
            ),
            "app/agent.py": (
                "from google.adk.agents import LlmAgent\n\n\ndef _tools_of(service) -> list:\n    async def find_shops(town: str) -> list:\n        return await service.find(town)\n\n"
                "    async def book_table(shop: str) -> dict:\n        return await service.book(shop)\n\n    return [find_shops, book_table]\n\n\n"
                "def build(service):\n    return LlmAgent(name='shops', model='gemini-2.5-flash', tools=_tools_of(service))\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gemini-2.5-flash"),),
        tools={"find_shops": "reads", "book_table": "writes"},
        hosts=("*-aiplatform.googleapis.com",),
        never=("generativelanguage",),
    ),
    "tools-that-a-function-registers": Layout(
        files={
            "package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "1.12.0", "zod": "3.23.0"}}',
            "server.js": (
                "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nimport { registerShips } from './tools/ships.js';\n"
                "const server = new McpServer({ name: 'harbour', version: '1' });\nregisterShips(server);\n"
            ),
            "tools/ships.js": (
                "import { z } from 'zod';\n\nexport function registerShips(server) {\n  server.registerTool(\n    'list_ships',\n    { description: 'Ships in the harbour', inputSchema: { quay: z.string() } },\n"
                "    async ({ quay }) => ({ content: [{ type: 'text', text: quay }] })\n  );\n}\n"
            ),
        },
        uses=("agent",),
        tools={"list_ships": "reads"},
    ),
    "sources-of-integration-tests": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><artifactId>spring-ai-starter-model-openai</artifactId></dependency></dependencies></project>\n",
            "src/main/resources/application.yml": "spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: gpt-4o-2024-08-06\n",
            "src/it/scala/desk/QueueTest.scala": "package desk\n\nimport org.apache.kafka.clients.consumer.KafkaConsumer\n\nclass QueueTest {\n  def read = new KafkaConsumer[String, String](null)\n}\n",
            ".github/compose-services.yaml": "services:\n  redis:\n    image: redis:7.2\n  kafka:\n    image: docker.io/bitnami/kafka:3.3\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
    ),
    "script-that-a-page-loads": Layout(
        files={
            "requirements.txt": "gradio==5.0\nopenai==1.40\n",
            "app.py": "import gradio as gr\nfrom openai import OpenAI\n\nwidgets_url = 'https://unpkg.com/@harbour/widgets@0.1'\npage = f'<script src=\"{widgets_url}\"></script>'\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("unpkg",),
    ),
    "tools-behind-a-flag-and-hints": Layout(
        files={
            "pyproject.toml": "[project]\nname = 'harbour-mcp'\ndependencies = ['fastmcp==2.10', 'click==8.1']\n",
            "src/harbour_mcp/__init__.py": (
                "import click\nfrom harbour_mcp.server import build\n\n\n@click.command()\n@click.option('--allow-switch-ports', is_flag=True, help='Off by default.')\n"
                "@click.option('--read-write', is_flag=True)\n@click.option('--query-timeout', type=int, default=-1)\n"
                "def main(allow_switch_ports: bool, read_write: bool, query_timeout: int):\n    build(allow_switch_ports, not read_write).run()\n"
            ),
            "src/harbour_mcp/server.py": (
                "from fastmcp import FastMCP\n\n\ndef build(allow_switch_ports: bool = False, read_only: bool = True):\n    mcp = FastMCP('harbour')\n"
                "    hints = {'readOnlyHint': read_only, 'destructiveHint': not read_only}\n    looks = {'readOnlyHint': True}\n    changes = {'readOnlyHint': False}\n\n"
                "    @mcp.tool(name='execute_query', annotations=hints)\n    def execute_query(sql: str) -> str:\n        return ask(sql)\n\n"
                "    @mcp.tool(annotations=looks)\n    def ships_at_quay(quay: str) -> str:\n        return ask(quay)\n\n"
                "    @mcp.tool(annotations=changes)\n    def close_list_of_ships(quay: str) -> str:\n        return ask(quay)\n\n"
                "    if allow_switch_ports:\n\n        @mcp.tool()\n        def switch_port(path: str) -> str:\n            return ask(path)\n\n    return mcp\n"
            ),
        },
        uses=("agent",),
        tools={"execute_query": "unknown", "ships_at_quay": "reads", "close_list_of_ships": "writes"},
        asks=("switch_port counts only where allow_switch_ports is turned on",),
        never=("high_impact_tools", "switch_port"),
    ),
    "model-that-infrastructure-hands-on-from-settings": Layout(
        files={
            "requirements.txt": "aws-cdk-lib==2.150\nPyYAML==6.0\n",
            "config.yaml": "bedrock:\n  small_text_model: us.amazon.nova-lite-v1:0\nlambda:\n  memory: 1024\n",
            "infra/stack.py": (
                "from aws_cdk import aws_lambda as lambda_\nfrom infra.config import settings\n\n\ndef make(scope):\n    lambda_.Function(scope, 'Extract', handler='main.handler', code=lambda_.Code.from_asset('functions'),\n"
                "                     environment={'SMALL_TEXT_MODEL': settings.SMALL_TEXT_MODEL})\n"
            ),
            "functions/main.py": (
                "import json\nimport os\nimport boto3\n\nbedrock = boto3.client('bedrock-runtime')\nSMALL_TEXT_MODEL = os.environ['SMALL_TEXT_MODEL']\n\n\n"
                "def handler(event, context):\n    return bedrock.invoke_model(modelId=SMALL_TEXT_MODEL, body=json.dumps(event))\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "us.amazon.nova-lite-v1:0"),),
        never_asks=("which no file of the repository sets",),
    ),
    "address-that-is-only-logged": Layout(
        files={
            "requirements.txt": "openai==1.40\n",
            "app.py": (
                "import logging\nfrom openai import OpenAI\n\nlogger = logging.getLogger('orders')\n\n\ndef send(order):\n    orders_url = 'https://orders.of-others.io/v1/orders'\n"
                "    logger.info('[MADE UP] POST %s %s', orders_url, order)\n    return {'status': 'created'}\n\n\n"
                "def answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("of-others",),
    ),
    "maker-whose-class-is-named-by-its-path": Layout(
        files={
            "pyproject.toml": "[project]\nname = 'sheets'\ndependencies = ['google-genai==1.20', 'anthropic==0.60', 'openai==1.40', 'fastapi==0.115']\n",
            "sheets/services/gemini.py": "from google import genai\n\nmodel_name = 'gemini-2.0-flash'\n\n\nclass GeminiService:\n    def ask(self, key):\n        return genai.Client(api_key=key).models.generate_content(model=model_name, contents='')\n",
            "sheets/services/claude.py": "import anthropic\n\n\nclass ClaudeService:\n    def ask(self, key):\n        return anthropic.Anthropic(api_key=key).messages.create(model='claude-3-7-sonnet-20250219', max_tokens=900, messages=[])\n",
            "sheets/services/openai.py": "import openai\n\n\nclass OpenAIService:\n    def ask(self, key):\n        return openai.OpenAI(api_key=key).chat.completions.create(model='gpt-4o-mini', messages=[])\n",
            "sheets/services/__init__.py": "",
            "sheets/services/azure_openai.py": "from openai import AzureOpenAI\n\n\nclass AzureService:\n    def ask(self, key):\n        return AzureOpenAI(api_key=key).chat.completions.create(model='gpt-4o', messages=[])\n",
            "sheets/config.py": "import importlib\n\n\ndef service_of(options):\n    named = options.get('service') or 'sheets.services.gemini.GeminiService'\n    module, _, name = named.rpartition('.')\n    return getattr(importlib.import_module(module), name)\n",
            "sheets/app.py": "from fastapi import FastAPI\nfrom sheets.config import service_of\n\napp = FastAPI()\nservice = service_of({})\n",
        },
        uses=("llm",),
        models=(("chat", "gemini-2.0-flash"),),
        hosts=("generativelanguage.googleapis.com",),
        never=("claude-3-7", "gpt-4o-mini", "api.anthropic.com", "api.openai.com"),
        never_asks=("nothing chooses these",),
    ),
    "agent-that-is-taken-in-and-not-used": Layout(
        files={
            "pyproject.toml": "[project]\nname = 'cards'\ndependencies = ['google-adk==1.2']\n",
            "src/demo_cards/plain/agent.py": "from google.adk.agents import Agent\n\n\ndef shuffle_all(deck: str) -> str:\n    return deck\n\n\nroot_agent = Agent(name='plain', model='gemini-2.0-flash', tools=[shuffle_all])\n",
            "src/demo_cards/plain/__init__.py": "from . import agent\n",
            "src/demo_cards/dealer/agent.py": "from google.adk.agents import Agent\nfrom demo_cards.names import Models\n\n\ndef get_hand(player: str) -> str:\n    return player\n\n\nroot_agent = Agent(name='dealer', model=Models.QUICK_MODEL, tools=[get_hand])\n",
            "src/demo_cards/names.py": "class Models:\n    THINKING_MODEL = 'gemini-2.5-pro'\n    QUICK_MODEL = 'gemini-2.5-flash'\n",
            "src/demo_cards/main.py": "from demo_cards.plain.agent import root_agent as plain_agent\nfrom demo_cards.dealer.agent import root_agent as dealer_agent\n\n\ndef answering():\n    return dealer_agent\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gemini-2.5-flash"),),
        tools={"get_hand": "reads"},
        never=("gemini-2.0-flash", "gemini-2.5-pro", "shuffle_all"),
    ),
    "properties-that-replace-what-a-class-has": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>\n",
            "src/main/resources/application.properties": "llm.groq.model=llama-3.3-70b-versatile\nllm.groq.url=https://api.groq.com/openai/v1\n",
            "src/main/java/desk/GroqProperties.java": 'package desk;\n\n@Configuration\n@ConfigurationProperties(prefix = "llm.groq")\npublic class GroqProperties {\n  private String model = "llama-3.1-70b-versatile";\n}\n',
            "src/main/java/desk/GroqService.java": 'package desk;\n\nclass GroqService {\n  private static final String URL = "https://api.groq.com/openai/v1/chat/completions";\n  String ask(GroqProperties properties) { return post(URL, properties.getModel(), "messages"); }\n}\n',
        },
        uses=("llm",),
        models=(("chat", "llama-3.3-70b-versatile"),),
        never=("llama-3.1",),
        never_asks=("could be the one that answers",),
    ),
    "address-of-a-database-that-is-made-of-its-parts": Layout(
        files={
            "requirements.txt": "google-genai==1.20\nsqlalchemy==2.0\npg8000==1.31\ncloud-sql-python-connector==1.12\n",
            "src/db.py": (
                "import sqlalchemy\nfrom google.cloud.sql.connector import Connector\n\n\ndef open_pool(config):\n    try:\n        connector = Connector()\n"
                "        db_url = sqlalchemy.engine.url.URL.create(drivername='postgresql+pg8000', host=config.HOST, database=config.NAME)\n"
                "        return sqlalchemy.create_engine(db_url, pool_size=5)\n    except Exception:\n        return None\n"
            ),
            "src/notes.py": "import sqlite3\n\n\ndef remember(text):\n    sqlite3.connect('notes.db').execute('insert into notes values (?)', (text,))\n",
            "src/answer.py": "from google import genai\n\n\ndef answer(q, kernel):\n    kernel.interrupt()\n    return genai.Client().models.generate_content(model='gemini-2.5-flash', contents=q)\n",
        },
        uses=("llm",),
        sources=("postgresql", "sqlite"),
        models=(("chat", "gemini-2.5-flash"),),
        never_asks=("stops for a person",),
    ),
    "messages-of-a-catcher-of-mails": Layout(
        files={
            "requirements.txt": "requests==2.32\nscikit-learn==1.5\n",
            "app.py": "import requests\nfrom sklearn.ensemble import RandomForestClassifier\n\n\ndef inbox():\n    return requests.get('http://mails:8025/api/v1/messages', timeout=10).json()\n\n\ndef fit(x, y):\n    return RandomForestClassifier().fit(x, y)\n",
        },
        uses=("classic-ml", "training"),
    ),
}
