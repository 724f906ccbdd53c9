"""Where a pilot runs as clouds and clusters are told it, what is encrypted, and the step that lets a model pass."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import AzureOpenAI\n\nclient = AzureOpenAI()\nclient.chat.completions.create(model='gpt-4o', messages=[])\n"
_PREDICTS = "import joblib\n\nmodel = joblib.load('model.pkl')\n\n\ndef handler(event, context):\n    return model.predict([event['row']])\n"
_SITE = "resource site 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'chat'\n  kind: 'app,linux'\n  properties: {\n    httpsOnly: true\n  }\n}\n"
_WORKER = "param kind string = 'functionapp,linux'\n\nresource worker 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'desk'\n  kind: kind\n}\n"
_SAM = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Score:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      Timeout: 7\n      MemorySize: 512\n      Events:\n        Ask:\n          Type: HttpApi\n          Properties:\n            Path: /score\n            Method: post\n"
_ENDPOINT = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Config:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      ProductionVariants:\n        - InitialInstanceCount: 2\n          InstanceType: ml.m5.large\n          ModelName: churn\n          VariantName: all\n  Endpoint:\n    Type: AWS::SageMaker::Endpoint\n    Properties:\n      EndpointConfigName: churn\n"
_STACK = "import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';\nimport * as s3 from 'aws-cdk-lib/aws-s3';\n\nnew s3.Bucket(this, 'Data', { encryption: s3.BucketEncryption.S3_MANAGED });\nnew sagemaker.CfnEndpointConfig(this, 'Config', { productionVariants: [{ initialInstanceCount: 2, modelName: 'churn' }] });\nnew sagemaker.CfnEndpoint(this, 'Endpoint', { endpointConfigName: 'churn' });\n"
_PIPELINE = "from sagemaker.workflow.condition_step import ConditionStep\nfrom sagemaker.workflow.conditions import ConditionLessThanOrEqualTo\nfrom sagemaker.workflow.functions import JsonGet\nfrom sagemaker.workflow.steps import TrainingStep\n\ntrain = TrainingStep(name='Train', estimator=estimator, inputs={})\nlimit = ConditionLessThanOrEqualTo(left=JsonGet(step_name='Evaluate', property_file=report, json_path='mse'), right=6.0)\ngate = ConditionStep(name='Check', conditions=[limit], if_steps=[register], else_steps=[])\n"
_WORKLOAD = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: chat-api\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: chat\n          image: registry.example.com/chat:1.4\n"

_LOOKS_UP = "import { Pinecone } from '@pinecone-database/pinecone';\n\nexport const getMatches = async (vector: number[], topK: number) => {\n  const index = new Pinecone().index('texts');\n  return await index.query({ vector, topK, includeMetadata: true });\n};\n"
_CALLS = "import OpenAI from 'openai';\nimport { getMatches } from './store';\n\nconst client = new OpenAI();\n\nexport async function POST(request: Request) {\n  const found = await getMatches(await embed(request), 10);\n  return client.chat.completions.create({ model: 'gpt-4o', messages: found });\n}\n"
_ROUTE = "import OpenAI from 'openai';\n\nexport const maxDuration = 120;\n\nexport async function POST(request: Request) {\n  return new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [] });\n}\n"
_HOOKS = "import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';\nimport { Duration } from 'aws-cdk-lib';\n\nnew NodejsFunction(this, 'pre-token-generation-hook', { memorySize: 128, timeout: Duration.seconds(5) });\nnew NodejsFunction(this, 'chat-handler', { memorySize: 512, timeout: Duration.minutes(2) });\n"

PLACED_LAYOUTS = {
    "a-site-of-azure-beside-a-function": Layout(
        files={"app.py": _ASKS, "infra/site.bicep": _SITE, "infra/worker.bicep": _WORKER},
        uses=("llm",),
        facts={"target.service": "azure-app-service"},
    ),
    "a-function-of-azure-whose-kind-is-a-parameter": Layout(
        files={"app.py": _ASKS, "infra/worker.bicep": _WORKER},
        uses=("llm",),
        facts={"target.service": "azure-functions"},
    ),
    "a-cluster-of-azure-by-a-verified-module": Layout(
        files={"app.py": _ASKS, "infra/main.bicep": "module cluster 'br/public:avm/res/container-service/managed-cluster:0.13.0' = {\n  name: 'aks'\n}\n", "deploy/kubernetes/chat.yaml.template": _WORKLOAD},
        uses=("llm",),
        facts={"target.service": "azure-aks"},
    ),
    "workloads-of-a-cluster-alone": Layout(
        files={"app.py": _ASKS, "k8s/chat.yaml": _WORKLOAD},
        uses=("llm",),
        facts={"target.service": "kubernetes"},
    ),
    "a-chart-beside-a-compose-file": Layout(
        files={"app.py": _ASKS, "compose.yaml": "services:\n  chat:\n    build: .\n", "chart/Chart.yaml": "apiVersion: v2\nname: chat\nversion: 0.1.0\n", "chart/values.yaml": "image:\n  repository: registry.example.com/chat\n  tag: '1.4'\nreplicaCount: 2\n"},
        uses=("llm",),
        never=("kubernetes",),
    ),
    "a-file-of-app-engine": Layout(
        files={"main.py": _ASKS, "app.yaml": "runtime: python312\ninstance_class: F2\nautomatic_scaling:\n  min_instances: 1\n  max_instances: 5\n"},
        uses=("llm",),
        facts={"target.service": "google-app-engine", "target.replicas": "1", "target.replicas_max": "5"},
    ),
    "a-file-of-another-platform-called-app": Layout(
        files={"main.py": _ASKS, "app.yaml": "command: [streamlit, run, main.py]\nenv:\n  - name: MODE\n    value: chat\n"},
        uses=("llm",),
        never=("target.service",),
    ),
    "a-classic-model-behind-an-interface": Layout(
        files={"app.py": _PREDICTS, "template.yaml": _SAM},
        uses=("classic-ml",),
        facts={"target.service": "aws-lambda", "operations.request_deadline": "7 s", "target.memory_limit": "512 MiB"},
    ),
    "an-endpoint-in-a-template": Layout(
        files={"train.py": _PIPELINE, "deploy/endpoint.yaml": _ENDPOINT},
        uses=("classic-ml", "training"),
        facts={"target.service": "amazon-sagemaker", "target.replicas": "2", "operations.quality_gate": "True"},
    ),
    "an-endpoint-of-the-cdk": Layout(
        files={"package.json": '{"dependencies": {"aws-cdk-lib": "2.200.0"}}', "lib/stack.ts": _STACK, "src/handler.py": _PREDICTS},
        uses=("classic-ml",),
        facts={"target.service": "amazon-sagemaker", "target.replicas": "2", "security.encrypted_at_rest": "True"},
    ),
    "a-number-that-a-caller-gives-the-search": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0", "@pinecone-database/pinecone": "4.0.0"}}', "app/store.ts": _LOOKS_UP, "app/api/chat/route.ts": _CALLS},
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        facts={"retrieval.top_k": "10"},
    ),
    "callers-that-give-the-search-two-numbers": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0", "@pinecone-database/pinecone": "4.0.0"}}', "app/store.ts": _LOOKS_UP, "app/api/chat/route.ts": _CALLS, "app/api/more/route.ts": _CALLS.replace("10)", "20)")},
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        never=("retrieval.top_k",),
    ),
    "a-search-that-looks-up-so-many-by-itself": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0", "@pinecone-database/pinecone": "4.0.0"}}', "app/store.ts": _LOOKS_UP.replace("topK: number", "topK = 6"), "app/api/chat/route.ts": _CALLS.replace(", 10)", ")")},
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        facts={"retrieval.top_k": "6"},
    ),
    "a-page-beside-the-route-that-answers": Layout(
        files={"package.json": '{"dependencies": {"openai": "4.0.0", "next": "15.0.0"}}', "app/api/chat/route.ts": _ROUTE, "app/chat/page.tsx": "export const maxDuration = 30;\n\nexport default function Page() {\n  return <main>chat with the assistant</main>;\n}\n"},
        uses=("llm",),
        facts={"operations.request_deadline": "2 min"},
    ),
    "a-hook-of-sign-in-beside-the-function-that-answers": Layout(
        files={"package.json": '{"dependencies": {"aws-cdk-lib": "2.200.0"}}', "lib/stack.ts": _HOOKS, "app/handler.py": _ASKS},
        uses=("llm",),
        facts={"operations.request_deadline": "2 min", "target.memory_limit": "512 MiB"},
    ),
    "an-image-of-a-site": Layout(
        files={"app.py": _ASKS, "infra/site.bicep": "var image = 'DOCKER|registry.azurecr.io/chat:latest'\n\n" + _SITE},
        uses=("llm",),
        facts={"target.image_pinned": "False"},
    ),
}  # fmt: skip
