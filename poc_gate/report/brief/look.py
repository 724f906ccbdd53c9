"""The first look -> what the first screen says of it: no key of the manifest, only words."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.verdict import Result
from poc_gate.words.first_look import questions_heading, seen_label, seen_value, telling

_MOST_SEEN = 10


class Look(Struct, frozen=True):
    """What can be said before anybody has answered."""

    without_manifest: bool
    seen: list[tuple[str, str, str]]
    """What, its value, and the place that shows it."""
    answers: list[str]
    is_assumed: bool
    heading: str
    questions: list[tuple[str, str, str]]
    """The question, why it matters, and the choices."""
    folder: str


def look_of(result: Result) -> Look | None:
    """Return the first look in words; None where there is nothing of it to say."""
    look = result.first_look
    if look is None or not (look.answers or look.questions):
        return None
    seen = [
        (seen_label(one.fact), f"{seen_value(one)}{'' if one.certain else ' (to confirm)'}", one.place)
        for one in telling(look.seen, hosts=False)[:_MOST_SEEN]
    ]
    return Look(
        without_manifest=look.without_manifest,
        seen=seen,
        answers=[answer.sentence for answer in look.answers],
        is_assumed=any(answer.rests_on for answer in look.answers),
        heading=questions_heading(look),
        questions=[(one.text, one.why, " | ".join(one.choices)) for one in look.questions],
        folder=result.manifest.removesuffix("pilot.yaml").rstrip("/") or ".",
    )
