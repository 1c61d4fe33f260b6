"""Hearing answers and mentions: against the published API description, and from a second person on a real server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.networks.connections.contract import Contract
from tests.networks.connections.makers import make_intent
from tests.networks.connections.pretend import NOW, Pretend, status
from tests.networks.connections.test_mastodon_server import account_of, open_line, wait_until_seen
from tests.servers.snac import Snac, run_snac
from toolkit.errors import NetworkError
from toolkit.model import Message, MessageKind, Outcome
from toolkit.networks.base import Listening

BOB = {
    "id": "8",
    "username": "bob",
    "acct": "bob@other.example",
    "display_name": "Bob :blobcat: Bär",
    "emojis": [{"shortcode": "blobcat"}],
    "followers_count": 812,
    "statuses_count": 90,
}
NOTIFICATIONS = "GET /api/v1/notifications"
OWN = "GET /api/v1/accounts/7/statuses"


@pytest.fixture(scope="session")
def hearing_contract(shared_data: Path) -> Contract:
    return Contract(shared_data / "contracts" / "mastodon.openapi.json")


@pytest.fixture
def server(hearing_contract: Contract) -> Pretend:
    pretend = Pretend(hearing_contract)
    pretend.on(NOTIFICATIONS, [])
    pretend.on(OWN, [])
    return pretend


def notification(number: int, said: object, kind: str = "mention") -> dict[str, object]:
    at = (NOW + timedelta(seconds=number)).isoformat()
    return {"id": str(number), "type": kind, "created_at": at, "status": said}


def from_bob(number: int, **said: object) -> dict[str, object]:
    return status(number, account=BOB, **said)


def heard(server: Pretend, since: datetime | None = None, *remote_ids: str) -> list[Message]:
    line = server.line()
    assert isinstance(line, Listening)
    return list(line.listen(since, remote_ids))


def test_an_answer_is_a_comment_in_plain_text(server: Pretend) -> None:
    """Paragraphs become lines, entities characters; who, when, where and what it answers are known."""
    html = '<p>Toll &amp; gut!</p><p>Mehr auf <a href="https://a.de/x"><span class="invisible">https://</span>a.de/x</a></p>'
    ours = status(2, account={"id": "7", "acct": "alice"}, in_reply_to_id="1")
    media = [{"url": "https://other.example/a.jpg"}, {"url": None, "remote_url": "https://far.example/b.mp4"}, {}]
    said = {"content": html, "spoiler_text": "Lob", "language": "de", "media_attachments": media}
    changed = (NOW + timedelta(minutes=1)).isoformat()
    answer = from_bob(3, in_reply_to_id="2", edited_at=changed, **said)
    server.on("GET /api/v1/statuses/1/context", {"ancestors": [], "descendants": [ours, answer]})
    (message,) = heard(server, None, "1")
    assert message == Message(
        remote_id="3",
        channel="mastodon",
        kind=MessageKind.COMMENT,
        author="@bob@other.example",
        text="Lob\n\nToll & gut!\nMehr auf https://a.de/x",
        at=NOW + timedelta(seconds=3),
        url="https://social.example/@alice/3",
        answers="2",
        below="1",
        language="de",
        author_id="8",
        name="Bob Bär",
        thread="1",
        reach=812,
        edited_at=NOW + timedelta(minutes=1),
        media=("https://other.example/a.jpg", "https://far.example/b.mp4"),
    )


def test_mentions_are_heard_and_other_notifications_are_not(server: Pretend) -> None:
    """A direct one says that it is direct; what also stands below a post is a comment, once; the oldest is first."""
    notes = [
        notification(9, from_bob(9, content="<p>dm</p>", visibility="direct")),
        notification(8, from_bob(8), "favourite"),
        notification(7, from_bob(3)),
        notification(6, from_bob(2)),
        notification(5, None),
        notification(4, {"id": "x", "account": BOB}),
    ]
    server.on(NOTIFICATIONS, notes, [])
    server.on("GET /api/v1/statuses/1/context", {"descendants": [from_bob(3)]})
    found = [(message.remote_id, message.kind, message.below) for message in heard(server, None, "1")]
    assert found == [
        ("2", MessageKind.MENTION, ""),
        ("3", MessageKind.COMMENT, "1"),
        ("9", MessageKind.DIRECT, ""),
    ]


def test_pages_are_read_back_to_the_moment_asked_for(server: Pretend) -> None:
    """Every mention since then, and no page more than it takes; a server that ignores paging ends it."""
    many = [notification(number, from_bob(number)) for number in range(100, 0, -1)]

    def page(request: httpx.Request) -> httpx.Response:
        before = int(request.url.params.get("max_id", 1000))
        return httpx.Response(200, json=[one for one in many if int(str(one["id"])) < before][:40])

    server.on(NOTIFICATIONS, page)
    assert [int(one.remote_id) for one in heard(server, NOW + timedelta(seconds=50))] == list(range(50, 101))
    assert len(server.asked(NOTIFICATIONS)) == 2
    server.on(NOTIFICATIONS, many[:40])
    assert len(heard(server)) == 40


def test_a_post_that_is_gone_has_no_comments(server: Pretend) -> None:
    """Deleted or hidden posts are passed over; a server in trouble is an error, not silence."""
    server.on("GET /api/v1/statuses/1/context", httpx.Response(404))
    assert heard(server, None, "1") == []
    server.on("GET /api/v1/statuses/1/context", httpx.Response(500))
    with pytest.raises(NetworkError, match="500"):
        heard(server, None, "1")


def test_another_accounts_token_hears_nothing(server: Pretend) -> None:
    """What somebody else was told is none of our business."""
    server.on("GET /api/v1/accounts/verify_credentials", {"id": "8", "username": "mallory"})
    with pytest.raises(NetworkError, match="'mallory', not to 'alice'"):
        heard(server)


@pytest.fixture(scope="module")
def quiet() -> Iterator[Snac]:
    """A server of its own: snac tells of everything that ever happened to an account."""
    with run_snac() as server:
        yield server


@pytest.mark.server
def test_a_second_person_is_heard_on_a_real_server(quiet: Snac) -> None:
    """Bob's answer to alice's post is a comment below it, his mention of her a mention, both as plain text."""
    begun = datetime.now(UTC) - timedelta(seconds=5)
    alice = open_line(quiet)
    quiet.follow("bob", "alice")
    post = alice.send(make_intent(account_of(quiet), "Wer kommt?"))
    wait_until_seen(quiet, "bob", post.remote_id)
    bob = account_of(quiet, "bob")
    answer = open_line(quiet, "bob").send(make_intent(bob, "Ich & *du*", key="a", previous=post.remote_id))
    mention = open_line(quiet, "bob").send(make_intent(bob, "@alice guten Tag", key="m"))
    assert answer.outcome is mention.outcome is Outcome.ACCEPTED
    found = wait_for_messages(quiet, begun, post.remote_id)
    assert len(found) == 2, found
    comment = found["Ich & du"]
    assert (comment.kind, comment.below, comment.author) == (
        MessageKind.COMMENT,
        post.remote_id,
        f"@bob@{quiet.host_port}",
    )
    assert comment.answers == post.remote_id
    greeting = next(message for text, message in found.items() if "guten Tag" in text)
    assert (greeting.kind, greeting.below) == (MessageKind.MENTION, "")
    assert "<" not in greeting.text
    assert begun <= comment.at <= datetime.now(UTC) + timedelta(seconds=5)
    assert list(open_line(quiet).listen(datetime.now(UTC) + timedelta(minutes=1), [post.remote_id])) == []


def wait_for_messages(server: Snac, since: datetime, remote_id: str, seconds: float = 150) -> dict[str, Message]:
    """What alice hears, by its text, once both messages were delivered: the server does that in its own time."""
    end = time.monotonic() + seconds
    found: dict[str, Message] = {}
    while time.monotonic() < end and len(found) < 2:
        found = {message.text: message for message in open_line(server).listen(since, [remote_id])}
        time.sleep(0.2)
    return found
