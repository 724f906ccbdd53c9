"""What images and notebooks install by name, locks of Conda's tools, and folders that train or measure: what of it is said to ship."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.reading import Certainty

_APP = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
_LOCK = '[[package]]\nname = "openai"\nversion = "1.0.0"\nfiles = [{ file = "o.whl", hash = "sha256:%s" }]\n' % ("a" * 64)  # fmt: skip
_PROJECT = '[tool.poetry.dependencies]\nopenai = "^1.0"\n'
_PIXI = "version: 6\nenvironments:\n  default: {}\npackages:\n- conda: https://example.test/a.conda\n  sha256: %s\n" % ("a" * 64)  # fmt: skip


def _facts(root: Path, files: dict[str, str]) -> dict[str, tuple[object, str, Certainty]]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {
        one.claim.fact.removeprefix("security.dependencies_"): (
            one.claim.value,
            one.claim.place.file,
            one.certainty,
        )
        for one in inspect_repository(root).facts
        if one.claim.fact.startswith("security.dependencies_")
    }


@pytest.mark.parametrize(
    ("install", "pinned"),
    [
        ("pip install --no-cache-dir flask 'openai>=1'", False),
        ("pip install -U pip && pip3 install flask==3.0.0 \\\n    'openai[datalib]==1.50.0'", True),
        ("pip install flask==3.0.0 --index-url https://example.test/simple", True),
        ("pip install uv setuptools", None),
    ],
)
def test_an_image_beside_which_nothing_is_listed_says_what_it_installs(
    tmp_path: Path, install: str, *, pinned: bool | None
) -> None:
    files = {"app.py": _APP, "Dockerfile": f"FROM python:3.12\nRUN {install}\nCOPY . .\n"}
    found = _facts(tmp_path, files)
    expected = (pinned, "Dockerfile", Certainty.INFERRED)
    assert found == ({} if pinned is None else {"pinned": expected, "hashed": (False, *expected[1:])})


def test_an_image_says_nothing_of_packages_beside_a_list(tmp_path: Path) -> None:
    files = {"app.py": _APP, "requirements.txt": "openai==1.0.0\n", "Dockerfile": "FROM python:3.12\nRUN pip install flask\n"}  # fmt: skip
    assert _facts(tmp_path, files)["hashed"][1] == "requirements.txt"


@pytest.mark.parametrize(("beside", "said"), [({}, True), ({"app.py": _APP}, False)])
def test_notebooks_say_what_they_install_where_they_are_all_there_is(
    tmp_path: Path, beside: dict[str, str], *, said: bool
) -> None:
    cells = [{"cell_type": "code", "source": ["%pip install -qU langchain chromadb==0.5.0\n", _APP], "outputs": [], "metadata": {}, "execution_count": None}]  # fmt: skip
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    found = _facts(tmp_path, {"desk.ipynb": book, **beside})
    assert found.get("pinned") == ((False, "desk.ipynb", Certainty.INFERRED) if said else None)


def test_a_lock_of_pixi_goes_before_the_list_of_conda_beside_it(tmp_path: Path) -> None:
    files = {"app.py": _APP, "pixi.lock": _PIXI, "conda_env.yaml": "channels:\n  - conda-forge\ndependencies:\n  - numpy\n"}  # fmt: skip
    found = _facts(tmp_path, files)
    assert found["pinned"] == found["hashed"] == (True, "pixi.lock", Certainty.STATED)


@pytest.mark.parametrize("name", ["conda_env.yaml", "serve-conda.yml", "environment.gpu.yml"])
def test_a_list_of_conda_counts_under_its_usual_names(tmp_path: Path, name: str) -> None:
    files = {"app.py": _APP, name: "channels:\n  - conda-forge\ndependencies:\n  - numpy=1.26\n  - openai\n"}
    assert _facts(tmp_path, files)["pinned"] == (False, name, Certainty.STATED)


@pytest.mark.parametrize("folder", ["shop/finetuning", "training_pipeline", "evaluate"])
def test_lists_of_what_trains_and_measures_go_behind_the_lock_at_the_top(tmp_path: Path, folder: str) -> None:
    files = {"app.py": _APP, "pyproject.toml": _PROJECT, "poetry.lock": _LOCK, f"{folder}/requirements.txt": "torch\n", f"{folder}/run.py": _APP}  # fmt: skip
    found = _facts(tmp_path, files)
    assert found["pinned"] == found["hashed"] == (True, "poetry.lock", Certainty.STATED)


def test_a_list_for_training_counts_where_there_is_no_other(tmp_path: Path) -> None:
    files = {"train.py": "from sklearn.linear_model import LogisticRegression\nLogisticRegression().fit([], [])\n", "environment/train-requirements.txt": "scikit-learn==1.5.0\n"}  # fmt: skip
    assert _facts(tmp_path, files)["pinned"] == (True, "environment/train-requirements.txt", Certainty.STATED)


def test_chapters_of_a_course_that_differ_are_only_asked_about(tmp_path: Path) -> None:
    files = {"01-serve/app.py": _APP, "01-serve/pyproject.toml": "[project]\nname = 'a'\ndependencies = ['openai']\n", "01-serve/poetry.lock": _LOCK, "02-watch/app.py": _APP, "02-watch/requirements.txt": "openai\n"}  # fmt: skip
    assert _facts(tmp_path, files) == {}
    assert any("2 dependency files" in one.message for one in inspect_repository(tmp_path).questions)


def test_a_list_of_python_beside_a_lock_of_javascript_counts_too(tmp_path: Path) -> None:
    files = {
        "package.json": '{"dependencies": {"openai": "^4.0.0"}}\n',
        "package-lock.json": '{"packages": {"node_modules/openai": {"version": "4.52.1", "integrity": "sha512-x"}}}\n',
        "app/ask.ts": "import OpenAI from 'openai';\n\nnew OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [] });\n",
        "scripts/fill.py": _APP,
        "requirements.txt": "openai\n",
    }
    assert _facts(tmp_path, files)["pinned"] == (False, "requirements.txt", Certainty.INFERRED)


def test_an_image_to_work_in_says_nothing_of_what_ships(tmp_path: Path) -> None:
    image = "FROM python:3.12\nRUN pip install black ruff\n"
    assert _facts(tmp_path, {".devcontainer/Dockerfile": image, "app/main.py": _APP}) == {}
