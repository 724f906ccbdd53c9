"""Hugging Face `config.json`, and the `hf_quant_config.json` beside it -> shape, bytes of the KV cache, precision."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Companion, Importer
from poc_gate.inputs.artifacts.models.cache_shape import CacheShape
from poc_gate.inputs.artifacts.models.layers.head_widths import named
from poc_gate.inputs.artifacts.models.model_parameters import Parameters, count_parameters
from poc_gate.inputs.artifacts.models.model_precision import read_kv_bits, read_precision
from poc_gate.inputs.artifacts.models.model_shape import KV_NOTE, claim_shape
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.model.quantity import Quantity

_INNER = (
    "text_config",
    "llm_config",
    "language_config",
    "language_model_config",
    "decoder_config",
    "text_model_config",
)
_SHAPE_KEYS = {
    "num_hidden_layers",
    "n_layer",
    "n_layers",
    "num_layers",
    "hidden_size",
    "n_embd",
    "d_model",
    "kv_lora_rank",
    "dim",
    "n_heads",
    "n_kv_heads",
    "num_attention_heads",
}


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:1]:
        if _only_quantisation(mapping):
            return True
        if "model_type" in mapping or "architectures" in mapping or "quantization_config" in mapping:
            return "bomFormat" not in mapping and "lm_eval_version" not in mapping
        return len(_SHAPE_KEYS & mapping.keys()) >= 2
    return False


def _only_quantisation(mapping: dict[str, object]) -> bool:
    """Tell the file in which NVIDIA ModelOpt writes the quantisation that `config.json` leaves out."""
    inner = mapping.get("quantization")
    return isinstance(inner, dict) and "quant_algo" in inner and not _SHAPE_KEYS & mapping.keys()


def _read(reading: Reading) -> None:
    top = reading.root()
    if any(_only_quantisation(mapping) for mapping in reading.document.mappings[:1]):
        _claim_precision(top, top, None)
        fixed = read_kv_bits(top, top)
        if fixed:
            fixed[0].claim("model.kv_bits", fixed[1], note=KV_NOTE)
        return
    config = _language_part(top)
    _claim_identity(top, config)
    shape = claim_shape(config)
    _claim_tables(config)
    _claim_precision(top, config, _claim_parameters(config, top, shape))


def _language_part(top: Node) -> Node:
    """Return the part of a configuration that describes the language model: the top, or one nested below it."""
    for path in [
        *((key,) for key in _INNER),
        ("thinker_config", "text_config"),
        ("model_config", "text_config"),
    ]:
        inner = top.at(*path)
        if inner.entries() and (named(inner, "layers") or not named(top, "layers")):
            return inner
    return top


def _claim_identity(top: Node, config: Node) -> None:
    architectures = top.at("architectures").texts()
    words = " ".join(architectures)
    name = top.at("_name_or_path").text()
    if name.count("/") == 1 and not name.startswith((".", "/", "~")):
        top.at("_name_or_path").claim("model.name", name)
    speaks = "ForConditionalGeneration" in words and not top.at("is_encoder_decoder").flag()
    if speaks or "ForCausalLM" in words or "LMHeadModel" in words or (config is not top and config.path):
        top.at("architectures").claim("model.kind", "llm", note=f"architecture {words[:80]}" if words else "")


def _claim_parameters(config: Node, top: Node, shape: CacheShape | None) -> Parameters | None:
    found = count_parameters(config, top, shape) if shape else None
    if found is None:
        return None
    note = "computed from the shape of a known family"
    for key in ("vocab_size", "intermediate_size", "tie_word_embeddings", "attention_bias", "mlp_bias"):
        if config.at(key).value is not None:
            config.at(key).use()
    place = config.place()
    config.reading.state("model.parameters", Quantity(found.total), place, note=note)
    if found.active != found.total:
        config.reading.state("model.active_parameters", Quantity(found.active), place, note=note)
    return found


def _claim_tables(config: Node) -> None:
    """State the parameters of tables that each layer looks a token's row up in: rows x width x layers."""
    width, rows = config.at("hidden_size_per_layer_input"), config.at("vocab_size_per_layer_input")
    layers = config.at("num_hidden_layers").count()
    if layers and width.count() and rows.count():
        rows.use()
        parameters = Quantity(float((width.count() or 0) * (rows.count() or 0) * layers))
        width.claim("model.lookup_parameters", parameters, note="each layer has a table of rows for tokens")


def _claim_precision(top: Node, config: Node, parameters: Parameters | None) -> None:
    found = read_precision(config, top)
    if found is None:
        return
    found.node.claim("model.precision", found.name, note=found.note)
    if found.method:
        found.node.claim("model.quantised_by", found.method)
    if found.bits is None:
        return
    bits, note = found.bits, found.note
    found.warn_of_kept(attention_counted=parameters is not None)
    if found.embeddings_quantised:
        note = f"{note}; embeddings and head are quantised as well"
    elif found.quantised and parameters is not None and bits < 16:
        plain = parameters.embeddings + (parameters.attention if found.attention_kept else 0)
        kept = plain / parameters.total
        bits = kept * 16 + (1 - kept) * bits
        note = f"{note}; {'embeddings and attention' if found.attention_kept else 'embeddings'} counted at 16 bits"
    found.node.claim("model.weight_bits", round(bits, 4), note=note)


IMPORTER = Importer(
    name="huggingface-config",
    summary="Hugging Face config.json: layers, heads, KV cache bytes per token, precision, experts",
    read=_read,
    sniff=_sniff,
    patterns=("config.json", "*.config.json", "hf_quant_config.json"),
    prefix="model",
    group="model-config",
    companion=Companion("hf_quant_config.json", decides="model.precision"),
)
