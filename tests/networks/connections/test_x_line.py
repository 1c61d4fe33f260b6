"""X's line against a server that keeps to X's documentation and misbehaves where a network may."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.connections.pretend_x import CREATE, DUPLICATE, ME, TOKEN, PretendX, fits, problem
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.pretend import PretendServer, Reply, Request
from toolkit.errors import UsageError
from toolkit.model import Attachment, MessageKind, Outcome, Presence, SetClock
from toolkit.networks.answers import NotBegunError
from toolkit.networks.base import Action, Connection, Intent, Listening, Memory, ReadMedia, Surroundings
from toolkit.networks.x import NETWORK, connect
from toolkit.networks.x.api import Api
from toolkit.networks.x.uploads import CHUNK, Uploads
from toolkit.settings import Account
from toolkit.web import Web

PICTURE = make_picture()
SECOND = make_picture("#654321")


def make_animation() -> bytes:
    """A real GIF of two pictures."""
    stream = io.BytesIO()
    one, two = Image.new("P", (8, 8), 1), Image.new("P", (8, 8), 2)
    one.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
    two.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
    one.save(stream, "GIF", save_all=True, append_images=[two], duration=100)
    return stream.getvalue()


def box(kind: bytes, inside: bytes) -> bytes:
    """One box of an ISO film."""
    return (len(inside) + 8).to_bytes(4, "big") + kind + inside


ANIMATION = make_animation()
# Two whole pieces and a rest.
FILM = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", b"") + box(b"mdat", b"\0" * (2 * CHUNK))
FILES = {"media/a.png": PICTURE, "media/b.png": SECOND, "media/c.gif": ANIMATION, "media/d.mp4": FILM}
TEXT = "Tür 1: unser Winterröster & <Milch> https://example.com/winter #Advent"
TWEETS = "/2/tweets"


def reader(files: Mapping[str, bytes]) -> ReadMedia:
    """Reads these files, and says of others what a folder says."""

    def read(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return read


class Desk:
    """A pretend X and what is needed to open lines to it."""

    def __init__(self, server: PretendServer) -> None:
        self.x = PretendX(server)
        self.server = server
        self.clock = SetClock(datetime.now(UTC))
        self.notes = Memory()
        self.account = Account("x", "x", "@nordlichtkaffee", server=server.address)

    def line(self, token: str = TOKEN, files: Mapping[str, bytes] | None = None, **account: Any) -> Connection:
        web = Web(allowed_hosts=frozenset({self.server.host_port}))
        around = Surroundings(web, self.clock, reader(files or FILES), notes=self.notes)
        return connect(replace(self.account, **account), token, around)

    def intent(self, *texts: str, **more: Any) -> Intent:
        intent = make_intent(self.account, *(texts or (TEXT,)), **more)
        parts = tuple(replace(part, count=NETWORK.count(part.text)) for part in intent.rendition.parts)
        return replace(intent, rendition=replace(intent.rendition, parts=parts))

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.server.sent("POST", TWEETS)[-1].body)
        return found


@pytest.fixture
def desk(pretend: PretendServer) -> Iterator[Desk]:
    desk = Desk(pretend)
    yield desk
    assert desk.x.problems == []


@pytest.mark.parametrize(
    "documented",
    [
        {"text": "Hello from the API!"},
        {"text": "This is a reply!", "reply": {"in_reply_to_tweet_id": "1234567890"}},
        {"text": "Photo of the day", "media": {"media_ids": ["1234567890123456789"]}},
        {"text": "Color?", "poll": {"options": ["Red", "Blue", "Green", "Yellow"], "duration_minutes": 1440}},
        {"text": "Excited to partner with Acme on their latest launch!", "paid_partnership": True},
    ],
)
def test_the_contract_takes_the_documented_examples(documented: dict[str, object]) -> None:
    """The schema that checks our requests allows what X's pages show, and nothing that X does not know."""
    fits(CREATE, documented)
    with pytest.raises(AssertionError):
        fits(CREATE, documented | {"status": "x"})


def test_a_text_goes_out_as_written(desk: Desk) -> None:
    """The plain text, and the address from X's id and the account's name."""
    answer = desk.line().send(desk.intent())
    (post,) = desk.x.posts
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, post["id"])
    assert answer.url == f"https://x.com/NordlichtKaffee/status/{post['id']}"
    assert desk.body() == {"text": TEXT}


