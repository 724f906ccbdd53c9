"""`assess` in places that are against it: always words and the right exit code, never half a file."""

from __future__ import annotations

import errno
import json
import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from forked_command import run_command
from running_the_gate import EXAMPLES, ROOT, TODAY, Gate, assess_arguments, machine_of

from poc_gate.cli.surroundings import surroundings

ASSESS = (*assess_arguments("support-assistant"), "--quiet")
INTERRUPTED = {130, -signal.SIGINT}
"""By our own word, or by Python's when the signal meets it inside generated code; a shell shows 130 for both."""


def start(arguments: tuple[str, ...], folder: Path, **more: object) -> subprocess.Popen[bytes]:
    """Start the program without waiting for it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **more.pop("environment", {})}
    return subprocess.Popen(
        [sys.executable, "-m", "poc_gate", *arguments], cwd=folder, env=environment, **more
    )


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Return exit code and stderr; a traceback fails the test."""
    _, err = process.communicate(timeout=120)
    assert b"Traceback" not in (err or b"")
    assert b"internal error" not in (err or b""), err
    return process.returncode, (err or b"").decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("no/such/folder/x.html", "there is no folder no/such/folder"),
        (".", "it is a folder"),
    ],
)
def test_a_path_that_cannot_be_written_is_told_before_anything_is_read(gate: Gate, path: str, words: str):
    for option in ("--format", "--bundle"):
        asked = f"html={path}" if option == "--format" else path
        done = gate("assess", "nowhere", option, asked)
        assert (done.code, done.out) == (2, "")
        assert words in done.err


def test_a_second_output_that_cannot_be_written_leaves_no_first(gate: Gate):
    done = gate(*ASSESS, "--format", "html=first.html", "--format", "json=no/such/second.json")
    assert done.code == 2
    assert not list(gate.folder.iterdir())


def no_room() -> None:
    """Let no file of this process grow over 20 kB, as on a full disk; SIGXFSZ would end it without words."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.parametrize("target", ["html=page.html", "json=page.html", "bundle"])
def test_without_room_the_old_file_stays_whole(tmp_path: Path, target: str):
    (tmp_path / "page.html").write_text("NO-GO\n")
    option = ("--bundle", "page.html") if target == "bundle" else ("--format", target)
    process = start(
        (*ASSESS, *option),
        tmp_path,
        preexec_fn=no_room,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        environment={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    code, err = finish(process)
    assert code == 2
    assert "page.html cannot be written: File too large" in err
    assert "->" in err
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_text() == "NO-GO\n"


@pytest.mark.parametrize("arguments", [ASSESS, (*ASSESS, "--format", "json"), ("rules", "list")])
def test_stdout_without_room_is_told(tmp_path: Path, arguments: tuple[str, ...]):
    with (
        Path("/dev/full").open("wb") as full,
        (tmp_path / "err").open("wb") as err,
        Path(os.devnull).open() as nothing,
    ):
        done = run_command(arguments, cwd=tmp_path, streams=(nothing.fileno(), full.fileno(), err.fileno()))
    told = (tmp_path / "err").read_text()
    assert "Traceback" not in told
    assert done.returncode == 2
    assert "cannot be written: No space left on device" in told


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path):
    """As with `| head -1`."""
    process = start((*ASSESS, "--format", "json"), tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"{\n"
    process.stdout.close()
    process.stdout = None
    code, err = finish(process)
    assert code in {0, -signal.SIGPIPE}
    assert err == ""


@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2)], ids=str)
def test_closed_streams_cost_words_but_not_the_verdict(tmp_path: Path, closed: tuple[int, ...]):
    def close() -> None:
        for number in closed:
            os.close(number)

    code, _ = finish(start((*ASSESS, "--format", "html=page.html"), tmp_path, preexec_fn=close))
    assert code == 0
    page = (tmp_path / "page.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


def test_an_interrupt_while_probing_leaves_nothing(tmp_path: Path):
    """The progress on a terminal says when the probe runs; then the user presses Ctrl-C."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    pilot = shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    ours, theirs = pty.openpty()
    process = start(
        ("assess", str(pilot), "--effort", "thorough", "--storage", str(tmp_path), "--format", "json=out.json"),
        tmp_path, stdout=subprocess.DEVNULL, stderr=theirs, environment={"TMPDIR": str(scratch)},
    )  # fmt: skip
    os.close(theirs)
    told = b""
    while b"[" not in told.replace(b"\x1b[K", b""):
        told += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=60)
    try:
        while part := os.read(ours, 4096):
            told += part
    except OSError:  # how Linux says that the other side of a terminal is closed
        pass
    os.close(ours)
    assert code in INTERRUPTED
    assert b"poc-gate: stopped; nothing was left half-written" in told
    assert b"Traceback" not in told
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": ""},
        {"HOME": "", "XDG_CACHE_HOME": ""},
        {"POC_GATE_CACHE_DIR": "/proc/nowhere"},
        {"POC_GATE_CACHE_DIR": "/dev/null"},
        {"XDG_CACHE_HOME": "/dev/null/below"},
        {"CI": "true"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict"},
        {"TERM": "dumb", "COLUMNS": "0"},
        {"COLUMNS": "not a number"},
        {"TMPDIR": "/nonexistent"},
        {"PATH": "/nonexistent"},
        {"TZ": "Nowhere/Land"},
    ],
    ids=lambda environment: " ".join(f"{key}={value}" for key, value in environment.items()),
)
def test_the_verdict_is_the_same_in_odd_surroundings(gate: Gate, environment: dict[str, str]):
    done = gate(*ASSESS, "--format", "terminal", "--format", "json=out.json", environment=environment)
    assert (done.code, done.err) == (0, "")
    assert "GO" in done.out
    assert json.loads((gate.folder / "out.json").read_text())["verdict"]["word"] == "GO"


