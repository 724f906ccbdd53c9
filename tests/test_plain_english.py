"""The wording that everybody reads: natural English, short sentences, a title and an act for every state of every rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
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
TRANSLATED = (
    r"(?<!there )(?<!there'll )\b(?:is|are|was|were|be) no (?!longer\b|more\b|less\b|\w+er\b)[a-z{`*]",
    r"\bstands? (?:where|in (?!for\b|the way)|beside|alone|there|before)\b",
    r"\b(?:is|are|was|were|be|been) told\b",
    r"\bl(?:ies|ie|ay) (?:in|below|there|beside|beyond|above|within|around|outside|between)\b",
    r"\bnot so:",
    r"\bmay not\b",
    r"\bbeside\b",
    r"\banew\b",
    r"\bmend(?:s|ed|ing)?\b",
    r"\b(?:for|in) want of\b",
    r"\bnone of (?:the (?:possible|known) values|\{)",
    r"\bbelongs? (?:there|into)\b",
    r"\bstands for itself\b",
    r"\bnobodies\b",
    r"\b(?:which|what|whether) [^.:;,|]{3,60}[, ]+(?:it|they|the (?:file|answer|report)) do(?:es)? not say\b",
    r"\bmust not be concluded\b",
    r"\bthere is no (?:rule|machine|option|command|fact|pack|format) [{'\"`]",
    r"\bonly claimed\b",
    r"\bas graver\b",
    r"\basks? for (?:whether|how|which|who)\b",
    r"\bon measured numbers\b",
    r"\bpilots? may go\b",
    r"\bis called slow\b",
    r"\bone \w+ a (?:node|row|rule|file)\b",
    r"\bdatasheet such\b",
    r"\bexists already\b",
    r"\bis there (?:twice|and|already)\b",
    r"\b(?:serves|needs|has|holds) it no longer\b",
    r"\bstill to come\b",
    r"\bin words of (?:their|its) own\b",
    r"\bthe \w+ that is meant\b",
    r"\bgrave(?:st|r)\b",
    r"\bdear(?:er|est)\b",
    r"\balarms? (?:when|on|beyond)\b",
    r"\b(?:by machine|without hands|without reserve)\b",
    r"\bon an empty environment\b",
    r"\bholds? no \w",
    r"\b(?:within|at) which (?:time|monthly|shares?)\b",
    r"\bsomebody else than\b",
    r"\bname a file that\b",
    r"\bthe folder of an? (?:fleet|history|portfolio)\b",
    r"\btexts? of (?:people|outsiders)\b",
    r"\bheld against\b|\bhold(?:s|ing)? them against\b",
    r"\bdialled\b",
    r"\bknown flaws?\b",
)
"""Kinds of words that read translated, wherever a person meets them: messages, rules, pages, documents."""
DOCSTRINGS = (
    r"(?<!there )\b(?:is|are|was|were|be) no (?!longer\b|more\b|less\b|\w+er\b)[a-z]",
    r"\bstands? in (?:the|its|their) way\b",
    r"\bis to be (?:done|said|told|mended)\b",
)
"""Kinds that read translated in what developers read."""
PROGRAM = ROOT / "poc_gate"
ROOMS = ["", *sorted(path.name for path in PROGRAM.iterdir() if path.is_dir() and path.name != "__pycache__")]
"""The folders of the program; the first are its own modules."""
SHOWN = [*sorted((ROOT / "templates").glob("*.html")), ROOT / "README.md", ROOT / "docs/glossary.md"]
_FACT = re.compile(r"`|\[\]|\b[a-z_]{2,}\.[a-z_]{2,}\b")


@pytest.fixture(scope="module", params=ROOMS)
def modules(request: pytest.FixtureRequest) -> list[tuple[Path, ast.Module]]:
    """Return the modules of one folder, parsed once for both tests that read them."""
    room = request.param
    paths = sorted(PROGRAM.glob("*.py") if not room else (PROGRAM / room).rglob("*.py"))
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_a_title_and_an_act_for_each_state_in_words_alone(rule) -> None:
    assert bool(rule.title_short) == bool(rule.short), (
        "a title of its own where a failure may fall short only"
    )
    for text in (rule.title_fails, rule.title_unknown, *([rule.title_short] if rule.short else [])):
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
        text = f"{rule.title_fails} {rule.title_short} {rule.title_unknown} {rule.do_fails} {rule.do_unknown} {rule.why} {rule.fix}"
        assert [pattern for pattern in BANNED if re.search(pattern, text, re.IGNORECASE)] == [], rule.id


def test_the_glossary_of_the_documents_is_the_one_of_the_page() -> None:
    assert glossary_table() in (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def test_no_message_of_the_program_reads_translated(modules: list[tuple[Path, ast.Module]]) -> None:
    found = [
        (path.relative_to(ROOT), line, text)
        for path, module in modules
        for messages in [list(_messages(path, module))]
        if _translated(
            "\n".join(text for _, text in messages)
        )  # one look at all of them: few modules have a hit
        for line, text in messages
        if _translated(text)
    ]
    assert found == []


def test_no_docstring_reads_translated(modules: list[tuple[Path, ast.Module]]) -> None:
    found = [
        (path.relative_to(ROOT), text[max(0, hit.start() - 40) : hit.end() + 40])
        for path, module in modules
        for text in [" \N{MIDDLE DOT} ".join(" ".join(text.split()) for text in _docstrings(module))]
        for kind in DOCSTRINGS
        for hit in re.finditer(kind, text, re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize(
    "paths",
    [
        *(sorted(folder.glob("*.yaml")) for folder in sorted((ROOT / "rules").iterdir()) if folder.is_dir()),
        [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md"],
        sorted((ROOT / "templates").glob("*.html")),
    ],
    ids=lambda paths: paths[-1].parent.name,
)
def test_no_rule_page_or_document_reads_translated(paths: list[Path]) -> None:
    found = []
    for path in paths:
        text = re.sub(r"\{[{%#].*?[#%}]\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        flowing = " ".join(text.split())
        found += [
            (path.relative_to(ROOT), flowing[max(0, hit.start() - 40) : hit.end() + 40])
            for kind in TRANSLATED
            for hit in re.finditer(kind, flowing, re.IGNORECASE)
        ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "x.json is no profile of a machine",
        "a text stands where a list belongs",
        "the time lies in the future",
        "the folder may not be written to",
        "name the file beside it",
        "which of them is deployed it does not say",
        "both are told",
        "there is no rule {}, so the waiver has no effect",
        "show what is unknown or only claimed",
        "Until then 9 rules count as graver.",
        "The next stage asks for whether a load test covers the peak",
        "6 of 9 pilots may go",
        "keep one record a node",
        "pilot.yaml exists already",
        "the provider serves it no longer",
        "the name of the server that is meant",
        "the gravest of the facets",
        "compare both environments by machine",
        "rebuild it on an empty environment",
        "the file holds no data",
        "at which shares of the cap does somebody hear of it",
        "tools held against the manifest",
        "a scan for known flaws",
    ],
)
def test_the_kinds_are_recognised(text: str) -> None:
    assert _translated(text)


@pytest.mark.parametrize(
    "text",
    [
        "there is no folder x",
        "it is no longer served",
        "a name that stands for a file",
        "it is no finer than 1 ms",
    ],
)
def test_ordinary_english_is_left_alone(text: str) -> None:
    assert not _translated(text)


def _translated(text: str) -> list[str]:
    return [kind for kind in TRANSLATED if re.search(kind, text, re.IGNORECASE)]


def _docstrings(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def _messages(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every text of a module that can reach a person: all but docstrings, with `{}` for what is filled in."""
    commands = path.name.endswith("_command.py")
    silent = {
        statement.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr) and not (commands and isinstance(node, ast.FunctionDef))
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part for part in node.values if isinstance(part, ast.Constant)]
            silent.update(parts)
            yield node.lineno, "".join(str(part.value) if part in parts else "{}" for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node.lineno, node.value
