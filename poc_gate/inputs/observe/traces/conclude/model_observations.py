"""Calls of models, tools and agents -> tokens, times of tokens, models that answered, tools, steps."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.conclude.match_systems import plain
from poc_gate.inputs.observe.traces.conclude.undeclared import ask_about_tools
from poc_gate.inputs.observe.traces.totals.trace_totals import EntryTotals, ModelTotals, TraceTotals
from poc_gate.model.claim import Value

_NS = 1e-9
_MOST_NAMED = 40


def observe_models(
    totals: TraceTotals, entry: EntryTotals, values: Mapping[str, Value], finds: Finds, *, holds: bool,
    has_manifest: bool,
) -> None:  # fmt: skip
    """State what calls of language models show; `holds` says whether the sampling lets percentiles follow."""
    asked = {key: one for key, one in totals.models.items() if key[0] == "model"}
    if asked:
        _which(totals, values, finds, has_manifest=has_manifest)
        finds.observe(
            "observed.model_calls", entry.model_calls / entry.requests, samples=entry.requests, method="calls of language models over requests"
        )  # fmt: skip
        own = _of_the_pilot(asked, values) if has_manifest else asked
        if not own:
            _ask_whose(asked, values, finds)
        if holds:
            _limited(asked, finds)
        if holds and own:
            _tokens(_largest(own), finds)
            if values.get("model.hosting") != "self" or not _SIZED.issubset(values):
                _times(totals, entry, _largest_name(own), finds)


_Models = Mapping[tuple[str, str, str, str], ModelTotals]


def _of_the_pilot(asked: _Models, values: Mapping[str, Value]) -> _Models:
    """Return the models that the manifest names, as they answered or as they were asked for; all where it names none."""
    stated = _stated(values)
    if not stated:
        return asked
    return {
        key: one
        for key, one in asked.items()
        if not (key[2] or key[3])
        or any(_same(plain(name), other) for name in key[2:4] if name for other in stated)
    }


def _ask_whose(asked: _Models, values: Mapping[str, Value], finds: Finds) -> None:
    answered = ", ".join(sorted({key[2] or key[3] for key in asked})[:3])
    planned = values.get("model.name")
    finds.ask(
        f"the calls are of the model {answered}, and the manifest names {planned or 'others'}: their tokens and times are "
        "not taken as of the pilot",
        "trace the model that is deployed, or name this one in the manifest if it is the same",
    )


_SIZED = frozenset({"model.parameters", "model.layers"})
"""With these a served model's time is predicted for any load; without them a call takes as long as it was seen to."""


def _times(totals: TraceTotals, entry: EntryTotals, name: str, finds: Finds) -> None:
    visits = [
        entry.hops[at]
        for hop, at in totals.hops.items()
        if hop.role == "model" and hop.name == name and at in entry.hops
    ]
    lengths = [one * _NS for hop in visits for one in hop.lengths]
    for fact, share in (("model.time_per_call", 0.5), ("model.time_per_call_p99", 0.99)):
        finds.observe_percentile(
            fact, lengths, share, method=f"calls of {name or 'the model'}, until the last part"
        )


def _largest_name(asked: Mapping[tuple[str, str, str, str], ModelTotals]) -> str:
    return max(asked, key=lambda key: (sum(asked[key].tokens_out), asked[key].count))[2]


def _largest(asked: Mapping[tuple[str, str, str, str], ModelTotals]) -> ModelTotals:
    """Return the model that writes most: the pilot's own one, where smaller ones route or rewrite."""
    return max(asked.values(), key=lambda one: (sum(one.tokens_out), one.count))


def _tokens(model: ModelTotals, finds: Finds) -> None:
    for name, samples in (("in_tokens", model.tokens_in), ("out_tokens", model.tokens_out)):
        counts = [float(one) for one in samples if one >= 1]
        for percentile, share in (("p50", 0.5), ("p95", 0.95)):
            finds.observe_percentile(
                f"demand.{name}_{percentile}", counts, share, unit="tok", method="tokens of each call, as the provider counts"
            )  # fmt: skip
    first = [one * _NS for one in model.first]
    for percentile, share in (("p50", 0.5), ("p95", 0.95)):
        finds.observe_percentile(
            f"observed.ttft_{percentile}", first, share, method="from the call to the first part"
        )
    finds.observe_percentile(
        "observed.tpot_p50", [one * _NS for one in model.per_token], 0.5, method="time after the first part over the further tokens"
    )  # fmt: skip
    if model.cached_of:
        finds.observe(
            "observed.cached_tokens_share", model.cached / model.cached_of, samples=model.count, method="cached over all prompt tokens"
        )  # fmt: skip
    if model.count and not model.tokens_in:
        finds.warn(
            "the model calls do not report their tokens",
            "let the instrumentation ask for usage, in streams too",
        )


