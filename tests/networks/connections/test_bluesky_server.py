"""The Bluesky line against a real network (directory, accounts' server, application view), read by another client."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import atproto  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.networks.bluesky.ours import Ours, sent, until
from tests.networks.bluesky.sending import MEDIA, PICTURES
from tests.networks.connections.makers import attach, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.bluesky import Bluesky
from toolkit.model import Message, Outcome, Presence
from toolkit.networks.base import Memory

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("bluesky")]


@pytest.fixture
def ours(bluesky: Bluesky) -> Ours:
    return Ours(bluesky)


@pytest.fixture
def reader(bluesky: Bluesky) -> Iterator[atproto.Client]:
    """An independent client: it reads with its own models, and knows nothing of us."""
    bob = bluesky.people["bob"]
    until(lambda: bluesky.get("bob", "app.bsky.actor.getProfiles", actors=[bob.did])["profiles"])
    client = atproto.Client(f"{bluesky.url}/xrpc")
    client.login(bob.handle, bob.app_password)
    yield client
    client.request.close()


def test_an_independent_client_reads_what_was_sent(ours: Ours, reader: atproto.Client) -> None:
    """Facets by bytes, languages, alt texts, proportions and place in the thread are what the post said."""
    text = "Tür 1 ist auf 🎄 @bob.test #advent: [Zum Shop](https://example.com/winter)\n\n---\n\nZweiter Teil"
    line, post = ours.line(), ours.post(text, pictures=PICTURES)
    first = sent(line, post)
    second = sent(line, replace(post, part=1, previous=first, key=f"{post.key}1"))
    third = sent(line, ours.post("Dritter", previous=second))
    seen = until(lambda: reader.get_posts([first, second, third]).posts[2:])
    assert len(seen) == 1
    records = [one.record for one in reader.get_posts([first, second, third]).posts]
    facets = [(facet.index.byte_start, facet.index.byte_end, facet.features[0]) for facet in records[0].facets]
    data = records[0].text.encode()
    assert [data[start:end].decode() for start, end, _feature in facets] == ["@bob.test", "#advent", "Zum Shop"]
    assert facets[0][2].did == ours.network.people["bob"].did
    assert facets[1][2].tag == "advent"
    assert facets[2][2].uri == "https://example.com/winter"
    images = records[0].embed.images
    assert [image.alt for image in images] == ["Bild von media/tuer.png", "Bild von media/zwei.png"]
    assert [(image.aspect_ratio.width, image.aspect_ratio.height) for image in images] == [(64, 48), (30, 40)]
    assert [record.langs for record in records] == [["de"]] * 3
    assert records[1].reply.parent.uri == records[1].reply.root.uri == first
    assert (records[2].reply.parent.uri, records[2].reply.root.uri) == (second, first)
    keys = [one.rpartition("/")[2] for one in (first, second, third)]
    assert keys == sorted(keys)


def test_pictures_arrive_byte_by_byte(ours: Ours) -> None:
    """A small picture without metadata is the file itself; a large one is made small enough, and turned upright."""
    import io
    import random

    from PIL import Image

    noise = Image.frombytes("RGB", (1500, 900), random.Random(1).randbytes(1500 * 900 * 3))
    stream = io.BytesIO()
    noise.save(stream, "PNG")
    files = {**MEDIA, "media/gross.png": stream.getvalue()}
    large = attach("media/gross.png", files["media/gross.png"], "Rauschen")
    ours.read_media = files.__getitem__
    # This server is older than the lexicon's larger limit: it says so once, and is believed.
    line = ours.line()
    post = ours.post("Groß", pictures=(PICTURES[0], large))
    answer = line.send(post)
    if answer.outcome is Outcome.LATER:
        assert "blob too big" in answer.reason
        answer = line.send(post)
    assert answer.outcome is Outcome.ACCEPTED
    images = ours.stored(answer.remote_id)["value"]["embed"]["images"]
    blobs = [ours.blob(image["image"]["ref"]["$link"]) for image in images]
    assert blobs[0] == MEDIA["media/tuer.png"]
    assert len(files["media/gross.png"]) > 2_000_000 > len(blobs[1])
    with Image.open(io.BytesIO(blobs[1])) as shown:
        ratio = images[1]["aspectRatio"]
        assert shown.size == (ratio["width"], ratio["height"])


def test_a_card_stands_below_a_post_with_a_link(ours: Ours) -> None:
    """Title, description and picture are the author's; the page is not asked, and a picture leaves no room for it."""
    ours.read_media = MEDIA.__getitem__
    options = {"card_title": "Winterröster", "card_description": "Neu", "card_image": "media/tuer.png"}
    link = "Neu: https://example.com/winter"
    value = ours.stored(sent(ours.line(), ours.post(link, options=options)))["value"]
    card = value["embed"]["external"]
    assert (card["uri"], card["title"], card["description"]) == ("https://example.com/winter", "Winterröster", "Neu")
    assert ours.blob(card["thumb"]["ref"]["$link"]) == MEDIA["media/tuer.png"]
    value = ours.stored(sent(ours.line(), ours.post(link, options=options, pictures=PICTURES[:1])))["value"]
    assert value["embed"]["$type"] == "app.bsky.embed.images"


