"""`poc-gate sources metrics` and `sources cluster`: a plan, then one file for `imports:`; calls the connect room, decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.app.ground.files.write_file import check_target, write_file
from poc_gate.app.measure.measure_sources import LOCAL_CONFIG, user_folder
from poc_gate.errors import UsageError

if TYPE_CHECKING:
    from poc_gate.inputs.connect.live.cluster_reads import ClusterRequest
    from poc_gate.inputs.connect.live.live_read import LivePlan, LiveRead
    from poc_gate.inputs.connect.live.prometheus_reads import MetricsRequest
    from poc_gate.inputs.connect.local_config import LocalConfig

Tell = Callable[[str, float], None]


class MetricsQuestion(Struct, frozen=True):
    """What the user asks of Prometheus."""

    url: str
    over: str = "24 h"
    step: str = ""
    """Empty: a minute, or longer where the time is."""
    match: str = ""
    credential: str = ""
    config: str = ""
    allow_prod: bool = False


class ClusterQuestion(Struct, frozen=True):
    """What the user asks of a cluster."""

    context: str = ""
    namespace: str = ""
    kubeconfig: str = ""
    allow_prod: bool = False


def metrics_plan(question: MetricsQuestion) -> LivePlan:
    """Return what reading the metrics would do; nothing is sent."""
    from poc_gate.inputs.connect.live.prometheus_reads import plan_metrics

    return plan_metrics(_metrics(question), _config(question.config))


def cluster_plan(question: ClusterQuestion) -> LivePlan:
    """Return what reading the cluster would do; nothing is run."""
    from poc_gate.inputs.connect.live.cluster_reads import plan_cluster

    return plan_cluster(_cluster(question))


def read_metrics(question: MetricsQuestion, output: Path, tell: Tell) -> str:
    """Read the metrics into a file and return what was done; raises UsageError where nothing could be read."""
    from poc_gate.inputs.connect.live.prometheus_reads import read_metrics as read

    config = _config(question.config)
    return _kept(output, lambda: read(_metrics(question), config, tell))


def read_cluster(question: ClusterQuestion, output: Path, tell: Tell) -> str:
    """Read the objects into a file and return what was done; raises UsageError where nothing could be read."""
    from poc_gate.inputs.connect.live.cluster_reads import read_cluster as read

    return _kept(output, lambda: read(_cluster(question), tell))


def _kept(output: Path, read: Callable[[], LiveRead]) -> str:
    from poc_gate.inputs.connect.interface import SourceError

    check_target(output)
    check_output(output)
    try:
        found = read()
    except SourceError as error:
        raise UsageError(str(error), next_step="nothing was written; see the plan without --yes") from None
    write_file(output, found.content)
    lines = [f"{output}: {found.summary}", *(f"left out: {note}" for note in found.notes)]
    return "\n".join(
        [*lines, f"Look at it with `poc-gate import {output}`, and name it under `imports:` of the manifest."]
    )


def _cluster(question: ClusterQuestion) -> ClusterRequest:
    from poc_gate.inputs.connect.live.cluster_reads import ClusterRequest

    return ClusterRequest(question.context, question.namespace, question.kubeconfig, question.allow_prod)


def _metrics(question: MetricsQuestion) -> MetricsRequest:
    from poc_gate.inputs.connect.live.prometheus_reads import MetricsRequest
    from poc_gate.inputs.observe.serving_metrics.metric_names import MEANINGS

    seconds = _time("--over", question.over)
    step = _time("--step", question.step) if question.step else max(60.0, seconds / 2880)
    if seconds < step:
        raise UsageError("--over is shorter than one --step", next_step="write --over '24 h' --step '1 min'")
    names = tuple(sorted({name for meaning in MEANINGS.values() for name in meaning.names}))
    return MetricsRequest(
        question.url, names, time.time(), seconds, step, question.match, question.credential, question.allow_prod
    )  # fmt: skip


def _time(option: str, text: str) -> float:
    from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

    try:
        value = parse_quantity(text, "s").value
    except QuantityError as error:
        raise UsageError(f"{option}: {error}", next_step=f"write a time, such as {option} '6 h'") from None
    if not 1 <= value <= 400 * 86400:
        raise UsageError(f"{option} must be between a second and 400 days", next_step=f"write {option} '6 h'")
    return value


def _config(path: str) -> LocalConfig:
    """Return the user's own configuration: the one that is named, else that of the user's folder; never one of a repository."""
    from poc_gate.inputs.connect.local_config import LocalConfig, read_local_config

    own = Path(path) if path else user_folder() / LOCAL_CONFIG
    if path or own.is_file():
        return read_local_config(read_file(own), own.as_posix())
    return LocalConfig()
