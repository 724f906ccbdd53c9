"""The result of a range query as a server sent it -> series as Prometheus documents them, labels without secrets; the rest is counted."""

from __future__ import annotations

import math
from collections.abc import Mapping

from poc_gate.text.secrets.scrub import Scrubber

_MOST_LABELS = 200
_LONGEST_LABEL = 2_000
_LONGEST_VALUE = 64
"""Characters of a sample; a double in full has 25."""


def clean_series(result: object) -> tuple[list[object], int]:
    """Return the series that have the documented form, and how many were left out because they have another."""
    if not isinstance(result, list):
        return [], int(bool(result))
    scrubber = Scrubber()
    kept: list[object] = []
    for one in result:
        metric = one.get("metric") if isinstance(one, Mapping) else None
        values = one.get("values") if isinstance(one, Mapping) else None
        if isinstance(metric, Mapping) and isinstance(values, list) and all(map(_is_sample, values)):
            pairs = list(metric.items())[:_MOST_LABELS]
            labels = {clean_text(key, scrubber): clean_text(value, scrubber) for key, value in pairs}
            kept.append({"metric": labels, "values": values})
    return kept, len(result) - len(kept)


def clean_text(text: object, scrubber: Scrubber) -> str:
    """Return a text that can be written and holds no secret; anything else becomes an empty one."""
    if not isinstance(text, str):
        return ""
    whole = text[:_LONGEST_LABEL].encode("utf-8", errors="replace").decode()
    return scrubber.scrub(whole) if len(whole) > 3 else whole


def _is_sample(sample: object) -> bool:
    """Say whether a sample is a time and a number as text."""
    if not (isinstance(sample, list) and len(sample) == 2):
        return False
    at, value = sample
    if isinstance(at, bool) or not isinstance(at, int | float) or not math.isfinite(at):
        return False
    if not isinstance(value, str) or len(value) > _LONGEST_VALUE:
        return False
    try:
        float(value)
    except ValueError:
        return False
    return True
