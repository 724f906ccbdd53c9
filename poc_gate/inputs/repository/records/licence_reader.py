"""The file of a licence -> its name, by the words that only it has; of the code, of a model, or of the data."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

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
_TITLE, _BEGINNING = 300, 6_000
"""Letters: of the title, which decides where it names a licence, since texts name others further down; and of what is read."""
_FILE = r"(?:licen[cs]e|copying)(?:\.(?:md|txt|rst))?$"
_AT_THE_TOP = re.compile(f"^{_FILE}")
_BESIDE = re.compile(
    rf"(?:^|/)(?P<of>models?|weights|checkpoints|data|datasets?|corpus|corpora)/(?:[\w.-]+/){{0,2}}{_FILE}"
)
_OF_MODELS = frozenset({"model", "models", "weights", "checkpoints"})


def _kind(path: str) -> str:
    """Return whose licence it is, by the folder that it is kept in."""
    beside = _BESIDE.search(path)
    if beside is None:
        return "licence of the code"
    return "licence of a model" if beside["of"] in _OF_MODELS else "licence of the data"


def _read(file: TextFile, notes: Notes) -> None:
    kind = _kind(file.path.lower())
    # Licences of BSD differ in their last clause, which no title says.
    titled = tuple(row for row in _LICENCES if not row[0].startswith("BSD"))
    for text, rows in ((file.text[:_TITLE], titled), (file.text[:_BEGINNING], _LICENCES)):
        for name, pattern in rows:
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                line = text.count("\n", 0, match.start()) + 1
                notes.remark(kind, "", file.place(line), name)
                return
    notes.remark(kind, "a licence of its own: read it", file.place(1))


READER = Reader(
    name="licence",
    summary="the licence of the code, of models and of data, by the words that only it has",
    wants=lambda path: bool(_AT_THE_TOP.search(path) or _BESIDE.search(path)),
    read=_read,
    worst=Standing.DOCS,
)
