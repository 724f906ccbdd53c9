"""Names of span attributes, by the conventions that write them, and what each of them says.

HTTP, RPC, databases, messaging: OpenTelemetry semantic conventions 1.20 to 1.38, with the names that they replaced.
GenAI: OpenTelemetry GenAI conventions 1.27 to 1.38 and the separate GenAI conventions of 2026. `llm.usage.*`, `traceloop.*`:
OpenLLMetry. `openinference.*`, `llm.token_count.*`: OpenInference. `mlflow.*`, `langfuse.*`, `langsmith.*`: what those SDKs put on
spans. Of several names of one meaning the first that is there counts.
"""

from __future__ import annotations

HOST = (
    "server.address", "net.peer.name", "http.host", "net.sock.peer.name", "net.peer.ip", "network.peer.address",
    "net.sock.peer.addr", "db.connection_string",
)  # fmt: skip
PORT = ("server.port", "net.peer.port", "network.peer.port", "net.sock.peer.port")
URL = ("url.full", "http.url")
PEER = ("peer.service", "service.peer.name")
ROUTE = ("http.route", "url.template")
METHOD = ("http.request.method", "http.method")
STATUS = ("http.response.status_code", "http.status_code")
DATABASE = ("db.system.name", "db.system", "vector_db.vendor")
NAMESPACE = ("db.namespace", "db.name", "db.redis.database_index")
COLLECTION = ("db.collection.name", "db.sql.table", "db.mongodb.collection", "db.cassandra.table")
OPERATION = ("db.operation.name", "db.operation")
STATEMENT = ("db.query.text", "db.statement")
RPC = ("rpc.system.name", "rpc.system")
RPC_SERVICE = ("rpc.service",)
RPC_METHOD = ("rpc.method",)
RPC_STATUS = ("rpc.response.status_code", "rpc.grpc.status_code")
MESSAGING = ("messaging.system",)
DESTINATION = ("messaging.destination.name", "messaging.destination", "messaging.destination_publish.name")
MESSAGING_OPERATION = ("messaging.operation.type", "messaging.operation.name", "messaging.operation")
PROVIDER = ("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "llm.vendor")
TASK = (
    "gen_ai.operation.name", "openinference.span.kind", "traceloop.span.kind", "llm.request.type",
    "mlflow.spanType", "langfuse.observation.type", "langsmith.span.kind",
)  # fmt: skip
MODEL_ANSWERED = ("gen_ai.response.model", "llm.response.model", "llm.response.model_name")
MODEL_ASKED = (
    "gen_ai.request.model", "llm.request.model", "llm.request.model_name", "llm.model_name", "embedding.model_name",
    "reranker.model_name", "langfuse.observation.model.name", "mlflow.llm.model",
)  # fmt: skip
TOOL = ("gen_ai.tool.name", "tool.name", "mcp.tool.name")
AGENT = ("gen_ai.agent.name", "agent.name")
ENTITY = ("traceloop.entity.name",)
ERROR_TYPE = ("error.type", "exception.type")
CACHE_HIT = ("cache.hit", "gen_ai.cache.hit", "http.response.header.x-cache")
RESENT = ("http.request.resend_count", "http.resend_count", "http.retry_count", "rpc.retry_count")

TOKENS_IN = (
    "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.usage.prompt_tokens", "llm.token_count.prompt",
)  # fmt: skip
TOKENS_OUT = (
    "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.usage.completion_tokens",
    "llm.token_count.completion",
)  # fmt: skip
TOKENS_CACHED = (
    "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
    "llm.usage.cache_read_input_tokens", "llm.token_count.prompt_details.cache_read",
)  # fmt: skip
USAGE = ("mlflow.chat.tokenUsage", "langfuse.observation.usage_details")
"""JSON texts of token counts by name."""
FIRST_TOKEN = (
    "gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token",
    "gen_ai.response.time_to_first_token",
)  # fmt: skip
"""Seconds from the request to the first part of the answer."""
FIRST_TOKEN_AT = ("langfuse.observation.completion_start_time",)
"""ISO 8601 time of the first part of the answer."""
FIRST_TOKEN_EVENTS = frozenset(
    {
        "llm.content.completion.chunk",
        "First Token Stream Event",
        "gen_ai.content.completion.chunk",
        "new_token",
    }
)
"""Events of a span of which the first marks the first part of the answer."""

KEPT_BY_RULE = ("tailsampling.policy", "tailsampling.composite_policy", "sampling.rule", "sampling.policy")
"""Set by samplers that look at the whole trace before they keep it."""
KEPT_SHARE = ("sampling.probability", "sampling.ratio", "sampler.param")
"""Share of traces that a sampler keeps at their start."""
KEPT_ONE_IN = ("SampleRate", "sample_rate", "sampleRate")
"""Number of traces that each kept one stands for."""
SAMPLER = ("sampler.type",)
FORCED = ("sampling.priority",)

CONTENT = (
    "gen_ai.prompt", "gen_ai.completion", "gen_ai.input.messages", "gen_ai.output.messages",
    "gen_ai.system_instructions", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "input.value", "output.value",
    "llm.input_messages", "llm.output_messages", "llm.prompts", "llm.choices", "traceloop.entity.input",
    "traceloop.entity.output", "retrieval.documents", "embedding.embeddings", "embedding.text", "reranker.input_documents",
    "reranker.query", "reranker.output_documents", "mlflow.spanInputs", "mlflow.spanOutputs",
    "langfuse.observation.input", "langfuse.observation.output", "langfuse.trace.input", "langfuse.trace.output",
    "http.request.body", "http.response.body", "messaging.message.body", "gen_ai.retrieval.query.text",
    "gen_ai.retrieval.documents", "tool.parameters", "llm.function_call", "db.query.parameter", "enduser.message",
)  # fmt: skip
"""Names, or beginnings of names, under which the texts of people and models are kept."""
CONTENT_EVENTS = ("gen_ai.content.prompt", "gen_ai.content.completion", "gen_ai.user.message",
                  "gen_ai.system.message", "gen_ai.assistant.message", "gen_ai.choice", "gen_ai.tool.message",
                  "gen_ai.client.inference.operation.details")  # fmt: skip

IDENTITY = (
    *HOST, *PORT, *URL, *PEER, *ROUTE, *METHOD, *DATABASE, *NAMESPACE, *COLLECTION, *OPERATION, *RPC, *RPC_SERVICE,
    *RPC_METHOD, *MESSAGING, *DESTINATION, *MESSAGING_OPERATION, *PROVIDER, *TASK, *MODEL_ANSWERED, *MODEL_ASKED, *TOOL,
    *AGENT, *ENTITY,
)  # fmt: skip
"""What tells which system a span calls; the same for many spans."""
MEASURES = (
    *STATUS, *RPC_STATUS, *ERROR_TYPE, *CACHE_HIT, *RESENT, *TOKENS_IN, *TOKENS_OUT, *TOKENS_CACHED, *USAGE,
    *FIRST_TOKEN, *FIRST_TOKEN_AT, *STATEMENT, "url.query", "http.target",
)  # fmt: skip
"""What differs from span to span."""
SAMPLING = (*KEPT_BY_RULE, *KEPT_SHARE, *KEPT_ONE_IN, *SAMPLER, *FORCED)

TIMEOUT_WORDS = ("timeout", "timed out", "timedout", "deadline")

FRAMEWORK_ENDINGS = (" http send", " http receive", " websocket send", " websocket receive")
"""Spans that a server framework writes for each part of a message; no hop of the request."""

HEALTH_NAMES = ("/health", "/healthz", "/livez", "/readyz", "/ready", "/live", "/metrics", "/ping", "/favicon.ico",
                "/openapi.json", "/docs", "/status")  # fmt: skip

TASK_ROLES = {
    "chat": "model", "text_completion": "model", "completion": "model", "generate_content": "model", "llm": "model",
    "generation": "model", "chat_model": "model", "inference": "model", "rerank": "rerank", "reranker": "rerank",
    "embeddings": "embedding", "embedding": "embedding", "execute_tool": "tool", "tool": "tool", "invoke_agent": "agent",
    "create_agent": "agent", "agent": "agent", "retriever": "retrieval", "retrieval": "retrieval",
    "retrievals": "retrieval", "guardrail": "guardrail", "evaluator": "step", "chain": "step", "workflow": "step",
    "task": "step", "span": "step", "prompt": "step", "parser": "step", "invoke_workflow": "step", "memory": "step",
}  # fmt: skip
"""What a GenAI span does, by the words of each convention in lower case -> our role."""
