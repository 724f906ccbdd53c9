"""Two results of one pilot, base and now -> what became worse, and where the gate itself became weaker."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from poc_gate.judge.finding_fingerprint import fingerprint
from poc_gate.judge.packs.rule_terms import terms_by_rule, weaker_terms
from poc_gate.judge.verdict.changed_facts import ChangedFacts, changed_facts
from poc_gate.judge.verdict.scope_changes import narrowed
from poc_gate.judge.verdict.score import is_scored, is_undecided, is_unproven, state_of
from poc_gate.model.claim import Place
from poc_gate.model.fact import Fact
from poc_gate.model.finding import UNDECIDED, Breakpoint, Finding, State, Waiver
from poc_gate.model.parts.reason import Reason, ReasonKind
from poc_gate.model.rule import CLASS_RANK, SEVERITY_RANK, EvidenceClass, Severity
from poc_gate.model.verdict import ADVISORY, Result

WEAKENED = "X02-gate-not-weakened"
"""Id of findings about the gate itself; not scored, so that no waiver of the same change can cover them."""
_ADVISORY_DAY = "gate.advisory_until"
_ROUNDING = 1e-9
_STAGES = ("pilot", "limited", "production")
_DECIDED = {State.PASS, State.FAIL, State.NOT_APPLICABLE}

Key = tuple[str, str]


def find_regressions(base: Result, now: Result) -> tuple[Finding, ...]:
    """Return the findings of `now` that are new or worse than in `base`, then the weakenings.

    Worse means: fails and passed or did not apply, fails by more since something it rests on changed, is undecided
    and was decided, or passes on weaker evidence than its rule asks for and did not. What was already
    open in the base and stayed as it was is not counted again. Each tells what it was at the base.
    """
    before = {_key(finding): finding for finding in base.findings if is_scored(finding)}
    changed = changed_facts(base, now)
    worse = [
        replace(finding, was=was)
        for finding in now.findings
        if is_scored(finding) and (was := _was_better(before.get(_key(finding)), finding, changed))
    ]
    return (*worse, *find_weakenings(base, now))


def find_weakenings(base: Result, now: Result) -> tuple[Finding, ...]:
    """Return one finding for everything in which the gate of `now` asks for less than that of `base`."""
    place = now.place or Place(now.manifest)
    found: list[Finding] = []
    if _STAGES.index(now.stage) < _STAGES.index(base.stage):
        found.append(weakening("stage", f"The stage was lowered from {base.stage} to {now.stage}.", place))
    found += _advisory_day(base, now, place)
    found += [weakening(what, sentence, place) for what, sentence in _packs(base, now)]
    found += [weakening(what, sentence, place) for what, sentence in narrowed(base, now)]
    found += [weakening(waiver.id, sentence, waiver.place) for waiver, sentence in _waivers(base, now)]
    found += [weakening(rule, text, at or place) for rule, text, at in weaker_terms(base.packs, now.packs)]
    if base.stage == now.stage:
        before = {_key(finding): finding for finding in base.findings}
        compared = terms_by_rule(base.packs).keys() & terms_by_rule(now.packs).keys()
        for finding in now.findings:
            sentence = _weaker_rule(before.get(_key(finding)), finding, named=finding.rule in compared)
            if sentence:
                found.append(weakening(f"{finding.rule} {finding.subject}".strip(), sentence, finding.place))
    return tuple(found)


def _advisory_day(base: Result, now: Result, place: Place) -> list[Finding]:
    """Return the finding that the day from which the gate binds was added, or moved back."""
    before, after = (_fact_of(result, _ADVISORY_DAY) for result in (base, now))
    if after is None or (before is not None and str(after.value) <= str(before.value)):
        return []
    moved = f"moved from {before.value}" if before is not None else "added"
    return [
        weakening(
            ADVISORY, f"The day from which the gate binds was {moved}: {after.value}.", after.place or place
        )
    ]


def _fact_of(result: Result, name: str) -> Fact | None:
    return next((fact for fact in result.facts if fact.name == name and fact.value is not None), None)


def _key(finding: Finding) -> Key:
    return finding.rule, finding.subject


def _was_better(before: Finding | None, now: Finding, changed: ChangedFacts) -> str:
    """Return what a finding was at the base where that was better, else an empty text."""
    if before is not None and before.state is State.WAIVED and now.state is State.WAIVED:
        return ""
    state = state_of(now)
    earlier = state_of(before) if before is not None else None
    word = "not there" if earlier is None else str(earlier)
    if state is State.FAIL:
        if earlier is State.FAIL and before is not None:
            return _was_nearer(before, now, changed)
        # What nobody knew is not worse now that somebody says it: a truthful no must not cost more than silence.
        nobody_knew = before is not None and earlier in UNDECIDED and not changed.takes_back(now)
        return "" if nobody_knew else word
    if is_undecided(now):
        return word if earlier is None or earlier in _DECIDED else ""
    if before is None or not is_unproven(now) or before.state is not State.PASS:
        return ""
    lost = CLASS_RANK[before.held or EvidenceClass.DECLARED] > CLASS_RANK[now.held or EvidenceClass.DECLARED]
    return f"shown by {before.held} evidence, now {now.held}" if before.proven or lost else ""


def _was_nearer(before: Finding, now: Finding, changed: ChangedFacts) -> str:
    """Return the value at the base where it missed the limit by less for a reason of the pilot's own.

    A limit that the rules tightened is none, and neither is a measurement that scattered. A statement has
    no limit of its own: it is further off where one of its inputs lies further from where it would hold.
    """
    if before.operator != now.operator or not changed.reach(now):
        return ""
    if before.miss is not None and now.miss is not None:
        return f"{before.value} against {before.limit}" if _is_more(now.miss, before.miss) else ""
    earlier = {point.fact: point for point in before.breakpoints}
    for point in now.breakpoints:
        old = earlier.get(point.fact)
        if old is not None and _is_more(_distance(point), _distance(old)):
            return f"{old.fact} = {old.current}, and {old.value} would do"
    return ""


def _is_more(now: float, before: float) -> bool:
    return now > before * (1 + _ROUNDING)


def _distance(point: Breakpoint) -> float:
    """Return how far an input lies from where the finding flips, as a share of that."""
    return abs(point.current.value - point.value.value) / abs(point.value.value or 1.0)


def _packs(base: Result, now: Result) -> Iterator[tuple[str, str]]:
    """Yield packs that are gone or no longer apply, and rules that vanished from packs that stayed."""
    held = {pack.id: pack for pack in now.packs}
    for pack in base.packs:
        same = held.get(pack.id)
        if same is None:
            yield f"pack {pack.id}", f"The rule pack {pack.id} was removed."
        elif pack.applied and not same.applied:
            yield f"pack {pack.id}", f"The rule pack {pack.id} no longer applies: {same.note}."
    stayed = {pack.id for pack in base.packs if pack.id in held and held[pack.id].applied}
    known = {finding.rule for finding in now.findings}
    for rule, pack_id in sorted({(f.rule, f.pack) for f in base.findings if is_scored(f)}):
        if pack_id in stayed and rule not in known:
            yield rule, f"The rule {rule} was removed from the pack {pack_id}."


def _waivers(base: Result, now: Result) -> Iterator[tuple[Waiver, str]]:
    """Yield waivers that this change adds or lengthens."""
    before = {waiver.id: waiver for waiver in base.waivers}
    for waiver in now.waivers:
        if waiver.status != "active":
            continue
        earlier = before.get(waiver.id)
        if earlier is None:
            yield waiver, f"This change adds the waiver {waiver.id} until {waiver.expires}."
        elif waiver.expires > earlier.expires:
            yield waiver, f"The waiver {waiver.id} was extended from {earlier.expires} to {waiver.expires}."


def _weaker_rule(before: Finding | None, now: Finding, *, named: bool) -> str:
    """Return in which way one rule asks for less than before, or an empty text.

    Where `named`, assertion and limits were compared by their terms already.
    """
    if before is None or not is_scored(now):
        return ""
    if now.set_aside_by and not before.set_aside_by:
        return f"{now.rule} was set aside as not applicable by the {now.set_aside_by}."
    restated = now.exposed_by != before.exposed_by
    if SEVERITY_RANK[now.severity] < SEVERITY_RANK[before.severity] and not restated:
        return f"{now.rule} fell from {before.severity} to {now.severity}."
    if CLASS_RANK[now.required] < CLASS_RANK[before.required]:
        return f"{now.rule} asks for {now.required} evidence, no longer for {before.required}."
    return "" if named else _looser_limit(before, now)


def _looser_limit(before: Finding, now: Finding) -> str:
    """Return how a limit moved although everything it is computed from stayed the same.

    For results of earlier versions, which hold no terms.
    """
    if before.limit is None or now.limit is None or before.operator != now.operator:
        return "" if before.operator == now.operator else f"The assertion of {now.rule} was replaced."
    facts = {(given.name, str(given.value)) for given in before.inputs}
    if facts != {(given.name, str(given.value)) for given in now.inputs}:
        return ""
    moved = now.limit.value - before.limit.value
    is_looser = {"at_most": moved > 0, "at_least": moved < 0}.get(now.operator, False)
    return f"The limit of {now.rule} was loosened from {before.limit} to {now.limit}." if is_looser else ""


def weakening(subject: str, sentence: str, place: Place) -> Finding:
    """Return the finding that a change weakens the gate, told by one sentence; no waiver covers it."""
    return Finding(
        rule=WEAKENED, pack="", subject=subject, state=State.FAIL, severity=Severity.HIGH, dimension="",
        what="A change does not weaken the gate that judges it", message=sentence, reason=Reason(ReasonKind.WEAKER, notes=(sentence.rstrip("."),)),
        required=EvidenceClass.DECLARED, held=None, place=place,
        why="A change that lowers its own hurdle would pass whatever it breaks.",
        fix="Change the gate in a change of its own, reviewed by whoever owns the risk.",
        fingerprint=fingerprint(WEAKENED, subject, ""),
    )  # fmt: skip
