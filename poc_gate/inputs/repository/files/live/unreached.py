"""A checkout -> the files, functions and classes of Python and JavaScript that nothing which is started can reach.

What is written counts as used: a name that any living code writes keeps everything of that name alive, wherever it is
defined. So what is left has no way to run, short of ways that write no names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from poc_gate.base.many_processes import in_processes
from poc_gate.inputs.repository.files.files_at_hand import texts_of
from poc_gate.inputs.repository.files.live.blocks import WORD, Block, Blocks, Import
from poc_gate.inputs.repository.files.live.python_blocks import python_blocks
from poc_gate.inputs.repository.files.live.script_blocks import ENDS, script_blocks, whole
from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.walk import WalkedFile

_FINDS_PYTHON = {
    "import_module": re.compile(r"\bimport_module\(\s*[rR]?[fF]"),
    "__import__": re.compile(r"\b__import__\(\s*(?![\"'])"),
    "iter_modules": re.compile(r"\biter_modules\("),
    "walk_packages": re.compile(r"\bwalk_packages\("),
    "autodiscover": re.compile(r"autodiscover\w*\("),
    "spec_from_file_location": re.compile(r"\bspec_from_file_location\("),
}
_FINDS_SCRIPTS = {
    "import.meta.glob": re.compile(r"import\.meta\.glob"),
    "require.context": re.compile(r"\brequire\.context\b"),
    "import(": re.compile(r"(?<![.\w])import\(\s*(?:`[^`\n]*\$\{|(?![\s\"'`]|/\*))"),
    "require(": re.compile(r"(?<![.\w])require\(\s*(?:`[^`\n]*\$\{|(?![\s\"'`]))"),
}
"""What finds modules by names that no file spells out, by the words in it. A name that a variable holds is spelt somewhere."""
_REMARKS = re.compile(r"(?m)(?:^|(?<=\s))#[^\n]*$")


_LISTS_PACKAGES = re.compile(
    r"(?i)(?:^|/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|setup\.cfg|package\.json|[\w.-]*lock[\w.-]*\.(?:json|ya?ml|toml)|pipfile(?:\.lock)?|poetry\.lock|environment\.ya?ml|conda[\w.-]*\.ya?ml)$"
)
_ENTRY = re.compile(
    r"(?<![@\w./-])[\w.-]+(?:/[\w.-]+)+|(?<![@\w./-])[\w-]+\.(?:py|[cm]?[jt]sx?)\b|(?<![\w.])[a-z_][\w.]*:[a-zA-Z_]\w*|-m[ \t]+[\w.]+"
)
_ENVIRONMENT = re.compile(r"(?i)(?:^|/)[\w.-]*\.?env(?:[.-][\w.-]+)?$")
_LARGEST = 64 << 10


class Unreached(NamedTuple):
    """What cannot run."""

    files: frozenset[str]
    blocks: Mapping[str, tuple[Block, ...]]
    """By file, of files that run otherwise."""

    def holds(self, file: str, line: int) -> bool:
        """Say whether a line is in what cannot run."""
        return file in self.files or any(one.first <= line <= one.last for one in self.blocks.get(file, ()))


_FEWEST = 8
"""Functions and classes that living code names, from which on it is clear how the parts of a program find each other."""
_HEAVY = 60
"""Files from which processes share the work."""
_NOTHING = Unreached(frozenset(), {})


def unreached(files: Sequence[WalkedFile], paths: Collection[str]) -> Unreached:
    """Return what cannot run, where some of `paths` may be of it; nothing where the code finds its parts by itself."""
    wanted = [path for path in paths if path.endswith((".py", *ENDS))]
    texts = texts_beside(files, (), code_alone=False) if wanted else []
    if not texts or any(not path for path, _ in texts):
        return _NOTHING
    speaking = frozenset(wanted)
    guests = _guests(files)
    written = [
        *(one for one in texts if one[0].endswith((".py", *ENDS)) and not one[0].endswith(_DECLARES)),
        *guests,
    ]

    def work(part: Sequence[tuple[str, str]]) -> list[Blocks]:
        return [_blocks_of(path, text, speaking) for path, text in part]

    parts = in_processes(work, written, least=_HEAVY, weight=lambda one: len(one[1]) + 2_000)
    code = [one for part in parts for one in part]
    said = {word for path, text in texts if not path.endswith((".py", *ENDS)) for word in _said(path, text)}
    set_there = texts_of((file for file in files if _ENVIRONMENT.search(file.path)), largest=_LARGEST)
    said |= {word for _, text in set_there for word in WORD.findall(text)}
    found = _Found(texts)
    return _Reach(code, said, found, frozenset(path for path, _ in guests)).unreached()


_DECLARES = (".d.ts", ".d.mts", ".d.cts")
"""Files that only say of what shape things are; tools write thousands of lines of them, and nothing in them runs."""
_NAMED_LIKE_OTHERS = frozenset({Standing.NOTEBOOK, Standing.EXAMPLE, Standing.MEASURED})


def _guests(files: Sequence[WalkedFile]) -> list[tuple[str, str]]:
    """Return the modules of packages that are called like an example or an evaluation: they run where living code takes them in."""
    packages = {file.path.rpartition("/")[0] for file in files if file.path.endswith("/__init__.py")}
    called = [
        file
        for file in files
        if file.path.endswith(".py")
        and file.path.rpartition("/")[0] in packages
        and standing_of(file.path) in _NAMED_LIKE_OTHERS
    ]
    texts = texts_beside(called, (), code_alone=True, worst=Standing.MEASURED)
    return [one for one in texts if one[0]]


def _blocks_of(path: str, text: str, speaking: Collection[str]) -> Blocks:
    """Return what a file holds; parts of pages of which nothing is said count as a whole."""
    if path.endswith(".py"):
        return python_blocks(path, text)
    return whole(path, text) if path.endswith(_PAGES) and path not in speaking else script_blocks(path, text)


_PAGES = (".tsx", ".jsx")


def _said(path: str, text: str) -> Iterator[str]:
    """Yield the words by which a file other than code may name code; of one that lists packages those of paths and entry points."""
    plain = _REMARKS.sub("", text)
    if not _LISTS_PACKAGES.search(path):
        yield from WORD.findall(plain)
        return
    for match in _ENTRY.finditer(plain):
        yield from WORD.findall(match[0])


def _finds(path: str, text: str) -> bool:
    finds = _FINDS_PYTHON if path.endswith(".py") else _FINDS_SCRIPTS
    return any(word in text and pattern.search(text) for word, pattern in finds.items())


class _Found:
    """Folders whose files the code finds by itself."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._folders = {
            path.rpartition("/")[0]
            for path, text in texts
            if path.endswith((".py", *ENDS)) and _finds(path, text)
        }

    def __contains__(self, path: str) -> bool:
        return any(not folder or path.startswith(f"{folder}/") for folder in self._folders)


