"""What the Bluesky line makes of answers that are late, lost, limited or wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.networks.bluesky.conftest import DID, NOW, PASSWORD, PUT, Server, refusal, token
from tests.networks.bluesky.sending import MEDIA, PICTURES
from tests.networks.connections.makers import tried
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.pretend import DROP, Drop, Reply, Request
from toolkit.errors import UsageError
from toolkit.model import Outcome, Presence
from toolkit.networks.base import Action, Memory, Surroundings
from toolkit.networks.bluesky.connection import connect
from toolkit.networks.bluesky.session import read_session
from toolkit.networks.bluesky.tids import moment_of
from toolkit.web import Web

LIST = "com.atproto.repo.listRecords"
UPLOAD = "com.atproto.repo.uploadBlob"
ME = "com.atproto.server.getSession"
SIGN_IN = "com.atproto.server.createSession"
REFRESH = "com.atproto.server.refreshSession"
LATER = NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    "lost", [DROP, Reply(502, {"error": "UpstreamFailure"}), Reply(200, b"<html>"), Reply(200, {})]
)
@pytest.mark.parametrize("forgetful", [False, True])
def test_a_lost_answer_is_unknown_and_then_found(server: Server, lost: Reply, forgetful: bool) -> None:
    """Whatever is no answer is unknown; the key is looked up, also by a process that has no notes."""
    server.after[PUT] = [lost]
    post = server.post()
    assert server.line().send(post).outcome is Outcome.UNKNOWN
    if forgetful:
        server.memory = Memory()
    seen = server.line().find(tried(post, NOW))
    (rkey,) = server.records
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, server.uri(rkey))
    assert seen.url == f"https://bsky.app/profile/brand.example/post/{rkey}"
    assert len(server.asked(LIST)) == forgetful  # the noted key needs no list
    again = server.line().send(tried(post, NOW))
    assert (again.outcome, again.remote_id, len(server.records)) == (Outcome.ACCEPTED, server.uri(rkey), 1)
    assert len(server.asked(PUT)) == 1


def test_an_answer_about_another_record_is_no_confirmation(server: Server) -> None:
    """A server that names another key than the one it was sent is not believed, and is asked again."""
    server.after[PUT] = [Reply(200, {"uri": server.uri("3jzfcijpj2z2a"), "cid": "bafy"})]
    post = server.post()
    assert server.line().send(post).outcome is Outcome.UNKNOWN
    (rkey,) = server.records
    assert server.line().find(tried(post, NOW)).remote_id == server.uri(rkey)


def test_what_is_out_is_not_kept_twice(server: Server) -> None:
    """Once a post is out, its text is on the server and no longer in our notes; its key still is."""
    assert server.line().send(server.post("Geheim bis zum Advent")).outcome is Outcome.ACCEPTED
    notes = json.dumps(server.memory.kept)
    assert "Advent" not in notes
    assert next(iter(server.records)) in notes


def test_what_never_arrived_is_absent_and_is_sent_under_the_same_key(server: Server) -> None:
    """A request that broke off before it was obeyed left nothing; the next one is the same, byte by byte."""
    server.before[PUT] = [DROP]
    post = server.post(pictures=PICTURES)
    assert server.line().send(post).outcome is Outcome.UNKNOWN
    assert server.line().find(tried(post, NOW)).presence is Presence.ABSENT
    server.clock.moment = LATER
    assert server.line().send(tried(post, NOW)).outcome is Outcome.ACCEPTED
    first, second = server.asked(PUT)
    assert first.body == second.body
    assert len(server.asked(UPLOAD)) == 2


def test_another_text_goes_out_under_the_key_of_the_first_try(server: Server) -> None:
    """A post that was changed after a try without an answer keeps its key, so that the first cannot appear beside it."""
    server.before[PUT] = [DROP]
    assert server.line().send(server.post("Alt")).outcome is Outcome.UNKNOWN
    server.clock.moment = LATER
    assert server.line().send(tried(server.post("Neu"), NOW)).outcome is Outcome.ACCEPTED
    first, second = (request.json() for request in server.asked(PUT))
    assert first["rkey"] == second["rkey"]
    assert [record["text"] for record in server.records.values()] == ["Neu"]


def test_a_key_is_of_its_time_and_of_its_intent(server: Server) -> None:
    """The key's time is that of the sending; another intent at the same moment has another key."""
    assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    assert server.line().send(server.post(key="another:post:0")).outcome is Outcome.ACCEPTED
    assert len(server.records) == 2
    for rkey, record in server.records.items():
        assert NOW <= moment_of(rkey) < NOW + timedelta(milliseconds=1)
        assert record["createdAt"] == "2026-12-01T06:30:00.000Z"


