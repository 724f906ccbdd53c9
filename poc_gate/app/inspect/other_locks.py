"""Lock and dependency files of JavaScript, Go, .NET, Rust, Ruby and the JVM -> whether what ships is pinned, and by digest.

What a lock of these tools says is known from its kind: it names one version of every package, and most kinds name a
digest beside it. So only the beginning of a file is read, and no package is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from poc_gate.app.imports.one_of_a_kind import Read
from poc_gate.app.inspect.lock_files import NOT_SHIPPED, SEVERAL
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.opening.inside_folder import read_bounded
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.noting.backends import FACES
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.text.documents.bounded_toml import read_toml

_BEGINNING = 1 << 18
KIND = "lock"


class _Lock(NamedTuple):
    """What a kind of lock shows."""

    shows: re.Pattern[bytes]
    """What stands in such a file, if it locks anything."""
    digest: re.Pattern[bytes] | None
    """What stands beside a package where its digest is kept."""


def _bytes(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode(), re.MULTILINE)


_LOCKS = {
    "package-lock.json": _Lock(_bytes(r'"(?:node_modules/[^"]+|resolved|integrity)"'), _bytes(r'"integrity"')),
    "npm-shrinkwrap.json": _Lock(_bytes(r'"(?:node_modules/[^"]+|resolved|integrity)"'), _bytes(r'"integrity"')),
    "pnpm-lock.yaml": _Lock(_bytes(r"^lockfileVersion:"), _bytes(r"\bintegrity:")),
    "yarn.lock": _Lock(_bytes(r"^\s+(?:version|resolution)\b"), _bytes(r"^\s+(?:integrity|checksum)\b")),
    "bun.lock": _Lock(_bytes(r'"lockfileVersion"'), _bytes(r"sha512-")),
    "bun.lockb": _Lock(_bytes(r"bun-lockfile-format"), _bytes(r"bun-lockfile-format")),
    "deno.lock": _Lock(_bytes(r'"version"'), _bytes(r'"integrity"')),
    "go.sum": _Lock(_bytes(r"\sh1:"), _bytes(r"\sh1:")),
    "packages.lock.json": _Lock(_bytes(r'"resolved"'), _bytes(r'"contentHash"')),
    "cargo.lock": _Lock(_bytes(r"^\[\[package\]\]"), _bytes(r"^checksum =")),
    "gemfile.lock": _Lock(_bytes(r"^GEM$"), _bytes(r"^CHECKSUMS$")),
    "pixi.lock": _Lock(_bytes(r"^version:\s*\d"), _bytes(r"^version:\s*\d")),
    "conda-lock.yml": _Lock(_bytes(r"^(?:version|package):"), _bytes(r"^\s+sha256:")),
    "gradle.lockfile": _Lock(_bytes(r"^[\w.-]+:[\w.-]+:"), None),
}  # fmt: skip
"""Name of a file in small letters -> how it is read."""

_POM = re.compile(r"(?s)<dependency>((?:(?!<dependency>).)*?)</dependency>")
_POM_LOOSE = re.compile(r"<version>\s*(?:[\[(]|LATEST|RELEASE)|<version>[^<]*SNAPSHOT")
_POM_PROPERTY = re.compile(r"<([\w.-]+)>([^<>$]{1,80})</\1>")
_POM_GIVEN = re.compile(r"\$\{([\w.-]+)\}")
"""A version that a property of the project holds."""
_POM_GROUP = re.compile(r"<groupId>[^<]+</groupId>")
_POM_OTHERS = ("parent", "dependencyManagement", "dependencies", "dependency", "build", "plugins")
"""Parts of a project of Maven that name groups of others; modules of its own are built with it, whatever their version."""
_PROJECT = re.compile(r"<Package(?:Reference|Version)\b[^<>]*?\bVersion\s*=\s*[\"']([^\"']+)")
_NO_TILDE = re.compile(r"^=?v?\d+\.\d+\.\d+(?:[-+][\w.]+)?$|^(?:workspace|file|link):")
_GIVEN = re.compile(r'"((?:dependencies))"\s*:\s*\{([^{}]*)\}')
_VERSION = re.compile(r'"[^"]+"\s*:\s*"([^"]+)"')
_PYTHON = re.compile(
    r"(?:^|/)(?:[\w.-]*requirements[\w.-]*\.txt|uv\.lock|poetry\.lock|pdm\.lock|pipfile\.lock|pylock[\w.]*\.toml)$"
)
"""Files of Python beside which a project's own list says nothing."""
_ONLY_TOOLS = re.compile(
    rb'"packages"\s*:\s*\{\s*""\s*:\s*\{(?:[^{}]*?(?:"engines"|"bin"|"peerDependencies")\s*:\s*\{[^{}]*\})*[^{}]*"devDependencies"\s*:\s*\{[^{}]*\}[^{}]*\}\s*,'
)
"""A project that ships nothing of JavaScript: what its lock lists are tools, such as those that test pages."""
_HAS_PARTS = re.compile(rb'"workspaces"\s*:')
"""A project of several parts: the lock at the top is also that of the parts, whatever the top itself asks for."""
_OF_JAVASCRIPT = frozenset({"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb", "deno.lock"})  # fmt: skip
_IN_RESOURCES = "src/main/resources/"
"""Where a service in Java keeps the pages that it shows."""
LISTS = ("pyproject.toml", "pom.xml", "package.json", ".csproj", "directory.packages.props")
"""Files that list what is wanted; beside a lock they say nothing."""
_CONDA = re.compile(r"(?:[\w.-]+[-_.])?(?:environment|env|conda)(?:[-_.][\w.-]+)?\.ya?ml")
"""Lists of Conda, which say nothing beside one of pip in their folder."""
_CONDA_ONE = re.compile(r"(?m)^[ \t]*-[ \t]*[\"']?(?P<name>[A-Za-z][\w.:-]*)(?P<version>[^\n#]*)$")


