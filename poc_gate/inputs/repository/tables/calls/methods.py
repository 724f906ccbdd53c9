"""Ends of chains of methods, and clients of clouds by the service that they are made for."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import EMB, LLM, ML, Call, source

METHODS: dict[str, Call] = {
    "chat.completions.create": Call("model", "chat", techniques=LLM),
    "chat.completions.parse": Call("model", "chat", techniques=LLM),
    "beta.chat.completions.parse": Call("model", "chat", techniques=LLM),
    "completions.create": Call("model", "chat", techniques=LLM),
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
    "retrieve_and_generate": Call("model", "chat", "bedrock", techniques=LLM),
    "retrieve_and_generate_stream": Call("model", "chat", "bedrock", techniques=LLM),
    "ChatCompletion.create": Call("model", "chat", "openai", techniques=LLM),
    "ChatCompletion.acreate": Call("model", "chat", "openai", techniques=LLM),
    "Embedding.acreate": Call("model", "embedding", "openai", techniques=EMB),
    "Embedding.create": Call("model", "embedding", "openai", techniques=EMB),
    "chat.complete": Call("model", "chat", techniques=LLM),
    "chat.complete_async": Call("model", "chat", techniques=LLM),
    "create_training_job": Call("technique", "training", techniques=("training",)),
    "create_hyper_parameter_tuning_job": Call("technique", "training", techniques=("training",)),
    "create_endpoint_config": Call("technique", "serves", techniques=("serves",)),
    "conversations_history": source("slack", "read"),
    "conversations.history": source("slack", "read"),
    "conversations.replies": source("slack", "read"),
    "conversations_replies": source("slack", "read"),
    "retrieve_online_documents": Call("technique", "retrieval", techniques=EMB),
    "retrieve_online_documents_v2": Call("technique", "retrieval", techniques=EMB),
    "bind_tools": Call("technique", "agent", techniques=("agent",)),
    "add_conditional_edges": Call("technique", "chooses", techniques=("chooses",)),
    "addConditionalEdges": Call("technique", "chooses", techniques=("chooses",)),
    "interrupt": Call("approval"),
}
"""Ends of chains of methods on clients that are made elsewhere."""

CLOUD_CLIENTS: dict[str, Call] = {
    "s3": source("s3"), "s3vectors": source("s3-vectors", "", "retrieval"), "dynamodb": source("dynamodb"), "sqs": source("sqs"), "kinesis": source("kinesis"), "athena": source("athena", "read"),
    "redshift-data": source("redshift"), "kendra": source("kendra", "read", "retrieval"), "opensearchserverless": Call("technique"),
    "bedrock-runtime": Call("host", "", "bedrock", techniques=LLM), "qbusiness": Call("host", "", "amazon-q", techniques=("llm", "retrieval")), "bedrock-agentcore": Call("host", "", "bedrock-agentcore", techniques=("llm", "agent")), "bedrock-agent-runtime": Call("source", "bedrock-knowledge-base", techniques=("retrieval",), direction="read"),
    "sagemaker-featurestore-runtime": source("sagemaker-feature-store", "read"), "sagemaker-runtime": Call("host", "", "sagemaker"), "runtime.sagemaker": Call("host", "", "sagemaker"), "firehose": source("kinesis", "write"), "timestream-query": source("timestream"),
    "neptunedata": source("amazon-neptune"), "neptune-graph": source("amazon-neptune"), "glue": source("glue", "read"),
    "textract": Call("host", "", "aws-textract"), "comprehend": Call("host", "", "aws-comprehend"), "transcribe": Call("host", "", "aws-transcribe"),
    "personalize": Call("host", "", "aws-personalize", techniques=ML), "personalize-runtime": Call("host", "", "aws-personalize-runtime", techniques=("senses",)),
    "personalize-events": Call("host", "", "aws-personalize-events"), "lexv2-runtime": Call("host", "", "aws-lex"), "frauddetector": Call("host", "", "aws-fraud-detector", techniques=("senses",)),
    "forecast": Call("host", "", "aws-forecast", techniques=ML), "forecastquery": Call("host", "", "aws-forecast-query", techniques=("senses",)),
    "rekognition": Call("host", "", "aws-rekognition"), "translate": Call("host", "", "aws-translate"), "polly": Call("host", "", "aws-polly"),
}  # fmt: skip
"""First argument of `boto3.client` and `boto3.resource`, and the like."""

GOOGLE_SERVICES: dict[str, Call] = {
    "gmail": Call("source", "gmail", "gmail", direction="both"), "calendar": Call("source", "google-calendar", "google-apis", direction="both"),
    "drive": Call("source", "google-drive", "google-apis", direction="read"), "docs": Call("source", "google-drive", "google-docs", direction="read"),
    "sheets": Call("source", "google-sheets", "google-sheets"), "bigquery": Call("source", "bigquery", "google-bigquery"),
    "chat": Call("host", "", "google-chat"), "customsearch": Call("host", "", "google-custom-search"), "youtube": Call("source", "youtube", "google-youtube", direction="read"),
}  # fmt: skip
"""First argument of `googleapiclient.discovery.build`."""
