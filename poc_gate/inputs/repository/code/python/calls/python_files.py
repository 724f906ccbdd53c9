"""Files of models that Python reads and writes -> a classic model, and whether its format can run code."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_dotted_names import full_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

LOADS_PICKLE = re.compile(r"^(?:pickle|joblib|cloudpickle|dill)\.load$")
WRITES_PICKLE = re.compile(r"^(?:pickle|joblib|cloudpickle|dill)\.dump$")
LOADS_MODEL = re.compile(
    r"^mlflow\.(?:\w+\.)?load_model$|^tf\.keras\.models\.load_model$|^keras\.models\.load_model$|^tensorflow\.keras\.models\.load_model$"
)
_MODEL_WORD = re.compile(
    r"(?i)model|classifier|regressor|pipeline|predictor|estimator|lin_reg|log_?reg|booster|(?:^|[\W_])(?:clf|knn|svm|xgb|lgbm?|rf|gbm)(?:[\W_]|$)|random_?forest|decision_?tree|similarit|recommend"
)


def is_loading(node: ast.AST, scopes: Scopes) -> bool:
    """Say whether an expression reads an object from a pickle."""
    return isinstance(node, ast.Call) and bool(LOADS_PICKLE.match(full_name(node.func, scopes)))


def note_loaded(name: str, node: ast.Call, notes: Notes, place: Place) -> None:
    """Note a model that is read from a file: classic, and in a format that can run code where it is a pickle."""
    shown = ast.unparse(node)[:200] if len(node.args) < 5 else ""
    said = shown.partition("(")[2]
    if not (_MODEL_WORD.search(said) or _MODEL_WORD.search(_function_around(node, notes)) or "mlflow" in name):  # fmt: skip
        return
    if "mlflow" in name and notes.file.shows(_KEEPS_AN_AGENT):
        return  # what was kept there is the program's own agent
    notes.technique("classic-ml", f"{name} reads a model", place)
    registered = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    if isinstance(registered, str) and registered.startswith("models:/"):
        notes.fact("model.artifact", registered, place)
        version = registered.rpartition("/")[2]
        notes.flag(
            "model.alias_floating", place, value=not version.isdigit(), note=f"the registry's {version}"
        )
    if LOADS_PICKLE.match(name):
        notes.flag("model.safe_format", place, value=False, note=f"{name} reads it; a pickle can run code")


_KEEPS_AN_AGENT = re.compile(r"\bmlflow\.(?:langchain|llama_index|openai|dspy|langgraph)\.(?:log|save|load)_model\b|\b(?:ChatCompletionRequest|ChatAgent|ResponsesAgent|ChatModel)\b|\bfrom databricks import agents\b")  # fmt: skip
"""What a file speaks of that logs an agent or a chain of language models as a model of MLflow."""
_DEFINES = re.compile(r"^(?P<indent>[ \t]*)(?:async[ \t]+)?def[ \t]+(?P<name>\w+)")


def _function_around(node: ast.Call, notes: Notes) -> str:
    """Return the name of the function that a call stands in, which says what it loads: `load_pipeline`; empty outside of one."""
    lines = notes.file.lines
    for number in range(min(node.lineno, len(lines)) - 1, -1, -1):
        match = _DEFINES.match(lines[number])
        if match is not None and len(match["indent"]) < node.col_offset:
            return match["name"]
    return ""


def note_written(name: str, node: ast.Call, notes: Notes, place: Place) -> None:
    """Note a model that is written as a pickle: whoever reads it runs what is in it."""
    shown = ast.unparse(node)[:200] if len(node.args) < 5 else ""
    if _MODEL_WORD.search(shown.partition("(")[2]) and notes.standing <= Standing.SUPPORT:
        notes.flag("model.safe_format", place, value=False, note=f"{name} writes it; a pickle can run code")
