"""A checkout without a list of packages -> whether what its images or notebooks install by name has a version each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from poc_gate.app.imports.one_of_a_kind import Read
from poc_gate.app.inspect.installed_parts import WITH_VALUE
from poc_gate.app.inspect.lock_files import NOT_SHIPPED, SEVERAL
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.model.claim import Claim, Place, Provenance

_IMAGE = re.compile(r"(?i)(?:^|[._-])(?:docker|container)file(?:[._-]|$)")
_LIST = re.compile(
    r"(?i)(?:^|/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|requirements/[\w.-]+\.(?:txt|in)|[\w.-]+\.lock|pyproject\.toml|pipfile|setup\.(?:py|cfg)|pylock[\w.]*\.toml|package\.json|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.csproj|cargo\.toml|gemfile|(?:[\w.-]+[-_.])?(?:env|environment|conda)(?:[-_.][\w.-]+)?\.ya?ml)$"
)
"""Lists of packages, beside which what an image installs by name is not all that ships."""
_OF_WORKPLACES = re.compile(r"(?i)(?:^|/)\.(?:devcontainer|github|gitlab|gitpod|circleci|buildkite|ci)/")
"""Folders whose images people and their checks work in."""
_INSTALLS = re.compile(r"\bpip3?[ \t]+install[ \t]+(?P<what>[^\n;&|#]+)")
_CONTINUED = re.compile(r"\\[ \t]*\r?\n")
_IN_NOTEBOOK = re.compile(r'"[ \t]*[!%][ \t]*(?:python3?[ \t]+-m[ \t]+)?(?:uv[ \t]+)?pip3?[ \t]+install[ \t]+(?P<what>[^\n;&|#]+)')  # fmt: skip
_PACKAGE = re.compile(r"(?P<name>[A-Za-z][\w.-]*)(?:\[[\w,. -]*\])?(?P<version>[=<>~!]=?[^\s]*)?")
_FILES = (".whl", ".gz", ".txt", ".zip", ".toml")
_INSTALL_OTHERS = frozenset({"pip", "uv", "pipx", "poetry", "pdm", "pipenv", "setuptools", "wheel", "build", "hatch", "virtualenv", "awscli", "jupyter", "notebook", "ipykernel"})  # fmt: skip
"""Packages that install others, or show a notebook: they say nothing of the rest."""
_LARGEST = 4 << 20
_MOST_FILES, _MOST_INSTALLS = 20, 2_000


def installed_by_name(base: Path, paths: Sequence[str]) -> list[Read]:
    """Return what images, or notebooks that are all there is, install by name; nothing where the checkout lists packages."""
    if any(_LIST.search(path) and standing_of(path) <= Standing.SUPPORT for path in paths):
        return []
    images = [path for path in paths if standing_of(path) <= Standing.SUPPORT and _is_image(path)]
    if found := _read(base, images, _INSTALLS):
        return [found]
    if any(path.endswith(".py") and standing_of(path) is Standing.SERVICE for path in paths):
        return []
    books = [path for path in paths if path.endswith(".ipynb") and standing_of(path) is Standing.NOTEBOOK]
    found = _read(base, books, _IN_NOTEBOOK)
    return [found] if found else []


def _is_image(path: str) -> bool:
    """Say whether a file builds an image of what ships."""
    name = path.rpartition("/")[2]
    rest = re.sub(r"(?i)train(?:ing)?|(?:docker|container)file", "", name)
    return bool(_IMAGE.search(name)) and not NOT_SHIPPED.search(rest) and not _OF_WORKPLACES.search(path)


def _read(base: Path, paths: Sequence[str], pattern: re.Pattern[str]) -> Read | None:
    """Return what the files install; the first package without a version decides, and is where it is said."""
    first: tuple[Place, str, bool] | None = None
    for path in sorted(paths)[:_MOST_FILES]:
        for place, package, given in _installed(base / path, path, pattern):
            if first is None or (first[2] and not given):
                first = (place, package, given)
    if first is None:
        return None
    place, package, given = first
    note = "each package has a version where it is installed" if given else f"{package} is installed without a version"  # fmt: skip
    claims = tuple(
        Claim(fact, value, Provenance.IMPORTED, place, note)
        for fact, value in (("security.dependencies_pinned", given), ("security.dependencies_hashed", False))
    )
    return Read(place.file, ImportResult(SEVERAL, claims, (), "", group="requirements"))


def _installed(full: Path, path: str, pattern: re.Pattern[str]) -> Iterator[tuple[Place, str, bool]]:
    """Yield the packages that a file installs by name, and whether each has a version."""
    try:
        raw = b"" if full.is_symlink() else full.read_bytes()[:_LARGEST]
    except OSError:
        return
    plain = raw.decode("utf-8", "replace")
    text = _CONTINUED.sub(lambda match: " " * len(match[0]), plain)
    line, counted = 1, 0
    for match in islice(pattern.finditer(text), _MOST_INSTALLS):
        line, counted = line + plain.count("\n", counted, match.start()), match.start()
        start = text.rfind("\n", 0, match.start()) + 1
        if text[start : min(start + 200, match.start())].lstrip().startswith(("#", "LABEL", "ENV")):
            continue
        place = Place(path, line, 1)
        words = match["what"].partition("\\n")[0].replace('\\"', "").rstrip('", ').split()
        for package, given in _packages(words):
            yield place, package, given


def _packages(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    before = ""
    for raw in words:
        word = raw.strip("\"'")
        match = _PACKAGE.fullmatch(word)
        plain = match and before not in WITH_VALUE and not word.endswith(_FILES)
        before = raw
        if match and plain and match["name"].lower() not in _INSTALL_OTHERS:
            yield match["name"], (match["version"] or "").startswith("==")
