"""Completion by the real shell: the printed script is evaluated and asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from running_the_gate import Gate

ASK = """
eval "$(poc-gate completion bash)"
COMP_WORDS=(poc-gate {words}); COMP_CWORD={at}
_poc_gate_completion poc-gate
echo "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [("ass", 1, "assess"), ("assess --mach", 2, "--machine"), ("rules li", 2, "list")],
)
def test_bash_completes_commands_and_options(words: str, at: int, expected: str):
    done = subprocess.run(
        ["bash", "-c", ASK.format(words=words, at=at)], capture_output=True, text=True, check=True,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
    )  # fmt: skip
    assert expected in done.stdout.split()


def test_an_unknown_shell_is_a_usage_error(gate: Gate):
    done = gate("completion", "tcsh")
    assert done.code == 2
    assert "bash" in done.err
