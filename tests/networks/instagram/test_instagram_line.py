"""The line to Instagram against a pretended account, every request checked against Meta's published types."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from tests.networks.connections.makers import make_intent, tried
from tests.networks.graph.makers import FILES, ONE, TWO, VIDEO, Place
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.meta.instagram import ACCOUNT, NAME, InstagramWorld
from tests.servers.meta.world import LOST, NOW, RESET, TOKEN, Ill, error
from tests.servers.pretend import Reply
from toolkit.errors import UsageError
from toolkit.model import Answer, Outcome, Presence
from toolkit.networks.base import Action, Intent
from toolkit.networks.graph.api import open_api
from toolkit.networks.graph.containers import Containers
from toolkit.networks.instagram.connection import STEPS, InstagramConnection, connect
from toolkit.networks.instagram.dialect import InstagramDialect
from toolkit.settings import Account
from toolkit.web import Web, WebError

CREATE, PUBLISH = "POST media", "POST media_publish"


def account(place: Place, identity: str = ACCOUNT) -> Account:
    return Account("instagram", "instagram", identity, server=place.world.server.address)


def line(place: Place, identity: str = ACCOUNT, token: str = TOKEN) -> InstagramConnection:
    whose, around = account(place, identity), place.around()
    containers = Containers(open_api(whose, token, around.web, ""), STEPS, place.notes, place.clock, place.sleep)
    return InstagramConnection(whose, InstagramDialect(whose, containers, around))


def post(place: Place, text: str = "Moin #Kaffee", **said: object) -> Intent:
    return make_intent(account(place), text, **({"attachments": ONE} | said))  # type: ignore[arg-type]  # passed through


def test_a_picture_is_published_in_two_steps(world: InstagramWorld, place: Place) -> None:
    """Container with address, caption and alt text; then its publication; the answer has id and address."""
    answer = line(place).send(post(place))
    assert place.wrote() == [CREATE, PUBLISH]
    form = world.sent(CREATE)[0].form()
    assert place.host is not None
    (address,) = place.host.kept
    assert form == {"image_url": address, "caption": "Moin #Kaffee", "alt_text": "Eine Tür"}
    (media,) = world.all("media")
    assert answer == Answer(Outcome.ACCEPTED, media["id"], f"https://www.instagram.com/p/{media['id']}/")


def test_what_is_hosted_is_the_picture_in_instagrams_shape(place: Place) -> None:
    """A picture of 3:1 becomes a JPEG of at most 1.91:1 without metadata."""
    line(place).send(post(place))
    assert place.host is not None
    ((data, kind),) = place.host.kept.values()
    with Image.open(io.BytesIO(data)) as picture:
        assert (kind, picture.format) == ("image/jpeg", "JPEG")
        assert picture.width / picture.height == pytest.approx(1.91, abs=0.02)
        assert not picture.getexif()


def test_several_pictures_are_a_carousel(world: InstagramWorld, place: Place) -> None:
    """Each item has a container of its own with its alt text; the caption stands on the carousel."""
    assert line(place).send(post(place, attachments=TWO)).outcome is Outcome.ACCEPTED
    first, second, whole = [one.form() for one in world.sent(CREATE)]
    assert [one["alt_text"] for one in (first, second)] == ["Eine Tür", "Ein Turm"]
    assert {one["is_carousel_item"] for one in (first, second)} == {"true"}
    assert whole["media_type"] == "CAROUSEL"
    assert "alt_text" not in whole
    assert whole["caption"] == "Moin #Kaffee"
    children = [one["id"] for one in world.things.values() if one["kind"] == "container"][:2]
    assert whole["children"] == ",".join(children)


def test_a_video_is_a_reel_and_waited_for(world: InstagramWorld, place: Place) -> None:
    """The film's address, the options that only videos have, and patience while it is in work."""
    world.slow = 3
    fields = {"share_to_feed": "false", "collaborators": "@a, b", "location_id": "77", "link": "https://x.example"}
    assert line(place).send(post(place, attachments=VIDEO, fields=fields)).outcome is Outcome.ACCEPTED
    form = world.sent(CREATE)[0].form()
    assert form["media_type"] == "REELS"
    assert form["video_url"].endswith(".mp4")
    assert (form["share_to_feed"], form["location_id"]) == ("false", "77")
    assert json.loads(form["collaborators"]) == ["a", "b"]
    assert "alt_text" not in form
    assert place.naps == [1, 2, 3]


