"""Calls of frameworks of agents."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import AGENT, LLM, Call, Rows, chat, each, embedding, vector

_LIVEKIT_PLUGINS = {
    "openai": "openai", "anthropic": "anthropic", "google": "google", "groq": "groq", "mistralai": "mistral", "xai": "xai", "cerebras": "cerebras",
    "deepgram": "deepgram", "elevenlabs": "elevenlabs", "assemblyai": "assemblyai", "cartesia": "cartesia",
}  # fmt: skip
"""Plug-in of LiveKit Agents -> the provider that it asks with a key of its own; without one LiveKit's own service asks."""


def _of_plugin(name: str, provider: str) -> Rows:
    root = f"livekit.plugins.{name}"
    return {
        **each(root, "LLM", chat(provider, "model")),
        **each(root, "STT TTS", Call("model", "speech", provider, "model")),
    }


AGENT_CALLS: Rows = {
    **each("bedrock_agentcore", "MemoryClient MemorySessionManager MemorySession", Call("host", "", "bedrock-agentcore")),
    **each("agents", "Agent", Call("technique", "agent", techniques=AGENT)),
    **each("agents", "OpenAIChatCompletionsModel OpenAIResponsesModel", Call("model", "chat", "openai")),
    **each("pydantic_ai", "Agent", Call("technique", "agent", "", "model", AGENT)),
    **each("pydantic_ai", "OpenAIModel OpenAIChatModel OpenAIResponsesModel", chat("openai", "model")),
    **each("pydantic_ai", "AnthropicModel", chat("anthropic", "model")),
    **each("pydantic_ai", "GeminiModel GoogleModel", chat("google", "model")),
    **each("pydantic_ai", "BedrockConverseModel", chat("bedrock", "model")),
    **each("crewai", "Agent Crew", Call("technique", "agent", techniques=AGENT)),
    **each("crewai", "LLM", Call("model", "chat", "", "model", LLM)),
    **each("crewai_tools", "SerperDevTool", Call("tool", "reads", "serper")),
    **each("crewai_tools", "TavilySearchTool TavilyExtractorTool", Call("tool", "reads", "tavily")),
    **each("crewai_tools", "EXASearchTool", Call("tool", "reads", "exa")),
    **each("crewai_tools", "FirecrawlSearchTool FirecrawlScrapeWebsiteTool FirecrawlCrawlWebsiteTool", Call("tool", "reads", "firecrawl")),
    **each("crewai_tools", "BraveSearchTool", Call("tool", "reads", "brave-search")),
    **each("crewai_tools", "ScrapeWebsiteTool WebsiteSearchTool FileReadTool DirectoryReadTool DirectorySearchTool PDFSearchTool CSVSearchTool TXTSearchTool MDXSearchTool JSONSearchTool DOCXSearchTool CodeDocsSearchTool YoutubeVideoSearchTool YoutubeChannelSearchTool RagTool GithubSearchTool", Call("tool", "reads")),
    **each("crewai_tools", "FileWriterTool", Call("tool", "writes")),
    **each("crewai_tools", "CodeInterpreterTool", Call("tool", "irreversible")),
    **each("smolagents", "CodeAgent ToolCallingAgent", Call("technique", "agent", techniques=AGENT)),
    **each("smolagents", "LiteLLMModel InferenceClientModel HfApiModel OpenAIServerModel TransformersModel", Call("model", "chat", "", "model", LLM)),
    **each("autogen", "AssistantAgent ConversableAgent UserProxyAgent GroupChat", Call("technique", "agent", techniques=AGENT)),
    **each("autogen_agentchat", "AssistantAgent RoundRobinGroupChat SelectorGroupChat MagenticOneGroupChat", Call("technique", "agent", techniques=AGENT)),
    **each("autogen_ext", "OpenAIChatCompletionClient", chat("openai")),
    **each("autogen_ext", "AzureOpenAIChatCompletionClient", chat("azure-openai")),
    **each("google.adk", "Agent LlmAgent SequentialAgent ParallelAgent LoopAgent", Call("technique", "agent", techniques=AGENT)),
    **each("google.adk", "LiteLlm", Call("model", "chat", "", "model", LLM)),
    **each("strands", "Agent", Call("technique", "agent", techniques=AGENT)),
    **each("strands", "BedrockModel", chat("bedrock")),
    **each("agno", "Agent Team", Call("technique", "agent", techniques=AGENT)),
    **each("agno", "OpenAIChat OpenAIResponses", chat("openai", "id")),
    **each("agno", "Claude", chat("anthropic", "id")),
    **each("agno", "Gemini", chat("google", "id")),
    **each("agno", "OpenAIEmbedder", embedding("openai", "id")),
    **each("agno", "GeminiEmbedder", embedding("google", "id")),
    **each("agno", "DuckDuckGoTools", Call("tool", "reads", "duckduckgo")),
    **each("agno", "YFinanceTools", Call("tool", "reads", "yahoo-finance")),
    **each("agno", "TavilyTools", Call("tool", "reads", "tavily")),
    **each("agno", "ExaTools", Call("tool", "reads", "exa")),
    **each("agno", "FirecrawlTools", Call("tool", "reads", "firecrawl")),
    **each("agno", "WikipediaTools", Call("tool", "reads", "wikipedia")),
    **each("agno", "ArxivTools", Call("tool", "reads", "arxiv")),
    **each("agno", "CalculatorTools CsvTools NewspaperTools Newspaper4kTools WebsiteTools HackerNewsTools GoogleSearchTools", Call("tool", "reads")),
    **each("agno", "FileTools", Call("tool", "writes")),
    **each("agno", "PythonTools ShellTools", Call("tool", "irreversible")),
    **each("agno", "PgVector", vector("postgresql")),
    **each("agno", "LanceDb", vector("lancedb")),
    **each("semantic_kernel", "AzureChatCompletion", chat("azure-openai")),
    **each("semantic_kernel", "OpenAIChatCompletion", chat("openai")),
    **each("semantic_kernel", "AzureTextEmbedding", embedding("azure-openai")),
    **each("semantic_kernel", "OpenAITextEmbedding", embedding("openai")),
    **each("semantic_kernel", "ChatCompletionAgent OpenAIAssistantAgent AzureAIAgent", Call("technique", "agent", techniques=AGENT)),
    **each("agent_framework", "Agent ChatAgent RawAgent HandoffBuilder MagenticBuilder SequentialBuilder ConcurrentBuilder GroupChatBuilder", Call("technique", "agent", techniques=AGENT)),
    **each("agent_framework", "WorkflowBuilder", Call("technique", "agent", techniques=("llm",))),
    **each("agent_framework", "AzureOpenAIChatClient AzureOpenAIResponsesClient AzureOpenAIAssistantsClient", chat("azure-openai")),
    **each("agent_framework", "OpenAIChatClient OpenAIResponsesClient OpenAIChatCompletionClient OpenAIAssistantsClient", chat("openai")),
    **each("agent_framework", "AzureAIAgentClient AzureAIClient FoundryChatClient", Call("technique", "llm", techniques=LLM)),
    **each("agent_framework", "AnthropicClient", chat("anthropic")),
    **each("dspy", "ReAct CodeAct", Call("technique", "agent", techniques=AGENT)),
    **each("claude_agent_sdk", "query ClaudeSDKClient", Call("technique", "agent", techniques=AGENT)),
    **each("browser_use", "Agent", Call("technique", "agent", techniques=AGENT)),
    **each("swarm", "Agent Swarm", Call("technique", "agent", techniques=AGENT)),
    **each("griptape", "Agent", Call("technique", "agent", techniques=AGENT)),
    **each("beeai_framework", "ReActAgent RequirementAgent ToolCallingAgent", Call("technique", "agent", techniques=AGENT)),
    **each("camel", "ChatAgent RolePlaying Workforce", Call("technique", "agent", techniques=AGENT)),
    **each("letta_client", "Letta", Call("technique", "agent", techniques=AGENT)),
    **each("phi", "Agent Assistant", Call("technique", "agent", techniques=AGENT)),
    **each("atomic_agents", "AtomicAgent BaseAgent", Call("technique", "agent", techniques=AGENT)),
    **each("langgraph_swarm", "create_swarm", Call("technique", "agent", techniques=AGENT)),
    **each("vertexai", "LangchainAgent LanggraphAgent AdkApp", Call("technique", "agent", techniques=AGENT)),
    **each("lightrag", "LightRAG", Call("technique", "llm", techniques=("llm", "retrieval"))),
    **each("graphiti_core", "Graphiti", Call("technique", "retrieval", techniques=("retrieval",))),
    **each("txtai", "Agent", Call("technique", "agent", techniques=AGENT)),
    **each("txtai", "LLM Extractor Questions Summary", Call("technique", "llm", techniques=LLM)),
    **each("txtai", "RAG", Call("technique", "llm", techniques=("llm", "retrieval"))),
    **each("txtai", "Embeddings Application", Call("technique", "retrieval", techniques=("retrieval",))),
    **each("livekit", "LLM", chat("livekit", "model")),
    **each("livekit", "STT TTS", Call("model", "speech", "livekit", "model")),
    **{key: row for name, provider in _LIVEKIT_PLUGINS.items() for key, row in _of_plugin(name, provider).items()},
    **each("livekit", "Agent AgentSession VoicePipelineAgent", Call("technique", "llm", techniques=LLM)),  # its tools make it an agent
    **each("mcp", "ClientSession", Call("technique", "agent", techniques=("agent",))),
    **each("langchain_mcp_adapters", "MultiServerMCPClient", Call("technique", "agent", techniques=("agent",))),
}  # fmt: skip
