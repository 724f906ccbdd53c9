"""Folders of YAML bytes -> checked rule packs; every fault of every file is told at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import structs

from poc_gate.base.days import exact_day
from poc_gate.errors import Fault, InvalidInputError, InvalidPackError
from poc_gate.judge.expression.compile_expression import compile_expression
from poc_gate.judge.expression.values import FLAG, ExpressionError
from poc_gate.judge.packs.compile_rule import name_types
from poc_gate.judge.packs.pack_digest import pack_digest
from poc_gate.judge.packs.pack_set import PackSet, own_aliases
from poc_gate.judge.packs.read_rule import RuleReader, stage_severity
from poc_gate.judge.packs.rule_faults import character_faults, shape_faults
from poc_gate.judge.packs.rule_schema import AdjustPart, PackPart, RuleBlock, RulePart
from poc_gate.model.claim import Place
from poc_gate.model.fact import Catalogue
from poc_gate.model.quantity import unit_powers
from poc_gate.model.rule import SEVERITY_RANK, Adjustment, Limit, Pack, Record, Rule, Stage
from poc_gate.text.documents.positioned_yaml import Document, YamlLimits, read_yaml
from poc_gate.text.quantities.quantity_text import QuantityError, parse_any_quantity

PACK_FILE = "pack.yaml"
MOST_RULES = 1000
"""Files in one pack; the largest shipped pack has about 85."""
_LIMITS = YamlLimits(size=1 << 17, depth=16, nodes=20_000)
"""Of one rule file; the largest shipped one has 9 kB."""


def load_packs(
    folders: Mapping[str, Mapping[str, bytes]], catalogue: Catalogue, *, known: PackSet | None = None
) -> PackSet:
    """Return the packs of several folders, each `file name -> bytes`.

    `known` are those of some of the folders, checked before: they are not read again, and are compiled once for both.
    Raises InvalidPackError with every fault: shape, unknown facts, expressions, examples, duplicate
    ids, and adjustments that loosen a limit or lower a severity.
    """
    faults: list[Fault] = []
    loader = _Loader(catalogue, faults)
    ready = {} if known is None else {folder_of(pack): pack for pack in known.packs}
    packs = [ready.get(folder) or loader.pack(folder, files) for folder, files in sorted(folders.items())]
    found = [pack for pack in packs if pack is not None]
    given = {f"{folder}/{PACK_FILE}": position for position, folder in enumerate(folders)}
    faults += _twice(sorted(found, key=lambda pack: given[pack.place.file]))
    held = {rule.id: rule for pack in found for rule in pack.rules} | loader.without_pack
    complete = [pack if folder_of(pack) in ready else loader.adjusted(pack, held) for pack in found]
    faults = faults or [_empty(pack) for pack in complete if not pack.rules and not pack.adjust]
    if faults:
        raise InvalidPackError(faults)
    return PackSet(tuple(complete), catalogue, known)


def _empty(pack: Pack) -> Fault:
    """Return the fault of a pack that judges nothing, such as one whose rules lie in a folder of their own."""
    step = "put its rules next to pack.yaml, one file each; folders inside the pack are not read"
    return Fault(pack.place.file, 1, 1, "the pack has no rules and adjusts none", step)


def folder_of(pack: Pack) -> str:
    """Return the folder that a pack was loaded from, as it was named then."""
    return pack.place.file.removesuffix(f"/{PACK_FILE}")


class _Loader:
    def __init__(self, catalogue: Catalogue, faults: list[Fault]) -> None:
        self.catalogue = catalogue
        self.faults = faults
        self.adjustments: dict[str, tuple[Document, list[AdjustPart]]] = {}
        self.without_pack: dict[str, Rule] = {}
        """Rules whose pack cannot be used; what adjusts them is checked all the same."""
        self.refused: set[str] = set()
        """Names of the rules that have faults: what adjusts them has none for that."""

    def pack(self, folder: str, files: Mapping[str, bytes]) -> Pack | None:
        """Return one pack without its adjustments, or None when its `pack.yaml` cannot be used."""
        name = f"{folder}/{PACK_FILE}"
        if PACK_FILE not in files:
            self.faults.append(Fault(name, 0, 0, "the pack has no pack.yaml", "see docs/packs.md"))
            return None
        if len(files) > MOST_RULES:
            self.faults.append(Fault(name, 0, 0, f"more than {MOST_RULES} files", "split the pack"))
            return None
        read = self.document(files[PACK_FILE], name, PackPart)
        named = folder.rpartition("/")[2] if read is None else read[1].id
        rules = self.rules(folder, files, named)
        if read is None:
            self.without_pack |= {rule.id: rule for rule in rules}
            return None
        document, part = read
        self.check_when(document, part)
        self.adjustments[part.id] = (document, part.adjust)
        return Pack(
            part.id, part.version, part.title, pack_digest(files),
            rules, document.place(()), part.when, part.given,
            aliases=tuple(part.aliases),
            records={name: Record(name, one.title, one.effort, one.owner) for name, one in part.records.items()},
        )  # fmt: skip

    def rules(self, folder: str, files: Mapping[str, bytes], pack: str) -> tuple[Rule, ...]:
        """Return the rules of a folder that have no fault."""
        found = {
            file: self.rule(f"{folder}/{file}", content, pack)
            for file, content in sorted(files.items())
            if file != PACK_FILE and file.endswith((".yaml", ".yml"))
        }
        self.refused |= {file.rsplit(".", maxsplit=1)[0] for file, rule in found.items() if rule is None}
        return tuple(rule for rule in found.values() if rule is not None)

    def document(self, content: bytes, name: str, wanted: type[RuleBlock]) -> tuple[Document, Any] | None:
        """Return a file's document and its checked form, or None once its faults are noted."""
        try:
            document = read_yaml(content, name, limits=_LIMITS)
        except InvalidInputError as error:
            self.faults += error.faults
            return None
        self.faults += character_faults(document)
        try:
            return document, msgspec.convert(document.data, wanted)
        except msgspec.ValidationError as error:
            found = shape_faults(document, wanted)
            self.faults += found or [Fault(name, 1, 1, str(error), "see docs/packs.md")]
            return None

    def rule(self, name: str, content: bytes, pack: str) -> Rule | None:
        """Return one rule, or None once its faults are noted."""
        read = self.document(content, name, RulePart)
        if read is None:
            return None
        document, part = read
        reader = RuleReader(document, self.catalogue)
        rule = reader.read(part, pack)
        stem = name.rsplit("/", maxsplit=1)[-1].rsplit(".", maxsplit=1)[0]
        if stem != part.id:
            reader.fault(("id",), f"the file is named {stem!r}", f"name it {part.id}.yaml")
        self.faults += reader.faults
        return None if reader.faults else rule

    def check_when(self, document: Document, part: PackPart) -> None:
        """Refuse a precondition that cannot be evaluated."""
        types, _ = name_types(part.given, self.catalogue)
        for name, fact in part.given.items():
            if name not in types:
                near = self.catalogue.nearest(fact)
                step = f"did you mean {near!r}?" if near else "see `poc-gate schema facts`"
                self.fault(document, ("given", name), f"unknown fact {fact!r}", step)
                return
        if not part.when:
            return
        try:
            compile_expression(part.when, types, wanted=FLAG)
        except ExpressionError as error:
            self.fault(document, ("when",), f"when: {error.what}", error.next_step)
        if "has(" in part.when.replace(" ", ""):
            what = "a precondition over has() would make a missing fact not applicable"
            self.fault(document, ("when",), what, "drop has(): a missing fact already gives unknown")

    def adjusted(self, pack: Pack, held: Mapping[str, Rule]) -> Pack:
        """Return the pack with its adjustments; refuse those that would loosen anything."""
        document, parts = self.adjustments[pack.id]
        found: list[Adjustment] = []
        for index, part in enumerate(parts):
            rule = held.get(part.rule)
            if rule is None and part.rule in self.refused:
                continue
            if rule is None:
                near = [name for name in held if name.split("-")[0] == part.rule]
                near = near or difflib.get_close_matches(part.rule, held, n=1, cutoff=0.5)
                step = f"did you mean {near[0]!r}?" if near else "load the pack that holds it as well"
                what = f"adjusts the unknown rule {part.rule!r}"
                self.fault(document, ("adjust", index, "rule"), what, step)
                continue
            if any(before.rule == rule.id for before in found):
                what = f"adjusts {rule.id} twice"
                self.fault(document, ("adjust", index, "rule"), what, "join the two entries")
            found.append(self.adjustment(document, part, (pack.id, index), rule))
        return structs.replace(pack, adjust=tuple(found))

    def adjustment(
        self, document: Document, part: AdjustPart, where: tuple[str, int], rule: Rule
    ) -> Adjustment:
        """Return one adjustment; only upward."""
        pack, index = where
        severity = None if part.severity is None else stage_severity(part.severity)
        for stage in Stage if severity is not None else ():
            assert severity is not None
            if SEVERITY_RANK[severity[stage]] < SEVERITY_RANK[rule.severity[stage]]:
                what = f"{rule.id} would fall from {rule.severity[stage]} to {severity[stage]} at {stage}"
                step = "a pack may only raise a severity"
                self.fault(document, ("adjust", index, "severity"), what, step)
                break
        limits: dict[str, Limit] = {}
        for name, moved in part.limits.items():
            path = ("adjust", index, "limits", name)
            limit = self.moved(document, path, str(moved.value), rule)
            if limit is not None:
                by, place = f"{pack}/{rule.id}", document.place(path)
                limits[name] = structs.replace(limit, reason=moved.reason, set_by=by, place=place)
        since = part.applies_from or ""
        if since and exact_day(since) is None:
            what = f"{since!r} is not a calendar date"
            self.fault(document, ("adjust", index, "applies_from"), what, "write it as 2026-12-01")
        return Adjustment(rule.id, document.place(("adjust", index)), severity, limits, since)

    def moved(
        self, document: Document, path: tuple[str | int, ...], written: str, rule: Rule
    ) -> Limit | None:
        """Return a limit with its new value, or None once its fault is noted."""
        limit = rule.limits.get(str(path[-1]))
        if limit is None:
            known = ", ".join(rule.limits) or "none"
            self.fault(document, path, f"{rule.id} has no limit {path[-1]!r}", f"its limits: {known}")
            return None
        try:
            value = parse_any_quantity(written)
        except QuantityError as error:
            self.fault(document, path, error.what, error.next_step)
            return None
        sign = {"lower": -1, "higher": 1}.get(limit.tighter, 0)
        if unit_powers(value.unit) != unit_powers(limit.value.unit):
            self.fault(document, path, f"{written} does not measure what {limit.value} measures", "")
        elif sign == 0:
            self.fault(document, path, f"{limit.name} of {rule.id} cannot be changed", "it has no `tighter`")
        elif sign * (value.value - limit.value.value) < 0:
            what = f"{limit.name} of {rule.id} would be loosened from {limit.value} to {value}"
            self.fault(document, path, what, f"a pack may only make it {limit.tighter}")
        return structs.replace(limit, value=value)

    def fault(self, document: Document, path: tuple[str | int, ...], what: str, step: str) -> None:
        """Note a fault at a value of a file."""
        place = document.place(path)
        self.faults.append(Fault(place.file, place.line, place.column, what, step))


def _twice(packs: list[Pack]) -> list[Fault]:
    """Return a fault for every id of a pack or rule, and every former id, that stands twice.

    The later of two packs is at fault; the shipped ones come first. A former id must not be the short
    name of another rule either: what says `A01` in a manifest would then speak of something else.
    """
    seen: dict[str, Place] = {}
    faults: list[Fault] = []
    short = {rule.id.split("-")[0]: rule for pack in packs for rule in pack.rules}
    for pack in packs:
        names = [(f"pack {pack.id}", pack.place)]
        for rule in pack.rules:
            names += [(name, rule.place) for name in (rule.id, *own_aliases(rule))]
            for alias in own_aliases(rule):
                if alias in short and short[alias].id != rule.id:
                    place, what = rule.place, f"the alias {alias} is the short name of {short[alias].id}"
                    faults.append(Fault(place.file, place.line, place.column, what, "leave it out"))
        for name, place in names:
            if name in seen:
                what = f"{name} is already defined in {seen[name].file}"
                faults.append(Fault(place.file, place.line, place.column, what, "ids are never reused"))
            seen.setdefault(name, place)
    return faults
