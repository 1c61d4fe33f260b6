"""What the adapters declare about signing in, held against what the networks' pages for developers say."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from toolkit.model import SignIn
from toolkit.model.signin import EXCHANGE
from toolkit.networks import NETWORKS
from toolkit.signin import Attempt, Client, Provider, filled_in
from toolkit.web import Web

FACTS = {name: network.sign_in for name, network in NETWORKS.items() if network.sign_in is not None}
# RFC 7636, appendix B
ATTEMPT = Attempt("state-1", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")


def test_who_signs_in_with_a_browser() -> None:
    """The six that know OAuth; the others take an app password or a token."""
    assert set(FACTS) == {"mastodon", "linkedin", "x", "facebook", "instagram", "threads"}


@pytest.mark.parametrize("name", FACTS)
def test_every_address_is_https_and_the_networks_own(name: str) -> None:
    """Once the server is filled in nothing is left to fill in, and nothing goes out in clear."""
    facts = filled_in(FACTS[name], "https://social.example")
    addresses = (facts.authorize, facts.token, facts.register, facts.renew_at, facts.lengthen_at, facts.revoke)
    for address in filter(None, addresses):
        assert urlsplit(address).scheme == "https"
        assert "{" not in address


@pytest.mark.parametrize("name", FACTS)
def test_what_is_exchanged_names_the_token_it_exchanges(name: str) -> None:
    """The fields can be filled in, and the token is among them."""
    facts = FACTS[name]
    if facts.renew != EXCHANGE:
        assert not facts.renew_fields
        return
    assert facts.renew_at
    known = {"token": "T", "client_id": "I", "client_secret": "S"}
    for fields in filter(None, (facts.renew_fields, facts.lengthen_fields)):
        assert "T" in {value.format(**known) for value in fields.values()}
        assert fields["grant_type"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (
            "x",
            {
                "scope": "tweet.read tweet.write users.read media.write offline.access",
                "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method": "S256",
            },
        ),
        (
            "threads",
            {
                "scope": "threads_basic,threads_content_publish,threads_delete,threads_manage_insights,"
                "threads_manage_replies,threads_read_replies"
            },
        ),
    ],
)
def test_the_address_that_a_person_opens(name: str, asked: dict[str, str]) -> None:
    """Byte for byte what the network's documentation shows; PKCE where it has it, and nothing it does not know."""
    facts: SignIn = FACTS[name]
    provider = Provider(name, facts, Client("client-7", "canary"), Web())
    address = provider.authorize_address("https://example.com/back?a=b", ATTEMPT.state, ATTEMPT.challenge)
    assert address.startswith(f"{facts.authorize}?response_type=code&client_id=client-7&")
    common = {
        "response_type": "code",
        "client_id": "client-7",
        "redirect_uri": "https://example.com/back?a=b",
        "state": "state-1",
    }
    assert {key: value for key, (value,) in parse_qs(urlsplit(address).query).items()} == common | asked
    assert "canary" not in address
    assert "+" not in urlsplit(address).query  # a blank is %20: not every server reads a plus as one
