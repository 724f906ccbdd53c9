"""A small retrieval service with real instrumentation, whose spans are recorded as test data.

usage: python recorded_pilot.py ROLE        with ROLE one of model, rerank, answer, drive
Started by `record_observations.sh`, which sets up the packages. The model is a transformer of two layers with random
weights, computed here; PostgreSQL and Redis are the ones that `.ci/services.sh` starts.

Environment: RECORD (file of the spans), GENAI (otel, openllmetry, openinference), RERANK_DELAY (seconds), RERANK_ERRORS (share), COUNT, RATE,
SEED, FORM (json, proto).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time

PORTS = {"model": 58701, "rerank": 58702, "answer": 58703}
POSTGRES = os.environ.get("PILOT_POSTGRES", "postgresql://postgres@127.0.0.1:55432/postgres")
_STATEMENTS = (
    "select oid from pg_class where oid > %s limit 5",
    "select oid from pg_proc where oid > %s limit 5",
)
REDIS_PORT = int(os.environ.get("PILOT_REDIS_PORT", "56379"))


def trace(service: str) -> None:
    """Record the spans of this process with the SDK's own exporters."""
    from opentelemetry import trace as api
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    share = float(os.environ.get("HEAD_SHARE", "1"))
    resource = Resource.create({"service.name": service, "deployment.environment.name": "pilot"})
    provider = TracerProvider(resource=resource, sampler=ParentBased(TraceIdRatioBased(share)))
    provider.add_span_processor(BatchSpanProcessor(_exporter(f"{os.environ['RECORD']}.{service}")))
    api.set_tracer_provider(provider)


def _exporter(path: str) -> object:
    if os.environ.get("FORM") == "proto":
        return _ProtobufFile(path)
    from opentelemetry.exporter.otlp.json.file.trace_exporter import FileSpanExporter

    return FileSpanExporter(path)


def _ProtobufFile(path: str) -> object:  # noqa: N802 - makes an object of a class that needs the SDK
    from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

    class ProtobufFile(SpanExporter):
        """As the collector's file exporter writes protobuf: each request behind its length in four bytes, big end first."""

        def __init__(self) -> None:
            self.file = open(path, "wb")  # noqa: PTH123, SIM115 - open for the life of the process

        def export(self, spans: object) -> SpanExportResult:
            message = encode_spans(spans).SerializeToString()
            self.file.write(len(message).to_bytes(4, "big") + message)
            return SpanExportResult.SUCCESS

        def shutdown(self) -> None:
            self.file.close()

    return ProtobufFile()


def serve(app: object, role: str) -> None:
    """Serve until the process is ended, and write out what is still held."""
    import uvicorn

    uvicorn.run(app, port=PORTS[role], log_level="warning")


def model() -> None:
    """An OpenAI-compatible endpoint before a transformer with random weights."""
    import numpy as np
    from fastapi import FastAPI
    from fastapi.responses import StreamingResponse

    app, width, layers = FastAPI(), 64, 2
    draw = np.random.default_rng(1)
    table = draw.normal(0, 1, (256, width))
    weights = [draw.normal(0, width**-0.5, (4, width, width)) for _ in range(layers)]

    def step(tokens: list[int]) -> int:
        hidden = table[tokens[-64:]]
        for query, key, value, mix in weights:
            scores = (hidden @ query) @ (hidden @ key).T / width**0.5 + np.triu(
                np.full((len(hidden),) * 2, -1e9), 1
            )
            shares = np.exp(scores - scores.max(1, keepdims=True))
            hidden = hidden + np.tanh((shares / shares.sum(1, keepdims=True)) @ (hidden @ value) @ mix)
        return int(np.argmax(hidden[-1] @ table.T))

    @app.post("/v1/chat/completions")
    async def complete(body: dict) -> object:
        prompt = [byte for message in body["messages"] for byte in str(message["content"]).encode()]
        most, name = int(body.get("max_tokens", 16)), "tiny-random-2l"
        head = {"id": "chat-1", "created": int(time.time()), "model": name}
        usage = {"prompt_tokens": len(prompt), "completion_tokens": most, "total_tokens": len(prompt) + most}

        async def words() -> object:
            tokens = prompt or [0]
            for _ in range(most):
                tokens.append(step(tokens))
                await asyncio.sleep(0.001)
                yield chr(97 + tokens[-1] % 26)

        if not body.get("stream"):
            text = "".join([word async for word in words()])
            choice = {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "length",
            }
            return {**head, "object": "chat.completion", "choices": [choice], "usage": usage}

        async def events() -> object:
            async for word in words():
                delta = {"index": 0, "delta": {"role": "assistant", "content": word}, "finish_reason": None}
                yield f"data: {json.dumps({**head, 'object': 'chat.completion.chunk', 'choices': [delta]})}\n\n"
            ending = {"index": 0, "delta": {}, "finish_reason": "length"}
            yield f"data: {json.dumps({**head, 'object': 'chat.completion.chunk', 'choices': [ending], 'usage': usage})}\n\n"
            yield "data: [DONE]\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    serve(app, "model")


