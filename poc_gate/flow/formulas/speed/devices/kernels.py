"""Which engine has kernels for which format of weights on which devices, by the engines' own tables.

Where one has none, the weights are written out at 16 bits before they are multiplied, or cannot be served at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.flow.formulas.speed.devices.device_table import plain_name

AWQ, GPTQ, INT8, FP8, FP8_ROW, BITSANDBYTES, GGUF = (
    "awq", "gptq", "int8", "fp8", "fp8-row", "bitsandbytes", "gguf",
)  # fmt: skip

_WORDS = {
    "awq": AWQ, "awq_marlin": AWQ, "gptq": GPTQ, "gptq_marlin": GPTQ, "int4": GPTQ, "w4a16": GPTQ, "auto-round": GPTQ,
    "w8a8": INT8, "w8a8_int8": INT8, "fp8": FP8, "fbgemm_fp8": FP8_ROW, "ptpc_fp8": FP8_ROW, "fp8_row": FP8_ROW,
    "nf4": BITSANDBYTES, "bitsandbytes": BITSANDBYTES, "gguf": GGUF,
}  # fmt: skip
"""Names of methods and precisions -> what the engine's table calls the implementation."""

_BY_BITS = ((6.0, (AWQ, GPTQ, BITSANDBYTES)), (12.0, (FP8, INT8)))
"""Implementations that weights of at most so many bits may need where nothing names the format."""

_WITHOUT = {
    AWQ: {"volta", "amd", "amd-fp8"},
    GPTQ: {"amd", "amd-fp8"},
    INT8: {"volta", "blackwell", "amd", "amd-fp8", "intel"},
    FP8: {"volta", "turing", "amd", "intel"},
    FP8_ROW: {"volta", "turing", "amd", "intel"},
    BITSANDBYTES: {"amd", "amd-fp8", "intel"},
    GGUF: {"intel"},
}
"""vLLM's table of supported hardware for quantisation, the same from 0.6.4 to 0.14 in these cells: `AMD GPU` and `Intel GPU`, `volta`
(SM 7.0) and `turing` (SM 7.5). FP8 is multiplied on AMD devices from the MI300 on, on Turing as weights alone by late versions, as vLLM's page
on FP8 says; INT8 not on `blackwell` (SM 10.0 and later), as that on INT8 does. https://docs.vllm.ai/en/v0.14.0/features/quantization/,
https://docs.vllm.ai/en/v0.6.4.post1/quantization/supported_hardware.html, https://docs.vllm.ai/en/latest/features/quantization/int8/"""

_LATER = {(FP8_ROW, "amd-fp8"), (GGUF, "amd"), (GGUF, "amd-fp8")}
_SINCE = "server25"
"""Pairs that have had a kernel since that generation of engines. The table shows GGUF on AMD from 0.8.4 on. FP8 with a scale to each row
was multiplied without scales before, which were applied afterwards (`apply_fp8_linear` in `quantization/utils/w8a8_utils.py`)."""

_VOLTA = ("v100", "titan v", "gv100", "xavier")
_TURING = ("t4", "rtx 20", "2060", "2070", "2080", "quadro rtx", "titan rtx", "gtx 16")
_BLACKWELL = ("b200", "b300", "gb10", "dgx spark", "rtx 50", "5060", "5070", "5080", "5090", "rtx pro")
_EIGHT_BITS_ON_AMD = ("mi3", "r9700", "9070", "9060")


def architecture_of(device: str, vendor: str) -> str:
    """Return what decides about kernels: the maker, with `-fp8` for AMD's that multiply FP8; NVIDIA's generation where it matters; or nothing."""
    where = plain_name(device)
    words = where.split()
    if vendor == "amd":
        return "amd-fp8" if any(word in where for word in _EIGHT_BITS_ON_AMD) else "amd"
    if vendor == "intel":
        return vendor
    for name, known in (("volta", _VOLTA), ("turing", _TURING), ("blackwell", _BLACKWELL)):
        if any(word in words if len(word) <= 2 else word in where for word in known):
            return name
    return ""


def is_early(device: str, vendor: str) -> bool:
    """Return whether a device is of Volta or Turing, which have neither FlashAttention 2 nor Marlin's products of few bits.

    Both ask for Ampere or later (README of Dao-AILab/flash-attention; README of IST-DASLab/marlin), so serving engines fall back to other kernels.
    """
    return architecture_of(device, vendor) in {"volta", "turing"}


def may_lack_kernel(engine: str, family: str, device: str, vendor: str, forms: Iterable[str]) -> bool:
    """Return whether the engine has no kernel on the device for one of the forms that the weights may have.

    Only vLLM publishes such a table; of other engines nothing is said, and one that nobody names may be vLLM. A device of no known maker
    may be any.
    """
    named = engine.strip().lower()
    may_be_vllm = family.startswith("server") if named else vendor not in {"apple", "host"}
    if named not in {"vllm", ""} or not may_be_vllm:
        return False
    where = architecture_of(device, vendor)
    early = family != _SINCE
    return any(not vendor or where in _WITHOUT[form] or (early and (form, where) in _LATER) for form in forms)


def forms_of(method: str, precision: str, bits: float | None) -> tuple[str, ...]:
    """Return what the weights may be by the method that quantised them, else their precision, else their bits; none where unquantised.

    FP8 may have a scale to each row where nobody names the method, or one that knows both. A tool that writes several formats
    (compressed-tensors, modelopt) leaves the format to the bits.
    """
    if not method and precision.strip().lower() == "int8":
        return INT8, GPTQ  # activations as well, or weights alone
    for word in (method, precision):
        form = _WORDS.get(word.strip().lower().replace("-", "_"), _WORDS.get(word.strip().lower(), ""))
        if form:
            return (FP8, FP8_ROW) if form == FP8 and method.strip().lower() != FP8 else (form,)
    if precision or bits is None:
        return ()
    found = next((forms for most, forms in _BY_BITS if bits <= most), ())
    return (*found, FP8_ROW) if FP8 in found else found
