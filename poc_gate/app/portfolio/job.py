"""What goes to a process that judges pilots, and what comes back from it."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.many.portfolio.rows import Judged


class Job(Struct, frozen=True):
    """One pilot to be judged."""

    path: str
    day: str
    results: str
    """Folder of the results."""
    name: str
    """Of the files that are kept of it."""
    machine: str = ""
    packs: tuple[str, ...] = ()
    stage: str = ""
    sources: str = ""
    """A `sources.json` that its sources were measured into; empty = none."""
    only: tuple[str, ...] = ()
    """Rules, packs or dimensions to judge; empty = all."""
    page: bool = False
    """Whether its own page is written too."""
    again: bool = False
    """Judged even where nothing changed."""


class Done(Struct, frozen=True):
    """What came of it."""

    judged: Judged | None = None
    reused: bool = False
    failed: str = ""
    """Why the pilot could not be judged."""
    stop: str = ""
    """Why nothing more can be done at all: the results have no room, a pack is broken."""
    next_step: str = ""
    spent: bool = False
    """The process gives up and wants to be replaced."""
