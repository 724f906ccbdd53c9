"""The waiver ledger, `poc-gate.waivers.yaml` -> waivers, each with its place; all faults at once."""

from __future__ import annotations

import msgspec

from poc_gate.base.days import exact_day
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.judge.packs.rule_faults import shape_faults
from poc_gate.judge.packs.rule_schema import Day, RuleBlock, Said
from poc_gate.model.finding import Waiver
from poc_gate.text.documents.positioned_yaml import read_yaml


class WaiverPart(RuleBlock):
    """One line of the ledger; a plan is needed for rules of high severity."""

    rule: Said
    reason: Said
    owner: Said
    approver: Said
    expires: Day
    subject: str = ""
    plan: str = ""
    id: str = ""


class LedgerPart(RuleBlock):
    """The ledger as a whole."""

    waivers: list[WaiverPart] = msgspec.field(default_factory=list)


def read_waivers(content: bytes, file: str) -> tuple[Waiver, ...]:
    """Return the waivers of a ledger in file order; an empty file holds none.

    Raises InvalidInputError for unknown keys, missing owners, reasons or dates, and ids given twice.
    """
    document = read_yaml(content, file)
    if document.data is None:
        return ()
    try:
        ledger = msgspec.convert(document.data, LedgerPart)
    except msgspec.ValidationError as error:
        found = shape_faults(document, LedgerPart)
        raise InvalidInputError(found or [Fault(file, 1, 1, str(error), "see docs/waivers.md")]) from None
    faults: list[Fault] = []
    waivers: list[Waiver] = []
    for index, part in enumerate(ledger.waivers):
        place = document.place(("waivers", index))
        name = part.id or f"{part.rule}/{part.subject}" if part.subject else part.id or part.rule
        if name in {waiver.id for waiver in waivers}:
            faults.append(
                Fault(file, place.line, place.column, f"waiver {name} appears twice", "remove one of the two")
            )
        if exact_day(part.expires) is None:
            spot = document.place(("waivers", index, "expires"))
            what = f"{part.expires!r} is not a calendar date"
            faults.append(Fault(file, spot.line, spot.column, what, "write it as 2026-12-01"))
        waivers.append(
            Waiver(
                name, part.rule, part.subject, part.reason, part.owner, part.approver, part.expires, place,
                plan=part.plan,
            )
        )  # fmt: skip
    if faults:
        raise InvalidInputError(faults)
    return tuple(waivers)
