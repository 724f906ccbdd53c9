"""Calls of SDKs of providers."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import AGENT, EMB, LLM, Call, Rows, chat, each, embedding

CLIENT_CALLS: Rows = {
    **each("openai", "OpenAI AsyncOpenAI", Call("host", "", "openai", techniques=LLM)),
    **each("openai", "AzureOpenAI AsyncAzureOpenAI", Call("host", "", "azure-openai", techniques=LLM)),
    **each("langfuse", "OpenAI AsyncOpenAI", Call("host", "", "openai", techniques=LLM)),
    **each("langfuse", "AzureOpenAI AsyncAzureOpenAI", Call("host", "", "azure-openai", techniques=LLM)),
    **each("anthropic", "Anthropic AsyncAnthropic Client AsyncClient", Call("host", "", "anthropic", techniques=LLM)),
    **each("anthropic", "AnthropicBedrock AsyncAnthropicBedrock", Call("host", "", "bedrock", techniques=LLM)),
    **each("anthropic", "AnthropicVertex AsyncAnthropicVertex", Call("host", "", "vertex-ai", techniques=LLM)),
    **each("google.genai", "Client", Call("host", "", "google", techniques=LLM)),
    **each("google.generativeai", "GenerativeModel", Call("model", "chat", "google", "model", LLM)),
    **each("google.generativeai", "embed_content", embedding("google", "model")),
    **each("google.cloud.discoveryengine", "RankRequest", Call("model", "reranker", "vertex-ai", "model", EMB)),
    **each("google.cloud.discoveryengine_v1", "RankRequest", Call("model", "reranker", "vertex-ai", "model", EMB)),
    **each("vertexai", "GenerativeModel", Call("model", "chat", "vertex-ai", "model", LLM)),
    **each("vertexai", "TextEmbeddingModel", Call("model", "embedding", "vertex-ai", "model", EMB)),
    **each("groq", "Groq AsyncGroq", Call("host", "", "groq", techniques=LLM)),
    **each("mistralai", "Mistral MistralClient", Call("host", "", "mistral", techniques=LLM)),
    **each("cohere", "Client ClientV2 AsyncClient AsyncClientV2", Call("host", "", "cohere", techniques=LLM)),
    **each("together", "Together AsyncTogether", Call("host", "", "together", techniques=LLM)),
    **each("voyageai", "Client AsyncClient", Call("host", "", "voyage", techniques=EMB)),
    **each("replicate", "run async_run", Call("model", "chat", "replicate", "model")),
    **each("litellm", "completion acompletion", Call("model", "chat", "", "model", LLM)),
    **each("litellm", "embedding aembedding", Call("model", "embedding", "", "model", EMB)),
    **each("litellm", "Router", Call("technique", "llm", techniques=LLM)),
    **each("ollama", "chat generate", chat("ollama")),
    **each("ollama", "Client AsyncClient", Call("technique", "llm", techniques=LLM)),
    **each("ollama", "embed embeddings", embedding("ollama")),
    **each("dspy", "LM", Call("model", "chat", "", "model", LLM)),
    **each("azure", "ChatCompletionsClient", Call("host", "", "azure-ai", techniques=LLM)),
    **each("azure", "TextAnalyticsClient", Call("host", "", "azure-language")),
    **each("azure.ai.voicelive", "connect", Call("host", "", "azure-voice-live", techniques=LLM)),
    **each("azure.monitor.query", "LogsQueryClient", Call("host", "", "azure-monitor")),
    **each("azure.communication", "CallAutomationClient SmsClient EmailClient ChatClient RoomsClient", Call("host", "", "azure-communication")),
    **each("azure", "AIProjectClient", Call("host", "", "azure-ai", techniques=LLM)),  # its `agents` make it an agent
    **each("azure", "AgentsClient", Call("host", "", "azure-ai", techniques=AGENT)),
    **each("azure", "BingGroundingTool", Call("host", "", "bing")),
    **each("azure", "FileSearchTool AzureAISearchTool", Call("technique", "retrieval", techniques=EMB)),
    **each("sagemaker", "Predictor HuggingFacePredictor", Call("host", "", "sagemaker")),
    **each("bentoml", "HuggingFaceModel", Call("host", "", "huggingface-hub")),
    **each("finnhub", "Client", Call("host", "", "finnhub")),
    **each("wandb", "init login", Call("host", "", "wandb")),
    **each("yfinance", "Ticker Tickers download", Call("host", "", "yahoo-finance")),
}  # fmt: skip
