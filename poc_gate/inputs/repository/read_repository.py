"""A folder -> everything its files say about the pilot; nothing in it is run, and nothing outside is read."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from poc_gate.base.many_processes import in_processes
from poc_gate.errors import UnreadableError, UsageError
from poc_gate.inputs.repository.conclude.conclude import conclude
from poc_gate.inputs.repository.conclude.ground import reach_of
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import Walk, WalkedFile, walk_folder
from poc_gate.inputs.repository.leave_unused import leave_unused
from poc_gate.inputs.repository.noting.backends import FACES
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.marks import STARTS_A_PIPELINE
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import MOST_OF_A_FILE, MOST_SIGNALS, Signals, count_of
from poc_gate.inputs.repository.readers import readers
from poc_gate.inputs.repository.reading import FileLeft, FileRead, RepositoryReading, Service

_MANIFEST = re.compile(
    r"(?:^|/)(?:pyproject\.toml|package\.json|pom\.xml|go\.mod|[\w.-]+\.csproj|directory\.packages\.props|[\w.-]*requirements[\w.-]*\.txt)$"
)
"""Dependency files come first: readers of code ask what the repository depends on."""
Progress = Callable[[str, float], None]
OUR_FAULT = "read only in part: a fault in poc-gate, please report it"
MOST_READ = 6_000
MOST_BYTES = 96 << 20
"""Of text in all; the files of the service come first."""


def read_repository(
    folder: Path, *, service: str = "", progress: Progress = lambda _what, _share: None
) -> RepositoryReading:
    """Return what the files below `folder` say.

    Args:
        folder: The checkout.
        service: Name or folder of the one service that is meant, where there are several.
        progress: Is told what is read and the share that is done.

    Raises:
        UsageError: `folder` is no folder, or holds no service of that name.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", next_step="give the repository's folder")
    base = folder.resolve()
    walk = walk_folder(base)
    paths = frozenset(file.path.lower() for file in walk.files)
    signals = Signals(name=base.name, paths=paths)
    read = _read_all(_in_turn(walk.files), signals, progress)
    with uncollected():
        leave_unused(signals, walk.files)
    name = base.name or "pilot"
    found = conclude(name, signals, [file.path for file in walk.files])
    if service:
        part = _service(found.services, service)
        kept = Signals(name=base.name, paths=paths)
        read = _read_all(_of_service(_in_turn(walk.files), part, found.services), kept, progress)
        with uncollected():
            leave_unused(kept, walk.files)
        found = conclude(
            part.name if part.folder else name, kept, [file.path for file in walk.files], chosen=part
        )
    return _whole(found, walk, read)


def _whole(found: RepositoryReading, walk: Walk, read: list[FileRead]) -> RepositoryReading:
    left = [*walk.left, *found.left]
    return replace(
        found, files=tuple(read), left=tuple(dict.fromkeys(left)), looked_at=len(walk.files), complete=walk.complete, paths=tuple(file.path for file in walk.files)
    )  # fmt: skip


def _in_turn(files: list[WalkedFile]) -> list[WalkedFile]:
    """Return the files of the service first, so that bounds cut off what matters least."""
    return sorted(
        files, key=lambda file: (standing_of(file.path), not _MANIFEST.search(file.path.lower()), file.path)
    )


def _service(services: tuple[Service, ...], wanted: str) -> Service:
    for one in services:
        if wanted.strip("/") in {one.name, one.folder or "."}:
            return one
    names = ", ".join(one.folder or "." for one in services[:20]) or "none"
    raise UsageError(f"no service {wanted!r} in this repository", next_step=f"choose one of: {names}")


def _of_service(files: list[WalkedFile], part: Service, services: tuple[Service, ...]) -> list[WalkedFile]:
    """Return the files of one service, and those at the top and in folders that no other service claims."""
    others = [one.folder for one in services if one.folder and one.folder != part.folder and not part.folder.startswith(f"{one.folder}/")]  # fmt: skip
    inside = f"{part.folder}/" if part.folder else ""
    return [
        file
        for file in files
        if file.path.startswith(inside) or not any(file.path.startswith(f"{other}/") for other in others)
    ]


class Job(NamedTuple):
    """One file and the readers that it is for."""

    file: WalkedFile
    readers: tuple[str, ...]


def _read_all(files: list[WalkedFile], signals: Signals, progress: Progress) -> list[FileRead]:
    """Hand every file to the readers that want it; return which of them said something.

    What is nearest to production is read first. Where that shows what the pilot is, examples, notebooks and
    benchmarks would change nothing and are left, records of evaluations and prose apart, and programs among notebooks
    where the service starts a pipeline.
    """
    near = [file for file in files if standing_of(file.path) <= Standing.SUPPORT]
    said = _read_these(near, signals, progress, [])
    shown = reach_of(signals) <= Standing.SUPPORT
    far = files[len(near) :]
    if shown and any(one.name == STARTS_A_PIPELINE for one in signals.techniques):
        programs = [one for one in far if standing_of(one.path) is Standing.NOTEBOOK and one.path.endswith(".py")]  # fmt: skip
        said += _read_these(programs, signals, progress, near, only=frozenset({"use-mark"}))
        far = [one for one in far if one not in programs]
    return said + _read_these(far, signals, progress, near, only=_FROM_ANYWHERE if shown else frozenset())


