"""A rule whose every observation runs over lists that are stated to be empty has nothing to judge."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.judge.packs.compile_rule import CompiledRule, list_of_items
from poc_gate.model.fact import Catalogue, Fact, FactTree, generic_name


def empty_lists(compiled: CompiledRule, gathered: Gathered, context: Context) -> tuple[str, ...]:
    """Return the lists, stated and empty, over which everything runs that the rule observes; else none.

    Only a list that is left out is unknown: `sources: []` says that there is nothing to ask about.
    """
    if not compiled.observed:
        return ()
    found: set[str] = set()
    for name in compiled.observed:
        if name in compiled.lists:
            over = frozenset({list_of_items(compiled.rule.given[name])})
        else:
            (fact,) = gathered.facts[name]
            over = _runs_over(fact, context.tree, context.packs.catalogue)
        if not over or not all(_is_empty(items, context.tree.items) for items in over):
            return ()
        found |= over
    return tuple(sorted(found))


def _runs_over(fact: Fact, tree: FactTree, catalogue: Catalogue) -> frozenset[str]:
    """Return the lists that a derived fact, left without a value and without anything to state, runs over."""
    if (
        fact.value is not None
        or not fact.derived
        or any(tree.get(name).value is None for name in fact.inputs)
    ):
        return frozenset()
    behind = catalogue.behind([generic_name(fact.name)])
    stated = [name for name in behind if (spec := catalogue.specs.get(name)) is not None and not spec.inputs]
    over = {list_of_items(name) for name in stated} - {""}
    return frozenset(items for items in over if _is_empty(items, tree.items))


def _is_empty(items: str, listed: Mapping[str, tuple[str, ...]]) -> bool:
    return listed.get(items) == ()
