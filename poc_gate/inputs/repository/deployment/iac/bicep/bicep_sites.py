"""A site of Azure in Bicep -> App Service, or Azure Functions where its kind says so."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.deployment.images import moves
from poc_gate.inputs.repository.tables.deployment.services import PAGES

_SITE = re.compile(r"^(?:resource\s+\w+\s+'Microsoft\.Web/sites@|module\s+\w+\s+'br[/:].*avm/res/web/site:)")
_KIND = re.compile(r"^\s+kind\s*:\s*(.+)$")
_FUNCTIONS = re.compile(r"(?i)functionapp|functions_|workflowapp")
_PAGES = re.compile(r"(?i)front_?end|web_?ui")
"""Labels of sites that only hand out pages."""
_TAKES_IN = re.compile(r"(?i)ingest|index(?:er|ing)|upload|crawl|chunk|embed|preprocess")
"""Labels and names of functions that prepare data."""
_NAME = re.compile(r"^  name\s*:\s*'([^']*)'")
_HELD = re.compile(r"\$\{[^}]*\}")
_LONGEST = 400
"""Lines of a resource that are looked through for its kind."""


def note_site(number: int, label: str, notes: Notes) -> None:
    """Note what runs a site that a line makes; one of pages alone says nothing."""
    file = notes.file
    if not _SITE.match(file.lines[number - 1]) or _PAGES.search(label) or PAGES.search(file.folder):
        return
    kind = _kind_of(file, number)
    if _FUNCTIONS.search(kind) and _TAKES_IN.search(f"{label} {_name_of(file, number)}"):
        return  # what prepares data is not what answers
    service = "azure-functions" if _FUNCTIONS.search(kind) else "azure-app-service"
    notes.fact("target.service", service, file.place(number), sure=INFERRED, note=f"resource {label}")


_IMAGE = re.compile(r"^(?!\s*//).*'DOCKER\|[^'$]+:([\w.-]+)'")


def note_image(number: int, line: str, notes: Notes) -> None:
    """Note whether the image that a site is given by its whole name can move."""
    if (image := _IMAGE.match(line)) and not PAGES.search(notes.file.folder):
        notes.flag("target.image_pinned", notes.file.place(number, image.start(1) + 1), value=not moves(image[1]), sure=INFERRED, note=f"tag {image[1]}")  # fmt: skip


def _name_of(file: TextFile, number: int) -> str:
    """Return what is written out of the name of the resource that begins on a line."""
    found = next((match[1] for line in file.lines[number : number + 6] if (match := _NAME.match(line))), "")
    return _HELD.sub("", found)


def _kind_of(file: TextFile, number: int) -> str:
    """Return what is written for the kind of the resource that begins on a line; the default of a parameter where it names one."""
    for line in file.lines[number : number + _LONGEST]:
        if line.startswith("}"):
            return ""
        if match := _KIND.match(line):
            written = match[1].strip()
            given = re.search(rf"(?m)^param\s+{re.escape(written)}\s+\w+\s*=\s*(.+)$", file.text)
            return given[1] if given else written
    return ""
