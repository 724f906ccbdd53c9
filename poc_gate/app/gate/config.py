"""`poc-gate.toml` or `[tool.poc-gate]` in pyproject.toml -> defaults of the options; flags always win."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.rule import Severity, Stage
from poc_gate.text.documents.toml_places import TomlPlaces, brief
from poc_gate.text.existing_path import is_there
from poc_gate.text.lazy_pattern import lazily

FILE, PYPROJECT, TABLE = "poc-gate.toml", "pyproject.toml", "[tool.poc-gate]"

_TEXT, _TEXTS, _FLAG, _PATH, _PATHS = (
    "a text",
    "a text or a list of texts",
    "true or false",
    "a path",
    "a path or a list of paths",
)
_ASSESS = {
    "machine": _PATH,
    "sources": _PATH,
    "format": _TEXTS,
    "stage": _TEXT,
    "pack": _PATHS,
    "only": _TEXTS,
    "waivers": _PATH,
    "accept": _TEXT,
    "fail-on": _TEXT,
    "ratchet": _FLAG,
    "baseline": _PATH,
    "base-ref": _TEXT,
    "advisory-until": _TEXT,
    "effort": _TEXT,
    "storage": _PATH,
    "repository": _PATH,
    "rule-pages": _TEXT,
    "quiet": _FLAG,
    "color": _TEXT,
}
CONFIG_KEYS: Mapping[str, Mapping[str, str]] = {
    "assess": _ASSESS,
    "report": {"format": _TEXTS, "baseline": _PATH, "quiet": _FLAG, "color": _TEXT},
    "diff": {"format": _TEXTS},
}
"""Command -> option -> what it takes; a test holds this table equal to the commands' own options."""

_WORDS: Mapping[str, tuple[str, ...]] = {
    "accept": ("go", "conditional"),
    "fail-on": tuple(Severity),
    "stage": tuple(Stage),
    "effort": ("quick", "default", "thorough"),
    "color": ("auto", "always", "never"),
}
"""Options that take one of a few words: a wrong one is told with its line, not later as if it had been typed."""

_LARGEST = 1 << 20
"""Bytes."""
_LONGEST_NAME = 255
"""Bytes of a file's name, the most that file systems take."""
_LONGEST_WORD = 60
"""Characters of a mistyped word that is compared with the known ones."""
_PARAMETERS = {"format": "format_"}
"""Options whose parameter is spelt otherwise, since the plain word is Python's."""


_OF_MANY = ("pack", "machine")
"""Settings of `assess` that a portfolio is judged with too: the same pilot gets the same answer in both."""


class Setting(Struct, frozen=True):
    """One option's value and where it comes from."""

    command: str
    key: str
    value: object
    source: str
    """`file:line`, or `default`."""


class Config(Struct, frozen=True):
    """The settings of one configuration file, or none."""

    path: Path | None
    settings: tuple[Setting, ...]


def find_config(start: Path) -> Path | None:
    """Return the nearest configuration file from `start` upwards, not above a repository's root.

    `poc-gate.toml` wins over `pyproject.toml` in the same folder; a pyproject without the table is passed by.
    """
    return next(filter(is_config, config_candidates(start)), None)


def config_candidates(start: Path) -> list[Path]:
    """Return where a configuration file may lie, the nearest first."""
    return [folder / name for folder in _upwards(start) for name in (FILE, PYPROJECT)]


def is_config(path: Path) -> bool:
    """Whether a candidate is there and is meant for poc-gate."""
    if not path.is_file() or path.name == FILE:
        return path.is_file()
    content = read_file(path)
    try:
        return b"[tool.poc-gate" in content or bool(_table(content, path, path.name))
    except InvalidInputError:
        return False


def _upwards(start: Path) -> Iterator[Path]:
    folder = start.resolve()
    while True:
        yield folder
        if (folder / ".git").exists() or folder.parent == folder:
            return
        folder = folder.parent


def read_config(path: Path | None, *, content: bytes | None = None, shown: str = "") -> Config:
    """Return the settings of a file; raises InvalidInputError with every fault and its line.

    `content` is another version of the same file, and `shown` what that version is called.
    """
    if path is None:
        return Config(None, ())
    shown = shown or _shown(path)
    content = read_file(path) if content is None else content
    table = _table(content, path, shown)
    settings: list[Setting] = []
    faults: list[Fault] = []
    places = _Places(content, path, shown)
    for command, options in table.items():
        if command not in CONFIG_KEYS or not isinstance(options, dict):
            what = f"unknown section {brief(repr(command))}"
            faults.append(places.fault((command,), what, command, tuple(CONFIG_KEYS)))
            continue
        for key, value in options.items():
            known, at = CONFIG_KEYS[command], (command, key)
            if key not in known:
                what = f"unknown key {brief(repr(key))} in {command}"
                faults.append(places.fault(at, what, key, tuple(known)))
            elif not _fits(value, known[key]):
                faults.append(places.fault(at, f"{key} must be {known[key]}, not {brief(repr(value))}"))
            elif (long := _too_long(value, known[key])) is not None:
                what = f"{key} names a file of {len(long):,} letters: {brief(repr(long))}"
                faults.append(places.fault(at, what))
            elif str(value).lower() not in ("", *_WORDS.get(key, (str(value).lower(),))):
                what = f"{key} cannot be {brief(repr(value))}"
                faults.append(places.fault(at, what, str(value), _WORDS[key]))
            else:
                settled = _settle(value, known[key], path.parent)
                settings.append(Setting(command, key, settled, f"{shown}:{places.of(*at)[0]}"))
    if faults:
        raise InvalidInputError(faults)
    return Config(path, tuple(settings))


