"""LinkedIn's line against a server that keeps to LinkedIn's documentation and misbehaves where a network may."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.connections.pretend_linkedin import PAGE, TOKEN, PretendLinkedIn, duplicate, error
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.pretend import PretendServer, Reply
from toolkit.errors import UsageError
from toolkit.model import Attachment, MessageKind, Outcome, Presence, SetClock
from toolkit.networks.base import Action, Connection, Intent, Listening, Memory, Surroundings
from toolkit.networks.linkedin import NETWORK, connect
from toolkit.networks.linkedin.api import Api
from toolkit.networks.linkedin.littletext import little_text
from toolkit.networks.linkedin.uploads import Uploads
from toolkit.settings import Account
from toolkit.web import Web

PICTURE = make_picture()
SECOND = make_picture("#654321")
PDF = b"%PDF-1.7\nhandout"
# An empty film, as large as two whole pieces and a rest.
MOVIE = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08moov" + (8 * 1024 * 1024).to_bytes(4, "big") + b"mdat" + bytes(2**23 - 8)
FILES = {"media/d.mp4": MOVIE, "media/a.png": PICTURE, "media/b.png": SECOND, "media/handout.pdf": PDF}
TEXT = "Tür 1 (heute): unser Winterröster_250 https://example.com/winter #Advent"
POSTS = "/rest/posts"


class Desk:
    """A pretend LinkedIn and what is needed to open lines to it."""

    def __init__(self, server: PretendServer) -> None:
        self.linkedin = PretendLinkedIn(server)
        self.server = server
        self.clock = SetClock(datetime.now(UTC))
        self.notes = Memory()
        self.account = Account("linkedin", "linkedin", PAGE, server=server.address)

    def line(self, token: str = TOKEN, files: Mapping[str, bytes] | None = None, **account: Any) -> Connection:
        web = Web(allowed_hosts=frozenset({self.server.host_port}))
        around = Surroundings(web, self.clock, (files or FILES).__getitem__, notes=self.notes)
        return connect(replace(self.account, **account), token, around)

    def intent(self, text: str = TEXT, **more: Any) -> Intent:
        fields = {"commentary": little_text(text), **more.pop("fields", {})}
        return make_intent(self.account, text, fields=fields, **more)

    def comment(self, text: str, below: str) -> Intent:
        return replace(self.intent(text, key="c", previous=below), action=Action.COMMENT)

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.server.sent("POST", POSTS)[-1].body)
        return found


@pytest.fixture
def desk(pretend: PretendServer) -> Iterator[Desk]:
    desk = Desk(pretend)
    yield desk
    assert desk.linkedin.problems == []


def test_a_text_goes_out_as_little_text(desk: Desk) -> None:
    """Author, escaped text, visibility and distribution are what the Posts API documents; the URN becomes the address."""
    answer = desk.line().send(desk.intent())
    (urn,) = desk.linkedin.posts
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, urn)
    assert answer.url == f"https://www.linkedin.com/feed/update/{urn}/"
    assert desk.body() == {
        "author": PAGE,
        "commentary": r"Tür 1 \(heute\): unser Winterröster\_250 https://example.com/winter {hashtag|\#|Advent}",
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }


def test_the_options_of_a_post_are_sent(desk: Desk) -> None:
    """Visibility, resharing and a link card, whose picture is the post's."""
    fields = {
        "visibility": "LOGGED_IN",
        "resharing": "no",
        "link": "https://example.com/winter",
        "card_title": "Winterröster",
        "card_description": "Nussig",
    }
    attachments = (attach("media/a.png", PICTURE, "Tür"),)
    assert desk.line().send(desk.intent(fields=fields, attachments=attachments)).outcome is Outcome.ACCEPTED
    body, (image,) = desk.body(), desk.linkedin.files
    assert (body["visibility"], body["isReshareDisabledByAuthor"]) == ("LOGGED_IN", True)
    assert body["content"] == {
        "article": {
            "source": "https://example.com/winter",
            "title": "Winterröster",
            "description": "Nussig",
            "thumbnail": image,
        }
    }


