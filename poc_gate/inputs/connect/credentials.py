"""A reference in the manifest and the local configuration -> the secret for one host, or the reason why not."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import unquote, urlsplit

from poc_gate.inputs.connect.interface import RefusedError, Secret, whole_number
from poc_gate.inputs.connect.local_config import Binding, LocalConfig
from poc_gate.text.secrets.scrub import Scrubber

_COMMAND_S = 20.0
_SHORTEST = 4
_LONGEST = 1 << 16
LOOPBACK = ("localhost", "127.0.0.1", "::1", "")


def is_bound(reference: str, host: str, port: int, config: LocalConfig) -> Binding | None:
    """Return the binding that lets a reference go to a host, or None; nothing is resolved."""
    spelt = host.lower().rstrip(".")
    for binding in config.bindings:
        if binding.reference == reference and any(
            _matches(pattern, spelt, port) for pattern in binding.hosts
        ):
            return binding
    return None


def trusted_file(hosts: Iterable[tuple[str, int]], config: LocalConfig) -> str:
    """Return the file of the certificates that alone are trusted for one of these hosts; empty = the machine's own."""
    for host, port in hosts:
        spelt = host.lower().rstrip(".")
        for trust in config.trusts:
            if any(_matches(pattern, spelt, port) for pattern in trust.hosts):
                return str(Path(trust.ca).expanduser())
    return ""


def _matches(pattern: str, host: str, port: int) -> bool:
    name, colon, number = pattern.rpartition(":")
    if colon and number.isdecimal() and not name.endswith(":"):
        return whole_number(number) == port and fnmatchcase(host, name)
    return fnmatchcase(host, pattern)


def binding_to_add(reference: str, host: str) -> str:
    """Return the lines for poc-gate.sources.toml that would permit this credential for this host."""
    return f'[[credentials]] reference = "{reference}" hosts = ["{host}"] in poc-gate.sources.toml'


def resolve_credential(
    reference: str, host: str, port: int, config: LocalConfig, scrubber: Scrubber, environment: Mapping[str, str] | None = None
) -> Secret:  # fmt: skip
    """Return the secret that `reference` names, once the local configuration binds it to this host.

    A value that is a whole address (`postgresql://user:password@host/db`) gives user and password, and its
    host must be the one that is measured. The scrubber learns every part before anything else happens with
    it. Raises RefusedError, in words that hold no secret.
    """
    binding = is_bound(reference, host, port, config)
    if binding is None:
        raise RefusedError(f"{reference} is not bound to {host}: add {binding_to_add(reference, host)}")
    text = _value(reference, os.environ if environment is None else environment).strip()
    scrubber.learn(text)
    if len(text) < _SHORTEST:
        raise RefusedError(f"{reference} holds fewer than {_SHORTEST} characters: too short for a secret")
    if "://" not in text:
        return Secret(binding.user, text)
    parts = urlsplit(text)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    scrubber.learn(password)
    scrubber.learn(parts.password or "")
    if (parts.hostname or host).lower() != host.lower():
        raise RefusedError(
            f"{reference} holds an address on another host than {host}; it is not sent anywhere"
        )
    return Secret(user or binding.user, password)


def _value(reference: str, environment: Mapping[str, str]) -> str:
    kind, _, name = reference.partition(":")
    if kind == "env":
        if name not in environment:
            raise RefusedError(f"the environment variable {name} is not set")
        return environment[name]
    if kind == "file":
        try:
            with Path(name).expanduser().open(encoding="utf-8") as file:
                text = file.read(_LONGEST + 1)  # bounded, because a device has no end
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedError(f"{reference} cannot be read: {type(error).__name__}") from None
        if len(text) > _LONGEST:
            raise RefusedError(f"{reference} holds more than {_LONGEST:,} characters: too long for a secret")
        return text
    return _output(name)


def _output(command: str) -> str:
    """Return what a command prints; it runs without a shell, and only because the local configuration names it."""
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603 - named in the local configuration, no shell
            words, capture_output=True, timeout=_COMMAND_S, check=True, stdin=subprocess.DEVNULL
        )
        return done.stdout.decode("utf-8")
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise RefusedError(f"the command for the credential failed: {type(error).__name__}") from None
