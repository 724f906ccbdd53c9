"""`poc-gate import`: canonical JSON with the truths, questions, and no secret; text that cannot drive a terminal."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from forked_command import run_command

FILES = Path(__file__).parents[1] / "inputs" / "artifacts" / "files"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(["import", *arguments])


@pytest.mark.parametrize(
    ("file", "size"),
    [
        ("qwen2.5-7b-instruct.config.json", 57_344),
        ("qwen3-8b.config.json", 147_456),
        ("granite-3b-code-instruct-128k.config.json", 327_680),
    ],
)
def test_the_cache_of_a_published_model(file: str, size: int) -> None:
    done = run(str(FILES / "hf" / file), "--format", "json")
    data = json.loads(done.stdout)
    assert (done.returncode, data["kv_bytes_per_token"], data["schema"]) == (0, size, "poc-gate.import/1")
    derived = {fact["name"]: fact["value"] for fact in data["derived"]}
    assert derived["flow.kv.bytes_per_token"] == size
    facts = {fact["name"]: fact for fact in data["facts"]}
    assert facts["model.layers"]["line"] > 0
    assert facts["model.layers"]["pointer"] == "/num_hidden_layers"
    assert facts["model.layers"]["sha256"] == data["sha256"]


def test_the_weights_of_a_published_model() -> None:
    data = json.loads(
        run(
            str(FILES / "hf" / "granite-3b-code-instruct-128k.model.safetensors.index.json"),
            "--format",
            "json",
        ).stdout
    )
    assert {fact["name"]: fact["value"] for fact in data["facts"]}["model.weight_bytes"] == 6_965_007_360


def test_a_shape_that_cannot_be_sized(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(
        '{"model_type": "t5", "is_encoder_decoder": true, "num_layers": 12, "d_model": 768, "num_heads": 12}'
    )
    data = json.loads(run(str(path), "--format", "json").stdout)
    assert data["kv_bytes_per_token"] is None
    assert [
        notice
        for notice in data["notices"]
        if notice["kind"] == "question" and "cannot size" in notice["message"]
    ]


def test_text_for_a_terminal_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "a.odcs.yaml"
    path.write_text('kind: DataContract\nversion: "1\\e[31m"\nowner: "\\u202eevil"\n')
    done = run(str(path))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_faults_are_named_and_kinds_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("nothing\n")
    done = run(str(path))
    assert (done.returncode, done.stdout) == (3, "")
    assert "not recognised" in done.stderr
    assert run(str(tmp_path / "gone")).returncode == 2
    assert "huggingface-config" in run("--kinds").stdout
