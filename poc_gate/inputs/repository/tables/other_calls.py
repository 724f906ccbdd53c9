"""Names in TypeScript, Java, Go and C# -> facts: this class or function, in a file that names this package; a new one is one row."""

from __future__ import annotations

from typing import NamedTuple

from poc_gate.inputs.repository.tables.calls.call import Call


class OtherCall(NamedTuple):
    """A name, and what must stand in the file for the name to mean this."""

    hints: tuple[str, ...]
    """One of these texts, a package's name most often."""
    call: Call


_LLM, _EMB, _AGENT, _ML = ("llm",), ("retrieval",), ("llm", "agent"), ("classic-ml",)


def _rows(names: str, hints: str, call: Call) -> dict[str, OtherCall]:
    return {name: OtherCall(tuple(hints.split("|")), call) for name in names.split()}


def _merged(*parts: dict[str, OtherCall]) -> dict[str, tuple[OtherCall, ...]]:
    """Return the rows of each name in their order: which of them is meant, the file's packages decide."""
    found: dict[str, tuple[OtherCall, ...]] = {}
    for part in parts:
        for name, row in part.items():
            found[name] = (*found.get(name, ()), row)
    return found


def _source(system: str, *techniques: str, direction: str = "") -> Call:
    return Call("source", system, techniques=techniques, direction=direction)


def _chat(provider: str) -> Call:
    return Call("model", "chat", provider, "model", _LLM)


def _emb(provider: str) -> Call:
    return Call("model", "embedding", provider, "model", _EMB)


