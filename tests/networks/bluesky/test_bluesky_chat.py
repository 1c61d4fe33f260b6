"""Direct messages by the published lexicons: heard, answered once, and left alone where the app password may not."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from atproto.exceptions import ModelError  # type: ignore[import-untyped]  # it has no types

from tests.networks.bluesky.chatroom import BEGUN, BOB, Chatroom, named
from tests.networks.bluesky.conftest import DID, NOW, Server, refusal
from tests.networks.bluesky.sending import PICTURES
from tests.networks.connections.makers import tried
from tests.servers.pretend import DROP, Reply
from toolkit.model import Message, MessageKind, Outcome, Presence
from toolkit.networks.base import Action, Intent, Memory
from toolkit.networks.bluesky import NETWORK
from toolkit.networks.filters import text_draft
from toolkit.web import WebError

SEND = "chat.bsky.convo.sendMessage"
LIST = "chat.bsky.convo.listConvos"
READ = "chat.bsky.convo.getMessages"
RIGHT = "the app password gives no right to direct messages; make one that does, and sign in with it"


@pytest.fixture
def room(server: Server) -> Chatroom:
    return Chatroom(server)


def heard(server: Server, minute: int | None = None) -> list[Message]:
    return list(server.line().listen(None if minute is None else BEGUN + timedelta(minutes=minute), []))


def answer(server: Server, text: str = "Gern geschehen!", convo: str = "c1", **more: object) -> Intent:
    message = Message(
        f"{convo}/m0", "bluesky", MessageKind.DIRECT, "bob.example", "?", BEGUN, author_id=BOB, thread=convo
    )
    return replace(server.post(text, **more), action=Action.ANSWER, target=message.remote_id, answers=message)


def test_the_lexicons_refuse_what_is_wrong() -> None:
    """The check itself can fail: a missing field, a wrong type, a name that no lexicon has."""
    from atproto import models  # type: ignore[import-untyped]  # it has no types

    right = {"convoId": "c", "message": {"text": "x"}}
    named(models.ChatBskyConvoSendMessage.Data, right)
    wrong: list[dict[str, object]] = [
        {"message": {"text": "x"}},
        {"convoId": 5, "message": {"text": "x"}},
        {**right, "convo": "c"},
        {"convoId": "c", "message": {"text": "x", "facet": []}},
    ]
    for body in wrong:
        with pytest.raises((AssertionError, ModelError)):
            named(models.ChatBskyConvoSendMessage.Data, body)


def test_both_sides_of_a_conversation_are_heard(server: Server, room: Chatroom) -> None:
    """Theirs and ours, the oldest first, each with its conversation; strangers' requests as well."""
    room.say("c1", BOB, "Habt ihr offen?", 1)
    room.say("c1", DID, "Ja, bis 18 Uhr", 2)
    room.say("c2", BOB, "Anderes Thema", 3)
    found = heard(server)
    assert [(one.text, one.own, one.thread) for one in found] == [
        ("Habt ihr offen?", False, "c1"),
        ("Ja, bis 18 Uhr", True, "c1"),
        ("Anderes Thema", False, "c2"),
    ]
    assert found[0] == Message(
        remote_id="c1/m0",
        channel="bluesky",
        kind=MessageKind.DIRECT,
        author="bob.example",
        text="Habt ihr offen?",
        at=BEGUN + timedelta(minutes=1),
        url="https://bsky.app/messages/c1",
        author_id=BOB,
        name="Bob",
        thread="c1",
    )
    assert server.line().unheard() == ""


def test_pages_end_at_what_is_known(server: Server, room: Chatroom) -> None:
    """Of many conversations and messages only those are read that moved since then; muted ones are left alone."""
    for number in range(9):
        for minute in range(8):
            room.say(f"c{number}", BOB, f"{number}-{minute}", number * 10 + minute)
    room.muted.add("c8")
    assert [one.text for one in heard(server, 76)] == ["7-6", "7-7"]
    assert (len(server.asked(LIST)), len(server.asked(READ))) == (1, 1)
    assert len(heard(server)) == 64


