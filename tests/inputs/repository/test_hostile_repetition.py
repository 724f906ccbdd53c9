"""Files of 900 KB that say one thing over and over: a whole inspection of such a folder ends soon."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.app.inspect.show_inspection import render_json, render_text

_LARGE = 900_000
_LONG = 14_000
"""Letters of a line that is not yet taken for a minified one."""
_RECORD = f"record Xa({','.join(f'int a{n}' for n in range(180))}) {{}}\nclass A {{ void f() {{\n"
_BOX = "import { codeInterpreterTool } from '@openai/agents';\nconst t = codeInterpreterTool();\n"
_CASES = {
    "an image that installs line by line": ("Dockerfile", "RUN pip install a\n", ""),
    "a notebook that installs line by line": ("b.ipynb", '"!pip install a\\n",\n', ""),
    "a record that is made again and again": ("A.cs", "new Xa(1);\n", _RECORD),
    "long words beside a tool of a library": ("a.ts", f"const x = '{'a' * _LONG}';\n", _BOX),
    "wide gaps before a model": (
        "a.py",
        f"y = (x,{' ' * _LONG}c.chat.completions.create(model='gpt-4o'))\n",
        "import openai\nc = openai.OpenAI()\n",
    ),
    "pictures and links that never close": ("README.md", "[![Deploy](https://", ""),
    "models that SQL never finishes": ("a.sql", "create model ", ""),
    "tools on a page that no switch tells apart": ("a.ts", "onClientTool\n", ""),
    "agents on a page without a name": ("a.ts", "'@elevenlabs/react'\n", ""),
    "a description of a tool that goes on": (
        "a.py",
        "transfer\n",
        'from langchain.tools import BaseTool\nclass A(BaseTool):\n    """x"""\n    name = "a"\n\nclass B(BaseTool):\n    """',
    ),
    "dependencies of npm that never close": ("package.json", '{"dependencies":', ""),
    "dependencies of npm in dependencies": ("package.json", '"dependencies":{', ""),
    "dependencies of Maven that never close": ("pom.xml", "<dependency>", ""),
    "builds of Maven that never close": ("pom.xml", "<build>", ""),
    "settings of empty lines": ("a.yaml", "\n", ""),
    "Ruby of empty lines": ("main.rb", "\n", ""),
    "packages of NuGet that never close": ("a.csproj", "<PackageReference ", ""),
}


@contextmanager
def _stopped_when_it_hangs() -> Iterator[None]:
    """Stop what goes on for 30 seconds of processor time: what grows with the square of a file takes minutes."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 30)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(("path", "unit", "before"), _CASES.values(), ids=_CASES)
def test_repetition_holds_nothing_up(path: str, unit: str, before: str, tmp_path: Path) -> None:
    (tmp_path / path).write_text(before + unit * (_LARGE // len(unit)))
    with _stopped_when_it_hangs():
        reading = inspect_repository(tmp_path)
        assert render_json(reading)
        assert render_text(reading)


def test_a_construct_that_is_made_again_and_again_holds_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "cdk.json").write_text('{"app": "npx ts-node a.ts", "context": {"withSearch": false}}\n')
    made = "import { Stack } from 'aws-cdk-lib';\nexport class Search {}\n"
    (tmp_path / "a.ts").write_text(made + "const one = new Search(this, 'one');\n" * 9_000)
    with _stopped_when_it_hangs():
        assert render_json(inspect_repository(tmp_path))


def test_empty_lines_within_a_call_hold_nothing_up(tmp_path: Path) -> None:
    begins = "from openai import OpenAI\nclass A:\n    def __init__(self):\n"
    field = "        self.{name} = OpenAI(\n            base_url='https://api.x.ai/v1',\n"
    calls = "".join(
        field.format(name=name) + " " * 12 + "\n" * 1 + (" " * 12 + "\n") * 60 + ")\n" for name in "ab"
    )
    (tmp_path / "a.py").write_text(begins + calls + "print(A().a.chat.completions.create(model='grok-2'))\n")
    with _stopped_when_it_hangs():
        assert render_json(inspect_repository(tmp_path))


def test_groups_of_others_are_left_out_of_a_project_of_maven(tmp_path: Path) -> None:
    (tmp_path / "pom.xml").write_text(
        "<project><parent><groupId>org.others</groupId></parent><groupId>io.shop</groupId>"
        "<dependencies><dependency><groupId>io.shop</groupId><version>1.0-SNAPSHOT</version></dependency>"
        "</dependencies><build><plugins><groupId>org.more</groupId></plugins></build></project>\n"
    )
    stated = {claim.fact: claim.value for claim in inspect_repository(tmp_path).claims()}
    assert stated["security.dependencies_pinned"] is True


def test_a_line_of_a_package_without_a_version_is_named(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(
        "FROM x\n# pip install é\nRUN pip \\\n install a==1\nRUN pip install \\\n  b\n"
    )
    claims = [
        one for one in inspect_repository(tmp_path).claims() if one.fact == "security.dependencies_pinned"
    ]
    assert [(one.value, one.place.line) for one in claims] == [(False, 5)]


def test_remarks_above_a_page_hold_nothing_up(tmp_path: Path) -> None:
    call = "import OpenAI from 'openai';\nconst a = new OpenAI();\na.chat.completions.create({model: 'gpt-4o'});\n"
    (tmp_path / "a.ts").write_text("/* one */\n" * 200 + call)
    with _stopped_when_it_hangs():
        assert [one.name for one in inspect_repository(tmp_path).models] == ["gpt-4o"]
