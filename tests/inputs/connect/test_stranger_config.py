"""A local configuration that the measured repository brings: it may ask for less, and binds nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from forked_command import run_command

ROOT = Path(__file__).parents[3]
SOURCE = (
    "{id: a, system: http, url: 'http://127.0.0.1:9/x', credential: 'REFERENCE', probe: {environment: test}}"
)


def pilot(folder: Path, reference: str, *, repository: bool) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    source = SOURCE.replace("REFERENCE", reference)
    (folder / "pilot.yaml").write_text(
        f"apiVersion: poc-gate/v1\npilot: {{name: s}}\nsources:\n  - {source}\n"
    )
    if repository:
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def config(reference: str) -> str:
    return f'[[credentials]]\nreference = "{reference}"\nhosts = ["127.0.0.1"]\n[budget]\nwall = "3 s"\nrate = "500 req/s"\n'


def gate(folder: Path, home: Path, *words: str) -> tuple[int, str]:
    surroundings = {**os.environ, "XDG_CONFIG_HOME": str(home), "CANARY": "c4n4ry-value"}
    done = run_command(["sources", *words], cwd=folder, env=surroundings)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("repository", [True, False])
@pytest.mark.parametrize("where", [".", "deep/er", ".."])
@pytest.mark.parametrize("kind", ["cmd", "env", "file"])
def test_what_the_measured_repository_binds_does_not_count(
    tmp_path: Path, kind: str, where: str, *, repository: bool
) -> None:
    ran = tmp_path / "ran"
    reference = {"cmd": f"cmd:touch {ran}", "env": "env:CANARY", "file": f"file:{tmp_path}/pilot/x"}[kind]
    folder = pilot(tmp_path / "outer" / "pilot", reference, repository=repository)
    here = (folder / where).resolve()
    here.mkdir(parents=True, exist_ok=True)
    (here / "poc-gate.sources.toml").write_text(config(reference))
    code, said = gate(here, tmp_path / "home", "run", str(folder), "--yes", "-q")
    assert code == 4
    outside = where == ".." and repository
    assert ran.exists() == (outside and kind == "cmd"), "a folder above the repository is the user's own"
    if not outside:
        assert "does not count: name it with --sources-config" in said


def test_named_on_the_command_line_or_the_users_own_it_counts_and_the_plan_says_so(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    reference = f"cmd:touch {ran}"
    folder = pilot(tmp_path / "pilot", reference, repository=True)
    (tmp_path / "home" / "poc-gate").mkdir(parents=True)
    own = tmp_path / "home" / "poc-gate" / "poc-gate.sources.toml"
    own.write_text(config(reference))
    code, said = gate(folder, tmp_path / "home", "plan", ".")
    assert code == 0
    assert f"bound to  127.0.0.1 by {own}; runs: touch {ran}" in said
    assert not ran.exists()
    gate(folder, tmp_path / "home", "run", ".", "--yes", "-q")
    assert ran.exists()
    ran.unlink()
    (folder / "named.toml").write_text(config(reference))
    gate(folder, tmp_path / "no-home", "run", ".", "--yes", "-q", "--sources-config", "named.toml")
    assert ran.exists()


def test_budgets_of_the_measured_repository_only_lower(tmp_path: Path) -> None:
    folder = pilot(tmp_path / "pilot", "env:CANARY", repository=True)
    (folder / "pilot.yaml").write_text(
        (folder / "pilot.yaml").read_text().replace("credential: 'env:CANARY', ", "")
    )
    (folder / "poc-gate.sources.toml").write_text('[budget]\nrate = "500 req/s"\nconnections = 1\n')
    _, said = gate(folder, tmp_path / "home", "plan", ".")
    assert "10/s, 1 connections" in said
