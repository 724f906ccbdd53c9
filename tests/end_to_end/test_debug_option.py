"""`--debug` shows more and changes nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running_the_gate import EXAMPLES, ROOT, Done

ENDS = {
    "an invalid manifest": (("assess", "bad.yaml", "--machine", "l4-24gb"), 3),
    "a wrong word": (("assess", str(EXAMPLES / "support-assistant"), "--accept", "maybe"), 2),
    "no such command": (("asess",), 2),
    "an unmeasured source": (("sources", "run", "plain.yaml", "--yes", "-q"), 4),
    "help": (("assess", "--help"), 0),
}


def run(*arguments: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "poc_gate", *arguments], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("how", ENDS)
def test_the_exit_code_and_the_words_stay(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text("a: 1\n")
    source = "{id: a, system: http, url: 'http://127.0.0.1:9/x', probe: {environment: test}}"
    Path("plain.yaml").write_text(f"apiVersion: poc-gate/v1\npilot: {{name: s}}\nsources:\n  - {source}\n")
    arguments, code = ENDS[how]
    plain, debugged = run(*arguments), run("--debug", *arguments)
    assert plain.code == debugged.code == code
    assert re.sub(r"T[0-9:]+", "", debugged.out) == re.sub(r"T[0-9:]+", "", plain.out)
    assert debugged.err.endswith(plain.err)
    if code == 3:
        assert "Traceback" in debugged.err
