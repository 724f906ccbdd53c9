"""A manifest becomes claims with places; secrets are told by place only; nothing hostile gets through."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.model.claim import Provenance
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Stage

EXAMPLES = Path(__file__).parents[3] / "examples"
MANIFESTS = sorted(EXAMPLES.glob("*/pilot.yaml"))
SMALL = b"""\
apiVersion: poc-gate/v1
pilot:
  name: demo
  stage: limited
  uses: [llm, retrieval]
slo:
  p99: 20 s
  availability: 99.5 %
sources:
  - id: policy-db
    contract: contracts/policy.odcs.yaml
    contract_server: prod
    awaited: true
    p99: 140 ms
    credential: env:POLICY_DB_DSN
    probe: {query: select 1}
  - id: events
model:
  parameters: 7.6e9
  config: ./model//config.json
people:
  approvals: []
imports: [deploy/more.yaml]
evidence:
  - {rule: G02-rollback-exercised, file: records/rollback.yaml, observed_at: 2026-10-20}
not_applicable:
  - {rule: B08-prefill-floor, reason: no language model, approver: model risk}
cost:
  gpu_hour: 2.10 EUR/h
"""


def claims_of(reading):
    return {claim.fact: claim for claim in reading.claims}


def test_every_value_becomes_a_claim_with_its_place():
    claims = claims_of(read_manifest(SMALL, "pilot.yaml"))
    p99 = claims["sources[policy-db].p99"]
    assert p99.value == Quantity(0.14, "s")
    assert p99.provenance is Provenance.DECLARED
    assert (p99.place.file, p99.place.line, p99.place.column) == ("pilot.yaml", 14, 10)
    assert claims["slo.availability"].value == Quantity(0.995, "1")
    assert claims["model.parameters"].value == Quantity(7.6e9, "1")
    assert claims["sources[policy-db].awaited"].value is True
    assert claims["pilot.uses"].value == ("llm", "retrieval")
    assert claims["sources[policy-db].probe"].value == ("query=select 1",)
    assert len(p99.sha256) == 64


def test_ledgers_are_no_facts():
    names = {claim.fact.split("[")[0] for claim in read_manifest(SMALL, "pilot.yaml").claims}
    assert not names & {"apiVersion", "imports", "evidence", "not_applicable"}


def test_items_keep_their_order_and_absent_lists_are_absent():
    reading = read_manifest(SMALL, "pilot.yaml")
    assert reading.items == {"sources": ("policy-db", "events"), "people.approvals": ()}
    assert reading.item_places["sources[events]"].line == 17
    assert reading.section_places["slo"].line == 6
    assert reading.section_places[""].line == 1


def test_files_to_read_are_asked_for():
    reading = read_manifest(SMALL, "pilot.yaml")
    asked = [(one.kind_hint, one.path, one.prefix, one.option) for one in reading.imports]
    assert asked == [
        ("contract", "contracts/policy.odcs.yaml", "sources[policy-db]", "prod"),
        ("model-config", "model/config.json", "model", ""),
        ("", "deploy/more.yaml", "", ""),
    ]
    assert [(one.rule, one.file, one.observed_at) for one in reading.evidence] == [
        ("G02-rollback-exercised", "records/rollback.yaml", "2026-10-20")
    ]
    assert [(one.rule, one.approver) for one in reading.not_applicable] == [
        ("B08-prefill-floor", "model risk")
    ]


def test_name_stage_and_currency():
    reading = read_manifest(SMALL, "pilot.yaml")
    assert (reading.name, reading.stage, reading.currency) == ("demo", Stage.LIMITED, "EUR")


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_the_examples_read_without_a_fault(path):
    reading = read_manifest(path.read_bytes(), "pilot.yaml")
    assert reading.name == path.parent.name
    assert reading.notices == ()
    assert len(reading.claims) > 30


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("url: postgres://app:hunter2secret@db/prod", "a password in an address"),
        ("owner: AKIAABCDEFGHIJKLMNOP", "an AWS access key"),
        ("rights: password=hunter2secret", "a password or key"),
        ('rights: "-----BEGIN RSA PRIVATE KEY-----"', "a private key"),
        ("owner: ghp_abcdefghijklmnopqrstuvwxyz0123456789", "a GitHub token"),
        ("rights: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc", "a signed token (JWT)"),
        ("owner: q8Zr1LtX0vB7nM2kW9pY4sD6fG3hJ5aC", "what looks like a random key"),
    ],
)
def test_a_literal_secret_is_told_by_place_and_never_repeated(line, kind):
    content = SMALL.replace(b"    awaited: true", f"    {line}".encode())
    reading = read_manifest(content, "pilot.yaml")
    (notice,) = reading.notices
    assert (notice.kind, notice.place.line) == ("secret", 13)
    assert kind in notice.message
    secret = line.split(": ", maxsplit=1)[1]
    assert secret not in notice.message + notice.next_step
    assert claims_of(reading)[f"sources[policy-db].{line.split(':')[0]}"].value == "[secret]"


@pytest.mark.parametrize(
    "line",
    [
        "url: postgres://app:${DB_PASSWORD}@db/prod",
        "url: https://db.internal:5432/prod",
        "rights: password=<from the vault>",
        "owner: takenking9879+Kubernetes-MLOPS-platform",
        "owner: GoogleCloudPlatform__terraform-genai-knowledge-base-2024",
        "owner: policy administration team",
        "classification: sha256-4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "rights: internal-processing-agreement-of-2026-between-teams",
    ],
)
def test_references_and_words_are_no_secrets(line):
    content = SMALL.replace(b"    awaited: true", f"    {line}".encode())
    assert read_manifest(content, "pilot.yaml").notices == ()


@pytest.mark.parametrize(
    "value",
    ["AKIAABCDEFGHIJKLMNOP", "postgres://app:hunter2secret@db/prod", "password=hunter2secret"],
)
@pytest.mark.parametrize(
    "field", ["kind", "p99", "awaited", "contract", "calls_per_request", "credential", "zzz"]
)
def test_no_message_repeats_a_secret(field, value):
    content = SMALL.replace(b"    awaited: true", f'    {field}: "{value}"'.encode()).replace(
        b"    p99: 140 ms\n", b""
    )
    content = content.replace(b"    contract: contracts/policy.odcs.yaml\n", b"")
    content = content.replace(b"    credential: env:POLICY_DB_DSN\n", b"")
    with pytest.raises(InvalidInputError) as caught:
        read_manifest(content, "pilot.yaml")
    assert value not in str(caught.value)


def test_a_hostile_text_does_not_slow_the_search_for_secrets():
    for text in ("a" * 9000, "eyJ" * 3000, "a+" * 4500, "sk-" * 3000, "password=" * 1000, "A1b" * 3000):
        content = b"apiVersion: poc-gate/v1\npilot:\n  name: demo\npurpose:\n  out_of_scope:\n"
        content += b"".join(b'    - "' + text.encode() + b'"\n' for _ in range(100))
        # A pattern that backtracks would take minutes here, and this test would never end.
        assert len(claims_of(read_manifest(content, "pilot.yaml"))["purpose.out_of_scope"].value) == 100


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_mutation_is_read_or_refused_in_words(data):
    content = bytearray(data.draw(st.sampled_from(MANIFESTS)).read_bytes()[:4000])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"\n", b": ", b"- ", b"[", b"{", b"&a ", b"*a", b"!!x "])
        )
        content[at : at + data.draw(st.integers(0, 8))] = new
    try:
        reading = read_manifest(bytes(content), "pilot.yaml")
    except InvalidInputError as error:
        assert all(fault.what and fault.next_step for fault in error.faults)
    else:
        assert all(claim.place.line >= 1 for claim in reading.claims)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(content):
    with pytest.raises(InvalidInputError) as caught:
        read_manifest(content, "pilot.yaml")
    assert caught.value.faults


@pytest.mark.parametrize(
    ("section", "line", "fact", "value", "unit"),
    [
        ("demand", "requests_per_day: 500/day", "demand.requests_per_day", 500 / 86400, "req/s"),
        ("demand", "requests_per_day: 1,000 a day", "demand.requests_per_day", 1000 / 86400, "req/s"),
        (
            "demand",
            "requests_per_day: 500 questions per hour",
            "demand.requests_per_day",
            500 / 3600,
            "req/s",
        ),
        ("demand", "requests_per_day: 20k req/d", "demand.requests_per_day", 20_000 / 86400, "req/s"),
        ("demand", "peak_hour_share: 50 percent", "demand.peak_hour_share", 0.5, "1"),
        ("demand", "in_tokens_p50: 1,000 tokens", "demand.in_tokens_p50", 1000.0, "tok"),
        ("slo", "p99: 2 seconds", "slo.p99", 2.0, "s"),
        ("slo", "p99: 1 minute 30 seconds", "slo.p99", 90.0, "s"),
        ("purpose", "audience_size: 1,250,000", "purpose.audience_size", 1.25e6, "1"),
        ("cost", "gpu_hour: 2.10 \N{EURO SIGN} per hour", "cost.gpu_hour", 2.10 / 3600, "money/s"),
    ],
)
def test_amounts_are_read_as_people_write_them(section, line, fact, value, unit):
    text = f"apiVersion: poc-gate/v1\npilot: {{name: a}}\n{section}:\n  {line}\n"
    found = claims_of(read_manifest(text.encode(), "pilot.yaml"))[fact].value
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("demand", "requests_per_day: 500 a month"),
        ("demand", "peak_hour_share: 0,500 %"),
        ("demand", "peak_hour_share: 0.5"),
        ("slo", "p99: 1,50 s"),
        ("slo", "p99: 2 calls"),
        ("purpose", "audience_size: 12,50"),
        ("cost", "gpu_hour: 1,2000 EUR/h"),
    ],
)
def test_what_could_mean_two_things_is_refused(section, line):
    text = f"apiVersion: poc-gate/v1\npilot: {{name: a}}\n{section}:\n  {line}\n"
    with pytest.raises(InvalidInputError) as caught:
        read_manifest(text.encode(), "pilot.yaml")
    assert [(fault.line, bool(fault.next_step)) for fault in caught.value.faults] == [(4, True)]


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("demand: {requests_per_day: 500}", "demand.requests_per_day", Quantity(500 / 86400, "req/s")),
        ("demand: {requests_per_day: '1,000'}", "demand.requests_per_day", Quantity(1000 / 86400, "req/s")),
        ("demand: {requests_per_day: '500'}", "demand.requests_per_day", Quantity(500 / 86400, "req/s")),
        ("demand: {requests_per_day: 2 req/s}", "demand.requests_per_day", Quantity(2.0, "req/s")),
        ("demand: {in_tokens_p50: 800}", "demand.in_tokens_p50", Quantity(800.0, "tok")),
        ("model: {declared_tokens_per_s: 40}", "model.declared_tokens_per_s", Quantity(40.0, "tok/s")),
    ],
)
def test_a_number_whose_key_says_its_unit_needs_no_other(line, fact, value):
    reading = read_manifest(f"apiVersion: poc-gate/v1\npilot: {{name: a}}\n{line}\n".encode(), "p")
    assert claims_of(reading)[fact].value.unit == value.unit
    assert claims_of(reading)[fact].value.value == pytest.approx(value.value)


def test_a_number_that_could_mean_several_units_is_refused():
    with pytest.raises(InvalidInputError, match="has no unit"):
        read_manifest(b"apiVersion: poc-gate/v1\npilot: {name: a}\nslo: {ttft: 2}\n", "p")
    with pytest.raises(InvalidInputError, match="has no unit"):
        read_manifest(b"apiVersion: poc-gate/v1\npilot: {name: a}\nmodel: {quota_requests: 600}\n", "p")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("pilot: {name: a, uses: [RAG]}", "retrieval"),
        ("pilot: {name: a, stage: prod}", "production"),
        ("pilot: {name: a}\nmodel: {hosting: self-hosted}", "self"),
        ("pilot: {name: a}\nmodel: {hosting: Azure}", "hosted"),
        ("pilot: {name: a}\npurpose: {audience: staff}", "employees"),
    ],
)
def test_a_choice_that_people_call_otherwise_is_suggested(line, meant):
    with pytest.raises(InvalidInputError, match=f"did you mean '{meant}'"):
        read_manifest(f"apiVersion: poc-gate/v1\n{line}\n".encode(), "p")


def test_none_for_a_list_is_told_how_to_write_an_empty_one():
    """A question says `or none`, and who answers it by hand learns what YAML wants."""
    content = b"apiVersion: poc-gate/v1\npilot: {name: x, stage: pilot}\npurpose: {regimes: none}\n"
    with pytest.raises(InvalidInputError) as refused:
        read_manifest(content, "pilot.yaml")
    assert any("write `regimes: []`" in line for line in refused.value.lines)
