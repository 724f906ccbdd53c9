"""Replicas of pilots whose infrastructure watches, grows or hands on what the pilot itself does not ask."""

from __future__ import annotations

from layouts import Layout

WATCHED_LAYOUTS: dict[str, Layout] = {
    "models-that-a-dashboard-watches": Layout(
        files={
            "package.json": '{"dependencies": {"aws-cdk-lib": "2.180.0"}}\n',
            "lib/dashboard-stack.ts": (
                "import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';\n\nexport const widget = new cloudwatch.GraphWidget({\n  left: [\n"
                "    new cloudwatch.Metric({\n      namespace: 'AWS/Bedrock',\n      metricName: 'Invocations',\n      dimensionsMap: {\n        ModelId: 'us.amazon.nova-premier-v1:0',\n      },\n    }),\n  ],\n});\n"
            ),
            "lib/graph-stack.ts": (
                "import * as cdk from 'aws-cdk-lib';\nimport * as ecs from 'aws-cdk-lib/aws-ecs';\nimport * as neptune from 'aws-cdk-lib/aws-neptune';\n\n"
                "export class GraphStack extends cdk.Stack {\n  constructor(scope, id) {\n    super(scope, id);\n    new neptune.CfnDBCluster(this, 'Graph', {\n      serverlessScalingConfiguration: {\n        minCapacity: 2,\n        maxCapacity: 128,\n      },\n    });\n"
                "    const service = new ecs.FargateService(this, 'Service', { desiredCount: 2 });\n    service.autoScaleTaskCount({ maxCapacity: 6 });\n  }\n}\n"
            ),
            "app/requirements.txt": "boto3\nstrands-agents\n",
            "app/answer.py": "import boto3\n\nclient = boto3.client('bedrock-runtime')\n\n\ndef answer(question):\n    return client.converse(modelId='us.anthropic.claude-sonnet-4-20250514-v1:0', messages=[question])\n",
        },
        uses=("llm",),
        sources=("amazon-neptune",),
        models=(("chat", "us.anthropic.claude-sonnet-4-20250514-v1:0"),),
        facts={"target.replicas": "2", "target.replicas_max": "6"},
        never=("nova-premier", "128"),
    ),
    "a-version-of-the-interface-beside-a-model": Layout(
        files={
            "infra/main.bicep": (
                "param gptModelName string = 'gpt-4o'\nvar gptModelVersion = '2024-02-15-preview'\nvar deployments = [\n  {\n    name: gptModelName\n    model: gptModelName\n    sku: {\n      name: 'GlobalStandard'\n      capacity: 30\n    }\n  }\n]\n"
                "module app 'app.bicep' = {\n  name: 'app'\n  params: {\n    azureOpenAIApiVersion: gptModelVersion\n  }\n}\n"
            ),
            "infra/app.bicep": "param azureOpenAIApiVersion string\n",
            "requirements.txt": "openai\n",
            "app.py": "import os\n\nfrom openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint=os.environ['AZURE_OPENAI_ENDPOINT'], api_version=os.environ['AZURE_OPENAI_API_VERSION'])\nclient.chat.completions.create(model=os.environ['AZURE_OPENAI_DEPLOYMENT'], messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        never=("2024-02-15-preview", "model.version"),
    ),
    "a-conversation-that-java-sends-as-a-text": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>com.azure.spring</groupId><artifactId>spring-cloud-azure-starter-storage-blob</artifactId></dependency></dependencies></project>\n",
            "src/main/java/shop/Answers.java": (
                "package shop;\n\nimport org.springframework.web.reactive.function.client.WebClient;\n\nclass Answers {\n    private final WebClient webClient;\n\n    String answer(String question) {\n"
                '        return webClient.post().uri(completionUrl).bodyValue(String.format("""\n                {\n                  "messages": [\n                    {\n                      "role": "user",\n                      "content": "%s"\n                    }\n                  ]\n                }""", question)).retrieve().bodyToMono(String.class).block();\n    }\n}\n'
            ),
            "src/main/java/shop/Places.java": 'package shop;\n\nclass Places {\n    private static final String PLACE = "azure-blob://%s/%s";\n}\n',
        },
        uses=("llm",),
        sources=("azure-blob-storage",),
    ),
    "speech-that-a-cloud-hears": Layout(
        files={
            "requirements.txt": "google-cloud-speech==2.26.0\n",
            "app/hear.py": "import google.cloud.speech_v2 as speech\n\nclient = speech.SpeechAsyncClient()\n\n\nasync def hear(sound):\n    return await client.recognize(request=sound)\n",
        },
        uses=("classic-ml",),
        hosts=("speech.googleapis.com",),
    ),
    "tools-as-bedrock-is-told-them": Layout(
        files={
            "requirements.txt": "boto3\n",
            "app/tools.py": (
                'class Tools:\n    def get_tool_config(self):\n        tools = [\n            {\n                "toolSpec": {\n                    "name": "get_content",\n                    "description": "Fetches a page",\n                    "inputSchema": {"json": {"type": "object", "properties": {"url": {"type": "string"}}, "required": ["url"]}},\n                }\n            }\n        ]\n        return {"tools": tools}\n'
            ),
            "app/answer.py": (
                "import boto3\n\nfrom app.tools import Tools\n\nclient = boto3.client('bedrock-runtime')\nconfig = Tools().get_tool_config()\n\n\ndef answer(messages):\n    said = client.converse(modelId='us.anthropic.claude-3-7-sonnet-20250219-v1:0', messages=messages, toolConfig=config)\n"
                "    use = said['output']['message']['content'][0]['toolUse']\n    messages.append({'role': 'user', 'content': [{'toolResult': {'toolUseId': use['toolUseId'], 'content': []}}]})\n    return messages\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"get_content": "reads"},
    ),
    "an-account-that-the-hub-keeps": Layout(
        files={
            "infra/main.bicep": (
                "resource storage 'Microsoft.Storage/storageAccounts@2022-09-01' = {\n  name: 'x'\n}\n\nresource hub 'Microsoft.MachineLearningServices/workspaces@2023-08-01-preview' = {\n  name: 'hub'\n  kind: 'hub'\n  properties: {\n    storageAccount: storage.id\n  }\n}\n"
            ),
            "requirements.txt": "openai\nazure-storage-blob\nazure-search-documents\n",
            "scripts/take.py": "from azure.storage.blob import ContainerClient\n\nContainerClient.from_container_url('x')\n",
            "app.py": "from azure.search.documents import SearchClient\nfrom openai import AzureOpenAI\n\nfound = SearchClient(endpoint='x', index_name='y', credential=None).search('z')\nAzureOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        asks=("only scripts reach azure-blob-storage",),
    ),
    "an-account-on-the-other-domain": Layout(
        files={
            ".env.sample": "AZURE_OPENAI_ENDPOINT=https://<ai-foundry-resource>.cognitiveservices.azure.com/openai\nAZURE_OPENAI_API_KEY=<key>\n",
            "requirements.txt": "openai\n",
            "app.py": "import os\n\nfrom openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint=os.environ['AZURE_OPENAI_ENDPOINT'], api_key=os.environ['AZURE_OPENAI_API_KEY'])\nclient.chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        hosts=("*.cognitiveservices.azure.com",),
        never=("openai.azure.com",),
    ),
    "a-section-that-no-code-reads": Layout(
        files={
            "app/appsettings.json": '{\n  "AzureOpenAI": {\n    "Deployment": "gpt-4o"\n  },\n  "Rates": {\n    "BaseUrl": "https://api.rates.dev/v1"\n  },\n  "MicrosoftGraph": {\n    "BaseUrl": "https://graph.microsoft.com/v1.0"\n  }\n}\n',
            "app/App.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Azure.AI.OpenAI" Version="2.1.0" /></ItemGroup></Project>\n',
            "app/Program.cs": 'using Azure.AI.OpenAI;\nusing OpenAI.Chat;\n\nvar model = builder.Configuration["AzureOpenAI:Deployment"];\nvar rates = builder.Configuration.GetSection("Rates").Get<Rates>();\nvar client = new AzureOpenAIClient(endpoint, key).GetChatClient(model);\nvar said = await client.CompleteChatAsync(question);\n',
        },
        uses=("llm",),
        hosts=("api.rates.dev",),
        never=("graph.microsoft.com",),
    ),
    "an-assistant-that-no-file-takes-in": Layout(
        files={
            "requirements.txt": "strands-agents\nboto3\n",
            "app/agents/__init__.py": "",
            **{
                f"app/agents/{name}_assistant.py": f"from strands import Agent, tool\n\n\n@tool\ndef {name}_assistant(query: str) -> str:\n    return str(Agent(model='us.amazon.nova-pro-v1:0')(query))\n"
                for name in ("graph", "help", "tariff", "order")
            },
            "app/supervisor.py": "import os\n\nimport boto3\nfrom strands import Agent\n\nfrom agents.graph_assistant import graph_assistant\nfrom agents.help_assistant import help_assistant\nfrom agents.tariff_assistant import tariff_assistant\n\nclient = boto3.client('bedrock-runtime', region_name=os.getenv('AWS_REGION', 'us-east-1'))\nagent = Agent(model='us.amazon.nova-pro-v1:0', tools=[graph_assistant, help_assistant, tariff_assistant])\n",
        },
        uses=("llm", "agent"),
        facts={
            "agent.tools": "('graph_assistant', 'help_assistant', 'tariff_assistant')",
            "model.region": "us-east-1",
        },
    ),
}
"""Name -> the files, and what an engineer would say about them."""
