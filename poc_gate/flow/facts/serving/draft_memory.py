"""What a draft that guesses ahead takes of the devices' memory beside the model: its weights, and a cache of its own."""

from __future__ import annotations

from poc_gate.flow.interface import FactView
from poc_gate.flow.span import Span, as_span

WEIGHTS = Span(0.03, 0.0, 0.16)
"""Bytes of a draft over those of its model: nothing where it looks up what was said before or the model's own heads guess, 2.1 %
for the layer of DeepSeek-V3 that predicts a second token (14 of 671 billion parameters), 2 to 5 % for published heads of EAGLE-3, 1.8 % for
Llama 3.2 1B before Llama 3.1 70B and 15 % before the 8B (their configuration files)."""

CACHE = Span(0.03, 0.0, 0.25)
"""The same of the bytes of cache per token: one layer of 32 to 61, or 16 layers of 8 heads of 64 before 32 of 8 heads of 128."""


def guesses(view: FactView) -> bool:
    """Return whether a draft guesses ahead."""
    ahead = view.maybe("model.guessed_tokens")
    return ahead is not None and ahead.likely > 0


def with_draft(view: FactView, weights: Span) -> Span:
    """Return the bytes of the model's weights and of its draft's, if there is one."""
    if not guesses(view):
        return weights
    view.assume(
        f"the draft takes {WEIGHTS.low:.0%} to {WEIGHTS.high:.0%} as many bytes as the model, and {CACHE.low:.0%} to {CACHE.high:.0%} of its "
        "cache (model.guessed_tokens)"
    )
    return weights + weights * WEIGHTS


def cache_beside(view: FactView) -> Span:
    """Return the bytes of cache of a token in model and draft over those in the model alone; 1 without a draft."""
    return 1.0 + CACHE if guesses(view) else as_span(1.0)
