"""One file in the hands of one reader: notes what it says, each note with place, reader and standing."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.backends import FACES, is_client_library
from poc_gate.inputs.repository.noting.called import called_at
from poc_gate.inputs.repository.noting.hints import hinted
from poc_gate.inputs.repository.noting.marks import OF_OWN_ENGINE
from poc_gate.inputs.repository.noting.meanings import (
    LOOPS,
    SettingRead,
    is_of_own_engine,
    only_reads,
    speaks_of_else,
    stands_beside,
    unit_of_passages,
)
from poc_gate.inputs.repository.noting.named_models import named_model
from poc_gate.inputs.repository.noting.remarked_settings import remark_on
from poc_gate.inputs.repository.noting.signals import (
    FactSeen,
    HostSeen,
    ModelSeen,
    NeedSeen,
    PackageSeen,
    Ref,
    RemarkSeen,
    Scalar,
    SettingSeen,
    Signals,
    SystemSeen,
    TechniqueSeen,
    ToolSeen,
)
from poc_gate.inputs.repository.reading import Certainty, FileLeft
from poc_gate.inputs.repository.tables.deployment.services import service_of_resource
from poc_gate.inputs.repository.tables.egress import host_of, is_outside, of_any_account
from poc_gate.inputs.repository.tables.marks.remarks import remark_of_resource
from poc_gate.inputs.repository.tables.settings import fact_of_setting
from poc_gate.inputs.repository.tables.systems import family_of
from poc_gate.model.claim import Notice, Place, Value
from poc_gate.model.quantity import Quantity
from poc_gate.text.quantities.plain_number import finite

_NAMELESS = frozenset({"f", "fn", "func", "function", "callable", "wrapped", "wrapper"})
"""What a decorator of one's own calls the function that it makes a tool of."""
_CACHES = re.compile(r"(?i)(?:^|/)\w*cach(?:e|es|ing)\w*(?:/|\.)")
"""Files of a cache: the store that they keep it in is no source of the pilot."""
_COUNTS_USE = re.compile(r"(?i)(?:^|/)[\w-]*telemetry(?:/|\.)|^(?!(?:.*/)?[\w-]*(?:agents?|tools)/)(?:.*/)?[\w-]*analytics(?:/|\.)")  # fmt: skip
"""Files that count how a product is used: what they write to is no source of the pilot. An agent's analytics are its answers."""
_MEDIA = re.compile(r"(?i)\.(?:png|jpe?g|gif|webp|avif|bmp|svg|ico|mp[34]|m4a|wav|webm|ogg|mov|avi|woff2?|ttf|css|pdf|docx?|pptx?)(?:[?#]|$)")  # fmt: skip
"""Addresses of pictures, sound and films: samples and decoration, which no answer needs."""
_MOST_REMARKS = 2_000

STATED, INFERRED = Certainty.STATED, Certainty.INFERRED

_ANSWERS_CLOUDFORMATION = re.compile(
    r"\[\s*[\"']ResponseURL[\"']\s*\]|\b(?:import|from) (?:cfnresponse|crhelper)\b|[\"']pip[\"'],\s*[\"'](?:install|download)[\"'][\s\S]*ZipFile\([^)\n]*[\"']w[\"']"
)
"""Code of a function that CloudFormation calls while it deploys, or that packs what is deployed: what it reaches, the pilot does not."""


def _is_beside_the_service(path: str, signals: Signals) -> bool:
    """Say whether a file is of what people see beside a backend, or of a library with which others ask it."""
    return (path.startswith(FACES) and signals.has_backend) or is_client_library(path, signals.paths)


