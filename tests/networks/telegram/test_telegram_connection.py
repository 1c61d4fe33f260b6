"""The Telegram line over loopback HTTP, every request held against the published contract of the Bot API."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.networks.telegram.bot_contract import BotContract
from tests.networks.telegram.conftest import NOW, TOKEN, BotServer, accept, refuse
from tests.pictures.movies import film
from tests.servers.pretend import DROP, Drop, Reply, Request
from toolkit.errors import UsageError
from toolkit.model import Attachment, Outcome, Presence
from toolkit.networks.answers import NotToldError
from toolkit.networks.base import Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.telegram import NETWORK
from toolkit.settings import Account

PICTURE = make_picture()
PDF = b"%PDF-1.7\n"


def make_gif() -> bytes:
    """Two frames that move."""
    stream = io.BytesIO()
    frames = [Image.new("P", (8, 6), colour) for colour in (1, 2)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


GIF = make_gif()


def hello(bot: BotServer, text: str = "Hallo", **options: object) -> Intent:
    return make_intent(bot.account(), text, **options)  # type: ignore[arg-type]  # passed through


def rendered(bot: BotServer, markdown: str) -> Intent:
    """An intent as the renderer makes it."""
    return Intent("key", bot.account(), NETWORK.render(text_draft(markdown, NETWORK)), 0, "")


def picture(bot: BotServer, name: str = "a.png", kind: str = "photo", data: bytes = PICTURE) -> Attachment:
    bot.files[f"media/{name}"] = data
    return replace(attach(f"media/{name}", data, "Tür"), kind=kind)


def test_the_contract_refuses_what_is_wrong(bot: BotServer) -> None:
    """The check itself can fail: unknown method, unknown or missing field, wrong type, wrong entity."""
    headers = {"content-type": "application/json"}
    wrong: list[tuple[str, dict[str, object]]] = [
        ("sendMessages", {"chat_id": 1, "text": "x"}),
        ("sendMessage", {"chat_id": 1}),
        ("sendMessage", {"chat_id": 1, "text": 5}),
        ("sendMessage", {"chat_id": 1, "text": "x", "entitys": []}),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0}]}),
        ("sendMessage", {"chat_id": 1, "text": "x", "disable_notification": "yes"}),
    ]
    for method, body in wrong:
        request = Request("POST", f"/bot1:a/{method}", {}, headers, json.dumps(body).encode())
        with pytest.raises(AssertionError):
            bot.contract.check(request)
    assert isinstance(bot.contract, BotContract)


def test_a_text_arrives_with_its_styles(bot: BotServer) -> None:
    """Text as it stands, styles as entities in UTF-16 units; the answer has the message's id and address."""
    answer = bot.line().send(rendered(bot, "🎄 **Tür 1**: [Zum Shop](https://example.com/a_b) & <mehr> `x_y`"))
    assert (answer.outcome, answer.remote_id, answer.url) == (Outcome.ACCEPTED, "41", "https://t.me/Nordlicht/41")
    assert bot.sent("sendMessage")[0].json() == {
        "chat_id": "@nordlicht",
        "text": "🎄 Tür 1: Zum Shop & <mehr> x_y",
        "entities": [
            {"type": "bold", "offset": 3, "length": 5},
            {"type": "text_link", "offset": 10, "length": 8, "url": "https://example.com/a_b"},
            {"type": "code", "offset": 28, "length": 3},
        ],
    }


def test_options_become_the_fields_of_the_api(bot: BotServer) -> None:
    """Silence, preview, protection and topic go along, as the contract names them."""
    said = {"silent": "yes", "link_preview": "none", "protect": "true", "topic": "7"}
    assert bot.line().send(hello(bot, fields=said)).outcome is Outcome.ACCEPTED
    body = bot.sent("sendMessage")[0].json()
    assert body == {
        "chat_id": "@nordlicht",
        "text": "Hallo",
        "disable_notification": True,
        "protect_content": True,
        "message_thread_id": 7,
        "link_preview_options": {"is_disabled": True},
    }


@pytest.mark.parametrize(
    ("name", "data", "method", "member"),
    [
        ("a.png", PICTURE, "sendPhoto", "photo"),
        ("a.mp4", film(), "sendVideo", "video"),
        ("a.pdf", PDF, "sendDocument", "document"),
        ("a.gif", GIF, "sendAnimation", "animation"),
    ],
)
def test_one_medium_carries_the_text_as_its_caption(
    bot: BotServer, name: str, data: bytes, method: str, member: str
) -> None:
    """Bytes, name and type arrive with the method that fits the medium."""
    intent = hello(bot, attachments=(picture(bot, name, data=data),), fields={"spoiler": "yes"})
    assert bot.line().send(intent).outcome is Outcome.ACCEPTED
    (request,) = bot.sent(method)
    assert request.files()[member][0] == name
    assert request.files()[member][1][:4] == data[:4]
    assert request.form()["caption"] == "Hallo"
    assert ("has_spoiler" in request.form()) == (member != "document")


