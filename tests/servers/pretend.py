"""A loopback HTTP server for networks without one of their own: it notes every request and answers as a test says.

A route is a function from `Request` to an answer: `Reply`, or `DROP` to close the connection without a word. What a
network would have taken before its answer was lost is the route's own business: it notes it and returns `DROP`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived; names of `headers` are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """The body as a JSON object."""
        found = json.loads(self.body or b"{}")
        assert isinstance(found, dict)
        return found

    def form(self) -> dict[str, str]:
        """The fields of a form, url-encoded or multipart; files are in `files`."""
        if self.headers.get("content-type", "").startswith("multipart/"):
            return {name: data.decode() for name, (file, data, _kind) in self._parts().items() if not file}
        return {name: values[-1] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}

    def files(self) -> dict[str, tuple[str, bytes, str]]:
        """Field → file name, content, media type."""
        return {name: part for name, part in self._parts().items() if part[0]}

    def _parts(self) -> dict[str, tuple[str, bytes, str]]:
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        found = {}
        for part in message_from_bytes(head + self.body).walk():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            if isinstance(name, str) and isinstance(data, bytes):
                found[name] = part.get_filename() or "", data, part.get_content_type()
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `body` is sent as JSON unless it is bytes."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Drop:
    """Close the connection without an answer."""


DROP: Final = Drop()
Route = Callable[[Request], Reply | Drop]


@dataclass
class PretendServer:
    """`routes`: ``METHOD /path`` (exact, or ending in ``*``) → its route. `requests` holds all that came.

    `clock` is the server's own: its answers are dated by it. A test whose clock stands sets it to that one.
    """

    address: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @property
    def host_port(self) -> str:
        """``host:port``, as `Web` takes it in `allowed_hosts`."""
        return self.address.removeprefix("http://")

    def sent(self, method: str, path: str = "") -> list[Request]:
        """The requests of a method whose path begins so."""
        return [request for request in self.requests if request.method == method and request.path.startswith(path)]

    def answer(self, request: Request) -> Reply | Drop:
        """What the longest fitting route says; 404 with the request's line when there is none."""
        self.requests.append(request)
        wanted = f"{request.method} {request.path}"
        fitting = [name for name in self.routes if name == wanted or (name[-1] == "*" and wanted.startswith(name[:-1]))]
        if not fitting:
            return Reply(404, {"error": f"no route for {wanted}"})
        return self.routes[max(fitting, key=len)](request)


@contextmanager
def run_pretend() -> Iterator[PretendServer]:
    """A server on a free loopback port, as long as the block lasts."""
    pretend = PretendServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = pretend.answer(Request(self.command, parts.path, query, headers, body))
            self.close_connection = True
            if isinstance(reply, Reply):
                self._write(reply)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _any  # noqa: N815  # names that http.server calls

        def _write(self, reply: Reply) -> None:
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response_only(reply.status)
            usual = {"Content-Type": "application/json", "Date": format_datetime(pretend.clock(), usegmt=True)}
            for name, value in (usual | dict(reply.headers)).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
            """Tests look at `requests`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        pretend.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield pretend
        finally:
            server.shutdown()
            thread.join()
