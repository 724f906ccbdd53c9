"""Constants that no code uses, and files of Python that nothing reaches -> what they say is asked, not stated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from poc_gate.inputs.repository.conclude.aside.unused.unused_modules import leave_modules
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import FactSeen, Signals
from poc_gate.inputs.repository.reading import FileLeft
from poc_gate.inputs.repository.tables.marks.key_marks import provider_of_key
from poc_gate.inputs.repository.tables.marks.remarks import remark_of_package
from poc_gate.inputs.repository.tables.models import is_hosted
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.model.claim import Notice, Place

_FOUND_BY_NAME = re.compile(
    r"(?i)(?:^|/)(?:__\w+__|main|app|apps|asgi|wsgi|manage|server|index|handler|lambda_function|run|cli|setup|conftest|urls|admin|models|tasks|signals|streamlit_app|gunicorn\w*|hubconf|\w*(?:train|score|scoring|predict|infer|ingest|etl|batch|job|worker|agent|bot|deploy|evaluat)\w*)\.py$|(?:^|/)(?:pages|commands|management|dags|flows|plugins|routers?|routes|routing|api|functions?|lambdas?|handlers?|jobs|assets|steps|cogs|extensions|tools|agents)/"
)
"""Files that frameworks and people find by their names or their folders."""
_CODE = frozenset({"python", "tree"})
_LISTED = 3
"""Tools kept under names of their own that code writes elsewhere, from which on it is clear that a list takes in those that a model is given."""
_AI = frozenset({"llm", "llm client", "retrieval", "agent", "classic-ml"})


class LookedFor(NamedTuple):
    """What the rest of the checkout is looked through for."""

    constants: frozenset[str]
    modules: frozenset[str]
    """Files of Python that only other files can bring in."""
    adapters: frozenset[str]
    """Files of JavaScript and TypeScript."""
    packages: frozenset[str]
    """Files of Go."""
    python: frozenset[str]
    """All files of Python."""


def looked_for(signals: Signals) -> LookedFor:
    """Return the names of constants that gave values and models, and the files of code that say anything, by language."""
    files = {one.place.file for one in signals.facts if one.reader in _CODE}
    files |= {one.place.file for one in signals.models if one.reader in _CODE}
    files |= {one.place.file for one in signals.tools if one.reader in _CODE}
    names = {name for _, name, place in signals.constants if place.file in files}
    names |= {name for name, variable in signals.aliases.items() if variable in names}
    placed: tuple[Iterable[Any], ...] = (
        signals.facts,
        signals.models,
        signals.systems,
        signals.hosts,
        signals.techniques,
    )
    said = {one.place.file for kind in placed for one in kind if one.standing is Standing.SERVICE}
    modules = {path for path in said if path.endswith(".py") and not _FOUND_BY_NAME.search(path)}
    adapters = {path for path in said if path.endswith((".ts", ".js", ".mjs", ".cjs", ".tsx", ".jsx"))}
    return LookedFor(
        constants=frozenset(name for name in names if len(name) > 1),
        modules=frozenset(modules),
        adapters=frozenset(adapters),
        packages=frozenset(path for path in said if path.endswith(".go")),
        python=frozenset(path for path in said if path.endswith(".py")),
    )


_IN_CODE = re.compile(r"(?i)^(?!.*(?:^|[/_-])(?:settings?|conf\w*|const\w*|param\w*|defaults?|env\w*|options?)(?:/|[_.]|$)).*\.py$")  # fmt: skip
"""Files of Python other than those of settings, which frameworks and loops may read without writing the names: a size in
one of these that nothing uses says nothing."""


def leave_unused_constants(signals: Signals, uses: Mapping[str, int]) -> list[Notice]:
    """Take back values, models and tools of constants that no code uses; return a question on each value that nothing else says.

    A file of which no constant is used is read by something that does not write their names, and counts whole.
    """
    unused = _unused(signals, uses)
    if not unused:
        return []
    gone = [one for one in signals.facts if one.reader in _CODE and one.place in unused]
    lost = {id(one) for one in gone}
    signals.facts[:] = [one for one in signals.facts if id(one) not in lost]
    signals.models[:] = [one for one in signals.models if one.reader not in _CODE or one.place not in unused]
    signals.tools[:] = [one for one in signals.tools if one.reader not in _CODE or one.place not in unused]
    kept = {one.fact for one in signals.facts}
    asked: dict[str, FactSeen] = {}
    for one in gone:
        if one.fact not in kept and one.standing is Standing.SERVICE:
            asked.setdefault(one.fact, one)
    return [_question(one, unused[one.place]) for one in asked.values()]


def _unused(signals: Signals, uses: Mapping[str, int]) -> dict[Place, str]:
    """Return the constants that no code uses, by place, in files of which something is used or that are read by name alone."""
    named: dict[str, list[str]] = defaultdict(list)
    for name, variable in signals.aliases.items():
        named[variable].append(name)
    unused: dict[Place, str] = {}
    shown: set[str] = set()
    for kind, name, place in signals.constants:
        counts = [uses.get(one, 1) for one in (named[name] if kind == "env" else [name])]
        if any(counts):
            shown.add(place.file)
        elif counts:
            unused[place] = name
    tools = {one.place for one in signals.tools if one.reader == "tree"}
    listed = sum(place in tools and uses.get(name, 0) > 0 for _, name, place in signals.constants)
    apart = {one.place for one in signals.facts if one.fact.startswith("retrieval.") and _IN_CODE.search(one.place.file)}  # fmt: skip
    apart |= tools if listed >= _LISTED else set()
    return {place: name for place, name in unused.items() if place.file in shown or place in apart}


def _question(one: FactSeen, name: str) -> Notice:
    what = f"{one.fact} is not said: {name} is {one.value} ({one.place}), and no code uses that constant"
    return Notice("question", what, one.place, f"write the one that production uses: `{one.fact}`")


def packages_of_models(signals: Signals, ecosystem: str = "javascript") -> frozenset[str]:
    """Return the packages of a language that stand for a use of the pilot's."""
    return frozenset(
        one.name
        for one in signals.packages
        if one.ecosystem == ecosystem and not one.optional and (row := package_named(one.name)) is not None and row.techniques
    )  # fmt: skip


