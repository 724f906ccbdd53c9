"""Kubernetes: a manifest to read and submit; the pods' logs come back through `poc-gate fleet add`."""

from __future__ import annotations

import json
import math

from poc_gate.errors import UsageError
from poc_gate.many.fleet.carrying.remote_script import remote_script
from poc_gate.many.fleet.interface import Engine, Errand

_HEAD = """\
# One pod on each node measures it: an Indexed Job, since no DaemonSet runs once (kubernetes/kubernetes#64623).
# Submit:   kubectl apply -f FILE
# Take in:  kubectl wait --for=condition=complete --timeout={wait}s job/{name}
#           kubectl logs -l job-name={name} --tail=-1 --prefix --max-log-requests={count} > {name}.log
#           poc-gate fleet add FLEET {name}.log
# Remove:   kubectl delete job {name}
# Replace IMAGE by an image that holds poc-gate. Pods of a lost node hang in Terminating; which logs come back counts.
"""


def script(nodes: tuple[str, ...], errand: Errand) -> str:
    """Return the manifest; YAML is a superset of the JSON that follows the comments.

    Options of the errand are `image=NAME`, and `gpu=COUNT` where the pods are to see that many NVIDIA devices.
    """
    settings = _settings(errand)
    head = _HEAD.format(name=errand.nonce, count=len(nodes), wait=math.ceil(errand.limit) + 600)
    return head + json.dumps(_job(nodes, errand, settings), indent=2) + "\n"


def _settings(errand: Errand) -> dict[str, str]:
    found = {"image": "IMAGE", "gpu": ""}
    for option in errand.options:
        key, equals, value = option.partition("=")
        if key not in found or not equals or not value or (key == "gpu" and not value.isdigit()):
            raise UsageError(
                f"{option!r} is not an option of the manifest",
                next_step="write --engine-option image=registry.example/poc-gate or --engine-option gpu=8",
            )
        found[key] = value
    return found


def _job(nodes: tuple[str, ...], errand: Errand, settings: dict[str, str]) -> dict[str, object]:
    labels = {"app.kubernetes.io/name": "poc-gate", "poc-gate/run": errand.nonce}
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": errand.nonce, "labels": labels},
        "spec": {
            "completionMode": "Indexed",
            "completions": len(nodes),
            "parallelism": len(nodes),
            "backoffLimit": 0,
            "activeDeadlineSeconds": math.ceil(errand.limit) + 600,
            "ttlSecondsAfterFinished": 86400,
            "template": {"metadata": {"labels": labels}, "spec": _pod(nodes, errand, settings)},
        },
    }


def _pod(nodes: tuple[str, ...], errand: Errand, settings: dict[str, str]) -> dict[str, object]:
    container: dict[str, object] = {
        "name": "probe",
        "image": settings["image"],
        "command": ["sh", "-c", remote_script(errand, node='"$POC_GATE_NODE"', watched=False)],
        "env": [{"name": "POC_GATE_NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}],
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
    }
    if settings["gpu"]:
        container["resources"] = {"limits": {"nvidia.com/gpu": int(settings["gpu"])}}
    return {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "affinity": {
            "nodeAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": {
                    "nodeSelectorTerms": [
                        {"matchFields": [{"key": "metadata.name", "operator": "In", "values": [node]}]}
                        for node in nodes
                    ]
                }
            },
            "podAntiAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": [
                    {
                        "labelSelector": {"matchLabels": {"poc-gate/run": errand.nonce}},
                        "topologyKey": "kubernetes.io/hostname",
                    }
                ]
            },
        },
        "containers": [container],
    }


ENGINE = Engine(
    name="kubernetes",
    summary="a manifest to submit, one pod per node; needs an image that holds poc-gate",
    script=script,
)
