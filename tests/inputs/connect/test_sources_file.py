"""`sources.json`: written, read back the same, refused with every fault, and never a number that nobody measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import SMALL, configured, measure_file, measure_one, reason_of, value_of

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.results.sources_file import (
    read_sources,
    read_sources_file,
    sources_schema,
    write_sources,
)
from poc_gate.inputs.connect.results.sources_text import sources_lines
from poc_gate.model.claim import Provenance
from poc_gate.model.quantity import Quantity


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.bin").write_bytes(b"a" * 500_000)
    declared = Declaration(
        "exports", "nfs", url=str(folder), objectives={"p50": 10.0, "p95": 1e-9, "p99": 1.0}, max_age_needed=3600,
        refresh=3600, availability=0.9999, error_rate_promised=0.5,
    )  # fmt: skip
    return measure_file(
        declared, configured(rate=300), preset=Preset("small", 120, 1, 0.0, ("p50", "p95"), "a test")
    )


def test_it_is_read_back_as_it_was_written(recorded):
    content = write_sources(recorded)
    assert read_sources_file(content, "s.json") == recorded
    assert write_sources(read_sources_file(content, "s.json")) == content


def test_it_keeps_its_schema(recorded):
    jsonschema.Draft202012Validator(sources_schema()).validate(json.loads(write_sources(recorded)))


def test_it_becomes_measured_facts_of_the_source(recorded):
    found = {
        one.fact: one for one in read_sources(write_sources(recorded), "s.json", known=("exports", "other"))
    }
    p50 = found["sources[exports].p50"]
    assert isinstance(p50.value, Quantity)
    assert p50.value.unit == "s"
    assert p50.low is not None
    assert p50.low <= p50.value.value
    assert p50.provenance is Provenance.MEASURED
    assert p50.source == "s.json"
    assert "pread of 65,536 bytes" in p50.method
    assert found["sources[exports].p99"].value is None
    assert "preset" in found["sources[exports].p99"].reason


def test_it_holds_no_contents_and_no_host(recorded):
    text = write_sources(recorded).decode()
    assert "aaaaaaaa" not in text


def test_promises_are_held_against_what_was_seen(recorded):
    found = {promise.name: promise for promise in recorded.sources[0].promises}
    limited = "client-limited" in found["p95"].note
    assert found["p50"].answer == ("undetermined" if "client-limited" in found["p50"].note else "pass")
    assert found["p95"].answer == ("undetermined" if limited else "fail")
    assert found["max_age_needed"].answer == "pass"
    assert found["refresh"].answer == "undetermined", "one look cannot show how often something is renewed"
    assert found["availability"].answer == "undetermined", "140 calls cannot show four nines"
    assert found["error_rate_promised"].answer == "pass"
    assert all(promise.method for promise in found.values())


def _broken(recorded, change) -> bytes:
    data = json.loads(write_sources(recorded))
    change(data)
    return json.dumps(data, indent=1).encode()


def _set(*path: Any) -> Callable[[Any], None]:
    *head, last, value = path

    def change(data) -> None:
        for step in head:
            data = data[step]
        data[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_set("schema", "poc-gate.sources/9"), "poc-gate.sources/1"),
        (_set("sorces", []), "did you mean sources"),
        (_set("seed", "x"), "must be a whole number"),
        (_set("sources", 0, "id", "exprts"), "did you mean exports"),
        (_set("sources", 0, "state", "fine"), "state 'fine'"),
        (_set("sources", 0, "measurements", 0, "value", {"value": -1, "unit": "s"}), "not plausible"),
        (_set("sources", 0, "measurements", 0, "value", {"value": 1, "unit": "B"}), "is in 'B', not 's'"),
        (_set("sources", 0, "measurements", 0, "value", "x"), "must be a quantity"),
        (
            _set("sources", 0, "measurements", 0, "fact", "sources[other].p50"),
            "not a measured fact of the source",
        ),
        (
            _set("sources", 0, "measurements", 0, "fact", "sources[exports].availability"),
            "not a measured fact",
        ),
        (_set("sources", 0, "measurements", 0, "provenance", "declared"), "only measured values"),
        (_set("sources", 0, "measurements", 0, "low", 99), "ends before it begins"),
    ],
)
def test_a_file_that_was_changed_is_refused_with_its_place(recorded, change, word):
    with pytest.raises(InvalidInputError, match=r"s\.json:\d+:\d+") as caught:
        read_sources(_broken(recorded, change), "s.json", known=("exports",))
    assert word in str(caught.value)


def test_all_faults_are_told_at_once(recorded):
    def change(data) -> None:
        data["schema"] = "x"
        data["sources"][0]["state"] = "fine"
        data["sources"].append(data["sources"][0])

    with pytest.raises(InvalidInputError) as caught:
        read_sources(_broken(recorded, change), "s.json", known=())
    assert len(caught.value.faults) >= 4


def test_unknown_missing_and_wrong_are_told_at_once_each_in_its_line(recorded):
    def change(data) -> None:
        data["sources"][0]["sate"] = data["sources"][0].pop("state")
        data["sources"][0]["measurements"][0]["stable"] = "yes"

    content = _broken(recorded, change)
    with pytest.raises(InvalidInputError) as caught:
        read_sources(content, "s.json", known=("exports",))
    lines = content.decode().splitlines()
    told = {fault.what: (lines[fault.line - 1].strip(), fault.column) for fault in caught.value.faults}
    assert told == {
        "unknown key 'sate' in sources[0]": ('"sate": "measured"', 12),
        "the key 'state' is missing in sources[0]": ("{", 3),
        "sources[0].measurements[0].stable must be true or false or null, not 'yes'": (
            '"stable": "yes",',
            16,
        ),
    }


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(content):
    try:
        read_sources(content, "s.json", known=())
    except InvalidInputError as error:
        assert error.faults


def test_it_is_shown_with_intervals_and_promises(recorded):
    text = "\n".join(sources_lines(recorded))
    for part in (
        "exports  (files)  measured",
        "p50",
        "[",
        "undetermined",
        "fastest to slowest call",
        "preset small",
    ):
        assert part in text


def test_a_stopped_run_is_never_stable(delays):
    delays.start("busy")
    declared = Declaration("x", "rest", url=f"http://127.0.0.1:{delays.port}/x", objectives={"p50": 60.0})
    report = measure_one(declared, configured(rate=100))
    assert report.state == "stopped"
    assert "left alone" in report.reason
    assert all(one.stable is not True for one in report.measurements)
    assert all(promise.answer == "undetermined" for promise in report.promises if promise.name == "p50")


def test_a_source_that_fails_from_the_start_has_no_percentiles(delays):
    delays.start("failing")
    report = measure_one(Declaration("x", "rest", url=f"http://127.0.0.1:{delays.port}/x"))
    assert report.state == "not-measured"
    assert value_of(report, "p50") is None
    assert "500" in reason_of(report, "p50")


def test_a_p99_below_368_calls_is_not_printed(tmp_path):
    (tmp_path / "a.bin").write_bytes(b"a" * 100_000)
    declared = Declaration("x", "file", url=str(tmp_path))
    preset = Preset("wishful", 100, 1, 0.0, ("p50", "p95", "p99"), "a test")
    report = measure_one(declared, configured(rate=500), preset=preset)
    assert value_of(report, "p99") is None
    assert "368" in reason_of(report, "p99")


def test_windows_are_measured_apart_and_summed(tmp_path):
    (tmp_path / "a.bin").write_bytes(b"a" * 100_000)
    declared = Declaration("x", "file", url=str(tmp_path))
    preset = Preset("windows", 60, 4, 0.0, SMALL.shares, "a test")
    report = measure_one(declared, configured(rate=500), preset=preset)
    assert value_of(report, "samples") == 240
    p50 = next(one for one in report.measurements if one.fact == "sources[x].p50")
    assert p50.details["windows"] == "4"
