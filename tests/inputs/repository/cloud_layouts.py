"""Replicas of pilots on Amazon's cloud: what Terraform, the CDK and helpers of one's own say of models, stores and tools."""

from __future__ import annotations

from layouts import Layout

_ASKS = "import json\nimport os\n\nimport boto3\n\nclient = boto3.client('bedrock-runtime')\n\n\ndef handler(event, context):\n    return client.invoke_model(modelId=os.environ['HELPER_MODEL'], body=json.dumps(event))\n"
_TOOL = "import {{ z }} from 'zod';\nimport {{ ToolDefinition }} from '../../lib/definition';\n\nconst inputSchema = z.object({{ path: z.string() }});\nconst name = '{name}';\n\nexport const {held}: ToolDefinition = {{\n  name,\n  handler: async (input) => input.path,\n  toolSpec: async () => ({{\n    name,\n    description: `Does ${{name}} for the user.`,\n    inputSchema: {{ json: inputSchema }},\n  }}),\n}};\n"

CLOUD_LAYOUTS: dict[str, Layout] = {
    "values-of-terraform-and-an-agent-that-reads-a-knowledge-base": Layout(
        files={
            "infra/variables.tf": 'variable "agent_model_id" {\n  default = "amazon.nova-lite-v1:0"\n}\n',
            "infra/terraform.tfvars": 'agent_model_id = "amazon.nova-pro-v1:0"\n',
            "infra/main.tf": (
                'resource "aws_bedrockagent_agent" "helper" {\n  foundation_model = var.agent_model_id\n}\n'
                'resource "aws_opensearchserverless_collection" "policies" {\n  type = "VECTORSEARCH"\n}\n'
                'resource "aws_bedrockagent_knowledge_base" "policies" {\n  knowledge_base_configuration {\n    vector_knowledge_base_configuration {\n      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"\n    }\n  }\n}\n'
                'resource "aws_bedrockagent_agent_knowledge_base_association" "policies" {\n  knowledge_base_state = "ENABLED"\n}\n'
                'resource "aws_lambda_function" "helper" {\n  tracing_config {\n    mode = "Active"\n  }\n  environment {\n    variables = {\n      HELPER_MODEL = "anthropic.claude-3-haiku-20240307-v1:0"\n    }\n  }\n}\n'
            ),
            "functions/helper/handler.py": _ASKS,
        },
        uses=("llm", "retrieval", "agent"),
        sources=("bedrock-knowledge-base", "opensearch"),
        models=(("chat", "amazon.nova-pro-v1:0"), ("embedding", "amazon.titan-embed-text-v2:0")),
        asks=(
            "one more model of chats is named apart from amazon.nova-pro-v1:0: does production ask it? anthropic.claude-3-haiku-20240307-v1:0 (",
        ),
        facts={"monitoring.trace_id": "True"},
        never=("nova-lite",),
    ),
    "a-default-of-code-that-terraform-gives-another-value": Layout(
        files={
            "agents/main.py": (
                "import os\n\nimport boto3\nfrom openai import AsyncOpenAI\n\nBEDROCK_MODEL_ID = os.getenv('BEDROCK_MODEL_ID', 'anthropic.claude-3-5-sonnet-20241022-v2:0')\n"
                "bedrock = boto3.client('bedrock-runtime')\nother = AsyncOpenAI()\n\n\ndef ask(body):\n    return bedrock.invoke_model(modelId=BEDROCK_MODEL_ID, body=body)\n\n\n"
                "async def _ask_openai_fallback(task):\n    return await other.chat.completions.create(model='gpt-4o', messages=[task])\n"
            ),
            "infra/environments/dev/terraform.tfvars": 'bedrock_model_id = "us.anthropic.claude-3-haiku-20240307-v1:0"\n',
            "infra/environments/dev/variables.tf": 'variable "bedrock_model_id" {\n  default = "anthropic.claude-3-5-sonnet-20241022-v2:0"\n}\n',
        },
        uses=("llm",),
        models=(("chat", "us.anthropic.claude-3-haiku-20240307-v1:0"), ("fallback", "gpt-4o")),
        facts={"model.name": "us.anthropic.claude-3-haiku-20240307-v1:0"},
        never=("sonnet",),
    ),
    "a-knowledge-base-behind-a-switch": Layout(
        files={
            "main.tf": 'variable "create_knowledge_base" {\n  default = false\n}\nresource "aws_bedrockagent_agent" "helper" {\n  foundation_model = "anthropic.claude-3-sonnet-20240229-v1:0"\n}\nresource "aws_bedrockagent_knowledge_base" "policies" {\n  count = var.create_knowledge_base ? 1 : 0\n  knowledge_base_configuration {\n    vector_knowledge_base_configuration {\n      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v1"\n    }\n  }\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "anthropic.claude-3-sonnet-20240229-v1:0"),),
        never=("titan",),
    ),
    "an-overlay-that-patches-replicas": Layout(
        files={
            "k8s/base/kustomization.yaml": "resources:\n  - api.yaml\n",
            "k8s/base/api.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: api\n          image: example/api:1.2\n",
            "k8s/overlays/production/kustomization.yaml": "resources:\n  - ../../base\npatches:\n  - patch: |-\n      - op: replace\n        path: /spec/replicas\n        value: 4\n    target:\n      kind: Deployment\n      name: api\n",
            "api/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        facts={"target.replicas": "4"},
    ),
    "a-service-of-the-cloud-that-trains-and-recommends": Layout(
        files={
            "aws_lambda/shared/service.py": "from helpers import get_service_client\n\n\nclass Personalize:\n    def __init__(self):\n        self.cli = get_service_client('personalize')\n",
            "aws_lambda/s3_event/handler.py": "from helpers import get_service_client\n\n\ndef lambda_handler(event, context):\n    return get_service_client('s3').get_object(Bucket='b', Key='k')\n",
            "infrastructure/functions.py": "import aws_cdk.aws_iam as iam\nfrom aws_cdk.aws_lambda import Tracing\n\nkwargs = {}\nkwargs['tracing'] = Tracing.ACTIVE\niam.PolicyStatement(actions=['personalize:CreateSolutionVersion', 'personalize:CreateBatchInferenceJob'])\n",
        },
        uses=("classic-ml", "training", "batch"),
        sources=("s3",),
        hosts=("personalize.*.amazonaws.com",),
        facts={"model.hosting": "hosted", "monitoring.trace_id": "True"},
    ),
    "tools-that-are-named-by-a-constant": Layout(
        files={
            "packages/core/src/tools/read/index.ts": _TOOL.format(name="readFile", held="readTool"),
            "packages/core/src/tools/write/index.ts": _TOOL.format(name="writeFile", held="writeTool"),
            "packages/core/src/tools/send/index.ts": _TOOL.format(name="sendReport", held="sendTool"),
            "packages/core/src/tools/think/index.ts": _TOOL.format(name="ponder", held="thinkTool"),
            "packages/core/src/tools/index.ts": "export * from './think';\nimport { readTool } from './read';\nimport { writeTool } from './write';\nimport { sendTool } from './send';\n\nexport const allTools = [readTool, writeTool, sendTool];\n",
            "packages/worker/src/agent.ts": "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';\nimport { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';\nimport { allTools } from 'core/tools';\n\nconst client = new BedrockRuntimeClient({});\nconst runtime = new BedrockAgentCoreClient({});\nawait client.send(new ConverseCommand({ modelId: 'anthropic.claude-3-haiku-20240307-v1:0', messages, toolConfig: { tools: allTools } }));\n",
        },
        uses=("llm", "agent"),
        tools={"readFile": "reads", "writeFile": "writes", "sendReport": "writes"},
        hosts=("bedrock-runtime.*.amazonaws.com", "bedrock-agentcore.*.amazonaws.com"),
        never=("ponder",),
    ),
    "memory-of-an-agent-and-a-knowledge-base-by-constructs": Layout(
        files={
            "agent.py": "from bedrock_agentcore.memory import MemorySessionManager\nfrom strands import Agent, tool\n\nmemory = MemorySessionManager(memory_id='m')\n\n\n@tool\ndef find_order(number: str) -> str:\n    return number\n\n\nAgent(tools=[find_order], model='us.anthropic.claude-sonnet-4-20250514-v1:0')\n",
            "search.py": "from opensearchpy import OpenSearch\n\nclient = OpenSearch(hosts=[])\nclient.search(index='i', body={'query': {'knn': {'vector': {'vector': [], 'k': 3}}}})\n",
            "stack.py": "from cdklabs.generative_ai_cdk_constructs import bedrock\n\nbase = bedrock.KnowledgeBase(self, 'kb')\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("bedrock-knowledge-base", "opensearch"),
        hosts=("bedrock-agentcore.*.amazonaws.com",),
    ),
    "settings-in-a-file-whose-name-is-a-placeholder": Layout(
        files={
            "infra/config/default-XXXXXXXXXXXX.json": '{"env": {"account": "XXXXXXXXXXXX", "region": "ap-southeast-1"}}\n',
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        never=("target.region",),
    ),
    "an-action-group-with-a-description-of-its-interface": Layout(
        files={
            "infra/main.tf": 'resource "aws_bedrockagent_agent" "helper" {\n  foundation_model = "anthropic.claude-3-sonnet-20240229-v1:0"\n}\nresource "aws_bedrockagent_agent_action_group" "orders" {\n  api_schema {\n    payload = file("${var.path}/schemas/orders-schema.yaml")\n  }\n}\n',
            "app/schemas/orders-schema.yaml": "openapi: 3.0.0\npaths:\n  /orders:\n    get:\n      operationId: findOrders\n  /cancelOrder:\n    post:\n      summary: Cancel one\n",
            "app/own/openapi.json": '{"openapi": "3.0.0", "paths": {"/health": {"get": {"operationId": "askHealth"}}}}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "anthropic.claude-3-sonnet-20240229-v1:0"),),
        tools={"findOrders": "reads", "cancelOrder": "irreversible"},
        never=("askHealth",),
    ),
    "functions-that-answer-beside-a-service-on-fargate": Layout(
        files={
            "stack.py": "from aws_cdk import Duration, aws_ecs as ecs, aws_lambda as lambda_\n\nlambda_.Function(self, 'chat-handler', timeout=Duration.seconds(30))\necs.FargateService(self, 'pages', desired_count=1)\n",
            "functions/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        never=("target.service",),
    ),
    "a-function-of-the-cdk-that-answers": Layout(
        files={
            "lib/stack.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda';\nimport { Duration } from 'aws-cdk-lib';\n\nnew lambda.Function(this, 'ChatHandler', { memorySize: 512, timeout: Duration.seconds(30) });\n",
            "functions/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        facts={"target.service": "aws-lambda", "operations.request_deadline": "30 s"},
    ),
    "a-function-of-terraform-beside-containers": Layout(
        files={
            "infra/main.tf": 'resource "aws_lambda_function" "agent" {\n  timeout = 60\n}\nresource "aws_ecs_service" "tools" {\n  launch_type = "FARGATE"\n}\n',
            "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        never=("target.service",),
    ),
    "a-knowledge-base-that-answers-and-keeps-its-vectors-elsewhere": Layout(
        files={
            "terraform/main.tf": (
                'resource "awscc_bedrock_knowledge_base" "kb" {\n  knowledge_base_configuration = {\n    vector_knowledge_base_configuration = {\n      embedding_model_arn = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0"\n    }\n  }\n  storage_configuration = {\n    type = "PINECONE"\n    pinecone_configuration = {\n      connection_string = var.host\n    }\n  }\n}\n'
                'resource "awscc_bedrock_data_source" "files" {\n  data_source_configuration = {\n    s3_configuration = {\n      bucket_arn = aws_s3_bucket.files.arn\n    }\n  }\n}\n'
            ),
            "app/handler.py": "import boto3\n\nclient = boto3.client('bedrock-agent-runtime')\n\n\ndef lambda_handler(event, context):\n    return client.retrieve_and_generate(input={'text': event['question']})\n",
        },
        uses=("llm", "retrieval"),
        sources=("bedrock-knowledge-base", "pinecone", "s3"),
        models=(("embedding", "amazon.titan-embed-text-v2:0"),),
        facts={"model.hosting": "hosted"},
    ),
    "a-function-of-terraform-that-is-told-its-model": Layout(
        files={
            "infra/lambda.tf": 'resource "aws_lambda_function" "detection" {\n  timeout     = 30\n  memory_size = 512\n  environment {\n    variables = {\n      MODEL_ID = var.model_id\n    }\n  }\n}\nresource "aws_lambda_function" "cleanup" {\n  timeout = 600\n}\n',
            "api/handler.py": "import os\n\nimport boto3\n\nboto3.client('bedrock-runtime').invoke_model(modelId=os.environ.get('MODEL_ID', 'amazon.nova-lite-v1:0'), body='{}')\n",
        },
        uses=("llm",),
        facts={
            "operations.request_deadline": "30 s",
            "target.memory_limit": "512 MiB",
            "target.service": "aws-lambda",
        },
    ),
    "a-function-that-only-waits-while-a-stack-is-made": Layout(
        files={
            "lib/stack.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda';\nimport * as cdk from 'aws-cdk-lib';\n\nnew lambda.Function(this, 'SearchDelayFunction', { timeout: cdk.Duration.minutes(1) });\nnew lambda.Function(this, 'RetrievalFunction', { timeout: cdk.Duration.minutes(15) });\n",
            "functions/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        facts={"operations.request_deadline": "15 min"},
    ),
    "functions-that-call-an-agent-of-the-cloud": Layout(
        files={
            "infra/main.tf": 'resource "aws_bedrockagentcore_agent_runtime" "agent" {\n  agent_runtime_name = "agent"\n}\nresource "aws_lambda_function" "agent_invoker" {\n  timeout = 60\n}\n',
            "functions/main.py": "import boto3\n\nboto3.client('bedrock-agentcore').invoke_agent_runtime(agentRuntimeArn=arn, payload=b'{}')\n",
        },
        uses=("llm", "agent"),
        facts={"target.service": "amazon-bedrock-agentcore"},
    ),
    "models-that-constants-of-the-cdk-name": Layout(
        files={
            "lib/stack.ts": "import { aws_bedrock as cdk } from 'aws-cdk-lib';\nimport { bedrock } from '@cdklabs/generative-ai-cdk-constructs';\n\nconst kb = new bedrock.VectorKnowledgeBase(this, 'Docs', {\n  embeddingsModel: bedrock.BedrockFoundationModel.TITAN_EMBED_TEXT_V2_1024,\n});\nconst model = cdk.FoundationModelIdentifier.ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0;\n",
            "functions/main.py": "import boto3\n\nboto3.client('bedrock-agent-runtime').retrieve(knowledgeBaseId=kb, retrievalQuery={'text': 'a'})\n",
        },
        uses=("llm", "retrieval"),
        sources=("bedrock-knowledge-base",),
        models=(
            ("embedding", "amazon.titan-embed-text-v2:0"),
            ("chat", "anthropic.claude-3-haiku-20240307-v1:0"),
        ),
        facts={"retrieval.dims": "1,024"},
    ),
    "an-asynchronous-function-beside-another": Layout(
        files={
            "lib/stack.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda';\nimport * as cdk from 'aws-cdk-lib';\n\nnew lambda.Function(this, 'AsyncHandler', { timeout: cdk.Duration.minutes(10) });\nnew lambda.Function(this, 'Handler', { timeout: cdk.Duration.minutes(3) });\n",
            "functions/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        never=("operations.request_deadline",),
    ),
    "a-runtime-of-agents-that-the-cdk-makes": Layout(
        files={
            "infra/agent.ts": "import { Runtime } from 'aws-cdk-lib/aws-bedrockagentcore';\n\nnew Runtime(this, 'Runtime', { agentRuntimeArtifact: artifact });\n",
            "infra/api.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda';\nimport { Duration } from 'aws-cdk-lib';\n\nnew lambda.Function(this, 'AgentInvoker', { memorySize: 512, timeout: Duration.minutes(5) });\n",
            "agent/main.py": "from strands import Agent\n\nAgent(model='us.amazon.nova-pro-v1:0')('hello')\n",
        },
        uses=("llm", "agent"),
        facts={"target.service": "amazon-bedrock-agentcore"},
        never=("target.memory_limit", "operations.request_deadline"),
    ),
    "a-runtime-of-agents-in-a-stack-in-python": Layout(
        files={
            "cdk/stack.py": "from aws_cdk import Stack, aws_bedrockagentcore as bedrockagentcore\n\n\nclass AgentStack(Stack):\n    def __init__(self, scope, name):\n        bedrockagentcore.CfnRuntime(self, 'Runtime', agent_runtime_name='agent')\n",
            "agent/main.py": "from strands import Agent\n\nAgent(model='us.amazon.nova-pro-v1:0')('hello')\n",
        },
        uses=("llm", "agent"),
        facts={"target.service": "amazon-bedrock-agentcore"},
    ),
    "a-runtime-of-agents-in-a-project-of-its-own": Layout(
        files={
            "runtime/stack.py": "from aws_cdk import Stack, aws_bedrockagentcore as bedrockagentcore\n\n\nclass AgentStack(Stack):\n    def __init__(self, scope, name):\n        bedrockagentcore.CfnRuntime(self, 'Runtime', agent_runtime_name='agent')\n",
            "api/stack.py": "from aws_cdk import Duration, aws_lambda\n\naws_lambda.Function(stack, 'agent-function', timeout=Duration.seconds(600))\n",
            "api/main.py": "from strands import Agent\n\nAgent(model='us.amazon.nova-pro-v1:0')('hello')\n",
        },
        uses=("llm", "agent"),
        facts={"operations.request_deadline": "10 min"},
        never=("target.service",),
    ),
}