class _Places:
    """Where the sections and keys of a configuration file are."""

    def __init__(self, content: bytes, path: Path, shown: str) -> None:
        self._text = content.decode("utf-8-sig", errors="replace")
        self._above = () if path.name == FILE else ("tool", "poc-gate")
        self._shown = shown
        self._places: TomlPlaces | None = None

    def of(self, *path: str) -> tuple[int, int]:
        """Return line and column of a section or key."""
        self._places = self._places or TomlPlaces(self._text)
        return self._places.of(*self._above, *path)

    def fault(self, path: tuple[str, ...], what: str, word: str = "", known: tuple[str, ...] = ()) -> Fault:
        near = difflib.get_close_matches(word[:_LONGEST_WORD], known, n=1)
        step = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}" if known else ""
        return Fault(self._shown, *self.of(*path), what, step)


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


_MAY_NAME_US = lazily(
    rb"""tool\s*\.\s*["']?poc-gate|\[\s*["']?tool["']?\s*\]|^[ \t]*["']?tool["']?\s*=""", re.MULTILINE
)
"""Every way in which TOML can open the table; a pyproject without any is not parsed, which costs milliseconds."""


def _table(content: bytes, path: Path, shown: str) -> dict[str, Any]:
    if path.name != FILE and not _MAY_NAME_US.search(content):
        return {}
    from poc_gate.text.decode import decode_text
    from poc_gate.text.documents.bounded_toml import read_toml

    data = read_toml(decode_text(content, shown, _LARGEST), shown, "see docs/ci.md for its sections and keys")
    if path.name == FILE:
        return data
    tool = data.get("tool")
    table = tool.get("poc-gate") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else {}


def _fits(value: object, kind: str) -> bool:
    if kind == _FLAG:
        return isinstance(value, bool)
    if kind in (_TEXTS, _PATHS):
        return all(isinstance(item, str) for item in _listed(value))
    return isinstance(value, str)


def _listed(value: object) -> list[object]:
    """Return the items of a list; a single text is a list of one, as an option that was given once."""
    return value if isinstance(value, list) else [value]


def _too_long(value: object, kind: str) -> str | None:
    """Return a path that no file system takes, so that it is named with its line."""
    paths = [text for text in _listed(value) if isinstance(text, str)] if kind in (_PATH, _PATHS) else []
    parts = ((text, part) for text in paths for part in text.partition("@sha256:")[0].split("/"))
    return next((text for text, part in parts if len(part.encode(errors="replace")) > _LONGEST_NAME), None)


def _settle(value: object, kind: str, folder: Path) -> object:
    """Return paths as seen from here: they are written relative to the configuration file."""
    if kind in (_TEXTS, _PATHS):
        texts = [str(item) for item in _listed(value)]
        return [_path(text, folder) for text in texts] if kind == _PATHS else texts
    return _path(value, folder) if kind == _PATH and isinstance(value, str) else value


def _path(text: str, folder: Path) -> str:
    """Return the path if there is such a file; other words, such as a datasheet's name, stay as they are."""
    if not text or not is_there(folder / text):
        return text
    return _shown(folder / text)


def option_defaults(config: Config, typed: Collection[str] = ()) -> dict[str, dict[str, object]]:
    """Return the settings as defaults of the commands' parameters; an option on the command line wins.

    What pilots are judged with holds for `portfolio run` as well. `typed` holds the words of that line: a base that is named there wins over the other kind of base.
    """
    options = {word.partition("=")[0] for word in typed}
    rivals = {"base-ref": "--baseline", "baseline": "--base-ref"}
    defaults: dict[str, dict[str, object]] = {}
    for setting in config.settings:
        if rivals.get(setting.key) in options:
            continue
        parameter = _PARAMETERS.get(setting.key, setting.key.replace("-", "_"))
        defaults.setdefault(setting.command, {})[parameter] = setting.value
        if setting.command == "assess" and setting.key in _OF_MANY:
            of_many = defaults.setdefault("portfolio", {}).setdefault("run", {})
            assert isinstance(of_many, dict)
            of_many[parameter] = setting.value
    return defaults


def all_settings(config: Config) -> tuple[Setting, ...]:
    """Return every option that can be configured, with its value or the word that it is the default."""
    held = {(setting.command, setting.key): setting for setting in config.settings}
    return tuple(
        held.get((command, key), Setting(command, key, None, "default"))
        for command, keys in CONFIG_KEYS.items()
        for key in keys
    )
