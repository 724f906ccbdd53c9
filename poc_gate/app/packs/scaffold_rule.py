"""The name of a rule -> a new rule file, and a `pack.yaml` beside it, that load and pass their examples."""

from __future__ import annotations

import re
from pathlib import Path

from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.errors import UsageError, one_of
from poc_gate.model.rule import DIMENSIONS

_ID = re.compile(r"[A-Z]{1,4}[0-9]{2,4}-[a-z0-9-]{2,60}")

_RULE = """\
id: {id}
what: {what}
why: >-
  Say in two or three sentences what happens to the pilot when this is not so, and to whom.
dimension: {dimension}
severity: medium            # or {{pilot: high, limited: high, production: blocker}}
requires: {requires}          # declared, artifact or measured
given:                      # the only inputs; `poc-gate schema facts` lists every fact
{asserted}fix: Say what to do, in the order in which to try it.
effort: days                # hours, days, weeks or months
cost: low                   # none, low, medium or high
owner: data engineer
levers: ["{lever}"]         # facts of the manifest that a team can change to pass
references: []              # {{framework: ..., edition: ..., clause: ..., verified_on: {today}}}
examples:
{examples}since: 0.1.0
"""
PLACEHOLDERS = (
    "Say in two or three sentences what happens",
    "Say what to do, in the order in which to try it.",
    "Say where this number comes from.",
)
"""Words of a new rule that its author is to replace."""

_VALUE = """\
  slowest: {fact}
{scope}expect: {{value: slowest, at_most: allowed}}
limits:
  allowed: {{value: 500 ms, tighter: lower, reason: Say where this number comes from.}}
"""
_VALUE_EXAMPLES = """\
  - {state: pass, given: {slowest: 400 ms}}
  - {state: fail, given: {slowest: 600 ms}}
  - {state: unknown, given: {}}
"""
_FILE = """\
  target: slo.p99
expect: {evidence: true}    # a file decides; the manifest lists it under `evidence:` with the rule's id
evidence:
  parses_as: [yaml, json]
  contains: [record.date, record.took]      # dotted paths that are there and not empty
  where: content.record.took <= target      # `content` is the file; names of given and limits as well
  max_age: 180 d                            # an older file counts as declared only
  approver: true                            # a role must have signed it off
"""
_FILE_EXAMPLES = """\
  - state: pass
    given: {target: 500 ms}
    evidence: {record: {date: 2026-10-12, took: 400 ms}}
    evidence_date: 2026-10-12
    evidence_approver: service owner
  - state: fail
    given: {target: 500 ms}
    evidence: {record: {date: 2026-10-12, took: 600 ms}}
    evidence_date: 2026-10-12
    evidence_approver: service owner
  - {state: unknown, given: {target: 500 ms}}
"""

_PACK = """\
id: {name}
version: 0.1.0
title: {title}
# given: {{uses: pilot.uses}}
# when: '"llm" in uses'      # without it the pack applies to every pilot
"""


def scaffold_rule(
    rule: str, folder: Path, *, dimension: str, today: str, per_source: bool = False, by_file: bool = False
) -> tuple[Path, ...]:
    """Write a rule that loads, and the pack's own file where there is none; return what was written.

    With `per_source` it judges each source, with `by_file` a file that is put forward for it.

    Raises UsageError for a malformed id, an unknown dimension, and rather than overwrite a file.
    """
    if not _ID.fullmatch(rule):
        raise UsageError(f"{rule!r} is not a valid rule id", next_step="write one such as X01-short-name")
    if dimension not in DIMENSIONS:
        raise UsageError(f"unknown dimension {dimension!r}", next_step=one_of(dimension, DIMENSIONS))
    target = folder / f"{rule}.yaml"
    if target.exists():
        raise UsageError(f"{target} exists", next_step="choose another id; ids are never reused")
    if per_source and by_file:
        raise UsageError("--per-source and --evidence are two kinds of rule", next_step="choose one of them")
    fact = "sources[].p99" if per_source else "slo.p99"
    value = _VALUE.format(fact=fact, scope="for_each: sources\n" if per_source else "")
    text = _RULE.format(
        id=rule,
        what=rule.split("-", 1)[1].replace("-", " ").capitalize(),
        dimension=dimension,
        requires="artifact" if by_file else "declared",
        asserted=_FILE if by_file else value,
        examples=_FILE_EXAMPLES if by_file else _VALUE_EXAMPLES,
        lever=fact,
        today=today,
    )
    make_folder(folder)
    written = [target]
    write_file(target, text.encode())
    pack = folder / "pack.yaml"
    if not pack.exists():
        name = re.sub(r"[^a-z0-9-]+", "-", folder.resolve().name.lower()).strip("-") or "my-pack"
        name = name if name[0].isalpha() and len(name) > 1 else f"pack-{name}"
        write_file(pack, _PACK.format(name=name, title=name.replace("-", " ").capitalize()).encode())
        written.append(pack)
    return tuple(written)
