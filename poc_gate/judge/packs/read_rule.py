"""One rule file, already of the right shape -> Rule, with every fault of its content told by place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.errors import Fault
from poc_gate.judge.expression.values import ExpressionError
from poc_gate.judge.packs.check_part import check_days, check_levers
from poc_gate.judge.packs.compile_rule import (
    compile_rule,
    compile_set_aside,
    compile_where,
    list_of_items,
)
from poc_gate.judge.packs.read_example import example_faults
from poc_gate.judge.packs.read_exposure import exposure_lines, priors
from poc_gate.judge.packs.rule_schema import (
    EvidencePart,
    ExpectPart,
    Formula,
    RulePart,
    SeverityWord,
    StageSeverity,
)
from poc_gate.model.fact import Catalogue
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import (
    EvidenceClass,
    EvidencePredicate,
    Example,
    Expectation,
    Limit,
    Reference,
    Rule,
    Seen,
    Severity,
    Stage,
)
from poc_gate.text.documents.positioned_yaml import Document
from poc_gate.text.quantities.quantity_text import QuantityError, parse_any_quantity, parse_quantity

OPERATORS = ("at_most", "at_least", "between", "equals", "one_of")
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_TAKEN = {"true", "false", "in", "content", "item"}
"""Words of the language, and the names that `evidence.where` brings with it."""
CAUTIOUS = {"at_most": "lower", "at_least": "higher"}


class RuleReader:
    """Reads one document; `faults` holds what is wrong with it."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        """Keep the document for its places."""
        self.document = document
        self.catalogue = catalogue
        self.faults: list[Fault] = []

    def fault(self, path: tuple[str | int, ...], what: str, step: str = "", offset: int = 0) -> None:
        """Note a fault at a value of the file; `offset` counts characters inside a value on one line."""
        place = self.document.place(path)
        shift = 0
        if path in self.document.places and place.end_line == place.line:
            written = str(_at(self.document.data, path))
            quoted = place.end_column - place.column == len(written) + 2
            fits = place.end_column - place.column in {len(written), len(written) + 2}
            shift = offset + quoted if fits else 0
        self.faults.append(Fault(place.file, place.line, place.column + shift, what, step))

    def read(self, part: RulePart, pack: str) -> Rule:
        """Return the rule; what is wrong with it is in `faults` and the rule must then not be used."""
        self.check_given(part.given, part.for_each)
        rule = Rule(
            id=part.id, pack=pack, what=part.what.strip(), why=part.why.strip(), dimension=part.dimension,
            severity=stage_severity(part.severity), requires=EvidenceClass(part.requires), given=part.given,
            expect=self.expectation(part.expect, part), place=self.document.place(()), when=part.when,
            for_each=part.for_each, limits=self.limits(part, pack), fix=part.fix.strip(), effort=part.effort,
            cost=part.cost, owner=part.owner, levers=tuple(part.levers), references=self.references(part),
            evidence=self.evidence(part.evidence), seen=tuple(Seen(one.that, one.says.strip().rstrip(".:"), one.when) for one in part.seen), short=part.short, set_aside=part.set_aside, examples=self.examples(part), since=part.since,
            applies_from=part.applies_from or "", aliases=tuple(part.aliases),
            exposure=exposure_lines(part.exposure, self.document, self.fault),
            do_fails=part.do.fails.strip() if part.do else "",
            title_fails=part.title.fails.strip() if part.title else "",
            title_short=part.title.short.strip() if part.title else "",
            title_unknown=part.title.unknown.strip() if part.title else "",
            do_unknown=part.do.unknown.strip() if part.do else "", cause=part.cause or "",
            record=part.record or "", prior=priors(part.prior, part.when, self.catalogue, self.fault),
        )  # fmt: skip
        check_days(part, self.fault)
        check_levers(part, self.catalogue, self.fault)
        if not self.faults:
            self.check_expressions(rule)
        if not self.faults:
            self.faults += example_faults(rule, self.document, self.catalogue)
        return rule

    def check_given(self, given: Mapping[str, str], for_each: str) -> None:
        """Refuse facts that are not catalogued, names that no expression can spell, and unknown lists."""
        over = {list_of_items(name) for name in self.catalogue.specs} - {""}
        if for_each and for_each not in over:
            self.fault(
                ("for_each",), f"{for_each!r} is not a list of items", f"one of {', '.join(sorted(over))}"
            )
        for name, fact in given.items():
            self.check_name(("given", name), name)
            if self.catalogue.find(fact) is None or "[" in fact.replace("[]", ""):
                near = self.catalogue.nearest(fact)
                step = f"did you mean {near!r}?" if near else "see `poc-gate schema facts`"
                self.fault(("given", name), f"unknown fact {fact!r}", step)

    def check_name(self, path: tuple[str | int, ...], name: str) -> None:
        """Refuse a name that no expression can spell, or that the language needs itself."""
        if name in _TAKEN:
            self.fault(path, f"the name {name!r} is reserved by the language", "choose another name")
        elif not _NAME.fullmatch(name):
            self.fault(path, f"{name!r} is not a name an expression can use", "use a to z, digits and _")

    def expectation(self, part: ExpectPart, rule: RulePart) -> Expectation:
        """Return the assertion; exactly one operator must be there, `value` where it is needed."""
        held = [name for name in (*OPERATORS, "that", "evidence") if getattr(part, name) is not None]
        if len(held) != 1 or part.evidence is False:
            found = ", ".join(held) or "none"
            self.fault(("expect",), f"exactly one operator is needed, found {found}", "see docs/packs.md")
            return Expectation("evidence")
        operator = held[0]
        if (part.value is None) != (operator in {"that", "evidence"}):
            step = "remove `value`" if part.value is not None else "add `value:`"
            self.fault(("expect",), f"`{operator}` and `value` do not fit together", step)
        if operator == "evidence" and rule.evidence is None:
            self.fault(
                ("expect",), "an evidence rule needs an `evidence:` block", "add what the file must hold"
            )
        bounds = getattr(part, operator)
        if operator == "between" and len(bounds) != 2:
            self.fault(("expect", "between"), "between needs two bounds", "write [low, high]")
        texts = () if operator == "evidence" else tuple(bounds) if isinstance(bounds, list) else (bounds,)
        sources = texts if operator == "one_of" else tuple(map(formula, texts))
        return Expectation(operator, "" if part.value is None else formula(part.value), sources)

    def limits(self, part: RulePart, pack: str) -> dict[str, Limit]:
        """Return the thresholds; the direction in which they tighten must be known to be moved."""
        found: dict[str, Limit] = {}
        for name, limit in part.limits.items():
            path = ("limits", name)
            self.check_name(path, name)
            if name in part.given:
                self.fault(path, f"{name!r} is also a name in given", "rename one of the two")
            value = self.quantity((*path, "value"), limit.value)
            place = self.document.place(path)
            set_by = f"{pack}/{part.id}"
            found[name] = Limit(name, value, limit.reason.strip(), limit.tighter or "", set_by, place)
        return found

    def quantity(self, path: tuple[str | int, ...], written: Formula) -> Quantity:
        """Return a threshold's value; a bare number has no unit."""
        try:
            return parse_any_quantity(formula(written))
        except QuantityError as error:
            self.fault(path, error.what, error.next_step)
            return Quantity(0.0)

    def references(self, part: RulePart) -> tuple[Reference, ...]:
        """Return the clauses; each needs the day on which it was checked, or says that it was not."""
        found: list[Reference] = []
        for index, reference in enumerate(part.references):
            if reference.verified_on is None and reference.verified:
                step = "add `verified_on: <day>`, or `verified: false`"
                self.fault(("references", index), "the clause lacks the day it was checked", step)
            found.append(
                Reference(
                    reference.framework,
                    reference.edition,
                    reference.clause,
                    reference.verified_on or "",
                    reference.verified,
                    reference.applies_from or "",
                    reference.role,
                )
            )
        return tuple(found)

    def evidence(self, part: EvidencePart | None) -> EvidencePredicate | None:
        """Return what evidence must satisfy; an empty block would let any file pass."""
        if part is None:
            return None
        if not (part.contains or part.where):
            step = "add `contains:` or `where:`"
            self.fault(("evidence",), "a file's existence proves nothing", step)
        max_age = None
        if part.max_age is not None:
            try:
                max_age = parse_quantity(part.max_age, "s")
            except QuantityError as error:
                self.fault(("evidence", "max_age"), error.what, error.next_step)
        if max_age is not None and max_age.value <= 0:
            self.fault(("evidence", "max_age"), "no file is that young", "write an age such as 90 d")
        parses, contains = tuple(part.parses_as or ()), tuple(part.contains or ())
        for index, path in enumerate(contains):
            if not all(path.split(".")):
                step = "write keys with single dots between: exercise.date"
                self.fault(("evidence", "contains", index), f"{path!r} is not a dotted path", step)
        return EvidencePredicate(parses, contains, part.where or "", max_age, part.approver)

    def examples(self, part: RulePart) -> tuple[Example, ...]:
        """Return the worked examples; evidence content travels under the name `evidence`."""
        found: list[Example] = []
        for index, example in enumerate(part.examples):
            given: dict[str, object] = dict(example.given)
            if example.evidence is not None:
                given["evidence"] = example.evidence
                given["evidence_date"] = example.evidence_date or ""
                given["evidence_approver"] = example.evidence_approver
            place = self.document.place(("examples", index))
            found.append(Example(example.state, given, example.note, place))
        return tuple(found)

    def check_expressions(self, rule: Rule) -> None:
        """Compile every expression; a precondition must not ask whether a fact is there."""

        def report(key: str, error: ExpressionError) -> None:
            path = tuple(int(step) if step.isdecimal() else step for step in key.split("."))
            self.fault(path, f"{key}: {error.what}", error.next_step, error.offset)

        compiled = compile_rule(rule, self.catalogue, report)
        if compiled.when is not None and "has(" in rule.when.replace(" ", ""):
            what = "a precondition over has() would make a missing fact not applicable"
            self.fault(("when",), what, "drop has(): a missing fact already gives unknown")
        if "!has(" in rule.short.replace(" ", ""):
            what = "a missing fact must not make a failure milder"
            self.fault(("short",), what, "drop !has(): a missing fact makes the rule unknown")
        for number, part in enumerate(rule.seen):
            if "has(" in f"{part.that} {part.when}".replace(" ", ""):
                what = "what was not observed already says nothing here"
                self.fault(("seen", number), what, "drop has(): only a statement that is false counts")
        try:
            where = compile_where(compiled)
        except ExpressionError as error:
            report("evidence.where", error)
            return
        if rule.set_aside and (compiled.when is None or rule.evidence is None):
            what = "set_aside says what shows that `when` is not met"
            self.fault(("set_aside",), what, "give the rule `when` and `evidence`, or drop it")
            return
        try:
            compile_set_aside(compiled)
        except ExpressionError as error:
            report("set_aside", error)
            return
        parts = (
            compiled.when,
            compiled.value,
            compiled.short,
            *compiled.bounds,
            *(one for pair in compiled.seen for one in pair),
            where,
        )
        used = frozenset().union(*(part.names for part in parts if part is not None))
        for name in [*rule.given, *rule.limits]:
            if name not in used and not self.faults:
                block = "given" if name in rule.given else "limits"
                self.fault((block, name), f"{name!r} is used by no expression", "use it or remove it")


def formula(written: Formula) -> str:
    """Return the source text of a bare number or statement."""
    if isinstance(written, bool):
        return "true" if written else "false"
    return written if isinstance(written, str) else repr(written)


def stage_severity(written: SeverityWord | StageSeverity) -> dict[Stage, Severity]:
    """Return the severity at each stage."""
    if isinstance(written, str):
        return dict.fromkeys(Stage, Severity(written))
    return {stage: Severity(getattr(written, stage)) for stage in Stage}


def _at(data: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        data = data[step]  # type: ignore[index]
    return data
