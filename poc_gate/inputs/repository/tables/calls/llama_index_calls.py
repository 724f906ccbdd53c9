"""Calls of LlamaIndex."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import (
    AGENT,
    EMB,
    LLM,
    Call,
    Rows,
    chat,
    each,
    embedding,
    source,
    vector,
)

LLAMA_INDEX_CALLS: Rows = {
    **each("llama_index", "OpenAI", chat("openai", "model")),
    **each("llama_index", "AzureOpenAI", chat("azure-openai")),
    **each("llama_index", "Anthropic", chat("anthropic", "model")),
    **each("llama_index", "Gemini GoogleGenAI", chat("google")),
    **each("llama_index", "Vertex", chat("vertex-ai")),
    **each("llama_index", "Bedrock BedrockConverse", chat("bedrock")),
    **each("llama_index", "Ollama", chat("ollama")),
    **each("llama_index", "Groq", chat("groq")),
    **each("llama_index", "MistralAI", chat("mistral")),
    **each("llama_index", "LlamaCPP", chat("llama.cpp")),
    **each("llama_index", "OpenAILike HuggingFaceLLM SageMakerLLM", chat("")),
    **each("llama_index", "NVIDIA", chat("nvidia")),
    **each("llama_index", "OpenAIEmbedding", embedding("openai")),
    **each("llama_index", "AzureOpenAIEmbedding", embedding("azure-openai")),
    **each("llama_index", "HuggingFaceEmbedding FastEmbedEmbedding InstructorEmbedding", embedding("huggingface")),
    **each("llama_index", "OllamaEmbedding", embedding("ollama")),
    **each("llama_index", "CohereEmbedding", embedding("cohere")),
    **each("llama_index", "BedrockEmbedding", embedding("bedrock")),
    **each("llama_index", "GeminiEmbedding GoogleGenAIEmbedding", embedding("google")),
    **each("llama_index", "MistralAIEmbedding", embedding("mistral")),
    **each("llama_index", "NVIDIAEmbedding", embedding("nvidia")),
    **each("llama_index", "SentenceTransformerRerank FlagEmbeddingReranker CohereRerank NVIDIARerank", Call("model", "reranker", techniques=EMB)),
    **each("llama_index", "OpenAIAgent ReActAgent FunctionAgent AgentRunner AgentWorkflow FunctionCallingAgent CodeActAgent", Call("technique", "agent", techniques=AGENT)),
    **each("llama_index", "LlamaCloudIndex LlamaCloudRetriever LlamaCloudCompositeRetriever", source("llamacloud", "read", "retrieval")),
    **each("llama_cloud_services", "LlamaCloudIndex LlamaCloudRetriever LlamaCloudCompositeRetriever", source("llamacloud", "read", "retrieval")),
    **each("llama_cloud_services", "LlamaExtract LlamaClassify", Call("technique", "llm", "llamacloud", techniques=LLM)),
    **each("llama_cloud_services", "LlamaParse", Call("host", "", "llamacloud")),
    **each("llama_index", "VectorStoreIndex", Call("technique", "retrieval", techniques=("llm", "retrieval"))),
    **{("llama_index", name): source(system, "read") for name, system in (("ConfluenceReader", "confluence"), ("NotionPageReader", "notion"), ("SlackReader", "slack"), ("GoogleDriveReader", "google-drive"), ("SharePointReader", "sharepoint"), ("S3Reader", "s3"), ("GCSReader", "gcs"), ("AzStorageBlobReader", "azure-blob-storage"), ("DatabaseReader", "sql-database"), ("GithubRepositoryReader", "github"), ("SimpleMongoReader", "mongodb"), ("JiraReader", "jira"))},
    **{("llama_index", name): vector(system) for name, system in (("PGVectorStore", "postgresql"), ("QdrantVectorStore", "qdrant"), ("ChromaVectorStore", "chroma"), ("MilvusVectorStore", "milvus"), ("PineconeVectorStore", "pinecone"), ("WeaviateVectorStore", "weaviate"), ("FaissVectorStore", "faiss"), ("RedisVectorStore", "redis"), ("ElasticsearchStore", "elasticsearch"), ("OpensearchVectorStore", "opensearch"), ("ClickHouseVectorStore", "clickhouse"), ("AzureAISearchVectorStore", "azure-ai-search"), ("MongoDBAtlasVectorSearch", "mongodb"), ("LanceDBVectorStore", "lancedb"), ("Neo4jPropertyGraphStore", "neo4j"), ("Neo4jVectorStore", "neo4j"))},
}  # fmt: skip
