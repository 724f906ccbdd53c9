"""Locks of JavaScript, Go, .NET and the JVM say whether what ships is pinned, as those of Python do."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.app.inspect.other_locks import other_locks_of

SERVICE = (
    "import OpenAI from 'openai';\nconst c = new OpenAI();\nc.chat.completions.create({ model: 'gpt-4o' });\n"
)
OF_LISTS = {"package-lock.json", "pnpm-lock.yaml", "yarn.lock"}
"""Locks that install nothing without the list beside them."""


def facts_of(root: Path, files: dict[str, str]) -> dict[str, object]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {
        found.claim.fact.removeprefix("security.dependencies_"): found.claim.value
        for found in inspect_repository(root).facts
        if found.claim.fact.startswith("security.dependencies_")
    }


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("package-lock.json", '{"lockfileVersion": 3, "packages": {"a": {"integrity": "sha512-x"}}}', {"pinned": True, "hashed": True}),
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: sha512-x}\n", {"pinned": True, "hashed": True}),
        ("yarn.lock", 'a@^1.0.0:\n  version "1.0.0"\n  resolved "https://x/a.tgz"\n', {"pinned": True, "hashed": False}),
        ("go.sum", "example.test/a v1.0.0 h1:abc=\n", {"pinned": True, "hashed": True}),
        ("package.json", '{"dependencies": {"openai": "^4.0.0"}}', {"pinned": False, "hashed": False}),
        ("package.json", '{"dependencies": {"openai": "4.0.0"}}', {"pinned": True, "hashed": False}),
        ("package-lock.json", "{}", {}),
        ("pom.xml", "<dependency><version>[1.0,)</version></dependency>", {"pinned": False, "hashed": False}),
        ("App.csproj", '<PackageReference Include="Humanizer" Version="2.*" />', {"pinned": False, "hashed": False}),
        ("pom.xml", "<groupId>own</groupId><dependencies><dependency><groupId>own</groupId><version>1-SNAPSHOT</version></dependency></dependencies>", {"pinned": True, "hashed": False}),
        ("Cargo.lock", '[[package]]\nname = "a"\nchecksum = "x"\n', {"pinned": True, "hashed": True}),
    ],
)  # fmt: skip
def test_a_lock_says_what_ships(name: str, text: str, expected: dict[str, object], tmp_path: Path) -> None:
    beside = {"package.json": '{"workspaces": []}'} if name in OF_LISTS and expected else {}
    assert facts_of(tmp_path, {**beside, name: text, "src/index.ts": SERVICE}) == expected


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("App.csproj", '<PackageReference Include="Humanizer" Version="2.14.1" />', "takes the lowest that fits"),
        ("App.csproj", '<PackageReference Include="Humanizer" Version="2.*" />', "there is no lock next to it"),
        ("package.json", '{"dependencies": {"express": "4.19.2"}}', "what they bring along is not locked"),
    ],
)  # fmt: skip
def test_the_note_agrees_with_the_value(name: str, text: str, words: str, tmp_path: Path) -> None:
    for path, content in {name: text, "src/index.ts": SERVICE}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    facts = {found.claim.fact: found.claim for found in inspect_repository(tmp_path).facts}
    assert words in facts["security.dependencies_pinned"].note


def test_a_lock_at_the_top_speaks_for_its_workspaces(tmp_path: Path) -> None:
    files = {
        "package.json": '{"workspaces": ["packages/*"]}',
        "package-lock.json": '{"lockfileVersion": 3, "x": {"integrity": "sha512-x"}}',
        "packages/api/package.json": '{"dependencies": {"openai": "^4.0.0"}}',
        "packages/api/src/index.ts": SERVICE,
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": True}


def test_an_empty_lock_says_nothing_and_one_of_javascript_says_nothing_of_maven(tmp_path: Path) -> None:
    empty = '{"name": "app", "lockfileVersion": 3, "requires": true, "packages": {}}'
    service = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
    python = {"package-lock.json": empty, "requirements.txt": "openai==1.0.0\n", "app.py": service}
    assert facts_of(tmp_path / "python", python) == {"pinned": True, "hashed": False}
    filled = '{"lockfileVersion": 3, "packages": {"node_modules/a": {"integrity": "sha512-x"}}}'
    java = {
        "package-lock.json": filled,
        "api/pom.xml": "<dependency><version>1.0.0</version></dependency>",
        "api/src/main/java/A.java": 'import dev.langchain4j.model.openai.OpenAiChatModel;\nclass A { Object m = OpenAiChatModel.builder().modelName("gpt-4o").build(); }\n',
    }
    assert facts_of(tmp_path / "java", java)["hashed"] is False


def test_what_people_see_beside_a_backend_does_not_speak(tmp_path: Path) -> None:
    files = {
        "backend/requirements.txt": "openai==1.0.0\n",
        "backend/app.py": "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        "frontend/package-lock.json": '{"lockfileVersion": 3, "x": {"integrity": "sha512-x"}}',
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": False}


def test_a_library_called_like_a_token_is_no_secret(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "a"\nversion = "1.0"\nfiles = [{file = "a", hash = "sha256:0"}]\n[package.extras]\ntiktoken = ">=0.5.2,<0.6.0"\nauthToken = "abc1234567890defghijkl99"\n'
    (tmp_path / "poetry.lock").write_text(lock)
    said = " ".join(one.message for one in inspect_repository(tmp_path).questions)
    assert "tiktoken" not in said


def test_beside_a_build_of_maven_the_lock_of_its_pages_says_nothing_of_the_service() -> None:
    assert other_locks_of(["pom.xml", "package-lock.json", "package.json"], []) == ["pom.xml"]
    assert other_locks_of(["package-lock.json", "package.json"], []) == ["package-lock.json"]


def test_a_lock_of_tools_that_test_pages_says_nothing_of_what_ships(tmp_path: Path) -> None:
    tools = '{"lockfileVersion": 3, "packages": {"": {"name": "x", "devDependencies": {"@playwright/test": "^1.4"}}, "node_modules/a": {"integrity": "sha512-x"}}}'
    files = {
        "package-lock.json": tools,
        "package.json": '{"devDependencies": {"@playwright/test": "^1.4"}}',
        "src/Shop/Shop.csproj": '<Project><PackageReference Include="Azure.AI.OpenAI" Version="2.0.0" /></Project>',
        "src/Shop/Ask.cs": "using Azure.AI.OpenAI;\nvar client = new AzureOpenAIClient(endpoint, key);\n",
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": False}


_UV_LOCK = (
    'version = 1\n\n[[package]]\nname = "openai"\nversion = "1.0.0"\nsource = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://x/a.tar.gz", hash = "sha256:'
    + "a" * 64
    + '" }\n'
)


_LOOSE = {"pinned": False, "hashed": False}


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("FROM python:3.12\nCOPY . .\nRUN pip install .\n", _LOOSE),
        ("FROM python:3.12\nRUN pip install --no-cache-dir -e '.[all]'\n", _LOOSE),
        ("FROM python:3.12\nRUN pip install uv && uv sync --frozen\n", {"pinned": True, "hashed": True}),
        (
            "FROM python:3.12\nRUN uv build\nRUN uv pip install /build/dist/desk-*.whl\n",
            _LOOSE,
        ),  # a wheel knows no lock
        ("FROM python:3.12\n# with uv\nRUN uv pip install --system -r pyproject.toml\n", _LOOSE),
        ("FROM python:3.12\nRUN pip install gunicorn\n", {"pinned": True, "hashed": True}),
        ("FROM python:3.12\nRUN pip install uv && poetry lock\n", _LOOSE),  # versions are found anew
    ],
)
def test_a_lock_that_the_image_passes_over_is_asked_about(
    tmp_path: Path, image: str, expected: dict[str, bool]
) -> None:
    files = {
        "Dockerfile": image,
        "uv.lock": _UV_LOCK,
        "pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["openai>=1"]\n',
        "src/a.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        "telemetry/requirements.txt": "uvicorn\n",
    }
    assert facts_of(tmp_path, files) == expected
    asked = any("installs packages without" in one.message for one in inspect_repository(tmp_path).questions)
    assert asked is not expected["pinned"]


@pytest.mark.parametrize(
    ("install", "expected"),
    [
        ("uv pip install --system -e .", _LOOSE),
        ("uv sync --frozen", {"pinned": True, "hashed": True}),
    ],
)
def test_a_lock_that_the_image_of_a_folder_below_passes_over_is_asked_about(
    tmp_path: Path, install: str, expected: dict[str, bool]
) -> None:
    files = {
        "src/backend/Dockerfile": f"FROM python:3.12\nCOPY pyproject.toml uv.lock ./\nRUN pip install uv\n\nRUN {install}\n",
        "uv.lock": _UV_LOCK,
        "pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["openai>=1"]\n',
        "src/backend/a.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
    }
    assert facts_of(tmp_path, files) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("COPY requirements.txt .\nRUN pip install -r requirements.txt", {"pinned": False, "hashed": False}),
        ("COPY requirements-prod.lock r.txt\nRUN pip install -r r.txt", {"pinned": True, "hashed": False}),
        ("COPY versions /app/r.txt\nRUN pip install -r /app/r.txt", {}),
    ],
)
def test_the_list_that_the_image_installs_says_what_ships(
    tmp_path: Path, line: str, expected: dict[str, bool]
) -> None:
    files = {
        "Dockerfile": f"FROM python:3.12\n{line}\n",
        "requirements.txt": "openai>=1\n",
        "requirements-prod.lock": "openai==1.50.0\n",
        "versions": "openai==1.50.0\n",
        "pages/package-lock.json": '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "integrity": "sha512-x"}}}',
        "pages/package.json": '{"dependencies": {"a": "1.0.0"}}',
        "src/a.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
    }
    assert facts_of(tmp_path, files) == expected


def test_a_list_of_javascript_without_its_code_does_not_speak_for_python(tmp_path: Path) -> None:
    files = {
        "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        "requirements.txt": "openai==1.55.0\n",
        "package.json": '{"dependencies": {"drawio": "^1.0.0"}}\n',
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": False}


def test_the_list_that_an_image_in_a_folder_below_installs_is_what_ships(tmp_path: Path) -> None:
    files = {
        "src/app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        "requirements.txt": "openai\nextra\n",
        "requirements_prod.txt": "openai==1.55.0\n",
        "deployment/Dockerfile": "FROM python:3.12\nCOPY requirements_prod.txt ./requirements.txt\nRUN pip install --no-cache-dir \\\n    --no-compile \\\n    -r requirements.txt\n",
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": False}


def test_a_lock_that_an_image_installs_around_says_nothing_and_the_project_gives_a_range(
    tmp_path: Path,
) -> None:
    files = {
        "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        "pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["openai>=1"]\n',
        "uv.lock": 'version = 1\n\n[[package]]\nname = "openai"\nversion = "1.55.0"\nsdist = { url = "https://a/b.tar.gz", hash = "sha256:aa" }\n',
        "Dockerfile": "FROM python:3.12\nCOPY pyproject.toml .\nRUN uv venv && uv pip install -e .\n",
    }
    assert facts_of(tmp_path, files) == _LOOSE


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("npm install && npm install vite-node", {}),
        ("npm install --omit=dev vite-node", {}),
        ("npm ci && npm install -g pm2", {"pinned": True, "hashed": True}),
        ("npm install --save-dev typescript", {"pinned": True, "hashed": True}),
        ("npm install vite-node@1.6.0", {"pinned": True, "hashed": True}),
    ],
)
def test_a_package_that_an_image_takes_beside_the_lock_is_asked_about(
    tmp_path: Path, command: str, expected: dict[str, bool]
) -> None:
    files = {
        "src/a.ts": "import OpenAI from 'openai';\n\nnew OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [] });\n",
        "package.json": '{"dependencies": {"openai": "^4.52.1"}}\n',
        "package-lock.json": '{"packages": {"node_modules/openai": {"version": "4.52.1", "integrity": "sha512-x"}}}\n',
        "Dockerfile": f"FROM node:20\nCOPY package.json package-lock.json ./\nRUN {command}\nCOPY . .\n",
    }
    assert facts_of(tmp_path, files) == expected


def test_the_lock_of_a_kit_of_infrastructure_says_nothing_of_the_pilot(tmp_path: Path) -> None:
    files = {
        "lambda/app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        "package.json": '{"devDependencies": {"eslint": "9.0.0"}, "dependencies": {"aws-cdk-lib": "2.110.1", "constructs": "^10.3.0"}}',
        "package-lock.json": '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "integrity": "sha512-x"}}}',
        "lib/stack.ts": "import { Stack } from 'aws-cdk-lib';\n\nexport class Own extends Stack {}\n",
    }
    assert facts_of(tmp_path, files) == {}


def test_a_lock_of_bun_in_bytes_names_versions_and_digests(tmp_path: Path) -> None:
    files = {
        "index.ts": "import OpenAI from 'openai';\n\nnew OpenAI().chat.completions.create({ model: 'gpt-4o-mini', messages: [] });\n",
        "package.json": '{"dependencies": {"openai": "^4.0.0"}}',
        "bun.lockb": "#!/usr/bin/env bun\nbun-lockfile-format-v0\n\x01\x02",
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": True}


def test_a_version_of_maven_that_a_property_holds_can_be_a_snapshot(tmp_path: Path) -> None:
    pom = "<project><groupId>own</groupId><properties><ai.version>{}</ai.version></properties><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-bom</artifactId><version>${{ai.version}}</version></dependency></dependencies></project>"
    files = {
        "pom.xml": pom.format("1.0.0-SNAPSHOT"),
        "src/main/java/A.java": "import org.springframework.ai.chat.client.ChatClient;\n\nclass A {}\n",
    }
    assert facts_of(tmp_path / "loose", files) == {"pinned": False, "hashed": False}
    files["pom.xml"] = pom.format("1.0.0")
    assert facts_of(tmp_path / "fixed", files) == {"pinned": True, "hashed": False}


def test_the_list_of_a_part_without_a_model_does_not_speak_for_the_one_with_it(tmp_path: Path) -> None:
    files = {
        "pilot/setup.py": "from setuptools import setup\n\nsetup(name='pilot', install_requires=['openai==1.55.0'])\n",
        "pilot/app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        "functions/trigger/requirements.txt": "boto3\n",
        "functions/trigger/main.py": "import boto3\n\n\ndef lambda_handler(event, context):\n    return boto3.client('events')\n",
    }
    assert facts_of(tmp_path, files) == {}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("black==22.3.0\nflake8==4.0.1\npre-commit==2.19.0\n", {}),
        ("pytest\npytest-cov\n# for humans\nruff\n", {}),
        ("black==22.3.0\nopenai==1.59.0\n", {"pinned": True, "hashed": False}),
        ("openai\n", {"pinned": False, "hashed": False}),
    ],
)
def test_a_list_of_what_checks_code_says_nothing_of_what_ships(listed: str, expected: dict[str, bool], tmp_path: Path) -> None:  # fmt: skip
    code = "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
    assert facts_of(tmp_path, {"requirements.txt": listed, "app/main.py": code}) == expected


def test_a_list_that_the_project_takes_its_dependencies_from_is_installed_with_it(tmp_path: Path) -> None:
    files = {
        "Dockerfile": "FROM python:3.12\nADD pyproject.toml .\nADD requirements.txt .\nADD requirements-dev.txt .\nRUN pip install .\nRUN pip install -r requirements-dev.txt\n",
        "requirements.txt": "openai==1.0.0\n",
        "requirements-dev.txt": "ruff==0.6\n",
        "pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndynamic = ["dependencies"]\n\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n',
        "src/a.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
    }
    assert facts_of(tmp_path, files) == {"pinned": True, "hashed": False}


def test_pages_that_an_image_is_built_of_count_where_nothing_else_lists_a_package(tmp_path: Path) -> None:
    files = {
        "answers.py": "import openai\n\nopenai.OpenAI().chat.completions.create(model='gpt-4o')\n",
        "Dockerfile": "FROM shelves/base:1.0\nCOPY answers.py .\n",
        "ui/svelte/package.json": '{"dependencies": {"svelte": "^4.0.0"}}',
    }
    assert facts_of(tmp_path / "unbuilt", files) == {}
    built = {**files, "ui/docker/Dockerfile": "FROM node:22\nCOPY svelte .\nRUN npm install\n"}
    assert facts_of(tmp_path / "built", built) == {"pinned": False, "hashed": False}
    locked = {**built, "ui/svelte/package-lock.json": '{"packages": {"a": {"integrity": "sha512-x"}}}'}
    assert facts_of(tmp_path / "locked", locked) == {}
    listed = {**built, "requirements.txt": "openai==1.99.0\n"}
    assert facts_of(tmp_path / "listed", listed) == {"pinned": True, "hashed": False}
