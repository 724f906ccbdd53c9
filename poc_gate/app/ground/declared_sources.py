"""The facts of one source -> what is declared of it, as connectors need it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.model.fact import FactTree
from poc_gate.model.quantity import Quantity

if TYPE_CHECKING:
    from poc_gate.inputs.connect.declared.declaration import Declaration


def declaration(tree: FactTree, source: str, folder: Path) -> Declaration:
    """Return what the facts of a source say; `folder` is the manifest's."""
    from poc_gate.inputs.connect.declared.declaration import Declaration
    from poc_gate.inputs.manifest.reading.read_manifest import BLOT

    def text(name: str) -> str:
        value = tree.get(f"sources[{source}].{name}").value
        return value if isinstance(value, str) else ""

    def number(name: str) -> float | None:
        value = tree.get(f"sources[{source}].{name}").value
        return value.value if isinstance(value, Quantity) else None

    listed = tree.get(f"sources[{source}].probe").value
    options = listed if isinstance(listed, tuple) else ()
    literal = "url" if text("url") == BLOT else "probe" if BLOT in options else ""
    objectives = {name: number(name) for name in ("p50", "p95", "p99")}
    return Declaration(
        id=source,
        system=text("system"),
        interface=text("interface"),
        url=text("url") if literal != "url" else "",
        literal_secret=literal,
        credential=text("credential"),
        options=dict(option.split("=", 1) for option in options if option != BLOT),
        folder=str(folder),
        contract_place=text("contract_place"),
        objectives={name: value for name, value in objectives.items() if value is not None},
        tolerated_rate=number("tolerated_rate"),
        timeout=number("timeout"),
        max_age_needed=number("max_age_needed"),
        freshness_promised=number("freshness_promised"),
        refresh=number("refresh"),
        extract_time=number("extract_time"),
        availability=number("availability"),
        error_rate_promised=number("error_rate_promised"),
    )
