"""A container's image, arguments and environment -> the model that it serves, its engine and its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from poc_gate.inputs.repository.code.python.models.python_providers import note_provider
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.marks import TAKES_A_REVISION
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.images import (
    engine_of_image,
    gateway_of_image,
    is_embedder,
    model_of_image,
    serves_any_model,
)
from poc_gate.inputs.repository.tables.models import (
    has_organisation,
    is_of_a_hub,
    read_model_name,
    role_of_name,
)
from poc_gate.model.claim import Place
from poc_gate.model.engines.serving_engines import SERVING_ENGINES, serving_engine
from poc_gate.text.lazy_pattern import lazily

_FLAGS = {
    "--max-model-len": ("model.max_context", "tok"),
    "--max_model_len": ("model.max_context", "tok"),
    "--max-total-tokens": ("model.max_context", "tok"),
    "--context-length": ("model.max_context", "tok"),
    "--tensor-parallel-size": ("model.tensor_parallel", "1"),
    "--tp-size": ("model.tensor_parallel", "1"),
    "--tp": ("model.tensor_parallel", "1"),
    "-tp": ("model.tensor_parallel", "1"),
    "--gpu-memory-utilization": ("model.kv_utilisation", "1"),
    "--mem-fraction-static": ("model.kv_utilisation", "1"),
    "--max-num-seqs": ("model.max_concurrency", "1"),
    "--max-concurrent-requests": ("model.max_concurrency", "1"),
    "--max-input-length": ("security.input_cap", "tok"),
    "--max-input-tokens": ("security.input_cap", "tok"),
    "--num-speculative-tokens": ("model.guessed_tokens", "1"),
    "--speculative-num-steps": ("model.guessed_tokens", "1"),
    "--speculative-config": ("model.guessed_tokens", "1"),
    "--speculate": ("model.guessed_tokens", "1"),
    "--draft-max": ("model.guessed_tokens", "1"),
}
_FLAGS_OF_LLAMA_CPP = {"--parallel": ("model.max_concurrency", "1"), "-np": ("model.max_concurrency", "1"), "--ctx-size": ("model.max_context", "tok"), "-c": ("model.max_context", "tok")}  # fmt: skip
"""Flags of llama.cpp's server; its requests share what `--ctx-size` gives, so that it says nothing beside `--parallel`."""
_GUESSES = lazily(r"num_speculative_tokens\W{1,6}([1-9]\d{0,2})\b")
"""Where the JSON of `--speculative-config` says how many tokens are guessed."""
_KEPT = lazily(
    r"^/(?:[\w.-]+/)*models?/([A-Za-z][\w.-]*/[\w.-]+?)(?:/(?:main|master|snapshots/[0-9a-f]+|[0-9a-f]{7,40}))?/?$"
)
"""Where weights lie on the disk, in folders called after the maker and the model."""
_NIM = "/nim/"
"""The part of NVIDIA's registry where each image is a model with the engine that serves it."""
_OF_ENVIRONMENT = lazily(r"^\$\{?[A-Za-z_]")
"""A variable with a name; `$1` is what a script is called with."""
_REVISION = re.compile(r"(?:^|\s)--revision(?:[\s=]|$)")
_EAGER = ("--enforce-eager", "--disable-cuda-graph")
_MODEL_FLAGS = ("--model", "--model-id", "--model-path", "--model_name", "--model-name", "--model_id")


