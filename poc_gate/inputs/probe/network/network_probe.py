"""The network interface that leads out of this machine -> its link speed, as the system reports it; sends nothing."""

from __future__ import annotations

from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome, absent, machine_fact
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_NET = "/sys/class/net"
_BYTES_PER_MEGABIT = 125_000.0

LINK_SPEED = machine_fact(
    "network.link_speed",
    "Speed of the interface that holds the default route.",
    unit="B/s",
    low=1e3,
    high=1e13,
)
INTERFACE = machine_fact("network.interface", "Interface that holds the default route, and its kind.")


def run(context: ProbeContext) -> ProbeOutcome:
    """Return the interface and its speed; a virtual one often reports none, and then it is unknown."""
    files = context.files
    name = default_interface(files)
    if name is None:
        reason = (
            "no default route is set" if files.exists("/proc/net/route") else "the system shows no routes"
        )
        return ProbeOutcome(measurements=(absent(LINK_SPEED, reason), absent(INTERFACE, reason)))
    kind = interface_kind(files, name)
    interface = Measurement(
        fact=INTERFACE.name, value=f"{name} ({kind})", method="default route of the system"
    )
    megabits = files.integer(f"{_NET}/{name}/speed")
    if megabits is None or megabits <= 0:
        speed = absent(LINK_SPEED, f"{name} ({kind}) reports no speed")
    else:
        speed = Measurement(
            fact=LINK_SPEED.name,
            value=Quantity(megabits * _BYTES_PER_MEGABIT, "B/s"),
            unit="B/s",
            method="as the driver reports it; nothing was sent",
        )
    return ProbeOutcome(measurements=(speed, interface))


PROBE = Probe(
    name="network",
    summary="link speed of the interface with the default route",
    facts=(LINK_SPEED, INTERFACE),
    run=run,
)


def default_interface(files: HostFiles) -> str | None:
    """Return the interface of the default route with the smallest metric, version 4 before 6, or None."""
    found: list[tuple[int, str]] = []
    for line in (files.text("/proc/net/route") or "").splitlines()[1:]:
        words = line.split()
        if len(words) >= 8 and words[1] == "00000000" and words[7] == "00000000" and words[6].isdigit():
            found.append((int(words[6]), words[0]))
    if found:
        return min(found)[1]
    for line in (files.text("/proc/net/ipv6_route") or "").splitlines():
        words = line.split()
        if len(words) == 10 and words[0] == "0" * 32 and words[1] == "00" and words[9] != "lo":
            return words[9]
    return None


def interface_kind(files: HostFiles, name: str) -> str:
    """Return what sort of interface it is: `InfiniBand`, `wireless`, `bond`, `bridge`, `virtual`, or the driver's name."""
    folder = f"{_NET}/{name}"
    if not files.exists(folder):
        return "kind hidden by the system"
    if files.text(f"{folder}/type") == "32":
        return "InfiniBand"
    for mark, words in (("wireless", "wireless"), ("bonding", "bond"), ("bridge", "bridge")):
        if files.exists(f"{folder}/{mark}"):
            return words
    event = files.text(f"{folder}/device/uevent") or ""
    driver = next((line.split("=", 1)[1] for line in event.splitlines() if line.startswith("DRIVER=")), "")
    return driver or "virtual"
