"""`poc-gate sources` from the command line, and what `assess` makes of its file."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path

import pytest
from forked_command import run_command
from sources_runs import RUN, SENT, write_budget, write_data, write_manifest


def _gate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_command(words, cwd=folder)


@pytest.fixture
def pilot(tmp_path):
    write_data(tmp_path)
    write_manifest(
        tmp_path,
        "{id: exports, system: nfs, url: data, p50: 10 s, max_age_needed: 4 h}",
        "{id: host, system: mainframe}",
    )
    write_budget(tmp_path)
    return tmp_path


def test_a_plan_sends_nothing_and_says_so(pilot):
    done = _gate(pilot, "sources", "plan", ".")
    assert done.returncode == 0, done.stderr
    assert "Nothing has been sent yet" in done.stdout
    assert "1 of 2 sources would be measured" in done.stdout


def test_a_run_without_yes_is_only_the_plan(pilot):
    done = _gate(pilot, *RUN, "-o", "out.json")
    assert done.returncode == 4
    assert "--yes" in done.stderr
    assert not (pilot / "out.json").exists()


def test_a_run_becomes_measured_facts_of_an_assessment(pilot):
    done = _gate(pilot, *SENT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "exports  (files)  measured" in done.stdout
    shown = _gate(pilot, "sources", "show", "out.json")
    assert shown.stdout == done.stdout
    result = _gate(pilot, "assess", ".", "--sources", "out.json", "--machine", "l4-24gb", "--format", "json")
    assert result.returncode in {0, 10, 11, 12}, result.stderr
    facts = {fact["name"]: fact for fact in json.loads(result.stdout)["facts"]}
    assert facts["sources[exports].samples"]["provenance"] == "measured"
    assert facts["sources[exports].measured_age"]["value"]["unit"] == "s"
    assert facts["sources[host].p99"]["value"] is None
    assert "no connector" in facts["sources[host].p99"]["why_unknown"]


def test_what_a_contract_promises_is_held_against_what_was_seen(pilot):
    """Frequency, freshness and availability of an imported ODCS contract, each with the call that was used."""
    for number in range(5):
        path = pilot / "data" / f"day-{number}.bin"
        path.write_bytes(b"a" * 50_000)
        os.utime(path, (time.time() - number * 86400,) * 2)
    (pilot / "contract.yaml").write_text(
        "apiVersion: v3.0.2\nkind: DataContract\nid: c\nname: exports\nversion: 1.0.0\nstatus: active\n"
        "servers: [{server: production, type: local, path: ./elsewhere, format: csv}]\n"
        "slaProperties:\n  - {property: frequency, value: 1, unit: d}\n  - {property: freshness, value: 36, unit: h}\n"
        "  - {property: availability, value: 99.5, unit: percent}\n",
        encoding="utf-8",
    )
    write_manifest(pilot, "{id: exports, system: nfs, url: data, contract: contract.yaml}")
    done = _gate(pilot, *SENT)
    assert done.returncode == 0, done.stderr
    (source,) = json.loads((pilot / "out.json").read_bytes())["sources"]
    promises = {promise["name"]: promise for promise in source["promises"]}
    assert promises["refresh"]["answer"] == "pass"
    assert promises["refresh"]["method"].startswith("last change of each of ")
    assert promises["freshness_promised"]["answer"] == "pass"
    assert promises["availability"]["answer"] == "undetermined", "one window of 120 calls cannot show it"


def test_a_source_named_alone_that_cannot_be_measured_exits_4(pilot):
    done = _gate(pilot, *RUN, "--yes", "--only", "host")
    assert done.returncode == 4
    assert "no connector for the system" in done.stdout


def test_an_unknown_source_is_a_usage_error(pilot):
    done = _gate(pilot, "sources", "plan", ".", "--only", "nope")
    assert done.returncode == 2
    assert "exports, host" in done.stderr


def test_the_connectors_are_listed_with_their_options(pilot):
    done = _gate(pilot, "sources", "list")
    assert done.returncode == 0
    assert "postgres" in done.stdout
    assert "probe.table" in done.stdout


def _hang_up_after_each_answer(listener: socket.socket) -> None:
    """Answer as a server that keeps the connection, then half-close it and reset it: the next call meets EPIPE."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, contextlib.suppress(OSError):  # the caller may have gone first
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            connection.shutdown(socket.SHUT_WR)
            time.sleep(0.001)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_a_server_that_hangs_up_ends_in_words_not_by_a_signal(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=_hang_up_after_each_answer, args=(listener,))
        server.start()
        port = listener.getsockname()[1]
        write_manifest(tmp_path, f"{{id: api, system: rest, url: 'http://127.0.0.1:{port}/x'}}")
        write_budget(tmp_path)
        done = _gate(tmp_path, *SENT)
        listener.shutdown(socket.SHUT_RDWR)
        server.join(timeout=10)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Broken pipe" in done.stdout
