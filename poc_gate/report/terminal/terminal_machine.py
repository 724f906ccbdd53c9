"""Result -> the few figures of the machine that a reader wants to see at once, each with how sure it is."""

from __future__ import annotations

from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.model.verdict import Result
from poc_gate.report.lines.terminal_lines import Line, heading, paragraph

_FIGURES = (
    ("processors", (("machine.cpu.allowed", "{} usable"), ("machine.cpu.model", "{}"))),
    ("memory", (("machine.memory.total", "{}"), ("machine.memory.limit", "limited to {}"))),
    (
        "bandwidth",
        (("machine.memory.read_all", "read {} on all processors"), ("machine.memory.read_1", "{} on one"),
         ("machine.memory.triad_all", "triad {} on all")),
    ),
    ("latency", (("machine.memory.latency", "{} per dependent load"), ("machine.memory.latency_loaded", "{} under load"))),
    (
        "accelerator",
        (("machine.accelerators.count", "{} x"), ("machine.accelerators.name", "{}"),
         ("machine.accelerators.memory_total", "{} each"), ("machine.accelerators.memory_bandwidth", "{} each")),
    ),
    ("storage", (("machine.storage.read_sequential", "read {}"), ("machine.storage.read_random_p99", "random p99 {}"))),
)  # fmt: skip
"""Line -> facts and how each is put; facts that are unknown are left out, a line without any too."""


def machine_lines(result: Result, width: int) -> list[Line]:
    """Return the machine's figures as lines; none when no machine was measured or named."""
    if result.machine is None:
        return []
    facts = {fact.name: fact for fact in result.facts if fact.value is not None}
    rows: list[Line] = []
    for title, wanted in _FIGURES:
        known = [(facts[name], form) for name, form in wanted if name in facts]
        if all(not _counts(fact) for fact, _ in known):
            continue
        parts = [form.format(_shown(fact)) for fact, form in known]
        text = ", ".join(parts).replace(" x, ", " x ") + _how_sure([fact for fact, _ in known])
        rows += paragraph(text, width=width, indent=2, lead=f"{title:<12}")
    machine = result.machine
    name = machine.name if machine.source == machine.name else f"{machine.name}, {machine.source}"
    return [*heading("The machine", name), *rows] if rows else []


def _counts(fact: Fact) -> bool:
    """Whether a fact says that something is there: zero accelerators make no line."""
    return not (isinstance(fact.value, Quantity) and fact.value.value == 0)


def _shown(fact: Fact) -> str:
    return show_quantity(fact.value) if isinstance(fact.value, Quantity) else str(fact.value)


def _how_sure(facts: list[Fact]) -> str:
    if any(fact.provenance is Provenance.ASSUMED for fact in facts):
        return " (assumed, from the data sheet)"
    shaky = next((fact for fact in facts if fact.stable is False), None)
    if shaky is None:
        return ""
    return f" ({shaky.note.split(':')[0].strip() or 'not stable'}: not counted)"
