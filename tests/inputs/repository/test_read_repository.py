"""A small retrieval service: its models, sources, limits and questions are found, each at its place."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.app.inspect.show_inspection import render_text
from poc_gate.errors import UsageError
from poc_gate.inputs.repository.code.python.python_reader import READER as PYTHON
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.read_repository import OUR_FAULT, read_repository
from poc_gate.inputs.repository.readers import readers
from poc_gate.inputs.repository.reading import RepositoryReading
from poc_gate.inputs.repository.tables.egress import is_outside
from poc_gate.model.quantity import Quantity

SERVICE = {
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["openai>=1", "asyncpg", "pgvector", "fastapi"]\n',
    "app/config.py": (
        "import os\nfrom pydantic_settings import BaseSettings\n\nCHUNK_SIZE = 512\n\n\n"
        "class Settings(BaseSettings):\n    chat_model: str = 'gpt-4o-mini-2024-07-18'\n    DATABASE_URL: str\n"
        "    top_k: int = 4\n\n\nsettings = Settings()\nEMBEDDING = os.environ['EMBED_MODEL']\n"
    ),
    "app/main.py": (
        "import asyncpg\nfrom fastapi import FastAPI\nfrom openai import OpenAI\nfrom app.config import CHUNK_SIZE, EMBEDDING, settings\n\n"
        "client = OpenAI()\napp = FastAPI()\n\n\nasync def answer(q: str) -> str:\n    pool = await asyncpg.create_pool(settings.DATABASE_URL)\n    q = q[:CHUNK_SIZE] * settings.top_k\n"
        "    client.embeddings.create(model=EMBEDDING, input=q)\n"
        "    return client.chat.completions.create(model=settings.chat_model, messages=[], max_tokens=800)\n"
    ),
    "tests/test_main.py": "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-3.5-turbo')\n",
    "compose.yaml": "services:\n  db:\n    image: pgvector/pgvector:pg16\n  app:\n    build: .\n    depends_on: [db]\n",
}  # fmt: skip


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture
def reading(tmp_path: Path) -> RepositoryReading:
    return read_repository(write(tmp_path / "shop", SERVICE))


def test_models_sources_and_limits_are_found_with_their_places(reading: RepositoryReading) -> None:
    facts = {found.claim.fact: found.claim for found in reading.facts}
    assert facts["model.name"].value == "gpt-4o-mini-2024-07-18"
    assert str(facts["model.name"].place) == "app/config.py:8:23"
    assert facts["model.alias_floating"].value is False
    assert facts["security.output_cap"].value == Quantity(800.0, "tok")
    assert facts["retrieval.chunk_size"].value == Quantity(512.0)
    assert facts["retrieval.top_k"].value == Quantity(4.0)
    assert facts["pilot.uses"].value == ("llm", "retrieval")
    (source,) = reading.sources
    assert (source.system, source.interface) == ("postgresql", "sql")
    assert [str(place) for place in source.callers] == ["app/main.py:11:18"]
    assert "api.openai.com" in {host.host for host in reading.hosts}


def test_what_the_environment_decides_is_a_question_that_names_the_variable(
    reading: RepositoryReading,
) -> None:
    (question,) = (one for one in reading.questions if "EMBED_MODEL" in one.message)
    assert question.place.file == "app/main.py"


def test_files_that_are_not_used_say_why(reading: RepositoryReading) -> None:
    assert {"tests/test_main.py": "not used: a test"}.items() <= {
        one.path: one.why for one in reading.left
    }.items()
    assert "gpt-3.5-turbo" not in {model.name for model in reading.models}


def test_a_file_that_something_is_taken_from_is_not_left_as_a_whole(tmp_path: Path) -> None:
    checks = "on: [pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest tests\n"
    release = "on: [release]\njobs:\n  tag:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo done\n"
    files = SERVICE | {".github/workflows/ci.yml": checks, ".github/workflows/release.yml": release, ".github/CODEOWNERS": "* @acme/shop\n"}  # fmt: skip
    reading = inspect_repository(write(tmp_path, files))
    why = {one.path: one.why for one in reading.left}
    assert [one.kind for one in reading.remarks if one.place.file == ".github/workflows/ci.yml"]
    assert why[".github/workflows/ci.yml"].startswith("not used in part: ")
    assert why[".github/CODEOWNERS"].startswith("not used in part: ")
    assert why[".github/workflows/release.yml"].startswith("not used: ")
    listed = render_text(reading).partition("\nnot used:\n")[2]
    assert "release.yml" in listed
    assert "ci.yml" not in listed
    assert "CODEOWNERS" not in listed


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        read_repository(tmp_path / "gone")


def test_a_module_of_tables_alone_is_not_read_and_collecting_garbage_goes_on_afterwards(
    tmp_path: Path,
) -> None:
    files = {
        **SERVICE,
        "app/tables.py": "from sqlalchemy.orm import Mapped\nLIMIT = 5\n\n\nclass Row:\n    id: Mapped[int]\n",
    }
    reading = read_repository(write(tmp_path / "shop", files))
    assert "app/tables.py" not in {read.path for read in reading.files}
    assert "app/main.py" in {read.path for read in reading.files}
    assert gc.isenabled()


NOTEBOOK = '{"cells": [{"cell_type": "code", "outputs": [{"png": "%s"}], "source": %s}]}'


def test_a_notebook_full_of_pictures_and_one_written_on_a_single_line_are_read(tmp_path: Path) -> None:
    code = [
        "from langchain_openai import ChatOpenAI\n",
        "!pip install x\n",
        "ChatOpenAI(model='gpt-4o-2024-08-06')",
    ]
    on_lines = NOTEBOOK % ("A" * 3_000_000, json.dumps(code))
    (tmp_path / "lesson.ipynb").write_text(on_lines.replace(', "source"', ',\n"source"'))
    reading = read_repository(tmp_path)
    assert [(model.role, model.name) for model in reading.models] == [("chat", "gpt-4o-2024-08-06")]
    assert str(reading.models[0].place).startswith("lesson.ipynb:1")


def test_reading_python_leaves_no_cycles_for_the_collector() -> None:
    text = "import os\nfrom openai import OpenAI\n\n\nclass Shop:\n    def ask(self, size=1):\n        return OpenAI(model='gpt-4o')\n"
    gc.collect()
    gc.disable()
    try:
        file = TextFile("a.py", content=text.encode())
        PYTHON.read(file, Notes(file, "python", Signals(name="shop")))
        del file
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_list_of_requirements_in_utf_16_is_read_as_pip_reads_it(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes("fastapi==0.115.0\r\ngunicorn\r\n".encode("utf-16"))
    (tmp_path / "main.py").write_text("import fastapi\n")
    facts = {one.claim.fact: one.claim.value for one in inspect_repository(tmp_path).facts}
    assert facts["security.dependencies_pinned"] is False


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("requirements.txt", "openai\nsqlalchemy\npsycopg[binary]==3.2\n"),
        ("requirements.txt", "openai\nsqlalchemy\npg8000\n"),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = ["openai", "psycopg2-binary"]\n'),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = ["openai"]\noptional-dependencies.sql = ["psycopg"]\n'),
    ],
)  # fmt: skip
def test_an_engine_of_an_unstated_database_is_that_of_the_driver_beside_it(
    name: str, content: str, tmp_path: Path
) -> None:
    app = (
        "from openai import OpenAI\nfrom sqlalchemy import create_engine\n\nclient = OpenAI()\n\n\n"
        "def answer(url, question):\n    engine = create_engine(url)\n    with engine.connect() as link:\n"
        "        link.exec_driver_sql('select 1')\n"
        "    return client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
    )
    folder = write(tmp_path / "x", {name: content, "app.py": app})
    assert [source.system for source in inspect_repository(folder).sources] == ["postgresql"]


def test_a_host_of_any_region_goes_by_what_all_regions_share(tmp_path: Path) -> None:
    app = "import vertexai\nfrom vertexai.generative_models import GenerativeModel\n\nvertexai.init()\nmodel = GenerativeModel('gemini-2.0-flash-001')\nmodel.generate_content('x')\n"
    reading = inspect_repository(write(tmp_path / "x", {"app.py": app}))
    assert [host.host for host in reading.hosts] == ["*-aiplatform.googleapis.com"]
    named = [found.claim.value for found in reading.facts if found.claim.fact.startswith("security.egress[")]
    assert named == ["aiplatform.googleapis.com"]


@pytest.mark.parametrize("host", ["litellm.example", "api.invalid", "api-id.execute-api.us-east-1.amazonaws.com", "db.internal"])  # fmt: skip
def test_names_that_nobody_has_are_no_destinations(host: str) -> None:
    assert not is_outside(host)
    assert is_outside("q7x2m4.execute-api.us-east-1.amazonaws.com")


def test_files_beside_other_weights_say_nothing_of_a_model_that_a_provider_runs(tmp_path: Path) -> None:
    config = {"model_type": "bert", "architectures": ["BertForSequenceClassification"], "num_hidden_layers": 6, "hidden_size": 384, "num_attention_heads": 12, "max_position_embeddings": 512}  # fmt: skip
    write(tmp_path, SERVICE | {"reranking/model/config.json": json.dumps(config)})
    facts = {found.claim.fact for found in inspect_repository(tmp_path).facts}
    assert "model.name" in facts
    assert not {
        fact
        for fact in facts
        if fact.startswith(("model.layers", "model.heads", "model.hidden", "model.max_context"))
    }


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile", "start.sh"])
@pytest.mark.parametrize("command", ["echo started", "hf download acme/notes --revision main", "hf download a/b\nhf download c/d"])  # fmt: skip
def test_a_script_is_read_whatever_it_downloads(tmp_path: Path, name: str, command: str) -> None:
    reading = read_repository(write(tmp_path, SERVICE | {name: f"# comment\n{command}\n"}))
    assert not [one for one in reading.left if one.path == name]


@pytest.mark.parametrize("broken", [ValueError("zip() argument 2"), KeyError("x"), ZeroDivisionError("division")])  # fmt: skip
def test_a_reader_that_breaks_says_so_in_words_for_users_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: Exception
) -> None:
    def stop(_file: TextFile, _notes: Notes) -> None:
        raise broken

    found = tuple(replace(one, read=stop) if one.name == "python-packages" else one for one in readers())
    monkeypatch.setattr("poc_gate.inputs.repository.read_repository.readers", lambda: found)
    reading = read_repository(write(tmp_path, SERVICE))
    assert {one.why for one in reading.left if one.path == "pyproject.toml"} == {f"{OUR_FAULT} (python-packages)"}  # fmt: skip
    assert [model.name for model in reading.models]
