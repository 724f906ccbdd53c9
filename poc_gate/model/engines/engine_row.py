"""What is known of one engine that serves models: its names, how files show it, how it serves."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

MOST_ADMITTED = 2048.0
"""Sequences that engines run at once at most, by default or by their published settings."""


class ServingEngine(Struct, frozen=True, kw_only=True):
    """One engine; what is left out is not known of it, and widens intervals."""

    name: str
    """As `model.engine` states it."""
    stated: bool = True
    """Whether it is a choice of `model.engine`; others are only known from published results and from repositories."""

    words: tuple[str, ...] = ()
    """Parts of the names that people write for it, in small letters."""
    in_images: str = ""
    """Regular expression for the names of its container images in a repository, in small letters."""
    in_commands: str = ""
    """Regular expression for images and commands of pods, in letters of any size."""
    started_by: tuple[str, ...] = ()
    """Words of a command that starts it in an image of another name; what follows the last of them is the model."""
    programs: tuple[str, ...] = ()
    """How modules and programs begin that start it, whatever the image is called."""
    packages: tuple[str, ...] = ()
    """Names of packages that bring it."""
    in_packages: tuple[str, ...] = ()
    """Parts of the names of packages with which a pilot runs models itself."""
    calls: tuple[tuple[str, str, str], ...] = ()
    """Module, names of its classes, and the argument that names the model: calls that load a model that chats."""
    providers: tuple[str, ...] = ()
    """Names under which tables of calls know it."""
    metrics: tuple[str, str] = ("", "")
    """How the names of its metrics begin, and what its results are called after."""
    variables: dict[str, str] = {}
    """Environment variable of its images -> the option that says the same."""
    letters: str = ""
    """Options of one letter that are its own; elsewhere `-m` is Python's and `-c` the shell's."""
    refuses: bool = False
    """It refuses prompts longer than its context and queues what is over its limit of requests."""
    divides_context: bool = False
    """Its option for the context is for all its slots together."""

    family: Literal["cpu", "apple", "fused", "server", "llama.cpp", "eager", ""] = ""
    """Whose constants of the speed models it shares (`flow/formulas/speed/engine_family.py`)."""
    on_host: str = ""
    """The family whose constants it shares on a processor, where that is not its family's own."""
    on_processor: bool = False
    """It computes on the processor whatever else the machine has."""
    matrix_units: bool = False
    """On a processor it multiplies narrow formats with the instructions that the processor has for them."""
    since: tuple[int, ...] = ()
    """First version of the generation of 2025, by the project's release notes."""
    compiled: bool = False
    """Its scheduler was compiled code before 2025, while that of others ran in Python between two steps."""
    admits: float | None = None
    """Sequences that it admits at once by default."""
    admits_on_large: float | None = None
    """The same on a large device since `since`, where that is more (`flow/formulas/speed/admission.py`)."""
    offline: bool = False
    """Saturated figures of it are published without a server around it, and its server is compiled."""
    grows: bool = False
    """It gives a request cache as its answer grows; others reserve its longest context, or may."""
    patience: float = 0.0
    """Steps for which it finishes with its batch before it takes in a prompt."""
    slots: tuple[float, float] | None = None
    """Least and most requests that it runs at once by default, by its version and by the memory that it finds."""
    sampling: float = 0.0
    """Seconds in which it chooses the next token of one stream on the processor, one stream after the other."""
    wraps: bool = False
    """It runs another engine's kernels, by whose name the constants of one stream were measured."""
    made_by: str = ""
    """Maker of the only devices that it runs on, whose kernels are its own."""
    captures: bool = False
    """Since `since` it compiles each layer and captures it in graphs before it serves."""
