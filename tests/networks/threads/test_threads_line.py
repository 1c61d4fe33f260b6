"""The line to Threads against a pretended account, every request checked against what Meta documents."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.networks.connections.makers import make_intent, tried
from tests.networks.graph.makers import ONE, TWO, VIDEO, Place
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.meta.threads import ACCOUNT, NAME, ThreadsWorld
from tests.servers.meta.world import LOST, NOW, RESET, TOKEN, Ill, error
from tests.servers.pretend import Reply
from toolkit.model import Answer, Outcome, Presence
from toolkit.networks import find_network
from toolkit.networks.base import Action, Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.graph.api import open_api
from toolkit.networks.graph.containers import Containers
from toolkit.networks.threads.connection import STEPS, ThreadsConnection
from toolkit.networks.threads.dialect import ThreadsDialect
from toolkit.settings import Account

CREATE, PUBLISH = "POST threads", "POST threads_publish"


def account(place: Place, identity: str = ACCOUNT) -> Account:
    return Account("threads", "threads", identity, server=place.world.server.address)


def line(place: Place, identity: str = ACCOUNT, token: str = TOKEN) -> ThreadsConnection:
    whose, around = account(place, identity), place.around()
    containers = Containers(open_api(whose, token, around.web, ""), STEPS, place.notes, place.clock, place.sleep)
    return ThreadsConnection(whose, ThreadsDialect(whose, containers, around))


def post(place: Place, *texts: str, **said: object) -> Intent:
    return make_intent(account(place), *(texts or ("Moin",)), **said)  # type: ignore[arg-type]  # passed through


def test_a_text_goes_two_steps(world: ThreadsWorld, place: Place) -> None:
    """Container, then publication; options and the address of the preview are in the container."""
    fields = {
        "reply_control": "mentioned_only",
        "topic_tag": "Kaffee",
        "link": "https://example.com",
        "countries": "de, at",
    }
    answer = line(place).send(post(place, fields=fields))
    assert place.wrote() == [CREATE, PUBLISH]
    form = world.sent(CREATE)[0].form()
    assert json.loads(form.pop("allowlisted_country_codes")) == ["DE", "AT"]
    assert form == {
        "media_type": "TEXT",
        "text": "Moin",
        "reply_control": "mentioned_only",
        "topic_tag": "Kaffee",
        "link_attachment": "https://example.com",
    }
    (made,) = world.all("post")
    assert answer == Answer(Outcome.ACCEPTED, made["id"], f"https://www.threads.com/@{NAME}/post/{made['id']}")


def test_pictures_and_films_have_alt_texts(world: ThreadsWorld, place: Place) -> None:
    """A single picture, a single film, a carousel: each medium with its address and its alt text."""
    line(place).send(post(place, attachments=ONE, key="1"))
    line(place).send(post(place, attachments=VIDEO, key="2", fields={"spoiler": "true"}))
    line(place).send(post(place, attachments=TWO, key="3"))
    picture, film, first, second, whole = [one.form() for one in world.sent(CREATE)]
    assert (picture["media_type"], picture["alt_text"], picture["text"]) == ("IMAGE", "Eine Tür", "Moin")
    assert picture["image_url"].endswith(".jpg")
    assert (film["media_type"], film["alt_text"], film["is_spoiler_media"]) == ("VIDEO", "Ein Film", "true")
    assert film["video_url"].endswith(".mp4")
    assert [one["is_carousel_item"] for one in (first, second)] == ["true", "true"]
    assert "text" not in first
    assert (whole["media_type"], whole["text"], len(whole["children"].split(","))) == ("CAROUSEL", "Moin", 2)


def test_a_thread_answers_itself(world: ThreadsWorld, place: Place) -> None:
    """Every later part replies to the one before, and each has a container of its own."""
    first = line(place).send(post(place, "Eins", "Zwei")).remote_id
    second = line(place).send(post(place, "Eins", "Zwei", part=1, previous=first, key="post:1"))
    assert second.outcome is Outcome.ACCEPTED
    assert [one.form().get("reply_to_id") for one in world.sent(CREATE)] == [None, first]


def test_a_lost_answer_is_found_through_the_container(world: ThreadsWorld, place: Place) -> None:
    """For a post among the posts, for a part of a thread among the replies; nothing is sent twice."""
    first = post(place, "Eins", "Zwei")
    world.ail(PUBLISH, LOST)
    assert line(place).send(first).outcome is Outcome.UNKNOWN
    made = world.all("post")[0]["id"]
    assert line(place).find(tried(first, NOW)).remote_id == made
    second = post(place, "Eins", "Zwei", part=1, previous=made, key="post:1")
    world.ail(PUBLISH, LOST)
    assert line(place).send(second).outcome is Outcome.UNKNOWN
    answered = world.all("post")[0]["id"]
    seen = line(place).find(tried(second, NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, answered)
    assert line(place).send(tried(second, NOW)).remote_id == answered
    assert len(world.all("post")) == 2


def test_what_was_never_published_is_absent(world: ThreadsWorld, place: Place) -> None:
    """The container is still ready; the second try publishes it, once."""
    world.ail(PUBLISH, RESET)
    intent = post(place)
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    place.later(minutes=3)
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert place.wrote() == [CREATE, PUBLISH, PUBLISH]
    assert len(world.all("post")) == 1


def test_published_but_not_listed_is_unclear(world: ThreadsWorld, place: Place) -> None:
    """The container says published and the list does not show it: never absent, and never sent again."""
    world.ail(PUBLISH, LOST)
    intent = post(place)
    line(place).send(intent)
    del world.things[world.all("post")[0]["id"]]
    seen = line(place).find(tried(intent, NOW))
    assert (seen.presence, "does not list it" in seen.reason) == (Presence.UNCLEAR, True)
    assert line(place).send(tried(intent, NOW)).outcome is Outcome.LATER
    assert place.wrote() == [CREATE, PUBLISH]


def test_what_we_shared_of_others_is_not_ours(world: ThreadsWorld, place: Place) -> None:
    """A repost of somebody's post with the same words is no post of ours."""
    world.add("post", text="Moin", type="REPOST_FACADE", username=NAME, children=[], answers="")
    assert line(place).find(tried(post(place), NOW)).presence is Presence.ABSENT
    world.add("post", text="Moin", type="IMAGE", username=NAME, children=[], answers="")
    assert line(place).find(tried(post(place), NOW)).presence is Presence.ABSENT
    assert line(place).find(tried(post(place, attachments=ONE), NOW)).presence is Presence.FOUND


