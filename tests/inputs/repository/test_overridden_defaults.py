"""What every call gives in the place of a default stands where the first call writes it."""

from __future__ import annotations

from poc_gate.inputs.repository.code.python.callers.overridden_defaults import overridden_defaults
from poc_gate.model.claim import Place


def test_the_first_of_many_calls_is_named() -> None:
    texts = {
        "a.py": "class Shelf:\n    def find(self, most=3):\n        return most\n",
        "b.py": "Shelf().find(4)\n" * 40,
    }
    default = Place("a.py", 2, 25)
    (given,) = overridden_defaults(texts, [default]).values()
    assert given == (4, Place("b.py", 1, 14))
