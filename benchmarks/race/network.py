"""The network: takes every post at once, knows no idempotency, and writes down what it got and when."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Network:
    """What has arrived: (key, Unix time), in order. Asked with ``?key`` it says how often the key is there."""

    latency: float = 0.0
    arrived: list[tuple[str, float]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            line = await reader.readline()
            # Whoever died before the line was whole has sent nothing.
            if line.endswith(b"\n"):
                await self._wait()
                answer = self._take(line.decode().strip())
                await self._wait()
                writer.write(answer)
                await writer.drain()
        writer.close()

    async def _wait(self) -> None:
        if self.latency:
            await asyncio.sleep(self.latency / 2)

    def _take(self, line: str) -> bytes:
        if line.startswith("?"):
            return b"1\n" if line[1:] in self.seen else b"0\n"
        self.arrived.append((line, time.time()))
        self.seen.add(line)
        return b"ok\n"


@contextmanager
def serve(path: str, latency: float = 0.0) -> Iterator[Network]:
    """A network at the unix socket `path`, for as long as the block lasts."""
    network, loop = Network(latency), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_unix_server(network.answer, path, backlog=128))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield network
    finally:
        server.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def ask(path: str, line: str) -> str:
    """One request over a connection of its own; raises `OSError`, also for an answer that is not whole."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(path)
        connection.sendall(f"{line}\n".encode())
        said = connection.makefile("rb").readline()
    if not said.endswith(b"\n"):
        raise ConnectionResetError("no answer")
    return said.decode().strip()


async def ask_later(path: str, line: str) -> str:
    """`ask` for those who wait in an event loop."""
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(f"{line}\n".encode())
    said = await reader.readline()
    writer.close()
    if not said.endswith(b"\n"):
        raise ConnectionResetError("no answer")
    return said.decode().strip()
