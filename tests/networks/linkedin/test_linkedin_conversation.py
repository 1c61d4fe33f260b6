"""What people write below our posts on LinkedIn, and what we answer; requests as LinkedIn's documentation shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.networks.connections.makers import tried
from tests.networks.connections.pretend_linkedin import PAGE, error
from tests.networks.connections.test_linkedin_line import Desk
from tests.servers.pretend import PretendServer
from toolkit.model import Message, Outcome, Presence
from toolkit.networks.base import Action, Capability, Intent
from toolkit.networks.linkedin import NETWORK
from toolkit.networks.linkedin.connection import LinkedInConnection
from toolkit.web import WebError

POST = "urn:li:share:1"
ANNA, OLE = "urn:li:person:anna", "urn:li:person:ole"


@pytest.fixture
def desk(pretend: PretendServer) -> Iterator[Desk]:
    desk = Desk(pretend)
    yield desk
    assert desk.linkedin.problems == []


def open_line(desk: Desk) -> LinkedInConnection:
    line = desk.line()
    assert isinstance(line, LinkedInConnection)
    return line


def answer(desk: Desk, message: Message, text: str = "Gern!") -> Intent:
    """An intent to answer."""
    intent = desk.intent(text, key=f"answer:{message.remote_id}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def hear(desk: Desk, text: str) -> Message:
    """What is heard with this text."""
    (message,) = [one for one in open_line(desk).listen(None, [POST]) if one.text == text]
    return message


def test_answers_below_comments_are_heard_and_ours_among_them(desk: Desk) -> None:
    """Both levels, the oldest first; of ours only what stands in a thread with somebody else."""
    said = desk.linkedin.said
    question = said(POST, "Wann?", ANNA)["commentUrn"]
    first = said(POST, "Mehr im Shop", PAGE)["commentUrn"]
    said(first, "Nachtrag", PAGE)
    said(question, "Um neun", PAGE)
    said(question, "Danke", ANNA)
    heard = list(open_line(desk).listen(None, [POST, first]))
    assert {(one.text, one.author_id, one.answers, one.own) for one in heard} == {
        ("Wann?", ANNA, POST, False),
        ("Um neun", PAGE, question, True),
        ("Danke", ANNA, question, False),
    }
    assert {one.below for one in heard} == {POST}
    said(first, "Wo denn?", OLE)
    assert {one.text for one in open_line(desk).listen(None, [POST])} >= {"Nachtrag", "Wo denn?"}


def test_what_was_changed_is_heard_again(desk: Desk) -> None:
    """LinkedIn tells when; a picture's address comes along."""
    comment = desk.linkedin.said(POST, "Wann?", ANNA)
    changed = comment["created"]["time"] + 3_600_000
    comment["lastModified"] = {"actor": ANNA, "time": changed}
    comment["content"] = [{"type": "IMAGE", "entity": {"image": "urn:li:image:1"}, "url": "https://media.example/1"}]
    since = desk.clock.now() + timedelta(minutes=30)
    (message,) = open_line(desk).listen(since, [POST])
    assert message.edited_at is not None
    assert message.edited_at - message.at == timedelta(hours=1)
    assert message.media == ("https://media.example/1",)
    assert list(open_line(desk).listen(since + timedelta(hours=1), [POST])) == []


def test_comments_without_answers_are_not_asked_for_them(desk: Desk) -> None:
    """Where LinkedIn says how many answers there are, none are asked for in vain; where not, only below the newest."""
    for number in range(60):
        comment = desk.linkedin.said(POST, f"Nummer {number}", ANNA)
        if number < 5:
            comment["commentsSummary"] = {"aggregatedTotalComments": 0}
    assert len(list(open_line(desk).listen(None, [POST]))) == 60
    nested = [one for one in desk.server.sent("GET") if "urn%3Ali%3Acomment" in one.path]
    assert len({one.path for one in nested}) <= 50


