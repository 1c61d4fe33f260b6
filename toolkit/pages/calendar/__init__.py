"""The calendar on the site: months, weeks, occasions, posting slots."""

from __future__ import annotations

from toolkit.pages.calendar.months import month_pages
from toolkit.pages.calendar.notes import Notes
from toolkit.pages.calendar.weeks import week_pages
from toolkit.pages.page import Page
from toolkit.pages.view import Site


def calendar_pages(site: Site) -> dict[str, Page]:
    """The index, the months, and the weeks around today."""
    notes = Notes(site)
    return month_pages(notes) | week_pages(notes)
