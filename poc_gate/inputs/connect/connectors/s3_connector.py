"""S3-compatible object stores: ranged GETs over listed keys with obstore, no retries that would hide errors."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import socket
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.drivers.counting_relay import CountingRelay
from poc_gate.inputs.connect.interface import (
    APPLICATION,
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

_RANGE = 64 * 1024
_MOST_LISTED = 5000
_MOST_LISTING = 16 * 2**20
"""Bytes of all pages: five of a thousand objects are 3 MB, with names of the greatest length 8 MB."""
_MOST_KEYS = 500
_LONGEST_KEY = 1024
_BULK_RANGE = 8 * 2**20
_BULK_S = 10.0


def endpoint(target: Target) -> str:
    """Return the address that is dialled: the declared endpoint, or the provider's own of the region."""
    return target.option("endpoint") or f"https://s3.{target.option('region', 'us-east-1')}.amazonaws.com"


def hosts(target: Target) -> tuple[tuple[str, int], ...]:
    """Return the host and port that are dialled, for the binding of credentials."""
    parts = urlsplit(endpoint(target))
    return ((parts.hostname or "", parts.port or (80 if parts.scheme == "http" else 443)),)


def _check(target: Target) -> tuple[str, ...]:
    parts = urlsplit(endpoint(target))
    found = [] if target.host else ["the address names no bucket: s3://BUCKET/prefix"]
    if target.scheme != "s3":
        found.append(
            "the address must be s3://BUCKET/prefix; a store's own goes into `probe: {endpoint: ...}`"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        found.append("the probe option 'endpoint' must be https://HOST, without credentials")
    if parts.scheme == "http" and target.secret and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        found.append("a credential is not sent without encryption; use https")
    return tuple(found)


def _intend(target: Target) -> Intent:
    listing = f"newest LastModified of the first {_MOST_LISTED:,} objects listed"
    return Intent(
        f"GET of {_RANGE // 1024} KiB ranges of up to {_MOST_KEYS} objects below {target.path.strip('/') or '/'}",
        _RANGE,
        listing,
        f"LastModified of the first {_MOST_LISTED:,} objects listed",
        cost=f"{_MOST_LISTED // 1000} LIST requests and one GET per call, at the provider's price",
    )


def _get(store: Any, name: str, start: int, end: int) -> Any:
    """Return the answer to one ranged GET; raises SourceError where the client breaks down over the object's name."""
    import obstore

    try:
        return obstore.get(store, name, options={"range": (start, end)})
    except BaseException as error:
        if (
            type(error).__name__ != "PanicException"
        ):  # of the Rust runtime, below no class that can be imported
            raise
        raise SourceError(f"the client cannot ask for such an object: {error}", kind="protocol") from None


def _read_range(answer: Any, wanted: int) -> int:
    """Return the bytes of one range, read piece by piece; raises SourceError where the store sends more of them."""
    size = 0
    for piece in answer.stream(min_chunk_size=1):
        size += len(piece)
        if size > wanted:
            raise SourceError(f"the answer is longer than the {wanted:,} bytes asked for", kind="protocol")
    return size


class _Link(Link):
    """One client with a connection of its own."""

    def __init__(self, session: _Session) -> None:
        self._session = session
        self.store = session.open_store()

    def call(self, number: int) -> Call:
        objects = self._session.objects
        name, size = objects[number % len(objects)]
        begun = time.perf_counter()
        wanted = min(_RANGE, size)
        answer = _get(self.store, name, 0, wanted)
        first_byte = time.perf_counter() - begun
        return Call(bytes=_read_range(answer, wanted), parts={"first_byte": first_byte})

    def close(self) -> None:
        self.store = None

    def abort(self) -> None:
        """Leave it to the client's own timeout, which covers the whole request."""


class _Session(Session):
    """One bucket, or a prefix of it."""

    readers = 4

    def __init__(self, target: Target) -> None:
        from obstore.exceptions import BaseError

        self._target = target
        self.objects: list[tuple[str, int]] = []
        self._changes: list[float] = []
        self._listed = 0
        self.errors = (BaseError,)
        nowhere = socket.socket()
        nowhere.bind(("127.0.0.1", 0))  # and never listens: what comes here is refused
        self._nowhere: int = nowhere.getsockname()[1]
        weakref.finalize(self, nowhere.close)
        # Read once for all connections: a file that is renewed meanwhile is empty for a moment.
        self._trusted = Path(target.ca).read_bytes() if target.ca else b""

    def open_store(self, proxy: str = "") -> Any:
        from obstore.store import S3Store

        target, timeout = self._target, dt.timedelta(seconds=self._target.limits.timeout)
        parts = urlsplit(endpoint(target))
        keys: dict[str, Any] = {"skip_signature": True}
        if target.secret is not None:
            user, _, text = target.secret.text.rpartition(":")
            # A provider, because keys given one by one are completed from the environment: a session token
            # that lies around there would go along.
            given = {"access_key_id": target.secret.user or user, "secret_access_key": text, "token": None}
            keys = {"credential_provider": lambda: {**given, "expires_at": None}}
        client: Any = {
            "timeout": timeout,
            "connect_timeout": timeout,
            "user_agent": APPLICATION,
            "allow_http": parts.scheme == "http",
        }
        # The client follows redirects. A request to any other host than the one that is dialled meets a port on which
        # nobody listens, held by this session.
        client["proxy_url"] = proxy or f"http://127.0.0.1:{self._nowhere}"
        if not proxy:
            client["proxy_excludes"] = hosts(target)[0][0]
        if target.ca:
            client["root_certificate"] = self._trusted
        return S3Store(
            target.host,
            endpoint=endpoint(target),
            region=target.option("region", "us-east-1"),
            virtual_hosted_style_request=False,
            client_options=client,
            retry_config={"max_retries": 0},
            **keys,
        )

    def connect(self) -> Link:
        return _Link(self)

    def prepare(self, link: Link) -> Server:
        del link  # a page is read whole by the client, so that it is listed through a relay that counts
        found = self._list()
        readable = [entry for entry in found if entry[1]]
        if not readable:
            raise SourceError("no object below the prefix has any content", kind="empty")
        self._listed = len(found)
        self.objects += random.Random(0).sample(readable, min(_MOST_KEYS, len(readable)))  # noqa: S311 - a sample, no secret
        secure = urlsplit(endpoint(self._target)).scheme == "https"
        notes = {
            "encryption": "TLS, server verified" if secure else "none",
            "objects listed": f"{len(found):,}",
            "keys sampled": str(len(self.objects)),
        }
        if len(self.objects) < 100:
            notes["distinct keys"] = "fewer than 100: a cache may answer"
        return Server("", None, notes)

    def _list(self) -> list[tuple[str, int]]:
        """Return the first objects below the prefix with their sizes; raises SourceError for a listing without end."""
        import obstore

        (host, port), seconds = hosts(self._target)[0], self._target.limits.timeout
        found: list[tuple[str, int]] = []
        with CountingRelay(host, port, most_bytes=_MOST_LISTING, seconds=seconds) as relay:
            try:
                store = self.open_store(relay.url)
                for batch in obstore.list(
                    store, prefix=self._target.path.strip("/") or None, chunk_size=1000
                ):
                    for entry in batch:
                        if len(entry["path"].encode()) > _LONGEST_KEY:
                            what = f"an object's key has more than the {_LONGEST_KEY:,} bytes of S3"
                            raise SourceError(what, kind="protocol")
                        found.append((entry["path"], int(entry["size"])))
                        self._changes.append(entry["last_modified"].timestamp())
                    if len(found) >= _MOST_LISTED:
                        break
            except self.errors:
                if relay.is_cut:
                    raise SourceError(
                        f"the listing is longer than {_MOST_LISTING:,} bytes", kind="protocol"
                    ) from None
                raise
        return found

    def newest(self, link: Link) -> Newest | None:
        del link
        age = time.time() - max(self._changes)
        return Newest(age, f"newest LastModified of {self._looked_at()}")

    def renewals(self, link: Link) -> Renewals | None:
        del link
        ages = tuple(time.time() - change for change in self._changes)
        return Renewals(ages, f"LastModified of {self._looked_at()}")

    def _looked_at(self) -> str:
        more = "; there are more" if self._listed >= _MOST_LISTED else ""
        return f"{self._listed:,} objects listed{more}"

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        return self.bulk_part(link, most_bytes, 0, 1)

    def bulk_part(self, link: Link, most_bytes: int, reader: int, readers: int) -> Bulk | None:
        """Get every `readers`-th range of the largest objects sampled, one range after the other."""
        assert isinstance(link, _Link)
        begun, size, count = time.perf_counter(), 0, 0
        for name, start, length in itertools.islice(self._ranges(), reader, None, readers):
            if size + length > most_bytes or time.perf_counter() - begun > _BULK_S:
                break
            answer = _get(link.store, name, start, start + length)
            size += _read_range(answer, length)
            count += 1
        if not size:
            return None
        seconds = time.perf_counter() - begun
        return Bulk(size, 0, seconds, f"{count} ranged GETs, {size:,} bytes, largest objects first")

    def _ranges(self) -> Iterator[tuple[str, int, int]]:
        for name, size in sorted(self.objects, key=lambda entry: -entry[1]):
            for start in range(0, size, _BULK_RANGE):
                yield name, start, min(_BULK_RANGE, size - start)


CONNECTOR = Connector(
    name="s3",
    summary="S3-compatible object stores: ranged GETs over listed keys",
    systems=("s3", "minio", "ceph", "object-store", "r2", "wasabi"),
    schemes=("s3",),
    options=(
        ProbeOption(
            "endpoint", "Address of the store, where it is not Amazon's", "https://minio.internal:9000"
        ),
        ProbeOption("region", "Region; default us-east-1", "eu-central-1"),
        ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
    ),
    locks=(
        "GET, HEAD and LIST only: no other call exists in this connector",
        "caps on requests, listed objects and bytes",
        "no ambient credentials: unsigned unless one is bound to the endpoint's host",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="s3",
    modules=("obstore",),
    port=443,
    hosts=hosts,
)
