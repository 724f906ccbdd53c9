"""A manifest and the repository it speaks of -> where the one no longer says what the other says, with both places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.ground.files.read_inputs import find_manifest
from poc_gate.app.inspect.inspect import Progress, inspect_repository
from poc_gate.app.inspect.left_open import LeftOpen, left_open
from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading, read_manifest
from poc_gate.inputs.repository.reading import Certainty, FoundFact, RepositoryReading
from poc_gate.inputs.repository.tables.systems import system_named
from poc_gate.model.claim import Claim, Place, Value
from poc_gate.model.quantity import Quantity
from poc_gate.text.destination_names import names_destination
from poc_gate.text.lazy_pattern import lazily

_NOT_COMPARED = frozenset({"pilot.name", "pilot.description", "imports"})
_ADDED_TO = frozenset({"agent.tools", "agent.high_impact_tools", "pilot.uses"})
"""Lists of which only what is new counts: people may know of more than files show."""
_TOLERANCE = 1e-3
_COMMENTED = lazily(r"(?m)^[ \t]*#[ \t]*(?:-[ \t]+)?system:[ \t]*([\w-]{1,60})")


class Drift(Struct, frozen=True):
    """One thing that the repository says and the manifest does not."""

    kind: str
    """`changed`, `new-source`, `new-destination` or `added`."""
    subject: str
    """The fact's name, or the system or host."""
    stated: str
    """What the manifest says; empty where it says nothing."""
    stated_at: Place
    found: str
    found_at: Place
    certainty: Certainty

    def __str__(self) -> str:
        """Return one sentence with both places."""
        where = f"{self.found_at}{', inferred' if self.certainty is Certainty.INFERRED else ''}"
        if self.kind == "changed":
            return f"{self.stated_at}: {self.subject} is {self.stated}; the repository says {self.found} ({where})"
        if self.kind == "added":
            return (
                f"{self.stated_at}: {self.subject} lacks {self.found}, which the repository shows ({where})"
            )
        noun = "source" if self.kind == "new-source" else "destination"
        return f"{self.stated_at}: {noun} {self.found} is not listed; the repository shows it ({where})"


class Unsaid(Struct, frozen=True):
    """One list that the manifest does not state and of which the repository shows entries."""

    subject: str
    shown: tuple[str, ...]
    place: Place


class NotCompared(Struct, frozen=True):
    """One value of the manifest that the repository neither confirms nor denies."""

    subject: str
    why: str
    stated_at: Place
    place: Place


class Sync(Struct, frozen=True):
    """How far a manifest and its repository agree."""

    manifest: str
    drifts: tuple[Drift, ...]
    compared: int
    """Facts that both state."""
    unsaid: tuple[Unsaid, ...] = ()
    """Lists that the manifest leaves open and the repository would fill: a new entry goes unnoticed there."""
    not_compared: tuple[NotCompared, ...] = ()


def compare_with_repository(
    path: Path,
    repository: Path | None = None,
    *,
    service: str = "",
    progress: Progress = lambda _what, _share: None,
) -> Sync:
    """Return where a manifest no longer says what its repository says; nothing is written.

    The repository is the manifest's folder where none is named. Raises UsageError when there is no manifest or no
    folder, InvalidInputError when the manifest cannot be read.
    """
    manifest = find_manifest(path)
    content = manifest.read_bytes()
    stated = read_manifest(content, manifest.as_posix())
    found = inspect_repository(repository or manifest.parent, service=service, progress=progress)
    by_name = {claim.fact: claim for claim in stated.claims}
    opened = left_open(content, by_name, found)
    moved = {one.stated.fact: drift for one in opened if (drift := _moved(one)) is not None}
    new = list(_new_sources(stated, by_name, found))
    suggested = _suggested(content)
    asked = [one for one in new if one.certainty is Certainty.INFERRED and one.subject in suggested]
    drifts = [
        *_changed(by_name, found),
        *moved.values(),
        *(one for one in new if one not in asked),
        *_new_hosts(stated, found),
    ]
    compared = sum(1 for one in found.facts if one.claim.fact in by_name) + len(moved)
    unsaid = [Unsaid(f"whether {one.subject} is a source", (one.subject,), one.found_at) for one in asked]
    return Sync(
        manifest.as_posix(),
        tuple(drifts),
        compared,
        (*unsaid, *_unsaid(stated, by_name, found)),
        tuple(
            NotCompared(one.stated.fact, one.why, one.stated.place, one.place)
            for one in opened
            if one.stated.fact not in moved
        ),
    )


