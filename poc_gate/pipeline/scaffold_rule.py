"""The name of a rule -> a new rule file, and a `pack.yaml` beside it, that load and pass their examples."""

from __future__ import annotations

import re
from pathlib import Path

from poc_gate.errors import UsageError
from poc_gate.model.rule import DIMENSIONS

_ID = re.compile(r"[A-Z]{1,4}[0-9]{2,4}-[a-z0-9-]{2,60}")

_RULE = """\
id: {id}
what: {what}
why: >-
  Say in two or three sentences what happens to the pilot when this is not so, and to whom.
dimension: {dimension}
severity: medium            # or {{pilot: high, limited: high, production: blocker}}
requires: declared          # declared, artifact or measured
given:                      # the only inputs; `poc-gate schema facts` lists every fact
{given}
{scope}expect: {{value: slowest, at_most: allowed}}
limits:
  allowed: {{value: 500 ms, tighter: lower, reason: Say where this number comes from.}}
fix: Say what to do, in the order in which to try it.
effort: days                # hours, days, weeks or months
cost: low                   # none, low, medium or high
owner: data engineer
levers: ["{lever}"]
references: []              # {{framework: ..., edition: ..., clause: ..., verified_on: {today}}}
examples:
  - {{state: pass, given: {{slowest: 400 ms}}}}
  - {{state: fail, given: {{slowest: 600 ms}}}}
  - {{state: unknown, given: {{}}}}
since: 0.1.0
"""

_PACK = """\
id: {name}
version: 0.1.0
title: {title}
# given: {{uses: pilot.uses}}
# when: '"llm" in uses'      # without it the pack applies to every pilot
"""


def scaffold_rule(
    rule: str, folder: Path, *, dimension: str, per_source: bool, today: str
) -> tuple[Path, ...]:
    """Write a rule that loads, and the pack's own file where there is none; return what was written.

    Raises UsageError for a malformed id, an unknown dimension, and rather than overwrite a file.
    """
    if not _ID.fullmatch(rule):
        raise UsageError(f"{rule!r} is no id of a rule", next_step="write one such as X01-short-name")
    if dimension not in DIMENSIONS:
        raise UsageError(f"no dimension {dimension!r}", next_step=f"one of {', '.join(DIMENSIONS)}")
    target = folder / f"{rule}.yaml"
    if target.exists():
        raise UsageError(f"{target} exists", next_step="choose another id; ids are never reused")
    fact = "sources[].p99" if per_source else "slo.p99"
    text = _RULE.format(
        id=rule,
        what=rule.split("-", 1)[1].replace("-", " ").capitalize(),
        dimension=dimension,
        given=f"  slowest: {fact}",
        scope="for_each: sources\n" if per_source else "",
        lever="sources[].timeout" if per_source else "slo.p99",
        today=today,
    )
    folder.mkdir(parents=True, exist_ok=True)
    written = [target]
    target.write_text(text, encoding="utf-8")
    pack = folder / "pack.yaml"
    if not pack.exists():
        name = re.sub(r"[^a-z0-9-]+", "-", folder.resolve().name.lower()).strip("-") or "my-pack"
        name = name if name[0].isalpha() and len(name) > 1 else f"pack-{name}"
        pack.write_text(_PACK.format(name=name, title=name.replace("-", " ").capitalize()), encoding="utf-8")
        written.append(pack)
    return tuple(written)
