"""MLflow `MLmodel` -> version, size, kind of model, and whether loading it can run code."""

from __future__ import annotations

import json

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document

_TABULAR = {
    "sklearn",
    "xgboost",
    "lightgbm",
    "catboost",
    "h2o",
    "spark",
    "statsmodels",
    "prophet",
    "pmdarima",
}
_TASKS = {
    "text-generation": "llm", "text2text-generation": "llm", "conversational": "llm", "llm/v1/chat": "llm",
    "llm/v1/completions": "llm", "feature-extraction": "embedding", "image-classification": "vision",
}  # fmt: skip
_GENERAL = {"sklearn", "spark"}
"""Flavours of any kind of model, texts included; only the signature tells a table."""
_PICKLES = ("cloudpickle", "pickle", "joblib", "dill")
_PICKLE, _SKOPS = "pickle", "skops"
_SAFE = {"onnx", "transformers", "sentence_transformers", "tensorflow"}


def _sniff(document: Document) -> bool:
    return document.name == "MLmodel" or any(
        isinstance(mapping.get("flavors"), dict)
        and ("mlflow_version" in mapping or "model_uuid" in mapping or "run_id" in mapping)
        for mapping in document.mappings[:1]
    )


def _read(reading: Reading) -> None:
    top = reading.root()
    reading.dated = top.at("utc_time_created").text()[:10]
    version = top.first("model_id", "model_uuid", "run_id")
    if not version.text().startswith("<"):  # a place to fill in
        version.claim("model.version", version.text(), note=f"MLflow's {version.path[-1]}")
    size = top.at("model_size_bytes")
    size.claim("model.weight_bytes", size.count(), unit="B", note="of all files of the logged model")
    flavors = dict(top.at("flavors").entries())
    _claim_kind(top, flavors)
    _claim_format(flavors)
    if not top.at("signature"):
        top.warn("the model has no signature: its inputs are not checked", "log it with a signature")
    elif top.at("signature"):
        top.at("signature").use()


def _claim_kind(top: Node, flavors: dict[str, Node]) -> None:
    task = flavors["transformers"].at("task") if "transformers" in flavors else top.at("metadata", "task")
    if _TASKS.get(task.text()):
        task.claim("model.kind", _TASKS[task.text()], note=f"task {task.text()}")
    elif "sentence_transformers" in flavors:
        flavors["sentence_transformers"].claim(
            "model.kind", "embedding", note="flavour sentence_transformers"
        )
    else:
        for name in sorted(_TABULAR & flavors.keys()):
            if name not in _GENERAL or _has_columns(top):
                flavors[name].claim("model.kind", "tabular", note=f"flavour {name}")
                break
    if "onnx" in flavors:
        flavors["onnx"].claim("model.engine", "onnxruntime", note="flavour onnx")


def _has_columns(top: Node) -> bool:
    """Say whether the signature has several columns, or one that is not text: a text classifier has one text."""
    try:
        columns = json.loads(top.at("signature", "inputs").text()[:1_000_000])
    except (ValueError, RecursionError):
        return False
    named = [column for column in columns if isinstance(column, dict)] if isinstance(columns, list) else []
    return len(named) > 1 or any(str(column.get("type")) not in ("string", "object") for column in named)


def _claim_format(flavors: dict[str, Node]) -> None:
    """State whether loading can run code: the format decides, whatever the key of the file is called."""
    found = {name: _format_of(name, flavor) for name, flavor in flavors.items()}
    for name, kind in found.items():
        if kind == _PICKLE:
            flavors[name].claim(
                "model.safe_format",
                value=False,
                note=f"the {name} flavour is a pickle: loading it can run code",
            )
            return
    for name, kind in found.items():
        if kind == _SKOPS:
            _claim_skops(flavors[name], flavors.get("python_function"))
            return
    for name in sorted(_SAFE & flavors.keys()):
        flavors[name].warn(f"whether the files of the {name} flavour can run code is not stated here")
        return


def _format_of(name: str, flavor: Node) -> str:
    """Return `pickle`, `skops`, or an empty text for a format that is neither or is not told."""
    written = " ".join(flavor.at(key).text() for key in ("serialization_format", "model_format")).lower()
    file = flavor.at("pickled_model").text().lower()
    if "skops" in written or (not written.strip() and file.endswith(".skops")):
        return _SKOPS
    if any(word in written for word in _PICKLES) or (file and not written.strip()):
        return _PICKLE
    own = name == "python_function" and flavor.at("python_model").text().lower().endswith((".pkl", ".pickle"))
    return _PICKLE if own else ""


def _claim_skops(flavor: Node, python: Node | None) -> None:
    """State that a skops file runs no code, unless the file trusts types of its own or brings code along."""
    trusted, code = (
        flavor.at("skops_trusted_types"),
        flavor.at("code") or (python.at("code") if python else flavor.at("code")),
    )
    if trusted.elements() or trusted.text():
        trusted.ask(
            "the model is a skops file that trusts types of its own: the file does not say what loading them runs",
            "look the types up, and write `safe_format` under `model:`",
        )
    elif code:
        code.ask("code is loaded along with the model", "read it, and write `safe_format` under `model:`")
    else:
        flavor.claim(
            "model.safe_format",
            value=True,
            note="a skops file that trusts no types of its own: loading it runs no code",
        )


IMPORTER = Importer(
    name="mlflow",
    summary="MLflow MLmodel: version, size, kind, pickled or not",
    read=_read,
    sniff=_sniff,
    patterns=("MLmodel",),
    prefix="model",
    group="model",
)
