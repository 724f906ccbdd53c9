"""Kubernetes manifests: groups of pods, nested kinds, server options, probes, limits, secrets, templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from artifact_samples import DEPLOYMENT, INFERENCE_SERVICE, LEADER_WORKER, LLM_SERVICE
from stated_facts import claim, messages, read_text, value

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.inputs.artifacts.serving.accelerator_names import device_name
from poc_gate.inputs.artifacts.serving.kubernetes_quantity import read_kubernetes_quantity
from poc_gate.inputs.artifacts.serving.pod_claims import NO_PORT

FILES = Path(__file__).parent / "files" / "k8s"


def pod(container: str) -> ImportResult:
    return read_text(
        f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: llm}}
        spec: {{template: {{spec: {{containers: [{{name: a, image: "vllm/vllm-openai:v1", {container}}}]}}}}}}
        """,
        "a.yaml",
    )


def test_the_published_deployment() -> None:
    result = read_artifact((FILES / "kubernetes-examples-vllm-deployment.yaml").read_bytes(), "vllm.yaml")
    assert value(result, "target.replicas") == 1
    assert value(result, "target.count") == 1
    assert value(result, "target.memory_limit") == 10 * 2**30
    assert value(result, "model.engine") == "vllm"
    assert value(result, "model.name") == "google/gemma-3-1b-it"
    assert value(result, "model.kv_utilisation") == 0.85
    assert value(result, "model.max_concurrency") == 64
    assert value(result, "operations.readiness_probe") is False
    assert value(result, "operations.resources_set") is True
    assert messages(result, "secret") == []


def test_the_published_autoscaler() -> None:
    result = read_artifact((FILES / "kubernetes-examples-vllm-hpa.yaml").read_bytes(), "hpa.yaml")
    assert (value(result, "target.replicas"), value(result, "target.replicas_max")) == (1, 5)


def test_a_list_with_empty_documents_and_a_token() -> None:
    result = read_artifact(DEPLOYMENT.content, DEPLOYMENT.file)
    expected = {
        "target.replicas": 3, "target.replicas_max": 8, "target.count": 2, "target.device": "l4-24gb",
        "target.region": "europe-west4", "model.max_context": 16_384, "model.max_concurrency": 32, "model.tensor_parallel": 2,
        "model.kv_bits": 8, "model.context_enforced": True, "operations.graceful_stop": 120,
        "operations.readiness_probe": True, "operations.disruption_budget": True, "security.egress_listed": True,
        "operations.resources_set": True, "model.name": "example/model-8b", "target.image_pinned": True,
    }  # fmt: skip
    assert {fact: value(result, fact) for fact in expected} == expected
    assert messages(result, "secret") == ["there is a literal secret under 'HF_TOKEN'"]
    assert "hf_abcdef" not in repr(result)


def test_a_group_of_pods_is_one_replica() -> None:
    result = read_artifact(LEADER_WORKER.content, LEADER_WORKER.file)
    assert value(result, "target.replicas") == 2
    assert value(result, "target.count") == 32
    assert value(result, "model.max_context") == 32_000
    assert value(result, "target.image_pinned") is False


def test_kserve_nests_its_pods_elsewhere() -> None:
    result = read_artifact(INFERENCE_SERVICE.content, INFERENCE_SERVICE.file)
    assert value(result, "target.count") == 1
    assert (value(result, "target.replicas"), value(result, "target.replicas_max")) == (1, 4)
    assert value(result, "model.artifact") == "hf://example/model-8b"
    assert value(result, "model.max_context") == 8192
    assert value(result, "target.memory_limit") == 24 * 2**30
    group = read_artifact(LLM_SERVICE.content, LLM_SERVICE.file)
    assert value(group, "target.count") == 16
    assert value(group, "target.replicas") == 2
    assert value(group, "model.hosting") == "self"
    for served in (result, group):  # KServe adds probes and times of its own
        assert value(served, "operations.readiness_probe") is None
        assert value(served, "operations.graceful_stop") is None


