"""Names of facts -> the words or the short names that sentences use."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.fact_name import fact_name, short_name
from poc_gate.words.grammar import and_list

_SUFFIXES = (("_12m", "of 12 months"), ("_10x", "at ten times the volume"))


def named(names: Sequence[str], subject: str, most: int) -> str:
    """Return several facts by name, those of `subject` by their field alone."""
    return and_list([_one(name, subject) for name in names], most)


def _one(name: str, subject: str) -> str:
    """Return one name; a key and value that no item has as people write it."""
    list_name, generic, key = name.partition("[].")
    return f"`{key}` under `{list_name}`" if generic and ": " in key else short_name(name, subject)


def readable(fact: str) -> str:
    """Return a fact's short name in words: `sources[a].prod_access` -> `prod access`, `slo.p99` -> `slo p99`."""
    name = fact_name(fact)
    section = name.section.rpartition(".")[2]
    suffix = next((words for end, words in _SUFFIXES if name.field.endswith(end)), "")
    stem = name.field[:-4] if suffix else name.field
    last = " ".join([*stem.split("_"), *([suffix] if suffix else [])])
    if stem.partition("_")[0] == "month" and section:
        return f"{' '.join(section.split('_'))} of a {last}"
    if "_" in name.field or not section or name.item is not None:
        return last
    return f"{' '.join(section.split('_'))} {last}"
