"""Values that were concluded -> those that hold for the pilot as a whole: not for one provider, one cloud or one part of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.conclude.models.conclude_models import Concluded
from poc_gate.inputs.repository.conclude.stated.weighing import MANY_PARTS
from poc_gate.inputs.repository.noting.marks import ANSWERS_REQUESTS, OF_OWN_ENGINE
from poc_gate.inputs.repository.reading import FoundFact, FoundHost, Service
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.systems import family_of
from poc_gate.model.claim import Notice

_STARTERS = frozenset({"google-cloud-functions", "aws-lambda", "azure-functions"})
"""Functions, which beside jobs that learn and score start them: what answers runs elsewhere."""
_WITH_RETRIEVAL = ("retrieval.",)
_WITH_MODEL = ("model.", "security.output_cap", "security.input_cap", "path.stages[model]")


class Around(NamedTuple):
    """What values are held against."""

    ground: Ground
    models: Concluded
    hosts: tuple[FoundHost, ...]
    uses: Collection[str]
    parts: Sequence[Service]
    """Parts of the checkout that use models; none where one of them was chosen."""
    stated: Sequence[FoundFact]
    """What is stated of models, sources and uses."""
    undecided: frozenset[str]
    """Systems of which the code can use one or another, and nothing chooses."""
    idle: frozenset[str]
    """Folders of the parts that use none, beside parts that do."""


def leave_what_does_not_hold(seen: list[FoundFact], around: Around) -> list[FoundFact]:
    """Return the values without those of an engine, a cloud, a part or a model that may not be the one that answers."""
    hosted = any(found.claim.fact == "model.hosting" and found.claim.value == "hosted" for found in around.stated)  # fmt: skip
    own = any(
        found.claim.fact == "model.hosting" and found.claim.value == "self"
        for found in (*around.stated, *seen)
    )
    hosted = hosted or (not own and any(host.host in ANSWERING for host in around.hosts))
    asks = any(found.claim.fact == "model.hosting" and found.claim.note.startswith("a service of the cloud") for found in around.stated)  # fmt: skip
    classic = not asks and bool(around.uses) and set(around.uses) <= {"classic-ml", "training", "batch"}
    learns = not {"classic-ml", "training"}.isdisjoint(around.uses)
    chats = sum(model.role == "chat" for model in around.models.models)
    unclear = around.models.main is None and (around.models.asks_several or chats > 1)

    def holds(found: FoundFact) -> bool:
        if hosted and (found.claim.fact in _OF_ENGINES or (found.claim.fact == "target.device" and not learns)):  # fmt: skip
            return False  # of what embeds or ranks beside it
        if hosted and found.claim.note == OF_OWN_ENGINE:
            return False  # of a model that runs beside the one that a provider serves
        starts = found.claim.value in _STARTERS and found.claim.note != ANSWERS_REQUESTS
        if classic and found.claim.fact == "target.service" and starts:
            return False
        return not (_is_of_one_cloud(found, around.hosts) or (unclear and _is_of_one_model(found)))

    kept = [found for found in seen if holds(found)]
    kept = [found for found in kept if not _is_of_another_part(found, around)]
    kept = [found for found in kept if not _is_of_an_unused_index(found, around)]
    kept = [found for found in kept if not _is_of_one_lesson(found, around.ground)]
    sizes = [found for found in kept if found.claim.fact == "retrieval.chunk_size"]
    kept = [found for found in kept if not _is_overlap_of_a_call(found) or _is_beside(found, sizes)]
    return _of_all_parts(kept, around.parts, around.ground)


_OF_ENGINES = frozenset({"model.engine", "model.kv_utilisation", "model.tensor_parallel", "model.pipeline_parallel", "model.eager"})  # fmt: skip
"""What is said of an engine of one's own, and of no model that a provider serves."""
_CODE = frozenset({"python", "tree"})
_PLATFORMS = frozenset({"hosting", "platform"})
"""Readers of files that say how one part of a checkout runs, such as `fly.toml`."""
_DEPLOYS = frozenset({"cloud-project", "deploy-command", "dockerfile"})
"""Readers of files that deploy the folder that they lie in."""


def _is_of_another_part(found: FoundFact, around: Around) -> bool:
    """Say whether a file of a platform is of a part of the checkout that lies beside the one with the model that answers."""
    answers = around.models.main or next((one for one in around.models.models if one.role == "chat"), None)
    if answers is None or not found.claim.fact.startswith(("target.", "operations.")):
        return False
    if found.reader in _DEPLOYS:
        return found.claim.place.file.rpartition("/")[0] in around.idle
    if found.reader not in _PLATFORMS:
        return False
    part, home = (_part_of(place.file, around.parts) for place in (found.claim.place, answers.place))
    return bool(part and home) and part != home and not f"{part}/".startswith(f"{home}/") and not f"{home}/".startswith(f"{part}/")  # fmt: skip


