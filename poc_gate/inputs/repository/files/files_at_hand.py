"""The files of a checkout that are looked through again and again, with what was read of them, and the texts of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import WalkedFile

_LARGEST = 512 << 10
_PROSE = (".md", ".rst", ".txt")
_MOST_PROSE = 200


class FilesAtHand(Sequence[WalkedFile]):
    """Files whose texts are kept from the first time that one is read."""

    def __init__(self, files: Sequence[WalkedFile]) -> None:
        """Take the files."""
        self._files = files
        self.texts: dict[str, str] = {}
        """By path, as far as they were read."""

    @overload
    def __getitem__(self, at: int) -> WalkedFile: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[WalkedFile]: ...

    def __getitem__(self, at: int | slice) -> WalkedFile | Sequence[WalkedFile]:
        """Return one file, or some."""
        return self._files[at]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._files)

    def __iter__(self) -> Iterator[WalkedFile]:
        """Yield them in their order."""
        return iter(self._files)


def texts_of(files: Iterable[WalkedFile], *, largest: int = _LARGEST) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of files that are no larger."""
    for file in files:
        if file.size <= largest:
            yield file.path, text_of(file, largest=largest)


def text_of(file: WalkedFile, *, largest: int = _LARGEST) -> str:
    """Return the first bytes of a file as text; nothing of one that cannot be read, which the reading itself says."""
    try:
        return TextFile(file.path, file.full, largest=largest).text
    except OSError:
        return ""


def prose_of(files: Sequence[WalkedFile]) -> Iterator[tuple[str, str]]:
    """Yield the texts for people, in which commands stand, too."""
    wanted = [file for file in files if file.path.lower().endswith(_PROSE) and file.size <= _LARGEST and standing_of(file.path) is not Standing.VENDORED]  # fmt: skip
    yield from texts_of(wanted[:_MOST_PROSE])