def test_words_beyond_ascii_survive_a_plain_locale(gate: Gate):
    shutil.copytree(EXAMPLES / "support-assistant", gate.folder, dirs_exist_ok=True)
    manifest = gate.folder / "pilot.yaml"
    manifest.write_text(manifest.read_text().replace("head of support", "Führung 支持"), encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for command in ("validate", "assess", "explain"):
        rule = ["I01"] if command == "explain" else []
        machine = [] if command == "validate" else ["--machine", "machine.json", "--on", TODAY]
        done = gate(command, *rule, "pilot.yaml", *machine, environment=plain)
        assert done.code == 0, done.err
        assert "internal error" not in done.err


@pytest.fixture
def read_only(tmp_path: Path) -> Callable[[], subprocess.Popen[bytes]]:
    """Return how to assess a pilot in a folder that nobody may write to, root included."""
    pilot = Path(shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot"))
    arguments = ("assess", ".", "--machine", "machine.json", "--on", TODAY, "--quiet")
    if os.getuid() != 0:
        for path in (pilot, *pilot.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        return lambda *more: start((*arguments, *more), pilot, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    program = [sys.executable, "-m", "poc_gate"]
    return lambda *more: subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", mount, str(pilot), *program, *arguments, *more],
        env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def test_a_read_only_folder_is_enough_to_be_judged(read_only: Callable[..., subprocess.Popen[bytes]]):
    assert finish(read_only()) == (0, "")
    code, err = finish(read_only("--format", "html=page.html"))
    assert code == 2
    assert "page.html cannot be written" in err


PROFILE = Path(machine_of("support-assistant"))
WRONG = {
    "a list": "[]",
    "nothing": "",
    "null": "null",
    "a number": "3",
    "an empty object": "{}",
    "another schema": '{"schema": "poc-gate.result/1"}',
    "no JSON": "name: {",
    "deeply nested": "[" * 50_000,
    "half a file": PROFILE.read_text()[:5000],
    "other bytes": "\0\x01\ufffe",
}


@pytest.mark.parametrize("option", ["--machine", "--sources"])
@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
def test_a_measurement_file_of_the_wrong_shape_is_told(gate: Gate, option: str, content: str):
    (gate.folder / "given.json").write_text(content)
    done = gate(*ASSESS, option, "given.json")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("poc-gate: given.json:")
    assert "->" in done.err


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("fingerprint", 3, "fingerprint must be a text"),
        ("kind", "guessed", "kind"),
        ("measurements", {}, "measurements must be"),
        ("oops", 1, "unknown key 'oops'"),
        ("schema", "poc-gate.machine/9", "poc-gate.machine/9"),
    ],
)
def test_a_profile_with_one_thing_wrong_is_told_with_that_thing(
    gate: Gate, key: str, value: object, words: str
):
    profile = json.loads(PROFILE.read_text())
    (gate.folder / "given.json").write_text(json.dumps({**profile, key: value}))
    done = gate(*ASSESS, "--machine", "given.json")
    assert (done.code, done.out) == (3, "")
    assert words in done.err


INTERRUPT_WHERE_NOTHING_CAN_BE_RAISED = """
import signal, time, typer
from poc_gate.__main__ import main

class Interrupting:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def echo(*words, **options):
    Interrupting()
    time.sleep(60)

typer.echo = echo
main()
"""


def test_an_interrupt_that_falls_into_a_finaliser_still_ends_it_in_words():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPT_WHERE_NOTHING_CAN_BE_RAISED, "sources", "list"],
        capture_output=True, text=True, timeout=30, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "poc-gate: stopped; nothing was left half-written\n")


