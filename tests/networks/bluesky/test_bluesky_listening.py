"""Notifications page by page, and threads with branches that cannot be read."""

from __future__ import annotations

from datetime import timedelta

from tests.networks.bluesky.conftest import DID, NOW, Server, refusal
from tests.servers.pretend import Reply, Request

LIST = "app.bsky.notification.listNotifications"
THREAD = "app.bsky.feed.getPostThread"
OURS = f"at://{DID}/app.bsky.feed.post/3jzfcijpj2z2a"


def said(number: int, reason: str = "reply", author: str = "did:plc:bob") -> dict[str, object]:
    """What somebody said, `number` minutes ago."""
    return {
        "uri": f"at://{author}/app.bsky.feed.post/{number:03}",
        "author": {"did": author, "handle": "bob.example"},
        "reason": reason,
        "reasonSubject": OURS,
        "record": {"text": f"Nummer {number}", "langs": ["de"], "reply": {"parent": {"uri": OURS}}},
        "indexedAt": (NOW - timedelta(minutes=number)).isoformat(),
    }


def notify(server: Server, *pages: list[dict[str, object]]) -> None:
    """The server's notifications, page by page."""

    def answer(request: Request) -> Reply:
        at = int(request.query.get("cursor", "0"))
        more = {"cursor": str(at + 1)} if at + 1 < len(pages) else {}
        return Reply(200, {"notifications": pages[at], **more})

    server.pretend.routes[f"GET /xrpc/{LIST}"] = answer


def test_pages_are_read_until_what_is_known(server: Server) -> None:
    """Without a time every page is read, with one no page behind it; likes and our own words are no messages."""
    likes = [said(1, "like"), said(2, author=DID)]
    notify(server, likes, [said(3), said(4, "mention")], [said(5, "quote"), said(6, "follow")], [said(7)])
    heard = list(server.line().listen(None, []))
    assert [message.text for message in heard] == ["Nummer 7", "Nummer 5", "Nummer 4", "Nummer 3"]
    assert [message.below for message in heard] == [OURS] * 4
    assert len(server.asked(LIST)) == 4
    since = NOW - timedelta(minutes=4, seconds=30)
    assert [message.text for message in server.line().listen(since, [])] == ["Nummer 4", "Nummer 3"]
    assert len(server.asked(LIST)) == 7


def test_a_thread_is_read_to_its_leaves(server: Server) -> None:
    """Answers to answers are messages; what is blocked or deleted is passed over; a gone post has no messages."""
    deep = {"post": said(1), "replies": [{"$type": "#blockedPost"}, {"post": said(2), "replies": [{"post": said(3)}]}]}
    answers = [Reply(200, {"thread": {"post": {}, "replies": [deep]}}), refusal(400, "NotFound", "Post not found")]
    server.pretend.routes[f"GET /xrpc/{THREAD}"] = lambda _request: answers.pop(0)
    notify(server, [said(3)])
    heard = list(server.line().listen(None, [OURS, OURS]))
    assert [message.text for message in heard] == ["Nummer 3", "Nummer 2", "Nummer 1"]


def test_what_is_no_message_is_passed_over(server: Server) -> None:
    """Notifications without author, time or record are no reason to stop."""
    broken = [
        {"reason": "reply"},
        {**said(1), "indexedAt": "soon"},
        {**said(2), "uri": 5},
        "x",
        {**said(3), "record": 1},
    ]
    notify(server, broken)  # type: ignore[arg-type]  # broken on purpose
    assert [message.text for message in server.line().listen(None, [])] == [""]
