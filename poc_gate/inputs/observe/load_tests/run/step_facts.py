"""The steps of load tests as facts: one item of `load_test.steps` for each, points on which predictions are held and mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from poc_gate.inputs.observe.plain_values import amount, items, mapping, text
from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf
from poc_gate.model.observation import Observation, Observed
from poc_gate.model.quantity import Quantity
from poc_gate.text.model_names import same_model

ITEMS = "load_test.steps"
TYPED_LOOP = "the option of the import gives the kind of loop, the file does not"
"""Why the kind of loop counts as imported."""
_MOST_STEPS = 64
_FACTS = SpecsOf("observed", "name the result of a load test under `imports:`", f"{ITEMS}[].")

_QUANTITIES = (
    ("rate", "offered_per_s", "req/s", 1e9, "Requests per second that were sent in the step"),
    ("served_rate", "served_per_s", "req/s", 1e9, "Requests per second that were answered in it without an error"),
    ("concurrency", "concurrency", "1", 1e7, "Requests in flight, or users, in it"),
    ("requests", "n", "1", 1e12, "Requests that ended in it"),
    ("duration", "duration_s", "s", 1e8, "Time that it lasted"),
    ("p50", "p50_s", "s", 1e6, "Median time of a request in it, the mean where no median is known"),
    ("p95", "p95_s", "s", 1e6, "95th percentile of that time"),
    ("p99", "p99_s", "s", 1e6, "99th percentile of that time"),
    ("tpot", "tpot_s", "s", 1e4, "Median time per output token after the first in it"),
    ("in_tokens", "in_tokens", "tok", 1e9, "Median or mean prompt length in it"),
    ("out_tokens", "out_tokens", "tok", 1e9, "Median or mean answer length in it"),
)  # fmt: skip
"""Field, key of the step's plain data, unit, largest plausible value, meaning."""


def step_facts() -> tuple[FactSpec, ...]:
    """Return the catalogue's entries of one step."""
    quantities = (_FACTS.number(field, unit, high, meaning) for field, _, unit, high, meaning in _QUANTITIES)
    share = _FACTS.number("error_rate", "1", 1, "Share of the requests that failed in it")
    flags = (
        ("open_loop", "Its requests were sent by the clock, whether or not earlier ones had come back"),
        ("of_model", "It asked the model's server, not the pilot as a whole"),
    )
    return (
        *quantities,
        share,
        *(_FACTS.stated(field, Kind.FLAG, meaning) for field, meaning in flags),
    )


def with_steps(results: Sequence[Observed], values: Mapping[str, Value]) -> tuple[Observed, ...]:
    """Return results with the steps of all load tests, each test under its own number; tests of another model have none."""
    tests = sorted(
        (one for one in results if one.group == "load-test"), key=lambda one: min(one.files, default="")
    )
    numbers = {id(test): number for number, test in enumerate(tests, start=1)}
    planned = text(values.get("model.name"))
    return tuple(
        replace(one, steps=_steps(one, numbers[id(one)], planned)) if id(one) in numbers else one
        for one in results
    )


def _steps(test: Observed, number: int, planned: str) -> tuple[Observation, ...]:
    steps = [mapping(step) for step in items(test.details.get("steps"))][:_MOST_STEPS]
    base = next((one for one in test.observations if one.fact == "load_test.duration"), None)
    asked = next(filter(None, (text(step.get("model")) for step in steps)), "")
    if base is None or (asked and planned and not same_model(asked, planned)):
        return ()
    base = replace(base, low=None, high=None, interval="", place=Place(min(test.files, default="")))
    found: list[Observation] = []
    for place, step in enumerate(steps, start=1):
        found += _of_step(base, f"{ITEMS}[{number}-{place}]", step)
    return tuple(found)


def _of_step(base: Observation, item: str, step: Mapping[str, object]) -> list[Observation]:
    count = amount(step.get("n"))
    if not count:
        return []
    method = f"a step of a load test ({text(step.get('loop')) or 'unknown'} loop)"
    one = replace(base, samples=int(count), method=method, stable=None)
    found = []
    for field, key, unit, high, _ in _QUANTITIES:
        value = amount(step.get(key))
        if value is not None and 0 <= value <= high:
            found.append(replace(one, fact=f"{item}.{field}", value=Quantity(value, unit)))
    failed = amount(step.get("errors"))
    if failed is not None and 0 <= failed <= count:
        found.append(replace(one, fact=f"{item}.error_rate", value=Quantity(failed / count)))
    if isinstance(loop := step.get("open_loop"), bool):
        found.append(_loop(replace(one, fact=f"{item}.open_loop", value=loop), step))
    of_model = (
        bool(text(step.get("model")))
        or amount(step.get("ttft_s")) is not None
        or amount(step.get("tpot_s")) is not None
    )
    found.append(replace(one, fact=f"{item}.of_model", value=of_model))
    return found


def _loop(one: Observation, step: Mapping[str, object]) -> Observation:
    """Return the kind of loop, as imported where it was typed."""
    if step.get("loop_typed") is not True or one.provenance is not Provenance.MEASURED:
        return one
    return replace(one, provenance=Provenance.IMPORTED, reason=TYPED_LOOP)
