"""Two first looks -> what a change moved between them, in a few words each: the limit, the room, the memory, the quota."""

from __future__ import annotations

from poc_gate.model.parts.first_look import FirstLook

_TITLES = {"wall": "limit", "memory": "room", "least-memory": "memory", "quota": "quota"}
"""Topic of an answer -> what its interval is called."""


def moved_answers(before: FirstLook, after: FirstLook) -> tuple[str, ...]:
    """Return a text for each answer that differs: `limit 0.6 to 3 req/s -> 1.1 to 1.4 req/s`."""
    found = []
    for topic, title in _TITLES.items():
        old, new = _shown(before, topic), _shown(after, topic)
        if new and old != new:
            found.append(f"{title} {old} -> {new}" if old else f"{title} {new}")
    return tuple(found)


def _shown(look: FirstLook, topic: str) -> str:
    answer = next((one for one in look.answers if one.topic == topic), None)
    if answer is None or answer.low is None or answer.high is None:
        return ""
    if answer.high == 0:
        return "none"
    if answer.unit == "B":
        return f"from {answer.low / 1e9:.3g} to {answer.high / 1e9:.3g} GB on"
    unit = {"req/s": " req/s", "tok/s": " tok/s", "1": " requests"}.get(answer.unit, "")
    return f"{_two_digits(answer.low)} to {_two_digits(answer.high)}{unit}"


def _two_digits(number: float) -> str:
    """Return a number to two digits as people write it: 1,200 and not 1.2e+03."""
    return f"{float(f'{number:.2g}'):,.12g}"
