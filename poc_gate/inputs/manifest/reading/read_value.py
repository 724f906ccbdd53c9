"""One value as it stands in the file -> one value of a fact, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from typing import Any

from poc_gate.inputs.manifest.fields.field_tree import Leaf
from poc_gate.inputs.manifest.schema.field_types import Date, File, Number, QuantityText, Share
from poc_gate.model.claim import Value
from poc_gate.model.engines.serving_engines import SERVING_ENGINES
from poc_gate.model.quantity import UNIT_MEANING, Quantity, show_quantity, show_share
from poc_gate.text.quantities.quantity_spellings import bare_number, in_plain_spelling, parse_written
from poc_gate.text.quantities.quantity_text import CURRENCIES, QuantityError, currency_of
from poc_gate.text.secrets.literal_secrets import find_secret

_LONGEST_TEXT = 10_000
_MEANT = {
    "retrieval": {"rag", "search", "semantic search", "vector search"},
    "llm": {"chat", "chatbot", "genai", "generative", "gpt", "copilot"},
    "classic-ml": {
        "ml",
        "machine learning",
        "machine-learning",
        "classic",
        "tabular",
        "classifier",
        "vision",
    },
    "training": {"fine-tuning", "finetuning", "fine tuning", "finetune"},
    "agent": {"agents", "agentic", "tools", "tool use"},
    "self": {
        "self-hosted",
        "selfhosted",
        "self hosted",
        "on-prem",
        "onprem",
        "local",
        "own",
        *(row.name for row in SERVING_ENGINES),
    },
    "hosted": {"api", "saas", "cloud", "vendor", "provider", "openai", "azure", "bedrock", "managed"},
    "production": {"prod", "live"},
    "pilot": {"poc", "mvp", "prototype", "proof of concept", "dev", "development"},
    "limited": {"beta", "canary", "staging", "soft launch"},
    "named-colleagues": {"colleagues", "team", "testers"},
    "employees": {"internal", "staff", "employee"},
    "customers": {"clients", "users", "external", "customer"},
    "public": {"everyone", "anyone", "internet"},
}
"""What people write for a choice that has another name here."""
_DIGITS = re.compile(r"\d{1,15}(\.\d{1,15})?", re.ASCII)
_PATTERN_STEPS = {
    "id": "use letters, digits, space, dot, dash or underscore, at most 80",
    "name": "use letters, digits, space, dot, dash or underscore, at most 80",
    "rule": "write a rule's id, such as G02-rollback-exercised; `poc-gate rules list` shows them",
    "sha256": "write the 64 hexadecimal digits that `sha256sum FILE` prints",
    "credential": "write env:NAME, file:PATH or cmd:COMMAND; never the secret itself",
    "currency": "write an ISO 4217 code such as EUR",
}


class ValueFault(Exception):  # noqa: N818 - it is a fault of the input, kept apart until all are known
    """One value that cannot be used: what is wrong and what to write instead."""

    def __init__(self, what: str, next_step: str) -> None:
        """Keep the two halves apart."""
        super().__init__(what)
        self.what = what
        self.next_step = next_step


def read_value(leaf: Leaf, raw: Any) -> Value:
    """Return the value that `raw` states for a field.

    Raises ValueFault for another type, unit, dimension or choice, for a value outside the plausible
    range, a date that does not exist, and a path that leaves the manifest's folder.
    """
    if issubclass(leaf.type, QuantityText):
        return _quantity(leaf, raw)
    if leaf.type is Number:
        return _number(leaf, raw)
    if leaf.type is bool:
        return _flag(leaf, raw)
    text = _text(leaf, raw)
    if leaf.choices and text not in leaf.choices:
        raise _no_choice(leaf, text)
    if leaf.type is Date:
        return _date(text)
    if leaf.type is File:
        return _path(text)
    if leaf.pattern and not re.fullmatch(leaf.pattern, text):
        shown = "the value" if leaf.name == "credential" else shown_text(text)
        raise ValueFault(f"{shown} is not a valid {leaf.name}", _PATTERN_STEPS.get(leaf.name, leaf.pattern))
    if leaf.path == "cost.currency" and text not in CURRENCIES:
        raise ValueFault(
            f"{shown_text(text)} is not a currency known here", f"one of {', '.join(sorted(CURRENCIES))}"
        )
    return text


def shown_text(raw: Any) -> str:
    """Return a value for a message: short, quoted, and never a secret."""
    if isinstance(raw, str) and find_secret(raw):
        return "a value that looks like a secret"
    if isinstance(raw, bool):
        return str(raw).lower()
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def type_name(raw: Any) -> str:
    """Return in words what stands in the file."""
    names = {
        bool: "true/false",
        int: "a number",
        float: "a number",
        str: "a text",
        list: "a list",
        dict: "a block",
    }
    return names.get(type(raw), "nothing")


def _with_unit(leaf: Leaf, raw: Any) -> Any:
    """Return a bare number with the unit that it can only mean; anything else as it is."""
    if not leaf.bare_unit or isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return raw
    if isinstance(raw, str):
        grouped = bare_number(raw)
        bare = raw.strip(" \t") if _DIGITS.fullmatch(raw.strip(" \t")) else ""
        bare = f"{grouped:.15g}" if grouped is not None else bare
    else:
        bare = f"{float(raw):.15g}"
    return f"{bare}{leaf.bare_unit}" if bare else raw


def _quantity(leaf: Leaf, raw: Any) -> Quantity:
    raw = _with_unit(leaf, raw)
    asked = UNIT_MEANING[leaf.unit] if leaf.type is not Share else "a share with its sign, such as 99.9 %"
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if leaf.type is Share:
            raise ValueFault(f"{raw!r} has no unit", f"write it with its sign: {_percent(raw)} %")
        raise ValueFault(f"{raw!r} has no unit", f"write {asked}")
    if not isinstance(raw, str):
        raise ValueFault(f"expected a quantity, found {type_name(raw)}", f"write {asked}")
    try:
        quantity = parse_written(raw, leaf.unit)
    except QuantityError as error:
        what = error.what if not find_secret(raw) else "a value that looks like a secret is not a quantity"
        raise ValueFault(what, error.next_step) from error
    if leaf.type is Share and not in_plain_spelling(raw, leaf.unit).endswith("%"):
        raise ValueFault(f"{raw!r} has no unit", f"write it with its sign: {_percent(quantity.value)} %")
    if "money" in leaf.unit and not currency_of(raw):
        raise ValueFault(f"{raw!r} names no currency", f"write {asked}")
    return _in_range(leaf, quantity, raw)


def _percent(share: float) -> str:
    """Return what was probably meant: 0.999 as 99.9, and 99.9 as it stands."""
    return f"{share * 100 if abs(share) <= 1 else share:.10g}"


def _number(leaf: Leaf, raw: Any) -> Quantity:
    grouped = bare_number(raw) if isinstance(raw, str) else None
    if grouped is not None:
        return _in_range(leaf, Quantity(grouped), raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        step = f"write a bare number, such as {leaf.example}"
        raise ValueFault(f"expected a bare number, found {shown_text(raw)}", step)
    return _in_range(leaf, Quantity(float(raw)), raw)


def _in_range(leaf: Leaf, quantity: Quantity, raw: Any) -> Quantity:
    below = leaf.low is not None and quantity.value < leaf.low - 1e-12 * abs(leaf.low)
    above = leaf.high is not None and quantity.value > leaf.high * (1 + 1e-12)
    if not math.isfinite(quantity.value) or below or above:
        low = _shown_bound(leaf, leaf.low) if leaf.low is not None else "any value"
        high = _shown_bound(leaf, leaf.high) if leaf.high is not None else ""
        bounds = f"between {low} and {high}" if high else f"at least {low}"
        raise ValueFault(f"{raw} is out of range for {leaf.name}", f"a plausible value is {bounds}")
    return quantity


def _shown_bound(leaf: Leaf, bound: float) -> str:
    return show_share(bound) if leaf.type is Share else show_quantity(Quantity(bound, leaf.unit))


def _flag(leaf: Leaf, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    del leaf
    raise ValueFault(f"{shown_text(raw)} is neither true nor false", "write true or false, without quotes")


def _text(leaf: Leaf, raw: Any) -> str:
    if not isinstance(raw, str):
        if isinstance(raw, list | dict):
            raise ValueFault(
                f"expected a text, found {type_name(raw)}", f"write `{leaf.name}: {leaf.example}`"
            )
        raise ValueFault(f"{shown_text(raw)} is not a text", f'put it in quotes: "{str(raw).lower()}"')
    if not raw.strip():
        raise ValueFault("the text is empty", "write it, or leave the key out")
    if len(raw) > _LONGEST_TEXT:
        raise ValueFault(f"the text has {len(raw):,} characters", f"at most {_LONGEST_TEXT:,} are read")
    return raw


def _no_choice(leaf: Leaf, text: str) -> ValueFault:
    word = text.strip(" \t").lower()[:40]
    meant = next((choice for choice, words in _MEANT.items() if choice in leaf.choices and word in words), "")
    close = [meant] if meant else difflib.get_close_matches(word, leaf.choices, n=1, cutoff=0.6)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return ValueFault(
        f"{shown_text(text)} is not a valid {leaf.name}", f"{hint}one of {', '.join(leaf.choices)}"
    )


def _date(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueFault(
            f"{shown_text(text)} is not a valid date", "write year-month-day, such as 2026-12-01"
        )
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise ValueFault(f"the date {text} does not exist", "write a date that exists") from None
    return text


def _path(text: str) -> str:
    if find_secret(text):
        raise ValueFault(
            "a value that looks like a secret is not a path", "name a file below the manifest's folder"
        )
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://", text):
        raise ValueFault(
            f"{shown_text(text)} is an address, not a file", "name a file below the manifest's folder"
        )
    if text.startswith(("/", "~")) or re.match(r"[A-Za-z]:", text) or "\\" in text:
        step = "write a path relative to the manifest, with /"
        raise ValueFault(f"{shown_text(text)} is not a relative path", step)
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if not parts:
        raise ValueFault(
            f"{shown_text(text)} is a folder, not a file", "name a file below the manifest's folder"
        )
    if ".." in parts:
        raise ValueFault(f"{shown_text(text)} leaves the manifest's folder", "copy the file into that folder")
    return "/".join(parts)
