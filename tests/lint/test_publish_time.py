from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.ledger import State
from toolkit.lint.rules.publish_time import DEALT_WITH
from toolkit.model import Severity
from toolkit.networks import NETWORKS

HEAD = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\nstatus: ready\nchannels: [mastodon, feed]\n"


@pytest.mark.parametrize(
    "moment", ["2027-03-28 01:59", "2027-03-28 03:00", "2027-10-31 03:00", "2027-10-31 02:30+01:00"]
)
def test_times_that_exist_once_are_fine(desk: Desk, moment: str) -> None:
    """A time beside the gap or the fold, or with an offset, is no problem."""
    assert desk.messages("publish-time", f"{HEAD}publish: {moment}\n---\n") == []


def test_the_gap_comes_with_both_remedies(desk: Desk) -> None:
    """A time that the clock skips is an error with the next time that exists and an offset that settles it."""
    assert desk.messages("publish-time", f"{HEAD}publish: «2027-03-28 02:30»\n---\n") == [
        "2027-03-28 02:30 does not exist in Europe/Berlin; write 03:30 or add an offset, such as 2027-03-28 02:30+01:00"
    ]


def test_the_fold_comes_with_both_remedies(desk: Desk) -> None:
    """A time that the clock shows twice is an error that names both moments."""
    (message,) = desk.messages("publish-time", f"{HEAD}publish: «2027-10-31 02:30»\n---\n")
    assert message == (
        "2027-10-31 02:30 happens twice in Europe/Berlin; write fold: 0 for the first (2027-10-31 02:30+02:00)"
        " or fold: 1 for the second (2027-10-31 02:30+01:00)"
    )


@pytest.mark.parametrize("remedy", ["publish: 2027-10-31 02:30\nfold: 1", "publish: 2027-10-31 02:30+02:00"])
def test_the_remedies_help(desk: Desk, remedy: str) -> None:
    """What the message proposes settles the doubt."""
    assert desk.messages("publish-time", f"{HEAD}{remedy}\n---\n") == []


def test_an_account_in_another_zone_is_checked_on_its_own_clock(desk: Desk) -> None:
    """The same wall time may be in the gap of one account only, and the message names its zone."""
    desk.settings(SETTINGS + 'timezone = "America/New_York"\n')
    (message,) = desk.messages("publish-time", f"{HEAD}publish: «2027-03-14 02:30»\n---\n")
    assert "does not exist in America/New_York" in message


def test_an_own_time_is_pointed_at_in_the_options(desk: Desk) -> None:
    """A time under `options` is reported there."""
    sample = f"{HEAD}publish: 2027-03-28 09:00\noptions:\n  feed: {{publish: «2027-03-28 02:30»}}\n---\n"
    assert len(desk.messages("publish-time", sample)) == 1


def test_a_fold_that_settles_nothing_is_a_hint(desk: Desk) -> None:
    """A fold at a time that happens once is pointed out where it stands."""
    (message,) = desk.messages("publish-time", f"{HEAD}publish: 2027-06-01 09:00\nfold: «1»\n---\n")
    assert message.startswith("fold settles nothing here")
    assert [problem.severity for problem in desk.check("publish-time")] == [Severity.HINT]


def test_an_offset_that_the_zone_does_not_have_is_a_hint(desk: Desk) -> None:
    """Summer time in December is said with the time that it comes to."""
    (message,) = desk.messages("publish-time", f"{HEAD}publish: «2026-12-01 07:30+02:00»\n---\n")
    assert message == "Europe/Berlin is at +01:00 then, so this is 2026-12-01 06:30 there"


@pytest.mark.parametrize(("moment", "count"), [("21:30", 1), ("06:59", 1), ("07:00", 0), ("21:29", 0)])
def test_quiet_hours(desk: Desk, moment: str, count: int) -> None:
    """A time in the quiet hours is a warning; their end no longer belongs to them."""
    desk.settings(SETTINGS + '\n[policy]\nquiet_hours = ["21:30-07:00"]\n')
    when = f"2026-12-01 {moment}"
    assert len(desk.messages("publish-time", f"{HEAD}publish: {f'«{when}»' if count else when}\n---\n")) == count


