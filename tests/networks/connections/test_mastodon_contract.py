"""The Mastodon line against the published API description, and against answers that no server gives on demand."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from tests.networks.connections.contract import Contract
from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.connections.pretend import ACCOUNT, INSTANCE, NOW, Pretend, status
from tests.networks.lockouts import LOCKED, verdict
from toolkit.errors import UsageError
from toolkit.model import Outcome, Presence
from toolkit.networks.base import Intent
from toolkit.networks.mastodon.connection import server_address
from toolkit.settings import Account

POST = "POST /api/v1/statuses"
STATUSES = "GET /api/v1/accounts/7/statuses"
PICTURE = make_picture()
FILES = {"media/a.png": PICTURE}
ATTACHED = (attach("media/a.png", PICTURE, "Tür", (0.25, 0.75)),)


@pytest.fixture(scope="session")
def contract(shared_data: Path) -> Contract:
    return Contract(shared_data / "contracts" / "mastodon.openapi.json")


@pytest.fixture
def server(contract: Contract) -> Pretend:
    return Pretend(contract)


def hello(**options: object) -> Intent:
    return make_intent(ACCOUNT, "Hallo", **options)  # type: ignore[arg-type]  # passed through


def test_the_contract_refuses_what_is_wrong(contract: Contract) -> None:
    """The check itself can fail: unknown path, parameter, field, type, missing body."""
    right = httpx.Request("POST", "https://a/api/v1/statuses", json={"status": "x"})
    contract.check(right)
    wrong = [
        httpx.Request("POST", "https://a/api/v1/status", json={"status": "x"}),
        httpx.Request("PATCH", "https://a/api/v1/statuses", json={"status": "x"}),
        httpx.Request("POST", "https://a/api/v1/statuses", json={"status": "x", "visiblity": "public"}),
        httpx.Request("POST", "https://a/api/v1/statuses", json={"status": 5}),
        httpx.Request("POST", "https://a/api/v1/statuses", json={"status": "x", "visibility": "everyone"}),
        httpx.Request("GET", "https://a/api/v1/accounts/7/statuses?limits=4"),
        httpx.Request("POST", "https://a/api/v2/media", files={"datei": b"x"}),
    ]
    for request in wrong:
        with pytest.raises(AssertionError):
            contract.check(request)


def test_everything_a_part_says_is_in_the_request(server: Pretend) -> None:
    """Text, language, warning, visibility and place in the thread, as the contract names them."""
    fields = {"visibility": "unlisted", "content_warning": "Werbung"}
    server.on(POST, status(visibility="unlisted"))
    answer = server.line().send(hello(fields=fields, previous="99"))
    assert (answer.outcome, answer.remote_id, answer.url) == (
        Outcome.ACCEPTED,
        "1",
        "https://social.example/@alice/1",
    )
    assert server.body(POST) == {
        "status": "Hallo",
        "language": "de",
        "visibility": "unlisted",
        "spoiler_text": "Werbung",
        "sensitive": True,
        "in_reply_to_id": "99",
    }


def test_the_key_is_the_intents_own(server: Pretend) -> None:
    """The same intent always carries the same Idempotency-Key, another one another; the token is in its header."""
    line = server.line()
    for key in ("a", "a", "b"):
        line.send(hello(key=key))
    keys = [request.headers["idempotency-key"] for request in server.asked(POST)]
    assert keys[0] == keys[1] != keys[2]
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer token-1"}


def test_a_picture_is_uploaded_first(server: Pretend) -> None:
    """Bytes, alt text and focal point (-1 to 1, upwards) go up, and the status names the server's id."""
    server.on("POST /api/v2/media", {"id": "m1"})
    assert server.line(FILES).send(hello(attachments=ATTACHED)).outcome is Outcome.ACCEPTED
    upload = server.asked("POST /api/v2/media")[0].content
    assert PICTURE in upload
    assert "Tür".encode() in upload
    assert b"-0.500,-0.500" in upload
    assert server.body(POST)["media_ids"] == ["m1"]


