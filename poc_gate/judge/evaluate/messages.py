"""Outcome -> one plain sentence with numbers and units, and the formula with the numbers put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf

from poc_gate.judge.evaluate.check_expectation import Outcome
from poc_gate.judge.evaluate.find_missing import ITEM
from poc_gate.judge.evaluate.gather_inputs import Context, Gathered
from poc_gate.judge.evaluate.plain_inputs import (
    is_percent,
    is_share,
    names_in,
    plain_list,
    plain_value,
    readable,
    share_names,
    share_text,
)
from poc_gate.judge.evaluate.put_in import put_in
from poc_gate.judge.gate_words import bound_of_known_part
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.claim import Value
from poc_gate.model.fact import FactSpec
from poc_gate.model.finding import State
from poc_gate.model.quantity import DIMENSIONLESS, Quantity, show_number, show_share
from poc_gate.model.rule import Limit

SIGNS = {"at_most": "<=", "at_least": ">=", "equals": "=="}
_FAILED = {
    "<=": "over",
    "<": "not below",
    ">=": "below",
    ">": "not above",
    "==": "not",
    "!=": "and must not be",
}
_COMPARISON = re.compile(r"\s*([A-Za-z_]\w*)\s*(<=|>=|==|!=|<|>)\s*([^<>=&|?]+?)\s*")
_AGE = re.compile(r"\s*age\(([A-Za-z_]\w*)\)\s*")
_DENIED = re.compile(r"\s*!\s*([A-Za-z_]\w*)\s*")
_EVERY = re.compile(r"\s*([A-Za-z_]\w*)\.all\((\w+), *\2\)\s*")
_MOST_SHOWN = 6


def show_value(value: Value | None, spec: FactSpec | None = None) -> str:
    """Return a fact's value as people read it; shares of one as percentages."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        shown = ", ".join(value[:_MOST_SHOWN]) + (", ..." if len(value) > _MOST_SHOWN else "")
        return f"[{shown}]"
    if isinstance(value, str):
        return value if len(value) <= 60 else f"{value[:57]}..."
    # Three figures would round 0.9995 to 1, and availability is all about what is left of one.
    if value.unit == DIMENSIONLESS and (is_share(spec) or 0.9 < value.value < 1):
        return show_share(value.value)
    return str(value)


def show_limit(limit: Limit) -> str:
    """Return a threshold as people read it."""
    return show_share(limit.value.value) if is_percent(limit) else str(limit.value)


