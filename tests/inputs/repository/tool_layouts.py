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
}