def test_a_medium_in_work_is_waited_for(server: Pretend) -> None:
    """202 and 206 mean patience, with growing naps; then the status goes out."""
    server.on("POST /api/v2/media", httpx.Response(202, json={"id": "m1"}))
    work = httpx.Response(206, json={"id": "m1", "url": None})
    server.on("GET /api/v1/media/m1", work, work, {"id": "m1"})
    assert server.line(FILES).send(hello(attachments=ATTACHED)).outcome is Outcome.ACCEPTED
    assert server.naps == [0.5, 1, 1.5]


def test_a_medium_that_stays_in_work_postpones_the_part(server: Pretend) -> None:
    """After a minute the part is put off; nothing was published."""
    server.on("POST /api/v2/media", httpx.Response(202, json={"id": "m1"}))
    server.on("GET /api/v1/media/m1", httpx.Response(206, json={"id": "m1"}))
    answer = server.line(FILES).send(hello(attachments=ATTACHED))
    assert answer.outcome is Outcome.LATER
    assert 55 <= sum(server.naps) <= 65
    assert server.asked(POST) == []


def test_older_servers_get_the_older_upload_and_instance(server: Pretend) -> None:
    """404 on version 2 leads to version 1 of both."""
    server.on("GET /api/v2/instance", httpx.Response(404))
    server.on("GET /api/v1/instance", INSTANCE)
    server.on("POST /api/v2/media", httpx.Response(404))
    server.on("POST /api/v1/media", {"id": "m1"})
    assert server.line(FILES).send(hello(attachments=ATTACHED)).outcome is Outcome.ACCEPTED
    assert server.body(POST)["media_ids"] == ["m1"]


def test_limits_are_read_once_and_hold(server: Pretend) -> None:
    """What is over the server's limits is refused without a publishing request, with both numbers."""
    line = server.line({"media/a.png": PICTURE, "media/b.gif": b"GIF89a", "media/c.png": b"0" * 16_777_217})
    five = tuple(attach("media/a.png", PICTURE, "Tür") for _number in range(5))
    refused = {
        "501": make_intent(ACCOUNT, "x" * 501),
        "5 media": hello(attachments=five),
        "1501": hello(attachments=(attach("media/a.png", PICTURE, "x" * 1501),)),
        "image/gif": hello(attachments=(attach("media/b.gif", b"GIF89a", "x"),)),
        "16777217": hello(attachments=(attach("media/c.png", b"0" * 16_777_217, "x"),)),
    }
    for number, intent in refused.items():
        answer = line.send(intent)
        assert answer.outcome is Outcome.REFUSED
        assert number in answer.reason
    assert server.asked(POST) == []
    assert len(server.asked("GET /api/v2/instance")) == 1
    assert line.send(make_intent(ACCOUNT, "x" * 500)).outcome is Outcome.ACCEPTED


def test_a_file_that_changed_or_is_gone_is_refused(server: Pretend) -> None:
    """What was rendered and approved is sent, or nothing."""
    changed = server.line({"media/a.png": b"other bytes"}).send(hello(attachments=ATTACHED))
    assert changed.outcome is Outcome.REFUSED
    assert "changed after it was rendered" in changed.reason
    assert server.asked(POST) == []


