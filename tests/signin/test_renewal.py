from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.servers.pretend import Drop, Reply, Request
from tests.signin.keepers import ACCOUNT, SPENT, START, fresh, keeper, state
from tests.signin.provider import CLIENT_SECRET, LIFE, PretendProvider
from toolkit.errors import UsageError
from toolkit.ledger import Ledger, LedgerPlace, open_ledger
from toolkit.signin import (
    Forgotten,
    Grant,
    NeedsSignInError,
    TokenError,
    TokenState,
    account_health,
    read_grant,
)
from toolkit.web import NotSent


def test_a_token_is_used_while_it_is_good_and_renewed_before_it_ends(ledger: Ledger, provider: PretendProvider) -> None:
    """A quarter of its life before its end, once; the new refresh token takes the old one's place."""
    keeper(ledger, provider).store(fresh(provider))
    assert keeper(ledger, provider).current() == "canary-access-0"
    assert keeper(ledger, provider, START + timedelta(minutes=89)).current() == "canary-access-0"
    later = START + timedelta(minutes=91)
    renewed = keeper(ledger, provider, later).current()
    assert renewed != "canary-access-0"
    assert keeper(ledger, provider, later).current() == renewed
    assert provider.refreshes == 1
    grant = read_grant(keeper(ledger, provider).vault.read())
    assert grant is not None
    assert (grant.refresh, grant.signed_in_at, grant.renewed_at) == (provider.refresh, START, later)
    assert keeper(ledger, provider, later + SPENT).current()
    assert (provider.refreshes, provider.used_twice) == (2, 0)


def test_a_refresh_token_that_is_not_repeated_goes_on(ledger: Ledger, provider: PretendProvider) -> None:
    """RFC 6749, 6: the answer may leave it out; it is not forgotten."""
    keeper(ledger, provider).store(fresh(provider))
    provider.rotates = False
    keeper(ledger, provider, START + SPENT).current()
    grant = read_grant(keeper(ledger, provider).vault.read())
    assert grant is not None
    assert grant.refresh == provider.refresh == "canary-refresh-0"


def test_an_outage_leaves_the_token_as_it_is(ledger: Ledger, provider: PretendProvider) -> None:
    """While it lives it is used; after its end the outage is told; when it is over, the same refresh token renews it."""
    keeper(ledger, provider).store(fresh(provider))
    provider.broken = "500"
    assert keeper(ledger, provider, START + timedelta(minutes=100)).current() == "canary-access-0"
    with pytest.raises(TokenError, match="HTTP 500 server_error"):
        keeper(ledger, provider, START + SPENT).current()
    assert state(ledger, provider, START + SPENT)[0] is TokenState.OK
    forgotten = state(ledger, provider, START + SPENT + timedelta(hours=2))
    assert forgotten == (TokenState.EXPIRES, "it was to be renewed and was not; is a dispatcher running?")
    provider.broken = ""
    assert keeper(ledger, provider, START + SPENT).current().startswith("canary-access")
    assert state(ledger, provider, START + SPENT) == (TokenState.OK, "")


def test_an_outage_is_not_asked_about_every_minute(ledger: Ledger, provider: PretendProvider) -> None:
    """While the old token is good, ten minutes lie between two tries; one that has ended is tried for at once."""
    keeper(ledger, provider).store(fresh(provider))
    provider.broken = "500"
    for minutes in range(95, 115):
        keeper(ledger, provider, START + timedelta(minutes=minutes)).current()
    assert len(provider.server.sent("POST", "/token")) == 2
    for _time in range(2):
        with pytest.raises(TokenError):
            keeper(ledger, provider, START + SPENT).current()
    assert len(provider.server.sent("POST", "/token")) == 4


def test_a_missing_client_is_said_when_the_token_has_ended(ledger: Ledger, provider: PretendProvider) -> None:
    """A machine that was not given the client cannot renew; while the token is good nobody is disturbed."""
    keeper(ledger, provider).store(fresh(provider))
    stranger = replace(keeper(ledger, provider, START + timedelta(minutes=95)), environ={})
    assert stranger.current() == "canary-access-0"
    with pytest.raises(UsageError, match="set LEITSTAND_CLIENT_X to id:secret"):
        replace(keeper(ledger, provider, START + SPENT), environ={}).current()
    assert state(ledger, provider, START + SPENT)[0] is TokenState.OK