def test_who_nobody_is_stays_text(ours: Ours) -> None:
    """A mention of a handle that nobody has is sent as text; labels are sent with the post."""
    answer = sent(ours.line(), ours.post("Hallo @niemand.test", options={"labels": "nudity, graphic-media"}))
    value = ours.stored(answer)["value"]
    assert "facets" not in value
    assert [label["val"] for label in value["labels"]["values"]] == ["nudity", "graphic-media"]


def test_the_same_request_again_changes_nothing(ours: Ours) -> None:
    """Sent twice, even by a line that forgot everything, a post is there once, under the same name and content."""
    line, post = ours.line(), ours.post("Nur einmal", pictures=PICTURES[:1])
    first = sent(line, post)
    cid = ours.stored(first)["cid"]
    assert sent(line, post) == first
    ours.memory = Memory()
    again = sent(ours.line(), tried(post, datetime.now(UTC) - timedelta(seconds=5)))
    assert (again, ours.stored(first)["cid"], ours.saying("Nur einmal")) == (first, cid, 1)


def test_a_lost_answer_is_found_and_what_never_arrived_is_absent(ours: Ours) -> None:
    """The key is looked up; without the noted key the account's own posts prove it either way."""
    line, post = ours.line(), ours.post("Verlorene Antwort")
    remote_id = sent(line, post)
    first = datetime.now(UTC) - timedelta(seconds=30)
    for memory in (ours.memory, Memory()):
        ours.memory = memory
        seen = ours.line().find(tried(post, first))
        assert (seen.presence, seen.remote_id) == (Presence.FOUND, remote_id)
        absent = ours.line().find(tried(replace(post, key="another:post:0"), first))
        assert absent.presence is Presence.ABSENT


CHILD = """
import os, signal, sys
sys.path.insert(0, {root!r})
from tests.networks.bluesky.ours import Ours
from tests.servers.bluesky import Bluesky, Person
import toolkit.networks.bluesky.xrpc as xrpc

people = {{"alice": Person("alice.test", {did!r}, {password!r}, "")}}
ours = Ours(Bluesky({url!r}, people))
inner = xrpc.Web.request

def request(self, method, url, **more):
    reply = inner(self, method, url, **more)
    if url.endswith("putRecord"):
        os.kill(os.getpid(), signal.SIGKILL)
    return reply

xrpc.Web.request = request
ours.line().send(ours.post("Mitten im Senden", key="killed:post:0"))
"""