def test_one_picture_and_several_take_different_forms(desk: Desk) -> None:
    """One picture is `media`, two are `multiImage`, in their order and each with its alt text."""
    one, two = attach("media/a.png", PICTURE, "Tür"), attach("media/b.png", SECOND, "Tasse")
    desk.line().send(desk.intent(attachments=(one,)))
    first = desk.body()["content"]["media"]
    assert first["altText"] == "Tür"
    assert desk.linkedin.files[first["id"]].startswith(b"\x89PNG")
    desk.line().send(desk.intent("Zwei", key="2", attachments=(one, two)))
    images = desk.body()["content"]["multiImage"]["images"]
    assert [image["altText"] for image in images] == ["Tür", "Tasse"]
    assert images[0]["id"] == first["id"], "the same picture is not uploaded twice"


def test_a_handout_is_a_document(desk: Desk) -> None:
    """A PDF goes through the Documents API, byte for byte, with its title."""
    handout = replace(attach("media/handout.pdf", PDF, ""), kind="document")
    assert desk.line().send(desk.intent(attachments=(handout,))).outcome is Outcome.ACCEPTED
    content = desk.body()["content"]["media"]
    assert content["title"] == "handout.pdf"
    assert desk.linkedin.files[content["id"]] == PDF
    assert content["id"].startswith("urn:li:document:")


def test_a_poll_is_the_content_of_its_post(desk: Desk) -> None:
    """Question, answers and one of LinkedIn's durations; a week where the post does not say."""
    fields = {"poll_options": "Filter | Espresso", "poll_question": "Was trinkt ihr?"}
    desk.line().send(desk.intent(fields=fields))
    assert desk.body()["content"] == {
        "poll": {
            "question": "Was trinkt ihr?",
            "options": [{"text": "Filter"}, {"text": "Espresso"}],
            "settings": {"duration": "SEVEN_DAYS"},
        }
    }
    assert desk.line().send(desk.intent("Neu", fields={**fields, "poll_days": "14"})).outcome is Outcome.ACCEPTED
    assert desk.body()["content"]["poll"]["settings"] == {"duration": "FOURTEEN_DAYS"}


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"poll_options": "Ja"}, "two to 4 different answers"),
        ({"poll_options": "a|b|c|d|e"}, "two to 4 different answers"),
        ({"poll_options": "a|b", "poll_days": "5"}, "open for 1, 3, 7, 14 days"),
        ({"poll_options": "a|b", "poll_question": "x" * 141}, "one to 140 characters"),
        ({"poll_options": "a|b", "poll_question": ""}, "one to 140 characters"),
        ({"poll_options": f"a|{'x' * 31}"}, "31 characters, LinkedIn takes 30"),
        ({"poll_options": "a|b", "link": "https://a.de", "card_title": "t"}, "a poll, or media, or a link card"),
    ],
)
def test_a_poll_that_linkedin_would_not_take_is_refused_before(
    desk: Desk, fields: dict[str, str], complaint: str
) -> None:
    """The reason names the rule, and nothing is asked."""
    answer = desk.line().send(desk.intent(fields={"poll_question": "Was?", **fields}))
    assert answer.outcome is Outcome.REFUSED
    assert complaint in answer.reason
    assert desk.server.requests == []


def test_a_film_goes_up_in_the_pieces_that_linkedin_asks_for(desk: Desk) -> None:
    """Three pieces, put together again byte for byte by their tags; the next try finds it without another upload."""
    film = (replace(attach("media/d.mp4", FILES["media/d.mp4"], ""), kind="video"),)
    desk.linkedin.answers = [error(429, "later")]
    intent = desk.intent(attachments=film, fields={"media_title": "Rösten"})
    assert desk.line().send(intent).outcome is Outcome.LATER
    assert desk.line().send(intent).outcome is Outcome.ACCEPTED
    content = desk.body()["content"]["media"]
    assert content["title"] == "Rösten"
    assert desk.linkedin.files == {content["id"]: FILES["media/d.mp4"]}
    assert len(desk.server.sent("PUT")) == 3