def test_an_album_is_one_request_with_one_caption(bot: BotServer) -> None:
    """Two pictures go out together; their messages together are the part's remote id."""
    both = (picture(bot, "a.png"), picture(bot, "b.png", data=make_picture("#abcdef")))
    answer = bot.line().send(hello(bot, attachments=both))
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, "41+42")
    (request,) = bot.sent("sendMediaGroup")
    album = json.loads(request.form()["media"])
    assert [one.get("caption") for one in album] == ["Hallo", None]
    assert [request.files()[one["media"].removeprefix("attach://")][0] for one in album] == ["a.png", "b.png"]


def test_a_second_part_answers_the_first(bot: BotServer) -> None:
    """A thread is a chain of answers; the first message of an album stands for it."""
    intent = replace(make_intent(bot.account(), "eins", "zwei", part=1), previous="41+42")
    assert bot.line().send(intent).outcome is Outcome.ACCEPTED
    assert bot.sent("sendMessage")[0].json()["reply_parameters"] == {"message_id": 41}


def test_what_telegram_would_refuse_is_not_sent(bot: BotServer) -> None:
    """Too long a caption, a mixture in an album, a wrong topic, a changed file: refused with the reason, unsent."""
    photo, paper = picture(bot, "a.png"), picture(bot, "a.pdf", "document", PDF)
    changed = picture(bot, "c.png")
    bot.files["media/c.png"] = b"other"
    big = picture(bot, "d.pdf", "document", PDF + b"0" * 52_428_800)
    long = NETWORK.render(text_draft("x" * 4097, NETWORK))
    refused = {
        "4097 characters": Intent("k", bot.account(), long, 0, ""),
        "no mixture": hello(bot, attachments=(photo, paper)),
        "changed after it was rendered": hello(bot, attachments=(changed,)),
        "d.pdf (application/pdf, ": hello(bot, attachments=(big,)),
        "topic must be a number": hello(bot, fields={"topic": "Neues"}),
        "needs a text": hello(bot, " "),
    }
    for words, intent in refused.items():
        answer = bot.line().send(intent)
        assert (answer.outcome, words in answer.reason) == (Outcome.REFUSED, True), answer
    assert bot.published() == []


def test_a_lost_answer_is_unknown_and_cannot_be_looked_for(bot: BotServer) -> None:
    """The message may be out: it is sent once, and nobody but a person can tell."""
    bot.publish = lambda _request: DROP
    intent = hello(bot)
    answer = bot.line().send(intent)
    assert answer.outcome is Outcome.UNKNOWN
    assert len(bot.published()) == 1
    assert bot.line().find(tried(intent, NOW)).presence is Presence.UNCLEAR
    assert NETWORK.promise.value == "blind"


ANSWERS: dict[str, tuple[Reply | Drop, str, str]] = {
    "refused": (refuse(403, "Forbidden: bot is not a member"), LOCKED, "403: Forbidden: bot is not a member"),
    "too many": (refuse(429, "Too Many Requests: retry after 35", retry_after=35), Outcome.LATER, "429: Too Many"),
    "moved": (refuse(400, "Bad Request: upgraded", migrate_to_chat_id=-1009), Outcome.REFUSED, "(id = -1009)"),
    "500": (refuse(500, "Internal Server Error"), Outcome.UNKNOWN, "500: Internal"),
    "502 with HTML": (Reply(502, b"<html>"), Outcome.UNKNOWN, "not JSON"),
    "no message": (Reply(200, {"ok": True, "result": True}), Outcome.UNKNOWN, "no message in the answer"),
    "no result": (Reply(200, {}), Outcome.UNKNOWN, "HTTP 200"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_one_meaning(bot: BotServer, kind: str) -> None:
    """Refused, later or unknown, in the network's own words; the request goes out once and without the token in words."""
    reply, outcome, words = ANSWERS[kind]
    bot.publish = lambda _request: reply
    answer = bot.line().send(hello(bot))
    assert verdict(answer) == outcome
    assert words in answer.reason
    assert TOKEN not in answer.reason
    assert (answer.retry_at == NOW + timedelta(seconds=35)) == (kind == "too many")
    assert answer.whole_account == (kind in ("too many", "refused"))
    assert len(bot.published()) == 1


@pytest.mark.parametrize("method", ["getMe", "getChat"])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (refuse(401, "Unauthorized"), LOCKED),
        (refuse(400, "Bad Request: chat not found"), LOCKED),
        (refuse(429, "Too Many Requests", retry_after=9), Outcome.LATER),
        (refuse(500, "Internal"), Outcome.LATER),
        (Reply(200, b"<html>"), Outcome.LATER),
        (DROP, Outcome.LATER),
    ],
)
def test_what_fails_before_publishing_is_never_unknown(
    bot: BotServer, method: str, reply: Reply | Drop, outcome: str
) -> None:
    """A wrong token, an unknown chat or an outage is found while nothing is out."""
    bot.say(method, reply)
    answer = bot.line().send(hello(bot))
    assert verdict(answer) == outcome
    assert TOKEN not in answer.reason
    assert bot.published() == []


