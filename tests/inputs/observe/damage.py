"""A file and a seed -> a damaged relative of it: bytes lost or changed, values replaced by what does not belong there."""

from __future__ import annotations

import copy
import json
import random

ODD = (
    None, True, False, 0, -1, 1e308, -1e308, 10**400, 2**63, 3.5, "", "NaN", "\u0000", "\u202e", "9" * 400, "x" * 5000, [], {}, [[]],
    [None], {"": None}, [{}], "-1", "1e999", ["a", 1, None], "2026-13-45T99:99:99Z", "Infinity", {"a": {"b": [1]}}, "<script>", "\x1b[31m",
)  # fmt: skip


def damage(content: bytes, seed: int) -> bytes:
    """Return damaged bytes; the same seed gives the same damage."""
    rng = random.Random(seed)
    if rng.random() < 0.7 and content.lstrip()[:1] in (b"{", b"["):
        return _values(content, rng)
    return _bytes(content, rng)


def _values(content: bytes, rng: random.Random) -> bytes:
    try:
        parts, lines = [json.loads(content)], False
    except ValueError:
        try:
            parts, lines = [json.loads(line) for line in content.splitlines() if line.strip()], True
        except ValueError:
            return _bytes(content, rng)
    for _ in range(rng.randint(1, 8)):
        _replace(parts, rng)
    return b"\n".join(json.dumps(part).encode() for part in parts) + (b"\n" if lines else b"")


def _replace(owner: object, rng: random.Random) -> None:
    for _ in range(60):
        keys = (
            list(owner)
            if isinstance(owner, dict)
            else list(range(len(owner)))
            if isinstance(owner, list)
            else []
        )
        if not keys:
            return
        key = rng.choice(keys)
        below = owner[key]  # type: ignore[index]
        if isinstance(below, dict | list) and below and rng.random() < 0.85:
            owner = below
            continue
        if isinstance(owner, dict) and rng.random() < 0.2:
            del owner[key]
        else:
            owner[key] = copy.deepcopy(rng.choice(ODD))  # type: ignore[index]
        return


def _bytes(content: bytes, rng: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(rng.randint(1, 30)):
        if not found:
            break
        at = rng.randrange(len(found))
        action = rng.random()
        if action < 0.4:
            found[at] = rng.randrange(256)
        elif action < 0.6:
            del found[at : at + rng.randint(1, 40)]
        elif action < 0.8:
            found[at:at] = rng.choice(
                (b"\x00", b"-1", b"1e999", b'"', b",,,", b"\t\t", b"\n", b"\xff\xfe", b"99999999999999999999")
            )
        else:
            del found[at:]
    return bytes(found)
