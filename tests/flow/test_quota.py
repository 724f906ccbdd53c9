"""A provider's quota of tokens is held against the same minute wherever it is shown: in the rule, the path, the wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.flow.reading.quota_reading import Tokens
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "support-assistant"


@pytest.fixture(scope="module")
def result() -> Result:
    return assess(CaseRequest(EXAMPLE, "2026-11-23", "", machine=str(EXAMPLE / "machine.json")))


def test_the_share_of_the_quota_is_one_number_everywhere(result: Result) -> None:
    fact = next(fact for fact in result.facts if fact.name == "flow.quota.tokens_share")
    hop = next(hop for hop in result.hops if hop.id == "token-quota")
    assert isinstance(fact.value, Quantity)
    assert hop.utilisation == pytest.approx(fact.value.value, rel=1e-9)


def test_the_wall_lies_between_what_the_mean_and_what_todays_burst_would_allow(result: Result) -> None:
    loads = [wall.load for picture in result.walls for wall in picture.walls if wall.station == "token quota"]
    hop = next(hop for hop in result.hops if hop.id == "token-quota")
    assert hop.capacity is not None
    assert len(loads) == 1
    assert hop.capacity / hop.per_request < loads[0], "a busier minute bursts less for its size"


@given(st.floats(1, 1e6), st.floats(1, 50), st.floats(1, 1e9))
def test_at_the_highest_rate_the_busiest_minute_uses_up_the_quota(
    mean: float, more: float, quota: float
) -> None:
    tokens = Tokens(mean, more * mean**2)
    rate = tokens.highest_rate(quota)
    assert tokens.per_second(rate) == pytest.approx(quota, rel=1e-6)
    assert rate <= quota / mean


def test_without_tokens_or_quota_no_rate_is_carried() -> None:
    assert Tokens(0.0, 0.0).highest_rate(10.0) == 0.0
    assert Tokens(10.0, 100.0).highest_rate(0.0) == 0.0
    assert Tokens(10.0, 100.0).per_second(0.0) == 0.0
