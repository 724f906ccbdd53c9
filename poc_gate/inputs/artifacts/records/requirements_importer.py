"""pip requirements and lock files -> whether every dependency is pinned, and pinned to a digest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.opening.secret_places import secret_in
from poc_gate.model.claim import Place

_FILE = re.compile(
    r"(?i)^(.*requirements.*\.(txt|in|lock)|constraints.*\.txt|(poetry|uv|pdm)\.lock|pipfile\.lock|pylock(\..+)?\.toml)$"
)
_NAME = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?P<rest>.*)$")
_COMMIT = re.compile(r"(?:^|#|@)[0-9a-f]{40}$")
_EXACT = re.compile(r"^\s*(===?)\s*[^\s,;*]+\s*(;.*)?$")
MAX_LINES = 50_000


_OPTION = re.compile(r"(?P<name>--?[a-z-]+)(?:\s+|=)(?P<value>\S.*)")


class _Tally(Struct):
    """Dependencies by how tightly they are held."""

    total: int = 0
    pinned: int = 0
    hashed: int = 0
    first_loose: str = ""
    loose_line: int = 0
    includes: str = ""
    """A further file that this one takes in and that was not read."""


def _sniff(document: Document) -> bool:
    return bool(_FILE.match(document.name))


def _read(reading: Reading) -> None:
    tally = _Tally()
    if reading.document.form == "text":
        _read_lines(reading, tally)
    else:
        _read_lock(reading.root(), tally)
    if tally.includes:
        what = f"the file takes in {tally.includes}, whose dependencies are not counted here"
        reading.note("warning", what, next_step="import that file as well, or one lock file of all of them")
    if not tally.total:
        reading.note("warning", "the file names no dependency")
        return
    if tally.includes and tally.pinned == tally.total:
        return
    place = Place(reading.document.file, tally.loose_line, 1 if tally.loose_line else 0)
    note = f"{tally.pinned} of {tally.total} dependencies have an exact version"
    if tally.first_loose:
        note += f"; the first without is {tally.first_loose}"
    reading.state("security.dependencies_pinned", tally.pinned == tally.total, place, note=note)
    hashed = f"{tally.hashed} of {tally.total} dependencies have a digest"
    reading.state(
        "security.dependencies_hashed", tally.hashed == tally.total, reading.file_place(), note=hashed
    )


def _read_lines(reading: Reading, tally: _Tally) -> None:
    for number, raw in _logical_lines(reading.document.text):
        secret = secret_in(raw)
        if secret:
            place = Place(reading.document.file, number, 1)
            reading.secrets.add(0, (number,), "index address", secret)
            reading.note(
                "secret",
                "this line holds a literal secret",
                place,
                "use a keyring or environment variable",
            )
        line = re.sub(r"(^|\s)#.*$", "", raw).strip()
        option = _OPTION.match(line)
        if option and option["name"] in ("-r", "--requirement"):
            tally.includes = tally.includes or option["value"][:80]
        elif option and option["name"] in ("-e", "--editable") and "://" in option["value"]:
            _count_line(option["value"], number, tally)
        elif line and not line.startswith(("-", "./", "../", "/", "file:", ".[")) and line != ".":
            _count_line(line, number, tally)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each requirement with the number of its first line; a backslash joins it with the next."""
    joined, first = "", 0
    for number, line in enumerate(text.splitlines()[:MAX_LINES], start=1):
        first = first or number
        joined += line.removesuffix("\\") + " "
        if not line.endswith("\\"):
            yield first, joined
            joined, first = "", 0
    if joined:
        yield first, joined


def _is_fixed_address(requirement: str) -> bool:
    return bool(re.search(r"@[0-9a-f]{40}\b|#sha256=[0-9a-f]{64}", requirement))


def _count_line(line: str, number: int, tally: _Tally) -> None:
    match = _NAME.match(line)
    requirement, hashes = line.partition("--hash=")[0].strip(), line.count("--hash=")
    tally.total += 1
    tally.hashed += bool(hashes)
    rest = _NAME.match(requirement)
    direct = "://" in requirement
    pinned = direct and _is_fixed_address(requirement)
    if rest and not direct:
        pinned = bool(_EXACT.match(rest["rest"]))
    tally.pinned += pinned
    if not pinned and not tally.first_loose:
        tally.first_loose = match["name"] if match and not direct else "an address"
        tally.loose_line = number


def _read_lock(top: Node, tally: _Tally) -> None:
    """Count the packages of poetry, uv, pdm, pip (PEP 751) and pipenv lock files."""
    packages = top.first("package", "packages")
    pipenv = [node for section in ("default", "develop") for node in top.at(section).members()]
    for node in [*packages.elements(), *pipenv]:
        source = node.at("source")
        own = [source.at(key).text() for key in ("editable", "virtual", "directory")]
        if any(own) or node.at("directory").entries() or source.at("type").text() == "directory":
            continue  # the project itself, or a part of the same repository
        if source.at("registry").text() and not (node.at("wheels") or node.at("sdist")):
            continue  # uv keeps it for an environment that there never is: nothing is installed
        tally.total += 1
        version = node.at("version").text()
        pinned = bool(version) and not version.startswith((">", "<", "~", "*"))
        tally.pinned += pinned or bool(node.at("vcs", "commit-id").text())
        tally.hashed += _has_digest(node) or _is_of_one_commit(node)
        if not pinned and not tally.first_loose:
            tally.first_loose = node.at("name").text() or "a package"
    for used in (packages, top.at("default"), top.at("develop")):
        if used:
            used.use()


def _is_of_one_commit(node: Node) -> bool:
    """Say whether a package is taken from git at one commit, whose name is the digest of all that is in it."""
    source = node.at("source")
    named = (
        source.at("git").text(),
        source.at("resolved_reference").text(),
        node.at("vcs", "commit-id").text(),
    )
    return any(_COMMIT.search(name) for name in named)


def _has_digest(node: Node) -> bool:
    listed = [
        *node.at("files").elements(),
        *node.at("wheels").elements(),
        *node.at("hashes").elements(),
        node.at("sdist"),
    ]
    listed += [node.at("archive")]
    return any(
        entry.first("hash", "sha256").text() or entry.at("hashes") or entry.text().startswith("sha")
        for entry in listed
    )


IMPORTER = Importer(
    name="requirements",
    summary="pip requirements and lock files (pip, uv, poetry, pdm, pipenv): pinned, and pinned by digest",
    read=_read,
    sniff=_sniff,
    patterns=(
        "requirements*.txt",
        "*requirements.txt",
        "requirements*.lock",
        "uv.lock",
        "poetry.lock",
        "pdm.lock",
        "Pipfile.lock",
        "pylock*.toml",
    ),
    prefix="security",
    group="requirements",
)
