"""A case -> the result that every report is rendered from."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.assess.draining import with_draining
from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case
from poc_gate.model.fact import Fact
from poc_gate.model.parts.first_look import FirstLook
from poc_gate.model.parts.machines import Machines
from poc_gate.model.verdict import Hop, MachineSummary, Result, Step, WallPicture
from poc_gate.version import __version__


def assess(
    request: CaseRequest, progress: Progress = lambda _what, _share: None, *, machines: bool = False
) -> Result:
    """Read, judge and sum up one pilot; raises what `read_case` raises."""
    case = with_draining(with_commit(read_case(request, progress)))
    progress("judging", 0.97)
    return sum_up(case, judge_case(case), machines=machines)


def with_commit(case: Case) -> Case:
    """Return the case with the commit that its files belong to."""
    from poc_gate.app.ground.git.git_history import commit_of

    return replace(case, commit=commit_of(Path(case.manifest).parent, case.inputs))


def sum_up(
    case: Case,
    judged: Judged,
    *,
    way_out: tuple[Step, ...] | None = None,
    levers: bool = True,
    machines: bool = False,
) -> Result:
    """Return the result of a judged case; the same case and answer give the same bytes.

    `way_out` is one at hand, `levers` False leaves out what would move the walls: both take most of the time, and
    not every format shows them; no more than `machines`, which asks for every data sheet.
    """
    from poc_gate.app.assess.outlook import cost_parts, next_stage
    from poc_gate.app.assess.rule_cards import rule_cards
    from poc_gate.app.assess.way_out import cheapest_way_out
    from poc_gate.words.judged.headline import binding_constraint, headline

    hops, walls = _path(case, judged, levers=levers)
    currency = case.reading.currency
    steps = cheapest_way_out(case, judged) if way_out is None else way_out
    first = walls[0].walls[0] if walls and walls[0].walls else None
    look = _first_look(case, judged, walls)
    return Result(
        tool_version=__version__,
        assessed_on=case.today,
        pilot=case.name,
        stage=case.stage,
        manifest=case.manifest,
        manifest_sha256=case.reading.sha256,
        verdict=judged.verdict,
        sentence=headline(case.name, judged.verdict, judged.findings, selected=len(case.only)),
        binding=binding_constraint(hops, first),
        findings=judged.findings,
        facts=_facts(judged),
        packs=judged.packs,
        machine=_machine(case),
        contradictions=judged.tree.contradictions,
        waivers=judged.waivers,
        notices=case.notices,
        hops=hops,
        walls=walls,
        way_out=steps,
        inputs=dict(case.inputs),
        currency=currency,
        place=case.reading.section_places.get(""),
        commit=case.commit,
        first_look=look,
        cost_parts=cost_parts(judged),
        machines=_machines(case) if machines else None,
        rules=rule_cards(case.packs, judged.findings, steps),
        next_stage=next_stage(case, judged) if way_out is None else None,
    )


def _first_look(case: Case, judged: Judged, walls: tuple[WallPicture, ...]) -> FirstLook | None:
    """Return the first look of a pilot without a manifest, or whose load has no known limit yet."""
    if case.seen is None and any(picture.axis == "req/s" for picture in walls):
        return None
    from poc_gate.app.assess.look.first_look import first_look

    return first_look(case, judged)


def _machines(case: Case) -> Machines | None:
    from poc_gate.app.assess.look.fitting_machines import machines_or_none

    return machines_or_none(case)


def _path(case: Case, judged: Judged, *, levers: bool) -> tuple[tuple[Hop, ...], tuple[WallPicture, ...]]:
    from poc_gate.flow.walls.hops import data_path
    from poc_gate.flow.walls.wall import find_walls

    walls = tuple(find_walls(judged.tree))
    if levers:
        from poc_gate.app.assess.lever_values import with_wall_levers

        walls = tuple(with_wall_levers(case, picture) for picture in walls)
    return data_path(judged.tree), walls


def _facts(judged: Judged) -> tuple[Fact, ...]:
    """Return every fact that is known or that a rule asked for, sorted by name."""
    return tuple(judged.tree.facts[name] for name in sorted(judged.tree.facts))


def _machine(case: Case) -> MachineSummary:
    profile = case.machine
    return MachineSummary(
        name=profile.name,
        kind=profile.kind,
        fingerprint=profile.fingerprint,
        sha256=case.machine_sha256,
        measured_at=profile.measured_at,
        source=case.machine_source,
        curves=profile.curves,
    )
