"""Where an account is signed in, and what is made of sessions and tokens that are none."""

from __future__ import annotations

import json
from collections.abc import Mapping

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.networks.bluesky.conftest import DID, NOW, PASSWORD, token
from tests.networks.bluesky.sending import MEDIA, make_post
from toolkit.model import Outcome, SetClock
from toolkit.networks.base import Memory, Surroundings
from toolkit.networks.bluesky.connection import connect
from toolkit.networks.bluesky.session import expiry, read_session
from toolkit.settings import Account
from toolkit.web import Web

HOME = "https://pds.example"
DOCUMENT = {"service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": HOME}]}
SESSION = {"did": DID, "handle": "brand.bsky.social", "accessJwt": token("a"), "refreshJwt": "r", "didDoc": DOCUMENT}
URI = f"at://{DID}/app.bsky.feed.post/"


def answer(request: httpx.Request) -> httpx.Response:
    """Handles, documents and a server that takes everything."""
    place = request.url.path.rpartition("/")[2]
    found: Mapping[str, object] = {"createSession": SESSION, "getSession": SESSION, DID: DOCUMENT}
    if place == "atproto-did":
        return httpx.Response(200, text=DID)
    if place.endswith("putRecord"):
        return httpx.Response(200, json={"uri": URI + json.loads(request.content)["rkey"], "cid": "bafy"})
    return httpx.Response(200, json=found.get(place.rpartition(".")[2], found.get(place)))


@pytest.mark.parametrize(
    ("server", "asked"),
    [
        # Whose server nobody named is found by the handle; nothing of it is asked again in the next tick.
        ("", ["brand.bsky.social", "plc.directory", *["pds.example"] * 5]),
        # The entry server lets in; records go to the server that the account's document names.
        ("https://bsky.social", ["bsky.social", *["pds.example"] * 4]),
        # A server of one's own is believed.
        ("https://own.example", ["own.example"] * 5),
    ],
)
def test_an_account_is_signed_in_where_it_lives(server: str, asked: list[str]) -> None:
    """Two posts by two lines: one sign-in, then who we are and the record, each at the account's server."""
    hosts: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return answer(request)

    account = Account("bluesky", "bluesky", "@brand.bsky.social", server=server)
    web = Web(httpx.MockTransport(note), resolver=lambda _host, _port: ["93.184.215.14"])
    kept = Memory()
    for number in range(2):
        line = connect(account, PASSWORD, Surroundings(web, SetClock(NOW), MEDIA.__getitem__, vault=kept, notes=kept))
        assert line.send(make_post(account, "Hallo", key=f"{number}")).outcome is Outcome.ACCEPTED
    assert hosts == asked


@given(written=st.one_of(st.text(), st.recursive(st.none() | st.text(), st.lists).map(json.dumps)))
def test_what_is_no_session_reads_as_none(written: str) -> None:
    """A vault that holds something else leads to a sign-in, not to an error."""
    assert read_session(written) is None


@given(written=st.one_of(st.text(), st.binary().map(lambda data: f"a.{data.hex()}.c")))
def test_a_token_that_says_nothing_has_no_end(written: str) -> None:
    """Tokens are the server's business; one that cannot be read is used until the server refuses it."""
    assert expiry(written) is None


@pytest.mark.parametrize("ends", [1e300, -1e300, float("nan")])
def test_a_token_with_a_time_that_is_none_has_no_end(ends: float) -> None:
    """A number that is no time is nothing to wait for."""
    import base64

    claims = base64.urlsafe_b64encode(json.dumps({"exp": ends}).encode()).decode()
    assert expiry(f"a.{claims}.c") is None
