"""All signals -> how far from production a reading may reach, and the index of names that other files refer to."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.handlers import HANDLES
from poc_gate.inputs.repository.noting.marks import OF_SETTINGS, OF_TERRAFORM, STARTS_A_PIPELINE
from poc_gate.inputs.repository.noting.of_parts import BOUNDS_A_REQUEST, OF_AN_ENDPOINT
from poc_gate.inputs.repository.noting.signals import Ref, SettingSeen, Signals
from poc_gate.inputs.repository.tables.calls.table import CONSTANTS
from poc_gate.model.claim import Place

OF_RUNS = frozenset({"serves", "traced", "scheduled", "timed", "started", "steps", STARTS_A_PIPELINE, "orchestrated", "batched", "answers", "offers", "recalls", HANDLES, BOUNDS_A_REQUEST, OF_AN_ENDPOINT})  # fmt: skip
"""Evidence of how something runs, which does not show what it is."""
_VARIABLE = re.compile(rf"{OF_TERRAFORM}\.(\w+)")
"""How an environment that Terraform sets refers to a variable."""
_GENERIC = frozenset(
    {"name", "id", "value", "model", "type", "default", "key", "path", "text", "model_name", "model_id"}
)


class Resolved(NamedTuple):
    """What a reference stands for."""

    value: str
    place: Place
    weight: int
    standing: Standing


def reach_of(signals: Signals, *, default: Standing = Standing.VENDORED) -> Standing:
    """Return the nearest standing at which a repository shows anything at all; the default where nothing does.

    Scripts always count; examples and notebooks only where nothing is nearer. A server says how answers are given and
    not what gives them: beside it the notebooks that train the model still count.
    """
    shown = [model.standing for model in signals.models if model.weight >= 2]
    shown += [
        technique.standing
        for technique in signals.techniques
        if technique.weight >= 3 and technique.name not in OF_RUNS
    ]
    return min(shown, default=default)


class Ground:
    """How near to production signals must stand to count, and what names stand for."""

    def __init__(self, signals: Signals) -> None:
        """Find the nearest standing at which the repository shows anything at all."""
        self.signals = signals
        self.reach = max(Standing.SUPPORT, reach_of(signals, default=Standing.SERVICE))
        self._names: dict[tuple[str, str], list[SettingSeen]] = {}
        for setting in signals.settings:
            self._names.setdefault((setting.kind, setting.name), []).append(setting)

    def counts(self, standing: Standing) -> bool:
        """Say whether a signal of that standing counts."""
        return standing <= self.reach

    def resolve(self, ref: Ref, place: Place, standing: Standing) -> Resolved | None:
        """Return what a name stands for, where all files of the best standing that give it agree."""
        constant = CONSTANTS.get(ref.name, "") if ref.kind == "name" else ""
        if constant:
            return Resolved(constant, place, 2, standing)
        kinds = (ref.kind,) if ref.kind == OF_TERRAFORM else (ref.kind, "name" if ref.kind == "env" else "env")  # fmt: skip
        for kind in kinds:
            found = [one for one in self._names.get((kind, ref.name), ()) if self.counts(one.standing)]
            if not found or (kind == "name" and ref.name.lower() in _GENERIC):
                continue
            found.sort(key=lambda one: (one.standing > Standing.SUPPORT, -one.weight, one.standing))
            best = [
                one for one in found if (one.weight, one.standing) == (found[0].weight, found[0].standing)
            ]
            values = {str(one.value) for one in best}
            if len(values) == 1 or kind == "env":
                behind = _VARIABLE.fullmatch(str(best[0].value)) if kind == "env" else None
                if behind:
                    return self.resolve(Ref(OF_TERRAFORM, behind[1]), place, standing)
                return Resolved(str(best[0].value), best[0].place, best[0].weight, best[0].standing)
        handed = self._names.get((OF_SETTINGS, ref.name.lower()), []) if ref.kind == "env" and ref.name.count("_") > 1 else []  # fmt: skip
        if len({one.value for one in handed}) == 1 and self.counts(handed[0].standing):
            return Resolved(str(handed[0].value), handed[0].place, handed[0].weight, handed[0].standing)
        if ref.kind == "name" and "." in ref.name:
            return self.resolve(Ref("name", ref.name.rpartition(".")[2]), place, standing)
        variable = self.signals.aliases.get(ref.name, "") if ref.kind == "name" else ""
        return self.resolve(Ref("env", variable), place, standing) if variable else None

    def variable_behind(self, ref: Ref) -> str:
        """Return the environment variable that decides a name, or an empty text."""
        return ref.name if ref.kind == "env" else self.signals.aliases.get(ref.name, "")
