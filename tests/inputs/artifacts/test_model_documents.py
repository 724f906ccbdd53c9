"""Model cards and ML-BOMs that hold a template's own words: a hint or a question to the author is no answer."""

from __future__ import annotations

import json

import pytest
from stated_facts import messages, read_text, value

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.read_artifact import read_artifact

HEAD = "---\nlicense: apache-2.0\npipeline_tag: text-generation\n---\n"


@pytest.mark.parametrize(
    "body",
    [
        "<!-- This section is meant to convey technical and sociotechnical limitations. -->\n\n[More Information Needed]\n",
        "<!-- Write here\nwhat the model\ncannot do. -->\n",
        "[More Information Needed]. TODO.\n",
    ],
)
def test_the_hints_of_a_template_are_no_limits(body: str) -> None:
    """The card that transformers writes for a new model has all its headings and says nothing below them."""
    card = (
        f"{HEAD}## Bias, Risks, and Limitations\n\n{body}\n## Uses\n\nFor summaries of meetings in English.\n"
    )
    result = read_text(card, "README.md")
    assert value(result, "purpose.limits_known") is None
    assert messages(result, "warning") == []


def test_a_hint_beside_an_answer_leaves_the_answer_and_its_line() -> None:
    card = f"{HEAD}<!-- two\nlines -->\n## Limitations\n<!-- hint -->\nIt cannot add numbers of more than four digits.\n"
    result = read_text(card, "README.md")
    (claim,) = (claim for claim in result.claims if claim.fact == "purpose.limits_known")
    assert claim.place.line == 7


@pytest.mark.parametrize(
    "label", ["**Ethical Considerations and Limitations:**", "**Limitations**:", "**Limitations:** Here:"]
)
def test_a_label_in_bold_is_a_heading_too(label: str) -> None:
    """The cards of IBM Granite 3.1 are written so."""
    card = f"{HEAD}{label} \nIt was trained mostly on English and may be wrong elsewhere.\n"
    assert value(read_text(card, "README.md"), "purpose.limits_known") is True
    assert (
        value(
            read_text(f"{HEAD}The **limitations** of this are many, as we found.\n", "README.md"),
            "purpose.limits_known",
        )
        is None
    )


def bom(**card: object) -> dict[str, object]:
    model = {"type": "machine-learning-model", "name": "m", "modelCard": card}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [model]}


def card(value_of_metric: object, limit: str) -> dict[str, object]:
    return bom(
        modelParameters={"task": "text-generation"},
        quantitativeAnalysis={"performanceMetrics": [{"type": "F1", "value": value_of_metric}]},
        considerations={
            "technicalLimitations": [limit],
            "performanceTradeoffs": ["Slower than the small one"],
            "fairnessAssessments": [{"groupAtRisk": "Speakers of other languages"}],
            "users": ["Who are the intended users of the model?", "Clerks"],
        },
    )


def test_the_questions_of_the_specification_are_no_answers() -> None:
    """CycloneDX's example reads `Who are the intended users of the model?` and `The value of the performance metric`."""
    result = read_artifact(
        json.dumps(card("The value of the performance metric", "What are the limits?")).encode(), "a.cdx.json"
    )
    assert value(result, "evaluation.documentation_complete") is False
    assert value(result, "purpose.limits_known") is None
    assert value(result, "model.metrics") is None
    assert [claim.value for claim in result.derived if claim.fact == "purpose.users"] == ["Clerks"]
    whole = read_artifact(json.dumps(card("0.91", "Numbers")).encode(), "a.cdx.json")
    assert value(whole, "evaluation.documentation_complete") is True
    assert value(whole, "model.metrics") == ("F1 = 0.91",)


def test_several_licences_hold_together() -> None:
    data = bom()
    (model,) = data["components"]  # type: ignore[misc]
    model["licenses"] = [{"license": {"id": "Apache-2.0"}}, {"license": {"name": "Use policy"}}]
    assert (
        value(read_artifact(json.dumps(data).encode(), "a.cdx.json"), "model.license")
        == "Apache-2.0 AND Use policy"
    )


def test_the_card_of_a_data_set_says_nothing_of_a_model() -> None:
    """Cards of data sets have a licence, too."""
    card = "---\ndataset_info:\n  splits: [{name: train, num_examples: 10}]\nlicense: mit\ntask_categories: [question-answering]\n---\n# Questions\n"
    with pytest.raises(InvalidInputError):
        read_artifact(card.encode(), "README.md")
