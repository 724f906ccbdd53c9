"""Small traces of every format, as the tests of damaged traces and those that take thousands damage them."""

from __future__ import annotations

import gzip
import json

from otlp_spans import DB, MODEL, Maker
from test_real_files import FILES
from test_trace_formats import jaeger, langfuse


def recorded(name: str, lines: int) -> bytes:
    """Return the first lines, spans or documents of a recorded file."""
    content = gzip.decompress((FILES / name).read_bytes())
    if name.startswith("phoenix"):
        return json.dumps({"data": json.loads(content)["data"][:lines]}).encode()
    if name.startswith("langfuse"):  # documents behind each other, which `damage` does not know
        text, at, found = content.decode(), 0, []
        while len(found) < lines:
            one, at = json.JSONDecoder().raw_decode(text, at)
            found.append(one)
            at += 1
        return json.dumps(found).encode()
    return b"\n".join(content.splitlines()[:lines]) + b"\n"


def small() -> bytes:
    """Return six requests with a call of a database, an answer of a server and a call of a model."""
    make = Maker()
    for number in range(6):
        trace, root = make.request(number * 100, 60)
        call = make.span(
            trace,
            root,
            "SELECT",
            number * 100 + 5,
            10,
            events=[{"name": "exception", "attributes": []}],
            **DB,
        )
        make.span(trace, call, "POST /x", number * 100 + 6, 9, kind=2, service="other", state="ot=th:8")
        make.span(trace, root, "chat m-1", number * 100 + 20, 30, **MODEL)
    return make.lines(each=5)


TRACES = {
    "otlp": small(),
    "otlp-real": recorded("openllmetry.jsonl.gz", 1),
    "jaeger": b"\n".join(jaeger(one_a_line=True).splitlines()[:12]),
    "zipkin": json.dumps(json.loads(gzip.decompress((FILES / "zipkin.json.gz").read_bytes()))[:16]).encode(),
    "langfuse": json.dumps({"data": json.loads(langfuse())["data"][:12]}).encode(),
    "mlflow": recorded("mlflow.jsonl.gz", 3),
    "langsmith": recorded("langsmith.jsonl.gz", 8),
    "phoenix": recorded("phoenix.json.gz", 8),
    "langfuse-sdk": recorded("langfuse-sdk.json.gz", 8),
    "protobuf": gzip.decompress((FILES / "protobuf.binpb.gz").read_bytes())[:40_000],
}  # fmt: skip
