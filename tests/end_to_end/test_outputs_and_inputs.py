"""An output never takes the place of what was read."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from running_the_gate import EXAMPLES, TODAY, Gate


@pytest.mark.parametrize("how", ["plain", "link", "hard link", "dotted"])
@pytest.mark.parametrize("victim", ["pilot.yaml", "machine.json", "records/data.yaml", "poc-gate.toml"])
def test_an_input_is_not_written_over(gate: Gate, victim: str, how: str) -> None:
    pilot = gate.folder / "pilot"
    shutil.copytree(EXAMPLES / "support-assistant", pilot)
    (gate.folder / "poc-gate.toml").write_text("[assess]\nquiet = true\n")
    file = gate.folder / victim if victim == "poc-gate.toml" else pilot / victim
    before = file.read_bytes()
    target = {"plain": file, "dotted": file.parent / "x" / ".." / file.name}.get(how, gate.folder / "other")
    (file.parent / "x").mkdir(exist_ok=True)
    if how == "link":
        target.symlink_to(file)
    elif how == "hard link":
        os.link(file, target)
    arguments = ("assess", "pilot", "--machine", "pilot/machine.json", "--on", TODAY)
    for asked in (("--format", f"json={target}"), ("--bundle", str(target))):
        done = gate(*arguments, *asked)
        assert done.code == 2
        # A profile could be replaced by another of ours; the other files are not ours anyhow.
        assert (
            "is an input of this assessment" if victim == "machine.json" else "poc-gate did not write it"
        ) in done.err
        assert file.read_bytes() == before


def test_a_result_is_not_rendered_over_itself(gate: Gate) -> None:
    made = gate(
        "assess",
        str(EXAMPLES / "fraud-scoring"),
        "--machine",
        "l4-24gb",
        "--on",
        TODAY,
        "--format",
        "json=out.json",
    )
    assert made.code in {0, 10, 11, 12}
    before = (gate.folder / "out.json").read_bytes()
    assert gate("report", "out.json", "--format", "html=out.json").code == 2
    assert (gate.folder / "out.json").read_bytes() == before


@pytest.mark.parametrize("second", ["./out", "again/out", "linked"])
def test_one_file_by_two_paths_takes_one_report(gate: Gate, second: str) -> None:
    (gate.folder / "again").symlink_to(".")
    (gate.folder / "linked").symlink_to("out")
    done = gate(
        "assess", str(EXAMPLES / "fraud-scoring"), "--machine", "l4-24gb", "--on", TODAY, "--format", "json=out", "--format", f"html={second}"
    )  # fmt: skip
    assert done.code == 2
    assert "two reports for" in done.err
    assert not (gate.folder / "out").exists()


def test_a_device_takes_any_number_of_reports(gate: Gate) -> None:
    done = gate(
        "assess", str(EXAMPLES / "fraud-scoring"), "--machine", "l4-24gb", "--on", TODAY, "--format", f"json={os.devnull}", "--format",
        f"html={os.devnull}",
    )  # fmt: skip
    assert done.code in {0, 10, 11, 12}


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (("assess", "."), "html"),
        (("report", "result.json"), "html"),
        (("what-if", ".", "target.replicas=4"), "html"),
        (("fleet", "show", "."), "html"),
        (("portfolio", "show", "."), "html"),
        (("diff", "a.json", "b.json"), ""),
        (("portfolio", "capacity", "."), ""),
        (("history", "export", "."), ""),
        (("schema", "facts"), ""),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_every_command_names_an_unknown_format_alike(
    gate: Gate, words: tuple[str, ...], nearest: str
) -> None:
    done = gate(*words, "--format", "htlm")
    assert done.code == 2
    first, step = done.err.strip().split("\n")
    assert first == "poc-gate: unknown format 'htlm'"
    hint = f"did you mean {nearest}? " if nearest else ""
    assert re.fullmatch(rf"    -> {re.escape(hint)}write \w+(, [\w-]+)*( or \w+)?", step)


@pytest.mark.parametrize(
    "words",
    [
        ("assess", "."),
        ("what-if", ".", "target.replicas=4"),
        ("fleet", "show", "."),
        ("portfolio", "show", "."),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("other", ["terminal", "html"])
def test_no_command_writes_two_forms_to_one_place(gate: Gate, words: tuple[str, ...], other: str) -> None:
    done = gate(*words, "--format", "html=out", "--format", f"{other}=./out")
    assert done.code == 2
    assert done.err.startswith("poc-gate: two reports for ./out, out\n")
    assert gate(*words, "--format", "terminal", "--format", "html").err == (
        "poc-gate: two reports for stdout\n    -> write --format NAME=FILE for all but one\n"
    )
    assert not (gate.folder / "out").exists()
