"""Replicas of pilots on Azure: voices, functions that are tools, containers that make clients later, lists of deployments."""

from __future__ import annotations

from layouts import Layout

_ASKS = "import os\nfrom openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint=os.environ['AZURE_OPENAI_ENDPOINT'])\n"
_ANSWERS = "client.chat.completions.create(model=os.environ['CHAT_DEPLOYMENT_NAME'], messages=[])\n"
_VOICE = "import os\nfrom azure.ai.voicelive.aio import connect\n\nsession = connect(endpoint=os.environ['VOICE_ENDPOINT'], credential=None, model=os.environ['VOICE_MODEL'])\n"
_LISTED = "param models array = [\n  {\n    deploymentName: 'gpt-4.1'\n    name: 'gpt-4.1'\n    format: 'OpenAI'\n    version: '2025-04-14'\n    capacity: 120\n  }\n]\nparam foundryLocation string = 'eastus'\n"
_ENVIRONMENT = "module app 'app.bicep' = {\n  name: 'app'\n  params: {\n    env: [\n      {\n        name: 'CHAT_DEPLOYMENT_NAME'\n        value: models[0].deploymentName\n      }\n    ]\n  }\n}\n"
_PARAMETERS = '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"models": {"value": [{"deploymentName": "gpt-4.1", "name": "gpt-4.1", "format": "OpenAI", "version": "2025-04-14", "capacity": 60}]}}}'
_SETTINGS = "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    CHAT_DEPLOYMENT_NAME: str = 'gpt-4o'\n\n\nsettings = Settings()\n"
_MADE_LATER = (
    "from dependency_injector import containers, providers\nfrom azure.ai.documentintelligence import DocumentIntelligenceClient\nfrom azure.storage.blob import BlobServiceClient\n\n\n"
    "class Container(containers.DeclarativeContainer):\n    blobs = providers.Singleton(BlobServiceClient, account_url='x', credential=None)\n    forms = providers.Factory(DocumentIntelligenceClient, endpoint='x', credential=None)\n"
)

_FUNCTION = "using Microsoft.SemanticKernel;\npublic class {0}Plugin {{\n  [KernelFunction]\n  public string {0}Async(string what) {{ return what; }}\n}}\n"

