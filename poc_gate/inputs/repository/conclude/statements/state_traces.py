"""Packages and settings of tracing -> whether one id joins the steps of a request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.statements.imported_fact import shown_fact
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import FoundFact

_TRACES_ITSELF = frozenset({"spring-boot-starter-opentelemetry", "opentelemetry-spring-boot-starter", "micrometer-tracing-bridge-otel", "micrometer-tracing-bridge-brave", "quarkus-opentelemetry"})  # fmt: skip
"""Packages that are all that it takes."""
_SAMPLES = re.compile(r"(?i).*trac.*sampl.*")
"""Settings of how many requests are traced."""
_NEVER = frozenset({"0", "0.0", "always-off", "always_off", "alwaysoff", "never"})
"""Values of theirs by which none is."""


def state_traces(ground: Ground) -> Iterator[FoundFact]:
    """Yield that one id joins a request's steps, where the service's code is instrumented."""
    traced = [
        one for one in ground.signals.techniques if one.name == "traced" and one.standing is Standing.SERVICE
    ]
    kept = {str(one.value).lower() for one in ground.signals.settings if _SAMPLES.fullmatch(one.name) and one.standing is Standing.SERVICE}  # fmt: skip
    traced += [
        TechniqueSeen("traced", f"{one.name}, which traces by itself", one.place, one.standing, 2)
        for one in ground.signals.packages
        if one.name.rpartition(":")[2] in _TRACES_ITSELF
        and one.standing is Standing.SERVICE
        and not kept & _NEVER
    ]
    if traced:
        first = min(traced, key=lambda one: one.place)
        note = f"instrumented with {', '.join(dict.fromkeys(one.why for one in traced))}"
        yield shown_fact("monitoring.trace_id", True, first, note)  # noqa: FBT003 - the value
