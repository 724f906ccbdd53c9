"""One workload as the pods of a replica: how many, of which kind, with how many accelerators."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.serving.pod_claims import count_accelerators


def _nothing() -> None:
    return None


class Workload(Struct, frozen=True):
    """Something that runs replicas; a replica may be a group of pods."""

    node: Node
    replicas: Node
    pod: Node
    """Specification of the pod that serves, or that leads the group."""
    worker: Node | None = None
    workers: int = 0
    """Further pods of the same replica, of the kind of `worker`."""
    serves_model: bool = False
    """Whether its kind says that it serves a model, whatever its containers are called."""
    claim_more: Callable[[], None] = _nothing
    """States what only this kind of workload says."""
    accelerators_stated: float = 0.0
    """Accelerators of one replica, where the kind states them apart from its pods."""

    def accelerators(self) -> float:
        """Return the accelerators of one replica, over all its pods."""
        leader, _ = count_accelerators(self.pod)
        each, _ = count_accelerators(self.worker) if self.worker is not None else (0.0, None)
        return max(leader + self.workers * each, self.accelerators_stated)
