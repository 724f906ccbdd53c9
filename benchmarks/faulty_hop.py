"""A TCP proxy that makes one hop slow or faulty: bytes pass as they are, but for what is asked.

usage: python benchmarks/faulty_hop.py LISTEN HOST:PORT DELAY_MS EVERY MARKER
       DELAY_MS is waited before bytes of the client go on that match MARKER (a regular expression); EVERY n-th of them is answered
       with status 500 and goes nowhere, 0 for none. HOST:PORT may be the path of a socket.
"""

from __future__ import annotations

import asyncio
import re
import sys

_BODY = b'{"error":{"message":"lost"}}'
_REFUSED = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b"
    % (len(_BODY), _BODY)
)


class Hop:
    """What is done to the bytes of every connection."""

    def __init__(self, target: str, delay: float, every: int, marker: str) -> None:
        """Keep what is asked; `delay` in seconds."""
        self.target, self.delay, self.every, self.marker = target, delay, every, re.compile(marker.encode())
        self.count = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Join one client with the target until one of them ends."""
        if self.target.startswith("/"):
            back, to = await asyncio.open_unix_connection(self.target)
        else:
            host, _, port = self.target.rpartition(":")
            back, to = await asyncio.open_connection(host, int(port))
        answers = asyncio.create_task(self._pass(back, writer))
        try:
            while chunk := await reader.read(65536):
                if self.marker.search(chunk):
                    self.count += 1
                    await asyncio.sleep(self.delay)
                    if self.every and self.count % self.every == 0:
                        writer.write(_REFUSED)
                        await writer.drain()
                        break  # what follows of the request goes nowhere either
                to.write(chunk)
                await to.drain()
        finally:
            to.close()
            answers.cancel()
            writer.close()

    @staticmethod
    async def _pass(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while chunk := await source.read(65536):
            sink.write(chunk)
            await sink.drain()


async def main() -> None:
    """Serve until the process is ended."""
    listen, target, delay, every, marker = sys.argv[1:6]
    hop = Hop(target, float(delay) / 1000, int(every), marker)
    server = await asyncio.start_server(hop.serve, "127.0.0.1", int(listen))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
