"""The line to a Facebook page against a pretended one, every request checked against Meta's published types."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from tests.networks.connections.makers import make_intent, tried
from tests.networks.graph.makers import ONE, TWO, VIDEO, Place
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.meta.facebook import PAGE, FacebookWorld, call
from tests.servers.meta.world import LOST, NOW, RESET, TOKEN, Ill, error
from tests.servers.pretend import PretendServer, Reply, Request
from toolkit.model import Media, Outcome, Presence
from toolkit.networks import find_network
from toolkit.networks.base import Action, Intent
from toolkit.networks.facebook.connection import FacebookConnection, connect
from toolkit.networks.filters import text_draft
from toolkit.settings import Account
from toolkit.web import WebError

UPLOAD, PUBLISH = "POST photos", "POST feed"


def account(place: Place, identity: str = PAGE) -> Account:
    return Account("facebook", "facebook", identity, server=place.world.server.address)


def line(place: Place, identity: str = PAGE, token: str = TOKEN) -> FacebookConnection:
    return connect(account(place, identity), token, place.around())


def post(place: Place, text: str = "Moin", **said: object) -> Intent:
    return make_intent(account(place), text, **said)  # type: ignore[arg-type]  # passed through


def test_a_text_with_a_link(world: FacebookWorld, place: Place) -> None:
    """One request with text and address; the answer leads to the post."""
    answer = line(place).send(post(place, fields={"link": "https://example.com/winter", "place": "77"}))
    assert place.wrote() == [PUBLISH]
    form = world.sent(PUBLISH)[0].form()
    assert form == {"message": "Moin", "link": "https://example.com/winter", "place": "77"}
    (made,) = world.all("post")
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, made["id"])
    assert answer.url == f"https://www.facebook.com/{made['id']}"


def test_pictures_are_uploaded_first_and_unseen(world: FacebookWorld, place: Place) -> None:
    """Each is a JPEG without metadata, unpublished, with its alt text; the post names them in their order."""
    assert line(place).send(post(place, attachments=TWO)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [UPLOAD, UPLOAD, PUBLISH]
    uploads = world.sent(UPLOAD)
    assert [one.form() for one in uploads] == [
        {"published": "false", "alt_text_custom": "Eine Tür"},
        {"published": "false", "alt_text_custom": "Ein Turm"},
    ]
    name, data, kind = uploads[0].files()["source"]
    with Image.open(io.BytesIO(data)) as picture:
        assert (name, kind, picture.format, dict(picture.getexif())) == ("a.jpg", "image/jpeg", "JPEG", {})
    photos = [one["id"] for one in reversed(world.all("photo"))]
    attached = json.loads(world.sent(PUBLISH)[0].form()["attached_media"])
    assert attached == [{"media_fbid": photo} for photo in photos]


def test_uploads_are_used_again(world: FacebookWorld, place: Place) -> None:
    """The publication did not arrive: the retry uploads nothing, unless Facebook has thrown the photo away."""
    world.ail(PUBLISH, RESET, RESET)
    intent = post(place, attachments=TWO)
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    line(place).send(tried(intent, NOW))
    assert place.wrote() == [UPLOAD, UPLOAD, PUBLISH, PUBLISH]
    del world.things[world.all("photo")[0]["id"]]
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote()[4:] == [UPLOAD, PUBLISH]


def test_a_photo_belongs_to_one_post(world: FacebookWorld, place: Place) -> None:
    """Another post with the same picture needs a photo of its own: the first one is out."""
    line(place).send(post(place, attachments=ONE))
    line(place).send(post(place, "Noch einmal", attachments=ONE, key="another"))
    assert len(world.all("photo")) == 2


def test_after_a_refusal_photos_are_uploaded_anew(world: FacebookWorld, place: Place) -> None:
    """What was refused may have been the photo."""
    world.ail(PUBLISH, Ill(error(100, "Invalid attachment")))
    intent = post(place, attachments=ONE)
    assert line(place).send(intent).outcome is Outcome.REFUSED
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [UPLOAD, PUBLISH, UPLOAD, PUBLISH]


def test_a_lost_answer_is_read_back(world: FacebookWorld, place: Place) -> None:
    """The post is found by text and pictures among the page's posts, and not sent again."""
    for number, intent in enumerate(
        (
            post(place, "Nur Text", key="1"),
            post(place, "Mit Link", key="2", fields={"link": "https://example.com"}),
            post(place, "Ein Bild", key="3", attachments=ONE),
            post(place, "Zwei Bilder", key="4", attachments=TWO),
        ),
        start=1,
    ):
        world.ail(PUBLISH, LOST)
        assert line(place).send(intent).outcome is Outcome.UNKNOWN
        made = world.all("post")[0]
        seen = line(place).find(tried(intent, NOW))
        assert (seen.presence, seen.remote_id) == (Presence.FOUND, made["id"])
        assert line(place).send(tried(intent, NOW)).remote_id == made["id"]
        assert len(world.all("post")) == number


