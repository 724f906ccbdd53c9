"""Prometheus' HTTP API -> one file of range queries: the known metrics that it holds, each by name, within a budget.

Only GET, and only `/api/v1/status/buildinfo`, `/api/v1/label/__name__/values` and `/api/v1/query_range`. The format of the
file is the answer of a range query (Prometheus' documentation, "HTTP API", read 2026-11-28).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Collection, Mapping
from urllib.parse import quote, urlencode, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.inputs.connect.credentials import (
    LOOPBACK,
    binding_to_add,
    is_bound,
    resolve_credential,
    trusted_file,
)
from poc_gate.inputs.connect.drivers.http_exchange import HTTP_ERRORS, HttpAnswer, HttpLink, check_address
from poc_gate.inputs.connect.failure_words import failure_words
from poc_gate.inputs.connect.interface import (
    APPLICATION,
    UNREADABLE,
    Call,
    Limits,
    RefusedError,
    SourceBusyError,
    SourceError,
    Target,
)
from poc_gate.inputs.connect.live.live_read import LivePlan, LiveRead, Tell
from poc_gate.inputs.connect.live.prometheus_series import clean_series, clean_text
from poc_gate.inputs.connect.live.within_time import ask_within
from poc_gate.inputs.connect.local_config import LocalConfig
from poc_gate.text.secrets.scrub import Scrubber

_RATE = 5.0
"""Queries a second."""
_MOST_BYTES = 128 * 10**6
_TIMEOUT = 30.0
_WALL = 300.0
_COARSER = 4
"""By how much the step grows where an answer is too long."""
_MOST_POINTS = 10_000
"""Prometheus itself answers with at most 11,000 points a series."""
_MATCHER = re.compile(r'\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"\s*')
_PARTS = ("_bucket", "_sum", "_count", "_total")


class MetricsRequest(Struct, frozen=True):
    """Which metrics of which time are asked of which server."""

    url: str
    names: tuple[str, ...]
    """Metrics whose meaning is known; of each its parts as well (`_bucket`, `_sum`, `_count`, `_total`)."""
    end: float
    """Seconds since 1970."""
    seconds: float
    step: float
    match: str = ""
    """Matchers of labels, as PromQL writes them: `namespace="claims",job="vllm"`."""
    credential: str = ""
    """Reference such as env:NAME, bound to the host in the user's own configuration."""
    allow_prod: bool = False


def plan_metrics(request: MetricsRequest, config: LocalConfig) -> LivePlan:
    """Return what would be asked, or why nothing is; nothing is resolved and nothing is sent."""
    target, refused = _target(request, config)
    points = request.seconds / request.step
    if points > _MOST_POINTS:
        refused.append(
            f"{points:,.0f} points a series are more than Prometheus answers with: choose a longer --step"
        )
    if request.match and not all(_MATCHER.fullmatch(one) for one in _split(request.match)):
        refused.append('--match takes matchers of labels, such as namespace="claims",job="vllm"')
    if target.host not in LOOPBACK and not request.allow_prod:
        refused.append(
            "what the server watches is not stated: --allow-prod permits reading metrics of production"
        )
    if request.credential and is_bound(request.credential, target.host, target.port, config) is None:
        refused.append(
            f"{request.credential} is not bound to {target.host}: add {binding_to_add(request.credential, target.host)}"
        )
    begun = dt.datetime.fromtimestamp(request.end - request.seconds, tz=dt.UTC)
    ended = dt.datetime.fromtimestamp(request.end, tz=dt.UTC)
    lines = (
        f"asks     {target.scheme}://{target.host}{f':{target.port}' if target.port else ''}{target.path}, by GET only",
        f"for      which of {len(request.names)} known metrics it holds, then each of those by name, unprocessed",
        f"of       {begun:%Y-%m-%d %H:%M} to {ended:%Y-%m-%d %H:%M} UTC in steps of {request.step:g} s ({points:,.0f} points a series)",
        f"where    {request.match or 'every label'}",
        f"budget   {_RATE:g} queries a second, one at a time; {_MOST_BYTES // 10**6} MB; {_WALL:g} s; stops when the server is busy",
        f"as       {request.credential or 'nobody: no credential is sent'}",
    )
    return LivePlan(lines, tuple(refused))


