"""Replicas of agents whose tools are named where they are handed over, kept by a server, or made by nobody."""

from __future__ import annotations

from layouts import Layout

ENTRUSTED_LAYOUTS: dict[str, Layout] = {
    "tools-by-the-decorators-of-autogen-and-crewai": Layout(
        files={
            "requirements.txt": "pyautogen==0.2.35\ncrewai==0.100.0\n",
            "club/desk.py": (
                "from autogen import ConversableAgent, UserProxyAgent, register_function\n\n\ndef count_books(shelf: str) -> int:\n    return len(shelves(shelf))\n\n\ndef build(config):\n    desk = ConversableAgent('desk', llm_config=config)\n    member = UserProxyAgent('member')\n\n"
                "    @desk.register_for_llm(name='find_book', description='Finds a book')\n    @member.register_for_execution(name='find_book')\n    def do_find(title: str) -> str:\n        return shelves(title)\n\n    register_function(count_books, caller=desk, executor=member, description='Counts')\n    return desk, member\n"
            ),
            "club/crew.py": "from crewai import Agent\nfrom crewai.tools import tool\n\n\n@tool('Shelf Search')\ndef do_shelf_search(title: str) -> str:\n    return shelves(title)\n\n\nclerk = Agent(role='clerk', goal='find', backstory='b', tools=[do_shelf_search])\n",
        },
        uses=("llm", "agent"),
        tools={"find_book": "reads", "count_books": "reads", "Shelf Search": "reads"},
        never=("do_find", "do_shelf_search"),
    ),
    "tools-that-a-server-keeps": Layout(
        files={
            "requirements.txt": "azure-ai-projects==2.0.0\nclaude-agent-sdk==0.1.0\nopenai==2.0.0\n",
            "club/desk.py": "from azure.ai.projects.models import MCPTool\n\n\ndef shelves(url):\n    return MCPTool(server_label='shelves', server_url=url, require_approval='always', allowed_tools=['shelf_lookup', 'order_book'])\n",
            "club/coder.py": "from claude_agent_sdk import ClaudeAgentOptions, query\n\nOWN = ['Read', 'Bash', 'mcp__club__dues']\noptions = ClaudeAgentOptions(model='claude-sonnet-4-5-20250929', allowed_tools=OWN, disallowed_tools=['WebFetch'])\n\n\ndef code(task):\n    return query(prompt=task, options=options)\n",
            "club/answer.py": "from openai import OpenAI\n\nREMOTE = {'type': 'mcp', 'server_label': 'news', 'server_url': 'https://news.example.org/mcp', 'allowed_tools': ['find_news'], 'require_approval': 'never'}\n\n\ndef answer(question):\n    return OpenAI().responses.create(model='gpt-4.1-mini', input=question, tools=[REMOTE])\n",
        },
        uses=("llm", "agent"),
        tools={
            "shelf_lookup": "reads",
            "order_book": "writes",
            "Read": "reads",
            "Bash": "irreversible",
            "find_news": "reads",
        },
        facts={"agent.human_approval": "('shelf_lookup', 'order_book')"},
        never=("WebFetch", "mcp__club__dues", "REMOTE"),
    ),
    "tools-that-an-agent-brings-along-in-scripts": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"@anthropic-ai/claude-agent-sdk": "0.1.0"}}',
            "src/coder.ts": "import { query } from '@anthropic-ai/claude-agent-sdk'\nexport const code = (prompt: string) => query({ prompt, options: { model: 'claude-sonnet-4-5-20250929', allowedTools: [\n  'Read',\n  // 'WebFetch',\n  'Bash(git status:*)',\n  'mcp__club__dues',\n] } })\n",
        },
        uses=("llm", "agent"),
        tools={"Read": "reads", "Bash": "irreversible"},
        never=("WebFetch", "mcp__club__dues"),
    ),
    "plug-ins-that-nobody-makes": Layout(
        files={
            "requirements.txt": "semantic-kernel==1.35.0\n",
            "app/plugins/tariffs.py": "from semantic_kernel.functions import kernel_function\n\n\nclass Tariffs:\n    @kernel_function(description='looks up a tariff')\n    def get_tariff(self, zone: str) -> str:\n        return table.get(zone)\n",
            "app/plugins/weights.py": "from semantic_kernel.functions import kernel_function\n\n\nclass Weights:\n    @kernel_function(description='looks up a weight')\n    def get_weight(self, parcel: str) -> str:\n        return scales.get(parcel)\n",
            "app/plugins/__init__.py": "from .tariffs import Tariffs\nfrom .weights import Weights\n\n__all__ = ['Tariffs', 'Weights']\n",
            "app/main.py": "from semantic_kernel.agents import ChatCompletionAgent\nfrom semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion\n\nfrom app.plugins import Tariffs\n\nagent = ChatCompletionAgent(service=OpenAIChatCompletion(ai_model_id='gpt-4o'), plugins=[Tariffs()])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"get_tariff": "reads"},
        never=("get_weight",),
    ),
    "lists-of-tools-that-a-switch-fills": Layout(
        files={
            "requirements.txt": "openai-agents==0.3\n",
            "club/desk.py": (
                "from agents import Agent\nfrom club.settings import config\n\n\ndef find_shelf(title: str) -> str:\n    return shelves(title)\n\n\ndef browse_news(topic: str) -> str:\n    return news(topic)\n\n\n"
                "def desk(client):\n    shelf_on = config.get('SHELF_ON', True, type=bool) and client is not None\n    news_on = config.get('NEWS_ON', False, type=bool)\n"
                "    return Agent(name='desk', model='gpt-4.1-mini', tools=([find_shelf] if shelf_on else []) + ([browse_news] if news_on else []))\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={"find_shelf": "reads"},
        never=("browse_news",),
    ),
    "tools-that-a-wrapper-of-its-own-makes": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlangchain-core==0.3\n",
            "club/tools.py": (
                "from langchain_core.tools import StructuredTool\n\n\ndef find_book(title: str) -> str:\n    return shelves(title)\n\n\ndef reserve(title: str) -> str:\n    return desk(title)\n\n\n"
                "def _wrapped(name: str, description: str, fn) -> StructuredTool:\n    return StructuredTool.from_function(func=fn, name=name, description=description, args_schema=schema_of(fn))\n\n\n"
                "_TOOLS: list[StructuredTool] = [\n    _wrapped('find_book', 'Finds a book', find_book),\n    _wrapped(name='reserve_book', description='Reserves it', fn=reserve),\n]\n\n\ndef all_tools():\n    return list(_TOOLS)\n"
            ),
            "club/screen.py": "from typing import Literal\n\nfrom anthropic.types.beta import BetaToolUnionParam\n\nfrom .base import BaseDeskTool\n\n\nclass BaseScreen:\n    name: Literal['screen'] = 'screen'\n    width: int\n\n\nclass Screen2025(BaseScreen, BaseDeskTool):\n    kind: Literal['screen_2025'] = 'screen_2025'\n\n\nclass Screen2026(Screen2025):\n    kind = 'screen_2026'\n",
            "club/agent.py": "from langchain_openai import ChatOpenAI\nfrom club.screen import Screen2026\nfrom club.tools import all_tools\n\nmodel = ChatOpenAI(model='gpt-4.1-mini').bind_tools([*all_tools(), Screen2026()])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={"find_book": "reads", "reserve_book": "writes", "screen": "unknown"},
    ),
    "agent-that-a-warehouse-keeps": Layout(
        files={
            "requirements.txt": "requests==2.32.0\n",
            "create_agent.json": (
                '{"name": "club_desk", "models": {"orchestration": "claude-4-sonnet"}, "tools": [{"tool_spec": {"type": "cortex_analyst_text_to_sql", "name": "dues_of_members"}}, {"tool_spec": {"type": "cortex_search", "name": "letters"}}],'
                ' "tool_resources": {"letters": {"name": "club.data.letters", "max_results": 7}}}'
            ),
            "desk.py": "import requests\n\n\ndef ask(host, text):\n    return requests.post(f'https://{host}/api/v2/databases/club/schemas/data/agents/club_desk:run', json={'messages': [text]})\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("snowflake",),
        models=(("chat", "claude-4-sonnet"),),
        tools={"dues_of_members": "reads", "letters": "reads"},
        facts={"retrieval.top_k": "7"},
    ),
    "agents-that-the-starter-toolkit-does-not-start": Layout(
        files={
            "requirements.txt": "strands-agents==1.0.0\nbedrock-agentcore==1.0.0\n",
            "desk/.bedrock_agentcore.yaml": "default_agent: desk\nagents:\n  desk:\n    name: desk\n    entrypoint: /home/somebody/club/desk/desk.py\n",
            **{
                f"desk/{name}.py": f"from bedrock_agentcore.runtime import BedrockAgentCoreApp\nfrom strands import Agent, tool\n\napp = BedrockAgentCoreApp()\n\n\n@tool\ndef {made}(title: str) -> str:\n    return shelves(title)\n\n\nagent = Agent(tools=[{made}])\n\n\n@app.entrypoint\ndef answer(payload):\n    return agent(payload['prompt'])\n"
                for name, made in (("desk", "find_book"), ("desk_with_gateway", "find_elsewhere"))
            },
        },
        uses=("llm", "agent"),
        tools={"find_book": "reads"},
        never=("find_elsewhere",),
    ),
}
