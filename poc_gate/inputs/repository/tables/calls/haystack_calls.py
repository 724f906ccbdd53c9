"""Calls of Haystack."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import AGENT, EMB, Call, Rows, chat, each, embedding, vector

HAYSTACK_CALLS: Rows = {
    **each("haystack", "OpenAIGenerator OpenAIChatGenerator", chat("openai")),
    **each("haystack", "AzureOpenAIGenerator AzureOpenAIChatGenerator", chat("azure-openai")),
    **each("haystack", "HuggingFaceLocalGenerator HuggingFaceAPIGenerator HuggingFaceLocalChatGenerator HuggingFaceAPIChatGenerator PromptNode", chat("")),
    **each("haystack", "OpenAITextEmbedder OpenAIDocumentEmbedder", embedding("openai")),
    **each("haystack", "SentenceTransformersTextEmbedder SentenceTransformersDocumentEmbedder EmbeddingRetriever", embedding("huggingface")),
    **each("haystack", "TransformersSimilarityRanker SentenceTransformersSimilarityRanker SentenceTransformersRanker", Call("model", "reranker", "huggingface", techniques=EMB)),
    **each("haystack", "ExtractiveReader FARMReader", Call("model", "reader", "huggingface", techniques=("retrieval",))),
    **each("haystack", "Agent", Call("technique", "agent", techniques=AGENT)),
    **{(root, name): vector(system) for root in ("haystack", "haystack_integrations") for name, system in (("ElasticsearchDocumentStore", "elasticsearch"), ("OpenSearchDocumentStore", "opensearch"), ("QdrantDocumentStore", "qdrant"), ("PgvectorDocumentStore", "postgresql"), ("WeaviateDocumentStore", "weaviate"), ("PineconeDocumentStore", "pinecone"), ("ChromaDocumentStore", "chroma"), ("MongoDBAtlasDocumentStore", "mongodb"), ("FAISSDocumentStore", "faiss"), ("AzureAISearchDocumentStore", "azure-ai-search"), ("MilvusDocumentStore", "milvus"))},
    **each("milvus_haystack", "MilvusDocumentStore", vector("milvus")),
    **each("haystack_integrations", "AnthropicChatGenerator AnthropicGenerator", chat("anthropic")),
    **each("haystack_integrations", "AmazonBedrockChatGenerator AmazonBedrockGenerator", chat("bedrock")),
    **each("haystack_integrations", "OllamaGenerator OllamaChatGenerator", chat("ollama")),
    **each("haystack_integrations", "GoogleAIGeminiChatGenerator GoogleGenAIChatGenerator", chat("google")),
    **each("haystack_integrations", "CohereTextEmbedder CohereDocumentEmbedder", embedding("cohere")),
    **each("haystack_integrations", "CohereRanker", Call("model", "reranker", "cohere", techniques=EMB)),
}  # fmt: skip
