"""dbt tables that share a name, and what OpenLineage events of real integrations hold or lack."""

from __future__ import annotations

import json

from stated_facts import messages, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact


def table(source: str, name: str) -> dict[str, object]:
    late = {"warn_after": {"count": 1, "period": "day"}, "error_after": {"count": None, "period": None}}
    return {
        "unique_id": f"source.shop.{source}.{name}", "name": name, "schema": source, "config": {"freshness": late},
        "freshness": None,
    }  # fmt: skip


def manifest(*tables: dict[str, object]) -> bytes:
    version = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    return json.dumps({
        "metadata": {"dbt_schema_version": version, "adapter_type": "postgres"},
        "sources": {str(one["unique_id"]): one for one in tables}, "nodes": {},
    }).encode()  # fmt: skip


def test_two_sources_may_have_a_table_of_the_same_name() -> None:
    result = read_artifact(
        manifest(table("web", "orders"), table("till", "orders"), table("till", "staff")), "manifest.json"
    )
    items = {claim.fact.partition("]")[0] + "]" for claim in result.claims}
    assert items == {"sources[web-orders]", "sources[till-orders]", "sources[staff]"}


def test_freshness_may_stand_under_config_and_the_adapter_has_one_name() -> None:
    result = read_artifact(manifest(table("web", "orders")), "manifest.json")
    assert value(result, "freshness_alarm") == 86400
    assert value(result, "system") == "postgresql"


def event(kind: str, at: str | None, run: str = "1", **more: object) -> dict[str, object]:
    stamp = {} if at is None else {"eventTime": at}
    return {"eventType": kind, **stamp, "job": {"namespace": "a", "name": "b"}, "run": {"runId": run}, **more}


def read(*events: dict[str, object], prefix: str = "") -> ImportResult:
    return read_artifact("\n".join(map(json.dumps, events)).encode(), "lineage.jsonl", prefix=prefix)


OWNED = {
    "namespace": "postgres://db", "name": "shop.orders",
    "facets": {"ownership": {"owners": [{"name": "team:orders", "type": "MAINTAINER"}]}, "schema": {"fields": [{"name": "id"}]}},
}  # fmt: skip


def test_one_stamp_for_start_and_end_is_no_run_time() -> None:
    """Artifacts of dbt give singular tests the same time for both events."""
    same = read(event("START", "2026-01-01T00:00:00Z"), event("COMPLETE", "2026-01-01T00:00:00Z"))
    assert value(same, "pipeline.run_p95") is None
    apart = read(event("START", "2026-01-01T00:00:00Z"), event("COMPLETE", "2026-01-01T00:02:00Z"))
    assert value(apart, "pipeline.run_p95") == 120


def test_an_event_without_a_time_still_tells_its_inputs() -> None:
    """So does what the Flink and Spark integrations of OpenLineage write to compare against."""
    result = read_artifact(json.dumps(event("RUNNING", None, inputs=[OWNED])).encode(), "event.json")
    assert result.kind == "openlineage"
    assert value(result, "pipeline.lineage_inputs") == ("postgres://db/shop.orders",)


def test_facets_that_no_fact_rests_on_are_listed_and_an_owner_is_read() -> None:
    result = read(event("COMPLETE", "2026-01-01T00:02:00Z", inputs=[OWNED]), prefix="sources[orders]")
    assert value(result, "owner") == "team:orders"
    assert any(pointer.endswith("/inputs/0/facets/schema") for pointer in result.ignored)
    other = {**OWNED, "name": "x", "facets": {"ownership": {"owners": [{"name": "team:other"}]}}}
    two = read(event("COMPLETE", "2026-01-01T00:02:00Z", inputs=[OWNED, other]), prefix="sources[orders]")
    assert value(two, "owner") is None
    assert messages(two, "question") == []


def logged(inputs: str, flavour: str = "sklearn") -> ImportResult:
    signature = {"signature": {"inputs": inputs}} if inputs else {}
    data = {
        "flavors": {flavour: {"pickled_model": "model.pkl"}},
        "mlflow_version": "2.9.2",
        "run_id": "<run id>",
        **signature,
    }
    return read_artifact(json.dumps(data).encode(), "MLmodel")


def test_a_flavour_of_any_kind_is_a_table_only_by_its_signature() -> None:
    """Published scikit-learn models score reviews and answer customers: their signature is one text, or is missing."""
    assert value(logged('[{"type": "string", "name": "review"}]'), "model.kind") is None
    assert value(logged(""), "model.kind") is None
    assert value(logged("not JSON"), "model.kind") is None
    assert value(logged('[{"type": "double"}]'), "model.kind") == "tabular"
    assert (
        value(logged('[{"type": "string", "name": "a"}, {"type": "string", "name": "b"}]'), "model.kind")
        == "tabular"
    )
    assert value(logged("", "lightgbm"), "model.kind") == "tabular"
    assert value(logged(""), "model.version") is None


def test_results_of_the_harness_before_its_version_0_4() -> None:
    """EleutherAI/pythia keeps its results so: `results`, `versions`, `config`, and no number of samples."""
    data = {
        "results": {"lambada_openai": {"ppl": 12.05, "acc": 0.49, "acc_stderr": 0.007}},
        "versions": {"lambada_openai": 0}, "config": {"model": "hf-causal", "limit": None},
    }  # fmt: skip
    result = read_artifact(json.dumps(data).encode(), "eval_results.json")
    assert result.kind == "evaluation"
    assert value(result, "model.metrics") == ("lambada_openai: ppl = 12.05", "lambada_openai: acc = 0.49")
    assert value(result, "evaluation.n") is None
    assert value(result, "evaluation.failures") is None
    assert "how many samples" in messages(result, "warning")[0]
