"""The Discord line over loopback HTTP, every request held against Discord's published API description."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.discord.conftest import MESSAGE, NOW, PATH, TOKEN, Channel
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.pretend import DROP, Drop, Reply
from toolkit.errors import UsageError
from toolkit.model import Outcome, Presence
from toolkit.networks.answers import NotToldError
from toolkit.networks.base import Intent
from toolkit.networks.discord import NETWORK
from toolkit.networks.filters import text_draft

PICTURE = make_picture()
PDF = b"%PDF-1.7\n"


def hello(channel: Channel, text: str = "Hallo", **options: object) -> Intent:
    return make_intent(channel.account(), text, **options)  # type: ignore[arg-type]  # passed through


def test_the_contract_refuses_what_is_wrong(channel: Channel) -> None:
    """The check itself can fail: unknown field, parameter, mention, too long a text or alt text."""
    url = f"https://discord.com{PATH}"
    wrong: list[dict[str, object]] = [
        {"contents": "x"},
        {"content": "x" * 2001},
        {"content": "x", "allowed_mentions": {"parse": ["here"]}},
        {"content": "x", "attachments": [{"id": "0", "description": "x" * 1025}]},
    ]
    requests = [httpx.Request("POST", url, json=body) for body in wrong]
    for request in [*requests, httpx.Request("POST", f"{url}?waits=true", json={"content": "x"})]:
        with pytest.raises(AssertionError):
            channel.contract.check(request)


def test_a_text_is_discords_markdown_and_pings_nobody(channel: Channel) -> None:
    """Styles and links stay, what is literal is escaped, no mention rings; id and address come back."""
    rendition = NETWORK.render(text_draft("**Neu** für @everyone: [Shop](https://a.de/x_y) a_b\n\n#### Vier", NETWORK))
    answer = channel.line().send(Intent("key", channel.account(), rendition, 0, ""))
    assert (answer.outcome, answer.remote_id, answer.url) == (
        Outcome.ACCEPTED,
        "900",
        "https://discord.com/channels/333/222/900",
    )
    (request,) = channel.published()
    assert request.query == {"wait": "true"}
    assert request.json() == {
        "content": "**Neu** für @everyone: [Shop](https://a.de/x_y) a\\_b\n\n**Vier**",
        "allowed_mentions": {"parse": []},
    }


def test_options_become_the_fields_of_the_api(channel: Channel) -> None:
    """Name, picture, pings, previews, silence and thread go along, as the contract names them."""
    said = {
        "username": "Nordlicht",
        "avatar_url": "https://a.de/a.png",
        "mentions": "users, roles",
        "previews": "no",
        "silent": "yes",
        "thread": "77",
    }
    answer = channel.line().send(hello(channel, fields=said))
    assert (answer.outcome, answer.remote_id, answer.url) == (
        Outcome.ACCEPTED,
        "77/900",
        "https://discord.com/channels/333/77/900",
    )
    (request,) = channel.published()
    assert request.query == {"wait": "true", "thread_id": "77"}
    assert request.json() == {
        "content": "Hallo",
        "username": "Nordlicht",
        "avatar_url": "https://a.de/a.png",
        "flags": 4100,
        "allowed_mentions": {"parse": ["roles", "users"]},
    }


def test_files_go_along_with_their_alt_texts(channel: Channel) -> None:
    """Bytes, names and alt texts arrive in one request, tied by their numbers."""
    channel.files |= {"media/a.png": PICTURE, "media/b.pdf": PDF}
    media = (attach("media/a.png", PICTURE, "Tür „1“"), attach("media/b.pdf", PDF, ""))
    assert channel.line().send(hello(channel, attachments=media)).outcome is Outcome.ACCEPTED
    (request,) = channel.published()
    assert request.files() == {
        "files[0]": ("a.png", PICTURE, "image/png"),
        "files[1]": ("b.pdf", PDF, "application/pdf"),
    }
    assert json.loads(request.form()["payload_json"])["attachments"] == [
        {"id": "0", "filename": "a.png", "description": "Tür „1“"},
        {"id": "1", "filename": "b.pdf"},
    ]


def test_what_discord_would_refuse_is_not_sent(channel: Channel) -> None:
    """Too long, too big, an unknown ping, a changed file, nothing at all: refused with the reason, unsent."""
    channel.files |= {"media/a.png": b"other", "media/b.pdf": PDF + b"0" * 10_485_761, "media/c.png": PICTURE}
    big = attach("media/b.pdf", channel.files["media/b.pdf"], "x")
    long = NETWORK.render(text_draft("x" * 2001, NETWORK))
    refused = {
        "2001 characters": Intent("k", channel.account(), long, 0, ""),
        "b.pdf (application/pdf, ": hello(channel, attachments=(big,)),
        "1025 characters": hello(channel, attachments=(attach("media/c.png", PICTURE, "x" * 1025),)),
        "not here": hello(channel, fields={"mentions": "here"}),
        "changed after it was rendered": hello(channel, attachments=(attach("media/a.png", PICTURE, "x"),)),
        "needs a text": hello(channel, ""),
    }
    for words, intent in refused.items():
        answer = channel.line().send(intent)
        assert (answer.outcome, words in answer.reason) == (Outcome.REFUSED, True), answer
    assert channel.published() == []


def test_a_lost_answer_is_unknown_and_cannot_be_looked_for(channel: Channel) -> None:
    """The message may be out: it is sent once, and nobody but a person can tell."""
    channel.publish = lambda _request: DROP
    intent = hello(channel)
    answer = channel.line().send(intent)
    assert answer.outcome is Outcome.UNKNOWN
    assert TOKEN not in answer.reason
    assert len(channel.published()) == 1
    assert channel.line().find(tried(intent, NOW)).presence is Presence.UNCLEAR
    assert NETWORK.promise.value == "blind"


LIMITED = {"message": "You are being rate limited.", "retry_after": 64.57, "global": False}
ANSWERS: dict[str, tuple[Reply | Drop, str, str]] = {
    "refused": (Reply(404, {"message": "Unknown Channel", "code": 10003}), Outcome.REFUSED, "404: Unknown Channel"),
    "no webhook": (Reply(404, {"message": "Unknown Webhook", "code": 10015}), LOCKED, "404: Unknown Webhook"),
    "too many": (Reply(429, LIMITED), Outcome.LATER, "429: You are being rate limited."),
    "too many, header": (Reply(429, b"", {"Retry-After": "64.57"}), Outcome.LATER, "HTTP 429"),
    "500": (Reply(500, {"message": "500: Internal Server Error"}), Outcome.UNKNOWN, "Internal"),
    "502 with HTML": (Reply(502, b"<html>"), Outcome.UNKNOWN, "HTTP 502"),
    "204": (Reply(204, b""), Outcome.UNKNOWN, "HTTP 204"),
    "no message": (Reply(200, {}), Outcome.UNKNOWN, "no message in the answer"),
    "nonsense": (Reply(200, b"<html>"), Outcome.UNKNOWN, "not JSON"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_one_meaning(channel: Channel, kind: str) -> None:
    """Refused, later or unknown, in Discord's own words; sent once, without the token in words."""
    reply, outcome, words = ANSWERS[kind]
    channel.publish = lambda _request: reply
    answer = channel.line().send(hello(channel))
    assert verdict(answer) == outcome
    assert words in answer.reason
    assert TOKEN not in answer.reason
    assert (answer.retry_at == NOW + timedelta(seconds=64.57)) == (kind == "too many")
    assert answer.whole_account == (outcome in (Outcome.LATER, LOCKED))
    assert len(channel.published()) == 1


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(401, {"message": "Invalid Webhook Token", "code": 50027}), LOCKED),
        (Reply(404, {"message": "Unknown Webhook", "code": 10015}), LOCKED),
        (Reply(429, LIMITED), Outcome.LATER),
        (Reply(503, b""), Outcome.LATER),
        (Reply(200, b"<html>"), Outcome.LATER),
        (DROP, Outcome.LATER),
    ],
)
def test_what_fails_before_publishing_is_never_unknown(channel: Channel, reply: Reply | Drop, outcome: str) -> None:
    """A wrong token or an outage is found while nothing is out."""
    channel.is_webhook(reply)
    answer = channel.line().send(hello(channel))
    assert verdict(answer) == outcome
    assert TOKEN not in answer.reason
    assert channel.published() == []