_FROM_ANYWHERE = frozenset(
    {"evaluation-summary", "readme", "vector-schema", "load-plan", "licence", "notebook-use"}
)
"""Readers of files that say the same wherever they are."""
_HEAVY = 60
"""Files from which processes share the work."""


def _read_these(
    files: list[WalkedFile],
    signals: Signals,
    progress: Progress,
    before: Sequence[WalkedFile],
    *,
    only: frozenset[str] = frozenset(),
) -> list[FileRead]:
    """Decide for each file whether it is read, and read: dependency files first, the rest in several processes."""
    jobs: list[Job] = []
    opened, budget = len(before), MOST_BYTES - sum(file.size for file in before)
    for walked in files:
        small = walked.path.lower()
        wanting = [reader for reader in readers() if reader.wants(small)]
        if not wanting:
            continue
        standing = standing_of(walked.path)
        fitting = [one for one in wanting if standing <= one.worst and (not only or one.name in only)]
        why = _why_not(walked, standing, fitting, opened, budget, signals)
        if why:
            signals.left.append(FileLeft(walked.path, why))
            continue
        opened, budget = opened + 1, budget - walked.size
        jobs.append(Job(walked, tuple(one.name for one in fitting if walked.size <= one.largest)))
    first = [job for job in jobs if _MANIFEST.search(job.file.path.lower())]
    rest = [job for job in jobs if not _MANIFEST.search(job.file.path.lower())]
    said = _read_part(first, signals, progress)

    def work(part: Sequence[Job]) -> tuple[Signals, list[FileRead]]:
        seen = Signals(name=signals.name, paths=signals.paths, packages=list(signals.packages))
        read = _read_part(part, seen, progress)
        del seen.packages[: len(signals.packages)]
        return replace(seen, name="", paths=frozenset()), read

    for seen, read in in_processes(work, rest, least=_HEAVY, weight=_cost):
        signals.add(seen)
        said += read
    return said


def _cost(job: Job) -> float:
    """Return about how long a file takes: a syntax tree costs many times what a line of settings does, a bundle nothing."""
    parsed = {"python", "tree", "notebook"} & set(job.readers)
    if job.file.path.endswith(".js") and job.file.size > _OF_A_BUNDLE:
        return 20_000
    return job.file.size * (8 if parsed else 1) + 20_000


_OF_A_BUNDLE = 100_000
"""Bytes from which on a script is most often put together by a tool."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles from running meanwhile."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _read_part(jobs: Sequence[Job], signals: Signals, progress: Progress) -> list[FileRead]:
    """Hand each file to its readers; trees make no cycles, and looking for some takes a tenth of the time."""
    with uncollected():
        return _read_jobs(jobs, signals, progress)


def _read_jobs(jobs: Sequence[Job], signals: Signals, progress: Progress) -> list[FileRead]:
    said: list[FileRead] = []
    by_name = {reader.name: reader for reader in readers()}
    sizes = signals.sizes()
    for number, job in enumerate(jobs):
        path = job.file.path
        if count_of(sizes) > MOST_SIGNALS:
            signals.left.append(FileLeft(path, "not opened: more was found already than can be weighed"))
            continue
        progress(f"reading {path}", number / max(1, len(jobs)))
        file = TextFile(path, job.file.full, largest=max(by_name[name].largest for name in job.readers))
        if is_bundle(file):
            signals.left.append(
                FileLeft(path, "generated or minified: a tool put it together from other files")
            )
            continue
        for name in job.readers:
            before = sizes
            try:
                by_name[name].read(file, Notes(file, name, signals))
            except OSError as error:
                signals.left.append(FileLeft(path, f"cannot be read: {error.strerror or error}"))
            except UnreadableError as error:
                signals.left.append(FileLeft(path, str(error)[:200]))
            except Exception:  # noqa: BLE001 - a bug of ours at one file keeps the others
                signals.left.append(FileLeft(path, f"{OUR_FAULT} ({name})"))
            sizes = signals.sizes()
            if sizes == before:
                continue
            if signals.cut(before, MOST_OF_A_FILE):
                signals.left.append(FileLeft(path, f"only its first {MOST_OF_A_FILE:,} statements of a kind are used"))  # fmt: skip
                sizes = signals.sizes()
            facts = count_of(sizes) - count_of(before)
            if facts:
                said.append(FileRead(path, name, facts))
    return said


def is_bundle(file: TextFile) -> bool:
    """Say whether a file is put together by a tool; one that cannot be read says so where it is read."""
    try:
        return file.is_bundled
    except OSError:
        return False


def _why_not(
    walked: WalkedFile,
    standing: Standing,
    fitting: list[Reader],
    opened: int,
    budget: int,
    signals: Signals,
) -> str:
    """Return why a file is not opened, or an empty text."""
    small = walked.path.lower()
    seen = standing is Standing.SERVICE and small.startswith(FACES) and not _MANIFEST.search(small)
    if seen and signals.has_backend:
        return "not used: what people see, next to a backend that decides"
    if not fitting:
        return f"not used: {standing.words}"
    largest = max(one.largest for one in fitting)
    if walked.size > largest:
        return f"larger than {largest >> 20} MiB: data, generated or minified"
    if opened >= MOST_READ or budget < walked.size:
        return "not opened: the limit of files or bytes was reached"
    return ""
