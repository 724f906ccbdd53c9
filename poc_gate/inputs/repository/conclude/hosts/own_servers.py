"""Services that a team can also run itself -> the vendors' hosts that are not asked: a setting gives the address of another server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.model.claim import Notice

_SERVER = re.compile(
    r"(?i)(?:\w+_)?(?P<of>langfuse|posthog|unstructured|firecrawl|comet|wandb|mem0)_(?:api_)?(?:host|base_?url|url|endpoint)"
)
"""Names of settings that say where the server of such a service is."""
AT_HOME = re.compile(
    r"(?:https?://)?(?:localhost|127\.0\.0\.1)(?::\d+)?(?:/|$)|https?://[\w-]+(?::\d+)?(?:/|$)"
)
"""Addresses of a service that runs beside the pilot: nothing goes to the vendor's."""
_HOLDS = " holds its address"


def run_by_the_team(ground: Ground) -> set[str]:
    """Return the vendors' hosts of services whose address a setting gives, and it is another; ask where none is given to code that needs one."""
    given = dict(_given(ground))
    own = {of for of, address in given.items() if _is_elsewhere(of, address)}
    return {PROVIDER_HOSTS[of] for of in own} | _left_open(ground, set(given))


def _given(ground: Ground) -> Iterator[tuple[str, str]]:
    """Yield each such service with an address that a file gives, one of the team's own last."""
    named = [(one.name, str(one.value)) for one in ground.signals.settings]
    named += [(one.why.removesuffix(_HOLDS), f"https://{one.host}/") for one in ground.signals.hosts if one.why.endswith(_HOLDS)]  # fmt: skip
    found = [(match["of"].lower(), address) for name, address in named if (match := _SERVER.fullmatch(name))]
    yield from sorted(found, key=lambda pair: _is_elsewhere(*pair))


def _is_elsewhere(of: str, address: str) -> bool:
    """Say whether a service runs beside the pilot, or at an address of the team's own."""
    of_the_vendor = re.match(rf"https?://(?:[\w-]+\.)*{of}\.[a-z]+(?:/|$)", address)
    return bool(AT_HOME.match(address)) or (address.startswith("http") and not of_the_vendor)


def _left_open(ground: Ground, given: set[str]) -> set[str]:
    """Return the vendors' hosts that only keys speak of, where code looks the address up and no file gives one; ask for it."""
    needed = {
        match["of"].lower(): one
        for one in reversed(ground.signals.needs)
        if ground.counts(one.standing) and (match := _SERVER.fullmatch(one.name))
    }
    left = set()
    for of, need in needed.items():
        seen = [one for one in ground.signals.hosts if one.host == PROVIDER_HOSTS[of]]
        if of in given or not seen or not all(_is_a_key(one) for one in seen):
            continue
        left.add(PROVIDER_HOSTS[of])
        what = f"where {of} is asked is not said: the code looks {need.name} up ({need.place}), and no file says its value"
        ground.signals.questions.append(Notice("question", what, need.place, "write the host that production asks: `security.egress`", hosts=(PROVIDER_HOSTS[of],)))  # fmt: skip
    return left


def _is_a_key(one: HostSeen) -> bool:
    return "holds a key" in one.why
