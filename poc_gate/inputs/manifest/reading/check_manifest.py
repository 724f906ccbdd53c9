"""Statements that exclude each other, found across the fields of one manifest."""

from __future__ import annotations

import difflib
import itertools

from poc_gate.errors import Fault
from poc_gate.inputs.manifest.reading.statements import Statement, Statements
from poc_gate.text.quantities.quantity_text import currency_of

_ORDERED = (
    ("slo", ("p50", "p95", "p99")),
    ("sources[]", ("p50", "p95", "p99")),
    ("path.stages[]", ("p50", "p95", "p99")),
    ("retrieval", ("search_p50", "search_p99")),
    ("model", ("time_per_call", "time_per_call_p99")),
    ("demand", ("in_tokens_p50", "in_tokens_p95")),
    ("demand", ("out_tokens_p50", "out_tokens_p95")),
)
"""Percentiles of one quantity: a lower one cannot exceed a higher one."""

_PART_OF = (
    ("sources[]", "sequential_calls", "calls_per_request"),
    ("model", "active_parameters", "parameters"),
    ("model", "lookup_parameters", "parameters"),
    ("model", "experts_per_token", "experts"),
    ("model", "kv_heads", "heads"),
    ("model", "attention_layers", "layers"),
    ("model", "windowed_layers", "layers"),
    ("retrieval", "acl_leaks", "acl_denied_tests"),
    ("retrieval", "citations_wrong", "citations_checked"),
    ("evaluation", "failures", "n"),
    ("target", "replicas", "replicas_max"),
    ("agent", "pass_8", "pass_1"),
)
"""Counts that are part of another count: the part cannot exceed the whole."""


def check_manifest(statements: Statements, file: str) -> list[Fault]:
    """Return every contradiction inside one manifest whose values are each fine on their own."""
    faults = []
    for section, names in _ORDERED:
        for lower, higher in itertools.combinations(names, 2):
            faults += _not_above(statements, section, lower, higher)
    for section, part, whole in _PART_OF:
        faults += _not_above(statements, section, part, whole)
    faults += _currencies(statements)
    faults += _stage_sources(statements)
    return [Fault(file, at.place.line, at.place.column, what, step) for at, what, step in faults]


_Found = tuple[Statement, str, str]


def _not_above(statements: Statements, section: str, smaller: str, larger: str) -> list[_Found]:
    found: list[_Found] = []
    for prefix in _prefixes(statements, section):
        left, right = statements.number(f"{prefix}.{smaller}"), statements.number(f"{prefix}.{larger}")
        if left is None or right is None or left <= right:
            continue
        at, other = statements.by_name[f"{prefix}.{smaller}"], statements.by_name[f"{prefix}.{larger}"]
        what = f"{at.name} ({at.raw}) is above {other.name} ({other.raw}, line {other.place.line})"
        found.append((at, what, "one of the two is wrong: correct it"))
    return found


def _prefixes(statements: Statements, section: str) -> list[str]:
    if not section.endswith("[]"):
        return [section]
    name = section.removesuffix("[]")
    return [f"{name}[{item}]" for item in statements.items.get(name, ())]


def _currencies(statements: Statements) -> list[_Found]:
    currency = statements.currency()
    step = f"write every price in {currency}; poc-gate converts no currencies"
    return [
        (price, f"{price.name} ({price.raw}) is not in {currency}, the currency of this file", step)
        for price in statements.prices()
        if currency_of(str(price.raw)) != currency
    ]


def _stage_sources(statements: Statements) -> list[_Found]:
    known = statements.items.get("sources", ())
    found: list[_Found] = []
    for prefix in _prefixes(statements, "path.stages[]"):
        name = statements.text(f"{prefix}.source")
        if not name or name in known:
            continue
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "write the id of one of the sources"
        found.append(
            (statements.by_name[f"{prefix}.source"], f"{prefix}: no source has the id {name!r}", hint)
        )
    return found
