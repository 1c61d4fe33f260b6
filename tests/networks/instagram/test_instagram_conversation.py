"""What people write below our posts on Instagram, and what we answer; requests checked against Meta's published types."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.networks.connections.makers import make_intent, tried
from tests.networks.graph.makers import Place
from tests.networks.instagram.test_instagram_line import account, line, post
from tests.servers.meta.instagram import NAME, InstagramWorld
from tests.servers.meta.world import LOST, NOW, Ill, error
from toolkit.model import Message, MessageKind, Outcome, Presence
from toolkit.networks import find_network
from toolkit.networks.base import Action, Intent
from toolkit.networks.filters import text_draft
from toolkit.web import WebError


def answer(place: Place, message: Message, text: str = "Gern!") -> Intent:
    """An intent to answer, rendered as it is shown."""
    network = find_network("instagram")
    intent = make_intent(account(place), text, key=f"answer:{message.remote_id}")
    rendition = network.render_answer(text_draft(text, network), message)
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message, rendition=rendition)


def test_comments_and_the_answers_below_them_are_heard(world: InstagramWorld, place: Place) -> None:
    """The oldest first, with who wrote and what it answers; new answers to old comments, and ours to others."""
    published = line(place).send(post(place)).remote_id
    old = world.add("comment", below=published, text="alt", username="mai")
    ours = world.add("comment", below=published, text="#mehr", username=NAME)
    since = place.later(minutes=1)
    world.add("comment", below=published, text="zwei", username="ole", parent=old["id"])
    place.later(minutes=1)
    world.add("comment", below=published, text="drei", username="mai")
    world.add("comment", below=published, text="danke", username=NAME, parent=old["id"])
    heard = list(line(place).listen(since, [published, ours["id"], "999"]))
    assert [(one.author, one.author_id, one.text, one.answers, one.own) for one in heard] == [
        ("ole", "scoped-ole", "zwei", old["id"], False),
        ("mai", "scoped-mai", "drei", published, False),
        (NAME, f"scoped-{NAME}", "danke", old["id"], True),
    ]
    assert {(one.below, one.kind) for one in heard} == {(published, MessageKind.COMMENT)}


def test_a_long_thread_is_read_to_its_end(world: InstagramWorld, place: Place) -> None:
    """More answers than come with the comment are asked for."""
    published = line(place).send(post(place)).remote_id
    top = world.add("comment", below=published, text="Frage", username="mai")
    for number in range(120):
        world.add("comment", below=published, text=f"Antwort {number}", username="ole", parent=top["id"])
    heard = list(line(place).listen(None, [published]))
    assert len(heard) == 121
    assert len({one.remote_id for one in heard}) == 121


def test_a_list_that_fails_is_not_taken_for_none(world: InstagramWorld, place: Place) -> None:
    """A wrong parameter, an outage: raised; only an object without such a list has none."""
    published = line(place).send(post(place)).remote_id
    for trouble in (error(100, "Invalid parameter"), error(2, "busy", status=500)):
        world.ail("GET comments", Ill(trouble))
        with pytest.raises(WebError):
            list(line(place).listen(None, [published]))


def test_an_answer_goes_to_the_thread(world: InstagramWorld, place: Place) -> None:
    """Below the comment; to an answer, below the comment on top and behind the author's name; found again after a loss."""
    published = line(place).send(post(place)).remote_id
    top = world.add("comment", below=published, text="Wann?", username="mai")
    world.add("comment", below=published, text="Ja, wann?", username="ole", parent=top["id"])
    mai, ole = line(place).listen(None, [published])
    sent = line(place).send(answer(place, mai, "Um neun"))
    assert sent.outcome is Outcome.ACCEPTED
    assert world.sent("POST replies")[0].form() == {"message": "Um neun"}
    world.ail("POST replies", LOST)
    intent = answer(place, ole, "Um neun")
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    made = world.all("comment")[0]
    assert (made["text"], made["parent"]) == ("@ole Um neun", top["id"])
    assert line(place).find(tried(intent, NOW)).remote_id == made["id"]
    assert line(place).send(tried(intent, NOW)).remote_id == made["id"]
    assert [one.path.split("/")[-2] for one in world.sent("POST replies")] == [top["id"]] * 2


def test_an_answer_is_found_at_the_end_of_a_long_thread(world: InstagramWorld, place: Place) -> None:
    """Answers may be listed oldest first: a page of old ones of ours proves nothing."""
    published = line(place).send(post(place)).remote_id
    top = world.add("comment", below=published, text="Wann?", username="mai")
    message = next(iter(line(place).listen(None, [published])))
    place.later(hours=1)
    world.ail("POST replies", LOST)
    intent = answer(place, message, "Um neun")
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    made = world.all("comment")[0]
    world.now = NOW
    for number in range(60):  # the pretended list shows what was added last first
        world.add("comment", below=published, text=f"Früher {number}", username=NAME, parent=top["id"])
    world.now = place.clock.now()
    seen = line(place).find(tried(intent, place.clock.now()))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, made["id"])


def test_a_name_that_is_there_is_not_written_twice(place: Place) -> None:
    """Whoever named the author already is left alone; the length counts what is sent."""
    nested = Message("3", "instagram", MessageKind.COMMENT, "ole", "?", NOW, answers="2", below="1")
    assert answer(place, nested, "Hallo @Ole und alle").content.text == "Hallo @Ole und alle"
    named = answer(place, nested, "Hallo").content
    assert (named.text, named.count.length) == ("@ole Hallo", 10)
    assert not answer(place, nested, "a" * 2197).content.count.valid


def test_hidden_and_deleted_comments_are_not_answered(world: InstagramWorld, place: Place) -> None:
    """Instagram's own words say why."""
    published = line(place).send(post(place)).remote_id
    top = world.add("comment", below=published, text="?", username="mai")
    (message,) = line(place).listen(None, [published])
    world.ail("POST replies", Ill(error(10, "Cannot reply to a hidden comment")))
    assert line(place).send(answer(place, message)).reason == "400: Cannot reply to a hidden comment (#10)"
    del world.things[top["id"]]
    refusal = line(place).send(answer(place, message))
    assert (refusal.outcome, "does not exist" in refusal.reason) == (Outcome.REFUSED, True)


def test_gone_takes_a_witness(world: InstagramWorld, place: Place) -> None:
    """What is deleted looks like what we may not see: another one must be shown."""
    there = world.add("comment", below="1", text="da", username="mai")["id"]
    assert line(place).gone([there, "4711"]) == {"4711"}
    assert line(place).gone(["4711"]) == frozenset()
