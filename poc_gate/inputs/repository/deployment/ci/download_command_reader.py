"""Commands in scripts and images that fetch weights from a hub -> the models, which the code then loads from a folder.

Sources of the commands: documentation of the Hugging Face Hub (`hf download`, `huggingface-cli download`, cloning with git), 2025.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.models import is_of_a_hub, role_of_key

_FILE = re.compile(r"(?:^|/)(?:makefile|justfile|(?:[\w.-]+\.)?dockerfile[\w.-]*|[\w.-]+\.(?:sh|bash|mk))$")
_FETCHES = re.compile(
    r"(?m)^[^\n#]*?(?:\bgit(?:\s+lfs)?\s+clone\s+(?:-\S+\s+)*[\"']?(?P<address>https://(?:[^\s@/]+@)?(?:huggingface\.co|hf\.co)/[\w./-]+|\$\{?\w+\}?)|\b(?:huggingface-cli|hf)\s+download\s+(?:-\S+\s+)*[\"']?(?P<name>[\w.$\{\}/-]+))"
    r"(?P<rest>(?:[^\n\\]|\\.|\\\n){0,600})"
)
_GIVEN = re.compile(r"(?m)^[ \t]*(?:export\s+|readonly\s+|ARG\s+|ENV\s+)?(?P<name>[A-Z][A-Z0-9_]{1,40})=[\"']?(?P<value>[^\s\"']+)")  # fmt: skip
_VARIABLE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?::?-(?P<default>[^}]*))?\}?")
_ADDRESS = re.compile(r"https://(?:[^\s@/]+@)?(?:huggingface\.co|hf\.co)/(?!datasets/|spaces/)(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?")  # fmt: skip
_CHECKS_OUT = re.compile(r"\bgit\s+checkout\s+[\"']?(?P<revision>[0-9a-f]{40}|\$\{?\w+\}?)")
_REVISION = re.compile(r"--revision[\s=]+[\"']?(?P<revision>[0-9a-f]{40}|\$\{?\w+\}?)")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_DATA = re.compile(r"--(?:repo-)?type[\s=]+[\"']?(?:dataset|space)")
_MOST = 20


def _read(file: TextFile, notes: Notes) -> None:
    values = {one["name"]: one["value"] for one in _GIVEN.finditer(file.text)}

    def filled(text: str) -> str:
        return _VARIABLE.sub(lambda match: values.get(match["name"], match["default"] or match[0]), text)

    found = list(_FETCHES.finditer(file.text))[:_MOST]
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(file.text)
        address = _ADDRESS.fullmatch(filled(match["address"] or ""))
        name = address["name"] if address else filled(match["name"] or "")
        if not is_of_a_hub(name) or "$" in name or _DATA.search(match["rest"]):
            continue
        place = file.at(match.start("address" if match["address"] else "name"))
        role = role_of_key(match["address"] or match["name"] or "")
        notes.model(name, place, role=role, provider="huggingface", hosting="self", weight=2, sure=INFERRED, note="fetched from the hub")  # fmt: skip
        pinned = _REVISION.search(match["rest"]) or _CHECKS_OUT.search(file.text, match.end(), end)
        revision = filled(pinned["revision"]) if pinned else ""
        if _COMMIT.fullmatch(revision) and notes.signals.models and notes.signals.models[-1].role == "chat":
            notes.fact("model.version", revision, place, sure=INFERRED, note=f"the revision of {name}")
            notes.flag("model.alias_floating", place, value=False, sure=INFERRED, note=f"{name} is fetched at one revision")  # fmt: skip


READER = Reader(
    name="download-command",
    summary="commands that fetch weights from a hub: the models that code loads from a folder",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
