"""Rule -> checked expressions over the catalogue's types; done once a rule, at load or at first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import inf

from msgspec import Struct, structs

from poc_gate.judge.expression.compile_expression import Expression, compile_expression
from poc_gate.judge.expression.tokens import read_tokens
from poc_gate.judge.expression.values import ANY, DATE, FLAG, TEXT, ExpressionError, ValueType, list_of
from poc_gate.model.fact import Catalogue, FactSpec, Kind, Role
from poc_gate.model.fact_name import fact_name
from poc_gate.model.quantity import DIMENSIONLESS, unit_powers
from poc_gate.model.rule import Expectation, Rule

COMPARISONS = {"at_most": "<=", "at_least": ">="}

Report = Callable[[str, ExpressionError], None]
"""Takes the key of the rule file that holds the source, such as `expect.at_most`, and its fault."""


class CompiledRule(Struct, frozen=True):
    """One rule with its expressions."""

    rule: Rule
    when: Expression | None
    value: Expression | None
    """The judged value, where the rule has one."""
    bounds: tuple[Expression, ...]
    """One for at_most, at_least and equals; two for between; for `that` the parts joined by `&&`."""
    lists: frozenset[str]
    """Names in `given` that stand for the values of all items of a list."""
    used: frozenset[str]
    """The names that the assertion rests on."""
    observed: frozenset[str]
    """Those of them that stand for observations; the others are intents, or today's date."""
    types: dict[str, ValueType]
    """By name in `given` and `limits`."""
    ranges: dict[str, tuple[float, float]]
    """What the quantities in `given` can be at all, by name; of values of whole lists none."""
    single: tuple[str, ...] = ()
    """The used names that stand for one fact, sorted."""
    seen: tuple[tuple[Expression, Expression | None], ...] = ()
    """Statements and their conditions over observations; the names in them alone are none of those the assertion rests on."""
    only_seen: frozenset[str] = frozenset()
    """Names that no other expression uses."""
    short: Expression | None = None
    """Where a failure only falls short."""


def fact_type(spec: FactSpec) -> ValueType:
    """Return the type that a fact has in expressions."""
    if spec.kind is Kind.QUANTITY:
        return ValueType("number", spec.unit or DIMENSIONLESS)
    if spec.kind is Kind.TEXTS:
        return list_of(ValueType("text", choices=spec.choices))
    return {Kind.FLAG: FLAG, Kind.DATE: DATE}.get(spec.kind, ValueType("text", choices=spec.choices))


def list_of_items(name: str) -> str:
    """Return the list that a generic name runs over: `sources[].p99` -> `sources`; empty for none."""
    parts = fact_name(name)
    return parts.section if parts.item == "" else ""


def name_types(
    given: Mapping[str, str], catalogue: Catalogue, for_each: str = ""
) -> tuple[dict[str, ValueType], frozenset[str]]:
    """Return the type of each name in `given`, and which of them are lists over items.

    Names whose fact is not catalogued are left out; the loader reports them.
    """
    types: dict[str, ValueType] = {}
    lists: set[str] = set()
    for name, fact in given.items():
        spec = catalogue.find(fact)
        if spec is None:
            continue
        over = list_of_items(fact)
        types[name] = fact_type(spec)
        if over and over != for_each:
            types[name] = list_of(types[name])
            lists.add(name)
    return types, frozenset(lists)


def split_and(source: str) -> tuple[str, ...]:
    """Return the parts of a statement that are joined by `&&` at its top; one part when they are not."""
    try:
        tokens = read_tokens(source)
    except ExpressionError:
        return (source,)
    depth, cuts = 0, []
    for token in tokens:
        if token.kind != "sign":
            continue
        depth += (token.text in "([") - (token.text in ")]")
        if depth == 0 and token.text in {"||", "?"}:
            return (source,)
        if depth == 0 and token.text == "&&":
            cuts.append(token)
    starts = [0, *(cut.end for cut in cuts)]
    ends = [*(cut.offset for cut in cuts), len(source)]
    return tuple(source[start:end].strip() for start, end in zip(starts, ends, strict=True))


