"""Bundles, records of nodes, runs and portfolios: samples of files that poc-gate wrote, and what reads each again."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import tempfile
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / part) for part in ("report", "fleet")]

EXAMPLES = TESTS.parent / "examples"
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@cache
def folder() -> Path:
    """Return a scratch folder that goes with the process."""
    made = tempfile.TemporaryDirectory()
    _KEPT.append(made)
    return Path(made.name)


@cache
def _bundle() -> tuple[dict[str, object], dict[str, bytes]]:
    from poc_gate.app.assess.assess import sum_up
    from poc_gate.app.assess.judge_case import judge_case
    from poc_gate.app.assess.reading.case import CaseRequest, read_case
    from poc_gate.app.bundle.bundle import write_bundle
    from poc_gate.app.bundle.bundle_file import unpack_bundle

    request = CaseRequest(
        EXAMPLES / "support-assistant" / "pilot.yaml", today="2026-11-22", now="2026-11-22T00:00:00+00:00", machine="l4-24gb"
    )  # fmt: skip
    case, path = read_case(request), folder() / "out.zip"
    write_bundle(path, request, case, sum_up(case, judge_case(case), machines=True))
    index, members = unpack_bundle(path.read_bytes(), "out.zip")
    return {key: value for key, value in index.items() if key not in {"schema", "members"}}, members


@cache
def bundle_members() -> list[tuple[str, bytes]]:
    """Return the members that say something, each once damaged and then bundled again under its new digest."""
    members = _bundle()[1]
    packs = [name for name in members if "/core/" in name][:3]
    return [(name, members[name]) for name in ("case.json", "result.json", "pilot.yaml", *packs)]


def member(content: bytes) -> object:
    from poc_gate.app.bundle.bundle import verify_bundle
    from poc_gate.app.bundle.bundle_file import pack_bundle

    head, members = _bundle()
    name = "result.json" if b'"poc-gate.result/' in content else "case.json" if content[:1] == b"{" else ""
    name = name or (
        "pilot.yaml" if b"apiVersion" in content else next(name for name, _ in bundle_members()[3:])
    )
    path = folder() / "again.zip"
    path.write_bytes(pack_bundle({**members, name: content}, head))
    found = verify_bundle(path)
    if name == "result.json" and json.loads(content) != json.loads(members[name]):
        assert not found.agrees, "a result that was changed agrees"
    return found


def unpacked(content: bytes) -> object:
    from poc_gate.app.bundle.bundle_file import unpack_bundle

    return unpack_bundle(content, "out.zip")


def zip_samples() -> list[tuple[str, bytes]]:
    _bundle()
    return [("out.zip", (folder() / "out.zip").read_bytes())]


@cache
def node_samples() -> list[tuple[str, bytes]]:
    from fleet_samples import record_of

    from poc_gate.many.fleet.records.node_record import write_record

    return [("node.json", write_record(record_of("n001")))]


def node(content: bytes) -> object:
    from poc_gate.app.ground.machines.fleet_folder import faults_of
    from poc_gate.many.fleet.records.node_record import read_record

    return read_record(content, "node.json", faults_of)


@cache
def run_samples() -> list[tuple[str, bytes]]:
    from sample_result import sample_result

    from poc_gate.app.history.keep_run import keep_record
    from poc_gate.report.result.record_of import record_of

    path = keep_record(folder() / "history", "pilot", record_of(sample_result()), at="2026-11-28T00:00:00Z")
    assert path is not None
    return [("run.jsonl", gzip.decompress(path.read_bytes()))]


def run(content: bytes) -> object:
    from poc_gate.app.history.keep_run import read_run

    packed = gzip.compress(content, compresslevel=1, mtime=0)
    path = folder() / f"2026-11-28-{hashlib.sha256(packed).hexdigest()[:16]}.jsonl.gz"
    path.write_bytes(packed)
    try:
        return list(read_run(path))
    finally:
        path.unlink()


@cache
def portfolio_samples() -> list[tuple[str, bytes]]:
    from sample_result import sample_result

    from poc_gate.app.portfolio.portfolio_file import write_portfolio
    from poc_gate.many.portfolio.rows import Ground, assemble, row_of
    from poc_gate.report.result.record_of import record_of

    judged = [row_of(f"pilots/{name}", record_of(sample_result()), f"{name}.json") for name in ("a", "b")]
    return [
        (
            "portfolio.json",
            write_portfolio(
                assemble(judged, Ground("2026-11-28", "0.1.0", {}, {}, ("pilots/a", "pilots/b")))
            ),
        )
    ]


def portfolio(content: bytes) -> object:
    from poc_gate.app.portfolio.portfolio_file import read_portfolio

    path = folder() / "portfolio.json"
    path.write_bytes(content)
    return read_portfolio(path)
