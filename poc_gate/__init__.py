"""poc-gate: decides, from measured data, whether an AI pilot is ready for production.

    >>> import poc_gate
    >>> result = poc_gate.assess("pilots/claims", machine="l4-24gb")
    >>> result.word, result.sentence, result.failed

Everything in `__all__` is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_gate.version import __version__

if TYPE_CHECKING:
    from poc_gate.errors import Fault, InvalidInputError, NotMeasuredError, PocGateError, UsageError
    from poc_gate.face import Result, assess, load_result
    from poc_gate.inputs.probe.this_machine import probe
    from poc_gate.model.finding import Finding, State
    from poc_gate.model.measurement import MachineProfile
    from poc_gate.model.verdict import Verdict, Word

__all__ = [
    "Fault",
    "Finding",
    "InvalidInputError",
    "MachineProfile",
    "NotMeasuredError",
    "PocGateError",
    "Result",
    "State",
    "UsageError",
    "Verdict",
    "Word",
    "__version__",
    "assess",
    "load_result",
    "probe",
]

_HOME = {
    **dict.fromkeys(("Result", "assess", "load_result"), "face"),
    **dict.fromkeys(
        ("Fault", "InvalidInputError", "NotMeasuredError", "PocGateError", "UsageError"), "errors"
    ),
    **dict.fromkeys(("Finding", "State"), "model.finding"),
    **dict.fromkeys(("Verdict", "Word"), "model.verdict"),
    "MachineProfile": "model.measurement",
    "probe": "inputs.probe.this_machine",
}
"""Where each public name lives."""


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for; raises AttributeError for any other."""
    if name not in _HOME:
        raise AttributeError(f"module 'poc_gate' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"poc_gate.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
