"""Traces beside a manifest: what was observed counts before what is typed, and what nobody wrote down is a finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from otlp_spans import CACHE, DB, MODEL, Maker

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.model.claim import Provenance
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity

FILES = Path(__file__).parents[1] / "files" / "traces"
MANIFEST = """
apiVersion: poc-gate/v1
pilot: {name: claims, stage: pilot, uses: [llm, retrieval, agent]}
monitoring: {trace_sampling: none}
model: {name: m-0}
agent: {tools: [search]}
security: {egress: [{name: example-mail}]}
sources:
  - {id: claims, system: postgresql, p99: 5 ms, calls_per_request: 1}
  - {id: sessions, system: redis}
  - {id: archive, system: s3}
"""


def traces():
    make = Maker()
    for number in range(400):
        at = number * 1000
        trace, root = make.request(at, 400)
        make.span(trace, root, "GET", at + 1, 2, **CACHE)
        make.span(trace, root, "SELECT", at + 5, 40 + number % 7, **DB)
        make.span(trace, root, "SELECT", at + 60, 40, **DB)
        make.span(
            trace,
            root,
            "publish",
            at + 110,
            3,
            kind=4,
            messaging__system="kafka",
            messaging__destination__name="audit",
        )
        make.span(
            trace,
            root,
            "delete",
            at + 120,
            3,
            kind=1,
            gen_ai__operation__name="execute_tool",
            gen_ai__tool__name="delete",
        )
        make.span(trace, root, "chat m-1", at + 130, 250, **MODEL)
    return make.lines()


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pilot")
    (folder / "pilot.yaml").write_text(f"{MANIFEST}imports: [traces.jsonl]\n")
    (folder / "traces.jsonl").write_bytes(traces())
    return assess(CaseRequest(folder, "2026-11-28", "2026-11-28T00:00:00Z", machine="l4-24gb"))


def fact(result, name):
    return next(one for one in result.facts if one.name == name)


def finding(result, rule):
    return next(one for one in result.findings if one.rule.startswith(rule))


def test_the_observed_value_counts_and_the_difference_is_told_once_with_what_it_changes(result):
    p99 = fact(result, "sources[claims].p99")
    assert p99.value.value == pytest.approx(0.046)
    assert p99.provenance is Provenance.MEASURED
    told = [
        one for one in result.findings if one.rule.startswith("X01") and one.subject == "sources[claims].p99"
    ]
    assert len(told) == 1
    assert "46 ms (measured)" in told[0].message
    assert "5 ms (declared)" in told[0].message
    assert "By the stated value:" in told[0].message or "No answer changes by it." in told[0].message
    assert told[0].place.file.endswith("pilot.yaml")
    assert fact(result, "sources[claims].calls_per_request").value == Quantity(2.0)


def test_what_changes_by_an_observed_value_is_named(tmp_path):
    (tmp_path / "pilot.yaml").write_text(
        MANIFEST.replace("{trace_sampling", "{trace_id: false, trace_sampling")
    )
    (tmp_path / "traces.jsonl").write_bytes(traces())
    request = CaseRequest(
        tmp_path,
        "2026-11-28",
        "2026-11-28T00:00:00Z",
        machine="l4-24gb",
        results=(str(tmp_path / "traces.jsonl"),),
    )
    found = assess(request)
    told = next(
        one for one in found.findings if one.rule.startswith("X01") and one.subject == "monitoring.trace_id"
    )
    assert "By the stated value: H06 is pass and would be fail." in told.message


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("X10", "kafka audit"),
        ("X03", "archive"),
        ("X04", "m-1"),
        ("X05", "api.openai.com"),
        ("X06", "delete"),
    ],
)
def test_what_nobody_wrote_down_is_a_finding_that_does_not_score(result, rule, says):
    one = finding(result, rule)
    assert one.state is State.FAIL
    assert says in one.message
    assert one.pack == ""
    assert one.fix


def test_a_trace_shows_joined_ids_and_the_rule_passes(result):
    assert finding(result, "H06").state is State.PASS


def test_a_rule_takes_an_observed_value_although_a_typed_one_differs(result):
    clashes = {one.fact for one in result.contradictions}
    assert "sources[claims].p99" in clashes
    assert all(
        "sources[claims].p99" not in (one.message or "") or one.rule.startswith("X01")
        for one in result.findings
        if "disagree" in (one.message or "")
    )


def test_a_manifest_from_traces_names_them_and_holds_together(tmp_path):
    from poc_gate.cli.app import run

    shutil.copy(FILES / "openllmetry.jsonl.gz", tmp_path)
    assert (
        run(["init", str(tmp_path), "--from-traces", str(tmp_path / "openllmetry.jsonl.gz"), "--defaults"])
        == 0
    )
    text = (tmp_path / "pilot.yaml").read_text()
    assert "- id: postgresql" in text
    assert "- openllmetry.jsonl.gz" in text
    found = assess(CaseRequest(tmp_path, "2026-11-28", "2026-11-28T00:00:00Z", machine="l4-24gb"))
    measured = [
        one
        for one in found.facts
        if one.provenance is Provenance.MEASURED and one.name.startswith("sources[")
    ]
    assert len(measured) > 15
    assert finding(found, "X07").message.endswith("8.3 % of the spans keep text written by people or models.")
    assert not [one for one in found.findings if one.rule[:3] in ("X01", "X10", "X03")]


def test_traces_outside_the_folder_are_typed_and_said_so(tmp_path):
    from poc_gate.app.authoring.init_from_traces import known_by_traces

    known, lines = known_by_traces([FILES / "openllmetry.jsonl.gz"], tmp_path)
    assert any("count as typed" in line for line in lines)
    assert not any(claim.fact == "imports" for claim in known.claims)
    assert any(claim.fact == "sources[redis].p50" for claim in known.claims)


def test_old_traces_count_as_declared(tmp_path):
    (tmp_path / "pilot.yaml").write_text(f"{MANIFEST}imports: [traces.jsonl]\n")
    (tmp_path / "traces.jsonl").write_bytes(traces())
    found = assess(CaseRequest(tmp_path, "2027-11-28", "2027-11-28T00:00:00Z", machine="l4-24gb"))
    assert fact(found, "sources[claims].p95").provenance is Provenance.DECLARED
    assert any("d ago, more than 180 d" in one.message for one in found.notices)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{id: warehouse, seen_as: [db.internal]}", True),
        ("{id: warehouse, seen_as: [claims]}", True),
        ("{id: claims}", True),
        ("{id: warehouse, system: postgres}", True),
        ("{id: warehouse, url: 'postgresql://db.internal/claims'}", True),
        ("{id: warehouse, system: mysql}", False),
        ("{id: warehouse}", False),
    ],
)
def test_a_source_is_recognised_by_what_the_manifest_says_of_it(tmp_path, source, found):
    (tmp_path / "pilot.yaml").write_text(
        f"apiVersion: poc-gate/v1\npilot: {{name: claims}}\nsources: [{source}]\nimports: [traces.jsonl]\n"
    )
    (tmp_path / "traces.jsonl").write_bytes(traces())
    result = assess(CaseRequest(tmp_path, "2026-11-28", "2026-11-28T00:00:00Z", machine="l4-24gb"))
    names = {one.name for one in result.facts if one.value is not None}
    assert any(name.endswith("].observed_share") for name in names) is found
    assert (
        any("postgresql" in one.message for one in result.findings if one.rule.startswith("X10")) is not found
    )


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        ("{name: m-1, hosting: hosted}", True),
        ("{name: m-1, hosting: self}", True),
        ("{name: m-1, hosting: self, parameters: 7e9, layers: 32}", False),
    ],
)
def test_the_time_of_a_call_is_shown_unless_it_is_predicted_for_any_load(tmp_path, model, shown):
    (tmp_path / "pilot.yaml").write_text(MANIFEST.replace("{name: m-0}", model) + "imports: [traces.jsonl]\n")
    (tmp_path / "traces.jsonl").write_bytes(traces())
    found = assess(CaseRequest(tmp_path, "2026-11-28", "2026-11-28T00:00:00Z", machine="l4-24gb"))
    known = {one.name: one for one in found.facts if one.value is not None}
    assert ("model.time_per_call" in known) is shown
    if shown:
        assert known["model.time_per_call"].value.value == pytest.approx(0.250)
        assert known["model.time_per_call"].provenance is Provenance.MEASURED
