"""What stands in files and is not what runs: routes that no page asks, variables that nothing reads, lines that are commented out."""

from __future__ import annotations

from layouts import Layout

_ROUTE = "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nexport async function POST(q: any) {\n  return generateText({ model: openai('%s'), prompt: q })\n}\n"
_ASKS_AZURE = "import os\n\nfrom openai import AzureOpenAI\n\n\ndef answer(q):\n    return AzureOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n"

IDLE_LAYOUTS = {
    "a-route-that-no-page-asks": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "4.3.0", "@ai-sdk/openai": "1.3.0", "next": "15.0.0"}}\n',
            "app/api/shop/search/route.ts": _ROUTE % "gpt-4o-mini",
            "app/api/shop-cached/search/route.ts": _ROUTE % "gpt-4.1",
            "app/page.tsx": "const found = await fetch('/api/shop/search', { method: 'POST' })\n",
            "test-shop.js": "fetch('http://localhost:3000/api/shop-cached/search')\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        never=("gpt-4.1",),
    ),
    "a-route-for-other-programs": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "4.3.0", "@ai-sdk/openai": "1.3.0", "next": "15.0.0"}}\n',
            "app/api/shop/route.ts": _ROUTE % "gpt-4o-mini",
            "app/api/slack/route.ts": _ROUTE % "gpt-4.1",
            "app/page.tsx": "const found = await fetch('/api/shop', { method: 'POST' })\n",
        },
        uses=("llm",),
        asks=("2 models of chats are named: which of them does production ask? gpt-4o-mini (", ", gpt-4.1 ("),
    ),
    "a-variable-of-terraform-that-nothing-reads": Layout(
        files={
            "requirements.txt": "openai==1.55.0\n",
            "app/main.py": _ASKS_AZURE,
            "terraform/main.tf": 'resource "azurerm_resource_group" "shop" {\n  location = var.location\n  name     = var.tools_url\n}\n',
            "terraform/variables.tf": 'variable "location" {\n  default = "eastus"\n}\nvariable "setup_script_uri" {\n  default = "https://helper.blob.core.windows.net/setup.sh"\n}\nvariable "tools_url" {\n  default = "https://tools.shop-data.com/api"\n}\n',
        },
        uses=("llm",),
        facts={"target.region": "eastus"},
        hosts=("tools.shop-data.com",),
        never=("helper.blob.core.windows.net",),
    ),
    "a-dependency-that-is-commented-out": Layout(
        files={
            "build.gradle": "dependencies {\n    implementation 'org.springframework.ai:spring-ai-starter-model-openai'\n    // implementation 'org.springframework.ai:spring-ai-pgvector-store-spring-boot-starter'\n}\n",
            "src/main/resources/application.yaml": "spring:\n  ai:\n    openai:\n      base-url: http://localhost:11434\n      chat:\n        options:\n          model: qwen2.5:latest\n",
            "src/main/java/shop/Chat.java": "package shop;\nimport org.springframework.ai.chat.client.ChatClient;\nclass Chat {\n  Chat(ChatClient.Builder builder) { this.client = ChatClient.builder(model).build(); }\n}\n",
        },
        uses=("llm",),
        models=(("chat", "qwen2.5:latest"),),
        facts={"model.hosting": "self"},
        never=("api.openai.com", "postgresql"),
    ),
    "a-history-and-an-address-of-azure": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.6.0", "@langchain/azure-cosmosdb": "1.0.0"}}\n',
            "src/chat.ts": "import { ChatOpenAI } from '@langchain/openai'\nimport { AzureCosmsosDBNoSQLChatMessageHistory } from '@langchain/azure-cosmosdb'\nexport const model = new ChatOpenAI({\n  configuration: { baseURL: endpoint, fetch: signed },\n  streaming: true,\n})\nexport const history = new AzureCosmsosDBNoSQLChatMessageHistory({ sessionId })\n",
        },
        uses=("llm",),
        sources=("cosmosdb",),
        never=("api.openai.com",),
    ),
    "a-record-that-names-a-model": Layout(
        files={
            "package.json": '{"dependencies": {"langchain": "0.0.92", "@pinecone-database/pinecone": "0.1.6", "@supabase/supabase-js": "2.25.0"}}\n',
            ".env.example": "VECTOR_DB=pinecone\nSUPABASE_URL=\n",
            "src/app/api/chat/route.ts": "import { OpenAI } from 'langchain/llms/openai'\nconst key = { name: who, userId: id, modelName: 'llama2-13b' }\nexport const model = new OpenAI({ modelName: 'gpt-3.5-turbo-16k' })\n",
            "src/memory.ts": "import { createClient } from '@supabase/supabase-js'\nimport { PineconeStore } from 'langchain/vectorstores/pinecone'\nexport const store = process.env.VECTOR_DB === 'pinecone' ? await PineconeStore.fromExistingIndex(a, b) : createClient(url, key)\n",
        },
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        models=(("chat", "gpt-3.5-turbo-16k"),),
        facts={"model.name": "gpt-3.5-turbo-16k"},
        never=("llama2-13b", "supabase.co"),
    ),
    "how-many-words-are-drawn-from": Layout(
        files={
            "k8s/app.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: quay.io/shop/api:1.3\n          env:\n            - name: TOP_K\n              value: '10'\n            - name: TOP_P\n              value: '0.95'\n",
            "app/main.py": "import os\n\nfrom langchain_community.llms import HuggingFaceTextGenInference\nfrom langchain_community.vectorstores import Chroma\n\nTOP_K = int(os.getenv('TOP_K', 12))\nTYPICAL_P = 0.95\nstore = Chroma()\nllm = HuggingFaceTextGenInference(top_k=TOP_K, typical_p=TYPICAL_P)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        never=("retrieval.top_k",),
    ),
    "the-flag-of-a-command": Layout(
        files={
            "go.mod": "module shop\n\nrequire github.com/sashabaranov/go-openai v1.36.0\n",
            "cmd/main.go": 'package main\n\nfunc init() {\n\troot.PersistentFlags().StringVarP(&model, "model", "m", "gpt-4.1-mini", "model to ask")\n}\n',
            "pkg/llm.go": 'package llm\n\nimport openai "github.com/sashabaranov/go-openai"\n\nfunc size(model string) {\n\tencodingModel := "gpt-4o"\n\tclient := openai.NewClient(key)\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        facts={"model.name": "gpt-4.1-mini"},
        never=("gpt-4o",),
    ),
    "a-module-of-tools": Layout(
        files={
            "requirements.txt": "strands-agents==1.0.0\n",
            "agent/main.py": "import tools\nfrom strands import Agent\nfrom strands.models import BedrockModel\n\nmodel = BedrockModel(model_id='us.anthropic.claude-3-5-haiku-20241022-v1:0')\nagent = Agent(model=model, tools=[tools])\n",
            "agent/tools.py": "from strands import tool\n\n\n@tool\ndef get_opening_hours(shop: str) -> str:\n    return ''\n",
        },
        uses=("llm", "agent"),
        tools={"get_opening_hours": "reads"},
        never=("'tools'",),
    ),
    "hosts-of-a-choice": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.0.0"}}\n',
            ".env.template": "GOOGLE_CX=\nGOOGLE_KEY=\nSEARCH_SERVICE=your_search_service\n",
            "api/search.js": "const OpenAI = require('openai')\nconst client = new OpenAI()\nasync function find(query) {\n  switch (process.env.SEARCH_SERVICE) {\n    case 'serpapi':\n      const found = await fetch('https://serpapi.com/search')\n      return found\n    case 'bing':\n      const others = await fetch('https://api.bing.microsoft.com/v7.0/search')\n      return others\n  }\n}\nconst page = await fetch('https://crawl.shop-data.com/page')\n",
        },
        uses=("llm",),
        hosts=("crawl.shop-data.com", "api.openai.com"),
        asks=("which host is asked is not said", "SEARCH_SERVICE"),
        never=("serpapi.com", "api.bing.microsoft.com", "generativelanguage.googleapis.com"),
    ),
    "the-host-of-a-choice-that-is-made": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "4.0.0"}}\n',
            ".env.template": "SEARCH_SERVICE=bing\n",
            "api/search.js": "const OpenAI = require('openai')\nconst client = new OpenAI()\nasync function find(query) {\n  switch (process.env.SEARCH_SERVICE) {\n    case 'serpapi':\n      return await fetch('https://serpapi.com/search')\n    case 'bing':\n      return await fetch('https://api.bing.microsoft.com/v7.0/search')\n  }\n}\n",
        },
        uses=("llm",),
        hosts=("api.bing.microsoft.com",),
        never=("serpapi.com",),
    ),
    "an-address-that-is-given-afterwards": Layout(
        files={
            "infra/main.bicep": "resource gpt 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  name: 'gpt-4o'\n  properties: {\n    model: {\n      format: 'OpenAI'\n      name: 'gpt-4o'\n    }\n  }\n}\n",
            "package.json": '{"dependencies": {"openai": "4.0.0"}}\n',
            "src/client.ts": "import { OpenAI } from 'openai'\nexport const make = (key: string) => new OpenAI({ apiKey: key, defaultHeaders: { 'api-key': key } })\n",
            "src/chat.ts": "import { make } from './client'\nconst openai = make(process.env.API_KEY)\nopenai.baseURL = `${gateway}/openai/deployments/${name}`\nexport const answer = () => openai.chat.completions.create({ messages })\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        hosts=("*.openai.azure.com",),
        never=("api.openai.com",),
    ),
    "a-property-of-a-client": Layout(
        files={
            "Shop.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Azure.AI.Projects" Version="1.0.0" /></ItemGroup></Project>\n',
            "Services/Agent.cs": "using Azure.AI.Projects;\nusing Azure.AI.Projects.OpenAI;\nusing Microsoft.Extensions.AI;\nclass Agent {\n  IChatClient chat = client.AsIChatClient();\n  object Make(string openaiEndpoint) {\n    var projectClient = new AIProjectClient(new Uri(openaiEndpoint), new DefaultAzureCredential());\n    var responses = projectClient.OpenAI.GetProjectResponsesClientForAgent(name, id);\n    return responses;\n  }\n}\n",
        },
        uses=("llm",),
        hosts=("*.services.ai.azure.com",),
        never=("api.openai.com",),
    ),
    "models-to-choose-from-in-a-database": Layout(
        files={
            "server/package.json": '{"dependencies": {"openai": "4.0.0"}}\n',
            "server/prisma/seed.ts": "const LLMS = [\n  { name: 'Model 2', model_id: 'accounts/fireworks/models/llama-v2-7b-chat', model_type: 'chat' },\n  { name: 'Model 3', model_id: 'accounts/fireworks/models/llama-v3-7b-chat', model_type: 'chat' },\n  { name: 'Model 4', model_id: 'accounts/fireworks/models/llama-v4-7b-chat', model_type: 'chat' },\n  { name: 'Model 5', model_id: 'accounts/fireworks/models/llama-v5-7b-chat', model_type: 'chat' },\n  { name: 'Model 6', model_id: 'accounts/fireworks/models/llama-v6-7b-chat', model_type: 'chat' },\n  { name: 'Model 7', model_id: 'accounts/fireworks/models/llama-v7-7b-chat', model_type: 'chat' },\n  { name: 'Model 8', model_id: 'accounts/fireworks/models/llama-v8-7b-chat', model_type: 'chat' },\n];\n",
            "server/src/chat.ts": "import OpenAI from 'openai'\nconst client = new OpenAI()\nexport const answer = () => client.chat.completions.create({ model: 'gpt-4o-2024-08-06', messages })\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("llama-v",),
    ),
    "a-provider-that-is-off-in-java": Layout(
        files={
            "build.gradle": "dependencies {\n    implementation 'dev.langchain4j:langchain4j-open-ai'\n    implementation 'dev.langchain4j:langchain4j-ollama'\n}\n",
            "src/main/java/shop/Gateway.java": 'package shop;\nimport dev.langchain4j.model.ollama.OllamaChatModel;\nimport dev.langchain4j.model.openai.OpenAiChatModel;\nclass Gateway {\n  @Value("${chat.openai.enabled:false}")\n  private boolean openAiEnabled;\n  @Value("${chat.openai.model-name:gpt-4o}")\n  private String openAiModelName;\n  Object theirs() { return OpenAiChatModel.builder().modelName(openAiModelName).build(); }\n  Object ours() { return OllamaChatModel.builder().modelName(name).build(); }\n}\n',
        },
        uses=("llm",),
        never=("gpt-4o", "api.openai.com"),
    ),
    "a-default-for-tests-and-a-patch": Layout(
        files={
            "go.mod": "module shop\n\nrequire github.com/sashabaranov/go-openai v1.36.0\n",
            "config/crd/patches/cainjection_in_results.yaml": "metadata:\n  annotations: {}\n",
            "pkg/shop_test_default_version.go": 'package shop\n\nvar spec = Spec{\n\tModel: "gpt-4",\n}\n',
            "pkg/llm.go": 'package shop\n\nimport openai "github.com/sashabaranov/go-openai"\n\nfunc make() {\n\tclient := openai.NewClient(key)\n}\n',
        },
        uses=("llm",),
        never=("gpt-4", "evaluation.injection_report"),
    ),
    "a-model-that-is-trained-only-if-asked-for": Layout(
        files={
            "main.tf": 'resource "aws_bedrockagent_agent" "shop" {\n  agent_name       = "shop"\n  foundation_model = var.foundation_model\n}\n\nresource "aws_bedrock_custom_model" "ours" {\n  count                 = var.create_custom_model ? 1 : 0\n  base_model_identifier = var.custom_model_id\n}\n',
            "variables.tf": 'variable "foundation_model" {\n  default = "anthropic.claude-3-5-sonnet-20241022-v2:0"\n}\nvariable "create_custom_model" {\n  default = false\n}\nvariable "custom_model_id" {\n  default = "amazon.titan-text-express-v1"\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "anthropic.claude-3-5-sonnet-20241022-v2:0"),),
        facts={"model.name": "anthropic.claude-3-5-sonnet-20241022-v2:0"},
        never=("titan-text-express",),
    ),
    "a-platform-between-and-a-tracker-at-home": Layout(
        files={
            "requirements.txt": "sap-ai-sdk-gen[all]==6.7.0\nlanggraph==0.2.0\nlangfuse==3.0.0\n",
            "src/settings.py": "from decouple import config\n\nMAIN_MODEL_NAME = config('MAIN_MODEL_NAME', default='gpt-4.1')\nLANGFUSE_SECRET_KEY = config('LANGFUSE_SECRET_KEY', default='dummy')\nLANGFUSE_HOST = config('LANGFUSE_HOST', default='localhost')\n",
            "src/agent.py": "from gen_ai_hub.proxy.langchain.openai import ChatOpenAI\nfrom langfuse import Langfuse\nfrom langgraph.prebuilt import create_react_agent\nfrom settings import MAIN_MODEL_NAME\n\n\nclass Agent:\n    def __init__(self, search_tool=None):\n        chosen_tool = search_tool if search_tool is not None else SearchTool()\n        self.graph = create_react_agent(ChatOpenAI(model=MAIN_MODEL_NAME), tools=[chosen_tool])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        never=("api.openai.com", "cloud.langfuse.com", "chosen_tool"),
    ),
}