def test_a_first_comment_is_a_reply(world: ThreadsWorld, place: Place) -> None:
    """It has a container of its own beside the post's, and is found among the replies."""
    intent = post(place)
    published = line(place).send(intent).remote_id
    comment = replace(post(place, "Mehr dazu", previous=published), action=Action.COMMENT)
    world.ail(PUBLISH, LOST)
    assert line(place).send(comment).outcome is Outcome.UNKNOWN
    made = world.all("post")[0]
    assert made["answers"] == published
    assert line(place).find(tried(comment, NOW)).remote_id == made["id"]
    assert line(place).find(tried(intent, NOW)).remote_id == published


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (error(24, "The requested resource does not exist", subcode=4279009), Outcome.LATER),
        (error(190, "Error validating access token"), LOCKED),
        (error(10, "Application does not have permission"), Outcome.REFUSED),
        (error(4, "Application request limit reached", status=429), Outcome.LATER),
        (error(1, "An unknown error has occurred.", status=500), Outcome.UNKNOWN),
    ],
)
def test_the_answer_to_the_publication(world: ThreadsWorld, place: Place, reply: Reply, outcome: str) -> None:
    """What the code says; a container that is not found yet was not published."""
    world.ail(PUBLISH, Ill(reply))
    assert verdict(line(place).send(post(place))) == outcome
    assert place.wrote() == [CREATE, PUBLISH]


