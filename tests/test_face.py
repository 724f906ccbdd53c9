"""The public face: what is exported, how it is called, and that importing it costs nothing."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import poc_gate

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "support-assistant"

STABLE = {
    "assess": "(path, *, machine='', on=None, stage='', packs=(), only=(), sources='', traces=(), waivers='')",
    "load_result": "(path)",
}
"""Names and parameters that programs rely on; a change here is a change of the major version."""
RESULT = {
    "exit_code", "fact", "failed", "findings", "pilot", "report", "save", "sentence", "unknown", "verdict", "word",
}  # fmt: skip


def shape(function: typing.Callable[..., object]) -> str:
    """Return a signature without its types."""
    plain = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in inspect.signature(function).parameters.values()
    ]
    return str(inspect.Signature(plain))


@pytest.fixture(scope="module")
def result() -> poc_gate.Result:
    """Assess one example once."""
    return poc_gate.assess(EXAMPLE, machine=EXAMPLE / "machine.json", on="2026-11-23")


def test_every_public_name_is_there_and_documented():
    assert dir(poc_gate) == sorted(poc_gate.__all__)
    for name in poc_gate.__all__:
        found = getattr(poc_gate, name)
        assert name == "__version__" or (found.__doc__ or "").strip(), name


@pytest.mark.parametrize("name", STABLE)
def test_functions_are_called_as_before(name: str):
    assert shape(getattr(poc_gate, name)) == STABLE[name]


def test_a_result_offers_what_it_did():
    assert {name for name in dir(poc_gate.Result) if not name.startswith("_")} == RESULT


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="asess"):
        poc_gate.asess  # noqa: B018 - asking for it is the test


def test_assessing_gives_the_answer_of_the_command_line(result: poc_gate.Result):
    done = subprocess.run(
        [sys.executable, "-m", "poc_gate", "assess", EXAMPLE, "--machine", EXAMPLE / "machine.json", "--on", "2026-11-23"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert result.exit_code == done.returncode
    assert result.sentence in " ".join(done.stdout.split())
    assert result.word in poc_gate.Word
    assert {one.state for one in result.failed} <= {poc_gate.State.FAIL}


def test_a_result_is_saved_and_read_back(result: poc_gate.Result, tmp_path: Path):
    result.save(tmp_path / "result.json")
    again = poc_gate.load_result(tmp_path / "result.json")
    assert again.findings == result.findings
    assert again.report("html") == result.report("html")
    result.save(tmp_path / "page.html", "html")
    assert (tmp_path / "page.html").read_bytes() == result.report("html")


def test_a_notebook_shows_the_answer_and_nothing_that_runs(result: poc_gate.Result):
    html = result._repr_html_()
    assert result.word.value in html
    assert result.sentence.split(":")[0] in html
    assert "<script" not in html
    assert repr(result).startswith("<poc_gate.Result 'support-assistant' stage=")


@pytest.mark.parametrize(
    "words", [{"on": "20261123"}, {"stage": "prod"}, {"stage": "prod", "on": "2026-11-23"}]
)
def test_a_word_that_names_no_day_or_stage_is_a_usage_error(words: dict[str, str]):
    with pytest.raises(poc_gate.UsageError, match=r"is not a (valid date|stage)\n    -> .*write "):
        poc_gate.assess(EXAMPLE, machine=EXAMPLE / "machine.json", **words)


def test_faults_are_errors_with_place_and_next_step(tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text("apiVersion: poc-gate/v1\nnonsense: 1\n")
    with pytest.raises(poc_gate.InvalidInputError) as caught:
        poc_gate.assess(tmp_path, machine="l4-24gb")
    assert isinstance(caught.value, poc_gate.PocGateError)
    assert {fault.file for fault in caught.value.faults} == {str(tmp_path / "pilot.yaml")}
    assert any(fault.line == 2 for fault in caught.value.faults)


def test_results_of_the_running_pilot_count_as_on_the_command_line():
    file = ROOT / "tests" / "inputs" / "observe" / "files" / "traces" / "openai-v2.jsonl.gz"
    plain = poc_gate.assess(EXAMPLE, machine="l4-24gb", on="2026-11-28")
    result = poc_gate.assess(EXAMPLE, machine="l4-24gb", on="2026-11-28", traces=[file])
    assert plain.fact("observed.requests") is None
    assert result.fact("observed.requests") > 0


def test_this_machine_is_probed_and_judged_against():
    profile = poc_gate.probe(effort="quick", only=["topology"], name="here")
    assert isinstance(profile, poc_gate.MachineProfile)
    assert profile.name == "here"
    assert poc_gate.assess(EXAMPLE, machine=profile, on="2026-11-23").word in poc_gate.Word


def test_importing_loads_nothing_else():
    code = "import poc_gate, sys; print(sorted(m for m in sys.modules if m.startswith('poc_gate.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['poc_gate.version']"