def compile_rule(rule: Rule, catalogue: Catalogue, report: Report | None = None) -> CompiledRule:
    """Return the rule with its expressions checked.

    With `report` every fault is told and the faulty part left out; without, the first is raised.
    """
    types, lists = name_types(rule.given, catalogue, rule.for_each)
    for name, limit in rule.limits.items():
        types[name] = ValueType("number", limit.value.unit)
    compiler = _Compiler(types, report)
    value, bounds = compiler.expectation(rule)
    when = compiler.one("when", rule.when, wanted=FLAG) if rule.when else None
    seen = compiler.observations(rule)
    short = compiler.one("short", rule.short, wanted=FLAG) if rule.short else None
    parts = [part for part in (value, *bounds) if part is not None]
    used = frozenset[str]().union(*(part.names for part in parts))
    observed = frozenset(name for name in used if _is_observation(rule.given.get(name, ""), catalogue))
    single = tuple(sorted(name for name in used if name in rule.given and name not in lists))
    ranges = {
        name: _range(spec)
        for name in single
        if (spec := catalogue.find(rule.given[name])) is not None and spec.kind is Kind.QUANTITY
    }
    besides = [part for part in (when, short) if part is not None]
    only_seen = _only_seen(rule, seen, used.union(*(part.names for part in besides)))
    return CompiledRule(
        rule, when, value, bounds, lists, used, observed, types, ranges, single, seen, only_seen, short
    )


def _range(spec: FactSpec) -> tuple[float, float]:
    """Return the bounds that the catalogue sets to a quantity."""
    return -inf if spec.low is None else spec.low, inf if spec.high is None else spec.high


def _only_seen(
    rule: Rule,
    seen: Iterable[tuple[Expression, Expression | None]],
    used: frozenset[str],
) -> frozenset[str]:
    """Return the names of `given` that nothing but the statements over observations uses."""
    named = frozenset(name for pair in seen for part in pair if part is not None for name in part.names)
    files = f"{rule.evidence.where if rule.evidence is not None else ''} {rule.set_aside}"
    return frozenset(
        name for name in named - used if name in rule.given and not re.search(rf"\b{name}\b", files)
    )


def compile_where(compiled: CompiledRule) -> Expression | None:
    """Return what a file must satisfy, over the rule's names, `content`, and `item` in a rule over a list.

    Compiled only once a file is put forward, which for most rules is never. Raises ExpressionError.
    """
    rule = compiled.rule
    if rule.evidence is None or not rule.evidence.where:
        return None
    names = compiled.types | {"content": ANY} | ({"item": TEXT} if rule.for_each else {})
    return _compile_where(rule.evidence.where, tuple(names.items()))


def showing_set_aside(compiled: CompiledRule) -> CompiledRule:
    """Return the rule with the files that show that its precondition is not met in place of those that prove it.

    Whoever lifts a rule signs for it, whether the rule itself asks for a signature or not.
    """
    rule = compiled.rule
    assert rule.evidence is not None
    shown = structs.replace(rule.evidence, contains=(), where=rule.set_aside, approver=True)
    return structs.replace(compiled, rule=structs.replace(rule, evidence=shown))


def compile_set_aside(compiled: CompiledRule) -> Expression | None:
    """Return what such a file must satisfy; None where the rule asks for none. Raises ExpressionError."""
    return compile_where(showing_set_aside(compiled)) if compiled.rule.set_aside else None


@lru_cache(maxsize=1024)
def _compile_where(source: str, names: tuple[tuple[str, ValueType], ...]) -> Expression:
    return compile_expression(source, dict(names), wanted=FLAG)


def _is_observation(fact: str, catalogue: Catalogue) -> bool:
    spec = catalogue.find(fact)
    return spec is not None and spec.role is Role.OBSERVATION and spec.origin != "assessment"


