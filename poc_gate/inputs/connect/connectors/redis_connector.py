"""Redis and Valkey: GET over sampled keys, by a fixed allow-list of commands; redis-py without retries."""

from __future__ import annotations

import random
import time
from typing import Any

from poc_gate.inputs.connect.bulk_reads import BULK_S
from poc_gate.inputs.connect.credentials import LOOPBACK
from poc_gate.inputs.connect.drivers.bounded_answers import MOST_ANSWER, AnswerBudget, BoundedSocket
from poc_gate.inputs.connect.interface import (
    APPLICATION,
    Bulk,
    Call,
    Connector,
    Intent,
    Link,
    Newest,
    ProbeOption,
    RefusedError,
    Server,
    Session,
    SourceError,
    Target,
    whole_number,
)
from poc_gate.inputs.connect.newest_age import newest_age

ALLOWED = frozenset(["PING", "GET", "MGET", "STRLEN", "TTL", "SCAN", "INFO", "CLIENT"])
_MOST_KEYS = 500
_MOST_SCANS = 50
_PIPELINED = 1000


def _check(target: Target) -> tuple[str, ...]:
    found = [] if target.host else ["the address names no host: redis://HOST:6379/0"]
    database = target.path.strip("/") or "0"
    if target.secret and target.scheme != "rediss" and target.host not in LOOPBACK:
        found.append("a credential is not sent without encryption; use rediss://")
    if whole_number(database) is None:
        found.append(f"the address's database must be a number, not {database[:40]!r}")
    return tuple(found)


def _intend(target: Target) -> Intent:
    freshness = f"GET {target.option('time_key')}" if target.option("time_key") else ""
    return Intent(
        f"GET of keys sampled with SCAN MATCH {target.option('pattern', '*')} TYPE string", 1024, freshness
    )


class _Link(Link):
    """One connection that sends nothing outside the allow-list."""

    def __init__(self, session: _Session) -> None:
        self._session = session
        self._budget = AnswerBudget(session.most_bytes, session.timeout)
        self._connection = session.open_connection(self._budget)
        self._connection.connect()

    def command(self, *words: str | int) -> Any:
        """Send one allowed command and return its reply; raises RefusedError for any other."""
        if str(words[0]) not in ALLOWED or (words[0] == "CLIENT" and words[1] not in {"NO-TOUCH", "SETNAME"}):
            raise RefusedError(f"{words[0]} is not on the list of reading commands")
        self._budget.begin()
        self._connection.send_command(*words)
        return self._connection.read_response()

    def pipelined(self, commands: list[tuple[str, ...]], most_bytes: int = 0) -> list[Any]:
        """Send several allowed commands at once and return their replies, of at most so many bytes together."""
        if any(words[0] not in ALLOWED for words in commands):
            raise RefusedError("a pipeline holds a command that is not on the list of reading commands")
        self._budget.begin(most_bytes, BULK_S)
        self._connection.send_packed_command(self._connection.pack_commands(commands))
        return [self._connection.read_response() for _ in commands]

    def call(self, number: int) -> Call:
        keys = self._session.keys
        value = self.command("GET", keys[number % len(keys)])
        return Call(bytes=len(value or b""), rows=value is not None)

    def close(self) -> None:
        self._connection.disconnect()


