"""`pilot.yaml` bytes -> claims, each with its place; every fault of the file at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Block, Leaf, manifest_tree
from poc_gate.inputs.manifest.reading.check_manifest import check_manifest
from poc_gate.inputs.manifest.reading.own_files import large_own_file, own_file
from poc_gate.inputs.manifest.reading.read_requests import read_evidence, read_imports, read_not_applicable
from poc_gate.inputs.manifest.reading.read_value import ValueFault, read_value, shown_text, type_name
from poc_gate.inputs.manifest.reading.statements import Statement, Statements
from poc_gate.model.claim import Claim, Notice, Path, Place, Provenance, Value
from poc_gate.model.request import EvidenceRequest, ImportRequest, NotApplicableEntry
from poc_gate.model.rule import Stage
from poc_gate.text.documents.positioned_yaml import Document, read_yaml
from poc_gate.text.secrets.literal_secrets import find_secret

BLOT = "[secret]"
"""Stands in a claim where the file has a literal secret."""


_MOST_ITEMS = 5_000
"""Entries of a list of sections: each is judged by every rule on such entries, and named in every report."""
_LONGEST_ID = 80
_ELSEWHERE = {"waivers": "write them into poc-gate.waivers.yaml next to the manifest; see docs/waivers.md"}
"""Sections that people look for here and that have a file of their own."""


class ManifestReading(Struct, frozen=True):
    """Everything a manifest says, read but not yet judged."""

    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]
    """Literal secrets, by place; the secret is never repeated."""
    items: Mapping[str, tuple[str, ...]]
    """`sources`, `path.stages`, `people.approvals`, `security.egress` -> ids in file order; lists left out are absent."""
    item_places: Mapping[str, Place]
    """`sources`, `sources[policy-db]`, `slo` -> where they begin; the same as `section_places`."""
    imports: tuple[ImportRequest, ...]
    evidence: tuple[EvidenceRequest, ...]
    not_applicable: tuple[NotApplicableEntry, ...]
    name: str
    stage: Stage | None
    sha256: str
    currency: str
    """The one currency of the file; empty when it states no price."""
    section_places: Mapping[str, Place]
    """Where each section and item begins; the empty name is the document."""


def read_manifest(content: bytes, file: str) -> ManifestReading:
    """Return what a manifest says.

    Refuses, with every fault, its place and the fix: what YAML refuses (see `positioned_yaml`), unknown
    keys, wrong types, units, dimensions, choices and dates, values out of range, ids given twice,
    percentiles that contradict each other, mixed currencies, and paths that leave the manifest's folder.
    Raises InvalidInputError.
    """
    large = large_own_file(content, file)
    if large is not None:
        raise InvalidInputError([large])
    document = read_yaml(content, file)
    walk = _Walk(document, file)
    walk.run()
    statements = walk.statements
    if not walk.faults:
        walk.faults += check_manifest(statements, file)
    if walk.faults:
        raise InvalidInputError(walk.faults)
    currency = statements.currency()
    return ManifestReading(
        claims=_claims(statements, document.sha256),
        notices=tuple(walk.notices),
        items={name: ids for name, ids in statements.items.items() if name not in LEDGERS},
        item_places=dict(statements.places),
        imports=read_imports(statements),
        evidence=read_evidence(statements),
        not_applicable=read_not_applicable(statements),
        name=str(statements.value("pilot.name")),
        stage=Stage(str(stage)) if (stage := statements.value("pilot.stage")) else None,
        sha256=document.sha256,
        currency=currency,
        section_places=dict(statements.places),
    )


def _claims(statements: Statements, sha256: str) -> tuple[Claim, ...]:
    facts = (statement for statement in statements if statement.leaf.path.split("[")[0] not in LEDGERS)
    return tuple(
        Claim(statement.name, _shown(statement.value), Provenance.DECLARED, statement.place, sha256=sha256)
        for statement in facts
    )


def _shown(value: Value) -> Value:
    """Return a value as every report may print it: a secret is blotted out before it goes anywhere."""
    if isinstance(value, tuple):
        return tuple(BLOT if find_secret(text) else text for text in value)
    return BLOT if isinstance(value, str) and find_secret(value) else value


class _Walk:
    """One pass over the document along the schema."""

    def __init__(self, document: Document, file: str) -> None:
        self.document, self.file = document, file
        self.faults: list[Fault] = []
        self.notices: list[Notice] = []
        self.statements = Statements()

    def run(self) -> None:
        """Note every statement, fault and secret of the document."""
        data = self.document.data
        if data is None:
            step = "write one with `poc-gate init`"
            self.faults.append(Fault(self.file, 1, 1, "the manifest is empty", step))
            return
        written = own_file(self.document)
        if written is not None:
            self.faults.append(written)
            return
        self.block(manifest_tree(), "", data, ())
        self.secrets()

    def block(self, block: Block, name: str, data: Any, path: Path) -> None:
        """Read one section or item whose fact names begin with `name`."""
        if not isinstance(data, dict):
            below = ", ".join(list(block.fields)[:3])
            step = f"write its keys below it, indented: {below}, ..."
            if isinstance(data, str) and re.match(r"\w+:\S", data):
                step = "put a space after each colon"
            wanted = f"the section {name}" if name else "the keys of a manifest"
            self.fault(path, f"expected {wanted}, found {type_name(data)}", step)
            return
        self.statements.places[name] = self.document.key_place(path) if path else self.document.place(path)
        for key in data:
            if key not in block.fields:
                self.unknown_key(block, name, key, (*path, key))
        for key, entry in block.fields.items():
            below, here = (f"{name}.{key}" if name else key), (*path, key)
            if data.get(key) is None:
                if isinstance(entry, Block) and key in data:
                    self.statements.places[below] = self.document.key_place(here)
                if entry.required:
                    self.missing(entry, name, here, left_empty=key in data)
            elif isinstance(entry, Leaf):
                self.leaf(entry, below, data[key], here)
            elif entry.listed:
                self.items(entry, below, data[key], here)
            else:
                self.block(entry, below, data[key], here)

    def items(self, block: Block, name: str, data: Any, path: Path) -> None:
        """Read a list of sections; each item is named by its id."""
        if not isinstance(data, list):
            step = f"write a list: each item begins with `- {block.item_key}:`"
            self.fault(path, f"expected the list {name}, found {type_name(data)}", step)
            return
        if len(data) > _MOST_ITEMS:
            step = f"name at most {_MOST_ITEMS:,}: put the rest into a pilot of its own, or several behind one entry"
            self.fault(path, f"{name} has {len(data):,} entries", step)
            return
        self.statements.places[name] = self.document.key_place(path)
        ids: dict[str, int] = {}
        for index, item in enumerate(data):
            here = (*path, index)
            id_ = item.get(block.item_key) if isinstance(item, dict) else None
            named = isinstance(id_, str) and len(id_) <= _LONGEST_ID and block.item_key != "rule"
            id_ = f"{id_}" if named else f"#{index + 1}"
            if id_ in ids:
                line = self.document.place((*path, ids[id_])).line
                step = f"give each item of {name} its own {block.item_key}"
                what = f"{block.item_key} {shown_text(id_)} was already given on line {line}"
                self.fault((*here, block.item_key), what, step)
                id_ = f"{id_}#{index + 1}"
            ids[id_] = index
            self.block(block, f"{name}[{id_}]", item, here)
        self.statements.items[name] = tuple(ids)

    def leaf(self, leaf: Leaf, name: str, raw: Any, path: Path) -> None:
        """Read one value, or each of a list or mapping of values."""
        wanted = list if leaf.listed else dict if leaf.mapped else None
        if wanted is not None and not isinstance(raw, wanted):
            form = "a list" if leaf.listed else "a block of names and texts"
            step = _as_list(leaf, raw) if leaf.listed else "write `name: text` below it"
            self.fault(path, f"expected {form}, found {shown_text(raw)}", step)
            return
        steps = list(raw) if leaf.mapped else range(len(raw)) if leaf.listed else None
        try:
            if steps is None:
                value = read_value(leaf, raw)
                self.statements.add(Statement(name, leaf, value, raw, self.document.place(path), path))
                return
        except ValueFault as fault:
            self.fault(path, f"{name}: {fault.what}", fault.next_step)
            return
        texts = [self.part(leaf, name, raw[step], (*path, step)) for step in steps]
        shown = texts if leaf.listed else [f"{step}={text}" for step, text in zip(steps, texts, strict=True)]
        self.statements.add(Statement(name, leaf, tuple(shown), raw, self.document.place(path), path))

    def part(self, leaf: Leaf, name: str, raw: Any, path: Path) -> str:
        """Return one entry of a list or mapping as text, once it was checked."""
        try:
            value = read_value(leaf, raw)
        except ValueFault as fault:
            self.fault(path, f"{name}: {fault.what}", fault.next_step)
            return ""
        return value if isinstance(value, str) else str(raw)

    def missing(self, entry: Leaf | Block, name: str, path: Path, *, left_empty: bool) -> None:
        """Note a key that no manifest can do without."""
        where = f" of {name}" if name else ""
        example = entry.example if isinstance(entry, Leaf) else "and its keys below"
        example = "poc-gate/v1" if entry.name == "apiVersion" else example
        place = path if left_empty else path[:-1]
        self.fault(place, f"{entry.name}{where} is missing", f"add `{entry.name}: {example}`")

    def unknown_key(self, block: Block, name: str, key: str, path: Path) -> None:
        """Note a key that the schema lacks, with the nearest one or the section it belongs to."""
        shown = shown_text(key)
        where = f" in {name}" if name else ""
        elsewhere = difflib.get_close_matches(key[:60], _homes(), n=1, cutoff=0.75)
        homes = [home for home in _homes()[elsewhere[0]] if home != block.path] if elsewhere else []
        close = difflib.get_close_matches(key[:60], block.fields, n=1, cutoff=0.6)
        if not name and key in _ELSEWHERE:
            step = _ELSEWHERE[key]
        elif close:
            step = f"did you mean {close[0]!r}?"
        elif homes:
            where_to = " or ".join(home or "the top level" for home in homes[:3])
            step = f"{elsewhere[0]} belongs in {where_to}"
        else:
            step = f"known here: {', '.join(list(block.fields)[:8])}, ...; see docs/manifest.md"
        place = self.document.key_place(path)
        self.faults.append(Fault(self.file, place.line, place.column, f"unknown key {shown}{where}", step))

    def fault(self, path: Path, what: str, next_step: str) -> None:
        """Note a fault at the value of a path."""
        place = self.document.place(path)
        self.faults.append(Fault(self.file, place.line, place.column, what, next_step))

    def secrets(self) -> None:
        """Note the place of every literal secret, in values and keys, without repeating it."""
        for path, place in self.document.places.items():
            raw = _value_at(self.document.data, path)
            kind = find_secret(raw) if isinstance(raw, str) else ""
            if kind:
                step = "remove it, rotate it at its issuer, and write env:NAME instead"
                self.notices.append(Notice("secret", f"{kind} in the manifest", place, step))


def _as_list(leaf: Leaf, raw: Any) -> str:
    """Return how to write in a list what is written without one."""
    if isinstance(raw, str) and raw.strip().casefold() == "none":
        return f"write `{leaf.name}: []` to say that there is none"
    try:
        read_value(leaf, raw)
    except ValueFault:
        return f"write `{leaf.name}: {leaf.example}`"
    plain = isinstance(raw, str) and re.fullmatch(r"[A-Za-z][\w.-]*", raw) and not find_secret(raw)
    return f"write `{leaf.name}: {f'[{raw}]' if plain else leaf.example}`"


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    """Return in which sections each known key stands."""
    homes: dict[str, tuple[str, ...]] = {}
    tree = manifest_tree()
    for block in (tree, *tree.blocks()):
        for key in block.fields:
            homes[key] = (*homes.get(key, ()), block.path)
    return homes
