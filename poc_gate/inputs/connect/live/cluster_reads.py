"""`kubectl get` through the user's own kubeconfig -> one file of objects; read-only verbs, no secrets, values that look like one blotted out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from poc_gate.inputs.connect.interface import RefusedError, SourceError
from poc_gate.inputs.connect.live.live_read import LivePlan, LiveRead, Tell
from poc_gate.text.secrets.scrub import Scrubber

KINDS = (
    "deployments.apps", "statefulsets.apps", "daemonsets.apps", "pods", "horizontalpodautoscalers.autoscaling",
    "poddisruptionbudgets.policy", "nodes",
)  # fmt: skip
"""What is asked for, one call each, so that a right that is missing takes nothing else away."""
_MOST_BYTES = 64 * 10**6
"""Of one kind."""
_TIMEOUT = 60.0
_BLOT = "[secret]"
_NAMED = re.compile(r"(?i)secret|token|passw|pwd|credential|api[-_]?key|private|auth")
_DROPPED = ("managedFields", "ownerReferencesRaw")
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:/+-]{0,200}")


class ClusterRequest(Struct, frozen=True):
    """Which objects of which cluster are asked for."""

    context: str = ""
    """Of the kubeconfig; empty = its current one."""
    namespace: str = ""
    """Empty = the one of the context."""
    kubeconfig: str = ""
    """File; empty = the user's usual one."""
    allow_prod: bool = False


def plan_cluster(request: ClusterRequest) -> LivePlan:
    """Return the commands that would run, or why none does; nothing is run."""
    refused = []
    if shutil.which("kubectl") is None:
        refused.append(
            "kubectl is not installed here: install it, or name a file of `kubectl get ... -o json` under `imports:`"
        )
    for name, text in (("--context", request.context), ("--namespace", request.namespace)):
        if text and not _NAME.fullmatch(text):
            refused.append(f"{name} {text[:60]!r} is not the name of a context or namespace")
    if request.kubeconfig and not Path(request.kubeconfig).is_file():
        refused.append(f"--kubeconfig {request.kubeconfig} is not a file")
    if not request.allow_prod:
        refused.append(
            "what runs in the cluster is not stated: --allow-prod permits reading objects of production"
        )
    lines = (
        f"runs     {' '.join(_command(request, KINDS[0]))}",
        f"then     the same for {', '.join(KINDS[1:])}",
        "with     your own kubeconfig and rights; its credential helpers run as they do for you",
        "never    Secrets or ConfigMaps, logs, exec, or any verb but get; values that look like a secret are blotted out",
        f"budget   {len(KINDS)} calls, one at a time; {_MOST_BYTES // 10**6} MB and {_TIMEOUT:g} s each",
    )
    return LivePlan(lines, tuple(refused))


def read_cluster(request: ClusterRequest, tell: Tell) -> LiveRead:
    """Run the commands and return one list of objects.

    Raises SourceError where nothing could be read, RefusedError for a plan that is refused. A kind that the user may not see
    is left out and noted.
    """
    plan = plan_cluster(request)
    if plan.refused:
        raise RefusedError("; ".join(plan.refused))
    scrubber = Scrubber()
    objects: list[object] = []
    notes: list[str] = []
    for number, kind in enumerate(KINDS):
        tell(f"reading {kind}", number / len(KINDS))
        try:
            objects += _objects(_run(_command(request, kind)))
        except SourceError as error:
            notes.append(f"{kind} could not be read: {scrubber.message(str(error), longest=200)}")
            if error.kind == "unreachable":
                break
    if not objects:
        raise SourceError(notes[0] if notes else "the cluster contains no objects of these kinds")
    try:
        kept = [blotted(one) for one in objects]
    except RecursionError:
        raise SourceError("an object is nested too deeply to be one of a cluster", kind="protocol") from None
    content = json.dumps({"apiVersion": "v1", "kind": "List", "items": kept}, separators=(",", ":"))
    return LiveRead(
        content.encode() + b"\n", f"{len(kept):,} objects of {len(KINDS) - len(notes)} kinds", tuple(notes)
    )


def _command(request: ClusterRequest, kind: str) -> list[str]:
    words = ["kubectl", "get", kind, "-o", "json", "--request-timeout=30s", "--chunk-size=500"]
    if request.kubeconfig:
        words.append(f"--kubeconfig={request.kubeconfig}")
    if request.context:
        words.append(f"--context={request.context}")
    if request.namespace:
        words.append(f"--namespace={request.namespace}")
    return words


def _run(words: Sequence[str]) -> bytes:
    """Return what a command prints, bounded in size and time; raises SourceError with its last line of error."""
    environment = {**os.environ, "KUBECTL_KUBERC": "false"}
    with subprocess.Popen(  # noqa: S603 - fixed words and checked names, no shell
        list(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment
    ) as process:
        output, errors = process.stdout, process.stderr
        assert output is not None
        assert errors is not None
        said: list[bytes] = []
        listener = threading.Thread(target=lambda: said.append(errors.read(65536) or b""), daemon=True)
        listener.start()
        watch = threading.Timer(_TIMEOUT, process.kill)
        watch.start()
        try:
            content = output.read(_MOST_BYTES + 1)
            if len(content) > _MOST_BYTES:
                process.kill()
                raise SourceError(
                    f"the answer is longer than {_MOST_BYTES:,} bytes: name one --namespace", kind="protocol"
                )
            code = process.wait()
        finally:
            watch.cancel()
    listener.join(1.0)
    if code != 0:
        last = (
            b"".join(said).decode("utf-8", errors="replace").strip().splitlines() or ["no reason was given"]
        )[-1]
        if code < 0:
            last = f"broken off after {_TIMEOUT:g} s"
        kind = (
            "unreachable"
            if re.search(
                r"(?i)unable to connect|connection refused|no such host|timeout|context .* does not exist",
                last,
            )
            else "error"
        )
        raise SourceError(last, kind=kind)
    return content


def _objects(content: bytes) -> list[object]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise SourceError("kubectl printed no JSON", kind="protocol") from None
    held = data.get("items") if isinstance(data, Mapping) else None
    return list(held) if isinstance(held, list) else []


def blotted(one: object, name: str = "") -> object:
    """Return an object without what may hold secrets: applied copies of itself, and values that are or are named like one."""
    if isinstance(one, Mapping):
        named = str(one.get("name", "")) if "value" in one else ""
        return {
            str(key): blotted(held, named if key == "value" and named else str(key))
            for key, held in one.items()
            if key not in _DROPPED and key != _LAST_APPLIED
        }
    if isinstance(one, list):
        return [blotted(held, name) for held in _without_values(one)]
    if isinstance(one, str) and one:
        if name not in _PLAIN and _NAMED.search(name) and not name.endswith(("Name", "Key", "Policy")):
            return _BLOT
        return Scrubber().scrub(one) if name not in _PLAIN else one
    return one


_PLAIN = frozenset(
    {"kind", "apiVersion", "uid", "resourceVersion", "image", "imageID", "containerID", "namespace"}
)


def _without_values(words: list[object]) -> list[object]:
    """Return words of a command line with the word behind an option that is named like a secret blotted out."""
    kept: list[object] = []
    for word in words:
        before = kept[-1] if kept else None
        secret = (
            isinstance(before, str) and before.startswith("-") and "=" not in before and _NAMED.search(before)
        )
        kept.append(_BLOT if secret and isinstance(word, str) and not word.startswith("-") else word)
    return kept
