"""One request on one fresh connection, to addresses that were checked before.

The connection is never reused: a reset of an idle connection cannot be told from a reset after the server has
taken a post. Whether a byte of the request was written decides between `NotSent` and `Uncertain`.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence

import httpcore
import httpx

from toolkit.values import dataclass

SLICE = 65536


@dataclass(slots=True)
class Line:
    """What is known about one exchange: where to connect, until when, and whether anything was written."""

    addresses: Sequence[str]
    ends: float  # on the clock `elapsed`
    elapsed: Callable[[], float]
    written: bool = False

    def left(self) -> float:
        """Seconds left; raises the timeout of httpcore when there are none."""
        left = self.ends - self.elapsed()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left


class Wire(httpx.BaseTransport):
    """The real transport of `Web`. Raises httpcore's exceptions; `Line` rides in the request's extensions."""

    def __init__(self) -> None:
        self._tls = httpx.create_ssl_context()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` over a new connection; the body of the answer is read from `Response.stream`."""
        line: Line = request.extensions["line"]
        pool = httpcore.ConnectionPool(
            ssl_context=self._tls, max_keepalive_connections=0, network_backend=_CheckedBackend(line)
        )
        try:
            answer = pool.handle_request(_core_request(request))
        except BaseException:
            pool.close()
            raise
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer, pool))


def _core_request(request: httpx.Request) -> httpcore.Request:
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.stream,
    )


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, pool: httpcore.ConnectionPool) -> None:
        self._answer = answer
        self._pool = pool

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


class _CheckedBackend(httpcore.NetworkBackend):
    """Connects to the checked addresses, whatever the name may mean by now (no rebinding)."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the line's deadline rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in self._line.addresses:
            try:
                stream = self._system.connect_tcp(address, port, self._line.left(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._line)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A stream that keeps to the line's deadline as a whole and notes the first write."""

    def __init__(self, stream: httpcore.NetworkStream, line: Line) -> None:
        self._stream = stream
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # see Line
        return self._stream.read(max_bytes, self._line.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # see Line
        view = memoryview(buffer)
        for start in range(0, len(view), SLICE):
            left = self._line.left()
            self._line.written = True
            self._stream.write(bytes(view[start : start + SLICE]), left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  # see Line
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._line.left()), self._line)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