def test_an_upload_address_that_leaves_something_out_is_not_used(desk: Desk) -> None:
    """Pieces that are not the whole file are refused before one of them is sent."""
    piece = {"uploadUrl": f"{desk.server.address}/dms-uploads/1", "firstByte": 0, "lastByte": 9}
    value = {"value": {"video": "urn:li:video:1", "uploadInstructions": [piece]}}
    desk.server.routes["POST /rest/videos"] = lambda _request: Reply(200, value)
    film = (replace(attach("media/d.mp4", FILES["media/d.mp4"], ""), kind="video"),)
    answer = desk.line().send(desk.intent(attachments=film))
    assert (answer.outcome, "gave no address" in answer.reason) == (Outcome.REFUSED, True)
    assert desk.server.sent("PUT") == []


@pytest.mark.parametrize(
    ("attachments", "fields", "complaint"),
    [
        ((attach("media/a.png", PICTURE, "x" * 4087),), {}, "4087 characters, LinkedIn takes 4086"),
        (tuple(attach("media/a.png", PICTURE, "x") for _n in range(21)), {}, "21 media, LinkedIn takes 20"),
        ((Attachment("media/song.mp3", "audio", "x"),), {}, "of the kind audio is not sent"),
        ((Attachment("a.pdf", "document", ""), Attachment("b.png", "photo", "")), {}, "one document, or one film"),
        ((Attachment("a.mp4", "video", ""), Attachment("b.png", "photo", "")), {}, "one document, or one film"),
        ((Attachment("a.pdf", "document", ""),), {"link": "https://a.de", "card_title": "t"}, "one picture at most"),
        ((), {"link": "https://a.de"}, "needs a title"),
        ((attach("media/handout.pdf", PDF, "x"),), {}, "is application/pdf, which LinkedIn"),
        ((Attachment("media/a.png", "document", "x"),), {}, "image/png, which LinkedIn does not take"),
        ((attach("media/a.png", b"another", "x"),), {}, "changed after it was rendered"),
    ],
)
def test_what_linkedin_would_not_take_is_refused_before(
    desk: Desk, attachments: tuple[Attachment, ...], fields: dict[str, str], complaint: str
) -> None:
    """The reason names the limit or the rule, and no publishing request was made."""
    answer = desk.line().send(desk.intent(attachments=attachments, fields=fields))
    assert answer.outcome is Outcome.REFUSED
    assert complaint in answer.reason
    assert desk.server.sent("POST", POSTS) == []


def test_a_text_over_the_limit_is_refused_without_any_request(desk: Desk) -> None:
    """3,000 is the last length, of what people see."""
    too_long = desk.intent("x" * 3001)
    answer = desk.line().send(replace_count(too_long, 3001))
    assert (answer.outcome, answer.reason) == (Outcome.REFUSED, "3001 characters, LinkedIn takes 3000")
    assert desk.server.requests == []
    assert desk.line().send(desk.intent("_" * 3000)).outcome is Outcome.ACCEPTED


def replace_count(intent: Intent, length: int) -> Intent:
    """The intent with the count that rendering gives it."""
    part = replace(intent.content, count=NETWORK.count("x" * length))
    return replace(intent, rendition=replace(intent.rendition, parts=(part,)))


def test_a_lost_reply_is_found_again(desk: Desk) -> None:
    """LinkedIn took it and the answer was lost: unknown, one request, and the read-back names the post."""
    desk.linkedin.answers = ["lose"]
    intent, began = desk.intent(), desk.clock.now()
    answer = desk.line().send(intent)
    assert answer.outcome is Outcome.UNKNOWN
    assert len(desk.server.sent("POST", POSTS)) == 1
    (urn,) = desk.linkedin.posts
    desk.linkedin.posts[urn]["commentary"] = desk.linkedin.posts[urn]["commentary"].replace(
        "https://example.com/winter", "https://lnkd.in/eAbC123"
    )
    sighting = desk.line().find(tried(intent, began))
    assert (sighting.presence, sighting.remote_id) == (Presence.FOUND, urn)


