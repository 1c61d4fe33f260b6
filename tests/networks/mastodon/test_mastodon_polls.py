"""Polls, first comments, remembered uploads and old servers: against the published API description."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.networks.connections.contract import Contract
from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.connections.pretend import ACCOUNT, INSTANCE, NOW, Pretend, status
from toolkit.model import Media, Outcome, Presence
from toolkit.networks.base import Action, Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.mastodon import NETWORK

POST = "POST /api/v1/statuses"
UPLOAD = "POST /api/v2/media"
QUESTION = {"poll_options": "Ja | Nein |  Vielleicht ", "poll_days": "3"}
PICTURE = make_picture()
FILES = {"media/a.png": PICTURE}


@pytest.fixture(scope="session")
def mastodon_contract(shared_data: Path) -> Contract:
    return Contract(shared_data / "contracts" / "mastodon.openapi.json")


@pytest.fixture
def server(mastodon_contract: Contract) -> Pretend:
    return Pretend(mastodon_contract)


def asking(**fields: str) -> Intent:
    return make_intent(ACCOUNT, "Espresso?", fields={**QUESTION, **fields})


def pictured(key: str = "k", alt: str = "Tür") -> Intent:
    return make_intent(ACCOUNT, "Hallo", key=key, attachments=(attach("media/a.png", PICTURE, alt),))


def test_a_poll_stands_in_the_request(server: Pretend) -> None:
    """Answers without the blanks around them, days as seconds, several choices where they are wanted."""
    server.line().send(asking(poll_multiple="yes"))
    assert server.body(POST) == {
        "status": "Espresso?",
        "language": "de",
        "poll": {"options": ["Ja", "Nein", "Vielleicht"], "expires_in": 259_200, "multiple": True},
    }
    server.line().send(make_intent(ACCOUNT, "Espresso?", fields={"poll_options": "Ja|Nein"}))
    assert server.body(POST)["poll"] == {"options": ["Ja", "Nein"], "expires_in": 86_400}


def test_only_the_first_part_of_a_thread_asks() -> None:
    """A poll stands where media stand; options without answers are nothing."""
    draft = text_draft("eins\n\n---\n\nzwei", NETWORK)
    draft = replace(draft, values={**QUESTION, "visibility": "public"})
    first, second = NETWORK.render(draft).parts
    assert first.fields == {**QUESTION, "visibility": "public"}
    assert second.fields == {"visibility": "public"}
    without = replace(draft, values={"poll_days": "3"})
    assert NETWORK.render(without).parts[0].fields == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"poll_options": "Ja"}, "at least two different answers"),
        ({"poll_options": "Ja | Ja"}, "at least two different answers"),
        ({"poll_options": "a|b|c|d|e"}, "5 answers, the server takes 4"),
        ({"poll_options": f"a | {'x' * 51}"}, "has 51 characters, the server takes 50"),
        ({"poll_days": "bald"}, "poll_days must be a number, not 'bald'"),
        ({"poll_days": "31"}, "2678400 seconds, the server takes 300 to 2629746"),
        ({"poll_days": "0,001"}, "86 seconds"),
        ({"poll_days": "99999"}, "poll_days must be a number"),
    ],
)
def test_a_poll_that_the_server_would_refuse_is_not_sent(server: Pretend, fields: dict[str, str], words: str) -> None:
    """The reason names the number and the limit of this server."""
    answer = server.line().send(asking(**fields))
    assert (answer.outcome, words in answer.reason) == (Outcome.REFUSED, True), answer.reason
    assert server.asked(POST) == []


def test_a_poll_and_a_picture_exclude_each_other(server: Pretend) -> None:
    """The API says so; nothing is uploaded either."""
    intent = make_intent(ACCOUNT, "x", fields=QUESTION, attachments=(attach("media/a.png", PICTURE, "Tür"),))
    assert server.line(FILES).send(intent).reason == "a status has media or a poll, not both"
    assert server.asked(UPLOAD) == []


@pytest.mark.parametrize("poll", [None, {"id": "5", "expires_at": "2026-11-24T12:00:00Z"}])
def test_a_lost_poll_is_found_by_its_text(server: Pretend, poll: object) -> None:
    """Also on servers that take the status and drop its poll."""
    server.on(POST, httpx.ReadError("lost"))
    intent = tried(asking(), NOW)
    server.on("GET /api/v1/accounts/7/statuses", [status(5, text="Espresso?", poll=poll)])
    assert server.line().find(intent).presence is Presence.FOUND


def test_an_edited_poll_ends_when_it_would_have(server: Pretend) -> None:
    """Its answers stay, so that its votes do; correcting a typing error does not prolong it."""
    ends = (NOW + timedelta(hours=5)).isoformat()
    server.on("GET /api/v1/statuses/1", status(1, poll={"id": "5", "expires_at": ends}))
    server.on("PUT /api/v1/statuses/1", status(1))
    assert server.line().edit("1", asking()).outcome is Outcome.ACCEPTED
    assert server.body("PUT /api/v1/statuses/1")["poll"] == {
        "options": ["Ja", "Nein", "Vielleicht"],
        "expires_in": 5 * 3600,
    }


def test_a_first_comment_answers_the_post(server: Pretend) -> None:
    """It is an answer to the post, and a lost one is found as an answer."""
    comment = Intent("c", ACCOUNT, make_intent(ACCOUNT, "Mehr dazu").rendition, 0, "41", NOW, Action.COMMENT)
    server.on("GET /api/v1/accounts/7/statuses", [status(3, text="Mehr dazu")], [])
    assert server.line().send(comment).outcome is Outcome.ACCEPTED
    assert server.body(POST)["in_reply_to_id"] == "41"
    server.on("GET /api/v1/accounts/7/statuses", [status(5, text="Mehr dazu", in_reply_to_id="41")])
    assert server.line().find(comment).remote_id == "5"


def test_an_upload_is_used_again_after_a_retry(server: Pretend) -> None:
    """The status had to wait, the medium is there: it goes up once; another alt text is another upload."""
    server.on(UPLOAD, {"id": "m1"}, {"id": "m2"})
    server.on("GET /api/v1/media/m1", {"id": "m1", "url": "https://social.example/m1"})
    server.on(POST, httpx.Response(429))
    assert server.line(FILES).send(pictured()).outcome is Outcome.LATER
    assert server.line(FILES).send(pictured()).outcome is Outcome.LATER
    assert len(server.asked(UPLOAD)) == 1
    assert server.body(POST)["media_ids"] == ["m1"]
    server.line(FILES).send(pictured(alt="Eine Tür"))
    assert server.body(POST)["media_ids"] == ["m2"]


def test_an_upload_that_is_gone_or_shown_already_is_made_again(server: Pretend) -> None:
    """Servers throw away what no status shows; what one shows, no other can."""
    server.on(UPLOAD, {"id": "m1"}, {"id": "m2"}, {"id": "m3"})
    server.on(POST, httpx.Response(429), status())
    server.line(FILES).send(pictured())
    assert server.line(FILES).send(pictured()).outcome is Outcome.ACCEPTED
    assert server.body(POST)["media_ids"] == ["m2"]
    server.on("GET /api/v1/media/m2", {"id": "m2", "url": "https://social.example/m2"})
    assert server.line(FILES).send(pictured(key="next week")).outcome is Outcome.ACCEPTED
    assert server.body(POST)["media_ids"] == ["m3"]


@pytest.mark.parametrize("code", [404, 405])
def test_a_server_that_knows_only_version_1_is_spoken_to_in_version_1(server: Pretend, code: int) -> None:
    """Instance and media of version 1: its limits hold, its uploads are shown, and polls are asked."""
    server.on("GET /api/v2/instance", httpx.Response(404))
    server.on("GET /api/v1/instance", {**INSTANCE, "max_toot_chars": 500})
    server.on(UPLOAD, httpx.Response(code))
    server.on("POST /api/v1/media", {"id": "m1", "url": "https://social.example/m1"})
    assert server.line(FILES).send(pictured()).outcome is Outcome.ACCEPTED
    assert server.body(POST)["media_ids"] == ["m1"]
    assert server.line().send(asking(poll_options="a|b|c|d|e")).outcome is Outcome.REFUSED
    assert server.line().send(make_intent(ACCOUNT, "x" * 501)).outcome is Outcome.REFUSED


def test_a_poll_beside_media_is_rendered_as_written() -> None:
    """Rendering leaves nothing out; the refusal comes with its reason before sending."""
    media = (Media("media.0", "media/a.png"),)
    (part,) = NETWORK.render(replace(text_draft("Espresso?", NETWORK), media=media, values=QUESTION)).parts
    assert part.fields == QUESTION
    assert len(part.attachments) == 1
