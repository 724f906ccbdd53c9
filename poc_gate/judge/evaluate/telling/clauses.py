"""Parts of a statement that do not hold -> clauses: what was judged, how, and against what; read from the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from poc_gate.judge.evaluate.checking.gather_inputs import Gathered
from poc_gate.judge.expression.syntax import Node, parse
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.claim import Value
from poc_gate.model.fact import Fact, FactSpec, Kind, Role, is_share_name
from poc_gate.model.parts.reason import Clause, Term
from poc_gate.model.quantity import DIMENSIONLESS, Quantity
from poc_gate.model.rule import Limit

_RELATIONS = frozenset({"<=", "<", ">=", ">", "==", "!="})
_TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "==", "!=": "!="}


class Clauses:
    """Clauses of one rule and one subject, from its gathered values."""

    def __init__(
        self, compiled: CompiledRule, gathered: Gathered, specs: Mapping[str, FactSpec | None]
    ) -> None:
        """Keep what the clauses are made of; `specs` are the catalogue's entries by name in `given`."""
        self.compiled = compiled
        self.gathered = gathered
        self.specs = specs
        self.percent = percent_names(compiled, specs)

    def of(self, source: str) -> Clause:
        """Return the clause of one part of a statement; one without a sign where it takes more than one."""
        node = parse(source)
        found = self._flag(node) or self._relation(node) or self._membership(node) or self._every(node)
        return found or Clause("", left=self.inputs(names_of(node)))

    def judged(self, source: str) -> tuple[tuple[Term, ...], bool]:
        """Return the judged value of an expectation, and whether it is the time since a day."""
        node = parse(source)
        aged = node.kind == "call" and node.value == "age" and _is_name(node.children[-1])
        named = node.children[-1] if aged else node
        if _is_name(named) and named.value in self.specs:
            return self._terms(str(named.value)), aged
        return self.inputs(names_of(node)), False

    def inputs(self, names: tuple[str, ...]) -> tuple[Term, ...]:
        """Return the facts and limits of these names, facts first; of a list every item."""
        facts = [term for name in names if name in self.specs for term in self._terms(name)]
        limits = [self._limit(name) for name in names if name in self.compiled.rule.limits]
        return (*facts, *limits)

    def wanted(self, source: str) -> tuple[Term, ...]:
        """Return what a value is held against where it is a name or a literal; else nothing."""
        return self._side(parse(source))

    def _flag(self, node: Node) -> Clause | None:
        denied = node.kind == "unary" and node.value == "!"
        inner = node.children[0] if denied else node
        if not _is_name(inner) or not self._is_kind(inner, Kind.FLAG):
            return None
        return Clause("no" if denied else "yes", self._terms(str(inner.value)))

    def _relation(self, node: Node) -> Clause | None:
        if node.kind != "binary" or node.value not in _RELATIONS:
            return None
        sign, (left, right) = str(node.value), node.children
        if _is_literal(left) and not _is_literal(right):
            sign, left, right = _TURNED[sign], right, left
        if left.kind == "call" and left.value == "size" and right.kind == "number":
            named = left.children[-1]
            few = sign == ">" and right.value == 0
            return Clause("stated", self._terms(str(named.value))) if few and _is_name(named) else None
        aged = left.kind == "call" and left.value == "age"
        named = left.children[-1] if aged else left
        if not _is_name(named) or named.value in self.compiled.lists or named.value not in self.specs:
            return None
        held, wanted = self._terms(str(named.value)), self._side(right)
        if not wanted:
            return None
        if held[0].value == "" or wanted[0].value == "":
            lacking = held if held[0].value == "" else wanted
            # That a text be empty takes more words.
            return Clause("stated", lacking) if lacking[0].fact else None
        return Clause(sign, held, tuple(alike(term, held[0]) for term in wanted), aged)

    def _membership(self, node: Node) -> Clause | None:
        denied = node.kind == "unary" and node.value == "!"
        inner = node.children[0] if denied else node
        if inner.kind != "binary" or inner.value != "in":
            return None
        left, right = inner.children
        if left.kind == "text" and _is_name(right):
            held = self._terms(str(right.value))
            return None if denied else Clause("has", held, (Term(str(left.value)),))
        choices = right.children if right.kind == "list" else (right,)
        if not _is_name(left) or not all(self._side(choice) for choice in choices):
            return None
        wanted = tuple(term for choice in choices for term in self._side(choice))
        return Clause("not in" if denied else "in", self._terms(str(left.value)), wanted)

    def _every(self, node: Node) -> Clause | None:
        if node.kind != "call" or node.value != "all" or not _is_name(node.children[0]):
            return None
        over, one, body = node.children
        lacking: object = False if body.kind == "name" and body.value == one.value else None
        if body.kind == "binary" and body.value == "!=" and _is_empty(body.children[1]):
            lacking = ""
        facts = self.gathered.facts.get(str(over.value), ())
        if lacking is None or str(over.value) not in self.compiled.lists:
            return None
        sign = "every" if lacking is False else "stated"
        return Clause(sign, tuple(self._term(str(over.value), f) for f in facts if f.value == lacking))

    def _side(self, node: Node) -> tuple[Term, ...]:
        """Return a limit, a fact or a literal as a term; nothing for what has to be computed."""
        if node.kind == "text":
            return (Term(str(node.value), needed=True),)
        if node.kind == "flag":
            return (Term(bool(node.value), needed=True),)
        if node.kind == "number" and not isinstance(node.value, str):
            return (Term(Quantity(float(node.value), node.unit), needed=True),)
        if not _is_name(node):
            return ()
        name = str(node.value)
        if name in self.compiled.rule.limits:
            return (self._limit(name),)
        return self._terms(name) if name in self.specs and name not in self.compiled.lists else ()

    def _limit(self, name: str) -> Term:
        limit = self.compiled.rule.limits[name]
        return Term(limit.value, percent=is_percent(limit), needed=True)

    def _terms(self, name: str) -> tuple[Term, ...]:
        return tuple(self._term(name, fact) for fact in self.gathered.facts.get(name, ()))

    def _term(self, name: str, fact: Fact) -> Term:
        return term_of(fact, self.specs.get(name), percent=name in self.percent)

    def _is_kind(self, node: Node, kind: Kind) -> bool:
        spec = self.specs.get(str(node.value))
        return spec is not None and spec.kind is kind and node.value not in self.compiled.lists


