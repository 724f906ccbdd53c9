"""The tables of engines: every row is one that the manifest, the readers and the speed models take as it stands."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from msgspec.structs import asdict

from poc_gate.flow.formulas.speed.engine_family import family_of
from poc_gate.inputs.artifacts.serving.serving_arguments import find_engine
from poc_gate.inputs.manifest.fields.field_tree import manifest_tree
from poc_gate.inputs.manifest.reading.read_value import ValueFault, read_value
from poc_gate.inputs.observe.serving_metrics.metric_names import tool_of
from poc_gate.inputs.repository.tables.deployment.images import engine_of_image
from poc_gate.inputs.repository.tables.packages import PACKAGES
from poc_gate.model.engines.engine_row import ServingEngine
from poc_gate.model.engines.search_engines import SEARCH_ENGINES
from poc_gate.model.engines.serving_engines import (
    NO_ENGINE,
    SERVING_ENGINES,
    engines_named,
    serving_engine,
)

LEAVES = {leaf.path: leaf for leaf in manifest_tree().leaves()}


def test_names_are_used_once_and_found_again():
    assert max(Counter(row.name for row in SERVING_ENGINES).values()) == 1
    assert [serving_engine(row.name) for row in SERVING_ENGINES] == list(SERVING_ENGINES)
    assert serving_engine("an engine of next year") is NO_ENGINE


def test_of_a_row_that_only_has_a_name_nothing_is_known():
    bare = ServingEngine(name="next year's")
    said = {name: value for name, value in asdict(bare).items() if value}
    assert said == {"name": "next year's", "stated": True, "metrics": ("", "")}
    assert (bare.admits, bare.admits_on_large) == (None, None)


def test_a_row_is_a_choice_of_the_manifest():
    stated = {row.name for row in SERVING_ENGINES if row.stated}
    assert set(LEAVES["model.engine"].choices) == stated | {"other"}
    assert set(LEAVES["retrieval.engine"].choices) == SEARCH_ENGINES.keys() | {"other"}
    for row in SERVING_ENGINES:
        if row.stated:
            assert read_value(LEAVES["model.engine"], row.name) == row.name
        else:
            with pytest.raises(ValueFault, match="is not a valid engine"):
                read_value(LEAVES["model.engine"], row.name)


def test_engines_of_published_results_alone_are_no_choices():
    """What has a row for its name in a table of results, and no interval of its own, is stated as `other`."""
    stated = [
        "vllm", "sglang", "tgi", "tensorrt-llm", "atom", "llama.cpp", "transformers", "onnxruntime", "cpu", "mlx", "ollama", "exllama",
        "gpt-fast", "mlc-llm", "lmdeploy", "nim", "ktransformers", "openvino", "other",
    ]  # fmt: skip
    assert list(LEAVES["model.engine"].choices) == stated


def test_an_engine_under_hosting_means_that_the_team_runs_it():
    for row in SERVING_ENGINES:
        with pytest.raises(ValueFault) as fault:
            read_value(LEAVES["model.hosting"], row.name)
        assert fault.value.next_step.startswith("did you mean 'self'? ")


def test_a_row_with_a_family_is_of_it_by_its_name():
    for row in SERVING_ENGINES:
        named = row.words[0] if row.words else row.name
        assert (family_of(named, "A100") != "unknown") is bool(row.family), row.name
        assert all(word == word.lower() and engines_named(word.upper())[0] is row for word in row.words)


@pytest.mark.parametrize("field", ["in_images", "in_commands"])
def test_patterns_are_regular_expressions_that_match_something(field):
    for row in SERVING_ENGINES:
        pattern = getattr(row, field)
        assert re.compile(pattern).search("") is None or not pattern, row.name


@pytest.mark.parametrize(
    ("image", "engine"),
    [
        ("vllm/vllm-openai:v0.10.0", "vllm"),
        ("lmsysorg/sglang:v0.5.3-cu126", "sglang"),
        ("ghcr.io/huggingface/text-generation-inference:3.3.4-trtllm", "tgi"),
        ("nvcr.io/nvidia/tritonserver:24.08-trtllm-python-py3", "tensorrt-llm"),
        ("ghcr.io/ggml-org/llama.cpp:server-cuda", "llama.cpp"),
        ("ollama/ollama:0.12.0", "ollama"),
    ],
)
def test_published_images_show_their_engine_in_a_repository_and_in_a_pod(image, engine):
    assert engine_of_image(image) == find_engine(image) == engine


def test_packages_and_metrics_of_a_row_are_known():
    assert all("llm" in PACKAGES[name].techniques for row in SERVING_ENGINES for name in row.packages)
    shown = {row.name: tool_of(f"{row.metrics[0]}anything") for row in SERVING_ENGINES if row.metrics[0]}
    assert shown == {"vllm": "vllm", "sglang": "sglang", "tgi": "text-generation-inference"}


def test_defaults_of_admission_are_whole_and_none_is_less_on_a_larger_device():
    for row in SERVING_ENGINES:
        assert row.admits is None or row.admits >= 1.0
        assert row.admits_on_large is None or (row.admits is not None and row.admits_on_large > row.admits)
