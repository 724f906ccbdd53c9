"""One file of a team -> claims, notices and what was ignored, by the importer that knows its kind."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator
from functools import cache
from itertools import islice

from msgspec.structs import replace

from poc_gate.base.plug_ins import plug_ins
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs import artifacts
from poc_gate.inputs.artifacts.file_reading import ImportResult, Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.comment_secrets import find_in_comments
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.inputs.artifacts.opening.secret_places import SecretScan, blot_shapes, scan_secrets
from poc_gate.model.claim import Place

_SUFFIX = "_importer"


_GROUPS = {
    "contract": ("odcs", "datacontract"),
    "model-config": ("huggingface-config",),
    "weights-index": ("safetensors", "gguf"),
    "ml-bom": ("cyclonedx",),
    "slo": ("openslo", "sloth"),
    "document": ("model-card", "document"),
}
"""Importers to try first for a group, so that a named file does not load all of them; the others follow."""

_UNNAMED = ("record", "kubernetes", "openslo")
"""Tried first where no kind is asked for: most such files are of these, and no file is of two kinds."""


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, sorted by name: each module `*_importer.py` of this room exposes one."""
    return tuple(load_importer(name) for name in _names())


@cache
def _modules() -> dict[str, str]:
    """Return importer -> its module."""
    found = plug_ins(artifacts.__name__, artifacts.__path__, _SUFFIX)
    return {name.replace("_", "-"): module for name, module in found.items()}


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(_modules()))


@cache
def load_importer(name: str) -> Importer:
    """Import one importer's module, which is called after it."""
    module = importlib.import_module(_modules()[name])
    importer: Importer = module.IMPORTER
    return importer


def _asked(kind: str) -> list[Importer]:
    """Return the importers that a name or group means."""
    if kind in _GROUPS:
        return [load_importer(name) for name in _GROUPS[kind]]
    if (name := kind.replace("_", "-")) in _names():
        return [load_importer(name)]
    return [importer for importer in importers() if kind == importer.group] if kind else []


def _in_turn(kind: str, asked: list[Importer]) -> Iterator[Importer]:
    """Yield the importers that may recognise a file, the likely ones first; the others are loaded if need be."""
    yield from asked
    if not kind:
        yield from map(load_importer, _UNNAMED)
    if kind != "document":
        yield from importers()


def find_importer(document: Document, kind: str = "") -> Importer | None:
    """Return the importer for a file: by what the file is, and by `kind`, a name or group, where that is open.

    A file that is plainly of another kind than asked for is read as what it is; the caller compares
    the kind of the result. A document stays one, whatever it looks like. None when nothing fits.
    """
    asked = _asked(kind)
    recognised = next((one for one in _in_turn(kind, asked) if one.sniff(document)), None)
    if recognised is not None:
        return recognised
    exact = [importer for importer in asked if importer.name == kind]
    return (exact or asked)[0] if exact or len(asked) == 1 else None


def read_artifact(
    content: bytes, file: str, *, kind: str = "", prefix: str = "", option: str = ""
) -> ImportResult:
    """Return what one file says.

    Args:
        content: The file's bytes; of weight files the header is enough.
        file: Its path, as claims shall name it.
        kind: Name of an importer or of a group such as `contract`; empty to recognise the file.
        prefix: Section or item that the claims belong to, such as `sources[policy-db]`.
        option: What the importer lets the user decide, such as the server of a contract.

    Raises:
        InvalidInputError: The file does not parse, is over the limits, or is of no kind that is imported.
    """
    try:
        document = read_document(content, file, foreign=True)
        importer = _importer_of(document, kind)
        if importer.strict and not document.is_plain:
            document = read_document(content, file)
        _refuse_empty(document)
        scan = scan_secrets(document)
        reading = Reading(document, prefix or importer.prefix, option, secrets=scan)
        _note_secrets(reading, scan)
        for note in document.notes:
            reading.note("warning", note.what, Place(note.file, note.line, note.column), note.next_step)
        importer.read(reading)
        _say_nothing_was_read(reading, importer)
        return replace(reading.result(importer.name), group=importer.group)
    except InvalidInputError as error:
        clean = [
            Fault(f.file, f.line, f.column, blot_shapes(f.what), blot_shapes(f.next_step))
            for f in error.faults
        ]
        raise InvalidInputError(clean) from None


def _say_nothing_was_read(reading: Reading, importer: Importer) -> None:
    """Say that a file of a known kind states nothing that is read; a document is read for its rule alone."""
    if importer.name == "document" or reading.claims or reading.derived:
        return
    if not any(notice.kind in ("question", "warning") for notice in reading.notices):
        reading.note(
            "warning",
            f"recognised as {importer.name}, but it contains nothing that poc-gate reads from such files",
            reading.file_place(),
            f"compare it with what docs/imports.md lists for {importer.name}",
        )


def _note_secrets(reading: Reading, scan: SecretScan) -> None:
    """Note the places of the literal secrets in values and comments, of which nothing else is said."""
    step = "remove it from the file, revoke it, and refer to it by environment variable or secret store"
    lines: set[int] = set()
    for part, path, name in scan.places[:200]:
        place = Node(None, path, part, reading).place()
        lines |= {place.line, place.end_line or place.line}
        reading.note(
            "secret", f"there is a literal secret {f'under {name!r}' if name else 'here'}", place, step
        )
    for number in islice(find_in_comments(reading.document, lines), 200):
        place = Place(reading.document.file, number, 1, number, 1)
        reading.note("secret", "there is a literal secret in a comment", place, step)


def _importer_of(document: Document, kind: str) -> Importer:
    importer = find_importer(document, kind)
    if importer is None:
        raise InvalidInputError([_unknown_kind(document.file, kind, document)])
    return importer


def _refuse_empty(document: Document) -> None:
    structured = document.form in ("json", "jsonl", "yaml", "toml")
    if structured and not any(isinstance(part.data, dict | list) and part.data for part in document.parts):
        raise InvalidInputError(
            [Fault(document.file, 0, 0, "the file contains no data", "give a file with content")]
        )


_OF_SECRETS = (
    ("trufflehog", {"DetectorName", "SourceMetadata"}), ("trufflehog", {"stringsFound", "commitHash"}),
    ("gitleaks", {"RuleID", "Fingerprint"}), ("detect-secrets", {"plugins_used", "results"}),
)  # fmt: skip
"""Scanner -> keys that its report has: such a report decides a rule as evidence and yields no facts."""


def _scanner_of(document: Document) -> str:
    data = document.parts[0].data if document.parts else None
    first = data[0] if isinstance(data, list) and data else data
    keys = first.keys() if isinstance(first, dict) else set()
    return next((tool for tool, marks in _OF_SECRETS if marks <= keys), "")


def _unknown_kind(file: str, kind: str, document: Document | None = None) -> Fault:
    if document is not None and (tool := _scanner_of(document)):
        what = (
            f"is a report of {tool}, which yields no facts: it decides whether the repository holds secrets"
        )
        return Fault(
            file, 0, 0, what, f"name it as evidence: `evidence: - {{rule: F06-no-secrets, file: {file}}}`"
        )
    names = [importer.name for importer in importers()]
    near = difflib.get_close_matches(kind, names, n=1) if kind else []
    step = f"did you mean `--kind {near[0]}`?" if near else f"give its kind with --kind: {', '.join(names)}"
    return Fault(file, 0, 0, "not recognised as a file that poc-gate imports", step)
