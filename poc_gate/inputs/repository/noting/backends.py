"""The files of a checkout -> whether it has a backend beside what people see."""

from __future__ import annotations

import re
from functools import lru_cache

from poc_gate.inputs.repository.files.standing import Standing, standing_of

_MANIFESTS = (
    "pyproject.toml",
    "requirements.txt",
    "pom.xml",
    "go.mod",
    ".csproj",
    "setup.py",
    "build.gradle",
    "pipfile",
)
_CODE = (".py", ".ts", ".js", ".mjs", ".go", ".java", ".kt", ".cs", ".rs", ".scala", ".php", ".rb")
FACES = (
    "frontend/",
    "src/frontend/",
    "app/frontend/",
    "ui/",
    "web/",
    "webapp/",
    "client/",
    "apps/web/",
    "src/ui/",
    "packages/ui/",
    "packages/web/",
    "packages/frontend/",
    "apps/frontend/",
    "apps/ui/",
)
"""Folders of what people see; beside a backend they decide nothing of the pilot."""


@lru_cache(maxsize=8)
def has_backend(paths: frozenset[str]) -> bool:
    """Say whether there is a backend beside what people see.

    A dependency file alone is none: beside `requirements.txt` a folder `webapp` can be the service itself. Nor is what
    only takes documents in.
    """
    beside = [path for path in paths if not path.startswith(FACES)]
    named = any(path.endswith(_MANIFESTS) for path in beside) or _is_built_at_the_top(beside)
    return named and any(path.endswith(_CODE) and standing_of(path) is Standing.SERVICE and not _TAKES_IN.search(path) for path in beside)  # fmt: skip


def _is_built_at_the_top(beside: list[str]) -> bool:
    """Say whether an image is built of code at the top, whose packages come with the image that it begins from."""
    top = [path for path in beside if "/" not in path]
    return "dockerfile" in top and any(path.endswith(".py") and standing_of(path) is Standing.SERVICE for path in top)  # fmt: skip


_CLIENT_LIBRARY = re.compile(r"(?P<home>(?:[^/]+/)*)(?:(?:python|py|js|ts|node|typescript|javascript|java|go|client)-sdk|sdk-(?:python|py|js|ts|node|typescript|javascript|java|go))/")  # fmt: skip
"""Folders of libraries with which other programs speak to the server."""
_SERVES = re.compile(r"(?:[^/]+[-_])?(?:server|backend|api|service)/")


@lru_cache(maxsize=4_096)
def is_client_library(path: str, paths: frozenset[str]) -> bool:
    """Say whether a file is of a library for other programs, beside whose folder the server has one of its own."""
    found = _CLIENT_LIBRARY.match(path)
    if found is None:
        return False
    before = found["home"]
    return any(one.startswith(before) and _SERVES.match(one, len(before)) and one.endswith(_CODE) for one in paths)  # fmt: skip


_TAKES_IN = re.compile(r"^(?:[\w-]+[-_])?(?:ingest(?:ion|or|er)?|indexer)(?:[-_][\w-]+)?/")
"""Folders at the top of what takes documents in: it answers nobody."""