def rerank() -> None:
    """A second service of the pilot's own, with the fault that is asked for."""
    from fastapi import FastAPI, HTTPException
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    trace("reranker")
    app, dice = FastAPI(), random.Random(int(os.environ.get("SEED", "7")))  # noqa: S311 - a fault, no secret
    delay, errors = float(os.environ.get("RERANK_DELAY", "0")), float(os.environ.get("RERANK_ERRORS", "0"))

    @app.post("/rerank")
    async def order(body: dict) -> dict:
        await asyncio.sleep(0.002 + delay)
        if dice.random() < errors:
            raise HTTPException(503, "no capacity")
        return {"order": sorted(range(len(body["documents"])))}

    FastAPIInstrumentor.instrument_app(app)
    serve(app, "rerank")


def answer() -> None:
    """The pilot itself: cache, database and its neighbour, then the model."""
    import httpx
    import openai
    import psycopg
    import redis.asyncio
    from fastapi import FastAPI
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.instrumentation.redis import RedisInstrumentor

    trace("claims-answers")
    HTTPXClientInstrumentor().instrument()
    PsycopgInstrumentor().instrument()
    RedisInstrumentor().instrument()
    _model_instrumentor().instrument()
    app = FastAPI()
    calls = httpx.AsyncClient(base_url=f"http://localhost:{PORTS['rerank']}")
    cache = redis.asyncio.Redis(port=REDIS_PORT)
    chat = openai.AsyncOpenAI(base_url=f"http://localhost:{PORTS['model']}/v1", api_key="none")

    @app.get("/answer/{claim}")
    async def reply(claim: str, question: str) -> dict:
        await cache.get(f"session:{claim}")
        async with await psycopg.AsyncConnection.connect(POSTGRES) as link:
            for statement in _STATEMENTS:
                rows = await (await link.execute(statement, (int(claim),))).fetchall()
        ranked = await calls.post("/rerank", json={"documents": [str(row) for row in rows]})
        stream = os.environ.get("STREAM", "1") == "1"
        more = {"stream_options": {"include_usage": True}} if stream else {}
        said = await chat.chat.completions.create(
            model="tiny-random",
            max_tokens=24,
            stream=stream,
            messages=[{"role": "user", "content": question}],
            **more,
        )
        text = ""
        if stream:
            async for part in said:
                text += (part.choices[0].delta.content or "") if part.choices else ""
        else:
            text = said.choices[0].message.content
        return {"answer": text, "ranked": ranked.status_code == httpx.codes.OK}

    FastAPIInstrumentor.instrument_app(app)
    serve(app, "answer")


def _model_instrumentor() -> object:
    kind = os.environ.get("GENAI", "otel")
    if kind == "openllmetry":
        from opentelemetry.instrumentation.openai import OpenAIInstrumentor
    elif kind == "openinference":
        from openinference.instrumentation.openai import OpenAIInstrumentor
    else:
        from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor
    return OpenAIInstrumentor()


def drive() -> None:
    """Send COUNT requests at RATE a second with exponential gaps, from a client that is not traced."""
    import httpx

    dice = random.Random(int(os.environ.get("SEED", "7")))  # noqa: S311 - arrivals, no secret
    count, rate = int(os.environ.get("COUNT", "60")), float(os.environ.get("RATE", "5"))

    async def run() -> None:
        async with httpx.AsyncClient(base_url=f"http://localhost:{PORTS['answer']}", timeout=30) as client:
            sent = []
            for number in range(count):
                await asyncio.sleep(dice.expovariate(rate))
                ask = {"question": "what does clause nine say " * (1 + number % 5)}
                sent.append(asyncio.ensure_future(client.get(f"/answer/{1000 + number}", params=ask)))
            codes = [done.status_code for done in await asyncio.gather(*sent)]
            print({code: codes.count(code) for code in set(codes)})

    asyncio.run(run())


if __name__ == "__main__":
    {"model": model, "rerank": rerank, "answer": answer, "drive": drive}[sys.argv[1]]()
