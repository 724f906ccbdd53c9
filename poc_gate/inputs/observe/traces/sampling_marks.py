"""What spans say of the sampler that kept them: by chance at the start, by a rule at the end, or forced.

Tracestate: `ot=th:` is the rejection threshold of OpenTelemetry's consistent probability sampling, 56 bits of which trailing zeros
are left out; `ot=p:` of its predecessor is the negative logarithm to base 2.
"""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.span_store import Flag

_CHANCE_SAMPLERS = ("probabilistic", "traceidratio", "ratio", "remote", "parentbased_traceidratio")


def state_probability(state: str) -> float:
    """Return the probability that a tracestate tells, or 0.0 where it tells none."""
    for member in state.split(","):
        key, _, value = member.strip().partition("=")
        if key != "ot":
            continue
        for pair in value.split(";"):
            name, _, text = pair.partition(":")
            if name == "th" and 0 < len(text) <= 14 and _is_hex(text):
                return 1.0 - int(text.ljust(14, "0"), 16) / float(1 << 56)
            if name == "p" and text.isascii() and text.isdecimal() and len(text) < 3 and int(text) < 63:
                return 2.0 ** -int(text)
    return 0.0


def marks(told: Mapping[str, object]) -> tuple[float, int]:
    """Return probability (0.0 = not told) and flags that attributes of a span or resource tell."""
    if any(told.get(key) for key in names.KEPT_BY_RULE):
        return 0.0, int(Flag.BY_RULE)
    flags = int(Flag.FORCED) if any(_number(told.get(key)) > 0 for key in names.FORCED) else 0
    sampler = str(next((told[key] for key in names.SAMPLER if key in told), "")).lower()
    if sampler in ("ratelimiting", "lowerbound"):
        return 0.0, flags | int(Flag.FORCED)
    if sampler == "const":
        return 1.0, flags
    for key in names.KEPT_SHARE:
        share = _number(told.get(key))
        if key == "sampler.param" and sampler not in _CHANCE_SAMPLERS:
            continue
        if 0 < share <= 1:
            return share, flags
    for key in names.KEPT_ONE_IN:
        rate = _number(told.get(key))
        if rate >= 1:
            return 1 / rate, flags
    return 0.0, flags


def _number(value: object) -> float:
    try:
        return float(str(value)) if value is not None and not isinstance(value, bool) else 0.0
    except ValueError:
        return 0.0


def _is_hex(text: str) -> bool:
    return all(character in "0123456789abcdef" for character in text)
