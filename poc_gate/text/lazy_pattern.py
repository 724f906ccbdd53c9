"""Regular expressions that are compiled when they are first used.

Compiling all those of the modules that one command loads takes a tenth of its time, and a run uses few of them.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast


def lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what answers as `re.compile(pattern, flags)` does, and compiles at the first question.

    A faulty pattern raises `re.error` then.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy:
    """Stands in for a compiled pattern; what was asked for once is an attribute of its own, without detour."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._asked = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self.__dict__["_compiled"] = re.compile(*self._asked)
        found = getattr(compiled, name)
        self.__dict__[name] = found
        return found
