"""Keys of providers whose client is commented out where the dependencies stand -> the lines that hand them on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.files.files_at_hand import texts_of
from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.text_file import line_at
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.inputs.repository.tables.providers import maker_named

_LISTS = "pom.xml"
_ASIDE = re.compile(r"<!--[\s\S]*?-->")
_NAMED = re.compile(r"<artifactId>(?P<name>[^<\n]+)</artifactId>")
_KEY = re.compile(r"(?m)^[^#\n]*?\b(?P<of>[A-Z0-9]+)_(?:API_)?KEY\b")
_CODE = (".py", ".ts", ".tsx", ".js", ".jsx", ".java", ".kt", ".go", ".cs")


def unbuilt_clients(
    texts: Sequence[tuple[str, str]],
    files: Sequence[WalkedFile],
    environments: Sequence[tuple[str, str]],
) -> list[Off]:
    """Return where settings hold keys of providers whose client is commented out in every list of dependencies that names it."""
    lists = [file for file in files if file.path.rpartition("/")[2] == _LISTS and standing_of(file.path) <= Standing.SUPPORT]  # fmt: skip
    listed = [(path, text) for path, text in texts_of(lists) if _NAMED.search(text)]
    aside = {one for _, text in listed for part in _ASIDE.findall(text) for one in _makers(part)}
    aside -= {one for _, text in listed for one in _makers(_ASIDE.sub("", text))}
    if not aside or any(_asks(text, aside) for path, text in texts if path.endswith((".java", ".kt"))):
        return []
    return [
        Off(path, line, line, f"the client of {match['of'].lower()} is commented out of the dependencies", asked=True, only=("hosts",))
        for path, text in (*texts, *environments)
        if not path.endswith(_CODE) and "KEY" in text
        for match in _KEY.finditer(text)
        if maker_named(match["of"]) in aside
        for line in [line_at(text, match.start("of"))]
    ]  # fmt: skip


def _makers(text: str) -> set[str]:
    """Return the providers that the names of artifacts speak of."""
    return {maker for match in _NAMED.finditer(text) for word in re.split(r"[-.]", match["name"]) if (maker := maker_named(word))}  # fmt: skip


def _asks(text: str, makers: set[str]) -> bool:
    """Say whether code takes in a package of one of some providers."""
    return any(re.search(rf"(?m)^import[ \t]+[\w.]*\b{maker}\b", text) for maker in makers)
