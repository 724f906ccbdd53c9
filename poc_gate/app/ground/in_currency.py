"""Texts that name amounts of money -> the same texts in the pilot's own currency."""

from __future__ import annotations

import re

from msgspec import structs

from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding
from poc_gate.model.verdict import Step, WallPicture

_AMOUNT = re.compile(r"(?<=[\d)]) money(?=$|[^A-Za-z])")


def in_currency(text: str, currency: str) -> str:
    """Return a text with `money` after a number replaced by the currency; unchanged where none is known."""
    return _AMOUNT.sub(f" {currency}", text) if currency else text


def walls_in_currency(pictures: tuple[WallPicture, ...], currency: str) -> tuple[WallPicture, ...]:
    """Return the pictures with their sentences in the currency."""
    return tuple(
        structs.replace(
            picture,
            sentence=in_currency(picture.sentence, currency),
            walls=tuple(
                structs.replace(wall, cause=in_currency(wall.cause, currency)) for wall in picture.walls
            ),
        )
        for picture in pictures
    )


def steps_in_currency(steps: tuple[Step, ...], currency: str) -> tuple[Step, ...]:
    """Return the steps with their actions and values in the currency."""
    return tuple(
        structs.replace(
            step, action=in_currency(step.action, currency), reach=in_currency(step.reach, currency)
        )
        for step in steps
    )


def facts_in_currency(facts: tuple[Fact, ...], currency: str) -> tuple[Fact, ...]:
    """Return the facts with their formulas in the currency."""
    return tuple(
        structs.replace(fact, formula=in_currency(fact.formula, currency))
        if "money" in fact.formula
        else fact
        for fact in facts
    )


def findings_in_currency(findings: tuple[Finding, ...], currency: str) -> tuple[Finding, ...]:
    """Return the findings with their messages and formulas in the currency."""
    return tuple(
        structs.replace(
            finding,
            message=in_currency(finding.message, currency),
            formula=in_currency(finding.formula, currency),
        )
        if "money" in finding.message or "money" in finding.formula
        else finding
        for finding in findings
    )
