"""Uses, sources, tools and destinations that were found -> statements in the manifest's terms."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.inputs.repository.conclude.statements.imported_fact import imported_fact
from poc_gate.inputs.repository.reading import (
    Certainty,
    FoundFact,
    FoundHost,
    FoundSource,
    FoundTechnique,
    FoundTool,
)
from poc_gate.model.claim import Claim, Provenance


def state_sources(sources: tuple[FoundSource, ...]) -> Iterator[FoundFact]:
    """Yield what is known of each source."""
    for source in sources:
        for key, value in (
            ("id", source.id),
            ("system", source.system),
            ("interface", source.interface),
            ("region", source.region),
        ):
            if value:
                open_to_others = key == "interface" or (key == "region" and source.region_certainty is Certainty.INFERRED)  # fmt: skip
                sure = Certainty.INFERRED if open_to_others else source.certainty
                note = source.note if key == "system" else ""
                yield imported_fact(f"sources[{source.id}].{key}", value, source, sure, note)


def state_agent(tools: tuple[FoundTool, ...]) -> Iterator[FoundFact]:
    """Yield the tools of an agent, and those whose effect is hard to undo."""
    if not tools:
        return
    yield imported_fact("agent.tools", tuple(tool.name for tool in tools), tools[0], Certainty.INFERRED)
    high = tuple(tool.name for tool in tools if tool.effect == "irreversible")
    if high:
        first = next(tool for tool in tools if tool.effect == "irreversible")
        yield imported_fact("agent.high_impact_tools", high, first, Certainty.INFERRED, first.why)
    by_person = tuple(tool.name for tool in tools if tool.approved_by_person)
    if by_person:
        first = next(tool for tool in tools if tool.approved_by_person)
        yield imported_fact("agent.human_approval", by_person, first, Certainty.INFERRED)


def state_hosts(hosts: tuple[FoundHost, ...]) -> Iterator[FoundFact]:
    """Yield each destination."""
    for host in hosts:
        yield imported_fact(
            f"security.egress[{host.name}].name", host.name, host, Certainty.INFERRED, host.why
        )


def state_techniques(techniques: tuple[FoundTechnique, ...]) -> Iterator[FoundFact]:
    """Yield `pilot.uses`."""
    if techniques:
        value = tuple(technique.name for technique in techniques)
        note = "; ".join(f"{technique.name}: {technique.why}" for technique in techniques)
        claim = Claim("pilot.uses", value, Provenance.IMPORTED, techniques[0].place, note)
        sure = all(technique.certainty is Certainty.STATED for technique in techniques)
        yield FoundFact(claim, "techniques", Certainty.STATED if sure else Certainty.INFERRED)
