"""One finding's parts -> its title, its sentence, and what stands beside its rule's own words; once for all formats."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from poc_gate.model.fact_name import item_of, short_name
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import Reason, ReasonKind, Term
from poc_gate.model.quantity import show_share
from poc_gate.words.grammar import and_list, are
from poc_gate.words.judged.clauses import clause_words, seen_words
from poc_gate.words.judged.gates import bound_of_known_part
from poc_gate.words.judged.places import MOST_PLACES, listed_places
from poc_gate.words.named_facts import named, readable
from poc_gate.words.shown_values import lower_first, show_term, upper_first

_MOST_NAMED = 4
_LEADS = {
    State.FAIL: "Not met",
    State.UNKNOWN: "Not answered",
    State.NOT_APPLICABLE: "Not applicable",
    State.WAIVED: "Accepted for now",
    State.ERROR: "Not computable",
}
"""What a title begins with; a pass is the rule's own statement."""

_CONDITION = "This is a condition, not a reason to stop."
"""What a finding says that fails and does not stop."""

_COUNTING = frozenset({ReasonKind.COMPARED, ReasonKind.DIFFERS, ReasonKind.BROKEN})
"""Reasons whose notes are the places of what was counted."""

_TELLING = frozenset(
    {ReasonKind.COMPARED, ReasonKind.DIFFERS, ReasonKind.DISAGREE, ReasonKind.WEAKER, ReasonKind.SEEN}
)
"""Reasons whose words can stand without the rule's own statement."""


def worded(finding: Finding, currency: str = "") -> Finding:
    """Return the finding with its title and its message; one that holds no parts keeps the message it has."""
    named = finding.title or title(finding)
    if finding.reason is None:
        return replace(finding, title=named)
    told = message(finding, currency)
    return replace(finding, title=named, message=f"{told} {_CONDITION}" if finding.short else told)


def title(finding: Finding) -> str:
    """Return one short line that says what is so, in the state that the finding is in."""
    what = finding.what.rstrip(".")
    if finding.reason is not None and finding.reason.kind is ReasonKind.DISAGREE:
        item = item_of(finding.subject)
        return f"Conflicting statements about {readable(finding.subject)}{f' of {item}' if item else ''}"
    if finding.reason is not None and finding.reason.kind is ReasonKind.WEAKER:
        return "The gate asks for less than before"
    if finding.state is State.PASS:
        return what if finding.proven else f"No proof yet: {lower_first(what)}"
    return f"{_LEADS[finding.state]}: {lower_first(what)}"


def message(finding: Finding, currency: str = "") -> str:
    """Return what is so as a sentence or two that stand alone, the item apart."""
    reason = finding.reason
    if reason is None:
        return finding.message
    words = details(finding, currency)
    if not words:
        return f"{finding.what.rstrip('.')}."
    plain = reason.kind is ReasonKind.BROKEN and all(clause.sign for clause in reason.clauses)
    if reason.kind in _TELLING or plain or finding.state is State.NOT_APPLICABLE:
        return words
    state = finding.waived_from or finding.state
    return f"{_LEADS.get(state, 'No proof yet')}: {lower_first(finding.what.rstrip('.'))}. {words}"


def details(finding: Finding, currency: str = "", most_places: int = MOST_PLACES) -> str:
    """Return why a finding is in its state, for a place where its rule's own statement stands already.

    Empty where that statement says it all. Facts of the finding's own item are named without the item. Of the places
    that were counted the first `most_places` are listed.
    """
    reason = finding.reason
    if reason is None:
        return "" if finding.message.rstrip(".") == finding.what.rstrip(".") else finding.message
    words = _WORDS[reason.kind](reason, finding.subject, currency)
    if reason.kind in _COUNTING and reason.notes and words:
        return f"{words[:-1]}: {listed_places(reason.notes, most_places)}."
    return words


