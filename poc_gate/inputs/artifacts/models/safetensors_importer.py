"""Safetensors index or header -> exact bytes of the weights, parameters, and whether the format can run code."""

from __future__ import annotations

import itertools
import json
import math
import re
import struct

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.file_reading import Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document, DocumentPart
from poc_gate.model.quantity import Quantity

MAX_HEADER = 100_000_000
"""Bytes of header that the format itself allows."""
_BITS = {
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F6_E2M3": 6, "F6_E3M2": 6,
    "F4": 4, "I64": 64, "I32": 32, "I16": 16, "I8": 8, "U64": 64, "U32": 32, "U16": 16, "U8": 8, "BOOL": 8, "C64": 64,
}  # fmt: skip
_NAMES = {"F64": "fp64", "F32": "fp32", "F16": "fp16", "BF16": "bf16", "F8_E4M3": "fp8", "F8_E5M2": "fp8"}
_SHARD = re.compile(r"-(\d+)-of-(\d+)\.safetensors$")


class _Tensors(Struct, frozen=True):
    """What a header sums up to."""

    count: int
    size: int
    elements: int
    dtypes: dict[str, int]
    """Bytes by dtype."""


def _sniff(document: Document) -> bool:
    if document.form == "binary":
        return document.name.lower().endswith(".safetensors")
    return any(isinstance(mapping.get("weight_map"), dict) for mapping in document.mappings[:1])


def _read(reading: Reading) -> None:
    if reading.document.form == "binary":
        _read_header(reading)
    else:
        _read_index(reading)


def _read_index(reading: Reading) -> None:
    index = reading.root()
    files = {name.text() for _, name in index.at("weight_map").entries()}
    index.at("weight_map").use()
    size = index.at("metadata", "total_size")
    if size.count():
        size.claim("model.weight_bytes", size.count(), unit="B", note=f"over {len(files)} files")
    else:
        index.ask(
            "the index does not say the total size of the weights", "import the weight files' headers instead"
        )
        reading.used.discard((0, ()))
    parameters = index.at("metadata", "total_parameters")
    parameters.claim("model.parameters", parameters.count() or None)
    if files and not any(reading.secrets.holds(name) for name in files):
        safe = all(name.endswith(".safetensors") for name in files)
        note = (
            "every weight file is a safetensors file"
            if safe
            else "weight files in a pickle format can run code"
        )
        index.at("weight_map").claim("model.safe_format", value=safe, note=note)


def _read_header(reading: Reading) -> None:
    header = read_header(reading.document.content, reading.document.file)
    metadata = header.pop("__metadata__", {})
    reading.document = replace(reading.document, parts=(DocumentPart({"__metadata__": metadata}),))
    tensors = _sum_up(header, reading.document.file)
    reading.root().claim("model.safe_format", value=True, note="a safetensors file")
    reading.used.clear()
    shard = _SHARD.search(reading.document.name)
    if shard and int(shard[2]) > 1:
        reading.root().warn(
            f"this is shard {int(shard[1])} of {int(shard[2])}: its {tensors.size:,} B are a part of the weights",
            "import the `.safetensors.index.json` next to it",
        )
        return
    if "adapter" in reading.document.name.lower():
        reading.root().warn(
            "this is an adapter; the base model's weights come on top", "import the base model's index"
        )
        return
    _claim_sums(reading, tensors)


def _claim_sums(reading: Reading, tensors: _Tensors) -> None:
    place = reading.file_place()
    note = f"sum over the header of {tensors.count} tensors"
    reading.state("model.weight_bytes", Quantity(float(tensors.size), "B"), place, note=note)
    floats = all(dtype in _NAMES for dtype in tensors.dtypes)
    if floats and tensors.elements:
        reading.state("model.parameters", Quantity(float(tensors.elements)), place, note=note)
        reading.state(
            "model.weight_bits", Quantity(round(8 * tensors.size / tensors.elements, 4)), place, note=note
        )
    main = max(tensors.dtypes, key=lambda dtype: tensors.dtypes[dtype], default="")
    if floats and main:
        reading.state("model.precision", _NAMES[main], place, note="of most of the bytes")
    elif main:
        reading.note(
            "question", f"most weights are stored as {main}: the file does not say how many weights share an element",
            place, "import config.json, or write `parameters` and `precision` in the manifest",
        )  # fmt: skip


def read_header(content: bytes, file: str) -> dict[str, object]:
    """Return the JSON header of a safetensors file; the tensors themselves are not needed.

    Raises InvalidInputError when the length in front is wrong, the header is cut off, or it is not a JSON object.
    """
    if len(content) < 9:
        raise _fault(file, "too short for a safetensors file")
    (length,) = struct.unpack_from("<Q", content)
    if not 2 <= length <= MAX_HEADER:
        raise _fault(file, f"the header is said to have {length:,} bytes; at most {MAX_HEADER:,} are allowed")
    if len(content) < 8 + length:
        raise _fault(file, f"the header of {length:,} bytes is cut off after {len(content) - 8:,}")
    try:
        header = json.loads(content[8 : 8 + length].decode("utf-8"))
    except (ValueError, RecursionError):
        raise _fault(file, "the header is not readable as JSON") from None
    if not isinstance(header, dict):
        raise _fault(file, "the header is not a JSON object")
    return header


def _sum_up(header: dict[str, object], file: str) -> _Tensors:
    """Add up the tensors; offsets that overlap or do not fit dtype and shape are faults."""
    spans: list[tuple[int, int]] = []
    elements, dtypes = 0, dict[str, int]()
    for name, tensor in header.items():
        dtype, shape, begin, end = _tensor(tensor, name, file)
        number = math.prod(shape)
        if (number * _BITS[dtype] + 7) // 8 != end - begin:
            raise _fault(
                file, f"tensor {name[:60]!r}: {end - begin:,} bytes do not fit {dtype} of shape {shape[:8]}"
            )
        elements += number
        dtypes[dtype] = dtypes.get(dtype, 0) + end - begin
        spans.append((begin, end))
    spans.sort()
    if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans)):
        raise _fault(file, "tensors overlap")
    return _Tensors(len(spans), sum(end - begin for begin, end in spans), elements, dtypes)


def _tensor(tensor: object, name: str, file: str) -> tuple[str, list[int], int, int]:
    if isinstance(tensor, dict):
        dtype, shape, offsets = tensor.get("dtype"), tensor.get("shape"), tensor.get("data_offsets")
        if isinstance(dtype, str) and dtype in _BITS and _counts(shape) and _counts(offsets):
            assert isinstance(shape, list)
            assert isinstance(offsets, list)
            if len(offsets) == 2 and offsets[0] <= offsets[1] and len(shape) <= 16:
                return dtype, shape, offsets[0], offsets[1]
    raise _fault(file, f"tensor {name[:60]!r} has no readable dtype, shape and data_offsets")


def _counts(value: object) -> bool:
    return isinstance(value, list) and all(type(item) is int and 0 <= item < 2**63 for item in value)


def _fault(file: str, what: str) -> InvalidInputError:
    return InvalidInputError(
        [Fault(file, 0, 0, what, "download the file again, or import the index next to it")]
    )


IMPORTER = Importer(
    name="safetensors",
    summary="Safetensors index or file header: exact bytes of the weights, parameters, safe format",
    read=_read,
    sniff=_sniff,
    patterns=("*.safetensors.index.json", "*.bin.index.json", "*.safetensors"),
    prefix="model",
    group="weights-index",
)