ANSWERS: dict[str, tuple[object, str]] = {
    "200 with a status": (status(), Outcome.ACCEPTED),
    "201 with a status": (httpx.Response(201, json=status()), Outcome.ACCEPTED),
    "200 without an id": ({"error": "odd"}, Outcome.UNKNOWN),
    "200 with a list": ([], Outcome.UNKNOWN),
    "200 with HTML": (httpx.Response(200, text="<html>Welcome"), Outcome.UNKNOWN),
    "200 and nothing": (httpx.Response(200), Outcome.UNKNOWN),
    "200 with a numeric id": ({"id": 5}, Outcome.UNKNOWN),
    "202": (httpx.Response(202, json=status()), Outcome.UNKNOWN),
    "204": (httpx.Response(204), Outcome.UNKNOWN),
    "301": (httpx.Response(301, headers={"Location": "https://social.example/elsewhere"}), Outcome.UNKNOWN),
    "429": (httpx.Response(429), Outcome.LATER),
    "connection refused": (httpx.ConnectError("refused"), Outcome.LATER),
    "no connection in time": (httpx.ConnectTimeout("slow"), Outcome.LATER),
    "reset": (httpx.ReadError("reset"), Outcome.UNKNOWN),
    "half an answer": (httpx.RemoteProtocolError("cut"), Outcome.UNKNOWN),
    "no answer in time": (httpx.ReadTimeout("slow"), Outcome.UNKNOWN),
    "no writing in time": (httpx.WriteTimeout("slow"), Outcome.UNKNOWN),
    **{str(code): (httpx.Response(code), Outcome.REFUSED) for code in (400, 403, 404, 405, 410, 413, 415, 422)},
    "401": (httpx.Response(401), LOCKED),
    "no scope": (httpx.Response(403, json={"error": "This action is outside the authorized scopes"}), LOCKED),
    **{
        str(code): (httpx.Response(code, headers={"Retry-After": "5"}), Outcome.UNKNOWN)
        for code in (302, 307, 402, 406, 408, 409, 418, 423, 425, 451, 500, 501, 502, 503, 504, 520, 522, 524, 599)
    },
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_one_meaning(server: Pretend, kind: str) -> None:
    """What the server certainly did, certainly did not, or may have done; the publishing request is sent once."""
    reply, outcome = ANSWERS[kind]
    server.on(POST, reply)
    answer = server.line().send(hello())
    assert verdict(answer) == outcome
    assert len(server.asked(POST)) == 1
    assert answer.reason or outcome is Outcome.ACCEPTED
    assert (answer.retry_at is not None) == (outcome in (Outcome.LATER, LOCKED))


def test_a_refusal_gives_the_servers_own_words(server: Pretend) -> None:
    """The person who has to act reads what the server said."""
    server.on(POST, httpx.Response(422, json={"error": "Validation failed: Text limit of 500 exceeded"}))
    assert server.line().send(hello()).reason == "422: Validation failed: Text limit of 500 exceeded"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": format_datetime(NOW - timedelta(hours=1), usegmt=True)}, 1),
        ({"Retry-After": "99999999999999"}, 24 * 3600),
        ({"Retry-After": "soon"}, 300),
        ({"Retry-After": "-5"}, 300),
        ({"Retry-After": "1e3"}, 300),
        ({"Retry-After": "\u0661"}, 300),
        ({"X-RateLimit-Reset": (NOW + timedelta(seconds=200)).isoformat()}, 200),
        ({}, 300),
    ],
)
def test_when_to_ask_again(server: Pretend, headers: dict[str, str], wait: int) -> None:
    """Seconds, a date, Mastodon's own header, or five minutes; never in the past, never later than a day."""
    encoded = {name.encode(): value.encode() for name, value in headers.items()}
    server.on(POST, httpx.Response(429, headers=encoded))
    assert server.line().send(hello()).retry_at == NOW + timedelta(seconds=wait)


BEFORE: dict[str, tuple[object, str]] = {
    "unreachable": (httpx.ConnectError("refused"), Outcome.LATER),
    "reset": (httpx.ReadError("reset"), Outcome.LATER),
    "silent": (httpx.ReadTimeout("slow"), Outcome.LATER),
    "nonsense": (httpx.Response(200, text="<html>"), Outcome.LATER),
    "500": (httpx.Response(500), Outcome.LATER),
    "503": (httpx.Response(503, headers={"Retry-After": "600"}), Outcome.LATER),
    "429": (httpx.Response(429), Outcome.LATER),
    "401": (httpx.Response(401, json={"error": "The access token is invalid"}), LOCKED),
    "403": (httpx.Response(403), Outcome.REFUSED),
}


@pytest.mark.parametrize("kind", BEFORE)
@pytest.mark.parametrize(
    "asked", ["GET /api/v1/accounts/verify_credentials", "GET /api/v2/instance", "POST /api/v2/media"]
)
def test_what_fails_before_publishing_is_never_unknown(server: Pretend, asked: str, kind: str) -> None:
    """Identity, limits and uploads are asked first: their failure proves that nothing is out."""
    reply, outcome = BEFORE[kind]
    if kind == "403" and asked.endswith("verify_credentials"):
        outcome = LOCKED  # who may not even ask who they are may not publish either
    server.on("GET /api/v1/instance", httpx.Response(int(kind)) if kind in ("401", "403") else INSTANCE)
    server.on(asked, reply)
    answer = server.line(FILES).send(hello(attachments=ATTACHED))
    assert verdict(answer) == outcome
    assert server.asked(POST) == []


