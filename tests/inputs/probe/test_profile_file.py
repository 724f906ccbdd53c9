"""`machine.json`: what is written is read back, every fault is shown where it stands, nothing crashes."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.probe.fingerprint import fingerprint_of
from poc_gate.inputs.probe.profile.machine_facts import machine_facts
from poc_gate.inputs.probe.profile.profile_file import profile_schema, read_profile, write_profile
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Kind
from poc_gate.model.measurement import Curve, MachineProfile, Measurement, Point
from poc_gate.model.quantity import Quantity

SAMPLE = MachineProfile(
    name="sample",
    fingerprint="0123456789abcdef",
    measured_at="2026-11-22T10:00:00Z",
    tool_version="0.1.0",
    measurements=(
        Measurement("machine.cpu.l2", Quantity(2097152.0, "B"), "B"),
        Measurement(
            "machine.memory.read_1",
            Quantity(18000000000.5, "B/s"),
            "B/s",
            samples=(1.6e10, 1.7e10),
            grade="A",
            stable=True,
        ),
        Measurement("machine.accelerators.state", "none"),
        Measurement("machine.cpu.quota", None, "1", reason="no CPU quota is set"),
    ),
    curves=(Curve("c", "a curve", "B", "s", (Point(1.0, 2.0), Point(2.0, 4.0, 3.0, 5.0, "L1"))),),
    environment={"steal": "0"},
)


def test_what_is_written_is_read_back():
    content = write_profile(SAMPLE)
    assert read_profile(content, "m.json") == SAMPLE
    assert write_profile(read_profile(content, "m.json")) == content


facts = st.sampled_from(machine_facts())
finite = st.floats(allow_nan=False, allow_infinity=False, min_value=1e-12, max_value=1e15)


@st.composite
def measurements(draw: st.DrawFn) -> Measurement:
    spec = draw(facts)
    values: dict[Kind, st.SearchStrategy[object]] = {
        Kind.FLAG: st.booleans(),
        Kind.CHOICE: st.sampled_from(spec.choices or ("",)),
        Kind.QUANTITY: st.floats(spec.low or 0.0, min(spec.high or 1e15, 1e15), allow_nan=False).map(
            lambda v: Quantity(v, spec.unit)
        ),
    }
    value = draw(values.get(spec.kind, st.text(max_size=20)))
    about = value.value if isinstance(value, Quantity) else draw(finite)
    low, high = min(about, draw(finite)), max(about, draw(finite))
    return Measurement(
        spec.name, value, spec.unit, samples=tuple(draw(st.lists(finite, max_size=3))), low=low, high=high,
        reason=draw(st.text(max_size=20)), details=draw(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2)),
    )  # fmt: skip


@given(st.lists(measurements(), max_size=6, unique_by=lambda m: m.fact))
@settings(max_examples=60, deadline=None)
def test_every_sound_profile_survives_the_file(found: list[Measurement]):
    found = [one for one in found if one.fact != "machine.fingerprint"]
    profile = MachineProfile("n", fingerprint_of(found), "2026-01-01T00:00:00Z", "0", tuple(found))
    content = write_profile(profile)
    assert read_profile(content, "m.json") == profile
    jsonschema.validate(json.loads(content), profile_schema())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=150, deadline=None)
def test_no_input_does_more_than_raise_our_error(content: bytes):
    with pytest.raises(InvalidInputError):
        read_profile(content, "m.json")


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_sound_profile_with_one_value_replaced_is_read_or_refused_with_a_place(data: st.DataObject):
    plain = json.loads(write_profile(SAMPLE))
    paths = list(leaves(plain, ()))
    path = data.draw(st.sampled_from(paths))
    target = plain
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = data.draw(st.sampled_from([None, True, -1, 1e308, "x", [], {}, [1], {"a": 1}]))
    content = json.dumps(plain, indent=1).encode()
    try:
        profile = read_profile(content, "m.json")
    except InvalidInputError as error:
        assert all(fault.line >= 1 and fault.what for fault in error.faults)
    else:
        assert write_profile(profile)


def leaves(value: object, path: tuple[str | int, ...]):
    yield from [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield from leaves(item, (*path, key))


def changed(old: str, new: str) -> bytes:
    text = write_profile(SAMPLE).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"{", "not valid JSON"),
        (b"[]", "must be an object"),
        (b"\xff\xfe\x00", "encoded in UTF-16"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": 1, "a": 2}', "given twice"),
        (changed('"B/s"', '"s"'), "is in B/s"),
        (changed("18000000000.5", "NaN"), "not a number that JSON has"),
        (changed("18000000000.5", "1e300"), "not plausible"),
        (changed("18000000000.5", "-5"), "not plausible"),
        (changed("18000000000.5", "1e400"), "measurements[1].value.value is too large a number"),
        (changed("18000000000.5", "9" * 400), "measurements[1].value.value is too large a number"),
        (changed("no CPU quota is set", "\\udc00"), "measurements[3].reason holds half a surrogate pair"),
        (changed("machine.cpu.l2", "machine.cpu.l22"), "did you mean machine.cpu.l2?"),
        (changed("machine.cpu.l2", "machine.cpu.quota"), "measured twice"),
        (changed('"name": "sample"', '"nmae": "sample"'), "unknown key 'nmae'"),
        (changed('"name": "sample"', '"nmae": "sample"'), "key 'name' is missing"),
        (changed('"poc-gate.machine/1"', '"poc-gate.machine/2"'), "is not 'poc-gate.machine/1'"),
        (changed('"none"', '"many"'), "write one of"),
        (changed('"none"', "7"), "must be"),
        (changed("no CPU quota is set", ""), "no value and no reason"),
        (changed('"2026-11-22T10:00:00Z"', '"yesterday"'), "not an ISO 8601 time"),
        (changed('"provenance": "measured"', '"provenance": "guessed"'), "must be one of"),
        (changed('"grade": "A"', '"grade": "C"'), "grade C is not stable"),
        (changed('"kind": "measured"', '"kind": "datasheet"'), "assumed, not measured"),
    ],
)  # fmt: skip
def test_faults_are_named(content: bytes, words: str):
    with pytest.raises(InvalidInputError) as caught:
        read_profile(content, "m.json")
    assert words in str(caught.value)
    assert str(caught.value).startswith("m.json")


def test_all_faults_come_at_once_each_in_its_line():
    content = changed("18000000000.5", "1e300").replace(b'"none"', b'"many"')
    with pytest.raises(InvalidInputError) as caught:
        read_profile(content, "m.json")
    lines = content.decode().splitlines()
    assert len(caught.value.faults) == 2
    for fault in caught.value.faults:
        assert '"value"' in lines[fault.line - 1]


def test_unknown_missing_and_wrong_are_told_at_once_each_in_its_line():
    plain = json.loads(write_profile(SAMPLE))
    plain["measurements"][1]["grad"] = plain["measurements"][1].pop("grade")
    plain["curves"][0]["points"][1]["y"] = "4"
    del plain["curves"][0]["points"][0]["x"]
    content = json.dumps(plain, indent=1).encode()
    with pytest.raises(InvalidInputError) as caught:
        read_profile(content, "m.json")
    lines = content.decode().splitlines()
    told = {fault.what: (lines[fault.line - 1].strip(), fault.column) for fault in caught.value.faults}
    assert told == {
        "unknown key 'grad' in measurements[1]": ('"grad": "A"', 12),
        "the key 'x' is missing in curves[0].points[0]": ("{", 5),
        "curves[0].points[1].y must be a number, not '4'": ('"y": "4",', 11),
    }


def test_a_measured_profile_may_hold_assumed_values():
    sheet = Measurement(
        "machine.memory.peak_bandwidth", Quantity(1e11, "B/s"), "B/s", provenance=Provenance.ASSUMED
    )
    profile = MachineProfile("n", "f", "2026-01-01", "0", (sheet,))
    assert read_profile(write_profile(profile), "m").measurements[0].provenance is Provenance.ASSUMED
