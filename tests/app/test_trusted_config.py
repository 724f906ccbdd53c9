"""A configuration file of the judged repository weakens no gate and writes nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from forked_command import run_command

from poc_gate.app.gate.config import CONFIG_KEYS, read_config
from poc_gate.app.gate.trusted_config import FREE, trusted_config
from poc_gate.errors import InvalidInputError

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def git(root: Path, *words: str) -> None:
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=t", "-c", "user.email=t@localhost")
    subprocess.run(["git", *who, "-C", str(root), *words], check=True, env=quiet, capture_output=True)


@pytest.fixture(scope="module")
def one_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of one commit, to be copied."""
    folder = tmp_path_factory.mktemp("one-commit") / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "readme").write_text("a")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return folder


@pytest.fixture
def root(tmp_path: Path, one_commit: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shutil.copytree(one_commit, tmp_path / "repo", symlinks=True)
    monkeypatch.chdir(folder)
    return folder


def change(root: Path, before: str | None, now: str) -> Path:
    """Return the configuration that a branch changes."""
    file = root / "poc-gate.toml"
    if before is not None:
        file.write_text(f"[assess]\n{before}\n")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "configured")
    git(root, "checkout", "-qb", "change")
    file.write_text(f"[assess]\n{now}\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "changed", "--allow-empty")
    return file


def settled(file: Path, *typed: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what takes effect of it, and what is said."""
    found = trusted_config(read_config(file), typed)
    return {one.key: one.value for one in found.config.settings}, found.notes


@pytest.mark.parametrize(
    ("before", "now", "effect"),
    [
        (None, 'only = ["I01"]', {}),
        (None, 'accept = "conditional"', {}),
        ('accept = "conditional"', 'accept = "conditional"', {"accept": "conditional"}),
        ('accept = "go"', 'accept = "conditional"', {}),
        ('only = ["I01"]', 'only = ["I01", "I02"]', {}),
        ("ratchet = true", "ratchet = false", {"ratchet": True}),
        ("ratchet = true", "quiet = true", {"quiet": True, "ratchet": True}),
        ("ratchet = false", "ratchet = true", {"ratchet": True}),
        ('base-ref = "main"', 'base-ref = "HEAD"', {"base-ref": "main"}),
        ('base-ref = "main"', 'baseline = "own.json"', {"base-ref": "main"}),
        ('baseline = "main.json"', 'base-ref = "HEAD"', {"baseline": "main.json"}),
        (None, 'baseline = "own.json"', {"baseline": "own.json"}),
        ('pack = ["rag"]', "pack = []", {"pack": ["rag"]}),
        ('pack = ["rag"]', 'pack = ["agent"]', {"pack": ["agent", "rag"]}),
        ('pack = ["rag"]', "quiet = true", {"quiet": True, "pack": ["rag"]}),
        (None, 'pack = ["rag"]', {"pack": ["rag"]}),
        ('stage = "production"', 'stage = "pilot"', {"stage": "production"}),
        ('stage = "pilot"', 'stage = "production"', {"stage": "production"}),
        (None, 'stage = "pilot"', {"stage": "pilot"}),
        ('fail-on = "low"', 'fail-on = "blocker"', {"fail-on": "low"}),
        ('fail-on = "blocker"', 'fail-on = "low"', {"fail-on": "low"}),
        (None, 'fail-on = "high"', {"fail-on": "high"}),
        (None, 'machine = "l4-24gb"', {"machine": "l4-24gb"}),
    ],
)
def test_only_what_the_base_has_or_what_demands_more_takes_effect(
    root: Path, before: str | None, now: str, effect: dict[str, object]
) -> None:
    file = change(root, before, now)
    for typed in ((), ("--base-ref", "main"), ("--base-ref=main",)):
        found, notes = settled(file, *typed)
        assert found == effect, typed
        assert bool(notes) == (effect != tomllib.loads(now)), typed


def test_a_setting_that_nobody_classed_could_let_more_through() -> None:
    assert set(FREE) == set(CONFIG_KEYS)
    assert {"only", "accept", "ratchet", "baseline", "base-ref", "fail-on"} <= set(
        CONFIG_KEYS["assess"]
    ) - FREE["assess"]


@pytest.mark.parametrize("folder", ["no repository", "another default branch", "no commit"])
def test_without_a_version_to_start_from_nothing_is_weakened(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if folder != "no repository":
        git(tmp_path, "init", "-q", "-b", "main" if folder == "no commit" else "trunk")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poc-gate.toml").write_text(
        '[assess]\naccept = "conditional"\nonly = ["I01"]\nfail-on = "high"\n'
    )
    found = trusted_config(read_config(tmp_path / "poc-gate.toml"), ())
    assert [one.key for one in found.config.settings] == ["fail-on"]
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    "line",
    [
        'format = ["markdown=../victim"]',
        'format = ["json=/tmp/poc-gate-victim"]',
        'format = ["terminal", "html=deep/../../victim"]',
        'format = ["html=link/victim"]',
        'format = ["html=file-link"]',
        'storage = "../elsewhere"',
        'storage = "link"',
        'machine = "../../machine.json"',
        'sources = "/etc/passwd"',
        'waivers = "link/waivers.yaml"',
        'baseline = "../x.json"',
        'pack = ["../packs"]',
    ],
)
@pytest.mark.parametrize("section", ["assess", "report"])
def test_no_place_outside_of_the_folder(root: Path, line: str, section: str) -> None:
    if section == "report" and not line.startswith("format"):
        line = 'baseline = "../x.json"'
    (root / "link").symlink_to(root.parent)
    (root / "file-link").symlink_to(root.parent / "victim")
    (root / "poc-gate.toml").write_text(f"# a comment\n[{section}]\n{line}\n")
    with pytest.raises(InvalidInputError, match="outside of the configuration's own folder") as told:
        trusted_config(read_config(root / "poc-gate.toml"), ())
    assert (told.value.faults[0].file, told.value.faults[0].line) == ("poc-gate.toml", 3)
    assert not (root.parent / "victim").exists()


def gate(root: Path, *arguments: str) -> int:
    return run_command(["assess", *arguments, "-q"], cwd=root).returncode


@pytest.mark.parametrize(
    "brought", ['only = ["I01"]', 'accept = "conditional"', 'baseline = "own.json"', "ratchet = false"]
)
def test_a_change_cannot_wave_itself_through(root: Path, brought: str) -> None:
    """Whatever it brings, a pilot that does not pass without it does not pass with it."""
    git(root, "checkout", "-qb", "change")
    shutil.copytree(EXAMPLES / "claims-copilot", root / "new")
    arguments = ("new", "--machine", "l4-24gb", "--base-ref", "main", "--ratchet", "--accept", "conditional")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a pilot")
    without = gate(root, *arguments)
    (root / "poc-gate.toml").write_text(f"[assess]\n{brought}\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "its own configuration")
    assert gate(root, *arguments) == without != 0


def test_a_selection_never_passes(root: Path) -> None:
    shutil.copytree(EXAMPLES / "support-assistant", root / "new")
    machine = ("new", "--machine", "new/machine.json", "--only", "I01")
    assert gate(root, *machine) == 10
    assert gate(root, *machine, "--accept", "conditional") == 10


LAXER = {
    "only": ('["I01", "I02"]', '["I01"]'), "accept": ('"go"', '"conditional"'), "ratchet": ("true", "false"),
    "base-ref": ('"main"', '"HEAD"'), "baseline": ('"main.json"', '"own.json"'), "fail-on": ('"low"', '"blocker"'),
    "stage": ('"production"', '"pilot"'), "pack": ('["rag"]', "[]"), "advisory-until": ('"2026-12-01"', '"2027-12-01"'),
    "repository": ('"."', '"sub"'), "rule-pages": ('"https://rules.example.org"', '"https://evil.example"'),
}  # fmt: skip
"""Setting -> the value that the base has, and one that asks for less."""
LAYOUT = frozenset({"format", "quiet", "color", "effort", "storage"})
NAMED = frozenset({"machine", "sources", "waivers"})
"""Files whose contents are judged and shown: what stands in them is a statement like the manifest's own."""


def test_every_setting_is_tried_here_a_new_one_too() -> None:
    assert set(CONFIG_KEYS["assess"]) == LAXER.keys() | LAYOUT | NAMED
    assert FREE["assess"] == LAYOUT | NAMED


@pytest.mark.parametrize("key", LAXER)
def test_no_setting_asks_for_less_than_the_base(root: Path, key: str) -> None:
    before, now = LAXER[key]
    file = change(root, f"{key} = {before}", f"{key} = {now}")
    for typed in ((), ("--base-ref", "main")):
        found, notes = settled(file, *typed)
        assert found.get(key) in (None, tomllib.loads(f"a = {before}")["a"]), typed
        assert notes, typed


@pytest.mark.parametrize(
    "key", sorted({"only", "accept", "advisory-until", "repository", "rule-pages", "future"})
)
def test_what_could_let_more_through_is_denied_where_the_base_is_silent(
    root: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CONFIG_KEYS["assess"], "future", "a text")  # type: ignore[arg-type]
    now = LAXER.get(key, ("", '"yes"'))[1]
    found, notes = settled(change(root, None, f"{key} = {now}"))
    assert found == {}
    assert notes


@pytest.mark.parametrize("table", ["poc-gate.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    "word",
    ["cmd", "command", "exec", "credentials", "tls", "sources-config", "env", "hook", "plugin", "include"],
)
def test_no_key_runs_a_command_or_binds_a_secret(tmp_path: Path, table: str, word: str) -> None:
    head = "assess" if table == "poc-gate.toml" else "tool.poc-gate.assess"
    (tmp_path / table).write_text(f'[{head}]\n{word} = "touch ran"\n')
    with pytest.raises(InvalidInputError, match=f"unknown key '{word}'"):
        read_config(tmp_path / table)
