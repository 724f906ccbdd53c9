"""One HTTP request -> status, headers, body size and the times of its parts; standard library, no redirects followed."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from poc_gate.inputs.connect.drivers.http_wire import HttpWire, read_body, request_head
from poc_gate.inputs.connect.interface import APPLICATION, Link, SourceBusyError, SourceError, Target

HTTP_ERRORS = (ssl.SSLError, ValueError)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One answer; the body is kept only where the caller asked for it."""

    status: int
    headers: Mapping[str, str]
    size: int
    first_byte: float
    """Seconds from the send to the first byte of the answer."""
    body: bytes = field(default=b"", repr=False)

    def data(self) -> Any:
        """Return the body as JSON; raises SourceError when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise SourceError("the answer is not JSON", kind="protocol") from None


def authorisation(target: Target) -> dict[str, str]:
    """Return the headers that carry the credential, by the option `auth`; nothing without a credential."""
    if target.secret is None:
        return {}
    how = target.option("auth", "bearer")
    if how == "basic":
        pair = f"{target.secret.user}:{target.secret.text}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    if how.startswith("header:"):
        return {how.removeprefix("header:"): target.secret.text}
    return {"Authorization": f"Bearer {target.secret.text}"}


def check_address(target: Target, *, auth: bool = True) -> list[str]:
    """Return every reason why an address cannot be asked."""
    found = [] if target.host else ["the address names no host: https://HOST/path"]
    parts = urlsplit(target.url)
    if parts.query and any(
        word in parts.query.lower() for word in ("token", "key", "secret", "password", "sig")
    ):
        found.append("the address carries a credential in its query; use `credential:` instead")
    how = target.option("auth", "bearer")
    if auth and how not in {"bearer", "basic"} and not how.startswith("header:"):
        found.append("the probe option 'auth' must be bearer, basic or header:NAME")
    if (
        target.secret is not None
        and target.scheme == "http"
        and target.host not in {"localhost", "127.0.0.1", "::1"}
    ):
        found.append("a credential is not sent without encryption; use https")
    return found


class HttpLink(Link):
    """One kept-alive connection to one host; opened anew where the server says that it closes it."""

    def __init__(self, target: Target) -> None:
        """Connect within the timeout, the steps timed apart; raises OSError."""
        self._target = target
        self.parts: dict[str, float] = {}
        self.encryption = "none"
        usual = 443 if target.scheme == "https" else 80
        self._port = target.port or usual
        host = f"[{target.host}]" if ":" in target.host else target.host
        self._host = host if self._port == usual else f"{host}:{self._port}"
        self._wire = self._open()
        self._headers = {"User-Agent": APPLICATION, "Accept-Encoding": "identity", **authorisation(target)}
        self._heads: dict[tuple[str, str], bytes] = {}

    @property
    def ends(self) -> bool:
        """Whether the server closes the connection after its last answer, so that every call pays for a new one."""
        return self._wire.ends

    def _open(self) -> HttpWire:
        target, timeout = self._target, self._target.limits.timeout
        begun = time.perf_counter()
        found = socket.getaddrinfo(target.host, self._port, type=socket.SOCK_STREAM)
        named = time.perf_counter()
        wire: Any = _dial(found, timeout)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected = time.perf_counter()
        if target.scheme == "https":
            try:
                context = ssl.create_default_context(cafile=target.ca or None)
                wire = context.wrap_socket(wire, server_hostname=target.host)
                self.encryption = f"{wire.version()}, server verified"
            except BaseException:
                wire.close()
                raise
        self.parts = {
            "dns": named - begun,
            "connect": connected - named,
            "tls": time.perf_counter() - connected,
        }
        return HttpWire(wire)

    def ask(
        self, method: str, path: str, *, body: object = None, keep: bool = False, on_chunk: Callable[[bytes], None] | None = None
    ) -> HttpAnswer:  # fmt: skip
        """Send one request and read its answer to the end; raises SourceError for every status but 2xx."""
        request = self._request(method, path, body)
        if self._wire.ends:
            self._wire.close()
            self._wire = self._open()
        begun = time.perf_counter()
        self._wire.send(request)
        status, headers = self._wire.head()
        first_byte = time.perf_counter() - begun
        size, kept = read_body(self._wire.body(method, status, headers), keep=keep, on_chunk=on_chunk)
        refuse_status(status, headers)
        return HttpAnswer(status, headers, size, first_byte, kept)

    def _request(self, method: str, path: str, body: object) -> bytes:
        if body is None:
            known = self._heads.get((method, path))
            if known is None:
                known = request_head(method, path, self._host, self._headers)
                self._heads[method, path] = known
            return known
        content = json.dumps(body).encode()
        about = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        return request_head(method, path, self._host, {**self._headers, **about}) + content

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def abort(self) -> None:
        """Shut the socket down under a call that hangs."""
        self._wire.abort()


def _dial(found: Sequence[Any], timeout: float) -> socket.socket:
    """Return a connection to the first address that takes one: a name may have some that nothing listens on."""
    for address in found[:-1]:
        try:
            return socket.create_connection(address[4][:2], timeout=timeout)
        except OSError:
            continue
    return socket.create_connection(found[-1][4][:2], timeout=timeout)


def _host_of(location: str) -> str:
    try:
        return urlsplit(location).hostname or "the same host"
    except ValueError:
        return "an address that cannot be read"


def refuse_status(status: int, headers: Mapping[str, str]) -> None:
    """Raise SourceError for every status but 2xx; a redirect is named, never followed."""
    if 200 <= status < 300:
        return
    if status == 429 or (status == 503 and "retry-after" in headers):
        wait = headers.get("retry-after", "")
        raise SourceBusyError(f"status {status}" + (f", Retry-After: {wait[:20]}" if wait else ""))
    if 300 <= status < 400:
        host = _host_of(headers.get("location", ""))
        raise SourceError(
            f"status {status}: redirected to {host}; redirects are not followed", kind="redirect"
        )
    kind = "unauthorised" if status in {401, 403} else "server" if status >= 500 else "protocol"
    raise SourceError(f"status {status}", kind=kind)
