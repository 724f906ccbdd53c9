"""Dependencies by name -> what they say of the pilot; a new package is one row."""

from __future__ import annotations

from typing import NamedTuple

from poc_gate.model.engines.serving_engines import SERVING_ENGINES


class Package(NamedTuple):
    """What depending on a package says."""

    techniques: tuple[str, ...] = ()
    weight: int = 1
    """2 where the package serves no other end, 1 where it often goes with the technique."""
    system: str = ""
    traces: str = ""
    """Name of the tracing that it wires."""


def _rows(names: str, package: Package) -> dict[str, Package]:
    return dict.fromkeys(names.split(), package)


_SPRING_STORES = (
    ("pinecone", "pinecone"),
    ("qdrant", "qdrant"),
    ("milvus", "milvus"),
    ("chroma", "chroma"),
    ("weaviate", "weaviate"),
    ("redis", "redis"),
    ("elasticsearch", "elasticsearch"),
    ("opensearch", "opensearch"),
    ("azure", "azure-ai-search"),
    ("neo4j", "neo4j"),
    ("mongodb-atlas", "mongodb"),
    ("cassandra", "cassandra"),
    ("typesense", "typesense"),
    ("oracle", "oracle"),
)
"""Store of vectors in the names of Spring AI's packages -> the system."""
_LLM, _RAG, _AGENT, _ML = ("llm",), ("llm", "retrieval"), ("llm", "agent"), ("classic-ml",)
PACKAGES: dict[str, Package] = {
    # Python
    **_rows("openai anthropic google-genai google-generativeai cohere mistralai groq together litellm replicate "
            "ctransformers langchain-openai langchain-anthropic langchain-aws langchain-google-genai "
            "langchain-google-vertexai langchain-groq langchain-ollama langchain-mistralai langchain-nvidia-ai-endpoints instructor "
            "dspy dspy-ai guidance outlines aisuite langchain-baseten langchain-cohere langchain-fireworks langchain-together "
            "azure-ai-inference ollama-python anthropic-bedrock promptflow semantic-kernel", Package(_LLM, 2)),
    **_rows(" ".join(name for row in SERVING_ENGINES for name in row.packages), Package(_LLM, 2)),
    **_rows("langchain langchain-core langchain-community haystack-ai farm-haystack llama-index-core", Package(_LLM, 1)),
    **_rows("pandasai marvin mirascope magentic pipecat-ai", Package(_LLM, 2)),
    **_rows("embedchain lightrag-hku graphrag vanna paper-qa", Package(_RAG, 2)),
    **_rows("llama-index nemoguardrails guardrails-ai", Package(_LLM, 2)),
    **_rows("langgraph crewai crewai-tools autogen autogen-agentchat ag2 pyautogen openai-agents pydantic-ai pydantic-ai-slim smolagents agno phidata google-adk "
            "strands-agents managed-deepagents deepagents langgraph-supervisor langgraph-swarm langgraph-prebuilt swarm letta "
            "bedrock-agentcore llama-index-agent-openai agent-framework claude-agent-sdk atomic-agents camel-ai "
            "beeai-framework griptape langchain-mcp-adapters browser-use", Package(_AGENT, 1)),
    **_rows("mcp fastmcp @modelcontextprotocol/sdk @modelcontextprotocol/server", Package(("agent",), 1)),
    **_rows("pgvector", Package(("retrieval",), 1, "postgresql")),
    **_rows("qdrant-client langchain-qdrant llama-index-vector-stores-qdrant qdrant-haystack", Package(("retrieval",), 1, "qdrant")),
    **_rows("pymilvus langchain-milvus llama-index-vector-stores-milvus milvus-haystack", Package(("retrieval",), 1, "milvus")),
    **_rows("chromadb langchain-chroma llama-index-vector-stores-chroma", Package(("retrieval",), 1, "chroma")),
    **_rows("pinecone pinecone-client langchain-pinecone", Package(("retrieval",), 1, "pinecone")),
    **_rows("langchain-astradb llama-index-vector-stores-astra-db", Package(("retrieval",), 1, "astra-db")),
    **_rows("weaviate-client langchain-weaviate", Package(("retrieval",), 1, "weaviate")),
    **_rows("faiss-cpu faiss-gpu", Package(("retrieval",), 1, "faiss")),
    **_rows("lancedb", Package(("retrieval",), 1, "lancedb")),
    **_rows("sentence-transformers fastembed rank-bm25 flagembedding ragatouille langchain-text-splitters", Package(("retrieval",), 1)),
    **_rows("azure-search-documents", Package(("retrieval",), 1, "azure-ai-search")),
    **_rows("llama-index-vector-stores-postgres langchain-postgres", Package(("retrieval",), 2, "postgresql")),
    **_rows("scikit-learn xgboost lightgbm catboost statsmodels prophet river surprise scikit-surprise implicit lightfm", Package(_ML, 1)),
    **_rows("torch tensorflow keras pytorch-lightning lightning fastai jax flax", Package((), 1)),
    **_rows("apache-airflow prefect dagster dagster-webserver kedro luigi metaflow zenml flyte flytekit kfp mage-ai", Package(("batch",), 1)),
    **_rows("feast", Package(_ML, 1, "feast")),
    # traces
    **_rows("langfuse", Package((), 1, traces="Langfuse")),
    **_rows("langsmith", Package((), 1, traces="LangSmith")),
    **_rows("arize-phoenix arize-phoenix-otel openinference-instrumentation openinference-instrumentation-langchain "
            "openinference-instrumentation-llama-index openinference-instrumentation-openai", Package((), 1, traces="Phoenix")),
    **_rows("opentelemetry-sdk opentelemetry-distro azure-monitor-opentelemetry opentelemetry-instrumentation-fastapi traceloop-sdk "
            "logfire openlit aws-opentelemetry-distro opentelemetry-exporter-otlp", Package((), 1, traces="OpenTelemetry")),
    **_rows("microsoft.applicationinsights.aspnetcore microsoft.applicationinsights azure.monitor.opentelemetry.aspnetcore applicationinsights-core applicationinsights", Package((), 1, traces="Application Insights")),
    **_rows("redis ioredis", Package((), 1, "redis")),
    **_rows("@supabase/supabase-js", Package((), 1, "postgresql")),
    **_rows("ddtrace", Package((), 1, traces="Datadog")),
    **_rows("aws-xray-sdk", Package((), 1, traces="AWS X-Ray")),
    # JavaScript
    **_rows("@langchain/openai @langchain/anthropic @langchain/google-genai @langchain/aws @anthropic-ai/sdk @google/genai "
            "@google/generative-ai @mistralai/mistralai cohere-ai ai @ai-sdk/openai @ai-sdk/anthropic @ai-sdk/google @ai-sdk/amazon-bedrock "
            "@ai-sdk/azure @ai-sdk/mistral @azure/openai groq-sdk @aws-sdk/client-bedrock-runtime openai-edge @openrouter/ai-sdk-provider "
            "@wllama/wllama @mlc-ai/web-llm node-llama-cpp "
            "@huggingface/inference @xenova/transformers @ai-sdk/xai @ai-sdk/groq @ai-sdk/gateway @ai-sdk/svelte @ai-sdk/react @ai-sdk/vue @ai-sdk/cohere @ai-sdk/deepseek", Package(_LLM, 2)),
    **_rows("@langchain/core @langchain/community llamaindex", Package(_LLM, 1)),
    **_rows("@langchain/langgraph @openai/agents @mastra/core @anthropic-ai/claude-agent-sdk", Package(_AGENT, 1)),
    **_rows("@pinecone-database/pinecone", Package(("retrieval",), 1, "pinecone")),
    **_rows("@qdrant/js-client-rest", Package(("retrieval",), 1, "qdrant")),
    **_rows("@zilliz/milvus2-sdk-node", Package(("retrieval",), 1, "milvus")),
    **_rows("@lancedb/lancedb vectordb", Package(("retrieval",), 1, "lancedb")),
    **_rows("weaviate-ts-client", Package(("retrieval",), 1, "weaviate")),
    # JVM
    **_rows("langchain4j langchain4j-core langchain4j-open-ai langchain4j-azure-open-ai langchain4j-bedrock langchain4j-ollama azure-ai-openai "
            "spring-ai-openai spring-ai-starter-model-openai spring-ai-openai-spring-boot-starter spring-ai-starter-model-azure-openai "
            "spring-ai-azure-openai-spring-boot-starter spring-ai-starter-model-ollama spring-ai-ollama-spring-boot-starter "
            "spring-ai-starter-model-bedrock spring-ai-starter-model-anthropic spring-ai-vertex-ai-gemini-spring-boot-starter "
            "openai-java semantickernel-api quarkus-langchain4j-openai", Package(_LLM, 2)),
    **_rows("spring-ai-pgvector-store spring-ai-starter-vector-store-pgvector spring-ai-pgvector-store-spring-boot-starter langchain4j-pgvector", Package(("retrieval",), 2, "postgresql")),
    **_rows("azure-search-documents", Package(("retrieval",), 1, "azure-ai-search")),
    **{f"spring-ai-{form}": Package(("retrieval",), 2, system) for store, system in _SPRING_STORES for form in (f"{store}-store", f"starter-vector-store-{store}", f"{store}-store-spring-boot-starter")},
    # .NET
    **_rows("azure.ai.openai microsoft.semantickernel microsoft.extensions.ai microsoft.extensions.ai.openai semantickernel azure.ai.inference ollamasharp", Package(_LLM, 2)),
    **_rows("microsoft.semantickernel.agents.core microsoft.agents.ai microsoft.agents.ai.openai azure.ai.agents.persistent modelcontextprotocol", Package(_AGENT, 1)),
    **_rows("azure.search.documents microsoft.kernelmemory.core", Package(("retrieval",), 1, "azure-ai-search")),
    **_rows("microsoft.ml", Package(_ML, 1)),
    # Go
    **_rows("github.com/sashabaranov/go-openai github.com/openai/openai-go github.com/tmc/langchaingo github.com/anthropics/anthropic-sdk-go "
            "github.com/google/generative-ai-go github.com/ollama/ollama google.golang.org/genai github.com/firebase/genkit/go "
            "github.com/cloudwego/eino", Package(_LLM, 2)),
    # Ruby
    **_rows("ruby-openai ruby-llm langchainrb ruby-anthropic gemini-ai", Package(_LLM, 2)),
    **_rows("rcrewai raix", Package(_AGENT, 2)),
    # PHP
    **_rows("openai-php/client openai-php/laravel openai-php/symfony orhanerday/open-ai prism-php/prism echolabsdev/prism theodo-group/llphant anthropic-ai/sdk "
            "google-gemini-php/client google-gemini-php/laravel symfony/ai-platform mozex/anthropic-laravel", Package(_LLM, 2)),
    **_rows("neuron-core/neuron-ai inspector-apm/neuron-ai laravel/ai symfony/ai-agent vizra/vizra-adk", Package(_AGENT, 1)),
    **_rows("laravel/mcp php-mcp/server php-mcp/laravel", Package(("agent",), 1)),
    **_rows("predis/predis", Package((), 1, "redis")),
    **_rows("php-amqplib/php-amqplib vladimir-yuldashev/laravel-queue-rabbitmq", Package((), 1, "rabbitmq")),
    **_rows("mongodb/mongodb mongodb/laravel-mongodb jenssegers/mongodb", Package((), 1, "mongodb")),
    **_rows("elasticsearch/elasticsearch", Package((), 1, "elasticsearch")),
    **_rows("hkulekci/qdrant", Package(("retrieval",), 1, "qdrant")),
    **_rows("pgvector/pgvector", Package(("retrieval",), 1, "postgresql")),
    **_rows("probots-io/pinecone-php", Package(("retrieval",), 1, "pinecone")),
    **_rows("league/flysystem-aws-s3-v3", Package((), 1, "s3")),
    **_rows("rubix/ml php-ai/php-ml", Package(_ML, 1)),
}  # fmt: skip


def package_named(name: str) -> Package | None:
    """Return what a package says, or None for one that is not listed."""
    small = name.lower().replace("_", "-")
    found = PACKAGES.get(small)
    if found is None and small.startswith("github.com/"):
        found = next((row for key, row in PACKAGES.items() if small.startswith(f"{key}/")), None)
    return found
