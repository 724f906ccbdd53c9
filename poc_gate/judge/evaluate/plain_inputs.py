"""Names in an expression -> the inputs that decide, in words that need no knowledge of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from poc_gate.expression.tokens import read_tokens
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.fact import Fact, FactSpec, generic_name, is_share_name
from poc_gate.model.quantity import DIMENSIONLESS, Quantity, show_share
from poc_gate.model.rule import Limit

MOST_ITEMS = 4
_AGAINST = re.compile(r"([A-Za-z_]\w*)\s*(?:<=|>=|==|<|>)\s*([A-Za-z_]\w*)")
_ALL_OF = re.compile(r"([A-Za-z_]\w*)\.all\((\w+),\s*(.*)\)", re.DOTALL)


def is_percent(limit: Limit) -> bool:
    """Whether a threshold is a share that people write with its sign."""
    return limit.value.unit == DIMENSIONLESS and 0 < limit.value.value < 1


def is_share(spec: FactSpec | None) -> bool:
    """Whether a catalogued fact is a share of something, be it of one or of a tolerated load."""
    return spec is not None and spec.unit == DIMENSIONLESS and is_share_name(spec.name)


def share_names(compiled: CompiledRule, specs: Mapping[str, FactSpec | None]) -> frozenset[str]:
    """Return the names shown as percentages: shares, and plain numbers held against a percentage."""
    rule = compiled.rule
    percent = {name for name, limit in rule.limits.items() if is_percent(limit)}
    found = {name for name, spec in specs.items() if is_share(spec)}
    texts = [rule.expect.value, *rule.expect.bounds]
    texts += [f"{rule.expect.value} <= {bound}" for bound in rule.expect.bounds if rule.expect.value]
    for text in texts if percent else ():
        unrolled = _ALL_OF.sub(lambda match: re.sub(rf"\b{match[2]}\b", match[1], match[3]), text)
        for left, right in _AGAINST.findall(unrolled):
            found |= {one for one, other in ((left, right), (right, left)) if other in percent}
    return frozenset(name for name in found if (spec := specs.get(name)) and spec.unit == DIMENSIONLESS)


def readable(spec: FactSpec) -> str:
    """Return a fact's short name in words: `sources[].prod_access` -> `prod access`, `cost.budget_12m` -> `budget of 12 months`."""
    parts = [part.removesuffix("[]") for part in spec.name.split(".")]
    last = (
        parts[-1]
        .replace("_12m", " of 12 months")
        .replace("_10x", " at ten times the volume")
        .replace("_", " ")
    )
    if parts[-1].partition("_")[0] == "month" and len(parts) > 1:
        return f"{parts[-2].replace('_', ' ')} of a {last}"
    if "_" in parts[-1] or len(parts) == 1 or "[]" in spec.name:
        return last
    return f"{parts[-2].replace('_', ' ')} {last}"


def names_in(source: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a source text in its order, each once."""
    wanted = set(known)
    tokens = read_tokens(source)
    named = (token.text for token in tokens if token.kind == "name" and token.text in wanted)
    return tuple(dict.fromkeys(named))


def item_of(name: str) -> str:
    """Return the id of the item that a fact belongs to, empty for none."""
    return name.partition("[")[2].partition("]")[0] if generic_name(name) != name else ""


def plain_list(facts: tuple[Fact, ...], shown: tuple[str, ...]) -> str:
    """Return the values of a list's items with their ids; of flags and texts those that are lacking."""
    pairs = list(zip(facts, shown, strict=True))
    lacking = [(fact, text) for fact, text in pairs if fact.value is False or fact.value == ""]
    chosen = lacking or pairs
    told = ", ".join(f"{text} ({item_of(fact.name)})" for fact, text in chosen[:MOST_ITEMS])
    return f"{told} and {len(chosen) - MOST_ITEMS} more" if len(chosen) > MOST_ITEMS else told or "none"


def plain_value(text: str, fact: Fact) -> str:
    """Return one value's text for a sentence: yes and no, nothing, and lists shortened."""
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    if isinstance(fact.value, tuple):
        more = f" and {len(fact.value) - MOST_ITEMS} more" if len(fact.value) > MOST_ITEMS else ""
        return ", ".join(fact.value[:MOST_ITEMS]) + more if fact.value else "empty"
    return "empty" if text == "" else text


def share_text(value: object) -> str | None:
    """Return a plain number as a percentage, or None for another value."""
    return show_share(value.value) if isinstance(value, Quantity) and value.unit == DIMENSIONLESS else None
