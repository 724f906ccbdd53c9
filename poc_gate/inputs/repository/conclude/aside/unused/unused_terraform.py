"""Modules of Terraform that no file calls: what they would deploy does not run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from poc_gate.inputs.repository.noting.signals import Signals

_MODULE = re.compile(r"^(?P<above>(?:[^:]*/)?)modules?/[^:]*\.tf$")
_OTHER_TOOLS = (".hcl", ".tf.json")
"""Files by which something else than Terraform alone may put modules together."""


def unused_terraform(signals: Signals, paths: list[str]) -> frozenset[str]:
    """Return the files of modules that nothing calls; none where another tool, or another repository, may call them.

    That they lie beside files that deploy, or that some of them are called, shows that the calls are all here.
    """
    files = [path for path in paths if path.endswith(".tf")]
    above = {path: match["above"].rstrip("/") for path in files if (match := _MODULE.match(path))}
    roots = {_folder(path) for path in files if path not in above}
    if not roots or any(path.endswith(_OTHER_TOOLS) and not path.endswith(".lock.hcl") for path in paths):
        return frozenset()
    reached = _reached(signals, roots, {_folder(path) for path in files})
    unused = frozenset(path for path in above if _folder(path) not in reached)
    all_here = len(unused) < len(above) or bool(roots & set(above.values()))
    return unused if all_here else frozenset()


def _reached(signals: Signals, roots: Iterable[str], folders: set[str]) -> set[str]:
    """Return the folders that calls lead to from the roots, themselves among them."""
    called: dict[str, set[str]] = defaultdict(set)
    for by, module, _ in signals.taken:
        called[_folder(by)].add(module)
    reached, pending = set(roots), list(roots)
    while pending:
        modules = called[pending.pop()]
        found = {one for one in folders if any(one == module or one.endswith(f"/{module}") for module in modules)}  # fmt: skip
        pending += found - reached
        reached |= found
    return reached


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