def test_a_refusal_has_the_networks_own_words(world: ThreadsWorld, place: Place) -> None:
    """Six links are known here; what is only known there is refused there, before anything is published."""
    said = "The post has more than 5 links"
    world.ail(CREATE, Ill(error(100, "Invalid parameter", error_user_msg=said, subcode=4279010)))
    answer = line(place).send(post(place))
    assert (answer.outcome, answer.reason) == (Outcome.REFUSED, f"400: {said} (#100/4279010)")
    six = " ".join(f"https://example.com/{number}" for number in range(6))
    assert line(place).send(post(place, six, key="2")).outcome is Outcome.REFUSED
    assert line(place).send(post(place, "a" * 497 + "🎄", key="3")).outcome is Outcome.REFUSED
    assert place.wrote() == [CREATE]


def test_posts_and_replies_have_quotas_of_their_own(world: ThreadsWorld, place: Place) -> None:
    """250 posts are used up: a post waits an hour, a reply goes out."""
    first = line(place).send(post(place)).remote_id
    world.used = 250
    answer = line(place).send(post(place, key="2"))
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(hours=1))
    assert line(place).send(post(place, previous=first, key="3")).outcome is Outcome.ACCEPTED


def test_a_film_that_cannot_be_used_is_refused_in_their_words(world: ThreadsWorld, place: Place) -> None:
    """The container's own error message."""
    world.broken = "ERROR"
    answer = line(place).send(post(place, attachments=VIDEO))
    assert (answer.outcome, "FAILED_DOWNLOADING_VIDEO" in answer.reason) == (Outcome.REFUSED, True)


def test_who_we_are(world: ThreadsWorld, place: Place) -> None:
    """By number or by name; another account's token and a wrong one publish nothing and are not shown."""
    assert line(place, f"@{NAME}").send(post(place)).outcome is Outcome.ACCEPTED
    wrote = place.wrote()
    answer = line(place, "somebody").send(post(place, key="2"))
    assert (verdict(answer), f"belongs to {NAME}" in answer.reason) == (LOCKED, True)
    answer = line(place, token="THAA-wrong-canary").send(post(place, key="3"))
    assert (verdict(answer), "canary" in answer.reason) == (LOCKED, False)
    assert verdict(line(place, "somebody").delete("1")) == LOCKED
    assert place.wrote() == wrote
    said = f"{place.notes.kept} {[(one.path, one.query, one.body) for one in world.server.requests]}"
    assert TOKEN not in said


def test_counts(world: ThreadsWorld, place: Place) -> None:
    """Reposts, quotes and shares together are shares; without one of them there is no sum."""
    published = line(place).send(post(place)).remote_id
    assert line(place).counts([published, "999"]) == {published: {"views": 5, "likes": 5, "comments": 5, "shares": 15}}
    # Refused as a whole, then one by one: quotes are not told.
    answers = [error(100, "all"), *[None] * 4, error(100, "quotes")]
    ills = [Ill(reply) if reply else Ill(Reply(200, {"data": []})) for reply in answers]
    world.ail("GET insights", *ills)
    assert line(place).counts([published]) == {published: {}}
    assert line(place).audience() == {"followers": 77}


def test_a_text_is_not_edited_but_taken_back(world: ThreadsWorld, place: Place) -> None:
    """The API changes nothing; to take back twice is to take back once."""
    answer = line(place).edit("1", post(place))
    assert (answer.outcome, "changes no text" in answer.reason) == (Outcome.REFUSED, True)
    published = line(place).send(post(place)).remote_id
    assert line(place).delete(published).outcome is Outcome.ACCEPTED
    assert line(place).delete(published).outcome is Outcome.ACCEPTED
    assert world.all("post") == []


def test_a_draft_becomes_a_thread() -> None:
    """One post per part, addresses written out."""
    rendition = find_network("threads").render(
        text_draft("[Zum Shop](https://a.example)\n\n---\n\nZwei", find_network("threads"))
    )
    assert [part.text for part in rendition.parts] == ["Zum Shop: https://a.example", "Zwei"]
