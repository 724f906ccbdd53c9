"""What runs in several parts of a repository -> sizes and services of the parts that ask no model are left, where others do."""

from __future__ import annotations

from collections import Counter

from poc_gate.inputs.repository.conclude.ground import OF_RUNS
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import FactSeen, Signals

_CODE = frozenset({"python", "tree", "model-mark"})


def leave_parts_without_models(signals: Signals) -> None:
    """Take back what is said of parts that ask no model, and take in what waits for its part to be known as the one that does."""
    asking = {folder for folder, _ in signals.of_parts if _asks(signals, folder)}
    if not asking:
        return
    apart = {_key(one) for folder, one in signals.of_parts if folder not in asking}
    signals.facts[:] = [one for one in signals.facts if _key(one) not in apart]
    if len(asking) > 1:
        return  # which of them is meant is asked elsewhere
    noted = {_key(one) for one in signals.facts}
    waiting = [one for folder, one in signals.of_parts if folder in asking and _key(one) not in noted]
    said = Counter([*(one.fact for one in waiting), *(one.fact for one in signals.facts)])
    signals.facts += [
        one for one in waiting if said[one.fact] == 1
    ]  # several functions of one folder do not say which answers


def _asks(signals: Signals, folder: str) -> bool:
    """Say whether code of the service in a folder asks a model, or is an agent."""
    models = (
        one.place.file for one in signals.models if one.reader in _CODE and one.standing is Standing.SERVICE
    )
    hints = (one.place.file for one in signals.techniques if one.weight >= 3 and one.name not in OF_RUNS and one.standing is Standing.SERVICE)  # fmt: skip
    return any(file.lower().startswith(f"{folder}/") for file in (*models, *hints))


def _key(one: FactSeen) -> tuple[str, str, int, int]:
    return one.fact, one.place.file, one.place.line, one.place.column