def test_what_never_arrived_is_absent(world: FacebookWorld, place: Place) -> None:
    """Dropped before it was taken: the page's posts do not have it, and the second try sends it."""
    world.ail(PUBLISH, RESET)
    intent = post(place)
    world.add("post", message="Anders", link="", photos=[])
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert len(world.all("post")) == 2


@pytest.mark.parametrize("ills", [(Ill(error(2, "busy", status=503)),), (Ill(Reply(200, b"<html>")),), (RESET,) * 3])
def test_what_cannot_be_read_proves_nothing(world: FacebookWorld, place: Place, ills: tuple[Ill, ...]) -> None:
    """Neither found nor absent: nothing is sent again until the page can be read."""
    world.ail("GET posts", *ills)
    intent = tried(post(place), NOW)
    assert line(place).find(intent).presence is Presence.UNCLEAR
    world.ail("GET posts", *ills)
    assert line(place).send(intent).outcome is Outcome.LATER
    assert place.wrote() == []


def test_two_posts_with_one_text_are_unclear_unless_one_is_exactly_ours(world: FacebookWorld, place: Place) -> None:
    """Addresses do not count for recognition, but where one post has exactly our text it is the one."""
    ours, theirs = "Neu: https://example.com/1", "Neu: https://example.com/2"
    for text in (ours, theirs):
        world.add("post", message=text, link="", photos=[])
    seen = line(place).find(tried(post(place, ours), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, world.all("post")[1]["id"])
    assert line(place).find(tried(post(place, "Neu: https://example.com/3"), NOW)).presence is Presence.UNCLEAR


def test_other_pictures_make_another_post(world: FacebookWorld, place: Place) -> None:
    """The same text without a picture, or with two, is not the post with one."""
    world.add("post", message="Moin", link="", photos=[])
    world.add("post", message="Moin", link="", photos=["1", "2"])
    assert line(place).find(tried(post(place, attachments=ONE), NOW)).presence is Presence.ABSENT


def test_a_pinned_post_does_not_end_the_list(world: FacebookWorld, place: Place) -> None:
    """An old post stands first; ours is on the second page, behind sixty younger ones, and is found."""
    world.add("post", message="Moin", link="", photos=[])
    for number in range(60):
        world.add("post", message=f"Nummer {number}", link="", photos=[])
    world.add("post", message="Angeheftet", link="", photos=[])["at"] = "2020-01-01T00:00:00+0000"
    assert line(place).find(tried(post(place), NOW)).presence is Presence.FOUND


def test_a_list_that_is_too_long_proves_nothing(world: FacebookWorld, place: Place) -> None:
    """More posts since the first try than pages are read: unclear, never absent."""
    for number in range(1300):
        world.add("post", message=f"Nummer {number}", link="", photos=[])
    seen = line(place).find(tried(post(place), NOW))
    assert (seen.presence, "did not show all" in seen.reason) == (Presence.UNCLEAR, True)
    place.later(hours=1)
    assert line(place).find(tried(post(place), place.clock.now())).presence is Presence.ABSENT


@pytest.mark.parametrize("minutes", [-10, 10])
def test_the_servers_clock_counts(world: FacebookWorld, place: Place, minutes: int) -> None:
    """The server is ahead or behind: its `Date` header tells, and the post is found all the same."""
    world.later(minutes=minutes)
    world.ail(PUBLISH, LOST)
    intent = post(place)
    line(place).send(intent)
    assert line(place).find(tried(intent, NOW)).presence is Presence.FOUND


@pytest.mark.parametrize(
    ("reply", "outcome", "said"),
    [
        (error(506, "Duplicate status message"), Outcome.DUPLICATE, "Duplicate status message"),
        (error(190, "Session has expired", subcode=463), LOCKED, "Session has expired"),
        (error(200, "Permissions error"), Outcome.REFUSED, "Permissions error"),
        (error(368, "Temporarily blocked for policies"), Outcome.REFUSED, "blocked"),
        (error(1, "An unknown error occurred"), Outcome.UNKNOWN, "unknown error"),
        (error(2, "Service temporarily unavailable", status=500), Outcome.UNKNOWN, "temporarily"),
        (error(32, "Page request limit reached", status=403), Outcome.LATER, "limit reached"),
        (error(613, "Calls have exceeded the rate limit"), Outcome.LATER, "rate limit"),
        (Reply(502, b"bad gateway"), Outcome.UNKNOWN, "HTTP 502"),
    ],
)
def test_what_facebook_answers(world: FacebookWorld, place: Place, reply: Reply, outcome: str, said: str) -> None:
    """Its own words in every reason, and the outcome that its code stands for."""
    world.ail(PUBLISH, Ill(reply))
    answer = line(place).send(post(place))
    assert (verdict(answer), said in answer.reason) == (outcome, True), answer
    assert place.wrote() == [PUBLISH]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 7}, {}]}'}, timedelta(minutes=7)),
        ({"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 0}]}'}, timedelta(minutes=5)),
        ({"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 1e300}]}'}, timedelta(hours=24)),
        ({"X-Business-Use-Case-Usage": "[[[["}, timedelta(minutes=5)),
        ({"Retry-After": "90"}, timedelta(seconds=90)),
        ({}, timedelta(minutes=5)),
    ],
)
def test_patience_is_as_long_as_the_header_says(
    world: FacebookWorld, place: Place, headers: dict[str, str], wait: timedelta
) -> None:
    """Minutes of the usage header, seconds of `Retry-After`, else five minutes; never more than a day."""
    limited = error(32, "Page request limit reached")
    world.ail(PUBLISH, Ill(Reply(429, limited.body, headers)))
    answer = line(place).send(post(place))
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + wait)


def test_what_a_page_does_not_take(place: Place) -> None:
    """Nothing at all, eleven pictures, a video: refused before anything is uploaded."""
    for intent, said in (
        (post(place, ""), "neither text nor a medium"),
        (post(place, attachments=ONE * 11), "11 media, the network takes 10"),
        (post(place, attachments=VIDEO), "video/mp4, which the network does not take"),
    ):
        answer = line(place).send(intent)
        assert (answer.outcome, said in answer.reason) == (Outcome.REFUSED, True), answer.reason
    assert place.wrote() == []


# Who we are


def test_a_wrong_token_locks_the_account_out_without_being_shown(place: Place) -> None:
    """Facebook quotes a malformed token; no answer of ours does."""
    answer = line(place, token="EAAB-wrong-canary").send(post(place))
    assert (verdict(answer), "canary" in answer.reason) == (LOCKED, False)


def test_the_token_of_another_page_publishes_nothing(world: FacebookWorld, place: Place) -> None:
    """Facebook shows our page to it without a token of ours; nothing is sent as somebody else."""
    world.me = {"id": "999", "name": "Fremde Seite"}
    answer = line(place).send(post(place))
    assert (verdict(answer), "belongs to Fremde Seite (999) and cannot act for" in answer.reason) == (
        LOCKED,
        True,
    )
    assert line(place).find(tried(post(place), NOW)).presence is Presence.UNCLEAR
    assert verdict(line(place).delete(f"{PAGE}_1")) == LOCKED
    assert place.wrote() == []


class PersonsWorld(FacebookWorld):
    """The token is a person's; the page's own is handed out to it."""

    def obey(self, request: Request, path: list[str]) -> Reply:
        """Only the page's own token may do what pages do."""
        if path == [PAGE] and "access_token" in request.query["fields"]:
            self.token, self.me = "page-canary", {"id": PAGE, "name": "Nordlicht Kaffee"}
            return Reply(200, {"id": PAGE, "name": "Nordlicht Kaffee", "access_token": "page-canary"})
        return super().obey(request, path)


def test_a_persons_token_is_exchanged_for_the_pages(pretend: PretendServer) -> None:
    """Who signed in as a person publishes as the page; the page's token stays in memory."""
    world = PersonsWorld("v26.0", call, {"id": "5", "name": "Jule"})
    world.serve(pretend)
    place = Place(world)
    one = line(place)
    assert one.send(post(place)).outcome is Outcome.ACCEPTED
    assert one.send(post(place, "Zwei", key="2")).outcome is Outcome.ACCEPTED
    assert [one.headers["authorization"] for one in world.sent(PUBLISH)] == ["Bearer page-canary"] * 2
    assert "canary" not in f"{place.notes.kept}"
    assert world.failures == []


def test_a_fault_while_asking_for_the_page_is_no_refusal(world: FacebookWorld, place: Place) -> None:
    """Whether a person's token may act for the page is not known while Facebook is busy: later, not never."""
    world.me = {"id": "5", "name": "Jule"}
    world.ail(f"GET {PAGE}", Ill(error(2, "busy", status=503)), Ill(error(200, "no right")))
    assert line(place).send(post(place)).outcome is Outcome.LATER
    answer = line(place).send(post(place))
    assert (verdict(answer), "no right" in answer.reason) == (LOCKED, True)


def test_the_first_address_becomes_the_preview() -> None:
    """Of the text, else as the option says; none beside pictures, none where it is not wanted."""
    facebook = find_network("facebook")
    text = "Siehe [hier](https://a.example/x), https://b.example."
    assert facebook.render(text_draft(text, facebook)).parts[0].fields == {"link": "https://a.example/x"}
    draft = replace(text_draft(text, facebook), values={"link": "https://c.example", "place": "7"})
    assert facebook.render(draft).parts[0].fields == {"link": "https://c.example", "place": "7"}
    assert facebook.render(replace(draft, values={"link": "none"})).parts[0].fields == {}
    pictured = replace(draft, media=(Media("media.0", "media/a.png"),))
    assert facebook.render(pictured).parts[0].fields == {"place": "7"}


def test_the_token_is_in_no_address(world: FacebookWorld, place: Place) -> None:
    """It travels in the header only."""
    world.ail(PUBLISH, LOST)
    intent = post(place, attachments=ONE)
    answers = [line(place).send(intent), line(place).find(tried(intent, NOW))]
    assert (
        TOKEN
        not in f"{answers} {place.notes.kept} {[(one.path, one.query, one.body) for one in world.server.requests]}"
    )


# After publishing


def test_a_first_comment(world: FacebookWorld, place: Place) -> None:
    """Below the post, as the page; a lost answer is read back among the page's own comments."""
    published = line(place).send(post(place)).remote_id
    comment = replace(make_intent(account(place), "Link: https://a.example", previous=published), action=Action.COMMENT)
    world.add("comment", below=published, message="Link: https://a.example", author="6", name="Mai")
    world.ail("POST comments", LOST)
    assert line(place).send(comment).outcome is Outcome.UNKNOWN
    made = world.all("comment")[0]
    seen = line(place).find(tried(comment, NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, made["id"])
    assert line(place).send(tried(comment, NOW)).remote_id == made["id"]
    assert len(world.all("comment")) == 2
    orphan = replace(comment, previous="")
    assert line(place).send(orphan).outcome is Outcome.REFUSED


def test_an_edit_replaces_the_text(world: FacebookWorld, place: Place) -> None:
    """Twice is once; what is gone is refused in Facebook's words, a lost answer is unknown."""
    published = line(place).send(post(place)).remote_id
    for _number in range(2):
        answer = line(place).edit(published, post(place, "Berichtigt"))
        assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, published)
    assert world.things[published]["message"] == "Berichtigt"
    assert world.sent(f"POST {published}")[0].form() == {"message": "Berichtigt"}
    world.ail(f"POST {published}", LOST)
    assert line(place).edit(published, post(place, "Neu")).outcome is Outcome.UNKNOWN
    assert line(place).edit(f"{PAGE}_9", post(place, "Neu")).outcome is Outcome.REFUSED


def test_a_deletion_is_believed_when_it_is_so(world: FacebookWorld, place: Place) -> None:
    """Gone already is taken back; a refusal for something that is still there is a refusal."""
    published = line(place).send(post(place)).remote_id
    world.ail(f"DELETE {published}", Ill(error(100, "Unsupported delete request", subcode=33)), RESET)
    assert line(place).delete(published).outcome is Outcome.REFUSED
    assert line(place).delete(published).outcome is Outcome.UNKNOWN
    assert line(place).delete(published).outcome is Outcome.ACCEPTED
    assert line(place).delete(published).outcome is Outcome.ACCEPTED


def test_counts(world: FacebookWorld, place: Place) -> None:
    """Reactions are likes; what Facebook does not tell is left out, and a gone post, too."""
    published = line(place).send(post(place)).remote_id
    everything = {"likes": 3, "comments": 1, "views": 900, "reach": 640, "clicks": 12}
    assert line(place).counts([published, f"{PAGE}_9"]) == {published: everything}
    world.ail("GET insights", *[Ill(error(100, "The value must be a valid insights metric"))] * 2)
    assert line(place).counts([published]) == {
        published: {name: value for name, value in everything.items() if name != "views"}
    }
    assert line(place).audience() == {"followers": 4711}
    world.me = {"id": "999", "name": "Fremde Seite"}
    with pytest.raises(WebError, match="cannot act for"):
        line(place).counts([published])
