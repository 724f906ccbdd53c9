"""Functions and classes that Modal runs -> that it runs the pilot, where one answers over the web; which of them are jobs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

_IMPORTED = re.compile(r"(?m)^[ \t]*(?:import|from)[ \t]+modal\b")
_ANSWERS = frozenset({"web_endpoint", "fastapi_endpoint", "asgi_app", "wsgi_app", "web_server"})
"""Decorators of Modal that give a function an address on the web."""
_RUNS = frozenset({"function", "cls"})
Decorated = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def note_modal(node: Decorated, notes: Notes) -> frozenset[int]:
    """Note that Modal answers requests with a function or class; return the decorators of one that is a job, by identity.

    A job answers nobody and has no accelerator for a model: how many of it run, and how long, says nothing of the service.
    """
    if not node.decorator_list or not notes.file.shows(_IMPORTED):
        return frozenset()
    names = [dotted_name(one.func if isinstance(one, ast.Call) else one) for one in _decorators(node)]
    short = {name.rpartition(".")[2] for name in names}
    if short & _ANSWERS:
        place = written_at(node, notes)
        notes.fact("target.service", "modal", place, weight=1, sure=INFERRED, note="Modal answers requests with it")  # fmt: skip
        return frozenset()
    return frozenset(id(one) for one in node.decorator_list if isinstance(one, ast.Call) and _is_of_a_job(one))  # fmt: skip


def _decorators(node: Decorated) -> Iterator[ast.expr]:
    """Yield the decorators of a function, or of a class and its methods."""
    yield from node.decorator_list
    for inner in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from inner.decorator_list


def _is_of_a_job(call: ast.Call) -> bool:
    given = {one.arg for one in call.keywords}
    return dotted_name(call.func).rpartition(".")[2] in _RUNS and "gpu" not in given
