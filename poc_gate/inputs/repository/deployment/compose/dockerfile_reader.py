"""Dockerfiles that only set up an engine's or a gateway's own image -> the model that it serves, and its limits."""

from __future__ import annotations

import json
import re
import shlex

from poc_gate.inputs.repository.deployment.compose.health import note_health_of_image
from poc_gate.inputs.repository.deployment.compose.serving import note_serving
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.egress import KEEPS_OFFLINE

_FILE = re.compile(r"(?:^|/)(?:dockerfile|containerfile)(?:[.-][\w-]+)?$|\.dockerfile$")
_LINE = re.compile(
    r"(?im)^[ \t]*(?P<word>FROM|CMD|ENTRYPOINT|ENV)[ \t]+(?P<rest>(?:[^\n\\]|\\(?!\n)|\\\n){1,4000})"
)
_VARIABLE = re.compile(r"(?P<name>[A-Z][A-Z0-9_]{2,40})[= \t][\"']?(?P<value>[\w./:@+-]{1,120})")
_OF_FLY = re.compile(r"(?m)^LABEL fly_launch_runtime\b")
_FLAG = re.compile(r"^--platform=\S+\s+")

_TRACES = frozenset({"opentelemetry-instrument", "ddtrace-run"})
"""Commands that start a program with traces of what it does."""
_SENDS_NONE = re.compile(r"(?i)\b(?:OTEL_SDK_DISABLED[= \t]+[\"']?true|OTEL_TRACES_EXPORTER[= \t]+[\"']?none|DD_TRACE_ENABLED[= \t]+[\"']?false)\b")  # fmt: skip
"""Variables of an image with which none are sent."""


def _read(file: TextFile, notes: Notes) -> None:
    """Note what the last stage runs."""
    lines = list(_LINE.finditer(file.text))
    last = max((index for index, line in enumerate(lines) if line["word"].upper() == "FROM"), default=None)
    if last is None:
        return
    note_health_of_image(file, notes)
    image = _FLAG.sub("", lines[last]["rest"]).partition(" ")[0].strip()
    arguments: list[Node] = []
    environment: dict[str, Node] = {}
    for line in lines[last + 1 :]:
        row = file.at(line.start("word")).line
        if line["word"].upper() == "ENV":
            environment |= {
                one["name"]: Node.word(file.path, row, one["value"])
                for one in _VARIABLE.finditer(line["rest"])
            }
        else:
            words = _words(line["rest"])
            if _TRACES & set(words) and not _SENDS_NONE.search(file.text):
                notes.technique("traced", "OpenTelemetry", file.at(line.start("word")))
            arguments += [Node.word(file.path, row, word) for word in words]
            for script in (word for word in words if word.endswith((".sh", ".bash"))):
                notes.technique("started", script.rpartition("/")[2], file.at(line.start("word")), weight=1)
    for name in KEEPS_OFFLINE & environment.keys():
        notes.setting("env", name, environment[name].text(), environment[name].place)
    if label := _OF_FLY.search(file.text):
        note = "written by Fly's launch command"
        notes.fact("target.service", "fly-machines", file.at(label.start()), weight=1, sure=INFERRED, note=note)  # fmt: skip
    note_serving(image, file.at(lines[last].start("rest")), arguments, environment, notes, weight=2)


def _words(text: str) -> list[str]:
    """Return the words of a command, as a list of JSON or as a shell would part them."""
    text = text.replace("\\\n", " ").strip()
    try:
        words = json.loads(text) if text.startswith("[") else shlex.split(text)
    except ValueError:
        return []
    return [word for word in words if isinstance(word, str)]


READER = Reader(
    name="dockerfile",
    summary="Dockerfiles of an engine's or a gateway's own image: the model that it serves",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
