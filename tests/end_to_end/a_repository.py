"""A real git repository with the example that gets GO, and a rule pack of its own beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from running_the_gate import EXAMPLES, TODAY, Done, Gate

ASSESS = ("assess", "pilot", "--machine", "pilot/machine.json", "--on", TODAY, "--quiet")
PACK = ("--pack", "packs/house-rules")


def line_of(key: str) -> int:
    """Return the line of a key that stands once in the example's manifest, counted from 1."""
    lines = (EXAMPLES / "support-assistant" / "pilot.yaml").read_text().splitlines()
    (found,) = [number for number, line in enumerate(lines, 1) if line.strip().startswith(key)]
    return found


class Repository:
    """A folder under git; every change is one commit."""

    def __init__(self, folder: Path) -> None:
        """Make the repository with a first commit of pilot and pack."""
        self.folder = folder
        self.gate = Gate(folder)
        folder.mkdir()
        shutil.copytree(EXAMPLES / "support-assistant", folder / "pilot")
        shutil.copytree(EXAMPLES / "packs", folder / "packs")
        self.git("init", "-q")
        self.commit("first")

    def git(self, *arguments: str) -> str:
        """Run git without the settings of whoever runs the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", "builder"), ("EMAIL", "builder@example.org"))
        }
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True,
            env={**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
        ).stdout  # fmt: skip

    def commit(self, subject: str) -> None:
        """Commit everything in the folder."""
        self.git("add", "--all")
        self.git("commit", "-q", "-m", subject)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace one text in a file; a text that is not there would make the test say nothing."""
        text = (self.folder / name).read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.folder / name).write_text(text.replace(old, new))

    def ratchet(self, *more: str) -> Done:
        """Assess what is checked out against the commit before."""
        return self.gate(*ASSESS, *PACK, "--base-ref", "HEAD~1", "--ratchet", *more)
