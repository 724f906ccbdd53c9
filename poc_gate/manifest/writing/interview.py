"""Answers typed by a person -> values of a manifest, asked in the order of the first tier, blanks only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from poc_gate.manifest.fields.field_tree import Block, Leaf, manifest_tree
from poc_gate.manifest.fields.first_tier import Question, first_tier
from poc_gate.manifest.reading.read_value import ValueFault, read_value
from poc_gate.manifest.schema.field_types import Number
from poc_gate.manifest.writing.write_manifest import Answer, write_manifest
from poc_gate.model.claim import Value
from poc_gate.text.quantity_text import currency_of

_YES = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_SOURCES = "sources"


class Interview:
    """Asks for what is not yet known; every question may be skipped."""

    def __init__(
        self,
        answers: Iterable[Answer] = (),
        items: Mapping[str, tuple[str, ...]] | None = None,
        currency: str = "",
    ) -> None:
        """Begin with what is known already, for example from files that a team has."""
        self.answers = {answer.name: answer for answer in answers}
        self.items: dict[str, tuple[str, ...]] = dict(items or {})
        self.currency = currency
        self._skipped: set[str] = set()

    def next_question(self) -> Question | None:
        """Return the next field to ask for, or None at the end.

        The question `sources[]` asks for the id of one more source; skipping it ends the list.
        """
        known = {name: answer.value for name, answer in self.answers.items()}
        sections = list(manifest_tree().fields)
        for question in first_tier(known, self.items):
            late = sections.index(question.leaf.path.split("[")[0].split(".")[0]) >= sections.index(_SOURCES)
            if late and "sources[]" not in self._skipped and not self._open_source():
                break
            if question.name not in self.answers and question.name not in self._skipped:
                return question
        return None if "sources[]" in self._skipped else Question("sources[]", _source_id())

    def _open_source(self) -> bool:
        """Say whether a source was named whose questions are not all asked yet."""
        known = {name: answer.value for name, answer in self.answers.items()}
        of_sources = (
            question.name for question in first_tier(known, self.items) if "sources[" in question.name
        )
        return any(name not in self.answers and name not in self._skipped for name in of_sources)

    def skip(self, question: Question) -> None:
        """Leave a question open; it stands in the manifest as a comment."""
        self._skipped.add(question.name)

    def answer(self, question: Question, text: str) -> None:
        """Keep an answer; raises ValueFault with the fix when it cannot stand in a manifest."""
        value = read_answer(question.leaf, text.strip())
        currency = currency_of(text) if "money" in question.leaf.unit else ""
        if currency and self.currency and currency != self.currency:
            raise ValueFault(
                f"{text.strip()!r} is not in {self.currency}", f"write every price in {self.currency}"
            )
        self.currency = self.currency or currency
        if question.name == "sources[]":
            self._add_source(str(value))
        else:
            self.answers[question.name] = Answer(question.name, value)

    def _add_source(self, id_: str) -> None:
        if id_ in self.items.get(_SOURCES, ()):
            raise ValueFault(f"there is a source {id_!r} already", "give it another name")
        self.items[_SOURCES] = (*self.items.get(_SOURCES, ()), id_)
        name = f"sources[{id_}].id"
        self.answers[name] = Answer(name, id_)

    def progress(self) -> tuple[int, int]:
        """Return how many questions of the first tier are answered, and how many there are."""
        known = {name: answer.value for name, answer in self.answers.items()}
        asked = [question.name for question in first_tier(known, self.items)]
        return sum(name in self.answers for name in asked), len(asked)

    def manifest(self) -> str:
        """Return the manifest as far as it is known."""
        return write_manifest(self.answers.values(), self.items, currency=self.currency)


def read_answer(leaf: Leaf, text: str) -> Value:
    """Return the value that a person typed for a field; lists are separated by commas.

    Raises ValueFault for what the manifest would refuse.
    """
    if leaf.listed:
        words = [word.strip() for word in text.strip("[]").split(",") if word.strip()]
        return tuple(str(read_value(leaf, word)) for word in words)
    if leaf.type is bool:
        return read_value(leaf, _YES.get(text.lower(), text)) is True
    if leaf.type is Number and re.fullmatch(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?", text, re.IGNORECASE):
        try:
            return read_value(leaf, float(text))
        except ValueError:
            pass
    return read_value(leaf, text)


def _source_id() -> Leaf:
    sources = manifest_tree().fields[_SOURCES]
    assert isinstance(sources, Block)
    id_ = sources.fields["id"]
    assert isinstance(id_, Leaf)
    return id_
