"""A judged case -> the value each lever must reach, for failed findings and for walls."""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import structs

from poc_gate.app.assess.reading.case import Case
from poc_gate.flow.derive_facts import derive_facts
from poc_gate.flow.walls.lever_range import Bounds
from poc_gate.flow.walls.levers import find_lever, find_pair, with_value
from poc_gate.flow.walls.wall import first_wall, wall_stands_beyond
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.fact import FactTree, Kind, item_name
from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, Lever, State
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Wall, WallPicture

PLANNED_SHARE = 0.7
"""Share of the wall that the planned peak may take."""

BEFORE_NEXT = 0.95
"""How far towards the next wall a lever is to move the first: a queue relieved to the full never is."""

NEAR_NEXT = 0.9
"""How far towards the next wall the first counts as close to it."""


def finding_levers(case: Case, *findings: Finding) -> tuple[Lever, ...]:
    """Return, for the failed findings of one rule, each lever of it with the value it must reach alone.

    A lever of one item is to pass the finding of that item, a lever of the pilot all of them.
    """
    failed = [finding for finding in findings if finding.state is State.FAIL]
    rule = case.packs.rules.get(failed[0].rule) if failed else None
    if rule is None:
        return ()
    asked: dict[str, list[Finding]] = {}
    for lever in rule.levers:
        for finding in failed:
            for name in _lever_names((lever,), finding.subject):
                asked.setdefault(name, []).append(finding)
    found: list[Lever] = []
    for name, passing in asked.items():
        passes = passes_rule(case, *passing)
        tried = find_lever(case.tree, name, passes, bounds=_bounds(case, name))
        note = tried.note
        if tried.needed is not None and not passes_rule(case, *passing, proven=True)(
            with_value(case.tree, name, tried.needed)
        ):
            note = "; ".join(filter(None, (note, HOLDS_IF_ASSUMED)))
        found.append(structs.replace(tried, effort=rule.effort, cost=rule.cost, note=note))
    return tuple(found)


def finding_pair(case: Case, finding: Finding) -> tuple[Lever, Lever] | None:
    """Return the two levers of a failed finding that pass together with the least change, or None."""
    rule = case.packs.rules.get(finding.rule)
    if rule is None or finding.state is not State.FAIL:
        return None
    names = _lever_names(rule.levers, finding.subject)
    if len(names) < 2:
        return None
    bounds = {name: _bounds(case, name) for name in names}
    return find_pair(case.tree, names, passes_rule(case, finding), bounds=bounds)


HOLDS_IF_ASSUMED = "it then holds as far as assumed values are right"
"""Said of a value that ends a refutation where what is left to prove rests on what nobody has stated."""


def passes_rule(case: Case, *findings: Finding, proven: bool = False) -> Callable[[FactTree], bool]:
    """Return the function that tells whether a tree of stated facts passes findings of one rule.

    A finding that holds with assumed values, which prove nothing, counts too unless it has to be `proven`.
    """
    rule = case.packs.rules[findings[0].rule]
    subjects = {finding.subject for finding in findings}
    packs = PackSet(
        tuple(
            structs.replace(pack, rules=tuple(r for r in pack.rules if r.id == rule.id))
            for pack in case.packs.packs
        ),
        case.packs.catalogue,
    )
    wanted = frozenset(rule.given.values()) | {f for pack in packs.packs for f in pack.given.values()}

    def judged(derived: FactTree, *, in_full: bool) -> list[Finding]:
        found = evaluate_rules(
            packs, derived, stage=case.stage, today=case.today, evidence=case.evidence, in_full=in_full
        )
        return [f for f in found if f.rule == rule.id and f.subject in subjects]

    def passes(tree: FactTree) -> bool:
        derived = derive_facts(tree, wanted=wanted)
        mine = judged(derived, in_full=False)
        if not proven and any(f.state is State.UNKNOWN for f in mine):
            mine = judged(derived, in_full=True)  # which alone says why
        return len(mine) == len(subjects) and all(
            f.state is State.PASS or (not proven and _holds_if_assumed(f)) for f in mine
        )

    return passes


def _holds_if_assumed(finding: Finding) -> bool:
    reason = finding.reason
    return finding.state is State.UNKNOWN and reason is not None and reason.kind is ReasonKind.ASSUMED


