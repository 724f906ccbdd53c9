"""What is missing is asked for once per section, with samples that fit."""

from __future__ import annotations

import pytest
from fact_texts import only
from rule_texts import catalogue, pack_of, rule_text


def test_missing_facts_of_one_section_are_one_line_to_paste() -> None:
    rule = rule_text(
        "Z05-both",
        "{that: rto <= promised && rpo <= promised && p50 <= promised}",
        "{rto: operations.rto, rpo: operations.rpo, p50: slo.p50, promised: operations.stop}",
    )
    packs = pack_of(rule)
    (joined,) = (line for line in only(packs).resolve if "rto" in line)
    assert joined == "add under `operations`: `rpo: 1 h`, `rto: 4 h`, `stop: 30 s`"
    assert any(line.endswith("under `slo` of the manifest") for line in only(packs).resolve)


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("operations.rpo", "`rpo: 1 h`"),
        ("cost.egress_bytes_per_request", "`egress_bytes_per_request: 16 KiB`"),
        ("evaluation.failure_max", "`failure_max: 2 %`"),
        ("model.layers", "`layers: 32`"),
    ],
)
def test_samples_fit_the_field(name: str, sample: str) -> None:
    spec = catalogue().find(name)
    assert spec is not None
    assert sample in spec.resolve