def test_a_thread_is_a_chain_of_replies(desk: Desk) -> None:
    """Each part answers the one before; options that belong to the whole thread stand on the first."""
    fields = {"reply_settings": "following", "made_with_ai": "yes", "paid_partnership": "yes"}
    line, thread = desk.line(), desk.intent("Eins", "Zwei", fields=fields)
    first = line.send(thread)
    assert desk.body() == {
        "text": "Eins",
        "reply_settings": "following",
        "made_with_ai": True,
        "paid_partnership": True,
    }
    assert line.send(replace(thread, part=1, previous=first.remote_id)).outcome is Outcome.ACCEPTED
    assert desk.body()["reply"] == {"in_reply_to_tweet_id": first.remote_id}
    assert "reply_settings" not in desk.body()


def test_everyone_is_what_x_does_unasked(desk: Desk) -> None:
    """`everyone` is left out; what X does not know is refused with what it knows."""
    desk.line().send(desk.intent(fields={"reply_settings": "everyone"}))
    assert desk.body() == {"text": TEXT}
    answer = desk.line().send(desk.intent("x", fields={"reply_settings": "friends"}))
    assert (answer.outcome, "X knows everyone, following" in answer.reason) == (Outcome.REFUSED, True)


def test_the_first_comment_is_a_reply(desk: Desk) -> None:
    """A comment stands below the post."""
    line = desk.line()
    post = line.send(desk.intent()).remote_id
    comment = replace(desk.intent("Mehr im Shop", previous=post), action=Action.COMMENT)
    assert line.send(comment).outcome is Outcome.ACCEPTED
    assert desk.body() == {"text": "Mehr im Shop", "reply": {"in_reply_to_tweet_id": post}}


def test_a_poll_stands_in_the_post(desk: Desk) -> None:
    """Answers and minutes, a day where the post does not say; the weight of an answer is X's own."""
    fields = {"poll_options": "Filter | Espresso", "poll_days": "2,5"}
    assert desk.line().send(desk.intent(fields=fields)).outcome is Outcome.ACCEPTED
    assert desk.body()["poll"] == {"options": ["Filter", "Espresso"], "duration_minutes": 3600}
    desk.line().send(desk.intent("Noch eine", fields={"poll_options": "Ja|Nein"}))
    assert desk.body()["poll"]["duration_minutes"] == 1440


@pytest.mark.parametrize(
    ("fields", "pictured", "complaint"),
    [
        ({"poll_options": "Ja | Nein"}, True, "media or a poll"),
        ({"poll_options": "Ja"}, False, "two to 4 different answers"),
        ({"poll_options": " | "}, False, "two to 4 different answers"),
        ({"poll_options": "a|b|c|d|e"}, False, "two to 4 different answers"),
        ({"poll_options": "a|a"}, False, "two to 4 different answers"),
        ({"poll_options": f"a|{'x' * 26}"}, False, "26 characters, X takes 25"),
        ({"poll_options": "a|b", "poll_days": "8"}, False, "at most 7, not '8'"),
        ({"poll_options": "a|b", "poll_days": "soon"}, False, "at most 7, not 'soon'"),
        ({"poll_options": "a|b", "poll_days": "0"}, False, "at most 7, not '0'"),
    ],
)
def test_a_poll_that_x_would_not_take_is_refused_before(
    desk: Desk, fields: dict[str, str], complaint: str, *, pictured: bool
) -> None:
    """The reason names the rule, and nothing is asked."""
    media = (attach("media/a.png", PICTURE, "x"),) if pictured else ()
    answer = desk.line().send(desk.intent(fields=fields, attachments=media))
    assert answer.outcome is Outcome.REFUSED
    assert complaint in answer.reason
    assert desk.server.requests == []


