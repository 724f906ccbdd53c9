"""Dependency files of a checkout -> the one that says what ships."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.imports.one_of_a_kind import Read
from poc_gate.app.inspect.built_images import image_below, image_beside, images_of
from poc_gate.inputs.repository.files.names.lessons import CHAPTER
from poc_gate.inputs.repository.files.standing import standing_of
from poc_gate.model.claim import Claim, Notice, Place

NOT_SHIPPED = re.compile(
    r"(?i)dev|test|lint|docs?(?!ker)|notebook|eval|bench|train|typing|build|optional|extra|ci[._-]"
)
"""Names of lists of what people work with, of which nothing ships."""
_OF_PAGES = frozenset(
    {"package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lockb", "npm-shrinkwrap.json"}
)

_OF_TRIALS = re.compile(r"(?i)(?:^|[/_-])(?:eval(?:s|uat\w*)?|bench(?:marks?)?)(?:[_-][\w-]+)?/")
_OF_TRAINING = re.compile(r"(?i)(?:^|[/_-])(?:train(?:ing)?|fine[_-]?tun(?:e|ing))(?:[_-][\w-]+)?/")
"""Folders whose lists are installed where a model is trained, and not where it answers."""
_FOR_TRAINING = re.compile(r"(?i)train(?:ing)?")
SEVERAL = "dependency-files"
"""The kind of what several files say together, of which nobody said that all of them ship."""


def ranks_of(paths: Sequence[str], busy: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return how far each dependency file is from what ships, the choice between a lock and a list left aside."""
    return {path: (_is_aside(path), *_rank(path, busy)[:4]) for path in paths}


def _is_aside(path: str) -> bool:
    """Say whether a file lists what people work with or measure answers with."""
    return bool(NOT_SHIPPED.search(path.rpartition("/")[2]) or _OF_TRIALS.search(path))


def _is_to_train(path: str) -> bool:
    """Say whether a list is called after training alone: where there is no other, it is what the pipeline installs."""
    name = _FOR_TRAINING.sub("", path.rpartition("/")[2])
    return not NOT_SHIPPED.search(name) and not _OF_TRIALS.search(path)


_MADE_FROM = {
    "uv.lock": "pyproject.toml", "poetry.lock": "pyproject.toml", "pdm.lock": "pyproject.toml", "pipfile.lock": "pipfile",
    "package-lock.json": "package.json", "yarn.lock": "package.json", "pnpm-lock.yaml": "package.json",
}  # fmt: skip
"""Lock -> the list beside it without which nothing installs from it."""


def without_left_behind(candidates: Sequence[str], paths: Sequence[str]) -> list[str]:
    """Return files without the locks that lie without the list that they were made from: what installed from them is gone."""
    here = frozenset(path.lower() for path in paths)

    def is_left(path: str) -> bool:
        folder, between, name = path.lower().rpartition("/")
        list_ = _MADE_FROM.get(name, "")
        return bool(list_) and f"{folder}{between}{list_}" not in here

    return [path for path in candidates if not is_left(path)]


def choose_lock(read: Sequence[Read], busy: Sequence[str]) -> tuple[list[Read], list[Notice]]:
    """Return the dependency file next to the service; equals that differ become a question.

    `busy` are the folders of the services that use models, the most likely ones to ship.
    """
    ranked = sorted(((_rank(one.path, busy), one) for one in read), key=lambda pair: pair[0])
    shipped = [pair for pair in ranked if not _is_aside(pair[1].path)]
    ranked = shipped or [pair for pair in ranked if _is_to_train(pair[1].path)]
    if not ranked:
        return [], []
    near = [(rank, one) for rank, one in ranked if rank[:4] == ranked[0][0][:4]]
    if busy and near[0][1].folder and near[0][0][2] > 1 and near[0][1].path.rpartition("/")[2] in _OF_PAGES:
        return [], []  # what the browser loads, beside services that are written in something else
    if busy and all(busy) and near[0][1].folder and near[0][0][2] > 1:
        places = ", ".join(busy[:6])
        what = f"the dependency files belong to other parts than the one that uses a model ({places}), so the versions that ship are not known"
        asked = Notice("question", what, Place(near[0][1].path), "say under `security.dependencies_pinned` what ships")  # fmt: skip
        return [], [asked]
    by_folder: dict[tuple[str, bool], Read] = {}
    for _, one in near:
        by_folder.setdefault((one.folder, is_of_javascript(one.path)), one)
    best = list(by_folder.values())
    said = {tuple((claim.fact, str(claim.value)) for claim in one.result.claims) for one in best}
    if len(said) > 1:
        places = ", ".join(one.path for one in best[:6])
        what = f"{len(best)} dependency files could be what ships: {places}"
        return [*_agreed(best), *_loosest(best)], [
            Notice("question", what, Place(best[0].path), "name the one that ships under `imports:`")
        ]
    return best[:1], []


