"""Replicas of agents whose tools get their names, and show what they do, elsewhere than where they are made."""

from __future__ import annotations

from layouts import Layout

TOOL_LAYOUTS: dict[str, Layout] = {
    "tools-are-called-as-they-are-handed-on": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0"}}',
            "src/tools/open-bills.ts": "import { tool } from 'ai'\nimport { z } from 'zod'\nexport const openBillsTool = tool({ description: 'Bills', inputSchema: z.object({}), execute: async () => find() })\n",
            "src/tools/dues.ts": "import { tool } from 'ai'\nimport { z } from 'zod'\nexport const duesOf = (member: string) => tool({ description: 'Dues', inputSchema: z.object({}), execute: async () => sum(member) })\n",
            "src/tools/index.ts": "import { openBillsTool } from './open-bills'\nimport { duesOf } from './dues'\nexport const desk = (member: string) => ({\n  list_open_bills: openBillsTool,\n  'check-dues': duesOf(member),\n})\nexport const card = { tool: openBillsTool, title: 'Bills' }\n",
            "src/names.ts": "export const SHELF_TOOL = 'findOnShelf'\nexport const NAMES = { post: 'sendNote' } as const\n",
            "src/shelf.ts": "import { tool } from 'ai'\nimport { z } from 'zod'\nimport { NAMES, SHELF_TOOL } from './names'\nexport const shelf = () => ({\n  [SHELF_TOOL]: tool({ description: 'Shelf', inputSchema: z.object({}), execute: async () => look() }),\n  [NAMES.post]: tool({ description: 'Note', inputSchema: z.object({}), execute: async () => post() }),\n})\n",
            "src/answer.ts": "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nimport { desk } from './tools'\nimport { shelf } from './shelf'\nexport const answer = (member: string) => generateText({ model: openai('gpt-4.1-mini'), tools: { ...desk(member), ...shelf() }, prompt: member })\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={
            "list_open_bills": "reads",
            "check-dues": "reads",
            "findOnShelf": "reads",
            "sendNote": "writes",
        },
        never=("openBills", "duesOf", "SHELF_TOOL"),
    ),
    "what-tools-do-stands-in-other-files": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\nlangchain==0.3\nmcp==1.9\n",
            "desk/agent.py": (
                "from langchain_openai import ChatOpenAI\nfrom langchain.agents import initialize_agent\nfrom desk.forms import create_draft_form\nfrom desk.tools import desk_render_verdict, desk_review_shelf, club_totals, look_up_member\n\n"
                "agent = initialize_agent(tools=[create_draft_form, desk_render_verdict, desk_review_shelf, club_totals, look_up_member], llm=ChatOpenAI(model='gpt-4.1-mini'))\n"
            ),
            "desk/forms.py": "from desk.parts import form_of\n\n\ndef create_draft_form(title: str, text: str) -> dict:\n    return form_of(title, text)\n",
            "desk/parts.py": "def form_of(title, text):\n    return {'title': title, 'text': text}\n",
            "desk/tools.py": (
                "from langchain_core.tools import tool\nfrom desk.cases import render_verdict, shelf_of\nfrom desk.trail import write_audit_event\n\n\n"
                "@tool\ndef desk_render_verdict(case: int, verdict: str) -> str:\n    return render_verdict(case, verdict)\n\n\n"
                "@tool\ndef desk_review_shelf(shelf: int) -> str:\n    return shelf_of(shelf)\n\n\n"
                "@tool\ndef club_totals(year: int) -> str:\n    with session() as db:\n        write_audit_event(db, 'totals')\n        db.commit()\n        return totals(db, year)\n\n\n"
                "@tool\ndef look_up_member(name: str) -> str:\n    with session() as db:\n        member = member_of(db, name)\n        member.seen = True\n        write_audit_event(db, 'seen')\n        db.commit()\n        return str(member)\n"
            ),
            "desk/cases.py": "def render_verdict(case, verdict):\n    db = session()\n    db.add(Verdict(case, verdict))\n    db.commit()\n    return verdict\n\n\ndef shelf_of(shelf):\n    return lookup(shelf)\n",
            "desk/server.py": (
                "import mcp.types as types\nfrom mcp.server import Server\n\nserver = Server('desk')\n\n\n@server.list_tools()\nasync def listed():\n    return [\n"
                "        types.Tool(name='track-visit', description='Keep a visit', inputSchema={}, annotations=types.ToolAnnotations(readOnlyHint=False)),\n"
                "        types.Tool(name='execute_promql', description='Ask for figures', inputSchema={}),\n    ]\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={
            "create_draft_form": "reads",
            "desk_render_verdict": "writes",
            "desk_review_shelf": "reads",
            "club_totals": "unknown",
            "look_up_member": "writes",
            "track-visit": "writes",
            "execute_promql": "reads",
        },
    ),
    "tools-of-libraries-and-of-a-register": Layout(
        files={
            "requirements.txt": "openai-agents==0.3\n",
            "club/desk.py": "from agents import Agent, FileSearchTool, WebSearchTool\nfrom club.tools import get_tools\n\nshelves = FileSearchTool(vector_store_ids=['vs_1'], max_num_results=3)\ndesk = Agent(name='desk', model='gpt-4.1-mini', tools=[shelves, WebSearchTool(), *get_tools()])\n",
            "club/tools/__init__.py": "from club.tools.dues import dues_of\nfrom club.tools.media.posters import find_poster\n\n_AVAILABLE_TOOLS = {'dues': dues_of, 'posters': find_poster}\n\n\ndef get_tools():\n    return list(_AVAILABLE_TOOLS.values())\n",
            "club/tools/dues.py": "RATES = {'young': 3, 'old': 5}\n\n\ndef dues_of(kind: str) -> int:\n    return RATES[kind]\n",
            "club/tools/media/posters.py": "from agents import function_tool\n\n\n@function_tool\ndef find_poster(title: str) -> str:\n    return archive(title)\n",
        },
        uses=("llm", "agent", "retrieval"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={"file_search": "reads", "web_search": "reads", "dues_of": "reads", "find_poster": "reads"},
        hosts=("api.openai.com",),
    ),
    "tools-described-for-bedrock": Layout(
        files={
            "requirements.txt": "boto3==1.38\n",
            "club/tools.py": "def tool_config():\n    tools = [{'toolSpec': {'name': 'look_up_shelf', 'description': 'Shelf', 'inputSchema': {'json': {'type': 'object', 'properties': {}}}}}]\n    return {'tools': tools, 'toolChoice': 'auto'}\n",
            "club/desk.py": "import boto3\nfrom club.tools import tool_config\n\nbedrock = boto3.client('bedrock-runtime')\n\n\ndef ask(messages):\n    answer = bedrock.converse(modelId='anthropic.claude-sonnet-4-20250514-v1:0', messages=messages, toolConfig=tool_config())\n    return [part['toolUse'] for part in answer['output']['message']['content'] if 'toolUse' in part], {'toolResult': {}}\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "anthropic.claude-sonnet-4-20250514-v1:0"),),
        tools={"look_up_shelf": "reads"},
    ),
    "findings-are-no-tools": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"openai": "5.0.0"}}',
            "src/chat.js": "import OpenAI from 'openai'\nconst tools = []\nconst wanted = /news|today/i\nexport function sourcesOf(found) {\n  return found.map(item => ({ type: \"web_search\", title: item.title, url: item.url, snippet: item.text }))\n}\nexport async function answer(question, search) {\n  const found = wanted.test(question) ? await search(question) : []\n  const said = await new OpenAI().chat.completions.create({ model: 'gpt-4.1-mini', messages: [{ role: 'user', content: question }] })\n  return { said, sources: sourcesOf(found), tools: tools.length }\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
    ),
    "steps-of-helpers-and-of-the-agent": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0"}}',
            "src/settings.ts": "export const desk = { id: 'desk', maxSteps: 90 }\n",
            "src/agents/desk.ts": "import { streamText, stepCountIs } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nimport { desk } from '../settings'\nimport { tools } from '../tools'\nexport const answer = (prompt: string) => streamText({ model: openai('gpt-4.1-mini'), tools, prompt, stopWhen: stepCountIs(desk.maxSteps) })\n",
            "src/agents/helper.ts": "import { generateText, stepCountIs } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nexport const help = (prompt: string) => generateText({ model: openai('gpt-4.1-mini'), tools: { search: look() }, prompt, stopWhen: stepCountIs(33) })\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        asks=("stops at desk.maxSteps",),
        never=("33",),
    ),
    "steps-of-a-process-that-a-kernel-starts": Layout(
        files={
            "requirements.txt": "semantic-kernel==1.35.0\n",
            "app/steps/weigh.py": "from semantic_kernel.functions import kernel_function\nfrom semantic_kernel.processes.kernel_process import KernelProcessStep, KernelProcessStepContext\n\n\nclass WeighStep(KernelProcessStep[dict]):\n    @kernel_function(description='weighs a parcel')\n    async def execute_weighing(self, data):\n        return data\n",
            "app/steps/stamp.py": "from semantic_kernel.functions import kernel_function\nfrom semantic_kernel.processes.kernel_process import KernelProcessStepContext\n\nfrom app.steps.base import DeskStep\n\n\nclass StampStep(DeskStep):\n    @kernel_function(description='stamps a parcel')\n    async def start_stamping(self, context: KernelProcessStepContext, data):\n        await context.emit_event('stamped', data)\n",
            "app/plugins/tariffs.py": "from semantic_kernel.functions import kernel_function\n\n\nclass Tariffs:\n    @kernel_function(description='looks up a tariff')\n    def get_tariff(self, zone: str) -> str:\n        return table.get(zone)\n",
            "app/main.py": "from semantic_kernel.agents import ChatCompletionAgent\nfrom semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion\n\nfrom app.plugins.tariffs import Tariffs\nfrom app.steps.stamp import StampStep\nfrom app.steps.weigh import WeighStep\n\nagent = ChatCompletionAgent(service=OpenAIChatCompletion(ai_model_id='gpt-4o'), plugins=[Tariffs()])\nsteps = [WeighStep, StampStep]\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"get_tariff": "reads"},
        never=("execute_weighing", "start_stamping"),
    ),
    "programs-on-a-disk-that-are-called-tools": Layout(
        files={
            "requirements.txt": "openai==1.50\nopenai-agents==0.3\n",
            "desk/programs.py": "import os\nimport shutil\nfrom dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Tool:\n    name: str\n    path: str | None\n\n\nVERSION = os.environ.get('CARGO_VERSION')\n\n\ndef look_up():\n    return Tool('cargo', shutil.which('cargo'))\n",
            "app/main.py": "from agents import Agent, function_tool\n\nfrom desk.programs import look_up\n\n\n@function_tool\ndef get_tariff(zone: str) -> str:\n    return table.get(zone)\n\n\nlook_up()\nagent = Agent(name='desk', model='gpt-4o', tools=[get_tariff])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"get_tariff": "reads"},
        never=("cargo",),
    ),
    "tools-named-by-constants-and-tools-that-code-runs": Layout(
        files={
            "package.json": '{"name": "d", "dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0"}}',
            "src/names.ts": "export const PosterToolName = 'draw-poster'\n",
            "src/tools/poster.ts": "import { tool as makeTool } from 'ai'\nimport { z } from 'zod'\nimport { PosterToolName } from '../names'\nexport const wideTool = makeTool({ name: PosterToolName, description: 'Poster', inputSchema: z.object({}), execute: async () => draw() })\n",
            "src/tools/desk.ts": "import { tool as makeTool } from 'ai'\nimport { z } from 'zod'\nexport const openBillsTool = makeTool({ description: 'Bills', inputSchema: z.object({}), execute: async () => find() })\nexport const findDuesTool = makeTool({ description: 'Dues', inputSchema: z.object({}), execute: async () => find() })\nexport const listShelvesTool = makeTool({ description: 'Shelves', inputSchema: z.object({}), execute: async () => find() })\nexport const billsForStepsTool = makeTool({ description: 'Bills', inputSchema: z.object({}), execute: async () => find() })\n",
            "src/steps.ts": "import { generateText, jsonSchema } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nimport { billsForStepsTool } from './tools/desk'\nexport const step = async (node: Step) => {\n  const made = await generateText({ model: openai('gpt-4.1-mini'), prompt: node.text, tools: { [node.tool.id]: { description: node.tool.text, inputSchema: jsonSchema(node.tool.schema) } } })\n  const runs = node.bills ? billsForStepsTool.execute : undefined\n  return runs?.(made.text)\n}\n",
            "src/answer.ts": "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nimport { findDuesTool, listShelvesTool, openBillsTool } from './tools/desk'\nimport { wideTool } from './tools/poster'\nimport { step } from './steps'\nexport const answer = (prompt: string) => generateText({ model: openai('gpt-4.1-mini'), tools: kit([openBillsTool, findDuesTool, listShelvesTool, wideTool]), prompt }).then(step)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={"draw-poster": "unknown", "openBills": "writes", "findDues": "reads", "listShelves": "reads"},
        never=("billsForSteps", "wide", " id", "'id'"),
    ),
}
