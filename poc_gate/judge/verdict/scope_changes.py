"""Two results of one pilot, base and now -> what left the scope between them; it goes on counting as it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.score import is_scored
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.fact_name import fact_name, item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.exposure import FACETS, facet_fact
from poc_gate.model.rule import Stage
from poc_gate.model.verdict import Result, Verdict, Word
from poc_gate.words.judged import gates as words

_RESULTS = {
    "scan": "a scan for known vulnerabilities", "observed": "traces", "load_test": "a load test", "serving": "metrics of what serves",
    "cluster": "a dump of the cluster",
}  # fmt: skip
"""First part of the facts that only a result of the running pilot shows -> what that result is."""
_READ = (Provenance.MEASURED, Provenance.IMPORTED)
_RANK = {Word.NO_GO: 0, Word.INSUFFICIENT: 1, Word.CONDITIONAL: 2, Word.GO: 3}


def narrowed(base: Result, now: Result) -> Iterator[tuple[str, str]]:
    """Yield the name and a sentence for each technique, item and result of the base that is gone, and each milder exposure.

    A result that showed a fault and is dropped takes the fault out of sight and not out of the pilot.
    """
    before, after = _facts(base), _facts(now)
    for use in sorted(set(_texts(before, "pilot.uses")) - set(_texts(after, "pilot.uses"))):
        yield "pilot.uses", words.no_longer_used(use)
    for item in sorted(_items(before) - _items(after)):
        yield item, words.left_scope(item)
    for group in sorted(_results(before) - _results(after)):
        yield f"imports of {group}", words.no_longer_read(_RESULTS[group])
    for facet, values in FACETS.items():
        was, held = before.get(facet_fact(facet)), after.get(facet_fact(facet))
        if was is None or held is None or was.value not in values or held.value not in values:
            continue
        # What was unknown counted as high: stating it is an answer, and nothing that was narrowed.
        if facet != "level" and values.index(str(held.value)) < values.index(str(was.value)):
            yield facet_fact(facet), words.milder_exposure(facet, str(was.value), str(held.value))


def with_left_scope(base: Result, now: Result) -> Result:
    """Return a result in which what left the scope since the base counts as it stood there.

    Only for results of one stage. Neither word nor coverage, confidence or a low can then be improved by
    stating less of the pilot.
    """
    if base.stage != now.stage:
        return now
    left = tuple(_left(base, now))
    if not left:
        return now
    findings = (*now.findings, *left)
    verdict = _worse(now.verdict, decide(findings, stage=Stage(now.stage)))
    return replace(now, findings=findings, verdict=verdict)


def _left(base: Result, now: Result) -> Iterator[Finding]:
    """Yield the findings of the base on items and techniques that are gone, as they stood."""
    known = {(finding.rule, finding.subject) for finding in now.findings}
    gone = _items(_facts(base)) - _items(_facts(now))
    fewer = bool(set(_texts(_facts(base), "pilot.uses")) - set(_texts(_facts(now), "pilot.uses")))
    lost = {pack.id for pack in base.packs if pack.applied} - {pack.id for pack in now.packs if pack.applied}
    for finding in base.findings:
        if not is_scored(finding) or finding.state is State.NOT_APPLICABLE:
            continue
        if (finding.rule, finding.subject) in known:
            continue
        if finding.subject in gone or (fewer and finding.pack in lost):
            yield replace(finding, message=words.as_at_the_base(finding.message))


def _worse(now: Verdict, held: Verdict) -> Verdict:
    """Return the verdict on everything, which never has a better word than that on what is left."""
    if _RANK[held.word] < _RANK[now.word]:
        return held
    return replace(held, word=now.word, reasons=now.reasons, bounds=now.bounds, holds_until=now.holds_until)


def _facts(result: Result) -> Mapping[str, Fact]:
    return {fact.name: fact for fact in result.facts}


def _texts(facts: Mapping[str, Fact], name: str) -> tuple[str, ...]:
    value = facts[name].value if name in facts else None
    return value if isinstance(value, tuple) else ()


def _results(facts: Mapping[str, Fact]) -> set[str]:
    """Return the kinds of results of the running pilot that were read."""
    named = ((name.partition(".")[0], fact) for name, fact in facts.items())
    return {
        group
        for group, fact in named
        if group in _RESULTS and fact.value is not None and not fact.derived and fact.provenance in _READ
    }


def _items(facts: Mapping[str, Fact]) -> set[str]:
    """Return the items that stated facts speak of: `sources[policy-db]`."""
    return {fact_name(name).subject for name, fact in facts.items() if item_of(name) and not fact.derived}
