"""Answers to others: below the right status, as private as it is, with its author's name, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from tests.networks.connections.makers import make_intent, tried
from tests.networks.connections.pretend import ACCOUNT, NOW, Pretend
from tests.networks.mastodon.conftest import ALICE, BOB, CARL, by, message
from toolkit.model import MessageKind, Outcome, Presence
from toolkit.networks.base import Action, Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.mastodon import NETWORK

POST = "POST /api/v1/statuses"
OWN = "GET /api/v1/accounts/7/statuses"
CONTEXT = "GET /api/v1/statuses/4/context"


def answer(said: dict[str, object], *texts: str, kind: MessageKind = MessageKind.COMMENT, **more: object) -> Intent:
    """An intent to answer `said`."""
    intent = make_intent(ACCOUNT, *(texts or ("Danke!",)), **more)  # type: ignore[arg-type]  # as the caller has it
    return replace(intent, action=Action.ANSWER, target=str(said["id"]), answers=message(said, kind))


def sent(place: Pretend, said: dict[str, object], intent: Intent) -> dict[str, object]:
    """The body that goes out below `said`."""
    place.on(f"GET /api/v1/statuses/{said['id']}", said)
    outcome = place.line().send(intent)
    assert outcome.outcome is Outcome.ACCEPTED, outcome.reason
    return place.body(POST)


def test_an_answer_names_its_author_and_keeps_the_warning(place: Pretend) -> None:
    """Language and place are right; who was only mentioned by the author is left alone."""
    said = by(BOB, 4, spoiler_text="Essen", mentions=[ALICE, CARL])
    assert sent(place, said, answer(said)) == {
        "status": "@bob@other.example Danke!",
        "language": "de",
        "visibility": "public",
        "spoiler_text": "Essen",
        "in_reply_to_id": "4",
        "sensitive": True,
    }
    own = answer(said, fields={"content_warning": "Kaffee"})
    assert sent(place, said, own)["spoiler_text"] == "Kaffee"


@pytest.mark.parametrize(
    ("author", "text", "status"),
    [
        (BOB, "Danke, @bob@other.example!", "Danke, @bob@other.example!"),
        (BOB, "Danke, @BOB@Other.Example.", "Danke, @BOB@Other.Example."),
        (BOB, "Danke, @bob!", "@bob@other.example Danke, @bob!"),
        (BOB, "An x@bob@other.example", "@bob@other.example An x@bob@other.example"),
        (CARL, "Danke, @carl!", "Danke, @carl!"),
        (CARL, "Danke, @carl@social.example!", "Danke, @carl@social.example!"),
        (CARL, "Danke, @carla!", "@carl Danke, @carla!"),
    ],
)
def test_a_name_in_the_text_is_not_put_in_front(place: Pretend, author: dict[str, str], text: str, status: str) -> None:
    """Names of this server may be short; the same short name of another server is somebody else."""
    said = by(author, 4)
    assert sent(place, said, answer(said, text))["status"] == status


@pytest.mark.parametrize(
    ("theirs", "wanted", "sent_as"),
    [
        ("public", "", "public"),
        ("unlisted", "public", "unlisted"),
        ("private", "", "private"),
        ("direct", "public", "direct"),
        ("public", "direct", "direct"),
        ("public", "unlisted", "unlisted"),
        ("limited", "public", "direct"),
    ],
)
def test_an_answer_is_never_more_public(place: Pretend, theirs: str, wanted: str, sent_as: str) -> None:
    """The narrower of what the message has and what the account wants; what a server made up is taken as direct."""
    said = by(BOB, 4, visibility=theirs)
    intent = answer(said, fields={"visibility": wanted} if wanted else None)
    assert sent(place, said, intent)["visibility"] == sent_as


def test_a_direct_answer_reaches_everybody_in_the_conversation(place: Pretend) -> None:
    """Who is not named would not get it; we ourselves are not named, whatever id or name a server gives us."""
    unknown = {"id": "0", "username": "alice", "acct": "alice@social.example"}
    elsewhere = {"id": "7", "username": "alice", "acct": "alice@brand.example"}
    said = by(BOB, 4, visibility="direct", mentions=[unknown, ALICE, elsewhere, CARL])
    body = sent(place, said, answer(said, kind=MessageKind.DIRECT))
    assert (body["status"], body["visibility"]) == ("@bob@other.example @carl Danke!", "direct")


@pytest.mark.parametrize(
    ("visibility", "second"), [("public", "Zwei"), ("private", "@bob@other.example Zwei"), ("direct", "@bob@other.example Zwei")]
)  # fmt: skip
def test_a_long_answer_is_a_thread_below_its_first_part(place: Pretend, visibility: str, second: str) -> None:
    """Each part stands below the one before; where names decide who reads it, each has them."""
    said = by(BOB, 4, visibility=visibility)
    first = by(ALICE, 5, said, visibility=visibility, mentions=[BOB])
    intent = replace(answer(said, "Eins", "Zwei"), part=1, previous="5")
    body = sent(place, first, intent)
    assert (body["in_reply_to_id"], body["status"], body["visibility"]) == ("5", second, visibility)


def test_the_name_counts(place: Pretend) -> None:
    """A text that fits without its name does not fit with it: nothing goes out; only the local part of it counts."""
    said = by(BOB, 4)
    place.on("GET /api/v1/statuses/4", said)
    long = place.line().send(answer(said, "x" * 496))
    assert (long.outcome, long.reason) == (Outcome.REFUSED, "501 characters, the server takes 500")
    assert sent(place, said, answer(said, "x" * 495))["status"] == "@bob@other.example " + "x" * 495


@pytest.mark.parametrize("code", [404, 410])
def test_what_is_gone_cannot_be_answered(place: Pretend, code: int) -> None:
    """Nothing goes out, and the reason says why; a server in trouble is asked again later."""
    said = by(BOB, 4)
    place.on("GET /api/v1/statuses/4", httpx.Response(code), httpx.Response(500))
    line = place.line()
    refused, later = line.send(answer(said)), line.send(answer(said))
    assert (refused.outcome, refused.reason) == (
        Outcome.REFUSED,
        "the message is not there any more, so it cannot be answered",
    )
    assert later.outcome is Outcome.LATER
    assert not place.asked(POST)


def test_what_preview_shows_is_what_is_sent(place: Pretend) -> None:
    """The pure rendering has the name in it and counts it; sending it adds nothing."""
    said = by(BOB, 4)
    rendition = NETWORK.render_answer(text_draft("Danke!\n\n---\n\nUnd tschüss", NETWORK, "de"), message(said))
    assert [part.text for part in rendition.parts] == ["@bob@other.example Danke!", "Und tschüss"]
    assert rendition.parts[0].count.length == len("@bob Danke!")
    private = NETWORK.render_answer(text_draft("Eins\n\n---\n\nZwei", NETWORK), message(said, MessageKind.DIRECT))
    assert [part.text for part in private.parts] == ["@bob@other.example Eins", "@bob@other.example Zwei"]
    shown = replace(answer(said), rendition=rendition)
    assert sent(place, said, shown)["status"] == rendition.parts[0].text


def looked(place: Pretend, intent: Intent) -> Presence:
    return place.line().find(tried(intent, NOW)).presence


def test_an_answer_is_found_below_what_it_answers(place: Pretend) -> None:
    """Also a direct one, which the account's own list may leave out; its name and its warning do not count."""
    said = by(BOB, 4, visibility="direct")
    ours = by(ALICE, 5, said, visibility="direct", text="@bob@other.example Danke!", spoiler_text="Essen")
    place.on(CONTEXT, {"descendants": [by(BOB, 6, said, text="Danke!"), ours]})
    seen = place.line().find(tried(answer(said, kind=MessageKind.DIRECT), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "5")
    again = place.line().send(tried(answer(said, kind=MessageKind.DIRECT), NOW))
    assert (again.outcome, again.remote_id) == (Outcome.ACCEPTED, "5")
    assert not place.asked(POST)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Gern!"},
        {"in_reply_to_id": "3"},
        {"created_at": (NOW - timedelta(minutes=3)).isoformat()},
        {"media_attachments": [{"id": "m"}]},
        {"account": BOB},
    ],
)
def test_another_status_is_not_the_answer(place: Pretend, other: dict[str, object]) -> None:
    """Another text, another place, an earlier day, a picture, somebody else: nothing of ours is there, so it is sent."""
    said = by(BOB, 4)
    else_where = {**by(ALICE, 5, said, text="Danke!"), **other}
    place.on(CONTEXT, {"descendants": [else_where]})
    place.on(OWN, [else_where], [])
    assert looked(place, answer(said)) is Presence.ABSENT
    place.on(OWN, [])
    place.on("GET /api/v1/statuses/4", said)
    assert place.line().send(tried(answer(said), NOW)).outcome is Outcome.ACCEPTED
    assert len(place.asked(POST)) == 1


