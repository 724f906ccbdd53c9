"""Bytes of a file -> parsed documents, bounded in size and depth; nothing is fetched, unpacked or run."""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.opening.document import Document, DocumentPart
from poc_gate.model.claim import Path, Place
from poc_gate.text.decode import decode_utf8
from poc_gate.text.documents.foreign_yaml import read_foreign_documents
from poc_gate.text.documents.json_places import json_places
from poc_gate.text.documents.positioned_yaml import Document as YamlDocument
from poc_gate.text.documents.positioned_yaml import YamlLimits, read_yaml_documents
from poc_gate.text.documents.strict_json import parse_json_text

MAX_BYTES = 256 * 2**20
"""Largest file that is read as text: a dbt manifest of ten thousand models has about 150 MB."""
YAML_LIMITS = YamlLimits(size=8 << 20, depth=64, nodes=400_000)
MAX_LINES = 200_000
"""Lines of a file of JSON lines that are read."""
MAX_FRONT_MATTER = 256 * 1024
MAX_DEPTH = 100
"""Nesting of JSON; deeper than any format poc-gate imports, and far from the parser's own limit."""

_REQUIREMENTS = re.compile(r"requirements[^/]*\.(?:txt|in)$")
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_TEXT_NAMES = (".txt", ".in", ".lock", ".toml", ".md", ".markdown", ".mdx")


