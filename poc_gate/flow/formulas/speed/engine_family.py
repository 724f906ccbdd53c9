"""Engine families: which engines, versions and devices share the constants of the speed models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from poc_gate.flow.formulas.speed.devices.device_table import plain_name
from poc_gate.model.engines.engine_row import ServingEngine
from poc_gate.model.engines.serving_engines import engines_named

_APPLE = ("apple", "m1 ", "m2 ", "m3 ", "m4 ", "m5 ", "mac")
_AMD = (
    "radeon",
    "rx ",
    "pro w",
    "ai pro r",
    "instinct",
    "mi1",
    "mi2",
    "mi3",
    "mi50",
    "mi60",
    "vega",
    "strix",
    "ryzen ai",
)
_PORTABLE = (*_AMD, "arc ", "adreno", "mali", "8060s", "iris")
_HOSTS = (
    "xeon",
    "epyc",
    "threadripper",
    "raspberry",
    "core i",
    "ryzen",
    "graviton",
    "ampere altra",
    "cpu",
    "i9 ",
    "i7 ",
    "i5 ",
    "i3 ",
    "celeron",
    "pentium",
    "orange pi",
    "opteron",
    "neoverse",
    "ampereone",
    "core ultra",
    "snapdragon",
    "rockchip",
    "rk35",
    "cortex",
    "kunpeng",
    "power9",
    "power10",
)


_TURN = (2025, 3)
"""Year and month from which a serving engine counts as of that generation where only its date is known."""

_LOCAL_TURN = (2025, 1)
_LOCAL_BUILD = 4400
"""The same for llama.cpp and what is built on it: CUDA graphs, fused kernels and Metal kernels of 2025; its builds are
numbered, `b4400` is of January 2025."""

_UNIFIED = (
    "ryzen ai",
    "strix",
    "radeon 8060s",
    "radeon 8050s",
    "radeon 890m",
    "radeon 780m",
    "iris",
    "arc 140",
)
"""Graphics units that share the processor's memory."""

_DRIVERS = (("vulkan", "portable-vulkan"), ("rocm", "portable-hip"), ("hip", "portable-hip"))
"""Words in an engine's name or version that say what drives a graphics card without CUDA, as in `b6500 Vulkan`."""

_INTEL = ("arc ", "gaudi", "ponte", "data center gpu max", "iris", "hpu")


def family_of(engine: str, device: str = "", version: str = "") -> str:
    """Return the family of an engine on a device, all by name; `unknown` when the engine is not known.

    One engine has other kernels on other hardware: llama.cpp on Apple silicon, on GPUs that it drives through
    HIP, Vulkan or SYCL (`portable-hip`, `portable-vulkan`, `portable` where neither name nor version says which;
    `unified` where they share the processor's memory), and on processors each has constants of its own.
    Engines differ by generation: `server`, `server-native` (a compiled scheduler), `llama.cpp` and `apple` until 2024,
    `server25`, `llama.cpp25` and `apple25` since, and names that end in `-any` where neither version nor date is
    known. MLX counts as of 2025 whatever its version.
    """
    name, where = engine.strip().lower(), plain_name(device)
    rows = engines_named(name)
    found = next((row.family for row in rows), "") or "unknown"
    if found == "apple" or (found in {"llama.cpp", "unknown", "eager"} and where.startswith(_APPLE)):
        return (
            "apple25"
            if found == "apple"
            else _by_generation("apple", "apple25", _local_of_2025(rows, version))
        )
    if found == "llama.cpp" and any(word in where for word in _UNIFIED):
        return "unified"
    if found == "llama.cpp" and any(where.startswith(word) or f" {word}" in where for word in _PORTABLE):
        said = f"{name} {version.lower()}"
        return next((family for word, family in _DRIVERS if word in said), "portable")
    graphics = any(word in where for word in _UNIFIED)
    if (not graphics and any(word in where for word in _HOSTS)) or where == "cpu":
        own = next((row.on_host for row in rows if row.on_host and row.family == found), "")
        return own or {"llama.cpp": "cpu", "eager": "cpu-eager"}.get(found, found)
    return _of_generation(found, name, version)


def _of_generation(found: str, name: str, version: str) -> str:
    rows = engines_named(name)
    if found == "server":
        older = "server-native" if any(row.compiled for row in rows) else "server"
        return _by_generation(older, "server25", is_of_2025(name, version))
    if found == "llama.cpp":
        return _by_generation("llama.cpp", "llama.cpp25", _local_of_2025(rows, version))
    return found


