"""Service levels of a data contract -> claims; the traps of their units decided here and said in the notes."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from poc_gate.inputs.artifacts.contracts.data_ages import Ages, claim_ages
from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.quantities.cron import cron_gap
from poc_gate.text.quantities.durations import Duration, interval_of, read_duration, read_share
from poc_gate.text.quantities.quantity_text import QuantityError, parse_any_quantity

_SYNONYMS = {
    "ly": "latency", "fy": "frequency", "re": "retention", "av": "availability", "er": "errorrate",
    "th": "throughput", "td": "timetodetect", "tn": "timetonotify", "tr": "timetorepair",
    "es": "endofsupport", "el": "endoflife", "ga": "generalavailability", "uptime": "availability",
    "responsetime": "latency", "querylatency": "latency", "updatefrequency": "frequency", "timeliness": "freshness",
    "interval": "frequency", "refreshrate": "frequency", "refreshfrequency": "frequency", "updateinterval": "frequency",
    "refreshinterval": "frequency", "deliveryfrequency": "frequency", "datafreshness": "freshness", "freq": "frequency", "currency": "freshness",
    "schemachangenotice": "notice", "changenotice": "notice", "noticeperiod": "notice", "deprecationnotice": "notice",
    "breakingchangenotice": "notice",
}  # fmt: skip
"""Two-letter codes of the data QoS list that ODCS names, and spellings found in published contracts."""

_PERCENTILE = lazily(
    r"(?i)(?:p|perc(?:entile)?[_ ]?|quantile[_ ]?)(50|95|99)(?!\d)|(50|95|99)(?:th)?[ _-]?perc"
)
_RESPONSE_UNITS = ("ns", "us", "µs", "μs", "ms")
_AMBIGUOUS_FROM_S = 60.0
"""A latency in seconds below this is a response time; a minute or more in seconds may be either."""


_BOTH = "both"
_HINTS = (
    ("delay", lazily(
        r"(?i)delay|event|ingest|arriv|availab\w* (?:in|for|of)|refresh|load(?:ed|ing)|land(?:s|ed|ing)|lag|behind|propagat|replicat"
        r"|(?:_at|_ts|_date|timestamp|_time)\b|from source|until .{0,40}(?:visible|there)"
    )),
    ("response", lazily(r"(?i)respon|quer(?:y|ie)|request|api\b|\bcall|round.?trip|lookup|read latency|endpoint|p\d\d\b|percentile|quantile")),
)  # fmt: skip
"""Words beside a latency that say which of its two meanings is meant, whatever its unit."""


class Term(Struct, frozen=True):
    """One service level as a contract writes it."""

    name: str
    """Property, lower case without separators, synonyms resolved."""
    written: str
    value: Node
    unit: str
    entry: Node
    """The whole entry, for its place and for what stands beside the value."""
    hint: str = ""
    """Texts beside the value that may name a percentile."""


def term_of(entry: Node, *, value_key: str = "value") -> Term:
    """Return one entry of `slaProperties` as a term."""
    written = entry.first("property", "name", "type").text()
    name = re.sub(r"[^a-z0-9]+", "", written.lower())
    beside = " ".join(
        entry.at(key).text() for key in ("description", "element", "column", "valueExt", "driver")
    )
    return Term(
        _canonical(name), written, entry.at(value_key), entry.at("unit").text(), entry, f"{written} {beside}"
    )


def _canonical(name: str) -> str:
    plain = _SYNONYMS.get(name, name)
    if re.fullmatch(r"(p|perc|percentile)?\d*(latency|responsetime)(p|perc|percentile)?\d*(ms)?", plain):
        return "latency"
    return _SYNONYMS.get(plain, plain)


def claim_terms(terms: list[Term], prefix: str, *, latency: str = "") -> None:
    """State what the terms promise; `latency` overrides the reading of that word: `delay` or `response`."""
    ages = Ages()
    for term in terms:
        reader = _READERS.get(term.name)
        if term.name == "latency":
            _latency(term, prefix, ages, latency)
        elif reader is not None:
            reader(term, prefix, ages)
    claim_ages(ages, prefix)


def _duration(term: Term) -> Duration:
    found = read_duration(term.value.text(), term.unit)
    if found.seconds is None:
        value = term.value.use() if term.value else term.entry
        value.ask(
            f"{term.written}: {found.question}",
            "write the unit out in the contract (min, h, d, mo, y, or ISO 8601 such as P1M and PT5M)",
        )
    else:
        _use_entry(term)
    return found


def _use_entry(term: Term) -> None:
    for key in ("property", "unit", "name", "type"):
        if term.entry.at(key):
            term.entry.at(key).use()
    term.value.use()


def _latency(term: Term, prefix: str, ages: Ages, override: str) -> None:
    found = _duration(term)
    if found.seconds is None:
        return
    hinted = _hinted(term.hint)
    meant = override or hinted or _latency_meaning(found)
    if not meant or meant == _BOTH:
        term.entry.ask(
            f"`{term.written}` of {found.seconds:g} s can be a response time or a delay of the data",
            "write it in ms (response time) or in min, h or d (delay of the data), or set the option "
            "`latency=response` or `latency=delay`",
        )
        return
    how = f"the option says {override}" if override else f"decided by the unit {found.unit!r}"
    if hinted and not override:
        how = "decided by the words next to it"
    if meant == "delay":
        ages.delay = (term.value, found.seconds, f"`{term.written}` read as delay of the data ({how})")
        return
    level = _PERCENTILE.search(term.hint)
    quantile = (level[1] or level[2]) if level else "99"
    which = "" if level else "; the contract names no percentile, so it is taken as the 99th"
    term.value.claim(
        f"{prefix}.p{quantile}",
        found.seconds,
        unit="s",
        note=f"`{term.written}` read as response time ({how}){which}; a promise of the producer, not a measurement",
    )


def _latency_meaning(found: Duration) -> str:
    if found.unit in _RESPONSE_UNITS or found.unit.startswith(("nano", "micro", "milli", "msec")):
        return "response"
    if found.unit in ("s", "sec", "secs", "second", "seconds"):
        return "response" if (found.seconds or 0) < _AMBIGUOUS_FROM_S else ""
    return "delay"


def _hinted(words: str) -> str:
    """Return what the words beside a latency say it is: `delay`, `response`, both at once, or nothing."""
    meant = {name for name, pattern in _HINTS if pattern.search(words)}
    return _BOTH if len(meant) > 1 else next(iter(meant), "")


def _frequency(term: Term, _prefix: str, ages: Ages) -> None:
    written, extra = term.value.text(), term.entry.at("valueExt")
    schedule = term.entry.first("schedule", "cron")
    cron = schedule.text() or (written if _is_cron(written, term) else "")
    said = interval_of(written, term.unit) or read_duration(written, term.unit).seconds
    seconds = cron_gap(cron) if cron else interval_of(written, term.unit)
    number, further = term.value.number(), extra.number()
    if number == 0 or (further is not None and number is not None and further != number):
        ages.interval_unread = True
        why = "0 is not an interval" if number == 0 else f"{written} and {extra.text()} are two intervals"
        term.value.use().ask(
            f"frequency: {why}",
            "write the longest time between two updates as `refresh` of the source; `real-time` where rows arrive as they are made",
        )
        return
    if seconds is not None:
        for node in (extra, schedule, term.entry.at("scheduler")):
            if node:
                node.use()
        _use_entry(term)
        how = f"the longest gap of the schedule {cron!r}" if cron else "the interval between updates"
        if said and said > seconds:
            seconds, how = said, f"{written!r}, which is longer than the schedule {cron!r}"
        ages.interval = (term.value or schedule, seconds, f"`{term.written}` read as {how}")
        return
    ages.interval_unread = True
    found = _duration(term)
    if found.seconds is not None:
        ages.interval_unread = False
        note = f"`{term.written}` read as the interval between updates"
        if extra:
            extra.use()
        ages.interval = (term.value, found.seconds, f"{note}; {found.note}" if found.note else note)


def _is_cron(text: str, term: Term) -> bool:
    named = {term.unit.lower(), term.entry.at("type").text().lower()}
    return "cron" in named or text.startswith("@") or (len(text.split()) in (5, 6) and "*" in text)


def _freshness(term: Term, _prefix: str, ages: Ages) -> None:
    found = _duration(term)
    if found.seconds is not None:
        ages.freshness = (
            term.value,
            found.seconds,
            f"`{term.written}` read as the greatest age of the newest row",
        )


def _share(fact: str) -> Callable[[Term, str, Ages], None]:
    def read(term: Term, prefix: str, _ages: Ages) -> None:
        unit = term.unit.lower() if term.unit.lower() in ("%", "percent", "pct") else ""
        share = read_share(f"{term.value.text()}{unit}")
        if share is None:
            node = term.value.use() if term.value else term.entry
            node.ask(
                f"`{term.written}` is not a share: it reads as prose",
                "write it as a percentage such as 99.5 %",
            )
            return
        _use_entry(term)
        bare = "%" not in term.value.text() and not unit
        note = (
            "a bare number above 1 is read as a percentage" if bare and (term.value.number() or 0) > 1 else ""
        )
        term.value.claim(f"{prefix}.{fact}", share, unit="1", note=note)

    return read


def _time(fact: str, note: str) -> Callable[[Term, str, Ages], None]:
    def read(term: Term, prefix: str, _ages: Ages) -> None:
        found = _duration(term)
        if found.seconds is not None:
            term.value.claim(
                f"{prefix}.{fact}",
                found.seconds,
                unit="s",
                note="; ".join(text for text in (note, found.note) if text),
            )

    return read


def _day(fact: str) -> Callable[[Term, str, Ages], None]:
    def read(term: Term, prefix: str, _ages: Ages) -> None:
        match = re.match(r"\d{4}-\d{2}-\d{2}", term.value.text())
        if match:
            _use_entry(term)
            term.value.claim(f"{prefix}.{fact}", match[0])

    return read


def _throughput(term: Term, prefix: str, _ages: Ages) -> None:
    written = re.sub(r"\s+per\s+", "/", f"{term.value.text()} {term.unit}".strip())
    written = re.sub(
        r"(?i)/(?:second|sec)\b",
        "/s",
        re.sub(r"(?i)/minute\b", "/min", re.sub(r"(?i)/hour\b", "/h", written)),
    )
    try:
        quantity = parse_any_quantity(written)
    except QuantityError as error:
        term.value.ask(f"`{term.written}`: {error.what}", "write it as a rate such as 200 req/s or 50 MB/s")
        return
    fact = {"req/s": "tolerated_rate", "B/s": "link_bandwidth"}.get(quantity.unit)
    if fact is None:
        term.value.ask(
            f"`{term.written}` counts in {quantity.unit}, which is neither requests nor bytes per time",
            "write it as a rate such as 200 req/s or 50 MB/s",
        )
        return
    _use_entry(term)
    term.value.claim(
        f"{prefix}.{fact}", quantity, note=f"`{term.written}` of the contract: what the producer offers"
    )


_READERS: dict[str, Callable[[Term, str, Ages], None]] = {
    "frequency": _frequency,
    "freshness": _freshness,
    "availability": _share("availability"),
    "errorrate": _share("error_rate_promised"),
    "throughput": _throughput,
    "retention": _time("retention", ""),
    "notice": _time("schema_notice", ""),
    "timetodetect": _time("freshness_alarm", "time to detect, as the contract promises it"),
    "endofsupport": _day("end_of_support"),
    "endoflife": _day("end_of_life"),
}
