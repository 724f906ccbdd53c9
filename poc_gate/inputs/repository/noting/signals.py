"""What readers note while they read: signals, not yet judged against each other."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.backends import has_backend
from poc_gate.inputs.repository.reading import Certainty, FileLeft
from poc_gate.model.claim import Notice, Place, Value

MOST_OF_A_FILE = 1_000
"""Signals of one kind of one file: one that is generated must not crowd out all others."""
MOST_SIGNALS = 20_000
"""Of one repository; more come from generated files, and the first ones decide."""


class Ref(NamedTuple):
    """A value that is decided elsewhere: an environment variable, or a name of another file."""

    kind: str
    """`env` or `name`."""
    name: str


Scalar = str | int | float | bool


class FactSeen(NamedTuple):
    """A value in the manifest's terms."""

    fact: str
    value: Value
    place: Place
    reader: str
    standing: Standing
    certainty: Certainty
    weight: int
    """The larger, the closer to what is in effect: 3 deployed, 2 set in code, 1 a default or an example."""
    note: str = ""


class ModelSeen(NamedTuple):
    """A model by name, or by what decides its name."""

    role: str
    name: str | Ref
    provider: str
    hosting: str
    place: Place
    reader: str
    standing: Standing
    certainty: Certainty
    weight: int
    note: str = ""
    default: bool = False
    """The file calls it the default."""
    called: str = ""
    """The names that say what it is for: of the setting, of what is made with it."""


class SystemSeen(NamedTuple):
    """A system that holds data."""

    system: str
    place: Place
    reader: str
    standing: Standing
    how: str
    """`used` by code, `deployed` as a resource or container, `selected` by a setting, `named` as a variable, `offered`, `off`."""
    direction: str = ""
    region: str = ""
    note: str = ""
    label: str = ""
    """Name that the file gives it, such as a service of a compose file."""
    condition: str = ""
    """What must hold for it to be deployed, as infrastructure writes it."""
    region_sure: Certainty = Certainty.STATED
    """How sure its region is: one that code only takes where a variable is not set is inferred."""
    within: str = ""
    """`file` where code opens it inside the program, `server` where code asks one."""


class HostSeen(NamedTuple):
    """A destination."""

    host: str
    why: str
    place: Place
    reader: str
    standing: Standing
    certainty: Certainty
    offered: str = ""
    """The variable of an example of an environment that alone shows it."""
    off: bool = False
    """That line is commented out, or the code that looks the variable up can do without it."""


class ToolSeen(NamedTuple):
    """A tool of an agent."""

    name: str
    effect: str
    why: str
    place: Place
    reader: str
    standing: Standing
    approved: bool = False
    function: str = ""
    """What the code calls it, where that is another name."""
    once_given: bool = False
    """It is a tool where code gives that class to an agent, and a class among others where none does."""
    held: str = ""
    """The variable, or the constant in brackets, by which alone the tool is known: it is handed on under a key."""


class TechniqueSeen(NamedTuple):
    """A hint at how the pilot works."""

    name: str
    why: str
    place: Place
    standing: Standing
    weight: int
    """3 runs it, 2 depends on it and it serves no other end, 1 depends on something that often goes with it."""


class PackageSeen(NamedTuple):
    """A dependency."""

    name: str
    ecosystem: str
    place: Place
    standing: Standing
    optional: bool
    extra: bool = False
    """It is of an extra with which the pilot itself can be installed."""


class SettingSeen(NamedTuple):
    """A name with a value: an environment variable's, or a constant's that other files use."""

    kind: str
    """As in `Ref`."""
    name: str
    value: Scalar
    place: Place
    standing: Standing
    weight: int


class PriceSeen(NamedTuple):
    """What a token of a model costs, sent and written, in money."""

    model: str
    sent: float
    written: float
    currency: str
    """ISO code, or empty."""
    place: Place
    standing: Standing
    note: str


class RemarkSeen(NamedTuple):
    """Something that no field of the manifest holds."""

    kind: str
    says: str
    value: str
    """A setting with its value; empty for anything else."""
    place: Place
    reader: str
    standing: Standing


class NeedSeen(NamedTuple):
    """An environment variable that is looked up without a default."""

    name: str
    place: Place
    standing: Standing


