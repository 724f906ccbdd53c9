"""A compose file -> systems, models and engines of its containers, what is built, replicas, memory, devices."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.compose.compose_models import note_models
from poc_gate.inputs.repository.deployment.compose.health import note_health
from poc_gate.inputs.repository.deployment.compose.serving import note_serving
from poc_gate.inputs.repository.deployment.compose.set_beside import (
    is_of_an_engine,
    number_of,
    numbers_beside,
    with_numbers,
)
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.loads import LOADED
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.images import (
    engine_of_image,
    is_plumbing,
    split_image,
    system_of_image,
)
from poc_gate.inputs.repository.tables.systems import system_of_address, system_of_variable
from poc_gate.model.claim import Place

_FILE = re.compile(r"(?:^|/)(?:[\w.-]*compose[\w.-]*)\.ya?ml$")
_VARIABLE = re.compile(r"\$\{(\w+)(?::?[-=]([^${}]*))?(?::?\?[^}]*)?\}|\$(\w+)")
_SECRET = re.compile(r"(?i)key$|token$|secret|password|passwd|_pwd$|credential|_pat$|dsn$")

_PASSWORD = re.compile(r"(?i)password|passwd|_pwd$")


def _wants(path: str) -> bool:
    return bool(_FILE.search(path))


def interpolate(text: str, settings: dict[str, str] | None = None) -> str:
    """Return a text with variables replaced by their defaults; one without a default leaves the text empty."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        name = match[1] or match[3]
        known = (settings or {}).get(name, "")
        default = match[2] if match[2] is not None else ""
        missing = missing or not (known or match[2] is not None)
        return known or default

    for _ in range(4):
        changed = _VARIABLE.sub(value, text)
        if changed == text:
            break
        text = changed
    return "" if missing or "${" in text else text


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:4]:
        services = document.at("services").entries()
        for name, service in list(services.items())[:200]:
            if service.entries():
                _note_service(name, service, services, notes)
        note_models(document, notes, weight=0 if is_variant(notes) else 1 if _is_one_of_several(notes) else 3)


_SEVERAL = 2
_MAIN_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")


def is_variant(notes: Notes) -> bool:
    """Say whether a compose file stands beside the main one, as another way to run or to test the pilot."""
    if _MAIN.match(notes.file.name):
        return False
    if re.search(r"(?i)test|\blocal|[._-]dev\b|example", notes.file.name):
        return True
    folder = f"{notes.file.folder}/" if notes.file.folder else ""
    places = {f"{folder}{name}".lower() for name in _MAIN_NAMES} | set(_MAIN_NAMES)
    return bool(places & notes.signals.paths)


_MAIN = re.compile(r"^(?:docker-)?compose(?:\.(?:prod\w*|yaml|yml))*(?:\.override)?\.ya?ml$")


def _is_one_of_several(notes: Notes) -> bool:
    """Say whether main compose files lie in several folders beside each other: one for each kind of machine, for instance."""
    return sum(path.rpartition("/")[2] in _MAIN_NAMES for path in notes.signals.paths) > _SEVERAL


def _is_needed(name: str, services: dict[str, Node]) -> bool:
    """Say whether a container of the pilot's own depends on a store, or names it as a host."""
    own = {one.at("image").text() for one in services.values() if one.at("build")}
    for other, service in services.items():
        if other == name or _is_product(service) or _TOOLS.match(other):
            continue
        if own and not service.at("build") and service.at("image").text() not in own:
            continue  # a product of others beside what is built here
        if name in _needed(service):
            return True
        texts = [node.text() for node in environment_of(service).values()] + [
            word.text() for word in _words(service.at("command"))
        ]
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for text in texts):
            return True
    return False


_OF_THE_PILOT = re.compile(r"(?:\.{1,2}/)?(?:[\w-]+/)?\.env")
"""The environment that people make of the example beside it."""


