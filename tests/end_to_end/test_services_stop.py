"""`.ci/services.sh stop` returns when what it stopped has ended, so that a start right after it meets nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "services.sh"
LINGERS = (
    "import signal, time\n"
    "signal.signal(signal.SIGTERM, lambda *_: (time.sleep({seconds}), exit(7)))\n"
    "print('ready', flush=True)\n"
    "signal.pause()\n"
)


@pytest.fixture
def checkout() -> Iterator[Path]:
    """Yield a checkout with nothing in it but the script, which the users of the databases can reach."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # those of pytest are closed to other users
    folder.chmod(0o755)
    (folder / ".ci").mkdir()
    shutil.copy(SCRIPT, folder / ".ci")
    (folder / ".cache/services/mariadb").mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


def stopped(folder: Path) -> subprocess.CompletedProcess[str]:
    ports = {f"POC_GATE_{name}_PORT": "1" for name in ("POSTGRES", "MYSQL", "REDIS")}
    command = ["bash", str(folder / ".ci/services.sh"), "stop"]
    return subprocess.run(
        command, check=False, env={**os.environ, **ports}, capture_output=True, text=True, timeout=60
    )


def test_stopping_waits_for_the_database_to_end(checkout):
    program = [sys.executable, "-c", LINGERS.format(seconds=1.0)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as database:
        assert database.stdout is not None
        assert database.stdout.readline() == b"ready\n"
        (checkout / ".cache/services/mariadb/mariadb.pid").write_text(f"{database.pid}\n", encoding="ascii")
        ended = stopped(checkout)
        code = database.poll()
        database.kill()  # else a failure would wait for it for ever
    assert code == 7, "it had ended by itself when the script returned"
    assert (ended.returncode, ended.stderr) == (0, "")


def test_stopping_what_has_ended_already_is_no_fault(checkout):
    assert stopped(checkout).returncode == 0
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (checkout / ".cache/services/mariadb/mariadb.pid").write_text(f"{gone.pid}\n", encoding="ascii")
    assert stopped(checkout).returncode == 0
