"""The parts of OTLP that are read, as msgspec decodes them: fields that are not named here are passed over unread."""

from __future__ import annotations

from msgspec import Struct, field


class Value(Struct, gc=False):
    """An attribute's value; of lists and mappings nothing is kept."""

    stringValue: str | None = None  # noqa: N815 - as in the file, here and below
    intValue: int | str | None = None  # noqa: N815
    doubleValue: float | str | None = None  # noqa: N815
    boolValue: bool | None = None  # noqa: N815
    string_value: str | None = None
    int_value: int | str | None = None


class Attribute(Struct, gc=False):
    """One attribute."""

    key: str = ""
    value: Value | None = None


class Event(Struct):
    """One event of a span; its own attributes only where they name an exception."""

    name: str = ""
    timeUnixNano: int | str = 0  # noqa: N815
    attributes: list[Attribute] = field(default_factory=list)


class Status(Struct):
    """How a span ended."""

    code: int | str = 0


class Span(Struct):
    """One span, under the names of either spelling."""

    traceId: str = ""  # noqa: N815
    spanId: str = ""  # noqa: N815
    parentSpanId: str | None = ""  # noqa: N815
    traceState: str | None = ""  # noqa: N815
    name: str = ""
    kind: int | str = 0
    startTimeUnixNano: int | str = 0  # noqa: N815
    endTimeUnixNano: int | str = 0  # noqa: N815
    attributes: list[Attribute] | None = None
    events: list[Event] | None = None
    status: Status | None = None
    trace_id: str = ""
    span_id: str = ""
    parent_span_id: str | None = ""
    start_time_unix_nano: int | str = 0
    end_time_unix_nano: int | str = 0
    resource: Resource | None = None


class Scope(Struct):
    """A library's spans."""

    spans: list[Span] = field(default_factory=list)


class Resource(Struct):
    """What wrote the spans."""

    attributes: list[Attribute] | None = None


class ResourceSpans(Struct):
    """Spans of one resource."""

    resource: Resource | None = None
    scopeSpans: list[Scope] = field(default_factory=list)  # noqa: N815
    scope_spans: list[Scope] = field(default_factory=list)
    instrumentationLibrarySpans: list[Scope] = field(default_factory=list)  # noqa: N815


class Groups(Struct):
    """Spans by resource, under the names that exporters and the APIs of stores give the list."""

    resourceSpans: list[ResourceSpans] = field(default_factory=list)  # noqa: N815
    resource_spans: list[ResourceSpans] = field(default_factory=list)
    batches: list[ResourceSpans] = field(default_factory=list)


class Batch(Groups):
    """One line, or the whole document; some stores put the trace under `trace` or `result`."""

    spans: list[Span] = field(default_factory=list)
    trace: Groups | None = None
    result: Groups | None = None
