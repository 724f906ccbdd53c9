"""Findings and places by themselves: how far a value misses, what proves, in which order words rank, what older results lack."""

from __future__ import annotations

import msgspec
import pytest

from poc_gate.model.claim import STRENGTH, Place, Provenance
from poc_gate.model.fact import Catalogue, Fact, FactSpec, Kind, intervals_meet, item_name
from poc_gate.model.fact_specs import SpecsOf
from poc_gate.model.finding import Breakpoint, Finding, State
from poc_gate.model.many.fleet import Fleet, FleetNode, NodeState
from poc_gate.model.many.record import FigureRange
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.observation import Origin
from poc_gate.model.parts.first_look import FirstLook
from poc_gate.model.parts.machines import MachineFit, Machines
from poc_gate.model.parts.peak_shares import peak_shares, sheet_peak
from poc_gate.model.parts.reason import Clause, Term
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import (
    CLASS_RANK,
    SEVERITY_RANK,
    SEVERITY_WEIGHT,
    EvidenceClass,
    EvidencePredicate,
    Reference,
    Severity,
)
from poc_gate.model.verdict import Bound, DimensionScore, Hop, Needed, NextStage, Word

DECLARED, ARTIFACT, MEASURED = EvidenceClass.DECLARED, EvidenceClass.ARTIFACT, EvidenceClass.MEASURED


def finding(**changed: object) -> Finding:
    return Finding(
        **{
            "rule": "Z01-a", "pack": "base", "subject": "", "state": State.FAIL, "severity": Severity.HIGH, "dimension": "economics",
            "what": "It is so", "required": MEASURED, "held": MEASURED, "place": Place("pilot.yaml", 3, 1), "operator": "at_most",
            "value": Quantity(0.6, "s"), "limit": Quantity(0.5, "s"), **changed,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "miss"),
    [
        ({}, 0.2),
        ({"value": Quantity(0.4, "s")}, -0.2),
        ({"operator": "at_least", "value": Quantity(0.4, "s")}, 0.2),
        ({"operator": "equals", "value": Quantity(0.4, "s")}, 0.2),
        ({"operator": "equals"}, 0.2),
        ({"limit": Quantity(-2.0, "s"), "value": Quantity(-1.0, "s")}, 0.5),
        ({"limit": Quantity(0.0, "s")}, 0.6),
        ({"state": State.PASS}, None),
        ({"state": State.UNKNOWN}, None),
        ({"state": State.WAIVED, "waived_from": State.FAIL}, 0.2),
        ({"state": State.WAIVED, "waived_from": State.UNKNOWN}, None),
        ({"value": None}, None),
        ({"limit": None}, None),
    ],
)
def test_a_miss_is_a_share_of_the_limit(changed: dict[str, object], miss: float | None) -> None:
    """600 ms where 500 ms are allowed are a fifth too much; of a limit of nothing the value itself is the miss."""
    assert finding(**changed).miss == (None if miss is None else pytest.approx(miss))


@pytest.mark.parametrize(
    ("held", "required", "proven"),
    [
        (MEASURED, MEASURED, True), (ARTIFACT, MEASURED, False), (DECLARED, ARTIFACT, False), (ARTIFACT, ARTIFACT, True),
        (MEASURED, DECLARED, True), (None, DECLARED, False),
    ],
)  # fmt: skip
def test_what_is_held_proves_what_is_required(
    held: EvidenceClass | None, required: EvidenceClass, proven: bool
) -> None:
    assert finding(held=held, required=required).proven is proven


