"""What a connector is: one file `*_connector.py` that exposes CONNECTOR and knows how to measure one kind of source."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import struct
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cache

from msgspec import Struct, field

from poc_gate.base.plug_ins import plug_ins
from poc_gate.errors import InternalError
from poc_gate.inputs.connect.declared.renewals import Intake, Renewals
from poc_gate.version import __version__

APPLICATION = f"poc-gate/{__version__}"
"""Name under which every connection announces itself, so that a source's owner can see who asked."""


UNREADABLE = (
    ValueError, TypeError, LookupError, ArithmeticError, AttributeError, EOFError, MemoryError, RuntimeError,
    AssertionError, struct.error,
)  # fmt: skip
"""What reading an answer ends with that is not what the protocol says: such a call has failed, at whatever place the
reader noticed it. The driver's own reader may also find its connection taken away, when a call was broken off."""


def whole_number(text: str, digits: int = 18) -> int | None:
    """Return the whole number that a text is, or None; Python itself refuses to turn thousands of digits into one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


class SourceError(Exception):
    """A call, or a whole measurement, that did not succeed; the text may still hold secrets until scrubbed."""

    def __init__(self, message: str, *, kind: str = "error") -> None:
        """Keep the kind apart for counting: timeout, refused, unauthorised, busy, server, protocol, error."""
        super().__init__(message)
        self.kind = kind


class SourceBusyError(SourceError):
    """The source asks to be left alone: 429, or 503 with Retry-After; measuring stops at once."""

    def __init__(self, message: str) -> None:
        """Count it as `busy`."""
        super().__init__(message, kind="busy")


class RefusedError(SourceError):
    """Poc-gate itself refuses to go on: a role that may write, a statement that is not a plain read."""

    def __init__(self, message: str) -> None:
        """Count it as `refused`."""
        super().__init__(message, kind="refused")


class Limits(Struct, frozen=True):
    """Budget of one source; nothing is sent beyond it."""

    rate: float = 10.0
    """Calls a second, over the run."""
    connections: int = 4
    """Each with at most one call under way."""
    bytes: int = 256 * 10**6
    wall: float = 120.0
    """Seconds of one window."""
    timeout: float = 5.0
    """Seconds after which one call counts as failed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Secret:
    """A resolved credential; its text is never part of what is shown."""

    user: str = ""
    text: str = dataclasses.field(default="", repr=False)


class Target(Struct, frozen=True):
    """One source as a connector is to reach it."""

    id: str
    system: str = ""
    scheme: str = ""
    host: str = ""
    port: int = 0
    path: str = ""
    """What follows the host: a database, a bucket, a file."""
    url: str = ""
    """The whole address without credentials."""
    secret: Secret | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    ca: str = ""
    """File of the certificates that alone are trusted for this host; empty = those of the machine."""

    def option(self, name: str, otherwise: str = "") -> str:
        """Return one probe option of the manifest."""
        return self.options.get(name, otherwise)

    def whole(self, name: str, otherwise: int) -> int:
        """Return an option that is a whole number; raises SourceError for anything else."""
        text = self.options.get(name, "")
        number = whole_number(text)
        if text and number is None:
            raise SourceError(
                f"the probe option {name!r} must be a whole number, not {text[:40]!r}", kind="refused"
            )
        return otherwise if number is None else number


class Call(Struct, frozen=True):
    """What one call brought back; contents are counted, never kept."""

    bytes: int = 0
    rows: int = 0
    parts: Mapping[str, float] = field(default_factory=dict)
    """Seconds of named parts of the call, such as `first_byte`; summarised beside the whole."""


class Server(Struct, frozen=True):
    """What a server says about itself."""

    version: str = ""
    replica_lag: float | None = None
    """Seconds; None when the server is no replica or does not tell."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Facts of the server such as limits and roles, as text with units."""


class Newest(Struct, frozen=True):
    """How old the newest record is."""

    age: float
    """Seconds, by the clock of the source where it tells one; negative for a time to come, which shows nothing."""
    method: str
    """The very query or call that was used."""


class Bulk(Struct, frozen=True):
    """One bounded read of much data."""

    bytes: int
    rows: int
    seconds: float
    method: str


class Link(ABC):
    """One connection; at most one call is under way on it."""

    @abstractmethod
    def call(self, number: int) -> Call:
        """Do the `number`-th call; raises SourceError or one of the session's errors."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; called from the worker that used it."""

    def abort(self) -> None:
        """Break off a call that does not return; called from another thread."""
        self.close()


