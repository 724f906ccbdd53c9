"""CPU flags, DMI names and container marks -> under what this process runs."""

from __future__ import annotations

from poc_gate.inputs.probe.host.host_files import HostFiles, keyed_lines

_VENDORS = {
    "amazon ec2": "Amazon Nitro or Xen",
    "google": "Google Compute Engine (KVM)",
    "microsoft corporation": "Hyper-V",
    "qemu": "KVM or QEMU",
    "kvm": "KVM",
    "vmware": "VMware",
    "innotek": "VirtualBox",
    "xen": "Xen",
    "openstack": "KVM (OpenStack)",
    "alibaba cloud": "KVM (Alibaba Cloud)",
}
_DMI = "/sys/class/dmi/id"


def describe_virtualisation(files: HostFiles) -> str | None:
    """Return `none`, or the hypervisor and the container in words, such as `virtual machine (KVM), container`.

    None where nothing tells whether a hypervisor is below.
    """
    hypervisor = _hypervisor(files)
    if hypervisor is None:
        return None
    parts = [part for part in (hypervisor, _container(files)) if part]
    return ", ".join(parts) or "none"


def is_guest(files: HostFiles) -> bool:
    """Whether a hypervisor is known to be below."""
    return bool(_hypervisor(files))


def _hypervisor(files: HostFiles) -> str | None:
    """Return the hypervisor in words, empty for none, None where nothing tells.

    x86 processors carry a flag that hypervisors set. Others have none: there the firmware's names decide.
    """
    info = keyed_lines(files.text("/proc/cpuinfo"))
    flags = info.get("flags", "").split()
    kind = files.text("/sys/hypervisor/type")
    names = " ".join(files.text(f"{_DMI}/{name}") or "" for name in ("sys_vendor", "product_name")).lower()
    known = next((words for text, words in _VENDORS.items() if text in names), "")
    if not flags and not kind:
        return _without_flags(files, names, known) if info else None
    if "hypervisor" not in flags and not kind:
        return ""  # a cloud vendor's bare-metal host carries the vendor's name too
    if kind:
        known = known or kind
    clocks = files.text("/sys/devices/system/clocksource/clocksource0/available_clocksource") or ""
    if not known and "kvm-clock" in clocks:
        known = "KVM"
    return f"virtual machine ({known})" if known else "virtual machine"


def _without_flags(files: HostFiles, names: str, known: str) -> str | None:
    tree = files.text("/proc/device-tree/hypervisor/compatible") or ""
    if tree:
        return f"virtual machine ({'KVM' if 'kvm' in tree else tree.split(chr(0))[0]})"
    if not names.strip():
        return None
    return f"virtual machine ({known})" if known and "metal" not in names else ""


def _container(files: HostFiles) -> str:
    if files.exists("/.dockerenv"):
        return "container (Docker)"
    if files.exists("/run/.containerenv"):
        return "container (Podman)"
    groups = files.text("/proc/1/cgroup") or ""
    if "kubepods" in groups:
        return "container (Kubernetes)"
    return "container" if any(word in groups for word in ("docker", "containerd", "lxc")) else ""