_BY_CODE = frozenset({"retries", "rate limit", "error tracking", "personal data", "sign-in"})
"""Remarks on packages that do nothing until code takes them in."""


def packages_that_act(signals: Signals) -> frozenset[str]:
    """Return the packages of Python that show something only where code takes them in.

    Something is remarked of them, or an example has a key for their service in a line that is commented out, and no
    code looks it up.
    """
    looked_up = {one.name for one in signals.needs}
    off = {provider_of_key(one.offered) for one in signals.hosts if one.off and one.offered not in looked_up}
    off.discard("")
    of_keys = {one for one in off if not is_hosted(one)}
    return frozenset(
        one.name
        for one in signals.packages
        if one.ecosystem == "python"
        and not one.name.startswith("django-")
        and (_is_remarked(one.name) or any(word in one.name for word in of_keys))
    )


def _is_remarked(name: str) -> bool:
    row = remark_of_package(name)
    return row is not None and row[0] in _BY_CODE


def leave_unused_packages(signals: Signals, unused: Collection[str]) -> None:
    """Let packages count no more that a list names and no code of the service takes in."""
    signals.packages[:] = [
        one._replace(optional=True) if one.name in unused else one for one in signals.packages
    ]


def leave_unreached_modules(
    signals: Signals, modules: Collection[str], why: str = "no other file imports or starts it"
) -> None:
    """Take back what files of code say that nothing reaches, where other files show what the pilot is."""
    shown = any(
        one.name in _AI
        and one.weight >= 3
        and one.standing is Standing.SERVICE
        and one.place.file not in modules
        for one in signals.techniques
    )
    if not modules or not shown:
        return
    leave_modules(signals, frozenset(modules))
    signals.techniques[:] = [one for one in signals.techniques if one.place.file not in modules]
    signals.tools[:] = [one for one in signals.tools if one.place.file not in modules]
    signals.left += [FileLeft(path, f"not used: {why}") for path in sorted(modules)]


def leave_skipped(signals: Signals, plugins: Collection[str]) -> None:
    """Take back what plug-ins say that their loader passes over."""
    leave_modules(signals, frozenset(plugins))
    signals.tools[:] = [one for one in signals.tools if one.place.file not in plugins]
    signals.techniques[:] = [one for one in signals.techniques if one.place.file not in plugins]
    signals.left += [FileLeft(path, "not used: the loader of plug-ins passes over names that begin with _") for path in sorted(plugins)]  # fmt: skip
