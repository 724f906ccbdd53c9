"""Calls of libraries -> facts: this class or function of this package makes a model, a source, a tool; a new one is one row."""

from __future__ import annotations

from typing import NamedTuple


class Call(NamedTuple):
    """What using a class or function says."""

    kind: str
    """`model`, `source`, `host`, `technique`, `tool` or `approval`."""
    what: str = ""
    """Role of a model, system of a source, technique, or effect of a tool."""
    provider: str = ""
    first: str = ""
    """What the first positional argument is: `model`, or empty."""
    techniques: tuple[str, ...] = ()
    default: str = ""
    """Name of the model that the library takes where none is given; written only where it is documented."""
    direction: str = ""


_Rows = dict[tuple[str, str], Call]


def _each(root: str, names: str, call: Call) -> _Rows:
    return {(root, name): call for name in names.split()}


_LLM, _EMB, _AGENT, _ML, _TRAIN = ("llm",), ("retrieval",), ("llm", "agent"), ("classic-ml",), ("training",)


def _chat(provider: str, first: str = "") -> Call:
    return Call("model", "chat", provider, first, _LLM)


def _embedding(provider: str, first: str = "") -> Call:
    return Call("model", "embedding", provider, first, _EMB)


def _source(system: str, direction: str = "", *techniques: str) -> Call:
    return Call("source", system, techniques=techniques, direction=direction)


def _vector(system: str) -> Call:
    return Call("source", system, techniques=("retrieval",), direction="both")


