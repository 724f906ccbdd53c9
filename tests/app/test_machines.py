"""Which machines carry the plan: what is too small is named, fewest devices first, cheapest first with prices."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from poc_gate.app.assess.look import fitting_machines as module
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.explore.machines import machines, machines_text
from poc_gate.errors import UsageError
from poc_gate.model.parts.machines import Machines

TEN = """\
apiVersion: poc-gate/v1
pilot: {{name: ten, stage: pilot, uses: [llm]}}
sources: []
model: {{name: {model}, hosting: self}}
demand: {{requests_per_day: {load} req/d}}
"""
SHEETS = ("t4-16gb", "l4-24gb", "a100-sxm-80gb", "h100-sxm-80gb", "epyc-9654")


@pytest.fixture(autouse=True)
def _few_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    from poc_gate.inputs.probe.profile import datasheets

    titles = tuple(pair for pair in datasheets.datasheet_titles() if pair[0] in SHEETS)
    monkeypatch.setattr(datasheets, "datasheet_titles", lambda: titles)


def fitting(folder: Path, model: str, load: int, prices: dict[str, float] | None = None) -> Machines:
    (folder / "pilot.yaml").write_text(TEN.format(model=model, load=load))
    return machines(CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z"), prices)


def test_fewest_devices_come_first_and_each_has_its_wall(tmp_path: Path) -> None:
    found = fitting(tmp_path, "Qwen/Qwen3-8B", 500)
    assert [fit.devices for fit in found.fits] == sorted(fit.devices for fit in found.fits)
    assert "l4-24gb" in {fit.machine for fit in found.fits}
    for fit in found.fits:
        assert fit.low <= fit.likely <= fit.high
        assert found.peak[1] <= module.PLANNED_SHARE * fit.likely * 1.0001
    assert "epyc-9654" not in {fit.machine for fit in found.fits} | set(found.without)


def test_more_load_needs_more_replicas(tmp_path: Path) -> None:
    few = {fit.machine: fit.devices for fit in fitting(tmp_path, "Qwen/Qwen3-8B", 500).fits}
    many = {fit.machine: fit.devices for fit in fitting(tmp_path, "Qwen/Qwen3-8B", 50_000).fits}
    assert all(many[name] >= few[name] for name in many)
    assert many["l4-24gb"] > few["l4-24gb"]


def test_what_does_not_fit_is_named_and_never_offered(tmp_path: Path) -> None:
    found = fitting(tmp_path, "deepseek-ai/DeepSeek-R1", 100)
    assert "l4-24gb" in found.without
    assert "l4-24gb" not in {fit.machine for fit in found.fits}
    assert "Does not fit on" in machines_text(found)


def test_prices_decide_the_order(tmp_path: Path) -> None:
    found = fitting(tmp_path, "Qwen/Qwen3-8B", 500, {"h100-sxm-80gb": 0.01, "l4-24gb": 0.8})
    assert [fit.machine for fit in found.fits[:2]] == ["h100-sxm-80gb", "l4-24gb"]
    assert max(len(line) for line in machines_text(found).splitlines()) <= 95


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hosting: self", "hosting: hosted", "does not serve"),
        ("demand: {requests_per_day: 500 req/d}\n", "", "how many requests"),
    ],
)
def test_a_pilot_that_needs_no_machine_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = TEN.format(model="Qwen/Qwen3-8B", load=500).replace(old, new)
    (tmp_path / "pilot.yaml").write_text(text)
    with pytest.raises(UsageError, match=said):
        machines(CaseRequest(path=tmp_path, today="2026-11-28", now="2026-11-28T00:00:00Z"))


def test_the_command_prints_json_and_the_page_shows_the_table_with_the_own_machine(
    tmp_path, capsysbinary
) -> None:
    from poc_gate.cli.app import run

    (tmp_path / "pilot.yaml").write_text(TEN.format(model="Qwen/Qwen3-8B", load=500))
    assert run(["machines", str(tmp_path), "--format", "json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert {fit["machine"] for fit in told["fits"]} >= {"l4-24gb", "h100-sxm-80gb"}
    page, result = tmp_path / "page.html", tmp_path / "result.json"
    wanted = ["--format", f"html={page}", "--format", f"json={result}"]
    run(["assess", str(tmp_path), "--machine", "l4-24gb", "--on", "2026-11-28", "-q", *wanted])
    text = page.read_text(encoding="utf-8")
    assert 'id="machines"' in text
    own = re.findall(r'<tr class="own">.*?<code>(.*?)</code>', text, flags=re.DOTALL)
    assert own == ["l4-24gb"]
    kept = json.loads(result.read_text(encoding="utf-8"))["machines"]
    assert kept["fits"] == told["fits"]
    assert kept["share"] == module.PLANNED_SHARE
