"""Rising loads against a model's server whose time per token grows with what is in flight, and what stops them."""

from __future__ import annotations

import json
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from forked_command import run_command
from measuring import SMALL, configured
from own_servers import ModelServer, serving

from poc_gate.app.measure.measure_sources import steps_of
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.measure_sources import RunOptions, measure_sources
from poc_gate.inputs.connect.results.sources_file import SourceReport, read_sources_file, write_sources
from poc_gate.inputs.connect.results.sources_text import plan_lines, sources_lines
from poc_gate.inputs.connect.run.plan_sources import plan_source
from poc_gate.inputs.connect.run.source_plan import REFUSED

BASE_S, EACH_S = 0.006, 0.004
"""Seconds of one token alone, and what each request in flight adds."""


TOKENS, FEW = 20, 5
"""Of an answer; `FEW` where no time per token is held against the truth: each answer takes its time."""


class _Batching(ModelServer):
    """A token takes longer the more requests are in flight; from `failing` requests on it answers 500, later on."""

    under_way = 0
    failing = 99
    calls = 0
    slept: ClassVar[list[float]] = []
    """Of each token, how long it took over how long it should have taken: a busy machine wakes a sleeper late."""
    lock: ClassVar[threading.Lock] = threading.Lock()

    def do_POST(self) -> None:  # noqa: N802 - the name of the protocol
        kind = type(self)
        tokens = self.body()["max_tokens"]
        with kind.lock:
            kind.under_way += 1
            kind.calls += 1
            over = kind.under_way >= kind.failing and kind.calls > 110
        try:
            if over:
                time.sleep(0.05)
                self.answer({"error": "overloaded"}, status=500)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for _ in range(tokens):
                wanted, began = BASE_S + EACH_S * kind.under_way, time.perf_counter()
                time.sleep(wanted)
                kind.slept.append((time.perf_counter() - began) / wanted)
                self.event({"choices": [{"delta": {"content": "word "}}]})
            self.event({"choices": [], "usage": {"completion_tokens": tokens}})
            self.chunk(b"data: [DONE]\n\n")
            self.chunk(b"")
        finally:
            with kind.lock:
                kind.under_way -= 1


@pytest.fixture
def endpoint() -> Iterator[int]:
    _Batching.under_way, _Batching.failing, _Batching.calls = 0, 99, 0
    _Batching.slept.clear()
    with serving(_Batching) as port:
        yield port


def _declared(port: int, tokens: int = TOKENS) -> Declaration:
    options = {"model": "tiny", "max_tokens": str(tokens), "environment": "test"}
    return Declaration("llm", system="vllm", url=f"http://127.0.0.1:{port}/v1", options=options)


def _measured(port: int, steps: tuple[int, ...], tokens: int = TOKENS, **limits: Any) -> SourceReport:
    config = configured(**{"rate": 100.0, "connections": 4, "wall": 60.0} | limits)
    declared = _declared(port, tokens)
    plan = plan_source(declared, config, SMALL, steps=steps)
    assert not plan.reasons
    options = RunOptions(SMALL, config, seed=3, now="2026-11-23T10:00:00+00:00")
    return measure_sources([plan], [declared], options, tell=lambda _what, _share: None)[0].sources[0]


def test_each_load_shows_its_time_per_token_and_its_capacity(endpoint):
    report = _measured(endpoint, (1, 2, 4))
    assert [step.concurrency for step in report.steps] == [1, 2, 4]
    assert report.model == "tiny"
    for step in report.steps:
        assert not step.stopped
        assert step.failed == 0
        assert step.out_tokens_p50 == TOKENS
        truth = (BASE_S + EACH_S * step.in_flight) * statistics.median(_Batching.slept)
        assert step.per_token_p50 == pytest.approx(truth, rel=0.35, abs=0.008)
        assert step.in_flight == pytest.approx(step.served_per_s * step.service_p50, rel=0.35), "Little's law"
        assert step.in_flight <= step.concurrency + 0.1
    assert report.steps[2].per_token_p50 > report.steps[0].per_token_p50
    assert report.steps[2].served_per_s > 1.2 * report.steps[0].served_per_s


