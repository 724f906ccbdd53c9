"""A fleet: what each asked node answered, and what comparing the answers says of it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from poc_gate.model.measurement import MachineProfile


class NodeState(StrEnum):
    """How asking a node ended; every asked node has exactly one."""

    OK = "OK"
    DEGRADED = "DEGRADED"
    """It answered, and is slower or less than its peers or its specification; only comparing says so."""
    FAILED = "FAILED"
    """It was reached and did not answer as it should; the reason says how."""
    NOT_RUN = "NOT_RUN"
    """Nothing was measured; the reason is one of `Missed`."""


class Missed(StrEnum):
    """Why nothing was measured on a node."""

    UNREACHABLE = "unreachable"
    AUTH = "auth"
    TIMEOUT = "timeout"
    BUSY = "busy"
    NO_TOOL = "no tool"
    NO_ANSWER = "no answer"
    """No record of it has come back yet: the run was cut short, or its script has not been run or added."""


class NodeRecord(Struct, frozen=True):
    """What one node answered; the file `nodes/NAME.json` of a fleet's folder."""

    node: str
    state: NodeState
    """OK, FAILED or NOT_RUN."""
    reason: str = ""
    """Of NOT_RUN one of `Missed`; of FAILED in words; empty for OK."""
    said: str = ""
    """The end of what the node or the engine said, on one line."""
    via: str = ""
    """Engine that carried the question, or `file`."""
    asked_at: str = ""
    """ISO 8601 UTC."""
    answered_at: str = ""
    """ISO 8601 UTC."""
    profile: MachineProfile | None = None
    schema: str = "poc-gate.node/1"


class FleetRun(Struct, frozen=True):
    """Which nodes are asked for; the file `fleet.json` of a fleet's folder."""

    asked: tuple[str, ...]
    via: str
    begun_at: str
    """ISO 8601 UTC."""
    tool_version: str
    schema: str = "poc-gate.fleet/1"


class Remark(Struct, frozen=True):
    """One thing that makes a node worth looking at."""

    kind: str
    """`slow`, `below specification`, `less` or `untrusted`; all but the last make a node DEGRADED."""
    fact: str
    text: str
    """In words, with value and reference."""
    loss: float = 0.0
    """Share of the reference that is missing, 0 to 1."""


class FleetNode(Struct, frozen=True):
    """One asked node in its final state."""

    node: str
    state: NodeState
    reason: str = ""
    said: str = ""
    group: str = ""
    """Id of its group; empty where it did not answer."""
    remarks: tuple[Remark, ...] = ()


class Comparison(Struct, frozen=True):
    """One measured fact over the nodes of a group."""

    fact: str
    unit: str
    nodes: int
    """How many trustworthy values were compared; those of grade C are left out."""
    untrusted: int
    centre: float
    """Median of the nodes, or of the faster kind where there are two; SI unit."""
    spread: float
    """Relative robust deviation between the nodes: 1.4826 times the median absolute deviation of the logarithms."""
    worst: float
    best: float
    worst_node: str
    flagged_below: float | None
    """Loss from which on a node is called slow; None where too few nodes can be compared."""
    found_from: float | None
    """Smallest loss that is found with 95 %; None where too few nodes can be compared."""
    slow: tuple[str, ...] = ()
    two_kinds: bool = False
    """The values fall into two clusters; the slower cluster is called slow as a whole."""
    expected: float | None = None
    """Value of the data sheet that was named, SI unit."""
    below_expected: float | None = None
    """Share that the centre of the group lacks to what is expected of it; None where it reaches it or nobody knows."""


class FleetGroup(Struct, frozen=True):
    """Nodes of the same hardware."""

    id: str
    title: str
    """Name of the machine, such as `amd-epyc-9654-192-cpu`."""
    nodes: tuple[str, ...]
    comparisons: tuple[Comparison, ...] = ()


class Fleet(Struct, frozen=True):
    """All that a fleet's folder says, as every view shows it."""

    nodes: tuple[FleetNode, ...]
    groups: tuple[FleetGroup, ...]
    via: str = ""
    begun_at: str = ""
    expected: str = ""
    """Name of the data sheet held against, if any."""
    notices: tuple[str, ...] = ()

    def count(self, state: NodeState) -> int:
        """Return how many nodes ended in a state."""
        return sum(node.state is state for node in self.nodes)

    @property
    def answered(self) -> int:
        """Return how many nodes were measured."""
        return self.count(NodeState.OK) + self.count(NodeState.DEGRADED)
