"""Observations: what a machine wrote down while the pilot ran, was loaded, or was tested, each with its certainty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct, field

from poc_gate.model.claim import Notice, Place, Provenance, Value


def is_day(text: str) -> bool:
    """Say whether a text is an ISO 8601 date, or a date and time."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


class Origin(Struct, frozen=True):
    """Where a result comes from; what is not known stays empty."""

    tool: str = ""
    """Program that wrote the result, such as `opentelemetry-sdk` or `k6`."""
    version: str = ""
    """Its version."""
    observed_at: str = ""
    """ISO 8601 date or time of the end of the run or of the newest record."""
    target: str = ""
    """What was observed: a service, a model, a host; never a whole address."""

    def lacking(self) -> tuple[str, ...]:
        """Return in words what has to be known before a result counts as measured, and is not."""
        known = (
            ("the tool", self.tool),
            ("its version", self.version),
            ("the date", self.observed_at if is_day(self.observed_at) else ""),
            ("the target", self.target),
        )
        return tuple(name for name, value in known if not value)


class Observation(Struct, frozen=True):
    """One fact that a file of a running pilot shows."""

    fact: str
    """Name in the catalogue; items of a list carry their id: `sources[policy-db].p99`."""
    value: Value
    place: Place
    low: float | None = None
    """Lower end of the 95 % interval, in the unit of the value; None where there is none."""
    high: float | None = None
    interval: str = ""
    """How the interval was found: `order statistics`, `Wilson score`; empty where there is none."""
    samples: int | None = None
    """Number of independent looks that the value rests on: calls, requests, cases."""
    method: str = ""
    """What was counted or taken, in one line."""
    provenance: Provenance = Provenance.MEASURED
    reason: str = ""
    """Why it counts as less than measured, or is not stable."""
    stable: bool | None = None
    """False where the samples cannot carry the value; None where stability has no meaning."""
    dated: str = ""
    """ISO 8601 date of the observation."""
    sha256: str = ""
    """Digest of the raw file."""


class Observed(Struct, frozen=True):
    """All that one file, or several files of one kind that belong together, show."""

    kind: str
    """Name of the observer that read it."""
    group: str
    """`traces`, `load-test`, `evaluation`, `scan`, `cluster`, `metrics`."""
    files: Mapping[str, str]
    """Path -> sha256 of the raw bytes of every file read."""
    origin: Origin
    samples: int
    """Requests, spans, calls or cases that the file holds."""
    observations: tuple[Observation, ...] = ()
    steps: tuple[Observation, ...] = ()
    """Of a load test, what each of its steps shows."""
    notices: tuple[Notice, ...] = ()
    """Kinds `limit` (what must not be concluded), `question`, `warning`, `ignored`, `secret`."""
    details: Mapping[str, object] = field(default_factory=dict)
    """Plain data for views, such as the request path or the steps of a load test; never message contents."""
    held: object = None
    """What the observer keeps until the result is put under the names of a pilot; never written."""