class Signals(Struct):
    """Everything that was noted, kind by kind."""

    name: str = ""
    """Of the repository's folder."""
    paths: frozenset[str] = frozenset()
    """Every file of the checkout, in small letters."""
    facts: list[FactSeen] = field(default_factory=list)
    models: list[ModelSeen] = field(default_factory=list)
    systems: list[SystemSeen] = field(default_factory=list)
    hosts: list[HostSeen] = field(default_factory=list)
    tools: list[ToolSeen] = field(default_factory=list)
    techniques: list[TechniqueSeen] = field(default_factory=list)
    packages: list[PackageSeen] = field(default_factory=list)
    settings: list[SettingSeen] = field(default_factory=list)
    needs: list[NeedSeen] = field(default_factory=list)
    remarks: list[RemarkSeen] = field(default_factory=list)
    prices: list[PriceSeen] = field(default_factory=list)
    approvals: list[tuple[str, Place, Standing]] = field(default_factory=list)
    """Names of tools that a person approves, `*` for all."""
    handed: list[str] = field(default_factory=list)
    """Classes that code gives to an agent as its tools: `agent.add_tool(Search)`."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Name in code -> the environment variable that decides it."""
    deployments: dict[str, str] = field(default_factory=dict)
    """Name of a deployment -> the model that it is of."""
    questions: list[Notice] = field(default_factory=list)
    left: list[FileLeft] = field(default_factory=list)
    built: list[tuple[str, Place]] = field(default_factory=list)
    """Folders that are built into an image, and where that is said."""
    of_parts: list[tuple[str, FactSeen]] = field(default_factory=list)
    """Folders that something deployed is built from, and what is said of it: some of it waits for the folder to ask a model."""
    modules: list[tuple[str, str]] = field(default_factory=list)
    """Files of infrastructure, and the files of the repository that each of them takes in."""
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    """The same with folders, and with what must hold for them to be taken in; empty for nothing."""
    switches: list[tuple[str, str]] = field(default_factory=list)
    """Parameters, variables and locals of infrastructure with a value that they have; options of the program, too, as `option.NAME`."""
    owned: list[tuple[str, Place]] = field(default_factory=list)
    """Properties of classes that are called after one provider, as `CLASS_PROPERTY`, and where the value is written."""
    of_models: dict[Place, str] = field(default_factory=dict)
    """Where versions and quotas of deployments are written -> the model that each is of, in small letters."""
    constants: list[tuple[str, str, Place]] = field(default_factory=list)
    """Constants and settings of code: kind as in `Ref`, name, and where the value is written."""

    given: list[tuple[Place, str]] = field(default_factory=list)
    """Where settings beside the code give a value that a fact is made of -> the setting's name."""
    sections: list[tuple[Place, str]] = field(default_factory=list)
    """Where settings of .NET hold a text, and the outermost section that it is in."""
    filled: list[Place] = field(default_factory=list)
    """Where a compose file writes a value that an environment can replace: `${MAX_TOKENS:-400}`."""
    guarded: list[tuple[str, str, int, int]] = field(default_factory=list)
    """Options of the program, and the file, first and last line of what runs only where each is on; an empty option is off for certain."""

    @property
    def has_backend(self) -> bool:
        """Say whether the checkout has a backend beside what people see."""
        return has_backend(self.paths)

    def add(self, other: Signals) -> None:
        """Take over what another one noted; of names that both give, the first stays."""
        for name in _LISTS:
            getattr(self, name).extend(getattr(other, name))
        self.aliases = {**other.aliases, **self.aliases}
        self.deployments = {**other.deployments, **self.deployments}
        self.of_models = {**other.of_models, **self.of_models}

    def sizes(self) -> tuple[int, ...]:
        """Return how many signals of each kind there are, in the order of `_LISTS`."""
        return (
            len(self.facts), len(self.models), len(self.systems), len(self.hosts), len(self.tools), len(self.techniques), len(self.settings),
            len(self.approvals), len(self.packages), len(self.needs), len(self.remarks), len(self.prices), len(self.questions), len(self.left),
            len(self.built), len(self.modules), len(self.taken), len(self.switches), len(self.constants), len(self.owned), len(self.given), len(self.handed), len(self.filled), len(self.guarded), len(self.sections), len(self.of_parts),
        )  # fmt: skip

    def cut(self, sizes: tuple[int, ...], most: int) -> bool:
        """Keep at most `most` signals of each kind beyond earlier sizes; return whether there were more."""
        more = False
        for name, size in zip(_LISTS, sizes, strict=True):
            found = getattr(self, name)
            if len(found) > size + most:
                del found[size + most :]
                more = True
        return more


_LISTS = (
    "facts", "models", "systems", "hosts", "tools", "techniques", "settings", "approvals",
    "packages", "needs", "remarks", "prices", "questions", "left", "built", "modules", "taken", "switches", "constants", "owned", "given", "handed", "filled", "guarded", "sections", "of_parts",
)  # fmt: skip
_COUNTED = 8
"""How many of these, from the first, are counted as facts."""


def count_of(sizes: tuple[int, ...]) -> int:
    """Return how many signals there are that count as facts, from the sizes of all kinds."""
    return sum(sizes[:_COUNTED])
