"""The configuration file: defaults under flags, each value with its source, every fault with its line."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from poc_gate.app.gate.config import (
    CONFIG_KEYS,
    all_settings,
    find_config,
    option_defaults,
    read_config,
)
from poc_gate.cli.app import load_command, run
from poc_gate.errors import InvalidInputError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", CONFIG_KEYS)
def test_the_table_names_options_that_the_command_has(command: str) -> None:
    function = load_command(command).function
    assert function is not None
    parameters = {name.rstrip("_").replace("_", "-") for name in inspect.signature(function).parameters}
    assert set(CONFIG_KEYS[command]) <= parameters


def test_the_nearest_file_up_to_the_repository_is_read(folder: Path) -> None:
    (folder / "poc-gate.toml").write_text("[diff]\nformat = 'json'\n")
    inner = folder / "repo" / "pilots"
    inner.mkdir(parents=True)
    assert find_config(inner) == folder / "poc-gate.toml"
    (folder / "repo" / ".git").mkdir()
    assert find_config(inner) is None
    (folder / "repo" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find_config(inner) is None
    (folder / "repo" / "pyproject.toml").write_text("[tool.poc-gate.diff]\nformat = 'json'\n")
    assert find_config(inner) == folder / "repo" / "pyproject.toml"


def test_every_value_tells_where_it_comes_from(folder: Path) -> None:
    (folder / "node.json").write_text("{}")
    (folder / "poc-gate.toml").write_text(
        '[assess]\nmachine = "node.json"\nratchet = true\nfail-on = "high"\n'
    )
    config = read_config(folder / "poc-gate.toml")
    told = {setting.key: (setting.value, setting.source) for setting in config.settings}
    assert told == {
        "machine": ("node.json", "poc-gate.toml:2"),
        "ratchet": (True, "poc-gate.toml:3"),
        "fail-on": ("high", "poc-gate.toml:4"),
    }
    assert option_defaults(config) == {
        "assess": {"machine": "node.json", "ratchet": True, "fail_on": "high"},
        "portfolio": {"run": {"machine": "node.json"}},
    }
    sources = {setting.source for setting in all_settings(config)}
    assert "default" in sources


def test_paths_are_relative_to_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "node.json").write_text("{}")
    (folder / "poc-gate.toml").write_text('[assess]\nmachine = "node.json"\nbaseline = "h100-sxm-80gb"\n')
    (folder / "pilots").mkdir()
    monkeypatch.chdir(folder / "pilots")
    defaults = option_defaults(read_config(folder / "poc-gate.toml"))["assess"]
    assert defaults["machine"] == (folder / "node.json").as_posix()
    assert defaults["baseline"] == "h100-sxm-80gb"


def test_every_fault_is_told_with_its_line(folder: Path) -> None:
    (folder / "poc-gate.toml").write_text(
        "[assess]\nmachines = 'x'\nratchet = 'yes'\nformat = ['json', 1]\n[asses]\nx = 1\n"
    )
    with pytest.raises(InvalidInputError) as caught:
        read_config(folder / "poc-gate.toml")
    told = [(fault.line, fault.what) for fault in caught.value.faults]
    assert told == [
        (2, "unknown key 'machines' in assess"),
        (3, "ratchet must be true or false, not 'yes'"),
        (4, "format must be a text or a list of texts, not ['json', 1]"),
        (5, "unknown section 'asses'"),
    ]
    assert "did you mean 'machine'?" in caught.value.faults[0].next_step


@pytest.mark.parametrize("content", [b"[assess\n", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_what_is_no_toml_is_refused_in_words(folder: Path, content: bytes) -> None:
    (folder / "poc-gate.toml").write_bytes(content)
    with pytest.raises(InvalidInputError):
        read_config(folder / "poc-gate.toml")


def test_flags_win_over_the_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "poc-gate.toml").write_text("[diff]\nformat = ['nonsense']\n")
    (folder / "a.json").write_text("{}")
    assert run(["diff", "a.json", "a.json"]) == 2
    assert "unknown format 'nonsense'" in capfd.readouterr().err
    assert run(["diff", "a.json", "a.json", "--format", "json"]) == 3
    assert "nonsense" not in capfd.readouterr().err


def test_one_text_is_a_list_of_one(folder: Path) -> None:
    (folder / "node.json").write_text("{}")
    (folder / "poc-gate.toml").write_text("[assess]\nformat = 'json'\npack = 'node.json'\n")
    defaults = option_defaults(read_config(folder / "poc-gate.toml"))["assess"]
    assert defaults == {"format_": ["json"], "pack": ["node.json"]}


def test_config_show_lists_values_and_sources(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "pyproject.toml").write_text("[tool.poc-gate.assess]\naccept = 'conditional'\n")
    assert run(["config", "show"]) == 0
    shown = capfd.readouterr().out
    assert 'accept     = "conditional"' in shown
    assert "# pyproject.toml:2" in shown
    assert "# default" in shown


def test_a_broken_file_stops_the_command_with_its_own_code(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "poc-gate.toml").write_text("[assess]\nmachne = 'x'\n")
    assert run(["assess", "."]) == 3
    assert "poc-gate.toml:2:1: unknown key 'machne' in assess" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('accept = "maybe"', "accept cannot be 'maybe'"),
        ('fail-on = "urgent"', "fail-on cannot be 'urgent'"),
        ('stage = "prod"', "stage cannot be 'prod'"),
        ('color = "no"', "color cannot be 'no'"),
        ('effort = "some"', "effort cannot be 'some'"),
    ],
)
def test_a_word_that_an_option_does_not_take_is_told_with_its_line(
    tmp_path: Path, line: str, told: str
) -> None:
    (tmp_path / "poc-gate.toml").write_text(f"[assess]\n{line}\n")
    with pytest.raises(InvalidInputError) as caught:
        read_config(tmp_path / "poc-gate.toml")
    (fault,) = caught.value.faults
    assert (fault.line, fault.what) == (2, told)
    assert fault.next_step


@pytest.mark.parametrize(
    "head", ['[tool."poc-gate".assess]\nstage = "pilot"', '[tool]\npoc-gate.assess.stage = "pilot"']
)
def test_a_table_is_found_however_toml_lets_it_be_written(tmp_path: Path, head: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text(f"{head}\n")
    found = find_config(tmp_path)
    assert found is not None
    assert [setting.value for setting in read_config(found).settings] == ["pilot"]


@pytest.mark.parametrize(
    "key",
    [key for key, kind in CONFIG_KEYS["assess"].items() if kind in ("a path", "a path or a list of paths")],
)
@pytest.mark.parametrize("below", ["", "a/b/"])
def test_a_name_that_no_file_can_have_is_a_fault_of_its_line(tmp_path: Path, key: str, below: str) -> None:
    name = below + "x" * 300
    value = f'["{name}"]' if CONFIG_KEYS["assess"][key] == "a path or a list of paths" else f'"{name}"'
    path = tmp_path / "poc-gate.toml"
    path.write_text(f"[assess]\nquiet = true\n{key} = {value}\n")
    with pytest.raises(InvalidInputError, match=rf":3:\d+: {key} names a file of {len(name)} letters"):
        read_config(path)