@pytest.mark.parametrize(
    ("arguments", "fact", "expected"),
    [
        ('args: ["--max-model-len=8192"]', "model.max_context", 8192),
        ('args: ["--max-model-len", "8k"]', "model.max_context", 8000),
        ('args: ["--max_model_len", "8K"]', "model.max_context", 8192),
        (
            'command: [sh, -c, "exec vllm serve org/name --max-num-seqs 16 --gpu-memory-utilization 0.9"]',
            "model.max_concurrency",
            16,
        ),
        ('args: ["--quantization=awq_marlin"]', "model.precision", "awq"),
        ('args: ["--quantization=fbgemm_fp8"]', "model.quantised_by", "fbgemm_fp8"),
        ('args: ["--quantization=awq_marlin"]', "model.quantised_by", None),
        ('args: ["--enforce-eager", "--max-num-seqs=8"]', "model.eager", True),
        ('args: ["--enforce-eager=false"]', "model.eager", False),
        ('args: ["--max-num-seqs=8"]', "model.eager", None),
        ('args: ["--speculative-num-steps=4"]', "model.guessed_tokens", 4),
        (
            'args: [\'--speculative-config={"method": "mtp", "num_speculative_tokens": 2}\']',
            "model.guessed_tokens",
            2,
        ),
        (
            'args: [\'--speculative-config\', \'{"num_speculative_tokens": 3, "method": "mtp"}\']',
            "model.guessed_tokens",
            3,
        ),
        ("args: ['--speculative-config', '{\"method\": \"mtp\"}']", "model.guessed_tokens", None),
        ('args: ["--max-num-seqs=8"]', "model.guessed_tokens", None),
        ('args: ["--quantization", "compressed-tensors"]', "model.precision", None),
        ('command: [sh, -c, "vllm serve org/name -q fp8"]', "model.precision", "fp8"),
        ('command: [sh, -c, "vllm serve org/name"]', "model.name", "org/name"),
        ('args: ["--dtype", "half"]', "model.precision", "fp16"),
        ('args: ["--revision", "abc123"]', "model.version", "abc123"),
        ('args: ["--gpu-memory-utilization", "1.7"]', "model.kv_utilisation", None),
        ('args: ["--model", "/models/local"]', "model.name", None),
        ('command: ["python3", "-m", "vllm.entrypoints.openai.api_server"]', "model.name", None),
    ],
)
def test_server_options(arguments: str, fact: str, expected: object) -> None:
    assert value(pod(arguments), fact) == expected


def test_options_from_variables_are_filled_in_or_asked_about() -> None:
    known = pod('args: ["--model=$(ID)"], env: [{name: ID, value: org/name}]')
    assert value(known, "model.name") == "org/name"
    unknown = pod(
        'args: ["--max-model-len=$(LEN)"], env: [{name: LEN, valueFrom: {configMapKeyRef: {name: a, key: b}}}]'
    )
    assert value(unknown, "model.max_context") is None
    assert "comes from a variable" in messages(unknown, "question")[0]


