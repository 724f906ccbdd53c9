"""Writes every constant of the speed models and every factor of an interval to a page, so that a changed one is seen in a review.

usage: python .ci/constants_page.py [--check] docs/models/constants.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS, PRECISION
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS

_HEAD = """# Every constant of the speed models

Written by `bash .ci/documents.sh` from `fitted_constants.py` and `fitted_intervals.py` in `poc_gate/flow/formulas/speed/`, which `benchmarks/fit_constants.py` writes.
[README.md](README.md) says which of them were fitted, on which cases and with what error; the fit starts from the round figures in
`benchmarks/constant_priors.py` and leaves the others there. What each of them means is said where a formula uses it.
"""


def page() -> str:
    """Return the whole page."""
    return "".join((
        _HEAD,
        "\n## By family of engines\n\n", *_table(("family", "constants"), _named(FAMILIES)),
        "\n## By kind of work\n\n", *_table(("kind", "constants"), _named(KINDS)),
        "\n## By number format\n\n",
        *_table(("format", "time of a product over half precision"), ((name, f"{value:.12g}") for name, value in PRECISION.items())),
        "\n## Intervals\n\nLow and high end over the likely value, as published results need them.\n\n",
        *_table(("interval", "low", "high"), ((name, f"{low:.12g}", f"{high:.12g}") for name, (low, high) in INTERVALS.items())),
    ))  # fmt: skip


def _named(held: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, str]]:
    for name, constants in held.items():
        yield name, ", ".join(f"{key} {value:.12g}" for key, value in constants.items())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n{'|---' * len(head)}|\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"


def main() -> None:
    """Write the page, or compare it and end with 1 where it is out of date."""
    path = Path(sys.argv[-1])
    if "--check" not in sys.argv:
        path.write_text(page(), encoding="utf-8")
    elif path.read_text(encoding="utf-8") != page():
        sys.exit(f"poc-gate: {path} is out of date -> run: bash .ci/documents.sh")


if __name__ == "__main__":
    main()
