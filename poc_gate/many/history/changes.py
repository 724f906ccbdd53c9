"""Two records of one pilot -> what changed between them, and what else differs: the cause as far as records tell it."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.model.many.record import Record
from poc_gate.model.many.run_history import Change, Kept

_WORDS = {"NO-GO": 0, "INSUFFICIENT EVIDENCE": 1, "CONDITIONAL": 2, "GO": 3}
_STATES = {"fail": 0, "error": 0, "unknown": 1, "unproven": 2, "waived": 3, "not-applicable": 4, "pass": 5}
ABSENT = "not judged"
_MOST_FILES = 3


def changes(before: Kept, now: Kept) -> Iterator[Change]:
    """Yield the changes: a new ruler first, then the word, then each state; none where only the day differs."""
    old, new = before.record, now.record
    why = cause_of(old, new)

    def change(kind: str, what: str, was: str, is_: str, better: bool | None = None) -> Change:
        return Change(now.day, now.path, new.pilot, kind, what, was, is_, why, better)

    for what, was, is_ in ruler_changes(old, new):
        yield change("ruler", what, was, is_)
    if old.word != new.word:
        yield change("word", "word", old.word, new.word, _WORDS.get(new.word, 0) > _WORDS.get(old.word, 0))
    was_in, is_in = _by_rule(old), _by_rule(new)
    for rule in sorted(was_in.keys() | is_in.keys()):
        was, is_ = was_in.get(rule, ABSENT), is_in.get(rule, ABSENT)
        if was != is_:
            known = was in _STATES and is_ in _STATES
            yield change("state", rule, was, is_, _STATES[is_] > _STATES[was] if known else None)


def ruler_changes(old: Record, new: Record) -> Iterator[tuple[str, str, str]]:
    """Yield what the answers were measured with, where it is another one: tool and packs."""
    if old.tool != new.tool:
        yield "poc-gate", old.tool, new.tool
    for pack in sorted(old.packs.keys() | new.packs.keys()):
        was, is_ = old.packs.get(pack, ""), new.packs.get(pack, "")
        if was != is_:
            yield f"pack {pack}", was[:12] or "not used", is_[:12] or "not used"


def breaks_line(old: Record, new: Record) -> bool:
    """Return whether two answers cannot be drawn as one line."""
    return next(ruler_changes(old, new), None) is not None


def cause_of(old: Record, new: Record) -> str:
    """Return everything that differs between what two records rest on, in words."""
    told = [what for what, _, _ in ruler_changes(old, new)]
    told = [f"another version of {what}" if what == "poc-gate" else f"another {what}" for what in told]
    if (old.machine.fingerprint, old.machine.sha256) != (new.machine.fingerprint, new.machine.sha256):
        told.append(f"the machine profile ({new.machine.name or 'none'})")
    if old.stage != new.stage:
        told.append(f"the stage ({old.stage} -> {new.stage})")
    files = [
        name
        for name in sorted(old.inputs.keys() | new.inputs.keys())
        if old.inputs.get(name) != new.inputs.get(name)
    ]
    if files:
        more = f" and {len(files) - _MOST_FILES} more" if len(files) > _MOST_FILES else ""
        told.append(f"{', '.join(files[:_MOST_FILES])}{more} changed")
    return "; ".join(told) or "the day itself, or files that are only scanned"


def _by_rule(record: Record) -> dict[str, str]:
    return {rule: state for state, rules in record.states.items() for rule in rules}
