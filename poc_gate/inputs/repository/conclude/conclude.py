"""All signals of a checkout -> the reading: models, sources, tools, hosts, techniques, facts and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.conclude.agent import ask_approvals, conclude_tools
from poc_gate.inputs.repository.conclude.aside.leave_aside import leave_aside
from poc_gate.inputs.repository.conclude.aside.lessons_apart import leave_each_ones_own
from poc_gate.inputs.repository.conclude.aside.models.choosers import (
    chosen_providers,
    leave_limits_of_others,
    leave_versions_of_others,
)
from poc_gate.inputs.repository.conclude.aside.models.idle_models import leave_idle
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.conclude_hosts import conclude_hosts
from poc_gate.inputs.repository.conclude.hosts.many_hosts import ask_which_of_many
from poc_gate.inputs.repository.conclude.hosts.many_providers import ask_of_providers
from poc_gate.inputs.repository.conclude.hosts.unsure_hosts import ask_of_unsure
from poc_gate.inputs.repository.conclude.languages import ask_language
from poc_gate.inputs.repository.conclude.models.conclude_models import (
    Concluded,
    conclude_models,
    embeds_in_a_database,
)
from poc_gate.inputs.repository.conclude.models.many_chats import ask_of_helpers, ask_of_many
from poc_gate.inputs.repository.conclude.remarks import ask_owner, conclude_remarks
from poc_gate.inputs.repository.conclude.services import conclude_services
from poc_gate.inputs.repository.conclude.sources import conclude_sources
from poc_gate.inputs.repository.conclude.stated.facts import conclude_facts
from poc_gate.inputs.repository.conclude.stated.fitting import (
    Around,
    fits,
    leave_what_does_not_hold,
    without_hosting,
)
from poc_gate.inputs.repository.conclude.stated.weighing import (
    no_surer_than_the_model,
    no_surer_than_the_part,
)
from poc_gate.inputs.repository.conclude.statements.state_classic import leaves_open, state_classic
from poc_gate.inputs.repository.conclude.statements.state_engines import (
    state_engine,
    state_engine_of_model,
    state_installed_engine,
)
from poc_gate.inputs.repository.conclude.statements.state_found import (
    state_agent,
    state_hosts,
    state_sources,
    state_techniques,
)
from poc_gate.inputs.repository.conclude.statements.state_models import (
    state_hosted,
    state_model,
    state_unnamed,
)
from poc_gate.inputs.repository.conclude.statements.state_prices import state_prices
from poc_gate.inputs.repository.conclude.statements.state_regions import state_region
from poc_gate.inputs.repository.conclude.statements.state_traces import state_traces
from poc_gate.inputs.repository.conclude.statements.state_versions import (
    state_deployed_version,
    state_weights,
)
from poc_gate.inputs.repository.conclude.statements.state_widths import state_widths
from poc_gate.inputs.repository.conclude.uses.conclude_uses import conclude_uses
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import (
    Certainty,
    FoundFact,
    FoundHost,
    FoundRemark,
    FoundSource,
    FoundTechnique,
    FoundTool,
    RepositoryReading,
    Service,
)
from poc_gate.model.claim import Claim, Notice, Place, Provenance


class _Pilot(NamedTuple):
    """What the pilot is made of, and what is asked about it."""

    models: Concluded
    sources: tuple[FoundSource, ...]
    techniques: tuple[FoundTechnique, ...]
    tools: tuple[FoundTool, ...]
    hosts: tuple[FoundHost, ...]
    """All that it may talk to."""
    talks_to: tuple[FoundHost, ...]
    """Those of them that are not only asked about."""
    about_hosts: tuple[Notice, ...]
    questions: tuple[Notice, ...]

    @property
    def uses(self) -> set[str]:
        """Return the names of what it uses."""
        return {technique.name for technique in self.techniques}


def conclude(
    name: str, signals: Signals, paths: list[str], *, chosen: Service | None = None
) -> RepositoryReading:
    """Return the reading of a checkout called `name`; `chosen` is the one service that was asked for."""
    paths = leave_aside(signals, paths)
    ground = Ground(signals)
    leave_each_ones_own(ground)
    leave_limits_of_others(ground)
    pilot = _pilot(ground)
    uses, main = pilot.uses, pilot.models.main
    leave_versions_of_others(ground, str(main.name) if main else "")
    seen, unclear = conclude_facts(ground)
    seen += state_region(ground, seen)
    services = conclude_services(paths, ground)
    parts = [part for part in services if part.uses_ai] if chosen is None else []
    idle = frozenset(part.folder for part in services if part.folder and not part.uses_ai and parts)
    facts = [_name(name), *_stated(pilot, ground)]
    seen, asked = _with_providers(facts, seen, pilot)
    facts += state_installed_engine(ground, seen, pilot.models.models, pilot.hosts, uses)
    facts += state_engine(seen, facts, pilot.hosts)
    facts += state_engine_of_model(main, seen, facts)
    facts += state_unnamed(pilot.techniques, pilot.models.questions, [*facts, *seen])
    undecided = frozenset(system for question in pilot.questions for system in question.systems)
    undecided -= {source.system for source in pilot.sources}
    around = Around(ground, pilot.models, pilot.hosts, uses, parts, facts, undecided, idle)
    seen = leave_what_does_not_hold(seen, around)
    facts += state_traces(ground)
    if "retrieval" in uses:
        facts += state_widths(pilot.models.models, signals)
    facts += state_deployed_version(seen, facts)
    facts += state_weights(main, seen, facts, signals)
    stated = {found.claim.fact for found in facts}
    facts += [found for found in seen if found.claim.fact not in stated and fits(found.claim.fact, uses)]
    facts = no_surer_than_the_part(facts, [part.folder for part in parts if part.folder])
    remarks = _remarks(ground, paths, uses)
    models, about_models = ask_of_many(pilot.models.models, pilot.models.main, pilot.questions)
    models, about_models = ask_of_helpers(models, pilot.models.main, about_models)
    questions = [
        *about_models,
        *pilot.about_hosts,
        *asked,
        *(one for one in unclear if fits(one.message.partition(" ")[0], uses)),
        *signals.questions,
        *_which_service(services, chosen),
        *ask_approvals(ground, pilot.tools),
        *ask_language(paths),
        *ask_owner(remarks),
    ]
    return RepositoryReading(
        name=name,
        facts=tuple(no_surer_than_the_model(facts)),
        models=models,
        sources=pilot.sources,
        tools=pilot.tools,
        hosts=pilot.talks_to,
        techniques=pilot.techniques,
        remarks=remarks,
        services=services,
        questions=tuple(dict.fromkeys(questions)),
        left=tuple(signals.left),
    )


def _pilot(ground: Ground) -> _Pilot:
    """Return what the pilot is made of: each kind rests on those before it."""
    models = conclude_models(ground)
    sources, asked = conclude_sources(ground)
    techniques, unclear = conclude_uses(ground, models.models, sources)
    uses = {technique.name for technique in techniques}
    models = models._replace(models=leave_idle(models.models, uses))
    if models.main and models.main.role in {"embedding", "reranker"} and ({"classic-ml", "training"} <= uses or "agent" in uses):  # fmt: skip
        # What it trains answers, or what picks the tools: the embedding serves that.
        models = models._replace(main=None)
    sources = tuple(source for source in sources if not _is_operated(source))
    if uses and "training" not in uses:  # rows to measure with, or to fit a model to a device
        sources = tuple(source for source in sources if source.system != "hugging-face-datasets")
    tools = conclude_tools(ground) if "agent" in uses else ()
    hosts = conclude_hosts(ground, models.models, sources)
    talks_to, about_hosts = ask_of_providers(
        hosts, models.models, ground.signals.paths, chosen_providers(ground)
    )
    talks_to, about_names = ask_of_unsure(talks_to, models.models, ground)
    talks_to, about_many = ask_which_of_many(talks_to)
    about_hosts = (*about_hosts, *about_names, *about_many)
    questions = (*models.questions, *unclear, *asked)
    return _Pilot(models, sources, techniques, tools, hosts, talks_to, about_hosts, questions)


def _name(name: str) -> FoundFact:
    claim = Claim("pilot.name", name, Provenance.IMPORTED, Place("the repository"), "its folder")
    return FoundFact(claim, "walk", Certainty.INFERRED)


def _stated(pilot: _Pilot, ground: Ground) -> Iterator[FoundFact]:
    """Yield what is stated of each thing that the pilot is made of."""
    models, uses = pilot.models, pilot.uses
    versioned = any(one.fact == "model.version" and ground.counts(one.standing) for one in ground.signals.facts)  # fmt: skip
    trains = models.main is None and {"classic-ml", "training"} <= uses
    yield from state_techniques(pilot.techniques)
    if not (trains or _answers_unseen(models, pilot.sources)):
        stated = state_model(models.main, models.models, uses, versioned=versioned)
        unseen = embeds_in_a_database(models.main, ground)
        yield from (one for one in stated if not unseen or one.claim.fact == "model.kind")
    yield from (one for one in state_classic(pilot.techniques, ground) if leaves_open(models.main, one))
    yield from state_prices(models.main, ground)
    yield from state_sources(pilot.sources)
    yield from state_agent(pilot.tools)
    yield from state_hosts(pilot.talks_to)


def _with_providers(
    facts: list[FoundFact], seen: list[FoundFact], pilot: _Pilot
) -> tuple[list[FoundFact], Sequence[Notice]]:
    """State that providers run a model without a name, where nobody else does; return what files say, and a question where they differ."""
    named = any(one.role == "chat" for one in pilot.models.models) or "classic-ml" in pilot.uses
    if named or not pilot.models.runs_none or any(found.claim.fact == "model.hosting" for found in facts):
        return seen, ()
    held = {str(found.claim.value) for found in seen if found.claim.fact == "model.hosting"}
    facts += [found for found in state_hosted(pilot.techniques, pilot.hosts) if held <= {"hosted"} or found.claim.fact != "model.hosting"]  # fmt: skip
    return without_hosting(seen) if "self" in held else (seen, ())


def _remarks(ground: Ground, paths: list[str], uses: set[str]) -> tuple[FoundRemark, ...]:
    """Return the remarks; a temperature is one of language models alone."""
    language = "llm" in uses or not uses
    return tuple(one for one in conclude_remarks(ground, paths) if one.kind != "temperature" or language)


def _answers_unseen(models: Concluded, sources: Sequence[FoundSource]) -> bool:
    """Say whether a service that answers by itself, with a model that no file names, stands behind the models of its index."""
    asked = any(source.system == "bedrock-knowledge-base" for source in sources)
    return asked and all(model.role in {"embedding", "reranker"} for model in models.models)


_OPERATES = re.compile(
    r"(?i)(?:^|[/_-])(?:controllers?|operators?|webhooks?|reconcil\w*|managers?)(?:[/_.-]|$)"
)


def _is_operated(source: FoundSource) -> bool:
    """Say whether a cluster is only what the pilot runs on: an operator changes it, and no answer comes from it."""
    return source.system == "kubernetes" and all(_OPERATES.search(place.file) for place in (source.place, *source.callers))  # fmt: skip


def _which_service(services: tuple[Service, ...], chosen: Service | None) -> list[Notice]:
    busy = [service for service in services if service.uses_ai]
    if chosen is not None or len(busy) < 2:
        return []
    names = ", ".join(service.folder or "." for service in busy[:12])
    what = f"{len(busy)} parts of this repository use models: {names}; what is shown mixes them"
    return [Notice("question", what, busy[0].place, "choose one with --service")]
