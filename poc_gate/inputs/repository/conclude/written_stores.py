"""Stores that settings show to be read -> read and written, where something that runs puts data there."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.files.reach.written_stores import fills_features, pushes_data, puts_values
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals

_BUILDS = "dbt_project.yml"
_ONLINE = "online store"


def note_writes(signals: Signals, texts: Sequence[tuple[str, str]]) -> None:
    """Let stores count as written that features are filled into, data is pushed to, or tables are built in."""
    read = [one for one in signals.systems if one.direction == "read"]
    online = {one.system for one in read if one.reader == "feature-store" and one.note == _ONLINE}
    written: set[tuple[str, str]] = set()
    if online:
        filled = fills_features(texts)
        written |= {("feature-store", system) for system in online if filled or _is_put_in(signals, system, texts)}  # fmt: skip
    pushed = {one.system for one in read if one.reader == "data-remote"}
    if pushed and pushes_data(texts):
        written |= {("data-remote", system) for system in pushed}
    built = _built_in(signals)
    signals.systems[:] = [
        one._replace(direction="both")
        if one.direction == "read" and (one.system in built or ((one.reader, one.system) in written and one.note != "offline store"))
        else one
        for one in signals.systems
    ]  # fmt: skip


def _is_put_in(signals: Signals, system: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether code of the service puts values into a store itself."""
    files = {one.place.file for one in signals.systems if one.system == system and one.how == "used" and one.standing is Standing.SERVICE}  # fmt: skip
    return system == "redis" and puts_values(texts, files)


def _built_in(signals: Signals) -> set[str]:
    """Return the databases in which dbt builds tables."""
    if not any(path.rpartition("/")[2] == _BUILDS for path in signals.paths):
        return set()
    listed = {one.name for one in signals.packages if one.name.startswith("dbt-")}
    return {system for name, system in _ADAPTERS.items() if name in listed}


_ADAPTERS = {
    "dbt-bigquery": "bigquery",
    "dbt-snowflake": "snowflake",
    "dbt-postgres": "postgresql",
    "dbt-redshift": "redshift",
    "dbt-databricks": "databricks",
}