def test_a_step_that_fails_is_the_last_one_and_nothing_more_is_asked(endpoint):
    _Batching.failing = 3
    report = _measured(endpoint, (1, 4, 8), FEW, connections=8)
    assert [step.concurrency for step in report.steps] == [1, 4]
    assert "failed" in report.steps[1].stopped
    assert report.steps[1].calls < 48


def test_the_file_keeps_the_steps_and_text_and_plan_show_them(endpoint):
    config = configured(rate=100.0, connections=4)
    declared = _declared(endpoint, FEW)
    plan = plan_source(declared, config, SMALL, steps=(1, 2))
    assert any("24 calls with 1 in flight, 24 calls with 2 in flight" in line for line in plan_lines([plan]))
    assert plan.most_calls >= 48 + SMALL.calls
    found, _ = measure_sources([plan], [declared], RunOptions(SMALL, config), tell=lambda _what, _share: None)
    content = write_sources(found)
    assert read_sources_file(content, "sources.json") == found
    assert any(line.startswith("  step 2") and "per token" in line for line in sources_lines(found))
    wrong = json.loads(content)
    wrong["sources"][0]["steps"][0]["failed"] = 10**6
    with pytest.raises(InvalidInputError, match="counts and times of a step cannot be"):
        read_sources_file(json.dumps(wrong).encode(), "sources.json")


def test_more_in_flight_than_the_budget_has_connections_is_refused_before_anything_is_sent():
    plan = plan_source(_declared(1), configured(connections=4), SMALL, steps=(1, 8))
    assert plan.state == REFUSED
    assert "a step of 8 calls in flight needs as many connections, and the budget allows 4" in plan.reasons[0]


@pytest.mark.parametrize("text", ["1,x", "0", "-1", "1.5", "257", "1,2,3,4,5,6,7,8,9", "1,,\u00b2"])
def test_what_is_no_list_of_loads_is_refused(text):
    with pytest.raises(UsageError, match="--steps"):
        steps_of(text)


@pytest.mark.parametrize(("text", "steps"), [("", ()), ("4, 1,2,2", (1, 2, 4)), ("256", (256,))])
def test_loads_are_taken_in_ascending_order(text, steps):
    assert steps_of(text) == steps


@pytest.mark.parametrize(("model", "taken"), [("tiny", True), ("another-model", False)])
def test_an_assessment_takes_the_steps_of_the_model_that_the_manifest_names(endpoint, tmp_path, model, taken):
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot: {name: small, stage: pilot, uses: [llm]}\n"
        f"model: {{name: {model}, hosting: self}}\nsources:\n  - id: llm\n    system: vllm\n"
        f"    url: http://127.0.0.1:{endpoint}/v1\n    probe: {{model: tiny, max_tokens: '4', environment: test}}\n",
        encoding="utf-8",
    )
    (tmp_path / "own.toml").write_text('[budget]\nrate = "60 req/s"\n', encoding="utf-8")
    options = ("--sources-config", "own.toml", "--yes", "-q", "--steps", "1,2", "-o", "sources.json")
    done = _gate(tmp_path, "sources", "run", ".", *options)
    assert done.returncode == 0, done.stderr
    assert "step 2" in done.stdout
    result = _gate(
        tmp_path, "assess", ".", "--sources", "sources.json", "--machine", "l4-24gb", "--format", "json"
    )
    facts = {fact["name"]: fact for fact in json.loads(result.stdout)["facts"]}
    assert ("load_test.steps[llm-2].tpot" in facts) is taken
    if taken:
        assert facts["load_test.steps[llm-2].tpot"]["provenance"] == "measured"
        assert facts["load_test.steps[llm-2].of_model"]["value"] is True


def _gate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_command(words, cwd=folder)
