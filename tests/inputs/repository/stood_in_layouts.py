"""Replicas of pilots in which several models, sizes or workloads are written down, of which one answers."""

from __future__ import annotations

from layouts import Layout

STOOD_IN_LAYOUTS: dict[str, Layout] = {
    "a-bean-that-answers-when-the-first-cannot": Layout(
        files={
            "adapter/build.gradle": "dependencies {\n  implementation 'dev.langchain4j:langchain4j-open-ai:1.0.1'\n  implementation 'dev.langchain4j:langchain4j-anthropic:1.0.1'\n  implementation 'org.springframework.boot:spring-boot-starter-opentelemetry:4.1.0'\n}\n",
            "adapter/src/main/java/ai/Models.java": (
                "package ai;\n\nimport dev.langchain4j.model.openai.OpenAiChatModel;\nimport dev.langchain4j.model.anthropic.AnthropicChatModel;\n\nclass Models {\n    @Bean\n"
                '    ChatModel primaryChatModel(@Value("${langchain4j.open-ai.chat-model:gpt-4o}") String modelName) {\n        return OpenAiChatModel.builder().modelName(modelName).timeout(Duration.ofSeconds(60)).build();\n    }\n\n    @Bean\n'
                '    ChatModel secondaryChatModel(@Value("${langchain4j.anthropic.chat-model:claude-3-5-sonnet-20241022}") String modelName) {\n        return AnthropicChatModel.builder().modelName(modelName).maxTokens(1024).build();\n    }\n}\n'
            ),
            "boot/src/main/resources/application.properties": "langchain4j.open-ai.chat-model=${OPENAI_CHAT_MODEL:gpt-4o}\nlangchain4j.anthropic.chat-model=${ANTHROPIC_CHAT_MODEL:claude-3-5-sonnet-20241022}\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"), ("fallback", "claude-3-5-sonnet-20241022")),
        facts={"model.name": "gpt-4o", "path.stages[model].timeout": "1 min", "monitoring.trace_id": "True"},
        never=("1,024 tok",),
    ),
    "numbers-of-examples-and-of-what-enriches": Layout(
        files={
            "requirements.txt": "weaviate-client\nopenai\n",
            "app/settings.toml": "[ingestion]\nchunk_size = 600\n\n[ingestion.chunk_enrichment_settings]\nn_chunks = 2\n",
            "app/retrieve_feedback.py": "MAX_RESULTS_K = 6\ntop_k = 6\nsearch(top_k=6)\n",
            "app/answer.py": "from openai import OpenAI\nimport weaviate\n\nclient = weaviate.connect_to_local()\n\n\ndef answer(question, top_k=None):\n    fetch_k = max(top_k, 10) * 3 if top_k is not None else 1024\n    found = client.collections.get('Manual').query.near_text(query=question, limit=fetch_k)\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=found)\n",
        },
        uses=("llm", "retrieval"),
        sources=("weaviate",),
        facts={"retrieval.chunk_size": "600"},
        never=("1,024", "retrieval.top_k", "retrieval.candidates"),
    ),
    "a-default-that-nothing-can-reach": Layout(
        files={
            "backend/build.gradle": "dependencies {\n  implementation 'org.springframework.ai:spring-ai-starter-model-bedrock-converse:1.1.4'\n  implementation 'org.springframework.ai:spring-ai-starter-vector-store-pgvector:1.1.4'\n}\n",
            "backend/src/main/resources/application.yaml": (
                "spring:\n  ai:\n    bedrock:\n      converse:\n        chat:\n          options:\n            model: eu.anthropic.claude-haiku-4-5-20251001-v1:0\n            max-tokens: 4096\n"
                "rag:\n  providers:\n    bedrock:\n      models:\n        chat: eu.anthropic.claude-3-haiku-20240307-v1:0\n"
            ),
            "backend/src/main/resources/application-staging.yaml": "spring:\n  ai:\n    bedrock:\n      converse:\n        chat:\n          options:\n            model: anthropic.claude-3-haiku-20240307-v1:0\n            max-tokens: 512\n",
            "backend/src/main/java/ai/Settings.java": 'package ai;\n\nclass Settings {\n    private static final String DEFAULT_SELECTED_MODEL = "gpt-3.5-turbo";\n    String model() {\n        return DEFAULT_SELECTED_MODEL;\n    }\n}\n',
            "backend/src/main/java/ai/Rag.java": "package ai;\n\nimport org.springframework.ai.chat.client.ChatClient;\nimport org.springframework.ai.vectorstore.VectorStore;\n\nclass Rag {\n    ChatClient client;\n    VectorStore store;\n    String ask(String question) {\n        store.similaritySearch(question);\n        return client.prompt().user(question).call().content();\n    }\n}\n",
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "eu.anthropic.claude-haiku-4-5-20251001-v1:0"),),
        facts={
            "model.name": "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
            "security.output_cap": "4,096 tok",
        },
        never=("gpt-3.5-turbo", "claude-3-haiku"),
    ),
    "a-function-whose-callers-name-no-model": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/google-genai": "^0.0.12", "@langchain/mongodb": "^0.0.5", "langsmith": "^0.3.34", "mongodb": "^6.3.0"}}\n',
            "src/llm.ts": "import { ChatGoogleGenerativeAI } from '@langchain/google-genai';\n\nexport const getLlm = async (model: string = 'gemini-2.0-flash') => {\n  return new ChatGoogleGenerativeAI({ model, maxOutputTokens: 2048 });\n};\n",
            "src/graph.ts": "import { traceable } from 'langsmith/traceable';\nimport { MongoClient } from 'mongodb';\nimport { MongoDBAtlasVectorSearch } from '@langchain/mongodb';\n\nconst client = new MongoClient('x');\nconst store = new MongoDBAtlasVectorSearch(null, {});\nexport const retrieve = traceable(async (query: string) => {\n  const k = 3;\n  return store.maxMarginalRelevanceSearch(query, { k, fetchK: 20 });\n});\n",
        },
        uses=("llm", "retrieval"),
        sources=("mongodb",),
        models=(("chat", "gemini-2.0-flash"),),
        facts={
            "model.name": "gemini-2.0-flash",
            "retrieval.top_k": "3",
            "retrieval.candidates": "20",
            "monitoring.trace_id": "True",
        },
    ),
    "functions-that-answer-and-functions-that-take-in": Layout(
        files={
            "template.yaml": (
                "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Timeout: 30\n    MemorySize: 512\nResources:\n"
                "  QueryFunction:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Events:\n        Api:\n          Type: Api\n      Policies:\n        - Statement:\n            - Action: ['bedrock:InvokeModel']\n"
                "  AddDocumentFunction:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Timeout: 300\n      MemorySize: 1024\n      Events:\n        Api:\n          Type: Api\n      Policies:\n        - Statement:\n            - Action: ['bedrock:InvokeModel']\n"
            ),
            "src/requirements.txt": "boto3==1.34.10\nlangchain-aws==0.1.7\n",
            "src/handler.py": "import os\n\nimport boto3\nfrom langchain_aws.chat_models import ChatBedrockConverse\n\nvectors = boto3.client('s3vectors', 'us-east-1')\nbedrock = boto3.client('bedrock-runtime', 'us-east-1')\nmodel = ChatBedrockConverse(client=bedrock, model=os.getenv('CHAT_MODEL_ID', 'us.anthropic.claude-sonnet-4-20250514-v1:0'))\nvectors.query_vectors(topK=3)\n",
        },
        uses=("llm", "retrieval"),
        sources=("s3-vectors",),
        facts={
            "operations.request_deadline": "30 s",
            "target.memory_limit": "512 MiB",
            "model.region": "us-east-1",
        },
    ),
    "a-size-and-the-largest-that-is-let-through": Layout(
        files={
            "requirements.txt": "boto3\npinecone\n",
            "backend/app/chunking.py": "import os\n\n\nclass Chunking:\n    def __init__(self):\n        self.chunk_size = int(os.getenv('CHUNK_SIZE', '300'))\n        self.chunk_overlap = int(os.getenv('CHUNK_OVERLAP', '50'))\n        self.max_chunk_size = int(os.getenv('MAX_CHUNK_SIZE', '600'))\n\n    def split(self, sentences):\n        overlap_size = 0\n        for one in sentences:\n            overlap_size += len(one)\n        return overlap_size\n",
            "backend/app/answer.py": "import json\n\nimport boto3\nfrom pinecone import Pinecone, ServerlessSpec\n\nclient = boto3.client('bedrock-runtime', region_name='us-east-1')\nindex = Pinecone()\nindex.create_index(name='x', dimension=1024, metric='cosine', spec=ServerlessSpec(cloud='aws', region='us-east-1'))\nbody = json.dumps({'textGenerationConfig': {'maxTokenCount': 512}})\nclient.invoke_model(modelId='amazon.titan-text-express-v1', body=body)\n",
        },
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        models=(("chat", "amazon.titan-text-express-v1"),),
        facts={
            "retrieval.chunk_size": "300",
            "retrieval.chunk_overlap": "50",
            "retrieval.dims": "1,024",
            "security.output_cap": "512 tok",
        },
    ),
    "weights-in-folders-that-are-called-after-them": Layout(
        files={
            "kubernetes/serving/phi.yaml": "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: phi\nspec:\n  predictor:\n    containers:\n      - name: kserve-container\n        image: vllm/vllm-openai:v0.25.1\n        args:\n          - /models/microsoft/phi-2/main\n          - --served-model-name\n          - phi-2\n          - --max-num-seqs\n          - '16'\n",
        },
        uses=("llm",),
        models=(("chat", "microsoft/phi-2"),),
        facts={"model.engine": "vllm", "model.max_concurrency": "16", "model.hosting": "self"},
    ),
    "a-ranker-beside-the-model-that-answers": Layout(
        files={
            "requirements.txt": "google-cloud-aiplatform==1.71.1\ngoogle-cloud-discoveryengine==0.13.11\n",
            "app/search.py": "from google.cloud import discoveryengine\nfrom google.cloud.aiplatform import MatchingEngineIndexEndpoint\nfrom vertexai.generative_models import GenerativeModel\n\nmodel = GenerativeModel('gemini-2.5-flash')\nendpoint = MatchingEngineIndexEndpoint('x')\n\n\ndef rank(records):\n    return discoveryengine.RankRequest(model='semantic-ranker-default@latest', records=records)\n",
            "scripts/generate_test_data_with_gemini.py": "from vertexai.generative_models import GenerativeModel\n\nmodel = GenerativeModel('gemini-1.5-flash')\n",
        },
        uses=("llm", "retrieval"),
        sources=("vertex-vector-search",),
        models=(("chat", "gemini-2.5-flash"), ("reranker", "semantic-ranker-default@latest")),
        never=("gemini-1.5-flash",),
    ),
    "functions-that-a-maker-of-tools-returns": Layout(
        files={
            "docker-compose.yml": "services:\n  agent:\n    build:\n      context: ./agents\n      dockerfile: Dockerfile.orchestrator\n    environment:\n      - GEMINI_MODEL=gemini-2.0-flash-exp\n",
            "agents/Dockerfile": 'FROM python:3.11-slim\nCMD ["python", "main.py"]\n',
            "agents/main.py": (
                'import os\n\nimport httpx\nfrom google.adk.agents import Agent\n\n\ndef make_chat_tools(config):\n    async def get_summary() -> dict:\n        """Get the summary of the portfolio."""\n        return httpx.get(config.url).json()\n\n'
                '    async def delete_scenario(name: str) -> dict:\n        """Delete a scenario."""\n        return httpx.delete(config.url + name).json()\n\n    def unused() -> dict:\n        """Not returned."""\n\n    return [get_summary, delete_scenario]\n\n\n'
                "agent = Agent(name='chat', model=os.getenv('GEMINI_MODEL', 'gemini-2.5-flash'), tools=[*make_chat_tools(None)])\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"get_summary": "reads", "delete_scenario": "irreversible"},
        models=(("chat", "gemini-2.5-flash"),),
        facts={"model.name": "gemini-2.5-flash"},
        never=("unused",),
    ),
    "tools-that-objects-of-a-class-of-its-own-describe": Layout(
        files={
            "requirements.txt": "openai>=1.57.0\npgvector>=0.3.6\nsqlalchemy>=2\n",
            "app/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    chat_model: str = 'gpt-4.1'\n    agent_max_tool_rounds: int = 5\n",
            "app/models.py": "from pgvector.sqlalchemy import Vector\nfrom sqlalchemy.orm import mapped_column\n\n\nclass Chunk(Base):\n    embedding = mapped_column(Vector(1536), nullable=True)\n",
            "app/registry.py": "from app.base import ToolSpec\n\nTOOL_SPECS = [\n    ToolSpec(\n        name='retrieve_documents',\n        description='Search the documents.',\n        parameters={'type': 'object', 'properties': {'query': {'type': 'string'}}},\n    ),\n]\n\n\ndef build_others():\n    return [ToolSpec(name='move_file', description='Move.', parameters={'type': 'object', 'properties': {}})]\n",
            "app/agent.py": (
                "from openai import OpenAI\n\nfrom app.config import Settings\nfrom app.models import Chunk\nfrom app.registry import TOOL_SPECS\n\nsettings = Settings()\n\n\ndef answer(messages):\n    for _ in range(settings.agent_max_tool_rounds):\n"
                "        given = OpenAI().chat.completions.create(model=settings.chat_model, messages=messages, tools=TOOL_SPECS)\n        for call in given.choices[0].message.tool_calls:\n            messages.append({'role': 'tool', 'tool_call_id': call.id, 'content': Chunk.find(call)})\n"
            ),
        },
        uses=("llm", "retrieval", "agent"),
        tools={"retrieve_documents": "reads"},
        sources=("postgresql",),
        facts={"retrieval.dims": "1,536", "agent.max_steps": "5", "model.name": "gpt-4.1"},
        never=("move_file",),
    ),
    "a-tool-in-a-file-that-nothing-takes-in": Layout(
        files={
            "requirements.txt": "langchain\nlangchain-openai\n",
            "src/pilot/main.py": "from pilot.chat import ask\nfrom pilot.store import find\nfrom pilot.words import words\n\nprint(ask(find(words())))\n",
            "src/pilot/chat.py": 'from langchain_openai import ChatOpenAI\nfrom langchain_core.tools import tool\n\n\n@tool\ndef find_cases(query: str) -> str:\n    """Find cases."""\n    return query\n\n\nllm = ChatOpenAI(model=\'gpt-4o\').bind_tools([find_cases])\n\n\ndef ask(question):\n    return llm.invoke(question)\n',
            "src/pilot/store.py": "import redis\n\nclient = redis.Redis()\n\n\ndef find(question):\n    return client.get(question)\n",
            "src/pilot/words.py": "import requests\n\n\ndef words():\n    return requests.get('https://api.wordnik.com/today').text\n",
            "src/pilot/search_client.py": 'from langchain_core.tools import tool\n\n\ndef create_search_tool(key):\n    @tool\n    def web_search(query: str) -> str:\n        """Search the web."""\n        return query\n\n    return web_search\n',
            "src/pilot/paint.py": "def show(page):\n    return __import__('io').BytesIO(page)\n",
        },
        uses=("llm", "agent"),
        sources=("redis",),
        tools={"find_cases": "reads"},
        never=("web_search", "gpt-3.5-turbo"),
    ),
    "a-variable-that-the-map-of-all-is-asked-for": Layout(
        files={
            "build.gradle": "dependencies {\n    implementation 'org.springframework.ai:spring-ai-starter-model-openai:1.0.1'\n    implementation 'io.micrometer:micrometer-tracing-bridge-otel:1.5.0'\n    runtimeOnly 'org.postgresql:r2dbc-postgresql:1.0.7'\n}\n",
            "src/main/resources/application.yml": "management:\n  tracing:\n    sampling:\n      probability: ${OTEL_TRACING_SAMPLE_RATE:0.0}\n",
            "src/main/java/ai/Models.java": 'package ai;\n\nclass Models {\n    static String choose() {\n        return System.getenv().getOrDefault("APP_OPENAI_MODEL", "gpt-4o-mini");\n    }\n\n    Object chat(Object client) {\n        return client.post().uri("https://api.openai.com/v1/chat/completions");\n    }\n}\n',
            "src/main/java/ai/Passages.java": 'package ai;\n\nimport org.springframework.r2dbc.core.DatabaseClient;\n\nclass Passages {\n    static final String NEAREST = "SELECT id FROM passages ORDER BY cosine_distance(embedding, :query::vector) LIMIT :limit";\n}\n',
        },
        uses=("llm", "retrieval"),
        sources=("postgresql",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.name": "gpt-4o-mini"},
        never=("monitoring.trace_id",),
    ),
    "classes-that-are-tools-and-a-function-that-answers": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/core": "^0.3.0", "@langchain/openai": "^0.3.0", "@langchain/langgraph": "^0.2.0", "aws-cdk-lib": "^2.150.0"}}\n',
            "src/tools.ts": (
                'import { StructuredTool, Tool } from "@langchain/core/tools";\n\nexport class WeatherTool extends Tool {\n  name = "get_weather";\n  description = "The weather of a city.";\n  async _call(input: string) { return input; }\n}\n\n'
                'export class OrderTool extends StructuredTool {\n  name = "cancel_order";\n  description = "Cancel an order.";\n  async _call(input: string) { return input; }\n}\n\nexport class Person {\n  name = "nobody_special";\n}\n'
            ),
            "src/agent.ts": 'import { ChatOpenAI } from "@langchain/openai";\nimport { createReactAgent } from "@langchain/langgraph/prebuilt";\nimport { OrderTool, WeatherTool } from "./tools";\n\nexport const agent = createReactAgent({ llm: new ChatOpenAI({ model: "gpt-4o-mini" }), tools: [new WeatherTool(), new OrderTool()] });\n',
            "infra/stack.ts": (
                "import * as cdk from 'aws-cdk-lib';\nimport * as lambda from 'aws-cdk-lib/aws-lambda';\nimport { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';\n\nnew NodejsFunction(stack, 'ChatFn', { entry: 'src/agent.ts', timeout: cdk.Duration.minutes(2), memorySize: 1024 });\n"
                "new lambda.Function(stack, 'IngestFn', { timeout: cdk.Duration.minutes(15), memorySize: 3008 });\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"get_weather": "reads", "cancel_order": "irreversible"},
        models=(("chat", "gpt-4o-mini"),),
        facts={"operations.request_deadline": "2 min", "target.memory_limit": "1 GiB"},
        never=("nobody_special",),
    ),
    "a-model-of-ollama-that-is-called-like-its-maker": Layout(
        files={
            "requirements.txt": "ollama\n",
            "app/main.py": "import ollama\n\nclient = ollama.Client(host='http://localhost:11434')\n\n\ndef chat(question):\n    return client.chat(model='mistral:latest', messages=[{'role': 'user', 'content': question}])\n",
            "infra/stack.py": (
                "from aws_cdk import Duration, aws_lambda as _lambda\n\n_lambda.Function(stack, 'AnswerFn', timeout=Duration.seconds(45), memory_size=2048)\n_lambda.Function(stack, 'SyncFn', timeout=Duration.minutes(15), memory_size=512)\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "mistral:latest"),),
        facts={
            "model.name": "mistral:latest",
            "model.hosting": "self",
            "operations.request_deadline": "45 s",
            "target.memory_limit": "2 GiB",
        },
        never=("api.mistral.ai",),
    ),
    "an-answer-whose-length-is-said-far-below-its-client": Layout(
        files={
            "requirements.txt": "google-generativeai==0.8.3\n",
            "app/answers.py": (
                "import google.generativeai as genai\n\n\nclass Answers:\n    def __init__(self):\n        self.model = genai.GenerativeModel('gemini-2.5-flash')\n"
                + "\n" * 60
                + "    def ask(self, prompt):\n        return self.model.generate_content(prompt, generation_config=genai.types.GenerationConfig(max_output_tokens=1500))\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gemini-2.5-flash"),),
        facts={"security.output_cap": "1,500 tok"},
    ),
    "a-profile-of-a-model-and-an-agent-of-the-cloud": Layout(
        files={
            "agent/settings.py": (
                "import os\n\nDEFAULT_PROFILE_ID = 'global.anthropic.claude-sonnet-4-20250514-v1:0'\nDEFAULT_BEDROCK_MODEL_ID = 'anthropic.claude-sonnet-4-20250514-v1:0'\n\n\nclass Settings:\n"
                "    bedrock_inference_profile_id: str = os.getenv('BEDROCK_INFERENCE_PROFILE_ID', DEFAULT_PROFILE_ID)\n    bedrock_model_id: str = os.getenv('BEDROCK_MODEL_ID', DEFAULT_BEDROCK_MODEL_ID)\n"
            ),
            "agent/agent.py": "from google.adk.agents import Agent\nfrom google.adk.models.lite_llm import LiteLlm\n\nfrom agent.settings import Settings\n\nagent = Agent(name='root', model=LiteLlm(model=f'bedrock/{Settings().bedrock_inference_profile_id}'))\n",
            "src/handler.py": "import boto3\n\nclient = boto3.client('bedrock-agentcore', region_name='us-west-2')\n\n\ndef lambda_handler(event, context):\n    return client.invoke_agent_runtime(agentRuntimeArn='x', payload=event)\n",
            "template.yaml": (
                "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Timeout: 300\n    MemorySize: 256\n    Environment:\n      Variables:\n        AGENT_RUNTIME_ARN: x\n"
                "Resources:\n  MailFunction:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: handler.lambda_handler\n"
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "global.anthropic.claude-sonnet-4-20250514-v1:0"),),
        hosts=("bedrock-agentcore.*.amazonaws.com",),
        facts={
            "model.name": "global.anthropic.claude-sonnet-4-20250514-v1:0",
            "operations.request_deadline": "5 min",
            "target.memory_limit": "256 MiB",
        },
    ),
}