def is_other_lock(path: str) -> bool:
    """Say whether a path is a lock, or a list of dependencies, of one of these tools."""
    name = path.rpartition("/")[2].lower()
    return name in _LOCKS or name.endswith(LISTS) or bool(_CONDA.fullmatch(name))


def other_locks_of(paths: Iterable[str], busy: Sequence[str]) -> list[str]:
    """Return the locks of these tools, and lists beside which no lock lies.

    `busy` are the folders of the services that use models; what people see is left out unless nothing else uses one.
    """
    paths = list(paths)
    alone = bool(busy) and all(f"{folder}/".startswith(FACES) for folder in busy)
    found = [path for path in paths if is_other_lock(path) and standing_of(path) <= Standing.SUPPORT]
    kept = [path for path in found if alone or not path.lower().startswith(FACES)]
    kept = kept or _of_pages_alone(found, paths)
    built = {path.rpartition("/")[0] for path in kept if path.lower().endswith("pom.xml")}
    kept = [path for path in kept if not (_is_javascript(path) and (path.rpartition("/")[0] in built or _IN_RESOURCES in path))]  # fmt: skip
    locked = [(path.rpartition("/")[0], path.rpartition("/")[2].lower()) for path in kept if path.rpartition("/")[2].lower() in _LOCKS]  # fmt: skip
    python = {_folder(path) for path in paths if _PYTHON.search(path.lower()) and not NOT_SHIPPED.search(_name(path))}  # fmt: skip
    kept = [path for path in kept if not (_is_javascript(path) and _folder(path) in python and not _holds_scripts(path, paths))]  # fmt: skip
    kept = [path for path in kept if not (path.endswith("pyproject.toml") and any(_holds(folder, path.rpartition("/")[0]) for folder in python))]  # fmt: skip
    kept = [path for path in kept if not (_CONDA.fullmatch(_name(path)) and _folder(path) in python)]  # fmt: skip
    return [
        path
        for path in kept
        if path.rpartition("/")[2].lower() in _LOCKS
        or not any(_holds(folder, path.rpartition("/")[0]) and _is_of(lock, path) for folder, lock in locked)
    ]


def _of_pages_alone(found: Sequence[str], paths: Sequence[str]) -> list[str]:
    """Return the lists of pages without a lock that an image is built of, where nothing else lists a package: what ships is not pinned then."""
    listed = any(_PYTHON.search(path.lower()) and standing_of(path) <= Standing.SUPPORT for path in paths)
    shipped = any(path.lower().startswith(FACES) and "dockerfile" in _name(path) for path in paths)
    locked = {_folder(path) for path in found if _name(path) in _LOCKS}
    lists = [path for path in found if _name(path) == "package.json" and not any(_holds(folder, _folder(path)) for folder in locked)]  # fmt: skip
    return lists if shipped and not listed else []


