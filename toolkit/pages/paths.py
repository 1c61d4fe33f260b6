"""Where each page of the site lies: what pages link to each other by, said once."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from toolkit.settings import Account
from toolkit.workspace import Campaign

if TYPE_CHECKING:
    from toolkit.experiments.experiment import Experiment

HOME: Final = "index.md"
MANAGER: Final = "home/manager.md"
COMMUNITY: Final = "home/community.md"
EDITOR: Final = "home/editor.md"
READER: Final = "home/reader.md"
FIRST_DAY: Final = "home/first-day.md"
CALENDAR: Final = "calendar/index.md"
SLOTS: Final = "calendar/slots.md"
SUBSCRIBE: Final = "calendar/subscribe.md"
POSTS: Final = "posts/index.md"
CAMPAIGNS: Final = "campaigns/index.md"
CHANNELS: Final = "channels/index.md"
PILLARS: Final = "pillars/index.md"
REPORTS: Final = "reports/index.md"
KPI_INDEX: Final = "kpis/index.md"
EXPERIMENTS: Final = "experiments/index.md"
TIMES: Final = "reports/times.md"
PAIRS: Final = "reports/compare.md"
PROBLEMS: Final = "problems.md"
RESEARCH: Final = "research/index.md"
RIVALS: Final = "research/competitors.md"
BOARD: Final = "research/board.md"
IDEAS: Final = "ideas/index.md"
OCCASIONS: Final = "ideas/occasions.md"
TOPICS: Final = "ideas/topics.md"
TEAM: Final = "team/index.md"
REVIEWS: Final = "team/reviews.md"
DECISIONS: Final = "team/decisions.md"
CHANGES: Final = "handbook/changes.md"
BOOK: Final = "handbook/all.md"
_ARCHIVE: Final = "archive/"


def month_path(month: date) -> str:
    """The calendar page of a month."""
    return f"calendar/{_name_month(month)}.md"


def week_path(day: date) -> str:
    """The calendar page of the week that a day lies in, by its ISO number."""
    return f"calendar/{day:%G-W%V}.md"


def calendar_feed(kind: str = "", name: str = "") -> str:
    """An iCalendar file: of everything, or of a ``channel``, ``campaign`` or ``person`` by its name in the workspace."""
    return f"feeds/calendar/{kind}-{name}.ics" if kind else "feeds/calendar/all.ics"


def news_feed(kind: str = "", name: str = "") -> str:
    """An Atom feed: of all published posts, of a ``channel``, a ``language``, or of the ``handbook``."""
    return f"feeds/news/{'-'.join(filter(None, (kind, name))) or 'all'}.atom"


def archive_path(month: date) -> str:
    """The page with the archived posts of a month."""
    return f"{_ARCHIVE}{_name_month(month)}.md"


def split_place(path: str) -> tuple[str, str]:
    """A path as a page and the place on it, "" for none. Only pages of the archive have places: names of files may hold #.

    >>> split_place("archive/2024-03.md#post-door"), split_place("posts/no #1.md")
    (('archive/2024-03.md', 'post-door'), ('posts/no #1.md', ''))
    """
    if not path.startswith(_ARCHIVE):
        return path, ""
    page, _mark, place = path.partition("#")
    return page, place


def list_path(month: date) -> str:
    """The list of a month's posts."""
    return f"posts/{_name_month(month)}.md"


def _name_month(day: date) -> str:
    return day.isoformat()[:7]


def campaign_path(campaign: Campaign) -> str:
    """The page of a campaign; one that is called like an index page steps aside."""
    name = campaign.name if campaign.name.casefold() not in {"index", "readme"} else f"{campaign.name}-campaign"
    return f"campaigns/{name}.md"


def channel_path(account: Account) -> str:
    """The page of an account."""
    return f"channels/{account.name if account.name != 'index' else 'index-channel'}.md"


def pillar_path(name: str) -> str:
    """The page of a content pillar. What no address should have becomes a dash, and the name's digest tells it apart.

    >>> pillar_path("wissen"), pillar_path("Rund/um")[:16]
    ('pillars/wissen.md', 'pillars/Rund-um-')
    """
    plain = re.sub(r"[^\w-]+", "-", name)
    own = plain == name and name.casefold() not in {"index", "readme"}
    return f"pillars/{plain}.md" if own else f"pillars/{plain}-{sha256(name.encode()).hexdigest()[:6]}.md"


def period_path(period: str) -> str:
    """The page of a period that has a monthly report, such as ``2026-10``."""
    return f"reports/{period}.md"


def kit_path(page: str, account: Account, occurrence: str = "") -> str:
    """The kit of the post at `page`: ``kits/2026/12/tuer-01/instagram.md``, ``…/instagram-2026-12-08.md`` in a series."""
    name = "-".join(filter(None, (account.name, occurrence)))
    return f"kits/{page.removeprefix('posts/').removesuffix('.md')}/{name}.md"


def kpi_path(name: str) -> str:
    """The page of a KPI."""
    return f"kpis/{name}.md"


def idea_path(name: str) -> str:
    """The page of an idea; one that is called like a page of ours steps aside."""
    own = name.casefold() in {"index", "readme", "occasions", "topics"}
    return f"ideas/{name}-idea.md" if own else f"ideas/{name}.md"


def person_path(person: str) -> str:
    """The page of somebody of the team; one who is called like a page of ours steps aside."""
    own = person.casefold() in {"index", "readme", "reviews", "decisions"}
    return f"team/{person}-person.md" if own else f"team/{person}.md"


def experiment_path(experiment: Experiment) -> str:
    """The page of an experiment; one that is called like an index page steps aside."""
    name = experiment.name if experiment.name.casefold() not in {"index", "readme"} else f"{experiment.name}-experiment"
    return f"experiments/{name}.md"


def find_address(page: str, directory_urls: bool) -> str:
    """Where a page is published, see `Common.address`."""
    folder, name = posixpath.split(page)
    stem, suffix = posixpath.splitext(name)
    if suffix != ".md":
        return page
    if stem == "index":
        if directory_urls:
            return f"{folder}/" if folder else ""
        return posixpath.join(folder, "index.html")
    return posixpath.join(folder, stem + ("/" if directory_urls else ".html"))


# A page asks where it is itself for each of its links.
@lru_cache(maxsize=4096)
def quote_address(page: str, directory_urls: bool) -> str:
    """`find_address` as links write it."""
    return quote(find_address(page, directory_urls))


def find_way(here: str, there: str) -> str:
    """The way from one address to another, both from the site's root; `posixpath.relpath` asks the disk where it is.

    >>> find_way("posts/2026/a/", "posts/2026/b/"), find_way("posts/", "calendar/"), find_way("posts/", "posts/")
    ('../b/', '../calendar/', './')
    """
    shared = 0
    while (end := here.find("/", shared) + 1) and there.startswith(here[shared:end], shared):
        shared = end
    return "../" * here.count("/", shared) + there[shared:] or "./"
