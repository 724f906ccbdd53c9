"""Sparse-attention indexes: the keys that a model keeps beside its KV cache to choose which tokens it reads."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.layers.layer_lists import Layers
from poc_gate.inputs.artifacts.models.layers.layer_patterns import FULL, index_width

_INDEXED = ("indexed_attention", "deepseek_sparse_attention", "qwen_sparse_attention", "minimax_m3_sparse")


class IndexKeys(Struct, frozen=True):
    """Keys of sparse-attention indexes over all layers."""

    layers: int = 0
    width: int = 0
    """Elements that one of these layers keeps for each token."""

    @property
    def growing(self) -> float:
        """Return the elements that each further token adds."""
        return float(self.layers * self.width)


def read_index_keys(config: Node, cached: Layers) -> IndexKeys:
    """Return the keys of the layers that have an index of their own.

    Layers that reuse the choice of an earlier one (`indexer_types: shared`) keep no keys.
    """
    width = index_width(config)
    if not width:
        return IndexKeys()
    full = [kind == FULL for kind in cached.kinds]
    sparse = config.at("sparse_attention_config").use()
    switches = [bool(node.count()) for node in sparse.at("sparse_attention_freq").elements()]
    named = [node.text() for node in config.at("layer_types").elements()]
    if len(switches) == len(full):
        full = [here and on for here, on in zip(full, switches, strict=True)]
    elif any(name in _INDEXED for name in named) and len(named) >= len(full):
        full = [here and name in _INDEXED for here, name in zip(full, named[: len(full)], strict=True)]
    own = _own(config, len(full))
    return IndexKeys(sum(here and mine for here, mine in zip(full, own, strict=True)), width)


def _own(config: Node, layers: int) -> list[bool]:
    """Say for each layer whether it has an index, by list, by letters, by the schedule, or all of them."""
    listed, letters = config.at("indexer_types"), config.at("index_topk_pattern")
    words = [node.text() for node in (listed.elements() or letters.elements())] or list(letters.text())
    if len(words) >= layers > 0:
        (listed or letters).use()
        return [word.lower() not in ("shared", "s") for word in words[:layers]]
    every, offset = config.at("index_topk_freq").count() or 1, config.at("index_skip_topk_offset").count()
    skip = 2 if offset is None else offset
    return [max(at - skip + 1, 0) % every == 0 for at in range(layers)]
