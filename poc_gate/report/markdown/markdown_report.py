"""Result -> Markdown for a pull-request comment or a step summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result, Step
from poc_gate.report import report_view as view
from poc_gate.report.differences.comparison_markdown import comparison_markdown
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.markdown_text import code_span, escape_markdown, markdown_prose
from poc_gate.report.markdown.date_cost_limit import date_cost_limit
from poc_gate.report.markdown.markdown_first_look import first_look_markdown
from poc_gate.report.state_words import StateWords
from poc_gate.words.judged.findings import title
from poc_gate.words.judged.must_haves import must_haves
from poc_gate.words.judged.way_in_brief import way_in_brief
from poc_gate.words.load_units import in_one_unit, show_load
from poc_gate.words.shown_values import (
    price_of_fix,
    show_commit,
    show_percent,
    show_score,
)

STATES = StateWords(
    {
        State.PASS: "pass",
        State.FAIL: "FAIL",
        State.UNKNOWN: "unknown",
        State.NOT_APPLICABLE: "n/a",
        State.WAIVED: "waived",
        State.ERROR: "ERROR",
    },
    due="due",
)

MAX_BYTES = 60_000
"""GitHub refuses comments of more than 65,536 characters."""
_BAR = 20
_SHOWN_FIRST = 5
_OPEN_REST = "<details><summary>All areas, findings and limits</summary>\n"
_CLOSE_REST = "</details>\n"
_SHOWN_WAIVERS = 30


def render_markdown(result: Result, options: RenderOptions) -> bytes:
    """Return the summary; what would make it too long for a comment is counted, never cut in half."""
    change = ""
    if options.base_result is not None:
        from poc_gate.report.differences.comparison import compare_results

        change = comparison_markdown(compare_results(options.base_result, result), heading="###")
    looked = "what can be said already"
    blockers, rests, walls = _blockers(result), _rests_on(result), _walls(result)
    way_out, ledger = _way_out(result), _ledger(result)
    asked = date_cost_limit(result, options.base_result)
    answer = "\n".join(part for part in (_answer(result), asked) if part)
    ends = (answer, _first_things(result), _OPEN_REST, _dimensions(result), _CLOSE_REST)
    kept = _that_fit({"blockers": blockers, "what this rests on": rests, "change": change,
                      "waivers": ledger, "walls": walls, "way out": way_out,
                      looked: first_look_markdown(result)}, ends)  # fmt: skip
    room = MAX_BYTES - _size(*ends, *kept.values())
    order = (looked, "blockers", "others", "walls", "way out", "waivers", "what this rests on")
    parts = kept | {"others": _others(result, room)}
    answer, first, opening, areas, closing = ends
    rest = (opening, areas, *(parts[name] for name in order), closing)
    text = "\n".join(part for part in (answer, first, parts["change"], *rest) if part)
    return f"{text.rstrip()}\n".encode(errors="replace")


def _size(*parts: str) -> int:
    return sum(len(part.encode(errors="replace")) + 1 for part in parts)


def _that_fit(parts: Mapping[str, str], ends: tuple[str, ...]) -> dict[str, str]:
    """Return the parts, the most important first, those that find no room left as a line that says so."""
    kept: dict[str, str] = {}
    for name, part in parts.items():
        left = MAX_BYTES - _size(*ends, *kept.values())
        missing = f"*Too long for a comment: {name}. The full report has it.*\n"
        kept[name] = part if _size(part) <= left else missing
    return kept


def _answer(result: Result) -> str:
    verdict = result.verdict
    rows = [
        f"## {verdict.word.value}: {escape_markdown(result.pilot)}",
        "",
        f"**{escape_markdown(result.sentence)}**",
        "",
        (
            f"Stage {escape_markdown(view.stage_asked(result))}, {escape_markdown(result.assessed_on)}{_commit(result)}; "
            f"checked {show_percent(verdict.coverage)} of what applies, proven {show_percent(verdict.confidence)}."
        ),
    ]
    return "\n".join(rows) + "\n"


def _first_things(result: Result) -> str:
    """Return what must be done first, one line each; nothing where no must-have is open."""
    counted = must_haves(result.findings)
    groups = view.must_haves_first(result, {*counted.failed, *counted.unanswered})
    rows = [_thing(group[0], len(group)) for group in groups[:_SHOWN_FIRST]]
    left = len(groups) - len(rows)
    return "\n".join([*rows, f"- and {left} more, below"] if left > 0 else rows) + "\n" if rows else ""


def _thing(finding: Finding, count: int) -> str:
    item = item_of(finding.subject)
    named = f"{item}: " if item else ""
    also = f" (and {count - 1} more)" if count > 1 else ""
    name = escape_markdown(f"{named}{finding.title or title(finding)}{also}")
    step = markdown_prose(finding.action or finding.message)
    return f"- **{name}.** {step} {code_span(finding.rule)} {code_span(str(finding.place))}"


def _commit(result: Result) -> str:
    return f", commit {escape_markdown(show_commit(result.commit))}" if result.commit else ""


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, the first as its head; cells are Markdown already."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _dimensions(result: Result) -> str:
    rows: list[list[str]] = [["Dimension", "proven – possible", "0 to 100"]]
    for score in result.verdict.dimensions:
        low, high = score.low or 0.0, score.high or 0.0
        solid = round(low / 100 * _BAR)
        shaded = max(round(high / 100 * _BAR) - solid, 0)
        bar = (
            "█" * solid + "▒" * shaded + "·" * (_BAR - solid - shaded) if score.low is not None else "no rule"
        )
        name = f"{view.dimension_letter(score.key)} {escape_markdown(score.title)}"
        mark = "**" if score.key == result.verdict.index_dimension else ""
        rows.append(
            [f"{mark}{name}{mark}", f"{show_score(score.low)} – {show_score(score.high)}", code_span(bar)]
        )
    return table(rows)


def _blockers(result: Result) -> str:
    found = view.open_blockers(result)
    if not found:
        return "### Blockers\n\nNo blocker is open.\n"
    return f"### Blockers ({len(found)})\n\n" + "".join(_finding(finding) for finding in found[:10])


def _finding(finding: Finding) -> str:
    unknown = finding.state is State.UNKNOWN and finding.resolve
    step = "; ".join(finding.resolve) if unknown else finding.fix
    price = price_of_fix(finding)
    subject = f" {code_span(finding.subject)}" if finding.subject else ""
    tail = f" *{escape_markdown(price)}*" if price else ""
    rows = [
        f"- **{STATES.of(finding)}** {code_span(finding.rule)}{subject}: {markdown_prose(finding.message)}"
    ]
    rows += [f"  Next: {markdown_prose(step)}{tail}"] if step else []
    return "\\\n".join([*rows, f"  {code_span(str(finding.place))}"]) + "\n"


def _others(result: Result, room: int) -> str:
    blocking = {id(finding) for finding in view.open_blockers(result)}
    rest = [f for f in view.worst_first(result.findings) if id(f) not in blocking]
    shown: list[list[str]] = [["", "Rule", "Severity", "Found", "Where"]]
    used = 400
    for finding in rest:
        row = [
            STATES.of(finding),
            f"{code_span(finding.rule)} {escape_markdown(finding.subject)}".strip(),
            finding.severity.value,
            markdown_prose(finding.message),
            code_span(str(finding.place)),
        ]
        used += sum(len(cell.encode(errors="replace")) + 3 for cell in row)
        if used > room:
            break
        shown.append(row)
    left = len(rest) - len(shown) + 1
    more = f"\n{left} more findings are in the full report.\n" if left else ""
    summary = f"<details><summary>{len(rest)} other findings</summary>\n\n"
    return f"{summary}{table(shown)}{more}\n</details>\n" if rest else ""


def _walls(result: Result) -> str:
    rows = []
    for picture in map(in_one_unit, result.walls):
        rows += ["### Where it breaks", "", escape_markdown(picture.sentence), ""]
        for wall in picture.walls:
            load = show_load(wall.load, picture.axis_unit, result.currency)
            rows.append(
                f"1. **{escape_markdown(load)}** {escape_markdown(wall.station)}: {escape_markdown(wall.cause)}"
            )
        rows.append("")
    return "\n".join(rows)


def _way_out(result: Result) -> str:
    words = (result.verdict.word, *(step.verdict_after for step in result.way_out))
    steps = [
        f"1. {markdown_prose(step.action)}{_reach(step)} ({escape_markdown(step.effort)})"
        + (f": then **{escape_markdown(step.verdict_after)}**" if step.verdict_after != before else "")
        for before, step in zip(words, result.way_out, strict=False)
    ]
    brief = escape_markdown(way_in_brief(result.verdict.word, result.way_out, result.findings))
    return "\n".join(["### The shortest way to a better answer", "", brief, "", *steps, ""]) if steps else ""


def _reach(step: Step) -> str:
    return f" Enough if {code_span(step.reach)}." if step.reach else ""


def _ledger(result: Result) -> str:
    if not result.waivers:
        return ""
    rows: list[list[str]] = [["Waiver", "Status", "Expires", "Owner", "Reason"]]
    waivers = view.listed_waivers(result)
    for waiver in waivers[:_SHOWN_WAIVERS]:
        words = (waiver.status, waiver.expires, waiver.owner, waiver.reason)
        rows.append([code_span(f"{waiver.rule} {waiver.subject}".strip()), *map(escape_markdown, words)])
    left = len(waivers) - _SHOWN_WAIVERS
    more = f"\n{left} more waivers are in the full report.\n" if left > 0 else ""
    return f"### Waivers ({len(waivers)})\n\n{table(rows)}{more}"


def _rests_on(result: Result) -> str:
    lines = [f"- {escape_markdown(sentence)}" for sentence in view.honesty(result)]
    machine = result.machine
    if machine:
        lines.append(f"- Machine {escape_markdown(machine.name)} ({escape_markdown(machine.kind)}).")
    return "\n".join(["### How sure this is", "", *lines, "", escape_markdown(view.NO_CONFORMITY), ""])


FORMAT = Format(
    "markdown",
    "Markdown for a pull-request comment or a step summary",
    ".md",
    render_markdown,
    mark=rb"\A## (?:GO|CONDITIONAL|INSUFFICIENT EVIDENCE|NO-GO): ",
    states=STATES,
)
