"""An address or a key in a file -> whether a line beside it says that what it is for is off: `STRIPE_DISABLED=true`."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import HostSeen

_OF_PAGES = "(?:next_public_|vite_|react_app_|public_)?"
"""How names of variables begin that are handed on to pages."""
_NAMES_IT = re.compile(
    rf"(?i)^{_OF_PAGES}(?P<of>[a-z0-9]+(?:_[a-z0-9]+)*?)_(?:(?:api_)?(?:host|url|uri|server|endpoint|base_url|address)|(?:secret_|public_|access_)?(?:api_)?(?:key|token))$"
)
_FALSE = frozenset({"false", "0", "no", "off", "disabled"})
_TRUE = frozenset({"true", "1", "yes", "on"})


def is_off(seen: HostSeen, ground: Ground) -> bool:
    """Say whether the file that gives an address, or the key for it, also says that what it is for is off: `ENABLE_EMAIL=false`.

    A key that code looks up is off where every example of an environment that names it says so.
    """
    name, _, says = seen.why.partition(" ")
    match = _NAMES_IT.match(name) if says.startswith(("holds its address", "holds a key for")) else None
    if match is None:
        return False
    files = {one.place.file for one in ground.signals.hosts if one.offered == name and not one.off}
    if seen.offered or not files or says.startswith("holds its"):
        files = {seen.place.file}
    return files <= _turning_off(match["of"], ground)


def _turning_off(what: str, ground: Ground) -> set[str]:
    """Return the files a setting of which turns something off by its name."""
    on = re.compile(rf"(?i){_OF_PAGES}(?:(?:enable|use)_{what}(?:_\w+)?|{what}_(?:\w+_)?(?:enabled?|active))")
    off = re.compile(rf"(?i){_OF_PAGES}(?:disable_{what}|{what}_(?:is_)?disabled?)")
    return {
        one.place.file
        for one in ground.signals.settings
        if (off.fullmatch(one.name) and str(one.value).lower() in _TRUE)
        or (on.fullmatch(one.name) and str(one.value).lower() in _FALSE)
    }