def test_an_app_password_without_the_right_is_said_and_stops_nothing(server: Server, room: Chatroom) -> None:
    """A session that says so itself is not asked for more; one that is refused is not renewed for it."""
    room.before.append(refusal(400, "InvalidToken", "Bad token method"))
    line = server.line()
    assert list(line.listen(None, [])) == []
    assert line.unheard() == RIGHT
    assert not server.asked("com.atproto.server.refreshSession")
    assert list(line.listen(None, [])) == []
    assert line.unheard() == "", "the right was given meanwhile"
    claims = {"exp": (NOW + timedelta(hours=2)).timestamp(), "scope": "com.atproto.appPass"}
    server.access = f"head.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.sign"
    server.memory = Memory()
    line, before = server.line(), len(server.asked(LIST))
    assert list(line.listen(None, [])) == []
    assert line.unheard() == RIGHT
    assert len(server.asked(LIST)) == before
    refused = line.send(answer(server))
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, RIGHT)
    assert not server.asked(SEND)


def test_trouble_with_the_chat_is_raised_after_everything_else(server: Server, room: Chatroom) -> None:
    """What was said in public is heard, and the next poll asks for all of it again; a server without chat is no trouble."""
    said = {
        "uri": "at://did:plc:bob/app.bsky.feed.post/1",
        "author": {"did": "did:plc:bob"},
        "reason": "mention",
        "record": {"text": "öffentlich"},
        "indexedAt": NOW.isoformat(),
    }
    route = "GET /xrpc/app.bsky.notification.listNotifications"
    server.pretend.routes[route] = lambda _request: Reply(200, {"notifications": [said]})
    listened = server.line().listen(None, [])
    room.before.append(refusal(503, "UpstreamFailure"))
    assert next(listened).text == "öffentlich"
    with pytest.raises(WebError, match="503"):
        next(listened)
    room.before.append(refusal(404, "XRPCNotSupported", "XRPC Not Supported"))
    line = server.line()
    assert [one.text for one in line.listen(None, [])] == ["öffentlich"]
    assert line.unheard() == "the server shows no direct messages: 404: XRPC Not Supported"


def test_an_answer_goes_into_its_conversation(server: Server, room: Chatroom) -> None:
    """With links and mentions as posts have them; its name is the conversation's and its own."""
    room.say("c1", BOB, "Wo denn?", 1)
    done = server.line().send(answer(server, "Hier: [Karte](https://example.com/karte)"))
    assert (done.outcome, done.remote_id, done.url) == (Outcome.ACCEPTED, "c1/m1", "https://bsky.app/messages/c1")
    message = server.asked(SEND)[0].json()["message"]
    assert isinstance(message, dict)
    assert message["text"] == "Hier: Karte"
    assert [one["features"][0] for one in message["facets"]] == [
        {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com/karte"}
    ]


def test_a_direct_answer_may_be_longer_than_a_post(server: Server, room: Chatroom) -> None:
    """1,000 graphemes, as preview counts them; one more, or a picture, is refused before anything is sent."""
    room.say("c1", BOB, "Erzähl", 1)
    intent = answer(server, "ä" * 1000)
    assert intent.answers is not None
    shown = NETWORK.render_answer(text_draft("ä" * 1000, NETWORK, "de"), intent.answers)
    assert (shown.parts[0].count.length, shown.parts[0].count.limit) == (1000, 1000)
    assert server.line().send(intent).outcome is Outcome.ACCEPTED
    long = server.line().send(answer(server, "ä" * 1001, key="long"))
    assert (long.outcome, long.reason) == (Outcome.REFUSED, "1001 graphemes, Bluesky takes 1000")
    pictured = server.line().send(answer(server, "x", key="p", pictures=PICTURES[:1]))
    assert (pictured.outcome, pictured.reason) == (Outcome.REFUSED, "a direct message of Bluesky has no pictures")
    assert len(room.ours("c1")) == 1


@pytest.mark.parametrize("forgetful", [False, True])
def test_a_lost_reply_is_unknown_and_then_found(server: Server, room: Chatroom, *, forgetful: bool) -> None:
    """Taken and not answered: the conversation is read back, also by who knows nothing; no second message is sent."""
    room.say("c1", BOB, "Danke", 29)
    room.after.append(DROP)
    intent = answer(server)
    assert server.line().send(intent).outcome is Outcome.UNKNOWN
    room.say("c1", BOB, "Und?", 31)
    if forgetful:
        server.memory = Memory()
    again = tried(intent, BEGUN + timedelta(minutes=30))
    seen = server.line().find(again)
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "c1/m1")
    done = server.line().send(again)
    assert (done.outcome, done.remote_id) == (Outcome.ACCEPTED, "c1/m1")
    assert room.ours("c1") == ["Gern geschehen!"]


