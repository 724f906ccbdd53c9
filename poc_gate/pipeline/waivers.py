"""The waiver ledger beside a manifest -> waivers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.judge.read_waivers import LEDGER, read_waivers
from poc_gate.pipeline.read_inputs import read_file

if TYPE_CHECKING:
    from poc_gate.model.finding import Waiver


def read_ledger(folder: Path) -> tuple[tuple[Waiver, ...], bytes]:
    """Return the waivers of the ledger in the manifest's folder, and its bytes for the digest.

    No ledger means no waivers; a broken one raises InvalidInputError, since ignoring it would hide
    waivers that a person relies on.
    """
    path = folder / LEDGER
    if not path.exists():
        return (), b""
    content = read_file(path)
    return read_waivers(content, path.as_posix()), content
