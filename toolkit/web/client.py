"""`Web.request`: what every adapter calls. See the package's docstring for the guards and the errors."""

from __future__ import annotations

import json
import math
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin

from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.web.addresses import SERVER_PORTS, NotSent, Resolver, WebError, checked_addresses, look_up, split_url

if TYPE_CHECKING:
    import httpx

    from toolkit.web.wire import Line

AGENT: Final = "leitstand/0.1"
TIMEOUT: Final = 30.0  # seconds, for the whole exchange
MAX_BYTES: Final = 10_000_000
MAX_HOPS: Final = 5
READ_ATTEMPTS: Final = 3
HIDDEN: Final = "…"  # what stands for a secret
SHORTEST: Final = 8
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# What must not follow a redirect to another origin.
PRIVATE_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization", "idempotency-key"})

Upload = tuple[str, bytes, str]  # file name, content, media type
Form = Mapping[str, str | list[str]]


class Uncertain(WebError):  # noqa: N818  # it names the fact that matters: nobody knows
    """The request may have arrived and may have been obeyed."""


class Reset(Uncertain):
    """The other side dropped the connection after the request was at least partly written."""


class BadReply(WebError):  # noqa: N818  # like its siblings, it names the fact
    """The server answered with something that cannot be used."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer, read to the end. Names of `headers` are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as UTF-8; bytes that are not are replaced."""
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> object:
        """The body as JSON; raises `BadReply` when it is something else."""
        try:
            return json.loads(self.body, parse_constant=_finite, parse_float=_finite)
        except (ValueError, RecursionError):
            start = " ".join(self.text[:80].split())
            message = _("{url} answered {status} with something that is not JSON: {start!r}")
            raise BadReply(message.format(url=self.url, status=self.status, start=start)) from None


def _finite(written: str) -> float:
    """A number as JSON has it: "NaN", "Infinity" and what is too large are none."""
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


@dataclass(frozen=True, slots=True)
class _Order:
    """One request, as the caller wants it."""

    method: str
    headers: Mapping[str, str]
    params: Form | None
    json: object
    form: Form | None
    files: Mapping[str, Upload] | None
    content: bytes | None
    max_bytes: int
    ends: float


class Web:
    """The guarded client. `transport` replaces the wire in tests; it gets the address as the caller wrote it.

    `allowed_hosts` (``host:port``, see `host_port`) may be private or loopback: the servers that accounts name in
    leitstand.toml. A redirect from elsewhere to one of them stays blocked. `hidden` is never shown; see `hiding`.
    """

    def __init__(
        self,
        transport: httpx.BaseTransport | None = None,
        resolver: Resolver = look_up,
        allowed_hosts: frozenset[str] = frozenset(),
        elapsed: Callable[[], float] = time.monotonic,
        hidden: frozenset[str] = frozenset(),
        *,
        hidden_in_bodies: bool = True,
    ) -> None:
        self._transport = transport
        self._resolver = resolver
        self._allowed = allowed_hosts
        self._elapsed = elapsed
        self._hidden = hidden
        self._hidden_in_bodies = hidden_in_bodies

    def hiding(self, *secrets: str, in_bodies: bool = True) -> Web:
        """The same client for a network whose addresses hold a secret: no message and no `Reply` shows it.

        Without `in_bodies` the answer is read as it is: where tokens are handed out, the same one may come back.
        """
        said = [secret for secret in secrets if secret]
        forms = {form for secret in said for form in (secret, *(quote(secret, safe=safe) for safe in ("", ":", "/:")))}
        return Web(
            self._transport,
            self._resolver,
            self._allowed,
            self._elapsed,
            self._hidden | forms,
            hidden_in_bodies=in_bodies,
        )

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Form | None = None,
        json: object = None,
        form: Form | None = None,
        files: Mapping[str, Upload] | None = None,
        content: bytes | None = None,
        timeout: float = TIMEOUT,
        max_bytes: int = MAX_BYTES,
    ) -> Reply:
        """Ask `url` and read the whole answer, within `timeout` seconds and `max_bytes` (after decompression).

        A GET follows redirects and survives two dropped connections; any other method is sent once and its
        redirect is returned as it is. `content` is a body as it is; its Content-Type stands in `headers`. Raises
        `NotSent`, `Blocked`, `Uncertain` or `Reset`.
        """
        ends = self._elapsed() + timeout
        order = _Order(method.upper(), headers or {}, params, json, form, files, content, max_bytes, ends)
        try:
            reply = self._read(order, url) if order.method == "GET" else self._exchange(order, url, trust=True)
        except WebError as error:
            if not self._hidden:
                raise
            masked = type(error)(self._mask(str(error)))
        else:
            return self._discreet(reply) if self._hidden else reply
        raise masked  # outside of `except`: the error that shows the address is not even its context

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float = TIMEOUT) -> Reply:
        """`request` for the plainest case."""
        return self.request("GET", url, headers=headers, timeout=timeout)

    def addresses(self, url: str) -> tuple[str, ...]:
        """The checked addresses of an account's own server that speaks something else than HTTP, such as mail.

        The same guard as for requests: looked up anew, public unless the account names it. Raises what `request` does.
        """
        _parts, host, port = split_url(url, SERVER_PORTS)
        return checked_addresses(host, port, self._resolver, trusted=f"{host}:{port}" in self._allowed)

    def _read(self, order: _Order, url: str) -> Reply:
        start = _origin(url)
        for _hop in range(MAX_HOPS + 1):
            reply = self._patient(order, url, trust=_origin(url) == start)
            target = reply.headers.get("location", "")
            if reply.status not in REDIRECTS or not target:
                return reply
            following = urljoin(url, target)
            order = _without_secrets(order) if _origin(following) != _origin(url) else _moved(order)
            url = following
        raise Uncertain(_("{url} redirects more than {count} times").format(url=url, count=MAX_HOPS))

    def _patient(self, order: _Order, url: str, *, trust: bool) -> Reply:
        """A read again after a dropped connection; harmless, because a GET changes nothing."""
        for _attempt in range(READ_ATTEMPTS - 1):
            try:
                return self._exchange(order, url, trust=trust)
            except Reset:
                continue
        return self._exchange(order, url, trust=trust)

    def _exchange(self, order: _Order, url: str, *, trust: bool) -> Reply:
        _parts, host, port = split_url(url)
        trusted = trust and f"{host}:{port}" in self._allowed
        addresses = checked_addresses(host, port, self._resolver, trusted=trusted)
        from toolkit.web.wire import Line

        line = Line(addresses, order.ends, self._elapsed)
        return _send(self._wire(), _build(order, url, line), line, order.max_bytes)

    def _discreet(self, reply: Reply) -> Reply:
        """The reply without the secrets: networks repeat a token in their complaint about it."""
        body = reply.body
        for secret in sorted(self._hidden, key=len, reverse=True) if self._hidden_in_bodies else ():
            # A shorter word may stand in any answer.
            body = body.replace(secret.encode(), HIDDEN.encode()) if len(secret) >= SHORTEST else body
        headers = {name: self._mask(value) for name, value in reply.headers.items()}
        return replace(reply, url=self._mask(reply.url), headers=headers, body=body)

    def _mask(self, message: str) -> str:
        for secret in sorted(self._hidden, key=len, reverse=True):
            message = message.replace(secret, HIDDEN)
        return message

    def _wire(self) -> httpx.BaseTransport:
        if self._transport is None:
            from toolkit.web.wire import Wire

            self._transport = Wire()
        return self._transport


