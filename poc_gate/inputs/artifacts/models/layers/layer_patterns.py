"""The one table of how model families spread full, windowed and linear layers, where a file does not list them.

Each row is what the family's configuration class or engine assumes when the file names no kinds (read in
transformers 5.24, mlx-lm 0.32, sglang 0.5.23 and llama.cpp, November 2026). `config.json` and GGUF are both
read through it, so that one family has one pattern.
"""

from __future__ import annotations

import re

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.text.lazy_pattern import lazily

FULL, WINDOWED, NONE = "full", "windowed", "none"
_LETTERS = {"F": FULL, "S": WINDOWED, "L": NONE}


class Pattern(Struct, frozen=True):
    """Which layers of a family keep what."""

    rhythm: str
    """Kinds that repeat, one letter a layer: F full, S sliding window, L linear or a state."""
    first: str = ""
    """Kinds of the first layers, which replace the rhythm there."""
    period: str = ""
    """Keys that give the length of the rhythm where a file sets it; the single F keeps its end of it."""
    window: int | None = None
    """The window in tokens that the class sets where the file names none."""
    window_off: bool = False
    """Whether a window of `null` makes every layer full."""
    last_full: bool = False
    from_end: bool = False
    """Whether the rhythm is counted back from the last layer."""
    tail_full: bool = False
    """Whether layers behind the last whole rhythm are full."""

    def kinds(self, layers: int, period: int | None) -> tuple[str, ...]:
        """Return the kind of each layer, the rhythm stretched to a period where one is given."""
        rhythm = self.rhythm
        if period and len(set(rhythm)) == 2 and rhythm.count("F") == 1:
            other = next(letter for letter in rhythm if letter != "F")
            rhythm = "F" + other * (period - 1) if rhythm.startswith("F") else other * (period - 1) + "F"
        skip = (-layers) % len(rhythm) if self.from_end else 0
        letters = [rhythm[(at + skip) % len(rhythm)] for at in range(layers)]
        letters[: len(self.first)] = self.first[:layers]
        if self.last_full:
            letters[-1] = "F"
        if self.tail_full:
            whole = layers // len(rhythm) * len(rhythm)
            letters[whole:] = "F" * (layers - whole)
        return tuple(_LETTERS[letter] for letter in letters)


_EVERY = "sliding_window_pattern _sliding_window_pattern"
_PATTERNS: dict[str, Pattern] = {
    "afmoe": Pattern("SSSF", period="global_attn_every_n_layers", window=1024),
    "baichuanm1": Pattern("FS", window=8192),
    "bailinghybrid": Pattern("LLLLLF", period="layer_group_size"),
    "bailingmoelinear": Pattern("LLLLLF", period="layer_group_size", tail_full=True),
    "bailingmoelinearv2": Pattern("LLLLLF", period="layer_group_size", tail_full=True),
    "beam": Pattern("SSSSSF", window=512, last_full=True),
    "cohere2": Pattern("SSSF", period=_EVERY, window=4096),
    "cohere2moe": Pattern("SSSF", period=_EVERY, window=4096),
    "cwm": Pattern("FSSS", window=8192),
    "diffusiongemma": Pattern("SSSSSF", window=512, last_full=True),
    "embeddinggemma2": Pattern("SSSSSF", window=512, last_full=True),
    "exaone4": Pattern("SSSF", period=_EVERY, window=4096, window_off=True),
    "exaonemoe": Pattern("SSSF", period=_EVERY, window=4096, window_off=True),
    "flint": Pattern("SFSS", first="FF", window=513, last_full=True),
    "gemma2": Pattern("SF", period=_EVERY, window=4096),
    "gemma3": Pattern("SSSSSF", period=_EVERY, window=4096),
    "gemma3n": Pattern("SSSSF", window=512),
    "gemma4": Pattern("SSSSSF", window=512, last_full=True),
    "gemma4unified": Pattern("SSSSSF", window=1024, last_full=True),
    "glm5next": Pattern("LLLF"),
    "gptoss": Pattern("SF", window=128),
    "graniteswa": Pattern("FSSS", window=128),
    "gptneo": Pattern("F"),
    "granitemoeswa": Pattern("FSSS", window=128),
    "inkling": Pattern("SSSSSF", window=512),
    "inkling2": Pattern("SSSSSF", window=1024),
    "jamba": Pattern("LLLLFLLL"),
    "jev": Pattern("LLLF", period="full_attention_interval"),
    "kimilinear": Pattern("FLLL", first="L"),
    "kolibri1": Pattern("SSSSF", window=513),
    "laramini": Pattern("LSLFS", window=512),
    "lfm3": Pattern("SLFL", first="L", window=256),
    "llama4": Pattern("SSSF", period="no_rope_layer_interval", window=8192),
    "mimo2": Pattern("SSSSSF", first="F", window=128),
    "mimov2flash": Pattern("SSSSSF", first="F", window=129),
    "minimax": Pattern("FL"),
    "ministral": Pattern("S", window=4096, window_off=True),
    "mistral": Pattern("S", window=4096, window_off=True),
    "modernbertdecoder": Pattern("FSS", period="global_attn_every_n_layers", window=64),
    "museglimmer": Pattern("SSSF", window=2048, from_end=True),
    "musespark": Pattern("SSSF", window=2048, from_end=True),
    "olmo3": Pattern("SSSF", window=4096),
    "olmohybrid": Pattern("LLLF"),
    "olmo2": Pattern("F"),
    "plamo3": Pattern("SSSSSSSF", period=_EVERY, window=2048),
    "qwen35": Pattern("LLLF", period="full_attention_interval"),
    "qwen35moe": Pattern("LLLF", period="full_attention_interval"),
    "qwen3next": Pattern("LLLF", period="full_attention_interval"),
    "qwen4exp": Pattern("LLLF", period="full_attention_interval"),
    "recurrentgemma": Pattern("LLS", window=2048),
    "smallthinker": Pattern("FSSS", window=4096),
    "vaultgemma": Pattern("SF", window=4096),
    "zamba": Pattern("LLLLLF", first="LLF", period="attn_layer_period"),
    "zamba2": Pattern("LLLLLF", first="L"),
}
"""By model type or GGUF architecture, written small and without separators, `text` at its end left away."""