def alike(limit: Term, judged: Term) -> Term:
    """Return a limit as the value beside it is read: in percent beside a percentage."""
    plain = isinstance(limit.value, Quantity) and limit.value.unit == DIMENSIONLESS
    return replace(limit, percent=True) if judged.percent and plain else limit


def term_of(fact: Fact, spec: FactSpec | None, *, percent: bool = False) -> Term:
    """Return a fact as a term."""
    meaning = spec.meaning.rstrip(".") if spec is not None else fact.name
    needed = spec is not None and spec.role is Role.INTENT
    shares = percent or (spec is not None and spec.unit == DIMENSIONLESS and is_share_name(spec.name))
    return Term(fact.value, fact.name, meaning, shares, needed, fact.provenance, fact.place)


def is_percent(limit: Limit) -> bool:
    """Whether a threshold is a share that people write with its sign."""
    return limit.value.unit == DIMENSIONLESS and 0 < limit.value.value < 1


def percent_names(compiled: CompiledRule, specs: Mapping[str, FactSpec | None]) -> frozenset[str]:
    """Return the names shown as percentages: shares, and plain numbers held against a percentage."""
    rule = compiled.rule
    percent = {name for name, limit in rule.limits.items() if is_percent(limit)}
    found = {name for name, spec in specs.items() if spec is not None and is_share_name(spec.name)}
    pairs = [pair for bound in rule.expect.bounds for pair in _held_against(rule.expect.operator, bound)]
    if rule.expect.operator in {"at_most", "at_least", "between", "equals"}:
        pairs += [(rule.expect.value.strip(), bound.strip()) for bound in rule.expect.bounds]
    for left, right in pairs if percent else ():
        found |= {one for one, other in ((left, right), (right, left)) if other in percent}
    return frozenset(name for name in found if (spec := specs.get(name)) and spec.unit == DIMENSIONLESS)


def names_of(node: Node) -> tuple[str, ...]:
    """Return the names in a tree in the order of the source, each once."""
    found = [(one.offset, str(one.value)) for one in _walk(node) if _is_name(one)]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


@lru_cache(maxsize=2048)
def _held_against(operator: str, source: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of names that a statement compares, a loop's variable named as the list it runs over."""
    if operator != "that":
        return ()
    nodes = tuple(_walk(parse(source)))
    over = {
        str(node.children[1].value): str(node.children[0].value)
        for node in nodes
        if node.kind == "call" and node.value in {"all", "exists"} and len(node.children) == 3
    }
    pairs = (
        (str(node.children[0].value), str(node.children[1].value))
        for node in nodes
        if node.kind == "binary" and node.value in _RELATIONS and all(map(_is_name, node.children))
    )
    return tuple((over.get(left, left), over.get(right, right)) for left, right in pairs)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _is_name(node: Node) -> bool:
    return node.kind == "name"


def _is_literal(node: Node) -> bool:
    return node.kind in {"number", "text", "flag"}


def _is_empty(node: Node) -> bool:
    return node.kind == "text" and node.value == ""


def as_value(value: object, unit: str) -> Value | None:
    """Return a computed number as a quantity of its unit; None for what is no number."""
    return Quantity(value, unit) if isinstance(value, float) else None
