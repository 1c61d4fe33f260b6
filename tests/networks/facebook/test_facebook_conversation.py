"""What people write to a Facebook page, and what it answers; every request checked against Meta's published types."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.networks.connections.makers import make_intent, tried
from tests.networks.facebook.test_facebook_line import account, line, post
from tests.networks.graph.makers import ONE, Place
from tests.servers.meta.facebook import PAGE, FacebookWorld
from tests.servers.meta.world import LOST, NOW, RESET, Ill, error
from tests.servers.pretend import Request
from toolkit.model import Message, MessageKind, Outcome, Presence, Showing
from toolkit.networks import find_network
from toolkit.networks.base import Action, Capability, Intent
from toolkit.networks.filters import text_draft
from toolkit.web import WebError


def answer(place: Place, message: Message, text: str = "Gern!") -> Intent:
    """An intent to answer."""
    intent = make_intent(account(place), text, key=f"answer:{message.remote_id}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def asked(world: FacebookWorld, edge: str) -> list[Request]:
    return world.sent(f"GET {edge}")


def test_comments_and_our_answers_are_heard(world: FacebookWorld, place: Place) -> None:
    """All levels, the oldest first, with their author and picture; of ours only what answers somebody else."""
    published = line(place).send(post(place)).remote_id
    picture = {"url": "https://fb.example/photo", "media": {"image": {"src": "https://cdn.example/a.jpg"}}}
    first = world.add("comment", below=published, message="Hallo", author="6", name="Mai", attachment=picture)
    place.later(minutes=1)
    ours = world.add("comment", below=published, message="Link im Shop", author=PAGE)
    world.add("comment", below=published, message="Nachtrag", author=PAGE, parent=ours["id"])
    world.add("comment", below=published, message="Moin!", author=PAGE, parent=first["id"])
    world.add("comment", below=published, message="Ja", author="7", name="Ole", parent=first["id"])
    heard = list(line(place).listen(None, [published, ours["id"]]))
    assert [(one.author_id, one.name, one.text, one.answers, one.own) for one in heard] == [
        ("6", "Mai", "Hallo", published, False),
        (PAGE, "Nordlicht Kaffee", "Moin!", first["id"], True),
        ("7", "Ole", "Ja", first["id"], False),
    ]
    assert {(one.below, one.kind, one.channel) for one in heard} == {(published, MessageKind.COMMENT, "facebook")}
    assert heard[0].media == ("https://cdn.example/a.jpg",)
    assert [one.text for one in line(place).listen(world.now, [published])] == ["Moin!", "Ja"]


def test_reading_stops_where_everything_is_known(world: FacebookWorld, place: Place) -> None:
    """The newest stand first; behind a page on which all are older, none is asked for."""
    published = line(place).send(post(place)).remote_id
    for number in range(130):
        world.add("comment", below=published, message=f"Nummer {number}", author="6", name="Mai")
    since = place.later(minutes=1)
    world.add("comment", below=published, message="Neu", author="6", name="Mai")
    assert [one.text for one in line(place).listen(since, [published])] == ["Neu"]
    assert len(asked(world, "comments")) == 2
    assert len(list(line(place).listen(None, [published, f"{PAGE}_9"]))) == 131


def test_reviews_and_mentions_are_heard(world: FacebookWorld, place: Place) -> None:
    """A review without words says whether the page is recommended; a post that names the page is heard once."""
    reviewer = {"reviewer": {"id": "6", "name": "Mai"}, "created_time": "2026-11-21T12:00:00+0000"}
    for number, said in enumerate(({"review_text": "Wunderbar"}, {"recommendation_type": "negative"}, {})):
        story = {"open_graph_story": {"id": f"{number}"}} if said else {}
        world.add("review", said={**reviewer, **said, **story})
    for edge in ("tagged", "visitor_posts"):
        world.add(edge, message="Bester Kaffee!", author="8", name="Ida")
    world.things["1005"]["id"] = world.things["1004"]["id"]
    world.add("visitor_posts", message="Von uns selbst", author=PAGE, name="Nordlicht Kaffee")
    listener = line(place)
    heard = list(listener.listen(NOW, []))
    assert [(one.kind, one.author, one.text) for one in heard] == [
        (MessageKind.REVIEW, "Mai", "Wunderbar"),
        (MessageKind.REVIEW, "Mai", "negative"),
        (MessageKind.MENTION, "Ida", "Bester Kaffee!"),
    ]
    assert listener.unheard() == ""


def test_what_the_token_has_no_right_to_is_said(world: FacebookWorld, place: Place) -> None:
    """Comments are heard without the reviews; an outage is no missing right."""
    published = line(place).send(post(place)).remote_id
    world.add("comment", below=published, message="Hallo", author="6", name="Mai")
    world.ail("GET ratings", Ill(error(10, "This endpoint requires pages_read_user_content")))
    listener = line(place)
    assert [one.text for one in listener.listen(None, [published])] == ["Hallo"]
    assert "ratings: 400: This endpoint requires pages_read_user_content (#10)" in listener.unheard()
    assert list(listener.listen(world.now, [f"{PAGE}_9"])) == []
    assert listener.unheard() == ""
    world.ail("GET tagged", Ill(error(2, "busy", status=500)))
    with pytest.raises(WebError, match="busy"):
        list(listener.listen(None, []))


def test_an_answer_stands_below_the_comment(world: FacebookWorld, place: Place) -> None:
    """By one request; of a lost reply it is read back, also where Facebook moved it up a level."""
    published = line(place).send(post(place)).remote_id
    first = world.add("comment", below=published, message="Wann?", author="6", name="Mai")
    world.add("comment", below=published, message="Ja, wann?", author="7", name="Ole", parent=first["id"])
    mai, ole = line(place).listen(None, [published])
    assert (mai.text, ole.text) == ("Wann?", "Ja, wann?")
    sent = line(place).send(answer(place, mai, "Um neun"))
    assert (sent.outcome, world.things[sent.remote_id]["parent"]) == (Outcome.ACCEPTED, first["id"])
    assert world.sent("POST comments")[0].form() == {"message": "Um neun"}
    world.ail("POST comments", LOST)
    intent = answer(place, ole, "Um neun")
    assert line(place).find(tried(answer(place, ole, "Nie"), NOW)).presence is Presence.ABSENT
    del world.things[sent.remote_id]
    elsewhere = world.add("comment", below=published, message="Und wo?", author="8", name="Ida")
    world.add("comment", below=published, message="Um neun", author=PAGE, parent=elsewhere["id"])
    world.add("comment", below=published, message="Um neun", author=PAGE)
    assert line(place).find(tried(intent, NOW)).presence is Presence.ABSENT
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    made = world.all("comment")[0]
    assert made["parent"] == first["id"]
    assert line(place).find(tried(intent, NOW)).remote_id == made["id"]
    assert line(place).send(tried(intent, NOW)).remote_id == made["id"]
    assert len(world.sent("POST comments")) == 2


def test_the_same_words_to_somebody_before_are_not_the_answer(world: FacebookWorld, place: Place) -> None:
    """Thanks to Mai, then thanks to Ole in the same thread: the first are no proof of the second."""
    published = line(place).send(post(place)).remote_id
    first = world.add("comment", below=published, message="Lecker", author="6", name="Mai")
    place.later(seconds=20)
    world.add("comment", below=published, message="Danke!", author=PAGE, parent=first["id"])
    place.later(seconds=20)
    world.add("comment", below=published, message="Finde ich auch", author="7", name="Ole", parent=first["id"])
    (ole,) = [one for one in line(place).listen(None, [published]) if one.name == "Ole"]
    intent = tried(answer(place, ole, "Danke!"), place.later(seconds=20))
    assert line(place).find(intent).presence is Presence.ABSENT
    assert line(place).send(intent).outcome is Outcome.ACCEPTED
    assert line(place).find(intent).presence is Presence.FOUND


def test_an_answer_below_our_first_comment_is_found(world: FacebookWorld, place: Place) -> None:
    """Somebody answers our first comment, we answer them, and Facebook moves that up below our comment."""
    published = line(place).send(post(place)).remote_id
    ours = world.add("comment", below=published, message="Link im Shop", author=PAGE)
    world.add("comment", below=published, message="Ausverkauft?", author="6", name="Mai", parent=ours["id"])
    (message,) = line(place).listen(None, [ours["id"]])
    assert message.below == ours["id"]
    world.ail("POST comments", LOST)
    intent = answer(place, message, "Nein!")
    assert line(place).send(intent).outcome is Outcome.UNKNOWN
    assert world.all("comment")[0]["parent"] == ours["id"]
    assert line(place).find(tried(intent, NOW)).presence is Presence.FOUND


def test_a_review_is_answered_below_it(world: FacebookWorld, place: Place) -> None:
    """A review has no post of ours above it: its own comments are where the answer is found."""
    world.add("review")
    review = Message("1001", "facebook", MessageKind.REVIEW, "Mai", "Wunderbar", NOW)
    world.things["1001"]["below"] = "1001"
    world.ail("POST comments", LOST)
    assert line(place).send(answer(place, review)).outcome is Outcome.UNKNOWN
    seen = line(place).find(tried(answer(place, review), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, world.all("comment")[0]["id"])


def test_what_cannot_be_answered_is_refused(world: FacebookWorld, place: Place) -> None:
    """Gone, too long, with a picture: nothing is written, and the reason is said."""
    gone = Message("4711", "facebook", MessageKind.COMMENT, "Mai", "?", NOW, below=f"{PAGE}_1")
    assert "does not exist" in line(place).send(answer(place, gone)).reason
    draft = text_draft("a" * 8001, find_network("facebook"))
    long = replace(answer(place, gone), rendition=find_network("facebook").render_answer(draft, gone))
    assert line(place).send(long).reason == "8001 characters, the network takes 8000"
    pictured = replace(answer(place, gone), rendition=post(place, attachments=ONE).rendition)
    assert line(place).send(pictured).reason == "the network takes no media in a comment"
    world.ail("POST comments", RESET)
    assert line(place).send(answer(place, gone)).outcome is Outcome.UNKNOWN
    assert world.all("comment") == []


def test_gone_takes_a_witness(world: FacebookWorld, place: Place) -> None:
    """Facebook says the same of what is deleted and of what we may not see: another one must be shown."""
    there = world.add("comment", below="1", message="da", author="6", name="Mai")["id"]
    assert line(place).gone([there, "4711"]) == {"4711"}
    assert line(place).gone(["4711", "4712"]) == frozenset()
    world.ail("GET 4711", Ill(error(4, "too many calls")))
    with pytest.raises(WebError, match="too many calls"):
        line(place).gone([there, "4711"])


def test_why_there_are_no_direct_messages() -> None:
    """The networks of Meta answer in public, and say where the private is answered."""
    for name in ("facebook", "instagram", "threads"):
        network = find_network(name)
        assert Capability.ANSWER in network.capabilities
        assert Capability.DIRECT not in network.capabilities
        assert "nswer them in" in network.no_direct


def test_a_comment_that_is_hidden_says_so(world: FacebookWorld, place: Place) -> None:
    """Facebook tells the page of comments that nobody else sees any more."""
    published = line(place).send(post(place)).remote_id
    for hidden in (True, False):
        world.add("comment", below=published, message=str(hidden), author="6", name="Mai", is_hidden=hidden)
    heard = list(line(place).listen(None, [published]))
    assert {(one.text, one.showing) for one in heard} == {("True", Showing.HIDDEN), ("False", Showing.SHOWN)}