_ALL_WINDOWED = {
    "mistral",
    "mixtral",
    "ministral",
    "phi3",
    "phimoe",
    "phi4multimodal",
    "starcoder2",
    "moshi",
    "voxtralrealtime",
}
"""Types whose every layer takes the window that the file names."""
_WINDOW_KEYS = (
    "sliding_window", "sliding_window_size", "attention_window_size", "attention_chunk_size", "window_size", "local_window_size",
)  # fmt: skip
_INDEX_SIZES = {
    "deepseekv32": 128, "deepseek32": 128, "glmmoedsa": 128, "glmdsa": 128, "hyv4": 128, "hyv4vl": 128, "axk2": 128,
    "mistrallarge4": 128, "glm5next": 128, "dots3note": 128,
}  # fmt: skip
"""Families with a sparse-attention index on every attention layer, and the width of its keys by the class."""
_ATTENTIONS = {"longcatflash": 2, "longcatflashngram": 2, "longcat2": 2}
"""Families whose layer holds several attentions, each with a cache of its own."""
_REFUSED = {
    "deepseekv4": "layers keep compressed keys and values, each engine in its own way",
    "deepseekv41": "layers keep compressed keys and values, each engine in its own way",
    "deepseek4": "layers keep compressed keys and values, each engine in its own way",
    "dots3note": "windowed layers keep latents of another rank than the others",
    "neomme": "the layers have windows of different lengths",
    "phi4flash": "half of the layers read one cache of the other half, and some keep a state",
    "unlimitedocr": "layers keep a window and what they refer to, each engine in its own way",
}
"""Families whose class sets layers apart in a way that no row can say; a file that lists the kinds is read all the same."""
_SHARED = {"gemma3n": 15}
"""Layers at the end that read the cache of earlier ones, where the file does not say."""
_DOUBLE_WIDTH = {"zamba", "zamba2"}
"""Families whose attention reads the hidden state beside the embeddings: heads are twice as wide as hidden over heads."""
_UNKNOWN = lazily(
    r"(?i)^(?=.*(?:attn|attention|window|swa|sliding|global|local|linear|mamba|recurrent|kv|cache|compress))"
    r"(?=.*(?:pattern|types?$|layers$|_idxs?$|indices|_ids$|freq|interval|every|period|group_size|group$|groups$|schedule|stride|ratios?$"
    r"|factor$))"
    r"|^(?:swa|attn|attention|local|sliding|self_attn)\w*_(?:window|span)(?:_size|_len|_length|_tokens)?$|^window(?:_len|_length|_tokens)?$"
)
_OTHER_MEANS = lazily(
    r"(?i)mixer|hyena|delta_?net|retention|retnet|(?:^|_)(?:nsa|csa|hca|cca|gla|moba|yoco)(?:_|$)|streaming_llm|dilated_attention|cross_layer"
    r"|(?:kv|cache)_shar|share_kv|shared_kv|hybrid_(?:ratio|attention|layers?|layout)|gated_linear|(?:kv|cache)_compress|compressed_kv"
    r"|(?:kv|query)_(?:heads|groups)_(?:by|list|layout|schedule)|block_(?:pattern|layout|kinds?)|layers?_(?:kinds?|layout|schedule|pattern|mixers?)"
    r"|attn_(?:layout|kinds?|schedule)|attention_(?:layout|kinds?|schedule|sink_window)|alternating_att|(?:attn|attention)_alternat"
)
"""Keys that speak of other means than attention over all tokens, or of caches that layers share, whatever their value."""
_HARMLESS = lazily(
    r"(?i)mlp|moe|expert|indexer_types|index_topk|ffn|feed_forward|norm|activation|dtype|cross_layer_interval|vision|audio|image|mm_|rope|attention_types?$|attn_types?$|num_attention_groups|multi_query_group|query_groups"
    r"|_heads_per_|n_groups?$|mamba_n_groups|(?:^|_)num_\w*layers$|(?:^|_)n_\w*layers$|max_window_layers|kv_cache_scheme|cross_attention|mtp|num_kv_group|kv_source_layer"
)
"""Keys that sound like a pattern and say nothing on the cache of text."""


