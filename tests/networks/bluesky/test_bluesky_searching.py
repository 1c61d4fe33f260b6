"""Looking for hashtags and words: what is asked is what the published lexicon takes, also on the real test network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from atproto import models  # type: ignore[import-untyped]  # it has no types

from tests.networks.bluesky.chatroom import named
from tests.networks.bluesky.conftest import DID, NOW, Server
from tests.networks.bluesky.ours import Ours
from tests.servers.bluesky import Bluesky
from tests.servers.pretend import Reply, Request
from toolkit.model import MessageKind
from toolkit.networks.base import Seeking

SEARCH = "app.bsky.feed.searchPosts"


def view(number: int, author: str = "did:plc:44ybard66vv44zksje25o7dz") -> dict[str, object]:
    """A post of somebody, `number` minutes old."""
    at = (NOW - timedelta(minutes=number)).isoformat().replace("+00:00", "Z")
    return {
        "uri": f"at://{author}/app.bsky.feed.post/{number:03}",
        "cid": "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
        "author": {"did": author, "handle": "bob.example"},
        "record": {"$type": "app.bsky.feed.post", "text": f"Nummer {number} #kaffee", "langs": ["de"], "createdAt": at},
        "indexedAt": at,
    }


def answer(server: Server, *pages: list[dict[str, object]]) -> None:
    """The server's posts, page by page; each answer is as the lexicon says."""

    def found(request: Request) -> Reply:
        at = int(request.query.get("cursor", "0"))
        body = {"posts": pages[at]} | ({"cursor": str(at + 1)} if at + 1 < len(pages) else {})
        named(models.AppBskyFeedSearchPosts.Response, body)
        return Reply(200, body)

    server.pretend.routes[f"GET /xrpc/{SEARCH}"] = found


def asked(server: Server) -> list[dict[str, object]]:
    """The questions; every one is as the lexicon says."""
    questions: list[dict[str, object]] = [
        {**request.query, "limit": int(request.query["limit"])} for request in server.asked(SEARCH)
    ]
    for question in questions:
        named(models.AppBskyFeedSearchPosts.Params, question)
    return questions


def test_a_hashtag_and_words_are_asked_for_as_people_do(server: Server) -> None:
    """Newest first, since then; others' posts become mentions, ours do not."""
    answer(server, [view(1), view(2, DID), view(3)], [view(4)])
    line = server.line()
    found = line.search(Seeking.HASHTAG, "kaffee", NOW - timedelta(hours=1))
    assert [(one.text, one.kind, one.language) for one in found.messages] == [
        (f"Nummer {number} #kaffee", MessageKind.MENTION, "de") for number in (1, 3, 4)
    ]
    assert found.whole
    line.search(Seeking.WORDS, 'Nordlicht "Kaffee"', NOW)
    first, _second, *words = asked(server)
    assert (first["q"], first["sort"], first["since"]) == ("#kaffee", "latest", "2026-12-01T05:30:00.000Z")
    assert words[0]["q"] == '"Nordlicht  Kaffee"'


def test_more_than_three_pages_are_not_whole(server: Server) -> None:
    """What lies behind them is not known, and said so."""
    answer(server, *[[view(10 * page + number) for number in range(1, 3)] for page in range(5)])
    found = server.line().search(Seeking.WORDS, "Nummer", NOW - timedelta(days=1))
    assert len(found.messages) == 6
    assert not found.whole


@pytest.mark.server
@pytest.mark.xdist_group("bluesky")
def test_the_real_network_takes_the_question(bluesky: Bluesky) -> None:
    """Its servers accept query, order, time and limit with a session; the test network has no index, so it finds nothing."""
    found = Ours(bluesky).line().search(Seeking.WORDS, "Nordlicht Kaffee", datetime.now(UTC) - timedelta(hours=1))
    assert (found.messages, found.whole) == ((), True)
