"""Addresses and keys in files -> those of which a line beside them says that what they are for is off: `STRIPE_DISABLED=true`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
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
    switches = [one for one in ground.signals.settings if _SWITCH.search(one.name)]
    if not switches:
        return frozenset()
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
    return frozenset(
        (file, why)
        for (file, why), of in found.items()
        if turned[of]
        and _says_so(file, examples[why.partition(" ")[0]], turned[of], a_key=" holds a key" in why)
    )


def _says_so(file: str, examples: set[str], turned: set[str], *, a_key: bool) -> bool:
    """Say whether the file itself turns something off, or all the examples do that name the key."""
    return file in turned or (a_key and file not in examples and bool(examples) and examples <= turned)


def _turning_off(what: str, switches: Sequence[SettingSeen]) -> set[str]:
    """Return the files a setting of which turns something off by its name."""
    on = re.compile(rf"(?i){_OF_PAGES}(?:(?:enable|use)_{what}(?:_\w+)?|{what}_(?:\w+_)?(?:enabled?|active))")
    off = re.compile(rf"(?i){_OF_PAGES}(?:disable_{what}|{what}_(?:is_)?disabled?)")
    return {
        one.place.file
        for one in switches
        if (off.fullmatch(one.name) and str(one.value).lower() in _TRUE)
        or (on.fullmatch(one.name) and str(one.value).lower() in _FALSE)
    }
