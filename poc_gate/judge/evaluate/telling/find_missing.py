"""Missing names -> the facts a person can supply, the lines that do so, and the place to look first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.model.claim import Place
from poc_gate.model.fact import Fact, FactTree, generic_name
from poc_gate.model.fact_name import fact_name
from poc_gate.text.lazy_pattern import lazily

ITEM = lazily(r"([a-z_.]+)\[\]\.(\w+: .+)")
"""A key and value that no item of a list has: `path.stages[].source: policy-db`."""
_SHOWN_KEYS = 5
"""Keys of an item up to which the line that begins its list names them."""
_SCOPE = frozenset({"pilot.uses", "pilot.use_case_class", "pilot.stage", "model.hosting"})
"""Facts that say whether a rule applies, and hardly ever what is wrong."""
_ADD = lazily(r"add (`[^`]+`(?: \([^)]*\))?) under `([^`]+)` of the manifest")


def missing_roots(names: Iterable[str], context: Context) -> tuple[str, ...]:
    """Return the stated or measured facts that are missing behind the names, derived ones resolved."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        fact = context.tree.get(name)
        behind = [other for other in fact.inputs if context.tree.get(other).value is None]
        if fact.value is None and behind:
            waiting += behind
        else:
            found.add(name)
    return tuple(sorted(found))


def resolve_lines(names: Iterable[str], context: Context) -> tuple[str, ...]:
    """Return for each missing fact the line to add or the command to run."""
    lines: list[str] = []
    for name in names:
        fact, spec = context.tree.get(name), context.packs.catalogue.find(name)
        line = fact.resolve or (spec.resolve if spec is not None else "")
        item = ITEM.fullmatch(name)
        if item and not line:
            line = f"add `{item[2]}` to the item under `{item[1]}` that it belongs to"
        if not line and spec is None:
            line = _list_line(name, context)
        if not line and spec is not None:
            meaning = spec.meaning[:1].lower() + spec.meaning[1:]
            line = f"state `{name}` in the manifest: {meaning}"
        lines.append(line)
    return _by_section(tuple(dict.fromkeys(lines)))


def _list_line(name: str, context: Context) -> str:
    """Return the line that begins a list nobody stated: its first item with the keys that it can hold."""
    head = f"{generic_name(name)}[]."
    keys = [
        spec.name.removeprefix(head)
        for spec in context.packs.catalogue.specs.values()
        if spec.name.startswith(head)
    ]
    own = [key for key in keys if "." not in key and "[" not in key]
    key = next((key for key in ("id", "name") if key in own), "")
    if not key:
        return f"state `{name}:` in the manifest"
    others = [f"`{other}`" for other in own if other != key][:_SHOWN_KEYS]
    beside = f" and state its {', '.join(others)}" if others and len(own) <= _SHOWN_KEYS + 1 else ""
    return f"list every item under `{name}:` in the manifest, each as `- {key}: ...`{beside}"


def _by_section(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines with those that add to one section of the manifest joined, in their order."""
    together: dict[str, list[str]] = {}
    for line in lines:
        match = _ADD.fullmatch(line)
        together.setdefault(f"add under `{match[2]}`" if match else line, []).append(
            match[1] if match else ""
        )
    alone = {f"add under `{match[2]}`": line for line in lines if (match := _ADD.fullmatch(line))}
    return tuple(
        f"{head}: {', '.join(parts)}" if len(parts) > 1 else alone.get(head, head)
        for head, parts in together.items()
    )


def deciding_place(
    gathered: Gathered, names: Iterable[str], levers: Iterable[str], context: Context
) -> Place | None:
    """Return where the value that decides is stated, the manifest first: a person edits no machine.

    Of what a derived value was computed from, the `levers` of the rule come first. What only says whether a rule
    applies, such as the techniques in use, comes last: a comment there would be on the wrong line. A table that ships
    with poc-gate is never the place: nobody finds it in the checkout.
    """
    wanted, order = set(names), {name: number for number, name in enumerate(levers)}
    facts = [fact for name, held in gathered.facts.items() if name in wanted for fact in held]
    stated = [one for fact in facts for one in _stated_behind(fact, context)]
    stated.sort(key=lambda one: _distance(one, order))
    places = [one.place for one in stated if one.place is not None and not one.place.is_shipped]
    manifest = context.root.file
    return next((place for place in places if place.file == manifest and place.line), None) or next(
        iter(places), None
    )


def missing_place(names: Iterable[str], subject: str, context: Context) -> Place:
    """Return the nearest parent of a missing key: the item, the section, else the manifest."""
    places = context.tree.item_places
    if subject in places:
        return places[subject]
    for name in names:
        parent = name
        while parent:
            if parent in places:
                return places[parent]
            parent = parent.partition("[")[0] if parent.endswith("]") else parent.rpartition(".")[0]
        known = _first_places(context).get(_head(name))
        if known is not None:
            return known
    return context.root


def _first_places(context: Context) -> Mapping[str, Place]:
    """Return where each top-level section is stated first; found once for all rules of an evaluation."""
    first = context.sections
    if not first:
        for name, fact in context.tree.facts.items():
            section, place = _head(name), fact.place
            if place is None or not place.line or place.is_shipped:
                continue
            if section not in first or place < first[section]:
                first[section] = place
    return first


def root_place(tree: FactTree) -> Place:
    """Return the manifest as a whole."""
    fact = tree.get("pilot.name")
    return Place(fact.place.file, 1, 1) if fact.place is not None else Place("pilot.yaml")


@lru_cache(maxsize=8192)
def _head(name: str) -> str:
    """Return the top-level section of a fact: `path` for `path.stages[a].timeout`."""
    return fact_name(name).section.partition(".")[0] or name


def _stated_behind(fact: Fact, context: Context) -> list[Fact]:
    """Return a stated fact itself, or for a derived one the stated facts that it was computed from, the nearest first."""
    found: dict[str, Fact] = {}
    waiting, seen = [fact], {fact.name}
    for one in waiting:
        if one.place is not None:
            found[one.name] = one
            continue
        inputs = [name for name in one.inputs if name not in seen]
        seen.update(inputs)
        waiting += [context.tree.get(name) for name in inputs]
    return list(found.values())


def _distance(fact: Fact, levers: Mapping[str, int]) -> tuple[bool, int, bool]:
    """Order places: what a team can change in the order of the rule, statements that are denied first, scope last."""
    name = generic_name(fact.name)
    return name in _SCOPE, levers.get(name, len(levers)), fact.value is not False