class Notes:
    """What one reader notes of one file."""

    def __init__(self, file: TextFile, reader: str, signals: Signals) -> None:
        """Bind the file, the reader's name and the list that all notes go to."""
        self.file, self.reader, self.signals = file, reader, signals
        self.standing = file.standing
        if self.standing is Standing.SERVICE and _is_beside_the_service(file.path.lower(), signals):
            self.standing = Standing.EXAMPLE
        self.deploys = (
            reader == "python" and self.standing <= Standing.SUPPORT and file.shows(_ANSWERS_CLOUDFORMATION)
        )
        if self.deploys:
            self.standing = Standing.SUPPORT

    def fact(
        self,
        fact: str,
        value: Value,
        place: Place,
        *,
        weight: int = 2,
        sure: Certainty = STATED,
        note: str = "",
    ) -> None:
        """Note a value in the manifest's terms."""
        seen = FactSeen(fact, value, place, self.reader, self.standing, sure, weight, note)
        self.signals.facts.append(seen)

    def flag(
        self,
        fact: str,
        place: Place,
        *,
        value: bool = True,
        weight: int = 2,
        sure: Certainty = STATED,
        note: str = "",
    ) -> None:
        """Note a statement that is true, or false."""
        self.fact(fact, value, place, weight=weight, sure=sure, note=note)

    def number(
        self, fact: str, value: float, place: Place, *, unit: str = "1", weight: int = 2, note: str = ""
    ) -> None:
        """Note a quantity in SI units; one that no machine's number holds is passed over."""
        number = finite(value)
        if number is not None:
            self.fact(fact, Quantity(number, unit), place, weight=weight, note=note)

    def model(  # noqa: PLR0913 - parts of one note
        self,
        name: str | Ref,
        place: Place,
        *,
        role: str = "",
        provider: str = "",
        hosting: str = "",
        weight: int = 2,
        sure: Certainty = STATED,
        note: str = "",
        default: bool = False,
    ) -> None:
        """Note a model; role and provider follow from its name where they are not given."""
        if isinstance(name, str):
            named = named_model(name, self.file.path, role=role, provider=provider, hosting=hosting)
            if named is None:
                return
            name, role, provider, hosting = named.name, named.role, named.provider, named.hosting
            if named.is_file:
                self._note_weights(named.safe, role or "chat", place)
        called = called_at(place, self.file)
        seen = ModelSeen(
            role or "chat", name, provider, hosting, place, self.reader, self.standing, sure, weight, note, default, called
        )  # fmt: skip
        self.signals.models.append(seen)

    def _note_weights(self, safe: bool | None, role: str, place: Place) -> None:
        """Note what the format of a file of weights says, where it is of a model that answers."""
        if safe is not None and role in {"chat", "vision", "classifier"}:
            how = "a format without code" if safe else "a pickle, which can run code when it is read"
            self.flag("model.safe_format", place, value=safe, sure=INFERRED, note=f"the file's ending: {how}")
        if role == "chat" and self.file.shows(".gguf"):
            self.fact(
                "model.engine",
                "llama.cpp",
                place,
                weight=1,
                sure=INFERRED,
                note="it reads files of this kind",
            )

    def system(  # noqa: PLR0913 - parts of one note
        self,
        system: str,
        place: Place,
        *,
        how: str = "used",
        direction: str = "",
        region: str = "",
        region_sure: Certainty = STATED,
        note: str = "",
        label: str = "",
        condition: str = "",
        within: str = "",
    ) -> None:
        """Note a system that holds data; a store that code of a cache or of telemetry reaches is an offer, not a source."""
        kept_aside = family_of(system) == "object" or system == "sqlite"
        if how == "used" and ((kept_aside and _CACHES.search(self.file.path)) or _COUNTS_USE.search(self.file.path) or self.deploys):  # fmt: skip
            how = "offered"
        seen = SystemSeen(
            system, place, self.reader, self.standing, how, direction, region, note, label, condition, region_sure, within
        )  # fmt: skip
        self.signals.systems.append(seen)

    def host(self, address: str, why: str, place: Place, *, sure: Certainty = STATED) -> None:
        """Note a destination, by address or host name; what lies inside or is a placeholder is passed over."""
        host = host_of(address)
        if self.reader == "env-file":
            host = of_any_account(host)  # an example shows its writer's own account
        if host and is_outside(host) and not _MEDIA.search(address):
            self.signals.hosts.append(HostSeen(host, why, place, self.reader, self.standing, sure))

    def tool(
        self, name: str, effect: str, why: str, place: Place, *, approved: bool = False, function: str = ""
    ) -> None:
        """Note a tool that an agent may call; `function` is what the code calls it."""
        if name in _NAMELESS:
            return
        if effect == "irreversible" and only_reads(name, why, self.file):
            effect, why = "reads", "its file lets only statements through that read"
        if self.reader == "tree":
            effect, why = hinted(self.file, place, effect, why)
        other = function if function != name else ""
        seen = ToolSeen(name, effect, why, place, self.reader, self.standing, approved, other)
        self.signals.tools.append(seen)

    def held_in(self, held: str) -> None:
        """Note what holds the tool that was noted last, where it has no name of its own."""
        if held and self.signals.tools:
            self.signals.tools[-1] = self.signals.tools[-1]._replace(held=held)

    def technique(self, name: str, why: str, place: Place, *, weight: int = 3) -> None:
        """Note a hint at a technique."""
        self.signals.techniques.append(TechniqueSeen(name, why, place, self.standing, weight))

    def package(
        self, name: str, ecosystem: str, place: Place, *, optional: bool = False, extra: bool = False
    ) -> None:
        """Note a dependency."""
        seen = PackageSeen(name.lower().replace("_", "-"), ecosystem, place, self.standing, optional, extra)
        self.signals.packages.append(seen)

    def setting(self, kind: str, name: str, value: Scalar, place: Place, *, weight: int = 1) -> None:
        """Note a name with a value, for what refers to it elsewhere; and what the name alone says of it."""
        self.signals.settings.append(SettingSeen(kind, name, value, place, self.standing, weight))

    def constant(self, kind: str, name: str, place: Place) -> None:
        """Note a constant or a setting of code, which counts where code uses it."""
        if self.reader in {"python", "tree"}:
            self.signals.constants.append((kind, name, place))

    def named_value(self, name: str, value: Scalar, place: Place, *, weight: int = 2) -> None:
        """Note what a setting's name says of its value, such as `chunk_size: 512`."""
        self._remark_on(name, value, place)
        for named, quantity in fact_of_setting(name, value):
            read = SettingRead(named, name, value, quantity, self.file)
            if speaks_of_else(read):
                continue
            fact = "agent.max_steps" if named == LOOPS else named
            if self.reader not in {"python", "tree"}:
                self.signals.given.append((place, name))
            note = OF_OWN_ENGINE if is_of_own_engine(fact, name) else unit_of_passages(fact, name)
            most = 1 if stands_beside(read) else weight
            self.fact(fact, quantity, place, weight=min(weight, most), note=note)

    def _remark_on(self, name: str, value: Scalar, place: Place) -> None:
        """Note a setting that no field holds: a number under a name such as `SIMILARITY_THRESHOLD`."""
        if len(self.signals.remarks) >= _MOST_REMARKS or _COUNTS_USE.search(self.file.path):
            return
        found = remark_on(name, value, self.standing)
        if found is not None:
            seen = RemarkSeen(found.kind, found.says, found.value, place, self.reader, self.standing)
            self.signals.remarks.append(seen)

    def remark(self, kind: str, says: str, place: Place, value: str = "") -> None:
        """Note something that no field of the manifest holds."""
        if len(self.signals.remarks) < _MOST_REMARKS:
            self.signals.remarks.append(RemarkSeen(kind, says, value, place, self.reader, self.standing))

    def resource(self, kind: str, place: Place) -> None:
        """Note what a type of resource says that is not a system: who signs in, what watches, guards and runs."""
        row = remark_of_resource(kind)
        if row is not None:
            self.remark(row.kind, row.says, place)
        if service := service_of_resource(kind):
            self.fact(
                "target.service", service, place, sure=INFERRED, note=f"resource {kind.partition('@')[0]}"
            )

    def need(self, name: str, place: Place) -> None:
        """Note an environment variable that is looked up without a default."""
        self.signals.needs.append(NeedSeen(name, place, self.standing))

    def approval(self, tool: str, place: Place) -> None:
        """Note that a person approves a tool's calls; `*` for all."""
        self.signals.approvals.append((tool, place, self.standing))

    def question(
        self, message: str, place: Place, next_step: str = "", systems: tuple[str, ...] = ()
    ) -> None:
        """Note what a person has to decide; `systems` are those that may be sources."""
        self.signals.questions.append(Notice("question", message, place, next_step, systems))

    def leave(self, why: str) -> None:
        """Note that the file, or a part of it, is not used."""
        self.signals.left.append(FileLeft(self.file.path, why))