def test_an_answer_names_the_comment_on_top(desk: Desk) -> None:
    """Below the comment, and to an answer below the comment on top; found there when the reply was lost."""
    question = desk.linkedin.said(POST, "Wann?", ANNA)["commentUrn"]
    desk.linkedin.said(question, "Ja, wann?", OLE)
    began = desk.clock.now()
    line = open_line(desk)
    sent = line.send(answer(desk, hear(desk, "Wann?"), "Um neun"))
    assert sent.outcome is Outcome.ACCEPTED
    made = desk.linkedin.comments[question][-1]
    assert (made["parentComment"], made["object"], made["actor"]) == (question, POST, PAGE)
    assert sent.remote_id == made["commentUrn"]
    intent = answer(desk, hear(desk, "Ja, wann?"), "Um zehn")
    assert line.find(tried(intent, began)).presence is Presence.ABSENT
    desk.linkedin.answers = ["lose"]
    assert line.send(intent).outcome is Outcome.UNKNOWN
    late = desk.linkedin.comments[question][-1]["commentUrn"]
    assert line.find(tried(intent, began)).remote_id == late
    assert line.send(tried(intent, began)).remote_id == late
    assert [one["message"]["text"] for one in desk.linkedin.comments[question]] == ["Ja, wann?", "Um neun", "Um zehn"]


def test_the_same_words_to_somebody_before_are_not_the_answer(desk: Desk) -> None:
    """Thanks to Anna, then thanks to Ole in the same thread: the first are no proof of the second."""
    question = desk.linkedin.said(POST, "Lecker", ANNA)["commentUrn"]
    thanks = desk.linkedin.said(question, "Danke!", PAGE)
    thanks["created"]["time"] -= 30_000
    desk.linkedin.said(question, "Finde ich auch", OLE)
    intent = tried(answer(desk, hear(desk, "Finde ich auch"), "Danke!"), desk.clock.now())
    line = open_line(desk)
    assert line.find(intent).presence is Presence.ABSENT
    assert line.send(intent).outcome is Outcome.ACCEPTED
    assert line.find(intent).presence is Presence.FOUND


def test_an_answer_that_cannot_be_given_is_refused(desk: Desk) -> None:
    """Too long, or below what is gone."""
    desk.linkedin.said(POST, "Wann?", ANNA)
    message = hear(desk, "Wann?")
    line = open_line(desk)
    assert "1251 characters" in line.send(answer(desk, message, "x" * 1251)).reason
    desk.linkedin.answers = [error(404, "parent comment does not exist")]
    refusal = line.send(answer(desk, message))
    assert (refusal.outcome, refusal.reason) == (Outcome.REFUSED, "404: parent comment does not exist")


def test_only_what_linkedin_does_not_find_is_gone(desk: Desk) -> None:
    """What it may not show is not gone; an outage and a stranger's token are raised."""
    there = desk.linkedin.said(POST, "da", ANNA)["commentUrn"]
    missing, hidden = f"urn:li:comment:({POST},77)", f"urn:li:comment:({POST},88)"
    listed = desk.server.routes["GET /rest/socialActions/*"]
    desk.server.routes["GET /rest/socialActions/*"] = lambda request: (
        error(403, "Not enough permissions") if request.path.endswith("/88") else listed(request)
    )
    assert open_line(desk).gone([there, missing, hidden, POST]) == {missing}
    desk.server.routes["GET /rest/socialActions/*"] = lambda _request: error(503, "down")
    with pytest.raises(WebError, match="down"):
        open_line(desk).gone([there])
    desk.linkedin.roles = []
    with pytest.raises(WebError, match="has no role"):
        open_line(desk).gone([there])


def test_there_are_no_direct_messages() -> None:
    """LinkedIn has no API for them, and that is said."""
    assert Capability.ANSWER in NETWORK.capabilities
    assert Capability.DIRECT not in NETWORK.capabilities
    assert NETWORK.no_direct.startswith("LinkedIn has no API for direct messages")
