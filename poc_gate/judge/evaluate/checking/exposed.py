"""A rule and the exposure of a pilot -> its severity there, whether it applies, and which exposure says so."""

from __future__ import annotations

from msgspec.structs import replace

from poc_gate.judge.evaluate.checking.gather_inputs import Context, Exposed
from poc_gate.judge.evaluate.checking.preconditions import disputed_facts
from poc_gate.model.parts.exposure import facet_fact
from poc_gate.model.rule import OFF, SEVERITY_RANK, Effect, ExposureLine, Rule, Severity

_SEVERITY = {Effect.BLOCKER: Severity.BLOCKER, Effect.HIGH: Severity.HIGH, Effect.ADVICE: Severity.LOW}
STAGE = "stage"


def exposed(rule: Rule, context: Context) -> Exposed:
    """Return the severity of a rule at the stage, under the exposure of the pilot.

    The lines of the rule are tried in their order; the first that matches decides. An unknown facet
    matches where the line raises, so that silence never makes a rule milder, and nowhere else.
    """
    known = context.looked.exposed.get(rule.id)
    if known is not None and known[0] is rule:
        return known[1]
    found = _exposed(rule, context)
    if found.applies and rule.exposure:
        mildest = _mildest(rule, context)
        if mildest == OFF or SEVERITY_RANK[Severity(mildest)] < SEVERITY_RANK[found.severity]:
            found = replace(found, mildest=mildest)
    context.looked.exposed[rule.id] = (rule, found)
    return found


def _exposed(rule: Rule, context: Context) -> Exposed:
    own = rule.severity[context.stage]
    for line in rule.exposure:
        matched = _matched(line, context)
        if matched is None:
            continue
        because, unknown = matched
        if line.effect is Effect.OFF:
            return Exposed(own, applies=False, because=because)
        severity = _SEVERITY[line.effect]
        if line.effect is Effect.ADVICE or SEVERITY_RANK[severity] > SEVERITY_RANK[own]:
            return Exposed(severity, because=because, unknown=unknown)
        return Exposed(own)
    return Exposed(own)


def _mildest(rule: Rule, context: Context) -> str:
    """Return the mildest that the rule could be, whatever the unknown facets turn out to be; `off` is the mildest."""
    own = rule.severity[context.stage]
    possible: list[Severity] = []
    for line in rule.exposure:
        fits, open_still = _could_match(line, context)
        if not fits:
            continue
        if line.effect is Effect.OFF:
            return OFF
        raised = max(own, _SEVERITY[line.effect], key=SEVERITY_RANK.__getitem__)
        possible.append(_SEVERITY[line.effect] if line.effect is Effect.ADVICE else raised)
        if not open_still:
            break
    else:
        possible.append(own)
    return min(possible, key=SEVERITY_RANK.__getitem__)


def _could_match(line: ExposureLine, context: Context) -> tuple[bool, bool]:
    """Return whether a line matches for some values of the unknown facets, and whether it has such facets."""
    unknown = False
    for facet, values in line.facets.items():
        held = context.stage.value if facet == STAGE else held_facet(facet, context)
        if held and held not in values:
            return False, unknown
        unknown = unknown or not held
    return True, unknown


def _matched(line: ExposureLine, context: Context) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return why a line matches and which of its facets are unknown; None where it does not match."""
    raises = line.effect in {Effect.BLOCKER, Effect.HIGH}
    because: list[str] = []
    unknown: list[str] = []
    for facet, values in line.facets.items():
        if facet == STAGE:
            if context.stage.value not in values:
                return None
            continue
        held = held_facet(facet, context)
        if not held:
            if not raises:
                return None
            unknown.append(facet)
        elif held not in values:
            return None
        because.append(f"{facet} {held or 'unknown'}")
    return tuple(because), tuple(unknown)


def held_facet(facet: str, context: Context) -> str:
    """Return the value of a facet; empty when it is unknown, or rests on what two statements dispute."""
    known = context.looked.facets.get(facet)
    if known is None:
        fact = context.fact(facet_fact(facet))
        sure = isinstance(fact.value, str) and disputed_facts(context).isdisjoint(context.behind(fact.name))
        known = context.looked.facets[facet] = str(fact.value) if sure else ""
    return known
