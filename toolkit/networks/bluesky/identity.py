"""From a handle to the server that holds its account: handle → DID → DID document → address.

A handle is resolved over its own domain (``/.well-known/atproto-did``), else by Bluesky's entry server, which also
knows the names that stand in DNS. Everything goes through the guarded client.

Source: https://atproto.com/specs/handle and https://atproto.com/specs/did
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.networks.bluesky.syntax import is_did, is_handle
from toolkit.networks.bluesky.xrpc import RefusedError, address
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.settings import Account
from toolkit.web import BadReply, NotSent, Web, WebError

ENTRY: Final = "https://bsky.social"
DIRECTORY: Final = "https://plc.directory"
RESOLVE: Final = "com.atproto.identity.resolveHandle"


def identifier(account: Account) -> str:
    """The handle or DID in the account's id; raises `UsageError` when it is neither."""
    found = account.id.strip().removeprefix("at://").lstrip("@")
    if is_did(found) or is_handle(found):
        return found if is_did(found) else found.lower()
    message = _("the account {account} needs its handle as id, such as {example}, not {id!r}")
    raise UsageError(message.format(account=account.name, example="@brand.bsky.social", id=account.id))


def belongs(account: Account, did: str, handle: str) -> bool:
    """Whether the account's id names the one that has this DID and this handle."""
    return identifier(account) in (did, handle.lower())


def find_server(web: Web, name: str) -> str:
    """The address of the server that holds the account `name`, a handle or a DID; raises `WebError`."""
    return read_server(_document(web, name if is_did(name) else find_did(web, name)))


def find_did(web: Web, handle: str) -> str:
    """The DID of `handle`; raises `WebError`."""
    try:
        reply = web.get(f"https://{handle}/.well-known/atproto-did", timeout=10)
        did = reply.text.strip() if reply.ok else ""
    except WebError:
        did = ""
    if is_did(did):
        return did
    reply = web.request("GET", address(ENTRY, RESOLVE), params={"handle": handle})
    if reply.status != 200:
        raise RefusedError(reply)
    return text(reply.json(), "did")


def read_server(document: object) -> str:
    """The server in a DID document, without a slash at its end; "" where there is none."""
    for service in items(fields(document).get("service")):
        if text(service, "id").endswith("#atproto_pds") and text(service, "type") == "AtprotoPersonalDataServer":
            return text(service, "serviceEndpoint").rstrip("/")
    return ""


def _document(web: Web, did: str) -> object:
    if did.startswith("did:plc:"):
        place = f"{DIRECTORY}/{did}"
    elif did.startswith("did:web:"):
        place = f"https://{unquote(did.removeprefix('did:web:'))}/.well-known/did.json"
    else:
        raise NotSent(_("{did} is of a kind that is not known").format(did=did))
    reply = web.get(place)
    if reply.status != 200:
        raise BadReply(_("{did} has no document: {status}").format(did=did, status=reply.status))
    return reply.json()
