"""Addresses and keys in files -> those of which a line beside them says that what they are for is off: `STRIPE_DISABLED=true`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.marks import OPTION
from poc_gate.inputs.repository.noting.signals import SettingSeen
from poc_gate.inputs.repository.reading import Certainty

_OF_PAGES = "(?:next_public_|vite_|react_app_|public_)?"
"""How names of variables begin that are handed on to pages."""
_NAMES_IT = re.compile(
    rf"(?i)^{_OF_PAGES}(?P<of>[a-z0-9]+(?:_[a-z0-9]+)*?)_(?:(?:api_)?(?:host|url|uri|server|endpoint|base_url|address)|(?:secret_|public_|access_)?(?:api_)?(?:key|token))$"
)
_FALSE = frozenset({"false", "0", "no", "off", "disabled"})
_TRUE = frozenset({"true", "1", "yes", "on"})


_SWITCH = re.compile(r"(?i)enable|disable|active|use_")


def switched_off(ground: Ground) -> frozenset[tuple[str, str]]:
    """Return file and reason of the hosts whose file also says that what they are for is off: `ENABLE_EMAIL=false`.

    A key that code looks up is off where every example of an environment that names it says so.
    """
    nobody = _chosen_by_nobody(ground)
    switches = [one for one in ground.signals.settings if _SWITCH.search(one.name)]
    options = _options(ground)
    if not switches and not options:
        return nobody
    examples: dict[str, set[str]] = defaultdict(set)
    for seen in ground.signals.hosts:
        if seen.offered and not seen.off:
            examples[seen.offered].add(seen.place.file)
    found: dict[tuple[str, str], str] = {}
    for seen in ground.signals.hosts:
        name, _, says = seen.why.partition(" ")
        sure = seen.certainty is Certainty.STATED or not says.startswith(
            ("holds its address", "holds a key for")
        )
        if not sure and (match := _NAMES_IT.match(name)):
            found[seen.place.file, seen.why] = match["of"]
    turned = {of: _turning_off(of, switches) for of in set(found.values())}
    by_code = {of for of in turned if _is_off_in_code(of, options)}
    return nobody | frozenset(
        (file, why)
        for (file, why), of in found.items()
        if (of in by_code and not _holds_a_key(why))
        or (
            turned[of]
            and _says_so(file, examples[why.partition(" ")[0]], turned[of], a_key=_holds_a_key(why))
        )
    )


def _holds_a_key(why: str) -> bool:
    return " holds a key" in why


def _options(ground: Ground) -> dict[str, set[str]]:
    """Return the options of the program and the values that its files give each."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, value in ground.signals.switches:
        if name.startswith(OPTION):
            found[name.removeprefix(OPTION)].add(value.lower())
    return found


def _is_off_in_code(what: str, options: Mapping[str, set[str]]) -> bool:
    """Say whether an option of the program turns something off by its name, and none turns it on."""
    on, off = _turns(what)
    said = {value for name, values in options.items() if on.fullmatch(name) for value in values}
    said |= {"false" if value == "true" else "true" for name, values in options.items() if off.fullmatch(name) for value in values}  # fmt: skip
    return said == {"false"}


_CHOOSES = re.compile(r"(?i)(?P<what>[a-z0-9]{3,20})_(?:provider|backend)")
_NOBODY = frozenset({"none", "off", "disabled"})
_NAMED_SO_OFTEN = frozenset({"api", "app", "core", "model", "llm", "data", "service", "auth", "storage"})
"""Words that stand in so many paths that a folder of that name says nothing."""


def _chosen_by_nobody(ground: Ground) -> frozenset[tuple[str, str]]:
    """Return file and reason of addresses in files called after what a setting chooses nobody for: `GEO_PROVIDER=none`."""
    said: dict[str, set[str]] = defaultdict(set)
    for one in ground.signals.settings:
        if match := _CHOOSES.fullmatch(one.name):
            said[match["what"].lower()].add(str(one.value).lower())
    none = [what for what, values in said.items() if values <= _NOBODY and what not in _NAMED_SO_OFTEN]
    if not none:
        return frozenset()
    called = re.compile(rf"(?i)(?:^|[/_-])(?:{'|'.join(none)})(?:[/_.-]|$)")
    return frozenset(
        (one.place.file, one.why)
        for one in ground.signals.hosts
        if one.certainty is Certainty.INFERRED and called.search(one.place.file)
    )


def _says_so(file: str, examples: set[str], turned: set[str], *, a_key: bool) -> bool:
    """Say whether the file itself turns something off, or all the examples do that name the key."""
    return file in turned or (a_key and file not in examples and bool(examples) and examples <= turned)


def _turning_off(what: str, switches: Sequence[SettingSeen]) -> set[str]:
    """Return the files a setting of which turns something off by its name."""
    on, off = _turns(what)
    return {
        one.place.file
        for one in switches
        if (off.fullmatch(one.name) and str(one.value).lower() in _TRUE)
        or (on.fullmatch(one.name) and str(one.value).lower() in _FALSE)
    }


@lru_cache(maxsize=1_024)
def _turns(what: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how settings are called that turn something on, and those that turn it off."""
    on = rf"(?i){_OF_PAGES}(?:(?:enable|use)_{what}(?:_\w+)?|{what}_(?:\w+_)?(?:enabled?|active))"
    return re.compile(on), re.compile(rf"(?i){_OF_PAGES}(?:disable_{what}|{what}_(?:is_)?disabled?)")
