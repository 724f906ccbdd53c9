"""All signals of a checkout -> the reading: models, sources, tools, hosts, techniques, facts and questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.agent import ask_approvals, conclude_tools
from poc_gate.inputs.repository.conclude.aside.beside_server import beside_the_server, leave_users
from poc_gate.inputs.repository.conclude.aside.filled_in import level_with_examples
from poc_gate.inputs.repository.conclude.aside.guarded import leave_guarded
from poc_gate.inputs.repository.conclude.aside.models.choosers import (
    leave_limits_of_others,
    leave_versions_of_others,
)
from poc_gate.inputs.repository.conclude.aside.models.idle_models import leave_idle
from poc_gate.inputs.repository.conclude.aside.options_off import (
    leave_options_that_are_off,
    leave_stores_that_are_off,
)
from poc_gate.inputs.repository.conclude.aside.plugins_off import leave_plugins_that_nothing_names
from poc_gate.inputs.repository.conclude.aside.served_names import leave_served_names
from poc_gate.inputs.repository.conclude.aside.switches import leave_what_is_off
from poc_gate.inputs.repository.conclude.aside.unused.unused_modules import (
    handed_templates,
    leave_modules,
    leave_what_callers_give,
    other_deployments,
    other_environments,
    unused_modules,
)
from poc_gate.inputs.repository.conclude.aside.unused.unused_terraform import unused_terraform
from poc_gate.inputs.repository.conclude.facts import conclude_facts
from poc_gate.inputs.repository.conclude.fitting import (
    Around,
    fits,
    leave_what_does_not_hold,
    without_hosting,
)
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.conclude_hosts import conclude_hosts
from poc_gate.inputs.repository.conclude.languages import ask_language
from poc_gate.inputs.repository.conclude.models.conclude_models import Concluded, conclude_models
from poc_gate.inputs.repository.conclude.remarks import ask_owner, conclude_remarks
from poc_gate.inputs.repository.conclude.services import conclude_services
from poc_gate.inputs.repository.conclude.sources import conclude_sources
from poc_gate.inputs.repository.conclude.statements.state_classic import leaves_open, state_classic
from poc_gate.inputs.repository.conclude.statements.state_found import (
    state_agent,
    state_hosts,
    state_sources,
    state_techniques,
)
from poc_gate.inputs.repository.conclude.statements.state_models import (
    state_engine,
    state_hosted,
    state_model,
    state_unnamed,
)
from poc_gate.inputs.repository.conclude.statements.state_prices import state_prices
from poc_gate.inputs.repository.conclude.statements.state_traces import state_traces
from poc_gate.inputs.repository.conclude.uses.conclude_uses import conclude_uses
from poc_gate.inputs.repository.conclude.weighing import no_surer_than_the_model, no_surer_than_the_part
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import (
    Certainty,
    FileLeft,
    FoundFact,
    FoundSource,
    RepositoryReading,
    Service,
)
from poc_gate.model.claim import Claim, Notice, Place, Provenance


def conclude(
    name: str, signals: Signals, paths: list[str], *, chosen: Service | None = None
) -> RepositoryReading:
    """Return the reading of a checkout called `name`; `chosen` is the one service that was asked for."""
    paths = _leave_aside(signals, paths)
    ground = Ground(signals)
    leave_limits_of_others(ground)
    models = conclude_models(ground)
    sources, asked = conclude_sources(ground)
    techniques, unclear_uses = conclude_uses(ground, models.models, sources)
    uses = {technique.name for technique in techniques}
    models = models._replace(models=leave_idle(models.models, uses))
    if models.main and models.main.role in {"embedding", "reranker"} and ({"classic-ml", "training"} <= uses or "agent" in uses):  # fmt: skip
        models = models._replace(
            main=None
        )  # what it trains answers, or what picks the tools: the embedding serves that
    sources = tuple(source for source in sources if not _is_operated(source))
    if uses and "training" not in uses:  # rows to measure with, or to fit a model to a device
        sources = tuple(source for source in sources if source.system != "hugging-face-datasets")
    tools = conclude_tools(ground) if "agent" in uses else ()
    hosts = conclude_hosts(ground, models.models, sources)
    leave_versions_of_others(ground, str(models.main.name) if models.main else "")
    seen, unclear = conclude_facts(ground)
    services = conclude_services(paths, ground)
    versioned = any(one.fact == "model.version" and ground.counts(one.standing) for one in signals.facts)
    facts = [
        FoundFact(Claim("pilot.name", name, Provenance.IMPORTED, Place("the repository"), "its folder"), "walk", Certainty.INFERRED),
        *state_techniques(techniques),
        *(() if (models.main is None and {"classic-ml", "training"} <= uses) or _answers_unseen(models, sources) else state_model(models.main, models.models, uses, versioned=versioned)),
        *(one for one in state_classic(techniques, ground) if leaves_open(models.main, one)),
        *state_prices(models.main, ground),
        *state_sources(sources),
        *state_agent(tools),
        *state_hosts(hosts),
    ]  # fmt: skip
    named = any(one.role == "chat" for one in models.models) or "classic-ml" in uses
    if not named and models.runs_none and not any(found.claim.fact == "model.hosting" for found in facts):
        held = {str(found.claim.value) for found in seen if found.claim.fact == "model.hosting"}
        facts += [found for found in state_hosted(techniques, hosts) if held <= {"hosted"} or found.claim.fact != "model.hosting"]  # fmt: skip
        if "self" in held:
            seen, asked_too = without_hosting(seen)
            asked = (*asked, *asked_too)
    facts += state_engine(seen, facts, hosts)
    facts += state_unnamed(techniques, models.questions, [*facts, *seen])
    parts = [part for part in services if part.uses_ai] if chosen is None else []
    idle = frozenset(part.folder for part in services if part.folder and not part.uses_ai and parts)
    seen = leave_what_does_not_hold(seen, Around(ground, models, hosts, uses, parts, facts, idle))
    facts += state_traces(ground)
    stated = {found.claim.fact for found in facts}
    facts += [found for found in seen if found.claim.fact not in stated and fits(found.claim.fact, uses)]
    questions = [*models.questions, *unclear_uses, *asked, *(one for one in unclear if fits(one.message.partition(" ")[0], uses)), *signals.questions]  # fmt: skip
    questions += _which_service(services, chosen)
    questions += ask_approvals(ground, tools)
    questions += ask_language(paths)
    remarks = tuple(
        one
        for one in conclude_remarks(ground, paths)
        if one.kind != "temperature" or "llm" in uses or not uses
    )
    questions += ask_owner(remarks)
    return RepositoryReading(
        name=name,
        facts=tuple(
            no_surer_than_the_model(
                no_surer_than_the_part(facts, [part.folder for part in parts if part.folder])
            )
        ),
        models=models.models,
        sources=sources,
        tools=tools,
        hosts=hosts,
        techniques=techniques,
        remarks=remarks,
        services=services,
        questions=tuple(dict.fromkeys(questions)),
        left=tuple(signals.left),
    )


def _leave_aside(signals: Signals, paths: list[str]) -> list[str]:
    """Take back what files said that do not run with the pilot; return the paths of the others."""
    unused = unused_modules(signals, paths) | unused_terraform(signals, paths)
    leave_modules(signals, unused)
    leave_what_callers_give(signals)
    signals.left += [
        FileLeft(path, "not used: no file of the infrastructure takes it in") for path in sorted(unused)
    ]
    off = leave_what_is_off(signals, paths)
    leave_modules(signals, off)
    signals.left += [FileLeft(path, "not used: it is deployed only if a switch that is off is turned on") for path in sorted(off)]  # fmt: skip
    leave_served_names(signals)
    leave_options_that_are_off(signals)
    leave_stores_that_are_off(signals)
    leave_guarded(signals)
    leave_plugins_that_nothing_names(signals, paths)
    level_with_examples(signals)
    unused |= off
    apart = other_deployments(paths)
    leave_modules(signals, apart)
    signals.left += [FileLeft(path, "not used: it is deployed on its own") for path in sorted(apart)]
    handed = handed_templates(paths)
    leave_modules(signals, handed)
    signals.techniques[:] = [one for one in signals.techniques if one.place.file not in handed]
    signals.left += [FileLeft(path, "not used: a project that users are handed") for path in sorted(handed)]
    elsewhere = other_environments(paths)
    leave_modules(signals, elsewhere)
    signals.left += [FileLeft(path, "not used: infrastructure of another environment than production") for path in sorted(elsewhere)]  # fmt: skip
    beside = beside_the_server(signals, paths)
    leave_users(signals, beside)
    signals.left += [FileLeft(path, "not used: it shows how others use the server of tools") for path in sorted(beside)]  # fmt: skip
    return [path for path in paths if path not in unused | apart | handed]


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
