"""Ordinary files in forms that are less ordinary: JSON-LD lists and graphs, filler text, skops models."""

from __future__ import annotations

import json

import pytest
from stated_facts import claim, messages, read_text, value

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.text.filler import denies, says_something

CONTEXT = {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"}
FILE = {"@type": "cr:FileObject", "@id": "a", "contentUrl": "https://e.example/a.csv", "contentSize": "1500000 B", "encodingFormat": "text/csv"}  # fmt: skip
DATASET = {
    "@type": "sc:Dataset", "@id": "d", "conformsTo": "http://mlcommons.org/croissant/1.0", "name": "x",
    "license": {"@type": "sc:CreativeWork", "name": "CC BY-SA 4.0"}, "distribution": [FILE],
}  # fmt: skip
FULL = {
    "@type": ["https://schema.org/Dataset"], "http://purl.org/dc/terms/conformsTo": [{"@id": "http://mlcommons.org/croissant/1.0"}],
    "https://schema.org/name": [{"@value": "x"}], "https://schema.org/license": [{"@value": "CC BY-SA 4.0"}],
    "https://schema.org/distribution": [{
        "@type": ["http://mlcommons.org/croissant/FileObject"], "https://schema.org/contentUrl": [{"@value": "https://e.example/a.csv"}],
        "https://schema.org/contentSize": [{"@value": "1500000 B"}], "https://schema.org/encodingFormat": [{"@value": "text/csv"}],
    }],
}  # fmt: skip
FORMS = {
    "plain": {"@context": CONTEXT, **DATASET},
    "list": [{"@context": CONTEXT, **DATASET}],
    "graph": {"@context": CONTEXT, "@graph": [DATASET]},
    "graph in a list": [{"@context": CONTEXT, "@graph": [DATASET]}],
    "nodes that refer to each other": {"@context": CONTEXT, "@graph": [
        {**DATASET, "distribution": [{"@id": "a"}], "license": {"@id": "l"}}, FILE, {"@id": "l", "@type": "CreativeWork", "name": "CC BY-SA 4.0"}]},
    "names in full": [FULL],
}  # fmt: skip


def read(data: object, file: str = "metadata.json") -> ImportResult:
    """Return what a JSON file says."""
    return read_artifact(json.dumps(data).encode(), file)


@pytest.mark.parametrize("form", FORMS)
def test_a_dataset_is_read_in_every_form_of_json_ld(form: str) -> None:
    result = read(FORMS[form])
    assert result.kind == "croissant"
    facts = ("contract_standard", "rights", "volume", "interface", "system")
    assert [value(result, fact) for fact in facts] == [
        "Croissant 1.0",
        "CC BY-SA 4.0",
        1_500_000,
        "http",
        "text/csv",
    ]
    assert messages(result, "warning") == []


def test_several_datasets_in_one_file_are_a_question() -> None:
    result = read({"@context": CONTEXT, "@graph": [DATASET, {**DATASET, "@id": "e", "name": "y"}]})
    assert messages(result, "question") == ["the file describes 2 datasets: x, y"]
    assert [claim for claim in result.claims if "rights" in claim.fact] == []


@pytest.mark.parametrize(
    ("text", "stated", "asked"),
    [
        ("None. The records hold no personal or sensitive information.", None, True),
        ("The dataset does not contain personal data", None, True),
        ("There are no names in it", None, True),
        ("N/A", None, False),
        ("TBD", None, False),
        ("Names and postal codes of customers", True, False),
        (["Gender", "Age"], True, False),
    ],
)
def test_a_denial_of_personal_data_is_no_yes(text: object, stated: bool | None, asked: bool) -> None:
    result = read({"@context": CONTEXT, **DATASET, "rai:personalSensitiveInformation": text})
    assert value(result, "personal_data") is stated
    assert bool(messages(result, "question")) is asked


FILLER = (
    "TBD", "[More Information Needed]", "To be added.", "Coming soon!", "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
    "See the paper for details.", "N/A", "None known.", "No known limitations", "Describe the limitations of the model here",
    ("Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model. More information "
    "needed for further recommendations."), "<!-- what does it not do? -->", "https://example.com/limits", "---", "What are its limits?",
)  # fmt: skip
STATED = (
    "It does not know products that were launched after the summer.", "English only; accuracy drops below 60 % on scans.",
    "Not for minors under 16 years of age, nor for medical advice.",
)  # fmt: skip


@pytest.mark.parametrize("text", FILLER)
def test_filler_is_no_limitation_stated(text: str) -> None:
    assert not says_something(text)
    card = f"---\nlicense: mit\n---\n# m\n\n## Limitations\n\n{text}\n"
    assert value(read_artifact(card.encode(), "README.md"), "purpose.limits_known") is None
    limits = read({"@context": CONTEXT, **DATASET, "rai:dataLimitations": text})
    assert not any("name limitations" in words for words in messages(limits, "warning"))


@pytest.mark.parametrize("text", STATED)
def test_what_is_said_counts(text: str) -> None:
    card = f"---\nlicense: mit\n---\n# m\n\n## Limitations\n\n{text}\n"
    assert value(read_artifact(card.encode(), "README.md"), "purpose.limits_known") is True
    limits = read({"@context": CONTEXT, **DATASET, "rai:dataLimitations": text})
    assert any("name limitations" in words for words in messages(limits, "warning"))


@pytest.mark.parametrize(
    "key", ["sdk: gradio", "task_categories:\n- question-answering", "size_categories:\n- n<1K"]
)
def test_cards_of_spaces_and_of_data_are_none_of_a_model(key: str) -> None:
    card = f"---\nlicense: mit\n{key}\n---\n# m\n"
    with pytest.raises(InvalidInputError, match="not recognised"):
        read_artifact(card.encode(), "README.md")


def test_a_text_that_names_people_after_a_no_denies_nothing() -> None:
    assert denies("No personal data")
    assert not denies("No names, but postal codes and gender are included")
    assert not denies("Notes of physicians")


def mlmodel(flavor: str, more: str = "") -> ImportResult:
    """Return what an MLmodel file with one sklearn flavour says."""
    text = f"flavors:\n  python_function: {{loader_module: mlflow.sklearn{more}}}\n  sklearn: {{{flavor}}}\nmlflow_version: 3.9.0\n"
    return read_artifact(text.encode(), "MLmodel")


@pytest.mark.parametrize(
    ("flavor", "more", "safe", "asked"),
    [
        ("pickled_model: model.skops, serialization_format: skops, code: null", "", True, False),
        ("pickled_model: model.skops", "", True, False),
        (
            "pickled_model: model.skops, serialization_format: skops, skops_trusted_types: [a.B]",
            "",
            None,
            True,
        ),
        ("pickled_model: model.skops, serialization_format: skops", ", code: code", None, True),
        ("pickled_model: model.pkl, serialization_format: cloudpickle", "", False, False),
        ("pickled_model: model.pkl", "", False, False),
    ],
)
def test_the_format_decides_and_not_the_name_of_the_key(
    flavor: str, more: str, safe: bool | None, asked: bool
) -> None:
    result = mlmodel(flavor, more)
    assert value(result, "model.safe_format") is safe
    assert bool(messages(result, "question")) is asked


def test_a_deployment_with_anchors_and_a_repeated_key_is_read_as_kubectl_reads_it() -> None:
    result = read_text(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: llm, labels: &labels {app: llm}}
        spec:
          replicas: 1
          replicas: 3
          selector: {matchLabels: *labels}
          template:
            metadata: {labels: *labels}
            spec:
              containers:
                - name: a
                  image: "vllm/vllm-openai:v0.6.3"
                  args: ["--model", "example/model-8b"]
                  resources:
                    limits: &limits {memory: 10Gi, nvidia.com/gpu: "2"}
                    requests: {<<: *limits, cpu: "4"}
        """,
        "deploy.yaml",
    )
    assert value(result, "target.replicas") == 3
    assert value(result, "target.count") == 2
    assert value(result, "target.memory_limit") == 10 * 2**30
    assert messages(result, "warning")[0].startswith("the key 'replicas' is given twice; the last one counts")
    twice = next(notice for notice in result.notices if "given twice" in notice.message)
    replicas = claim(result, "target.replicas")
    assert replicas is not None
    assert (twice.place.file, twice.place.line) == ("deploy.yaml", replicas.place.line)


def test_a_reference_of_a_tag_is_no_value() -> None:
    result = read_text(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: llm}
        spec:
          replicas: !Ref Count
          template: {spec: {containers: [{name: a, image: "vllm/vllm-openai:v1", args: ["--model", "example/a"]}]}}
        """,
        "deploy.yaml",
    )
    assert value(result, "model.name") == "example/a"
    assert claim(result, "target.replicas") is None
