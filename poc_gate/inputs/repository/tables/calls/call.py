"""One call of a library, and short forms of the rows that most calls need."""

from __future__ import annotations

from typing import NamedTuple


class Call(NamedTuple):
    """What using a class or function says."""

    kind: str
    """`model`, `source`, `host`, `technique`, `tool`, `service` or `approval`."""
    what: str = ""
    """Role of a model, system of a source, technique, effect of a tool, or the service of a cloud that runs the program."""
    provider: str = ""
    first: str = ""
    """What the first positional argument is: `model`, or the name that a library has for it (`name`, `id`); else empty."""
    techniques: tuple[str, ...] = ()
    default: str = ""
    """Name of the model that the library takes where none is given; written only where it is documented."""
    direction: str = ""
    called: str = ""
    """Name under which a model sees a tool of the library, where that is not the name of its class."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return what it is evidence of: embedding and ranking alone are not yet a search, and a client has not yet asked anything."""
        if self.kind == "model" and self.what in {"embedding", "reranker"}:
            return tuple("embeds" if one == "retrieval" else one for one in self.techniques)
        if self.kind == "host" and "agent" not in self.techniques:
            return tuple("llm client" if one == "llm" else one for one in self.techniques)
        return self.techniques


Rows = dict[tuple[str, str], Call]


def each(root: str, names: str, call: Call) -> Rows:
    """Return one row for each of several names of a package."""
    return {(root, name): call for name in names.split()}


def is_start(argument: str) -> bool:
    """Say whether a graph is told to choose at its start, before any model was asked: what chooses there is the program."""
    return argument.strip("\"'` ") in {"START", "__start__"}


LLM, EMB, AGENT, ML, TRAIN = ("llm",), ("retrieval",), ("llm", "agent"), ("classic-ml",), ("training",)


def chat(provider: str, first: str = "") -> Call:
    """Return a class whose objects are chat models."""
    return Call("model", "chat", provider, first, LLM)


def embedding(provider: str, first: str = "") -> Call:
    """Return a class whose objects are embedding models."""
    return Call("model", "embedding", provider, first, EMB)


def source(system: str, direction: str = "", *techniques: str) -> Call:
    """Return a class or function that reaches a system."""
    return Call("source", system, techniques=techniques, direction=direction)


def vector(system: str) -> Call:
    """Return a class or function that reaches an index."""
    return Call("source", system, techniques=("retrieval",), direction="both")
