"""The first look in Markdown: what can be said already, what is assumed, and the questions that matter most."""

from __future__ import annotations

from poc_gate.model.verdict import Result
from poc_gate.report.lines.markdown_text import code_span, escape_markdown, markdown_prose
from poc_gate.words.first_look import answer_hint, assumed_words, questions_heading


def first_look_markdown(result: Result) -> str:
    """Return the part of a comment that says what can be said already; empty where all of it is known."""
    look = result.first_look
    if look is None or not (look.answers or look.questions):
        return ""
    rows = ["### What can be said already", ""] if look.answers else []
    rows += [f"- {escape_markdown(answer.sentence)}" for answer in look.answers]
    if assumed := assumed_words(look):
        rows += ["", f"*{escape_markdown(assumed)}*"]
    if look.questions:
        rows += ["", f"### {questions_heading(look)}", ""]
        rows += [
            f"{number}. {markdown_prose(one.text)} {code_span(answer_hint(one))}"
            for number, one in enumerate(look.questions, 1)
        ]
    return "\n".join(rows) + "\n"
