"""A small server with the shape of an OpenAI-compatible one, for recording what load tools write about it.

It answers with a fixed number of made-up tokens at a fixed pace, breaks off a stated share of the requests with status 500,
and can stall once for a stated time. It holds no model: only the shapes of the tools' files and the arithmetic in them matter.

    python benchmarks/small_model_server.py 18080 --fail 0.05 --stall-after 20 --stall 2
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL = "small-model"
FIRST_TOKEN = 0.03
"""Seconds until the first token."""
NEXT_TOKEN = 0.004
"""Seconds for each further token."""


class Handler(BaseHTTPRequestHandler):
    """Answers `/v1/...` like a model server and everything else with a short JSON text."""

    protocol_version = "HTTP/1.1"
    settings: argparse.Namespace
    started = time.monotonic()
    counted = 0
    lock = threading.Lock()

    def do_GET(self) -> None:
        """Answer a list of models or a short text."""
        if self.path.startswith("/v1/models"):
            self._json(
                200,
                {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 1, "owned_by": "x"}]},
            )
        elif self.path == "/health":
            self._json(200, {"status": "ok"})
        elif self._breaks_off():
            self._json(500, {"error": "made to fail"})
        else:
            time.sleep(0.005)
            self._json(200, {"status": "ok"})

    def do_POST(self) -> None:
        """Answer a completion, streamed where that is asked for."""
        asked = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        if "/tokenize" in self.path:
            self._json(200, {"tokens": list(range(len(str(asked).split())))})
        elif self._breaks_off():
            self._json(500, {"error": {"message": "made to fail", "type": "server_error"}})
        else:
            count = int(asked.get("max_tokens") or asked.get("max_completion_tokens") or 16)
            self._answer(asked, min(count, 64))

    def _answer(self, asked: dict[str, object], count: int) -> None:
        chat = "chat" in self.path
        prompt = len(json.dumps(asked.get("messages") or asked.get("prompt") or "").split())
        usage = {"prompt_tokens": prompt, "completion_tokens": count, "total_tokens": prompt + count}
        base = {
            "id": "c1",
            "created": 1,
            "model": MODEL,
            "object": "chat.completion" if chat else "text_completion",
        }
        if not asked.get("stream"):
            time.sleep(FIRST_TOKEN + NEXT_TOKEN * count)
            text = " word" * count
            choice = {"message": {"role": "assistant", "content": text}} if chat else {"text": text}
            self._json(
                200, base | {"choices": [{"index": 0, "finish_reason": "length"} | choice], "usage": usage}
            )
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        base["object"] = "chat.completion.chunk" if chat else "text_completion"
        for at in range(count):
            time.sleep(FIRST_TOKEN if at == 0 else NEXT_TOKEN)
            part = {"delta": {"role": "assistant", "content": " word"}} if chat else {"text": " word"}
            self._event(base | {"choices": [{"index": 0, "finish_reason": None} | part]})
        end = {"delta": {}} if chat else {"text": ""}
        self._event(base | {"choices": [{"index": 0, "finish_reason": "length"} | end]})
        self._event(base | {"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _event(self, data: dict[str, object]) -> None:
        self.wfile.write(b"data: " + json.dumps(data).encode() + b"\n\n")
        self.wfile.flush()

    def _breaks_off(self) -> bool:
        with self.lock:
            type(self).counted += 1
            number = self.counted
        after = time.monotonic() - self.started - self.settings.stall_after
        if 0 <= after < self.settings.stall:
            time.sleep(self.settings.stall - after)
        every = self.settings.fail
        return bool(every) and number % max(1, round(1 / every)) == 0

    def _json(self, status: int, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write no log: the tools' own files are what is wanted."""


class Server(ThreadingHTTPServer):
    """A threading server that lets many clients wait."""

    request_queue_size = 256
    daemon_threads = True


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--fail", type=float, default=0.0, help="share of requests that end in status 500")
    parser.add_argument(
        "--stall-after", type=float, default=1e9, help="seconds until one stall of the whole server"
    )
    parser.add_argument("--stall", type=float, default=0.0, help="seconds that it lasts")
    Handler.settings = parser.parse_args()
    Server(("127.0.0.1", Handler.settings.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
