"""A model card (Markdown with YAML front matter) -> licence, kind, results, and which limits are written down."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.model.claim import Place
from poc_gate.text.filler import says_something
from poc_gate.text.lazy_pattern import lazily

_KEYS = {
    "license",
    "base_model",
    "pipeline_tag",
    "model-index",
    "library_name",
    "datasets",
    "license_name",
    "model_name",
}
_KINDS = {
    "text-generation": "llm", "text2text-generation": "llm", "conversational": "llm", "image-text-to-text": "llm",
    "feature-extraction": "embedding", "sentence-similarity": "embedding", "image-classification": "vision",
    "object-detection": "vision", "image-segmentation": "vision", "tabular-classification": "tabular",
    "tabular-regression": "tabular",
}  # fmt: skip
_HEADING = lazily(r"(#{1,6})\s+(.+?)\s*#*\s*$")
_BOLD = lazily(r"\*\*([^*]{3,80}?):?\*\*:?\s*(.*)$")
"""A paragraph that begins with a label in bold, which many cards write in place of a heading."""
_COMMENT = lazily(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""The hints that templates of model cards hold for their author."""


def _sniff(document: Document) -> bool:
    """Take a card of a model: front matter with an `sdk` is that of a Space, one that tells of tasks and sizes that of data."""
    tops = document.mappings[:1]
    return document.form == "markdown" and any(
        _KEYS & top.keys() and not _OTHERS & top.keys() for top in tops
    )


_OTHERS = frozenset(
    {"sdk", "dataset_info", "task_categories", "task_ids", "size_categories", "annotations_creators"}
)
"""Keys that only cards of Spaces and of data sets have. Source: Hugging Face documentation, "Dataset Cards"."""


def _read(reading: Reading) -> None:
    top = reading.root()
    licence = top.at("license")
    name = top.at("license_name") if licence.text() == "other" else licence
    name.claim("model.license", " ".join(name.texts()))
    top.at("model_name").claim("model.name", top.at("model_name").text())
    tag = top.at("pipeline_tag")
    tag.claim("model.kind", _KINDS.get(tag.text(), ""), note=f"pipeline tag {tag.text()}")
    _claim_results(top)
    _claim_sections(reading)


def _claim_results(top: Node) -> None:
    shown: list[str] = []
    for model in top.at("model-index").elements():
        for result in model.at("results").elements():
            for metric in result.at("metrics").elements():
                dataset = result.at("dataset", "name").text()
                shown.append(
                    f"{dataset}: {metric.first('name', 'type').text()} = {metric.at('value').text()}".lstrip(
                        ": "
                    )
                )
    top.at("model-index").claim("model.metrics", tuple(shown), note="as the card states them")


def _claim_sections(reading: Reading) -> None:
    """State what headed sections say; a section without words does not count."""
    for number, heading, body in _sections(reading.document.text):
        place = Place(reading.document.file, number, 1, pointer=heading[:80])
        lowered = heading.lower()
        if re.search(r"limitation|out[- ]of[- ]scope|known issue", lowered) and "limit" in lowered:
            reading.state(
                "purpose.limits_known", value=True, place=place, note=f"section {heading!r} of the model card"
            )
        if re.search(r"\bbias|fairness", lowered):
            note = f"section {heading!r}: bias is described; the card does not say whether it was measured"
            reading.note("warning", note, place)
        if re.search(r"intended use|direct use|intended purpose", lowered):
            reading.state(
                "purpose.intended_use", body, place, note="of the model: a start to edit", derived=True
            )
        if re.search(r"out[- ]of[- ]scope", lowered):
            reading.state(
                "purpose.out_of_scope", (body,), place, note="of the model: a start to edit", derived=True
            )


def _sections(text: str) -> list[tuple[int, str, str]]:
    """Return line, heading and body of each section whose body says something; a template's hints say nothing."""
    found: list[tuple[int, str, list[str]]] = []
    fenced = False
    visible = _COMMENT.sub(lambda hint: "\n" * hint[0].count("\n"), text)
    for number, line in enumerate(visible.splitlines()[:20_000], start=1):
        fenced ^= line.lstrip().startswith("```")
        match = None if fenced else _HEADING.match(line)
        bold = None if fenced or match else _BOLD.match(line)
        if match:
            found.append((number, match[2].strip("*_ "), []))
        elif bold:
            found.append((number, bold[1].strip("*_ "), [bold[2]]))
        elif found:
            found[-1][2].append(line)
    said = ((number, heading, " ".join(" ".join(lines).split())) for number, heading, lines in found)
    return [
        (number, heading, body) for number, heading, body in said
        if says_something(body)
    ]  # fmt: skip


IMPORTER = Importer(
    name="model-card",
    summary="Model card with YAML front matter: licence, kind, results, limits that are written down",
    read=_read,
    sniff=_sniff,
    patterns=("README.md", "*model*card*.md", "MODEL_CARD.md"),
    prefix="model",
    group="model-card",
)
