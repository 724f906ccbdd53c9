"""Fit the constants of the speed models on a published-cases file and write them into the package.

`python benchmarks/fit_constants.py CSV` prints each stage of the fit (`constant_fitting.py`) with the error of the rows
of each device (or group of source, device and model) under constants fitted without them, then writes the module.
`--cross-validate` writes nothing: it prints how constants fitted on a part of the file predict the rest. Only the file
given is read; keep held-out files away from it.
"""

from __future__ import annotations

import argparse
import math
import pprint
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from case_rows import read_rows  # noqa: E402
from constant_fitting import START, Fitted, fit_stages, present, start_from  # noqa: E402
from constant_stages import STAGES, Stage  # noqa: E402
from cross_validation import cross_validate  # noqa: E402

SPEED = Path(__file__).resolve().parent.parent / "poc_gate" / "flow" / "formulas" / "speed"


def main(arguments: list[str]) -> int:
    """Fit every stage, print what changed and how left-out rows fare, and write the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("csv", type=Path, nargs="+")
    parser.add_argument("--dry", action="store_true", help="print, do not write")
    parser.add_argument(
        "--cross-validate", action="store_true", help="print how parts of the file predict the rest"
    )
    parser.add_argument(
        "--leave-out",
        nargs="*",
        default=(),
        choices=("source", "device", "model", "engine"),
        help="cross-validate so too: much slower",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=sorted({s.interval for s in STAGES} - {""}),
        help="fit these stages alone",
    )
    parser.add_argument("--splits", type=int, default=5, help="random halves that --cross-validate draws")
    options = parser.parse_args(arguments)
    rows = [row for path in options.csv for row in read_rows(path) if not row.flag]
    if options.cross_validate:
        cross_validate(rows, splits=options.splits, columns=tuple(options.leave_out))
        return 0
    if options.only:
        again(frozenset(options.only))
    else:
        start_from(START)
    for name, residuals in fit_stages(
        rows, {}, tell=_print_stage, only=frozenset(options.only or ())
    ).items():
        low, high = present("INTERVALS")[name]
        inside = sum(math.log(low) <= r <= math.log(high) for r in residuals) / max(1, len(residuals))
        print(f"interval {name}: [{low:.3f}, {high:.3f}], left-out rows inside {inside:.1%}")
    if not options.dry:
        write()
    return 0


def again(intervals: frozenset[str]) -> None:
    """Set the constants of the stages with these intervals to their start; all others stand as they were fitted."""
    for stage in STAGES:
        for table, key, name in stage.names if stage.interval in intervals else ():
            start, held = START[table], present(table)
            if key:
                start, held = start[key], held[key]
            held[name] = start[name]


def _print_stage(stage: Stage, rows: int, found: Fitted) -> None:
    errors = sorted(abs(math.exp(r) - 1.0) for r in found.left_out)
    middle = f"{errors[len(errors) // 2]:.1%}" if errors else "-"
    said = ", ".join(f"{name[2]} {value:.4g}" for name, value in found.values.items())
    print(f"{stage.interval or 'other'}: {rows} rows, left-out median {middle}: {said}", flush=True)


_BY = "`benchmarks/fit_constants.py`; do not edit."
_MODULES = {
    "fitted_constants.py": (f"Constants of the speed models, fitted on published cases by {_BY}", {
        "FAMILIES": "dict[str, dict[str, float]]", "PRECISION": "dict[str, float]", "KINDS": "dict[str, dict[str, float]]",
    }),
    "fitted_intervals.py": (f"Low and high end over the likely value, as published cases need them, placed by {_BY}", {
        "INTERVALS": "dict[str, tuple[float, float]]",
    }),
}  # fmt: skip


def write() -> None:
    """Write the constants and the intervals as modules of plain numbers."""
    for file, (head, tables) in _MODULES.items():
        parts = [f'"""{head}"""\n', "from __future__ import annotations\n"]
        for name, kind in tables.items():
            content = pprint.pformat(_rounded(present(name)), width=108, sort_dicts=False)
            parts.append(f"{name}: {kind} = {content}\n")
        (SPEED / file).write_text("\n".join(parts), encoding="utf-8")


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
