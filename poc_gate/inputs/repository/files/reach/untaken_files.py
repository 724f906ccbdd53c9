"""Settings that no image takes along, and manifests that nothing applies beside others that are -> their paths."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.files.files_at_hand import text_of
from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.walk import WalkedFile

_COPIES = re.compile(r"(?mi)^[ \t]*(?:COPY|ADD)[ \t]+(?!.*--from)(?:--\S+[ \t]+)*(?P<what>[^\n]+)$")
_LARGEST = 256 << 10
_MOST_PROSE = 300


def uncopied_settings(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of settings whose folder at the top no image takes along and nothing but tests names.

    None where no Dockerfile shows what an image takes along, or where one takes everything.
    """
    tops = {path.partition("/")[0] for path in paths if "/" in path}
    images = [file for file in files if _is_image(file.path)] if tops else []
    copied = [word for file in images for match in _COPIES.finditer(text_of(file, largest=_LARGEST)) for word in match["what"].split()[:-1]]  # fmt: skip
    if not copied or any(_is_everything(word) for word in copied):
        return frozenset()
    tops = {top for top in tops if not any(word.removeprefix("./").startswith(top) for word in copied)}
    texts = texts_beside(files, tops, code_alone=False) if tops else []
    kept = {top for top in tops if any(_names(top, path, text) for path, text in texts)}
    return frozenset(path for path in paths if path.partition("/")[0] in tops - kept)


def _is_image(path: str) -> bool:
    return "dockerfile" in path.rpartition("/")[2].lower() and standing_of(path) <= Standing.SUPPORT


def _is_everything(word: str) -> bool:
    return word in {".", "./", "*", "./*"} or word.startswith(("[", "$", "http"))


def _names(top: str, path: str, text: str) -> bool:
    """Say whether a file besides those in a folder, and besides workflows, writes the folder's name as that of a folder."""
    if path and (path.startswith((f"{top}/", ".github/", ".circleci/", ".gitlab")) or top not in text):
        return False
    return not path or re.search(rf"(?<![\w.-]){re.escape(top)}(?:[/\\]|[\"'])", text) is not None


_APPLIES = re.compile(r"\bapply\b[^\n|;]*?[ \t]-(?:f|k)[ \t]*(?P<what>[^\s|;&]+)")
_TELLS = re.compile(r"(?i)\.(?:sh|md|mk|ya?ml|py)$|(?:^|/)(?:makefile|justfile)$")


def unapplied_manifests(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some manifests that no script and no document names, where others beside or above them are applied."""
    wanted = {path for path in paths if "/templates/" not in path and not _is_listed(path, files)}
    if not wanted:
        return frozenset()
    texts = list(_telling(files, wanted))
    applied = [match["what"] for text in texts for match in _APPLIES.finditer(text)]
    folders = {_folder(one.strip("\"'").removeprefix("./")) for one in applied if not one.startswith("-")}
    return frozenset(path for path in wanted if _is_beside(path, folders) and not any(_tells_of(path, text) for text in texts))  # fmt: skip


def _is_listed(path: str, files: Sequence[WalkedFile]) -> bool:
    """Say whether a file of Kustomize, or a chart, lies in the folder of a manifest."""
    beside = {f"{_folder(path)}/{name}" for name in ("kustomization.yaml", "kustomization.yml", "Chart.yaml")}
    return any(file.path in beside for file in files)


def _is_beside(path: str, folders: Collection[str]) -> bool:
    """Say whether a manifest lies below a folder from which others are applied, and not in one whose manifests are all meant."""
    inside = f"/{_folder(path)}/"
    return any(folder and f"/{folder}/" in inside and not inside.endswith(f"/{folder}/") for folder in folders)  # fmt: skip


def _tells_of(path: str, text: str) -> bool:
    name, last = path.rpartition("/")[2], _folder(path).rpartition("/")[2]
    return name in text or re.search(rf"(?m)/{re.escape(last)}(?:/|[\"']?\s*$)", text) is not None


def _telling(files: Sequence[WalkedFile], besides: Collection[str]) -> Iterator[str]:
    told = [file for file in files if _TELLS.search(file.path) and file.path not in besides and file.size <= _LARGEST]  # fmt: skip
    for file in sorted(told, key=lambda one: one.path.endswith((".yaml", ".yml", ".py")))[:_MOST_PROSE]:
        yield text_of(file, largest=_LARGEST)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
