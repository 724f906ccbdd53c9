"""A newest record of the future shows nothing of freshness, in every connector; small differences of clocks do not matter."""

from __future__ import annotations

import datetime as dt
import os
import time

import pytest
from measuring import configured, measure_one, reason_of, value_of

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.interface import Newest, SourceError
from poc_gate.inputs.connect.newest_age import CLOCK_S, newest_age, newest_so_far, renewals_so_far


@pytest.mark.parametrize("ahead", [CLOCK_S + 1, 3600.0, 1e9, float("inf"), float("nan")])
def test_a_time_to_come_is_refused(ahead: float) -> None:
    with pytest.raises(SourceError, match="in the future"):
        newest_so_far(Newest(-ahead, "max"))


@pytest.mark.parametrize("age", [0.0, 5.0, 1e9])
def test_what_has_happened_keeps_its_age(age: float) -> None:
    assert newest_so_far(Newest(age, "max")) == Newest(age, "max")


def test_clocks_may_differ_a_little() -> None:
    assert newest_so_far(Newest(-CLOCK_S, "max")) == Newest(0.0, "max")
    assert renewals_so_far(Renewals((-10.0, 5.0, -1e6), "m")) == Renewals((0.0, 5.0), "m")


@pytest.mark.parametrize("value", [2e9, 2e12, "2033-05-18T03:33:20", "2033-05-18T03:33:20+00:00"])
def test_every_form_of_a_time_to_come_has_a_negative_age(value: object) -> None:
    assert newest_age(value, 1.8e9) == pytest.approx(-2e8)


def test_a_file_that_is_said_to_change_next_year_is_not_fresh(tmp_path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"a" * 100_000)
    declared = Declaration("exports", "nfs", url=str(tmp_path), options={"cache": "warm"})
    measured = measure_one(declared, configured(rate=200))
    assert value_of(measured, "measured_age") < 600
    os.utime(path, (time.time() + 3e7,) * 2)
    ahead = measure_one(declared, configured(rate=200))
    assert value_of(ahead, "measured_age") is None
    assert "in the future" in reason_of(ahead, "measured_age")


@pytest.mark.parametrize(
    ("value", "age"),
    [
        (1.8e9 - 60, 60.0),
        ((1.8e9 - 60) * 1000, 60.0),
        (1e11, 1.8e9 - 1e11),
        (1.0001e11, 1.8e9 - 1.0001e8),
        ("2027-01-15T08:00:00", 0.0),
        ("2027-01-15T09:00:00+01:00", 0.0),
        (dt.datetime(2027, 1, 15, 7, 59, tzinfo=dt.UTC), 60.0),
        (dt.datetime(2027, 1, 15, 7, 59), 60.0),  # noqa: DTZ001 - as drivers give it
    ],
)
def test_an_age_by_hand(value: object, age: float) -> None:
    """1.8e9 s after 1970 are the 15th of January 2027, 8:00; beyond 1e11 a number counts milliseconds."""
    assert newest_age(value, 1.8e9) == pytest.approx(age)


def test_how_far_ahead_is_said() -> None:
    with pytest.raises(SourceError, match="lies 3,600 s in the future"):
        newest_so_far(Newest(-3600.0, "max"))


def test_a_renewal_ahead_by_what_clocks_may_differ_counts() -> None:
    assert renewals_so_far(Renewals((-CLOCK_S, -CLOCK_S - 1), "m")) == Renewals((0.0,), "m")
