"""CycloneDX ML-BOM -> the model's identity, digest and licence, and what its card documents or leaves out."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.sensitivity import claim_classification
from poc_gate.text.filler import says_something
from poc_gate.text.placeholders import is_placeholder

_MODEL = "machine-learning-model"
MAX_COMPONENTS = 20_000


_SHORTEST = 2
"""Letters and digits of the shortest entry that says something, such as the name of a metric."""


def _sniff(document: Document) -> bool:
    return any(mapping.get("bomFormat") == "CycloneDX" for mapping in document.mappings[:1])


def _read(reading: Reading) -> None:
    bom = reading.root()
    bom.at("bomFormat").use()
    stamp = bom.at("metadata", "timestamp").text()
    reading.dated = stamp[:10] if len(stamp) >= 10 else ""
    components = _components(bom)
    if reading.prefix.startswith("sources"):
        _claim_data(reading, [node for node in components if node.at("type").text() == "data"])
        return
    models = [node for node in components if node.at("type").text() == _MODEL]
    model = _pick(reading, bom, models)
    if model is None:
        return
    _claim_identity(model)
    card = model.at("modelCard")
    if not card:
        model.warn(
            "the model has no model card: what it documents is missing, not empty",
            "add `modelCard` to the ML-BOM",
        )
        return
    _claim_documentation(card)
    _claim_metrics(card)


def _components(bom: Node) -> list[Node]:
    """Return every component: the one the BOM is about, the listed ones, and those nested below."""
    found: list[Node] = []
    stack = [*bom.at("components").elements()[::-1], bom.at("metadata", "component")]
    while stack and len(found) < MAX_COMPONENTS:
        node = stack.pop()
        if node.entries():
            found.append(node)
            stack += node.at("components").elements()[::-1]
    return found


def _pick(reading: Reading, bom: Node, models: list[Node]) -> Node | None:
    if reading.option:
        models = [
            node for node in models if reading.option in (node.at("name").text(), node.at("bom-ref").text())
        ]
    top = [node for node in models if node.path == ("metadata", "component")]
    if len(models) == 1 or top:
        return (top or models)[0]
    if not models:
        bom.warn("the BOM names no machine-learning model", "add a component of type machine-learning-model")
    else:
        names = ", ".join(node.at("name").text() for node in models[:8])
        models[0].at("name").ask(
            f"the BOM names {len(models)} models: {names}", "name one by the import option"
        )
    return None


def _claim_identity(model: Node) -> None:
    model.at("type").use()
    model.at("name").claim("model.name", model.at("name").text())
    model.at("version").claim("model.version", model.at("version").text())
    hashes = sorted(model.at("hashes").elements(), key=lambda node: -len(node.at("content").text()))
    for node in hashes[:1]:
        node.at("alg").use()
        node.at("content").claim(
            "model.digest", node.at("content").text().lower(), note=node.at("alg").text()
        )
    licences = [
        entry.at("license").first("id", "name") if entry.at("license") else entry.at("expression")
        for entry in model.at("licenses").elements()
    ]
    named = [node.use() for node in licences if node.text()]
    if named:
        named[0].claim("model.license", " AND ".join(dict.fromkeys(node.text() for node in named)))
    task = model.at("modelCard", "modelParameters", "task")
    if task.text() in ("text-generation", "text2text-generation", "conversational", "question-answering"):
        task.claim("model.kind", "llm", note=f"task {task.text()}")


def _claim_documentation(card: Node) -> None:
    """State that documentation is complete only when each of the five parts says something."""
    considerations = card.at("considerations")
    parts = {
        "task": card.at("modelParameters", "task"),
        "limits": considerations.at("technicalLimitations"),
        "metrics": card.at("quantitativeAnalysis", "performanceMetrics"),
        "tradeoffs": considerations.at("performanceTradeoffs"),
        "fairness": considerations.at("fairnessAssessments"),
    }
    parts = {name: node if _answers(node) else node.at("-") for name, node in parts.items()}
    if not any(_is_result(metric) for metric in parts["metrics"].elements()):
        parts["metrics"] = card.at("-")
    missing = [name for name, node in parts.items() if not node]
    for node in parts.values():
        if node:
            node.use()
    note = (
        f"missing: {', '.join(missing)}"
        if missing
        else "task, limits, metrics, tradeoffs and fairness are there"
    )
    card.reading.state("evaluation.documentation_complete", not missing, card.place(), note=note)
    if parts["limits"]:
        parts["limits"].claim(
            "purpose.limits_known", value=True, note="technical limitations of the model card"
        )
    if parts["fairness"]:
        parts["fairness"].claim(
            "evaluation.bias_assessed", value=True, note="fairness assessments of the model card"
        )
    for key, fact in (("users", "purpose.users"), ("useCases", "purpose.intended_use")):
        node = considerations.at(key)
        texts = [text for text in node.texts() if not is_placeholder(text)]
        if texts:
            node.use().derive(fact, "; ".join(texts), note="of the model, not of the pilot: a start to edit")


def _answers(node: Node) -> bool:
    """Say whether a part of the card holds a text or number that is not a question of its template."""
    stack, left = [node], 2000
    while stack and left:
        one, left = stack.pop(), left - 1
        if one.text() and not is_placeholder(one.text()) and says_something(one.text(), shortest=_SHORTEST):
            return True
        stack += one.members()
    return False


def _is_result(metric: Node) -> bool:
    return any(character.isdigit() for character in metric.at("value").text())


def _claim_metrics(card: Node) -> None:
    listed = card.at("quantitativeAnalysis", "performanceMetrics")
    shown: list[str] = []
    for metric in listed.elements():
        if not _is_result(metric):
            continue
        where = f" [{metric.at('slice').text()}]" if metric.at("slice").text() else ""
        shown.append(f"{metric.at('type').text()}{where} = {metric.at('value').text()}")
    listed.claim("model.metrics", tuple(shown), note="as the model's supplier states them")


def _claim_data(reading: Reading, data: list[Node]) -> None:
    """State owner and sensitivity of a data component, for a source."""
    described = [part for node in data for part in node.at("data").elements()] or data
    for part in described:
        for role in ("owners", "stewards", "custodians"):
            for entry in part.at("governance", role).elements():
                name = (
                    entry.at("organization", "name")
                    if entry.at("organization")
                    else entry.at("contact", "name")
                )
                name.claim(f"{reading.prefix}.owner", name.text(), note=f"named under {role}")
                break
        if part.at("sensitiveData"):
            part.at("sensitiveData").claim(
                f"{reading.prefix}.personal_data", value=True, note="sensitive data is listed"
            )
    claim_classification(described, reading.prefix)


IMPORTER = Importer(
    name="cyclonedx",
    summary="CycloneDX ML-BOM: model name, version, digest, licence, completeness of the model card",
    read=_read,
    sniff=_sniff,
    patterns=("*.cdx*.json", "*bom*.json", "*cyclonedx*.json"),
    prefix="model",
    group="ml-bom",
    options=("name or bom-ref of the model to use",),
)
