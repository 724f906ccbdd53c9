"""What gates and exposure come to -> the sentences that people read; every sentence of theirs is here."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.quantity import show_number, show_share
from poc_gate.model.rule import Effect, ExposureLine
from poc_gate.model.verdict import Bound


def why_severe(severity: str, because: Sequence[str], unknown: Sequence[str]) -> str:
    """Return which exposure made a rule as severe as it is; empty where the rule's own severity holds."""
    if not because:
        return ""
    counts = " (unknown counts as high)" if unknown else ""
    return f"{severity} because of exposure: {', '.join(because)}{counts}"


_HANDS = {
    "trailer": "the commit records a review or sign-off by somebody else",
    "author": "the file was committed by somebody other than the author of the manifest",
    "tag": "somebody else tagged this state of the file",
    "signature": "the commit or a tag on it carries a signature, which is not checked here",
    "signed-file": "a signature of the file is next to it, which is not checked here",
    "typed": "typed by the author of the manifest; the history shows nobody else's involvement, so it is a claim",
}


def approval_shown(role: str, hand: str) -> str:
    """Return what shows that a role approved a file."""
    return f"approved by {role}: {_HANDS[hand]}"


_EFFECTS = {
    Effect.OFF: "does not apply",
    Effect.BLOCKER: "a blocker at every stage",
    Effect.HIGH: "at least high at every stage",
    Effect.ADVICE: "only advises",
}


def exposure_line(line: ExposureLine) -> str:
    """Return one line of a rule on exposure: what it makes of the rule, and where."""
    where = ", ".join(f"{facet} is {' or '.join(values)}" for facet, values in line.facets.items())
    effect = _EFFECTS[line.effect]
    if "stage" in line.facets:
        effect = effect.removesuffix(" at every stage")
    return f"{effect} where {where}"


def stage_decides(stage: str, reasons: Sequence[str]) -> str:
    """Return that the word depends on a stage which nobody has stated, and what the strictest would stop on."""
    return f"Nobody has said which stage this is for; for {stage} it would be NO-GO: {' '.join(reasons)}"


def beyond_bound(planned: float, most: float, cause: str) -> str:
    """Return that the planned load, in requests a day, is beyond `most`, up to which the word holds."""
    return f"the {planned:,.0f} requests a day planned are {planned - most:,.0f} too many: {cause}."


def holds_for(bounds: Sequence[Bound]) -> str:
    """Return up to where a word holds, as a sentence; empty without bounds."""
    told = {bound.kind: bound.value for bound in bounds}
    parts = [f"up to {told['load']}"] if "load" in told else []
    parts += [told["audience"]] if "audience" in told else []
    for_whom = f" for {' and '.join(parts)}" if parts else ""
    until = f" until {told['time']}" if "time" in told else ""
    return f"It holds{for_whom}{until}." if for_whom or until else ""


def no_longer_read(what: str) -> str:
    """Return that a result of the running pilot, read at the base, is read no more."""
    return f"What the base rested on is no longer read: {what}."


def no_longer_used(technique: str) -> str:
    """Return that a technique is no longer stated."""
    return f"The pilot no longer states that it uses {technique}."


def left_scope(item: str) -> str:
    """Return that an item is no longer stated."""
    return f"{item} left the scope of the pilot; what was found on it counts as at the base."


def milder_exposure(facet: str, was: str, now: str) -> str:
    """Return that an exposure is stated to be milder than before."""
    return f"exposure.{facet} fell from {was} to {now}."


def as_at_the_base(message: str) -> str:
    """Return the message of a finding on what left the scope."""
    return f"{message} (left the scope since the base; counts as it did then)"


def circle(audience: str, size: float | None) -> str:
    """Return a circle of people with their number, where it is stated."""
    words = {"named-colleagues": "named colleagues", "public": "members of the public"}.get(
        audience, audience
    )
    return words if size is None else f"{size:,.0f} {words}"


def bound_of_known_part(missing: Sequence[str]) -> str:
    """Return what a bound leaves out, as the end of a sentence; empty where nothing is missing."""
    return f"; unknown and left out: {_named(missing)}" if missing else ""


_MOST_NAMED = 3
EVERY_GATE = "Every gate of this stage is met."


def one_cause(rules: Sequence[str]) -> str:
    """Return the rules of one cause as one name."""
    more = len(rules) - 1
    return f"{rules[0]} (and {more} more of the same cause)" if more else rules[0]


