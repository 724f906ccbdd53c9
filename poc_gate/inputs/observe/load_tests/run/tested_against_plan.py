"""A load test held against what the manifest says: its load over the planned peak, its model, its payloads."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from poc_gate.inputs.observe.plain_values import amount, items, mapping, text
from poc_gate.model.claim import Notice, Place, Provenance, Value
from poc_gate.model.observation import Observation, Observed
from poc_gate.model.quantity import Quantity
from poc_gate.text.model_names import same_model

PEAK = "flow.demand.peak_rate"
MOST_FAILED = 0.05
"""Share of failed requests over which a step counts as no load: what is refused loads nothing behind the door."""
_SMALLER = 0.8
"""Share of the planned length below which a payload is another one."""
_LENGTHS = (
    ("in_tokens", "demand.in_tokens_p50", "prompts"),
    ("out_tokens", "demand.out_tokens_p50", "answers"),
)


def against_plan(
    observed: Observed, ids: Mapping[str, tuple[str, ...]] | None, values: Mapping[str, Value]
) -> Observed:
    """Return a load test with what rules ask of it: duration and rate at the peak, and whether it was of the pilot.

    A test of a model of another name is a question, and states neither: a name can be an alias. Payloads that are plainly
    smaller than planned are another load, and that is stated.
    """
    if ids is None:
        return observed
    steps = [mapping(step) for step in items(observed.details.get("steps"))]
    place, digest = Place(min(observed.files, default="")), next(iter(observed.files.values()), "")
    whole = next((one for one in observed.observations if one.fact == "load_test.duration"), None)
    if not steps or whole is None:
        return observed
    other = _other_model(steps, values, place)
    if other is not None:
        return replace(observed, notices=(*observed.notices, other))
    base = replace(whole, place=place, sha256=digest, low=None, high=None, interval="")
    stated, notices = _load(base, steps, values, place)
    small = _payloads(base, steps, values, place)
    return replace(
        observed,
        observations=(*observed.observations, *stated, *small[0]),
        notices=(*observed.notices, *notices, *small[1]),
    )


def _load(
    base: Observation, steps: list[Mapping[str, object]], values: Mapping[str, Value], place: Place
) -> tuple[list[Observation], list[Notice]]:
    loaded = [step for step in steps if _counts(step)]
    if not loaded:
        what = f"in every step more than {MOST_FAILED:.0%} of the requests failed: it is not a test of the planned load"
        return [], [Notice("limit", what, place, "fix what fails, and run it again")]
    peak = values.get(PEAK)
    if not isinstance(peak, Quantity) or peak.value <= 0:
        longest = max(loaded, key=lambda step: amount(step.get("offered_per_s")) or 0.0)
        what = "the planned peak is not known, so that the load of the test is compared with nothing"
        step = "state `demand.requests_per_day` and `peak_hour_share`"
        return [_seconds(base, [longest], "step of the highest rate")], [
            Notice("question", what, place, step)
        ]
    above = [step for step in loaded if (amount(step.get("offered_per_s")) or 0.0) >= peak.value]
    if above:
        lowest = min(amount(step.get("offered_per_s")) or 0.0 for step in above)
        return [_seconds(base, above, "at or above the planned peak"), _ratio(base, lowest, peak.value)], []
    highest = max(loaded, key=lambda step: amount(step.get("offered_per_s")) or 0.0)
    rate = amount(highest.get("offered_per_s"))
    if rate is None:
        what = (
            "the file does not say how many requests a second were sent: not comparable with the planned peak"
        )
        return [], [Notice("limit", what, place)]
    what = (
        f"the highest rate that was sent is {rate:,.3g} a second, {rate / peak.value:.0%} of the planned peak of "
        f"{peak.value:,.3g}: what happens at the peak was not tested"
    )
    stated = [_seconds(base, [highest], "below the planned peak"), _ratio(base, rate, peak.value)]
    return stated, [Notice("limit", what, place, "repeat it at the planned peak or above")]


def _counts(step: Mapping[str, object]) -> bool:
    sent, failed = amount(step.get("n")), amount(step.get("errors"))
    return bool(sent) and (failed or 0.0) <= MOST_FAILED * (sent or 1.0)


def _seconds(base: Observation, steps: list[Mapping[str, object]], where: str) -> Observation:
    total = sum(amount(step.get("duration_s")) or 0.0 for step in steps)
    count = sum(int(amount(step.get("n")) or 0) for step in steps)
    return replace(
        base,
        fact="operations.load_test_duration",
        value=Quantity(total, "s"),
        method=f"time {where}",
        samples=count,
    )


def _ratio(base: Observation, rate: float, peak: float) -> Observation:
    method = f"{rate:,.4g} requests a second sent over {peak:,.4g} planned for the peak"
    return replace(base, fact="operations.load_test_rate", value=Quantity(rate / peak), method=method)


def _other_model(
    steps: list[Mapping[str, object]], values: Mapping[str, Value], place: Place
) -> Notice | None:
    names = [text(step.get("model")) for step in steps]
    tested, planned = next(filter(None, names), ""), text(values.get("model.name"))
    if not (tested and planned) or same_model(tested, planned):
        return None
    what = f"the test asked for the model {tested}, and the manifest names {planned}: what it shows is not taken as of the pilot"
    return Notice(
        "question",
        what,
        place,
        f"test the model that is deployed, or write `model.name: {tested}` if it is the same",
    )


def _payloads(
    base: Observation, steps: list[Mapping[str, object]], values: Mapping[str, Value], place: Place
) -> tuple[list[Observation], list[Notice]]:
    told: list[str] = []
    for key, fact, what in _LENGTHS:
        lengths = [length for step in steps if (length := amount(step.get(key))) is not None]
        planned = values.get(fact)
        if lengths and isinstance(planned, Quantity) and max(lengths) < _SMALLER * planned.value:
            told.append(f"{what} of {max(lengths):,.0f} tokens where {planned.value:,.0f} are planned")
    if not told:
        return [], []
    why = f"other payloads than planned: {', '.join(told)}"
    flag = replace(base, fact="operations.load_test_on_target", value=False, method=why)
    if flag.provenance is not Provenance.MEASURED:
        return [], [
            Notice(
                "limit",
                f"{why}; it tests another load",
                place,
                "use prompts and answers of the planned length",
            )
        ]
    return [flag], [
        Notice(
            "limit", f"{why}; it tests another load", place, "use prompts and answers of the planned length"
        )
    ]
