"""A name and answers -> a new `pilot.yaml` that reads back without a fault."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.app.ground.read_inputs import MANIFEST
from poc_gate.app.ground.write_file import make_folder, write_file
from poc_gate.errors import InternalError, InvalidInputError, UsageError

if TYPE_CHECKING:
    from poc_gate.manifest.fields.first_tier import Question
    from poc_gate.model.claim import Claim


class Prompt(Struct, frozen=True):
    """One question as it is put to a person."""

    name: str
    """Dotted name in the manifest; `sources[]` asks for one more source."""
    meaning: str
    hint: str
    """The choices, or an example."""


class Known(Struct, frozen=True):
    """What files of the team say already; each claim becomes an answer and is not asked again."""

    claims: tuple[Claim, ...] = ()
    items: Mapping[str, tuple[str, ...]] | None = None
    """`sources` -> ids, and so on for every list that the claims name items of."""
    currency: str = ""
    inferred: frozenset[str] = frozenset()
    """Facts that follow from files without being said: they are written as comments, to be confirmed."""


class NewManifest:
    """One manifest in the making: asks, keeps answers, and saves."""

    def __init__(
        self, folder: Path, *, name: str = "", force: bool = False, known: Known | None = None
    ) -> None:
        """Begin with the name and what is known; raises UsageError when a manifest is there, unless forced."""
        from poc_gate.manifest.writing.interview import Interview
        from poc_gate.manifest.writing.write_manifest import Answer, answers_from_claims

        self.target = _target(folder, force=force)
        given = known or Known()
        answers = list(answers_from_claims(given.claims, given.inferred))
        if name or not any(answer.name == "pilot.name" for answer in answers):
            pilot = name or _as_text(self.target.parent.resolve().name) or "pilot"
            answers = [Answer("pilot.name", pilot), *(one for one in answers if one.name != "pilot.name")]
        self._interview = Interview(answers, given.items, given.currency)
        self._question: Question | None = None

    def next_prompt(self) -> Prompt | None:
        """Return the next question, or None when all were put."""
        self._question = question = self._interview.next_question()
        if question is None:
            return None
        if question.name == "sources[]":
            return Prompt(question.name, "Name of the next data source", "Enter when there is no further one")
        hint = " | ".join(question.leaf.choices) or f"such as {question.leaf.example}"
        return Prompt(question.name, question.leaf.meaning, hint)

    def skip(self) -> None:
        """Leave the question open that was put last."""
        if self._question is not None:
            self._interview.skip(self._question)

    def answer(self, text: str) -> str:
        """Keep an answer to the question that was put last; return what is wrong with it, or nothing."""
        from poc_gate.manifest.reading.read_value import ValueFault

        if self._question is None:
            raise InternalError("an answer came before its question")
        try:
            self._interview.answer(self._question, text)
        except ValueFault as fault:
            return f"{fault.what}\n    -> {fault.next_step}"
        return ""

    def progress(self) -> tuple[int, int]:
        """Return how many questions of the first tier are answered, and how many there are."""
        return self._interview.progress()

    def save(self) -> None:
        """Write the manifest, whole or not at all; its folder is made when it is missing."""
        from poc_gate.manifest.reading.read_manifest import read_manifest

        content = self._interview.manifest().encode()
        try:
            read_manifest(content, self.target.as_posix())
        except InvalidInputError as error:
            raise InternalError(f"the manifest to be written does not read back: {error}") from error
        make_folder(self.target.parent)
        write_file(self.target, content)


def _as_text(name: str) -> str:
    """Return a name as a file may hold it; on disk it may have bytes that are no text."""
    return os.fsencode(name).decode(errors="replace")


def _target(folder: Path, *, force: bool) -> Path:
    target = folder if folder.suffix in {".yaml", ".yml"} else folder / MANIFEST
    if target.exists() and not force:
        step = f"keep it and run `poc-gate validate {target}`, or write it anew with --force"
        raise UsageError(f"{target} exists already", next_step=step)
    return target
