"""SMBIOS memory devices (type 17) -> memory modules and the theoretical peak bandwidth of their channels.

The table is readable by root alone and absent in most guests and containers; then the peak is unknown, never
guessed from the processor's name. Layout: DMTF DSP0134, section 7.18 (memory device).
"""

from __future__ import annotations

import re
import struct

from msgspec import Struct

from poc_gate.inputs.probe.host.host_files import HostFiles

_TABLE = "/sys/firmware/dmi/tables/DMI"
_MEMORY_DEVICE = 17
_CHANNEL = re.compile(r".*CHANNEL[ _-]?[A-Z0-9]")
_LETTERED = re.compile(r"(.*[A-Z])\d")
"""`A1`, `CPU1_DIMM_A2`: the letter is the channel, the digit the place in it."""
_BYTES_PER_TRANSFER = 8
"""A module is 64 data bits wide; DDR5's two 32-bit sub-channels make the same 8 bytes."""


class MemoryModule(Struct, frozen=True):
    """One populated slot."""

    size: int
    """Bytes."""
    speed: int
    """Configured mega-transfers per second; 0 when the table does not say."""
    width: int
    """Data width in bits."""
    locator: str
    bank: str


def read_modules(files: HostFiles) -> tuple[MemoryModule, ...]:
    """Return the populated modules; empty when the table cannot be read or is broken."""
    table = files.raw(_TABLE)
    return tuple(_modules(table)) if table else ()


def peak_bandwidth(modules: tuple[MemoryModule, ...]) -> float | None:
    """Return channels x transfers x 8 B in B/s, or None when it cannot be known.

    Two modules in one channel share it. The locator's channel letter tells them apart on servers;
    where locators name no channels, each module counts as one, which holds for one module per channel.
    """
    if not modules or any(not module.speed for module in modules):
        return None
    channels: dict[str, int] = {}
    for module in modules:
        key = _channel(module)
        channels[key] = min(module.speed, channels.get(key, module.speed))
    return sum(speed * 1e6 * _BYTES_PER_TRANSFER for speed in channels.values())


def _channel(module: MemoryModule) -> str:
    """Return what names the module's channel: `P0 CHANNEL A` of the bank, or `CPU1_DIMM_A` of the locator.

    A module whose texts name no channel stands for a channel of its own.
    """
    for text in (module.bank.upper(), module.locator.upper()):
        found = _CHANNEL.match(text)
        if found:
            return found[0]
    found = _LETTERED.fullmatch(module.locator.upper())
    return f"{module.bank}|{found[1]}" if found else f"{module.bank}|{module.locator}"


def _modules(table: bytes) -> list[MemoryModule]:
    found: list[MemoryModule] = []
    at = 0
    while at + 4 <= len(table):
        kind, length = table[at], table[at + 1]
        end = table.find(b"\0\0", at + length)
        if length < 4 or end < 0:
            break
        if kind == _MEMORY_DEVICE and length >= 0x15:
            module = _module(table[at : at + length], table[at + length : end].split(b"\0"))
            if module:
                found.append(module)
        at = end + 2
    return found


def _module(data: bytes, strings: list[bytes]) -> MemoryModule | None:
    width, size = struct.unpack_from("<HH", data, 0x0A)
    if size in (0, 0xFFFF):
        return None
    bytes_ = _size(data, size)
    speed = struct.unpack_from("<H", data, 0x20)[0] if len(data) >= 0x22 else 0
    if not speed and len(data) >= 0x17:
        speed = struct.unpack_from("<H", data, 0x15)[0]
    if speed == 0xFFFF:  # the real speed stands in a later field of 32 bits
        speed = struct.unpack_from("<I", data, 0x58)[0] if len(data) >= 0x5C else 0
    return MemoryModule(bytes_, speed, width, _string(strings, data[0x10]), _string(strings, data[0x11]))


def _size(data: bytes, size: int) -> int:
    if size == 0x7FFF and len(data) >= 0x20:
        return int(struct.unpack_from("<I", data, 0x1C)[0] & 0x7FFFFFFF) << 20
    return (size & 0x7FFF) << (10 if size & 0x8000 else 20)


def _string(strings: list[bytes], number: int) -> str:
    if not 1 <= number <= len(strings):
        return ""
    return strings[number - 1].decode("latin-1").strip()
