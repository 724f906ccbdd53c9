"""dbt's freshness criteria and table names -> seconds and items, for both of its artifacts."""

from __future__ import annotations

from collections import Counter

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.source_items import slug

_PERIODS = {"minute": 60.0, "hour": 3600.0, "day": 86400.0}


def period_seconds(criterion: Node) -> float | None:
    """Return the seconds of `{count, period}`, or None where either is missing."""
    count, factor = (
        criterion.at("count").number(),
        _PERIODS.get(criterion.at("period").text().lower().rstrip("s")),
    )
    return count * factor if count is not None and count >= 0 and factor else None


def table_prefixes(reading: Reading, names: list[str]) -> dict[str, str]:
    """Return the item of each table that is meant: all, under their own names, or the one the caller asks for.

    With an item given by the caller and several tables, the option names the table; otherwise it is a question.
    """
    short = _short_names(names)
    fixed = bool(reading.prefix) and not reading.prefix.endswith("[]")
    if not fixed:
        return {name: f"sources[{slug(short[name])}]" for name in names[:500]}
    wanted = [
        name
        for name in names
        if reading.option and (name.endswith(reading.option) or short[name] == reading.option)
    ]
    if len(wanted) == 1 or (len(names) == 1 and not reading.option):
        return {(wanted or names)[0]: reading.prefix}
    if names:
        reading.note(
            "question", f"the file holds {len(names)} tables and it is not clear which one {reading.prefix} means",
            reading.file_place(), f"name one by the import option: {', '.join(sorted(short.values())[:8])}",
        )  # fmt: skip
    return {}


def _short_names(names: list[str]) -> dict[str, str]:
    """Return a table's own name, with its source in front where two sources have a table of that name."""
    own = {name: name.rsplit(".", 1)[-1] for name in names}
    often = {text for text, count in Counter(own.values()).items() if count > 1}
    return {name: "-".join(name.split(".")[-2:]) if text in often else text for name, text in own.items()}


def claim_criteria(freshness: Node, prefix: str) -> None:
    """State when late data raises an alarm: at the warning, or at the error where there is no warning."""
    warn, error = freshness.at("warn_after"), freshness.at("error_after")
    for criterion in (warn, error):
        if criterion.at("count").value is not None and period_seconds(criterion) is None:
            criterion.ask(
                f"`{criterion.path[-1]}` is not a time that dbt knows",
                "write a count of zero or more and a period of minute, hour or day",
            )
    late = warn if period_seconds(warn) is not None else error
    late.claim(f"{prefix}.freshness_alarm", period_seconds(late), unit="s", note=f"dbt's {late.path[-1]}")
    error.claim(f"{prefix}.freshness_promised", period_seconds(error), unit="s", note="dbt's error_after")
