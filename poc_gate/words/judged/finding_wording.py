"""One finding -> its words beside others of the same rule: without what stands there already."""

from __future__ import annotations

from poc_gate.model.fact_name import fact_name, item_of, short_name
from poc_gate.model.finding import Finding, Input, Lever
from poc_gate.words.shown_values import show_provenance, show_value

_MOST_NAMES = 6


def for_any_item(text: str, subject: str) -> str:
    """Return a line that names keys of one item as it reads for any: its keys without the item before them."""
    if not subject:
        return text
    return text.replace(f"{subject}.", "").replace(subject, f"{subject.partition('[')[0]}[]")


def cited(finding: Finding) -> str:
    """Return the clauses that a rule cites, each text named once."""
    clauses: dict[str, list[str]] = {}
    for reference in finding.references:
        clauses.setdefault(f"{reference.framework} {reference.edition}", []).append(reference.clause)
    return "; ".join(f"{text}: {', '.join(cited)}" for text, cited in clauses.items())


def is_own(given: Input, finding: Finding) -> bool:
    """Say whether an input belongs to the finding's own item."""
    return bool(finding.subject) and fact_name(given.fact).subject == finding.subject


def is_listed(given: Input, inputs: list[Input]) -> bool:
    """Say whether an input is one of several items under one name."""
    return bool(item_of(given.fact)) and sum(other.name == given.name for other in inputs) > 1


def origin_of(given: Input) -> str:
    """Return where a value comes from, the place apart; what is not known has no origin but a reason."""
    parts = ["" if given.value is None else show_provenance(given.provenance), _few(given.note)]
    return ", ".join(part for part in parts if part)


def _few(note: str) -> str:
    """Return a note that lists many names with the first of them; the facts have all."""
    names = note.split(", ")
    more = len(names) - _MOST_NAMES
    return note if more <= 1 else f"{', '.join(names[:_MOST_NAMES])} and {more} more"


def lever_text(lever: Lever, currency: str, subject: str = "") -> str:
    """Return a lever as a change of one fact, or that no value helps; a fact of `subject` by its field alone."""
    now = show_value(lever.current, currency, lever.fact)
    needed = show_value(lever.needed, currency, lever.fact)
    tail = ", ".join(part for part in (lever.effort, lever.note) if part)
    change = f"{now} -> {needed}" if lever.needed is not None else f"{now}, no value helps"
    return f"{short_name(lever.fact, subject)}: {change}{f' ({tail})' if tail else ''}"
