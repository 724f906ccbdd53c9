"""Checks of a contract in the words of several engines, and promises under names that contracts in use give them."""

from __future__ import annotations

import pytest
from stated_facts import messages, read_text, value

from poc_gate.inputs.artifacts.file_reading import ImportResult

HEAD = """apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
status: active
schema:
- name: orders
  properties:
  - {name: id, required: %s, unique: %s}
  quality:
"""


def contract(rules: str, *, required: str = "false", unique: str = "false") -> ImportResult:
    return read_text(HEAD % (required, unique) + rules, "orders.odcs.yaml", prefix="sources[a]")


SODA = """  - type: custom
    engine: soda
    implementation: |
      checks for orders:
        - row_count > 10
        - missing_count(id) = 0
        - duplicate_count(id) = 0
"""
DQX = """  - {type: custom, engine: dqx, implementation: {check: {function: is_not_null}}}
  - {type: custom, engine: dqx, implementation: {check: {function: is_unique}}}
  - {type: library, metric: rowCount, mustBeGreaterThan: 10}
"""
GREAT_EXPECTATIONS = """  - {type: custom, engine: greatExpectations, implementation: {type: expect_table_row_count_to_be_between}}
  - {type: custom, engine: greatExpectations, implementation: {type: expect_column_values_to_not_be_null}}
  - {type: library, rule: uniqueCombination, columns: [id]}
"""


@pytest.mark.parametrize("rules", [SODA, DQX, GREAT_EXPECTATIONS])
def test_checks_in_the_words_of_an_engine(rules: str) -> None:
    result = contract(rules)
    assert value(result, "quality_checks") is True
    assert messages(result, "warning") == []


def test_a_required_and_unique_column_is_a_check_of_its_own() -> None:
    rules = "  - {type: library, metric: rowCount, mustBeGreaterThan: 10}\n"
    assert value(contract(rules, required="true", unique="true"), "quality_checks") is True
    assert "none on nulls and duplicates" in messages(contract(rules), "warning")[0]


def test_checks_beside_the_schema_count_as_well() -> None:
    text = (
        HEAD % ("true", "true")
        + "  - {type: library, metric: nullValues, mustBe: 0}\nquality:\n- {rule: rowCount}\n"
    )
    assert value(read_text(text, "orders.odcs.yaml", prefix="sources[a]"), "quality_checks") is True


def test_sql_is_not_read_and_that_is_said() -> None:
    result = contract("  - {type: sql, query: 'select count(*) from orders where id is null', mustBe: 0}\n")
    (told,) = messages(result, "warning")
    assert told.startswith("the contract has 1 quality check, but none on nulls and duplicates and row count")
    assert told.endswith("1 of them are SQL, which is not read")


@pytest.mark.parametrize(
    ("name", "fact"),
    [("refreshFrequency", "refresh"), ("updateInterval", "refresh"), ("dataFreshness", "freshness_promised")],
)
def test_promises_under_other_names(name: str, fact: str) -> None:
    text = f"kind: DataContract\napiVersion: v3.1.0\nid: a\nversion: 1\nslaProperties: [{{property: {name}, value: '24', unit: hours}}]\n"
    assert value(read_text(text, "a.odcs.yaml", prefix="sources[a]"), fact) == 86400