def test_a_long_preparation_publishes_nothing(server: Pretend) -> None:
    """When the uploads took longer than the ledger's lease allows for, the part is put off instead of sent."""
    line = server.line(FILES)

    def slow(_request: httpx.Request) -> httpx.Response:
        line._clock.seconds += 151  # type: ignore[attr-defined]  # a clock that is set
        return httpx.Response(200, json={"id": "m1"})

    server.on("POST /api/v2/media", slow)
    assert line.send(hello(attachments=ATTACHED)).outcome is Outcome.LATER
    assert server.asked(POST) == []


# Reading back


def listed(server: Pretend, statuses: list[dict[str, object]], date: datetime | None = None) -> None:
    """Let the server page through `statuses` (newest first) as Mastodon does, without giving texts away."""

    def page(request: httpx.Request) -> httpx.Response:
        limit = min(int(request.url.params.get("limit", 20)), 40)
        before = request.url.params.get("max_id")
        rest = [one for one in statuses if before is None or int(str(one["id"])) < int(before)]
        headers = {"Date": format_datetime(date, usegmt=True)} if date else {}
        return httpx.Response(200, json=rest[:limit], headers=headers)

    server.on(STATUSES, page)


def test_html_is_read_where_the_server_keeps_the_source(server: Pretend) -> None:
    """Mastodon's HTML with shortened addresses, tags and mentions is recognised as the text it was made from."""
    text = "Hallo @bob@other.example & alle: https://example.com/a/long/way?x=1&y=2 #kaffee\n\nBis „gleich“"
    html = (
        '<p>Hallo <span class="h-card"><a href="https://other.example/@bob" class="u-url mention">@<span>bob</span></a>'
        '</span> &amp; alle: <a href="https://example.com/a/long/way?x=1&amp;y=2"><span class="invisible">https://</span>'
        '<span class="ellipsis">example.com/a/long/wa</span><span class="invisible">y?x=1&amp;y=2</span></a> '
        '<a href="https://social.example/tags/kaffee" class="mention hashtag">#<span>kaffee</span></a></p>'
        "<p>Bis „gleich“</p>"
    )
    listed(server, [status(3, content="<p>Hallo</p>"), status(2, content=html), status(1, content="<p>Bis</p>")])
    server.on("GET /api/v1/statuses/2/source", httpx.Response(403))
    seen = server.line().find(tried(make_intent(ACCOUNT, text), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "2")


def test_the_source_decides_where_the_server_gives_it(server: Pretend) -> None:
    """Two texts that differ in their address only are told apart."""
    html = '<p>Neu: <a href="https://example.com/1">https://example.com/1</a></p>'
    listed(server, [status(2, content=html), status(1, content=html)])
    server.on("GET /api/v1/statuses/1/source", {"id": "1", "text": "Neu: https://example.com/1", "spoiler_text": ""})
    server.on("GET /api/v1/statuses/2/source", {"id": "2", "text": "Neu: https://example.com/2", "spoiler_text": ""})
    seen = server.line().find(tried(make_intent(ACCOUNT, "Neu: https://example.com/1"), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "1")


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Hallo!"},
        {"media_attachments": [{"id": "m"}]},
        {"in_reply_to_id": "5"},
        {"spoiler_text": "Werbung"},
        {"reblog": {"id": "9"}},
        {"created_at": "2026-11-21T11:57:59Z"},
    ],
)
def test_what_differs_is_another_status(server: Pretend, other: dict[str, object]) -> None:
    """Text, number of media, place in a thread, warning, boost, age: each alone makes it another one."""
    listed(server, [status(1, **{"text": "Hallo", **other})])
    assert server.line().find(tried(hello(), NOW)).presence is Presence.ABSENT