AZURE_LAYOUTS: dict[str, Layout] = {
    "voices-of-the-ai-services": Layout(
        files={
            "app.py": _VOICE,
            "calls.py": "import os\nfrom azure.communication.callautomation.aio import CallAutomationClient\n\ncalls = CallAutomationClient.from_connection_string(os.environ['ACS_CONNECTION_STRING'])\n",
            "twilio_calls.py": "import os\n\ntoken = os.environ['TWILIO_AUTH_TOKEN']\n",
            "main.py": "import app\nimport calls\nimport twilio_calls\n",
            "pyproject.toml": '[project]\nname = "x"\ndependencies = ["azure-ai-voicelive"]\n[project.optional-dependencies]\ntwilio = ["twilio"]\n',
            ".env.sample": "VOICE_MODEL=gpt-4o-mini\nACS_CONNECTION_STRING=\n# TWILIO_AUTH_TOKEN=\n",
            "infra/main.bicep": "param voiceModelName string = 'gpt-4o-mini'\nresource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {\n  kind: 'AIServices'\n}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        hosts=("*.cognitiveservices.azure.com", "*.communication.azure.com"),
        never=("openai.azure.com", "twilio", "speech"),
    ),
    "a-key-of-twilio-whose-package-is-installed": Layout(
        files={
            "app.py": _VOICE + "token = os.environ['TWILIO_AUTH_TOKEN']\n",
            "requirements.txt": "twilio==9.0.0\n",
            ".env.sample": "VOICE_MODEL=gpt-4o-mini\n# TWILIO_AUTH_TOKEN=\n",
        },
        uses=("llm",),
        hosts=("api.twilio.com",),
    ),
    "functions-that-are-tools-for-models": Layout(
        files={
            "function_app.py": (
                "import azure.functions as func\nfrom agent_framework.azure import AzureOpenAIChatClient\nfrom agent_framework import ChatAgent\n\napp = func.FunctionApp()\n"
                "agent = ChatAgent(chat_client=AzureOpenAIChatClient(deployment_name='gpt-4o-mini'), tools=[])\n\n\n"
                "@app.mcp_tool_trigger(arg_name='context', tool_name='delete_note', description='x')\nasync def mcp_delete_note(context) -> str:\n    return await notes.delete_item(context)\n"
            ),
            "infra/app/apim.bicep": "param skuName string = 'BasicV2'\nparam skuCapacity int = 1\n",
            "infra/app/ai.bicep": "param chatModelName string = 'gpt-4o-mini'\nparam chatModelCapacity int = 60\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.quota_tokens": "1,000 tok/s"},
        tools={"delete_note": "irreversible"},
    ),
    "a-list-of-deployments-that-a-file-of-parameters-gives": Layout(
        files={
            "infra/main.bicep": _LISTED + _ENVIRONMENT,
            "infra/main.parameters.json": _PARAMETERS,
            "settings.py": _SETTINGS,
            "app.py": "from settings import settings\n" + _ASKS + "client.chat.completions.create(model=settings.CHAT_DEPLOYMENT_NAME, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1"),),
        facts={"model.name": "gpt-4.1", "model.version": "2025-04-14", "model.quota_tokens": "1,000 tok/s", "model.region": "eastus"},
        never=("gpt-4o",),
    ),
    "a-list-of-deployments-by-default": Layout(
        files={"infra/main.bicep": _LISTED, "app.py": _ASKS + _ANSWERS},
        uses=("llm",),
        models=(("chat", "gpt-4.1"),),
        facts={"model.quota_tokens": "2,000 tok/s"},
    ),
    "a-default-that-no-infrastructure-overrides": Layout(
        files={
            "infra/main.bicep": _LISTED,
            "settings.py": _SETTINGS,
            "app.py": "from settings import settings\n" + _ASKS + "client.chat.completions.create(model=settings.CHAT_DEPLOYMENT_NAME, messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        asks=("one more model of chats is named apart from gpt-4o: does production ask it? gpt-4.1 (",),
    ),
    "clients-that-a-container-makes-later": Layout(
        files={
            "app/main.py": "from app.first import Container\n# from app.second import Other\n" + _ASKS + _ANSWERS,
            "app/first.py": _MADE_LATER,
            "app/second.py": "from azure.ai.projects import AIProjectClient\nfrom app import third\nfrom app import fourth\n\n\nclass Other:\n    project = AIProjectClient('x', credential=None)\n",
            "app/third.py": "from azure.cosmos import CosmosClient\n\n\nclass Third:\n    store = CosmosClient('x', 'y')\n",
            "app/fourth.py": "from azure.cosmos import CosmosClient\n\n\nclass Fourth:\n    store = CosmosClient('x', 'y')\n",
        },
        uses=("llm",),
        sources=("azure-blob-storage", "cosmosdb"),
        hosts=("*.cognitiveservices.azure.com", "*.openai.azure.com"),
        never=("services.ai.azure.com",),
    ),
    "an-endpoint-that-a-script-for-a-newer-python-deploys": Layout(
        files={
            "flow/answer.py": _ASKS + _ANSWERS + "from promptflow.tracing import trace\nfrom azure.search.documents import SearchClient\n\nSearchClient(endpoint='x', index_name='y', credential=None).search('z')\n",
            "flow/fill.py": "from azure.ai.ml.entities import Index\nfrom promptflow.rag import build_index\n\nbuild_index(name='x', tokens_per_chunk=800, token_overlap_across_chunks=100)\nstudio_base_url = 'https://portal.azure.com'\n",
            "flow/deploy.py": (
                "import os\nfrom azure.ai.ml.entities import ManagedOnlineDeployment\n\n\ndef grant():\n    assign(\n"
                '        scope=f"/subscriptions/{os.environ["SUBSCRIPTION"]}/groups/{os.environ["GROUP"]}",\n        role="user",\n    )\n\n\n'
                'deployment = ManagedOnlineDeployment(name="x", instance_count=2, environment=Environment(inference_config={"readiness_route": {"path": "/health"}}))\n'
            ),
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        facts={"target.replicas": "2", "operations.readiness_probe": "True", "monitoring.trace_id": "True", "retrieval.chunk_size": "800", "retrieval.chunk_overlap": "100"},
        never=("portal.azure.com",),
    ),
    "two-teams-of-agents-that-end-differently": Layout(
        files={
            "first.py": (
                "from semantic_kernel.agents import AgentGroupChat\nfrom semantic_kernel.agents.strategies import KernelFunctionTerminationStrategy\n\n"
                "chat = AgentGroupChat(agents=[], termination_strategy=KernelFunctionTerminationStrategy(maximum_iterations=30))\n"
            ),
            "second.py": "from autogen_agentchat.teams import MagenticOneGroupChat\nfrom autogen_ext.models.openai import AzureOpenAIChatCompletionClient\n\nteam = MagenticOneGroupChat([], model_client=AzureOpenAIChatCompletionClient(model='gpt-4.1'), max_turns=50)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1"),),
        asks=("agent.max_steps has 2 values",),
    ),
    "a-container-app-that-is-asked-if-it-is-ready": Layout(
        files={
            "infra/main.bicep": "resource app 'Microsoft.App/containerApps@2023-05-01' = {\n  properties: {\n    template: {\n      containers: [\n        {\n          name: 'main'\n          probes: [\n            {\n              type: 'Readiness'\n            }\n          ]\n        }\n      ]\n    }\n  }\n}\n",
            "app.py": _ASKS + _ANSWERS,
        },
        uses=("llm",),
        facts={"operations.readiness_probe": "True"},
    ),
    "plain-variables-in-a-module-and-deployments-of-which-one-is-asked": Layout(
        files={
            "infra/main.bicep": "module app 'modules/app.bicep' = {\n  name: 'app'\n}\nmodule ai 'modules/ai.bicep' = {\n  name: 'ai'\n}\n",
            "infra/modules/app.bicep": (
                "module web 'web.bicep' = {\n  name: 'web'\n  params: {\n    appSettings: [\n      {\n        name: 'AI_MODEL_DEPLOYMENT'\n        value: 'gpt-4.1-mini'\n      }\n"
                "      {\n        name: 'LEARN_MCP_URL'\n        value: 'https://learn.microsoft.com/api/mcp'\n      }\n    ]\n  }\n}\n"
            ),
            "infra/modules/web.bicep": "param appSettings array\n",
            "infra/modules/ai.bicep": "var deployments array = [\n" + "".join(f"  {{\n    format: 'OpenAI'\n    name: '{name}'\n    sku: {{\n      capacity: {units}\n    }}\n  }}\n" for name, units in (("gpt-4.1-mini", 60), ("gpt-4.1", 25), ("text-embedding-3-small", 90))) + "]\n",
            "app.py": (
                "import os\nfrom semantic_kernel.connectors.ai.open_ai import AzureChatCompletion\n\nchat = AzureChatCompletion(deployment_name=os.getenv('AI_MODEL_DEPLOYMENT'), endpoint=os.getenv('APIM_GATEWAY_ENDPOINT'))\n"
                "tools = os.environ['LEARN_MCP_URL']\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini"),),
        facts={"model.name": "gpt-4.1-mini", "model.quota_tokens": "1,000 tok/s", "model.hosting": "hosted"},
        hosts=("*.azure-api.net", "learn.microsoft.com"),
        asks=("text-embedding-3-small is deployed",),
        never=("openai.azure.com", "gpt-4.1 ", "embedding"),
    ),
    "functions-of-a-kernel-that-none-takes-in": Layout(
        files={
            "src/FindPlugin.cs": _FUNCTION.format("Find"),
            "src/BookPlugin.cs": _FUNCTION.format("Book"),
            "src/Program.cs": (
                "using Microsoft.SemanticKernel;\nkernel.ImportPluginFromType<FindPlugin>();\n// kernel.ImportPluginFromType<BookPlugin>();\n"
                'var how = new OpenAIPromptExecutionSettings { ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions };\nvar builder = Kernel.CreateBuilder().AddAzureOpenAIChatCompletion("gpt-4o-2024-08-06", endpoint, key);\n'
            ),
            "src/Prompts/Judge/skprompt.txt": "Is it?\n",
            "src/Prompts/Judge/config.json": '{"schema": 1, "type": "completion", "completion": {"max_tokens": 500}}\n',
        },
        uses=("llm", "agent"),
        tools={"Find": "reads"},
        never=("Book", "security.output_cap"),
    ),
    "a-prompt-in-a-folder-that-code-loads": Layout(
        files={
            "src/Program.cs": 'using Microsoft.SemanticKernel;\nvar kernel = Kernel.CreateBuilder().AddAzureOpenAIChatCompletion("gpt-4o-2024-08-06", endpoint, key).Build();\nkernel.ImportPluginFromPromptDirectory("Prompts");\n',
            "src/Prompts/Chat/skprompt.txt": "Answer.\n",
            "src/Prompts/Chat/config.json": '{"schema": 1, "type": "completion", "completion": {"max_tokens": 500}}\n',
        },
        uses=("llm",),
        facts={"security.output_cap": "500 tok"},
    ),
    "jobs-of-azure-machine-learning": Layout(
        files={
            "jobs/train.yml": "$schema: https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json\ntype: pipeline\nsettings:\n  default_datastore: azureml:workspaceblobstore\n",
            "online.yml": "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: main\nendpoint_name: e\nmodel: azureml:credit-default@latest\ninstance_count: 1\n",
            "infra/main.bicep": "resource cluster 'Microsoft.MachineLearningServices/workspaces/computes@2021-04-01' = {\n  properties: {\n    scaleSettings: {\n      maxNodeCount: 4\n    }\n  }\n}\n",
            "src/train.py": "from sklearn.ensemble import RandomForestClassifier\n\nRandomForestClassifier().fit(x, y)\n",
            "src/drift.py": "from azure.monitor.query import LogsQueryClient\nfrom opencensus.ext.azure.log_exporter import AzureLogHandler\n\nclient = LogsQueryClient(None)\n",
        },
        uses=("classic-ml", "training"),
        sources=("azure-blob-storage",),
        facts={"model.name": "credit-default", "target.nodes_max": "4", "model.alias_floating": "True"},
        hosts=("api.loganalytics.io",),
        never=("monitoring.trace_id",),
    ),
    "functions-that-are-bound-to-stores-and-models": Layout(
        files={
            "function_app.py": (
                "import azure.functions as func\n\napp = func.FunctionApp()\n\n\n"
                "@app.queue_trigger(arg_name='msg', queue_name='in', connection='STORE')\n@app.blob_output(arg_name='out', path='x', connection='STORE')\ndef move(msg, out):\n    out.set(msg)\n\n\n"
                "@app.route(route='ask')\n@app.semantic_search_input(arg_name='found', query='{q}', chat_model='%CHAT_MODEL%', embeddings_model='%EMBEDDING_MODEL%')\ndef ask(req, found):\n    return found\n\n\n"
                "@app.route(route='whois')\n@app.text_completion_input(arg_name='said', prompt='Who is {name}?', chat_model='%CHAT_MODEL%', max_tokens='100')\ndef whois(req, said):\n    return said\n\n\n"
                "@app.function_name('DeleteTodo')\n@app.assistant_skill_trigger(arg_name='task', function_description='Delete a task')\ndef delete_todo(task):\n    return todos.delete_item(task)\n\n\n"
                "@app.route(route='chat')\n@app.assistant_post_input(arg_name='state', id='{id}', user_message='{m}', chat_model='%CHAT_MODEL%')\ndef chat(req, state):\n    return state\n"
            ),
            "infra/main.bicep": "module app 'app.bicep' = {\n  name: 'app'\n  params: {\n    appSettings: {\n      CHAT_MODEL: 'gpt-4o-mini'\n      EMBEDDING_MODEL: 'text-embedding-3-small'\n    }\n  }\n}\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("azure-blob-storage", "azure-queue-storage"),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-small")),
        facts={"security.output_cap": "100 tok", "model.name": "gpt-4o-mini"},
        tools={"DeleteTodo": "irreversible"},
        hosts=("*.openai.azure.com",),
    ),
    "a-function-that-an-agent-of-the-cloud-calls-by-queues": Layout(
        files={
            "app.py": (
                "from azure.ai.agents.models import AzureFunctionTool\nfrom azure.ai.projects import AIProjectClient\n\nclient = AIProjectClient('x', credential=None)\n"
                "tool = AzureFunctionTool(name='GetWeather', description='x', parameters={}, input_queue=None, output_queue=None)\nclient.agents.create_agent(model='gpt-4.1-mini', tools=tool.definitions)\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4.1-mini"),),
        tools={"GetWeather": "reads"},
    ),
}  # fmt: skip