CALLS: _Rows = {
    # LangChain
    **_each("langchain_openai", "ChatOpenAI OpenAI", _chat("openai")),
    **_each("langchain_openai", "AzureChatOpenAI AzureOpenAI", _chat("azure-openai")),
    **_each("langchain_openai", "OpenAIEmbeddings", _embedding("openai")),
    **_each("langchain_openai", "AzureOpenAIEmbeddings", _embedding("azure-openai")),
    **_each("langchain_anthropic", "ChatAnthropic AnthropicLLM", _chat("anthropic")),
    **_each("langchain_aws", "ChatBedrock ChatBedrockConverse BedrockLLM", _chat("bedrock")),
    **_each("langchain_aws", "BedrockEmbeddings", _embedding("bedrock")),
    **_each("langchain_aws", "AmazonKnowledgeBasesRetriever", _vector("bedrock-knowledge-base")),
    **_each("langchain_google_genai", "ChatGoogleGenerativeAI GoogleGenerativeAI", _chat("google")),
    **_each("langchain_google_genai", "GoogleGenerativeAIEmbeddings", _embedding("google")),
    **_each("langchain_google_vertexai", "ChatVertexAI VertexAI ChatAnthropicVertex", _chat("vertex-ai")),
    **_each("langchain_google_vertexai", "VertexAIEmbeddings", _embedding("vertex-ai", "model")),
    **_each("langchain_groq", "ChatGroq", _chat("groq")),
    **_each("langchain_ollama", "ChatOllama OllamaLLM", _chat("ollama")),
    **_each("langchain_ollama", "OllamaEmbeddings", _embedding("ollama")),
    **_each("langchain_mistralai", "ChatMistralAI", _chat("mistral")),
    **_each("langchain_mistralai", "MistralAIEmbeddings", _embedding("mistral")),
    **_each("langchain_cohere", "ChatCohere", _chat("cohere")),
    **_each("langchain_cohere", "CohereEmbeddings", _embedding("cohere")),
    **_each("langchain_cohere", "CohereRerank", Call("model", "reranker", "cohere", techniques=_EMB)),
    **_each("langchain_nvidia_ai_endpoints", "ChatNVIDIA", _chat("nvidia")),
    **_each("langchain_nvidia_ai_endpoints", "NVIDIAEmbeddings", _embedding("nvidia")),
    **_each("langchain_nvidia_ai_endpoints", "NVIDIARerank", Call("model", "reranker", "nvidia", techniques=_EMB)),
    **_each("langchain_huggingface", "HuggingFaceEmbeddings", _embedding("huggingface")),
    **_each("langchain_huggingface", "HuggingFaceEndpointEmbeddings HuggingFaceInferenceAPIEmbeddings", _embedding("")),
    **_each("langchain_huggingface", "HuggingFaceEndpoint ChatHuggingFace HuggingFacePipeline", _chat("")),
    **_each("langchain_together", "ChatTogether", _chat("together")),
    **_each("langchain_fireworks", "ChatFireworks", _chat("fireworks")),
    **_each("langchain_deepseek", "ChatDeepSeek", _chat("deepseek")),
    **_each("langchain_xai", "ChatXAI", _chat("xai")),
    **_each("langchain_baseten", "ChatBaseten", _chat("baseten")),
    **_each("langchain_voyageai", "VoyageAIEmbeddings", _embedding("voyage")),
    **_each("langchain_litellm", "ChatLiteLLM", _chat("")),
    **_each("langchain", "init_chat_model", Call("model", "chat", "", "model", _LLM)),
    **_each("langchain", "init_embeddings", Call("model", "embedding", "", "model", _EMB)),
    **_each("langchain", "create_agent create_react_agent AgentExecutor create_tool_calling_agent create_openai_tools_agent initialize_agent create_openai_functions_agent create_sql_agent", Call("technique", "agent", first="model", techniques=_AGENT)),
    **_each("langgraph", "create_react_agent ToolNode create_supervisor", Call("technique", "agent", first="model", techniques=_AGENT)),
    **_each("langchain_core", "AgentAction AgentFinish", Call("technique", "agent", techniques=_AGENT, default="import")),
    **_each("langgraph", "StateGraph MessageGraph", Call("technique", "llm", techniques=_LLM)),
    **_each("langgraph", "interrupt", Call("approval")),
    **_each("langchain", "HumanInTheLoopMiddleware HumanApprovalCallbackHandler", Call("approval")),
    **_each("langgraph", "PostgresSaver AsyncPostgresSaver PostgresStore AsyncPostgresStore", _source("postgresql", "both")),
    **_each("langgraph", "SqliteSaver AsyncSqliteSaver", _source("sqlite", "both")),
    **_each("langgraph", "RedisSaver AsyncRedisSaver", _source("redis", "both")),
    **_each("langgraph", "MongoDBSaver AsyncMongoDBSaver", _source("mongodb", "both")),
    **_each("langgraph_supervisor", "create_supervisor", Call("technique", "agent", first="", techniques=_AGENT)),
    **_each("managed_deepagents", "define_deep_agent", Call("technique", "agent", techniques=_AGENT)),
    **_each("deepagents", "create_deep_agent async_create_deep_agent", Call("technique", "agent", techniques=_AGENT)),
    **_each("langchain_community", "ChatOpenAI OpenAI", _chat("openai")),
    **_each("langchain_community", "ChatOllama Ollama", _chat("ollama")),
    **_each("langchain_community", "BedrockChat Bedrock", _chat("bedrock")),
    **_each("langchain_community", "HuggingFaceEmbeddings HuggingFaceBgeEmbeddings HuggingFaceInstructEmbeddings SentenceTransformerEmbeddings FastEmbedEmbeddings", _embedding("huggingface")),
    **_each("langchain_community", "OpenAIEmbeddings", _embedding("openai")),
    **_each("langchain_community", "HuggingFaceHubEmbeddings", _embedding("")),
    **_each("langchain_community", "LlamaCpp GPT4All CTransformers", _chat("llama.cpp")),
    **_each("langchain_community", "VLLM VLLMOpenAI", _chat("vllm")),
    **_each("langchain_community", "HuggingFaceEndpoint HuggingFaceTextGenInference HuggingFaceHub", _chat("")),
    **{(root, name): _vector(system) for root in ("langchain", "langchain_community", "langchain_chroma", "langchain_qdrant", "langchain_milvus", "langchain_postgres", "langchain_pinecone", "langchain_weaviate", "langchain_elasticsearch", "langchain_redis", "langchain_mongodb", "langchain_opensearch", "langchain_vdms")
       for name, system in (("Chroma", "chroma"), ("Qdrant", "qdrant"), ("QdrantVectorStore", "qdrant"), ("Milvus", "milvus"), ("Zilliz", "milvus"), ("PGVector", "postgresql"), ("PGVectorStore", "postgresql"), ("Pinecone", "pinecone"), ("PineconeVectorStore", "pinecone"), ("Weaviate", "weaviate"), ("WeaviateVectorStore", "weaviate"), ("FAISS", "faiss"), ("Redis", "redis"), ("RedisVectorStore", "redis"), ("ElasticsearchStore", "elasticsearch"), ("ElasticVectorSearch", "elasticsearch"), ("OpenSearchVectorSearch", "opensearch"), ("AzureSearch", "azure-ai-search"), ("MongoDBAtlasVectorSearch", "mongodb"), ("LanceDB", "lancedb"), ("SupabaseVectorStore", "postgresql"), ("Neo4jVector", "neo4j"), ("BigQueryVectorSearch", "bigquery"), ("MariaDBStore", "mysql"))},
    **_each("langchain", "SQLDatabase", _source("sql-database", "read")),
    **_each("langchain_community", "SQLDatabase", _source("sql-database", "read")),
    # LlamaIndex
    **_each("llama_index", "OpenAI", _chat("openai", "model")),
    **_each("llama_index", "AzureOpenAI", _chat("azure-openai")),
    **_each("llama_index", "Anthropic", _chat("anthropic", "model")),
    **_each("llama_index", "Gemini GoogleGenAI", _chat("google")),
    **_each("llama_index", "Vertex", _chat("vertex-ai")),
    **_each("llama_index", "Bedrock BedrockConverse", _chat("bedrock")),
    **_each("llama_index", "Ollama", _chat("ollama")),
    **_each("llama_index", "Groq", _chat("groq")),
    **_each("llama_index", "MistralAI", _chat("mistral")),
    **_each("llama_index", "LlamaCPP", _chat("llama.cpp")),
    **_each("llama_index", "OpenAILike HuggingFaceLLM SageMakerLLM", _chat("")),
    **_each("llama_index", "NVIDIA", _chat("nvidia")),
    **_each("llama_index", "OpenAIEmbedding", _embedding("openai")),
    **_each("llama_index", "AzureOpenAIEmbedding", _embedding("azure-openai")),
    **_each("llama_index", "HuggingFaceEmbedding FastEmbedEmbedding InstructorEmbedding", _embedding("huggingface")),
    **_each("llama_index", "OllamaEmbedding", _embedding("ollama")),
    **_each("llama_index", "CohereEmbedding", _embedding("cohere")),
    **_each("llama_index", "BedrockEmbedding", _embedding("bedrock")),
    **_each("llama_index", "GeminiEmbedding GoogleGenAIEmbedding", _embedding("google")),
    **_each("llama_index", "MistralAIEmbedding", _embedding("mistral")),
    **_each("llama_index", "NVIDIAEmbedding", _embedding("nvidia")),
    **_each("llama_index", "SentenceTransformerRerank FlagEmbeddingReranker CohereRerank NVIDIARerank", Call("model", "reranker", techniques=_EMB)),
    **_each("llama_index", "OpenAIAgent ReActAgent FunctionAgent AgentRunner AgentWorkflow FunctionCallingAgent CodeActAgent", Call("technique", "agent", techniques=_AGENT)),
    **_each("llama_index", "VectorStoreIndex", Call("technique", "retrieval", techniques=("llm", "retrieval"))),
    **{("llama_index", name): _vector(system) for name, system in (("PGVectorStore", "postgresql"), ("QdrantVectorStore", "qdrant"), ("ChromaVectorStore", "chroma"), ("MilvusVectorStore", "milvus"), ("PineconeVectorStore", "pinecone"), ("WeaviateVectorStore", "weaviate"), ("FaissVectorStore", "faiss"), ("RedisVectorStore", "redis"), ("ElasticsearchStore", "elasticsearch"), ("OpensearchVectorStore", "opensearch"), ("ClickHouseVectorStore", "clickhouse"), ("AzureAISearchVectorStore", "azure-ai-search"), ("MongoDBAtlasVectorSearch", "mongodb"), ("LanceDBVectorStore", "lancedb"), ("Neo4jPropertyGraphStore", "neo4j"), ("Neo4jVectorStore", "neo4j"))},
    # Haystack
    **_each("haystack", "OpenAIGenerator OpenAIChatGenerator", _chat("openai")),
    **_each("haystack", "AzureOpenAIGenerator AzureOpenAIChatGenerator", _chat("azure-openai")),
    **_each("haystack", "HuggingFaceLocalGenerator HuggingFaceAPIGenerator HuggingFaceLocalChatGenerator HuggingFaceAPIChatGenerator PromptNode", _chat("")),
    **_each("haystack", "OpenAITextEmbedder OpenAIDocumentEmbedder", _embedding("openai")),
    **_each("haystack", "SentenceTransformersTextEmbedder SentenceTransformersDocumentEmbedder EmbeddingRetriever", _embedding("huggingface")),
    **_each("haystack", "TransformersSimilarityRanker SentenceTransformersSimilarityRanker SentenceTransformersRanker", Call("model", "reranker", "huggingface", techniques=_EMB)),
    **_each("haystack", "ExtractiveReader FARMReader", Call("model", "reader", "huggingface", techniques=("retrieval",))),
    **_each("haystack", "Agent", Call("technique", "agent", techniques=_AGENT)),
    **{(root, name): _vector(system) for root in ("haystack", "haystack_integrations") for name, system in (("ElasticsearchDocumentStore", "elasticsearch"), ("OpenSearchDocumentStore", "opensearch"), ("QdrantDocumentStore", "qdrant"), ("PgvectorDocumentStore", "postgresql"), ("WeaviateDocumentStore", "weaviate"), ("PineconeDocumentStore", "pinecone"), ("ChromaDocumentStore", "chroma"), ("MongoDBAtlasDocumentStore", "mongodb"), ("FAISSDocumentStore", "faiss"), ("AzureAISearchDocumentStore", "azure-ai-search"), ("MilvusDocumentStore", "milvus"))},
    **_each("milvus_haystack", "MilvusDocumentStore", _vector("milvus")),
    **_each("haystack_integrations", "AnthropicChatGenerator AnthropicGenerator", _chat("anthropic")),
    **_each("haystack_integrations", "AmazonBedrockChatGenerator AmazonBedrockGenerator", _chat("bedrock")),
    **_each("haystack_integrations", "OllamaGenerator OllamaChatGenerator", _chat("ollama")),
    **_each("haystack_integrations", "GoogleAIGeminiChatGenerator GoogleGenAIChatGenerator", _chat("google")),
    **_each("haystack_integrations", "CohereTextEmbedder CohereDocumentEmbedder", _embedding("cohere")),
    **_each("haystack_integrations", "CohereRanker", Call("model", "reranker", "cohere", techniques=_EMB)),
    # SDKs whose client alone says who is asked
    **_each("openai", "OpenAI AsyncOpenAI", Call("host", "", "openai", techniques=_LLM)),
    **_each("openai", "AzureOpenAI AsyncAzureOpenAI", Call("host", "", "azure-openai", techniques=_LLM)),
    **_each("langfuse", "OpenAI AsyncOpenAI", Call("host", "", "openai", techniques=_LLM)),
    **_each("langfuse", "AzureOpenAI AsyncAzureOpenAI", Call("host", "", "azure-openai", techniques=_LLM)),
    **_each("anthropic", "Anthropic AsyncAnthropic", Call("host", "", "anthropic", techniques=_LLM)),
    **_each("anthropic", "AnthropicBedrock AsyncAnthropicBedrock", Call("host", "", "bedrock", techniques=_LLM)),
    **_each("anthropic", "AnthropicVertex AsyncAnthropicVertex", Call("host", "", "vertex-ai", techniques=_LLM)),
    **_each("google.genai", "Client", Call("host", "", "google", techniques=_LLM)),
    **_each("google.generativeai", "GenerativeModel", Call("model", "chat", "google", "model", _LLM)),
    **_each("vertexai", "GenerativeModel", Call("model", "chat", "vertex-ai", "model", _LLM)),
    **_each("vertexai", "TextEmbeddingModel", Call("model", "embedding", "vertex-ai", "model", _EMB)),
    **_each("groq", "Groq AsyncGroq", Call("host", "", "groq", techniques=_LLM)),
    **_each("mistralai", "Mistral MistralClient", Call("host", "", "mistral", techniques=_LLM)),
    **_each("cohere", "Client ClientV2 AsyncClient AsyncClientV2", Call("host", "", "cohere", techniques=_LLM)),
    **_each("together", "Together AsyncTogether", Call("host", "", "together", techniques=_LLM)),
    **_each("voyageai", "Client AsyncClient", Call("host", "", "voyage", techniques=_EMB)),
    **_each("replicate", "run async_run", Call("model", "chat", "replicate", "model")),
    **_each("litellm", "completion acompletion", Call("model", "chat", "", "model", _LLM)),
    **_each("litellm", "embedding aembedding", Call("model", "embedding", "", "model", _EMB)),
    **_each("litellm", "Router", Call("technique", "llm", techniques=_LLM)),
    **_each("ollama", "chat generate", _chat("ollama")),
    **_each("ollama", "Client AsyncClient", Call("technique", "llm", techniques=_LLM)),
    **_each("ollama", "embed embeddings", _embedding("ollama")),
    **_each("dspy", "LM", Call("model", "chat", "", "model", _LLM)),
    **_each("azure", "ChatCompletionsClient", Call("host", "", "azure-ai", techniques=_LLM)),
    **_each("azure", "AIProjectClient AgentsClient", Call("technique", "agent", techniques=_AGENT)),
    # agents
    **_each("agents", "Agent", Call("technique", "agent", techniques=_AGENT)),
    **_each("agents", "OpenAIChatCompletionsModel OpenAIResponsesModel", Call("model", "chat", "openai")),
    **_each("pydantic_ai", "Agent", Call("technique", "agent", "", "model", _AGENT)),
    **_each("pydantic_ai", "OpenAIModel OpenAIChatModel OpenAIResponsesModel", _chat("openai", "model")),
    **_each("pydantic_ai", "AnthropicModel", _chat("anthropic", "model")),
    **_each("pydantic_ai", "GeminiModel GoogleModel", _chat("google", "model")),
    **_each("pydantic_ai", "BedrockConverseModel", _chat("bedrock", "model")),
    **_each("crewai", "Agent Crew", Call("technique", "agent", techniques=_AGENT)),
    **_each("crewai", "LLM", Call("model", "chat", "", "model", _LLM)),
    **_each("smolagents", "CodeAgent ToolCallingAgent", Call("technique", "agent", techniques=_AGENT)),
    **_each("smolagents", "LiteLLMModel InferenceClientModel HfApiModel OpenAIServerModel TransformersModel", Call("model", "chat", "", "model", _LLM)),
    **_each("autogen", "AssistantAgent ConversableAgent UserProxyAgent GroupChat", Call("technique", "agent", techniques=_AGENT)),
    **_each("autogen_agentchat", "AssistantAgent RoundRobinGroupChat SelectorGroupChat MagenticOneGroupChat", Call("technique", "agent", techniques=_AGENT)),
    **_each("autogen_ext", "OpenAIChatCompletionClient", _chat("openai")),
    **_each("autogen_ext", "AzureOpenAIChatCompletionClient", _chat("azure-openai")),
    **_each("google.adk", "Agent LlmAgent SequentialAgent ParallelAgent LoopAgent", Call("technique", "agent", techniques=_AGENT)),
    **_each("google.adk", "LiteLlm", Call("model", "chat", "", "model", _LLM)),
    **_each("strands", "Agent", Call("technique", "agent", techniques=_AGENT)),
    **_each("strands", "BedrockModel", _chat("bedrock")),
    **_each("agno", "Agent Team", Call("technique", "agent", techniques=_AGENT)),
    **_each("agno", "OpenAIChat OpenAIResponses", _chat("openai")),
    **_each("agno", "Claude", _chat("anthropic")),
    **_each("agno", "Gemini", _chat("google")),
    **_each("agno", "PgVector", _vector("postgresql")),
    **_each("agno", "LanceDb", _vector("lancedb")),
    **_each("semantic_kernel", "AzureChatCompletion", _chat("azure-openai")),
    **_each("semantic_kernel", "OpenAIChatCompletion", _chat("openai")),
    **_each("semantic_kernel", "AzureTextEmbedding", _embedding("azure-openai")),
    **_each("semantic_kernel", "OpenAITextEmbedding", _embedding("openai")),
    **_each("semantic_kernel", "ChatCompletionAgent OpenAIAssistantAgent AzureAIAgent", Call("technique", "agent", techniques=_AGENT)),
    **_each("livekit", "Agent AgentSession VoicePipelineAgent", Call("technique", "agent", techniques=_AGENT)),
    **_each("mcp", "ClientSession", Call("technique", "agent", techniques=("agent",))),
    **_each("langchain_mcp_adapters", "MultiServerMCPClient", Call("technique", "agent", techniques=("agent",))),
    # self-hosted models
    **_each("vllm", "LLM", Call("model", "chat", "vllm", "model", _LLM)),
    **_each("vllm", "AsyncLLMEngine AsyncEngineArgs EngineArgs", Call("model", "chat", "vllm", "", _LLM)),
    **_each("llama_cpp", "Llama", Call("model", "chat", "llama.cpp", "", _LLM)),
    **_each("sentence_transformers", "SentenceTransformer", _embedding("huggingface", "model")),
    **_each("sentence_transformers", "CrossEncoder", Call("model", "reranker", "huggingface", "model", _EMB)),
    **_each("FlagEmbedding", "FlagModel BGEM3FlagModel", _embedding("huggingface", "model")),
    **_each("FlagEmbedding", "FlagReranker", Call("model", "reranker", "huggingface", "model", _EMB)),
    **_each("fastembed", "TextEmbedding SparseTextEmbedding", _embedding("huggingface", "model")),
    **_each("faster_whisper", "WhisperModel", Call("model", "speech", "huggingface", "model")),
    **_each("ultralytics", "YOLO", Call("model", "vision", "huggingface", "model", ("classic-ml",))),
    **_each("transformers", "AutoModelForCausalLM LlamaForCausalLM AutoModelForSeq2SeqLM", Call("model", "chat", "transformers", "model", _LLM)),
    **_each("transformers", "AutoModelForSequenceClassification AutoModelForTokenClassification BertForSequenceClassification AutoModelForImageClassification", Call("model", "classifier", "transformers", "model", _ML)),
    **_each("transformers", "BertModel AutoModel RobertaModel DistilBertModel", Call("model", "classifier", "transformers", "model")),
    **_each("transformers", "pipeline", Call("model", "", "transformers", "", ())),
    **_each("transformers", "Trainer TFTrainer Seq2SeqTrainer", Call("technique", "training", techniques=_TRAIN)),
    **_each("trl", "SFTTrainer DPOTrainer PPOTrainer GRPOTrainer", Call("technique", "training", techniques=("training", "llm"))),
    **_each("peft", "get_peft_model LoraConfig", Call("technique", "training", techniques=("training",))),
    **_each("ray", "TorchTrainer XGBoostTrainer LightGBMTrainer TensorflowTrainer", Call("technique", "training", techniques=("training", "classic-ml"))),
    **_each("pytorch_lightning", "Trainer", Call("technique", "training", techniques=("training", "classic-ml"))),
    **_each("lightning", "Trainer LightningTrainer", Call("technique", "training", techniques=("training", "classic-ml"))),
    **_each("deepspeed", "initialize", Call("technique", "training", techniques=_TRAIN)),
    **_each("accelerate", "Accelerator", Call("technique", "training", techniques=_TRAIN)),
    # classic models
    **_each("sklearn", "LogisticRegression LinearRegression RandomForestClassifier RandomForestRegressor GradientBoostingClassifier GradientBoostingRegressor DecisionTreeClassifier DecisionTreeRegressor SVC SVR KNeighborsClassifier KNeighborsRegressor NearestNeighbors MLPClassifier Ridge Lasso ElasticNet GaussianNB MultinomialNB IsolationForest KMeans DBSCAN HistGradientBoostingClassifier HistGradientBoostingRegressor ExtraTreesClassifier AdaBoostClassifier SGDClassifier LinearSVC LinearSVR ExtraTreesRegressor TruncatedSVD NMF", Call("technique", "classic-ml", techniques=_ML)),
    **_each("xgboost", "XGBClassifier XGBRegressor Booster train DMatrix XGBRanker", Call("technique", "classic-ml", techniques=_ML)),
    **_each("lightgbm", "LGBMClassifier LGBMRegressor Booster train LGBMRanker Dataset", Call("technique", "classic-ml", techniques=_ML)),
    **_each("catboost", "CatBoostClassifier CatBoostRegressor CatBoost Pool CatBoostRanker", Call("technique", "classic-ml", techniques=_ML)),
    **_each("prophet", "Prophet", Call("technique", "classic-ml", techniques=_ML)),
    **_each("implicit", "AlternatingLeastSquares BayesianPersonalizedRanking", Call("technique", "classic-ml", techniques=_ML)),
    **_each("pyspark", "ALS RandomForestClassifier GBTClassifier LogisticRegression LinearRegression", Call("technique", "classic-ml", techniques=_ML)),
    **_each("surprise", "SVD KNNBasic", Call("technique", "classic-ml", techniques=_ML)),
    **_each("tensorflow_recommenders", "Model", Call("technique", "classic-ml", techniques=_ML)),
    **_each("onnxruntime", "InferenceSession", Call("technique", "classic-ml", techniques=())),
    # databases, vector stores, queues, object stores
    **_each("psycopg", "connect AsyncConnection Connection", _source("postgresql")),
    **_each("psycopg_pool", "ConnectionPool AsyncConnectionPool", _source("postgresql")),
    **_each("pg8000", "connect", _source("postgresql")),
    **_each("psycopg2", "connect ThreadedConnectionPool SimpleConnectionPool", _source("postgresql")),
    **_each("asyncpg", "connect create_pool", _source("postgresql")),
    **_each("pgvector", "Vector register_vector register_vector_async", Call("source", "postgresql", techniques=("retrieval",))),
    **_each("pymysql", "connect", _source("mysql")),
    **_each("mysql", "connect", _source("mysql")),
    **_each("aiomysql", "connect create_pool", _source("mysql")),
    **_each("sqlite3", "connect", _source("sqlite")),
    **_each("aiosqlite", "connect", _source("sqlite")),
    **_each("pyodbc", "connect", _source("sqlserver")),
    **_each("oracledb", "connect create_pool", _source("oracle")),
    **_each("pymongo", "MongoClient AsyncMongoClient", _source("mongodb")),
    **_each("motor", "AsyncIOMotorClient", _source("mongodb")),
    **_each("cassandra", "Cluster", _source("cassandra")),
    **_each("neo4j", "GraphDatabase AsyncGraphDatabase", _source("neo4j")),
    **_each("langchain_neo4j", "Neo4jGraph Neo4jVector", _source("neo4j")),
    **_each("redis", "Redis StrictRedis from_url ConnectionPool RedisCluster", _source("redis")),
    **_each("aioredis", "Redis from_url", _source("redis")),
    **_each("redisvl", "SearchIndex AsyncSearchIndex SemanticCache", _source("redis")),
    **_each("qdrant_client", "QdrantClient AsyncQdrantClient", _vector("qdrant")),
    **_each("pymilvus", "MilvusClient AsyncMilvusClient Collection connections", _vector("milvus")),
    **_each("chromadb", "Client PersistentClient HttpClient AsyncHttpClient", _vector("chroma")),
    **_each("pinecone", "Pinecone PineconeGRPC Index", _vector("pinecone")),
    **_each("weaviate", "Client WeaviateClient WeaviateAsyncClient use_async_with_local use_async_with_weaviate_cloud use_async_with_custom connect_to_embedded connect_to_local connect_to_weaviate_cloud connect_to_wcs connect_to_custom", _vector("weaviate")),
    **_each("faiss", "IndexFlatL2 IndexFlatIP IndexIVFFlat IndexHNSWFlat read_index IndexIVFPQ", _vector("faiss")),
    **_each("lancedb", "connect connect_async", _vector("lancedb")),
    **_each("elasticsearch", "Elasticsearch AsyncElasticsearch", _source("elasticsearch", "", "retrieval")),
    **_each("opensearchpy", "OpenSearch AsyncOpenSearch", _source("opensearch", "", "retrieval")),
    **_each("azure", "SearchClient", _source("azure-ai-search", "read", "retrieval")),
    **_each("azure", "SearchIndexClient SearchIndexerClient", _source("azure-ai-search", "write", "retrieval")),
    **_each("azure", "BlobServiceClient ContainerClient BlobClient DataLakeServiceClient", _source("azure-blob-storage")),
    **_each("azure", "CosmosClient", _source("cosmosdb")),
    **_each("azure", "ServiceBusClient", _source("service-bus")),
    **_each("azure", "EventHubConsumerClient EventHubProducerClient", _source("event-hubs")),
    **_each("google.cloud.bigquery", "Client", _source("bigquery")),
    **_each("google.cloud.storage", "Client", _source("gcs")),
    **_each("google.cloud.firestore", "Client AsyncClient", _source("firestore")),
    **_each("google.cloud.discoveryengine", "SearchServiceClient", _source("vertex-ai-search", "read", "retrieval")),
    **_each("google.cloud.discoveryengine_v1", "SearchServiceClient", _source("vertex-ai-search", "read", "retrieval")),
    **_each("snowflake", "connect Session", _source("snowflake")),
    **_each("clickhouse_connect", "get_client", _source("clickhouse")),
    **_each("clickhouse_driver", "Client", _source("clickhouse")),
    **_each("trino", "connect", _source("trino")),
    **_each("duckdb", "connect", _source("duckdb")),
    **_each("databricks", "connect", _source("databricks")),
    **_each("awswrangler", "read_sql_query", _source("athena", "read")),
    **_each("kafka", "KafkaConsumer", _source("kafka", "read")),
    **_each("kafka", "KafkaProducer", _source("kafka", "write")),
    **_each("confluent_kafka", "Consumer", _source("kafka", "read")),
    **_each("confluent_kafka", "Producer", _source("kafka", "write")),
    **_each("aiokafka", "AIOKafkaConsumer", _source("kafka", "read")),
    **_each("aiokafka", "AIOKafkaProducer", _source("kafka", "write")),
    **_each("faust", "App", _source("kafka", "both")),
    **_each("quixstreams", "Application", _source("kafka", "both")),
    **_each("pika", "BlockingConnection", _source("rabbitmq")),
    **_each("aio_pika", "connect connect_robust", _source("rabbitmq")),
    **_each("nats", "connect", _source("nats")),
    **_each("s3fs", "S3FileSystem", _source("s3")),
    **_each("gcsfs", "GCSFileSystem", _source("gcs")),
    **_each("minio", "Minio", _source("minio")),
    **_each("feast", "FeatureStore", Call("source", "feast", techniques=_ML, direction="read")),
    **_each("influxdb_client", "InfluxDBClient", _source("influxdb")),
    **_each("tavily", "TavilyClient AsyncTavilyClient", Call("host", "", "tavily")),
    **_each("langchain_tavily", "TavilySearch TavilyExtract", Call("tool", "reads", "tavily")),
    **_each("langchain_community", "TavilySearchResults", Call("tool", "reads", "tavily")),
    **_each("langchain_community", "DuckDuckGoSearchResults DuckDuckGoSearchRun", Call("tool", "reads", "duckduckgo")),
    **_each("langchain_community", "WikipediaQueryRun", Call("tool", "reads", "wikipedia")),
    **_each("langchain_community", "ArxivQueryRun", Call("tool", "reads", "arxiv")),
    **_each("langchain_community", "OpenWeatherMapQueryRun", Call("tool", "reads", "openweathermap")),
    **_each("langchain_experimental", "PythonREPLTool PythonAstREPLTool", Call("tool", "irreversible")),
    **_each("langchain_community", "ShellTool", Call("tool", "irreversible")),
}  # fmt: skip

