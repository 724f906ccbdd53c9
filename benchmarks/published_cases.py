"""Hold what a user reads, the facts `flow.*`, against published figures: `python benchmarks/published_cases.py CSV`.

Prints, per kind and per family (vendor, engine generation, link, attention, batch, bits): rows, median and 90th percentile of the absolute relative error, share of rows inside
the interval, median width of the interval (upper over lower; infinite where an answer is `at least` alone), rows beyond the
printed limit or below such an answer, and the naive roofline on the same rows. Rows that cannot be predicted are counted with their reason, and rows
flagged as physically impossible must be refused. `--json FILE` writes the same as ratios.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from case_bars import print_bars  # noqa: E402
from case_facts import PREDICTORS, Prediction  # noqa: E402
from case_families import families_of  # noqa: E402
from case_rows import EXCLUDED, NotPredictableError, Row, read_rows  # noqa: E402
from case_sizes import SIZES  # noqa: E402

ALL = {**PREDICTORS, **SIZES}
YES_NO = frozenset({"fit", "vecfit"})
ENDLESS = f"{sys.float_info.max}"
"""What the width of an answer without an upper end is in JSON, which has no infinite numbers."""
LIMIT_SLACK = 1e-9
"""Rounding of the limit; a published figure may not pass it by more."""


@dataclass(frozen=True)
class Outcome:
    """One row with its prediction."""

    row: Row
    made: Prediction

    @property
    def error(self) -> float:
        """Absolute relative error of the likely value; for yes or no 0 when right."""
        return _error(self.made.span.likely, self.row.value)

    @property
    def inside(self) -> bool:
        """Whether the published figure lies in the interval."""
        slack = 1e-9 * abs(self.row.value)
        return self.made.span.low - slack <= self.row.value <= self.made.span.high + slack

    @property
    def width(self) -> float | None:
        """Upper end over lower end; None where the interval is a yes, a no or an upper limit only."""
        span = self.made.span
        return span.high / span.low if span.low > 0 else None

    @property
    def one_sided(self) -> bool:
        """Whether the answer is `at least` alone: its width counts as infinite, and a figure below it breaks a bound."""
        return self.made.span.high == math.inf

    @property
    def beyond_bound(self) -> bool:
        """Whether the published figure passes the hard limit, or an answer that is nothing but a bound."""
        return passes_bound(self.row, self.made) or (self.one_sided and not self.inside)


def passes_bound(row: Row, made: Prediction) -> bool:
    """Return whether a published figure is physically impossible for the stated setup."""
    if made.bound is None:
        return False
    if made.is_speed:
        return row.value > made.bound * (1 + LIMIT_SLACK)
    return row.value < made.bound * (1 - LIMIT_SLACK)


def sensible(made: Prediction) -> Prediction:
    """Return the prediction; raises NotPredictableError where the row's numbers led to no finite one.

    A time may have a low end alone.
    """
    span = made.span
    finite = math.isfinite(span.high) or (not made.is_speed and span.high == math.inf and span.low > 0)
    if not finite or not all(math.isfinite(x) and x >= 0 for x in (span.low, span.likely, made.bound or 0.0)):
        raise NotPredictableError("numbers that make no sense (nothing finite follows from them)")
    return made


def _error(predicted: float, published: float) -> float:
    if published == 0:
        return 0.0 if predicted == 0 else 1.0
    return abs(predicted / published - 1.0)


def quantile(values: list[float], share: float) -> float:
    """Return a quantile by straight lines between the sorted values."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low, high = math.floor(at), math.ceil(at)
    if ordered[low] == ordered[high]:
        return ordered[low]
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def labels(row: Row) -> list[str]:
    """Return the kinds a row counts for: its own, and a part of it where accuracy differs by metric."""
    kinds = [row.kind]
    if row.kind == "loaded":
        kinds.append(f"loaded {row.text['metric'].split('_')[0]}")
    if row.kind == "serve_max":
        kinds.append("serve_max moe" if row.number("active_b") else "serve_max dense")
    if row.kind == "decode":
        kinds.append("decode_unknown")
    return kinds