def test_quiet_hours_of_the_past_are_past(desk: Desk) -> None:
    """What is out already is not complained about."""
    desk.settings(SETTINGS + '\n[policy]\nquiet_hours = ["21:30-07:00"]\n')
    assert desk.messages("publish-time", f"{HEAD}publish: 2026-11-01 23:00\n---\n") == []


@dataclass
class Row:
    """A ledger row, as far as the rules read it."""

    uid: str
    account: str
    state: str


@pytest.mark.parametrize(("state", "said"), [("confirmed", 0), ("skipped", 0), ("planned", 1), ("missed", 1)])
def test_what_the_ledger_never_published_is_said(desk: Desk, state: str, said: int) -> None:
    """A ready post whose time is past its grace is a warning when the ledger has not dealt with it."""
    rows = [
        Row("01JDK3V7Q2M8X4T6R9A0B1C2D3", "mastodon", "confirmed"),
        Row("01JDK3V7Q2M8X4T6R9A0B1C2D3", "feed", state),
    ]
    desk.post(f"{HEAD}publish: 2026-11-21 11:00\n---\n")
    found = desk.check("publish-time", ledger_rows=rows)
    assert [problem.message for problem in found] == [
        "was due 2026-11-21 11:00 on feed and was never published; set a new time or status: draft"
    ][:said]
    assert desk.check("publish-time", ledger_rows=rows, now=datetime(2026, 11, 21, 10, 59, tzinfo=UTC)) == []


def test_the_ledgers_states_are_known() -> None:
    """What counts as dealt with are states of the ledger; in the others a person or the dispatcher still has to act."""
    assert set(State) - DEALT_WITH == {State.PLANNED, State.MISSED, State.FAILED}
    assert set(State) >= DEALT_WITH


def test_without_a_ledger_nothing_is_said_about_the_past(desk: Desk) -> None:
    """Whether a post was published only the ledger knows."""
    assert desk.messages("publish-time", f"{HEAD}publish: 2026-11-01 11:00\n---\n") == []


def test_nothing_is_overdue_where_nothing_can_be_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that is rendered only is never sent to, so its past posts wait for nobody."""
    rows = [
        Row("01JDK3V7Q2M8X4T6R9A0B1C2D3", "mastodon", "confirmed"),
        Row("01JDK3V7Q2M8X4T6R9A0B1C2D3", "feed", "confirmed"),
    ]
    silent = replace(NETWORKS["bluesky"], connect=None)
    monkeypatch.setattr("toolkit.networks.bluesky.NETWORK", silent)
    desk.post(HEAD.replace("feed]", "feed, bluesky]") + "publish: 2026-11-21 11:00\n---\n")
    assert desk.check("publish-time", ledger_rows=rows) == []


REPEATING = HEAD + "timezone: Europe/Berlin\npublish: 2027-03-27 02:30\nrepeat: {rule}\n---\nText\n"


def test_a_post_that_comes_again_is_told_about_clock_changes(desk: Desk) -> None:
    """The second time falls into the gap of that night; the rule cannot know, so the person is told what happens."""
    said = desk.messages("publish-time", REPEATING.format(rule="«FREQ=DAILY;COUNT=3»"))
    assert said == ["2027-03-28 02:30 does not exist in Europe/Berlin; that time it goes out at 03:30"]


def test_the_house_says_how_soon_a_post_may_come_again(desk: Desk) -> None:
    """The first pair that is too near is named with both days."""
    desk.settings(SETTINGS + "\n[policy]\nrepeat_days = 7\n")
    said = desk.messages("publish-time", REPEATING.format(rule="«FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,TU;COUNT=3»"))
    assert said == ["it comes again on 2027-03-30 after 2027-03-27; 7 days have to lie between"]
