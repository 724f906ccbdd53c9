"""Keys that a class of settings takes and no code reads -> they show nobody that is asked."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.tables.marks.key_marks import provider_of_key


def keys_to_look_for(signals: Signals) -> dict[str, str]:
    """Return the fields of settings that take the key of a provider, with the variable of each."""
    needed = {one.name for one in signals.needs}
    return {field: name for field, name in signals.aliases.items() if name in needed and provider_of_key(name)}  # fmt: skip


def leave_unread_keys(signals: Signals, read: Collection[str]) -> None:
    """Take back the need of keys whose fields are not among those that code reads."""
    unread = {name for field, name in keys_to_look_for(signals).items() if field not in read}
    signals.needs[:] = [one for one in signals.needs if one.name not in unread]
