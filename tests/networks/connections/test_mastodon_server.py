"""The Mastodon line against a real server (snac2), read by an independent client where that shows more."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.snac import Snac
from toolkit.errors import LeitstandError
from toolkit.model import Outcome, Presence, SystemClock
from toolkit.networks.base import Surroundings
from toolkit.networks.mastodon.connection import MastodonConnection, connect
from toolkit.settings import Account
from toolkit.web import Web

pytestmark = pytest.mark.server

MEDIA = {"media/tuer.png": make_picture(), "media/zwei.png": make_picture("#abcdef")}


def account_of(snac: Snac, person: str = "alice") -> Account:
    return Account(name="mastodon", network="mastodon", id=f"@{person}@{snac.host_port}", server=snac.url)


def open_line(snac: Snac, person: str = "alice", token: str = "") -> MastodonConnection:
    return connect(
        account_of(snac, person),
        token or snac.tokens[person],
        Surroundings(Web(allowed_hosts=frozenset({snac.host_port})), SystemClock(), MEDIA.__getitem__),
    )


def get(snac: Snac, remote_id: str, person: str = "alice") -> Mapping[str, object]:
    status = snac.call(person, "GET", f"/api/v1/statuses/{remote_id}")
    assert isinstance(status, dict)
    return status


def statuses(snac: Snac, person: str, text: str) -> int:
    """How many statuses of `person` say exactly `text`."""
    me = snac.call(person, "GET", "/api/v1/accounts/verify_credentials")
    assert isinstance(me, dict)
    listed = snac.call(person, "GET", f"/api/v1/accounts/{me['id']}/statuses")
    assert isinstance(listed, list)
    return sum(status["text"] == text for status in listed)


def test_a_thread_is_published_part_by_part(snac: Snac) -> None:
    """The second part answers the first; text, warning and link arrive as they were rendered."""
    line = open_line(snac)
    first = make_intent(
        account_of(snac),
        "Tür 1 ist auf 🎄: https://example.com/winter?a=b_c",
        "Zweiter Teil",
        fields={"content_warning": "Werbung"},
    )
    sent = line.send(first)
    assert (sent.outcome, sent.reason) == (Outcome.ACCEPTED, "")
    second = line.send(replace(first, part=1, previous=sent.remote_id, key="k:1"))
    assert second.outcome is Outcome.ACCEPTED
    status = get(snac, sent.remote_id)
    assert status["text"] == "Tür 1 ist auf 🎄: https://example.com/winter?a=b_c"
    assert status["spoiler_text"] == "Werbung"
    assert status["sensitive"] is True
    assert status["url"] == sent.url
    assert get(snac, second.remote_id)["in_reply_to_id"] == sent.remote_id


def test_a_picture_arrives_with_its_alt_text(snac: Snac) -> None:
    """The bytes and the alt text on the server are those of the post."""
    data = MEDIA["media/tuer.png"]
    picture = attach("media/tuer.png", data, "Eine Hand öffnet die erste Tür", (0.4, 0.5))
    sent = open_line(snac).send(make_intent(account_of(snac), "Mit Bild", attachments=(picture,)))
    assert sent.outcome is Outcome.ACCEPTED
    media = get(snac, sent.remote_id)["media_attachments"]
    assert isinstance(media, list)
    assert [medium["description"] for medium in media] == ["Eine Hand öffnet die erste Tür"]
    reply = Web(allowed_hosts=frozenset({snac.host_port})).get(media[0]["url"])
    assert reply.body == data


def test_an_independent_client_reads_what_was_sent(snac: Snac) -> None:
    """Mastodon.py, which knows nothing of us, sees text, warning and alt text."""
    import mastodon

    picture = attach("media/zwei.png", MEDIA["media/zwei.png"], "Zwei Tassen")
    intent = make_intent(
        account_of(snac), "Gelesen von anderen", attachments=(picture,), fields={"content_warning": "Kaffee"}
    )
    sent = open_line(snac).send(intent)
    reader = mastodon.Mastodon(
        api_base_url=snac.url, access_token=snac.tokens["alice"], version_check_mode="none", request_timeout=20
    )
    reader.session.headers["Connection"] = "close"
    status = reader.status(sent.remote_id)
    reader.session.close()
    assert status.text == "Gelesen von anderen"
    assert status.spoiler_text == "Kaffee"
    assert [medium.description for medium in status.media_attachments] == ["Zwei Tassen"]


def test_counts_are_what_another_person_did(snac: Snac) -> None:
    """A favourite, a boost and a reply of bob's are one like, one share, one comment of alice's status."""
    alice, bob = open_line(snac), open_line(snac, "bob")
    snac.follow("bob", "alice")
    sent = alice.send(make_intent(account_of(snac), "Zählt mit"))
    assert alice.counts([sent.remote_id]) == {sent.remote_id: {"likes": 0, "shares": 0, "comments": 0}}
    wait_until_seen(snac, "bob", sent.remote_id)
    snac.call("bob", "POST", f"/api/v1/statuses/{sent.remote_id}/favourite")
    snac.call("bob", "POST", f"/api/v1/statuses/{sent.remote_id}/reblog")
    answer = bob.send(make_intent(account_of(snac, "bob"), "Antwort", previous=sent.remote_id))
    assert answer.outcome is Outcome.ACCEPTED
    wanted = {sent.remote_id: {"likes": 1, "shares": 1, "comments": 1}}
    ends = time.monotonic() + 150
    while (counted := alice.counts([sent.remote_id, "1795286244nosuch"])) != wanted and time.monotonic() < ends:
        time.sleep(0.2)
    assert counted == wanted


def test_a_threads_next_part_is_no_comment(snac: Snac) -> None:
    """The server counts it as a reply to the part before; who asks about both hears of others' replies alone."""
    alice = open_line(snac)
    first = alice.send(make_intent(account_of(snac), "Ein Faden beginnt")).remote_id
    second = alice.send(make_intent(account_of(snac), "und geht weiter", previous=first)).remote_id
    assert alice.counts([first, second])[first]["comments"] == 0
    assert alice.counts([first])[first]["comments"] == 1


