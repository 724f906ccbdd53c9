"""What fails is said before what nobody answered, however grave the question: a NO-GO rests on it."""

from __future__ import annotations

from msgspec.structs import replace
from sample_result import sample_result

from poc_gate.model.finding import State
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Result
from poc_gate.report.brief.pressing import pressing
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.terminal_lines import plain
from poc_gate.report.terminal.terminal_brief import brief_lines


def _result() -> Result:
    whole = sample_result()
    one = whole.findings[0]
    asked = replace(
        one, rule="A01-asked", title="Who owns it", state=State.UNKNOWN, severity=Severity.BLOCKER
    )
    failing = replace(one, rule="Z09-failing", title="It fails", state=State.FAIL, severity=Severity.HIGH)
    return replace(whole, findings=(asked, failing))


def test_a_failure_is_said_before_a_graver_question_in_every_format():
    result = _result()
    assert [group[0].rule for group in pressing(result)] == ["Z09-failing", "A01-asked"]
    screen = "\n".join(plain(one) for one in brief_lines(result, RenderOptions()))
    page = find_format("markdown").render(result, RenderOptions()).decode()
    for text in (screen, page):
        assert text.index("It fails") < text.index("Who owns it")
