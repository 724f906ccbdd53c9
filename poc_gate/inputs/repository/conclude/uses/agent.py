"""Evidence -> whether a model picks what is called next."""

from __future__ import annotations

import re
from collections.abc import Collection

from poc_gate.inputs.repository.conclude.uses.evidence import GOES_WITH, RUNS, Concluded, Evidence, strongest
from poc_gate.inputs.repository.conclude.uses.language import passes_on
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.noting.marks import CALLED_BY_PROGRAM
from poc_gate.inputs.repository.noting.signals import TechniqueSeen

_NAMED = re.compile(r"(?i)(?:^|[-_. ])(?:agents?|agentic|assistant|crew_?ai)(?:$|[-_. ])")
"""Names of repositories that say what they hold: with a framework of agents beside it, it is one."""


def agent(evidence: Evidence, uses: Collection[str]) -> Concluded:
    """Return what shows that a model picks calls.

    Sufficient beside a language model: a framework's agent, tools that are handed over, what a tool gave going back to
    the model, a graph that a platform of agents serves and that goes its own way. A gateway hands over the tools of
    others. A server of tools is the half of an agent that acts, whoever's model picks the calls.
    """
    offers = evidence.strongest("offers")
    if "llm" not in uses:
        if offers is None:
            return Concluded(None)
        return Concluded(offers, f"it offers tools ({offers.place}) and calls no model: whether the pilot's own model picks the calls is not said")  # fmt: skip
    gateway = passes_on(evidence) is not None
    found = evidence.strongest("agent") if gateway else _run(evidence, "agent", "tools")
    found = found or (None if gateway else _run(evidence, "answers")) or _functions(evidence)
    if found is None and _NAMED.search(evidence.ground.signals.name) and not _is_a_pipe(evidence):
        found = evidence.strongest("agent", least=GOES_WITH)
    if found is None and not gateway:
        found = _files_of_agents(evidence)
    serves = any(one.why.startswith("LangGraph") for one in evidence.of("serves"))
    if found is None and (serves or evidence.says("agent") is not None):
        found = evidence.strongest("chooses")
    if found is None and not gateway and (evidence.says("agent") is not None or _is_a_part(offers, evidence)):
        found = offers  # a server of tools that says so, beside what else the checkout holds
    if found is not None:
        return Concluded(found)
    return Concluded(None, _in_words_only(evidence))


def _is_a_part(offers: TechniqueSeen | None, evidence: Evidence) -> bool:
    """Say whether a server of tools is a part of its own, in a folder at the top in which no model is asked."""
    if offers is None or offers.standing is not Standing.SERVICE:
        return False
    part, inside, _ = offers.place.file.partition("/")
    asked = {one.place.file.partition("/")[0] for one in evidence.of("llm") if "/" in one.place.file and one.weight >= RUNS}  # fmt: skip
    built = {one.place.file.partition("/")[0] for one in evidence.ground.signals.packages}
    return bool(inside) and bool(asked) and part not in asked and part in built


def _is_a_pipe(evidence: Evidence) -> bool:
    """Say whether the graph that the code builds only goes from one step to the next, whatever the project is called."""
    return any(one.why == "calls StateGraph" for one in evidence.of("llm")) and not evidence.of("chooses", "tools", "functions", "answers")  # fmt: skip


_OF_ROWS = re.compile(
    r"(?i)(?:^|/)(?:fine_?-?tun\w*|train\w*|datasets?)/|(?:^|[/_])(?:reformat|datasets?)\w*\.py$"
)
"""Folders of what a model is trained with: tools in its conversations are rows, and nobody calls them."""


def _run(evidence: Evidence, *kinds: str) -> TechniqueSeen | None:
    steps = _steps_of_the_program(evidence)
    return strongest(
        [one for one in evidence.of(*kinds) if not _OF_ROWS.search(one.place.file) and one not in steps]
    )


def _steps_of_the_program(evidence: Evidence) -> list[TechniqueSeen]:
    """Return the tools of a server that the program calls itself, each by its name; none where it leaves one to a model."""
    called = {one.why for one in evidence.of(CALLED_BY_PROGRAM)}
    tools = evidence.of("tools") if called else []
    names = {one.why.removesuffix(" is a tool") for one in tools}
    return tools if names and names <= called else []


_FILE = re.compile(r"(?:^|/)(?!i?agent\.)[\w.-]*agent\.(?:py|ts|java|kt|cs|go)$")
_MANY = 3


def _files_of_agents(evidence: Evidence) -> TechniqueSeen | None:
    """Return the files of agents that the program wrote itself, where the project calls itself so and there are several."""
    said = evidence.says("agent")
    if said is None:
        return None
    files = sorted(path for path in evidence.ground.signals.paths if _FILE.search(path) and standing_of(path) is Standing.SERVICE)  # fmt: skip
    if len(files) < _MANY:
        return None
    return TechniqueSeen(
        "agent", f"{said.why}, and {len(files)} files are of agents", said.place, Standing.SERVICE, 2
    )


def _functions(evidence: Evidence) -> TechniqueSeen | None:
    """Return a function at hand where the model may choose it, or the project calls itself an agent.

    A function that only the program calls makes no agent.
    """
    return evidence.strongest("functions") if evidence.of("chosen") or evidence.says("agent") else None


def _in_words_only(evidence: Evidence) -> str:
    """Return why it is open, where the project calls itself an agent and no code lets a model choose."""
    said = evidence.says("agent")
    if said is None or passes_on(evidence) is not None:
        return ""
    return f"{said.why} ({said.place}), and no code that was read lets a model pick the calls"