def blockers_failed(names: Sequence[str]) -> str:
    """Return that blockers failed."""
    return f"{_several(names, 'blocker')} failed: {_named(names)}."


def highs_failed(names: Sequence[str]) -> str:
    """Return that rules of high severity failed and nobody accepted it."""
    return f"{_several(names, 'rule')} of high severity failed and nobody accepted the risk in the ledger: {_named(names)}."


def blockers_unknown(names: Sequence[str]) -> str:
    """Return that blockers are unknown."""
    return f"{_several(names, 'blocker')} unknown: {_named(names)}."


def blockers_unproven(names: Sequence[str]) -> str:
    """Return that blockers pass on less evidence than they require."""
    return f"{_several(names, 'blocker')} claimed but not proven: {_named(names)}."


def highs_unknown(names: Sequence[str]) -> str:
    """Return that rules of high severity are unknown."""
    return f"{_several(names, 'rule')} of high severity unknown: {_named(names)}."


def highs_accepted(names: Sequence[str]) -> str:
    """Return that open rules of high severity were accepted."""
    return f"{_several(names, 'rule')} of high severity open and accepted in the ledger: {_named(names)}."


def fallen_short(names: Sequence[str]) -> str:
    """Return that grave rules fail by so little that it is a condition."""
    return f"{_several(names, 'blocker or high rule')} fell short, which is a condition and not a reason to stop: {_named(names)}."


def set_aside(names: Sequence[str]) -> str:
    """Return that grave rules were set aside by a person."""
    return f"{_several(names, 'blocker or high rule')} set aside by a person: {_named(names)}."


def left_open(failed: Sequence[str], unknown: Sequence[str]) -> list[str]:
    """Return what a GO leaves open."""
    told = [f"{len(names)} {word}" for names, word in ((failed, "failed"), (unknown, "unknown")) if names]
    if not told:
        return []
    return [
        f"Rules that only advise at this stage and exposure: {', '.join(told)}: {_named([*failed, *unknown])}."
    ]


def too_little_known(coverage: float, needed: float) -> str:
    """Return that too little of the applicable weight is known."""
    return f"Only {show_share(coverage)} of the applicable weight is known; {show_share(needed)} is needed."


def known_short_of_go(coverage: float, needed: float) -> str:
    """Return that GO needs more to be known."""
    return f"{show_share(coverage)} of the applicable weight is known; GO needs {show_share(needed)}."


def shown_short_of_go(confidence: float, needed: float) -> str:
    """Return that GO needs more to be shown by files or measurement."""
    return (
        f"{show_share(confidence)} of the applicable weight passed on artifacts or measurements; "
        f"GO needs {show_share(needed)}."
    )


def only_selected(judged: int, shipped: int) -> str:
    """Return that only some rules were judged."""
    return f"Only a selection was judged, {judged} of {shipped} rules; GO needs all of them."


def dimensions_short(scores: Sequence[tuple[str, float]], needed: float) -> list[str]:
    """Return one sentence on the dimensions whose score is short of what is needed, the worst named first."""
    if not scores:
        return []
    if len(scores) == 1:
        title, score = scores[0]
        return [f"{title} is at {show_number(score)} of 100; {show_number(needed)} is needed."]
    worst = sorted(scores, key=lambda named: named[1])[:_MOST_NAMED]
    told = ", ".join(f"{title} {show_number(score)}" for title, score in worst)
    more = f" and {len(scores) - len(worst)} more" if len(scores) > len(worst) else ""
    return [
        f"{len(scores)} dimensions are below the {show_number(needed)} of 100 that is needed: {told}{more}."
    ]


def _several(names: Sequence[str], noun: str) -> str:
    return f"{len(names)} {noun}{'s' if len(names) != 1 else ''}"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def set_aside_words(shown: str, code: str = "") -> str:
    """Return what lifts a blocker whose precondition the author alone denies."""
    return (
        "beyond low exposure the author's own word does not lift it as a blocker; a signed file does that satisfies "
        f"{code}{' '.join(shown.split())}{code}, and so does one that proves the rule"
    )


def short_words(short: str, code: str = "") -> str:
    """Return where a failure is a condition and does not stop."""
    return f"a failure is a condition and does not stop where {code}{' '.join(short.split())}{code}"
