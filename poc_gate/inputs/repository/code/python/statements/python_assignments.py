"""Assignments in Python -> constants, settings with their defaults, models that are chosen, variables that are needed."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.code.named_values import note_option as note_switch
from poc_gate.inputs.repository.code.python.calls.python_addresses import note_kept_address
from poc_gate.inputs.repository.code.python.calls.python_files import is_loading
from poc_gate.inputs.repository.code.python.calls.python_widgets import note_session, note_widget
from poc_gate.inputs.repository.code.python.models.python_given_models import note_arn
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.statements.python_fields import (
    is_free_in_a_request,
    is_of_settings,
    note_field,
)
from poc_gate.inputs.repository.code.python.statements.python_labels import AS_NOTHING, SHOWN
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_environment import environment_call
from poc_gate.inputs.repository.code.python.values.python_lists import described_model
from poc_gate.inputs.repository.code.python.values.python_values import Worth, argument_named, worth
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.signals import Ref
from poc_gate.inputs.repository.tables.marks.key_marks import provider_of_key
from poc_gate.inputs.repository.tables.models import names_a_model, role_of_key
from poc_gate.inputs.repository.tables.settings import PICKS, fact_of_setting, words_of
from poc_gate.model.claim import Place

_OF_GUNICORN = re.compile(r"gunicorn(?:[._-]?conf(?:ig)?)?\.py$")
_ENUM = frozenset({"Enum", "StrEnum", "IntEnum"})
_TRAINS = re.compile(r"(?i)train|fine_?tun")
"""Classes of requests and settings for training: what they begin with is not what answers."""
_COLUMNS = frozenset({"mapped_column", "Column"})
_COMPATIBLE = frozenset({"openai", "anthropic", "huggingface-hub", "azure-openai"})
"""Providers whose variables also hold the keys of other servers that speak their protocol."""
_LEARNED = re.compile(
    r"(?i)model|classifier|regressor|pipeline|estimator|ranker|router|vectori[sz]er|scaler|(?:^|_)(?:clf|knn|svm|xgb|lgbm?|rf|gbm)(?:_|$)|forest|log_?reg|booster|similarit|recommend"
)


def note_assignment(module: PythonContext, node: ast.Assign | ast.AnnAssign) -> None:
    """Note a constant or a setting by its name and value."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if isinstance(target, ast.Subscript):
        _note_environment(module, target, node.value)
        note_session(module, target, node.value)
        return
    if not isinstance(target, ast.Name | ast.Attribute):
        return
    name = target.id if isinstance(target, ast.Name) else target.attr
    if name in SHOWN and node.value is not None:
        module.weighed |= {id(one): AS_NOTHING for one in ast.walk(node.value) if isinstance(one, ast.Dict)}
    if node.value is None:
        _note_declared_variable(module, node, name)
        return
    if names_a_model(name) and any(_TRAINS.search(kind.name) for kind in module.in_class):
        return
    if is_loading(node.value, module.scopes) and (_LEARNED.search(name) or _predicts(module, name)):
        _note_pickled(module, name, module.place(node))
    note_kept_address(name, node.value, module.notes, module.place(node))
    note_field(module, node, name)
    if name.lower().endswith("model_arn"):
        note_arn(name, node.value, module.notes)
    _note_chosen(module, name, node.value)
    found = worth(node.value, module.scopes)
    if found.value is None and not note_widget(module, name, node.value):
        _note_declared_variable(module, node, name)
        _note_alias(module, name, found)
        _note_address(module, name, node.value)
        return
    if environment_call(node.value):
        _note_alias(module, name, found)
    member = isinstance(node.value, ast.Attribute) and isinstance(found.node, ast.Constant)
    if environment_call(node.value) or (isinstance(node.value, ast.Name | ast.Attribute) and not member):
        return  # the look-up itself is noted, or the name where it is given
    _note_value(module, node, name, found)


def _note_address(module: PythonContext, name: str, value: ast.expr) -> None:
    """Note a database by the scheme that an address with parts to put in begins with, or whom the program asks there."""
    first = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else None
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return
    if module.in_function and not (first.value.startswith("https://") and _is_asked(name, module.notes.file)):
        return
    address = _of_an_account(value) if first.value == "https://" else first.value
    note_named(name, address, module.place(value), module.notes, kind="", weight=2)


_BEHIND_AN_ACCOUNT = re.compile(r"(?:\.[a-z0-9-]{1,40}){2,6}(?=[/:?]|$)")


def _of_an_account(value: ast.expr) -> str:
    """Return an address that begins with a name to put in, with a star for it: `https://{tenant}.service.com/...`."""
    behind = value.values[2] if isinstance(value, ast.JoinedStr) and len(value.values) > 2 else None
    text = behind.value if isinstance(behind, ast.Constant) and isinstance(behind.value, str) else ""
    found = _BEHIND_AN_ACCOUNT.match(text)
    return f"https://*{found[0]}" if found else "https://"


