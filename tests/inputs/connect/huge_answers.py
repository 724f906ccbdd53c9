"""Run as a program: measures one source, and prints state, reason and the MiB that this process grew by.

usage: huge_answers.py CASE [PORT DATABASE]
"""

from __future__ import annotations

import contextlib
import json
import resource
import socket
import sys
import tempfile
import threading
from itertools import repeat

from measuring import configured, measure_one

from poc_gate.inputs.connect.declared.declaration import Declaration

MIB = 2**20
LISTING = (
    b'<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>'
    b"<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>p/a</Key>"
    b'<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"x"</ETag><Size>65536</Size></Contents>'
    b"</ListBucketResult>"
)
RANGE = (
    b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-65535/65536\r\n"
    b'Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nETag: "x"\r\nContent-Length: 2621440000\r\n\r\n'
)


def message(kind: bytes, body: bytes) -> bytes:
    """Return one message of PostgreSQL's protocol, version 3."""
    return kind + (len(body) + 4).to_bytes(4, "big") + body


DESCRIBED = (
    message(b"2", b"")
    + message(b"T", b"\0\1" + b"a\0" + b"\0" * 6 + (25).to_bytes(4, "big") + b"\xff\xff" + b"\xff" * 4 + b"\0\0")
)  # fmt: skip
POSTGRES = {
    "one huge row": lambda: iter(
        (DESCRIBED + b"D" + (2**30 + 10).to_bytes(4, "big") + b"\0\1" + (2**30).to_bytes(4, "big"),
         *repeat(b"x" * MIB, 1024))),
    "rows without end": lambda: iter(
        (DESCRIBED, *repeat(message(b"D", b"\0\1" + (65536).to_bytes(4, "big") + b"x" * 65536), 30_000))),
    "notices without end": lambda: repeat(
        message(b"N", b"SWARNING\0VWARNING\0C01000\0M" + b"n" * 30_000 + b"\0\0"), 60_000),
}  # fmt: skip


def serve_postgres(wire: socket.socket, case: str) -> None:
    """Let anybody in, and answer every text with the case."""
    if wire.family != socket.AF_UNIX:
        wire.recv(65536)
        wire.sendall(b"N")  # no TLS here
    wire.recv(65536)
    wire.sendall(message(b"R", b"\0\0\0\0") + message(b"S", b"server_version\x0016.1\0")
                 + message(b"S", b"client_encoding\0UTF8\0") + message(b"Z", b"I"))  # fmt: skip
    while heard := wire.recv(65536):
        if heard[:1] == b"P":  # Parse; what comes after it asks for rows
            wire.sendall(message(b"1", b"") + message(b"Z", b"I"))
            continue
        for piece in POSTGRES[case]():
            wire.sendall(piece)


def serve_store(wire: socket.socket, _case: str) -> None:
    """List one object, and send its range without an end."""
    while heard := wire.recv(65536):
        if _case == "a listing without end":
            wire.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n"
                + LISTING[: LISTING.index(b"</ListBucketResult>")]
            )
            for _ in range(40_000):
                wire.sendall(b" " * 65536)
            return
        if b"list-type" in heard.split(b"\r\n")[0]:
            wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(LISTING) + LISTING)
            continue
        wire.sendall(RANGE)
        for _ in range(40_000):
            wire.sendall(b"A" * 65536)


def serving(case: str, folder: str = "") -> int:
    """Return the port of a hostile server that runs until the process ends; on a Unix socket in a folder where one is given."""
    if folder:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(f"{folder}/.s.PGSQL.5432")
        listening.listen()
    else:
        listening = socket.create_server(("127.0.0.1", 0))
    serve = serve_postgres if case in POSTGRES else serve_store

    def safely(wire: socket.socket) -> None:
        with contextlib.suppress(OSError), wire:
            serve(wire, case)

    def accept() -> None:
        while True:
            threading.Thread(target=safely, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return 5432 if folder else int(listening.getsockname()[1])


def declared(case: str, words: list[str]) -> Declaration:
    """Return the source of a case."""
    if case in {"a range without end", "a listing without end"}:
        options = {"environment": "test", "endpoint": f"http://127.0.0.1:{serving(case)}"}
        return Declaration("x", "s3", url="s3://b/p", options=options)
    if words:
        port, database = words
        options = {"environment": "test", "table": case, "key": "id"}
        return Declaration(
            "x", "postgresql", url=f"postgresql://{database}@127.0.0.1:{port}/{database}", options=options
        )
    options = {"environment": "test", "table": "t", "key": "id"}
    if case.startswith("unix: "):
        case, folder = case.removeprefix("unix: "), tempfile.mkdtemp()
        port = serving(case, folder)
        options["socket"] = folder
        return Declaration("x", "postgresql", url=f"postgresql://r@localhost:{port}/d", options=options)
    return Declaration("x", "postgresql", url=f"postgresql://r@127.0.0.1:{serving(case)}/d", options=options)


if __name__ == "__main__":
    source = declared(sys.argv[1], sys.argv[2:])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = measure_one(source, configured(timeout=5.0, wall=20.0, connections=2))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"state": report.state, "reason": report.reason, "grown": grown,
                      "measured": {one.fact: str(one.value) for one in report.measurements}}))  # fmt: skip
