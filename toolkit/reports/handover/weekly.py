"""The hand-over that comes by itself: of the week that is over, on a day of the next, made once and mailed once.

It is taken in the ledger like the monthly reports (`toolkit.reports.runs`): of several machines one makes it, whoever dies
in the middle is waited for, what fails is tried again, and nobody gets it twice. Only the last week is looked after: who
comes back from a long pause finds no pile of mail; older ones are made with ``leitstand handover --week``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from toolkit.community.inbox.book import open_inbox
from toolkit.community.summary.week import Week, week_of
from toolkit.database import Place as InboxPlace
from toolkit.errors import LeitstandError
from toolkit.ledger import Run, Runs, RunState
from toolkit.messages import speak, spoken
from toolkit.reports.making import Place
from toolkit.reports.manifest import read_manifest
from toolkit.reports.orders import Order
from toolkit.reports.runs.due import FINAL, wants
from toolkit.reports.runs.sending import Postbox, mail_run
from toolkit.settings import ReportPolicy
from toolkit.values import dataclass

NAME = "handover"


@dataclass(frozen=True, slots=True)
class Due:
    """The week whose hand-over may be due now, and since when. The moment is aware, in UTC."""

    week: Week
    at: datetime


def find_due(policy: ReportPolicy, zone: ZoneInfo, now: datetime) -> Due | None:
    """The last week that is over, when its day and time have come; None where none comes by itself, or not yet."""
    due = _due_in(policy, zone, week_of(now, zone))
    return due if due is not None and due.at <= now else None


def next_due(policy: ReportPolicy, zone: ZoneInfo, now: datetime) -> Due | None:
    """The first that comes after `now`; None where none comes by itself."""
    this = week_of(now, zone)
    coming = (_due_in(policy, zone, one) for one in (this, this.shift(1)))
    return next((one for one in coming if one is not None and one.at > now), None)


def _due_in(policy: ReportPolicy, zone: ZoneInfo, week: Week) -> Due | None:
    """What falls due in a week: the hand-over of the one before."""
    if policy.handover is None:
        return None
    wall = datetime.combine(week.monday + timedelta(days=policy.handover), policy.at, zone)
    return Due(week.shift(-1), wall.astimezone(UTC))


def find_run(due: Due | None, runs: Runs, now: datetime) -> Run | None:
    """Its run, when something is left to do of it and nobody is at it."""
    if due is None:
        return None
    run = runs.find(NAME, due.week.name, FINAL)
    return run if wants(run, now) else None


def run_weekly(place: Place, box: Postbox, inbox: InboxPlace, *, force: bool = False) -> Run | None:
    """Make what is due, and send its mail; the run that was changed, None where there was nothing to do.

    `force` tries what has failed too often once more.
    """
    settings, now = place.workspace.settings, place.clock.now()
    due = find_due(settings.reports, ZoneInfo(settings.timezone), now)
    if force and due is not None:
        failed = box.runs.find(NAME, due.week.name, FINAL)
        if failed.state in (RunState.FAILED, RunState.LATER):
            box.runs.wait(failed, "")
    run = find_run(due, box.runs, now)
    held = box.runs.take(run) if run is not None and inbox.exists() else None
    if held is None or due is None:
        return None
    try:
        if held.open:
            held = _make(place, box, inbox, due.week, held)
        if held is not None and held.state is RunState.MADE:
            held = _mail(place, box, due, held)
    except BaseException:
        if held is not None:
            box.runs.leave(held)
        raise
    return held


def _make(place: Place, box: Postbox, inbox: InboxPlace, week: Week, run: Run) -> Run | None:
    from toolkit.reports.handover.making import hand_over

    try:
        with open_inbox(inbox, now=place.clock.now(), read_only=True) as opened:
            report, _summary = hand_over(place, opened, week)
    except ModuleNotFoundError:
        raise
    except LeitstandError as error:
        return box.runs.fail(run, str(error))
    except Exception as error:  # noqa: BLE001  # a defect must not be tried for ever at once; it is told like the others
        return box.runs.fail(run, f"{type(error).__name__}: {error}")
    if report.failures:
        return box.runs.fail(run, report.failures[0])
    return box.runs.made(run, read_manifest(report.folder).key)


def _mail(place: Place, box: Postbox, due: Due, run: Run) -> Run | None:
    language = spoken()
    try:
        folder = Order(NAME, due.week.name).folder(place.state)
        return mail_run(run, due.at, folder, place.workspace.root, box)
    finally:
        speak(language)
