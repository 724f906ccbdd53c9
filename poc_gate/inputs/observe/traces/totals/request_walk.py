"""One request -> which span belongs to which hop, which calls nest in which, what an agent did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_gate.inputs.observe.traces.describe_span import CALLS
from poc_gate.inputs.observe.traces.span_store import Flag
from poc_gate.inputs.observe.traces.totals.trace_totals import Clock

if TYPE_CHECKING:
    from poc_gate.inputs.observe.traces.totals.walk_traces import Walk

_ERROR = int(Flag.ERROR)


class RequestWalk:
    """Walks the spans below one root, each once."""

    def __init__(self, walk: Walk, below: dict[int, list[int]]) -> None:
        """Start with nothing seen."""
        self._walk, self._below = walk, below
        self.hops: dict[int, int] = {}
        """Row -> hop that its own time belongs to."""
        self.visits: dict[int, list[int]] = {}
        """Hop -> rows of the calls and stages that are visits to it."""
        self.outer: list[tuple[int, int, int]] = []
        """Start, end and hop of each call that is inside no other call."""
        self.retries: dict[int, int] = {}
        self.hosts: list[tuple[int, str]] = []
        self.answered: list[tuple[int, str]] = []
        self.fan_out = self.model_calls = 0
        self.steps: list[int] = []
        self.tool_calls: list[int] = []
        self._agents: list[list[int]] = []
        self._calls: list[int] = []

    def run(self, root: int) -> None:
        """Walk from the root."""
        walk, below = self._walk, self._below
        self.hops[root] = walk.hop_of[walk.store.kinds[root]]
        # Row, hop of the call around it (-1 = none), service of that call, run of an agent.
        stack: list[tuple[int, int, str, int]] = [(root, -1, "", self._agent_run(root, -1))]
        while stack:
            row, call, caller, run = stack.pop()
            children = below.get(row)
            if not children:
                continue
            before = len(self._calls)
            for child in children:
                inside, by = self._place(row, child, call, caller, run)
                stack.append((child, inside, by, self._agent_run(child, run)))
            calls = len(self._calls) - before
            self.fan_out = max(self.fan_out, calls)
            if calls > 1:
                self._find_retries(children)
        for steps, tools in self._agents:
            self.steps.append(steps)
            self.tool_calls.append(tools)

    def _place(self, row: int, child: int, call: int, caller: str, run: int) -> tuple[int, str]:
        """Find the hop of one child; return the call around what is below it, and the service of that call."""
        kind_at = self._walk.store.kinds[child]
        kind, hop = self._walk.kinds[kind_at], self._walk.hop_of[kind_at]
        role = kind.role
        if role in CALLS:
            if call >= 0 and kind.service == caller:  # the transport of a call, no call of its own
                if kind.host:
                    self.hosts.append((call, kind.host))
                self.hops[child] = call
                return call, caller
            self.hops[child] = hop
            self._call(child, hop, is_outer=call < 0)
            self._count_use(role, run)
            return hop, kind.service
        if role == "entry":
            if call < 0 or kind.service == caller:
                self.hops[child] = self.hops[row]
                return call, caller
            self.answered.append((call, kind.service))
            self._clock(row, child, caller, kind.service)
            self.hops[child] = call
            return call, ""
        if call >= 0 and (
            caller or role == "step"
        ):  # inside a client's own code, or a step of the answering service
            self.hops[child] = call
            return call, caller
        self.hops[child] = hop
        self.visits.setdefault(hop, []).append(child)
        if role == "tool":
            self._count_tool(kind.name, run)
        return call, caller

    def _call(self, row: int, hop: int, *, is_outer: bool) -> None:
        self.visits.setdefault(hop, []).append(row)
        self._calls.append(row)
        if is_outer:
            start = self._walk.store.starts[row]
            self.outer.append((start, start + self._walk.store.lengths[row], hop))

    def _agent_run(self, row: int, run: int) -> int:
        """Return the run of an agent that a span belongs to: its own where it begins one outside of any other."""
        if run >= 0 or self._walk.kinds[self._walk.store.kinds[row]].role != "agent":
            return run
        self._agents.append([0, 0])
        return len(self._agents) - 1

    def _count_use(self, role: str, run: int) -> None:
        if role == "model":
            self.model_calls += 1
            if run >= 0:
                self._agents[run][0] += 1

    def _count_tool(self, name: str, run: int) -> None:
        tools = self._walk.totals.tools
        if name in tools or len(tools) < 500:
            tools[name] = tools.get(name, 0) + 1
        if run >= 0:
            self._agents[run][1] += 1

    def _find_retries(self, children: list[int]) -> None:
        """Count calls that follow a failed one of the same parent to the same hop, once it had ended."""
        store, hops = self._walk.store, self.hops
        if not any(store.flags[row] & _ERROR for row in children):
            return
        last: dict[int, int] = {}
        for row in sorted(children, key=store.starts.__getitem__):
            hop = hops[row]
            before = last.get(hop)
            if (
                before is not None
                and store.flags[before] & _ERROR
                and store.starts[row] >= store.starts[before] + store.lengths[before]
            ):
                self.retries[hop] = self.retries.get(hop, 0) + 1
            last[hop] = row

    def _clock(self, row: int, child: int, caller: str, service: str) -> None:
        store = self._walk.store
        clock = self._walk.totals.clocks.setdefault((caller, service), Clock())
        clock.count += 1
        least = store.starts[child] + store.lengths[child] - store.starts[row] - store.lengths[row]
        most = store.starts[child] - store.starts[row]
        clock.outside += 1 if least > 0 or most < 0 else 0
        if least <= most:
            clock.least.append(least)
            clock.most.append(most)
