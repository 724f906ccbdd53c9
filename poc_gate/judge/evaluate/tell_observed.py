"""What was seen of the running pilot and nobody wrote down -> findings of their own, shown but not scored."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from poc_gate.judge.finding_fingerprint import fingerprint
from poc_gate.model.claim import Place
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import Reason, ReasonKind
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Severity

_MOST_NAMED = 8


class _Seen(Struct, frozen=True):
    """One thing that can be seen; it is a finding where its fact lists anything or is above zero."""

    fact: str
    rule: str
    what: str
    says: str
    why: str
    fix: str
    severity: Severity = Severity.MEDIUM


_ALL = (
    _Seen(
        "observed.undeclared_systems", "X10-called-systems-declared", "Every system that is called is declared",
        "called but in no list of the manifest: {}",
        "A system that nobody wrote down has no owner, no promise and no place in the capacity plan.",
        "List each under `sources:`, or write `seen_as: [NAME]` at the source that it is.",
    ),
    _Seen(
        "observed.unseen_sources", "X03-declared-sources-called", "Every declared source is called",
        "declared but not called by any request that was seen: {}",
        "Either the traces miss a part of the pilot, or the manifest describes another one.",
        "Record traces that hold these calls, write `seen_as: [NAME]` at the source, or take it out of `sources:`.",
        Severity.LOW,
    ),
    _Seen(
        "observed.undeclared_models", "X04-called-models-declared", "Every model that answers is declared",
        "answered but not named in the manifest: {}",
        "Cost, quality and terms were looked at for the models that are written down.",
        "Name the model under `model:` or `models:`, or route the calls to the one that is declared.",
    ),
    _Seen(
        "observed.undeclared_egress", "X05-called-hosts-declared", "Every outbound host is declared",
        "called but not among the destinations under `security.egress`: {}",
        "Data leaves through hosts that nobody permitted.",
        "List the destination under `security.egress` with region, data_class and permitted, or stop the calls.",
        Severity.HIGH,
    ),
    _Seen(
        "observed.undeclared_tools", "X06-called-tools-declared", "Every tool that is called is declared",
        "called by an agent but not listed under `agent.tools`: {}",
        "What a tool can do was reviewed for the tools that are written down.",
        "List the tool under `agent.tools` with its effect, or take it away from the agent.",
    ),
    _Seen(
        "observed.content_share", "X07-traces-without-contents", "Traces keep no text written by people or models",
        "{} of the spans keep text written by people or models",
        "A store of traces is read by more people than the data behind it, and kept longer.",
        "Switch the capture of contents off, or treat the store of traces as a source of that classification.",
    ),
    _Seen(
        "flow.calibration.missed", "X08-prediction-holds", "Measured times are within what was predicted",
        "{}, outside of the interval that was predicted before",
        "The model of the server does not describe this one, so its answers beyond the measured loads are doubtful.",
        "Look for what differs (engine, precision, batching, another process on the device), and measure up to the planned peak.",
    ),
)  # fmt: skip


def observed_findings(tree: FactTree, rules: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Return a finding for each thing that was seen, that the manifest does not hold and that no rule of a pack tells."""
    said = {
        term.fact
        for finding in rules
        if finding.reason is not None and finding.reason.kind is ReasonKind.SEEN
        for clause in finding.reason.clauses
        for term in clause.left
    }
    return tuple(
        _finding(one, fact, told)
        for one in _ALL
        for fact in (tree.get(one.fact),)
        if one.fact not in said and (told := _told(fact))
    )


def _told(fact: Fact) -> str:
    if isinstance(fact.value, tuple) and fact.value:
        more = len(fact.value) - _MOST_NAMED
        return ", ".join(fact.value[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    if fact.value is True:
        return fact.formula
    if isinstance(fact.value, Quantity) and fact.value.value > 0:
        share = fact.value.value * 100
        return f"{share:.2g} %" if share < 10 else f"{share:.0f} %"
    return ""


def _finding(seen: _Seen, fact: Fact, told: str) -> Finding:
    return Finding(
        rule=seen.rule, pack="", subject=seen.fact, state=State.FAIL, severity=seen.severity, dimension="", what=seen.what,
        reason=Reason(ReasonKind.NOT_SHOWN, notes=(seen.says.format(told),)), required=EvidenceClass.DECLARED, held=None,
        place=fact.place or Place(""), fix=seen.fix, why=seen.why, fingerprint=fingerprint(seen.rule, seen.fact, ""),
    )  # fmt: skip
