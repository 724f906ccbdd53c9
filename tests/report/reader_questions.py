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
        assert "No date can be given" not in screen.launch.sentence
        if result.verdict.word is Word.GO:  # one load, by one number
            assert len(set(re.findall(r"([\d,.]+(?: million)?) requests a day", told["How much"]))) <= 1
        end = result.verdict.holds_until
        planned = screen.launch.planned
        if end and planned is not None and end < planned.isoformat():
            assert "before the launch planned for" in told["Until"]
    elif screen.look is None or not screen.look.without_manifest:
        assert re.search(
            r"Not before|No date can be given|but the open must-haves do|Approvals and access|planned launch was"
            r"|No launch date",
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
    assert screen.todos or result.verdict.word is Word.GO
    assert all(todo.text and todo.who for todo in screen.todos)
    owners = {finding.rule: finding.owner for finding in result.findings}
    assert all(todo.who == owners[todo.rule] for todo in screen.todos if todo.kind == "start" and todo.rule)
    # How sure, and what would change it?
    assert [bar.name for bar in screen.certainty.bars] == ["answered", "proven"]
    assert screen.changes
    for text in (screen.answer, screen.counts, *screen.changes):
        assert text.endswith(".")
        assert len(text.split()) < 60
    # In words alone, which agree?
    told_all = [screen.answer, screen.counts, screen.roles, screen.launch.note, screen.boxes.sentence]
    told_all += [reason.text for reason in screen.reasons] + [todo.text for todo in screen.todos]
    for text in (*told_all, *screen.changes):
        assert not re.search(
            r"\b[A-K]\d\d-|unbounded|\binf\b|\bnan\b|\bAny of 1 |\b1 must-haves|\bNone\b", text
        ), text
    parts = [int(number) for number in re.findall(r" (\d+)[,.]", screen.roles)]
    assert sum(parts) == int(screen.roles.partition(" ")[0] or 0) if screen.roles else not parts
