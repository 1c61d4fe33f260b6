"""The hand-over that comes by itself: on its day, once, mailed to each manager once, and tried again when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.community.summary.weekly import MONDAY, TOML, WEEK, brand, hear, opened, word
from tests.servers.smtp import run_smtp
from toolkit.alerts.memory import Memory
from toolkit.community.inbox.place import inbox_path
from toolkit.database import Place as InboxPlace
from toolkit.ledger import LedgerPlace, Run, Runs, RunState, ledger_path, notes_of, open_ledger
from toolkit.model import SetClock
from toolkit.reports.files.mailing import NOTES
from toolkit.reports.handover.weekly import find_due, next_due, run_weekly
from toolkit.reports.making import Place
from toolkit.reports.runs.sending import Postbox
from toolkit.settings import ReportPolicy
from toolkit.workspace import load_workspace

# apprise's own
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 11, 23, 6, tzinfo=BERLIN)
HOUR = timedelta(hours=1)


class Office:
    """A brand with a week in its inbox, whose hand-over is looked for at any moment."""

    def __init__(self, root: Path, reports: str) -> None:
        brand(root)
        self.root, self.clock = root, SetClock(DUE)
        (root / "leitstand.toml").write_text(f'{TOML}\n[reports]\nhandover = "monday"\n{reports}', encoding="utf-8")
        with opened(root / "state") as inbox:
            hear(inbox, *(word(number, "Moin", MONDAY + number * HOUR) for number in range(3)))

    def look(self, now: datetime, *, force: bool = False) -> Run | None:
        self.clock.moment = now
        workspace = load_workspace(self.root)
        with open_ledger(LedgerPlace(ledger_path(self.root / "state")), now=now) as ledger:
            memory: Memory = notes_of(ledger, NOTES, self.clock.now)
            box = Postbox(Runs(ledger, self.clock.now), memory, workspace.settings, {})
            place = Place(workspace, self.root / "state", self.clock)
            return run_weekly(place, box, InboxPlace(inbox_path(self.root / "state")), force=force)


def test_it_comes_on_its_day_and_once(tmp_path: Path) -> None:
    """Not a minute before, made with the numbers of the week that is over, and never again."""
    office = Office(tmp_path, "")
    assert office.look(DUE - timedelta(minutes=1)) is None
    run = office.look(DUE)
    assert run is not None
    assert (run.name, run.state, run.mailed) == ("handover 2026-W47 final", RunState.MADE, True)
    assert (tmp_path / "state/reports/handover/2026-W47/index.html").is_file()
    assert office.look(DUE + HOUR) is None


def test_each_manager_gets_it_once(tmp_path: Path) -> None:
    """With the sentences in the message and the page as a PDF, from a real mail server's point of view."""
    (tmp_path / "mail").mkdir()
    with run_smtp(tmp_path / "mail", "none") as server:
        more = f'mail = ["manager"]\n\n[alerts]\nrelay = "{server.url}"\nsender = "leitstand@probe.example.com"\n'
        office = Office(tmp_path / "brand", more)
        run = office.look(DUE)
        assert run is not None
        assert dict(run.mail) == {"tarek": "sent"}
        assert office.look(DUE + HOUR) is None
        [envelope] = server.mails
    assert envelope.rcpt_tos == ["tarek@probe.example.com"]
    assert server.mail()["Subject"] == "[probe] Hand-over week 47, 2026 (final)"
    assert [part.get_filename() for part in server.mail().iter_attachments()] == ["handover-2026-W47.pdf"]


def test_what_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Later each time, not for ever, and once more when somebody asks for it."""
    office = Office(tmp_path, "")

    def fail(*_given: object) -> None:
        raise ValueError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("toolkit.reports.handover.making.hand_over", fail)
        run = office.look(DUE)
        assert run is not None
        assert (run.state, run.reason) == (RunState.LATER, "ValueError: the disk is full")
        assert office.look(DUE + timedelta(minutes=9)) is None
    again = office.look(DUE + timedelta(minutes=9), force=True)
    assert again is not None
    assert again.state is RunState.MADE


@pytest.mark.parametrize(
    ("weekday", "moment", "wanted"),
    [
        (None, DUE, None),
        (0, DUE, WEEK),
        (3, DUE, None),
        (3, DUE + timedelta(days=3), WEEK),
        (0, DUE + timedelta(days=6), WEEK),
        (0, DUE + timedelta(days=7), WEEK.shift(1)),
    ],
)
def test_the_week_that_is_over(weekday: int | None, moment: datetime, wanted: object) -> None:
    """Only the last one, from its weekday on until the next week's."""
    due = find_due(ReportPolicy(handover=weekday), BERLIN, moment)
    assert (due.week if due else None) == wanted


@pytest.mark.parametrize(
    ("moment", "wanted"), [(DUE - HOUR, (WEEK, DUE)), (DUE, (WEEK.shift(1), DUE + timedelta(days=7)))]
)
def test_the_next_one_is_known(moment: datetime, wanted: object) -> None:
    """Up to the minute in which it is due, then it is the one of the week after."""
    coming = next_due(ReportPolicy(handover=0), BERLIN, moment)
    assert coming is not None
    assert (coming.week, coming.at) == wanted
    assert next_due(ReportPolicy(), BERLIN, moment) is None


def test_nobody_listens_nothing_comes(tmp_path: Path) -> None:
    """A brand without an inbox gets no empty page."""
    office = Office(tmp_path, "")
    inbox_path(tmp_path / "state").unlink()
    assert office.look(DUE) is None
