"""Edits in git while rows are in every state, and a checkout that changes under the dispatcher (P18)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.dispatch import publish_due
from toolkit.ledger import Ledger, Row, State, ledger_path, open_ledger
from toolkit.model import Count, Part, Rendition, SetClock

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"
languages = ["en"]

[people.anna]
roles = ["editor"]

[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"

[publish]
ref = "main"
"""
UID, COPY = "01JDK3V7Q2M8X4T6R9A0B1C2D3", "01JDK3V7Q2M8X4T6R9A0B1C2D4"
POST = """\
---
uid: {uid}
title: Door 1
author: anna
status: ready
publish: {publish}
channels: [news]
language: en
---
{text}
"""
START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
AT, LATER = "2026-12-01 07:30", "2026-12-01 09:00"


class Repository:
    """A brand in git, its state beside it, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "brand"
        self.state = folder / "state"
        self.clock = SetClock(START)
        self.root.mkdir()
        self.git("init", "-q", "-b", "main")
        self.write("leitstand.toml", TOML)
        self.post()
        self.commit()

    def git(self, *args: str) -> None:
        names = ("-c", "user.name=anna", "-c", "user.email=anna@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *names, *args], cwd=self.root, check=True, capture_output=True)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def post(self, path: str = "door.md", *, uid: str = UID, publish: str = AT, text: str = "Door 1 is open.") -> None:
        self.write(f"content/posts/{path}", POST.format(uid=uid, publish=publish, text=text))

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "edit")

    def tick(self, moment: datetime) -> None:
        self.clock.moment = moment
        publish_due(self.root, clock=self.clock, environ={"LEITSTAND_STATE_DIR": str(self.state)})

    def ledger(self) -> Ledger:
        return open_ledger(ledger_path(self.state), now=self.clock.moment)

    def rows(self) -> list[Row]:
        with self.ledger() as ledger:
            return ledger.rows()

    def entries(self) -> int:
        """How many entries the feed shows."""
        return len(sorted((self.state / "feeds").rglob("entries/*")))


Bring = Callable[[Ledger, Row], object]


def _sending(ledger: Ledger, row: Row) -> Row:
    rendition = Rendition("news", "feed", "en", (Part("Door 1 is open.", Count(9, 500, "c")),))
    hashes = [rendition.request_hash(0)]
    sent = ledger.begin(row, DUE, rendition=rendition.to_json(), hashes=hashes, commit="c0ffee")
    assert sent is not None
    return sent


STATES: dict[State, Bring] = {
    State.PLANNED: lambda _ledger, _row: None,
    State.SENDING: _sending,
    State.UNKNOWN: lambda ledger, row: ledger.doubt(_sending(ledger, row), DUE, "no reply"),
    State.CONFIRMED: lambda ledger, row: ledger.confirm(_sending(ledger, row), DUE, "r1", "https://example.com/1"),
    State.FAILED: lambda ledger, row: ledger.refuse(_sending(ledger, row), DUE, "refused"),
    State.HELD: lambda ledger, row: ledger.hold(_sending(ledger, row), DUE, "look there"),
    State.MISSED: lambda ledger, row: ledger.miss(row, DUE, "too late"),
}


def edit_text(brand: Repository) -> None:
    brand.post(text="Door 1 is open wide.")


def rename(brand: Repository) -> None:
    brand.git("mv", "content/posts/door.md", "content/posts/first-door.md")


def copy_with_uid(brand: Repository) -> None:
    brand.post("copy.md")


def delete(brand: Repository) -> None:
    brand.git("rm", "-q", "content/posts/door.md")


def postpone(brand: Repository) -> None:
    brand.post(publish=LATER)


def break_file(brand: Repository) -> None:
    brand.write("content/posts/door.md", "---\nuid: [\n---\n")


EDITS = (edit_text, rename, copy_with_uid, delete, postpone, break_file)
# What nothing in git may move.
STAYS = {State.CONFIRMED, State.FAILED, State.HELD, State.MISSED}


@pytest.mark.parametrize("state", list(STATES))
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_in_any_state_is_legal(tmp_path: Path, state: State, edit: Callable[[Repository], None]) -> None:
    """Rows are conserved, what is final stays, what may be out is not sent anew, and the feed never shows two."""
    brand = Repository(tmp_path)
    brand.tick(START)
    with brand.ledger() as ledger:
        STATES[state](ledger, ledger.rows()[0])
    edit(brand)
    brand.commit()
    moment = DUE
    for _look in range(8):
        brand.tick(moment)
        moment += timedelta(minutes=2)
    (row,) = [row for row in brand.rows() if row.uid == UID]
    assert brand.entries() <= 1
    if state in STAYS:
        assert row.state is state
        assert brand.entries() == 0
    elif edit is postpone and state is State.PLANNED:
        assert (row.state, row.wall) == (State.PLANNED, LATER)
    elif edit is delete and state is State.PLANNED:
        assert row.state is State.CANCELLED
    elif edit in (edit_text, rename):
        assert row.state is State.CONFIRMED
        assert brand.entries() == 1
    else:
        assert row.state in (State.PLANNED, State.CANCELLED, State.CONFIRMED, State.HELD)


def test_a_checkout_that_changes_is_not_what_is_sent(tmp_path: Path) -> None:
    """The working folder is on another branch, half written, then gone: what is sent is what main says."""
    brand = Repository(tmp_path)
    brand.tick(START)
    brand.git("checkout", "-q", "-b", "draft")
    brand.post(text="Half a sen")
    brand.tick(DUE - timedelta(minutes=1))
    (brand.root / "content/posts/door.md").unlink()
    brand.tick(DUE)
    (row,) = brand.rows()
    assert row.state is State.CONFIRMED
    assert "Door 1 is open." in row.rendition


def test_a_branch_that_moves_in_the_middle_of_a_tick_changes_nothing(tmp_path: Path) -> None:
    """The commit is read once at the beginning: a push between claim and intent is for the next tick."""
    brand = Repository(tmp_path)
    brand.tick(START)

    def push(point: str) -> None:
        if point == "C1":
            brand.post(text="Another text")
            brand.commit()

    brand.clock.moment = DUE
    environ = {"LEITSTAND_STATE_DIR": str(brand.state)}
    publish_due(brand.root, clock=brand.clock, environ=environ, crash=push)
    brand.tick(DUE + timedelta(minutes=1))
    (row,) = brand.rows()
    assert (row.state, "Door 1 is open." in row.rendition, brand.entries()) == (State.CONFIRMED, True, 1)
