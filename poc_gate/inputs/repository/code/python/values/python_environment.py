"""A look-up of the environment in Python -> the variable, and its default."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name

_GETTERS = frozenset(
    {
        "getenv",
        "dbutils.widgets.get",
        "dbutils.widgets.text",
        "dbutils.widgets.dropdown",
        "dbutils.widgets.combobox",
        "environ.get",
        "st.secrets.get",
        "streamlit.secrets.get",
        "env.str",
        "env.int",
        "env.float",
        "env.bool",
        "env",
        "config",
        "get_env",
        "getenv_or_default",
        "environ.setdefault",
        "get_env_variable",
        "env_or_default",
        "getenvstr",
    }
)


_PROVIDES = re.compile(r"(?:^|[._])(?:cfg|conf|config|app_config|settings)\.(?:get|get_value)$")
"""Stores of settings that a program asks by the names of variables, with a default: `config.get("TOP_K", 3)`."""


_SECRETS = frozenset({"st.secrets", "streamlit.secrets"})
"""What Streamlit hands a program out of `.streamlit/secrets.toml`, as the environment hands others their variables."""


def _is_looked_up_in(name: str) -> bool:
    return name.endswith("environ") or name in _SECRETS


def environment_call(node: ast.AST) -> tuple[str, ast.expr | None] | None:
    """Return the variable that an expression looks up, and its default; None for anything else."""
    if isinstance(node, ast.Subscript):
        key = node.slice
        if (
            _is_looked_up_in(dotted_name(node.value))
            and isinstance(key, ast.Constant)
            and isinstance(key.value, str)
        ):
            return key.value, None
        return None
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
        return None
    name, variable = dotted_name(node.func), node.args[0].value
    if not isinstance(variable, str) or not variable.isidentifier():
        return None
    provided = _PROVIDES.search(name) is not None and "_" in variable and variable.isupper() and len(node.args) > 1  # fmt: skip
    if not provided and (
        name.removeprefix("os.") not in _GETTERS or (name in {"config", "env"} and not variable.isupper())
    ):
        return None
    default = node.args[1] if len(node.args) > 1 else None
    for keyword in node.keywords:
        if keyword.arg == "default":
            default = keyword.value
    return variable, default
