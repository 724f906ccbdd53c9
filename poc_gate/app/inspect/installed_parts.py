"""A checkout -> where its images install packages from, and which of them install any in whichever version is the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from poc_gate.app.inspect.built_images import built_by_compose, image_beside

_TAKES = re.compile(r"(?mi)^[ \t]*(?:COPY|ADD)[ \t]+(?!.*--from)(?:--\S+[ \t]+)*(?P<what>[^\n]+)$")
_LISTS = re.compile(
    r"(?i)^(?:uv\.lock|poetry\.lock|pdm\.lock|pyproject\.toml|requirements[\w.-]*\.(?:txt|lock)|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|go\.sum|pom\.xml)$"
)
_INSTALLS = re.compile(r"\bpip3?[ \t]+install\b([^\n;&|]*)")
WITH_VALUE = frozenset({"-i", "-f", "-r", "-e", "-c", "-t", "--index-url", "--extra-index-url", "--find-links", "--requirement", "--constraint", "--target", "--trusted-host", "--timeout", "--platform", "--python-version", "--progress-bar"})  # fmt: skip
"""Options of pip behind which comes a value, and no name of a package to install."""
_RUNS_MODELS = re.compile(
    r"(?i)(?:torch|torchvision|tensorflow|transformers|diffusers|accelerate|bitsandbytes|peft|optimum|onnxruntime(?:-gpu)?|vllm|sglang|llama-cpp-python|ctransformers|sentence-transformers|fastembed|openai|anthropic|litellm|langchain(?:-[\w-]+)?|llama-index(?:-[\w-]+)?|haystack-ai|bentoml|mlserver|scikit-learn|xgboost|lightgbm)(?:\[[^\]]*\])?"
)
"""Packages that run models or ask them."""


def where_installed(base: Path, folder: str) -> str:
    """Return the folder whose lists of packages the image of a part takes in, the part's own where it has some."""
    own = any(_LISTS.match(path.name) for path in (base / folder).glob("*.*")) if folder else True
    text = "" if own else image_beside(base / folder)
    for taken in _TAKES.finditer(text):
        for path in taken["what"].split()[:-1]:
            above, _, name = path.removeprefix("./").rpartition("/")
            if not _LISTS.match(name) or (base / folder / above / name).is_file():
                continue
            if (base / above / name).is_file():
                return above
    return folder


class Loose(NamedTuple):
    """An image that installs a package without a version."""

    path: str
    package: str


def loose_image(base: Path, folders: Sequence[str]) -> Loose | None:
    """Return the first image that compose builds and that installs what runs or asks models without a version."""
    for path, text in built_by_compose(base, folders).items():
        for line in text.splitlines():
            if not line.lstrip().upper().startswith("RUN"):
                continue
            for install in _INSTALLS.finditer(line):
                if found := _without_version(install[1].split()):
                    return Loose(path, found)
    return None


def _without_version(words: Sequence[str]) -> str:
    before = ""
    for raw in words:
        word = raw.strip("\"'")
        if before not in WITH_VALUE and _RUNS_MODELS.fullmatch(word):
            return word
        before = raw
    return ""
