"""The older Data Contract Specification -> facts of one source."""

from __future__ import annotations

from poc_gate.inputs.artifacts.contracts.contract_terms import Term, claim_terms
from poc_gate.inputs.artifacts.contracts.quality_coverage import claim_quality
from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.sensitivity import claim_classification, claim_personal
from poc_gate.inputs.artifacts.source_items import claim_server, pick_server, read_options, source_prefix

_LEVELS = (
    ("availability", ("percentage",), "availability"),
    ("latency", ("threshold",), "latency"),
    ("freshness", ("threshold",), "freshness"),
    ("frequency", ("interval", "cron"), "frequency"),
    ("retention", ("period",), "retention"),
    ("support", ("responseTime",), "support"),
    ("backup", ("recoveryTime",), "backup"),
)
"""Service level, the keys that carry its value, and the term it is read as."""


def _sniff(document: Document) -> bool:
    return any("dataContractSpecification" in mapping for mapping in document.mappings[:3])


def _read(reading: Reading) -> None:
    contract, prefix, options = reading.root(), source_prefix(reading), read_options(reading.option)
    info = contract.at("info")
    info.at("version").claim(f"{prefix}.contract_version", info.at("version").text())
    standard = contract.at("dataContractSpecification")
    standard.claim(f"{prefix}.contract_standard", f"Data Contract Specification {standard.text()}")
    info.at("status").claim(f"{prefix}.contract_status", info.at("status").text().lower())
    owner = info.at("owner") or info.at("contact").at("name")
    owner.claim(f"{prefix}.owner", owner.text())
    _claim_servers(contract, prefix, options.get("server", ""))
    claim_terms(_terms(contract), prefix, latency=options.get("latency", ""))
    models = [node for _, node in contract.at("models").entries()]
    fields = [field for model in models for field in _fields(model)]
    claim_classification(fields, prefix)
    claim_personal([*fields, *models], prefix, fields)
    claim_quality(
        [rule for node in [*models, *fields] for rule in node.at("quality").elements()], fields, prefix
    )
    _warn_terms(contract)


def _fields(model: Node) -> list[Node]:
    found: list[Node] = []
    stack = [node for _, node in model.at("fields").entries()]
    while stack and len(found) < 5000:
        node = stack.pop()
        found.append(node)
        stack += [child for _, child in node.at("fields").entries()]
    return found


def _claim_servers(contract: Node, prefix: str, wanted: str) -> None:
    named = contract.at("servers").entries()
    if wanted and wanted in dict(named):
        claim_server(dict(named)[wanted], prefix)
        return
    production = [node for name, node in named if name.lower() in ("prod", "production")]
    candidates = production if len(production) == 1 else [node for _, node in named]
    picked = pick_server([node for node in candidates if node.entries()], wanted, prefix)
    if picked is not None:
        claim_server(picked, prefix)


def _terms(contract: Node) -> list[Term]:
    terms: list[Term] = []
    for level, keys, name in _LEVELS:
        entry = contract.at("servicelevels").at(level)
        value = entry.first(*keys)
        if value and name not in ("support", "backup"):
            fields = ("description", "sourceTimestampField", "processedTimestampField")
            words = " ".join(entry.at(key).text() for key in fields)
            terms.append(Term(name, level, value, "", entry, f"{level} {words}"))
    kind = contract.at("servicelevels").at("frequency").at("type").text().lower()
    if kind and not any(term.name == "frequency" for term in terms):
        node = contract.at("servicelevels").at("frequency").at("type")
        terms.append(Term("frequency", "frequency", node, "", node))
    notice = contract.at("terms").at("noticePeriod")
    if notice:
        terms.append(Term("notice", "noticePeriod", notice, "", notice))
    return terms


def _warn_terms(contract: Node) -> None:
    limits = contract.at("terms").at("limitations")
    if limits.text():
        limits.use().warn(
            "the contract limits how the data may be used", "read its terms before `rights_allow_ai: true`"
        )


IMPORTER = Importer(
    name="datacontract",
    summary="Data Contract Specification: system, owner, service levels, classification",
    read=_read,
    sniff=_sniff,
    patterns=(
        "datacontract.yaml",
        "datacontract.yml",
        "*.datacontract.yaml",
        "*contract*.yaml",
        "*contract*.yml",
    ),
    prefix="sources[]",
    group="contract",
    options=("the name of the server to use", "latency=delay or latency=response"),
)