def test_what_never_arrived_is_absent(desk: Desk) -> None:
    """No post since the first try, and an older one of the same text proves nothing."""
    old = desk.linkedin.out(commentary=little_text(TEXT))
    desk.linkedin.posts[old]["createdAt"] -= 3_600_000
    assert desk.line().find(tried(desk.intent(), desk.clock.now())).presence is Presence.ABSENT


def test_absence_is_read_to_the_end(desk: Desk) -> None:
    """150 newer posts of others' texts take two pages and more; the one that is ours is on the second."""
    began = desk.clock.now()
    ours = desk.linkedin.out(commentary=little_text(TEXT))
    desk.linkedin.posts[ours]["createdAt"] -= 1000
    for number in range(150):
        desk.linkedin.out(commentary=f"Nachricht {number}")
    assert desk.line().find(tried(desk.intent(), began)).remote_id == ours
    assert desk.line().find(tried(desk.intent("Etwas anderes"), began)).presence is Presence.ABSENT
    assert {request.query["start"] for request in desk.server.sent("GET", POSTS)} >= {"0", "100", "200"}


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ([TEXT, TEXT], "more than one post fits"),
        (["Tür 1 (heute): unser Winterröster_250"], "not the same"),  # cut off
    ],
)
def test_doubt_stays_doubt(desk: Desk, shown: list[str], reason: str) -> None:
    """Two posts that fit, or one that begins like ours, are for a person to judge."""
    for text in shown:
        desk.linkedin.out(commentary=little_text(text))
    sighting = desk.line().find(tried(desk.intent(), desk.clock.now()))
    assert sighting.presence is Presence.UNCLEAR
    assert reason in sighting.reason


def test_a_post_with_other_media_is_another_post(desk: Desk) -> None:
    """The text is the same, the picture is missing: not ours, and a resemblance keeps it from being sent again."""
    desk.linkedin.out(commentary=little_text(TEXT))
    intent = desk.intent(attachments=(attach("media/a.png", PICTURE, "x"),))
    assert desk.line().find(tried(intent, desk.clock.now())).presence is Presence.UNCLEAR


def test_who_may_not_read_cannot_prove_absence(desk: Desk) -> None:
    """403 on the read-back is UNCLEAR in LinkedIn's words; a retry after a plain refusal goes out all the same."""
    words = "Not enough permissions to access: partnerApiPosts.FINDER-author"
    desk.server.routes["GET /rest/posts"] = lambda _request: error(403, words)
    intent = tried(desk.intent(), desk.clock.now())
    sighting = desk.line().find(intent)
    assert (sighting.presence, sighting.reason) == (Presence.UNCLEAR, f"403: {words}")
    assert desk.line().send(intent).outcome is Outcome.ACCEPTED


def test_a_retry_looks_first(desk: Desk) -> None:
    """What is out already is confirmed and not sent again."""
    urn = desk.linkedin.out(commentary=little_text(TEXT))
    answer = desk.line().send(tried(desk.intent(), desk.clock.now()))
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, urn)
    assert desk.server.sent("POST", POSTS) == []


def test_a_duplicate_is_verified_by_its_urn(desk: Desk) -> None:
    """LinkedIn names the post: it is there, new and ours, so it is found, whatever the list shows."""
    began = desk.clock.now()
    urn = desk.linkedin.out(commentary=little_text(TEXT))
    desk.linkedin.answers = [duplicate(urn)]
    answer = desk.line().send(desk.intent())
    assert (answer.outcome, answer.remote_id) == (Outcome.DUPLICATE, urn)
    assert "Content is a duplicate of" in answer.reason
    desk.server.routes["GET /rest/posts"] = lambda _request: error(403, "no")
    sighting = desk.line().find(tried(desk.intent(), began))
    assert (sighting.presence, sighting.remote_id) == (Presence.FOUND, urn)
    assert desk.line().find(desk.intent()).presence is Presence.FOUND, "LinkedIn repeated our first request itself"


