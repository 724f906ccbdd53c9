"""What already decides against a pilot at first look: title, figures and place of each finding."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.finding import Finding
from poc_gate.model.parts.first_look import FirstLook
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.words.grammar import count_of
from poc_gate.words.judged.findings import details, title

_MOST_PLACES = 3
"""Places that one row lists: a first look is read, not worked through."""


def against_rows(found: Sequence[Finding], look: FirstLook, currency: str = "") -> list[tuple[str, str]]:
    """Return what decides against a pilot, the title and the figures of each, and the place where it shows.

    Rules that fail for one reason, a model that is served no longer, are one sentence.
    """
    gone = [one for one in found if _served_for(one) is not None]
    rows: list[tuple[str, str]] = []
    for one in found:
        if one in gone[1:]:
            continue
        if one in gone:
            days = _time(-(_served_for(one) or 0.0))
            model = _model(look)
            rules = ", ".join(other.rule for other in gone)
            rows.append((f"The provider stopped serving{model} {days} ago ({rules}).", _where(one, look)))
        else:
            named = one.title or title(one)
            why = details(one, currency, _MOST_PLACES)
            rows.append((f"{named} ({one.rule}). {why}".rstrip(), _where(one, look)))
    return rows


def _model(look: FirstLook) -> str:
    """Return the model by its name, and by its version where that is known: other versions may be served still."""
    seen = {one.fact: one.value for one in look.seen}
    name, version = seen.get("model.name", ""), seen.get("model.version", "")
    if not name:
        return " this model"
    return f" version {version} of {name}" if version and version not in name else f" {name}"


_DAY = 86_400


def _time(seconds: float) -> str:
    """Return how long ago something was, in whole days where it was more than one."""
    days = int(seconds // _DAY)
    return count_of(days, "day") if days else show_quantity(Quantity(seconds, "s"))


def _served_for(one: Finding) -> float | None:
    """Return for how long a retired model is served still, in seconds, below 0; None for any other finding."""
    values = (given.value for given in one.inputs if given.fact == "flow.model.served_for")
    value = next(values, None)
    return value.value if isinstance(value, Quantity) and value.value < 0 else None


def _where(one: Finding, look: FirstLook) -> str:
    """Return where in the repository a finding shows; a manifest that was never written is not a place."""
    file = one.place.file
    written = file.rpartition("/")[2] != "pilot.yaml" and not one.place.is_shipped
    if written or not look.without_manifest:
        return str(one.place)
    used = {given.fact for given in one.inputs}
    shown = (seen.place for seen in look.seen if seen.fact in used)
    models = (seen.place for seen in look.seen if seen.fact == "model.name" and "model.hosting" in used)
    return next(models, "") or next(shown, "")
