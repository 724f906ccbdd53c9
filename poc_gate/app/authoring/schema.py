"""The name of a file format -> its JSON Schema, asked of the room that reads the format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from inspect import cleandoc
from typing import Any

from poc_gate.app.ground.files.outputs import check_format
from poc_gate.errors import UsageError, one_of
from poc_gate.model.fact import FactSpec

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_names() -> tuple[str, ...]:
    """Return the names that `write_schema` knows."""
    return tuple(_SCHEMAS)


def write_schema(name: str, form: str = "json") -> bytes:
    """Return a JSON Schema, or the list of all facts, as JSON; some also as a page of `markdown`.

    Raises UsageError for another name or form.
    """
    if name not in _SCHEMAS:
        raise UsageError(f"unknown schema {name!r}", next_step=one_of(name, _SCHEMAS))
    if form == "markdown" and name in _PAGES:
        return _PAGES[name]().encode()
    check_format(form, ("json", "markdown") if name in _PAGES else ("json",))
    return (
        json.dumps(_with_plain_descriptions(_SCHEMAS[name]()), indent=2, ensure_ascii=False) + "\n"
    ).encode()


def _with_plain_descriptions(part: Any) -> Any:
    """Return a schema whose descriptions begin at the margin: some releases of msgspec keep a docstring's indents."""
    if isinstance(part, Mapping):
        return {
            key: cleandoc(inner)
            if key == "description" and isinstance(inner, str)
            else _with_plain_descriptions(inner)
            for key, inner in part.items()
        }
    return [_with_plain_descriptions(inner) for inner in part] if isinstance(part, list) else part


def _pilot() -> Mapping[str, Any]:
    from poc_gate.inputs.manifest.writing.json_schema import manifest_schema

    return manifest_schema()


def _pilot_page() -> str:
    from poc_gate.inputs.manifest.writing.manifest_page import manifest_page

    return manifest_page()


def _result() -> Mapping[str, Any]:
    from poc_gate.report.result.result_file import result_schema

    return result_schema()


def _machine() -> Mapping[str, Any]:
    from poc_gate.inputs.probe.profile.profile_file import profile_schema

    return profile_schema()


def _node() -> Mapping[str, Any]:
    from poc_gate.model.many.fleet import NodeRecord

    return _of(NodeRecord, "poc-gate record of a fleet node", "urn:poc-gate:node:v1")


def _sources() -> Mapping[str, Any]:
    from poc_gate.inputs.connect.results.sources_file import sources_schema

    return sources_schema()


def _rule() -> Mapping[str, Any]:
    from poc_gate.judge.packs.rule_schema import RulePart

    return _of(RulePart, "poc-gate rule", "urn:poc-gate:rule:v1")


def _pack() -> Mapping[str, Any]:
    from poc_gate.judge.packs.rule_schema import PackPart

    return _of(PackPart, "poc-gate rule pack (pack.yaml)", "urn:poc-gate:pack:v1")


def _waivers() -> Mapping[str, Any]:
    from poc_gate.judge.packs.read_waivers import LedgerPart

    return _of(LedgerPart, "poc-gate waiver ledger", "urn:poc-gate:waivers:v1")


def _of(part: type, title: str, identity: str) -> Mapping[str, Any]:
    import msgspec

    return {"$schema": _DRAFT, "$id": identity, "title": title, **msgspec.json.schema(part)}


def _facts() -> Mapping[str, Any]:
    """Return every fact of the catalogue by name, so that a rule's author finds what can be asked."""
    from poc_gate.app.ground.catalogue import full_catalogue

    specs = full_catalogue().specs
    return {"schema": "poc-gate.facts/1", "facts": [_fact(specs[name]) for name in sorted(specs)]}


def _fact(spec: FactSpec) -> Mapping[str, Any]:
    stated = {
        "name": spec.name,
        "kind": str(spec.kind),
        "unit": spec.unit,
        "meaning": spec.meaning,
        "role": str(spec.role),
        "origin": spec.origin,
        "low": spec.low,
        "high": spec.high,
        "choices": list(spec.choices),
        "formula": spec.formula,
        "inputs": list(spec.inputs),
        "reference": spec.reference,
        "resolve": spec.resolve,
    }
    return {key: value for key, value in stated.items() if value not in ("", None, [])}


_ORIGINS = {
    "manifest": "Stated in the manifest",
    "machine": "Measured on a machine, or taken from its datasheet",
    "source": "Measured at a live source",
    "artifact": "Read from a team's own file",
    "observed": "Seen in results of the running pilot: traces, load tests, evaluations, scans, dumps",
    "flow": "Derived from the others",
    "assessment": "About the assessment",
}


def _facts_as_markdown() -> str:
    """Return the catalogue as tables, one for each room that supplies facts."""
    from poc_gate.app.ground.catalogue import full_catalogue

    specs = [full_catalogue().specs[name] for name in sorted(full_catalogue().specs)]
    lines = [
        "# Facts",
        "",
        (
            "Everything that a rule can ask for. `[]` stands for each item of a list, by its id in the fact's full "
            "name: `sources[policy-db].p99`. Quantities are in SI units inside; in files they carry any unit of "
            "their dimension. Generated from the program."
        ),
    ]
    for origin, title in _ORIGINS.items():
        rows = [spec for spec in specs if spec.origin == origin]
        if rows:
            lines += ["", f"## {title}", "", "| fact | kind | unit | meaning |", "|---|---|---|---|"]
            lines += [_row(spec) for spec in rows]
    return "\n".join(lines) + "\n"


def _row(spec: FactSpec) -> str:
    meaning = spec.meaning + (f": {', '.join(spec.choices)}" if spec.choices else "")
    meaning += f". {spec.formula}" if spec.formula else ""
    cells = (f"`{spec.name}`", str(spec.kind), spec.unit, meaning)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


_SCHEMAS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "pilot": _pilot,
    "result": _result,
    "machine": _machine,
    "node": _node,
    "sources": _sources,
    "rule": _rule,
    "pack": _pack,
    "waivers": _waivers,
    "facts": _facts,
}

_PAGES: Mapping[str, Callable[[], str]] = {"pilot": _pilot_page, "facts": _facts_as_markdown}
"""Pages of documentation that are generated, by the name of what they describe."""
