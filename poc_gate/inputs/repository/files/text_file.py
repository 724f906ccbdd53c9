"""One file of a checkout -> its text, decoded leniently and within bounds, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from re import Pattern

from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.model.claim import Place

LARGEST_TEXT = 1 << 20
"""Bytes of a file that a reader takes in; larger ones are data, generated or minified."""
_LONGEST_LINE = 20_000
_SCRIPTS = (".js", ".mjs", ".cjs", ".css")
_MOST_AROUND = 60
"""Folders beside one in which a file is looked for."""
_SMALLEST_BUNDLE = 2_000
_MEAN_OF_A_BUNDLE = 200
"""Letters of a line, on average."""
"""Characters; a longer line is minified or data."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TextFile:
    """A file that is read at most once; `path` is relative to the checkout."""

    def __init__(
        self,
        path: str,
        full: Path | None = None,
        *,
        content: bytes | None = None,
        largest: int = LARGEST_TEXT,
    ) -> None:
        """Name the file; `content` stands for the bytes where they are at hand already, `largest` bounds what is read."""
        self.path = path
        self._largest = largest
        self._full = full
        self._content = content
        self._shown: dict[str | Pattern[str], bool] = {}

    @property
    def name(self) -> str:
        """Return the file's name in small letters."""
        return self.path.rpartition("/")[2].lower()

    @property
    def folder(self) -> str:
        """Return the folder, empty for the top."""
        return self.path.rpartition("/")[0]

    @cached_property
    def standing(self) -> Standing:
        """Return whose file it is."""
        return standing_of(self.path)

    @cached_property
    def content(self) -> bytes:
        """Return at most `largest` bytes; raises OSError when the file cannot be read."""
        if self._content is not None:
            return self._content[: self._largest]
        assert self._full is not None
        with self._full.open("rb") as handle:
            return handle.read(self._largest)

    @cached_property
    def text(self) -> str:
        """Return the text; bytes that do not decode are replaced, line ends are made alike."""
        content = self.content
        for mark, name in _MARKS:
            if content.startswith(mark):
                return content.decode(name, errors="replace").replace("\r\n", "\n").replace("\0", " ")
        return content.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\0", " ")

    def shows(self, sought: str | Pattern[str]) -> bool:
        """Say whether the text holds a word, or what a pattern fits; looked for once, however many lines ask."""
        if sought not in self._shown:
            found = sought in self.text if isinstance(sought, str) else sought.search(self.text) is not None
            self._shown[sought] = found
        return self._shown[sought]

    def beside(self, name: str) -> TextFile | None:
        """Return the file of that name in the same folder; None where there is none, or only a link."""
        if self._full is None:
            return None
        full = self._full.with_name(name)
        if full.is_symlink() or not full.is_file():
            return None
        return TextFile(f"{self.folder}/{name}".lstrip("/"), full)

    def above(self, name: str, levels: int = 1) -> TextFile | None:
        """Return the file of that name in a folder above, as a chart's values lie above its templates; None at the top."""
        folders = self.folder.split("/") if self.folder else []
        if self._full is None or len(folders) < levels:
            return None
        full = self._full.parents[levels] / name
        if full.is_symlink() or not full.is_file():
            return None
        return TextFile("/".join([*folders[: len(folders) - levels], name]), full)

    def around(self, name: str, levels: int) -> list[TextFile]:
        """Return the files of that name in the folders beside the one that lies so many levels above this file's own, in order."""
        folders = self.folder.split("/") if self.folder else []
        if self._full is None or len(folders) <= levels:
            return []
        above = folders[: len(folders) - levels - 1]
        found = sorted(self._full.parents[levels + 1].glob(f"*/{name}"))[:_MOST_AROUND]
        real = [
            full
            for full in found
            if not full.is_symlink() and not full.parent.is_symlink() and full.is_file()
        ]
        return [TextFile("/".join([*above, full.parent.name, name]), full) for full in real]

    @cached_property
    def is_minified(self) -> bool:
        """Say whether the text has a line that nobody wrote by hand."""
        return any(len(line) > _LONGEST_LINE for line in self.text.split("\n"))

    @cached_property
    def is_bundled(self) -> bool:
        """Say whether a tool that builds pages put a script together from many files: its lines are far longer than people write."""
        text = self.text if self.path.endswith(_SCRIPTS) else ""
        return len(text) > _SMALLEST_BUNDLE and len(text) > _MEAN_OF_A_BUNDLE * (text.count("\n") + 1)

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines without their ends."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def at(self, offset: int) -> Place:
        """Return the place of a character of the text."""
        line = bisect_right(self._starts, offset)
        return Place(self.path, line, offset - self._starts[line - 1] + 1)

    def place(self, line: int, column: int = 1) -> Place:
        """Return the place of a line and column, both 1-based."""
        return Place(self.path, line, column)


def line_at(text: str, at: int) -> int:
    """Return the number of the line of an offset, the first being 1."""
    return text.count("\n", 0, at) + 1
