"""Kubernetes resource quantities -> numbers: `10Gi`, `500m`, `2`, `1e3`, `1.5G`."""

from __future__ import annotations

from poc_gate.text.lazy_pattern import lazily

_QUANTITY = lazily(
    r"(?P<number>\d+(?:\.\d+)?|\.\d+)(?:[eE](?P<power>[+-]?\d{1,2})|(?P<suffix>[numkMGTPE]|[KMGTPE]i))?"
)
_FACTORS = {
    "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50, "Ei": 2.0**60,
}  # fmt: skip


def read_kubernetes_quantity(text: str) -> float | None:
    """Return the number that a resource quantity writes (`m` is a thousandth), or None when it writes none."""
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        return None
    value = float(match["number"]) * 10.0 ** int(match["power"] or 0)
    return value * _FACTORS.get(match["suffix"] or "", 1.0)
