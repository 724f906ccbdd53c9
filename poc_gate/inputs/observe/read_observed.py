"""Files -> what they show, by the observers that know their kinds; kinds that belong together are read together."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from poc_gate.base.plug_ins import plug_ins
from poc_gate.errors import Fault, InternalError, InvalidInputError
from poc_gate.inputs import observe
from poc_gate.inputs.observe.equal_files import with_copies, without_copies
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.step_facts import with_steps
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.inputs.observe.packed_stream import HEAD, PackedStream, Progress
from poc_gate.model.claim import Value
from poc_gate.model.observation import Observed

_SUFFIX = "_observer"

Pilot = tuple[Mapping[str, tuple[str, ...]] | None, Mapping[str, Value]]
"""What results are held against: `sources` -> ids of the manifest, None where there is none; fact -> value stated."""


@cache
def observers() -> tuple[Observer, ...]:
    """Return every observer, sorted by name; an import error is never swallowed."""
    found = []
    for module in plug_ins(observe.__name__, observe.__path__, _SUFFIX).values():
        observer = getattr(importlib.import_module(module), "OBSERVER", None)
        if not isinstance(observer, Observer):
            raise InternalError(f"{module} exposes no OBSERVER")
        found.append(observer)
    return tuple(sorted(found, key=lambda one: one.name))


def find_observer(path: Path, shown: str, kind: str = "") -> Observer | None:
    """Return the observer of a file, by its first bytes; None when it is of no kind that is observed.

    `kind`, a name or a group, decides between several, and alone where none recognises the file. Raises
    InvalidInputError when the file cannot be opened.
    """
    asked = [one for one in observers() if kind in (one.name, one.group)]
    with PackedStream(path, shown) as stream:
        content = stream.head()
        head = Head(shown, content, is_all=len(content) < HEAD and not stream.packing)
    recognised = [one for one in observers() if one.sniff(head)]
    wanted = [one for one in recognised if one in asked] or recognised
    if wanted:
        return wanted[0]
    return asked[0] if len(asked) == 1 else None


def read_observed(
    files: Iterable[NamedFile],
    *,
    kind: str = "",
    pilot: Pilot = (None, {}),
    progress: Progress = lambda _what, _share: None,
) -> tuple[Observed, ...]:
    """Return what files show of a pilot, one result for each file or each set that belongs together, in the order given.

    The one door for results: each is read as what it is, then put under the names of the pilot that it is of. A file
    that holds the same as another one counts once, and that is said.
    Raises InvalidInputError with the faults of every file that is of no kind that is observed or cannot be read.
    """
    groups: dict[tuple[str, str], tuple[Observer, list[NamedFile]]] = {}
    faults: list[Fault] = []
    kept, copies = without_copies(files)
    for file in kept:
        try:
            observer = find_observer(file.path, file.shown, kind)
        except InvalidInputError as error:
            faults += error.faults
            continue
        if observer is None:
            step = f"give a result of one of these kinds: {', '.join(one.name for one in observers())}"
            faults.append(Fault(file.shown, 0, 0, "not recognised as a result that poc-gate reads", step))
            continue
        key = (observer.name, "" if observer.together else file.shown)
        groups.setdefault(key, (observer, []))[1].append(file)
    found: list[Observed] = []
    for observer, several in groups.values():
        try:
            found.append(with_copies(_read(observer, several, progress), copies))
        except InvalidInputError as error:
            faults += error.faults
    if faults:
        raise InvalidInputError(faults)
    return with_steps([_fitted(one, pilot) for one in found], pilot[1])


def _fitted(observed: Observed, pilot: Pilot) -> Observed:
    """Return what a file shows under the names of the pilot that it is of."""
    observer = next((one for one in observers() if one.name == observed.kind), None)
    if observer is None or observer.fit is None:
        return observed
    return observer.fit(observed, *pilot)


def _read(observer: Observer, files: list[NamedFile], progress: Progress) -> Observed:
    finds = Finds(files[0].shown, files[0].option)
    faults: list[Fault] = []
    for file in files:
        finds.file, finds.option = file.shown, file.option or finds.option
        try:
            with PackedStream(file.path, file.shown, progress) as stream:
                observer.read(stream, finds)
                finds.files[file.shown] = stream.sha256()
        except InvalidInputError as error:
            faults += error.faults
    if faults:
        raise InvalidInputError(faults)
    if observer.finish is not None:
        observer.finish(finds)
    return finds.result(observer.name, observer.group)
