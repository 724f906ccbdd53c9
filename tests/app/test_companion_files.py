"""The quantisation that stands beside `config.json`: read along, and it wins where the two differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.authoring.init_from import look_through
from poc_gate.app.imports.import_files import ImportedFiles, import_files
from poc_gate.app.imports.show_import import view_import
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.model.claim import Claim

CONFIG = """{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "num_hidden_layers": 2, "hidden_size": 64,
"num_attention_heads": 4, "torch_dtype": "bfloat16"%s}"""
BESIDE = '{"producer": {"name": "modelopt"}, "quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8"}}'
QUANTISED = ', "quantization_config": {"quant_method": "modelopt", "quant_algo": "NVFP4", "group_size": 16}'


def read(folder: Path) -> ImportedFiles:
    manifest = folder / "pilot.yaml"
    manifest.write_text("apiVersion: poc-gate/v1\npilot: {name: a}\nmodel: {config: model/config.json}\n")
    reading = read_manifest(manifest.read_bytes(), manifest.as_posix())
    return import_files(reading.imports, reading.evidence, folder, items=reading.items)


def stated(files: ImportedFiles, fact: str) -> Claim:
    (found,) = (claim for claim in files.claims if claim.fact == fact)
    return found


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text(CONFIG % "")
    (folder / "hf_quant_config.json").write_text(BESIDE)
    return folder


def test_weights_are_as_the_file_beside_says_whatever_dtype_says(model: Path) -> None:
    files = read(model.parent)
    precision = stated(files, "model.precision")
    assert precision.value == "nvfp4"
    assert precision.place.file == (model / "hf_quant_config.json").as_posix()
    assert (
        precision.sha256
        == files.inputs[precision.place.file]
        != files.inputs[(model / "config.json").as_posix()]
    )
    assert stated(files, "model.weight_bits").place.file == precision.place.file
    assert stated(files, "model.layers").place.file == (model / "config.json").as_posix()


def test_where_both_agree_the_configuration_keeps_its_word(model: Path) -> None:
    (model / "config.json").write_text(CONFIG % QUANTISED)
    files = read(model.parent)
    assert stated(files, "model.precision").place.file == (model / "config.json").as_posix()
    assert stated(files, "model.kv_bits").place.file == (model / "hf_quant_config.json").as_posix()


@pytest.mark.parametrize("content", ["", "{", '{"quantization": 1}'])
def test_a_broken_file_beside_says_nothing(model: Path, content: str) -> None:
    (model / "hf_quant_config.json").write_text(content)
    assert stated(read(model.parent), "model.precision").value == "bf16"


def test_a_link_that_leads_out_of_the_folder_is_not_read(
    model: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "hf_quant_config.json"
    outside.write_text(BESIDE)
    (model / "hf_quant_config.json").unlink()
    (model / "hf_quant_config.json").symlink_to(outside)
    assert stated(read(model.parent), "model.precision").value == "bf16"


def test_a_new_manifest_takes_the_same_word(model: Path) -> None:
    known = look_through(model.parent, model.parent / "pilot").known
    assert [claim.value for claim in known.claims if claim.fact == "model.precision"] == ["nvfp4"]


def test_a_single_file_is_shown_alone_and_names_the_other(model: Path) -> None:
    view = view_import(model / "config.json")
    assert [claim.value for claim in view.claims if claim.fact == "model.precision"] == ["bf16"]
    assert any("hf_quant_config.json" in notice.message for notice in view.notices)
    assert not any(
        "hf_quant_config.json" in notice.message
        for notice in view_import(model / "hf_quant_config.json").notices
    )
