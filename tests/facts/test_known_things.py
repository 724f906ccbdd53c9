"""Known things: exact names and listed aliases only, dated sources, and a stated value always wins."""

from __future__ import annotations

import re
from datetime import date

import pytest

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.facts.known.assumed import every_assumption
from poc_gate.facts.known.named import known_claims
from poc_gate.facts.known.tables import TABLES, find, provider, rows, source
from poc_gate.inputs.probe.profile.datasheets import find_datasheet
from poc_gate.model.claim import Claim, Place, Provenance, Value
from poc_gate.model.quantity import Quantity

CATALOGUE = full_catalogue()
PLACE = Place("pilot.yaml", 3, 1)


def claims_of(**stated: Value) -> dict[str, Claim]:
    """Return what is known beside the stated facts of the model, by fact."""
    held = [Claim(f"model.{key}", value, Provenance.DECLARED, PLACE) for key, value in stated.items()]
    return {claim.fact: claim for claim in known_claims(CATALOGUE, held)}


def number(claims: dict[str, Claim], fact: str) -> float:
    value = claims[fact].value
    assert isinstance(value, Quantity)
    return value.value


def test_a_public_name_gives_shape_size_context_and_licence() -> None:
    found = claims_of(name="Qwen/Qwen3-8B", hosting="self")
    assert number(found, "model.parameters") == 8_190_735_360
    assert [number(found, f"model.{key}") for key in ("layers", "kv_heads", "head_dim")] == [36, 8, 128]
    assert number(found, "model.context_length") == 40_960
    assert found["model.precision"].value == "bf16"
    assert found["model.licence"].value == "Apache-2.0"
    assert {claim.provenance for claim in found.values()} == {Provenance.ASSUMED}
    assert all(re.search(r"20\d\d-\d\d-\d\d", claim.note) for claim in found.values())


@pytest.mark.parametrize("name", ["qwen3-8b", "QWEN/QWEN3-8B", "Qwen3-8B"])
def test_case_and_listed_aliases_do_not_matter(name: str) -> None:
    assert number(claims_of(name=name), "model.layers") == 36


@pytest.mark.parametrize(
    "name", ["Qwen3-8", "Qwen3-8B-AWQ", "my-Qwen3-8B", "Qwen/Qwen3", "Qwen3-8B-finetuned", "8B", "", " ", "l"]
)
def test_a_part_of_a_name_names_nothing(name: str) -> None:
    assert claims_of(name=name) == {}


def test_tables_that_tokens_take_rows_from_are_known_by_name() -> None:
    found = claims_of(name="google/gemma-4-E4B-it", hosting="self")
    assert number(found, "model.lookup_parameters") == 262_144 * 256 * 42
    assert number(found, "model.kv_bytes_per_token") == 4 * 2 * 2 * 512 * 2 + 20 * 2 * 2 * 256 * 2


def test_a_stated_shape_that_differs_silences_the_table() -> None:
    assert claims_of(name="Qwen/Qwen3-8B", layers=Quantity(18.0)) == {}
    assert "model.kv_heads" in claims_of(name="Qwen/Qwen3-8B", layers=Quantity(36.0))


def test_stated_weights_are_not_mixed_with_the_published_ones() -> None:
    quantised = claims_of(name="openai/gpt-oss-20b", precision="bf16")
    assert "model.weight_bits" not in quantised
    sized = claims_of(name="openai/gpt-oss-20b", weight_bytes=Quantity(1e10, "B"))
    assert not {"model.weight_bits", "model.precision"} & sized.keys()


def test_a_latent_cache_follows_the_stated_width_of_its_elements() -> None:
    plain = number(claims_of(name="deepseek-ai/DeepSeek-V3"), "model.kv_bytes_per_token")
    halved = number(
        claims_of(name="deepseek-ai/DeepSeek-V3", kv_bits=Quantity(8.0)), "model.kv_bytes_per_token"
    )
    assert halved == plain / 2


def test_an_ollama_tag_is_the_open_model_with_the_bits_of_its_file() -> None:
    """A tag names published weights packed to fewer bits: shape and cache are the model's, the weights are smaller."""
    given = claims_of(name="llama3.1:8b", hosting="self")
    plain = claims_of(name="meta-llama/Llama-3.1-8B-Instruct", hosting="self")
    assert given["model.layers"].value == plain["model.layers"].value
    assert given["model.kv_heads"].value == plain["model.kv_heads"].value
    assert number(given, "model.weight_bits") == 4.88  # 4.9 GB of 8.03 billion parameters
    assert "ollama.com/library" in given["model.weight_bits"].note
    assert "model.precision" not in given


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        ({"name": "mistral"}, False),
        ({"name": "mistral", "engine": "vllm"}, False),
        ({"name": "mistral", "engine": "ollama"}, True),
        ({"name": "ollama/mistral"}, True),
        ({"name": "ollama_chat/llama3.2:3b"}, True),
        ({"name": "llama3.1:9b"}, False),
        ({"name": "llama3.1:8b-text"}, False),
    ],
)
def test_a_tag_without_a_size_counts_where_ollama_serves_it(stated: dict[str, str], known: bool) -> None:
    assert ("model.layers" in claims_of(hosting="self", **stated)) is known


