"""A case, answered or not -> the first look: what can be said already, and the questions that sharpen it most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, exp, log, sqrt

from msgspec import Struct

from poc_gate.app.assess.case import Case
from poc_gate.app.assess.judge_case import Judged
from poc_gate.facts.known.assumed import assumptions_for, sources_of, with_assumptions
from poc_gate.flow.walls.first_answers import MEASURED_RUN, End, FirstNumbers, first_numbers
from poc_gate.judge.verdict.questions import SCOPE, tasks
from poc_gate.manifest.fields.plain_questions import plain_question
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree, generic_name
from poc_gate.model.first_look import AssumedValue, FirstAnswer, FirstLook
from poc_gate.model.quantity import Quantity, show_quantity

QUESTIONS = 5
SHARP_ENOUGH = 2.5
"""Far over near end of the wall below which no further question is asked for its sake."""

MOST_SHARP = 4
"""Questions of the five that may be asked for the wall's sake; the others could stop the pilot."""

_ONE = ("target.replicas", "target.count")


class Doubt(Struct, frozen=True):
    """One thing that nobody has said, and the numbers with it alone at either end."""

    fact: str
    """The fact that would settle it."""
    better: FirstNumbers
    worse: FirstNumbers


class Ends:
    """The likely numbers of one pilot, and what each open fact does to them.

    Doubts are independent, so their logarithms add up as squares: an interval of the result is as probable as
    those it comes from, and narrower than if all of them went wrong together.
    """

    def __init__(self, tree: FactTree) -> None:
        """Compute the likely numbers, and those with one doubt at a time at either end."""
        self.tree = tree
        self.full = _with_one(with_assumptions(tree), tree)
        self.likely = first_numbers(self.full, "likely")
        names = [one.fact for one in assumptions_for(tree) if one.fact != "model.weight_bits"]
        self.doubts = [
            Doubt(name, *(first_numbers(self._moved(name, end), "likely") for end in _BOTH)) for name in names
        ]
        self.doubts.append(Doubt(SPEED, *(first_numbers(self.full, end) for end in _BOTH)))

    def _moved(self, name: str, end: End) -> FactTree:
        return _with_one(with_assumptions(self.tree, end=end, only=name), self.tree)

    def span(self, key: str, *, without: Iterable[str] = ()) -> tuple[float, float, float] | None:
        """Return the smallest, likely and largest value of one number; None where it cannot be told.

        `without` names doubts that are taken as settled.
        """
        likely = getattr(self.likely, key)
        if likely is None:
            return None
        low = high = 0.0
        for doubt in self.doubts:
            ends = [end for end in (getattr(doubt.better, key), getattr(doubt.worse, key)) if end is not None]
            ends = [*ends, likely]
            if doubt.fact in without:
                ends = [self._settled(doubt.fact, likely, end) for end in ends]
            low += _log(min(ends), likely) ** 2
            high += _log(max(ends), likely) ** 2
        if likely <= 0:
            return 0.0, likely, max(0.0, *(getattr(d.better, key) or 0.0 for d in self.doubts))
        return likely / exp(sqrt(low)), likely, likely * exp(sqrt(high))

    def _settled(self, fact: str, likely: float, end: float) -> float:
        """Return an end of the interval that is left once a doubt is settled: a measured run keeps a little."""
        if fact != SPEED or likely <= 0 or end == likely:
            return likely
        low, high = MEASURED_RUN
        return likely * (high if end > likely else low)

    def width(self, without: Iterable[str] = ()) -> float:
        """Return far over near end of the wall; 1 where there is none or it is known."""
        span = self.span("wall", without=without)
        return span[2] / span[0] if span is not None and span[0] > 0 else 1.0

    def doubt(self, without: Iterable[str] = ()) -> float:
        """Return how much is open about wall and peak together, in powers of e."""
        peak = self.span("peak", without=without)
        spread = log(peak[2] / peak[0]) if peak is not None and peak[0] > 0 else 0.0
        return log(self.width(without)) + 0.3 * spread


SPEED = "model.time_per_call"
"""What settles the doubt about the speed of engine and device: one measured answer."""

_BOTH: tuple[End, End] = ("better", "worse")
_FARTHEST = log(100.0)
"""An end that reaches zero counts as a hundredth of the likely value."""


def _log(end: float, likely: float) -> float:
    if likely <= 0:
        return 0.0
    return min(_FARTHEST, abs(log(end / likely))) if end > 0 else _FARTHEST


def first_look(case: Case, judged: Judged) -> FirstLook:
    """Return what a case allows to say already, each number labelled, and the five questions that matter."""
    ends = Ends(_on_stated_device(case))
    assumed = _assumed_values(ends)
    sharp = sharpening_questions(ends)
    if ends.likely.peak is None and "training" not in _words(case.tree, "pilot.uses"):
        sharp = ["demand.requests_per_day", *sharp][:MOST_SHARP]
    names = [*sharp, *(name for name in stopping_questions(case, judged) if name not in sharp)]
    asked = (plain_question(name) for name in names)
    return FirstLook(
        answers=tuple(_answers(ends, judged)),
        questions=tuple(question for question in asked if question is not None)[:QUESTIONS],
        assumed=assumed,
        left_out=ends.likely.left_out,
        seen=case.seen or (),
        without_manifest=case.seen is not None,
    )


