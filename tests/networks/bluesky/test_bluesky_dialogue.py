"""A conversation on a real network: bob comments, we hear him and answer, and he hears us. Once, also after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.networks.bluesky.ours import Ours, sent, until
from tests.networks.bluesky.sending import PICTURES
from tests.networks.connections.makers import tried
from tests.servers.bluesky import Bluesky
from toolkit.model import Message, MessageKind, Outcome, Presence, SystemClock
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.bluesky import threads
from toolkit.networks.bluesky.client import Client
from toolkit.networks.jsonvalues import fields
from toolkit.web import Web

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("bluesky")]


@pytest.fixture
def ours(bluesky: Bluesky) -> Ours:
    return Ours(bluesky)


@pytest.fixture
def bob(bluesky: Bluesky) -> Ours:
    return Ours(bluesky, "bob")


def since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=5)


def hear(ours: Ours, remote_id: str, *posts: str) -> Message:
    """What we hear, once the network shows it."""
    heard = until(lambda: [one for one in ours.line().listen(since(), posts) if one.remote_id == remote_id])
    assert len(heard) == 1
    return heard[0]


def answer(ours: Ours, message: Message, text: str) -> Intent:
    intent = ours.post(text, key=f"answer:{message.remote_id}:{text}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def test_a_comment_is_heard_and_answered_below_it(ours: Ours, bob: Ours) -> None:
    """With its picture; the answer stands below it in our thread, bob is told of it, and we hear it as our own."""
    post = sent(ours.line(), ours.post("Wer kommt zum Tasting?"))
    comment = sent(bob.line(), bob.post("Ich! Und der hier", previous=post, pictures=PICTURES[:1]))
    message = hear(ours, comment, post)
    assert (message.kind, message.below, message.thread) == (MessageKind.COMMENT, post, post)
    assert len(message.media) == 1
    assert message.media[0].startswith("http")
    done = ours.line().send(answer(ours, message, "Sehr gern, @bob.test!"))
    assert (done.outcome, done.reason) == (Outcome.ACCEPTED, "")
    reply = ours.stored(done.remote_id)["value"]["reply"]
    assert reply["parent"] == {"uri": comment, "cid": bob.stored(comment)["cid"]}
    assert reply["root"] == {"uri": post, "cid": ours.stored(post)["cid"]}
    theirs = hear(bob, done.remote_id)
    assert (theirs.answers, theirs.thread, theirs.author) == (comment, post, "alice.test")
    # Other tests answer on the same network.
    own = until(lambda: [one for one in ours.line().listen(since(), [post]) if one.own and one.below == post])
    assert [(one.remote_id, one.answers, one.below) for one in own] == [(done.remote_id, comment, post)]


def test_a_mention_and_a_quote_are_answered_in_their_own_threads(ours: Ours, bob: Ours) -> None:
    """The root is theirs; our answer is heard as ours though nobody asked about that thread."""
    mention = sent(bob.line(), bob.post("Fragt doch @alice.test"))
    done = ours.line().send(answer(ours, hear(ours, mention), "Hier bin ich"))
    reply = ours.stored(done.remote_id)["value"]["reply"]
    assert reply["root"]["uri"] == reply["parent"]["uri"] == mention
    own = [one for one in ours.line().listen(since(), []) if one.remote_id == done.remote_id]
    assert [(one.own, one.below, one.thread) for one in own] == [(True, "", mention)]


def test_a_long_thread_is_read_to_its_leaf(ours: Ours, bob: Ours, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the network shows one row at a time, the rows below are asked for."""
    monkeypatch.setattr(threads, "DEPTH", 1)
    post = above = sent(ours.line(), ours.post("Kettenbrief"))
    for number in range(3):
        above = sent(bob.line(), bob.post(f"Glied {number}", previous=above))
    web = Web(allowed_hosts=frozenset({ours.network.host_port}))
    alice = ours.network.people["alice"]
    client = Client(ours.account, alice.app_password, Surroundings(web, SystemClock(), ours.read_media))

    def read() -> list[str]:
        reading = threads.Threads(client, alice.did)
        return [f"{fields(view['record'])['text']} {reading.post_above(view) == post}" for view in reading.read([post])]

    assert until(lambda: found if len(found := read()) >= 3 else []) == [f"Glied {number} True" for number in range(3)]


