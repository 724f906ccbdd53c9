"""Models that could be the one that answers -> the one that does, or a question."""

from __future__ import annotations

import re
from collections.abc import Collection

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import TAKEN_BY_ITSELF
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.reading import Certainty, FoundModel
from poc_gate.inputs.repository.tables.models import is_hosted
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_DEPLOYED = frozenset(
    {"bicep", "compose", "helm-values", "workload", "platform", "terraform", "env-file", "settings"}
)
"""Readers of files that say what is in effect."""
_BUILT = frozenset({"bicep", "terraform", "deploy-command"})
"""Readers of infrastructure: the one model that it deploys stands before names that code falls back to."""
_CHATS = re.compile(r"(?:^|/)(?:api|routes?|routers?|endpoints|handlers)/(?:v\d+/)?chat(?:/route|/index|/\+server)?\.(?:[jt]sx?|mjs|py)$")  # fmt: skip
"""Routes that chat: of the models that other routes ask beside it, theirs is the one that answers."""
_SETTLES = re.compile(
    r"(?i)(?:^|[/_.-])(?:config\w*|settings|constants|infra|deploy\w*|env|agents?|main|app|models?)(?:[/_.-]|$)"
)
_BESIDE = re.compile(r"(?i)computer-use")
"""Models that work a screen: none of them answers people."""
_ANOTHER_TASK = re.compile(
    r"(?i)(?:^|[/_-])(?:image_?gen\w*|text_?to_?image|vision|ocr|captions?|captioning|tts|stt|speech|titles?|summari[sz]\w*)(?:[/_.-]|$)"
    r"|(?:^|/)[\w-]*(?-i:[a-z]Tool|_tool)\.\w+$"
)
"""Files of another task than the answer, or of one tool of an agent: a model of theirs answers only where no other file names one."""
_LOOKS = re.compile(r"(?i)llava|moondream")
"""Models that describe pictures: one answers only where nothing else does."""
_NAMED = 2
"""Weight of a name by itself: what a call is given counts more."""
_FEW_PARTS = 3
"""Folders at the top in which the candidates lie: more are several pilots, of which counting decides none."""


def found_model(one: ModelSeen) -> FoundModel:
    """Return a model as the reading lists it."""
    hosting = one.hosting or ("hosted" if is_hosted(one.provider) else "")
    sure = Certainty.INFERRED if one.standing > Standing.SERVICE or one.weight < 2 else one.certainty
    return FoundModel(one.role, str(one.name), one.provider, hosting, one.place, one.reader, sure, one.note)


def main_model(
    chats: list[tuple[ModelSeen, int]], *, only: Collection[str] | None = None, counts: bool = True
) -> tuple[FoundModel | None, tuple[Notice, ...]]:
    """Return the model that answers: the only one, the one that is called the default, or the one deployed.

    Where others are only offered, what code names beside them does not answer by being the only one: `only` are the
    names that a file settles then. Where `counts` is false, how often a name is written decides only for one that settings name.
    """
    if only is not None:
        chats = [pair for pair in chats if str(pair[0].name).lower() in only]
    chats = [pair for pair in chats if not _BESIDE.search(str(pair[0].name))]
    chats = [pair for pair in chats if not _ANOTHER_TASK.search(pair[0].place.file)] or chats
    chats = [pair for pair in chats if not _LOOKS.search(str(pair[0].name))] or chats
    if not chats:
        return None, ()
    standing = min(one.standing for one, _ in chats)
    near = [(one, count) for one, count in chats if one.standing == standing]
    if _is_selectable(near) or _is_disputed(near) or _is_beside_a_default(near) or _is_beside_settings(near):
        return None, (_asked(near),)
    for group in (
        [pair for pair in near if pair[0].weight == max(one.weight for one, _ in near)],
        [pair for pair in near if pair[0].default],
        [pair for pair in near if pair[0].reader in _BUILT and pair[0].weight > 1],
    ):
        if len(group) == 1:
            return found_model(group[0][0]), ()
    group = [pair for pair in near if pair[0].weight == max(one.weight for one, _ in near)]
    answers = _of_equals(group, counts=counts)
    return (answers, ()) if answers is not None else (None, (_asked(group),))


def _of_equals(group: list[tuple[ModelSeen, int]], *, counts: bool) -> FoundModel | None:
    """Return which of several models of equal weight answers: the default, the one of the route that chats, or the one named most often."""
    defaults = [one for one, _ in group if one.default]
    if len(defaults) == 1:
        return found_model(defaults[0])
    routed = [one for one, _ in group if one.reader in {"python", "tree"} and _CHATS.search(one.place.file)]
    if len(routed) == 1:
        return _with_note(found_model(routed[0]), "the route that chats asks it")
    group.sort(key=lambda pair: -pair[1])
    parts = {one.place.file.partition("/")[0] for one, _ in group}
    decides = (counts or group[0][0].reader in _DEPLOYED) and not _are_listed_together(group[:2])
    if decides and len(parts) <= _FEW_PARTS and group[0][1] >= 2 * group[1][1] and group[0][1] >= 3:
        found = found_model(group[0][0])
        return _with_note(found, f"named {group[0][1]} times, the next one {group[1][1]} times")
    return None


