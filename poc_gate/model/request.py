"""Requests: the files that a manifest asks to be read, and the rules it says do not apply."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.claim import Place


class ImportRequest(Struct, frozen=True):
    """One file that the manifest names and that facts can be read from."""

    kind_hint: str
    """What the key promises: `contract`, `model-config`, `weights-index`, `ml-bom`, `slo`, `kubernetes`,
    `openlineage`, `prometheus`, `evaluation`, `document` (only its existence counts), or empty (`imports:`)."""
    path: str
    """Relative to the manifest's folder, with `/`, never leaving it."""
    prefix: str
    """Where the facts belong: `sources[policy-db]`, `model`, `slo`, or empty for the pilot as a whole."""
    place: Place
    """Where the manifest names the file."""
    option: str = ""
    """A choice inside the file, such as which server of a data contract is meant."""
    fact: str = ""
    """The manifest's key that names the file, such as `sources[policy-db].contract`."""


class EvidenceRequest(Struct, frozen=True):
    """One file that the manifest puts forward as evidence for a rule."""

    rule: str
    file: str
    """Relative to the manifest's folder."""
    place: Place
    sha256: str = ""
    """Digest that the manifest states; empty when it states none."""
    observed_at: str = ""
    """ISO 8601 date."""
    approver: str = ""
    hardware_fingerprint: str = ""


class NotApplicableEntry(Struct, frozen=True):
    """One rule that somebody with a role says does not apply."""

    rule: str
    reason: str
    approver: str
    place: Place
