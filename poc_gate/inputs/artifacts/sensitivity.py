"""Classifications and marks of personal data in a contract -> the strictest one, with the fields that say so."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.text.lazy_pattern import lazily

_ORDER = (
    "public",
    "open",
    "internal",
    "private",
    "sensitive",
    "confidential",
    "restricted",
    "secret",
    "top secret",
)
"""From the least to the most protected; words outside this list are kept as text when they are the only ones."""
_PERSONAL = lazily(r"(?i)^(pii|phi|personal([ _-]?data)?|gdpr|special[ _-]category|spi)$")


def claim_classification(fields: list[Node], prefix: str) -> None:
    """State the strictest classification that any field carries."""
    marked = [field.at("classification") for field in fields if field.at("classification").text()]
    if not marked:
        return
    for node in marked:
        node.use()
    words = {node.text().lower() for node in marked}
    ranked = [node for node in marked if node.text().lower() in _ORDER]
    if not ranked and len(words) > 1:
        marked[0].ask(
            f"the fields carry {len(words)} classifications whose order is not known",
            f"write `classification` for {prefix}",
        )
        return
    strictest = max(ranked, key=lambda node: _ORDER.index(node.text().lower())) if ranked else marked[0]
    strictest.claim(
        f"{prefix}.classification",
        strictest.text().lower(),
        note=f"the strictest of {len(marked)} classified fields",
    )


def claim_personal(nodes: list[Node], prefix: str, fields: list[Node]) -> None:
    """State that there is personal data where a field is marked so, and none where each is marked not to be.

    `nodes` are what a mark may stand at, `fields` those of them that hold data; silence is not a statement.
    """
    for node in nodes:
        for mark in _marks(node):
            mark.claim(f"{prefix}.personal_data", value=True, note="a field is marked as personal data")
            return
    if fields and all(field.at("pii").flag() is False for field in fields):
        told = f"each of the {len(fields)} fields is marked as not personal"
        fields[0].at("pii").claim(f"{prefix}.personal_data", value=False, note=told)
        for field in fields[1:]:
            field.at("pii").use()


def _marks(node: Node) -> list[Node]:
    found = [tag for tag in node.at("tags").elements() if _PERSONAL.match(tag.text())]
    if _PERSONAL.match(node.at("classification").text()):
        found.append(node.at("classification"))
    if node.at("pii").flag():
        found.append(node.at("pii"))
    for entry in node.at("customProperties").elements():
        named = entry.first("property", "name").text()
        if re.match(r"(?i)^(contains_?|is_?)?(pii|personal_?data)$", named) and entry.at("value").flag():
            found.append(entry.at("value"))
    return found
