"""Dictionaries in Python that speak of models and ask none: records, labels of answers, loaders of tokenizers, menus."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_entries import keys_of
from poc_gate.inputs.repository.files.text_file import TextFile

AS_LABEL, AS_NOTHING = 1, 0
"""Weight of a name that only labels what is recorded, and of one that no answer comes from."""
_RECORDS = re.compile(r"(?i)^_*(?:record|log|track|emit|audit|observe|report|capture)(?:_|$)|^(?:debug|info|warning|error|exception)$")  # fmt: skip
"""Functions that keep what happened: what they are given asks nobody."""
_MENU = re.compile(r"(?i)(?:^|_)(?:discover|list|known|available|supported)(?:_\w+)?_(?:models?|llms?)(?:_|$)")  # fmt: skip
"""Functions that say which models there are to choose from."""
_SAMPLE = re.compile(r"(?i)(?:^|_)(?:sample|showcase|example|dummy|placeholder)_(?:\w+_)?(?:settings|config\w*|request|payload|spec\w*)$")  # fmt: skip
"""Functions that make what is only shown."""
_LEARNS = re.compile(
    r"(?i)^(?:n_neighbors|n_estimators|n_factors|n_epochs|num_epochs|num_layers|hidden_(?:dim|size|layer_sizes)|lr|learning_rate|kernel|gamma|k_factor|max_iter|max_depth|n_clusters)$"
)
_STRATEGIES = 3
"""Entries of one table, each the hyperparameters of one way to learn."""


_ANSWERED = re.compile(r"(?i)^(?:model|llm)_?used$|^used_?(?:model|llm)$|^(?:generated|answered)_by$")
"""Keys under which a result says what made it."""
_ASKS = re.compile(r"[\"']model[\"']\s*:|\bmodel\s*=(?!=)")
_SPLITS_WORDS = re.compile(r"(?:Tokenizer(?:Fast)?|Processor)\.from_pretrained$")


def is_label(key: str, file: TextFile) -> bool:
    """Say whether a key only tells what made an answer, in a file that asks a model by its name elsewhere."""
    return bool(_ANSWERED.search(key)) and file.shows(_ASKS)


def loads_of_tokenizers(node: ast.Dict) -> list[ast.Dict]:
    """Return a dictionary and those in it that say which tokenizer is loaded: `{"load": BertTokenizer.from_pretrained, ...}`."""
    loads = (isinstance(one, ast.Attribute) and _SPLITS_WORDS.search(dotted_name(one)) for one in node.values)
    return [one for one in ast.walk(node) if isinstance(one, ast.Dict)] if any(loads) else []


def is_menu(function: str) -> bool:
    """Say whether a function is called after a list of models or a sample of settings: `_discover_anthropic_models`, `_sample_settings`."""
    return bool(_MENU.search(function) or _SAMPLE.search(function))


def labels_in(node: ast.Call) -> list[ast.Dict]:
    """Return the dictionaries that a call only records: `self._record_stage(..., {"model": "mistral-7b"})`."""
    if not _RECORDS.search(dotted_name(node.func).rpartition(".")[2]):
        return []
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return [one for one in given if isinstance(one, ast.Dict)]


def shown_in(node: ast.Dict) -> list[ast.Dict]:
    """Return the dictionaries that only show a reader of a schema what a request looks like: `{"json_schema_extra": {...}}`."""
    shown = [value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant) and key.value in SHOWN]  # fmt: skip
    return [one for value in shown for one in ast.walk(value) if isinstance(one, ast.Dict)]


SHOWN = frozenset({"json_schema_extra", "schema_extra", "openapi_extra", "openapi_examples"})
"""What a description of an interface keeps its examples under."""


def hyperparameters_in(node: ast.Dict) -> list[ast.Dict]:
    """Return the entries of a table that holds the hyperparameters of many strategies, by the name of each."""
    entries = [value for value in node.values if isinstance(value, ast.Dict)]
    learning = sum(any(map(_LEARNS.search, keys_of(one))) for one in entries)
    return entries if learning >= _STRATEGIES and len(entries) == len(node.values) else []
