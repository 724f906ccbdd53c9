"""An overview -> the sentences that every form of it is made of, once for all of them."""

from __future__ import annotations

from poc_gate.model.many.portfolio import FAILED, Cause, Coming, Holding, Overview, Row, Shared, Turn
from poc_gate.model.many.record import FigureRange
from poc_gate.model.quantity import Quantity, show_number
from poc_gate.words.grammar import and_list
from poc_gate.words.plain_amounts import plain_money
from poc_gate.words.shown_values import show_amount

_SHORT = {"INSUFFICIENT EVIDENCE": "INSUFFICIENT"}
_MAY = ("GO", "CONDITIONAL")


def headline(overview: Overview) -> str:
    """Return how many pilots are ready, and what keeps the others."""
    total = len(overview.rows)
    go, conditional = (overview.words.get(word, 0) for word in _MAY)
    parts = [f"{go} of {pilots(total)} {'is' if go == 1 else 'are'} ready"]
    if conditional:
        parts.append(f"{conditional} {'is' if conditional == 1 else 'are'} ready on conditions")
    if overview.words.get("NO-GO"):
        count = overview.words["NO-GO"]
        parts.append(f"{count} {'is' if count == 1 else 'are'} not ready")
    open_ones = overview.words.get("INSUFFICIENT EVIDENCE", 0)
    if open_ones:
        parts.append(f"{open_ones} cannot be decided yet")
    if overview.words.get(FAILED):
        parts.append(f"{overview.words[FAILED]} could not be judged")
    only = overview.portfolio.options.get("only", "")
    return f"{f'Only {only} judged, which never makes a GO. ' if only else ''}{and_list(parts, len(parts))}."


def pilots(number: int) -> str:
    """Return a number of pilots in words."""
    return f"{number:,} pilot{'' if number == 1 else 's'}"


def cause_name(cause: Cause) -> str:
    """Return what a cause is called, with the source that it is about."""
    return f"{cause.source}: {cause.title}" if cause.source else cause.title


def holding_line(holding: Holding, total: int) -> str:
    """Return in how many pilots a cause is open, and how."""
    others = len(holding.pilots) - holding.failing
    if holding.failing:
        more = f", not proven yet in {others} more" if others else ""
        return f"holds back {holding.failing} of {pilots(total)}{more}"
    return f"not proven yet in {others} of {pilots(total)}"


def freeing_line(overview: Overview) -> str:
    """Return the one change that frees most pilots, or that none does."""
    one = overview.freeing
    if one is None:
        blocked = overview.words.get("NO-GO", 0)
        return "No single change frees a pilot: each NO-GO has two causes or more." if blocked else ""
    name = cause_name(one.cause)
    if one.frees:
        return f"{name}: in {pilots(one.frees)} nothing else is open."
    them, many = ("it", "pilot fails") if one.alone == 1 else ("them", "pilots fail")
    return f"{name}: {one.alone} {many} nothing else; what is not proven yet still holds {them}."


def row_name(row: Row) -> str:
    """Return what a pilot is called; one that could not be read goes by its path."""
    return row.pilot or row.path


def word_of(row: Row) -> str:
    """Return the word of a row."""
    return row.word or FAILED


def short_word(word: str) -> str:
    """Return a word that fits a narrow column."""
    return _SHORT.get(word, word)


def money(span: FigureRange, currency: str) -> str:
    """Return an amount, or the bound that is known; empty where nothing is."""
    if span.likely is not None:
        return plain_money(span.likely, currency)
    if span.low is not None:
        return f"at least {plain_money(span.low, currency)}"
    return ""


def cost_line(overview: Overview) -> str:
    """Return what all pilots together cost a month, as far as it is known."""
    sums = [money(span, currency) for currency, span in overview.cost_month.items()]
    if not sums:
        return "What a month costs is not known for any pilot."
    text = " and ".join(sums)
    total = pilots(len(overview.rows))
    return f"{text[:1].upper()}{text[1:]} a month; the full cost is known for {overview.costed} of {total}."


def coming_line(coming: Coming) -> str:
    """Return one day on which something ends."""
    return f"{coming.day}  {coming.pilot or coming.path}: {coming.what}"


def turn_line(turn: Turn) -> str:
    """Return one change of a word with its cause."""
    return f"{turn.pilot or turn.path}: {turn.before} -> {turn.now} ({turn.why})"


def give_lines(shared: Shared, most: int = 4) -> list[str]:
    """Return by how much each pilot would have to give way if it alone did, or that none alone could."""
    enough = [give for give in shared.give if give.at_most is not None]
    if not enough:
        return ["no pilot that gives way alone is enough"] if shared.give else []
    lines = [
        f"if {give.pilot} alone gives way: {amount(give.now, shared.unit)} now, at most {amount(give.at_most or 0.0, shared.unit)}"
        for give in enough[:most]
    ]
    return [*lines, f"or one of {len(enough) - most} more"] if len(enough) > most else lines


def order_line(shared: Shared) -> str:
    """Return how many launches of the stated order fit, and the first that does not; empty without an order."""
    first = next((number for number, launch in enumerate(shared.order) if launch.answer != "OK"), None)
    if not shared.order:
        return ""
    if first is None:
        return f"all {len(shared.order)} launches of the order fit"
    launch = shared.order[first]
    return f"in the order of launches {first} fit{'s' if first == 1 else ''}; {launch.pilot} ({launch.by}) is the first that is {launch.answer}"


def joint(shared: Shared) -> str:
    """Return the bounds of a joint peak."""
    low = amount(shared.low, shared.unit)
    if shared.high is None:
        return f"at least {low}"
    return (
        low
        if round(shared.low, 9) == round(shared.high, 9)
        else f"{low} to {amount(shared.high, shared.unit)}"
    )


def amount(value: float, unit: str) -> str:
    """Return a demand as people write it."""
    return show_number(value) if unit in ("1", "") else show_amount(Quantity(value, unit))