def test_pictures_are_announced_sent_finished_and_described(desk: Desk) -> None:
    """Two pictures in their order, each with its alt text."""
    media = attach("media/a.png", PICTURE, "Tür"), attach("media/b.png", SECOND, "Tasse")
    assert desk.line().send(desk.intent(attachments=media)).outcome is Outcome.ACCEPTED
    ids = desk.body()["media"]["media_ids"]
    assert [desk.x.alts[one] for one in ids] == ["Tür", "Tasse"]
    assert all(desk.x.files[one].startswith(b"\x89PNG") for one in ids)
    first = json.loads(desk.server.sent("POST", "/2/media/upload/initialize")[0].body)
    assert (first["media_type"], first["media_category"]) == ("image/png", "tweet_image")


@pytest.mark.parametrize(
    ("file", "kind", "category"), [("media/c.gif", "photo", "tweet_gif"), ("media/d.mp4", "video", "tweet_video")]
)
def test_what_moves_has_its_own_category(desk: Desk, file: str, kind: str, category: str) -> None:
    """Animations and films; a film goes up in pieces that X puts together byte for byte."""
    medium = replace(attach(file, FILES[file], "Film"), kind=kind)
    assert desk.line().send(desk.intent(attachments=(medium,))).outcome is Outcome.ACCEPTED
    (identity,) = desk.body()["media"]["media_ids"]
    announced = json.loads(desk.server.sent("POST", "/2/media/upload/initialize")[0].body)
    assert announced["media_category"] == category
    assert len(desk.x.files[identity]) == announced["total_bytes"]
    if kind == "video":
        assert len(desk.server.sent("POST", f"/2/media/upload/{identity}/append")) == 3


@pytest.mark.parametrize(
    ("name", "language"), [("media/d.vtt", "DE"), ("media/d.de.srt", "DE"), ("media/d.en.vtt", "")]
)
def test_the_subtitles_beside_a_film_go_up_with_it(desk: Desk, name: str, language: str) -> None:
    """In the post's language, tied to the film before the post is made; those in another language stay at home."""
    cue = "00:00:01.000 --> 00:00:02.500\nMoin.\n"
    written = (
        f"WEBVTT\n\n{cue}" if name.endswith(".vtt") else f"1\n{cue.replace('.000', ',000').replace('.500', ',500')}"
    )
    film = replace(attach("media/d.mp4", FILM, "Film"), kind="video")
    line = desk.line(files={**FILES, name: written.encode()})
    assert line.send(desk.intent(attachments=(film,))).outcome is Outcome.ACCEPTED
    (identity,) = desk.body()["media"]["media_ids"]
    sent = {identity: (language, "1\n00:00:01,000 --> 00:00:02,500\nMoin.\n")} if language else {}
    assert desk.x.subtitles == sent


def test_a_film_whose_subtitles_x_refuses_does_not_go_out(desk: Desk) -> None:
    """What was approved with the film goes out with it or not at all, and the next try uploads again."""
    film = replace(attach("media/d.mp4", FILM, "Film"), kind="video")
    files = {**FILES, "media/d.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nMoin.\n"}
    route = desk.server.routes["POST /2/media/subtitles"]
    desk.server.routes["POST /2/media/subtitles"] = lambda _request: problem(503, "busy")
    assert desk.line(files=files).send(desk.intent(attachments=(film,))).outcome is Outcome.LATER
    assert desk.x.posts == []
    desk.server.routes["POST /2/media/subtitles"] = route
    assert desk.line(files=files).send(desk.intent(attachments=(film,))).outcome is Outcome.ACCEPTED
    assert len(desk.x.subtitles) == 1


@pytest.mark.parametrize(
    ("attachments", "complaint"),
    [
        (tuple(attach("media/a.png", PICTURE, "x") for _n in range(5)), "5 media, X takes 4"),
        ((attach("media/a.png", PICTURE, "x" * 1001),), "1001 characters, X takes 1000"),
        ((Attachment("media/x.pdf", "document", "x"),), "X takes no document"),
        ((attach("media/a.png", PICTURE, "x"), attach("media/c.gif", ANIMATION, "x")), "or one animation"),
        ((attach("media/a.png", b"another", "x"),), "changed after it was rendered"),
    ],
)
def test_what_x_would_not_take_is_refused_before(
    desk: Desk, attachments: tuple[Attachment, ...], complaint: str
) -> None:
    """The reason names the limit, and no publishing request was made."""
    answer = desk.line().send(desk.intent(attachments=attachments))
    assert answer.outcome is Outcome.REFUSED
    assert complaint in answer.reason
    assert desk.server.sent("POST") == []