def predict_all(rows: list[Row]) -> tuple[dict[str, list[Outcome]], dict[str, Counter[str]], list[Outcome]]:
    """Return outcomes by kind, reasons of unpredictable rows by kind, and the impossible rows."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    refused: dict[str, Counter[str]] = defaultdict(Counter)
    impossible: list[Outcome] = []
    for row in rows:
        if row.flag in EXCLUDED and row.flag != "exceeds-bound":
            continue
        for kind in labels(row):
            predictor = ALL.get(kind) or ALL.get(row.kind)
            if predictor is None:
                refused[kind]["kind is not known"] += 1
                continue
            try:
                row.need("value")
                outcome = Outcome(row, sensible(predictor(row)))
            except NotPredictableError as error:
                refused[kind][str(error)] += 1
                continue
            except (ArithmeticError, ValueError) as error:
                why = "a figure is 0 that must not be" if isinstance(error, ZeroDivisionError) else str(error)
                refused[kind][f"numbers that make no sense ({why})"] += 1
                continue
            if row.flag == "exceeds-bound":
                impossible.append(outcome) if kind == row.kind else None
            else:
                outcomes[kind].append(outcome)
    return outcomes, refused, impossible


def by_family(outcomes: dict[str, list[Outcome]]) -> dict[str, list[Outcome]]:
    """Return the outcomes of each kind apart by family: `decode: vendor amd`."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for kind, every in sorted(outcomes.items()):
        for outcome in every:
            for family in families_of(outcome.row):
                found[f"{kind}: {family}"].append(outcome)
    return found


def summarise(outcomes: list[Outcome]) -> dict[str, float]:
    """Return the figures of one kind, all as ratios."""
    errors = [o.error for o in outcomes]
    widths = [o.width for o in outcomes if o.width is not None]
    undecided = [o for o in outcomes if o.row.kind in YES_NO and o.made.span.low != o.made.span.high]
    figures: dict[str, float] = {
        "rows": len(outcomes),
        "median_error": quantile(errors, 0.5),
        "p90_error": quantile(errors, 0.9),
        "coverage": sum(o.inside for o in outcomes) / len(outcomes),
        "width": quantile(widths, 0.5) if widths else 1.0,
        "bound_violations": sum(o.beyond_bound for o in outcomes),
    }
    if any(o.one_sided for o in outcomes):
        figures["one_sided"] = sum(o.one_sided for o in outcomes) / len(outcomes)
    if outcomes[0].row.kind in YES_NO:
        figures["correct"] = sum(o.error == 0 for o in outcomes) / len(outcomes)
        figures["undecided"] = len(undecided) / len(outcomes)
        figures["false_fits"] = sum(o.made.span.low == 1 and o.row.value == 0 for o in outcomes) / len(
            outcomes
        )
    if outcomes[0].row.kind == "ingest_max":
        near = [abs(o.made.span.likely - o.row.value) <= 1 or o.error <= 0.15 for o in outcomes]
        figures["within_one_or_15_percent"] = sum(near) / len(outcomes)
    return figures


def summaries(every: dict[str, list[Outcome]]) -> dict[str, dict[str, float]]:
    """Return the figures of each kind or family."""
    return {name: summarise(outcomes) for name, outcomes in sorted(every.items())}


def naive_errors(outcomes: list[Outcome]) -> list[float]:
    """Return the errors of the naive roofline, where there is one."""
    return [_error(o.made.naive, o.row.value) for o in outcomes if o.made.naive is not None]


def print_table(outcomes: dict[str, list[Outcome]], refused: dict[str, Counter[str]]) -> None:
    """Print one line per kind, then what could not be predicted."""
    head = f"{'kind':16} {'rows':>4} {'median':>8} {'p90':>8} {'inside':>7} {'width':>6} {'beyond':>6}   {'naive':>7} {'p90':>8}"
    print(head)
    for kind in sorted(set(outcomes) | set(refused)):
        if kind not in outcomes:
            print(f"{kind:16} {0:4}")
            continue
        f = summarise(outcomes[kind])
        naive = naive_errors(outcomes[kind])
        told = f"{quantile(naive, 0.5):7.1%} {quantile(naive, 0.9):8.1%}" if naive else f"{'-':>7} {'-':>8}"
        more = "".join(
            f"  {k} {f[k]:.1%}"
            for k in f
            if k in {"one_sided", "correct", "undecided", "false_fits", "within_one_or_15_percent"}
        )
        print(
            f"{kind:16} {f['rows']:4.0f} {f['median_error']:8.1%} {f['p90_error']:8.1%} {f['coverage']:7.1%} "
            f"{f['width']:6.2f} {f['bound_violations']:6.0f}   {told}{more}"
        )
    lines = [f"  {kind}: {n} x {why}" for kind, whys in sorted(refused.items()) for why, n in whys.items()]
    print("\nNot predictable:" + ("\n" + "\n".join(lines) if lines else " none"))