_AN_ADDRESS = re.compile(r"(?i)(?:^|_)(?:url|uri|endpoint|authority)$")


def _is_asked(name: str, file: TextFile) -> bool:
    """Say whether what a name holds is given to a call that asks it: `session.get(url)`, `authority=self.authority`."""
    if not name.isidentifier() or not _AN_ADDRESS.search(name):
        return False
    return file.shows(re.compile(rf"\.(?:get|post|put|patch|delete|request|stream|urlopen)\((?:[^()\n]*[,\s])?(?:url=)?(?:self\.)?{name}\b|\bauthority\s*=\s*(?:self\.)?{name}\b"))  # fmt: skip


def _predicts(module: PythonContext, name: str) -> bool:
    """Say whether what a name holds is asked for what it learned: `pipe.predict(rows)`."""
    return module.notes.file.shows(re.compile(rf"\b{re.escape(name)}\.predict(?:_proba)?\("))


def _note_pickled(module: PythonContext, name: str, place: Place) -> None:
    """Note a model that is read from a pickle; what ranks or scales beside one counts less."""
    weight = 1 if _BESIDE_A_MODEL.search(name) else 3
    module.notes.technique("classic-ml", f"{name} is read from a pickle", place, weight=weight)
    why = "read from a pickle, which can run code"
    module.notes.flag("model.safe_format", place, value=False, note=why)


_BESIDE_A_MODEL = re.compile(r"(?i)rank|router|vectori|scaler")


def _note_alias(module: PythonContext, name: str, found: Worth) -> None:
    """Note which environment variable decides a name; one that two files give different variables has none."""
    if found.ref is not None and found.ref.kind == "env" and not module.in_function:
        aliases = module.notes.signals.aliases
        aliases[name] = found.ref.name if aliases.get(name, found.ref.name) == found.ref.name else ""


def _note_value(module: PythonContext, node: ast.Assign | ast.AnnAssign, name: str, found: Worth) -> None:
    """Note a value by its name; both branches of a condition, so that they become a question."""
    if module.in_function and module.weight == AS_NOTHING:
        return
    bases = [base for kind in module.in_class[-1:] for base in kind.bases]
    options = any((getattr(base, "id", "") or getattr(base, "attr", "")) in _ENUM for base in bases)
    if found.default and isinstance(found.node, ast.BinOp):
        return  # computed of a parameter: whoever calls decides
    if isinstance(node.value, ast.Call) and dotted_name(node.value.func).rpartition(".")[2] in _COLUMNS:
        return  # what a row of a table holds where nobody says otherwise
    if is_free_in_a_request(module, node, name):
        return
    place = module.place(found.node or node)
    of_gunicorn = name == "timeout" and _OF_GUNICORN.match(module.notes.file.name)
    if of_gunicorn and isinstance(found.value, int | float):
        note = "a worker that takes longer is stopped"
        module.notes.number("operations.request_deadline", float(found.value), place, unit="s", note=note)
        return
    local, siblings = module.in_function > 0, module.siblings()
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    weight = 1 if module.filled_in and ast.unparse(target) in module.filled_in else 2
    for value in (found.value, found.alternative):
        if value is not None and not _is_of_words(module, name, value):
            owned = _owned(module, name, value)
            note_named(
                owned,
                value,
                place,
                module.notes,
                siblings=siblings,
                options=options,
                local=local,
                weight=weight,
            )
            if options and not local:
                module.notes.setting(
                    "name", f"{module.in_class[-1].name}.{name}", value, place, weight=weight
                )


def _is_of_words(module: PythonContext, name: str, value: object) -> bool:
    """Say whether a name holds what only texts and logs speak of, `f"see [it]({base}/page)"`, or a model that only counts their tokens."""
    if not isinstance(value, str) or not name.isidentifier():
        return False
    if value.startswith("https://"):
        if not module.in_function:
            return False
        used = rf"(?<![\w.]){name}\b(?!\s*=[^=])"
        wanted = rf"\b(?:log(?:ger|ging)?\.\w+|print)\([^()\n]*\b{name}\b|[^\"'\{{]\{{{name}[}}:!]"
    elif module.notes.file.shows(_COUNTS):
        used = rf"\b{name}\b(?!\s*(?::\s*\w+\s*)?=[^=])"
        wanted = rf"{_COUNTS.pattern}[^()]*\b{name}\b"
    else:
        return False
    text = module.notes.file.text
    uses = len(re.findall(used, text))
    return 0 < uses == len(re.findall(wanted, text))


_COUNTS = re.compile(
    r"(?:\b(?:count_tokens|encoding_for_model|token_counter)|Tokenizer(?:Fast)?\.from_pretrained)\("
)


