"""Stores that Python reaches only where an address is set which no file gives -> their lines, and those of the classes made there alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import TO_THE_END, Off
from poc_gate.inputs.repository.files.text_file import line_at

_ASKS = re.compile(
    r"(?m)^(?P<by>[ \t]*)if[ \t]+(?:\(?[ \t]*\w+[ \t]*:=[ \t]*)?os\.(?:getenv|environ\.get)\([ \t]*[\"'](?P<name>[A-Z]\w*(?:URI|URL|DSN|HOST|ENDPOINT|CONNECTION_STRING))[\"'][ \t]*\)\)?(?:[ \t]+is not None)?[ \t]*:[ \t]*$"
)
_CLASS = re.compile(r"(?m)^class (?P<name>[A-Z]\w+)\b")
_MADE = re.compile(r"\b(?P<name>[A-Z]\w+)\(")


def unset_stores(texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines of branches on such variables, and the classes that only those make; systems alone are meant."""
    code = [(path, text) for path, text in texts if path.endswith(".py")]
    branches = [one for path, text in code if "os." in text for one in _branches(path, text)]
    names = {name for name, *_ in branches}
    given = {name for name in names if _is_given(name, texts, environments)}
    branches = [one for one in branches if one[0] not in given]
    if not branches:
        return []
    found = [Off(path, first, last, _why(name), asked=True, only=("systems",)) for name, path, first, last in branches]  # fmt: skip
    inside: dict[str, str] = {}
    for name, path, first, last in branches:
        lines = dict(code)[path].split("\n")[first - 1 : last]
        inside |= {match["name"]: name for match in _MADE.finditer("\n".join(lines))}
    for path, text in code:
        for match in _CLASS.finditer(text):
            made = match["name"]
            if made in inside and not _is_made_otherwise(made, code, branches):
                end = re.compile(r"(?m)^[^\s#)\"']").search(text, match.end())
                last = line_at(text, end.start()) - 1 if end else TO_THE_END - 1
                found.append(Off(path, line_at(text, match.start()), last, _why(inside[made]), asked=True, only=("systems",)))  # fmt: skip
    return found


def _why(name: str) -> str:
    return f"it is reached only where {name} is set, and no file sets it"


def _branches(path: str, text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield each variable with the file and the lines of its branch."""
    lines = text.split("\n")
    for match in _ASKS.finditer(text):
        first = line_at(text, match.start()) + 1
        last = first - 1
        for number in range(first, len(lines) + 1):
            line = lines[number - 1]
            if line.strip() and len(line) - len(line.lstrip()) <= len(match["by"]):
                break
            last = number
        yield match["name"], path, first, last


def _is_given(name: str, texts: Sequence[tuple[str, str]], environments: Sequence[tuple[str, str]]) -> bool:
    """Say whether any file but code gives a variable something."""
    given = re.compile(rf"(?m)^[^#\n]*\b{name}\b[\"']?[ \t]*[:=][ \t]*[\"']?[^\s\"'#]")
    asked = re.compile(
        rf"\b{name}=[\"']?\$\{{?\w+\}}?[\"']?[ \t]*>>"
    )  # a script writes what a person answers
    apart = [text for path, text in texts if not path.endswith((".py", ".ts", ".js"))]
    return any(
        name in text and given.search(asked.sub("", text))
        for text in (*apart, *(text for _, text in environments))
    )


def _is_made_otherwise(name: str, code: Sequence[tuple[str, str]], branches: Sequence[tuple[str, str, int, int]]) -> bool:  # fmt: skip
    """Say whether code makes a class anywhere else than in such a branch."""
    call = re.compile(rf"(?<!class )\b{name}\(")
    for path, text in code:
        for match in call.finditer(text) if name in text else ():
            line = line_at(text, match.start())
            if not any(path == file and first <= line <= last for _, file, first, last in branches):
                return True
    return False
