"""The model that a library takes where it is given none; a new one is one row, and only what the library documents.

Sources: reference of LangChain (`langchain_openai`, `langchain_huggingface`, `langchain_aws`, `langchain_community`), of
LlamaIndex (`llama_index.embeddings`, `SentenceTransformerRerank`), of Haystack (embedders and rankers), of FlashRank and of
FastEmbed (`TextEmbedding`), 2025.
"""

from __future__ import annotations

_ADA, _MPNET = "text-embedding-ada-002", "sentence-transformers/all-mpnet-base-v2"
_LANGCHAIN_HOMES = (
    "langchain",
    "langchain_community",
    "langchain_huggingface",
    "langchain_openai",
    "langchain_aws",
)

DEFAULT_MODELS: dict[tuple[str, str], str] = {
    **{(home, "OpenAIEmbeddings"): _ADA for home in _LANGCHAIN_HOMES},
    **{(home, "ChatOpenAI"): "gpt-3.5-turbo" for home in _LANGCHAIN_HOMES},
    **{(home, name): _MPNET for home in _LANGCHAIN_HOMES for name in ("HuggingFaceEmbeddings", "SentenceTransformerEmbeddings")},
    **{(home, "HuggingFaceInstructEmbeddings"): "hkunlp/instructor-large" for home in _LANGCHAIN_HOMES},
    **{(home, "HuggingFaceBgeEmbeddings"): "BAAI/bge-large-en" for home in _LANGCHAIN_HOMES},
    **{(home, "BedrockEmbeddings"): "amazon.titan-embed-text-v1" for home in _LANGCHAIN_HOMES},
    ("langchain_community", "FastEmbedEmbeddings"): "BAAI/bge-small-en-v1.5",
    ("fastembed", "TextEmbedding"): "BAAI/bge-small-en-v1.5",
    ("llama_index", "OpenAIEmbedding"): _ADA,
    ("llama_index", "CohereEmbedding"): "embed-english-v3.0",
    ("llama_index", "GeminiEmbedding"): "models/embedding-001",
    ("llama_index", "MistralAIEmbedding"): "mistral-embed",
    ("llama_index", "BedrockEmbedding"): "amazon.titan-embed-text-v1",
    ("llama_index", "HuggingFaceEmbedding"): "BAAI/bge-small-en",
    ("llama_index", "FastEmbedEmbedding"): "BAAI/bge-small-en-v1.5",
    ("llama_index", "SentenceTransformerRerank"): "cross-encoder/stsb-distilroberta-base",
    ("langchain_mistralai", "MistralAIEmbeddings"): "mistral-embed",
    ("langchain_openai", "OpenAI"): "gpt-3.5-turbo-instruct",
    ("langchain_community", "FlashrankRerank"): "ms-marco-MultiBERT-L-12",
    ("flashrank", "Ranker"): "ms-marco-TinyBERT-L-2-v2",
    **{("haystack", name): _ADA for name in ("OpenAITextEmbedder", "OpenAIDocumentEmbedder")},
    **{("haystack", name): _MPNET for name in ("SentenceTransformersTextEmbedder", "SentenceTransformersDocumentEmbedder")},
    **{("haystack", name): "cross-encoder/ms-marco-MiniLM-L-6-v2" for name in ("TransformersSimilarityRanker", "SentenceTransformersSimilarityRanker")},
}  # fmt: skip
"""Package and class -> the model."""

DEFAULT_MODELS_OF_SCRIPTS: dict[str, str] = {"OpenAIEmbeddings": _ADA, "OpenAIEmbedding": _ADA}
"""Class of LangChain.js or LlamaIndexTS -> the model."""
