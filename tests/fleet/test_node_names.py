"""Names of nodes: what Slurm's users write is understood, what names none or an option is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.errors import UsageError
from poc_gate.many.fleet.node_names import expand_names, fold_names, is_node_name, natural_order


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("n1", ["n1"]),
        ("n[1-3]", ["n1", "n2", "n3"]),
        ("n[001-003,007]", ["n001", "n002", "n003", "n007"]),
        ("n[08-11]", ["n08", "n09", "n10", "n11"]),
        ("a1,b2  c3", ["a1", "b2", "c3"]),
        ("r[1-2]n[1-2].x", ["r1n1.x", "r1n2.x", "r2n1.x", "r2n2.x"]),
        ("n[0-10/5]", ["n0", "n5", "n10"]),
        ("n1,n1,n[1-2]", ["n1", "n2"]),
        ("fd00::1,10.0.0.[1-2]", ["fd00::1", "10.0.0.1", "10.0.0.2"]),
    ],
)
def test_expressions_stand_for_names(text: str, names: list[str]):
    assert list(expand_names(text)) == names


@pytest.mark.parametrize(
    "text",
    ["", " , ", "-oProxyCommand=x", "n[1-3", "n1]", "n[3-1]", "n[a]", "n[]", "n[1-2/0]", "a b;rm", "../x", "n/1",
     "n[1-999999999]", "n[1-400]m[1-400]", "x" * 300, "n[1,-2]", "$(id)", "n\n[1", ".x", "n[[1-2]]", "n1@x"],
)  # fmt: skip
def test_what_names_no_node_is_refused(text: str):
    with pytest.raises(UsageError):
        expand_names(text)


heads = st.sampled_from(["n", "gpu-", "rack1-n", "a.b"])
numbers = st.integers(0, 1200)
widths = st.sampled_from([0, 3, 4])


@given(st.lists(st.tuples(heads, numbers, widths), min_size=1, max_size=40))
def test_folded_names_are_the_same_names(parts: list[tuple[str, int, int]]):
    names = {f"{head}{number:0{width}d}" if width else f"{head}{number}" for head, number, width in parts}
    assert set(expand_names(fold_names(names))) == names


def test_folding_is_short_and_counts_as_people_do():
    assert fold_names(f"n{number:03d}" for number in range(1, 65)) == "n[001-064]"
    assert fold_names(["n10", "n2", "n1", "login"]) == "login,n[1-2,10]"
    assert fold_names(["n1.x", "n2.x"]) == "n[1-2].x"
    assert fold_names(["n1.x", "n2.x"], brackets_last=True) == "n1.x,n2.x"
    assert sorted(["n10", "n2", "n02"], key=natural_order) in (["n2", "n02", "n10"], ["n02", "n2", "n10"])


@pytest.mark.parametrize("name", ["", "-n", "a b", "a/b", "..", "a\n", "a" * 254, "ä", "a;b", "a%b"])
def test_a_name_is_safe_as_a_file_and_an_argument(name: str):
    assert not is_node_name(name)
