"""GGUF metadata -> the model's shape, exact bytes of its tensors, its quantisation and its licence."""

from __future__ import annotations

from msgspec.structs import replace

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.models.gguf_config import as_config
from poc_gate.inputs.artifacts.models.gguf_header import GgufHeader, read_gguf
from poc_gate.inputs.artifacts.models.model_shape import claim_shape
from poc_gate.inputs.artifacts.opening.document import Document, DocumentPart
from poc_gate.inputs.artifacts.opening.secret_places import scan_secrets
from poc_gate.model.quantity import Quantity

_FILE_TYPES = {
    0: "fp32", 1: "fp16", 2: "q4_0", 3: "q4_1", 7: "q8_0", 8: "q5_0", 9: "q5_1", 10: "q2_k", 11: "q3_k_s",
    12: "q3_k_m", 13: "q3_k_l", 14: "q4_k_s", 15: "q4_k_m", 16: "q5_k_s", 17: "q5_k_m", 18: "q6_k", 19: "iq2_xxs",
    20: "iq2_xs", 21: "q2_k_s", 22: "iq3_xs", 23: "iq3_xxs", 24: "iq1_s", 25: "iq4_nl", 26: "iq3_s", 27: "iq3_m",
    28: "iq2_s", 29: "iq2_m", 30: "iq4_xs", 31: "iq1_m", 32: "bf16", 36: "tq1_0", 37: "tq2_0", 38: "mxfp4",
}  # fmt: skip
"""`general.file_type` of llama.cpp."""

_NO_LANGUAGE = ("clip", "whisper", "t5encoder", "wavtokenizer-dec", "flux", "sd1", "sdxl")
"""Architectures that answer with something else than text."""


def _sniff(document: Document) -> bool:
    return document.content.startswith(b"GGUF")


def _read(reading: Reading) -> None:
    header = read_gguf(reading.document.content, reading.document.file)
    metadata = header.metadata
    config, used = as_config(metadata)
    reading.document = replace(reading.document, parts=(DocumentPart(config), DocumentPart(metadata)))
    reading.secrets = scan_secrets(reading.document)
    reading.used |= {(1, (key,)) for key in used}
    _claim_general(Node(metadata, (), 1, reading))
    claim_shape(reading.root())
    reading.used.add((0, ()))
    _claim_weights(reading, header)


def _claim_general(metadata: Node) -> None:
    metadata.at("general.name").claim("model.name", metadata.at("general.name").text())
    metadata.at("general.license").claim("model.license", metadata.at("general.license").text())
    kind = metadata.at("general.file_type")
    number = kind.count()
    if number in _FILE_TYPES:
        kind.claim(
            "model.precision", _FILE_TYPES[number], note="the type of most tensors, by general.file_type"
        )
    metadata.reading.state(
        "model.safe_format", value=True, place=metadata.reading.file_place(), note="a GGUF file"
    )
    architecture = metadata.at("general.architecture").text()
    kind_of_model = "embedding" if "bert" in architecture else "" if architecture in _NO_LANGUAGE else "llm"
    if architecture and kind_of_model:
        metadata.reading.state(
            "model.kind",
            kind_of_model,
            metadata.reading.file_place(),
            note=f"architecture {architecture[:40]}",
        )


def _claim_weights(reading: Reading, header: GgufHeader) -> None:
    place = reading.file_place()
    if "-of-0" in reading.document.name or int(str(header.metadata.get("split.count", 0)) or 0) > 1:
        reading.note(
            "warning", "this is one part of a split file; its bytes are a part of the weights", place
        )
        return
    if not header.complete or not header.tensors:
        reading.note(
            "warning", "the tensor list could not be summed up", place, "write `weight_bytes` in the manifest"
        )
        return
    note = f"sum over {header.tensors} tensors"
    reading.state("model.weight_bytes", Quantity(float(header.tensor_bytes), "B"), place, note=note)
    reading.state("model.parameters", Quantity(float(header.elements)), place, note=note)
    if header.looked_up:
        tables = Quantity(float(header.looked_up))
        reading.state(
            "model.lookup_parameters", tables, place, note="the table of which each layer takes a token's row"
        )
    if header.elements:
        bits = round(8 * header.tensor_bytes / header.elements, 4)
        reading.state("model.weight_bits", Quantity(bits), place, note=note)


IMPORTER = Importer(
    name="gguf",
    summary="GGUF file header: shape, KV cache bytes per token, exact tensor bytes, quantisation, licence",
    read=_read,
    sniff=_sniff,
    patterns=("*.gguf",),
    prefix="model",
    group="weights-index",
)
