"""Two versions of the configuration file -> where the newer one asks less of the gate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.app.gate.config import CONFIG_KEYS, Config, Setting, read_config
from poc_gate.model.claim import Place
from poc_gate.model.rule import SEVERITY_RANK, Severity, Stage
from poc_gate.text.existing_path import is_there

if TYPE_CHECKING:
    from poc_gate.model.finding import Finding

_LAYOUT = frozenset({"format", "quiet", "color", "effort", "storage"})
_SEVERITIES: tuple[Severity, ...] = tuple(sorted(Severity, key=SEVERITY_RANK.__getitem__, reverse=True))
_STRICTER: Mapping[str, tuple[object, ...]] = {
    "accept": ("conditional", "go"),
    "stage": tuple(Stage),
    "ratchet": (False, True),
    "fail-on": _SEVERITIES,
}
"""Values from the laxest on; a step to the right asks for more."""
_DECIDING = tuple(key for key in CONFIG_KEYS["assess"] if key not in _LAYOUT)
"""Settings of `assess` on which verdict and exit code rest: every one that is not known to be of the layout."""


def config_weakenings(before: Path | None, now: Path | None) -> tuple[Finding, ...]:
    """Return one finding for every deciding setting that changed, unless the new value asks for more.

    None stands for a version without such a file: all its settings are the defaults.

    Raises InvalidInputError when one of the files is broken.
    """
    from poc_gate.judge.verdict.compare_results import weakening

    held, new = _settings(read_config(before), before), _settings(read_config(now), now)
    found: list[Finding] = []
    for key in _DECIDING:
        old, changed = held.get(key), new.get(key)
        if not _asks_less(key, old and old.value, changed and changed.value):
            continue
        file, _, line = (
            changed.source.rpartition(":") if changed else ((now or before or Path()).name, "", "1")
        )
        sentence = f"The configuration changed {key} from {_shown(old)} to {_shown(changed)}."
        found.append(weakening(f"config {key}", sentence, Place(file, int(line), 1)))
    return tuple(found)


def _settings(config: Config, file: Path | None) -> dict[str, Setting]:
    """Return the settings of `assess`, paths as seen from the file, so that two versions compare."""
    if file is None:
        return {}
    return {
        setting.key: Setting(setting.command, setting.key, _relative(setting.value, file), setting.source)
        for setting in config.settings
        if setting.command == "assess"
    }


def _relative(value: object, file: Path) -> object:
    if isinstance(value, list):
        return [_relative(item, file) for item in value]
    folder = file.resolve().parent
    if isinstance(value, str) and is_there(value) and Path(value).resolve().is_relative_to(folder):
        return Path(value).resolve().relative_to(folder).as_posix()
    return value


def _asks_less(key: str, old: object, new: object) -> bool:
    """Whether the change may let more through; what cannot be ordered counts."""
    if old == new:
        return False
    if key == "pack":
        return not set(old if isinstance(old, list) else ()) <= set(new if isinstance(new, list) else ())
    order = _STRICTER.get(key, ())
    start: object = {"accept": "go", "ratchet": False}.get(key)  # the defaults
    old, new = start if old is None else old, start if new is None else new
    if old is None and key in {"fail-on", "base-ref", "baseline", "repository"}:
        return False
    return old not in order or new not in order or order.index(new) < order.index(old)


def _shown(setting: Setting | None) -> str:
    value = setting.value if setting else None
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "its default")
