"""Commands that deploy to a cloud, in scripts and workflows -> replicas, memory, time limit, region, deployments of models.

Sources of the options: `gcloud run deploy`, `az containerapp` and `az cognitiveservices account deployment create`, 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.services import PAGES
from poc_gate.inputs.repository.tables.models import read_model_name, role_of_name

_FILE = re.compile(
    r"(?:^|/)(?:makefile|justfile|taskfile\.ya?ml|jenkinsfile|azure-pipelines[\w.-]*\.ya?ml|[\w.-]+\.(?:sh|bash|ps1|cmd|bat|mk))$"
)
_RUNS = re.compile(r"gcloud (?:beta |alpha )?run deploy\b")
_APP = re.compile(r"az containerapp (?:create|update|up)\b")
_MODEL = re.compile(r"az cognitiveservices account deployment create\b")
_CONTINUED = re.compile(r"[\\`^]\s*\n")
_OPTION = re.compile(r"--([a-z][a-z-]+)(?:\s+|=)(?:\"([^\"$]*)\"|'([^'$]*)'|([^\s\"'$]+))")
_COUNT = re.compile(r"[1-9]\d{0,6}")
_SPAN = re.compile(r"(\d{1,6})(s|m|h)?")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3_600}
_BESIDE = re.compile(r"(?i)front|(?:^|[-_/ ])(?:ui|web|docs|redis|postgres|proxy)(?:[-_/ ]|$)")
"""Names of parts that hand out pages, route or store."""


def _wants(path: str) -> bool:
    return bool(_FILE.search(path.lower())) or (is_workflow(path) and path.endswith((".yml", ".yaml")))


def _read(file: TextFile, notes: Notes) -> None:
    if "gcloud " not in file.text and "az " not in file.text:
        return
    if _is_one_of_several(file.path, notes):
        notes.standing = max(notes.standing, Standing.EXAMPLE)
    for command, start in _commands(file.text):
        if _MODEL.match(command):
            _note_model(command, start, file, notes)
        elif not _BESIDE.search(command[:160]) and not PAGES.search(file.folder):
            _note_size(command, start, file, notes)


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


def _options(command: str, start: int) -> dict[str, tuple[str, int]]:
    """Return the options that are given plain values, and where those are written."""
    found: dict[str, tuple[str, int]] = {}
    for match in _OPTION.finditer(command):
        group = next(number for number in (2, 3, 4) if match[number] is not None)
        found[match[1]] = (match[group], start + match.start(group))
    return found


def _note_size(command: str, start: int, file: TextFile, notes: Notes) -> None:
    options = _options(command, start)
    for names, fact in ((("min-instances", "min-replicas"), "target.replicas"), (("max-instances", "max-replicas"), "target.replicas_max")):  # fmt: skip
        value, at = next((options[name] for name in names if name in options), ("", 0))
        if _COUNT.fullmatch(value):
            notes.number(fact, int(value), file.at(at))
    memory, at = options.get("memory", ("", 0))
    if size := bytes_of(memory):
        notes.number("target.memory_limit", size, file.at(at), unit="B")
    span, at = options.get("timeout", ("", 0))
    if (match := _SPAN.fullmatch(span)) and command.startswith("gcloud"):
        notes.number("operations.request_deadline", int(match[1]) * _SECONDS[match[2] or ""], file.at(at), unit="s")  # fmt: skip
    region, at = next((options[name] for name in ("region", "location") if name in options), ("", 0))
    if re.fullmatch(r"[a-z]+-[a-z]+\d+|[a-z]{4,}\d?", region):
        notes.fact("target.region", region, file.at(at))
    service = "google-cloud-run" if command.startswith("gcloud") else "azure-container-apps"
    notes.fact("target.service", service, file.at(start), weight=2, sure=INFERRED, note="a command deploys to it")  # fmt: skip


def _note_model(command: str, start: int, file: TextFile, notes: Notes) -> None:
    """Note the model that a deployment is of, with version and quota where it is the one that answers."""
    options = _options(command, start)
    name, at = options.get("model-name", ("", 0))
    if read_model_name(name) is None:
        return
    role = role_of_name(name) or "chat"
    notes.model(name, file.at(at), role=role, provider="azure-openai", hosting="hosted", weight=3, note="a command deploys it")  # fmt: skip
    label = options.get("deployment-name", ("", 0))[0]
    if label and label != name:
        notes.signals.deployments.setdefault(label, name)
    if role != "chat":
        return
    version, at = options.get("model-version", ("", 0))
    if version:
        notes.fact("model.version", version, file.at(at))
    capacity, at = next((options[one] for one in ("sku-capacity", "capacity") if one in options), ("", 0))
    if _COUNT.fullmatch(capacity):
        notes.number("model.quota_tokens", int(capacity) * 1_000 / 60, file.at(at), unit="tok/s", note=f"capacity {capacity}: 1,000 tokens a minute each")  # fmt: skip


READER = Reader(
    name="deploy-command",
    summary="commands in scripts and workflows that deploy: replicas, memory, region, deployments of models",
    wants=_wants,
    read=_read,
    worst=Standing.SUPPORT,
)
