"""The proof that an address answers with the bytes that were put there, before a network is sent to it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from toolkit.hosting.naming import HostingError
from toolkit.messages import _
from toolkit.web import Reply, Web, WebError

PAGE: Final = 1_000_000  # bytes; an error page may be longer than a small picture
# Of what is longer, its beginning and its length are proof enough: nobody waits for a film to come back.
LONG: Final = 8_000_000
BEGINNING: Final = 65_536
SECONDS: Final = 60.0


def prove_public(web: Web, address: str, data: bytes) -> None:
    """Fetch `address` once and compare; raises `HostingError`. The query, a signature, never stands in the message."""
    shown, _question, query = address.partition("?")
    headers = {"Range": f"bytes=0-{BEGINNING - 1}"} if len(data) > LONG else {}
    try:
        reply = web.hiding(query).request("GET", address, headers=headers, timeout=SECONDS, max_bytes=len(data) + PAGE)
    except WebError as error:
        raise HostingError(_("the medium cannot be fetched: {error}").format(error=error)) from None
    if not reply.ok or not _is_this(reply, data):
        raise HostingError(_complaint(reply, shown, len(data)))


def _is_this(reply: Reply, data: bytes) -> bool:
    if reply.status != 206:
        return reply.body == data
    total = reply.headers.get("content-range", "").rpartition("/")[2]
    return reply.body == data[:BEGINNING] and total in (str(len(data)), "*")


def _complaint(reply: Reply, shown: str, size: int) -> str:
    if not reply.ok:
        message = _("{address} answers {status}; does {host} show the folder of [media_host]?")
        return message.format(address=shown, status=reply.status, host=urlsplit(shown).hostname)
    message = _("{address} answers with {found} bytes that are not the {size} of the medium")
    return message.format(address=shown, found=len(reply.body), size=size)
