"""Functions of Python and JavaScript -> those that no line of a checkout writes the name of, where they are not found otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile


class Lines(NamedTuple):
    """A function, and where it is written."""

    name: str
    file: str
    first: int
    last: int


_PYTHON = re.compile(r"(?m)^(?:async )?def (?P<name>[a-z]\w*)\(")
_JAVASCRIPT = re.compile(
    r"(?m)^export (?:(?:async )?function (?P<name>[a-z]\w*)\s*[(<]|const (?P<arrow>[a-z]\w*)\s*=\s*(?:async\s*)?(?:\([^()]*\)|\w+)\s*(?::[^=\n]+)?=>)"
)
_SCRIPTS = (".ts", ".js", ".mjs", ".mts")
_FOUND = re.compile(
    r"(?i)^(?:main|run|start|serve|setup|load|actions?|loader|middleware|register\w*|init\w*|teardown|on[A-Z_]\w*|handle\w*|\w*handler|lambda_\w+|create_?app|make_?app|\w*graph|\w*agent|\w+_fn|test\w*|pytest\w*|get|post|put|patch|delete|head|options|generate(?:Metadata|StaticParams)|config|default|predict|score|execute|hello|\w*flow|\w*job|\w*task|\w*step|\w*entry\w*|entrypoint)$"
)
"""Functions that a framework or a person finds by their names."""
_BY_FOLDER = re.compile(r"(?:^|/)(?:pages|api|routes?|functions|lambdas?|plugins|commands|workflows|jobs|tasks|hooks|middleware|triggers|cron|cloudfunctions)/|(?:^|/)(?:main|index|handler|app|server|cli|tasks|lambda_function|function_app)\.\w+$|\.d\.ts$")  # fmt: skip
"""Files that a framework finds, with whatever they offer."""
_REMARKS = re.compile(r"(?m)(?<![:\"'`\\])//[^\n]*$|/\*(?:[^*]|\*(?!/))*\*/")
_REMARKS_OF_PYTHON = re.compile(r"(?m)(?:^|(?<=\s))#[^\n]*$")
_LOOKS_UP = {
    word: re.compile(rest)
    for word, rest in (
        ("getmembers(", r"getmembers\("),
        ("globals()[", r"globals\(\)\["),
        ("getattr(", r"getattr\(\s*(?:module|mod|sys\.modules)"),
        ("fire.Fire(", r"fire\.Fire\(\s*\)"),
        ("import.meta.glob", r"import\.meta\.glob"),
        ("require(", r"(?<!\w)require\(\s*[^\"'`\s]"),
    )
}
"""What finds functions by names that no file spells out, by the words that it starts with."""


def uncalled_functions(files: Sequence[WalkedFile], lines: Mapping[str, Sequence[int]]) -> list[Lines]:
    """Return the functions around some lines, by file, that nothing calls, hands on or decorates; none where no more of them are called."""
    wanted = [path for path in lines if path.endswith((".py", *_SCRIPTS))]
    texts = dict(texts_beside(files, wanted, code_alone=False)) if wanted else {}
    found = [one for path in wanted if path in texts for one in _around(path, texts[path], lines[path])]
    if not found or any(map(_looks_up, texts.values())):
        return []
    names = {one.name for one in found}
    bare = [
        _without_remarks(path, text) for path, text in texts.items() if any(name in text for name in names)
    ]
    called = [one for one in found if _is_written_again(one.name, bare)]
    left = [one for one in found if one not in called and not _FOUND.match(one.name) and not _BY_FOLDER.search(one.file)]  # fmt: skip
    return left if len(left) <= len(called) else []


def _looks_up(text: str) -> bool:
    return any(word in text and pattern.search(text) for word, pattern in _LOOKS_UP.items())


def _is_written_again(name: str, texts: Sequence[str]) -> bool:
    """Say whether texts hold a name more than once."""
    word, seen = re.compile(rf"\b{name}\b"), 0
    for text in texts:
        seen += len(word.findall(text)) if name in text else 0
        if seen > 1:
            return True
    return False


def _without_remarks(path: str, text: str) -> str:
    if path.endswith((".py", ".sh", ".yaml", ".yml", ".toml")):
        return _REMARKS_OF_PYTHON.sub("", text)
    return _REMARKS.sub("", text)


def _around(path: str, text: str, lines: Sequence[int]) -> Iterator[Lines]:
    """Yield the functions of a file's own level that hold any of those lines, and that no line before them decorates."""
    pattern = _PYTHON if path.endswith(".py") else _JAVASCRIPT
    all_lines = text.split("\n")
    for match in pattern.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        last = next((at for at in range(first, len(all_lines)) if _ends(all_lines[at], path)), len(all_lines))
        decorated = first > 1 and all_lines[first - 2].startswith(("@", ")"))
        if not decorated and any(first <= line <= last for line in lines):
            yield Lines(match["name"] or match.groupdict().get("arrow") or "", path, first, last)


def _ends(line: str, path: str) -> bool:
    """Say whether a line stands behind a function, or is its last."""
    if path.endswith(".py"):
        return bool(line) and line[0] not in " \t)#"
    return line[:1] == "}"
