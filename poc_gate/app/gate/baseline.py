"""A stored result, or a git revision -> the base that a result is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.assess.reading.case import Case, CaseRequest
from poc_gate.app.gate.base_files import BaseFiles, base_files
from poc_gate.app.gate.config_change import config_weakenings
from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.errors import InvalidInputError
from poc_gate.text.existing_path import is_there

if TYPE_CHECKING:
    from poc_gate.model.finding import Finding
    from poc_gate.model.verdict import Result


class Base(Struct, frozen=True):
    """What a result is compared with."""

    result: Result
    is_new: bool = False
    """The revision has no such pilot: `result` is today's pilot under the rules of then."""
    weaker: tuple[Finding, ...] = ()
    """Where the configuration asks for less than it did."""


def read_baseline(path: Path) -> Base:
    """Return the result that an earlier run wrote with `--format json=...`."""
    from poc_gate.report.result.result_file import read_result

    return Base(read_result(read_file(path), path.as_posix()))


def judge_base(ref: str, case: Case, request: CaseRequest, judge: Callable[[CaseRequest], Result]) -> Base:
    """Return the result of the pilot as it stood at a git revision, and what the configuration weakens.

    The base is judged with the machine profile and the day of the run it is compared with, and with its
    own manifest, files, packs and waivers, so that only what the repository changed differs. A pilot that
    is new since then is judged by the rules of then, which still tells a change that loosens them.
    Raises UsageError when git or the revision is not there, and InvalidInputError when the pilot could
    not be judged then.
    """
    from poc_gate.app.gate.config import config_candidates, find_config, is_config

    folders = [*map(_folder, request.packs), request.waivers]
    named = [Path(name) for name in folders if name and is_there(name)]
    manifest = Path(case.manifest)
    with base_files(ref, manifest, [*named, *config_candidates(Path.cwd())]) as base:
        is_new = base.was is None
        asked = replace(
            request,
            path=manifest if is_new else base.there(manifest) or request.path,
            profile=case.machine,
            machine=case.machine_source,
            packs=tuple(pack for pack in (_pack(name, base) for name in request.packs) if pack),
            waivers=_ledger(request.waivers, base),
        )
        try:
            result = replace(judge(asked), commit=base.commit)
            config = next(filter(is_config, _at_base(config_candidates(Path.cwd()), base)), None)
            # A repository that begins to use the gate has no configuration to weaken.
            begins = is_new and config is None
            weaker = () if begins else config_weakenings(config, find_config(Path.cwd()))
            return Base(result, is_new, weaker)
        except InvalidInputError as error:
            raise _of_base(error, ref, base) from None


def _at_base(paths: Sequence[Path], base: BaseFiles) -> list[Path]:
    return [there for there in map(base.there, paths) if there is not None]


def compare_with_base(base: Base, now: Result) -> tuple[Finding, ...]:
    """Return the regressions and weakenings of `now` against `base`; a new pilot cannot be worse than before."""
    from poc_gate.judge.verdict.compare_results import find_regressions, find_weakenings

    compare = find_weakenings if base.is_new else find_regressions
    return (*compare(base.result, now), *base.weaker)


def hold_scope(base: Base, now: Result) -> Result:
    """Return a result in which what left the scope since the base counts as it stood there."""
    from poc_gate.judge.verdict.scope_changes import with_left_scope
    from poc_gate.words.judged.headline import headline

    held = with_left_scope(base.result, now)
    if held is now:
        return now
    return replace(held, sentence=headline(held.pilot, held.verdict, held.findings))


def _folder(pack: str) -> str:
    """Return a pack's folder without its pinned digest, which the base's version has no part in."""
    return pack.partition("@sha256:")[0]


def _pack(name: str, base: BaseFiles) -> str:
    """Return the base's version of a pack; empty for a pack that the change adds."""
    return _version(name, Path(_folder(name)), base)


def _ledger(name: str, base: BaseFiles) -> str:
    """Return the base's version of a ledger; empty, hence the one beside the manifest, when it is new."""
    return _version(name, Path(name), base) if name else name


def _version(name: str, path: Path, base: BaseFiles) -> str:
    there = base.there(path) if path.exists() else None
    if there is not None and there.exists():
        return str(there)
    return "" if there is not None and base.is_tracked(path) else name


def _of_base(error: InvalidInputError, ref: str, base: BaseFiles) -> InvalidInputError:
    """Return the same faults at the paths that git knows them by, instead of a folder that is gone."""
    scratch = f"{base.scratch}/"
    faults = [
        fault._replace(
            file=fault.file.replace(scratch, f"{ref}:"),
            next_step=f"the base cannot be judged: compare with another revision ({fault.next_step})",
        )
        for fault in error.faults
    ]
    return InvalidInputError(faults)
