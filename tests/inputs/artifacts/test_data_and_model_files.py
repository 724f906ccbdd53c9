"""ML-BOMs, datasets, lineage, dbt, MLflow, interfaces, alerts, model cards, evaluations, locks, records."""

from __future__ import annotations

import json
from pathlib import Path

import artifact_samples as samples
import pytest
from artifact_samples import Sample
from stated_facts import claim, messages, read_text, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.inputs.artifacts.records.record_importer import _PER_MINUTE, _TABLE

FILES = Path(__file__).parent / "files"


def read(sample: Sample, *, prefix: str = "", option: str = "") -> ImportResult:
    return read_artifact(sample.content, sample.file, prefix=prefix, option=option)


def read_json(data: object, file: str, *, prefix: str = "", option: str = "", kind: str = "") -> ImportResult:
    return read_artifact(json.dumps(data).encode(), file, prefix=prefix, option=option, kind=kind)


def test_the_published_ml_bom() -> None:
    file = FILES / "cyclonedx" / "sbom-utility-qwen-7b.cdx17.json"
    result = read_artifact(file.read_bytes(), file.name)
    assert value(result, "model.name") == "Qwen/Qwen-7B"
    assert value(result, "model.version") == "ef3c5c9c57b252f3149c1408daf4d649ec8b6c85"
    assert value(result, "evaluation.documentation_complete") is True
    assert value(result, "model.metrics") == ("MMLU (5-shot) = 58.2", "GLUE (F1 Score) [cola] = 0.87")


def test_a_bom_with_gaps_says_which() -> None:
    result = read(samples.CYCLONEDX)
    assert value(result, "model.digest") == "ab" * 32
    assert value(result, "model.license") == "MIT"
    assert value(result, "evaluation.documentation_complete") is False
    found = claim(result, "evaluation.documentation_complete")
    assert found is not None
    assert found.note == "missing: metrics, tradeoffs, fairness"
    assert found.dated == "2026-10-02"
    data = read(samples.CYCLONEDX, prefix="sources[corpus]")
    assert (value(data, "owner"), value(data, "personal_data"), value(data, "classification")) == (
        "knowledge team",
        True,
        "confidential",
    )


def test_a_missing_model_card_is_missing_and_no_empty_pass() -> None:
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "components": [{"type": "machine-learning-model", "name": "a"}],
    }
    result = read_json(bom, "bom.json")
    assert value(result, "evaluation.documentation_complete") is None
    assert "missing, not empty" in messages(result, "warning")[0]
    bom["components"] *= 2
    assert "names 2 models" in messages(read_json(bom, "bom.json"), "question")[0]


def test_datasets() -> None:
    titanic = FILES / "croissant" / "titanic.1.0.json"
    result = read_artifact(titanic.read_bytes(), titanic.name)
    assert (value(result, "rights"), value(result, "volume")) == ("afl-3.0", 3 * 117_743)
    newer = read(samples.CROISSANT_11, prefix="sources[faq]")
    expected = {
        "rights": "https://spdx.org/licenses/CC-BY-4.0", "volume": 1.5e9, "owner": "knowledge team", "kind": "live",
        "personal_data": True, "provenance_recorded": True, "interface": "s3", "contract_version": "1.4",
        "contract_standard": "Croissant 1.1",
    }  # fmt: skip
    assert {fact: value(newer, fact) for fact in expected} == expected
    assert [text for text in messages(newer, "warning") if "no SHA-256" in text]


@pytest.mark.parametrize(
    "licence", [None, "None", "unknown", "https://choosealicense.com/licenses/undefined/"]
)
def test_a_licence_that_says_nothing_gives_no_rights(licence: str | None) -> None:
    data = {**json.loads(samples.CROISSANT_11.content), "license": licence}
    result = read_json(data, "metadata.json", prefix="sources[faq]")
    assert value(result, "rights") is None
    assert [text for text in messages(result, "warning") if "no licence" in text]


def test_lineage_tells_interval_and_run_time() -> None:
    result = read(samples.OPENLINEAGE)
    assert value(result, "pipeline.refresh") == pytest.approx(86_400 + 60)
    assert value(result, "pipeline.run_p95") == 24 * 60
    found = claim(result, "pipeline.run_p95")
    assert found is not None
    assert "the longest of 4 runs" in found.note
    assert value(result, "pipeline.lineage_inputs") == ("postgres://db:5432/shop.public.orders",)


def test_lineage_of_several_jobs_is_a_question_unless_one_is_named() -> None:
    events = [json.loads(line) for line in samples.OPENLINEAGE.content.decode().splitlines()]
    other = [{**event, "job": {"namespace": "etl", "name": "other"}} for event in events]
    assert "2 jobs" in messages(read_json(events + other, "lineage.json"), "question")[0]
    assert value(read_json(events + other, "lineage.json", option="orders"), "pipeline.run_p95") == 24 * 60


