"""`capacity.yaml` and the rows of a portfolio -> what is shared, and whether it is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field

from poc_gate.app.ground.files.outputs import check_format
from poc_gate.app.portfolio.portfolio_file import read_portfolio
from poc_gate.app.portfolio.shaped_yaml import Where, read_placed
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.many.portfolio.capacity.decide_capacity import decide
from poc_gate.many.portfolio.capacity.joint_peak import HOURS
from poc_gate.many.portfolio.capacity.stated import Capacity, Pool, Stated
from poc_gate.model.claim import Place
from poc_gate.model.many.portfolio import Portfolio, Shared

KINDS = {"source": "req/s", "model": "req/s", "accelerator": "", "reviewers": "1", "money": "money"}
_STEP = "see docs/portfolio.md for what the file may hold"


class ResourcePart(Struct, frozen=True, forbid_unknown_fields=True):
    """One resource of a `capacity.yaml`."""

    id: str
    kind: str
    total: str | int | float | None = None
    share: str | int | float = 1
    nodes: int | None = None
    devices: int | None = None
    device_memory: str = ""
    failure_domain: int = 1
    pilots: list[str] = field(default_factory=list)
    currency: str = ""


class CapacityPart(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `capacity.yaml`."""

    resources: list[ResourcePart] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    hours: dict[str, list[float]] = field(default_factory=dict)


def capacities(portfolio: Portfolio, path: Path | None) -> tuple[Shared, ...]:
    """Return every shared resource with its answer; raises InvalidInputError for a file with faults."""
    return decide(portfolio, read_capacity(path) if path is not None else Capacity())


def capacity_report(results: Path, capacity: str, *, form: str, width: int) -> bytes:
    """Return the answers as text or JSON."""
    from poc_gate.report.portfolio.capacity_text import capacity_json, capacity_text

    check_format(form, ("terminal", "json"))
    found = capacities(read_portfolio(results), Path(capacity) if capacity else None)
    return (
        capacity_json(found)
        if form == "json"
        else capacity_text(found, width).encode(errors="backslashreplace")
    )


def read_capacity(path: Path) -> Capacity:
    """Return what a file states; raises InvalidInputError with every fault."""
    part, where = read_placed(path, CapacityPart, _STEP)
    faults: list[Fault] = []
    resources = [_stated(one, number, where, faults) for number, one in enumerate(part.resources)]
    faults += _twice(part.resources, where)
    for name, shares in part.hours.items():
        if len(shares) != HOURS or min(shares) < 0 or sum(shares) <= 0:
            what = f"hours of {name}: not {HOURS} shares"
            faults.append(_fault(where(("hours", name)), what, "write one number for each hour of the day"))
    if faults:
        raise InvalidInputError(faults)
    hours = {name: tuple(shares) for name, shares in part.hours.items()}
    return Capacity(tuple(resources), tuple(part.order), hours)


def _fault(place: Place, what: str, step: str) -> Fault:
    return Fault(place.file, place.line, place.column, what, step)


def _twice(resources: list[ResourcePart], where: Where) -> Iterator[Fault]:
    """Yield the resources that an earlier entry states already: two totals would give two answers."""
    first: dict[tuple[str, str, str, tuple[str, ...]], int] = {}
    for number, one in enumerate(resources):
        key = (one.kind, one.id.strip().lower(), one.currency, tuple(sorted(one.pilots)))
        if first.setdefault(key, number) != number:
            what = f"resources[{number}] ({one.id}): is stated in resources[{first[key]}] already"
            yield _fault(where(("resources", number)), what, "keep one of the two")


def _stated(part: ResourcePart, number: int, where: Where, faults: list[Fault]) -> Stated:
    def fault(what: str, step: str) -> None:
        faults.append(_fault(where(("resources", number)), f"resources[{number}] ({part.id}): {what}", step))

    if part.kind not in KINDS:
        fault(f"{part.kind!r} is not a kind of resource", f"write one of {', '.join(KINDS)}")
        return Stated(part.id, part.kind)
    pool = None
    if part.nodes is not None or part.devices is not None:
        if part.kind != "accelerator" or (part.nodes or 0) < 1 or (part.devices or 0) < 1:
            fault(
                "nodes and devices are those of a pool of accelerators, both at least 1",
                "state both, or a total",
            )
        else:
            memory = _quantity(part.device_memory, "B", fault) if part.device_memory else None
            pool = Pool(part.nodes or 1, part.devices or 1, memory, max(0, part.failure_domain))
    total = None if part.total is None else _quantity(part.total, KINDS[part.kind], fault)
    if total is not None and total < 0:
        fault("total is below zero", "state how much there is")
    share = _quantity(part.share, "1", fault)
    if share is not None and not 0 < share <= 1:
        fault("share is of the total that may be used", "write it as 80 %")
    if total is None and pool is None:
        fault("the total is missing", "state `total:`, or nodes and devices for accelerators")
    return Stated(part.id, part.kind, total, share or 1.0, pool, tuple(part.pilots), part.currency)


def _quantity(text: str | float, unit: str, fault: Callable[[str, str], None]) -> float | None:
    from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

    if isinstance(text, int | float):
        if unit in ("1", "money", ""):
            return float(text)
        fault(f"{text} has no unit", f"write it as {text} {unit}")
        return None
    try:
        return parse_quantity(text, unit or "1").value
    except QuantityError as error:
        fault(error.what, _STEP)
        return None
