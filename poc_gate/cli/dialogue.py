"""A dialogue at the terminal: one question at a time, help, back, skip, a review, and nothing is lost on Ctrl-C."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from poc_gate.model.fact_name import item_of
from poc_gate.text.inert_text import inert
from poc_gate.text.wrapped_text import wrapped
from poc_gate.words.grammar import count_of

if TYPE_CHECKING:
    from poc_gate.app.explore.dialogue import Dialogue
    from poc_gate.app.explore.seen_answers import Seen
    from poc_gate.model.parts.first_look import PlainQuestion

_WIDEST = 100
_END = "\0"


def hold(dialogue: Dialogue) -> bool:
    """Ask until the sitting ends, let the person review, and save; return False when it was cut short.

    Ctrl-C and the end of input keep every answer that was given.
    """
    typed = _Typed()
    if typed.at_end:
        _say("The input is empty, so nothing is asked.")
    else:
        _say("Enter skips a question, ? explains it, < goes back. Ctrl-C keeps what you have answered.")
    try:
        finished = not typed.at_end and _ask_all(dialogue, typed)
        if finished and dialogue.review() and typed.by_hand:
            _review(dialogue, typed)
    except KeyboardInterrupt:
        _say("")
        if dialogue.changed:
            dialogue.save()
            number = len(dialogue.review())
            _say(f"{count_of(number, 'answer')} {'is' if number == 1 else 'are'} kept in {dialogue.target}.")
        raise
    if dialogue.changed:
        dialogue.save()
    return finished


def _ask_all(dialogue: Dialogue, typed: _Typed) -> bool:
    while (question := dialogue.next_question()) is not None:
        number, about = dialogue.progress()
        _say("")
        _put(question, f"({number} of about {about}) ", dialogue.seen())
        if not _one(dialogue, question, typed):
            return False
    return True


def _one(dialogue: Dialogue, question: PlainQuestion, typed: _Typed) -> bool:
    """Ask one question until it is answered, skipped or taken back; False at the end of input."""
    while True:
        text = typed.next()
        if text == _END:
            return False
        if not text.strip():
            dialogue.skip()
            return True
        if text.strip() == "?":
            _help(question)
            continue
        if text.strip() == "<":
            if not dialogue.back():
                _say("  This is the first question.")
                continue
            return True
        complaint = dialogue.answer(_chosen(question, text))
        if not complaint:
            moved = dialogue.moved()
            if moved:
                _say(f"  {moved}")
            return True
        _complain(complaint)


def _complain(complaint: str) -> None:
    what, _, step = complaint.partition("\n-> ")
    _say(f"  {what}" + (f"\n    -> {step}" if step else ""))


def _chosen(question: PlainQuestion, typed: str) -> str:
    """Return the choices that numbers stand for; other answers as they are."""
    words = [word.strip() for word in typed.replace(";", ",").split(",")]
    if question.choices and all(word.isdigit() and 1 <= int(word) <= len(question.choices) for word in words):
        return ", ".join(question.choices[int(word) - 1] for word in words)
    return typed


def _put(question: PlainQuestion, head: str, seen: Seen | None) -> None:
    _say(f"{head}{question.text}")
    item = item_of(question.fact)
    if item:
        _say(f"  about: {item}")
    if question.choices:
        _say("  " + "   ".join(f"{number} {choice}" for number, choice in enumerate(question.choices, 1)))
    elif question.example:
        _say(f"  such as {question.example}")
    if seen is not None:
        _say(f"  ok takes what {seen.place} suggests: {seen.text}")


def _help(question: PlainQuestion) -> None:
    from poc_gate.inputs.manifest.fields.plain_questions import meaning_of_choice

    if question.why:
        _say(f"  {question.why}")
    for choice in question.choices:
        meaning = meaning_of_choice(question.fact, choice)
        if meaning:
            _say(f"    {choice}: {meaning}")
    _say(f"  It becomes `{question.fact}` in pilot.yaml; docs/manifest.md describes it.")
    if question.example and not question.choices:
        _say(f"  An answer could be: {question.example}")


def _review(dialogue: Dialogue, typed: _Typed) -> None:
    """Show the answers of this sitting and let each be given again."""
    while True:
        answers = dialogue.review()
        _say("")
        _say("Your answers:")
        for number, (key, answer) in enumerate(answers, 1):
            _say(f"  {number:>2} {key}: {answer}")
        _say("Enter saves them; a number asks that question again.")
        text = typed.next()
        if text == _END or not text.strip():
            return
        if not text.strip().isdigit() or not 1 <= int(text) <= len(answers):
            _say(f"  Type a number from 1 to {len(answers)}, or Enter.")
            continue
        question = dialogue.ask_again(answers[int(text) - 1][0])
        if question is not None:
            _put(question, "", dialogue.seen())
            again = typed.next()
            if again not in (_END, "") and again.strip():
                complaint = dialogue.answer(_chosen(question, again))
                if complaint:
                    _complain(complaint)
                else:
                    _say(f"  {dialogue.moved()}")


class _Typed:
    """What somebody types, or a pipe brings: its first line is read ahead, to see whether anything comes at all."""

    def __init__(self) -> None:
        self.by_hand = sys.stdin.isatty()
        self._ahead = None if self.by_hand else sys.stdin.readline()

    @property
    def at_end(self) -> bool:
        """Whether it is known before anything is asked that no line comes."""
        return self._ahead == ""

    def next(self) -> str:
        """Return the next line; one from a pipe is shown, so that what follows begins a line of its own."""
        if self.by_hand:
            sys.stderr.write("> ")
            sys.stderr.flush()
        line = sys.stdin.readline() if self._ahead is None else self._ahead
        self._ahead = None
        text = line.rstrip("\r\n") if line else _END
        if self.by_hand and text == _END:
            sys.stderr.write("\n")
        elif not self.by_hand and text != _END:
            sys.stderr.write(f"> {inert(text)}\n")
        return text


def _say(text: str) -> None:
    width = min(_WIDEST, shutil.get_terminal_size((80, 24)).columns) - 1
    for row in text.split("\n"):
        indent = row[: len(row) - len(row.lstrip())]
        lines = wrapped(row.strip(), width, first=indent, rest=indent + "  ") or [""]
        for line in lines:
            sys.stderr.write(f"{inert(line)}\n")