def test_lineage_carries_the_last_quality_run() -> None:
    def event(day: int, *, success: bool) -> dict[str, object]:
        facets = {"dataQualityAssertions": {"assertions": [{"assertion": "not_null", "success": success}]}}
        return {"eventType": "COMPLETE", "eventTime": f"2026-11-0{day}T00:00:00Z", "job": {"namespace": "a", "name": "b"},
                "run": {"runId": str(day)}, "inputs": [{"namespace": "n", "name": "t", "inputFacets": facets}]}  # fmt: skip

    events = [event(2, success=False), event(1, success=True)]
    assert value(read_json(events, "lineage.json", prefix="sources[t]"), "quality_last_run") == "failed"
    assert (
        value(
            read_json([event(1, success=False), event(2, success=True)], "lineage.json", prefix="sources[t]"),
            "quality_last_run",
        )
        == "passed"
    )


def test_dbt_artifacts() -> None:
    freshness = read(samples.DBT_SOURCES, prefix="sources[orders]")
    assert value(freshness, "measured_age") == 7200.5
    assert (value(freshness, "freshness_alarm"), value(freshness, "freshness_promised")) == (3600, 21_600)
    assert "status 'warn'" in messages(freshness, "warning")[0]
    found = claim(freshness, "measured_age")
    assert found is not None
    assert found.dated == "2026-11-21"
    manifest = read(samples.DBT_MANIFEST)
    assert value(manifest, "sources[orders].owner") == "order platform"
    assert value(manifest, "sources[orders].system") == "snowflake"
    assert value(manifest, "sources[orders].quality_checks") is True
    assert value(manifest, "sources[orders].personal_data") is True


def test_dbt_with_several_tables_needs_a_name() -> None:
    data = json.loads(samples.DBT_SOURCES.content)
    data["results"].append(
        {**data["results"][0], "unique_id": "source.shop.raw.items", "max_loaded_at_time_ago_in_s": 5}
    )
    assert "holds 2 tables" in messages(read_json(data, "sources.json", prefix="sources[x]"), "question")[0]
    assert value(read_json(data, "sources.json", prefix="sources[x]", option="items"), "measured_age") == 5
    both = read_json(data, "sources.json")
    assert {one.fact for one in both.claims} >= {
        "sources[orders].measured_age",
        "sources[items].measured_age",
    }


def test_logged_models() -> None:
    result = read(samples.MLMODEL)
    assert (value(result, "model.kind"), value(result, "model.safe_format")) == ("tabular", False)
    assert value(result, "model.weight_bytes") == 123_456
    assert value(result, "model.version") == "5a7b1c"


def test_alerts() -> None:
    result = read(samples.PROMETHEUS)
    assert value(result, "monitoring.burn_alerts") is True
    assert value(result, "monitoring.saturation_metrics") == ("queue", "kv")
    assert value(result, "monitoring.drift_test") == "InputDrift"
    assert [
        text for text in messages(result, "warning") if "vllm:gpu_cache_usage_perc no longer exists" in text
    ]
    single = samples.PROMETHEUS.content.replace(
        b'and job:errors:ratio_rate5m{job="chat"} > 14.4 * (1 - 0.999)', b""
    )
    assert value(read_artifact(single, "alert-rules.yaml"), "monitoring.burn_alerts") is None


def test_interfaces() -> None:
    result = read(samples.OPENAPI, prefix="sources[pricing]")
    assert value(result, "contract_place") == "https://eu.pricing.example/v4"
    assert value(result, "timeout") == 1.5
    assert value(result, "owner") == "pricing team"
    two = samples.OPENAPI.content.replace(b"sandbox", b"north").replace(
        b"description: production", b"description: south"
    )
    assert (
        "lists 2 servers" in messages(read_artifact(two, "openapi.yaml", prefix="sources[p]"), "question")[0]
    )
    bare = samples.OPENAPI.content.replace(
        b"x-amazon-apigateway-integration: {type: http, timeoutInMillis: 1500}", b"x-timeout: 30"
    )
    assert "has no unit" in messages(read_artifact(bare, "openapi.yaml", prefix="sources[p]"), "question")[0]


def test_model_cards() -> None:
    result = read(samples.MODEL_CARD)
    assert (value(result, "model.license"), value(result, "model.kind")) == ("apache-2.0", "llm")
    assert value(result, "purpose.limits_known") is True
    assert value(result, "model.metrics") == ("FAQ: exact_match = 0.81",)
    suggested = {one.fact: one.value for one in result.derived}
    assert suggested["purpose.intended_use"] == "Drafts answers for support agents, who edit and send them."
    empty = samples.MODEL_CARD.content.replace(
        b"It does not know products that were launched after the summer.", b"[More Information Needed]"
    )
    assert value(read_artifact(empty, "README.md"), "purpose.limits_known") is None


