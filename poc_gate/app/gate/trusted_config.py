"""A configuration file found in a repository -> the settings of it that take effect.

Whoever proposes a change may edit the file, so it is a stranger's. It chooses how reports look and adds demands. What
could let more through takes effect only where the version that the change starts from says the same; that version is
the one of `--base-ref`, else the default branch's. Places stay below the file's folder, links resolved. A setting
that nobody has classed counts as one that could let more through.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.gate.config import Config, Setting, read_config
from poc_gate.app.ground.git.ask_git import GitError, Repository, opened, repository_of
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.rule import SEVERITY_RANK, Severity, Stage
from poc_gate.text.existing_path import is_there

FREE: Mapping[str, frozenset[str]] = {
    "assess": frozenset({"machine", "sources", "format", "waivers", "quiet", "color", "effort", "storage"}),
    "report": frozenset({"format", "baseline", "quiet", "color"}),
    "diff": frozenset({"format"}),
}
"""Settings that only lay out a report, or name a file whose contents are judged and shown."""
_BASES = frozenset({"base-ref", "baseline"})
_DEMANDS = frozenset({"ratchet", "fail-on", "stage", "pack"}) | _BASES
"""Settings that make the gate stricter than without them, and could make it less strict than with other values."""
_READ = frozenset({"machine", "sources", "waivers", "baseline"})
_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_STEP = "write it on the command line, or let the branch that changes go into have it first"


class Trusted(Struct, frozen=True):
    """What takes effect of a configuration, and the notes on the rest."""

    config: Config
    notes: tuple[str, ...] = ()


def trusted_config(config: Config, typed: Collection[str]) -> Trusted:
    """Return what takes effect; `typed` holds the words of the command line.

    Raises InvalidInputError for a place outside of the file's folder.
    """
    if config.path is None:
        return Trusted(config)
    _check_places(config)
    held = _held(config.path, typed)
    kept: list[Setting] = []
    notes: list[str] = []
    for one in config.settings:
        if one.command != "assess" or one.key in FREE["assess"]:
            kept.append(one)
        elif one.key in _BASES and one.key not in held and (bases := _BASES & held.keys()):
            other = held[next(iter(bases))]
            notes.append(_note(one, f"{other.key} = {_shown(other.value)} of {other.source} holds"))
        elif one.key in _DEMANDS:
            kept.append(_stricter(one, held.get(one.key)))
            if kept[-1].value != one.value:
                notes.append(_note(one, f"{_shown(kept[-1].value)} of {kept[-1].source} holds"))
        elif one.key in held and held[one.key].value == one.value:
            kept.append(one)
        else:
            notes.append(_note(one, "it could let more through"))
    present = {one.key for one in kept if one.command == "assess"}
    for key in sorted(_DEMANDS & held.keys() - present):
        kept.append(held[key])
        notes.append(
            f"{held[key].source}: {key} = {_shown(held[key].value)} still holds, though the file here lacks it"
        )
    return Trusted(replace(config, settings=tuple(kept)), tuple(notes))


def _stricter(now: Setting, held: Setting | None) -> Setting:
    """Return the setting that asks for more, the earlier one where that cannot be told."""
    if held is None or held.value == now.value:
        return now
    if now.key == "ratchet":
        return now if now.value is True else held
    if now.key == "pack":
        left_away = [pack for pack in _list(held.value) if pack not in _list(now.value)]
        return replace(now, value=[*_list(now.value), *left_away], source=held.source) if left_away else now
    if now.key == "stage":
        stages = list(Stage)
        return now if _rank(stages, now.value) >= _rank(stages, held.value) else held
    if now.key == "fail-on":
        ranks = {str(severity): SEVERITY_RANK[severity] for severity in Severity}
        return now if ranks.get(str(now.value), 9) <= ranks.get(str(held.value), 9) else held
    return held


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _rank(order: list[Stage], value: object) -> int:
    words = [stage.value for stage in order]
    return words.index(str(value)) if value in words else -1


def _note(one: Setting, why: str) -> str:
    return f"{one.source}: {one.key} = {_shown(one.value)} has no effect: {why}\n    -> {_STEP}"


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).lower()


def _held(path: Path, typed: Collection[str]) -> dict[str, Setting]:
    """Return the settings of `assess` in the version of the file that a change starts from; none where there is none."""
    try:
        with opened(path.parent) as repository:
            for ref in _revisions(typed):
                content = _version(repository, ref, path)
                if content is not None:
                    settings = read_config(path, content=content, shown=f"{ref}:{path.name}").settings
                    return {one.key: one for one in settings if one.command == "assess"}
                if _is_there(repository, ref):
                    return {}
    except (GitError, InvalidInputError):
        return {}
    return {}


def _revisions(typed: Collection[str]) -> tuple[str, ...]:
    words = list(typed)
    for index, word in enumerate(words):
        if word.startswith("--base-ref="):
            return (word.partition("=")[2],)
        if word == "--base-ref" and index + 1 < len(words):
            return (words[index + 1],)
    return _DEFAULT_BRANCHES


def _is_there(repository: Repository, ref: str) -> bool:
    try:
        repository.ask("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    except GitError:
        return False
    return True


def _version(repository: Repository, ref: str, path: Path) -> bytes | None:
    try:
        name = path.resolve().relative_to(repository.root).as_posix()
        commit = (
            repository.ask("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
        )
        return repository.ask("cat-file", "blob", f"{commit}:{name}")
    except (GitError, ValueError):
        return None


def _check_places(config: Config) -> None:
    assert config.path is not None
    folder = config.path.parent.resolve()
    root = repository_of(folder) or folder
    faults: list[Fault] = []
    for one in config.settings:
        if one.key == "format":
            texts: Any = one.value if isinstance(one.value, list) else [one.value]
            targets = [text.partition("=")[2].strip() for text in texts if isinstance(text, str)]
            faults += [
                _outside(one, target, "writes to")
                for target in targets
                if target and not _is_inside(target, folder)
            ]
        elif one.key == "storage" and one.value and not _is_inside(str(one.value), folder):
            faults.append(_outside(one, str(one.value), "writes to"))
        elif one.key in _READ and _is_path(str(one.value)) and not _is_inside(str(one.value), root):
            faults.append(_outside(one, str(one.value), "reads"))
        elif one.key == "pack":
            packs: Any = one.value
            named = [str(pack).partition("@sha256:")[0] for pack in packs]
            faults += [
                _outside(one, pack, "reads")
                for pack in named
                if _is_path(pack) and not _is_inside(pack, root)
            ]
    if faults:
        raise InvalidInputError(faults)


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.startswith("~") or is_there(text)


def _is_inside(text: str, folder: Path) -> bool:
    try:
        return Path(text).resolve().is_relative_to(folder)
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name that no file system takes
        return False


def _outside(one: Setting, target: str, does: str) -> Fault:
    file, _, line = one.source.rpartition(":")
    what = f"{one.key} {does} {target}, outside of the configuration's own folder"
    return Fault(file, int(line) if line.isdecimal() else 0, 1, what, "give such a path on the command line")