def test_a_thread_sorts_as_it_is_read_also_in_one_moment(server: Server) -> None:
    """Each part's key comes after the key of the part before, though the clock stands."""
    line, previous = server.line(), ""
    for number in range(5):
        previous = line.send(server.post(key=f"{number}", previous=previous)).remote_id
    texts = [server.records[rkey] for rkey in sorted(server.records)]
    assert [len(record.get("reply", ())) for record in texts] == [0, 2, 2, 2, 2]
    parents = [record["reply"]["parent"]["uri"] for record in texts[1:]]
    assert parents == [server.uri(rkey) for rkey in sorted(server.records)[:4]]
    assert {record["reply"]["root"]["uri"] for record in texts[1:]} == {parents[0]}


def test_a_first_comment_answers_its_post(server: Server) -> None:
    """A comment is a reply below the post, under a key of its own; it is found like a post."""
    line = server.line()
    post = line.send(server.post())
    comment = server.post("Und der Link", key="k:comment:0", previous=post.remote_id, action=Action.COMMENT)
    answer = line.send(comment)
    assert answer.outcome is Outcome.ACCEPTED
    record = server.records[answer.remote_id.rpartition("/")[2]]
    assert record["reply"]["parent"]["uri"] == post.remote_id
    assert line.find(tried(comment, NOW)).remote_id == answer.remote_id


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ({"ratelimit-reset": str(int(LATER.timestamp()))}, LATER),
        ({"Retry-After": "60", "ratelimit-reset": str(int(LATER.timestamp()))}, NOW + timedelta(minutes=1)),
        ({"ratelimit-reset": "soon"}, NOW + timedelta(minutes=5)),
        ({"ratelimit-reset": "9" * 40}, NOW + timedelta(minutes=5)),
        ({}, NOW + timedelta(minutes=5)),
    ],
)
@pytest.mark.parametrize("nsid", [PUT, ME, UPLOAD])
def test_a_limit_names_its_time(server: Server, nsid: str, headers: dict[str, str], until: datetime) -> None:
    """429 to any request means later, at the time the server names, for the whole account; nothing is out."""
    server.before[nsid] = [refusal(429, "RateLimitExceeded", "Rate Limit Exceeded", **headers)]
    answer = server.line().send(server.post(pictures=PICTURES[:1]))
    assert (answer.outcome, answer.retry_at, answer.whole_account) == (Outcome.LATER, until, True)
    assert "Rate Limit Exceeded" in answer.reason
    assert server.records == {}


def test_a_post_that_was_put_off_is_of_its_new_time(server: Server) -> None:
    """After a limit, which proves that nothing is out, key and time are made anew."""
    server.before[PUT] = [refusal(429, "RateLimitExceeded")]
    assert server.line().send(server.post()).outcome is Outcome.LATER
    server.clock.moment = LATER
    assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    (rkey,) = server.records
    assert moment_of(rkey) >= LATER


def test_uploads_are_not_repeated_until_they_are_old_or_lost(server: Server) -> None:
    """A retry takes the blob of the first try; after an hour, or when the server lost it, it is uploaded again."""
    server.before[PUT] = [refusal(429, "RateLimitExceeded"), refusal(400, "BlobNotFound", "Could not find blob: x")]
    post = server.post(pictures=PICTURES[:1])
    assert server.line().send(post).outcome is Outcome.LATER
    server.clock.moment += timedelta(seconds=30)
    lost = server.line().send(post)
    assert (lost.outcome, lost.retry_at) == (Outcome.LATER, server.clock.moment + timedelta(seconds=1))
    assert len(server.asked(UPLOAD)) == 1
    server.clock.moment += timedelta(seconds=30)
    assert server.line().send(post).outcome is Outcome.ACCEPTED
    assert len(server.asked(UPLOAD)) == 2
    server.clock.moment += timedelta(hours=2)
    server.access = token("access-9", server.clock.moment + timedelta(hours=2))
    assert server.line().send(replace(post, key="another")).outcome is Outcome.ACCEPTED
    assert len(server.asked(UPLOAD)) == 3


