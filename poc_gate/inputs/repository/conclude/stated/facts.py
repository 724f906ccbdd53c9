"""Values that were seen -> one value for each fact, or a question where equals disagree."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.other_parts import leave_endpoints, of_one_machine, take_deadlines
from poc_gate.inputs.repository.conclude.stated.given_counts import take_given_counts
from poc_gate.inputs.repository.conclude.stated.half_encrypted import leave_half_encrypted
from poc_gate.inputs.repository.conclude.stated.one_request import asked_otherwise
from poc_gate.inputs.repository.conclude.stated.other_workloads import leave_other_workloads
from poc_gate.inputs.repository.conclude.stated.settled import settled_beside_calls
from poc_gate.inputs.repository.conclude.stated.weighing import certainty_of
from poc_gate.inputs.repository.conclude.stated.where_it_runs import (
    leave_checks_of_docker,
    leave_functions,
    leave_platform_of_graphs,
    take_cluster,
)
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import STEPS_ELSEWHERE
from poc_gate.inputs.repository.noting.signals import FactSeen, TechniqueSeen
from poc_gate.inputs.repository.reading import FoundFact, Undecided
from poc_gate.inputs.repository.tables.settings import IS_ASIDE
from poc_gate.model.claim import Claim, Notice, Provenance
from poc_gate.model.quantity import Quantity
from poc_gate.text.some_of import some_of

_OF_ANSWERS = ("security.output_cap", "security.input_cap", "model.max_context", "model.region", "model.call_timeout", "path.stages[model]", "agent.max_steps", "agent.max_tool_calls")  # fmt: skip
"""Limits of the model's answers: what a script asks of a model is not what the service asks."""
_FROM_ANYWHERE = ("evaluation.", "retrieval.citations", "pilot.description")
"""Facts that are never written where the service is: records of evaluations, and prose."""
_SETTLES = re.compile(r"(?i)config|settings|constants|values|infra")
"""Names of files in which people settle values: of equal places they are the ones to show."""
_SEVERAL = ("target.service",)
"""Facts of which a product with several parts has several, so that none of them holds for the whole."""
_CLUSTER = "target.service"
"""What values of a chart say of it is weighed already, against every other way to deploy."""
_OF_CONTAINERS = {"amazon-ecs", "aws-fargate"}
"""What runs the containers, and on whose machines: the second says both."""
_SAID_ONCE = 8
"""Places that a question spells out."""


def conclude_facts(ground: Ground) -> tuple[list[FoundFact], list[Notice]]:
    """Return one fact for each name: of the nearest file, and of what is in effect before defaults."""
    seen: dict[str, list[FactSeen]] = defaultdict(list)
    for one in ground.signals.facts:
        if one.standing is Standing.SUPPORT and (one.fact.startswith(_OF_ANSWERS) or _is_of_a_workplace(one)):
            continue
        if ground.counts(one.standing) or one.fact.startswith(_FROM_ANYWHERE) or one.reader == "readme":
            seen[one.fact].append(one)
    facts: list[FoundFact] = []
    questions: list[Notice] = []
    leave_functions(seen)
    leave_platform_of_graphs(seen, ground.signals.techniques)
    leave_half_encrypted(seen, ground, questions)
    take_cluster(seen, ground.signals.paths)
    leave_checks_of_docker(seen)
    leave_endpoints(seen, ground, questions)
    leave_other_workloads(seen, questions)
    take_deadlines(seen, ground)
    take_given_counts(seen, ground)
    _after_ranking(seen)
    for fact, found in sorted(seen.items()):
        if not found:
            continue
        found.sort(key=lambda one: (one.standing, -one.weight, not _SETTLES.search(one.place.file)))
        best = [one for one in found if (one.standing, one.weight) == (found[0].standing, found[0].weight)]
        best = [one for one in best if one.weight > 1 or (one.weight and (one.reader != "helm-values" or fact == _CLUSTER))]  # fmt: skip
        if not best:
            continue  # one of several ways to deploy
        values = {str(one.value) for one in best}
        if values == _OF_CONTAINERS:
            best = [one for one in best if one.value != "amazon-ecs"]
            values = {str(one.value) for one in best}
        if len(values) > 1 and fact in _SEVERAL:
            continue
        said = _said(fact, best, found, ground)
        if isinstance(said, Notice):
            questions.append(said)
        else:
            facts.append(said)
    return facts, questions