def _moved(one: LeftOpen) -> Drift | None:
    """Return how a value differs that the repository leaves open: its own file says another one, or nothing says this one."""
    if not one.against or any(alike(one.stated.value, other.value) for other in one.against):
        return None
    found = " or ".join(dict.fromkeys(shown(other.value) for other in one.against))
    named = one.against[0].place.file == one.origin
    sure = Certainty.STATED if named else Certainty.INFERRED
    return Drift("changed", one.stated.fact, shown(one.stated.value), one.stated.place, found, one.against[0].place, sure)  # fmt: skip


def _suggested(content: bytes) -> set[str]:
    """Return the systems that a manifest names in comments alone, as `init` writes what files only suggest."""
    return {match[1] for match in _COMMENTED.finditer(content.decode(errors="replace"))}


def _unsaid(
    stated: ManifestReading, by_name: Mapping[str, Claim], found: RepositoryReading
) -> Iterator[Unsaid]:
    """Yield the tools and destinations that the repository shows where the manifest lists none at all."""
    if found.tools and "agent.tools" not in by_name:
        yield Unsaid("agent.tools", tuple(tool.name for tool in found.tools), found.tools[0].place)
    if found.hosts and "security.egress" not in stated.items:
        yield Unsaid("security.egress", tuple(host.name for host in found.hosts), found.hosts[0].place)


def _changed(stated: Mapping[str, Claim], found: RepositoryReading) -> Iterator[Drift]:
    for one in found.facts:
        claim = stated.get(one.claim.fact)
        if claim is None or one.claim.fact in _NOT_COMPARED or one.claim.fact.endswith((".id", ".name]")):
            continue
        if one.claim.fact in _ADDED_TO:
            added = sorted(set(texts(one.claim.value)) - set(texts(claim.value)))
            places = {tool.name: tool.place for tool in found.tools}
            for name in added:
                drift = _drift("added", one, claim, name)
                yield replace(drift, found_at=places.get(name, drift.found_at))
        elif not alike(claim.value, one.claim.value):
            yield _drift("changed", one, claim, shown(one.claim.value))


def _drift(kind: str, one: FoundFact, claim: Claim, found: str) -> Drift:
    return Drift(kind, claim.fact, shown(claim.value), claim.place, found, one.claim.place, one.certainty)


def _new_sources(
    stated: ManifestReading, by_name: Mapping[str, Claim], found: RepositoryReading
) -> Iterator[Drift]:
    """Yield systems that the repository uses and no source of the manifest is, by id or by system."""
    known = known_systems(stated, by_name)
    place = stated.section_places.get("sources", Place(""))
    for source in found.sources:
        if source.system not in known and source.id.lower() not in known:
            yield Drift("new-source", source.system, "", place, source.system, source.place, source.certainty)


def known_systems(stated: ManifestReading, by_name: Mapping[str, Claim]) -> set[str]:
    """Return the ids and the systems of a manifest's sources, in small letters and by their usual names."""
    known: set[str] = set()
    for item in stated.items.get("sources", ()):
        system = by_name.get(f"sources[{item}].system")
        known |= {name for text in (item, str(system.value) if system else "") for name in (text.lower(), system_named(text)) if name}  # fmt: skip
    return known


def _new_hosts(stated: ManifestReading, found: RepositoryReading) -> Iterator[Drift]:
    """Yield destinations that are not listed, where the manifest lists destinations at all."""
    if "security.egress" not in stated.items:
        return
    known = stated.items["security.egress"]
    place = stated.section_places.get("security.egress", Place(""))
    for host in found.hosts:
        if not any(
            names_destination(name, host.name) or names_destination(host.name, name) for name in known
        ):
            yield Drift("new-destination", host.name, "", place, host.name, host.place, host.certainty)


def alike(stated: Value, found: Value) -> bool:
    """Say whether two values are one, rounding and case left aside."""
    if isinstance(stated, Quantity) and isinstance(found, Quantity):
        return abs(stated.value - found.value) <= _TOLERANCE * max(abs(stated.value), abs(found.value))
    if isinstance(stated, tuple) or isinstance(found, tuple):
        return set(texts(stated)) == set(texts(found))
    return str(stated).casefold() == str(found).casefold()


def texts(value: Value) -> tuple[str, ...]:
    """Return a value as texts: those of a list, or its own."""
    return value if isinstance(value, tuple) else (str(value),)


def shown(value: Value) -> str:
    """Return a value as people write it."""
    return (
        ", ".join(value)
        if isinstance(value, tuple)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
