"""Modules that lie in a judged repository are imported by no process that poc-gate starts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = (
    "json", "typing", "gzip", "msgspec", "yaml", "resource", "dataclasses", "encodings", "sitecustomize", "usercustomize", "poc_gate",
    "numpy", "runpy", "pathlib", "signal", "shlex", "subprocess", "hashlib",
)  # fmt: skip


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a repository whose modules leave a file behind where they are imported."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    shutil.copytree(ROOT / "examples" / "support-assistant", folder / "pilot")
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write('{name} ')\n")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("portfolio", "run", "pilot", "--machine", "l4-24gb", "-o", "../out"),
        ("assess", "pilot", "--machine", "l4-24gb", "--on", "2026-11-28", "--format", "html=../page.html"),
        (
            "fleet",
            "probe",
            "--nodes",
            "n1",
            "--even-busy",
            "--via",
            "local",
            "-o",
            "../fleet",
            "--only",
            "topology",
        ),
        ("inspect", "."),
        ("sources", "plan", "pilot"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_module_of_the_checkout_is_imported(checkout: Path, words: tuple[str, ...]) -> None:
    program = Path(sys.executable).with_name("poc-gate")
    done = subprocess.run(
        [str(program), *words], cwd=checkout, capture_output=True, text=True, check=False, timeout=300
    )
    assert not (checkout.parent / "ran").exists(), (checkout.parent / "ran").read_text()
    assert done.returncode not in (1, 2), done.stderr


def test_every_process_of_ours_leaves_the_working_folder_out() -> None:
    for path in (ROOT / "poc_gate").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"\[\s*sys\.executable,\s*([^,\]]+)", text):
            assert match[1] in {'"-P"', '"-I"'}, f"{path}: {match[0]}"
