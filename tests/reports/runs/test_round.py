"""Reports that come by themselves: each stage once, as soon as it can be, whoever looks and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise

import pytest

from tests.reports.runs.presses import Desk, berlin, write_settings
from tests.servers.smtp import MailServer
from toolkit.ledger import RunState, backup_ledger, restore_ledger
from toolkit.ledger.runs import LEASE, TRIES
from toolkit.reports.manifest import read_manifest

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
PROVISIONAL, FINAL = "monthly 2026-10 provisional", "monthly 2026-10 final"


def subjects(server: MailServer) -> list[str]:
    """Who got what, in order."""
    found = []
    for envelope in server.mails:
        single = replace(server, mails=[envelope]).mail()
        found.append(f"{envelope.rcpt_tos[0].partition('@')[0]}: {single['Subject']}")
    return found


def test_the_provisional_one_comes_on_its_day_and_once(desk: Desk) -> None:
    """Not a minute before, and not again, however often and from wherever somebody looks."""
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    assert desk.at("2026-11-02 05:59") == []
    (run,) = desk.at("2026-11-02 06:00")
    assert (run.name, run.state, run.made_at) == (PROVISIONAL, RunState.MADE, berlin("2026-11-02 06:00"))
    assert run.key == read_manifest(desk.state / "reports/monthly/2026-10").key
    for _number in range(3):
        assert desk.later(minutes=10) == []
    assert desk.pen.made == [PROVISIONAL]


def test_the_final_one_comes_as_soon_as_all_have_delivered(desk: Desk) -> None:
    """A week after the month it still waits for X, and says so; the day on which X delivers it is made, once."""
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    desk.at("2026-11-02 06:00")
    assert desk.at("2026-11-08 00:00") == []
    assert desk.runs()[FINAL].reason == "the counts of October 2026 from X have not arrived"
    desk.deliver("x", "2026-10-01", "2026-10-31")
    (run,) = desk.at("2026-11-19 10:00")
    assert (run.name, run.state) == (FINAL, RunState.MADE)
    assert desk.later(days=1) == []
    assert desk.pen.made == [PROVISIONAL, FINAL]


def test_no_month_is_final_before_its_last_posts_are_a_week_old(desk: Desk) -> None:
    """Everybody has delivered on the first day."""
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    desk.deliver("x", "2026-10-01", "2026-10-31")
    desk.at("2026-11-07 23:59")
    assert desk.pen.made == [PROVISIONAL]
    desk.at("2026-11-08 00:00")
    assert desk.pen.made == [PROVISIONAL, FINAL]


def test_without_numbers_there_is_no_report(desk: Desk) -> None:
    """Neither a provisional one nor a final one of nothing; the first numbers bring it."""
    for day in ("2026-11-02 06:00", "2026-11-09 06:00", "2026-12-01 06:00"):
        assert desk.at(day) == []
    assert desk.runs()[PROVISIONAL].reason == "nothing was delivered for the month"
    assert desk.pen.made == []
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    desk.later(minutes=1)
    assert desk.pen.made == [PROVISIONAL]


def test_a_downtime_is_caught_up_with_once(desk: Desk) -> None:
    """After four months: of the last three months each stage that can be, once; older ones are left to people."""
    for month, last in (("2026-10", 31), ("2026-11", 30), ("2026-12", 31), ("2027-01", 31)):
        desk.deliver("mastodon", f"{month}-01", f"{month}-{last}")
        if month != "2027-01":
            desk.deliver("x", f"{month}-01", f"{month}-{last}")
    told, *made = [run.name for run in desk.at("2027-02-20 12:00")]
    assert told == FINAL, "of the older one somebody is told"
    assert made == ["monthly 2026-11 final", "monthly 2026-12 final", "monthly 2027-01 provisional"]
    assert desk.pen.made == made
    assert desk.round() == []
    desk.deliver("x", "2027-01-01", "2027-01-31")
    assert [run.name for run in desk.later(days=1)] == ["monthly 2027-01 final"]


def test_a_month_that_never_becomes_final_is_told_once(desk: Desk) -> None:
    """X never delivers October: when nobody looks after the month any more, that is said with what was missing."""
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    desk.at("2026-11-02 06:00")
    desk.at("2026-11-20 06:00")
    assert FINAL not in [run.name for run in desk.at("2027-01-31 12:00")], "the third month after is not over"
    (run,) = [run for run in desk.at("2027-02-01 00:00") if run.month == "2026-10"]
    assert (run.name, run.state, run.troubled) == (FINAL, RunState.FAILED, True)
    assert run.reason == (
        "3 months have passed and it is still not final: the counts of October 2026 from X have not arrived"
    )
    assert [run for run in desk.later(days=1) if run.month == "2026-10"] == []
    assert desk.pen.made == [PROVISIONAL]


def test_a_stage_that_is_over_is_passed_over(mailing: Desk, server: MailServer) -> None:
    """Who comes back when the month is final makes the final one alone, and nobody is written to twice."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    mailing.deliver("x", "2026-10-01", "2026-10-31")
    mailing.at("2026-11-20 12:00")
    assert mailing.pen.made == [FINAL]
    assert mailing.states() == {PROVISIONAL: "passed over", FINAL: "made"}
    assert [one.partition(":")[0] for one in subjects(server)] == ["ines", "tarek"]


