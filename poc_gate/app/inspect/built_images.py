"""A folder of a checkout -> the text of the Dockerfile that builds what ships of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.text_file import TextFile

_LARGEST_IMAGE = 64 << 10
_MOST_IMAGES = 20
_IMAGE_FOLDERS = ("deployment", "deploy", "docker", ".docker", "build", "ops", "infra")
"""Folders in which people keep the file that builds an image of the folder above."""
_COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_CONTINUED = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*")
_COPIES_PROJECT = re.compile(r"(?mi)^[ \t]*COPY\s+(?:--\S+\s+)*(?:\./)?pyproject\.toml\s")
_OF_PYTHON = re.compile(r"(?mi)^[ \t]*RUN\b.*\b(?:pip3?|uv|poetry|pdm|pipenv)[ \t]+\w")
_OF_NOTEBOOKS = re.compile(r"(?i)(?:^|[._-])(?:jupyter\w*|notebooks?)(?:[._-]|$)")
_TRIES = re.compile(r"(?i)(?:^|[._/-])(?:dev|devel\w*|tests?|ci|local|debug|bench\w*)(?:[._/-]|$)")
"""Names of Dockerfiles that build what developers run."""


def images_of(base: Path, folder: str) -> list[str]:
    """Return what builds the images of a folder, continued lines joined; none where nothing does.

    Dockerfiles with Python's packages that the compose file names for the folder go before those that lie beside it.
    """
    if named := _named_by_compose(base, folder):
        return named
    plain = _plain_beside(base / folder)
    return [plain] if plain else _called_otherwise(base / folder)


def image_beside(folder: Path) -> str:
    """Return what builds the image of a folder, by the Dockerfile beside or below it; empty where there is none."""
    return _plain_beside(folder) or next(iter(_called_otherwise(folder)), "")


def _plain_beside(folder: Path) -> str:
    for place in ("Dockerfile", "Containerfile", *(f"{one}/Dockerfile" for one in _IMAGE_FOLDERS)):
        if (text := _text(folder / place)) is not None:
            return text
    return ""


def _called_otherwise(folder: Path) -> list[str]:
    """Return what builds images beside or below a folder by files that are called after the image: `api.Dockerfile`, `Dockerfile.api`."""
    found: list[str] = []
    for inner in (".", *_IMAGE_FOLDERS):
        for pattern in ("*.Dockerfile", "Dockerfile.*", "*.dockerfile"):
            for path in sorted((folder / inner).glob(pattern))[:_MOST_IMAGES]:
                if not (_TRIES.search(path.name) or _OF_NOTEBOOKS.search(path.name) or path.is_symlink()):
                    found += [text] if (text := _text(path)) and _OF_PYTHON.search(text) else []
    return found


def image_below(folder: Path) -> str:
    """Return what builds the image of one service below a folder from the folder's own `pyproject.toml`; empty where none or several do."""
    found: list[str] = []
    for pattern in ("*/Dockerfile", "*/*/Dockerfile"):
        for path in sorted(folder.glob(pattern))[:_MOST_IMAGES]:
            if path.is_file() and not path.is_symlink() and not (path.parent / "pyproject.toml").exists():
                text = _text(path) or ""
                found += [text] if _COPIES_PROJECT.search(text) else []
    return found[0] if len(found) == 1 else ""


def _named_by_compose(base: Path, folder: str) -> list[str]:
    """Return the Dockerfiles with Python's packages that the main compose file builds a folder by, where it names them."""
    found: dict[str, str] = {}
    for above in dict.fromkeys((folder, "")):
        for name in _COMPOSE:
            file = f"{above}/{name}".lstrip("/")
            for context, dockerfile in _builds(base / file, file):
                inside = _joined(above, context)
                path = _joined(inside, dockerfile)
                if inside == folder and not _TRIES.search(dockerfile) and path not in found:
                    found[path] = _text(base / path) or ""
    return [text for text in found.values() if _OF_PYTHON.search(text)]


def built_by_compose(base: Path, folders: Iterable[str]) -> dict[str, str]:
    """Return path -> text of the Dockerfiles that the main compose files in these folders build by, profiles left aside."""
    found: dict[str, str] = {}
    for folder in dict.fromkeys(folders):
        for name in _COMPOSE:
            file = f"{folder}/{name}".lstrip("/")
            for context, dockerfile in _builds(base / file, file, plain="Dockerfile"):
                path = _joined(_joined(folder, context), dockerfile)
                if not _TRIES.search(path):
                    found.setdefault(path, _text(base / path) or "")
    return found


def _builds(full: Path, path: str, plain: str = "") -> Iterator[tuple[str, str]]:
    """Yield context and Dockerfile of each container of a compose file whose build names a Dockerfile.

    Where `plain` is the name of a Dockerfile, containers without a profile are meant, whose build may be a folder alone.
    """
    if full.is_symlink() or not full.is_file():
        return
    for document in read_documents(TextFile(path, full))[:1]:
        for service in list(document.at("services").entries().values())[:_MOST_IMAGES]:
            build: Node = service.at("build")
            context = build.text() or build.at("context").text()
            named = build.at("dockerfile").text() or (plain if context else "")
            if named and "$" not in named + context and not (plain and service.at("profiles")):
                yield context or ".", named


def _joined(folder: str, path: str) -> str:
    parts = [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _text(file: Path) -> str | None:
    """Return the text of a Dockerfile with its continued lines joined; None where there is none."""
    try:
        text = file.read_bytes()[:_LARGEST_IMAGE].decode("utf-8", "replace")
    except OSError:
        return None
    return _CONTINUED.sub(" ", text)


__all__ = ["built_by_compose", "image_below", "image_beside", "images_of"]
