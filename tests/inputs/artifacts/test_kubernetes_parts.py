"""Kubernetes manifests: parts of accelerators, names by whole words, options in scripts and variables, scaling defaults."""

from __future__ import annotations

from textwrap import dedent

import pytest
from stated_facts import claim, messages, read_text, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.serving.accelerator_names import device_name
from poc_gate.model.parts.device_part import is_part_of_device


def pod(container: str, more: str = "", image: str = "vllm/vllm-openai:v0.11.0") -> ImportResult:
    """Return what a Deployment says whose one container has the given lines."""
    return read_text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: srv}\n"
        f'spec: {{template: {{spec: {{{more}containers: [{{name: a, image: "{image}", {container}}}]}}}}}}\n',
        "a.yaml",
    )


@pytest.mark.parametrize(
    ("limits", "count", "memory"),
    [
        ("nvidia.com/gpu: 2", 2, None),
        ("nvidia.com/gpu: 1, nvidia.com/gpumem: 3000, nvidia.com/gpucores: 30", 1, 3000 * 2**20),
        ("nvidia.com/gpumem: 3000", None, 3000 * 2**20),
        ("nvidia.com/mig-1g.10gb: 1", 1, 10e9),
        ("nvidia.com/mig-3g.40gb: 2", 2, 40e9),
        ("nvidia.com/gpu.shared: 1", 1, None),
        ("nvidia.com/GRID_T4-2Q: 1", 1, 2 * 2**30),
        ("gpu.intel.com/i915: 1, gpu.intel.com/millicores: 500", 1, None),
        ("gpu.intel.com/millicores: 500", None, None),
        ('gpu.intel.com/memory.max: "4Gi", gpu.intel.com/xe: 1', 1, 4 * 2**30),
        ("amd.com/gpu: 4", 4, None),
        ("nvidia.com/hostdev: 3", None, None),
    ],
)
def test_parts_of_accelerators_are_counted_as_what_they_are(
    limits: str, count: float | None, memory: float | None
) -> None:
    result = pod(f"resources: {{limits: {{{limits}}}}}")
    assert value(result, "target.count") == count
    assert value(result, "target.device_memory") == memory


@pytest.mark.parametrize(
    "limits",
    ["nvidia.com/mig-1g.10gb: 1", "nvidia.com/gpu.shared: 1", "nvidia.com/gpu: 1, nvidia.com/gpumem: 300"],
)
def test_a_part_of_an_accelerator_is_never_named_as_a_whole_one(limits: str) -> None:
    selector = "nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}, "
    result = pod(f"resources: {{limits: {{{limits}}}}}", selector)
    assert str(value(result, "target.device")).startswith("h100-sxm-80gb slice: ")


def test_a_share_without_a_word_on_its_memory_is_a_question() -> None:
    assert any(
        "share" in text
        for text in messages(pod("resources: {limits: {nvidia.com/gpu.shared: 1}}"), "question")
    )


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("NVIDIA-GH200-480GB", "gh200-96gb"), ("NVIDIA-GH200-144G-HBM3e", "gh200-144gb"), ("nvidia-gb200", "gb200-186gb"),
        ("NVIDIA-GB300", "gb300-288gb"), ("nvidia-b200", "b200-sxm-180gb"), ("NVIDIA-H200", "h200-sxm-141gb"),
        ("NVIDIA-L40S", "l40s-48gb"), ("nvidia-l4", "l4-24gb"), ("NVIDIA-A10", "a10-24gb"), ("a10g", "a10g-24gb"),
        ("nvidia-tesla-t4", "t4-16gb"), ("NVIDIA-A100-PCIE-40GB", "a100-pcie-40gb"), ("AMD_Instinct_MI300X_OAM", "mi300x-192gb"),
        ("NVIDIA-H100-80GB-HBM3-MIG-1g.10gb", "NVIDIA-H100-80GB-HBM3-MIG-1g.10gb"),
        ("NVIDIA-A100-SXM4-80GB-SHARED", "NVIDIA-A100-SXM4-80GB-SHARED"), ("NVIDIA-A10-12Q", "NVIDIA-A10-12Q"),
    ],
)  # fmt: skip
def test_products_are_named_by_whole_words(label: str, name: str) -> None:
    assert device_name(label) == name


SCRIPTS = {
    "comment": 'command: [bash, -c], args: ["vllm serve org/m --max-model-len 4096\\n# --max-num-seqs 9\\n"]',
    "comment behind": 'command: [bash, -c, "vllm serve org/m --max-model-len 4096 # --max-num-seqs 9"]',
    "echo": "command: [bash, -c, \"echo 'try --max-num-seqs 9'; vllm serve org/m --max-model-len 4096\"]",
    "other program": 'command: [bash, -c, "python fetch.py --max-num-seqs 9 && vllm serve org/m --max-model-len 4096"]',
}


