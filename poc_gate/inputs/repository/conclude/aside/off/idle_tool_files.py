"""Files that describe tools, where containers are told which of them to load -> the tools of the others are left, with their functions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import line_at
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.pipelines.described_tools_reader import NAME
from poc_gate.inputs.repository.reading import FileLeft

_WHY = "not used: the containers load other files of tools"


def leave_idle_tool_files(signals: Signals, texts: Mapping[str, str]) -> list[Off]:
    """Take back the tools of files that no container in effect loads, where one loads another; return the functions that those alone name."""
    described = [one for one in signals.tools if one.reader == NAME]
    if not described:
        return []
    told = {str(one.value).rpartition("/")[2] for one in signals.settings if one.kind == "env" and one.weight}
    files = {one.place.file for one in described}
    loaded = {file for file in files if file.rpartition("/")[2] in told}
    idle = files - loaded if loaded else set()
    signals.tools[:] = [one for one in signals.tools if one.place.file not in idle]
    signals.techniques[:] = [one for one in signals.techniques if one.place.file not in idle]
    signals.left += [FileLeft(file, _WHY) for file in sorted(idle)]
    _count_what_they_ask({file.rpartition("/")[0] for file in files - idle}, signals)
    named = {one.function or one.name for one in described if one.place.file not in idle}
    unnamed = {one.function or one.name for one in described if one.place.file in idle} - named
    return [off for path, text in texts.items() for off in _functions(path, text, unnamed)]


def _functions(path: str, text: str, names: Collection[str]) -> list[Off]:
    """Return the lines of functions at a file's own level that nothing else in it names."""
    found = []
    for name in names:
        if name not in text or len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1:
            continue
        if head := re.search(rf"(?m)^(?:async )?def {re.escape(name)}\(", text):
            below = re.compile(r"(?m)^[^\s#)]").search(text, head.end())
            last = line_at(text, below.start()) - 1 if below else text.count("\n") + 1
            found.append(Off(path, line_at(text, head.start()), last, _LOADS))
    return found


_LOADS = "only a file of tools names it that no container loads"


def _count_what_they_ask(folders: Collection[str], signals: Signals) -> None:
    """Let the destinations of code beside such a file count: its functions answer the agent, whatever the folder is called."""
    signals.hosts[:] = [
        one._replace(standing=Standing.SERVICE)
        if one.reader == "python"
        and one.standing is Standing.SUPPORT
        and one.place.file.rpartition("/")[0] in folders
        else one
        for one in signals.hosts
    ]
