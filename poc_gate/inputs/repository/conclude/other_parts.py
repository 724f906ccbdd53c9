"""Values that were seen -> without those of another part than the one that answers, and limits under the fact that they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.of_parts import BOUNDS_A_REQUEST, OF_AN_ENDPOINT, OF_ENDPOINTS
from poc_gate.inputs.repository.noting.signals import FactSeen
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.model.claim import Notice

_OF_MACHINES = ("target.device", "target.count", "target.replicas", "target.replicas_max")


def take_deadlines(seen: dict[str, list[FactSeen]], ground: Ground) -> None:
    """Take a limit that a route gives all that it does as that of the request, whatever the setting is called."""
    bounds = {words_of(one.why) for one in ground.signals.techniques if one.name == BOUNDS_A_REQUEST}
    if not bounds or "model.call_timeout" not in seen:
        return
    names = {place: words_of(name) for _, name, place in ground.signals.constants}
    names |= {place: words_of(name) for place, name in ground.signals.given}
    of_requests = [one for one in seen["model.call_timeout"] if names.get(one.place) in bounds]
    seen["model.call_timeout"] = [one for one in seen["model.call_timeout"] if one not in of_requests]
    seen["operations.request_deadline"] += [
        one._replace(fact="operations.request_deadline") for one in of_requests
    ]


def leave_endpoints(seen: dict[str, list[FactSeen]], ground: Ground, questions: list[Notice]) -> None:
    """Ask about machines of an endpoint that a script deploys, where the pilot itself runs on another service."""
    services = {str(one.value) for one in seen.get("target.service", ())} - {OF_ENDPOINTS}
    places = {one.place for one in ground.signals.techniques if one.name == OF_AN_ENDPOINT}
    if not services or not places:
        return
    for fact in _OF_MACHINES:
        found = [one for one in seen.get(fact, ()) if one.place in places]
        if found:
            seen[fact] = [one for one in seen[fact] if one not in found]
            what = f"{fact} is {found[0].value} for an endpoint that code deploys ({found[0].place}), and the pilot runs on {min(services)}"
            questions.append(
                Notice("question", what, found[0].place, f"write `{fact}` if the endpoint answers")
            )


_KINDS_OF_MACHINES = re.compile(
    r"(?:^|/)(?:cpu|gpu|hpu|npu|xpu|xeon|gaudi\d*|rocm|epyc|cuda|aipc|amd|intel|nvidia|arm64?|tpu|inferentia)(?:/|$)"
)
"""Folders that are called after the machines that a pilot is started on."""
_STARTS = re.compile(r"(?:docker-)?compose\.ya?ml")
_OF_ENGINES = frozenset({"model.max_concurrency", "model.max_context", "model.tensor_parallel", "model.kv_utilisation", "security.input_cap"})  # fmt: skip
"""Limits that an engine is started with, on one machine otherwise than on another."""


def of_one_machine(best: Sequence[FactSeen], ground: Ground) -> Notice | None:
    """Return the question on a limit of an engine that only some of several ways to start the pilot have, each on other machines; None for others."""
    one = best[0]
    if one.fact not in _OF_ENGINES or any(each.reader not in {"compose", "env-file"} for each in best):
        return None
    split = [path.rpartition("/") for path in ground.signals.paths]
    homes = {folder for folder, _, name in split if _STARTS.fullmatch(name) and _KINDS_OF_MACHINES.search(folder)}  # fmt: skip
    said = {each.place.file.lower().rpartition("/")[0] for each in ground.signals.facts if (each.fact, str(each.value)) == (one.fact, str(one.value))}  # fmt: skip
    without = sorted(home for home in homes if not any(f"{home}/".startswith(f"{folder}/") for folder in said))  # fmt: skip
    if len(homes) < 2 or not without:
        return None
    what = f"{one.fact} is {one.value} on some machines only ({one.place}); those of {', '.join(without[:4])} do without"
    return Notice("question", what, one.place, f"write the one that production uses: `{one.fact}`")