def family(config: Node) -> str:
    """Return the model type of a configuration as the tables write it."""
    return re.sub(r"[^a-z0-9]", "", config.at("model_type").text().lower()).removesuffix("text")


def pattern_of(config: Node) -> Pattern | None:
    """Return the pattern of a configuration's family, or None where no row names it."""
    return _PATTERNS.get(family(config))


def refusal(config: Node) -> str:
    """Return why a family cannot be sized without a list of its layers, or an empty text."""
    return _REFUSED.get(family(config), "")


def takes_window_everywhere(config: Node) -> bool:
    """Say whether every layer of the family takes the window that its file names."""
    return family(config) in _ALL_WINDOWED


def window_node(config: Node) -> Node:
    """Return the node that names a window in tokens, whatever it is called."""
    return next(
        (config.at(key) for key in _WINDOW_KEYS if config.at(key).count()), config.at("sliding_window")
    )


def attentions_per_layer(config: Node) -> int:
    """Return how many attentions with a cache of its own each layer holds."""
    return _ATTENTIONS.get(family(config), 1)


def shared_by_class(config: Node) -> int:
    """Return how many last layers share earlier caches where the file does not say."""
    return _SHARED.get(family(config), 0)


def is_double_width(config: Node) -> bool:
    """Say whether the heads are twice as wide as the hidden size over the heads."""
    return family(config) in _DOUBLE_WIDTH


def index_width(config: Node) -> int:
    """Return the elements of an index key that a layer with sparse attention keeps for each token; 0 where there is none."""
    sparse = config.at("sparse_attention_config")
    if sparse.entries():
        on = sparse.at("use_sparse_attention").flag() is not False
        return (sparse.at("sparse_index_dim").count() or 0) if on else 0
    given = config.first("index_head_dim", "indexer_head_dim")
    if given.count():
        heads = config.first("indexer_kv_heads", "index_kv_heads").count() or 1
        return (given.use().count() or 0) * heads
    return _INDEX_SIZES.get(family(config), 0)


def unknown_pattern(config: Node, layers: int) -> str:
    """Return the key of a pattern that nobody here reads, or an empty text.

    A file that spreads its layers in an unknown way is not sized: guessing that all are alike has been wrong both ways.
    A word for each of the `layers` layers is such a pattern, whatever its key is called.
    """
    for key, node in config.entries():
        if (config.part, node.path) in config.reading.used or node.value in (None, False, [], {}, "", 0):
            continue
        if _OTHER_MEANS.search(key) and not _HARMLESS.search(key):
            return key
        words = [entry.value if isinstance(entry.value, str) else "" for entry in node.elements()]
        if 1 < len(words) == layers and all(words) and len(set(words)) > 1 and not _HARMLESS.search(key):
            return key
        small = isinstance(node.value, int) and node.value <= 1
        if small or isinstance(node.value, float):
            continue
        if _UNKNOWN.search(key) and not _HARMLESS.search(key):
            return key
    return ""
