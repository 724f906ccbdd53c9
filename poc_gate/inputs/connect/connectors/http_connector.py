"""HTTP APIs: GET or HEAD on one kept-alive connection, the time to the first byte apart."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from poc_gate.inputs.connect.drivers.http_exchange import HTTP_ERRORS, HttpAnswer, HttpLink, check_address
from poc_gate.inputs.connect.interface import (
    Bulk,
    Call,
    Connector,
    Intent,
    Link,
    Newest,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
)
from poc_gate.inputs.connect.newest_age import newest_age

_METHODS = ("GET", "HEAD")
_TOLD = (
    "server",
    "age",
    "x-cache",
    "cache-control",
    "retry-after",
    "x-ratelimit-limit",
    "ratelimit-limit",
    "x-ratelimit-remaining",
)
"""Headers that are facts of the server: a cache in front and its limits."""


def paths_of(target: Target) -> list[str]:
    """Return the paths to ask in turn; the address's own where none is named."""
    parts = urlsplit(target.url)
    own = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return [path.strip() for path in target.option("paths").split(",") if path.strip()] or [own]


def _check(target: Target) -> tuple[str, ...]:
    found = check_address(target)
    if target.option("method", "GET") not in _METHODS:
        found.append("the probe option 'method' must be GET or HEAD")
    found += [
        f"the path {path!r} must begin with one / and stay on the host"
        for path in [*paths_of(target), target.option("bulk", "/")]
        if not path.startswith("/")
        or path.startswith("//")
        or any(character in path for character in " \r\n")
    ]
    return tuple(found)


def _intend(target: Target) -> Intent:
    paths = paths_of(target)
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    freshness = (
        f"{target.option('time')} in the answer" if target.option("time") else "Last-Modified of the answer"
    )
    return Intent(f"{target.option('method', 'GET')} {paths[0]}{more}", 16 * 1024, freshness)


class _Link(HttpLink):
    """One connection that asks the declared paths in turn."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._method, self._paths = target.option("method", "GET"), paths_of(target)

    def call(self, number: int) -> Call:
        answer = self.ask(self._method, self._paths[number % len(self._paths)])
        return Call(bytes=answer.size, parts={"first_byte": answer.first_byte})


class _Session(Session):
    """One host."""

    errors = HTTP_ERRORS

    def __init__(self, target: Target) -> None:
        self._target = target

    def connect(self) -> Link:
        return _Link(self._target)

    def prepare(self, link: Link) -> Server:
        assert isinstance(link, _Link)
        answer = link.ask(self._target.option("method", "GET"), paths_of(self._target)[0])
        notes = {name: answer.headers[name][:80] for name in _TOLD if name in answer.headers}
        notes["encryption"] = link.encryption
        if link.ends:
            notes["connection"] = "closed by the server after each answer: every call pays for a new one"
        notes |= {f"{name} (first connection)": f"{value:.6f} s" for name, value in link.parts.items()}
        return Server(notes.get("server", ""), None, notes)

    def newest(self, link: Link) -> Newest | None:
        assert isinstance(link, _Link)
        path, wanted = paths_of(self._target)[0], self._target.option("time")
        answer = link.ask("GET" if wanted else self._target.option("method", "GET"), path, keep=bool(wanted))
        if wanted:
            return Newest(newest_age(_find(answer, wanted), time.time()), f"{wanted} in GET {path}")
        stamp = answer.headers.get("last-modified")
        if not stamp:
            return None
        try:
            age = newest_age(parsedate_to_datetime(stamp), time.time())
        except ValueError:
            raise SourceError("Last-Modified contains no date", kind="protocol") from None
        return Newest(age, f"Last-Modified of {self._target.option('method', 'GET')} {path}")

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        assert isinstance(link, _Link)
        path = self._target.option("bulk")
        if not path:
            return None
        del most_bytes  # one answer is bounded by itself
        begun = time.perf_counter()
        answer = link.ask("GET", path)
        return Bulk(answer.size, 0, time.perf_counter() - begun, f"GET {path}")


def _find(answer: HttpAnswer, path: str) -> Any:
    """Return the value at a dotted path of the answer; digits are positions in lists."""
    value = answer.data()
    for step in path.split("."):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            raise SourceError(f"the answer has no {path!r}", kind="protocol") from None
    return value


CONNECTOR = Connector(
    name="http",
    summary="HTTP APIs: GET or HEAD of declared paths",
    systems=("http", "https", "rest", "api", "rest-api"),
    schemes=("http", "https"),
    options=(
        ProbeOption(
            "paths",
            "Paths to ask in turn, with commas between; default the address's own",
            "/policies/1,/policies/2",
        ),
        ProbeOption("method", "GET or HEAD", "GET"),
        ProbeOption(
            "time",
            "Dotted path in the JSON answer that says how new it is; default Last-Modified",
            "meta.updated_at",
        ),
        ProbeOption("bulk", "Path of one large answer for the throughput", "/export?limit=1000"),
        ProbeOption("auth", "How the credential is sent: bearer, basic or header:NAME", "header:X-Api-Key"),
        ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
    ),
    locks=(
        "GET and HEAD only",
        "the host of the manifest only: redirects are named, never followed",
        "paths are fixed before the run; no body is sent",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
)
