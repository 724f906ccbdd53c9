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
}