def _limited(asked: Mapping[tuple[str, str, str, str], ModelTotals], finds: Finds) -> None:
    calls = sum(one.count for one in asked.values())
    limited = sum(one.limited for one in asked.values())
    finds.observe_share("observed.limited_share", limited, calls, method="calls of models answered with 429")


def _which(totals: TraceTotals, values: Mapping[str, Value], finds: Finds, *, has_manifest: bool) -> None:
    named = sorted({key[2] for key in totals.models if key[2]})
    calls = sum(one.count for one in totals.models.values())
    if not named:
        return
    finds.observe("observed.models", tuple(named[:_MOST_NAMED]), samples=calls, method="models that answered")
    aliases = sorted({(key[3], key[2]) for key in totals.models if key[3] and key[2] and key[3] != key[2]})
    for asked, answered in aliases[:5]:
        finds.warn(f"{asked} was asked for and {answered} answered: the name that is asked for may move")
    stated = _stated(values)
    if has_manifest and stated:
        strange = tuple(one for one in named if not any(_same(plain(one), other) for other in stated))
        finds.observe(
            "observed.undeclared_models", strange[:_MOST_NAMED], samples=calls, method="models that answered, compared with the manifest"
        )  # fmt: skip


_NAMES = ("model.name", "model.version", "model.artifact", "retrieval.embedder",
          "retrieval.reranker")  # fmt: skip
_ENDS = ("].name", "].version", "].id")


def _stated(values: Mapping[str, Value]) -> list[str]:
    """Return every name under which the manifest means a model."""
    return [
        plain(value)
        for fact, value in values.items()
        if isinstance(value, str)
        and (fact in _NAMES or (fact.startswith("models[") and fact.endswith(_ENDS)))
    ]


def _same(seen: str, stated: str) -> bool:
    """Say whether two names mean one model: the same, or one with a date, a provider or a folder more."""
    if not stated:
        return False
    return seen == stated or seen.startswith(f"{stated}-") or seen.endswith(f"-{stated}") or stated.endswith(f"-{seen}") or stated.startswith(f"{seen}-")  # fmt: skip


def observe_agents(
    totals: TraceTotals, entry: EntryTotals, values: Mapping[str, Value], finds: Finds, *, holds: bool
) -> None:
    """State which tools were called, and how many steps a run of an agent takes."""
    calls = sum(totals.tools.values())
    if calls:
        named = tuple(sorted(totals.tools))[:_MOST_NAMED]
        finds.observe("observed.tools", named, samples=calls, method="tools that were called")
        stated = values.get("agent.tools")
        if isinstance(stated, tuple):
            known = {plain(one) for one in stated}
            strange = tuple(one for one in named if plain(one) not in known)
            finds.observe(
                "observed.undeclared_tools",
                strange,
                samples=calls,
                method="tools compared with `agent.tools`",
            )
            called = {plain(one) for one in named}
            unseen = tuple(one for one in stated if plain(one) not in called)[:_MOST_NAMED]
            finds.observe(
                "observed.unseen_tools", unseen, samples=calls, method="`agent.tools` compared with the tools that were called"
            )  # fmt: skip
            ask_about_tools(strange, unseen, finds)
    if entry.steps and holds:
        steps = [float(one) for one in entry.steps]
        finds.observe_percentile(
            "agent.steps_typical", steps, 0.5, unit="1", method="model calls of each run of an agent"
        )
        finds.observe_percentile("observed.agent_steps_p95", steps, 0.95, unit="1", method="the same")
        tools = [float(one) for one in entry.tool_calls]
        finds.observe_percentile(
            "observed.agent_tool_calls_p95", tools, 0.95, unit="1", method="tool calls of each run"
        )
