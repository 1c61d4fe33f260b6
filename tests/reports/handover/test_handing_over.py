"""The page of a week: made once for the same numbers, with people's words on every version, and with no name on any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.community.summary.weekly import MONDAY, NOW, WEEK, answer, brand, hear, opened, word
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.errors import UsageError
from toolkit.model import SetClock
from toolkit.pages.gather import read_reports
from toolkit.reports.commentary import begin_commentary
from toolkit.reports.files.gist import read_gist
from toolkit.reports.handover.making import hand_over
from toolkit.reports.making import Place
from toolkit.workspace import load_workspace

HOUR = timedelta(hours=1)
PLANTED = ("zeitzeugin", "zuzanna", "kaffeefleck", "steuerbescheid")
HANDLE = "@zeitzeugin@weit.example"


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    brand(tmp_path)
    with opened(tmp_path / "state") as found:
        told = [word(number, "Mein Paket fehlt, liebe Leute", MONDAY + number * HOUR) for number in range(9)]
        hear(found, *told, answer(1, 0, MONDAY + HOUR))
        secret = "Zuzanna hat einen Kaffeefleck auf dem Steuerbescheid"
        hear(found, *(word(50 + number, secret, MONDAY + number * HOUR, author=HANDLE) for number in range(4)))
        yield found


def place(root: Path, now: datetime = NOW) -> Place:
    return Place(load_workspace(root), root / "state", SetClock(now))


def page(root: Path) -> str:
    return (root / "state/reports/handover/2026-W47/index.html").read_text("utf-8")


def test_the_same_numbers_make_the_same_page(inbox: Inbox, tmp_path: Path) -> None:
    """A second time nothing is made; made anew it is the same to the last byte."""
    first, _summary = hand_over(place(tmp_path), inbox, WEEK)
    bytes_before = {path.name: path.read_bytes() for path in first.folder.iterdir() if path.name != "manifest.json"}
    again, _summary = hand_over(place(tmp_path), inbox, WEEK)
    assert (first.unchanged, again.unchanged) == (False, True)
    first.manifest.unlink()
    hand_over(place(tmp_path), inbox, WEEK)
    assert {
        path.name: path.read_bytes() for path in first.folder.iterdir() if path.name != "manifest.json"
    } == bytes_before


def test_the_page_says_what_happened(inbox: Inbox, tmp_path: Path) -> None:
    """Its sentences are its gist, so that mail says them too; the site shows it among the reports."""
    hand_over(place(tmp_path), inbox, WEEK)
    gist = read_gist(page(tmp_path))
    assert (gist.heading, gist.stage) == ("Hand-over week 47, 2026", "final")
    assert gist.sentences[0] == "13 messages came in."
    assert "1 of 13" in gist.sentences[1]
    [report] = read_reports(tmp_path / "state/reports")
    assert (report.name, report.period, report.stage) == ("handover", "2026-W47", "final")


def test_words_of_people_stay(inbox: Inbox, tmp_path: Path) -> None:
    """What somebody wrote stands on the page, also when the numbers have changed; nothing writes over it."""
    path = begin_commentary(tmp_path, "handover", WEEK.name)
    assert path is not None
    path.write_text("The strike is over.\n\n- [ ] Call the carrier @tarek 2026-11-27\n")
    hand_over(place(tmp_path), inbox, WEEK)
    hear(inbox, word(99, "Noch ein Paket", MONDAY + 9 * HOUR))
    hand_over(place(tmp_path), inbox, WEEK)
    assert "The strike is over." in page(tmp_path)
    assert "Call the carrier (tarek, " in page(tmp_path)
    assert "14 messages came in." in page(tmp_path)
    assert begin_commentary(tmp_path, "handover", WEEK.name) is None


def test_nothing_of_anybody_is_kept(inbox: Inbox, tmp_path: Path) -> None:
    """Not in the page, the notebook or the manifest; after forgetting, in no file of the state at all."""
    one = next(one for one in inbox.conversations(Wanted(stages=(), limit=99), now=NOW) if one.author == HANDLE)
    inbox.label(one, ["fall-zeitzeugin"], [], "mai", NOW)
    hand_over(place(tmp_path), inbox, WEEK)
    assert traces(tmp_path / "state/reports") == []
    assert traces(tmp_path / "state") != []
    forget(inbox, None, find_author(inbox, HANDLE), NOW)
    hand_over(place(tmp_path), inbox, WEEK)
    inbox.close()
    assert traces(tmp_path / "state") == []
    assert "13 messages came in." in page(tmp_path)


def traces(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [f"{path.name}: {name}" for path in files for name in PLANTED if name.encode() in path.read_bytes().lower()]


def test_a_week_that_is_not_over_says_so(inbox: Inbox, tmp_path: Path) -> None:
    """It is provisional; one that has not begun is none."""
    hand_over(place(tmp_path, MONDAY + 20 * HOUR), inbox, WEEK)
    assert read_gist(page(tmp_path)).stage == "provisional"
    with pytest.raises(UsageError, match="2026-W48 has not begun"):
        hand_over(place(tmp_path, MONDAY), inbox, WEEK.shift(1))


def test_what_people_write_is_text(inbox: Inbox, tmp_path: Path) -> None:
    """A label and a word of three people are shown as they are, and run nowhere."""
    for one in inbox.conversations(Wanted(stages=(), limit=99), now=NOW):
        inbox.label(one, ["<script>alert(1)</script>"], [], "mai", NOW)
    hand_over(place(tmp_path), inbox, WEEK)
    assert "<script>alert" not in page(tmp_path)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page(tmp_path)
