"""One span of any format -> a row of the store; what many spans have in common is worked out once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import msgspec

from poc_gate.inputs.observe.finds import clean
from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.describe_span import describe
from poc_gate.inputs.observe.traces.moments import nanoseconds_of
from poc_gate.inputs.observe.traces.sampling_marks import marks, state_probability
from poc_gate.inputs.observe.traces.span_store import MOST_SPANS, Flag, SpanStore

_MASK = (1 << 64) - 1
_MOST_KNOWN = 50_000
_LONGEST_SPAN = 7 * 86_400 * 10**9
"""Nanoseconds; what runs longer than a week is no span but a clock that is wrong."""
_EARLIEST, _LATEST = 946_684_800 * 10**9, 4_102_444_800 * 10**9
"""Nanoseconds since 1970: 2000 and 2100."""
_ERROR, _TIMEOUT, _LIMITED = int(Flag.ERROR), int(Flag.TIMEOUT), int(Flag.LIMITED)
_USED = frozenset({"model", "embedding", "rerank"})

IDENTITY, MEASURE, SAMPLING, CONTENT, URL = 1, 2, 3, 4, 5
"""What an attribute is good for."""
_GOOD_FOR = (
    dict.fromkeys(names.IDENTITY, IDENTITY)
    | dict.fromkeys(names.MEASURES, MEASURE)
    | dict.fromkeys(names.SAMPLING, SAMPLING)
    | dict.fromkeys(names.URL, URL)
)


class Known(dict[str, int]):
    """Attribute name -> what it is good for; 0 for nothing. Grows by the names that are met."""

    def __missing__(self, key: str) -> int:
        """Decide about a name that is met for the first time."""
        code = CONTENT if key.startswith(names.CONTENT) else 0
        if len(self) < _MOST_KNOWN:
            self[key] = code
        return code


class SpanWriter:
    """Adds spans to a store."""

    def __init__(self, store: SpanStore | None = None) -> None:
        """Start with an empty store where none is given."""
        self.store = store if store is not None else SpanStore()
        self.known = Known(_GOOD_FOR)
        self._rows: dict[tuple[object, ...], tuple[int, bool, int]] = {}
        self._states: dict[str, float] = {}

    def service(self, resource: Mapping[str, object]) -> str:
        """Return the service that a resource names, and keep what else it tells of the tool."""
        name = clean(str(resource.get("service.name") or resource.get("openinference.project.name") or ""))[
            :80
        ]
        version = resource.get("telemetry.sdk.version")
        if version:
            sdk = " ".join(str(resource.get(f"telemetry.sdk.{part}") or "") for part in ("name", "language"))
            self.store.tools[clean(sdk.strip() or "opentelemetry")[:60]] = clean(str(version))[:40]
        place = resource.get("deployment.environment.name") or resource.get("deployment.environment") or ""
        self.store.places.setdefault(name, clean(str(place))[:40])
        return name

    def add(  # noqa: PLR0913 - a span has that many parts
        self, trace: int, span: int, parent: int, *, name: str, kind: int, start: int, end: int, service: str,
        identity: Sequence[object], measures: Mapping[str, object], flags: int = 0, state: str = "",
        sampling: Mapping[str, object] | None = None, first_token: int = -1,
    ) -> None:  # fmt: skip
        """Add one span.

        Args:
            trace: 64 bits of the trace's id; 0 is not an id.
            span: 64 bits of the span's id; 0 is not an id.
            parent: 64 bits of its parent's id; 0 for none.
            name: As the span is called.
            kind: As OTLP counts kinds.
            start: Nanoseconds since 1970.
            end: The same.
            service: That it belongs to.
            identity: Name and value, name and value ... of the attributes that tell what it is.
            measures: Attributes that differ from span to span.
            flags: What is known already.
            state: The tracestate.
            sampling: Attributes that samplers write.
            first_token: Nanoseconds from the start to the first token; -1 where it is not told.
        """
        if (
            not (trace and span)
            or not _EARLIEST < start < _LATEST
            or not start <= end <= start + _LONGEST_SPAN
        ):
            self.store.leave_out("no id" if not (trace and span) else "no usable times")
            return
        store = self.store
        if store.mask and trace & store.mask:
            return
        key = (service, kind, name, *identity)
        row = self._rows.get(key)
        if row is None:
            row = self._row(key, service, kind, name, identity)
        probability = 0.0
        if state:
            probability = self._probability(state)
        if sampling:
            told, more = marks(sampling)
            probability, flags = told or probability, flags | more
        if measures:
            flags |= measured_flags(measures)
        if row[1]:
            self._use(measures, start, first_token)
        store.traces.append(trace)
        store.spans.append(span)
        store.parents.append(parent)
        store.starts.append(start)
        store.lengths.append(end - start)
        store.kinds.append(row[0])
        store.flags.append(flags | row[2])
        store.chances.append(store.chance(probability) if probability else 0)
        if len(store.traces) > MOST_SPANS:
            store.thin(store.mask << 1 | 1)

    def _row(
        self, key: tuple[object, ...], service: str, kind: int, name: str, identity: Sequence[object]
    ) -> tuple[int, bool, int]:
        told = dict(zip(map(str, identity[::2]), identity[1::2], strict=True))
        one = describe(service, kind, name, told)
        is_framework = one.role == "step" and name.endswith(names.FRAMEWORK_ENDINGS)
        row = (self.store.descriptor(one), one.role in _USED, int(Flag.FRAMEWORK) if is_framework else 0)
        if len(self._rows) >= _MOST_KNOWN:
            self._rows.clear()
        self._rows[key] = row
        return row

    def _probability(self, state: str) -> float:
        found = self._states.get(state)
        if found is None:
            if len(self._states) > _MOST_KNOWN:
                self._states.clear()
            found = self._states[state] = state_probability(state) if "ot=" in state else 0.0
        return found

    def _use(self, measures: Mapping[str, object], start: int, first_token: int) -> None:
        usage = usage_of(measures)
        counts = [
            _count(measures, keys, usage, words)
            for keys, words in (
                (names.TOKENS_IN, ("input_tokens", "input", "prompt_tokens")),
                (names.TOKENS_OUT, ("output_tokens", "output", "completion_tokens")),
                (names.TOKENS_CACHED, ("cache_read_input_tokens", "input_cached_tokens", "cached_tokens")),
            )
        ]
        for key in names.FIRST_TOKEN:
            seconds = measures.get(key)
            if isinstance(seconds, int | float) and 0 <= seconds < 3600:
                first_token = int(seconds * 1e9)
                break
        for key in names.FIRST_TOKEN_AT:
            moment = nanoseconds_of(measures.get(key))
            if moment is not None and moment >= start:
                first_token = moment - start
        if not 0 <= first_token <= _LONGEST_SPAN:
            first_token = -1
        self.store.uses.extend((len(self.store), *counts, first_token))


def measured_flags(measures: Mapping[str, object]) -> int:
    """Return the flags that status codes, errors, caches and statements tell."""
    flags = 0
    for key, value in measures.items():
        teller = _TELLERS.get(key)
        if teller is not None and value is not None:
            flags |= teller(str(value))
    return flags


@lru_cache(maxsize=4096)
def _http_flags(code: str) -> int:
    if code == "429":
        return _LIMITED | _ERROR
    if code in ("408", "504"):
        return _TIMEOUT | _ERROR
    return _ERROR if code[:1] == "5" and len(code) == 3 else 0


@lru_cache(maxsize=4096)
def _rpc_flags(code: str) -> int:
    if code in ("0", "OK", ""):
        return 0
    flags = _ERROR | (_TIMEOUT if code in ("4", "DEADLINE_EXCEEDED") else 0)
    return flags | (_LIMITED if code in ("8", "RESOURCE_EXHAUSTED") else 0)


@lru_cache(maxsize=4096)
def _error_flags(kind: str) -> int:
    if not kind:
        return 0
    low = kind.lower()
    flags = _ERROR | (_TIMEOUT if any(word in low for word in names.TIMEOUT_WORDS) else 0)
    return flags | (_LIMITED if "ratelimit" in low.replace("_", "") or kind == "429" else 0)


def _resent_flags(count: str) -> int:
    return 0 if count in ("0", "") else int(Flag.RESENT)


def _cache_flags(told: str) -> int:
    if not told:
        return 0
    return int(Flag.HIT) if told.lower().startswith(("true", "hit", "1")) else int(Flag.MISS)


def _query_flags(text: str) -> int:
    return int(Flag.QUERY) if text else 0


def _target_flags(text: str) -> int:
    return int(Flag.QUERY) if "?" in text else 0


def _statement_flags(text: str) -> int:
    return int(Flag.QUERY) if "'" in text else 0


_TELLERS: dict[str, Callable[[str], int]] = {
    **dict.fromkeys(names.STATUS, _http_flags),
    **dict.fromkeys(names.RPC_STATUS, _rpc_flags),
    **dict.fromkeys(names.ERROR_TYPE, _error_flags),
    **dict.fromkeys(names.RESENT, _resent_flags),
    **dict.fromkeys(names.CACHE_HIT, _cache_flags),
    **dict.fromkeys(names.STATEMENT, _statement_flags),
    "url.query": _query_flags,
    "http.target": _target_flags,
}


def usage_of(measures: Mapping[str, object]) -> Mapping[str, object]:
    """Return the counts of tokens that an attribute holds as a JSON text; an empty mapping where it holds none."""
    for key in names.USAGE:
        text = measures.get(key)
        if isinstance(text, str) and len(text) < 4000:
            try:
                found = msgspec.json.decode(text)
            except (msgspec.DecodeError, RecursionError):
                continue
            if isinstance(found, dict):
                return found
        if isinstance(text, dict):
            return text
    return {}


def _count(
    measures: Mapping[str, object], keys: tuple[str, ...], usage: Mapping[str, object], words: tuple[str, ...]
) -> int:
    for value in (*(measures.get(key) for key in keys), *(usage.get(word) for word in words)):
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 12:
            return int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
            return int(value)
    return -1


def id_bits(text: object) -> int:
    """Return 64 bits of an id: of hexadecimal ones the last sixteen digits, of others a digest; 0 for no id."""
    if not isinstance(text, str) or not text:
        return 0
    try:
        return int(text[-16:], 16) & _MASK
    except ValueError:
        plain = text.removeprefix("0x").replace("-", "").lower()
    if (
        plain.isascii()
        and plain.isalnum()
        and len(plain) <= 32
        and all(one in "0123456789abcdef" for one in plain)
    ):
        return int(plain[-16:], 16)
    return (
        int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest(), "big") & _MASK
    )
