"""Reads bytes or files of traces as `assess` does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.observe.named_file import NamedFile


class Seen:
    """What traces show, by fact."""

    def __init__(self, observed) -> None:
        """Index the observations."""
        self.observed = observed
        self.facts = {one.fact: one for one in observed.observations}

    def __getitem__(self, fact) -> object:
        """Return the plain value of a fact."""
        value = self.facts[fact].value
        return getattr(value, "value", value)

    def __contains__(self, fact) -> bool:
        """Say whether a fact was seen."""
        return fact in self.facts

    def told(self, kind):
        """Return the messages of one kind of notice."""
        return " | ".join(one.message for one in self.observed.notices if one.kind == kind)

    def hop(self, name):
        """Return the hop of that id or name."""
        return next(one for one in self.observed.details["hops"] if name in one["name"] or name == one["id"])


@pytest.fixture
def see(tmp_path):
    """Return a function: bytes or paths, ids of sources, stated values -> what is seen."""

    def read(*contents, sources=None, stated=None) -> Seen:  # noqa: ANN002
        files = []
        for number, content in enumerate(contents):
            path = content
            if isinstance(content, bytes):
                path = tmp_path / f"traces-{number}.jsonl"
                path.write_bytes(content)
            files.append(NamedFile(path, path.name))
        items = None if sources is None else {"sources": tuple(sources)}
        values = {key.replace("__", "."): value for key, value in (stated or {}).items()}
        (observed,) = read_results(files, Declared(items, values), "")
        return Seen(observed)

    return read
