"""Real servers on loopback for the tests of the client: a polite one, and one that talks as it is told."""

from __future__ import annotations

import gzip
import http.server
import socket
import struct
import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit


class Desk(http.server.ThreadingHTTPServer):
    """A real server on loopback that notes what it is asked and answers by path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.drops = 0

    @property
    def place(self) -> str:
        return f"localhost:{self.server_port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers by the first part of the path; see the methods."""

    server: Desk
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.command, self.path, headers, body))
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        getattr(self, f"_{parts.path.strip('/') or 'plain'}")(asked)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  # the library's names

    def log_message(self, *_arguments: object) -> None:
        """Be quiet."""

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _plain(self, _asked: dict[str, str]) -> None:
        self._say(200, b'{"plain": true}', Content_Type="application/json", X_Seen="yes")

    def _to(self, asked: dict[str, str]) -> None:
        self._say(int(asked.get("status", "302")), Location=asked["url"])

    def _loop(self, _asked: dict[str, str]) -> None:
        self._say(302, Location="/loop")

    def _text(self, _asked: dict[str, str]) -> None:
        self._say(502, b"<html>Bad   Gateway")

    def _big(self, asked: dict[str, str]) -> None:
        self._say(200, b"x" * int(asked["size"]))

    def _packed(self, asked: dict[str, str]) -> None:
        self._say(200, gzip.compress(b"0" * int(asked["size"])), Content_Encoding="gzip")

    def _cut(self, _asked: dict[str, str]) -> None:
        self._say(200, gzip.compress(b"0123456789" * 1000)[:-12], Content_Encoding="gzip")

    def _odd(self, _asked: dict[str, str]) -> None:
        self._say(200, b"x", Content_Encoding="br")

    def _drop(self, asked: dict[str, str]) -> None:
        """Reset the connection the first `times` times."""
        self.server.drops += 1
        if self.server.drops > int(asked["times"]):
            self._plain(asked)
            return
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _slow(self, _asked: dict[str, str]) -> None:
        """One byte at a time, for ever: each is in time, the whole is not."""
        self.send_response(200)
        self.end_headers()
        gone = threading.Event()
        try:
            while not gone.wait(0.01):
                self.wfile.write(b"x")
                self.wfile.flush()
        except OSError:
            gone.set()


class OneTalk:
    """A socket on loopback that serves one connection with `talk`; yields its host and port."""

    def __init__(self, talk: Callable[[socket.socket], object]) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, args=(talk,))

    def _serve(self, talk: Callable[[socket.socket], object]) -> None:
        connection, _address = self._listener.accept()
        with connection:
            talk(connection)

    def __enter__(self) -> str:
        self._thread.start()
        return f"localhost:{self._listener.getsockname()[1]}"

    def __exit__(self, *_error: object) -> None:
        self._thread.join()
        self._listener.close()
