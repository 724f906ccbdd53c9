"""Records that a team keeps beside a pilot (purpose, classification, exercises, quota, access) -> facts.

The shapes are those that the rules ask for as evidence, so that one record both proves and fills in.
"""

from __future__ import annotations

from collections.abc import Callable

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.source_items import slug
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.plain_words import PlainWords
from poc_gate.text.quantities.durations import read_duration
from poc_gate.text.quantities.quantity_text import QuantityError, currency_of, parse_any_quantity

_DAY = lazily(r"\d{4}-\d{2}-\d{2}")

_TEXT, _TEXTS, _DATE, _TIME, _NUMBER, _FLAG, _QUANTITY, _WORD = [
    "text",
    "texts",
    "date",
    "time",
    "number",
    "flag",
    "quantity",
    "word",
]

_TABLE: dict[str, tuple[str, str]] = {
    "purpose.intended_use": ("purpose.intended_use", _TEXT),
    "purpose.users": ("purpose.users", _TEXT),
    "purpose.excluded_uses": ("purpose.out_of_scope", _TEXTS),
    "purpose.affected_people": ("purpose.affected_people", _TEXT),
    "purpose.audience": ("purpose.audience", _WORD),
    "purpose.decides": ("purpose.decides", _WORD),
    "purpose.acts": ("purpose.acts", _WORD),
    "classification.tier": ("purpose.risk_tier", _WORD),
    "classification.role": ("purpose.role", _WORD),
    "classification.prohibited_screen": ("purpose.prohibited_screen", _WORD),
    "classification.index": ("security.index_classification", _TEXT),
    "success.metric": ("value.metric", _TEXT),
    "success.baseline": ("value.baseline", _NUMBER),
    "success.target": ("value.target", _NUMBER),
    "success.by": ("value.by_date", _DATE),
    "owners.business": ("people.business_owner", _TEXT),
    "owners.service": ("people.service_owner", _TEXT),
    "oncall.rota": ("operations.oncall", _TEXT),
    "rota.name": ("operations.oncall", _TEXT),
    "rollback.took": ("operations.rollback", _TIME),
    "rollback.tested_on": ("operations.rollback_tested_on", _DATE),
    "stop.took": ("operations.stop", _TIME),
    "stop.tested_on": ("operations.stop_tested_on", _DATE),
    "restore.took": ("operations.restore", _TIME),
    "restore.tested_on": ("operations.restore_tested_on", _DATE),
    "load_test.duration": ("operations.load_test_duration", _TIME),
    "load_test.utilisation": ("operations.load_test_utilisation", _NUMBER),
    "release.model": ("model.version", _TEXT),
    "release.prompt": ("model.prompt_version", _TEXT),
    "traffic.requests_per_day": ("demand.requests_per_day", _QUANTITY),
    "traffic.peak_hour_share": ("demand.peak_hour_share", _QUANTITY),
    "traffic.burst_factor": ("demand.burst_factor", _NUMBER),
    "prices.gpu_hour": ("cost.gpu_hour", _QUANTITY),
    "prices.in_token": ("cost.in_token", _QUANTITY),
    "prices.out_token": ("cost.out_token", _QUANTITY),
    "prices.read_on": ("cost.prices_on", _DATE),
    "quality.signal": ("monitoring.quality_signal", _TEXT),
    "quality.owner": ("monitoring.quality_owner", _TEXT),
    "privacy.basis": ("security.lawful_basis", _TEXT),
    "privacy.assessed_on": ("security.impact_assessed_on", _DATE),
    "launch.planned_on": ("pilot.go_live", _DATE),
    "injection.direct_attempts": ("evaluation.injection_direct_attempts", _NUMBER),
    "injection.direct_successes": ("evaluation.injection_direct_successes", _NUMBER),
    "injection.indirect_attempts": ("evaluation.injection_indirect_attempts", _NUMBER),
    "injection.indirect_successes": ("evaluation.injection_indirect_successes", _NUMBER),
    "injection.reached_action": ("evaluation.injection_reached_action", _NUMBER),
    "capacity.planned_concurrency": ("model.planned_concurrency", _NUMBER),
    "cap.month": ("cost.monthly_cap", _QUANTITY),
}
"""Dotted path in a record -> fact and how it is read."""

