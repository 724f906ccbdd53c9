"""Replicas of agents whose tools a library brings along, a class describes, or a list hands on one by one."""

from __future__ import annotations

from layouts import Layout

_SERVER = "from fastmcp import FastMCP\nfrom openai import OpenAI\n\nmcp: FastMCP = FastMCP(name='notes')\nmodel = OpenAI()\n\n\n@mcp.tool(name='sum_up_tool', description='Sum up')\nasync def sum_up_tool(file: str) -> str:\n    return model.chat.completions.create(model='gpt-4.1', messages=[{'role': 'user', 'content': file}])\n\n\n@mcp.tool(name='draw_map_tool')\nasync def draw_map_tool(text: str) -> str:\n    return text\n"
_STEPS = "from llama_index.tools.mcp import BasicMCPClient\n\nclient = BasicMCPClient('http://localhost:8000/mcp')\n\n\nasync def steps(file):\n    text = await client.call_tool(tool_name='sum_up_tool', arguments={{'file': file}})\n    {0}\n"

BROUGHT_LAYOUTS: dict[str, Layout] = {
    "tools-of-a-deep-agent": Layout(
        files={
            "requirements.txt": "deepagents==0.3.1\nlangchain-anthropic==1.0\n",
            "desk.py": "from deepagents import create_deep_agent\nfrom shelves.sandbox import ShelfSandbox\nfrom shelves import send_note\n\nagent = create_deep_agent(model='claude-sonnet-4-5', tools=[send_note], backend=ShelfSandbox(), interrupt_on={'execute': True, 'grep': False})\n",
        },
        uses=("llm", "agent"),
        tools={
            "write_todos": "writes",
            "read_file": "reads",
            "grep": "reads",
            "edit_file": "writes",
            "execute": "irreversible",
            "send_note": "writes",
        },
        facts={"agent.human_approval": "('execute',)"},
    ),
    "tools-of-a-kit-for-databases": Layout(
        files={
            "requirements.txt": "langchain-community==0.3\nlangchain-openai==0.3\nlanggraph==0.3\n",
            "ask.py": "from langchain_community.agent_toolkits import SQLDatabaseToolkit\nfrom langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\nllm = ChatOpenAI(model='gpt-4.1')\nkit = SQLDatabaseToolkit(db=db, llm=llm)\nagent = create_react_agent(llm, kit.get_tools())\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        tools={"sql_db_list_tables": "reads", "sql_db_query": "unknown"},
    ),
    "functions-that-are-made-tools-one-by-one": Layout(
        files={
            "requirements.txt": "llama-index==0.12\nllama-index-llms-openai==0.3\n",
            "bank.py": (
                "from llama_index.core.agent.workflow import AgentWorkflow\nfrom llama_index.core.program.function_program import get_function_tool\nfrom llama_index.core.tools import FunctionTool\nfrom llama_index.llms.openai import OpenAI\nfrom pydantic import BaseModel\n\n\n"
                'class RequestTransfer(BaseModel):\n    """Used where you are done and want to transfer to another agent."""\n\n\n'
                "class PickAgent(BaseModel):\n    agent_name: str\n\n\n"
                "def desk_tools(desk):\n    async def look_up_balance(account: str) -> int:\n        return await balance(account)\n\n    fns = [desk.find_member, desk.send_letter]\n"
                "    return [FunctionTool.from_defaults(async_fn=look_up_balance), *[FunctionTool.from_defaults(fn=fn) for fn in fns], get_function_tool(RequestTransfer), get_function_tool(PickAgent)]\n\n\n"
                "def named(name, run_tool):\n    return FunctionTool.from_defaults(name=name, async_fn=run_tool)\n\n\n"
                "agent = AgentWorkflow.from_tools_or_functions(desk_tools(desk), llm=OpenAI(model='gpt-4.1'))\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        tools={
            "look_up_balance": "reads",
            "find_member": "reads",
            "send_letter": "irreversible",
            "RequestTransfer": "unknown",
            "PickAgent": "unknown",
        },
        never=("run_tool",),
    ),
    "a-class-gives-an-answer-its-form": Layout(
        files={
            "requirements.txt": "openai==1.60\n",
            "sort.py": "from openai import OpenAI, pydantic_function_tool\nfrom forms import Label\n\nmodel = OpenAI()\n\n\ndef sort(text):\n    return model.chat.completions.create(model='gpt-4.1', messages=text, tools=[pydantic_function_tool(Label)], tool_choice={'type': 'function', 'function': {'name': 'Label'}})\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1"),),
        tools={},
    ),
    "a-program-calls-the-tools-of-its-server-in-turn": Layout(
        files={
            "requirements.txt": "fastmcp==2.9\nopenai==1.90\nllama-index-tools-mcp==0.2\n",
            "src/server.py": _SERVER,
            "src/steps.py": _STEPS.format(
                "return await client.call_tool('draw_map_tool', arguments={'text': text})"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1"),),
    ),
    "a-program-calls-one-tool-and-leaves-the-other": Layout(
        files={
            "requirements.txt": "fastmcp==2.9\nopenai==1.90\nllama-index-tools-mcp==0.2\n",
            "src/server.py": _SERVER,
            "src/steps.py": _STEPS.format("return text"),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        tools={"sum_up_tool": "unknown"},
    ),
    "a-tool-is-named-where-it-is-marked": Layout(
        files={
            "requirements.txt": "langchain==1.0\nlangchain-openai==1.0\n",
            "show.py": "from langchain.agents import create_agent\nfrom langchain.tools import tool\n\n\nasync def _show_page(path: str) -> str:\n    return path\n\n\nshow_page = tool('show_page', description='Show a page')(_show_page)\nagent = create_agent(model='openai:gpt-4.1', tools=[show_page])\n",
        },
        uses=("llm", "agent"),
        tools={"show_page": "reads"},
        never=("_show_page",),
    ),
}
