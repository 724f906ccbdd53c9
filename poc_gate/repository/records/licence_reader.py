"""The file of a licence -> its name, by the words that only it has."""

from __future__ import annotations

import re

from poc_gate.repository.files.standing import Standing
from poc_gate.repository.files.text_file import TextFile
from poc_gate.repository.noting.interface import Reader
from poc_gate.repository.noting.notes import Notes

_LICENCES = (
    ("AGPL-3.0", r"GNU AFFERO GENERAL PUBLIC LICENSE"),
    ("LGPL-3.0", r"GNU LESSER GENERAL PUBLIC LICENSE"),
    ("GPL-2.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 2"),
    ("GPL-3.0", r"GNU GENERAL PUBLIC LICENSE"),
    ("Apache-2.0", r"Apache License\s+Version 2\.0"),
    ("MPL-2.0", r"Mozilla Public License,? (?:Version|v\.?) ?2"),
    ("MIT-0", r"MIT No Attribution"),
    ("MIT", r"MIT License|Permission is hereby granted, free of charge, to any person obtaining a copy"),
    ("BSD-3-Clause", r"Redistribution and use in source and binary forms[\s\S]*Neither the name"),
    ("BSD-2-Clause", r"Redistribution and use in source and binary forms"),
    ("CC-BY-NC-4.0", r"Attribution-NonCommercial 4\.0"),
    ("CC-BY-4.0", r"Attribution 4\.0 International"),
    ("BUSL-1.1", r"Business Source License 1\.1"),
    ("Elastic-2.0", r"Elastic License 2\.0"),
    ("Llama community licence", r"LLAMA \d[\d.]* COMMUNITY LICENSE"),
)  # fmt: skip
"""SPDX identifier, and what such a text has; the stricter of two that resemble each other comes first."""
_BEGINNING = 6_000


def _read(file: TextFile, notes: Notes) -> None:
    text = file.text[:_BEGINNING]
    for name, pattern in _LICENCES:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            notes.remark("licence of the code", "", file.place(line), name)
            return
    notes.remark("licence of the code", "a licence of its own: read it", file.place(1))


READER = Reader(
    name="licence",
    summary="the licence of the code, by the words that only it has",
    wants=lambda path: bool(re.search(r"^(?:licen[cs]e|copying)(?:\.(?:md|txt|rst))?$", path)),
    read=_read,
    worst=Standing.DOCS,
)