def _note_service(name: str, service: Node, services: dict[str, Node], notes: Notes) -> None:
    image = interpolate(service.at("image").text())
    place = service.at("image").place if service.at("image") else service.place
    offered = bool(service.at("profiles").items())
    _remark_on(name, service, image, place, notes)
    variant = is_variant(notes)
    loaded = service.at("env_file")
    if not variant and any(_OF_THE_PILOT.fullmatch(one.text()) for one in (loaded, *loaded.items())):
        notes.signals.switches.append((LOADED, "compose"))
    if image and not is_plumbing(image):
        system = system_of_image(image)
        if system and not _is_inner(name, services):
            how = "deployed" if not offered and _is_needed(name, services) and not variant else "offered"
            notes.system(system, place, how=how, label=name, note=f"container {name}")
            return
    build = service.at("build")
    if build:
        context = build.at("context").text() if build.entries() else build.text()
        notes.signals.built.append((_joined(notes.file.folder, interpolate(context) or context), build.place))
    environment = environment_of(service)
    weight = 0 if variant or _is_outdated(build, notes) else 1 if offered or _is_one_of_several(notes) else 3
    if system_of_image(image) or (image and is_plumbing(image)):
        return
    numbers = {} if variant or _BESIDE.search(name) else numbers_beside(notes.file)
    arguments = with_numbers(_words(service.at("command")) + _words(service.at("entrypoint")), numbers)
    handed = _note_set(environment, engine_of_image(image), numbers, notes, weight)
    note_serving(image, place, arguments, environment, notes, weight=weight)
    if build and weight > 1 and not (_BESIDE.search(name) or _works_behind(service, services)):
        _note_limits(service, notes)
        note_health(service, notes)
    for variable, value in environment.items():
        if variable not in handed:
            _note_variable(variable, value, notes, weight)
        if build and weight > 1 and _KEEPS.fullmatch(variable) and (kept := system_of_address(interpolate(value.text()))):  # fmt: skip
            notes.system(kept, value.place, how="selected", note=f"{variable} holds its address")


def _works_behind(service: Node, services: dict[str, Node]) -> bool:
    """Say whether a container runs a command of its own and can be reached by nobody, beside others of the same image that can."""
    if service.at("ports").items() or service.at("expose").items() or not service.at("command"):
        return False
    same = [one for one in services.values() if one is not service and _built_as(one) == _built_as(service)]
    return any(one.at("ports").items() for one in same)


def _built_as(service: Node) -> tuple[str, str]:
    build = service.at("build")
    return (build.at("context").text() or build.text(), build.at("dockerfile").text())


def _is_outdated(build: Node, notes: Notes) -> bool:
    """Say whether a container is built by a file that the checkout no longer holds beside the rest of its folder."""
    named = interpolate(build.at("dockerfile").text()) if build else ""
    if not named or "$" in named:
        return False
    folder = _joined(notes.file.folder, interpolate(build.at("context").text()) or ".")
    path = _joined(folder, named).lower()
    within = f"{folder}/".lower() if folder else ""
    return path not in notes.signals.paths and any(one.startswith(within) for one in notes.signals.paths)


_BESIDE = re.compile(r"(?i)front|(?:^|[-_])(?:g?ui|web|widget|client|dashboard|portal|nginx|proxy|docs?|worker|beat|cron|scheduler|migrations?|init|db|cache)(?:[-_]|$)")  # fmt: skip
"""Names of containers that hand out pages, route, store or work behind the one that answers."""
_MEMORY = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)\s*([kmgt]?)i?b?")
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def _note_limits(service: Node, notes: Notes) -> None:
    """Note how much memory a container of the pilot's own may use, and how many of it run; units are of 1,024, as Docker counts."""
    limit = service.at("deploy").at("resources").at("limits").at("memory") or service.at("mem_limit")
    match = _MEMORY.fullmatch(interpolate(limit.text()).strip().lower()) if limit else None
    if match:
        notes.number("target.memory_limit", float(match[1]) * 1_024 ** _POWERS[match[2]], limit.place, unit="B")  # fmt: skip
    replicas = service.at("deploy").at("replicas")
    if replicas and re.fullmatch(r"[1-9]\d{0,3}", interpolate(replicas.text())):
        notes.number("target.replicas", int(interpolate(replicas.text())), replicas.place)


