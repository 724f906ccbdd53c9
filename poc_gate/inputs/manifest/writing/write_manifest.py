"""Answers -> a commented `pilot.yaml`: what is known stands in it, what is asked next as comments."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from msgspec import Struct

from poc_gate.errors import InternalError
from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Block, Leaf, manifest_tree
from poc_gate.inputs.manifest.writing.value_text import plain_text, value_text
from poc_gate.model.claim import Claim, Value
from poc_gate.model.fact import generic_name

HEADER = """\
# What this pilot is, wants and rests on. Quantities carry their unit (250 ms, 80 GiB, 99.9 %); what is not
# known stays out and counts as unknown. Check it with `poc-gate validate`, judge it with `poc-gate assess`.
# All keys: docs/manifest.md. Editors complete them with the schema that `poc-gate schema pilot` prints.
apiVersion: poc-gate/v1
"""
_COMMENT_COLUMN = 44
_WIDTH = 110


class KnownValue(Struct, frozen=True):
    """One known value and where it was learnt."""

    name: str
    """Fact name with item ids."""
    value: Value
    origin: str = ""
    """Comment behind the line, such as `from contracts/policy.odcs.yaml`."""
    inferred: bool = False
    """It follows from a file without being said: written as a comment, to be confirmed."""


def answers_from_claims(claims: Iterable[Claim], inferred: Container[str] = ()) -> tuple[KnownValue, ...]:
    """Return what files already say as answers, each with its file as origin; the first claim of a fact wins.

    Facts that a manifest cannot state (machine facts, for instance) are left out.
    """
    known = {leaf.path for leaf in manifest_tree().leaves()}
    answers: dict[str, KnownValue] = {}
    for claim in claims:
        if generic_name(claim.fact) in known and claim.fact not in answers:
            answers[claim.fact] = KnownValue(
                claim.fact, claim.value, f"from {claim.place}", claim.fact in inferred
            )
    return tuple(answers.values())


def write_manifest(
    answers: Iterable[KnownValue], items: Mapping[str, tuple[str, ...]], *, currency: str = ""
) -> str:
    """Return the text of a manifest that states the answers and asks for the rest of the first tier.

    `items` gives the ids of each list (`sources` -> ids). The text reads back without a fault when it has
    an answer for `pilot.name`. Raises InternalError when it has not.
    """
    known = {answer.name: answer for answer in answers}
    if "pilot.name" not in known:
        raise InternalError("a manifest cannot be written without the pilot's name")
    lines = [HEADER]
    writer = _Writer(known, items, currency)
    for entry in manifest_tree().fields.values():
        if isinstance(entry, Block) and entry.name not in LEDGERS:
            lines += writer.block(entry, entry.name, 0)
    lines += _further_files(known.get("imports"))
    return "\n".join(lines).rstrip() + "\n"


def _further_files(answer: KnownValue | None) -> list[str]:
    """Return the list of files that no other key names."""
    if answer is None or not isinstance(answer.value, tuple):
        return []
    head = _commented("imports:", "Further files that values above come from")
    return [*head, *(f"  - {plain_text(path)}" for path in answer.value), ""]


class _Writer:
    """Writes one manifest."""

    def __init__(
        self, known: Mapping[str, KnownValue], items: Mapping[str, tuple[str, ...]], currency: str
    ) -> None:
        self.known, self.items, self.currency = known, items, currency

    def block(self, block: Block, name: str, depth: int) -> list[str]:
        """Return the lines of a section, or none when nothing in it is known or asked."""
        body = self.items_of(block, name, depth) if block.listed else self.fields_of(block, name, depth + 1)
        if not body:
            return []
        head = "  " * depth + f"{block.name}:"
        return [*_commented(head, block.meaning), *body, ""] if not depth else [head, *body]

    def fields_of(self, block: Block, name: str, depth: int) -> list[str]:
        """Return one line per known or asked field."""
        lines: list[str] = []
        for key, entry in block.fields.items():
            below = f"{name}.{key}"
            if isinstance(entry, Block):
                lines += self.block(entry, below, depth)
            elif below in self.known:
                lines += self.known_line(entry, self.known[below], depth)
            elif entry.tier == 1:
                lines += _commented("  " * depth + f"# {entry.name}: {entry.example}", self.meaning(entry))
        return lines

    def items_of(self, block: Block, name: str, depth: int) -> list[str]:
        """Return the items of a list; where none is known and one is asked for, a commented example."""
        lines: list[str] = []
        key = block.fields.get(block.item_key)
        for item in self.items.get(name, ()):
            body = self.fields_of(block, f"{name}[{item}]", depth + 2)
            if isinstance(key, Leaf) and f"{name}[{item}].{key.name}" not in self.known:
                shown = "# " if all(line.lstrip().startswith("#") for line in body) else ""
                body = [f"{'  ' * (depth + 2)}{shown}{key.name}: {plain_text(item)}", *body]
            lines += _as_item(body, depth + 1)
        asked = any(leaf.tier == 1 for leaf in block.leaves())
        if not lines and asked and isinstance(key, Leaf):
            body = self.fields_of(block, f"{name}[]", depth + 1)
            lines = [f"{'  ' * (depth + 1)}# - {key.name}: {key.example}"]
            lines += [line.replace("# ", "#   ", 1) for line in body if f"# {key.name}:" not in line]
        return lines

    def known_line(self, leaf: Leaf, answer: KnownValue, depth: int) -> list[str]:
        """Return the line that states an answer, and where it was learnt."""
        text = "  " * depth + f"{leaf.name}: {value_text(leaf, answer.value, currency=self.currency)}"
        origin = answer.origin
        if answer.inferred:
            text = "  " * depth + f"# {text.lstrip()}"
            return _commented(text, f"{origin}; inferred, remove the # to confirm")
        if origin and leaf.listed and leaf.choices:
            origin += f"; complete it: {' | '.join(leaf.choices)}"
        return _commented(text, origin) if origin else [text]

    def meaning(self, leaf: Leaf) -> str:
        """Return what a field means, with its choices."""
        choices = " | ".join(leaf.choices)
        return f"{leaf.meaning}: {choices}" if choices else leaf.meaning


def _as_item(body: list[str], depth: int) -> list[str]:
    """Turn the lines of a section into an item of a list; the first of them is never a comment."""
    margin = "  " * depth
    first = next((index for index, line in enumerate(body) if not line.lstrip().startswith("#")), None)
    if first is not None:
        ordered = [body[first], *body[:first], *body[first + 1 :]]
        return [f"{margin}- {ordered[0].lstrip()}", *ordered[1:]]
    lines, dash = [], "- "
    for line in body:
        text = line.lstrip(" #")
        if line.lstrip().startswith(_NOTE):
            lines.append(f"{margin}{_NOTE} {text}")
        else:
            lines.append(f"{margin}# {dash}{text}")
            dash = "  "
    return lines


_NOTE = "##"
"""Before a remark on a line that is a comment itself: it remains a remark when somebody removes one # of each line."""


def _commented(text: str, comment: str) -> list[str]:
    """Return a line with a comment behind it, or before it where both do not fit."""
    plain = "".join(character if character.isprintable() else " " for character in comment)
    if len(text) <= _COMMENT_COLUMN - 2 and _COMMENT_COLUMN + 2 + len(plain) <= _WIDTH:
        return [f"{text:<{_COMMENT_COLUMN}}# {plain}"]
    if len(text) + 4 + len(plain) <= _WIDTH:
        return [f"{text}  # {plain}"]
    margin = " " * (len(text) - len(text.lstrip()))
    mark = _NOTE if text.lstrip().startswith("#") else "#"
    return [f"{margin}{mark} {plain}", text]
