"""A file that is there already -> whether poc-gate wrote it; what somebody else wrote is not written over."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from poc_gate.app.ground.files.write_file import check_target
from poc_gate.errors import UsageError

_MOST_READ = 256 << 20
"""Bytes; a report of thousands of sources has a fifth of that."""
_OTHERS = (
    rb'(?s)\A\{.*"schema": ?"poc-gate\.',  # profile, sources, records of a fleet
    rb"(?s)\APK\x03\x04.{26}bundle\.json",
    rb"\A-----BEGIN SSH SIGNATURE-----\n",
    rb'(?s)\A\{.{0,300}"\$id": "urn:poc-gate:',
    rb"(?s)\A# (?:Facts|The manifest).{0,600}(?:Generated from the program|poc-gate init)",
    rb'\A\{\s*"currency": "[A-Z]*",\s*"hops": \[',
    rb'\A<\?xml[^>]*>\s*<testsuite name="poc-gate rules"',
    rb'(?s)\A\{"asked":\[.*\],"causes":\{.*"tool":"[0-9.]+"\}\s*\Z',  # portfolio.json before it named its format
    rb'\A(?:\xef\xbb\xbf)?"path","pilot","word","stage","owner",',
    rb'\A(?:\xef\xbb\xbf)?"node","state","reason","group","remarks",',
    rb"\A(?:\xef\xbb\xbf)?day,pilot,path,metric,value,unit,ruler\r\n",
    rb"(?s)\APAR1.*poc-gate\.history/",
    rb"\A## \d+ pilots?, \d{4}-\d\d-\d\d\r?\n",
    rb"\A\d+ pilots?  \d{4}-\d\d-\d\d\r?\n",
    rb"\A(?:## )?\d+ nodes?: ",
)
"""What else poc-gate writes where a command line says so."""


def check_output(path: Path) -> None:
    """Raise UsageError for a file that cannot be written, or that is there and that poc-gate did not write.

    An empty file is nobody's: shells and runners make such places for others to fill. A device or a pipe is written to.
    """
    check_target(path)
    try:
        found = path.stat()
        if (
            not stat.S_ISREG(found.st_mode)
            or not found.st_size
            or path.parent.as_posix() in {"/dev", "/dev/fd"}
        ):
            return
        with path.open("rb") as file:
            content = file.read(_MOST_READ)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise UsageError(f"{path} exists and cannot be read: {reason}", next_step=_STEP) from None
    if content.strip() and not any(re.search(mark, content) for mark in _marks()):
        raise UsageError(f"{path} already exists, and poc-gate did not write it", next_step=_STEP)


def check_kept(path: Path) -> None:
    """Raise UsageError for a file of a folder of ours that is there and that poc-gate did not write."""
    if path.exists() or path.is_symlink():
        check_output(path)


_STEP = "choose another file name, or remove that file first if nobody needs it"


def _marks() -> Iterator[bytes]:
    from poc_gate.report.formats import formats

    yield from (mark for mark in _OTHERS)
    yield from (one.mark for one in formats() if one.mark)
