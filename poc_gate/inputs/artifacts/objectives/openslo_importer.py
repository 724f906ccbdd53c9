"""OpenSLO v1, v1alpha and v2alpha -> objectives of one service; connection details are dropped unread."""

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
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.quantities.durations import read_share, read_strict_duration

_VERSION = lazily(r"openslo(\.com)?/v\d")
_COUNT_UNITS = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 30 * 86400.0,
    "quarter": 90 * 86400.0, "year": 365 * 86400.0,
}  # fmt: skip
_SHORTEST_WINDOW_S = 3600.0
"""No error budget is kept over less than an hour: `1m` is then a month written as a minute."""
_UPPER = ("lte", "lt", "<=", "<", "")


def _sniff(document: Document) -> bool:
    return any(_VERSION.match(str(mapping.get("apiVersion", ""))) for mapping in document.mappings[:50])


def _read(reading: Reading) -> None:
    indicators: dict[str, Node] = {}
    slos: list[Node] = []
    policies: dict[str, Node] = {}
    for node in reading.roots():
        kind = node.at("kind").text()
        name = node.at("metadata", "name").text()
        if kind == "SLO":
            slos.append(node)
        elif kind == "SLI":
            indicators[name] = node
        elif kind == "AlertPolicy":
            policies[name] = node
        elif kind == "DataSource":
            _drop_connection(node)
    if not slos:
        reading.note(
            "warning", "the file contains no object of kind SLO", next_step="name the file that holds the SLO"
        )
        return
    objectives = Objectives()
    for slo in slos:
        _collect(slo, indicators, objectives)
    claim_objectives(reading, objectives)
    _claim_alerts(slos, policies)


def _drop_connection(node: Node) -> None:
    details = node.at("spec", "connectionDetails")
    if not details:
        return
    stack = [details]
    while stack:
        one = stack.pop()
        if one.text():
            node.reading.secrets.add(one.part, one.path, "connectionDetails", one.text())
        stack += one.members()
    details.use()
    node.reading.note(
        "secret",
        "this holds connection details; they were not read",
        details.place(),
        "keep keys in a secret store",
    )


def _collect(slo: Node, indicators: dict[str, Node], objectives: Objectives) -> None:
    spec = slo.at("spec")
    service = spec.at("service").text()
    title = " ".join(
        text.text()
        for text in (slo.at("metadata", "name"), slo.at("metadata", "displayName"), spec.at("description"))
    )
    for path in (("apiVersion",), ("kind",), ("metadata", "name"), ("spec", "service")):
        slo.at(*path).use()
    indicator = _indicator(spec, indicators)
    _collect_window(spec, service, objectives)
    listed = spec.at("objectives").elements()
    if not listed and _share_of(spec) is not None:
        spec.warn("the target is next to the objectives instead of in one of them; it was imported anyway")
        listed = [spec]
    if not listed:
        spec.warn("the SLO has no objectives")
    for entry in listed:
        metric = _metric_of(entry, indicator)
        share = _share_of(entry)
        node = entry.first("target", "targetPercent")
        queries = _queries(metric)
        one = Objective(service, f"{title} {entry.at('displayName').text()}", node or entry, share, queries)
        if entry.at("value").number() is not None and entry.at("op").text().lower() in _UPPER:
            one.threshold = entry.at("value")
            for used in (metric, entry.at("op")):
                used.use()
        elif queries and "ratio" in str(metric.path[-1:]):
            metric.use()
        resolve_time(one)
        objectives.found.append(one)


def _indicator(spec: Node, indicators: dict[str, Node]) -> Node:
    inline = spec.first("indicator", "sli")
    reference = spec.first("indicatorRef", "sliRef").text()
    if inline:
        return inline.at("spec") or inline
    return indicators[reference].at("spec") if reference in indicators else spec.at("indicator")


def _metric_of(entry: Node, indicator: Node) -> Node:
    """Return the metric: inside the objective (v1alpha, v2alpha) or in the indicator (v1)."""
    for owner in (entry, entry.at("indicator", "spec"), entry.at("sli", "spec"), indicator):
        for key in ("ratioMetrics", "ratioMetric", "thresholdMetric"):
            if owner.at(key):
                return owner.at(key)
    return indicator


def _share_of(entry: Node) -> float | None:
    target, percent = entry.at("target"), entry.at("targetPercent")
    if target.text():
        if (target.number() or 0) > 1:
            target.warn(
                "a target above 1 is read as a percentage", "write `targetPercent`, or the target as 0.99"
            )
        return read_share(target.text())
    return read_share(f"{percent.text()}%") if percent.text() else None


def _queries(metric: Node) -> str:
    texts: list[str] = []
    stack = [metric]
    while stack and len(texts) < 200:
        node = stack.pop()
        if isinstance(node.value, str):
            texts.append(node.value)
        stack += node.members()[::-1]
    return " ".join(texts)


def _collect_window(spec: Node, service: str, objectives: Objectives) -> None:
    for window in [
        w for key in ("timeWindow", "timeWindows") for w in spec.at(key).elements() or [spec.at(key)]
    ]:
        duration, count = window.at("duration"), window.at("count").number()
        unit = window.at("unit").text().lower().rstrip("s")
        if duration.text():
            found = read_strict_duration(duration.text())
            if found.seconds is None or found.seconds < _SHORTEST_WINDOW_S:
                duration.ask(
                    f"the window `{duration.text()}` is {found.question or 'shorter than an hour'} by the specification, "
                    "where `m` is minutes and `M` months",
                    "write `1M` for a month or `30d` in the SLO, or `window: 30 d` in the manifest",
                )
                continue
            objectives.windows.append((service, duration, found.seconds, found.note))
        elif count is not None and unit in _COUNT_UNITS:
            window.at("unit").use()
            note = "a month is taken as 30 days" if unit in ("month", "quarter") else ""
            objectives.windows.append((service, window.at("count"), count * _COUNT_UNITS[unit], note))


def _claim_alerts(slos: list[Node], policies: dict[str, Node]) -> None:
    """State burn-rate alerts only when each SLO has at least two windows of them."""
    covered = []
    for slo in slos:
        listed = slo.at("spec", "alertPolicies")
        conditions = [_conditions(entry, policies) for entry in listed.elements()]
        covered.append(sum(conditions) >= 2)
        if not listed:
            slo.at("spec").warn("the SLO has no alert policy", "add burn-rate alerts over two windows")
    if covered and all(covered):
        slos[0].at("spec", "alertPolicies").claim(
            "monitoring.burn_alerts", value=True, note="each SLO has burn-rate conditions over two windows"
        )


def _conditions(entry: Node, policies: dict[str, Node]) -> int:
    name = entry.text() or entry.at("alertPolicyRef").text() or entry.at("targetRef").text()
    policy = policies.get(name, entry)
    found = 0
    for condition in policy.at("spec", "conditions").elements():
        kind = (
            condition.at("spec", "condition", "kind").text()
            or condition.at("spec", "condition", "alertType").text()
        )
        found += kind.lower().replace("_", "") == "burnrate"
    return found


IMPORTER = Importer(
    name="openslo",
    summary="OpenSLO v1, v1alpha, v2alpha: availability, latency quantiles, window, burn alerts",
    read=_read,
    sniff=_sniff,
    patterns=("*openslo*.yaml", "*openslo*.yml", "*slo*.yaml", "*slo*.yml"),
    prefix="slo",
    group="slo",
    options=("the service whose objectives are meant",),
)