def test_each_stage_is_mailed_once_to_each(mailing: Desk, server: MailServer) -> None:
    """The provisional one, the final one, and nothing in between or afterwards."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    for _look in range(2):
        mailing.at("2026-11-02 06:00")
    mailing.deliver("x", "2026-10-01", "2026-10-31")
    for _look in range(2):
        mailing.at("2026-11-08 06:00")
    said = subjects(server)
    assert [one.partition(":")[0] for one in said] == ["ines", "tarek", "ines", "tarek"]
    assert [one.rpartition(" ")[2] for one in said] == ["(provisional)", "(provisional)", "(final)", "(final)"]
    assert mailing.runs()[FINAL].mail == {"ines": "sent", "tarek": "sent"}
    assert not mailing.runs()[FINAL].troubled


def test_who_dies_between_report_and_mail_is_followed_by_the_mail_alone(mailing: Desk, server: MailServer) -> None:
    """It waits as long as the dead one might be alive; the report is not made again."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    mailing.dies_at = "tarek"
    with pytest.raises(KeyboardInterrupt):
        mailing.at("2026-11-02 06:00")
    assert [one.partition(":")[0] for one in subjects(server)] == ["ines"]
    mailing.dies_at = ""
    assert mailing.later(minutes=1) == []
    (run,) = mailing.later(seconds=LEASE.total_seconds())
    assert (run.mail, run.mailed) == ({"ines": "sent", "tarek": "sent"}, True)
    assert [one.partition(":")[0] for one in subjects(server)] == ["ines", "tarek"]
    assert mailing.pen.made == [PROVISIONAL]


def test_mail_that_was_not_taken_is_not_sent_again(mailing: Desk, server: MailServer) -> None:
    """A relay that says no may have taken it all the same: a person is told, and nothing goes out by itself."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    server.answers["DOT"] = "451 later"
    (run,) = mailing.at("2026-11-02 06:00")
    assert set(run.mail.values()) == {"failed: the service did not take it"}
    assert run.troubled
    server.answers.clear()
    assert mailing.later(hours=3) == []
    assert server.mails == []


def test_a_failure_is_told_and_tried_again_further_and_further_apart(mailing: Desk, server: MailServer) -> None:
    """Until it is given up; nobody gets a mail about it. When it is mended a person lets it be tried once more."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    mailing.pen.trouble = "no fonts"
    moments = []
    mailing.clock.moment = berlin("2026-11-02 05:50").astimezone(UTC)
    for _look in range(6 * 16):
        moments += [mailing.clock.now() for run in mailing.later(minutes=10) if run.troubled]
    assert len(moments) == TRIES
    waits = [later - earlier for earlier, later in pairwise(moments)]
    assert waits == [timedelta(minutes=10 * 4**number) for number in range(TRIES - 1)]
    assert (mailing.states()[PROVISIONAL], mailing.runs()[PROVISIONAL].reason) == ("failed", "no fonts")
    mailing.pen.trouble = ""
    assert mailing.later(days=1) == []
    (run,) = mailing.round(again=True)
    assert run.state is RunState.MADE
    assert len(server.mails) == 2


