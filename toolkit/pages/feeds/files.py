"""The feeds of a site: which there are, what each contains, and their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from toolkit.messages import _
from toolkit.pages.feeds.atom import Item, make_feed
from toolkit.pages.feeds.events import Events
from toolkit.pages.feeds.ics import Event, make_calendar
from toolkit.pages.feeds.news import News
from toolkit.pages.paths import calendar_feed, news_feed
from toolkit.pages.view import Site
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it is called, where it lies on the site, what kind it is of, and what makes its bytes."""

    title: str
    path: str
    kind: str  # "" for all, channel, campaign, person; of news also language and handbook
    make: Callable[[], bytes]


def find_calendars(site: Site) -> Iterator[Feed]:
    """Every calendar of the site; people outside get none of persons."""
    events, settings = Events(site), site.settings

    def feed(kind: str, name: str, title: str, find: Callable[[], Sequence[Event]]) -> Feed:
        full, said = f"{settings.name}: {title}", _description(site)
        path = calendar_feed(kind, name)
        return Feed(title, path, kind, lambda: make_calendar(full, site.zone, find(), site.today.year, said))

    yield feed("", "", _("All posts"), lambda: [event for _entry, event in events.posts])
    for account in settings.accounts.values():
        yield feed("channel", account.name, account.title or account.name, partial(events.on, account))
    for campaign in events.campaigns:
        yield feed("campaign", campaign.name, campaign.title, partial(events.of_campaign, campaign))
    if not site.given.partner:
        for key, person in settings.people.items():
            yield feed("person", key, person.name, partial(events.of_person, key))


def _description(site: Site) -> str:
    return _("When posts go out; made by Leitstand. Times in {zone}.").format(zone=site.settings.timezone)


def find_news(site: Site) -> Iterator[Feed]:
    """Every Atom feed of the site; people outside get none of the handbook's changes."""
    news, settings = News(site), site.settings

    def feed(kind: str, name: str, title: str, find: Callable[[], Sequence[Item]]) -> Feed:
        path, about = news_feed(kind, name), f"leitstand:{settings.id}:feed:{kind}:{name}"
        base = settings.url.rstrip("/")
        own, page = (f"{base}/{path}", f"{base}/") if base else ("", "")
        full = f"{settings.name}: {title}"
        return Feed(title, path, kind, lambda: make_feed(about, full, settings.name, find(), own=own, page=page))

    yield feed("", "", _("Published posts"), news.posts)
    for account in settings.accounts.values():
        names = frozenset({account.name})
        yield feed("channel", account.name, account.title or account.name, partial(news.posts, names))
    if len(settings.languages) > 1:
        for language in settings.languages:
            yield feed("language", language, name_language(language), partial(news.posts, language=language))
    if not site.given.partner and site.given.revisions:
        yield feed("handbook", "", _("Changes of the handbook"), news.handbook)


def name_language(code: str) -> str:
    """A language by its name where this program speaks it, else by its code."""
    return {"de": _("Posts in German"), "en": _("Posts in English")}.get(code, code)


def feed_files(site: Site) -> dict[str, bytes]:
    """Path → bytes of every feed."""
    return {feed.path: feed.make() for feed in (*find_calendars(site), *find_news(site))}