METHODS: dict[str, Call] = {
    "chat.completions.create": Call("model", "chat", techniques=_LLM),
    "chat.completions.parse": Call("model", "chat", techniques=_LLM),
    "beta.chat.completions.parse": Call("model", "chat", techniques=_LLM),
    "responses.create": Call("model", "chat", techniques=_LLM),
    "responses.parse": Call("model", "chat", techniques=_LLM),
    "embeddings.create": Call("model", "embedding", techniques=_EMB),
    "messages.create": Call("model", "chat", "anthropic", techniques=_LLM),
    "messages.stream": Call("model", "chat", "anthropic", techniques=_LLM),
    "models.generate_content": Call("model", "chat", techniques=_LLM),
    "models.generate_content_stream": Call("model", "chat", techniques=_LLM),
    "models.embed_content": Call("model", "embedding", techniques=_EMB),
    "audio.transcriptions.create": Call("model", "speech"),
    "audio.speech.create": Call("model", "speech"),
    "images.generate": Call("model", "image"),
    "moderations.create": Call("model", "guardrail"),
    "converse": Call("model", "chat", "bedrock", techniques=_LLM),
    "converse_stream": Call("model", "chat", "bedrock", techniques=_LLM),
    "invoke_model": Call("model", "", "bedrock", techniques=_LLM),
    "invoke_model_with_response_stream": Call("model", "chat", "bedrock", techniques=_LLM),
    "bind_tools": Call("technique", "agent", techniques=("agent",)),
    "interrupt": Call("approval"),
}
"""Ends of chains of methods on clients that are made elsewhere."""

