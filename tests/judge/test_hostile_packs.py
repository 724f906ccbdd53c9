"""Hostile packs: code, bombs, cycles, wrong units, loosened limits; each refused fast, with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_texts import BASE_PACK, BASE_RULE, catalogue

from poc_gate.errors import InvalidPackError
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.run_examples import run_examples

FOLDER = Path(__file__).parent / "hostile"
WANTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "refused.json").read_text())
BASE = {"pack.yaml": BASE_PACK.encode(), "Z01-base.yaml": BASE_RULE.encode()}


def folders(name: str) -> dict[str, dict[str, bytes]]:
    content = (FOLDER / f"{name}.yaml").read_bytes()
    if name.startswith("pack-"):
        return {"base": BASE, "hostile": {"pack.yaml": content}}
    rule = "Z01-base.yaml" if name == "takes-a-rule-id" else "X01-hostile.yaml"
    pack = b"id: hostile\nversion: 0.1.0\ntitle: Hostile\n"
    return {"base": BASE, "hostile": {"pack.yaml": pack, rule: content}}


def test_every_file_has_an_expectation() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(WANTED)
    assert len(WANTED) >= 40


@pytest.mark.parametrize("name", sorted(WANTED))
def test_it_is_refused_with_its_place(name: str) -> None:
    with pytest.raises(InvalidPackError) as caught:
        load_packs(folders(name), catalogue())
    first = caught.value.faults[0]
    assert f"{first.file}:{first.line}:{first.column}" == WANTED[name]["place"]
    assert first.what.startswith(WANTED[name]["what"])
    assert len(caught.value.faults) == WANTED[name]["faults"]
    assert all(fault.file.startswith("hostile/") for fault in caught.value.faults)


def test_all_faults_of_all_files_are_told_at_once() -> None:
    several = {"base": BASE}
    for name in ("unknown-name", "no-why", "pack-unknown-key"):
        several |= {f"{name}/{folder}": files for folder, files in folders(name).items() if folder != "base"}
    with pytest.raises(InvalidPackError) as caught:
        load_packs(several, catalogue())
    found = {fault.file.split("/")[0] for fault in caught.value.faults}
    assert {"unknown-name", "no-why", "pack-unknown-key"} <= found


def test_a_pack_without_its_file_is_refused() -> None:
    with pytest.raises(InvalidPackError, match=r"no pack\.yaml"):
        load_packs({"lost": {"Z01-base.yaml": BASE_RULE.encode()}}, catalogue())


_SCRAPS = ["", "{", "}", "[", "]", ":", "- ", '"', "'", "|", "\t", "null", "true", "-1", "1e999", "0x10", "&a ", "*a",
           "? ", "slow", "allowed", "<= 5 s", "sources[]", "{a: b}", "2026-02-30", "\u202e", "é"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 12), st.sampled_from(_SCRAPS)), max_size=4))
def test_any_damage_to_a_rule_is_refused_in_words_or_harmless(edits: list[tuple[int, int, str]]) -> None:
    text = BASE_RULE
    for start, length, scrap in edits:
        text = text[:start] + scrap + text[start + length :]
    files = {"pack.yaml": BASE_PACK.encode(), "Z01-base.yaml": text.encode()}
    try:
        packs = load_packs({"base": files}, catalogue())
    except InvalidPackError as error:
        assert all(fault.file.startswith("base/") and fault.what for fault in error.faults)
        return
    run_examples(packs)
