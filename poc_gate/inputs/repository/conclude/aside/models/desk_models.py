"""A model of a compose file for developers' machines, beside a chart that deploys the pilot -> a question, not an answer."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.reading import FoundModel
from poc_gate.model.claim import Notice

_AT_A_DESK = re.compile(r"(?i)(?:^|/)(?:local|dev|development|laptop)/[\w.-]*compose[\w.-]*\.ya?ml$")
_CHART = ("chart.yaml", "chart.yml")


def beside_a_chart(
    main: FoundModel | None, asked: tuple[Notice, ...], ground: Ground
) -> tuple[FoundModel | None, tuple[Notice, ...]]:
    """Return the model that answers and what is asked; where only a file for desks names it, which one production asks."""
    if main is None or not _AT_A_DESK.search(main.place.file):
        return main, asked
    chart = next((path for path in sorted(ground.signals.paths) if path.rpartition("/")[2] in _CHART and standing_of(path) is Standing.SERVICE), "")  # fmt: skip
    if not chart:
        return main, asked
    what = f"{main.name} answers on developers' machines ({main.place}), and the chart that deploys the pilot names no model ({chart})"
    return None, (*asked, Notice("question", what, main.place, "write the one that production asks: `model.name`"))  # fmt: skip
