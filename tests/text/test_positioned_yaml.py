"""YAML and JSON are read with places, by YAML 1.2, within bounds, and refused in words."""

import json
import tracemalloc

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.errors import InvalidInputError
from poc_gate.text.documents.positioned_yaml import YamlLimits, read_yaml, read_yaml_documents

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcxyz-_ ", min_size=1, max_size=9), inner, max_size=4)
    ),
    max_leaves=20,
)


def faults_of(content, size=1 << 20, nodes=100_000):
    with pytest.raises(InvalidInputError) as caught:
        read_yaml(content, "x.yaml", limits=YamlLimits(size=size, nodes=nodes))
    return [str(fault).split("\n")[0] for fault in caught.value.faults]


@pytest.fixture(params=["libyaml", "pure"])
def parser(request, monkeypatch):
    """Both parsers that an installation may have give the same."""
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return request.param


def test_every_key_and_value_knows_its_place(parser):
    content = b"slo:\n  p99: 20 s   # promised\nsources:\n  - id: a\n    calls: [1, 2]\n"
    document = read_yaml(content, "pilot.yaml")
    place = document.place(("slo", "p99"))
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 8, 2, 12)
    assert place.pointer == "slo.p99"
    assert (document.key_place(("slo", "p99")).line, document.key_place(("slo", "p99")).column) == (2, 3)
    item = document.place(("sources", 0))
    assert (item.line, item.column, item.end_line) == (4, 5, 5)
    assert document.place(("sources", 0, "calls", 1)).pointer == "sources[0].calls[1]"
    assert document.place(("sources", 0, "calls", 1)).column == 16


def test_a_missing_value_has_the_place_of_its_nearest_parent(parser):
    document = read_yaml(b"slo:\n  p99: 20 s\n", "pilot.yaml")
    assert document.place(("slo", "p50", "deeper")) == document.place(("slo",))
    assert document.place(("nothing",)).line == 1


def test_scalars_follow_yaml_1_2(parser):
    content = b"a: NO\nb: 12:30\nc: 0o17\nd: 017\ne: 0x1F\nf: 1e3\ng: ~\nh:\ni: 2026-12-01\nj: +.5\nk: 1_000\nl: 'true'\n"
    assert read_yaml(content, "x").data == {
        "a": "NO", "b": "12:30", "c": 15, "d": 17, "e": 31, "f": 1000.0, "g": None, "h": None,
        "i": "2026-12-01", "j": 0.5, "k": "1_000", "l": "true",
    }  # fmt: skip


def test_all_faults_come_at_once(parser):
    content = b"a: .nan\nb: -.INF\nc: 1e999\nd: &x 1\ne: *x\nf: !!str 3\na: 2\n? [1]\n: 3\n<<: 3\n"
    found = faults_of(content)
    lines = [int(fault.split(":")[1]) for fault in found]
    assert lines == [1, 2, 3, 4, 5, 6, 7, 8, 10]
    assert "the key 'a' is given twice" in found[6]


def test_a_duplicate_is_found_however_it_is_spelt(parser):
    assert faults_of(b'{"a": 1, a: 2}') == ["x.yaml:1:10: the key 'a' is given twice"]


def test_a_syntax_fault_keeps_the_faults_before_it(parser):
    found = faults_of(b"a: .nan\nb: [1, 2\n")
    assert found[0].startswith("x.yaml:1:4: '.nan'")
    assert "not readable as YAML" in found[1]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? "])
def test_deep_nesting_is_refused_at_once(opening, parser):
    found = faults_of((opening * 200_000).encode(), size=1 << 22)
    assert "nested deeper than 64" in found[-1] or "must be a plain text" in found[0]


def test_an_alias_bomb_is_refused_in_small_memory(parser):
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    tracemalloc.start()
    found = faults_of("\n".join(lines).encode())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert any("alias *a0 is not accepted" in fault for fault in found)


def test_many_faults_stop_at_a_hundred(parser):
    assert len(faults_of(b"- .nan\n" * 5000)) == 100


def test_size_and_node_limits_hold(parser):
    assert "at most 1,048,576 are read" in faults_of(b"x" * (1 << 21))[0]
    assert "more than 50 values" in faults_of(b"- 1\n" * 100, nodes=50)[0]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("a: b".encode("utf-16"), "x.yaml: the file is encoded in UTF-16"),
        ("a: b, and some more text".encode("utf-16-le"), "x.yaml: the file is encoded in UTF-16"),
        ("a: b, and some more text".encode("utf-16-be"), "x.yaml: the file is encoded in UTF-16"),
        ("a: b".encode("utf-32"), "x.yaml: the file is encoded in UTF-32"),
        (b"\xef\xbb\xbfa: b", "x.yaml:1:1: the file begins with a byte-order mark"),
        (b"a: 1\nb: \xe9", "x.yaml:2:4: byte 0xe9 is not valid UTF-8"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 64, "x.yaml: the file is binary"),
        (b"a: 1\nb: \x07", "x.yaml:2:4: control character U+0007 is not allowed in this file"),
    ],
)
def test_other_encodings_are_named(content, what):
    assert faults_of(content) == [what]


def test_json_with_tabs_and_surrogate_pairs_is_read(parser):
    content = b'{\t"a":\t1,\r\n\t"b\\td": "\\ud83d\\ude00\t\\/"}'
    assert read_yaml(content, "x.json").data == {"a": 1, "b\td": "\N{GRINNING FACE}\t/"}


def test_one_document_unless_several_are_asked_for(parser):
    content = b"---\na: 1\n---\n---\nb: .5\n...\n"
    assert faults_of(content) == ["x.yaml:3:1: a second document begins here"]
    documents = read_yaml_documents(content, "x.yaml")
    assert [document.data for document in documents] == [{"a": 1}, {"b": 0.5}]
    assert documents[1].place(("b",)).line == 5
    assert documents[0].sha256 == documents[1].sha256


def test_an_empty_file_has_no_data_but_a_place():
    document = read_yaml(b"# nothing here\n", "x.yaml")
    assert document.data is None
    assert document.place(("a",)).line == 1
    assert read_yaml_documents(b"", "x.yaml") == ()


@settings(max_examples=60)
@given(PLAIN)
def test_json_reads_back(data):
    content = json.dumps({"root": data}, ensure_ascii=True).encode()
    document = read_yaml(content, "x.json")
    assert document.data == {"root": data}
    assert set(document.key_places) <= set(document.places)


@settings(max_examples=60)
@given(PLAIN)
def test_block_yaml_reads_back_with_a_place_for_everything(data):
    text = yaml.safe_dump({"root": data}, allow_unicode=True, sort_keys=False, default_style='"')
    text = text.replace("!!int ", "").replace("!!float ", "").replace("!!bool ", "").replace("!!null ", "")
    document = read_yaml(text.encode(), "x.yaml")
    lines = text.split("\n")
    for place in document.places.values():
        assert 1 <= place.line <= len(lines) + 1
        assert (place.end_line, place.end_column) >= (place.line, place.column)


@settings(max_examples=150)
@given(st.binary(max_size=300) | st.text("{}[]:,-?&*!|>'\"%@`#ab \n\t\\0", max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    try:
        document = read_yaml(content, "x.yaml")
    except InvalidInputError as error:
        assert error.faults
        assert all(fault.what and fault.next_step for fault in error.faults)
    else:
        assert () in document.places
