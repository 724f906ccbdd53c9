"""Small packs as text, for the tests of the judge."""

from __future__ import annotations

from functools import cache

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.fact import Catalogue

BASE_RULE = """\
id: Z01-base
what: The slowest call stays under the limit
why: A slow call holds the whole request, and the user waits for it.
dimension: access-latency
severity: {pilot: medium, limited: high, production: high}
requires: declared
given: {slow: slo.p99}
expect: {value: slow, at_most: allowed * fixed}
limits:
  allowed: {value: 500 ms, tighter: lower, reason: A person notices more.}
  fixed: {value: 1, reason: Not to be moved.}
fix: Make it faster.
examples:
  - {state: pass, given: {slow: 400 ms}}
  - {state: fail, given: {slow: 600 ms}}
  - {state: unknown, given: {}}
since: 0.1.0
"""
BASE_PACK = "id: base\nversion: 0.1.0\ntitle: Base\n"


@cache
def catalogue() -> Catalogue:
    """Return the catalogue of all facts."""
    return full_catalogue()


def rule_text(name: str, expect: str, given: str, **more: str) -> str:
    """Return a rule with the given assertion; its examples are only there so that it loads."""
    fields = {
        "what": "It is so", "why": "Because otherwise something breaks for somebody.",
        "dimension": "access-latency", "severity": "high", "requires": "declared", "fix": "Mend it.",
        "examples": "[{state: pass, given: {}}, {state: fail, given: {}}, {state: unknown, given: {}}]",
        "since": "0.1.0", **more,
    }  # fmt: skip
    if "when" in fields:
        fields["examples"] = fields["examples"].replace("]", ", {state: not-applicable, given: {}}]")
    lines = [f"id: {name}", f"given: {given}", f"expect: {expect}"]
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in fields.items())]) + "\n"


def pack_of(*rules: str, pack: str = BASE_PACK, **others: dict[str, bytes]) -> PackSet:
    """Return one pack with these rules, and other packs by folder."""
    files = {"pack.yaml": pack.encode()}
    files |= {f"{text.split()[1]}.yaml": text.encode() for text in rules}
    return load_packs({"base": files, **others}, catalogue())