def test_evaluations() -> None:
    harness = read(samples.HARNESS)
    assert (value(harness, "evaluation.n"), value(harness, "evaluation.failures")) == (400, 80)
    found = claim(harness, "evaluation.n")
    assert found is not None
    assert found.dated == "2025-11-13"
    plain = read(samples.PLAIN_EVAL)
    assert (
        value(plain, "evaluation.n"),
        value(plain, "evaluation.failures"),
        value(plain, "evaluation.repeats"),
    ) == (420, 9, 5)
    assert value(plain, "evaluation.slices") == ("de", "en")


def test_an_evaluation_by_mapping() -> None:
    data = {"summary": {"all": {"count": 50}, "bad": [7]}}
    mapped = read_json(
        data, "x.json", kind="evaluation", option="n=summary.all.count, failures=summary.bad.0"
    )
    assert (value(mapped, "evaluation.n"), value(mapped, "evaluation.failures")) == (50, 7)
    assert "map it by the import option" in read_json(data, "x.json", kind="evaluation").notices[0].next_step


def test_passed_and_failed_make_a_total_and_attacks_a_share() -> None:
    counted = read_json({"passed": 95, "failed": 5}, "eval.json", kind="evaluation")
    assert (value(counted, "evaluation.n"), value(counted, "evaluation.failures")) == (100, 5)
    attacked = read_json({"attempts": 200, "successes": 3}, "attack.json", kind="evaluation")
    assert value(attacked, "evaluation.injection_success") == pytest.approx(0.015)
    assert value(read_json({"n": 10, "failures": 1, "spread": 40}, "e.json"), "evaluation.spread") is None


def test_several_tasks_do_not_make_one_failure_count() -> None:
    data = json.loads(samples.HARNESS.content)
    data["results"]["mmlu"] = {"acc,none": 0.5}
    result = read_json(data, "results.json")
    assert value(result, "evaluation.failures") is None
    assert messages(result, "warning")


@pytest.mark.parametrize(
    ("text", "pinned", "hashed"),
    [
        ("a==1.0\nb===2.0\n", True, False),
        ("a==1.0 --hash=sha256:aa\n", True, True),
        ("a>=1.0\n", False, False),
        ("a==1.*\n", False, False),
        ("a\n", False, False),
        ("a @ git+https://x.example/a@main\n", False, False),
        ("a @ git+https://x.example/a@" + "0" * 40 + "\n", True, False),
        ("-r other.txt\n# only a comment\n--no-binary :all:\n", None, None),
    ],
)
def test_requirements(text: str, pinned: bool | None, hashed: bool | None) -> None:
    result = read_text(text, "requirements.txt")
    assert value(result, "security.dependencies_pinned") is pinned
    assert value(result, "security.dependencies_hashed") is hashed


def test_lock_files() -> None:
    uv = read(samples.UV_LOCK)
    assert (value(uv, "security.dependencies_pinned"), value(uv, "security.dependencies_hashed")) == (
        True,
        True,
    )
    pipenv = read_json(
        {"_meta": {}, "default": {"a": {"version": "==1.0", "hashes": ["sha256:aa"]}}, "develop": {}},
        "Pipfile.lock",
    )
    assert value(pipenv, "security.dependencies_hashed") is True
    first = claim(read(samples.REQUIREMENTS), "security.dependencies_pinned")
    assert first is not None
    assert (first.value, first.place.line) == (False, 6)
    assert "the first without is requests" in first.note


def test_the_docs_list_every_key_of_a_record() -> None:
    text = " ".join((Path(__file__).parents[3] / "docs" / "imports.md").read_text().split())
    for path in (*_TABLE, *_PER_MINUTE):
        section, _, key = path.partition(".")
        listed = text.partition(f"`{section}`: ")[2].partition(";")[0]
        assert key in listed, path


def test_records() -> None:
    result = read(samples.RECORD)
    assert (value(result, "operations.rollback"), value(result, "operations.stop")) == (300, 20)
    assert value(result, "purpose.risk_tier") == "minimal"
    assert value(result, "model.quota_requests") == 5
    assert value(result, "sources[knowledge-base].prod_access") == "granted"
    assert value(result, "cost.in_token") == pytest.approx(0.5e-6)
    assert value(result, "cost.currency") == "EUR"
    lab = samples.RECORD.content.replace(b"environment: production", b"environment: lab")
    assert value(read_artifact(lab, "r.yaml"), "sources[knowledge-base].prod_access") is None
    assert "no unit" in messages(read_artifact(b"rollback: {took: 5}\n", "r.yaml"), "question")[0]