def test_another_channels_webhook_publishes_nothing(channel: Channel) -> None:
    """The webhook says which channel is its own; the account's id names it, or the webhook."""
    answer = channel.line(channel.account("discord")).send(hello(channel))
    assert verdict(answer) == LOCKED
    assert 'id = "222"' in answer.reason
    assert channel.published() == []
    assert channel.line(channel.account("111")).send(hello(channel)).outcome is Outcome.ACCEPTED


def test_nothing_reachable_is_later_and_shows_no_token(channel: Channel) -> None:
    """No byte left the machine; the address in the message has no token in it."""
    answer = channel.line(replace(channel.account(), server="http://localhost:1")).send(hello(channel))
    assert answer.outcome is Outcome.LATER
    assert "/webhooks/111/…" in answer.reason
    assert TOKEN not in answer.reason


def test_an_edit_may_come_twice(channel: Channel) -> None:
    """The text is replaced, the files stay; what is gone is refused, a lost answer unknown."""
    line = channel.line()
    for _time in range(2):
        edited = line.edit("77/900", hello(channel, "Neu", fields={"username": "Nordlicht"}))
        assert (edited.outcome, edited.url) == (Outcome.ACCEPTED, "https://discord.com/channels/333/77/900")
    first, second = channel.pretend.sent("PATCH")
    assert first.json() == second.json() == {"content": "Neu", "allowed_mentions": {"parse": []}}
    assert (first.path, first.query) == (f"{PATH}/messages/900", {"thread_id": "77"})
    channel.publish = lambda _request: Reply(404, {"message": "Unknown Message", "code": 10008})
    assert line.edit("900", hello(channel)).reason == "404: Unknown Message"
    channel.publish = lambda _request: DROP
    assert line.edit("900", hello(channel)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(204, b""), Outcome.ACCEPTED),
        (Reply(404, {"message": "Unknown Message", "code": 10008}), Outcome.ACCEPTED),
        (Reply(404, {"message": "Unknown Webhook", "code": 10015}), LOCKED),
        (Reply(429, LIMITED), Outcome.LATER),
        (Reply(500, b""), Outcome.UNKNOWN),
        (DROP, Outcome.UNKNOWN),
    ],
)
def test_a_deletion_is_believed_when_it_is_so(channel: Channel, reply: Reply | Drop, outcome: str) -> None:
    """A message that is gone is deleted; a webhook that is gone proves nothing about its messages."""
    channel.publish = lambda _request: reply
    assert verdict(channel.line().delete("900")) == outcome


