"""Result -> at most 24 lines for a terminal of 80 columns: what to do first, then the answer as the last words."""

from __future__ import annotations

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, Lever, State
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.verdict import DimensionScore, Result, Wall, WallPicture, Word
from poc_gate.report.brief.certainty import certainty_of
from poc_gate.report.brief.money import MONTH, money_of
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.terminal_lines import (
    Line,
    StyledText,
    cells,
    fit,
    line,
    paragraph,
    plain,
    range_bar,
    span,
    wrap,
)
from poc_gate.report.report_view import (
    by_rule,
    dimension_letter,
    machine_words,
    must_haves_first,
    same_case,
    stage_asked,
)
from poc_gate.report.terminal.terminal_brief_look import brief_look_lines
from poc_gate.words.judged.findings import title
from poc_gate.words.judged.must_haves import MustHaves, must_haves
from poc_gate.words.load_units import in_one_unit, show_load, tells_today
from poc_gate.words.shown_values import show_place, show_term, show_value

_LINES = 24
_LONGEST_LINE = 110
_BAR = 14
_ACTION_LINES = 2
_SENTENCE_LINES = 5
_LIMIT_LINES = 2
_TWO_COLUMNS = 72
"""Columns from which on two bars stand beside each other."""
_LABELS = {State.FAIL: ("fix", "bad"), State.UNKNOWN: ("answer", "open"), State.ERROR: ("error", "bad")}
_PROVE = ("prove", "open")
_AREAS = {"access-latency": "Access & latency", "security-privacy": "Security & privacy"}
"""Short names of areas, where the key does not read like one."""


def brief_lines(result: Result, options: RenderOptions) -> list[Line]:
    """Return the report in brief; verdict and next command last, since that is what stays on the screen."""
    width = min(options.width, _LONGEST_LINE)
    counted = must_haves(result.findings)
    head, end = _head(result, width), _answer(result, options.width)
    look = result.first_look
    if look is not None and (look.answers or look.questions) and not counted.failed:
        # Nothing is decided yet: what can be said already helps more than areas of which nothing is known.
        room = _LINES - len(end) - len(head) - 2
        return [*head, line(), *brief_look_lines(look, result, width, room), line(), *end]
    middle = [*_dimensions(result, width), *_limit(result, width), *_cost(result, width)]
    room = _LINES - len(head) - len(end) - len(middle) - 3
    return [
        *head,
        line(),
        *_first_things(result, counted, width, room),
        line(),
        *middle,
        line(),
        *end,
    ]


def _head(result: Result, width: int) -> list[Line]:
    told = f"{result.pilot}, {stage_asked(result)}, {result.assessed_on}, {machine_words(result)}"
    return paragraph(told, width=width, style="dim")


def _first_things(result: Result, counted: MustHaves, width: int, room: int) -> list[Line]:
    """Return the gravest open must-haves, two lines each, and how many there are beside them."""
    groups = must_haves_first(result, {*counted.failed, *counted.unanswered})
    groups += by_rule(
        [f for f in result.findings if f.rule in counted.unproven and not f.proven and not f.due]
    )
    rows: list[Line] = []
    shown = 0
    for group in groups:
        thing = _thing(group, result, width)
        if rows and len(rows) + len(thing) >= room:
            break
        rows += thing
        shown += 1
    if groups[shown:]:
        rows.append(_more(groups[shown:], width))
    return rows or [line(span("  every must-have of this stage is met", "good"))]


def _thing(group: list[Finding], result: Result, width: int) -> list[Line]:
    first = group[0]
    label, style = _LABELS.get(first.state, _PROVE)
    end = f"  {first.rule.partition('-')[0]}  {_short_place(first)}".rstrip()
    also = f" and {len(group) - 1} more" if len(group) > 1 else ""
    item = f"{item_of(first.subject)}{also}: " if item_of(first.subject) else ""
    named = first.title or title(first)
    room = width - 9 - cells(end)
    beside = item if cells(item) + cells(named) <= room else ""
    head = _titled(f"{beside}{named}", span(f"{label:<6} ", style), span(end, "dim"), width)
    action = (
        _lever_words(first.levers, result.currency) or first.action or (first.resolve or (first.message,))[0]
    )
    below = "" if beside else item
    told = paragraph(f"{below}{_numbers(first, result.currency)}{action}", width=width, indent=9, lead="-> ")
    whole = len(told) <= _ACTION_LINES
    return [*head, *(told if whole else [*told[: _ACTION_LINES - 1], _cut(told, width)])]


def _titled(title_: str, label: StyledText, end: StyledText, width: int) -> list[Line]:
    """Return a title with its rule and place at the right end; on as many lines as it takes to show all of it."""
    room = width - 9 - cells(end.text)
    if cells(title_) <= room:
        return [line("  ", label, span(fit(title_, room), "strong"), end)]
    rows = [span(row, "strong") for row in wrap(title_, width - 9)]
    leads = [("  ", label), *((" " * 9,) for _ in rows[1:])]
    lines = [line(*lead, row) for lead, row in zip(leads, rows, strict=True)]
    if cells(rows[-1].text) <= room:
        lines[-1] = line(*leads[-1], span(fit(rows[-1].text, room), "strong"), end)
        return lines
    return [*lines, line(" " * 7, end)]


def _numbers(finding: Finding, currency: str) -> str:
    """Return the failed value beside its limit, where one value decides."""
    reason = finding.reason
    if finding.state is not State.FAIL or reason is None or reason.kind is not ReasonKind.COMPARED:
        return ""
    decisive = reason.clauses[0]
    if len(decisive.left) != 1 or len(decisive.right) != 1:
        return ""
    return f"{show_term(decisive.left[0], currency)}, limit {show_term(decisive.right[0], currency)}. "


