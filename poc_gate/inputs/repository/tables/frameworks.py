"""Packages of Python that serve, schedule or trace; a new one is one row."""

from __future__ import annotations

SERVES = {
    "fastapi",
    "flask",
    "streamlit",
    "gradio",
    "chainlit",
    "bentoml",
    "litserve",
    "sanic",
    "starlette",
    "aiohttp.web",
    "mangum",
    "quart",
    "tornado",
    "django",
    "robyn",
    "ray.serve",
    "nicegui",
    "chalice",
    "aws_lambda_powertools.event_handler",
    "litestar",
}
"""Top packages that serve requests."""
SCHEDULES = {
    "airflow": "Airflow",
    "dagster": "Dagster",
    "luigi": "Luigi",
    "mage_ai": "Mage",
}
"""Package -> the scheduler that it is of: what it runs, it runs by the clock or by events, and nobody waits."""
PIPELINES = {
    "kfp": "Kubeflow Pipelines",
    "metaflow": "Metaflow",
    "zenml": "ZenML",
    "flytekit": "Flyte",
    "kedro": "Kedro",
    "prefect": "Prefect",
}
"""Package -> what puts steps into a row; when they run is said elsewhere, if at all."""
TRACES = {
    "opentelemetry": "OpenTelemetry",
    "langfuse": "Langfuse",
    "langsmith": "LangSmith",
    "phoenix": "Phoenix",
    "traceloop": "OpenLLMetry",
    "logfire": "Logfire",
    "openinference": "OpenInference",
    "ddtrace": "Datadog",
    "aws_xray_sdk": "AWS X-Ray",
    "openlit": "OpenLIT",
    "opik": "Opik",
    "opencensus": "OpenCensus",
}
"""Package -> the tracing that it wires."""