def test_words_rank_from_the_mildest_to_the_hardest() -> None:
    assert sorted(Severity, key=SEVERITY_RANK.__getitem__) == [
        Severity.LOW,
        Severity.MEDIUM,
        Severity.HIGH,
        Severity.BLOCKER,
    ]
    assert sorted(EvidenceClass, key=CLASS_RANK.__getitem__) == [DECLARED, ARTIFACT, MEASURED]
    assert [SEVERITY_WEIGHT[one] for one in Severity] == [10, 5, 3, 1], "as docs/verdict.md says"
    by_strength = [
        Provenance.ASSUMED,
        Provenance.DECLARED,
        Provenance.IMPORTED,
        Provenance.EVIDENCED,
        Provenance.MEASURED,
    ]
    assert sorted(STRENGTH, key=STRENGTH.__getitem__) == by_strength
    assert len(set(STRENGTH.values())) == len(set(SEVERITY_RANK.values())) + 1 == len(STRENGTH)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("pilot.yaml", 7, 3), "pilot.yaml:7:3"),
        (Place("pilot.yaml", 7), "pilot.yaml:7"),
        (Place("pilot.yaml"), "pilot.yaml"),
        (Place("run.json", pointer="p99"), "run.json#p99"),
        (Place("run.json", 2, 1, pointer="p99"), "run.json:2:1"),
    ],
)
def test_a_place_reads_as_editors_open_it(place: Place, said: str) -> None:
    assert str(place) == said


def test_places_follow_the_text() -> None:
    places = [
        Place("a.yaml"),
        Place("a.yaml", 1),
        Place("a.yaml", 1, 4),
        Place("a.yaml", 2, 1),
        Place("b.yaml"),
    ]
    assert sorted(places[2:] + places[:2]) == places
    assert (Place("a.yaml").end_line, Place("a.yaml").end_column) == (0, 0)


@pytest.mark.parametrize(
    ("before", "now", "meet"),
    [
        ((1.0, 2.0), (1.5, 3.0), True),
        ((1.0, 2.0), (2.0, 3.0), True),
        ((2.0, 3.0), (1.0, 2.0), True),
        ((1.0, 2.0), (2.1, 3.0), False),
        ((2.1, 3.0), (1.0, 2.0), False),
        ((1.0, 9.0), (2.0, 3.0), True),
        ((None, 2.0), (1.5, 3.0), False),
        ((1.0, None), (1.5, 3.0), False),
        ((1.0, 2.0), (None, 3.0), False),
        ((1.0, 2.0), (1.5, None), False),
    ],
)
def test_intervals_meet_where_they_share_a_value(
    before: tuple[float | None, ...], now: tuple[float | None, ...], meet: bool
) -> None:
    facts = (Fact("slo.p99", Quantity(1.5, "s"), low=low, high=high) for low, high in (before, now))
    assert intervals_meet(*facts) is meet


def spec(name: str, *inputs: str) -> FactSpec:
    return FactSpec(name, Kind.QUANTITY, "A number", "1", inputs=inputs)


RESTING = (
    spec("a"), spec("b"), spec("sources[].c"), spec("sum", "a", "b"), spec("sources[].rate", "sources[].c", "a"),
    spec("whole", "sum", "sources[].rate"),
)  # fmt: skip


def test_what_lies_behind_a_fact_and_what_rests_on_it() -> None:
    catalogue = Catalogue(RESTING)
    assert catalogue.behind(["whole"]) == {"whole", "sum", "a", "b", "sources[].rate", "sources[].c"}
    assert catalogue.behind(["sources[x].rate", "b"]) == {"sources[].rate", "sources[].c", "a", "b"}
    assert catalogue.behind(["a"]) == {"a"}
    assert catalogue.behind(["nobody.knows"]) == {"nobody.knows"}
    assert catalogue.resting_on("a") == {"a", "sum", "sources[].rate", "whole"}
    assert catalogue.resting_on("whole") == {"whole"}
    assert catalogue.resting_on("a") == {"a", "sum", "sources[].rate", "whole"}, "the second time as well"


def test_only_a_name_given_twice_is_named() -> None:
    with pytest.raises(ValueError, match=r"^catalogued twice: a$"):
        Catalogue((spec("a"), spec("b"), spec("a")))


def test_a_misspelt_name_is_near_where_half_of_it_is_right() -> None:
    near = Catalogue((spec("slo.p99"), spec("sources[].retries")))
    assert near.nearest("slo.p99" + 12 * "x") == "slo.p99"
    assert near.nearest("slo.p99" + 15 * "x") == ""
    assert near.nearest("sources[x].retry") == "sources[].retries"
    assert near.nearest("cost.month") == ""


def test_an_item_takes_the_first_brackets() -> None:
    assert item_name("a[].b[].c", "x") == "a[x].b[].c"


