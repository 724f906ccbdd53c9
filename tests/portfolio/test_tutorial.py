"""docs/portfolio.md, followed literally: every command is run in its order, and what it prints is what stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "portfolio.md"
BLOCK = re.compile(
    r"^```(?P<kind>console|yaml file=(?P<file>\S+))\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)


def test_the_tutorial_does_what_it_says(tmp_path: Path):
    for name in ("claims-copilot", "fraud-scoring", "support-assistant"):
        shutil.copytree(ROOT / "examples" / name, tmp_path / "pilots" / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "poc-gate").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m poc_gate "$@"\n'
    )
    (tmp_path / "bin" / "poc-gate").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "COLUMNS": "88",
        "NO_COLOR": "1",
    }

    def followed(block: re.Match[str]) -> str:
        if block["file"]:
            (tmp_path / block["file"]).write_text(block["text"])
            return block[0]
        lines = []
        for line in block["text"].splitlines():
            if not line.startswith("$ "):
                continue
            done = subprocess.run(
                line[2:], shell=True, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{line}\n{done.stdout}"
            lines += [line, *done.stdout.rstrip().splitlines()]
        return "```console\n" + "".join(f"{line}".rstrip() + "\n" for line in lines) + "```"

    text = PAGE.read_text(encoding="utf-8")
    fresh = BLOCK.sub(followed, text)
    if os.environ.get("POC_GATE_REWRITE_GOLDEN"):
        PAGE.write_text(fresh, encoding="utf-8")
    assert fresh == text or os.environ.get("POC_GATE_REWRITE_GOLDEN")
    assert (tmp_path / "portfolio.html").stat().st_size > 10_000
