"""Parts of a checkout with lists of packages of their own: which of them speak for what ships, and which leave it open."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.reading import RepositoryReading

_ASKS = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_IN_SCRIPT = (
    "import OpenAI from 'openai';\nnew OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [] });\n"
)
_POETRY = '[[package]]\nname = "openai"\nversion = "1.0.0"\nfiles = [{ file = "o.whl", hash = "sha256:%s" }]\n' % ("a" * 64)  # fmt: skip
_WANTED = '[tool.poetry.dependencies]\nopenai = "^1.0"\n'
_NPM = '{"lockfileVersion": 3, "packages": {"": {"name": "shop", %s"devDependencies": {"prettier": "^3.0.0"}}, "node_modules/openai": {"version": "4.0.0", "integrity": "sha512-x"}}}'


def _read(root: Path, files: dict[str, str]) -> RepositoryReading:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return inspect_repository(root)


def _said(reading: RepositoryReading) -> dict[str, object]:
    begins = "security.dependencies_"
    return {one.claim.fact.removeprefix(begins): one.claim.value for one in reading.facts if one.claim.fact.startswith(begins)}  # fmt: skip


@pytest.mark.parametrize(("parts", "said"), [('"workspaces": ["parts/*"], ', True), ("", False)])
def test_the_lock_of_workspaces_counts_though_the_top_asks_for_tools_alone(
    tmp_path: Path, parts: str, *, said: bool
) -> None:
    files = {
        "package.json": f"{{{parts.rstrip(', ')}}}",
        "package-lock.json": _NPM % parts,
        "parts/api/src/index.ts": _IN_SCRIPT,
        "parts/api/package.json": '{"dependencies": {"openai": "^4.0.0"}}',
    }
    assert (_said(_read(tmp_path, files)) == {"pinned": True, "hashed": True}) is said


def test_a_list_without_a_lock_beside_python_does_not_speak_for_a_library_of_its_own(tmp_path: Path) -> None:
    files = {
        "main.py": _ASKS,
        "pyproject.toml": _WANTED,
        "poetry.lock": _POETRY,
        "package.json": '{"dependencies": {"openai": "^4.0.0"}}',
        "node/package.json": '{"name": "shop-client", "dependencies": {"openai": "^4.0.0"}}',
        "node/src/index.ts": "export const client = 1;\n",
    }
    assert _said(_read(tmp_path, files)) == {"pinned": True, "hashed": True}
    beside = {**files, "server.ts": _IN_SCRIPT}
    assert _said(_read(tmp_path / "beside", beside))["pinned"] is False


@pytest.mark.parametrize("chapter", ["module_", "lab", "week-"])
def test_the_lock_of_one_chapter_does_not_say_that_a_course_is_pinned(tmp_path: Path, chapter: str) -> None:
    files = {
        f"{chapter}3/app.py": _ASKS,
        f"{chapter}3/pyproject.toml": _WANTED,
        f"{chapter}3/poetry.lock": _POETRY,
        f"{chapter}1/app.py": "import flask\n",
        f"{chapter}2/train.ipynb": '{"cells": []}',
    }
    reading = _read(tmp_path, files)
    assert _said(reading) == {}
    assert any(f"{chapter}1 lists no packages" in one.message for one in reading.questions)
    listed = {**files, **{f"{chapter}{one}/requirements.txt": f"flask==3.0.{one}\n" for one in (1, 2)}}
    assert _said(_read(tmp_path / "listed", listed))["pinned"] is True


def test_of_two_numbered_projects_none_speaks_for_the_other(tmp_path: Path) -> None:
    files = {
        "2/shop/app.py": _ASKS,
        "2/shop/pyproject.toml": '[project]\ndependencies = ["openai>=1"]\n',
        "7/shop/app.py": _ASKS,
        "7/shop/pyproject.toml": _WANTED,
        "7/shop/poetry.lock": _POETRY,
    }
    reading = _read(tmp_path, files)
    assert _said(reading) == {}
    assert any("2 dependency files could be what ships" in one.message for one in reading.questions)


def test_a_part_that_stands_in_for_a_model_is_not_what_ships(tmp_path: Path) -> None:
    sums = "example.test/a v1.0.0 h1:abc=\n"
    files = {
        "dev/mock-model/app.py": _ASKS,
        "dev/mock-model/Dockerfile": "FROM python:3.12\nCOPY app.py .\n",
        "keys/go.mod": "module example.test/keys\n",
        "keys/go.sum": sums,
        "keys/main.go": "package main\n",
    }
    assert _said(_read(tmp_path, files)) == {"pinned": True, "hashed": True}
