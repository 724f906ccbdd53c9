"""Lines that count only where somebody turns something on -> left with a note, or asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from poc_gate.inputs.repository.files.off.off import TO_THE_END, Off
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import FileLeft
from poc_gate.model.claim import Notice, Place
from poc_gate.text.some_of import some_of

_NOTED = ("facts", "models", "systems", "hosts", "tools", "techniques", "remarks")
_OF_FILES = ("packages", "settings", "needs")
"""What counts no more where all of a file is off."""
_NAMED = {"models": "name", "systems": "system", "tools": "name", "facts": "fact", "hosts": "host"}
_MOST_NAMED = 6


def lines_of_tools(signals: Signals) -> dict[str, set[int]]:
    """Return where tools are, by file."""
    found: dict[str, set[int]] = defaultdict(set)
    for one in signals.tools:
        found[one.place.file].add(one.place.line)
    return found


def leave_off(signals: Signals, off: Iterable[Off]) -> None:
    """Take back what such lines say; note what is left, or ask about it."""
    by_file: dict[str, list[Off]] = defaultdict(list)
    for one in off:
        by_file[one.file].append(one)
    left: dict[Off, dict[str, None]] = defaultdict(dict)
    used = {
        one.system for one in signals.systems if one.how == "used" and _around(one.place, by_file, "systems")
    }
    for kind in _NOTED if by_file else ():
        found = getattr(signals, kind)
        gone: set[int] = set()
        for seen in found:
            around = _around(seen.place, by_file, kind)
            if around is not None:
                gone.add(id(seen))
                left[around][_name_of(seen, kind, asked=around.asked)] = None
        found[:] = [seen for seen in found if id(seen) not in gone]
    _leave_named(signals, used)
    gone_whole = {path for path, several in by_file.items() if any(one.last == TO_THE_END and not one.asked and not one.only for one in several)}  # fmt: skip
    for kind in _OF_FILES if gone_whole else ():
        found = getattr(signals, kind)
        found[:] = [seen for seen in found if seen.place.file not in gone_whole]
    _say(signals, left)


_USES = frozenset({"agent", "retrieval"})
"""Hints that alone decide a use, which a question names."""


def _name_of(seen: object, kind: str, *, asked: bool) -> str:
    """Return what a question calls a signal; empty for one that no field of the manifest comes from."""
    use = getattr(seen, "name", "") if kind == "techniques" else ""
    if use == "traced":
        return "monitoring.trace_id"
    if asked and use in _USES:
        return f"`{use}` in pilot.uses"
    name = getattr(seen, _NAMED.get(kind, ""), "")
    return name if isinstance(name, str) else ""


def _leave_named(signals: Signals, systems: Iterable[str]) -> None:
    """Take back systems that only code reached which is off, where no more than examples and scripts name them."""
    for system in systems:
        rest = [one for one in signals.systems if one.system == system]
        if all(one.how in {"named", "offered"} or one.standing > Standing.SERVICE for one in rest):
            signals.systems[:] = [one for one in signals.systems if one.system != system]
            key = f"holds a key for {system}"
            signals.hosts[:] = [one for one in signals.hosts if one.reader != "env-file" or not one.why.endswith(key)]  # fmt: skip


def _around(place: Place, by_file: Mapping[str, list[Off]], kind: str) -> Off | None:
    return next((one for one in by_file.get(place.file, ()) if one.first <= place.line <= one.last and (not one.only or kind in one.only)), None)  # fmt: skip


def _say(signals: Signals, left: Mapping[Off, dict[str, None]]) -> None:
    """Note what was left once for each reason, file by file; ask once for each reason that decides nothing."""
    together: dict[tuple[bool, str, str], dict[str, None]] = defaultdict(dict)
    first: dict[tuple[bool, str, str], Off] = {}
    for one, names in left.items():
        key = one.asked, one.why, "" if one.asked else one.file
        together[key] |= names
        first.setdefault(key, one)
    for key, names in together.items():
        whose = first[key]
        said = [name for name in names if name and not (name.startswith("security.") and not whose.asked)]
        listed = some_of(said, _MOST_NAMED)
        if not whose.asked:
            signals.left.append(
                FileLeft(whose.file, f"not used: {listed + ': ' if listed else ''}{whose.why}")
            )
        elif listed:
            place = Place(whose.file, max(1, whose.first))
            what = f"{listed}: {whose.why} ({place})"
            signals.questions.append(Notice("question", what, place, "say whether production uses it"))