def _is_of_an_unused_index(found: FoundFact, around: Around) -> bool:
    """Say whether a number of passages is what a client of an index is told that is one of several to choose from."""
    if found.reader not in _CODE or found.claim.fact not in {"retrieval.top_k", "retrieval.candidates"}:
        return False
    file = found.claim.place.file
    indexes = {one.system for one in around.ground.signals.systems if one.place.file == file and family_of(one.system) in _INDEXES}  # fmt: skip
    return bool(indexes) and indexes <= around.undecided


def _is_of_one_lesson(found: FoundFact, ground: Ground) -> bool:
    """Say whether a number of a training stands in one notebook of several files that train, each in its own way."""
    if found.reader != "notebook" or not found.claim.fact.startswith("training."):
        return False
    return len({one.place.file for one in ground.signals.techniques if one.name == "training"}) > 1


_INDEXES = frozenset({"vector", "search"})


def _part_of(file: str, parts: Sequence[Service]) -> str:
    """Return the folder of the innermost part that a file lies in, or an empty text."""
    return max((part.folder for part in parts if file.startswith(f"{part.folder}/")), key=len, default="")


def _is_overlap_of_a_call(found: FoundFact) -> bool:
    """Say whether an overlap is only of code: without a size of passages it may not be of the splitter that fills the index."""
    return found.claim.fact == "retrieval.chunk_overlap" and found.reader in _CODE


def _is_beside(overlap: FoundFact, sizes: list[FoundFact]) -> bool:
    """Say whether a size of passages is stated that an overlap in code may be of: in settings, or in the same folder."""
    folder = overlap.claim.place.file.rpartition("/")[0]
    return any(one.reader not in _CODE or one.claim.place.file.rpartition("/")[0] == folder for one in sizes)


def without_hosting(seen: list[FoundFact]) -> tuple[list[FoundFact], list[Notice]]:
    """Return the facts without who runs the model, where a provider is asked and an endpoint of one's own is deployed: a question."""
    own = next(found for found in seen if found.claim.fact == "model.hosting")
    what = f"model.hosting is not clear: a provider is asked, and {own.claim.note or 'a model of its own'} is deployed, too"
    asked = Notice("question", what, own.claim.place, "say which of them answers under `model.hosting`")
    return [found for found in seen if found is not own], [asked]


def _is_of_one_cloud(found: FoundFact, hosts: tuple[FoundHost, ...]) -> bool:
    """Say whether the region of a client in code is one cloud's alone, beside providers that are asked elsewhere."""
    if found.claim.fact != "model.region" or found.reader != "python":
        return False
    asked = {host.host for host in hosts if host.host in ANSWERING}
    return bool(asked - {PROVIDER_HOSTS["bedrock"]}) and asked != {PROVIDER_HOSTS["vertex-ai"]}


_OF_A_PART = (
    "target.",
    "model.",
    "retrieval.",
    "security.output_cap",
    "operations.request_deadline",
    "agent.",
)


def _of_all_parts(seen: list[FoundFact], parts: Sequence[Service], ground: Ground) -> list[FoundFact]:
    """Return the facts without those that only a few of many parts state: each part of a collection is a pilot."""
    folders = sorted((part.folder for part in parts if part.folder), key=len, reverse=True)
    if len(folders) < MANY_PARTS:
        return seen

    def part_of(file: str) -> str:
        return next((folder for folder in folders if file.startswith(f"{folder}/")), "")

    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in ground.signals.facts:
        said[one.fact, str(one.value)].add(part_of(one.place.file))
    return [
        found
        for found in seen
        if not found.claim.fact.startswith(_OF_A_PART)
        or not part_of(found.claim.place.file)
        or _deploys_all(part_of(found.claim.place.file), found, ground)
        or 2 * len(said[found.claim.fact, str(found.claim.value)]) >= len(folders)
    ]


def _deploys_all(part: str, found: FoundFact, ground: Ground) -> bool:
    """Say whether a part is the project of infrastructure, which says where the others run."""
    projects = (f"{part}/{name}".lower() for name in ("cdk.json", "pulumi.yaml"))
    return found.claim.fact == "target.service" and any(one in ground.signals.paths for one in projects)


def _is_of_one_model(found: FoundFact) -> bool:
    """Say whether a limit in code belongs to one of several models, of which it is not known which one answers."""
    limits = ("security.output_cap", "security.input_cap", "model.max_context", "path.stages[model]", "cost.")
    return found.reader in {"python", "tree"} and found.claim.fact.startswith(limits)


def fits(fact: str, uses: Collection[str]) -> bool:
    """Say whether a fact belongs to something that the pilot does; limits of an index without one are something else's."""
    if fact.startswith(_WITH_RETRIEVAL):
        return "retrieval" in uses
    if fact.startswith("agent."):
        return "agent" in uses
    if fact in {"security.output_cap", "model.max_context"} and "llm" not in uses:
        return False
    if fact.startswith(_WITH_MODEL):
        return bool(uses)
    return True
