"""Serving the desk: one process on one socket, patient with people and not with lines that trickle."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from toolkit.desk.guard import LARGEST_HEAD, Address
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings.desk import DeskPolicy
from toolkit.values import dataclass

if TYPE_CHECKING:
    from uvicorn import Server

    from toolkit.desk.sealing import Application

MOST_LINES: Final = 200  # connections at once
HEAD_PATIENCE: Final = 10.0  # seconds within which a line has to say something whole
GRACE: Final = 5  # seconds for what is being answered when the desk ends


@dataclass(frozen=True, slots=True)
class Post:
    """Where the desk stands: the socket that it has taken, and how people reach it."""

    line: socket.socket
    address: Address
    url: str


def take_post(host: str, port: int, policy: DeskPolicy) -> Post:
    """Bind the address; port 0 takes a free one. Raises `UsageError` where that would be open to everybody, or is taken."""
    refuse_open(host, policy)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        line.bind((host, port))
        # From now on browsers are heard; they wait for the moment that the rest takes.
        line.listen(MOST_LINES)
    except (OSError, OverflowError) as error:
        line.close()
        said = getattr(error, "strerror", None) or error
        message = _("cannot listen on {host}, port {port}: {error}; name another one with --port")
        raise UsageError(message.format(host=host, port=port, error=said)) from None
    taken = int(line.getsockname()[1])
    if policy.user_header:
        return Post(line, Address(frozenset({policy.origin})), policy.origin)
    shown = f"[{host}]" if ":" in host else host
    names = dict.fromkeys((shown, "localhost"))
    return Post(line, Address(frozenset(f"http://{name}:{taken}" for name in names)), f"http://{shown}:{taken}")


def refuse_open(host: str, policy: DeskPolicy) -> None:
    """Raise `UsageError` for an address at which login links would be open to others."""
    if not is_own(host) and not policy.user_header:
        message = _(
            "{host} can be reached from outside, and login links are for this machine only: put the company's login in"
            " front and name it in [desk] (user_header, proxies, origin), or leave --host out"
        )
        raise UsageError(message.format(host=host))


def is_own(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def make_server(app: Application, patience: float = HEAD_PATIENCE) -> Server:
    """A server that answers from ``run(sockets=[post.line])`` on, until a signal or `should_exit`.

    What is being answered then may finish. `patience`: seconds that a line may be open without a whole new request.
    """
    from uvicorn import Config, Server
    from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

    class Impatient(H11Protocol):
        """Hangs up on whoever opens a line, or keeps one, and says nothing whole; uvicorn would wait for ever."""

        known: object = None  # the last request when last looked at

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
            super().connection_made(transport)
            self.loop.call_later(patience, self._look)

        def _look(self) -> None:
            if self.transport.is_closing():
                return
            cycle: RequestResponseCycle | None = self.cycle  # None before the first, whatever its annotation says
            answering = cycle is not None and not cycle.response_complete
            if cycle is self.known and not answering:
                self.transport.close()
            self.known = cycle
            self.loop.call_later(patience, self._look)

    class Ending(Server):
        """Ends with the first signal, and leaves it to the caller what that means."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            with super().capture_signals():
                yield
                self._captured_signals.clear()

    return Ending(
        Config(
            app,
            http=Impatient,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            # Who asks is said by the line itself; headers are read by `door`.
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            limit_concurrency=MOST_LINES,
            timeout_graceful_shutdown=GRACE,
        )
    )
