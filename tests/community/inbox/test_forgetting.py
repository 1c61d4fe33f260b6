from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import START, all_of, hear, said
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.forgetting import find_author, forget, scrub_if_due
from toolkit.community.inbox.retention import forget_old, review
from toolkit.database import Place
from toolkit.database.sqlite import SqliteStore
from toolkit.ledger import Ledger, LedgerPlace, ledger_path, open_ledger
from toolkit.ledger.out import redact_answers
from toolkit.model import Message, MessageKind
from toolkit.settings import InboxPolicy

HANDLE = "@zeitzeugin@weit.example"
IDENTITY = "did:plc:zeitzeuginkennung"
NAME = "Zuzanna Zeitzeugin"
WORDS = "Kaffeefleck auf meinem Steuerbescheid"
PLANTED = ("zeitzeugin", "zeitzeuginkennung", "zuzanna", "kaffeefleck", "steuerbescheid")
LATER = START + timedelta(hours=2)


def theirs(remote_id: str, **more: object) -> Message:
    """A message of the author who is to be forgotten."""
    uri = f"at://{IDENTITY}/app.bsky.feed.post/{remote_id}"
    planted = {"author_id": IDENTITY, "name": NAME, "text": f"{WORDS} {remote_id}", "url": f"https://x.example/{uri}"}
    return said(uri, author=HANDLE, **(planted | more))  # type: ignore[arg-type]  # fields of a message


@pytest.fixture
def ledger(place: Place, tmp_path: Path) -> Iterator[Ledger]:
    """The workspace's ledger, beside its inbox."""
    file = ledger_path(tmp_path / "state")
    schema = place.schema.replace("_inbox", "")
    with open_ledger(LedgerPlace(file, place.address, schema), now=START) as opened:
        yield opened


@pytest.fixture
def planted(inbox: Inbox, ledger: Ledger) -> Inbox:
    """An inbox that knows the author in every way that there is, and others beside them."""
    root = theirs("1")
    hear(
        inbox,
        root,
        said("own-1", own=True, answers=root.remote_id, minute=2, text=f"Liebe {NAME}, das tut uns leid"),
        said("bob-1", author="@bob@far.example", answers="own-1", minute=3, text="@zeitzeugin stimmt das?"),
        said("bob-2", author="@bob@far.example", minute=4, text="Alles Zuckerl"),
        theirs("2", minute=5, answers="bob-2"),
        theirs("3", kind=MessageKind.DIRECT, minute=6, media=("https://x.example/kaffeefleck.jpg",)),
        said(
            "own-2", own=True, kind=MessageKind.DIRECT, answers=theirs("3").remote_id, minute=7, text="Steuerbescheid?"
        ),
        said("eve-1", author="@eve@far.example", minute=8, text=f"wie {HANDLE} sagt"),
    )
    for one in all_of(inbox):
        seen = inbox.label(one, ["lieferung", "fall-zeitzeugin"], [], "mai", START)
        seen = inbox.assign(seen, "mai", "mai", START)
        inbox.set_roles(seen, ["vip"], "mai", START)
    for one in all_of(inbox)[:-1]:
        inbox.remark(one, f"{NAME} ruft zurück, {WORDS}", "mai", START)
    inbox.remark(all_of(inbox)[-1], "ganz anderes", "mai", START)
    _answer(ledger, all_of(inbox)[0].id)
    return inbox


def _answer(ledger: Ledger, conversation: str) -> None:
    """Our answer as the ledger keeps it once it was sent, written over several times as it went its way."""
    insert = """INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path, state, due,
      wall, zone, tzdata, rendition, request_hash, updated_at) VALUES ('reply', :one, 'a', 'a', 'mastodon', 'answer', 0, 1,
      '', 'sending', :now, '', '', '', :words, 'sha256:0', :now)"""
    values = {"one": conversation, "now": "2026-12-01T08:00:00.000000Z", "words": f'{{"text": "{NAME}: {WORDS}"}}'}
    with ledger.store.transaction() as transaction:
        transaction.run(insert, values)
        transaction.run("UPDATE ledger SET state = 'confirmed', rendition = :words", {"words": values["words"] * 90})


def found_in(folder: Path, tables: Iterator[str]) -> set[str]:
    """Which of the planted words stand in any byte of any file, or in any value of any table."""
    texts = [file.read_bytes().lower() for file in folder.rglob("*") if file.is_file()]
    texts += [table.lower().encode() for table in tables]
    return {word for word in PLANTED if any(word.encode() in text for text in texts)}


