"""One call in Python -> whether it trains a model."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.estimators import ROOTS_OF_ESTIMATORS

_TRAINS = re.compile(r"(?:^|\.)(?:fit|backward)$|^(?:xgboost|lightgbm)\.train$")
_PREPARES = re.compile(
    r"(?i)(?:encoder|scaler|imputer|binari[sz]er|tokeni[sz]er|normali[sz]er|discreti[sz]er|preprocessor|\bohe|\ble|selector|transformer)\w*\.fit$"
)
"""What is fitted to turn columns into numbers: no model is trained by that."""
LEARNS = (ROOTS_OF_ESTIMATORS - {"pyspark", "databricks"}) | {"torch", "tensorflow", "keras", "peft"}
TUNES = re.compile(r"LoraConfig|get_peft_model|SFTTrainer|CausalLM|Seq2SeqLM|\btrl\b|\blora\b")
"""What a file speaks of that trains a language model."""
_ADAPTS = frozenset({"r", "lora_alpha", "target_modules"})
_EPOCHS = frozenset({"epochs", "max_epochs", "num_epochs"})


def trains_for_epochs(name: str, node: ast.Call) -> bool:
    """Say whether a method is told for how long to train, such as `model.train(data=..., epochs=50)`, or how large an adapter becomes.

    A server of adapters reads their settings from a file instead.
    """
    given = {keyword.arg for keyword in node.keywords}
    return bool((name.endswith(".train") and given & _EPOCHS) or (name.startswith("peft.") and name.endswith("LoraConfig") and given & _ADAPTS))  # fmt: skip


_KEEPS = re.compile(r"\b(?:joblib|pickle|cloudpickle|dill)\.dump\(|\bmlflow\.\w+\.log_model\(")


def fits_and_keeps(name: str, notes: Notes) -> bool:
    """Say whether a model that finds groups or outliers is fitted, in a file that keeps what was fitted."""
    return name.endswith(".fit_predict") and notes.file.shows(_KEEPS)


_EMBEDS = re.compile(r"(?i)embed|sentence[-_]?(?:encoder|transformer)")


def fits_an_index(name: str, notes: Notes) -> bool:
    """Say whether vectors of texts are put where their neighbours are looked up, or a class of the file is told to: nothing learns."""
    owner = name.removesuffix(".fit").rpartition(".")[2]
    if not name.endswith(".fit") or not owner.isidentifier() or not notes.file.shows(_EMBEDS):
        return False
    made = re.search(rf"\b{owner}\s*=\s*(?:\w+\.)*([A-Z]\w*)\(", notes.file.text)
    return made is not None and (made[1] == "NearestNeighbors" or (notes.file.shows(_NEIGHBOURS) and bool(re.search(rf"(?m)^class {made[1]}(?:\(\s*(?:object)?\s*\))?:", notes.file.text))))  # fmt: skip


_NEIGHBOURS = re.compile(r"\bNearestNeighbors\(")


@lru_cache(maxsize=65_536)
def is_training_name(name: str) -> bool:
    """Say whether a method that learns is called, on something other than what prepares columns."""
    return bool(_TRAINS.search(name)) and not _PREPARES.search(name)