def _cut(told: list[Line], width: int) -> Line:
    """Return the last line that is shown of an action, marked as going on."""
    text = plain(told[_ACTION_LINES - 1]) + " …"
    return line(fit(text, width).rstrip())


def _short_place(finding: Finding) -> str:
    place = finding.place
    return (
        f"{place.file.rpartition('/')[2]}:{place.line}"
        if place.line
        else show_place(place).rpartition("/")[2]
    )


def _lever_words(levers: tuple[Lever, ...], currency: str) -> str:
    """Return the two cheapest levers that help, with the value that each must reach."""
    helping = [lever for lever in levers if lever.needed is not None][:2]
    told = [
        f"{lever.fact.rpartition('.')[2]} {show_value(lever.current, currency, lever.fact)} -> "
        f"{show_value(lever.needed, currency, lever.fact)}"
        for lever in helping
    ]
    return ", or ".join(told)


def _more(groups: list[list[Finding]], width: int) -> Line:
    fails = sum(group[0].state is State.FAIL for group in groups)
    unknown = sum(group[0].state in (State.UNKNOWN, State.ERROR) for group in groups)
    parts = [(fails, "to fix"), (unknown, "to answer"), (len(groups) - fails - unknown, "to prove")]
    told = ", ".join(f"{number} {word}" for number, word in parts if number)
    return line(span(fit(f"  and {told}: add -v to see them", width).rstrip(), "dim"))


def _dimensions(result: Result, width: int) -> list[Line]:
    """Return the areas as bars in two columns; on a narrow terminal the weakest alone."""
    known = [score for score in result.verdict.dimensions if score.low is not None and score.high is not None]
    if not known:
        return []
    if width < _TWO_COLUMNS:
        weakest = min(known, key=lambda score: score.low or 0.0)
        return paragraph(f"weakest area: {weakest.title}", width=width, indent=2, style="dim")
    half = (width - 4) // 2
    rows = []
    middle = (len(known) + 1) // 2
    for left, right in zip(known[:middle], [*known[middle:], None], strict=False):
        cell = _bar(left, half)
        rows.append(line("  ", *cell, "  ", *(_bar(right, half) if right else ())))
    return rows


def _bar(score: DimensionScore, width: int) -> tuple[StyledText, ...]:
    area = _AREAS.get(score.key, score.key.replace("-", " ").capitalize())
    name = fit(f"{dimension_letter(score.key)} {area}", width - _BAR - 1)
    return (span(f"{name} "), *range_bar(score.low, score.high, _BAR))


def _limit(result: Result, width: int) -> list[Line]:
    """Return the first limit of the load, with the plan and what relieves it."""
    picture = next((picture for picture in map(in_one_unit, result.walls) if picture.walls), None)
    if picture is None:
        return []
    words = _limit_words(picture, picture.walls[0], result.currency)
    return paragraph(words, width=width, indent=2)[:_LIMIT_LINES]


def _cost(result: Result, width: int) -> list[Line]:
    """Return what a month costs beside what is allowed, in one line; nothing where no price is known."""
    month = next(iter(money_of(result).figures), None)
    if month is None or month.name != MONTH:
        return []
    beside = f"; {month.beside}" if month.beside else ""
    told = fit(f"  {month.name} costs {month.value}{beside}", width).rstrip()
    return [line(span(told, "bad" if month.is_over else ""))]


def _limit_words(picture: WallPicture, wall: Wall, currency: str) -> str:
    unit = picture.axis_unit
    planned = show_load(picture.planned, unit, currency)
    early = picture.planned > (wall.low if wall.low is not None else wall.load)
    short = "is" if picture.planned > wall.load else "may be"
    plan = f" {short} below the planned {planned}" if early else f", planned {planned}"
    today = f", today {show_load(picture.today, unit, currency)}" if tells_today(picture) else ""
    lever = next((one for one in wall.relieved_by if one.needed is not None), None)
    relief = f"; {lever.fact} = {show_value(lever.needed, currency, lever.fact)} raises it" if lever else ""
    return f"limit {show_load(wall.load, unit, currency)} ({wall.station}){plan}{today}{relief}"


def _answer(result: Result, width: int) -> list[Line]:
    """Return the last lines: the word, why, up to where it holds, and the next command."""
    verdict = result.verdict
    word = span(f" {verdict.word.value} ", f"word:{verdict.word.name}")
    whole = line(word, " ", span(_shares(result), "dim"))
    fits = cells(plain(whole)) <= width
    rows = [whole] if fits else [line(word), *paragraph(_shares(result), width=width, style="dim")]
    rows += paragraph(result.sentence, width=min(width, _LONGEST_LINE), style="strong")[:_SENTENCE_LINES]
    if result.contradictions:
        rows += paragraph(_conflicts(len(result.contradictions)), width=width, style="dim")
    case = same_case(result)
    way = f"poc-gate path {case}"
    hint = f"poc-gate assess {case} --format html=report.html" if verdict.word is Word.GO else way
    return [*rows, *paragraph(hint, width=width, lead="next: ", style="dim")[:_SENTENCE_LINES]]


def _conflicts(number: int) -> str:
    one = number == 1
    return f"{number} statement{'' if one else 's'} contradict{'s' if one else ''} a better-evidenced one, which was used"


def _shares(result: Result) -> str:
    """Return what was answered and what is proven, in the words of the page, each with what it needs."""
    bars = certainty_of(result).bars
    return ", ".join(f"{bar.name} {bar.shown}{f' ({bar.beside})' if bar.beside else ''}" for bar in bars)
