"""An OpenAI-compatible endpoint before a transformer of two layers with random weights; one request at a time."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import numpy as np
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

WIDTH, LAYERS, CONTEXT, NAME = 64, 2, 64, "tiny-random"

app = FastAPI()
slot = asyncio.Lock()
_draw = np.random.default_rng(1)
_table = _draw.normal(0, 1, (256, WIDTH))
_weights = [_draw.normal(0, WIDTH**-0.5, (4, WIDTH, WIDTH)) for _ in range(LAYERS)]


def step(tokens: list[int]) -> int:
    """Return the next token after these bytes."""
    hidden = _table[tokens[-CONTEXT:]]
    mask = np.triu(np.full((len(hidden),) * 2, -1e9), 1)
    for query, key, value, mix in _weights:
        scores = (hidden @ query) @ (hidden @ key).T / WIDTH**0.5 + mask
        shares = np.exp(scores - scores.max(1, keepdims=True))
        hidden = hidden + np.tanh((shares / shares.sum(1, keepdims=True)) @ (hidden @ value) @ mix)
    return int(np.argmax(hidden[-1] @ _table.T))


@app.post("/v1/chat/completions")
async def complete(body: dict) -> StreamingResponse:
    """Stream an answer of `max_tokens` tokens."""
    prompt = [byte for message in body["messages"] for byte in str(message["content"]).encode()]
    most = int(body.get("max_tokens", 16))
    head = {"id": "chat-1", "object": "chat.completion.chunk", "created": int(time.time()), "model": NAME}

    async def events() -> AsyncIterator[str]:
        async with slot:
            tokens = list(prompt) or [0]
            for _ in range(most):
                tokens.append(step(tokens))
                delta = {"role": "assistant", "content": chr(97 + tokens[-1] % 26)}
                yield f"data: {json.dumps({**head, 'choices': [{'index': 0, 'delta': delta, 'finish_reason': None}]})}\n\n"
                await asyncio.sleep(0)
        usage = {"prompt_tokens": len(prompt), "completion_tokens": most, "total_tokens": len(prompt) + most}
        ending = {"index": 0, "delta": {}, "finish_reason": "length"}
        yield f"data: {json.dumps({**head, 'choices': [ending], 'usage': usage})}\n\ndata: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")
