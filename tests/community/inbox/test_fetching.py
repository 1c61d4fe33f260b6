from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import MINUTE, START, all_of, said
from tests.community.inbox.kill_fetch import TOLD, town
from tests.community.inbox.lines import Line, StandingClock, Town
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.cursors import all_cursors
from toolkit.community.inbox.fetching import Heard, fetch, why_deaf
from toolkit.errors import NetworkError
from toolkit.ledger.out import PartOut
from toolkit.settings import Account
from toolkit.web import WebError

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(START + 2 * HOUR)


@pytest.fixture
def line() -> Line:
    return Line([said("c1"), said("c2", minute=5, answers="c1")])


@pytest.fixture
def brand(tmp_path: Path, clock: StandingClock, line: Line) -> Town:
    return Town(tmp_path / "state", clock, {"mastodon": line})


def listen(brand: Town) -> list[Heard]:
    return fetch(brand.office, brand.accounts.values(), lines=brand.open_lines)


def opened(brand: Town) -> Inbox:
    return open_inbox(brand.office.inbox, now=brand.clock.now(), read_only=True)


def test_what_is_told_is_stored_once(brand: Town) -> None:
    """A second round hears the overlap again, and stores nothing of it."""
    (first,) = listen(brand)
    brand.clock.moment += 5 * MINUTE
    (second,) = listen(brand)
    assert (first.gathered.new, second.gathered.new, second.gathered.changed) == (2, 0, 0)
    with opened(brand) as inbox:
        assert len(all_of(inbox)) == 1


def test_the_file_is_nobody_elses(brand: Town) -> None:
    """Neither the inbox nor its log can be read by others on the machine."""
    listen(brand)
    files = list(brand.state.glob("inbox.sqlite*"))
    assert files
    assert {file.stat().st_mode & 0o077 for file in (*files, brand.state)} == {0}


def test_it_is_asked_from_where_it_was_heard_with_an_overlap(brand: Town, line: Line, clock: StandingClock) -> None:
    """The first time a month back, then from the beginning of the last round, two hours before it."""
    listen(brand)
    began = clock.moment
    clock.moment += 5 * MINUTE
    listen(brand)
    assert [since for since, _posts in line.asked] == [began - timedelta(days=30), began - 2 * HOUR]


def test_old_posts_are_asked_about_less_often_and_from_when_they_were(
    brand: Town, line: Line, clock: StandingClock
) -> None:
    """Young ones in every round, those of a week once an hour, older ones once a day; whoever is too old is left alone."""
    now = clock.moment
    ages = {"young": DAY, "week": 7 * DAY, "month": 30 * DAY, "year": 400 * DAY}
    account = next(iter(brand.accounts.values()))
    brand.posts["mastodon:" + account.id] = [
        PartOut("mastodon:" + account.id, name, name, now - age) for name, age in ages.items()
    ]
    for after in (timedelta(0), 5 * MINUTE, HOUR, DAY):
        clock.moment = now + after
        listen(brand)
    asked = [(since, posts) for since, posts in line.asked]
    assert [posts for _since, posts in asked] == [
        ("month", "week", "young"),
        ("young",),
        ("week", "young"),
        ("month", "week", "young"),
    ]
    # The month's comments of the whole day, and not only of the last minutes.
    assert asked[3][0] == now - 2 * HOUR
    assert asked[2][0] == now - 2 * HOUR


@pytest.mark.skipif(os.name == "nt", reason="Windows kills in another way")
@pytest.mark.parametrize("kill_at", [1, 3, 7, 12, 20, 33, 47, 64, 90, 130, 171])
def test_whoever_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path, kill_at: int) -> None:
    """Kill -9 at any statement: the rounds after it end in the inbox that an undisturbed one has."""
    expected = town(tmp_path / "undisturbed")
    listen(expected)
    killed = town(tmp_path / "killed")
    command = [sys.executable, "-m", "tests.community.inbox.kill_fetch", str(killed.state), str(kill_at)]
    for _again in range(2):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == -signal.SIGKILL or done.stdout == "whole\n", done.stderr
    listen(killed)
    with opened(expected) as one, opened(killed) as two:
        assert _heard(two) == _heard(one)
        assert sum(len(texts) for texts in _heard(two)) == len(TOLD)


def _heard(inbox: Inbox) -> list[list[str]]:
    return [[entry.message.remote_id for entry in inbox.entries(one)] for one in all_of(inbox)]


def test_a_break_in_the_middle_keeps_what_came(brand: Town, line: Line, clock: StandingClock) -> None:
    """What was told before the line broke is stored, with how far that was; the rest comes next time."""
    line.trouble = NetworkError("gone away")
    (heard,) = listen(brand)
    assert (heard.gathered.new, heard.failure) == (2, "gone away")
    line.trouble = None
    clock.moment += MINUTE
    assert [one.failure for one in listen(brand)] == [""]
    assert line.asked[1][0] == START + 5 * MINUTE - 2 * HOUR


