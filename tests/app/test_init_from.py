"""A repository -> a manifest that reads back, with the origin of each value, and nothing from outside."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from forked_command import run_command

from poc_gate.app.authoring.files_to_import import show_findings
from poc_gate.app.authoring.init import NewManifest
from poc_gate.app.authoring.init_from import look_through
from poc_gate.app.imports.import_files import import_files
from poc_gate.errors import UsageError
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.model.claim import Provenance

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = Path(__file__).parents[1] / "inputs" / "artifacts" / "files"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "shop-copilot"
    for source, target in {
        "odcs/bitol-full-example.odcs.yaml": "contracts/payments.odcs.yaml",
        "odcs/bitol-kafka-server.odcs.yaml": "contracts/events.odcs.yaml",
        "hf/qwen3-8b.config.json": "model/config.json",
        "k8s/kubernetes-examples-vllm-deployment.yaml": "deploy/vllm.yaml",
        "openslo/openslo-low-traffic-timeslices.yaml": "slo/availability.openslo.yaml",
        "odcs/bitol-database-table-sla.odcs.yaml": "node_modules/x/other.odcs.yaml",
    }.items():
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FILES / source, root / target)
    (root / "records").mkdir()
    (root / "records" / "rollback.yaml").write_text("rollback: {took: 12 min, tested_on: 2026-10-20}\n")
    (root / "records" / "runbook.md").write_text("# Runbook\n")
    (root / "CODEOWNERS").write_text("# owners\n* @shop/platform\n")
    (root / "src").mkdir()
    (root / "src" / "settings.yaml").write_text("debug: true\n")
    return root


def written(repository: Path) -> str:
    known = look_through(repository, repository).known
    new = NewManifest(repository, known=known)
    new.save()
    return new.target.read_text()


def test_the_manifest_reads_back_with_every_value_and_its_origin(repository: Path) -> None:
    text = written(repository)
    reading = read_manifest(text.encode(), "pilot.yaml")
    values = {claim.fact: str(claim.value) for claim in reading.claims}
    expected = {
        "pilot.name": "shop-copilot", "pilot.uses": "('llm',)", "model.config": "model/config.json", "model.artifact": "model",
        "model.engine": "vllm", "model.hosting": "self", "target.count": "1", "target.kubernetes": "deploy/vllm.yaml",
        "sources[payments].contract": "contracts/payments.odcs.yaml", "sources[payments].system": "postgresql",
        "sources[payments].refresh": "1 d", "sources[events].interface": "kafka", "slo.availability": "1",
        "operations.rollback": "12 min", "operations.runbook": "records/runbook.md",
    }  # fmt: skip
    assert {fact: values.get(fact) for fact in expected} == expected
    assert "@shop" not in text, "a reviewer's handle is no role"
    assert reading.items["sources"] == ("events", "payments")
    line = next(line for line in text.splitlines() if "system: postgresql" in line)
    assert "from contracts/payments.odcs.yaml:29" in line
    assert "node_modules" not in text


def test_files_that_no_key_names_stand_under_imports_so_that_their_values_count_as_shown(
    repository: Path,
) -> None:
    (repository / "requirements.txt").write_text("fastapi==0.115.0\n")
    text = written(repository)
    reading = read_manifest(text.encode(), "pilot.yaml")
    further = {one.path for one in reading.imports if one.fact == "imports"}
    assert {"requirements.txt", "records/rollback.yaml"} <= further
    assert "deploy/vllm.yaml" not in further, "a key names it already"
    found = import_files(reading.imports, (), repository, items=reading.items)
    shown = {claim.fact for claim in found.claims if claim.provenance is Provenance.IMPORTED}
    assert "operations.rollback" in shown


def test_the_repositorys_own_interface_is_no_source(repository: Path) -> None:
    api = '{"openapi": "3.0.3", "info": {"title": "Orders", "version": "2"}, "paths": {}, "servers": [{"url": "https://a.example.com"}]}'
    (repository / "openapi.json").write_text(api)
    findings = look_through(repository, repository)
    assert not any("openapi" in claim.fact for claim in findings.known.claims)
    (file,) = (file for file in findings.files if file.path == "openapi.json")
    assert "a description of an interface" in file.fault


def test_what_was_inferred_is_a_comment_to_confirm(repository: Path) -> None:
    (repository / "compose.yaml").write_text(
        "services:\n  cache:\n    image: redis:7\n  app:\n    build: .\n    depends_on: [cache]\n"
    )
    text = written(repository)
    assert "# - id: redis" in text
    assert "inferred, remove the # to confirm" in text
    confirmed = text.replace("  # - id: redis", "  - id: redis")
    assert "redis" in read_manifest(confirmed.encode(), "pilot.yaml").items["sources"]


def test_a_repository_beside_the_pilot_is_told_to_count_as_typed(repository: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "poc_gate", "init", str(tmp_path / "beside"), "--from", str(repository), "--defaults"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "their values count as typed" in done.stderr
    assert "imports:" not in (tmp_path / "beside" / "pilot.yaml").read_text()


def test_what_was_found_is_shown_with_questions(repository: Path) -> None:
    shown = "\n".join(show_findings(look_through(repository, repository)))
    assert "contracts/payments.odcs.yaml: odcs" in shown
    assert "settings.yaml" not in shown
    assert "of them are of kinds poc-gate reads" in shown


def test_files_outside_the_manifests_folder_give_values_but_are_not_named(
    repository: Path, tmp_path: Path
) -> None:
    home = tmp_path / "elsewhere"
    facts = {claim.fact for claim in look_through(repository, home).known.claims}
    assert "model.layers" in facts
    assert not facts & {
        "model.config",
        "sources[payments].contract",
        "target.kubernetes",
        "operations.runbook",
    }


def test_what_a_model_card_intends_is_not_what_the_pilot_intends(repository: Path) -> None:
    card = "---\nlicense: mit\n---\n# Model\n\n## Intended use\nAnything that a text model can be used for, and more.\n"
    (repository / "model" / "README.md").write_text(card)
    facts = {claim.fact: claim.value for claim in look_through(repository, repository).known.claims}
    assert facts["evaluation.model_card"] == "model/README.md"
    assert "purpose.intended_use" not in facts


def test_links_are_not_followed(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.odcs.yaml").write_text("kind: DataContract\nversion: 9\n")
    (repository / "contracts" / "linked.odcs.yaml").symlink_to(tmp_path / "secret.odcs.yaml")
    (repository / "loop").symlink_to(repository)
    findings = look_through(repository, repository)
    assert "sources[linked].contract" not in {claim.fact for claim in findings.known.claims}
    assert findings.complete


def test_a_broken_file_is_shown_and_the_rest_is_read(repository: Path) -> None:
    (repository / "contracts" / "broken.odcs.yaml").write_text("kind: [\n")
    findings = look_through(repository, repository)
    assert [file for file in findings.files if file.path.endswith("broken.odcs.yaml") and file.fault]
    assert "model.layers" in {claim.fact for claim in findings.known.claims}


def test_no_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        look_through(tmp_path / "gone", tmp_path)


@pytest.mark.parametrize(
    "example", sorted(path.name for path in EXAMPLES.iterdir() if (path / "pilot.yaml").exists())
)
def test_the_command_fills_a_manifest_for_each_example(example: str, tmp_path: Path) -> None:
    root = tmp_path / example
    shutil.copytree(EXAMPLES / example, root, ignore=shutil.ignore_patterns("pilot.yaml"))
    done = run_command(["init", str(root), "--from", str(root), "--defaults"])
    assert done.returncode == 0, done.stderr
    assert "of kinds poc-gate reads" in done.stderr
    assert read_manifest((root / "pilot.yaml").read_bytes(), "pilot.yaml").imports


def test_a_second_model_is_named_and_not_mixed_in(repository: Path) -> None:
    other = repository / "models" / "reranker"
    other.mkdir(parents=True)
    (other / "config.json").write_text(
        '{"model_type": "llama", "_name_or_path": "org/other", "num_hidden_layers": 2, "hidden_size": 64, "num_attention_heads": 4}'
    )
    findings = look_through(repository, repository / "pilot")
    stated = {claim.fact: claim for claim in findings.known.claims}
    assert stated["model.layers"].place.file == "model/config.json"
    assert "model.name" not in stated or stated["model.name"].place.file != "models/reranker/config.json"
    lines = "\n".join(show_findings(findings))
    assert "2 files could be the pilot's model-config; the values are those of model/config.json" in lines
    assert "models/reranker/config.json" in lines


def test_parts_of_a_split_weight_file_are_passed_over(repository: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 4998663696\n" % ("a" * 64)
    for part in range(1, 60):
        (repository / "model" / f"model-{part:05}-of-00059.safetensors").write_text(pointer)
    (repository / "model" / "adapter.safetensors").write_text(pointer)
    lines = show_findings(look_through(repository, repository / "pilot"))
    assert not any("-of-00059" in line for line in lines)
    (told,) = (line for line in lines if "adapter.safetensors" in line)
    assert "Git LFS pointer; the file of 4,998,663,696 bytes" in told


def test_a_limit_that_code_gives_a_call_is_written_as_a_stage(tmp_path: Path) -> None:
    root = tmp_path / "desk"
    (root / "app").mkdir(parents=True)
    (root / "requirements.txt").write_text("openai==1.55.0\n")
    (root / "app" / "answer.py").write_text(
        "from openai import OpenAI\n\n\ndef answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[q], timeout=60)\n"
    )
    values = {
        claim.fact: str(claim.value) for claim in read_manifest(written(root).encode(), "pilot.yaml").claims
    }
    assert values["path.stages[model].timeout"] == "1 min"
    assert values["path.stages[model].id"] == "model"