def test_a_text_over_the_limit_is_refused_without_any_request(desk: Desk) -> None:
    """280 is the last weight."""
    answer = desk.line().send(desk.intent("x" * 281))
    assert (answer.outcome, answer.reason) == (Outcome.REFUSED, "281 weighted characters, X takes 280")
    assert desk.server.requests == []
    assert desk.line().send(desk.intent("x" * 280)).outcome is Outcome.ACCEPTED


def test_a_lost_reply_is_found_again(desk: Desk) -> None:
    """X took it and the answer was lost: unknown, one request, and the timeline has it, rewritten as X rewrites."""
    desk.x.answers = ["lose"]
    media = (attach("media/a.png", PICTURE, "Tür"),)
    intent, began = desk.intent(attachments=media), desk.clock.now()
    assert desk.line().send(intent).outcome is Outcome.UNKNOWN
    assert len(desk.server.sent("POST", TWEETS)) == 1
    (post,) = desk.x.posts
    assert "&amp; &lt;Milch&gt; https://t.co/" in post["text"]
    sighting = desk.line().find(tried(intent, began))
    assert (sighting.presence, sighting.remote_id) == (Presence.FOUND, post["id"])
    answer = desk.line().send(tried(intent, began))
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, post["id"])
    assert len(desk.server.sent("POST", TWEETS)) == 1


def test_what_never_arrived_is_absent(desk: Desk) -> None:
    """Nothing, an older post of the same text, the same text elsewhere in a thread, and other texts: not ours."""
    intent = tried(desk.intent(), desk.clock.now())
    assert desk.line().find(intent).presence is Presence.ABSENT
    desk.x.out(TEXT)["created_at"] = (desk.clock.now() - timedelta(minutes=10)).isoformat()
    desk.x.out(TEXT, answers="17")
    desk.x.out("Etwas ganz anderes")
    assert desk.line().find(intent).presence is Presence.ABSENT


def test_every_page_is_read(desk: Desk) -> None:
    """The post on the last page is found; a page that X keeps back proves nothing."""
    intent = tried(desk.intent(), desk.clock.now())
    ours = desk.x.out(TEXT)
    for number in range(7):
        desk.x.out(f"Nachricht {number}")
    desk.x.page = 3
    assert desk.line().find(intent).remote_id == ours["id"]
    assert len(desk.server.sent("GET", f"/2/users/{ME}/tweets")) == 3
    desk.server.routes[f"GET /2/users/{ME}/tweets"] = lambda _request: Reply(200, {"errors": [{"title": "Partial"}]})
    assert desk.line().find(intent).presence is Presence.UNCLEAR


def test_doubt_stays_doubt(desk: Desk) -> None:
    """Two posts that fit, and one that lacks our picture, are for a person to judge."""
    desk.x.out(TEXT)
    intent = tried(desk.intent(attachments=(attach("media/a.png", PICTURE, "x"),)), desk.clock.now())
    assert desk.line().find(intent).presence is Presence.UNCLEAR
    desk.x.out(TEXT)
    sighting = desk.line().find(tried(desk.intent(), desk.clock.now()))
    assert (sighting.presence, "more than one post fits" in sighting.reason) == (Presence.UNCLEAR, True)


def test_texts_of_addresses_only_are_told_apart(desk: Desk) -> None:
    """X tells the full address of each short one, so two links are two posts."""
    desk.x.out("https://example.com/summer")
    intent = tried(desk.intent("https://example.com/winter"), desk.clock.now())
    assert desk.line().find(intent).presence is Presence.UNCLEAR
    ours = desk.x.out("https://example.com/winter")
    assert desk.line().find(intent).remote_id == ours["id"]


def test_a_duplicate_is_believed_when_the_timeline_shows_it(desk: Desk) -> None:
    """403 says that X has it and not where; a plan that may read finds it, one that may not asks a person."""
    desk.x.answers = [DUPLICATE]
    intent, began = desk.intent(), desk.clock.now()
    answer = desk.line().send(intent)
    assert (answer.outcome, answer.reason) == (
        Outcome.DUPLICATE,
        "403: You are not allowed to create a Tweet with duplicate content.",
    )
    post = desk.x.out(TEXT)
    assert desk.line().find(tried(intent, began)).remote_id == post["id"]
    assert desk.line().find(intent).remote_id == post["id"], "X repeated our first request itself"
    words = "Your enrolled account does not have any credits to fulfill this request."
    desk.server.routes[f"GET /2/users/{ME}/tweets"] = lambda _request: problem(402, words)
    sighting = desk.line().find(tried(intent, began))
    assert (sighting.presence, sighting.reason) == (Presence.UNCLEAR, f"402: {words}")