def everything(*stores: object) -> Iterator[str]:
    """Every value of every table of these databases."""
    for store in stores:
        sqlite = isinstance(store, SqliteStore)
        names = "sqlite_master WHERE type = 'table'" if sqlite else "pg_tables WHERE schemaname = current_schema()"
        column = "name" if sqlite else "tablename AS name"
        for table in store.read(f"SELECT {column} FROM {names}"):  # type: ignore[attr-defined]  # a store
            for row in store.read(f"SELECT * FROM {table['name']}"):  # type: ignore[attr-defined]  # a store
                yield " ".join(str(row[name]) for name in row.keys())  # noqa: SIM118  # a row's names


def test_nothing_is_left_of_whoever_is_forgotten(planted: Inbox, ledger: Ledger, tmp_path: Path) -> None:
    """No byte of any file of the state directory and no value of any table holds handle, id, name or words.

    Not in free pages, not in the write-ahead log, not in others' messages or our answers to them, in the ledger neither.
    """
    assert found_in(tmp_path, everything(planted.store, ledger.store)) == set(PLANTED)
    done = forget(planted, ledger, find_author(planted, HANDLE), LATER)
    assert found_in(tmp_path, everything(planted.store, ledger.store)) == set()
    assert (done.messages, done.answers, done.conversations, done.sent.rows, done.scrubbed) == (3, 2, 3, 1, True)
    assert (done.remarks, done.mentions) == (3, 2)


def test_others_keep_what_they_said(planted: Inbox, ledger: Ledger) -> None:
    """Their words stay but for the name, and so does everything in conversations without the author."""
    forget(planted, ledger, find_author(planted, IDENTITY), LATER)
    texts = {entry.message.text for one in all_of(planted) for entry in planted.entries(one)}
    assert texts == {"", "… stimmt das?", "Alles Zuckerl", "wie @… sagt"}
    eve = next(one for one in all_of(planted) if one.author == "@eve@far.example")
    assert [remark.text for remark in planted.remarks(eve)] == ["ganz anderes"]
    assert (eve.labels, planted.roles(eve)) == (("lieferung",), frozenset({"vip"}))


def test_a_conversation_in_which_nobody_is_left_is_done(planted: Inbox, ledger: Ledger) -> None:
    """Nobody waits there; where somebody else wrote, they still do."""
    forget(planted, ledger, find_author(planted, HANDLE), LATER)
    stages = {one.author: one.stage for one in all_of(planted)}
    assert stages == {"": Stage.DONE, "@bob@far.example": Stage.OPEN, "@eve@far.example": Stage.OPEN}


def test_the_network_still_shows_it_and_it_is_not_taken_in_again(
    planted: Inbox, ledger: Ledger, tmp_path: Path
) -> None:
    """The next fetch hears the same messages, and our own answers, and stores nothing of them."""
    forget(planted, ledger, find_author(planted, HANDLE), LATER)
    again = hear(planted, theirs("1"), theirs("3", kind=MessageKind.DIRECT, minute=6))
    assert (again.new, again.changed) == (0, 0)
    hear(
        planted,
        said("own-1", own=True, answers=theirs("1").remote_id, minute=2, text=f"Liebe {NAME}, das tut uns leid"),
    )
    assert found_in(tmp_path, everything(planted.store)) == set()
    hear(planted, theirs("4", minute=90))
    assert found_in(tmp_path, everything(planted.store)) != set()


def test_a_new_handle_hides_nobody(inbox: Inbox) -> None:
    """Whoever was renamed is found by the old and the new handle, and by the network's id."""
    hear(inbox, theirs("1"), replace(theirs("2", minute=1), author="@neuername@weit.example"))
    for name in (HANDLE, "neuername@weit.example", IDENTITY):
        assert forget(inbox, None, find_author(inbox, name), LATER, dry_run=True).messages == 2
    for nobody in ("@weit.example", "", "@", "zeitzeugin"):
        assert forget(inbox, None, find_author(inbox, nobody), LATER, dry_run=True).messages == 0
    assert forget(inbox, None, find_author(inbox, HANDLE, "another account"), LATER, dry_run=True).messages == 0


def test_a_dry_run_counts_and_changes_nothing(planted: Inbox, ledger: Ledger) -> None:
    """The same numbers as the real one."""
    before = list(everything(planted.store, ledger.store))
    who = find_author(planted, HANDLE)
    dry = forget(planted, ledger, who, LATER, dry_run=True)
    assert list(everything(planted.store, ledger.store)) == before
    assert dry == forget(planted, ledger, who, LATER)