def _said(fact: str, best: list[FactSeen], found: list[FactSeen], ground: Ground) -> FoundFact | Notice:
    """Return the fact that values of equal rank make, or what is asked about it."""
    if len({str(one.value) for one in best}) > 1:
        settled = settled_beside_calls(best, ground)
        return _fact(settled) if settled else _question(fact, best)
    if asked := _of_one_place(best, ground):
        return asked
    default = _default_elsewhere(best, found, ground)
    return _question(fact, [*best, default]) if default else _fact(best[0])


def _is_of_a_workplace(one: FactSeen) -> bool:
    """Say whether containers of a developer's workplace or of a check state it: production gives its own other sizes."""
    return one.reader == "compose" and one.fact.startswith(("target.", "operations."))


def _after_ranking(seen: dict[str, list[FactSeen]]) -> None:
    """Where passages are ranked again, those that are left are what the model sees, and those searched are candidates."""
    ranked = seen.pop("retrieval.reranked", [])
    searched = seen.get("retrieval.top_k", [])
    nearest = min((one.standing for one in searched), default=Standing.SUPPORT)
    ranked = [one for one in ranked if one.standing <= nearest and one.weight >= 1]
    if not ranked or (searched and all(_size(one) < _size(ranked[0]) for one in searched)):
        return  # more than were searched cannot be left: so many are looked at anew, or nothing ranks at all
    seen.pop("retrieval.top_k", None)
    if "retrieval.candidates" not in seen and searched:
        seen["retrieval.candidates"] = [one._replace(fact="retrieval.candidates") for one in searched]
    seen["retrieval.top_k"] = [one._replace(fact="retrieval.top_k") for one in ranked]


def _size(one: FactSeen) -> float:
    return one.value.value if isinstance(one.value, Quantity) else 0.0


def _asks_without(best: list[FactSeen], ground: Ground) -> TechniqueSeen | None:
    """Return a file that asks a language model without a cap, where calls in other files alone give one."""
    if best[0].fact != "security.output_cap" or any(one.reader not in {"python", "tree"} for one in best):
        return None
    places = {place for _, _, place in ground.signals.constants}
    if any(one.place in places for one in best):
        return None
    capped: dict[str, list[int]] = defaultdict(list)
    for seen in ground.signals.facts:
        if seen.fact == "security.output_cap":
            capped[seen.place.file].append(seen.place.line)
    for place in ground.signals.of_models:  # caps of other models, which are left out by now
        capped[place.file].append(place.line)
    return next(
        (
            one
            for one in ground.signals.techniques
            if one.name == "llm"
            and one.weight >= 3
            and one.why.startswith("calls ")
            and one.standing is Standing.SERVICE
            and not any(abs(line - one.place.line) <= _OF_A_CALL for line in capped[one.place.file])
            and not IS_ASIDE.search(one.place.file)
            and not (capped[one.place.file] and _MAKES_A_CLIENT.match(one.why))
            and not (capped[one.place.file] and _asks_once(one, ground))
        ),
        None,
    )


def _made_without(best: list[FactSeen], ground: Ground) -> TechniqueSeen | None:
    """Return a client of a language model in another file, where what one file alone gives its own is how long it waits or how often it asks."""
    given = {one.place.file for one in best}
    places = {place for _, _, place in ground.signals.constants}
    if best[0].fact not in _OF_CLIENTS or len(given) > 1:
        return None
    if any(one.reader not in {"python", "tree"} or one.place in places for one in best):
        return None
    said = {one.place.file for one in ground.signals.facts if one.fact in _OF_CLIENTS}
    return next(
        (
            one
            for one in ground.signals.techniques
            if one.name in {"llm", "llm client"}
            and one.standing is Standing.SERVICE
            and one.place.file not in said
            and _MAKES_A_CLIENT.match(one.why)
            and not IS_ASIDE.search(one.place.file)
        ),
        None,
    )


_OF_CLIENTS = frozenset({"path.stages[model].timeout", "path.stages[model].retries"})


