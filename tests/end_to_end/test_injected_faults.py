"""The observed pilot with one hop made slow or faulty by a proxy (benchmarks/record_pilot.sh): the fault is found at that hop."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.finding import State

PILOT = Path(__file__).parents[1] / "observed_pilot"
HOPS = {"database": "postgresql", "model": "model tiny-random"}


def recording(name):
    return PILOT / "observed" / f"{name}.jsonl.gz"


def hops(name):
    (seen,) = read_results([NamedFile(recording(name), f"{name}.jsonl")], Declared(), "")
    return {one["id"]: one for one in seen.details["hops"]}


def share_by_spans(name, is_hop):
    """Return the hop's time over that of the requests, from the raw spans: here no two calls overlap."""
    held = whole = 0
    for line in gzip.decompress(recording(name).read_bytes()).splitlines():
        for group in json.loads(line)["resourceSpans"]:
            for scope in group["scopeSpans"]:
                for span in scope["spans"]:
                    took = int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"])
                    keys = {one["key"] for one in span.get("attributes", ())}
                    whole += took if span["kind"] in (2, "SPAN_KIND_SERVER") else 0
                    held += took if is_hop(span, keys) else 0
    return held / whole


@pytest.mark.parametrize(
    ("name", "hop", "delay"),
    [("database-50ms", "postgresql", 0.05), ("model-500ms", "model tiny-random", 0.5)],
)
def test_a_delay_is_found_at_the_hop_that_had_it_with_its_share(name, hop, delay):
    plain, slow = hops("plain"), hops(name)
    assert (
        slow[hop]["p50_s"] >= delay > plain[hop]["p50_s"]
        if hop == "postgresql"
        else slow[hop]["p50_s"] >= delay
    )
    grown = {one: slow[one]["share_of_critical_path"] - plain[one]["share_of_critical_path"] for one in plain}
    assert max(grown, key=grown.get) == hop
    others = [one for one in plain if one != hop and plain[one]["p50_s"] is not None]
    assert all(slow[one]["p50_s"] - plain[one]["p50_s"] < delay for one in others)

    def is_hop(span: dict, keys: set[str]) -> bool:
        wanted = "db.system" if hop == "postgresql" else "gen_ai."
        named = any(key.startswith(wanted) for key in keys) and span["kind"] in (3, "SPAN_KIND_CLIENT")
        return named and (hop != "postgresql" or "redis" not in json.dumps(span["attributes"]))

    assert slow[hop]["share_of_critical_path"] == pytest.approx(share_by_spans(name, is_hop), abs=0.02)


def test_five_percent_of_errors_are_found_at_the_hop_that_had_them():
    found = hops("model-errors")
    assert {name: one["errors"] for name, one in found.items() if one["errors"]} == {"model tiny-random": 5}
    assert found["model tiny-random"]["calls"] == 100


def test_errors_that_were_seen_break_the_promise_and_are_said(tmp_path):
    (tmp_path / "pilot.yaml").write_text(
        (PILOT / "pilot.yaml").read_text().replace("{p95: 1 s}", "{p95: 1 s, availability: 99 %}")
        + "\nimports: [traces.jsonl.gz]\n"
    )
    (tmp_path / "traces.jsonl.gz").write_bytes(recording("model-errors").read_bytes())
    result = assess(CaseRequest(tmp_path, "2026-11-28", "2026-11-28T23:00:00Z", unprobed=True))
    finding = next(one for one in result.findings if one.rule.startswith("B17"))
    assert finding.state is State.FAIL
    assert finding.message.startswith("Share of requests in traces that failed: 5 %")
