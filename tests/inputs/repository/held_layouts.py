"""Replicas in which a value holds for something else than the pilot as a whole: one provider, one part, what is off."""

from __future__ import annotations

from layouts import Layout

_ASKS = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)
_PART = "import bentoml\nfrom openai import OpenAI\n\n\n@bentoml.service(%s)\nclass Answer:\n    def ask(self):\n        return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"

HELD_LAYOUTS: dict[str, Layout] = {
    "classes-that-only-describe-tools": Layout(
        files={
            "tools.py": (
                "from pydantic import BaseModel\nfrom langchain.tools.retriever import create_retriever_tool\nfrom langchain_core.tools import Tool\nfrom langchain_community.tools.tavily_search import TavilySearchResults\n"
                "from langchain_community.tools.tavily_search import TavilyAnswer as Other\n\n\nclass BaseTool(BaseModel):\n    type: str\n\n\nclass Described(BaseTool):\n    name: str = 'Search (short answer)'\n\n\n"
                "tools = [create_retriever_tool(index, 'press_search', 'Searches'), Tool('Draw', draw, 'Draws'), TavilySearchResults(api_wrapper=w, name='search_tavily')]\n"
            ),
            "agent.py": "from langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\nfrom tools import tools\n\nagent = create_react_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), tools)\n",
        },
        uses=("llm", "agent"),
        tools={"press_search": "reads", "Draw": "unknown", "search_tavily": "reads"},
        never=("short answer", "TavilySearchResults"),
    ),
    "tools-that-a-list-calls-by-their-functions": Layout(
        files={
            "given.py": "from langchain_core.tools import tool\n\n\n@tool('present_files')\ndef present_file_tool(path: str) -> str:\n    return show(path)\n",
            "agent.py": "from enum import Enum\n\nfrom langchain.agents import create_agent\nfrom given import present_file_tool\n\n\nclass Kinds(str, Enum):\n    CITED = 'cited'\n\n\nagent = create_agent(model='gpt-4o-2024-08-06', tools=[present_file_tool, Kinds.CITED])\n",
        },
        uses=("llm", "agent"),
        tools={"present_files": "unknown"},
        never=("present_file_tool", "CITED"),
    ),
    "a-region-of-one-of-two-providers": Layout(
        files={
            "llms.py": "import boto3\nfrom langchain_openai import ChatOpenAI\nfrom langchain_aws import ChatBedrock\n\n\ndef make(bedrock):\n    if bedrock:\n        return ChatBedrock(model_id='anthropic.claude-v2', client=boto3.client('bedrock-runtime', region_name='us-west-2'))\n    return ChatOpenAI(model='gpt-4o')\n",
        },
        uses=("llm",),
        never=("us-west-2",),
    ),
    "limits-of-one-of-two-providers": Layout(
        files={
            "anthropic/client.go": 'package anthropic\n\nimport (\n\tsdk "github.com/anthropics/anthropic-sdk-go"\n)\n\nconst (\n\tDefaultMaxTokens = 8192\n)\n\nfunc New() { sdk.NewClient() }\n',
            "openai/client.go": 'package openai\n\nimport (\n\topenai "github.com/sashabaranov/go-openai"\n)\n\nfunc New() { openai.NewClient("k") }\n',
            "go.mod": "module example.com/chat\n",
        },
        uses=("llm",),
        never=("security.output_cap",),
    ),
    "a-provider-beside-an-endpoint-of-its-own": Layout(
        files={
            "app_bedrock.py": "import os\nfrom langchain_community.llms import Bedrock\n\nllm = Bedrock(model_id=os.environ['MODEL'])\n",
            "infra/endpoint.yaml": "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Config:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      ProductionVariants:\n        - InitialInstanceCount: 1\n          InstanceType: ml.g5.2xlarge\n",
        },
        uses=("llm",),
        asks=("model.hosting is not clear",),
        never=("model.hosting",),
    ),
    "a-schedule-that-tidies-up-and-mail-that-is-off": Layout(
        files={
            "app.py": _ASKS,
            "config/application.yml": "forgot-password:\n  cleaner:\n    cron: '0 0 0 * * ?'\nstatistics:\n  enabled: false\n  url: https://collect.statistics-of-others.io/v1\n",
            ".env": "enable_mail_server=false\nmail_host=https://mail.of-others.io\n",
        },
        uses=("llm",),
        never=("pipeline.refresh", "statistics-of-others", "of-others.io"),
    ),
    "handlers-wrapped-without-a-tracer": Layout(
        files={
            "main.go": 'package main\n\nimport (\n\topenai "github.com/sashabaranov/go-openai"\n\t"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"\n)\n\nfunc main() {\n\totelhttp.NewHandler(h, "api")\n\topenai.NewClient("k")\n}\n',
            "go.mod": "module example.com/chat\n",
        },
        uses=("llm",),
        never=("monitoring.trace_id",),
    ),
    "an-index-that-is-listed-whole": Layout(
        files={
            "make.py": "from azure.search.documents import SearchClient\n\nfor doc in SearchClient(endpoint, index, credential).search('', top=1000):\n    use(doc)\n",
            "app.py": _ASKS,
        },
        uses=("llm", "retrieval"),
        sources=("azure-ai-search",),
        never=("retrieval.top_k",),
    ),
    "many-samples-side-by-side": Layout(
        files={
            f"sample_of_{name}/service.py": _PART
            % ("resources={'gpu': 2, 'gpu_type': 'nvidia-l4'}" if name == "c" else "")
            for name in ("a", "b", "c", "d", "e", "f", "g")
        }
        | {
            f"sample_of_{name}/requirements.txt": "bentoml==1.4\nopenai==1.50\n"
            for name in ("a", "b", "c", "d", "e", "f", "g")
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("target.count",),
    ),
    "a-rule-on-words-with-a-threshold": Layout(
        files={
            "app.py": _ASKS,
            "domain.py": "def classify_domain(text: str, threshold: float = 1.0) -> str:\n    return 'law' if sum(word in text for word in WORDS) > threshold else 'other'\n",
        },
        uses=("llm",),
        never=("model.decision_threshold",),
    ),
    "templates-of-a-store-and-of-helpers": Layout(
        files={
            "app.py": _ASKS,
            "deploy/chart/Chart.yaml": "name: desk\n",
            "deploy/chart/values.yaml": "image: desk\n",
            "deploy/chart/templates/postgres-statefulset.yaml": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: postgres\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: db\n          image: {{ .Values.db }}\n",
            "deploy/chart/templates/provisioner-deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: provisioner\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: p\n          image: {{ .Values.p }}\n",
        },
        uses=("llm",),
        never=("target.replicas",),
    ),
    "a-step-with-a-cap-of-its-own": Layout(
        files={
            "settings.py": "primer_llm_max_tokens: int = 12_000\nllm_max_tokens: int = 900\n",
            "app.py": _ASKS,
            "vercel.json": '{"git": {"deploymentEnabled": {"main": false}}}\n',
        },
        uses=("llm",),
        facts={"security.output_cap": "900 tok"},
        never=("12,000", "vercel"),
    ),
    "environments-of-infrastructure": Layout(
        files={
            "app.py": _ASKS,
            "infra/environments/staging/main.tf": 'provider "google" {\n  region = "europe-west4"\n}\nmodule "run" {\n  min_instances = 1\n}\n',
            "infra/environments/prod/main.tf": 'provider "google" {\n  zone = "europe-west1-b"\n}\nmodule "run" {\n  min_instances = 3\n}\n',
        },
        uses=("llm",),
        facts={"target.replicas": "3", "target.region": "europe-west1"},
        never=("europe-west4",),
    ),
    "values-with-which-a-chart-is-deployed": Layout(
        files={
            "app.py": _ASKS,
            "chart/Chart.yaml": "name: desk\n",
            "chart/values.yaml": "replicas: 3\nresources:\n  limits: {memory: 4Gi}\n",
            "chart/env/prod.yaml": 'autoscaling:\n  enabled: true\n  minReplicas: 2\n  maxReplicas: 30\nresources:\n  limits: {memory: 8Gi}\nenvVars:\n  MCP_SERVERS: >\n    [{"name": "search", "url": "https://mcp.search-of-others.io/mcp"}]\n',
        },
        uses=("llm",),
        facts={
            "target.replicas": "2",
            "target.replicas_max": "30",
            "target.memory_limit": "8 GiB",
            "security.egress[mcp.search-of-others.io].name": "mcp.search-of-others.io",
        },
    ),
    "an-environment-that-lists-many-models": Layout(
        files={
            "app.py": "import os\nfrom langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model=os.environ['CHOSEN'])\n",
            ".env.example": "".join(
                f'LLM_MODEL_CONFIG_{name.upper()}="{model}"\n'
                for name, model in (
                    ("a", "gpt-4o,key"),
                    ("b", "gemini-2.5-flash"),
                    ("c", "claude-sonnet-4-6,key"),
                    ("d", "gpt-4o-mini,key"),
                    ("e", "llama-3.1-8b-instant,key"),
                )
            ),
        },
        uses=("llm",),
        never=("gemini-2.5-flash", "model.name"),
    ),
    "splitters-at-hand-and-speech-by-a-gateway": Layout(
        files={
            "agent.py": "from livekit.agents import Agent, inference\n\nagent = Agent(llm=inference.LLM(model='openai/gpt-4o-2024-08-06'))\nstt = inference.STT(model='deepgram/nova-3')\n",
            "compress.py": "from langchain_text_splitters import TokenTextSplitter\n\nsplitter = TokenTextSplitter(chunk_size=size(), chunk_overlap=0)\n",
            "pages/vercel.json": '{"github": {"silent": true}}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"), ("speech", "deepgram/nova-3")),
        facts={"model.hosting": "hosted", "security.egress[livekit.cloud].name": "livekit.cloud"},
        never=("api.openai.com", "retrieval.chunk_overlap", "vercel"),
    ),
    "a-question-in-the-form-of-a-tool": Layout(
        files={
            "graph.py": (
                "from langchain_core.tools import tool\nfrom langchain_openai import ChatOpenAI\nfrom pydantic import BaseModel\n\n\n@tool\nclass Query(BaseModel):\n    text: str\n\n\n"
                "def ask(tool_class):\n    return ChatOpenAI(model='gpt-4o-2024-08-06').bind_tools([tool_class])\n"
            ),
            "training/config.yaml": "max_seq_length: 1024\nmax_new_tokens: 77\n",
        },
        uses=("llm",),
        never=("Query", "tool_class", "1,024", "77 tok"),
    ),
    "what-infrastructure-deploys-before-what-code-falls-back-to": Layout(
        files={
            "infra/main.bicep": (
                "resource d 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {\n  name: 'chat'\n  sku: {\n    name: 'Standard'\n    capacity: 50\n  }\n"
                "  properties: {\n    model: {\n      format: 'OpenAI'\n      name: 'gpt-5-mini'\n      version: '2025-08-07'\n    }\n  }\n}\n"
            ),
            **{
                f"src/{name}.ts": "import { AzureChatOpenAI } from '@langchain/openai'\nexport const llm = new AzureChatOpenAI({ modelName: process.env.DEPLOYMENT ?? 'gpt-5' })\n"
                for name in ("a", "b", "c")
            },
            "infra/pages/endpointCodeSample.py": "from mistralai import Mistral\n\nMistral(api_key='x').chat.complete(model='mistral-large-2411', messages=[])\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-5-mini"},
        never=("mistral",),
    ),
    "settings-of-a-provider-that-no-package-asks": Layout(
        files={
            "pom.xml": (
                "<project><dependencies>\n<dependency>\n<artifactId>spring-ai-starter-model-openai</artifactId>\n</dependency>\n"
                "<!-- <dependency>\n<artifactId>spring-ai-starter-model-anthropic</artifactId>\n</dependency> -->\n</dependencies></project>\n"
            ),
            "src/main/resources/application.properties": (
                "spring.ai.anthropic.chat.options.model=claude-3-7-sonnet-20250219\nspring.ai.openai.chat.options.model=gpt-4o\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.name": "gpt-4o"},
        never=("claude", "anthropic.com"),
    ),
    "a-parameter-with-a-default-and-its-caller": Layout(
        files={
            "requirements.txt": "boto3==1.34.0\nlangchain-aws==0.1.0\n",
            "answers.py": (
                "import os\nfrom langchain_aws import ChatBedrock\n\n\ndef _get_llm(model_id='anthropic.claude-instant-v1'):\n"
                "    return ChatBedrock(model_id=model_id, model_kwargs={'max_tokens_to_sample': 8000})\n\n\n"
                "def build():\n    model_id = os.environ.get('BEDROCK_MODEL_ID', 'anthropic.claude-v2:1')\n    return _get_llm(model_id=model_id)\n"
            ),
        },
        uses=("llm",),
        facts={"model.name": "anthropic.claude-v2:1"},
        never=("instant",),
    ),
    "tools-of-a-library-and-tools-that-others-make": Layout(
        files={
            "agent.py": (
                "from langchain.agents import create_tool_calling_agent\nfrom langchain_community.tools import PolygonLastQuote\nfrom langchain_openai import ChatOpenAI\n\n"
                "llm = ChatOpenAI(model='gpt-4-0125-preview')\nagent = create_tool_calling_agent(llm, [PolygonLastQuote()], prompt)\n"
            ),
            "plugins/base.py": (
                "from langchain_core.tools import StructuredTool, Tool\n\n\nclass Plugin:\n    def langchainfy(self):\n"
                "        return StructuredTool.from_function(name=self.name, func=bound_wrapper(self))\n\n"
                "    def other(self):\n        return Tool(name=self.name, func=self.function)\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"PolygonLastQuote": "reads"},
        facts={"security.egress[api.polygon.io].name": "api.polygon.io", "model.alias_floating": "False"},
        never=("bound_wrapper", '"function"'),
    ),
    "an-agent-of-bedrock-as-a-program": Layout(
        files={
            "stack.py": (
                "from aws_cdk import aws_bedrock as bedrock\n\nmodel = 'amazon.nova-pro-v1:0'\n"
                "group = bedrock.CfnAgent.AgentActionGroupProperty(\n    action_group_name='Find',\n    function_schema=bedrock.CfnAgent.FunctionSchemaProperty(\n"
                "        functions=[bedrock.CfnAgent.FunctionProperty(name='find_restaurants', parameters={})]\n    ),\n)\n"
                "agent = bedrock.CfnAgent(None, 'agent', agent_name='a', foundation_model=model, action_groups=[group])\n"
            ),
            "rows/handler.py": "import pandas as pd\n\nMAX_RESULTS = 50\n\n\ndef main(event, context):\n    return pd.DataFrame(event)[:MAX_RESULTS].to_json()\n",
        },
        uses=("llm", "agent"),
        tools={"find_restaurants": "reads"},
        facts={"model.name": "amazon.nova-pro-v1:0"},
        never=("retrieval.top_k",),
    ),
    "parameters-that-the-template-does-not-know": Layout(
        files={
            "infra/main.bicep": "param chatModelName string = ''\n\nmodule api './core/host/functions.bicep' = {\n  name: 'api'\n  params: {\n    model: chatModelName\n  }\n}\n",
            "infra/main.parameters.json": (
                '{"parameters": {"chatModelName": {"value": "${AZURE_OPENAI_CHAT_MODEL=gpt-4o}"}, '
                '"embeddingModelName": {"value": "${AZURE_OPENAI_EMB_MODEL_NAME=text-embedding-3-small}"}}}\n'
            ),
            "app.py": "import os\nfrom openai import AzureOpenAI\n\nAzureOpenAI(azure_endpoint='x').chat.completions.create(model=os.environ['AZURE_OPENAI_CHAT_MODEL'], messages=[])\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o"},
        never=("text-embedding-3-small",),
    ),
    "candidates-of-a-store": Layout(
        files={
            "requirements.txt": "qdrant-client==1.9.0\nopenai==1.30.0\n",
            "store.py": (
                "from qdrant_client import QdrantClient\n\n\nclass Store:\n    def hybrid_search(self, vector, limit: int = 100):\n"
                "        return QdrantClient(url='http://qdrant:6333').query_points(collection_name='c', query=vector, limit=limit)\n"
            ),
        },
        uses=("retrieval",),
        sources=("qdrant",),
        never=("retrieval.top_k",),
    ),
    "builds-and-profiles-of-several-providers": Layout(
        files={
            "pom.xml": (
                "<project><profiles>\n<profile>\n<id>openai</id>\n<activation><activeByDefault>true</activeByDefault></activation>\n<dependencies>\n<dependency>\n"
                "<artifactId>spring-ai-starter-model-openai</artifactId>\n</dependency>\n</dependencies>\n</profile>\n<profile>\n<id>ollama</id>\n<dependencies>\n<dependency>\n"
                "<artifactId>spring-ai-starter-model-ollama</artifactId>\n</dependency>\n</dependencies>\n</profile>\n</profiles></project>\n"
            ),
            "src/main/resources/application.properties": "spring.ai.ollama.chat.options.model = llama3.2\n",
            "src/main/resources/application-deepseek.properties": "spring.ai.openai.chat.base-url = https://api.deepseek.com\nspring.ai.openai.chat.options.model = deepseek-chat\n",
            "src/main/resources/application-azure-ai.properties": "spring.ai.azure.openai.endpoint = https://own.openai.azure.com/\n",
            "src/main/java/Tools.java": (
                'import org.springframework.ai.tool.annotation.Tool;\n\npublic class Tools {\n    @Tool(description = "Prices")\n    public String getPrices() {\n        return "";\n    }\n}\n'
            ),
        },
        uses=("llm", "agent"),
        tools={"getPrices": "reads"},
        never=("llama3.2", "deepseek", "openai.azure.com"),
    ),
    "an-endpoint-that-embeds": Layout(
        files={
            "stack.py": "from aws_cdk import Stack\n\n\nclass Embeds(Stack):\n    def build(self):\n        return CustomEndpoint(self, 'EmbeddingEndpoint', model_id='gpt-j-6b-fp16')\n",
            "app.py": "import os\nfrom langchain_community.llms import SagemakerEndpoint\n\nllm = SagemakerEndpoint(endpoint_name=os.environ['NAME'])\n",
        },
        uses=("llm", "retrieval"),
        models=(("embedding", "gpt-j-6b-fp16"),),
        never=("model.name",),
    ),
    "words-that-stand-for-a-region": Layout(
        files={
            "agent.py": (
                "import boto3\n\nAWS_REGION = '<AWS REGION>'\nmodel = boto3.client('bedrock-runtime', region_name=AWS_REGION)\nspeech = boto3.client('polly', region_name='eu-west-1')\n"
                "model.converse(modelId='anthropic.claude-3-haiku-20240307-v1:0', messages=[])\n"
            ),
            "hub.tf": 'resource "google_gke_hub_feature" "f" {\n  location = "global"\n}\n',
            "config/plugin.json": '{"plugin": {"legalInfoUrl": "https://people-read-this.dev", "name": "x"}}\n',
        },
        uses=("llm",),
        never=("model.region", "target.region", "people-read-this.dev"),
    ),
    "calls-of-a-tool-and-of-a-tokenizer": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "^4.0.0", "openai": "^4.0.0", "js-tiktoken": "^1.0.0"}}\n',
            "src/run.ts": (
                "import { tool, generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\nimport { encodingForModel } from 'js-tiktoken'\n\n"
                "export const encoding = encodingForModel('gpt-3.5-turbo-1106')\n"
                "export const go = async (args: object) => {\n  const out = await tool(...Object.values(args))\n  return generateText({ model: openai('gpt-4o-2024-08-06'), prompt: String(out) })\n}\n"
            ),
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=("gpt-3.5", '"out"'),
    ),
    "a-provider-that-settings-name": Layout(
        files={
            "config.yaml": "provide_settings:\n  llm:\n    provider: OpenAI\n    config:\n      model: gpt-4o-mini\n",
            "llm/openai_llm.py": "from openai import OpenAI\n\n\ndef make(**kwargs):\n    return OpenAI(**kwargs)\n",
            "llm/azure_llm.py": "import os\nfrom openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint=os.environ['AZURE_OPENAI_ENDPOINT'])\n",
            "serve.py": "from ray import serve\n\n\n@serve.deployment(num_replicas=1, ray_actor_options={'num_gpus': 0})\nclass Answers:\n    pass\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o-mini", "security.egress[api.openai.com].name": "api.openai.com"},
        never=("target.count",),
    ),
    "a-parameter-with-a-default-that-nobody-gives": Layout(
        files={
            "model.py": (
                "from transformers import AutoModel, AutoModelForSequenceClassification\n\n\ndef head(model_name='google/bert_uncased_L-2_H-128_A-2'):\n"
                "    return AutoModelForSequenceClassification.from_pretrained(model_name)\n"
            ),
            "serve.py": "from fastapi import FastAPI\nfrom model import head\n\napp = FastAPI()\nEMBEDDING_MODEL_MAX_INPUT_LENGTH = 384\nmodel = head()\n",
        },
        uses=("classic-ml",),
        models=(("classifier", "google/bert_uncased_L-2_H-128_A-2"),),
        facts={"model.name": "google/bert_uncased_L-2_H-128_A-2"},
        never=("384 tok",),
    ),
    "a-model-that-looks-at-pictures-beside-the-one-that-answers": Layout(
        files={
            "app/vision.py": "from openai import OpenAI\n\n\ndef describe(picture):\n    return OpenAI().responses.create(model='gpt-4.1-mini', input=[picture])\n",
            "app/settings.py": "CHAT_MODEL = 'gpt-4o-2024-08-06'\n",
            "app/answer.py": "from openai import OpenAI\nfrom app.settings import CHAT_MODEL\nfrom app.vision import describe\n\n\ndef answer(text):\n    return OpenAI().responses.create(model=CHAT_MODEL, input=text)\n",
            "spike/agents/Program.cs": 'using OpenAI.Chat;\nvar client = new ChatClient("gpt-5-mini", key);\n',
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o-2024-08-06", "model.alias_floating": "False"},
        never=("gpt-5-mini",),
    ),
    "a-cap-that-is-called-after-a-step": Layout(
        files={
            "app.py": (
                "from openai import OpenAI\n\nHINTS_PARSE_MAX_TOKENS = 600\nANSWER_MAX_TOKENS = 900\nclient = OpenAI()\n\n\ndef hints(text):\n"
                "    return client.responses.create(model='gpt-4o-2024-08-06', input=text, max_tokens=HINTS_PARSE_MAX_TOKENS)\n\n\ndef answer(text):\n"
                "    return client.responses.create(model='gpt-4o-2024-08-06', input=text, max_tokens=ANSWER_MAX_TOKENS)\n"
            ),
        },
        uses=("llm",),
        facts={"security.output_cap": "900 tok"},
        never=("600",),
    ),
    "numbers-of-steps-beside-the-answer": Layout(
        files={
            ".env.test": "BEDROCK_MAX_TOOL_CALLS=5\n",
            "jest.setup.ts": "process.env.QDRANT_URL = 'https://vectors.acme-test.io'\n",
            "app/settings.py": "CHAT_MODEL = 'gpt-4o-2024-08-06'\nHINTS_PARSE_MODEL = 'gpt-4.1-mini-2025-04-14'\n",
            "app/answer.py": (
                "from openai import OpenAI\nfrom app.settings import CHAT_MODEL, HINTS_PARSE_MODEL\nfrom app.rows import rows\n\nclient = OpenAI()\n"
                "client.responses.create(model=CHAT_MODEL, input='x')\nclient.responses.create(model=HINTS_PARSE_MODEL, input='x')\n"
            ),
            "app/rows.py": "CHUNK_SIZE = 500\n\n\ndef rows(cursor):\n    return cursor.fetchmany(CHUNK_SIZE)\n",
            "app/indexer/load.py": "from openai import OpenAI\n\n\ndef load(texts):\n    return OpenAI(timeout=17).responses.create(model='gpt-4o-2024-08-06', input=texts)\n",
            "workshop-agents/schedule.yaml": "Resources:\n  Poll:\n    Type: AWS::Events::Rule\n    Properties:\n      ScheduleExpression: rate(7 minutes)\n",
        },
        uses=("llm",),
        facts={"model.name": "gpt-4o-2024-08-06"},
        never=(
            "acme-test.io",
            "agent.max_tool_calls",
            "retrieval.chunk_size",
            "path.stages[model].timeout",
            "pipeline.refresh",
        ),
    ),
}
"""Name -> the replica."""