@pytest.mark.parametrize("nsid", [ME, UPLOAD, SIGN_IN])
@pytest.mark.parametrize("trouble", [DROP, Reply(503, {"error": "NotReady"}), Reply(200, b"?")])
def test_trouble_before_the_publishing_request_puts_off(server: Server, nsid: str, trouble: Reply) -> None:
    """An outage of anything that comes before means later; the publishing request is not made."""
    server.before[nsid] = [trouble] * 3
    answer = server.line().send(server.post(pictures=PICTURES[:1]))
    assert answer.outcome is Outcome.LATER
    assert answer.retry_at is not None
    assert answer.retry_at > NOW
    assert server.asked(PUT) == []


def test_the_server_refuses_in_its_own_words(server: Server) -> None:
    """A refused record is refused with the server's sentence, and is not sent again by itself."""
    words = "Invalid app.bsky.feed.post record: Record/text must not be longer"
    server.before[PUT] = [refusal(400, "InvalidRequest", words)]
    answer = server.line().send(server.post())
    assert answer.outcome is Outcome.REFUSED
    assert words in answer.reason
    assert len(server.asked(PUT)) == 1


def test_a_wrong_password_locks_the_account_out_and_is_in_no_answer(server: Server) -> None:
    """The server's words are the reason; the secret is in neither reason nor error nor notes."""
    line = server.line("wrong-secret-word")
    answer = line.send(server.post())
    assert verdict(answer) == LOCKED
    assert "Invalid identifier or password" in answer.reason
    seen = line.find(tried(server.post(), NOW))
    assert seen.presence is Presence.UNCLEAR
    assert "wrong-secret-word" not in f"{answer} {seen} {server.memory}"
    assert server.asked(PUT) == []


@pytest.mark.parametrize("at_once", [True, False])
def test_the_session_of_another_account_publishes_nothing(server: Server, at_once: bool) -> None:
    """A session of somebody else publishes nothing, whether it was so from the start or turns out later."""
    if not at_once:
        assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    server.handle = "other.example"
    answer = server.line().send(server.post(key="second"))
    assert verdict(answer) == LOCKED
    assert "belongs to 'other.example', not to '@brand.example'" in answer.reason
    assert len(server.asked(PUT)) == (0 if at_once else 1)


def test_an_account_that_is_taken_down_waits_as_a_whole(server: Server) -> None:
    """The server says who we are and that we may not write; its word for it is the reason."""
    server.before[ME] = [Reply(200, {"did": DID, "handle": "brand.example", "active": False, "status": "takendown"})]
    answer = server.line().send(server.post())
    assert (verdict(answer), "takendown" in answer.reason) == (LOCKED, True)


def test_one_sign_in_serves_many_ticks(server: Server) -> None:
    """Twenty lines sign in once; the tokens are in no note."""
    for number in range(20):
        assert server.line().send(server.post(key=f"{number}")).outcome is Outcome.ACCEPTED
    assert (len(server.asked(SIGN_IN)), len(server.asked(REFRESH))) == (1, 0)
    notes = {name: value for name, value in server.memory.kept.items() if name != "session"}
    assert server.access not in json.dumps(notes)


def test_a_token_that_ends_is_refreshed_before_it_is_used(server: Server) -> None:
    """Shortly before its end the session is refreshed; a refresh token that is over leads to one new sign-in."""
    assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    server.clock.moment += timedelta(minutes=119)
    assert server.line().send(server.post(key="2")).outcome is Outcome.ACCEPTED
    assert (len(server.asked(SIGN_IN)), len(server.asked(REFRESH))) == (1, 1)
    server.access, server.refresh = token("access-7", server.clock.moment + timedelta(hours=2)), "refresh-7"
    assert server.line().send(server.post(key="3")).outcome is Outcome.ACCEPTED
    assert (len(server.asked(SIGN_IN)), len(server.asked(REFRESH))) == (2, 2)


def test_a_token_that_ends_between_asking_and_writing_is_no_refusal(server: Server) -> None:
    """The publishing request is not repeated: the part waits a moment, and goes out with a fresh token."""
    server.before[PUT] = [refusal(400, "ExpiredToken", "Token has expired")]
    answer = server.line().send(server.post())
    assert (answer.outcome, len(server.asked(PUT))) == (Outcome.LATER, 1)
    server.access = token("access-2")
    server.clock.moment += timedelta(minutes=5)
    assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    assert len(server.records) == 1


