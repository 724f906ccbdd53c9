"""The keys that the Open Data Contract Standard 3.1 knows, level by level, to warn about others without refusing.

Checked in the tests against the standard's own JSON Schema (v3.1.0), which is not needed at run time.
"""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node

REQUIRED = ("version", "apiVersion", "kind", "id", "status")

_ELEMENT = "id name physicalType description businessName authoritativeDefinitions tags customProperties"
_COMMON = "id customProperties authoritativeDefinitions tags description"
KEYS: dict[str, frozenset[str]] = {
    "contract": frozenset(
        [
            "version",
            "kind",
            "apiVersion",
            "id",
            "name",
            "tenant",
            "tags",
            "status",
            "servers",
            "dataProduct",
            "description",
            "domain",
            "schema",
            "support",
            "price",
            "team",
            "roles",
            "slaDefaultElement",
            "slaProperties",
            "authoritativeDefinitions",
            "customProperties",
            "contractCreatedTs",
        ]
    ),
    "schema": frozenset(
        f"{_ELEMENT} logicalType physicalName dataGranularityDescription properties relationships quality".split()
    ),
    "property": frozenset(
        f"{_ELEMENT} primaryKey primaryKeyPosition logicalType logicalTypeOptions physicalName required unique "
        "partitioned partitionKeyPosition classification encryptedName transformSourceObjects transformLogic "
        "transformDescription examples criticalDataElement relationships quality properties items".split()
    ),
    "sla": frozenset(
        [
            "id",
            "property",
            "value",
            "valueExt",
            "unit",
            "element",
            "driver",
            "description",
            "scheduler",
            "schedule",
        ]
    ),
    "team": frozenset(f"{_COMMON} name members".split()),
    "member": frozenset(f"{_COMMON} username name role dateIn dateOut replacedByUsername".split()),
    "role": frozenset(
        [
            "id",
            "role",
            "description",
            "access",
            "firstLevelApprovers",
            "secondLevelApprovers",
            "customProperties",
        ]
    ),
    "price": frozenset(["id", "priceAmount", "priceCurrency", "priceUnit"]),
    "support": frozenset(
        ["id", "channel", "url", "description", "tool", "scope", "invitationUrl", "customProperties"]
    ),
}
MAX_PROPERTIES = 5000


def warn_unknown_keys(contract: Node) -> None:
    """Warn once per level and key about keys that version 3.1 does not know, and about missing ones."""
    missing = [key for key in REQUIRED if contract.at(key).value is None]
    if missing:
        contract.warn(f"not valid ODCS 3.1: {', '.join(missing)} missing; imported anyway")
    seen: set[tuple[str, str]] = set()
    levels = [("contract", contract)]
    levels += [("sla", node) for node in contract.at("slaProperties").elements()]
    levels += [("role", node) for node in contract.at("roles").elements()]
    levels += [("support", node) for node in contract.at("support").elements()]
    levels += [("price", contract.at("price")), *_team_levels(contract.at("team"))]
    for table in contract.at("schema").elements():
        levels += [("schema", table), *(("property", node) for node in properties_of(table))]
    for level, node in levels:
        for key, value in node.entries():
            if key not in KEYS[level] and (level, key) not in seen:
                seen.add((level, key))
                value.warn(f"not valid by ODCS 3.1: a {level} has no key {key!r}; read without it")


def _team_levels(team: Node) -> list[tuple[str, Node]]:
    levels: list[tuple[str, Node]] = [("team", team)] if team.entries() else []
    members = team.at("members").elements() or team.elements()
    return [*levels, *(("member", member) for member in members)]


def properties_of(table: Node) -> list[Node]:
    """Return the properties of a schema object, nested ones and list items included."""
    found: list[Node] = []
    stack = table.at("properties").members()[::-1]
    while stack and len(found) < MAX_PROPERTIES:
        node = stack.pop()
        found.append(node)
        stack += node.at("properties").members()[::-1]
        items = node.at("items")
        if items.entries():
            stack.append(items)
    return found