def _words(tree: FactTree, name: str) -> tuple[str, ...]:
    value = tree.get(name).value
    return value if isinstance(value, tuple) else ()


def _on_stated_device(case: Case) -> FactTree:
    """Return the facts with the data sheet of the stated device, where the machine at hand has no accelerator."""
    tree, device = case.tree, case.tree.get("target.device").value
    if not isinstance(device, str) or tree.get("machine.accelerators.memory_total").value is not None:
        return tree
    from poc_gate.facts.known.tables import find
    from poc_gate.probe.profile.datasheets import find_datasheet

    row = find("devices", device)
    sheet = find_datasheet(row.name if row is not None else device)
    if sheet is None:
        return tree
    known = [
        Fact(
            one.fact, one.value, Provenance.ASSUMED, Place("data sheet", pointer=sheet.name), note=one.source
        )
        for one in sheet.measurements
        if one.value is not None and one.fact.startswith("machine.accelerators.")
    ]
    return tree.with_facts(tuple(known))


def sharpening_questions(ends: Ends) -> list[str]:
    """Return the facts whose answer narrows wall and peak most, the most useful first.

    They are chosen one after the other until the wall's far end is at most `SHARP_ENOUGH` times its near end.
    """
    found: list[str] = []
    while len(found) < MOST_SHARP and ends.width(found) > SHARP_ENOUGH:
        left = [doubt.fact for doubt in ends.doubts if doubt.fact not in found]
        best = min(left, key=lambda name: ends.doubt((*found, name)), default=None)
        if best is None or ends.doubt((*found, best)) > ends.doubt(found) - 0.01:
            break
        found.append(best)
    return found


def stopping_questions(case: Case, judged: Judged) -> list[str]:
    """Return the facts that open tasks wait for, in the one order of all reports: what can change most first."""
    found: dict[str, None] = {}
    for task in tasks(judged.findings, case.packs.rules, case.packs.records, judged.tree):
        names = sorted(task.names, key=_scope_rank) if task.key == SCOPE else task.first.unknown
        for name in names:
            found.setdefault(name, None)
    seen: dict[str, str] = {}
    for name in found:
        seen.setdefault(generic_name(name), name)
    return list(seen.values())


_SCOPE_FIRST = (
    "pilot.uses",
    "pilot.stage",
    "purpose.regimes",
    "purpose.audience",
    "purpose.decides",
    "purpose.acts",
)


def _scope_rank(name: str) -> tuple[int, str]:
    return (_SCOPE_FIRST.index(name) if name in _SCOPE_FIRST else len(_SCOPE_FIRST)), name


def _with_one(full: FactTree, tree: FactTree) -> FactTree:
    """Return the tree with one device and one replica where a pilot serves its model and nobody says how many."""
    if tree.get("model.hosting").value != "self":
        return full
    missing = [name for name in _ONE if full.get(name).value is None]
    one = [
        Fact(name, Quantity(1.0), Provenance.ASSUMED, Place("assumed", pointer=name), note="assumed: one")
        for name in missing
    ]
    return full.with_facts(tuple(one)) if one else full


def _assumed_values(ends: Ends) -> tuple[AssumedValue, ...]:
    found = []
    for one in assumptions_for(ends.tree):
        fact = ends.full.get(one.fact)
        if isinstance(fact.value, Quantity) and fact.low is not None and fact.high is not None:
            found.append(
                AssumedValue(
                    one.fact, fact.low, fact.value.value, fact.high, fact.value.unit, sources_of(one)
                )
            )
    single = [
        name for name in _ONE if ends.tree.get(name).value is None and ends.full.get(name).value is not None
    ]
    return (
        *found,
        *(AssumedValue(name, 1.0, 1.0, 1.0, "1", "one, until somebody says how many") for name in single),
    )


def _answers(ends: Ends, judged: Judged) -> Iterable[FirstAnswer]:
    rests = tuple(one.fact for one in _assumed_values(ends))
    for build in (_wall, _memory, _least_memory, _first_token, _quota, _cost):
        answer = build(ends, judged, rests)
        if answer is not None:
            yield answer


