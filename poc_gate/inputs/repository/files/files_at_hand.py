"""The files of a checkout that are looked through again and again, with what was read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from poc_gate.inputs.repository.files.walk import WalkedFile


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
