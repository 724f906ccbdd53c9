"""One call in Python -> whether it trains a model."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.estimators import ROOTS_OF_ESTIMATORS
from poc_gate.model.claim import Place

_TRAINS = re.compile(r"(?:^|\.)(?:fit|backward)$|^(?:xgboost|lightgbm)\.train$")
_PREPARES = re.compile(
    r"(?i)(?:encoder|scaler|imputer|binari[sz]er|tokeni[sz]er|normali[sz]er|discreti[sz]er|preprocessor|\bohe|\ble|selector|transformer)\w*\.fit$"
)
"""What is fitted to turn columns into numbers: no model is trained by that."""
_LEARNS = (ROOTS_OF_ESTIMATORS - {"pyspark", "databricks"}) | {"torch", "tensorflow", "keras", "peft"}
_TUNES = re.compile(r"LoraConfig|get_peft_model|SFTTrainer|CausalLM|Seq2SeqLM|\btrl\b|\blora\b")
"""What a file speaks of that trains a language model."""
_ADAPTS = frozenset({"r", "lora_alpha", "target_modules"})
_EPOCHS = frozenset({"epochs", "max_epochs", "num_epochs"})


def note_training(node: ast.Call, name: str, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note that a call trains a model, in a file that takes in a library whose models learn."""
    if _takes_apart(name, notes):
        return
    _note_rows_at_once(node, name, scopes, notes)
    trains = _trains(name) or _trains_for_epochs(name, node) or _fits_and_keeps(name, notes)
    if not trains or _fits_an_index(name, notes) or not any(map(_is_of_learning, scopes.imports.values())):
        return
    notes.technique("training", f"{name} trains a model", place)
    _note_batches(node, scopes, notes)
    if not name.endswith(("fit", "LoraConfig")) and not notes.file.shows(_TUNES):
        notes.technique("learned", f"{name} trains a model", place)


def _note_batches(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note how many rows a network learns from at once, in the call that says for how many epochs."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    size = worth(given.get("batch_size"), scopes) if given.keys() & _EPOCHS else None
    if size is not None and isinstance(size.value, int) and not isinstance(size.value, bool) and size.value > 0 and not size.default:  # fmt: skip
        notes.number("training.batch_size", size.value, written_at(given["batch_size"], notes))


_LOADS = re.compile(r"^torch\.(?:\w+\.)*DataLoader$")
_ARGUMENTS = re.compile(r"^(?:transformers|trl|sentence_transformers)\.(?:\w+\.)*\w*(?:TrainingArguments|Config)$")  # fmt: skip
_STEPS_BACK = re.compile(r"\.backward\(")


def _note_rows_at_once(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note how many rows a loop of torch learns from at once, which shuffles them, or a trainer of Hugging Face is told."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if _LOADS.match(name) and notes.file.shows(_STEPS_BACK):
        shuffled = given.get("shuffle")
        said = given.get("batch_size") if isinstance(shuffled, ast.Constant) and shuffled.value is True else None  # fmt: skip
    else:
        said = given.get("per_device_train_batch_size") if _ARGUMENTS.match(name) else None
    size = worth(said, scopes) if said is not None else None
    if said is None or size is None or not isinstance(size.value, int) or isinstance(size.value, bool) or size.value <= 0:  # fmt: skip
        return
    held = scopes.find(said.id) if isinstance(said, ast.Name) else None
    if not size.default or (isinstance(held, ast.Name) and held.id.isupper()):
        notes.number("training.batch_size", size.value, written_at(said, notes))


def _is_of_learning(path: str) -> bool:
    return path.partition(".")[0] in _LEARNS or path.startswith("pyspark.ml")


def _trains_for_epochs(name: str, node: ast.Call) -> bool:
    """Say whether a call is told how long to train, such as `model.train(data=..., epochs=50)`, or how large an adapter becomes.

    A server of adapters reads their settings from a file instead.
    """
    given = {keyword.arg for keyword in node.keywords}
    if name.startswith("peft.") and name.endswith("LoraConfig"):
        return bool(given & _ADAPTS)
    return name.endswith(".train") and bool(given & _EPOCHS)


_KEEPS = re.compile(r"\b(?:joblib|pickle|cloudpickle|dill)\.dump\(|\bmlflow\.\w+\.log_model\(")


def _fits_and_keeps(name: str, notes: Notes) -> bool:
    """Say whether a model that finds groups or outliers is fitted, in a file that keeps what was fitted."""
    return name.endswith(".fit_predict") and notes.file.shows(_KEEPS)


_TAKES_APART = r"(?:\w+\.)*M?STL\("


def _takes_apart(name: str, notes: Notes) -> bool:
    """Say whether a series is only taken apart into trend, season and rest: nothing learns that answers later."""
    owner = name.removesuffix(".fit").rpartition(".")[2]
    if not name.endswith(".fit") or not notes.file.shows("STL"):
        return False
    return (
        owner in {"STL", "MSTL"}
        or re.search(rf"\b{re.escape(owner)}\s*=\s*{_TAKES_APART}", notes.file.text) is not None
    )


_EMBEDS = re.compile(r"(?i)embed|sentence[-_]?(?:encoder|transformer)")
_NEIGHBOURS = re.compile(r"\bNearestNeighbors\(")


def _fits_an_index(name: str, notes: Notes) -> bool:
    """Say whether vectors are only put where their neighbours are looked up, by a library or a class of the file: nothing learns."""
    owner = name.removesuffix(".fit").rpartition(".")[2]
    if not name.endswith(".fit") or not owner.isidentifier() or not notes.file.shows(_EMBEDS):
        return False
    made = re.search(rf"\b{owner}\s*=\s*(?:\w+\.)*([A-Z]\w*)\(", notes.file.text)
    if made is None or made[1] == "NearestNeighbors":
        return made is not None
    own = rf"(?m)^class {made[1]}(?:\(\s*(?:object)?\s*\))?:"
    return notes.file.shows(_NEIGHBOURS) and re.search(own, notes.file.text) is not None


@lru_cache(maxsize=65_536)
def _trains(name: str) -> bool:
    """Say whether a method that learns is called, on something other than what prepares columns."""
    return bool(_TRAINS.search(name)) and not _PREPARES.search(name)