def read_metrics(request: MetricsRequest, config: LocalConfig, tell: Tell) -> LiveRead:
    """Ask the server and return one file of all answers.

    Raises SourceError where the server cannot be asked or holds none of the metrics, and RefusedError for a plan that is
    refused. A metric whose answer is too long even in coarser steps is left out and noted.
    """
    plan = plan_metrics(request, config)
    if plan.refused:
        raise RefusedError("; ".join(plan.refused))
    target, _ = _target(request, config)
    scrubber = Scrubber()
    if request.credential:
        secret = resolve_credential(request.credential, target.host, target.port, config, scrubber)
        target = replace(target, secret=secret)
    try:
        reader = _Reader(request, target)
        try:
            return reader.read(tell)
        finally:
            reader.link.close()
    except (*HTTP_ERRORS, OSError, *UNREADABLE) as error:
        raise SourceError(scrubber.message(failure_words(error, target))) from None


class _Link(HttpLink):
    """A connection on which only named questions are asked."""

    def call(self, number: int) -> Call:
        raise SourceError(f"there is no call number {number}", kind="refused")


class _Reader:
    """One connection, and what it has cost so far."""

    def __init__(self, request: MetricsRequest, target: Target) -> None:
        self.request, self.target = request, target
        self.link = _Link(target)
        self.size, self.begun, self.due = 0, time.monotonic(), 0.0
        self.notes: list[str] = []
        self.warnings: list[str] = []

    def read(self, tell: Tell) -> LiveRead:
        server = self._version()
        names = self._names()
        if not names:
            where = f" with {self.request.match}" if self.request.match else ""
            raise SourceError(
                f"it holds none of the {len(self.request.names)} known metrics{where} in that time"
            )
        found: list[object] = []
        for number, name in enumerate(names):
            tell(f"reading {name}", number / len(names))
            try:
                found += self._one(name)
            except SourceBusyError as error:
                self.notes.append(f"stopped at {name}: {error}")
                break
            if self.size > _MOST_BYTES or time.monotonic() - self.begun > _WALL:
                self.notes.append(
                    f"the budget was used up after {name}: {len(names) - number - 1} metrics were not read"
                )
                break
        ended = dt.datetime.fromtimestamp(self.request.end, tz=dt.UTC).isoformat(timespec="seconds")
        answer = {
            "status": "success",
            "data": {"resultType": "matrix", "result": found},
            "warnings": [*self.warnings, *self.notes],
            "readBy": {
                "tool": APPLICATION,
                "server": server,
                "step": self.request.step,
                "match": self.request.match,
                "until": ended,
            },
        }
        summary = f"{len(found):,} series of {len(names)} metrics from {server}, {self.size:,} bytes read"
        return LiveRead(
            json.dumps(answer, separators=(",", ":")).encode() + b"\n", summary, tuple(self.notes)
        )

    def _version(self) -> str:
        """Return product and version; servers that only speak Prometheus' protocol may not tell."""
        try:
            said = self._ask("/api/v1/status/buildinfo", {})
        except SourceError as error:
            if isinstance(error, SourceBusyError) or error.kind == "unauthorised":
                raise
            return "prometheus"
        version = said.get("version") if isinstance(said, Mapping) else None
        return f"prometheus {version[:40]}" if isinstance(version, str) else "prometheus"

    def _names(self) -> list[str]:
        """Return which of the metrics, and of their parts, the server holds in that time."""
        wanted = {f"{name}{part}" for name in self.request.names for part in ("", *_PARTS)}
        said = self._ask(
            "/api/v1/label/__name__/values", {"match[]": _selector(self.request), **self._times()}
        )
        return sorted(wanted & set(_texts(said)))

    def _one(self, name: str) -> list[object]:
        step = self.request.step
        query = f"{name}{{{self.request.match}}}" if self.request.match else name
        for attempt in range(2):
            try:
                said = self._ask(
                    "/api/v1/query_range", {"query": query, **self._times(), "step": f"{step:g}"}
                )
            except SourceBusyError:
                raise
            except SourceError as error:
                if attempt or "longer than" not in str(error):  # of read_body
                    self.notes.append(f"{name} was not read: {error}")
                    return []
                step *= _COARSER
                self.link.close()
                self.link = _Link(self.target)
                self.notes.append(f"{name} was read in steps of {step:g} s, its answer was too long")
                continue
            kept, left_out = clean_series(said.get("result") if isinstance(said, Mapping) else said)
            if left_out:
                self.notes.append(
                    f"{name}: {left_out:,} series are not of the form that Prometheus documents"
                )
            return kept
        return []

    def _times(self) -> dict[str, str]:
        return {"start": f"{self.request.end - self.request.seconds:.3f}", "end": f"{self.request.end:.3f}"}

    def _ask(self, path: str, query: Mapping[str, str]) -> object:
        """Return the `data` of one answer; raises SourceError for every answer that is not a success."""
        time.sleep(max(0.0, self.due - time.monotonic()))
        self.due = time.monotonic() + 1 / _RATE
        before = self.target.path.rstrip("/")
        answer = self._bounded(
            f"{before}{path}?{urlencode(query, quote_via=quote)}" if query else f"{before}{path}"
        )
        self.size += answer.size
        said = answer.data()
        if not isinstance(said, Mapping) or said.get("status") != "success":
            raise SourceError("the answer is not one of Prometheus's API", kind="protocol")
        self.warnings += [clean_text(one[:200], Scrubber()) for one in list(_texts(said.get("warnings")))[:5]]
        return said.get("data")

    def _bounded(self, path: str) -> HttpAnswer:
        left = max(0.1, min(_TIMEOUT, self.begun + _WALL - time.monotonic()))
        try:
            return ask_within(self.link, path, left)
        except SourceError as error:
            if error.kind == "timeout":
                self.link.close()
                self.link = _Link(self.target)
            raise


