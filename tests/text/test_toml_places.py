"""Where keys of TOML are: by the kind of table, over values of several lines, and for what has no name."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.app.gate.config import read_config
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.local_config import read_local_config
from poc_gate.text.documents.toml_places import TomlPlaces

TEXT = '''# c
a = """x
b = 3
"""
[tool."poc-gate".assess] # c
only = [
  "x", # ]
  "y"]
  "quo ted".b = {c = 1}
[[credentials]]
reference = "x"
[[credentials]]
  hosts = ['a]']
[[ tls ]]
ca = 1
[credentials.sub]
z=1
'''


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("a",), (2, 1)),
        (("b",), (0, 0)),
        (("tool", "poc-gate", "assess", "only"), (6, 1)),
        (("tool", "poc-gate", "assess", "quo ted", "b"), (9, 3)),
        (("credentials", 0, "reference"), (11, 1)),
        (("credentials", 1, "hosts"), (13, 3)),
        (("credentials", 1), (12, 3)),
        (("tls", 0, "ca"), (15, 1)),
        (("tls", 0, "hosts"), (14, 4)),
        (("credentials", 1, "sub", "z"), (17, 1)),
    ],
)
def test_a_key_is_found_where_it_is(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert TomlPlaces(TEXT).of(*path) == place


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_that_is_toml_has_a_place_for_each_top_key(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return
    places = TomlPlaces(text)
    assert all(places.of(key)[0] > 0 for key in data)


def test_faults_of_both_files_have_line_and_column_and_stay_short(tmp_path) -> None:
    name = "n" * 100_000
    local = (
        f'[budget]\nrate = "fast"\n{name} = 1\n[[credentials]]\n  reference = "x"\nhosts = ["a"]\n'.encode()
    )
    with pytest.raises(InvalidInputError) as caught:
        read_local_config(local, "poc-gate.sources.toml")
    assert {(fault.line, fault.column) for fault in caught.value.faults} == {(2, 1), (3, 1), (5, 3)}
    assert len(str(caught.value)) < 2000
    file = tmp_path / "poc-gate.toml"
    file.write_text(
        f'[report]\nquiet = true\n[assess]\n  quiet = 1\n{name} = 1\naccept = "{name}"\n[{name}]\n'
    )
    with pytest.raises(InvalidInputError) as caught:
        read_config(file)
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(4, 3), (5, 1), (6, 1), (7, 2)]
    assert len(str(caught.value)) < 3000
