"""The schema -> the page of documentation about `pilot.yaml`, so that the two cannot drift apart."""

from __future__ import annotations

from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Block, Leaf, manifest_tree
from poc_gate.inputs.manifest.schema.field_types import Date, File, Number, QuantityText, Share
from poc_gate.model.quantity import Quantity, show_quantity, show_share

_PROSE = """\
# The manifest, `pilot.yaml`

One file says what a pilot is, wants and rests on. `poc-gate init` writes one, `poc-gate validate` checks it and lists
what to add first, `poc-gate assess` judges it. `poc-gate schema pilot` prints its JSON Schema for completion in an editor.
This page is generated from the same schema.

- **Quantities carry their unit**: `250 ms`, `80 GiB`, `1.2 TB/s`, `10 Gbit/s`, `99.9 %`, `12 req/s`, `2.10 EUR/h`, `1h30m`.
  Units are case-sensitive; `GB` (10^9) and `GiB` (2^30) differ; bits are `bit`, never `b`. A bare number where a unit belongs
  is refused. Counts and factors are bare numbers. `500/day`, `500 a day`, `50 percent`, `2 seconds`, `20k req/d` and `1,000` are
  read too; `0,5` and `99,9` are refused, since only commas between groups of three digits are unmistakable.
- **YAML 1.2, plain**: `NO` and `12:30` are strings; only `true` and `false` are booleans; dates are `2026-12-01`. Tags,
  anchors, aliases, duplicate keys, a second document, other encodings than UTF-8, more than 1 MiB and nesting beyond 64 are
  refused.
- **What is left out is unknown**, never a default, and an unknown never passes. An empty key (`p99:`) is left out too.
- **Every fault comes at once**, with `file:line:column` and what to write instead; the exit code is then 3.
- **Secrets never belong in it.** `credential` takes a reference (`env:NAME`, `file:PATH`, `cmd:COMMAND`); a literal secret
  anywhere is reported by place and blotted out of every report.
- **Files** are named relative to the manifest, inside its folder.

Fields marked **1** are the first tier: they decide most, `init` asks for them, and `validate` lists the missing ones.
Fields marked *intent* state what is wanted; all others state what is the case, and count as `declared` until an artifact or a
measurement shows them. Where two statements about one fact differ (times and rates by more than 10 %, sizes by more than
2 %, shares by more than 10 % of the share or of what is missing to one, counts and money by more than 0.5 %, anything else
at all), the stronger one is used, the contradiction is reported, and the fact counts as declared until they agree.
"""


def manifest_page() -> str:
    """Return the page in Markdown."""
    tree = manifest_tree()
    lines = [_PROSE]
    top = [entry for entry in tree.fields.values() if isinstance(entry, Leaf)]
    lines += _table("At the top", "", top)
    for block in tree.blocks():
        path = block.path.replace("[]", "[ID]") if block.path.split("[")[0] not in LEDGERS else block.path
        leaves = [entry for entry in block.fields.values() if isinstance(entry, Leaf)]
        lines += _table(f"`{path}`", _about(block), leaves)
    return "\n".join(lines)


def _about(block: Block) -> str:
    form = f" A list; each item begins with `- {block.item_key}:`." if block.listed else ""
    return f"{block.meaning}.{form}"


def _table(title: str, about: str, leaves: list[Leaf]) -> list[str]:
    head = [
        f"## {title}",
        "",
        *([about, ""] if about else []),
        "| key | | value | meaning |",
        "|---|---|---|---|",
    ]
    rows = [f"| `{leaf.name}` | {_marks(leaf)} | {_form(leaf)} | {_meaning(leaf)} |" for leaf in leaves]
    return [*head, *rows, ""]


def _marks(leaf: Leaf) -> str:
    marks = ["required"] * leaf.required + ["**1**"] * (leaf.tier == 1) + ["*intent*"] * leaf.intent
    return " ".join(marks)


def _form(leaf: Leaf) -> str:
    if leaf.choices:
        words = " ".join(f"`{choice}`" for choice in leaf.choices)
        if leaf.mapped:
            return f"names, each with one of {words}"
        return f"any of {words}" if leaf.listed else words
    kinds = {bool: "`true` or `false`", Date: "day", File: "file", Number: "number"}
    text = kinds.get(leaf.type, "text")
    if issubclass(leaf.type, QuantityText):
        text = f"`{leaf.example.strip('[]')}`"
    if leaf.mapped:
        return "names and texts"
    return f"list of {text}" if leaf.listed else text


def _meaning(leaf: Leaf) -> str:
    if leaf.high is None or not (leaf.unit and leaf.low is not None):
        return leaf.meaning
    return f"{leaf.meaning} ({_bound(leaf, leaf.low)} to {_bound(leaf, leaf.high)})"


def _bound(leaf: Leaf, bound: float) -> str:
    return show_share(bound) if leaf.type is Share else show_quantity(Quantity(bound, leaf.unit))
