"""A call in Python that reaches a system -> the source, where there is one."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.calls.python_embedded import where_it_lies
from poc_gate.inputs.repository.code.python.calls.python_idle_clients import (
    is_left_out,
    is_only_asked_to_answer,
)
from poc_gate.inputs.repository.code.python.models.python_providers import note_provider
from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, region_of
from poc_gate.inputs.repository.code.python.values.python_dotted_names import full_name, shown_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.model.claim import Place

_READS_ROWS = re.compile(r"\.(?:table|from_|rpc|schema)\(")
"""What a client of Supabase does where it reads data; others ask it who somebody is."""


def note_source(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note a system that a call reaches; a client that asks who somebody is, or a database in memory, is none."""
    short = shown_name(name)
    if whom := "supabase" if name.startswith("supabase.") else call.provider:
        note_provider(whom, f"{short} is made", place, notes)
    if name.startswith("supabase.") and not notes.file.shows(_READS_ROWS):
        notes.technique("client elsewhere", "Supabase", place, weight=1)
        return
    if call.what in {"duckdb", "sqlite"} and (_is_in_memory(node, scopes) or _is_temporary(node, notes)):
        return
    if is_only_asked_to_answer(node, notes.file.text) or is_left_out(name, notes):
        return
    if call.what == "hugging-face-datasets" and _is_of_a_caller(node, scopes):
        return
    if _only_asked_for_a_sign(node, notes):
        return
    if call.what == "github" and notes.file.shows(_STARTS_A_RUN):
        return
    region, sure = region_of(argument_of(node, ("region_name", "region", "location")), scopes)
    server = worth(node.args[0], scopes).value if call.what == "mailbox" and node.args else None
    if isinstance(server, str):
        notes.host(server, f"{short} is given it", place)
    if call.what == "sqlserver" and notes.file.shows(_ON_AZURE):
        note_provider("azure-sql", f"{short} reaches it", place, notes)
    if call.what == "faiss":
        short = name.rpartition(".")[2]  # whether it is made or loaded
    within = where_it_lies(call.what, name, node, scopes)
    notes.system(call.what, place, how="used", direction=call.direction, region=region, region_sure=sure, note=f"{short} is called", within=within)  # fmt: skip


_ON_AZURE = re.compile(r"(?i)server\s*=\s*[^\n;]*\.database\.windows\.net\b")
"""A connection to Azure SQL, whose domain the program writes out."""
_SIGNS = frozenset({"ping", "close", "aclose"})


def _only_asked_for_a_sign(node: ast.Call, notes: Notes) -> bool:
    """Say whether a client is made only to see if its server is there: `r = redis.Redis(...)`, `r.ping()`, and nothing else."""
    if not notes.file.shows(".ping("):
        return False
    lines = notes.file.lines
    made = re.match(r"\s*(\w+)\s*=\s*[\w.]+\(", lines[node.lineno - 1]) if node.lineno <= len(lines) else None
    if made is None:
        return False
    asked = re.findall(rf"(?<![\w.]){made[1]}\b(?:\s*=(?!=)|\.(\w+)\(|)", notes.file.text)
    named = len(re.findall(rf"(?<![\w.]){made[1]}\s*=(?!=)", notes.file.text))
    done = [one for one in asked if one]
    return "ping" in done and set(done) <= _SIGNS and len(asked) == len(done) + named


_STARTS_A_RUN = re.compile(r"\.create_dispatch\(|\.create_repository_dispatch\(")
"""What starts a workflow of GitHub: nothing is read from there."""


def _is_of_a_caller(node: ast.Call, scopes: Scopes) -> bool:
    """Say whether a data set is a file of one's own, or one that a request names: no place of the hub is read then.

    Beside names of files, a first argument that the program works out is their kind.
    """
    named = worth(node.args[0], scopes).value if node.args else None
    root = full_name(node.args[0], scopes).partition(".")[0] if node.args else ""
    asked = root in {"request", "req", "payload", "body"}
    by_kind = named is None and any(one.arg == "data_files" for one in node.keywords)
    return (
        asked or by_kind or named in {"json", "csv", "parquet", "text", "arrow", "imagefolder", "audiofolder"}
    )


_TEMPORARY = re.compile(
    r"\b(?:TemporaryDirectory|NamedTemporaryFile)\([^\n]*?\)[ \t]*as[ \t]+(?P<opened>\w+)|\b(?P<made>\w+)[ \t]*=[ \t]*(?:Path\()?tempfile\.\w+\("
)
"""A folder or a file that is gone when the program is done with it."""


def _is_temporary(node: ast.Call, notes: Notes) -> bool:
    """Say whether a database is opened in a temporary folder: what a program puts there it only sorts or counts."""
    text = notes.file.text if "tempfile" in notes.file.text else ""
    passing = {match["opened"] or match["made"] for match in _TEMPORARY.finditer(text)}
    if not passing or not node.args:
        return False
    given = ast.unparse(node.args[0])
    held = (
        re.search(rf"(?m)^[ \t]+{given}[ \t]*=[ \t]*(?P<what>[^\n]+)", text) if given.isidentifier() else None
    )
    return bool(passing & set(re.findall(r"\w+", held["what"] if held else given)))


def _is_in_memory(node: ast.Call, scopes: Scopes) -> bool:
    """Say whether a database is opened that lives in the program's memory and holds nothing of its own."""
    named = (one.value for one in node.keywords if one.arg == "database")
    given = node.args[0] if node.args else next(named, None)
    return given is None or worth(given, scopes).value in {":memory:", ":default:", ""}
