"""Quality checks of a contract -> which of nulls, duplicates and row count they look at, whatever engine runs them."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.text.lazy_pattern import lazily

WANTED = ("nulls", "duplicates", "row count")
_PATTERNS = {
    "nulls": lazily(
        r"(?i)null_?(?:values|count|check)|missing_?(?:values|count|percent)|not_?(?:be_?)?null|no_?null|completeness"
    ),
    "duplicates": lazily(
        r"(?i)duplicate|(?<![a-z])(?:is_)?unique(?:ness|_?check|_?combination\w*)?(?![a-z_])"
    ),
    "row count": lazily(r"(?i)row_?count|count_?check|(?<![a-z])volume(?![a-z])"),
}
"""Names in the data QoS list of ODCS, and in the checks of Soda, Great Expectations, DQX and dbt."""
_KEYS = ("metric", "rule", "code", "dimension", "type", "implementation")
_LONGEST = 5000


def covered(rules: list[Node], columns: list[Node]) -> set[str]:
    """Return what the rules look at; a column that is required or unique is a check of its own. No SQL is read."""
    words = " ".join(_words(rule) for rule in rules)
    found = {name for name, pattern in _PATTERNS.items() if pattern.search(words)}
    if any(column.at("required").flag() or column.at("isNullable").flag() is False for column in columns):
        found.add("nulls")
    if any(column.at(key).flag() for column in columns for key in ("unique", "isUnique")):
        found.add("duplicates")
    return found


def claim_quality(rules: list[Node], columns: list[Node], prefix: str) -> None:
    """State that quality checks exist, or warn of what they leave out."""
    if not rules:
        return
    found = covered(rules, columns)
    lacking = [name for name in WANTED if name not in found]
    count = "1 quality check" if len(rules) == 1 else f"{len(rules)} quality checks"
    if lacking:
        written = sum(1 for rule in rules if rule.at("query").text())
        unread = f"; {written} of them are SQL, which is not read" if written else ""
        rules[0].warn(
            f"the contract has {count}, but none on {' and '.join(lacking)}{unread}",
            "add them to the contract, or show the last run of the checks as evidence",
        )
        return
    for rule in rules:
        rule.use()
    rules[0].claim(f"{prefix}.quality_checks", value=True, note=f"{count}; not run by the import")


def _words(rule: Node) -> str:
    texts: list[str] = []
    stack = [rule.at(key) for key in _KEYS]
    while stack and len(texts) < 200:
        node = stack.pop()
        texts.append(node.text()[:_LONGEST])
        stack += node.members()
    return " ".join(texts)
