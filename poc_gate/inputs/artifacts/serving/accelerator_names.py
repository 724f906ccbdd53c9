"""Names of accelerators in clusters -> whole devices, slices, shares or mere amounts, and the data sheet that fits.

Names are matched by whole words: `gpumem` is not `gpu`, `gb200` not `b200`, `gh200` not `h200`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from poc_gate.model.parts.device_part import is_part_of_device
from poc_gate.text.lazy_pattern import lazily


class ResourceUnit(StrEnum):
    """What one unit of an extended resource is."""

    DEVICE = "device"
    SLICE = "slice"
    """A fixed part with memory of its own, such as a MIG instance."""
    SHARE = "share"
    """A turn on a device that others use as well, such as a time slice or a virtual GPU."""
    MEMORY = "memory"
    """An amount of device memory."""
    OTHER = "other"
    """Cores, thousandths, tiles, percentages: no device of its own."""


class Resource(Struct, frozen=True):
    """An extended resource of a container."""

    part: ResourceUnit
    memory: float | None = None
    """Bytes of one unit, where the name says them; for an amount of memory, bytes of one counted unit."""
    profile: str = ""
    """The slice as the vendor names it, such as `1g.10gb`."""


_MIG = lazily(r"nvidia\.com/mig-(?P<profile>\d+c?\.?\d*g\.(?P<size>\d+)gb(?:\+\w+|\.\w+)*?)(?:\.shared)?")
_VGPU = lazily(r"nvidia\.com/(?:nvidia_|grid_)[a-z0-9_]+-(?P<size>\d+)(?:-\d+)?[abcq]")
_DEVICES = frozenset(
    [
        "nvidia.com/gpu",
        "nvidia.com/pgpu",
        "amd.com/gpu",
        "gpu.intel.com/i915",
        "gpu.intel.com/xe",
        "intel.com/gpu",
        "habana.ai/gaudi",
        "google.com/tpu",
        "aws.amazon.com/neuron",
        "aws.amazon.com/neurondevice",
        "cambricon.com/mlu",
        "iluvatar.com/gpu",
        "metax-tech.com/gpu",
        "mthreads.com/gpu",
        "hygon.com/dcu",
        "qualcomm.com/qaic",
        "aliyun.com/gpu-count",
        "volcano.sh/gpu-number",
        "huawei.com/npu",
        "furiosa.ai/rngd",
        "rebellions.ai/atom",
    ]
)
_SHARES = frozenset(
    [
        "nvidia.com/gpu.shared",
        "nvidia.com/vgpu",
        "amd.com/gpu.shared",
        "k8s.amazonaws.com/vgpu",
        "volcano.sh/vgpu-number",
        "aws.amazon.com/neuroncore",
        "nvidia.com/gpu-shared",
        "tencent.com/vcuda",
    ]
)
_MIB = float(1 << 20)
_MEMORY = {
    "nvidia.com/gpumem": _MIB, "volcano.sh/gpu-memory": _MIB, "volcano.sh/vgpu-memory": _MIB, "aliyun.com/gpu-mem": 2.0**30,
    "gpu.intel.com/memory.max": 1.0, "tencent.com/vcuda-memory": 256 * _MIB,
}  # fmt: skip
"""Resources that count memory of a device, and the bytes of one unit."""
_OTHER = lazily(
    r"nvidia\.com/gpu(?:cores|mem-percentage|-mem.*)|gpu\.intel\.com/(?:millicores|tiles)|volcano\.sh/vgpu-cores"
    r"|tencent\.com/vcuda-core|aliyun\.com/gpu-core.*"
)
_ASCEND = lazily(r"huawei\.com/ascend\d+[a-z]*(?P<slice>-\d+c.*)?")
_PASSED_THROUGH = lazily(r"nvidia\.com/[a-z]{1,3}\d+[a-z]*_.+")
"""KubeVirt names a passed-through device by its chip and product, such as `TU104GL_Tesla_T4`."""


def read_resource(name: str) -> Resource | None:
    """Return what a resource name of a container stands for; None where it is not an accelerator's."""
    plain = name.strip().lower()
    if plain in _DEVICES:
        return Resource(ResourceUnit.DEVICE)
    if plain in _SHARES:
        return Resource(ResourceUnit.SHARE, profile="a shared device")
    if plain in _MEMORY:
        return Resource(ResourceUnit.MEMORY, _MEMORY[plain])
    return _by_shape(plain)


