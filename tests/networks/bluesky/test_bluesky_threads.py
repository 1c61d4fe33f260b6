"""Which posts are messages, where they belong, and what is asked about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.networks.bluesky.conftest import DID, NOW, Server, refusal
from tests.networks.bluesky.test_bluesky_listening import LIST, THREAD, notify
from tests.servers.pretend import Reply, Request
from toolkit.model import Message, MessageKind

BOB = "did:plc:44ybard66vv44zksje25o7dz"
POSTS = "app.bsky.feed.getPosts"
PROFILES = "app.bsky.actor.getProfiles"
RECORDS = "com.atproto.repo.listRecords"


def at(did: str, number: int) -> str:
    return f"at://{did}/app.bsky.feed.post/{number:03}"


def post(did: str, number: int, parent: str = "", root: str = "", **more: object) -> dict[str, Any]:
    """A post as a thread shows it; `number` is its minute."""
    record: dict[str, object] = {"text": f"Nummer {number}"}
    if parent:
        record["reply"] = {"parent": {"uri": parent}, "root": {"uri": root or parent}}
    author = {"did": did, "handle": f"{did[-3:]}.example", "displayName": "Bob"}
    seen = (NOW + timedelta(minutes=number)).isoformat()
    return {"uri": at(did, number), "author": author, "record": record, "indexedAt": seen, **more}


def branch(view: dict[str, Any], *below: dict[str, Any]) -> dict[str, Any]:
    return {"post": view, "replies": list(below)}


def thread(server: Server, *rows: dict[str, Any]) -> None:
    """What the network shows below any of our posts."""
    top = {"thread": {"post": {}, "replies": list(rows)}}
    server.pretend.routes[f"GET /xrpc/{THREAD}"] = lambda _request: Reply(200, top)


def listen(server: Server, *posts: str) -> dict[str, Message]:
    return {one.text: one for one in server.line().listen(None, posts)}


def test_our_answers_to_others_are_ours_and_our_posts_are_no_messages(server: Server) -> None:
    """A later part and a first comment answer ourselves; the second part of an answer is one, too."""
    first, part = at(DID, 1), at(DID, 2)
    asked, answer = at(BOB, 4), at(DID, 5)
    more = branch(post(DID, 6, answer, first))
    thread(
        server,
        branch(
            post(DID, 2, first, first),
            branch(post(DID, 3, part, first)),
            branch(post(BOB, 4, part, first), branch(post(DID, 5, asked, first), more)),
        ),
    )
    notify(server, [])
    heard = listen(server, first, part)
    assert {text: one.own for text, one in heard.items()} == {"Nummer 4": False, "Nummer 5": True, "Nummer 6": True}
    assert {(one.below, one.thread) for one in heard.values()} == {(part, first)}
    assert heard["Nummer 4"].author_id == BOB
    assert heard["Nummer 4"].name == "Bob"
    assert len(server.asked(THREAD)) == 1, "the second part stood below the first"


def test_what_we_answered_elsewhere_is_heard(server: Server) -> None:
    """In somebody else's thread everything of ours is an answer; our own posts of that time are none."""
    foreign = at(BOB, 1)
    told = {**post(BOB, 2, foreign, foreign), "reason": "mention"}
    notify(server, [told])
    values: list[dict[str, object]] = [
        {"text": "Antwort", "reply": {"parent": {"uri": at(BOB, 2)}, "root": {"uri": foreign}}},
        {"text": "Zweiter Teil", "reply": {"parent": {"uri": at(DID, 3)}, "root": {"uri": foreign}}},
        {"text": "Eigener Beitrag"},
        {"text": "Sein zweiter Teil", "reply": {"parent": {"uri": at(DID, 5)}, "root": {"uri": at(DID, 5)}}},
    ]
    records = [
        {"uri": at(DID, number), "value": {**value, "createdAt": (NOW + timedelta(minutes=number)).isoformat()}}
        for number, value in enumerate(values, 3)
    ]
    server.pretend.routes[f"GET /xrpc/{RECORDS}"] = lambda _request: Reply(200, {"records": records})
    heard = listen(server)
    assert {text: (one.own, one.kind, one.thread) for text, one in heard.items()} == {
        "Nummer 2": (False, MessageKind.MENTION, foreign),
        "Antwort": (True, MessageKind.MENTION, foreign),
        "Zweiter Teil": (True, MessageKind.MENTION, foreign),
    }


