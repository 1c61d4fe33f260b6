"""The webhook's line against a receiver that verifies signatures, validates documents and remembers keys."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.networks.webhook.conftest import NOW, SECRET, Receiver, id_of
from tests.servers.pretend import DROP, Drop, Reply
from toolkit.errors import UsageError
from toolkit.model import Outcome, Presence
from toolkit.networks.base import Action, Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.webhook import NETWORK
from toolkit.networks.webhook.connection import connect

PICTURE = make_picture()
LOOKUP = {"lookup": "yes"}


def hello(receiver: Receiver, text: str = "Hallo", **options: object) -> Intent:
    return make_intent(receiver.account(), text, **options)  # type: ignore[arg-type]  # passed through


def pictured(receiver: Receiver, **fields: str) -> Intent:
    receiver.files["media/a.png"] = PICTURE
    return hello(receiver, attachments=(attach("media/a.png", PICTURE, "Eine Tür"),), fields=fields)


def test_a_message_arrives_signed_and_as_described(receiver: Receiver) -> None:
    """Text, Markdown, HTML, place in the thread and key stand in the document; id and address are the receiver's."""
    rendition = NETWORK.render(text_draft("**Neu**: [Shop](https://a.de)\n\n---\n\nzwei", NETWORK))
    intent = Intent("uid:ä:post:1", receiver.account(), rendition, 1, "n-1")
    answer = receiver.line().send(intent)
    wanted = id_of("uid:ä:post:1")
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, wanted)
    assert answer.url == f"https://intranet.example/{wanted}"
    assert receiver.taken["uid:ä:post:1"] == {
        "format": 1,
        "key": "uid:ä:post:1",
        "action": "post",
        "account": "intranet",
        "previous": "n-1",
        "part": 2,
        "parts": 2,
        "text": "zwei",
        "markdown": "zwei",
        "html": "<p>zwei</p>",
    }
    (request,) = receiver.pretend.requests
    assert request.headers["idempotency-key"] == "uid:%C3%A4:post:1"
    receiver.line().send(replace(intent, part=0, key="first"))
    assert receiver.taken["first"]["markdown"] == "**Neu**: [Shop](https://a.de)"


def test_media_go_along_in_the_document(receiver: Receiver) -> None:
    """Bytes as base64 with name, type, size, hash and alt text."""
    assert receiver.line().send(pictured(receiver)).outcome is Outcome.ACCEPTED
    (message,) = receiver.taken.values()
    assert isinstance(message["media"], list)
    (medium,) = message["media"]
    assert b64decode(medium.pop("data")) == PICTURE
    digest = hashlib.sha256(PICTURE).hexdigest()
    assert medium == {"name": "a.png", "type": "image/png", "size": len(PICTURE), "sha256": digest, "alt": "Eine Tür"}


@dataclass
class Host:
    """A place for public media."""

    put_there: list[str] = field(default_factory=list)

    def put(self, name: str, data: bytes, media_type: str) -> str:
        self.put_there.append(f"{name} {len(data)} {media_type}")
        return f"https://media.example/{name}"


def test_media_go_along_as_links_or_not_at_all(receiver: Receiver) -> None:
    """`media: link` puts them at the public host and sends addresses; without a host it is refused with the remedy."""
    host = Host()
    assert receiver.line(media_host=host).send(pictured(receiver, media="link")).outcome is Outcome.ACCEPTED
    assert host.put_there == [f"a.png {len(PICTURE)} image/png"]
    (message,) = receiver.taken.values()
    assert '"url": "https://media.example/a.png"' in str(message["media"]).replace("'", '"')
    receiver.taken.clear()
    assert receiver.line().send(pictured(receiver, media="none")).outcome is Outcome.ACCEPTED
    assert "media" not in next(iter(receiver.taken.values()))
    answer = receiver.line().send(pictured(receiver, media="link"))
    assert (answer.outcome, "media: inline needs none" in answer.reason) == (Outcome.REFUSED, True)
    assert receiver.line().send(pictured(receiver, media="fax")).outcome is Outcome.REFUSED


def test_what_cannot_go_along_is_not_sent(receiver: Receiver) -> None:
    """A changed file, too much of it, too long a text: refused, and the receiver hears nothing."""
    changed = pictured(receiver)
    receiver.files["media/a.png"] = b"other"
    assert "changed after it was rendered" in receiver.line().send(changed).reason
    big = b"0" * 20_971_521
    receiver.files["media/b.png"] = big
    answer = receiver.line().send(hello(receiver, attachments=(attach("media/b.png", big, "x"),)))
    assert (answer.outcome, "set media: link" in answer.reason) == (Outcome.REFUSED, True)
    long = NETWORK.render(text_draft("x" * 100_001, NETWORK))
    assert receiver.line().send(Intent("k", receiver.account(), long, 0, "")).outcome is Outcome.REFUSED
    assert receiver.pretend.requests == []


def test_a_secret_is_exchanged_without_losing_a_message(receiver: Receiver) -> None:
    """First we sign with both, then the receiver changes, then we drop the old one: each step is accepted."""
    new = "new-secret-0123456789"
    for ours, theirs in [(f"{SECRET} {new}", (SECRET,)), (f"{SECRET} {new}", (new,)), (new, (new,))]:
        receiver.secrets = theirs
        assert receiver.line(ours).send(hello(receiver, key=ours + theirs[0])).outcome is Outcome.ACCEPTED
    answer = receiver.line(SECRET).send(hello(receiver))
    assert (verdict(answer), answer.reason) == (LOCKED, "401: bad signature")


