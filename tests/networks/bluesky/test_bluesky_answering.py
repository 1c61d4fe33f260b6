"""Answers to posts of others: what they refer to, who lets us, and that they are there once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.networks.bluesky.conftest import DID, NOW, PUT, Server, refusal
from tests.networks.connections.makers import tried
from tests.servers.pretend import DROP, Reply, Request
from toolkit.model import Message, MessageKind, Outcome, Presence
from toolkit.networks.base import Action, Intent, Memory

BOB = "did:plc:44ybard66vv44zksje25o7dz"
ROOT = f"at://{DID}/app.bsky.feed.post/3jzfcijpj2z2a"
COMMENT = f"at://{BOB}/app.bsky.feed.post/3jzfcijpj2z2b"
GET = "com.atproto.repo.getRecord"


@dataclass
class Shown:
    """The posts of others as the network holds and shows them; `fresh` are the cids of now."""

    server: Server
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)
    viewer: dict[str, object] = field(default_factory=dict)  # of the post
    relation: dict[str, object] = field(default_factory=dict)  # to its author
    hidden: bool = False  # neither blocked posts nor very new ones are shown

    def __post_init__(self) -> None:
        own = self.server.pretend.routes[f"GET /xrpc/{GET}"]
        routes = {
            GET: lambda request: self._get(request) or own(request),
            "app.bsky.feed.getPosts": self._posts,
            "app.bsky.actor.getProfile": lambda _request: Reply(200, {"did": BOB, "viewer": self.relation}),
        }
        self.server.pretend.routes |= {f"GET /xrpc/{nsid}": route for nsid, route in routes.items()}
        root = {"uri": ROOT, "cid": "old-root"}
        self.records[COMMENT] = {"text": "Und?", "reply": {"root": root, "parent": root}}
        self.fresh = {ROOT: "new-root", COMMENT: "new-comment"}

    def _get(self, request: Request) -> Reply | None:
        if request.query["repo"] != BOB:
            return None
        uri = f"at://{BOB}/{request.query['collection']}/{request.query['rkey']}"
        if uri not in self.records:
            return refusal(400, "RecordNotFound", "Could not locate record")
        return Reply(200, {"uri": uri, "cid": self.fresh[uri], "value": self.records[uri]})

    def _posts(self, _request: Request) -> Reply:
        author = {"did": BOB, "viewer": self.relation}
        shown = [{"uri": uri, "cid": cid, "author": author, "viewer": self.viewer} for uri, cid in self.fresh.items()]
        return Reply(200, {"posts": [] if self.hidden else shown})


@pytest.fixture
def shown(server: Server) -> Shown:
    return Shown(server)


def answer(server: Server, text: str = "Ja!", **more: object) -> Intent:
    message = Message(COMMENT, "bluesky", MessageKind.COMMENT, "bob.example", "Und?", NOW, author_id=BOB, thread=ROOT)
    return replace(server.post(text, **more), action=Action.ANSWER, target=COMMENT, answers=message)


def put(server: Server) -> dict[str, Any]:
    """The record that was sent last."""
    record = server.asked(PUT)[-1].json()["record"]
    assert isinstance(record, dict)
    return record


def test_an_answer_refers_to_what_stands_there_now(server: Server, shown: Shown) -> None:
    """Both cids are read fresh; a root that is not shown any more stays as the comment has it."""
    assert server.line().send(answer(server)).outcome is Outcome.ACCEPTED
    assert put(server)["reply"] == {
        "root": {"uri": ROOT, "cid": "new-root"},
        "parent": {"uri": COMMENT, "cid": "new-comment"},
    }
    del shown.fresh[ROOT]
    server.line().send(answer(server, key="second"))
    assert put(server)["reply"]["root"] == {"uri": ROOT, "cid": "old-root"}


def test_an_answer_to_a_first_post_has_it_as_root(server: Server, shown: Shown) -> None:
    """A mention that answers nobody is root and parent; a root that is no address is not asked for."""
    shown.records[COMMENT] = {"text": "Hallo"}
    server.line().send(answer(server))
    own = {"uri": COMMENT, "cid": "new-comment"}
    assert put(server)["reply"] == {"root": own, "parent": own}
    shown.records[COMMENT] = {"text": "Und?", "reply": {"root": {"uri": "javascript:x", "cid": "c"}}}
    server.line().send(answer(server, key="second"))
    asked = server.asked("app.bsky.feed.getPosts")[-1].query
    assert asked["uris"] == COMMENT


@pytest.mark.parametrize(
    ("viewer", "relation", "hidden", "reason"),
    [
        ({"replyDisabled": True}, {}, False, "the author of the thread does not let this account answer in it"),
        ({}, {"blockedBy": True}, True, "the author of the message has blocked this account"),
        ({}, {"blocking": "at://x"}, True, "this account has blocked the author of the message"),
        ({}, {"blockingByList": {"uri": "x"}}, False, "this account has blocked the author of the message"),
    ],
)
def test_what_nobody_would_see_is_refused(
    server: Server, shown: Shown, viewer: dict[str, object], relation: dict[str, object], reason: str, *, hidden: bool
) -> None:
    """The server would take it; a closed thread and a block are found before, and said."""
    shown.viewer, shown.relation, shown.hidden = viewer, relation, hidden
    refused = server.line().send(answer(server))
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, reason)
    assert not server.asked(PUT)


def test_a_comment_that_is_too_new_to_be_shown_is_answered(server: Server, shown: Shown) -> None:
    """It is there, nobody blocked anybody, and the network is only slow."""
    shown.hidden = True
    assert server.line().send(answer(server)).outcome is Outcome.ACCEPTED
    assert put(server)["reply"]["parent"] == {"uri": COMMENT, "cid": "new-comment"}


def test_what_is_gone_cannot_be_answered(server: Server, shown: Shown) -> None:
    """A deleted comment refuses for good; a server in trouble only for now."""
    del shown.records[COMMENT]
    refused = server.line().send(answer(server))
    assert (refused.outcome, refused.reason) == (
        Outcome.REFUSED,
        "the message is not there any more, so it cannot be answered",
    )
    server.before[GET] = [refusal(502, "UpstreamFailure")]
    server.pretend.routes[f"GET /xrpc/{GET}"] = lambda _request: refusal(502, "UpstreamFailure")
    assert server.line().send(answer(server)).outcome is Outcome.LATER
    assert not server.asked(PUT)


def test_a_long_answer_is_a_thread_below_its_first_part(server: Server, shown: Shown) -> None:
    """The second part's parent is the first, its root the thread's, and the rules were asked once."""
    intent = answer(server, "Eins\n\n---\n\nZwei")
    first = server.line().send(intent)
    asked = len(server.asked("app.bsky.feed.getPosts"))
    second = server.line().send(replace(intent, part=1, previous=first.remote_id, key=intent.key + "1"))
    assert second.outcome is Outcome.ACCEPTED
    reply = put(server)["reply"]
    assert (reply["parent"]["uri"], reply["root"]["uri"]) == (first.remote_id, ROOT)
    assert len(server.asked("app.bsky.feed.getPosts")) == asked
    assert put(server)["text"] == "Zwei"


@pytest.mark.parametrize("forgetful", [False, True])
def test_an_answer_whose_reply_is_lost_is_there_once(server: Server, shown: Shown, *, forgetful: bool) -> None:
    """The key is looked up, also by who noted nothing; the comment may be gone by then."""
    server.after[PUT] = [DROP]
    intent = answer(server)
    assert server.line().send(intent).outcome is Outcome.UNKNOWN
    shown.records.clear()
    if forgetful:
        server.memory = Memory()
    again = tried(intent, NOW)
    seen = server.line().find(again)
    assert seen.presence is Presence.FOUND
    done = server.line().send(again)
    assert (done.outcome, done.remote_id) == (Outcome.ACCEPTED, seen.remote_id)
    assert len(server.records) == 1


def test_an_answer_that_never_arrived_is_absent(server: Server, shown: Shown) -> None:
    """Then it is sent, under the key of the first try."""
    server.before[PUT] = [DROP]
    intent = answer(server)
    assert server.line().send(intent).outcome is Outcome.UNKNOWN
    assert server.line().find(tried(intent, NOW)).presence is Presence.ABSENT
    assert server.line().send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    keys = {str(request.json()["rkey"]) for request in server.asked(PUT)}
    assert len(keys) == 1


def test_gone_is_what_has_no_record(server: Server, shown: Shown) -> None:
    """What is blocked or not yet shown is asked for by itself; trouble with one is no proof."""
    there, deleted = COMMENT, f"at://{BOB}/app.bsky.feed.post/3jzfcijpj2z2c"
    assert server.line().gone([there, deleted, "m/1", ""]) == {deleted}
    shown.hidden = True
    assert server.line().gone([there, deleted]) == {deleted}
    server.pretend.routes[f"GET /xrpc/{GET}"] = lambda _request: refusal(500, "InternalServerError")
    assert server.line().gone([there, deleted]) == frozenset()
    server.pretend.routes[f"GET /xrpc/{GET}"] = lambda _request: refusal(429, "RateLimitExceeded")
    with pytest.raises(Exception, match="RateLimitExceeded"):
        server.line().gone([deleted])


def test_many_are_asked_for_together(server: Server, shown: Shown) -> None:
    """Sixty posts that are all there cost three questions."""
    uris = [
        f"at://{BOB}/app.bsky.feed.post/3jzfcijpj2{number:03}".replace("0", "z").replace("1", "y")
        for number in range(60)
    ]
    shown.fresh = dict.fromkeys(uris, "cid")
    assert server.line().gone(uris) == frozenset()
    assert len(server.asked("app.bsky.feed.getPosts")) == -(-len(set(uris)) // 25)
    assert not server.asked(GET)
