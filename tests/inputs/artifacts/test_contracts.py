"""Data contracts: every trap of their units, servers, teams and schema errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from artifact_samples import DCS, ODCS_22, ODCS_30, ODCS_31
from jsonschema import Draft201909Validator
from stated_facts import claim, messages, read_text, value

from poc_gate.inputs.artifacts.contracts.odcs_keys import KEYS, REQUIRED
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact

ODCS = Path(__file__).parent / "files" / "odcs"


def published(name: str, option: str = "") -> ImportResult:
    return read_artifact((ODCS / name).read_bytes(), name, prefix="sources[x]", option=option)


def with_terms(terms: str, option: str = "") -> ImportResult:
    head = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nslaProperties:\n"
    return read_text(head + terms + "\n", "a.odcs.yaml", prefix="sources[x]", option=option)


def test_the_full_example_says_what_its_authors_meant() -> None:
    result = published("bitol-full-example.odcs.yaml")
    assert value(result, "refresh") == 86_400
    assert value(result, "delay_promised") == 4 * 86_400
    assert value(result, "extract_time") == 3 * 86_400
    assert value(result, "retention") == 3 * 365 * 86_400
    assert value(result, "end_of_life") == "2042-05-12"
    assert value(result, "classification") == "restricted"
    assert value(result, "owner") == "my-team"
    assert value(result, "system") == "postgresql"
    delay = claim(result, "extract_time")
    assert delay is not None
    assert "delay of the data" in delay.note
    assert delay.place.line == 271
    assert delay.place.pointer == "/slaProperties/0/value"
    assert {"/price", "/support", "/tags", "/slaProperties/6", "/slaProperties/1"} <= set(result.ignored)


def test_a_contract_that_breaks_its_own_schema_is_warned_about_and_read() -> None:
    name = "datacontract-cli-postgres-servicelevels.odcs.yaml"
    warned = messages(published(name), "warning")
    assert [text for text in warned if "'isNullable'" in text]
    assert [text for text in warned if "'isUnique'" in text]
    assert value(published(name), "refresh") == 3600


def test_known_keys_are_those_of_the_standards_schema() -> None:
    schema = json.loads((ODCS / "odcs-json-schema-v3.1.0.json").read_text())
    Draft201909Validator.check_schema(schema)
    definitions = schema["$defs"]
    element = set(definitions["SchemaElement"]["properties"])
    below = set(definitions["SchemaBaseProperty"]["properties"]) | set(
        definitions["SchemaItemProperty"]["properties"]
    )
    assert KEYS["contract"] == set(schema["properties"])
    assert KEYS["schema"] == element | set(definitions["SchemaObject"]["properties"])
    assert KEYS["property"] == element | below | {"items"}
    for level, name in {
        "sla": "ServiceLevelAgreementProperty", "team": "Team", "member": "TeamMember", "role": "Role", "price": "Pricing",
        "support": "SupportItem",
    }.items():  # fmt: skip
        assert KEYS[level] == set(definitions[name]["properties"]), level
    assert set(REQUIRED) == set(schema["required"])


@pytest.mark.parametrize(
    ("unit", "amount", "fact", "seconds"),
    [
        ("ms", 250, "p99", 0.25),
        ("milliseconds", 40, "p99", 0.04),
        ("us", 900, "p99", 0.0009),
        ("s", 2, "p99", 2.0),
        ("min", 30, "refresh", 1800),
        ("h", 6, "refresh", 21_600),
        ("Days", 4, "refresh", 345_600),
        ("w", 1, "refresh", 604_800),
        ("mo", 1, "refresh", 30 * 86_400),
    ],
)
def test_latency_is_read_by_its_unit(unit: str, amount: float, fact: str, seconds: float) -> None:
    result = with_terms(f"  - {{property: latency, value: {amount}, unit: {unit}}}")
    assert value(result, fact) == pytest.approx(seconds)
    found = claim(result, fact)
    assert found is not None
    assert "decided by the unit" in found.note


def test_a_response_time_may_name_its_percentile() -> None:
    result = with_terms(
        "  - {property: latencyP95, value: 80, unit: ms}\n"
        "  - {property: responseTime, value: 20, unit: ms, description: p50 over a day}"
    )
    assert value(result, "p95") == pytest.approx(0.08)
    assert value(result, "p50") == pytest.approx(0.02)
    assert value(result, "p99") is None


@pytest.mark.parametrize("unit", ["m", "M"])
@pytest.mark.parametrize("name", ["latency", "freshness", "retention", "frequency"])
def test_the_unit_m_is_a_question(unit: str, name: str) -> None:
    result = with_terms(f"  - {{property: {name}, value: 3, unit: {unit}}}")
    assert [text for text in messages(result, "question") if "minutes or months" in text]
    for fact in ("refresh", "retention", "p99", "freshness_promised", "extract_time"):
        assert value(result, fact) is None


def test_a_latency_of_many_seconds_is_a_question_unless_the_option_decides() -> None:
    term = "  - {property: latency, value: 3600, unit: s}"
    assert messages(with_terms(term), "question")
    assert value(with_terms(term, "latency=delay"), "refresh") == 3600
    assert value(with_terms(term, "latency=response"), "p99") == 3600
    assert (
        value(with_terms("  - {property: latency, value: 4, unit: d}", "latency=response"), "p99") == 345_600
    )


@pytest.mark.parametrize(
    ("written", "share"),
    [("99.5", 0.995), ('"95%"', 0.95), ("0.999", 0.999), ('"99,9 %"', 0.999), ("100", 1.0)],
)
def test_percentages_in_every_spelling(written: str, share: float) -> None:
    assert value(
        with_terms(f"  - {{property: Availability, value: {written}}}"), "availability"
    ) == pytest.approx(share)


@pytest.mark.parametrize("prose", ["Available 24/7", "best effort", "150 %", "high"])
def test_prose_is_a_question(prose: str) -> None:
    result = with_terms(f'  - {{property: availability, value: "{prose}"}}')
    assert value(result, "availability") is None
    assert messages(result, "question")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("P1Y", 365 * 86_400), ("P3M", 90 * 86_400), ("PT12H", 43_200), ("P1DT6H", 108_000)],
)
def test_iso_durations_need_no_unit(written: str, seconds: float) -> None:
    assert value(with_terms(f"  - {{property: retention, value: {written}}}"), "retention") == seconds


def test_a_number_without_unit_is_a_question() -> None:
    result = with_terms("  - {property: retention, value: 3}")
    assert value(result, "retention") is None
    assert "has no unit" in messages(result, "question")[0]


def test_age_terms_are_not_counted_twice() -> None:
    both = with_terms(
        "  - {property: freshness, value: 25, unit: h}\n  - {property: frequency, value: daily}"
    )
    assert value(both, "refresh") == 86_400
    assert value(both, "extract_time") is None
    assert value(both, "freshness_promised") == 90_000
    against = with_terms(
        "  - {property: freshness, value: 1, unit: h}\n  - {property: frequency, value: 1, unit: d}"
    )
    assert [text for text in messages(against, "question") if "shorter than the interval" in text]


def test_a_delay_has_the_interval_in_it_unless_it_is_shorter() -> None:
    interval = "\n  - {property: frequency, value: 1, unit: d}"
    longer = with_terms("  - {property: latency, value: 25, unit: h}" + interval)
    assert (value(longer, "refresh"), value(longer, "extract_time")) == (86_400, 3600)
    shorter = with_terms("  - {property: latency, value: 2, unit: h}" + interval)
    assert (value(shorter, "refresh"), value(shorter, "extract_time")) == (86_400, 7200)


def test_two_letter_codes_are_read() -> None:
    result = read_artifact(ODCS_30.content, ODCS_30.file, prefix="sources[x]")
    assert value(result, "refresh") == 86_400
    assert value(result, "extract_time") == 21_600
    assert value(result, "owner") == "keeper"
    assert value(result, "interface") == "s3"


def test_a_member_who_left_owns_nothing() -> None:
    result = with_terms(
        "  []\nteam:\n  - {username: old, role: owner, dateOut: '2024-01-01'}\n  - {username: new, role: analyst}"
    )
    assert value(result, "owner") is None
    assert [text for text in messages(result, "question") if "none of them as owner" in text]


def test_production_is_taken_among_several_servers_and_nothing_else() -> None:
    result = read_artifact(ODCS_31.content, ODCS_31.file, prefix="sources[x]")
    place = value(result, "contract_place")
    assert isinstance(place, str)
    assert "host=db.example" in place
    assert value(result, "region") == "eu-central"
    named = read_artifact(ODCS_31.content, ODCS_31.file, prefix="sources[x]", option="lab")
    assert "db.lab.example" in str(value(named, "contract_place"))
    wrong = read_artifact(ODCS_31.content, ODCS_31.file, prefix="sources[x]", option="nowhere")
    assert value(wrong, "system") is None
    assert "lab, live" in wrong.notices[-1].next_step
    two = ODCS_31.content.replace(b"environment: prod", b"environment: stage").replace(
        b"server: live", b"server: second"
    )
    unclear = read_artifact(two, ODCS_31.file, prefix="sources[x]")
    assert value(unclear, "system") is None
    assert [text for text in messages(unclear, "question") if "lists 2 servers" in text]


def test_a_custom_server_is_named_by_its_properties_or_asked_about() -> None:
    head = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1\nstatus: active\nservers:\n"
    told = read_text(
        head + "  - {server: a, type: custom, customProperties: [{property: type, value: redis}]}\n",
        "a.odcs.yaml",
    )
    assert (value(told, "system"), value(told, "interface")) == ("redis", "redis")
    silent = read_text(head + "  - {server: a, type: custom}\n", "a.odcs.yaml")
    assert value(silent, "system") is None
    assert messages(silent, "question")
    unknown = read_text(head + "  - {server: a, type: holodeck}\n", "a.odcs.yaml")
    assert value(unknown, "system") == "holodeck"
    assert value(unknown, "interface") is None


def test_a_whole_contract_of_the_newest_version() -> None:
    result = read_artifact(ODCS_31.content, ODCS_31.file, prefix="sources[orders]")
    assert value(result, "contract_version") == "2.3.0"
    assert value(result, "p99") == pytest.approx(0.25)
    assert value(result, "refresh") == 900
    assert value(result, "availability") == pytest.approx(0.999)
    assert value(result, "error_rate_promised") == pytest.approx(0.001)
    assert value(result, "tolerated_rate") == 200
    assert value(result, "freshness_alarm") == 300
    assert value(result, "schema_notice") == 90 * 86_400
    assert value(result, "owner") == "order platform"
    assert value(result, "classification") == "confidential"
    assert value(result, "personal_data") is True
    assert value(result, "quality_checks") is True
    assert value(result, "provenance_recorded") is True
    assert messages(result, "question") == []


def test_quality_checks_that_leave_something_out_do_not_count() -> None:
    fewer = ODCS_31.content.replace(b"duplicateValues", b"invalidValues").replace(b"unique: true, ", b"")
    result = read_artifact(fewer, ODCS_31.file, prefix="sources[x]")
    assert value(result, "quality_checks") is None
    assert [text for text in messages(result, "warning") if "none on duplicates" in text]


def test_version_two_is_read_too() -> None:
    result = read_artifact(ODCS_22.content, ODCS_22.file, prefix="sources[x]")
    assert value(result, "system") == "bigquery"
    assert value(result, "owner") == "somebody"
    assert value(result, "classification") == "restricted"
    assert value(result, "refresh") == 4 * 86_400
    assert not [text for text in messages(result, "warning") if "not valid by ODCS 3.1" in text]


def test_the_older_specification() -> None:
    result = read_artifact(DCS.content, DCS.file, prefix="sources[orders]")
    assert value(result, "system") == "s3"
    assert value(result, "owner") == "checkout team"
    assert value(result, "refresh") == 86_400
    assert value(result, "delay_promised") == 90_000
    assert value(result, "extract_time") == 3600
    assert value(result, "availability") == pytest.approx(0.999)
    assert value(result, "schema_notice") == 90 * 86_400
    assert value(result, "classification") == "sensitive"
    assert value(result, "personal_data") is True
    assert value(result, "quality_checks") is True
    assert [text for text in messages(result, "warning") if "limits how the data may be used" in text]


def test_retired_contracts_are_warned_about() -> None:
    result = read_text(
        "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1\nstatus: Retired\n", "a.odcs.yaml"
    )
    assert [text for text in messages(result, "warning") if "is retired" in text]


def test_a_contract_is_recognised_by_its_name_when_it_leaves_out_its_kind() -> None:
    result = read_text("id: a\nversion: 1.0.0\nschema: [{name: orders}]\n", "orders.odcs.yaml")
    assert (result.kind, value(result, "contract_version")) == ("odcs", "1.0.0")


@pytest.mark.parametrize(
    "frequency", ["whenever the upstream job runs", "0 0 L * *", "near real-time", "3 m"]
)
@pytest.mark.parametrize("other", ["latency, value: 30, unit: min", "freshness, value: 30, unit: min"])
def test_an_interval_that_cannot_be_read_is_a_question_and_nothing_takes_its_place(
    frequency: str, other: str
) -> None:
    amount, _, unit = frequency.partition(" ") if frequency == "3 m" else (f'"{frequency}"', "", "d")
    result = with_terms(
        f"  - {{property: frequency, value: {amount}, unit: {unit}}}\n  - {{property: {other}}}"
    )
    assert value(result, "refresh") is None
    assert messages(result, "question")


@pytest.mark.parametrize(
    ("term", "hours"),
    [
        ('value: "0 */6 * * *", unit: cron', 6),
        ('value: "30 2 * * 1-5"', 72),
        ("value: 1, scheduler: cron, schedule: 0 */4 * * *", 4),
        ("value: 4, unit: per day", 6),
        ("value: every 2 hours", 2),
        ("value: 1, unit: d", 24),
    ],
)
def test_an_interval_is_read_from_schedules_and_words(term: str, hours: float) -> None:
    result = with_terms(f"  - {{property: frequency, {term}}}")
    assert value(result, "refresh") == hours * 3600
    assert messages(result, "question") == []


@pytest.mark.parametrize(
    ("term", "fact"),
    [
        (
            "latency, value: 400, unit: ms, description: delay from the event until it can be queried",
            "question",
        ),
        ("latency, value: 400, unit: ms, description: from the event to its arrival", "refresh"),
        ("latency, value: 2, unit: min, description: response time of the query API", "p99"),
        ("responseTime, value: 2, unit: min", "p99"),
        ("latency, value: 30, unit: s, element: orders.created_at", "refresh"),
        ("latency, value: 3600, unit: s, description: time until a change arrives", "refresh"),
    ],
)
def test_words_beside_a_latency_decide_and_not_the_unit(term: str, fact: str) -> None:
    result = with_terms(f"  - {{property: {term}}}")
    stated = {name for name in ("p99", "refresh") if value(result, name) is not None}
    assert stated == ({fact} if fact != "question" else set())
    assert bool(messages(result, "question")) == (fact == "question")


@pytest.mark.parametrize(
    "frequency", ["value: 0, unit: d", "value: 1, valueExt: 7, unit: d", "value: 0, unit: min"]
)
def test_an_interval_of_nothing_or_of_two_lengths_is_a_question(frequency: str) -> None:
    result = read_text(
        f"""
        apiVersion: v3.1.0
        kind: DataContract
        id: c
        version: 1.0.0
        status: active
        servers: [{{server: a, type: postgres}}]
        slaProperties: [{{property: frequency, {frequency}}}, {{property: latency, value: 30, unit: min}}]
        """,
        "c.odcs.yaml",
    )
    assert value(result, "refresh") is None
    assert any(one.startswith("frequency: ") for one in messages(result, "question"))