_PER_MINUTE = {
    "quota.requests_per_min": ("model.quota_requests", "req/s"),
    "quota.tokens_per_min": ("model.quota_tokens", "tok/s"),
}
_SECTIONS = sorted({path.partition(".")[0] for path in (*_TABLE, *_PER_MINUTE)} | {"access"})
_NAMES = tuple(section.encode() for section in _SECTIONS)
_FIRST = lazily(rb"(?m)(?:^[ \t]*|[{,]\s{0,80})[\"']?(?:" + b"|".join(_NAMES) + rb")[\"']?\s*:")
_BEGINS = PlainWords(head + name for head in (b"\n", b'\n"', b"\n'") for name in _NAMES)
_SOON = 1 << 14
"""Bytes within which a record that is indented, or a mapping in braces, names its first section."""
_PRODUCTION = ("prod", "production")


def _glance(content: bytes) -> bool:
    """Say whether a section of a record begins a line: plain texts are looked for many times faster than a pattern."""
    return bool(_FIRST.search(content, 0, _SOON)) or bool(_BEGINS.said_in(content))


def _sniff(document: Document) -> bool:
    mappings = document.mappings[:1]
    if not mappings or "apiVersion" in mappings[0] or "evaluation" in mappings[0]:
        return False
    return any(_there(mappings[0], path) for path in (*_TABLE, *_PER_MINUTE)) or bool(_accesses(mappings[0]))


def _there(mapping: dict[str, object], path: str) -> bool:
    section, _, key = path.partition(".")
    below = mapping.get(section)
    return isinstance(below, dict) and below.get(key) is not None


def _accesses(mapping: dict[str, object]) -> list[object]:
    listed = mapping.get("access")
    entries = listed if isinstance(listed, list) else []
    return [
        entry for entry in entries if isinstance(entry, dict) and {"source", "granted_on"} <= entry.keys()
    ]


def _read(reading: Reading) -> None:
    top = reading.root()
    for path, (fact, kind) in _TABLE.items():
        node = top.at(*path.split("."))
        if node:
            _READERS[kind](node, fact)
    for path, (fact, unit) in _PER_MINUTE.items():
        node = top.at(*path.split("."))
        number = node.number()
        node.claim(fact, None if number is None else number / 60, unit=unit, note="per minute in the record")
    if top.at("provider", "name").text():
        top.at("provider", "name").claim("model.hosting", "hosted", note="a provider runs the model")
    _claim_access(top)


def _claim_access(top: Node) -> None:
    for entry in top.at("access").elements():
        source, granted = slug(entry.at("source").text()), entry.at("granted_on")
        environment = entry.at("environment").text().lower()
        if source and _DAY.match(granted.text()) and (not environment or environment in _PRODUCTION):
            note = f"granted on {granted.text()[:10]}"
            day = granted.text()[:10]
            granted.claim(f"sources[{source}].prod_access", "granted", note=note, dated=day)
            entry.at("source").use()


def _text(node: Node, fact: str) -> None:
    node.claim(fact, node.text() or "; ".join(node.texts()))


def _word(node: Node, fact: str) -> None:
    node.claim(fact, node.text().lower())


def _texts(node: Node, fact: str) -> None:
    node.claim(fact, node.texts())


def _date(node: Node, fact: str) -> None:
    match = _DAY.match(node.text())
    node.claim(fact, match[0] if match else "")


def _time(node: Node, fact: str) -> None:
    found = read_duration(node.text())
    if found.seconds is None:
        node.ask(f"{fact}: {found.question}", "write number and unit, such as 12 min")
    else:
        node.claim(fact, found.seconds, unit="s", note=found.note)


def _number(node: Node, fact: str) -> None:
    node.claim(fact, node.number())


def _flag(node: Node, fact: str) -> None:
    node.claim(fact, node.flag())


def _quantity(node: Node, fact: str) -> None:
    try:
        quantity = parse_any_quantity(node.text())
        node.claim(fact, quantity)
        if quantity.unit.startswith("money"):
            node.claim("cost.currency", currency_of(node.text()), note="of the prices in the record")
    except QuantityError as error:
        node.ask(f"{fact}: {error.what}", error.next_step)


_READERS: dict[str, Callable[[Node, str], None]] = {
    _TEXT: _text, _WORD: _word, _TEXTS: _texts, _DATE: _date, _TIME: _time, _NUMBER: _number, _FLAG: _flag,
    _QUANTITY: _quantity,
}  # fmt: skip

IMPORTER = Importer(
    name="record",
    strict=True,
    summary="Records kept with a pilot: purpose, classification, success, exercises, quota, access, prices",
    read=_read,
    sniff=_sniff,
    patterns=("*.yaml", "*.yml"),
    glance=_glance,
    group="record",
)