def test_a_process_that_died_before_the_answer_left_one_post(ours: Ours) -> None:
    """SIGKILL after the server took the post: the next process, which knows nothing, finds it and sends nothing."""
    alice = ours.network.people["alice"]
    root = str(Path.cwd())
    code = textwrap.dedent(CHILD).format(root=root, did=alice.did, password=alice.app_password, url=ours.network.url)
    began = datetime.now(UTC)
    died = subprocess.run([sys.executable, "-c", code], timeout=60, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    post = tried(ours.post("Mitten im Senden", key="killed:post:0"), began)
    seen = ours.line().find(post)
    assert seen.presence is Presence.FOUND
    assert sent(ours.line(), post) == seen.remote_id
    assert ours.saying("Mitten im Senden") == 1


def test_an_edit_keeps_time_pictures_and_thread(ours: Ours, reader: atproto.Client) -> None:
    """Another text and other alt texts stand under the same name; twice is once."""
    line = ours.line()
    parent = sent(line, ours.post("Oben"))
    remote_id = sent(line, ours.post("Mit Feler", pictures=PICTURES, previous=parent))
    before = ours.stored(remote_id)["value"]
    described = tuple(replace(picture, alt=f"Neu: {picture.alt}") for picture in PICTURES)
    edit = ours.post("Ohne Fehler #neu", pictures=described)
    answers = [line.edit(remote_id, edit) for _time in range(2)]
    assert [(one.outcome, one.remote_id) for one in answers] == [(Outcome.ACCEPTED, remote_id)] * 2
    after = ours.stored(remote_id)["value"]
    assert after["text"] == "Ohne Fehler #neu"
    assert [image["alt"] for image in after["embed"]["images"]] == [picture.alt for picture in described]
    assert [after[name] for name in ("createdAt", "reply")] == [before[name] for name in ("createdAt", "reply")]
    assert len(after["facets"]) == 1
    shown = until(lambda: [one for one in reader.get_posts([remote_id]).posts if "Ohne" in one.record.text])
    assert len(shown) == 1


def test_to_delete_twice_is_to_delete_once(ours: Ours) -> None:
    """Both answers are yes; the post is gone, and cannot be edited or answered any more."""
    line = ours.line()
    remote_id = sent(line, ours.post("Weg damit"))
    assert [line.delete(remote_id).outcome for _time in range(2)] == [Outcome.ACCEPTED] * 2
    assert ours.saying("Weg damit") == 0
    edited, answered = line.edit(remote_id, ours.post("Doch")), line.send(ours.post("Darauf", previous=remote_id))
    assert (edited.outcome, answered.outcome) == (Outcome.REFUSED, Outcome.REFUSED)
    assert "not there any more" in edited.reason
    assert "not there any more" in answered.reason


def test_counts_are_what_another_person_did(ours: Ours, bluesky: Bluesky) -> None:
    """A like, a repost, a quote and a reply of bob's: one like, two shares, one comment; our next part is none."""
    line = ours.line()
    first = sent(line, ours.post("Zählt mit"))
    second = sent(line, ours.post("Zweiter Teil", previous=first))
    subject = {"uri": first, "cid": ours.stored(first)["cid"]}
    at = "2026-11-21T12:00:00Z"
    bluesky.create("bob", "app.bsky.feed.like", {"subject": subject, "createdAt": at})
    bluesky.create("bob", "app.bsky.feed.repost", {"subject": subject, "createdAt": at})
    quote = {"$type": "app.bsky.embed.record", "record": subject}
    bluesky.create("bob", "app.bsky.feed.post", {"text": "Seht", "createdAt": at, "embed": quote})
    sent(Ours(bluesky, "bob").line(), Ours(bluesky, "bob").post("Schön", previous=first))
    wanted = {"likes": 1, "shares": 2, "comments": 1, "saves": 0}
    gone = f"{first[:-13]}3jzfcijpj2z2a"
    counts = until(lambda: (found := line.counts([first, second, gone])).get(first) == wanted and found)
    assert counts == {first: wanted, second: {"likes": 0, "shares": 0, "comments": 0, "saves": 0}}
    assert line.audience() == {"followers": 0}


def test_replies_mentions_and_quotes_are_heard_once(ours: Ours, bluesky: Bluesky) -> None:
    """Also a reply so fast that the network notifies nobody; the oldest first, and our own answer is marked as ours."""
    line, bob = ours.line(), Ours(bluesky, "bob")
    began = datetime.now(UTC)
    post = sent(line, ours.post("Was meint ihr?"))
    fast = sent(bob.line(), bob.post("Sofort", previous=post, language="de"))
    thanks = sent(line, ours.post("Danke", previous=fast))
    deeper = sent(bob.line(), bob.post("Gern", previous=fast))
    mention = sent(bob.line(), bob.post("Fragt @alice.test"))
    subject = {"uri": post, "cid": ours.stored(post)["cid"]}
    quote = {"$type": "app.bsky.embed.record", "record": subject}
    record = {"text": "Lest das", "createdAt": datetime.now(UTC).isoformat(), "embed": quote}
    quoted = bluesky.create("bob", "app.bsky.feed.post", record)["uri"]

    def listen(since: datetime) -> list[Message]:
        """What belongs to this test; others answer on the same network."""
        return [one for one in line.listen(since, [post]) if one.below == post or one.remote_id == mention]

    said = until(lambda: found if len(found := listen(began)) >= 5 else [])
    assert [(message.remote_id, message.answers, message.below) for message in said if message.own] == [
        (thanks, fast, post)
    ]
    heard = [message for message in said if not message.own]
    assert [message.remote_id for message in heard] == [fast, deeper, mention, quoted]
    assert [message.thread for message in heard] == [post, post, mention, quoted]
    assert {(message.author_id, message.reach) for message in heard} == {(bluesky.people["bob"].did, 0)}
    assert [message.kind.value for message in heard] == ["comment", "comment", "mention", "mention"]
    assert [message.below for message in heard] == [post, post, "", post]
    assert [message.answers for message in heard] == [post, fast, "", post]
    assert {(message.author, message.channel) for message in heard} == {("bob.test", "bluesky")}
    assert heard[0].url == f"https://bsky.app/profile/bob.test/post/{fast.rpartition('/')[2]}"
    assert (heard[0].text, heard[0].language) == ("Sofort", "de")
    assert [message.at for message in heard] == sorted(message.at for message in heard)
    assert listen(datetime.now(UTC) + timedelta(minutes=1)) == []


def test_a_session_is_made_once_and_refreshed_when_it_is_over(ours: Ours) -> None:
    """Two lines share a session; one whose access token the server refuses is refreshed, without the password."""
    sent(ours.line(), ours.post("Erste Sitzung"))
    session = ours.session()
    sent(ours.line(), ours.post("Dieselbe Sitzung"))
    assert ours.session() == session
    ours.memory.kept["session"] = replace(session, access=session.access[:-3] + "AAA").to_json()
    sent(ours.line(), ours.post("Erneuerte Sitzung"))
    renewed = ours.session()
    assert renewed.refresh != session.refresh
    ours.memory.kept["session"] = replace(renewed, access="x.y.z", refresh="x.y.z").to_json()
    sent(ours.line(), ours.post("Neu angemeldet"))


def test_what_the_network_refuses_is_refused_before_it_is_sent(ours: Ours) -> None:
    """301 graphemes, five pictures, unknown labels: nothing is asked to be published, and the reason is said."""
    cases = [
        (ours.post("ä" * 301), "301 graphemes, Bluesky takes 300"),
        (ours.post("Fünf", pictures=PICTURES * 2 + PICTURES[:1]), "5 pictures, Bluesky takes 4"),
        (ours.post("Wie", options={"labels": "spicy"}), "knows no label spicy"),
    ]
    before = len(ours.own())
    for post, reason in cases:
        answer = ours.line().send(post)
        assert answer.outcome is Outcome.REFUSED
        assert reason in answer.reason
    assert len(ours.own()) == before


def test_the_server_refuses_in_its_own_words(ours: Ours, bluesky: Bluesky) -> None:
    """A wrong password locks the account out and is in no answer; what the server's rules forbid is refused."""
    line = ours.line("wrong-pass-word-here")
    answer = line.send(ours.post("Nie"))
    assert verdict(answer) == LOCKED
    assert "Invalid identifier or password" in answer.reason
    assert "wrong-pass-word-here" not in answer.reason
    foreign = f"at://{bluesky.people['bob'].did}/app.bsky.feed.post/3jzfcijpj2z2a"
    assert ours.line().delete(foreign).outcome is Outcome.REFUSED
    post = ours.post("Zu lang für den Server")
    part = replace(post.rendition.parts[0], text="ä" * 301)
    answer = ours.line().send(replace(post, rendition=replace(post.rendition, parts=(part,))))
    assert answer.outcome is Outcome.REFUSED
    assert "grapheme" in answer.reason