def test_what_never_arrived_is_absent_and_is_sent(server: Server, room: Chatroom) -> None:
    """The same words of earlier are behind what was noted, and are not taken for these."""
    room.say("c1", DID, "Gern geschehen!", 1)
    room.say("c1", BOB, "Danke noch mal", 2)
    server.pretend.routes[f"POST /xrpc/{SEND}"] = lambda _request: refusal(503, "Unavailable")
    intent = answer(server)
    assert server.line().send(intent).outcome is Outcome.UNKNOWN
    again = tried(intent, BEGUN + timedelta(minutes=3))
    assert server.line().find(again).presence is Presence.ABSENT
    Chatroom(server, room.said)
    assert server.line().send(again).remote_id == "c1/m2"
    assert room.ours("c1") == ["Gern geschehen!"] * 2


def test_doubt_is_said(server: Server, room: Chatroom) -> None:
    """Two alike, a noted message that is not there any more, an unknown first try: a person decides."""
    room.say("c1", BOB, "Danke", 1)
    intent = answer(server)
    assert server.line().find(intent).presence is Presence.UNCLEAR
    server.line().send(intent)
    again = tried(intent, NOW)
    room.say("c1", DID, "Gern geschehen!", 31)
    assert "more than one" in server.line().find(again).reason
    room.said["c1"][:] = []
    room.say("c2", BOB, "x", 1)
    seen = server.line().find(again)
    assert (seen.presence, seen.reason) == (
        Presence.UNCLEAR,
        "the server did not show all messages since the first try",
    )


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (refusal(400, "InvalidConvo", "Convo not found"), Outcome.REFUSED),
        (refusal(400, "InvalidToken", "Bad token method"), Outcome.REFUSED),
        (refusal(429, "RateLimitExceeded"), Outcome.LATER),
        (refusal(503, "UpstreamFailure"), Outcome.LATER),
    ],
)
def test_trouble_before_the_message_never_leaves_a_doubt(
    server: Server, room: Chatroom, trouble: Reply, outcome: Outcome
) -> None:
    """The conversation is looked at first; whatever fails there, nothing is out."""
    room.say("c1", BOB, "Danke", 1)
    room.before.append(trouble)
    assert server.line().send(answer(server)).outcome is outcome
    assert not server.asked(SEND)


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (refusal(400, "ConvoLocked", "Convo is locked"), Outcome.REFUSED),
        (refusal(500, "InternalServerError"), Outcome.UNKNOWN),
        (refusal(429, "RateLimitExceeded"), Outcome.LATER),
        (Reply(200, {}), Outcome.UNKNOWN),
        (Reply(200, b"<html>"), Outcome.UNKNOWN),
    ],
)
def test_every_reply_has_one_meaning(server: Server, room: Chatroom, reply: Reply, outcome: Outcome) -> None:
    """What is not a message with an id is no confirmation."""
    room.say("c1", BOB, "Danke", 1)
    server.pretend.routes[f"POST /xrpc/{SEND}"] = lambda _request: reply
    assert server.line().send(answer(server)).outcome is outcome


def test_direct_messages_are_never_gone(server: Server, room: Chatroom) -> None:
    """Nobody can take back what lies with us, so nobody is asked."""
    room.say("c1", BOB, "Danke", 1)
    assert server.line().gone(["c1/m0"]) == frozenset()
    assert not server.asked(READ)