class _Compiler:
    def __init__(self, types: dict[str, ValueType], report: Report | None) -> None:
        self.types = types
        self.report = report

    def one(
        self, key: str, source: str, wanted: ValueType | None = None, before: int = 0
    ) -> Expression | None:
        """Compile a source of which the first `before` characters are not written at the key."""
        try:
            return compile_expression(source, self.types, wanted=wanted)
        except ExpressionError as error:
            self.fault(key, ExpressionError(error.what, max(0, error.offset - before), error.next_step))
            return None

    def fault(self, key: str, error: ExpressionError) -> None:
        if self.report is None:
            raise error
        self.report(key, error)

    def expectation(self, rule: Rule) -> tuple[Expression | None, tuple[Expression, ...]]:
        """Compile value and bounds; an `equals` is compiled as the comparison it is."""
        expect = rule.expect
        if expect.operator in {"evidence", "that"}:
            return None, self.statement(expect.bounds)
        value = self.one("expect.value", expect.value)
        if value is None or expect.operator == "one_of":
            self.check_texts(value, expect.bounds)
            return value, ()
        if expect.operator == "equals":
            left = f"({expect.value}) == ("
            whole = self.one("expect.equals", f"{left}{expect.bounds[0]})", FLAG, len(left))
            return value, () if whole is None else (whole,)
        return value, self.limits(value, expect)

    def statement(self, sources: tuple[str, ...]) -> tuple[Expression, ...]:
        """Compile a statement as its parts joined by `&&`, so that a message can name the failing one."""
        parts = tuple(part for source in sources for part in split_and(source))
        if self.report is not None:
            whole = self.several(*(("expect.that", source, FLAG) for source in sources))
            if len(whole) < len(sources):
                return ()
        return self.several(*(("expect.that", part, FLAG) for part in parts))

    def observations(self, rule: Rule) -> tuple[tuple[Expression, Expression | None], ...]:
        """Compile the statements over what was observed, each with its condition."""
        found = []
        for number, part in enumerate(rule.seen):
            that = self.one(f"seen.{number}.that", part.that, wanted=FLAG)
            when = self.one(f"seen.{number}.when", part.when, wanted=FLAG) if part.when else None
            if that is not None:
                found.append((that, when))
        return tuple(found)

    def limits(self, value: Expression, expect: Expectation) -> tuple[Expression, ...]:
        """Compile the bounds of a quantity; each must have its unit."""
        if value.type.kind != "number":
            self.fault("expect.value", ExpressionError(f"a quantity is needed, not {value.type}", 0))
            return ()
        bounds = self.several(*((f"expect.{expect.operator}", text, None) for text in expect.bounds))
        for bound in bounds:
            self.check_unit(expect.operator, value, bound)
        return bounds

    def several(self, *wanted: tuple[str, str, ValueType | None]) -> tuple[Expression, ...]:
        found = (self.one(key, source, kind) for key, source, kind in wanted)
        return tuple(expression for expression in found if expression is not None)

    def check_texts(self, value: Expression | None, texts: tuple[str, ...]) -> None:
        if value is None:
            return
        if value.type.kind != "text":
            self.fault("expect.value", ExpressionError(f"one_of needs a text, not {value.type}", 0))
        for text in texts:
            if value.type.choices and text not in value.type.choices:
                what = f"{text!r} is not one of {', '.join(value.type.choices)}"
                self.fault("expect.one_of", ExpressionError(what, 0))

    def check_unit(self, operator: str, value: Expression, bound: Expression) -> None:
        step = ""
        if bound.type.kind != "number":
            what = f"a quantity is needed, not {bound.type}"
        elif unit_powers(bound.type.unit) == unit_powers(value.type.unit) or bound.source.strip() == "0":
            return
        else:
            what = f"units differ: {value.type} and {bound.type}"
            step = "write the limit or number with its unit, such as `30 s`"
        self.fault(f"expect.{operator}", ExpressionError(what, 0, step))