def test_the_end_of_a_refresh_token_is_kept(ledger: Ledger, provider: PretendProvider) -> None:
    """As LinkedIn has it: the same refresh token comes back without its end, or with what is left of it."""
    year = timedelta(days=365)
    said: dict[str, object] = {"access_token": "canary-b", "expires_in": LIFE, "refresh_token": provider.refresh}
    provider.server.routes["POST /token"] = lambda _request: Reply(200, said)
    keeper(ledger, provider).store(fresh(provider, refresh_until=START + year))
    keeper(ledger, provider, START + SPENT).current()
    grant = read_grant(keeper(ledger, provider).vault.read())
    assert grant is not None
    assert grant.ends_at == START + year
    said["refresh_token_expires_in"] = 86400.0
    late = START + 2 * SPENT
    keeper(ledger, provider, late).current()
    assert state(ledger, provider, late) == (TokenState.EXPIRES, "it ends in 1 day")


def test_a_network_that_is_away_is_not_a_token_that_is_over(ledger: Ledger, provider: PretendProvider) -> None:
    """Nothing was sent, so nothing was rotated, and nothing is marked."""
    facts = replace(provider.facts(), token="http://127.0.0.1:9/token")
    keeper(ledger, provider).store(fresh(provider))
    with pytest.raises(NotSent):
        keeper(ledger, provider, START + SPENT, facts).current()
    assert keeper(ledger, provider).notes.read("token-renewal") == ""
    assert state(ledger, provider, START + SPENT)[0] is TokenState.OK


def test_a_token_that_is_over_is_said_and_not_asked_for_again(ledger: Ledger, provider: PretendProvider) -> None:
    """`invalid_grant` for the stored token: the account needs a person, every time, with one request."""
    keeper(ledger, provider).store(fresh(provider, refresh="canary-refresh-of-long-ago"))
    for _time in range(3):
        with pytest.raises(NeedsSignInError, match="run: leitstand login x") as caught:
            keeper(ledger, provider, START + SPENT).current()
        assert "canary" not in str(caught.value)
    assert provider.used_twice == 1
    found, reason = state(ledger, provider, START + SPENT)
    assert found is TokenState.NEEDS_REAUTH
    assert reason == "x gives no token: HTTP 400 invalid_grant: the refresh token … was used before"
    keeper(ledger, provider).store(fresh(provider))
    assert state(ledger, provider) == (TokenState.OK, "")


def test_a_token_outlives_its_refresh_token(ledger: Ledger, provider: PretendProvider) -> None:
    """What is good for half an hour yet is used, and the person is called at once."""
    keeper(ledger, provider).store(fresh(provider, refresh="canary-refresh-of-long-ago"))
    early = START + timedelta(minutes=91)
    assert keeper(ledger, provider, early).current() == "canary-access-0"
    assert state(ledger, provider, early)[0] is TokenState.NEEDS_REAUTH
    with pytest.raises(NeedsSignInError):
        keeper(ledger, provider, START + SPENT).current()


def test_only_the_token_that_was_tried_is_marked(ledger: Ledger, place: LedgerPlace, provider: PretendProvider) -> None:
    """Somebody signs in while an old token is refused: the new one stays, and is what both get."""
    keeper(ledger, provider).store(fresh(provider, refresh="canary-refresh-of-long-ago"))

    def sign_in_meanwhile(request: Request) -> Reply | Drop:
        answer = provider.token(request)
        with open_ledger(place, now=START) as other:
            keeper(other, provider).store(fresh(provider, access="canary-new", expires_at=START + 3 * SPENT))
        return answer

    provider.server.routes["POST /token"] = sign_in_meanwhile
    assert keeper(ledger, provider, START + SPENT).current() == "canary-new"
    assert provider.used_twice == 1
    assert state(ledger, provider, START + SPENT) == (TokenState.OK, "")


def test_an_answer_that_is_lost_is_told(ledger: Ledger, provider: PretendProvider) -> None:
    """The network gave a new token, and nobody got it: the next try says so, and the account says who has to act."""
    keeper(ledger, provider).store(fresh(provider))
    provider.broken = "drop"
    late = START + timedelta(minutes=100)
    assert keeper(ledger, provider, late).current() == "canary-access-0"
    provider.broken = ""
    with pytest.raises(NeedsSignInError, match="a renewal that began 2026-12-01 07:40 UTC was interrupted"):
        keeper(ledger, provider, START + SPENT).current()
    found, reason = state(ledger, provider, START + SPENT)
    assert found is TokenState.NEEDS_REAUTH
    assert "the token it was given is lost" in reason