def test_an_incomplete_report_is_no_report(mailing: Desk, server: MailServer) -> None:
    """A cell that failed counts as a failure: nobody gets it, and the next try is whole."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    mailing.pen.failing = "ZeroDivisionError in cell 3"
    (run,) = mailing.at("2026-11-02 06:00")
    assert (run.state, run.reason) == (RunState.LATER, "ZeroDivisionError in cell 3")
    assert server.mails == []
    mailing.pen.failing = ""
    (run,) = mailing.later(minutes=10)
    assert run.state is RunState.MADE
    assert len(server.mails) == 2


def test_the_page_decides_what_it_is(desk: Desk) -> None:
    """What came out provisional is not confirmed as final; a provisional one that came out final is the final one's business."""
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    desk.pen.banner = '<p class="note stage final">Final.</p>'
    (run,) = desk.at("2026-11-02 06:00")
    assert run.state is RunState.PASSED
    desk.deliver("x", "2026-10-01", "2026-10-31")
    desk.pen.banner = '<p class="banner stage provisional">Provisional.</p>'
    (run,) = desk.at("2026-11-08 06:00")
    assert (run.name, run.state, run.reason) == (FINAL, RunState.LATER, "it was due as final and came out provisional")


def test_a_pause_stops_no_report(desk: Desk) -> None:
    """It stops what goes to the public; the numbers are wanted in a crisis more than ever."""
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    (desk.root / "content").mkdir()
    (desk.root / "content/pause.yml").write_text("- scope: all\n  reason: crisis\n  owner: tarek\n")
    desk.at("2026-11-02 06:00")
    assert desk.pen.made == [PROVISIONAL]


def test_after_a_restore_nothing_is_mailed_that_may_have_been(mailing: Desk, server: MailServer) -> None:
    """The backup of the day before does not know that it was sent; the report is made, and a person decides about the mail."""
    mailing.deliver("mastodon", "2026-10-01", "2026-10-31")
    backup = mailing.root / "backup.db"
    backup_ledger(mailing.ledger, backup, now=mailing.clock.now())
    mailing.at("2026-11-02 06:00")
    assert len(server.mails) == 2
    mailing.clock.moment += timedelta(hours=5)
    restore_ledger(mailing.ledger, backup, now=mailing.clock.now())
    (run,) = mailing.later(minutes=1)
    assert run.state is RunState.MADE
    assert run.troubled
    assert "restored from a backup" in run.reason
    assert len(server.mails) == 2
    mailing.deliver("x", "2026-10-01", "2026-10-31")
    mailing.at("2026-11-08 06:00")
    assert len(server.mails) == 4, "what came due after the restore is sent as ever"


def test_nobody_to_write_to_is_told_once(desk: Desk) -> None:
    """The report is there all the same."""
    write_settings(desk.root, '[reports]\nmail = ["ines"]\n')
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    (run,) = desk.at("2026-11-02 06:00")
    assert run.troubled
    assert "none of ines has an alert address" in run.reason
    assert desk.later(minutes=10) == []


def test_a_report_that_there_is_not_is_a_failure_with_its_name(desk: Desk) -> None:
    """And keeps the others from nothing."""
    write_settings(desk.root, '[reports]\nautomatic = ["montly", "monthly"]\n')
    desk.deliver("mastodon", "2026-10-01", "2026-10-31")
    bad, good = desk.at("2026-11-02 06:00")
    assert "unknown report 'montly'; did you mean 'monthly'?" in bad.reason
    assert good.state is RunState.MADE
