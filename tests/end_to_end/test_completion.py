"""Completion by the real shell: the printed script is evaluated and asked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from forked_command import run_command
from running_the_gate import Gate

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/claims-copilot"
ASK = """
. {script}
COMP_WORDS=(poc-gate {words}); COMP_CWORD={at}
_poc_gate_completion poc-gate
echo "${{COMPREPLY[@]}}"
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what `poc-gate completion` prints for each shell, as a start-up file would source it."""
    folder = tmp_path_factory.mktemp("scripts")
    for shell in ("bash", "zsh", "fish"):
        done = run_command(["completion", shell])
        assert done.returncode == 0
        (folder / shell).write_text(done.stdout)
    return folder


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("ass", 1, "assess"),
        ("assess --mach", 2, "--machine"),
        ("rules li", 2, "list"),
        ("explain C01", 2, "C01-memory-fit"),
        ("assess . --stage p", 4, "production"),
        ("assess . --format sa", 4, "sarif"),
        ("assess . --machine l40s", 4, "l40s-48gb"),
        ("what-if . demand.req", 3, "demand.requests_per_day="),
        ("what-if . model.prec", 3, "model.precision="),
        ("probe show h100-s", 3, "h100-sxm-80gb"),
        ("probe --only memo", 3, "memory"),
        ("fleet probe --only memo", 4, "memory"),
        ("schema fac", 2, "facts"),
        ("completion z", 2, "zsh"),
        ("rules new X01-own pack --dimension sec", 6, "security-privacy"),
        ("rules coverage --framework nist-ai-r", 4, "nist-ai-rmf"),
        ("fleet show --format ht", 4, "html"),
        ("history changes --by pi", 4, "pilot"),
        ("portfolio run . --stage p", 5, "pilot"),
    ],
)
def test_bash_completes_commands_and_options(scripts: Path, words: str, at: int, expected: str) -> None:
    done = subprocess.run(
        ["bash", "-c", ASK.format(script=scripts / "bash", words=words, at=at)], capture_output=True, text=True, check=True,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
    )  # fmt: skip
    assert expected in done.stdout.split()


def test_an_unknown_shell_is_a_usage_error(gate: Gate):
    done = gate("completion", "tcsh")
    assert done.code == 2
    assert "bash" in done.err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("asses", "."), "assess"),
        (("explain", "C1"), "C01-memory-fit"),
        (("assess", str(EXAMPLE), "--machine", "l5-24gb"), "l4-24gb"),
    ],
)
def test_a_name_that_is_nearly_right_gets_the_right_one_named(gate: Gate, words: tuple[str, ...], meant: str):
    done = gate(*words)
    assert done.code in (2, 3)
    assert f"did you mean {meant}?" in done.err.replace("'", "")


@pytest.mark.parametrize(
    ("words", "at", "never"),
    [
        ("diff a b --format ''", 5, "pdf"),
        ("what-if . --format ''", 4, "sarif"),
        ("fleet show --format ''", 4, "junit"),
        ("probe --only ''", 3, "monitoring"),
        ("sources plan --only ''", 4, "C01-memory-fit"),
    ],
)
def test_bash_offers_no_word_that_the_command_refuses(scripts: Path, words: str, at: int, never: str) -> None:
    done = subprocess.run(
        ["bash", "-c", ASK.format(script=scripts / "bash", words=words, at=at)], capture_output=True, text=True, check=True,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
    )  # fmt: skip
    assert never not in done.stdout.split()


ZSH = """
autoload -Uz compinit && compinit -u -d {cache}
. {script}
_arguments() {{ print -r -- "$@" }}
words=({words}); CURRENT=${{#words}}
_poc_gate_completion
"""
FISH = 'source {script}; complete --do-complete "{words}"'
KINDS = [
    ("poc-gate ass", "assess"),
    ("poc-gate explain C01", "C01-memory-fit"),
    ("poc-gate assess . --stage p", "production"),
    ("poc-gate assess . --format sa", "sarif"),
    ("poc-gate assess . --machine l40s", "l40s-48gb"),
    ("poc-gate what-if . demand.req", "demand.requests_per_day="),
]
"""A line typed so far and what it may become: commands, rules, stages, formats, data sheets, facts."""


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish on this machine")
@pytest.mark.parametrize(("line", "expected"), KINDS)
def test_fish_completes_the_same(scripts: Path, line: str, expected: str, tmp_path: Path) -> None:
    told = _ask(
        ["fish", "--no-config", "--command", FISH.format(script=scripts / "fish", words=line)], tmp_path
    )
    assert expected in [row.partition("\t")[0] for row in told.splitlines()]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh on this machine")
@pytest.mark.parametrize(("line", "expected"), KINDS)
def test_zsh_completes_the_same(scripts: Path, line: str, expected: str, tmp_path: Path) -> None:
    script = ZSH.format(script=scripts / "zsh", cache=tmp_path / "dump", words=line)
    told = _ask(["zsh", "--no-rcs", "-c", script], tmp_path)
    assert expected in re.findall(r'"([^":]+)', told)


def _ask(command: list[str], home: Path) -> str:
    """Return what a shell prints that finds poc-gate and no settings of whoever runs the tests."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PATH": path, "HOME": str(home)}
    )
    return done.stdout