def read(wanted: type, **more: object) -> object:
    return msgspec.convert(more, wanted)


def test_what_an_older_result_lacks_counts_as_it_did_then() -> None:
    """A result is compared with those of earlier versions, which lack the keys that came later."""
    quantity = {"value": 1.0, "unit": "s"}
    assert read(Breakpoint, fact="a", value=quantity, current=quantity).settable is True
    written = msgspec.to_builtins(finding())
    late = ("short", "mildest", "waived_from", "breakpoints", "margin")
    old = msgspec.convert({key: value for key, value in written.items() if key not in late}, Finding)
    assert (old.short, old.mildest, old.waived_from, old.breakpoints, old.margin) == (
        False,
        "",
        None,
        (),
        None,
    )
    assert read(Reference, framework="f", edition="1", clause="c").verified is True
    assert read(Fact, name="a", value=None).derived is False
    assert read(FactSpec, name="a", kind="flag", meaning="m").tier == 2
    assert read(Bound, kind="k", value="v", limited_by="l").is_met is True
    assert read(Needed) == Needed(0.0, 0.0, 0.0)
    assert read(EvidencePredicate).approver is False
    assert Hop("a", "b", "c", 1.0, 1.0, "s", None, None, None, None).binding is False
    assert Machines("p", (1.0, 1.0, 1.0), (), (), (), ()).share == 0.7
    assert read(FirstLook, answers=(), questions=()).without_manifest is False
    assert read(FigureRange, low=1.0, high=2.0) == FigureRange(low=1.0, high=2.0, unit="1")


@pytest.mark.parametrize(
    ("low", "rules", "speaks"), [(0.5, 5, True), (0.5, 4, False), (None, 9, False), (0.0, 5, True)]
)
def test_a_dimension_speaks_with_five_rules(low: float | None, rules: int, speaks: bool) -> None:
    assert DimensionScore("economics", "Economics of scale", low, 1.0, rules, 1, 1, 1, 1).speaks is speaks


def test_a_reason_of_an_older_result_says_less() -> None:
    term, clause = read(Term), read(Clause, sign="<=")
    assert (term.percent, term.needed, clause.aged, clause.holds) == (False, False, False, False)


@pytest.mark.parametrize(
    ("origin", "lacking"),
    [
        (Origin("k6", "1.0", "2026-11-22T10:00:00Z", "https://x"), ()),
        (Origin("k6", "1.0", "2026-11-22", "https://x"), ()),
        (Origin("k6", "1.0", "yesterday", "https://x"), ("the date",)),
        (Origin("", "1.0", "2026-02-30", ""), ("the tool", "the date", "the target")),
        (Origin(), ("the tool", "its version", "the date", "the target")),
    ],
)
def test_what_a_run_does_not_say_of_itself(origin: Origin, lacking: tuple[str, ...]) -> None:
    assert origin.lacking() == lacking


def test_a_fleet_counts_its_nodes_by_their_state() -> None:
    nodes = tuple(
        FleetNode(str(number), state)
        for number, state in enumerate((NodeState.OK, NodeState.OK, NodeState.DEGRADED))
    )
    fleet = Fleet((*nodes, FleetNode("lost", NodeState.NOT_RUN)), ())
    assert (fleet.count(NodeState.OK), fleet.count(NodeState.NOT_RUN), fleet.answered) == (2, 1, 3)


def test_facts_of_a_section_are_catalogued_under_it() -> None:
    section = SpecsOf("observed", "run it", "sources[].")
    number, told = (
        section.number("p99", "s", 60.0, "A time"),
        section.stated("name", Kind.TEXT, "A name", "ask"),
    )
    assert (number.name, number.low, number.high, number.resolve) == ("sources[].p99", 0.0, 60.0, "run it")
    assert (told.name, told.resolve, section.stated("kind", Kind.TEXT, "A kind").resolve) == (
        "sources[].name",
        "ask",
        "run it",
    )


def test_what_a_next_stage_leaves_open_adds_up() -> None:
    assert NextStage("production", Word.NO_GO, (), failed=1, unanswered=2, unproven=4).open == 7


