"""Facts -> the request path: which stations a request passes, in which order, with which capacity."""

from __future__ import annotations

from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.awaited_calls import REGION_INPUTS, awaited, cross_region_time
from poc_gate.flow.reading.model_station import MODEL_INPUTS, model_station

MODEL_STAGES = frozenset(
    [
        "model",
        "llm",
        "generate",
        "generation",
        "inference",
        "predict",
        "prediction",
        "score",
        "scoring",
        "answer",
    ]
)
"""Stage ids that stand for the call to the model."""

SEARCH_STAGES = frozenset(["search", "retrieve", "retrieval", "vector-search", "vector_search"])
"""Stage ids that stand for the search in the index."""

PATH_INPUTS = (
    "sources[].awaited", "sources[].p50", "sources[].p95", "sources[].p99", "sources[].calls_per_request",
    "sources[].sequential_calls", "sources[].servers", "sources[].capacity", "sources[].cache_hit",
    "sources[].cache_p50", "sources[].timeout", "sources[].retries", "sources[].tolerated_rate",
    "path.mode", "path.stages[].source", "path.stages[].p50", "path.stages[].p95", "path.stages[].p99",
    "path.stages[].timeout", "path.stages[].retries", "path.stages[].parallel_group", "path.stages[].servers",
    "path.stages[].capacity", "path.stages[].cv", "pilot.uses", "retrieval.search_p50", "retrieval.search_p99",
    "flow.search.time", "retrieval.cores", "demand.arrival_cv", *REGION_INPUTS, *MODEL_INPUTS,
)  # fmt: skip
"""Every fact that `read_path` may read."""


def stands_for(stage: str, words: frozenset[str]) -> bool:
    """Return whether a stage's id, or a word of it such as `ask-model`, is one of the words."""
    name = stage.lower()
    return name in words or not words.isdisjoint(name.replace("_", "-").split("-"))


def read_path(view: FactView) -> RequestPath:
    """Return the request path that the facts describe; raises naming every fact that is missing.

    Stages come in file order, those of one `parallel_group` at the same time. Sources that no stage
    names come first, one after the other or together by `path.mode`. The index search and the model
    are added at the end unless a stage stands for them.
    """
    missing: dict[str, None] = {}
    reasons: list[str] = []
    groups: list[tuple[Station | ModelStation, ...]] = []

    def attempt(build: object) -> Station | ModelStation | None:
        assert callable(build)
        try:
            built: Station | ModelStation | None = build()
        except CannotDeriveError as error:
            missing.update(dict.fromkeys(error.missing))
            if not error.missing:
                reasons.append(error.why)
            return None
        return built

    staged = {stage.text("path.stages[].source") for stage in view.each("path.stages")} - {""}
    loose = [s for s in view.each("sources") if awaited(s) and s.item not in staged]
    stations = [attempt(lambda source=source: source_station(source)) for source in loose]
    groups += _ordered([s for s in stations if s is not None], view, len(loose), missing)
    groups += _stage_groups(view, attempt)
    groups += [(station,) for station in _implied(view, attempt)]
    fixed = _region_time(view, missing)
    if reasons:
        raise CannotDeriveError("; ".join(reasons), tuple(missing))
    if missing or not groups:
        raise view.missing(*(missing or ("sources", "path.stages")))
    return RequestPath(
        tuple(groups),
        fixed=fixed,
        arrival_variation=_arrivals(view),
        assumptions=tuple(view.trace.assumptions),
    )


def _ordered(
    stations: list[Station | ModelStation], view: FactView, wanted: int, missing: dict[str, None]
) -> list[tuple[Station | ModelStation, ...]]:
    if wanted > 1 and not view.text("path.mode"):
        missing["path.mode"] = None
        return []
    if view.text("path.mode") == "parallel":
        return [tuple(stations)] if stations else []
    return [(station,) for station in stations]


def _stage_groups(view: FactView, attempt: object) -> list[tuple[Station | ModelStation, ...]]:
    assert callable(attempt)
    groups: dict[str, list[Station | ModelStation]] = {}
    for number, stage in enumerate(view.each("path.stages")):
        station = attempt(lambda stage=stage: stage_station(view, stage))
        if station is not None:
            key = stage.text("path.stages[].parallel_group") or f"\0{number}"
            groups.setdefault(key, []).append(station)
    return [tuple(group) for group in groups.values()]


def _implied(view: FactView, attempt: object) -> list[Station | ModelStation]:
    assert callable(attempt)
    uses = view.texts("pilot.uses")
    stages = [stage.item for stage in view.each("path.stages")]
    built: list[Station | ModelStation | None] = []
    if uses is None:
        attempt(lambda: view.need("pilot.uses"))
        return []
    if "retrieval" in uses and not any(stands_for(stage, SEARCH_STAGES) for stage in stages):
        built.append(attempt(lambda: search_station(view)))
    modelled = any(stands_for(stage, MODEL_STAGES) for stage in stages)
    if not modelled and not {"llm", "classic-ml", "agent"}.isdisjoint(uses):
        if not view.text("model.hosting"):
            attempt(lambda: view.need("model.hosting"))
        elif view.text("model.hosting") != "none":
            built.append(attempt(lambda: model_station(view)))
    return [station for station in built if station is not None]