@pytest.mark.parametrize(
    ("reply", "outcome", "said"),
    [
        (problem(400, "One or more parameters to your request was invalid."), Outcome.REFUSED, "400: One or more"),
        (problem(403, "You are not permitted to perform this action."), Outcome.REFUSED, "403: You are not permitted"),
        (problem(402, "does not have any credits"), LOCKED, "402: does not have any credits"),
        (problem(503, "Service Unavailable"), Outcome.UNKNOWN, "503: Service Unavailable"),
        (Reply(500, b"<html>"), Outcome.UNKNOWN, "HTTP 500"),
        (Reply(201, b"<html>"), Outcome.UNKNOWN, "not JSON"),
        (Reply(201, {"data": {}}), Outcome.UNKNOWN, "no id in the answer"),
    ],
)
def test_what_the_publishing_answer_means(desk: Desk, reply: Reply, outcome: str, said: str) -> None:
    """Each answer has its outcome, in X's own words, after exactly one request."""
    desk.x.answers = [reply]
    answer = desk.line().send(desk.intent())
    assert verdict(answer) == outcome
    assert said in answer.reason
    assert len(desk.server.sent("POST", TWEETS)) == 1


@pytest.mark.parametrize(
    ("limits", "minutes"),
    [
        ({"x-rate-limit-reset": 15}, 15),
        ({"x-rate-limit-reset": 15, "x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": 600}, 600),
        ({"x-rate-limit-reset": 15, "x-user-limit-24hour-remaining": "9", "x-user-limit-24hour-reset": 600}, 15),
        ({"x-rate-limit-reset": 9999}, 24 * 60),
        ({}, 5),
    ],
)
def test_too_many_requests_wait_for_the_window(desk: Desk, limits: dict[str, Any], minutes: int) -> None:
    """429 waits until the window that is used up opens again, a day at most, before and while publishing."""
    now = desk.clock.now().replace(microsecond=0)
    desk.clock = SetClock(now)
    headers = {
        name: str(int((now + timedelta(minutes=value)).timestamp())) if name.endswith("reset") else value
        for name, value in limits.items()
    }
    refusal = Reply(429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, headers)
    desk.x.answers = [refusal]
    answer = desk.line().send(desk.intent())
    assert (answer.outcome, answer.reason) == (Outcome.LATER, "429: Rate limit exceeded")
    assert answer.retry_at == now + timedelta(minutes=minutes)
    desk.server.routes["GET /2/users/me"] = lambda _request: refusal
    assert desk.line().send(desk.intent()).retry_at == now + timedelta(minutes=minutes)


def test_a_wrong_token_locks_the_account_out_and_is_never_shown(desk: Desk) -> None:
    """X's words, without the token, even when X repeats it."""
    secret = "wrong-token-of-somebody"
    answer = desk.line(token=secret).send(desk.intent())
    assert (verdict(answer), answer.reason) == (LOCKED, "401: Unauthorized")
    desk.server.routes["GET /2/users/me"] = lambda _request: problem(401, f"token {secret} is no token")
    assert secret not in repr(desk.line(token=secret).send(desk.intent()))
    assert secret not in repr(desk.line(token=secret).find(tried(desk.intent(), desk.clock.now())))
    assert desk.server.sent("POST") == []
    with pytest.raises(UsageError, match="has no token"):
        desk.line(token="")


@pytest.mark.parametrize("own", ["@nordlichtkaffee", "NordlichtKaffee", ME])
def test_the_account_is_known_by_name_or_number(desk: Desk, own: str) -> None:
    """A name in any case, with or without its sign, or X's number; it is asked for once per line."""
    line = desk.line(id=own)
    assert line.send(desk.intent()).outcome is Outcome.ACCEPTED
    assert line.send(desk.intent("Noch einer")).outcome is Outcome.ACCEPTED
    assert len(desk.server.sent("GET", "/2/users/me")) == 1