@pytest.mark.parametrize("remote_id", ["", "..", "../..", "77/", "x"])
def test_an_id_that_is_no_message_never_becomes_an_address(channel: Channel, remote_id: str) -> None:
    """Deleting such an address could delete the webhook; nothing is asked."""
    assert channel.line().delete(remote_id).outcome is Outcome.REFUSED
    assert channel.line().edit(remote_id, hello(channel)).outcome is Outcome.REFUSED
    assert channel.pretend.requests == []


def test_reactions_are_counted_as_likes(channel: Channel) -> None:
    """All kinds together; a message that is gone is left out."""
    liked = {**MESSAGE, "reactions": [{"count": 3, "emoji": {}}, {"count": 2, "emoji": {}}]}
    channel.publish = lambda request: (
        Reply(200, liked) if request.path.endswith("/900") else Reply(404, {"code": 10008})
    )
    assert channel.line().counts(["900", "901"]) == {"900": {"likes": 5}}


def test_a_webhook_that_is_gone_is_no_post_that_is_gone(channel: Channel) -> None:
    """Then nothing is known about any post, and whoever asks is told so with Discord's word."""
    channel.publish = lambda _request: Reply(404, {"code": 10015, "message": "Unknown Webhook"})
    with pytest.raises(NotToldError, match="Unknown Webhook"):
        channel.line().counts(["900"])


@pytest.mark.parametrize(
    "credential", ["", "https://discord.com/api/webhooks/111", "https://evil.example/api/webhooks/111/tOkEn", TOKEN]
)
def test_a_credential_of_another_kind_opens_nothing(channel: Channel, credential: str) -> None:
    """What is wanted is said, and the credential is not repeated."""
    with pytest.raises(UsageError, match="no webhook of Discord") as wrong:
        channel.line(credential=credential)
    assert "tOkEn" not in str(wrong.value)
