"""A record's own date beats the typed one, in every form in which people write days; one that cannot be read is no licence to type another."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.artifacts.evidence.read_evidence import read_evidence
from poc_gate.model.claim import Place
from poc_gate.model.request import EvidenceRequest
from poc_gate.text.quantities.record_dates import happened, own_date, unread_date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-03-04", "2019-03-04"), ("2019/3/4", "2019-03-04"), ("2019.03.04", "2019-03-04"), ("2019-03-04T10:00:00Z", "2019-03-04"),
        ("20190304", "2019-03-04"), ("20190304T100000Z", "2019-03-04"), ("4.3.2019", "2019-03-04"), ("04.03.2019", "2019-03-04"),
        ("4 March 2019", "2019-03-04"), ("4th of March", ""), ("March 4th, 2019", "2019-03-04"), ("Mar 4 2019", "2019-03-04"),
        ("04-Mar-2019", "2019-03-04"), ("4 Mar. 2019", "2019-03-04"), ("March 2019", ""), ("03/04/2019", ""), ("2019", ""), ("Q1 2019", ""),
        ("2019-W10", ""), ("31 February 2019", ""), ("4 Smarch 2019", ""), (1551657600, "2019-03-04"), (1551657600000, "2019-03-04"),
        (1551657600.5, "2019-03-04"), (2019, ""), (True, ""), (None, ""), ("", ""), ("soon", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["date", "observed_at", "tested_on", "timestamp"])
def test_the_forms_in_which_people_write_days(written: object, day: str, key: str) -> None:
    record = {"owner": "head of support", key: written}
    assert own_date(record) == day
    has_digits = isinstance(written, str | int | float) and any(letter.isdigit() for letter in str(written))
    assert bool(unread_date(record)) == (not day and has_digits and not isinstance(written, bool))


def test_a_figure_is_no_moment() -> None:
    assert happened({"total_time": 3_000_000_000, "seen_at": "4 March 2019"}) == [("seen_at", "2019-03-04")]


@pytest.mark.parametrize(
    ("text", "observed", "unread"),
    [
        ("date: March 3rd, 2019\n", "2019-03-03", ""),
        ("date: 03/04/2019\n", "2026-11-01", "`date: 03/04/2019`"),
        ("owner: x\n", "2026-11-01", ""),
    ],
)
def test_the_typed_day_counts_only_beside_a_record_without_one(
    tmp_path: Path, text: str, observed: str, unread: str
) -> None:
    (tmp_path / "r.yaml").write_text(text)
    request = EvidenceRequest(
        "F13-privacy-basis", "r.yaml", Place("pilot.yaml", 1, 1), observed_at="2026-11-01"
    )
    (found,) = read_evidence([request], tmp_path)
    assert (found.observed_at, found.unread_date) == (observed, unread)
