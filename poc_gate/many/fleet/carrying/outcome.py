"""How carrying ended and what came back -> the state of a node, its reason and its profile; exit codes decide nothing."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poc_gate.errors import InvalidInputError
from poc_gate.many.fleet.carrying.framed_answer import Framed, unframe
from poc_gate.many.fleet.interface import Ended
from poc_gate.model.many.fleet import Missed, NodeState
from poc_gate.model.measurement import MachineProfile
from poc_gate.text.inert_text import inert

ReadProfile = Callable[[bytes, str], MachineProfile]
"""Turns bytes into a profile, checked as any file is; raises InvalidInputError."""
_LONGEST_SAID = 300
_TIMED_OUT = (124, 137, 143)
"""Exit codes of `timeout`: its time was over, it had to kill, it was asked to end."""


class Outcome(Struct, frozen=True):
    """How asking one node ended."""

    state: NodeState
    reason: str = ""
    said: str = ""
    profile: MachineProfile | None = None


def outcome_of(ended: Ended, nonce: str, node: str, read_profile: ReadProfile) -> Outcome:
    """Return the state of a node; what it sent is checked like a file that a stranger wrote."""
    framed = unframe(ended.out, nonce)
    said = last_words(ended.err) or ("" if framed.begun else last_words(ended.out.decode(errors="replace")))
    if framed.content:
        return of_content(framed, node, said, read_profile)
    if framed.no_tool:
        return missed(Missed.NO_TOOL, said)
    if framed.content is not None:
        return _without_content(framed, said)
    return _unanswered(ended, framed, said)


def _unanswered(ended: Ended, framed: Framed, said: str) -> Outcome:
    if ended.missed is not None:
        return missed(ended.missed, said)
    if ended.cut == "deadline":
        return missed(Missed.TIMEOUT, said)
    if ended.cut == "flood":
        return Outcome(NodeState.FAILED, "it sent more than any profile holds", said)
    if framed.begun:
        return Outcome(NodeState.FAILED, "its answer was cut off", said)
    return Outcome(NodeState.FAILED, f"the command ended with {_code(ended.code)} and no answer", said)


def missed(why: Missed, said: str = "") -> Outcome:
    """Return the outcome of a node on which nothing was measured."""
    return Outcome(NodeState.NOT_RUN, why.value, said)


def of_content(framed: Framed, node: str, said: str, read_profile: ReadProfile) -> Outcome:
    """Return the outcome of an answer that is complete."""
    try:
        profile = read_profile(framed.content or b"", f"the answer of {node}")
    except InvalidInputError as error:
        first = inert(str(error.faults[0]).split("\n", maxsplit=1)[0])[:_LONGEST_SAID]
        return Outcome(NodeState.FAILED, "what it sent is not a machine profile", first)
    return of_profile(profile, said)


def of_profile(profile: MachineProfile, said: str = "") -> Outcome:
    """Return the outcome of a profile: one of a machine that was busy, or out of time, measured nothing."""
    if profile.kind != "measured":
        return Outcome(NodeState.FAILED, "what it sent is a data sheet, not a measurement", said)
    if not any(m.grade for m in profile.measurements):
        reasons = {m.reason for m in profile.measurements if m.value is None}
        if profile.environment.get("state", "").startswith("busy") and any(
            reason.startswith("busy:") for reason in reasons
        ):
            said = profile.environment["state"].removeprefix("busy: ")
            return Outcome(NodeState.NOT_RUN, Missed.BUSY.value, said, profile)
        out_of_time = next((reason for reason in sorted(reasons) if reason.startswith("left out:")), "")
        if out_of_time:
            return Outcome(NodeState.NOT_RUN, Missed.TIMEOUT.value, out_of_time, profile)
    return Outcome(NodeState.OK, "", said, profile)


def _without_content(framed: Framed, said: str) -> Outcome:
    if framed.code in _TIMED_OUT:
        return missed(Missed.TIMEOUT, said)
    return Outcome(NodeState.FAILED, f"poc-gate ended there with {_code(framed.code)} and no profile", said)


def _code(code: int | None) -> str:
    if code is None:
        return "no exit code"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def last_words(text: str) -> str:
    """Return the last lines of a text, inert and on one line."""
    lines = [inert(line).strip() for line in text.splitlines()]
    shown = "; ".join([line for line in lines if line][-3:])
    return shown if len(shown) <= _LONGEST_SAID else f"...{shown[-_LONGEST_SAID:]}"
