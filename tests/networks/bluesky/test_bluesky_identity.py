"""From a handle to the server that holds its account, through the guarded client."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from benchmarks.suites import interop_lines
from toolkit.errors import UsageError
from toolkit.networks.bluesky.identity import find_server, identifier, read_server
from toolkit.settings import Account
from toolkit.web import Blocked, Web, WebError

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
DOCUMENT = {
    "id": DID,
    "service": [
        {"id": "#other", "type": "Other", "serviceEndpoint": "https://other.example"},
        {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example/"},
    ],
}
PAGES = {
    "https://brand.example/.well-known/atproto-did": httpx.Response(200, text=f"{DID}\n"),
    "https://dns.example/.well-known/atproto-did": httpx.Response(404, text="no"),
    "https://bsky.social/xrpc/com.atproto.identity.resolveHandle?handle=dns.example": httpx.Response(
        200, json={"did": "did:web:dns.example"}
    ),
    "https://bsky.social/xrpc/com.atproto.identity.resolveHandle?handle=nobody.example": httpx.Response(
        400, json={"error": "InvalidRequest", "message": "Unable to resolve handle"}
    ),
    f"https://plc.directory/{DID}": httpx.Response(200, json=DOCUMENT),
    "https://dns.example/.well-known/did.json": httpx.Response(200, json=DOCUMENT),
}


def make_web() -> Web:
    transport = httpx.MockTransport(lambda request: PAGES.get(str(request.url)) or httpx.Response(404))
    return Web(transport, resolver=lambda host, _port: ["127.0.0.1" if "private" in host else "93.184.215.14"])


@pytest.mark.parametrize("name", ["brand.example", "dns.example", DID, "did:web:dns.example"])
def test_a_name_leads_to_its_server(name: str) -> None:
    """Over the handle's own domain or the entry server, then the DID's document, of either kind."""
    assert find_server(make_web(), name) == "https://pds.example"


@pytest.mark.parametrize("name", ["nobody.example", "did:plc:unknown", "did:key:z6Mk", "did:web:private.example"])
def test_a_name_that_leads_nowhere_is_an_error(name: str) -> None:
    """Unknown handles, unknown documents, unknown kinds and private places are errors, not guesses."""
    with pytest.raises(WebError):
        find_server(make_web(), name)


def test_a_document_cannot_lead_inside() -> None:
    """A DID at a private address is blocked before anything is sent."""
    with pytest.raises(Blocked):
        find_server(make_web(), "did:web:private.example")


@pytest.mark.parametrize("document", [None, [], {}, {"service": 1}, {"service": [{"id": "#atproto_pds"}]}])
def test_a_document_without_a_server_names_none(document: object) -> None:
    """Whatever is no document reads as no server."""
    assert read_server(document) == ""


def test_ids_are_those_of_the_protocol(shared_data: Path) -> None:
    """Every valid handle is taken as an account's id, as people write it; an invalid one is refused with an example."""
    handles = interop_lines(shared_data, "handle_syntax_valid.txt")
    assert [one for one in handles if identifier(Account("a", "bluesky", f" @{one} ")) != one.lower()] == []
    wrong = interop_lines(shared_data, "handle_syntax_invalid.txt")
    assert [one for one in wrong if one.strip().lstrip("@") == one and _taken(one)] == []


def _taken(name: str) -> bool:
    try:
        identifier(Account("a", "bluesky", name))
    except UsageError:
        return False
    return True