def test_who_reads_meanwhile_delays_the_scrubbing_and_nothing_else(file: Path, tmp_path: Path) -> None:
    """While another process reads, old pages stay in the log; it is said, and the next fetch does it."""
    with open_inbox(Place(file), now=START) as inbox:
        hear(inbox, theirs("1"))
        assert isinstance(inbox.store, SqliteStore)
        inbox.store.connection.execute("PRAGMA busy_timeout = 20")
        reader = sqlite3.connect(file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        done = forget(inbox, None, find_author(inbox, HANDLE), LATER)
        assert not done.scrubbed
        assert found_in(tmp_path, everything(inbox.store)) == set(PLANTED)
        reader.close()
        assert scrub_if_due(inbox)
        assert found_in(tmp_path, everything(inbox.store)) == set()


def test_an_answer_on_its_way_keeps_its_words_until_it_is_out(planted: Inbox, ledger: Ledger) -> None:
    """What may have to be looked up still needs them; it is counted, and the next time takes them."""
    ledger_rows = "UPDATE ledger SET state = :state"
    with ledger.store.transaction() as transaction:
        transaction.run(ledger_rows, {"state": "unknown"})
    done = forget(planted, ledger, find_author(planted, HANDLE), LATER)
    assert (done.sent.rows, done.sent.left) == (0, 1)
    with ledger.store.transaction() as transaction:
        transaction.run(ledger_rows, {"state": "failed"})
    assert redact_answers(ledger, ["reply"]).rows == 1


def test_what_is_done_loses_everything_personal_when_its_time_is_over(
    planted: Inbox, ledger: Ledger, tmp_path: Path
) -> None:
    """After the retention period; what is still ours stays and is named."""
    policy = InboxPolicy(retention_days=30)
    kept = [one for one in all_of(planted) if one.author == "@eve@far.example"]
    for one in all_of(planted):
        if one not in kept:
            planted.set_stage(one, Stage.DONE, "mai", START)
    assert forget_old(planted, ledger, policy, START + timedelta(days=29)) == 0
    late = START + timedelta(days=31)
    assert review(planted, policy, late).over == 3
    assert forget_old(planted, ledger, policy, late) == 3
    assert review(planted, policy, late).over == 0
    assert [one.id for one in review(planted, policy, late).overdue] == [kept[0].id]
    # The one that is kept quotes the handle, and its labels name it.
    assert found_in(tmp_path, everything(planted.store, ledger.store)) == {"zeitzeugin"}
    hear(planted, theirs("1"), now=late)
    assert [one.author for one in all_of(planted, late)] == ["", "", "", "@eve@far.example"]


def test_somebody_is_known_again_after_their_time(inbox: Inbox) -> None:
    """By the pseudonym: who was marked as press still is, in a new conversation."""
    hear(inbox, theirs("1"))
    (one,) = all_of(inbox)
    inbox.set_roles(one, ["press"], "mai", START)
    inbox.set_stage(one, Stage.DONE, "mai", START)
    late = START + timedelta(days=300)
    forget_old(inbox, None, InboxPolicy(), late)
    hear(inbox, replace(theirs("9"), at=late))
    new = all_of(inbox, late)[-1]
    assert (new.author, inbox.roles(new)) == (HANDLE, frozenset({"press"}))


def test_pseudonyms_of_messages_go_when_nothing_has_to_be_kept_out(inbox: Inbox) -> None:
    """Once the network is no longer asked about the post, not even a pseudonym of the message is left."""
    message = theirs("1")
    hear(inbox, message)
    forget(inbox, None, find_author(inbox, HANDLE), LATER)
    (before,) = (entry.message.remote_id for one in all_of(inbox) for entry in inbox.entries(one))
    forget_old(inbox, None, InboxPolicy(days=10), LATER + timedelta(days=71))
    (after,) = (entry.message.remote_id for one in all_of(inbox) for entry in inbox.entries(one))
    assert before.startswith("~")
    assert after.startswith("~")
    assert before != after


def test_a_ledger_is_still_proved_after_redaction(planted: Inbox, ledger: Ledger) -> None:
    """The words go, the row and its events stay."""
    forget(planted, ledger, find_author(planted, HANDLE), LATER)
    (row,) = ledger.rows()
    assert (row.action, row.state.value, row.rendition, row.request_hash) == ("answer", "confirmed", "{}", "sha256:0")
