"""Tests that run side by side come to what they come to one after another, and nothing that goes wrong is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SIDE_BY_SIDE = Path(__file__).with_name("side_by_side.py")
CONFTEST = f"""
import sys
sys.path.insert(0, {str(SIDE_BY_SIDE.parent)!r})
import pytest, side_by_side

def pytest_addoption(parser):
    side_by_side.add_option(parser)

@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    return side_by_side.run_tests(session)

@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    yield tmp_path_factory.mktemp("kept")
    with open({{told!r}}, "a") as told:
        print("torn down", file=told)
"""
BARE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
GOOD = """
import os, pathlib, pytest
@pytest.mark.parametrize("n", range(3))
def test_good(n, kept, tmp_path):
    assert not list(tmp_path.iterdir())
    (tmp_path / "own").touch()
    with open({told!r}, "a") as told:
        print("ran", os.getpid(), kept, file=told)
"""


def side_by_side(folder: Path, files: dict[str, str], *options: str) -> tuple[int, str, list[str]]:
    """Return exit code and summary of a run in two processes, and what its tests told."""
    told = str(folder / "told.txt")
    (folder / "conftest.py").write_text(CONFTEST.format(told=told), encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text.replace("{told!r}", repr(told)), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--processes",
        "2",
        *options,
        ".",
    ]
    temporary = {"PYTEST_DEBUG_TEMPROOT": str(folder), "PATH": os.environ["PATH"], **BARE}
    done = subprocess.run(
        command, cwd=folder, env=temporary, capture_output=True, text=True, check=False, timeout=60
    )
    lines = Path(told).read_text(encoding="utf-8").splitlines() if Path(told).exists() else []
    return done.returncode, done.stdout + done.stderr, lines


def test_each_test_runs_once_and_a_file_stays_in_one_process_with_fixtures_of_its_own(tmp_path: Path):
    names = [f"test_{letter}.py" for letter in "abcd"]
    code, said, told = side_by_side(tmp_path, dict.fromkeys(names, GOOD))
    assert (code, said.splitlines()[-1].partition(" in ")[0]) == (0, "12 passed")
    ran = [line.split()[1:] for line in told if line.startswith("ran")]
    assert len(ran) == 12
    processes = {process for process, _ in ran}
    assert len({tuple(pair) for pair in ran}) == len(processes)  # a session's fixture is set up once in each
    assert all(sum(process == other for other, _ in ran) % 3 == 0 for process in processes)
    assert told.count("torn down") == len(processes)


def test_what_fails_is_told_with_what_it_printed(tmp_path: Path):
    bad = "def test_bad():\n    print('said before')\n    assert 1 == 2\n"
    loud = "import warnings\ndef test_loud():\n    warnings.warn('careful')\n"
    code, said, _ = side_by_side(tmp_path, {"test_a.py": bad, "test_b.py": loud, "test_c.py": GOOD})
    assert code == 1
    assert "said before" in said
    assert "careful" in said
    assert "1 failed, 4 passed, 1 warning" in said


def test_the_first_failure_ends_the_run_where_that_is_asked_for(tmp_path: Path):
    bad = "def test_bad():\n    assert 1 == 2\n"
    slow = "import time\n" + "".join(f"def test_{n}():\n    time.sleep(0.3)\n" for n in range(9))
    code, said, _ = side_by_side(tmp_path, {"test_a.py": bad, "test_b.py": slow}, "-x")
    assert code == 1
    assert "stopping after 1 failures" in said
    assert "9 passed" not in said


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_is_gone_fails_the_test_it_was_at(tmp_path: Path, end: str):
    gone = (
        f"import os\ndef test_fine():\n    pass\ndef test_gone():\n    {end}\ndef test_never():\n    pass\n"
    )
    code, said, _ = side_by_side(tmp_path, {"test_a.py": gone, "test_b.py": GOOD})
    assert code == 1
    assert f"the process ended with {-9 if 'kill' in end else 0} while the test ran" in said
    assert "test_a.py::test_gone" in said


def test_what_is_left_at_the_very_end_fails_the_run(tmp_path: Path):
    left = "import pytest\n@pytest.fixture(scope='session')\ndef f():\n    yield\n    raise OSError('late')\ndef test_f(f):\n    pass\n"
    code, said, _ = side_by_side(tmp_path, {"test_a.py": left, "test_b.py": GOOD})
    assert code == 1
    assert "late" in said


def test_an_interrupted_run_leaves_no_process(tmp_path: Path):
    slow = "import os, time\ndef test_slow():\n    with open({told!r}, 'a') as t: print(os.getpid(), file=t)\n    time.sleep(60)\n"
    told = tmp_path / "told.txt"
    (tmp_path / "conftest.py").write_text(CONFTEST.format(told=str(told)), encoding="utf-8")
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(slow.replace("{told!r}", repr(str(told))), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--processes", "2", "."]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as run:
        while not told.exists() or len(told.read_text().splitlines()) < 2:
            assert run.poll() is None
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)
        said = run.communicate(timeout=30)[0]
    assert run.returncode == pytest.ExitCode.INTERRUPTED, said
    for process in map(int, told.read_text().split()):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_files_of_a_folder_are_left_to_those_that_have_been_there_while_others_wait(tmp_path: Path):
    where = "import os, pathlib\ndef test_where():\n    with open({told!r}, 'a') as t: print(os.getpid(), FOLDER, file=t)\n"
    files = {}
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        files |= {f"{folder}/test_{n}.py": where.replace("FOLDER", repr(folder)) for n in range(4)}
    code, _, told = side_by_side(tmp_path, files, "--import-mode=importlib")
    assert (code, len(told)) == (0, 8)
    first = {}
    for process, folder in map(str.split, told[:4]):
        first.setdefault(process, set()).add(folder)
    assert all(len(folders) == 1 for folders in first.values())
