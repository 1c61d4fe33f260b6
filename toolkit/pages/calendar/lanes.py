"""Lanes: what lasts for days, drawn as bars across a week: campaigns, and the silences of a channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from toolkit.dates import say_period
from toolkit.messages import _, ngettext
from toolkit.pages.calendar.notes import Notes
from toolkit.pages.filters import CAMPAIGN, CHANNEL, filter_marks
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, link, span, tag
from toolkit.pages.paths import campaign_path
from toolkit.values import dataclass
from toolkit.workspace import Campaign


@dataclass(frozen=True, slots=True)
class Lane:
    """A bar from day to day, both included; None is an open end. `target` is the page it leads to, "" for none."""

    first: date | None
    last: date | None
    label: str
    kind: str  # campaign | gap
    field: str  # what a filter finds it by, and the value
    value: str
    target: str = ""

    def touches(self, first: date, last: date) -> bool:
        """Whether a day of it lies in this span."""
        return (self.first or first) <= last and first <= (self.last or last)


@dataclass(frozen=True, slots=True)
class Placed:
    """A lane's part in one week: on which line, and from which day over how many."""

    lane: Lane
    line: int
    first: date
    days: int
    begins: bool
    ends: bool


def find_lanes(notes: Notes, first: date, last: date) -> list[Lane]:
    """Campaigns, then silences that touch a span of days, the earliest first."""
    site = notes.site
    found = [
        Lane(one.start, one.end, one.title, "campaign", CAMPAIGN, one.name, campaign_path(one))
        for one in site.workspace.campaigns.values()
        if _has_period(one)
    ]
    for gap in notes.silences:
        account = site.settings.accounts[gap.account]
        words = _("{channel}: {days} without a post").format(
            channel=account.title or account.name, days=ngettext("{count} day", "{count} days", gap.days)
        )
        found.append(Lane(gap.first, gap.last, words, "gap", CHANNEL, gap.account))
    near = [one for one in found if one.touches(first, last)]
    return sorted(near, key=lambda one: (one.kind, one.first or first, one.label))


def _has_period(campaign: Campaign) -> bool:
    return campaign.start is not None or campaign.end is not None


def place_lanes(lanes: Iterable[Lane], first: date, last: date) -> list[Placed]:
    """The lanes' parts between two days, each on the highest line that is free."""
    free: list[date] = []  # of each line the first day that nothing stands on
    placed = []
    for lane in lanes:
        if not lane.touches(first, last):
            continue
        start, end = max(lane.first or first, first), min(lane.last or last, last)
        line = next((number for number, day in enumerate(free) if day <= start), len(free))
        free[line : line + 1] = [end + timedelta(days=1)]
        placed.append(Placed(lane, line, start, (end - start).days + 1, start == lane.first, end == lane.last))
    return placed


def lane_bars(notes: Notes, page: str, placed: Sequence[Placed], day: date) -> Html | None:
    """The room that a day's cell keeps for the week's lanes, with the bars that begin on it."""
    if not placed:
        return None
    lines = max(one.line for one in placed) + 1
    bars = (_bar(notes, page, one) for one in placed if one.first == day)
    return div(*bars, class_="ls-lanes", style=f"--lines:{lines}")


def _bar(notes: Notes, page: str, placed: Placed) -> Html:
    lane = placed.lane
    names = [
        "ls-lane",
        f"ls-lane-{lane.kind}",
        *(["ls-lane-begins"] * placed.begins),
        *(["ls-lane-ends"] * placed.ends),
    ]
    words = (icon(lane.kind), span(lane.label))
    look = {
        "class_": " ".join(names),
        "style": f"--line:{placed.line};--days:{placed.days}",
        "title": f"{lane.label}, {say_period(lane.first, lane.last)}",
        **filter_marks(**{lane.field: [lane.value]}),
    }
    return link(notes.site.link(page, lane.target), *words, **look) if lane.target else span(*words, **look)


def lane_list(notes: Notes, page: str, lanes: Sequence[Lane]) -> Html | None:
    """The same as a list, for narrow windows, where no week stands side by side."""
    return tag("ul", *_rows(notes, page, lanes), class_="ls-running", aria_label=_("In these days")) if lanes else None


def _rows(notes: Notes, page: str, lanes: Sequence[Lane]) -> Iterator[Html]:
    for lane in lanes:
        words = link(notes.site.link(page, lane.target), lane.label) if lane.target else span(lane.label)
        period = span(say_period(lane.first, lane.last), class_="ls-soft")
        yield tag("li", icon(lane.kind), words, " ", period, **filter_marks(**{lane.field: [lane.value]}))
