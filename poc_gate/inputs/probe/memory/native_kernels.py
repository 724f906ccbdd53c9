"""The compiled memory kernels as typed values; where they were not built, a named state instead of a slower number."""

from __future__ import annotations

import sys
import types
from functools import cache

from msgspec import Struct

NOT_BUILT = (
    "the measuring kernels need POSIX threads, which Windows lacks; measure on Linux or macOS"
    if sys.platform == "win32"
    else "the measuring kernels were not built: no C compiler was found at installation"
    " -> install one (Debian: apt install gcc python3-dev), then reinstall poc-gate"
)
"""Why memory and matrix rates are unknown where the extension module is missing."""

GRANULE = 4096
"""Bytes; every range handed to a kernel is a multiple of this (MB_GRANULE)."""

BYTES_COUNTED = {"read": 1, "write": 1, "copy": 2, "triad": 3}
"""Array lengths moved by one pass; the line fetched before a plain store (write-allocate) is not counted."""

ARRAYS = {"read": 1, "write": 1, "copy": 2, "triad": 3}
"""Arrays one pass works on."""

TRIAD_RESULT = 4.0
"""b + 3 c with b = c = 1, the starting value of every array."""


class Variant(Struct, frozen=True):
    """One way to do one operation."""

    index: int
    operation: str
    isa: str
    name: str
    streams: int
    non_temporal: bool

    @property
    def title(self) -> str:
        """The name that reports show, such as `8 streams, non-temporal (avx512)`."""
        return f"{self.name} ({self.isa})"


@cache
def load_kernels() -> types.ModuleType | None:
    """Return the extension module, or None where it was not built for this platform."""
    try:
        from poc_gate.inputs.probe.memory import _membench
    except ImportError:
        return None
    return _membench


@cache
def kernel_variants() -> tuple[Variant, ...]:
    """Return every variant this processor can run; empty without the extension."""
    kernels = load_kernels()
    if kernels is None:
        return ()
    return tuple(
        Variant(index, operation, isa, name, streams, bool(past))
        for index, operation, isa, name, streams, past in kernels.variants()
    )


_WIDTHS = {"scalar": 0, "libc": 1, "sse2": 1, "neon": 1, "avx2": 2, "sve": 2, "avx512": 3}


def candidates(operation: str, *, every: bool) -> tuple[Variant, ...]:
    """Return the variants worth timing: the two widest instruction sets, or all of them.

    Of the narrower ones 128-bit stores are kept, because wide plain stores lose on some processors.
    A single read stream never wins over several, so it is left out unless `every` is set.
    """
    found = tuple(v for v in kernel_variants() if v.operation == operation)
    if every:
        return found
    widest = sorted({_WIDTHS[v.isa] for v in found}, reverse=True)[:2]
    chosen = [v for v in found if _worth(v, widest)]
    return tuple(chosen) or found


def _worth(variant: Variant, widest: list[int]) -> bool:
    if variant.isa == "libc":
        return True
    width = _WIDTHS[variant.isa]
    if variant.operation == "read":
        return width in widest and (variant.streams > 1 or variant.isa == "sve")
    if width in widest:
        return True
    return width == 1 and variant.streams > 1