def _name(path: str) -> str:
    return path.rpartition("/")[2].lower()


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _holds_scripts(listed: str, paths: Sequence[str]) -> bool:
    """Say whether any code of JavaScript or TypeScript of the service lies beside a list or below it.

    What has a list of its own, nearer to it, is not counted for a list without a lock.
    """
    folder = _folder(listed)
    parts = {_folder(path) for path in paths if _name(path) == "package.json"} - {folder} if _name(listed) == "package.json" else set()  # fmt: skip
    inner = [part for part in parts if _holds(folder, part)]
    return any(
        path.endswith((".ts", ".tsx", ".js", ".jsx", ".mjs", ".svelte", ".vue"))
        and _holds(folder, _folder(path))
        and standing_of(path) is Standing.SERVICE
        and not any(_holds(part, _folder(path)) for part in inner)
        for path in paths
    )


def _is_javascript(path: str) -> bool:
    """Say whether a file is of JavaScript's tools; beside a build of Maven it is of the pages that the build makes."""
    return path.rpartition("/")[2].lower() in {*_OF_JAVASCRIPT, "package.json"}


def _is_of(lock: str, path: str) -> bool:
    """Say whether a lock is of the same tools as a list: one of JavaScript says nothing of Maven's."""
    return (lock in _OF_JAVASCRIPT) == path.lower().endswith("package.json")


def _holds(folder: str, inner: str) -> bool:
    """Say whether a lock in one folder also locks what another one lists: workspaces have one lock at the top."""
    return not folder or inner == folder or inner.startswith(f"{folder}/")


def read_other_lock(full: Path, path: str) -> ImportResult | None:
    """Return what such a file says of all that it lists, or None where it lists nothing or cannot be read."""
    try:
        content = read_bounded(full, path)[:_BEGINNING]
    except (InvalidInputError, OSError):
        return None
    name = path.rpartition("/")[2].lower()
    lock = _LOCKS.get(name)
    if lock is not None:
        if not lock.shows.search(content) or (name == "package-lock.json" and _is_of_tools_alone(content)):
            return None
        if name in _OF_JAVASCRIPT and _is_of_a_kit(full.with_name("package.json")):
            return None
        hashed = lock.digest is not None and bool(lock.digest.search(content))
        return _said(path, pinned=True, hashed=hashed, note=f"{name} names one version of each package")
    return _read_list(content.decode("utf-8", "replace"), path, name)


def _is_of_tools_alone(content: bytes) -> bool:
    """Say whether the project of a lock asks for tools alone, and has no parts that ask for more."""
    found = _ONLY_TOOLS.search(content)
    return found is not None and not _HAS_PARTS.search(found[0])


def loose_beside(base: Path, lock: str) -> list[Read]:
    """Return that nothing is pinned, where an image passes a lock of Python over and the project beside it gives ranges."""
    folder, _, name = lock.rpartition("/")
    path = f"{folder}/pyproject.toml".lstrip("/")
    if not name.lower().endswith(".lock") or (found := read_other_lock(base / path, path)) is None:
        return []
    claims = tuple(claim for claim in found.claims if claim.value is False)
    loose = any(claim.fact == "security.dependencies_pinned" for claim in claims)
    return [Read(path, replace(found, kind=SEVERAL, claims=claims))] if loose else []


_KIT = re.compile(r"(?:@?aws-cdk(?:-lib|/.+)?|constructs|cdk-[\w-]+|cdktf[\w-]*|@cdktf/.+|@pulumi/.+|projen|source-map-support|ts-node|typescript|esbuild|dotenv)$")  # fmt: skip
"""Packages with which infrastructure is written as a program: nothing of them ships with the pilot."""


def _is_of_a_kit(listed: Path) -> bool:
    """Say whether a list of packages beside a lock asks for a kit of infrastructure alone."""
    try:
        text = read_bounded(listed, listed.name)[:_BEGINNING].decode("utf-8", "replace")
    except (InvalidInputError, OSError):
        return False
    names = [name for match in _GIVEN.finditer(text) for name in _NAMED.findall(match[2])]
    return bool(names) and all(_KIT.match(name) for name in names)