def test_somebody_elses_status_is_not_ours(server: Pretend) -> None:
    """The home timeline shows others as well; a direct message that is not seen proves nothing."""
    listed(server, [])
    server.on("GET /api/v1/timelines/home", [status(1, text="Hallo", account={"id": "8"})], [])
    private = hello(fields={"visibility": "private"}, first_tried_at=NOW)
    assert server.line().find(private).presence is Presence.ABSENT
    direct = hello(fields={"visibility": "direct"}, first_tried_at=NOW)
    assert server.line().find(direct).presence is Presence.UNCLEAR


@pytest.mark.parametrize("reply", [httpx.ReadError("reset"), httpx.Response(503), httpx.ConnectError("refused")])
def test_a_second_try_waits_until_the_first_can_be_looked_for(server: Pretend, reply: object) -> None:
    """Without a look nothing is sent again; with one, the earlier status is the answer."""
    server.on(STATUSES, reply)
    again = hello(first_tried_at=NOW)
    assert server.line().send(again).outcome is Outcome.LATER
    listed(server, [status(5, text="Hallo")])
    assert server.line().send(again).remote_id == "5"
    assert server.asked(POST) == []
    listed(server, [])
    assert server.line().send(again).remote_id == "1"


def test_the_part_before_is_not_taken_for_this_one(server: Pretend) -> None:
    """Two parts of a thread may say the same."""
    listed(server, [status(5, text="Hallo", in_reply_to_id="4"), status(4, text="Eins")])
    assert server.line().find(hello(previous="5", first_tried_at=NOW)).presence is Presence.ABSENT


def test_composed_and_decomposed_letters_are_the_same(server: Pretend) -> None:
    """A server may store NFC where NFD was sent, and trim or unify blanks."""
    listed(server, [status(1, text="Tu\u0308r  1\r\n")])
    assert server.line().find(tried(make_intent(ACCOUNT, "T\u00fcr 1"), NOW)).presence is Presence.FOUND


def test_pages_are_read_back_to_the_first_try(server: Pretend) -> None:
    """The status on the third page is found; absence is only said once a page reaches far enough back."""
    many = [status(number, text=f"Nummer {number}") for number in range(100, 0, -1)]
    listed(server, many)
    seen = server.line().find(tried(make_intent(ACCOUNT, "Nummer 3"), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "3")
    assert server.line().find(tried(make_intent(ACCOUNT, "Nummer 0"), NOW)).presence is Presence.ABSENT
    assert len(server.asked(STATUSES)) == 8


def test_a_list_that_cannot_be_read_to_the_end_proves_nothing(server: Pretend) -> None:
    """More statuses than pages are read, or a server that repeats a full page: unclear, never absent."""
    listed(server, [status(number, text=str(number)) for number in range(2000, 0, -1)])
    assert server.line().find(tried(hello(), NOW)).presence is Presence.UNCLEAR
    server.on(STATUSES, [status(number, text=str(number)) for number in range(40, 0, -1)])
    assert server.line().find(tried(hello(), NOW)).presence is Presence.UNCLEAR


def test_a_short_list_that_ignores_paging_is_the_whole_list(server: Pretend) -> None:
    """Fewer than any server's smallest page, twice the same: there is no more."""
    server.on(STATUSES, [status(number, text=str(number)) for number in range(19, 0, -1)])
    assert server.line().find(tried(hello(), NOW)).presence is Presence.ABSENT


def test_the_servers_clock_counts(server: Pretend) -> None:
    """A server that is ten minutes slow dates our status before we tried; its `Date` header tells."""
    slow = NOW - timedelta(minutes=10)
    late = [status(1, text="Hallo", created_at=slow.isoformat())]
    listed(server, late, date=slow)
    assert server.line().find(tried(hello(), NOW)).presence is Presence.FOUND
    listed(server, late, date=NOW)
    assert server.line().find(tried(hello(), NOW)).presence is Presence.ABSENT


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(401),
        httpx.Response(500),
        httpx.Response(429),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"error": "x"}),
        httpx.ReadError("reset"),
        httpx.ConnectError("refused"),
    ],
)
def test_what_cannot_be_read_is_unclear(server: Pretend, reply: object) -> None:
    """No answer, a refusal or nonsense never proves absence."""
    server.on(STATUSES, reply)
    seen = server.line().find(tried(hello(), NOW))
    assert seen.presence is Presence.UNCLEAR
    assert seen.reason


