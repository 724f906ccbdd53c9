"""The constants that the formulas use are those that docs/models publishes with their cases and their errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS, PRECISION
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS

PAGE = Path(__file__).parents[2] / "docs/models/README.md"
PUBLISHED = {
    "decode, llama.cpp on NVIDIA before 2025": FAMILIES["llama.cpp"],
    "decode, fused kernels": FAMILIES["fused"],
    "decode, servers before 2025": FAMILIES["server"],
    "decode, llama.cpp on NVIDIA since 2025": FAMILIES["llama.cpp25"],
    "decode, servers since 2025": KINDS["shared"] | FAMILIES["server25"],
    "decode, eager": FAMILIES["eager"],
    "decode, Apple before 2025": FAMILIES["apple"],
    "decode, unified memory": FAMILIES["unified"] | KINDS["mixture"],
    "mixtures and latent attention under servers": KINDS["mixture"],
    "decode, engine unknown": FAMILIES["unknown"],
    "generation": FAMILIES["server"],
    "decode_batch": KINDS["experts"],
    "serve": FAMILIES["static"] | PRECISION,
    "serve on AMD and Intel": FAMILIES["static-amd"],
    "prefill, servers": KINDS["prefill"],
    "prefill, eager": FAMILIES["eager"],
    "prefill, unified memory": FAMILIES["unified"],
    "serve_max": FAMILIES["saturated"] | PRECISION,
    "serve_max, mixtures": FAMILIES["saturated_moe"],
    "serve_max, AMD": FAMILIES["saturated-amd"],
    "loaded": FAMILIES["loaded"] | KINDS["loaded"],
    "loaded, first token": KINDS["loaded"],
    "loaded, mixtures of experts": KINDS["mixture"],
    "train": KINDS["train"],
    "coldstart": KINDS["coldstart"],
    "offload": KINDS["offload"],
    "mem": KINDS["mem"],
    "kvcap": KINDS["kvcap"],
    "ingest_max": KINDS["ingest_max"],
    "reindex": KINDS["reindex"],
    "embed": KINDS["embed"],
}
"""Row of the page -> what uses it; `prefill, llama.cpp and Apple` names one constant of each."""


def rows() -> dict[str, dict[str, float]]:
    """Return the constants by the first column of the table that has them."""
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.match(r"[a-z_0-9]+ [\d.e+-]+", cells[3]):
            found[cells[0]] = {
                name: float(value) for name, value in re.findall(r"([a-z_0-9]+) ([\d.e+-]+)", cells[3])
            }
    return found


@pytest.mark.parametrize("row", sorted(PUBLISHED))
def test_a_published_constant_is_the_one_that_is_used(row: str) -> None:
    published = rows()[row]
    assert published
    assert {name: PUBLISHED[row][name] for name in published} == published


def test_every_published_row_is_held() -> None:
    assert set(rows()) - set(PUBLISHED) == {"prefill, llama.cpp and Apple"}
    line = next(
        line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if "| prefill, llama.cpp and Apple |" in line
    )
    assert f"mfu {FAMILIES['llama.cpp']['mfu']:g}, mfu {FAMILIES['apple']['mfu']:g} |" in line


def test_half_precision_is_what_others_are_measured_against() -> None:
    assert PRECISION["fp16"] == PRECISION["bf16"] == 1.0
    assert PRECISION["fp4"] < PRECISION["int8"] < PRECISION["fp8"] < 1.0


LISTED = (Path(__file__).parents[2] / "docs/models/constants.md").read_text(encoding="utf-8").split("\n## ")


def listed(section: str) -> dict[str, list[str]]:
    """Return the rows of one table of the page that lists every constant, by their first cell."""
    (text,) = (part for part in LISTED if part.startswith(section))
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: row[1:] for row in cells[1:]}


def pairs(text: str) -> dict[str, float]:
    """Return constants with their values as a row lists them."""
    return {name: float(value) for name, value in (pair.split(" ") for pair in text.split(", "))}


def test_the_page_lists_each_constant_that_is_used_with_its_value_and_no_other():
    assert {name: pairs(row[0]) for name, row in listed("By family").items()} == FAMILIES
    assert {name: pairs(row[0]) for name, row in listed("By kind").items()} == KINDS
    assert {name: float(row[0]) for name, row in listed("By number").items()} == PRECISION
    assert {name: (float(row[0]), float(row[1])) for name, row in listed("Intervals").items()} == INTERVALS


def test_an_interval_holds_the_likely_value_and_a_share_is_none_above_one():
    assert all(0.0 < low < 1.0 < high for low, high in INTERVALS.values())
    shares = [held[name] for held in FAMILIES.values() for name in ("reach", "mfu")]
    assert all(0.0 < share <= 1.0 for share in shares)
    assert all(0.0 < KINDS["train"][name] <= 1.0 for name in KINDS["train"])
