"""The README at the top -> what the pilot says it is; its owners' file -> a question about the role."""

from __future__ import annotations

import re
from urllib.parse import unquote

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.loads import LOADED
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.deployment.services import OF_PLATFORMS, OTHERWISE, service_of_button
from poc_gate.inputs.repository.tables.uses.said import spoken_of
from poc_gate.text.secrets.literal_secrets import find_secret

_LONGEST, _LONGEST_LINE = 300, 4_000
_NOISE = re.compile(
    r"^\s*(?:#|[*+-]\s|!\[|\[!|<|\||---|===|```|>\s*\[!|:::|\* \[|- \[|\d+\. \[|\[.*\]\(.*\)\s*$|>?\s*\*\*?(?:note|warning|important))",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^>]{1,200}>|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_TAG = re.compile(r"<(?=[a-zA-Z/])[^<>]{0,2000}>")
"""A tag, over as many lines as it takes."""
_NOTICE = re.compile(
    r"(?i)\W*(?:join (?:our|the|us)\b|(?:please )?(?:star|follow|sponsor|support) (?:us|this|our|the)\b|note|warning|important|caution|tip|disclaimer|deprecat|recommendation|news|update|name:|as of \w+ \d|\d+[.)]\s|if you (?:are|have|use|encounter|find|run|want|need|like)\b|(?:this|the)(?: (?:project|repo\w*|feature|sample))? is (?:\w+ )?(?:currently|in active|no longer|not yet|deprecated|archived|now))"
)
"""How a paragraph begins that warns or announces, and says nothing of what the project is."""
_QUOTED = re.compile(r"[“\"«„‘'].{10,300}[”\"»“’']\s*[-–—~]{1,2}\s*\S")
"""A saying and who said it."""
_NAMED = re.compile(r"\s*#\s+(.{3,200})")
_IN_HEAD = re.compile(r"\s*(?:name|description):\s*(.{3,300})")
"""Lines of the head of a sample that say what it is."""
_NOTEBOOK = re.compile(r"([\w.-]{1,120}\.ipynb)\b")
_COPIES = re.compile(r"\b(?:cp|copy)\s+(?:-\w+\s+)?[\w./\\-]*env[\w.-]*\s+[\w./\\-]*\.env\b(?![.-])")
"""What people are told to make their environment of."""
_SETS_UP = re.compile(r"deploy|set-?up|install|infra|provision")
_TITLE = re.compile(r"\s*##+\s+(.*)")
_ABOUT = re.compile(
    r"(?i)about|overview|introduction|what (?:is|it|does|this)|description|summary|purpose|background|motivation|goal|the problem|why"
)
"""Titles of parts that say what a project is; those of set-up, usage and licence do not."""
_LINK = re.compile(r"\[([^\]]{1,200})\]\([^)]{1,400}\)")


def _wants(path: str) -> bool:
    return _of_part(path) or path in {
        "readme.md",
        "readme.rst",
        "readme.txt",
        "readme",
        "codeowners",
        ".github/codeowners",
        "docs/codeowners",
    }


def _of_part(path: str) -> bool:
    """Say whether a path is the README of a folder at the top that says how to set up what ships."""
    folder, _, name = path.rpartition("/")
    return name == "readme.md" and "/" not in folder and bool(_SETS_UP.search(folder))


def _read(file: TextFile, notes: Notes) -> None:
    if file.name == "readme.md" and file.folder:
        _note_notebooks(file, notes)
        return
    if file.name == "codeowners":
        notes.leave("not used in part: it names persons, who are not copied")
        return
    if file.shows(_COPIES):
        notes.signals.switches.append((LOADED, "readme"))
    _note_button(file, notes)
    found = _first_paragraph(file)
    _note_said(found[0] if found else "", file, notes)
    if found and not find_secret(found[0]):
        notes.fact(
            "pilot.description",
            found[0],
            file.place(found[1]),
            sure=INFERRED,
            note="first paragraph of the README",
        )


def _note_button(file: TextFile, notes: Notes) -> None:
    """Note the platform that a button deploys to, where no file says that it runs elsewhere."""
    button = service_of_button(file.text)
    if (
        button
        and _is_own(button[1], file, notes)
        and not any(OTHERWISE.search(path) or OF_PLATFORMS.search(path) for path in notes.signals.paths)
    ):
        notes.fact("target.service", button[0], file.at(button[1]), weight=1, sure=INFERRED, note="the README's button deploys it there")  # fmt: skip


