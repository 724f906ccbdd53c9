"""Answers questions on policies: cache, vector search, then the model."""

from __future__ import annotations

import json
import os

import openai
import psycopg_pool
import redis.asyncio
from app.embedding import embed
from app.tracing import trace
from fastapi import FastAPI
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor

trace("policy-answers")
HTTPXClientInstrumentor().instrument()
PsycopgInstrumentor().instrument()
RedisInstrumentor().instrument()
OpenAIInstrumentor().instrument()

app = FastAPI()
cache = redis.asyncio.Redis.from_url(os.environ.get("REDIS_URL", "redis://cache:6379/0"))
chat = openai.AsyncOpenAI(
    base_url=os.environ.get("MODEL_URL", "http://model:8000/v1"), api_key="none", timeout=30, max_retries=0
)
pool = psycopg_pool.AsyncConnectionPool(
    os.environ.get("DATABASE_URL", "postgresql://reader@db:5432/policies"), min_size=4, max_size=8, open=False
)

_NEAREST = "select id, text from passages order by embedding <=> %s::vector limit 3"


@app.on_event("startup")
async def _open() -> None:
    await pool.open(wait=True)


@app.get("/answer/{session}")
async def answer(session: str, question: str) -> dict:
    """Answer one question with the three nearest passages."""
    before = await cache.get(f"session:{session}")
    async with pool.connection() as link:
        rows = await (await link.execute(_NEAREST, (json.dumps(embed(question)),))).fetchall()
    passages = "\n".join(text for _, text in rows)
    said = await chat.chat.completions.create(
        model=os.environ.get("MODEL_NAME", "tiny-random"),
        max_tokens=10,
        stream=True,
        stream_options={"include_usage": True},
        messages=[{"role": "user", "content": f"{passages}\n{question}"}],
    )
    text = ""
    async for part in said:
        text += (part.choices[0].delta.content or "") if part.choices else ""
    await cache.set(f"session:{session}", text, ex=600)
    return {"answer": text, "passages": [number for number, _ in rows], "again": before is not None}


FastAPIInstrumentor.instrument_app(app)
