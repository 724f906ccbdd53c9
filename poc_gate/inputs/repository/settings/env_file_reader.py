"""`.env.example` and kin -> variables: models, systems, destinations; values of secrets are never taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.egress import OF_AZURE_OPENAI
from poc_gate.inputs.repository.tables.models import names_a_model
from poc_gate.inputs.repository.tables.systems import system_of_variable

_FILE = re.compile(
    r"(?:^|/)(?:\.?env[\w.-]*\.?(?:example|sample|template|dist|defaults?|tmpl)|[\w.-]*\.env(?:\.\w+)*|\.env[\w.-]*|example\.env|sample\.env|env\.example|env\.sample|set_env\.sh|env\.sh|variables\.env|env\.list|secrets\.toml[._-](?:example|sample|template|dist)|(?:example|sample|template)[._-]secrets\.toml|secrets[._-](?:example|sample|template)\.toml|\.streamlit/secrets\.toml)$"
)
_LINE = re.compile(
    r"^\s*(?P<off>#\s*)?(?:export\s+|set\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]{1,80})\s*=\s*(?P<value>.*?)\s*$"
)
_SECRET = re.compile(r"(?i)key$|token$|secret|password|passwd|_pwd$|credential|_pat$|dsn$|connection_?string")
_PLACEHOLDER = re.compile(r"(?i)<|your|xxx|changeme|placeholder|\.\.\.|^\W*$|todo|_here$|replace|insert|^sk-")


def _wants(path: str) -> bool:
    return bool(_FILE.search(path)) and not path.endswith((".py", ".ts", ".js", ".d.ts"))


_FILLED_IN = re.compile(
    r"https://[<\[{$(]*[\w -]+[>\]})]*\.((?:cognitiveservices|services\.ai)\.azure\.com)\b"
)
"""An address of Azure whose account people fill in, on another domain than that of Azure OpenAI."""
_TABLE = 5
"""Variables that begin alike and name models: a table, of which none is in effect."""


def _family(name: str) -> str:
    """Return how a variable begins, such as `LLM_MODEL_CONFIG`."""
    return "_".join(name.split("_")[:3])


_KEYS_OF_GOOGLE = frozenset({"GOOGLE_KEY", "GOOGLE_API_KEY"})
_WHERE_GOOGLE_LOOKS = re.compile(r"(?m)^[ \t]*(?:export\s+)?GOOGLE_(?:CX|CSE_ID|CSE_CX|SEARCH_ENGINE_ID)\s*=")
"""What a search of the web by Google looks through: beside it a key of Google's is for that search, unless a model of theirs is asked."""


def _read(file: TextFile, notes: Notes) -> None:
    matches = (_LINE.match(line[:1_000]) for line in file.lines[:2_000])
    families = Counter(_family(match["name"]) for match in matches if match and "MODEL" in match["name"])
    for number, line in enumerate(file.lines[:2_000], start=1):
        match = _LINE.match(line)
        if not match or len(line) > 1_000:
            continue
        name, off = match["name"], bool(match["off"])
        place = file.place(number, match.start("name") + 1)
        if off and not name.isupper():
            continue
        value = _plain(match["value"])
        of_a_search = name in _KEYS_OF_GOOGLE and file.shows(_WHERE_GOOGLE_LOOKS)
        if value.lower() not in {"false", "off", "no", "0"} and not of_a_search:
            note_key_variable(name, place, notes, offered="off" if off else "example")
        if not off and value.lower() == "true" and name in {"LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"}:
            notes.technique("traced", "LangSmith", place, weight=2)
        system = system_of_variable(name)
        if system and not off and (value or not _is_optional(file.lines, number)):
            notes.system(system, place, how="named", note=f"{name} holds its address")
        if families[_family(name)] >= _TABLE and names_a_model(name):
            continue  # one of many to choose from
        at = file.place(number, match.start("value") + 1)
        if not off and OF_AZURE_OPENAI.fullmatch(name) and (found := _FILLED_IN.match(value)):
            notes.host(f"*.{found[1]}", f"{name} holds its address", at, sure=INFERRED)
        if not value or _SECRET.search(name) or _PLACEHOLDER.search(value) or off:
            continue
        note_named(name, value, at, notes, kind="env", weight=1)


_OPTIONAL = re.compile(r"(?i)\boptional\b")


def _is_optional(lines: Sequence[str], number: int) -> bool:
    """Say whether remarks call the variable of a line optional: behind it, or in the lines right above."""
    first = number - 1
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return any("#" in line and _OPTIONAL.search(line.partition("#")[2]) for line in lines[first:number])


def _plain(value: str) -> str:
    """Return a value without quotes and without the remark behind it; a default of the shell's stands for the value."""
    if value[:1] in {'"', "'"}:
        end = value.find(value[0], 1)
        return value[1:end] if end > 0 else value[1:]
    value = re.sub(r"\s+#.*$", "", value).strip()
    default = re.fullmatch(r"\$\{\w+:?-([^}]*)\}", value)
    return default[1] if default else "" if "$" in value else value


READER = Reader(
    name="env-file",
    summary="examples of environment files: variables that name models, systems and destinations",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