LONG = "x" * 300
OUT_OF_REACH = [
    ("validate", "{bad}"),
    ("assess", "{bad}", "--machine", "l4-24gb"),
    ("assess", "{pilot}", "--machine", "{bad}"),
    ("assess", "{pilot}", "--machine", "l4-24gb", "--format", "json={bad}"),
    ("assess", "{pilot}", "--machine", "l4-24gb", "--bundle", "{bad}"),
    ("probe", "--quick", "--only", "topology", "-o", "{bad}"),
    ("import", "{bad}"),
    ("rules", "list", "--pack", "{bad}"),
    ("init", "{bad}", "--defaults"),
    ("sources", "plan", "{bad}"),
]
"""Python hides from `is_file()` what is not there, not what may not be looked at or has too long a name."""


def told_in_words(done: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert done.returncode in {2, 3}, done.stderr
    assert "->" in done.stderr or "not readable" in done.stderr


@pytest.mark.parametrize("arguments", OUT_OF_REACH, ids=" ".join)
def test_a_name_that_no_system_takes_is_told(tmp_path: Path, arguments: tuple[str, ...]):
    filled = tuple(word.format(bad=LONG, pilot=EXAMPLES / "support-assistant") for word in arguments)
    told_in_words(run_command(filled, cwd=tmp_path, env={**os.environ, "NO_COLOR": "1"}))


@pytest.mark.parametrize("arguments", OUT_OF_REACH, ids=" ".join)
@pytest.mark.parametrize("rights", [0o000, 0o644])
def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, arguments: tuple[str, ...], rights: int):
    closed = tmp_path / "closed"
    shutil.copytree(EXAMPLES / "support-assistant", closed)
    name = "pilot.yaml" if "{bad}" in arguments else "new"
    filled = tuple(word.format(bad=closed / name, pilot=EXAMPLES / "support-assistant") for word in arguments)
    closed.chmod(rights)
    try:  # not even root may look, without the capabilities that let it
        told_in_words(run_command(filled, cwd=tmp_path, may_look_everywhere=False))
    finally:
        closed.chmod(0o755)


@pytest.mark.parametrize(
    "arguments", [ASSESS, ("wall", ASSESS[1], "--machine", "l4-24gb")], ids=lambda a: a[0]
)
def test_a_working_folder_that_was_deleted_is_told(tmp_path: Path, arguments: tuple[str, ...]):
    gone = tmp_path / "gone"
    gone.mkdir()
    process = start(arguments, gone, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=gone.rmdir)
    code, err = finish(process)
    assert code == 2
    assert err == "poc-gate: the working folder is gone\n    -> change into a folder that exists\n"


def test_questions_to_a_closed_stdin_have_no_answers(tmp_path: Path):
    process = start(
        ("init", "new"), tmp_path, stdin=None, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        preexec_fn=lambda: os.close(0),
    )  # fmt: skip
    assert finish(process)[0] == 0
    assert (tmp_path / "new" / "pilot.yaml").is_file()