def print_families(families: dict[str, list[Outcome]]) -> None:
    """Print one line per kind and family; a mark where fewer than three in four of at least five rows are inside."""
    print(f"\n{'family':44} {'rows':>4} {'median':>8} {'p90':>8} {'inside':>7} {'width':>6} {'beyond':>6}")
    for family, every in families.items():
        f = summarise(every)
        mark = "  <- low" if len(every) >= 5 and f["coverage"] < 0.75 else ""
        print(
            f"{family:44} {f['rows']:4.0f} {f['median_error']:8.1%} {f['p90_error']:8.1%} {f['coverage']:7.1%} "
            f"{f['width']:6.2f} {f['bound_violations']:6.0f}{mark}"
        )


def print_beyond(outcomes: dict[str, list[Outcome]]) -> None:
    """Print every unflagged figure that passes its limit: either the row or the limit is wrong."""
    for kind, every in sorted(outcomes.items()):
        for o in every:
            if o.beyond_bound and kind == o.row.kind:
                limit = o.made.span.low if o.made.bound is None else o.made.bound
                print(f"BEYOND {kind}: {o.row.text['id']}: {o.row.value:g} against a limit of {limit:.4g}")


def print_misses(outcomes: dict[str, list[Outcome]]) -> None:
    """Print every row outside its interval."""
    for kind, every in sorted(outcomes.items()):
        for o in every:
            if not o.inside:
                span = o.made.span
                print(
                    f"miss {kind}: {o.row.text['id']}: {o.row.value:g}, predicted {span.likely:.4g} [{span.low:.4g}, {span.high:.4g}]"
                )


def main(arguments: list[str]) -> int:
    """Run the benchmark; the exit code is 1 when a credible figure passes its bound or an impossible one does not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("csv", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-peers", action="store_true", help="leave out the other tools")
    parser.add_argument("--bars", action="store_true", help="hold every kind and family to its bar")
    parser.add_argument("--misses", action="store_true", help="print every row outside its interval")
    options = parser.parse_args(arguments)
    try:
        rows = read_rows(options.csv)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        print(f"{options.csv}: cannot be read as a table of cases: {error}", file=sys.stderr)
        return 2
    if not rows:
        print(
            f"{options.csv}: no rows below its header; expected the columns of a published-cases file",
            file=sys.stderr,
        )
        return 2
    outcomes, refused, impossible = predict_all(rows)
    print_table(outcomes, refused)
    families = by_family(outcomes)
    print_families(families)
    rejected = [o for o in impossible if o.beyond_bound]
    print(f"\nImpossible figures rejected: {len(rejected)} of {len(impossible)}")
    for o in impossible:
        said = "rejected" if o.beyond_bound else "NOT rejected"
        print(
            f"  {o.row.text['id']}: {o.row.value:g} against a limit of {o.made.bound or math.inf:.4g}: {said}"
        )
    print_beyond(outcomes)
    if options.bars:
        print_bars(summaries(outcomes), summaries(families))
    if options.misses:
        print_misses(outcomes)
    if not options.no_peers:
        from case_peers import print_peers

        print_peers(outcomes)
    if options.json:
        kinds: dict[str, Any] = summaries(outcomes)
        reasons = {k: dict(v) for k, v in sorted(refused.items())}
        content: dict[str, Any] = {
            "kinds": kinds,
            "families": summaries(families),
        }
        content |= {"not_predictable": reasons, "not_predicted": reasons}
        content["rejected"] = {"exceeds_bound": len(impossible), "rejected": len(rejected)}
        text = json.dumps(content, indent=2, sort_keys=True).replace("Infinity", ENDLESS)
        options.json.write_text(text + "\n", encoding="utf-8")
    violations = sum(o.beyond_bound for kind, every in outcomes.items() for o in every)
    return 1 if violations or len(rejected) < len(impossible) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
