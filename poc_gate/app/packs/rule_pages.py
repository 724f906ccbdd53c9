"""Loaded packs -> Markdown pages, one for each pack and an index; written, or compared with what lies there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.app.explore.explain_rule import assertion, clause, file_counts_when
from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.errors import UsageError
from poc_gate.model.rule import DIMENSIONS, Pack, Rule, Stage
from poc_gate.words.judged.gates import set_aside_words, short_words
from poc_gate.words.shown_values import show_limit

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet

_NOTE = "<!-- Written by `poc-gate rules docs`; edit the rule files instead. -->"


def rule_pages(added: Sequence[str] = ()) -> Mapping[str, str]:
    """Return file name -> Markdown for all packs."""
    packs = load_rule_packs(added)
    pages = {f"{pack.id}.md": "\n".join(_pack(pack, packs)) + "\n" for pack in packs.packs}
    return {"index.md": "\n".join(_index(packs)) + "\n", **pages}


def write_pages(folder: Path, added: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write the pages and return them; pages of packs that are gone are removed."""
    pages = rule_pages(added)
    make_folder(folder)
    for name in pages:
        page = folder / name
        if page.is_file() and _NOTE not in page.read_text(encoding="utf-8", errors="replace"):
            what = f"{page} already exists, and poc-gate did not write it"
            raise UsageError(
                what, next_step="choose another folder, or remove that file first if nobody needs it"
            )
    for old in folder.glob("*.md"):
        if old.name not in pages and _NOTE in old.read_text(encoding="utf-8", errors="replace"):
            old.unlink()
    for name, text in pages.items():
        write_file(folder / name, text.encode())
    return tuple(folder / name for name in pages)


def stale_pages(folder: Path, added: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of pages that differ from the rules, are missing, or belong to no pack."""
    pages = rule_pages(added)
    held = (
        {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
        if folder.is_dir()
        else {}
    )
    return tuple(sorted(name for name in {*pages, *held} if pages.get(name) != held.get(name)))


def _index(packs: PackSet) -> Iterator[str]:
    yield from ("# Rules", "", _NOTE, "")
    yield from ("| Pack | Version | Rules | Raises | Title |", "|---|---|---|---|---|")
    for pack in packs.packs:
        yield f"| [{pack.id}]({pack.id}.md) | {pack.version} | {len(pack.rules)} | {len(pack.adjust)} | {_cell(pack.title)} |"


def _pack(pack: Pack, packs: PackSet) -> Iterator[str]:
    yield from (f"# {pack.title}", "", _NOTE, "")
    applies = f"Applies when `{pack.when}`." if pack.when else "Applies to every pilot."
    yield f"Pack `{pack.id}` {pack.version}. {applies}"
    if pack.adjust:
        yield from ("", "## What it raises in other packs", "")
    for adjustment in pack.adjust:
        raised = ", ".join(
            f"{severity} at {stage}" for stage, severity in (adjustment.severity or {}).items()
        )
        limits = ", ".join(f"{limit.name} = {show_limit(limit)}" for limit in adjustment.limits.values())
        since = f", from {adjustment.applies_from}" if adjustment.applies_from else ""
        yield f"- `{adjustment.rule}`: {'; '.join(filter(None, (raised, limits)))}{since}"
    for rule in sorted(pack.rules, key=lambda rule: rule.id):
        yield from ("", *_rule(rule, packs))


def _rule(rule: Rule, packs: PackSet) -> Iterator[str]:
    severity = {rule.severity[stage] for stage in Stage}
    words = ", ".join(f"{rule.severity[stage]} at {stage}" for stage in Stage)
    yield from (f"## {rule.id}", "", f"{rule.what}.", "", rule.why, "")
    yield f"- **Dimension**: {DIMENSIONS[rule.dimension]}"
    yield f"- **Severity**: {words if len(severity) > 1 else next(iter(severity))}"
    yield f"- **Evidence needed**: {rule.requires}"
    if rule.when:
        yield f"- **Applies when**: `{' '.join(rule.when.split())}`"
    if rule.set_aside:
        yield f"- **Set aside**: {set_aside_words(rule.set_aside, code='`')}"
    if rule.for_each:
        yield f"- **Judged for**: each of `{rule.for_each}`"
    expects = assertion(rule) if rule.expect.operator == "evidence" else f"`{assertion(rule)}`"
    yield f"- **Expects**: {expects}"
    if rule.short:
        yield f"- **Falls short**: {short_words(rule.short, code='`')}"
    for name, fact in rule.given.items():
        spec = packs.catalogue.find(fact)
        yield f"  - `{name}` = `{fact}`{': ' + spec.meaning if spec is not None else ''}"
    for limit in rule.limits.values():
        yield f"- **Limit** `{limit.name}` = {show_limit(limit)}: {limit.reason}"
    for part in rule.seen:
        when = f", where `{' '.join(part.when.split())}`" if part.when else ""
        yield f"- **Fails when seen otherwise**: `{' '.join(part.that.split())}`{when}"
    if rule.evidence is not None:
        yield f"- **A file counts when it** {file_counts_when(rule.evidence, '`')}"
    yield f"- **Fix** ({rule.effort}, cost {rule.cost}, {rule.owner or 'any role'}): {rule.fix}"
    if rule.levers:
        yield f"- **Levers**: {', '.join(f'`{lever}`' for lever in rule.levers)}"
    for reference in rule.references:
        yield f"- **Clause**: {clause(reference)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