def test_an_account_in_trouble_is_asked_later_and_later_and_stops_no_other(brand: Town, clock: StandingClock) -> None:
    """After one, two, four minutes, at most an hour; a defect of an adapter is trouble like any other."""
    brand.lines = {"bad": Line(trouble=KeyError("id")), "good": Line([said("g1")])}
    first = listen(brand)
    assert [one.failure for one in first] == ["KeyError: 'id'", ""]
    waits = []
    for _round in range(9):
        (bad,) = [one for one in first if one.account == "bad"]
        assert bad.again_at is not None
        waits.append((bad.again_at - clock.moment) / MINUTE)
        clock.moment = bad.again_at - MINUTE / 2
        assert [one.waiting for one in listen(brand)] == [True, False]
        clock.moment = bad.again_at
        first = listen(brand)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    with opened(brand) as inbox:
        cursors = {one.channel: one for one in all_cursors(inbox.store)}
    assert (cursors["bad"].failures, cursors["bad"].reason, cursors["good"].failures) == (10, "KeyError: 'id'", 0)


def test_what_follows_comes_once_after_all_accounts(brand: Town) -> None:
    """With every conversation that something new is in; what fails there takes nothing away that was heard."""
    brand.lines = {"one": Line([said("c1")]), "two": Line([said("d1"), said("e1", minute=1)])}
    asked: list[int] = []

    def sequel(_inbox: Inbox, conversations: Collection[str]) -> None:
        asked.append(len(conversations))
        raise NetworkError("no model")

    with pytest.raises(NetworkError):
        fetch(brand.office, brand.accounts.values(), sequel=sequel, lines=brand.open_lines)
    assert asked == [3]
    with opened(brand) as inbox:
        assert len(all_of(inbox)) == 3


def test_a_network_that_asks_for_patience_gets_it(brand: Town, line: Line, clock: StandingClock) -> None:
    """429 with Retry-After: nothing is asked before then; then everything is as before."""
    line.trouble, line.again_at = WebError("429"), clock.moment + 40 * MINUTE
    (heard,) = listen(brand)
    assert heard.again_at == clock.moment + 40 * MINUTE
    clock.moment += 39 * MINUTE
    (waiting,) = listen(brand)
    assert (waiting.waiting, waiting.failure, len(line.asked)) == (True, "429", 1)
    line.trouble = None
    clock.moment += MINUTE
    assert [one.failure for one in listen(brand)] == [""]


def test_what_an_account_is_never_told_is_said(brand: Town, line: Line) -> None:
    """Such as direct messages that its token gives no right to; the rest is heard all the same."""
    line.deaf_to = "no right to direct messages"
    (heard,) = listen(brand)
    assert (heard.unheard, heard.gathered.new, heard.failure) == ("no right to direct messages", 2, "")


def test_what_its_author_took_back_is_gone(brand: Town, line: Line, clock: StandingClock) -> None:
    """Text, name and media go; that something was there stays, and nobody waits for an answer to it any more."""
    line.told = [replace(said("c1"), media=("https://x.example/1.jpg",)), said("d1", minute=3)]
    line.taken_back = frozenset({"c1"})
    (heard,) = listen(brand)
    assert heard.deleted == 1
    with opened(brand) as inbox:
        gone, kept = all_of(inbox)
        (entry,) = inbox.entries(gone)
    assert entry.deleted_at == clock.moment
    assert (entry.message.text, entry.message.name, entry.message.media, entry.message.author) == (
        "",
        "",
        (),
        "@ada@far.example",
    )
    assert (gone.stage, gone.waiting_since, kept.stage) == (Stage.DONE, None, Stage.NEW)


def test_what_is_taken_back_is_asked_once_an_hour(brand: Town, line: Line, clock: StandingClock) -> None:
    """About what is open or young, what was asked longest ago first; what is done and old is left alone."""
    line.told = [said("c1"), said("d1", minute=3)]
    for _round in range(13):
        listen(brand)
        clock.moment += 5 * MINUTE
    assert [sorted(ids) for ids in line.checked] == [["c1", "d1"], ["c1", "d1"]]
    with open_inbox(brand.office.inbox, now=clock.moment) as inbox:
        inbox.set_stage(all_of(inbox)[0], Stage.DONE, "", clock.moment)
    clock.moment += 8 * DAY
    listen(brand)
    assert line.checked[-1] == ("d1",)


def test_a_snooze_that_is_over_is_woken(brand: Town, clock: StandingClock) -> None:
    """By the next round, and in every list before it."""
    listen(brand)
    with open_inbox(brand.office.inbox, now=clock.moment) as inbox:
        (one,) = all_of(inbox)
        inbox.snooze(one, clock.moment + HOUR, "mai", clock.moment)
        assert [found.stage for found in all_of(inbox, clock.moment + HOUR)] == [Stage.OPEN]
    clock.moment += HOUR
    listen(brand)
    with opened(brand) as inbox:
        (one,) = all_of(inbox, clock.moment)
        assert one.stage is Stage.OPEN
        assert [(act.what, act.by) for act in inbox.acts(one)] == [("snoozed", "mai"), ("woken", "")]


@pytest.mark.parametrize(
    ("account", "said_why"),
    [
        (Account("feed", "feed", "f"), "Feed tells nothing of what people write"),
        (Account("m", "mastodon", "@m@x", hand_off=True), "a person publishes here"),
        (Account("m", "mastodon", "@m@x"), ""),
    ],
)
def test_who_cannot_be_heard_says_why(account: Account, said_why: str) -> None:
    """With what to do instead where there is something."""
    assert said_why in why_deaf(account)
    assert bool(why_deaf(account)) is bool(said_why)
