"""Lists of packages that PowerShell wrote are read as pip reads them: by their byte-order mark."""

from __future__ import annotations

import hashlib

import pytest

from poc_gate.inputs.artifacts.read_artifact import read_artifact


@pytest.mark.parametrize("version", ["==2.1.0", ""])
def test_a_list_in_utf16_says_what_it_says(version: str) -> None:
    pinned = bool(version)
    content = f"pandas==2.2.0\r\nnumpy{version}\r\n".encode("utf-16")
    result = read_artifact(content, "requirements.txt")
    claims = {one.fact: one for one in result.claims}
    said = claims["security.dependencies_pinned"]
    assert said.value is pinned
    assert said.note.startswith("2 of 2" if pinned else "1 of 2")
    assert ("the first without is numpy" in said.note) is not pinned
    assert result.sha256 == hashlib.sha256(content).hexdigest()
