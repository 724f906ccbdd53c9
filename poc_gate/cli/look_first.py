"""Before anything is asked: what the pilot's own folder says already."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poc_gate.app.authoring.init import Known


def look_first(folder: Path, service: str = "") -> Known | None:
    """Return what the files beside a manifest say, after saying how much that is; None where there is no folder yet."""
    from poc_gate.app.authoring.init_from import look_through
    from poc_gate.cli.progress import progress
    from poc_gate.text.inert_text import inert
    from poc_gate.words.grammar import count_of

    home = folder.parent if folder.suffix in {".yaml", ".yml"} else folder
    if not home.is_dir():
        return None
    with progress() as tell:
        found = look_through(home, home, tell, service=service)
    known = found.known
    values = sum(claim.fact not in {"pilot.name", "imports"} for claim in known.claims)
    if values:
        sys.stderr.write(
            f"The files here say {count_of(values, 'thing')} already, which you need not type: "
            "`poc-gate inspect` shows each.\n"
        )
    for notice in found.notices if not service else ():
        if "--service" in notice.next_step:
            sys.stderr.write(
                f"{inert(notice.message)}\n    -> `poc-gate init --service NAME` reads one of them alone\n"
            )
    return known
