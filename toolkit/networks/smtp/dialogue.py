"""A conversation with a mail server (RFC 5321): lines out, replies in, all within one deadline.

Written out rather than taken from smtplib, because exactly-once rests on facts that smtplib hides: the address that
was checked is the one connected to, and it is known whether the final dot was written.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.networks.smtp.remedy import remedy
from toolkit.values import dataclass

LONGEST_LINE: Final = 4096  # bytes; RFC 5321 allows 512
MOST_LINES: Final = 128
SLICE: Final = 65536


class BrokenLineError(LeitstandError):
    """The server could not be reached, hung up, was too slow, or does not speak SMTP."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply; `text` holds its lines."""

    code: int
    text: str

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is: its name, for the certificate, and the addresses that were checked."""

    host: str
    port: int
    addresses: Sequence[str]


class Dialogue:
    """One connection. `left` says how many seconds there are; every method raises `BrokenLineError`."""

    def __init__(self, place: Place, left: Callable[[], float]) -> None:
        self._place = place
        self._left = left
        self._pending = b""
        self._encrypted = False
        self._socket = self._connect()

    def read(self) -> Reply:
        """The server's next reply, all its lines."""
        lines: list[str] = []
        while len(lines) < MOST_LINES:
            line = self._line()
            if not line[:3].isdigit() or line[3:4] not in ("", " ", "-"):
                raise BrokenLineError(_("{host} does not speak SMTP").format(host=self._place.host))
            lines.append(line[4:])
            if line[3:4] != "-":
                return Reply(int(line[:3]), "\n".join(lines))
        raise BrokenLineError(_("{host} does not come to an end").format(host=self._place.host))

    def ask(self, line: str) -> Reply:
        """The reply to one command."""
        self.write(line.encode() + b"\r\n")
        return self.read()

    def write(self, data: bytes) -> None:
        """Write all of `data`."""
        view = memoryview(data)
        try:
            for start in range(0, len(view), SLICE):
                self._socket.settimeout(self._seconds())
                self._socket.sendall(view[start : start + SLICE])
        except OSError as error:
            raise self._broken(error) from error

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Encrypt from here on. What the server sent too early, unencrypted, ends the conversation."""
        if self._pending:
            raise BrokenLineError(_("{host} spoke before it was encrypted").format(host=self._place.host))
        self._encrypted = True
        try:
            self._socket.settimeout(self._seconds())
            self._socket = context.wrap_socket(self._socket, server_hostname=self._place.host)
        except (OSError, ValueError) as error:
            raise self._broken(error) from error

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _connect(self) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in self._place.addresses:
            try:
                return socket.create_connection((address, self._place.port), timeout=self._seconds())
            except OSError as error:
                failure = error
        raise self._broken(failure)

    def _line(self) -> str:
        while b"\n" not in self._pending:
            if len(self._pending) > LONGEST_LINE:
                raise BrokenLineError(_("{host} does not speak SMTP").format(host=self._place.host))
            self._pending += self._receive()
        line, _newline, self._pending = self._pending.partition(b"\n")
        return line.rstrip(b"\r").decode("utf-8", "replace")

    def _receive(self) -> bytes:
        try:
            self._socket.settimeout(self._seconds())
            data = self._socket.recv(LONGEST_LINE)
        except OSError as error:
            raise self._broken(error) from error
        if not data:
            raise self._broken(ConnectionResetError(_("the server hung up")))
        return data

    def _seconds(self) -> float:
        left = self._left()
        if left <= 0:
            raise TimeoutError(_("out of time"))
        return left

    def _broken(self, error: Exception) -> BrokenLineError:
        advice = remedy(error, self._place.host, self._place.port, encrypted=self._encrypted)
        return BrokenLineError(f"{self._place.host}: {error}" + (f"; {advice}" if advice else ""))


def features(reply: Reply) -> Mapping[str, str]:
    """The extensions in an answer to EHLO: ``{"SIZE": "1000", "AUTH": "PLAIN LOGIN", …}``."""
    found = {}
    for line in reply.text.split("\n")[1:]:
        name, _blank, rest = line.strip().partition(" ")
        found[name.upper()] = rest.strip()
    return found
