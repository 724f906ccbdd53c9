"""One file that a team keeps or a machine wrote -> the facts it yields, as text or canonical JSON."""

from __future__ import annotations

from pathlib import Path

from poc_gate.errors import UsageError
from poc_gate.inputs.observe.is_result import is_result


def show_file(
    path: Path, *, kind: str = "", prefix: str = "", option: str = "", as_json: bool = False
) -> str:
    """Return what a file yields; raises UsageError when there is none, InvalidInputError when it cannot be read."""
    if not path.is_file():
        raise UsageError(f"{path} is not a file", next_step="check the path")
    if _is_observed(path, kind):
        from poc_gate.app.imports.show_observed import observed_json, observed_text, view_observed

        observed = view_observed(path, kind=kind, option=option)
        return observed_json(observed) if as_json else observed_text(observed)
    from poc_gate.app.imports.show_import import render_json, render_text, view_import

    view = view_import(path, kind=kind, prefix=prefix, option=option)
    return render_json(view) if as_json else render_text(view)


def file_kinds() -> tuple[tuple[str, str], ...]:
    """Return name and summary of every kind of file that is read, what people wrote first."""
    from poc_gate.app.imports.show_import import import_kinds
    from poc_gate.inputs.observe.read_observed import observers

    return (*import_kinds(), *((one.name, one.summary) for one in observers()))


def _is_observed(path: Path, kind: str) -> bool:
    """Say whether a file is read as a result; `evaluation` is a group of results and a kind that people write, too."""
    from poc_gate.inputs.observe.read_observed import observers

    if kind in {one.name for one in observers()}:
        return True
    if kind and kind not in {one.group for one in observers()}:
        return False
    if is_result(path.resolve(), path.as_posix()):
        return True
    from poc_gate.app.imports.show_import import import_kinds

    return bool(kind) and kind not in dict(import_kinds())
