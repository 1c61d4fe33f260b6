"""Exports with one row per day: an account's, a website's or a shop's amounts of that day.

A layout has a column `day`; every counted column is a metric under its own name.
"""

from __future__ import annotations

from toolkit.importers.accounts import UnknownAccountError, find_account
from toolkit.importers.base import Document, Extract
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.layout import Layout, find_tables
from toolkit.importers.problems import file_problem
from toolkit.importers.records import Reading
from toolkit.messages import _, ngettext
from toolkit.values import dataclass

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class DayFile:
    """One kind of such export. `subject` is ``account``, ``site`` or ``shop``; the last two need no account."""

    name: str  # the importer's
    network: str
    layout: Layout
    subject: str = ACCOUNT


def read_days(document: Document, kind: DayFile) -> Extract:
    """The days of all sheets that have the layout."""
    gathering = Gathering(document, kind.name)
    read_days_into(gathering, kind)
    return gathering.extract(table.columns for table in find_tables(document.export, kind.layout))


def read_days_into(gathering: Gathering, kind: DayFile) -> None:
    """Add the days of a layout to what else the file holds."""
    document = gathering.document
    tables = find_tables(document.export, kind.layout)
    channel = channel_of(gathering, kind.network, kind.subject) if tables else ""
    if channel is None:
        return
    open_days = 0
    for table in tables:
        for record in Reading(table, gathering).records():
            at = record.moment("day")
            if at is None:
                if not record.text("day"):
                    record.problem(record.place("day"), _("the row names no day"))
            elif at > document.now:
                open_days += 1
            else:
                sighting = Sighting(kind.subject, channel, at)
                gathering.observe_row(record.reading.table.sheet, record.place, sighting, record.numbers())
    say_open(gathering, open_days)


def channel_of(gathering: Gathering, network: str, subject: str, names: tuple[str, ...] = ()) -> str | None:
    """The account of a whole file; None, and a problem, when nobody can tell."""
    document = gathering.document
    if subject != ACCOUNT:
        return document.account
    try:
        return find_account(document, network, names)
    except UnknownAccountError as error:
        gathering.problems.append(file_problem(document.path, str(error)))
        return None


def say_open(gathering: Gathering, days: int) -> None:
    """Days whose noon is still to come are not over and would be counted again, larger."""
    if days:
        message = ngettext(
            "{count} day is not over and left out; import it tomorrow",
            "{count} days are not over and left out; import them later",
            days,
        )
        gathering.remark(message)
