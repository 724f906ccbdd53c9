"""Makes OTLP lines of known truth for the tests."""

from __future__ import annotations

import json
import random

START = 1_795_000_000 * 10**9
MS = 10**6


def attributes(told):
    kinds = {bool: "boolValue", str: "stringValue", int: "intValue", float: "doubleValue"}
    return [{"key": key, "value": {kinds[type(value)]: value}} for key, value in told.items()]


class Maker:
    """Collects spans of one service after another; times in milliseconds after a fixed start."""

    def __init__(self, seed=1) -> None:
        """Start with no spans."""
        self.dice = random.Random(seed)
        self.groups = {}

    def identity(self, bits=64):
        """Return a new id in hexadecimal."""
        return f"{self.dice.getrandbits(bits) or 1:0{bits // 4}x}"

    def span(
        self,
        trace,
        parent,
        name,
        at,
        took,
        *,
        service="answers",
        kind=3,
        state="",
        error=False,
        events=(),
        **told,  # noqa: ANN003
    ):
        """Add one span and return its id; names of attributes with two underscores for a dot."""
        span = self.identity()
        start = START + int(at * MS)
        row = {
            "traceId": trace, "spanId": span, "parentSpanId": parent, "name": name, "kind": kind,
            "startTimeUnixNano": str(start), "endTimeUnixNano": str(start + int(took * MS)),
            "attributes": attributes({key.replace("__", "."): value for key, value in told.items()}),
            "status": {"code": 2} if error else {}, "traceState": state, "events": list(events),
        }  # fmt: skip
        self.groups.setdefault(service, []).append(row)
        return span

    def request(self, at, took, name="POST /answer", *, state="", service="answers", error=False):
        """Add the first span of a request; return its trace and its own id."""
        trace = self.identity(128)
        route = {"http__request__method": name.split(" ")[0], "http__route": name.split(" ")[1]}
        root = self.span(
            trace, "", name, at, took, kind=2, state=state, service=service, error=error, **route
        )
        return trace, root

    def lines(self, each=200, resource=None):
        """Return JSON lines, the spans of each service in batches."""
        rows = []
        for service, spans in self.groups.items():
            told = {
                "service.name": service, "telemetry.sdk.name": "opentelemetry", "telemetry.sdk.language": "python",
                "telemetry.sdk.version": "1.45.1", **(resource or {}),
            }  # fmt: skip
            for at in range(0, len(spans), each):
                scope = [{"scope": {"name": "app"}, "spans": spans[at : at + each]}]
                rows.append(
                    {"resourceSpans": [{"resource": {"attributes": attributes(told)}, "scopeSpans": scope}]}
                )
        return "\n".join(map(json.dumps, rows)).encode() + b"\n"


DB = {"db__system__name": "postgresql", "db__namespace": "claims", "server__address": "db.internal"}
CACHE = {"db__system__name": "redis", "server__address": "cache.internal"}
MODEL = {
    "gen_ai__provider__name": "openai", "gen_ai__operation__name": "chat", "gen_ai__request__model": "m-1",
    "gen_ai__response__model": "m-1", "server__address": "api.openai.com", "gen_ai__usage__input_tokens": 900,
    "gen_ai__usage__output_tokens": 100,
}  # fmt: skip