@pytest.mark.parametrize("endless", ["/dev/zero", "/dev/urandom"])
def test_a_device_without_end_is_no_profile(tmp_path: Path, endless: str):
    process = start(
        ("assess", str(EXAMPLES / "support-assistant"), "--machine", endless), tmp_path,
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)),
    )  # fmt: skip
    code, err = finish(process)
    assert code == 3
    assert "has more than 33,554,432 bytes; at most 33,554,432 are read" in err


def test_a_manifest_that_is_a_pipe_is_not_said_to_be_missing(gate: Gate):
    os.mkfifo(gate.folder / "pilot.yaml")
    for named in (".", "pilot.yaml"):
        done = gate("validate", named)
        assert done.code == 2
        assert "pilot.yaml is not a regular file" in done.err


def test_a_hundred_thousand_faults_are_not_all_told(gate: Gate):
    profile = json.loads(PROFILE.read_text())
    wrong = {**profile, **{f"key{number}": 1 for number in range(100_000)}}
    (gate.folder / "given.json").write_text(json.dumps(wrong))
    done = gate(*ASSESS, "--machine", "given.json")
    assert done.code == 3
    assert len(done.err.splitlines()) == 202
    assert done.err.endswith("and more faults\n    -> correct these first\n")


def test_a_folder_whose_name_is_no_text_is_judged_like_any_other(gate: Gate):
    folder = gate.folder / os.fsdecode(b"pilot-\xff")
    done = gate("init", str(folder), "--defaults")
    assert done.code == 0, done.err
    assert "pilot-\ufffd" in (folder / "pilot.yaml").read_text(encoding="utf-8")
    shutil.rmtree(folder)
    shutil.copytree(EXAMPLES / "support-assistant", folder)
    formats = ("json", "html", "markdown", "sarif", "junit", "github", "gitlab")
    asked = [word for name in formats for word in ("--format", f"{name}={name}.out")]
    done = gate("assess", str(folder), "--machine", PROFILE, "--on", TODAY, *asked, "--bundle", "kept.zip")
    assert (done.code, done.err) == (0, "")
    assert gate("verify", "kept.zip").code == 0
    for command in (("validate", str(folder)), ("wall", str(folder), "--machine", PROFILE)):
        assert gate(*command).code == 0


def test_what_the_memory_refuses_is_no_bug_of_ours():
    assert "not enough memory" in surroundings(MemoryError())
    assert "cannot be reached: Too many open files" in surroundings(
        OSError(errno.EMFILE, "Too many open files", "x")
    )
    assert surroundings(ValueError("ours")) == ""
    assert surroundings(FileNotFoundError(errno.ENOENT, "No such file", "x")) == ""


@pytest.mark.parametrize(
    "command", [("rules", "docs", "."), ("rules", "new", "X01-sample", "pack")], ids=" ".join
)
def test_pages_and_rules_are_whole_or_not_there(tmp_path: Path, command: tuple[str, ...]):
    def hardly_any_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    process = start(
        command, tmp_path, preexec_fn=hardly_any_room, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
        environment={"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    code, err = finish(process)
    assert code == 2
    assert "cannot be written: File too large" in err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_request_to_stop_leaves_nothing_of_the_base_behind(tmp_path: Path):
    """`--base-ref` writes files of another revision into a folder of its own; CI runners stop jobs by SIGTERM."""
    script = """
import os, signal, sys
from poc_gate.app.gate import base_files
write = base_files._write
def then_asked_to_stop(*words):
    write(*words)
    os.kill(os.getpid(), signal.SIGTERM)
base_files._write = then_asked_to_stop
from poc_gate.cli.app import run
sys.exit(run(sys.argv[1:]))
"""
    pilot = tmp_path / "pilot"
    shutil.copytree(EXAMPLES / "support-assistant", pilot)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*git, *words], cwd=pilot, check=True)
    done = subprocess.run(
        [sys.executable, "-c", script, "assess", ".", "--machine", "machine.json", "--base-ref", "HEAD"],
        cwd=pilot, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)},
    )  # fmt: skip
    assert done.returncode == 128 + signal.SIGTERM, done.stderr
    assert list(scratch.iterdir()) == []