def _asks_once(one: TechniqueSeen, ground: Ground) -> bool:
    """Say whether a call is its file's only one of a kind that is given its settings as one object, made elsewhere in the file."""
    same = [seen for seen in ground.signals.techniques if seen.why == one.why and seen.place.file == one.place.file]  # fmt: skip
    return len(same) == 1 and one.why in _TAKE_AN_OBJECT


_TAKE_AN_OBJECT = frozenset({"calls generate_content", "calls generate_content_stream"})
_MAKES_A_CLIENT = re.compile(r"calls (?:Async)?(?:GenerativeModel|(?:Azure)?OpenAI|Anthropic(?:Bedrock|Vertex)?|Groq|Mistral|InferenceClient|Client)$")  # fmt: skip
"""A client is told how long an answer may be where it is asked, further below in its file."""
_OF_A_CALL = 30
"""Lines around a call within which what it is given is written."""


def _default_elsewhere(best: list[FactSeen], found: list[FactSeen], ground: Ground) -> FactSeen | None:
    """Return a parameter's default of another file, where the number of passages is only what one file of code gives a call."""
    files = {one.place.file for one in best}
    places = {place for _, _, place in ground.signals.constants}
    given = all(one.reader == "python" and one.place not in places for one in best)
    if best[0].fact != "retrieval.top_k" or not given or len(files) > 1:
        return None
    return next(
        (
            one
            for one in found
            if one.weight == 1
            and one.reader == "python"
            and one.standing is Standing.SERVICE
            and one.place.file not in files
            and str(one.value) != str(best[0].value)
        ),
        None,
    )


def _of_one_place(best: list[FactSeen], ground: Ground) -> Notice | None:
    """Return the question on a value that holds for some calls, clients or agents alone; None where nothing says so."""
    if one_machine := of_one_machine(best, ground):
        return one_machine
    if apart := _asks_without(best, ground) or _made_without(best, ground) or asked_otherwise(best, ground):
        return _of_one_call(best[0], apart)
    other = _stops_elsewhere(best, ground)
    return _of_one_agent(best[0], other) if other is not None else None


def _stops_elsewhere(best: list[FactSeen], ground: Ground) -> TechniqueSeen | None:
    """Return an agent in another file that a setting stops, where what others stop at is only written where they are made."""
    files, fact = {one.place.file for one in best}, best[0].fact
    places = {place for _, _, place in ground.signals.constants}
    if fact != "agent.max_steps" or any(one.reader != "tree" or one.place in places for one in best):
        return None
    return next((one for one in ground.signals.techniques if one.name == STEPS_ELSEWHERE and one.standing is Standing.SERVICE and one.place.file not in files), None)  # fmt: skip


def _of_one_agent(one: FactSeen, other: TechniqueSeen) -> Notice:
    what = f"{one.fact} is {one.value} in {one.place.file} ({one.place}), and the agent in {other.place.file} stops at {other.why}"
    return Notice("question", what, one.place, f"write the one of the agent that answers: `{one.fact}`")


def _of_one_call(one: FactSeen, apart: TechniqueSeen) -> Notice:
    lacks = "asks a model without a cap" if one.fact not in _OF_CLIENTS else "makes a client without it"
    what = f"{one.fact} is {one.value} in {one.place.file} ({one.place}), and {apart.place.file} {lacks}"
    return Notice("question", what, one.place, f"write the one of the answer: `{one.fact}`")


def _fact(one: FactSeen) -> FoundFact:
    sure = certainty_of(one, from_anywhere=one.fact.startswith(_FROM_ANYWHERE))
    claim = Claim(one.fact, one.value, Provenance.IMPORTED, one.place, one.note)
    return FoundFact(claim, one.reader, sure)


def _question(fact: str, best: list[FactSeen]) -> Notice:
    places: dict[str, FactSeen] = {}
    for one in best:
        places.setdefault(str(one.value), one)
    listed = some_of([f"{value} ({one.place})" for value, one in places.items()], _SAID_ONCE)
    what = f"{fact} has {len(places)} values of equal rank: {listed}"
    between = tuple(Claim(fact, one.value, Provenance.IMPORTED, one.place, one.note) for one in best)
    return Undecided("question", what, best[0].place, f"write the one that production uses: `{fact}`", between=between)  # fmt: skip
