"""The largest pilot that a team might bring: an example grown to sixty sources, an agent, three regimes."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import yaml

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.model.verdict import Result

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = "2026-11-23"
SOURCES = 60
VARIED = (
    "max_age_needed", "p50", "p99", "timeout", "rtt", "bytes_read_per_call", "bytes_used_per_call", "tolerated_rate",
    "link_bandwidth", "schema_notice", "extract_time", "refresh",
)  # fmt: skip


def large_pilot(folder: Path, sources: int = SOURCES) -> Path:
    """Write claims-copilot with its four sources repeated under new names, and every pack switched on."""
    shutil.copytree(EXAMPLES / "claims-copilot", folder)
    path = folder / "pilot.yaml"
    manifest = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    originals = manifest["sources"]
    manifest["sources"] = [_varied(originals, number) for number in range(sources)]
    manifest["pilot"]["uses"] = ["llm", "retrieval", "agent", "batch"]
    manifest["purpose"]["regimes"] = ["eu-ai-act", "us-bank-mrm", "healthcare-us"]
    path.write_text(
        yaml.dump(manifest, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    return path


def _varied(originals: list[dict[str, object]], number: int) -> dict[str, object]:
    """Return a source with an id and figures of its own, so that hardly two findings read alike."""
    source = copy.deepcopy(originals[number % len(originals)])
    copy_number = number // len(originals)
    if copy_number:
        source["id"] = f"{source['id']}-region-{copy_number:02}"
    for key in VARIED:
        amount, _, unit = str(source.get(key, "")).partition(" ")
        if amount:
            source[key] = f"{float(amount) * (1 + 0.037 * copy_number):.4g} {unit}".strip()
    return source


def assess_example(path: Path, machine: str = "l4-24gb") -> Result:
    """Return the result of a pilot on the day of the examples' records."""
    request = CaseRequest(path=path, today=TODAY, now=f"{TODAY}T12:00:00+00:00", machine=machine)
    return assess(request)
