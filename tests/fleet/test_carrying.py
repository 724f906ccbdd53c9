"""Asking a node that hangs, floods, lies, dies or greets: one state each, within the limit, and nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fleet_samples import asked, fake_tool, profile_of, states
from msgspec.structs import replace

from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.inputs.probe.profile.profile_file import read_profile, write_profile
from poc_gate.many.fleet.carrying.bounded_process import run_command
from poc_gate.many.fleet.carrying.framed_answer import unframe
from poc_gate.many.fleet.carrying.outcome import last_words, of_profile, outcome_of
from poc_gate.many.fleet.carrying.remote_script import remote_script
from poc_gate.many.fleet.engines.slurm_engine import ENGINE as SLURM
from poc_gate.many.fleet.engines.ssh_engine import command as ssh_command
from poc_gate.many.fleet.interface import Ended, Engine, Errand, engines, find_engine
from poc_gate.model.many.fleet import Missed, NodeState
from poc_gate.model.measurement import MachineProfile, Measurement

ROOT = Path(__file__).parents[2]
NONCE = "poc-gate-0123456789abcdef"
BEHAVIOUR = {
    "n1": "hang", "n2": "fail", "n3": "nonsense", "n4": "half", "n5": "flood", "n6": "stubborn", "n7": "sheet",
    "n8": "slow0.5",
}  # fmt: skip
EXPECTED = {
    "n1": ("NOT_RUN", "timeout"),
    "n2": ("FAILED", "poc-gate ended there with exit code 3 and no profile"),
    "n3": ("FAILED", "what it sent is not a machine profile"),
    "n4": ("FAILED", "what it sent is not a machine profile"),
    "n5": ("FAILED", "it sent more than any profile holds"),
    "n6": ("NOT_RUN", "timeout"),
    "n7": ("FAILED", "what it sent is not a machine profile"),
    "n8": ("OK", ""),
    "n9": ("OK", ""),
}


@pytest.mark.parametrize("engine", engines(), ids=lambda engine: engine.name)
def test_an_engine_says_what_it_is(engine: Engine):
    page = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    assert f"`{engine.name}`" in page
    assert engine.summary
    assert "\n" not in engine.summary
    assert engine.carry is not None or engine.script is not None
    assert isinstance(engine.missing(), str)


def test_an_unknown_engine_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="carries questions") as refused:
        find_engine("kubernetes")
    assert refused.value.next_step == "choose local, ray, slurm, ssh"
    with pytest.raises(UsageError) as refused:
        find_engine("ssh", to_script=True)
    assert refused.value.next_step == "choose kubernetes, slurm"


def fleet(*arguments: str, cwd: Path, **others: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "poc_gate", "fleet", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False, **others
    )


def left_running(folder: Path) -> list[str]:
    """Return the command lines of processes that still run the stand-in."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if str(folder / "tool") in line and str(os.getpid()) != entry.name:
                found.append(line)
    return found


def test_every_node_ends_in_exactly_one_state_within_its_limit(tmp_path: Path):
    tool = fake_tool(tmp_path, BEHAVIOUR)
    begin = time.monotonic()
    done = fleet("probe", "--nodes", "n[1-9]", "--via", "local", "--at-once", "9", "--limit", "5", "--tool", str(tool),
                 "-o", "f", cwd=tmp_path)  # fmt: skip
    assert time.monotonic() - begin < 5 + 5 + 5  # limit, ending it, and this machine's start-up under load
    assert done.returncode == 0, done.stderr
    assert states(tmp_path / "f") == EXPECTED
    assert left_running(tmp_path) == []
    assert "2 NOT_RUN (timeout)" in done.stdout
    assert "\x1b" not in done.stdout
    assert "something broke \\x1b[31m here" in " ".join(done.stdout.split())
    assert sorted(asked(tmp_path)) == sorted(EXPECTED)


