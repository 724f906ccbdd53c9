"""The terminal report as it arrives on a terminal of 80 and of 200 columns, and in a pipe."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import threading
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from forked_command import run_command
from running_the_gate import ROOT, Gate, assess_arguments

PILOTS = ("claims-copilot", "fraud-scoring", "support-assistant")
COLOR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
ERASE = re.compile(r"\x1b\[K")


def _read_all(terminal: int, told: bytearray) -> None:
    try:
        while part := os.read(terminal, 1 << 16):
            told += part
    except OSError:  # how Linux says that the other side of a terminal is closed
        pass


@cache
def on_terminal(*arguments: str, columns: int, **environment: str) -> str:
    """Return what arrives on a terminal of that width, stdout and stderr together, from the root folder."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "TERM"}}
    told = bytearray()
    reader = threading.Thread(target=_read_all, args=(ours, told))
    reader.start()
    try:
        run_command(
            arguments, cwd=ROOT, env={**kept, "TERM": "xterm-256color", **environment}, streams=(theirs,) * 3
        )
    finally:  # a reader that nobody ends would keep the whole run from ending
        os.close(theirs)
        reader.join()
        os.close(ours)
    assert b"Traceback" not in told
    return told.decode()


def relative(example: str) -> list[str]:
    """Return the arguments with paths as a user in the root folder types them."""
    return [argument.removeprefix(f"{ROOT}/") for argument in assess_arguments(example)]


def shown(text: str) -> list[str]:
    """Return the lines as they stand on the screen in the end, without colour and links."""
    plain = LINK.sub("", COLOR.sub("", text)).replace("\r\n", "\n")
    return [ERASE.sub("", line).rsplit("\r", 1)[-1] for line in plain.split("\n")]


def cells(line: str) -> int:
    """Return the width of a line in cells of a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the result of each example as a file, to be shown again without judging anew.

    Judged from the root folder by relative paths: a path is never broken, so one longer than the terminal
    is left to the terminal, and how deep this checkout lies is not what is tested.
    """
    folder = tmp_path_factory.mktemp("results")
    for example in PILOTS:
        Gate(ROOT)(*relative(example), "--format", f"json={folder / example}.json")
    return {example: folder / f"{example}.json" for example in PILOTS}


@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("example", PILOTS)
def test_no_line_is_wider_than_the_terminal(results: dict[str, Path], example: str, columns: int):
    assessed = on_terminal(*relative(example), "-v", columns=columns)
    others = (on_terminal("report", str(results[example]), view, columns=columns) for view in ("-vv", "-q"))
    for text in (assessed, *others):
        lines = shown(text)
        assert len(lines) > 5
        assert [line for line in lines if cells(line) > columns] == []
        assert [line for line in lines if "\x1b" in line] == [], "nothing but colours and links"


def test_a_wide_terminal_is_used_and_a_name_is_never_cut_there():
    narrow, wide = (shown(on_terminal(*relative("claims-copilot"), "-v", columns=c)) for c in (80, 200))
    assert max(map(cells, wide)) > 100
    assert len(wide) < len(narrow)
    path = "\n".join(wide).partition("Data path of one request")[2].partition("\n\n")[0]
    assert "source payments-warehouse" in path
    assert "…" not in path


def test_the_hops_of_the_data_path_stay_apart_on_a_narrow_terminal():
    lines = "\n".join(shown(on_terminal(*relative("claims-copilot"), "-v", columns=80)))
    path = lines.partition("Data path of one request")[2].partition("\n\n")[0]
    for source in ("policy-db", "payments-warehouse", "claim-documents", "claim-events"):
        assert f"source {source} " in path


def test_colours_and_links_are_for_terminals_alone():
    asked = relative("support-assistant")
    colored = on_terminal(*asked, columns=80)
    assert COLOR.search(colored)
    assert LINK.search(on_terminal(*asked, "-v", columns=80))
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = on_terminal(*asked, columns=80, **environment)
        assert not COLOR.search(plain)
        assert not LINK.search(plain)
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    piped = subprocess.run(
        [sys.executable, "-m", "poc_gate", *asked], cwd=ROOT, env=kept, capture_output=True, check=False
    )
    assert b"\x1b" not in piped.stdout + piped.stderr
    assert piped.stdout.decode().splitlines() == shown(on_terminal(*asked, columns=80, NO_COLOR="1"))[:-1]
    assert COLOR.search(on_terminal(*asked, "--color", "always", columns=80, NO_COLOR="1"))
    assert not COLOR.search(on_terminal(*asked, "--color", "never", columns=80))


def test_the_progress_bar_is_gone_in_the_end():
    told = on_terminal(*relative("claims-copilot"), columns=80)
    assert "[" in told.split("claims-copilot may")[0], "there was one"
    assert shown(told)[0].startswith("claims-copilot, production")


def test_a_terminal_of_forty_columns_cuts_nothing_but_places(results: dict[str, Path]):
    """A place stands whole on a line of its own, so that it can be copied."""
    told = shown(on_terminal("report", str(results["claims-copilot"]), columns=40))
    wide = [line for line in told if cells(line) > 40 and not line.startswith("    at     ")]
    assert wide == []


def test_a_terminal_that_lacks_the_marks_gets_plain_ones_in_the_same_columns(results: dict[str, Path]):
    gate = Gate(ROOT)
    full = gate("report", str(results["claims-copilot"]))
    plain = gate("report", str(results["claims-copilot"]), environment={"PYTHONIOENCODING": "ascii"})
    assert plain.code == full.code == 0
    assert plain.out.isascii()
    assert "\\u" not in plain.out
    assert "#?" in plain.out.replace(".", "")
    assert [len(line) for line in plain.out.splitlines()] == [len(line) for line in full.out.splitlines()]


@pytest.mark.parametrize("command", ["assess", "wall", "path", "validate", "explain", "what-if"])
def test_a_name_that_the_terminal_lacks_ends_no_run(tmp_path: Path, command: str):
    shutil.copytree(ROOT / "examples/claims-copilot", tmp_path / "pilot")
    manifest = tmp_path / "pilot/pilot.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("name: claims-copilot", "name: Prüfung 保険", 1), encoding="utf-8")
    more = {"explain": ["D02", "pilot"], "what-if": ["pilot", "demand.in_tokens_p95=9000 tok"]}
    machine = [] if command == "validate" else ["--machine", "l4-24gb"]
    # Of ascii typer believes that it is a mistake, and writes UTF-8.
    narrow = {"PYTHONIOENCODING": "iso8859-5", "PYTHONUTF8": "0"}
    done = Gate(tmp_path)(command, *more.get(command, ["pilot"]), *machine, environment=narrow)
    assert done.code in {0, 10, 11, 12}, done.err
    assert (done.out + done.err).isascii()
