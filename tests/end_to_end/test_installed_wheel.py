"""The built wheel and the sdist carry everything, and the wheel assesses in an environment of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from built_packages import built_once, tracked
from running_the_gate import EXAMPLES, ROOT, TODAY, machine_of


@pytest.fixture(scope="module")
def built() -> Path:
    return built_once()


@pytest.mark.slow
def test_wheel_and_sdist_carry_rules_templates_datasheets_and_the_extension(built: Path):
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))
    names = wheel.namelist()
    assert "poc_gate/rules/core/pack.yaml" in names
    assert "poc_gate/rules/core/C03-probe-matches-target.yaml" in names
    assert "poc_gate/templates/report.html" in names
    assert any(name.startswith("poc_gate/inputs/probe/datasheets/") for name in names)
    assert any(
        name.startswith("poc_gate/inputs/probe/memory/_membench") and name.endswith((".so", ".pyd"))
        for name in names
    )
    assert not any(name.startswith("tests/") or name.endswith((".c", ".h")) for name in names)
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "poc_gate").rglob("*.py")}
    modules |= {"poc_gate/rules/__init__.py", "poc_gate/templates/__init__.py"}
    assert modules == {name for name in names if name.startswith("poc_gate/") and name.endswith(".py")}
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        inside = {name.split("/", 1)[-1] for name in sdist.getnames()}
    assert set(tracked()) <= inside


@pytest.mark.slow
def test_the_unpacked_sdist_runs_its_own_tests(built: Path, tmp_path: Path):
    subprocess.run(["tar", "-xf", str(next(built.glob("*.tar.gz"))), "-C", str(tmp_path)], check=True)
    (folder,) = tmp_path.iterdir()
    _share_what_is_compiled(folder)
    chosen = "test_documents or test_quantity or test_refusals"  # all are collected, these run
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", chosen],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert re.search(r"[1-9]\d* passed", done.stdout) or "[100%]" in done.stdout


def _share_what_is_compiled(folder: Path) -> None:
    """Give an unpacked tree what Python compiled of the same files in the checkout; anew it takes ten seconds."""
    for path in folder.rglob("*.py"):
        ours = ROOT / path.relative_to(folder)
        if not ours.is_file():
            continue
        assert path.read_bytes() == ours.read_bytes()
        shutil.copystat(ours, path)
        for compiled in (ours.parent / "__pycache__").glob(
            f"{ours.stem}.{sys.implementation.cache_tag}*.pyc"
        ):
            (path.parent / "__pycache__").mkdir(exist_ok=True)
            shutil.copy(compiled, path.parent / "__pycache__")


@pytest.mark.slow
def test_the_wheel_assesses_outside_the_checkout(built: Path, tmp_path: Path):
    environment = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    wheel = next(built.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "install", "-q"]
    subprocess.run([*pip, "--disable-pip-version-check", "--no-compile", str(wheel)], check=True)
    example = EXAMPLES / "support-assistant"
    done = subprocess.run(
        [environment / "bin" / "poc-gate", "assess", example, "--machine", machine_of("support-assistant"),
         "--on", TODAY, "--format", "terminal", "--format", "html=page.html"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "GO" in done.stdout
    assert (tmp_path / "page.html").stat().st_size > 10_000
    probed = subprocess.run(
        [environment / "bin" / "poc-gate", "probe", "--quick", "--only", "memory"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert probed.returncode == 0, probed.stderr
    assert "GB/s" in probed.stdout
