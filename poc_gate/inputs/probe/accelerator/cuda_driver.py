"""The CUDA driver library (`libcuda.so.1`, part of every NVIDIA driver) through ctypes: nothing has to be installed.

Only what the probe needs. Every call's return code is checked; a refusal is a CudaFault with the driver's own name for it.
Signatures: CUDA Driver API reference; the `_v2` entry points are the ones that headers have named since CUDA 3.2.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_size_t, c_uint, c_ulonglong, c_void_p

LIBRARY = "libcuda.so.1"
_SIGNATURES: dict[str, list[object]] = {
    "cuInit": [c_uint],
    "cuDeviceGetCount": [POINTER(c_int)],
    "cuDeviceGet": [POINTER(c_int), c_int],
    "cuDeviceGetPCIBusId": [c_char_p, c_int, c_int],
    "cuDeviceGetAttribute": [POINTER(c_int), c_int, c_int],
    "cuDevicePrimaryCtxRetain": [POINTER(c_void_p), c_int],
    "cuDevicePrimaryCtxRelease_v2": [c_int],
    "cuCtxSetCurrent": [c_void_p],
    "cuMemGetInfo_v2": [POINTER(c_size_t), POINTER(c_size_t)],
    "cuMemAlloc_v2": [POINTER(c_ulonglong), c_size_t],
    "cuMemFree_v2": [c_ulonglong],
    "cuMemHostAlloc": [POINTER(c_void_p), c_size_t, c_uint],
    "cuMemFreeHost": [c_void_p],
    "cuMemsetD32_v2": [c_ulonglong, c_uint, c_size_t],
    "cuMemcpyHtoDAsync_v2": [c_ulonglong, c_void_p, c_size_t, c_void_p],
    "cuMemcpyDtoHAsync_v2": [c_void_p, c_ulonglong, c_size_t, c_void_p],
    "cuMemcpyDtoDAsync_v2": [c_ulonglong, c_ulonglong, c_size_t, c_void_p],
    "cuMemcpyPeerAsync": [c_ulonglong, c_void_p, c_ulonglong, c_void_p, c_size_t, c_void_p],
    "cuDeviceCanAccessPeer": [POINTER(c_int), c_int, c_int],
    "cuCtxEnablePeerAccess": [c_void_p, c_uint],
    "cuStreamCreate": [POINTER(c_void_p), c_uint],
    "cuStreamDestroy_v2": [c_void_p],
    "cuStreamSynchronize": [c_void_p],
    "cuEventCreate": [POINTER(c_void_p), c_uint],
    "cuEventDestroy_v2": [c_void_p],
    "cuEventRecord": [c_void_p, c_void_p],
    "cuEventElapsedTime": [POINTER(c_float), c_void_p, c_void_p],
    "cuModuleLoadData": [POINTER(c_void_p), c_char_p],
    "cuModuleUnload": [c_void_p],
    "cuModuleGetFunction": [POINTER(c_void_p), c_void_p, c_char_p],
    "cuLaunchKernel": [c_void_p, *[c_uint] * 7, c_void_p, POINTER(c_void_p), POINTER(c_void_p)],
    "cuGetErrorName": [c_int, POINTER(c_char_p)],
}
PEER_ALREADY_ENABLED = 704


class CudaFault(Exception):  # noqa: N818 - a named state of the driver, not an error of ours
    """A call that the driver refused."""

    def __init__(self, call: str, code: int, name: str) -> None:
        """Keep the call, the code and the driver's name for it."""
        super().__init__(f"{call} answered {name or code}")
        self.code = code


class CudaDriver:
    """The driver library with checked calls."""

    def __init__(self, library: str = LIBRARY) -> None:
        """Load the library and initialise it; raises CudaFault when there is none or it refuses."""
        try:
            self._library = ctypes.CDLL(library)
            for name, arguments in _SIGNATURES.items():
                function = getattr(self._library, name)
                function.argtypes, function.restype = arguments, c_int
        except (OSError, AttributeError) as error:
            raise CudaFault("loading the driver library", -1, str(error)) from error
        self.call("cuInit", 0)

    def call(self, name: str, *arguments: object) -> None:
        """Call a function of the driver; raises CudaFault for every answer but success."""
        code = getattr(self._library, name)(*arguments)
        if code:
            text = c_char_p()
            self._library.cuGetErrorName(code, byref(text))
            raise CudaFault(name, code, (text.value or b"").decode())

    def devices(self) -> dict[str, int]:
        """Return the driver's device numbers by PCI bus id, in lower case."""
        count = c_int()
        self.call("cuDeviceGetCount", byref(count))
        found = {}
        for index in range(count.value):
            device, text = c_int(), ctypes.create_string_buffer(32)
            self.call("cuDeviceGet", byref(device), index)
            self.call("cuDeviceGetPCIBusId", text, len(text), device)
            found[text.value.decode().lower()] = device.value
        return found

    def can_reach(self, device: int, peer: int) -> bool:
        """Say whether one device can read the other's memory directly."""
        answer = c_int()
        self.call("cuDeviceCanAccessPeer", byref(answer), device, peer)
        return bool(answer.value)