def test_another_accounts_token_proves_nothing(server: Pretend) -> None:
    """The statuses of somebody else say nothing about ours."""
    server.on("GET /api/v1/accounts/verify_credentials", {"id": "8", "username": "mallory"})
    assert server.line().find(tried(hello(), NOW)).presence is Presence.UNCLEAR


def test_without_a_first_try_there_is_nothing_to_find(server: Pretend) -> None:
    """Nobody knows how far back to read."""
    assert server.line().find(hello()).presence is Presence.UNCLEAR


# Counts, editing, deleting


def test_counts_come_under_the_fields_common_names(server: Pretend) -> None:
    """Favourites are likes, boosts are shares, replies are comments; a gone status and a missing count are left out."""
    partly = status(2)
    del partly["replies_count"]
    server.on("GET /api/v1/statuses/1", status(1))
    server.on("GET /api/v1/statuses/2", partly)
    assert server.line().counts(["1", "2", "3"]) == {
        "1": {"likes": 3, "shares": 2, "comments": 1},
        "2": {"likes": 3, "shares": 2},
    }


def test_followers_are_counted(server: Pretend) -> None:
    """As far as the server counts at all."""
    me = {"id": "7", "username": "alice", "followers_count": 40, "statuses_count": 12}
    server.on("GET /api/v1/accounts/verify_credentials", me)
    assert server.line().audience() == {"followers": 40}


def test_an_edit_changes_texts_and_keeps_media(server: Pretend) -> None:
    """Text, warning and alt text are replaced; the media are those the status has."""
    server.on("GET /api/v1/statuses/1", status(1, media_attachments=[{"id": "m1"}]))
    server.on("PUT /api/v1/statuses/1", status(1))
    edited = server.line().edit("1", hello(attachments=ATTACHED, fields={"visibility": "public"}, previous="5"))
    assert edited.outcome is Outcome.ACCEPTED
    assert server.body("PUT /api/v1/statuses/1") == {
        "status": "Hallo",
        "language": "de",
        "media_ids": ["m1"],
        "media_attributes": [{"id": "m1", "description": "Tür", "focus": "-0.500,-0.500"}],
    }


def test_an_edit_of_what_is_gone_is_refused(server: Pretend) -> None:
    """There is nothing to edit, and nothing is asked for."""
    assert server.line().edit("1", hello()).outcome is Outcome.REFUSED
    server.on("GET /api/v1/statuses/1", httpx.Response(500))
    assert server.line().edit("1", hello()).outcome is Outcome.LATER
    server.on("GET /api/v1/statuses/1", httpx.ReadError("reset"))
    assert server.line().edit("1", hello()).outcome is Outcome.LATER
    assert server.asked("PUT /api/v1/statuses/1") == []


@pytest.mark.parametrize(
    ("reply", "there", "outcome"),
    [
        (status(1), True, Outcome.ACCEPTED),
        (httpx.Response(404), False, Outcome.ACCEPTED),
        (httpx.Response(404), True, Outcome.REFUSED),
        (httpx.Response(401), True, LOCKED),
        (httpx.Response(429), True, Outcome.LATER),
        (httpx.Response(500), True, Outcome.UNKNOWN),
        (httpx.ReadError("reset"), True, Outcome.UNKNOWN),
        (httpx.ConnectError("refused"), True, Outcome.LATER),
    ],
)
def test_a_deletion_is_believed_when_it_is_so(server: Pretend, reply: object, there: bool, outcome: str) -> None:
    """404 means gone only if the status is gone."""
    server.on("DELETE /api/v1/statuses/1", reply)
    if there:
        server.on("GET /api/v1/statuses/1", status(1))
    assert verdict(server.line().delete("1")) == outcome


def test_the_server_follows_from_the_id() -> None:
    """`server` wins, `@name@host` is enough, and neither is an error with the remedy."""
    assert server_address(ACCOUNT) == "https://social.example"
    assert server_address(Account("m", "mastodon", "@a@b.example")) == "https://b.example"
    with pytest.raises(UsageError, match="server = "):
        server_address(Account("m", "mastodon", "alice"))
