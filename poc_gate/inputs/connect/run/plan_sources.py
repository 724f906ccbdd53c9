"""Declarations and the local configuration -> what would be sent where, or why nothing is; nothing is dialled."""

from __future__ import annotations

import ssl
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from msgspec.structs import replace

from poc_gate.inputs.connect.credentials import LOOPBACK, binding_to_add, is_bound, trusted_file
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.interface import (
    Connector,
    Limits,
    Secret,
    SourceError,
    Target,
    connectors,
    find_connector,
)
from poc_gate.inputs.connect.load.load_steps import calls_of
from poc_gate.inputs.connect.local_config import Binding, LocalConfig
from poc_gate.inputs.connect.run.source_plan import BULK_SHARE, CONNECTS, GAP, READY, REFUSED, SourcePlan
from poc_gate.inputs.connect.summary.latency_summary import cold_calls
from poc_gate.text.existing_path import is_there

_PRODUCTION = ("prod", "production", "prd", "live")
_OTHER_CALLS = 40
"""Allowance in the plan for what is asked once: version, rights, keys, newest record, bulk read."""


def plan_source(
    declared: Declaration, config: LocalConfig, preset: Preset, *, allow_prod: bool = False, rate: float | None = None,
    steps: tuple[int, ...] = (),
) -> SourcePlan:  # fmt: skip
    """Return the plan of one source; nothing is resolved and nothing is sent.

    `rate` (calls a second) can only lower the budget's own. `steps` are further loads, by calls in flight, each within
    the budget's connections.
    """
    limits = _limits(declared, config.limits, rate)
    target, faults = _target(declared, limits)
    if declared.literal_secret:
        what = f"`{declared.literal_secret}` in the manifest holds a secret itself, so it is not used"
        step = "remove it there, change it at the source, and name it as `credential: env:NAME`"
        return SourcePlan(declared.id, REFUSED, (f"{what}: {step}",), target)
    connector = _connector(declared, target)
    if connector is None:
        known = ", ".join(sorted(name for one in connectors() for name in one.systems))
        reason = f"no connector for the system {declared.system or declared.url or 'that is not named'!r}; there are: {known}"
        return SourcePlan(declared.id, GAP, (reason,), target)
    if connector.is_local:
        target = replace(target, path=_local_path(declared), host="")
    missing = _gaps(declared, connector)
    environment = _environment(target, connector)
    if missing:
        return SourcePlan(declared.id, GAP, missing, target, connector, environment=environment)
    hosts = () if connector.is_local else connector.dialled(target)
    target = replace(target, ca=trusted_file(hosts, config))
    refused = [
        *faults,
        *filter(None, [unusable_trust(target.ca)]),
        *_refusals(declared, connector, target),
        *_not_permitted(declared, config, hosts),
        *_too_many_in_flight(steps, limits),
    ]
    if environment in {"", *_PRODUCTION} and not allow_prod and not connector.is_local:
        refused.append(_ask_for_environment(environment))
    if refused:
        return SourcePlan(
            declared.id, REFUSED, tuple(refused), target, connector, environment=environment, hosts=hosts
        )
    return _sized(SourcePlan(
        declared.id, READY, (), target, connector, connector.intend(target), environment,
        credential=declared.credential if not connector.is_local else "", hosts=hosts,
        bindings=_bindings(declared, config, hosts), steps=steps,
    ), preset)  # fmt: skip


def _too_many_in_flight(steps: tuple[int, ...], limits: Limits) -> list[str]:
    most = max(steps, default=0)
    if most <= limits.connections:
        return []
    needs = f"a step of {most} calls in flight needs as many connections, and the budget allows {limits.connections}"
    return [f"{needs}: raise [budget] connections in your own poc-gate.sources.toml"]


def _limits(declared: Declaration, limits: Limits, rate: float | None) -> Limits:
    rates = [limits.rate, *(one for one in (rate, declared.tolerated_rate) if one)]
    timeout = min(limits.timeout, declared.timeout) if declared.timeout else limits.timeout
    return replace(limits, rate=min(rates), timeout=timeout)


def _target(declared: Declaration, limits: Limits) -> tuple[Target, list[str]]:
    faults = []
    try:
        parts = urlsplit(declared.url)
        port = parts.port or 0
    except ValueError as error:
        parts, port = SplitResult("", "", "", "", ""), 0
        faults.append(f"the address cannot be read: {error}")
    if parts.password:
        faults.append("the address carries a password; name it as `credential: env:NAME` instead")
    options = dict(declared.options)
    if parts.username:
        options.setdefault("user", parts.username)
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    target = Target(
        declared.id, declared.system.lower(), parts.scheme.lower(), (parts.hostname or "").lower(), port, parts.path,
        shown, None, options, limits,
    )  # fmt: skip
    return target, faults


