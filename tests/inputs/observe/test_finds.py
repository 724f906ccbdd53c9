"""A result counts as measured when all that makes it checkable is known; else it says what is missing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from poc_gate.app.imports import observed_files
from poc_gate.app.imports.show_observed import observed_json, observed_text
from poc_gate.inputs.observe import read_observed as reading
from poc_gate.inputs.observe.finds import Finds, clean
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.claim import Provenance
from poc_gate.model.observation import Origin
from poc_gate.model.quantity import Quantity

KNOWN = Origin("k6", "1.3.0", "2026-11-20T10:00:00Z", "claims-api")
FACT = "sources[db].p99"


def finds(origin=KNOWN, files=None):
    return Finds("run.json", origin=origin, files={"run.json": "ab" * 32} if files is None else files)


def only(found):
    return found.result("k6", "load-test").observations[0]


def test_with_everything_known_it_is_measured():
    found = finds()
    found.observe(FACT, 0.2, unit="s", samples=1000, low=0.18, high=0.25)
    one = only(found)
    assert one.provenance is Provenance.MEASURED
    assert (one.value, one.low, one.high, one.dated) == (Quantity(0.2, "s"), 0.18, 0.25, "2026-11-20")


@pytest.mark.parametrize(
    ("origin", "samples", "files", "lacking"),
    [
        (Origin("", "1.3.0", "2026-11-20", "api"), 9, None, "the tool"),
        (Origin("k6", "", "2026-11-20", "api"), 9, None, "its version"),
        (Origin("k6", "1.3.0", "", "api"), 9, None, "the date"),
        (Origin("k6", "1.3.0", "2026-11-20", ""), 9, None, "the target"),
        (KNOWN, None, None, "the sample size"),
        (KNOWN, 9, {}, "the file's digest"),
    ],
)
def test_what_is_not_known_makes_it_imported_with_the_reason(origin, samples, files, lacking):
    found = finds(origin, files)
    found.observe(FACT, 0.2, unit="s", samples=samples)
    one = only(found)
    assert one.provenance is Provenance.IMPORTED
    assert lacking in one.reason


def test_a_setting_is_never_a_result():
    found = finds()
    found.configured("demand.requests_per_day", 10, unit="req/s")
    assert only(found).provenance is Provenance.IMPORTED


def test_percentiles_and_their_intervals_agree_with_numpy():
    samples = np.random.default_rng(7).lognormal(0, 1, 5000)
    found = finds()
    found.observe_percentile(FACT, samples.tolist(), 0.95, method="calls")
    one = only(found)
    assert one.value.value == np.quantile(samples, 0.95, method="inverted_cdf")
    assert one.low < np.exp(1.6449) < one.high
    ranks = [np.count_nonzero(samples <= end) for end in (one.low, one.high)]
    half = 1.96 * np.sqrt(5000 * 0.95 * 0.05)  # the binomial's normal approximation
    assert ranks == pytest.approx([4750 - half, 4750 + half], abs=2)


def test_too_few_samples_leave_the_upper_end_open():
    found = finds()
    found.observe_percentile(FACT, [0.1] * 99 + [3.0], 0.99, method="calls")
    one = only(found)
    assert one.high is None
    assert one.stable is False


def test_secrets_and_numbers_without_end_are_left_out():
    found = finds()
    found.observe("monitoring.tool", "postgresql://app:Tr0ub4dor3x@db/x")
    found.observe(FACT, float("inf"), unit="s")
    held = found.result("k6", "load-test")
    assert held.observations == ()
    assert [one.kind for one in held.notices] == ["secret", "warning"]
    assert "Tr0ub4dor3x" not in repr(held)


def test_hostile_texts_are_inert_and_without_secrets():
    text = clean("a\x1b[31m\u202eb AKIAIOSFODNN7EXAMPLE " + "x " * 400)
    assert text.isprintable()
    assert "AKIA" not in text
    assert len(text) <= 300


def read_json(stream, found):
    found.origin = KNOWN
    found.state = (found.state or 0) + json.loads(stream.whole())["n"]


def conclude(found):
    found.observe("sources[db].p50", found.state / 1000, unit="s", samples=found.state, method="runs")
    found.must_not("a closed loop hides stalls", next_step="run it with an arrival rate")


SUMS = Observer("sums", "Sums", "load-test", lambda head: head.has("n"), read_json, True, conclude)  # noqa: FBT003


@pytest.fixture
def observers(monkeypatch):
    monkeypatch.setattr(reading, "observers", lambda: (SUMS,))


def test_files_that_belong_together_make_one_observation(tmp_path, observers):
    files = []
    for number in (3, 4):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps({"n": number}))
        files.append(NamedFile(path, path.name))
    (found,) = observed_files.read_results(files, observed_files.Declared({"sources": ("db",)}), "2026-11-28")
    assert found.observations[0].value == Quantity(0.007, "s")
    assert found.observations[0].provenance is Provenance.MEASURED
    assert set(found.files) == {"3.json", "4.json"}
    assert '"must_not_be_concluded": [\n    {' in observed_json(found)
    assert "cannot be concluded:\n  a closed loop hides stalls" in observed_text(found)


def test_old_results_and_items_that_nobody_listed_do_not_count_as_measured(tmp_path, observers):
    path = tmp_path / "3.json"
    path.write_text('{"n": 3}')
    named = [NamedFile(path, "3.json")]
    (old,) = observed_files.read_results(named, observed_files.Declared({"sources": ("db",)}), "2027-09-01")
    assert old.observations[0].provenance is Provenance.DECLARED
    assert "285 d ago" in old.observations[0].reason
    (other,) = observed_files.read_results(named, observed_files.Declared({"sources": ()}), "2026-11-28")
    assert other.observations == ()
    assert any("does not list" in one.message for one in other.notices)


def test_a_head_is_parsed_when_the_first_line_is_whole():
    assert Head("a.JSONL.gz", b'{"a": 1}\n{"b"', is_all=False).first_mapping == {"a": 1}
    assert Head("a.jsonl", b'{"a": 1', is_all=False).first is None
    assert Head("a.json", b'{"a":\n 1}', is_all=True).first_mapping == {"a": 1}
    assert Head("dir/Run.JSON.zst", b"", is_all=True).name == "run.json"
