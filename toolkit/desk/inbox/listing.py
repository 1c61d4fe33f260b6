"""The list: what waits for us by urgency, filters with their numbers, page by page; and whether anything new came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.cursors import all_cursors
from toolkit.community.inbox.desk import OURS
from toolkit.community.inbox.finding import Counts, count, count_heard, find_hits, find_page
from toolkit.community.inbox.finding import Page as Found
from toolkit.community.inbox.saying import stage_word
from toolkit.desk.endpoint import Page, Visit
from toolkit.desk.inbox.asking import EVERY, ME, NOBODY, PATH, Asked, read_asked
from toolkit.desk.inbox.rows import Light, Row, make_row
from toolkit.desk.inbox.rules import verdicts
from toolkit.desk.inbox.team import Mate, mates, name_of, options
from toolkit.desk.inbox.times import Later, snoozes
from toolkit.desk.permissions import Permission
from toolkit.messages import _
from toolkit.settings import Settings
from toolkit.values import dataclass

LABELS: Final = 12  # the most used ones stand beside the list
_LONG: Final = timedelta(days=7)  # older pages are loaded again anyway


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what it is called, how many there are, where it leads."""

    label: str
    count: int | None
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, and the values that can be chosen."""

    title: str
    name: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """What is chosen, where that is not everything."""
        return next((one.label for one in self.choices[1:] if one.current), "")


@dataclass(frozen=True, slots=True)
class Listed:
    """The list as it is shown."""

    rows: tuple[Row, ...]
    tabs: tuple[Choice, ...]
    filters: tuple[Filter, ...]
    asked: Asked
    here: str
    more: str  # address of the next page, "" where none follows
    news: str  # address that says whether anything new came since
    silent: tuple[str, ...]  # accounts that cannot be heard, and why
    team: tuple[Mate, ...]
    later: tuple[Later, ...]
    may: bool  # change anything

    @property
    def people(self) -> list[tuple[str, str]]:
        """Who may be chosen, and how they are called; first nobody."""
        return options(self.team)

    @property
    def laters(self) -> list[tuple[str, str]]:
        """The moments that may be chosen."""
        return [(one.name, one.words) for one in self.later]


def show_list(visit: Visit) -> Page:
    """GET /inbox."""
    asked = read_asked(visit.query)
    with visit.house.inbox(read_only=True) as inbox:
        listed = list_inbox(visit, inbox, asked)
    return Page("inbox/inbox.html", {"list": listed, "open": None})


def list_inbox(visit: Visit, inbox: Inbox, asked: Asked) -> Listed:
    """One page of the list, with what stands around it."""
    settings, now = visit.house.settings, visit.now
    wanted = asked.wanted(visit.person, find_hits(inbox, asked.q))
    found = find_page(inbox, wanted, now)
    counts = count(inbox, wanted, now)
    titles = {name: one.title or name for name, one in settings.accounts.items()}
    silent = [one for one in all_cursors(inbox.store) if one.reason and one.channel in settings.accounts]
    return Listed(
        rows=tuple(_rows(visit, inbox, found, asked.query)),
        tabs=tuple(_tabs(asked, counts)),
        filters=tuple(_filters(asked, counts, settings)),
        asked=asked,
        here=asked.address(after=asked.after),
        more=asked.address(after=found.after) if found.after else "",
        news=f"{PATH}/news{asked.address(after=now.isoformat()).removeprefix(PATH)}",
        silent=tuple(f"{titles[one.channel]}: {one.reason}" for one in silent),
        team=mates(settings, now.astimezone(visit.house.zone).date()),
        later=snoozes(now, visit.house.zone),
        may=Permission.ANSWER in visit.may,
    )


def show_news(visit: Visit) -> Page:
    """GET /inbox/news: how many conversations of this list were heard of since it was shown."""
    asked = read_asked(visit.query)
    try:
        seen = datetime.fromisoformat(asked.after)
    except ValueError:
        seen = visit.now
    seen = max(seen, visit.now - _LONG) if seen.tzinfo else visit.now
    with visit.house.inbox(read_only=True) as inbox:
        many = count_heard(inbox, asked.wanted(visit.person, find_hits(inbox, asked.q)), seen, visit.now)
    return Page("inbox/news.html", {"count": many, "here": asked.address()})


def _rows(visit: Visit, inbox: Inbox, found: Found, query: str) -> Iterator[Row]:
    light = Light(visit.house.settings, visit.now, visit.house.zone, query)
    judged = verdicts(visit.house, inbox, found.conversations, visit.now)
    last = inbox.last_words(found.conversations)
    for one in found.conversations:
        yield make_row(one, judged[one.id], last.get(one.id, ""), light)


def _tabs(asked: Asked, counts: Counts) -> Iterator[Choice]:
    ours = sum(counts.stages.get(stage, 0) for stage in OURS)
    yield Choice(_("for us"), ours, asked.address(stage=""), not asked.stage)
    for stage in Stage:
        many = counts.stages.get(stage, 0)
        yield Choice(stage_word(stage), many, asked.address(stage=stage.value), asked.stage == stage.value)
    every = sum(counts.stages.values())
    yield Choice(_("all"), every, asked.address(stage=EVERY), asked.stage == EVERY)


def _filters(asked: Asked, counts: Counts, settings: Settings) -> Iterator[Filter]:
    channels = {name: name for name in counts.channels} | {
        name: one.title or name for name, one in settings.accounts.items()
    }
    yield _filter(asked, "channel", (_("Account"), _("every account")), channels, counts.channels)
    people = {key: name_of(settings, key) for key in [*settings.people, *counts.assignees] if key != NOBODY}
    whose = {ME: _("mine"), NOBODY: _("nobody's"), **people}
    yield _filter(asked, "who", (_("Whose"), _("anybody's")), whose, counts.assignees)
    most = sorted(counts.labels, key=lambda label: (-counts.labels[label], label))[:LABELS]
    labels = {label: f"#{label}" for label in sorted({*most, asked.label} - {""})}
    yield _filter(asked, "label", (_("Label"), _("any label")), labels, counts.labels)


def _filter(
    asked: Asked, name: str, words: tuple[str, str], values: Mapping[str, str], counts: Mapping[str, int]
) -> Filter:
    """`words` are the filter's title, and what everything is called."""
    now = getattr(asked, name)
    title, everything = words
    choices = [Choice(everything, None, asked.address(**{name: ""}), not now)]
    for value, label in values.items():
        if value == ME or counts.get(value) or now == value:
            # How many are mine is said beside my name.
            many = None if value == ME else counts.get(value, 0)
            choices.append(Choice(label, many, asked.address(**{name: value}), now == value))
    return Filter(title, name, tuple(choices))
