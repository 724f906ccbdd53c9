"""A session -> one bounded read by one reader, and the same by several at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

from poc_gate.inputs.connect.interface import Bulk, Link, Session

BULK_S = 20.0
"""Seconds after which a bulk read is broken off."""


@contextmanager
def watched_link(session: Session, seconds: float) -> Iterator[Link]:
    """Yield one connection that is broken off after `seconds`, and closed at the end."""
    link = session.connect()
    watchdog = threading.Timer(seconds, _abort, (session, link))
    watchdog.daemon = True
    watchdog.start()
    try:
        yield link
    finally:
        watchdog.cancel()
        with suppress(*session.failures):  # broken off just now: nothing is left to close
            link.close()


def _abort(session: Session, link: Link) -> None:
    with suppress(*session.failures):  # it ended by itself just now
        link.abort()


def read_in_bulk(session: Session, most_bytes: int) -> Bulk | None:
    """Return what one reader gets of at most `most_bytes`; raises one of the session's failures."""
    with watched_link(session, BULK_S) as link:
        return session.bulk(link, most_bytes)


def read_in_parallel(session: Session, most_bytes: int, readers: int) -> Bulk | None:
    """Return what several readers get together of at most `most_bytes`, each on a connection of its own.

    The seconds are those from the common start to the end of the last reader. None where a reader got
    nothing. Raises one of the session's failures.
    """
    with ExitStack() as links, ThreadPoolExecutor(readers, thread_name_prefix="poc-gate-bulk") as pool:
        opened = [links.enter_context(watched_link(session, BULK_S)) for _ in range(readers)]
        begun = time.perf_counter()

        def read(reader: int) -> Bulk | None:
            return session.bulk_part(opened[reader], most_bytes // readers, reader, readers)

        parts = list(pool.map(read, range(readers)))
        seconds = time.perf_counter() - begun
    found = [part for part in parts if part is not None]
    if len(found) < readers:
        return None
    size, rows = sum(part.bytes for part in found), sum(part.rows for part in found)
    return Bulk(size, rows, seconds, f"{readers} streams at once, each: {found[0].method}")


Ask = Callable[[str, Callable[[], Bulk | None], str], Bulk | None]
"""Asks once for something under a name, keeping the reason when nothing comes."""


def bulk_reads(
    session: Session, most_bytes: int, connections: int, ask: Ask
) -> tuple[Bulk | None, Bulk | None]:
    """Return the read of one stream and that of several, which share `most_bytes` and the cap on connections."""
    readers = min(session.readers, connections)
    if readers < 2:
        single = ask(
            "bulk", lambda: read_in_bulk(session, most_bytes), "no bulk read is declared for this source"
        )
        return single, None
    half = most_bytes // 2
    single = ask("bulk", lambda: read_in_bulk(session, half), "nothing there fits the byte budget")
    several = ask(
        "parallel",
        lambda: read_in_parallel(session, half, readers),
        "nothing there fits the byte budget",
    )
    return single, several