_BUTTON = re.compile(r"(?i)deploy|launch|!\[|<img")
_URL = re.compile(r"[^\s)\"'<>]+")
_DEPLOYED = re.compile(r"github\.com/(?P<repository>[\w.-]+/(?P<name>[\w-]+(?:\.(?!git\b)[\w-]+)*))")
"""The repository that the address of a button names."""
_NEAR = 160


def _is_own(start: int, file: TextFile, notes: Notes) -> bool:
    """Say whether an address is that of a button, and deploys this project: not a template that the README only speaks of."""
    text = file.text
    address = _URL.match(text, start)
    end = address.end() if address else start
    line = text[max(text.rfind("\n", 0, start), start - _NEAR) : end + _NEAR]
    if not _BUTTON.search(line.replace(text[start:end], "")):
        return False
    named = _DEPLOYED.search(unquote(text[start:end]))
    if named is None or named["name"].lower() == notes.signals.name.lower():
        return True
    return (
        f"{named['repository']}.git" in text or f"git clone https://github.com/{named['repository']}" in text
    )


def _note_said(paragraph: str, file: TextFile, notes: Notes) -> None:
    """Note what the project calls itself, in its title and its first paragraph: it confirms, and proves nothing."""
    title = next((match[1] for line in file.lines[:60] if (match := _NAMED.match(line))), "")
    head = " ".join(match[1] for line in file.lines[:30] if (match := _IN_HEAD.match(line)))
    for use, words in spoken_of(f"{title}. {head}. {paragraph}"):
        notes.technique(f"says {use}", f"the README says {words}", file.place(1), weight=1)
    _note_notebooks(file, notes)


def _note_notebooks(file: TextFile, notes: Notes) -> None:
    """Note the notebooks that people are sent to."""
    for name in dict.fromkeys(_NOTEBOOK.findall(file.text[:200_000])[:200]):
        notes.technique("says notebook", name, file.place(1), weight=1)


def _first_paragraph(file: TextFile) -> tuple[str, int] | None:
    """Return the first sentences of prose, at most `_LONGEST` characters, and their line."""
    lines: list[str] = []
    first, fenced, beside = 0, file.lines[:1] == ["---"], False
    head = _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), "\n".join(file.lines[:200]))
    for number, line in enumerate(head.split("\n"), start=1):
        if line.strip().startswith(("```", "---", "<!--", "-->")):
            fenced = _within(line.strip(), number, fenced=fenced)
            continue
        if title := _TITLE.match(line):
            beside = not _ABOUT.search(title[1])
        bare = _MARKUP.sub("", _LINK.sub(r"\1", line[:_LONGEST_LINE])).strip().lstrip("> ")
        prose = len(bare) > 25 and not beside and not _NOISE.match(line) and not fenced and " " in bare
        if prose:
            first = first or number
            lines.append(bare)
        elif lines and not bare:
            if not _is_aside(" ".join(lines)):
                break
            first, lines = 0, []
        elif lines:
            lines.append(bare)
    text = re.sub(r"\s+", " ", " ".join(lines)).strip()
    if len(text) < 30 or _is_aside(text):
        return None
    if len(text) > _LONGEST:
        cut = max(text.rfind(mark, 0, _LONGEST) for mark in (". ", "! ", "? "))
        text = text[: cut + 1] if cut > 30 else text[:_LONGEST].rsplit(" ", 1)[0]
    return text, first


def _is_aside(paragraph: str) -> bool:
    """Say whether a paragraph announces, warns or quotes, and says nothing of what the project is."""
    return bool(_NOTICE.match(paragraph) or _QUOTED.match(paragraph))


def _within(line: str, number: int, *, fenced: bool) -> bool:
    """Say whether the lines behind a mark are code, a comment, or the head of the file."""
    if line.startswith("---"):
        return fenced if number == 1 else False
    if line.startswith("<!--"):
        return "-->" not in line
    return False if line.startswith("-->") else not fenced


READER = Reader(
    name="readme",
    summary="the README's first paragraph; owners as a question about the role",
    wants=_wants,
    read=_read,
    worst=Standing.DOCS,
)