def test_another_bot_and_another_chat_publish_nothing(bot: BotServer) -> None:
    """The bot is compared with the option `bot`, the chat with the account's id."""
    answer = bot.line(bot.account(bot="@other_bot")).send(hello(bot))
    assert (verdict(answer), "'barista_bot', not to 'other_bot'" in answer.reason) == (LOCKED, True)
    assert bot.line(bot.account(bot="@Barista_Bot")).send(hello(bot)).outcome is Outcome.ACCEPTED
    answer = bot.line(bot.account("@elsewhere")).send(hello(bot))
    assert (verdict(answer), "@elsewhere is another chat now" in answer.reason) == (LOCKED, True)
    assert bot.line(bot.account("-1001234567890")).send(hello(bot)).outcome is Outcome.ACCEPTED
    assert len(bot.published()) == 2


def test_nothing_reachable_is_later_and_shows_no_token(bot: BotServer) -> None:
    """No byte left the machine; the address in the message has no token in it."""
    account = replace(bot.account(), server="http://localhost:1")
    answer = bot.line(account).send(hello(bot))
    assert answer.outcome is Outcome.LATER
    assert "/bot…/getMe" in answer.reason
    assert TOKEN not in answer.reason


def test_an_edit_may_come_twice(bot: BotServer) -> None:
    """Text or caption is replaced; that it says this already is as good."""
    line = bot.line()
    bot.publish = accept
    assert line.edit("41", hello(bot, "Neu")).outcome is Outcome.ACCEPTED
    assert bot.sent("editMessageText")[0].json() == {"chat_id": "@nordlicht", "message_id": 41, "text": "Neu"}
    bot.publish = lambda _request: refuse(400, "Bad Request: message is not modified: specified new message content")
    edited = line.edit("41+42", hello(bot, "Neu", attachments=(picture(bot),)))
    assert (edited.outcome, edited.remote_id, edited.url) == (Outcome.ACCEPTED, "41+42", "https://t.me/Nordlicht/41")
    assert bot.sent("editMessageCaption")[0].json()["caption"] == "Neu"
    bot.publish = lambda _request: refuse(400, "Bad Request: message can't be edited")
    assert line.edit("41", hello(bot)).outcome is Outcome.REFUSED
    assert line.edit("x", hello(bot)).outcome is Outcome.REFUSED
    bot.publish = lambda _request: DROP
    assert line.edit("41", hello(bot)).outcome is Outcome.UNKNOWN


def test_a_deletion_takes_every_message_of_an_album(bot: BotServer) -> None:
    """Both are deleted; one that is gone counts as deleted, one that is too old is refused."""
    bot.publish = lambda _request: Reply(200, {"ok": True, "result": True})
    assert bot.line().delete("41+42").outcome is Outcome.ACCEPTED
    assert [request.json()["message_id"] for request in bot.sent("deleteMessage")] == [41, 42]
    bot.publish = lambda _request: refuse(400, "Bad Request: message to delete not found")
    assert bot.line().delete("41").outcome is Outcome.ACCEPTED
    bot.publish = lambda _request: refuse(400, "Bad Request: message can't be deleted for everyone")
    assert bot.line().delete("41").reason == "400: Bad Request: message can't be deleted for everyone"


def test_a_credential_or_an_id_of_another_kind_opens_nothing(bot: BotServer) -> None:
    """What is missing is said with an example, and the credential is not repeated."""
    with pytest.raises(UsageError, match="@BotFather") as wrong:
        bot.line(token="secret/../getMe")
    assert "secret" not in str(wrong.value)
    with pytest.raises(UsageError, match='id = "@channel"'):
        bot.line(Account("telegram", "telegram", "telegram"))


def test_members_are_the_followers(bot: BotServer) -> None:
    """The Bot API tells how many are in the chat, and no views; a bot that was thrown out is not told zero members."""
    bot.say("getChatMemberCount", Reply(200, {"ok": True, "result": 812}))
    assert bot.line().audience() == {"followers": 812}
    assert bot.line().counts(["5"]) == {}
    bot.say("getChatMemberCount", refuse(403, "Forbidden: bot was kicked"))
    with pytest.raises(NotToldError, match="kicked"):
        bot.line().audience()