def _by_generation(older: str, newer: str, of_2025: bool | None) -> str:
    return {True: newer, False: older, None: f"{older}-any"}[of_2025]


ALTERNATIVES = {
    "server-any": ("server", "server25"),
    "server-native-any": ("server-native", "server25"),
    "llama.cpp-any": ("llama.cpp", "llama.cpp25"),
    "apple-any": ("apple", "apple25"),
    "eager-anywhere": ("apple", "apple25", "eager"),
    "llama.cpp-anywhere": ("portable", "unified", "apple", "apple25", "llama.cpp", "llama.cpp25"),
}
"""What an engine of unknown version, or one on an unnamed device, may be: its interval holds those of all of them, so that to state the version only
ever narrows it."""


def newest(family: str) -> str:
    """Return the family itself, or the newest that an engine of unknown version may be of."""
    return ALTERNATIVES.get(family, (family,))[-1]


def _local_of_2025(rows: Iterable[ServingEngine], version: str) -> bool | None:
    """Return whether llama.cpp, or an engine on it, is of 2025 or later, by its build or date; None if unknown."""
    built = re.search(r"\bb?(\d{4,5})\b", version)
    dated = re.search(r"\b(20[123]\d)(?:[-./](\d{1,2}))?\b", version)
    if dated:
        return (int(dated[1]), int(dated[2] or 6)) >= _LOCAL_TURN
    numbered = re.search(r"\b0\.\d+\.\d+", version)
    since = next((row.since for row in rows if row.family == "llama.cpp" and row.since), None)
    if numbered and since:
        return _numbers(numbered[0]) >= since
    return None if built is None else int(built[1]) >= _LOCAL_BUILD


def is_of_2025(engine: str, version: str) -> bool | None:
    """Return whether a serving engine is of the generation since early 2025, by its version or date; None if unknown."""
    text = f"{version} {engine}"
    dated = re.search(r"\b(20\d\d)(?:[-./](\d{1,2}))?\b", version)
    numbered = re.search(r"\bv?(\d+\.\d+(?:\.\d+)*)", text)
    first = next((row.since for row in engines_named(engine) if row.family == "server" and row.since), None)
    if numbered and first and not (dated and dated.start() <= numbered.start()):
        return _numbers(numbered[1]) >= first
    if dated:
        return (int(dated[1]), int(dated[2] or 6)) >= _TURN
    return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


_EIGHT_BITS = ("h100", "h200", "h20", "gh200", "l4", "l40", "rtx 40", "4090", "4080", "ada", "mi3", "gaudi")
_FOUR_BITS = ("b200", "b300", "gb200", "gb300", "rtx 50", "5090", "rtx pro", "gb10", "dgx spark", "mi35")


def narrow_speedup(precision: str, device: str) -> tuple[float, str]:
    """Return how much faster than in half precision a device multiplies weights of that format, and the format's name.

    1 where it has no such units or the format only stores weights: `awq` and its like are computed in half precision.
    """
    form, where = precision.strip().lower().replace("_", "-"), plain_name(device)
    four, eight = (any(word in where for word in words) for words in (_FOUR_BITS, _EIGHT_BITS))
    if form in {"nvfp4", "mxfp4", "fp4"} and four:
        return 4.0, "fp4"
    if form in {"fp8", "w8a8"} and (four or eight):
        return 2.0, "fp8"
    return 1.0, "fp16"


def most_narrow_speedup(bits: float, device: str) -> float:
    """Return how much faster than in half precision a device may multiply weights of so many bits in some format."""
    forms = [form for form, most in (("fp4", 6.0), ("fp8", 12.0)) if bits <= most]
    return max((narrow_speedup(form, device or "b200")[0] for form in forms[:1]), default=1.0)