@pytest.mark.parametrize("name", ["muted", "blocking", "blockedBy", "mutedByList", "blockingByList"])
def test_whom_the_account_wants_nothing_to_do_with_is_not_heard(server: Server, name: str) -> None:
    """Threads show muted people all the same; so do they muted threads."""
    apart = post(BOB, 2, at(DID, 1))
    apart["author"]["viewer"] = {name: True}
    thread(server, branch(apart), branch(post(BOB, 3, at(DID, 1), viewer={"threadMuted": True})))
    notify(server, [])
    assert listen(server, at(DID, 1)) == {}


def test_a_thread_that_is_cut_off_is_asked_for_again(server: Server) -> None:
    """Below a post that has answers and shows none; one that repeats itself ends it."""
    cut = post(BOB, 2, at(DID, 1), replyCount=1)
    deep = post(BOB, 3, at(BOB, 2), at(DID, 1), replyCount=1)

    def answer(request: Request) -> Reply:
        row = {"post": cut} if request.query["uri"] == at(DID, 1) else {"post": deep}
        return Reply(200, {"thread": {"post": {}, "replies": [row]}})

    server.pretend.routes[f"GET /xrpc/{THREAD}"] = answer
    notify(server, [])
    heard = listen(server, at(DID, 1))
    assert {text: one.below for text, one in heard.items()} == {"Nummer 2": at(DID, 1), "Nummer 3": at(DID, 1)}
    assert [request.query["uri"] for request in server.asked(THREAD)] == [at(DID, 1), at(BOB, 2), at(BOB, 3)]


def test_media_and_reach_are_asked_for_together(server: Server) -> None:
    """Of notifications the pictures, of everybody the followers; whoever tells neither is heard without."""
    view = {
        "$type": "app.bsky.embed.recordWithMedia#view",
        "media": {"images": [{"fullsize": "https://cdn.example/1.jpg"}, {"thumb": "x"}]},
    }
    shown: dict[str, Any] = {
        at(BOB, 2): view,
        at(BOB, 3): {"playlist": "https://video.example/1.m3u8", "thumbnail": "x"},
        at(BOB, 4): {"external": {"uri": "https://media.example/katze.gif?hh=2", "title": "Katze"}},
    }
    told = [{**post(BOB, number), "reason": "mention"} for number in (1, 2, 3, 4)]
    for one in told[1:]:
        one["record"]["embed"] = {"$type": "as sent"}
    told[3]["record"]["text"] = ""
    notify(server, told)
    views = [{"uri": uri, "embed": embed} for uri, embed in shown.items()]
    profiles = [{"did": BOB, "followersCount": 4711}]
    server.pretend.routes[f"GET /xrpc/{POSTS}"] = lambda _request: Reply(200, {"posts": views})
    server.pretend.routes[f"GET /xrpc/{PROFILES}"] = lambda _request: Reply(200, {"profiles": profiles})
    heard = list(listen(server).values())
    assert [one.media for one in heard] == [
        (),
        ("https://cdn.example/1.jpg",),
        ("https://video.example/1.m3u8",),
        ("https://media.example/katze.gif?hh=2",),
    ]
    assert heard[3].text == "https://media.example/katze.gif?hh=2", "a picture without a word"
    assert {one.reach for one in heard} == {4711}
    assert (len(server.asked(POSTS)), len(server.asked(PROFILES))) == (1, 1)
    for nsid in (POSTS, PROFILES):
        server.pretend.routes[f"GET /xrpc/{nsid}"] = lambda _request: refusal(400, "InvalidRequest")
    assert [one.reach for one in listen(server).values()] == [None] * 4


def test_a_quiet_poll_costs_few_questions(server: Server) -> None:
    """One per post, the notifications that matter, our own records and the conversations; nothing about nobody."""
    thread(server)
    notify(server, [])
    line = server.line()
    line.check_identity()
    server.pretend.requests.clear()
    assert list(line.listen(NOW, [at(DID, 1)])) == []
    asked = [request.path.rpartition("/")[2] for request in server.pretend.requests]
    assert asked == [THREAD, LIST, RECORDS, "chat.bsky.convo.listConvos"]
    assert server.asked(LIST)[0].query["reasons"] == "quote"