NAMES = {
    "read": "memory.read_all", "peak": "memory.peak_bandwidth", "to": "accelerators.h2d_pinned", "back": "accelerators.d2h_pinned",
    "link": "accelerators.link_bandwidth", "hbm": "accelerators.memory_bandwidth", "half": "accelerators.compute_half",
}  # fmt: skip


def profile(*, stable: bool | None = True, **rates: float | str | None) -> MachineProfile:
    held = tuple(
        Measurement(
            f"machine.{NAMES[key]}",
            Quantity(rate, "flop/s" if key == "half" else "B/s") if isinstance(rate, float) else rate,
            stable=stable,
        )
        for key, rate in rates.items()
    )
    return MachineProfile("m", "abc", "2026-11-22T00:00:00Z", "0.1.0", held)


@pytest.mark.parametrize(
    ("machine", "sheets", "said"),
    [
        (profile(read=35e9, peak=45e9), (), ("reading memory with all CPUs: 35 GB/s, 77.8 % of the peak of 45 GB/s",)),
        (
            profile(to=20e9, back=10e9, link=40e9, stable=None),
            (),
            (
                "copying to the accelerator: 20 GB/s, 50 % of the peak of 40 GB/s",
                "copying from the accelerator: 10 GB/s, 25 % of the peak of 40 GB/s",
            ),
        ),
        (
            profile(read=35e9, peak=45e9, stable=False),
            (),
            ("reading memory with all CPUs: 35 GB/s, 77.8 % of the peak of 45 GB/s (not trustworthy)",),
        ),
        (profile(read=35e9), (), ()),
        (profile(peak=45e9), (), ()),
        (profile(read="many", peak=45e9), (), ()),
        (profile(read=35e9, peak="much"), (), ()),
        (profile(read=35e9, peak=0.0), (), ()),
        (
            profile(hbm=3e12, half=500e12),
            (profile(hbm=4e12, half=1000e12),),
            (
                "reading accelerator memory: 3 TB/s, 75 % of the data sheet's 4 TB/s",
                "multiplying matrices in half precision: 500 TFLOP/s, 50 % of the data sheet's 1 PFLOP/s",
            ),
        ),
        (
            profile(hbm=3e12, stable=False),
            (profile(half=1e15), profile(hbm=0.0), profile(hbm="much"), profile(hbm=4e12), profile(hbm=6e12)),
            ("reading accelerator memory: 3 TB/s, 75 % of the data sheet's 4 TB/s (not trustworthy)",),
        ),
        (profile(read=35e9), (profile(peak=70e9),), ("reading memory with all CPUs: 35 GB/s, 50 % of the data sheet's 70 GB/s",)),
        (profile(read=35e9, peak=0.0), (profile(peak=70e9),), ("reading memory with all CPUs: 35 GB/s, 50 % of the data sheet's 70 GB/s",)),
        (profile(read=35e9, peak=45e9), (profile(peak=70e9),), ("reading memory with all CPUs: 35 GB/s, 77.8 % of the peak of 45 GB/s",)),
        (profile(hbm="fast"), (profile(hbm=4e12),), ()),
        (profile(half=1e12), (), ()),
    ],
)  # fmt: skip
def test_a_rate_is_told_as_a_share_of_its_peak(
    machine: MachineProfile, sheets: tuple[MachineProfile, ...], said: tuple[str, ...]
) -> None:
    """The machine's own peak before the one of a data sheet."""
    assert peak_shares(machine, iter(sheets)) == said


def test_a_data_sheet_names_the_peak_of_what_it_knows() -> None:
    sheets = (profile(peak=70e9, hbm=4e12),)
    assert sheet_peak(profile(), sheets, "machine.memory.read_all") == Quantity(70e9, "B/s")
    assert sheet_peak(profile(hbm=3e12), sheets, "machine.accelerators.memory_bandwidth") == Quantity(
        4e12, "B/s"
    )
    assert sheet_peak(profile(), sheets, "machine.storage.read") is None
    assert sheet_peak(profile(), (), "machine.memory.read_all") is None


def test_devices_in_all_are_those_of_every_replica() -> None:
    assert (
        MachineFit("h100", "H100", count=4, replicas=3, low=1.0, likely=2.0, high=3.0, room=8.0).devices == 12
    )