def test_a_repeated_message_is_one_message(receiver: Receiver) -> None:
    """The answer was lost; the same key again is answered like the first time, and nothing is there twice."""
    receiver.lose = True
    intent = hello(receiver, key="uid:1")
    assert receiver.line().send(intent).outcome is Outcome.UNKNOWN
    assert receiver.line().find(tried(intent, NOW)).presence is Presence.UNCLEAR
    receiver.lose = False
    again = receiver.line().send(tried(intent, NOW))
    assert (again.outcome, again.remote_id) == (Outcome.ACCEPTED, id_of("uid:1"))
    assert list(receiver.taken) == ["uid:1"]
    assert receiver.pretend.requests[0].body == receiver.pretend.requests[1].body
    assert (NETWORK.promise.value, NETWORK.key_lifetime) == ("key", 86_400)


def test_a_receiver_that_can_be_asked_is_asked(receiver: Receiver) -> None:
    """Lost but taken is found, never taken is absent; a 404 from somebody else on the way proves nothing."""
    intent = tried(hello(receiver, key="uid:1 ä/?&", fields=LOOKUP), NOW)
    assert receiver.line().find(intent).presence is Presence.ABSENT
    receiver.lose = True
    receiver.line().send(intent)
    seen = receiver.line().find(intent)
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, id_of(intent.key))
    for trouble in (
        Reply(404, {"error": "no such page"}),
        Reply(404, b"<html>"),
        Reply(500, {"key": intent.key}),
        DROP,
    ):
        receiver.trouble = trouble
        assert receiver.line().find(intent).presence is Presence.UNCLEAR
    receiver.trouble = None
    assert receiver.line("another-secret-0123").find(intent).presence is Presence.UNCLEAR


ANSWERS: dict[str, tuple[Reply | Drop, Outcome]] = {
    "200 and nothing": (Reply(200, b""), Outcome.ACCEPTED),
    "202": (Reply(202, {}), Outcome.ACCEPTED),
    "204": (Reply(204, b""), Outcome.ACCEPTED),
    "302": (Reply(302, b"", {"Location": "https://elsewhere.example"}), Outcome.UNKNOWN),
    "400": (Reply(400, {"error": "no"}), Outcome.REFUSED),
    "404": (Reply(404, {"message": "no"}), Outcome.REFUSED),
    "409": (Reply(409, {"error": "again"}), Outcome.DUPLICATE),
    "429": (Reply(429, {}, {"Retry-After": "30"}), Outcome.LATER),
    "500": (Reply(500, b"oops"), Outcome.UNKNOWN),
    "lost": (DROP, Outcome.UNKNOWN),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_one_meaning(receiver: Receiver, kind: str) -> None:
    """Any 2xx is a yes; a message without an id of the receiver's has its key as id; sent once, secrets unseen."""
    receiver.trouble, outcome = ANSWERS[kind]
    answer = receiver.line().send(hello(receiver, key="uid:1"))
    assert answer.outcome is outcome
    assert (answer.remote_id == "uid:1") == (outcome is Outcome.ACCEPTED)
    assert (answer.retry_at == NOW + timedelta(seconds=30)) == (kind == "429")
    assert SECRET not in repr(answer)
    assert len(receiver.pretend.requests) == 1


def test_comments_edits_and_retractions_name_what_they_are_about(receiver: Receiver) -> None:
    """The receiver's own id comes back as `previous` or `target`; what is gone there is taken back."""
    line = receiver.line()
    sent = line.send(hello(receiver, key="uid:post"))
    comment = replace(hello(receiver, "Kommentar", key="uid:comment"), action=Action.COMMENT, previous=sent.remote_id)
    line.send(comment)
    edited = line.edit(sent.remote_id, replace(hello(receiver, "Neu", key="uid:edit:1"), action=Action.EDIT))
    assert (edited.outcome, edited.remote_id) == (Outcome.ACCEPTED, sent.remote_id)
    assert line.delete(sent.remote_id).outcome is Outcome.ACCEPTED
    said = [(one["action"], one.get("previous"), one.get("target")) for one in receiver.taken.values()]
    target = sent.remote_id
    assert said == [("post", None, None), ("comment", target, None), ("edit", None, target), ("retract", None, target)]
    assert line.delete("n-never").outcome is Outcome.ACCEPTED
    receiver.trouble = Reply(500, b"")
    assert line.delete(target).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("secret", ["", "short", f"{SECRET} short", f"{SECRET} {SECRET}a {SECRET}b"])
def test_a_secret_that_protects_nothing_opens_nothing(receiver: Receiver, secret: str) -> None:
    """None, a short one, or more than two; it is not repeated."""
    with pytest.raises(UsageError, match="one secret of at least 16 characters") as wrong:
        receiver.line(secret)
    assert SECRET not in str(wrong.value)


def test_an_account_without_an_address_opens_nothing(receiver: Receiver) -> None:
    """The remedy is shown."""
    with pytest.raises(UsageError, match='server = "https://…"'):
        connect(replace(receiver.account(), server=""), SECRET, receiver.line()._surroundings)
