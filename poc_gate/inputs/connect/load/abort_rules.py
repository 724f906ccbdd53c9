"""Calls that have ended -> why measuring must stop now, or nothing; the source's health goes first."""

from __future__ import annotations

from statistics import median

CONSECUTIVE_ERRORS = 3
ERROR_SHARE = 0.05
_ERROR_SHARE_FROM = 40
"""Calls before a share of errors means anything: two errors in forty."""
_SLOWER = 3.0
_REFERENCE_SHARE = 10
"""The first tenth is the reference for how fast the source was before poc-gate loaded it."""
_LEAST_REFERENCE = 20
_NOISE_S = 0.010
"""A median that rises by less than this is no sign of strain, whatever the ratio: schedulers alone do that."""
_LAGS = 3.0
"""A machine that wakes late to send wakes as late for the answer: so many of its own median lags are no strain either."""


class AbortRules:
    """Watches the calls of one source as they end."""

    def __init__(self, planned: int) -> None:
        """Start watching a run of `planned` calls."""
        self._reference = max(_LEAST_REFERENCE, planned // _REFERENCE_SHARE)
        self._services: list[float] = []
        self._lags: list[float] = []
        self._first_median = 0.0
        self._row = 0
        self._errors = 0
        self._calls = 0

    def ended(self, service: float, error: str = "", *, lag: float = 0.0) -> str:
        """Take note of one call and return why to stop, or an empty text.

        `service` in seconds, `error` its kind, `lag` the seconds that this machine itself was late with it.

        A service time and not the response decides whether the source got slower: a response also grows
        with calls that wait for a free connection, which says nothing about the source's own strain.
        """
        self._calls += 1
        if error:
            self._row += 1
            self._errors += 1
            return self._too_many_errors(error)
        self._row = 0
        self._services.append(service)
        self._lags.append(lag)
        return self._slower()

    def _too_many_errors(self, error: str) -> str:
        if error == "busy":
            return "the source asked to be left alone (429 or Retry-After)"
        if self._row >= CONSECUTIVE_ERRORS:
            return f"{self._row} calls in a row failed"
        if self._calls >= _ERROR_SHARE_FROM and self._errors >= ERROR_SHARE * self._calls:
            return f"{self._errors} of {self._calls} calls failed"
        return ""

    def _slower(self) -> str:
        count = len(self._services)
        if count == self._reference:
            self._first_median = median(self._services)
        if count < 2 * self._reference or count % 10:
            return ""
        now = median(self._services[-self._reference :])
        own = _LAGS * median(self._lags[-self._reference :])
        if now > _SLOWER * self._first_median and now - self._first_median > max(_NOISE_S, own):
            return f"the median call rose from {self._first_median:.3g} s to {now:.3g} s under this load"
        return ""
