"""Arguments of a call that makes a model in Python -> its longest answer, its time-out, its retries."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.calls.python_interfaces import seconds_of
from poc_gate.inputs.repository.code.python.values.python_arguments import place_of, written_at
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import Worth, worth
from poc_gate.inputs.repository.noting.marks import OF_ONE_REQUEST, OF_OWN_ENGINE
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.settings import IS_ASIDE, fact_of_setting

_CAP = "security.output_cap"
CAPS = (
    "max_tokens",
    "max_output_tokens",
    "max_completion_tokens",
    "max_new_tokens",
    "max_tokens_to_sample",
    "num_predict",
)


def note_limits(node: ast.Call, scopes: Scopes, notes: Notes, model: str = "") -> None:
    """Note answer length, time-out and retries that a chat model is made with; `model` is the one that the call names."""
    for keyword in node.keywords:
        value, found = keyword.value, worth(keyword.value, scopes)
        if not isinstance(found.value, int | float):
            continue
        if keyword.arg == "temperature" and not found.default:
            notes.remark("temperature", "", written_at(value, notes), f"temperature {found.value:g}")
        if isinstance(found.value, bool) or found.value <= 0:
            continue
        if keyword.arg in CAPS:
            _note_cap(value, found, notes, model)
        elif keyword.arg is not None:
            _note_limit(keyword.arg, value, found, notes)


def note_limits_of_client(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note how long each question of a client may take, and how often it is asked again: `OpenAI(timeout=20, max_retries=3)`."""
    for keyword in node.keywords:
        if keyword.arg not in _OF_A_CLIENT:
            continue
        found = (
            seconds_of(keyword.value, scopes) if keyword.arg == "timeout" else worth(keyword.value, scopes)
        )
        if isinstance(found.value, int | float) and not isinstance(found.value, bool) and found.value > 0:
            _note_limit(keyword.arg, keyword.value, found, notes)


_OF_A_CLIENT = frozenset({"timeout", "max_retries"})


def note_limit_of_entry(
    key: str, value: ast.expr, siblings: frozenset[str], scopes: Scopes, notes: Notes
) -> None:
    """Note how often or how long a model is asked, in a dictionary that a chat model is made with: `{"model": ..., "temperature": 0, "max_retries": 5}`."""
    if key not in _OF_ENTRIES or not (siblings & _NAME_IT and siblings & _SAY_HOW):
        return
    found = worth(value, scopes)
    if isinstance(found.value, int | float) and not isinstance(found.value, bool) and found.value > 0:
        _note_limit(key, value, found, notes)


_OF_ENTRIES = frozenset({"timeout", "request_timeout", "max_retries", "num_retries"})
_NAME_IT = frozenset({"model", "model_name", "model_id", "azure_deployment", "deployment_name"})
_SAY_HOW = frozenset({"temperature", "max_tokens", "max_completion_tokens", "streaming", "top_p"})
"""Keys that stand beside the model's name in such a dictionary."""


