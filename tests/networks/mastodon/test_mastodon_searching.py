"""Hashtags: against the published API description, and on a real server with a second person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.networks.connections.contract import Contract
from tests.networks.connections.pretend import NOW, Pretend, status
from tests.networks.connections.test_mastodon_server import open_line
from tests.servers.snac import Snac, run_snac
from toolkit.model import MessageKind
from toolkit.networks.base import Seeking
from toolkit.networks.mastodon.api import RefusedError

TAG = "GET /api/v1/timelines/tag/kaffee"
BOB = {"id": "8", "username": "bob", "acct": "bob@other.example"}


@pytest.fixture
def server(shared_data: Path) -> Pretend:
    return Pretend(Contract(shared_data / "contracts" / "mastodon.openapi.json"))


def post(number: int, **said: object) -> dict[str, object]:
    """What bob wrote, `number` minutes ago."""
    at = (NOW - timedelta(minutes=number)).isoformat()
    return status(1000 - number, account=BOB, created_at=at, content=f"<p>Nummer {number}</p>", **said)


def test_others_posts_since_then_are_mentions(server: Pretend) -> None:
    """Not ours, not what a filter of ours hides, not older ones; the answer reaches back, so it is whole."""
    ours = status(5, account={"id": "7", "acct": "alice"}, created_at=NOW.isoformat())
    filtered = [{"filter": {"filter_action": "hide", "id": "1", "title": "x", "context": []}, "keyword_matches": []}]
    server.on(TAG, [ours, post(1), post(2, filtered=filtered), post(3, visibility="unlisted"), post(90)])
    found = server.line().search(Seeking.HASHTAG, "kaffee", NOW - timedelta(hours=1))
    assert [(one.text, one.kind, one.author) for one in found.messages] == [
        ("Nummer 1", MessageKind.MENTION, "@bob@other.example"),
        ("Nummer 3", MessageKind.MENTION, "@bob@other.example"),
    ]
    assert found.whole


def test_a_busy_hashtag_is_read_in_bounds_and_says_so(server: Pretend) -> None:
    """Five pages of forty, each asked for below the one before; what lies behind them is not known."""
    pages = [[post(40 * page + number) for number in range(40)] for page in range(6)]
    server.on(TAG, *pages)
    found = server.line().search(Seeking.HASHTAG, "kaffee", NOW - timedelta(days=1))
    assert len(found.messages) == 200
    assert not found.whole
    assert [request.url.params.get("max_id") for request in server.asked(TAG)] == [None, "961", "921", "881", "841"]


def test_a_server_that_keeps_its_hashtags_to_itself_is_a_refusal(server: Pretend) -> None:
    """401 of a server without public timelines is raised, and LATER says when to ask one that is overrun again."""
    server.on(TAG, httpx.Response(429, headers={"X-RateLimit-Reset": (NOW + timedelta(minutes=4)).isoformat()}))
    line = server.line()
    with pytest.raises(RefusedError) as told:
        line.search(Seeking.HASHTAG, "kaffee", NOW)
    assert line.explain(told.value).retry_at == NOW + timedelta(minutes=4)


@pytest.fixture(scope="module")
def snac() -> Iterator[Snac]:
    with run_snac() as started:
        yield started


@pytest.mark.server
def test_a_second_person_is_found_by_hashtag_on_a_real_server(snac: Snac) -> None:
    """Bob's post with the hashtag is found by alice, hers is not, nor his from before."""
    begun, tag = datetime.now(UTC) - timedelta(seconds=5), f"t{uuid.uuid4().hex[:10]}"
    snac.call("bob", "POST", "/api/v1/statuses", json={"status": f"Wir trinken #{tag}", "visibility": "public"})
    snac.call("alice", "POST", "/api/v1/statuses", json={"status": f"Wir rösten #{tag}", "visibility": "public"})
    line = open_line(snac)
    (message,) = line.search(Seeking.HASHTAG, tag, begun).messages
    assert message.author.startswith("@bob")
    assert message.text == f"Wir trinken #{tag}"
    assert line.search(Seeking.HASHTAG, tag, datetime.now(UTC) + timedelta(hours=1)).messages == ()
