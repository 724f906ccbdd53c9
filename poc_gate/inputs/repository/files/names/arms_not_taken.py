"""Variables of Terraform that are read only in the arm of a choice which its switch does not take, and what scripts give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import WalkedFile

_LARGEST = 512 << 10
_READ = re.compile(r"\bvar\.(\w+)")
_ARM = r"(?:\"[^\"\n]*\"|[^\s?:\"()]+)"
_CHOICE = re.compile(
    rf"(?P<no>!\s*)?\b(?P<name>(?:var|local)\.\w+)\s*\?\s*(?P<yes>{_ARM})\s*:\s*(?P<other>{_ARM})(?=\s*(?:[,)}}\]]|$))",
    re.MULTILINE,
)
"""A choice by a switch alone, whose arms hold no further choice: `var.hosted ? 1536 : var.size`."""


def in_arms_not_taken(
    files: Sequence[WalkedFile], declared: Collection[tuple[str, str]], settled: Callable[[str], bool | None]
) -> frozenset[tuple[str, str]]:
    """Return those of some variables, each with its folder, that its files read only where a switch does not lead."""

    def taken(choice: re.Match[str]) -> str:
        on = settled(choice["name"])
        if on is None:
            return choice[0]
        return f"{choice['name']} {choice['yes'] if on is not bool(choice['no']) else choice['other']}"

    folders = {folder for folder, _ in declared}
    read: dict[str, set[str]] = defaultdict(set)
    followed: dict[str, set[str]] = defaultdict(set)
    for file in files:
        folder = file.path.rpartition("/")[0]
        if folder not in folders or not file.path.endswith(".tf"):
            continue
        try:
            text = TextFile(file.path, file.full, largest=_LARGEST).text
        except OSError:
            return frozenset()  # what cannot be read may read any of them
        read[folder] |= set(_READ.findall(text))
        followed[folder] |= set(_READ.findall(_CHOICE.sub(taken, text)))
    return frozenset((folder, name) for folder, name in declared if name in read[folder] - followed[folder])


_HANDS_ON = re.compile(r"\bTF_VAR_(?P<variable>\w+)[\"']?\s*[=:]\s*[\"']?\$\{?(?P<given>[A-Z]\w+)")


def handed_to(files: Sequence[WalkedFile], variables: Collection[str]) -> frozenset[str]:
    """Return the variables of an environment that scripts hand to some of Terraform: `export TF_VAR_size=$VECTOR_SIZE`."""
    texts = [text for _, text in texts_beside(files, ["TF_VAR_"], code_alone=False)] if variables else []
    found = [match for text in texts if "TF_VAR_" in text for match in _HANDS_ON.finditer(text)]
    return frozenset(match["given"] for match in found if match["variable"] in variables)