def wait_until_seen(snac: Snac, person: str, remote_id: str, seconds: float = 150) -> None:
    """The server delivers in its own time; interactions need the status in the person's timeline."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        timeline = snac.call(person, "GET", "/api/v1/timelines/home")
        assert isinstance(timeline, list)
        if any(status["id"] == remote_id for status in timeline):
            return
        time.sleep(0.2)
    raise TimeoutError(remote_id)


def test_followers_are_left_out_where_the_server_does_not_count_them(snac: Snac) -> None:
    """Snac says 0 statuses and 0 followers of everybody, which is not a measurement."""
    assert open_line(snac).audience() == {}


def test_a_part_is_found_after_the_process_was_killed_before_it_could_record(snac: Snac, tmp_path: Path) -> None:
    """A child publishes and is killed by SIGKILL before anything is noted; the read-back finds the one status."""
    begun = datetime.now(UTC)
    script = tmp_path / "child.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, signal, sys
            from tests.networks.connections.makers import make_intent
            from tests.networks.connections.test_mastodon_server import account_of, open_line
            from tests.servers.snac import Snac
            snac = Snac(sys.argv[1], None, {"alice": sys.argv[2]})
            open_line(snac).send(make_intent(account_of(snac), "Vor dem Absturz https://example.com/x?y=1", key="crash"))
            os.kill(os.getpid(), signal.SIGKILL)
            """
        )
    )
    root = Path(__file__).parents[3]
    child = subprocess.run(
        [sys.executable, str(script), snac.url, snac.tokens["alice"]],
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    intent = make_intent(
        account_of(snac), "Vor dem Absturz https://example.com/x?y=1", key="crash", first_tried_at=begun
    )
    seen = open_line(snac).find(intent)
    assert (seen.presence, seen.reason) == (Presence.FOUND, "")
    assert get(snac, seen.remote_id)["text"] == "Vor dem Absturz https://example.com/x?y=1"
    assert statuses(snac, "alice", "Vor dem Absturz https://example.com/x?y=1") == 1


def test_what_was_never_sent_is_absent(snac: Snac) -> None:
    """Absence is proven: the statuses since the first try were all read, and this one is not among them."""
    line = open_line(snac)
    line.send(make_intent(account_of(snac), "Ein anderer Beitrag"))
    assert (
        line.find(make_intent(account_of(snac), "Nie gesendet", first_tried_at=datetime.now(UTC))).presence
        is Presence.ABSENT
    )


def test_markup_that_the_server_rewrites_is_found_all_the_same(snac: Snac) -> None:
    """Stars, mentions, ampersands and addresses come back changed in HTML; the text as sent decides."""
    text = "*Stern* & <b> @bob #toolkit_eins `x`  zwei\n\n„Zitat“ https://example.com/a_b?c=d&e=f 🎄"
    begun = datetime.now(UTC)
    line = open_line(snac)
    sent = line.send(make_intent(account_of(snac), text))
    seen = line.find(make_intent(account_of(snac), text, first_tried_at=begun))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, sent.remote_id)


def test_a_part_that_was_tried_before_is_not_sent_twice(snac: Snac) -> None:
    """The server ignores the Idempotency-Key, so a repeated send looks first and gives the earlier answer."""
    begun, line = datetime.now(UTC), open_line(snac)
    intent = make_intent(account_of(snac), "Nur einmal", key="once")
    first = line.send(intent)
    again = line.send(tried(intent, begun))
    assert (again.outcome, again.remote_id, again.url) == (Outcome.ACCEPTED, first.remote_id, first.url)
    assert statuses(snac, "alice", "Nur einmal") == 1
    assert line.send(tried(make_intent(account_of(snac), "Noch nie"), begun)).outcome is Outcome.ACCEPTED


