"""How long a million spans take, and how much memory: writes the file, reads it in a process of its own, checks the answer.

usage: python benchmarks/traces.py [SPANS, default 1000000] [FOLDER, default a temporary one]

The file is as the collector's file exporter writes it: lines of some hundred spans of several services, about one kilobyte a
span, the spans of a trace over several lines. Its truth is known: shares, calls for each request, and the median of a hop.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PER_TRACE = 10
START = 1_795_000_000 * 10**9
READ = """
import json, resource, sys, time
from pathlib import Path
from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.observe.named_file import NamedFile
begun = time.monotonic()
shown = []
(found,) = read_results([NamedFile(Path(sys.argv[1]), "spans.jsonl")], Declared(), "", progress=lambda what, share: shown.append(share))
facts = {one.fact: getattr(one.value, "value", one.value) for one in found.observations}
print(json.dumps({"seconds": time.monotonic() - begun, "facts": facts, "told": len(shown),
    "own_cpu": sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), "worker_cpu": sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]),
    "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
"""


def attributes(**told: object) -> list[dict[str, object]]:
    """Return attributes as OTLP writes them, and filling such as real spans carry."""
    kinds = {str: "stringValue", int: "intValue", bool: "boolValue"}
    rows = [{"key": key.replace("__", "."), "value": {kinds[type(value)]: str(value) if type(value) is int else value}} for key, value in told.items()]  # fmt: skip
    return [*rows, *({"key": f"app.filling.{n}", "value": {"stringValue": "x" * 70}} for n in range(3))]


CALLS = (
    ("GET", 3, attributes(db__system__name="redis", server__address="cache", server__port=6379, db__query__text="GET ?")),
    ("select", 3, attributes(db__system__name="postgresql", db__namespace="claims", server__address="db", server__port=5432)),
    ("POST", 3, attributes(http__request__method="POST", url__full="http://rerank:8000/rerank", server__address="rerank", http__response__status_code=200)),
    ("chat m", 3, attributes(gen_ai__provider__name="openai", gen_ai__operation__name="chat", gen_ai__request__model="m-1", gen_ai__response__model="m-1", gen_ai__usage__input_tokens=900, gen_ai__usage__output_tokens=120)),
)  # fmt: skip


def write(path: Path, spans: int) -> None:
    """Write a file of so many spans."""
    dice = random.Random(5)  # noqa: S311 - test data
    ready = [(name, kind, json.dumps(told)) for name, kind, told in CALLS]
    entry = json.dumps(
        attributes(http__request__method="POST", http__route="/answer", http__response__status_code=200)
    )
    step = json.dumps(attributes(app__step="prompt"))
    head = '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"answers"}},{"key":"telemetry.sdk.name","value":{"stringValue":"opentelemetry"}},{"key":"telemetry.sdk.version","value":{"stringValue":"1.45.1"}}]},"scopeSpans":[{"scope":{"name":"app"},"spans":['
    waiting: list[str] = []
    with path.open("w") as file:
        for number in range(spans // PER_TRACE):
            trace, at = f"{dice.getrandbits(128):032x}", START + number * 50_000_000
            root, now = f"{dice.getrandbits(64):016x}", at + 1_000_000
            for index in range(PER_TRACE - 1):
                name, kind, told = ready[index % 4] if index < 8 else ("build prompt", 1, step)
                took = int(dice.lognormvariate(0, 0.5) * 10_000_000)
                waiting.append(
                    _span(trace, root, f"{dice.getrandbits(64):016x}", (now, took), (name, kind, told))
                )
                now += took
            waiting.append(_span(trace, "", root, (at, now - at + 1_000_000), ("POST /answer", 2, entry)))
            if len(waiting) > 400:
                dice.shuffle(waiting)
                file.write(f"{head}{','.join(waiting[:300])}]}}]}}]}}\n")
                del waiting[:300]
        file.write(f"{head}{','.join(waiting)}]}}]}}]}}\n")


def _span(trace: str, parent: str, own: str, times: tuple[int, int], what: tuple[str, int, str]) -> str:
    name, kind, told = what
    return (
        f'{{"traceId":"{trace}","spanId":"{own}","parentSpanId":"{parent}","flags":256,'
        f'"name":"{name}","kind":{kind},"startTimeUnixNano":"{times[0]}","endTimeUnixNano":"{sum(times)}",'
        f'"attributes":{told},"status":{{}}}}'
    )


def main() -> None:
    """Write, read, check, print."""
    spans = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    path = folder / f"spans-{spans}.jsonl"
    if not path.exists():
        begun = time.monotonic()
        write(path, spans)
        print(f"wrote {path} in {time.monotonic() - begun:.0f} s")
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    facts = found["facts"]
    workers = min(4, len(os.sched_getaffinity(0)))
    print(
        f"{spans:,} spans, {path.stat().st_size / 1e9:.2f} GB: {found['seconds']:.1f} s, {spans / found['seconds']:,.0f} spans/s"
    )
    print(
        f"memory at the peak: {found['own_mb']:.0f} MB here, at most {found['worker_mb']:.0f} MB in each of {workers} workers; progress shown {found['told']} times"
    )
    busiest = (
        found["own_cpu"] + found["worker_cpu"] / workers
        if workers < 2
        else max(found["own_cpu"], found["worker_cpu"] / workers)
    )
    total = found["own_cpu"] + found["worker_cpu"]
    print(
        f"CPU time: {total:.1f} s together, {found['own_cpu']:.1f} s here and {found['worker_cpu']:.1f} s in the workers; "
        f"at least {max(busiest, total / workers):.1f} s on {workers} idle cores"
    )
    assert facts["observed.requests"] == spans // PER_TRACE
    assert facts["sources[redis].calls_per_request"] == 2
    assert (
        abs(
            facts[
                "sources[postgresql-db-5432-claims].p50"
                if "sources[postgresql-db-5432-claims].p50" in facts
                else "sources[postgresql].p50"
            ]
            - 0.01
        )
        < 0.0005
    )
    print("requests, calls for each request and the median of a hop are as written")


if __name__ == "__main__":
    main()