def _broken(reason: Reason, subject: str, currency: str) -> str:
    plain = [clause_words(clause, currency) for clause in reason.clauses if clause.sign][:3]
    rest = [term for clause in reason.clauses if not clause.sign for term in clause.left]
    sentences = [f"{text}." for text in plain]
    if sentences and reason.names:
        sentences[-1] = f"{sentences[-1][:-1]}{bound_of_known_part(reason.names)}."
    if rest:
        facts = [term for term in dict.fromkeys(rest) if term.fact]
        limits = [term for term in dict.fromkeys(rest) if not term.fact]
        told = [_input(term, subject, currency) for term in facts[: 2 * _MOST_NAMED]]
        if limits:
            shown = and_list([show_term(term, currency) for term in limits])
            told.append(f"limit{'s' if len(limits) > 1 else ''}: {shown}")
        if not plain and reason.names:
            told[-1] += bound_of_known_part(reason.names)
        sentences.append(f"{upper_first('; '.join(told))}.")
    return " ".join(sentences)


def _seen(reason: Reason, subject: str, currency: str) -> str:
    del subject
    pairs = zip(reason.notes, reason.clauses, strict=True)
    return " ".join(f"{says}: {seen_words(clause, currency)}." for says, clause in pairs)


def _set_aside(reason: Reason, subject: str, currency: str) -> str:
    told = [_input(term, subject, currency) for term in reason.terms]
    return f"Not applicable here ({'; '.join(told) or 'its condition is not met'})."


def _only_typed(reason: Reason, subject: str, currency: str) -> str:
    told = [_input(term, subject, currency) for term in reason.terms] or [
        readable(name) for name in reason.names
    ]
    return f"Nothing but the manifest's own word says that this does not apply ({'; '.join(told)})."


def _input(term: Term, subject: str, currency: str) -> str:
    """Return one input as `prod access: pending`, with its item where that is another one than the finding's."""
    item = item_of(term.fact)
    other = f" of {item}" if item and item != item_of(subject) else ""
    computed = term.meaning and term.fact.startswith("flow.")
    name = lower_first(term.meaning) if computed else readable(term.fact)
    return f"{name}{other}: {show_term(term, currency)}"


def _missing(reason: Reason, subject: str, currency: str) -> str:
    del currency
    pairs = [name.partition("[].") for name in reason.names]
    if reason.names and all(": " in key for _, _, key in pairs):
        wanted = and_list([f"`{key}`" for _, _, key in pairs])
        return f"No item of `{pairs[0][0]}` has {wanted}."
    shown = named(reason.names, subject, _MOST_NAMED) or "an input"
    why = f": {reason.notes[0]}" if reason.notes else ""
    return f"Unknown: {shown}{why}."


def _no_list(reason: Reason, subject: str, currency: str) -> str:
    del subject, currency
    over = reason.names[0]
    return f"`{over}` is not stated; write `{over}: []` if there are none."


def _straddles(reason: Reason, subject: str, currency: str) -> str:
    del subject
    why = "; ".join(reason.notes) or "the measured range straddles the limit"
    judged = reason.clauses[0].left[0] if reason.clauses else None
    if judged is None or not judged.meaning:
        return f"{upper_first(why)}."
    limit = reason.clauses[0].right[0]
    return (
        f"{judged.meaning}: {show_term(judged, currency)}, the limit is {show_term(limit, currency)}; {why}."
    )


def _disagree(reason: Reason, subject: str, currency: str) -> str:
    stronger, weaker = reason.terms
    name = stronger.fact if stronger.fact != subject else short_name(stronger.fact, subject) or stronger.fact
    apart = "" if reason.difference is None else f", {show_share(reason.difference)} apart"
    return (
        f"{name} is {show_term(stronger, currency)} ({stronger.provenance}) in one place and "
        f"{show_term(weaker, currency)} ({weaker.provenance}) in another{apart}; the {stronger.provenance} value was used."
    )


def _disputed(reason: Reason, subject: str, currency: str) -> str:
    del currency
    whom = f"the pack {reason.by}" if reason.by else "the rule"
    return f"Statements about {named(reason.names, subject, _MOST_NAMED)} disagree, so it is open whether {whom} applies."


def _pack_open(reason: Reason, subject: str, currency: str) -> str:
    del currency
    why = named(reason.names, subject, _MOST_NAMED) or "; ".join(reason.notes)
    return f"It is open whether the pack {reason.by} applies: {why} {are(reason.names)} unknown."


