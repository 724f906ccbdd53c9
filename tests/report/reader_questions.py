"""What a reader who knows nothing asks of the first screen, and the sentences that answer."""

from __future__ import annotations

import re

from poc_gate.model.verdict import Result, Word
from poc_gate.report.brief.screen import screen_of


def assert_answers(result: Result) -> None:
    """Assert that each question of a reader who knows nothing is answered by a sentence of the first screen."""
    screen = screen_of(result)
    passing = result.verdict.word in (Word.GO, Word.CONDITIONAL)
    assert screen.word == result.verdict.word.value
    # May it go?
    starts = ("Ready",) if passing else ("Not ready", "Whether it is ready", "A first look")
    assert screen.answer.startswith(starts)
    # For whom, how much and until when, or how early?
    if passing:
        told = {reason.topic: reason.text for reason in screen.reasons}
        assert list(told) == ["For whom", "How much", "Until"]
        assert all(told.values())
    elif screen.look is None or not screen.look.without_manifest:
        assert re.search(
            r"Not before|No date can be given|No approval|Approvals and access|planned launch was|No launch date",
            screen.answer,
        )
    # Why not?
    if not passing:
        assert 1 <= len(screen.reasons) <= 3
        assert all(reason.text and reason.topic != "Other" for reason in screen.reasons)
        assert re.search(r"must-have", screen.counts)
    # What does it cost?
    assert screen.money.figures or screen.money.note
    # What happens this week, and who does it?
    if result.verdict.word is not Word.GO:
        assert screen.todos
        assert all(todo.text and todo.who for todo in screen.todos)
    # How sure, and what would change it?
    assert [bar.name for bar in screen.certainty.bars] == ["answered", "proven"]
    assert screen.changes
    for text in (screen.answer, screen.counts, *screen.changes):
        assert text.endswith(".")
        assert len(text.split()) < 60