class _Reach:
    """What is alive, found from what is started."""

    def __init__(
        self, code: Sequence[Blocks], said: set[str], found: _Found, guests: Collection[str]
    ) -> None:
        """Find it; `guests` are files of which only what living code takes in runs, and nothing is said."""
        self._files = {one.path: one for one in code}
        self._guests = guests
        self._stems: dict[str, list[str]] = defaultdict(list)
        self._defined: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for one in code:
            for stem in _stems(one.path):
                self._stems[stem].append(one.path)
            for number, block in enumerate(one.blocks):
                self._defined[block.name].append((one.path, number))
        self._alive: set[str] = set()
        self._blocks: set[tuple[str, int]] = set()
        self._wanted: set[tuple[str, int]] = set()
        self._written: set[str] = set()
        self._todo: list[tuple[str, int]] = []
        for one in (one for one in code if one.path not in guests):
            if one.started or one.path in found or not said.isdisjoint(_stems(one.path)):
                self._wake(one.path)
            if one.path in found:
                self._wanted |= {(one.path, number) for number in range(len(one.blocks))}
        self._write(said & self._defined.keys(), {})
        self._run()

    def unreached(self) -> Unreached:
        """Return what was not reached; nothing where too little was, which shows that the code is called otherwise."""
        files = frozenset(self._files.keys() - self._alive - set(self._guests))
        blocks = {path: left for path in self._alive if path not in self._guests and (left := self._left_of(path))}  # fmt: skip
        dead = sum(map(len, blocks.values())) + sum(len(self._files[path].blocks) for path in files)
        named = len(self._wanted & self._blocks)
        return Unreached(files, blocks) if named >= max(dead, _FEWEST) else _NOTHING

    def _left_of(self, path: str) -> tuple[Block, ...]:
        return tuple(
            block
            for number, block in enumerate(self._files[path].blocks)
            if (path, number) not in self._blocks
        )

    def _run(self) -> None:
        while self._todo:
            path, number = self._todo.pop()
            file = self._files[path]
            if number < 0:
                self._enter(file)
            else:
                block = file.blocks[number]
                self._write(block.words, _names_here(file))
                self._take_in(path, (one for one in file.imports if block.first <= one.line <= block.last))

    def _enter(self, file: Blocks) -> None:
        """Follow what runs when a file is loaded."""
        self._write(file.words, _names_here(file))
        for number, block in enumerate(file.blocks):
            if block.found or (file.path, number) in self._wanted:
                self._wake_block(file.path, number)
        inside = {line for block in file.blocks for line in range(block.first, block.last + 1)}
        self._take_in(file.path, (one for one in file.imports if one.line not in inside))
        folders = file.path.split("/")[:-1]
        for end in range(len(folders), 0, -1):
            self._wake("/".join([*folders[:end], "__init__.py"]))

    def _wake(self, path: str) -> None:
        if path in self._files and path not in self._alive:
            self._alive.add(path)
            self._todo.append((path, -1))

    def _wake_block(self, path: str, number: int) -> None:
        if (path, number) not in self._blocks:
            self._blocks.add((path, number))
            self._todo.append((path, number))

    def _write(self, words: Collection[str], names_here: Mapping[str, set[str]]) -> None:
        """Wake what has a name that is written."""
        for word in words:
            for name in (word, *names_here.get(word, ())):
                if name in self._written:
                    continue
                self._written.add(name)
                for path, number in self._defined.get(name, ()):
                    self._wanted.add((path, number))
                    if path not in self._guests or path in self._alive:
                        self._wake(path)
                        self._wake_block(path, number)
                for path in self._stems.get(name, ()):
                    if path not in self._guests:
                        self._wake(path)

    def _take_in(self, path: str, imports: Iterator[Import]) -> None:
        for one in imports:
            for module in (one.module, *(_below(one.module, name) for name, _ in one.names if name)):
                for found in self._files_of(path, module):
                    self._wake(found)

    def _files_of(self, path: str, module: str) -> Iterator[str]:
        """Yield the files that a module's name may lead to."""
        if path.endswith(".py"):
            up = len(module) - len(module.lstrip("."))
            rest = module.lstrip(".").replace(".", "/")
            if up:
                base = "/".join([*path.split("/")[:-up], rest]).strip("/")
                yield from (one for one in (f"{base}.py", f"{base}/__init__.py") if one in self._files)
                return
            ends: tuple[str, ...] = (f"/{rest}.py", f"/{rest}/__init__.py")
        else:
            rest = re.sub(r"^(?:\.{0,2}/|[@~#$]?/|@[\w-]+/)+|\.[cm]?[jt]sx?$", "", module)
            ends = tuple(f"/{rest}{end}" for end in ENDS) + tuple(f"/{rest}/index{end}" for end in ENDS)
        for one in self._stems.get(rest.rpartition("/")[2], ()):
            if f"/{one}".endswith(ends):
                yield one


def _below(module: str, name: str) -> str:
    return f"{module}{name}" if module.endswith(".") else f"{module}.{name}"


def _names_here(file: Blocks) -> dict[str, set[str]]:
    """Return names that something taken in gets in a file, with the names that it has where it is defined."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in file.imports:
        for name, here in one.names:
            if name and name != here:
                found[here].add(name)
    return found


def _stems(path: str) -> set[str]:
    """Return the names by which a file is taken in: its own, and its folder's where it stands for that."""
    folders, _, name = path.rpartition("/")
    stem = re.sub(r"\.[cm]?[jt]sx?$|\.py$", "", name)
    if stem in {"__init__", "index"} and folders:
        return {folders.rpartition("/")[2]}
    return {stem}
