"""Commands that deploy to a cloud, in scripts and workflows -> replicas, memory, time limit, region, deployments of models.

Sources of the options: `gcloud run deploy`, `az containerapp` and `az cognitiveservices account deployment create`, 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.files.foreign_yaml import read_documents
from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.images import moves, split_image
from poc_gate.inputs.repository.tables.deployment.services import PAGES
from poc_gate.inputs.repository.tables.models import read_model_name, role_of_name
from poc_gate.model.claim import Place

_FILE = re.compile(
    r"(?:^|/)(?:makefile|justfile|taskfile\.ya?ml|jenkinsfile|azure-pipelines[\w.-]*\.ya?ml|[\w.-]*cloudbuild[\w.-]*\.ya?ml|[\w.-]+\.(?:sh|bash|ps1|cmd|bat|mk))$"
)
_BUILD = re.compile(r"cloudbuild[\w.-]*\.ya?ml$")
_RUNS = re.compile(r"gcloud (?:beta |alpha )?run deploy\b")
_APP = re.compile(r"az containerapp (?:create|update|up)\b")
_MODEL = re.compile(r"az cognitiveservices account deployment create\b")
_ACTION = "google-github-actions/deploy-cloudrun"
_CONTINUED = re.compile(r"[\\`^]\s*\n")
_OPTION = re.compile(r"--([a-z][a-z-]+)(?:\s+|=)(?:\"([^\"$]*)\"|'([^'$]*)'|([^\s\"'$]+))")
_IMAGE = re.compile(r"--image(?:\s+|=)[\"']?([^\s\"']+)")
_OF_A_BUILD = re.compile(r"(?i)sha|build_?(?:id|number)|commit|digest|run_(?:id|number)|tag_name")
"""Variables that give the image of each build a tag of its own."""
_ENDS_OPEN = re.compile(r"\}$|\$\w+$")
_PART = re.compile(r"\$\{?(\w+)\}?")
_TRIES = re.compile(r"(?:^|[-_.])(?:pr|pull|tests?|ci|nightly|dev|e2e|staging|preview)(?:[-_.]|$)")
"""Names of builds that try a change out."""
_COUNT = re.compile(r"[1-9]\d{0,6}")
_SPAN = re.compile(r"(\d{1,6})(s|m|h)?")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3_600}
_BESIDE = re.compile(r"(?i)front|(?:^|[-_/ ])(?:ui|web|docs|redis|postgres|proxy)(?:[-_/ ]|$)")
"""Names of parts that hand out pages, route or store."""


def _wants(path: str) -> bool:
    return bool(_FILE.search(path.lower())) or (is_workflow(path) and path.endswith((".yml", ".yaml")))


def _read(file: TextFile, notes: Notes) -> None:
    if not any(word in file.text for word in ("gcloud ", "az ", _ACTION)) and not _BUILD.search(file.name):
        return
    if _is_one_of_several(file.path, notes):
        notes.standing = max(notes.standing, Standing.EXAMPLE)
    for command, start in _commands(file.text):
        if _MODEL.match(command):
            _note_model(command, start, file, notes)
        elif not _BESIDE.search(command[:160]) and not PAGES.search(file.folder):
            on_google = command.startswith("gcloud")
            _note_size(_options(command, start, file), file.at(start), notes, on_google=on_google)
    for options, place in (*_listed(file), *_given_to_an_action(file)):
        _note_size(options, place, notes, on_google=True)


_WAYS = re.compile(r"(?i)^(.*(?:^|/)(?:modes|variants|flavou?rs|platforms|targets|recipes)/)[^/]+/")


def _is_one_of_several(path: str, notes: Notes) -> bool:
    """Say whether a script stands in one of several folders, each for another way to deploy: `modes/k8s`, `modes/containerapp`."""
    way = _WAYS.match(path)
    if way is None:
        return False
    return any(one.startswith(way[1].lower()) and not one.startswith(way[0].lower()) and "/" in one[len(way[1]) :] for one in notes.signals.paths)  # fmt: skip


def _commands(text: str) -> Iterator[tuple[str, int]]:
    """Yield the commands of one or more lines, and where each begins; continued lines keep their length."""
    joined = _CONTINUED.sub(lambda match: " " * len(match[0]), text)
    for pattern in (_RUNS, _APP, _MODEL):
        for match in list(pattern.finditer(joined))[:50]:
            yield joined[match.start() : joined.find("\n", match.start()) % (len(joined) + 1)], match.start()


def _options(command: str, start: int, file: TextFile) -> dict[str, tuple[str, Place]]:
    """Return the options that are given plain values, and where those are written."""
    found: dict[str, tuple[str, Place]] = {}
    for match in _OPTION.finditer(command):
        group = next(number for number in (2, 3, 4) if match[number] is not None)
        found[match[1]] = (match[group], file.at(start + match.start(group)))
    if image := _IMAGE.search(command):
        found["image"] = (image[1], file.at(start + image.start(1)))
    return found


def _listed(file: TextFile) -> Iterator[tuple[dict[str, tuple[str, Place]], Place]]:
    """Yield the options of steps of Google Cloud's builds whose words are a list: `['run', 'deploy', 'desk', '--memory', '2Gi']`."""
    if not _BUILD.search(file.name) or _TRIES.search(file.name.rpartition(".")[0]):
        return
    for document in read_documents(file)[:1]:
        given = {name: node.text() for name, node in document.at("substitutions").entries().items()}
        for step in document.at("steps").items()[:50]:
            words = step.at("args").items()[:200]
            texts = [_filled(word.text(), given) for word in words]
            if not ({"run", "deploy"} <= {*texts[:5]}) or _BESIDE.search(" ".join(texts[:5])):
                continue
            found: dict[str, tuple[str, Place]] = {}
            for word, text, after in zip(words, texts, [*texts[1:], ""], strict=True):
                name, equals, value = text.partition("=")
                value = value if equals else after
                if name.startswith("--") and (name == "--image" or "$" not in value):
                    found[name[2:]] = (value, word.place)
            yield found, words[0].place


