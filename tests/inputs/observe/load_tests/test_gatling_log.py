"""Gatling's binary log, made here field by field: requests, groups, users, repeated texts, and logs that break off."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from seen import facts, look, said, value

from poc_gate.errors import InvalidInputError

START = 1_795_852_291_000


def text(said):
    raw = said.encode("latin-1")
    return struct.pack(">i", len(raw)) + raw + (b"\x00" if raw else b"")


def run(scenarios=("ask",)):
    head = b"\x00" + text("3.13.4") + text("claims.Ask") + struct.pack(">q", START) + text("")
    assertion = b"\x01\x02\x03"
    return (
        head + struct.pack(">i", len(scenarios)) + b"".join(map(text, scenarios)) + struct.pack(">i", 1)
        + struct.pack(">i", len(assertion)) + assertion
    )  # fmt: skip


def user(at, *, begins):
    return b"\x02" + struct.pack(">i", 0) + struct.pack(">b", begins) + struct.pack(">i", at)


def request(at, took, *, good=True, first=False):
    name = struct.pack(">i", 1) + text("ask") if first else struct.pack(">i", -1)
    group = struct.pack(">i", 1) + (struct.pack(">i", 3) + text("group") if first else struct.pack(">i", -3))
    message = struct.pack(">i", 2) + text("") if first else struct.pack(">i", -2)
    return b"\x01" + group + name + struct.pack(">iib", at, at + took, good) + message


TIMES = [50 + (number * 37) % 400 for number in range(200)]
LOG = (
    run()
    + user(0, begins=1) + user(1, begins=1)
    + b"".join(request(number * 100, took, good=number % 20 != 3, first=not number) for number, took in enumerate(TIMES))
    + b"\x03" + struct.pack(">i", 1) + struct.pack(">i", -3) + struct.pack(">iiib", 0, 400, 380, 1)
    + b"\x04" + struct.pack(">i", 4) + text("no route") + struct.pack(">i", 5)
    + user(20_000, begins=0)
)  # fmt: skip


def written(tmp_path, content, name="simulation.log"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_the_log_gives_every_request(tmp_path):
    seen = look(written(tmp_path, LOG), "open, target=claims.example")
    assert seen.samples == 200
    assert (seen.origin.tool, seen.origin.version) == ("gatling", "3.13.4")
    assert value(seen, "load_test.error_rate") == pytest.approx(10 / 200)
    assert value(seen, "load_test.p95") == pytest.approx(
        np.quantile(TIMES, 0.95, method="inverted_cdf") / 1000
    )
    assert value(seen, "load_test.rate") == pytest.approx(10)
    assert value(seen, "load_test.concurrency") == 2
    assert "1 request" in said(seen), "one user had not ended"


def test_a_log_that_breaks_off_is_read_up_to_there(tmp_path):
    seen = look(written(tmp_path, LOG[:3000]))
    assert 0 < seen.samples < 200
    assert "breaks off within a record" in said(seen)


def test_a_run_without_requests_states_nothing_and_a_broken_head_is_refused(tmp_path):
    assert not any(one.startswith("load_test.p") for one in facts(look(written(tmp_path, run()))))
    with pytest.raises(InvalidInputError):
        look(written(tmp_path, run()[:12], "other-simulation.log"))