def test_an_outage_while_refreshing_keeps_the_session(server: Server) -> None:
    """A server that cannot refresh now is asked later; nobody signs in again because of it."""
    assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    kept = server.memory.kept["session"]
    server.access = token("access-2")
    server.before[REFRESH] = [Reply(503, {"error": "NotReady"})]
    assert server.line().send(server.post(key="2")).outcome is Outcome.LATER
    assert (server.memory.kept["session"], len(server.asked(SIGN_IN))) == (kept, 1)


def test_another_password_makes_another_session(server: Server) -> None:
    """A session that was made with another password is not used with this one; it is not shown by a repr."""
    assert server.line().send(server.post()).outcome is Outcome.ACCEPTED
    assert verdict(server.line("other-password").send(server.post(key="2"))) == LOCKED
    session = read_session(server.memory.kept["session"])
    assert session is not None
    assert server.access not in repr(session)
    assert PASSWORD not in server.memory.kept["session"]


def test_an_edit_that_was_overtaken_changes_nothing(server: Server) -> None:
    """Somebody else's change in between is not lost: the edit is made again from what stands there then."""
    line = server.line()
    post = line.send(server.post("Eins")).remote_id
    server.before[PUT] = [refusal(400, "InvalidSwap", "Record was at bafyx")]
    edit = server.post("Zwei", key="k:edit:1", action=Action.EDIT, target=post)
    answer = line.edit(post, edit)
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(seconds=1))
    assert line.find(edit).presence is Presence.ABSENT
    server.after[PUT] = [DROP]
    assert line.edit(post, edit).outcome is Outcome.UNKNOWN
    assert line.find(edit).presence is Presence.FOUND
    assert line.edit(post, edit).outcome is Outcome.ACCEPTED
    assert len(server.asked(PUT)) == 3  # the post, the overtaken edit, the edit; the last one had nothing to do


def test_a_change_between_reading_and_writing_is_not_lost(server: Server) -> None:
    """What somebody writes after we read stays until the edit was made from it."""
    line = server.line()
    post = line.send(server.post("Eins", pictures=PICTURES[:1])).remote_id
    (rkey,) = server.records
    at = "GET /xrpc/com.atproto.repo.getRecord"
    read = server.pretend.routes[at]

    def overtaken(request: Request) -> Reply | Drop:
        found = read(request)
        server.records[rkey] = {**server.records[rkey], "tags": ["theirs"]}
        server.pretend.routes[at] = read
        return found

    server.pretend.routes[at] = overtaken
    assert line.edit(post, server.post("Zwei")).outcome is Outcome.LATER
    assert server.records[rkey]["text"] == "Eins"
    assert line.edit(post, server.post("Zwei")).outcome is Outcome.ACCEPTED
    assert (server.records[rkey]["text"], server.records[rkey]["tags"]) == ("Zwei", ["theirs"])


def test_what_is_not_ours_is_neither_edited_nor_deleted(server: Server) -> None:
    """Another repository, another collection and no address at all are refused without a request."""
    for remote_id in ("at://did:plc:other/app.bsky.feed.post/3k", f"at://{DID}/app.bsky.feed.like/3k", "42"):
        assert server.line().edit(remote_id, server.post()).outcome is Outcome.REFUSED
        assert server.line().delete(remote_id).outcome is Outcome.REFUSED
    assert server.asked("com.atproto.repo.deleteRecord") == server.asked(PUT) == []


def test_a_deletion_whose_answer_is_lost_is_unknown_and_repeated(server: Server) -> None:
    """Nothing is claimed that is not known; the second deletion says yes."""
    line = server.line()
    post = line.send(server.post()).remote_id
    server.after["com.atproto.repo.deleteRecord"] = [DROP]
    assert line.delete(post).outcome is Outcome.UNKNOWN
    retraction = server.post(key="k:retract:0", action=Action.RETRACT, target=post)
    assert line.find(retraction).presence is Presence.FOUND
    assert line.delete(post).outcome is Outcome.ACCEPTED