def _target(request: MetricsRequest, config: LocalConfig) -> tuple[Target, list[str]]:
    try:
        parts = urlsplit(request.url)
        port = parts.port or 0
    except ValueError as error:
        return Target("prometheus"), [f"the address cannot be read: {error}"]
    refused = []
    if parts.scheme not in ("http", "https"):
        refused.append("the address must begin with http:// or https://")
    if parts.username or parts.password:
        refused.append("the address carries a credential: name it as --credential env:NAME")
    if parts.query or parts.fragment:
        refused.append("the address ends with its path: https://HOST/prometheus")
    host = (parts.hostname or "").lower()
    limits = Limits(timeout=_TIMEOUT)
    port = port or (443 if parts.scheme == "https" else 80)
    target = Target(
        "prometheus", "prometheus", parts.scheme, host, port, parts.path, f"{parts.scheme}://{host}", None, {}, limits,
        trusted_file([(host, port)], config),
    )  # fmt: skip
    return target, [*refused, *check_address(target)]


def _selector(request: MetricsRequest) -> str:
    """Return the selector of all metrics that are wanted, so that no other name is sent."""
    starts = sorted(set(request.names))  # names of metrics hold nothing that a pattern reads otherwise
    named = f'__name__=~"(?:{"|".join(starts)})(?:{"|".join(_PARTS)})?"'
    return f"{{{named},{request.match}}}" if request.match else f"{{{named}}}"


def _split(match: str) -> list[str]:
    """Return the matchers of a list, cut at commas outside of quotes."""
    return re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+', match)


def _texts(said: object) -> Collection[str]:
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
