"""A bundle: the same bytes each time, judged again to the same answer, refused when anything was changed."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from poc_gate.app.assess.assess import sum_up
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import Case, CaseRequest, read_case
from poc_gate.app.bundle.bundle import build_bundle, verify_bundle, write_bundle
from poc_gate.app.bundle.bundle_file import INDEX, pack_bundle, unpack_bundle
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.report.result.result_file import write_result

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/pilot.yaml"))


def request_for(pilot: Path) -> CaseRequest:
    return CaseRequest(pilot, today="2026-11-22", now="2026-11-22T00:00:00+00:00", machine="l4-24gb")


def bundled(pilot: Path, target: Path) -> tuple[CaseRequest, Case]:
    request = request_for(pilot)
    case = read_case(request)
    write_bundle(target, request, case, sum_up(case, judge_case(case), machines=True))
    return request, case


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundle of one example."""
    target = tmp_path_factory.mktemp("bundle") / "out.zip"
    bundled(EXAMPLES / "support-assistant", target)
    return target


def rewritten(bundle: Path, target: Path, name: str, content: bytes, *, honest: bool = True) -> Path:
    """Write the bundle with one member changed; `honest` gives the index the new digest."""
    index, members = unpack_bundle(bundle.read_bytes(), "b")
    members[name] = content
    if honest:
        head = {key: value for key, value in index.items() if key not in {"schema", "members"}}
        target.write_bytes(pack_bundle(members, head))
        return target
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(INDEX, json.dumps(index))
        for member, data in members.items():
            archive.writestr(member, data)
    return target