def test_what_the_author_does_not_want_is_refused(ours: Ours, bob: Ours, bluesky: Bluesky) -> None:
    """In a thread that is closed, and below a post that is gone, nothing is sent, and the reason is told."""
    closed = sent(bob.line(), bob.post("Nur ich rede, @alice.test"))
    message = hear(ours, closed)
    gate = {"post": closed, "allow": [], "createdAt": datetime.now(UTC).isoformat()}
    bluesky.post(
        "bob",
        "com.atproto.repo.createRecord",
        {
            "repo": bluesky.people["bob"].did,
            "collection": "app.bsky.feed.threadgate",
            "rkey": closed.rpartition("/")[2],
            "record": {"$type": "app.bsky.feed.threadgate", **gate},
        },
    )
    shown = until(
        lambda: [
            one
            for one in bluesky.get("alice", "app.bsky.feed.getPosts", uris=[closed])["posts"]  # type: ignore[attr-defined]  # a list, as the lexicon says
            if one["viewer"].get("replyDisabled")
        ]
    )
    assert len(shown) == 1
    refused = ours.line().send(answer(ours, message, "Doch!"))
    assert (refused.outcome, refused.reason) == (
        Outcome.REFUSED,
        "the author of the thread does not let this account answer in it",
    )
    assert ours.line().gone([closed]) == frozenset()
    bob.line().delete(closed)
    gone = ours.line().send(answer(ours, message, "Zu spät"))
    assert (gone.outcome, gone.reason) == (
        Outcome.REFUSED,
        "the message is not there any more, so it cannot be answered",
    )
    assert until(lambda: ours.line().gone([closed])) == {closed}
    assert ours.saying("Doch!") == ours.saying("Zu spät") == 0


def test_who_blocked_us_is_not_answered(ours: Ours, bob: Ours, bluesky: Bluesky) -> None:
    """The server would take it and nobody would see it; once the block is lifted, the answer goes out."""
    mention = sent(bob.line(), bob.post("Ich rufe @alice.test"))
    message = hear(ours, mention)
    block = {"subject": bluesky.people["alice"].did, "createdAt": datetime.now(UTC).isoformat()}
    made = bluesky.create("bob", "app.bsky.graph.block", block)
    rkey = str(made["uri"]).rpartition("/")[2]
    reason = "the author of the message has blocked this account"
    try:
        blocked = until(lambda: ours.line().send(answer(ours, message, f"{rkey} hört mich nicht")).reason == reason)
        assert blocked
        assert ours.line().gone([mention]) == frozenset()
    finally:
        body = {"repo": bluesky.people["bob"].did, "collection": "app.bsky.graph.block", "rkey": rkey}
        bluesky.post("bob", "com.atproto.repo.deleteRecord", body)
    allowed = until(lambda: ours.line().send(answer(ours, message, "Jetzt aber")).outcome is Outcome.ACCEPTED)
    assert allowed


CHILD = """
import os, signal, sys
sys.path.insert(0, {root!r})
from tests.networks.bluesky.ours import Ours
from tests.networks.bluesky.test_bluesky_dialogue import answer, hear
from tests.servers.bluesky import Bluesky, Person
import toolkit.networks.bluesky.xrpc as xrpc

people = {{"alice": Person("alice.test", {did!r}, {password!r}, "")}}
ours = Ours(Bluesky({url!r}, people))
inner = xrpc.Web.request

def request(self, method, url, **more):
    reply = inner(self, method, url, **more)
    if url.endswith("putRecord"):
        os.kill(os.getpid(), signal.SIGKILL)
    return reply

xrpc.Web.request = request
ours.line().send(answer(ours, hear(ours, {mention!r}), "Mitten im Antworten"))
"""


def test_a_process_that_died_before_the_reply_left_one_answer(ours: Ours, bob: Ours) -> None:
    """SIGKILL after the server took it: the next process, which knows nothing, finds it and sends nothing."""
    mention = sent(bob.line(), bob.post("Bist du noch da, @alice.test"))
    message = hear(ours, mention)
    alice, began = ours.network.people["alice"], datetime.now(UTC)
    code = textwrap.dedent(CHILD).format(
        root=str(Path.cwd()), did=alice.did, password=alice.app_password, url=ours.network.url, mention=mention
    )
    died = subprocess.run([sys.executable, "-c", code], timeout=120, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    intent = tried(answer(ours, message, "Mitten im Antworten"), began)
    seen = ours.line().find(intent)
    assert seen.presence is Presence.FOUND
    assert sent(ours.line(), intent) == seen.remote_id
    assert ours.saying("Mitten im Antworten") == 1


def test_an_app_password_without_the_right_hears_everything_else(ours: Ours, bluesky: Bluesky) -> None:
    """The server's own word for it, and ours; the session is not renewed for it, and nothing is raised."""
    line = ours.line()
    list(line.listen(since(), []))
    assert "gives no right to direct messages" in line.unheard()
    headers = {"Authorization": f"Bearer {ours.session().access}"}
    said = httpx.get(f"{bluesky.url}/xrpc/chat.bsky.convo.listConvos", headers=headers, timeout=30)
    assert (said.status_code, said.json()) == (400, {"error": "InvalidToken", "message": "Bad token method"})
