"""What an assessment tells beside its findings: statements that do not count, a stage that nobody stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from poc_gate.model.claim import Claim, Notice
from poc_gate.model.rule import Stage

if TYPE_CHECKING:
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading


def without_secrets(*notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return notices without those on secrets, which findings name by place."""
    return tuple(notice for several in notices for notice in several if notice.kind != "secret")


def unanswered(claims: tuple[Claim, ...], today: str) -> Iterator[Notice]:
    """Yield a notice for each statement that does not count: a placeholder, or one that is still to come."""
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.facts.answers import split_answers

    for claim in split_answers(claims, full_catalogue(), today)[1]:
        if claim.dated[:10] > today:
            yield Notice(
                "warning", f"{claim.fact} is of {claim.dated[:10]}, which is in the future", claim.place
            )
        else:
            shown = ", ".join(claim.value) if isinstance(claim.value, tuple) else str(claim.value)
            text = f"{claim.fact} is {shown[:60]!r}, which is not an answer; it counts as not stated"
            yield Notice(
                "warning", text, claim.place, "write the answer, or leave the line out until it is known"
            )


def stage_notice(reading: ManifestReading, stage: Stage | None) -> tuple[Notice, ...]:
    """Return the notice that nobody stated a stage; empty where somebody did."""
    if stage is not None:
        return ()
    place = reading.section_places.get("pilot") or reading.section_places[""]
    text = "the manifest states no stage; it is judged for production, the strictest, and NO-GO needs what stops a pilot, too"
    return (Notice("warning", text, place, "add `stage: pilot`, `limited` or `production` under pilot"),)
