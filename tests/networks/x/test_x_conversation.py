"""What people write to us on X, and what we answer; requests and answers as X's documentation shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.networks.connections.makers import tried
from tests.networks.connections.pretend_x import ME, problem
from tests.networks.connections.test_x_line import Desk
from tests.servers.pretend import PretendServer, Reply
from toolkit.model import Message, MessageKind, Outcome, Presence
from toolkit.networks.base import Action, Capability, Intent
from toolkit.networks.x import NETWORK
from toolkit.networks.x.connection import XConnection
from toolkit.web import WebError


@pytest.fixture
def desk(pretend: PretendServer) -> Iterator[Desk]:
    desk = Desk(pretend)
    yield desk
    assert desk.x.problems == []


def open_line(desk: Desk) -> XConnection:
    line = desk.line()
    assert isinstance(line, XConnection)
    return line


def question(desk: Desk, remote_id: str = "8") -> Message:
    """A message of Anna's as it was heard."""
    desk.x.authors[remote_id] = "5"
    return Message(remote_id, "x", MessageKind.MENTION, "@anna", "Wann?", desk.clock.now(), author_id="5")


def answer(desk: Desk, message: Message, *texts: str) -> Intent:
    """An intent to answer."""
    intent = desk.intent(*(texts or ("Um neun",)), key=f"answer:{message.remote_id}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def mentions(desk: Desk, *told: dict[str, object], **includes: object) -> None:
    """What X says when asked for mentions."""
    body = {"data": list(told), "includes": includes, "meta": {"result_count": len(told)}}
    desk.server.routes[f"GET /2/users/{ME}/mentions"] = lambda _request: Reply(200, body)


def test_who_wrote_and_what_belongs_together(desk: Desk) -> None:
    """Name, number, reach, conversation and pictures of each mention."""
    at = desk.clock.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    raw: dict[str, object] = {
        "id": "9",
        "author_id": "5",
        "text": "@NordlichtKaffee schau",
        "created_at": at,
        "conversation_id": "7",
    }
    raw |= {"attachments": {"media_keys": ["3_1", "7_2"]}}
    user = {"id": "5", "username": "anna", "name": "Anna K.", "public_metrics": {"followers_count": 1200}}
    media = [
        {"media_key": "3_1", "url": "https://pbs.example/1.jpg"},
        {"media_key": "7_2", "preview_image_url": "https://pbs.example/2.jpg"},
    ]
    mentions(desk, raw, users=[user], media=media)
    (message,) = open_line(desk).listen(None, [])
    assert (message.author, message.author_id, message.name, message.reach) == ("@anna", "5", "Anna K.", 1200)
    assert (message.thread, message.media) == ("7", ("https://pbs.example/1.jpg", "https://pbs.example/2.jpg"))


def test_our_answers_are_heard_and_our_threads_are_not(desk: Desk) -> None:
    """What we answered somebody else, and what we added to it; asked for only as far back as is wanted."""
    mentions(desk)
    since = desk.clock.now() - timedelta(minutes=5)
    thread = desk.x.out("Ein Faden")["id"]
    desk.x.out("Zweiter Teil", thread)
    question(desk)
    ours = desk.x.out("Um neun", "8")["id"]
    desk.x.out("Und um zehn", ours)
    heard = list(open_line(desk).listen(since, [thread]))
    assert [(one.text, one.answers, one.own, one.author) for one in heard] == [
        ("Um neun", "8", True, "@NordlichtKaffee"),
        ("Und um zehn", ours, True, "@NordlichtKaffee"),
    ]
    assert list(open_line(desk).listen(None, [thread])) == []


def test_an_answer_is_a_reply_and_is_sent_once(desk: Desk) -> None:
    """In reply to the message; found on our own timeline when X's word was lost; its parts follow each other."""
    message, began, line = question(desk), desk.clock.now(), open_line(desk)
    intent = answer(desk, message, "Um neun", "Im Laden")
    desk.x.out("Um neun")  # the same words, but no answer to this message
    assert line.find(tried(intent, began)).presence is Presence.ABSENT
    desk.x.answers = ["lose"]
    assert line.send(intent).outcome is Outcome.UNKNOWN
    made = desk.x.posts[0]
    assert made["referenced_tweets"] == [{"type": "replied_to", "id": "8"}]
    seen = line.find(tried(intent, began))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, made["id"])
    assert line.send(tried(intent, began)).remote_id == made["id"]
    second = replace(intent, part=1, previous=made["id"], key="answer:8:1")
    assert line.send(second).outcome is Outcome.ACCEPTED
    assert desk.body()["reply"] == {"in_reply_to_tweet_id": made["id"]}
    assert len(desk.x.posts) == 3


def test_what_x_does_not_let_us_answer_is_refused_in_its_words(desk: Desk) -> None:
    """X lets programs answer only those who spoke to the account, and who let everybody answer."""
    words = "You are not permitted to reply to this conversation."
    desk.x.answers = [problem(403, words)]
    refusal = open_line(desk).send(answer(desk, question(desk)))
    assert (refusal.outcome, refusal.reason) == (Outcome.REFUSED, f"403: {words}")


def test_only_what_x_does_not_find_is_gone(desk: Desk) -> None:
    """A protected post is hidden, not gone; what is no post of X is not asked for; an outage is raised."""
    for number in range(1, 4):
        question(desk, str(number))
    desk.x.hidden["2"] = "not-authorized-for-resource"
    assert open_line(desk).gone(["1", "2", "3", "4", "urn:li:share:1"]) == {"4"}
    desk.server.routes["GET /2/tweets"] = lambda _request: problem(503, "Over capacity")
    with pytest.raises(WebError, match="Over capacity"):
        open_line(desk).gone(["1"])


def test_somebody_elses_token_hears_nothing(desk: Desk) -> None:
    """It is said whose it is."""
    desk.x.username = "jemand"
    for ask in (lambda: list(open_line(desk).listen(None, [])), lambda: open_line(desk).gone(["1"])):
        with pytest.raises(WebError, match="belongs to 'jemand'"):
            ask()


def test_there_are_no_direct_messages() -> None:
    """They take rights that are not asked for, and that is said."""
    assert Capability.ANSWER in NETWORK.capabilities
    assert Capability.DIRECT not in NETWORK.capabilities
    assert "dm.read" in NETWORK.no_direct
    assert NETWORK.sign_in is not None
    assert not {"dm.read", "dm.write"} & set(NETWORK.sign_in.scopes)