class Session(ABC):
    """One source while it is measured; it writes nothing and keeps no contents of records."""

    errors: tuple[type[Exception], ...] = ()
    """Exceptions of the driver that mean the call failed."""
    readers: int = 1
    """How many readers may share one bulk read."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Return every exception that a call may end with: ours, the system's, the driver's."""
        return (SourceError, OSError, *UNREADABLE, *self.errors)

    @abstractmethod
    def connect(self) -> Link:
        """Open one connection within the target's timeout."""

    @abstractmethod
    def prepare(self, link: Link) -> Server:
        """Check what may only be checked once connected (rights, keys to sample) and describe the server."""

    def newest(self, link: Link) -> Newest | None:  # noqa: ARG002 - not every source has a time to ask for
        """Return the age of the newest record, or None when nothing says which record that would be."""
        return None

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:  # noqa: ARG002 - the same
        """Return one bounded read of at most `most_bytes`, or None where that has no meaning."""
        return None

    def bulk_part(self, link: Link, most_bytes: int, reader: int, readers: int) -> Bulk | None:
        """Return the part that one of several readers has in a bulk read, where `readers` allows several."""
        return self.bulk(link, most_bytes) if (reader, readers) == (0, 1) else None

    def renewals(self, link: Link) -> Renewals | None:  # noqa: ARG002 - the same
        """Return the last times of renewal by one bounded look, or None where nothing keeps them."""
        return None

    def intake(self, link: Link) -> Intake | None:  # noqa: ARG002 - the same
        """Return how many records were taken in so far, where the source tells that at no cost."""
        return None


class ProbeOption(Struct, frozen=True):
    """One key of a source's `probe:` mapping in the manifest."""

    name: str
    meaning: str
    example: str = ""


class Intent(Struct, frozen=True):
    """What a connector is going to do, said before it does anything."""

    call: str
    """The query or call whose latency is measured; empty when the manifest names none."""
    bytes_per_call: int
    """Estimate for the plan; the budget is held on what really arrives."""
    freshness: str = ""
    """The query or call that tells the newest record; empty when none is declared."""
    renewals: str = ""
    """The query or call that tells how far apart the last renewals lay."""
    cost: str = ""
    """What the calls may cost, where a provider charges for them."""
    missing: str = ""
    """Why no latency can be measured, with the option to add."""


class Connector(Struct, frozen=True):
    """One kind of source: what it serves, what it needs, how it stays harmless, and how it is measured."""

    name: str
    summary: str
    systems: tuple[str, ...]
    """Values of a source's `system` that it serves, lower case."""
    schemes: tuple[str, ...]
    """Schemes of addresses that it serves."""
    options: tuple[ProbeOption, ...]
    locks: tuple[str, str, str]
    """The three independent things that keep it from writing."""
    check: Callable[[Target], tuple[str, ...]]
    """Return every reason to refuse, before any connection."""
    intend: Callable[[Target], Intent]
    open: Callable[[Target], Session]
    """Return a session; nothing is sent yet."""
    extra: str = ""
    """Extra of poc-gate that brings the driver; empty when the standard library is enough."""
    modules: tuple[str, ...] = ()
    """Modules of the driver."""
    port: int = 0
    is_local: bool = False
    """Reads files of this machine: there is no host and no credential."""
    hosts: Callable[[Target], tuple[tuple[str, int], ...]] | None = None
    """Hosts and ports that are dialled, where they are not simply the address's own."""

    def dialled(self, target: Target) -> tuple[tuple[str, int], ...]:
        """Return every host and port that a credential would be sent to."""
        return self.hosts(target) if self.hosts else ((target.host, target.port or self.port),)

    @property
    def install(self) -> str:
        """Return the line that installs the driver."""
        return f"pip install 'poc-gate[{self.extra}]'"

    def missing_modules(self) -> tuple[str, ...]:
        """Return which modules of the driver are not installed."""
        return tuple(name for name in self.modules if importlib.util.find_spec(name) is None)


@cache
def connectors() -> tuple[Connector, ...]:
    """Return every connector of this room, sorted by name; an import error is never swallowed."""
    import poc_gate.inputs.connect as room

    found = []
    for module in plug_ins(room.__name__, room.__path__, "_connector").values():
        connector = getattr(importlib.import_module(module), "CONNECTOR", None)
        if not isinstance(connector, Connector):
            raise InternalError(f"{module} exposes no CONNECTOR")
        found.append(connector)
    return tuple(found)


def find_connector(system: str, scheme: str) -> Connector | None:
    """Return the connector of a system's name, or of an address's scheme when the name is of no connector."""
    for key, wanted in (("systems", system.lower()), ("schemes", scheme.lower())):
        found = next((one for one in connectors() if wanted and wanted in getattr(one, key)), None)
        if found is not None:
            return found
    return None
