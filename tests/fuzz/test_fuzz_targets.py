"""Each reader of foreign files takes a few damaged ones, in words; `benchmarks/fuzz_readers.py` feeds it thousands and counts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_targets import Outcome, Target, targets
from own_files import OWN_FILES, OwnFile

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.read_artifact import importers
from poc_gate.inputs.observe.read_observed import observers
from poc_gate.inputs.repository.readers import readers

ROUNDS = 24
_COSTLY = ("own/bundle", "own/bundle-member", "own/result")


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_damaged_files_end_in_words_and_some_reach_the_reader(target: Target) -> None:
    rounds = 6 if target.name in _COSTLY else ROUNDS
    outcomes = [target.run(seed) for seed in range(rounds)]
    assert {Outcome.READ, Outcome.REFUSED} & set(outcomes)


def test_no_reader_is_missing() -> None:
    named = [target.name for target in targets()]
    assert len(set(named)) == len(named)
    rooms = {"import": importers(), "observe": observers(), "repository": readers()}
    assert {name for name in named if not name.startswith("own/")} == {
        f"{room}/{one.name}" for room, found in rooms.items() for one in found
    }


_EXHAUSTING = {
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 100_000,
    "digits": b"1" * 5_000,
    "digits in a key": b'{"x":' + b"1" * 5_000 + b"}",
    "digits in TOML": b"a = " + b"9" * 5_000,
    "brackets in TOML": b"a = " + b"[" * 5_000,
    "lists in YAML": b"- " * 50_000,
    "no UTF-8": b'{"a": "\xff"}',
    "nothing": b"",
    "zeros": b"\0" * 100,
}


@pytest.mark.parametrize("form", _EXHAUSTING)
@pytest.mark.parametrize("own", OWN_FILES, ids=lambda own: own.name)
def test_exhausting_files_of_ours_end_in_words(own: OwnFile, form: str) -> None:
    try:
        own.read(_EXHAUSTING[form])
    except InvalidInputError as error:
        assert all(fault.what for fault in error.faults)


@pytest.mark.parametrize(
    "key",
    ["measurements", "rows", "packs", "options", "pilots", "findings", "record", "resources", "members"],
)
@pytest.mark.parametrize("own", OWN_FILES, ids=lambda own: own.name)
def test_deep_values_below_a_known_key_end_in_words(own: OwnFile, key: str) -> None:
    for inside in (b"[" * 100_000, b'{"a":' * 100_000):
        try:
            own.read(b'{"%b": %b' % (key.encode(), inside))
        except InvalidInputError as error:
            assert all(fault.what for fault in error.faults)
