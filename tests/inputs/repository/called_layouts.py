"""Replicas of pilots whose tools stand beside what runs them, in registers and in tables, and of addresses that nobody calls."""

from __future__ import annotations

from layouts import Layout

CALLED_LAYOUTS: dict[str, Layout] = {
    "tools-whose-descriptions-stand-beside-their-handlers": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.104.0"}}\n',
            "lib/tools/parcels.ts": 'import type { Tool } from "./types";\n\nexport const findParcel: Tool = {\n  definition: {\n    name: "find_parcel",\n    description: "where a parcel is",\n    parameters: {\n      type: "object",\n      properties: { parcel: { type: "string" } },\n    },\n  },\n  async handler(ctx, args) {\n    return { ok: true, summary: String(args.parcel) };\n  },\n};\n\nexport const returnParcel: Tool = {\n  definition: {\n    name: "return_parcel",\n    description: "sends a parcel back",\n    parameters: { type: "object", properties: {} },\n  },\n  handler: async () => ({ ok: true, summary: "" }),\n};\n',
            "lib/forms.ts": 'export const form = {\n  name: "delivery_form",\n  description: "what a page asks for",\n  parameters: { type: "object", properties: {} },\n};\n',
            "lib/ask.ts": 'import OpenAI from "openai";\nimport { findParcel, returnParcel } from "./tools/parcels";\n\nconst all = [findParcel, returnParcel];\n\nexport async function ask(messages: any) {\n  const answer = await new OpenAI().chat.completions.create({ model: "gpt-4o-mini", messages, tools: all.map((one) => ({ type: "function", function: one.definition })) });\n  for (const call of answer.choices[0].message.tool_calls ?? []) {\n    messages.push({ role: "tool", tool_call_id: call.id, content: "" });\n  }\n  return answer;\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-mini"),),
        tools={"find_parcel": "reads", "return_parcel": "unknown"},
        never=("delivery_form",),
    ),
    "functions-that-gemini-is-given": Layout(
        files={
            "package.json": '{"dependencies": {"@google/genai": "1.0.0"}}\n',
            "src/ask.ts": 'import { FunctionDeclaration, GoogleGenAI, Type } from "@google/genai";\n\nconst ai = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });\nconst cancelTable: FunctionDeclaration = {\n  name: "cancel_table",\n  description: "cancels a table",\n  parameters: { type: Type.OBJECT, properties: {} },\n};\nconst tools = [{ functionDeclarations: [cancelTable, { name: "find_table", description: "finds one", parameters: { type: Type.OBJECT, properties: {} } }] }];\n\nexport const ask = (contents: string) => ai.models.generateContent({ model: "gemini-2.5-flash", contents, config: { tools } });\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gemini-2.5-flash"),),
        tools={"cancel_table": "irreversible", "find_table": "reads"},
    ),
    "tools-that-a-table-describes-under-their-names": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/core": "0.3.0", "@langchain/openai": "0.5.0", "@langchain/langgraph": "0.2.0"}}\n',
            "src/adapter.js": "import { tool } from '@langchain/core/tools';\nimport { z } from 'zod';\n\nexport class Adapter {\n  getToolDefinitions() {\n    return {\n      get_tide_times: { description: 'tides', schema: z.object({}) },\n      list_harbours: { description: 'harbours', schema: z.object({ coast: z.string() }) },\n    };\n  }\n\n  createTools(names) {\n    const made = [];\n    for (const one of names) {\n      const shipTool = this.createTool(one, this.getToolDefinitions()[one]);\n      made.push(shipTool);\n    }\n    return made;\n  }\n\n  createTool(toolName, definition) {\n    return tool(async (input) => this.client.invoke(toolName, input), { name: toolName, description: definition.description, schema: definition.schema });\n  }\n}\n",
            "src/form.js": "import { z } from 'zod';\n\nexport const fields = { harbour_name: { description: 'its name', schema: z.object({}) } };\n",
            "src/agent.js": "import { createReactAgent } from '@langchain/langgraph/prebuilt';\nimport { ChatOpenAI } from '@langchain/openai';\nimport { Adapter } from './adapter.js';\n\nexport const agent = createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-4o' }), tools: new Adapter().createTools(['get_tide_times']) });\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"get_tide_times": "reads", "list_harbours": "reads"},
        never=("shipTool", "harbour_name", "toolName"),
    ),
    "tools-that-a-register-takes-in-under-names": Layout(
        files={
            "requirements.txt": "langgraph==0.2\nlangchain-openai==0.2\n",
            "app/register.py": "class ToolRegistry:\n    kept = {}\n\n    @classmethod\n    def register(cls, name, tool):\n        cls.kept[name] = tool\n\n    @classmethod\n    def all(cls):\n        return list(cls.kept.values())\n",
            "app/tools/tides.py": 'import requests\n\nfrom app.register import ToolRegistry\n\n\ndef guarded_tides(harbour: str) -> str:\n    """Return the tides of a harbour."""\n    return requests.get(f\'https://tides.harbour-office.org/v1/{harbour}\').text\n\n\nToolRegistry.register(\'tides\', guarded_tides)\n',
            "app/views.py": "from app.admin import site\n\n\ndef page(request):\n    return request\n\n\nsite.register('page', page)\n",
            "app/graph.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import ToolNode\n\nfrom app.register import ToolRegistry\n\nllm = ChatOpenAI(model='gpt-4o').bind_tools(ToolRegistry.all())\nnode = ToolNode(ToolRegistry.all())\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"tides": "reads"},
        never=("guarded_tides",),
    ),
    "a-form-for-answers-that-another-file-keeps": Layout(
        files={
            "requirements.txt": "anthropic==0.40\n",
            "app/prompt.py": "SCHEMA = {'type': 'object', 'properties': {}}\nVISIT_TOOL = {'name': 'record_visit', 'description': 'the form', 'input_schema': SCHEMA}\n",
            "app/extract.py": "from anthropic import Anthropic\n\nfrom app.prompt import VISIT_TOOL\n\n\ndef extract(text):\n    return Anthropic().messages.create(\n        model='claude-sonnet-4-5',\n        max_tokens=500,\n        tools=[VISIT_TOOL],\n        tool_choice={'type': 'tool', 'name': 'record_visit'},\n        messages=[{'role': 'user', 'content': text}],\n    )\n",
        },
        uses=("llm",),
        models=(("chat", "claude-sonnet-4-5"),),
        never=("VISIT_TOOL",),
    ),
    "steps-of-a-process-that-events-start": Layout(
        files={
            "Api/Api.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.60.0" /></ItemGroup></Project>\n',
            "Api/Steps.cs": "using Microsoft.SemanticKernel;\n\npublic sealed class CriticStep(string name) : KernelProcessStep\n{\n    [KernelFunction]\n    public async Task EvaluateAsync(KernelProcessStepContext context) => await context.EmitEventAsync(name);\n}\n",
            "Api/Search.cs": 'using Microsoft.SemanticKernel;\n\npublic sealed class Search(HttpClient client)\n{\n    [KernelFunction("search_logs")]\n    public Task<string> SearchAsync(string text) => client.GetStringAsync(text);\n}\n',
            "Api/Program.cs": 'using Microsoft.SemanticKernel;\nusing Microsoft.SemanticKernel.Agents;\n\nbuilder.Services.AddHttpClient<Search>(client => { client.BaseAddress = new Uri("https://logs.harbour-office.org/v0/"); });\nvar kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o", "key").Build();\nkernel.Plugins.AddFromType<Search>();\nvar agent = new ChatCompletionAgent { Kernel = kernel, Arguments = new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }) };\n',
            "infra/variables.tf": 'variable "oidc_url" {\n  type    = string\n  default = "https://token.actions.githubusercontent.com"\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"search_logs": "reads"},
        hosts=("logs.harbour-office.org",),
        never=("Evaluate", "token.actions.githubusercontent.com"),
    ),
    "addresses-of-items-that-stand-for-real-ones": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.104.0"}}\n',
            "src/utils/placeholders.ts": 'export const hotels = [\n  { name: "Sea View", phone: "1", stars: 4, url: "http://www.sea-view-hotel.com" },\n  { name: "Pier", phone: "2", stars: 3, url: "http://pier-hotel.com" },\n];\n',
            "src/ask.ts": "import OpenAI from 'openai';\n\nexport const ask = (input: string) => new OpenAI().responses.create({ model: 'gpt-5.2', input });\n",
            ".env.production": "VITE_CRM_EMBED_BASE_URL=https://crm.harbour-office.org/embed\nVOICE_WEB_INTERFACE_URL=https://talk.harbour-office.org/session\nTIDES_API_URL=https://tides.harbour-office.org/v1\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-5.2"),),
        hosts=("tides.harbour-office.org",),
        never=("sea-view-hotel", "pier-hotel", "crm.harbour-office.org", "talk.harbour-office.org"),
    ),
    "tools-that-people-connect-to-a-client-of-spring": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-openai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/x/Chat.java": "package x;\n\nimport java.util.List;\nimport org.springframework.ai.chat.client.ChatClient;\nimport org.springframework.ai.tool.ToolCallback;\n\nclass Chat {\n    private final ChatClient chatClient;\n\n    String ask(String text, List<ToolCallback> connected) {\n        return chatClient.prompt().user(text).toolCallbacks(connected).call().content();\n    }\n}\n",
        },
        uses=("llm", "agent"),
    ),
    "functions-of-a-worker-and-settings-of-a-tracker": Layout(
        files={
            "requirements.txt": "langgraph==0.2\nlangchain-openai==0.2\narq==0.26\n",
            "app/worker.py": "from arq.connections import RedisSettings\n\n\nasync def read_letters(ctx):\n    return ctx\n\n\nclass WorkerSettings:\n    functions = [read_letters]\n    redis_settings = RedisSettings(host='queue')\n",
            "app/graph.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\n\ndef find_letters(text: str) -> str:\n    return text\n\n\nagent = create_react_agent(ChatOpenAI(model='gpt-4o'), tools=[find_letters])\n",
            "configs/langfuse/.langfuse.env.example": "CLICKHOUSE_MIGRATION_URL=clickhouse://clickhouse:9000\nDATABASE_URL=postgresql://postgres:5432/tracker\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
        tools={"find_letters": "reads"},
        never=("read_letters", "clickhouse", "postgresql"),
    ),
    "a-client-of-langchain4j-that-is-given-an-address": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>dev.langchain4j</groupId><artifactId>langchain4j-open-ai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/x/Models.java": 'package x;\n\nimport dev.langchain4j.model.openai.OpenAiChatModel;\n\nclass Models {\n    Object chat(String key, String address) {\n        return OpenAiChatModel.builder().apiKey(key).baseUrl(address).modelName("glm-4.6").build();\n    }\n}\n',
            "src/main/resources/application.yml": "zai:\n  base-url: ${ZAI_BASE_URL:https://api.z.ai/api/paas/v4/}\n",
        },
        uses=("llm",),
        hosts=("api.z.ai",),
        never=("api.openai.com",),
    ),
    "a-model-of-pydantic-ai-that-another-provider-answers": Layout(
        files={
            "requirements.txt": "pydantic-ai==1.0\n",
            "app/links.ts": "export const CANONICAL_TASK_BASE = 'https://tasks.harbour-office.org/task';\nexport const contact = { contactUrl: 'https://people.harbour-office.org' };\nexport const stage = process.env.STAGE;\n",
            "app/bank.py": "import os\n\nfrom pydantic_ai import Agent\nfrom pydantic_ai.models.openai import OpenAIChatModel\nfrom pydantic_ai.providers.deepseek import DeepSeekProvider\n\nmodel = OpenAIChatModel('deepseek-chat', provider=DeepSeekProvider(api_key=os.environ['DEEPSEEK_API_KEY']))\nagent = Agent(model)\n\n\n@agent.tool_plain\ndef find_branch(town: str) -> str:\n    return town\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "deepseek-chat"),),
        tools={"find_branch": "reads"},
        hosts=("api.deepseek.com",),
        never=("api.openai.com", "tasks.harbour-office.org", "people.harbour-office.org"),
    ),
    "a-server-of-tools-beside-a-model-elsewhere": Layout(
        files={
            "package.json": '{\n  "name": "table-mcp",\n  "description": "MCP server of a restaurant",\n  "dependencies": {"@google/generative-ai": "0.21.0"}\n}\n',
            "scout/src/ask.ts": "import { GoogleGenerativeAI } from '@google/generative-ai';\n\nconst model = new GoogleGenerativeAI('k').getGenerativeModel({ model: 'gemini-2.0-flash' });\nexport const ask = (text: string) => model.generateContent(text);\n",
            "mcp-server/package.json": '{"name": "@table/mcp-server", "dependencies": {"@modelcontextprotocol/sdk": "0.5.0"}}\n',
            "mcp-server/src/index.ts": "import { Server } from '@modelcontextprotocol/sdk/server/index.js';\nimport { CallToolRequestSchema, ListToolsRequestSchema, Tool } from '@modelcontextprotocol/sdk/types.js';\n\nconst tools: Tool[] = [\n  { name: 'check_tables', description: 'free tables', inputSchema: { type: 'object', properties: {} } },\n];\nconst server = new Server({ name: 'tables', version: '1.0.0' }, { capabilities: { tools: {} } });\nserver.setRequestHandler(ListToolsRequestSchema, async () => ({ tools }));\nserver.setRequestHandler(CallToolRequestSchema, async (request) => ({ content: [] }));\n",
        },
        uses=("llm", "agent"),
        tools={"check_tables": "reads"},
    ),
}
