from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.servers.pretend import Reply
from tests.signin.provider import CLIENT, CLIENT_SECRET, PretendProvider
from toolkit.errors import UsageError
from toolkit.model import SetClock, SignIn
from toolkit.networks.threads import NETWORK
from toolkit.settings import Account
from toolkit.signin import (
    Attempt,
    ByBrowser,
    ByHand,
    Entrance,
    Grant,
    SignInError,
    TokenError,
    pasted_grant,
    read_pasted,
)
from toolkit.web import Web

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
ACCOUNT = Account("x", "x", "@nordlicht")
ENVIRON = {"LEITSTAND_CLIENT_X": f"{CLIENT}:{CLIENT_SECRET}"}


def entrance(
    provider: PretendProvider, show: Callable[[str], None], facts: SignIn | None = None, account: Account = ACCOUNT
) -> Entrance:
    web = Web(allowed_hosts=frozenset({provider.server.host_port}))
    return Entrance(account, facts or provider.facts(), ENVIRON, web, SetClock(NOW), show)


def browse(address: str) -> httpx.Response:
    return httpx.get(address, timeout=10)


def in_background(work: Callable[[], object]) -> None:
    threading.Thread(target=work, daemon=True).start()


def test_a_browser_brings_the_code(provider: PretendProvider) -> None:
    """The code from the redirect becomes tokens with their end; the person sees a closing page in her language."""
    seen: list[httpx.Response] = []

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        in_background(lambda: seen.append(browse(redirect)))

    grant = entrance(provider, show).enter(ByBrowser("de-AT", seconds=10))
    assert grant.access.startswith("canary-access")
    assert grant.refresh == provider.refresh
    assert grant.expires_at == NOW + timedelta(hours=2)
    assert grant.renews
    (sent,) = provider.server.sent("POST", "/token")
    assert (sent.form()["client_id"], sent.form()["client_secret"]) == (CLIENT, CLIENT_SECRET)


def test_the_closing_page_loads_and_tells_nothing(provider: PretendProvider) -> None:
    """No script, no referrer, no cache, no other origin: the page's own address holds the code."""
    pages: list[httpx.Response] = []

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        pages.append(browse(redirect))
        pages.append(browse(redirect))  # opened once more

    entrance(provider, show).enter(ByBrowser("de", seconds=10))
    for page in pages:
        assert page.status_code == 200
        assert "lang=de" in page.text
        assert "canary" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
    assert len(provider.server.sent("POST", "/token")) == 1


def test_another_state_is_refused_and_waited_past(provider: PretendProvider) -> None:
    """A forged answer is turned away, redeems nothing and cannot end the sign-in; the right one still does."""
    statuses: list[int] = []

    def show(address: str) -> None:
        redirect, code = provider.consent(address)
        base = redirect.partition("?")[0]
        for forged in ("?code=evil&state=other", f"?code={code}", "?state=", "favicon.ico", "?code=evil&state=ü"):
            page = browse(base + forged)
            statuses.append(page.status_code)
        assert provider.server.sent("POST", "/token") == []
        in_background(lambda: browse(redirect))

    assert entrance(provider, show).enter(ByBrowser("en", seconds=10)).access
    assert statuses == [400, 400, 400, 404, 400]


def test_nobody_signs_in(provider: PretendProvider) -> None:
    """The wait ends with a sentence, which says when only a stranger's answer came."""
    shown: list[str] = []
    with pytest.raises(SignInError, match="nobody signed in within 0 minutes; nothing was stored"):
        entrance(provider, shown.append).enter(ByBrowser("en", seconds=0.05))

    def forge(address: str) -> None:
        browse(provider.consent(address)[0].partition("?")[0] + "?code=evil&state=other")

    with pytest.raises(SignInError, match="another sign-in answered, and was refused"):
        entrance(provider, forge).enter(ByBrowser("en", seconds=0.05))


def test_a_silent_connection_does_not_block_the_page(provider: PretendProvider) -> None:
    """Browsers open connections in advance and say nothing on them; the answer comes on another one."""

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        silent = socket.create_connection(("127.0.0.1", int(redirect.split(":")[2].partition("/")[0])))
        opened.append(silent)
        in_background(lambda: browse(redirect))

    opened: list[socket.socket] = []
    assert entrance(provider, show).enter(ByBrowser("en", seconds=4)).access
    opened[0].close()


def test_a_person_says_no(provider: PretendProvider) -> None:
    """The network's refusal is told in its own words."""

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        state = redirect.partition("state=")[2]
        in_background(lambda: browse(f"{redirect.partition('?')[0]}?error=access_denied&state={state}"))

    with pytest.raises(SignInError, match="x did not sign you in: access_denied"):
        entrance(provider, show).enter(ByBrowser("en", seconds=10))


def test_the_verifier_is_the_attempts_own(provider: PretendProvider) -> None:
    """A code that was asked for with another challenge gives nothing, and the words that come back show no secret."""

    def show(address: str) -> None:
        redirect, code = provider.consent(address)
        provider.codes[code]["code_challenge"] = "of-somebody-else"
        in_background(lambda: browse(redirect))

    with pytest.raises(TokenError, match="x gives no token: HTTP 400 invalid_grant: PKCE") as caught:
        entrance(provider, show).enter(ByBrowser("en", seconds=10))
    assert "canary" not in str(caught.value)


def test_a_server_that_repeats_the_code_is_not_quoted_with_it(provider: PretendProvider) -> None:
    """Codes, secrets and tokens never stand in a message, whoever says them."""

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        provider.codes.clear()
        in_background(lambda: browse(redirect))

    with pytest.raises(TokenError, match="no such code …") as caught:
        entrance(provider, show).enter(ByBrowser("en", seconds=10))
    assert "canary" not in str(caught.value)