_PYTHON_LOCKS = frozenset({"uv.lock", "poetry.lock", "pdm.lock", "pipfile.lock"})
_INSTALLS = re.compile(
    r"""(?m)\bpip3?\s+install\b[^\n&;]*\s(?:["']?\.(?:\[[^\]]*\])?["']?(?=\s|$)|-r\s|["']?[\w./*-]+\.whl\b)"""
)
_INSTALLS_BY_NAME = re.compile(
    r"""(?m)^[ \t]*RUN\b[^\n]*\bpip3?\s+install(?:\s+-\S+)*\s+["']?(?!(?:uv|pip|pipx|poetry|pdm|pipenv|setuptools|wheel|build|hatch|virtualenv|gunicorn|uvicorn|hypercorn|supervisor|awscli|debugpy)\b)[A-Za-z][\w.-]*(?:\[[\w,-]+\])?["']?(?=[\s=<>~!]|$)"""
)
"""Packages that an image takes by their names; tools that install others and servers say nothing of the rest."""
_RESOLVES = re.compile(
    r"(?m)^(?!\s*#).*\b(?:pipenv\s+(?:lock|update)|poetry\s+(?:lock|update)|pip-compile|pdm\s+(?:lock|update))\b"
)
"""Commands by which an image finds versions anew when it is built."""
_ADDS = re.compile(
    r"(?m)^[ \t]*RUN\b[^\n]*\b(?:npm (?:install|i|add)|(?:yarn|pnpm|bun) add)(?:[ \t]+(?!-g\b|-D\b|--global|--location|--save-dev|--dev)--?[\w=-]+)*[ \t]+@?[A-Za-z][\w./-]*(?=\s|$)(?!\s+(?:-g|--global|-D|--save-dev)\b)"
)
"""Commands by which an image takes a package of JavaScript beside the lock, in whichever version is the newest."""
_FROM_LIST = re.compile(r"(?m)^(?!\s*#).*\bpip3?\s+install\b[^\n&;]*?\s-r\s*[\"']?(?P<path>[\w./-]+)")
_COPIES = re.compile(r"(?mi)^[ \t]*COPY\s+(?:--\S+\s+)*(?P<from>[\w./-]+)\s+(?P<to>[\w./-]+)\s*$")
_BY_LOCK = re.compile(
    r"(?im)^(?![ \t]*(?:#|(?:COPY|ADD|ENV|ARG|LABEL|FROM)\b)).*(?:\buv[ \t]+(?:sync|export|run|lock)\b|\b(?:poetry|pdm|pipenv)\b(?:[ \t]+-\S+)*[ \t]+(?:install|sync|export|requirements)\b|\bpip-sync\b)"
)
"""Commands that keep to a lock; `uv pip install` does not, nor does an image that only takes the lock along."""
_OF_ARCHIVES = re.compile(
    r"(?m)\b(?:pip3?\s+install|poetry\s+add)\b[^\n;]*\.(?:tar\.gz|whl)\b|\btar\s+-?\w*x[^\n;]*\.tar\.gz\b[^\n]*\b(?:pip3?|poetry)\s+install\b"
)
"""Commands that install a package which was built before, its own requirements with it."""
_ALL_HERE = re.compile(r"(?mi)^[ \t]*(?:COPY|ADD)\s+(?:--(?!from)\S+\s+)*(?:\[\s*\")?\.{1,2}/?\"?[\s,]")


def _installs_around(text: str, lock: str) -> bool:
    """Say whether an image installs packages without the lock beside it."""
    if _RESOLVES.search(text):
        return True
    if _OF_ARCHIVES.search(text) and lock not in text and not _ALL_HERE.search(text):
        return True
    installs = _INSTALLS.search(text) or _INSTALLS_BY_NAME.search(text)
    return bool(installs) and not _BY_LOCK.search(text)


