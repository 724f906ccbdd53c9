"""Quantities are read exactly or refused with a fix."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.model.quantity import UNIT_MEANING, show_quantity, unit_powers
from poc_gate.text.quantities.quantity_text import (
    QuantityError,
    currency_of,
    parse_any_quantity,
    parse_quantity,
    unit_table,
)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("80 GiB", "B", 80 * 2**30),
        ("80GB", "B", 80e9),
        ("80Gi", "B", 80 * 2**30),
        ("10 Gbit/s", "B/s", 1.25e9),
        ("10 Gbps", "B/s", 1.25e9),
        ("250 ms", "s", 0.25),
        ("8 us", "s", 8e-6),
        ("8 \N{MICRO SIGN}s", "s", 8e-6),
        ("1h30m", "s", 5400),
        ("1h 30min 5s", "s", 5405),
        ("30 d", "s", 30 * 86400),
        ("99.9 %", "1", 0.999),
        ("1.5e3 req/s", "req/s", 1500),
        ("20000 req/d", "req/s", 20000 / 86400),
        ("400000 tok/min", "tok/s", 400000 / 60),
        ("500 chunks/s", "1/s", 500),
        ("3 /d", "1/s", 3 / 86400),
        ("2.10 EUR/h", "money/s", 2.10 / 3600),
        ("0.60 EUR/Mtok", "money/tok", 0.6e-6),
        ("0.05 EUR/GB", "money/B", 0.05e-9),
        ("312 TFLOP/s", "flop/s", 312e12),
        ("1200 km", "m", 1.2e6),
        (".5 s", "s", 0.5),
        ("-1 s", "s", -1),
    ],
)
def test_reads_exactly(text, unit, value):
    quantity = parse_quantity(text, unit)
    assert quantity.value == pytest.approx(value, rel=1e-12)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "unit", "what", "fix"),
    [
        ("250", "s", "no unit", "such as 250 ms"),
        ("3 GB", "s", "is a size in bytes, not a time", "write a time"),
        ("80 gib", "B", "unknown unit 'gib'", "did you mean 'GiB'"),
        ("80 Gb", "B", "unknown unit", "bits or bytes?"),
        ("10 GBps", "B/s", "unknown unit", "write Gbit/s or GB/s"),
        ("10 gb/S", "B/s", "unknown unit", "did you mean 'GB/s'"),
        ("1,000 MB", "B", "is not a number", "no thousands separators"),
        ("99,9 %", "1", "is not a number", "a decimal point"),
        ("5 m", "s", "is a distance, not a time", "`m` can mean minutes, months or metres"),
        ("5 months", "s", "unknown unit", "write days"),
        ("P1DT2H", "s", "is not a quantity", "a number and its unit"),
        ("1e999 s", "s", "not finite", "finite"),
        ("1e308 PiB", "B", "not finite", "finite"),
        ("nan s", "s", "is not a quantity", "number"),
        ("\u0663 GiB", "B", "is not a quantity", "number"),
        ("5 s 3", "s", "unknown unit", "unit"),
        ("", "s", "is not a quantity", "number"),
        ("9" * 5000 + " s", "s", "is not a quantity", "number"),
    ],
)
def test_refuses_with_a_fix(text, unit, what, fix):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text, unit)
    assert what in caught.value.what
    assert fix in caught.value.next_step
    assert len(str(caught.value)) < 200


def test_binary_and_decimal_prefixes_differ():
    assert parse_any_quantity("1 GiB").value / parse_any_quantity("1 GB").value == pytest.approx(1.073741824)


def test_currency_is_the_code_in_the_price():
    assert currency_of("2.10 EUR/h") == "EUR"
    assert currency_of("2.10/h") == ""


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        quantity = parse_any_quantity(text)
    except QuantityError as error:
        assert error.what
        assert error.next_step
    else:
        assert math.isfinite(quantity.value)
        unit_powers(quantity.unit)


@given(
    st.floats(min_value=1e-3, max_value=1e6),
    st.sampled_from(sorted(unit_table())),
)
def test_every_unit_reads_back_from_what_is_shown(number, written):
    quantity = parse_any_quantity(f"{number:.6f} {written}")
    shown = show_quantity(quantity)
    if "money" in shown or quantity.unit in {"1/s", "flop"} or quantity.value == 0:
        return
    again = parse_quantity(shown.replace(",", ""), quantity.unit)
    assert again.value == pytest.approx(quantity.value, rel=6e-3)


def test_every_unit_that_a_fact_has_is_explained():
    from poc_gate.inputs.manifest.fields.manifest_facts import manifest_facts

    assert {spec.unit for spec in manifest_facts() if spec.unit} <= set(UNIT_MEANING)
