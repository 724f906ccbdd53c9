"""Puts the real output of commands into the README, between `<!-- output: ARGUMENTS -->` and `<!-- /output -->`.

usage: python .ci/readme_output.py [--check] README.md
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_BLOCK = re.compile(r"<!-- output: (.+?) -->\n.*?<!-- /output -->", re.DOTALL)
_MOST_LINES = 42


@cache
def _examples() -> str:
    """Return a folder outside of the repository with its examples: no output changes with each commit."""
    folder = tempfile.mkdtemp(prefix="readme-")
    atexit.register(shutil.rmtree, folder)
    shutil.copytree("examples", f"{folder}/examples")
    return folder


def _run(match: re.Match[str]) -> str:
    arguments = shlex.split(match[1])
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    folder = _examples()
    done = subprocess.run(  # noqa: S603 - our own program with the arguments of our own README
        [sys.executable, "-m", "poc_gate", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=folder,
    )
    lines = done.stdout.rstrip().splitlines()
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], "..."]
    text = "\n".join(lines)
    return (
        f"<!-- output: {match[1]} -->\n```text\n$ poc-gate {match[1]}\n{text}\n$ echo $?\n{done.returncode}\n```\n"
        "<!-- /output -->"
    )


def main() -> int:
    """Write the file anew, or say whether it is up to date."""
    path = Path(sys.argv[-1])
    old = path.read_text(encoding="utf-8")
    new = _BLOCK.sub(_run, old)
    if "--check" not in sys.argv:
        path.write_text(new, encoding="utf-8")
        return 0
    if old == new:
        return 0
    sys.stderr.write(f"{path} shows output that the program no longer prints -> run: bash .ci/documents.sh\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