def test_what_stays_in_work_is_gone_on_with(world: InstagramWorld, place: Place) -> None:
    """After two minutes the part is put off; the next try uses the same container and uploads nothing again."""
    world.slow = 20
    first = line(place).send(post(place, attachments=VIDEO))
    assert first.outcome is Outcome.LATER
    assert sum(place.naps) <= 120
    place.later(minutes=5)
    for container in world.all("container"):
        container["looks"] = 0
    assert line(place).send(tried(post(place, attachments=VIDEO), NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [CREATE, PUBLISH]


# What became of it


def test_a_lost_answer_is_found_through_the_container(world: InstagramWorld, place: Place) -> None:
    """The publication was obeyed and its answer lost: the noted container says so, and the post's own id is read."""
    world.ail(PUBLISH, LOST)
    intent = post(place)
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    seen = line(place).find(tried(intent, NOW))
    (media,) = world.all("media")
    assert (seen.presence, seen.remote_id, seen.url.endswith(f"{media['id']}/")) == (Presence.FOUND, media["id"], True)
    assert line(place).send(tried(intent, NOW)).remote_id == media["id"]
    assert place.wrote() == [CREATE, PUBLISH]


def test_what_was_never_published_is_absent_and_goes_out_once(world: InstagramWorld, place: Place) -> None:
    """The connection broke before: the container is still ready, so it is absent; the second try publishes it."""
    world.ail(PUBLISH, RESET)
    intent = post(place)
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    place.later(minutes=3)
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [CREATE, PUBLISH, PUBLISH]
    assert len(world.all("media")) == 1


def test_before_the_publication_was_asked_for_nothing_can_be_out(world: InstagramWorld, place: Place) -> None:
    """A crash between container and publication: the note alone proves absence, without a word of the container."""
    world.slow = 99
    intent = post(place)
    line(place).send(intent)
    asked = len(world.server.requests)
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert [one.path for one in world.server.requests[asked:]] == [f"/v26.0/{ACCOUNT}"]


def test_without_a_note_the_posts_are_read(world: InstagramWorld, place: Place) -> None:
    """Notes that were lost with a machine: the account's own posts decide, both ways."""
    world.ail(PUBLISH, LOST)
    intent = post(place)
    line(place).send(intent)
    place.notes.kept.clear()
    assert line(place).find(tried(intent, NOW)).presence is Presence.FOUND
    assert line(place).find(tried(post(place, "Anders"), NOW)).presence is Presence.ABSENT


@pytest.mark.parametrize(
    ("stage", "presence"),
    [("IN_PROGRESS", Presence.UNCLEAR), ("EXPIRED", Presence.ABSENT), ("ERROR", Presence.ABSENT)],
)
def test_every_stage_of_a_container_has_its_meaning(
    world: InstagramWorld, place: Place, stage: str, presence: Presence
) -> None:
    """In work may become a post; expired and broken may not, and for a broken one the posts are read as well."""
    world.ail(PUBLISH, RESET)
    intent = post(place)
    line(place).send(intent)
    world.broken = stage
    assert line(place).find(tried(intent, NOW)).presence is presence


def test_two_posts_that_say_the_same_are_unclear(world: InstagramWorld, place: Place) -> None:
    """Somebody published the same by hand meanwhile: a person decides."""
    world.ail(PUBLISH, LOST)
    intent = post(place)
    line(place).send(intent)
    world.add("media", caption="Moin #Kaffee", children=[])
    assert line(place).find(tried(intent, NOW)).presence is Presence.UNCLEAR


def test_an_old_post_with_the_same_text_is_not_this_one(world: InstagramWorld, place: Place) -> None:
    """Last week's post is older than the first try, and pinned on top: it is neither found nor in the way."""
    world.add("media", caption="Moin #Kaffee", children=[])
    place.later(days=7)
    intent = tried(post(place), place.clock.now())
    assert line(place).find(intent).presence is Presence.ABSENT


def test_a_list_is_read_to_the_first_try(world: InstagramWorld, place: Place) -> None:
    """Sixty younger posts stand before it: the second page is read by its cursor, never by the address with the token."""
    world.add("media", caption="Moin #Kaffee", children=[])
    for number in range(60):
        world.add("media", caption=f"Nummer {number}", children=[])
    assert line(place).find(tried(post(place), NOW)).presence is Presence.FOUND
    pages = world.sent("GET media")
    assert [one.query.get("after", "") for one in pages] == ["", "50"]


# Refusals and patience


def test_the_days_quota_postpones(world: InstagramWorld, place: Place) -> None:
    """A hundred posts in 24 hours are all; nothing is made, and the next look is in an hour."""
    world.used = 100
    answer = line(place).send(post(place))
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(hours=1))
    assert "all 100 posts" in answer.reason
    assert place.wrote() == []


def test_a_rate_limit_names_its_end(world: InstagramWorld, place: Place) -> None:
    """`X-Business-Use-Case-Usage` estimates minutes; afterwards the same container goes out."""
    usage = json.dumps({"1": [{"type": "instagram", "call_count": 100, "estimated_time_to_regain_access": 19}]})
    limited = error(80002, "There have been too many calls", status=400)
    world.ail(PUBLISH, Ill(Reply(400, limited.body, {"X-Business-Use-Case-Usage": usage})))
    intent = post(place)
    answer = line(place).send(intent)
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(minutes=19))
    assert answer.whole_account
    place.later(minutes=20)
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [CREATE, PUBLISH, PUBLISH]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (error(36003, "The aspect ratio is not supported", subcode=2207009), Outcome.REFUSED),
        (error(4, "Action is blocked", subcode=2207051), Outcome.REFUSED),
        (error(9007, "Media ID is not available", subcode=2207027), Outcome.LATER),
        (error(9, "Max posts", subcode=2207042), Outcome.LATER),
        (error(1, "An unknown error occurred", status=500), Outcome.UNKNOWN),
        (error(2, "An unexpected error", is_transient=True), Outcome.UNKNOWN),
        (error(99999, "Something new"), Outcome.UNKNOWN),
        (error(506, "Duplicate status message"), Outcome.DUPLICATE),
        (Reply(200, {"success": True}), Outcome.UNKNOWN),
        (Reply(200, b"<html>"), Outcome.UNKNOWN),
        (Reply(503, b"busy"), Outcome.UNKNOWN),
    ],
)
def test_the_answer_to_the_publication(world: InstagramWorld, place: Place, reply: Reply, outcome: Outcome) -> None:
    """What the code says, and unknown for whatever it does not; asked once in any case."""
    world.ail(PUBLISH, Ill(reply))
    answer = line(place).send(post(place))
    assert answer.outcome is outcome
    assert answer.reason
    assert place.wrote() == [CREATE, PUBLISH]


