"""The waiver ledger beside a manifest -> waivers, none of which may run longer than the rules allow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.judge.packs import read_waivers as ledger
from poc_gate.judge.verdict.apply_waivers import LONGEST

if TYPE_CHECKING:
    from poc_gate.model.finding import Waiver


def read_waivers(content: bytes, file: str, *, today: str) -> tuple[Waiver, ...]:
    """Return the waivers of a ledger; a broken one is never ignored, since people rely on it.

    Raises InvalidInputError with every fault and its place, waivers that run for more than 180 days
    from `today` included.
    """
    waivers = ledger.read_waivers(content, file)
    faults = [
        Fault(
            file,
            waiver.place.line,
            waiver.place.column,
            f"the waiver {waiver.id} runs until {waiver.expires}, more than {LONGEST} days from {today}",
            "shorten it, and renew it when it ends; what is meant to last belongs in the rule",
        )
        for waiver in waivers
        if (date.fromisoformat(waiver.expires) - date.fromisoformat(today)).days > LONGEST
    ]
    if faults:
        raise InvalidInputError(faults)
    return waivers
