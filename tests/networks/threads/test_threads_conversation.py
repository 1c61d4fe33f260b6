"""What people reply on Threads, and what we answer; every request checked against what Meta documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.networks.connections.makers import tried
from tests.networks.graph.makers import Place
from tests.networks.threads.test_threads_line import line, post
from tests.servers.meta.threads import NAME, ThreadsWorld
from tests.servers.meta.world import LOST, NOW, Ill, error
from toolkit.model import Message, MessageKind, Outcome, Presence
from toolkit.networks.base import Action, Intent
from toolkit.web import WebError

CREATE, PUBLISH = "POST threads", "POST threads_publish"


def answer(place: Place, message: Message, *texts: str) -> Intent:
    """An intent to answer."""
    intent = post(place, *texts, key=f"answer:{message.remote_id}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def say(world: ThreadsWorld, root: str, text: str, username: str, answers: str = "") -> str:
    """A reply below the post `root`; its id."""
    shared = {"type": "TEXT_POST", "children": [], "root": root, "answers": answers or root}
    return str(world.add("foreign", text=text, username=username, **shared)["id"])


def test_replies_and_our_answers_are_heard(world: ThreadsWorld, place: Place) -> None:
    """At any depth, the oldest first; of ours only what answers somebody else, not the next part of our thread."""
    published = line(place).send(post(place)).remote_id
    first = say(world, published, "Hallo", "mai")
    part = say(world, published, "Zweiter Teil", NAME)
    since = place.later(minutes=1)
    say(world, published, "Ja", "ole", first)
    say(world, published, "Danke", NAME, first)
    say(world, published, "Dritter Teil", NAME, part)
    heard = list(line(place).listen(None, [published, part]))
    assert [(one.author, one.text, one.answers, one.below, one.own) for one in heard] == [
        ("mai", "Hallo", published, published, False),
        ("ole", "Ja", first, published, False),
        (NAME, "Danke", first, published, True),
    ]
    for number in range(120):
        say(world, published, f"Nummer {number}", "mai")
    assert len(list(line(place).listen(since, [published]))) == 122
    later = place.later(minutes=1)
    world.server.requests.clear()
    assert list(line(place).listen(later, [published])) == []
    assert len(world.sent("GET conversation")) == 1


def test_replies_to_a_part_of_our_thread_are_heard(world: ThreadsWorld, place: Place) -> None:
    """Meta gives the conversation of a whole thread only; a part's direct replies are asked for, and a right is a right."""
    first = line(place).send(post(place, "Eins", "Zwei")).remote_id
    second = line(place).send(replace(post(place, "Eins", "Zwei"), part=1, previous=first, key="2")).remote_id
    say(world, second, "Hallo", "mai")
    heard = list(line(place).listen(None, [first, second]))
    assert [(one.text, one.answers, one.below) for one in heard] == [("Hallo", second, second)]
    world.ail("GET replies", Ill(error(10, "threads_read_replies is missing")))
    with pytest.raises(WebError, match="threads_read_replies is missing"):
        list(line(place).listen(None, [second]))


def test_an_answer_goes_two_steps_below_the_reply(world: ThreadsWorld, place: Place) -> None:
    """Its container names the reply; after a loss the container and the list of replies tell; parts follow each other."""
    published = line(place).send(post(place)).remote_id
    reply = say(world, published, "Wann?", "mai")
    (message,) = line(place).listen(None, [published])
    intent = answer(place, message, "Um neun", "Im Laden")
    world.ail(PUBLISH, LOST)
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    assert world.sent(CREATE)[-1].form()["reply_to_id"] == reply
    made = world.all("post")[0]
    assert line(place).find(tried(intent, NOW)).remote_id == made["id"]
    assert line(place).send(tried(intent, NOW)).remote_id == made["id"]
    place.notes.kept.clear()  # another machine, which has no note of the container
    assert line(place).find(tried(intent, NOW)).remote_id == made["id"]
    second = line(place).send(replace(intent, part=1, previous=made["id"], key="answer:1:1"))
    assert world.things[second.remote_id]["answers"] == made["id"]
    never = replace(answer(place, message, "Nie"), key="answer:2")
    assert line(place).find(tried(never, NOW)).presence is Presence.ABSENT


def test_a_container_is_not_used_for_another_message(world: ThreadsWorld, place: Place) -> None:
    """What waits to be published below one message does not come to stand below another one."""
    first = Message("4711", "threads", MessageKind.COMMENT, "mai", "?", NOW)
    world.ail(PUBLISH, Ill(error(24, "The requested resource does not exist", subcode=4279009)))
    assert line(place).send(replace(answer(place, first, "Ja"), key="same")).outcome is Outcome.LATER
    other = replace(answer(place, replace(first, remote_id="4712"), "Ja"), key="same")
    assert line(place).send(other).outcome is Outcome.ACCEPTED
    assert world.all("post")[0]["answers"] == "4712"


def test_an_answer_has_the_quota_of_replies(world: ThreadsWorld, place: Place) -> None:
    """When a day's posts are used up, answers still go out, and the other way round."""
    message = Message("4711", "threads", MessageKind.COMMENT, "mai", "?", NOW)
    world.used = 250
    assert line(place).send(answer(place, message, "Ja")).outcome is Outcome.ACCEPTED
    world.replied = 1000
    assert line(place).send(replace(answer(place, message, "Nein"), key="x")).outcome is Outcome.LATER


def test_gone_takes_a_witness(world: ThreadsWorld, place: Place) -> None:
    """What is deleted looks like what we may not see: another one must be shown."""
    there = say(world, "1", "da", "mai")
    assert line(place).gone([there, "4711"]) == {"4711"}
    assert line(place).gone(["4711"]) == frozenset()