def test_other_engines() -> None:
    text = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {{name: a}}
        spec: {{replicas: 1, template: {{spec: {{containers: [{{name: a, image: "{image}", args: [{args}]}}]}}}}}}
        """
    tgi = read_text(
        text.format(
            image="ghcr.io/huggingface/text-generation-inference:3.0",
            args='"--max-total-tokens", "4096", "--max-concurrent-requests", "64", "--num-shard", "2"',
        ),
        "a.yaml",
    )
    assert (
        value(tgi, "model.engine"),
        value(tgi, "model.max_context"),
        value(tgi, "model.tensor_parallel"),
    ) == ("tgi", 4096, 2)
    llama = read_text(
        text.format(image="ghcr.io/ggml-org/llama.cpp:server", args='"-c", "32768", "-np", "4"'), "a.yaml"
    )
    assert (
        value(llama, "model.engine"),
        value(llama, "model.max_context"),
        value(llama, "model.max_concurrency"),
    ) == ("llama.cpp", 8192, 4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10Gi", 10 * 2**30),
        ("1.5G", 1.5e9),
        ("500m", 0.5),
        ("2", 2),
        ("1e3", 1000),
        ("128974848", 128_974_848),
        ("10GB", None),
        ("", None),
        ("{{ x }}", None),
    ],
)
def test_resource_quantities(text: str, number: float | None) -> None:
    assert read_kubernetes_quantity(text) == number


def test_a_limit_in_thousandths_of_a_byte_is_a_question() -> None:
    result = pod("resources: {limits: {memory: 512m}}")
    assert value(result, "target.memory_limit") is None
    assert "under a mebibyte" in messages(result, "question")[0]


def test_missing_limits_are_told() -> None:
    assert value(pod("resources: {requests: {cpu: 1}}"), "operations.resources_set") is False
    assert (
        value(
            pod("resources: {requests: {cpu: 1, memory: 1Gi}, limits: {memory: 1Gi}}"),
            "operations.resources_set",
        )
        is True
    )


def test_defaults_of_kubernetes_are_named() -> None:
    result = pod("resources: {}")
    found = claim(result, "operations.graceful_stop")
    assert found is not None
    assert (value(result, "operations.graceful_stop"), found.note) == (30, "Kubernetes' default")
    assert value(result, "target.replicas") == 1


def test_several_workloads_are_a_question_unless_one_has_accelerators_or_is_named() -> None:
    one = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: {name}}}
        spec: {{replicas: {replicas}, template: {{spec: {{containers: [{{name: a, image: "{image}"{more}}}]}}}}}}
        """
    gateway = one.format(name="gateway", replicas=9, image="nginx:1", more="")
    plain = one.format(name="worker", replicas=5, image="worker:1", more="")
    both = read_text(gateway + "\n        ---\n" + plain, "a.yaml")
    assert value(both, "target.replicas") is None
    assert "gateway, worker" in messages(both, "question")[0]
    assert (
        value(read_text(gateway + "\n        ---\n" + plain, "a.yaml", option="worker"), "target.replicas")
        == 5
    )
    server = one.format(
        name="llm", replicas=2, image="x:1", more=", resources: {limits: {nvidia.com/gpu: 1}}"
    )
    assert value(read_text(gateway + "\n        ---\n" + server, "a.yaml"), "target.replicas") == 2


_SERVES = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec: {{replicas: {replicas}, template: {{spec: {{containers: [{{name: a, image: "{name}:1"}}]}}}}}}
---
"""
_SCALES = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}}}
spec: {{scaleTargetRef: {{name: {name}}}, minReplicas: {least}, maxReplicas: {most}}}
---
"""


def test_the_one_workload_that_is_no_page_and_no_worker_serves() -> None:
    parts = [("scores-api", 3), ("scores-frontend", 2), ("scores-worker", 1)]
    text = "".join(_SERVES.format(name=name, replicas=replicas) for name, replicas in parts)
    assert value(read_text(text, "a.yaml"), "target.replicas") == 3
    two = text + _SERVES.format(name="reports-api", replicas=4)
    assert value(read_text(two, "a.yaml"), "target.replicas") is None


def test_of_scalers_alone_the_one_of_what_answers_counts() -> None:
    worker, backend = (
        _SCALES.format(name="worker", least=1, most=9),
        _SCALES.format(name="backend", least=2, most=5),
    )
    assert value(read_text(worker + backend, "hpa.yaml"), "target.replicas_max") == 5
    other = _SCALES.format(name="search", least=3, most=7)
    assert value(read_text(backend + other, "hpa.yaml"), "target.replicas_max") is None


def test_objects_of_kind_secret_are_dropped_unread() -> None:
    result = read_text(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {token: dmVyeS1zZWNyZXQ=}\nstringData: {other: plain-secret-text}\n",
        "a.yaml",
    )
    assert len(messages(result, "secret")) >= 2
    assert "dmVyeS1zZWNyZXQ" not in repr(result)
    assert "plain-secret-text" not in repr(result)


@pytest.mark.parametrize(
    "value", ["<base64 encoded key>", "'${OPENAI_API_KEY}'", "'$(OPENAI_API_KEY)'", "''"]
)
def test_a_place_to_fill_in_is_no_secret(value: str) -> None:
    result = read_text(f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata:\n  OPENAI_API_KEY: {value}\n", "a.yaml")  # fmt: skip
    assert messages(result, "secret") == []


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{minAvailable: 1}", True),
        ("{maxUnavailable: 25%}", True),
        ("{minAvailable: 0}", False),
        ("{maxUnavailable: 100%}", False),
        ("{}", None),
    ],
)
def test_disruption_budgets(spec: str, expected: bool | None) -> None:
    result = read_text(
        f"apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: a}}\nspec: {spec}\n", "a.yaml"
    )
    assert value(result, "operations.disruption_budget") is expected


