"""A conversation on a real server (snac2): bob comments, we hear him and answer, and he hears us. Once, also after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.networks.connections.makers import make_intent, tried
from tests.networks.connections.test_mastodon_server import account_of, get, open_line
from tests.servers.snac import Snac, run_snac
from toolkit.model import Message, MessageKind, Outcome, Presence
from toolkit.networks.base import Action, Intent

pytestmark = pytest.mark.server
T = TypeVar("T")


@pytest.fixture(scope="module")
def quiet() -> Iterator[Snac]:
    """A server on which bob follows alice: only then her posts reach him."""
    with run_snac() as server:
        server.follow("bob", "alice")
        yield server


def until(look: Callable[[], T], seconds: float = 150) -> T:
    """What `look` finds, once it finds something: the server delivers in its own time."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.2)


def say(server: Snac, person: str, *texts: str, **more: object) -> str:
    """What somebody writes; its id at the server."""
    intent = make_intent(account_of(server, person), *texts, **more)  # type: ignore[arg-type]  # as the caller has it
    done = open_line(server, person).send(intent)
    assert done.outcome is Outcome.ACCEPTED
    return done.remote_id


def hear(server: Snac, text: str, *posts: str) -> Message:
    """What alice hears somebody else say with this text."""
    since = datetime.now(UTC) - timedelta(minutes=5)
    heard = until(lambda: [one for one in open_line(server).listen(since, posts) if text in one.text and not one.own])
    assert len(heard) == 1
    return heard[0]


def answer(server: Snac, message: Message, *texts: str) -> Intent:
    """Alice's intent to answer."""
    intent = make_intent(account_of(server), *texts, key=f"answer:{message.remote_id}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def heard_by_bob(server: Snac, text: str) -> dict[str, object]:
    """The notification in which bob is told what alice said."""

    def look() -> list[dict[str, object]]:
        told = server.call("bob", "GET", "/api/v1/notifications")
        assert isinstance(told, list)
        return [one["status"] for one in told if one["type"] == "mention" and text in one["status"]["content"]]

    found = until(look)
    assert len(found) == 1
    return found[0]


def test_a_comment_is_heard_and_answered_below_it(quiet: Snac) -> None:
    """The answer has bob's name and warning, stands below his comment, reaches him, and is heard as our own."""
    post = say(quiet, "alice", "Wer kommt zum Tasting?", key="post:1")
    say(quiet, "bob", "Ich & du?", key="c:1", previous=post, fields={"content_warning": "Kaffee"})
    comment = hear(quiet, "Ich & du?", post)
    assert (comment.kind, comment.below, comment.thread) == (MessageKind.COMMENT, post, post)
    assert (comment.author, comment.name) == (f"@bob@{quiet.host_port}", "bob")
    sent = open_line(quiet).send(answer(quiet, comment, "Sehr gern!"))
    assert (sent.outcome, sent.reason) == (Outcome.ACCEPTED, "")
    status = get(quiet, sent.remote_id)
    assert (status["in_reply_to_id"], status["in_reply_to_account_id"]) == (comment.remote_id, comment.author_id)
    assert (status["text"], status["spoiler_text"]) == (f"@bob@{quiet.host_port} Sehr gern!", "Kaffee")
    theirs = heard_by_bob(quiet, "Sehr gern!")
    assert theirs["in_reply_to_id"] == comment.remote_id
    again = open_line(quiet).listen(datetime.now(UTC) - timedelta(minutes=5), [post])
    ours = [one for one in again if one.own]
    assert [(one.answers, one.below, one.kind) for one in ours] == [(comment.remote_id, post, MessageKind.COMMENT)]


def test_a_message_to_followers_stays_among_them(quiet: Snac) -> None:
    """The answer to a mention that is not public is not public; it is found again, though the account's list lacks it."""
    say(quiet, "bob", "@alice unter uns gesagt", key="m:1", fields={"visibility": "private"})
    mention = hear(quiet, "unter uns gesagt")
    begun, intent = datetime.now(UTC), answer(quiet, mention, "Bleibt unter uns")
    sent = open_line(quiet).send(intent)
    assert get(quiet, sent.remote_id)["visibility"] == "private"
    seen = open_line(quiet).find(tried(intent, begun))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, sent.remote_id)
    other = answer(quiet, mention, "Nie gesagt")
    assert open_line(quiet).find(tried(other, begun)).presence is Presence.ABSENT
    assert heard_by_bob(quiet, "Bleibt unter uns")["in_reply_to_id"] == mention.remote_id


def test_a_long_answer_is_a_thread(quiet: Snac) -> None:
    """The second part stands below the first, which stands below the mention."""
    say(quiet, "bob", "@alice erzähl mal", key="m:2")
    mention = hear(quiet, "erzähl mal")
    intent = answer(quiet, mention, "Erstens", "Zweitens")
    first = open_line(quiet).send(intent)
    second = open_line(quiet).send(replace(intent, part=1, previous=first.remote_id, key=intent.key + "1"))
    assert get(quiet, first.remote_id)["in_reply_to_id"] == mention.remote_id
    assert get(quiet, second.remote_id)["in_reply_to_id"] == first.remote_id
    assert get(quiet, second.remote_id)["text"] == "Zweitens"


CHILD = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.networks.connections.test_mastodon_server import open_line
from tests.networks.mastodon.test_mastodon_dialogue import answer, hear
from tests.servers.snac import Snac
import toolkit.networks.mastodon.api as api

inner = api.Web.request

def request(self, method, url, **more):
    reply = inner(self, method, url, **more)
    if method == "POST" and url.endswith("/api/v1/statuses"):
        os.kill(os.getpid(), signal.SIGKILL)
    return reply

api.Web.request = request
server = Snac({url!r}, Path("/"), {tokens!r})
open_line(server).send(answer(server, hear(server, "lebst du noch"), "Ja, mitten im Senden"))
"""


def test_a_process_that_died_before_the_reply_left_one_answer(quiet: Snac) -> None:
    """SIGKILL after the server took it: the next process finds it below the message and sends no second."""
    say(quiet, "bob", "@alice lebst du noch", key="m:3")
    message = hear(quiet, "lebst du noch")
    begun = datetime.now(UTC)
    code = textwrap.dedent(CHILD).format(root=str(Path.cwd()), url=quiet.url, tokens=quiet.tokens)
    died = subprocess.run([sys.executable, "-c", code], timeout=120, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    intent = tried(answer(quiet, message, "Ja, mitten im Senden"), begun)
    seen = open_line(quiet).find(intent)
    assert seen.presence is Presence.FOUND
    again = open_line(quiet).send(intent)
    assert (again.outcome, again.remote_id) == (Outcome.ACCEPTED, seen.remote_id)
    told = quiet.call("alice", "GET", f"/api/v1/statuses/{message.remote_id}/context")
    assert isinstance(told, dict)
    assert [one["id"] for one in told["descendants"]] == [seen.remote_id]


def test_what_was_never_there_is_gone_and_cannot_be_answered(quiet: Snac) -> None:
    """A message that is there stays; one that the server does not have is gone, and its answer is refused."""
    say(quiet, "bob", "@alice bin noch da", key="m:4")
    message = hear(quiet, "bin noch da")
    nowhere = replace(message, remote_id="1795286244nosuch")
    assert open_line(quiet).gone([message.remote_id, nowhere.remote_id]) == {nowhere.remote_id}
    refused = open_line(quiet).send(answer(quiet, nowhere, "Hallo?"))
    assert refused.outcome is Outcome.REFUSED
    assert "not there any more" in refused.reason
