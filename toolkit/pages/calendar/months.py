"""The calendar: one page per month, a grid on a desk, a list on a phone, black on white on paper."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from toolkit.dates import month_names, say_day, say_month, say_period, say_time, weekday_names, weekday_shorts
from toolkit.dispatch.standing import state
from toolkit.messages import _
from toolkit.pages.entries import Entry
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, hidden, join, link, para, span, tag
from toolkit.pages.paths import CALENDAR, SLOTS, campaign_path, month_path
from toolkit.pages.pieces import chip, count_posts, deadline, empty, entry_list, head, mark, spaced, step, views
from toolkit.pages.view import Page, Site, generated
from toolkit.workspace import Campaign, DayKind

_WEEKS: Final = calendar.Calendar(firstweekday=calendar.MONDAY)


def calendar_pages(site: Site) -> dict[str, Page]:
    """The index and a page per month that has entries."""
    months = list(site.months)
    pages = {CALENDAR: _index(site)}
    for position, month in enumerate(months):
        around = (
            months[position - 1] if position else None,
            months[position + 1] if position + 1 < len(months) else None,
        )
        pages[month_path(month)] = _month(site, month, around)
    return pages


def _index(site: Site) -> Page:
    title = _("Calendar")
    coming = [entry for entry in site.entries if entry.local.date() >= site.today][:12]
    years = sorted({month.year for month in site.months}, reverse=True)
    body = join(
        (
            head(title, para(*_times_note(site), class_="ls-summary")),
            *(_year(site, year) for year in years),
            tag(
                "section",
                heading(2, _("Next posts"), "next"),
                entry_list(site, CALENDAR, coming, _("Nothing is planned.")),
                aria_labelledby="next",
            ),
        )
    )
    return generated(title, body, search=False)


def _times_note(site: Site) -> list[Child]:
    said = _("All times are {zone}.").format(zone=site.settings.timezone)
    if site.given.partner or not site.workspace.handbook.slots:
        return [said]
    return [said, " ", link(site.link(CALENDAR, SLOTS), _("Free posting slots"))]


def _year(site: Site, year: int) -> Html:
    months = {month.month: found for month, found in site.months.items() if month.year == year}
    boxes = (_box(site, date(year, number, 1), months.get(number)) for number in range(1, 13))
    return tag(
        "section",
        heading(2, str(year), f"year-{year}"),
        tag("ol", *boxes, class_="ls-year"),
        aria_labelledby=f"year-{year}",
    )


def _box(site: Site, month: date, found: Sequence[Entry] | None) -> Html:
    name = month_names()[month.month - 1]
    if found is None:
        return tag("li", span(name), class_="ls-box ls-none")
    here = month == site.today.replace(day=1)
    shown = link(site.link(CALENDAR, month_path(month)), tag("strong", name), span(count_posts(len(found))))
    return tag("li", shown, class_="ls-box ls-here" if here else "ls-box", aria_current="date" if here else None)


def _month(site: Site, month: date, around: tuple[date | None, date | None]) -> Page:
    page, found = month_path(month), site.months[month]
    title = say_month(month)
    body = join(
        (
            head(
                title,
                div(
                    _steps(site, page, around),
                    views(site, page, month, current="calendar"),
                    class_="ls-bar-of",
                ),
                _campaigns(site, page, month),
                kicker=link(site.link(page, CALENDAR), _("Calendar")),
            ),
            _grid(site, page, month, found),
            None if found else empty(_("Nothing is planned in this month.")),
            _legend(found),
        )
    )
    return generated(_("Calendar {month}").format(month=title), body, search=False)


def _steps(site: Site, page: str, around: tuple[date | None, date | None]) -> Html:
    before, after = around
    here = site.today.replace(day=1)
    links = [
        step(site.link(page, month_path(before)), "previous", say_month(before)) if before else None,
        link(site.link(page, month_path(here)), _("Today"), class_="ls-step") if page != month_path(here) else None,
        step(site.link(page, month_path(after)), "next", say_month(after), label_first=True) if after else None,
    ]
    return tag("nav", *spaced([one for one in links if one]), class_="ls-steps", aria_label=_("Months"))


def _campaigns(site: Site, page: str, month: date) -> Html | None:
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    running = [one for one in site.workspace.campaigns.values() if _touches(one, month, last)]
    if not running:
        return None
    shown = (
        tag(
            "li",
            icon("campaign"),
            link(site.link(page, campaign_path(one)), one.title),
            " ",
            span(say_period(one.start, one.end)),
        )
        for one in running
    )
    return tag("ul", *shown, class_="ls-running", aria_label=_("Campaigns in this month"))


def _touches(campaign: Campaign, first: date, last: date) -> bool:
    if campaign.start is None and campaign.end is None:
        return False
    return (campaign.start or first) <= last and first <= (campaign.end or last)


def _grid(site: Site, page: str, month: date, found: Sequence[Entry]) -> Html:
    by_day: dict[date, list[Entry]] = {}
    for entry in found:
        by_day.setdefault(entry.local.date(), []).append(entry)
    heads = (
        tag("th", span(short, aria_hidden="true"), hidden(name), scope="col", role="columnheader")
        for short, name in zip(weekday_shorts(), weekday_names(), strict=True)
    )
    weeks = _WEEKS.monthdatescalendar(month.year, month.month)
    rows = (tag("tr", *(_day(site, page, day, month, by_day) for day in week), role="row") for week in weeks)
    # The roles stay when the style sheet turns the grid into a list on a phone.
    return tag(
        "table",
        tag("caption", hidden(_("Posts in {month}").format(month=say_month(month)))),
        tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
        tag("tbody", *rows, role="rowgroup"),
        class_="ls-month",
        role="table",
    )


def _day(site: Site, page: str, day: date, month: date, by_day: Mapping[date, list[Entry]]) -> Html:
    if day.month != month.month:
        return tag("td", class_="ls-other", role="cell")
    found, today = by_day.get(day, []), day == site.today
    number = span(str(day.day), class_="ls-number", aria_hidden="true")
    label = span(say_day(day), class_="ls-label")
    flag = span(_("Today"), class_="ls-today-word") if today else None
    special = _special(site, day)
    listed = tag("ul", *(_item(site, page, entry) for entry in found)) if found else None
    names = [
        "ls-date",
        *(["ls-today"] if today else []),
        *([] if found else ["ls-none"]),
        *(["ls-end"] if day.weekday() > 4 else []),
    ]
    stamp = tag("time", number, label, datetime=day.isoformat())
    return tag(
        "td",
        div(stamp, flag, class_="ls-stamp"),
        special,
        listed,
        class_=" ".join(names),
        role="cell",
        aria_current="date" if today else None,
    )


def _special(site: Site, day: date) -> Html | None:
    """Holidays, days of mourning and the house's own days; school holidays would fill the page."""
    names = (one.name for one in site.special_days(day.year).get(day, ()) if one.kind is not DayKind.SCHOOL)
    said = ", ".join(dict.fromkeys(names))
    return span(said, class_="ls-special") if said else None


def _item(site: Site, page: str, entry: Entry) -> Html:
    names = ", ".join(account.title or account.name for account in entry.accounts)
    shown = link(
        site.link(page, site.post_pages[entry.post.path]),
        div(
            tag("time", say_time(entry.local), datetime=entry.local.isoformat()),
            mark(entry.state),
            class_="ls-item-head",
        ),
        span(entry.title, class_="ls-item-title"),
        span(names, class_="ls-item-channels"),
        deadline(entry),
        title=f"{say_time(entry.local)} {entry.title}: {entry.state.label}, {names}",
    )
    return tag("li", shown, class_=f"ls-item ls-{entry.state.tone}")


def _legend(found: Sequence[Entry]) -> Html | None:
    keys = list(dict.fromkeys(entry.state.key for entry in found))
    if not keys:
        return None
    return para(hidden(_("Legend: ")), *spaced([chip(state(key)) for key in keys]), class_="ls-legend")
