"""A worked example of a rule -> a pilot on disk that states the same, for the whole way to a verdict."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace
from running_the_gate import EXAMPLES

from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.app.ground.machines.load_profile import load_profile
from poc_gate.inputs.manifest.writing.write_manifest import KnownValue, write_manifest
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.packs.read_example import EXAMPLE_DAY
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import generic_name
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Example, Rule
from poc_gate.text.documents.positioned_yaml import read_yaml
from poc_gate.text.quantities.quantity_text import parse_any_quantity

NAMES = {"people.approvals": "name", "security.egress": "name"}
"""Lists whose items are not called by `id`."""
REGIMES = {
    "regulated-eu-ai-act": "eu-ai-act",
    "eu-dora": "eu-dora",
    "us-bank-mrm": "us-bank-mrm",
    "healthcare-us": "healthcare-us",
}
USES = {"genai-llm": "llm", "rag": "retrieval", "agent": "agent", "classic-ml-batch": "classic-ml"}
ITEM = re.compile(r"(?P<list>[a-z_.]+)\[(?P<item>[^\]]*)\]\.(?P<key>[a-z0-9_]+)")


def write_example(folder: Path, rule: Rule, example: Example) -> None:
    """Write the pilot: the facts of the example, what switches the rule's pack on, and its evidence."""
    data: dict = {"apiVersion": "poc-gate/v1", "pilot": {"name": "example", "stage": "production"}}
    stated: dict[str, object] = {"pilot.uses": [USES.get(rule.pack, "llm")]}
    if rule.pack in REGIMES:
        stated |= {"purpose.regimes": [REGIMES[rule.pack]]}
    for name, fact in rule.given.items():
        if name in example.given and example.given[name] is not None:
            stated[fact] = example.given[name]
    stated.pop("assessment.today", None)
    if rule.for_each:
        put(data, f"{rule.for_each}[first].{NAMES.get(rule.for_each, 'id')}", "first")
    for fact, value in stated.items():
        over = fact.partition("[]")[0]
        if over in (fact, rule.for_each):
            put(data, fact.replace("[]", "[first]"), value)
            continue
        assert isinstance(value, list)
        if not value:
            put(data, over, [])
        for index, item in enumerate(value):
            put(data, fact.replace("[]", f"[item-{index}]"), item)
    if "cost" in data:
        data["cost"].setdefault("currency", "EUR")
    if "evidence" in example.given:
        _write_evidence(folder, data, rule, example)
    (folder / "pilot.yaml").write_text(json.dumps(data, default=str))  # JSON is YAML, and quick


def _write_evidence(folder: Path, data: dict, rule: Rule, example: Example) -> None:
    (folder / "record.json").write_text(json.dumps(example.given["evidence"], default=str))
    entry = {"rule": rule.id, "file": "record.json"}
    for key, name in (("observed_at", "evidence_date"), ("approver", "evidence_approver")):
        if example.given.get(name):
            entry[key] = str(example.given[name])
    data["evidence"] = [entry]


def put(data: dict, fact: str, value: object) -> None:
    """State one fact; a list's item is made when it is not there."""
    found = ITEM.fullmatch(fact)
    path, key = (found["list"], found["key"]) if found else fact.rsplit(".", 1)
    block = data
    for part in path.split(".")[: -1 if found else None]:
        block = block.setdefault(part, {})
    if found:
        items = block.setdefault(path.rsplit(".", 1)[-1], [])
        called = NAMES.get(path, "id")
        block = next((item for item in items if item[called] == found["item"]), None) or {
            called: found["item"]
        }
        if block not in items:
            items.append(block)
    if value is None:
        block.pop(key, None)
    else:
        block[key] = value


def copy_example(example: str, folder: Path, changes: Mapping[str, object]) -> None:
    """Write an example pilot with changed facts; null takes one away.

    What its files say about facts is stated in the manifest instead, since a file would win over a
    change; the data contracts stay.
    """
    shutil.copytree(EXAMPLES / example, folder)
    data = copy.deepcopy(_all_stated(example))
    for fact, value in changes.items():
        put(data, fact, value)
    (folder / "pilot.yaml").write_text(json.dumps(data, default=str))


@cache
def _all_stated(example: str) -> dict:
    """Return the manifest of an example with everything stated that its files say."""
    folder = EXAMPLES / example
    case = read_case(CaseRequest(folder, EXAMPLE_DAY, "", profile=load_profile("l4-24gb")))
    specs = full_catalogue().specs
    answers = [
        KnownValue(fact.name, fact.value)
        for fact in case.tree.facts.values()
        if fact.provenance in {Provenance.DECLARED, Provenance.IMPORTED}
        and fact.value is not None
        and specs[generic_name(fact.name)].origin == "manifest"
    ]
    text = write_manifest(answers, case.tree.items, currency=case.reading.currency)
    data: dict = read_yaml(text.encode(), "pilot.yaml").data
    for request in case.reading.imports:
        if request.kind_hint != "contract" and "." in request.fact:
            put(data, request.fact, None)
    original = read_yaml((folder / "pilot.yaml").read_bytes(), "pilot.yaml").data
    return data | {"evidence": original.get("evidence", [])}


def judge(
    folder: Path, machine: str, packs: PackSet, rule: str, measured: Mapping[str, str] | None = None
) -> Judged:
    """Assess a pilot by one rule the whole way, from the files to findings and verdict.

    `packs` are those that ship, read once for all pilots; `measured` is added to the machine profile.
    """
    profile = load_profile(machine)
    added = [_measurement(fact, parse_any_quantity(text)) for fact, text in (measured or {}).items()]
    kept = [held for held in profile.measurements if held.fact not in (measured or {})]
    profile = replace(profile, measurements=(*kept, *added))
    case = read_case(
        CaseRequest(
            folder, EXAMPLE_DAY, "", stage="production", profile=profile, machine=machine, only=(rule,)
        )
    )
    assert case.packs.rules.keys() == packs.rules.keys()
    return judge_case(replace(case, packs=packs))


def _measurement(fact: str, value: Quantity) -> Measurement:
    return Measurement(fact, value, value.unit, samples=(value.value,), median=value.value, stable=True)