def _are_listed_together(first_two: list[tuple[ModelSeen, int]]) -> bool:
    """Say whether one file of settings, or of a gateway, names both models: each has its own part, however often it is written elsewhere."""
    one, other = (pair[0] for pair in first_two)
    return (
        one.reader == other.reader
        and one.reader in {"settings", "model-gateway"}
        and one.place.file == other.place.file
    )


def is_settled(one: ModelSeen) -> bool:
    """Say whether a file that says what is in effect names a model, or calls it the default."""
    return one.default or one.reader in _DEPLOYED


def is_default(one: ModelSeen) -> bool:
    """Say whether a model is called the default where defaults are settled; a provider's own default is not the pilot's."""
    return one.default and bool(_SETTLES.search(one.place.file))


def _is_selectable(near: list[tuple[ModelSeen, int]]) -> bool:
    """Say whether code offers models of several providers, none of them deployed or called the default."""
    if any(is_settled(one) for one, _ in near):
        return False
    strong = [one for one, _ in near if one.weight >= 2]
    return len({one.provider for one in strong}) > 1 and len({one.place.file for one in strong}) > 1


def _is_disputed(near: list[tuple[ModelSeen, int]]) -> bool:
    """Say whether one call names the model most strongly, and settings call that of another provider the default."""
    weight = max(one.weight for one, _ in near)
    strongest = [one for one, _ in near if one.weight == weight]
    if len(strongest) > 1 and weight > _NAMED:
        # Calls name models of several makers, and one of them is the default.
        return any(one.default for one in strongest) and len({one.provider for one in strongest}) > 1
    if len(strongest) != 1 or is_settled(strongest[0]):
        return False
    return any(one.default and one.weight > 1 and one.provider != strongest[0].provider for one, _ in near)


def _is_beside_a_default(near: list[tuple[ModelSeen, int]]) -> bool:
    """Say whether code of one file names a model, and code of another one takes the model that its library takes by itself."""
    taken = {one.place.file for one, _ in near if one.note.endswith(TAKEN_BY_ITSELF)}
    named = [one for one, _ in near if one.weight > 2 and not one.note.endswith(TAKEN_BY_ITSELF)]
    return (
        bool(taken) and len(named) == 1 and named[0].reader == "python" and named[0].place.file not in taken
    )


def _is_beside_settings(near: list[tuple[ModelSeen, int]]) -> bool:
    """Say whether one call alone writes its model out, and constants of the program's settings name another one."""
    weight = max(one.weight for one, _ in near)
    strongest = [one for one, _ in near if one.weight == weight]
    if len(strongest) != 1 or weight <= _NAMED or strongest[0].reader != "python":
        return False
    called = strongest[0]
    if not called.note.startswith("given to ") or ", by " in called.note:
        return False
    return any(one.weight == _NAMED and _SETTINGS.search(one.place.file) and one.place.file != called.place.file for one, _ in near)  # fmt: skip


_SETTINGS = re.compile(r"(?:^|/)(?:constants|settings|config)\.py$")
"""Files of a program in Python that hold what all of it is set to."""


def _asked(group: list[tuple[ModelSeen, int]]) -> Notice:
    places = some_of([f"{one.name} ({one.place})" for one, _ in group], 6)
    what = f"{len(group)} models could be the one that answers: {places}"
    names = tuple(dict.fromkeys(str(one.name) for one, _ in group))
    return Notice(
        "question",
        what,
        group[0][0].place,
        "say which of them answers in production: `model.name`",
        models=names,
    )


def _with_note(found: FoundModel, note: str) -> FoundModel:
    return FoundModel(
        found.role, found.name, found.provider, found.hosting, found.place, found.reader, Certainty.INFERRED, note
    )  # fmt: skip


def runs_itself(ground: Ground) -> bool:
    """Say whether every model that answers is made by a library that runs models in the pilot's own process."""
    made = {one.hosting for one in ground.signals.models if one.role == "chat" and one.hosting and ground.counts(one.standing)}  # fmt: skip
    return made == {"self"}


def runs_an_engine(ground: Ground) -> bool:
    """Say whether a container of the pilot's own runs an engine that serves models."""
    return any(one.fact == "model.engine" and one.weight > 1 and ground.counts(one.standing) for one in ground.signals.facts)  # fmt: skip


_ADDRESS_OF_MODELS = re.compile(r"(?i)(?!(?:\w+_)?local_)(?:\w+_)?(?:llm|openai|chat)_(?:model_)?(?:api_)?(?:base_?)?(?:url|endpoint|base)")  # fmt: skip
"""Of the server that answers; a local one beside it is a second choice, and other models have addresses, too."""
_INSIDE = re.compile(r"https?://(?!localhost\b)(?!\w*(?:litellm|gateway|proxy|router|portkey|one-?api|bricks))[\w-]+(?::\d+)?(?:/|$)")  # fmt: skip
"""Addresses without a domain, of another container of the same deployment that is no gateway to providers."""


def asks_inside(ground: Ground) -> bool:
    """Say whether what is deployed gives the address of the model, and it is another container's."""
    return any(
        one.kind == "env"
        and one.weight > 2
        and _ADDRESS_OF_MODELS.fullmatch(one.name)
        and _INSIDE.match(str(one.value))
        for one in ground.signals.settings
        if ground.counts(one.standing)
    )