def test_a_ghost_is_not_believed(desk: Desk) -> None:
    """LinkedIn names a post that does not exist (404): a person decides."""
    desk.linkedin.answers = [duplicate("urn:li:share:7431329065766260736")]
    assert desk.line().send(desk.intent()).outcome is Outcome.DUPLICATE
    sighting = desk.line().find(tried(desk.intent(), desk.clock.now()))
    assert sighting.presence is Presence.UNCLEAR
    assert "urn:li:share:7431329065766260736, which does not exist" in sighting.reason


def test_a_duplicate_of_an_older_post_is_not_ours(desk: Desk) -> None:
    """A post of last week cannot be the one that was tried today."""
    urn = desk.linkedin.out(commentary=little_text(TEXT))
    desk.linkedin.posts[urn]["createdAt"] -= 7 * 86_400_000
    desk.linkedin.answers = [duplicate(urn)]
    desk.line().send(desk.intent())
    sighting = desk.line().find(tried(desk.intent(), desk.clock.now()))
    assert sighting.presence is Presence.UNCLEAR
    assert "another or an older post" in sighting.reason


@pytest.mark.parametrize(
    ("reply", "outcome", "said"),
    [
        (Reply(429, {"status": 429, "message": "Resource level throttle DAY limit"}, {"Retry-After": "7200"}),
         Outcome.LATER, "429: Resource level throttle DAY limit"),
        (error(400, "Field Value validation failed"), Outcome.REFUSED, "400: Field Value validation failed"),
        (error(403, "Unpermitted fields present"), Outcome.REFUSED, "403: Unpermitted fields present"),
        (error(500, "Internal Server Error"), Outcome.UNKNOWN, "500: Internal Server Error"),
        (Reply(503, b"<html>", {"Content-Type": "text/html"}), Outcome.UNKNOWN, "HTTP 503"),
        (Reply(201, b""), Outcome.UNKNOWN, "did not say under which URN"),
        (error(426, "Requested version 20260901 is not active", code="NONEXISTENT_VERSION"), Outcome.REFUSED,
         "not active (this version of LinkedIn's API was switched off: update Leitstand; see leitstand networks check-age"),
    ],
)  # fmt: skip
def test_what_the_publishing_answer_means(desk: Desk, reply: Reply, outcome: Outcome, said: str) -> None:
    """Each answer has its outcome, in LinkedIn's own words, after exactly one request."""
    desk.linkedin.answers = [reply]
    answer = desk.line().send(desk.intent())
    assert answer.outcome is outcome
    assert said in answer.reason
    assert len(desk.server.sent("POST", POSTS)) == 1
    if outcome is Outcome.LATER:
        assert answer.retry_at == desk.clock.now() + timedelta(hours=2)


def test_a_dead_version_is_found_before_anything_is_published(desk: Desk) -> None:
    """426 on the first question refuses with the remedy."""
    desk.server.routes["GET /rest/organizationAcls"] = lambda _request: error(426, "Requested version is not active")
    answer = desk.line().send(desk.intent())
    assert answer.outcome is Outcome.REFUSED
    assert "update Leitstand" in answer.reason
    assert desk.server.sent("POST") == []


def test_a_wrong_token_locks_the_account_out_and_is_never_shown(desk: Desk) -> None:
    """LinkedIn's words, without the token, even when LinkedIn repeats it."""
    secret = "AQX-wrong-token"
    answer = desk.line(token=secret).send(desk.intent())
    assert verdict(answer) == LOCKED
    assert "revoked by the user" in answer.reason
    desk.server.routes["GET /rest/organizationAcls"] = lambda _request: error(401, f"token {secret} is no token")
    assert secret not in repr(desk.line(token=secret).send(desk.intent()))
    assert secret not in repr(desk.line(token=secret).find(tried(desk.intent(), desk.clock.now())))
    assert desk.server.sent("POST") == []