def note_serving(
    image: str,
    place: Place,
    arguments: Sequence[Node],
    environment: Mapping[str, Node],
    notes: Notes,
    *,
    weight: int,
) -> None:
    """Note what a container serves; nothing where its image and command are of no known engine."""
    named = model_of_image(image)
    if named:
        role = role_of_name(named) or "chat"
        notes.model(named, place, role=role, hosting="self", weight=weight, note="a container of its own")
        if role == "chat" and _NIM in image and weight > 1:
            notes.fact("model.engine", "nim", place, weight=weight)
        notes.technique(
            "llm" if role == "chat" else "retrieval" if role in {"embedding", "reranker"} else "serves-model",
            f"serves {named}",
            place,
        )
        return
    if gateway := gateway_of_image(image):
        notes.technique("llm", f"{gateway} passes questions to models", place)
        return
    engine = engine_of_image(image)
    if not engine and serves_any_model(image):
        notes.technique("runs", "a server of models runs", place)
    words = [word.text() for word in arguments]
    engine = engine or _started(words)
    embedder = is_embedder(image)
    if not engine and not embedder:
        return
    if engine:
        notes.fact("model.engine", engine, place, weight=weight)
        notes.technique("llm", f"{engine} serves a model", place)
    _note_flags(arguments, notes, engine, weight, embedder=embedder)
    if any(_REVISION.search(word) for word in words):
        notes.technique(TAKES_A_REVISION, "weights are taken at one revision", place, weight=1)
    if engine == "vllm" and arguments and (kept := _KEPT.search(words[0])):
        _note_name(_with(arguments[0], kept[1]), notes, weight, embedder=embedder, fetches=False)
    for variable in ("MODEL_ID", "MODEL", "MODEL_NAME", "LLM_MODEL_ID", "LLM_MODEL"):
        if node := environment.get(variable):
            _note_name(node, notes, weight, embedder=embedder)


def _started(words: Sequence[str]) -> str:
    """Return the engine that a command starts in an image of another name, or an empty text."""
    first = [part for word in words[:6] for part in word.split()][:12]
    return next(
        (
            row.name
            for row in SERVING_ENGINES
            if (row.started_by and {*row.started_by} <= {*words[:6]})
            or any(part.rpartition("/")[2].startswith(row.programs) for part in first if row.programs)
        ),
        "",
    )


def _note_flags(arguments: Sequence[Node], notes: Notes, engine: str, weight: int, *, embedder: bool) -> None:
    words = list(arguments)
    flags = _flags_of(engine, {word.text().partition("=")[0] for word in words})
    for index, word in enumerate(words):
        flag, equals, value = word.text().partition("=")
        node = word if equals else (words[index + 1] if index + 1 < len(words) else Node())
        text = value if equals else node.text()
        if (flag in _MODEL_FLAGS and text) or (
            flag in serving_engine(engine).started_by[-1:] and text and not text.startswith("-")
        ):
            _note_name(_with(node, text), notes, weight, embedder=embedder)
        elif flag in _EAGER and engine and weight > 1 and value.lower() not in {"false", "0"}:
            notes.flag("model.eager", word.place, weight=weight)
        elif flag in flags and engine:
            fact, unit = flags[flag]
            rest = " ".join(one.text() for one in words[index : index + 12])  # its JSON is split at blanks
            guesses = _GUESSES.search(rest) if flag == "--speculative-config" else None
            number = _number(guesses[1] if guesses else text)
            if number is not None and weight > 1:
                notes.number(fact, number, node.place, unit=unit, weight=weight)


def _flags_of(engine: str, given: set[str]) -> Mapping[str, tuple[str, str]]:
    """Return the flags that an engine's numbers stand behind."""
    if engine != "llama.cpp":
        return _FLAGS
    shared = given & {"--parallel", "-np"}
    return {flag: row for flag, row in _FLAGS_OF_LLAMA_CPP.items() if not shared or row[0] != "model.max_context"}  # fmt: skip


def _with(node: Node, text: str) -> Node:
    made = Node(node.file, node.line, node.column)
    made.value = text
    return made


def _note_name(node: Node, notes: Notes, weight: int, *, embedder: bool, fetches: bool = True) -> None:
    from poc_gate.inputs.repository.deployment.compose.compose_reader import interpolate
    from poc_gate.inputs.repository.noting.signals import Ref

    name = node.text()
    plain = interpolate(name)
    if not plain and _OF_ENVIRONMENT.match(name):
        notes.model(
            Ref("env", name.strip("${}").partition(":")[0]),
            node.place,
            role="embedding" if embedder else "chat",
            hosting="self",
            weight=weight,
        )
    elif read_model_name(plain) or has_organisation(plain):
        role = role_of_name(plain) or ("embedding" if embedder else "chat")
        notes.model(plain, node.place, role=role, hosting="self", weight=weight)
        if is_of_a_hub(plain) and fetches:
            note_provider("huggingface-hub", f"what serves it fetches {plain} there", node.place, notes)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
