"""Units multiply and divide like powers; quantities are shown as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.errors import InternalError
from poc_gate.model.quantity import (
    BASES,
    UNIT_MEANING,
    Quantity,
    divide_units,
    multiply_units,
    show_count,
    show_number,
    show_quantity,
    show_share,
    unit_from_powers,
    unit_powers,
)

POWERS = st.tuples(*[st.integers(-2, 2) for _ in BASES])


@given(POWERS)
def test_a_unit_and_its_powers_say_the_same(powers):
    assert unit_powers(unit_from_powers(powers)) == powers


@given(POWERS, POWERS)
def test_dividing_undoes_multiplying(left, right):
    a, b = unit_from_powers(left), unit_from_powers(right)
    assert divide_units(multiply_units(a, b), b) == a
    assert multiply_units(a, b) == multiply_units(b, a)


@pytest.mark.parametrize("unit", sorted(UNIT_MEANING))
def test_every_explained_unit_is_canonical(unit):
    assert unit_powers(unit_from_powers(unit_powers(unit))) == unit_powers(unit)


def test_a_unit_in_other_bases_is_a_bug_of_ours():
    with pytest.raises(InternalError, match="GB"):
        unit_powers("GB/s")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (80 * 2**30, "B", "80 GiB"),
        (1536, "B", "1.5 KiB"),
        (0, "B", "0 B"),
        (0.25, "s", "250 ms"),
        (0, "s", "0 s"),
        (5400, "s", "1.5 h"),
        (864000, "s", "10 d"),
        (3.35e12, "B/s", "3.35 TB/s"),
        (0, "B/s", "0 B/s"),
        (989e12, "flop/s", "989 TFLOP/s"),
        (12.5, "req/s", "12.5 req/s"),
        (20 / 86400, "req/s", "20 req/d"),
        (2.1 / 3600, "money/s", "2.1 money/h"),
        (0.6e-6, "money/tok", "0.6 money/Mtok"),
        (0.05e-9, "money/B", "0.05 money/GB"),
        (1.2e6, "m", "1,200 km"),
        (0.999, "1", "0.999"),
        (math.inf, "s", "unbounded"),
        (-math.inf, "s", "-unbounded"),
        (math.nan, "s", "not a number"),
    ],
)
def test_quantities_are_shown_as_people_read_them(value, unit, shown):
    assert show_quantity(Quantity(value, unit)) == shown
    assert str(Quantity(value, unit)) == shown


@given(st.floats(-1e18, 1e18, allow_nan=False))
def test_a_number_is_shown_to_three_figures(number):
    shown = float(show_number(number).replace(",", ""))
    assert shown == pytest.approx(number, rel=6e-3, abs=1e-300)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.87, "87 %"), (0.9995, "99.95 %"), (1.0, "100 %"), (0.0, "0 %"), (0.123456, "12.3 %")],
)
def test_shares_are_shown_in_percent(share, shown):
    assert show_share(share) == shown


@pytest.mark.parametrize("nines", range(3, 12))
def test_a_share_near_one_is_shown_with_its_nines(nines: int) -> None:
    assert show_share(1 - 10.0**-nines) == f"99.{'9' * (nines - 2)} %"
    assert show_share(1.0) == "100 %"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (13_557_346, "13.6 million"),
        (12_350_000, "12.35 million"),
        (999_999_999, "1 billion"),
        (97_432, "97,400"),
        (95_000, "95,000"),
        (40, "40"),
        (0, "0"),
        (math.inf, "unbounded"),
    ],
)
def test_a_count_is_said_without_false_precision(count, said):
    assert show_count(count) == said
