"""Loaded packs -> Markdown pages: one for each rule, one for each pack, an index; written, or compared with what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.app.packs.rule_page import NOTE, cell, rule_page, severity_words
from poc_gate.errors import UsageError
from poc_gate.model.rule import DIMENSIONS, Pack, Rule
from poc_gate.words.shown_values import show_limit

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet


def rule_pages(added: Sequence[str] = ()) -> Mapping[str, str]:
    """Return path below the folder of the pages -> Markdown, for all packs: `core.md`, `core/A01-....md`."""
    packs = load_rule_packs(added)
    pages = {"index.md": _text(_index(packs))}
    for pack in packs.packs:
        pages[f"{pack.id}.md"] = _text(_pack(pack, packs))
        pages |= {f"{pack.id}/{rule.id}.md": _text(rule_page(rule, pack, packs)) for rule in pack.rules}
    return pages


def write_pages(folder: Path, added: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write the pages and return them; pages of rules and packs that are gone are removed."""
    pages = rule_pages(added)
    for name in pages:
        page = folder / name
        if page.is_file() and NOTE not in page.read_text(encoding="utf-8", errors="replace"):
            what = f"{page} already exists, and poc-gate did not write it"
            raise UsageError(
                what, next_step="choose another folder, or remove that file first if nobody needs it"
            )
    for below in sorted({folder / Path(name).parent for name in pages}):
        make_folder(below)
    for name, old in _held(folder).items():
        if name not in pages and NOTE in old.read_text(encoding="utf-8", errors="replace"):
            old.unlink()
            if old.parent != folder and not any(old.parent.iterdir()):
                old.parent.rmdir()
    for name, text in pages.items():
        write_file(folder / name, text.encode())
    return tuple(folder / name for name in pages)


def stale_pages(folder: Path, added: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of pages that differ from the rules, are missing, or belong to no rule and no pack."""
    pages = rule_pages(added)
    held = {name: path.read_text(encoding="utf-8", errors="replace") for name, path in _held(folder).items()}
    return tuple(sorted(name for name in {*pages, *held} if pages.get(name) != held.get(name)))


def _held(folder: Path) -> dict[str, Path]:
    """Return the Markdown files in the folder and in the folders of packs directly below it."""
    found = [*folder.glob("*.md"), *folder.glob("*/*.md")] if folder.is_dir() else []
    return {path.relative_to(folder).as_posix(): path for path in found}


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _index(packs: PackSet) -> Iterator[str]:
    yield from ("# Rules", "", NOTE, "")
    yield from ("| Pack | Version | Rules | Raises | Title |", "|---|---|---|---|---|")
    for pack in packs.packs:
        yield f"| [{pack.id}]({pack.id}.md) | {pack.version} | {len(pack.rules)} | {len(pack.adjust)} | {cell(pack.title)} |"


def _pack(pack: Pack, packs: PackSet) -> Iterator[str]:
    yield from (f"# {pack.title}", "", NOTE, "")
    applies = f"Applies when `{pack.when}`." if pack.when else "Applies to every pilot."
    yield f"Pack `{pack.id}` {pack.version}. {applies} [All packs](index.md)."
    if pack.adjust:
        yield from ("", "## What it raises in other packs", "")
    for adjustment in pack.adjust:
        raised = ", ".join(
            f"{severity} at {stage}" for stage, severity in (adjustment.severity or {}).items()
        )
        limits = ", ".join(f"{limit.name} = {show_limit(limit)}" for limit in adjustment.limits.values())
        since = f", from {adjustment.applies_from}" if adjustment.applies_from else ""
        rule = packs.rules.get(adjustment.rule)
        named = f"[{rule.id}]({rule.pack}/{rule.id}.md)" if rule is not None else f"`{adjustment.rule}`"
        yield f"- {named}: {'; '.join(filter(None, (raised, limits)))}{since}"
    for key, title in DIMENSIONS.items():
        rules = sorted((rule for rule in pack.rules if rule.dimension == key), key=lambda rule: rule.id)
        if rules:
            yield from (
                "",
                f"## {title}",
                "",
                "| Rule | What it asks | Severity | Needs |",
                "|---|---|---|---|",
            )
            yield from (_row(rule) for rule in rules)


def _row(rule: Rule) -> str:
    page = f"{rule.pack}/{rule.id}.md"
    return f"| [{rule.id}]({page}) | {cell(rule.what)} | {severity_words(rule)} | {rule.requires} |"
