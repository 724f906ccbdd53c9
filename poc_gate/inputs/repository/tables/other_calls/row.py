"""One name in a language beside Python, and short forms of the rows that most names need."""

from __future__ import annotations

from typing import NamedTuple

from poc_gate.inputs.repository.tables.calls.call import Call


class OtherCall(NamedTuple):
    """A name, and what must stand in the file for the name to mean this."""

    hints: tuple[str, ...]
    """One of these texts, a package's name most often."""
    call: Call


LLM, EMB, AGENT, ML = ("llm",), ("retrieval",), ("llm", "agent"), ("classic-ml",)


def rows(names: str, hints: str, call: Call) -> dict[str, OtherCall]:
    """Return one row for each of several names, in files that hold one of these texts."""
    return {name: OtherCall(tuple(hints.split("|")), call) for name in names.split()}


def source(system: str, *techniques: str, direction: str = "", provider: str = "") -> Call:
    """Return a class or function that reaches a system, and whose service is asked for it."""
    return Call("source", system, provider, techniques=techniques, direction=direction)


def chat(provider: str) -> Call:
    """Return a class whose objects are chat models, with the name of the model as its first argument."""
    return Call("model", "chat", provider, "model", LLM)


def embedding(provider: str) -> Call:
    """Return a class whose objects are embedding models, with the name of the model as its first argument."""
    return Call("model", "embedding", provider, "model", EMB)
