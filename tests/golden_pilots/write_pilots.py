"""Compact descriptions -> folders that a team would keep: `pilot.yaml` and a record for every rule that takes one.

An archetype states what is special about it; what every pilot of that kind answers alike stands once in
`COMMON`. Records come from the worked examples of the rules, so that they satisfy the predicates of today.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from poc_gate.model.rule import Example, Rule

DAY = "2026-11-23"
"""Day on which the golden pilots are judged."""
RECORD_DAY = "2026-11-16"
PUBLISHED = Path(__file__).resolve().parents[1] / "inputs" / "artifacts" / "files"
"""Published files of others; SOURCES.md beside them says where each is from."""


def write_pilot(
    folder: Path, stated: Mapping[str, Any], rules: Iterable[Rule], *, stage: str, changes: Mapping[str, Any]
) -> None:
    """Write a folder for one archetype at one stage; `changes` puts other values at dotted paths, None removes."""
    document: dict[str, Any] = {"apiVersion": "poc-gate/v1"}
    for path, value in {**stated, "pilot.stage": stage, **changes}.items():
        put(document, path, copy.deepcopy(value))
    sources = [source["id"] for source in document.get("sources", ())]
    document["evidence"] = list(_records(folder, rules, sources, document))
    (folder / "pilot.yaml").write_text(
        yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    )
    for source in document.get("sources", ()):
        _write_contract(folder, source)
    if config := document["model"].get("config"):
        (folder / config).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PUBLISHED / "hf" / "qwen2.5-7b-instruct.config.json", folder / config)
    if document["model"].get("bom"):
        _write_bom(folder / document["model"]["bom"], document["model"])
    runbook = folder / "ops" / "runbook.md"
    runbook.parent.mkdir(parents=True, exist_ok=True)
    runbook.write_text("# Runbook\n\nWhat each alert means, what to do in ten minutes, whom to call.\n")
    _commit(folder)


def _commit(folder: Path) -> None:
    """Keep the folder under version control: the author commits the manifest, the approvers their records."""
    _git(folder, "init", "-q", "-b", "main")
    for who, what in (("author", ["pilot.yaml"]), ("approvers", ["."])):
        _git(folder, "add", *what)
        person = f"{who} <{who}@example.com>"
        _git(folder, "-c", f"user.name={who}", "-c", f"user.email={who}@example.com", "-c", "commit.gpgsign=false",
             "commit", "-qm", "Add what the pilot rests on", f"--author={person}")  # fmt: skip


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def _write_contract(folder: Path, source: Mapping[str, Any]) -> None:
    """Write a small data contract (ODCS) for a source that names one."""
    path = source.get("contract", "none")
    if path == "none":
        return
    contract = {
        "apiVersion": "v3.1.0", "kind": "DataContract", "id": source["id"], "name": source["id"], "version": "1.2.0",
        "status": "active", "description": {"purpose": "Read by the pilot"},
        "schema": [{"name": "items", "properties": [{"name": "id", "logicalType": "string", "primaryKey": True}]}],
    }  # fmt: skip
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(yaml.dump(contract, Dumper=yaml.CSafeDumper, sort_keys=False))


def _write_bom(path: Path, model: Mapping[str, Any]) -> None:
    """Write a CycloneDX bill of materials with the model and its digest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = str(model["digest"]).removeprefix("sha256:")
    component = {
        "type": "machine-learning-model", "name": model["name"], "version": model["version"],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }  # fmt: skip
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [component]}
    path.write_text(json.dumps(bom, indent=1))


def put(document: dict[str, Any], path: str, value: Any) -> None:
    """Set the value at a dotted path; `sources[id].x` reaches into an item; None removes the key."""
    head, _, rest = path.partition(".")
    if "[" in head:
        name, item = head.rstrip("]").split("[")
        found = next(one for one in document[name] if one.get("id", one.get("name")) == item)
        put(found, rest, value)
    elif rest:
        put(document.setdefault(head, {}), rest, value)
    elif value is None:
        document.pop(head, None)
    else:
        document[head] = value


def _records(
    folder: Path, rules: Iterable[Rule], sources: list[str], document: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
    """Write one record for each rule whose examples show one, and yield its entry."""
    for rule in rules:
        shown = next((one for one in rule.examples if one.state == "pass" and "evidence" in one.given), None)
        if shown is None:
            continue
        items = (sources or ["example"]) if rule.for_each else [""]
        for item in items:
            name = f"records/{rule.id}{'-' + item if item else ''}.yaml"
            content = _fitted(rule, shown, item, document)
            (folder / "records").mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(
                yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
            )
            approver = str(shown.given.get("evidence_approver") or "risk officer")
            yield {"rule": rule.id, "file": name, "observed_at": RECORD_DAY, "approver": approver}


def _fitted(rule: Rule, shown: Example, item: str, document: Mapping[str, Any]) -> Any:
    """Return the example's record about this pilot: its source, its money, its tier."""
    content = _renamed(copy.deepcopy(shown.given["evidence"]), item)
    purpose, cost = document.get("purpose", {}), document.get("cost", {})
    if rule.id.startswith(("E02", "K05")) and isinstance(content, dict):
        content["classification"] |= {"tier": purpose.get("risk_tier"), "role": purpose.get("role")}
    if rule.id.startswith("K09"):
        content["inventory"] |= {
            "id": purpose.get("model_inventory_id"), "materiality": purpose.get("materiality"),
        }  # fmt: skip
    if rule.id.startswith("I04") and "budget_12m" in cost:
        content["funding"] |= {"amount": float(str(cost["budget_12m"]).split()[0]), "currency": "EUR"}
    if rule.id.startswith("G04"):
        operations = document["operations"]
        content["gate"] |= {"triggers": operations["gate_triggers"], "metrics": operations["gate_metrics"]}
    if rule.id.startswith("B03"):
        content["trace"]["p99_ms"] = 200
    return content


def _renamed(content: Any, item: str) -> Any:
    if isinstance(content, dict):
        return {key: _renamed(value, item) for key, value in content.items()}
    if isinstance(content, list):
        return [_renamed(value, item) for value in content]
    return item if content == "example" and item else content
