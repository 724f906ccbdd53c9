"""Replicas of pilots whose files of parameters, jobs of a cloud and described tools say what the code does not."""

from __future__ import annotations

from layouts import Layout

GIVEN_LAYOUTS: dict[str, Layout] = {
    "parameters-before-defaults": Layout(
        files={
            "infra/main.bicep": (
                "param chatModelName string = 'gpt-4o-mini'\nparam chatModelVersion string = '2024-07-18'\n"
                "module openAi 'core/ai/cognitiveservices.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n        model: {\n          format: 'OpenAI'\n"
                "          name: chatModelName\n          version: chatModelVersion\n        }\n        capacity: 30\n      }\n    ]\n  }\n}\n"
            ),
            "infra/main.parameters.json": '{"parameters": {"chatModelName": {"value": "${CHAT_MODEL=gpt-4o}"}, "chatModelVersion": {"value": "${CHAT_VERSION=2024-11-20}"}}}\n',
            "api/assistant.js": (
                "const { AzureOpenAI } = require('openai');\nconst nodemailer = require('nodemailer');\nconst mail = nodemailer.createTransport({ host: 'smtp.office365.com', port: 587 });\n"
                "const definition = { tools: [{ type: 'function', function: { name: 'getPrice', parameters: {} } }, { type: 'function', name: 'sendEmail', parameters: {} }] };\n"
                "const client = new AzureOpenAI({});\n"
            ),
            "api/guardrails.js": "const checked = { model: 'gpt-4.1-mini' };\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o"), ("guardrail", "gpt-4.1-mini")),
        facts={"model.name": "gpt-4o", "model.version": "2024-11-20"},
        tools={"getPrice": "reads", "sendEmail": "irreversible"},
        never=("gpt-4o-mini",),
    ),
    "jobs-of-sagemaker-and-sources-in-a-build-folder": Layout(
        files={
            "train/start.py": "import boto3\n\nsagemaker = boto3.client('sagemaker')\nsagemaker.create_training_job(TrainingJobName='x')\n",
            "deploy/start.py": "import boto3\n\nboto3.client('sagemaker').create_endpoint_config(ProductionVariants=[{'InitialInstanceCount': 1}])\n",
            "build/buildspec.yml": "version: 0.2\n",
            "build/predictor.py": "import pickle\n\nmodel = pickle.load(open('decision-tree-model.pkl', 'rb'))\n",
        },
        uses=("classic-ml", "training"),
        facts={"model.safe_format": "False", "model.hosting": "self"},
    ),
    "a-knowledge-base-of-a-template": Layout(
        files={
            "template.yaml": (
                "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Base:\n    Type: AWS::Bedrock::KnowledgeBase\n    Properties:\n      KnowledgeBaseConfiguration:\n        VectorKnowledgeBaseConfiguration:\n"
                '          EmbeddingModelArn: !Sub "arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.titan-embed-text-v1"\n'
                "  Documents:\n    Type: AWS::Bedrock::DataSource\n    Properties:\n      DataSourceConfiguration:\n        Type: S3\n        S3Configuration:\n          BucketArn: !Ref BucketArn\n"
                "  Agent:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      FoundationModel: anthropic.claude-v2\n"
            ),
        },
        uses=("llm", "retrieval", "agent"),
        sources=("bedrock-knowledge-base", "s3"),
        models=(("chat", "anthropic.claude-v2"), ("embedding", "amazon.titan-embed-text-v1")),
    ),
    "a-model-of-an-enumeration-asked-by-hand": Layout(
        files={
            "package.json": '{"dependencies": {"next": "13.2.4", "openai": "^3.2.1"}}\n',
            "types/index.ts": "export enum OpenAIModel {\n  TURBO_SMALL = 'gpt-3.5-turbo',\n}\n",
            "utils/index.ts": (
                "import { OpenAIModel } from '@/types';\n\nexport const ask = async (messages: unknown[]) =>\n  fetch('https://api.openai.com/v1/chat/completions', {\n    method: 'POST',\n"
                "    body: JSON.stringify({ model: OpenAIModel.TURBO_SMALL, messages, max_tokens: 800 }),\n  });\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-3.5-turbo"),),
        facts={
            "model.name": "gpt-3.5-turbo",
            "model.hosting": "hosted",
            "security.egress[api.openai.com].name": "api.openai.com",
        },
    ),
    "files-in-a-bucket-by-their-address": Layout(
        files={
            "requirements.txt": "mlflow==2.9\npandas==2.1\nscikit-learn==1.3\ns3fs==2023.10\n",
            "score.py": (
                "import mlflow\nimport pandas as pd\n\nTABLE = 'gs://your-bucket/rows.csv'\n\n\ndef score(run, day):\n    model = mlflow.pyfunc.load_model(f's3://models/{run}/artifacts/model')\n"
                "    target = f's3://answers/{day}.parquet'\n    rows = pd.read_csv(TABLE)\n    rows.to_parquet(target)\n    return model.predict(rows)\n"
            ),
        },
        uses=("classic-ml",),
        sources=("s3",),
    ),
    "files-on-their-way-to-a-feature-store": Layout(
        files={
            "requirements.txt": "feast[aws]==0.34\nscikit-learn==1.3\n",
            "features/feature_store.yaml": "project: desk\nprovider: aws\nonline_store: {type: dynamodb, region: us-west-2}\noffline_store:\n  type: redshift\n  region: us-west-2\n  s3_staging_location: [SET YOUR BUCKET]\n",
            "train.py": "from sklearn.tree import DecisionTreeClassifier\nimport feast\n\nstore = feast.FeatureStore(repo_path='features')\nDecisionTreeClassifier().fit(store, 1)\n",
        },
        uses=("classic-ml", "training"),
        sources=("feast", "dynamodb", "redshift", "s3"),
    ),
    "a-server-that-only-a-port-names": Layout(
        files={
            "requirements.txt": "openai==1.50\nredis==5.0\n",
            "settings.yaml": "database:\n  host: ${DATABASE_HOST:localhost:5432}\n  username: ${DATABASE_USER:reader}\nmetrics:\n  host: localhost:9090\n",
            "app.py": "import openai\nimport redis\n\nredis.Redis(host='cache')\nopenai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
        },
        uses=("llm",),
        sources=("redis",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("the settings hold the address of postgresql",),
    ),
    "code-beside-the-settings-of-an-environment": Layout(
        files={
            "app/backend/pyvenv.cfg": "home = /usr/bin\n",
            "app/backend/requirements.txt": "openai==1.50\n",
            "app/backend/app.py": "import openai\n\nopenai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
            "tools/pyvenv.cfg": "home = /usr/bin\n",
            "tools/lib/python3.11/site-packages/other.py": "import openai\n\nopenai.OpenAI().chat.completions.create(model='gpt-3.5-turbo', messages=[])\n",
            "app/backend/rating.eval.ts": "import OpenAI from 'openai';\nnew OpenAI().chat.completions.create({ model: 'o3', messages: [] });\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("gpt-3.5-turbo", "o3"),
    ),
    "six-models-of-which-any-could-answer": Layout(
        files={
            "requirements.txt": "openai==1.50\n",
            "app.py": "import openai\n\nclient = openai.OpenAI()\n\n\ndef ask():\n    client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n    client.chat.completions.create(model='gpt-4.1-2025-04-14', messages=[])\n    client.chat.completions.create(model='o3-2025-04-16', messages=[])\n    client.chat.completions.create(model='gpt-4.1-mini-2025-04-14', messages=[])\n    client.chat.completions.create(model='o4-mini-2025-04-16', messages=[])\n    client.chat.completions.create(model='gpt-4-0613', messages=[])\n",
        },
        uses=("llm",),
        asks=("6 models of chats are named: which of them does production ask? gpt-4o-2024-08-06 (app.py:7",),
        never_asks=("could be the one that answers",),
        never=("model.name",),
    ),
}
