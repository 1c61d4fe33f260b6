"""The Mastodon line to a real server behind a real proxy with TLS, as servers stand in the world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.connections.test_mastodon_server import get
from tests.servers.nginx import Nginx, run_nginx
from tests.servers.snac import Snac, run_snac
from toolkit.model import Outcome, Presence, SystemClock
from toolkit.networks.base import Memory, Surroundings
from toolkit.networks.mastodon.connection import MastodonConnection, connect
from toolkit.settings import Account
from toolkit.web import Web

pytestmark = pytest.mark.server

MEDIA = {"media/tuer.png": make_picture()}


@pytest.fixture(scope="module")
def behind() -> Iterator[Snac]:
    with run_snac() as server:
        yield server


@pytest.fixture(scope="module")
def proxy(behind: Snac) -> Iterator[Nginx]:
    with run_nginx(behind.url) as server:
        yield server


def account(proxy: Nginx) -> Account:
    return Account("mastodon", "mastodon", f"@alice@{proxy.host_port}", server=proxy.url)


def line(proxy: Nginx, behind: Snac) -> MastodonConnection:
    web = Web(allowed_hosts=frozenset({proxy.host_port}))
    return connect(
        account(proxy),
        behind.tokens["alice"],
        Surroundings(web, SystemClock(), MEDIA.__getitem__, notes=Memory()),
    )


def test_the_whole_way_through_tls(proxy: Nginx, behind: Snac, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the authority in SSL_CERT_FILE: identity, limits, upload, thread, look-up, edit, all through the proxy."""
    monkeypatch.setenv("SSL_CERT_FILE", str(proxy.authority))
    begun, one = datetime.now(UTC), line(proxy, behind)
    picture = attach("media/tuer.png", MEDIA["media/tuer.png"], "Eine Tür")
    first = make_intent(account(proxy), "Hinter TLS", attachments=(picture,), key="t:0")
    sent = one.send(first)
    assert (sent.outcome, sent.reason) == (Outcome.ACCEPTED, "")
    answer = one.send(make_intent(account(proxy), "Und weiter", previous=sent.remote_id, key="t:1"))
    assert answer.outcome is Outcome.ACCEPTED
    seen = line(proxy, behind).find(tried(first, begun))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, sent.remote_id)
    assert one.edit(sent.remote_id, make_intent(account(proxy), "Hinter TLS, neu")).outcome is Outcome.ACCEPTED
    assert get(behind, sent.remote_id)["text"] == "Hinter TLS, neu"
    paths = [entry.split('"')[1] for entry in proxy.lines()]
    assert "POST /api/v1/statuses HTTP/1.1" in paths
    assert any(path.startswith(("POST /api/v1/media ", "POST /api/v2/media ")) for path in paths)


def test_an_unknown_authority_is_proof_that_nothing_was_sent(proxy: Nginx, behind: Snac) -> None:
    """Without the authority the certificate is refused before a byte of the request, and the token, is written."""
    before = len(proxy.lines())
    answer = line(proxy, behind).send(make_intent(account(proxy), "Nie gesagt"))
    assert answer.outcome is Outcome.LATER
    assert "nothing was sent" in answer.reason
    assert len(proxy.lines()) == before
