"""A scrape of metrics in Prometheus' text format -> what the server counted since its start."""

from __future__ import annotations

import math
import re

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.serving_metrics.conclude_metrics import conclude
from poc_gate.inputs.observe.serving_metrics.metric_names import MEANINGS, STARTS
from poc_gate.inputs.observe.serving_metrics.metric_series import Series
from poc_gate.inputs.observe.serving_metrics.of_the_pilot import of_the_pilot

_LINE = re.compile(r"^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+(-?\d{1,16}))?\s*(?:#.*)?$")
_LABEL = re.compile(r'\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?')
_MOST_SERIES = 500_000
_LONGEST = 100_000
_WANTED = tuple({name for meaning in MEANINGS.values() for name in meaning.names})


def _sniff(head: Head) -> bool:
    text = head.content
    if head.is_json or not (b"# TYPE " in text or b"# HELP " in text):
        return False
    return any(f"\n{start}".encode() in b"\n" + text or f" {start}".encode() in text for start in STARTS)


def _read(stream: PackedStream, finds: Finds) -> None:
    series: list[Series] = []
    broken = version = ""
    for number, raw in stream.lines():
        if raw.startswith(b"#") or len(raw) > _LONGEST:
            continue
        line = raw.decode("utf-8", errors="replace").strip()
        match = _LINE.match(line)
        if match is None:
            broken = broken or str(number)
            continue
        version = version or _version(match[1], match[2] or "")
        if not match[1].startswith(_WANTED) or len(series) >= _MOST_SERIES:
            continue
        value = _value(match[3])
        if value is not None:
            labels = {name: _plain(held) for name, held in _LABEL.findall(match[2] or "")}
            series.append(Series(match[1], labels, ((int(match[4]) / 1000 if match[4] else 0.0, value),)))
    if broken:
        finds.warn(f"line {broken} and maybe others are not lines of metrics, and were passed over")
    conclude(series, finds, version=version)


def _version(name: str, labels: str) -> str:
    """Return the version that a server publishes as a label of its build information."""
    if not name.endswith(("build_info", "_info")) or name.startswith("python"):
        return ""
    return next((_plain(value)[:60] for key, value in _LABEL.findall(labels) if key == "version"), "")


def _value(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _plain(text: str) -> str:
    return text.replace(r"\"", '"').replace(r"\n", " ").replace("\\\\", "\\")[:200]


OBSERVER = Observer(
    name="metrics-text",
    summary="A scrape in Prometheus' text format: vLLM, SGLang, TGI, Triton, DCGM, cAdvisor, Kong",
    group="metrics",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*metrics*.txt", "*.prom"),
    versions="vllm 0.32.0",
)