def test_a_killed_run_leaves_nothing_running_and_goes_on_with_the_rest(tmp_path: Path):
    tool = fake_tool(tmp_path, {f"n{n}": "hang" for n in (3, 4)})
    command = ["probe", "--nodes", "n[1-6]", "--via", "local", "--at-once", "2", "--limit", "60", "--tool", str(tool),
               "-o", "f", "-q"]  # fmt: skip
    running = subprocess.Popen([sys.executable, "-m", "poc_gate", "fleet", *command], cwd=tmp_path)
    wait_for(lambda: {"n3", "n4"} <= set(asked(tmp_path)))
    wait_for(lambda: len(states(tmp_path / "f")) == 2)
    running.kill()
    running.wait(10)
    wait_for(lambda: left_running(tmp_path) == [])
    assert set(states(tmp_path / "f")) == {"n1", "n2"}
    (tmp_path / "asked").unlink()
    fake_tool(tmp_path, {})
    done = fleet(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(asked(tmp_path)) == ["n3", "n4", "n5", "n6"]
    assert set(states(tmp_path / "f").values()) == {("OK", "")}


def test_an_interrupt_ends_what_runs_and_keeps_what_came_in(tmp_path: Path):
    tool = fake_tool(tmp_path, {"n2": "hang"})
    command = ["probe", "--nodes", "n[1-3]", "--via", "local", "--at-once", "1", "--limit", "60", "--tool", str(tool),
               "-o", "f", "-q"]  # fmt: skip
    running = subprocess.Popen(
        [sys.executable, "-m", "poc_gate", "fleet", *command], cwd=tmp_path, stderr=subprocess.PIPE
    )
    wait_for(lambda: "n2" in asked(tmp_path))
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    assert left_running(tmp_path) == []
    assert set(states(tmp_path / "f")) == {"n1"}


def wait_for(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_a_tool_that_is_not_there_is_said_and_asked_again_on_request(tmp_path: Path):
    done = fleet("probe", "--nodes", "a,b", "--via", "local", "--tool", "no-such-tool-here", "-o", "f",
                 "--min-answered", "50 %", cwd=tmp_path)  # fmt: skip
    assert done.returncode == 4
    assert "0 of 2 nodes were measured, fewer than 50 %" in done.stderr
    assert set(states(tmp_path / "f").values()) == {("NOT_RUN", "no tool")}
    tool = fake_tool(tmp_path, {})
    again = ["probe", "--nodes", "a,b", "--via", "local", "--tool", str(tool), "-o", "f"]
    done = fleet(*again, cwd=tmp_path)
    assert "2 nodes have a record already and were not asked again" in done.stderr
    assert asked(tmp_path) == []
    fleet(*again, "--again", "unmeasured", cwd=tmp_path)
    assert set(states(tmp_path / "f").values()) == {("OK", "")}


def test_a_prolog_may_talk_and_sets_what_the_tool_needs(tmp_path: Path):
    fake_tool(tmp_path, {})
    (tmp_path / "tool").rename(tmp_path / "poc-gate")
    prolog = f'echo "Loading modules {{ }}"; PATH={tmp_path}:$PATH'
    done = fleet(
        "probe",
        "-n",
        "a",
        "--via",
        "local",
        "--tool",
        "poc-gate",
        "--prolog",
        prolog,
        "-o",
        "f",
        cwd=tmp_path,
    )
    assert states(tmp_path / "f") == {"a": ("OK", "")}, done.stdout


def local_answer(script: str, seconds: float = 10.0) -> Ended:
    return run_command(["sh", "-s"], script=script, nonce=NONCE, deadline_s=seconds, stop=threading.Event())


def test_a_banner_before_and_after_is_not_part_of_the_answer(tmp_path: Path):
    tool = fake_tool(tmp_path, {})
    errand = Errand(NONCE, 10.0, tool=str(tool))
    banner = f"echo 'Welcome!'; echo '{{\"a\": 1}}'; echo '{NONCE} is not a mark'\n"
    ended = local_answer(banner + remote_script(errand) + "echo Bye\n")
    outcome = outcome_of(ended, NONCE, "a", read_profile)
    assert outcome.state is NodeState.OK
    assert outcome.profile == profile_of()


def test_a_command_that_outlives_its_complete_answer_is_not_waited_for():
    begin = time.monotonic()
    ended = local_answer(f"printf '\\n{NONCE} begin -\\nx\\n{NONCE} end 0\\n'; sleep 60\n")
    assert time.monotonic() - begin < 10
    assert unframe(ended.out, NONCE).content == b"x"


def test_a_process_that_holds_the_output_open_is_not_waited_for():
    begin = time.monotonic()
    ended = local_answer("setsid sleep 20 & exit 5\n")
    assert time.monotonic() - begin < 12
    assert ended.code == 5


def test_half_a_script_does_nothing(tmp_path: Path):
    tool = fake_tool(tmp_path, {})
    script = remote_script(Errand(NONCE, 10.0, tool=str(tool)))
    half = script[: script.index("poc_gate_probe=$!")]
    ended = run_command(["sh", "-c", half], script="", nonce=NONCE, deadline_s=5, stop=threading.Event())
    assert asked(tmp_path) == []
    assert ended.out == b""


@pytest.mark.parametrize("shell", ["dash", "bash"])
def test_the_script_runs_in_the_shells_there_are(tmp_path: Path, shell: str):
    tool = fake_tool(tmp_path, {})
    script = remote_script(Errand(NONCE, 10.0, tool=str(tool)))
    ended = run_command([shell, "-s"], script=script, nonce=NONCE, deadline_s=10, stop=threading.Event())
    assert unframe(ended.out, NONCE).code == 0


@pytest.mark.parametrize(
    ("ended", "state", "reason"),
    [
        (Ended(255, missed=Missed.AUTH), "NOT_RUN", "auth"),
        (Ended(0), "FAILED", "the command ended with exit code 0 and no answer"),
        (Ended(-9), "FAILED", "the command ended with signal 9 and no answer"),
        (Ended(None, cut="deadline"), "NOT_RUN", "timeout"),
        (Ended(0, f"{NONCE} begin -\nabc".encode()), "FAILED", "its answer was cut off"),
        (Ended(0, f"\n{NONCE} begin -\n\n{NONCE} end 137\n".encode()), "NOT_RUN", "timeout"),
        (Ended(0, f"\n{NONCE} begin -\n\n{NONCE} end 0\n".encode()), "FAILED",
         "poc-gate ended there with exit code 0 and no profile"),
        (Ended(0, f"\n{NONCE} no-tool -\n".encode()), "NOT_RUN", "no tool"),
        (Ended(0, b"\nanother begin -\n{}\nanother end 0\n"), "FAILED", "the command ended with exit code 0 and no answer"),
    ],
)  # fmt: skip
def test_exit_codes_decide_nothing(ended: Ended, state: str, reason: str):
    outcome = outcome_of(ended, NONCE, "n", read_profile)
    assert (outcome.state, outcome.reason) == (state, reason)


def test_a_profile_counts_whatever_the_exit_code_and_must_be_sound():
    content = write_profile(profile_of())
    framed = f"\n{NONCE} begin -\n".encode() + content + f"\n{NONCE} end 4\n".encode()
    assert outcome_of(Ended(1, framed), NONCE, "n", read_profile).state is NodeState.OK
    edited = framed.replace(b"AMD EPYC 9654", b"AMD EPYC 9999")
    outcome = outcome_of(Ended(0, edited), NONCE, "n", read_profile)
    assert outcome.state is NodeState.FAILED
    assert "does not follow from the recorded values" in outcome.said


def test_a_busy_machine_and_one_out_of_time_were_not_measured():
    profile = profile_of()
    plain = tuple(m for m in profile.measurements if not m.grade)

    def with_reason(reason: str, state: str) -> MachineProfile:
        absent = Measurement("machine.memory.read_all", None, "B/s", reason=reason)
        return replace(profile, measurements=(*plain, absent), environment={"state": state})

    busy = of_profile(
        with_reason("busy: other work took 1.0 of 2 CPUs", "busy: other work took 1.0 of 2 CPUs")
    )
    assert (busy.state, busy.reason, busy.said) == (
        NodeState.NOT_RUN,
        Missed.BUSY,
        "other work took 1.0 of 2 CPUs",
    )
    late = of_profile(with_reason("left out: the memory probe had not ended within the limit of 5 s", "calm"))
    assert (late.state, late.reason) == (NodeState.NOT_RUN, Missed.TIMEOUT)
    chosen = of_profile(with_reason("its probe was left out of this run", "calm"))
    assert chosen.state is NodeState.OK


def test_what_a_node_says_is_inert_and_short():
    assert last_words("a\n\n\x1b[2Jb\u202ec\n") == "a; \\x1b[2Jb\\u202ec"
    assert len(last_words("x" * 10_000)) < 310


def test_names_of_nodes_are_never_options():
    words = ssh_command("n1", Errand(NONCE, 30.0, options=("-F", "conf")))
    assert words[words.index("--") + 1 :] == ["n1", "sh -s"]
    assert words[: words.index("--")][-2:] == ["-F", "conf"]
    assert SLURM.carry is not None


def test_an_engine_that_is_not_installed_is_said_before_anything_is_asked(tmp_path: Path):
    empty = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for via, what in (("ssh", "the command ssh"), ("slurm", "the command srun")):
        done = fleet("probe", "-n", "a", "--via", via, "-o", "f", cwd=tmp_path, env=empty)
        assert done.returncode == 4
        assert f"{what} is not installed here" in done.stderr
        assert not (tmp_path / "f").exists()


@pytest.mark.parametrize(
    "arguments",
    [("--limit", "1"), ("--at-once", "0"), ("--again", "some"), ("--effort", "hard"), ("--only", "memroy"),
     ("--via", "telnet"), ("--nodes", "-oProxyCommand=x"), ("--engine-option", "a\nb")],
)  # fmt: skip
def test_options_that_make_no_sense_are_refused_before_anything_is_asked(
    tmp_path: Path, arguments: tuple[str, str]
):
    done = fleet("probe", "--nodes", "a", "--via", "local", "-o", "f", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "->" in done.stderr
    assert not (tmp_path / "f").exists()


def test_a_broken_record_is_told_with_its_place(tmp_path: Path):
    from poc_gate.app.ground.machines.fleet_folder import read_nodes

    tool = fake_tool(tmp_path, {})
    fleet("probe", "-n", "a,b", "--via", "local", "--tool", str(tool), "-o", "f", cwd=tmp_path)
    path = tmp_path / "f" / "nodes" / "a.json"
    path.write_text(path.read_text().replace('"OK"', '"GREAT"'))
    with pytest.raises(InvalidInputError, match=r"a\.json:\d+:\d+: "):
        list(read_nodes(tmp_path / "f"))
    done = fleet("show", "f", cwd=tmp_path)
    assert done.returncode == 3