def note_new_tokens(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note how long an answer of a model in the program itself may be: `model.generate(**tokens, max_new_tokens=256)`."""
    if _LEARNS.search(notes.file.path) or not notes.file.shows(_IN_THE_PROGRAM):
        return
    for keyword in node.keywords:
        found = worth(keyword.value, scopes) if keyword.arg == "max_new_tokens" else None
        if found is not None and isinstance(found.value, int) and not isinstance(found.value, bool):
            _note_cap(keyword.value, found, notes, "")


_IN_THE_PROGRAM = re.compile(r"(?m)^[ \t]*(?:from|import) transformers\b")
_LEARNS = re.compile(r"(?i)(?:^|[/_-])(?:train\w*|fine_?-?tun\w*|sft|eval\w*|bench\w*)(?:[/_.-]|$)")
"""Files that train or measure a model: how long its answers may be there limits nobody's."""


def _note_cap(given: ast.expr, found: Worth, notes: Notes, model: str) -> None:
    """Note how long an answer may be, and of which model; a step beside the answer has a cap of its own."""
    value = found.value
    if not isinstance(value, int | float) or IS_ASIDE.search(notes.file.path) or _of_a_step(given, value):
        return
    at = place_of(found.node, written_at(given, notes))
    notes.number(_CAP, value, at, unit="tok", weight=_weight_of_limit(given, found))
    if model and found.node is given:
        notes.signals.of_models[at] = model.lower()


def note_cap_unless_asked(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note how long an answer may be where whoever asks says nothing else: `max_tokens=request.max_tokens or 1024`, beside how words are drawn."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if len(_DRAWN & given.keys()) < _FEWEST_DRAWN:
        return
    for name in CAPS:
        value = _unless_asked(given.get(name))
        found = worth(value, scopes) if value is not None else None
        if (
            value is not None
            and found is not None
            and isinstance(found.value, int | float)
            and found.value > 0
        ):
            _note_cap(value, found, notes, "")


_DRAWN = frozenset({"temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "repetition_penalty"})  # fmt: skip
"""What says how words are drawn; beside it a cap is one of answers."""
_FEWEST_DRAWN = 2


def _unless_asked(given: ast.expr | None) -> ast.expr | None:
    """Return what stands for a field of a request that is empty: the 1024 of `request.cap if request.cap else 1024`."""
    if isinstance(given, ast.IfExp) and isinstance(given.body, ast.Attribute):
        tested = given.test.left if isinstance(given.test, ast.Compare) else given.test
        return given.orelse if ast.unparse(tested) == ast.unparse(given.body) else None
    if isinstance(given, ast.BoolOp) and isinstance(given.op, ast.Or) and isinstance(given.values[0], ast.Attribute):  # fmt: skip
        return given.values[-1]
    return None


def note_cap(given: ast.expr, found: Worth, notes: Notes) -> None:
    """Note how long an answer may be, as the body of a request says it."""
    _note_cap(given, found, notes, "")


def note_time(given: ast.expr, found: Worth, notes: Notes) -> None:
    """Note how long a request to a model may take."""
    if isinstance(found.value, int | float) and not isinstance(found.value, bool) and found.value > 0:
        _note_limit("timeout", given, found, notes, OF_ONE_REQUEST)


def _note_limit(name: str, given: ast.expr, found: Worth, notes: Notes, note: str = "") -> None:
    value, weight = found.value, _weight_of_limit(given, found)
    at = place_of(found.node, written_at(given, notes))
    if not isinstance(value, int | float):
        return
    if name in {"timeout", "request_timeout"} and not _FILLS.search(notes.file.path):
        notes.number("path.stages[model].timeout", value, at, unit="s", weight=weight, note=note)
    elif name in {"max_retries", "num_retries"}:
        notes.number("path.stages[model].retries", value, at, weight=weight)
    elif name in {"num_ctx", "n_ctx", "context_window", "max_model_len"}:
        note = OF_OWN_ENGINE if name in {"num_ctx", "n_ctx"} else ""
        notes.number("model.max_context", value, at, unit="tok", weight=weight, note=note)


def _weight_of_limit(given: ast.expr, found: Worth) -> int:
    """Return how much a limit counts: a constant of the file more than a number in the call, a default least."""
    if found.default:
        return min(weight_of(found), 1)
    return 2 if found.node is given else 3


def _of_a_step(given: ast.expr, value: float) -> bool:
    """Say whether a cap is that of a step beside the answer, by its name: `HINTS_PARSE_MAX_TOKENS`."""
    name = given.id if isinstance(given, ast.Name) else given.attr if isinstance(given, ast.Attribute) else ""
    if not name.lower().endswith("tokens"):
        return False
    return not any(fact == _CAP for fact, _ in fact_of_setting(name, value))


_FILLS = re.compile(r"(?i)(?:^|[/_])(?:index(?:er|ing)|ingest\w*|crawl\w*|scrap\w*)(?:[/_.]|$)")
"""Files that fill an index: how long their calls may take is not how long an answer may."""


def weight_of(found: Worth) -> int:
    """Return how much a value counts: a parameter's default less, what is computed of one not at all."""
    if not found.default:
        return 2
    return 0 if isinstance(found.node, ast.BinOp) else 1
