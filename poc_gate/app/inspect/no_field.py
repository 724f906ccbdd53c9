"""Values that a repository shows and that no field of the manifest takes -> they are not asked about."""

from __future__ import annotations

import re

from msgspec.structs import replace

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.inputs.repository.reading import RepositoryReading

_ON_A_FACT = re.compile(r"(?P<fact>[a-z_]+(?:\.[a-z_]+)+) (?:has|is)\b")
"""How a question on the value of one fact begins."""


def has_a_field(fact: str) -> bool:
    """Say whether the manifest, or a file that it names, can state a fact."""
    return full_catalogue().find(fact) is not None


def without_idle_questions(reading: RepositoryReading) -> RepositoryReading:
    """Return the reading without the questions whose answer could be written nowhere."""
    kept = tuple(
        one
        for one in reading.questions
        if (on := _ON_A_FACT.match(one.message)) is None or has_a_field(on["fact"])
    )
    return replace(reading, questions=kept)
