"""`poc-gate.sources.toml` of the machine that measures -> which credential may go to which host, whom to trust, what budget applies.

The file is local on purpose: what a pilot's own files name (a host, a reference) never decides alone where a
credential goes. It holds references only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.connect.interface import Limits
from poc_gate.text.decode import decode_text
from poc_gate.text.documents.bounded_toml import read_toml
from poc_gate.text.documents.toml_places import KeyPath, TomlPlaces, brief
from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity
from poc_gate.text.secrets.literal_secrets import find_secret

_BUDGETS = {"rate": "req/s", "bytes": "B", "wall": "s", "timeout": "s", "connections": "1"}
_WHOLE = frozenset({"connections", "bytes"})
_LARGEST = 1 << 20
"""Bytes."""
_SHAPE = "see docs/sources.md for the keys of [[credentials]], [[tls]] and [budget]"


class Binding(Struct, frozen=True):
    """One permission: this reference may be resolved and sent to these hosts."""

    reference: str
    hosts: tuple[str, ...]
    """Patterns: a host, `*.example.org`, or either with `:port`."""
    user: str = ""
    source: str = ""
    """File that holds it, for plans."""


class Trust(Struct, frozen=True):
    """One rule of trust: for these hosts the certificates of this file alone are trusted."""

    hosts: tuple[str, ...]
    ca: str
    """Path of a PEM file."""


class LocalConfig(Struct, frozen=True):
    """What the machine that measures allows."""

    bindings: tuple[Binding, ...] = ()
    trusts: tuple[Trust, ...] = ()
    limits: Limits = field(default_factory=Limits)
    withheld: str = ""
    """Why the bindings and rules of trust of a file do not count; empty when they do."""


def of_a_stranger(config: LocalConfig, file: str) -> LocalConfig:
    """Return what counts of a configuration that the judged repository brings: budgets, where they ask for less.

    Whoever writes the manifest would otherwise decide where secrets go, which commands run and whom to trust.
    """
    usual = Limits()
    limits = Limits(
        rate=min(usual.rate, config.limits.rate),
        connections=min(usual.connections, config.limits.connections),
        bytes=min(usual.bytes, config.limits.bytes),
        wall=min(usual.wall, config.limits.wall),
        timeout=min(usual.timeout, config.limits.timeout),
    )
    why = f"{file} is in the repository that is measured, so what it binds does not count: name it with --sources-config"
    return LocalConfig(limits=limits, withheld=why if config.bindings or config.trusts else "")


class _Faults:
    """What is wrong, each with the key that it is about."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._found: list[tuple[KeyPath, str]] = []

    def add(self, path: KeyPath, what: str) -> None:
        self._found.append((path, what))

    def unknown(
        self, path: KeyPath, entry: Mapping[str, Any], known: Collection[str], here: str = ""
    ) -> None:
        for key in entry:
            if key not in known:
                self.add((*path, key), f"{here}unknown key {brief(key)}")

    def end(self) -> None:
        """Raise InvalidInputError with every fault and its place, where there are any."""
        if not self._found:
            return
        places = TomlPlaces(self._text)
        raise InvalidInputError(
            [Fault(self._file, *places.of(*path), what, _SHAPE) for path, what in self._found]
        )


def read_local_config(content: bytes, file: str) -> LocalConfig:
    """Return the local configuration; raises InvalidInputError with every fault, a literal secret among them."""
    text = decode_text(content, file, _LARGEST)
    data = read_toml(text, file, _SHAPE)
    faults = _Faults(text, file)
    faults.unknown((), data, {"credentials", "tls", "budget"})
    bindings = tuple(
        _binding(entry, index, faults, file)
        for index, entry in enumerate(_listed(data, "credentials", faults))
    )
    trusts = tuple(_trust(entry, index, faults) for index, entry in enumerate(_listed(data, "tls", faults)))
    limits = _limits(data.get("budget", {}), faults)
    faults.end()
    return LocalConfig(bindings, trusts, limits)


def _listed(data: Mapping[str, Any], key: str, faults: _Faults) -> list[Any]:
    entries = data.get(key, [])
    if isinstance(entries, list):
        return entries
    faults.add((key,), f"{key} must be a list of tables: [[{key}]]")
    return []


def _binding(entry: object, index: int, faults: _Faults, file: str) -> Binding:
    here, path = f"credentials[{index}]", ("credentials", index)
    if not isinstance(entry, Mapping):
        faults.add(path, f"{here} must be a table")
        return Binding("", ())
    faults.unknown(path, entry, {"reference", "hosts", "user"}, f"{here}: ")
    reference, hosts, user = entry.get("reference", ""), entry.get("hosts", []), entry.get("user", "")
    if not isinstance(reference, str) or not reference.startswith(("env:", "file:", "cmd:")):
        shown = (
            ""
            if not isinstance(reference, str) or find_secret(reference)
            else f", not {brief(repr(reference))}"
        )
        faults.add(
            (*path, "reference"), f"{here}: reference must be env:NAME, file:PATH or cmd:COMMAND{shown}"
        )
        reference = ""
    found = _hosts(hosts, here, path, faults)
    if "*" in found:
        faults.add((*path, "hosts"), f"{here}: the pattern * would send the credential anywhere")
    if not isinstance(user, str):
        faults.add((*path, "user"), f"{here}: user must be a text")
        user = ""
    return Binding(reference, found, user, file)


def _trust(entry: object, index: int, faults: _Faults) -> Trust:
    here, path = f"tls[{index}]", ("tls", index)
    if not isinstance(entry, Mapping):
        faults.add(path, f"{here} must be a table")
        return Trust((), "")
    faults.unknown(path, entry, {"hosts", "ca"}, f"{here}: ")
    ca = entry.get("ca", "")
    if not isinstance(ca, str) or not ca:
        faults.add((*path, "ca"), f"{here}: ca must be the path of a PEM file")
        ca = ""
    return Trust(_hosts(entry.get("hosts", []), here, path, faults), ca.removeprefix("file:"))


def _hosts(hosts: object, here: str, path: KeyPath, faults: _Faults) -> tuple[str, ...]:
    if isinstance(hosts, list) and hosts and all(isinstance(host, str) and host for host in hosts):
        return tuple(host.lower() for host in hosts)
    faults.add((*path, "hosts"), f"{here}: hosts must list at least one host or pattern")
    return ()


def _limits(budget: object, faults: _Faults) -> Limits:
    if not isinstance(budget, Mapping):
        faults.add(("budget",), "budget must be a table")
        return Limits()
    found: dict[str, Any] = {}
    for key, text in budget.items():
        unit, path = _BUDGETS.get(key), ("budget", key)
        if unit is None:
            faults.add(path, f"unknown key budget.{brief(key)}; known: {', '.join(_BUDGETS)}")
            continue
        try:
            value = parse_quantity(str(text), unit).value
        except QuantityError as error:
            faults.add(path, f"budget.{key}: {error}")
            continue
        if value <= 0:
            faults.add(path, f"budget.{key} must be positive")
        elif key in _WHOLE and value != int(value):
            faults.add(path, f"budget.{key} must be a whole number")
        found[key] = int(value) if key in _WHOLE else value
    return replace(Limits(), **found)