class Wording:
    """Words for one rule, one subject and its gathered values."""

    def __init__(self, compiled: CompiledRule, gathered: Gathered, context: Context) -> None:
        """Keep what the sentences are made of."""
        self.compiled = compiled
        self.gathered = gathered
        self.context = context
        catalogue = context.packs.catalogue
        self.specs = {name: catalogue.find(fact) for name, fact in compiled.rule.given.items()}
        self.shares = share_names(compiled, self.specs)
        used = compiled.used
        self.shown: Mapping[str, str] = {
            **{name: show_limit(limit) for name, limit in compiled.rule.limits.items()},
            **{name: self.input(name) for name in compiled.rule.given if name in used},
        }

    def input(self, name: str) -> str:
        """Return the value of one name."""
        facts = self.gathered.facts[name]
        if name not in self.compiled.lists:
            return self.value(name, facts[0].value)
        shown = ", ".join(self.value(name, fact.value) for fact in facts[:_MOST_SHOWN])
        return f"[{shown}{', ...' if len(facts) > _MOST_SHOWN else ''}]"

    def value(self, name: str, value: Value | None) -> str:
        """Return one value of a name, a percentage where the rule holds it against one."""
        share = share_text(value) if name in self.shares else None
        return share or show_value(value, self.specs[name])

    def formula(self) -> str:
        """Return the expectation with the numbers put in; what is unknown keeps its name."""
        expect, facts = self.compiled.rule.expect, self.gathered.facts
        if expect.operator == "evidence":
            return ""
        gaps = {name for name, held in facts.items() if all(fact.value is None for fact in held)}
        shown = {name: text for name, text in self.shown.items() if name not in gaps}
        if expect.operator == "that":
            return put_in(" ".join(expect.bounds[0].split()), shown)
        value = put_in(expect.value, shown)
        if expect.operator == "one_of":
            return f"{value} in [{', '.join(expect.bounds)}]"
        bounds = [put_in(bound, shown) for bound in expect.bounds]
        if expect.operator == "between":
            return f"{bounds[0]} <= {value} <= {bounds[1]}"
        return f"{value} {SIGNS[expect.operator]} {bounds[0]}"

    def decided(self, outcome: Outcome) -> str:
        """Return the sentence of a pass or a failure."""
        rule = self.compiled.rule
        if outcome.state is State.PASS and outcome.limit is None:
            return f"{rule.what}."
        if rule.expect.operator in {"at_most", "at_least", "between"}:
            return self.quantity(outcome)
        if rule.expect.operator == "that":
            return self.broken(outcome)
        value = self.subject(rule.expect.value)
        if rule.expect.operator == "one_of":
            return (
                f"{value} is {self.shown_value(rule.expect.value)}, none of {', '.join(rule.expect.bounds)}."
            )
        wanted = put_in(rule.expect.bounds[0], self.shown)
        return f"{value} is {self.shown_value(rule.expect.value)}, not {wanted}."

    def quantity(self, outcome: Outcome) -> str:
        """Return the sentence of a compared quantity."""
        rule, passed = self.compiled.rule, outcome.state is State.PASS
        assert self.compiled.value is not None
        unit, share = self.compiled.value.type.unit, self.is_share()
        value, limit = (self.number(number, unit, share=share) for number in (outcome.value, outcome.limit))
        words = {"at_most": ("within", "over"), "at_least": ("at or above", "below")}
        word = words.get(rule.expect.operator, ("within", "outside"))[0 if passed else 1]
        kind = "the limit of" if rule.expect.operator != "at_least" else "the required"
        off = "" if passed else self.distance(outcome, share=share)
        least = f"{outcome.by_bound} " if outcome.by_bound else ""
        (fact, *_) = self.gathered.facts.get(rule.expect.value.strip(), (None,)) if least else (None,)
        left_out = bound_of_known_part(fact.inputs if fact is not None else ())
        return f"{self.subject(rule.expect.value)} is {least}{value}, {word} {kind} {limit}{off}{left_out}."

    def distance(self, outcome: Outcome, *, share: bool) -> str:
        """Return by how much a limit is missed; beside percentages not in percent, which could be points."""
        margin = outcome.margin
        if margin is None or not 0 < margin < inf:
            return ""
        if margin >= 2 or (share and abs(margin - 1) >= 0.0005):
            return f" ({show_number(margin)} times as much)"
        return f" by {show_share(abs(margin - 1))}" if abs(margin - 1) >= 0.0005 else ""

    def broken(self, outcome: Outcome) -> str:
        """Return the sentence of a statement that does not hold: simple parts in words, then the rest."""
        told = [(source, self.part(source)) for source in outcome.failing]
        sentences = []
        plain = [text for _, text in told if text][:3]
        if plain:
            sentences.append(f"{'; '.join([plain[0], *map(_lower, plain[1:])])}.")
        rest = " && ".join(source for source, text in told if not text)
        if rest:
            what = _lower(self.compiled.rule.what)
            sentences.append(f"{'Also not' if plain else 'Not'} so: {what}. {self.listed(rest)}.")
        return " ".join(sentences)

    def listed(self, source: str) -> str:
        """Return the inputs and limits that a source text names, each with its value."""
        rule = self.compiled.rule
        told = [self.told(name) for name in names_in(source, rule.given)]
        limits = [self.shown[name] for name in names_in(source, rule.limits)]
        if limits:
            told.append(f"the limit{'s are' if len(limits) > 1 else ' is'} {' and '.join(limits)}")
        return ", ".join(told)[:1].upper() + ", ".join(told)[1:]

    def told(self, name: str) -> str:
        """Return one input as `prod access is pending`."""
        facts, spec = self.gathered.facts[name], self.specs[name]
        shown = tuple(plain_value(self.value(name, fact.value), fact) for fact in facts)
        text = plain_list(facts, shown) if name in self.compiled.lists else shown[0]
        return f"{readable(spec) if spec is not None else name} is {text}"

    def part(self, source: str) -> str:
        """Return one part of a statement in words; empty where it takes more than one clause."""
        spec = self.specs.get(source)
        if spec is not None:
            return f"not so: {_lower(spec.meaning)}"
        denied = _DENIED.fullmatch(source)
        spec = self.specs.get(denied[1]) if denied else None
        if spec is not None:
            return f"must not be so: {_lower(spec.meaning)}"
        match = _COMPARISON.fullmatch(source)
        if match and self.specs.get(match[1]) is not None and match[1] not in self.compiled.lists:
            return self.compared(match[1], match[2], match[3])
        every = _EVERY.fullmatch(source)
        spec = self.specs.get(every[1]) if every else None
        if every and spec is not None:
            lacking = [fact.name for fact in self.gathered.facts[every[1]] if fact.value is False]
            more = f" and {len(lacking) - 4} more" if len(lacking) > 4 else ""
            return f"not so: {_lower(spec.meaning)} ({', '.join(lacking[:4])}{more})"
        return ""

    def compared(self, name: str, sign: str, other: str) -> str:
        """Return a broken comparison of one input with a limit, a literal or another input."""
        wanted = put_in(other, self.shown)
        if (
            wanted == other
            and names_in(other, self.shown) == ()
            and not re.fullmatch(r'".*"|[\d.]+.*', wanted)
        ):
            return ""
        if re.search(r"[*/+(]", other) and names_in(other, self.shown):
            return ""
        held = self.beside(name, wanted)
        if held == "" or wanted == '""':
            return f"{self.subject(name)} is empty"
        if name in self.shares and wanted.replace(".", "").isdigit():
            wanted = show_share(float(wanted))
        return f"{self.subject(name)} is {held}, {_FAILED[sign]} {wanted.strip(chr(34)) or 'empty'}"

    def beside(self, name: str, other: str) -> str:
        """Return a value in the form of the one it is compared with: a share beside a share."""
        value = self.gathered.values[name]
        spec = self.specs[name]
        plain = isinstance(value, float) and spec is not None and spec.unit == DIMENSIONLESS
        if other.endswith("%") and plain and isinstance(value, float):
            return show_share(value)
        return self.shown[name]

    def set_aside(self) -> str:
        """Return why the rule does not apply: the inputs of its condition, in words."""
        rule = self.compiled.rule
        told = [self.told(name) for name in names_in(rule.when, rule.given)]
        return f"Not applicable: {', '.join(told) or 'its condition is not met'}."

    def unknown(self, outcome: Outcome, roots: tuple[str, ...]) -> str:
        """Return the sentence of what cannot be decided, and why."""
        what = _lower(self.compiled.rule.what)
        if outcome.straddles:
            assert self.compiled.value is not None or self.compiled.bounds
            return f"Cannot be told: the interval of the measured values reaches over the limit ({what})."
        if self.gathered.untrusted and set(roots) <= set(self.gathered.untrusted):
            names = ", ".join(self.gathered.untrusted)
            return f"Cannot be told: {names} was measured but scattered too much to be trusted ({what})."
        asked = [ITEM.fullmatch(root) for root in roots]
        if asked and all(asked):
            wanted = " and ".join(f"`{match[2]}` under `{match[1]}`" for match in asked if match)
            return f"Cannot be told: nothing has {wanted} ({what})."
        told = [
            f"`{item[2]}` under `{item[1]}`" if item else root
            for item, root in zip(asked, roots, strict=True)
        ]
        shown = ", ".join(told[:4]) + (f" and {len(roots) - 4} more" if len(roots) > 4 else "")
        verb = "is" if len(roots) == 1 else "are"
        return f"Cannot be told: {shown or 'an input'} {verb} unknown{self.reason(roots)} ({what})."

    def reason(self, roots: tuple[str, ...]) -> str:
        """Return why a computed fact is unknown where it is not for lack of another fact, such as numbers that disagree."""
        facts = (fact for every in self.gathered.facts.values() for fact in every)
        told = (fact.why_unknown for fact in facts if fact.name in roots and fact.derived and not fact.inputs)
        first = next((why for why in told if why and not why.startswith("missing")), "")
        return f": {first.partition('; ')[0]}" if first else ""

    def subject(self, source: str) -> str:
        """Return what a value is called: the meaning of its fact, else the expression."""
        spec = self.specs.get(source.strip())
        if spec is not None:
            return spec.meaning.rstrip(".")
        aged = _AGE.fullmatch(source)
        spec = self.specs.get(aged[1]) if aged else None
        if spec is not None:
            return f"Time since then ({_lower(spec.meaning)})"
        names = [self.specs.get(name) for name in names_in(source, self.compiled.rule.given)]
        known = [readable(spec) for spec in names if spec is not None]
        return f"What counts ({', '.join(known)})" if known else f"What counts ({source})"

    def shown_value(self, source: str) -> str:
        """Return the text of a judged value that is one name."""
        return self.shown.get(source.strip(), put_in(source, self.shown))

    def is_share(self) -> bool:
        """Whether the judged value is a share of one."""
        assert self.compiled.value is not None
        return bool(self.shares & self.compiled.value.names)

    def number(self, number: float | None, unit: str, *, share: bool) -> str:
        """Return a number of the judged value's unit."""
        if number is None:
            return "unknown"
        return show_share(number) if share and unit == DIMENSIONLESS else str(Quantity(number, unit))


def _lower(text: str) -> str:
    """Return a sentence for use inside another; names that begin with two capitals stay, the article does not."""
    text = text.rstrip(".")
    return text if text[:2].isupper() and text[1:2] != " " else text[:1].lower() + text[1:]
