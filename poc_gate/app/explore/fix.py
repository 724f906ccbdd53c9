"""A pilot -> the edits of its manifest that turn failed findings, each proven by judging again, as a patch."""

from __future__ import annotations

import difflib
import math
import re

from msgspec import Struct, structs

from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.lever_values import finding_levers, finding_pair, passes_rule
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case
from poc_gate.app.ground.files.write_file import write_file
from poc_gate.errors import UsageError
from poc_gate.flow.walls.levers import with_value as changed
from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.fields.plain_questions import plain_question
from poc_gate.inputs.manifest.writing.edit_manifest import CannotEditError, with_value
from poc_gate.inputs.manifest.writing.value_text import value_text
from poc_gate.model.claim import Provenance, Value
from poc_gate.model.fact import generic_name
from poc_gate.model.finding import Finding, Lever, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import SEVERITY_RANK

OPTIONS = 2
"""Values offered for one finding, the least change first."""
_BITS = (16.0, 8.0, 4.0)
_STEPS: dict[str, tuple[float, ...]] = {"model.weight_bits": _BITS, "model.kv_bits": (16.0, 8.0)}
"""Facts of which only some values exist."""
_WISHES = re.compile(
    r"(slo|value|purpose|pilot|demand|oversight|evaluation|people)\..+|cost\.(monthly_cap|budget_12m|.+_max)|.+_needed"
    r"|retrieval\.(recall_floor|citation_error_max)|operations\.(.+_target|rto|rpo|incident_notice.*)"
    r"|monitoring\.max_model_age|security\.deletion_max|pipeline\.outage_tolerated"
)
"""Facts that say what is asked of the pilot: they are changed by whoever asked, never to make a finding pass."""
_SETTINGS = re.compile(
    r"model\.(kv_bits|weight_bits|tensor_parallel|pipeline_parallel|device_layers)|(sources\[\]|pipeline)\.refresh"
    r"|(sources\[\]|path\.stages\[\])\.servers|retrieval\.(m|ef_construction|build_memory|ef_search|lists|probes|replicas|ram_share|ram"
    r"|chunk_tokens|bytes_per_element|cores)|target\.(device_memory|host_memory|memory_limit|load_streams|spare_capacity)"
    r"|training\.(batch_size|accelerators)|operations\.graceful_stop|pipeline\.release_lead"
)
"""Facts beside the intents that somebody sets; every other one is a result, which is reached and then measured."""
_OWN = (Provenance.DECLARED, Provenance.ASSUMED)
"""What the manifest may state: its own values, and those that nobody has stated."""


class Edit(Struct, frozen=True):
    """One value of the manifest that turns a finding."""

    fact: str
    now: str
    """As the manifest has it; empty where it is not stated."""
    then: str
    """As it is to be written."""


class Fix(Struct, frozen=True):
    """What can be done about one failed rule."""

    rule: str
    subject: str
    message: str
    options: tuple[tuple[Edit, ...], ...]
    """Alternatives, the least change first; each is one edit or a pair."""
    why_not: str = ""
    """Why there is none, in words."""
    reach: tuple[Edit, ...] = ()
    """Results that would turn it once they are reached and measured; never part of a patch."""


class Fixes(Struct, frozen=True):
    """All that can be fixed in a manifest, and the patch of every first option."""

    pilot: str
    manifest: str
    fixes: tuple[Fix, ...]
    patch: str
    text: str
    """The manifest with every first option applied."""
    lines: tuple[str, ...]
    """Lines to add for what is only unknown, with a blank for the value."""