def read_document(content: bytes, file: str, *, foreign: bool = False) -> Document:
    """Return the file parsed by what it is: JSON, JSON lines, YAML, TOML, Markdown front matter, text or binary.

    YAML of `foreign` tools is read as they read it: anchors, merge keys and tags are followed, the last of two equal
    keys counts and is among the document's `notes`. Otherwise all of these are refused.
    Raises InvalidInputError for archives, files over the limits, broken syntax, and other encodings
    than UTF-8.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    yaml = _ForeignYaml() if foreign else _StrictYaml()
    taken = _as_utf8(content, file) if foreign else content
    form, parts = _parse(taken, file, yaml)
    return Document(file, taken, sha256, form, parts, tuple(yaml.notes), yaml.is_plain)


def _as_utf8(content: bytes, file: str) -> bytes:
    """Return a list of requirements in UTF-8: pip reads such files by their byte-order mark, as PowerShell writes them.

    Source: pip's `auto_decode` of requirement files (pip 25).
    """
    if not content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or not _REQUIREMENTS.search(file.lower()):
        return content
    if len(content) > MAX_BYTES:
        return content
    try:
        return content.decode("utf-16").encode()
    except UnicodeError:
        return content


class _StrictYaml:
    """Reads YAML and refuses what can mislead a reader."""

    def __init__(self) -> None:
        self.notes: list[Fault] = []
        self.is_plain = True

    def read(self, content: bytes, file: str) -> tuple[YamlDocument, ...]:
        """Return the documents; raises InvalidInputError."""
        return read_yaml_documents(content, file, limits=YAML_LIMITS)


class _ForeignYaml(_StrictYaml):
    """Reads YAML as other tools do."""

    def read(self, content: bytes, file: str) -> tuple[YamlDocument, ...]:
        """Return the documents, and keep what was read other than it looks; raises InvalidInputError."""
        try:
            return super().read(content, file)
        except InvalidInputError:
            self.is_plain = False
        documents, notes = read_foreign_documents(content, file, limits=YAML_LIMITS)
        self.notes += notes
        return documents


def is_binary(content: bytes, file: str) -> bool:
    """Say whether a file is a weight file whose header is read by its own importer."""
    return content.startswith(b"GGUF") or file.lower().endswith((".safetensors", ".gguf"))


def _parse(content: bytes, file: str, yaml: _StrictYaml) -> tuple[str, tuple[DocumentPart, ...]]:
    if content.startswith(_LFS_POINTER):
        size = re.search(rb"\nsize (\d{1,15})\b", content[:1000])
        stands = f" of {int(size[1]):,} bytes" if size else ""
        raise _fault(
            file,
            f"this is a Git LFS pointer; the file{stands} that it stands for is not here",
            "run `git lfs pull`, or import the index or configuration next to it",
        )
    if is_binary(content, file):
        return "binary", ()
    text = decode_utf8(content, file, MAX_BYTES, "import a smaller file")
    lowered = file.lower()
    if lowered.endswith(_TEXT_NAMES):
        return _parse_named_text(text, file, lowered, yaml)
    if text.lstrip()[:1] in ("{", "["):
        return _parse_json(text, file, yaml)
    return "yaml", _yaml_parts(text.encode(), file, yaml)


def _parse_named_text(
    text: str, file: str, lowered: str, yaml: _StrictYaml
) -> tuple[str, tuple[DocumentPart, ...]]:
    if lowered.endswith((".md", ".markdown", ".mdx")):
        return "markdown", _front_matter(text, file, yaml)
    if lowered.endswith(".toml") or (lowered.endswith(".lock") and "[[package]]" in text):
        return "toml", (DocumentPart(_toml(text, file)),)
    if lowered.endswith(".lock") and text.lstrip()[:1] == "{":
        return "json", (_json_part(text, file),)
    return "text", ()


def _parse_json(text: str, file: str, yaml: _StrictYaml) -> tuple[str, tuple[DocumentPart, ...]]:
    try:
        return "json", (_json_part(text, file),)
    except InvalidInputError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(_is_object_line(line) for line in lines[:20]):
            return "jsonl", tuple(_json_lines(text, file))
        if file.lower().endswith((".json", ".jsonl", ".ndjson")):
            raise
    return "yaml", _yaml_parts(text.encode(), file, yaml)


def _is_object_line(line: str) -> bool:
    plain = line.strip()
    return plain[:1] == "{" and plain[-1:] == "}" and not plain.startswith("{{")


def _json_part(text: str, file: str) -> DocumentPart:
    data = _json(text, file)
    places: dict[Path, Place] = {}

    def locate(path: Path) -> Place | None:
        if not places:
            places.update(json_places(text, file) or {(): Place(file)})
        return _nearest(places, path)

    return DocumentPart(data, locate)


def _json_lines(text: str, file: str) -> Iterator[DocumentPart]:
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise _fault(file, f"the file has more than {MAX_LINES:,} lines", "import a part of it")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield DocumentPart(_json(line, file, number), _fixed(Place(file, number, 1)))


def _fixed(place: Place) -> Callable[[Path], Place | None]:
    return lambda _path: place


def _nearest(places: dict[Path, Place], path: Path) -> Place | None:
    for length in range(len(path), -1, -1):
        found = places.get(path[:length])
        if found is not None and found.line:
            return found
    return None


def _json(text: str, file: str, line: int = 0) -> object:
    """Return the data of a JSON text, or of one line of JSON lines; raises InvalidInputError with its place."""
    try:
        data = parse_json_text(
            text, file, "check brackets, commas and quotes", half_pairs=True, lenient=True
        ).data
    except InvalidInputError as error:
        if not line:
            raise
        moved = [
            fault._replace(line=fault.line + line - 1) if fault.line else fault for fault in error.faults
        ]
        raise InvalidInputError(moved) from None
    if _deeper_than(data, MAX_DEPTH):
        raise _fault(file, f"values are nested deeper than {MAX_DEPTH}", "flatten the file")
    return data


def _deeper_than(data: object, depth: int) -> bool:
    level: list[object] = [data]
    for _ in range(depth + 1):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below += [child for child in value.values() if isinstance(child, dict | list)]
            elif isinstance(value, list):
                below += [child for child in value if isinstance(child, dict | list)]
        if not below:
            return False
        level = below
    return True


def _yaml_parts(content: bytes, file: str, yaml: _StrictYaml) -> tuple[DocumentPart, ...]:
    try:
        documents = yaml.read(content, file)
    except InvalidInputError as error:
        if b"{{" not in content:
            raise
        step = "render the chart first (`helm template ... > rendered.yaml`) and import what it prints"
        faults = [
            Fault(f.file, f.line, f.column, f"looks like an unrendered template: {f.what}", step)
            for f in error.faults
        ]
        raise InvalidInputError(faults) from None
    return tuple(DocumentPart(document.data, document.place) for document in documents)


def _front_matter(text: str, file: str, yaml: _StrictYaml) -> tuple[DocumentPart, ...]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        return ()
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    block = "\n".join(lines[1:end])
    if not end or len(block) > MAX_FRONT_MATTER:
        return ()
    try:
        # The fence becomes a blank line, so that lines keep their numbers.
        return _yaml_parts(("\n" + block + "\n").encode(), file, yaml)
    except InvalidInputError:
        return ()  # other front matter than YAML: the text below it still counts as a document


def _toml(text: str, file: str) -> object:
    from poc_gate.text.documents.bounded_toml import read_toml

    return read_toml(text, file, "check quotes, brackets and numbers")


def _fault(file: str, what: str, next_step: str) -> InvalidInputError:
    return InvalidInputError([Fault(file, 0, 0, what, next_step)])