def test_html_is_read_where_the_server_keeps_the_source(place: Pretend) -> None:
    """Names and addresses are rewritten there, and the answer is still the answer."""
    said = by(BOB, 4)
    html = '<p><span class="h-card"><a>@<span>bob</span></a></span> Danke! <a><i>https://</i>a.de/x</a></p>'
    place.on(CONTEXT, {"descendants": [by(ALICE, 5, said, content=html)]})
    assert looked(place, answer(said, "Danke! https://a.de/x")) is Presence.FOUND


def test_two_alike_are_for_a_person(place: Pretend) -> None:
    """Both stand below the message and say the same: which is ours cannot be told, and no third is sent."""
    said = by(BOB, 4)
    twins = [by(ALICE, number, said, text="Danke!") for number in (5, 6)]
    place.on(CONTEXT, {"descendants": twins})
    assert looked(place, answer(said)) is Presence.UNCLEAR
    assert place.line().send(tried(answer(said), NOW)).outcome is Outcome.LATER
    assert not place.asked(POST)


def test_an_answer_outlives_what_it_answered(place: Pretend) -> None:
    """Servers forget then what it answered; the text and the name tell it. Without a trace, a direct one is unclear."""
    said = by(BOB, 4)
    place.on(CONTEXT, httpx.Response(404))
    left = by(ALICE, 5, text="@bob@other.example Danke!")
    place.on(OWN, [left], [])
    assert looked(place, answer(said)) is Presence.FOUND
    place.on(OWN, [{**left, "text": "@carl Danke!"}], [])
    assert looked(place, answer(said)) is Presence.ABSENT
    place.on(OWN, [])
    assert looked(place, answer(said, kind=MessageKind.DIRECT)) is Presence.UNCLEAR


