"""Findings -> the choices by which a reader narrows them down, and the style rules that do it without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from poc_gate.model.fact import generic_name
from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result
from poc_gate.report.report_view import worst_first
from poc_gate.words.judged.findings import title

MOST_CHOICES = 24
"""Roles or files that one can choose by; the others are found by the index."""
KINDS = (("fix", "to fix"), ("answer", "to answer"), ("prove", "to prove"), ("met", "met"))
_NOBODY = "nobody named"


class Choice(Struct, frozen=True):
    """One radio button: its id and style class, what it says, and how many findings it leaves."""

    key: str
    name: str
    number: int


class Filters(Struct, frozen=True):
    """All choices, and what each rule belongs to."""

    kinds: list[Choice]
    roles: list[Choice]
    files: list[Choice]
    classes: dict[str, str]
    """Rule -> the style classes of its finding."""
    rules: list[tuple[str, str]]
    """Id and title of each rule, in the order of the ids."""
    facts: list[tuple[str, list[str]]]
    """Fact and the rules that ask for it."""

    @property
    def style(self) -> str:
        """Style rules that hide what is not chosen.

        A browser looks through all that is inside `:has(...)` whenever it computes styles: it is asked of the choices alone.
        """
        keys = [choice.key for choices in (self.kinds, self.roles, self.files) for choice in choices]
        rules = [
            f".filters:has(#{key}:checked)~.group .finding:not(.{key}),"
            f".filters:has(#{key}:checked)~.group:not(.{key}){{display:none}}"
            for key in keys
        ]
        return "".join(rules)

    def classes_of(self, rules: Iterable[str]) -> str:
        """Return the style classes of a group: those of all its rules."""
        names = {name for rule in rules for name in self.classes[rule].split()}
        return " ".join(
            choice.key
            for choices in (self.kinds, self.roles, self.files)
            for choice in choices
            if choice.key in names
        )


def filters_of(result: Result) -> Filters:
    """Return the choices of one result: by kind of work, by role, and by the file to be changed."""
    groups: dict[str, list[Finding]] = {}
    for finding in worst_first(result.findings):
        groups.setdefault(finding.rule, []).append(finding)
    kinds = {rule: kind_of(group) for rule, group in groups.items()}
    roles = _choices("r", {rule: [group[0].owner or _NOBODY] for rule, group in groups.items()})
    files = _choices("f", {rule: _files(group) for rule, group in groups.items()})
    classes = {
        rule: " ".join([f"k-{kinds[rule]}", *roles[1].get(rule, ()), *files[1].get(rule, ())])
        for rule in groups
    }
    counts = Counter(kinds.values())
    return Filters(
        kinds=[Choice(f"k-{key}", name, counts[key]) for key, name in KINDS if counts[key]],
        roles=roles[0],
        files=files[0],
        classes=classes,
        rules=sorted((rule, group[0].title or title(group[0])) for rule, group in groups.items()),
        facts=_facts(groups),
    )


def kind_of(group: list[Finding]) -> str:
    """Return the work that a rule asks for by the gravest of its findings."""
    states = {finding.state for finding in group if not finding.due}
    if State.FAIL in states:
        return "fix"
    if states & {State.UNKNOWN, State.ERROR}:
        return "answer"
    unproven = any(f.state is State.PASS and not f.proven for f in group if not f.due)
    return "prove" if unproven else "met"


def _files(group: list[Finding]) -> list[str]:
    return sorted({finding.place.file.rpartition("/")[2] or finding.place.file for finding in group})


def _choices(letter: str, named: dict[str, list[str]]) -> tuple[list[Choice], dict[str, list[str]]]:
    counts = Counter(name for names in named.values() for name in names)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_CHOICES]
    keys = {name: f"{letter}-{number}" for number, name in enumerate(ranked, 1)}
    choices = [Choice(key, name, counts[name]) for name, key in keys.items()]
    return choices, {rule: [keys[name] for name in names if name in keys] for rule, names in named.items()}


def _facts(groups: dict[str, list[Finding]]) -> list[tuple[str, list[str]]]:
    asked: dict[str, set[str]] = {}
    for rule, group in groups.items():
        for name in _names(group):
            asked.setdefault(name, set()).add(rule)
    return [(name, sorted(rules)) for name, rules in sorted(asked.items())]


def _names(group: Iterable[Finding]) -> set[str]:
    names = {generic_name(given.fact) for finding in group for given in finding.inputs}
    return names | {generic_name(name) for finding in group for name in finding.unknown if "." in name}


def deciding_unknowns(result: Result, most: int = 10) -> list[tuple[str, int, float]]:
    """Return the facts that most open must-haves wait for: name, number of rules, and share of the largest."""
    waiting: dict[str, set[str]] = {}
    for finding in result.findings:
        if (
            finding.state is State.UNKNOWN
            and finding.severity.value in ("blocker", "high")
            and not finding.due
        ):
            for name in finding.unknown:
                if "." in name:
                    waiting.setdefault(generic_name(name), set()).add(finding.rule)
    ranked = sorted(waiting.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:most]
    largest = len(ranked[0][1]) if ranked else 1
    return [(name, len(rules), round(len(rules) / largest * 100, 1)) for name, rules in ranked]


def area_mix(result: Result) -> list[dict[str, Any]]:
    """Return for each area what its findings rest on, as parts of a bar in percent."""
    rows = []
    for score in result.verdict.dimensions:
        found = [
            f for f in result.findings if f.dimension == score.key and f.state is not State.NOT_APPLICABLE
        ]
        if found:
            rows.append({"title": score.title, "parts": _parts(found)})
    return rows


def _parts(found: list[Finding]) -> list[dict[str, Any]]:
    counts = Counter(_shown_by(finding) for finding in found)
    parts: list[dict[str, Any]] = []
    start = 0.0
    for key, name in (
        ("measured", "measured"), ("artifact", "from files"), ("declared", "on word"),
        ("open", "unanswered"), ("failed", "fails"), ("accepted", "accepted"),
    ):  # fmt: skip
        if counts[key]:
            width = counts[key] / len(found) * 100
            parts.append(
                {
                    "key": key,
                    "name": name,
                    "number": counts[key],
                    "start": round(start, 2),
                    "width": round(width, 2),
                }
            )
            start += width
    return parts


def _shown_by(finding: Finding) -> str:
    if finding.state is State.PASS:
        return finding.held.value if finding.held is not None else "declared"
    if finding.state is State.WAIVED:
        return "accepted"
    return "failed" if finding.state is State.FAIL else "open"