@pytest.mark.parametrize(
    ("ill", "outcome"),
    [
        (Ill(error(9004, "The media could not be fetched", subcode=2207052)), Outcome.REFUSED),
        (Ill(error(99999, "Something new")), Outcome.REFUSED),
        (Ill(error(1, "An unknown error occurred")), Outcome.LATER),
        (Ill(error(2, "Service temporarily unavailable", status=503)), Outcome.LATER),
        (Ill(error(190, "The session is over")), LOCKED),
        (RESET, Outcome.LATER),
        (LOST, Outcome.LATER),
    ],
)
def test_what_fails_before_the_publication_is_never_unknown(
    world: InstagramWorld, place: Place, ill: Ill, outcome: str
) -> None:
    """A container that could not be made publishes nothing, whatever happened to it."""
    world.ail(CREATE, ill)
    assert verdict(line(place).send(post(place))) == outcome
    assert place.wrote() == [CREATE]


def test_media_that_instagram_cannot_use_are_refused_in_its_words(world: InstagramWorld, place: Place) -> None:
    """The container ends in ERROR; after the picture was changed the next try makes a new one."""
    world.broken = "ERROR"
    answer = line(place).send(post(place))
    assert (answer.outcome, "Error: 2207026" in answer.reason) == (Outcome.REFUSED, True)
    world.broken = ""
    assert line(place).send(tried(post(place), NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [CREATE, CREATE, PUBLISH]


def test_what_instagram_never_takes_is_refused_at_once(world: InstagramWorld, place: Place) -> None:
    """Text alone, a sixth hashtag, an eleventh medium, a drawing: nothing is made."""
    for intent, said in (
        (post(place, attachments=()), "no text without a picture"),
        (post(place, "#a #b #c #d #e #f"), "too many hashtags"),
        (post(place, attachments=ONE * 11), "11 media, the network takes 10"),
        (
            post(place, attachments=(replace(ONE[0], file="media/a.svg", sha256=""),)),
            "media/a.svg is image/svg+xml, which the network does not take",
        ),
    ):
        answer = line(place).send(intent)
        assert (answer.outcome, said in answer.reason) == (Outcome.REFUSED, True), answer.reason
    assert place.wrote() == []


def test_without_a_media_host_the_remedy_is_named(place: Place) -> None:
    """Instagram takes addresses only; a host that is down puts the post off."""
    place.host = None
    answer = line(place).send(post(place))
    assert (answer.outcome, "[media_host]" in answer.reason) == (Outcome.REFUSED, True)
    place = replace(place, host=type(place)(place.world).host)
    assert place.host is not None
    place.host.down = "https://media.example.com answers 404"
    answer = line(place).send(post(place))
    assert (answer.outcome, "answers 404" in answer.reason) == (Outcome.LATER, True)
    assert place.wrote() == []


def test_the_containers_of_a_carousel_are_used_again(world: InstagramWorld, place: Place) -> None:
    """The carousel itself failed: the retry makes only what is missing; another post has items of its own."""
    world.ail(CREATE, None, None, Ill(error(2, "later")))
    assert line(place).send(post(place, attachments=TWO)).outcome is Outcome.LATER
    items = [one["id"] for one in reversed(world.all("container"))]
    assert line(place).send(tried(post(place, attachments=TWO), NOW)).outcome is Outcome.ACCEPTED
    assert world.sent(CREATE)[-1].form()["children"] == ",".join(items)
    assert len(world.all("container")) == 3
    line(place).send(post(place, "Noch einmal", attachments=TWO, key="another"))
    assert len(world.all("container")) == 6


def test_a_container_that_is_gone_is_replaced_by_the_posts(world: InstagramWorld, place: Place) -> None:
    """Instagram forgot the container: what is not among the posts is absent, and a new container is made."""
    world.ail(PUBLISH, RESET)
    intent = post(place)
    line(place).send(intent)
    world.all("container")[0]["gone"] = True
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [CREATE, PUBLISH, CREATE, PUBLISH]


def test_a_preparation_that_takes_too_long_publishes_nothing(place: Place) -> None:
    """The ledger's lease would be over: the part is put off although its container is ready."""

    def read_slowly(file: str) -> bytes:
        place.clock.seconds += 121
        return FILES[file]

    around = replace(place.around(), read_media=read_slowly)
    assert connect(account(place), TOKEN, around).send(post(place)).outcome is Outcome.LATER
    assert place.wrote() == [CREATE]


def test_nothing_leaves_towards_a_server_that_is_away(world: InstagramWorld, place: Place) -> None:
    """No connection is no doubt: the part is put off, and a look proves nothing."""
    away = replace(account(place), server="http://127.0.0.1:9")
    around = place.around()
    around = replace(around, web=Web(allowed_hosts=frozenset({"127.0.0.1:9"})))
    gone = connect(away, TOKEN, around)
    assert gone.send(make_intent(away, "Moin", attachments=ONE)).outcome is Outcome.LATER
    assert gone.find(tried(make_intent(away, "Moin"), NOW)).presence is Presence.UNCLEAR
    assert gone.delete("1").outcome is Outcome.LATER
    comment = replace(make_intent(away, "x", previous="1"), action=Action.COMMENT)
    assert gone.send(comment).outcome is Outcome.LATER
    assert gone.find(tried(comment, NOW)).presence is Presence.UNCLEAR
    assert world.server.requests == []


# Who we are


def test_a_wrong_token_locks_the_account_out_without_being_shown(place: Place) -> None:
    """Meta quotes a malformed token; no answer of ours does."""
    answer = line(place, token="EAAB-wrong-canary").send(post(place))
    assert verdict(answer) == LOCKED
    assert "canary" not in answer.reason
    assert place.wrote() == []


def test_an_account_that_the_token_cannot_act_for(world: InstagramWorld, place: Place) -> None:
    """By number: Instagram does not show it to the token. By name: the token's pages have another account."""
    answer = line(place, "17841400000000009").send(post(place))
    assert (verdict(answer), "cannot act for 17841400000000009" in answer.reason) == (LOCKED, True)
    answer = line(place, "somebody.else").send(post(place))
    assert (verdict(answer), f"belongs to {NAME} ({ACCOUNT}), not to somebody.else" in answer.reason) == (
        LOCKED,
        True,
    )
    assert place.wrote() == []
    assert line(place, "@Nordlicht.Kaffee").send(post(place)).outcome is Outcome.ACCEPTED
    world.ail("GET accounts", Ill(error(100, "Tried accessing nonexisting field (accounts)")))
    assert line(place, NAME).send(post(place, key="page token")).outcome is Outcome.ACCEPTED
    world.token = "other"
    assert verdict(line(place, NAME).send(post(place, key="x"))) == LOCKED


def test_a_token_is_needed() -> None:
    """Without one the line is not opened."""
    with pytest.raises(UsageError, match="has no token"):
        connect(Account("instagram", "instagram", ACCOUNT), "", Place(InstagramWorld("", lambda *_: None, {})).around())


def test_the_token_is_in_no_address(world: InstagramWorld, place: Place) -> None:
    """It travels in the header; neither path nor query nor note nor answer holds it."""
    world.ail(PUBLISH, LOST)
    intent = post(place)
    first = line(place).send(intent)
    seen = line(place).find(tried(intent, NOW))
    said = f"{first} {seen} {place.notes.kept} {[(one.path, one.query, one.body) for one in world.server.requests]}"
    assert TOKEN not in said
    assert {one.headers["authorization"] for one in world.server.requests} == {f"Bearer {TOKEN}"}


# Below the post, figures, taking back


def test_a_first_comment(world: InstagramWorld, place: Place) -> None:
    """It stands below the post; a lost answer is read back, a refusal has Instagram's own words."""
    published = line(place).send(post(place)).remote_id
    comment = replace(make_intent(account(place), "#mehr", previous=published), action=Action.COMMENT)
    world.ail("POST comments", LOST)
    assert line(place).send(comment).outcome is Outcome.UNKNOWN
    (made,) = world.all("comment")
    assert line(place).find(tried(comment, NOW)).remote_id == made["id"]
    assert line(place).send(tried(comment, NOW)).remote_id == made["id"]
    assert len(world.all("comment")) == 1
    world.add("comment", below=published, text="#anders", username="mai")
    other = replace(make_intent(account(place), "#anders", previous=published), action=Action.COMMENT)
    assert line(place).find(tried(other, NOW)).presence is Presence.ABSENT
    world.ail("GET comments", Ill(error(2, "busy", status=500)))
    assert line(place).send(tried(other, NOW)).outcome is Outcome.LATER
    world.ail("POST comments", Ill(error(10, "Comments are off")))
    assert line(place).send(other).reason == "400: Comments are off (#10)"


def test_counts(world: InstagramWorld, place: Place) -> None:
    """Under the house's names; a gone post is left out, and a metric that is refused does not hide the others."""
    published = line(place).send(post(place)).remote_id
    everything = {"likes": 30, "comments": 2, "reach": 640, "saves": 12, "shares": 4, "views": 900}
    assert line(place).counts([published, "999"]) == {published: everything}
    refused = Ill(error(100, "The Media Insights API does not support the shares metric"))
    world.ail("GET insights", refused, Ill(obeyed=False, reply=error(100, "no reach")))
    assert line(place).counts([published]) == {
        published: {name: value for name, value in everything.items() if name != "reach"}
    }
    world.ail("GET insights", Ill(error(4, "too many calls")))
    with pytest.raises(WebError, match="too many calls"):
        line(place).counts([published])
    assert line(place).audience() == {"followers": 815}


def test_a_caption_is_not_edited(place: Place) -> None:
    """Instagram's API cannot; the sentence says what can be done, and nothing is asked."""
    answer = line(place).edit("1", post(place))
    assert (answer.outcome, "changes no caption" in answer.reason) == (Outcome.REFUSED, True)
    assert place.world.server.requests == []


def test_a_post_is_taken_back_once_and_for_all(world: InstagramWorld, place: Place) -> None:
    """Twice is once; a refusal says why; a lost answer is unknown."""
    published = line(place).send(post(place)).remote_id
    world.ail(f"DELETE {published}", Ill(error(10, "instagram_manage_contents is missing")), LOST)
    assert line(place).delete(published).outcome is Outcome.REFUSED
    assert line(place).delete(published).outcome is Outcome.UNKNOWN
    assert line(place).delete(published).outcome is Outcome.ACCEPTED
    assert world.all("media") == []