def test_by_hand(provider: PretendProvider) -> None:
    """Where no browser runs, the whole address is pasted; the code alone is taken where PKCE binds it."""
    for alone in (False, True):
        brought: list[str] = []

        def show(address: str, brought: list[str] = brought, *, alone: bool = alone) -> None:
            redirect, code = provider.consent(address)
            brought.append(f" {code if alone else redirect}\n")

        by_hand = ByHand("https://example.com/back", brought.pop, alone)
        assert entrance(provider, show).enter(by_hand).access


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("https://example.com/back?code=a&state=other", "does not belong to this sign-in"),
        ("a&state=other", "does not belong to this sign-in"),
        ("code=a&state=other", "does not belong to this sign-in"),
        ("https://example.com/back", "does not belong to this sign-in"),
        ("", "neither a code nor an address"),
        ("two words", "neither a code nor an address"),
        ("bare-code", "paste the whole address"),
    ],
)
def test_what_was_pasted_and_does_not_fit(said: str, words: str) -> None:
    """Another sign-in's address, nothing, or a code that could be anybody's."""
    with pytest.raises(SignInError, match=words):
        read_pasted(said, "mine", code_alone=False)


def test_an_address_with_the_right_state_is_taken_in_every_form() -> None:
    """With its scheme, without it, only its query, or as snac shows it."""
    for said in ("http://127.0.0.1:8910/?code=a&state=mine", "?code=a&state=mine", "code=a&state=mine", "a&state=mine"):
        assert read_pasted(said, "mine", code_alone=False).code == "a"


def test_the_challenge_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    attempt = Attempt("state", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert "dBjft" not in repr(attempt)


def test_a_client_that_registers_itself(provider: PretendProvider) -> None:
    """The redirect it is registered with is the one that is used, and the client stays with the grant for renewals."""
    provider.server.routes["POST /apps"] = lambda _request: Reply(200, {"client_id": "own", "client_secret": "s"})

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        in_background(lambda: browse(redirect))

    facts = provider.facts(register=f"{provider.server.address}/apps")
    account = Account("m", "mastodon", "@a@localhost")
    grant = entrance(provider, show, facts, account).enter(ByBrowser("en", seconds=10))
    assert (grant.client_id, grant.client_secret) == ("own", "s")
    (asked,) = provider.server.sent("POST", "/apps")
    (token,) = provider.server.sent("POST", "/token")
    assert asked.form()["redirect_uris"] == token.form()["redirect_uri"]
    assert asked.form()["scopes"] == "read write"


def test_a_confidential_client_names_itself_in_the_header(provider: PretendProvider) -> None:
    """As X wants it: Basic, and no secret in the form."""
    provider.server.routes["POST /token"] = lambda _request: Reply(
        200, {"access_token": "canary-a", "expires_in": "3600"}
    )

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        in_background(lambda: browse(redirect))

    grant = entrance(provider, show, provider.facts(basic=True)).enter(ByBrowser("en", seconds=10))
    (sent,) = provider.server.sent("POST", "/token")
    assert httpx.BasicAuth(CLIENT, CLIENT_SECRET)._auth_header == sent.headers["authorization"]
    assert "client_secret" not in sent.form()
    assert grant.expires_at == NOW + timedelta(hours=1)
    assert not grant.renews


def test_a_short_token_is_exchanged_for_a_lasting_one_at_once(provider: PretendProvider) -> None:
    """As Threads has it: the code's token lives an hour, what is stored lives sixty days and is exchanged later."""
    provider.rotates = False
    provider.server.routes["GET /access_token"] = lambda _r: Reply(
        200, {"access_token": "canary-l", "expires_in": 5183944}
    )

    def show(address: str) -> None:
        redirect, _code = provider.consent(address)
        in_background(lambda: browse(redirect))

    assert NETWORK.sign_in is not None
    at = provider.server.address
    real = NETWORK.sign_in
    facts = replace(real, authorize=f"{at}/authorize", token=f"{at}/token", lengthen_at=f"{at}/access_token")
    account = Account("t", "x", "1")
    grant = entrance(provider, show, facts, account).enter(ByBrowser("en", seconds=10))
    assert grant.access == "canary-l"
    assert grant.renews
    assert grant.expires_at == NOW + timedelta(seconds=5183944)
    (sent,) = provider.server.sent("GET", "/access_token")
    assert sent.query["grant_type"] == "th_exchange_token"
    assert sent.query["client_secret"] == CLIENT_SECRET
    assert sent.query["access_token"].startswith("canary-access")


def test_a_missing_client_is_said_with_the_remedy(provider: PretendProvider) -> None:
    """Before anybody opens an address."""
    shown: list[str] = []
    web = Web(allowed_hosts=frozenset({provider.server.host_port}))
    way_in = Entrance(ACCOUNT, provider.facts(), {}, web, SetClock(NOW), shown.append)
    with pytest.raises(UsageError, match="set LEITSTAND_CLIENT_X to id:secret, or put that into the file client-x"):
        way_in.enter(ByBrowser("en", seconds=1))
    assert shown == []


def test_what_is_no_token_is_not_stored() -> None:
    """Nothing, or more than a line."""
    for said in ("", "  \n", "two\nlines", "x" * 9000):
        with pytest.raises(UsageError, match="not one line of text with a token"):
            pasted_grant(ACCOUNT, None, said, NOW)
    assert pasted_grant(ACCOUNT, None, " word\n", NOW).access == "word"


def test_a_grant_shows_no_secret() -> None:
    """Not in its repr, and so in no traceback of a dataclass."""
    grant = Grant("canary-a", NOW, NOW, refresh="canary-r", client_secret="canary-c")
    assert "canary" not in repr(grant)
