"""Settings that choose nobody, such as `EMBEDDING_PROVIDER=none` -> what another choice would bring in is asked, not stated."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.noting.signals import Signals, SystemSeen
from poc_gate.inputs.repository.tables.systems import family_of, system_named
from poc_gate.model.claim import Notice, Place

_EMBEDS = re.compile(r"(?i)(?:^|_)embed(?:ding|der)?s?_(?:provider|backend)$")
_KEEPS_VECTORS = re.compile(r"(?i)(?:^|_)vector_?(?:store|db|database)_(?:backend|provider|type|kind)$")
_NOBODY = frozenset({"none", "off", "disabled"})
_HERE = _NOBODY | {"memory", "in_memory", "in-memory", "inmemory"}
"""Values of a setting that chooses no store: vectors stay in the memory of the program."""
_CODE = frozenset({"python", "tree", "settings", "env-file"})
_USED = frozenset({"used", "named", "offered"})


def leave_what_is_not_chosen(signals: Signals) -> None:
    """Take back models that embed, and stores of vectors, where every setting that chooses them says none."""
    if chosen := _chosen(signals, _EMBEDS, _NOBODY):
        models = [one for one in signals.models if one.role == "embedding" and one.reader in _CODE]
        if models and all(one.role != "embedding" or one.reader in _CODE for one in signals.models):
            gone = {id(one) for one in models}
            files = {one.place.file for one in models}
            signals.models[:] = [one for one in signals.models if id(one) not in gone]
            signals.facts[:] = [one for one in signals.facts if one.fact != "retrieval.dims" or one.place.file not in files]  # fmt: skip
            _ask(signals, f"{models[0].name if isinstance(models[0].name, str) else 'a model'} embeds", models[0].place, chosen)  # fmt: skip
    if chosen := _chosen(signals, _KEEPS_VECTORS, _HERE):
        for system in sorted({one.system for one in signals.systems if family_of(one.system) == "vector"}):
            _leave_store(signals, system, chosen)


def _leave_store(signals: Signals, system: str, chosen: tuple[str, str]) -> None:
    """Take back a store that only files called after it reach, with the models that they name; ask about it."""
    found = [one for one in signals.systems if one.system == system]
    reached = [one for one in found if one.how == "used"]
    if not reached or not all(one.how in _USED and (one.how != "used" or _is_its_own(one)) for one in found):
        return
    files = {one.place.file for one in reached}
    signals.systems[:] = [one for one in signals.systems if one.system != system]
    signals.models[:] = [one for one in signals.models if one.place.file not in files]
    signals.facts[:] = [one for one in signals.facts if one.place.file not in files]
    _ask(signals, f"{system} is reached", reached[0].place, chosen)


def _is_its_own(one: SystemSeen) -> bool:
    """Say whether the file that reaches a store is called after it: `stores/chroma.py`."""
    name = one.place.file.rpartition("/")[2].partition(".")[0].lower()
    return any(system_named(word) == one.system for word in name.split("_"))


def _chosen(signals: Signals, named: re.Pattern[str], none: frozenset[str]) -> tuple[str, str] | None:
    """Return a setting that chooses and its value, where all that choose say none."""
    found = [one for one in signals.settings if named.search(one.name)]
    if not found or any(str(one.value).lower() not in none for one in found):
        return None
    return found[0].name, str(found[0].value)


def _ask(signals: Signals, what: str, place: Place, chosen: tuple[str, str]) -> None:
    name, value = chosen
    said = f"{what} only where {name} says so, and it is {value} ({place})"
    signals.questions.append(Notice("question", said, place, f"say what {name} is in production"))
