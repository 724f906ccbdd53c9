"""A lock of Python that is exported without its digests is pinned, and what comes is not checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository

_LOCK = (
    'version = 1\n\n[[package]]\nname = "openai"\nversion = "1.0.0"\nsource = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://x/a.tar.gz", hash = "sha256:'
    + "a" * 64
    + '" }\n'
)
_LIST = '[project]\nname = "shop"\ndependencies = ["openai"]\n'
_APP = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"


def _read(root: Path, files: dict[str, str]) -> dict[str, object]:
    for name, text in {"uv.lock": _LOCK, "pyproject.toml": _LIST, "app.py": _APP, **files}.items():
        (root / name).write_text(text)
    reading = inspect_repository(root)
    return {one.claim.fact.rpartition("_")[2]: (one.claim.value, one.claim.place.file) for one in reading.facts if one.claim.fact.startswith("security.dependencies_")}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Makefile", "deploy:\n\tuv export --no-dev \\\n\t\t--no-hashes -o out/requirements.txt\n"),
        ("Dockerfile", "FROM python:3.12\nRUN poetry export -f requirements.txt --without-hashes -o r.txt\n"),
    ],
)
def test_a_list_without_digests_is_what_ships(tmp_path: Path, name: str, text: str) -> None:
    assert _read(tmp_path, {name: text}) == {"pinned": (True, "uv.lock"), "hashed": (False, name)}


@pytest.mark.parametrize(
    "text",
    [
        "deploy:\n\tuv export --no-dev -o out/requirements.txt\n",
        "check:\n\tuv export --no-hashes -o r.txt && pip-audit -r r.txt\n",
        "# uv export --no-hashes\ndeploy:\n\tuv sync\n",
    ],
)
def test_a_lock_keeps_its_digests_where_they_go_along(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, {"Makefile": text})["hashed"] == (True, "uv.lock")


def test_a_containerfile_installs_around_a_lock_as_a_dockerfile_does(tmp_path: Path) -> None:
    image = "FROM python:3.12\nCOPY pyproject.toml ./\nRUN pip install uv && uv pip install --system -r pyproject.toml\n"
    loose = (False, "pyproject.toml")
    assert _read(tmp_path, {"Containerfile": image}) == {"pinned": loose, "hashed": loose}
