"""All hints that count -> evidence by its kind, the strongest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import FoundModel, FoundSource
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.model.claim import Place

RUNS, SUFFICES, GOES_WITH = 3, 2, 1
"""Weights: code runs it; it serves no other end; it often goes with it, which alone proves nothing."""

_ALSO = {"training": r"|fine[-_]?tun(?:e|ing)"}
"""What paths say of a kind of evidence by another word."""


class Evidence:
    """What was seen, by kind; what stands in examples counts where nothing nearer shows what the pilot is."""

    def __init__(self, ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]) -> None:
        """Keep the hints that count, those that dependencies give among them."""
        self.ground, self.models, self.sources = ground, tuple(models), tuple(sources)
        reach = max(ground.reach, Standing.EXAMPLE) if ground.reach > Standing.SUPPORT else ground.reach
        self._seen: dict[str, list[TechniqueSeen]] = defaultdict(list)
        self._beyond: dict[str, list[TechniqueSeen]] = defaultdict(list)
        for one in ground.signals.techniques:
            counts = one.standing <= reach or one.name.startswith("says ")
            (self._seen if counts else self._beyond)[one.name].append(one)
        for package in ground.signals.packages:
            row = package_named(package.name)
            if row is None or package.optional or not ground.counts(package.standing):
                continue
            for technique in row.techniques:
                weight = row.weight if technique == row.techniques[0] else GOES_WITH
                self.add(technique, f"depends on {package.name}", package.place, weight, package.standing)

    def add(
        self,
        kind: str,
        why: str,
        place: Place,
        weight: int = SUFFICES,
        standing: Standing = Standing.SERVICE,
    ) -> None:
        """Take in one more hint."""
        self._seen[kind].append(TechniqueSeen(kind, why, place, standing, weight))

    def of(self, *kinds: str) -> list[TechniqueSeen]:
        """Return all hints of some kinds, in the order in which they were seen."""
        return [one for kind in kinds for one in self._seen.get(kind, ())]

    def strongest(self, *kinds: str, least: int = SUFFICES) -> TechniqueSeen | None:
        """Return the hint nearest to production, the heaviest of equals, of at least a weight; None where there is none."""
        return strongest(self.of(*kinds), least=least)

    def in_notebooks(self, kind: str, *, why: str = "") -> TechniqueSeen | None:
        """Return a hint of notebooks beside the service: the README sends people to them, or their path says so (`training/`).

        `why` are words of the reason, where only some count.
        """
        named = {one.why for one in self.of("says notebook")}
        beside = (one for one in self._beyond.get(kind, ()) if one.standing is Standing.NOTEBOOK)
        says = re.compile(rf"(?i)(?:^|[/_-])(?:{kind[:5]}(?:{kind[5:]})?{_ALSO.get(kind, '')})(?:$|[/_.-])|^readme\.ipynb$")  # fmt: skip
        return strongest([one for one in beside if why in one.why and (one.place.file.rpartition("/")[2] in named or says.search(one.place.file))])  # fmt: skip

    def in_programs_beside(self, kind: str) -> TechniqueSeen | None:
        """Return a hint of a program that lies among notebooks, such as the pipeline that the service starts."""
        beside = (one for one in self._beyond.get(kind, ()) if one.standing is Standing.NOTEBOOK)
        return strongest([one for one in beside if one.place.file.endswith(".py")])

    def says(self, use: str) -> TechniqueSeen | None:
        """Return where the project calls itself so: the README's title and first paragraph, a package's description."""
        return strongest(self.of(f"says {use}"), least=GOES_WITH)


class Concluded(NamedTuple):
    """What one use rests on, and what a person has to say about it."""

    found: TechniqueSeen | None
    open_because: str = ""
    """Why the repository leaves it open, in words; empty where it does not."""


def strongest(hints: Sequence[TechniqueSeen], *, least: int = SUFFICES) -> TechniqueSeen | None:
    """Return the hint nearest to production, the heaviest of equals, of at least a weight."""
    found = [one for one in hints if one.weight >= least]
    return min(found, key=lambda one: (one.standing, -one.weight), default=None)