def test_two_that_look_alike_are_unclear(snac: Snac) -> None:
    """Two statuses with one text are for a person to judge, and a third is not sent."""
    begun, line = datetime.now(UTC), open_line(snac)
    intent = make_intent(account_of(snac), "Doppelt", key="same")
    first, second = line.send(intent), line.send(intent)
    assert first.remote_id != second.remote_id
    seen = line.find(tried(intent, begun))
    assert seen.presence is Presence.UNCLEAR
    assert first.url in seen.reason
    assert second.url in seen.reason
    assert line.send(tried(intent, begun)).outcome is Outcome.LATER
    assert statuses(snac, "alice", "Doppelt") == 2


def test_an_older_status_with_the_same_text_is_not_taken_for_the_new_one(snac: Snac) -> None:
    """A recurring post says the same every week: only what came since two minutes before the first try counts."""
    line = open_line(snac)
    line.send(make_intent(account_of(snac), "Jeden Montag"))
    later = datetime.now(UTC) + timedelta(minutes=3)
    assert line.find(make_intent(account_of(snac), "Jeden Montag", first_tried_at=later)).presence is Presence.ABSENT


def test_a_status_for_followers_is_found_in_the_home_timeline(snac: Snac) -> None:
    """Snac leaves such statuses out of the account's list; the home timeline has them."""
    fields = {"visibility": "private"}
    begun, line = datetime.now(UTC), open_line(snac)
    sent = line.send(make_intent(account_of(snac), "Nur für Freunde", fields=fields))
    seen = line.find(make_intent(account_of(snac), "Nur für Freunde", fields=fields, first_tried_at=begun))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, sent.remote_id)
    other = make_intent(account_of(snac), "Nie gesagt", fields=fields, first_tried_at=begun)
    assert line.find(other).presence is Presence.ABSENT


def test_a_visibility_that_the_server_changed_is_said(snac: Snac) -> None:
    """Snac knows no unlisted statuses and makes them public; the answer says so."""
    sent = open_line(snac).send(make_intent(account_of(snac), "Leise", fields={"visibility": "unlisted"}))
    assert sent.outcome is Outcome.ACCEPTED
    assert sent.reason == "the server made it public, not unlisted"


def test_an_edit_replaces_the_text_and_keeps_the_picture(snac: Snac) -> None:
    """After an edit the status has the new text, its picture, and can still be counted under its old id."""
    picture = attach("media/tuer.png", MEDIA["media/tuer.png"], "Tür")
    line = open_line(snac)
    sent = line.send(make_intent(account_of(snac), "Mit Fehlr", attachments=(picture,)))
    edited = line.edit(sent.remote_id, make_intent(account_of(snac), "Ohne Fehler", attachments=(picture,)))
    assert edited.outcome is Outcome.ACCEPTED
    assert edited.url == sent.url
    status = get(snac, sent.remote_id)
    assert status["text"] == "Ohne Fehler"
    assert status["edited_at"]
    media = status["media_attachments"]
    assert isinstance(media, list)
    assert [medium["description"] for medium in media] == ["Tür"]
    assert len(line.counts([sent.remote_id])) == 1


def test_a_server_that_does_not_delete_is_believed_only_after_a_look(snac: Snac) -> None:
    """Snac 2.75 answers 404 to a deletion while the status stays; a status that never was counts as gone."""
    line = open_line(snac)
    sent = line.send(make_intent(account_of(snac), "Bleibt"))
    answer = line.delete(sent.remote_id)
    still_there = sent.remote_id in line.counts([sent.remote_id])
    assert (answer.outcome is Outcome.REFUSED) == still_there
    assert line.delete("1795286244nosuch").outcome is Outcome.ACCEPTED


def test_a_wrong_token_locks_the_account_out_before_anything_is_sent(snac: Snac) -> None:
    """A token the server does not know is no doubt, and no fault of the post."""
    answer = open_line(snac, token="wrong").send(make_intent(account_of(snac), "Mit falschem Schlüssel"))
    assert verdict(answer) == LOCKED
    assert answer.reason.startswith("the server does not accept the token of mastodon: ")
    assert statuses(snac, "alice", "Mit falschem Schlüssel") == 0


def test_a_token_of_somebody_else_publishes_nothing(snac: Snac) -> None:
    """Bob's token in alice's account is noticed before the status goes out in bob's name."""
    answer = open_line(snac, token=snac.tokens["bob"]).send(make_intent(account_of(snac), "Als wer?"))
    assert verdict(answer) == LOCKED
    assert "'bob'" in answer.reason
    assert statuses(snac, "bob", "Als wer?") == 0


def test_the_servers_own_limit_counts(snac: Snac) -> None:
    """Snac takes 100,000 characters: 5,000 go out, 100,001 are refused without being sent."""
    line = open_line(snac)
    assert line.send(make_intent(account_of(snac), "x" * 5000)).outcome is Outcome.ACCEPTED
    answer = line.send(make_intent(account_of(snac), "y" * 100_001))
    assert answer.outcome is Outcome.REFUSED
    assert "100000" in answer.reason


def test_an_account_without_a_token_cannot_be_opened(snac: Snac) -> None:
    """Nothing is tried without a token; the posts stay planned."""
    with pytest.raises(LeitstandError, match="no token"):
        connect(account_of(snac), "", Surroundings(Web(), SystemClock(), MEDIA.__getitem__))
