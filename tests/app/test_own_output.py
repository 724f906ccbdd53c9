"""What somebody else wrote is not written over; what poc-gate wrote is; a killed run leaves nothing for long."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.gate.gate import GateRequest, run_gate
from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.write_file import write_file
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.app.packs.rule_pages import stale_pages, write_pages
from poc_gate.errors import UsageError
from poc_gate.report.formats import format_names, formats
from poc_gate.report.interface import RenderOptions

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "support-assistant"
OTHERS = [
    "README.md", "pyproject.toml", "action.yml", "CHANGELOG.md", "docs/security.md", "examples/support-assistant/pilot.yaml",
    "rules/core/pack.yaml", "poc_gate/report/machine/csv_report.py", "poc_gate/app/ground/files/own_output.py", ".gitignore",
    "tests/inputs/artifacts/published_shapes.jsonl",
]  # fmt: skip
"""Files that speak of poc-gate, or hold its marks as source text, and are none of its outputs."""


def gate(**asked: object) -> None:
    request = CaseRequest(EXAMPLE, today="2026-11-22", now="2026-11-22T00:00:00+00:00", machine="l4-24gb")
    run_gate(request, GateRequest(**asked), RenderOptions(), lambda _what, _share: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    wanted = tuple(f"{name}={folder / name}" for name in format_names())
    gate(formats=wanted, bundle=str(folder / "bundle"))
    return folder


@pytest.mark.parametrize("name", [*format_names(), "bundle"])
def test_each_output_is_known_again(written: Path, name: str) -> None:
    check_output(written / name)


def test_every_format_has_a_mark_of_its_own() -> None:
    assert all(one.mark for one in formats())


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_that_only_speaks_of_poc_gate_is_not_its_own(name: str) -> None:
    with pytest.raises(UsageError, match="already exists, and poc-gate did not write it"):
        check_output(ROOT / name)


@pytest.mark.parametrize("content", [b"", b"\n", b"  \n\n"])
def test_an_empty_file_is_nobodys(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    check_output(tmp_path / "x")


@pytest.mark.parametrize("how", ["plain", "link", "link to it in another folder"])
@pytest.mark.parametrize("asked", ["report", "bundle", "signature"])
def test_the_gate_refuses_before_it_judges(tmp_path: Path, asked: str, how: str) -> None:
    held = tmp_path / ("out.zip.sig" if asked == "signature" else "out.zip")
    (tmp_path / "f").mkdir()
    kept = {"plain": held, "link": tmp_path / "kept"}.get(how, tmp_path / "f" / "kept")
    kept.write_bytes(b"minutes of work\n")
    if kept != held:
        held.symlink_to(kept)
    key = tmp_path / "key"
    key.write_text("any")
    target = str(tmp_path / "out.zip")
    wanted = {"report": {"formats": (f"json={target}",)}, "bundle": {"bundle": target}}
    with pytest.raises(UsageError, match="poc-gate did not write it"):
        gate(**wanted.get(asked, {"bundle": target, "sign": str(key)}))
    assert kept.read_bytes() == b"minutes of work\n"


def test_pages_of_rules_leave_other_pages_alone(tmp_path: Path) -> None:
    write_pages(tmp_path)
    write_pages(tmp_path)
    (tmp_path / "index.md").write_text("# My own index\n")
    with pytest.raises(UsageError, match="poc-gate did not write it"):
        write_pages(tmp_path)
    assert (tmp_path / "index.md").read_text() == "# My own index\n"


def test_each_rule_has_a_page_and_pages_of_rules_that_are_gone_go(tmp_path: Path) -> None:
    written = write_pages(tmp_path)
    for name, rule in load_rule_packs().rules.items():
        assert tmp_path / rule.pack / f"{name}.md" in written
    gone = tmp_path / "old-pack" / "Z01-gone.md"
    gone.parent.mkdir()
    gone.write_text(written[0].read_text())
    own = tmp_path / "core" / "my-notes.md"
    own.write_text("# My notes\n")
    (tmp_path / "core" / "A09-prod-access-granted.md").unlink()
    assert stale_pages(tmp_path) == (
        "core/A09-prod-access-granted.md",
        "core/my-notes.md",
        "old-pack/Z01-gone.md",
    )
    write_pages(tmp_path)
    assert not gone.parent.exists()
    assert own.read_text() == "# My notes\n"
    own.unlink()
    assert stale_pages(tmp_path) == ()


def test_every_link_of_the_pages_of_rules_leads_to_a_page(tmp_path: Path) -> None:
    for page in write_pages(tmp_path):
        for link in re.findall(r"\]\(([^)#]+\.md)\)", page.read_text()):
            assert (page.parent / link).is_file(), (page.name, link)


def test_what_a_killed_run_has_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    old, held, young, other = (tmp_path / name for name in (
        f".{'0a' * 8}.part", f".{'1b' * 8}.part", f".{'2c' * 8}.part", ".notes.part",
    ))  # fmt: skip
    for one in (old, held, young, other):
        one.write_bytes(b"half")
        if one is not young:
            os.utime(one, (time.time() - 4000, time.time() - 4000))
    import fcntl

    with held.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_file(tmp_path / "out", b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "out", held, young, other])
    assert (tmp_path / "out").read_bytes() == b"whole"


@pytest.mark.parametrize("lacking", ["O_TMPFILE", "proc"])
def test_a_system_without_nameless_files_writes_whole_files_too(
    tmp_path: Path, lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from poc_gate.app.ground.files import write_file as module

    if lacking == "proc":
        monkeypatch.setattr(module, "_BY_NUMBER", tmp_path / "nowhere")
    else:
        monkeypatch.delattr(os, "O_TMPFILE")
    write_file(tmp_path / "out", b"one")
    write_file(tmp_path / "out", b"two")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out", b"two")]
