"""Result -> what a reviewer asks of a change besides its findings: the earliest day, the cost, the limit of the load."""

from __future__ import annotations

from poc_gate.model.verdict import Result, Word
from poc_gate.report.brief.launch import launch_of
from poc_gate.report.brief.money import money_of
from poc_gate.report.lines.markdown_text import escape_markdown
from poc_gate.words.load_units import in_one_unit, show_load


def date_cost_limit(result: Result, base: Result | None) -> str:
    """Return up to three lines of Markdown; where the base had another answer, each says what it was."""
    if result.first_look is not None and result.first_look.without_manifest:
        return ""
    now, before = _parts(result), _parts(base) if base is not None else {}
    rows = []
    for name, text in now.items():
        was = before.get(name, text)
        changed = f" *Before: {escape_markdown(was)}*" if was != text else ""
        rows.append(f"- **{name}**: {escape_markdown(text)}{changed}")
    return "\n".join(rows) + "\n" if rows else ""


def _parts(result: Result) -> dict[str, str]:
    parts = {}
    if result.verdict.word not in {Word.GO, Word.CONDITIONAL}:
        parts["Date"] = launch_of(result).sentence
    month = next((figure for figure in money_of(result).figures if figure.name == "a month"), None)
    if month is not None:
        parts["Cost"] = f"{month.value} a month{f' ({month.beside})' if month.beside else ''}."
    picture = next((one for one in map(in_one_unit, result.walls) if one.walls), None)
    if picture is not None:
        load = show_load(picture.walls[0].load, picture.axis_unit, result.currency)
        planned = show_load(picture.planned, picture.axis_unit, result.currency)
        short = "before" if picture.walls[0].load < picture.planned else "beyond"
        parts["Limit"] = f"{load} ({picture.walls[0].station}), {short} the {planned} planned."
    return parts