def _connector(declared: Declaration, target: Target) -> Connector | None:
    found = find_connector(declared.system, target.scheme)
    if found is not None and found.name == "files" and target.path.endswith(".parquet"):
        return find_connector("parquet", "")
    return found


def _local_path(declared: Declaration) -> str:
    """Return the path of a local source: absolute where that exists, else below the manifest's folder."""
    path = urlsplit(declared.url).path if "://" in declared.url else declared.url
    if not path:
        return ""
    if Path(path).is_absolute() and is_there(path):
        return path
    return str(Path(declared.folder) / path.lstrip("/"))


def _gaps(declared: Declaration, connector: Connector) -> tuple[str, ...]:
    if not declared.url and "brokers" not in declared.options:
        where = (
            f" (its contract names {declared.contract_place}, which is never contacted)"
            if declared.contract_place
            else ""
        )
        return (f"no address: add `url:` under `sources[{declared.id}]` of the manifest{where}",)
    missing = connector.missing_modules()
    if missing:
        return (f"the driver is not installed ({', '.join(missing)}): {connector.install}",)
    return ()


def unusable_trust(ca: str) -> str:
    """Return why a file of trusted certificates cannot be used, asked when planned and again when it is needed."""
    if not ca:
        return ""
    try:
        ssl.create_default_context(cafile=ca)
    except OSError as error:
        why = "contains no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        return f"the file of trusted certificates {ca} {why}: correct [[tls]] ca in poc-gate.sources.toml"
    return ""


def _refusals(declared: Declaration, connector: Connector, target: Target) -> list[str]:
    known = {option.name for option in connector.options} | {"user"}
    found = [
        f"the probe option {name!r} is not known to {connector.name}; there are: {', '.join(sorted(known))}"
        for name in declared.options
        if name not in known
    ]
    # Checked as if the credential were at hand, so that the plan tells what the run would refuse.
    asked = replace(target, secret=Secret()) if declared.credential else target
    try:
        found += connector.check(asked)
        if not found:
            connector.intend(target)
    except SourceError as error:
        found.append(str(error))
    return found


def _not_permitted(
    declared: Declaration, config: LocalConfig, hosts: tuple[tuple[str, int], ...]
) -> list[str]:
    if not declared.credential:
        return []
    step = config.withheld or "add {}"
    return [
        f"{declared.credential} is not bound to {host}: {step.format(binding_to_add(declared.credential, host))}"
        for host, port in hosts
        if is_bound(declared.credential, host, port, config) is None
    ]


def _bindings(
    declared: Declaration, config: LocalConfig, hosts: tuple[tuple[str, int], ...]
) -> tuple[Binding, ...]:
    if not declared.credential:
        return ()
    found = (is_bound(declared.credential, host, port, config) for host, port in hosts)
    return tuple(dict.fromkeys(binding for binding in found if binding is not None))


def _environment(target: Target, connector: Connector) -> str:
    stated = target.option("environment").lower()
    if stated:
        return stated
    dialled = () if connector.is_local else connector.dialled(target)
    return "local" if all(host in LOOPBACK for host, _ in dialled) else ""


def _ask_for_environment(environment: str) -> str:
    if environment:
        return f"the environment is {environment}: --allow-prod permits it"
    return "the environment is not stated: add `probe: {environment: test}`, or permit production with --allow-prod"


def _sized(plan: SourcePlan, preset: Preset) -> SourcePlan:
    """Return the plan with its figures, the calls cut to what fits the time of one window."""
    assert plan.intent is not None
    limits = plan.target.limits
    fits = int(limits.rate * limits.wall * 0.95)
    calls = preset.calls if not plan.intent.missing else 0
    cold = cold_calls(calls) if calls else 0
    if calls + cold > fits:
        calls, cold = max(0, fits - cold_calls(fits)), cold_calls(fits)
    sent = (calls + cold) * preset.windows
    estimate = sent * plan.intent.bytes_per_call + limits.bytes // BULK_SHARE
    window = (calls + cold) / limits.rate
    further = sum(map(calls_of, plan.steps)) if calls else 0
    sent += further
    estimate += further * plan.intent.bytes_per_call
    seconds = (
        window
        + (limits.wall if plan.steps else 0.0)
        + (preset.windows - 1) * max(preset.gap, window)
        + (CONNECTS + 4) / limits.rate
        + limits.timeout
    )
    return replace(
        plan, calls=calls, cold=cold, windows=preset.windows, window=window, gap=preset.gap,
        most_calls=sent + CONNECTS + _OTHER_CALLS,
        most_bytes=min(limits.bytes, estimate), seconds=seconds,
    )  # fmt: skip
