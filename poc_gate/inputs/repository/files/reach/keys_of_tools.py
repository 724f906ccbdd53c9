"""Variables and constants by which tools of TypeScript and JavaScript are known -> the keys under which models are given them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile

_SCRIPTS = (".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cjs")
_PAIR = re.compile(r"(?<![\w.$?])(?:[\"']([\w-]{2,60})[\"']|([A-Za-z_$][\w$]{1,60})|\[([A-Za-z_$][\w$.]{1,80})\])\s*:\s*([A-Za-z_$][\w$]{1,80})(?=\s*(?:[,}(]|\n\s*[}\"'\w\[]))")  # fmt: skip
"""An entry of an object: its key, or the constant that holds its key, and the variable that is its value."""
_SET = re.compile(
    r"\b(?:\w+T|t)ools(?:\.([A-Za-z_$][\w$]{1,60})|\[[\"']([\w-]{2,60})[\"']\])\s*=\s*([A-Za-z_$][\w$]{1,80})\s*[;(\n]"
)
"""An entry that is added to an object of tools: `tools.find_song = songTool;`."""
_NO_NAMES = frozenset(
    {"tool", "value", "default", "definition", "handler", "component", "execute", "type", "schema", "use", "id"}
)  # fmt: skip
"""Keys of an object that tells of one tool; the tool is not called so."""
_CHOICE = re.compile(r"\?[^:\n{,]{0,200}$")
"""What stands before the other half of a choice: `fast ? quick : slow`."""


def keys_of_tools(files: Sequence[WalkedFile], held: Collection[str]) -> dict[str, str]:
    """Return the key under which each variable is handed on, and the text of each constant in brackets; those alone on which all files agree.

    `held` has the names of variables, and those of constants in brackets: `[SEARCH_TOOL]`.
    """
    if not held:
        return {}
    texts = [text for path, text in texts_beside(files, held, code_alone=True) if path.endswith(_SCRIPTS)]
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for pair in _PAIR.finditer(text):
            if pair[4] not in held or _CHOICE.search(text[max(0, pair.start() - 200) : pair.start()]):
                continue
            key = pair[1] or pair[2] or text_of_constant(pair[3], texts)
            if key and key not in _NO_NAMES:
                found[pair[4]].add(key)
        for added in _SET.finditer(text) if "ools" in text else ():
            if added[3] in held:
                found[added[3]].add(added[1] or added[2])
    for name in held:
        if name.startswith("[") and (said := text_of_constant(name.strip("[]"), texts)):
            found[name].add(said)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def text_of_constant(name: str, texts: Sequence[str]) -> str:
    """Return the text that a constant, or a member of one, holds wherever it is declared: `SEARCH_TOOL`, `TOOLS.search`; or an empty text."""
    owner, _, member = name.rpartition(".")
    if owner:
        table = re.compile(rf"\b(?:const|let|enum)\s+{re.escape(owner)}\b[^{{\n]{{0,120}}\{{([^{{}}]{{1,4000}})\}}")  # fmt: skip
        entry = re.compile(rf"\b{re.escape(member)}[\"']?\s*[:=]\s*[\"'`]([\w.-]{{2,60}})[\"'`]")
        said = {one[1] for text in texts for held in table.finditer(text) if (one := entry.search(held[1]))}
    else:
        given = re.compile(rf"\bconst\s+{re.escape(name)}(?:\s*:\s*[^=\n]{{1,60}})?\s*=\s*[\"'`]([\w.-]{{2,60}})[\"'`]")  # fmt: skip
        said = {one[1] for text in texts for one in given.finditer(text)}
    return next(iter(said)) if len(said) == 1 else ""
