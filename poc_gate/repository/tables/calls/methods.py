"""Ends of chains of methods, and clients of clouds by the service that they are made for."""

from __future__ import annotations

from poc_gate.repository.tables.calls.call import EMB, LLM, Call, source

METHODS: dict[str, Call] = {
    "chat.completions.create": Call("model", "chat", techniques=LLM),
    "chat.completions.parse": Call("model", "chat", techniques=LLM),
    "beta.chat.completions.parse": Call("model", "chat", techniques=LLM),
    "responses.create": Call("model", "chat", techniques=LLM),
    "responses.parse": Call("model", "chat", techniques=LLM),
    "embeddings.create": Call("model", "embedding", techniques=EMB),
    "messages.create": Call("model", "chat", "anthropic", techniques=LLM),
    "messages.stream": Call("model", "chat", "anthropic", techniques=LLM),
    "models.generate_content": Call("model", "chat", techniques=LLM),
    "models.generate_content_stream": Call("model", "chat", techniques=LLM),
    "models.embed_content": Call("model", "embedding", techniques=EMB),
    "audio.transcriptions.create": Call("model", "speech"),
    "audio.speech.create": Call("model", "speech"),
    "images.generate": Call("model", "image"),
    "moderations.create": Call("model", "guardrail"),
    "converse": Call("model", "chat", "bedrock", techniques=LLM),
    "converse_stream": Call("model", "chat", "bedrock", techniques=LLM),
    "invoke_model": Call("model", "", "bedrock", techniques=LLM),
    "invoke_model_with_response_stream": Call("model", "chat", "bedrock", techniques=LLM),
    "bind_tools": Call("technique", "agent", techniques=("agent",)),
    "interrupt": Call("approval"),
}
"""Ends of chains of methods on clients that are made elsewhere."""

CLOUD_CLIENTS: dict[str, Call] = {
    "s3": source("s3"), "dynamodb": source("dynamodb"), "sqs": source("sqs"), "kinesis": source("kinesis"), "athena": source("athena", "read"),
    "redshift-data": source("redshift"), "kendra": source("kendra", "read", "retrieval"), "opensearchserverless": Call("technique"),
    "bedrock-runtime": Call("host", "", "bedrock", techniques=LLM), "bedrock-agent-runtime": Call("source", "bedrock-knowledge-base", techniques=("retrieval",), direction="read"),
    "sagemaker-runtime": Call("technique", "classic-ml"), "firehose": source("kinesis", "write"), "timestream-query": source("timestream"),
}  # fmt: skip
"""First argument of `boto3.client` and `boto3.resource`, and the like."""
