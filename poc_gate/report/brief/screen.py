"""Result -> everything that the first screen says, in reading order."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.verdict import Result, Word
from poc_gate.report import report_view as view
from poc_gate.report.brief.boxes import Boxes, boxes_of
from poc_gate.report.brief.certainty import AreaBar, Certainty, areas_of, certainty_of
from poc_gate.report.brief.launch import Launch, launch_of
from poc_gate.report.brief.look import Look, look_of
from poc_gate.report.brief.money import Money, money_of
from poc_gate.report.brief.outlook import Since, next_stage_words, since_of, what_would_change
from poc_gate.report.brief.pressing import Reason, reasons_of, roles_of
from poc_gate.report.brief.todos import Todo, todos_of
from poc_gate.words.judged.must_haves import count_words, must_haves
from poc_gate.words.judged.way_in_brief import longest_effort
from poc_gate.words.plain_amounts import plain_date
from poc_gate.words.shown_values import lower_first, show_commit

_ANSWERS = {
    Word.GO: "Ready {stage}",
    Word.CONDITIONAL: "Ready {stage}, on conditions",
    Word.INSUFFICIENT: "Whether it is ready {stage} cannot be decided yet",
    Word.NO_GO: "Not ready {stage}",
}
_TITLES = {"pilot": "as a pilot", "limited": "for a limited rollout", "production": "for production"}
_FOR = {"pilot": "to run as a pilot", "limited": "for a limited rollout", "production": "for production"}


class Screen(Struct, frozen=True):
    """The first screen: what leadership decides by."""

    pilot: str
    stage: str
    day: str
    machine: str
    commit: str
    word: str
    passes: bool
    answer: str
    """The word with its bounds, as a sentence."""
    counts: str
    """The must-haves in one unit, as a sentence."""
    reasons_heading: str
    reasons: list[Reason]
    todos_heading: str
    todos: list[Todo]
    roles: str
    line_heading: str
    launch: Launch
    money: Money
    boxes: Boxes
    areas: tuple[AreaBar, ...]
    certainty: Certainty
    changes: list[str]
    next_stage: str
    next_titles: tuple[str, ...]
    since: Since | None
    look: Look | None


def screen_of(result: Result, base: Result | None = None) -> Screen:
    """Return what the first screen says of one result."""
    launch = launch_of(result)
    passing = result.verdict.word in (Word.GO, Word.CONDITIONAL)
    later = result.next_stage
    todos = todos_of(result, launch)
    decides = any(todo.kind == "decide" for todo in todos)
    return Screen(
        pilot=result.pilot,
        stage=_stage(result),
        day=plain_date(result.assessed_on),
        machine=view.machine_words(result),
        commit=show_commit(result.commit),
        word=result.verdict.word.value,
        passes=passing,
        answer=answer_of(result, launch),
        counts=_counts(result),
        reasons_heading="It holds" if passing else "Why",
        reasons=reasons_of(result),
        todos_heading="Decide and begin this week" if decides else "Begin this week",
        todos=todos,
        roles=roles_of(result),
        line_heading="The launch" if passing else "The way out",
        launch=launch,
        money=money_of(result),
        boxes=boxes_of(result),
        areas=areas_of(result),
        certainty=certainty_of(result),
        changes=what_would_change(result),
        next_stage=next_stage_words(later),
        next_titles=tuple(lower_first(one) for one in later.titles) if later is not None else (),
        since=since_of(base, result),
        look=look_of(result),
    )


def answer_of(result: Result, launch: Launch) -> str:
    """Return the answer as one or two sentences: for whom, how much and until when, or not before which day."""
    word = result.verdict.word
    stage = _FOR.get(result.stage, f"for stage {result.stage}")
    answer = _ANSWERS[word].format(stage=stage)
    if result.first_look is not None and result.first_look.without_manifest:
        return f"A first look at the files alone. {answer}."
    if word not in (Word.GO, Word.CONDITIONAL):
        return f"{answer}. {_when(result, launch)}"
    told = {bound.kind: bound.value for bound in result.verdict.bounds}
    parts = [f"for {told['audience']}"] if "audience" in told else []
    parts += [f"up to {told['load']}"] if "load" in told else []
    parts += [f"until {plain_date(told['time'])}"] if "time" in told else []
    bounds = f": {', '.join(parts)}" if parts else ""
    return f"{answer}{bounds}."


def _when(result: Result, launch: Launch) -> str:
    """Return how early the launch can be; where nobody is waited for, what the open steps take."""
    ahead = launch.planned is not None and launch.planned >= launch.today
    if launch.planned is None or not ahead or launch.earliest is not None or launch.undated:
        return launch.sentence
    longest = longest_effort(result.way_out)
    steps = f"; the longest takes {longest}" if longest else ""
    day = plain_date(launch.planned.isoformat())
    return f"No approval or access holds up the launch on {day}, but the open must-haves do{steps}."


def _counts(result: Result) -> str:
    counted = must_haves(result.findings)
    words = count_words(counted)
    if words:
        return f"{words[0].upper()}{words[1:]}."
    if not counted.total:
        return "No must-have applies."
    return f"All {counted.total} must-haves are met." if counted.total > 1 else "The one must-have is met."


def _stage(result: Result) -> str:
    """Return the stage behind the pilot's name, and that the manifest is silent on it where it is."""
    named = _TITLES.get(result.stage, f"for stage {result.stage}")
    if not view.is_stage_silent(result):
        return named
    return f"{named}, the strictest ({view.silence(result)})"
