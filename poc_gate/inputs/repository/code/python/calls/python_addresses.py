"""Addresses of files in object stores that Python reads and writes, `f"s3://{bucket}/rows.parquet"` -> the store."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.systems import family_of, system_of_address
from poc_gate.model.claim import Place

_STORE = re.compile(r"^(?:s3|s3a|s3n|gs|abfss?)://(?P<bucket>[^/]*)/?")
_STANDS_FOR = re.compile(r"(?i)your|example|\bmy-|<|\.\.\.|^bucket$|placeholder|changeme|xxx")
_MOVES = r"(?:read|to|save|load|write|scan|upload|download|open|put|copy|from)(?:_\w+)?"
"""What functions are called that read or write a file at an address, such as `read_parquet`, `to_csv`, `load_model`."""
_METHOD = re.compile(rf"(?i)^{_MOVES}$")


def note_given_address(name: str, node: ast.Call, notes: Notes, place: Place) -> None:
    """Note the store whose address a call that reads or writes is given."""
    method = name.rpartition(".")[2]
    if not _METHOD.match(method):
        return
    for given in (*node.args[:2], *(keyword.value for keyword in node.keywords)):
        _note(_beginning(given), method, notes, place)


def note_kept_address(name: str, value: ast.expr, notes: Notes, place: Place) -> None:
    """Note the store whose address a name holds, where the file gives it to a call that reads or writes."""
    address = _beginning(value)
    if not _STORE.match(address) or not name.isidentifier():
        return
    given = re.compile(rf"\b(?P<method>{_MOVES})\((?:[^()\n]*[,\s=])?(?:self\.)?{name}\b")
    found = given.search(notes.file.text)
    if found is not None:
        _note(address, found["method"], notes, place)


def _note(address: str, method: str, notes: Notes, place: Place) -> None:
    match = _STORE.match(address)
    if match is None or _STANDS_FOR.search(match["bucket"]):
        return
    system = system_of_address(re.sub(r"^s3[an]:", "s3:", address))
    if family_of(system) == "object":
        direction = "write" if re.match(r"(?i)to_|save|write|upload|put", method) else "read"
        notes.system(system, place, how="used", direction=direction, note=f"{method} is given an address")


def _beginning(value: ast.expr) -> str:
    """Return how a text begins, its first part where others are put in."""
    first = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else value
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