_NAMED = re.compile(r'"([^"]+)"\s*:\s*"[^"]+"')


def _read_list(text: str, path: str, name: str) -> ImportResult | None:
    if name == "pom.xml":
        found = _POM.findall(text)
        own = _POM_GROUP.search(_without_others(text)) or _POM_GROUP.search(text.partition("</parent>")[0])
        given = dict(_POM_PROPERTY.findall(text))
        found = [_POM_GIVEN.sub(lambda mark: given.get(mark[1], mark[0]), part) for part in found]
        loose = [part for part in found if _POM_LOOSE.search(part) and not (own and own[0] in part)]
        return _said(path, pinned=not loose, hashed=False, note="Maven: versions are given, digests are not") if found else None  # fmt: skip
    if name == "pyproject.toml":
        return _read_pyproject(text, path)
    if _CONDA.fullmatch(name):
        return _read_conda(text, path)
    if name == "package.json":
        versions = [version for match in _GIVEN.finditer(text) for version in _VERSION.findall(match[2])]
        loose = [version for version in versions if not _NO_TILDE.match(version)]
        return _said(path, pinned=not loose, hashed=False, note=_NO_LOCK if loose else _EACH_NAMED) if versions else None  # fmt: skip
    versions = _PROJECT.findall(text)
    loose = [version for version in versions if "*" in version or version.startswith(("[", "("))]
    return _said(path, pinned=not loose, hashed=False, note=_NO_LOCK if loose else _LOWEST) if versions else None  # fmt: skip


def _without_others(text: str) -> str:
    """Return a project of Maven without the parts that name groups of others."""
    for part in _POM_OTHERS:
        first, *rest = text.split(f"<{part}>")
        text = first + "".join(piece.partition(f"</{part}>")[2] for piece in rest)
    return text


def _read_conda(text: str, path: str) -> ImportResult | None:
    """Return what an environment of Conda says: a version stands behind an equals sign, and no digest beside it."""
    _, listed, wanted = text.partition("\ndependencies:")
    if not listed or ("channels:" not in text and "python" not in wanted):
        return None
    wanted = re.split(r"(?m)^\w", wanted)[0]
    found = [one for one in _CONDA_ONE.finditer(wanted) if one["name"] not in ("pip", "pip:")]
    loose = [one for one in found if not re.match(r"\s*={1,2}\s*[\w.]", one["version"])]
    return (
        _said(path, pinned=not loose, hashed=False, note=_NO_LOCK if loose else _EACH_NAMED)
        if found
        else None
    )


def _read_pyproject(text: str, path: str) -> ImportResult | None:
    """Return what the project's own list says: an exact version stands behind two equals signs, or alone with Poetry."""
    try:
        top = read_toml(text, path, "")
    except InvalidInputError:
        return None
    project, poetry = top.get("project"), top.get("tool", {})
    listed = project.get("dependencies") if isinstance(project, dict) else None
    poetry = poetry.get("poetry", {}) if isinstance(poetry, dict) else {}
    named = poetry.get("dependencies") if isinstance(poetry, dict) else None
    wanted = [str(one) for one in listed] if isinstance(listed, list) else []
    loose = [one for one in wanted if not re.search(r"===?\s*[\w.]+(?:\s*;.*)?$|@\s*\S+@[0-9a-f]{40}", one)]
    given = [version for key, version in named.items() if key != "python"] if isinstance(named, dict) else []
    loose += [
        str(one) for one in given if not (isinstance(one, str) and re.match(r"(?:==)?\d+(?:\.\d+)+$", one))
    ]
    if not wanted and not given:
        return None
    return _said(path, pinned=not loose, hashed=False, note=_NO_LOCK if loose else _EACH_NAMED)


_NO_LOCK = "there is no lock next to it"
_EACH_NAMED = "each package names one version; what they bring along is not locked"
_LOWEST = "NuGet: each package names one version, and takes the lowest that fits of what it needs; digests are not kept"


def _said(path: str, *, pinned: bool, hashed: bool, note: str) -> ImportResult:
    claims = (
        Claim("security.dependencies_pinned", pinned, Provenance.IMPORTED, Place(path), note),
        Claim("security.dependencies_hashed", hashed, Provenance.IMPORTED, Place(path), note),
    )
    return ImportResult(KIND, claims, (), "", group="requirements")
