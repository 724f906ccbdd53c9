"""`machine.json` <-> machine profile: canonical bytes out, every fault with its line and column in."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.probe.profile.machine_facts import machine_facts
from poc_gate.inputs.probe.profile.profile_faults import profile_faults
from poc_gate.model.fact import Catalogue
from poc_gate.model.measurement import MachineProfile
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.documents.json_shape import shape_faults
from poc_gate.text.documents.strict_json import parse_json, placed

LARGEST = 32 * 2**20
"""Bytes; a profile with every curve of a large server stays below one MiB."""
_AGAIN = "record it again with `poc-gate probe -o machine.json`"


def write_profile(profile: MachineProfile) -> bytes:
    """Return a profile as canonical JSON: sorted keys, two spaces, a newline at the end."""
    plain = msgspec.to_builtins(profile)
    if not profile.hardware:  # of a data sheet or an older file: its bytes stay what they were
        del plain["hardware"]
    return canonical_json(plain, ascii_only=False)


def read_profile(content: bytes, file: str) -> MachineProfile:
    """Return the profile that `content` holds.

    Raises InvalidInputError with every fault found: syntax, unknown keys, wrong types, unknown facts,
    wrong units, values out of their plausible range.
    """
    read = parse_json(content, file, most_bytes=LARGEST, next_step=_AGAIN)
    found = shape_faults(read.data, MachineProfile, _AGAIN)
    if not found:
        profile = msgspec.convert(read.data, MachineProfile)
        found = list(profile_faults(profile, _catalogue()))
        if not found:
            return profile
    raise InvalidInputError(placed(read, found))


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a machine profile."""
    schema = msgspec.json.schema(MachineProfile)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "poc-gate machine profile",
        **schema,
    }


@cache
def _catalogue() -> Catalogue:
    return Catalogue(machine_facts())
