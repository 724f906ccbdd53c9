"""Findings -> rows of the engineer's part: each rule once, its items in a table, what reads alike in one row."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.model.claim import Place
from poc_gate.model.fact import generic_name
from poc_gate.model.fact_name import item_of, short_name
from poc_gate.model.finding import Finding, Input, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import DIMENSIONS
from poc_gate.model.verdict import Result
from poc_gate.report import report_view as view
from poc_gate.words.judged.finding_wording import (
    cited,
    for_any_item,
    is_listed,
    is_own,
    lever_text,
    origin_of,
)
from poc_gate.words.judged.findings import details, says_rule
from poc_gate.words.shown_values import STATE_WORD, price_of_fix, show_range, show_score, show_value

_WORTH_SHARING = 24
"""Letters; a shorter common beginning stays in each row."""
_LONGEST_ORIGIN = 24
"""Letters of an origin that a table's cell has room for."""
_MOST_ITEMS = 250
"""Items of one rule that a page shows, the worst first; nobody reads on, and thousands make it too large to open."""
_SETTLED = (State.PASS, State.NOT_APPLICABLE)


Lead = tuple[str, str, bool]
"""What leads on from a finding: label, text, and whether it is code."""


class Told(Struct, frozen=True):
    """One input: where its value comes from stands apart, since many items share it."""

    fact: str
    value: str
    origin: str
    places: str


class Row(Struct, frozen=True):
    """Items of one rule that read alike, each with the places its values come from."""

    state: State
    items: tuple[tuple[str, str], ...]
    said: str
    cells: tuple[tuple[str, str], ...]
    """Value and origin, one for each column."""
    more: tuple[Lead, ...]


class StateRows(Struct, frozen=True):
    """The rows of one state, and what all of them say."""

    state: State
    word: str
    number: int
    lead: str
    shared: tuple[Lead, ...]
    rows: tuple[Row, ...]


class Column(Struct, frozen=True):
    """One input that each item has; an origin that all share is named here."""

    name: str
    origin: str


