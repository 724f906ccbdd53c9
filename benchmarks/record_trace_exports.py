"""Records what Phoenix, MLflow, LangSmith and Langfuse themselves write of one small pilot, as test data; no network is used.

usage: python record_trace_exports.py FOLDER      (packages: see record_traces.sh)

Phoenix: its server is started here and asked by its API. MLflow: a store in a local file, read back by its own search. LangSmith: the
runs as its SDK sends them, taken by a server here. Langfuse: the spans that its SDK makes; its server's own export needs its server.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

COUNT = 12


def lookup(number: int) -> list[int]:
    """Stand for a search: sums, so that time passes."""
    return [sum(range(2000 + number)) for _ in range(3)]


def keep(folder: Path, name: str, text: str) -> None:
    """Write one recording, packed so that the same content gives the same bytes."""
    (folder / name).write_bytes(gzip.compress(text.encode(), mtime=0))
    print(name, len(text))


def mlflow_traces(folder: Path) -> None:
    """Record traces of MLflow."""
    place = Path(tempfile.mkdtemp())
    os.environ["MLFLOW_TRACKING_URI"] = f"sqlite:///{place}/mlflow.db"
    os.chdir(place)  # so that nothing of this checkout is in the recording
    import mlflow

    mlflow.set_tracking_uri(os.environ["MLFLOW_TRACKING_URI"])
    mlflow.set_experiment("claims-answers")
    for number in range(COUNT):
        with mlflow.start_span("answer", span_type="CHAIN") as root:
            root.set_inputs({"question": "what does clause nine say"})
            with mlflow.start_span("search", span_type="RETRIEVER"):
                lookup(number)
            with mlflow.start_span("policy_lookup", span_type="TOOL"):
                lookup(number)
            with mlflow.start_span("generate", span_type="LLM") as span:
                time.sleep(0.01)
                span.set_attribute("mlflow.llm.model", "tiny-random-2l")
                span.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 90 + number, "output_tokens": 24, "total_tokens": 114 + number})  # fmt: skip
    mlflow.flush_trace_async_logging()
    found = mlflow.search_traces(return_type="list")
    text = "\n".join(trace.to_json() for trace in found) + "\n"
    keep(folder, "mlflow.jsonl.gz", text.replace(str(place), "/pilot"))


def langsmith_runs(folder: Path) -> None:
    """Record runs as the SDK of LangSmith sends them."""
    runs: dict[str, dict] = {}

    class Sink(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._take()

        def do_PATCH(self) -> None:
            self._take()

        def _take(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            run = runs.setdefault(body.get("id") or self.path.rpartition("/")[2], {})
            run.update({key: value for key, value in body.items() if value is not None})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 58711), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    from langsmith import Client
    from langsmith.run_trees import RunTree

    client = Client(api_url="http://127.0.0.1:58711", api_key="none", auto_batch_tracing=False)
    for number in range(COUNT):
        root = RunTree(
            name="answer",
            run_type="chain",
            inputs={"question": "what does clause nine say"},
            client=client,
            project_name="claims-answers",
        )
        root.post()
        for name, kind in (("search", "retriever"), ("policy_lookup", "tool"), ("ChatOpenAI", "llm")):
            extra = (
                {"metadata": {"ls_provider": "openai", "ls_model_name": "tiny-random-2l"}}
                if kind == "llm"
                else {}
            )
            child = root.create_child(name=name, run_type=kind, inputs={"text": "clause"}, extra=extra)
            child.post()
            lookup(number)
            outputs = (
                {"usage_metadata": {"input_tokens": 90 + number, "output_tokens": 24}}
                if kind == "llm"
                else {"found": 3}
            )
            child.end(outputs=outputs)
            child.patch()
        root.end(outputs={"answer": "nine"})
        root.patch()
    server.shutdown()
    keep(folder, "langsmith.jsonl.gz", "\n".join(map(json.dumps, runs.values())) + "\n")


def langfuse_spans(folder: Path) -> None:
    """Record the spans that the SDK of Langfuse makes."""
    from langfuse import Langfuse
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor

    path = Path(tempfile.mkdtemp()) / "spans.txt"
    with path.open("w") as file:
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=file)))
        nobody = {"public_key": "pk-none", "secret_key": "sk-none", "host": "http://127.0.0.1:9"}
        client = Langfuse(**nobody, tracer_provider=provider)
        for number in range(COUNT):
            with client.start_as_current_observation(
                as_type="span", name="answer", input={"question": "clause nine"}
            ):
                with client.start_as_current_observation(as_type="retriever", name="search"):
                    lookup(number)
                with client.start_as_current_observation(as_type="tool", name="policy_lookup"):
                    lookup(number)
                with client.start_as_current_observation(
                    as_type="generation", name="generate", model="tiny-random-2l"
                ) as one:
                    one.update(usage_details={"input": 90 + number, "output": 24})
        provider.force_flush()
    keep(folder, "langfuse-sdk.json.gz", path.read_text())


def phoenix_spans(folder: Path) -> None:
    """Record what Phoenix answers of spans that were sent to it."""
    place = tempfile.mkdtemp()
    surroundings = {**os.environ, "PHOENIX_WORKING_DIR": place, "PHOENIX_PORT": "58712", "PHOENIX_GRPC_PORT": "58713", "PHOENIX_TELEMETRY_ENABLED": "false"}  # fmt: skip
    server = subprocess.Popen([sys.executable, "-m", "phoenix.server.main", "serve"], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        base = "http://127.0.0.1:58712"
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=2)  # noqa: S310 - this machine
                break
            except OSError:
                time.sleep(0.5)
        _send_to(f"{base}/v1/traces")
        time.sleep(8)
        with urllib.request.urlopen(f"{base}/v1/projects/default/spans?limit=500", timeout=30) as answer:  # noqa: S310
            keep(folder, "phoenix.json.gz", answer.read().decode())
    finally:
        server.terminate()
        server.wait()


def _send_to(address: str) -> None:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(address)))
    tracer = provider.get_tracer("claims-answers")
    for number in range(COUNT):
        with tracer.start_as_current_span(
            "answer", attributes={"openinference.span.kind": "CHAIN", "input.value": "clause nine"}
        ):
            with tracer.start_as_current_span("search", attributes={"openinference.span.kind": "RETRIEVER"}):
                lookup(number)
            with tracer.start_as_current_span(
                "policy_lookup", attributes={"openinference.span.kind": "TOOL", "tool.name": "policy_lookup"}
            ):
                lookup(number)
            told = {"openinference.span.kind": "LLM", "llm.model_name": "tiny-random-2l", "llm.provider": "openai", "llm.token_count.prompt": 90 + number, "llm.token_count.completion": 24}  # fmt: skip
            with tracer.start_as_current_span("generate", attributes=told):
                time.sleep(0.01)
    provider.shutdown()


if __name__ == "__main__":
    for record in (mlflow_traces, langsmith_runs, langfuse_spans, phoenix_spans):
        if not os.environ.get("EXPORT") or os.environ["EXPORT"] in record.__name__:
            try:
                record(Path(sys.argv[1]).resolve())
            except Exception as error:  # noqa: BLE001 - one that fails must not keep the others from being recorded
                print(f"{record.__name__}: {type(error).__name__}: {error}")
