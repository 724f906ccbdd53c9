"""Croissant 1.0 and 1.1 with its responsible-AI terms -> rights, size, personal data and origin of a dataset."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.source_items import source_prefix
from poc_gate.inputs.artifacts.tables.json_ld import (
    each,
    find_dataset,
    first_text,
    is_croissant,
    linked,
    term,
)
from poc_gate.text.filler import denies, says_something
from poc_gate.text.placeholders import is_placeholder

_RAI = "http://mlcommons.org/croissant/RAI/"
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[kKMGTP]?i?)B?")
_FACTORS = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
            "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50}  # fmt: skip
_SCHEMES = {
    "s3": "s3",
    "gs": "object-store",
    "abfs": "object-store",
    "https": "http",
    "http": "http",
    "hf": "http",
    "git+https": "http",
    "abfss": "object-store",
    "wasbs": "object-store",
    "az": "object-store",
    "s3a": "s3",
    "file": "file",
}
_NO = ("none", "no", "n/a", "na", "not applicable", "false")
_NO_LICENCE = re.compile(
    r"other|see (?:the )?\w+|(?:no|without|missing)[ _-]?licen[cs]e\b.*|(?:not|un)[ -]?(?:specified|stated|licensed|known|clear)|unspecified"
)
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


def _sniff(document: Document) -> bool:
    return any(is_croissant(part.data) for part in document.parts[:1])


def _read(reading: Reading) -> None:
    prefix, top = source_prefix(reading), find_dataset(reading)
    if top is None:
        return
    reading.dated = first_text(term(top, "dateModified"))[:10]
    standard = term(top, "conformsTo")
    conforms = " ".join(first_text(one) for one in each(standard))
    version = re.search(r"croissant/?v?(\d+(?:\.\d+)*)", conforms, re.IGNORECASE)
    standard.claim(
        f"{prefix}.contract_standard", f"Croissant {version[1] if version else 'of unknown version'}"
    )
    version_node = term(top, "version")
    version_node.claim(f"{prefix}.contract_version", first_text(version_node))
    _claim_rights(top, prefix)
    _claim_files(top, prefix)
    _claim_people(top, prefix)
    _claim_origin(top, prefix)


def _rai(top: Node, name: str) -> Node:
    return next((top.at(key) for key in (f"rai:{name}", name, f"{_RAI}{name}") if top.at(key)), top.at(name))


def _claim_rights(top: Node, prefix: str) -> None:
    licence = linked(top, term(top, "license")) or _licence_of_files(top)
    several = [text for one in each(licence) if (text := first_text(linked(top, one)))]
    named = " AND ".join(dict.fromkeys(several)) or first_text(licence)
    last = named.lower().rstrip("/").rsplit("/", 1)[-1]
    nothing = bool(_NO_LICENCE.fullmatch(last)) or is_placeholder(last)
    licence.claim(f"{prefix}.rights", "" if nothing else named, note="the dataset's licence")
    if not named or nothing:
        top.warn("the dataset has no licence", f"write `rights` for {prefix} once its terms are known")
    usage = term(top, "usageInfo")
    if first_text(usage):
        usage.use().warn(
            "the dataset has terms of use in addition to its licence",
            "read them before `rights_allow_ai: true`",
        )
    for name in ("dataUseCases", "dataLimitations", "dataBiases"):
        node = _rai(top, name)
        if node:
            node.use()
    limits = _rai(top, "dataLimitations")
    if says_something(" ".join(limits.texts()) or first_text(limits)):
        limits.warn("the dataset's authors name limitations", "compare them with the pilot's use")


def _licence_of_files(top: Node) -> Node:
    """Return the licence that all files state alike, as DCAT puts it there; an absent one is per node that is false."""
    files = [linked(top, node) for node in each(term(top, "distribution"))]
    stated = [linked(top, term(node, "license")) for node in files]
    alike = len({first_text(node) for node in stated}) == 1
    return stated[0] if alike else term(top, "license")


def _claim_files(top: Node, prefix: str) -> None:
    total, complete = 0.0, True
    files = [linked(top, node) for node in each(term(top, "distribution"))]
    objects = [node for node in files if "FileObject" in first_text(node.at("@type")) or _url(node)]
    for node in objects:
        size = _bytes(first_text(_size(node)))
        complete = complete and size is not None and not term(node, "containedIn")
        total += size or 0.0
        _size(node).use()
    _warn_of_digests([term(node, "sha256") for node in objects])
    if objects and complete:
        _size(objects[0]).claim(f"{prefix}.volume", total, unit="B", note=f"sum of {len(objects)} files")
    if objects:
        url = _url(objects[0])
        scheme = first_text(url).partition("://")[0] if "://" in first_text(url) else ""
        url.claim(
            f"{prefix}.interface",
            _SCHEMES.get(scheme.lower(), "") if scheme else "file",
            note="by the content URL, which is not fetched",
        )
        encoding = term(objects[0], "encodingFormat")
        encoding.claim(f"{prefix}.system", first_text(encoding))
    live = term(top, "isLiveDataset")
    if live.flag():
        live.claim(f"{prefix}.kind", "live", note="isLiveDataset")


def _url(node: Node) -> Node:
    return term(node, "contentUrl") or term(node, "downloadURL")


def _size(node: Node) -> Node:
    return term(node, "contentSize") or term(node, "byteSize")


def _warn_of_digests(digests: list[Node]) -> None:
    """Say once how many digests are none: published datasets put an address or a placeholder in their place."""
    wrong = [node.use() for node in digests if node.text() and not _DIGEST.fullmatch(node.text())]
    if wrong:
        count = (
            "the digest is"
            if len(wrong) == len(digests) == 1
            else f"{len(wrong)} of {len(digests)} digests are"
        )
        wrong[0].warn(
            f"{count} no SHA-256: what was fetched cannot be checked", "ask the publisher for the digest"
        )


def _bytes(text: str) -> float | None:
    match = _SIZE.fullmatch(text.strip())
    if not match:
        return None
    factor = _FACTORS.get(match["unit"])
    return float(match["number"]) * factor if factor else None


def _claim_people(top: Node, prefix: str) -> None:
    for key in ("maintainer", "creator", "publisher"):
        node = linked(top, term(top, key))
        if first_text(node):
            node.claim(f"{prefix}.owner", first_text(node), note=f"the dataset's {key}")
            break
    personal = _rai(top, "personalSensitiveInformation")
    said = first_text(personal)
    if not personal or said.lower().rstrip(".") in _NO or not says_something(said, shortest=2):
        return
    if denies(said):
        personal.ask(
            "the dataset's authors say that it contains no personal or sensitive information, in their own words",
            f"write `personal_data: false` for {prefix} once somebody has looked",
        )
    else:
        personal.claim(
            f"{prefix}.personal_data", value=True, note="personal or sensitive information is described"
        )


def _claim_origin(top: Node, prefix: str) -> None:
    collected = _rai(top, "dataCollection") or _rai(top, "dataCollectionType")
    purpose = _rai(top, "dataUseCases") or term(top, "description")
    if collected and purpose:
        collected.claim(
            f"{prefix}.provenance_recorded", value=True, note="collection and purpose are described"
        )


IMPORTER = Importer(
    name="croissant",
    summary="Croissant 1.0 and 1.1 with RAI terms, schema.org and DCAT datasets: licence, volume, owner, personal data, origin",
    read=_read,
    sniff=_sniff,
    patterns=("*croissant*.json", "metadata.json", "*.jsonld"),
    prefix="sources[]",
    group="dataset",
)
