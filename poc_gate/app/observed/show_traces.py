"""Files of traces -> the request path with its shares, the systems that are called, what must not be concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from poc_gate.app.imports.observed_files import Declared, declared_by, read_results
from poc_gate.app.imports.show_observed import observed_json, observed_text
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.observation import Observed
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.text.inert_text import inert_lines

_WIDTH = 40
_COLUMNS = (("share", 14), ("calls", 7), ("p50", 9), ("p95", 9), ("p99", 9), ("errors", 7))


def show_traces(
    files: tuple[Path, ...], pilot: Path | None, *, as_json: bool, progress: Callable[[str, float], None]
) -> str:
    """Return what files of traces show, as text or canonical JSON.

    Raises InvalidInputError with the faults of every file, and for files that hold no traces.
    """
    missing = [
        Fault(one.as_posix(), 0, 0, "is not a file", "check the path") for one in files if not one.is_file()
    ]
    if missing:
        raise InvalidInputError(missing)
    named = [NamedFile(one.resolve(), one.as_posix()) for one in files]
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    read = read_results(named, _declared(pilot), today, kind="traces", progress=progress)
    others = [one for one in read if one.group != "traces"]
    if others:
        step = "show it with `poc-gate import FILE`"
        raise InvalidInputError(
            [
                Fault(min(one.files), 0, 0, f"contains no traces; it was read as {one.kind}", step)
                for one in others
            ]
        )
    observed = read[0]
    return observed_json(observed) if as_json else _page(observed)


def _declared(pilot: Path | None) -> Declared:
    if pilot is None:
        return Declared()
    from poc_gate.app.ground.files.read_inputs import find_manifest, read_file
    from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

    path = find_manifest(pilot)
    reading = read_manifest(read_file(path), path.as_posix())
    return declared_by(reading.claims, reading.items)


def _page(observed: Observed) -> str:
    details: Mapping[str, Any] = observed.details
    head = observed_text(observed)
    if not details.get("hops"):
        return head
    entry = details["entry"]
    service = entry["service"] or "a service without a name"
    of = f"{details['spans']:,} spans of {len(details['services'])} services"
    titles = " ".join(f"{one:>{width}}" for one, width in _COLUMNS)
    lines = [
        f"{details['requests']:,} requests at {entry['name']} of {service}, {of}",
        "",
        f"{'where the time of a request goes':<{_WIDTH}} {titles}",
    ]
    lines += [_hop(one) for one in details["hops"]]
    return "\n".join(inert_lines("\n".join(lines))) + "\n\n" + head


def _hop(row: Mapping[str, Any]) -> str:
    share, half = row["share_of_critical_path"], row["share_half_width"]
    width = f" ± {half:.1%}" if half is not None and half < 1 else ""
    shown = f"{share:.1%}{width}" if share is not None else "-"
    times = [
        show_quantity(Quantity(row[key], "s")) if row[key] is not None else "-"
        for key in ("p50_s", "p95_s", "p99_s")
    ]
    name = (
        row["name"]
        if not row["source"] or row["source"] == row["name"]
        else f"{row['source']} ({row['name']})"
    )
    calls = f"{row['calls_per_request']:.2f}" if row["calls"] else "-"
    errors = f"{row['errors'] / row['calls']:.1%}" if row["calls"] else "-"
    cells = " ".join(f"{one:>9}" for one in times)
    return f"{name[:_WIDTH]:<{_WIDTH}} {shown:>14} {calls:>7} {cells} {errors:>7}"