@pytest.mark.parametrize(
    ("roles", "complaint"),
    [
        ([], f"has no role on {PAGE}"),
        ([{"organization": "urn:li:organization:1", "role": "ADMINISTRATOR"}], "has no role on"),
        ([{"organization": PAGE, "role": "ANALYST"}], "may not publish for urn:li:organization:2414183; its role"),
    ],
)
def test_a_token_of_somebody_else_publishes_nothing(desk: Desk, roles: list[dict[str, str]], complaint: str) -> None:
    """A page takes posts only from those who have a role there; asked before the first post."""
    desk.linkedin.roles = roles
    answer = desk.line().send(desk.intent())
    assert verdict(answer) == LOCKED
    assert complaint in answer.reason
    assert desk.server.sent("POST") == []


def test_a_person_is_compared_with_the_token(desk: Desk) -> None:
    """A member's own account: the token's id has to be the account's; apps without OpenID are asked the other way."""
    right = desk.line(id="urn:li:person:782bbtaQ")
    assert right.send(desk.intent()).outcome is Outcome.ACCEPTED
    assert desk.body()["author"] == "urn:li:person:782bbtaQ"
    answer = desk.line(id="urn:li:person:other").send(desk.intent())
    assert "belongs to urn:li:person:782bbtaQ, not to urn:li:person:other" in answer.reason
    desk.server.routes["GET /v2/userinfo"] = lambda _request: error(403, "Not enough permissions")
    desk.server.routes["GET /v2/me"] = lambda _request: Reply(200, {"id": "782bbtaQ"})
    assert desk.line(id="urn:li:person:782bbtaQ").send(desk.intent("Neu", key="n")).outcome is Outcome.ACCEPTED


def test_an_account_needs_a_urn_and_a_token(desk: Desk) -> None:
    """Both are said when the line is opened."""
    with pytest.raises(UsageError, match="needs its URN as id"):
        desk.line(id="nordlicht-kaffee")
    with pytest.raises(UsageError, match="has no token"):
        desk.line(token="")


def test_an_outage_before_publishing_only_postpones(desk: Desk) -> None:
    """A dropped question, a busy upload and a server that is away: nothing is out, so the part comes again."""
    desk.server.routes["POST /rest/images"] = lambda _request: error(503, "busy")
    intent = desk.intent(attachments=(attach("media/a.png", PICTURE, "x"),))
    assert desk.line().send(intent).outcome is Outcome.LATER
    away = desk.line(server="http://127.0.0.1:9")
    answer = away.send(desk.intent())
    assert answer.outcome is Outcome.LATER
    assert answer.retry_at is not None
    assert desk.server.sent("POST", POSTS) == []


def test_an_upload_is_used_again_after_a_retry(desk: Desk) -> None:
    """The picture goes up once; when LinkedIn has lost it, it goes up again."""
    intent = desk.intent(attachments=(attach("media/a.png", PICTURE, "x"),))
    desk.linkedin.answers = [error(429, "later"), error(429, "later")]
    desk.line().send(intent)
    desk.line().send(intent)
    assert len(desk.server.sent("PUT")) == 1
    desk.linkedin.files.clear()
    assert desk.line().send(intent).outcome is Outcome.ACCEPTED
    assert len(desk.server.sent("PUT")) == 2


@pytest.mark.parametrize(
    ("states", "naps", "complaint"),
    [
        (["PROCESSING", "PROCESSING", "AVAILABLE"], [0.5, 1], ""),
        (["PROCESSING_FAILED"], [], "could not read the image"),
        (["PROCESSING"] * 20, [0.5, 1, 1.5, 2, 5, 5, 5, 10, 10, 10, 10], "still working"),
    ],
)
def test_a_picture_in_work_is_waited_for(desk: Desk, states: list[str], naps: list[float], complaint: str) -> None:
    """LinkedIn is asked with growing patience, for a minute at most."""
    from toolkit.networks.answers import NotBegunError

    slept: list[float] = []
    api = Api(desk.server.address, TOKEN, Web(allowed_hosts=frozenset({desk.server.host_port})), "202609")
    uploads = Uploads(api, PAGE, FILES.__getitem__, desk.notes, desk.clock, slept.append)
    desk.linkedin.states = states
    picture = attach("media/a.png", PICTURE, "x")
    if complaint:
        with pytest.raises(NotBegunError, match=complaint):
            uploads.put(picture, 150.0)
    else:
        assert uploads.put(picture, 150.0) in desk.linkedin.files
    assert slept == naps


