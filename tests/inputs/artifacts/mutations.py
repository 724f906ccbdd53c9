"""A sample and a seed -> a broken relative of it: bytes damaged, or values replaced by what does not belong there."""

from __future__ import annotations

import copy
import json
import random

from artifact_samples import Sample

from poc_gate.inputs.artifacts.opening.read_document import read_document

ODD = (
    None, True, False, 0, -1, 1e308, 10**30, 3.5, "", " ", "m", "P1Y", "99,9 %", "{{ .Values.x }}", "\u0000", "\u202e", "NaN",
    "9" * 400, "x" * 5000, [], {}, [[]], [None], {"": None}, [{}], {"a": {"b": [1]}}, "-1", "0", "1/0", "1e999", "${TOKEN}", "-",
    ["a", 1, None], {"value": {"value": 1}}, 2**63, -(2**63), "P", "PT", "@", "/", "..", "1h30m", "*", "?",
)  # fmt: skip


def mutate(sample: Sample, seed: int) -> bytes:
    """Return damaged bytes; the same seed gives the same damage."""
    rng = random.Random(seed)
    structured = sample.file.endswith((".json", ".yaml", ".yml", ".jsonl")) or sample.file == "MLmodel"
    if structured and rng.random() < 0.8:
        return _replace_values(sample, rng)
    return _damage(sample.content, rng)


def _replace_values(sample: Sample, rng: random.Random) -> bytes:
    parts = [copy.deepcopy(part.data) for part in read_document(sample.content, sample.file).parts]
    for _ in range(rng.randint(1, 6)):
        _replace_one(parts, rng)
    texts = [json.dumps(part, default=str) for part in parts]
    return ("\n" if sample.file.endswith("jsonl") else "\n---\n").join(texts).encode("utf-8", "surrogatepass")


def _replace_one(parts: list[object], rng: random.Random) -> None:
    owner: object = parts
    while True:
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
        if isinstance(below, dict | list) and below and rng.random() < 0.8:
            owner = below
            continue
        action = rng.random()
        if action < 0.15 and isinstance(owner, dict):
            del owner[key]
        elif action < 0.25 and isinstance(owner, dict):
            owner[rng.choice(["", "x" * 300, "0", "a/b~c", str(key).upper()])] = copy.deepcopy(below)
        elif action < 0.35 and isinstance(owner, list):
            owner.append(copy.deepcopy(below))
        else:
            owner[key] = copy.deepcopy(rng.choice(ODD))  # type: ignore[index]
        return


def _damage(content: bytes, rng: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        action = rng.random()
        if action < 0.3 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif action < 0.5:
            del data[at : at + rng.randint(1, 40)]
        elif action < 0.7:
            data[at:at] = rng.choice(
                [
                    b"{",
                    b"]",
                    b"\n",
                    b": ",
                    b"\x00",
                    b"\xff\xfe",
                    b"- ",
                    b'"',
                    b"&a *a",
                    b"!!python/object:os.system x",
                ]
            )
        elif action < 0.9:
            data[at:at] = data[at : at + rng.randint(1, 60)]
        else:
            data = data[:at]
    return bytes(data)