def is_passed_over(base: Path, path: str) -> bool:
    """Say whether the image beside a lock or a list of Python's packages installs them without it."""
    folder, _, name = path.rpartition("/")
    small = name.lower()
    listed = small.startswith("requirements") and small.endswith((".txt", ".in", ".lock"))
    if small in _OF_PAGES:
        return bool(_ADDS.search(image_beside(base / folder)))
    if small not in _PYTHON_LOCKS and not listed:
        return False
    below = "" if listed else image_below(base / folder)
    images = images_of(base, folder) or ([below] if below else [])
    if listed:
        around = all(_takes_another(text, base / folder, name) for text in images)
        return bool(images) and around and not _is_of_the_project(base / folder, name)
    return bool(images) and all(_installs_around(text, name) for text in images)


def _takes_another(text: str, folder: Path, list_: str) -> bool:
    """Say whether an image installs from lists beside it, and none of them is the one called `list_`."""
    named = {one["path"].rpartition("/")[2] for one in _FROM_LIST.finditer(text)}
    came = {one["to"].rpartition("/")[2]: one["from"].rpartition("/")[2] for one in _COPIES.finditer(text)}
    lists = {came.get(name) or name for name in named}
    return bool(lists) and list_ not in lists and all((folder / name).is_file() for name in lists)


def _is_of_the_project(folder: Path, list_: str) -> bool:
    """Say whether `pyproject.toml` takes its dependencies from a list, so that installing the project installs them."""
    try:
        text = (folder / "pyproject.toml").read_bytes()[:_LARGEST_IMAGE].decode("utf-8", "replace")
    except OSError:
        return False
    return bool(
        re.search(rf"(?m)^dependencies\s*=\s*\{{\s*file\s*=\s*\[?[^\]\n]*[\"']{re.escape(list_)}[\"']", text)
    )


_LARGEST_IMAGE = 64 << 10


def _agreed(best: Sequence[Read]) -> list[Read]:
    """Return the first of several files with what all of them say alike; none where they agree on nothing."""
    shared = set.intersection(
        *({(claim.fact, str(claim.value)) for claim in one.result.claims} for one in best)
    )
    claims = tuple(claim for claim in best[0].result.claims if (claim.fact, str(claim.value)) in shared)
    return [replace(best[0], result=replace(best[0].result, claims=claims))] if claims else []


def _loosest(best: Sequence[Read]) -> list[Read]:
    """Return what one of several files lacks that others have: what ships as a whole is not pinned, or has no digests."""
    if all(CHAPTER.match(one.path) for one in best):
        return []
    claims: dict[str, Claim] = {}
    values: dict[str, set[str]] = {}
    for one in best:
        for claim in one.result.claims:
            values.setdefault(claim.fact, set()).add(str(claim.value))
            if claim.value is False:
                note = f"{claim.place.file} is one of {len(best)} dependency files that could ship"
                claims.setdefault(claim.fact, replace(claim, note=note))
    kept = tuple(claim for fact, claim in claims.items() if len(values[fact]) > 1)
    return [replace(best[0], result=replace(best[0].result, kind=SEVERAL, claims=kept))] if kept else []


def is_of_javascript(path: str) -> bool:
    """Say whether a file of packages is one of JavaScript's tools."""
    return path.rpartition("/")[2].lower() in {*_OF_PAGES, "bun.lock", "package.json"}


def _rank(path: str, busy: Sequence[str]) -> tuple[int, int, int, int, int, int]:
    """Order by whose file it is, by what trains a model last, by the nearest busy service, by depth, by lock before list, by the plain name first."""
    folder, _, name = path.rpartition("/")
    near = min((0 if folder == place else 1 if place and folder and (place.startswith(f"{folder}/") or folder.startswith(f"{place}/")) else 2 for place in busy), default=1)  # fmt: skip
    lock = (
        0
        if name.endswith((".lock", "lock.toml", "lock.json", "lock.yaml", "lock.yml", "go.sum", ".lockfile"))
        or name.startswith("pylock")
        else 1 + name.endswith((".yaml", ".yml"))
    )
    depth = folder.count("/") + bool(folder) if near else 0
    return (
        standing_of(path),
        bool(_OF_TRAINING.search(path)),
        near,
        depth,
        lock,
        int(name.startswith("requirements") and name[12:13] != "."),
    )


__all__ = ["SEVERAL", "choose_lock", "is_of_javascript", "is_passed_over", "ranks_of", "without_left_behind"]
