"""A YAML file that people write -> plain data of a stated shape, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.claim import Place

Part = TypeVar("Part")


Where = Callable[[tuple[str | int, ...]], Place]
"""Takes the keys that lead to a value and returns its place."""


def read_placed(path: Path, wanted: type[Part], next_step: str) -> tuple[Part, Where]:
    """Return what a file holds and where each value of it is written.

    Raises InvalidInputError with every key that is unknown, missing or of another type.
    """
    from poc_gate.text.documents.json_shape import shape_faults
    from poc_gate.text.documents.positioned_yaml import read_yaml

    file = path.as_posix()
    document = read_yaml(read_file(path), file)
    try:
        return msgspec.convert(document.data, wanted), document.place
    except msgspec.ValidationError as error:
        faults = []
        for where, what, step in shape_faults(document.data, wanted, next_step):
            at = document.place(where)
            faults.append(Fault(file, at.line, at.column, what, step))
        raise InvalidInputError(faults or [Fault(file, 1, 1, str(error), next_step)]) from None
