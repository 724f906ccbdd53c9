"""What is known of the sampler -> whether rates are scaled, and what must not be concluded.

A sampler that decides at the start of a trace keeps a share of all traces: percentiles and shares hold, rates are divided by the
share. One that decides at the end keeps what was slow or failed: percentiles, shares of errors and rates are then its own
choice and say nothing of the pilot.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.totals.trace_totals import EntryTotals, TraceTotals
from poc_gate.model.claim import Value
from poc_gate.model.quantity import Quantity

KEY, RATE_KEY = "monitoring.trace_sampling", "monitoring.trace_sampling_rate"
_FORCED_SHARE = 0.01


class Sampling(Struct, frozen=True):
    """How traces were chosen."""

    mode: str
    """`none`, `head`, `tail`, or `unknown`."""
    share: float = 1.0
    """Of requests that were kept; of several shares the one that weighs each request rightly on average."""
    mixed: bool = False
    """Requests were kept with different probabilities."""

    @property
    def holds(self) -> bool:
        """Whether percentiles and shares are those of the pilot."""
        return self.mode != "tail" and not self.mixed

    @property
    def rate_reason(self) -> str:
        """Return why rates are less than measured; empty where they are."""
        if self.mode != "unknown":
            return ""
        return "whether traces were sampled is not known, so that rates are at least this"


def sampling_of(totals: TraceTotals, entry: EntryTotals, values: Mapping[str, Value]) -> Sampling:
    """Return how traces were chosen, by what spans tell first and by what the manifest states then.

    Traces that were passed over here for their number lower the share like a sampler at the start.
    """
    found = _by_tools(totals, entry, values)
    return replace(found, share=found.share * totals.kept)


def _by_tools(totals: TraceTotals, entry: EntryTotals, values: Mapping[str, Value]) -> Sampling:
    stated, share = values.get(KEY), values.get(RATE_KEY)
    if totals.by_rule or stated == "tail":
        return Sampling("tail")
    chances = [totals.probabilities[one] for one in entry.chances]
    told = [one for one in chances if one > 0]
    if told and len(told) >= 0.9 * len(chances):
        weight = sum(1 / one for one in told) / len(told)
        kept = 1 / weight
        mixed = max(told) > 1.2 * min(told)
        return Sampling("none" if kept > 0.999 else "head", kept, mixed)
    if stated == "none":
        return Sampling("none")
    if stated == "head" and isinstance(share, Quantity) and 0 < share.value <= 1:
        return Sampling("head", share.value)
    return Sampling("unknown")


def tell_sampling(sampling: Sampling, totals: TraceTotals, finds: Finds) -> None:
    """Say what the sampling forbids, and ask where nothing tells it."""
    if sampling.mode == "tail":
        finds.must_not(
            "the traces were kept by a rule that had seen them whole: no percentile, no share of errors and no rate of "
            "the pilot follows from them"
        )
    if sampling.mode == "head":
        finds.warn(
            f"{sampling.share:.2%} of the traces were kept by chance; rates are scaled by {1 / sampling.share:.3g}"
        )
    if sampling.mixed:
        finds.must_not(
            "requests were kept with different probabilities: percentiles and shares mix them unevenly"
        )
    if sampling.mode == "unknown":
        finds.must_not(
            "nothing says whether these are all traces: rates may be higher, and if a sampler kept what was slow or "
            "failed, percentiles and shares of errors are its choice"
        )
        finds.ask(
            "were all traces kept, a share chosen at their start (head), or those that a rule chose at their end (tail)?",
            f"write `{KEY.partition('.')[2]}: none`, `head` (with `trace_sampling_rate: 10 %`) or `tail` under `monitoring:`",
        )
    requests = sum(entry.requests for entry in totals.entries.values())
    if totals.forced > _FORCED_SHARE * max(1, requests):
        finds.must_not(f"{totals.forced:,} spans were kept because somebody asked for them, not by chance")
