"""A model configuration -> heads and widths of its keys and values, by any of the names they are given."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.layers.layer_lists import Layers
from poc_gate.inputs.artifacts.models.layers.layer_patterns import family, is_double_width

NAMES = {
    "layers": (
        "num_hidden_layers",
        "n_layer",
        "n_layers",
        "num_layers",
        "num_decoder_layers",
        "num_transformer_layers",
    ),
    "hidden": ("hidden_size", "n_embd", "d_model", "dim", "n_embed", "model_dim"),
    "heads": (
        "num_attention_heads",
        "n_head",
        "n_heads",
        "num_heads",
        "attention_heads",
        "decoder_attention_heads",
    ),
    "kv_heads": (
        "num_key_value_heads",
        "n_kv_heads",
        "num_kv_heads",
        "n_head_kv",
        "num_query_groups",
        "num_attention_groups",
    ),
    "head_dim": (
        "head_dim",
        "attention_head_dim",
        "kv_channels",
        "head_size",
        "d_head",
        "dim_head",
        "d_kv",
        "hidden_size_per_head",
    ),
    "context": (
        "max_position_embeddings",
        "n_positions",
        "max_seq_len",
        "seq_length",
        "n_ctx",
        "max_sequence_length",
    ),
}
"""Spellings of the same thing in the configuration classes of Hugging Face transformers."""

_GEMMA4_FULL_WIDTH = 512
"""Head dimension of Gemma 4's full layers where the file gives none (its configuration class)."""


class CannotSizeError(Exception):
    """The shape does not tell the size of the cache; the text says why."""


def named(config: Node, what: str) -> Node:
    """Return the node of a field by any of its spellings."""
    return config.first(*NAMES[what])


def count_of(config: Node, what: str) -> int:
    """Return a count that must be given, by any of its names. Raises CannotSizeError."""
    node = named(config, what)
    count = node.count()
    if not count:
        raise CannotSizeError(
            f"{' or '.join(NAMES[what][:2])} is not given" if not node else f"{node.path[-1]} is not a count"
        )
    return count


def count_kv_heads(config: Node, heads: int) -> tuple[int, list[str]]:
    """Return the KV heads of a layer and notes on how they were told. Raises CannotSizeError."""
    node = named(config, "kv_heads")
    inner = config.at("attn_config").first("kv_n_heads", "num_kv_heads")
    groups, single = config.at("multi_query_group_num"), config.first("multi_query", "multi_query_attention")
    if single.flag() is False and groups:
        return heads, ["multi-query attention is switched off: every head has keys and values"]
    if config.at("attn_config", "attn_type").text() == "multiquery_attention":
        config.at("attn_config", "attn_type").use()
        return 1, ["multi-query attention: one KV head"]
    if single.flag() and not groups and not config.at("new_decoder_architecture").flag():
        single.use()
        return 1, ["multi-query attention: one KV head"]
    for candidate in (groups, node, inner):
        count = candidate.count()
        if count:
            candidate.use()
            if count > heads or heads % count:
                raise CannotSizeError(f"{count} KV heads do not divide {heads} attention heads")
            return count, []
    if node.value is not None and not node.count():
        raise CannotSizeError(f"{node.path[-1]} is not a count")
    return heads, ["KV heads are not given: every attention head has its own"]


def find_head_dim(config: Node, heads: int, notes: list[str]) -> int:
    """Return the width of one head, given or hidden size over heads. Raises CannotSizeError."""
    node = named(config, "head_dim")
    given = node.count()
    hidden = named(config, "hidden").count()
    if given:
        node.use()
        if hidden and given * heads != hidden:
            notes.append(f"head_dim is given as {given}; hidden size over heads would be {hidden / heads:g}")
        return given
    if not hidden:
        raise CannotSizeError("neither head_dim nor hidden_size is given")
    if is_double_width(config):
        hidden *= 2
        notes.append("attention reads the hidden state together with the embeddings: heads are twice as wide")
    if hidden % heads:
        raise CannotSizeError(
            f"hidden size {hidden} is not a multiple of {heads} heads, and head_dim is not given"
        )
    return hidden // heads


def of_full_layers(config: Node, cached: Layers) -> tuple[int | None, int | None]:
    """Return KV heads and head dimension of the full layers where they differ from the windowed ones."""
    heads, width = config.at("num_global_key_value_heads").count(), config.at("global_head_dim").count()
    if family(config).startswith("gemma4"):
        if config.at("attention_k_eq_v").flag() is False:
            heads = None
        width = width or (
            _GEMMA4_FULL_WIDTH if cached.windowed and not config.at("per_layer_config") else None
        )
    return heads, width


def windowed_elements(config: Node, kv_heads: int, head_dim: int, value_dim: int) -> float:
    """Return the cache elements of one windowed layer, whose heads some families choose apart from the others."""
    other = config.at("attention_other_setting")
    heads = (
        config.first("swa_num_key_value_heads", "num_swa_key_value_heads").count()
        or other.first("num_attention_groups", "num_key_value_heads").count()
        or kv_heads
    )
    dim = config.at("swa_head_dim").count() or other.at("head_dim").count()
    swa_heads, hidden = config.at("num_swa_attention_heads").count(), named(config, "hidden").count()
    if dim is None and swa_heads and hidden and not hidden % swa_heads and not named(config, "head_dim"):
        dim = hidden // swa_heads
    value = config.at("swa_v_head_dim").count() or dim
    return float(heads * ((dim or head_dim) + (value or value_dim)))


def list_kv_heads(config: Node) -> list[int] | None:
    """Return the KV heads of each layer where the file lists them, 0 for a layer without; else None."""
    for node in (named(config, "kv_heads"), config.at("num_key_value_heads_per_layer")):
        if node.elements():
            node.use()
            counts = [element.count() for element in node.elements()]
            if None in counts:
                raise CannotSizeError(f"{node.path[-1]} lists something that is not a count")
            return [count or 0 for count in counts]
    blocks, heads = config.at("block_configs"), named(config, "heads").count()
    if not blocks.elements() or not heads:
        return None
    blocks.use()
    found: list[int] = []
    for block in blocks.elements():
        attention = block.at("attention")
        group, given = attention.at("n_heads_in_group").count(), attention.at("num_key_value_heads").count()
        off = attention.at("no_op").flag() or attention.at("replace_with_linear").flag()
        if not off and not group and not given:
            raise CannotSizeError("a block does not say its KV heads")
        found.append(0 if off else given or heads // (group or heads))
    return found