def _given_to_an_action(file: TextFile) -> Iterator[tuple[dict[str, tuple[str, Place]], Place]]:
    """Yield the options that the action of Google gives a service of Cloud Run in a workflow."""
    if not is_workflow(file.path) or _ACTION not in file.text:
        return
    for job in read_documents(file)[0].at("jobs").entries().values():
        for step in job.at("steps").items()[:50]:
            given = step.at("with")
            if not step.at("uses").text().startswith(f"{_ACTION}@") or _BESIDE.search(
                given.at("service").text()
            ):
                continue
            flags, region = given.at("flags"), given.at("region")
            found = {match[1]: (next(one for one in match.groups()[1:] if one is not None), flags.place) for match in _OPTION.finditer(flags.text())}  # fmt: skip
            if region.text() and "$" not in region.text():
                found["region"] = (region.text(), region.place)
            yield found, step.at("uses").place


def _filled(text: str, given: dict[str, str]) -> str:
    return _PART.sub(lambda match: given.get(match[1], match[0]), text)


def _note_size(options: dict[str, tuple[str, Place]], place: Place, notes: Notes, *, on_google: bool) -> None:
    """Note what a command gives the service that it deploys, and whether its image stays the same."""
    nothing = ("", place)
    for names, fact in ((("min-instances", "min-replicas"), "target.replicas"), (("max-instances", "max-replicas"), "target.replicas_max")):  # fmt: skip
        value, at = next((options[name] for name in names if name in options), nothing)
        if _COUNT.fullmatch(value):
            notes.number(fact, int(value), at)
    memory, at = options.get("memory", nothing)
    if size := bytes_of(memory):
        notes.number("target.memory_limit", size, at, unit="B")
        notes.flag("operations.resources_set", at, sure=INFERRED, note="what a command gives the service")
    span, at = options.get("timeout", nothing)
    if (match := _SPAN.fullmatch(span)) and on_google:
        notes.number("operations.request_deadline", int(match[1]) * _SECONDS[match[2] or ""], at, unit="s")
    region, at = next((options[name] for name in ("region", "location") if name in options), nothing)
    if re.fullmatch(r"[a-z]+-[a-z]+\d+|[a-z]{4,}\d?", region):
        notes.fact("target.region", region, at)
    _note_image(*options.get("image", nothing), notes)
    service = "google-cloud-run" if on_google else "azure-container-apps"
    notes.fact("target.service", service, place, weight=2, sure=INFERRED, note="a command deploys to it")


def _note_image(image: str, place: Place, notes: Notes) -> None:
    """Note whether an image has a tag that stays: a plain one, or one that a build gives once."""
    name, tag = split_image(image)
    if "$" in tag and not _OF_A_BUILD.search(tag):
        return
    if not tag and ("/" not in name or _ENDS_OPEN.search(name)):
        return
    pinned = "$" in tag or not moves(tag)
    notes.flag("target.image_pinned", place, value=pinned, sure=INFERRED, note=f"tag {tag or 'latest'}"[:80])


def _note_model(command: str, start: int, file: TextFile, notes: Notes) -> None:
    """Note the model that a deployment is of, with version and quota where it is the one that answers."""
    options = _options(command, start, file)
    nothing = ("", file.at(start))
    name, at = options.get("model-name", nothing)
    if read_model_name(name) is None:
        return
    role = role_of_name(name) or "chat"
    notes.model(name, at, role=role, provider="azure-openai", hosting="hosted", weight=3, note="a command deploys it")  # fmt: skip
    label = options.get("deployment-name", nothing)[0]
    if label and label != name:
        notes.signals.deployments.setdefault(label, name)
    if role != "chat":
        return
    version, at = options.get("model-version", nothing)
    if version:
        notes.fact("model.version", version, at)
    capacity, at = next((options[one] for one in ("sku-capacity", "capacity") if one in options), nothing)
    if _COUNT.fullmatch(capacity):
        notes.number("model.quota_tokens", int(capacity) * 1_000 / 60, at, unit="tok/s", note=f"capacity {capacity}: 1,000 tokens a minute each")  # fmt: skip


READER = Reader(
    name="deploy-command",
    summary="commands in scripts and workflows that deploy: replicas, memory, region, deployments of models",
    wants=_wants,
    read=_read,
    worst=Standing.SUPPORT,
)