def test_the_token_goes_to_linkedin_alone(desk: Desk) -> None:
    """An upload address elsewhere gets the file without the token."""
    web = Web(allowed_hosts=frozenset({desk.server.host_port}))
    api = Api("https://api.linkedin.com", TOKEN, web, "202609")
    desk.server.routes["PUT /elsewhere"] = lambda _request: Reply(201, b"")
    assert api.upload(f"{desk.server.address}/elsewhere", b"x", "image/png", 10).status == 201
    assert "authorization" not in desk.server.sent("PUT", "/elsewhere")[0].headers
    assert api._is_ours("https://www.linkedin.com/dms-uploads/x")
    for foreign in ("https://evil-linkedin.com/x", "http://www.linkedin.com/x", "https://linkedin.com.evil.example/x"):
        assert not api._is_ours(foreign)


def test_the_first_comment_stands_below_the_post(desk: Desk) -> None:
    """Plain text by the page, with the post as its object; found again when the reply was lost."""
    line = desk.line()
    post = line.send(desk.intent()).remote_id
    began = desk.clock.now()
    desk.linkedin.answers = ["lose"]
    intent = desk.comment("Mehr unter https://example.com/a_b (heute)", post)
    assert line.send(intent).outcome is Outcome.UNKNOWN
    (comment,) = desk.linkedin.comments[post]
    assert comment["message"]["text"] == "Mehr unter https://example.com/a_b (heute)"
    assert comment["actor"] == PAGE
    sighting = line.find(tried(intent, began))
    assert (sighting.presence, sighting.remote_id) == (Presence.FOUND, comment["commentUrn"])
    assert line.send(tried(intent, began)).remote_id == comment["commentUrn"]
    assert line.find(tried(desk.comment("Anderes", post), began)).presence is Presence.ABSENT


def test_a_comment_has_its_own_limits(desk: Desk) -> None:
    """1,250 characters, no media, and a post that is gone is a refusal."""
    assert "1251 characters" in desk.line().send(desk.comment("x" * 1251, "urn:li:share:1")).reason
    pictured = replace(
        desk.intent(previous="urn:li:share:1", attachments=(attach("media/a.png", PICTURE, "x"),)),
        action=Action.COMMENT,
    )
    assert "without media" in desk.line().send(pictured).reason
    desk.linkedin.answers = [error(404, "threadUrn does not exist")]
    answer = desk.line().send(desk.comment("x", "urn:li:share:1"))
    assert (answer.outcome, answer.reason) == (Outcome.REFUSED, "404: threadUrn does not exist")


def test_an_edit_replaces_the_text_and_may_be_repeated(desk: Desk) -> None:
    """A partial update of the commentary, the same twice; comments are edited in their own form."""
    line = desk.line()
    post = line.send(desk.intent()).remote_id
    for _time in range(2):
        assert line.edit(post, desk.intent("Neu (jetzt)")).outcome is Outcome.ACCEPTED
    assert desk.linkedin.posts[post]["commentary"] == r"Neu \(jetzt\)"
    desk.server.routes["POST /rest/posts/*"] = lambda _request: duplicate(post)
    assert line.edit(post, desk.intent("Neu")).outcome is Outcome.REFUSED, "an edit is no second post"
    comment = line.send(desk.comment("Alt", post)).remote_id
    assert line.edit(comment, desk.intent("Neu")).outcome is Outcome.ACCEPTED
    assert desk.linkedin.edits == [{"patch": {"message": {"$set": {"text": "Neu"}}}}]


