"""A further process of this Python that runs a module of poc-gate, and none that lies in the folder it is started in."""

from __future__ import annotations

import sys
from pathlib import Path

_HOME = Path(__file__).resolve().parents[2].as_posix()


def own_python(module: str, *words: str) -> list[str]:
    """Return the command: the package is found where this process found it.

    `python -m` puts the working folder first on the path of modules, and that may be a judged repository: a `json.py` in it
    would run. `-P` leaves it out, also before the first module is imported.
    """
    start = f"import sys, runpy; sys.path.insert(0, {_HOME!r}); runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    return [sys.executable, "-P", "-c", start, *words]