class _Session(Session):
    """One database of one server."""

    def __init__(self, target: Target) -> None:
        import redis

        self._target = target
        self.most_bytes, self.timeout = target.limits.bytes, target.limits.timeout
        self.keys: list[Any] = []
        self.errors = (redis.RedisError,)

    def open_connection(self, budget: AnswerBudget) -> Any:
        """Return a connection, not dialled yet, whose answers count against a budget.

        It speaks the protocol's second version: by the third a server may send what nobody asked for, such as the
        address of another server to go on with.
        """
        from redis.backoff import NoBackoff
        from redis.connection import Connection, SSLConnection
        from redis.retry import Retry

        target, timeout = self._target, self._target.limits.timeout
        base: Any = SSLConnection if target.scheme == "rediss" else Connection

        class Bounded(base):  # type: ignore[misc]
            def _connect(self) -> BoundedSocket:
                budget.begin()
                return BoundedSocket(super()._connect(), budget)

        trust: dict[str, Any] = {"ssl_cert_reqs": "required", "ssl_check_hostname": True}
        if target.ca:
            trust["ssl_ca_certs"] = target.ca
        return Bounded(
            host=target.host,
            port=target.port or 6379,
            db=int(target.path.strip("/") or 0),
            username=(target.secret.user or None) if target.secret else None,
            password=target.secret.text if target.secret else None,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            client_name=APPLICATION,
            protocol=2,
            retry=Retry(NoBackoff(), 0),
            retry_on_error=[],
            **(trust if target.scheme == "rediss" else {}),
        )

    def _encryption(self) -> str:
        return "TLS, server verified" if self._target.scheme == "rediss" else "none"

    def connect(self) -> Link:
        return _Link(self)

    def prepare(self, link: Link) -> Server:
        assert isinstance(link, _Link)
        about = _read_info(link.command("INFO"))
        version = about.get("redis_version", "")
        if _number(version) >= (7, 2):
            link.command("CLIENT", "NO-TOUCH", "ON")
        self._sample(link)
        lag = None
        if about.get("role") == "slave":
            lag = float(about.get("master_last_io_seconds_ago", -1))
        notes: dict[str, str] = {
            name: about[name][:40]
            for name in (
                "role",
                "maxmemory_human",
                "maxmemory_policy",
                "connected_clients",
                "maxclients",
                "evicted_keys",
            )
            if name in about
        }
        return Server(
            f"Redis {version}",
            lag if lag is not None and lag >= 0 else None,
            {**notes, "keys sampled": str(len(self.keys)), "encryption": self._encryption()},
        )

    def _sample(self, link: _Link) -> None:
        cursor, found = 0, []
        for _ in range(_MOST_SCANS):
            cursor, keys = link.command(
                "SCAN", cursor, "MATCH", self._target.option("pattern", "*"), "COUNT", 200, "TYPE", "string"
            )
            cursor = int(cursor)
            found += keys[: 4 * _MOST_KEYS]
            if cursor == 0 or len(found) >= 4 * _MOST_KEYS:
                break
        if not found:
            raise SourceError("no string key matches the pattern", kind="empty")
        self.keys += random.Random(0).sample(found, min(_MOST_KEYS, len(found)))  # noqa: S311 - a sample, no secret

    def newest(self, link: Link) -> Newest | None:
        assert isinstance(link, _Link)
        key = self._target.option("time_key")
        if not key:
            return None
        value = link.command("GET", key)
        if value is None:
            raise SourceError("the time key holds nothing", kind="empty")
        text = value.decode("ascii", "replace")
        number = text.replace(".", "", 1).isdecimal()
        return Newest(newest_age(float(text) if number else text, time.time()), f"GET {key}")

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        assert isinstance(link, _Link)
        keys = [self.keys[index % len(self.keys)] for index in range(_PIPELINED)]
        longest = max(link.pipelined([("STRLEN", key) for key in self.keys[:50]]))
        count = min(_PIPELINED, max(1, most_bytes // max(1, longest)))
        begun = time.perf_counter()
        values = link.pipelined([("GET", key) for key in keys[:count]], 2 * most_bytes + MOST_ANSWER)
        seconds = time.perf_counter() - begun
        return Bulk(
            sum(len(value or b"") for value in values), count, seconds, f"{count} GETs in one pipeline"
        )


def _read_info(content: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in content.decode("utf-8", "replace").splitlines() if ":" in line)
    return {name: value for name, _, value in pairs}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part[:9]) for part in version.split(".")[:2] if part.isdecimal())


CONNECTOR = Connector(
    name="redis",
    summary="Redis and Valkey: GET over sampled keys",
    systems=("redis", "valkey", "elasticache", "keydb"),
    schemes=("redis", "rediss"),
    options=(
        ProbeOption("pattern", "Which keys are sampled, as SCAN understands it", "policy:*"),
        ProbeOption("time_key", "Key that holds the time the data was written", "feed:updated_at"),
        ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
    ),
    locks=(
        "an allow-list of reading commands, checked where they are sent",
        "no command comes from the manifest: it names a pattern of keys and nothing else",
        "CLIENT NO-TOUCH (Redis 7.2): reading does not even change which key is evicted next",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="redis",
    modules=("redis",),
    port=6379,
)