@pytest.mark.parametrize(
    ("image", "options", "enforced"),
    [
        ("vllm/vllm-openai:v0.11.0", "--max-model-len, '4096', --max-num-seqs, '8'", True),
        ("lmsysorg/sglang:v0.5.3", "--context-length, '4096', --max-running-requests, '8'", True),
        (
            "ghcr.io/huggingface/text-generation-inference:3.3",
            "--max-total-tokens, '4096', --max-concurrent-requests, '8'",
            True,
        ),
        ("ghcr.io/ggml-org/llama.cpp:server", "--ctx-size, '32768', --parallel, '8'", None),
    ],
)
def test_engines_that_refuse_longer_prompts_enforce_the_context(image, options, enforced):
    result = pod(f"args: [{options}]", image=image)
    assert (value(result, "model.max_context"), value(result, "model.max_concurrency")) == (4096, 8)
    assert value(result, "model.context_enforced") is enforced


@pytest.mark.parametrize("name", SCRIPTS)
def test_only_options_that_the_server_gets_count(name: str) -> None:
    result = pod(SCRIPTS[name])
    assert value(result, "model.max_context") == 4096
    assert value(result, "model.max_concurrency") is None
    assert value(result, "model.context_enforced") is None


@pytest.mark.parametrize(
    "container",
    [
        'command: [bash, -c, "vllm serve org/m --max-num-seqs \\\\\\n 9"]',
        "command: [bash, -c, \"OPTS='--max-num-seqs 9'; exec vllm serve org/m $OPTS\"]",
        "env: [{name: N, value: '9'}], args: [--max-num-seqs=$(N)]",
        "env: [{name: VLLM_ADDITIONAL_ARGS, value: '--max-num-seqs=9'}]",
        "command: [bash, -c, \"sh -c 'vllm serve org/m --max-num-seqs 9'\"]",
    ],
)
def test_options_are_read_through_lines_variables_and_shells(container: str) -> None:
    assert value(pod(container), "model.max_concurrency") == 9


def test_a_variable_of_options_keeps_its_place() -> None:
    found = claim(
        pod("env: [{name: EXTRA_ARGS, value: '--tensor-parallel-size=8'}]"), "model.tensor_parallel"
    )
    assert found is not None
    assert found.place.pointer.endswith("/env/0/value")


def test_facts_of_a_predictor_point_at_its_own_block() -> None:
    result = read_text(
        """
        apiVersion: serving.kserve.io/v1beta1
        kind: InferenceService
        metadata: {name: srv}
        spec:
          predictor:
            tensorflow:
              storageUri: gs://bucket/model
              resources:
                limits: {memory: 24Gi, nvidia.com/gpu: "2"}
        """,
        "isvc.yaml",
    )
    found = claim(result, "target.count")
    assert found is not None
    assert (found.place.pointer, found.place.line) == (
        "/spec/predictor/tensorflow/resources/limits/nvidia.com~1gpu",
        9,
    )


@pytest.mark.parametrize(("name", "artifact"), [("answers", "gs://bucket/model"), ("books-reranker", None)])
def test_weights_of_what_ranks_are_not_those_of_the_model_that_answers(
    name: str, artifact: str | None
) -> None:
    result = read_text(
        "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\n"
        f"metadata: {{name: {name}}}\n"
        "spec: {predictor: {model: {modelFormat: {name: lightgbm}, storageUri: gs://bucket/model}}}\n",
        "isvc.yaml",
    )
    assert value(result, "model.artifact") == artifact


SCALED = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: srv}
    spec: {template: {spec: {containers: [{name: a, image: "vllm/vllm-openai:v0.11.0"}]}}}
    ---
    """


@pytest.mark.parametrize(
    ("scaler", "replicas", "to_zero"),
    [
        ("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: srv}}", None, True),
        ("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: srv}, minReplicaCount: 2}", 2, None),
        (
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: srv}, minReplicaCount: 2, idleReplicaCount: 0}",
            2, True,
        ),
        ("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: other}}", 1, None),
        ("apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: {scaleTargetRef: {name: srv}, maxReplicas: 3}", 1, None),
    ],
)  # fmt: skip
def test_each_scaler_has_its_own_default_of_the_fewest(
    scaler: str, replicas: int | None, to_zero: bool | None
) -> None:
    result = read_text(dedent(SCALED) + scaler, "a.yaml")
    assert value(result, "target.replicas") == replicas
    assert value(result, "cost.scale_to_zero") is to_zero


def _sharing(selector: str = "", env: str = "", annotations: str = "") -> ImportResult:
    return read_text(
        f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: llm}}
        spec:
          template:
            metadata: {{annotations: {{{annotations}}}}}
            spec:
              nodeSelector: {{cloud.google.com/gke-accelerator: nvidia-tesla-a100{selector and ", "}{selector}}}
              containers:
              - name: a
                image: vllm/vllm-openai:v1
                env: [{env}]
                resources: {{limits: {{nvidia.com/gpu: 1, memory: 10Gi, cpu: 1}}}}
        """,
        "shared.yaml",
    )