CLOUD_CLIENTS: dict[str, Call] = {
    "s3": _source("s3"), "dynamodb": _source("dynamodb"), "sqs": _source("sqs"), "kinesis": _source("kinesis"), "athena": _source("athena", "read"),
    "redshift-data": _source("redshift"), "kendra": _source("kendra", "read", "retrieval"), "opensearchserverless": Call("technique"),
    "bedrock-runtime": Call("host", "", "bedrock", techniques=_LLM), "bedrock-agent-runtime": Call("source", "bedrock-knowledge-base", techniques=("retrieval",), direction="read"),
    "sagemaker-runtime": Call("technique", "classic-ml"), "firehose": _source("kinesis", "write"), "timestream-query": _source("timestream"),
}  # fmt: skip
"""First argument of `boto3.client` and `boto3.resource`, and the like."""


_NAMES = frozenset(name for _, name in CALLS)


def call_named(dotted: str) -> Call | None:
    """Return what a class or function says by its full dotted name, a method of a listed class included."""
    parts = dotted.split(".")
    for end in range(len(parts), max(1, len(parts) - 3), -1):
        name = parts[end - 1]
        if name not in _NAMES:
            continue
        for length in range(end - 1, 0, -1):
            found = CALLS.get((".".join(parts[:length]), name))
            if found is not None:
                return found
    return None


ROOTS = frozenset(root.partition(".")[0] for root, _ in CALLS)
"""Packages of which at least one call is listed."""


CONSTANTS = {
    "TEXT_EMBED_3_SMALL": "text-embedding-3-small",
    "TEXT_EMBED_3_LARGE": "text-embedding-3-large",
    "TEXT_EMBED_ADA_002": "text-embedding-ada-002",
    "TITAN_EMBEDDING": "amazon.titan-embed-text-v1",
    "TITAN_EMBEDDING_V2_0": "amazon.titan-embed-text-v2:0",
}
"""Members of enumerations of LlamaIndex that stand for a model's name, as its documentation lists them."""
