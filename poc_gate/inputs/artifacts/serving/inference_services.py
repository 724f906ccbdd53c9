"""KServe's InferenceService and LLMInferenceService -> workloads, wherever they nest their pods."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.serving.pod_claims import count_accelerators, model_block
from poc_gate.inputs.artifacts.serving.serving_arguments import claim_arguments
from poc_gate.inputs.artifacts.serving.workloads import Workload

_HELPS = re.compile(r"(?i)(?:^|[-_.])(?:re-?rank(?:er|ing)?|embed(?:der|ding|dings)?|encoder|guard(?:rails?)?|moderation)(?:[-_.]|$)")  # fmt: skip
"""Names of services whose model stands beside the one that answers."""


def read_inference_service(node: Node) -> Workload:
    """Return an InferenceService; its predictor is a pod specification with a `model` beside the containers."""
    predictor = node.at("spec", "predictor")
    model = model_block(predictor)
    if not predictor.at("containers").elements() and model.at("resources"):
        model.at("resources").use()
    worker = predictor.at("workerSpec")
    tensor, stages = (
        worker.at("tensorParallelSize").count() or 0,
        worker.at("pipelineParallelSize").count() or 0,
    )

    def claim_more() -> None:
        if model:
            claim_arguments(model, "vllm" if model.at("modelFormat", "name").text() == "huggingface" else "")
        uri = model.first("storageUri", "uri")
        if _HELPS.search(node.at("metadata", "name").text()):
            uri.use()
        else:
            uri.claim(
                "model.artifact", uri.text(), note="where the service loads the model from; not fetched"
            )
            _claim_hub_name(uri)
        most = predictor.at("maxReplicas")
        most.claim("target.replicas_max", most.count() or None)
        if predictor.at("minReplicas").count() == 0:
            predictor.at("minReplicas").claim(
                "cost.scale_to_zero", value=True, note="KServe goes down to none"
            )
        if predictor.at("canaryTrafficPercent").count() is not None:
            predictor.at("canaryTrafficPercent").claim(
                "operations.canary", value=True, note="a share of traffic is split off"
            )
        worker.at("tensorParallelSize").claim("model.tensor_parallel", tensor or None)
        model.reading.state("model.hosting", "self", node.place(), note="served by KServe")

    replicas = predictor.at("minReplicas")
    workers = max(stages - 1, 0) if worker else 0
    return Workload(
        node, replicas if replicas.count() else predictor.at("replicas"), predictor, worker=worker,
        workers=workers, serves_model=True, claim_more=claim_more,
    )  # fmt: skip


def _claim_hub_name(uri: Node) -> None:
    """State the name of a model that is loaded from the Hugging Face hub, without its revision."""
    match = re.fullmatch(r"hf://([\w.-]+/[\w.-]+)(?:[:@].*)?", uri.text())
    uri.claim("model.name", match[1] if match else "", note="the repository on the hub")


def read_llm_service(node: Node) -> Workload:
    """Return an LLMInferenceService: `template` leads, `worker` follows, `parallelism` says how many."""
    spec = node.at("spec")
    parallelism = spec.at("parallelism")
    tensor = parallelism.at("tensor").count() or 1
    stages = parallelism.at("pipeline").count() or 1
    data, local = parallelism.at("data").count() or 1, parallelism.at("dataLocal").count() or 0
    pods = max(stages, data // local if local else 1)
    each, _ = count_accelerators(spec.at("template"))
    stated = 0.0 if each else float(tensor * stages * data if parallelism else 0)

    def claim_more() -> None:
        uri = spec.at("model", "uri")
        uri.claim("model.artifact", uri.text(), note="where the service loads the model from; not fetched")
        spec.at("model", "name").claim("model.name", spec.at("model", "name").text())
        if not spec.at("model", "name"):
            _claim_hub_name(uri)
        parallelism.at("tensor").claim("model.tensor_parallel", parallelism.at("tensor").count() or None)
        for key in ("pipeline", "data", "dataLocal", "expert"):
            if parallelism.at(key):
                parallelism.at(key).use()
        if spec.at("prefill"):
            spec.at("prefill").use().warn(
                "prompts are handled by pods of their own, which are not counted in `target.count`",
                "add their accelerators to the cost and capacity by hand",
            )
        node.reading.state("model.hosting", "self", node.place(), note="served by KServe")
        node.reading.state("model.kind", "llm", node.place(), note="an LLMInferenceService")

    worker = spec.at("worker") or None
    return Workload(
        node, spec.at("replicas"), spec.at("template"), worker=worker, workers=pods - 1 if worker else 0,
        serves_model=True, claim_more=claim_more, accelerators_stated=stated,
    )  # fmt: skip
