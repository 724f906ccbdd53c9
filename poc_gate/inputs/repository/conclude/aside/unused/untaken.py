"""Settings that no image takes along and manifests that nothing applies -> what they say of models and limits is taken back."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice
from poc_gate.model.quantity import Quantity


def settings_with_models(signals: Signals) -> frozenset[str]:
    """Return the files of settings that name models or say limits of them."""
    return frozenset(one.place.file for kind in (signals.models, signals.facts) for one in kind if one.reader == "settings")  # fmt: skip


def leave_uncopied(signals: Signals, files: Collection[str]) -> list[Notice]:
    """Take back the models and limits of settings that no image takes along; return a question on the models."""
    gone = [one for one in signals.models if one.reader == "settings" and one.place.file in files]
    signals.models[:] = [one for one in signals.models if one not in gone]
    signals.facts[:] = [one for one in signals.facts if one.reader != "settings" or one.place.file not in files]  # fmt: skip
    if not gone:
        return []
    names = ", ".join(dict.fromkeys(str(one.name) for one in gone[:6]))
    what = f"no image takes along the settings that name {names} ({gone[0].place}): which model does production ask?"
    return [Notice("question", what, gone[0].place, "write the one that production asks: `model.name`")]


def manifests_with_limits(signals: Signals) -> frozenset[str]:
    """Return the manifests of workloads that say limits."""
    return frozenset(one.place.file for one in signals.facts if one.reader == "workload" and isinstance(one.value, Quantity))  # fmt: skip


def leave_unapplied(signals: Signals, files: Collection[str]) -> list[Notice]:
    """Take back the limits of manifests that nothing applies; return a question on each that nothing else says."""
    gone = [one for one in signals.facts if one.reader == "workload" and one.place.file in files and isinstance(one.value, Quantity)]  # fmt: skip
    signals.facts[:] = [one for one in signals.facts if one not in gone]
    kept = {one.fact for one in signals.facts}
    asked: dict[str, Notice] = {}
    for one in gone:
        if one.fact not in kept:
            what = f"{one.fact} is {one.value} in {one.place.file} ({one.place}), which nothing applies, while other manifests are applied"
            asked.setdefault(one.fact, Notice("question", what, one.place, f"write the one that production uses: `{one.fact}`"))  # fmt: skip
    return list(asked.values())