def _note_environment(module: PythonContext, target: ast.Subscript, value: ast.expr | None) -> None:
    """Note a variable that the program itself sets: `os.environ["NAME"] = ...`."""
    looked_up = environment_call(target)
    if looked_up is None or value is None:
        return
    found = worth(value, module.scopes)
    if found.value is not None:
        note_named(looked_up[0], found.value, module.place(found.node or target), module.notes, kind="env")


def _note_chosen(module: PythonContext, name: str, value: ast.expr) -> None:
    """Note a constant that holds a described model, a list of them, or a member of an enumeration of models."""
    if not (names_a_model(name) or re.search(r"(?i)models$", name)):
        return
    role = "fallback" if "fallback" in name.lower() else role_of_key(name)
    if isinstance(value, ast.List | ast.Tuple) and re.search(r"(?i)fallback", name):
        for item in value.elts[:12]:
            _note_described(module, item, role, default=False)
    elif isinstance(value, ast.Name | ast.Subscript):
        _note_described(module, value, role, default=bool(re.search(r"(?i)default|primary|main", name)))
    elif isinstance(value, ast.Attribute) and value.attr.isupper() and isinstance(value.value, ast.Name):
        module.notes.model(Ref("name", f"{value.value.id}.{value.attr}"), module.place(value), role=role or "chat", default="DEFAULT" in name.upper())  # fmt: skip


def _note_described(module: PythonContext, node: ast.expr, role: str, *, default: bool) -> None:
    """Note the model that an object describes, such as `ModelConfig(id="...")`."""
    text = described_model(node, module.scopes)
    if text is not None:
        module.notes.model(text[0], module.place(text[1]), role=role or "chat", default=default)


_OF_A_PART = re.compile(r"(?i)embed|chunk|splitter|rerank")
"""Classes of settings of what fills and searches an index: a limit there is none of the model that answers."""


def _owned(module: PythonContext, name: str, value: object) -> str:
    """Return an attribute with its class where the class says what the model, the address or the limit is of, such as `VLMConfig`."""
    owner = module.in_class[-1].name if module.in_class and not module.in_function else ""
    named = names_a_model(name) and not role_of_key(name) and bool(role_of_key(owner))
    limits = _OF_A_PART.search(owner) and any(fact.startswith(("model.", "security.")) for fact, _ in fact_of_setting(name, value))  # fmt: skip
    counts = name.lower() in {"top_k", "topk"} and PICKS.search(owner) is not None
    return (
        f"{owner}.{name}"
        if named or limits or counts or (owner and name.lower() in {"uri", "url", "dsn"})
        else name
    )


def _note_declared_variable(module: PythonContext, node: ast.Assign | ast.AnnAssign, name: str) -> None:
    """Note a setting of a settings class without a default: the environment decides it."""
    if is_of_settings(module) and not module.in_function and isinstance(node, ast.AnnAssign):
        module.notes.need(name.upper(), module.place(node))
        module.notes.signals.aliases.setdefault(name, name.upper())


def note_lookup(module: PythonContext, node: ast.Call | ast.Subscript) -> None:
    """Note an environment variable, with its default or as one that is needed."""
    looked_up = environment_call(node)
    if looked_up is None:
        return
    variable, default = looked_up
    if words_of(variable) in module.turned_on:
        return  # handed on where it is on, which says nothing of whether it is
    if module.in_branch and isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        # Only somebody who has that key gets here.
        note_key_variable(variable, module.place(node), module.notes, offered="off")
        return
    if provider_of_key(variable) not in _COMPATIBLE:
        note_key_variable(
            variable,
            module.place(node),
            module.notes,
            maybe=isinstance(node, ast.Call) and "hook" in variable.lower(),
        )
    found = worth(default, module.scopes)
    if found.value in (None, ""):
        module.notes.need(variable, module.place(node))
    else:
        assert found.value is not None
        note_named(variable, found.value, module.place(found.node or node), module.notes, kind="env")


def note_option(module: PythonContext, node: ast.Call) -> None:
    """Note an option of the command line with its default: `add_argument("--model-id", default="...")`."""
    if dotted_name(node.func).rpartition(".")[2] not in {"add_argument", "option", "Option"} or not node.args:
        return
    flags = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    name = next((flag for flag in flags if flag.startswith("--")), "").lstrip("-").replace("-", "_")
    default = argument_named(node, "default")
    found = worth(default, module.scopes)
    if name and default is None and any(_is_a_flag(one) for one in node.keywords):
        note_switch(name, "false", module.notes)
    elif name and found.value is not None:
        place = module.place(found.node or node)
        note_named(name, found.value, place, module.notes, kind="", local=True)


def _is_a_flag(given: ast.keyword) -> bool:
    """Say whether an argument makes an option of the command line one that is off until it is given."""
    value = getattr(given.value, "value", None)
    return (given.arg == "is_flag" and value is True) or (given.arg == "action" and value == "store_true")
