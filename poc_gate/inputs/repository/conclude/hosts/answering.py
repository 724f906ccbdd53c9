"""Hosts of the providers whose models answer in words."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import HOSTED

_NO_TEXT = frozenset({"elevenlabs", "deepgram", "assemblyai", "cartesia", "azure-speech", "voyage", "jina"})
"""Providers of models that hear, speak or embed."""
ANSWERING = frozenset(host for name, host in PROVIDER_HOSTS.items() if name in HOSTED - _NO_TEXT)
"""Hosts of providers whose models answer in words; others give search results, traces or mail."""
ELSEWHERE = frozenset({
    "api.together.ai", "api.minimax.io", "api.minimax.chat", "api.minimaxi.com", "api.z.ai", "api.moonshot.cn", "api.siliconflow.cn", "api.siliconflow.com", "api.regolo.ai",
    "chatgpt.com", "ollama.com", "api.cohere.ai", "api.lingyiwanwu.com", "api.stepfun.com", "api.hunyuan.cloud.tencent.com", "ark.cn-beijing.volces.com", "qianfan.baidubce.com",
    "api.novita.ai", "api.hyperbolic.xyz", "api.studio.nebius.ai", "api.upstage.ai",
})  # fmt: skip
"""Other addresses at which providers answer, and those of providers without a row of their own."""
