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
    round_as_shown,
    show_count,
    show_number,
    show_quantity,
    show_share,
    show_whole,
    two_figures,
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


@pytest.mark.parametrize(
    ("left", "right", "product", "quotient"),
    [
        ("B", "s", "B.s", "B/s"),
        ("B/s", "s", "B", "B/s^2"),
        ("B/s", "B", "B^2/s", "1/s"),
        ("money", "tok", "tok.money", "money/tok"),
        ("1", "s", "s", "1/s"),
    ],
)
def test_units_of_products_and_quotients(left: str, right: str, product: str, quotient: str) -> None:
    assert (multiply_units(left, right), divide_units(left, right)) == (product, quotient)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0, "req/s", "0 req/s"),
        (0.1, "req/s", "0.1 req/s"),
        (8639.45 / 86400, "req/s", "8,639 req/d"),
        (1200, "money", "1,200 EUR"),
        (0, "money", "0 EUR"),
        (0.0000722, "money", "0.0722 EUR per 1,000"),
        (0.001, "money", "0.001 EUR"),
        (2.1 / 3600, "money/s", "2.1 EUR/h"),
        (5, "tok", "5 tok"),
        (59.98, "s", "1 min"),
        (60 * 0.9995, "s", "1 min"),
        (59.9, "s", "59.9 s"),
        (5e-10, "s", "0.5 ns"),
        (0.5, "B", "0.5 B"),
    ],
)
def test_quantities_at_the_edges_of_their_units(value: float, unit: str, shown: str) -> None:
    assert show_quantity(Quantity(value, unit), money="EUR") == shown


@pytest.mark.parametrize("unit", ["money", "money/s"])
def test_money_without_a_currency_is_called_money(unit: str) -> None:
    assert " money" in show_quantity(Quantity(2.0, unit))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1"),
        (0, "0"),
        (1000, "1,000"),
        (1000.4, "1,000"),
        (999.96, "1,000"),
        (1.9999, "2"),
        (10.04, "10"),
        (1.2345e-4, "0.000123"),
        (1.2345e-5, "1.23e-05"),
    ],
)
def test_numbers_at_the_edges_of_three_figures(number: float, shown: str) -> None:
    assert show_number(number) == shown


@pytest.mark.parametrize(("number", "shown"), [(14.4, "14"), (1.26, "1.3"), (0.254, "0.25"), (147, "150")])
def test_two_figures(number: float, shown: str) -> None:
    assert two_figures(number) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (math.inf, "unbounded"),
        (0.9995437, "99.954 %"),
        (0.99, "99 %"),
        (1 - 1e-13, "99.99999999999 %"),
        (1 - 2**-53, "100 %"),
    ],
)
def test_shares_at_the_edges_of_their_nines(share: float, shown: str) -> None:
    assert show_share(share) == shown


@pytest.mark.parametrize(
    ("value", "unit", "share", "below", "above"),
    [
        (130, "s", False, 129.6, 130.2),  # 2.1667 min
        (8280, "s", False, 8280, 8280),  # 2.3 h, whose product with 100 is a little below 230
        (59.98, "s", False, 59.94, 60),  # shown as minutes
        (60 * 0.9995, "s", False, 59.94, 60),
        (5.4321e-10, "s", False, 0.543e-9, 0.544e-9),
        (1.2345 * 2**30, "B", False, 1.23 * 2**30, 1.24 * 2**30),
        (2.345 / 3600, "money/s", False, 2.34 / 3600, 2.35 / 3600),
        (0.00007221, "money", False, 0.0722 / 1000, 0.0723 / 1000),
        (0.0123456, "req/s", False, 1066 / 86400, 1067 / 86400),
        (0.0123456, "req", False, 0.0123, 0.0124),
        (2.345, "req/s", False, 2.34, 2.35),
        (99.555, "req", False, 99.5, 99.6),
        (130.4, "req", False, 130, 131),
        (12345.6, "req", False, 12345, 12346),
        (-2.345, "req", False, -2.35, -2.34),
        (0.12345, "1", True, 0.123, 0.124),
        (0.99951, "1", True, 0.9995, 0.9996),
        (0.99951, "1", False, 0.999, 1.0),
        (1.004, "1", True, 1.0, 1.01),
    ],
)
def test_rounding_as_shown_goes_to_the_next_value_that_is_shown_in_full(
    value: float, unit: str, share: bool, below: float, above: float
) -> None:
    quantity = Quantity(value, unit)
    assert round_as_shown(quantity, up=False, share=share).value == pytest.approx(below, rel=1e-9)
    assert round_as_shown(quantity, up=True, share=share).value == pytest.approx(above, rel=1e-9)
    assert round_as_shown(quantity, up=True, share=share).unit == unit
    if not share:
        assert round_as_shown(quantity, up=True) == round_as_shown(quantity, up=True, share=False)


@pytest.mark.parametrize("value", [0.0, math.inf, -math.inf])
def test_nothing_and_the_unbounded_are_not_rounded(value: float) -> None:
    assert round_as_shown(Quantity(value, "s"), up=True) == Quantity(value, "s")


@pytest.mark.parametrize(
    ("value", "shown"), [(999_999, "999,999"), (1_000_000, "1 million"), (12_345, "12,345"), (0, "0")]
)
def test_whole_numbers_that_are_compared_are_in_full_below_a_million(value: float, shown: str) -> None:
    assert show_whole(value) == shown


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Quantity(2.0**50, "B"), "1 PiB"),
        (Quantity(3 * 2.0**50, "B"), "3 PiB"),
        (Quantity(2.0**40, "B"), "1 TiB"),
        (Quantity(2.0**30, "B"), "1 GiB"),
        (Quantity(2.0**20, "B"), "1 MiB"),
        (Quantity(2.0**10, "B"), "1 KiB"),
        (Quantity(1.0, "B"), "1 B"),
        (Quantity(0.5, "B"), "0.5 B"),
        (Quantity(1.05e15, "flop/s"), "1.05 PFLOP/s"),
        (Quantity(1.05e12, "B/s"), "1.05 TB/s"),
        (Quantity(1.05e9, "B/s"), "1.05 GB/s"),
        (Quantity(1.05e6, "B/s"), "1.05 MB/s"),
        (Quantity(1.05e3, "flop"), "1.05 kFLOP"),
        (Quantity(1.05, "B/s"), "1.05 B/s"),
        (Quantity(0.5, "flop"), "0.5 FLOP"),
    ],
)
def test_each_prefix_begins_at_its_own_size(quantity, shown):
    """IEC 80000-13: Ki to Pi are powers of 1,024; SI: k to P powers of a thousand."""
    assert str(quantity) == shown


def test_what_is_smaller_than_the_smallest_unit_is_rounded_in_it():
    assert round_as_shown(Quantity(0.55555, "B"), up=True).value == pytest.approx(0.556)
    assert round_as_shown(Quantity(0.55555, "B"), up=False).value == pytest.approx(0.555)


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1000.0, "1,000"),
        (1094.4, "1,090"),
        (999.4, "999"),
        (1.05e6, "1.05 million"),
        (1.05e9, "1.05 billion"),
        (1.05e12, "1.05 trillion"),
        (999_600, "999,600"),
        (999_640.5, "1 million"),
    ],
)
def test_counts_have_three_figures_and_a_word(count, shown):
    assert show_count(count) == shown


def test_a_factor_of_one_changes_no_unit():
    assert unit_powers("1.s") == unit_powers("s")
