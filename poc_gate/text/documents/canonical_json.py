"""Plain data -> canonical JSON: sorted keys, two spaces of indent, one newline at the end; the same bytes everywhere."""

from __future__ import annotations

import json


def canonical_json(plain: object, *, ascii_only: bool = True) -> bytes:
    """Return plain data as canonical bytes; ASCII only, nothing in a text can reorder or hide another.

    Raises ValueError for numbers that JSON does not have. The standard library's compact encoder and
    msgspec's indenting are both C: indenting in `json` itself is Python and ten times slower.
    """
    import msgspec

    text = json.dumps(plain, sort_keys=True, allow_nan=False, ensure_ascii=ascii_only, separators=(",", ":"))
    if not ascii_only:
        return msgspec.json.format(text.encode(), indent=2) + b"\n"
    try:
        laid_out = msgspec.json.format(text, indent=2)
    except msgspec.DecodeError:
        # Half a surrogate pair, which only `json` passes on; its layout is the same, held by a test.
        laid_out = json.dumps(plain, sort_keys=True, allow_nan=False, indent=2)
    return laid_out.replace("\x7f", "\\u007f").encode("ascii") + b"\n"
