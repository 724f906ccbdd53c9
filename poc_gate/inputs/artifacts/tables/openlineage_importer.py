"""OpenLineage events -> how often the pipeline runs, how long it takes, what it reads, how its checks ended."""

from __future__ import annotations

import itertools
import math
import statistics
from datetime import UTC, datetime

from msgspec import Struct, field

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.model.quantity import Quantity

_ENOUGH = 20
"""Runs from which a 95th percentile is one: below, the longest run is taken."""


class _Runs(Struct):
    """Times of the runs of one job."""

    starts: dict[str, datetime] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)
    nominal: set[datetime] = field(default_factory=set)
    where: Node | None = None


def _sniff(document: Document) -> bool:
    return any(
        {"job", "eventTime"} <= mapping.keys()
        or {"job", "run", "eventType"} <= mapping.keys()
        or ("schemaURL" in mapping and "openlineage" in str(mapping["schemaURL"]).lower())
        for mapping in document.mappings[:5]
    )


def _read(reading: Reading) -> None:
    jobs: dict[str, _Runs] = {}
    inputs: dict[str, Node] = {}
    outputs: set[str] = set()
    checks: list[tuple[datetime, bool, Node]] = []
    for event in reading.roots():
        when = _time(event.at("eventTime"))
        name = f"{event.at('job', 'namespace').text()}/{event.at('job', 'name').text()}"
        if when is not None:
            _note_run(jobs.setdefault(name, _Runs(where=event)), event, when)
            checks += [(when, passed, node) for passed, node in _checks(event)]
        for node in event.at("inputs").elements():
            inputs.setdefault(_dataset(node), node)
        outputs |= {_dataset(node) for node in event.at("outputs").elements()}
        _use_names(event)
    _claim_inputs(reading, {name: node for name, node in inputs.items() if name not in outputs})
    _claim_job(reading, jobs)
    if reading.prefix.startswith("sources"):
        _claim_owner(reading)
    if reading.prefix.startswith("sources") and checks:
        last = max(when for when, _, _ in checks)
        failed = [node for when, passed, node in checks if when == last and not passed]
        node = (failed or [checks[-1][2]])[0]
        reading.dated = last.date().isoformat()
        node.claim(
            f"{reading.prefix}.quality_last_run",
            "failed" if failed else "passed",
            note="data quality assertions",
        )


def _use_names(event: Node) -> None:
    """Mark what tells one event from another; facets that no fact rests on stay in the list of what is ignored."""
    paths = [("eventTime",), ("eventType",), ("job", "namespace"), ("job", "name"), ("run", "runId")]
    datasets = [*event.at("inputs").elements(), *event.at("outputs").elements()]
    for node in [
        *(event.at(*path) for path in paths),
        *(d.at(key) for d in datasets for key in ("namespace", "name")),
    ]:
        if node:
            node.use()


def _claim_owner(reading: Reading) -> None:
    """State the owner where the events name one and the same for every dataset that has any."""
    found: dict[str, Node] = {}
    for event in reading.roots():
        for dataset in [*event.at("inputs").elements(), *event.at("outputs").elements(), event.at("dataset")]:
            for owner in dataset.at("facets", "ownership", "owners").elements():
                found.setdefault(owner.at("name").text(), owner.at("name"))
    found.pop("", None)
    if len(found) == 1:
        name, node = next(iter(found.items()))
        node.claim(f"{reading.prefix}.owner", name, note="ownership facet of the dataset")


def _note_run(runs: _Runs, event: Node, when: datetime) -> None:
    run = event.at("run", "runId").text()
    kind = event.at("eventType").text().upper()
    if kind == "START":
        runs.starts.setdefault(run, when)
    elif kind == "COMPLETE":
        runs.ends[run] = when
    nominal = event.at("run", "facets", "nominalTime", "nominalStartTime")
    at = _time(nominal)
    if at is not None:
        nominal.use()
        runs.nominal.add(at)


def _checks(event: Node) -> list[tuple[bool, Node]]:
    found: list[tuple[bool, Node]] = []
    for dataset in [*event.at("inputs").elements(), *event.at("outputs").elements()]:
        for facets in ("inputFacets", "facets", "outputFacets"):
            for check in dataset.at(facets, "dataQualityAssertions", "assertions").elements():
                success = check.at("success").flag()
                if success is not None:
                    found.append((success, check))
    return found


def _dataset(node: Node) -> str:
    return f"{node.at('namespace').text()}/{node.at('name').text()}"


def _claim_inputs(reading: Reading, inputs: dict[str, Node]) -> None:
    if inputs:
        node = next(iter(inputs.values()))
        names = tuple(sorted(inputs))
        reading.state(
            "pipeline.lineage_inputs", names, node.place(), note="read and never written by these jobs"
        )


def _claim_job(reading: Reading, jobs: dict[str, _Runs]) -> None:
    """State interval and run time of the one job, or of the job that the option names."""
    chosen = {
        name: runs for name, runs in jobs.items() if not reading.option or name.endswith(reading.option)
    }
    timed = {name: runs for name, runs in chosen.items() if runs.nominal or runs.ends}
    if len(timed) > 1:
        reading.note(
            "question", f"the events are of {len(timed)} jobs: {', '.join(sorted(timed)[:8])}", reading.file_place(),
            "name the job that feeds the pilot by the import option",
        )  # fmt: skip
        return
    for runs in timed.values():
        where = runs.where
        if where is None:
            continue
        moments = sorted(runs.nominal if len(runs.nominal) >= 2 else runs.ends.values())
        gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(moments)]
        if gaps and statistics.median(gaps) > 0:
            note = f"median of {len(gaps)} intervals"
            reading.state(
                "pipeline.refresh", Quantity(statistics.median(gaps), "s"), where.place(), note=note
            )
        _claim_run_time(reading, runs, where)


def _claim_run_time(reading: Reading, runs: _Runs, where: Node) -> None:
    times = sorted(
        (runs.ends[run] - runs.starts[run]).total_seconds() for run in runs.ends if run in runs.starts
    )
    times = [seconds for seconds in times if seconds > 0]  # one stamp for start and end says nothing
    if not times:
        return
    many = len(times) >= _ENOUGH
    value = times[math.ceil(0.95 * len(times)) - 1] if many else times[-1]
    note = (
        f"95th percentile of {len(times)} runs"
        if many
        else f"the longest of {len(times)} runs; too few for a percentile"
    )
    reading.state("pipeline.run_p95", Quantity(value, "s"), where.place(), note=note)


def _time(node: Node) -> datetime | None:
    try:
        found = datetime.fromisoformat(node.text())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


IMPORTER = Importer(
    name="openlineage",
    summary="OpenLineage events (JSON, JSON lines or a list): refresh interval, run time, inputs, quality results",
    read=_read,
    sniff=_sniff,
    patterns=("*lineage*.json", "*lineage*.jsonl", "*.ndjson"),
    prefix="pipeline",
    group="openlineage",
    options=("the name of the job that feeds the pilot",),
)
