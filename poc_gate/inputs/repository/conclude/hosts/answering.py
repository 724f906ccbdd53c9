"""Hosts of the providers whose models answer in words."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import HOSTED

_NO_TEXT = frozenset({"elevenlabs", "deepgram", "assemblyai", "cartesia", "azure-speech", "voyage", "jina"})
"""Providers of models that hear, speak or embed."""
ANSWERING = frozenset(host for name, host in PROVIDER_HOSTS.items() if name in HOSTED - _NO_TEXT)
"""Hosts of providers whose models answer in words; others give search results, traces or mail."""
