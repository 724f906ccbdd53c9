"""Derived facts on where it runs: the measured machine against the planned one, places, capacity that may be used."""

from __future__ import annotations

from poc_gate.flow.facts.serving.latency_facts import busiest_servers
from poc_gate.flow.formulas.load.queueing import erlang_c
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.path_reading import PATH_INPUTS
from poc_gate.flow.span import as_span
from poc_gate.model.fact import Kind

WAIT_PER_SERVICE = 7.0 / 3.0
"""Mean wait over mean service of one server at 70 % load (M/M/1: 0.7 / 0.3); what many servers may reach too."""
_CLOSED = 0.9
"""No station is planned beyond this, however many servers it has: failures and bursts need room."""
_EVERYWHERE = ("global", "worldwide", "any")


def _matches(view: FactView) -> DerivedValue:
    """Return whether the profile is of the planned machine; a data sheet shows neither."""
    kind, planned, found = (
        view.text(name) for name in ("machine.kind", "target.fingerprint", "machine.fingerprint")
    )
    if kind != "measured":
        raise CannotDeriveError(
            "a data sheet is not a measurement: probe a node of the production pool", ("machine.fingerprint",)
        )
    if not planned or not found:
        raise view.missing(
            *(n for n, v in (("target.fingerprint", planned), ("machine.fingerprint", found)) if not v)
        )
    return DerivedValue(found == planned, f"measured {found}, planned {planned}")


def _outside(view: FactView) -> DerivedValue:
    """Return how many places lie outside the regions that are allowed for the data."""
    allowed = view.texts("purpose.allowed_regions")
    if allowed is None:
        allowed = view.texts("purpose.regions")
        if allowed is None:
            raise view.missing("purpose.allowed_regions")
        view.assume("data may be kept where people use it (purpose.allowed_regions is not stated)")
    places, missing = _places(view)
    outside = [f"{name} in {region}" for name, region in places.items() if not _inside(region, allowed)]
    if missing and not outside:
        raise view.missing(*missing)
    return DerivedValue(
        as_span(float(len(outside))), f"outside {', '.join(allowed)}: {', '.join(outside) or 'none'}"
    )


def _places(view: FactView) -> tuple[dict[str, str], list[str]]:
    """Return the region of every source, destination and of the service itself, and what nobody stated."""
    found: dict[str, str] = {}
    missing: list[str] = []
    for items in ("sources", "security.egress"):
        if items not in view.tree.items:
            missing.append(items)
        for item in view.each(items):
            region = item.text(f"{items}[].region")
            found |= {item.item: region} if region else {}
            missing += [] if region else [item.full_name(f"{items}[].region")]
    models = {one.item: one.text("models[].region") for one in view.each("models")}
    found |= {f"model {name}": region for name, region in models.items() if region}
    home = view.text("target.region")
    return found | ({"the service": home} if home else {}), missing


def _inside(region: str, allowed: tuple[str, ...]) -> bool:
    """Whether a region is one of those allowed, or part of one: `eu` holds `eu-central-1`."""
    name = region.strip().casefold()
    wanted = [one.strip().casefold() for one in allowed]
    return any(one in _EVERYWHERE or name == one or name.startswith(f"{one}-") for one in wanted)


def _complete(view: FactView) -> DerivedValue:
    """Return whether the list of destinations is complete; a list that is stated says so unless denied."""
    said = view.flag("security.egress_listed")
    if said is not None:
        return DerivedValue(said, "as stated")
    if "security.egress" not in view.tree.items:
        raise view.missing("security.egress_listed")
    return DerivedValue(True, "the list is stated")  # noqa: FBT003 - the value of a flag


def allowed_utilisation(servers: int) -> float:
    """Return the utilisation at which the mean wait is that of one server at 70 %, by Erlang C; at most 0.9."""
    always = _waits_little(servers, _CLOSED)  # the wait grows with the utilisation: below it is shorter still
    low, high = 0.0, _CLOSED
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if always or _waits_little(servers, middle) else (low, middle)
    return low


def _waits_little(servers: int, utilisation: float) -> bool:
    wait = erlang_c(servers, utilisation * servers) / (servers * (1.0 - utilisation))
    return wait <= WAIT_PER_SERVICE


def _allowed_load(view: FactView) -> DerivedValue:
    servers = max(1, int(busiest_servers(view)))
    load = allowed_utilisation(servers)
    return DerivedValue(
        as_span(load),
        f"Erlang C: {servers} servers wait {WAIT_PER_SERVICE:.3g} service times at {load:.1%}, never beyond {_CLOSED:.0%}",
    )


def _nodes_ours(view: FactView) -> DerivedValue:
    """Return whether the team sets how replicas start, stop and spread; so it is until somebody says otherwise."""
    platform = view.text("target.platform")
    if not platform:
        view.assume("the team runs its own nodes (target.platform and target.service are not stated)")
    return DerivedValue(platform != "serverless", f"the platform is {platform or 'not stated'}")


DERIVATIONS = (
    Derivation(
        "flow.target.nodes_ours", "The team sets how replicas start, stop and spread over nodes",
        "unless the platform is serverless", ("target.platform",), _nodes_ours, kind=Kind.FLAG,
    ),
    Derivation(
        "flow.machine.matches", "The machine that was measured is the one that production runs on",
        "measured fingerprint = planned fingerprint", ("machine.kind", "target.fingerprint", "machine.fingerprint"),
        _matches, kind=Kind.FLAG,
    ),
    Derivation(
        "flow.regions.outside", "Sources, destinations and services outside the regions allowed for the data", "count",
        ("purpose.allowed_regions", "purpose.regions", "sources[].region", "security.egress[].region", "models[].region",
         "target.region"),
        _outside,
    ),
    Derivation(
        "flow.egress.complete", "The list of outbound destinations is complete", "as stated, or a list is given",
        ("security.egress_listed", "security.egress[].name"), _complete, kind=Kind.FLAG,
    ),
    Derivation(
        "flow.utilisation.allowed", "Utilisation that the busiest station may reach at the peak",
        "Erlang C: mean wait <= 7/3 of the service time, at most 90 %", ("flow.demand.peak_rate", "flow.network.utilisation", *PATH_INPUTS),
        _allowed_load, reference="Erlang 1917; docs/models/queueing.md",
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
