"""Sloth's own SLO files and its Kubernetes kind -> objectives of one service."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.objectives.slo_objectives import (
    Objective,
    Objectives,
    claim_objectives,
    resolve_time,
)
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.text.quantities.durations import read_share

_DEFAULT_PERIOD_S = 30 * 86400.0
"""Sloth's default SLO period, 30 days; the file itself cannot state another."""


def _sniff(document: Document) -> bool:
    return any(
        str(mapping.get("apiVersion", "")).startswith("sloth.slok.dev/")
        or (str(mapping.get("version", "")).startswith("prometheus/v") and "slos" in mapping)
        for mapping in document.mappings[:20]
    )


def _read(reading: Reading) -> None:
    objectives = Objectives()
    alerting: list[bool] = []
    for node in reading.roots():
        spec = node.at("spec") if node.at("spec", "slos") else node
        service = spec.at("service")
        service.use()
        slos = spec.at("slos").elements()
        alerting += [_collect(slo, service.text(), objectives) for slo in slos]
        if slos:
            note = "Sloth's default period; the file cannot state another"
            objectives.windows.append((service.text(), spec.at("slos"), _DEFAULT_PERIOD_S, note))
    claim_objectives(reading, objectives)
    if alerting and all(alerting):
        reading.root().claim(
            "monitoring.burn_alerts",
            value=True,
            note="Sloth generates page and ticket burn alerts over several windows",
        )


def _collect(slo: Node, service: str, objectives: Objectives) -> bool:
    """Add one SLO; return whether Sloth generates its alerts."""
    objective = slo.at("objective")
    share = read_share(f"{objective.text()}%") if objective.text() else None
    if share is None:
        slo.ask("the SLO has no readable objective", "write `objective: 99.9` (a percentage)")
        return False
    events = slo.at("sli", "events") or slo.at("sli", "raw")
    queries = " ".join(
        node.text() for key, node in events.entries() if key.lower().replace("_", "").endswith("query")
    )
    one = Objective(
        service, f"{slo.at('name').text()} {slo.at('description').text()}", objective, share, queries
    )
    resolve_time(one)
    for _, node in events.entries():
        node.use()
    slo.at("name").use()
    objectives.found.append(one)
    alerts = slo.at("alerting")
    disabled = [
        alerts.first(*keys).at("disable").flag()
        for keys in (("page_alert", "pageAlert"), ("ticket_alert", "ticketAlert"))
    ]
    return bool(alerts) and not any(disabled)


IMPORTER = Importer(
    name="sloth",
    summary="Sloth SLO files (prometheus/v1 and PrometheusServiceLevel): availability, latency quantiles, alerts",
    read=_read,
    sniff=_sniff,
    patterns=("*sloth*.yaml", "*sloth*.yml", "*slo*.yaml", "*slo*.yml"),
    prefix="slo",
    group="slo",
    options=("the service whose objectives are meant",),
)