def _remark_on(name: str, service: Node, image: str, place: Place, notes: Notes) -> None:
    """Note images whose tag moves, passwords that stand in the file, and checks of health."""
    if image and not service.at("build") and split_image(image)[1] in {"", "latest", "main", "nightly"}:
        notes.remark("floating image", "", place, split_image(image)[0])
    if service.at("healthcheck"):
        notes.remark("health check", f"the container {name} is checked", service.at("healthcheck").place)
    for variable, node in environment_of(service).items():
        if _PASSWORD.search(variable) and interpolate(node.text()):
            notes.remark("password in a file", "", node.place, variable)


_KEEPS = re.compile(r"(?:APP_|BACKEND_|\w+_)?(?:DATABASE|DB|POSTGRES|MYSQL|MONGO(?:DB)?)_(?:URL|URI|DSN)")
"""Variables of the container that is built here in which the address of its own database is kept."""


def _note_variable(variable: str, node: Node, notes: Notes, weight: int) -> None:
    if weight:
        note_key_variable(variable, node.place, notes)
    value = interpolate(node.text()) if not isinstance(node.value, bool) else str(node.value).lower()
    if node.text().startswith("${"):
        notes.signals.filled.append(node.place)
    system = system_of_variable(variable)
    if system and node.text():
        how = "named" if weight else "offered"
        notes.system(system, node.place, how=how, note=f"{variable} holds its address")
    if value and not _SECRET.search(variable) and not system_of_address(value):
        note_named(variable, value, node.place, notes, kind="env", weight=weight)


def _note_set(environment: dict[str, Node], engine: str, numbers: dict[str, str], notes: Notes, weight: int) -> set[str]:  # fmt: skip
    """Note the numbers that a container is handed by what stands beside the compose file; return under which names."""
    handed = set()
    for variable, value in environment.items() if weight else ():
        number = number_of(value, numbers)
        if not number or (is_of_an_engine(variable) and not engine):
            continue
        if engine and variable.upper() == "MAX_TOTAL_TOKENS":
            notes.number("model.max_context", float(number), value.place, unit="tok", weight=weight)
        note_named(variable, number, value.place, notes, kind="env", weight=weight)
        handed.add(variable)
    return handed


def environment_of(service: Node) -> dict[str, Node]:
    """Return the environment of a container, written as a mapping or as a list of `NAME=value`."""
    environment = service.at("environment")
    found = dict(environment.entries())
    for item in environment.items():
        name, equals, value = item.text().partition("=")
        if equals and name:
            found[name] = Node.word(item.file, item.line, value, item.column + len(name) + 1)
    return found


def _words(node: Node) -> list[Node]:
    """Return the words of a command, written as a text or as a list."""
    if node.items():
        return [word for item in node.items() for word in _split(item)]
    return _split(node) if node.text() else []


def _split(node: Node) -> list[Node]:
    words = []
    for word in node.text().split():
        part = Node(node.file, node.line, node.column)
        part.value = word
        words.append(part)
    return words


def _is_inner(name: str, services: dict[str, Node]) -> bool:
    """Say whether a store serves only another product's container, such as the object store below a vector store."""
    users = [other for other, service in services.items() if name in _needed(service) and other != name]
    users = [other for other in users if not _SETS_UP.search(services[other].at("image").text())]
    return bool(users) and all(_is_product(services[user]) or _TOOLS.match(user) for user in users)


_SETS_UP = re.compile(r"(?:^|/)minio/mc(?::|@|$)")
"""Images that only make buckets in a store, and end."""
_TOOLS = re.compile(
    r"^(?:mlflow|prefect|airflow|dagster|langfuse|grafana|superset|metabase|flower|n8n|flowise)(?:[-_].*)?$"
)
"""Names of services that run a tool around the pilot: their stores are not the pilot's."""


def _is_product(service: Node) -> bool:
    image = interpolate(service.at("image").text()) or service.at("image").text()
    return not service.at("build") and bool(system_of_image(image) or is_plumbing(image))


def _needed(service: Node) -> set[str]:
    depends = service.at("depends_on")
    return (
        set(depends.entries())
        | {item.text() for item in depends.items()}
        | {item.text().partition(":")[0] for item in service.at("links").items()}
    )


def _joined(folder: str, context: str) -> str:
    parts = [part for part in folder.split("/") if part]
    for part in context.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


READER = Reader(
    name="compose",
    summary="compose files: systems, models, what is built, limits; with interpolation and profiles",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
