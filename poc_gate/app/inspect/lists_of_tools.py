"""Lists of packages of a checkout -> those of which nothing ships: tools, command lines and pages beside a backend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from poc_gate.inputs.repository.reading import Service

_LARGEST = 64 << 10
_TOOLS = re.compile(
    r"(?i)(?:black|flake8|isort|pre-commit|pytest(?:-\w+)*|ruff|mypy|pylint|tox|nox|coverage|bandit|commitizen|twine|yapf|autopep8|pydocstyle|detect-secrets|pip-tools|bump2?version|bumpver)(?:\[[^\]]*\])?"
)
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)")
_OF_JAVASCRIPT = frozenset({"package.json", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb"})  # fmt: skip
_LISTED = r'"%s"\s*:\s*\{([^{}]*)\}'
_NAMED = re.compile(r'"([^"]+)"\s*:\s*"[^"]*"')
_OF_RELEASES = re.compile(
    r"(?:@commitlint/.+|@semantic-release/.+|@release-it/.+|@changesets/.+|semantic-release.*|commitizen|commitlint.*|cz-.+|conventional-changelog.*|husky|lint-staged|license-checker.*|standard-version|release-it|auto-changelog|prettier.*|eslint.*|markdownlint.*|cspell|npm-check-updates|@biomejs/biome)$"
)
"""Packages that look over commits, write releases and check texts: nothing of them runs."""
_OF_COMMANDS = re.compile(
    r"(?:commander|yargs|meow|cac|minimist|inquirer|@inquirer/.+|prompts|enquirer|zx|execa|shelljs|chalk|kleur|picocolors|ora|listr2?|boxen|figlet|dotenv|handlebars|mustache|lodash|js-yaml|yaml|fs-extra|glob|semver|prettier|which)$"
)
"""Packages that a program of the command line is made of, which asks people and writes files."""
_ASKS = re.compile(
    r'"(?:openai|ai|@ai-sdk/[^"]+|@anthropic-ai/[^"]+|@google/gen[^"]+|@aws-sdk/client-bedrock[^"]*|@azure/openai|@langchain/[^"]+|langchain|llamaindex|ollama|@mastra/[^"]+|genkit|@genkit-ai/[^"]+|cohere-ai|groq-sdk|@mistralai/[^"]+)"\s*:'
)
_FACE = re.compile(r"(?i)(?:^|[-_./])(?:front-?end|front|ui|web|webapp|webui|pages|portal|console|extension)(?:[-_.]|$)")  # fmt: skip


def without_side_lists(
    base: Path, candidates: Sequence[str], paths: Iterable[str], services: Sequence[Service]
) -> list[str]:
    """Return the candidates without the lists of tools, and of pages beside a backend in another language."""
    kept = [path for path in candidates if not _is_of_tools(base, path, paths)]
    pages = _lists_of_pages(base, kept, services)
    return [path for path in kept if path not in pages]


def _is_of_tools(base: Path, path: str, paths: Iterable[str]) -> bool:
    """Say whether a list of packages, or the lock made from it, names only tools: nothing of it ships."""
    folder, _, name = path.rpartition("/")
    if name.lower() in _OF_JAVASCRIPT:
        return _asks_for_tools(base / folder, folder, paths)
    if not (name.lower().startswith("requirements") and name.lower().endswith(".txt")):
        return False
    text = _text(base / path)
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    named = [match[1] for line in lines if (match := _REQUIREMENT.match(line))]
    return bool(named) and len(named) == len(lines) and all(_TOOLS.fullmatch(one) for one in named)


def _asks_for_tools(folder: Path, where: str, paths: Iterable[str]) -> bool:
    """Say whether `package.json` asks for tools of releases alone, or for a command line beside which images are built."""
    text = _text(folder / "package.json")
    if '"workspaces"' in text or (folder / "pnpm-workspace.yaml").exists():
        return False  # the lock is also that of the packages below
    names = _names(text, "dependencies") or _names(text, "devDependencies")
    if not names:
        return False
    if all(_OF_RELEASES.match(one) for one in names):
        return True
    if not all(_OF_COMMANDS.match(one) for one in names) or not _names(text, "dependencies"):
        return False
    built = {path.rpartition("/")[0] for path in paths if "dockerfile" in path.rpartition("/")[2].lower()}
    return bool(built) and where not in built


def _names(text: str, section: str) -> list[str]:
    return [name for found in re.findall(_LISTED % section, text) for name in _NAMED.findall(found)]


def _lists_of_pages(base: Path, paths: Sequence[str], services: Sequence[Service]) -> set[str]:
    """Return the lists of JavaScript's packages of pages, where a backend in another language uses models."""
    decide = [one.folder for one in services if one.uses_ai and one.languages and "javascript" not in one.languages]  # fmt: skip
    lists = [path for path in paths if path.rpartition("/")[2].lower() in _OF_JAVASCRIPT]
    beside = {path.rpartition("/")[0] for path in paths if path not in lists}
    if not any(folder in beside for folder in decide):
        return set()
    faces = {folder for path in lists if _FACE.search((folder := path.rpartition("/")[0]).rpartition("/")[2])}
    faces = {folder for folder in faces if not _ASKS.search(_text(base / folder / "package.json"))}
    return {path for path in lists if path.rpartition("/")[0] in faces}


def _text(file: Path) -> str:
    try:
        return file.read_bytes()[:_LARGEST].decode("utf-8", "replace")
    except OSError:
        return ""