def test_absence_needs_a_list_that_was_read_to_its_end(server: Server) -> None:
    """Without a noted key every page back to the first try is read; a page that fails proves nothing."""
    line = server.line()
    for number in range(8):
        line.send(server.post(key=f"{number}"))
    server.memory = Memory()
    post = tried(server.post(key="missing"), NOW)
    assert server.line().find(post).presence is Presence.ABSENT
    assert len(server.asked(LIST)) == 3
    server.before[LIST] = [Reply(500, {"error": "InternalServerError"})]
    assert server.line().find(post).presence is Presence.UNCLEAR
    assert server.line().find(tried(server.post(key="3"), NOW)).presence is Presence.FOUND


def test_a_list_without_end_proves_nothing(server: Server) -> None:
    """A server that always names a further page is not read for ever, and absence is not claimed."""
    server.pretend.routes[f"GET /xrpc/{LIST}"] = lambda _request: Reply(200, {"records": [], "cursor": "again"})
    seen = server.line().find(tried(server.post(), NOW))
    assert (seen.presence, seen.reason) == (Presence.UNCLEAR, "the server did not show all posts since the first try")


def test_a_page_is_asked_only_when_the_author_says_so(server: Server) -> None:
    """`card: auto` reads title, description and picture once; a retry shows the same card, whatever the page says."""
    page = "<title>Alt</title><meta property='og:title' content='Winter &amp; Kaffee'><meta property='og:image' content='/b.png'>"
    kind = {"Content-Type": "text/html; charset=utf-8"}
    server.pretend.routes["GET /seite"] = lambda _request: Reply(200, page.encode(), kind)
    server.pretend.routes["GET /b.png"] = lambda _request: Reply(
        200, MEDIA["media/tuer.png"], {"Content-Type": "image/png"}
    )
    text = f"Neu: [hier]({server.pretend.address}/seite)"
    assert server.line().send(server.post(text, key="plain")).outcome is Outcome.ACCEPTED
    own = server.post(text, key="own", options={"card_title": "Von uns"})
    assert server.line().send(own).outcome is Outcome.ACCEPTED
    assert server.pretend.sent("GET", "/seite") == []
    post = server.post(text, options={"card": "auto", "card_description": "Von uns"})
    server.before[PUT] = [DROP]
    assert server.line().send(post).outcome is Outcome.UNKNOWN
    server.pretend.routes["GET /seite"] = lambda _request: Reply(200, b"<title>Anders</title>", kind)
    assert server.line().send(tried(post, NOW)).outcome is Outcome.ACCEPTED
    cards = [one["embed"]["external"] for one in server.records.values() if "embed" in one]
    assert len(server.pretend.sent("GET", "/seite")) == 1
    assert [(card["title"], card["description"]) for card in cards] == [("Von uns", ""), ("Winter & Kaffee", "Von uns")]
    assert cards[1]["thumb"]["mimeType"] == "image/jpeg"


def test_a_page_that_cannot_be_read_makes_a_post_without_a_card(server: Server) -> None:
    """The link stands in the text anyway; an unknown value of `card` is refused."""
    text = f"Neu: [hier]({server.pretend.address}/fehlt)"
    assert server.line().send(server.post(text, options={"card": "auto"})).outcome is Outcome.ACCEPTED
    assert "embed" not in next(iter(server.records.values()))
    answer = server.line().send(server.post(text, key="2", options={"card": "maybe"}))
    assert (answer.outcome, "card is auto or none" in answer.reason) == (Outcome.REFUSED, True)


@pytest.mark.parametrize("file", ["../leitstand.toml", "/etc/passwd", "media/../../x.png", "..\\x.png"])
def test_a_card_shows_no_file_from_elsewhere(server: Server, file: str) -> None:
    """An option names a picture below content/, or the post is refused before anything is uploaded."""
    post = server.post("https://example.com/a", options={"card_title": "T", "card_image": file})
    answer = server.line().send(post)
    assert (answer.outcome, "below content/" in answer.reason) == (Outcome.REFUSED, True)
    assert server.asked(UPLOAD) == server.asked(PUT) == []


def test_a_line_needs_a_handle_and_a_password(server: Server) -> None:
    """What is missing is said with the remedy before anything is asked."""
    surroundings = Surroundings(Web(), server.clock, dict[str, bytes]().__getitem__)
    with pytest.raises(UsageError, match="no app password"):
        connect(server.account, "", surroundings)
    with pytest.raises(UsageError, match=r"@brand\.bsky\.social, not 'Unsere Marke'"):
        connect(replace(server.account, id="Unsere Marke"), "x", surroundings)
    assert server.pretend.requests == []
