"""One question with an end -> its whole answer, or the reason why there is none."""

from __future__ import annotations

import threading

from poc_gate.inputs.connect.drivers.http_exchange import HttpAnswer, HttpLink
from poc_gate.inputs.connect.interface import SourceError


def ask_within(link: HttpLink, path: str, seconds: float) -> HttpAnswer:
    """Return the answer to a GET, kept whole; raises SourceError of the kind `timeout` where it does not end in time.

    The time that a link allows holds for each wait on the socket alone: a server that sends a byte now and then, or
    headers, chunks and trailers without end, is left by this one. The link is of no use afterwards.
    """
    over = threading.Event()

    def leave() -> None:
        over.set()
        link.abort()

    watch = threading.Timer(seconds, leave)
    watch.daemon = True
    watch.start()
    try:
        return link.ask("GET", path, keep=True)
    except (OSError, SourceError):
        if not over.is_set():
            raise
        raise SourceError(f"no whole answer within {seconds:.3g} s", kind="timeout") from None
    finally:
        watch.cancel()
