"""The room's contract: what every probe must be, and profiles of whole machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.errors import UsageError
from poc_gate.inputs.probe.interface import Probe, ProbeOptions, probes
from poc_gate.inputs.probe.probe_machine import fingerprint_of, name_of, probe_machine
from poc_gate.inputs.probe.profile.compare_profiles import compare_profiles
from poc_gate.inputs.probe.profile.machine_facts import machine_facts
from poc_gate.inputs.probe.profile.profile_file import read_profile, write_profile
from poc_gate.inputs.probe.profile.profile_text import curve_lines, profile_lines
from poc_gate.model.fact import Catalogue
from poc_gate.model.measurement import Curve, MachineProfile, Measurement, Point
from poc_gate.model.quantity import Quantity, unit_powers

DOCS = Path(__file__).parents[3] / "docs" / "probe.md"


@pytest.mark.parametrize("probe", probes(), ids=lambda p: p.name)
def test_a_probe_declares_what_it_measures(probe: Probe):
    assert probe.summary
    assert "\n" not in probe.summary
    assert probe.facts
    assert probe.name in DOCS.read_text(encoding="utf-8")
    for spec in probe.facts:
        assert spec.origin == "machine"
        assert spec.meaning.endswith(".")
        assert spec.resolve
        if spec.unit:
            unit_powers(spec.unit)
            assert spec.low is not None
            assert spec.high is not None
            assert spec.low < spec.high


def test_every_fact_is_declared_once():
    catalogue = Catalogue(machine_facts())
    assert all(name.startswith("machine.") for name in catalogue.specs)
    assert {p.name for p in probes()} >= {"topology", "memory", "accelerator", "storage", "network"}


def test_a_profile_holds_every_fact_and_survives_its_file():
    told: list[tuple[str, float]] = []
    profile = probe_machine(
        ProbeOptions(only=("topology", "network")),
        progress=lambda what, share: told.append((what, share)),
        now="2026-11-22T10:00:00Z",
    )
    assert [m.fact for m in profile.measurements] == [spec.name for spec in machine_facts()]
    assert read_profile(write_profile(profile), "m.json") == profile
    left_out = next(m for m in profile.measurements if m.fact == "machine.memory.read_1")
    assert "left out" in left_out.reason
    assert told[-1][1] == 1.0
    again = probe_machine(
        ProbeOptions(only=("topology",)), progress=lambda _w, _s: None, now="2026-11-23T10:00:00Z"
    )
    assert again.fingerprint == profile.fingerprint


def test_the_fingerprint_follows_the_hardware_alone():
    base = [
        Measurement("machine.cpu.model", "A"),
        Measurement("machine.memory.total", Quantity(64.1 * 2**30, "B"), "B"),
        Measurement("machine.memory.read_1", Quantity(1e10, "B/s"), "B/s"),
    ]
    faster = [*base[:2], Measurement("machine.memory.read_1", Quantity(2e10, "B/s"), "B/s")]
    rounded = [base[0], Measurement("machine.memory.total", Quantity(64.2 * 2**30, "B"), "B")]
    other = [Measurement("machine.cpu.model", "B"), *base[1:]]
    assert fingerprint_of(base) == fingerprint_of(faster) == fingerprint_of(rounded)
    assert fingerprint_of(base) != fingerprint_of(other)


def test_names_come_from_the_hardware():
    found = [
        Measurement("machine.cpu.model", "Intel(R) Xeon(R) CPU @ 2.30GHz"),
        Measurement("machine.cpu.threads", Quantity(8.0)),
        Measurement("machine.accelerators.count", Quantity(2.0)),
        Measurement("machine.accelerators.name", "NVIDIA L4"),
    ]
    assert name_of(found) == "intel-xeon-8-cpu-2x-nvidia-l4"
    assert name_of([]) == "machine"


def test_unknown_probes_and_options_are_refused():
    with pytest.raises(UsageError, match="unknown probe memroy"):
        probe_machine(ProbeOptions(only=("memroy",)), progress=lambda _w, _s: None, now="")
    for wrong in ({"effort": "hard"}, {"record": 100}, {"record": 2**30}, {"streams": 0}):
        with pytest.raises(UsageError):
            ProbeOptions(**wrong)


def rate(value: float, low: float, high: float) -> Measurement:
    return Measurement(
        "machine.memory.read_1", Quantity(value, "B/s"), "B/s", low=low, high=high, stable=True
    )


def with_rate(measurement: Measurement, **changes: object) -> MachineProfile:
    os_name = Measurement("machine.os", "Linux 6.1")
    free = Measurement("machine.memory.available", Quantity(float(len(changes)), "B"), "B")
    profile = MachineProfile("a", "f", "2026-01-01", "0", (measurement, os_name, free))
    return structs.replace(profile, **changes)


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        (rate(10, 9, 11), rate(10.4, 10.3, 10.5), False),
        (rate(10, 9, 11), rate(13, 10.5, 14), False),
        (rate(10, 9, 11), rate(13, 12, 14), True),
        (rate(10, 9.9, 10.1), rate(10.4, 10.39, 10.41), False),
        (rate(10, 9, 11), structs.replace(rate(10, 9, 11), value=None, reason="x"), True),
    ],
)
def test_profiles_differ_only_beyond_their_noise(first: Measurement, second: Measurement, differs: bool):
    found = compare_profiles(with_rate(first), with_rate(second, name="b"))
    assert bool(found) is differs
    assert compare_profiles(with_rate(first), with_rate(first)) == ()
    if differs and second.value is not None:
        assert "1.30 x" in str(found[0])


def test_text_keeps_everything_unknown_visible_and_draws_curves():
    unknown = Measurement("machine.cpu.quota", None, "1", reason="no CPU quota is set")
    curve = Curve(
        "c", "Latency", "B", "s", (Point(1024, 1e-9, label="L1"), Point(2**30, 1e-7), Point(2**31, 0.0))
    )
    profile = with_rate(rate(1e10, 9e9, 1.1e10), curves=(curve,))
    profile = structs.replace(profile, measurements=(*profile.measurements, unknown))
    text = "\n".join(profile_lines(profile, curves=True))
    assert "no CPU quota is set: cpu.quota" in text
    assert "10 GB/s" in text
    bars = [line.count("#") for line in curve_lines(curve)[1:]]
    assert 0 < bars[0] < bars[1]
    assert bars[2] == 0
    assert curve_lines(Curve("z", "Zero", "B", "s", (Point(0.0, 0.0),)))


def test_text_fits_eighty_columns_and_a_long_curve_is_drawn_in_stretches():
    words = "not trustworthy, also when repeated: " + "other work used the machine; " * 6
    poor = structs.replace(
        rate(1e10, 9e9, 1.1e10), reason=words, variant="8 streams, 2 through the cache, " * 4, stable=False
    )
    peak = Measurement("machine.memory.peak_bandwidth", Quantity(2e10, "B/s"), "B/s")
    all_ = structs.replace(poor, fact="machine.memory.read_all")
    over_time = Curve(
        "t", "Rate over the run", "s", "B/s", tuple(Point(float(n), 1e9 + n) for n in range(100))
    )
    profile = with_rate(poor, curves=(over_time,), notes=("a note " * 30,), environment={"k": "v " * 90})
    profile = structs.replace(profile, measurements=(*profile.measurements, peak, all_))
    lines = profile_lines(profile, curves=True)
    assert max(map(len, lines)) <= 80
    assert "reading memory with all CPUs: 10 GB/s, 50" in " ".join(" ".join(lines).split())
    assert "(not trustworthy)" in " ".join(" ".join(lines).split())
    drawn = curve_lines(over_time)
    assert drawn[0] == "Rate over the run, medians of 4 to 5 slices"
    assert len(drawn) == 25
