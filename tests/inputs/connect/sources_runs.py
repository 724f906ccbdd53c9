"""A pilot of a few sources in a folder, and `poc-gate sources run` over it as a user starts it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CONFIG = "poc-gate.sources.toml"
RUN = ("sources", "run", ".", "--sources-config", CONFIG)
SENT = (*RUN, "--yes", "-o", "out.json")
"""Words that measure every source and write what was found."""
PROGRAM = (sys.executable, "-m", "poc_gate")


def environment(**more: str) -> dict[str, str]:
    """Return the environment of this process, in which the program is found; with `more` in it."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def write_manifest(folder: Path, *sources: str) -> None:
    """Write a pilot that names these sources, each in YAML on one line."""
    lines = "".join(f"  - {source}\n" for source in sources)
    (folder / "pilot.yaml").write_text(
        f"apiVersion: poc-gate/v1\npilot: {{name: tiny, stage: pilot}}\nsources:\n{lines}", encoding="utf-8"
    )


def write_budget(folder: Path, *lines: str, rate: str = "300 req/s") -> None:
    """Write the local configuration with a fast budget; `lines` follow it."""
    (folder / CONFIG).write_text("\n".join(["[budget]", f'rate = "{rate}"', *lines, ""]), encoding="utf-8")


def binding(reference: str, user: str = "") -> str:
    """Return the lines that let a credential go to this machine."""
    said = f'user = "{user}"\n' if user else ""
    return f'[[credentials]]\nreference = "{reference}"\nhosts = ["127.0.0.1"]\n{said}'


def write_data(folder: Path) -> None:
    """Write the one file of a source with `url: data`."""
    (folder / "data").mkdir()
    (folder / "data" / "a.bin").write_bytes(b"a" * 200_000)
