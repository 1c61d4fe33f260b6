"""Backups of the whole state: of one moment while others write, restored without sending twice, also when killed."""

from __future__ import annotations

import stat
import subprocess
import sys
import tarfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.backup.states import LATER, NOW, count, fill, messages_of, posts_of, state_at
from tests.community.inbox.inboxes import hear, said
from tests.servers.postgres import Postgres
from toolkit.backup import State, back_up, kept_paths, parts_of, restore
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import ReplyState
from toolkit.database import Place
from toolkit.errors import InboxError, LedgerError, LeitstandError
from toolkit.ledger import LedgerPlace, ledger_path, open_ledger
from toolkit.metrics import open_store
from toolkit.sentiment import read_corrections

ROOT = Path(__file__).parents[2]


@pytest.fixture
def state(tmp_path: Path) -> State:
    found = state_at(tmp_path / "state")
    fill(found)
    return found


def corrections_of(state: State) -> list[str]:
    return [one.text for one in read_corrections(state.folder)[0]]


def numbers_are_whole(state: State) -> bool:
    """Whether exactly those rows can be read that the imports have."""
    store = open_store(state.folder)
    with store.reading() as reader:
        table = reader.query("SELECT import_id AS name, count(*) AS rows FROM observations GROUP BY import_id", {})
    counted = dict(zip(*(table.column(name).to_pylist() for name in ("name", "rows")), strict=True))
    return counted == {one.id: one.rows for one in store.imports()} != {}


def test_all_that_must_not_be_lost_comes_back(state: State, tmp_path: Path) -> None:
    """Ledger, inbox, numbers, labels and the feed are as they were; what was there lies beside; the files are private."""
    file = tmp_path / "copies" / "monday.db"
    written = back_up(state, file, NOW)
    assert [path.name for path in written] == ["monday.db", "monday.inbox.db", "monday.files.tar"]
    assert {path.name for path in file.parent.iterdir()} == {path.name for path in written}
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    fill(state, "second")
    found = restore(state, file, LATER)
    assert (found.held, found.folders) == (0, ("metrics", "feeds", "sentiment"))
    assert posts_of(state) == ["first post"]
    assert messages_of(state) == ["first-message", "first-other"]
    assert [one.id for one in open_store(state.folder).imports()] == ["first"]
    assert [one.text for one in read_corrections(state.folder)[0]] == ["the first parcel"]
    assert "first" in (state.folder / "feeds" / "feed.json").read_text()
    kept = {path.name.partition("-before-")[0] for path in kept_paths(state, LATER)}
    assert kept == {"ledger", "inbox", "metrics", "feeds", "sentiment"}
    assert numbers_are_whole(state)


def test_a_backup_is_of_one_moment_while_others_write(state: State, tmp_path: Path) -> None:
    """While numbers and messages come in, each copy is whole: no number is named that is not in it, no message half heard."""
    stop, worked = threading.Event(), threading.Event()
    numbers = iter(range(10_000))

    def work() -> None:
        while not stop.is_set():
            name = f"more{next(numbers)}"
            count(state, name)
            with open_inbox(state.inbox, now=NOW) as inbox:
                hear(inbox, said(f"{name}-a"), said(f"{name}-b", answers=f"{name}-a"))
            worked.set()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(5):
            if number == 4:
                assert worked.wait(60)
            back_up(state, tmp_path / f"{number}.db", NOW)
    finally:
        stop.set()
        worker.join()
    for number in range(5):
        other = state_at(tmp_path / f"restored{number}")
        other.folder.mkdir()
        restore(other, tmp_path / f"{number}.db", LATER)
        assert numbers_are_whole(other)
        messages = [name for name in messages_of(other) if name.startswith("more")]
        assert len(messages) % 2 == 0, messages
    assert messages  # the last has some of those that came in meanwhile


def test_what_somebody_dropped_since_the_backup_does_not_go_out(state: State, tmp_path: Path) -> None:
    """A reply that was approved for later, and dropped after the backup, is to be looked at again, not sent."""
    file = tmp_path / "copy.db"
    back_up(state, file, NOW)
    with open_inbox(state.inbox, now=NOW) as inbox:
        replies = Replies(inbox)
        (reply,) = replies.open()
        replies.drop(reply, "mai", NOW)
    restore(state, file, LATER)
    with open_inbox(state.inbox, now=LATER) as inbox:
        back = Replies(inbox).reply(reply.id)
    assert (back.state, back.approved, back.text) == (ReplyState.STALE, False, "first answer")


def test_an_interrupted_restore_sends_nothing_twice_and_can_be_repeated(state: State, tmp_path: Path) -> None:
    """Killed at any step: each part is as before or as in the backup, the ledger first; a second run completes it."""
    back_up(state, tmp_path / "backup.db", NOW)
    fill(state, "second")
    state.folder.rename(tmp_path / "template")
    program = [sys.executable, "-m", "tests.backup.kill_restore", str(tmp_path)]
    subprocess.run(program, check=True, timeout=300, cwd=ROOT)
    steps = sorted(int(path.name) for path in tmp_path.iterdir() if path.name.isdecimal())
    seen: set[tuple[bool, bool, frozenset[str]]] = set()
    for step in steps:
        there = state_at(tmp_path / str(step))
        posts, messages = tuple(posts_of(there)), tuple(messages_of(there))
        with open_ledger(there.ledger, now=LATER, read_only=True) as ledger:
            ledger_is_back = "restored_at" in ledger.meta()
        assert posts == (("first post",) if ledger_is_back else ("first post", "second post"))
        inbox_is_back = messages == ("first-message", "first-other")
        assert inbox_is_back or len(messages) == 4
        assert ledger_is_back or not inbox_is_back
        names = frozenset(path.name for path in there.folder.iterdir() if not path.name.startswith("."))
        if (ledger_is_back, inbox_is_back, names) in seen:
            continue
        seen.add((ledger_is_back, inbox_is_back, names))
        restore(there, tmp_path / "backup.db", LATER + timedelta(minutes=1))
        assert (posts_of(there), messages_of(there)) == (["first post"], ["first-message", "first-other"])
        assert numbers_are_whole(there)
        assert corrections_of(there) == ["the first parcel"]
    assert {parts[:2] for parts in seen} == {(False, False), (True, False), (True, True)}
    assert len(steps) > 20