OTHER_CALLS = _merged(
    # TypeScript and JavaScript
    _rows("ChatOpenAI", "@langchain/openai|langchain", _chat("openai")),
    _rows("AzureChatOpenAI", "@langchain/openai", _chat("azure-openai")),
    _rows("OpenAIEmbeddings", "langchain", _emb("openai")),
    _rows("AzureOpenAIEmbeddings", "langchain", _emb("azure-openai")),
    _rows("ChatAnthropic", "@langchain/anthropic", _chat("anthropic")),
    _rows("ChatGoogleGenerativeAI", "@langchain/google", _chat("google")),
    _rows("ChatBedrockConverse BedrockChat ChatBedrock", "langchain", _chat("bedrock")),
    _rows("ChatOllama", "langchain", _chat("ollama")),
    _rows("ChatGroq", "langchain", _chat("groq")),
    _rows("BedrockEmbeddings", "langchain", _emb("bedrock")),
    _rows("OllamaEmbeddings", "langchain", _emb("ollama")),
    _rows("initChatModel", "langchain", _chat("")),
    _rows("OpenAI", "openai", Call("host", "", "openai", techniques=_LLM)),
    _rows("AzureOpenAI", "openai", Call("host", "", "azure-openai", techniques=_LLM)),
    _rows("Anthropic", "@anthropic-ai/sdk", Call("host", "", "anthropic", techniques=_LLM)),
    _rows("GoogleGenerativeAI GoogleGenAI", "@google/gen", Call("host", "", "google", techniques=_LLM)),
    _rows("BedrockRuntimeClient", "client-bedrock-runtime", Call("host", "", "bedrock", techniques=_LLM)),
    _rows("openai", "@ai-sdk/openai", _chat("openai")),
    _rows("anthropic", "@ai-sdk/anthropic", _chat("anthropic")),
    _rows("google", "@ai-sdk/google", _chat("google")),
    _rows("azure", "@ai-sdk/azure", _chat("azure-openai")),
    _rows("bedrock", "@ai-sdk/amazon-bedrock", _chat("bedrock")),
    _rows("mistral", "@ai-sdk/mistral", _chat("mistral")),
    _rows("groq", "@ai-sdk/groq", _chat("groq")),
    _rows("xai", "@ai-sdk/xai", _chat("xai")),
    _rows("togetherai together", "@ai-sdk/togetherai", _chat("together")),
    _rows("fireworks", "@ai-sdk/fireworks", _chat("fireworks")),
    _rows("deepseek", "@ai-sdk/deepseek", _chat("deepseek")),
    _rows("cohere", "@ai-sdk/cohere", _chat("cohere")),
    _rows("cerebras", "@ai-sdk/cerebras", _chat("cerebras")),
    _rows("deepinfra", "@ai-sdk/deepinfra", _chat("deepinfra")),
    _rows("perplexity", "@ai-sdk/perplexity", _chat("perplexity")),
    _rows("vertex", "@ai-sdk/google-vertex", _chat("vertex-ai")),
    _rows("openrouter", "@openrouter/ai-sdk-provider", _chat("openrouter")),
    _rows("ollama", "ollama-ai-provider", _chat("ollama")),
    _rows("workersai createWorkersAI", "workers-ai-provider", _chat("cloudflare")),
    _rows("AI.run", "@cf/|@hf/", Call("model", "", "cloudflare", "model")),
    _rows("gateway gateway.languageModel", "@ai-sdk/gateway|'ai'|\"ai\"", _chat("vercel-gateway")),
    _rows("generateText streamText generateObject streamObject", "'ai'|\"ai\"", Call("technique", "llm", techniques=_LLM)),
    _rows("createReactAgent createAgent ToolNode AgentExecutor createToolCallingAgent", "langchain", Call("technique", "agent", techniques=_AGENT)),
    _rows("StateGraph", "@langchain/langgraph", Call("technique", "llm", techniques=_LLM)),
    _rows("interrupt", "@langchain/langgraph", Call("approval")),
    _rows("Agent", "@openai/agents|@mastra/core|@strands", Call("technique", "agent", techniques=_AGENT)),
    _rows("tool DynamicTool DynamicStructuredTool createTool registerTool", "langchain|'ai'|\"ai\"|@mastra|@openai/agents|@modelcontextprotocol|@ai-sdk", Call("tool", "")),
    _rows("TavilySearch TavilySearchResults TavilyExtract", "langchain", Call("tool", "reads", "tavily")),
    _rows("SerpAPI", "langchain", Call("tool", "reads", "serpapi")),
    _rows("Serper GoogleSerperAPIWrapper", "langchain", Call("tool", "reads", "serper")),
    _rows("BraveSearch", "langchain", Call("tool", "reads", "brave-search")),
    _rows("ExaSearchResults", "langchain", Call("tool", "reads", "exa")),
    _rows("DuckDuckGoSearch", "langchain", Call("tool", "reads", "duckduckgo")),
    _rows("WikipediaQueryRun", "langchain", Call("tool", "reads", "wikipedia")),
    _rows("Calculator WebBrowser", "langchain", Call("tool", "reads")),
    _rows("VectorStoreIndex ContextChatEngine VectorIndexRetriever", "llamaindex", Call("technique", "retrieval", techniques=_EMB)),
    _rows("OpenAIAgent ReActAgent AnthropicAgent", "llamaindex", Call("technique", "agent", techniques=_AGENT)),
    _rows("PGVectorStore", "langchain|llamaindex", _source("postgresql", "retrieval", direction="both")),
    _rows("PineconeStore Pinecone", "pinecone", _source("pinecone", "retrieval")),
    _rows("QdrantVectorStore QdrantClient", "qdrant", _source("qdrant", "retrieval")),
    _rows("Chroma ChromaClient", "chroma", _source("chroma", "retrieval")),
    _rows("lancedb.connect", "@lancedb/lancedb|vectordb", _source("lancedb", "retrieval")),
    _rows("WeaviateStore", "weaviate", _source("weaviate", "retrieval")),
    _rows("MilvusClient Milvus", "milvus|zilliz", _source("milvus", "retrieval")),
    _rows("SupabaseVectorStore", "supabase", _source("postgresql", "retrieval")),
    _rows("SearchClient", "@azure/search-documents|com.azure.search|Azure.Search.Documents", _source("azure-ai-search", "retrieval", direction="read")),
    _rows("Pool", "'pg'|\"pg\"|pg-pool", _source("postgresql")),
    _rows("drizzle", "drizzle-orm/postgres|drizzle-orm/node-postgres|drizzle-orm/vercel-postgres|drizzle-orm/neon", _source("postgresql")),
    _rows("sql sql.query", "@vercel/postgres", _source("postgresql")),
    _rows("MongoClient", "mongodb", _source("mongodb")),
    _rows("createClient", "'redis'|\"redis\"|@vercel/kv", _source("redis")),
    _rows("createBrowserClient createServerClient createPagesServerClient", "@supabase/", _source("postgresql")),
    _rows("registerOTel NodeSDK AddApplicationInsightsTelemetry AddApplicationInsightsTelemetryWorkerService AddOpenTelemetry UseAzureMonitor", "@vercel/otel|opentelemetry|OpenTelemetry|ApplicationInsights|AddApplicationInsights", Call("technique", "traced", techniques=("traced",))),
    _rows("otel.SetTracerProvider", "opentelemetry|otel", Call("technique", "traced", techniques=("traced",))),  # without it, wrapped handlers write no spans
    _rows("put", "@vercel/blob", _source("vercel-blob", direction="write")),
    _rows("DocumentAnalysisClient DocumentIntelligenceClient DocumentIntelligenceClientBuilder DocumentAnalysisClientBuilder DocumentIntelligenceAsyncClient", "FormRecognizer|DocumentIntelligence|ai-form-recognizer|documentintelligence|formrecognizer", Call("host", "", "azure-content-safety")),
    _rows("PrismaClient", "@prisma/client", _source("sql-database")),
    _rows("neon", "@neondatabase/serverless", _source("postgresql")),
    _rows("Index", "@upstash/vector", _source("upstash-vector", "retrieval")),
    _rows("OpenAIApi", "openai", Call("host", "", "openai", techniques=_LLM)),
    _rows("GraphServiceClient", "Microsoft.Graph|@microsoft/microsoft-graph-client|microsoft.graph", Call("host", "", "microsoft-graph")),
    _rows("Redis", "ioredis|@upstash/redis", _source("redis")),
    _rows("Session", "Supabase.ai", Call("model", "embedding", "transformers", "model", _EMB)),
    _rows("createClient", "@supabase/supabase-js", _source("postgresql")),
    _rows("Client", "@elastic/elasticsearch", _source("elasticsearch")),
    _rows("Client", "@opensearch-project/opensearch", _source("opensearch")),
    _rows("connect createConnection", "mongoose", _source("mongodb")),
    _rows("createPool createConnection", "mysql2", _source("mysql")),
    _rows("driver", "neo4j-driver", _source("neo4j")),
    _rows("AzureCosmosDBNoSQLVectorStore AzureCosmosDBVectorStore AzureCosmsosDBNoSQLChatMessageHistory", "@langchain/azure-cosmosdb", _source("cosmosdb", "retrieval")),
    _rows("S3Client", "@aws-sdk/client-s3|software.amazon.awssdk.services.s3", _source("s3")),
    _rows("DynamoDBClient", "client-dynamodb", _source("dynamodb")),
    _rows("BlobServiceClient", "@azure/storage-blob|Azure.Storage.Blobs", _source("azure-blob-storage")),
    _rows("CosmosClient", "@azure/cosmos|Azure.Cosmos|com.azure.cosmos", _source("cosmosdb")),
    _rows("Kafka", "kafkajs", _source("kafka")),
    _rows("AWS.DynamoDB AWS.DynamoDB.DocumentClient", "aws-sdk", _source("dynamodb")),
    _rows("AWS.S3", "aws-sdk", _source("s3")),
    _rows("AWS.SQS", "aws-sdk", _source("sqs")),
    _rows("AWS.BedrockRuntime", "aws-sdk", Call("host", "", "bedrock", techniques=_LLM)),
    _rows("defineSchema ctx.db.query ctx.db.insert ctx.db.get ctx.db.patch", "convex/server|_generated/server", _source("convex")),
    _rows("ctx.vectorSearch", "convex/server|_generated/server", Call("technique", "retrieval", techniques=_EMB)),
    _rows("kv.get kv.set kv.del kv.incr kv.hset kv.hget kv.hgetall kv.zadd kv.zrange kv.lpush kv.lrange kv.sadd kv.pipeline", "@vercel/kv", _source("redis")),
    _rows("BigQuery", "@google-cloud/bigquery", _source("bigquery")),
    _rows("Storage", "@google-cloud/storage", _source("gcs")),
    _rows("Firestore", "@google-cloud/firestore", _source("firestore")),
    # constructs of the AWS CDK
    _rows("Table TableV2", "aws-cdk-lib/aws-dynamodb|aws_dynamodb", _source("dynamodb")),
    _rows("DatabaseCluster DatabaseInstance ServerlessCluster", "aws-cdk-lib/aws-rds|aws_rds", _source("postgresql")),
    _rows("CfnKnowledgeBase VectorKnowledgeBase", "bedrock", _source("bedrock-knowledge-base", "retrieval")),
    _rows("CfnAgent bedrock.Agent", "bedrock", Call("technique", "agent", techniques=_AGENT)),
    _rows("VectorCollection CfnCollection", "opensearch", _source("opensearch", "retrieval")),
    # Java
    _rows("RocketMQTemplate RocketMQMessageListener DefaultMQProducer", "rocketmq", _source("rocketmq")),
    _rows("PulsarTemplate PulsarClient", "pulsar", _source("pulsar")),
    _rows("OpenAiChatModel OpenAiStreamingChatModel", "langchain4j|spring", _chat("openai")),
    _rows("GitHubModelsChatModel GitHubModelsStreamingChatModel", "langchain4j", _chat("github-models")),
    _rows("MistralAiChatModel MistralAiStreamingChatModel", "langchain4j|spring", _chat("mistral")),
    _rows("GitHubModelsEmbeddingModel", "langchain4j", _emb("github-models")),
    _rows("MistralAiEmbeddingModel", "langchain4j|spring", _emb("mistral")),
    _rows("AzureOpenAiChatModel AzureOpenAiStreamingChatModel", "langchain4j|spring", _chat("azure-openai")),
    _rows("OllamaChatModel", "langchain4j|spring", _chat("ollama")),
    _rows("AnthropicChatModel", "langchain4j|spring", _chat("anthropic")),
    _rows("BedrockChatModel", "langchain4j", _chat("bedrock")),
    _rows("VertexAiGeminiChatModel GoogleAiGeminiChatModel", "langchain4j|spring", _chat("google")),
    _rows("OpenAiEmbeddingModel", "langchain4j|spring", _emb("openai")),
    _rows("AzureOpenAiEmbeddingModel", "langchain4j|spring", _emb("azure-openai")),
    _rows("AllMiniLmL6V2EmbeddingModel AllMiniLmL6V2QuantizedEmbeddingModel", "langchain4j", Call("model", "embedding", "huggingface", techniques=_EMB, default="all-MiniLM-L6-v2")),
    _rows("BgeSmallEnV15EmbeddingModel BgeSmallEnV15QuantizedEmbeddingModel", "langchain4j", Call("model", "embedding", "huggingface", techniques=_EMB, default="bge-small-en-v1.5")),
    _rows("AiService", "langchain4j", Call("technique", "llm", techniques=_LLM)),
    _rows("PgVectorEmbeddingStore PgVectorStore", "langchain4j|spring", _source("postgresql", "retrieval")),
    _rows("AzureAiSearchEmbeddingStore AzureAiSearchContentRetriever", "langchain4j", _source("azure-ai-search", "retrieval")),
    _rows("QdrantEmbeddingStore", "langchain4j", _source("qdrant", "retrieval")),
    _rows("MilvusEmbeddingStore", "langchain4j", _source("milvus", "retrieval")),
    _rows("RedisEmbeddingStore", "langchain4j", _source("redis", "retrieval")),
    _rows("ElasticsearchEmbeddingStore", "langchain4j", _source("elasticsearch", "retrieval")),
    _rows("ChromaEmbeddingStore", "langchain4j", _source("chroma", "retrieval")),
    _rows("similaritySearch", "springframework.ai|langchain", Call("technique", "retrieval", techniques=_EMB)),
    _rows("EmbeddingStoreContentRetriever QuestionAnswerAdvisor RetrievalAugmentationAdvisor VectorStore", "langchain4j|springframework.ai", Call("technique", "retrieval", techniques=_EMB)),
    _rows("AiServices ChatClient", "langchain4j|springframework.ai", Call("technique", "llm", techniques=_LLM)),
    _rows("OpenAIClientBuilder OpenAIClient", "com.azure.ai.openai", Call("host", "", "azure-openai", techniques=_LLM)),
    _rows("SearchClientBuilder SearchAsyncClient", "com.azure.search", _source("azure-ai-search", "retrieval", direction="read")),
    _rows("BlobServiceClientBuilder BlobContainerClientBuilder", "com.azure.storage.blob", _source("azure-blob-storage")),
    _rows("CosmosClientBuilder CosmosRepository ReactiveCosmosRepository EnableCosmosRepositories EnableReactiveCosmosRepositories", "cosmos", _source("cosmosdb")),
    _rows("ServiceBusClientBuilder ServiceBusProcessorClient", "com.azure.messaging.servicebus|servicebus", _source("service-bus")),
    _rows("MongoClients MongoTemplate", "mongodb", _source("mongodb")),
    _rows("JedisPool RedisTemplate", "redis", _source("redis")),
    _rows("KafkaTemplate KafkaConsumer KafkaListener KafkaProducer KafkaStreams", "kafka", _source("kafka")),
    # C#
    _rows("AddAzureOpenAIChatClient", "SemanticKernel|Extensions.AI", _chat("azure-openai")),
    _rows("AddOpenAIChatClient", "SemanticKernel|Extensions.AI", _chat("openai")),
    _rows("AddChatClient AsIChatClient GetStreamingResponseAsync", "Extensions.AI", Call("technique", "llm", techniques=_LLM)),
    _rows("AddAzureOpenAIChatCompletion AzureOpenAIChatCompletionService", "SemanticKernel", _chat("azure-openai")),
    _rows("AddOpenAIChatCompletion OpenAIChatCompletionService", "SemanticKernel", _chat("openai")),
    _rows("AddAzureOpenAITextEmbeddingGeneration AddAzureOpenAIEmbeddingGenerator", "SemanticKernel|Extensions.AI", _emb("azure-openai")),
    _rows("AddOpenAITextEmbeddingGeneration AddOpenAIEmbeddingGenerator", "SemanticKernel|Extensions.AI", _emb("openai")),
    _rows("GetChatClient AsChatClient AsIChatClient GetOpenAIResponseClient", "OpenAI", Call("model", "chat", "", "model", _LLM)),
    _rows("GetEmbeddingClient AsEmbeddingGenerator AsIEmbeddingGenerator", "OpenAI", Call("model", "embedding", "", "model", _EMB)),
    _rows("GetAudioClient", "OpenAI", Call("model", "speech", "", "model")),
    _rows("GetImageClient", "OpenAI", Call("model", "image", "", "model")),
    _rows("ChatClient", "OpenAI.Chat", Call("model", "chat", "openai", "model", _LLM)),
    _rows("EmbeddingClient", "OpenAI.Embeddings", Call("model", "embedding", "openai", "model", _EMB)),
    _rows("AzureOpenAIClient AddAzureOpenAIClient", "Azure.AI.OpenAI|Aspire.Azure", Call("host", "", "azure-openai", techniques=_LLM)),
    _rows("ChatCompletionAgent AzureAIAgent ChatClientAgent CreateAIAgent AsAIAgent", "SemanticKernel|Microsoft.Agents|Extensions.AI", Call("technique", "agent", techniques=_AGENT)),
    _rows("OllamaApiClient AddOllamaChatClient AddOllamaApiClient", "Ollama", _chat("ollama")),
    _rows("QdrantMemoryStore QdrantVectorStore AddQdrantVectorStore AddQdrantClient AddQdrant", "Qdrant|qdrant", _source("qdrant", "retrieval")),
    _rows("AzureCognitiveSearchMemoryStore AzureAISearchMemoryStore AzureAISearchVectorStore AddAzureAISearchVectorStore AddAzureSearchClient", "Search|SemanticKernel", _source("azure-ai-search", "retrieval")),
    _rows("UseNpgsql NpgsqlConnection NpgsqlDataSource AddNpgsqlDataSource AddNpgsqlDbContext AddAzureNpgsqlDbContext AddPostgres", "Npgsql|PostgreSQL", _source("postgresql")),
    _rows("UseSqlServer SqlConnection AddSqlServerDbContext", "SqlClient|EntityFrameworkCore|SqlServer", _source("sqlserver")),
    _rows("ConnectionMultiplexer AddRedisClient AddRedis", "Redis", _source("redis")),
    _rows("AddAzureBlobClient AddAzureBlobServiceClient AddBlobs", "Azure.Storage|Aspire", _source("azure-blob-storage")),
    _rows("AddAzureCosmosClient AddAzureCosmosDB AddCosmosDbContext", "Cosmos", _source("cosmosdb")),
    _rows("AddMongoDB AddMongoDBClient", "MongoDB", _source("mongodb")),
    _rows("AddRabbitMQ AddRabbitMQClient", "RabbitMQ", _source("rabbitmq")),
    _rows("AddKafka AddKafkaProducer AddKafkaConsumer", "Kafka", _source("kafka")),
    _rows("AddMilvus AddMilvusClient", "Milvus", _source("milvus", "retrieval")),
    _rows("AddElasticsearch AddElasticsearchClient", "Elastic", _source("elasticsearch")),
    _rows("AddSqlServer AddAzureSqlServer", "SqlServer", _source("sqlserver")),
    _rows("AddAzureServiceBusClient AddAzureServiceBus", "ServiceBus", _source("service-bus")),
    _rows("UseFunctionInvocation", "Extensions.AI", Call("technique", "agent", techniques=_LLM)),
    _rows("MLContext", "Microsoft.ML", Call("technique", "classic-ml", techniques=_ML)),
    # Go
    _rows("NewClientWithConfig", "go-openai", Call("technique", "llm", techniques=_LLM)),
    _rows("Connect", "jackc/pgx", _source("postgresql")),
    _rows("pgxpool", "jackc/pgx", _source("postgresql")),
    _rows("NewAzureOpenAI DefaultAzureConfig NewClientWithAzure", "go-openai|openai-go|azopenai", Call("host", "", "azure-openai", techniques=_LLM)),
    _rows("DefaultConfig", "go-openai", Call("host", "", "openai", techniques=_LLM)),
    _rows("azopenai.NewClient azopenai.NewClientWithKeyCredential", "azopenai", Call("host", "", "azure-openai", techniques=_LLM)),
    _rows("NewForConfig NewForConfigOrDie", "k8s.io/client-go", _source("kubernetes")),
    _rows("bedrockruntime.NewFromConfig", "service/bedrockruntime", Call("host", "", "bedrock", techniques=_LLM)),
    _rows("openai.NewClient", "sashabaranov/go-openai|openai/openai-go", Call("host", "", "openai", techniques=_LLM)),
    _rows("genai.NewClient", "google.golang.org/genai|google/generative-ai-go", Call("host", "", "google", techniques=_LLM)),
    _rows("BackendVertexAI", "google.golang.org/genai", Call("host", "", "vertex-ai", techniques=_LLM)),
    _rows("genai.NewClient", "cloud.google.com/go/vertexai", Call("host", "", "vertex-ai", techniques=_LLM)),
    _rows("anthropic.NewClient", "anthropics/anthropic-sdk-go", Call("host", "", "anthropic", techniques=_LLM)),
    _rows("qdrant.NewClient", "qdrant/go-client", _source("qdrant", "retrieval")),
    _rows("client.NewClient milvusclient.New", "milvus-sdk-go|milvus/client", _source("milvus", "retrieval")),
    _rows("weaviate.NewClient weaviate.New", "weaviate-go-client", _source("weaviate", "retrieval")),
    _rows("redis.NewClient", "go-redis", _source("redis")),
    _rows("firestore.NewClient", "cloud.google.com/go/firestore", _source("firestore")),
    _rows("storage.NewClient", "cloud.google.com/go/storage", _source("gcs")),
    _rows("bigquery.NewClient", "cloud.google.com/go/bigquery", _source("bigquery")),
    _rows("pubsub.NewClient", "cloud.google.com/go/pubsub", _source("pubsub")),
    _rows("NewChatModel", "eino-ext", _chat("")),
    _rows("NewAgent NewMultiAgent", "cloudwego/eino", Call("technique", "agent", techniques=_AGENT)),
    _rows("agents.NewExecutor agents.NewOneShotAgent agents.NewConversationalAgent agents.NewOpenAIFunctionsAgent agents.Initialize", "tmc/langchaingo/agents", Call("technique", "agent", techniques=_AGENT)),
    _rows("openai.New", "langchaingo/llms/openai", _chat("openai")),
    _rows("anthropic.New", "langchaingo/llms/anthropic", _chat("anthropic")),
    _rows("googleai.New", "langchaingo/llms/googleai", _chat("google")),
    _rows("ollama.New", "langchaingo/llms/ollama", _chat("ollama")),
    _rows("pgvector.New", "langchaingo/vectorstores/pgvector", _source("postgresql", "retrieval")),
    _rows("qdrant.New", "langchaingo/vectorstores/qdrant", _source("qdrant", "retrieval")),
    _rows("weaviate.New", "langchaingo/vectorstores/weaviate", _source("weaviate", "retrieval")),
    _rows("s3.NewFromConfig", "service/s3", _source("s3")),
    _rows("dynamodb.NewFromConfig", "service/dynamodb", _source("dynamodb")),
    _rows("bedrockagentruntime.NewFromConfig", "service/bedrockagentruntime", _source("bedrock-knowledge-base", "retrieval")),
    _rows("NewUniversalClient NewClusterClient", "go-redis", _source("redis")),
    _rows("NewReader NewWriter", "segmentio/kafka-go", _source("kafka")),
)  # fmt: skip
