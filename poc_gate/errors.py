"""Every error that poc-gate raises on purpose: what is wrong, where, what to do next, and its exit code."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """What the process tells its caller; each number has one meaning and findings start at ten."""

    GO = 0
    INTERNAL = 1
    USAGE = 2
    INVALID_INPUT = 3
    NOT_MEASURED = 4
    CONDITIONAL = 10
    INSUFFICIENT = 11
    NO_GO = 12
    REGRESSION = 13


class Fault(NamedTuple):
    """One thing wrong with an input: the place, the fault, and the next step."""

    file: str
    line: int
    """1-based; 0 when the fault belongs to the whole file."""
    column: int
    what: str
    next_step: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: what (next step)`, leaving out what is not known."""
        place = self.file
        if self.line:
            place = f"{place}:{self.line}:{self.column}" if self.column else f"{place}:{self.line}"
        step = f"\n    -> {self.next_step}" if self.next_step else ""
        return f"{place}: {self.what}{step}"


class PocGateError(Exception):
    """The base of every error that poc-gate raises on purpose; caught once, in `cli`."""

    exit_code: ExitCode = ExitCode.INTERNAL

    def __init__(self, message: str, *, next_step: str = "") -> None:
        """Keep the message and the next step apart, so that each format can place them."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        """Return the message with its next step on a line of its own."""
        return f"{self.message}\n    -> {self.next_step}" if self.next_step else self.message


class UsageError(PocGateError):
    """Options that do not fit together or name something that does not exist."""

    exit_code = ExitCode.USAGE


MOST_SHOWN = 100
"""Faults that a message spells out; the first ones of a file tell what is wrong with it."""


class InvalidInputError(PocGateError):
    """A file that was given cannot be used; carries every fault found in it, in file order.

    The message spells out the first `MOST_SHOWN`.
    """

    exit_code = ExitCode.INVALID_INPUT

    def __init__(self, faults: tuple[Fault, ...] | list[Fault]) -> None:
        """Sort the faults by place and drop repeats."""
        unique = tuple(sorted(set(faults), key=lambda f: (f.file, f.line, f.column, f.what)))
        lines = [str(fault) for fault in unique[:MOST_SHOWN]]
        if len(unique) > MOST_SHOWN:
            lines.append("and more faults\n    -> correct these first")
        super().__init__("\n".join(lines))
        self.faults = unique
        self.lines = tuple(lines)
        """One for each fault that the message spells out, so that each can be printed alike."""


class InvalidPackError(InvalidInputError):
    """A rule pack that does not load: a broken pack is never a failed rule."""


class UnreadableError(ValueError):
    """A file of somebody else that cannot be read or is not worth reading; the message is the reason, in words for people."""


class NotMeasuredError(PocGateError):
    """A measurement that was asked for could not be made."""

    exit_code = ExitCode.NOT_MEASURED


class InternalError(PocGateError):
    """A bug of ours, found by our own check."""

    exit_code = ExitCode.INTERNAL


def one_of(written: str, known: Iterable[str], verb: str = "write") -> str:
    """Return the next step for a word that is none of the known ones: the nearest first, then all of them.

    A beginning counts as near: `prod` means `production`.
    """
    import difflib

    names, word = tuple(known), written.lower()
    begun = [name for name in names if word and name.lower().startswith(word)]
    near = begun if len(begun) == 1 else difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}? " if near else ""
    *first, last = names or ("",)
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"{hint}{verb} {listed}"
