"""cuBLAS, where it is installed -> the dense half-precision matrix rate of a device.

Nothing of ours multiplies matrices on a GPU: a kernel of our own would measure our kernel. Where no cuBLAS is found the
rate is unknown and says so. Constants: CUDA library_types.h and cublas_api.h.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import byref, c_float, c_int, c_ulonglong, c_void_p
from importlib import metadata
from pathlib import Path

from poc_gate.inputs.probe.accelerator.cuda_driver import CudaFault
from poc_gate.inputs.probe.accelerator.cuda_session import Session

_NAMES = ("libcublas.so.13", "libcublas.so.12", "libcublas.so.11")
_HALF, _FLOAT_COMPUTE, _TENSOR = 2, 68, 99
"""CUDA_R_16F, CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT_TENSOR_OP."""
SIDE = 8192
"""Rows and columns: large enough to fill every device, 3 x 128 MiB."""
_BLOCK = 4 << 20
"""Bytes of random numbers that are copied again and again into a matrix."""


def find_cublas() -> ctypes.CDLL | None:
    """Return the library from the system or from NVIDIA's Python packages, or None."""
    for name in (*_NAMES, *_packaged()):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _packaged() -> list[str]:
    found = []
    for package in ("nvidia-cublas", "nvidia-cublas-cu13", "nvidia-cublas-cu12", "nvidia-cublas-cu11"):
        try:
            files = metadata.files(package) or []
        except metadata.PackageNotFoundError:
            continue
        wanted = (file for file in files if file.name in _NAMES)
        found += [str(Path(str(file.locate())).resolve()) for file in wanted]
    return found


def matrix_rates(session: Session, library: ctypes.CDLL, repeats: int, samples: int) -> tuple[float, ...]:
    """Return samples of the rate in flop/s: 2 n^3 per product of two n x n half-precision matrices.

    Raises CudaFault when the library refuses.
    """
    handle = c_void_p()
    _checked(library, "cublasCreate_v2", byref(handle))
    try:
        _checked(library, "cublasSetStream_v2", handle, session.stream)
        left, right, out = (session.allocate(SIDE * SIDE * 2) for _ in range(3))
        for matrix in (left, right):
            _fill(session, matrix)
        one, zero = c_float(1.0), c_float(0.0)

        def multiply() -> None:
            _checked(
                library, "cublasGemmEx", handle, 0, 0, c_int(SIDE), c_int(SIDE), c_int(SIDE), byref(one),
                c_void_p(left.value), _HALF, SIDE, c_void_p(right.value), _HALF, SIDE, byref(zero),
                c_void_p(out.value), _HALF, SIDE, _FLOAT_COMPUTE, _TENSOR,
            )  # fmt: skip

        session.timed(multiply, 2)
        return tuple(2.0 * SIDE**3 / session.timed(multiply, repeats) for _ in range(samples))
    finally:
        library.cublasDestroy_v2(handle)


def random_halves(size: int) -> bytes:
    """Return `size` bytes of random half-precision numbers between 1/8 and 2 in magnitude, both signs."""
    whole = int.from_bytes(os.urandom(size), "little")
    # Sign, mantissa and the two lowest bits of the exponent stay random; the exponent's rest reads 12 (bias 15).
    kept = int.from_bytes(b"\xff\x8f" * (size // 2), "little")
    fixed = int.from_bytes(b"\x00\x30" * (size // 2), "little")
    return (whole & kept | fixed).to_bytes(size, "little")


def _fill(session: Session, matrix: c_ulonglong) -> None:
    """Fill a matrix with random numbers: on constant ones a device draws less power and runs up to an eighth faster."""
    host = session.pinned(_BLOCK)
    ctypes.memmove(host, random_halves(_BLOCK), _BLOCK)
    for at in range(0, SIDE * SIDE * 2, _BLOCK):
        session.to_device(c_ulonglong(matrix.value + at), host, _BLOCK)
    session.driver.call("cuStreamSynchronize", session.stream)


def _checked(library: ctypes.CDLL, name: str, *arguments: object) -> None:
    try:
        code = getattr(library, name)(*arguments)
    except AttributeError as error:
        raise CudaFault(name, -1, "missing from this cuBLAS") from error
    if code:
        raise CudaFault(name, int(code), f"cuBLAS status {code}")
