"""Prometheus rule files and PrometheusRule objects -> burn alerts, saturation metrics, quality and drift alerts."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.text.quantities.durations import read_strict_duration

_SATURATION = (
    (
        "queue",
        re.compile(
            r"(?i)num_requests_waiting|queue_(?:size|time|duration|length|depth)|requests_waiting|batch_queue"
        ),
    ),
    (
        "kv",
        re.compile(
            r"(?i)kv_cache_usage|gpu_cache_usage|cache_usage_perc|kvcache|batch_current_max_tokens|token_usage"
        ),
    ),
    ("preemptions", re.compile(r"(?i)preempt|evicted_(?:tokens|blocks|requests)|cache_evict")),
    ("link", re.compile(r"(?i)pcie|nvlink|network_(?:receive|transmit)|node_network|link_")),
    ("storage", re.compile(r"(?i)node_disk|node_filesystem|disk_io|volume_stats|read_bytes")),
)
"""What a metric's name says is saturated; aliases of vLLM, SGLang, text-generation-inference, node exporter."""

_PLATFORM = re.compile(
    r"\b(?:apiserver|kubelet(?!_volume_stats)|kube|workqueue|scheduler|etcd|coredns|prometheus|alertmanager|thanos|loki|grafana)_\w+"
)
"""Metrics of the platform's own parts: the API server's error budget and the alert queue are not the pilot's."""

_RENAMED = {
    "vllm:time_per_output_token_seconds": "vllm:inter_token_latency_seconds",
    "vllm:gpu_cache_usage_perc": "vllm:kv_cache_usage_perc",
    "vllm:cpu_cache_usage_perc": "nothing: it was removed",
}
_WINDOW = re.compile(
    r"\[(\d+(?:ms|[smhdwy]))(?::[^\]]*)?\]|(?:rate|ratio_rate|burnrate|ratio)_?(\d+[smhdw])\b"
)
_BURN = re.compile(r"(?i)burn|error_?budget")
_FACTOR = re.compile(
    r"(?<![\d.])(?:14\.40*|13\.440*|6(?:\.0+)?|3(?:\.0+)?|1(?:\.0+)?)\s*\*\s*\(?\s*(?:\(1\s*-|0?\.\d+|1\s*-)"
)
_QUALITY = re.compile(
    r"(?i)quality|hallucinat|grounded|faithful|thumbs|feedback|accept(?:ance|ed)_?rate|answer_?relevan"
)
_DRIFT = re.compile(r"(?i)drift|psi\b|population_stability")


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:5]:
        if mapping.get("kind") == "PrometheusRule":
            return True
        groups = mapping.get("groups")
        if isinstance(groups, list) and any(
            isinstance(group, dict) and "rules" in group for group in groups[:5]
        ):
            return True
    return False


def _read(reading: Reading) -> None:
    rules: list[Node] = []
    for top in reading.roots():
        spec = top.at("spec") if top.at("spec", "groups") else top
        for group in spec.at("groups").elements():
            rules += group.at("rules").elements()
    alerts = [rule for rule in rules if rule.at("alert").text()]
    for rule in rules:
        rule.at("expr").use()
    for rule in alerts:
        rule.at("alert").use()
    if not alerts:
        reading.note(
            "warning", "the file contains no alert", next_step="name the file with the alerting rules"
        )
    _claim_burn(alerts)
    _claim_saturation(reading, rules)
    _claim_named(alerts)
    _warn_renamed(rules)
    templates = [rule for rule in rules if "{{" in rule.at("expr").text()]
    if templates:
        templates[0].at("expr").ask("an expression is an unrendered template", "render the chart first")


def _claim_burn(alerts: list[Node]) -> None:
    """State burn alerts only for two of them, each over two windows or more, as the SRE workbook has it."""
    found = [rule for rule in alerts if _is_burn(rule) and len(_windows(rule)) >= 2]
    loose = [rule for rule in alerts if _is_burn(rule) and len(_windows(rule)) < 2]
    if len(found) >= 2:
        found[0].at("expr").claim(
            "monitoring.burn_alerts", value=True, note=f"{len(found)} alerts over two windows or more"
        )
    elif found or loose:
        (found or loose)[0].warn(
            "burn alerts are there, but not two of them over two windows each",
            "add the pair of long and short windows",
        )


def _of_pilot(rule: Node) -> str:
    """Return a rule's expression without the metrics of the platform's own parts."""
    return _PLATFORM.sub("", rule.at("expr").text())


def _is_burn(rule: Node) -> bool:
    if _PLATFORM.search(rule.at("expr").text()):
        return False
    text = f"{rule.at('alert').text()} {rule.at('expr').text()}"
    labels = " ".join(key for key, _ in rule.at("labels").entries())
    return bool(_BURN.search(text) or _FACTOR.search(rule.at("expr").text()) or "sloth" in labels)


def _windows(rule: Node) -> set[float]:
    found = (
        read_strict_duration(match[1] or match[2]).seconds
        for match in _WINDOW.finditer(rule.at("expr").text())
    )
    return {seconds for seconds in found if seconds}


def _claim_saturation(reading: Reading, rules: list[Node]) -> None:
    names: list[str] = []
    where: Node | None = None
    for name, pattern in _SATURATION:
        hit = next((rule for rule in rules if pattern.search(_of_pilot(rule))), None)
        if hit is not None:
            names.append(name)
            where = where or hit
    if where is not None:
        note = "by the names of metrics in the rules; that they are exported is not shown"
        reading.state("monitoring.saturation_metrics", tuple(names), where.at("expr").place(), note=note)


def _claim_named(alerts: list[Node]) -> None:
    for pattern, fact in ((_QUALITY, "monitoring.quality_signal"), (_DRIFT, "monitoring.drift_test")):
        for rule in alerts:
            if pattern.search(f"{rule.at('alert').text()} {rule.at('expr').text()}"):
                rule.at("alert").claim(fact, rule.at("alert").text(), note="an alert by that name")
                break


def _warn_renamed(rules: list[Node]) -> None:
    for rule in rules:
        for old, new in _RENAMED.items():
            if old in rule.at("expr").text():
                rule.at("expr").warn(
                    f"the metric {old} no longer exists; its place was taken by {new}", "update the rule"
                )


IMPORTER = Importer(
    name="prometheus",
    summary="Prometheus rules: multi-window burn alerts, saturation metrics, quality and drift alerts",
    read=_read,
    sniff=_sniff,
    patterns=("*rules*.yaml", "*rules*.yml", "*alert*.yaml", "*alert*.yml", "*prometheus*.yaml"),
    prefix="monitoring",
    group="prometheus",
)