def _wall(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    wall, peak, left_out = ends.span("wall"), ends.span("peak"), ends.likely.left_out
    planned = f"the planned peak is {_span(*peak, 'req/s')}" if peak is not None else ""
    if wall is None:
        if peak is None:
            return None
        why = f": nobody has said how fast {_listed(left_out)} is" if left_out else ""
        return FirstAnswer(
            "peak", f"{_capital(planned)}; no limit of the load is known yet{why}.", "req/s", *peak, rests
        )
    if wall[2] <= 0:
        cause = ends.likely.cause
        why = f" {_capital(cause) if cause.startswith('the ') else cause}." if cause else ""
        aim = f" {_capital(planned)}." if planned else ""
        text = f"As described, it cannot keep its promises at any load.{why}{aim}"
        return FirstAnswer("wall", text, "req/s", *wall, rests)
    replicas = ends.likely.replicas or 1.0
    what = "The pilot"
    if ends.likely.station == "model":
        what = "One replica of the model" if replicas == 1 else f"{replicas:g} replicas of the model"
    text = f"{what} serves {_span(*wall, 'req/s')}" + (f"; {planned}." if planned else ".")
    if left_out:
        text += f" Not counted, because their times are unknown: {_listed(left_out)}; the limit may be lower."
    return FirstAnswer("wall", text, "req/s", *wall, rests)


def _memory(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    needed, capacity, room = ends.likely.needed, ends.likely.capacity, ends.span("room")
    if needed is None or capacity is None:
        return None
    weights = f"the weights take {_shown(needed, 'B')} of {_shown(capacity, 'B')}"
    used = tuple(name for name in rests if name.startswith(("demand.", "model.", "target.count")))
    if room is None:
        return FirstAnswer("memory", f"Memory: {weights}.", rests_on=used)
    most = max((doubt.better.room or 0.0) for doubt in ends.doubts)
    if most < 1:
        text = f"Does not fit: {weights}, which leaves no room for a single request."
    elif room[1] < 1 or room[0] < 1:
        text = f"Might not fit: {weights}, and a long request may find no room left."
    else:
        text = f"Fits: {weights}, which leaves room for {_counts(room[0], room[2])} requests at once."
    return FirstAnswer("memory", text, "1", *room, used)


def _least_memory(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    """Return from how much device memory on the model fits, where no device is known."""
    span = ends.span("least_memory")
    if ends.likely.capacity is not None or span is None or ends.likely.needed is None:
        return None
    device = ends.tree.get("target.device").value
    why = f"The memory of {device} is unknown" if device is not None else "No device is stated"
    low, high = (f"{ceil(end / 1e9):,}" for end in (span[0], span[2]))
    text = (
        f"{why}: the model fits from {_between(low, high)} GB of device memory on, "
        f"{float(f'{ends.likely.needed / 1e9:.2g}'):,g} GB of it for the weights and the rest for the engine and one long request."
    )
    used = tuple(name for name in rests if name.startswith(("demand.in_", "demand.out_", "model.")))
    return FirstAnswer("least-memory", text, "B", *span, used)


def _first_token(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    span, promised = ends.span("first_token"), ends.tree.get("slo.ttft").value
    if span is None or not isinstance(promised, Quantity):
        return None
    text = f"The first words of a long prompt take {_span(*span, 's')}; {promised} is promised"
    broken = ": that cannot hold." if span[0] > promised.value else ", so it may break."
    return FirstAnswer(
        "first-token", text + (": that holds." if span[2] <= promised.value else broken), "s", *span, rests
    )


def _quota(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    span = ends.span("tokens_per_s")
    if span is None or ends.tree.get("model.hosting").value != "hosted":
        return None
    text = f"The peak needs {_between(_minutes(span[0]), _minutes(span[2]))} tokens a minute of the provider's quota"
    quota = ends.tree.get("model.quota_tokens").value
    if isinstance(quota, Quantity):
        text += f"; {_minutes(quota.value)} are granted"
    return FirstAnswer("quota", f"{text}.", "tok/s", *span, rests)


def _cost(ends: Ends, judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    span = ends.span("tokens_per_day")
    if span is None or judged.tree.get("flow.cost.month").value is not None:
        return None  # the report shows what is known of the cost
    price = "a device" if ends.tree.get("model.hosting").value == "self" else "a token"
    volume = _between(*(_millions(end * 30) for end in (span[0], span[2])))
    text = (
        f"Cost cannot be bounded yet: the price of {price} is missing. A month takes {volume} million tokens."
    )
    return FirstAnswer("cost", text, rests_on=rests)


def _span(low: float, _likely: float, high: float, unit: str) -> str:
    first, last = _shown(low, unit), _shown(high, unit)
    if unit == "req/s" and high >= 0.01:
        first = f"{float(f'{low:.2g}'):g} req/s"
        last = f"{float(f'{high:.2g}'):g} req/s"
    if first == last:
        return first
    head, _, tail = first.rpartition(" ")
    return f"{head} to {last}" if tail == last.rpartition(" ")[2] else f"{first} to {last}"


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(value: float, unit: str) -> str:
    return show_quantity(Quantity(float(f"{value:.2g}"), unit))


def _counts(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _minutes(rate: float) -> str:
    return f"{float(f'{rate * 60:.2g}'):,.0f}"


def _millions(tokens: float) -> str:
    return f"{float(f'{tokens / 1e6:.2g}'):,g}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