def test_an_open_egress_rule_lists_nothing() -> None:
    result = read_text(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {policyTypes: [Egress], egress: [{ports: [{port: 443}]}]}\n",
        "a.yaml",
    )
    assert value(result, "security.egress_listed") is None
    assert "names no destination" in messages(result, "warning")[0]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}", None),
        ("{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 53}]}", True),
        ("{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}", True),
    ],
)
def test_a_rule_that_leads_to_every_address_lists_none(rule: str, expected: bool | None) -> None:
    spec = f"{{policyTypes: [Egress], egress: [{rule}]}}"
    result = read_text(f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {spec}\n", "a.yaml")
    assert value(result, "security.egress_listed") is expected


def test_an_unrendered_chart_is_refused_by_name() -> None:
    with pytest.raises(InvalidInputError, match="unrendered template"):
        read_text(
            "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n",
            "a.yaml",
            kind="kubernetes",
        )
    quoted = read_text(
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: "{{ .Values.r }}", template: {spec: {containers: [{name: a, image: b}]}}}\n',
        "a.yaml",
    )
    assert value(quoted, "target.replicas") is None
    assert messages(quoted, "question")


def test_the_label_that_google_gives_the_smaller_a100() -> None:
    """GKE calls the A100 with 40 GB `nvidia-tesla-a100` and the other one `nvidia-a100-80gb`."""
    assert device_name("nvidia-tesla-a100") == "a100-sxm-40gb"
    assert device_name("nvidia-a100-80gb") == "a100-sxm-80gb"


@pytest.mark.parametrize("uri", ["hf://org/model-7b", "hf://org/model-7b:main"])
def test_a_model_from_the_hub_has_its_name_in_the_address(uri: str) -> None:
    text = f"""
    apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata: {{name: a}}
    spec: {{predictor: {{model: {{modelFormat: {{name: huggingface}}, storageUri: "{uri}"}}}}}}
    """
    assert value(read_text(text, "a.yaml"), "model.name") == "org/model-7b"


def test_kinds_that_are_not_read_are_named() -> None:
    text = """
    apiVersion: v1
    kind: Service
    metadata: {name: a}
    ---
    apiVersion: workloads.x-k8s.io/v1alpha1
    kind: RoleBasedGroup
    metadata: {name: a}
    """
    (told,) = messages(read_text(text, "a.yaml"), "warning")
    assert told.endswith("only RoleBasedGroup, Service")


@pytest.mark.parametrize(
    ("container", "image", "note"),
    [
        ("ports: [{containerPort: 80}]", "registry.example/api:1", "no readiness probe"),
        ('args: ["serve", "m"]', "vllm/vllm-openai:v1", "no readiness probe"),
        ("resources: {limits: {nvidia.com/gpu: 1}}", "registry.example/worker:1", "no readiness probe"),
        ("command: [watch]", "registry.example/base:1", NO_PORT),
    ],
)
def test_a_missing_readiness_probe_is_told_with_whether_requests_come_in(
    container: str, image: str, note: str
) -> None:
    result = read_text(
        f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: a}}
        spec: {{template: {{spec: {{containers: [{{name: a, image: "{image}", {container}}}]}}}}}}
        """,
        "a.yaml",
    )
    found = claim(result, "operations.readiness_probe")
    assert (found.value, found.note) == (False, note)


@pytest.mark.parametrize(("path", "stated"), [("/api/tags", None), ("/", None), ("/ready", True)])
def test_a_probe_that_ollama_answers_without_a_model_is_asked_about(path: str, stated: bool | None) -> None:
    result = read_text(
        f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: a}}
        spec: {{template: {{spec: {{containers: [{{name: a, image: "ollama/ollama:0.5.4",
          readinessProbe: {{httpGet: {{path: {path}, port: 11434}}}}}}]}}}}}}
        """,
        "a.yaml",
    )
    assert value(result, "operations.readiness_probe") is stated
    assert any("without a model" in notice.message for notice in result.notices) is (stated is None)
