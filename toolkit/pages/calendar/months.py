"""The calendar by month: an index of years, and a page for each month from the first post to what is known ahead."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from toolkit.dates import month_names, say_month
from toolkit.messages import _, ngettext
from toolkit.outlook.standing import state
from toolkit.pages.calendar.grid import Grid
from toolkit.pages.calendar.lanes import find_lanes, lane_list
from toolkit.pages.calendar.notes import Notes, code_of, name_zone
from toolkit.pages.calendar.switch import monday_of, steps, views, week_days
from toolkit.pages.entries import Entry
from toolkit.pages.filters import entry_choices, filter_bar
from toolkit.pages.icons import icon
from toolkit.pages.kept import digest
from toolkit.pages.markup import Child, Html, div, heading, hidden, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CALENDAR, SLOTS, SUBSCRIBE, month_path, week_path
from toolkit.pages.pieces import chip, count_posts, empty, entry_list, head, nothing_planned, spaced
from toolkit.pages.view import Site


def month_pages(notes: Notes) -> dict[str, Page]:
    """The index and a page for each of the site's months."""
    months = list(notes.site.months)
    pages = {CALENDAR: _index(notes)}
    for position, month in enumerate(months):
        before = months[position - 1] if position else None
        after = months[position + 1] if position + 1 < len(months) else None
        pages[month_path(month)] = _month(notes, month, (before, after))
    return pages


def _index(notes: Notes) -> Page:
    site, title = notes.site, _("Calendar")
    coming = [entry for entry in site.entries if entry.local.date() >= site.today][:12]
    # The year that runs, those ahead, then back in time.
    years = sorted(
        {month.year for month in site.months}, key=lambda year: (year < site.today.year, abs(year - site.today.year))
    )
    ways = (
        link(site.link(CALENDAR, week_path(monday_of(site.today))), icon("week"), _("This week"), class_="ls-step"),
        link(site.link(CALENDAR, month_path(site.today)), icon("calendar"), _("This month"), class_="ls-step"),
        *_ways(site, CALENDAR),
    )
    body = join(
        (
            head(title, div(div(*spaced(ways), class_="ls-steps"), zone_note(site), class_="ls-bar-of")),
            *(_year(notes, year) for year in years),
            tag(
                "section",
                heading(2, _("Next posts"), "next"),
                entry_list(site, CALENDAR, coming, nothing_planned(site)),
                aria_labelledby="next",
            ),
        )
    )
    return generated(title, body, search=False)


def _ways(site: Site, page: str) -> list[Html]:
    """What stands beside the calendar: what is free, and the calendar in one's own program."""
    found = [link(site.link(page, SUBSCRIBE), icon("subscribe"), _("Subscribe"), class_="ls-step")]
    if not site.given.partner and site.workspace.handbook.slots:
        found.insert(0, link(site.link(page, SLOTS), icon("free"), _("Free posting slots"), class_="ls-step"))
    return found


def zone_note(site: Site) -> Html:
    """On whose clock the times are."""
    zone = site.settings.timezone
    words = _("Times in {city}").format(city=name_zone(zone))
    return span(icon("clock"), words, class_="ls-zone", title=f"{zone}, UTC{site.now:%z}")


def _year(notes: Notes, year: int) -> Html:
    boxes = (_box(notes, date(year, number, 1)) for number in range(1, 13))
    return tag(
        "section",
        heading(2, str(year), f"year-{year}"),
        tag("ol", *boxes, class_="ls-year"),
        aria_labelledby=f"year-{year}",
    )


def _box(notes: Notes, month: date) -> Html:
    """A month: how many posts it has, or, while there are none, how many slots are free."""
    site, name = notes.site, month_names()[month.month - 1]
    found = site.months.get(month)
    if found is None:
        return tag("li", span(name), class_="ls-box ls-none")
    free = 0 if found else sum(len(ones) for day, ones in notes.free.items() if day.replace(day=1) == month)
    said = ngettext("{count} free slot", "{count} free slots", free) if free else count_posts(len(found))
    here = month == site.today.replace(day=1)
    shown = link(site.link(CALENDAR, month_path(month)), tag("strong", name), span(said))
    return tag("li", shown, class_="ls-box ls-here" if here else "ls-box", aria_current="date" if here else None)


def _month(notes: Notes, month: date, around: tuple[date | None, date | None]) -> Page:
    site, page, found = notes.site, month_path(month), notes.site.months[month]
    title = say_month(month)
    last = month.replace(day=monthrange(month.year, month.month)[1])
    before, after = ((month_path(one), say_month(one)) if one else None for one in around)
    lanes = find_lanes(notes, month, last)
    grid = Grid(notes, page, month, last, notes.by_day, lanes, frozenset(week_days(site)))

    def body() -> Html:
        return join(
            (
                head(
                    title,
                    div(
                        steps(site, page, (before, after), month_path(site.today)),
                        views(site, page, month, current="calendar"),
                        class_="ls-bar-of",
                    ),
                    kicker=link(site.link(page, CALENDAR), _("Calendar")),
                ),
                filter_bar(entry_choices(site, found)) if found else None,
                div(lane_list(notes, page, lanes), data_filter=True) if lanes else None,
                grid.table(_("Posts in {month}").format(month=title)),
                None if found else empty(_("Nothing is planned in this month.")),
                foot(notes, page, found),
            )
        )

    key = digest(site.common.key, notes.key(month, last), repr(lanes), repr(around))
    return generated(_("Calendar {month}").format(month=title), body, search=False, key=key)


def foot(notes: Notes, page: str, found: Sequence[Entry]) -> Html:
    """Below the days: what their signs mean, on whose clock they are, and where else one has them."""
    site, keys = notes.site, dict.fromkeys(entry.state.key for entry in found)
    accounts = {account.name: account for entry in found for account in entry.accounts}
    codes = [
        span(notes.codes[one.name], " ", one.title or one.name)
        for one in accounts.values()
        if code_of(one) != one.title
    ]
    parts: list[Child] = [
        hidden(_("Legend: ")),
        *spaced([*(chip(state(key)) for key in keys), *codes]),
    ]
    legend = para(*parts, class_="ls-legend") if keys else None
    return tag("footer", legend, div(zone_note(site), *_ways(site, page), class_="ls-ways"), class_="ls-days-foot")
