"""A lock counts where the image that ships installs by it: not where it only lies there, or an archive is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository

_LOCK = '[[package]]\nname = "openai"\nversion = "1.0.0"\nfiles = [\n    {file = "openai-1.0.0.tar.gz", hash = "sha256:' + "a" * 64 + '"},\n]\n\n[metadata]\nlock-version = "2.0"\n'  # fmt: skip
_APP = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_PROJECT = '[project]\nname = "desk"\ndependencies = ["openai==1.0.0"]\n'
_HEAD = "FROM python:3.12\n"
_PULLS = _HEAD + "COPY pyproject.toml poetry.lock ./\nRUN pip install --no-cache-dir .\n"
_KEEPS = (
    _HEAD
    + "COPY pyproject.toml poetry.lock ./\nRUN pip install poetry \\\n  # once\n  && poetry config virtualenvs.create false && poetry install --only main\n"
)
_BUILT = "services:\n  api:\n    build:\n      context: .\n      dockerfile: deploy/api.Dockerfile\n"


def _pinned(root: Path, files: dict[str, str]) -> bool:
    for name, text in {"pyproject.toml": _PROJECT, "poetry.lock": _LOCK, "app.py": _APP, **files}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    reading = inspect_repository(root)
    found = reading.fact("security.dependencies_pinned")
    asked = any("installs packages without poetry.lock" in one.message for one in reading.questions)
    assert asked is (found is None)
    return found is not None and found.claim.value is True


@pytest.mark.parametrize(
    "image",
    [
        _PULLS,
        _HEAD + "COPY dist/a-1.0.tar.gz /app/\nRUN poetry init -n && poetry add /app/a-1.0.tar.gz\n",
        _HEAD
        + "COPY dist/a-1.0.tar.gz /app/\nRUN tar -xzf /app/a-1.0.tar.gz && cd a-1.0 && poetry install\n",
    ],
)
def test_a_lock_that_an_image_only_takes_along_or_never_sees_says_nothing(tmp_path: Path, image: str) -> None:
    assert not _pinned(tmp_path, {"Dockerfile": image})


@pytest.mark.parametrize(
    "image",
    [
        _KEEPS,
        _HEAD + "COPY . .\nRUN pip install vendored/tool.whl && poetry install\n",
        _HEAD + "COPY pyproject.toml poetry.lock ./\nRUN poetry export -o r.txt && pip install -r r.txt\n",
    ],
)
def test_a_lock_that_an_image_installs_by_counts(tmp_path: Path, image: str) -> None:
    assert _pinned(tmp_path, {"Dockerfile": image})


@pytest.mark.parametrize("name", ["api.Dockerfile", "docker/Dockerfile.api", "docker/api-py312.Dockerfile"])
def test_an_image_that_is_called_after_its_part_decides(tmp_path: Path, name: str) -> None:
    assert not _pinned(tmp_path, {name: _HEAD + "RUN pip install 'ray[serve]'\nCOPY app.py .\n"})


@pytest.mark.parametrize("name", ["Dockerfile.dev", "docker/Dockerfile.jupyter"])
def test_an_image_of_developers_and_of_notebooks_decides_nothing(tmp_path: Path, name: str) -> None:
    assert _pinned(tmp_path, {name: _HEAD + "RUN pip install jupyterlab\nCOPY app.py .\n"})


def test_an_image_that_only_takes_the_tool_by_its_name_keeps_to_the_lock(tmp_path: Path) -> None:
    image = _HEAD + "RUN pip install --no-cache-dir poetry==1.8 && poetry install\n"
    assert _pinned(tmp_path, {"Dockerfile": image})


def test_the_image_that_compose_builds_decides(tmp_path: Path) -> None:
    files = {"compose.yaml": _BUILT, "deploy/Dockerfile": _KEEPS, "deploy/api.Dockerfile": _PULLS}
    assert not _pinned(tmp_path, files)
    files = {"compose.yaml": _BUILT, "deploy/Dockerfile": _PULLS, "deploy/api.Dockerfile": _KEEPS}
    assert _pinned(tmp_path, files)
    files = {"compose.yaml": _BUILT.replace("api.Dockerfile", "dev.Dockerfile"), "Dockerfile": _KEEPS, "deploy/dev.Dockerfile": _PULLS}  # fmt: skip
    assert _pinned(tmp_path, files)