def _lever_names(levers: tuple[str, ...], subject: str) -> list[str]:
    """Return the levers as facts; one of each item means that of the finding's own item."""
    item = item_of(subject)
    return [item_name(name, item) if "[]" in name else name for name in levers if item or "[]" not in name]


def _bounds(case: Case, name: str) -> Bounds:
    spec = case.packs.catalogue.find(name)
    if spec is None:
        return Bounds()
    unit = spec.unit if spec.kind is Kind.QUANTITY else None
    return Bounds(spec.low, spec.high, unit, spec.choices)


def with_wall_levers(case: Case, picture: WallPicture) -> WallPicture:
    """Return a picture in load whose first wall names the levers that move it far enough.

    Far enough is the planned peak at 70 % of the wall, or twice the wall where it already is; or close to
    the next wall where that stands nearer, as no lever of the first moves the second. Levers that help
    come first, the least change before larger ones.
    """
    if picture.axis != "req/s" or not picture.walls:
        return picture
    first = picture.walls[0]
    wanted = _aim(picture)
    levers = [
        find_lever(
            case.tree,
            name,
            lambda tree: wall_stands_beyond(tree, wanted),
            bounds=_bounds(case, name),
            monotone=True,
        )
        for name in _wall_names(case, first)
    ]
    levers.sort(key=_least_change_first)
    told = tuple(
        structs.replace(lever, note=lever.note or _moved_to(case, picture, lever)) for lever in levers
    )
    return structs.replace(picture, walls=(structs.replace(first, relieved_by=told), *picture.walls[1:]))


def _aim(picture: WallPicture) -> float:
    """Return the load that the first wall is to be moved to at least."""
    first, *behind = picture.walls
    wanted = picture.planned / PLANNED_SHARE
    if first.load >= wanted:
        wanted = 2.0 * first.load
    if behind and behind[0].load < wanted:
        return first.load + BEFORE_NEXT * (behind[0].load - first.load)
    return wanted


def _moved_to(case: Case, picture: WallPicture, lever: Lever) -> str:
    """Return where the first wall stands once a lever has the value it needs, which may be beyond the aim."""
    if not isinstance(lever.needed, Quantity):
        return ""
    then = first_wall(with_value(case.tree, lever.fact, lever.needed))
    if then is None:
        return "leaves no limit to the load"
    first, *behind = picture.walls
    placed = f"moves the limit to {Quantity(then.load, 'req/s')}"
    if then.station != first.station:
        return f"{placed}, where {then.station} is the next"
    near = behind and then.load >= first.load + NEAR_NEXT * (behind[0].load - first.load)
    return f"{placed}, close to the next one ({behind[0].station})" if near else placed


def _least_change_first(lever: Lever) -> tuple[bool, float]:
    if not isinstance(lever.current, Quantity) or not isinstance(lever.needed, Quantity):
        return lever.needed is None, 0.0
    now, then = lever.current.value, lever.needed.value
    return False, abs(math.log(then / now)) if now > 0 and then > 0 else math.inf


def _wall_names(case: Case, wall: Wall) -> list[str]:
    """Return the stated facts that could relieve the station of a wall."""
    station = wall.station.removesuffix(" (tolerated load)")
    names: list[str] = []
    if station in case.tree.items.get("sources", ()):
        fields = ("servers", "capacity", "tolerated_rate", "cache_hit", "calls_per_request", "p50", "p99")
        names = [f"sources[{station}].{field}" for field in fields]
    elif station in case.tree.items.get("path.stages", ()):
        names = [f"path.stages[{station}].{field}" for field in ("servers", "capacity", "p50", "p99")]
    elif station == "network link":
        names = ["path.network_bandwidth", "path.bytes_per_request"]
    elif station == "token quota":
        names = ["model.quota_tokens", "demand.in_tokens_p95", "demand.out_tokens_p95"]
    if not names or station == "model":
        names += [
            "target.replicas", "target.count", "model.planned_concurrency", "model.time_per_call",
            "model.quota_requests", "demand.out_tokens_p50", "demand.out_tokens_p95", "demand.in_tokens_p95",
            "model.kv_bits", "model.weight_bytes", "model.weight_bits",
        ]  # fmt: skip
    return [name for name in names if isinstance(case.tree.get(name).value, Quantity)]