def source_station(source: FactView) -> Station:
    """Return one source as a station; raises when its times or calls are unknown or contradict."""
    p50, p99, calls = source.need("sources[].p50", "sources[].p99", "sources[].calls_per_request")
    p95, hit = source.maybe("sources[].p95"), source.maybe("sources[].cache_hit")
    _in_order(source, "sources[]", p50.likely, p95.likely if p95 else None, p99.likely)
    retries, timeout = source.maybe("sources[].retries"), source.maybe("sources[].timeout")
    cache_time = source.maybe("sources[].cache_p50")
    if hit is not None and hit.likely > 0 and cache_time is None:
        raise source.missing("sources[].cache_p50")
    servers, capacity = source.maybe("sources[].servers"), source.maybe("sources[].capacity")
    sequential = source.maybe("sources[].sequential_calls") or calls
    if servers is None and capacity is None:
        source.assume(f"{source.item} never queues: neither servers nor capacity is stated", weaken=True)
    return Station(
        id=source.item, kind="source", p50=p50.likely, p99=p99.likely, p95=p95.likely if p95 else None,
        calls=calls.likely, sequential=min(sequential.likely, max(1.0, calls.likely)),
        servers=servers.likely if servers else None, capacity=capacity.likely if capacity else None,
        cache_hit=hit.likely if hit else 0.0, cache_time=cache_time.likely if cache_time else 0.0,
        timeout=timeout.likely if timeout and timeout.likely > 0 else None,
        retries=retries.likely if retries else 0.0,
        low=_ratio(p50.low, p50.likely), high=_ratio(p99.high, p99.likely),
    )  # fmt: skip


def stage_station(view: FactView, stage: FactView) -> Station | ModelStation:
    """Return one stage as a station; a stage for a source, the model or the search takes their times."""
    source = stage.text("path.stages[].source")
    p50, p99 = stage.maybe("path.stages[].p50"), stage.maybe("path.stages[].p99")
    if p50 is None and p99 is None:
        if source:
            if source not in view.tree.items.get("sources", ()):
                raise CannotDeriveError(f"path.stages[{stage.item}].source names no source: {source}")
            return source_station(view.standing_on(source))
        if stands_for(stage.item, MODEL_STAGES):
            return model_station(view)
        if stands_for(stage.item, SEARCH_STAGES):
            return search_station(view)
    if p50 is None or p99 is None:
        p50, p99 = stage.need("path.stages[].p50", "path.stages[].p99")
    p95 = stage.maybe("path.stages[].p95")
    _in_order(stage, "path.stages[]", p50.likely, p95.likely if p95 else None, p99.likely)
    servers, capacity = stage.maybe("path.stages[].servers"), stage.maybe("path.stages[].capacity")
    if servers is None and capacity is None:
        stage.assume(f"stage {stage.item} never queues: neither servers nor capacity is stated", weaken=True)
    timeout, retries, cv = (stage.maybe(f"path.stages[].{n}") for n in ("timeout", "retries", "cv"))
    return Station(
        id=stage.item, kind="stage", p50=p50.likely, p99=p99.likely, p95=p95.likely if p95 else None,
        servers=servers.likely if servers else None, capacity=capacity.likely if capacity else None,
        variation=cv.likely**2 if cv else None, timeout=timeout.likely if timeout and timeout.likely > 0 else None,
        retries=retries.likely if retries else 0.0,
        low=_ratio(p50.low, p50.likely), high=_ratio(p99.high, p99.likely),
    )  # fmt: skip


TAIL_OF_A_SEARCH = 3.0
"""p99 over median of one search where only its time is predicted; poc-gate's own choice."""


def search_station(view: FactView) -> Station:
    """Return the search in the index as a station: with the stated times, else with the predicted one.

    Raises naming the stated times where neither is known. Cores that search are its servers.
    """
    cores = view.maybe("retrieval.cores")
    p50, p99 = view.maybe("retrieval.search_p50"), view.maybe("retrieval.search_p99")
    servers = max(1.0, cores.likely) if cores else None
    if servers is None:
        view.assume("the index search never queues: retrieval.cores is not stated", weaken=True)
    if p50 is not None and p99 is not None:
        _in_order(view, "retrieval.search_", p50.likely, None, p99.likely)
        return Station("search", "search", p50.likely, p99.likely, servers=servers)
    time = view.maybe("flow.search.time")
    if time is None or time.likely <= 0:
        raise view.missing("retrieval.search_p50", "retrieval.search_p99")
    view.assume(
        f"the search takes {time.shown('s')} by the index's size and the machine's memory, its p99 three times that "
        "(retrieval.search_p50 and search_p99 are not stated)",
        weaken=True,
    )
    return Station(
        "search", "search", time.likely, TAIL_OF_A_SEARCH * time.likely, servers=servers,
        low=time.low / time.likely, high=time.high / time.likely,
    )  # fmt: skip


def _in_order(view: FactView, prefix: str, p50: float, p95: float | None, p99: float) -> None:
    name = view.full_name(prefix)
    dot = "." if prefix.endswith("[]") else ""
    if p99 < p50 or (p95 is not None and not p50 <= p95 <= p99):
        raise CannotDeriveError(
            f"{name}{dot}p99 = {p99:g} s and p50 = {p50:g} s"
            f"{'' if p95 is None else f', p95 = {p95:g} s'} are not in order: one of them is wrong"
        )


def _region_time(view: FactView, missing: dict[str, None]) -> float:
    if view.maybe("path.cross_region_hops") is None:
        view.assume("no call crosses a region (path.cross_region_hops is not stated)", weaken=True)
        return 0.0
    try:
        return cross_region_time(view)[0].likely
    except CannotDeriveError as error:
        missing.update(dict.fromkeys(error.missing))
        return 0.0


def _arrivals(view: FactView) -> float:
    cv = view.maybe("demand.arrival_cv")
    if cv is None:
        view.assume("requests arrive at random (Poisson)")
        return 1.0
    return cv.likely**2


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 1.0
