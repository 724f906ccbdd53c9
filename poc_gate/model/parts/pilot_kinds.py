"""The words for kinds of pilots, by which a rule may state how often it fails."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.model.parts.exposure import facet_fact

KIND_FACTS = (
    "pilot.uses", "pilot.use_case_class", "pilot.stage", "model.hosting", "purpose.regimes", facet_fact("act"),
    facet_fact("audience"), facet_fact("decides"), facet_fact("reliance"),
)  # fmt: skip
"""Facts whose values are such words."""

REGIMES = ("eu-ai-act", "eu-dora", "us-bank-mrm", "healthcare-us")
"""Values of `purpose.regimes` that the shipped packs know; a manifest may name others."""

CIRCUMSTANCES: Mapping[str, str] = {
    "large-volume": "100,000 requests a day or more",
    "large-hosted": "as many, and a hosted model",
    "load-stated": "its requests a day are stated",
    "latency-promised": "a time to the first token or to the answer is promised",
    "availability-promised": "99.9 % or more is promised",
    "freshness-promised": "an age of its data or answers is promised",
    "long-context": "32,768 tokens or more are admitted",
    "large-index": "ten million vectors or more",
    "many-accelerators": "it is trained on two accelerators or more",
    "scales": "replicas come and go",
    "extract": "a source is an extract",
    "personal-data": "prompts or a source hold personal data",
    "scores-people": "classic machine learning over personal data",
    "affects-people": "it has a part in decisions about people that are named as affected",
    "high-risk": "its risk tier is high",
}
"""Word for what makes some failures likelier -> when a pilot is called so."""