def fixes(
    request: CaseRequest, rules: tuple[str, ...] = (), progress: Progress = lambda _what, _share: None
) -> Fixes:
    """Return the fixes for the failed rules of a pilot, or for those named.

    Each option is proven: the manifest with the edit is read and judged again, and the finding passes. Values that
    files of the team supply are left alone. Raises what `read_case` raises, and UsageError for a rule that no pack
    has or that did not fail.
    """
    case = read_case(structs.replace(request, unprobed=not request.machine), progress)
    text = _text(case)
    judged = judge_case(case)
    failed = _failed(case, judged, rules)
    found: list[Fix] = []
    after = text
    for number, finding in enumerate(failed):
        progress(f"trying {finding.rule}", number / max(1, len(failed)))
        fix = _fix(case, finding, text)
        found.append(fix)
        if fix.options and _still_fails(request, after, finding):
            after = _applied(after, fix.options[0]) or after
    shown = case.manifest
    diff = difflib.unified_diff(
        text.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{shown}", f"b/{shown}"
    )
    return Fixes(case.name, shown, tuple(found), "".join(diff), after, _lines_to_add(case, judged))


def apply(found: Fixes) -> None:
    """Write the manifest with every first option, whole or not at all."""
    from pathlib import Path

    write_file(Path(found.manifest), found.text.encode())


def _text(case: Case) -> str:
    from pathlib import Path

    return Path(case.manifest).read_bytes().decode()


def _failed(case: Case, judged: Judged, rules: tuple[str, ...]) -> list[Finding]:
    failed = [
        finding
        for finding in judged.findings
        if finding.state is State.FAIL and finding.rule in case.packs.rules
    ]
    if rules:
        wanted = {rule.id for name in rules if (rule := case.packs.find(name)) is not None}
        unknown = [name for name in rules if case.packs.find(name) is None]
        if unknown:
            raise UsageError(
                f"{unknown[0]!r} is not a rule", next_step="list them with `poc-gate rules list`"
            )
        failed = [finding for finding in failed if finding.rule in wanted]
        if not failed:
            raise UsageError(
                f"{', '.join(rules)} did not fail", next_step="see what failed with `poc-gate assess`"
            )
    return sorted(
        failed, key=lambda finding: (-SEVERITY_RANK[finding.severity], finding.rule, finding.subject)
    )


def _fix(case: Case, finding: Finding, text: str) -> Fix:
    passes = passes_rule(case, finding)
    levers = [lever for lever in finding_levers(case, finding) if lever.needed is not None]
    levers.sort(key=_least_change)
    options: list[tuple[Edit, ...]] = []
    reach: list[Edit] = []
    asked = held_back = ""
    for lever in levers:
        edit, why = _edit(case, lever, passes, text)
        if _is_wish(lever.fact):
            if edit is not None and not asked:
                asked = f"only a weaker requirement would make it pass, {_shown(edit)}; whoever asked for it decides"
            continue
        held_back = held_back or why
        if edit is None:
            continue
        if _is_setting(lever.fact):
            options.append((edit,))
        else:
            reach.append(edit)
    if not options:
        pair = finding_pair(case, finding) or ()
        edits = [_edit(case, one, None, text)[0] for one in pair if _is_setting(one.fact)]
        if pair and len(edits) == len(pair) and all(edit is not None for edit in edits):
            options.append(tuple(edit for edit in edits if edit is not None))
    why = "" if options or reach else held_back or asked or "no single value of the manifest makes it pass"
    return Fix(
        finding.rule, finding.subject, finding.message, tuple(options[:OPTIONS]), why, tuple(reach[:OPTIONS])
    )


def _is_wish(fact: str) -> bool:
    return _WISHES.fullmatch(generic_name(fact)) is not None


def _is_setting(fact: str) -> bool:
    """Say whether somebody sets a fact, so that a manifest may state it before it was seen."""
    leaf = _leaf(fact)
    return leaf is not None and (leaf.intent or _SETTINGS.fullmatch(generic_name(fact)) is not None)


def _shown(edit: Edit) -> str:
    return f"{edit.fact} {edit.now or 'not stated'} -> {edit.then}"


