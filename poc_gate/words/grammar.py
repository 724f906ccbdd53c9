"""Lists and numbers of things -> English that agrees with them."""

from __future__ import annotations

from collections.abc import Sequence


def and_list(texts: Sequence[str], most: int = 0, *, last: str = "and") -> str:
    """Return `a, b and c`; beyond `most` texts the others are counted. `last` is the word before the last."""
    if most and len(texts) > most + 1:
        return f"{', '.join(texts[:most])} and {len(texts) - most} more"
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def are(things: Sequence[object]) -> str:
    """Return the verb for so many things."""
    return "is" if len(things) == 1 else "are"


def count_of(number: int, thing: str, plural: str = "") -> str:
    """Return `1 rule`, `3 rules`."""
    return f"{number} {thing if number == 1 else plural or f'{thing}s'}"
