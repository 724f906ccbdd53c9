"""Calls in Python that load weights -> the hub of Hugging Face, where a library fetches them by name when the program runs."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.models.python_providers import note_provider
from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of
from poc_gate.inputs.repository.code.python.values.python_dotted_names import shown_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.models import is_of_a_hub, read_model_name
from poc_gate.model.claim import Place

OF_TRAINING = re.compile(r"(?i)(?:^|/|_)(?:fine_?-?tun\w*|sft|lora|train)(?:[/_.-]|$)")
"""Files that load a model to train it: what serves it is said elsewhere."""
_TRAINS = re.compile(r"\.backward\(|\bTrainer\(|\btrain_loop|\bTrainingArguments\(|\bnn\.Module\)")
"""What a file does that trains a model: where its body comes from says nothing of what runs later."""
_ON_THE_HUB = re.compile(
    r"(?:[\w.-]{2,60}/)?(?!models?$|weights$|output$|checkpoints?$)[A-Za-z0-9][\w.-]{3,90}(?<!\.pt)(?<!\.bin)(?<!\.gguf)"
)
"""A model of the hub by its name; a path of two folders looks alike, and is looked for in the checkout."""
_OF_THE_HUB = frozenset({"huggingface", "transformers"})
_FROM_ELSEWHERE = frozenset({"YOLO", "load_model", "WhisperModel", "BatchedInferencePipeline"})
"""Loaders that also take a file or the size of a model: only a plain name says that they fetch it from the hub."""
_OF_WHISPER = re.compile(r"(?m)^[ \t]*(?:import whisper\b|from whisper import)")
"""The library whose makers keep the weights on a server of their own."""
_ON_THE_DISK = re.compile(
    r"(?i)path|location|dir(?:ectory)?\b|_dir|folder|file|checkpoint|ckpt|local|output|saved|save_|cache|artifact"
)
"""Words by which code calls what lies on the disk."""


def note_hub(  # noqa: PLR0913, PLR0917 - parts of one call
    call: Call,
    node: ast.Call,
    argument: ast.expr | None,
    value: object,
    short: str,
    notes: Notes,
    place: Place,
) -> None:
    """Note that weights are fetched from the hub, where a model is loaded by its name there.

    Libraries for texts, ranks and vectors fetch whatever name they are given, so that it need not be known here;
    others are often given a folder.
    """
    if call.provider not in _OF_THE_HUB or not _fetches(node, notes):
        return
    if isinstance(value, str):
        if _is_on_the_hub(value, notes) and (read_model_name(value) or short != "pipeline") and not _is_of_whisper(short, notes):  # fmt: skip
            note_provider("huggingface-hub", f"{short} fetches {value} there", place, notes)
    elif call.provider == "huggingface" and short not in _FROM_ELSEWHERE and not _on_the_disk(argument):
        note_provider("huggingface-hub", f"{short} fetches its weights there", place, notes)


def note_pretrained(name: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note that parts of a model which no table lists, its tokens or a chain of networks, are fetched by name."""
    argument = argument_of(node, ("pretrained_model_name_or_path",)) or (node.args[0] if node.args else None)
    value = worth(argument, scopes).value
    known = isinstance(value, str) and ("/" in value or read_model_name(value) is not None)
    if known and _is_on_the_hub(str(value), notes) and _fetches(node, notes):
        note_provider("huggingface-hub", f"{shown_name(name)} fetches {value} there", place, notes)


def note_code_hub(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note that a model's code and weights come from a repository on GitHub: `torch.hub.load("snakers4/silero-vad", ...)`."""
    value = worth(argument_of(node, ("repo_or_dir",)) or (node.args[0] if node.args else None), scopes).value
    local = worth(argument_of(node, ("source",)), scopes).value == "local"
    if isinstance(value, str) and _ON_GITHUB.fullmatch(value) and not local:
        note_provider("github-code", f"torch.hub fetches {value} there", place, notes)


_ON_GITHUB = re.compile(r"[A-Za-z0-9][\w-]*/[\w.-]+(?::[\w./-]+)?")


def _fetches(node: ast.Call, notes: Notes) -> bool:
    """Say whether a call may fetch anything for what runs later: it is not told to read the disk alone, nor trains."""
    if OF_TRAINING.search(notes.file.path) or notes.file.shows(_TRAINS):
        return False
    return not any(one.arg in {"local_files_only", "gguf_file"} for one in node.keywords)


def _is_on_the_hub(name: str, notes: Notes) -> bool:
    here = any(path.startswith(f"{name.lower()}/") for path in notes.signals.paths)
    return not here and _ON_THE_HUB.fullmatch(name) is not None and ("/" not in name or is_of_a_hub(name))


def _is_of_whisper(short: str, notes: Notes) -> bool:
    return short == "load_model" and notes.file.shows(_OF_WHISPER)


def _on_the_disk(argument: ast.expr | None) -> bool:
    """Say whether code calls what it loads a folder or a file, or works it out in a way that may name one."""
    if argument is None:
        return False
    joined = any(isinstance(node, ast.Div) for node in ast.walk(argument))  # `str(HOME / "encoder")`
    return joined or _ON_THE_DISK.search(ast.unparse(argument)) is not None
