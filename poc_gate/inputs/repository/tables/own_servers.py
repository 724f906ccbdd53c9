"""Addresses of servers that answer for models -> whether the pilot runs the engine behind one, or a provider does."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"^https?://(?P<host>[\w.-]+)(?::(?P<port>\d{2,5}))?(?:/|$)")
_PORTS = frozenset({"11434", "12434", "1234"})
"""Ports of Ollama, of Docker's models and of LM Studio."""
_ENGINE = re.compile(r"(?i)ollama|vllm|llama|lmstudio|localai|sglang|tei\b|tgi\b|nim\b|triton|model-runner")
_PASSES_ON = re.compile(r"(?i)litellm|gateway|proxy|router|portkey|one-?api|bricks|llamastack|llama-stack")
"""Names of what passes questions on to others."""
_INSIDE = re.compile(r"(?i)^[\w-]+$|\.svc(?:\.cluster\.local)?$|^(?:host|gateway|model-runner)\.(?:docker|containers)\.internal$|^127\.0\.0\.1$|^0\.0\.0\.0$")  # fmt: skip
_ON_THE_MACHINE = re.compile(r"(?i)localhost|127\.0\.0\.1|0\.0\.0\.0|host\.(?:docker|containers)\.internal|gateway\.docker\.internal")  # fmt: skip


def is_own_engine(address: str) -> bool:
    """Say whether an address is of an engine that the pilot runs: another container, or one on the machine by its port or name."""
    match = _ADDRESS.match(address)
    if match is None or not _INSIDE.search(match["host"]) or _PASSES_ON.search(match["host"]):
        return False
    if _ON_THE_MACHINE.fullmatch(match["host"]):
        return match["port"] in _PORTS
    return bool(_ENGINE.search(match["host"])) or match["port"] in _PORTS