def test_a_token_of_somebody_else_publishes_nothing(desk: Desk) -> None:
    """Asked before the first post."""
    answer = desk.line(id="@other").send(desk.intent())
    assert verdict(answer) == LOCKED
    assert answer.reason == "the token of x belongs to 'NordlichtKaffee', not to 'other'"
    assert desk.server.sent("POST") == []


def test_an_outage_before_publishing_only_postpones(desk: Desk) -> None:
    """A busy upload and a server that is away: nothing is out, so the part comes again."""
    desk.server.routes["POST /2/media/upload/initialize"] = lambda _request: problem(503, "busy")
    answer = desk.line().send(desk.intent(attachments=(attach("media/a.png", PICTURE, "x"),)))
    assert (answer.outcome, answer.reason) == (Outcome.LATER, "503: busy")
    assert desk.line(server="http://127.0.0.1:9").send(desk.intent()).outcome is Outcome.LATER
    assert desk.server.sent("POST", TWEETS) == []


def test_an_upload_is_used_again_until_x_forgets_it(desk: Desk) -> None:
    """One upload for two tries; after a day, or when X says that it is gone, the next try uploads anew."""
    intent = desk.intent(attachments=(attach("media/a.png", PICTURE, "x"),))
    gone = problem(400, "Your media IDs are invalid.")
    desk.x.answers = [problem(429, "later"), gone]
    line = desk.line()
    assert line.send(intent).outcome is Outcome.LATER
    answer = line.send(intent)
    assert (answer.outcome, answer.reason) == (Outcome.LATER, "400: Your media IDs are invalid.")
    assert len(desk.server.sent("POST", "/2/media/upload/initialize")) == 1
    assert line.send(intent).outcome is Outcome.ACCEPTED
    assert len(desk.server.sent("POST", "/2/media/upload/initialize")) == 2
    desk.clock.moment += timedelta(hours=23, minutes=1)
    assert line.send(intent).outcome is Outcome.ACCEPTED
    assert len(desk.server.sent("POST", "/2/media/upload/initialize")) == 3
    desk.x.answers = [gone]
    fresh = desk.intent("Neu", attachments=(attach("media/b.png", SECOND, "x"),))
    assert line.send(fresh).outcome is Outcome.REFUSED, "a file that was just uploaded is not uploaded again"


def test_another_alt_text_is_another_upload(desk: Desk) -> None:
    """The description hangs on the file, so a corrected one needs its own."""
    for alt in ("Tür", "Tor"):
        desk.line().send(desk.intent(alt, attachments=(attach("media/a.png", PICTURE, alt),)))
    assert sorted(desk.x.alts.values()) == ["Tor", "Tür"]


@pytest.mark.parametrize(
    ("states", "naps", "complaint"),
    [
        (["pending", "in_progress", "succeeded"], [5.0, 5.0], ""),
        (["in_progress", "failed"], [5.0], "X could not use the file: InvalidMedia"),
        (["in_progress"] * 30, [5.0] * 12, "still working"),
    ],
)
def test_a_film_in_work_is_waited_for(desk: Desk, states: list[str], naps: list[float], complaint: str) -> None:
    """X says when to look again, and is given a minute."""
    slept: list[float] = []
    api = Api(desk.server.address, TOKEN, Web(allowed_hosts=frozenset({desk.server.host_port})))
    uploads = Uploads(api, reader(FILES), desk.notes, desk.clock, slept.append)
    desk.x.states = states
    film = (replace(attach("media/d.mp4", FILM, "Film"), kind="video"),)
    if complaint:
        with pytest.raises(NotBegunError, match=complaint):
            uploads.put_all(film, ME, 150.0)
        assert desk.notes.kept == {}
    else:
        assert uploads.put_all(film, ME, 150.0)[0].id in desk.x.files
    assert slept == naps


