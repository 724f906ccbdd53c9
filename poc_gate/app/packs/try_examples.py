"""A pack, a folder of packs or everything that ships -> the outcome of every worked example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from poc_gate.app.ground.packs.rule_packs import load_rule_packs, packs_under
from poc_gate.errors import UsageError

if TYPE_CHECKING:
    from poc_gate.judge.run_examples import ExampleOutcome


def try_examples(target: str = "", added: Sequence[str] = ()) -> tuple[ExampleOutcome, ...]:
    """Return the outcomes for `target` (a name, a pack's folder, a folder of packs; empty = all).

    The shipped packs are loaded as well, since a pack may adjust them. Raises UsageError when there is
    nothing to test: an empty run is not a success.
    """
    from poc_gate.judge.packs.pack_digest import pack_digest
    from poc_gate.judge.run_examples import run_examples

    sources = packs_under(target) if target else ()
    packs = load_rule_packs([*added, *(source.name for source in sources)])
    digests = {pack_digest(source.files) for source in sources}
    only = frozenset(pack.id for pack in packs.packs if pack.sha256 in digests)
    outcomes = run_examples(packs, only if target else None)
    if not outcomes and not any(pack.id in only and pack.adjust for pack in packs.packs):
        raise UsageError("there is no example to run", next_step="add rules with examples to the pack")
    return outcomes


def outcomes_as_junit(outcomes: Sequence[ExampleOutcome]) -> bytes:
    """Return the outcomes as JUnit XML: class = pack, name = rule and number of the example."""
    failed = sum(not outcome.passed for outcome in outcomes)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="poc-gate rules" tests="{len(outcomes)}" failures="{failed}" errors="0" skipped="0">',
    ]
    for outcome in outcomes:
        name = quoteattr(f"{outcome.rule} example {outcome.number} ({outcome.wanted})")
        place = f"file={quoteattr(outcome.place.file)} line={quoteattr(str(outcome.place.line))}"
        head = f"  <testcase classname={quoteattr(outcome.pack)} name={name} {place}"
        if outcome.passed:
            lines.append(f"{head}/>")
            continue
        what = quoteattr(f"{outcome.got} instead of {outcome.wanted}")
        text = escape(f"{outcome.place}: {outcome.message}")
        lines += [f"{head}>", f"    <failure message={what}>{text}</failure>", "  </testcase>"]
    return ("\n".join([*lines, "</testsuite>"]) + "\n").encode()
