"""Short ways to ask a result what it states, asks and warns."""

from __future__ import annotations

from textwrap import dedent

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.model.claim import Claim
from poc_gate.model.quantity import Quantity


def read_text(text: str, file: str, *, prefix: str = "", option: str = "", kind: str = "") -> ImportResult:
    """Return what an indented text says as a file."""
    return read_artifact(dedent(text).lstrip("\n").encode(), file, prefix=prefix, option=option, kind=kind)


def claim(result: ImportResult, fact: str) -> Claim | None:
    """Return the claim of a fact; the name may end in the part behind the item."""
    found = [one for one in result.claims if one.fact == fact or one.fact.endswith(f"].{fact}")]
    assert len(found) <= 1, found
    return found[0] if found else None


def value(result: ImportResult, fact: str) -> object:
    """Return the value of a fact, a quantity as a plain number in SI; None when it is not stated."""
    found = claim(result, fact)
    if found is None:
        return None
    return found.value.value if isinstance(found.value, Quantity) else found.value


def messages(result: ImportResult, kind: str) -> list[str]:
    """Return the messages of one kind of notice."""
    return [notice.message for notice in result.notices if notice.kind == kind]
