"""A sample of a file of ours and a seed -> a damaged relative: values replaced by odd ones or by others of their type, bytes changed."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import yaml

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / part) for part in ("inputs/artifacts", "inputs/observe")]

from artifact_samples import Sample  # noqa: E402
from damage import damage  # noqa: E402
from mutations import mutate  # noqa: E402

_ODD_TOML = (
    '""', '"x"', "-1", "0", "1e308", "nan", "inf", "true", "[]", "[[]]", "{}", '["a", 1]', '"\\u202e"', "9" * 400, "1979-05-27",
    '"../../x"', '"/etc/passwd"', '"cmd:true"', "{a = {b = 1}}", '"' + "x" * 5000 + '"', "[" * 60 + "]" * 60, "\x00", '"\\u001b[31m"',
)  # fmt: skip


def damage_own(sample: tuple[str, bytes], seed: int) -> bytes:
    """Return a damaged relative: by its form values are replaced, or bytes changed."""
    file, content = sample
    if file.endswith((".yaml", ".yml")):
        if seed % 4 in (1, 2):
            return _alike(json.dumps(yaml.safe_load(content), default=str).encode(), random.Random(seed))
        return mutate(Sample("", file, content), seed)
    if file.endswith(".toml") and seed % 3:
        return _toml(content, random.Random(seed))
    if file.endswith(".json") and seed % 4 != 3:
        return _alike(content, random.Random(seed))
    return damage(content, seed)


_NUMBERS = (0, 1, -1, 2, 5e-324, 1e-9, 0.5, 1.0, 7e9, 1e300, 2**53, 10**30)
_TEXTS = (
    "",
    "x",
    "A",
    "\u202e",
    "\x1b[31m",
    "<b>",
    "2026-11-28",
    "0000-00-00",
    "s",
    "B",
    "1",
    "x" * 5000,
    "sources[x].p99",
    "../x",
    "\ud800",
)


def _alike(content: bytes, rng: random.Random) -> bytes:
    """Replace a few values by others of the same type, so that the shape holds and what is behind it is reached."""
    whole = json.loads(content)
    for _ in range(rng.randint(1, 3)):
        owner = whole
        while isinstance(owner, dict | list) and owner:
            key = rng.choice(list(owner) if isinstance(owner, dict) else range(len(owner)))
            below = owner[key]
            if isinstance(below, dict | list) and below and rng.random() < 0.93:
                owner = below
                continue
            owner[key] = _of_its_type(below, rng)
            break
    return json.dumps(whole).encode()


def _of_its_type(value: object, rng: random.Random) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return rng.choice(_NUMBERS)
    if isinstance(value, str):
        return rng.choice(_TEXTS)
    if isinstance(value, list):
        return value[:-1] if rng.random() < 0.4 else value * 2 if rng.random() < 0.5 else value[::-1]
    return {} if isinstance(value, dict) else value


def _toml(content: bytes, rng: random.Random) -> bytes:
    lines = content.decode().splitlines()
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        key = lines[at].partition("=")[0] if "=" in lines[at] else f"k{rng.randrange(9)} "
        lines[at] = f"{key}= {rng.choice(_ODD_TOML)}"
        if rng.random() < 0.2:
            lines.insert(at, rng.choice(lines))
    return "\n".join(lines).encode()
