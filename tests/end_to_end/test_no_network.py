"""Nothing goes over the network unless a command exists for that: no socket is opened, and none is missed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fork_server import RUN_BEFORE
from running_the_gate import EXAMPLES, TODAY, Gate, assess_arguments, machine_of

WATCH = """\
import os, sys

def watch(event, arguments):
    started = event == "subprocess.Popen" and os.path.basename(os.fsdecode(arguments[1][0])) != "git"
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) or started:
        with open(os.environ["WATCHED"], "a") as log:
            log.write(f"{event} {arguments}\\n")
        os._exit(77)

sys.addaudithook(watch)
"""
"""Runs in the process before anything of ours; an attempt ends it, so that no handler can hide it."""

OFFLINE = {
    "assess": (*assess_arguments("claims-copilot"), "--quiet", "--format", "html=page.html"),
    "assess, probing here": ("assess", str(EXAMPLES / "support-assistant"), "--effort", "quick", "--quiet"),
    "assess against a base": ("assess", "pilot", "--machine", machine_of("support-assistant"), "--on", TODAY,
                              "--base-ref", "HEAD", "--quiet"),
    "bundle": (*assess_arguments("support-assistant"), "--quiet", "--bundle", "bundle.zip"),
    "report": ("report", "result.json", "--format", "html=again.html"),
    "rules test": ("rules", "test"),
    "rules lint": ("rules", "lint"),
    "import": ("import", str(EXAMPLES / "claims-copilot" / "model" / "config.json")),
    "validate": ("validate", str(EXAMPLES / "claims-copilot")),
    "probe": ("probe", "--quick"),
    "explain": ("explain", "C01", str(EXAMPLES / "claims-copilot"), "--machine", "l4-24gb", "--on", TODAY),
    "wall": ("wall", str(EXAMPLES / "claims-copilot"), "--machine", "l4-24gb"),
    "init": ("init", "--defaults", "fresh"),
    "schema": ("schema", "pilot"),
}  # fmt: skip
CODES = {"assess": {12}, "assess, probing here": {0, 10, 11, 12}}
"""Every other command exits 0; what this machine comes to is not held here."""


@pytest.fixture
def watched(gate: Gate) -> tuple[Gate, dict[str, str], Path]:
    """Return the program under watch, with a pilot under git and a stored result beside it."""
    watch = gate.folder / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH)
    log = gate.folder / "watched.txt"
    root = Path(__file__).resolve().parents[2]
    return gate, {"PYTHONPATH": f"{watch}{os.pathsep}{root}", "WATCHED": str(log)}, log


LOADING = {"assess", "init"}
"""Commands watched from before anything of ours is loaded; the others from when the modules of `assess` are there."""


def test_the_watch_of_a_forked_command_sees_a_socket(
    watched: tuple[Gate, dict[str, str], Path], tmp_path: Path
) -> None:
    gate, _, log = watched
    script = tmp_path / "before.py"
    script.write_text(f"{WATCH}\nimport socket\nsocket.socket()\n")
    assert gate("schema", "pilot", environment={RUN_BEFORE: str(script), "WATCHED": str(log)}).code == 77
    assert log.read_text()


def test_the_watch_sees_a_socket(watched: tuple[Gate, dict[str, str], Path]):
    _, environment, log = watched
    for code in ("import socket; socket.socket()", "import subprocess; subprocess.run(['true'])"):
        log.unlink(missing_ok=True)
        done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment}, check=False)
        assert done.returncode == 77
        assert log.read_text()


@pytest.mark.parametrize("name", OFFLINE)
def test_no_command_opens_a_socket_or_starts_a_program(watched: tuple[Gate, dict[str, str], Path], name: str):
    gate, environment, log = watched
    if name == "report":
        gate(*assess_arguments("support-assistant"), "--format", "json=result.json")
    if name == "assess against a base":
        shutil.copytree(EXAMPLES / "support-assistant", gate.folder / "pilot")
        for line in ("init -q", "add pilot", "-c user.name=b -c user.email=b@example.org commit -qm first"):
            subprocess.run(["git", *line.split()], cwd=gate.folder, check=True)
    if name not in LOADING:
        environment = {RUN_BEFORE: str(gate.folder / "watch" / "sitecustomize.py"), "WATCHED": str(log)}
    done = gate(*OFFLINE[name], environment=environment)
    assert not log.exists(), log.read_text()
    assert done.code in CODES.get(name, {0}), done.err


def _apart() -> list[str]:
    """Return the words that run a program without a network, also for a user without root's rights; none where the system refuses."""
    for words in (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and not subprocess.run([*words, "true"], capture_output=True, check=False).returncode
        ):
            return words
    return []


APART = _apart()


@pytest.mark.skipif(
    not APART, reason="left out: no namespace of networks can be made here; the watch above holds everywhere"
)
@pytest.mark.parametrize("name", ["assess", "assess, probing here", "probe", "rules test"])
def test_it_works_without_any_network_interface(gate: Gate, name: str):
    done = subprocess.run(
        [*APART, sys.executable, "-m", "poc_gate", *OFFLINE[name]],
        cwd=gate.folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}, timeout=120,
    )  # fmt: skip
    assert done.returncode in CODES.get(name, {0}), done.stderr
    assert "Traceback" not in done.stderr