@pytest.mark.parametrize("name", NAMES)
def test_an_example_judged_again_elsewhere_agrees(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled(EXAMPLES / name, tmp_path / "out.zip")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    found = verify_bundle(tmp_path / "out.zip")
    assert found.differences == ()
    assert found.agrees


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        bundled(EXAMPLES / "support-assistant", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_changed_member_is_refused(bundle: Path, tmp_path: Path) -> None:
    changed = rewritten(bundle, tmp_path / "x.zip", "result.json", b"{}", honest=False)
    with pytest.raises(InvalidInputError, match=r"result\.json is not what was bundled"):
        verify_bundle(changed)


def test_another_verdict_written_into_the_result_is_found_out(bundle: Path, tmp_path: Path) -> None:
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    data = json.loads(members["result.json"])
    told = "CONDITIONAL" if data["verdict"]["word"] == "GO" else "GO"
    data["verdict"]["word"] = told
    changed = rewritten(bundle, tmp_path / "x.zip", "result.json", json.dumps(data).encode())
    found = verify_bundle(changed)
    assert not found.agrees
    assert any(difference.startswith(f"verdict: verdict: {told} -> ") for difference in found.differences)


def test_a_fact_that_the_manifest_does_not_state_is_found_out(bundle: Path, tmp_path: Path) -> None:
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    data = json.loads(members["case.json"])
    declared = [f for f in data["facts"] if f["provenance"] == "declared" and isinstance(f["value"], dict)]
    fact = declared[0]
    fact["value"]["value"] *= 2
    changed = rewritten(bundle, tmp_path / "x.zip", "case.json", json.dumps(data).encode())
    with pytest.raises(InvalidInputError, match="is not the fact that was judged"):
        verify_bundle(changed)


def test_a_case_of_another_shape_is_told_with_its_line(bundle: Path, tmp_path: Path) -> None:
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    content = members["case.json"].replace(b'  "today": "2026-11-22"', b'  "today": 2026')
    changed = rewritten(bundle, tmp_path / "x.zip", "case.json", content)
    line = content.split(b'"today"')[0].count(b"\n") + 1
    with pytest.raises(InvalidInputError, match=rf"case\.json:{line}:12: today must be a text, not 2026"):
        verify_bundle(changed)


def test_another_manifest_is_found_out(bundle: Path, tmp_path: Path) -> None:
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    changed = rewritten(bundle, tmp_path / "x.zip", "pilot.yaml", members["pilot.yaml"] + b"\n")
    with pytest.raises(InvalidInputError, match="not the manifest that was judged"):
        verify_bundle(changed)


def test_a_loosened_rule_is_found_out(bundle: Path, tmp_path: Path) -> None:
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    name = "packs/rules/core/A02-contract-coverage.yaml"
    changed = rewritten(
        bundle,
        tmp_path / "x.zip",
        name,
        members[name].replace(b"covered_min:\n    value: 80 %", b"covered_min:\n    value: 10 %"),
    )
    with pytest.raises(InvalidInputError, match="its pack core is not the one"):
        verify_bundle(changed)


def test_a_secret_in_the_manifest_is_withheld(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot")
    manifest = tmp_path / "pilot" / "pilot.yaml"
    secret = "AKIA" + "Q3EGSPZ7VNTLXA2B"
    manifest.write_text(manifest.read_text() + f"\n# key: {secret}\n")
    bundled(tmp_path / "pilot", tmp_path / "out.zip")
    _, members = unpack_bundle((tmp_path / "out.zip").read_bytes(), "b")
    assert not [name for name, content in members.items() if secret.encode() in content]
    found = verify_bundle(tmp_path / "out.zip")
    assert found.agrees
    assert "withheld" in found.notes[0]


def test_a_secret_in_evidence_refuses_the_bundle(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot")
    request = request_for(tmp_path / "pilot")
    record = tmp_path / "pilot" / read_case(request).evidence[0].file
    secret = "AKIA" + "Q3EGSPZ7VNTLXA2B"
    record.write_text(record.read_text() + f"\n# key: {secret}\n")
    case = read_case(request)
    with pytest.raises(UsageError, match="holds a literal secret"):
        build_bundle(request, case, sum_up(case, judge_case(case)), b"")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 not a zip", b"plain text", pack_bundle({}, {})[:-30]],
    ids=["empty", "broken", "text", "cut"],
)
def test_what_is_no_bundle_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(InvalidInputError, match=r"zip|readable|bundle"):
        verify_bundle(tmp_path / "x.zip")


def test_a_member_given_twice_or_left_out_of_the_index_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO(pack_bundle({"a": b"1"}, {}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("b", b"2")
    with pytest.raises(InvalidInputError, match="not those that the index lists"):
        unpack_bundle(buffer.getvalue(), "x.zip")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("b", b"3")
    with pytest.raises(InvalidInputError, match="twice"):
        unpack_bundle(buffer.getvalue(), "x.zip")


def test_a_zip_that_unfolds_without_end_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"m{number}", b"\0" * (60 << 20))
    with pytest.raises(InvalidInputError, match="too large"):
        unpack_bundle(buffer.getvalue(), "x.zip")


def test_the_bundle_names_neither_user_nor_host(bundle: Path) -> None:
    index, members = unpack_bundle(bundle.read_bytes(), "b")
    environment = index["environment"]
    assert isinstance(environment, dict)
    assert sorted(environment) == ["architecture", "implementation", "python", "system"]
    assert members["result.json"] == write_result_of(members)


def write_result_of(members: dict[str, bytes]) -> bytes:
    from poc_gate.report.result.result_file import read_result

    return write_result(read_result(members["result.json"], "r"))


@pytest.mark.parametrize("method", ["deflate", "bzip2", "lzma"])
def test_damage_anywhere_in_the_archive_ends_in_words(bundle: Path, method: str) -> None:
    """Each reader of compressed data has faults of its own; a flipped byte is refused, or one that says nothing of the content."""
    kinds = {"deflate": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    small = pack_bundle({name: members[name] for name in ("case.json", "pilot.yaml")}, {})
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", kinds[method]) as archive,
        zipfile.ZipFile(io.BytesIO(small)) as packed,
    ):
        for name in packed.namelist():
            archive.writestr(name, packed.read(name))
    whole = buffer.getvalue()
    held, refused = unpack_bundle(whole, "b"), 0
    assert set(held[1]) == {"case.json", "pilot.yaml"}
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        try:
            assert unpack_bundle(bytes(damaged), "b") == held
        except InvalidInputError:
            refused += 1
    assert refused > 100


def test_a_shipped_pack_that_was_changed_does_not_verify(bundle: Path, tmp_path: Path) -> None:
    """Also where the result was made again with it and every digest of the index is right."""
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    name = next(
        name
        for name in members
        if name.startswith("packs/rules/core/") and b"severity: blocker" in members[name]
    )
    changed = rewritten(
        bundle, tmp_path / "x.zip", name, members[name].replace(b"severity: blocker", b"severity: low")
    )
    with pytest.raises(InvalidInputError, match="is not the one that poc-gate"):
        verify_bundle(changed)


def test_only_lines_that_the_index_lists_are_withheld(bundle: Path, tmp_path: Path) -> None:
    _, members = unpack_bundle(bundle.read_bytes(), "b")
    text = b"# withheld: this line holds a literal secret\n" + members["pilot.yaml"]
    with pytest.raises(InvalidInputError, match="not the manifest that was judged"):
        verify_bundle(rewritten(bundle, tmp_path / "x.zip", "pilot.yaml", text))
