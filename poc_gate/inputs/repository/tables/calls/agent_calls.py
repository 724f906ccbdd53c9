"""Calls of frameworks of agents."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import AGENT, LLM, Call, Rows, chat, each, embedding, vector

AGENT_CALLS: Rows = {
    **each("agents", "Agent", Call("technique", "agent", techniques=AGENT)),
    **each("agents", "OpenAIChatCompletionsModel OpenAIResponsesModel", Call("model", "chat", "openai")),
    **each("pydantic_ai", "Agent", Call("technique", "agent", "", "model", AGENT)),
    **each("pydantic_ai", "OpenAIModel OpenAIChatModel OpenAIResponsesModel", chat("openai", "model")),
    **each("pydantic_ai", "AnthropicModel", chat("anthropic", "model")),
    **each("pydantic_ai", "GeminiModel GoogleModel", chat("google", "model")),
    **each("pydantic_ai", "BedrockConverseModel", chat("bedrock", "model")),
    **each("crewai", "Agent Crew", Call("technique", "agent", techniques=AGENT)),
    **each("crewai", "LLM", Call("model", "chat", "", "model", LLM)),
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
    **each("agno", "OpenAIChat OpenAIResponses", chat("openai")),
    **each("agno", "Claude", chat("anthropic")),
    **each("agno", "Gemini", chat("google")),
    **each("agno", "PgVector", vector("postgresql")),
    **each("agno", "LanceDb", vector("lancedb")),
    **each("semantic_kernel", "AzureChatCompletion", chat("azure-openai")),
    **each("semantic_kernel", "OpenAIChatCompletion", chat("openai")),
    **each("semantic_kernel", "AzureTextEmbedding", embedding("azure-openai")),
    **each("semantic_kernel", "OpenAITextEmbedding", embedding("openai")),
    **each("semantic_kernel", "ChatCompletionAgent OpenAIAssistantAgent AzureAIAgent", Call("technique", "agent", techniques=AGENT)),
    **each("livekit", "Agent AgentSession VoicePipelineAgent", Call("technique", "agent", techniques=AGENT)),
    **each("mcp", "ClientSession", Call("technique", "agent", techniques=("agent",))),
    **each("langchain_mcp_adapters", "MultiServerMCPClient", Call("technique", "agent", techniques=("agent",))),
}  # fmt: skip
