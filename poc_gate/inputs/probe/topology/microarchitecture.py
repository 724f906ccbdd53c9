"""Vendor, family and model -> the name of the microarchitecture, from the identifiers that vendors publish.

Sources: Intel SDM volume 4, table 2-1 (family 6 models); AMD processor revision guides (families 17h to 1Ah);
the MIDR part numbers in Arm's technical reference manuals, as listed in Linux `asm/cputype.h`.
"""

from __future__ import annotations

from poc_gate.inputs.probe.topology.cpu_topology import Topology

_INTEL = {
    0x3C: "haswell", 0x3F: "haswell", 0x45: "haswell", 0x46: "haswell", 0x3D: "broadwell", 0x47: "broadwell",
    0x4F: "broadwell", 0x56: "broadwell", 0x4E: "skylake", 0x5E: "skylake", 0x55: "skylake-sp", 0x8E: "kaby lake",
    0x9E: "coffee lake", 0xA5: "comet lake", 0xA6: "comet lake", 0x66: "cannon lake", 0x7E: "ice lake",
    0x7D: "ice lake", 0x6A: "ice lake-sp", 0x6C: "ice lake-d", 0xA7: "rocket lake", 0x8C: "tiger lake",
    0x8D: "tiger lake", 0x97: "alder lake", 0x9A: "alder lake", 0xB7: "raptor lake", 0xBA: "raptor lake",
    0xBF: "raptor lake", 0xAA: "meteor lake", 0xAC: "meteor lake", 0xBD: "lunar lake", 0xC5: "arrow lake",
    0xC6: "arrow lake", 0x8F: "sapphire rapids", 0xCF: "emerald rapids", 0xAD: "granite rapids",
    0xAE: "granite rapids-d", 0xAF: "sierra forest", 0x3E: "ivy bridge", 0x3A: "ivy bridge", 0x2A: "sandy bridge",
    0x2D: "sandy bridge", 0x57: "knights landing", 0x85: "knights mill", 0x86: "tremont", 0x5F: "goldmont",
}  # fmt: skip
_AMD = {
    0x17: ((0x30, "zen"), (0x100, "zen 2")),
    0x19: (
        (0x10, "zen 3"),
        (0x20, "zen 4"),
        (0x60, "zen 3"),
        (0x80, "zen 4"),
        (0xA0, "zen 4"),
        (0x100, "zen 4c"),
    ),
    0x1A: ((0x100, "zen 5"),),
}
"""Family -> upper bounds (exclusive) of the model number with the name below each."""
_ARM = {
    0xD03: "cortex-a53", 0xD05: "cortex-a55", 0xD07: "cortex-a57", 0xD08: "cortex-a72", 0xD09: "cortex-a73",
    0xD0A: "cortex-a75", 0xD0B: "cortex-a76", 0xD0C: "neoverse-n1", 0xD40: "neoverse-v1", 0xD41: "cortex-a78",
    0xD44: "cortex-x1", 0xD46: "cortex-a510", 0xD47: "cortex-a710", 0xD48: "cortex-x2", 0xD49: "neoverse-n2",
    0xD4D: "cortex-a715",
    0xD4E: "cortex-x3", 0xD4F: "neoverse-v2", 0xD80: "cortex-a520", 0xD81: "cortex-a720", 0xD82: "cortex-x4", 0xD83: "neoverse-v3ae", 0xD84: "neoverse-v3", 0xD85: "cortex-x925",
    0xD87: "cortex-a725", 0xD8E: "neoverse-n3",
}  # fmt: skip
_WITH_TILES = {"sapphire rapids", "emerald rapids", "granite rapids", "granite rapids-d"}
_WITHOUT_AVX512 = {
    "sandy bridge", "ivy bridge", "haswell", "broadwell", "skylake", "kaby lake", "coffee lake", "comet lake",
    "meteor lake", "lunar lake", "arrow lake", "sierra forest", "tremont", "goldmont", "zen", "zen 2", "zen 3",
}  # fmt: skip
_HISILICON = {0xD01: "tsv110"}
_AMPERE = {0xAC3: "ampere-1", 0xAC4: "ampere-1a", 0xAC5: "ampere-1b"}


def microarchitecture_of(topology: Topology) -> tuple[str, str]:
    """Return the microarchitecture's name in lower case, and "", or "" and why there is none.

    A hypervisor may show a model number of its own choice: a name whose processors lack an instruction
    that is there is not given.
    """
    name = _by_number(topology)
    if not name:
        return (
            "",
            "the table of microarchitectures has no entry for this processor" if topology.vendor else "",
        )
    lacking = _lacking(name, topology.flags)
    if lacking:
        shown = f"family {topology.family}, model {topology.model_number}"
        return "", f"the numbers shown ({shown}: {name}) contradict the instructions, which include {lacking}"
    return name, ""


def _lacking(name: str, flags: frozenset[str]) -> str:
    """Return an instruction set among the flags that no processor of that name has."""
    if "amx_tile" in flags and name not in _WITH_TILES:
        return "AMX"
    return "AVX-512" if "avx512f" in flags and name in _WITHOUT_AVX512 else ""


def _by_number(topology: Topology) -> str:
    family, model = topology.family, topology.model_number
    if family is None or model is None:
        return ""
    if topology.vendor == "GenuineIntel" and family == 6:
        return _intel(model, topology.flags)
    if topology.vendor in {"AuthenticAMD", "HygonGenuine"}:
        rows = _AMD.get(family, ())
        return next((name for bound, name in rows if model < bound), "")
    tables = {"0x41": _ARM, "0x48": _HISILICON, "0xc0": _AMPERE}
    table = tables.get(topology.vendor, {})
    names = [table.get(part, "") for part in topology.parts or (model,)]
    return " + ".join(names) if all(names) else ""


def _intel(model: int, flags: frozenset[str]) -> str:
    name = _INTEL.get(model, "")
    if name != "skylake-sp":
        return name
    # Three generations share model 55h; they differ in the instructions they brought.
    if "avx512_bf16" in flags:
        return "cooper lake"
    return "cascade lake" if "avx512_vnni" in flags else name
