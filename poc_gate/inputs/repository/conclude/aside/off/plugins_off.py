"""Plugins that a setting names, where no file names any -> what they would reach is asked, not stated."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice

_NAMES = re.compile(r"(?i)(?:\w+_)?(?:(?:enabled?|active|loaded)_)?plugins(?:_(?:enabled|active|list))?")
"""Variables that say which plugins are loaded, where they are looked up without a default."""
_PLUGINS = re.compile(r"(?i)(?:^|/)plugins/[^/]+\.(?:py|[cm]?[jt]s|go)$")
_FEWEST = 3
"""Plugins side by side: fewer are parts of the program that are only called so."""
_PLACED = ("hosts", "tools", "systems", "models")


def leave_plugins_that_nothing_names(signals: Signals, paths: list[str]) -> None:
    """Take back what plugins say that are loaded only by name, where no file gives a name; ask about them."""
    wanted = [one for one in signals.needs if _NAMES.fullmatch(one.name) and one.standing is Standing.SERVICE]
    plugins = {path for path in paths if _PLUGINS.search(path)}
    if not wanted or len(plugins) < _FEWEST:
        return
    variable = wanted[0].name
    if any(one.name == variable and str(one.value).strip(" -\"'") for one in signals.settings):
        return
    gone = False
    for kind in _PLACED:
        found = getattr(signals, kind)
        kept = [one for one in found if one.place.file not in plugins]
        gone |= len(kept) < len(found)
        found[:] = kept
    if gone:
        what = f"{len(plugins)} plugins are loaded only where {variable} names them, and no file of the repository does"
        signals.questions.append(Notice("question", what, wanted[0].place, f"say which of them {variable} names in production"))  # fmt: skip
