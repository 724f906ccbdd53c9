"""The bounded read, by one reader and by several at once: what they share, what they may not pass."""

from __future__ import annotations

import pytest
from measuring import configured, measure_one, plan_one, reason_of, value_of

from poc_gate.inputs.connect.bulk_reads import read_in_parallel
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.interface import Target
from poc_gate.inputs.connect.local_config import Binding

FEW = Preset("few", 10, 1, 0.0, ("p50",), "a test")
"""What is read in bulk matters here: so few calls that no server can seem to get slower under them."""


def _method(report, name: str) -> str:
    return next(one.method for one in report.measurements if one.fact == f"sources[{report.id}].{name}")


def test_files_are_read_by_four_readers_within_the_budget(tmp_path):
    (tmp_path / "large.bin").write_bytes(b"z" * 90_000_000)
    report = measure_one(
        Declaration("exports", "nfs", url=str(tmp_path)), configured(bytes=256_000_000), preset=FEW
    )
    assert report.state == "measured", report.reason
    assert "sequential read of 32,000,000 bytes" in _method(report, "throughput")
    assert _method(report, "parallel_throughput").startswith("32,000,000 bytes: 4 streams at once")
    assert value_of(report, "parallel_throughput") > 0
    assert int(report.sent["bytes read"]) <= 256_000_000


def test_readers_read_different_pieces(tmp_path):
    """Together they read the file once: no piece twice, none left out."""
    from poc_gate.inputs.connect.connectors.files_connector import CONNECTOR

    (tmp_path / "large.bin").write_bytes(b"z" * 50_000_001)
    session = CONNECTOR.open(Target("x", path=str(tmp_path)))
    link = session.connect()
    session.prepare(link)
    parts = [session.bulk_part(link, 10**9, reader, 4) for reader in range(4)]
    link.close()
    assert sum(part.bytes for part in parts if part) == 50_000_001
    assert all(part and part.bytes for part in parts)


def test_readers_never_exceed_the_cap_on_connections(tmp_path):
    (tmp_path / "a.bin").write_bytes(b"z" * 40_000_000)
    two = measure_one(Declaration("x", "nfs", url=str(tmp_path)), configured(connections=2), preset=FEW)
    assert "2 streams at once" in _method(two, "parallel_throughput")
    one = measure_one(Declaration("x", "nfs", url=str(tmp_path)), configured(connections=1), preset=FEW)
    assert not any("parallel" in found.fact for found in one.measurements)


def test_an_object_store_is_read_by_four_streams(object_store, monkeypatch):
    monkeypatch.setenv("POC_S3", "canary-s3-secret")
    declared = Declaration(
        "documents", "s3", url="s3://documents/claims", options={"endpoint": f"http://127.0.0.1:{object_store}"},
        credential="env:POC_S3",
    )  # fmt: skip
    bound = (Binding("env:POC_S3", ("127.0.0.1",), "reader"),)
    report = measure_one(declared, configured(rate=50, bindings=bound), preset=FEW)
    assert "4 streams at once" in _method(report, "parallel_throughput")
    assert "ranged GETs" in _method(report, "throughput")
    small = measure_one(declared, configured(rate=50, bytes=2_500_000, bindings=bound), preset=FEW)
    assert small.state == "measured", "the calls fit the budget, the largest object does not"
    assert value_of(small, "throughput") is None
    assert reason_of(small, "throughput") == "nothing there fits the byte budget"


def test_parquet_row_groups_are_shared_among_readers(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    from poc_gate.inputs.connect.connectors.parquet_connector import CONNECTOR

    pq.write_table(pa.table({"id": range(4000)}), tmp_path / "c.parquet", row_group_size=100)
    target = plan_one(Declaration("x", "parquet", url=str(tmp_path))).target
    session = CONNECTOR.open(target)
    session.prepare(session.connect())
    several = read_in_parallel(session, 10**8, 4)
    assert several is not None
    assert several.rows == 4000


def test_a_failing_reader_is_a_reason_and_no_number(tmp_path):
    from poc_gate.inputs.connect.connectors.files_connector import CONNECTOR

    (tmp_path / "a.bin").write_bytes(b"z" * 40_000_000)
    session = CONNECTOR.open(Target("x", path=str(tmp_path)))
    session.prepare(session.connect())
    (tmp_path / "a.bin").unlink()
    with pytest.raises(session.failures):
        read_in_parallel(session, 10**8, 4)
