"""One CUDA device in use: its memory, a stream, timed copies and the read kernel; all of it given back at the end."""

from __future__ import annotations

import ctypes
import mmap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ctypes import byref, c_char, c_float, c_int, c_size_t, c_uint, c_ulonglong, c_void_p

from poc_gate.inputs.probe.accelerator.cuda_driver import PEER_ALREADY_ENABLED, CudaDriver, CudaFault
from poc_gate.inputs.probe.accelerator.cuda_kernel import BLOCK, BLOCKS_PER_MULTIPROCESSOR, ENTRY, READ_SUM

_MULTIPROCESSORS = 16
"""CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT."""
_NOT_BLOCKING = 1
"""CU_STREAM_NON_BLOCKING: does not wait for the default stream."""
_PATTERN = 0x01020305


class Session:
    """Work on one device; made by `open_session`."""

    def __init__(self, driver: CudaDriver, device: int, context: c_void_p, stack: ExitStack) -> None:
        """Make the context current and create a stream; raises CudaFault."""
        self.driver, self.device, self.context = driver, device, context
        self._stack = stack
        self.enter()
        self.stream = c_void_p()
        driver.call("cuStreamCreate", byref(self.stream), _NOT_BLOCKING)
        stack.callback(driver.call, "cuStreamDestroy_v2", self.stream)

    def enter(self) -> None:
        """Make this device's context the thread's own."""
        self.driver.call("cuCtxSetCurrent", self.context)

    def memory(self) -> tuple[int, int]:
        """Return free and total bytes as this process sees them: those of a slice under MIG."""
        free, total = c_size_t(), c_size_t()
        self.driver.call("cuMemGetInfo_v2", byref(free), byref(total))
        return free.value, total.value

    def allocate(self, size: int) -> c_ulonglong:
        """Return device memory of `size` bytes, filled with the pattern."""
        address = c_ulonglong()
        self.driver.call("cuMemAlloc_v2", byref(address), size)
        self._stack.callback(self.driver.call, "cuMemFree_v2", address)
        self.driver.call("cuMemsetD32_v2", address, _PATTERN, size // 4)
        return address

    def pinned(self, size: int) -> c_void_p:
        """Return page-locked host memory of `size` bytes."""
        address = c_void_p()
        self.driver.call("cuMemHostAlloc", byref(address), size, 0)
        self._stack.callback(self.driver.call, "cuMemFreeHost", address)
        return address

    def pageable(self, size: int) -> c_void_p:
        """Return ordinary host memory of `size` bytes, already touched."""
        # Private memory, as allocators give it: shared memory has small pages and is copied more slowly.
        area = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        area.write(b"\x05" * size)
        # The buffer object keeps the mapping alive until the stack lets go of it.
        buffer = (c_char * size).from_buffer(area)
        self._stack.callback(id, buffer)
        return c_void_p(ctypes.addressof(buffer))

    def timed(self, work: Callable[[], None], repeats: int) -> float:
        """Return seconds of one `work`, from events around `repeats` of them in the stream."""
        begun, ended = c_void_p(), c_void_p()
        self.driver.call("cuEventCreate", byref(begun), 0)
        self.driver.call("cuEventCreate", byref(ended), 0)
        try:
            self.driver.call("cuEventRecord", begun, self.stream)
            for _ in range(repeats):
                work()
            self.driver.call("cuEventRecord", ended, self.stream)
            self.driver.call("cuStreamSynchronize", self.stream)
            milliseconds = c_float()
            self.driver.call("cuEventElapsedTime", byref(milliseconds), begun, ended)
        finally:
            self.driver.call("cuEventDestroy_v2", begun)
            self.driver.call("cuEventDestroy_v2", ended)
        return milliseconds.value / 1000 / repeats

    def to_device(self, target: c_ulonglong, source: c_void_p, size: int) -> None:
        """Enqueue a copy from the host."""
        self.driver.call("cuMemcpyHtoDAsync_v2", target, source, size, self.stream)

    def to_host(self, target: c_void_p, source: c_ulonglong, size: int) -> None:
        """Enqueue a copy to the host."""
        self.driver.call("cuMemcpyDtoHAsync_v2", target, source, size, self.stream)

    def within(self, target: c_ulonglong, source: c_ulonglong, size: int) -> None:
        """Enqueue a copy inside the device."""
        self.driver.call("cuMemcpyDtoDAsync_v2", target, source, size, self.stream)

    def from_peer(self, target: c_ulonglong, peer: Session, source: c_ulonglong, size: int) -> None:
        """Enqueue a copy from another device."""
        self.driver.call("cuMemcpyPeerAsync", target, self.context, source, peer.context, size, self.stream)

    def allow(self, peer: Session) -> None:
        """Let this device read the peer's memory directly; already allowed is fine."""
        try:
            self.driver.call("cuCtxEnablePeerAccess", peer.context, 0)
        except CudaFault as fault:
            if fault.code != PEER_ALREADY_ENABLED:
                raise

    def reader(self, source: c_ulonglong, size: int) -> Callable[[], None]:
        """Return work that reads `size` bytes with the kernel; raises CudaFault when the driver refuses the kernel.

        One run is checked first: the sum of the pattern over all words must come out.
        """
        module, function = c_void_p(), c_void_p()
        self.driver.call("cuModuleLoadData", byref(module), READ_SUM)
        self._stack.callback(self.driver.call, "cuModuleUnload", module)
        self.driver.call("cuModuleGetFunction", byref(function), module, ENTRY)
        count = c_int()
        self.driver.call("cuDeviceGetAttribute", byref(count), _MULTIPROCESSORS, self.device)
        sink = self.allocate(4)
        self.driver.call("cuMemsetD32_v2", sink, 0, 1)
        values = [c_ulonglong(source.value), c_ulonglong(size // 16), c_ulonglong(sink.value)]
        arguments = (c_void_p * 3)(*(ctypes.addressof(value) for value in values))
        blocks = count.value * BLOCKS_PER_MULTIPROCESSOR

        def work() -> None:
            assert values  # the arguments point into them
            self.driver.call(
                "cuLaunchKernel", function, blocks, 1, 1, BLOCK, 1, 1, 0, self.stream, arguments, None
            )

        work()
        self._check(sink, size // 4 * _PATTERN % 2**32)
        return work

    def _check(self, sink: c_ulonglong, expected: int) -> None:
        host = c_uint()
        self.to_host(ctypes.cast(byref(host), c_void_p), sink, 4)
        self.driver.call("cuStreamSynchronize", self.stream)
        if host.value != expected:
            raise CudaFault("the read kernel", -1, "a wrong sum")


@contextmanager
def open_session(driver: CudaDriver, device: int) -> Iterator[Session]:
    """Yield a session on a device; everything it allocated is given back, also after a fault."""
    context = c_void_p()
    driver.call("cuDevicePrimaryCtxRetain", byref(context), device)
    with ExitStack() as stack:
        stack.callback(driver.call, "cuDevicePrimaryCtxRelease_v2", device)
        session = Session(driver, device, context, stack)
        stack.callback(session.enter)  # the peer's context may be current when memory is given back
        yield session
