"""Programs that nothing starts, and whose provider no dependency file lists -> what they say is asked, not stated."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.repository.conclude.aside.unused.unused_code import leave_unreached_modules
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice


def packages_listed(signals: Signals) -> frozenset[str]:
    """Return the packages of Python that dependency files list, whatever they are for."""
    return frozenset(one.name for one in signals.packages if one.ecosystem == "python")


def leave_unstarted(signals: Signals, programs: Mapping[str, str]) -> None:
    """Take back what such programs say, where other files show what the pilot is; ask once about each."""
    models = [one for one in signals.models if one.place.file in programs]
    leave_unreached_modules(signals, programs)
    if not programs or any(one.place.file in programs for one in signals.models):
        return
    signals.needs[:] = [one for one in signals.needs if one.place.file not in programs]
    for path, package in programs.items():
        asked = [one for one in models if one.place.file == path]
        names = list(dict.fromkeys(one.name for one in asked if isinstance(one.name, str)))
        if names:
            what = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} asked by {path} alone, which nothing starts, and no dependency file lists {package}"
            signals.questions.append(
                Notice("question", what, asked[0].place, "say whether production runs it")
            )
