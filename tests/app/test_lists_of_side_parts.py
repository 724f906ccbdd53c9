"""Lists of packages of tools, command lines and pages say nothing of what ships; the list that the image takes does."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.reading import Certainty

_APP = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_NODE = "import OpenAI from 'openai';\nconst c = new OpenAI();\nc.chat.completions.create({ model: 'gpt-4o' });\n"  # fmt: skip
_NPM = '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"integrity": "sha512-x"}}}'
_PIP = "FROM python:3.12\nCOPY requirements.docker.txt ./requirements.txt\nRUN pip install -r requirements.txt\nCOPY . .\n"
_UV = '[[package]]\nname = "openai"\nversion = "1.0.0"\nsource = { registry = "https://example.test" }\nsdist = { url = "https://example.test/o", hash = "sha256:%s" }\n' % ("a" * 64)  # fmt: skip
_CONDA = "name: shop\nchannels:\n  - conda-forge\ndependencies:\n  - python%s\n  - numpy%s\n  - pip:\n    - openai%s\nprefix: /opt\n"


def _facts(root: Path, files: dict[str, str], asked: str = "") -> dict[str, tuple[object, str]]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    reading = inspect_repository(root)
    assert not asked or any(asked in one.message for one in reading.questions)
    return {
        found.claim.fact.removeprefix("security.dependencies_"): (found.claim.value, found.claim.place.file)
        for found in reading.facts
        if found.claim.fact.startswith("security.dependencies_")
    }


@pytest.mark.parametrize("section", ["dependencies", "devDependencies"])
def test_a_lock_of_what_checks_commits_says_nothing_beside_the_list_of_the_image(
    tmp_path: Path, section: str
) -> None:
    listed = (
        f'{{"{section}": {{"husky": "^9.0.0", "@commitlint/cli": "^19.0.0", "license-checker": "^25.0.0"}}}}'
    )
    files = {"package.json": listed, "package-lock.json": _NPM, "app.py": _APP, "Dockerfile": _PIP, "requirements.txt": "openai==1.0.0\n", "requirements.docker.txt": "openai>=1.0\n"}  # fmt: skip
    assert _facts(tmp_path, files)["pinned"] == (False, "requirements.docker.txt")


def test_a_lock_with_a_package_that_runs_counts(tmp_path: Path) -> None:
    listed = '{"dependencies": {"openai": "^4.0.0"}, "devDependencies": {"husky": "^9.0.0"}}'
    found = _facts(tmp_path, {"package.json": listed, "package-lock.json": _NPM, "app.ts": _NODE})
    assert found["pinned"] == (True, "package-lock.json")


@pytest.mark.parametrize(("image", "expected"), [("parts/desk/Dockerfile", (False, "parts/desk/requirements.txt")), ("Dockerfile", (True, "package-lock.json"))])  # fmt: skip
def test_a_command_line_ships_where_its_own_image_is_built(
    tmp_path: Path, image: str, expected: tuple[object, str]
) -> None:
    listed = '{"dependencies": {"commander": "11.1.0", "zx": "8.8.5", "dotenv": "16.5.0"}}'
    files = {
        "package.json": listed,
        "package-lock.json": _NPM,
        "cli.mjs": _NODE,
        image: "FROM node:22\nCOPY . .\n",
    }
    files |= {"parts/desk/app.py": _APP, "parts/desk/requirements.txt": "openai\n"} if image != "Dockerfile" else {}  # fmt: skip
    assert _facts(tmp_path, files)["pinned"] == expected


@pytest.mark.parametrize("asks", [False, True])
def test_the_lock_of_pages_says_nothing_beside_a_backend_unless_they_ask_a_model(
    tmp_path: Path, *, asks: bool
) -> None:
    pages = '{"dependencies": {"vue": "^3.0.0"%s}}' % (', "openai": "^4.0.0"' if asks else "")
    files = {
        "desk-frontend/package.json": pages,
        "desk-frontend/yarn.lock": 'a@^1.0.0:\n  version "1.0.0"\n',
        "desk-frontend/src/ask.ts": _NODE,
    }
    files |= {"desk-server/app.py": _APP, "desk-server/requirements.txt": "openai\n"}
    found = _facts(tmp_path, files, "2 dependency files" if asks else "")
    assert found["pinned"] == (False, "desk-server/requirements.txt")
    sure = {one.certainty for one in inspect_repository(tmp_path).facts if one.claim.fact.endswith("_pinned")}
    assert sure == {Certainty.INFERRED if asks else Certainty.STATED}


def test_a_part_whose_image_takes_the_lock_of_the_top_is_locked_by_it(tmp_path: Path) -> None:
    image = "FROM python:3.12\nCOPY pyproject.toml uv.lock /app/\nRUN uv sync --locked\n"
    files = {
        "pyproject.toml": "[project]\nname = 'shop'\nversion = '1'\n",
        "uv.lock": _UV,
        "src/server/Dockerfile": image,
        "src/server/app.py": _APP,
    }
    files |= {"src/other/requirements.txt": "flask\n", "src/other/page.py": "import flask\n"}
    assert _facts(tmp_path, files) == {"pinned": (True, "uv.lock"), "hashed": (True, "uv.lock")}


_BUILDS = "services:\n  model:\n    build:\n      context: .\n      dockerfile: model.Dockerfile\n%s  api:\n    build: api\n"


@pytest.mark.parametrize(
    ("install", "profile", "pinned"),
    [
        ("-U torch --extra-index-url https://example.test/torch", "", False),
        ("--no-cache-dir 'transformers' accelerate==1.0.0", "", False),
        ("torch==2.4.0 transformers==4.44.0", "", True),
        ("-r torch", "", True),
        ("-U torch", "    profiles: [trial]\n", True),
    ],
)  # fmt: skip
def test_an_image_that_installs_without_versions_belies_the_list_of_another(
    tmp_path: Path, install: str, profile: str, *, pinned: bool
) -> None:
    files = {"compose.yaml": _BUILDS % profile, "model.Dockerfile": f"FROM python:3.12\nRUN pip install {install}\n", "api/Dockerfile": "FROM python:3.12\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"}  # fmt: skip
    files |= {"api/app.py": _APP, "api/requirements.txt": "openai==1.0.0\n"}
    found = _facts(tmp_path, files, "" if pinned else "model.Dockerfile installs")
    assert ("pinned" in found) is pinned
    assert found["hashed"] == (False, "api/requirements.txt")


@pytest.mark.parametrize(
    ("version", "pinned"), [("", False), ("=1.2", True), ("==1.2", True), (">=1.2", False)]
)
def test_an_environment_of_conda_goes_before_the_list_of_a_side_part(
    tmp_path: Path, version: str, *, pinned: bool
) -> None:
    files = {"environment.yaml": _CONDA % (version, version, version), "pyproject.toml": "[tool.black]\nline-length = 88\n", "shop/app.py": _APP}  # fmt: skip
    files |= {"dashboard/requirements.txt": "dash==2.11.0\n", "dashboard/page.py": "import dash\n"}
    assert _facts(tmp_path, files)["pinned"] == (pinned, "environment.yaml")


def test_a_list_of_pip_goes_before_an_environment_of_conda_beside_it(tmp_path: Path) -> None:
    files = {"environment.yaml": _CONDA % ("", "", ""), "requirements.txt": "openai==1.0.0\n", "app.py": _APP}
    assert _facts(tmp_path, files)["pinned"] == (True, "requirements.txt")


def test_what_bento_is_told_to_install_goes_before_a_lock(tmp_path: Path) -> None:
    bento = "service: 'shop:svc'\npython:\n  packages:\n    - bentoml==1.1.6\n    - transformers\n"
    files = {
        "pyproject.toml": "[project]\nname = 'shop'\n",
        "uv.lock": _UV,
        "app.py": _APP,
        "bentos/bentofile.small.yaml": bento,
    }
    assert _facts(tmp_path, files)["pinned"] == (False, "bentos/bentofile.small.yaml")


def test_two_servers_in_two_languages_that_differ_are_asked_about(tmp_path: Path) -> None:
    go = 'package main\n\nimport (\n\t"github.com/firebase/genkit/go/plugins/dotprompt"\n)\n\nfunc main() {\n\tp, err := dotprompt.Define("desk", "{{question}}", dotprompt.Config{})\n}\n'
    files = {"go-server/main.go": go, "go-server/go.mod": "module shop\n", "go-server/go.sum": "example.test/a v1.0.0 h1:abc=\n", "go-server/Dockerfile": "FROM golang:1.23\nCOPY . .\n"}  # fmt: skip
    files |= {"py-server/app.py": _APP, "py-server/requirements.txt": "openai\n", "py-server/Dockerfile": "FROM python:3.12\nCOPY . .\n"}  # fmt: skip
    found = _facts(tmp_path, files, "go-server/go.sum, py-server/requirements.txt")
    assert {value for value, _ in found.values()} == {False}
