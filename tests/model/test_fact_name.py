"""A fact's name is taken apart once: section, item, field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.model.fact_name import FactName, fact_name, item_of, short_name

IDS = st.from_regex(r"[a-z][a-z0-9.-]{0,12}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "parts", "generic", "subject"),
    [
        ("slo.p99", ("slo", None, "p99"), "slo.p99", ""),
        ("flow.decode.ceiling", ("flow.decode", None, "ceiling"), "flow.decode.ceiling", ""),
        ("sources[policy-db].p99", ("sources", "policy-db", "p99"), "sources[].p99", "sources[policy-db]"),
        (
            "path.stages[a.b].timeout",
            ("path.stages", "a.b", "timeout"),
            "path.stages[].timeout",
            "path.stages[a.b]",
        ),
        ("sources[].p99", ("sources", "", "p99"), "sources[].p99", "sources[]"),
        ("sources[policy-db]", ("sources", "policy-db", ""), "sources[]", "sources[policy-db]"),
        ("sources", ("", None, "sources"), "sources", ""),
        ("[a].p99", ("", "a", "p99"), "[].p99", "[a]"),
        ("broken[name", ("", None, "broken[name"), "broken[name", ""),
    ],
)
def test_a_name_has_its_parts(text: str, parts: tuple[str, str | None, str], generic: str, subject: str):
    name = fact_name(text)
    assert (name.section, name.item, name.field) == parts
    assert (str(name), name.generic, name.subject) == (text, generic, subject)


@given(section=IDS, item=st.none() | st.just("") | IDS, field=IDS.filter(lambda text: "." not in text))
def test_a_name_is_read_as_it_was_written(section: str, item: str | None, field: str):
    name = FactName(section, item, field)
    assert fact_name(str(name)) == name


def test_a_name_beside_its_item():
    assert item_of("sources[a].p99") == "a"
    assert short_name("sources[a].p99", "sources[a]") == "p99"
    assert short_name("sources[b].p99", "sources[a]") == "sources[b].p99"
    assert short_name("slo.p99", "") == "slo.p99"
    assert fact_name("sources[].p99").of("a") == "sources[a].p99"


def test_a_name_without_items_stays_as_it_is():
    assert fact_name("slo.p99").of("a") == "slo.p99"
    assert item_of("slo.p99") == ""


def test_what_follows_an_item_is_its_field_with_or_without_a_dot():
    assert fact_name("sources[a]p99") == FactName("sources", "a", "p99")