def _edit(case: Case, lever: Lever, passes: object, text: str) -> tuple[Edit | None, str]:
    """Return the edit that a lever comes to, once it is a value that exists, passes, and is the manifest's to set."""
    leaf = _leaf(lever.fact)
    fact = case.tree.get(lever.fact)
    if leaf is None:
        return None, f"{lever.fact} is not a value of the manifest"
    if fact.value is not None and fact.provenance not in _OWN:
        where = fact.place.file if fact.place is not None else "another file"
        return None, f"{lever.fact} comes from {where}, which is not edited"
    for value in _existing(lever):
        if passes is not None and not _passes(passes, case, lever.fact, value):
            continue
        written = _written(leaf, value, case)
        if written is None:
            continue
        try:
            with_value(text, lever.fact, written)
        except CannotEditError as error:
            return None, str(error)
        now = _written(leaf, fact.value, case) or "" if fact.value is not None else ""
        return Edit(lever.fact, now, written), ""
    return None, ""


def _passes(passes: object, case: Case, name: str, value: Value) -> bool:
    assert callable(passes)
    return bool(passes(changed(case.tree, name, value)))


def _existing(lever: Lever) -> list[Value]:
    """Return the values to try: the needed one, snapped to those that exist, the nearest first."""
    steps = _STEPS.get(generic_name(lever.fact))
    if steps is None or not isinstance(lever.needed, Quantity):
        return [lever.needed] if lever.needed is not None else []
    needed = lever.needed.value
    down = not isinstance(lever.current, Quantity) or needed < lever.current.value
    kept = [step for step in steps if (step <= needed if down else step >= needed)]
    return [Quantity(step, lever.needed.unit) for step in sorted(kept, key=lambda step: abs(step - needed))]


def _written(leaf: Leaf, value: Value | None, case: Case) -> str | None:
    if value is None:
        return None
    try:
        return value_text(leaf, value, currency=case.reading.currency)
    except (ValueError, KeyError):
        return None


def _applied(text: str, edits: tuple[Edit, ...]) -> str | None:
    try:
        for edit in edits:
            text = with_value(text, edit.fact, edit.then)
    except CannotEditError:
        return None
    return text


def _still_fails(request: CaseRequest, text: str, finding: Finding) -> bool:
    """Return whether a finding still fails in a text of the manifest: an earlier edit may have turned it."""
    from poc_gate.app.ground.files.read_inputs import find_manifest

    path = find_manifest(request.path)
    case = read_case(structs.replace(request, path=path, content=text.encode(), unprobed=not request.machine))
    found = judge_case(case, in_full=False).findings
    now = next((f for f in found if (f.rule, f.subject) == (finding.rule, finding.subject)), None)
    return now is not None and now.state is State.FAIL


def _least_change(lever: Lever) -> float:
    if not isinstance(lever.current, Quantity) or not isinstance(lever.needed, Quantity):
        return 1.0
    now, then = lever.current.value, lever.needed.value
    return abs(math.log(then / now)) if now > 0 and then > 0 else 1.0


def _lines_to_add(case: Case, judged: Judged) -> tuple[str, ...]:
    """Return a line with a blank for every value that undecided rules wait for, most useful first."""
    from poc_gate.app.assess.look.first_look import stopping_questions

    asked = (plain_question(name) for name in stopping_questions(case, judged))
    return tuple(f"{question.line}  {question.text}" for question in asked if question is not None)


def _leaf(name: str) -> Leaf | None:
    generic = generic_name(name)
    return next((leaf for leaf in manifest_tree().leaves() if leaf.path == generic), None)


def fixes_text(found: Fixes) -> str:
    """Return what was found beside the patch: each rule, its alternatives, and why some have none."""
    lines = []
    for fix in found.fixes:
        subject = f" {fix.subject}" if fix.subject else ""
        lines.append(f"{fix.rule}{subject}: {fix.message}")
        for number, option in enumerate(fix.options, 1):
            edits = ", ".join(map(_shown, option))
            lines.append(f"  {'in the patch' if number == 1 else 'or instead'}: {edits}")
        lines += [f"  once it is reached and measured: {_shown(edit)}" for edit in fix.reach]
        if fix.why_not:
            lines.append(f"  no edit: {fix.why_not}")
    return "\n".join(lines) + ("\n" if lines else "")