def _by_shape(plain: str) -> Resource | None:
    last = plain.partition("/")[2]
    if match := _MIG.fullmatch(plain):
        part = ResourceUnit.SHARE if plain.endswith(".shared") else ResourceUnit.SLICE
        found = Resource(part, float(match["size"]) * 1e9, f"mig-{match['profile']}")
    elif match := _VGPU.fullmatch(plain):
        found = Resource(ResourceUnit.SHARE, float(match["size"]) * 2.0**30, f"vgpu {last}")
    elif match := _ASCEND.fullmatch(plain):
        found = (
            Resource(ResourceUnit.SLICE, profile=last) if match["slice"] else Resource(ResourceUnit.DEVICE)
        )
    elif re.fullmatch(r"amd\.com/(?:cpx|dpx|qpx)_nps\d", plain):
        found = Resource(ResourceUnit.SLICE, profile=last)
    elif _PASSED_THROUGH.fullmatch(plain):
        found = Resource(ResourceUnit.DEVICE)
    else:
        return Resource(ResourceUnit.OTHER) if _OTHER.fullmatch(plain) else None
    return found


_SHEETS: tuple[tuple[str, str], ...] = (
    ("gb300", "gb300-288gb"), ("gb200", "gb200-186gb"), ("gb10", "dgx-spark-128gb"), ("gh200 144gb", "gh200-144gb"), ("gh200", "gh200-96gb"),
    ("b300", "b300-sxm-288gb"), ("b200", "b200-sxm-180gb"), ("h200 nvl", "h200-nvl-141gb"), ("h200", "h200-sxm-141gb"),
    ("h100 nvl", "h100-nvl-94gb"), ("h100 94gb", "h100-nvl-94gb"), ("h100 pcie", "h100-pcie-80gb"), ("h100", "h100-sxm-80gb"), ("h20", "h20-96gb"),
    ("a100 80gb pcie", "a100-pcie-80gb"), ("a100 80gb", "a100-sxm-80gb"), ("a100 40gb pcie", "a100-pcie-40gb"), ("a100 pcie", "a100-pcie-40gb"),
    ("a100 40gb", "a100-sxm-40gb"), ("a100 sxm4", "a100-sxm-40gb"), ("tesla a100", "a100-sxm-40gb"),
    ("l40s", "l40s-48gb"), ("l40", "l40-48gb"), ("l4", "l4-24gb"),
    ("a10g", "a10g-24gb"), ("a10", "a10-24gb"), ("a30", "a30-24gb"), ("a40", "a40-48gb"), ("a2", "a2-16gb"), ("t4", "t4-16gb"),
    ("v100 32gb", "v100-sxm2-32gb"), ("v100 sxm2", "v100-sxm2-16gb"), ("v100 pcie", "v100-pcie-16gb"), ("p100", "p100-pcie-16gb"),
    ("rtx pro 6000 server", "rtx-pro-6000-server-96gb"), ("rtx pro 6000", "rtx-pro-6000-96gb"), ("rtx 6000 ada", "rtx-6000-ada-48gb"),
    ("rtx a6000", "rtx-a6000-48gb"), ("rtx a5000", "rtx-a5000-24gb"), ("rtx 5090", "rtx-5090-32gb"), ("rtx 4090", "rtx-4090-24gb"),
    ("rtx 3090", "rtx-3090-24gb"),
    ("mi355x", "mi355x-288gb"), ("mi350x", "mi350x-288gb"), ("mi325x", "mi325x-256gb"), ("mi300x", "mi300x-192gb"), ("mi250x", "mi250x-128gb"),
    ("mi210", "mi210-64gb"), ("mi100", "mi100-32gb"), ("gaudi3", "gaudi3-128gb"), ("gaudi2", "gaudi2-96gb"),
)  # fmt: skip
"""Words that a label must all hold, and the data sheet they name; the first row that fits counts."""


def device_name(label: str) -> str:
    """Return the name of a shipped data sheet for a node label, or the label as it is written.

    The label of a slice, a share or a virtual GPU stays as it is: no sheet of a whole device describes it.
    """
    words = {re.sub(r"^(\d+)g$", r"\1gb", word) for word in re.split(r"[^a-z0-9]+", label.lower())}
    if is_part_of_device(label) or words >= {"h20", "3e"}:  # an H20 of twice the memory has no sheet
        return label
    return next((sheet for needed, sheet in _SHEETS if set(needed.split()) <= words), label)
