"""Replicas of pilots that answer on a schedule, by agents of their own, by a client of another name: uses by what runs."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-4o', messages=messages)\n"

RUNNING_LAYOUTS: dict[str, Layout] = {
    "a-container-that-no-package-reaches": Layout(
        files={
            "deploy/.env.production": "REDIS_URL=redis://localhost:6379\n",
            "deploy/docker-compose.prod.yml": "services:\n  redis:\n    image: redis:7\n",
            "src/Api/Api.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.24.1" />\n<PackageReference Include="Npgsql" Version="8.0.0" />\n<PackageReference Include="Serilog" Version="4.0.0" />\n<PackageReference Include="Polly" Version="8.0.0" />\n<PackageReference Include="Mapster" Version="7.4.0" /></ItemGroup></Project>',
            "src/Api/Program.cs": 'using Npgsql;\nusing Microsoft.SemanticKernel;\nvar builder = Kernel.CreateBuilder();\nbuilder.AddOpenAIChatCompletion(modelId: "gpt-4o", apiKey: key);\nvar store = new NpgsqlConnection(address);\n',
        },
        uses=("llm",),
        sources=("postgresql",),
        asks=("settings hold the address of redis",),
    ),
    "agents-that-the-program-wrote-itself": Layout(
        files={
            "README.md": "# Garage\n\nSeveral agents answer questions about motorcycles and hand them on to one another.\n",
            "src/Agents/PlannerAgent.cs": 'using OpenAI.Chat;\nclass PlannerAgent { ChatClient client = new ChatClient("gpt-4o", key); }\n',
            "src/Agents/SearchAgent.cs": "class SearchAgent { }\n",
            "src/Agents/ManualAgent.cs": "class ManualAgent { }\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"),),
    ),
    "a-prompt-file-whose-deployment-code-names": Layout(
        files={
            "requirements.txt": "openai\npromptflow-core\nazure-search-documents\n",
            "src/flow/chat.prompty": "---\nname: Garage\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n---\nsystem:\nAnswer from the manuals.\n",
            "src/flow/flow.py": "import os\nfrom openai import AzureOpenAI\nfrom azure.search.documents import SearchClient\nfrom promptflow.core import Prompty\n\nsearch = SearchClient(os.environ['SEARCH'], 'manuals', credential)\nclient = AzureOpenAI()\nvector = client.embeddings.create(input=question, model=os.environ['EMBEDDING'])\nanswer = Prompty.load('chat.prompty')(question=question)\n",
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
    ),
    "a-model-that-one-tool-asks": Layout(
        files={
            "package.json": '{"dependencies": {"@aws-sdk/client-bedrock-runtime": "^3.0.0"}}\n',
            "src/chat.ts": "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';\nconst client = new BedrockRuntimeClient({});\nclient.send(new ConverseCommand({ modelId: 'anthropic.claude-sonnet-4-20250514-v1:0', messages }));\n",
            "src/tools/handlers/RecognizePlateTool.ts": "const modelId = settings?.modelId || 'anthropic.claude-3-5-sonnet-20241022-v2:0';\nclient.send(new ConverseCommand({ modelId: 'anthropic.claude-3-5-sonnet-20241022-v2:0', messages }));\n",
        },
        uses=("llm",),
        facts={"model.name": "anthropic.claude-sonnet-4-20250514-v1:0"},
    ),
    "a-grammar-that-creates-a-provider": Layout(
        files={
            "src/answer.py": _ASKS,
            "src/grammar.py": "RULES = 'create_provider: CREATE MODEL PROVIDER quoted_string quoted_string'\nKINDS = 'model_type: quoted_string'\n",
        },
        uses=("llm",),
    ),
    "beans-that-a-model-is-given-by-name": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-azure-openai-spring-boot-starter</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/garage/Chat.java": 'package garage;\n\nimport org.springframework.ai.chat.client.ChatClient;\n\nclass Chat {\n    ChatClient client(ChatClient.Builder builder) {\n        return builder.defaultSystem("Help.").defaultFunctions("listParts", "orderPart").build();\n    }\n}\n',
        },
        uses=("llm", "agent"),
        tools={"listParts": "reads", "orderPart": "unknown"},
    ),
    "an-agent-in-words-alone": Layout(
        files={
            "README.md": "# Garage agent\n\nAn agent that answers questions of mechanics about motorcycles.\n",
            "src/answer.py": _ASKS,
        },
        uses=("llm",),
        asks=("pilot.uses leaves `agent` open",),
    ),
    "tools-in-the-rows-of-a-training": Layout(
        files={
            "finetune/data/tokenize.py": "def rows(source):\n    return [{'role': 'tool', 'tool_call_id': one['id'], 'content': json.loads(one['arguments'])} for one in source]\n",
            "utils/reformat_data.py": "def row(call):\n    return {'role': 'tool', 'tool_call_id': call['id'], 'content': call.arguments}\n",
            "train.py": "import torch\nfrom lora import adapt\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained(folder)\nloss = step(adapt(model))\nloss.backward()\n",
        },
        uses=("llm", "training"),
    ),
    "a-schedule-in-a-service-that-answers": Layout(
        files={
            "src/main/resources/application.yml": "reindex:\n  cron: '0 0 3 * * ?'\nspring:\n  ai:\n    ollama:\n      chat:\n        options:\n          model: llama3\n",
            "src/main/java/org/example/Answers.java": "package org.example;\n\nimport org.springframework.ai.chat.client.ChatClient;\n\n@RestController\npublic class Answers {\n  private ChatClient client = builder.build();\n}\n",
        },
        uses=("llm",),
        models=(("chat", "llama3"),),
    ),
    "a-server-that-makes-pictures": Layout(
        files={
            "config.yaml": "modelsRuntime:\n  - name: runtime\n    modelFilename: sd_xl_turbo_1.0.safetensors\n",
            "src/agent/main.py": "import requests\n\n\ndef draw(task):\n    return requests.post(f'{HOST}/sdapi/v1/txt2img', json=task)\n",
        },
        uses=("classic-ml",),
    ),
    "a-client-of-the-sdk-with-a-name-of-its-own": Layout(
        files={
            "utils/clients.ts": "import { createTogetherAI } from '@ai-sdk/togetherai'\n\nexport const fast = createTogetherAI({ apiKey })\n",
            "app/answer.ts": "import { streamText } from 'ai'\nimport { fast } from '../utils/clients'\n\nexport const answer = () => streamText({ model: fast('openai/gpt-oss-20b'), prompt })\n",
            "app/loop.ts": "import { createReActAgent } from '../lib/loop'\n\nexport const agent = createReActAgent(tools)\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "openai/gpt-oss-20b"),),
    ),
    "one-model-in-two-regions": Layout(
        files={
            "src/config.py": "MODEL_ID = 'us.anthropic.claude-3-7-sonnet-20250219-v1:0'\n",
            "src/other.py": "MODEL_ID = 'eu.anthropic.claude-3-7-sonnet-20250219-v1:0'\n",
            "src/ask.py": "import boto3\n\nboto3.client('bedrock-runtime').converse(modelId='us.anthropic.claude-3-7-sonnet-20250219-v1:0')\n",
        },
        uses=("llm",),
        models=(("chat", "us.anthropic.claude-3-7-sonnet-20250219-v1:0"),),
        never=("eu.anthropic",),
    ),
    "a-store-of-ones-choice-several-folders-down": Layout(
        files={
            "app/memory/extensions/SQLServer/SQLServer/SqlServerMemory.cs": "using Microsoft.Data.SqlClient;\nclass SqlServerMemory { SqlConnection c = new SqlConnection(address); }\n",
            "app/memory/extensions/Qdrant/Qdrant/QdrantMemory.cs": "class QdrantMemory { }\n",
            "app/memory/extensions/Elasticsearch/Elasticsearch/Memory.cs": "class Memory { }\n",
            "app/memory/extensions/AzureAISearch/AzureAISearch/SearchMemory.cs": "using Azure.Search.Documents;\nclass SearchMemory { SearchClient c = new SearchClient(uri, name, key); }\n",
            "infra/main.bicep": "resource search 'Microsoft.Search/searchServices@2024-06-01-preview' = {\n  name: 's'\n}\n",
            "app/Answers.cs": 'using OpenAI.Chat;\nclass Answers { ChatClient client = new ChatClient("gpt-4o", key); }\n',
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        models=(("chat", "gpt-4o"),),
        asks=("the code can reach sqlserver",),
    ),
    "a-service-of-the-cloud-that-forecasts": Layout(
        files={
            "lib/train.ts": "import { CreateAutoPredictorCommand, ForecastClient } from '@aws-sdk/client-forecast'\n\nexport const train = () => new ForecastClient({}).send(new CreateAutoPredictorCommand({ PredictorName: name }))\n",
            "deploy/stack.ts": "import * as cdk from 'aws-cdk-lib'\n\nexport const table = new cdk.aws_dynamodb.Table(scope, 'Pipelines', { partitionKey: key })\n",
        },
        uses=("classic-ml", "training"),
        sources=("dynamodb",),
    ),
    "steps-of-a-pipeline-in-a-notebook-alone": Layout(
        files={
            "README.md": "# Pictures\n\nA pipeline that trains and registers a model of pictures: `pipeline.ipynb`.\n",
            "pipeline.ipynb": '{"cells": [{"cell_type": "code", "source": ["from sagemaker.estimator import Estimator\\n", "estimator = Estimator(image_uri=image, role=role)\\n", "step = TrainingStep(name=\'Train\', estimator=estimator)\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        },
        uses=("classic-ml", "training"),
    ),
    "a-store-that-is-asked-over-http": Layout(
        files={
            "docker-compose.yml": "services:\n  qdrant:\n    image: qdrant/qdrant:v1.12\n  api:\n    build: .\n    environment:\n      QDRANT_URL: http://qdrant:6333\n",
            "src/near.py": "import os\n\nimport httpx\n\nQDRANT_URL = os.environ['QDRANT_URL']\nfound = httpx.post(f'{QDRANT_URL}/collections/books/points/search', json={})\n",
            "src/answer.py": _ASKS,
            "requirements.txt": "openai==1.0.0\nhttpx==0.27\nfastapi==0.115\nuvicorn==0.30\npydantic==2.8\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
    ),
    "a-database-that-asks-a-model-itself": Layout(
        files={
            "functions/answer.sql": "CREATE FUNCTION answer(prompt TEXT) RETURNS TEXT ALIAS AWS_BEDROCK_INVOKE_MODEL MODEL ID 'amazon.titan-text-express-v1';\n",
        },
        uses=("llm",),
    ),
    "an-agent-that-reads-a-knowledge-base": Layout(
        files={
            "agent.yaml": "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Base:\n    Type: AWS::Bedrock::KnowledgeBase\n    Properties:\n      Name: base\n  Agent:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      FoundationModel: anthropic.claude-3-sonnet-20240229-v1:0\n      KnowledgeBases:\n        - KnowledgeBaseId: !Ref Base\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("bedrock-knowledge-base",),
        models=(("chat", "anthropic.claude-3-sonnet-20240229-v1:0"),),
    ),
    "rows-that-a-request-brings": Layout(
        files={
            "backend/tune.py": "from datasets import load_dataset\nfrom trl import SFTTrainer\n\n\ndef run(request):\n    rows = load_dataset('json', data_files=request.source) if request.is_file else load_dataset(request.source)\n    SFTTrainer(model=request.model, train_dataset=rows).train()\n",
        },
        uses=("llm", "training"),
        never=("sources[hugging-face-datasets]",),
    ),
}
