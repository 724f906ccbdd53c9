"""NVIDIA's management library behind one narrow door, so that an answer is a value that can be recorded and replayed."""

from __future__ import annotations

from typing import Any, Protocol

FAULTS = {
    1: "uninitialised",
    2: "invalid argument",
    3: "not supported",
    4: "no permission",
    6: "not found",
    9: "driver not loaded",
    12: "library not found",
    13: "function not found",
    15: "GPU is lost",
    16: "GPU requires a reset",
    17: "operating system error",
    18: "library and driver versions differ",
    19: "in use",
    23: "insufficient resources",
    999: "unknown error",
}
"""NVML return codes, from the NVML API reference (nvmlReturn_t)."""


class NvmlFault(Exception):  # noqa: N818 - a named state of a query, not an error of ours
    """A query that the library refused, with its code."""

    def __init__(self, code: int) -> None:
        """Keep the code; its words are in FAULTS."""
        super().__init__(FAULTS.get(code, f"code {code}"))
        self.code = code


class NvmlCalls(Protocol):
    """What the probe asks of the library; every answer is plain data (numbers, texts, mappings, lists)."""

    def start(self) -> None:
        """Initialise the library; raises NvmlFault."""

    def stop(self) -> None:
        """Shut the library down; never raises."""

    def system(self, query: str) -> Any:
        """Ask about the whole system, for example `SystemGetDriverVersion`; raises NvmlFault."""

    def device(self, index: int, query: str, *args: int) -> Any:
        """Ask about one device, for example `DeviceGetMemoryInfo`; raises NvmlFault."""


class LiveNvml:
    """The library of this machine, through the package nvidia-ml-py."""

    def __init__(self) -> None:
        """Import the binding; raises ImportError where it is not installed."""
        import pynvml

        self._nvml = pynvml
        self._handles: dict[int, Any] = {}

    def start(self) -> None:
        """Initialise the library; raises NvmlFault."""
        self._call("Init")

    def stop(self) -> None:
        """Shut the library down; never raises."""
        try:
            self._call("Shutdown")
        except NvmlFault:
            return

    def system(self, query: str) -> Any:
        """Ask about the whole system; raises NvmlFault."""
        return _plain(self._call(query))

    def device(self, index: int, query: str, *args: int) -> Any:
        """Ask about one device; raises NvmlFault."""
        if index not in self._handles:
            self._handles[index] = self._call("DeviceGetHandleByIndex", index)
        return _plain(self._call(query, self._handles[index], *args))

    def _call(self, query: str, *args: Any) -> Any:
        function = getattr(self._nvml, f"nvml{query}", None)
        if function is None:
            raise NvmlFault(13)
        try:
            return function(*args)
        except self._nvml.NVMLError as error:
            raise NvmlFault(int(error.value)) from error


def _plain(answer: Any) -> Any:
    """Return an answer as plain data: structures as mappings, bytes as text."""
    if isinstance(answer, bytes):
        return answer.decode(errors="replace")
    if isinstance(answer, list | tuple):
        return [_plain(item) for item in answer]
    fields = getattr(answer, "_fields_", None)
    if fields:
        return {name: _plain(getattr(answer, name)) for name, *_ in fields}
    return answer if isinstance(answer, int | float | str | bool) or answer is None else str(answer)
