"""Model endpoints that speak OpenAI's chat interface: time to the first token, time per token, tokens a second."""

from __future__ import annotations

import json
import time
from typing import Any

from poc_gate.inputs.connect.drivers.http_exchange import HTTP_ERRORS, HttpLink, check_address
from poc_gate.inputs.connect.interface import (
    Call,
    Connector,
    Intent,
    Link,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
    whole_number,
)

_PROMPT = "Count from 1 to 200 in words."
"""Asks for more tokens than are let through, so that every call has the same length."""
_MOST_TOKENS = 512


def _check(target: Target) -> tuple[str, ...]:
    found = check_address(target)
    if not target.option("model"):
        found.append("name the model: `probe: {model: ...}`")
    tokens = whole_number(target.option("max_tokens", "32"))
    if tokens is None or not 2 <= tokens <= _MOST_TOKENS:
        found.append(f"the probe option 'max_tokens' must be 2 to {_MOST_TOKENS}")
    return tuple(found)


def _path(target: Target) -> str:
    return target.path.rstrip("/") + "/chat/completions"


def _intend(target: Target) -> Intent:
    tokens = whole_number(target.option("max_tokens", "32")) or 0
    call = f"POST {_path(target)} model={target.option('model')} max_tokens={tokens} stream=true"
    cost = f"about {tokens} output and 20 input tokens a call, at the provider's price"
    return Intent(call, 250 * tokens, cost=cost)


class _Stream:
    """Server-sent events as they arrive -> when each token came."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self._rest = b""
        self.moments: list[float] = []
        self.counted = 0
        self.finished = False

    def chunk(self, content: bytes) -> None:
        now = time.perf_counter() - self._begun
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                self._event(line[5:].strip(), now)

    def _event(self, text: bytes, now: float) -> None:
        if text == b"[DONE]":
            self.finished = True
            return
        event: Any = json.loads(text)
        if not isinstance(event, dict):
            raise SourceError("the stream carries something else than events", kind="protocol")
        if "error" in event:
            raise SourceError("the stream carries an error", kind="server")
        usage = event.get("usage") or {}
        self.counted = int(usage.get("completion_tokens") or self.counted)
        for choice in event.get("choices", ()):
            delta = choice.get("delta") or {}
            if delta.get("content") or delta.get("reasoning_content"):
                self.moments.append(now)


class _Link(HttpLink):
    """One connection; each call streams one short answer."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._path = _path(target)
        self._body = {
            "model": target.option("model"),
            "messages": [{"role": "user", "content": target.option("prompt", _PROMPT)}],
            "max_tokens": target.whole("max_tokens", 32),
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True},
        }

    def call(self, number: int) -> Call:
        del number
        stream = _Stream()
        answer = self.ask("POST", self._path, body=self._body, on_chunk=stream.chunk)
        if not stream.moments or not stream.finished:
            raise SourceError("the stream ended without a token or without its end mark", kind="protocol")
        tokens = max(stream.counted, len(stream.moments))
        parts = {"first_token": stream.moments[0]}
        if tokens > 1 and len(stream.moments) > 1:
            parts["per_token"] = (stream.moments[-1] - stream.moments[0]) / (tokens - 1)
            parts["tokens_rate"] = tokens / stream.moments[-1]
        return Call(bytes=answer.size, rows=tokens, parts=parts)


class _Session(Session):
    """One endpoint."""

    errors = (*HTTP_ERRORS, KeyError, TypeError, AttributeError)

    def __init__(self, target: Target) -> None:
        self._target = target

    def connect(self) -> Link:
        return _Link(self._target)

    def prepare(self, link: Link) -> Server:
        assert isinstance(link, _Link)
        answer = link.ask("GET", self._target.path.rstrip("/") + "/models", keep=True)
        models = [str(model["id"]) for model in answer.data()["data"]]
        if self._target.option("model") not in models:
            raise SourceError(
                f"the endpoint lists no model {self._target.option('model')!r}", kind="protocol"
            )
        return Server(
            answer.headers.get("server", "")[:60],
            None,
            {"models": str(len(models)), "encryption": link.encryption},
        )


CONNECTOR = Connector(
    name="openai",
    summary="Model endpoints with OpenAI's chat interface: first token, per token, tokens a second",
    systems=("openai-api", "openai-compatible", "vllm", "model-endpoint", "tgi", "llama-server"),
    schemes=(),
    options=(
        ProbeOption("model", "Model as the endpoint lists it", "qwen2.5-7b-instruct"),
        ProbeOption("max_tokens", "Output tokens of one call, 2 to 512", "32"),
        ProbeOption("prompt", "The prompt; keep it free of personal data", _PROMPT),
        ProbeOption("auth", "How the credential is sent: bearer, basic or header:NAME", "bearer"),
        ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
    ),
    locks=(
        "one fixed, short prompt; no tools, no files, no stored conversation",
        "a cap on output tokens in every call, and the budget on calls",
        "the host of the manifest only: redirects are named, never followed",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
)