@pytest.mark.parametrize("trouble", [httpx.Response(500), httpx.ReadTimeout("slow"), httpx.Response(401)])
def test_what_cannot_be_read_proves_nothing(place: Pretend, trouble: httpx.Response | Exception) -> None:
    """Neither the one question nor the other may be left out."""
    said = by(BOB, 4)
    place.on(CONTEXT, trouble)
    assert looked(place, answer(said)) is Presence.UNCLEAR
    place.on(CONTEXT, {"descendants": []})
    place.on(OWN, trouble)
    assert looked(place, answer(said)) is Presence.UNCLEAR
    assert place.line().find(answer(said)).presence is Presence.UNCLEAR, "nobody knows since when"


def test_an_answer_whose_outcome_is_lost_is_unknown_and_then_found(place: Pretend) -> None:
    """The server took it and the line broke: looked up, and not sent again."""
    said = by(BOB, 4)
    place.on("GET /api/v1/statuses/4", said)
    place.on(POST, httpx.ReadTimeout("slow"))
    line = place.line()
    assert line.send(answer(said)).outcome is Outcome.UNKNOWN
    body = place.body(POST)
    place.on(CONTEXT, {"descendants": [by(ALICE, 5, said, text=body["status"])]})
    again = line.send(tried(answer(said), NOW))
    assert (again.outcome, again.remote_id) == (Outcome.ACCEPTED, "5")
    assert len(place.asked(POST)) == 1


def test_the_servers_limit_is_asked_and_obeyed(place: Pretend) -> None:
    """A server with more room takes a longer answer."""
    place.on("GET /api/v2/instance", {"configuration": {"statuses": {"max_characters": 5000}}})
    said = by(BOB, 4)
    body = sent(place, said, answer(said, "x" * 600))
    assert len(str(body["status"])) == 619


def test_an_answer_without_its_message_still_knows_its_place(place: Pretend) -> None:
    """Where only the id of the message is left, it is enough."""
    said = by(BOB, 4)
    body = sent(place, said, replace(answer(said), answers=None))
    assert (body["in_reply_to_id"], body["status"]) == ("4", "@bob@other.example Danke!")
