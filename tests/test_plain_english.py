"""The wording that everybody reads: natural English, short sentences, a title and an act for every state of every rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poc_gate.app.ground.rule_packs import load_rule_packs
from poc_gate.words.glossary import glossary_table

ROOT = Path(__file__).resolve().parents[1]
RULES = load_rule_packs().rules
LONGEST_TITLE, LONGEST_ACT = 72, 190
"""Letters: a title fits one line of a terminal, an act two."""
BANNED = (
    r"\bmay not go\b",
    r"\bcannot be told\b",
    r"\bthe lowest low\b",
    r"\bflips? at\b",
    r"\bpasses at\b",
    r"\bonly claimed\b",
    r"\bNot so:",
    r"\bTrue, but must not\b",
    r"\ba text stands\b",
    r"\bstands where\b",
    r"\bbinding constraint\b",
)
SHOWN = [*sorted((ROOT / "templates").glob("*.html")), ROOT / "README.md", ROOT / "docs/glossary.md"]
_FACT = re.compile(r"`|\[\]|\b[a-z_]{2,}\.[a-z_]{2,}\b")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_a_title_and_an_act_for_each_state_in_words_alone(rule) -> None:
    for text in (rule.title_fails, rule.title_unknown):
        assert text
        assert not text.endswith(".")
        assert len(text) <= LONGEST_TITLE
        assert not _FACT.search(text), text
    for text in (rule.do_fails, rule.do_unknown):
        assert text
        assert text.endswith(".")
        assert len(text) <= LONGEST_ACT, len(text)
        assert not _FACT.search(text), text


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_pages_and_first_documents_avoid_what_reads_translated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [pattern for pattern in BANNED if re.search(pattern, text, re.IGNORECASE)]
    assert found == []


def test_titles_acts_and_reasons_of_rules_avoid_what_reads_translated() -> None:
    for rule in RULES.values():
        text = (
            f"{rule.title_fails} {rule.title_unknown} {rule.do_fails} {rule.do_unknown} {rule.why} {rule.fix}"
        )
        assert [pattern for pattern in BANNED if re.search(pattern, text, re.IGNORECASE)] == [], rule.id


def test_the_glossary_of_the_documents_is_the_one_of_the_page() -> None:
    assert glossary_table() in (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