class FindingsView:
    """The findings of one result, ready to be placed."""

    def __init__(self, result: Result) -> None:
        """Keep what shortens every place: the manifest and its folder."""
        self.result = result
        self.cards = {card.rule for card in result.rules}
        folder, slash, name = result.manifest.rpartition("/")
        self.folder, self.manifest = folder + slash, name

    def groups(self) -> list[dict[str, Any]]:
        """Return the findings by dimension, those that nobody must act on apart."""
        scores = {score.key: score for score in self.result.verdict.dimensions}
        ordered = view.worst_first(self.result.findings)
        others = sorted({finding.dimension for finding in ordered} - set(DIMENSIONS))
        groups = []
        for key, title in [*DIMENSIONS.items(), *((key, key) for key in others)]:
            rules = view.by_rule([finding for finding in ordered if finding.dimension == key])
            if not rules:
                continue
            score = scores.get(key)
            shown = [self._rule(found) for found in rules]
            groups.append(
                {
                    "letter": view.dimension_letter(key),
                    "title": title,
                    "range": f"{show_score(score.low)}–{show_score(score.high)}" if score else "–",
                    "rules": [rule["worst"].rule for rule in shown],
                    "open": [rule for rule in shown if rule["worst"].state not in _SETTLED],
                    "settled": [rule for rule in shown if rule["worst"].state in _SETTLED],
                }
            )
        return groups

    def _rule(self, group: list[Finding]) -> dict[str, Any]:
        """Return what the findings of one rule share, then each of them."""
        worst = group[0]
        settled = worst.state in _SETTLED
        states = Counter(finding.state for finding in group)
        made = {
            "worst": worst,
            "word": STATE_WORD[worst.state],
            "counts": ", ".join(f"{number} {STATE_WORD[state]}" for state, number in states.items()),
            "count": len(group),
            "what": "" if says_rule(worst) else worst.what.rstrip("."),
            "why": "" if settled else worst.why,
            "fix": "" if settled or _asks_for_facts(worst) else worst.fix,
            "price": price_of_fix(worst),
            "has_card": worst.rule in self.cards,
            "references": "" if worst.rule in self.cards else cited(worst),
            "limit_set_by": worst.limit_set_by,
            "shared": self._told([given for given in worst.inputs if not is_own(given, worst)]),
            "parts": [],
            "columns": [],
            "notes": [],
            "left_out": "",
            "only": None,
        }
        if len(group) == 1 and not worst.subject:
            return made | {"only": self._more(worst), "place": self.place(worst.place)}
        return made | self._table(group[:_MOST_ITEMS]) | {"left_out": _left_out(group[_MOST_ITEMS:])}

    def _table(self, group: list[Finding]) -> dict[str, Any]:
        """Return the items of one rule as a table: a column for each input, a row for what reads alike."""
        keys = {g.name: short_name(g.fact, f.subject) for f in group for g in f.inputs if is_own(g, f)}
        alike: dict[Row, list[Finding]] = {}
        for finding in group:
            held = {given.name: given for given in finding.inputs if is_own(given, finding)}
            cells = tuple(self._cell(held.get(name)) for name in keys)
            row = Row(
                finding.state, (), details(finding, self.result.currency), cells, tuple(self._more(finding))
            )
            alike.setdefault(row, []).append(finding)
        columns = [self._column(key, index, list(alike)) for index, key in enumerate(keys.values())]
        notes: dict[str, str] = {}
        rows = [self._row(row, found, columns, notes) for row, found in alike.items()]
        return {
            "columns": columns,
            "notes": [(mark, text) for text, mark in notes.items()],
            "parts": [
                _part(state, [row for row in rows if row.state is state])
                for state in dict.fromkeys(row.state for row in rows)
            ],
        }

    def _row(self, row: Row, found: list[Finding], columns: list[Column], notes: dict[str, str]) -> Row:
        """Return a row with its items; an origin that takes a sentence becomes a mark of `notes`."""
        items = tuple(
            (item_of(finding.subject) or finding.subject, self._places(finding)) for finding in found
        )
        cells = []
        for (value, origin), column in zip(row.cells, columns, strict=True):
            shown = "" if origin == column.origin else origin
            if len(shown) > _LONGEST_ORIGIN:
                shown = notes.setdefault(shown, f"note {len(notes) + 1}")
            cells.append((value, shown))
        return replace(row, items=items, cells=tuple(cells))

    def _column(self, name: str, index: int, rows: list[Row]) -> Column:
        origins = {row.cells[index][1] for row in rows if row.cells[index][0] not in {"unknown", ""}}
        return Column(name, origins.pop() if len(origins) == 1 else "")

    def _cell(self, given: Input | None) -> tuple[str, str]:
        if given is None:
            return "", ""
        origin = origin_of(given)
        return self._value(given), "" if origin == "not stated" else origin

    def _told(self, inputs: list[Input]) -> list[Told]:
        """Return the inputs; items of a list that say the same for the same reason share a line."""
        alike: dict[tuple[str, str, str], list[Input]] = {}
        for given in inputs:
            name = generic_name(given.fact) if is_listed(given, inputs) else given.fact
            alike.setdefault((name, self._value(given), origin_of(given)), []).append(given)
        lines = []
        for (name, value, origin), found in alike.items():
            listed = len(found) > 1 or name != found[0].fact
            places = [
                " ".join(part for part in (item_of(g.fact) if listed else "", self.place(g.place)) if part)
                for g in found
            ]
            lines.append(Told(name, value, origin, ", ".join(filter(None, places))))
        return lines

    def _value(self, given: Input) -> str:
        unit = given.value.unit if isinstance(given.value, Quantity) else ""
        between = show_range(given.low, given.high, unit, self.result.currency) if unit else ""
        value = show_value(given.value, self.result.currency, given.fact)
        return f"{value} ({between})" if between else value

    def _more(self, finding: Finding) -> list[Lead]:
        """Return what leads on from a finding, the item's own name left out where a row may hold several."""
        currency = self.result.currency
        lines: list[Lead] = []
        # The message of an item within its limit names value and limit already; unknown is not judged.
        plain = bool(finding.subject) and finding.state is State.PASS and finding.limit is not None
        if finding.formula and not plain and finding.state is not State.UNKNOWN:
            lines.append(("judged", finding.formula, True))
        for point in () if plain else (point for point in finding.breakpoints if point.settable):
            value, now = (show_value(held, currency, point.fact) for held in (point.value, point.current))
            name = short_name(point.fact, finding.subject)
            lines.append(("enough if", f"{name} = {value} (now {now})", True))
        lines += [("lever", lever_text(lever, currency, finding.subject), True) for lever in finding.levers]
        lines += [("add or run", for_any_item(text, finding.subject), False) for text in finding.resolve]
        lines += [("file", text, True) for text in finding.evidence_files]
        lines += [("note", text, False) for text in finding.evidence_notes]
        if finding.waiver:
            plan = f", plan: {finding.waiver_plan}" if finding.waiver_plan else ""
            lines.append(("waiver", finding.waiver + plan, False))
        if finding.set_aside_by:
            lines.append(("set aside by", finding.set_aside_by, False))
        lines.append(("has", finding.held.value if finding.held else "nothing", False))
        return lines

    def _places(self, finding: Finding) -> str:
        """Return where an item's values stand: the finding's own place first, each once."""
        own = [given.place for given in finding.inputs if is_own(given, finding)]
        return ", ".join(dict.fromkeys(filter(None, map(self.place, [finding.place, *own]))))

    def short(self, file: str) -> str:
        """Return a file's name as seen from the manifest's folder."""
        return file.removeprefix(self.folder)

    def place(self, place: Place | None) -> str:
        """Return a place without the manifest's folder; one in the manifest by line and column alone."""
        if place is None:
            return ""
        text = self.short(str(place))
        return text.removeprefix(f"{self.manifest}:") if place.line else text


def _left_out(group: list[Finding]) -> str:
    """Return how many items of a rule the page does not show, by state; empty where it shows all."""
    counts = Counter(finding.state for finding in group)
    listed = ", ".join(f"{number:,} {STATE_WORD[state]}" for state, number in counts.items())
    return (
        f"{len(group):,} more are not shown here: {listed}. The result as JSON holds each." if group else ""
    )


def _part(state: State, rows: list[Row]) -> StateRows:
    """Return the rows of one state; what all of them begin with is said once."""
    lead = _common_words([row.said for row in rows]) if len(rows) > 1 else ""
    shared = tuple(line for line in rows[0].more if all(line in row.more for row in rows))
    shorter = tuple(
        replace(
            row,
            said=row.said.removeprefix(lead),
            more=tuple(line for line in row.more if line not in shared),
        )
        for row in rows
    )
    number = sum(len(row.items) for row in rows)
    return StateRows(state, STATE_WORD[state], number, lead.strip(), shared, shorter)


def _common_words(texts: list[str]) -> str:
    """Return the whole words that all texts begin with, at least so many that saying them once helps."""
    first, last = min(texts), max(texts)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    whole = first[: first.rfind(" ", 0, same) + 1]
    return whole if len(whole) >= _WORTH_SHARING else ""


def _asks_for_facts(finding: Finding) -> bool:
    """Whether the next step is to supply a fact: how to mend what may not be broken would mislead."""
    return finding.state is State.UNKNOWN and bool(finding.resolve)
