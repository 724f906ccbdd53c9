"""A server of models and the client beside it that tries it out -> the client: it is not deployed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLIENT = re.compile(
    r"(?:clients?/)?(?:(?:api|chat|demo|example|http|llm|openai|query|sample|simple|test)[-_])?client(?:[-_](?:chat|demo|example|openai|sample|test))?\.(?:py|ts|[cm]?js)|clients?/[\w-]+\.(?:py|ts|[cm]?js)"
)
"""Names of clients at the top of a repository."""
_ON_THE_MACHINE = re.compile(
    r"(?:api_base|base_?[uU][rR][lL])[\"']?[ \t]*[=:][ \t]*[\"'`]https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::(?!11434|12434|1234\b)\d{2,5})?[/\"'`]"
)
"""An address on the machine itself, at no port of an engine that is installed there."""
_NO_KEY = re.compile(
    r"(?i)api_?key[\"']?[ \t]*[=:][ \t]*[\"'`](?:any\w*|dummy\w*|empty|fake\w*|ignored|key|n/?a|no[-_ ]?(?:key|api[-_]?key)|none|not[-_ ]?(?:needed|required|used)|null|placeholder|(?:sk-)?(?:test\w*|x+|1234\w*)|token[-_]?abc123|unused|-+|)[\"'`]"
)
"""A key that is none."""
_ANSWERS = re.compile(
    r"\b(?:add_(?:api_)?route|add_url_rule|api_route|handle|HandleFunc|MapPost|path|post|POST|Post|route)\([\s]*(?:methods?=[^,\n]{0,40},\s*)?[\"'`](?:POST )?/(?:v1/)?(?:chat/)?completions[\"'`]"
)
"""The interface of language models, answered by code."""


def clients_of_own_server(texts: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return the clients that ask a server on the machine without a key, where the repository is such a server and takes none of them in."""
    clients = {path for path, text in texts if _CLIENT.fullmatch(path) and _ON_THE_MACHINE.search(text) and _NO_KEY.search(text)}  # fmt: skip
    if not clients or not any(path not in clients and _ANSWERS.search(text) for path, text in texts):
        return frozenset()
    return frozenset(path for path in clients if not _is_taken_in(path, texts))


def _is_taken_in(path: str, texts: Sequence[tuple[str, str]]) -> bool:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    line = re.compile(rf"^[ \t]*(?:from|import)[ \t]+(?:[.\w]*\.)?{re.escape(stem)}\b|[\"']\.{{1,2}}/(?:[\w-]+/)*{re.escape(stem)}[\"'.]", re.MULTILINE)  # fmt: skip
    return any(other != path and stem in text and line.search(text) for other, text in texts)