def test_a_token_goes_to_no_other_server(ledger: Ledger, provider: PretendProvider) -> None:
    """When leitstand.toml names another server, the token of the first is not shown to it."""
    keeper(ledger, provider).store(fresh(provider))
    moved = replace(keeper(ledger, provider), account=replace(ACCOUNT, server="https://evil.example"))
    with pytest.raises(NeedsSignInError, match=r"signed in at -, and leitstand.toml names https://evil.example now"):
        moved.current()
    assert provider.server.requests == []


def test_a_long_lived_token_is_exchanged_weekly(ledger: Ledger, provider: PretendProvider) -> None:
    """Meta's: after seven days by the token itself, and not before; over when Meta says 190."""
    at = provider.server.address
    lives = 60 * 86400
    fields = {"grant_type": "fb_exchange_token", "client_secret": "{client_secret}", "fb_exchange_token": "{token}"}
    facts = replace(provider.facts(), renew="exchange", renew_at=f"{at}/exchange", renew_fields=fields)
    answers = [Reply(200, {"access_token": "canary-second", "expires_in": lives})]
    over = Reply(400, {"error": {"message": "Session of canary-second has expired", "code": 190}})
    provider.server.routes["GET /exchange"] = lambda _request: answers.pop() if answers else over
    first = Grant("canary-first", START, START, "x", expires_at=START + timedelta(seconds=lives), renewal="exchange")
    keeper(ledger, provider, facts=facts).store(first)
    assert keeper(ledger, provider, START + timedelta(days=6), facts).current() == "canary-first"
    assert keeper(ledger, provider, START + timedelta(days=7), facts).current() == "canary-second"
    (sent,) = provider.server.sent("GET", "/exchange")
    assert sent.query == {**fields, "client_secret": CLIENT_SECRET, "fb_exchange_token": "canary-first"}
    with pytest.raises(NeedsSignInError, match="HTTP 400 190: Session of … has expired"):
        keeper(ledger, provider, START + timedelta(days=14), facts).current()
    assert state(ledger, provider, START + timedelta(days=14))[0] is TokenState.NEEDS_REAUTH


def test_what_is_forgotten_is_given_back(ledger: Ledger, provider: PretendProvider) -> None:
    """Both tokens are revoked where the network takes them; a pasted one is the person's, and only forgotten."""
    facts = provider.facts(revoke=f"{provider.server.address}/revoke")
    kept = keeper(ledger, provider, facts=facts)
    assert kept.forget() is Forgotten.NOTHING
    kept.store(fresh(provider))
    assert kept.forget() is Forgotten.REVOKED
    assert provider.revoked == ["canary-refresh-0", "canary-access-0"]
    assert kept.current() == ""
    kept.store(fresh(provider, signed_in=False, refresh=""))
    assert kept.forget() is Forgotten.HERE_ONLY
    assert len(provider.revoked) == 2


def test_nothing_of_it_stands_in_clear(ledger: Ledger, place: LedgerPlace, provider: PretendProvider) -> None:
    """Neither tokens nor the client's secret: not in the database, not in its notes."""
    keeper(ledger, provider).store(fresh(provider, client_id="own", client_secret=CLIENT_SECRET))
    keeper(ledger, provider, START + SPENT).current()
    for table in ("sessions", "notes", "events", "meta"):
        raws = ledger.store.read(f"SELECT * FROM {table}")
        assert "canary" not in json.dumps([{name: raw[name] for name in raw.keys()} for raw in raws])  # noqa: SIM118  # a Record is no Mapping
    if not place.shared:
        assert b"canary" not in b"".join(file.read_bytes() for file in place.file.parent.iterdir() if file.is_file())


def test_who_may_not_read_the_key_is_told_so() -> None:
    """`status` of somebody without the dispatcher's rights neither breaks nor alarms."""

    class Locked:
        def read(self) -> str:
            raise PermissionError(13, "Permission denied", "vault.key")

    (found,) = account_health([ACCOUNT], {}, lambda _account: Locked(), START)
    assert (found.state, found.urgent) == (TokenState.UNKNOWN, False)
    assert found.reason == "the key of the vault cannot be read: Permission denied"
