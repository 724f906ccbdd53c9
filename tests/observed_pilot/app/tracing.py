"""Spans of this process go to a file, with the SDK's own exporter."""

from __future__ import annotations

import os


def trace(service: str) -> None:
    """Record every request's spans under `TRACES_FILE`; without it nothing is recorded."""
    if "TRACES_FILE" not in os.environ:
        return
    from opentelemetry import trace as api
    from opentelemetry.exporter.otlp.json.file.trace_exporter import FileSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(
        resource=Resource.create({"service.name": service, "deployment.environment.name": "pilot"})
    )
    provider.add_span_processor(BatchSpanProcessor(FileSpanExporter(os.environ["TRACES_FILE"])))
    api.set_tracer_provider(provider)
