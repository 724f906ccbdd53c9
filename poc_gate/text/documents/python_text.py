"""Python text -> its syntax tree, also where it is written for a newer Python than the one that reads it."""

from __future__ import annotations

import ast
import re
import warnings

from poc_gate.errors import UnreadableError
from poc_gate.text.documents.python_gaps import with_plain_gaps

_MOST_REPAIRS = 12
_ALIAS = re.compile(r"(?m)^(\s*)type (\w+)(?:\[[^\]\n]*\])?\s*=")
_GENERIC = re.compile(r"(?m)^(\s*(?:async\s+def|def|class)\s+\w+)\[[^\]\n]*\](?=\s*[(:])")
_SEVERAL = re.compile(r"(?m)^(\s*except\*?) ([\w.]+(?:, *[\w.]+)+):")


def parse_python(text: str) -> ast.Module:
    """Return the syntax tree of a module.

    What a newer Python allows is written as this one knows it (aliases of types, generics, several exceptions, quotes
    in the gaps of texts); a line that still does not parse is left out, up to a dozen. Raises UnreadableError, with the line, for anything else.
    """
    try:
        return _parse(text)
    except SyntaxError as error:
        first = error
    except (RecursionError, MemoryError, ValueError):
        raise UnreadableError("nested too deeply to be read") from None
    text = _SEVERAL.sub(r"\1 (\2):", _GENERIC.sub(r"\1", _ALIAS.sub(r"\1\2 =", text)))
    lines = with_plain_gaps(text).split("\n")
    for _ in range(_MOST_REPAIRS):
        try:
            return _parse("\n".join(lines))
        except SyntaxError as error:
            number = (error.lineno or 0) - 1
            if not 0 <= number < len(lines) or not lines[number].strip():
                break
            lines[number] = f"{lines[number][: len(lines[number]) - len(lines[number].lstrip())]}pass"
        except (RecursionError, MemoryError, ValueError):
            break
    raise UnreadableError(f"not readable as Python: line {first.lineno or 0}")


def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)
