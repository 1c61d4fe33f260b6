"""The proof that an address answers with the bytes that were put there, before a network is sent to it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from toolkit.hosting.naming import HostingError
from toolkit.messages import _
from toolkit.web import Reply, Web, WebError

PAGE: Final = 1_000_000  # bytes; an error page may be longer than a small picture


def prove_public(web: Web, address: str, data: bytes) -> None:
    """Fetch `address` once and compare; raises `HostingError`. The query, a signature, never stands in the message."""
    shown, _question, query = address.partition("?")
    try:
        reply = web.hiding(query).request("GET", address, max_bytes=len(data) + PAGE)
    except WebError as error:
        raise HostingError(_("the medium cannot be fetched: {error}").format(error=error)) from None
    if not reply.ok or reply.body != data:
        raise HostingError(_complaint(reply, shown, len(data)))


def _complaint(reply: Reply, shown: str, size: int) -> str:
    if not reply.ok:
        message = _("{address} answers {status}; does {host} show the folder of [media_host]?")
        return message.format(address=shown, status=reply.status, host=urlsplit(shown).hostname)
    message = _("{address} answers with {found} bytes that are not the {size} of the medium")
    return message.format(address=shown, found=len(reply.body), size=size)
