"""Layers that carry a state from each token to the next, as in hybrid models, under llama.cpp and what is built on it."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.shapes import Network

CARRIED_LAYER = 24e-6
"""Seconds that such a layer takes on top of its products, for the first of its tokens: 28 us for one token, 280 us for 512
and 525 us for 1,024 on an RTX 5090 (llama.cpp PR 22587, 2026-05)."""

CARRIED_TOKEN = 0.49e-6
"""Seconds for each token more of a prompt, which waits for the one before it."""

_TOKEN_BY_TOKEN = ("llama.cpp", "portable", "unified")
"""Engine families whose kernels go from token to token; serving engines compute prompts in pieces, as products of matrices."""


def carried_time(network: Network, family: str, tokens: float) -> float:
    """Return the seconds in which the layers that carry a state go through `tokens` tokens of one stream."""
    if not family.startswith(_TOKEN_BY_TOKEN):
        return 0.0
    return network.carried_layers * (CARRIED_LAYER + tokens * CARRIED_TOKEN)
