"""Shared resources -> text for a terminal, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

import msgspec

from poc_gate.model.many.portfolio import Shared
from poc_gate.model.quantity import show_share
from poc_gate.report.portfolio.sentences import amount, give_lines, joint, order_line, pilots
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.inert_text import inert


def capacity_text(shared: Sequence[Shared], width: int = 80) -> str:
    """Return each resource with its answer, the fact that decides, who gives way how much, and the order that fits."""
    if not shared:
        return "No resource is used by several pilots, as far as they say which ones they use.\n"
    return "\n".join(line for one in shared for line in _lines(one, width)) + "\n"


def capacity_json(shared: Sequence[Shared]) -> bytes:
    """Return the answers as canonical JSON."""
    return canonical_json({"schema": "poc-gate.capacity/1", "shared": msgspec.to_builtins(shared)})


def _lines(one: Shared, width: int) -> Iterator[str]:
    total = "" if one.total is None else f", there is {amount(one.total, one.unit)}"
    used = (
        f", of which {show_share(one.share)} may be used" if one.total is not None and one.share < 1 else ""
    )
    yield inert(f"{one.answer}  {one.name} ({one.kind}), {pilots(len(one.pilots))}")
    told = [f"joint peak {joint(one)}{total}{used}", one.deciding, *one.notes]
    told += give_lines(one)
    order = order_line(one)
    told += [order] if order else []
    for text in told:
        yield from (f"  {line}" for line in wrap(inert(text), max(20, width - 2)))
    yield ""
