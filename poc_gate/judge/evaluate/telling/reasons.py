"""Outcome of a rule -> the reason of its finding, and the formula with the numbers put in; no sentences."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from poc_gate.judge.evaluate.checking.check_expectation import Outcome
from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.judge.evaluate.telling.clauses import Clauses, as_value, names_of, term_of
from poc_gate.judge.evaluate.telling.put_in import put_in
from poc_gate.judge.expression.syntax import parse
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.fact import FactSpec, generic_name
from poc_gate.model.finding import State
from poc_gate.model.parts.reason import Clause, Reason, ReasonKind, Term
from poc_gate.model.quantity import DIMENSIONLESS, Quantity
from poc_gate.words.in_formula import in_formula

SIGNS = {"at_most": "<=", "at_least": ">=", "equals": "==", "between": "between"}


def _told_by_bound(clause: Clause, specs: Mapping[str, FactSpec | None], outcome: Outcome) -> Clause:
    """Return a clause with the bound that decided it in the place of the value that nobody knows."""
    if not clause.left:
        return clause
    if not clause.sign:
        return replace(clause, left=tuple(_bounded(term, specs, outcome) for term in clause.left))
    judged = clause.left[0]
    for name, word, bound in outcome.bounds:
        spec = specs.get(name)
        if spec is not None and generic_name(judged.fact) == spec.name:
            value = replace(judged, value=Quantity(bound, spec.unit))
            return replace(clause, left=(value, *clause.left[1:]), by_bound=word)
    return clause


def _bounded(term: Term, specs: Mapping[str, FactSpec | None], outcome: Outcome) -> Term:
    """Return a term with its bound, where nothing better is known."""
    for name, word, bound in outcome.bounds:
        spec = specs.get(name)
        if spec is not None and term.value is None and generic_name(term.fact) == spec.name:
            return replace(term, value=Quantity(bound, spec.unit), bound=word)
    return term


class Reasons:
    """Reasons for one rule, one subject and its gathered values."""

    def __init__(self, compiled: CompiledRule, gathered: Gathered, context: Context) -> None:
        """Keep what the reasons are made of."""
        self.compiled = compiled
        self.gathered = gathered
        self.context = context
        catalogue = context.packs.catalogue
        self.specs = {name: catalogue.find(fact) for name, fact in compiled.rule.given.items()}
        self.clauses = Clauses(compiled, gathered, self.specs)

    def decided(self, outcome: Outcome) -> Reason:
        """Return the reason of a pass or a failure."""
        expect = self.compiled.rule.expect
        if outcome.state is State.PASS and outcome.limit is None:
            return Reason(ReasonKind.HOLDS)
        if expect.operator in {"at_most", "at_least", "between"}:
            clause = replace(self.compared(outcome), by_bound=outcome.by_bound)
            return Reason(ReasonKind.COMPARED, (clause,), bound=self.bound(), names=self._left_out(outcome))
        if expect.operator == "that":
            broken = tuple(
                _told_by_bound(self.clauses.of(part), self.specs, outcome) for part in outcome.failing
            )
            bounded = any(clause.by_bound or any(t.bound for t in clause.left) for clause in broken)
            return Reason(ReasonKind.BROKEN, broken, names=self._left_out(outcome) if bounded else ())
        held, aged = self.clauses.judged(expect.value)
        if expect.operator == "one_of":
            return Reason(
                ReasonKind.DIFFERS, (Clause("in", held, tuple(Term(text) for text in expect.bounds)),)
            )
        wanted = self.clauses.wanted(expect.bounds[0])
        return Reason(ReasonKind.DIFFERS, (Clause("==", held, wanted, aged),))

    def seen(self, broken: Outcome) -> Reason:
        """Return the statements that observations prove false."""
        says = {part.that: part.says for part in self.compiled.rule.seen}
        clauses = tuple(self.clauses.of(part) for part in broken.failing)
        return Reason(ReasonKind.SEEN, clauses, notes=tuple(says[part] for part in broken.failing))

    def _left_out(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the facts that the deciding bounds do without."""
        held = (self.gathered.facts[name][0] for name, _, _ in outcome.bounds)
        return tuple(dict.fromkeys(name for fact in held if fact.value is None for name in fact.inputs))

    def compared(self, outcome: Outcome) -> Clause:
        """Return the judged quantity against its limit."""
        rule, value = self.compiled.rule, self.compiled.value
        assert value is not None
        unit = value.type.unit
        percent = unit == DIMENSIONLESS and bool(self.clauses.percent & value.names)
        named, aged = self.clauses.judged(rule.expect.value)
        itself = aged or rule.expect.value.strip() in self.specs  # else it is computed from what is named
        meaning = named[0].meaning if itself else ""
        fact, needed = (named[0].fact, named[0].needed) if itself else ("", False)
        judged = Term(as_value(outcome.value, unit), fact, meaning, percent, needed)
        limit = Term(as_value(outcome.limit, unit), percent=percent, needed=self._is_stated_limit())
        inputs = () if itself else named
        return Clause(
            SIGNS[rule.expect.operator], (judged, *inputs), (limit,), aged, outcome.state is State.PASS
        )

    def bound(self) -> tuple[Term, ...]:
        """Return the facts that the limit is computed from."""
        sources = self.compiled.rule.expect.bounds
        names = dict.fromkeys(name for source in sources for name in names_of(parse(source)))
        inputs = self.clauses.inputs(tuple(name for name in names if name in self.specs))
        return tuple(term for term in inputs if not isinstance(term.value, str))

    def _is_stated_limit(self) -> bool:
        """Whether the limit is something wanted or allowed, rather than something that there is."""
        return all(term.needed for term in self.bound())

    def set_aside(self) -> Reason:
        """Return why the rule does not apply: the inputs of its condition."""
        names = names_of(parse(self.compiled.rule.when)) if self.compiled.rule.when else ()
        terms = self.clauses.inputs(tuple(name for name in names if name in self.specs))
        return Reason(ReasonKind.SET_ASIDE, terms=terms)

    def unknown(self, outcome: Outcome, roots: tuple[str, ...]) -> Reason:
        """Return why nothing can be decided."""
        if outcome.straddles:
            clause = (self.compared(outcome),) if self.compiled.rule.expect.operator != "that" else ()
            facts = [fact for held in self.gathered.facts.values() for fact in held]
            notes = tuple(dict.fromkeys(fact.outside for fact in facts if fact.outside))
            return Reason(ReasonKind.STRADDLES, clause, names=roots, notes=notes)
        if outcome.state is State.ERROR:
            return Reason(ReasonKind.IMPOSSIBLE, notes=(outcome.reason,))
        if self.gathered.untrusted and set(roots) <= set(self.gathered.untrusted):
            return Reason(ReasonKind.SCATTERED, names=self.gathered.untrusted)
        return Reason(ReasonKind.MISSING, names=roots, notes=self._why(roots))

    def _why(self, roots: tuple[str, ...]) -> tuple[str, ...]:
        """Return why a computed fact is unknown where it is not for lack of another, such as numbers that disagree."""
        facts = (fact for held in self.gathered.facts.values() for fact in held)
        told = (fact.why_unknown for fact in facts if fact.name in roots and fact.derived and not fact.inputs)
        return tuple(why for why in told if why and not why.startswith("missing"))[:1]

    def assumed(self, names: tuple[str, ...]) -> Reason:
        """Return that the assertion only holds with values nobody has stated."""
        find = self.context.packs.catalogue.find
        return Reason(
            ReasonKind.ASSUMED,
            terms=tuple(term_of(self.context.tree.get(name), find(name)) for name in names),
        )

    def formula(self) -> str:
        """Return the expectation with the numbers put in; what is unknown keeps its name."""
        expect, facts = self.compiled.rule.expect, self.gathered.facts
        if expect.operator == "evidence":
            return ""
        gaps = {name for name, held in facts.items() if all(fact.value is None for fact in held)}
        shown = {name: text for name, text in self.shown().items() if name not in gaps}
        if expect.operator == "that":
            return put_in(" ".join(expect.bounds[0].split()), shown)
        value = put_in(expect.value, shown)
        if expect.operator == "one_of":
            return f"{value} in [{', '.join(expect.bounds)}]"
        bounds = [put_in(bound, shown) for bound in expect.bounds]
        if expect.operator == "between":
            return f"{bounds[0]} <= {value} <= {bounds[1]}"
        return f"{value} {SIGNS[expect.operator]} {bounds[0]}"

    def shown(self) -> Mapping[str, str]:
        """Return the text of each name that the assertion uses, as a formula holds it."""
        rule, currency = self.compiled.rule, currency_of(self.context)
        texts: dict[str, str] = {}
        for name in rule.limits:
            texts[name] = in_formula(self.clauses.inputs((name,)), currency)
        for name in rule.given:
            if name in self.compiled.used:
                listed = name in self.compiled.lists
                texts[name] = in_formula(self.clauses.inputs((name,)), currency, listed=listed)
        return texts


def currency_of(context: Context) -> str:
    """Return the pilot's currency, or an empty text where none is stated."""
    value = context.tree.get("cost.currency").value
    return value if isinstance(value, str) else ""
