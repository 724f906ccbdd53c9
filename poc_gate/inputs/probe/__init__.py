"""This machine -> measurements; one probe a folder, the C kernels beside them.

The room is also the function of that name in the public face: `poc_gate.probe()` measures this machine.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A package that can be called, since it and the public function share one name."""

    def __call__(self, **options: Any) -> Any:
        """Measure this machine; the options are those of `poc_gate.inputs.probe.this_machine.probe`."""
        from poc_gate.inputs.probe.this_machine import probe

        return probe(**options)


sys.modules[__name__].__class__ = _Room
