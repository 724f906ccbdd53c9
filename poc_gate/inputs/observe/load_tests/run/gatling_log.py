"""Gatling's binary log (3.11 and later) -> requests with start, duration and outcome, and users that come and go.

A record begins with its kind: 0 run, 1 request, 2 user, 3 group, 4 error. Numbers are big-endian; times are milliseconds after
the start in the first record. A text is its length, its bytes and their coding; a repeated text is its negative number alone.
"""

from __future__ import annotations

import struct

from msgspec import Struct, field

from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests

_RUN, _REQUEST, _USER, _GROUP, _ERROR = range(5)
_MOST_SAID = 100_000
"""Names of groups, scenarios or assertions of one record."""
_VERSION = 40
"""Bytes of the version at most."""


class GatlingLog(Struct):
    """What a log holds."""

    version: str = ""
    requests: TimedRequests = field(default_factory=TimedRequests)
    most_users: int = 0
    """Users that were under way at once, at most."""
    open_users: int = 0
    """Users that had not ended when the log did."""
    cut: bool = False
    """The log ends within a record."""


class _Bytes:
    """Bytes that are read one field after another; IndexError or struct.error beyond their end."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, shape: str) -> int:
        found: int = struct.unpack_from(shape, self.content, self.at)[0]
        self.at += struct.calcsize(shape)
        return found

    def text(self) -> str:
        length = self.take(">i")
        if not 0 <= length <= len(self.content) - self.at:
            raise IndexError
        found = self.content[self.at : self.at + length].decode("latin-1")
        self.at += length + 1 if length else 0  # the coding follows
        return found

    def cached(self) -> None:
        if self.take(">i") >= 0:
            self.text()

    def groups(self) -> None:
        for _ in range(self.many()):
            self.cached()

    def many(self) -> int:
        found = self.take(">i")
        if not 0 <= found <= _MOST_SAID:
            raise IndexError
        return found


def is_binary_log(content: bytes) -> bool:
    """Say whether the first bytes are those of such a log: a zero, and a version behind its length."""
    if len(content) < 8 or content[0] != _RUN:
        return False
    length = int.from_bytes(content[1:5], "big")
    version = content[5 : 5 + length]
    return 3 <= length <= _VERSION and version[:1].isdigit() and b"." in version and version.isascii()


def read_log(content: bytes) -> GatlingLog | None:
    """Return what a log holds up to where it breaks off; None where its first record does not parse."""
    held, log = _Bytes(content), GatlingLog()
    try:
        start = _run(held, log)
    except (IndexError, struct.error):
        return None
    try:
        while held.at < len(content):
            _record(held, log, start)
    except (IndexError, struct.error):
        log.cut = True
    log.open_users = max(0, log.open_users)
    return log


def _record(held: _Bytes, log: GatlingLog, start: int) -> None:
    kind = held.take(">b")
    if kind == _REQUEST:
        _request(held, log, start)
    elif kind == _USER:
        held.take(">i")
        log.open_users += 1 if held.take(">b") else -1
        held.take(">i")
        log.most_users = max(log.most_users, log.open_users)
    elif kind == _GROUP:
        held.groups()
        held.take(">q")  # start and end
        held.take(">i")
        held.take(">b")
    elif kind == _ERROR:
        held.cached()
        held.take(">i")
    else:
        raise IndexError


def _run(held: _Bytes, log: GatlingLog) -> int:
    if held.take(">b") != _RUN:
        raise IndexError
    log.version = held.text()[:_VERSION]
    held.text()
    start = held.take(">q")
    held.text()
    for _ in range(held.many()):
        held.text()
    for _ in range(held.many()):
        length = held.take(">i")  # an assertion, in a coding of its own
        if not 0 <= length <= len(held.content) - held.at:
            raise IndexError
        held.at += length
    return start


def _request(held: _Bytes, log: GatlingLog, start: int) -> None:
    held.groups()
    held.cached()
    begun, ended, good = held.take(">i"), held.take(">i"), held.take(">b")
    held.cached()
    if ended >= begun:
        log.requests.add((start + begun) / 1000, (ended - begun) / 1000, failed=not good)
