"""The numbers of a first look -> its answers, one plain sentence each with the interval that it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor

from poc_gate.app.assess.judge_case import Judged
from poc_gate.app.assess.look.first_look_ends import Ends, assumed_values
from poc_gate.facts.known.assumed import think_time
from poc_gate.model.parts.first_look import FirstAnswer
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.words.grammar import and_list, are


def first_answers(ends: Ends, judged: Judged) -> Iterable[FirstAnswer]:
    """Yield what can be said already: load, memory, first token, quota, cost."""
    rests = tuple(one.fact for one in assumed_values(ends))
    for build in (_audience, _wall, _memory, _least_memory, _first_token, _quota, _cost):
        answer = build(ends, judged, rests)
        if answer is not None:
            yield answer


def _audience(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    """Return how much so many people can ask at once, where nobody has said how much they will: N / think time."""
    people = ends.tree.get("purpose.audience_size").value
    uses = ends.tree.get("pilot.uses").value
    if ends.likely.peak is not None or not isinstance(people, Quantity) or people.value < 1:
        return None
    if not isinstance(uses, tuple) or not {"llm", "agent", "retrieval"} & set(uses):
        return None
    low, likely, high = think_time()
    rates = people.value / high, people.value / likely, people.value / low
    text = (
        f"{people.value:,.0f} people who read an answer for {low:g} to {high:g} s before they ask again send at most "
        f"{_span(*rates, 'req/s')}, if all of them ask at once."
    )
    return FirstAnswer("audience", text, "req/s", *rates, rests)


def _wall(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    wall, peak, left_out = ends.span("wall"), ends.span("peak"), ends.likely.left_out
    planned = f"the planned peak is {_span(*peak, 'req/s')}" if peak is not None else ""
    if wall is None:
        if peak is None:
            return None
        why = f": nobody has said how fast {_the(left_out)} {are(left_out)}" if left_out else ""
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
    text = f"{what} serves {_span(*wall, 'req/s')}" + (" or less" if left_out else "")
    text += f"; {planned}{_beyond(peak, wall)}." if planned else "."
    if left_out:
        text += f" Not timed yet: {_the(left_out)}."
    return FirstAnswer("wall", text, "req/s", *wall, rests)


def _beyond(peak: tuple[float, float, float] | None, wall: tuple[float, float, float]) -> str:
    """Return how far the least that is planned lies beyond the most that is served; empty where it does not."""
    if peak is None or peak[0] < _CLEARLY * wall[2]:
        return ""
    return f", at least {float(f'{peak[0] / wall[2]:.2g}'):g} times that"


_CLEARLY = 1.1
"""Factor from which two ends of intervals that are printed with two digits differ for a reader, too."""


def _memory(ends: Ends, _judged: Judged, rests: tuple[str, ...]) -> FirstAnswer | None:
    needed, capacity, room = ends.likely.needed, ends.likely.capacity, ends.span("room")
    if needed is None or capacity is None:
        return None
    weights = f"the weights take {_shown(needed, 'B')} of {_shown(capacity, 'B')}"
    used = tuple(name for name in rests if name.startswith(("demand.", "model.", "target.count")))
    if room is None:
        return FirstAnswer("memory", f"Memory: {weights}.", rests_on=used)
    most = max((doubt.better.room or 0.0) for doubt in ends.doubts)
    cache = ends.span("cache")
    left = f"leaves {_span(*cache, 'B')} for the KV cache" if cache is not None else ""
    if most < 1:
        text = f"Does not fit: {weights}, which leaves no room for a single request."
    elif room[1] < 1 or room[0] < 1:
        text = f"Might not fit: {weights}, which {left}, and a long request may find no room left."
    else:
        held = _counts(floor(room[0]), floor(room[2]))
        text = f"Fits: {weights}, which {left}: {held} long requests at once."
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
    if judged.tree.get("flow.cost.month").value is not None:
        return None  # the report shows what is known of the cost
    month, unpriced = ends.span("cost_month"), ends.likely.unpriced
    if month is not None and month[0] > 0:
        currency = ends.tree.get("cost.currency").value or ""
        least = "at least " if unpriced else ""
        rest = f"; not counted, as nobody has said: {and_list(unpriced)}" if unpriced else ""
        text = f"A month costs {least}{_between(_money(month[0]), _money(month[2]))} {currency}".rstrip()
        return FirstAnswer("cost", f"{text}{_dated(ends)}{rest}.", rests_on=rests)
    span = ends.span("tokens_per_day")
    if span is None:
        return None
    price = "a device" if ends.tree.get("model.hosting").value == "self" else "a token"
    volume = _between(*(_millions(end * 30) for end in (span[0], span[2])))
    text = (
        f"Cost cannot be bounded yet: the price of {price} is missing. A month takes {volume} million tokens."
    )
    return FirstAnswer("cost", text, rests_on=rests)


def _dated(ends: Ends) -> str:
    day = ends.tree.get("cost.prices_on").value
    return f" at the prices of {day}" if day else ""


def _money(amount: float) -> str:
    shown = float(f"{amount:.2g}")
    return f"{shown:,.0f}" if shown >= 10 else f"{shown:g}"


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


def _the(parts: Sequence[str]) -> str:
    """Return parts of the path within a sentence: `the source docs and the search in the index`."""
    return and_list([f"the {part}" for part in parts])