def vendor_of(device: str) -> str:
    """Return who makes a device, by its name: `nvidia`, `amd`, `intel`, `apple`, `host`, or empty when unknown."""
    where = plain_name(device)
    if where.startswith(_APPLE):
        return "apple"
    for vendor, words in (("amd", _AMD), ("intel", _INTEL)):
        if any(where.startswith(word) or f" {word}" in where for word in words):
            return vendor
    if any(word in where for word in _HOSTS) or where == "cpu":
        return "host"
    known = ("nvidia", "rtx", "gtx", "geforce", "quadro", "tesla", "a100", "h100", "h200", "h20", "b200", "b300", "gb1", "gb2", "gb3", "gh2",
             "l4", "l40", "a10", "a30", "a40", "a2", "a6000", "a5000", "a4000", "t4", "v100", "p100", "p40", "jetson", "dgx", "k80",
             "orin", "xavier", "tegra", "agx", "igx", "m40", "a4500", "a2000")  # fmt: skip
    return "nvidia" if any(word.startswith(known) for word in where.split()) else ""


_BRIDGED = (
    "sxm",
    "hgx",
    "nvl",
    "b200",
    "b300",
    "gb200",
    "gb300",
    "gh200",
    "h200",
    "h20",
    "mi2",
    "mi3",
    "gaudi",
    "dgx",
)
"""Devices that come with links between them beside PCI Express."""
_PCIE_ONLY = frozenset({
    "l4", "l40", "l40s", "a10", "a10g", "a16", "a2", "t4", "p4", "p40", "1060", "1070", "1080", "1080ti", "3050",
    "3060", "3060ti", "3070", "3070ti", "3080", "3080ti", "4050", "4060", "4060ti", "4070", "4070ti", "4080", "4090",
    "5050", "5060", "5060ti", "5070", "5070ti", "5080", "5090", "b580", "b60", "a770", "6700", "6800", "6900", "6950",
    "7600", "7700", "7800", "7900", "7900xt", "7900xtx", "w6800", "w7800", "w7900", "9060", "9070", "9070xt", "r9700",
})  # fmt: skip
"""Words in the names of devices that have no link to one another but PCI Express."""
_PROFESSIONAL = frozenset({"ada", "blackwell", "pro"})
"""Words that tell an RTX card for workstations of 2022 or later, which has no bridge, from one of 2018 to 2021, which has."""
_NETWORKED = ("spark", "gb10")
"""Devices of one GPU in a case, which reach each other over a network no faster than PCI Express."""


def link_of(link: str, device: str) -> str:
    """Return how devices reach each other, as stated or by the device's name: `fast`, `pcie`, or empty when unknown."""
    stated, where = link.strip().lower(), plain_name(device)
    if any(word in stated for word in ("nvlink", "nvl", "xgmi", "infinity", "nvswitch", "sxm", "c2c")):
        return "fast"
    if "pcie" in stated or "pci express" in stated:
        return "pcie"
    words = set(where.split())
    if any(word in where for word in _NETWORKED) or ("rtx" in words and words & _PROFESSIONAL):
        return "pcie"
    if any(word in where for word in _BRIDGED):
        return "fast"
    return "" if _PCIE_ONLY.isdisjoint(words) else "pcie"


_LINKS = (
    (2.0, ("b200", "b300", "gb200", "gb300")), (0.667, ("a100",)), (0.125, ("3090", "a6000", "a5000", "a4500")),
    (0.333, ("v100",)), (0.667, ("mi2",)),
)  # fmt: skip
"""Bytes per second of the links of a device over the 450 GB/s each way of NVLink 4: NVLink 5 has 900, NVLink 3 300, NVLink 2
150, the bridge of a pair of cards 56, by their data sheets; Infinity Fabric of an MI300X about as much as NVLink 4."""


def link_speed(device: str) -> float:
    """Return how fast a device's own links are, over those of an H100; 1 where the device is not in the table."""
    where = plain_name(device)
    return next((speed for speed, words in _LINKS if any(word in where for word in words)), 1.0)


def doubles_with_half_accumulation(device: str) -> bool:
    """Return whether a GPU's listed half-precision peak doubles when sums are kept in half precision too.

    GeForce cards halve their rate for single-precision sums, and peaks are listed for those; engines
    such as llama.cpp and ExLlama sum in half precision, so their limit is twice the listed peak. A P40 or P4 is
    listed by its single precision and multiplies bytes four times as fast.
    """
    words = plain_name(device).split()
    if not {"p40", "p4"}.isdisjoint(words):
        return True
    number = next((after for word, after in pairwise(words) if word in {"rtx", "gtx"}), "").rstrip("mtisuper")
    professional = not {"ada", "generation", "blackwell", "quadro"}.isdisjoint(words)
    return number.isdigit() and len(number) == 4 and not professional
