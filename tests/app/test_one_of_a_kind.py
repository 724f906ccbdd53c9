"""A repository with several of a kind: values of one workload, one model, the tables of one pilot; the rest is told."""

from __future__ import annotations

import json
from pathlib import Path

from poc_gate.app.authoring.files_to_import import Findings, show_findings
from poc_gate.app.authoring.init_from import look_through
from poc_gate.app.imports.one_of_a_kind import MOST_TABLES
from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.model.claim import Claim

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: %(name)s}
spec:
  replicas: %(replicas)s
  template:
    spec:
      containers:
      - {name: a, image: "%(image)s", args: [%(args)s], resources: {limits: {memory: %(memory)s%(gpu)s}}}
"""
RUNS = {"operations.readiness_probe", "target.image_pinned", "target.memory_limit"}
GPU = ', "nvidia.com/gpu": 4'
SCALER = """apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {scaleTargetRef: {kind: Deployment, name: serve}, minReplicas: 2, maxReplicas: %s}
"""


def deployment(
    name: str, image: str, *, replicas: int = 1, args: str = "", memory: str = "1Gi", gpu: str = ""
) -> str:
    return DEPLOYMENT % {
        "name": name, "image": image, "replicas": replicas, "args": args, "memory": memory, "gpu": gpu,
    }  # fmt: skip


def put(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_yaml", ".yaml").replace("_json", ".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def stated(findings: Findings) -> dict[str, Claim]:
    return {claim.fact: claim for claim in findings.known.claims}


def test_values_of_the_one_workload_that_serves(tmp_path: Path) -> None:
    put(
        tmp_path,
        a__plugin_yaml=deployment("plugin", "device-plugin:1.0", memory="1Gi"),
        b__serve_yaml=deployment(
            "serve", "vllm/vllm-openai:v0.9", args='"--max-model-len=4096"', memory="64Gi", gpu=GPU
        ),
        b__scale_yaml=SCALER % 6,
    )
    found = look_through(tmp_path, tmp_path / "pilot")
    facts = stated(found)
    assert {claim.place.file for claim in found.known.claims if claim.fact.startswith("target.")} == {
        "b/serve.yaml",
        "b/scale.yaml",
    }
    assert facts["target.memory_limit"].place.file == "b/serve.yaml"
    assert not [notice for notice in found.notices if notice.kind == "question"]


def test_of_several_that_serve_one_is_taken_whole_and_the_others_are_named(tmp_path: Path) -> None:
    put(
        tmp_path,
        a__small_yaml=deployment("small", "vllm/vllm-openai:v0.9", args='"--max-num-seqs=8"'),
        b__serve_yaml=deployment(
            "serve", "vllm/vllm-openai:v0.9", args='"--max-model-len=4096"', gpu=GPU, replicas=2
        ),
        b__scale_yaml=SCALER % 6,
        c__scale_yaml=SCALER % 99,
    )
    found = look_through(tmp_path, tmp_path / "pilot")
    facts = stated(found)
    assert {
        claim.place.file
        for claim in found.known.claims
        if claim.fact not in ("pilot.uses", "model.kind", "operations.infrastructure_as_code")
    } == {
        "the repository",
        "b/serve.yaml",
        "b/scale.yaml",
    }
    assert "model.max_concurrency" not in facts
    lines = "\n".join(show_findings(found))
    assert "2 files could be the workload that serves; the values are those of b/serve.yaml" in lines
    assert "a/small.yaml" in lines


def test_of_several_of_equal_rank_only_what_all_say_is_taken(tmp_path: Path) -> None:
    """A dashboard of somebody else's product beside the pilot's own parts proves nothing of the pilot."""
    probed = "ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}}, resources"
    put(
        tmp_path,
        k8s__board_yaml=deployment("board", "ghcr.io/others/board:1.2", memory="2Gi").replace(
            "resources", "ports: [{containerPort: 80}], resources"
        ),
        k8s__own_yaml=deployment("own", "own:latest").replace("resources", probed),
        k8s__worker_yaml=deployment("worker", "worker:1.0").replace("resources", probed),
        k8s__scale_yaml=SCALER % 6,
    )
    facts = stated(look_through(tmp_path, tmp_path / "pilot"))
    assert str(facts["target.replicas"].value) == "1"
    others = {
        "operations.readiness_probe", "target.image_pinned", "target.memory_limit", "target.replicas_max"
    }  # fmt: skip
    assert not others & facts.keys()


def test_a_secret_in_a_file_that_is_not_taken_is_told_all_the_same(tmp_path: Path) -> None:
    secret = (
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2-and-more}\n"
    )
    put(
        tmp_path,
        a__plugin_yaml=deployment("plugin", "device-plugin:1.0") + secret,
        b__serve_yaml=deployment("serve", "vllm/vllm-openai:v0.9", gpu=GPU),
    )
    found = look_through(tmp_path, tmp_path / "pilot")
    assert [notice.place.file for notice in found.notices if notice.kind == "secret"][:1] == ["a/plugin.yaml"]


def test_of_several_models_in_one_folder_one_is_taken_whole(tmp_path: Path) -> None:
    shape = {"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 64, "num_attention_heads": 4}
    put(tmp_path, models__readme_json="{}")
    (tmp_path / "models" / "a.config.json").write_text(json.dumps(shape))
    (tmp_path / "models" / "b.config.json").write_text(json.dumps({**shape, "max_position_embeddings": 4096}))
    (tmp_path / "models" / "hf_quant_config.json").write_text('{"quantization": {"quant_algo": "FP8"}}')
    found = look_through(tmp_path, tmp_path / "pilot")
    facts = stated(found)
    assert "model.context_length" not in facts
    assert facts["model.precision"].value == "fp8"
    assert any("2 files could be the pilot's model-config" in notice.message for notice in found.notices)


def test_templates_of_a_chart_take_one_line(tmp_path: Path) -> None:
    for number in range(9):
        put(
            tmp_path,
            **{
                f"chart__templates__part{number}_yaml": "kind: Deployment\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n"
            },
        )
    lines = show_findings(look_through(tmp_path, tmp_path / "pilot"))
    assert lines[1] == "  chart/templates/: 9 files not read: unrendered templates"
    assert "helm template" in lines[2]
    assert [line for line in lines[3:] if "pilot" not in line and "trains a model" not in line] == []


def test_files_of_a_kind_take_one_line_where_there_are_many(tmp_path: Path) -> None:
    def lines(count: int) -> list[str]:
        for number in range(count):
            put(tmp_path, **{f"deploy__part{number}_yaml": SCALER % 6})
        return show_findings(look_through(tmp_path, tmp_path / "pilot"))

    assert sum("deploy/part" in line for line in lines(40)) == 40
    many = lines(41)
    assert many[1] == "  deploy/: 41 files, kubernetes, 82 facts"
    assert [line for line in many[2:] if "pilot" not in line and "trains a model" not in line] == []


def test_what_dbt_built_is_found_and_what_it_compiled_is_not(tmp_path: Path) -> None:
    put(
        tmp_path,
        target__manifest_json=manifest(2),
        target__compiled__shop__rules_yaml="groups: [{name: a, rules: [{alert: b, expr: drift > 1}]}]\n",
        java__target__manifest_json="{}",
        java__target__classes__rules_yaml="groups: [{name: a, rules: [{alert: b, expr: drift > 1}]}]\n",
    )
    found = look_through(tmp_path, tmp_path / "pilot")
    assert [file.path for file in found.files] == ["target/manifest.json"]
    assert stated(found)["sources[table0].system"].value == "postgresql"


def test_a_whole_warehouse_is_not_the_inputs_of_a_pilot(tmp_path: Path) -> None:
    put(tmp_path, target__manifest_json=manifest(MOST_TABLES + 1))
    found = look_through(tmp_path, tmp_path / "pilot")
    assert not [fact for fact in stated(found) if fact.startswith("sources[")]
    (asked,) = (one for one in found.notices if one.kind == "question" and "pilot.uses" not in one.next_step)
    assert f"names {MOST_TABLES + 1} tables" in asked.message


def manifest(tables: int) -> str:
    names = [f"table{at}" for at in range(tables)]
    version = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    return json.dumps({
        "metadata": {"dbt_schema_version": version, "adapter_type": "postgres"}, "nodes": {},
        "sources": {f"source.shop.raw.{name}": {"name": name, "schema": "raw"} for name in names},
    })  # fmt: skip


def test_what_works_in_the_background_is_not_the_workload_that_answers(tmp_path: Path) -> None:
    answers = deployment("api", "registry.example/api:3", memory="2Gi").replace("args: []", "ports: [{containerPort: 80}]")  # fmt: skip
    put(tmp_path, a__watcher_yaml=deployment("watcher", "registry.example/base:1"), b__api_yaml=answers)
    found = look_through(tmp_path, tmp_path / "pilot")
    facts = stated(found)
    assert facts["operations.readiness_probe"].value is False
    assert {claim.place.file for claim in found.known.claims if claim.fact in RUNS} == {"b/api.yaml"}
    assert not [notice for notice in found.notices if "workload" in notice.message]


def test_a_workload_that_answers_nobody_lacks_no_readiness_probe(tmp_path: Path) -> None:
    put(tmp_path, a__watcher_yaml=deployment("watcher", "registry.example/base:1"))
    facts = stated(look_through(tmp_path, tmp_path / "pilot"))
    assert "operations.readiness_probe" not in facts
    assert facts["target.image_pinned"].value is True


def test_the_encoder_beside_the_model_that_answers_gives_it_no_layers(tmp_path: Path) -> None:
    encoder = '{"_name_or_path": "sentence-transformers/all-MiniLM-L6-v2", "architectures": ["BertModel"], "model_type": "bert", "num_hidden_layers": 6, "hidden_size": 384, "num_attention_heads": 12}'
    (tmp_path / "app/onnx").mkdir(parents=True)
    (tmp_path / "app/onnx/config.json").write_text(encoder)
    (tmp_path / "app/main.py").write_text(
        "import os\n\nfrom openai import OpenAI\n\nOpenAI(base_url=os.environ['ENGINE'], api_key='x').chat.completions.create(model='Qwen/Qwen3-8B', messages=[])\n"
    )
    facts = {found.claim.fact: found.claim.value for found in inspect_repository(tmp_path).facts}
    assert "model.layers" not in facts
    assert facts["model.name"] == "Qwen/Qwen3-8B"