def test_taking_back_twice_is_taking_back_once(desk: Desk) -> None:
    """Posts and comments go; what is gone already counts as taken back."""
    line = desk.line()
    post = line.send(desk.intent()).remote_id
    comment = line.send(desk.comment("Mehr", post)).remote_id
    assert line.delete(comment).outcome is Outcome.ACCEPTED
    assert desk.linkedin.comments[post] == []
    assert [line.delete(post).outcome for _time in range(2)] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert desk.linkedin.posts == {}
    desk.server.routes["DELETE /rest/posts/*"] = lambda _request: error(404, "gone")
    assert line.delete(post).outcome is Outcome.ACCEPTED
    desk.server.routes["DELETE /rest/posts/*"] = lambda _request: error(403, "not yours")
    assert (line.delete(post).outcome, line.delete(post).reason) == (Outcome.REFUSED, "403: not yours")


def test_the_figures_have_the_houses_names(desk: Desk) -> None:
    """A page's statistics come in one request for each sort of post; what they leave out is asked for one by one."""
    share, ugc, gone = "urn:li:share:1", "urn:li:ugcPost:2", "urn:li:share:3"
    statistics = {
        "uniqueImpressionsCount": 700, "shareCount": 2, "engagement": 0.1, "clickCount": 40, "likeCount": 30,
        "impressionCount": 900, "commentCount": 5,
    }  # fmt: skip
    metadata = {"reactionSummaries": {"LIKE": {"count": 5}, "PRAISE": {"count": 2}}, "commentSummary": {"count": 7}}

    def answer(request: Any) -> Reply:
        elements = [{"share": share, "totalShareStatistics": statistics}] if "shares" in request.query else []
        return Reply(200, {"elements": elements})

    desk.server.routes["GET /rest/organizationalEntityShareStatistics"] = answer
    desk.server.routes["GET /rest/socialMetadata/*"] = lambda request: (
        Reply(200, metadata) if "ugcPost" in request.path else error(404, "gone")
    )
    assert desk.line().counts([share, ugc, gone]) == {
        share: {"likes": 30, "comments": 5, "shares": 2, "clicks": 40, "impressions": 900, "reach": 700},
        ugc: {"likes": 7, "comments": 7},
    }
    asked = desk.server.sent("GET", "/rest/organizationalEntityShareStatistics")
    assert [request.query.get("shares") for request in asked] == [f"List({share},{gone})", None]
    assert desk.line(id="urn:li:person:782bbtaQ").counts([ugc]) == {ugc: {"likes": 7, "comments": 7}}


def test_comments_are_heard_oldest_first(desk: Desk) -> None:
    """Others' comments below our posts since then; our own are none."""
    line = desk.line()
    assert isinstance(line, Listening)
    for text, actor in (("Lecker!", "urn:li:person:a"), ("Danke", PAGE), ("Wann?", "urn:li:person:b")):
        desk.linkedin.said("urn:li:share:1", text, actor)
    desk.linkedin.comments["urn:li:share:1"].reverse()
    since = desk.clock.now() - timedelta(minutes=1)
    heard = list(line.listen(since, ["urn:li:share:1", "urn:li:share:2"]))
    assert [(message.text, message.author) for message in heard] == [
        ("Lecker!", "urn:li:person:a"),
        ("Wann?", "urn:li:person:b"),
    ]
    assert {message.kind for message in heard} == {MessageKind.COMMENT}
    assert {message.below for message in heard} == {"urn:li:share:1"}
    assert list(line.listen(since + timedelta(hours=1), ["urn:li:share:1"])) == []


def test_the_contract_of_this_test_can_be_broken(pretend: PretendServer) -> None:
    """The pretend server itself finds unknown fields, old versions and bad forms."""
    linkedin = PretendLinkedIn(pretend)
    web = Web(allowed_hosts=frozenset({pretend.host_port}))
    wrong = {"author": PAGE, "commentary": "x", "text": "y"}
    assert Api(pretend.address, TOKEN, web, "202609").write("/rest/posts", wrong).status == 400
    assert linkedin.problems
    assert Api(pretend.address, TOKEN, web, "202506").write("/rest/posts", {}).status == 426