def _scattered(reason: Reason, subject: str, currency: str) -> str:
    del currency
    was = "was" if len(reason.names) == 1 else "were"
    return f"{named(reason.names, subject, _MOST_NAMED)} {was} measured, but the samples scatter too much to rely on."


def _assumed(reason: Reason, subject: str, currency: str) -> str:
    values = (f"{short_name(term.fact, subject)} = {show_term(term, currency)}" for term in reason.terms)
    return f"It holds only with assumed values, which prove nothing: {', '.join(values)}."


def _notes(reason: Reason, subject: str, currency: str) -> str:
    del subject, currency
    return f"{'; '.join(_begun(note) for note in reason.notes)}."


def _begun(note: str) -> str:
    """Return a note as a sentence begins; a file keeps its name."""
    return note if "/" in note.partition(" ")[0] else upper_first(note)


def _harmless(reason: Reason, subject: str, currency: str) -> str:
    del subject, currency
    return f"Not applicable to what this pilot can do: {', '.join(reason.names)}."


def _empty_list(reason: Reason, subject: str, currency: str) -> str:
    del subject, currency
    empty = ", ".join(f"`{name}: []`" for name in reason.names)
    return f"The manifest states that there are none ({empty}), so there is nothing to judge."


def _clause(reason: Reason, subject: str, currency: str) -> str:
    del subject
    left_out = bound_of_known_part(reason.names) if reason.clauses[0].by_bound else ""
    return f"{clause_words(reason.clauses[0], currency, reason.bound)}{left_out}."


Words = Callable[[Reason, str, str], str]
"""Takes a reason, the finding's subject and the currency."""

_WORDS: dict[ReasonKind, Words] = {
    ReasonKind.HOLDS: lambda _reason, _subject, _currency: "",
    ReasonKind.COMPARED: _clause,
    ReasonKind.DIFFERS: _clause,
    ReasonKind.SEEN: _seen,
    ReasonKind.BROKEN: _broken,
    ReasonKind.SET_ASIDE: _set_aside,
    ReasonKind.ONLY_TYPED: _only_typed,
    ReasonKind.DECLARED: lambda reason, _s, _c: (
        f"Set aside as not applicable by the {reason.by}: {reason.notes[0]}"
    ),
    ReasonKind.HARMLESS: _harmless,
    ReasonKind.EMPTY_LIST: _empty_list,
    ReasonKind.NO_LIST: _no_list,
    ReasonKind.DISPUTED: _disputed,
    ReasonKind.PACK_OPEN: _pack_open,
    ReasonKind.MISSING: _missing,
    ReasonKind.STRADDLES: _straddles,
    ReasonKind.SCATTERED: _scattered,
    ReasonKind.ASSUMED: _assumed,
    ReasonKind.NO_FILE: lambda _reason, _subject, _currency: "No file has been supplied as evidence.",
    ReasonKind.NOT_SHOWN: _notes,
    ReasonKind.IMPOSSIBLE: lambda reason, _s, _c: f"Cannot be computed: {reason.notes[0]}.",
    ReasonKind.DISAGREE: _disagree,
    ReasonKind.WEAKER: _notes,
}


def with_item(finding: Finding) -> str:
    """Return the message with the finding's item in front, as people call it, for a place where it does not stand yet."""
    item = item_of(finding.subject)
    if not item or finding.message.startswith(f"{finding.subject}: "):
        return finding.message
    return f"{item}: {finding.message}"


def says_rule(finding: Finding) -> bool:
    """Whether the message holds the rule's own statement already."""
    what = finding.what.rstrip(".")
    return what in finding.message or lower_first(what) in finding.message


def regression_line(finding: Finding) -> str:
    """Return a finding that is worse than at the base as one line: where, which rule, what, and what it was."""
    was = f" (at the base: {finding.was})" if finding.was else ""
    return f"{finding.place}: {finding.rule}: {with_item(finding)}{was}"


def announced(finding: Finding) -> str:
    """Return the message with its item in front, for a list without columns; a waived one says so first."""
    words = with_item(finding)
    return (
        f"Waived ({finding.waiver}): {words}" if finding.state is State.WAIVED and finding.waiver else words
    )
