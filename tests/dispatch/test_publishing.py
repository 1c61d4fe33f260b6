"""The real rooms together: files, rules, approvals, pauses, the feed network, the ledger."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.probe import PROBE
from toolkit.approval import content_hash
from toolkit.dispatch import TickResult, publish_due
from toolkit.errors import LedgerError
from toolkit.ledger import LedgerPlace, PauseRow, Row, State, ledger_path, open_ledger
from toolkit.model import SetClock
from toolkit.workspace import load_workspace

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
TOML = f"""\
{PROBE}
[people.maria]
roles = ["manager"]

[accounts.linkedin]
network = "nowhere"
id = "probe"
"""
POST = """\
---
uid: {uid}
title: Tür 1
author: anna
status: ready
publish: 2026-12-01 07:30
channels: [news, linkedin]
language: de
---
Tür 1 ist auf: [Zum Shop](https://example.com/1)
"""


class Brand:
    """A workspace on disk, its state beside it, and a clock."""

    def __init__(self, folder: Path, address: str = "") -> None:
        self.address = address
        self.root = folder / "brand"
        self.state = folder / "state"
        self.clock = SetClock(START)
        self.write("leitstand.toml", TOML)
        self.write("content/posts/tuer.md", POST.format(uid=UID))

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def publish(self, moment: datetime, *, rehearsal: bool = False) -> TickResult:
        self.clock.moment = moment
        environ = {"LEITSTAND_STATE_DIR": str(self.state), "LEITSTAND_LEDGER": self.address}
        return publish_due(self.root, clock=self.clock, environ=environ, rehearsal=rehearsal)

    @property
    def place(self) -> LedgerPlace:
        return LedgerPlace(ledger_path(self.state), self.address, "probe" if self.address else "")

    def rows(self) -> list[Row]:
        with open_ledger(self.place, now=START, read_only=True) as ledger:
            return ledger.rows()

    def entries(self) -> list[Path]:
        return sorted((self.state / "feeds").rglob("entries/*"))


@pytest.fixture(params=["sqlite", "postgres"])
def brand(tmp_path: Path, request: pytest.FixtureRequest) -> Brand:
    """A brand whose ledger is a file, and one whose ledger is a database."""
    shared = request.param == "postgres"
    return Brand(tmp_path, request.getfixturevalue("postgres").new_database() if shared else "")


def test_a_post_goes_from_file_to_feed(brand: Brand) -> None:
    """Planned before its time, sent at its time, only where an adapter sends; the row keeps what was sent."""
    assert [event.state for event in brand.publish(START).events] == [State.PLANNED]
    assert brand.entries() == []
    brand.publish(DUE)
    (row,) = brand.rows()
    assert (row.state, row.account, row.due, row.wall, row.zone) == (
        State.CONFIRMED,
        "news",
        DUE,
        "2026-12-01 07:30",
        "Europe/Berlin",
    )
    assert "Tür 1 ist auf" in row.rendition
    assert len(brand.entries()) == 1


def test_a_rehearsal_writes_nothing(brand: Brand) -> None:
    """Neither ledger nor feed, also before there is any state."""
    result = brand.publish(DUE, rehearsal=True)
    assert [event.state for event in result.events] == [State.IMPORTED]
    assert not brand.state.exists()
    brand.publish(START)
    result = brand.publish(DUE, rehearsal=True)
    assert [event.state for event in result.events] == [State.CONFIRMED]
    assert brand.rows()[0].state is State.PLANNED
    assert brand.entries() == []


def test_an_error_in_the_file_holds_the_post(brand: Brand) -> None:
    """A post with an error is not sent; mended within its grace it is."""
    brand.publish(START)
    brand.write("content/posts/tuer.md", POST.format(uid=UID).replace("author: anna", "author: nobody"))
    result = brand.publish(DUE)
    assert "nobody" in result.waiting[0].reason
    brand.write("content/posts/tuer.md", POST.format(uid=UID))
    brand.publish(DUE + timedelta(minutes=5))
    assert brand.rows()[0].state is State.CONFIRMED


@pytest.mark.parametrize(
    "broken", ["---\nuid: [\n---\nHallo\n", "\ufeff---\nno end\n", "---\nuid: {uid}\npublish: gestern\n---\nHallo\n"]
)
def test_an_unreadable_file_cancels_nothing(brand: Brand, broken: str) -> None:
    """Front matter broken in any way: the row waits, nothing is sent, nothing is cancelled."""
    brand.publish(START)
    brand.write("content/posts/tuer.md", broken.replace("{uid}", UID))
    brand.publish(DUE)
    assert brand.rows()[0].state is State.PLANNED
    assert brand.entries() == []


def test_a_missing_approval_holds_the_post(brand: Brand) -> None:
    """Without the approval that the account needs nothing goes out; with it, at once; a changed byte voids it."""
    brand.write("leitstand.toml", TOML.replace('id = "news"', 'id = "news"\napprovals = 1'))
    brand.publish(START)
    assert "approval" in brand.publish(DUE).waiting[0].reason
    workspace = load_workspace(brand.root)
    digest = content_hash(workspace.posts[0], workspace)
    approved = f"approved:\n  - {{by: maria, at: 2026-11-30T10:00:00+01:00, hash: {digest}}}\n---\nTür"
    brand.write("content/posts/tuer.md", POST.format(uid=UID).replace("---\nTür", approved).replace("auf:", "zu:"))
    assert brand.publish(DUE + timedelta(minutes=1)).waiting
    brand.write("content/posts/tuer.md", POST.format(uid=UID).replace("---\nTür", approved))
    brand.publish(DUE + timedelta(minutes=2))
    assert brand.rows()[0].state is State.CONFIRMED


@pytest.mark.parametrize(
    "pause",
    [
        "- {scope: all, reason: Rückruf, owner: maria}\n",
        "- {scope: 'channel:news', reason: Rückruf, owner: maria}\n",
        "- scope: [broken\n",
    ],
)
def test_a_pause_file_stops_publishing(brand: Brand, pause: str) -> None:
    """What falls due in the pause is missed and stays unsent; a file that cannot be read counts as paused."""
    brand.publish(START)
    brand.write("content/pause.yml", pause)
    brand.publish(DUE)
    (brand.root / "content/pause.yml").unlink()
    brand.publish(DUE + timedelta(minutes=5))
    assert brand.rows()[0].state is State.MISSED
    assert brand.entries() == []


def test_a_hold_in_the_ledger_stops_a_post_that_was_never_planned(brand: Brand) -> None:
    """The hold may come before the first tick."""
    with open_ledger(brand.place, now=START) as ledger:
        ledger.add_pause(PauseRow(0, "post", UID, "wait", "anna", START, None))
    brand.publish(START)
    assert [row.reason for row in brand.publish(DUE).waiting] == ["stopped: wait"]
    assert brand.entries() == []


def test_two_files_with_one_uid_wait_for_a_person(brand: Brand) -> None:
    """A copied file with the same uid stops both; nothing is guessed."""
    brand.publish(START)
    brand.write("content/posts/copy.md", POST.format(uid=UID))
    assert brand.publish(DUE).waiting[0].reason
    assert brand.entries() == []


def test_a_new_uid_sends_no_text_again(brand: Brand) -> None:
    """The uid of a post that is out is changed: the same text from the same file is held until a person says so."""
    brand.publish(START)
    brand.publish(DUE)
    other = UID[:-1] + "4"
    brand.write("content/posts/tuer.md", POST.format(uid=other))
    brand.publish(DUE + timedelta(minutes=1))
    assert {row.uid: row.state for row in brand.rows()} == {UID: State.CONFIRMED, other: State.HELD}
    with open_ledger(brand.place, now=DUE) as ledger:
        (row,) = ledger.rows(uid=other)
        assert f"went out from this file as {UID}" in row.reason
        ledger.resolve_again(row, DUE + timedelta(minutes=2))
    assert len(brand.entries()) == 1
    brand.publish(DUE + timedelta(minutes=2))
    assert len(brand.entries()) == 2


def test_a_new_uid_sends_no_text_again_whose_links_name_it(brand: Brand) -> None:
    """Measured links hold the uid, so the two requests differ; the text is known again all the same."""
    policy = '\n[links]\ndomains = ["example.com"]\nutm_id = "{uid}"\n'
    brand.write("leitstand.toml", TOML + policy)
    brand.publish(START)
    brand.publish(DUE)
    other = "01JDK3V7Q2M8X4T6R9A0B1C2D4"
    brand.write("content/posts/tuer.md", POST.format(uid=other))
    brand.publish(DUE + timedelta(minutes=5))
    held = [row for row in brand.rows() if row.uid == other and row.account == "news"]
    assert [row.state for row in held] == [State.HELD]
    assert f"went out from this file as {UID}" in held[0].reason


def test_swapped_uids_double_no_text(brand: Brand) -> None:
    """Two posts exchange their uids after the first is out: its text does not go out as the second."""
    other = UID[:-1] + "4"
    second = POST.format(uid=other).replace("07:30", "07:40").replace("Tür 1", "Tür 2")
    brand.write("content/posts/zwei.md", second)
    brand.publish(START)
    brand.publish(DUE)
    brand.write("content/posts/tuer.md", POST.format(uid=other))
    brand.write("content/posts/zwei.md", second.replace(other, UID))
    brand.publish(DUE + timedelta(minutes=11))
    assert {row.uid: row.state for row in brand.rows()} == {UID: State.CONFIRMED, other: State.HELD}
    assert len(brand.entries()) == 1


def test_a_file_is_used_again_for_a_new_post(brand: Brand) -> None:
    """A new uid and new words in an old file are a new post."""
    brand.publish(START)
    brand.publish(DUE)
    brand.write("content/posts/tuer.md", POST.format(uid=UID[:-1] + "4").replace("ist auf", "ist zu"))
    brand.publish(DUE + timedelta(minutes=1))
    assert [row.state for row in brand.rows()] == [State.CONFIRMED] * 2


def test_two_channels_that_are_one_account_send_once(brand: Brand) -> None:
    """An account that is listed twice under two names is one remote identity: it waits for a person."""
    twin = '\n[accounts.twin]\nnetwork = "feed"\nid = "news"\nserver = "https://example.com/feeds"\n'
    brand.write("leitstand.toml", TOML + twin)
    brand.write("content/posts/tuer.md", POST.format(uid=UID).replace("linkedin", "twin"))
    brand.publish(START)
    result = brand.publish(DUE)
    assert "same post" in result.waiting[0].reason
    assert len(brand.rows()) == 1


def test_another_ledger_is_refused(brand: Brand, tmp_path: Path) -> None:
    """A ledger that is swapped for a fresh one sends nothing."""
    brand.publish(START)
    other = Brand(tmp_path / "other")
    other.write("leitstand.toml", TOML.replace("example.com", "example.org"))
    other.publish(START - timedelta(days=1))
    if brand.address:
        # The same database, emptied: its schema is made anew, with an id of its own.
        with psycopg.connect(brand.address) as connection:
            connection.execute("DROP SCHEMA probe CASCADE")
    else:
        ledger_path(brand.state).write_bytes(ledger_path(other.state).read_bytes())
    with pytest.raises(LedgerError, match="another one"):
        brand.publish(DUE)


def test_a_workspace_id_changed_and_changed_back_sends_nothing_twice(brand: Brand, tmp_path: Path) -> None:
    """What the ledger of one id sent, the ledger of the other does not send again while the post is within its grace."""
    brand.publish(START)
    brand.write("leitstand.toml", TOML.replace('"probe"\ntimezone', '"other"\ntimezone'))
    first, brand.state = brand.state, tmp_path / "other"
    for moment in (START + timedelta(minutes=1), DUE):
        with pytest.raises(LedgerError, match="leitstand ledger adopt"):
            brand.publish(moment)
    assert brand.entries() == []
    brand.write("leitstand.toml", TOML)
    brand.state = first
    brand.publish(DUE + timedelta(minutes=1))
    assert len(brand.entries()) == 1
    brand.write("leitstand.toml", TOML.replace('"probe"\ntimezone', '"other"\ntimezone'))
    brand.state = tmp_path / "other"
    with pytest.raises(LedgerError, match="leitstand ledger adopt"):
        brand.publish(DUE + timedelta(minutes=2))
    assert brand.entries() == []


def test_two_workspaces_do_not_share_a_ledger(brand: Brand, tmp_path: Path) -> None:
    """The second one is refused before it cancels what the first has planned."""
    brand.publish(START)
    text = (brand.root / "leitstand.toml").read_text("utf-8")
    brand.write("leitstand.toml", text.replace('id = "probe"\ntimezone', 'id = "other"\ntimezone'))
    # On PostgreSQL each workspace has a schema, and the note beside the state says that this is not ours.
    with pytest.raises(LedgerError, match=r"belongs to the workspace probe|is another one"):
        brand.publish(DUE)
    brand.write("leitstand.toml", text)
    assert {row.state for row in brand.rows()} == {State.PLANNED}


def test_only_the_published_commit_counts(brand: Brand) -> None:
    """With [publish] ref, an edit in the working folder is not sent, and the row names the commit."""
    brand.write("leitstand.toml", TOML + '\n[publish]\nref = "main"\n')
    git = ["git", "-C", str(brand.root), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "posts"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    brand.publish(START)
    brand.write("content/posts/tuer.md", POST.format(uid=UID).replace("auf", "NICHT FREIGEGEBEN"))
    brand.publish(DUE)
    (row,) = brand.rows()
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    assert (row.state, row.commit) == (State.CONFIRMED, head)
    assert "NICHT" not in row.rendition


def test_a_pause_that_is_committed_counts_at_once(brand: Brand) -> None:
    """The published branch's pause is in force though the working folder does not have it, and ends with a commit."""
    brand.write("leitstand.toml", TOML + '\n[publish]\nref = "main"\n')
    git = ["git", "-C", str(brand.root), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    brand.write("content/pause.yml", "- {scope: all, reason: R\u00fcckruf, owner: maria}\n")
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "posts"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    (brand.root / "content/pause.yml").unlink()
    brand.publish(START)
    assert [event.state for event in brand.publish(DUE).events] == [State.MISSED]
    subprocess.run([*git, "commit", "-q", "-a", "-m", "go on"], check=True, capture_output=True)
    with open_ledger(brand.place, now=DUE) as ledger:
        ledger.resolve_again(ledger.rows()[0], DUE)
    assert [event.state for event in brand.publish(DUE).events] == [State.CONFIRMED]