@pytest.mark.parametrize(
    ("selector", "env", "annotations", "memory"),
    [
        ("nvidia.com/gpu.sharing-strategy: time-slicing", "", "", None),
        ("nvidia.com/gpu.sharing-strategy: mps", "", "", None),
        ("cloud.google.com/gke-gpu-sharing-strategy: time-sharing", "", "", None),
        ('nvidia.com/gpu.replicas: "4"', "", "", None),
        ('cloud.google.com/gke-max-shared-clients-per-gpu: "3"', "", "", None),
        ("cloud.google.com/gke-gpu-partition-size: 1g.5gb", "", "", 5e9),
        ("nvidia.com/mig.config: all-1g.10gb", "", "", 1e10),
        ("nvidia.com/mig.strategy: single", "", "", None),
        ('nvidia.com/mig-2g.10gb.count: "3"', "", "", 1e10),
        ("", "{name: NVIDIA_VISIBLE_DEVICES, value: MIG-6f1b}", "", None),
        ("", '{name: CUDA_MPS_ACTIVE_THREAD_PERCENTAGE, value: "25"}', "", None),
        ("", "", 'gpu-fraction: "0.5"', None),
        ("", "", 'gpu-memory: "2000"', None),
    ],
)
def test_a_device_that_the_cluster_divides_is_no_whole_one_though_the_pod_asks_for_one(
    selector: str, env: str, annotations: str, memory: float | None
) -> None:
    result = _sharing(selector, env, annotations)
    device = value(result, "target.device")
    assert isinstance(device, str)
    assert is_part_of_device(device)
    assert value(result, "target.device_memory") == memory
    said = messages(result, "warning" if memory else "question")
    assert any("by " in one and "of an accelerator" in one for one in said)


@pytest.mark.parametrize(
    ("selector", "env", "annotations"),
    [
        ("", "", ""),
        ('nvidia.com/gpu.replicas: "1"', "", ""),
        ("nvidia.com/gpu.sharing-strategy: none", "", ""),
        ("nvidia.com/mig.strategy: none", "", ""),
        ("nvidia.com/mig.config: all-disabled", "", ""),
        ("", "{name: NVIDIA_VISIBLE_DEVICES, value: all}", ""),
        ("", '{name: CUDA_MPS_ACTIVE_THREAD_PERCENTAGE, value: "100"}', ""),
        ("", "", 'gpu-fraction: "1"'),
    ],
)
def test_a_device_of_ones_own_stays_whole(selector: str, env: str, annotations: str) -> None:
    result = _sharing(selector, env, annotations)
    assert value(result, "target.device") == "a100-sxm-40gb"
    assert value(result, "target.device_memory") is None


def test_a_store_beside_the_workload_that_serves_is_not_in_question() -> None:
    def deployment(name: str, image: str, replicas: int) -> str:
        return (
            f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\n"
            f'spec: {{replicas: {replicas}, template: {{spec: {{containers: [{{name: a, image: "{image}"}}]}}}}}}\n---\n'
        )

    server = deployment("ml-server", "ghcr.io/someone/ml-server:1.2", 3)
    store = deployment("redis", "redis:7-alpine", 1)
    result = read_text(server + store, "a.yaml")
    assert value(result, "target.replicas") == 3
    assert not any("it is not clear which one serves" in one for one in messages(result, "question"))
    both = read_text(store + server + deployment("other", "ghcr.io/someone/other:1", 2), "a.yaml")
    assert any("holds 2 workloads" in one for one in messages(both, "question"))
    alone = read_text(store, "a.yaml")
    assert value(alone, "target.replicas") == 1


@pytest.mark.parametrize(("kind", "stated"), [("Deployment", False), ("Job", None)])
def test_a_job_that_ends_is_not_accused_of_how_it_serves(kind: str, stated: bool | None) -> None:
    result = read_text(
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: a}}\n"
        'spec: {template: {spec: {containers: [{name: a, image: "train:1.0"}]}}}\n',
        "a.yaml",
    )
    assert value(result, "operations.resources_set") is stated