def test_an_inbox_in_use_is_not_replaced(state: State, tmp_path: Path) -> None:
    """And the ledger stays as it is, too."""
    file = tmp_path / "copy.db"
    back_up(state, file, NOW)
    fill(state, "second")
    with open_inbox(state.inbox, now=NOW), pytest.raises(InboxError, match="another process"):
        restore(state, file, LATER)
    assert posts_of(state) == ["first post", "second post"]


def test_an_inbox_that_is_none_is_named_before_anything_changes(state: State, tmp_path: Path) -> None:
    """Moved away as it says, the restore makes a new one."""
    file = tmp_path / "copy.db"
    back_up(state, file, NOW)
    fill(state, "second")
    for path in state.folder.glob("inbox.sqlite*"):
        path.unlink()
    state.inbox.file.write_bytes(b"no database at all" * 400)
    with pytest.raises(InboxError, match=r"not an inbox.*move it away"):
        restore(state, file, LATER)
    assert posts_of(state) == ["first post", "second post"]
    state.inbox.file.unlink()
    restore(state, file, LATER)
    assert messages_of(state) == ["first-message", "first-other"]


def test_files_that_are_no_backups_are_left_alone(state: State, tmp_path: Path) -> None:
    """What lies where a part would lie is not overwritten, and nothing else is written either."""
    file = tmp_path / "copy.db"
    for part in parts_of(file)[1:]:
        part.write_text("a letter")
        with pytest.raises(LedgerError, match="no backup"):
            back_up(state, file, NOW)
        assert part.read_text() == "a letter"
        part.unlink()
    assert list(tmp_path.glob("copy*")) == []


def test_parts_of_an_older_backup_do_not_stay(state: State, tmp_path: Path) -> None:
    """A backup of a state without an inbox, in place of one with, has none."""
    file = tmp_path / "copy.db"
    back_up(state, file, NOW)
    for path in state.folder.glob("inbox.sqlite*"):
        path.unlink()
    assert [path.name for path in back_up(state, file, NOW)] == ["copy.db", "copy.files.tar"]
    assert not parts_of(file)[1].exists()
    assert restore(state, file, LATER).inbox is None


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "cache/x", "metrics/../../outside"])
def test_a_tar_file_writes_nowhere_else(state: State, tmp_path: Path, name: str) -> None:
    """A tar file that was made by somebody else puts nothing outside of the folders that a backup has."""
    file = tmp_path / "copy.db"
    back_up(state, file, NOW)
    (tmp_path / "x").write_text("x")
    with tarfile.open(parts_of(file)[2], "w") as tar:
        tar.add(tmp_path / "x", "feeds/feed.json")
        tar.add(tmp_path / "x", name, filter=lambda one: one.replace(name=name, deep=False))
    fill(state, "second")
    with pytest.raises(LeitstandError, match="nothing was restored"):
        restore(state, file, LATER)
    assert not [path for path in (*tmp_path.rglob("outside"), *tmp_path.rglob("cache")) if path.exists()]
    assert posts_of(state) == ["first post", "second post"]
    assert kept_paths(state, LATER) == []


def test_a_workspace_moves_to_a_database_with_its_inbox(state: State, tmp_path: Path, postgres: Postgres) -> None:
    """Restored into PostgreSQL and back again, every message, reply and label is there, and new acts are numbered behind."""
    address, folder = postgres.new_database(), tmp_path / "moved"
    folder.mkdir()
    shared = State(
        LedgerPlace(ledger_path(folder), address, "brand"),
        Place(folder / "inbox.sqlite", address, "brand_inbox"),
        folder,
    )
    back_up(state, tmp_path / "file.db", NOW)
    restore(shared, tmp_path / "file.db", LATER)
    assert (posts_of(shared), messages_of(shared)) == (["first post"], ["first-message", "first-other"])
    with open_inbox(shared.inbox, now=LATER) as inbox:
        (reply,) = Replies(inbox).open()
        Replies(inbox).drop(reply, "mai", LATER)
    back_up(shared, tmp_path / "database.db", LATER)
    fill(state, "second")
    restore(state, tmp_path / "database.db", LATER)
    assert messages_of(state) == ["first-message", "first-other"]
    with open_inbox(state.inbox, now=LATER) as inbox:
        assert Replies(inbox).reply(reply.id).state is ReplyState.DROPPED


def test_a_backup_brings_back_who_was_forgotten(state: State, tmp_path: Path) -> None:
    """That is why a restore says so; forgetting again takes them out of the inbox, and what it kept is a file to delete."""
    file = tmp_path / "copy.db"
    back_up(state, file, NOW)
    with open_inbox(state.inbox, now=NOW) as inbox:
        forget(inbox, None, find_author(inbox, "@kim@far.example"), NOW)
    assert restore(state, file, LATER).inbox == "2026-12-01T09:00:00.000000Z"
    with open_inbox(state.inbox, now=LATER) as inbox:
        who = find_author(inbox, "@kim@far.example")
        assert forget(inbox, None, who, LATER).messages == 1
        assert not find_author(inbox, "@kim@far.example").keys
