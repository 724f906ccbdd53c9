"""The bookkeeping of one result: observations with intervals, what must not be concluded, questions, origin."""

from __future__ import annotations

import math

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.inputs.estimate.percentiles import interval_ranks, nearest_rank
from poc_gate.inputs.estimate.shares import share_interval
from poc_gate.model.claim import Notice, Place, Provenance, Value
from poc_gate.model.observation import Observation, Observed, Origin
from poc_gate.model.quantity import Quantity
from poc_gate.text.inert_text import inert
from poc_gate.text.secrets.literal_secrets import find_secret

_LONGEST = 300
_MOST_TEXTS = 200
_MOST_NOTICES = 200


class Finds(Struct):
    """Collects what an observer finds in one file, or in several that belong together."""

    file: str
    """The file that is read now, as it shall be named."""
    option: str = ""
    """What the user decides about the file, in the observer's own words."""
    origin: Origin = field(default_factory=Origin)
    samples: int = 0
    files: dict[str, str] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)
    state: object = None
    """What an observer keeps between files that are read together."""

    def observe(  # noqa: PLR0913 - an observation has that many parts
        self, fact: str, value: Value | float, *, unit: str = "1", samples: int | None = None,
        low: float | None = None, high: float | None = None, interval: str = "", method: str = "",
        place: Place | None = None, stable: bool | None = None, reason: str = "",
    ) -> None:  # fmt: skip
        """State what the run itself shows; a bare number needs its SI unit.

        It counts as measured once tool, version, date, target, `samples` and the file's digest are known. A `reason`
        says why it counts as imported all the same. Numbers that are not finite, and texts that hold a secret, are
        left out with a notice.
        """
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = Quantity(float(value), unit)
        if isinstance(value, Quantity) and not math.isfinite(value.value):
            self.warn(f"{fact} is beyond any number that can be; it was not read")
            return
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and find_secret(text) for text in texts):
            self.note("secret", f"{fact} was not read, because it holds a literal secret")
            return
        ends = [end if end is not None and math.isfinite(end) else None for end in (low, high)]
        provenance = Provenance.IMPORTED if reason else Provenance.MEASURED
        self.observations.append(
            Observation(
                fact, clean_value(value), place or Place(self.file), ends[0], ends[1], interval, samples,
                clean(method), provenance, clean(reason), stable,
            )
        )  # fmt: skip

    def observe_share(
        self, fact: str, hits: int, tried: int, *, method: str, place: Place | None = None
    ) -> None:
        """State a share that was counted, with its score interval; of nothing tried, nothing."""
        if tried <= 0 or not 0 <= hits <= tried:
            return
        low, high = share_interval(hits, tried)
        self.observe(
            fact, hits / tried, samples=tried, low=low, high=high, interval="Wilson score", method=method,
            place=place,
        )  # fmt: skip

    def observe_percentile(  # noqa: PLR0913 - the same
        self, fact: str, samples: list[float], share: float, *, unit: str = "s", method: str,
        place: Place | None = None, inflation: float = 1.0,
    ) -> None:  # fmt: skip
        """State a percentile of samples (in any order) with its order-statistic interval.

        An end that so few samples cannot carry stays open, and the value then counts as not stable.
        """
        if not samples:
            return
        ordered = sorted(samples)
        low, high = interval_ranks(len(ordered), share, inflation)
        complete = low is not None and high is not None
        self.observe(
            fact, nearest_rank(ordered, share), unit=unit, samples=len(ordered),
            low=ordered[low - 1] if low else None, high=ordered[high - 1] if high else None,
            interval="order statistics", method=method, place=place, stable=complete,
        )  # fmt: skip

    def configured(
        self, fact: str, value: Value | float, *, unit: str = "1", place: Place | None = None
    ) -> None:
        """State what the file says was configured, not what happened; it counts as imported."""
        self.observe(
            fact, value, unit=unit, place=place, reason="the file gives it as a setting, not as a result"
        )

    def must_not(self, message: str, place: Place | None = None, next_step: str = "") -> None:
        """Say what must not be concluded from the file, and why."""
        self.note("limit", message, place, next_step)

    def ask(self, message: str, next_step: str, place: Place | None = None) -> None:
        """Put a question to the user instead of guessing."""
        self.note("question", message, place, next_step)

    def warn(self, message: str, next_step: str = "", place: Place | None = None) -> None:
        """Tell the user something, and go on."""
        self.note("warning", message, place, next_step)

    def note(self, kind: str, message: str, place: Place | None = None, next_step: str = "") -> None:
        """Add a notice once; beyond two hundred nobody reads on."""
        notice = Notice(kind, clean(message), place or Place(self.file), clean(next_step))
        if notice not in self.notices and len(self.notices) < _MOST_NOTICES:
            self.notices.append(notice)

    def result(self, kind: str, group: str) -> Observed:
        """Return what was found, each fact as measured or, with the reason, as imported only."""
        origin = Origin(*(clean(text) for text in (
            self.origin.tool, self.origin.version, self.origin.observed_at, self.origin.target
        )))  # fmt: skip
        digest = next(iter(self.files.values()), "") if len(self.files) == 1 else ""
        held = tuple(
            _held(one, origin, self.files.get(one.place.file, digest) or _joint(self.files))
            for one in self.observations
        )
        return Observed(
            kind,
            group,
            dict(self.files),
            origin,
            self.samples,
            held,
            notices=tuple(self.notices),
            details=_inert(self.details),
            held=self.state,
        )


def _inert(details: dict[str, object]) -> dict[str, object]:
    """Return plain data for views with every text, keys too, as it may be shown."""
    return {clean(key): _inert_value(value) for key, value in details.items()}


def _inert_value(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return _inert({str(key): below for key, below in value.items()})
    return [_inert_value(below) for below in value] if isinstance(value, list | tuple) else value


def _held(one: Observation, origin: Origin, digest: str) -> Observation:
    lacking = list(origin.lacking())
    if one.samples is None:
        lacking.append("the sample size")
    if not digest:
        lacking.append("the file's digest")
    dated = origin.observed_at[:10]
    if one.provenance is Provenance.MEASURED and lacking:
        why = f"counts as imported, because the file does not give {', '.join(lacking)}"
        return replace(one, provenance=Provenance.IMPORTED, reason=why, dated=dated, sha256=digest)
    return replace(one, dated=dated, sha256=digest)


def _joint(files: dict[str, str]) -> str:
    """Return one digest over the digests of several files, in their order by name."""
    if not files or not all(files.values()):
        return ""
    import hashlib

    return hashlib.sha256("\n".join(files[name] for name in sorted(files)).encode()).hexdigest()


def clean(text: str) -> str:
    """Return a text from a file as it may be shown: inert, on one line, cut, without what looks like a secret."""
    line = inert(" ".join(text.split()))
    if find_secret(line):
        line = " ".join("[secret]" if find_secret(word) else word for word in line.split(" "))
        line = "[secret]" if find_secret(line) else line
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."


def clean_value(value: Value) -> Value:
    """Return a value whose texts may be shown."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(clean(text) for text in value[:_MOST_TEXTS])
    return value
