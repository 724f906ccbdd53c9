"""A construct of the AWS CDK in Python -> the folder of the repository whose code or image it is built from."""

from __future__ import annotations

import ast
from collections.abc import Collection

from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes

_BUILDS = frozenset(
    {"from_asset", "from_asset_image", "from_image_asset", "from_docker_build", "DockerImageAsset"}
)
"""What makes code or an image of a folder."""
_FOLDERS = frozenset({"directory", "path", "entry"})
_HOLDERS = frozenset({"code", "image", "entry", "task_image_options"})
"""Arguments of constructs that say what runs in them."""
_DEEPEST = 4
_PLAIN = frozenset({"join", "getcwd", "dirname", "abspath", "realpath", "resolve", "Path", "str"})
"""What a path is put together by."""


def folder_built(node: ast.Call, scopes: Scopes, paths: Collection[str]) -> str:
    """Return the folder that a construct is built from, in small letters; empty where it is not said, or not of the repository."""
    for keyword in node.keywords:
        if keyword.arg in _HOLDERS:
            given = _given(keyword.value, scopes, 0) if keyword.arg != "entry" else keyword.value
            if given is not None:
                return _folder_of(_joined(given), paths)
    return ""


def _given(node: ast.expr, scopes: Scopes, depth: int) -> ast.expr | None:
    """Return the expression of the folder that code or an image is made of."""
    if isinstance(node, ast.Name):
        bound = scopes.find(node.id)
        return _given(bound, scopes, depth + 1) if bound is not None and depth < _DEEPEST else None
    if not isinstance(node, ast.Call) or depth > _DEEPEST:
        return None
    if dotted_name(node.func).rpartition(".")[2] in _BUILDS:
        named = (one.value for one in node.keywords if one.arg in _FOLDERS)
        return next(named, next(iter(node.args), None))
    held = (one.value for one in node.keywords if one.arg in _HOLDERS)
    return next((found for one in held if (found := _given(one, scopes, depth + 1)) is not None), None)


def _joined(node: ast.expr) -> str:
    """Return the plain parts of a path, such as `code/page` of `path.join(os.getcwd(), "code", "page")`; empty for one that is worked out."""
    calls = (dotted_name(one.func).rpartition(".")[2] for one in ast.walk(node) if isinstance(one, ast.Call))
    if not all(call in _PLAIN for call in calls) or any(
        isinstance(one, ast.JoinedStr) for one in ast.walk(node)
    ):
        return ""
    parts = [one for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    parts.sort(key=lambda one: (one.lineno, one.col_offset))
    steps = [step for one in parts for step in str(one.value).lower().split("/")]
    return "/".join(step for step in steps if step not in {"", ".", ".."})


def _folder_of(written: str, paths: Collection[str]) -> str:
    """Return the one folder of the repository that a path ends with."""
    if not written:
        return ""
    if any(path.startswith(f"{written}/") for path in paths):
        return written
    found = {
        path[: path.index(f"/{written}/") + len(written) + 1] for path in paths if f"/{written}/" in path
    }
    return found.pop() if len(found) == 1 else ""
