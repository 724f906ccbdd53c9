"""Named bytes <-> a zip file that is the same on every machine, read with limits."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Mapping

from poc_gate.errors import Fault, InvalidInputError

INDEX = "bundle.json"
SCHEMA = "poc-gate.bundle/1"
_MOST_MEMBERS = 3000
MOST_BYTES = 256 << 20
"""Beyond these it is no bundle of ours: one with all shipped packs has 200 members and 2 MiB."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError,
    KeyError, IndexError, OverflowError, MemoryError,
)  # fmt: skip
"""What the standard library raises for archives that are damaged, encrypted or of kinds it cannot unpack."""
AGAIN = "write the bundle again with `poc-gate assess --bundle FILE`"


def pack_bundle(members: Mapping[str, bytes], head: Mapping[str, object]) -> bytes:
    """Return the zip: members sorted, no times, no owner; the index holds `head` and every digest."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(members.items())}
    index = {"schema": SCHEMA, **head, "members": digests}
    everything = {**members, INDEX: (json.dumps(index, sort_keys=True, indent=2) + "\n").encode()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(everything.items()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same byte on every system
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def unpack_bundle(content: bytes, file: str) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return the index and the members of a bundle, each checked against its digest.

    Nothing is written to disk. Raises InvalidInputError for a file that is not a bundle, is too large when
    unpacked, names a member twice, or whose members are not those that the index lists.
    """
    members = _members(content, file)
    try:
        index = json.loads(members.pop(INDEX))
    except (KeyError, ValueError, RecursionError):
        raise _refused(file, f"the archive has no readable {INDEX}") from None
    if not isinstance(index, dict) or index.get("schema") != SCHEMA:
        raise _refused(file, f"this is not a {SCHEMA} file")
    listed = index.get("members")
    if not isinstance(listed, dict) or listed.keys() != members.keys():
        raise _refused(file, "the members are not those that the index lists")
    faults = [
        Fault(file, 0, 0, f"{name} is not what was bundled: its digest differs", AGAIN)
        for name, member in members.items()
        if hashlib.sha256(member).hexdigest() != listed[name]
    ]
    if faults:
        raise InvalidInputError(faults)
    return index, members


def _members(content: bytes, file: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if len(names) > _MOST_MEMBERS or len(set(names)) != len(names):
                raise _refused(file, "the archive has too many members, or one of them twice")
            if sum(info.file_size for info in infos) > MOST_BYTES:
                raise _refused(file, "the archive is too large when unpacked")
            return {info.filename: _bounded(archive, info, file) for info in infos}
    except InvalidInputError:
        raise
    except _DAMAGE as error:
        raise _refused(file, f"this is not a readable zip file ({type(error).__name__})") from error


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str) -> bytes:
    """Read no more than the header promises, so that a small archive cannot unfold without end."""
    with archive.open(info) as member:
        content = member.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise _refused(file, f"{info.filename} is not as long as the archive says")
    return content


def _refused(file: str, what: str) -> InvalidInputError:
    return InvalidInputError((Fault(file, 0, 0, what, AGAIN),))
