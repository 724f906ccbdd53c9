"""Open Data Contract Standard 2.2 to 3.1 -> facts of one source: owner, system, promises, classification, quality."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.contracts.contract_terms import claim_terms, term_of
from poc_gate.inputs.artifacts.contracts.odcs_keys import properties_of, warn_unknown_keys
from poc_gate.inputs.artifacts.contracts.quality_coverage import claim_quality
from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.sensitivity import claim_classification, claim_personal
from poc_gate.inputs.artifacts.source_items import claim_server, pick_server, read_options, source_prefix
from poc_gate.text.lazy_pattern import lazily

_VERSION_3 = lazily(r"v?3(\.\d+){0,2}")
_DEAD = ("retired", "deprecated")


def _sniff(document: Document) -> bool:
    return any(
        mapping.get("kind") == "DataContract"
        or ("slaProperties" in mapping and ("schema" in mapping or "dataset" in mapping))
        or ("dataset" in mapping and "quantumName" in mapping)
        or (".odcs." in document.name.lower() and bool({"schema", "servers", "apiVersion"} & mapping.keys()))
        for mapping in document.mappings[:3]
    )


def _read(reading: Reading) -> None:
    contracts = [node for node in reading.roots() if node.entries()]
    if not contracts:
        reading.note("warning", "the file contains no contract")
        return
    if len(contracts) > 1:
        contracts[1].warn("the file contains several contracts; the first one was read")
    contract, prefix, options = contracts[0], source_prefix(reading), read_options(reading.option)
    _claim_identity(contract, prefix)
    if _VERSION_3.fullmatch(contract.at("apiVersion").text()):
        warn_unknown_keys(contract)
    claim_owner(contract, prefix)
    _claim_servers(contract, prefix, options.get("server", ""))
    terms = [term_of(entry) for entry in contract.at("slaProperties").elements()]
    claim_terms(terms, prefix, latency=options.get("latency", ""))
    tables = contract.at("schema").members() or contract.at("dataset").elements()
    columns = [column for table in tables for column in _columns(table)]
    claim_classification(columns, prefix)
    claim_personal([*columns, *tables, contract], prefix, columns)
    rules = [rule for node in [contract, *tables, *columns] for rule in node.at("quality").elements()]
    claim_quality(rules, columns, prefix)
    _claim_origin(contract, columns, prefix)
    _claim_roles(contract, prefix)


def _columns(table: Node) -> list[Node]:
    return properties_of(table) or table.at("columns").elements()


def _claim_identity(contract: Node, prefix: str) -> None:
    version = contract.at("version")
    version.claim(f"{prefix}.contract_version", version.text())
    identifier = contract.first("id", "uuid")
    identifier.claim(f"{prefix}.contract_id", identifier.text())
    standard = contract.at("apiVersion") or contract.at("kind")
    standard.claim(
        f"{prefix}.contract_standard", f"ODCS {contract.at('apiVersion').text() or 'of unknown version'}"
    )
    contract.at("kind").use()
    status = contract.at("status")
    status.claim(f"{prefix}.contract_status", status.text().lower())
    if status.text().lower() in _DEAD:
        status.warn(f"the contract is {status.text().lower()}", "name the contract that is in force")
    if not version:
        contract.warn("the contract has no version", "ask its owner to version it")


def claim_owner(contract: Node, prefix: str) -> None:
    """State the team or role that owns the source; a member with a `dateOut` has left."""
    team = contract.at("team") or contract.at("stakeholders")
    members = team.at("members").elements() or team.elements()
    current = [member for member in members if not member.at("dateOut")]
    owners = [
        member
        for member in current
        if re.search(r"(?i)owner|accountable|custodian", member.at("role").text())
    ]
    if team.at("name").text():
        # The team can be asked whoever is in it; the name of a person is of no use to a report.
        team.at("name").claim(f"{prefix}.owner", team.at("name").text(), note="the contract's team")
        for owner in owners[:1]:
            owner.use()
    elif owners:
        name = owners[0].first("username", "name")
        owners[0].use()
        name.claim(
            f"{prefix}.owner", name.text(), note=f"current member with the role {owners[0].at('role').text()}"
        )
    elif contract.first("owner", "productOwner", "dataProductOwner").text():
        node = contract.first("owner", "productOwner", "dataProductOwner")
        node.claim(f"{prefix}.owner", node.text())
    elif current:
        current[0].ask("the contract names people but none of them as owner", f"write `owner` for {prefix}")


def _claim_servers(contract: Node, prefix: str, wanted: str) -> None:
    servers = [node for node in contract.at("servers").elements() if node.entries()]
    if not servers and contract.at("servers").entries():
        servers = [node for _, node in contract.at("servers").entries() if node.entries()]
    picked = pick_server(servers, wanted, prefix)
    if picked is not None:
        claim_server(picked, prefix)
    elif not servers:
        old = contract.first("sourceSystem", "sourcePlatform")
        old.claim(
            f"{prefix}.system", old.text().lower(), note="named as the source system by a version 2 contract"
        )


def _claim_origin(contract: Node, columns: list[Node], prefix: str) -> None:
    purpose = contract.at("description").at("purpose")
    origins = [
        column.at("transformSourceObjects") for column in columns if column.at("transformSourceObjects")
    ]
    if purpose.text() and origins:
        for origin in origins:
            origin.use()
        purpose.claim(
            f"{prefix}.provenance_recorded", value=True, note="purpose and source objects are in the contract"
        )


def _claim_roles(contract: Node, prefix: str) -> None:
    named = [role.at("role") for role in contract.at("roles").elements() if role.at("role").text()]
    for role in named:
        role.use()
    if named:
        named[0].claim(f"{prefix}.access_roles", tuple(role.text() for role in named[:50]))


IMPORTER = Importer(
    name="odcs",
    summary="Open Data Contract Standard 2.2 to 3.1: system, owner, promises, classification, quality checks",
    read=_read,
    sniff=_sniff,
    patterns=("*.odcs.yaml", "*.odcs.yml", "*contract*.yaml", "*contract*.yml", "*.odcs.json"),
    prefix="sources[]",
    group="contract",
    options=("the name of the server to use", "latency=delay or latency=response"),
)
