"""Croissant 1.0 and 1.1 with its responsible-AI terms -> rights, size, personal data and origin of a dataset."""

from __future__ import annotations

import re

from poc_gate.artifacts.document import Document
from poc_gate.artifacts.interface import Importer
from poc_gate.artifacts.reading import Node, Reading
from poc_gate.artifacts.source_items import source_prefix

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
}
_NO = ("none", "no", "n/a", "na", "not applicable", "false")
_NO_LICENCE = ("none", "unknown", "undefined", "other", "tbd", "see website", "n/a")
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:1]:
        words = f"{mapping.get('conformsTo', '')} {mapping.get('dct:conformsTo', '')} {str(mapping.get('@context', ''))[:4000]}"
        dataset = str(mapping.get("@type", "")).rsplit(":", 1)[-1].rsplit("/", 1)[-1] == "Dataset"
        return "croissant" in words.lower() or (
            dataset and ("distribution" in mapping or "recordSet" in mapping)
        )
    return False


def _read(reading: Reading) -> None:
    top, prefix = reading.root(), source_prefix(reading)
    reading.dated = top.at("dateModified").text()[:10]
    standard = top.first("conformsTo", "dct:conformsTo")
    version = re.search(r"croissant/?v?(\d+(?:\.\d+)*)", _first_text(standard), re.IGNORECASE)
    standard.claim(
        f"{prefix}.contract_standard", f"Croissant {version[1] if version else 'of unknown version'}"
    )
    top.at("version").claim(f"{prefix}.contract_version", top.at("version").text())
    _claim_rights(top, prefix)
    _claim_files(top, prefix)
    _claim_people(top, prefix)
    _claim_origin(top, prefix)


def _first_text(node: Node) -> str:
    """Return the text of a value, of its `@id`, `name` or `url`, or of the first element of a list."""
    for candidate in [node, *node.elements()]:
        found = candidate.text() or candidate.first("@id", "name", "url").text()
        if found:
            return found
    return ""


def _rai(top: Node, name: str) -> Node:
    return top.first(f"rai:{name}", name, f"{_RAI}{name}")


def _claim_rights(top: Node, prefix: str) -> None:
    licence = top.first("license", "sc:license", "schema:license")
    several = [text for text in map(_first_text, licence.elements()) if text]
    named = " AND ".join(dict.fromkeys(several)) or _first_text(licence)
    nothing = named.lower().rstrip("/").rsplit("/", 1)[-1] in _NO_LICENCE
    licence.claim(f"{prefix}.rights", "" if nothing else named, note="the dataset's licence")
    if not named or nothing:
        top.warn("the dataset has no licence", f"write `rights` for {prefix} once its terms are known")
    usage = top.first("usageInfo", "sc:usageInfo")
    if _first_text(usage):
        usage.use().warn(
            "the dataset has terms of use beside its licence", "read them before `rights_allow_ai: true`"
        )
    for name in ("dataUseCases", "dataLimitations", "dataBiases"):
        node = _rai(top, name)
        if node:
            node.use()
    limits = _rai(top, "dataLimitations")
    if limits:
        limits.warn("the dataset's authors name limitations", "hold them against the pilot's use")


def _claim_files(top: Node, prefix: str) -> None:
    total, complete = 0.0, True
    files = [node for node in top.at("distribution").members() if node.entries()]
    objects = [
        node for node in files if "FileObject" in _first_text(node.at("@type")) or node.at("contentUrl")
    ]
    for node in objects:
        size = _bytes(node.at("contentSize").text())
        complete = complete and size is not None and not node.at("containedIn")
        total += size or 0.0
        node.at("contentSize").use()
    _warn_of_digests([node.at("sha256") for node in objects])
    if objects and complete:
        objects[0].at("contentSize").claim(
            f"{prefix}.volume", total, unit="B", note=f"sum of {len(objects)} files"
        )
    if objects:
        url = objects[0].at("contentUrl")
        scheme = url.text().partition("://")[0] if "://" in url.text() else ""
        url.claim(
            f"{prefix}.interface",
            _SCHEMES.get(scheme, "file"),
            note="by the content URL, which is not fetched",
        )
        encoding = objects[0].at("encodingFormat")
        encoding.claim(f"{prefix}.system", _first_text(encoding))
    live = top.at("isLiveDataset")
    if live.flag():
        live.claim(f"{prefix}.kind", "live", note="isLiveDataset")


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
    for key in ("maintainer", "sc:maintainer", "creator", "sc:creator", "publisher", "sc:publisher"):
        node = top.at(key)
        if _first_text(node):
            node.claim(f"{prefix}.owner", _first_text(node), note=f"the dataset's {key.rsplit(':', 1)[-1]}")
            break
    personal = _rai(top, "personalSensitiveInformation")
    if personal and _first_text(personal).lower().rstrip(".") not in _NO:
        personal.claim(
            f"{prefix}.personal_data", value=True, note="personal or sensitive information is described"
        )


def _claim_origin(top: Node, prefix: str) -> None:
    collected = _rai(top, "dataCollection") or _rai(top, "dataCollectionType")
    purpose = _rai(top, "dataUseCases") or top.first("description", "sc:description")
    if collected and purpose:
        collected.claim(
            f"{prefix}.provenance_recorded", value=True, note="collection and purpose are described"
        )


IMPORTER = Importer(
    name="croissant",
    summary="Croissant 1.0 and 1.1 with RAI terms: licence, volume, owner, personal data, origin",
    read=_read,
    sniff=_sniff,
    patterns=("*croissant*.json", "metadata.json", "*.jsonld"),
    prefix="sources[]",
    group="dataset",
)
