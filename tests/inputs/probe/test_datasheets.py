"""Shipped data sheets: enough of them, complete, plausible, each with its public source."""

from __future__ import annotations

import datetime as dt

import pytest

from poc_gate.errors import UsageError
from poc_gate.inputs.probe.profile.datasheets import datasheet_names, datasheet_titles, find_datasheet
from poc_gate.inputs.probe.profile.profile_file import read_profile, write_profile
from poc_gate.model.claim import Provenance
from poc_gate.model.quantity import Quantity


def values(name: str) -> dict[str, object]:
    profile = find_datasheet(name)
    assert profile is not None
    return {m.fact: m.value for m in profile.measurements}


def test_there_are_enough_of_both_kinds():
    devices = [
        name for name in datasheet_names() if values(name).get("machine.accelerators.state") == "present"
    ]
    assert len(devices) >= 25
    assert len(datasheet_names()) - len(devices) >= 15
    assert len(datasheet_titles()) == len(datasheet_names())


@pytest.mark.parametrize("name", datasheet_names())
def test_a_sheet_is_a_sound_profile_whose_values_are_assumed_and_sourced(name: str):
    profile = find_datasheet(name)
    assert profile is not None
    assert profile.kind == "datasheet"
    assert read_profile(write_profile(profile), name) == profile
    stated = [m for m in profile.measurements if m.value is not None]
    assert all(m.provenance is Provenance.ASSUMED and m.source for m in stated)
    assert all(m.reason for m in profile.measurements if m.value is None)
    needed = {"machine.name", "machine.kind", "machine.fingerprint"}
    if values(name).get("machine.accelerators.state"):
        needed |= {f"machine.accelerators.{n}" for n in ("name", "count", "memory_total", "memory_bandwidth")}
        if not any("states no dense half-precision rate" in note for note in profile.notes):
            needed.add("machine.accelerators.compute_half")
    else:
        needed |= {f"machine.{n}" for n in ("cpu.model", "cpu.cores", "cpu.threads", "memory.peak_bandwidth")}
    assert needed <= {m.fact for m in stated}


def test_what_was_read_again_says_when_and_where():
    read, stated = 0, 0
    for name in datasheet_names():
        profile = find_datasheet(name)
        assert profile is not None
        for m in profile.measurements:
            stated += m.value is not None
            if m.details:
                read += 1
                assert set(m.details) == {"verified_on", "verified_in"}
                assert dt.date.fromisoformat(m.details["verified_on"]) <= dt.date(2100, 1, 1)
                assert m.value is not None
    assert 100 < read < stated


def test_known_figures_and_the_count():
    sheet = values("h100-sxm-80gb:8")
    assert sheet["machine.accelerators.count"] == Quantity(8.0)
    assert sheet["machine.accelerators.memory_bandwidth"] == Quantity(3.35e12, "B/s")
    assert sheet["machine.accelerators.memory_total"] == Quantity(80e9, "B")
    assert sheet["machine.name"] == "h100-sxm-80gb:8"
    assert sheet["machine.memory.read_all"] is None
    assert find_datasheet("h100-sxm-80gb") != find_datasheet("h100-sxm-80gb:8")


@pytest.mark.parametrize("name", ["h100-sxm-80gb:0", "h100-sxm-80gb:5000", "epyc-9654:2"])
def test_counts_without_sense_are_refused(name: str):
    with pytest.raises(UsageError):
        find_datasheet(name)


@pytest.mark.parametrize(
    "name", ["", "nothing", "../h100-sxm-80gb", "h100-sxm-80gb.yaml", "h100-sxm-80gb:", "machine.json"]
)
def test_other_names_are_no_sheets(name: str):
    assert find_datasheet(name) is None
