"""What the reading of a repository yields: facts, models, sources, tools, hosts, services, questions, files."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from poc_gate.model.claim import Claim, Notice, Place

_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class Certainty(StrEnum):
    """How sure a value is."""

    STATED = "stated"
    """The file says it in so many words."""
    INFERRED = "inferred"
    """It follows from what the file says; a person should confirm it."""


class FoundFact(Struct, frozen=True):
    """One value in the manifest's terms."""

    claim: Claim
    reader: str
    certainty: Certainty


class FoundModel(Struct, frozen=True):
    """One model that the pilot uses."""

    role: str
    """`chat`, `embedding`, `reranker`, `guardrail`, `judge`, `fallback`, `vision`, `speech` or `classifier`."""
    name: str
    provider: str
    hosting: str
    """`hosted`, `self` or empty."""
    place: Place
    reader: str
    certainty: Certainty
    note: str = ""


class FoundSource(Struct, frozen=True):
    """One system that the pilot reads or writes."""

    id: str
    system: str
    interface: str
    direction: str
    """`read`, `write`, `both` or empty."""
    region: str
    callers: tuple[Place, ...]
    """Where the pilot's code reaches it."""
    place: Place
    reader: str
    certainty: Certainty
    note: str = ""
    region_certainty: Certainty = Certainty.STATED
    """Of its region, which is never surer than the source."""


class FoundTool(Struct, frozen=True):
    """One tool that an agent may call."""

    name: str
    effect: str
    """`reads`, `writes`, `irreversible` or `unknown`."""
    why: str
    approved_by_person: bool
    place: Place
    reader: str
    certainty: Certainty


class FoundHost(Struct, frozen=True):
    """One destination outside the pilot."""

    host: str
    why: str
    place: Place
    reader: str
    certainty: Certainty

    @property
    def bare(self) -> str:
        """The host without what differs from account to account or from region to region: `aiplatform.googleapis.com`."""
        return self.host.replace("*.", "").replace("*-", "").replace("*", "")

    @property
    def name(self) -> str:
        """The host as a manifest lists it, which has neither stars nor ports in a name."""
        return _NO_NAME.sub("-", self.bare).strip("-.")

    @property
    def shown(self) -> str:
        """The host as people read it: its name, and that it differs from region to region or from account to account."""
        return f"{self.name} (any region or account)" if "*" in self.host else self.host


class FoundTechnique(Struct, frozen=True):
    """One entry of `pilot.uses`."""

    name: str
    why: str
    place: Place
    certainty: Certainty


class FoundRemark(Struct, frozen=True):
    """Something worth knowing that no field of the manifest holds."""

    kind: str
    """Such as `prompts in files`; each stands once."""
    says: str
    place: Place
    reader: str


class Undecided(Notice, frozen=True):
    """A question on one fact that several places state, each another value and none with more right than another."""

    between: tuple[Claim, ...] = ()


class Service(Struct, frozen=True):
    """One deployable part of the repository."""

    name: str
    folder: str
    languages: tuple[str, ...]
    place: Place
    """The file that makes it a service: its dependency manifest or its Dockerfile."""
    uses_ai: bool


class FileRead(Struct, frozen=True):
    """One file that says something that is used."""

    path: str
    reader: str
    facts: int


class FileLeft(Struct, frozen=True):
    """One file, or all files below a folder, that was seen and not used."""

    path: str
    why: str


class RepositoryReading(Struct, frozen=True):
    """Everything that a checkout says."""

    name: str
    facts: tuple[FoundFact, ...] = ()
    models: tuple[FoundModel, ...] = ()
    sources: tuple[FoundSource, ...] = ()
    tools: tuple[FoundTool, ...] = ()
    hosts: tuple[FoundHost, ...] = ()
    techniques: tuple[FoundTechnique, ...] = ()
    remarks: tuple[FoundRemark, ...] = ()
    """What no field of the manifest holds: thresholds, prompts in files, dashboards, who signs in."""
    services: tuple[Service, ...] = ()
    questions: tuple[Notice, ...] = ()
    files: tuple[FileRead, ...] = ()
    left: tuple[FileLeft, ...] = ()
    looked_at: int = 0
    complete: bool = True
    """False when the walk stopped at its limit."""
    paths: tuple[str, ...] = ()
    """Every file that was walked over."""

    def claims(self) -> tuple[Claim, ...]:
        """Return every fact as a claim."""
        return tuple(found.claim for found in self.facts)

    def fact(self, name: str) -> FoundFact | None:
        """Return the fact of that name, or None."""
        return next((found for found in self.facts if found.claim.fact == name), None)

    def certainty_of(self, name: str) -> Certainty:
        """Return how sure a fact is; a fact that was not found counts as inferred."""
        found = self.fact(name)
        return found.certainty if found else Certainty.INFERRED
