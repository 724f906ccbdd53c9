"""Clients of Supabase in TypeScript -> what they ask, and whether they read tables or keep files."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.model.claim import Place

_OF_SUPABASE = frozenset(
    {"createClient", "createBrowserClient", "createServerClient", "createPagesServerClient"}
)
"""What makes a client of Supabase, which asks it over HTTP."""


def note_supabase_host(call: Call, short: str, place: Place, notes: Notes) -> None:
    """Note that Supabase is asked where a client of it is made."""
    if short in _OF_SUPABASE and call.what == "postgresql" and notes.file.shows("supabase"):
        host, why = PROVIDER_HOSTS["supabase"], f"{short} is made"
        notes.signals.hosts.append(HostSeen(host, why, place, notes.reader, notes.standing, INFERRED))


_READS_TABLES = re.compile(r"(?:^|\.)(?!(?:storage|array|buffer)\.)[a-z]\w*\.(?:from|rpc)$")


def note_supabase(callee: str, file: str, notes: Notes) -> None:
    """Note whether a client of Supabase keeps files or reads tables, for those that are made elsewhere."""
    if callee.endswith(".storage.from"):
        notes.technique("keeps files", "Supabase", Place(file), weight=1)
    elif _READS_TABLES.search(callee):
        notes.technique("reads tables", "Supabase", Place(file), weight=1)
