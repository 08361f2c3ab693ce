"""A network that takes any post after 50 ms, in a process of its own: the other end of the publishing figures.

python -m bench.network       prints "ready PORT"
"""

from __future__ import annotations

import asyncio
import itertools
import json

ANSWERS_AFTER = 0.05
TOKEN = "measured-and-thrown-away"
_ids = itertools.count(115000000000000000)


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers as Mastodon does, one request after the other, on a connection that stays open."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = next((line for line in head.split(b"\r\n") if line.startswith(b"content-length:")), b":0")
            await reader.readexactly(int(length.partition(b":")[2]))
            await asyncio.sleep(ANSWERS_AFTER)
            number = next(_ids)
            status = {
                "id": str(number),
                "created_at": "2026-01-01T00:00:00.000Z",
                "url": f"http://127.0.0.1/@bench/{number}",
                "content": "",
            }
            body = json.dumps(status).encode()
            says = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(says.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main() -> None:
    """Until stopped."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=256)
    print(f"ready {server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
