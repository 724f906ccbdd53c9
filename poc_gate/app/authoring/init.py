"""A name and answers -> a new `pilot.yaml` that reads back without a fault."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import MANIFEST
from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.errors import InternalError, InvalidInputError, UsageError

if TYPE_CHECKING:
    from poc_gate.model.claim import Claim


class Known(Struct, frozen=True):
    """What files of the team say already; each claim becomes an answer and is not asked again."""

    claims: tuple[Claim, ...] = ()
    items: Mapping[str, tuple[str, ...]] | None = None
    """`sources` -> ids, and so on for every list that the claims name items of."""
    currency: str = ""
    inferred: frozenset[str] = frozenset()
    """Facts that follow from files without being said: they are written as comments, to be confirmed."""


class NewManifest:
    """One manifest in the making: what is known stands in it, the rest as comments."""

    def __init__(
        self, folder: Path, *, name: str = "", force: bool = False, known: Known | None = None
    ) -> None:
        """Begin with the name and what is known; raises UsageError when a manifest is there, unless forced."""
        from poc_gate.inputs.manifest.writing.write_manifest import KnownValue, answers_from_claims

        self.target = _target(folder, force=force)
        given = known or Known()
        answers = list(answers_from_claims(given.claims, given.inferred))
        if name or not any(answer.name == "pilot.name" for answer in answers):
            pilot = name or _as_text(self.target.parent.resolve().name) or "pilot"
            answers = [KnownValue("pilot.name", pilot), *(one for one in answers if one.name != "pilot.name")]
        self._answers, self._items, self._currency = answers, dict(given.items or {}), given.currency

    def progress(self) -> tuple[int, int]:
        """Return how many questions of the first tier are answered, and how many there are."""
        from poc_gate.inputs.manifest.fields.first_tier import first_tier

        known = {answer.name: answer.value for answer in self._answers}
        asked = [question.name for question in first_tier(known, self._items)]
        return sum(name in known for name in asked), len(asked)

    def text(self) -> str:
        """Return the manifest as far as it is known."""
        from poc_gate.inputs.manifest.writing.write_manifest import write_manifest

        return write_manifest(self._answers, self._items, currency=self._currency)

    def save(self) -> None:
        """Write the manifest, whole or not at all; its folder is made when it is missing."""
        from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

        content = self.text().encode()
        try:
            read_manifest(content, self.target.as_posix())
        except InvalidInputError as error:
            raise InternalError(f"the manifest to be written does not read back: {error}") from error
        make_folder(self.target.parent)
        write_file(self.target, content)


def _as_text(name: str) -> str:
    """Return a name as a file may hold it; on disk it may have bytes that are not text."""
    return os.fsencode(name).decode(errors="replace")


def _target(folder: Path, *, force: bool) -> Path:
    target = folder if folder.suffix in {".yaml", ".yml"} else folder / MANIFEST
    if target.exists() and not force:
        step = f"keep it and run `poc-gate validate {target}`, or overwrite it with --force"
        raise UsageError(f"{target} already exists", next_step=step)
    return target
