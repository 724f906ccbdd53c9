"""The memory kernels. Sizes and offsets in bytes, times in nanoseconds, tasks as (cpu, a, b, c, bytes).

A task's arrays are offsets into the arena; cpu -1 leaves its thread unpinned. Every call releases the
interpreter lock. ValueError: a range outside the arena, misaligned, or a chase that was not built.
MemoryError: the system gives no memory. OSError: it gives no threads.
"""

from collections.abc import Sequence

Task = tuple[int, int, int, int, int]

class Arena: ...

COMPILER: str

def variants() -> tuple[tuple[int, str, str, str, int, int], ...]:
    """Every variant this processor runs: index, operation, instruction set, name, streams, non-temporal."""

def arena_new(size: int, pages: int, /) -> Arena:
    """Map `size` bytes (a multiple of 4096), untouched; pages 0 default, 1 huge advised, 2 small advised."""

def arena_free(arena: Arena, /) -> None:
    """Unmap now; RuntimeError while another thread uses it."""

def arena_describe(arena: Arena, /) -> tuple[int, int, int]:
    """Address, size, and 0 or the error number with which the page-size advice was refused."""

def fill(arena: Arena, tasks: Sequence[Task], value: float, /) -> None:
    """Write `value` into a[0, bytes) of each task from its own thread: the first touch."""

def run(arena: Arena, variant: int, tasks: Sequence[Task], passes: int, /) -> tuple[float, int, int]:
    """Run a variant on all tasks at once: time first start to last end, sum of the words read, unpinned threads."""

def mismatches(arena: Arena, offset: int, size: int, value: float, /) -> int:
    """Count the doubles of a range that are not `value`."""

def chase_build(arena: Arena, slots: int, stride: int, /) -> None:
    """Lay one pseudo-random cycle through 2^n slots at the start of the arena."""

def chase(arena: Arena, cpu: int, loads: int, reader: int, streams: Sequence[Task], /) -> tuple[float, float, float, int]:
    """Follow the cycle: time, bytes read by the other threads meanwhile, their seconds, unpinned threads."""