def test_stated_bits_win_over_those_of_a_tag() -> None:
    given = claims_of(name="llama3.1:8b", hosting="self", precision="fp16")
    assert "model.weight_bits" not in given
    assert "model.layers" in given


def test_every_tag_packs_an_open_model_into_no_more_bits_than_it_has() -> None:
    for row in rows("packed"):
        base = find("models", row.of)
        assert base is not None, row
        assert 3.5 < 8 * row.bytes / float(base.facts["parameters"]) < 16.5, row.name


def test_a_hosted_model_gives_its_context_and_no_shape() -> None:
    found = claims_of(name="gpt-4o", hosting="hosted")
    assert set(found) == {"model.context_length"}
    open_one = claims_of(name="meta-llama/Llama-3.3-70B-Instruct", hosting="hosted")
    assert "model.parameters" not in open_one


def test_an_embedding_model_gives_the_dimensions_of_its_vectors() -> None:
    named = [Claim("retrieval.embedder", "BAAI/bge-small-en-v1.5", Provenance.DECLARED, PLACE)]
    (claim,) = known_claims(CATALOGUE, named)
    assert (claim.fact, claim.value) == ("retrieval.dims", Quantity(384.0))


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("NVIDIA B200", "b200-sxm-180gb"),
        ("GB200", "gb200-186gb"),
        ("NVIDIA L40S", "l40s-48gb"),
        ("g6.12xlarge", "l4-24gb:4"),
        ("NVIDIA-H100-80GB-HBM3", "h100-sxm-80gb"),
    ],
)
def test_a_device_is_named_by_one_of_its_own_names(name: str, sheet: str) -> None:
    row = find("devices", name)
    assert row is not None
    assert row.name == sheet


@pytest.mark.parametrize(
    "name", ["GH200", "H100", "A100", "NVIDIA-A100-SXM4-80GB-MIG-1g.10gb", "H200-MIG-1g", "NVIDIA", "200"]
)
def test_another_device_a_slice_or_a_family_is_no_device_of_the_table(name: str) -> None:
    row = find("devices", name)
    assert row is None


def test_every_device_names_a_data_sheet() -> None:
    for row in rows("devices"):
        assert find_datasheet(row.name) is not None, row.name


def test_there_are_enough_models_and_each_is_whole() -> None:
    found = rows("models")
    assert len(found) >= 120
    for row in found:
        assert row.facts["layers"], row.name
        assert "/" in row.name, row.name
    sized = [row for row in found if "parameters" in row.facts]
    assert len(sized) >= 0.95 * len(found)
    assert sum("kv_heads" in row.facts or "kv_bytes_per_token" in row.facts for row in found) >= 0.95 * len(
        found
    )


def test_sizes_agree_with_what_the_names_say() -> None:
    """The parameters are computed or stated elsewhere; a name that says another size shows a slip."""
    for row in rows("models"):
        said = re.search(r"-(\d+(?:\.\d+)?)[bB](?:-|$)", row.name)
        if said and "parameters" in row.facts and "experts" not in row.facts:
            ratio = float(row.facts["parameters"]) / (float(said[1]) * 1e9)
            assert 0.8 < ratio < 1.75, (row.name, ratio)


@pytest.mark.parametrize("table", TABLES)
def test_every_name_of_a_table_finds_its_own_row(table: str) -> None:
    for row in rows(table):
        for name in (row.name, *row.aliases):
            found = find(table, name)
            assert found is not None, name
            assert found.name == row.name, name


def test_every_value_has_a_dated_source() -> None:
    for table in ("models", "hosted", "embeddings"):
        for row in rows(table):
            for key in filter(None, (row.source, row.licence_source, row.parameters_source)):
                date.fromisoformat(source(key).date)
            assert row.source, row.name
            assert bool(row.licence) is bool(row.licence_source), row.name
    for row in rows("platforms"):
        assert row.url.startswith("https://"), row.name
        date.fromisoformat(row.date)


def test_every_provider_says_whether_limits_are_published() -> None:
    for key in {row.provider for row in rows("hosted")}:
        found = provider(key)
        assert found is not None, key
        assert found.url.startswith("https://")


def test_every_fact_of_the_tables_is_catalogued() -> None:
    for row in rows("models"):
        for key in row.facts:
            assert CATALOGUE.find(f"model.{key}") is not None, key


def test_every_assumption_is_an_interval_with_sources_inside_what_is_plausible() -> None:
    for one in every_assumption():
        spec = CATALOGUE.find(one.fact)
        assert spec is not None, one.fact
        assert one.low <= one.likely <= one.high, one.fact
        assert one.sources
        assert all(source(key).title for key in one.sources)
        if not one.relative_to:
            assert spec.low is None or spec.low <= one.low * (1 + 1e-3), one.fact
            assert spec.high is None or one.high <= spec.high, one.fact
