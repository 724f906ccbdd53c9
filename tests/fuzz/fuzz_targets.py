"""Every reader of files that strangers write, each with samples and what a damaged one may end in.

`benchmarks/fuzz_readers.py` counts by them; `tests/fuzz/test_fuzz_targets.py` takes a few of each and holds that none is missing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from enum import Enum
from functools import cache
from pathlib import Path

from msgspec import Struct

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [
    str(TESTS / part) for part in ("fuzz", "inputs/artifacts", "inputs/observe", "inputs/observe/traces", "inputs/repository", "report") if str(TESTS / part) not in sys.path
]  # fmt: skip

from artifact_samples import SAMPLES as ARTIFACTS  # noqa: E402
from artifact_samples import Sample  # noqa: E402
from damage import damage  # noqa: E402
from damage_own import damage_own  # noqa: E402
from damaged_results import DECLARED, hold_to_account  # noqa: E402
from damaged_results import SAMPLES as RESULTS  # noqa: E402
from damaged_traces import TRACES  # noqa: E402
from mutations import mutate  # noqa: E402
from own_files import OWN_FILES, OwnFile  # noqa: E402
from test_fuzz import check  # noqa: E402
from test_hostile_repositories import _SAMPLES, EXTRA, mutated  # noqa: E402

from poc_gate.app.imports.observed_files import read_results  # noqa: E402
from poc_gate.errors import InvalidInputError, UnreadableError  # noqa: E402
from poc_gate.inputs.artifacts.opening.read_document import read_document  # noqa: E402
from poc_gate.inputs.artifacts.read_artifact import find_importer, importers, read_artifact  # noqa: E402
from poc_gate.inputs.observe.named_file import NamedFile  # noqa: E402
from poc_gate.inputs.observe.read_observed import find_observer, observers  # noqa: E402
from poc_gate.inputs.repository.conclude.conclude import conclude  # noqa: E402
from poc_gate.inputs.repository.files.text_file import TextFile  # noqa: E402
from poc_gate.inputs.repository.noting.interface import Reader  # noqa: E402
from poc_gate.inputs.repository.noting.notes import Notes  # noqa: E402
from poc_gate.inputs.repository.noting.signals import Signals  # noqa: E402
from poc_gate.inputs.repository.readers import readers  # noqa: E402


class Outcome(Enum):
    """What became of one damaged input."""

    READ = "read"
    REFUSED = "refused"
    BROKE = "broke"
    OTHER = "other"
    """The damage made it a file of another kind, or of none; it does not count."""


class Target(Struct, frozen=True):
    """One reader; `run` damages a sample by a seed, feeds it, and raises where anything but words comes out."""

    name: str
    run: Callable[[int], Outcome]


def targets() -> list[Target]:
    """Return one target for each importer, observer, reader of repositories and reader of files of ours."""
    found = [Target(f"import/{one.name}", _importing(one.name)) for one in importers()]
    found += [Target(f"observe/{one.name}", _observing(one.name)) for one in observers()]
    found += [Target(f"repository/{one.name}", _noting(one)) for one in readers()]
    return found + [Target(f"own/{one.name}", _reading(one)) for one in OWN_FILES]


def _importing(name: str) -> Callable[[int], Outcome]:
    samples = [sample for sample in ARTIFACTS if name in (sample.importer, "document")]

    def run(seed: int) -> Outcome:
        sample = samples[seed % len(samples)]
        content = mutate(sample, seed)
        try:
            result = read_artifact(
                content, sample.file, kind=name, prefix="sources[one]" if seed % 3 == 0 else ""
            )
        except InvalidInputError as error:
            _in_words(error)
            return Outcome.REFUSED if _is_still(content, sample, name) else Outcome.OTHER
        check(result)
        return Outcome.READ if result.kind == name else Outcome.OTHER

    return run


def _is_still(content: bytes, sample: Sample, name: str) -> bool:
    try:
        importer = find_importer(read_document(content, sample.file, foreign=True))
    except InvalidInputError:
        return False
    return importer is not None and importer.name == name


@cache
def _scratch() -> Path:
    shared = Path("/dev/shm")
    folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
    _KEPT.append(folder)
    return Path(folder.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@cache
def _results() -> dict[str, list[tuple[str, bytes]]]:
    """Return observer -> its samples, as file name and content."""
    found: dict[str, list[tuple[str, bytes]]] = {
        "traces": [("traces.binpb" if name == "protobuf" else "traces.jsonl", content) for name, content in TRACES.items()]
    }  # fmt: skip
    for path in RESULTS:
        kind = find_observer(path, path.name)
        assert kind is not None
        found.setdefault(kind.name, []).append((path.name, path.read_bytes()))
    return found


def _observing(name: str) -> Callable[[int], Outcome]:
    def run(seed: int) -> Outcome:
        samples = _results()[name]
        file, content = samples[seed % len(samples)]
        path = _scratch() / file
        path.write_bytes(damage(content, seed))
        try:
            kind = find_observer(path, file)
            if kind is None or kind.name != name:
                return Outcome.OTHER
            (seen,) = read_results([NamedFile(path, file)], DECLARED, "2026-11-28", kind=name)
        except InvalidInputError as error:
            _in_words(error)
            return Outcome.REFUSED
        hold_to_account(seen)
        return Outcome.READ

    return run


def _noting(reader: Reader) -> Callable[[int], Outcome]:
    import random

    samples = [(path, text) for path, text in (*_SAMPLES, *EXTRA) if reader.wants(path.lower())]

    def run(seed: int) -> Outcome:
        chance = random.Random(f"{reader.name} {seed}")
        path, text = samples[seed % len(samples)]
        signals = Signals(name="x", paths=frozenset({path}))
        file = TextFile(path, content=mutated(text, chance))
        try:
            reader.read(file, Notes(file, reader.name, signals))
        except UnreadableError as error:
            assert str(error)
            return Outcome.REFUSED
        conclude("x", signals, [path])
        return Outcome.READ

    return run


def _reading(own: OwnFile) -> Callable[[int], Outcome]:
    def run(seed: int) -> Outcome:
        samples = own.samples()
        content = damage_own(samples[seed % len(samples)], seed)
        try:
            own.read(content)
        except InvalidInputError as error:
            _in_words(error)
            return Outcome.REFUSED
        return Outcome.READ

    return run


def _in_words(error: InvalidInputError) -> None:
    assert error.faults
    assert all(fault.what for fault in error.faults)
