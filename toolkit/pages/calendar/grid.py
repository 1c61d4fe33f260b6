"""The grid of days that months and weeks share: a table on a desk, a list on a phone, black on white on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from toolkit.dates import say_day, say_time, weekday_names, weekday_shorts
from toolkit.messages import _, ngettext
from toolkit.networks.looks import initials
from toolkit.pages.calendar.lanes import Lane, Placed, lane_bars, place_lanes
from toolkit.pages.calendar.notes import Notes, elsewhere
from toolkit.pages.entries import Entry
from toolkit.pages.filters import entry_marks, filter_marks
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, element, hidden, link, span, tag, when
from toolkit.pages.media import LARGE, asset_path, is_image
from toolkit.pages.paths import SLOTS, week_path
from toolkit.pages.pieces import channel_chip, channel_row, chip, deadline, mark, spaced
from toolkit.pages.view import Site
from toolkit.planning import PostingSlot
from toolkit.values import dataclass

# So many posts of a day stand open in a month; the rest is folded.
OPEN: Final = 6

_other = element("td", class_="ls-other", role="cell")
_listed = element("ul")
_head = element("div", class_="ls-item-head")
_title = element("span", class_="ls-item-title")
_number = element("span", class_="ls-number", aria_hidden="true")
_label = element("span", class_="ls-label")


@dataclass(frozen=True)
class Grid:
    """The days `first` to `last` on a page: their posts, what lasts over them; `wide` gives each post room for more."""

    notes: Notes
    page: str
    first: date
    last: date
    by_day: Mapping[date, Sequence[Entry]]
    lanes: Sequence[Lane]
    weeks: frozenset[date] = frozenset()  # the Mondays whose weeks have a page
    wide: bool = False

    def table(self, caption: str) -> Html:
        """The table; its roles stay when the style sheet turns it into a list on a phone."""
        heads = (
            tag("th", span(short, aria_hidden="true"), hidden(name), scope="col", role="columnheader")
            for short, name in zip(weekday_shorts(), weekday_names(), strict=True)
        )
        number = None if self.wide else tag("th", hidden(_("Week")), scope="col", role="columnheader", class_="ls-kw")
        monday = self.first - timedelta(days=self.first.weekday())
        rows = []
        while monday <= self.last:
            rows.append(self._week(monday))
            monday += timedelta(weeks=1)
        return tag(
            "table",
            tag("caption", hidden(caption)),
            tag("thead", tag("tr", number, *heads, role="row"), role="rowgroup"),
            tag("tbody", *rows, role="rowgroup"),
            class_="ls-month ls-wide-week" if self.wide else "ls-month",
            role="table",
            data_filter=True,
        )

    def _week(self, monday: date) -> Html:
        days = [monday + timedelta(days=number) for number in range(7)]
        placed = place_lanes(self.lanes, max(days[0], self.first), min(days[-1], self.last))
        number = None if self.wide else self._number(monday)
        return tag("tr", number, *(self._day(day, placed) for day in days), role="row")

    def _number(self, monday: date) -> Html:
        words = (span(str(monday.isocalendar().week), aria_hidden="true"), hidden(say_week(monday)))
        target = self.notes.site.link(self.page, week_path(monday))
        shown = link(target, *words, data_filter_keep=True) if monday in self.weeks else span(*words)
        return tag("th", shown, scope="row", role="rowheader", class_="ls-kw")

    def _day(self, day: date, placed: Sequence[Placed]) -> Html:
        if not self.first <= day <= self.last:
            return _other()
        found, today = self.by_day.get(day, ()), day == self.notes.site.today
        free = self.notes.free.get(day, ())
        names = ["ls-date", *(["ls-today"] * today), *(["ls-end"] * (day.weekday() > 4))]
        names += ["ls-none"] * (not found and not free)
        return tag(
            "td",
            _stamp(day, today=today),
            lane_bars(self.notes, self.page, placed, day),
            *self._marks(day),
            self._listed(found, free),
            class_=" ".join(names),
            role="cell",
            aria_current="date" if today else None,
        )

    def _marks(self, day: date) -> list[Html]:
        said = (("day", self.notes.special(day)), ("clock", self.notes.clock(day)))
        return [span(icon(name), span(words), class_="ls-special") for name, words in said if words]

    def _listed(self, found: Sequence[Entry], free: Sequence[PostingSlot]) -> Html | None:
        shown = self._in_turn(found, free) if self.wide else self._folded(found, free)
        return div(*shown) if shown else None

    def _in_turn(self, found: Sequence[Entry], free: Sequence[PostingSlot]) -> list[Html]:
        """Posts and free slots by the hour."""
        items = [(entry.local, self._card(entry)) for entry in found] + [(one.at, self._slot(one)) for one in free]
        return [_listed(*(item for _moment, item in sorted(items, key=lambda item: item[0])))] if items else []

    def _folded(self, found: Sequence[Entry], free: Sequence[PostingSlot]) -> list[Html]:
        """The first posts, the others folded, and how many slots are free."""
        items = [self._item(entry) for entry in found]
        rest = items[OPEN:] if len(items) > OPEN + 1 else []
        shown = _listed(*items[: len(items) - len(rest)]) if items else None
        more = tag("details", tag("summary", _more(len(rest))), _listed(*rest), class_="ls-folded") if rest else None
        return [part for part in (shown, more, self._free(free)) if part]

    def _item(self, entry: Entry) -> Html:
        """A post in a month: hour, state, person, title, channels; everything in words for those who hear it."""
        names, codes = self.notes.channels(entry.accounts)
        other = elsewhere(entry)
        shown = link(
            self._target(entry),
            _head(_hour(entry), self._person(entry), mark(entry.state)),
            _title(entry.title),
            codes,
            span(other, class_="ls-elsewhere") if other else None,
            deadline(entry),
            self._close(entry),
            title=f"{say_time(entry.local)} {entry.title}: {entry.state.label}, {names}",
        )
        return tag("li", shown, class_=f"ls-item ls-{entry.state.tone}", **entry_marks(entry))

    def _card(self, entry: Entry) -> Html:
        """A post in a week, with its picture, its channels by name, and its state in a word."""
        other = elsewhere(entry)
        shown = link(
            self._target(entry),
            _head(_hour(entry), self._person(entry)),
            self._picture(entry),
            _title(entry.title),
            span(other, class_="ls-elsewhere") if other else None,
            channel_row(entry.accounts),
            chip(entry.state),
            deadline(entry),
            self._close(entry),
        )
        return tag("li", shown, class_=f"ls-item ls-{entry.state.tone}", **entry_marks(entry))

    def _target(self, entry: Entry) -> str:
        return self.notes.site.link(self.page, self.notes.site.post_pages[entry.post.path])

    def _person(self, entry: Entry) -> Html | None:
        person = entry.post.owner or entry.post.author
        if not person:
            return None
        return _initials(self.notes.site.name_of(person))

    def _close(self, entry: Entry) -> Html | None:
        words = self.notes.close(entry)
        return (
            span(icon("clash"), span(_("too close: {what}").format(what=words)), class_="ls-close") if words else None
        )

    def _picture(self, entry: Entry) -> Html | None:
        path = picture(self.notes.site, entry)
        target = self.notes.site.link(self.page, path)
        return tag("img", src=target, alt="", loading="lazy", class_="ls-thumbnail") if path else None

    def _free(self, free: Sequence[PostingSlot]) -> Html | None:
        """How many slots of a day are free, and which when one asks."""
        if not free:
            return None
        which = "; ".join(f"{self._clock(slot)} {slot.account.title or slot.account.name}" for slot in free)
        words = ngettext("{count} free slot", "{count} free slots", len(free))
        marks = filter_marks(channel=dict.fromkeys(slot.account.name for slot in free))
        target = self.notes.site.link(self.page, SLOTS)
        return link(target, icon("free"), span(words), hidden(f": {which}"), class_="ls-free", title=which, **marks)

    def _slot(self, slot: PostingSlot) -> Html:
        target = self.notes.site.link(self.page, SLOTS)
        words = (tag("time", self._clock(slot)), span(_("free")), channel_chip(slot.account))
        shown = link(target, icon("free"), *spaced(words), class_="ls-free")
        return tag("li", shown, **filter_marks(channel=[slot.account.name]))

    def _clock(self, slot: PostingSlot) -> str:
        return say_time(slot.at.astimezone(self.notes.site.zone))


def picture(site: Site, entry: Entry) -> str:
    """The post's first picture where it is small enough to be looked at in passing; its words stand beside it."""
    files = (medium.file for medium in entry.post.media if medium.file and is_image(medium.file))
    path = next((asset_path(file) for file in files), "")
    copied = site.media.get(path)
    # What is not made smaller, such as a long animation, is left to the post's own page.
    return path if copied is not None and (copied.longest or copied.path.stat().st_size <= LARGE) else ""


def say_week(monday: date) -> str:
    """``Week 47, 2026``; the year is the one that most of its days lie in."""
    year, week, _day = monday.isocalendar()
    return _("Week {week}, {year}").format(week=week, year=year)


@lru_cache(maxsize=256)
def _initials(name: str) -> Html:
    return span(span(initials(name), aria_hidden="true"), hidden(name), class_="ls-initials", title=name)


def _more(count: int) -> str:
    return ngettext("{count} more", "{count} more", count)


def _hour(entry: Entry) -> Html:
    return when(entry.local.isoformat(), say_time(entry.local))


def _stamp(day: date, *, today: bool) -> Html:
    said = when(day.isoformat(), _number(str(day.day)), _label(say_day(day)))
    flag = span(_("Today"), class_="ls-today-word") if today else None
    return div(said, flag, class_="ls-stamp", id=f"day-{day.day:02}")