def _origin(url: str) -> tuple[str, str, int]:
    parts, host, port = split_url(url)
    return parts.scheme, host, port


def _moved(order: _Order) -> _Order:
    """The order for the next hop: the new address has its own query."""
    return _Order(order.method, order.headers, None, None, None, None, None, order.max_bytes, order.ends)


def _without_secrets(order: _Order) -> _Order:
    kept = {name: value for name, value in order.headers.items() if name.lower() not in PRIVATE_HEADERS}
    return _Order(order.method, kept, None, None, None, None, None, order.max_bytes, order.ends)


def _build(order: _Order, url: str, line: Line) -> httpx.Request:
    import httpx

    fixed = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
    try:
        return httpx.Request(
            order.method,
            url,
            params=dict(order.params) if order.params else None,
            headers={**fixed, **order.headers},
            json=order.json,
            data=dict(order.form) if order.form is not None else None,
            files=dict(order.files) if order.files is not None else None,
            content=order.content,
            extensions={"line": line},
        )
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise NotSent(_("{url!r} cannot be asked for: {error}").format(url=url, error=error)) from error


def _send(wire: httpx.BaseTransport, request: httpx.Request, line: Line, max_bytes: int) -> Reply:
    import httpcore
    import httpx

    core = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol)
    url = str(request.url)
    try:
        response = wire.handle_request(request)
        try:
            encoding = response.headers.get("content-encoding", "").strip().lower()
            body = _decode(response.stream, encoding, max_bytes, url)  # type: ignore[arg-type]  # a sync transport
        finally:
            response.close()
    except core as error:
        raise _failure(url, error, sent=line.written) from error
    except httpx.TransportError as error:
        early = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
        raise _failure(url, error, sent=not isinstance(error, early)) from error
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, headers, body, url)


def _failure(url: str, error: Exception, *, sent: bool) -> WebError:
    import httpcore
    import httpx

    said = str(error) or type(error).__name__
    if not sent:
        return NotSent(_("{url} cannot be reached, nothing was sent: {error}").format(url=url, error=said))
    message = _("{url} gave no whole answer, it may have arrived: {error}").format(url=url, error=said)
    dropped = (
        httpcore.NetworkError,
        httpcore.RemoteProtocolError,
        httpx.NetworkError,
        httpx.RemoteProtocolError,
    )
    return (Reset if isinstance(error, dropped) else Uncertain)(message)


def _decode(chunks: Iterable[bytes], encoding: str, max_bytes: int, url: str) -> bytes:
    """The body, unpacked piece by piece, so that a small bomb never becomes a large one in memory."""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Uncertain(_("{url} answered in the encoding {name!r}").format(url=url, name=encoding))
    unpack = zlib.decompressobj(wbits=47) if encoding not in ("", "identity") else None
    body = bytearray()
    for chunk in chunks:
        room = max_bytes - len(body) + 1
        try:
            body += unpack.decompress(chunk, room) if unpack else chunk[:room]
        except zlib.error as error:
            raise Uncertain(_("{url} sent a broken answer: {error}").format(url=url, error=error)) from None
        if len(body) > max_bytes:
            raise Uncertain(_("{url} answered with more than {limit} bytes").format(url=url, limit=max_bytes))
    if unpack and body and not unpack.eof:
        raise Uncertain(_("{url} sent a broken answer: {error}").format(url=url, error=_("it is cut off")))
    return bytes(body)
