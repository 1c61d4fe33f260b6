"""The page of posting times: each channel's week, with n and interval in every cell, and mostly no best time."""

from __future__ import annotations

from typing import Final

from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.kpis.titles import part_title
from toolkit.learning.times import CellTime, Times, explain_times, part_hours, say_times
from toolkit.messages import _, spoken
from toolkit.pages.markup import Child, Html, div, heading, join, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import TIMES
from toolkit.pages.pieces import head
from toolkit.pages.results.ranges import strip
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.reports.wording import Wording

DAYS: Final = ("week", "weekend")


def times_page(site: Site) -> dict[str, Page]:
    """The page, as soon as anything has been counted."""
    found = site.given.tried.times
    if not any(one.n for one in found.values()):
        return {}
    title = _("Posting times")
    lead = _("When posts did better in the last twelve months, on each channel by itself. Mostly nobody can tell.")
    note = _(
        "Interactions seven days after publication as a factor over posts at other times. Month, format, campaign, pillar and bought reach are taken out, and cells with few posts are drawn towards no difference. Interval: 90%. Eight cells and no more: the best of a hundred is the luckiest."
    )
    reading = next((text for times in found.values() if (text := explain_times(times))), "")
    parts = (
        head(title, para(lead, class_="ls-summary")),
        div(*(_channel(site, name, times) for name, times in found.items()), class_="ls-weeks-of"),
        para(f"{reading} {note}".strip(), class_="ls-fine"),
    )
    return {TIMES: generated(title, join(parts))}


def _channel(site: Site, name: str, times: Times) -> Html:
    title, anchor = _title(site, name), f"times-{name or 'all'}"
    said = say_times(times)
    parts = [heading(2, title, anchor), para(f"{said[:1].upper()}{said[1:]}")]
    if times.compared:
        parts.append(_week(title, times))
    return tag("section", *parts, aria_labelledby=anchor, class_="ls-tile ls-week-of")


def _title(site: Site, name: str) -> str:
    if not name:
        return _("All channels together")
    account = site.settings.accounts.get(name)
    return account.title if account and account.title else name


def _week(title: str, times: Times) -> Html:
    words, cells = Wording(spoken()), {one.cell: one for one in times.cells}
    heads = (_("Part of the day"), _("Mon to Fri"), _("Weekend"))
    rows = []
    for part in DAY_PARTS:
        start, end = part_hours(part)
        hours = _("{start} to {end}").format(start=start, end=end)
        said = span(part_title(part), tag("small", hours), class_="ls-two")
        own: tuple[Child, ...] = (said, *(_cell(cells[f"{days} {part}"], words) for days in DAYS))
        rows.append(row(*zip(heads, own, strict=True)))
    return table(heads, rows, title, class_="ls-table ls-hours", small=True)


def _cell(cell: CellTime, words: Wording) -> Html:
    if cell.factor is None or cell.low is None or cell.high is None:
        return span(_("n = {n}, too few").format(n=cell.n), class_="ls-few")
    low, high = words.number(cell.low, 2), words.number(cell.high, 2)
    between = _("{low} to {high}").format(low=low, high=high)
    picture = strip(cell.low, cell.factor, cell.high)
    return span(
        tag("b", words.times(cell.factor, 2)),
        picture,
        tag("small", between),
        tag("small", _("n = {n}").format(n=cell.n)),
        class_="ls-hour",
    )