def test_taking_back_twice_is_taking_back_once(desk: Desk) -> None:
    """X says deleted each time, or that there is nothing; both are."""
    line = desk.line()
    post = line.send(desk.intent()).remote_id
    assert [line.delete(post).outcome for _time in range(2)] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert desk.x.posts == []
    desk.server.routes["DELETE /2/tweets/*"] = lambda _request: problem(404, "Not Found")
    assert line.delete(post).outcome is Outcome.ACCEPTED
    desk.server.routes["DELETE /2/tweets/*"] = lambda _request: problem(403, "not yours")
    assert (line.delete(post).outcome, line.delete(post).reason) == (Outcome.REFUSED, "403: not yours")
    assert verdict(desk.line(id="@other").delete(post)) == LOCKED


def test_x_does_not_edit(desk: Desk) -> None:
    """The sentence says what to do instead, and nothing is asked."""
    answer = desk.line().edit("1", desk.intent())
    assert (answer.outcome, "publish it anew" in answer.reason) == (Outcome.REFUSED, True)
    assert desk.server.requests == []


def test_the_figures_have_the_houses_names(desk: Desk) -> None:
    """Public counts always, clicks while X tells them; what is older than that is asked for without, once."""
    public = {
        "retweet_count": 5, "reply_count": 2, "like_count": 30, "quote_count": 1, "bookmark_count": 4,
        "impression_count": 900,
    }  # fmt: skip

    def answer(request: Request) -> Reply:
        young = {"id": "1", "public_metrics": public, "non_public_metrics": {"url_link_clicks": 7}}
        old = {"id": "2", "public_metrics": {"like_count": 3}}
        private = "non_public_metrics" in request.query["tweet.fields"]
        found = [post for post in (young, old) if post["id"] in request.query["ids"].split(",")]
        return Reply(200, {"data": [post for post in found if not private or post is young]})

    desk.server.routes["GET /2/tweets"] = answer
    counted = {"likes": 30, "comments": 2, "shares": 6, "saves": 4, "impressions": 900, "clicks": 7}
    assert desk.line().counts(["1", "2", "3"]) == {"1": counted, "2": {"likes": 3}}
    assert [request.query["ids"] for request in desk.server.sent("GET", "/2/tweets")] == ["1,2,3", "2,3"]
    line: Any = desk.line()
    assert line.audience() == {"followers": 1234}


def test_replies_and_mentions_are_heard_oldest_first(desk: Desk) -> None:
    """A reply to our post is a comment below it, anything else a mention; our own words are neither."""

    def mention(number: int, author: str, text: str, **more: object) -> dict[str, object]:
        at = desk.clock.now() + timedelta(seconds=number)
        stamp = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return {"id": str(number), "author_id": author, "text": text, "created_at": stamp, "lang": "de", **more}

    pages = {
        "": {
            "data": [
                mention(9, "5", "@NordlichtKaffee wann &amp; wo?", conversation_id="100",
                        referenced_tweets=[{"type": "replied_to", "id": "8"}]),
                mention(8, ME, "selbst"),
            ],
            "includes": {"users": [{"id": "5", "username": "anna"}]},
            "meta": {"result_count": 2, "next_token": "more"},
        },
        "more": {
            "data": [
                mention(2, "6", "Danke!", referenced_tweets=[{"type": "replied_to", "id": "100"}]),
                mention(1, "5", "Gruß an @NordlichtKaffee", conversation_id="1"),
            ],
            "includes": {"users": [{"id": "5", "username": "anna"}]},
            "meta": {"result_count": 2},
        },
    }  # fmt: skip
    asked: list[Mapping[str, str]] = []

    def answer(request: Request) -> Reply:
        asked.append(request.query)
        return Reply(200, pages[request.query.get("pagination_token", "")])

    desk.server.routes[f"GET /2/users/{ME}/mentions"] = answer
    line = desk.line()
    assert isinstance(line, Listening)
    since = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC)
    heard = list(line.listen(since, ["100"]))
    assert [(one.remote_id, one.author, one.kind, one.below, one.answers) for one in heard] == [
        ("1", "@anna", MessageKind.MENTION, "", ""),
        ("2", "6", MessageKind.COMMENT, "100", "100"),
        ("9", "@anna", MessageKind.COMMENT, "100", "8"),
    ]
    assert heard[-1].text == "@NordlichtKaffee wann & wo?"
    assert heard[-1].url == "https://x.com/anna/status/9"
    assert asked[0]["start_time"] == "2026-11-21T12:00:30Z"
