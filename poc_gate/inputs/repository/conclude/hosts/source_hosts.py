"""Sources of the pilot -> the hosts on which they answer, where one company alone runs such a system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.reading import FoundSource
from poc_gate.inputs.repository.tables.egress import HOST_OF_SYSTEM, PROVIDER_HOSTS, STORES_OF_AZURE

_DEPLOYS = frozenset({"bicep", "terraform", "platform", "cloud-project", "deploy-command"})
"""Readers of files that make a resource in the cloud; a container next to the service stands in for it on a developer's machine."""


_OF_AZURE = frozenset({"bicep", "terraform", "cloud-project"})
"""Readers of files that make a server of SQL on Azure alone; elsewhere it is called by another name."""
_CALLS = frozenset({"python", "tree", "notebook", "store-mark"})
"""Readers of code, which makes the client that asks."""


def hosts_of_sources(
    ground: Ground, sources: Sequence[FoundSource]
) -> Iterator[tuple[str, str, FoundSource]]:
    """Yield each host, why it is asked, and the source that is reached there."""
    for source in sources:
        row = HOST_OF_SYSTEM.get(source.system, "") if source.callers else ""
        if source.reader in _CALLS | _DEPLOYS:
            row = row or STORES_OF_AZURE.get(source.system, "")
        if source.system == "mongodb" and source.callers and _is_of_cosmos(ground):
            row = "cosmosdb-as-mongodb"
        elif source.system == "sqlserver" and source.callers and _is_of_azure(ground):
            row = "azure-sql"
        if row:
            yield PROVIDER_HOSTS[row], f"{source.system} is reached there", source


def _is_of_azure(ground: Ground) -> bool:
    """Say whether infrastructure makes a server of Azure SQL: that is what the client reaches."""
    return any(
        one.how == "deployed" and one.reader in _OF_AZURE and one.system == "sqlserver" and ground.counts(one.standing)
        for one in ground.signals.systems
    )  # fmt: skip


def _is_of_cosmos(ground: Ground) -> bool:
    """Say whether infrastructure makes a Cosmos DB that speaks as MongoDB: that is what the client reaches."""
    return any(
        one.how == "deployed"
        and one.reader in _DEPLOYS
        and (
            one.system == "cosmosdb"
            or (one.system == "mongodb" and (one.reader == "bicep" or "cosmos" in one.note.lower()))
        )
        and ground.counts(one.standing)
        for one in ground.signals.systems
    )
