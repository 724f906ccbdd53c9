"""Models that were seen, each as often as files name it -> one of each name and role, the likeliest of a role first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.tables.models import provider_of_name

_ONE_EACH = frozenset({"embedding", "reranker", "image"})
"""Roles that one model plays at a time: what is deployed stands before what the code takes otherwise."""
_CONTAINERS = frozenset({"compose", "workload", "helm-values"})
"""Readers of what starts containers: an image says which model it runs, and not what the pilot asks it for."""
_SEES = re.compile(r"(?:^|[-:.\d])(?:vision|vl|vlm|llava|bakllava|moondream|pixtral)(?:[-:.\d]|$)|\dv-")
"""Words in the names of models that are for pictures."""
_PROFILE = re.compile(r"^(?:us|eu|apac|ap|jp|au|us-gov|global)\.(?=[a-z]+[\w-]*\.)")
"""Where a cloud answers: one model is the same in Europe and in America."""


_Key = tuple[str, str]


class ByRole(NamedTuple):
    """The models by role and name."""

    best: dict[_Key, ModelSeen]
    """Role and name -> what says it most strongly."""
    counts: Counter[_Key]
    """Role and name -> how often the model is named where that has weight."""
    homes: dict[_Key, set[str]]
    """Role and name -> the folders at the top in which the model is named."""

    def ordered(self) -> list[tuple[ModelSeen, int]]:
        """Return the models that count, and how often each is named: those that answer first."""
        kept = sorted(
            _strongest(self.best).items(),
            key=lambda item: (item[0][0] != "chat", item[0][0], _order(item[1])),
        )
        return [(one, self.counts[key]) for key, one in kept]

    def most_homes(self) -> int:
        """Return in how many folders at the top one model that answers is named at the most."""
        return max((len(self.homes[key]) for key in self.counts if key[0] == "chat"), default=0)


def by_role(seen: list[ModelSeen]) -> ByRole:
    """Join what files say of the same model in the same role."""
    best: dict[_Key, ModelSeen] = {}
    counts: Counter[_Key] = Counter()
    homes: dict[_Key, set[str]] = defaultdict(set)
    for one in seen:
        key = (one.role, _PROFILE.sub("", str(one.name).lower().rpartition("/")[2]))
        counts[key] += one.weight > 1
        homes[key].add(one.place.file.partition("/")[0])
        best[key] = _joined(best[key], one) if key in best else one
    _leave_doubles(best)
    _leave_one_use(best, seen)
    return ByRole(best, counts, homes)


def _joined(best: ModelSeen, one: ModelSeen) -> ModelSeen:
    """Return the stronger of two notes of one model, with what only the other one says."""
    if one.default and one.weight > 1:
        best = best._replace(default=True)
    if _order(one) < _order(best):
        default = one.default or (best.default and best.weight > 1)
        return one._replace(provider=_nearer(one, best), hosting=one.hosting or best.hosting, default=default)
    return best._replace(provider=_nearer(best, one), hosting=best.hosting or one.hosting)


def _strongest(best: dict[_Key, ModelSeen]) -> dict[_Key, ModelSeen]:
    """Return the models without those that are only mentioned, where others of the role are used."""
    most: dict[str, int] = defaultdict(int)
    for (role, _), one in best.items():
        most[role] = max(most[role], one.weight)
    return {
        (role, name): one
        for (role, name), one in best.items()
        if (one.weight == most[role] if role in _ONE_EACH else min(one.weight, 2) >= min(most[role], 2))
    }


def _nearer(one: ModelSeen, other: ModelSeen) -> str:
    """Return who serves a model: what a file says of it before what its name alone suggests."""
    named = provider_of_name(str(one.name))
    return (
        other.provider if one.provider in {"", named} and other.provider not in {"", named} else one.provider
    )


def _order(one: ModelSeen) -> tuple[int, ...]:
    name = str(one.name)
    profile = bool(_PROFILE.match(name.lower().rpartition("/")[2]))
    return (one.standing, -one.weight, -int(one.default), -int("/" in name), -int(profile))


def _leave_one_use(best: dict[_Key, ModelSeen], seen: list[ModelSeen]) -> None:
    """Drop the answering role of a model that only a setting for something else names: `VISION_MODEL`, whatever call it is given to."""
    answering = {one.name for one in seen if one.role == "chat"}
    for role, name in [key for key in best if key[0] in _BESIDE and ("chat", key[1]) in best]:
        set_for = {one.place for one in seen if one.role == role and one.name == best[role, name].name}
        asked = [one for one in seen if one.role == "chat" and one.name == best["chat", name].name]
        if len(answering) > 1 and all(one.place in set_for for one in asked):
            del best["chat", name]


_BESIDE = frozenset({"vision", "guardrail", "summary", "judge", "rewrite"})
"""Roles that a setting's name gives a model beside the one that answers."""


def _leave_doubles(best: dict[tuple[str, str], ModelSeen]) -> None:
    """Drop the role of a model that only its name or a setting suggests, where code says which other one it has."""
    for _, name in [key for key in best if key[0] == "fallback"]:
        if ("chat", name) in best and best["chat", name].reader in {"settings", "env-file"}:
            del best["chat", name]  # settings name it, and code says when it is asked
        elif ("chat", name) in best:
            del best["fallback", name]  # the model that answers does not stand in for itself
    for _, name in [key for key in best if key[0] == "vision" and best[key].reader == "settings"]:
        served = best.get(("chat", name))
        others = any(role == "chat" and other != name for role, other in best)
        if served is not None and served.reader in _CONTAINERS and others:
            del best["chat", name]  # a container runs it, and the settings say what it is for
    for _, name in [key for key in best if key[0] == "chat" and _SEES.search(key[1])]:
        if any(role == "chat" and not _SEES.search(other) for role, other in best):
            seen = best.pop(("chat", name))  # it looks at pictures, and another one answers
            best.setdefault(("vision", name), seen._replace(role="vision"))
    for role, name in [key for key in best if key[0] == "classifier" and best[key].weight < 3]:
        if ("embedding", name) in best:
            del best[role, name]  # an encoder, of which only the name suggests that it sorts
    for role, name in [
        key for key in best if key[0] == "embedding" and best[key].note == "given to AutoModel"
    ]:
        if ("classifier", name) in best:
            del best[role, name]  # the body of a model that sorts
